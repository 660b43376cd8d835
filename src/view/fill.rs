//! What a person fills in: the forms of the own unit, and what the town asks for.

use super::show;
use crate::desk::Person;
use crate::model::date::{Day, Instant, Month};
use crate::model::engine::indicator::{Period, Span};
use crate::model::ledger::{Cells, Field, Ledger, Owner, Programme, Role, Slot, TypedRow, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::dream::ledgers::{Plan, PlanReturn};
use crate::model::programmes::dream::plan;
use crate::model::programmes::town::ledgers::{Dispatch, Submission};
use crate::model::records::{Records, rows, rows_of};
use crate::model::status::Status;
use crate::model::value::NULL;
use crate::order::Arrange;
use crate::replica::{Atom, ChangeId, Replica};

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
    /// The day of a later report that nobody has said to have left.
    pub prepared: Option<Day>,
    /// Places that the unit changed since its last report, sent or not.
    pub later: usize,
    /// The records in which they are.
    pub changed: Vec<Changed>,
}

/// A record that reads otherwise than at the last report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its id.
    pub id: String,
    /// What it is called, with its ledger: `夜话台账：三组 湾子夜话`.
    pub title: String,
    /// `新增`, `删除`, `改了 2 处`.
    pub what: String,
    /// Places that count.
    places: usize,
}

impl Asked {
    /// Whether it was reported and nothing was changed since.
    pub fn is_done(&self) -> bool {
        self.reported.is_some() && self.prepared.is_none() && self.later == 0
    }

    /// How it stands, in a word or two.
    pub fn standing(&self) -> (Status, String) {
        match (self.prepared, self.reported, self.later, self.days_left) {
            (_, _, later @ 1.., _) if self.prepared.is_some() || self.reported.is_some() => {
                (Status::Warn, format!("上报后又改了 {later} 处"))
            }
            (Some(_), ..) => (Status::Warn, "已准备，等您确认已发出".to_owned()),
            (None, Some(day), ..) => (Status::Done, format!("{day} 已上报")),
            (None, None, _, Some(days)) if days < 0 => (Status::Late, format!("逾期 {} 天", -days)),
            (None, None, _, Some(days)) if days <= 3 => (Status::Warn, format!("还剩 {days} 天")),
            (None, None, _, Some(days)) => (Status::Ok, format!("还剩 {days} 天")),
            (None, None, _, None) => (Status::None, "没有期限".to_owned()),
        }
    }

    /// The next ledger to fill in: the first that holds nothing yet.
    pub fn missing(&self) -> Option<&AskedLedger> {
        self.ledgers.iter().find(|ledger| ledger.count == 0)
    }

    /// Ledgers that have records.
    pub fn filled(&self) -> usize {
        self.ledgers.iter().filter(|l| l.count > 0).count()
    }
}

