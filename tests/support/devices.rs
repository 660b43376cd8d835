//! Devices that share a folder which a sync program keeps equal, in its own good time.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use crate::dice::Dice;
use crate::turns::{once_later, run};
use tiancheng::desk::sharing::{Place, Progress, Round, SyncError, round};
use tiancheng::desk::{AtDesk, Desk, Environment, PreparedImport};
use tiancheng::exchange::Batch;
use tiancheng::exchange::folder::{Kept, Listed, SharedFolder};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::notice::Notice;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::Town;
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::value::Value;
use tiancheng::storage::{KeyValue, KvError, Limit, MemoryKeyValue};
use tiancheng::turns::{Pace, Turns};
use tiancheng::view::new_town::{drafts, parse};

/// A clock that stands until it is moved, and its own row of chances.
pub struct Clock {
    now: Cell<i64>,
    dice: RefCell<Dice>,
}

impl Clock {
    pub fn new(seed: u64) -> Rc<Clock> {
        Rc::new(Clock {
            now: Cell::new(1_669_080_600),
            dice: RefCell::new(Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))),
        })
    }
}

impl Environment for Clock {
    fn now(&self) -> Instant {
        Instant(self.now.get())
    }
    fn today(&self) -> Day {
        Instant(self.now.get()).office().0
    }
    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = u8::try_from(self.dice.borrow_mut().roll(256)).unwrap_or(0);
        }
    }
}

/// A store that can be full.
#[derive(Default)]
pub struct Store {
    inner: MemoryKeyValue,
    full: Cell<bool>,
}

impl KeyValue for Store {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        // A small text always finds room.
        if self.full.get() && value.len() > 400 {
            return Err(KvError::Quota);
        }
        self.inner.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.inner.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.inner.keys()
    }
    fn limit(&self) -> Limit {
        self.inner.limit()
    }
}

/// Everything stored but the list of the folder's files.
pub fn local_texts(device: &Device) -> BTreeMap<String, String> {
    let mut texts = device.kv.inner.texts();
    texts.remove("tc.s.folder");
    texts
}

/// One device: a desk, what it knows of the folder, and where its copy of the folder lies.
pub struct Device {
    pub desk: RefCell<Desk>,
    pub folder: SharedFolder,
    kv: Rc<Store>,
    environment: Rc<Clock>,
    at: usize,
    /// Chance of the pauses.
    turns: RefCell<Dice>,
    /// What happens at the next pause.
    meanwhile: RefCell<Option<Act>>,
}

type Act = Box<dyn FnOnce(&mut Desk)>;

impl Device {
    pub fn new(seed: u64) -> Device {
        Device::with(Rc::default(), seed)
    }

    fn with(kv: Rc<Store>, seed: u64) -> Device {
        let environment = Clock::new(seed);
        Device {
            desk: RefCell::new(Desk::open(kv.clone(), environment.clone(), None)),
            folder: SharedFolder::default(),
            kv,
            environment,
            at: 0,
            turns: RefCell::new(Dice(seed)),
            meanwhile: RefCell::new(None),
        }
    }

    /// Another window of the same browser.
    pub fn window(&self) -> Device {
        Device::with(self.kv.clone(), 4_711)
    }

    /// The same browser profile on another computer.
    pub fn clone_profile(&self, seed: u64) -> Device {
        let kv = Store {
            inner: MemoryKeyValue::with(self.kv.inner.texts(), self.kv.limit()),
            full: Cell::new(false),
        };
        let copy = Device::with(Rc::new(kv), seed);
        copy.environment.now.set(self.environment.now.get());
        copy
    }

