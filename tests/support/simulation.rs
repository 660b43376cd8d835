//! Several people with replicas of their own who edit, reload, exchange files of every sort, restore
//! old backups and have wrong clocks; beside them an explicit model that keeps for every write the
//! set of writes its author had seen. The model knows nothing of version vectors.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tiancheng::model::ledger::{Ledger, Slot, TypedRow, slots};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::value::Value;
use tiancheng::replica::export::Selection;
use tiancheng::replica::{Atom, Change, ChangeId, Record, RecordIx, Replica};

use super::{Site, canonical, replica_of, text};

pub const TALK: &Ledger = NightTalk::LEDGER;
pub const RECORDS: [&str; 3] = ["r1", "r2", "r3"];
pub const FIELDS: [&str; 4] = ["unit", "place", "masses", "host"];
const TEN_YEARS: i64 = 10 * 366 * 86_400;

/// One thing a person does. The numbers choose who, where and what; see [`Simulation::step`].
pub type Op = (u8, u8, u8, u8);

/// A history; shrinks towards fewer and simpler steps.
pub fn any_history(steps: usize) -> impl Strategy<Value = Vec<Op>> {
    prop::collection::vec((0u8..24, any::<u8>(), any::<u8>(), any::<u8>()), 1..steps)
}

/// One written field, as the model keeps it.
#[derive(Clone, Debug)]
pub struct Wrote {
    pub change: ChangeId,
    pub at: i64,
    pub record: String,
    pub field: String,
    pub value: Value,
    /// The writes of this field that its author had before them.
    pub seen: BTreeSet<usize>,
}

/// A file, and which writes stand in it.
#[derive(Clone)]
pub struct Sent {
    pub bytes: String,
    pub writes: BTreeSet<usize>,
}

/// See the module text.
pub struct Simulation {
    pub sites: Vec<Site>,
    /// Per site the writes it has.
    pub has: Vec<BTreeSet<usize>>,
    pub writes: Vec<Wrote>,
    pub files: Vec<Sent>,
    actors: usize,
}

impl Simulation {
    pub fn new(sites: usize) -> Simulation {
        let mut world = Simulation {
            sites: Vec::new(),
            has: vec![BTreeSet::new(); sites],
            writes: Vec::new(),
            files: Vec::new(),
            actors: 0,
        };
        for _ in 0..sites {
            let actor = world.fresh_actor();
            world.sites.push(Site::new(&actor));
        }
        world
    }

