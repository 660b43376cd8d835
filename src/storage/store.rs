//! The store of one page: opening, saving, importing, withdrawing.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use super::contents::{ImportMeta, changes_in, import_contents, import_parts, import_text, packed};
use super::disk::{Disk, Failure, Level, Usage};
use super::keys::{BALLAST, CANARY, DAMAGE_NOTED, DRAFT, IMPORT, SETTING};
use super::kv::{KeyValue, KvError, Limit, Measure};
use super::load::{
    ImportInfo, ImportState, Inventory, Loaded, Loader, Quarantined, WITHDRAWABLE, journal_changes, journal_key,
    withdrawn_key,
};
use super::pack;
use super::presence::{PresenceMarker, read_witness};
use super::second::Left;
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::order::Arrange;
use crate::replica::Change;
use crate::replica::wire::Names;

/// Most reserved room, in UTF-16 units: enough for some packed chunks, a head and many saves.
const BALLAST_UNITS: u64 = 128 * 1024;
/// Used share, in thousandths, below which room is reserved (again).
const RESERVE_BELOW: u64 = 900;
/// A save of more UTF-8 bytes than this is packed once 60 % are used.
const LARGE_SAVE: usize = 8 * 1024;
/// Open saves after which a compaction is worth while.
const MANY_OPEN: usize = 200;

/// What a page knows when it opens the store.
#[derive(Clone, Debug, Default)]
pub struct Entrance {
    /// What a second place (cookie, cache) says about earlier data: the last [`Store::witness`].
    pub witness: Option<String>,
    /// A fresh random id, used if this turns out to be a new installation.
    pub install: String,
    /// Now, by the clock of the device.
    pub now: Instant,
    /// What only the second place still has; see [`super::second::missing`].
    pub left: Left,
}

/// In what state the storage was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is there, and nothing ever was.
    Fresh,
    /// Data is there.
    Normal,
    /// Nothing is there, but this device had data: so many saves. Nothing is written until a person
    /// restores a raw copy ([`Store::restore_raw`]) or decides to begin anew ([`Store::start_fresh`],
    /// then perhaps an import).
    Recovery {
        /// Saves and imports that the second place knew of.
        lost: u64,
    },
    /// A newer version has written here: read only. What could be read was read.
    Newer {
        /// Its schema.
        schema: u32,
    },
    /// The browser does not let the page read: work in memory instead.
    Blocked(KvError),
}

/// What opening found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The state of the storage.
    pub state: State,
    /// What a person should know.
    pub notices: Vec<Notice>,
    /// Damaged parts.
    pub quarantined: Vec<Quarantined>,
    /// Imports, oldest first.
    pub imports: Vec<ImportInfo>,
}

/// An open store is this, what is to be merged, and a report.
pub struct Opened<K> {
    /// The store.
    pub store: Store<K>,
    /// All changes; merge them at once.
    pub changes: Vec<Change>,
    /// What was found.
    pub report: Report,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Written and read back: say 已保存.
    Stored,
    /// Not stored. The change waits in memory, and every later save tries again; show the banner of
    /// [`Failure::notice`] and offer an export. Merge the change all the same.
    Queued(Failure),
}

/// The storage of a replica. See the module text.
pub struct Store<K> {
    pub(super) disk: Disk<K>,
    pub(super) names: Names,
    /// Why nothing may be written, if so.
    pub(super) barred: Option<Failure>,
    /// Keys whose changes the replica has.
    pub(super) known: HashSet<String>,
    /// Texts of the saves of this page load, to write them again if somebody removes them.
    pub(super) own: BTreeMap<String, String>,
    pub(super) withdrawn: std::collections::BTreeSet<String>,
    pub(super) queue: Vec<Change>,
    pub(super) canary: PresenceMarker,
    pub(super) erased: Option<String>,
    pub(super) entries: u64,
    pub(super) open_entries: usize,
    /// The reserved room was given up and nothing has been gathered since.
    pub(super) starved: bool,
}

impl<K: KeyValue> Store<K> {
    /// Opens whatever is there. Never fails: the state says what is possible.
    pub fn open(kv: K, entrance: &Entrance) -> Opened<K> {
        let mut store = Store {
            disk: Disk::new(kv),
            names: Names::default(),
            barred: None,
            known: HashSet::new(),
            own: BTreeMap::new(),
            withdrawn: Default::default(),
            queue: Vec::new(),
            canary: PresenceMarker::default(),
            erased: None,
            entries: 0,
            open_entries: 0,
            starved: false,
        };
        let unwritten = store.take_left(&entrance.left.texts);
        let found = match Inventory::take(&store.disk) {
            Ok(found) => found,
            Err(failure) => return store.blocked(failure),
        };
        let mut loaded = store.load(&found);
        loaded.changes.extend(unwritten.iter().cloned());
        store.queue = unwritten;
        let mut report = Report {
            state: State::Normal,
            notices: loaded.notices,
            quarantined: loaded.quarantined,
            imports: loaded.imports,
        };
        store.meet(&found, entrance, &mut report);
        Opened {
            store,
            changes: loaded.changes,
            report,
        }
    }

