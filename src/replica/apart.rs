//! What joins leave to people: values that whoever wrote or deleted them did not know to be joined, and disputes.
//!
//! `_seen` of a duplicate names the changes of its fields that those who joined it had seen, and those that others
//! looked at since. What none of them names was written by somebody who did not know of the join, and is asked about
//! where it is not what stands.

use super::change::{Change, Patch};
use super::edit::{Stamp, Write};
use super::record::{Atom, ChangeIx, Record, RecordIx};
use super::state::Replica;
use crate::model::ledger::{Cells, Slot, TypedRow as _, slots};
use crate::model::programmes::town::ledgers::Setting;
use crate::model::records::Records as _;
use crate::model::value::Value;
use crate::order::Arrange;

/// What a duplicate says and nobody reads, because somebody did not know of the join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The duplicate.
    pub ix: RecordIx,
    /// The change that wrote it; `None` where the duplicate was deleted.
    pub change: Option<ChangeIx>,
    /// The fields and what they say, references as they are meant.
    pub said: Vec<(Slot, Value)>,
}

/// Ids of the settings begin so that say of two records that they are not the same; the rest are their ids.
const DISTINCT: &str = "distinct.";

fn is_content(slot: Slot) -> bool {
    slot == slots::UNIT || slot >= slots::FIRST
}

impl Replica {
    /// Whether people joined a record into different ones, or one joined it and another took that back, without knowing
    /// of each other. Records that are one by now are not different.
    pub fn joins_differ(&self, ix: RecordIx) -> bool {
        let Some(record) = self.record(ix).filter(|record| record.disputed(slots::ALIAS)) else {
            return false;
        };
        let into = |value: &Value| {
            let target = self.find_ix(self.ledger_id(record), value.as_str()?);
            target.filter(|&target| target != ix).map(|target| self.root_of(target))
        };
        let mut ends = record.heads(slots::ALIAS).map(|atom| into(&atom.value));
        ends.next().is_some_and(|first| ends.any(|other| other != first))
    }

    /// Whether what stands for a duplicate has the value of this field from it.
    pub fn takes_from(&self, duplicate: RecordIx, slot: Slot) -> bool {
        let root = self.root_of(duplicate);
        let has = |ix: RecordIx| self.record(ix).is_some_and(|record| !record.shown(slot).is_blank());
        let is_kept = |&ix: &RecordIx| self.records[ix as usize].is_kept();
        let first = self
            .joins
            .of(root)
            .iter()
            .map(|m| m.1)
            .filter(is_kept)
            .find(|&ix| has(ix));
        let wanting = self.records[root as usize].slot(slot).iter().all(|atom| !atom.counts());
        root != duplicate && wanting && first == Some(duplicate)
    }

    /// Values that only this record of several joined ones has, and that nobody would read without it.
    pub fn said_alone(&self, ix: RecordIx) -> Vec<(Slot, Value)> {
        let Some(record) = self.record(ix) else {
            return Vec::new();
        };
        let others: Vec<&Record> = (self.joined_with(ix).into_iter())
            .filter(|&other| other != ix)
            .filter_map(|other| self.record(other))
            .filter(|other| other.is_kept())
            .collect();
        let content = record.written().filter(|&slot| is_content(slot));
        let alone = content.filter(|&slot| others.iter().all(|other| other.shown(slot).is_blank()));
        let said = alone.map(|slot| (slot, self.said(record, slot)));
        said.filter(|(_, value)| !value.is_blank()).collect()
    }

    /// What a record says by itself, its references as they are meant.
    pub fn said(&self, record: &Record, slot: Slot) -> Value {
        let written = record.shown(slot);
        let field = self.schema_of(record).and_then(|ledger| ledger.field_at(slot));
        let meant = field.and_then(|field| self.meant(field, written));
        meant.unwrap_or_else(|| written.clone())
    }

