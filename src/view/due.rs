//! 待办: what is due, by whom and until when, with the one button that does it.

use super::follow::form_of;
use super::route::{Address, Route, key};
use super::show;
use super::supervise;
use crate::model::date::Day;
use crate::model::engine::due::{Due, State, Who};
use crate::model::engine::due_board::DueBoard;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::{Catalogue, Programme, Role, TypedRow as _};
use crate::model::programmes::town::calendar::{Supervision, Waiver};
use crate::model::programmes::{DUES, due_board};
use crate::model::records::Records;
use crate::model::value::brief;
use crate::model::working_days::Calendar;

/// Query keys of the pages of deadlines.
pub mod asked {
    /// Who has to do it: a code of [`Who`](crate::model::engine::due::Who), or `all`.
    pub const WHO: &str = "who";
    /// A programme by its id.
    pub const PROGRAMME: &str = "p";
    /// A unit by its code.
    pub const UNIT: &str = "unit";
    /// A rule by its id.
    pub const RULE: &str = "rule";
    /// A month, `2022-11`.
    pub const MONTH: &str = "month";
    /// `done`: what was done and what does not apply, too.
    pub const SHOW: &str = "show";
}

/// What is wanted of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// By whom; everybody where it is `None`.
    pub who: Option<Who>,
    /// Of one programme.
    pub programme: Option<Programme>,
    /// Of one unit.
    pub unit: Option<String>,
    /// By one rule.
    pub rule: Option<String>,
}

impl Wanted {
    /// What an address asks for; where it does not say by whom, what `usual` says.
    pub fn of(address: &Address, usual: Option<Who>) -> Wanted {
        let get = |name: &str| address.get(name).filter(|text| !text.is_empty());
        Wanted {
            who: match get(asked::WHO) {
                None => usual,
                Some(code) => Who::ALL.into_iter().find(|who| who.code() == code),
            },
            programme: get(asked::PROGRAMME)
                .and_then(|id| Programme::ALL.into_iter().find(|programme| programme.id() == id)),
            unit: get(asked::UNIT).map(str::to_owned),
            rule: get(asked::RULE).map(str::to_owned),
        }
    }

    /// Whether a deadline is wanted.
    pub fn takes(&self, due: &Due) -> bool {
        self.who.is_none_or(|who| due.who == who)
            && self
                .programme
                .is_none_or(|programme| due.kind.programme == Some(programme))
            && self.unit.as_ref().is_none_or(|unit| due.unit == *unit)
            && self.rule.as_ref().is_none_or(|rule| due.kind.id == rule)
    }

    /// The same, by everybody.
    #[must_use]
    pub fn by_anybody(&self) -> Wanted {
        Wanted {
            who: None,
            ..self.clone()
        }
    }
}

/// Whose deadlines somebody in a role sees first: the clerk and who only looks see those of all.
pub fn usual(role: Role) -> Option<Who> {
    match role {
        Role::Unit => Some(Who::Unit),
        Role::District => Some(Who::Leader),
        Role::Guide => Some(Who::Guide),
        Role::Town | Role::Viewer => None,
    }
}

/// In which part of the list something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// Its last day has passed.
    Late,
    /// Today is its last day.
    Today,
    /// Until Sunday.
    Week,
    /// Until the end of the month.
    Month,
    /// Later, and it was announced already.
    Later,
    /// It was done lately.
    Done,
    /// It does not apply.
    Waived,
}

impl When {
    /// Every part, in order.
    pub const ALL: [When; 7] = [
        When::Late,
        When::Today,
        When::Week,
        When::Month,
        When::Later,
        When::Done,
        When::Waived,
    ];

    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            When::Late => "已逾期",
            When::Today => "今天到期",
            When::Week => "本周到期",
            When::Month => "本月到期",
            When::Later => "以后到期，已到提醒日",
            When::Done => "近两个月已办",
            When::Waived => "不适用",
        }
    }
}

/// Where a deadline stands on a day; `None` where it is later and not announced yet.
pub fn when(due: &Due, today: Day) -> Option<When> {
    let sunday = today.plus_days(6 - today.weekday());
    Some(match due.state(today) {
        State::Done => When::Done,
        State::Waived => When::Waived,
        State::Late => When::Late,
        _ if due.due == today => When::Today,
        _ if due.due <= sunday => When::Week,
        _ if due.due <= today.month().last() => When::Month,
        State::Soon => When::Later,
        State::Ahead => return None,
    })
}

