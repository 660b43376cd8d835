//! Sheets as a workbook (.xlsx) that WPS, Excel 2010 and LibreOffice open without a word and print on A4.

mod archive;
mod lists;
mod names;
mod page;

pub use archive::plain;

use super::days;
use crate::csv::placed;
use crate::sheet::{Column, Kind, Line, Look, Out, Sheet};
use lists::Lists;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError};
use std::collections::HashMap;

/// The font of everything. A theme's fonts are others on every machine.
const FONT: &str = "宋体";
/// Behind headings.
const GREY: u32 = 0x00D9_D9D9;
/// Behind a cell that could not be taken in.
const RED: u32 = 0x00FF_C7CE;
/// Longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;
/// Most digits of a number that a spreadsheet keeps.
const DIGITS: usize = 15;

/// Writes a workbook. An error is a sentence that names sheet and row.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, String> {
    if sheets.is_empty() {
        return Err("没有可写的表".to_owned());
    }
    let mut book = Workbook::new();
    let plain = Format::new()
        .set_font_name(FONT)
        .set_font_size(11)
        .set_align(FormatAlign::VerticalCenter);
    let title = sheets.iter().map(|sheet| &*sheet.title).find(|title| !title.is_empty());
    book.set_default_format(&plain, 20, 72).map_err(told)?;
    book.set_properties(&DocProperties::new().set_title(title.unwrap_or(&sheets[0].name)));
    let names = names::legal(sheets.iter().map(|sheet| &*sheet.name));
    let mut lists = Lists::new(names::distinct("选项", &names));
    let shown = sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0);
    for (at, (sheet, name)) in sheets.iter().zip(&names).enumerate() {
        let page = book.add_worksheet();
        page.set_name(name).map_err(told)?;
        page.set_hidden(sheet.hidden && at != shown);
        if at == shown {
            page.set_active(true);
            page.set_first_tab(true);
        }
        let mut writer = Writer {
            page,
            sheet,
            name,
            plain: &plain,
            formats: HashMap::new(),
        };
        let rows = writer.write()?;
        lists.apply(writer.page, sheet, rows).map_err(told)?;
    }
    lists.write(&mut book).map_err(told)?;
    let bytes = book.save_to_buffer().map_err(told)?;
    archive::plain(&bytes).ok_or_else(|| "表格写不出来".to_owned())
}

/// Writes workbooks into one archive; each with the name of its file.
///
/// # Errors
/// A sentence that names sheet and row.
pub fn bundle(books: &[(String, Vec<Sheet>)]) -> Result<Vec<u8>, String> {
    let written = books.iter().map(|(name, sheets)| Ok((name.clone(), write(sheets)?)));
    let files: Vec<(String, Vec<u8>)> = written.collect::<Result<_, String>>()?;
    archive::bundle(&files).ok_or_else(|| "文件太多，压缩包放不下".to_owned())
}

fn told(error: XlsxError) -> String {
    format!("表格写不出来：{error}")
}

/// Rows of a sheet, from 0: where the headings begin, where the records begin, and where everything ends.
#[derive(Clone, Copy)]
struct Rows {
    head: u32,
    first: u32,
    end: u32,
}

/// Writes one sheet.
struct Writer<'a> {
    page: &'a mut Worksheet,
    sheet: &'a Sheet,
    name: &'a str,
    plain: &'a Format,
    /// By number format, look of the row, and whether the cell is a problem.
    formats: HashMap<(String, Look, bool), Format>,
}

