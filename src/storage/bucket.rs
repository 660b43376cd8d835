//! Buckets: what belongs into one chunk, and writing it.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashSet;

use super::contents::{packed, readable};
use super::disk::{Disk, Failure};
use super::keys::CHUNK;
use super::kv::KeyValue;
use super::load::chunk_changes;
use super::pack;
use super::snapshot::{Chunk, mask, name_of, place, takes};
use crate::model::ledger::Schemas;
use crate::replica::export::Selection;
use crate::replica::wire::{Limits, Names, read_changes};
use crate::replica::{Change, Patch, Replica};

/// How hard to try for room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Keep two generations.
    Usual,
    /// Pack everything and remove the old generation at once.
    Room,
}

/// A chunk of more UTF-8 bytes of readable text than this is split in two.
const SPLIT: usize = 400_000;
/// Used share, in thousandths, from which cold chunks are packed.
const PACK_FROM: u64 = 600;
/// Used share below which a packed chunk that changes becomes readable again.
const UNPACK_BELOW: u64 = 400;

/// A bucket on its way to a chunk.
pub(super) struct Bucket {
    pub ledger: String,
    pub bits: u32,
    pub index: u32,
    /// The chunk as it stands.
    pub old: Option<Chunk>,
    /// What comes in, with the number of its source.
    pub add: Vec<(usize, Change)>,
    /// Numbers of the sources it comes from.
    pub sources: BTreeSet<usize>,
}

impl Bucket {
    /// The bucket of a chunk.
    pub fn of(chunk: &Chunk) -> Bucket {
        Bucket {
            old: Some(chunk.clone()),
            ..Bucket::new(&chunk.ledger, chunk.bits, chunk.index)
        }
    }

    /// An empty bucket around a placement number.
    pub fn new(ledger: &str, bits: u32, place: u32) -> Bucket {
        Bucket {
            ledger: ledger.to_string(),
            bits,
            index: place & mask(bits),
            old: None,
            add: Vec::new(),
            sources: BTreeSet::new(),
        }
    }

    /// Whether a record with this placement number belongs here.
    pub fn takes(&self, place: u32) -> bool {
        takes(self.bits, self.index, place)
    }
}

/// Whether chunks should be packed now.
pub(super) fn short_of_room<K: KeyValue>(disk: &Disk<K>, effort: Effort) -> bool {
    effort == Effort::Room || disk.usage().permille() >= PACK_FROM
}

/// The union of changes, in canonical form.
fn union(changes: Vec<Change>, names: &mut Names) -> Result<Vec<Change>, Failure> {
    let mut scratch = Replica::new(Schemas::of(&[]));
    scratch.merge_all(changes);
    let mut text = String::new();
    scratch.write_changes(&Selection::ALL, &mut text);
    read_changes(&text, names, Limits::default()).map_err(|n| Failure::Other(n.to_string()))
}

/// What filling a bucket needs to know.
pub(super) struct Filler<'a, K> {
    pub disk: &'a Disk<K>,
    pub unit_of: &'a dyn Fn(&str, &str) -> String,
    pub effort: Effort,
    /// Chunk keys that were there before.
    pub present: &'a HashSet<&'a str>,
}

