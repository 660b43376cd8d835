//! Composing changes: edits, deletion, undo, acceptance, joining of duplicates.
//!
//! Every function returns a [`Change`] and alters nothing; the caller stores it and merges it, the
//! same way a change from a file arrives.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{Cell, Change, ChangeId, Over, Patch};
use super::record::{Atom, ChangeIx, Record, RecordIx};
use super::state::Replica;
use crate::model::date::Instant;
use crate::model::ledger::{Cells, Schema, Slot, slots};
use crate::model::notice::Notice;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::order::Arrange;

/// So many values of a disputed field come back when the decision is taken back.
const MOST_DISPUTED: usize = 20;

/// Who saves, when, under which id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Id of the change to come.
    pub id: ChangeId,
    /// Now.
    pub at: Instant,
    /// Device tag.
    pub by: Arc<str>,
}

/// Values for one record, new or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Stored id of the ledger.
    pub ledger: Arc<str>,
    /// Id of the record.
    pub record: Box<str>,
    /// What to write.
    pub cells: Vec<(Slot, Value)>,
}

impl Write {
    /// A write of a draft as it stands. An empty id becomes `id`.
    pub fn of(draft: &Draft, id: &str) -> Write {
        let record = if draft.id.is_empty() { id } else { &draft.id };
        Write {
            ledger: draft.ledger.into(),
            record: record.into(),
            cells: draft.cells.clone(),
        }
    }

    /// A write of one field.
    pub fn cell(ledger: &'static Schema, record: &str, slot: Slot, value: Value) -> Write {
        Write {
            ledger: ledger.id.into(),
            record: record.into(),
            cells: vec![(slot, value)],
        }
    }
}

impl Stamp {
    /// The id for the `index`-th new record of this change (from 0).
    pub fn record_id(&self, index: usize) -> String {
        if index == 0 {
            self.id.to_string()
        } else {
            format!("{}.{index}", self.id)
        }
    }

    fn change(self, set: Vec<Patch>) -> Option<Change> {
        if set.is_empty() {
            return None;
        }
        let mut set = set;
        set.arrange_by(|a, b| a.record.cmp(&b.record));
        // A change is stored under the ids of its records: a second ledger under the same id would be lost.
        let alone = set.windows(2).all(|pair| pair[0].record != pair[1].record);
        assert!(alone, "one change writes one id in one ledger");
        Some(Change {
            id: self.id,
            at: self.at,
            by: self.by,
            set,
            extra: None,
        })
    }
}

impl Replica {
    /// A change that makes the given values shown. Values that stand already, undisputed, are left
    /// out; `None` if nothing remains. Each write supersedes exactly the heads that are shown now.
    ///
    /// # Panics
    /// If the writes name one id in two ledgers; ids drawn by a device never do.
    pub fn compose(&self, stamp: Stamp, writes: &[Write]) -> Option<Change> {
        let mut patches: Vec<Patch> = Vec::new();
        for patch in writes.iter().filter_map(|write| self.patch(&stamp, write)) {
            match patches
                .iter_mut()
                .find(|p| p.record == patch.record && p.ledger == patch.ledger)
            {
                Some(held) => {
                    held.cells
                        .retain(|old| patch.cells.iter().all(|new| new.name != old.name));
                    held.cells.extend(patch.cells);
                }
                None => patches.push(patch),
            }
        }
        self.note_seen(&stamp, &mut patches);
        stamp.change(patches)
    }

    /// [`compose`](Replica::compose) of writes that name each record once, however many there are. Also the number of
    /// those that were left out because one change writes an id in one ledger only.
    pub fn compose_each(&self, stamp: Stamp, writes: &[Write]) -> (Option<Change>, usize) {
        let mut patches: Vec<Patch> = writes.iter().filter_map(|write| self.patch(&stamp, write)).collect();
        patches.arrange_by(|a, b| (&a.record, &a.ledger).cmp(&(&b.record, &b.ledger)));
        let all = patches.len();
        patches.dedup_by(|b, a| a.record == b.record);
        let left = all - patches.len();
        self.note_seen(&stamp, &mut patches);
        (stamp.change(patches), left)
    }

