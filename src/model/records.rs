//! Access to records by ledger and unit, whoever holds them: a replica, a file being previewed, a test.

use super::ledger::{Cells, Schema, Slot, TypedRow, slots};
use super::value::{NULL, Value};

/// Records that count: visible, not deleted, joined duplicates once, entries without authority left out.
pub trait Records {
    /// Visits the records of a ledger, of one unit or of all, in a stable order.
    fn visit<'a>(&'a self, ledger: &'static Schema, unit: Option<&str>, visit: &mut dyn FnMut(&'a dyn Cells));

    /// The record with this id.
    fn find<'a>(&'a self, ledger: &'static Schema, id: &str) -> Option<&'a dyn Cells>;

    /// The record with this id where it was deleted and can be put back; nothing where deleted records are not kept.
    fn find_deleted<'a>(&'a self, _: &'static Schema, _: &str) -> Option<&'a dyn Cells> {
        None
    }

    /// Grows whenever a record of the ledger (of the unit, if given) changes; equal revisions mean equal records.
    fn revision(&self, ledger: &'static Schema, unit: Option<&str>) -> u64;
}

/// All rows of one ledger as typed rows.
pub fn rows<'a, R: TypedRow<'a>>(records: &'a dyn Records) -> Vec<R> {
    let mut found = Vec::new();
    records.visit(R::SCHEMA, None, &mut |cells| found.push(R::of(cells)));
    found
}

/// The rows of one ledger that belong to `unit`.
pub fn rows_of<'a, R: TypedRow<'a>>(records: &'a dyn Records, unit: &str) -> Vec<R> {
    let mut found = Vec::new();
    records.visit(R::SCHEMA, Some(unit), &mut |cells| found.push(R::of(cells)));
    found
}

/// A record that is not saved yet: of a form, of the sample town, of a spreadsheet being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Id the record will have; may be empty until it is saved.
    pub id: String,
    /// Stored id of its ledger.
    pub ledger: &'static str,
    /// Values in the order they were set.
    pub cells: Vec<(Slot, Value)>,
}

impl Draft {
    /// A record of `ledger` without values.
    pub fn new(ledger: &'static Schema, id: impl Into<String>) -> Draft {
        Draft {
            id: id.into(),
            ledger: ledger.id,
            cells: Vec::new(),
        }
    }

    /// Sets one slot.
    pub fn set(&mut self, slot: Slot, value: Value) {
        match self.cells.iter_mut().find(|(s, _)| *s == slot) {
            Some((_, old)) => *old = value,
            None => self.cells.push((slot, value)),
        }
    }

    /// The unit the record belongs to.
    pub fn unit(&self) -> Option<&str> {
        self.cell(slots::UNIT).as_str()
    }
}

impl Cells for Draft {
    fn cell(&self, slot: Slot) -> &Value {
        self.cells.iter().find(|(s, _)| *s == slot).map_or(&NULL, |(_, v)| v)
    }
    fn id(&self) -> &str {
        &self.id
    }
}

/// Drafts as records; for tests and previews.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The records.
    pub drafts: Vec<Draft>,
}

impl Records for Sheet {
    fn visit<'a>(&'a self, ledger: &'static Schema, unit: Option<&str>, visit: &mut dyn FnMut(&'a dyn Cells)) {
        for draft in &self.drafts {
            if draft.ledger == ledger.id && (unit.is_none() || draft.unit() == unit) {
                visit(draft);
            }
        }
    }

    fn find<'a>(&'a self, ledger: &'static Schema, id: &str) -> Option<&'a dyn Cells> {
        self.drafts
            .iter()
            .find(|d| d.ledger == ledger.id && d.id == id)
            .map(|d| d as &dyn Cells)
    }

    fn revision(&self, _: &'static Schema, _: Option<&str>) -> u64 {
        0
    }
}
