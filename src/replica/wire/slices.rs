//! A list of changes read bit by bit, so that whoever reads can do other things in between.

use super::context::{ASK_AGAIN, Limits, Names};
use super::read::{change_at, read_changes};
use std::ops::Range;

use crate::model::notice::Notice;
use crate::replica::change::Change;
use crate::turns::Turns;

/// [`read_changes`] in turns. `json` is well-formed: only what stands in it is judged here.
///
/// # Errors
/// As [`read_changes`].
pub async fn read_changes_in_turns(
    json: &[u8],
    names: &mut Names,
    limits: Limits,
    turns: Turns<'_>,
) -> Result<Vec<Change>, Notice> {
    if json.first() != Some(&b'[') {
        return read_changes(&String::from_utf8_lossy(json), names, limits);
    }
    let mut changes = Vec::new();
    let mut at = 1;
    loop {
        let from = at + gap(&json[at..]);
        at = from + element(&json[from..]);
        if at == from {
            return Ok(changes);
        }
        let index = changes.len();
        let text = std::str::from_utf8(&json[from..at]).unwrap_or_default();
        let read = match read_in_pieces(text, names, limits, turns).await {
            Some(change) => Ok(change),
            None => change_at(text, names, limits, (index, 0)),
        };
        match read {
            Ok(_) if index >= limits.changes => {
                return Err(Notice::error(format!("changes[{index}]"), "修改条数太多", ASK_AGAIN));
            }
            Ok(change) => changes.push(change),
            Err(_) => {
                // Read once more, to name the line.
                let lines = json[..from].iter().filter(|&&b| b == b'\n').count();
                return change_at(text, names, limits, (index, lines)).map(|_| Vec::new());
            }
        }
        turns.pause().await;
    }
}

/// Bytes of a change from which on its records are read piece by piece, and of one such piece.
const LONG: usize = 128 << 10;

/// A long change, read piece by piece; `None` for a short one, and for one that is to be read whole: where anything is
/// wrong with it, or its records are not in order.
async fn read_in_pieces(text: &str, names: &mut Names, limits: Limits, turns: Turns<'_>) -> Option<Change> {
    if text.len() < LONG {
        return None;
    }
    let set = set_of(text)?;
    let (before, after) = (&text[..=set.start], &text[set.end - 1..]);
    let mut change = change_at(&format!("{before}{after}"), names, limits, (0, 0)).ok()?;
    let entries = text.get(set.start + 1..set.end - 1)?.trim_end();
    let mut at = 0;
    while at < entries.len() {
        let from = at;
        while at < entries.len() && at - from < LONG {
            at += entry(&entries[at..])?.1;
        }
        let piece = entries[from..at].trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        let mut part = change_at(&format!("{before}{piece}{after}"), names, limits, (0, 0)).ok()?;
        change.set.append(&mut part.set);
        turns.pause().await;
    }
    let is_sorted = change.set.windows(2).all(|pair| pair[0].record < pair[1].record);
    (is_sorted && change.set.len() <= limits.records).then_some(change)
}

/// Where the records of a change stand, braces included.
fn set_of(text: &str) -> Option<Range<usize>> {
    let mut at = 1;
    loop {
        let (value, length) = entry(&text[at..])?;
        if value.0 == "\"set\"" {
            let set = at + value.1..at + length;
            return text[set.clone()].starts_with('{').then_some(set);
        }
        at += length;
    }
}

/// The key of the next entry of an object, where its value begins, and the length of all of it; `None` at the end.
fn entry(json: &str) -> Option<((&str, usize), usize)> {
    let bytes = json.as_bytes();
    let from = gap(bytes);
    let key = from + element(&bytes[from..]);
    let colon = key + bytes[key..].iter().position(|&b| b == b':')?;
    let value = colon + 1 + gap(&bytes[colon + 1..]);
    let end = value + element(&bytes[value..]);
    (key > from && end > value).then_some(((&json[from..key], value), end))
}

/// Length of the white space and commas before the next element.
fn gap(json: &[u8]) -> usize {
    let between = |b: &u8| b.is_ascii_whitespace() || *b == b',';
    json.iter().position(|b| !between(b)).unwrap_or(json.len())
}

/// Length of the value that well-formed JSON begins with; 0 at the end of a list.
fn element(json: &[u8]) -> usize {
    let (mut depth, mut inside, mut escaped) = (0usize, false, false);
    for (at, &b) in json.iter().enumerate() {
        if inside {
            inside = escaped || b != b'"';
            escaped = !escaped && b == b'\\';
            if !inside && depth == 0 {
                return at + 1;
            }
            continue;
        }
        match b {
            b'"' => inside = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' if depth == 0 => return at,
            _ if depth == 0 && b.is_ascii_whitespace() => return at,
            _ => {}
        }
    }
    json.len()
}
