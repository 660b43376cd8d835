//! Reading a list of changes, one change or any value at once.

use std::cell::RefCell;

use serde::de::DeserializeSeed;

use super::change::{ChangeSeed, ChangesSeed};
use super::context::{ASK_AGAIN, Context, Limits, Names, OWN, Place};
use super::value::ValueSeed;
use crate::model::notice::Notice;
use crate::model::value::Value;
use crate::replica::change::Change;

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
pub(super) fn change_at(
    json: &str,
    names: &mut Names,
    limits: Limits,
    place: (usize, usize),
) -> Result<Change, Notice> {
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
