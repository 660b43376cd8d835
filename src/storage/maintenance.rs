//! What happens besides saving: compaction, other tabs, emptied storage, rescue.

use std::collections::BTreeMap;

use super::bucket::Effort;
use super::compact::{Compacted, Compactor, Exclusive};
use super::contents::{ImportMeta, changes_in, import_parts};
use super::disk::Failure;
use super::keys::{CANARY, CHUNK, ERASED, HEADS, IMPORT, Key, PREFIX};
use super::kv::{KeyValue, Limit, MemoryKeyValue};
use super::load::{Inventory, journal_changes};
use super::snapshot::Slot;
use super::store::{Entrance, Store};
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::order::Arrange;
use crate::replica::export::Selection;
use crate::replica::wire::{Limits, read_changes};
use crate::replica::{Change, Replica};

/// What the page has to do after something happened outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Merge the changes, if any.
    Merge,
    /// Another tab withdrew an import: open the store anew and build the replica from that.
    Rebuild,
    /// Stored data vanished: call [`Store::rewrite`] under the lock, with the replica in memory.
    Rewrite,
    /// Nothing can be written any more: see [`Store::barred`].
    Stop,
}

/// What came from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// To be merged.
    pub changes: Vec<Change>,
    /// What to tell: alarms.
    pub notices: Vec<Notice>,
    /// What to do.
    pub action: Action,
}

impl News {
    fn none() -> News {
        News {
            changes: Vec::new(),
            notices: Vec::new(),
            action: Action::Merge,
        }
    }

    fn demand(&mut self, action: Action) {
        self.action = self.action.max(action);
    }
}

/// Most generations that one call for room writes.
const MOST_GENERATIONS: usize = 24;
/// First words of a raw copy.
const RAW_FORMAT: &str = "tiancheng-raw-1";

#[derive(serde::Serialize, serde::Deserialize)]
struct RawCopy {
    format: String,
    keys: BTreeMap<String, String>,
}

impl<K: KeyValue> Store<K> {
    /// Takes old saves and imports into the snapshot, then tries again to store what waits.
    ///
    /// `replica` only says which records lie together. With [`Effort::Room`] everything is packed
    /// and the previous generation is removed at once; for a full store.
    ///
    /// # Errors
    /// Why nothing was gathered. Whatever was stored before is still stored.
    pub fn compact(&mut self, _lock: Exclusive, replica: &Replica, effort: Effort) -> Result<Compacted, Failure> {
        if let Some(failure) = self.barred.clone() {
            return Err(failure);
        }
        let mut effort = effort;
        let mut total = self.generation(replica, effort, Vec::new())?;
        if total.incomplete || self.starved || !self.queue.is_empty() {
            effort = Effort::Room;
        }
        if effort == Effort::Room {
            // Each generation frees what the one before left behind.
            for _ in 0..MOST_GENERATIONS {
                let next = self.generation(replica, effort, Vec::new())?;
                if next.generation == 0 {
                    total.incomplete = next.incomplete;
                    break;
                }
                total.generation = next.generation;
                total.folded += next.folded;
                total.written += next.written;
                total.removed += next.removed;
                total.incomplete = next.incomplete;
            }
        }
        self.canary.count = self.entries;
        self.retry();
        self.reserve();
        Ok(total)
    }

    fn generation(&mut self, replica: &Replica, effort: Effort, extra: Vec<Change>) -> Result<Compacted, Failure> {
        let unit_of = |ledger: &str, id: &str| {
            let record = replica.find_ix(ledger, id).and_then(|ix| replica.record(ix));
            record.map_or(String::new(), |r| replica.unit_of(r).to_string())
        };
        let mut compactor = Compactor {
            disk: &self.disk,
            names: &mut self.names,
            unit_of: &unit_of,
            effort,
        };
        let done = compactor.run(extra)?;
        if let Ok(found) = Inventory::take(&self.disk)
            && let Some((_, head)) = found.base()
        {
            // The replica has what the chunks hold: they were made of what was loaded or saved, or
            // of another tab's saves, which arrive as events of their own.
            let before = found.journals.iter().filter(|k| !head.knows(k)).count();
            self.open_entries = before;
        }
        Ok(done)
    }

