//! Taking a change in: its parts get numbers, and its atoms are laid beside those that are there.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::DefaultHashBuilder;

use super::{Alarm, ChangeMeta, LedgerTable, Merged, Replica};
use crate::model::ledger::{Slot, slots};
use crate::order::Arrange;
use crate::replica::change::{Change, ChangeId, Over};
use crate::replica::former::home;
use crate::replica::record::{Atom, ChangeIx, Record, RecordIx};
use crate::turns::Turns;

impl Replica {
    /// Puts a change's atoms beside those that are there; [`settle`](Replica::settle) removes the
    /// doubles of a whole merge at once, so that many writes to one record cost no more than few.
    pub(in crate::replica) async fn take(&mut self, change: Change, merged: &mut Merged, turns: Turns<'_>) {
        let head_ix = self.take_head(&change, merged);
        for patch in change.set.into_iter().filter(|p| !p.cells.is_empty()) {
            let shelf = self.take_shelf(&patch.ledger);
            let (shelf, record_ix, former) = match home(&self.moved, shelf, &patch.record) {
                Some((shelf, id)) => (shelf, self.take_record(shelf, &id), Atom::FORMER),
                None => (shelf, self.take_record(shelf, &patch.record), 0),
            };
            merged.records.push(record_ix);
            let held = &mut self.records[record_ix as usize].atoms;
            if held.is_empty() {
                held.reserve_exact(patch.cells.len());
            }
            for cell in patch.cells {
                let atom = Atom {
                    value: cell.value,
                    change: head_ix,
                    over: cell.over.map_or(0, |over| self.take_over(&over)),
                    slot: self.take_slot(shelf, &cell.name),
                    flags: Atom::NEW | former,
                };
                self.records[record_ix as usize].atoms.push(atom);
            }
            turns.pause().await;
        }
    }

    /// Sorts a record's atoms, drops those that were there already, notes the record with the
    /// changes that wrote to it; how many atoms are new.
    pub(in crate::replica) fn settle(&mut self, ix: RecordIx) -> usize {
        let atoms = &mut self.records[ix as usize].atoms;
        let is_new = |a: &Atom| a.flags & Atom::NEW != 0;
        let mut known: Vec<ChangeIx> = atoms.iter().filter(|a| !is_new(a)).map(|a| a.change).collect();
        known.arrange();
        let place = |a: &Atom| (a.slot, a.change);
        atoms.arrange_by(|a, b| {
            let order = place(a).cmp(&place(b)).then(a.over.cmp(&b.over));
            order
                .then_with(|| a.value.cmp(&b.value))
                .then(a.is(Atom::FORMER).cmp(&b.is(Atom::FORMER)))
                .then(is_new(a).cmp(&is_new(b)))
        });
        let before = atoms.len();
        let named = |a: &Atom| a.is(Atom::FORMER);
        atoms.dedup_by(|b, a| place(a) == place(b) && a.over == b.over && a.value == b.value && named(a) == named(b));
        if atoms.len() < before {
            atoms.shrink_to_fit();
        }
        for pair in atoms.windows(2).filter(|pair| place(&pair[0]) == place(&pair[1])) {
            if pair.iter().any(is_new) {
                let head = &self.changes[pair[0].change as usize];
                let actor = self.actors.shared(head.actor);
                self.alarms.push(Alarm::Forged(ChangeId { actor, n: head.n }));
            }
        }
        let mut new = 0;
        for atom in atoms.iter_mut().filter(|a| is_new(a)) {
            atom.derive(0);
            new += 1;
            let wrote = &mut self.changes[atom.change as usize].records;
            if wrote.last() != Some(&ix) && known.binary_search(&atom.change).is_err() {
                wrote.push(ix);
            }
        }
        new
    }

