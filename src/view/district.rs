//! How the units of a district stand for the person who answers for it: what is late and with whom, the last contact,
//! what comes next; and the words that remind the units of it.

use crate::model::date::Day;
use crate::model::engine::due::{Due, State, Who};
use crate::model::engine::due_board::DueBoard;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::{Catalogue, TypedRow};
use crate::model::programmes::dream::ledgers::NightTalk;
use crate::model::programmes::lead::ledgers::Contact;
use crate::model::programmes::town::due::TASK;
use crate::model::records::{Records, rows_of};
use crate::view::due::{title, what};
use crate::view::format::UNKNOWN;
use crate::view::route::{Address, Route, key};

/// Things of one unit that a reminder names; of more their number.
const TOLD: usize = 8;

/// One thing that is late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateThing {
    /// `上报：2022年11月月报`.
    pub what: String,
    /// Days past its last day, from 1.
    pub days: i64,
    /// Whether it is a report to the town.
    pub is_report: bool,
    /// Whether the unit has to do it; else the leader, the guide or the office has.
    pub by_unit: bool,
}

/// One unit of the district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitStanding {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What is late, the longest first.
    pub late: Vec<LateThing>,
    /// The last contact of the leader with the unit, up to today.
    pub contact: Option<Day>,
    /// By when the next one is due.
    pub next_contact: Option<Day>,
    /// The next night talk that is recorded for a day to come, today included.
    pub next_talk: Option<Day>,
}

impl UnitStanding {
    /// Things that the unit has to do.
    pub fn of_unit(&self) -> impl Iterator<Item = &LateThing> {
        self.late.iter().filter(|thing| thing.by_unit)
    }

    /// `3 件逾期，其中未报 1 件`; `没有逾期`.
    pub fn words(&self) -> String {
        let reports = self.late.iter().filter(|thing| thing.is_report).count();
        match (self.late.len(), reports) {
            (0, _) => "没有逾期".to_owned(),
            (n, 0) => format!("{n} 件逾期"),
            (n, reports) => format!("{n} 件逾期，其中未报 {reports} 件"),
        }
    }

    /// `2022-11-03（19 天前）`; `--` without a contact.
    pub fn contact_words(&self, today: Day) -> String {
        self.contact.map_or_else(
            || UNKNOWN.to_owned(),
            |day| match today.since(day) {
                0 => format!("{day}（今天）"),
                days => format!("{day}（{days} 天前）"),
            },
        )
    }

    /// The form of a new contact with the unit.
    pub fn contact_href(&self) -> String {
        let form = Address::from(Route::NewRecord(Contact::LEDGER.id.to_owned()));
        form.with(&format!("{}unit", key::FILTER), &self.code).hash()
    }
}

fn thing(records: &dyn Records, catalogue: &Catalogue, due: &Due, today: Day) -> LateThing {
    let what = what(due);
    // Some rules name the record themselves.
    let about = title(records, catalogue, due).filter(|title| !what.contains(title.as_str()));
    LateThing {
        what: about.map_or_else(|| what.clone(), |about| format!("{what}：{about}")),
        days: i64::from(today.since(due.due)),
        is_report: due.kind.id == TASK.id,
        by_unit: due.who == Who::Unit,
    }
}

/// How the units of a place stand, those with the most that is late first.
pub fn standings(records: &dyn Records, catalogue: &Catalogue, board: &DueBoard, scope: &Scope) -> Vec<UnitStanding> {
    let today = board.today();
    let all = board.all();
    let of = |code: &str, name: &str| {
        let own = || all.iter().filter(|due| due.unit == code);
        let mut late: Vec<LateThing> = own()
            .filter(|due| due.state(today) == State::Late)
            .map(|due| thing(records, catalogue, due, today))
            .collect();
        late.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.what.cmp(&b.what)));
        let contacts = rows_of::<Contact>(records, code);
        let past = contacts.iter().filter_map(|row| row.date()).filter(|day| *day <= today);
        let next = own().filter(|due| due.kind.id == crate::model::programmes::lead::due::CONTACT.id);
        let next = next.filter(|due| due.state(today).is_open()).map(|due| due.due);
        let talks = rows_of::<NightTalk>(records, code);
        let talks = talks.iter().filter_map(|row| row.date()).filter(|day| *day >= today);
        UnitStanding {
            code: code.to_owned(),
            name: name.to_owned(),
            contact: past.max(),
            next_contact: next.min(),
            next_talk: talks.min(),
            late,
        }
    };
    let units = board.frame().units_in(scope);
    let mut out: Vec<UnitStanding> = units.map(|unit| of(&unit.code, &unit.name)).collect();
    out.sort_by_key(|unit| std::cmp::Reverse(unit.late.len()));
    out
}

/// `4 个村（社区）共 9 件逾期`; `没有逾期的事`.
pub fn told(all: &[UnitStanding]) -> String {
    let units = all.iter().filter(|unit| !unit.late.is_empty()).count();
    match all.iter().map(|unit| unit.late.len()).sum::<usize>() {
        0 => "没有逾期的事".to_owned(),
        things => format!("{units} 个村（社区）共 {things} 件逾期"),
    }
}

fn lines(unit: &UnitStanding) -> String {
    let mut out = String::new();
    let count = unit.of_unit().count();
    for (place, thing) in unit.of_unit().take(TOLD).enumerate() {
        out.push_str(&format!("\n{}. {}，已逾期 {} 天", place + 1, thing.what, thing.days));
    }
    if count > TOLD {
        out.push_str(&format!("\n另有 {} 件，见“待办”页", count - TOLD));
    }
    out
}

/// A polite text for a chat with all that units have to do and that is late; `None` where there is nothing.
pub fn reminder(district: &str, all: &[UnitStanding], today: Day) -> Option<String> {
    let late: Vec<&UnitStanding> = all.iter().filter(|unit| unit.of_unit().next().is_some()).collect();
    let (_, month, day) = today.ymd();
    let until = format!("截至{month}月{day}日，下面的事已过期限");
    let end = "\n办好后请在台账里登记，未上报的请尽快上报，谢谢。";
    match late.as_slice() {
        [] => None,
        [one] => Some(format!("{}书记：{until}，请抓紧办理：{}{end}", one.name, lines(one))),
        many => {
            let parts: String = many
                .iter()
                .map(|unit| format!("\n【{}】{}", unit.name, lines(unit)))
                .collect();
            Some(format!("{district}各位书记：{until}，请抓紧办理：{parts}{end}"))
        }
    }
}