    /// Writes everything the replica holds; for storage that another tab or the browser emptied.
    ///
    /// # Errors
    /// Why not everything could be written; the banner should offer an export.
    pub fn rewrite(&mut self, _lock: Exclusive, replica: &Replica, now: Instant) -> Result<Compacted, Failure> {
        if let Some(failure) = self.barred.clone() {
            return Err(failure);
        }
        self.put_own_back();
        let mut text = String::new();
        replica.write_changes(&Selection::ALL, &mut text);
        let all = read_changes(&text, &mut self.names, Limits::default()).map_err(|n| Failure::Other(n.to_string()))?;
        let done = self.generation(replica, Effort::Usual, all)?;
        self.settle_in(now);
        self.retry();
        if done.incomplete { Err(Failure::Quota) } else { Ok(done) }
    }

    /// Writes the saves of this page load that are missing; how many.
    fn put_own_back(&mut self) -> usize {
        let Ok(found) = Inventory::take(&self.disk) else {
            return 0;
        };
        let mut back = 0;
        let mut settled = Vec::new();
        for (key, text) in &self.own {
            if found.journals.contains(key) {
                continue;
            }
            if found.heads.iter().filter_map(Slot::head).any(|head| head.knows(key)) {
                settled.push(key.clone());
            } else if self.disk.put_or_relieve(key, text).is_ok() {
                back += 1;
            }
        }
        for key in settled {
            self.own.remove(&key);
        }
        back
    }

    /// Takes in a `storage` event: another tab (or the browser) wrote `new` under `key` where `old`
    /// was; no key means that everything was cleared.
    pub fn external(&mut self, key: Option<&str>, old: Option<&str>, new: Option<&str>) -> News {
        let mut news = News::none();
        let Some(key) = key else {
            self.disk.forget();
            self.cleared(&mut news);
            return news;
        };
        self.disk.count(key, new);
        if self.barred == Some(Failure::Erased) {
            news.demand(Action::Stop);
            return news;
        }
        match (Key::of(key), new) {
            (Key::Foreign | Key::Unknown, _) => {}
            (Key::Erased, Some(_)) => self.stop(Failure::Erased, &mut news),
            (Key::Head(_), Some(text)) => {
                if let Slot::Newer(schema) = Slot::read(text) {
                    self.stop(Failure::Newer(schema), &mut news);
                }
            }
            (Key::Journal(_), Some(text)) => self.arrived(key, text, &mut news),
            (Key::Import(id), Some(text)) if !self.withdrawn.contains(id) => self.import_arrived(key, text, &mut news),
            (Key::Withdrawn(id), Some(_)) => {
                self.withdrawn.insert(id.to_string());
                self.known.remove(&format!("{IMPORT}{id}"));
                news.demand(Action::Rebuild);
            }
            (Key::Withdrawn(id), None) => {
                self.withdrawn.remove(id);
                let key = format!("{IMPORT}{id}");
                if let Ok(Some(text)) = self.disk.get(&key) {
                    self.import_arrived(&key, &text, &mut news);
                }
            }
            (Key::Journal(_) | Key::Import(_) | Key::Chunk(_) | Key::Head(_), None) => {
                self.vanished(key, old, &mut news);
            }
            _ => {}
        }
        news
    }

    fn stop(&mut self, failure: Failure, news: &mut News) {
        if self.barred.as_ref() != Some(&failure) {
            news.notices.push(failure.notice());
        }
        self.barred = Some(failure);
        news.demand(Action::Stop);
    }

    /// A journal key was written by another tab.
    fn arrived(&mut self, key: &str, text: &str, news: &mut News) {
        if let Some(mine) = self.own.get(key).filter(|mine| *mine != text).cloned() {
            // Somebody wrote over a save of this page: put the own text under a free name.
            news.notices.push(Notice::warning(
                "",
                "另一个窗口改写了本窗口的一次保存，已重新写入",
                "请不要复制浏览器的用户数据目录",
            ));
            for copy in 1..100 {
                let free = format!("{key}~{copy}");
                if matches!(self.disk.get(&free), Ok(None)) {
                    if self.disk.put_or_relieve(&free, &mine).is_ok() {
                        self.own.insert(free, mine);
                    }
                    break;
                }
            }
        }
        match journal_changes(key, text, &mut self.names) {
            Some(changes) => {
                if self.known.insert(key.to_string()) {
                    self.entries += 1;
                    self.open_entries += 1;
                }
                news.changes.extend(changes);
            }
            None => news.notices.push(Notice::warning(
                "",
                "另一个窗口的一次保存不完整，没有载入",
                "请刷新本页面",
            )),
        }
    }