    /// Writes what only the second place still had; what does not fit waits like a save that does not.
    fn take_left(&mut self, left: &[(String, String)]) -> Vec<Change> {
        let mut unwritten = Vec::new();
        for (key, text) in left {
            if text.is_empty() {
                // Staying is as good as being removed later.
                drop(self.disk.remove(key));
            } else if self.disk.put_or_relieve(key, text).is_err() {
                unwritten.extend(journal_changes(key, text, &mut self.names).unwrap_or_default());
            }
        }
        unwritten
    }

    fn blocked(mut self, failure: Failure) -> Opened<K> {
        let error = match &failure {
            Failure::Corrupt => KvError::Corrupt,
            Failure::Quota => KvError::Quota,
            Failure::Other(text) => KvError::Other(text.clone()),
            _ => KvError::Blocked,
        };
        let notices = vec![failure.notice()];
        self.barred = Some(failure);
        Opened {
            store: self,
            changes: Vec::new(),
            report: Report {
                state: State::Blocked(error),
                notices,
                quarantined: Vec::new(),
                imports: Vec::new(),
            },
        }
    }

    /// Reads what is not known yet, and notes what is known now.
    pub(super) fn load(&mut self, found: &Inventory) -> Loaded {
        let loader = Loader {
            disk: &self.disk,
            names: &mut self.names,
            out: Loaded {
                known: std::mem::take(&mut self.known),
                ..Loaded::default()
            },
        };
        let mut loaded = loader.load(found);
        self.known = std::mem::take(&mut loaded.known);
        self.withdrawn = found.withdrawn.clone();
        self.erased = found.erased.clone();
        self.entries = self.entries.max(found.entries());
        let base = found.base().map(|(_, head)| head);
        self.open_entries = found
            .journals
            .iter()
            .filter(|key| base.is_none_or(|head| !head.knows(key)))
            .count();
        loaded
    }

    /// Compares what is there with what should be, and writes the canary.
    fn meet(&mut self, found: &Inventory, entrance: &Entrance, report: &mut Report) {
        let canary = found.canary.as_deref().and_then(PresenceMarker::read);
        let gone = |id: &str| {
            found
                .erased
                .as_ref()
                .is_some_and(|mark| mark.rsplit(' ').next() == Some(id))
        };
        let witness = entrance.witness.as_deref().and_then(read_witness);
        let witness = witness.filter(|(id, _)| !gone(id));
        let had = canary.as_ref().map_or(0, |c| c.count);
        // A witness of another life, before somebody decided to begin anew, tells nothing of this one.
        let same_life = |id: &str| canary.as_ref().is_none_or(|c| c.id == id);
        let seen = witness.as_ref().filter(|(id, _)| same_life(id));
        let seen = seen.map_or(0, |(_, count)| *count);
        self.canary = canary.unwrap_or_else(|| PresenceMarker {
            id: match witness {
                Some((id, _)) => id,
                None if entrance.left.install.is_empty() => entrance.install.clone(),
                None => entrance.left.install.clone(),
            },
            first: entrance.now.to_string(),
            ..PresenceMarker::default()
        });
        if let Some(schema) = found.newer() {
            report.state = State::Newer { schema };
            self.bar(Failure::Newer(schema), &mut report.notices);
            return;
        }
        if found.is_empty() {
            if had.max(seen) > 0 && found.erased.is_none() {
                report.state = State::Recovery { lost: had.max(seen) };
                self.bar(Failure::Recovery, &mut report.notices);
                return;
            }
            report.state = State::Fresh;
        } else if seen.max(had) > self.entries + self.queue.len() as u64 {
            let missing = seen.max(had) - self.entries - self.queue.len() as u64;
            report.notices.push(Notice::warning(
                "",
                format!("最近约 {missing} 次保存没有留在浏览器里"),
                "请核对最后几条记录，缺少的请从备份导入或补录",
            ));
        }
        report.notices.extend(self.usage().notice());
        self.settle_in(entrance.now);
    }