/// One deadline, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueVm {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub state: State,
    /// Who has to do it.
    pub who: Who,
    /// `发展党员：派人谈话`.
    pub what: String,
    /// Title of the record it is about; empty without.
    pub of: String,
    /// Name and address of the unit.
    pub unit: (String, String),
    /// Code of the unit.
    pub code: String,
    /// Its last day.
    pub due: Day,
    /// `逾期 12 天`, `今天到期`, `还有 3 天`, `2022-11-10 已办`.
    pub left: String,
    /// What is to be known of the day: the next working day where it is off, the first day on which it can be done, that
    /// holidays of the year are not known.
    pub note: String,
    /// Document and article, or the rule of the town.
    pub rule: String,
    /// Address of the record it is about.
    pub href: Option<String>,
    /// Address and words of the button that does it; `None` where nothing is left to be done.
    pub act: Option<(String, &'static str)>,
    /// Ledger of the record it is about.
    pub ledger: Option<&'static str>,
    /// Ledger whose form the button opens; `None` where it leads to what is there.
    pub writes: Option<&'static str>,
    /// Why it does not apply.
    pub why_not: Option<String>,
    /// Address of what was made of it: the matter under which the office follows it up, or the record that it does not
    /// apply.
    pub noted: Option<String>,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub when: When,
    /// Its entries, by day.
    pub list: Vec<DueVm>,
}

/// The parts of the list that have entries.
pub fn todo(
    board: &DueBoard,
    records: &dyn Records,
    catalogue: &Catalogue,
    wanted: &Wanted,
    with_done: bool,
) -> Vec<Part> {
    let today = board.today();
    let mut parts: Vec<Part> = Vec::new();
    let all = board.all();
    for when_is in When::ALL {
        if !with_done && matches!(when_is, When::Done | When::Waived) {
            continue;
        }
        let these = all
            .iter()
            .filter(|due| wanted.takes(due) && when(due, today) == Some(when_is));
        let mut list: Vec<DueVm> = these.map(|due| shown(board, records, catalogue, due)).collect();
        // What was done last stands first.
        if when_is == When::Done {
            list.reverse();
        }
        if !list.is_empty() {
            parts.push(Part { when: when_is, list });
        }
    }
    parts
}

/// How many are late, due by the end of this week, and later this month, of what is wanted.
pub fn counts(board: &DueBoard, wanted: &Wanted) -> [usize; 3] {
    let mut counts = [0; 3];
    for due in board.all().into_iter().filter(|due| wanted.takes(due)) {
        match when(due, board.today()) {
            Some(When::Late) => counts[0] += 1,
            Some(When::Today | When::Week) => counts[1] += 1,
            Some(When::Month) => counts[2] += 1,
            _ => {}
        }
    }
    counts
}

/// What is said of the day beside it.
fn note(calendar: Calendar, due: &Due, today: Day) -> String {
    let mut said = Vec::new();
    if let Some(from) = due.earliest.filter(|from| *from > today) {
        said.push(format!("最早 {from}"));
    }
    if due.due >= today && !calendar.is_working(due.due) {
        let next = calendar.next_working(due.due);
        said.push(format!("当天休息，下一个工作日 {next}"));
    }
    said.extend(calendar.remark(due.due, due.due));
    said.join("；")
}

fn left(due: &Due, today: Day) -> String {
    match (due.state(today), due.done) {
        (State::Done, Some(done)) => format!("{done} 已办"),
        (State::Waived, _) => "不适用".to_owned(),
        _ => match due.due.since(today) {
            0 => "今天到期".to_owned(),
            days if days > 0 => format!("还有 {days} 天"),
            days => format!("逾期 {} 天", -days),
        },
    }
}

/// Letters of a step that are shown.
const STEP: usize = 40;

/// `发展党员：派人谈话`.
pub fn what(due: &Due) -> String {
    match due.step.as_str() {
        "" => due.kind.what.to_owned(),
        step => format!("{}：{}", due.kind.what, brief(step, STEP)),
    }
}

/// Title of the record that a deadline is about.
pub fn title(records: &dyn Records, catalogue: &Catalogue, due: &Due) -> Option<String> {
    let record = due.record.as_ref()?;
    let ledger = catalogue.get(record.ledger)?;
    let cells = records.find(ledger.schema, &record.id)?;
    Some(show::title(records, catalogue, ledger, cells))
}

/// Name and address of the unit; of what belongs to none, those of the town.
pub(super) fn unit_of(board: &DueBoard, due: &Due) -> (String, String) {
    match due.unit.as_str() {
        "" => ("全镇".to_owned(), Address::from(Route::Overview).hash()),
        code => {
            let name = board.frame().unit(code).map_or("", |unit| unit.name.as_str());
            (name.to_owned(), Address::from(Route::Unit(code.to_owned())).hash())
        }
    }
}

/// A deadline as it is shown.
pub fn shown(board: &DueBoard, records: &dyn Records, catalogue: &Catalogue, due: &Due) -> DueVm {
    let today = board.today();
    let state = due.state(today);
    let unit = unit_of(board, due);
    let title = title(records, catalogue, due);
    let record = due
        .record
        .as_ref()
        .map(|record| Address::from(Route::Record(record.id.to_string())).hash());
    let act = state.is_open().then(|| act(catalogue, due, record.clone()));
    DueVm {
        id: due.id(),
        state,
        who: due.who,
        what: what(due),
        // What a step says is not said twice.
        of: title
            .filter(|title| !due.step.contains(title.as_str()))
            .unwrap_or_default(),
        unit,
        code: due.unit.clone(),
        due: due.due,
        left: left(due, today),
        note: if state.is_open() {
            note(board.settings().calendar(), due, today)
        } else {
            String::new()
        },
        rule: due.rule(),
        ledger: due.record.as_ref().map(|record| record.ledger),
        writes: act.as_ref().and_then(|(.., ledger)| *ledger),
        act: act.map(|(href, words, _)| (href, words)),
        href: record,
        why_not: due.waived.clone().filter(|_| state == State::Waived),
        noted: match state {
            State::Waived => supervise::waived(records, &due.unit, &due.id()),
            State::Done => None,
            _ => supervise::followed(records, &due.unit, &due.id()),
        },
    }
}

