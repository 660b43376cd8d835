//! Shared by native tests: replicas that edit, files that travel.
#![allow(dead_code)]

pub mod memory;
pub mod simulation;
pub mod still;
pub mod turns;

use std::sync::Arc;

use tiancheng::model::date::Instant;
use tiancheng::model::ledger::{Ledger, Slot};
use tiancheng::model::programmes::{catalogue, schemas};
use tiancheng::model::records::Records;
use tiancheng::model::value::Value;
use tiancheng::replica::export::Selection;
use tiancheng::replica::wire::{Limits, Names, read_changes};
use tiancheng::replica::{Change, ChangeId, Record, RecordIx, Replica, Stamp, Write};

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
            replica: Replica::new(schemas()),
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

/// How many cases a property test runs: `base`, times the environment variable `LAWS` where it is set.
pub fn cases(base: u32) -> u32 {
    let times = std::env::var("LAWS").ok().and_then(|t| t.parse::<u32>().ok());
    base.saturating_mul(times.unwrap_or(1)).max(1)
}

/// Settings of a property test: the seeds of failures are kept beside its source for ever.
pub fn config(base: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: cases(base),
        failure_persistence: Some(Box::new(proptest::test_runner::FileFailurePersistence::WithSource(
            "proptest-regressions",
        ))),
        max_shrink_iters: 20_000,
        ..proptest::test_runner::Config::default()
    }
}

/// A replica of the given files, each applied whole, in the given order.
pub fn replica_of<'a>(files: impl IntoIterator<Item = &'a str>) -> Replica {
    let mut replica = Replica::new(schemas());
    for file in files {
        replica.merge_all(parse(file));
    }
    replica
}

/// Everything a person can see, in an order that does not depend on how it got here: flags, shown
/// values, heads, units, the records behind duplicates, devices, alarms, and what lists show.
pub fn view(replica: &Replica) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (ix, record) in replica.all_records().filter(|(_, r)| !r.atoms.is_empty()) {
        let name = |r: &Record| format!("{}/{}", replica.ledger_id(r), r.id);
        let root = replica.record(replica.root_of(ix)).map(name);
        lines.push(format!(
            "{} flags {:06b} unit {:?} root {root:?}",
            name(record),
            record.flags,
            replica.unit_of(record)
        ));
        for atom in &record.atoms {
            lines.push(format!(
                "{} {} {} at {:?} by {} over {:?} = {:?} flags {:04b}",
                name(record),
                replica.slot_name(record, atom.slot),
                replica.change_id(atom.change),
                replica.head(atom.change).at,
                replica.tag_of(atom.change),
                replica.over_of(atom),
                atom.value,
                atom.flags
            ));
        }
    }
    for ledger in catalogue().all().iter().copied() {
        let mut units = vec![None];
        units.extend(replica.all_records().map(|(_, r)| Some(replica.unit_of(r))));
        units.sort();
        units.dedup();
        for unit in units {
            replica.visit(ledger.schema, unit, &mut |cells| {
                lines.push(format!("list {} {unit:?} {}", ledger.id, cells.id()));
            });
        }
    }
    lines.sort();
    lines.push(format!("alarms {:?}", replica.alarms()));
    lines.join("\n")
}

/// The ids of the records a ledger lists, sorted.
pub fn listed(replica: &Replica, ledger: &'static Ledger) -> Vec<String> {
    let mut ids = Vec::new();
    replica.visit(ledger.schema, None, &mut |cells| ids.push(cells.id().to_string()));
    ids.sort();
    ids
}
