//! What happened to a record: who, when, before and after.

use super::record::{Atom, ChangeIx, Record, RecordIx};
use super::state::Replica;
use crate::model::ledger::Slot;
use crate::model::value::Value;
use crate::order::Arrange;

/// One written field of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub slot: Slot,
    /// What the writer saw before; [`Value::Null`] if nothing.
    pub before: Value,
    /// What was written.
    pub after: Value,
    /// One of several differing values that stand beside each other now.
    pub disputed: bool,
    /// Waits for acceptance.
    pub pending: bool,
    /// Was without authority and turned down.
    pub rejected: bool,
}

/// One change as far as it concerns a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The change.
    pub change: ChangeIx,
    /// Its writes, by slot.
    pub steps: Vec<Step>,
}

impl Replica {
    /// Everything that was written to a record, oldest first.
    pub fn history(&self, ix: RecordIx) -> Vec<Event> {
        let events = self.wrote_to(ix).into_iter();
        events.filter_map(|change| self.event(ix, change)).collect()
    }

    /// The changes that wrote to a record, oldest first.
    pub fn wrote_to(&self, ix: RecordIx) -> Vec<ChangeIx> {
        let Some(record) = self.record(ix) else {
            return Vec::new();
        };
        let mut changes: Vec<ChangeIx> = record.atoms.iter().map(|a| a.change).collect();
        changes.arrange();
        changes.dedup();
        changes.arrange_by(|&a, &b| self.display_order(a, b));
        changes
    }

    /// What a change did to a record.
    pub fn event(&self, ix: RecordIx, change: ChangeIx) -> Option<Event> {
        let record = self.record(ix)?;
        let own = record.atoms.iter().filter(|a| a.change == change);
        Some(Event {
            change,
            steps: own.map(|atom| self.step(record, atom)).collect(),
        })
    }

    fn step(&self, record: &Record, atom: &Atom) -> Step {
        let from = record.atoms.partition_point(|a| a.slot < atom.slot);
        let seen: Vec<usize> = (from..from + record.slot(atom.slot).len())
            .filter(|&i| self.covers(atom, &record.atoms[i]))
            .collect();
        let heads = self.maximal(record, &seen);
        Step {
            slot: atom.slot,
            before: self
                .greatest(record, &heads)
                .map_or(Value::Null, |i| record.atoms[i].value.clone()),
            after: atom.value.clone(),
            disputed: atom.is(Atom::HEAD) && record.disputed(atom.slot),
            pending: atom.is(Atom::PENDING),
            rejected: atom.is(Atom::REJECTED),
        }
    }
}
