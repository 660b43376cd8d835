//! A change: one save, the unit of storage, of exchange and of merge.

use std::fmt;
use std::sync::Arc;

use super::object::object_entries;
use crate::model::date::Instant;
use crate::model::value::{Value, write_json_string};
use crate::order::Arrange;

/// Longest actor name.
pub const MAX_ACTOR: usize = 32;
/// Largest serial number of a change.
pub const MAX_SERIAL: u32 = i32::MAX as u32;

/// Identity of a change: the actor (random, drawn anew at each page load) and its serial number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeId {
    /// The actor.
    pub actor: Arc<str>,
    /// 1, 2, 3 … within the actor.
    pub n: u32,
}

/// Whether `text` can be an actor or a device tag: 1 to 32 letters, digits, `-` or `_`.
pub fn is_tag(text: &str) -> bool {
    (1..=MAX_ACTOR).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Splits `actor.n` without allocating.
pub fn split_id(text: &str) -> Option<(&str, u32)> {
    let (actor, n) = text.rsplit_once('.')?;
    if !is_tag(actor) || n.is_empty() || n.len() > 10 || n.starts_with('0') || !n.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n: u32 = n.parse().ok()?;
    (n <= MAX_SERIAL).then_some((actor, n))
}

impl ChangeId {
    /// Reads `actor.n`.
    pub fn parse(text: &str) -> Option<ChangeId> {
        split_id(text).map(|(actor, n)| ChangeId { actor: actor.into(), n })
    }
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.actor, self.n)
    }
}

/// What a write superseded on its field: per actor the highest serial number seen; sorted by actor.
pub type Over = Box<[(Arc<str>, u32)]>;

/// One written field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Stored name. `unit` and names starting with `@` (keys of a newer version) stand beside
    /// `fields` in the file, all others inside.
    pub name: Arc<str>,
    /// What was written.
    pub value: Value,
    /// What it superseded; `None` when the field was new to the writer.
    pub over: Option<Over>,
}

/// What a change writes into one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The record's id.
    pub record: Box<str>,
    /// Stored id of the ledger.
    pub ledger: Arc<str>,
    /// The written fields.
    pub cells: Vec<Cell>,
}

/// One save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Identity.
    pub id: ChangeId,
    /// When, by the clock of the device; for display only.
    pub at: Instant,
    /// Device tag; the device ledger says who and in what role.
    pub by: Arc<str>,
    /// The records written.
    pub set: Vec<Patch>,
    /// Keys of a newer version, as a canonical JSON object; kept verbatim.
    pub extra: Option<Box<str>>,
}

/// Whether a stored name stands beside `fields`.
pub fn stands_outside(name: &str) -> bool {
    name == "unit" || name.starts_with('@')
}

/// Appends a map of actor to serial number.
fn write_over(over: &[(Arc<str>, u32)], out: &mut String) {
    out.push('{');
    for (i, (actor, n)) in over.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_json_string(actor, out);
        out.push(':');
        out.push_str(&n.to_string());
    }
    out.push('}');
}

/// Appends `"key":` after a comma where one is due.
fn write_key(key: &str, first: &mut bool, out: &mut String) {
    if !*first {
        out.push(',');
    }
    *first = false;
    write_json_string(key, out);
    out.push(':');
}

/// A borrowed cell, so that a replica can write without cloning.
#[derive(Clone, Copy)]
pub struct CellRef<'a> {
    /// Stored name.
    pub name: &'a str,
    /// Value.
    pub value: &'a Value,
    /// What it superseded, sorted by actor.
    pub over: &'a [(Arc<str>, u32)],
}

