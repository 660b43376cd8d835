//! 报告: which papers can be made, of whom and over what time; what a person wrote into one; those that were sent.

use super::paper::block::{Edit, Paper};
use super::paper::edit::Mark;
use super::paper::ground::Asked;
use super::paper::html::title;
use super::paper::kind::{Kind, Of};
use super::paper::kinds::{self, by_id};
use super::paper::supervision::SUPERVISION;
use super::period;
use super::route::{Address, Route, key};
use super::{format, show};
use crate::desk::Desk;
use crate::model::date::Day;
use crate::model::engine::indicator::{Period, Scope};
use crate::model::ledger::{Cells, Role, Schema, TypedRow as _, slots};
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::{District, SentPaper, Unit};
use crate::model::programmes::{catalogue, roster};
use crate::model::records::{Draft, Records, rows};
use crate::order::Arrange;

/// Key of the address: what the paper is of; `town`, `d.` and a district, `u.` and a unit, `r.` and a record or ledger.
pub const ABOUT: &str = "about";
/// Key of the address: `yes` where names stand in papers that show.
pub const NAMES: &str = "names";
/// Key of the address: the sent paper that is read, by its id.
pub const SENT: &str = "sent";
/// Key of the address: the sent paper whose words are taken over into the one of today, by its id.
pub const AGAIN: &str = "again";

/// The town as a paper's subject.
const TOWN: &str = "town";
/// So many records are offered; the others from their own pages.
const MOST_RECORDS: usize = 100;
/// Characters of a paper that is kept.
const MOST_TEXT: usize = 200_000;

/// The address of a kind of paper, of something.
pub fn href(kind: &Kind, about: &str) -> String {
    Address::from(Route::Paper(kind.id.to_owned()))
        .with(ABOUT, about)
        .hash()
}

/// Ledgers of whose records papers are made, for pages that come without the kinds.
pub const PAPERED: &[&str] = &[
    "problem",
    "plan_item",
    "contact",
    "dispatch",
    "training",
    "election",
    "secretary",
    "supervision",
    "leader",
    "night_talk",
    "matter",
    "plan",
    "development",
    "centre",
];

/// The address where the papers of a record are chosen; nothing where there are none.
pub fn of_record_href(ledger: &str, id: &str) -> Option<String> {
    let to = Address::from(Route::Papers).with(ABOUT, &format!("r.{id}"));
    PAPERED.contains(&ledger).then(|| to.with(key::LEDGER, ledger).hash())
}

/// The address where the papers of a unit or of a district are chosen.
pub fn of_place_href(place: &Scope) -> String {
    let about = match place {
        Scope::Town => TOWN.to_owned(),
        Scope::District(id) => format!("d.{id}"),
        Scope::Unit(code) => format!("u.{code}"),
    };
    Address::from(Route::Papers).with(ABOUT, &about).hash()
}

/// The kinds that can be made of what an address names, with their addresses; nothing where it names nothing.
pub fn fitting(address: &Address) -> Vec<(&'static Kind, String)> {
    let Some(about) = address.get(ABOUT) else {
        return Vec::new();
    };
    let ledger = address.get(key::LEDGER).unwrap_or_default();
    let fits = |of: &Of| match (about.split_once('.'), of) {
        (Some(("d", _)), Of::District) | (Some(("u", _)), Of::Unit) => true,
        (Some(("r", _)), Of::Record(schema)) => schema.id == ledger,
        (None, Of::Town) => about == TOWN,
        _ => false,
    };
    let all = kinds::all().filter(|kind| kind.of.iter().any(fits));
    all.map(|kind| (kind, href(kind, about))).collect()
}

/// What a kind of paper can be made of, within the part of the town whose records are here: key and words, the widest
/// first.
pub fn subjects(records: &dyn Records, kind: &Kind, reach: &Scope, today: Day) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let wide = kind.of.iter().filter(|of| !matches!(of, Of::Record(_) | Of::Ledger));
    let narrow = kind.of.iter().filter(|of| matches!(of, Of::Record(_) | Of::Ledger));
    let mut order: Vec<&Of> = wide.collect();
    order.arrange_by_key(|of| match of {
        Of::Town => 0,
        Of::District => 1,
        _ => 2,
    });
    for of in order.into_iter().chain(narrow) {
        match of {
            Of::Town if *reach == Scope::Town => out.push((TOWN.to_owned(), "全镇".to_owned())),
            Of::Town => {}
            Of::District => out.extend(districts(records, reach)),
            Of::Unit => out.extend(units(records, reach, today)),
            Of::Record(schema) => out.extend(of_ledger(records, schema, reach, today)),
            Of::Ledger => {
                let shown = catalogue().all().iter().filter(|ledger| !ledger.system);
                out.extend(shown.map(|ledger| (format!("r.{}", ledger.id), ledger.label.to_owned())));
            }
        }
    }
    out
}

