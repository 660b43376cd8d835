//! Reading everything that stands in the storage, whatever its state. Reading never writes.

use std::collections::BTreeSet;

use hashbrown::HashSet;

use super::contents::{FROM_FOLDER, ImportMeta, changes_in, import_parts};
use super::disk::{Disk, Failure};
use super::keys::{CANARY, CHUNK, DAMAGE_NOTED, ERASED, HEADS, IMPORT, JOURNAL, Key, WITHDRAWN};
use super::kv::KeyValue;
use super::pack;
use super::snapshot::{Head, Slot};
use crate::model::notice::Notice;
use crate::order::Arrange;
use crate::replica::Change;
use crate::replica::change::ChangeId;
use crate::replica::wire::Names;

/// Place of the notices about damage.
pub const DAMAGE: &str = "storage";
/// The newest imports of which each can be withdrawn.
pub const WITHDRAWABLE: usize = 10;
/// Imports newer than this many others are not taken into the snapshot. More than can be withdrawn,
/// so that a withdrawal and a compaction at the same moment do not meet.
pub(super) const UNFOLDED_IMPORTS: usize = 12;

/// A part that could not be read. Its text stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// The key.
    pub key: String,
    /// What it is, for a person.
    pub what: &'static str,
    /// UTF-8 bytes of what stands there; 0 if nothing or if it cannot be read at all.
    pub bytes: usize,
}

/// Whether and how an import counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Counts, and can be withdrawn.
    Withdrawable,
    /// Counts; too old to be withdrawn.
    Settled,
    /// Withdrawn; can be brought back.
    Withdrawn,
}

/// An import that the store knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportInfo {
    /// What it is.
    pub meta: ImportMeta,
    /// Whether it counts.
    pub state: ImportState,
}

/// The keys that are there, and the heads.
#[derive(Default)]
pub(super) struct Inventory {
    pub journals: Vec<String>,
    pub imports: Vec<String>,
    pub withdrawn: BTreeSet<String>,
    pub chunks: Vec<String>,
    pub heads: [Slot; 2],
    pub canary: Option<String>,
    pub erased: Option<String>,
}

impl Inventory {
    /// Looks at what is there. Keys of unknown size are counted.
    pub fn take<K: KeyValue>(disk: &Disk<K>) -> Result<Inventory, Failure> {
        let mut found = Inventory::default();
        let mut keys = disk.keys()?;
        keys.arrange();
        for key in keys {
            match Key::of(&key) {
                Key::Journal(_) => found.journals.push(key),
                Key::Import(_) => found.imports.push(key),
                Key::Chunk(_) => found.chunks.push(key),
                Key::Withdrawn(id) => {
                    found.withdrawn.insert(id.to_string());
                    disk.count(&key, Some(""));
                }
                Key::Head(slot) => {
                    found.heads[slot] = match disk.get(HEADS[slot]) {
                        Ok(Some(text)) => Slot::read(&text),
                        Ok(None) => Slot::Absent,
                        Err(_) => Slot::Damaged(String::new()),
                    }
                }
                // What cannot be read is not counted; that errs by one text.
                Key::PresenceMarker => found.canary = disk.get(CANARY).ok().flatten(),
                Key::Erased => found.erased = disk.get(ERASED).ok().flatten(),
                _ if disk.is_counted(&key) => {}
                _ => drop(disk.get(&key)),
            }
        }
        Ok(found)
    }

    /// Slot and contents of the best head.
    pub fn base(&self) -> Option<(usize, &Head)> {
        let good = self.heads.iter().enumerate().filter_map(|(i, s)| Some((i, s.head()?)));
        good.max_by_key(|(_, head)| head.generation)
    }

    /// The schema of a newer program's head, if there is one.
    pub fn newer(&self) -> Option<u32> {
        self.heads.iter().find_map(|slot| match slot {
            Slot::Newer(schema) => Some(*schema),
            _ => None,
        })
    }