impl Writer<'_> {
    fn write(&mut self) -> Result<Rows, String> {
        let head = self.above().map_err(told)?;
        self.head(head).map_err(told)?;
        let first = head + self.sheet.head.len() as u32;
        let mut row = first;
        for line in &self.sheet.rows {
            self.line(row, line)?;
            row += 1;
        }
        for _ in 0..self.sheet.blank_rows {
            self.line(row, &Line::default())?;
            row += 1;
        }
        let rows = Rows { head, first, end: row };
        page::set_up(self.page, self.sheet, rows).map_err(told)?;
        self.for_more(rows).map_err(told)?;
        Ok(rows)
    }

    fn last_column(&self) -> u16 {
        let of_head = placed(self.sheet)
            .into_iter()
            .map(|(_, at, heading)| at + usize::from(heading.columns.max(1)));
        let wide = of_head.max().unwrap_or(0).max(self.sheet.columns.len()).max(1);
        u16::try_from(wide - 1).unwrap_or(u16::MAX)
    }

    /// Title, lines and marks; the row after them.
    fn above(&mut self) -> Result<u32, XlsxError> {
        let last = self.last_column();
        let mut row = 0;
        if !self.sheet.title.is_empty() {
            // In the middle of the page; of several beside each other, on the first.
            let align = match page::pages_across(self.sheet) {
                1 => FormatAlign::Center,
                _ => FormatAlign::Left,
            };
            let format = self
                .plain
                .clone()
                .set_bold()
                .set_font_size(16)
                .set_align(align)
                .set_text_wrap();
            self.across(row, last, &self.sheet.title, &format)?;
            self.page
                .set_row_height(row, page::height(self.sheet, &self.sheet.title, 1.6) + 8.0)?;
            row += 1;
        }
        for line in &self.sheet.lines {
            let format = self.plain.clone().set_num_format("@").set_text_wrap();
            self.across(row, last, line, &format)?;
            self.page.set_row_height(row, page::height(self.sheet, line, 1.0))?;
            row += 1;
        }
        if !self.sheet.marks.is_empty() {
            let format = self.plain.clone().set_num_format("@");
            for (column, mark) in (0..).zip(&self.sheet.marks) {
                self.page.write_string_with_format(row, column, mark, &format)?;
            }
            self.page.set_row_hidden(row)?;
            row += 1;
        }
        Ok(row)
    }

    fn across(&mut self, row: u32, last: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        if last == 0 {
            self.page.write_string_with_format(row, 0, text, format)?;
        } else {
            self.page.merge_range(row, 0, row, last, text, format)?;
        }
        Ok(())
    }

    fn head(&mut self, top: u32) -> Result<(), XlsxError> {
        let format = self
            .plain
            .clone()
            .set_bold()
            .set_num_format("@")
            .set_align(FormatAlign::Center)
            .set_text_wrap()
            .set_background_color(GREY)
            .set_border(FormatBorder::Thin);
        let (width, depth) = (usize::from(self.last_column()) + 1, self.sheet.head.len());
        for (row, at, heading) in placed(self.sheet) {
            let columns = usize::from(heading.columns.max(1)).min(width - at);
            let rows = usize::from(heading.rows.max(1)).min(depth - row);
            let (first, column) = (top + row as u32, at as u16);
            if columns * rows > 1 {
                let last = (first + rows as u32 - 1, column + columns as u16 - 1);
                self.page
                    .merge_range(first, column, last.0, last.1, &heading.text, &format)?;
            } else {
                self.page
                    .write_string_with_format(first, column, &heading.text, &format)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, row: u32, line: &Line) -> Result<(), String> {
        let width = self.sheet.columns.len().max(line.cells.len());
        for at in 0..width {
            let column = self.sheet.columns.get(at);
            let kind = column.map_or(Kind::Text, |column| column.kind);
            let cell = line.cells.get(at).unwrap_or(&Out::Empty);
            self.cell(row, at, cell, kind, line.look)?;
        }
        Ok(())
    }

    fn cell(&mut self, row: u32, at: usize, cell: &Out, kind: Kind, look: Look) -> Result<(), String> {
        let column = u16::try_from(at).map_err(|_| format!("“{}”的列太多", self.name))?;
        let number = match cell {
            Out::Number(text) => number(text),
            Out::Day(day) => days::serial(day).map(f64::from),
            _ => None,
        };
        let code = match (cell, number) {
            (Out::Number(text), Some(_)) => number_format(text, kind).to_owned(),
            (Out::Day(_), Some(_)) => "yyyy-mm-dd".to_owned(),
            (Out::Empty, _) => format_of(kind).to_owned(),
            _ => "@".to_owned(),
        };
        let format = self.format(code, look, matches!(cell, Out::Problem(_)));
        let written = match cell {
            Out::Empty => self.page.write_blank(row, column, &format),
            Out::Text(text) | Out::Problem(text) | Out::Number(text) | Out::Day(text) => match number {
                Some(number) => self.page.write_number_with_format(row, column, number, &format),
                None if text.is_empty() => self.page.write_blank(row, column, &format),
                None if text.encode_utf16().count() > LONGEST => {
                    let number = row + 1;
                    return Err(format!(
                        "“{}”第 {number} 行有一格文字超过 {LONGEST} 字，表格放不下",
                        self.name
                    ));
                }
                None => self.page.write_string_with_format(row, column, text, &format),
            },
        };
        written.map(|_| ()).map_err(told)
    }

    fn format(&mut self, code: String, look: Look, problem: bool) -> Format {
        let plain = self.plain;
        let entry = self.formats.entry((code, look, problem));
        let code = entry.key().0.clone();
        let format = entry.or_insert_with(|| {
            let mut format = plain.clone().set_border(FormatBorder::Thin);
            if code == "@" {
                format = format.set_text_wrap();
            }
            format = format.set_num_format(code);
            if look != Look::Plain {
                format = format.set_bold();
            }
            if look == Look::Total {
                format = format.set_border_top(FormatBorder::Medium);
            }
            if problem {
                format = format.set_background_color(RED);
            }
            format
        });
        format.clone()
    }

    /// What is typed below stays text where it must; a code of digits is no mistake of the person who typed it.
    fn for_more(&mut self, rows: Rows) -> Result<(), XlsxError> {
        let last = self
            .sheet
            .columns
            .len()
            .checked_sub(1)
            .and_then(|last| u16::try_from(last).ok());
        let Some(last) = last else { return Ok(()) };
        if self.sheet.blank_rows > 0 {
            for (at, Column { kind, .. }) in (0..=last).zip(&self.sheet.columns) {
                let format = self.plain.clone().set_num_format(format_of(*kind));
                self.page.set_column_format(at, &format)?;
            }
        }
        if rows.end > rows.first {
            let digits = IgnoreError::NumberStoredAsText;
            self.page
                .ignore_error_range(rows.first, 0, rows.end - 1, last, digits)?;
        }
        Ok(())
    }
}

/// The format of a column's blank cells.
fn format_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "@",
        Kind::Whole => "0",
        Kind::Decimal => "General",
        Kind::Percent => "0.0%",
        Kind::Day => "yyyy-mm-dd",
    }
}

/// The format of a number: as many places as it has, at most four.
fn number_format(text: &str, kind: Kind) -> &'static str {
    let places = text.split_once('.').map_or(0, |(_, places)| places.len());
    match (kind, places) {
        (Kind::Percent, _) => "0.0%",
        (_, 0) => "0",
        (_, 1) => "0.0",
        (_, 2) => "0.00",
        (_, 3) => "0.000",
        _ => "0.0000",
    }
}

/// A decimal as a number; none if a spreadsheet would lose digits of it.
fn number(text: &str) -> Option<f64> {
    let is_decimal = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    let significant = text.trim_start_matches(['-', '0', '.']);
    let count = significant.bytes().filter(u8::is_ascii_digit).count();
    (is_decimal && count <= DIGITS).then(|| text.parse().ok()).flatten()
}
