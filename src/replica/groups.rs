//! Which records were joined into which, as it was worked out last.

use hashbrown::HashMap;

use super::record::RecordIx;

/// Joined records and what they were joined into; empty in most towns.
#[derive(Clone, Debug, Default)]
pub(super) struct Joins {
    /// Records with an alias that counts, ascending.
    pub(super) aliased: Vec<RecordIx>,
    /// The record that stands for each that does not stand for itself.
    pub(super) roots: HashMap<RecordIx, RecordIx>,
    /// The same by the record that stands, its duplicates by id.
    pub(super) members: Vec<(RecordIx, RecordIx)>,
}

impl Joins {
    /// Notes whether a record has an alias that counts.
    pub(super) fn note(&mut self, ix: RecordIx, aliased: bool) {
        match self.aliased.binary_search(&ix) {
            Ok(at) if !aliased => drop(self.aliased.remove(at)),
            Err(at) if aliased => self.aliased.insert(at, ix),
            _ => {}
        }
    }

    pub(super) fn of(&self, root: RecordIx) -> &[(RecordIx, RecordIx)] {
        let from = self.members.partition_point(|m| m.0 < root);
        let to = from + self.members[from..].partition_point(|m| m.0 == root);
        &self.members[from..to]
    }
}