    fn import_arrived(&mut self, key: &str, text: &str, news: &mut News) {
        let contents = import_parts(text).map(|(_, contents)| contents);
        match contents.and_then(|c| changes_in(c, &mut self.names)) {
            Some(changes) => {
                if self.known.insert(key.to_string()) {
                    self.entries += 1;
                }
                news.changes.extend(changes);
            }
            None => news.notices.push(Notice::warning(
                "",
                "另一个窗口的一次导入不完整，没有载入",
                "请刷新本页面",
            )),
        }
    }

    /// Something that holds records was removed elsewhere. Rightly so if a head vouches for it.
    fn vanished(&mut self, key: &str, old: Option<&str>, news: &mut News) {
        let Ok(found) = Inventory::take(&self.disk) else { return };
        if found.erased != self.erased {
            self.stop(Failure::Erased, news);
            return;
        }
        let heads = || found.heads.iter().filter_map(Slot::head);
        let rightly = match Key::of(key) {
            Key::Journal(_) => heads().any(|head| head.knows(key)),
            Key::Import(id) => heads().any(|head| head.knows(key)) || found.withdrawn.contains(id),
            Key::Chunk(name) => found
                .base()
                .is_none_or(|(_, head)| head.chunks.iter().all(|c| c.name != name)),
            Key::Head(slot) => found.heads[slot] != Slot::Absent,
            _ => true,
        };
        if rightly {
            self.own.remove(key);
            return;
        }
        news.notices.push(Notice::warning(
            "",
            "另一个窗口或程序删除了已保存的数据，已重新写入",
            "请不要手工清理本网站的数据",
        ));
        let text = self.own.get(key).map(String::as_str).or(old);
        let written = match (self.disk.get(key), text) {
            (Ok(None), Some(text)) => self.disk.put_or_relieve(key, text).is_ok(),
            (Ok(Some(_)), _) => true,
            _ => false,
        };
        if !written {
            news.demand(Action::Rewrite);
        }
    }

    /// Everything was cleared.
    fn cleared(&mut self, news: &mut News) {
        if self.barred.is_some() {
            news.demand(Action::Stop);
            return;
        }
        if self.known.is_empty() && self.entries == 0 {
            return;
        }
        self.put_own_back();
        news.notices.push(Notice::error(
            "",
            "另一个窗口或程序清空了浏览器里的数据，正在重新写入",
            "请不要关闭本页面，并立即导出备份",
        ));
        news.demand(Action::Rewrite);
    }

    /// Looks for everything that happened unnoticed; for a tab that was frozen and wakes.
    pub fn catch_up(&mut self) -> News {
        let mut news = News::none();
        let found = match Inventory::take(&self.disk) {
            Ok(found) => found,
            Err(failure) => {
                news.notices.push(failure.notice());
                return news;
            }
        };
        if found.erased != self.erased {
            self.stop(Failure::Erased, &mut news);
            return news;
        }
        if let Some(schema) = found.newer() {
            self.stop(Failure::Newer(schema), &mut news);
        }
        if self.barred.is_some() {
            news.demand(Action::Stop);
            return news;
        }
        if found.withdrawn.difference(&self.withdrawn).next().is_some() {
            news.demand(Action::Rebuild);
        }
        if found.is_empty() {
            self.cleared(&mut news);
            return news;
        }
        let lost = |key: &&String| match Key::of(key) {
            Key::Journal(_) => !found.journals.contains(key),
            Key::Import(id) => !found.imports.contains(key) && !found.withdrawn.contains(id),
            _ => false,
        };
        let heads = || found.heads.iter().filter_map(Slot::head);
        let missing = |key: &&String| lost(key) && !heads().any(|head| head.knows(key));
        if self.known.iter().filter(missing).count() > 0 {
            self.put_own_back();
            news.demand(Action::Rewrite);
        }
        let loaded = self.load(&found);
        news.changes = loaded.changes;
        news.notices.extend(loaded.notices);
        news
    }