/// The button that does it: address, words, and the ledger whose form it opens with what is known filled in; none where it
/// leads to the record itself.
fn act(catalogue: &Catalogue, due: &Due, record: Option<String>) -> (String, &'static str, Option<&'static str>) {
    let (place, words) = match due.cure.and_then(|id| catalogue.get(id)) {
        Some(ledger) => (ledger.id, ledger.verb),
        None => due.kind.place,
    };
    if place == "submission" {
        return (Address::from(Route::Fill).hash(), words, None);
    }
    match record.filter(|_| {
        words.starts_with('看')
            || due
                .record
                .as_ref()
                .is_some_and(|r| r.ledger == place && due.cure.is_none() && due.kind.id == "notice")
    }) {
        Some(record) => (record, words, None),
        None => {
            let form = form_of(catalogue, place, &due.unit, due.record.as_ref());
            let fill = |form: Address, (field, value): &(&'static str, String)| {
                form.with(&format!("{}{field}", key::FILTER), value)
            };
            (due.fills.iter().fold(form, fill).hash(), words, Some(place))
        }
    }
}

/// The form that records that a deadline does not apply.
pub fn waiver_href(vm: &DueVm) -> String {
    let form = Address::from(Route::NewRecord(Waiver::SCHEMA.id.to_owned()));
    let form = form.with("f.unit", &vm.code).with("f.due", &vm.id);
    form.with("f.matter", &matter(vm)).hash()
}

/// The form that makes a late matter one that the office follows up, under the next number of the year.
pub fn supervision_href(records: &dyn Records, today: Day, vm: &DueVm) -> String {
    let form = Address::from(Route::NewRecord(Supervision::SCHEMA.id.to_owned()));
    let form = form.with("f.unit", &vm.code).with("f.due", &vm.id);
    let form = form.with("f.number", &supervise::next_number(records, today));
    form.with("f.matter", &matter(vm)).hash()
}

/// The list of one unit, by everybody.
pub fn unit_href(code: &str) -> String {
    let list = Address::from(Route::Todo).with(asked::UNIT, code);
    list.with(asked::WHO, "all").hash()
}

/// What it is about, in a line: `发展党员：派人谈话（甲一）`.
fn matter(vm: &DueVm) -> String {
    match vm.of.as_str() {
        "" => vm.what.clone(),
        of => format!("{}（{of}）", vm.what),
    }
}

/// `3 件已逾期，5 件本周到期，2 件本月到期`, or that there is nothing.
pub fn words(counts: [usize; 3]) -> String {
    let said = ["已逾期", "本周到期", "本月到期"];
    let parts: Vec<String> = counts
        .iter()
        .zip(said)
        .filter(|(count, _)| **count > 0)
        .map(|(count, word)| format!("{count} 件{word}"))
        .collect();
    match parts.is_empty() {
        true => "本月没有到期的事".to_owned(),
        false => parts.join("，"),
    }
}

/// Every rule with what it says: id and name, in display order.
pub fn rules() -> Vec<(&'static str, &'static str)> {
    DUES.all().map(|kind| (kind.id, kind.what)).collect()
}

/// The deadlines of a part of the town on a day, worked out.
pub fn board(records: &dyn Records, today: Day, reach: Scope) -> DueBoard {
    let mut board = due_board(today, reach);
    board.refresh(records);
    board
}

/// Every deadline up to a day, late ones first, one line of JSON each.
pub fn json_lines(board: &DueBoard, records: &dyn Records, catalogue: &Catalogue, until: Option<Day>) -> String {
    let mut out = String::new();
    for due in board.all() {
        if until.is_some_and(|until| due.due > until) {
            continue;
        }
        let vm = shown(board, records, catalogue, due);
        let line = serde_json::json!({
            "id": vm.id,
            "ledger": due.record.as_ref().map(|record| record.ledger).unwrap_or(due.kind.place.0),
            "record": due.record.as_ref().map(|record| &*record.id),
            "unit": vm.code,
            "unit_name": vm.unit.0,
            "what": vm.what,
            "who": vm.who.code(),
            "earliest": due.earliest.map(|day| day.to_string()),
            "due": due.due.to_string(),
            "latest": due.due.to_string(),
            "remind": due.remind.to_string(),
            "done": due.done.map(|day| day.to_string()),
            "state": vm.state.code(),
            "rule": vm.rule,
            "note": vm.note,
            "reason": vm.why_not,
        });
        out.push_str(&line.to_string());
        out.push('\n');
    }
    out
}
