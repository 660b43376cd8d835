//! Uniting changes with a replica: at once, or in slices with pauses in between.

use super::change::Change;
use super::record::RecordIx;
use super::state::{Merged, Replica};
use crate::order::Arrange;
use crate::turns::{Pause, never};

/// A merge that is done in slices.
pub struct Merging {
    merged: Merged,
    tags_before: usize,
    stage: Stage,
}

impl Merging {
    /// What it did, once it is done.
    pub fn merged(&self) -> &Merged {
        &self.merged
    }
}

enum Stage {
    Taking,
    /// The next of the touched records, and those with something new.
    Settling(usize, Vec<RecordIx>),
    /// The next of the records to derive.
    Deriving(usize, Vec<RecordIx>),
    Done,
}

impl Replica {
    /// Unites changes with what is here; each touched record is derived once.
    pub fn merge_all(&mut self, changes: impl IntoIterator<Item = Change>) -> Merged {
        let mut merging = self.begin_merge();
        for change in changes {
            self.take(change, &mut merging.merged);
        }
        while !self.merge_on(&mut merging, &mut never) {}
        merging.merged
    }

    /// Begins a merge in slices: [`take_some`](Replica::take_some) all changes, then [`merge_on`](Replica::merge_on).
    /// Nothing may be read in between.
    pub fn begin_merge(&self) -> Merging {
        Merging {
            merged: Merged::default(),
            tags_before: self.tags.len(),
            stage: Stage::Taking,
        }
    }

    /// Takes one change of a merge in slices.
    pub fn take_some(&mut self, merging: &mut Merging, change: Change) {
        self.take(change, &mut merging.merged);
    }

    /// Goes on with a merge whose changes were all taken, until `pause` asks to stop; whether it is done.
    pub fn merge_on(&mut self, merging: &mut Merging, pause: Pause<'_>) -> bool {
        loop {
            let merged = &mut merging.merged;
            merging.stage = match std::mem::replace(&mut merging.stage, Stage::Done) {
                Stage::Taking => {
                    merged.records.arrange();
                    merged.records.dedup();
                    Stage::Settling(0, Vec::new())
                }
                Stage::Settling(at, mut kept) => match merged.records.get(at) {
                    Some(&ix) => {
                        let new = self.settle(ix);
                        merged.atoms += new;
                        if new > 0 {
                            kept.push(ix);
                        }
                        Stage::Settling(at + 1, kept)
                    }
                    None => {
                        merged.records = kept;
                        self.settled(merged, merging.tags_before)
                    }
                },
                Stage::Deriving(at, list) => match list.get(at) {
                    Some(&ix) => {
                        self.derive_one(ix);
                        Stage::Deriving(at + 1, list)
                    }
                    None => {
                        self.settle_joins(&list);
                        Stage::Done
                    }
                },
                Stage::Done => return true,
            };
            if pause() {
                return false;
            }
        }
    }

    /// All atoms are in their place: what is left to derive.
    fn settled(&mut self, merged: &Merged, tags_before: usize) -> Stage {
        if merged.changes == 0 && merged.atoms == 0 {
            return Stage::Done;
        }
        self.alarms.arrange();
        self.alarms.dedup();
        self.version += 1;
        Stage::Deriving(0, self.list_to_derive(&merged.records, tags_before))
    }
}