/// Appends the canonical JSON of one patch. `cells` must be sorted by name.
pub fn write_patch(ledger: &str, cells: &[CellRef<'_>], out: &mut String) {
    out.push('{');
    let mut first = true;
    // Keys in code point order: `@…`-keys without the mark, fields, ledger, over, unit.
    let mut outside: Vec<(&str, &CellRef<'_>)> = cells
        .iter()
        .filter(|c| stands_outside(c.name))
        .map(|c| (c.name.strip_prefix('@').unwrap_or(c.name), c))
        .collect();
    outside.arrange_by_key(|(name, _)| *name);
    let mut outside = outside.into_iter().peekable();
    let inside = || cells.iter().filter(|c| !stands_outside(c.name));
    for key in ["fields", "ledger", "over", "\u{10ffff}"] {
        while let Some((name, cell)) = outside.next_if(|(name, _)| *name < key) {
            write_key(name, &mut first, out);
            cell.value.write_json(out);
        }
        match key {
            "fields" if inside().next().is_some() => {
                write_key(key, &mut first, out);
                out.push('{');
                let mut inner = true;
                for cell in inside() {
                    write_key(cell.name, &mut inner, out);
                    cell.value.write_json(out);
                }
                out.push('}');
            }
            "ledger" => {
                write_key(key, &mut first, out);
                write_json_string(ledger, out);
            }
            "over" if cells.iter().any(|c| !c.over.is_empty()) => {
                write_key(key, &mut first, out);
                out.push('{');
                let mut inner = true;
                for cell in cells.iter().filter(|c| !c.over.is_empty()) {
                    write_key(cell.name, &mut inner, out);
                    write_over(cell.over, out);
                }
                out.push('}');
            }
            _ => {}
        }
    }
    out.push('}');
}

/// The parts of a change before its records, so that a replica can write without cloning.
#[derive(Clone, Copy)]
pub struct HeadRef<'a> {
    /// Actor.
    pub actor: &'a str,
    /// Serial number.
    pub n: u32,
    /// When.
    pub at: Instant,
    /// Device tag.
    pub by: &'a str,
    /// Keys of a newer version: canonical JSON object.
    pub extra: Option<&'a str>,
}

/// Appends the canonical JSON of a change; `set` writes the value of the key `set`.
pub fn write_change(head: HeadRef<'_>, set: &str, out: &mut String) {
    let at = head.at.to_string();
    let id = format!("{}.{}", head.actor, head.n);
    match head.extra {
        None => {
            out.push_str("{\"at\":\"");
            out.push_str(&at);
            out.push_str("\",\"by\":");
            write_json_string(head.by, out);
            out.push_str(",\"id\":\"");
            out.push_str(&id);
            out.push_str("\",\"set\":");
            out.push_str(set);
            out.push('}');
        }
        Some(extra) => {
            let mut by = String::new();
            write_json_string(head.by, &mut by);
            let mut keys: Vec<(String, String)> = object_entries(extra);
            keys.push(("at".into(), format!("\"{at}\"")));
            keys.push(("by".into(), by));
            keys.push(("id".into(), format!("\"{id}\"")));
            keys.push(("set".into(), set.to_string()));
            keys.arrange();
            out.push('{');
            let mut first = true;
            for (key, value) in keys {
                write_key(&key, &mut first, out);
                out.push_str(&value);
            }
            out.push('}');
        }
    }
}

impl Change {
    /// The canonical JSON of the change: keys sorted, no white space.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    /// Appends the canonical JSON of the change.
    pub fn write_json(&self, out: &mut String) {
        let mut patches: Vec<&Patch> = self.set.iter().collect();
        patches.arrange_by(|a, b| a.record.cmp(&b.record));
        let mut set = String::from("{");
        let mut first = true;
        for patch in patches {
            write_key(&patch.record, &mut first, &mut set);
            let mut cells: Vec<CellRef<'_>> = patch
                .cells
                .iter()
                .map(|c| CellRef {
                    name: &c.name,
                    value: &c.value,
                    over: c.over.as_deref().unwrap_or(&[]),
                })
                .collect();
            cells.arrange_by_key(|c| c.name);
            write_patch(&patch.ledger, &cells, &mut set);
        }
        set.push('}');
        let head = HeadRef {
            actor: &self.id.actor,
            n: self.id.n,
            at: self.at,
            by: &self.by,
            extra: self.extra.as_deref(),
        };
        write_change(head, &set, out);
    }
}
