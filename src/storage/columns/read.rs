//! From columns to changes. Whatever the bytes are: no panic, no more memory than they warrant.

use std::sync::Arc;

use hashbrown::HashMap;

use super::code::{END, PER_COLUMN, record, stream, tag, unzigzag};
use crate::model::date::{Day, Instant};
use crate::model::value::Value;
use crate::replica::change::{MAX_SERIAL, Over, is_tag};
use crate::replica::wire::Names;
use crate::replica::{Cell, Change, ChangeId, Patch};

/// A stream being read.
#[derive(Default)]
struct Cursor<'b>(&'b [u8]);

impl<'b> Cursor<'b> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'b str> {
        let end = self.0.iter().position(|b| *b == END)?;
        let (text, rest) = self.0.split_at(end);
        self.0 = &rest[1..];
        std::str::from_utf8(text).ok()
    }
}

#[derive(Default)]
struct Column<'b> {
    kinds: Cursor<'b>,
    numbers: Cursor<'b>,
    texts: Cursor<'b>,
    seen: Vec<&'b str>,
    last_day: i64,
}

struct Shape {
    ledger: Arc<str>,
    /// Name, whether something was superseded, column.
    cells: Vec<(Arc<str>, bool, usize)>,
}

struct Reader<'b> {
    streams: Vec<Cursor<'b>>,
    symbols: Vec<Arc<str>>,
    records: Vec<Box<str>>,
    serials: HashMap<u64, i64>,
    shapes: Vec<Shape>,
    overs: Vec<Over>,
    columns: Vec<Column<'b>>,
    column_of: HashMap<(u64, u64), usize>,
    time: i64,
}

/// The changes in some columns; `None` if the bytes are not what `encode` writes.
pub fn decode(bytes: &[u8], names: &mut Names) -> Option<Vec<Change>> {
    let mut head = Cursor(bytes);
    let count = head.size()?;
    let streams = head.size()?;
    if streams > bytes.len() || count > bytes.len() || streams < stream::COUNT {
        return None;
    }
    let sizes: Vec<usize> = (0..streams).map(|_| head.size()).collect::<Option<_>>()?;
    let mut rest = head.0;
    let mut all = Vec::with_capacity(streams);
    for size in sizes {
        let (stream, after) = rest.split_at_checked(size)?;
        all.push(Cursor(stream));
        rest = after;
    }
    let mut columns = Vec::new();
    for triple in all.split_off(stream::COUNT).chunks_exact_mut(PER_COLUMN) {
        columns.push(Column {
            kinds: std::mem::take(&mut triple[0]),
            numbers: std::mem::take(&mut triple[1]),
            texts: std::mem::take(&mut triple[2]),
            ..Column::default()
        });
    }
    let mut symbols = Vec::new();
    while !all[stream::SYMBOLS].0.is_empty() {
        symbols.push(names.intern(all[stream::SYMBOLS].text()?));
    }
    let mut reader = Reader {
        streams: all,
        symbols,
        records: Vec::new(),
        serials: HashMap::new(),
        shapes: Vec::new(),
        overs: Vec::new(),
        columns,
        column_of: HashMap::new(),
        time: 0,
    };
    let mut changes = Vec::with_capacity(count);
    for _ in 0..count {
        changes.push(reader.change()?);
    }
    Some(changes)
}