/// Whether there is anything here that a kind of paper could be of. Forms of records are of none where there are none;
/// what is overdue may lie in any ledger.
pub fn has_subject(records: &dyn Records, kind: &Kind, reach: &Scope, today: Day) -> bool {
    let fits = |of: &Of| match of {
        Of::Town => *reach == Scope::Town,
        Of::District => !matches!(reach, Scope::Unit(_)),
        Of::Unit | Of::Ledger | Of::Record(_) => true,
    };
    let mut ledgers = kind.of.iter().filter_map(Of::ledger).peekable();
    let needs_records = kind.id != SUPERVISION.id && ledgers.peek().is_some();
    let roster = roster(records, today);
    let codes: Vec<&String> = roster.units_in(reach).flat_map(|unit| &unit.codes).collect();
    let has_record = |schema: &'static Schema| {
        let mut any = false;
        records.visit(schema, None, &mut |cells| {
            let unit = cells.cell(slots::UNIT).as_str().unwrap_or_default();
            any |= (unit.is_empty() && *reach == Scope::Town) || codes.iter().any(|code| *code == unit);
        });
        any
    };
    kind.of.iter().any(fits) && (!needs_records || ledgers.any(has_record))
}

fn districts(records: &dyn Records, reach: &Scope) -> Vec<(String, String)> {
    let here = |id: &str| match reach {
        Scope::Town => true,
        Scope::District(own) => own == id,
        Scope::Unit(_) => false,
    };
    let all: Vec<District> = show::districts(records);
    let all = all.into_iter().filter(|district| here(district.id()));
    all.map(|d| (format!("d.{}", d.id()), show::district_name(records, d.id())))
        .collect()
}

fn units(records: &dyn Records, reach: &Scope, today: Day) -> Vec<(String, String)> {
    let roster = roster(records, today);
    let all = roster.units_in(reach);
    all.map(|unit| (format!("u.{}", unit.code), unit.name.clone()))
        .collect()
}

/// The newest records of a ledger that lie within reach.
fn of_ledger(records: &dyn Records, schema: &'static Schema, reach: &Scope, today: Day) -> Vec<(String, String)> {
    let Some(ledger) = catalogue().get(schema.id) else {
        return Vec::new();
    };
    let roster = roster(records, today);
    let codes: Vec<&String> = roster.units_in(reach).flat_map(|unit| &unit.codes).collect();
    let dated = ledger.slot(ledger.dated);
    let mut found: Vec<(String, &dyn Cells)> = Vec::new();
    records.visit(schema, None, &mut |cells| {
        let unit = cells.cell(slots::UNIT).as_str().unwrap_or_default();
        if (unit.is_empty() && *reach == Scope::Town) || codes.iter().any(|code| *code == unit) {
            let day = dated.and_then(|slot| cells.cell(slot).as_str()).unwrap_or_default();
            found.push((day.to_owned(), cells));
        }
    });
    found.arrange_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id().cmp(b.1.id())));
    found.truncate(MOST_RECORDS);
    let words = |cells: &dyn Cells| {
        let (title, about) = (
            show::called(records, catalogue(), ledger, cells),
            show::about(records, ledger, cells),
        );
        match about.is_empty() {
            true => title,
            false => format!("{title}（{about}）"),
        }
    };
    found
        .into_iter()
        .map(|(_, cells)| (format!("r.{}", cells.id()), words(cells)))
        .collect()
}

/// The periods a paper can be over, the newest of each kind first.
pub fn periods(chosen: Period, today: Day) -> Vec<(String, String)> {
    let kinds = ["month", "quarter", "half", "year"].map(|kind| period::of_kind(kind, today, None));
    let mut out: Vec<(String, String)> = Vec::new();
    for (kind, most) in kinds.into_iter().zip([12, 6, 4, 4]) {
        let some = period::choices(kind, today).into_iter().take(most);
        for choice in some {
            if !out.contains(&choice) {
                out.push(choice);
            }
        }
    }
    let chosen = (period::key(chosen), chosen.label());
    if !out.contains(&chosen) {
        out.insert(0, chosen);
    }
    out
}

