//! Formats of cells: what of them decides how a number is to be understood.

use super::formats::{self, Section, Shown};
use super::xml::{self, Event};
use crate::book::Refusal;
use std::collections::HashMap;
use std::io::Read;

/// Most formats that are kept; a workbook of Excel has at most 65,490.
const MOST: usize = 100_000;

/// How a cell shows its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    sections: [Section; 3],
    code: String,
}

impl Style {
    pub fn of_code(code: &str) -> Self {
        Self {
            sections: formats::sections(code),
            code: code.to_owned(),
        }
    }

    /// What it makes of a number.
    pub fn shown(&self, number: f64) -> Shown<'_> {
        let [positive, negative, zero] = self.sections;
        let section = if number > 0.0 {
            positive
        } else if number < 0.0 {
            negative
        } else {
            zero
        };
        match section {
            // A day whose number is no day must say so, whichever section it falls into.
            _ if positive == Section::Day => Shown::Day,
            Section::Digits => Shown::Digits,
            Section::Day => Shown::Day,
            Section::Else => Shown::Else(&self.code),
        }
    }
}

/// The formats of a workbook, by their number in the list of cell formats.
#[derive(Default)]
pub struct Styles {
    codes: HashMap<u16, String>,
    known: HashMap<u16, usize>,
    styles: Vec<Style>,
    of_cells: Vec<u32>,
    plain: Style,
}

impl Styles {
    /// A number format that the file writes down.
    pub fn add_code(&mut self, id: u16, code: String) {
        if self.codes.len() < MOST && code.len() < 1000 {
            self.codes.insert(id, code);
        }
    }

    /// The next cell format has this number format.
    pub fn add_cell(&mut self, id: u16) {
        if self.of_cells.len() >= MOST {
            return;
        }
        let at = *self.known.entry(id).or_insert_with(|| {
            let code = self
                .codes
                .get(&id)
                .map_or_else(|| formats::built_in(id), String::as_str);
            self.styles.push(Style::of_code(code));
            self.styles.len() - 1
        });
        self.of_cells.push(at as u32);
    }

    /// A cell format; plain where there is none.
    pub fn get(&self, at: usize) -> &Style {
        let style = self.of_cells.get(at).and_then(|at| self.styles.get(*at as usize));
        style.unwrap_or(&self.plain)
    }

    /// Those of `xl/styles.xml`.
    pub fn of_xml(source: impl Read, limits: &super::limits::Limits) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut of_cells = false;
        let mut parser = xml::Parser::new(source, limits);
        loop {
            match parser.next()? {
                Event::Start(tag) => match tag.local_name().into_inner() {
                    "numFmt" => {
                        let id = xml::number(&tag, "numFmtId").and_then(|id| u16::try_from(id).ok());
                        if let (Some(id), Some(code)) = (id, xml::attribute(&tag, "formatCode")) {
                            styles.add_code(id, code);
                        }
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells => {
                        let id = xml::number(&tag, "numFmtId").and_then(|id| u16::try_from(id).ok());
                        styles.add_cell(id.unwrap_or(0));
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().into_inner() == "cellXfs" => of_cells = false,
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }
}
