//! What stands in the texts: changes as canonical JSON or packed, imports, what they were.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde::{Deserialize, Serialize};

use super::{columns, pack};
use crate::order::Arrange;
use crate::replica::wire::{Limits, Names, read_change, read_changes};
use crate::replica::{Cell, Change, ChangeId, Patch};
use crate::turns::{Turns, at_once};

/// Starts packed contents; JSON starts with a bracket or a brace.
const PACKED: char = '!';
/// First byte of packed contents: columns, deflated.
const COLUMNS: u8 = 1;
/// Effort of the compressor, of 10.
const LEVEL: u8 = 7;
/// Most that packed contents may unfold to, in bytes; no real text comes near.
const UNFOLDED: usize = 256 << 20;

/// Changes as canonical JSON, one a line.
pub fn readable(changes: &[Change]) -> String {
    let mut out = String::from("[");
    for (i, change) in changes.iter().enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        change.write_json(&mut out);
    }
    out.push_str("\n]");
    out
}

/// Changes packed. Falls back to readable text if packing would not give back exactly the same,
/// which no test has brought about.
pub fn packed(changes: &[Change]) -> String {
    let columns = columns::encode(changes);
    if !columns::decode(&columns, &mut Names::default()).is_some_and(|back| same(changes, &back)) {
        return readable(changes);
    }
    let mut bytes = vec![COLUMNS];
    bytes.extend(compress_to_vec(&columns, LEVEL));
    let mut out = String::from(PACKED);
    out.push_str(&pack::to_text(&bytes));
    out
}

/// An import that writes to more records than this is packed.
const LARGE_IMPORT: usize = 100;
/// Records in one packed block: what is done between two looks at the clock.
const BLOCK: usize = 500;

/// Changes as an import keeps them: readable if there are few, else packed in blocks.
pub fn import_contents(changes: &[Change]) -> String {
    at_once(import_contents_in_turns(changes, &|_| {}, Turns::NONE))
}

/// [`import_contents`] in turns; `tell` hears how many of the changes are done.
pub async fn import_contents_in_turns(changes: &[Change], tell: &dyn Fn(usize), turns: Turns<'_>) -> String {
    let mut out = String::new();
    let mut at = 0;
    let large = records(changes) > LARGE_IMPORT;
    while large && at < changes.len() {
        let rest = &changes[at..];
        let mut size = 0;
        let mut fits = |change: &&Change| {
            size += change.set.len();
            size < BLOCK
        };
        let count = rest.iter().take_while(&mut fits).count().max(1);
        // One that writes to very many records is packed as several of the same id: united they are it again.
        let long = rest.iter().take(1).filter(|change| change.set.len() > BLOCK);
        let pieces: Vec<[Change; 1]> = long.flat_map(pieces).collect();
        let mut blocks: Vec<&[Change]> = pieces.iter().map(<[Change; 1]>::as_slice).collect();
        if blocks.is_empty() {
            blocks.push(&rest[..count]);
        }
        for block in blocks {
            let block = packed(block);
            if !is_packed(&block) {
                // A block that cannot be packed makes the whole readable.
                return readable(changes);
            }
            out.push_str(&block);
            turns.pause().await;
        }
        at += count;
        tell(at);
    }
    if out.is_empty() { readable(changes) } else { out }
}

/// A change as several, each of a part of its records.
fn pieces(change: &Change) -> impl Iterator<Item = [Change; 1]> + '_ {
    change.set.chunks(BLOCK).map(|set| {
        [Change {
            id: change.id.clone(),
            at: change.at,
            by: change.by.clone(),
            set: set.to_vec(),
            extra: change.extra.clone(),
        }]
    })
}

fn records(changes: &[Change]) -> usize {
    changes.iter().map(|c| c.set.len()).sum()
}