/// What the address of a paper asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Id of the kind.
    pub kind: &'static str,
    /// What it is of, as addresses write it.
    pub about: String,
    /// The same as papers take it.
    pub asked: Asked,
    /// The part of the town whose records are here.
    reach: Scope,
}

impl Wish {
    /// Whether what it is of lies within reach: another's paper is never made of one's own records in silence.
    fn is_within(&self, records: &dyn Records) -> bool {
        let district_of = |code: &str| {
            let unit = records.find(Unit::SCHEMA, code).map(Unit::of);
            unit.and_then(|unit| unit.district()).unwrap_or_default()
        };
        match (&self.reach, self.about.split_once('.')) {
            (Scope::Town, _) => true,
            (_, None) => self.about != TOWN,
            (Scope::District(own), Some(("d", id))) => own == id,
            (Scope::District(own), Some(("u", code))) => own == district_of(code),
            (Scope::Unit(own), Some(("u", code))) => own == code,
            (Scope::Unit(_), Some(("d", _))) => false,
            _ => true,
        }
    }

    /// What an address asks for; where it does not say, the widest subject that is here and the month of today.
    pub fn of(records: &dyn Records, kind: &'static Kind, address: &Address, reach: &Scope, today: Day) -> Wish {
        let asked = address.get(ABOUT).map(str::to_owned);
        let first = || subjects(records, kind, reach, today).into_iter().next();
        let about = asked.or_else(|| first().map(|(key, _)| key)).unwrap_or_default();
        let period = address.get(key::PERIOD).and_then(period::parse);
        let (scope, record) = match about.split_once('.') {
            Some(("d", id)) => (Scope::District(id.to_owned()), None),
            Some(("u", code)) => (Scope::Unit(code.to_owned()), None),
            Some(("r", id)) => (reach.clone(), Some(id.to_owned())),
            _ => (reach.clone(), None),
        };
        Wish {
            kind: kind.id,
            about,
            asked: Asked {
                scope: within(reach, scope),
                period: period.unwrap_or(Period::Month(today.month())),
                today,
                record,
                personal: address.get(NAMES) == Some("yes"),
            },
            reach: reach.clone(),
        }
    }

    /// The paper.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn make(&self, records: &dyn Records) -> Result<Paper, String> {
        let kind = by_id(self.kind).ok_or("没有这种文稿")?;
        if let Some(why) = self.missing(kind, records) {
            return Err(why);
        }
        kinds::make(kind, records, &self.asked)
    }

    /// Why there is nothing to make it of: nothing is recorded yet, or what the address names is not here.
    fn missing(&self, kind: &Kind, records: &dyn Records) -> Option<String> {
        let ledgers: Vec<&'static Schema> = kind.of.iter().filter_map(Of::ledger).collect();
        let here = |schema: &&'static Schema, id: &str| records.find(schema, id).is_some();
        match self.about.split_once('.') {
            None if self.about.is_empty() => {
                let named = ledgers.iter().filter_map(|schema| catalogue().get(schema.id));
                let named: Vec<&str> = named.map(|ledger| ledger.label).collect();
                Some(format!(
                    "还没有记录，做不了{}：请先在{}登记",
                    kind.label,
                    named.join("或")
                ))
            }
            Some(_) | None if !self.is_within(records) => Some(format!(
                "这里只有{}的记录，做不了别处的文稿：请重新选择对象",
                crate::view::reach::name(records, &self.reach)
            )),
            Some(("u", code)) if !here(&Unit::SCHEMA, code) => Some("没有这个村（社区），请重新选择对象".to_owned()),
            Some(("d", id)) if !here(&District::SCHEMA, id) => Some("没有这个片区，请重新选择对象".to_owned()),
            Some(("r", id)) if !ledgers.is_empty() && !ledgers.iter().any(|schema| here(schema, id)) => {
                Some("没有这条记录，可能已删除：请重新选择对象".to_owned())
            }
            _ => None,
        }
    }

    /// What it is of, as a page of its own: the record that its numbers come from; nothing for the town.
    pub fn source(&self) -> Option<String> {
        let is_ledger = by_id(self.kind).is_some_and(|kind| kind.of.iter().any(|of| matches!(of, Of::Ledger)));
        let route = match self.about.split_once('.')? {
            ("u", code) => Route::Unit(code.to_owned()),
            ("d", id) => Route::District(id.to_owned()),
            ("r", id) if is_ledger => Route::Ledger(id.to_owned()),
            ("r", id) => Route::Record(id.to_owned()),
            _ => return None,
        };
        Some(Address::from(route).hash())
    }

    /// Names what a person writes into it among what is kept unfinished.
    pub fn draft_name(&self) -> String {
        format!("paper.{}.{}.{}", self.kind, self.about, period::key(self.asked.period))
    }
}

