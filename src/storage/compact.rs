//! Compaction: gathers journal entries and old imports into the snapshot.
//!
//! Order of writing, so that a crash at any point loses nothing: new chunks (read back), then the
//! other head slot (read back), then removal of what the *previous* generation had gathered. So two
//! heads always vouch for whatever is not in the journal any more. A chunk only ever grows by union
//! with what it held, so nothing depends on where a record was placed, or on the replica in memory.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use super::bucket::{Bucket, Effort, Filler};
use super::contents::{ImportMeta, changes_in, import_parts};
use super::disk::{Disk, Failure};
use super::keys::{ASIDE, BALLAST, CHUNK, HEADS, IMPORT, PREFIX};
use super::kv::KeyValue;
use super::load::{Inventory, UNFOLDED_IMPORTS, chunk_changes, journal_changes};
use super::pack;
use super::snapshot::{Chunk, Head, SCHEMA, Slot, place};
use crate::order::Arrange;
use crate::replica::wire::Names;
use crate::replica::{Change, Patch};

/// Proof that no other tab compacts now; the caller's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exclusive {
    /// The Web Lock of this origin is held until the call returns.
    WebLock,
    /// The browser has no locks, and no other tab answered.
    OnlyTab,
}

/// What a compaction did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Generation of the head; 0 if nothing was written.
    pub generation: u64,
    /// Saves and imports taken into the snapshot.
    pub folded: usize,
    /// Chunks written.
    pub written: usize,
    /// Keys removed.
    pub removed: usize,
    /// Some part did not fit and stays as it was.
    pub incomplete: bool,
}

/// A journal entry, an import or something recovered, on its way into the snapshot.
struct Source {
    /// Key and checksum; `None` for what has no key of its own.
    key: Option<(String, u32)>,
    meta: Option<ImportMeta>,
    changes: Vec<Change>,
}

pub(super) struct Compactor<'a, K> {
    pub disk: &'a Disk<K>,
    pub names: &'a mut Names,
    /// Unit of a record, by ledger and id: where it is placed.
    pub unit_of: &'a dyn Fn(&str, &str) -> String,
    pub effort: Effort,
}

/// What the compaction found to do.
struct Work {
    base: Head,
    /// Where the new head goes.
    slot: usize,
    generation: u64,
    /// Chunks that are whole.
    chunks: Vec<Chunk>,
    damaged: Vec<Chunk>,
    sources: Vec<Source>,
    /// Taken in by the base: removed once the new head stands.
    removable: Vec<(String, u32)>,
    /// Something is damaged: use every source, remove nothing.
    careful: bool,
}