impl<K: KeyValue> Filler<'_, K> {
    /// Writes the chunks of a bucket: what it held, united with what comes in. `None` if there is no
    /// room; then nothing changed.
    pub fn fill(
        &self,
        names: &mut Names,
        bucket: &Bucket,
        add: Vec<Change>,
        fresh: &mut Vec<String>,
    ) -> Result<Option<Vec<Chunk>>, Failure> {
        let disk = self.disk;
        let mut changes = Vec::new();
        let mut was_packed = false;
        if let Some(old) = &bucket.old {
            let text = disk.get(&format!("{CHUNK}{}", old.name))?.unwrap_or_default();
            // It was whole a moment ago; if it is not any more, the whole run is given up.
            changes = chunk_changes(&text, names).ok_or(Failure::Differs)?;
            was_packed = old.packed;
        }
        changes.extend(add);
        let before = fresh.len();
        let mut chunks = Vec::new();
        let mut todo = vec![(bucket.bits, bucket.index, union(changes, names)?)];
        while let Some((bits, index, changes)) = todo.pop() {
            // A part of a union is in canonical form already.
            let size: usize = readable(&changes).len();
            let levels = (size.div_ceil(SPLIT).max(1)).next_power_of_two().ilog2().min(32 - bits);
            if levels > 0 {
                todo.extend(split(changes, bits, levels, index, self.unit_of));
                continue;
            }
            let pack_it = short_of_room(disk, self.effort) || (was_packed && disk.usage().permille() >= UNPACK_BELOW);
            match write_either(disk, &changes, pack_it, self.present, fresh) {
                Ok((name, packed)) => chunks.push(Chunk {
                    name,
                    ledger: bucket.ledger.clone(),
                    bits,
                    index,
                    bytes: size as u64,
                    packed,
                }),
                Err(Failure::Quota) => {
                    for key in fresh.drain(before..) {
                        disk.remove(&key)?;
                    }
                    return Ok(None);
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(Some(chunks))
    }
}

/// Writes changes readable or packed; packed as well where readable does not fit.
fn write_either<K: KeyValue>(
    disk: &Disk<K>,
    changes: &[Change],
    pack_it: bool,
    present: &HashSet<&str>,
    fresh: &mut Vec<String>,
) -> Result<(String, bool), Failure> {
    if !pack_it {
        match write_chunk(disk, &pack::seal(&readable(changes)), present, fresh) {
            Ok(name) => return Ok((name, false)),
            Err(Failure::Quota) => {}
            Err(failure) => return Err(failure),
        }
    }
    let text = pack::seal(&packed(changes));
    write_chunk(disk, &text, present, fresh).map(|name| (name, true))
}

/// Writes a chunk under the name of its contents; returns the name.
pub(super) fn write_chunk<K: KeyValue>(
    disk: &Disk<K>,
    text: &str,
    present: &HashSet<&str>,
    fresh: &mut Vec<String>,
) -> Result<String, Failure> {
    let name = name_of(text);
    let key = format!("{CHUNK}{name}");
    if disk.get(&key)?.is_some_and(|there| there == text) {
        return Ok(name);
    }
    // Noted first: a write that failed half-way is discarded as well. What stood there before the
    // run (damaged) gets its true contents back and must stay.
    if !present.contains(key.as_str()) {
        fresh.push(key.clone());
    }
    // Not at the cost of the reserved room: that is for the head.
    disk.put_verified(&key, text)?;
    Ok(name)
}

/// Changes by the next `levels` bits of the placement number of their records: bits, index, changes.
fn split(
    changes: Vec<Change>,
    bits: u32,
    levels: u32,
    index: u32,
    unit_of: &dyn Fn(&str, &str) -> String,
) -> Vec<(u32, u32, Vec<Change>)> {
    let wider = bits + levels;
    let mut parts: BTreeMap<u32, Vec<Change>> = BTreeMap::new();
    for change in changes {
        let mut sides: BTreeMap<u32, Vec<Patch>> = BTreeMap::new();
        if change.set.is_empty() {
            sides.insert(index, Vec::new());
        }
        for patch in change.set {
            let unit = unit_of(&patch.ledger, &patch.record);
            // A record whose unit changed since may belong elsewhere by now; it stays all the same.
            let place = place(&unit, &patch.record) & mask(wider) & !mask(bits) | index;
            sides.entry(place).or_default().push(patch);
        }
        for (side, set) in sides {
            parts.entry(side).or_default().push(Change {
                id: change.id.clone(),
                at: change.at,
                by: change.by.clone(),
                set,
                extra: change.extra.clone(),
            });
        }
    }
    parts.into_iter().map(|(index, part)| (wider, index, part)).collect()
}
