//! Row-level rules that look at more than one field: one place for every ledger.
//!
//! [`check`] never fails and never writes. An error notice means that a form must not save the
//! record as it is; a warning is shown and the record saved. Rules of one field (kind, range,
//! required) are in [`validate`](crate::model::validate).

use crate::model::date::Day;
use crate::model::ledger::{Catalogue, Cells, Kind, Ledger, TypedRow};
use crate::model::notice::Notice;
use crate::model::records::{Records, rows_of};
use crate::model::settings::Settings;

/// What a rule may look at besides the record itself.
pub struct Look<'a> {
    /// All records.
    pub records: &'a dyn Records,
    /// Settings in force.
    pub settings: &'a Settings,
    /// Today, as data.
    pub today: Day,
}

impl<'a> Look<'a> {
    /// The typed record with this id.
    pub fn find<R: TypedRow<'a>>(&self, id: Option<&str>) -> Option<R> {
        self.records.find(R::SCHEMA, id?).map(R::of)
    }

    /// Rows of a unit, without the record being checked.
    pub(in crate::model) fn others<R: TypedRow<'a>>(&self, unit: Option<&str>, own: &str) -> Vec<R> {
        let mut found: Vec<R> = unit.map_or_else(Vec::new, |unit| rows_of(self.records, unit));
        found.retain(|r| r.cells().id() != own);
        found
    }
}

/// Collects notices.
#[derive(Default)]
pub struct Found(Vec<Notice>);

impl Found {
    pub(in crate::model) fn error(&mut self, wrong: bool, place: &str, what: impl Into<String>, todo: &str) {
        if wrong {
            self.0.push(Notice::error(place, what, todo));
        }
    }

    pub(in crate::model) fn warning(&mut self, wrong: bool, place: &str, what: impl Into<String>, todo: &str) {
        if wrong {
            self.0.push(Notice::warning(place, what, todo));
        }
    }

    /// `later` may not lie before `earlier`; the notice stands at the later field.
    pub(in crate::model) fn order(&mut self, earlier: (Option<Day>, &str), later: (Option<Day>, &str), place: &str) {
        if let (Some(first), Some(second)) = (earlier.0, later.0) {
            let what = format!("{}（{second}）早于{}（{first}）", later.1, earlier.1);
            self.error(second < first, place, what, "核对两个日期");
        }
    }

    /// A count may not be larger than the whole it is part of.
    pub(in crate::model) fn within(&mut self, part: (Option<i64>, &str), whole: (Option<i64>, &str), place: &str) {
        if let (Some(p), Some(w)) = (part.0, whole.0) {
            let what = format!("{} {p} 多于{} {w}", part.1, whole.1);
            self.error(p > w, place, what, "核对两个数");
        }
    }

    pub(in crate::model) fn all(&mut self, notices: impl IntoIterator<Item = Notice>) {
        self.0.extend(notices);
    }
}

/// The rules of one ledger: its id and what looks at a record.
pub type Check = (&'static str, fn(&dyn Cells, &Look, &mut Found));

/// Every notice about a record of `ledger` as it would be saved; `checks` are the rules of all programmes.
pub fn check(
    checks: &[&[Check]],
    catalogue: &Catalogue,
    (ledger, cells): (&'static Ledger, &dyn Cells),
    look: &Look,
) -> Vec<Notice> {
    let mut found = Found::default();
    references(catalogue, (ledger, cells), look, &mut found);
    not_in_future(ledger, cells, look, &mut found);
    if let Some((_, check)) = checks.iter().copied().flatten().find(|(id, _)| *id == ledger.id) {
        check(cells, look, &mut found);
    }
    found.0
}

/// References point to something, and to something of the same unit where both have one.
fn references(catalogue: &Catalogue, (ledger, cells): (&Ledger, &dyn Cells), look: &Look, found: &mut Found) {
    let own = cells.cell(crate::model::ledger::slots::UNIT).as_str();
    for (slot, field) in ledger.slots().filter(|(_, f)| f.kind == Kind::Ref) {
        let (Some(id), Some(target)) = (cells.cell(slot).as_str(), catalogue.get(field.target)) else {
            continue;
        };
        if id.is_empty() {
            continue;
        }
        match look.records.find(target.schema, id) {
            None => {
                let what = format!("{}指向的记录不在本机", field.label);
                found.warning(true, field.name, what, "合并对方的文件后再看，或重新选择");
            }
            Some(other) => {
                let theirs = other.cell(crate::model::ledger::slots::UNIT).as_str();
                let differ = own.zip(theirs).is_some_and(|(a, b)| a != b);
                let what = format!("{}属于另一个村（社区）", field.label);
                found.warning(differ, field.name, what, "核对村（社区）或重新选择");
            }
        }
    }
}

/// What has happened cannot be dated after today: the field `date`.
fn not_in_future(ledger: &'static Ledger, cells: &dyn Cells, look: &Look, found: &mut Found) {
    let Some(field) = ledger.field("date").filter(|f| f.kind == Kind::Day) else {
        return;
    };
    let day = crate::model::engine::workflow::day_of(ledger.schema, cells, "date");
    if let Some(day) = day.filter(|d| *d > look.today) {
        let what = format!("{}（{day}）在今天之后", field.label);
        found.warning(true, field.name, what, "核对日期；还没有发生的事先不记");
    }
}
