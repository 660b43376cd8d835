//! Reading changes from JSON: strict, bounded, with the path of what is wrong.
//!
//! Refused, each with a path: duplicate keys, numbers that are not whole or beyond ±(2^53 − 1),
//! nesting beyond [`MAX_DEPTH`], lone surrogates, ids and times of another shape, a write that
//! claims to supersede itself, and more of anything than [`Limits`] allow.

mod change;
mod slices;
mod value;

pub use slices::SlicedChanges;

use std::cell::{Cell as StdCell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use hashbrown::HashSet;
use serde::de::DeserializeSeed;

use super::change::Change;
use crate::model::notice::Notice;
use crate::model::value::Value;
use change::{ChangeSeed, ChangesSeed};
use value::ValueSeed;

/// Deepest nesting of a file.
pub const MAX_DEPTH: usize = 16;
/// Levels of nesting above a field's value: object, changes, change, set, record, fields.
const OUTER_DEPTH: usize = 6;

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

/// Asked at natural boundaries of long work: whether to stop here and let others have a turn. The core has no clock, so
/// who calls decides.
pub type Pause<'a> = &'a mut dyn FnMut() -> bool;

/// Never stops.
pub fn never() -> bool {
    false
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
struct Place {
    change: StdCell<Option<usize>>,
    record: RefCell<String>,
    part: StdCell<&'static str>,
    field: RefCell<Option<Arc<str>>>,
}

struct Context<'n> {
    names: RefCell<&'n mut Names>,
    limits: Limits,
    place: Place,
}

impl Context<'_> {
    fn path(&self) -> String {
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

    fn leave_record(&self) {
        self.place.record.borrow_mut().clear();
        self.place.part.set("");
        *self.place.field.borrow_mut() = None;
    }
}

/// Reads an array of changes. On failure nothing of it is returned.
///
/// # Errors
/// A notice whose `place` is the path inside the file.
pub fn read_changes(json: &str, names: &mut Names, limits: Limits) -> Result<Vec<Change>, Notice> {
    let context = Context {
        names: RefCell::new(names),
        limits,
        place: Place::default(),
    };
    let mut reader = serde_json::Deserializer::from_str(json);
    let read = ChangesSeed(&context)
        .deserialize(&mut reader)
        .and_then(|changes| reader.end().map(|()| changes));
    read.map_err(|error| explain(&error, context.path()))
}

/// Reads one change, as the journal keeps it.
///
/// # Errors
/// As [`read_changes`].
pub fn read_change(json: &str, names: &mut Names) -> Result<Change, Notice> {
    change_at(json, names, Limits::default(), (0, 0))
}

/// Reads a change that is the `place.0`-th of a list and begins after `place.1` line feeds of it.
fn change_at(json: &str, names: &mut Names, limits: Limits, place: (usize, usize)) -> Result<Change, Notice> {
    let context = Context {
        names: RefCell::new(names),
        limits,
        place: Place::default(),
    };
    context.place.change.set(Some(place.0));
    let mut reader = serde_json::Deserializer::from_str(json);
    let read = ChangeSeed(&context)
        .deserialize(&mut reader)
        .and_then(|change| reader.end().map(|()| change));
    read.map_err(|error| explain_below(&error, context.path(), place.1))
}

/// Reads any JSON value within `limits`; for the header of a file.
///
/// # Errors
/// A notice without a path.
pub fn read_value(json: &str, limits: Limits) -> Result<Value, Notice> {
    let mut names = Names::default();
    let context = Context {
        names: RefCell::new(&mut names),
        limits,
        place: Place::default(),
    };
    let mut reader = serde_json::Deserializer::from_str(json);
    let seed = ValueSeed {
        context: &context,
        depth: 1,
    };
    let read = seed
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| explain(&error, String::new()))
}

/// Words a parser's error for a person.
pub fn explain(error: &serde_json::Error, path: String) -> Notice {
    explain_below(error, path, 0)
}

/// [`explain`] for a text that stands below so many other lines.
fn explain_below(error: &serde_json::Error, path: String, lines: usize) -> Notice {
    let text = error.to_string();
    let own = text.split(" at line ").next().unwrap_or_default();
    let line = error.line() + lines;
    if let Some(message) = own.strip_prefix(OWN) {
        let (what, todo) = message.split_once('|').unwrap_or((message, ASK_AGAIN));
        return Notice::error(path, what, todo);
    }
    let what = match error.classify() {
        serde_json::error::Category::Eof => "文件不完整，可能没有下载完".to_string(),
        _ if text.contains("surrogate") || text.contains("hex escape") => format!("第 {line} 行含有不完整的字符"),
        _ if text.contains("number out of range") => format!("第 {line} 行的数超出范围"),
        _ if text.contains("recursion limit") => "嵌套太深".to_string(),
        _ if text.contains("invalid type") => format!("第 {line} 行的内容类型不对"),
        _ => format!("第 {line} 行不是有效的数据格式"),
    };
    Notice::error(path, what, ASK_AGAIN)
}

const OWN: &str = "\u{1}";
const ASK_AGAIN: &str = "请对方重新导出并发送";

/// An error of ours: `what`, with the default advice.
fn refuse<E: serde::de::Error>(what: impl fmt::Display) -> E {
    E::custom(format!("{OWN}{what}"))
}

/// The entries of a canonical JSON object, each value as its own JSON text.
pub fn object_entries(json: &str) -> Vec<(String, String)> {
    let parsed: Result<BTreeMap<String, Box<serde_json::value::RawValue>>, _> = serde_json::from_str(json);
    // Only objects that were rendered while reading are passed in, so there is always an object to read.
    parsed
        .unwrap_or_default()
        .into_iter()
        .map(|(key, value)| (key, value.get().to_string()))
        .collect()
}