    fn bar(&mut self, failure: Failure, notices: &mut Vec<Notice>) {
        notices.push(failure.notice());
        self.barred = Some(failure);
    }

    /// Writes what helps later openings; failing here loses nothing.
    pub(super) fn settle_in(&mut self, now: Instant) {
        self.canary.last = now.to_string();
        self.canary.count = self.entries;
        drop(self.disk.put(CANARY, &self.canary.text()));
        self.reserve();
    }

    /// Reserves room for the day when the store is full; at most a twentieth of it.
    pub(super) fn reserve(&mut self) {
        let limit = self.disk.limit();
        if !self.disk.is_counted(BALLAST) && limit != Limit::NONE && self.usage().permille() < RESERVE_BELOW {
            let units = usize::try_from(BALLAST_UNITS.min(limit.amount / 20)).unwrap_or(0);
            let filling = match limit.measure {
                Measure::Units => "x".repeat(units),
                Measure::Bytes => "\u{3400}".repeat(units / 2),
            };
            drop(self.disk.put(BALLAST, &filling));
        }
        self.starved = false;
    }

    /// Begins anew where data is missing and a person has decided to do without.
    pub fn start_fresh(&mut self, now: Instant) {
        if self.barred == Some(Failure::Recovery) {
            self.barred = None;
            self.entries = 0;
            let install = self.canary.id.split('~').next().unwrap_or_default();
            self.canary.id = format!("{install}~{now}");
            self.settle_in(now);
            self.retry();
        }
    }

    /// What to keep in a second place, so that emptied storage is noticed; what waits to be stored counts, so that the
    /// next start says that it is missing.
    pub fn witness(&self) -> String {
        let waiting = self.queue.len() as u64;
        format!("1.{}.{}", self.canary.id, self.entries + waiting)
    }

    /// Stores one change. See [`Saved`].
    pub fn save(&mut self, change: &Change) -> Saved {
        self.queue.push(change.clone());
        let Some(failure) = self.retry() else {
            return Saved::Stored;
        };
        // Where an older one does not fit, this one is written by itself if it can be, and given to the second place.
        if self.queue.len() > 1 && self.barred.is_none() && self.write_entry(change).is_ok() {
            self.queue.pop();
        }
        Saved::Queued(failure)
    }

    /// Tries again to store what waits; why it still does, if so.
    pub fn retry(&mut self) -> Option<Failure> {
        while let Some(change) = self.queue.first().cloned() {
            if let Some(failure) = &self.barred {
                return Some(failure.clone());
            }
            if let Err(failure) = self.write_entry(&change) {
                return Some(failure);
            }
            self.queue.remove(0);
        }
        None
    }

    /// Changes that are not stored, oldest first: the blocking banner stands as long as there are any.
    pub fn waiting(&self) -> &[Change] {
        &self.queue
    }

    /// Why nothing can be written at present, apart from lack of room.
    pub fn barred(&self) -> Option<&Failure> {
        self.barred.as_ref()
    }

    /// The first key of a family (`key`, `key~1`, `key~2` …) that is free or holds the text already.
    ///
    /// What stands under a key is never overwritten: it may be damaged, or the save of a page that
    /// was cloned together with its actor.
    fn free_key(&self, key: &str, text: &str) -> Result<String, Failure> {
        let mut free = key.to_string();
        for copy in 1.. {
            match self.disk.get(&free)? {
                None => break,
                Some(there) if there == text => break,
                Some(_) => free = format!("{key}~{copy}"),
            }
        }
        Ok(free)
    }

    fn write_entry(&mut self, change: &Change) -> Result<(), Failure> {
        let mut body = change.to_json();
        if body.len() > LARGE_SAVE && self.usage().level() > Level::Plenty {
            body = packed(std::slice::from_ref(change));
        }
        let text = pack::seal(&body);
        let key = self.free_key(&journal_key(&change.id), &text)?;
        let reserved = self.disk.is_counted(BALLAST);
        let written = self.disk.put_or_relieve(&key, &text);
        self.starved |= reserved && !self.disk.is_counted(BALLAST);
        if let Err(failure) = written {
            if failure == Failure::Differs {
                // Nobody was told that this is saved; what stands there is of no use.
                drop(self.disk.remove(&key));
            }
            return Err(failure);
        }
        self.known.insert(key.clone());
        self.own.insert(key, text);
        self.entries += 1;
        self.open_entries += 1;
        Ok(())
    }

