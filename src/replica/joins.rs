//! Joined duplicates: which record stands for which, and what records read as because of it.
//!
//! `_alias` of a record names the record it duplicates. Whoever follows a reference, of whatever kind, reads it
//! through [`Record::cell`](crate::model::ledger::Cells::cell), [`Replica::root_of`] or [`Replica::stands_for`], so
//! that figures, lists, pages and files cannot disagree. All of it is derived: nothing that was written is altered.

use hashbrown::HashMap;

use super::record::{ChangeIx, Record, RecordIx};
use super::state::Replica;
use crate::model::ledger::{FieldSchema, Kind, Slot, slots};
use crate::model::value::Value;
use crate::order::Arrange;

impl Replica {
    /// The record that stands for this one and its duplicates.
    ///
    /// Duplicates of duplicates belong to one group. The record at the end of the chain stands; of a circle, which
    /// comes about when devices join in opposite directions, the one with the smallest id. Where that record was
    /// deleted by someone who did not know of the join, the one with the smallest id of those that are left stands.
    pub fn root_of(&self, ix: RecordIx) -> RecordIx {
        self.joins.roots.get(&ix).copied().unwrap_or(ix)
    }

    /// The id of the record that a reference to `id` means.
    pub fn stands_for<'a>(&'a self, ledger: &str, id: &'a str) -> &'a str {
        if self.joins.roots.is_empty() {
            return id;
        }
        let root = self.find_ix(ledger, id).map(|ix| self.root_of(ix));
        root.map_or(id, |root| &self.records[root as usize].id)
    }

    /// Whether any record stands for another.
    pub fn has_joins(&self) -> bool {
        !self.joins.roots.is_empty()
    }

