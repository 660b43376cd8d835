//! From changes to columns.

use std::sync::Arc;

use hashbrown::HashMap;

use super::code::{END, PER_COLUMN, index, record, stream, tag, zigzag};
use crate::model::date::Day;
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::change::split_id;
use crate::replica::{Cell, Change, ChangeId, Patch};

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
    out.push(END);
}

#[derive(Default)]
struct Column<'a> {
    kinds: Vec<u8>,
    numbers: Vec<u8>,
    texts: Vec<u8>,
    seen: HashMap<&'a str, u64>,
    last_day: i64,
}

#[derive(Default)]
struct Writer<'a> {
    streams: [Vec<u8>; stream::COUNT],
    symbols: HashMap<&'a str, u64>,
    records: HashMap<&'a str, u64>,
    serials: HashMap<u64, i64>,
    shapes: HashMap<(u64, Vec<(u64, bool)>), u64>,
    overs: HashMap<&'a [(Arc<str>, u32)], u64>,
    columns: Vec<Column<'a>>,
    column_of: HashMap<(u64, u64), usize>,
    last_time: i64,
}

/// The columns of some changes, as bytes. Their order is kept; fields are sorted by name.
pub fn encode(changes: &[Change]) -> Vec<u8> {
    let mut writer = Writer::default();
    for change in changes {
        writer.change(change);
    }
    let columns = writer.columns.into_iter();
    let streams: Vec<Vec<u8>> = writer
        .streams
        .into_iter()
        .chain(columns.flat_map(|c| -> [Vec<u8>; PER_COLUMN] { [c.kinds, c.numbers, c.texts] }))
        .collect();
    let mut out = Vec::new();
    put(&mut out, changes.len() as u64);
    put(&mut out, streams.len() as u64);
    for stream in &streams {
        put(&mut out, stream.len() as u64);
    }
    for stream in streams {
        out.extend(stream);
    }
    out
}

impl<'a> Writer<'a> {
    fn put(&mut self, stream: usize, number: u64) {
        put(&mut self.streams[stream], number);
    }

    fn symbol(&mut self, text: &'a str) -> u64 {
        let next = self.symbols.len() as u64;
        let number = *self.symbols.entry(text).or_insert(next);
        if number == next {
            put_text(&mut self.streams[stream::SYMBOLS], text);
        }
        number
    }

    fn change(&mut self, change: &'a Change) {
        let actor = self.symbol(&change.id.actor);
        self.put(stream::ACTORS, actor);
        let n = i64::from(change.id.n);
        let last = self.serials.insert(actor, n).unwrap_or(0);
        self.put(stream::SERIALS, zigzag(n - last));
        self.put(stream::TIMES, zigzag(change.at.0.wrapping_sub(self.last_time)));
        self.last_time = change.at.0;
        let by = self.symbol(&change.by);
        self.put(stream::TAGS, by);
        self.put(
            stream::SIZES,
            change.set.len() as u64 * 2 + u64::from(change.extra.is_some()),
        );
        if let Some(extra) = &change.extra {
            put_text(&mut self.streams[stream::EXTRAS], extra);
        }
        for patch in &change.set {
            self.patch(&change.id, patch);
        }
    }

    fn patch(&mut self, id: &ChangeId, patch: &'a Patch) {
        self.record(id, &patch.record);
        let ledger = self.symbol(&patch.ledger);
        let mut cells: Vec<&'a Cell> = patch.cells.iter().collect();
        cells.arrange_by(|a, b| a.name.cmp(&b.name));
        let names: Vec<(u64, bool)> = cells.iter().map(|c| (self.symbol(&c.name), c.over.is_some())).collect();
        let next = self.shapes.len() as u64;
        let columns: Vec<usize> = names.iter().map(|(name, _)| self.column(ledger, *name)).collect();
        let shape = *self.shapes.entry((ledger, names.clone())).or_insert(next);
        if shape == next {
            self.put(stream::SHAPE_TABLE, ledger);
            self.put(stream::SHAPE_TABLE, names.len() as u64);
            for (name, over) in names {
                self.put(stream::SHAPE_TABLE, name * 2 + u64::from(over));
            }
        }
        self.put(stream::SHAPES, shape);
        for (cell, column) in cells.into_iter().zip(columns) {
            self.columns[column].value(&cell.value);
            if let Some(over) = &cell.over {
                self.over(over);
            }
        }
    }

