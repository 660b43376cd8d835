//! Numbers for texts that repeat: actors, device tags, units.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A two-way table of texts and small numbers. Number 0 is the empty text.
#[derive(Clone)]
pub struct Symbols {
    texts: Vec<Arc<str>>,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Default for Symbols {
    fn default() -> Symbols {
        let mut symbols = Symbols {
            texts: Vec::new(),
            index: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        };
        symbols.number(&Arc::from(""));
        symbols
    }
}

impl Symbols {
    /// The number of `text`, given one if it is new.
    pub fn number(&mut self, text: &Arc<str>) -> u32 {
        if let Some(known) = self.get(text) {
            return known;
        }
        // More than 2^32 distinct names cannot fit in memory.
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.clone());
        let (texts, hasher) = (&self.texts, &self.hasher);
        self.index.insert_unique(hasher.hash_one(&**text), number, |&n| {
            hasher.hash_one(&*texts[n as usize])
        });
        number
    }

    /// The number of `text`, if it has one.
    pub fn get(&self, text: &str) -> Option<u32> {
        self.index
            .find(self.hasher.hash_one(text), |&n| &*self.texts[n as usize] == text)
            .copied()
    }

    /// The text of a number; empty for a number never given.
    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |t| t)
    }

    /// The shared text of a number.
    pub fn shared(&self, number: u32) -> Arc<str> {
        self.texts
            .get(number as usize)
            .cloned()
            .unwrap_or_else(|| Arc::from(""))
    }

    /// How many numbers are given.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether only the empty text has a number.
    pub fn is_empty(&self) -> bool {
        self.texts.len() <= 1
    }
}
