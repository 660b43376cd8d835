//! What files would do, before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::file::Header;
use super::seal::Sealed;
use crate::model::ledger::{Slot, TypedRow};
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::Unit;
use crate::model::value::Value;
use crate::replica::{Atom, Change, ChangeIx, Record, RecordIx, Replica};

/// What a file does to the records of one unit, or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Records that were not here.
    pub new: usize,
    /// Records that were here and get other values, the deleted and the joined among them.
    pub changed: usize,
    /// Records that were here and get deleted.
    pub deleted: usize,
    /// Records that were here and come to be read as another one.
    pub joined: usize,
    /// What is to be decided afterwards and was not before: [`Replica::open_parts`].
    pub conflicts: usize,
    /// Records with something that waits for acceptance because its author had no authority.
    pub pending: usize,
    /// Shown values that get replaced, or go with a record that gets deleted.
    pub superseded: usize,
    /// Units that get deleted, renamed, joined, or come to another kind or district.
    pub units: usize,
}

impl Effect {
    /// Records that stand no longer for themselves.
    pub fn gone(&self) -> usize {
        self.deleted + self.joined
    }

    pub(super) fn add(&mut self, other: Effect) {
        self.new += other.new;
        self.changed += other.changed;
        self.deleted += other.deleted;
        self.joined += other.joined;
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

impl FilePreview {
    /// Whether it deletes or replaces so much that a person is asked; its remarks say what.
    pub fn is_unusual(&self) -> bool {
        self.remarks.iter().any(|remark| remark.place == UNUSUAL)
    }
}

/// Place of the remarks about files that delete or replace unusually much.
pub(super) const UNUSUAL: &str = "much";

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
    /// It stands for itself.
    own: bool,
    open: BTreeSet<(Slot, Option<ChangeIx>)>,
    pending: bool,
    shown: Vec<(Slot, Value)>,
}

impl Before {
    pub(super) fn of(replica: &Replica, ix: RecordIx, record: &Record) -> Before {
        Before {
            live: record.is_live(),
            own: replica.root_of(ix) == ix,
            open: replica.open_parts(ix).into_iter().collect(),
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

impl Before {
    fn reads(&self, slot: Slot) -> impl Iterator<Item = &Value> {
        let shown = self.shown.iter().filter(move |shown| shown.0 == slot);
        shown.map(|shown| &shown.1)
    }
}

/// What a merge did to one record.
pub(super) fn effect_on(before: Option<&Before>, after: &Replica, ix: RecordIx, record: &Record) -> Effect {
    let now = Before::of(after, ix, record);
    let mut effect = Effect::default();
    match before {
        None => effect.new = usize::from(now.live),
        Some(before) => {
            let gone = before.shown.iter().filter(|shown| !now.shown.contains(shown)).count();
            let deleted = before.live && record.is(Record::DELETED);
            let joined = !deleted && before.live && before.own && !now.own;
            let is_gone = deleted || joined;
            effect.superseded = if deleted { before.shown.len() } else { gone };
            effect.deleted = usize::from(deleted);
            effect.joined = usize::from(joined);
            effect.changed = usize::from(is_gone || now.shown != before.shown || now.live != before.live);
            if after.ledger_id(record) == Unit::LEDGER.id {
                let named = Unit::LEDGER
                    .slots()
                    .filter(|(_, f)| matches!(f.name, "name" | "kind" | "district"));
                let mut named = named.map(|(slot, _)| slot);
                let redefined = named.any(|slot| before.reads(slot).any(|v| now.reads(slot).all(|n| n != v)));
                effect.units = usize::from(before.live && (is_gone || redefined));
            }
        }
    }
    effect.conflicts = newly_open(before, &now);
    effect.pending = usize::from(now.pending && !before.is_some_and(|b| b.pending));
    effect
}

/// How much of a record is to be decided now and was not before.
pub(super) fn newly_open(before: Option<&Before>, now: &Before) -> usize {
    let old = before.map_or(0, |before| now.open.intersection(&before.open).count());
    now.open.len() - old
}
