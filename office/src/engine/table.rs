//! Builds a table from cells in any order. Memory follows the cells that hold something.

use super::Sink;
use crate::book::{Cell, MOST_COLUMNS, MOST_ROWS, Merge, Refusal, Remark, Row, State, Table};
use std::collections::BTreeMap;

/// Last row and column that a sheet of any program has.
pub const LAST_ROW: u32 = 1_048_576;
pub const LAST_COLUMN: u32 = 16_383;

/// A sheet that is being read.
pub struct Builder<'a> {
    sink: &'a mut Sink,
    table: Table,
    rows: BTreeMap<u32, Vec<Cell>>,
    hidden_rows: Vec<(u32, u32)>,
    more_rows: bool,
    more_columns: bool,
}

impl<'a> Builder<'a> {
    pub fn new(sink: &'a mut Sink, name: String, state: State) -> Self {
        Self {
            sink,
            table: Table {
                name,
                state,
                ..Table::default()
            },
            rows: BTreeMap::new(),
            hidden_rows: Vec::new(),
            more_rows: false,
            more_columns: false,
        }
    }

    /// Puts a cell: row from 1, column from 0. What lies beyond the limits is left out with a remark.
    pub fn set(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Refusal> {
        if cell == Cell::Empty {
            return Ok(());
        }
        let column = column as usize;
        if column >= MOST_COLUMNS {
            self.more_columns = true;
            return Ok(());
        }
        if let Cell::Text(text) | Cell::Error(text) | Cell::Formatted(text, _) = &cell {
            self.sink.limits.text(text.len())?;
        }
        let Some(cells) = self.row(row) else { return Ok(()) };
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
            return Ok(());
        }
        let more = column + 1 - cells.len();
        cells.resize(column, Cell::Empty);
        cells.push(cell);
        self.sink.limits.cells(more)
    }

    /// A row that may be there already; none beyond the limit.
    fn row(&mut self, row: u32) -> Option<&mut Vec<Cell>> {
        if self.rows.len() >= MOST_ROWS && !self.rows.contains_key(&row) {
            self.more_rows = true;
            return None;
        }
        Some(self.rows.entry(row).or_default())
    }

    /// Whether a row holds something so far.
    pub fn has(&self, row: u32) -> bool {
        self.rows.contains_key(&row)
    }

    /// Hides rows, both included.
    pub fn hide_rows(&mut self, first: u32, last: u32) {
        match self.hidden_rows.last_mut() {
            Some(range) if range.1 + 1 == first => range.1 = last,
            _ => self.hidden_rows.push((first, last)),
        }
    }

    /// Hides columns, from 0, both included.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        for column in first..=last.min(MOST_COLUMNS as u32 - 1) {
            if !self.table.hidden_columns.contains(&column) {
                self.table.hidden_columns.push(column);
            }
        }
    }

    /// Merges cells; what is no rectangle of several cells is passed over.
    pub fn merge(&mut self, first: (u32, u32), last: (u32, u32)) -> Result<(), Refusal> {
        let is_one = first.0 > last.0 || first.1 > last.1 || first == last;
        if is_one || first.1 as usize >= MOST_COLUMNS {
            return Ok(());
        }
        self.sink.limits.cells(1)?;
        self.table.merges.push(Merge { first, last });
        Ok(())
    }

    /// Puts the table into the book.
    pub fn finish(mut self) -> Result<(), Refusal> {
        self.fill_merges()?;
        let mut hidden = self.hidden_rows;
        hidden.sort_unstable();
        let mut at = 0;
        let mut furthest = 0;
        for (number, cells) in self.rows {
            if cells.iter().all(is_blank) {
                continue;
            }
            while let Some(range) = hidden.get(at).filter(|range| range.0 <= number) {
                furthest = furthest.max(range.1);
                at += 1;
            }
            self.table.rows.push(Row {
                number,
                hidden: number <= furthest,
                cells,
            });
        }
        self.table.hidden_columns.sort_unstable();
        let name = || self.table.name.clone();
        if self.more_rows {
            self.sink.book.remarks.push(Remark::MoreRows(name()));
        }
        if self.more_columns {
            self.sink.book.remarks.push(Remark::MoreColumns(name()));
        }
        self.sink.book.sheets.push(self.table);
        Ok(())
    }

    /// Gives the cells inside of merges their first cell, down to the last row that holds something.
    fn fill_merges(&mut self) -> Result<(), Refusal> {
        let Some((&last_row, _)) = self.rows.last_key_value() else {
            return Ok(());
        };
        for at in 0..self.table.merges.len() {
            let Merge { first, last } = self.table.merges[at];
            let value = self.rows.get(&first.0).and_then(|row| row.get(first.1 as usize));
            if value.is_none_or(|cell| *cell == Cell::Empty) {
                continue;
            }
            let width = (last.1.min(MOST_COLUMNS as u32 - 1) + 1) as usize;
            for row in first.0..=last.0.min(last_row) {
                self.sink.limits.cells(width - first.1 as usize)?;
                let Some(cells) = self.row(row) else { break };
                if cells.len() < width {
                    cells.resize(width, Cell::Empty);
                }
                for (column, cell) in cells.iter_mut().enumerate().take(width).skip(first.1 as usize) {
                    if (row, column as u32) != first {
                        *cell = Cell::Merged(first.0, first.1);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether a cell holds nothing, or blanks alone.
fn is_blank(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => text.chars().all(char::is_whitespace),
        _ => false,
    }
}
