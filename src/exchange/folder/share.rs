//! What a device writes: the changes that no file of the folder holds.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::SharedFolder;
use crate::exchange::file::{Header, Purpose, checksum, write_file};
use crate::exchange::scope::{Scope, device_lines};
use crate::model::date::Instant;
use crate::replica::{ChangeIx, Replica};

/// Written fields from which on a file is full; a file is written at once, and this takes no time to notice.
pub const FULL: usize = 20_000;

/// A file to be written.
#[derive(Clone, Debug)]
pub struct Parcel {
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

impl Parcel {
    /// Some changes of a replica as a file.
    pub fn of(replica: &Replica, changes: &[ChangeIx], writer: Writer<'_>) -> Parcel {
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
        Parcel {
            text: write_file(&header, &device_lines(replica, &authors, false), &json),
            sha256: checksum(&json),
        }
    }
}

impl SharedFolder {
    /// The changes that are here and in no file of the folder, one list for each file to be written.
    pub fn missing(&mut self, replica: &Replica) -> Vec<Vec<ChangeIx>> {
        let now = self.stand_of(replica);
        if self.complete_at == Some(now) {
            return Vec::new();
        }
        let cells = replica.cells_by_change();
        let count = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        // Contents that share an id count together, as in a file.
        let mut here: HashMap<(u32, u32), u32> = HashMap::with_capacity(cells.len());
        for ix in 0..count {
            let head = replica.head(ix);
            *here.entry((head.actor, head.n)).or_insert(0) += cells[ix as usize];
        }
        let lacks = |ix: ChangeIx| {
            let head = replica.head(ix);
            let own = here.get(&(head.actor, head.n)).copied().unwrap_or(0);
            let actor = replica.actor_of(ix);
            self.held_of(actor, head.n).is_none_or(|held| own > held)
        };
        let wanted: Vec<bool> = (0..count).map(lacks).collect();
        if !wanted.contains(&true) {
            self.complete_at = Some(now);
            return Vec::new();
        }
        let mut parcels: Vec<Vec<ChangeIx>> = vec![Vec::new()];
        let (mut size, mut last) = (0, None);
        for ix in replica.canonical_order() {
            if !wanted[ix as usize] {
                continue;
            }
            let head = replica.head(ix);
            let id = (head.actor, head.n);
            if size >= FULL && last != Some(id) {
                parcels.push(Vec::new());
                size = 0;
            }
            last = Some(id);
            size += cells[ix as usize] as usize;
            if let Some(parcel) = parcels.last_mut() {
                parcel.push(ix);
            }
        }
        parcels
    }
}
