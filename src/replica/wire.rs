//! Reading changes from JSON: strict, bounded, with the path of what is wrong.
//!
//! Refused, each with a path: duplicate keys, numbers that are not whole or beyond ±(2^53 − 1),
//! nesting beyond [`MAX_DEPTH`], lone surrogates, ids and times of another shape, a write that
//! claims to supersede itself, and more of anything than [`Limits`] allow.

mod slices;

pub use slices::SlicedChanges;

use std::cell::{Cell as StdCell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use hashbrown::HashSet;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::change::{Cell, Change, ChangeId, MAX_SERIAL, Over, Patch, is_tag, stands_outside};
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::model::value::{MAX_INT, Value, write_json_string};
use crate::order::Arrange;

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

struct NameSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for NameSeed<'_, '_> {
    type Value = Arc<str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Arc<str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_, '_> {
    type Value = Arc<str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Arc<str>, E> {
        if text.len() > self.0.limits.key || text.is_empty() {
            return Err(refuse("名称为空或太长"));
        }
        Ok(self.0.names.borrow_mut().intern(text))
    }
}

struct StrSeed;

impl<'de> DeserializeSeed<'de> for StrSeed {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for StrSeed {
    type Value = String;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_string())
    }
}

struct ValueSeed<'c, 'n> {
    context: &'c Context<'n>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        if number.abs() > MAX_INT {
            return Err(refuse("整数太大"));
        }
        Ok(Value::Int(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number)
            .map_err(|_| refuse("整数太大"))
            .and_then(|n| self.visit_i64(n))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Value, E> {
        Err(refuse("数字不是整数|小数应写成文本，例如 \"12.5\"；请对方重新导出"))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        if text.len() > self.context.limits.text {
            return Err(refuse("文字太长"));
        }
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut values = Vec::new();
        let mut size = 0;
        while let Some(value) = items.next_element_seed(ValueSeed {
            context: self.context,
            depth,
        })? {
            size += 1 + value.as_str().map_or(0, str::len);
            if size > self.context.limits.text {
                return Err(refuse("列表太长"));
            }
            values.push(value);
        }
        if values.iter().all(|v| matches!(v, Value::Text(_))) {
            let texts = values.into_iter().filter_map(|v| match v {
                Value::Text(text) => Some(text),
                _ => None,
            });
            return Ok(Value::List(texts.collect()));
        }
        let mut json = String::from("[");
        for (i, value) in values.iter().enumerate() {
            if i > 0 {
                json.push(',');
            }
            value.write_json(&mut json);
        }
        json.push(']');
        Ok(Value::Raw(json.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key_seed(StrSeed)? {
            let value = map.next_value_seed(ValueSeed {
                context: self.context,
                depth,
            })?;
            if entries.len() >= self.context.limits.actors || entries.insert(key, value).is_some() {
                return Err(refuse("键重复或太多"));
            }
        }
        let mut json = String::from("{");
        for (i, (key, value)) in entries.iter().enumerate() {
            if i > 0 {
                json.push(',');
            }
            write_json_string(key, &mut json);
            json.push(':');
            value.write_json(&mut json);
        }
        json.push('}');
        Ok(Value::Raw(json.into()))
    }
}

impl ValueSeed<'_, '_> {
    fn deeper<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= MAX_DEPTH {
            Err(refuse("嵌套太深"))
        } else {
            Ok(self.depth + 1)
        }
    }
}

struct ChangesSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for ChangesSeed<'_, '_> {
    type Value = Vec<Change>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Change>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ChangesSeed<'_, '_> {
    type Value = Vec<Change>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of changes")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<Change>, A::Error> {
        let mut changes = Vec::new();
        loop {
            self.0.leave_record();
            self.0.place.change.set(Some(changes.len()));
            match items.next_element_seed(ChangeSeed(self.0))? {
                Some(_) if changes.len() >= self.0.limits.changes => return Err(refuse("修改条数太多")),
                Some(change) => changes.push(change),
                None => break,
            }
        }
        self.0.place.change.set(None);
        Ok(changes)
    }
}

struct ChangeSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for ChangeSeed<'_, '_> {
    type Value = Change;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Change, D::Error> {
        deserializer.deserialize_map(self)
    }
}

fn once<T, E: serde::de::Error>(slot: &mut Option<T>, value: T) -> Result<(), E> {
    match slot.replace(value) {
        Some(_) => Err(refuse("键重复")),
        None => Ok(()),
    }
}

impl<'de> Visitor<'de> for ChangeSeed<'_, '_> {
    type Value = Change;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a change")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Change, A::Error> {
        let context = self.0;
        let (mut id, mut at, mut by, mut set) = (None, None, None, None);
        let mut extra: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        while let Some(key) = map.next_key_seed(NameSeed(context))? {
            match &*key {
                "id" => {
                    context.place.part.set("id");
                    let text = map.next_value_seed(StrSeed)?;
                    let (actor, n) = super::change::split_id(&text).ok_or_else(|| refuse("修改编号不对"))?;
                    let actor = context.names.borrow_mut().intern(actor);
                    once(&mut id, ChangeId { actor, n })?;
                }
                "at" => {
                    context.place.part.set("at");
                    let text = map.next_value_seed(StrSeed)?;
                    once(&mut at, Instant::parse(&text).ok_or_else(|| refuse("时间写法不对"))?)?;
                }
                "by" => {
                    context.place.part.set("by");
                    let tag = map.next_value_seed(NameSeed(context))?;
                    if !is_tag(&tag) {
                        return Err(refuse("设备编号不对"));
                    }
                    once(&mut by, tag)?;
                }
                "set" => once(&mut set, map.next_value_seed(SetSeed(context))?)?,
                _ => {
                    let value = map.next_value_seed(ValueSeed { context, depth: 3 })?;
                    if extra.len() >= context.limits.fields || extra.insert(key, value).is_some() {
                        return Err(refuse("键重复或太多"));
                    }
                }
            }
            context.place.part.set("");
        }
        let missing = |key: &str| refuse(format_args!("缺少 {key}"));
        let change = Change {
            id: id.ok_or_else(|| missing("id"))?,
            at: at.ok_or_else(|| missing("at"))?,
            by: by.ok_or_else(|| missing("by"))?,
            set: set.ok_or_else(|| missing("set"))?,
            extra: (!extra.is_empty()).then(|| render_object(&extra)),
        };
        check_overs(&change, context)?;
        Ok(change)
    }
}

/// A write cannot have seen itself or a later write of its own actor.
fn check_overs<E: serde::de::Error>(change: &Change, context: &Context<'_>) -> Result<(), E> {
    for patch in &change.set {
        for cell in &patch.cells {
            let own = cell
                .over
                .iter()
                .flat_map(|o| o.iter())
                .find(|(actor, _)| *actor == change.id.actor);
            if own.is_some_and(|(_, n)| *n >= change.id.n) {
                context.place.record.replace(patch.record.to_string());
                context.place.part.set("over");
                context.place.field.replace(Some(cell.name.clone()));
                return Err(refuse("修改声称已看到自己"));
            }
        }
    }
    Ok(())
}

fn render_object(entries: &BTreeMap<Arc<str>, Value>) -> Box<str> {
    let mut json = String::from("{");
    for (i, (key, value)) in entries.iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        write_json_string(key, &mut json);
        json.push(':');
        value.write_json(&mut json);
    }
    json.push('}');
    json.into()
}