    /// Whether a head is damaged.
    pub fn has_damaged_head(&self) -> bool {
        self.heads.iter().any(|s| matches!(s, Slot::Damaged(_)))
    }

    /// Whether nothing is there that holds or lists records.
    pub fn is_empty(&self) -> bool {
        self.journals.is_empty()
            && self.imports.is_empty()
            && self.chunks.is_empty()
            && self.heads.iter().all(|s| *s == Slot::Absent)
    }

    /// How many saves and imports the store ever took, as far as can be told.
    pub fn entries(&self) -> u64 {
        let base = self.base().map(|(_, head)| head);
        let open = |key: &&String| base.is_none_or(|head| !head.knows(key));
        let open = self.journals.iter().filter(open).count() + self.imports.iter().filter(open).count();
        base.map_or(0, |head| head.entries) + open as u64
    }
}

/// What was read.
#[derive(Default)]
pub(super) struct Loaded {
    pub changes: Vec<Change>,
    pub quarantined: Vec<Quarantined>,
    pub imports: Vec<ImportInfo>,
    pub notices: Vec<Notice>,
    /// Keys whose changes were read, now or before.
    pub known: HashSet<String>,
}

/// The changes of a journal text, if it is whole and belongs to its key.
pub(super) fn journal_changes(key: &str, text: &str, names: &mut Names) -> Option<Vec<Change>> {
    let changes = changes_in(pack::unseal(text)?, names)?;
    let Key::Journal(id) = Key::of(key) else { return None };
    let id = ChangeId::parse(id)?;
    (changes.len() == 1 && changes[0].id == id).then_some(changes)
}

/// The changes of a chunk's text, if it is whole.
pub(super) fn chunk_changes(text: &str, names: &mut Names) -> Option<Vec<Change>> {
    changes_in(pack::unseal(text)?, names)
}

/// Reads what is not yet in `known`.
pub(super) struct Loader<'a, K> {
    pub disk: &'a Disk<K>,
    pub names: &'a mut Names,
    pub out: Loaded,
}