/// Whether two lists hold the same changes, but for the order of fields within a record.
fn same(one: &[Change], other: &[Change]) -> bool {
    let sorted = |patch: &'_ Patch| {
        let mut cells: Vec<Cell> = patch.cells.clone();
        cells.arrange_by(|a, b| a.name.cmp(&b.name));
        cells
    };
    let patches = |(a, b): (&Patch, &Patch)| {
        a.record == b.record && a.ledger == b.ledger && (a.cells == b.cells || sorted(a) == sorted(b))
    };
    let changes = |(a, b): (&Change, &Change)| {
        a.id == b.id
            && a.at == b.at
            && a.by == b.by
            && a.extra == b.extra
            && a.set.len() == b.set.len()
            && a.set.iter().zip(&b.set).all(patches)
    };
    one.len() == other.len() && one.iter().zip(other).all(changes)
}

/// Whether contents are packed.
pub fn is_packed(body: &str) -> bool {
    body.starts_with(PACKED)
}

/// The changes in contents of either form; `None` if they are not what this module writes.
pub fn changes_in(body: &str, names: &mut Names) -> Option<Vec<Change>> {
    if let Some(blocks) = body.strip_prefix(PACKED) {
        let mut changes = Vec::new();
        for block in blocks.split(PACKED) {
            let bytes = pack::from_text(block)?;
            let (&form, deflated) = bytes.split_first()?;
            if form != COLUMNS {
                return None;
            }
            let columns = decompress_to_vec_with_limit(deflated, UNFOLDED).ok()?;
            changes.append(&mut columns::decode(&columns, names)?);
        }
        Some(changes)
    } else if body.starts_with('{') {
        read_change(body, names).ok().map(|change| vec![change])
    } else {
        read_changes(body, names, Limits::default()).ok()
    }
}

/// The purpose of an import that was taken from a shared folder; the only one that may grow later.
pub const FROM_FOLDER: &str = "folder";
/// Purpose of an import of rows of a table.
pub const FROM_TABLE: &str = "table";

/// Where an import came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportMeta {
    /// Its id: letters, digits, `-`, `_` and dots, unique in this storage (the id of a change will do).
    pub id: String,
    /// Name of the file.
    pub name: String,
    /// Purpose of the file, as its envelope says (`report`, `dispatch`, `backup` …).
    pub purpose: String,
    /// When it was imported, `YYYY-MM-DDTHH:MM:SSZ`, by the clock of the device.
    pub when: String,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// Number of changes.
    #[serde(default)]
    pub changes: u64,
    /// Grows with each import in this storage; filled in by the store.
    #[serde(default)]
    pub sequence: u64,
    /// The files it was made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileSource>,
}

/// A file of an import, and which changes came in with it first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSource {
    /// Name of the file.
    pub name: String,
    /// Device tag of who exported it; may be empty.
    pub by: String,
    /// When it was exported, as the file says.
    pub at: String,
    /// First digits of its checksum; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// It was written for no unit in particular: it speaks of the whole town.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Its new changes: actor, first and last serial number.
    pub runs: Vec<(String, u32, u32)>,
}

impl FileSource {
    /// Notes that changes came in with this file.
    pub fn note(&mut self, changes: &[Change]) {
        for ChangeId { actor, n } in changes.iter().map(|change| &change.id) {
            match self.runs.last_mut() {
                Some((last, _, to)) if **last == **actor && (*to == *n || *to + 1 == *n) => *to = *n,
                _ => self.runs.push((actor.to_string(), *n, *n)),
            }
        }
    }

    /// Notes what another one says of the same file.
    pub fn note_runs(&mut self, other: &FileSource) {
        self.runs.extend(other.runs.iter().cloned());
    }

    /// Whether a change came in with this file.
    pub fn brought(&self, id: &ChangeId) -> bool {
        let inside = |(actor, from, to): &(String, u32, u32)| **actor == *id.actor && (*from..=*to).contains(&id.n);
        self.runs.iter().any(inside)
    }
}

/// The sealed text of an import: a line that says what it is, then its changes as [`import_contents`] made them.
pub fn import_text(meta: &ImportMeta, contents: &str) -> String {
    // Plain strings and numbers always serialise.
    let mut body = serde_json::to_string(meta).unwrap_or_default();
    body.push('\n');
    body.push_str(contents);
    pack::seal(&body)
}

/// What an import is, and its contents, from its sealed text.
pub fn import_parts(text: &str) -> Option<(ImportMeta, &str)> {
    let (meta, contents) = pack::unseal(text)?.split_once('\n')?;
    Some((serde_json::from_str(meta).ok()?, contents))
}