/// The entries of a canonical JSON object, each value as its own JSON text.
pub fn object_entries(json: &str) -> Vec<(String, String)> {
    let parsed: Result<BTreeMap<String, Box<serde_json::value::RawValue>>, _> = serde_json::from_str(json);
    // Only objects that this module rendered are passed in, so there is always an object to read.
    parsed
        .unwrap_or_default()
        .into_iter()
        .map(|(key, value)| (key, value.get().to_string()))
        .collect()
}

struct SetSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for SetSeed<'_, '_> {
    type Value = Vec<Patch>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Patch>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for SetSeed<'_, '_> {
    type Value = Vec<Patch>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Patch>, A::Error> {
        let context = self.0;
        let mut patches: Vec<Patch> = Vec::new();
        let mut sorted = true;
        while let Some(record) = map.next_key_seed(StrSeed)? {
            if record.is_empty() || record.len() > context.limits.key || record.chars().any(char::is_control) {
                return Err(refuse("记录编号不对"));
            }
            if patches.len() >= context.limits.records {
                return Err(refuse("一次修改的记录太多"));
            }
            context.place.record.replace(record.clone());
            let (ledger, cells) = map.next_value_seed(PatchSeed(context))?;
            sorted = sorted && patches.last().is_none_or(|last| *last.record < *record);
            patches.push(Patch {
                record: record.into(),
                ledger,
                cells,
            });
            context.leave_record();
        }
        if !sorted {
            patches.arrange_by(|a, b| a.record.cmp(&b.record));
            if patches.windows(2).any(|pair| pair[0].record == pair[1].record) {
                return Err(refuse("记录编号重复"));
            }
        }
        Ok(patches)
    }
}

struct PatchSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for PatchSeed<'_, '_> {
    type Value = (Arc<str>, Vec<Cell>);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PatchSeed<'_, '_> {
    type Value = (Arc<str>, Vec<Cell>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let context = self.0;
        let mut ledger = None;
        let mut cells: Vec<Cell> = Vec::new();
        let mut overs: Option<Vec<(Arc<str>, Over)>> = None;
        let mut seen_fields = false;
        while let Some(key) = map.next_key_seed(NameSeed(context))? {
            match &*key {
                "ledger" => once(&mut ledger, map.next_value_seed(NameSeed(context))?)?,
                "fields" if seen_fields => return Err(refuse("键重复")),
                "fields" => {
                    seen_fields = true;
                    context.place.part.set("fields");
                    map.next_value_seed(FieldsSeed {
                        context,
                        cells: &mut cells,
                    })?;
                    context.place.part.set("");
                }
                "over" => {
                    context.place.part.set("over");
                    once(&mut overs, map.next_value_seed(OversSeed(context))?)?;
                    context.place.part.set("");
                }
                _ => {
                    let value = map.next_value_seed(ValueSeed {
                        context,
                        depth: OUTER_DEPTH,
                    })?;
                    let name = if &*key == "unit" {
                        key
                    } else {
                        context.names.borrow_mut().intern(&format!("@{key}"))
                    };
                    if cells.iter().any(|c| c.name == name) || cells.len() >= context.limits.fields {
                        return Err(refuse("键重复或太多"));
                    }
                    cells.push(Cell {
                        name,
                        value,
                        over: None,
                    });
                }
            }
        }
        for (name, over) in overs.into_iter().flatten() {
            match cells.iter_mut().find(|c| c.name == name) {
                Some(cell) => cell.over = Some(over),
                None => return Err(refuse(format_args!("over 里的 {name} 没有写入"))),
            }
        }
        Ok((ledger.ok_or_else(|| refuse("缺少 ledger"))?, cells))
    }
}

struct FieldsSeed<'a, 'c, 'n> {
    context: &'c Context<'n>,
    cells: &'a mut Vec<Cell>,
}

impl<'de> DeserializeSeed<'de> for FieldsSeed<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FieldsSeed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(NameSeed(self.context))? {
            self.context.place.field.replace(Some(name.clone()));
            if stands_outside(&name) {
                return Err(refuse("这个名称不能用在字段里"));
            }
            if self.cells.len() >= self.context.limits.fields {
                return Err(refuse("字段太多"));
            }
            // Interned names are shared, so comparing addresses is enough.
            if self.cells.iter().any(|c| Arc::ptr_eq(&c.name, &name)) {
                return Err(refuse("字段重复"));
            }
            let value = map.next_value_seed(ValueSeed {
                context: self.context,
                depth: OUTER_DEPTH,
            })?;
            self.cells.push(Cell {
                name,
                value,
                over: None,
            });
        }
        *self.context.place.field.borrow_mut() = None;
        Ok(())
    }
}