impl<K: KeyValue> Loader<'_, K> {
    /// Reads everything of an inventory.
    pub fn load(mut self, found: &Inventory) -> Loaded {
        let base = found.base().map(|(_, head)| head);
        let mut thorough = found.has_damaged_head() || (base.is_none() && !found.chunks.is_empty());
        for (key, slot) in HEADS.iter().zip(&found.heads) {
            if let Slot::Damaged(text) = slot {
                self.quarantine(key, "数据目录", text.len());
            }
        }
        if let Some(head) = base {
            for chunk in &head.chunks {
                thorough |= !self.chunk(&format!("{CHUNK}{}", chunk.name), true);
            }
            for chunk in &head.damaged {
                self.chunk(&format!("{CHUNK}{}", chunk.name), true);
            }
        }
        if thorough {
            // What an older or an unfinished snapshot holds can only add.
            for key in &found.chunks {
                self.chunk(key, base.is_none());
            }
        }
        for key in &found.journals {
            self.journal(key, base.filter(|_| !thorough));
        }
        self.imports(found, thorough);
        self.tell();
        self.out
    }

    fn quarantine(&mut self, key: &str, what: &'static str, bytes: usize) {
        if self.out.quarantined.iter().all(|q| q.key != key) {
            self.out.quarantined.push(Quarantined {
                key: key.to_string(),
                what,
                bytes,
            });
        }
    }

    /// Reads a chunk; whether it was whole.
    fn chunk(&mut self, key: &str, listed: bool) -> bool {
        if self.out.known.contains(key) {
            return true;
        }
        let text = self.disk.get(key).ok().flatten();
        match text.as_deref().and_then(|t| chunk_changes(t, self.names)) {
            Some(changes) => {
                self.out.changes.extend(changes);
                self.out.known.insert(key.to_string());
                true
            }
            None => {
                if listed {
                    self.quarantine(key, "一部分汇总数据", text.map_or(0, |t| t.len()));
                }
                false
            }
        }
    }

    fn journal(&mut self, key: &str, folded_by: Option<&Head>) {
        if self.out.known.contains(key) {
            return;
        }
        let text = self.disk.get(key);
        if let (Ok(Some(text)), Some(head)) = (&text, folded_by)
            && head.folds(key).is_some_and(|seal| pack::seal_of(text) == Some(seal))
        {
            self.out.known.insert(key.to_string());
            return;
        }
        let text = match text {
            Ok(None) => return,
            Ok(Some(text)) => text,
            Err(_) => String::new(),
        };
        match journal_changes(key, &text, self.names) {
            Some(changes) => {
                self.out.changes.extend(changes);
                self.out.known.insert(key.to_string());
            }
            None => self.quarantine(key, "一次保存", text.len()),
        }
    }

    fn imports(&mut self, found: &Inventory, thorough: bool) {
        let base = found.base().map(|(_, head)| head);
        for meta in base.map_or(&[][..], |head| &head.imports[..]) {
            self.out.imports.push(ImportInfo {
                meta: meta.clone(),
                state: ImportState::Settled,
            });
        }
        let mut open: Vec<ImportInfo> = Vec::new();
        for key in &found.imports {
            let settled = base.is_some_and(|head| head.knows(key));
            if settled && !thorough {
                self.out.known.insert(key.clone());
                if !self.disk.is_counted(key) {
                    drop(self.disk.get(key));
                }
                continue;
            }
            let id = &key[IMPORT.len()..];
            let withdrawn = found.withdrawn.contains(id) && !settled;
            let text = self.disk.get(key).ok().flatten().unwrap_or_default();
            let Some((meta, contents)) = import_parts(&text) else {
                self.quarantine(key, "一次导入", text.len());
                continue;
            };
            // One from a shared folder may have grown since.
            if !withdrawn && (meta.purpose == FROM_FOLDER || !self.out.known.contains(key)) {
                match changes_in(contents, self.names) {
                    Some(changes) => {
                        self.out.changes.extend(changes);
                        self.out.known.insert(key.clone());
                    }
                    None => self.quarantine(key, "一次导入", text.len()),
                }
            }
            if !settled {
                let state = if withdrawn {
                    ImportState::Withdrawn
                } else {
                    ImportState::Settled
                };
                open.push(ImportInfo { meta, state });
            }
        }
        open.arrange_by(|a, b| (a.meta.sequence, &a.meta.id).cmp(&(b.meta.sequence, &b.meta.id)));
        for info in open.iter_mut().rev().take(WITHDRAWABLE) {
            if info.state == ImportState::Settled {
                info.state = ImportState::Withdrawable;
            }
        }
        self.out.imports.extend(open);
    }

    /// One notice per kind of damage that nobody has taken note of yet.
    fn tell(&mut self) {
        let noted = self.disk.get(DAMAGE_NOTED).ok().flatten().unwrap_or_default();
        let news = |q: &&Quarantined| noted.lines().all(|key| key != q.key);
        for what in ["一次保存", "一次导入", "一部分汇总数据", "数据目录"] {
            let count = self
                .out
                .quarantined
                .iter()
                .filter(news)
                .filter(|q| q.what == what)
                .count();
            let (what, todo) = match (what, count) {
                (_, 0) => continue,
                ("数据目录", _) => ("数据目录有损坏，已用备用目录打开".to_string(), "请导出一份备份"),
                _ => (
                    format!("有 {count} 处数据损坏，没有载入（{what}），原文仍保留"),
                    "请导入最近的备份补齐，再导出一份新的备份",
                ),
            };
            self.out.notices.push(Notice::warning(DAMAGE, what, todo));
        }
    }
}

/// The key of a withdrawal mark.
pub(super) fn withdrawn_key(id: &str) -> String {
    format!("{WITHDRAWN}{id}")
}

/// The key of a change's journal entry.
pub(super) fn journal_key(id: &ChangeId) -> String {
    format!("{JOURNAL}{id}")
}
