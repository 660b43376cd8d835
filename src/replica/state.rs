//! A replica: the set of changes, and the live records derived from it.
//!
//! Merging is union of [`Atom`]s (one written field of one change), so it is commutative,
//! associative and idempotent by construction. Everything a person sees (heads, shown values,
//! deletion, what waits for acceptance) is derived per record by [`derive`](super::derive) and can
//! be thrown away.

mod take;

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::change::{Change, ChangeId, Patch};
use super::device::Device;
use super::former::{Moved, home, moved};
use super::groups::Joins;
use super::record::{Atom, ChangeIx, Record, RecordIx};
use super::symbols::Symbols;
use crate::model::date::Instant;
use crate::model::ledger::{Cells, Schema, Schemas, Slot, slots};
use crate::model::records::Records;
use crate::order::Arrange;
use crate::turns::{Turns, at_once};

/// What is known of a change besides its atoms.
#[derive(Clone, Debug)]
pub struct ChangeMeta {
    /// Number of the actor.
    pub actor: u32,
    /// Serial number within the actor.
    pub n: u32,
    /// When, by the clock of the device.
    pub at: Instant,
    /// Number of the device tag.
    pub by: u32,
    /// Keys of a newer version.
    pub extra: Option<Box<str>>,
    /// The records it wrote, in the order they became known.
    pub records: Vec<RecordIx>,
}

/// A ledger inside a replica, known or not.
#[derive(Clone, Debug)]
pub(super) struct LedgerTable {
    pub(super) id: Arc<str>,
    pub(super) spec: Option<&'static Schema>,
    /// Names of fields that this version does not know.
    pub(super) unknown: Vec<Arc<str>>,
    unknown_index: HashMap<Arc<str>, u32>,
    pub(super) records: Vec<RecordIx>,
    pub(super) revision: u64,
}

impl LedgerTable {
    fn new(id: Arc<str>, spec: Option<&'static Schema>) -> LedgerTable {
        LedgerTable {
            id,
            spec,
            unknown: Vec::new(),
            unknown_index: HashMap::new(),
            records: Vec::new(),
            revision: 0,
        }
    }
}

/// Something that should not happen and was survived.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// The same change id carries different contents: a forged file or a cloned running page. Both are kept.
    Forged(ChangeId),
}

/// What a merge did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Changes that were new, those that wrote nothing included.
    pub changes: usize,
    /// Atoms that were new.
    pub atoms: usize,
    /// Records touched, each once.
    pub records: Vec<RecordIx>,
}

/// A replica. See the module text.
#[derive(Clone)]
pub struct Replica {
    pub(super) schemas: Schemas,
    pub(super) shelves: Vec<LedgerTable>,
    shelf_index: HashMap<Arc<str>, u32>,
    /// What older versions keep in another ledger.
    moved: Box<[Moved]>,
    pub(super) actors: Symbols,
    pub(super) tags: Symbols,
    pub(super) units: Symbols,
    pub(super) changes: Vec<ChangeMeta>,
    /// By all that tells changes apart.
    change_index: HashTable<ChangeIx>,
    /// By id, the first that came.
    id_index: HashTable<ChangeIx>,
    /// Further changes under the id of a first one: forged.
    twins: HashMap<ChangeIx, Vec<ChangeIx>>,
    pub(super) overs: Vec<Box<[(u32, u32)]>>,
    over_index: HashMap<Box<[(u32, u32)]>, u32>,
    pub(super) records: Vec<Record>,
    record_index: HashTable<RecordIx>,
    pub(super) by_unit: HashMap<(u32, u32), Vec<RecordIx>>,
    pub(super) unit_revision: HashMap<(u32, u32), u64>,
    pub(super) devices: Vec<Option<Device>>,
    pub(super) division: HashMap<u32, Box<str>>,
    pub(super) joins: Joins,
    pub(super) alarms: Vec<Alarm>,
    pub(super) version: u64,
    hasher: DefaultHashBuilder,
}

impl Replica {
    /// An empty replica.
    pub fn new(schemas: Schemas) -> Replica {
        let shelves: Vec<LedgerTable> = schemas
            .all()
            .iter()
            .map(|&spec| LedgerTable::new(spec.id.into(), Some(spec)))
            .collect();
        let shelf_index = (0..).zip(&shelves).map(|(ix, shelf)| (shelf.id.clone(), ix)).collect();
        Replica {
            moved: moved(schemas.all()),
            shelves,
            shelf_index,
            schemas,
            actors: Symbols::default(),
            tags: Symbols::default(),
            units: Symbols::default(),
            changes: Vec::new(),
            change_index: HashTable::new(),
            id_index: HashTable::new(),
            twins: HashMap::new(),
            overs: vec![Box::default()],
            over_index: HashMap::new(),
            records: Vec::new(),
            record_index: HashTable::new(),
            by_unit: HashMap::new(),
            unit_revision: HashMap::new(),
            devices: Vec::new(),
            division: HashMap::new(),
            joins: Joins::default(),
            alarms: Vec::new(),
            version: 0,
            hasher: DefaultHashBuilder::default(),
        }
    }

