//! What is written: sheets with their titles, headings, columns and cells, as plain tables.

use serde::{Deserialize, Serialize};

/// A sheet to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name as a person would give it; made legal and distinct when it is written.
    pub name: String,
    /// Merged over all columns at the top; empty: none.
    pub title: String,
    /// Lines under it, merged over all columns: 单位, 统计期, 制表日期, filters in words, hints.
    pub lines: Vec<String>,
    /// A hidden row of texts under the lines, by which the program knows its own sheets; empty: none.
    pub marks: Vec<String>,
    /// Headings, from one to three rows; the last names the columns.
    pub head: Vec<Vec<Heading>>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Line>,
    /// Empty rows with borders that are left for more, with the rules of their columns.
    pub blank_rows: u32,
    /// Hidden, as the lists of choices are.
    pub hidden: bool,
}

/// A heading over one or more columns and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// What it says.
    pub text: String,
    /// Columns that it covers, at least 1. Columns that a heading of the row above covers down are left out.
    pub columns: u16,
    /// Rows that it covers, at least 1.
    pub rows: u16,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Texts stay texts, numbers stand right.
    pub kind: Kind,
    /// What may be chosen; empty: anything. Long lists go to a hidden sheet.
    pub choices: Vec<String>,
    /// Shown when a cell of the column is chosen; empty: nothing.
    pub hint: String,
    /// A blank cell is marked, since the column has to be filled in.
    pub required: bool,
    /// Other texts than the choices may be typed as well.
    #[serde(default)]
    pub open: bool,
    /// Hidden, as the ids of records are.
    #[serde(default)]
    pub hidden: bool,
}

/// What a column holds; decides format and alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Text, codes and phones included: format `@`.
    #[default]
    Text,
    /// Whole numbers.
    Whole,
    /// Decimals, as many places as each has, at most four.
    Decimal,
    /// Percentages: the number is the fraction (0.593), shown as 59.3%.
    Percent,
    /// Days: `2022-03-05`.
    Day,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its cells.
    pub cells: Vec<Out>,
    /// How it looks.
    pub look: Look,
}

/// How a row looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Look {
    /// As rows do.
    #[default]
    Plain,
    /// A subtotal: bold.
    Subtotal,
    /// A total: bold with a rule above.
    Total,
}

/// A cell to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Out {
    /// Nothing.
    #[default]
    #[serde(rename = "e")]
    Empty,
    /// A text; it is never read as a formula.
    #[serde(rename = "t")]
    Text(String),
    /// A number as a decimal.
    #[serde(rename = "n")]
    Number(String),
    /// A day: `2022-03-05`.
    #[serde(rename = "d")]
    Day(String),
    /// A text that could not be taken in: coloured.
    #[serde(rename = "x")]
    Problem(String),
}