/// A scope as far as the records here reach.
fn within(reach: &Scope, asked: Scope) -> Scope {
    match (reach, &asked) {
        (Scope::Town, _) | (Scope::District(_), Scope::Unit(_)) => asked,
        _ => reach.clone(),
    }
}

/// What a person wrote, as text that is kept while it is unfinished.
pub fn edits_text(edits: &[Edit]) -> String {
    serde_json::to_string(edits).unwrap_or_default()
}

/// Reads [`edits_text`]; nothing where it is damaged.
pub fn edits_of(text: &str) -> Vec<Edit> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Words of a person in place of computed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Id of the paragraph.
    pub id: String,
    /// The person's words.
    pub own: String,
    /// What is computed now; `None` where the paper speaks of it no longer.
    pub now: Option<String>,
}

/// Those under which the computed ones have changed, in the order in which they were written.
pub fn stale(paper: &Paper) -> Vec<Stale> {
    marked(paper, Mark::Outdated)
}

/// The others.
pub fn changed(paper: &Paper) -> Vec<Stale> {
    marked(paper, Mark::Edited)
}

fn marked(paper: &Paper, mark: Mark) -> Vec<Stale> {
    let all = paper.edits.iter().filter(|edit| paper.mark(&edit.id) == mark);
    all.map(|edit| Stale {
        id: edit.id.clone(),
        own: edit.text.clone(),
        now: paper.computed_now(&edit.id),
    })
    .collect()
}

/// The paper with the person's words kept over what is computed now: they are no longer marked.
pub fn confirmed(mut paper: Paper, id: &str) -> Paper {
    let now = paper.computed_now(id).unwrap_or_default();
    if let Some(edit) = paper.edits.iter_mut().find(|edit| edit.id == id) {
        edit.was = now;
    }
    paper
}

/// The name of a file of the paper, without its ending: `关于…的汇报_2022-11`.
pub fn file_name(paper: &Paper) -> String {
    let title: String = title(paper).split_whitespace().collect();
    match paper.period.is_empty() {
        true => format!("{title}_{}", paper.day),
        false => format!("{title}_{}", paper.period),
    }
}

/// The record of a paper that goes out: `unit` where it is of one unit.
///
/// # Errors
/// It holds more than a record takes.
pub fn draft(paper: &Paper, wish: &Wish, to: &str, by: &str) -> Result<Draft, Notice> {
    let body = serde_json::to_string(paper).unwrap_or_default();
    if body.is_empty() || body.chars().count() > MOST_TEXT {
        return Err(Notice::error(
            "paper",
            "文稿太长，不能留存",
            "请缩小统计期或对象分几份留存，或者存为 Word 文件",
        ));
    }
    let label = by_id(&paper.kind).map_or(paper.kind.as_str(), |kind| kind.label);
    let unit = match &wish.asked.scope {
        Scope::Unit(code) => Some(code.as_str()),
        _ => None,
    };
    let said = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let period = by_id(&paper.kind)
        .filter(|kind| kind.period)
        .map(|_| wish.asked.period.label());
    Ok(SentPaper::draft("")
        .unit(unit)
        .title(title(paper).as_str())
        .kind(label)
        .period(period.as_deref())
        .date(wish.asked.today)
        .to(said(to).as_deref())
        .by(said(by).as_deref())
        .body(body.as_str())
        .into_draft())
}

/// A sent paper in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentVm {
    /// Id of its record.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `工作汇报 · 2022年11月 · 寺前村`.
    pub about: String,
    /// The day it went out.
    pub date: String,
    /// To whom, and who sent it: `县委组织部 · 李主任`.
    pub to: String,
    /// Where it is read.
    pub href: String,
}