    pub fn desk(&self) -> std::cell::Ref<'_, Desk> {
        self.desk.borrow()
    }

    pub fn join(&mut self, drive: &Drive, at: usize) {
        drive.0.borrow_mut().copies.resize_with(16, BTreeMap::new);
        let devices = drive.0.borrow().devices.max(at + 1);
        drive.0.borrow_mut().devices = devices;
        self.at = at;
        let desk = self.desk.get_mut();
        let kept = Kept::new(desk.new_tag(), "共享".to_string());
        desk.keep_folder(Some(&kept)).expect("kept");
    }

    pub fn drive_at(&mut self, at: usize) {
        self.at = at;
    }

    /// Closes the page and opens it again.
    pub fn reopen(&mut self) {
        *self.desk.get_mut() = Desk::open(self.kv.clone(), self.environment.clone(), None);
        self.folder = SharedFolder::default();
    }

    pub fn wait(&mut self, seconds: i64) {
        self.environment.now.set(self.environment.now.get() + seconds);
    }

    pub fn fill_storage(&self, full: bool) {
        self.kv.full.set(full);
    }

    pub fn found_town(&mut self) {
        self.found_town_named("天城镇");
    }

    pub fn found_town_named(&mut self, name: &str) {
        let desk = self.desk.get_mut();
        let all = drafts(name, &parse("寺前村,村,东片").units, |i| desk.next_record_id(i));
        assert_eq!(desk.save("新建本镇", &all).failure, None);
    }

    pub fn add_talk(&mut self, place: &str) {
        let mut draft = Draft::new(NightTalk::SCHEMA, "");
        let slot = NightTalk::LEDGER.slot("place").expect("a field");
        draft.set(slot, Value::text(place));
        assert_eq!(self.desk.get_mut().save("记一场夜话", &[draft]).failure, None);
    }

    /// Writes to every talk, in one save.
    pub fn rename_all_talks(&mut self) {
        let desk = self.desk.get_mut();
        let slot = NightTalk::LEDGER.slot("place").expect("a field");
        let ids: Vec<String> = rows::<NightTalk>(desk.replica())
            .iter()
            .map(|talk| talk.id().to_string())
            .collect();
        let change = |id: &String| {
            let mut draft = Draft::new(NightTalk::SCHEMA, id.as_str());
            draft.set(slot, Value::text("改"));
            draft
        };
        let all: Vec<Draft> = ids.iter().map(change).collect();
        assert_eq!(desk.save("改", &all).failure, None);
    }

    pub fn has_talk(&self, place: &str) -> bool {
        rows::<NightTalk>(self.desk().replica())
            .iter()
            .any(|talk| talk.place() == Some(place))
    }

    pub fn has_town(&self) -> bool {
        !rows::<Town>(self.desk().replica()).is_empty()
    }

    /// Merges a file that came another way.
    pub fn merge_file(&mut self, name: &str, text: &str) {
        let desk = self.desk.get_mut();
        let base = desk.replica().version();
        let mut batch = Batch::new(desk.replica(), desk.now().0);
        batch.add(name, text.as_bytes());
        assert!(desk.import(PreparedImport::new(batch.finish()), base).is_ok());
    }

    /// Something that a person does in the middle of a round.
    pub fn when_it_rests(&self, act: Act) {
        self.meanwhile.replace(Some(act));
    }

    /// One round.
    pub fn round(&mut self, drive: &Drive) -> Result<Round, SyncError> {
        let mut folder = std::mem::take(&mut self.folder);
        let done = {
            let at = Desktop { device: self, drive };
            run(round(&at, &mut folder))
        };
        self.folder = folder;
        done
    }
}

/// The copies of the folder on all devices, and what the sync program still has to carry.
#[derive(Default)]
pub struct Drive(RefCell<Inner>);

#[derive(Default)]
struct Inner {
    copies: Vec<BTreeMap<String, (Vec<u8>, i64)>>,
    devices: usize,
    /// To whom, which file, its content or none if it was removed.
    waiting: Vec<(usize, String, Option<Vec<u8>>)>,
    authors: BTreeMap<String, usize>,
    ticks: i64,
    hidden: Vec<usize>,
    overwritten: usize,
    removed_of_others: usize,
    /// Files that are still written as they should.
    good: Option<usize>,
    failing: bool,
}

impl Inner {
    fn set(&mut self, at: usize, name: &str, bytes: &[u8]) {
        self.ticks += 1;
        let ticks = self.ticks;
        self.copies[at].insert(name.to_string(), (bytes.to_vec(), ticks));
    }

    fn send(&mut self, from: usize, name: &str, bytes: Option<&[u8]>) {
        for to in (0..self.devices).filter(|to| *to != from) {
            self.waiting.push((to, name.to_string(), bytes.map(<[u8]>::to_vec)));
        }
    }

    /// Carries what waits at some place.
    fn carry_one(&mut self, which: usize, dice: &mut Dice) {
        let (to, name, bytes) = self.waiting[which].clone();
        // What happened to one file comes in its order.
        let first = self.waiting.iter().position(|(t, n, _)| *t == to && *n == name);
        if first != Some(which) {
            return;
        }
        let Some(bytes) = bytes else {
            self.copies[to].remove(&name);
            self.waiting.remove(which);
            return;
        };
        match dice.roll(6) {
            0 => {
                let half = bytes.len() * (1 + dice.roll(8)) / 10;
                self.set(to, &name, &bytes[..half]);
                return;
            }
            1 => {
                let zeros = vec![0; bytes.len()];
                self.set(to, &name, &zeros);
                return;
            }
            2 => {
                let copy = name.replace(".json", " (冲突副本).json");
                self.set(to, &copy, &bytes);
            }
            _ => {}
        }
        let other = self.copies[to]
            .get(&name)
            .is_some_and(|(there, _)| there.len() == bytes.len() && *there != bytes && there.iter().any(|&b| b != 0));
        // Two wrote the same name: both stay, one under another name.
        let name = if other {
            name.replace(".json", " (1).json")
        } else {
            name
        };
        self.set(to, &name, &bytes);
        self.waiting.remove(which);
    }
}

impl Drive {
    /// Carries some of what waits to one device.
    pub fn carry(&self, to: usize, count: usize, dice: &mut Dice) {
        let mut inner = self.0.borrow_mut();
        for _ in 0..count {
            let mine: Vec<usize> = (0..inner.waiting.len()).filter(|&i| inner.waiting[i].0 == to).collect();
            if mine.is_empty() {
                return;
            }
            inner.carry_one(mine[dice.roll(mine.len())], dice);
        }
    }