    /// What the duplicates of a record say and who reads it does not see, because somebody did not know of the join: of
    /// those that were deleted what only they said, as nobody took that back; of the others what was written to them.
    pub fn left_behind(&self, root: RecordIx) -> Vec<Left> {
        let Some(standing) = self.record(root).filter(|record| record.is_live()) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for &(_, ix) in self.joins.of(root) {
            let record = &self.records[ix as usize];
            if record.is(Record::DELETED) && !self.deleted_knowing(ix) {
                let mut said = self.said_alone(ix);
                said.retain(|(slot, _)| standing.cell(*slot).is_blank());
                out.push(Left { ix, change: None, said });
            } else if record.is_kept() {
                out.extend(self.written_apart(ix));
            }
        }
        out.retain(|left| !left.said.is_empty());
        out
    }

    /// What was written to a duplicate by somebody who did not know of the join, was not known to who joined it, and is not
    /// what is read in the record that stands for it: an entry for each change.
    pub fn written_apart(&self, duplicate: RecordIx) -> Vec<Left> {
        let mut out: Vec<Left> = Vec::new();
        let root = &self.records[self.root_of(duplicate) as usize];
        if !root.is_live() {
            return out;
        }
        for (slot, change, value) in self.unseen(duplicate) {
            if value == *root.cell(slot) || self.takes_from(duplicate, slot) {
                continue;
            }
            match out.iter_mut().find(|left| left.change == Some(change)) {
                Some(left) => left.said.push((slot, value)),
                None => out.push(Left {
                    ix: duplicate,
                    change: Some(change),
                    said: vec![(slot, value)],
                }),
            }
        }
        out
    }

    /// What stands in a duplicate and was not seen by those who joined it, its references as they are meant.
    fn unseen(&self, duplicate: RecordIx) -> Vec<(Slot, ChangeIx, Value)> {
        let joined = |record: &&Record| record.is(Record::JOINED) && record.is_kept();
        let Some(record) = self.record(duplicate).filter(joined) else {
            return Vec::new();
        };
        let Some(ledger) = self.schema_of(record) else {
            return Vec::new();
        };
        let seen = self.seen(record);
        let told = |atom: &&Atom| atom.is(Atom::HEAD) && !atom.value.is_blank() && !seen.contains(&atom.change);
        let unseen = record.atoms.iter().filter(told);
        let meant = unseen.filter_map(|atom| {
            let field = ledger.field_at(atom.slot)?;
            let value = self.meant(field, &atom.value).unwrap_or_else(|| atom.value.clone());
            Some((atom.slot, atom.change, value))
        });
        meant.collect()
    }

    /// The changes of the fields of a duplicate that those who joined it had seen, as far as they still count. Of a join
    /// that does not say it, those that are not later.
    fn seen(&self, record: &Record) -> Vec<ChangeIx> {
        let standing = record
            .atoms
            .iter()
            .filter(|atom| atom.is(Atom::HEAD) && is_content(atom.slot));
        let named = self.seen_ids(record);
        let joined = record.heads(slots::ALIAS).map(|atom| atom.change);
        let joined = joined.max_by(|&a, &b| self.display_order(a, b));
        let is_seen = |change: &ChangeIx| match joined {
            Some(joined) if named.is_empty() => self.display_order(*change, joined).is_le(),
            _ => named.contains(&self.change_id(*change).to_string()),
        };
        standing.map(|atom| atom.change).filter(is_seen).collect()
    }

    fn seen_ids(&self, record: &Record) -> Vec<String> {
        let items = record.heads(slots::SEEN).flat_map(|atom| atom.value.items());
        items.map(|item| item.to_string()).collect()
    }

    /// What a duplicate says of what was seen in it, once these changes are too.
    fn seen_with(&self, record: &Record, more: impl IntoIterator<Item = String>) -> Value {
        let mut all = self.seen_ids(record);
        if all.is_empty() && record.is(Record::ALIASED) {
            all = self
                .seen(record)
                .iter()
                .map(|&c| self.change_id(c).to_string())
                .collect();
        }
        all.extend(more);
        all.arrange();
        all.dedup();
        Value::list(all)
    }

    /// What a record that is joined now says of what was seen in it: all that stands.
    pub(super) fn seen_in(&self, record: &Record) -> Value {
        let standing = record
            .atoms
            .iter()
            .filter(|atom| atom.is(Atom::HEAD) && is_content(atom.slot));
        self.seen_with(record, standing.map(|atom| self.change_id(atom.change).to_string()))
    }