    fn column(&mut self, ledger: u64, name: u64) -> usize {
        let next = self.columns.len();
        let column = *self.column_of.entry((ledger, name)).or_insert(next);
        if column == next {
            self.columns.push(Column::default());
        }
        column
    }

    fn over(&mut self, over: &'a [(Arc<str>, u32)]) {
        let next = self.overs.len() as u64;
        let number = *self.overs.entry(over).or_insert(next);
        // As the distance to the newest: what is superseded was mostly written lately.
        self.put(stream::OVERS, next - number);
        if number == next {
            self.put(stream::OVER_TABLE, over.len() as u64);
            for (actor, n) in over {
                let actor = self.symbol(actor);
                self.put(stream::OVER_TABLE, actor);
                self.put(stream::OVER_TABLE, u64::from(*n));
            }
        }
    }

    fn record(&mut self, own: &ChangeId, id: &'a str) {
        let next = self.records.len() as u64;
        let number = *self.records.entry(id).or_insert(next);
        if number < next {
            self.put(stream::RECORDS, record::AGAIN);
            self.put(stream::RECORD_NUMBERS, next - number);
            return;
        }
        let whole = split_id(id).map(|parts| (parts, None));
        let numbered = || {
            let (head, tail) = id.rsplit_once('.')?;
            Some((split_id(head)?, Some(index(tail)?)))
        };
        // `a.1.2` reads as change `a.1`, number 2: an actor holds no dot.
        let Some(((actor, n), tail)) = whole.or_else(numbered) else {
            self.put(stream::RECORDS, record::TEXT);
            put_text(&mut self.streams[stream::RECORD_TEXTS], id);
            return;
        };
        let is_own = actor == &*own.actor && n == own.n;
        let kind = match (is_own, tail) {
            (true, None) => record::OWN,
            (true, Some(_)) => record::OWN_NUMBERED,
            (false, None) => record::OTHER,
            (false, Some(_)) => record::OTHER_NUMBERED,
        };
        self.put(stream::RECORDS, kind);
        if !is_own {
            let actor = self.symbol(actor);
            self.put(stream::RECORD_NUMBERS, actor);
            self.put(stream::RECORD_NUMBERS, u64::from(n));
        }
        if let Some(tail) = tail {
            self.put(stream::RECORD_NUMBERS, u64::from(tail));
        }
    }
}

impl<'a> Column<'a> {
    fn value(&mut self, value: &'a Value) {
        match value {
            Value::Null => put(&mut self.kinds, tag::NULL),
            Value::Bool(false) => put(&mut self.kinds, tag::FALSE),
            Value::Bool(true) => put(&mut self.kinds, tag::TRUE),
            Value::Int(number) => {
                put(&mut self.kinds, tag::INT);
                put(&mut self.numbers, zigzag(*number));
            }
            Value::Text(text) => self.text(text),
            Value::List(items) => {
                put(&mut self.kinds, tag::LIST);
                put(&mut self.numbers, items.len() as u64);
                items.iter().for_each(|item| put_text(&mut self.texts, item));
            }
            Value::Raw(json) => {
                put(&mut self.kinds, tag::RAW);
                put_text(&mut self.texts, json);
            }
        }
    }

    fn text(&mut self, text: &'a str) {
        if let Some(day) = Day::parse(text).filter(|_| text.len() == 10) {
            let number = i64::from(day.number());
            put(&mut self.kinds, tag::DAY);
            put(&mut self.numbers, zigzag(number - self.last_day));
            self.last_day = number;
            return;
        }
        let next = self.seen.len() as u64;
        let number = *self.seen.entry(text).or_insert(next);
        if number == next {
            put(&mut self.kinds, tag::TEXT);
            put_text(&mut self.texts, text);
        } else {
            put(&mut self.kinds, tag::SEEN + number);
        }
    }
}
