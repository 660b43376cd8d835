//! Where a table has its titles, its headings, its rows and its totals.

use std::collections::BTreeMap;

use office::book::{Cell, Row, Table};

use super::footers::{Skipped, is_footer, is_total};
use crate::view::cells::one_line;

/// Headings are looked for in the first rows of the sheet, down to this one.
pub const HEADING_ROWS: u32 = 10;
/// How the marks of our own sheets begin: `天城党建:night_talk:unit`.
pub const MARK: &str = "天城党建";

/// A column that has a heading or holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its number from 0.
    pub at: usize,
    /// What stands above it, from top to bottom, each on one line; empty without a heading.
    pub heads: Vec<String>,
    /// Hidden in the sheet.
    pub hidden: bool,
    /// The field that the sheet itself names: ledger and field. Only in our own sheets.
    pub mark: Option<(String, String)>,
}

impl Column {
    /// Its headings joined: `2022年收入（万元） 经营收入`.
    pub fn heading(&self) -> String {
        self.heads.join(" ")
    }

    /// How a person finds it: its heading, or `第 F 列`.
    pub fn label(&self) -> String {
        match self.heads.is_empty() {
            true => format!("第 {} 列", letters(self.at)),
            false => self.heading(),
        }
    }
}

/// The parts of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Numbers of the rows of headings, one or two; empty where none were found.
    pub heading_rows: Vec<u32>,
    /// Columns with a heading or with values.
    pub columns: Vec<Column>,
    /// Numbers of the rows that are no records, why, and what stands in them.
    pub skipped: Vec<(u32, Skipped, String)>,
    /// Places in [`Table::rows`] of those that may be records.
    pub body: Vec<usize>,
    /// Text above the headings, which may name a unit of measure or a year.
    pub above: String,
    /// Written by this program, every column of it.
    pub own: bool,
}

impl Layout {
    /// The column at a place.
    pub fn column(&self, at: usize) -> Option<&Column> {
        self.columns.iter().find(|column| column.at == at)
    }
}

/// Letters of a column: 0 is A, 26 is AA.
pub fn letters(at: usize) -> String {
    let mut rest = at + 1;
    let mut out = Vec::new();
    while rest > 0 {
        let digit = (rest - 1) % 26;
        out.push(b'A' + digit as u8);
        rest = (rest - 1) / 26;
    }
    out.iter().rev().map(|b| *b as char).collect()
}

/// Cells of a table by row and column, with merges resolved.
pub struct Grid<'a> {
    table: &'a Table,
    places: BTreeMap<u32, usize>,
}

impl<'a> Grid<'a> {
    /// The cells of a table.
    pub fn new(table: &'a Table) -> Grid<'a> {
        let places = table.rows.iter().enumerate().map(|(at, row)| (row.number, at));
        Grid {
            table,
            places: places.collect(),
        }
    }

    /// The row with this number.
    pub fn row(&self, number: u32) -> Option<&'a Row> {
        self.places.get(&number).and_then(|at| self.table.rows.get(*at))
    }

    /// What a cell holds; one inside a merge holds what its first cell holds.
    pub fn cell(&self, row: &'a Row, at: usize) -> &'a Cell {
        const NOTHING: &Cell = &Cell::Empty;
        match row.cells.get(at) {
            Some(Cell::Merged(number, column)) => {
                let first = self.row(*number).and_then(|row| row.cells.get(*column as usize));
                first.filter(|c| !matches!(c, Cell::Merged(..))).unwrap_or(NOTHING)
            }
            Some(cell) => cell,
            None => NOTHING,
        }
    }
}

/// The text of a cell as it stands in the sheet; empty where there is none.
pub fn text_of(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) | Cell::Number(text) | Cell::Day(text) | Cell::Error(text) | Cell::NotADay(text) => text,
        Cell::Formatted(text, _) => text,
        Cell::Bool(true) => "是",
        Cell::Bool(false) => "否",
        Cell::Empty | Cell::NoValue | Cell::Refused | Cell::Merged(..) => "",
    }
}

