//! Workbooks of Excel 2007 and later, and of WPS (ECMA-376, part 1, section 18).
//!
//! Parts are read here rather than through a library of tables: hidden rows, number formats and formulas without a
//! stored value stand nowhere else, and nothing a sheet declares of its size is to be believed.

use super::package::{Package, Target};
use super::styles::Styles;
use super::table::{Builder, LAST_COLUMN, LAST_ROW};
use super::xml::{self, Event};
use super::{Sink, days, values};
use crate::book::{Cell, Refusal, State, Table};
use quick_xml::events::BytesStart;
use std::collections::HashMap;
use std::rc::Rc;

/// A sheet as the workbook names it.
pub struct Named {
    pub name: String,
    pub state: State,
    /// Its relationship.
    pub id: String,
}

/// The texts that cells of a workbook share, one after the other.
#[derive(Default)]
pub struct Shared {
    texts: String,
    ends: Vec<u32>,
}

impl Shared {
    pub fn add(&mut self, text: &str, sink: &Sink) -> Result<(), Refusal> {
        sink.limits.text(text.len() + 4)?;
        self.texts.push_str(text);
        self.ends.push(self.texts.len() as u32);
        Ok(())
    }

    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.texts.get(start..end)
    }
}

/// What the cells of all sheets refer to.
struct Common {
    shared: Shared,
    styles: Styles,
    from_1904: bool,
}

pub fn read(package: &mut Package<'_>, book: &str, sink: &mut Sink) -> Result<(), Refusal> {
    let targets = package.targets(book)?;
    let (sheets, from_1904) = workbook(package, book, sink)?;
    let common = Common {
        shared: shared(
            package,
            part_of(&targets, "sharedStrings", "xl/sharedStrings.xml"),
            sink,
        )?,
        styles: styles(package, part_of(&targets, "styles", "xl/styles.xml"))?,
        from_1904,
    };
    for sheet in sheets {
        let target = targets.get(&sheet.id).ok_or(Refusal::Damaged)?;
        if target.kind != "worksheet" {
            sink.book.sheets.push(no_table(sheet.name));
            continue;
        }
        let limits = Rc::clone(&package.limits);
        let part = package.part(&target.path)?.ok_or(Refusal::Damaged)?;
        let mut reader = SheetReader {
            builder: Builder::new(sink, sheet.name, sheet.state),
            common: &common,
            row: 0,
            column: 0,
            cell: None,
        };
        let mut parser = xml::Parser::new(part, &limits);
        while reader.take(parser.next()?)? {}
        reader.builder.finish()?;
    }
    Ok(())
}

/// A chart or a macro sheet.
pub fn no_table(name: String) -> Table {
    Table {
        name,
        state: State::Chart,
        ..Table::default()
    }
}

/// The part of a kind, or where it usually is.
pub fn part_of<'a>(targets: &'a HashMap<String, Target>, kind: &str, usual: &'a str) -> &'a str {
    let found = targets.values().find(|target| target.kind == kind);
    found.map_or(usual, |target| &target.path)
}