    /// All keys and texts of this program, as one JSON text: for rescue, whatever their state.
    ///
    /// # Errors
    /// If the keys cannot even be listed. A text that cannot be read is left out.
    pub fn raw_copy(&self) -> Result<String, Failure> {
        let mut copy = RawCopy {
            format: RAW_FORMAT.to_string(),
            keys: BTreeMap::new(),
        };
        for key in self.disk.keys()?.into_iter().filter(|k| k.starts_with(PREFIX)) {
            if Key::of(&key) != Key::Ballast
                && let Ok(Some(text)) = self.disk.get(&key)
            {
                copy.keys.insert(key, text);
            }
        }
        serde_json::to_string(&copy).map_err(|e| Failure::Other(e.to_string()))
    }

    /// Restores a raw copy. Where nothing is stored, key by key as it was: open the store anew
    /// afterwards. Otherwise what can be read of it becomes an import, which is returned to be
    /// merged and can be withdrawn.
    ///
    /// # Errors
    /// A notice; then nothing of the copy was kept.
    pub fn restore_raw(&mut self, text: &str, meta: ImportMeta, now: Instant) -> Result<Vec<Change>, Notice> {
        let foreign = || Notice::error("", "这不是本系统的原始数据副本", "请选择导出的原始数据文件");
        let copy: RawCopy = serde_json::from_str(text).map_err(|_| foreign())?;
        if copy.format != RAW_FORMAT || copy.keys.keys().any(|k| !k.starts_with(PREFIX)) {
            return Err(foreign());
        }
        let found = Inventory::take(&self.disk).map_err(|f| f.notice())?;
        let mut keys = copy.keys;
        keys.retain(|key, _| !matches!(Key::of(key), Key::PresenceMarker | Key::Erased | Key::Ballast));
        if !found.is_empty() || !self.queue.is_empty() {
            let entrance = Entrance::default();
            let changes = Store::open(MemoryKeyValue::with(keys, Limit::NONE), &entrance).changes;
            self.import(meta, &changes).map_err(|f| f.notice())?;
            return Ok(changes);
        }
        if matches!(&self.barred, Some(failure) if *failure != Failure::Recovery) {
            return Err(self.barred.as_ref().map(Failure::notice).unwrap_or_else(foreign));
        }
        // Heads last: what they list is there then.
        let order = |key: &String| matches!(Key::of(key), Key::Head(_));
        let (heads, parts): (Vec<_>, Vec<_>) = keys.iter().partition(|(key, _)| order(key));
        for (key, text) in parts.iter().chain(&heads) {
            if let Err(failure) = self.disk.put_or_relieve(key, text) {
                for key in keys.keys() {
                    drop(self.disk.remove(key));
                }
                return Err(failure.notice());
            }
        }
        let found = Inventory::take(&self.disk).map_err(|f| f.notice())?;
        self.barred = None;
        let loaded = self.load(&found);
        self.settle_in(now);
        Ok(loaded.changes)
    }

    /// Erases everything of this program, because a person said so twice. Other tabs are told.
    ///
    /// # Errors
    /// What could not be removed.
    pub fn clear_all(&mut self, now: Instant) -> Result<(), Failure> {
        let mark = format!("{now} {} {}", self.entries, self.canary.id);
        self.disk.put_or_relieve(ERASED, &mark)?;
        self.barred = Some(Failure::Erased);
        let mut keys = self.disk.keys()?;
        // Heads and chunks after the journal: a half erased store must not look damaged.
        keys.retain(|k| k.starts_with(PREFIX) && k != ERASED);
        keys.arrange_by_key(|k| (HEADS.contains(&k.as_str()) || k.starts_with(CHUNK), k == CANARY));
        for key in keys {
            self.disk.remove(&key)?;
        }
        self.queue.clear();
        self.own.clear();
        self.known.clear();
        self.entries = 0;
        Ok(())
    }
}