    /// Stores an import: all its changes under one key, or nothing.
    ///
    /// # Errors
    /// Why nothing was stored; what was there before is untouched.
    pub fn import(&mut self, meta: ImportMeta, changes: &[Change]) -> Result<ImportMeta, Failure> {
        self.import_packed(meta, changes.len(), &import_contents(changes))
    }

    /// [`import`](Store::import) of so many changes that were packed before.
    ///
    /// # Errors
    /// Why nothing was stored; what was there before is untouched.
    pub fn import_packed(&mut self, meta: ImportMeta, count: usize, contents: &str) -> Result<ImportMeta, Failure> {
        if let Some(failure) = self.barred.clone() {
            return Err(failure);
        }
        let found = Inventory::take(&self.disk)?;
        let mut meta = meta;
        let last = self.import_list(&found).iter().map(|m| m.sequence).max();
        meta.sequence = last.unwrap_or(0) + 1;
        meta.changes = count as u64;
        let text = import_text(&meta, contents);
        let key = format!("{IMPORT}{}", meta.id);
        if self.disk.get(&key)?.is_some_and(|there| there != text) {
            return Err(Failure::Other("import id in use".to_string()));
        }
        if let Err(failure) = self.disk.put_or_relieve(&key, &text) {
            if failure == Failure::Differs {
                drop(self.disk.remove(&key));
            }
            return Err(failure);
        }
        self.known.insert(key);
        self.entries += 1;
        Ok(meta)
    }

    /// What every import is that can be read, withdrawn and taken-in ones included.
    pub(super) fn import_list(&self, found: &Inventory) -> Vec<ImportMeta> {
        let mut all: Vec<ImportMeta> = found.base().map_or(Vec::new(), |(_, head)| head.imports.clone());
        for key in &found.imports {
            let text = self.disk.get(key).ok().flatten().unwrap_or_default();
            if let Some((meta, _)) = import_parts(&text)
                && all.iter().all(|m| m.id != meta.id)
            {
                all.push(meta);
            }
        }
        all
    }

    /// Withdraws an import: its changes stay stored but count no longer. The replica cannot forget,
    /// so open the store anew afterwards and build the replica from that.
    ///
    /// # Errors
    /// [`Failure::Fixed`] if it is not among the [`WITHDRAWABLE`] newest or is unknown; otherwise why
    /// the mark could not be stored.
    pub fn withdraw(&mut self, id: &str, now: Instant) -> Result<(), Failure> {
        if let Some(failure) = self.barred.clone() {
            return Err(failure);
        }
        let found = Inventory::take(&self.disk)?;
        let key = format!("{IMPORT}{id}");
        let base = found.base().map(|(_, head)| head);
        let mut open: Vec<ImportMeta> = self.import_list(&found);
        open.retain(|m| base.is_none_or(|head| !head.knows(&format!("{IMPORT}{}", m.id))));
        open.arrange_by(|a, b| (b.sequence, &b.id).cmp(&(a.sequence, &a.id)));
        let newest = open.iter().take(WITHDRAWABLE).any(|m| m.id == id);
        if !newest || !found.imports.contains(&key) {
            return Err(Failure::Fixed);
        }
        let mark = withdrawn_key(id);
        self.disk.put_or_relieve(&mark, &pack::seal(&now.to_string()))?;
        // Another window may have taken it into the snapshot at this very moment.
        let after = Inventory::take(&self.disk)?;
        if after.base().is_some_and(|(_, head)| head.knows(&key)) {
            self.disk.remove(&mark)?;
            return Err(Failure::Fixed);
        }
        self.withdrawn.insert(id.to_string());
        self.known.remove(&key);
        Ok(())
    }

    /// Brings a withdrawn import back; its changes are to be merged.
    ///
    /// # Errors
    /// [`Failure::Fixed`] if there is no such import or it is damaged (then nothing changed).
    pub fn reinstate(&mut self, id: &str) -> Result<Vec<Change>, Failure> {
        if let Some(failure) = self.barred.clone() {
            return Err(failure);
        }
        let changes = self.imported(id)?;
        self.disk.remove(&withdrawn_key(id))?;
        self.withdrawn.remove(id);
        self.known.insert(format!("{IMPORT}{id}"));
        Ok(changes)
    }

    /// What an import brought, withdrawn or not.
    ///
    /// # Errors
    /// [`Failure::Fixed`] if there is no such import or it is damaged.
    pub fn imported(&mut self, id: &str) -> Result<Vec<Change>, Failure> {
        let text = self.disk.get(&format!("{IMPORT}{id}"))?.ok_or(Failure::Fixed)?;
        let contents = import_parts(&text).ok_or(Failure::Fixed)?.1;
        changes_in(contents, &mut self.names).ok_or(Failure::Fixed)
    }