    /// The records that others were joined into, each once.
    pub fn joined_into(&self) -> impl Iterator<Item = RecordIx> + '_ {
        self.joins.members.chunk_by(|a, b| a.0 == b.0).map(|group| group[0].0)
    }

    /// The changes by which a record and those that are kept of its group were joined.
    pub(super) fn joins_of(&self, ix: RecordIx) -> Vec<ChangeIx> {
        let group = self.joined_with(ix).into_iter();
        let kept = group.filter(|&other| other == ix || self.records[other as usize].is_kept());
        let joins = kept.flat_map(|other| self.records[other as usize].heads(slots::ALIAS));
        joins
            .filter(|atom| !atom.value.is_blank())
            .map(|atom| atom.change)
            .collect()
    }

    /// The record and all that were joined with it, itself first.
    pub fn joined_with(&self, ix: RecordIx) -> Vec<RecordIx> {
        let root = self.root_of(ix);
        let others = self.joins.of(root).iter().map(|m| m.1);
        let others = std::iter::once(root).chain(others).filter(|&other| other != ix);
        std::iter::once(ix).chain(others).collect()
    }

    /// Works out the joins as nobody had joined anything, for a frame that is settled from nothing.
    pub(super) fn forget_joins(&mut self) -> HashMap<RecordIx, RecordIx> {
        self.joins.members.clear();
        std::mem::take(&mut self.joins.roots)
    }

    /// Which record stands for which, now.
    pub(super) fn joined(&self) -> &HashMap<RecordIx, RecordIx> {
        &self.joins.roots
    }

    /// Works the joins out anew; what follows of them for some records, told to nobody.
    pub(super) fn settle_joins_quietly(&mut self, list: &[RecordIx]) {
        self.find_joins();
        for &ix in list {
            self.reread(ix);
        }
    }

    /// Works the joins out anew after some records were derived, and what follows of them for those and for all that
    /// refer to a record that was joined or parted.
    pub(super) fn settle_joins(&mut self, derived: &[RecordIx]) {
        if self.joins.aliased.is_empty() && self.joins.roots.is_empty() {
            return;
        }
        let list: Vec<RecordIx> = if self.find_joins() {
            (0..u32::try_from(self.records.len()).unwrap_or(u32::MAX)).collect()
        } else {
            derived.iter().flat_map(|&ix| [ix, self.root_of(ix)]).collect()
        };
        for ix in list {
            let old = self.records[ix as usize].unit;
            if self.reread(ix) {
                self.revise(ix, old);
            }
        }
    }

    /// Finds which record stands for which; whether that changed.
    fn find_joins(&mut self) -> bool {
        let mut groups: Vec<(RecordIx, RecordIx)> = Vec::new();
        let mut ends: HashMap<RecordIx, RecordIx> = HashMap::new();
        for &ix in &self.joins.aliased {
            let end = self.end_of(ix, &mut ends);
            groups.push((end, ix));
        }
        let ends: Vec<RecordIx> = groups.iter().map(|g| g.0).collect();
        groups.extend(ends.into_iter().map(|end| (end, end)));
        groups.arrange_by(|a, b| a.0.cmp(&b.0).then_with(|| self.id_of(a.1).cmp(self.id_of(b.1))));
        groups.dedup();
        let mut roots: HashMap<RecordIx, RecordIx> = HashMap::new();
        for group in groups.chunk_by(|a, b| a.0 == b.0) {
            let end = group[0].0;
            let is_kept = |ix: RecordIx| self.records[ix as usize].is_kept();
            let left = || group.iter().map(|g| g.1).find(|&ix| is_kept(ix));
            let root = if is_kept(end) { end } else { left().unwrap_or(end) };
            let others = group.iter().map(|g| g.1).filter(|&ix| ix != root);
            roots.extend(others.map(|ix| (ix, root)));
        }
        let changed = roots != self.joins.roots;
        if changed {
            let mut members: Vec<(RecordIx, RecordIx)> = roots.iter().map(|(&ix, &root)| (root, ix)).collect();
            members.arrange_by(|a, b| a.0.cmp(&b.0).then_with(|| self.id_of(a.1).cmp(self.id_of(b.1))));
            self.joins.roots = roots;
            self.joins.members = members;
        }
        changed
    }

    /// The end of the chain of aliases that begins at `ix`, or the smallest id of the circle it leads into.
    fn end_of(&self, ix: RecordIx, ends: &mut HashMap<RecordIx, RecordIx>) -> RecordIx {
        let mut path = vec![ix];
        let mut on_path: HashMap<RecordIx, RecordIx> = HashMap::new();
        let mut at = ix;
        let end = loop {
            if let Some(&known) = ends.get(&at) {
                break known;
            }
            on_path.insert(at, u32::try_from(path.len() - 1).unwrap_or(u32::MAX));
            let Some(next) = self.alias_of(at) else { break at };
            if let Some(&start) = on_path.get(&next) {
                let circle = path[start as usize..].iter().copied();
                break circle.min_by_key(|&i| self.id_of(i)).unwrap_or(at);
            }
            path.push(next);
            at = next;
        };
        ends.extend(path.into_iter().map(|step| (step, end)));
        end
    }

    /// The record that this one is said to duplicate, if it is here; nothing duplicates itself.
    pub(super) fn alias_of(&self, ix: RecordIx) -> Option<RecordIx> {
        let record = self.record(ix).filter(|r| r.is(Record::ALIASED))?;
        let target = record.shown(slots::ALIAS).as_str()?;
        self.find_ix(self.ledger_id(record), target).filter(|&next| next != ix)
    }

    fn id_of(&self, ix: RecordIx) -> &str {
        &self.records[ix as usize].id
    }

    /// Works out what a record reads as; whether anything changed.
    pub(super) fn reread(&mut self, ix: RecordIx) -> bool {
        let joined = match self.root_of(ix) == ix {
            true => 0,
            false => Record::JOINED,
        };
        let reads = self.reads_of(ix);
        let record = &mut self.records[ix as usize];
        let flags = record.flags & !Record::JOINED | joined;
        if flags == record.flags && reads == record.reads {
            return false;
        }
        record.flags = flags;
        record.reads = reads;
        self.index_unit(ix);
        true
    }

    /// The fields that read otherwise than they were written: references to duplicates, and values that only
    /// duplicates have.
    fn reads_of(&self, ix: RecordIx) -> Box<[(Slot, Value)]> {
        if self.joins.roots.is_empty() {
            return Box::default();
        }
        let record = &self.records[ix as usize];
        let mut reads: Vec<(Slot, Value)> = self.references(record).collect();
        for &(_, other) in self.joins.of(ix) {
            if !self.records[other as usize].is_kept() {
                continue;
            }
            let duplicate = &self.records[other as usize];
            let brought: Vec<(Slot, Value)> = self.references(duplicate).collect();
            for slot in duplicate.written().filter(|&s| s == slots::UNIT || s >= slots::FIRST) {
                let wanting = record.slot(slot).iter().all(|a| !a.counts()) && reads.iter().all(|r| r.0 != slot);
                let value = brought.iter().find(|b| b.0 == slot).map(|b| &b.1);
                let value = value.unwrap_or_else(|| duplicate.shown(slot));
                if wanting && !value.is_blank() {
                    reads.push((slot, value.clone()));
                }
            }
        }
        reads.into()
    }

    /// References of a record that mean another record than the one they name.
    fn references<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = (Slot, Value)> + 'a {
        let fields = self.schema_of(record).into_iter().flat_map(|ledger| ledger.slots());
        fields.filter_map(|(slot, field)| Some((slot, self.meant(field, record.shown(slot))?)))
    }

    /// What a reference means, where that is not what it says.
    pub(super) fn meant(&self, field: &FieldSchema, value: &Value) -> Option<Value> {
        let root = |id: &str| self.stands_for(field.target, id) != id;
        match (field.kind, value) {
            (Kind::Unit | Kind::District | Kind::Ref, Value::Text(id)) if root(id) => {
                Some(Value::text(self.stands_for(field.target, id)))
            }
            (Kind::Refs, Value::List(ids)) if ids.iter().any(|id| root(id)) => {
                let mut meant: Vec<&str> = Vec::new();
                for id in ids.iter().map(|id| self.stands_for(field.target, id)) {
                    if !meant.contains(&id) {
                        meant.push(id);
                    }
                }
                Some(Value::list(meant))
            }
            _ => None,
        }
    }
}