/// The sheets in order, and whether days are counted from 1904.
fn workbook(package: &mut Package<'_>, book: &str, sink: &mut Sink) -> Result<(Vec<Named>, bool), Refusal> {
    let limits = Rc::clone(&package.limits);
    let part = package.part(book)?.ok_or(Refusal::Damaged)?;
    let mut parser = xml::Parser::new(part, &limits);
    let (mut sheets, mut count, mut from_1904) = (Vec::new(), 0, false);
    loop {
        match parser.next()? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "workbookPr" => from_1904 = xml::flag(&tag, "date1904"),
                "sheet" => {
                    count += 1;
                    if sheets.len() < crate::book::MOST_SHEETS {
                        sheets.push(named(&tag));
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    sink.sheets(count);
    Ok((sheets, from_1904))
}

fn named(tag: &BytesStart<'_>) -> Named {
    let state = match xml::attribute(tag, "state").as_deref() {
        Some("hidden") => State::Hidden,
        Some("veryHidden") => State::VeryHidden,
        _ => State::Visible,
    };
    Named {
        name: values::unescaped(&xml::attribute(tag, "name").unwrap_or_default()),
        state,
        id: xml::attribute(tag, "id").unwrap_or_default(),
    }
}

fn styles(package: &mut Package<'_>, name: &str) -> Result<Styles, Refusal> {
    let limits = Rc::clone(&package.limits);
    match package.part(name)? {
        Some(part) => Styles::of_xml(part, &limits),
        None => Ok(Styles::default()),
    }
}

/// The shared texts: runs joined, without what tells how they are spoken.
fn shared(package: &mut Package<'_>, name: &str, sink: &Sink) -> Result<Shared, Refusal> {
    let mut shared = Shared::default();
    let limits = Rc::clone(&package.limits);
    let Some(part) = package.part(name)? else {
        return Ok(shared);
    };
    let mut parser = xml::Parser::new(part, &limits);
    let mut text = Runs::default();
    loop {
        let event = parser.next()?;
        match &event {
            Event::Start(tag) if tag.local_name().into_inner() == "si" => text = Runs::default(),
            Event::End(tag) if tag.local_name().into_inner() == "si" => {
                shared.add(&values::unescaped(&text.text), sink)?;
            }
            Event::Eof => return Ok(shared),
            event => text.take(event)?,
        }
    }
}

/// A text in runs.
#[derive(Default)]
struct Runs {
    text: String,
    inside: bool,
    spoken: bool,
}

impl Runs {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "t" => self.inside = true,
                "rPh" => self.spoken = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().into_inner() {
                "t" => self.inside = false,
                "rPh" => self.spoken = false,
                _ => {}
            },
            event if self.inside && !self.spoken => push(event, &mut self.text)?,
            _ => {}
        }
        Ok(())
    }
}

/// Most bytes of a text: 32,767 characters of four bytes, each written as `_xHHHH_` twice.
const LONGEST: usize = 1_000_000;

fn push(event: &Event<'_>, into: &mut String) -> Result<(), Refusal> {
    xml::push_text(event, into);
    if into.len() > LONGEST {
        Err(Refusal::TooMuch)
    } else {
        Ok(())
    }
}

/// A cell between its marks.
#[derive(Default)]
struct Open {
    kind: String,
    style: usize,
    formula: bool,
    value: Option<String>,
    inside: bool,
    inline: Runs,
}

/// Reads a sheet mark by mark.
struct SheetReader<'a, 'b> {
    builder: Builder<'a>,
    common: &'b Common,
    row: u32,
    /// The next column, from 0.
    column: u32,
    cell: Option<Open>,
}

impl SheetReader<'_, '_> {
    /// Takes a mark; false at the end.
    fn take(&mut self, event: Event<'_>) -> Result<bool, Refusal> {
        match &event {
            Event::Start(tag) => self.start(tag, &event)?,
            Event::End(tag) => match tag.local_name().into_inner() {
                "c" => self.close()?,
                "v" => self.inside(false),
                _ => self.inline(&event)?,
            },
            Event::Eof => return Ok(false),
            event => match &mut self.cell {
                Some(cell) if cell.inside => push(event, cell.value.get_or_insert_default())?,
                _ => self.inline(event)?,
            },
        }
        Ok(true)
    }

    fn inside(&mut self, inside: bool) {
        if let Some(cell) = &mut self.cell {
            cell.inside = inside;
            cell.value.get_or_insert_default();
        }
    }

    fn inline(&mut self, event: &Event<'_>) -> Result<(), Refusal> {
        match &mut self.cell {
            Some(cell) => cell.inline.take(event),
            None => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, event: &Event<'_>) -> Result<(), Refusal> {
        match tag.local_name().into_inner() {
            "row" => {
                let next = self.row.saturating_add(1).min(LAST_ROW);
                self.row = xml::number(tag, "r")
                    .filter(|row| (1..=LAST_ROW).contains(row))
                    .unwrap_or(next);
                self.column = 0;
                if xml::flag(tag, "hidden") {
                    self.builder.hide_rows(self.row, self.row);
                }
            }
            "c" => self.open(tag),
            "f" => {
                if let Some(cell) = &mut self.cell {
                    cell.formula = true;
                }
            }
            "v" => self.inside(true),
            "col" if xml::flag(tag, "hidden") => {
                let first = xml::number(tag, "min").unwrap_or(0);
                let last = xml::number(tag, "max").unwrap_or(first);
                if let Some(first) = first.checked_sub(1) {
                    self.builder.hide_columns(first, last.saturating_sub(1));
                }
            }
            "mergeCell" => {
                let range = xml::attribute(tag, "ref").unwrap_or_default();
                let corners = range.split_once(':').and_then(|(a, b)| Some((place(a)?, place(b)?)));
                if let Some((first, last)) = corners {
                    self.builder.merge(first, last)?;
                }
            }
            _ => self.inline(event)?,
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let mut cell = Open::default();
        for found in tag.attributes().with_checks(false).flatten() {
            match found.key.local_name().into_inner() {
                "r" => {
                    if let Some((row, column)) = place(&found.value) {
                        (self.row, self.column) = (row, column);
                    }
                }
                "t" => cell.kind = found.value.into_owned(),
                "s" => cell.style = found.value.parse().unwrap_or(0),
                _ => {}
            }
        }
        self.row = self.row.max(1);
        self.cell = Some(cell);
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let value = meaning(cell, self.common);
        let column = self.column;
        self.column = column.saturating_add(1);
        if column > LAST_COLUMN {
            return Ok(());
        }
        self.builder.set(self.row, column, value)
    }
}

/// What a cell holds.
fn meaning(cell: Open, common: &Common) -> Cell {
    let has_value = cell.value.is_some();
    let raw = cell.value.unwrap_or_default();
    let value = raw.trim();
    match &*cell.kind {
        "s" => match value.parse().ok().and_then(|at| common.shared.get(at)) {
            Some(text) => values::text(text.to_owned()),
            None => Cell::NoValue,
        },
        "inlineStr" => {
            let text = if cell.inline.text.is_empty() {
                &raw
            } else {
                &cell.inline.text
            };
            values::text(values::unescaped(text))
        }
        "str" if !has_value && cell.formula => Cell::NoValue,
        "str" => values::text(values::unescaped(&raw)),
        _ if value.is_empty() && cell.formula => Cell::NoValue,
        _ if value.is_empty() => Cell::Empty,
        "b" => Cell::Bool(matches!(value, "1" | "true")),
        "e" => Cell::Error(value.to_owned()),
        "d" => match days::of_iso(value) {
            Some(day) => Cell::Day(day),
            None => values::text(value.to_owned()),
        },
        _ => match value.parse::<f64>() {
            Ok(number) => values::number(number, common.styles.get(cell.style), common.from_1904),
            Err(_) => values::text(value.to_owned()),
        },
    }
}

/// Row from 1 and column from 0 of `B4`, also of `$B$4`.
fn place(text: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut row = 0_u32;
    for c in text.bytes().filter(|c| *c != b'$') {
        match c.to_ascii_uppercase() {
            c @ b'A'..=b'Z' if row == 0 => column = column.checked_mul(26)? + u32::from(c - b'A') + 1,
            c @ b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(c - b'0'))?,
            _ => return None,
        }
        if column > LAST_COLUMN + 1 {
            return None;
        }
    }
    let column = column.checked_sub(1)?;
    (1..=LAST_ROW).contains(&row).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        assert_eq!(place("A1"), Some((1, 0)));
        assert_eq!(place("$AB$12"), Some((12, 27)));
        assert_eq!(place("XFD1048576"), Some((1_048_576, 16_383)));
        for text in [
            "XFE1",
            "A1048577",
            "A0",
            "1",
            "A",
            "",
            "A1B",
            "AAAAAAAAAAAA1",
            "A99999999999",
            "村1",
        ] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