    /// The ledgers it knows.
    pub fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// Grows with every merge that brought something new.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Alarms so far, each once.
    pub fn alarms(&self) -> &[Alarm] {
        &self.alarms
    }

    /// Number of changes.
    pub fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// Number of records ever written, deleted ones included.
    pub fn record_count(&self) -> usize {
        self.records.len()
    }

    /// A record by number.
    pub fn record(&self, ix: RecordIx) -> Option<&Record> {
        self.records.get(ix as usize)
    }

    /// All records ever written, deleted ones included.
    pub fn all_records(&self) -> impl Iterator<Item = (RecordIx, &Record)> {
        (0u32..).zip(self.records.iter())
    }

    /// All records of a ledger, deleted ones included, in the order they became known.
    pub fn records_of(&self, ledger: &str) -> &[RecordIx] {
        self.shelf_ix(ledger)
            .map_or(&[], |shelf| &self.shelves[shelf as usize].records)
    }

    /// The id of the district a unit belongs to now, moves included.
    pub fn district_of(&self, unit: &str) -> Option<&str> {
        let unit = self.stands_for("unit", unit);
        self.units.get(unit).and_then(|n| self.division.get(&n)).map(|d| &**d)
    }

    /// The number of the record `id` of a ledger.
    pub fn find_ix(&self, ledger: &str, id: &str) -> Option<RecordIx> {
        let shelf = self.shelf_ix(ledger)?;
        match home(&self.moved, shelf, id) {
            Some((shelf, id)) => self.find_in(shelf, &id),
            None => self.find_in(shelf, id),
        }
    }

    fn find_in(&self, shelf: u32, id: &str) -> Option<RecordIx> {
        let found = self.record_index.find(self.hasher.hash_one((shelf, id)), |&ix| {
            let record = &self.records[ix as usize];
            record.ledger == shelf && &*record.id == id
        });
        found.copied()
    }

