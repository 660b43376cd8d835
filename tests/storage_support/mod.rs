//! A key-value store that fails on demand, and small histories to store in it.
#![allow(dead_code)]

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use tiancheng::model::date::Instant;
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::schemas;
use tiancheng::model::value::Value;
use tiancheng::replica::{Change, Replica};
use tiancheng::storage::{
    Effort, Entrance, Exclusive, ImportMeta, KeyValue, KvError, Limit, MemoryKeyValue, Opened, Saved, Store,
};

use crate::support::{Site, canonical, text};

pub const NOW: Instant = Instant(1_646_442_000);
pub const LOCK: Exclusive = Exclusive::WebLock;

/// What goes wrong.
#[derive(Clone, Default)]
pub struct Plan {
    /// The page dies before this writing operation (from 0); nothing works afterwards.
    pub kill_at: Option<usize>,
    /// These writing operations report a full store.
    pub quota: std::ops::Range<usize>,
    /// This `set` stores something else than it was given.
    pub garble: Option<usize>,
    /// Every access throws this.
    pub throws: Option<KvError>,
    /// Reading this key throws.
    pub unreadable: Option<String>,
}

/// A store with a plan. Clones share their contents, like tabs do.
#[derive(Clone)]
pub struct FaultyKeyValue {
    pub inner: Rc<MemoryKeyValue>,
    pub plan: Rc<RefCell<Plan>>,
    pub writes: Rc<Cell<usize>>,
}

impl FaultyKeyValue {
    pub fn new(inner: Rc<MemoryKeyValue>, plan: Plan) -> FaultyKeyValue {
        FaultyKeyValue {
            inner,
            plan: Rc::new(RefCell::new(plan)),
            writes: Rc::default(),
        }
    }

    fn access(&self) -> Result<(), KvError> {
        let plan = self.plan.borrow();
        if plan.kill_at.is_some_and(|k| self.writes.get() > k) {
            return Err(KvError::Other("killed".into()));
        }
        plan.throws.clone().map_or(Ok(()), Err)
    }

    /// Counts a writing operation; fails from the killed one on.
    fn write(&self) -> Result<usize, KvError> {
        self.access()?;
        let number = self.writes.get();
        self.writes.set(number + 1);
        if self.plan.borrow().kill_at == Some(number) {
            return Err(KvError::Other("killed".into()));
        }
        Ok(number)
    }
}

impl KeyValue for FaultyKeyValue {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.access()?;
        if self.plan.borrow().unreadable.as_deref() == Some(key) {
            return Err(KvError::Corrupt);
        }
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        let number = self.write()?;
        if self.plan.borrow().quota.contains(&number) {
            return Err(KvError::Quota);
        }
        if self.plan.borrow().garble == Some(number) {
            let garbled: String = value.chars().take(value.chars().count() / 2).collect();
            return self.inner.set(key, &garbled);
        }
        self.inner.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.write()?;
        self.inner.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.access()?;
        self.inner.keys()
    }
    fn limit(&self) -> Limit {
        self.inner.limit()
    }
}

pub fn entrance(install: &str) -> Entrance {
    Entrance {
        witness: None,
        install: install.into(),
        now: NOW,
        ..Entrance::default()
    }
}

pub fn open<K: KeyValue>(kv: K) -> Opened<K> {
    Store::open(kv, &entrance("inst"))
}

pub fn replica_of(changes: impl IntoIterator<Item = Change>) -> Replica {
    let mut replica = Replica::new(schemas());
    replica.merge_all(changes);
    replica
}

/// Canonical bytes of what a store holds now.
pub fn stored(kv: &MemoryKeyValue) -> String {
    let copy = MemoryKeyValue::with(kv.texts(), Limit::NONE);
    canonical(&replica_of(open(copy).changes))
}

pub fn bytes_of(changes: &[Change]) -> String {
    canonical(&replica_of(changes.iter().cloned()))
}

pub fn talk(site: &mut Site, record: &str, place: &str, masses: i64) -> Change {
    let units = ["421223100208", "421223100201", "421223100200"];
    let unit = units[record.len() % 3];
    let cells = [
        ("unit", text(unit)),
        ("place", text(place)),
        ("masses", Value::Int(masses)),
    ];
    site.write(NightTalk::LEDGER, record, &cells).expect("a change")
}

pub fn meta(id: &str) -> ImportMeta {
    ImportMeta {
        id: id.into(),
        name: "天城镇_寺前村_上报_20221122-0930.json".into(),
        purpose: "report".into(),
        when: NOW.to_string(),
        sha256: "00".repeat(32),
        changes: 0,
        ..ImportMeta::default()
    }
}

/// A page: a store and the replica it shows.
pub struct Page<K> {
    pub store: Store<K>,
    pub site: Site,
}

impl<K: KeyValue> Page<K> {
    pub fn open(kv: K, actor: &str) -> Page<K> {
        let opened = Store::open(kv, &entrance(actor));
        let mut site = Site::new(actor);
        site.replica.merge_all(opened.changes);
        Page {
            store: opened.store,
            site,
        }
    }

    /// Saves one talk; the change, and whether it was acknowledged.
    pub fn save(&mut self, record: &str, masses: i64) -> (Change, bool) {
        let change = talk(&mut self.site, record, "汪家巷", masses);
        let saved = self.store.save(&change);
        (change, saved == Saved::Stored)
    }

    pub fn compact(&mut self, effort: Effort) -> bool {
        self.store.compact(LOCK, &self.site.replica, effort).is_ok()
    }
}

/// One event of a store as other tabs see it.
#[derive(Clone, Debug)]
pub struct StorageEvent {
    pub key: Option<String>,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// A tab's view of a shared store: what it writes is queued as events for the others.
#[derive(Clone)]
pub struct TabKeyValue {
    pub inner: Rc<MemoryKeyValue>,
    pub sent: Rc<RefCell<Vec<StorageEvent>>>,
}

impl TabKeyValue {
    pub fn new(inner: &Rc<MemoryKeyValue>) -> TabKeyValue {
        TabKeyValue {
            inner: inner.clone(),
            sent: Rc::default(),
        }
    }

    fn note(&self, key: &str, old: Option<String>, new: Option<String>) {
        if old != new {
            self.sent.borrow_mut().push(StorageEvent {
                key: Some(key.into()),
                old,
                new,
            });
        }
    }
}

impl KeyValue for TabKeyValue {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        let old = self.inner.get(key)?;
        self.inner.set(key, value)?;
        self.note(key, old, Some(value.into()));
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), KvError> {
        let old = self.inner.get(key)?;
        self.inner.remove(key)?;
        self.note(key, old, None);
        Ok(())
    }
    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.inner.keys()
    }
    fn limit(&self) -> Limit {
        self.inner.limit()
    }
}

/// Texts with one key replaced.
pub fn with_text(texts: &BTreeMap<String, String>, key: &str, text: &str) -> MemoryKeyValue {
    let mut texts = texts.clone();
    texts.insert(key.into(), text.into());
    MemoryKeyValue::with(texts, Limit::NONE)
}
