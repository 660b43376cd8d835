//! The second place: what was saved stands there as well until the first has long been on the disk.
//!
//! Browsers write local storage to the disk seconds to a minute after a save, so a browser that is killed forgets
//! saves that were read back. What holds records therefore also goes to a second place that says when it is on the
//! disk, and only then is called saved. A start takes from it what the first has not ([`missing`]); what the first
//! place has had for long enough is let go of ([`released`]). Pure: the browser only moves the texts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hashbrown::HashSet;

use super::keys::{CANARY, ERASED, HEADS, Key};
use super::kv::{KeyValue, KvError, Limit};
use super::pack;
use super::presence::{PresenceMarker, read_witness};
use super::snapshot::{Head, Slot};

/// How long the second place holds what the first has as well, in milliseconds. Chromium writes at most once a minute,
/// and later the more was written; two hours are past all of it, and past that only a browser that ended in between
/// could have lost it, whose next start sees what is there.
pub const HELD_MS: f64 = 2.0 * 60.0 * 60.0 * 1000.0;
/// Start of the names of entries; other names in the second place are no concern of this module.
const SAVE: &str = "save ";

/// A place that keeps texts and says when they are on the disk.
pub trait SecondPlace {
    /// Begins to keep a text under a name; in the order of the calls. When it is there or could not be kept,
    /// [`Twofold::settle`] wants to know, with the same number.
    fn keep(&self, name: &str, text: &str, number: u64);
    /// Forgets everything, because a person said so.
    fn clear(&self);
}

/// What only the second place still has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// The installation it belongs to; empty if there was none before.
    pub install: String,
    /// Keys and texts.
    pub texts: Vec<(String, String)>,
}

/// A store whose records also go to a second place.
pub struct Twofold<K> {
    first: K,
    second: Rc<dyn SecondPlace>,
    /// Which installation this is, as its canary says.
    install: RefCell<String>,
    given: Cell<u64>,
    settled: Cell<u64>,
    refused: Cell<bool>,
}

impl<K: KeyValue> Twofold<K> {
    /// Both places, as those of an installation (see [`Left`]) until the canary says which.
    pub fn new(first: K, second: Rc<dyn SecondPlace>, install: &str) -> Twofold<K> {
        Twofold {
            first,
            second,
            install: RefCell::new(install.to_string()),
            given: Cell::new(0),
            settled: Cell::new(0),
            refused: Cell::new(false),
        }
    }

    /// Whether something is not on the disk yet.
    pub fn is_pending(&self) -> bool {
        self.settled.get() < self.given.get()
    }

    /// Whether the second place did not take the latest of what it was given: then what was saved is on the disk only
    /// when the browser gets to it.
    pub fn is_refused(&self) -> bool {
        self.refused.get()
    }

    /// Notes that everything up to this number is in the second place, or could not be kept.
    pub fn settle(&self, number: u64, kept: bool) {
        if number > self.settled.get() {
            self.settled.set(number);
            self.refused.set(!kept);
        }
    }

    fn give(&self, key: &str, text: &str) {
        let number = self.given.get() + 1;
        self.given.set(number);
        self.second.keep(&name_of(&self.install.borrow(), key), text, number);
    }
}

impl<K: KeyValue> KeyValue for Twofold<K> {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.first.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        let done = self.first.set(key, value);
        match (Key::of(key), &done) {
            // A save stays in the page when it does not fit, and must not go with it.
            (Key::Journal(_), _) | (Key::Import(_) | Key::Withdrawn(_), Ok(())) => self.give(key, value),
            (Key::PresenceMarker, _) => {
                if let Some(canary) = PresenceMarker::read(value) {
                    *self.install.borrow_mut() = canary.id;
                }
            }
            (Key::Erased, Ok(())) => self.second.clear(),
            _ => {}
        }
        done
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.first.remove(key)?;
        if let Key::Withdrawn(_) = Key::of(key) {
            // That it is gone must outlive the browser as well.
            self.give(key, "");
        }
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.first.keys()
    }

    fn limit(&self) -> Limit {
        self.first.limit()
    }
}

fn name_of(install: &str, key: &str) -> String {
    format!("{SAVE}{install} {key}")
}

/// Installation and key of an entry; `None` for what is none.
fn parts_of(name: &str) -> Option<(&str, &str)> {
    let (install, key) = name.strip_prefix(SAVE)?.split_once(' ')?;
    let records = matches!(Key::of(key), Key::Journal(_) | Key::Import(_) | Key::Withdrawn(_));
    records.then_some((install, key))
}