    /// Carries everything.
    pub fn carry_all(&self, dice: &mut Dice) {
        let mut inner = self.0.borrow_mut();
        while !inner.waiting.is_empty() {
            let which = dice.roll(inner.waiting.len());
            inner.carry_one(which, dice);
        }
    }

    pub fn names(&self, at: usize) -> Vec<String> {
        self.0.borrow().copies[at].keys().cloned().collect()
    }

    pub fn bytes(&self, at: usize, name: &str) -> Vec<u8> {
        let inner = self.0.borrow();
        inner.copies[at]
            .get(name)
            .unwrap_or_else(|| panic!("no file {name}"))
            .0
            .clone()
    }

    pub fn put(&self, at: usize, name: &str, bytes: &[u8]) {
        self.0.borrow_mut().set(at, name, bytes);
    }

    pub fn empty(&self, at: usize) {
        self.0.borrow_mut().copies[at].clear();
    }

    pub fn mirror(&self, from: usize, to: usize) {
        let mut inner = self.0.borrow_mut();
        inner.devices = inner.devices.max(to + 1);
        let copy = inner.copies[from].clone();
        inner.copies[to] = copy;
    }

    pub fn hide(&self, at: usize, hidden: bool) {
        let mut inner = self.0.borrow_mut();
        inner.hidden.retain(|other| *other != at);
        if hidden {
            inner.hidden.push(at);
        }
    }

    pub fn overwritten(&self) -> usize {
        self.0.borrow().overwritten
    }

    pub fn removed_of_others(&self) -> usize {
        self.0.borrow().removed_of_others
    }

    /// After so many more files, what is written is not what is read.
    pub fn spoil_after(&self, files: usize) {
        self.0.borrow_mut().good = Some(files);
    }

    /// Writing makes the file and then fails.
    pub fn fail_writing(&self, failing: bool) {
        self.0.borrow_mut().failing = failing;
    }
}

struct Desktop<'a> {
    device: &'a Device,
    drive: &'a Drive,
}

impl AtDesk for Desktop<'_> {
    fn update<R>(&self, update: impl FnOnce(&mut Desk) -> R) -> R {
        update(&mut self.device.desk.borrow_mut())
    }
}

impl Place for Desktop<'_> {
    fn list(&self) -> impl Future<Output = Result<Vec<Listed>, SyncError>> {
        let inner = self.drive.0.borrow();
        let files = inner.copies[self.device.at]
            .iter()
            .map(|(name, (bytes, modified))| Listed {
                name: name.clone(),
                size: bytes.len(),
                modified: *modified,
            });
        let hidden = inner.hidden.contains(&self.device.at);
        let listed = if hidden {
            Err(SyncError::Gone)
        } else {
            Ok(files.collect())
        };
        async move { listed }
    }

    fn read(&self, name: &str) -> impl Future<Output = Result<Vec<u8>, SyncError>> {
        let inner = self.drive.0.borrow();
        let found = inner.copies[self.device.at].get(name).map(|(bytes, _)| bytes.clone());
        async move { found.ok_or(SyncError::Gone) }
    }

    fn write(&self, name: &str, text: &str) -> impl Future<Output = Result<Listed, SyncError>> {
        let mut inner = self.drive.0.borrow_mut();
        let at = self.device.at;
        let held = || SyncError::Held(Notice::error("", "写不进", ""));
        let spoilt = inner.good == Some(0);
        inner.good = inner.good.map(|good| good.saturating_sub(1));
        let done = if inner.copies[at].contains_key(name) {
            inner.overwritten += 1;
            Err(held())
        } else if inner.failing {
            inner.set(at, name, b"");
            Err(held())
        } else {
            let bytes = if spoilt {
                &text.as_bytes()[..text.len() / 2]
            } else {
                text.as_bytes()
            };
            inner.set(at, name, bytes);
            inner.authors.insert(name.to_string(), at);
            inner.send(at, name, Some(bytes));
            Ok(Listed {
                name: name.to_string(),
                size: bytes.len(),
                modified: inner.ticks,
            })
        };
        async move { done }
    }

    fn remove(&self, name: &str) -> impl Future<Output = Result<(), SyncError>> {
        let mut inner = self.drive.0.borrow_mut();
        let at = self.device.at;
        if inner.authors.get(name).is_some_and(|author| *author != at) {
            inner.removed_of_others += 1;
        }
        inner.copies[at].remove(name);
        inner.send(at, name, None);
        async move { Ok(()) }
    }

    fn turns(&self) -> Turns<'_> {
        Turns::by(self)
    }

    fn tell(&self, _progress: Progress) {}
}

impl Pace for Desktop<'_> {
    fn is_over(&self) -> bool {
        let hurried = self.device.meanwhile.borrow().is_some();
        hurried || self.device.turns.borrow_mut().roll(40) == 0
    }

    fn rest(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        if let Some(act) = self.device.meanwhile.take() {
            act(&mut self.device.desk.borrow_mut());
        }
        Box::pin(once_later())
    }
}
