//! What a device writes: the changes that no file of the folder holds.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::shared::{SharedFolder, Stand};
use crate::exchange::file::{Header, Purpose, checksum, write_file};
use crate::exchange::scope::Scope;
use crate::exchange::writing::device_lines;
use crate::model::date::Instant;
use crate::replica::{ChangeIx, Replica};

/// Written fields from which on a file is full; a file is put into words at once, and this takes no time to notice.
pub const FULL: usize = 8_000;

/// A file to be written.
#[derive(Clone, Debug)]
pub struct OutgoingFile {
    /// Its whole text.
    pub text: String,
    /// Its checksum.
    pub sha256: String,
}

/// Who writes a file, and when.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// Name of the town.
    pub town: &'a str,
    /// Device tag.
    pub by: &'a str,
    /// Now.
    pub at: Instant,
}

impl OutgoingFile {
    /// Some changes of a replica as a file.
    pub fn of(replica: &Replica, changes: &[ChangeIx], writer: Writer<'_>) -> OutgoingFile {
        let mut json = String::new();
        replica.write_some(changes, &mut json);
        let mut authors: BTreeSet<&str> = changes.iter().map(|&c| replica.tag_of(c)).collect();
        authors.insert(writer.by);
        let header = Header {
            town: writer.town.to_string(),
            purpose: Purpose::Share,
            scope: Scope::all(),
            exported_by: writer.by.to_string(),
            exported_at: writer.at,
        };
        OutgoingFile {
            text: write_file(&header, &device_lines(replica, &authors, false), &json),
            sha256: checksum(&json),
        }
    }
}

impl SharedFolder {
    /// The first change that may be missing: all before it were there at the last look, if nothing but saves came since
    /// (each is one version and one change) and the folder lost nothing.
    fn first_unseen(&self, replica: &Replica, now: Stand) -> ChangeIx {
        let Some(then) = self.complete_at else { return 0 };
        let saves = now.0.checked_sub(then.0);
        let changes = now.1.checked_sub(then.1);
        let only_saves = saves.is_some() && saves == changes.map(|n| n as u64);
        let first = u32::try_from(then.1).unwrap_or(0);
        let last = first.checked_sub(1).filter(|_| changes.is_some());
        let same = last.map(|last| replica.change_id(last)) == self.last_at;
        if only_saves && same && self.losses == self.losses_at {
            first
        } else {
            0
        }
    }

    /// The changes that are here and in no file of the folder, one list for each file to be written.
    pub fn missing(&mut self, replica: &Replica) -> Vec<Vec<ChangeIx>> {
        let now = self.stand_of(replica);
        if self.complete_at == Some(now) {
            return Vec::new();
        }
        let first = self.first_unseen(replica, now);
        let count = u32::try_from(replica.change_count()).unwrap_or(u32::MAX);
        let cells = replica.cells_by_change(first);
        let cells = |ix: ChangeIx| cells.get((ix - first) as usize).copied().unwrap_or(0);
        // Contents that share an id count together, as in a file. Only forged ones do.
        let mut here: HashMap<(u32, u32), u32> = HashMap::new();
        if !replica.alarms().is_empty() {
            for ix in first..count {
                let head = replica.head(ix);
                *here.entry((head.actor, head.n)).or_insert(0) += cells(ix);
            }
        }
        // The folder's numbers of the actors, each looked up once.
        let mut actors: HashMap<u32, Option<u32>> = HashMap::new();
        let mut lacks = |ix: ChangeIx| {
            let head = replica.head(ix);
            let own = here.get(&(head.actor, head.n)).copied().unwrap_or_else(|| cells(ix));
            let known = || self.actors.get(replica.actor_of(ix)).copied();
            let actor = *actors.entry(head.actor).or_insert_with(known);
            let held = actor.and_then(|actor| self.held.get(&(actor, head.n)));
            held.is_none_or(|held| own > *held)
        };
        let wanted: Vec<ChangeIx> = (first..count).filter(|ix| lacks(*ix)).collect();
        if wanted.is_empty() {
            self.complete_at = Some(now);
            self.losses_at = self.losses;
            self.last_at = count.checked_sub(1).map(|last| replica.change_id(last));
            return Vec::new();
        }
        let mut parcels: Vec<Vec<ChangeIx>> = vec![Vec::new()];
        let (mut size, mut last) = (0, None);
        for ix in replica.in_canonical_order(wanted) {
            let head = replica.head(ix);
            let id = (head.actor, head.n);
            if size >= FULL && last != Some(id) {
                parcels.push(Vec::new());
                size = 0;
            }
            last = Some(id);
            size += cells(ix) as usize;
            if let Some(parcel) = parcels.last_mut() {
                parcel.push(ix);
            }
        }
        parcels
    }
}