    /// The ledger of a record, if this version knows it.
    pub fn schema_of(&self, record: &Record) -> Option<&'static Schema> {
        self.shelves.get(record.ledger as usize).and_then(|s| s.spec)
    }

    /// Stored id of the ledger of a record, known or not.
    pub fn ledger_id(&self, record: &Record) -> &str {
        self.shelves.get(record.ledger as usize).map_or("", |s| &s.id)
    }

    /// Ids of ledgers that this version does not know but keeps.
    pub fn unknown_ledgers(&self) -> Vec<&str> {
        self.shelves
            .iter()
            .filter(|s| s.spec.is_none())
            .map(|s| &*s.id)
            .collect()
    }

    /// The stored name of a slot of a record.
    pub fn slot_name(&self, record: &Record, slot: Slot) -> &str {
        if let Some((name, _)) = slots::NAMES.iter().find(|(_, s)| *s == slot) {
            return name;
        }
        let Some(shelf) = self.shelves.get(record.ledger as usize) else {
            return "";
        };
        if slot >= slots::UNKNOWN {
            return shelf.unknown.get((slot - slots::UNKNOWN) as usize).map_or("", |n| n);
        }
        shelf.spec.and_then(|l| l.field_at(slot)).map_or("", |f| f.name)
    }

    /// What is known of a change.
    pub fn head(&self, change: ChangeIx) -> &ChangeMeta {
        &self.changes[change as usize]
    }

    /// The id of a change.
    pub fn change_id(&self, change: ChangeIx) -> ChangeId {
        let head = self.head(change);
        ChangeId {
            actor: self.actors.shared(head.actor),
            n: head.n,
        }
    }

    /// The device tag of a change.
    pub fn tag_of(&self, change: ChangeIx) -> &str {
        self.tags.text(self.head(change).by)
    }

    /// The actor of a change.
    pub fn actor_of(&self, change: ChangeIx) -> &str {
        self.actors.text(self.head(change).actor)
    }

    /// What a write superseded, sorted by actor name.
    pub fn over_of(&self, atom: &Atom) -> Vec<(Arc<str>, u32)> {
        let mut over: Vec<(Arc<str>, u32)> = self.overs[atom.over as usize]
            .iter()
            .map(|&(actor, n)| (self.actors.shared(actor), n))
            .collect();
        over.arrange();
        over
    }

    /// Whether a change with this id is here, in any version.
    pub fn has_change(&self, id: &ChangeId) -> bool {
        self.changes_with(id).next().is_some()
    }

    /// The changes with this id: one, or several where one is forged.
    pub fn changes_with(&self, id: &ChangeId) -> impl Iterator<Item = ChangeIx> + '_ {
        let first = self
            .actors
            .get(&id.actor)
            .and_then(|actor| self.first_with(actor, id.n));
        let twins = first.and_then(|ix| self.twins.get(&ix));
        first.into_iter().chain(twins.into_iter().flatten().copied())
    }

    fn first_with(&self, actor: u32, n: u32) -> Option<ChangeIx> {
        let same = |&ix: &ChangeIx| {
            let head = &self.changes[ix as usize];
            head.actor == actor && head.n == n
        };
        self.id_index.find(self.hasher.hash_one((actor, n)), same).copied()
    }

    /// The highest serial number of an actor; 0 if it is unknown.
    pub fn last_serial(&self, actor: &str) -> u32 {
        let actor = self.actors.get(actor);
        self.changes
            .iter()
            .filter(|h| Some(h.actor) == actor)
            .map(|h| h.n)
            .max()
            .unwrap_or(0)
    }

    /// Compares two changes for display: later first wins, ties by id.
    pub fn display_order(&self, a: ChangeIx, b: ChangeIx) -> std::cmp::Ordering {
        let (x, y) = (self.head(a), self.head(b));
        (x.at, self.actors.text(x.actor), x.n).cmp(&(y.at, self.actors.text(y.actor), y.n))
    }

    /// Whether any part of a change is not here yet.
    pub fn lacks(&self, change: &Change) -> bool {
        at_once(self.lacks_in_turns(change, Turns::NONE))
    }

    /// [`lacks`](Replica::lacks) in turns.
    pub async fn lacks_in_turns(&self, change: &Change, turns: Turns<'_>) -> bool {
        let heads: Vec<ChangeIx> = self.changes_with(&change.id).collect();
        let lacks = |patch: &Patch| {
            let found = self.find_ix(&patch.ledger, &patch.record);
            let Some(record) = found.and_then(|ix| self.record(ix)) else {
                return true;
            };
            let former = self.ledger_id(record) != &*patch.ledger;
            patch.cells.iter().any(|cell| {
                let held = record
                    .atoms
                    .iter()
                    .filter(|a| heads.contains(&a.change) && a.value == cell.value && a.is(Atom::FORMER) == former);
                !held.clone().any(|a| self.slot_name(record, a.slot) == &*cell.name)
            })
        };
        if heads.is_empty() {
            return true;
        }
        for patch in &change.set {
            if lacks(patch) {
                return true;
            }
            turns.pause().await;
        }
        false
    }

    /// Unites one change with what is here.
    pub fn merge(&mut self, change: Change) -> Merged {
        self.merge_all(std::iter::once(change))
    }

    pub(super) fn shelf_ix(&self, id: &str) -> Option<u32> {
        self.shelf_index.get(id).copied()
    }
}

impl Records for Replica {
    fn visit<'a>(&'a self, ledger: &'static Schema, unit: Option<&str>, visit: &mut dyn FnMut(&'a dyn Cells)) {
        let Some(shelf) = self.shelf_ix(ledger.id) else { return };
        let all: &[RecordIx] = match unit {
            None => &self.shelves[shelf as usize].records,
            Some(unit) => {
                let number = self.units.get(self.stands_for("unit", unit));
                number
                    .and_then(|n| self.by_unit.get(&(shelf, n)))
                    .map_or(&[], Vec::as_slice)
            }
        };
        for &ix in all {
            let record = &self.records[ix as usize];
            if record.is_live() {
                visit(record);
            }
        }
    }

    fn find<'a>(&'a self, ledger: &'static Schema, id: &str) -> Option<&'a dyn Cells> {
        let root = self.root_of(self.find_ix(ledger.id, id)?);
        let record = &self.records[root as usize];
        record.is_live().then_some(record as &dyn Cells)
    }

    fn find_deleted<'a>(&'a self, ledger: &'static Schema, id: &str) -> Option<&'a dyn Cells> {
        let root = self.root_of(self.find_ix(ledger.id, id)?);
        let record = &self.records[root as usize];
        record.is(Record::DELETED).then_some(record as &dyn Cells)
    }

    fn revision(&self, ledger: &'static Schema, unit: Option<&str>) -> u64 {
        let Some(shelf) = self.shelf_ix(ledger.id) else {
            return 0;
        };
        match unit {
            None => self.shelves[shelf as usize].revision,
            Some(unit) => {
                let number = self.units.get(self.stands_for("unit", unit));
                number
                    .and_then(|n| self.unit_revision.get(&(shelf, n)))
                    .copied()
                    .unwrap_or(0)
            }
        }
    }
}