    /// Actors are drawn anew at each page load; their order is unrelated to time.
    fn fresh_actor(&mut self) -> String {
        self.actors += 1;
        let mixed = (self.actors as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        format!("k{mixed:x}x{}", self.actors)
    }

    pub fn run(&mut self, history: &[Op]) {
        for &op in history {
            self.step(op);
        }
    }

    pub fn step(&mut self, (kind, who, what, how): Op) {
        let site = usize::from(who) % self.sites.len();
        let record = RECORDS[usize::from(what) % RECORDS.len()];
        let ix = self.sites[site].replica.find_ix(TALK.id, record);
        match kind {
            0..=6 => {
                let field = FIELDS[usize::from(what / 8) % FIELDS.len()];
                self.write(site, record, field, how);
            }
            7 => self.compose(site, |r, stamp| r.delete(stamp, &ix.into_iter().collect::<Vec<_>>())),
            8 => self.compose(site, |r, stamp| r.restore(stamp, &ix.into_iter().collect::<Vec<_>>())),
            9 | 10 => self.undo(site, what, how),
            11 => self.resolve(site, ix, how),
            12 => self.join(site, ix, how),
            13 => self.decide(site, ix, how),
            14 | 15 => self.export(site, &|_| true, false),
            16 => self.export(site, &|id| id == record, false),
            17 => self.export(site, &|_| true, true),
            18..=20 => self.import(site, usize::from(what) * 7 + usize::from(how)),
            21 => self.reload(site),
            22 => self.sites[site].clock += (i64::from(how) - 128) * (TEN_YEARS / 128),
            _ => self.restore_backup(site, usize::from(what)),
        }
    }

    fn write(&mut self, site: usize, record: &str, field: &str, how: u8) {
        let value = match (field, how % 5) {
            ("unit", n) => text(&format!("42122310020{n}")),
            (_, 0) => Value::Null,
            ("masses", n) => Value::Int(i64::from(n)),
            (_, n) => text(&format!("内容{n}")),
        };
        let slot = TALK.slot(field).expect("a field");
        let write = tiancheng::replica::Write::cell(TALK.schema, record, slot, value);
        self.compose(site, |r, stamp| r.compose(stamp, std::slice::from_ref(&write)));
    }

    fn undo(&mut self, site: usize, what: u8, how: u8) {
        let known: Vec<ChangeId> = self.has[site].iter().map(|&w| self.writes[w].change.clone()).collect();
        if known.is_empty() {
            return;
        }
        let pick = |n: u8| known[usize::from(n) % known.len()].clone();
        let mut ids = vec![pick(what), pick(how)];
        ids.dedup();
        self.compose(site, |r, stamp| r.undo(stamp, &ids).0);
    }

    fn resolve(&mut self, site: usize, ix: Option<RecordIx>, how: u8) {
        let replica = &self.sites[site].replica;
        let Some((ix, record)) = ix.and_then(|ix| Some((ix, replica.record(ix)?))) else {
            return;
        };
        let disputed = record.written().find(|&s| s != slots::DELETED && record.disputed(s));
        let Some(slot) = disputed else { return };
        let heads: Vec<Value> = record.heads(slot).map(|a| a.value.clone()).collect();
        let value = heads[usize::from(how) % heads.len()].clone();
        self.compose(site, |r, stamp| r.resolve(stamp, ix, slot, value.clone()));
    }

    fn join(&mut self, site: usize, ix: Option<RecordIx>, how: u8) {
        let other = RECORDS[usize::from(how) % RECORDS.len()];
        let into = self.sites[site].replica.find_ix(TALK.id, other);
        if let (Some(ix), Some(into)) = (ix, into) {
            self.compose(site, |r, stamp| r.join(stamp, ix, into));
        }
    }

    fn decide(&mut self, site: usize, ix: Option<RecordIx>, how: u8) {
        let Some(ix) = ix else { return };
        let changes: Vec<u32> = {
            let record = self.sites[site].replica.record(ix).expect("the record is here");
            record.atoms.iter().map(|a| a.change).collect()
        };
        let change = changes[usize::from(how) % changes.len()];
        self.compose(site, |r, stamp| r.decide(stamp, ix, &[change], how.is_multiple_of(2)));
    }

    /// Saves what `make` composes, and enters each written field into the model.
    pub fn compose(&mut self, site: usize, make: impl Fn(&Replica, tiancheng::replica::Stamp) -> Option<Change>) {
        let stamp = self.sites[site].stamp();
        let at = stamp.at.0;
        let Some(change) = make(&self.sites[site].replica, stamp) else {
            return;
        };
        for patch in &change.set {
            for cell in &patch.cells {
                let same = |w: &&usize| {
                    let w = &self.writes[**w];
                    w.record == *patch.record && w.field == *cell.name
                };
                let seen = self.has[site].iter().filter(same).copied().collect();
                self.writes.push(Wrote {
                    change: change.id.clone(),
                    at,
                    record: patch.record.to_string(),
                    field: cell.name.to_string(),
                    value: cell.value.clone(),
                    seen,
                });
                let number = self.writes.len() - 1;
                self.has[site].insert(number);
            }
        }
        self.sites[site].apply(Some(change));
    }

    /// Writes a file of some records, with or without personal fields.
    pub fn export(&mut self, site: usize, scope: &dyn Fn(&str) -> bool, redact: bool) {
        let replica = &self.sites[site].replica;
        let mut bytes = String::new();
        let keep = |_: RecordIx, record: &Record| scope(&record.id);
        let redaction = redact.then(catalogue);
        let selection = Selection {
            keep: &keep,
            redact: redaction,
        };
        replica.write_changes(&selection, &mut bytes);
        let writes = self.has[site].iter().copied().filter(|&w| {
            let w = &self.writes[w];
            scope(&w.record) && !(redact && w.field == "host")
        });
        let sent = Sent {
            bytes,
            writes: writes.collect(),
        };
        self.files.push(sent);
    }

    /// Takes a file of any age from anyone, perhaps once more.
    pub fn import(&mut self, site: usize, which: usize) {
        if self.files.is_empty() {
            return;
        }
        let sent = self.files[which % self.files.len()].clone();
        self.sites[site].take(&sent.bytes);
        self.has[site].extend(sent.writes);
    }

    /// The page is loaded again: same records, another actor.
    fn reload(&mut self, site: usize) {
        let actor = self.fresh_actor();
        let old = &self.sites[site];
        let fresh = Site {
            replica: replica_of([canonical(&old.replica).as_str()]),
            clock: old.clock,
            ..Site::new(&actor)
        };
        self.sites[site] = fresh;
    }

    /// The device is lost; an old file is all that is left of it.
    fn restore_backup(&mut self, site: usize, which: usize) {
        let Some(sent) = (!self.files.is_empty()).then(|| self.files[which % self.files.len()].clone()) else {
            return;
        };
        // What only this device had is kept in one last file, so that it can still be looked for.
        self.export(site, &|_| true, false);
        let actor = self.fresh_actor();
        self.sites[site] = Site {
            replica: replica_of([sent.bytes.as_str()]),
            clock: self.sites[site].clock - 90 * 86_400,
            ..Site::new(&actor)
        };
        self.has[site] = sent.writes;
    }

    /// Everyone gets everything, each in another order.
    pub fn settle(&mut self) {
        for site in 0..self.sites.len() {
            self.export(site, &|_| true, false);
        }
        let count = self.files.len();
        for site in 0..self.sites.len() {
            for step in 0..count {
                let which = if site % 2 == 0 { count - 1 - step } else { step };
                self.import(site, (which + site * 3) % count);
            }
        }
    }

    /// Compares a replica with the model: heads, shown values, deletion.
    pub fn check(&self, site: usize) -> Result<(), TestCaseError> {
        self.check_replica(&self.sites[site].replica, &self.has[site])
    }

    pub fn check_replica(&self, replica: &Replica, has: &BTreeSet<usize>) -> Result<(), TestCaseError> {
        let mut fields: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for &w in has {
            let wrote = &self.writes[w];
            fields.entry((&wrote.record, &wrote.field)).or_default().push(w);
        }
        let mut heads_of: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
        for ((id, field), all) in &fields {
            let maximal = |w: &usize| !all.iter().any(|other| self.writes[*other].seen.contains(w));
            let expected: Vec<usize> = all.iter().copied().filter(maximal).collect();
            let record = self.record_of(replica, id)?;
            let slot = slot_of(field);
            prop_assert_eq!(record.slot(slot).len(), all.len(), "writes of {} {}", id, field);
            let ids = |list: Vec<(String, Value)>| list.into_iter().collect::<BTreeSet<_>>();
            let found: Vec<(String, Value)> = record
                .heads(slot)
                .map(|a| (replica.change_id(a.change).to_string(), a.value.clone()))
                .collect();
            prop_assert_eq!(found.len(), expected.len(), "{} {}: {:?}", id, field, found);
            let wanted: Vec<(String, Value)> = expected
                .iter()
                .map(|&w| (self.writes[w].change.to_string(), self.writes[w].value.clone()))
                .collect();
            prop_assert_eq!(ids(found), ids(wanted), "heads of {} {}", id, field);
            let shown = expected
                .iter()
                .map(|&w| &self.writes[w])
                .max_by_key(|w| (w.at, w.change.actor.clone(), w.change.n));
            prop_assert_eq!(
                record.slot(slot).iter().find(|a| a.is(Atom::SHOWN)).map(|a| &a.value),
                shown.map(|w| &w.value)
            );
            heads_of.entry(id).or_default().insert(field, expected);
        }
        for (id, heads) in &heads_of {
            self.check_deletion(self.record_of(replica, id)?, heads)?;
        }
        Ok(())
    }

    fn record_of<'r>(&self, replica: &'r Replica, id: &str) -> Result<&'r Record, TestCaseError> {
        replica
            .find_ix(TALK.id, id)
            .and_then(|ix| replica.record(ix))
            .ok_or_else(|| TestCaseError::fail(format!("record {id} is gone")))
    }

    /// Deleted is what every remaining deletion together had seen in full, and nobody brought back
    /// without knowing of it.
    fn check_deletion(&self, record: &Record, heads: &BTreeMap<&str, Vec<usize>>) -> Result<(), TestCaseError> {
        let of = |field: &str| heads.get(field).map_or(&[][..], Vec::as_slice);
        let deletions: Vec<&Value> = of("_deleted").iter().map(|&w| &self.writes[w].value).collect();
        let named: BTreeSet<&str> = deletions.iter().flat_map(|v| v.items()).map(|i| &**i).collect();
        let standing: Vec<String> = heads
            .iter()
            .filter(|(field, _)| !matches!(**field, "_deleted" | "_accepted" | "_seen"))
            .flat_map(|(_, heads)| heads)
            .map(|&w| self.writes[w].change.to_string())
            .collect();
        let all_named = standing.iter().all(|id| named.contains(id.as_str()));
        let brought_back = deletions.iter().any(|v| v.items().is_empty());
        let expected = (
            !named.is_empty() && all_named && !brought_back,
            !named.is_empty() && (!all_named || brought_back),
        );
        prop_assert_eq!(
            (record.is(Record::DELETED), record.is(Record::DELETE_CONFLICT)),
            expected,
            "deletion of {}: {:?} against {:?}",
            record.id,
            named,
            standing
        );
        Ok(())
    }
}

fn slot_of(field: &str) -> Slot {
    let system = slots::NAMES
        .iter()
        .find(|(name, _)| *name == field)
        .map(|(_, slot)| *slot);
    system.or_else(|| TALK.slot(field)).expect("a field of the model")
}