/// Whether the person's role writes records of this ledger.
pub fn fills_in(person: &Person, ledger: &Ledger) -> bool {
    let begins = |field: &Field| !field.required || field.decided_by.is_none_or(|by| by == person.role);
    match person.role {
        Role::Town => true,
        Role::Viewer => false,
        _ if !ledger.fields.iter().all(begins) => false,
        Role::Guide | Role::Unit => matches!(ledger.owner, Owner::Unit | Owner::Author),
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

/// Reads a period as people write it: `2022`, `2022-11`, `2022年11月`, `2022年上半年`, `2022年第三季度`, `2022-07至2022-09`; anything
/// else means everything.
pub fn period_span(text: &str, today: Day) -> Span {
    let digits: Vec<i32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let quarter = ["一", "二", "三", "四"]
        .iter()
        .position(|q| text.contains(&format!("{q}季度")));
    let half = ["上半年", "下半年"].iter().position(|half| text.contains(half));
    let period = match (digits.as_slice(), quarter) {
        ([year], None) if half.is_some() => Period::Half(*year, half.map_or(1, |half| half as u8 + 1)),
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

/// The tasks of the town for one unit, the most urgent first. `waiting` holds the ids of the reports of this device
/// that nobody has said to have left.
pub fn asked(replica: &Replica, unit: &str, today: Day, waiting: &[String]) -> Vec<Asked> {
    let mut out: Vec<Asked> = rows::<Dispatch>(replica)
        .into_iter()
        .map(|task| one(replica, task, unit, today, waiting))
        .collect();
    out.arrange_by(|a, b| {
        let done = a.is_done().cmp(&b.is_done());
        done.then_with(|| a.due.cmp(&b.due)).then_with(|| a.id.cmp(&b.id))
    });
    out
}

fn one(replica: &Replica, task: Dispatch, unit: &str, today: Day, waiting: &[String]) -> Asked {
    let period = task.period().unwrap_or_default().to_owned();
    let span = period_span(&period, today);
    let ids = Dispatch::LEDGER
        .slot("ledgers")
        .map(|slot| task.cells().cell(slot).items());
    let ledgers = ids.unwrap_or_default().iter().filter_map(|id| catalogue().get(id));
    let ledgers = ledgers.map(|ledger| AskedLedger {
        id: ledger.id,
        label: ledger.label,
        verb: ledger.verb,
        counted: ledger.counted,
        count: within(replica, ledger, unit, span).len(),
    });
    let reports = rows_of::<Submission>(replica, unit).into_iter();
    let own: Vec<Submission> = reports.filter(|report| report.task() == Some(task.id())).collect();
    let waits = |report: &Submission| waiting.iter().any(|id| id == report.id());
    let latest = |waiting: bool| {
        let such = own.iter().filter(|report| waits(report) == waiting);
        such.filter_map(|report| report.date()).max()
    };
    let reported = latest(false);
    let changed = changed_since(replica, unit, &own);
    Asked {
        id: task.id().to_owned(),
        title: task.title().unwrap_or("未命名任务").to_owned(),
        due: task.due().map(|day| day.to_string()).unwrap_or_default(),
        days_left: task.due().map(|due| i64::from(due.since(today))),
        note: task.note().unwrap_or_default().to_owned(),
        ledgers: ledgers.collect(),
        reported,
        prepared: latest(true).filter(|day| reported.is_none_or(|reported| *day >= reported)),
        later: changed.iter().map(|one| one.places).sum(),
        changed,
        period,
    }
}

/// Places that a unit changed since its last report for a task, sent or not; none without a report.
pub fn changed_since_report(replica: &Replica, unit: &str, task: &str) -> usize {
    let reports = rows_of::<Submission>(replica, unit).into_iter();
    let own: Vec<Submission> = reports.filter(|report| report.task() == Some(task)).collect();
    changed_since(replica, unit, &own).iter().map(|one| one.places).sum()
}

fn changed_since(replica: &Replica, unit: &str, reports: &[Submission]) -> Vec<Changed> {
    let written = reports.iter().filter_map(|report| Moment::of(replica, report.id()));
    let last = written.max_by_key(|moment| moment.at);
    last.map_or_else(Vec::new, |last| changes_since(replica, unit, &last))
}

/// When a report was written.
struct Moment {
    at: Instant,
    id: ChangeId,
    by: String,
}

impl Moment {
    fn of(replica: &Replica, report: &str) -> Option<Moment> {
        let record = replica.record(replica.find_ix(Submission::LEDGER.id, report)?)?;
        let moment = |change| Moment {
            at: replica.head(change).at,
            id: replica.change_id(change),
            by: replica.tag_of(change).to_owned(),
        };
        record
            .atoms
            .iter()
            .map(|atom| moment(atom.change))
            .max_by_key(|moment| moment.at)
    }

    /// Whether a change was made afterwards: by its number where both are of one page load, else by the clock.
    fn is_before(&self, at: Instant, id: &ChangeId) -> bool {
        match id.actor == self.id.actor {
            true => id.n > self.id.n,
            false => at > self.at,
        }
    }
}

/// Places in the records of a unit that read otherwise than at a moment because its own devices wrote there: new and
/// deleted records, and fields. What was taken back since is none; what the town wrote meanwhile needs no report.
fn changes_since(replica: &Replica, unit: &str, last: &Moment) -> Vec<Changed> {
    let own = |tag: &str| tag == last.by || replica.device(tag).is_some_and(|device| &*device.unit == unit);
    let is_later = |atom: &Atom| {
        let change = atom.change;
        last.is_before(replica.head(change).at, &replica.change_id(change)) && own(replica.tag_of(change))
    };
    let all = replica.all_records().map(|(_, record)| record);
    let content = all.filter(|record| {
        let reports = replica.ledger_id(record) == Submission::LEDGER.id;
        !reports && !replica.is_device(record) && replica.unit_of(record) == unit
    });
    let differing = content.filter_map(|record| {
        let (later, earlier): (Vec<&Atom>, Vec<&Atom>) = record.atoms.iter().partition(|atom| is_later(atom));
        if later.is_empty() {
            return None;
        }
        let was_deleted = earlier.iter().any(|atom| atom.slot == slots::DELETED);
        let was_live = !earlier.is_empty() && !was_deleted;
        let told = |what: String, places| {
            let ledger = catalogue().get(replica.ledger_id(record))?;
            Some(Changed {
                id: record.id.to_string(),
                title: format!(
                    "{}：{}",
                    ledger.label,
                    show::title(replica, catalogue(), ledger, record)
                ),
                what,
                places,
            })
        };
        match (was_live, record.is_live()) {
            (false, true) => return told("新增".to_owned(), 1),
            (true, false) => return told("删除".to_owned(), 1),
            (false, false) => return None,
            (true, true) => {}
        }
        let mut touched: Vec<Slot> = later
            .iter()
            .map(|atom| atom.slot)
            .filter(|s| *s >= slots::FIRST)
            .collect();
        touched.dedup();
        let before = |slot: Slot| {
            let of_slot = earlier.iter().filter(|atom| atom.slot == slot);
            of_slot
                .max_by_key(|atom| replica.head(atom.change).at)
                .map_or(&NULL, |atom| &atom.value)
        };
        let places = touched
            .into_iter()
            .filter(|slot| before(*slot) != record.shown(*slot))
            .count();
        (places > 0).then(|| told(format!("改了 {places} 处"), places))?
    });
    differing.collect()
}

/// The day of a unit's last report for a task.
pub fn last_report(replica: &Replica, unit: &str, task: &str) -> Option<Day> {
    let reports = rows_of::<Submission>(replica, unit).into_iter();
    reports
        .filter(|report| report.task() == Some(task))
        .filter_map(|report| report.date())
        .max()
}

/// A plan that was sent back and has not been handed in again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedPlan {
    /// Id of the plan.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who sent it back, and when: `镇党委审核退回，王某，2022-11-20，退回的是第 1 稿`.
    pub about: String,
    /// What is to be changed.
    pub comment: String,
}

/// The plans of a unit that stand sent back: the last return is of the version before, and the consultation of the
/// new one has not been entered.
pub fn returned_plans(replica: &Replica, unit: &str) -> Vec<ReturnedPlan> {
    let returns = rows_of::<PlanReturn>(replica, unit);
    let plans = rows_of::<Plan>(replica, unit).into_iter();
    plans
        .filter(|plan| plan.consulted().is_none())
        .filter_map(|plan| {
            let own = returns.iter().filter(|back| back.plan() == Some(plan.id()));
            let last = own.max_by_key(|back| (back.version(), back.date()));
            let comment = plan.returned().or_else(|| last.and_then(|back| back.comment()))?;
            let stage = last.and_then(|back| back.stage()).map(|stage| match stage {
                "guide" => "指导员审核退回",
                _ => "镇党委审核退回",
            });
            let day = last.and_then(|back| back.date()).map(|day| day.to_string());
            let draft = last
                .and_then(|back| back.version())
                .map(|n| format!("退回的是第 {n} 稿"));
            let by = last.and_then(|back| back.by()).map(show::name);
            let parts = [stage.map(str::to_owned), by, day, draft];
            Some(ReturnedPlan {
                id: plan.id().to_owned(),
                title: show::title(replica, catalogue(), Plan::LEDGER, plan.cells()),
                about: parts.into_iter().flatten().collect::<Vec<_>>().join("，"),
                comment: comment.to_owned(),
            })
        })
        .collect()
}

/// Ids of the records of a unit that fall into a span; those of a ledger without a date all do.
pub fn within(replica: &Replica, ledger: &'static Ledger, unit: &str, span: Span) -> Vec<String> {
    let slot = ledger.slot(ledger.dated);
    let mut ids = Vec::new();
    replica.visit(ledger.schema, Some(unit), &mut |cells| {
        // A plan that says nothing is still to be written.
        if ledger.id == Plan::LEDGER.id && plan::says_nothing(Plan::of(cells), replica) {
            return;
        }
        let day = slot.and_then(|slot| day_of(cells, slot));
        if slot.is_none() || span.takes(day) {
            ids.push(cells.id().to_owned());
        }
    });
    ids
}

/// The day, or the first day of the month or year, that a field holds.
fn day_of(cells: &dyn Cells, slot: crate::model::ledger::Slot) -> Option<Day> {
    let value = cells.cell(slot);
    match value.as_str() {
        Some(text) => Day::parse(text).or_else(|| Month::parse(text).map(Month::first)),
        None => super::filter::year_of(value)
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
