//! What was read: a workbook as plain tables. Memory follows the cells that hold something.

use serde::{Deserialize, Serialize};

/// Most sheets that are read.
pub const MOST_SHEETS: usize = 100;
/// Most rows of a sheet that are read; the number of the last row may be larger.
pub const MOST_ROWS: usize = 50_000;
/// Most columns of a sheet.
pub const MOST_COLUMNS: usize = 200;
/// Largest file, in bytes.
pub const MOST_BYTES: usize = 20_000_000;

/// A workbook, or a text that holds one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The sheets in the order of the file; at least one.
    pub sheets: Vec<Table>,
    /// What could not be read whole: `the last line ends inside a character`. Shown with the preview.
    pub remarks: Vec<Remark>,
}

/// Something about a file that a person should know before it is taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// The text ends in the middle of a character; the number of the row that was left out.
    CutRow(u32),
    /// More sheets than [`MOST_SHEETS`]; how many there are.
    MoreSheets(usize),
    /// A sheet holds more rows than [`MOST_ROWS`]; its name.
    MoreRows(String),
    /// A sheet holds more columns than [`MOST_COLUMNS`]; its name.
    MoreColumns(String),
}

/// Why a file is refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// It holds no byte.
    Empty,
    /// It is sealed with a password.
    Password,
    /// It ends before its end, or a part of it is damaged.
    Damaged,
    /// It is something else: `Word`, `PDF`, `图片`, `压缩包`; empty if that cannot be told.
    Foreign(String),
    /// More than [`MOST_BYTES`] bytes.
    TooLarge,
    /// Unpacked it is larger than anything that is read.
    TooMuch,
}

/// Whether a sheet is shown by the program that made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Shown.
    #[default]
    Visible,
    /// Hidden; a person can show it.
    Hidden,
    /// Hidden so that only a program can show it.
    VeryHidden,
    /// A chart or a macro sheet: no table.
    Chart,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name; empty for a text.
    pub name: String,
    /// Whether it is shown.
    pub state: State,
    /// Rows that hold more than blanks, in order.
    pub rows: Vec<Row>,
    /// Merged cells.
    pub merges: Vec<Merge>,
    /// Numbers of hidden columns, from 0.
    pub hidden_columns: Vec<u32>,
}

/// A row that holds something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number as the sheet counts, from 1.
    pub number: u32,
    /// Hidden by a person or a filter.
    pub hidden: bool,
    /// Its cells from column A; trailing empty ones are left out.
    pub cells: Vec<Cell>,
}

/// Merged cells, corners included; rows from 1 and columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// First row and column: where the value stands.
    pub first: (u32, u32),
    /// Last row and column.
    pub last: (u32, u32),
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing.
    #[default]
    #[serde(rename = "e")]
    Empty,
    /// A text as it stands, blanks and marks that do not show included; [`crate::text::clean`] takes them off.
    #[serde(rename = "t")]
    Text(String),
    /// A number as a decimal of at most 15 significant digits, without an exponent.
    #[serde(rename = "n")]
    Number(String),
    /// A number whose format shows something else than its digits (`0.0,"万"`, `0%`, `h:mm`): the number and the format.
    #[serde(rename = "f")]
    Formatted(String, String),
    /// A day: `2022-03-05`; a time of day is left out.
    #[serde(rename = "d")]
    Day(String),
    /// Yes or no.
    #[serde(rename = "b")]
    Bool(bool),
    /// An error cell: `#DIV/0!`.
    #[serde(rename = "x")]
    Error(String),
    /// A formula without a stored value.
    #[serde(rename = "v")]
    NoValue,
    /// A date cell whose number is no day: the number.
    #[serde(rename = "u")]
    NotADay(String),
    /// A number of more digits than a sheet keeps (18 digits), or as many in a text: not kept.
    #[serde(rename = "r")]
    Refused,
    /// Lies in a merge and takes the value of its first cell: row from 1, column from 0.
    #[serde(rename = "m")]
    Merged(u32, u32),
}
