//! The outside world of this layer: texts under keys, any of which may fail at any time.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// Why a key-value store refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KvError {
    /// No room left.
    Quota,
    /// The browser does not let the page store anything (private mode, settings).
    Blocked,
    /// The browser says that its own files are damaged.
    Corrupt,
    /// Anything else, in the words of the browser.
    Other(String),
}

impl fmt::Display for KvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KvError::Quota => f.write_str("quota"),
            KvError::Blocked => f.write_str("blocked"),
            KvError::Corrupt => f.write_str("corrupt"),
            KvError::Other(text) => f.write_str(text),
        }
    }
}

/// How a browser counts what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// UTF-16 units, whatever they hold (Chromium, Firefox).
    Units,
    /// Bytes: one per character of a pure Latin-1 text, two per UTF-16 unit otherwise (WebKit).
    Bytes,
}

/// How much a store can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Most, in the measure.
    pub amount: u64,
    /// What is counted.
    pub measure: Measure,
}

impl Limit {
    /// Chromium and Firefox: 5 Mi UTF-16 units for one origin.
    pub const UNITS: Limit = Limit {
        amount: 5_242_880,
        measure: Measure::Units,
    };
    /// WebKit: 5 MiB, so about 2.6 million Chinese characters.
    pub const BYTES: Limit = Limit {
        amount: 5_242_880,
        measure: Measure::Bytes,
    };
    /// No limit worth speaking of; for memory.
    pub const NONE: Limit = Limit {
        amount: u64::MAX,
        measure: Measure::Units,
    };

    /// What one text costs.
    pub fn cost_of(self, text: &str) -> u64 {
        let units = || text.chars().map(|c| c.len_utf16() as u64).sum::<u64>();
        if text.is_ascii() {
            return text.len() as u64;
        }
        match self.measure {
            Measure::Units => units(),
            Measure::Bytes if text.chars().all(|c| u32::from(c) < 256) => units(),
            Measure::Bytes => 2 * units(),
        }
    }

    /// What an entry costs: key and value.
    pub fn cost(self, key: &str, value: &str) -> u64 {
        self.cost_of(key) + self.cost_of(value)
    }
}

/// Texts under keys. Writing one key is atomic, writing several is not, and others may write
/// between any two calls.
pub trait KeyValue {
    /// The text under a key.
    ///
    /// # Errors
    /// As the browser has it.
    fn get(&self, key: &str) -> Result<Option<String>, KvError>;
    /// Writes a text.
    ///
    /// # Errors
    /// As the browser has it; then nothing was written, as far as the browser tells.
    fn set(&self, key: &str, value: &str) -> Result<(), KvError>;
    /// Removes a key; removing what is not there is no error.
    ///
    /// # Errors
    /// As the browser has it.
    fn remove(&self, key: &str) -> Result<(), KvError>;
    /// All keys of the origin, in no order, foreign ones included.
    ///
    /// # Errors
    /// As the browser has it.
    fn keys(&self) -> Result<Vec<String>, KvError>;
    /// How much fits.
    fn limit(&self) -> Limit;
}

macro_rules! forward {
    ($($kind:ty),*) => {$(
        impl<K: KeyValue + ?Sized> KeyValue for $kind {
            fn get(&self, key: &str) -> Result<Option<String>, KvError> {
                (**self).get(key)
            }
            fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
                (**self).set(key, value)
            }
            fn remove(&self, key: &str) -> Result<(), KvError> {
                (**self).remove(key)
            }
            fn keys(&self) -> Result<Vec<String>, KvError> {
                (**self).keys()
            }
            fn limit(&self) -> Limit {
                (**self).limit()
            }
        }
    )*};
}
forward!(Rc<K>, Box<K>, &K);

/// A store in memory: for the sample, for blocked browsers, for tests.
#[derive(Clone, Debug)]
pub struct MemoryKeyValue {
    texts: RefCell<BTreeMap<String, String>>,
    limit: Limit,
    used: Cell<u64>,
}

impl Default for MemoryKeyValue {
    fn default() -> MemoryKeyValue {
        MemoryKeyValue::new(Limit::NONE)
    }
}

impl MemoryKeyValue {
    /// An empty store that refuses what goes beyond `limit`.
    pub fn new(limit: Limit) -> MemoryKeyValue {
        MemoryKeyValue {
            texts: RefCell::default(),
            limit,
            used: Cell::new(0),
        }
    }

    /// A store with these texts.
    pub fn with(texts: BTreeMap<String, String>, limit: Limit) -> MemoryKeyValue {
        let used = texts.iter().map(|(k, v)| limit.cost(k, v)).sum();
        MemoryKeyValue {
            texts: RefCell::new(texts),
            limit,
            used: Cell::new(used),
        }
    }

    /// Everything in it.
    pub fn texts(&self) -> BTreeMap<String, String> {
        self.texts.borrow().clone()
    }

    /// What it costs, in the measure of its limit.
    pub fn used(&self) -> u64 {
        self.used.get()
    }
}

impl KeyValue for MemoryKeyValue {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        let mut texts = self.texts.borrow_mut();
        let old = texts.get(key).map_or(0, |old| self.limit.cost(key, old));
        let used = self.used.get() - old + self.limit.cost(key, value);
        if used > self.limit.amount {
            return Err(KvError::Quota);
        }
        self.used.set(used);
        texts.insert(key.to_string(), value.to_string());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        if let Some(old) = self.texts.borrow_mut().remove(key) {
            self.used.set(self.used.get() - self.limit.cost(key, &old));
        }
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        Ok(self.texts.borrow().keys().cloned().collect())
    }

    fn limit(&self) -> Limit {
        self.limit
    }
}