    /// The number of a change's head; another head with the same id raises an alarm.
    fn take_head(&mut self, change: &Change, merged: &mut Merged) -> ChangeIx {
        let actor = self.actors.number(&change.id.actor);
        let by = self.tags.number(&change.by);
        let n = change.id.n;
        let marks = |head: &ChangeMeta| (head.actor, head.n, head.at, head.by);
        let new = ChangeMeta {
            actor,
            n,
            at: change.at,
            by,
            extra: change.extra.clone(),
            records: Vec::new(),
        };
        let full = |head: &ChangeMeta, hasher: &DefaultHashBuilder| hasher.hash_one((marks(head), &head.extra));
        let (changes, hasher) = (&self.changes, &self.hasher);
        let hash = full(&new, hasher);
        let found = self.change_index.find(hash, |&ix| {
            let head = &changes[ix as usize];
            marks(head) == marks(&new) && head.extra == new.extra
        });
        if let Some(&known) = found {
            return known;
        }
        let ix = number(self.changes.len());
        let first = self.first_with(actor, n);
        self.changes.push(new);
        let (changes, hasher) = (&self.changes, &self.hasher);
        self.change_index
            .insert_unique(hash, ix, |&i| full(&changes[i as usize], hasher));
        merged.changes += 1;
        if let Some(first) = first {
            self.twins.entry(first).or_default().push(ix);
            self.alarms.push(Alarm::Forged(change.id.clone()));
        } else {
            self.id_index.insert_unique(hasher.hash_one((actor, n)), ix, |&i| {
                let head = &changes[i as usize];
                hasher.hash_one((head.actor, head.n))
            });
        }
        ix
    }

    fn take_shelf(&mut self, id: &Arc<str>) -> u32 {
        if let Some(known) = self.shelf_ix(id) {
            return known;
        }
        let ix = number(self.shelves.len());
        self.shelves.push(LedgerTable::new(id.clone(), None));
        self.shelf_index.insert(id.clone(), ix);
        ix
    }

    fn take_record(&mut self, shelf: u32, id: &str) -> RecordIx {
        let hash = self.hasher.hash_one((shelf, id));
        let found = self.record_index.find(hash, |&ix| {
            let record = &self.records[ix as usize];
            record.ledger == shelf && &*record.id == id
        });
        if let Some(&known) = found {
            return known;
        }
        let ix = number(self.records.len());
        self.records.push(Record {
            id: id.into(),
            ledger: shelf,
            flags: 0,
            unit: Record::UNINDEXED,
            atoms: Vec::new(),
            reads: Box::default(),
        });
        let (records, hasher) = (&self.records, &self.hasher);
        self.record_index.insert_unique(hash, ix, |&i| {
            let record = &records[i as usize];
            hasher.hash_one((record.ledger, &*record.id))
        });
        self.shelves[shelf as usize].records.push(ix);
        ix
    }

    pub(in crate::replica) fn take_slot(&mut self, shelf: u32, name: &Arc<str>) -> Slot {
        let shelf = &mut self.shelves[shelf as usize];
        let known = match shelf.spec {
            Some(spec) => spec.slot(name),
            None => slots::NAMES.iter().find(|(n, _)| *n == &**name).map(|&(_, slot)| slot),
        };
        if let Some(slot) = known {
            return slot;
        }
        let at = shelf.unknown_index.get(name).copied().unwrap_or_else(|| {
            let at = number(shelf.unknown.len());
            shelf.unknown.push(name.clone());
            shelf.unknown_index.insert(name.clone(), at);
            at
        });
        slots::UNKNOWN.saturating_add(at)
    }

    fn take_over(&mut self, over: &Over) -> u32 {
        let mut numbers: Vec<(u32, u32)> = over.iter().map(|(actor, n)| (self.actors.number(actor), *n)).collect();
        numbers.arrange();
        let numbers: Box<[(u32, u32)]> = numbers.into();
        if let Some(&known) = self.over_index.get(&numbers) {
            return known;
        }
        let ix = number(self.overs.len());
        self.overs.push(numbers.clone());
        self.over_index.insert(numbers, ix);
        ix
    }
}

/// Memory runs out long before four thousand million of anything.
fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