/// The address under which a sent paper is read; its kind stands in the paper itself.
pub fn sent_address(id: &str) -> Address {
    Address::from(Route::Paper("sent".to_owned())).with(SENT, id)
}

/// Why a person may not keep a paper; `None` if they may. A leader keeps those of the own district and of its units.
pub fn why_not_keep(desk: &Desk, wish: &Wish) -> Option<String> {
    let is_leader = desk.person().role == Role::District;
    match &wish.asked.scope {
        Scope::Town if is_leader && wish.asked.record.is_none() => Some("全镇的文稿由镇党建办留存".to_owned()),
        Scope::District(id) if is_leader && id != desk.own_district() => Some("不是本片区的文稿".to_owned()),
        Scope::Unit(code) => desk.why_not(SentPaper::LEDGER, code, None),
        Scope::Town | Scope::District(_) => desk.why_not(SentPaper::LEDGER, "", None),
    }
}

/// Why a person may not delete a sent paper; `None` if they may. What is of no unit is the district's, or the town's.
pub fn why_not_delete(desk: &Desk, id: &str, paper: &Paper) -> Option<String> {
    let unit = desk.replica().find(SentPaper::SCHEMA, id).map(SentPaper::of);
    let unit = unit.and_then(|row| row.unit()).unwrap_or_default();
    let is_leader = desk.person().role == Role::District;
    if is_leader && unit.is_empty() && paper.scope != desk.own_district() {
        return Some("不是本片区的文稿，由镇党建办删除".to_owned());
    }
    desk.why_not(SentPaper::LEDGER, unit, None)
}

/// The sent papers, the newest first.
pub fn sent(records: &dyn Records) -> Vec<SentVm> {
    let mut all = rows::<SentPaper>(records);
    all.arrange_by(|a, b| b.date().cmp(&a.date()).then_with(|| a.id().cmp(b.id())));
    all.iter().map(|row| told(records, row)).collect()
}

fn told(records: &dyn Records, row: &SentPaper) -> SentVm {
    let joined = |parts: [Option<String>; 3]| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let unit = row.unit().map(|code| show::unit_name(records, code));
    SentVm {
        id: row.id().to_owned(),
        title: show::name(row.title().unwrap_or("（没有标题）")),
        about: joined([row.kind().map(show::name), row.period().map(show::name), unit]),
        date: row
            .date()
            .map_or_else(|| format::UNKNOWN.to_owned(), |day| day.to_string()),
        to: joined([row.to().map(show::name), row.by().map(show::name), None]),
        href: sent_address(row.id()).hash(),
    }
}

/// A sent paper with what its list says of it, word for word as it went out.
///
/// # Errors
/// It is not here, or came in a file without personal data, or is damaged.
pub fn sent_paper(records: &dyn Records, id: &str) -> Result<(SentVm, Paper), String> {
    let found = records.find(SentPaper::SCHEMA, id).map(SentPaper::of);
    let row = found.ok_or("没有这份文稿：可能已删除，或者还没有合并到这台设备")?;
    let body = row
        .body()
        .ok_or("这份文稿来自脱敏文件，没有全文。请向留存的人要不脱敏的文件")?;
    Ok((told(records, &row), read(body)?))
}

fn read(body: &str) -> Result<Paper, String> {
    serde_json::from_str(body).map_err(|_| "这份文稿的全文已损坏，打不开。可以按今天的数据重做一份".to_owned())
}

/// The address under which a sent paper is made anew from the records of today, with its words beside.
pub fn again(paper: &Paper, id: &str, records: &dyn Records) -> String {
    let is_record = |kind: &Kind| kind.of.iter().any(|of| matches!(of, Of::Record(_) | Of::Ledger));
    let about = match paper.scope.as_str() {
        TOWN => TOWN.to_owned(),
        scope if records.find(Unit::SCHEMA, scope).is_some() => format!("u.{scope}"),
        scope if records.find(District::SCHEMA, scope).is_some() => format!("d.{scope}"),
        scope if by_id(&paper.kind).is_some_and(is_record) => format!("r.{scope}"),
        _ => String::new(),
    };
    Address::from(Route::Paper(paper.kind.clone()))
        .with(ABOUT, &about)
        .with(key::PERIOD, &paper.period)
        .with(AGAIN, id)
        .hash()
}
