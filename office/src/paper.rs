//! What is written as a text document: blocks in their order, as plain data.

use serde::{Deserialize, Serialize};

/// A document on A4.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The title as programs show it in lists of files.
    pub title: String,
    /// Whether Latin letters and digits are set in Times New Roman rather than in the face of the Chinese text.
    pub times: bool,
    /// Set smaller, for a single page; else by GB/T 9704—2012.
    pub one_page: bool,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// The title, centred; a new line begins where it holds one.
    Title(String),
    /// The number of the document, centred.
    Number(String),
    /// Whom it is for, flush left.
    Addressee(String),
    /// A heading of level 1 to 4 with its number.
    Heading(u8, String),
    /// A paragraph, its first line indented.
    Text(String),
    /// A table.
    Table(Table),
    /// A picture with what stands below.
    Picture(Picture),
    /// Who signs, and the distance from the right in half characters.
    Signature(String, usize),
    /// The day, on the right.
    Date(String),
    /// What is attached: one or several.
    Attachments(Vec<String>),
    /// The title of what is attached, at the head of its page, below 附件.
    Annex(String),
    /// So many lines to write on.
    Lines(u8),
    /// Another paper begins: a new page that counts from one.
    Break,
    /// A new page of the same paper begins.
    Page,
}

/// A table over the width of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Names of the columns, repeated on every page; empty: none.
    pub head: Vec<String>,
    /// Share of each column in the width, of any sum.
    pub widths: Vec<u16>,
    /// Cells of each row.
    pub rows: Vec<Vec<String>>,
    /// Whether the cells of each column stand in the middle; on the left where nothing is said.
    pub centred: Vec<bool>,
    /// Least height of a row in tenths of a millimetre; 0: as its words need.
    pub room: u16,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// A PNG file.
    pub png: Vec<u8>,
    /// Printed width in tenths of a millimetre; never wider than the text.
    pub width: u16,
    /// Printed height in tenths of a millimetre.
    pub height: u16,
    /// What stands below; empty: nothing.
    pub caption: String,
}
