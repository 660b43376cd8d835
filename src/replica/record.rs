//! Records and what was written to them.

use crate::model::ledger::{Cells, Slot};
use crate::model::value::{NULL, Value};

/// Number of a record inside its replica.
pub type RecordIx = u32;
/// Number of a change inside its replica.
pub type ChangeIx = u32;

/// One written field of one change: the grain of merge.
#[derive(Clone, Debug)]
pub struct Atom {
    /// What was written.
    pub value: Value,
    /// The change that wrote it.
    pub change: ChangeIx,
    /// What it superseded: index into the table of the replica, 0 is nothing.
    pub over: u32,
    /// The field.
    pub slot: Slot,
    /// Derived, but for [`FORMER`](Atom::FORMER): see the constants.
    pub flags: u8,
}

impl Atom {
    /// Nothing that counts supersedes it.
    pub const HEAD: u8 = 1;
    /// The value shown.
    pub const SHOWN: u8 = 2;
    /// Its author had no authority; not counted until accepted.
    pub const PENDING: u8 = 4;
    /// Without authority, and turned down.
    pub const REJECTED: u8 = 8;
    /// Written under the name that an older version has for its ledger; not derived, see [`former`](super::former).
    pub const FORMER: u8 = 64;
    /// Just taken, not yet told apart from what was there; never outside a merge.
    pub(super) const NEW: u8 = 128;

    /// Whether a flag is set.
    pub fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Sets what is derived of it.
    pub(super) fn derive(&mut self, flags: u8) {
        self.flags = self.flags & Atom::FORMER | flags;
    }

    /// Counted in the view: neither pending nor rejected.
    pub fn counts(&self) -> bool {
        self.flags & (Atom::PENDING | Atom::REJECTED) == 0
    }
}

/// A record: all that was ever written to it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Identity within the ledger.
    pub id: Box<str>,
    /// Number of the ledger in the replica.
    pub ledger: u32,
    /// Derived: see the constants.
    pub flags: u8,
    /// Derived: number of the shown unit, 0 for none.
    pub unit: u32,
    /// Sorted by slot.
    pub atoms: Vec<Atom>,
    /// Derived: fields that read otherwise than they were written, because records were joined.
    pub(super) reads: Box<[(Slot, Value)]>,
}

impl Record {
    /// Something that counts was written.
    pub const VISIBLE: u8 = 1;
    /// Deleted, and nobody wrote to it without knowing.
    pub const DELETED: u8 = 2;
    /// Deleted by one, written by another who did not know; stays visible.
    pub const DELETE_CONFLICT: u8 = 4;
    /// Some field has several different heads.
    pub const CONFLICT: u8 = 8;
    /// Something waits for acceptance.
    pub const PENDING: u8 = 16;
    /// Marked as a duplicate of another record.
    pub const ALIASED: u8 = 32;
    /// Another record stands for it; see [`Replica::root_of`](super::Replica::root_of).
    pub const JOINED: u8 = 64;
    /// `unit` of a record that stands in no index yet.
    pub(super) const UNINDEXED: u32 = u32::MAX;

    /// Whether a flag is set.
    pub fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Shown in lists and counted: neither deleted nor a duplicate that another record stands for.
    pub fn is_live(&self) -> bool {
        self.flags & (Record::VISIBLE | Record::DELETED | Record::JOINED) == Record::VISIBLE
    }

    /// Neither deleted nor wholly waiting, be it a duplicate or not.
    pub fn is_kept(&self) -> bool {
        self.flags & (Record::VISIBLE | Record::DELETED) == Record::VISIBLE
    }

    /// What was written to a field and is shown of it, whatever was joined; [`Cells::cell`] is what it reads as.
    pub fn shown(&self, slot: Slot) -> &Value {
        self.slot(slot)
            .iter()
            .find(|a| a.is(Atom::SHOWN))
            .map_or(&NULL, |a| &a.value)
    }

    /// All that was written to one field.
    pub fn slot(&self, slot: Slot) -> &[Atom] {
        let from = self.atoms.partition_point(|a| a.slot < slot);
        let to = from + self.atoms[from..].partition_point(|a| a.slot == slot);
        &self.atoms[from..to]
    }

    /// The heads of one field: one, or several where people wrote without knowing of each other.
    pub fn heads(&self, slot: Slot) -> impl Iterator<Item = &Atom> {
        self.slot(slot).iter().filter(|a| a.is(Atom::HEAD))
    }

    /// The distinct slots written, ascending.
    pub fn written(&self) -> impl Iterator<Item = Slot> + '_ {
        self.atoms.chunk_by(|a, b| a.slot == b.slot).map(|chunk| chunk[0].slot)
    }

    /// Whether the heads of a field differ.
    pub fn disputed(&self, slot: Slot) -> bool {
        let mut heads = self.heads(slot);
        heads
            .next()
            .is_some_and(|first| heads.any(|other| other.value != first.value))
    }
}

impl Cells for Record {
    fn cell(&self, slot: Slot) -> &Value {
        let read = self.reads.iter().find(|(s, _)| *s == slot);
        read.map_or_else(|| self.shown(slot), |(_, value)| value)
    }
    fn id(&self) -> &str {
        &self.id
    }
}
