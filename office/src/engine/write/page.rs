//! Widths of columns and the page that is printed: A4 across, headings on each page.

use super::Rows;
use crate::csv::placed;
use crate::sheet::{Kind, Out, Sheet};
use rust_xlsxwriter::{Worksheet, XlsxError};

const A4: u8 = 9;
/// Narrowest and widest column, in characters of Latin width.
const NARROW: usize = 6;
const WIDE: usize = 40;
/// What a page across holds at the smallest scale that can be read, in characters of Latin width.
const ACROSS: usize = 230;
/// Height of a line, in points.
const LINE: f64 = 15.0;

/// Widths, frozen headings and everything that is printed.
pub fn set_up(page: &mut Worksheet, sheet: &Sheet, rows: Rows) -> Result<(), XlsxError> {
    for (at, width) in (0..).zip(widths(sheet)) {
        page.set_column_width(at, width as f64)?;
        if sheet.columns.get(usize::from(at)).is_some_and(|column| column.hidden) {
            page.set_column_hidden(at)?;
        }
    }
    if rows.first > rows.head {
        page.set_freeze_panes(rows.first, 0)?;
        page.set_repeat_rows(rows.head, rows.first - 1)?;
    }
    page.set_paper_size(A4);
    page.set_landscape();
    let across = pages_across(sheet);
    page.set_print_fit_to_pages(across, 0);
    if across > 1 {
        // Whose row it is stands on each page.
        page.set_repeat_columns(0, 0)?;
    }
    page.set_print_center_horizontally(true);
    page.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    page.set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

/// How many pages a sheet takes across: one, unless its letters would be too small to read.
pub fn pages_across(sheet: &Sheet) -> u16 {
    let shown = (0..).zip(widths(sheet));
    let shown = shown.filter(|(at, _)| !sheet.columns.get(*at).is_some_and(|column| column.hidden));
    let wide: usize = shown.map(|(_, width)| width).sum();
    u16::try_from(wide.div_ceil(ACROSS).max(1)).unwrap_or(u16::MAX)
}

/// The width of each column: its longest line, with some air, up to a cap from which texts are wrapped.
fn widths(sheet: &Sheet) -> Vec<usize> {
    let mut widths: Vec<usize> = sheet
        .columns
        .iter()
        .map(|column| if column.kind == Kind::Day { 10 } else { NARROW })
        .collect();
    let mut see = |at: usize, text: &str| {
        if let Some(width) = widths.get_mut(at) {
            *width = (*width).max(longest_line(text)).min(WIDE);
        }
    };
    for (_, at, heading) in placed(sheet) {
        if heading.columns <= 1 {
            see(at, &heading.text);
        }
    }
    for line in &sheet.rows {
        for (at, cell) in line.cells.iter().enumerate() {
            match cell {
                Out::Empty => {}
                Out::Text(text) | Out::Problem(text) | Out::Number(text) | Out::Day(text) => see(at, text),
            }
        }
    }
    for (at, column) in sheet.columns.iter().enumerate() {
        for choice in column.choices.iter().filter(|_| sheet.blank_rows > 0) {
            see(at, choice);
        }
    }
    widths.into_iter().map(|width| width + 2).collect()
}

fn longest_line(text: &str) -> usize {
    text.lines().map(display_width).max().unwrap_or(0)
}

/// How wide a text is: Chinese characters and full-width signs count two.
fn display_width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

/// The height that a text takes across all columns, in points; its letters are so much larger than usual.
pub fn height(sheet: &Sheet, text: &str, larger: f64) -> f64 {
    let width: usize = widths(sheet).iter().sum::<usize>().max(NARROW + 2);
    let lines = |line: &str| ((display_width(line) as f64 * larger) / width as f64).ceil().max(1.0);
    let lines: f64 = text.lines().map(lines).sum::<f64>().clamp(1.0, 20.0);
    (lines * LINE * larger + 3.0).min(400.0)
}