impl<K: KeyValue> Compactor<'_, K> {
    /// One generation. `extra` is put into the snapshot as well.
    pub fn run(&mut self, extra: Vec<Change>) -> Result<Compacted, Failure> {
        let found = Inventory::take(self.disk)?;
        if let Some(schema) = found.newer() {
            return Err(Failure::Newer(schema));
        }
        let mut work = self.gather(&found)?;
        if !extra.is_empty() {
            work.sources.push(Source {
                key: None,
                meta: None,
                changes: extra,
            });
        }
        self.reserve_for_head(&work);
        // Where the new head does not fit, one that lists fewer keys may.
        let mut most = work.sources.len();
        loop {
            match self.attempt(&found, &work, most) {
                Err(Failure::Quota) if most > 1 => most /= 2,
                result => return result,
            }
        }
    }

    /// Takes in the first `most` sources.
    fn attempt(&mut self, found: &Inventory, work: &Work, most: usize) -> Result<Compacted, Failure> {
        let mut done = Compacted::default();
        let present: HashSet<&str> = found.chunks.iter().map(String::as_str).collect();
        let mut fresh: Vec<String> = Vec::new();
        let result = self.write_chunks(work, most, &present, &mut fresh, &mut done);
        let (chunks, finished) = match result {
            Ok(parts) => parts,
            Err(failure) => {
                self.discard(&fresh);
                return Err(failure);
            }
        };
        let same = chunks == work.base.chunks && work.damaged == work.base.damaged && !found.has_damaged_head();
        if same && finished.iter().all(|f| !f) && work.removable.is_empty() {
            self.discard(&fresh);
            done.incomplete |= !work.sources.is_empty();
            return Ok(Compacted { generation: 0, ..done });
        }
        let head = new_head(work, chunks, &finished);
        done.folded = head.folded.len();
        done.generation = head.generation;
        self.write_head(found, work, &head, &fresh)?;
        if !work.careful {
            done.removed = self.sweep(found, work, &head);
        }
        Ok(done)
    }

    /// Reads what there is to take in.
    fn gather(&mut self, found: &Inventory) -> Result<Work, Failure> {
        let base = found.base();
        let mut work = Work {
            slot: match base {
                Some((slot, _)) => 1 - slot,
                None => usize::from(found.heads[0] != Slot::Absent && found.heads[1] == Slot::Absent),
            },
            generation: base.map_or(0, |(_, head)| head.generation) + 1,
            base: base.map(|(_, head)| head.clone()).unwrap_or_default(),
            chunks: Vec::new(),
            damaged: Vec::new(),
            sources: Vec::new(),
            removable: Vec::new(),
            careful: found.has_damaged_head() || (base.is_none() && !found.chunks.is_empty()),
        };
        for (chunk, was_damaged) in work
            .base
            .chunks
            .iter()
            .map(|c| (c, false))
            .chain(work.base.damaged.iter().map(|c| (c, true)))
        {
            let text = self.disk.get(&format!("{CHUNK}{}", chunk.name)).ok().flatten();
            let whole = text.is_some_and(|t| pack::unseal(&t).is_some());
            if whole {
                work.chunks.push(chunk.clone());
            } else {
                work.careful |= !was_damaged;
                work.damaged.push(chunk.clone());
            }
        }
        if work.careful {
            let listed: HashSet<&str> = work.chunks.iter().map(|c| c.name.as_str()).collect();
            for key in found.chunks.iter().filter(|k| !listed.contains(&k[CHUNK.len()..])) {
                let text = self.disk.get(key).ok().flatten().unwrap_or_default();
                if let Some(changes) = chunk_changes(&text, self.names) {
                    work.sources.push(Source {
                        key: None,
                        meta: None,
                        changes,
                    });
                }
            }
        }
        self.gather_journals(found, &mut work);
        self.gather_imports(found, &mut work);
        Ok(work)
    }

    fn gather_journals(&mut self, found: &Inventory, work: &mut Work) {
        for key in &found.journals {
            let Some(text) = self.disk.get(key).ok().flatten() else {
                continue;
            };
            let seal = pack::seal_of(&text);
            if !work.careful && seal.is_some() && work.base.folds(key) == seal {
                work.removable.extend(seal.map(|seal| (key.clone(), seal)));
                continue;
            }
            if let (Some(changes), Some(seal)) = (journal_changes(key, &text, self.names), seal) {
                work.sources.push(Source {
                    key: Some((key.clone(), seal)),
                    meta: None,
                    changes,
                });
            }
        }
    }

    fn gather_imports(&mut self, found: &Inventory, work: &mut Work) {
        let mut open: Vec<(ImportMeta, String, bool)> = Vec::new();
        for key in &found.imports {
            let Some(text) = self.disk.get(key).ok().flatten() else {
                continue;
            };
            let seal = pack::seal_of(&text);
            if !work.careful && seal.is_some() && work.base.folds(key) == seal {
                work.removable.extend(seal.map(|seal| (key.clone(), seal)));
                continue;
            }
            if let Some((meta, _)) = import_parts(&text) {
                open.push((meta, key.clone(), work.base.knows(key)));
            }
        }
        open.arrange_by(|(a, ..), (b, ..)| (b.sequence, &b.id).cmp(&(a.sequence, &a.id)));
        let mut newer = 0;
        for (meta, key, settled) in open {
            let withdrawn = found.withdrawn.contains(&key[IMPORT.len()..]);
            let old = newer >= UNFOLDED_IMPORTS && !withdrawn;
            if !settled {
                newer += 1;
            }
            if !(settled || old) {
                continue;
            }
            let text = self.disk.get(&key).ok().flatten().unwrap_or_default();
            let changes = import_parts(&text).and_then(|(_, contents)| changes_in(contents, self.names));
            if let (Some(changes), Some(seal)) = (changes, pack::seal_of(&text)) {
                work.sources.push(Source {
                    key: Some((key, seal)),
                    meta: Some(meta),
                    changes,
                });
            }
        }
    }

    /// Writes the chunks that change. Returns the new list, and which sources are wholly inside.
    fn write_chunks(
        &mut self,
        work: &Work,
        most: usize,
        present: &HashSet<&str>,
        fresh: &mut Vec<String>,
        done: &mut Compacted,
    ) -> Result<(Vec<Chunk>, Vec<bool>), Failure> {
        let mut buckets = self.sort_into_buckets(work, most);
        let mut finished: Vec<bool> = (0..work.sources.len()).map(|i| i < most).collect();
        done.incomplete |= most < work.sources.len();
        let mut chunks = Vec::new();
        for bucket in &mut buckets {
            if bucket.add.is_empty() {
                continue;
            }
            match self.fill_some(bucket, present, fresh)? {
                Some((new, left_out)) => {
                    done.written += new.len();
                    done.incomplete |= !left_out.is_empty();
                    chunks.extend(new);
                    bucket.old = None;
                    left_out.into_iter().for_each(|source| finished[source] = false);
                }
                None => {
                    done.incomplete = true;
                    bucket.sources.iter().for_each(|&source| finished[source] = false);
                }
            }
        }
        for bucket in buckets {
            if let Some(old) = bucket.old {
                chunks.push(self.repack(old, present, fresh, done)?);
            }
        }
        chunks.arrange_by(|a, b| (&a.ledger, a.index, a.bits, &a.name).cmp(&(&b.ledger, b.index, b.bits, &b.name)));
        chunks.dedup_by(|a, b| a.name == b.name);
        Ok((chunks, finished))
    }

    /// Fills a bucket with as many of its sources as there is room for: all, the first half, the first
    /// quarter … Returns its chunks and the sources left out; `None` if not even few fit.
    #[allow(clippy::type_complexity)]
    fn fill_some(
        &mut self,
        bucket: &mut Bucket,
        present: &HashSet<&str>,
        fresh: &mut Vec<String>,
    ) -> Result<Option<(Vec<Chunk>, Vec<usize>)>, Failure> {
        let all: Vec<usize> = bucket.sources.iter().copied().collect();
        let pieces = std::mem::take(&mut bucket.add);
        let mut count = all.len();
        while count > 0 {
            let last = all[count - 1];
            let taken = pieces
                .iter()
                .filter(|(source, _)| *source <= last)
                .map(|(_, change)| change.clone());
            let filler = Filler {
                disk: self.disk,
                unit_of: self.unit_of,
                effort: self.effort,
                present,
            };
            if let Some(chunks) = filler.fill(self.names, bucket, taken.collect(), fresh)? {
                return Ok(Some((chunks, all[count..].to_vec())));
            }
            count /= 2;
        }
        Ok(None)
    }

    fn sort_into_buckets(&self, work: &Work, most: usize) -> Vec<Bucket> {
        let mut buckets: Vec<Bucket> = Vec::new();
        let mut of_ledger: HashMap<String, Vec<usize>> = HashMap::new();
        for chunk in &work.chunks {
            of_ledger.entry(chunk.ledger.clone()).or_default().push(buckets.len());
            buckets.push(Bucket::of(chunk));
        }
        for (number, source) in work.sources.iter().enumerate().take(most) {
            for change in &source.changes {
                let mut parts: BTreeMap<usize, Vec<Patch>> = BTreeMap::new();
                let mut bucket_for = |ledger: &str, place: u32| {
                    let own = of_ledger.entry(ledger.to_string()).or_default();
                    if let Some(&known) = own.iter().find(|&&b| buckets[b].takes(place)) {
                        return known;
                    }
                    let bits = own.iter().map(|&b| buckets[b].bits).max().unwrap_or(0);
                    own.push(buckets.len());
                    buckets.push(Bucket::new(ledger, bits, place));
                    buckets.len() - 1
                };
                if change.set.is_empty() {
                    parts.insert(bucket_for("", 0), Vec::new());
                }
                for patch in &change.set {
                    let unit = (self.unit_of)(&patch.ledger, &patch.record);
                    let bucket = bucket_for(&patch.ledger, place(&unit, &patch.record));
                    parts.entry(bucket).or_default().push(patch.clone());
                }
                for (bucket, set) in parts {
                    let bucket = &mut buckets[bucket];
                    bucket.sources.insert(number);
                    let piece = Change {
                        id: change.id.clone(),
                        at: change.at,
                        by: change.by.clone(),
                        set,
                        extra: change.extra.clone(),
                    };
                    bucket.add.push((number, piece));
                }
            }
        }
        buckets
    }

    /// A chunk that does not change; packed if room is short and that helps.
    fn repack(
        &mut self,
        old: Chunk,
        present: &HashSet<&str>,
        fresh: &mut Vec<String>,
        done: &mut Compacted,
    ) -> Result<Chunk, Failure> {
        if old.packed || !super::bucket::short_of_room(self.disk, self.effort) {
            return Ok(old);
        }
        let key = format!("{CHUNK}{}", old.name);
        let Some(text) = self.disk.get(&key)? else {
            return Ok(old);
        };
        let Some(changes) = chunk_changes(&text, self.names) else {
            return Ok(old);
        };
        let packed = pack::seal(&super::contents::packed(&changes));
        let limit = self.disk.limit();
        if limit.cost_of(&packed) >= limit.cost_of(&text) {
            return Ok(old);
        }
        match super::bucket::write_chunk(self.disk, &packed, present, fresh) {
            Ok(name) => {
                done.written += 1;
                Ok(Chunk {
                    name,
                    packed: true,
                    ..old
                })
            }
            Err(Failure::Quota) => {
                done.incomplete = true;
                Ok(old)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Where room is short, keeps just so much of it reserved that the new head will fit; the chunks
    /// may use the rest.
    fn reserve_for_head(&self, work: &Work) {
        let usage = self.disk.usage();
        let spare = usage.limit.saturating_sub(usage.own + usage.foreign);
        if spare > usage.limit / 8 && self.effort == Effort::Usual {
            return;
        }
        let head = work.base.text().len() + 32 * work.sources.len() + 2_000;
        let most = usize::try_from(spare / 3).unwrap_or(usize::MAX);
        if self.disk.is_counted(BALLAST) {
            drop(self.disk.remove(BALLAST));
        }
        drop(self.disk.put(BALLAST, &"x".repeat(head.min(most))));
    }

    fn write_head(&self, found: &Inventory, work: &Work, head: &Head, fresh: &[String]) -> Result<(), Failure> {
        if let Slot::Damaged(text) = &found.heads[work.slot]
            && !text.is_empty()
        {
            // A head lists, it holds no records: not being able to keep the damaged one is no loss.
            let aside = format!("{ASIDE}head.{:08x}", pack::crc32(text.as_bytes()));
            drop(self.disk.put(&aside, text));
        }
        let written = self.disk.put_or_relieve(HEADS[work.slot], &head.text());
        if written == Err(Failure::Quota) {
            // Surely not written, so nobody refers to the new chunks.
            self.discard(fresh);
        }
        written
    }

    /// Removes chunks that this run wrote and nobody refers to.
    fn discard(&self, fresh: &[String]) {
        for key in fresh {
            drop(self.disk.remove(key));
        }
    }

    /// Removes what two heads vouch for. What cannot be removed stays for the next time.
    fn sweep(&self, found: &Inventory, work: &Work, head: &Head) -> usize {
        let mut removed = 0;
        for (key, seal) in &work.removable {
            let text = self.disk.get(key).ok().flatten();
            if text.is_some_and(|t| pack::seal_of(&t) == Some(*seal)) {
                removed += usize::from(self.disk.remove(key).is_ok());
            }
        }
        let all = head.chunks.iter().chain(&head.damaged);
        let kept: BTreeSet<&str> = all
            .chain(&work.base.chunks)
            .chain(&work.base.damaged)
            .map(|c| c.name.as_str())
            .collect();
        for key in found.chunks.iter().filter(|k| !kept.contains(&k[CHUNK.len()..])) {
            removed += usize::from(self.disk.remove(key).is_ok());
        }
        removed
    }
}

fn new_head(work: &Work, chunks: Vec<Chunk>, finished: &[bool]) -> Head {
    let mut head = Head {
        schema: SCHEMA,
        generation: work.generation,
        chunks,
        damaged: work.damaged.clone(),
        folded: BTreeMap::new(),
        gone: work.base.gone.clone(),
        entries: work.base.entries,
        imports: work.base.imports.clone(),
    };
    for key in work.base.folded.keys() {
        head.remember(&format!("{PREFIX}{key}"));
    }
    for (source, _) in work.sources.iter().zip(finished).filter(|(_, done)| **done) {
        let Some((key, seal)) = &source.key else { continue };
        if !work.base.knows(key) {
            head.entries += 1;
        }
        if let Some(meta) = &source.meta
            && head.imports.iter().all(|m| m.id != meta.id)
        {
            head.imports.push(meta.clone());
        }
        if let Some(name) = key.strip_prefix(PREFIX) {
            head.folded.insert(name.to_string(), *seal);
        }
    }
    head.trim();
    head
}
