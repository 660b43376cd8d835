//! Spreadsheets of LibreOffice and OpenOffice (OpenDocument 1.2, part 1, section 9).

use super::package::Package;
use super::styles::Style;
use super::table::{Builder, LAST_COLUMN, LAST_ROW};
use super::xml::{self, Event};
use super::{Sink, days, values};
use crate::book::{Cell, MOST_COLUMNS, MOST_SHEETS, Refusal, State};
use quick_xml::events::BytesStart;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub fn read(package: &mut Package<'_>, sink: &mut Sink) -> Result<(), Refusal> {
    if sealed(package)? {
        return Err(Refusal::Password);
    }
    let limits = Rc::clone(&package.limits);
    let part = package.part("content.xml")?.ok_or(Refusal::Damaged)?;
    let mut parser = xml::Parser::new(part, &limits);
    let mut styles = Styles::default();
    let (mut count, mut is_text) = (0, false);
    loop {
        let event = parser.next()?;
        match &event {
            Event::Start(tag) => match tag.name().0 {
                "office:text" => is_text = true,
                "table:table" => {
                    count += 1;
                    let name = xml::attribute(tag, "name").unwrap_or_default();
                    let hidden = xml::attribute(tag, "style-name").is_some_and(|style| styles.hidden.contains(&style));
                    let state = if hidden { State::Hidden } else { State::Visible };
                    if count <= MOST_SHEETS {
                        table(&mut parser, &styles, sink, name, state)?;
                    }
                }
                _ => styles.take(&event),
            },
            Event::Eof => break,
            event => styles.take(event),
        }
    }
    if is_text {
        return Err(Refusal::Foreign("Word".to_owned()));
    }
    sink.sheets(count);
    Ok(())
}

