//! What is known while changes are read: bounds, shared names, and where in the file reading is.

use std::cell::{Cell as StdCell, RefCell};
use std::fmt;
use std::sync::Arc;

use hashbrown::HashSet;

/// Deepest nesting of a file.
pub const MAX_DEPTH: usize = 16;
/// Levels of nesting above a field's value: object, changes, change, set, record, fields.
pub(super) const OUTER_DEPTH: usize = 6;

/// Upper bounds, so that a hostile file cannot use up memory.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Changes in a file.
    pub changes: usize,
    /// Records in one change.
    pub records: usize,
    /// Fields in one record.
    pub fields: usize,
    /// Actors that one write can supersede.
    pub actors: usize,
    /// UTF-8 bytes of one text.
    pub text: usize,
    /// UTF-8 bytes of a key: field names and record ids.
    pub key: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            changes: 1_000_000,
            records: 200_000,
            fields: 400,
            actors: 2_000,
            text: 1 << 20,
            key: 120,
        }
    }
}

/// Interns names, so that a field name is stored once however many records use it.
#[derive(Default)]
pub struct Names(HashSet<Arc<str>>);

impl Names {
    /// The shared copy of `text`.
    pub fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let shared: Arc<str> = text.into();
        self.0.insert(shared.clone());
        shared
    }
}

/// What is being read, for the path of an error.
#[derive(Default)]
pub(super) struct Place {
    pub(super) change: StdCell<Option<usize>>,
    pub(super) record: RefCell<String>,
    pub(super) part: StdCell<&'static str>,
    pub(super) field: RefCell<Option<Arc<str>>>,
}

pub(super) struct Context<'n> {
    pub(super) names: RefCell<&'n mut Names>,
    pub(super) limits: Limits,
    pub(super) place: Place,
}

impl Context<'_> {
    pub(super) fn path(&self) -> String {
        let mut path = String::from("changes");
        if let Some(index) = self.place.change.get() {
            path.push_str(&format!("[{index}]"));
            let record = self.place.record.borrow();
            if !record.is_empty() {
                path.push_str(&format!(".set[\"{record}\"]"));
            }
            if !self.place.part.get().is_empty() {
                path.push('.');
                path.push_str(self.place.part.get());
            }
            if let Some(field) = &*self.place.field.borrow() {
                path.push('.');
                path.push_str(field);
            }
        }
        path
    }

    pub(super) fn leave_record(&self) {
        self.place.record.borrow_mut().clear();
        self.place.part.set("");
        *self.place.field.borrow_mut() = None;
    }
}

pub(super) const OWN: &str = "\u{1}";
pub(super) const ASK_AGAIN: &str = "请对方重新导出并发送";

/// An error of ours: `what`, with the default advice.
pub(super) fn refuse<E: serde::de::Error>(what: impl fmt::Display) -> E {
    E::custom(format!("{OWN}{what}"))
}