    /// Who joins a record that stands for others has seen what it reads as in them: notes this of them.
    pub(super) fn seen_through(&self, root: RecordIx) -> Vec<Write> {
        let mut out = Vec::new();
        for &(_, duplicate) in self.joins.of(root) {
            let standing = &self.records[root as usize];
            let unseen = self.unseen(duplicate).into_iter();
            let read = unseen.filter(|(slot, _, value)| value == standing.cell(*slot));
            let ids: Vec<String> = read.map(|(_, change, _)| self.change_id(change).to_string()).collect();
            if !ids.is_empty() {
                let seen = self.seen_with(&self.records[duplicate as usize], ids);
                out.extend(self.write_to(duplicate, slots::SEEN, seen));
            }
        }
        out
    }

    /// What a duplicate says of what was seen in it when somebody who knows of the join writes to it.
    pub(super) fn seen_by_writer(&self, record: &Record, stamp: &Stamp) -> Value {
        self.seen_with(record, [stamp.id.to_string()])
    }

    /// A change that notes of something written to a duplicate that it was seen and is not taken over.
    pub fn leave_apart(&self, stamp: Stamp, duplicate: RecordIx, change: ChangeIx) -> Option<Change> {
        let record = self.record(duplicate)?;
        let seen = self.seen_with(record, [self.change_id(change).to_string()]);
        self.compose(stamp, &[self.write_to(duplicate, slots::SEEN, seen)?])
    }

    /// Who writes to a record that stands for others has seen what it reads as in them, and what he writes just as they
    /// say it: notes this of them.
    pub(super) fn note_seen(&self, stamp: &Stamp, patches: &mut Vec<Patch>) {
        if !self.has_joins() {
            return;
        }
        let mut noted: Vec<(RecordIx, String)> = Vec::new();
        for patch in patches.iter() {
            let Some(ix) = self.find_ix(&patch.ledger, &patch.record) else {
                continue;
            };
            let standing = &self.records[ix as usize];
            for &(_, duplicate) in self.joins.of(ix) {
                for (slot, change, value) in self.unseen(duplicate) {
                    let name = self.slot_name(standing, slot);
                    let written = patch.cells.iter().find(|cell| &*cell.name == name);
                    if written.is_some_and(|cell| cell.value == value || value == *standing.cell(slot)) {
                        noted.push((duplicate, self.change_id(change).to_string()));
                    }
                }
            }
        }
        for group in noted.chunk_by(|a, b| a.0 == b.0) {
            let record = &self.records[group[0].0 as usize];
            let held = patches.iter_mut().find(|patch| patch.record == record.id);
            let own = held.is_some().then(|| stamp.id.to_string());
            let seen = self.seen_with(record, group.iter().map(|noted| noted.1.clone()).chain(own));
            let Some(noting) = self
                .write_to(group[0].0, slots::SEEN, seen)
                .and_then(|write| self.patch(stamp, &write))
            else {
                continue;
            };
            match held {
                Some(held) => {
                    held.cells
                        .retain(|old| noting.cells.iter().all(|new| new.name != old.name));
                    held.cells.extend(noting.cells);
                }
                None => patches.push(noting),
            }
        }
    }

    /// The fields of a record that have several different values for people to decide. Of a duplicate, those that are read
    /// in what stands for it, and into what it was joined.
    pub fn open_slots(&self, ix: RecordIx) -> Vec<Slot> {
        let Some(record) = self.record(ix).filter(|record| record.is(Record::CONFLICT)) else {
            return Vec::new();
        };
        let counts = |slot: &Slot| match *slot {
            slots::ALIAS => self.joins_differ(ix),
            slots::UNIT | slots::FIRST.. => {
                record.disputed(*slot) && (!record.is(Record::JOINED) || self.takes_from(ix, *slot))
            }
            _ => false,
        };
        record.written().filter(counts).collect()
    }

    /// The id of the setting that says of two records that they are not the same.
    pub fn distinct_id(&self, one: RecordIx, other: RecordIx) -> Option<String> {
        let (one, other) = (&*self.record(one)?.id, &*self.record(other)?.id);
        let (first, second) = if one < other { (one, other) } else { (other, one) };
        Some(format!("{DISTINCT}{first} {second}"))
    }