/// Finds the parts of a table. `known` tells whether a heading is one that some ledger has; `pointed` is the number of
/// the row that a person pointed to as the headings.
pub fn layout(table: &Table, known: &dyn Fn(&str) -> bool, pointed: Option<u32>) -> Layout {
    let grid = Grid::new(table);
    let marks = table
        .rows
        .iter()
        .take(12)
        .find_map(|row| Some((row.number, marks_of(row)?)));
    let first = match (&marks, pointed) {
        (Some((number, _)), None) => table.rows.iter().map(|r| r.number).find(|n| n > number),
        (_, Some(number)) => Some(number),
        (None, None) => heading_row(table, known),
    };
    let Some(first) = first else {
        let body = (0..table.rows.len()).collect();
        return Layout {
            columns: columns(table, &grid, &[], &[]),
            body,
            ..Layout::default()
        };
    };
    let mut heading_rows = vec![first];
    if has_second_row(table, &grid, first) {
        heading_rows.push(first + 1);
    }
    let mut out = Layout {
        own: marks
            .as_ref()
            .is_some_and(|(_, marks)| marks.iter().all(|m| m.as_ref().is_some_and(|(of, _)| !of.is_empty()))),
        ..Layout::default()
    };
    let last = heading_rows.last().copied().unwrap_or(first);
    for (at, row) in table.rows.iter().enumerate() {
        let texts: Vec<&str> = row.cells.iter().map(text_of).collect();
        let filled = || {
            let lines = texts.iter().map(|text| one_line(text)).filter(|text| !text.is_empty());
            lines.collect::<Vec<_>>().join(" ")
        };
        if row.number < first {
            if marks.as_ref().is_none_or(|(number, _)| *number != row.number) {
                out.above.push_str(&filled());
                out.above.push('\n');
                out.skipped.push((row.number, Skipped::Title, filled()));
            }
        } else if row.number > last {
            let footer = match marks.is_some() {
                // Below our own headings a text may begin as signatures do.
                true => is_total(&texts).then_some(Skipped::Total),
                false => is_footer(&texts),
            };
            match footer {
                Some(why) => out.skipped.push((row.number, why, filled())),
                None => out.body.push(at),
            }
        }
    }
    let marks = marks.map(|(_, marks)| marks).unwrap_or_default();
    out.columns = columns(table, &grid, &heading_rows, &marks);
    out.heading_rows = heading_rows;
    out
}

/// The marks of a row that this program wrote: ledger and field per column.
fn marks_of(row: &Row) -> Option<Vec<Option<(String, String)>>> {
    let mark = |cell: &Cell| {
        let mut parts = text_of(cell).split(':');
        let ours = parts.next() == Some(MARK);
        ours.then_some(())?;
        Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
    };
    let marks: Vec<Option<(String, String)>> = row.cells.iter().map(mark).collect();
    marks.iter().any(Option::is_some).then_some(marks)
}

/// The row among the first ten with the most known headings, at least two of them.
fn heading_row(table: &Table, known: &dyn Fn(&str) -> bool) -> Option<u32> {
    let score = |row: &Row| {
        let heads = row.cells.iter().filter(|cell| match cell {
            Cell::Text(text) => known(&one_line(text)),
            _ => false,
        });
        heads.count()
    };
    let mut best: Option<(usize, u32)> = None;
    for row in table.rows.iter().take_while(|row| row.number <= HEADING_ROWS) {
        let found = score(row);
        let filled = row.cells.iter().filter(|cell| !text_of(cell).is_empty()).count();
        let enough = found >= 2 || found == 1 && filled == 1;
        if enough && best.is_none_or(|(most, _)| found > most) {
            best = Some((found, row.number));
        }
    }
    // One heading alone leads a list of names: nothing above it or beside it, and something below.
    let (found, number) = best?;
    let narrow = table.rows.iter().all(|row| row.cells.len() <= 1);
    let leads = table.rows.first().is_some_and(|row| row.number == number);
    (found >= 2 || narrow && leads && table.rows.len() > 1).then_some(number)
}

/// Whether the row below belongs to the headings: it parts what one heading covers, or headings reach down into it.
fn has_second_row(table: &Table, grid: &Grid, first: u32) -> bool {
    let Some(below) = grid.row(first + 1) else {
        return false;
    };
    let covers = |column: u32| {
        let wide = |m: &&office::book::Merge| m.first.0 == first && m.last.0 == first && m.first.1 < m.last.1;
        let mut merges = table.merges.iter().filter(wide);
        merges.any(|m| (m.first.1..=m.last.1).contains(&column))
    };
    let parts = below
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| matches!(cell, Cell::Text(_)));
    let parted = parts.filter(|(at, _)| covers(*at as u32)).count();
    let down = table.merges.iter().any(|m| m.first.0 == first && m.last.0 == first + 1);
    parted > 0 || down && below.cells.iter().all(|c| !matches!(c, Cell::Number(_) | Cell::Day(_)))
}

fn columns(table: &Table, grid: &Grid, heading_rows: &[u32], marks: &[Option<(String, String)>]) -> Vec<Column> {
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let of = |at: usize| {
        let mut heads: Vec<String> = Vec::new();
        for number in heading_rows {
            let text = grid.row(*number).map_or("", |row| text_of(grid.cell(row, at)));
            let text = one_line(text);
            if !text.is_empty() && heads.last() != Some(&text) {
                heads.push(text);
            }
        }
        let last = heading_rows.last().copied().unwrap_or(0);
        let below = table.rows.iter().filter(|row| row.number > last);
        let holds = |row: &Row| row.cells.get(at).is_some_and(|cell| *cell != Cell::Empty);
        let filled = below.into_iter().any(holds);
        (!heads.is_empty() || filled).then(|| Column {
            at,
            heads,
            hidden: table.hidden_columns.contains(&(at as u32)),
            mark: marks.get(at).cloned().flatten(),
        })
    };
    (0..width).filter_map(of).collect()
}