/// The key of an entry by its name in the second place.
pub fn key_of(name: &str) -> Option<&str> {
    parts_of(name).map(|(_, key)| key)
}

/// The installation that goes on, and which names of the second place hold what the first has not, or has damaged, and
/// must be read before the store is opened.
///
/// Only of this installation: what was erased, or left behind when a person began anew, stays gone. Where the first
/// place is empty altogether and the second does not hold everything that was ever saved, nothing is taken: the page
/// then asks what to do instead of showing a part.
///
/// # Errors
/// What the store says.
pub fn missing(kv: &dyn KeyValue, witness: Option<&str>, names: &[String]) -> Result<(String, Vec<String>), KvError> {
    let erased = kv.get(ERASED)?.unwrap_or_default();
    let erased = erased.rsplit(' ').next().unwrap_or_default();
    let entries = names
        .iter()
        .filter_map(|name| parts_of(name).map(|(install, key)| (install, key, name)));
    let mut wanted: Vec<(&str, &str, &String)> = entries.filter(|(install, _, _)| *install != erased).collect();
    let canary = kv.get(CANARY)?.as_deref().and_then(PresenceMarker::read);
    let witness = witness.and_then(read_witness).filter(|(id, _)| id != erased);
    let mut had = canary.as_ref().map_or(0, |canary| canary.count);
    let life = match (canary, &witness, wanted.last()) {
        (Some(canary), _, _) => canary.id,
        (None, Some((id, _)), _) => id.clone(),
        (None, None, Some((install, _, _))) => (*install).to_string(),
        (None, None, None) => String::new(),
    };
    if let Some((_, count)) = witness.filter(|(id, _)| *id == life) {
        had = had.max(count);
    }
    wanted.retain(|(install, _, _)| *install == life);
    if wanted.is_empty() {
        return Ok((life, Vec::new()));
    }
    let here: HashSet<String> = kv.keys()?.into_iter().collect();
    let holds = |key: &String| {
        matches!(
            Key::of(key),
            Key::Journal(_) | Key::Import(_) | Key::Chunk(_) | Key::Head(_)
        )
    };
    let mark = |key: &str| matches!(Key::of(key), Key::Withdrawn(_));
    let all = wanted.iter().filter(|(_, key, _)| !mark(key)).count();
    if !here.iter().any(holds) && (all as u64) < had {
        return Ok((life, Vec::new()));
    }
    // That a mark was removed stands only in the text.
    wanted.retain(|(_, key, _)| mark(key) || !here.contains(*key) || is_damaged(kv, key));
    if !wanted.is_empty() {
        let heads = heads(kv)?;
        wanted.retain(|(_, key, _)| !heads.iter().any(|head| head.knows(key)));
    }
    Ok((life, wanted.into_iter().map(|(_, _, name)| name.clone()).collect()))
}

/// Which of these names, all older than [`HELD_MS`], the second place need not hold any longer: the first has what they
/// hold, or they are of an installation that is no more.
///
/// # Errors
/// What the store says.
pub fn released(kv: &dyn KeyValue, old: &[String]) -> Result<Vec<String>, KvError> {
    let here: HashSet<String> = kv.keys()?.into_iter().collect();
    let canary = kv
        .get(CANARY)?
        .as_deref()
        .and_then(PresenceMarker::read)
        .unwrap_or_default();
    let heads = heads(kv)?;
    let done = |name: &&String| {
        parts_of(name).is_some_and(|(install, key)| {
            let kept = here.contains(key) && !is_damaged(kv, key) || heads.iter().any(|head| head.knows(key));
            kept || install != canary.id || matches!(Key::of(key), Key::Withdrawn(_))
        })
    };
    Ok(old.iter().filter(done).cloned().collect())
}

/// Whether what stands under a key of saves does not prove itself whole.
fn is_damaged(kv: &dyn KeyValue, key: &str) -> bool {
    let proves_itself = matches!(Key::of(key), Key::Journal(_) | Key::Chunk(_));
    let text = kv.get(key).ok().flatten();
    proves_itself && text.is_some_and(|text| pack::unseal(&text).is_none())
}

fn heads(kv: &dyn KeyValue) -> Result<Vec<Head>, KvError> {
    let mut heads = Vec::new();
    for key in HEADS {
        if let Slot::Good(head) = kv.get(key)?.as_deref().map_or(Slot::Absent, Slot::read) {
            heads.push(*head);
        }
    }
    Ok(heads)
}
