//! Tables that come from elsewhere, and tables that go out: what a sheet means for a ledger.
//!
//! [`office`] turns files into plain tables and back and knows no ledger. Here a table gets its meaning, step by step:
//! where its headings are ([`layout`]), which heading is which field ([`mapping`]), what a cell says as the value of a
//! field ([`cell`], [`names`]), and what becomes of each row ([`plan`]). [`whole`] does so for all sheets of a
//! workbook. [`write`] makes sheets of records, [`seen`] of other
//! tables of pages, and [`book`] workbooks of both; [`withheld`]
//! says what is left out where nobody is to be named. Nothing is written before a person confirms.
//!
//! [`forms`] gives out sheets to be filled in; what comes back is read against what was given out ([`issued`]) and becomes
//! the report of its unit ([`returned`]).

use office::book::{Cell, Row, Table};

pub mod ahead;
pub mod book;
pub mod cell;
pub mod dues;
pub mod footers;
pub mod forms;
pub mod issued;
pub mod layout;
pub mod mapping;
pub mod names;
pub mod plan;
pub mod returned;
pub mod scores;
pub mod seen;
pub mod whole;
pub mod withheld;
pub mod words;
pub mod write;

/// Pasted cells, or a text that holds one table, as a table.
pub fn from_text(text: &str) -> Table {
    let cell = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
    let rows = office::text::clean_rows(text).into_iter().map(|row| Row {
        number: u32::try_from(row.number).unwrap_or(u32::MAX),
        hidden: false,
        cells: row.cells.into_iter().map(cell).collect(),
    });
    Table {
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The first values of a column, as examples: `寺前村、菖蒲村`.
pub fn sample_of(table: &Table, layout: &layout::Layout, at: usize) -> String {
    let grid = layout::Grid::new(table);
    let rows = layout.body.iter().filter_map(|row| table.rows.get(*row));
    let texts = rows.map(|row| layout::text_of(grid.cell(row, at)).trim());
    let mut seen: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !seen.contains(&text) {
            seen.push(text);
        }
        if seen.len() == 2 {
            break;
        }
    }
    crate::model::value::brief(&seen.join("、"), 24)
}