/// Whether the parts are sealed with a password.
fn sealed(package: &mut Package<'_>) -> Result<bool, Refusal> {
    let limits = Rc::clone(&package.limits);
    let Some(part) = package.part("META-INF/manifest.xml")? else {
        return Ok(false);
    };
    let mut parser = xml::Parser::new(part, &limits);
    loop {
        match parser.next()? {
            Event::Start(tag) if tag.local_name().into_inner() == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Styles by their names: which tables are hidden, and which numbers show something else than their digits.
#[derive(Default)]
struct Styles {
    hidden: HashSet<String>,
    numbers: HashMap<String, String>,
    of_cells: HashMap<String, Style>,
    name: String,
    code: String,
    inside: bool,
}

impl Styles {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => match tag.name().0 {
                "style:style" => {
                    self.name = xml::attribute(tag, "name").unwrap_or_default();
                    let code = xml::attribute(tag, "data-style-name").and_then(|name| self.numbers.get(&name));
                    if let Some(code) = code {
                        self.of_cells.insert(self.name.clone(), Style::of_code(code));
                    }
                }
                "style:table-properties" if xml::attribute(tag, "display").as_deref() == Some("false") => {
                    self.hidden.insert(self.name.clone());
                }
                "number:number-style" | "number:currency-style" => {
                    self.name = xml::attribute(tag, "name").unwrap_or_default();
                    self.code.clear();
                }
                "number:number" => {
                    self.code.push('0');
                    let factor = xml::attribute(tag, "display-factor").and_then(|text| text.parse::<f64>().ok());
                    let commas = factor
                        .map_or(0.0, |factor| (factor.log10() / 3.0).round())
                        .clamp(0.0, 9.0);
                    self.code.push_str(&",".repeat(commas as usize));
                }
                "number:text" => {
                    self.inside = true;
                    self.code.push('"');
                }
                _ => {}
            },
            Event::End(tag) => match tag.name().0 {
                "number:text" => {
                    self.inside = false;
                    self.code.push('"');
                }
                "number:number-style" | "number:currency-style" => {
                    self.numbers.insert(std::mem::take(&mut self.name), self.code.clone());
                }
                _ => {}
            },
            event if self.inside && self.code.len() < 1000 => xml::push_text(event, &mut self.code),
            _ => {}
        }
    }
}

/// A cell between its marks.
struct Open {
    value: Cell,
    /// Its text is its value.
    is_text: bool,
    is_error: bool,
    text: String,
    paragraphs: usize,
    repeated: u32,
    merge: Option<(u32, u32)>,
}

struct Reader<'a, 'b> {
    builder: Builder<'a>,
    styles: &'b Styles,
    row: u32,
    repeated: u32,
    column: u32,
    /// The next column that is described.
    described: u32,
    /// What the row holds: first column, how many, value.
    cells: Vec<(u32, u32, Cell)>,
    cell: Option<Open>,
    /// Inside of a paragraph, and inside of a note or of what tells how a text is spoken.
    paragraph: bool,
    aside: usize,
    inner: usize,
}

fn table<R: std::io::Read>(
    parser: &mut xml::Parser<'_, R>,
    styles: &Styles,
    sink: &mut Sink,
    name: String,
    state: State,
) -> Result<(), Refusal> {
    let mut reader = Reader {
        builder: Builder::new(sink, name, state),
        styles,
        row: 1,
        repeated: 1,
        column: 0,
        described: 0,
        cells: Vec::new(),
        cell: None,
        paragraph: false,
        aside: 0,
        inner: 0,
    };
    while reader.take(&parser.next()?)? {}
    reader.builder.finish()
}

/// What stands beside a cell's text.
const ASIDE: &[&str] = &[
    "office:annotation",
    "text:ruby-text",
    "text:note",
    "draw:frame",
    "table:shapes",
];

impl Reader<'_, '_> {
    /// Takes a mark; false at the end of the table.
    fn take(&mut self, event: &Event<'_>) -> Result<bool, Refusal> {
        match event {
            Event::Start(tag) => match tag.name().0 {
                name if ASIDE.contains(&name) => self.aside += 1,
                "table:table" => self.inner += 1,
                _ if self.aside > 0 || self.inner > 0 => {}
                _ => self.start(tag)?,
            },
            Event::End(tag) => match tag.name().0 {
                name if ASIDE.contains(&name) => self.aside = self.aside.saturating_sub(1),
                "table:table" if self.inner == 0 => return Ok(false),
                "table:table" => self.inner -= 1,
                _ if self.aside > 0 || self.inner > 0 => {}
                "text:p" | "text:h" => self.paragraph = false,
                "table:table-cell" | "table:covered-table-cell" => self.close()?,
                "table:table-row" => self.end_row()?,
                _ => {}
            },
            Event::Eof => return Err(Refusal::Damaged),
            event if self.paragraph && self.aside == 0 => {
                if let Some(cell) = &mut self.cell {
                    // White space runs together; what counts is written as marks.
                    let mut text = String::new();
                    xml::push_text(event, &mut text);
                    cell.text.push_str(&text.replace(['\n', '\r', '\t'], " "));
                }
            }
            _ => {}
        }
        if self.cell.as_ref().is_some_and(|cell| cell.text.len() > 1_000_000) {
            return Err(Refusal::TooMuch);
        }
        Ok(true)
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        match tag.name().0 {
            "table:table-column" => {
                let count = repeated(tag, "number-columns-repeated").min(LAST_COLUMN + 1);
                if is_hidden(tag) {
                    self.builder
                        .hide_columns(self.described, self.described.saturating_add(count - 1));
                }
                self.described = self.described.saturating_add(count);
            }
            "table:table-row" => {
                self.repeated = repeated(tag, "number-rows-repeated").min(LAST_ROW);
                if is_hidden(tag) {
                    let last = self.row.saturating_add(self.repeated - 1);
                    self.builder.hide_rows(self.row, last);
                }
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell = Some(self.open(tag)),
            "text:p" | "text:h" => {
                self.paragraph = true;
                self.push(|cell| {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                });
            }
            "text:s" => {
                let count = xml::number(tag, "c").unwrap_or(1).min(32_767) as usize;
                self.push(|cell| cell.text.push_str(&" ".repeat(count)));
            }
            "text:tab" => self.push(|cell| cell.text.push('\t')),
            "text:line-break" => self.push(|cell| cell.text.push('\n')),
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, act: impl FnOnce(&mut Open)) {
        if let Some(cell) = &mut self.cell {
            act(cell);
        }
    }

    fn open(&self, tag: &BytesStart<'_>) -> Open {
        let mut kinds = [None, None];
        for found in tag.attributes().with_checks(false).flatten() {
            match found.key.0 {
                "office:value-type" => kinds[0] = Some(found.value.into_owned()),
                "calcext:value-type" => kinds[1] = Some(found.value.into_owned()),
                _ => {}
            }
        }
        let [kind, extended] = kinds;
        let value = self.value(tag, kind.as_deref());
        let columns = xml::number(tag, "number-columns-spanned")
            .unwrap_or(1)
            .clamp(1, LAST_COLUMN + 1);
        let rows = xml::number(tag, "number-rows-spanned").unwrap_or(1).clamp(1, LAST_ROW);
        Open {
            value,
            is_text: matches!(kind.as_deref(), Some("string" | "time")),
            is_error: extended.as_deref() == Some("error"),
            text: String::new(),
            paragraphs: 0,
            repeated: repeated(tag, "number-columns-repeated").min(LAST_COLUMN + 1),
            merge: (columns > 1 || rows > 1).then_some((rows - 1, columns - 1)),
        }
    }

    /// What the attributes of a cell say.
    fn value(&self, tag: &BytesStart<'_>, kind: Option<&str>) -> Cell {
        let number = || xml::attribute(tag, "value").and_then(|value| value.trim().parse::<f64>().ok());
        let plain = Style::default();
        let formula = xml::attribute(tag, "formula").is_some();
        let missing = || if formula { Cell::NoValue } else { Cell::Empty };
        match kind {
            Some("float" | "currency") => {
                let style = xml::attribute(tag, "style-name").and_then(|name| self.styles.of_cells.get(&name));
                number().map_or_else(missing, |number| values::number(number, style.unwrap_or(&plain), false))
            }
            Some("percentage") => {
                let percent = Style::of_code("0%");
                number().map_or_else(missing, |number| values::number(number, &percent, false))
            }
            Some("date") => {
                let text = xml::attribute(tag, "date-value").unwrap_or_default();
                match days::of_iso(&text) {
                    Some(day) => Cell::Day(day),
                    None => values::text(text),
                }
            }
            Some("boolean") => Cell::Bool(xml::attribute(tag, "boolean-value").as_deref() == Some("true")),
            Some("string") => xml::attribute(tag, "string-value").map_or(Cell::Empty, values::text),
            _ => missing(),
        }
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let first = self.column;
        self.column = first.saturating_add(cell.repeated).min(LAST_COLUMN + 1);
        if let Some((rows, columns)) = cell.merge {
            let last = ((self.row + rows).min(LAST_ROW), (first + columns).min(LAST_COLUMN));
            self.builder.merge((self.row, first), last)?;
        }
        let value = match cell.value {
            _ if cell.is_error => Cell::Error(cell.text.trim().to_owned()),
            Cell::Empty if cell.is_text => values::text(cell.text),
            value => value,
        };
        if value != Cell::Empty {
            self.cells.push((first, self.column - first, value));
        }
        Ok(())
    }

    /// Puts the row as often as it is repeated.
    fn end_row(&mut self) -> Result<(), Refusal> {
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            let end = self.row.saturating_add(self.repeated - 1).min(LAST_ROW);
            for row in self.row..=end {
                for (first, count, value) in &cells {
                    // One beyond the limit is enough to be told.
                    let last = first.saturating_add(count - 1).min(MOST_COLUMNS as u32);
                    for column in *first..=last.max(*first) {
                        self.builder.set(row, column, value.clone())?;
                    }
                }
                if !self.builder.has(row) {
                    break;
                }
            }
        }
        self.row = self.row.saturating_add(self.repeated).min(LAST_ROW);
        Ok(())
    }
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    xml::number(tag, name).unwrap_or(1).max(1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    matches!(
        xml::attribute(tag, "visibility").as_deref(),
        Some("collapse" | "filter")
    )
}
