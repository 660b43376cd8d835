//! Cells as a spreadsheet copies them, cleaned for what a person pastes into the page.

pub use office::text::{Row, clean, one_line};

/// All rows that hold something; cells are without marks that do not show and without blanks around them.
pub fn read(text: &str) -> Vec<Row> {
    office::text::clean_rows(text)
}
