//! What a person fills in: the forms of the own unit, and what the town asks for.

use crate::desk::Person;
use crate::model::date::{Day, Month};
use crate::model::indicator::{Period, Span};
use crate::model::ledger::{Cells, Ledger, Owner, Programme, Role, TypedRow};
use crate::model::records::{Records, rows, rows_of};
use crate::model::town::{Dispatch, Submission};
use crate::order::Arrange;
use crate::replica::Replica;

/// One ledger that a task asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedLedger {
    /// Its id.
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Text of the button that adds a record.
    pub verb: &'static str,
    /// Measure word.
    pub counted: &'static str,
    /// Records of the unit that fall into the period.
    pub count: usize,
}

/// A task of the town as one unit sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Id of the task.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is counted, as it was written.
    pub period: String,
    /// When it is due; as written.
    pub due: String,
    /// Days left; negative when overdue, `None` if the date cannot be read.
    pub days_left: Option<i64>,
    /// What the town adds.
    pub note: String,
    /// The ledgers.
    pub ledgers: Vec<AskedLedger>,
    /// The day of the unit's last report for it.
    pub reported: Option<Day>,
}

impl Asked {
    /// Ledgers that have records.
    pub fn filled(&self) -> usize {
        self.ledgers.iter().filter(|l| l.count > 0).count()
    }
}

/// Whether the person's role writes records of this ledger.
pub fn fills_in(person: &Person, ledger: &Ledger) -> bool {
    match person.role {
        Role::Town => true,
        Role::Viewer => false,
        Role::Guide | Role::Unit => ledger.owner == Owner::Unit,
        Role::District => ledger.owner != Owner::Town,
    }
}

/// The ledgers a person fills in, those of a programme in its own group; the night talk first, as most are of it.
pub fn forms(person: &Person, all: &[&'static Ledger]) -> Vec<(Option<Programme>, Vec<&'static Ledger>)> {
    let groups = Programme::ALL.into_iter().map(Some).chain([None]);
    let of = |group: Option<Programme>| {
        let own = all
            .iter()
            .copied()
            .filter(|l| l.programme == group && !l.system && fills_in(person, l));
        let mut own: Vec<&'static Ledger> = own.collect();
        if let Some(at) = own.iter().position(|l| l.id == "night_talk") {
            let first = own.remove(at);
            own.insert(0, first);
        }
        (group, own)
    };
    groups.map(of).filter(|(_, own)| !own.is_empty()).collect()
}

/// Reads a period as people write it: `2022`, `2022-11`, `2022年11月`, `2022年第三季度`, `2022-07至2022-09`; anything
/// else means everything.
pub fn period_span(text: &str, today: Day) -> Span {
    let digits: Vec<i32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let quarter = ["一", "二", "三", "四"]
        .iter()
        .position(|q| text.contains(&format!("{q}季度")));
    let period = match (digits.as_slice(), quarter) {
        ([year], Some(quarter)) => Period::Quarter(*year, quarter as u8 + 1),
        ([year, quarter], None) if text.contains("季度") => {
            Period::Quarter(*year, u8::try_from(*quarter).unwrap_or(1).clamp(1, 4))
        }
        ([year], None) => Period::Year(*year),
        ([year, month], None) => Month::new(*year, *month).map_or(Period::All, Period::Month),
        ([year, month, until, last], None) => {
            let from = Month::new(*year, *month).map(Month::first);
            let to = Month::new(*until, *last).map(Month::last);
            return Span {
                from,
                to: to.unwrap_or(today),
            };
        }
        _ => Period::All,
    };
    // What is asked for may be dated up to the end of the period, whatever today is.
    period.span(today.plus_days(3_660))
}

/// The tasks of the town for one unit, the most urgent first.
pub fn asked(replica: &Replica, unit: &str, today: Day) -> Vec<Asked> {
    let mut out: Vec<Asked> = rows::<Dispatch>(replica)
        .into_iter()
        .map(|task| one(replica, task, unit, today))
        .collect();
    out.arrange_by(|a, b| {
        let done = (a.reported.is_some()).cmp(&b.reported.is_some());
        done.then_with(|| a.due.cmp(&b.due)).then_with(|| a.id.cmp(&b.id))
    });
    out
}

fn one(replica: &Replica, task: Dispatch, unit: &str, today: Day) -> Asked {
    let period = task.period().unwrap_or_default().to_owned();
    let span = period_span(&period, today);
    let ids = Dispatch::LEDGER
        .slot("ledgers")
        .map(|slot| task.cells().cell(slot).items());
    let ledgers = ids
        .unwrap_or_default()
        .iter()
        .filter_map(|id| replica.catalogue().get(id));
    let ledgers = ledgers.map(|ledger| AskedLedger {
        id: ledger.id,
        label: ledger.label,
        verb: ledger.verb,
        counted: ledger.counted,
        count: within(replica, ledger, unit, span),
    });
    Asked {
        id: task.id().to_owned(),
        title: task.title().unwrap_or("未命名任务").to_owned(),
        due: task.due().map(|day| day.to_string()).unwrap_or_default(),
        days_left: task.due().map(|due| i64::from(due.since(today))),
        note: task.note().unwrap_or_default().to_owned(),
        ledgers: ledgers.collect(),
        reported: last_report(replica, unit, task.id()),
        period,
    }
}

/// The day of a unit's last report for a task.
pub fn last_report(replica: &Replica, unit: &str, task: &str) -> Option<Day> {
    let reports = rows_of::<Submission>(replica, unit).into_iter();
    reports
        .filter(|report| report.task() == Some(task))
        .filter_map(|report| report.date())
        .max()
}

/// Records of a unit that fall into a span; those of a ledger without a date all do.
fn within(replica: &Replica, ledger: &'static Ledger, unit: &str, span: Span) -> usize {
    let slot = ledger.slot(ledger.dated);
    let mut count = 0;
    replica.visit(ledger, Some(unit), &mut |cells| {
        let day = slot.and_then(|slot| day_of(cells, slot));
        count += usize::from(slot.is_none() || span.takes(day));
    });
    count
}

/// The day, or the first day of the month or year, that a field holds.
fn day_of(cells: &dyn Cells, slot: crate::model::ledger::Slot) -> Option<Day> {
    let value = cells.cell(slot);
    match value.as_str() {
        Some(text) => Day::parse(text).or_else(|| Month::parse(text).map(Month::first)),
        None => super::list::year_of(value)
            .and_then(|year| Month::new(year.parse().ok()?, 1))
            .map(Month::first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, from: &str, to: &str) {
        let today = Day::parse("2022-11-22").expect("a day");
        let span = period_span(text, today);
        assert_eq!(span.from.map(|d| d.to_string()).unwrap_or_default(), from, "{text}");
        if !to.is_empty() {
            assert_eq!(span.to.to_string(), to, "{text}");
        }
    }

    #[test]
    fn periods_as_people_write_them() {
        check("2022", "2022-01-01", "2022-12-31");
        check("2022年", "2022-01-01", "2022-12-31");
        check("2022-11", "2022-11-01", "2022-11-30");
        check("2022年11月", "2022-11-01", "2022-11-30");
        check("2022年第三季度", "2022-07-01", "2022-09-30");
        check("2022年3季度", "2022-07-01", "2022-09-30");
        check("2022-07至2022-09", "2022-07-01", "2022-09-30");
        check("全部", "", "");
    }
}