struct OversSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for OversSeed<'_, '_> {
    type Value = Vec<(Arc<str>, Over)>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OversSeed<'_, '_> {
    type Value = Vec<(Arc<str>, Over)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was superseded")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut overs: Vec<(Arc<str>, Over)> = Vec::new();
        while let Some(name) = map.next_key_seed(NameSeed(self.0))? {
            self.0.place.field.replace(Some(name.clone()));
            if overs.len() >= self.0.limits.fields || overs.iter().any(|(n, _)| Arc::ptr_eq(n, &name)) {
                return Err(refuse("字段重复或太多"));
            }
            let over = map.next_value_seed(OverSeed(self.0))?;
            overs.push((name, over));
        }
        *self.0.place.field.borrow_mut() = None;
        Ok(overs)
    }
}

struct OverSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for OverSeed<'_, '_> {
    type Value = Over;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Over, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OverSeed<'_, '_> {
    type Value = Over;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("serial numbers by actor")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Over, A::Error> {
        let mut over: Vec<(Arc<str>, u32)> = Vec::new();
        while let Some(actor) = map.next_key_seed(NameSeed(self.0))? {
            if !is_tag(&actor) {
                return Err(refuse("设备编号不对"));
            }
            if over.len() >= self.0.limits.actors {
                return Err(refuse("取代关系太多"));
            }
            let value = map.next_value_seed(ValueSeed {
                context: self.0,
                depth: MAX_DEPTH,
            })?;
            let n = match value {
                Value::Int(n) => u32::try_from(n).ok().filter(|n| (1..=MAX_SERIAL).contains(n)),
                _ => None,
            };
            over.push((actor, n.ok_or_else(|| A::Error::custom(format!("{OWN}序号不对")))?));
        }
        over.arrange();
        if over.windows(2).any(|pair| pair[0].0 == pair[1].0) || over.is_empty() {
            return Err(refuse("取代关系为空或重复"));
        }
        Ok(over.into())
    }
}

/// Whether `json` is well-formed, without keeping anything of it.
pub fn is_json(json: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(json).is_ok()
}