impl Reader<'_> {
    fn number(&mut self, stream: usize) -> Option<u64> {
        self.streams[stream].number()
    }

    fn symbol(&self, number: u64) -> Option<Arc<str>> {
        self.symbols.get(usize::try_from(number).ok()?).cloned()
    }

    fn change(&mut self) -> Option<Change> {
        let actor = self.number(stream::ACTORS)?;
        let step = unzigzag(self.number(stream::SERIALS)?);
        let last = self.serials.entry(actor).or_default();
        *last = last.checked_add(step)?;
        let n = u32::try_from(*last).ok().filter(|n| (1..=MAX_SERIAL).contains(n))?;
        let actor = self.symbol(actor).filter(|a| is_tag(a))?;
        self.time = self.time.wrapping_add(unzigzag(self.number(stream::TIMES)?));
        let by = self.number(stream::TAGS)?;
        let by = self.symbol(by)?;
        let size = self.number(stream::SIZES)?;
        let extra = if size & 1 == 1 {
            Some(self.streams[stream::EXTRAS].text()?.into())
        } else {
            None
        };
        let id = ChangeId { actor, n };
        let mut set = Vec::new();
        for _ in 0..size / 2 {
            set.push(self.patch(&id)?);
        }
        Some(Change {
            id,
            at: Instant(self.time),
            by,
            set,
            extra,
        })
    }

    fn patch(&mut self, id: &ChangeId) -> Option<Patch> {
        let record = self.record(id)?;
        let number = usize::try_from(self.number(stream::SHAPES)?).ok()?;
        if number == self.shapes.len() {
            let shape = self.shape()?;
            self.shapes.push(shape);
        }
        let shapes = std::mem::take(&mut self.shapes);
        let patch = shapes.get(number).and_then(|shape| self.cells(record, shape));
        self.shapes = shapes;
        patch
    }

    fn cells(&mut self, record: Box<str>, shape: &Shape) -> Option<Patch> {
        let mut cells = Vec::with_capacity(shape.cells.len());
        for (name, has_over, column) in &shape.cells {
            let value = self.columns.get_mut(*column)?.value()?;
            let over = if *has_over { Some(self.over()?) } else { None };
            cells.push(Cell {
                name: name.clone(),
                value,
                over,
            });
        }
        Some(Patch {
            record,
            ledger: shape.ledger.clone(),
            cells,
        })
    }

    fn shape(&mut self) -> Option<Shape> {
        let ledger = self.number(stream::SHAPE_TABLE)?;
        let count = self.number(stream::SHAPE_TABLE)?;
        let mut cells = Vec::new();
        for _ in 0..count {
            let name = self.number(stream::SHAPE_TABLE)?;
            let next = self.column_of.len();
            let column = *self.column_of.entry((ledger, name / 2)).or_insert(next);
            cells.push((self.symbol(name / 2)?, name & 1 == 1, column));
        }
        Some(Shape {
            ledger: self.symbol(ledger)?,
            cells,
        })
    }

    fn over(&mut self) -> Option<Over> {
        let back = usize::try_from(self.number(stream::OVERS)?).ok()?;
        if back > 0 {
            let at = self.overs.len().checked_sub(back)?;
            return self.overs.get(at).cloned();
        }
        let count = self.number(stream::OVER_TABLE)?;
        let mut over = Vec::new();
        for _ in 0..count {
            let actor = self.number(stream::OVER_TABLE)?;
            let n = u32::try_from(self.number(stream::OVER_TABLE)?).ok()?;
            over.push((self.symbol(actor)?, n));
        }
        let over: Over = over.into();
        self.overs.push(over.clone());
        Some(over)
    }

    fn record(&mut self, own: &ChangeId) -> Option<Box<str>> {
        let kind = self.number(stream::RECORDS)?;
        if kind == record::AGAIN {
            let back = usize::try_from(self.number(stream::RECORD_NUMBERS)?).ok()?;
            return self.records.get(self.records.len().checked_sub(back)?).cloned();
        }
        let id: Box<str> = match kind {
            record::OWN => own.to_string().into(),
            record::OWN_NUMBERED => format!("{own}.{}", self.number(stream::RECORD_NUMBERS)?).into(),
            record::OTHER | record::OTHER_NUMBERED => {
                let actor = self.number(stream::RECORD_NUMBERS)?;
                let n = self.number(stream::RECORD_NUMBERS)?;
                let other = format!("{}.{n}", self.symbol(actor)?);
                if kind == record::OTHER {
                    other.into()
                } else {
                    format!("{other}.{}", self.number(stream::RECORD_NUMBERS)?).into()
                }
            }
            record::TEXT => self.streams[stream::RECORD_TEXTS].text()?.into(),
            _ => return None,
        };
        self.records.push(id.clone());
        Some(id)
    }
}

impl Column<'_> {
    fn value(&mut self) -> Option<Value> {
        Some(match self.kinds.number()? {
            tag::NULL => Value::Null,
            tag::FALSE => Value::Bool(false),
            tag::TRUE => Value::Bool(true),
            tag::INT => Value::Int(unzigzag(self.numbers.number()?)),
            tag::DAY => {
                self.last_day = self.last_day.checked_add(unzigzag(self.numbers.number()?))?;
                Value::text(day_text(self.last_day)?)
            }
            tag::TEXT => {
                let text = self.texts.text()?;
                self.seen.push(text);
                Value::text(text)
            }
            tag::LIST => {
                let count = self.numbers.number()?;
                let mut items: Vec<Box<str>> = Vec::new();
                for _ in 0..count {
                    items.push(self.texts.text()?.into());
                }
                Value::List(items.into())
            }
            tag::RAW => Value::Raw(self.texts.text()?.into()),
            seen => Value::text(*self.seen.get(usize::try_from(seen - tag::SEEN).ok()?)?),
        })
    }
}

/// The text of a day number; `None` beyond what the model knows.
fn day_text(number: i64) -> Option<String> {
    let epoch = Day::new(1970, 1, 1)?;
    let reach = (Day::new(1900, 1, 1)?.number(), Day::new(2999, 12, 31)?.number());
    let days = i32::try_from(number).ok()?;
    (reach.0..=reach.1)
        .contains(&days)
        .then(|| epoch.plus_days(days).to_string())
}
