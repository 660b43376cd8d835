//! What differs between a backup and now, as a page lists it.

use super::entry::read;
use super::record::source;
use super::show;
use crate::desk::Desk;
use crate::exchange::compare::{Difference, Differences, Sort, Then};
use crate::model::ledger::{Cells, Ledger, Slot, TypedRow, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::Unit;
use crate::order::Arrange;
use crate::replica::{Atom, ChangeIx, Record, RecordIx, Replica};

/// A field then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Label of the field.
    pub label: String,
    /// As it read then.
    pub then: String,
    /// As it reads now.
    pub now: String,
    /// Who changed it, and when.
    pub source: String,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Ledger and unit: `夜话台账 · 寺前村`.
    pub about: String,
    /// Who deleted or made it, and when; empty where fields say it.
    pub source: String,
    /// Fields that differ.
    pub lines: Vec<Line>,
    /// Why it cannot be put back; empty if it can.
    pub why_not: String,
}

/// How a sort of difference is called.
pub const fn sort_label(sort: Sort) -> &'static str {
    match sort {
        Sort::Gone => "已删除",
        Sort::Changed => "有改动",
        Sort::New => "新增",
    }
}

/// How a sort of difference stands in the address.
pub const fn sort_code(sort: Sort) -> &'static str {
    match sort {
        Sort::Gone => "gone",
        Sort::Changed => "changed",
        Sort::New => "new",
    }
}

/// When the file was exported: `2022-11-22 09:30`.
pub fn exported(then: &Then) -> String {
    let (day, hour, minute) = then.header.exported_at.office();
    format!("{day} {hour:02}:{minute:02}")
}

/// How many records are gone, changed and new.
pub fn counts(differences: &Differences) -> [usize; 3] {
    [Sort::Gone, Sort::Changed, Sort::New].map(|sort| {
        differences
            .list
            .iter()
            .filter(|difference| difference.sort == sort)
            .count()
    })
}

/// Which differences are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Code of a sort; empty for all.
    pub sort: String,
    /// Id of a ledger; empty for all.
    pub ledger: String,
    /// Code of a unit; empty for all.
    pub unit: String,
}

/// The differences that a choice leaves, in their order.
pub fn chosen(replica: &Replica, differences: &Differences, chosen: &Chosen) -> Vec<usize> {
    let fits = |difference: &Difference| {
        let place = place(replica, difference.ix);
        let is = |wanted: &str, given: &str| wanted.is_empty() || wanted == given;
        let of_place = place.is_some_and(|(ledger, unit)| is(&chosen.ledger, ledger.id) && is(&chosen.unit, unit));
        of_place && is(&chosen.sort, sort_code(difference.sort))
    };
    let all = differences.list.iter().enumerate();
    all.filter(|(_, difference)| fits(difference))
        .map(|(at, _)| at)
        .collect()
}

/// The unit of a record; a unit's own record is of that unit.
fn place(replica: &Replica, ix: RecordIx) -> Option<(&'static Ledger, &str)> {
    let record = replica.record(ix)?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    let unit = if ledger.id == Unit::LEDGER.id {
        &record.id
    } else {
        replica.unit_of(record)
    };
    Some((ledger, unit))
}

/// Codes with words and counts.
pub type Choices = Vec<(String, String)>;

/// The ledgers and the units with differences, each with how many: `夜话台账，3 条`.
pub fn choices(replica: &Replica, differences: &Differences) -> (Choices, Choices) {
    type Counted<'a> = Vec<(&'a str, String, usize)>;
    let (mut ledgers, mut units): (Counted<'_>, Counted<'_>) = (Vec::new(), Vec::new());
    let all = differences
        .list
        .iter()
        .filter_map(|difference| place(replica, difference.ix));
    for (ledger, unit) in all {
        match ledgers.iter_mut().find(|(id, ..)| *id == ledger.id) {
            Some((.., count)) => *count += 1,
            None => ledgers.push((ledger.id, ledger.label.to_owned(), 1)),
        }
        match units.iter_mut().find(|(code, ..)| *code == unit) {
            Some((.., count)) => *count += 1,
            None if unit.is_empty() => {}
            None => units.push((unit, show::unit_name(replica, unit), 1)),
        }
    }
    units.arrange();
    let words = |list: Counted<'_>| {
        let word = |(code, name, count): (&str, String, usize)| (code.to_owned(), format!("{name}，{count} 条"));
        list.into_iter().map(word).collect()
    };
    (words(ledgers), words(units))
}

/// What is said of one difference.
pub fn item(desk: &Desk, then: &Then, difference: &Difference) -> Option<Item> {
    let replica = desk.replica();
    let record = replica.record(difference.ix)?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    let was = then
        .replica
        .find_ix(ledger.id, &record.id)
        .and_then(|ix| then.replica.record(ix));
    // What is gone is called as it was then.
    let (of, cells): (&Replica, &Record) = match was.filter(|_| difference.sort == Sort::Gone) {
        Some(was) => (&then.replica, was),
        None => (replica, record),
    };
    let unit = of.unit_of(cells);
    let mut about = ledger.label.to_owned();
    if !unit.is_empty() {
        about.push_str(" · ");
        about.push_str(&show::unit_name(replica, unit));
    }
    let line = |&slot: &Slot| Line {
        label: label(ledger, slot),
        then: was.map_or_else(String::new, |was| text(&then.replica, ledger, slot, was)),
        now: text(replica, ledger, slot, record),
        source: last(replica, record.heads(slot))
            .map(|change| source(replica, change))
            .unwrap_or_default(),
    };
    let told = match difference.sort {
        Sort::Gone => last(replica, record.heads(slots::DELETED)),
        Sort::Changed => None,
        // Who wrote first.
        Sort::New => record
            .atoms
            .iter()
            .map(|atom| atom.change)
            .min_by(|&a, &b| replica.display_order(a, b)),
    };
    Some(Item {
        id: record.id.to_string(),
        title: show::title(of, catalogue(), ledger, cells),
        about,
        source: told.map(|change| source(replica, change)).unwrap_or_default(),
        lines: difference.slots.iter().map(line).collect(),
        why_not: desk.why_not_put_back(then, difference).unwrap_or_default(),
    })
}

fn label(ledger: &'static Ledger, slot: Slot) -> String {
    match ledger.field_at(slot) {
        Some(field) => field.label.to_owned(),
        None => "作为重复记录合并到".to_owned(),
    }
}

fn text(replica: &Replica, ledger: &'static Ledger, slot: Slot, record: &Record) -> String {
    let value = record.cell(slot);
    match ledger.field_at(slot) {
        Some(field) => read(replica, field, value),
        None if value.is_blank() => super::format::UNKNOWN.to_owned(),
        None => value
            .as_str()
            .and_then(|id| replica.find_ix(ledger.id, id))
            .and_then(|ix| replica.record(ix))
            .map_or_else(String::new, |record| show::title(replica, catalogue(), ledger, record)),
    }
}

/// The latest of some writes.
fn last<'a>(replica: &Replica, atoms: impl Iterator<Item = &'a Atom>) -> Option<ChangeIx> {
    atoms
        .map(|atom| atom.change)
        .max_by(|&a, &b| replica.display_order(a, b))
}