    /// The imports as they stand now, oldest first.
    pub fn imports(&self) -> Vec<ImportInfo> {
        let Ok(found) = Inventory::take(&self.disk) else {
            return Vec::new();
        };
        let base = found.base().map(|(_, head)| head);
        let mut all: Vec<ImportInfo> = Vec::new();
        for meta in self.import_list(&found) {
            let settled = base.is_some_and(|head| head.knows(&format!("{IMPORT}{}", meta.id)));
            let withdrawn = !settled && found.withdrawn.contains(&meta.id);
            let state = match (settled, withdrawn) {
                (true, _) => ImportState::Settled,
                (_, true) => ImportState::Withdrawn,
                _ => ImportState::Withdrawable,
            };
            all.push(ImportInfo { meta, state });
        }
        all.arrange_by(|a, b| (a.meta.sequence, &a.meta.id).cmp(&(b.meta.sequence, &b.meta.id)));
        let settled_by_age = all.iter().filter(|i| i.state != ImportState::Settled).count();
        let old = settled_by_age.saturating_sub(WITHDRAWABLE);
        let open = all.iter_mut().filter(|i| i.state != ImportState::Settled);
        for info in open.take(old).filter(|i| i.state == ImportState::Withdrawable) {
            info.state = ImportState::Settled;
        }
        all
    }

    /// Whether a compaction is worth while: call [`Store::compact`] under the lock, soon after the
    /// save, with [`Effort::Usual`](super::Effort::Usual); it tries harder by itself where it must.
    pub fn wants_compaction(&self) -> bool {
        let many = if self.usage().level() > Level::Plenty {
            MANY_OPEN / 4
        } else {
            MANY_OPEN
        };
        self.barred.is_none() && (self.open_entries >= many || self.starved || !self.queue.is_empty())
    }

    /// How much is used.
    pub fn usage(&self) -> Usage {
        self.disk.usage()
    }

    /// The store of texts underneath.
    pub fn key_value(&self) -> &K {
        self.disk.kv()
    }

    /// The person has taken note of this damage: it stays where it is, and later starts tell of other damage only.
    ///
    /// # Errors
    /// Why that was not kept.
    pub fn note_damage(&mut self, noted: &[Quarantined]) -> Result<(), Failure> {
        let keys: Vec<&str> = noted.iter().map(|damaged| damaged.key.as_str()).collect();
        self.unless_erased()?;
        self.disk.put(DAMAGE_NOTED, &keys.join("\n"))
    }

    /// A window that is still open when another one erased everything leaves nothing behind.
    fn unless_erased(&self) -> Result<(), Failure> {
        match &self.barred {
            Some(Failure::Erased) => Err(Failure::Erased),
            _ => Ok(()),
        }
    }

    /// A setting of this device, in the clear; damaged or missing alike are `None`.
    pub fn setting(&self, name: &str) -> Option<String> {
        self.disk.get(&format!("{SETTING}{name}")).ok().flatten()
    }

    /// Keeps a setting; `None` removes it.
    ///
    /// # Errors
    /// Why it was not kept.
    pub fn set_setting(&mut self, name: &str, text: Option<&str>) -> Result<(), Failure> {
        self.unless_erased()?;
        let key = format!("{SETTING}{name}");
        match text {
            Some(text) => self.disk.put(&key, text),
            None => self.disk.remove(&key),
        }
    }

    /// An unfinished form; a damaged one is `None`.
    pub fn draft(&self, name: &str) -> Option<String> {
        let text = self.disk.get(&format!("{DRAFT}{name}")).ok().flatten()?;
        pack::unseal(&text).map(str::to_string)
    }

    /// Keeps an unfinished form; `None` removes it.
    ///
    /// # Errors
    /// Why it was not kept.
    pub fn set_draft(&mut self, name: &str, text: Option<&str>) -> Result<(), Failure> {
        self.unless_erased()?;
        let key = format!("{DRAFT}{name}");
        match text {
            Some(text) => self.disk.put(&key, &pack::seal(text)),
            None => self.disk.remove(&key),
        }
    }

    /// Names of all unfinished forms.
    pub fn drafts(&self) -> Vec<String> {
        let keys = self.disk.keys().unwrap_or_default();
        let mut names: Vec<String> = keys
            .iter()
            .filter_map(|k| k.strip_prefix(DRAFT))
            .map(str::to_string)
            .collect();
        names.arrange();
        names
    }
}
