//! What files would do, before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::file::Header;
use super::seal::Sealed;
use crate::model::ledger::Slot;
use crate::model::notice::Notice;
use crate::replica::{Atom, Change, Record, Replica};

/// What a file does to the records of one unit, or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Records that were not here.
    pub new: usize,
    /// Records that were here and get other values.
    pub changed: usize,
    /// Fields that differ afterwards and did not before.
    pub conflicts: usize,
    /// Records with something that waits for acceptance because its author had no authority.
    pub pending: usize,
    /// Shown values that get replaced, or go with a record that gets deleted.
    pub superseded: usize,
    /// Units that get deleted or come to read otherwise.
    pub units: usize,
}

impl Effect {
    pub(super) fn add(&mut self, other: Effect) {
        self.new += other.new;
        self.changed += other.changed;
        self.conflicts += other.conflicts;
        self.pending += other.pending;
        self.superseded += other.superseded;
        self.units += other.units;
    }
}

/// What becomes of a file.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Can be merged and brings something.
    Brings(Effect),
    /// Everything in it is here already.
    NothingNew,
    /// The same as another file of the batch, named here.
    SameAs(String),
    /// Sealed; needs its passphrase.
    Sealed(Box<Sealed>),
    /// Refused; nothing of it is taken.
    Refused(Notice),
}

/// One file of a batch.
#[derive(Clone, Debug)]
pub struct FilePreview {
    /// File name as it was chosen.
    pub name: String,
    /// What it says about itself, unless it could not be read.
    pub header: Option<Header>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Per unit code (empty for records of no unit).
    pub units: BTreeMap<String, Effect>,
    /// Its checksum; empty unless it brings something.
    pub sha256: String,
    /// Where its changes stand among those of the preview.
    pub changes: Range<usize>,
    /// Ids of the reports in it that were here already: they have arrived where it comes from.
    pub echoes: Vec<String>,
    /// Remarks: another town, times ahead of now, unusually much replaced.
    pub remarks: Vec<Notice>,
}

/// What a batch would do.
#[derive(Clone)]
pub struct Preview {
    /// The files, in the order given.
    pub files: Vec<FilePreview>,
    /// All that would be merged, for storage.
    pub changes: Vec<Change>,
    /// The replica after merging; becomes the live one once storage has taken the changes.
    pub after: Replica,
    /// Replaces so much that it needs a second confirmation.
    pub drastic: bool,
}

/// What a record looked like before a merge.
pub(super) struct Before {
    live: bool,
    disputed: BTreeSet<Slot>,
    pending: bool,
    shown: Vec<(Slot, crate::model::value::Value)>,
}

impl Before {
    pub(super) fn of(record: &Record) -> Before {
        Before {
            live: record.is_live(),
            disputed: record.written().filter(|&s| record.disputed(s)).collect(),
            pending: record.is(Record::PENDING),
            shown: record
                .atoms
                .iter()
                .filter(|a| a.is(Atom::SHOWN))
                .map(|a| (a.slot, a.value.clone()))
                .collect(),
        }
    }
}

/// What a merge did to one record.
pub(super) fn effect_on(before: Option<&Before>, record: &Record) -> Effect {
    let now = Before::of(record);
    let mut effect = Effect::default();
    match before {
        None => effect.new = usize::from(now.live),
        Some(before) => {
            let gone = before.shown.iter().filter(|shown| !now.shown.contains(shown)).count();
            let deleted = before.live && record.is(Record::DELETED);
            effect.superseded = if deleted { before.shown.len() } else { gone };
            effect.changed = usize::from(now.shown != before.shown || now.live != before.live);
        }
    }
    let old = before.map_or(0, |b| now.disputed.intersection(&b.disputed).count());
    effect.conflicts = now.disputed.len() - old;
    effect.pending = usize::from(now.pending && !before.is_some_and(|b| b.pending));
    effect
}
