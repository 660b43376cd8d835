//! The snapshot: heads that list chunks, chunks that hold changes.
//!
//! A chunk holds the changes of one bucket. Where a record's pieces stand decides nothing: loading
//! is union, so a piece may stand in two chunks, or in a chunk and in the journal, without harm.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::contents::ImportMeta;
use super::keys::{JOURNAL, PREFIX};
use super::pack;
use crate::replica::change::split_id;

/// Version of this layout. A head of a higher one makes the store read-only.
pub const SCHEMA: u32 = 1;
/// Ranges of removed journal keys that a head remembers.
const MOST_GONE: usize = 300;
/// Runs of changes for which a head remembers the file they came in with, the latest first.
const MOST_RUNS: usize = 2_000;
/// Folded imports that a head remembers.
const MOST_IMPORTS: usize = 100;

/// A chunk as a head lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// Its name: the first 24 hexadecimal digits of the SHA-256 of its text.
    pub name: String,
    /// Ledger of its records.
    pub ledger: String,
    /// How many bits of the placement number this bucket fixes, 0 to 32.
    pub bits: u32,
    /// Their value.
    pub index: u32,
    /// UTF-8 bytes of its readable form.
    pub bytes: u64,
    /// Whether its text is packed.
    pub packed: bool,
}

/// Whether a bucket takes a placement number.
pub fn takes(bits: u32, index: u32, place: u32) -> bool {
    place & mask(bits) == index
}

/// The lowest `bits` bits.
pub fn mask(bits: u32) -> u32 {
    if bits >= 32 { u32::MAX } else { (1 << bits) - 1 }
}

/// Placement number of a record: units first (so that what is edited together lies together), then
/// the record within its unit.
pub fn place(unit: &str, record: &str) -> u32 {
    (pack::crc32(unit.as_bytes()) & 0xFF) | pack::crc32(record.as_bytes()) << 8
}

/// Name of a chunk with this text.
pub fn name_of(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// What the store consists of at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Layout version.
    pub schema: u32,
    /// Grows with every compaction.
    pub generation: u64,
    /// The snapshot.
    pub chunks: Vec<Chunk>,
    /// Chunks that were found damaged; kept, and tried again at every start.
    pub damaged: Vec<Chunk>,
    /// Journal and import keys (without the prefix) that this generation took into the snapshot,
    /// with their checksums; the next generation removes them.
    pub folded: BTreeMap<String, u32>,
    /// Actor, first and last serial number of journal keys taken in earlier.
    pub gone: Vec<(String, u32, u32)>,
    /// How many saves and imports were ever taken in.
    pub entries: u64,
    /// Imports taken in, oldest first.
    pub imports: Vec<ImportMeta>,
}

/// What stands in a head's slot.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Slot {
    /// Nothing.
    #[default]
    Absent,
    /// A head.
    Good(Box<Head>),
    /// Something else: what was there, if it could be read at all.
    Damaged(String),
    /// A head of a newer layout: its schema.
    Newer(u32),
}

#[derive(Deserialize)]
struct SchemaOnly {
    schema: u32,
}

impl Slot {
    /// Reads a slot's text.
    pub fn read(text: &str) -> Slot {
        let damaged = || Slot::Damaged(text.to_string());
        let Some(body) = pack::unseal(text) else {
            return damaged();
        };
        match serde_json::from_str::<SchemaOnly>(body) {
            Ok(SchemaOnly { schema }) if schema > SCHEMA => Slot::Newer(schema),
            Ok(_) => serde_json::from_str(body).map_or_else(|_| damaged(), |head| Slot::Good(Box::new(head))),
            Err(_) => damaged(),
        }
    }

    /// The head, if there is a good one.
    pub fn head(&self) -> Option<&Head> {
        match self {
            Slot::Good(head) => Some(head),
            _ => None,
        }
    }
}

impl Head {
    /// The sealed text.
    pub fn text(&self) -> String {
        // Strings, numbers, lists and maps with text keys always serialise.
        pack::seal(&serde_json::to_string(self).unwrap_or_default())
    }

    /// Whether a key was taken into the snapshot by this generation.
    pub fn folds(&self, key: &str) -> Option<u32> {
        key.strip_prefix(PREFIX).and_then(|k| self.folded.get(k)).copied()
    }

    /// Whether a key was taken in by this or an earlier generation, as far as is remembered.
    pub fn knows(&self, key: &str) -> bool {
        if self.folds(key).is_some() {
            return true;
        }
        if let Some((actor, n)) = key.strip_prefix(JOURNAL).and_then(split_id) {
            return self
                .gone
                .iter()
                .any(|(a, from, to)| a == actor && (*from..=*to).contains(&n));
        }
        let import = key.strip_prefix(super::keys::IMPORT);
        import.is_some_and(|id| self.imports.iter().any(|m| m.id == id))
    }

    /// Remembers that a journal key was taken in.
    pub fn remember(&mut self, key: &str) {
        let Some((actor, n)) = key.strip_prefix(JOURNAL).and_then(split_id) else {
            return;
        };
        let near = |(a, from, to): &&mut (String, u32, u32)| a == actor && n + 1 >= *from && n <= *to + 1;
        if let Some((_, from, to)) = self.gone.iter_mut().rev().find(near) {
            (*from, *to) = ((*from).min(n), (*to).max(n));
        } else {
            self.gone.push((actor.to_string(), n, n));
        }
    }

    /// Forgets the oldest of what is only remembered for convenience.
    pub fn trim(&mut self) {
        let extra = self.gone.len().saturating_sub(MOST_GONE);
        self.gone.drain(..extra);
        let extra = self.imports.len().saturating_sub(MOST_IMPORTS);
        self.imports.drain(..extra);
        let mut room = MOST_RUNS;
        for file in self
            .imports
            .iter_mut()
            .rev()
            .flat_map(|import| import.files.iter_mut().rev())
        {
            if file.runs.len() > room {
                room = 0;
                file.runs.clear();
            }
            room -= file.runs.len();
        }
    }
}
