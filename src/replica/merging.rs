//! Uniting changes with a replica: at once, or in turns.

use super::change::Change;
use super::record::RecordIx;
use super::state::{Merged, Replica};
use crate::order::Arrange;
use crate::turns::{Turns, at_once};

impl Replica {
    /// Unites changes with what is here; each touched record is derived once.
    pub fn merge_all(&mut self, changes: impl IntoIterator<Item = Change>) -> Merged {
        at_once(self.merge_in_turns(&mut changes.into_iter(), Turns::NONE))
    }

    /// [`merge_all`](Replica::merge_all) in turns. Nothing may be read of a replica whose merge was given up.
    pub async fn merge_in_turns(&mut self, changes: &mut dyn Iterator<Item = Change>, turns: Turns<'_>) -> Merged {
        let mut merged = Merged::default();
        let tags_before = self.tags.len();
        for change in changes {
            self.take(change, &mut merged, turns).await;
        }
        merged.records.arrange();
        merged.records.dedup();
        let mut kept: Vec<RecordIx> = Vec::new();
        for &ix in &merged.records {
            let new = self.settle(ix);
            merged.atoms += new;
            if new > 0 {
                kept.push(ix);
            }
            turns.pause().await;
        }
        merged.records = kept;
        if merged.changes == 0 && merged.atoms == 0 {
            return merged;
        }
        // All atoms are in their place.
        self.alarms.arrange();
        self.alarms.dedup();
        self.version += 1;
        let list = self.list_to_derive(&merged.records, tags_before);
        for &ix in &list {
            turns.pause().await;
            self.derive_one(ix);
        }
        self.settle_joins(&list);
        merged
    }
}