    /// Whether somebody said of two records that they are not the same.
    pub fn are_distinct(&self, one: RecordIx, other: RecordIx) -> bool {
        let said = |id: String| self.find(Setting::SCHEMA, &id).and_then(|s| Setting::of(s).value()) == Some("true");
        self.distinct_id(one, other).is_some_and(said)
    }

    /// The records that a duplicate is one with and was said not to be the same as. Of two duplicates the one with the
    /// greater id is asked about.
    pub fn denied(&self, duplicate: RecordIx) -> Vec<RecordIx> {
        let kept = |ix: RecordIx| self.record(ix).filter(|record| record.is_kept());
        let Some(record) = kept(duplicate).filter(|record| record.is(Record::JOINED)) else {
            return Vec::new();
        };
        let mut others = self.joined_with(duplicate);
        others.retain(|&other| {
            let asked = kept(other).is_some_and(|r| !r.is(Record::JOINED) || r.id < record.id);
            other != duplicate && asked && self.are_distinct(duplicate, other)
        });
        others
    }

    /// The records whose joins keep two of one group together: without them they are two.
    pub fn parting(&self, one: RecordIx, other: RecordIx) -> Vec<RecordIx> {
        let leads = |from: RecordIx, to: RecordIx| {
            let mut path = vec![from];
            while let Some(next) = self.alias_of(path[path.len() - 1]) {
                if next == to {
                    return true;
                }
                if path.contains(&next) {
                    return false;
                }
                path.push(next);
            }
            false
        };
        match (leads(one, other), leads(other, one)) {
            (true, true) => vec![one, other],
            (false, true) => vec![other],
            _ => vec![one],
        }
    }

    /// Whether something of a record is to be decided: of one that stands, and of one that another stands for where it
    /// bears on what is read there.
    pub fn is_open(&self, ix: RecordIx) -> bool {
        let Some(record) = self.record(ix).filter(|record| record.is_kept()) else {
            return false;
        };
        record.is(Record::DELETE_CONFLICT)
            || !self.open_slots(ix).is_empty()
            || !self.left_behind(ix).is_empty()
            || !self.denied(ix).is_empty()
    }

    /// What of a record is to be decided, piece by piece: its fields with several values, that one deleted it while another
    /// wrote, that it is one with another that it was said not to be (as [`slots::SEEN`]), and what was left
    /// behind in it, with the change that wrote it.
    pub fn open_parts(&self, ix: RecordIx) -> Vec<(Slot, Option<ChangeIx>)> {
        let Some(record) = self.record(ix) else {
            return Vec::new();
        };
        let mut out: Vec<(Slot, Option<ChangeIx>)> = Vec::new();
        if record.is_kept() {
            out.extend(self.open_slots(ix).into_iter().map(|slot| (slot, None)));
            out.extend(record.is(Record::DELETE_CONFLICT).then_some((slots::DELETED, None)));
            out.extend(self.denied(ix).first().map(|_| (slots::SEEN, None)));
        }
        let root = self.root_of(ix);
        let left = if root == ix { Vec::new() } else { self.left_behind(root) };
        let own = left.into_iter().filter(|left| left.ix == ix);
        out.extend(own.flat_map(|left| left.said.into_iter().map(move |(slot, _)| (slot, left.change))));
        out
    }

    /// The value that a field without one of its own would be read with.
    pub(super) fn brought(&self, root: RecordIx, slot: Slot) -> Option<Value> {
        let kept = self.joins.of(root).iter().map(|m| &self.records[m.1 as usize]);
        let mut said = kept.filter(|r| r.is_kept()).map(|record| self.said(record, slot));
        said.find(|value| !value.is_blank())
    }

    /// Whether who deleted a record knew of every join that makes it one with others.
    fn deleted_knowing(&self, ix: RecordIx) -> bool {
        let record = &self.records[ix as usize];
        let known: Vec<&str> = (record.heads(slots::DELETED))
            .flat_map(|atom| atom.value.items().iter().map(|item| &**item))
            .collect();
        let joins = self.joins_of(ix).into_iter();
        let mut ids = joins.map(|change| self.change_id(change).to_string());
        ids.all(|id| known.contains(&&*id))
    }
}