    /// A change by somebody who knew only part of what is here: each write supersedes what `knows` names of its field, and
    /// what this device wrote there before, and nothing else. What others wrote meanwhile stands beside it. A value that
    /// this device wrote last already, or that stands undisputed, is left out; `None` if nothing remains.
    pub fn compose_knowing(
        &self,
        stamp: Stamp,
        writes: &[Write],
        knows: &dyn Fn(&Write, Slot) -> Vec<ChangeId>,
    ) -> Option<Change> {
        let patches = writes.iter().filter_map(|write| {
            let record = self
                .find_ix(&write.ledger, &write.record)
                .and_then(|ix| self.record(ix));
            let cells = write.cells.iter().filter_map(|(slot, value)| {
                let known = knows(write, *slot);
                self.cell_knowing(&stamp, (write, record), (*slot, value), &known)
            });
            let cells: Vec<Cell> = cells.collect();
            (!cells.is_empty()).then(|| Patch {
                record: write.record.clone(),
                ledger: write.ledger.clone(),
                cells,
            })
        });
        let patches: Vec<Patch> = patches.collect();
        stamp.change(patches)
    }

    fn cell_knowing(
        &self,
        stamp: &Stamp,
        (write, record): (&Write, Option<&Record>),
        (slot, value): (Slot, &Value),
        known: &[ChangeId],
    ) -> Option<Cell> {
        let atoms = record.map_or(&[][..], |record| record.slot(slot));
        let own = |atom: &&Atom| self.tag_of(atom.change) == &*stamp.by;
        let last = atoms.iter().filter(own).max_by_key(|atom| self.head(atom.change).at);
        if last.is_some_and(|atom| atom.value == *value) {
            return None;
        }
        let stands = match record {
            Some(record) if !atoms.is_empty() => record.shown(slot) == value && !record.disputed(slot),
            _ => value.is_blank(),
        };
        if stands {
            return None;
        }
        let seen = |atom: &&Atom| own(atom) || known.contains(&self.change_id(atom.change));
        let mut over: BTreeMap<Arc<str>, u32> = BTreeMap::new();
        let of_atoms = self.over_of_all(atoms.iter().filter(seen)).unwrap_or_default();
        let named = known.iter().map(|id| (id.actor.clone(), id.n));
        for (actor, n) in of_atoms.into_iter().chain(named) {
            let most = over.entry(actor).or_default();
            *most = (*most).max(n);
        }
        Some(Cell {
            name: self.name_for(&write.ledger, record, slot)?,
            value: value.clone(),
            over: (!over.is_empty()).then(|| over.into_iter().collect()),
        })
    }

