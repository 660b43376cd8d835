//! Shared by native tests: replicas that edit, files that travel.
#![allow(dead_code)]

use std::sync::Arc;

use tiancheng::model::catalogue;
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::{Ledger, Slot};
use tiancheng::model::value::Value;
use tiancheng::replica::export::Selection;
use tiancheng::replica::wire::{Limits, Names, read_changes};
use tiancheng::replica::{Change, ChangeId, RecordIx, Replica, Stamp, Write};

/// A replica with an actor of its own and a clock of its own.
pub struct Site {
    pub replica: Replica,
    pub actor: Arc<str>,
    pub n: u32,
    pub clock: i64,
    pub tag: Arc<str>,
}

impl Site {
    pub fn new(actor: &str) -> Site {
        let start = Instant::parse("2022-03-05T01:00:00Z").expect("an instant").0;
        Site {
            replica: Replica::new(catalogue()),
            actor: actor.into(),
            n: 0,
            clock: start,
            tag: "town".into(),
        }
    }

    /// A site whose entries are signed with a device tag.
    pub fn tagged(actor: &str, tag: &str) -> Site {
        Site {
            tag: tag.into(),
            ..Site::new(actor)
        }
    }

    pub fn stamp(&mut self) -> Stamp {
        self.n += 1;
        self.clock += 1;
        Stamp {
            id: ChangeId {
                actor: self.actor.clone(),
                n: self.n,
            },
            at: Instant(self.clock),
            by: self.tag.clone(),
        }
    }

    pub fn write(&mut self, ledger: &'static Ledger, record: &str, cells: &[(&str, Value)]) -> Option<Change> {
        let cells: Vec<(Slot, Value)> = cells
            .iter()
            .map(|(name, value)| {
                (
                    ledger.slot(name).unwrap_or_else(|| panic!("no field {name}")),
                    value.clone(),
                )
            })
            .collect();
        let write = Write {
            ledger: ledger.id.into(),
            record: record.into(),
            cells,
        };
        let stamp = self.stamp();
        let change = self.replica.compose(stamp, &[write])?;
        self.replica.merge(change.clone());
        Some(change)
    }

    pub fn apply(&mut self, change: Option<Change>) {
        self.replica.merge_all(change);
    }

    /// All changes as they would stand in a file.
    pub fn file(&self) -> String {
        canonical(&self.replica)
    }

    pub fn take(&mut self, file: &str) {
        self.replica.merge_all(parse(file));
    }

    pub fn ix(&self, ledger: &'static Ledger, id: &str) -> RecordIx {
        self.replica.find_ix(ledger.id, id).expect("the record is here")
    }
}

pub fn canonical(replica: &Replica) -> String {
    let mut out = String::new();
    replica.write_changes(&Selection::ALL, &mut out);
    out
}

pub fn parse(file: &str) -> Vec<Change> {
    let mut names = Names::default();
    read_changes(file, &mut names, Limits::default()).expect("a file of ours reads")
}

pub fn text(value: &str) -> Value {
    Value::text(value)
}