    /// What drafts write: those without an id become new records of this stamp, others go to the records that stand for
    /// theirs. A device speaks for itself alone.
    pub fn writes_of(&self, stamp: &Stamp, drafts: &[Draft]) -> Vec<Write> {
        let mut made = 0;
        let mut writes = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let id = stamp.record_id(made);
            made += usize::from(draft.id.is_empty());
            let mut write = Write::of(draft, &id);
            if draft.ledger != "device" {
                write.record = self.stands_for(draft.ledger, &write.record).into();
            }
            writes.push(write);
        }
        writes
    }

    /// What of a write does not stand yet.
    pub(super) fn patch(&self, stamp: &Stamp, write: &Write) -> Option<Patch> {
        let record = self
            .find_ix(&write.ledger, &write.record)
            .and_then(|ix| self.record(ix));
        let mut cells = Vec::new();
        let mut apart = None;
        for (slot, value) in &write.cells {
            let stands = match record {
                Some(r) if r.slot(*slot).is_empty() => {
                    r.cell(*slot) == value || (value.is_blank() && r.cell(*slot).is_blank())
                }
                // A reference may be given as it was written or as it reads.
                Some(r) => {
                    let written = !value.is_blank() && r.shown(*slot) == value;
                    (written || r.cell(*slot) == value) && !r.disputed(*slot)
                }
                None => *value == Value::Null,
            };
            if !stands && let Some(name) = self.name_for(&write.ledger, record, *slot) {
                let over = record.and_then(|r| self.over_heads(r, *slot, &stamp.by));
                cells.push(Cell {
                    name,
                    value: value.clone(),
                    over,
                });
                let of_content = *slot == slots::UNIT || *slot >= slots::FIRST;
                apart = apart.or(record.filter(|r| of_content && r.is(Record::JOINED)));
            }
        }
        // Who writes to a duplicate here knows of the join.
        if let Some(record) = apart {
            let name = self.slot_name(record, slots::SEEN);
            match cells.iter_mut().find(|cell| &*cell.name == name) {
                // A step back says itself what was seen, and is seen by whoever takes it.
                Some(said) => said.value = all_of(&[said.value.clone(), Value::list([stamp.id.to_string()])]),
                None => cells.push(Cell {
                    name: name.into(),
                    value: self.seen_by_writer(record, stamp),
                    over: self.over_heads(record, slots::SEEN, &stamp.by),
                }),
            }
        }
        (!cells.is_empty()).then(|| Patch {
            record: write.record.clone(),
            ledger: write.ledger.clone(),
            cells,
        })
    }

    fn name_for(&self, ledger: &str, record: Option<&Record>, slot: Slot) -> Option<Arc<str>> {
        if let Some((name, _)) = slots::NAMES.iter().find(|(_, s)| *s == slot) {
            return Some((*name).into());
        }
        if let Some(record) = record {
            let name = self.slot_name(record, slot);
            return (!name.is_empty()).then(|| name.into());
        }
        let field = self.schemas().get(ledger).and_then(|l| l.field_at(slot));
        field.map(|f| f.name.into())
    }

    /// What a write of now supersedes: the heads, own proposals included, and what they superseded.
    fn over_heads(&self, record: &Record, slot: Slot, tag: &str) -> Option<Over> {
        let own_proposal = |a: &Atom| a.is(Atom::PENDING) && self.tag_of(a.change) == tag;
        self.over_of_all(record.slot(slot).iter().filter(|a| a.is(Atom::HEAD) || own_proposal(a)))
    }

    fn over_of_all<'a>(&'a self, atoms: impl Iterator<Item = &'a Atom>) -> Option<Over> {
        let mut over: BTreeMap<Arc<str>, u32> = BTreeMap::new();
        for atom in atoms {
            let id = self.change_id(atom.change);
            for (actor, n) in self.over_of(atom).into_iter().chain([(id.actor, id.n)]) {
                let most = over.entry(actor).or_default();
                *most = (*most).max(n);
            }
        }
        (!over.is_empty()).then(|| over.into_iter().collect())
    }

    /// Deletes records: the change names what was seen, so that a write by someone who did not know
    /// of the deletion keeps the record visible. Duplicates joined with a record go with it; without this they would
    /// stand in its place, as they do where a record is deleted by someone who does not know of the join.
    pub fn delete(&self, stamp: Stamp, records: &[RecordIx]) -> Option<Change> {
        self.compose(stamp, &self.deletions(records))
    }

    /// What a change writes that deletes records, with those that they were joined with.
    pub fn deletions(&self, records: &[RecordIx]) -> Vec<Write> {
        let deleted = |ix: &RecordIx| self.record(*ix).is_some_and(|r| r.is(Record::DELETED));
        let all = self.with_joined(records).into_iter().filter(|ix| !deleted(ix));
        all.filter_map(|ix| self.deletion(ix, &self.joins_of(ix))).collect()
    }

    /// Deletes just these records; those that they were joined with stay, and what stands of them stands for the deleted
    /// ones. The deletion knows of the joins. Of a record that is deleted already, it says so once more.
    pub fn delete_alone(&self, stamp: Stamp, records: &[RecordIx]) -> Option<Change> {
        let writes: Vec<Write> = (records.iter())
            .filter_map(|&ix| self.deletion(ix, &self.joins_of(ix)))
            .collect();
        self.compose(stamp, &writes)
    }

    fn deletion(&self, ix: RecordIx, also: &[ChangeIx]) -> Option<Write> {
        let record = self.record(ix)?;
        let shown = |a: &&Atom| (a.is(Atom::HEAD) || a.is(Atom::PENDING)) && a.slot != slots::DELETED;
        let seen = record
            .atoms
            .iter()
            .filter(shown)
            .map(|a| a.change)
            .chain(also.iter().copied());
        let mut seen: Vec<String> = seen.map(|c| self.change_id(c).to_string()).collect();
        seen.arrange();
        seen.dedup();
        Some(Write {
            ledger: self.ledger_id(record).into(),
            record: record.id.clone(),
            cells: vec![(slots::DELETED, Value::list(seen))],
        })
    }

    /// A deletion by a change that writes to the record itself.
    fn deletion_with(&self, ix: RecordIx, stamp: &Stamp) -> Option<(Slot, Value)> {
        let (slot, seen) = self.deletion(ix, &[])?.cells.pop()?;
        Some((slot, all_of(&[seen, Value::list([stamp.id.to_string()])])))
    }

    /// The records and all joined with them, each once.
    fn with_joined(&self, records: &[RecordIx]) -> Vec<RecordIx> {
        let mut all: Vec<RecordIx> = records.iter().flat_map(|&ix| self.joined_with(ix)).collect();
        all.arrange();
        all.dedup();
        all
    }

    /// Brings deleted records back, with the duplicates joined with them.
    pub fn restore(&self, stamp: Stamp, records: &[RecordIx]) -> Option<Change> {
        let writes: Vec<Write> = self
            .with_joined(records)
            .into_iter()
            .filter_map(|ix| self.write_to(ix, slots::DELETED, Value::Null))
            .collect();
        self.compose(stamp, &writes)
    }

    pub(super) fn write_to(&self, ix: RecordIx, slot: Slot, value: Value) -> Option<Write> {
        let record = self.record(ix)?;
        Some(Write {
            ledger: self.ledger_id(record).into(),
            record: record.id.clone(),
            cells: vec![(slot, value)],
        })
    }

    /// Settles a disputed field on one value; an ordinary write that supersedes every head.
    pub fn resolve(&self, stamp: Stamp, ix: RecordIx, slot: Slot, value: Value) -> Option<Change> {
        let write = self.write_to(ix, slot, value)?;
        self.compose(stamp, &[write])
    }

    /// Accepts or rejects what authors without authority wrote into a record.
    pub fn decide(&self, stamp: Stamp, ix: RecordIx, changes: &[ChangeIx], accept: bool) -> Option<Change> {
        let record = self.record(ix)?;
        // Of all heads: what others decided meanwhile goes on standing beside this decision.
        let standing = record.heads(slots::ACCEPTED).flat_map(|a| a.value.items());
        let mut items: Vec<String> = standing.map(|i| i.to_string()).collect();
        for &change in changes {
            let id = self.change_id(change).to_string();
            items.retain(|i| i.trim_start_matches('!') != id);
            items.push(if accept { id } else { format!("!{id}") });
        }
        items.arrange();
        items.dedup();
        let write = self.write_to(ix, slots::ACCEPTED, Value::list(items))?;
        self.compose(stamp, &[write])
    }

    /// Marks one record as a duplicate of another of the same ledger; what refers to it then means the other. A field
    /// that is blank in the other reads as the duplicate has it; where it was cleared, it is written anew.
    pub fn join(&self, stamp: Stamp, duplicate: RecordIx, into: RecordIx) -> Option<Change> {
        let target = self.record(into)?;
        if duplicate == into || self.record(duplicate)?.ledger != target.ledger {
            return None;
        }
        let brings = self.record(duplicate)?;
        let mut writes = vec![self.write_to(duplicate, slots::ALIAS, Value::Text(target.id.clone()))?];
        writes.extend(self.write_to(duplicate, slots::SEEN, self.seen_in(brings)));
        writes.extend(self.seen_through(duplicate));
        let cleared = target
            .written()
            .filter(|&s| s == slots::UNIT || s >= slots::FIRST)
            .filter(|&slot| target.cell(slot).is_blank() && !brings.cell(slot).is_blank());
        writes.extend(cleared.filter_map(|slot| self.write_to(into, slot, brings.cell(slot).clone())));
        self.compose(stamp, &writes)
    }

    /// Takes changes back: every field they still decide gets the value it would show without them,
    /// and a record that only they made is deleted. What others wrote over since stays, and is told. Of fields that
    /// were disputed before, [`show_without`](Replica::show_without) tells all.
    pub fn undo(&self, stamp: Stamp, ids: &[ChangeId]) -> (Option<Change>, Vec<Notice>) {
        let (changes, notices) = self.show_without(stamp, ids, ids);
        (changes.into_iter().next(), notices)
    }

    /// Lets the records that the changes `about` wrote to show what they would without the changes `without`:
    /// a step back or forward, where `without` also names the steps back and forward made before.
    ///
    /// Mostly one change. A field that was disputed is disputed again: one write shows one value, so each value comes
    /// in a change of its own, and none of them has seen the others. Their serial numbers follow that of the stamp.
    pub fn show_without(&self, stamp: Stamp, about: &[ChangeId], without: &[ChangeId]) -> (Vec<Change>, Vec<Notice>) {
        let indexed = |ids: &[ChangeId]| {
            let all = ids.iter().flat_map(|id| self.changes_with(id).collect::<Vec<_>>());
            let mut all: Vec<ChangeIx> = all.collect();
            all.arrange();
            all
        };
        let (about, undone) = (indexed(about), indexed(without));
        let mut records: Vec<RecordIx> = about
            .iter()
            .flat_map(|&c| self.head(c).records.iter().copied())
            .collect();
        records.arrange();
        records.dedup();
        let mut kept = 0;
        let mut writes = Vec::new();
        let mut disputed: Vec<(RecordIx, Slot, Vec<Value>)> = Vec::new();
        for ix in records {
            let Some(record) = self.record(ix) else { continue };
            let made_here = |a: &Atom| undone.binary_search(&a.change).is_ok();
            let content = |a: &Atom| a.slot == slots::UNIT || a.slot >= slots::FIRST;
            if record.atoms.iter().filter(|a| content(a)).all(made_here) && record.atoms.iter().any(content) {
                if !record.is(Record::DELETED) {
                    writes.extend(self.deletion(ix, &[]));
                }
                continue;
            }
            let mut cells = Vec::new();
            let deletions = self.values_without(record, slots::DELETED, &made_here);
            let whole = !self.torn_without(record, &made_here);
            let gone = record
                .slot(slots::DELETED)
                .iter()
                .any(|a| made_here(a) && a.is(Atom::HEAD))
                && deletions.first().is_some_and(|v| !v.is_blank());
            if gone && whole {
                // A deletion names what it saw, so it is made anew.
                writes.extend(self.deletion(ix, &[]));
                continue;
            }
            let disputed_before = disputed.len();
            for slot in record.written() {
                let of_slot = record.slot(slot);
                if of_slot.iter().any(|a| made_here(a) && a.is(Atom::HEAD)) {
                    let values = self.values_without(record, slot, &made_here);
                    if values.len() > 1 && matches!(slot, slots::UNIT | slots::ALIAS | slots::FIRST..) {
                        disputed.push((ix, slot, values));
                    } else if slot == slots::SEEN {
                        cells.push((slot, all_of(&values)));
                    } else {
                        let brought = || self.brought(ix, slot).unwrap_or_default();
                        cells.push((slot, values.into_iter().next().unwrap_or_else(brought)));
                    }
                } else if of_slot
                    .iter()
                    .any(|a| about.binary_search(&a.change).is_ok() && !a.is(Atom::HEAD))
                {
                    kept += 1;
                }
            }
            // Only what is taken back kept it from being deleted.
            let was_deleted = !deletions.is_empty() && deletions.iter().all(|v| !v.is_blank()) && whole;
            if was_deleted && record.is(Record::DELETE_CONFLICT) {
                if disputed.len() > disputed_before {
                    disputed.truncate(disputed_before);
                    cells.clear();
                }
                cells.extend(self.deletion_with(ix, &stamp));
            }
            writes.push(Write {
                ledger: self.ledger_id(record).into(),
                record: record.id.clone(),
                cells,
            });
        }
        let mut notices = Vec::new();
        if kept > 0 {
            notices.push(Notice::info("", format!("{kept} 处后来又有人修改，保持现在的内容")));
        }
        (self.with_disputes(stamp, &writes, &disputed), notices)
    }

    /// A change that makes the given values shown, and those that make fields disputed again.
    fn with_disputes(&self, stamp: Stamp, writes: &[Write], disputed: &[(RecordIx, Slot, Vec<Value>)]) -> Vec<Change> {
        let mut stamp = stamp;
        let mut out: Vec<Change> = Vec::new();
        let mut take = |change: Option<Change>, stamp: &mut Stamp| {
            stamp.id.n += u32::from(change.is_some());
            out.extend(change);
        };
        take(self.compose(stamp.clone(), writes), &mut stamp);
        for nth in 0..MOST_DISPUTED {
            let mut patches: Vec<Patch> = Vec::new();
            for (ix, slot, values) in disputed {
                // The one that was shown comes last, so that it is shown again.
                let value = values.iter().rev().nth(nth);
                let (Some(value), Some(record)) = (value, self.record(*ix)) else {
                    continue;
                };
                let ledger = self.ledger_id(record);
                let Some(name) = self.name_for(ledger, Some(record), *slot) else {
                    continue;
                };
                let cell = Cell {
                    name,
                    value: value.clone(),
                    over: self.over_heads(record, *slot, &stamp.by),
                };
                match patches.last_mut().filter(|patch| patch.record == record.id) {
                    Some(patch) => patch.cells.push(cell),
                    None => patches.push(Patch {
                        record: record.id.clone(),
                        ledger: ledger.into(),
                        cells: vec![cell],
                    }),
                }
            }
            take(stamp.clone().change(patches), &mut stamp);
        }
        out
    }

    /// Whether a record would be deleted by one and written by another who did not know, without some of its writes.
    fn torn_without(&self, record: &Record, without: &dyn Fn(&Atom) -> bool) -> bool {
        let deletions = self.values_without(record, slots::DELETED, without);
        let known: Vec<&str> = deletions.iter().flat_map(|v| v.items()).map(|item| &**item).collect();
        let matters = |slot: &Slot| matches!(*slot, slots::UNIT | slots::ALIAS | slots::FIRST..);
        record.written().filter(matters).any(|slot| {
            let from = record.atoms.partition_point(|a| a.slot < slot);
            let rest: Vec<usize> = (from..from + record.slot(slot).len())
                .filter(|&i| record.atoms[i].counts() && !without(&record.atoms[i]))
                .collect();
            let unknown = |i: usize| {
                let id = self.change_id(record.atoms[i].change).to_string();
                !known.contains(&&*id)
            };
            self.maximal(record, &rest).into_iter().any(unknown)
        })
    }

    /// What a field would show without some of its writes: nothing, one value, or those that were disputed, the one
    /// that was shown first.
    fn values_without(&self, record: &Record, slot: Slot, without: &dyn Fn(&Atom) -> bool) -> Vec<Value> {
        let from = record.atoms.partition_point(|a| a.slot < slot);
        let to = from + record.slot(slot).len();
        let rest: Vec<usize> = (from..to)
            .filter(|&i| record.atoms[i].counts() && !without(&record.atoms[i]))
            .collect();
        let heads = self.maximal(record, &rest);
        let mut values: Vec<Value> = Vec::new();
        for i in self.greatest(record, &heads).into_iter().chain(heads) {
            let value = &record.atoms[i].value;
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values.truncate(MOST_DISPUTED);
        values
    }
}

/// The items of some lists, each once.
fn all_of(lists: &[Value]) -> Value {
    let mut items: Vec<String> = lists
        .iter()
        .flat_map(|list| list.items())
        .map(|item| item.to_string())
        .collect();
    items.arrange();
    items.dedup();
    Value::list(items)
}
