//! Bytes to tables and tables to bytes. What a file is, its first bytes tell; its name is never asked.

mod cfb;
mod days;
mod docx;
mod formats;
mod html;
mod limits;
mod ods;
mod package;
mod plain;
mod styles;
mod table;
mod values;
mod write;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use crate::book::{Book, MOST_BYTES, MOST_SHEETS, Refusal, Remark};
use limits::Limits;
use std::rc::Rc;

pub use docx::write as write_paper;
pub use write::{bundle, write};

/// A file as plain tables: xlsx, xls (BIFF5 and BIFF8), xlsb, ods, a web page called .xls, CSV and other text.
///
/// Nothing that a file declares of its own size is believed; what is really unpacked, cells and texts are counted and
/// the reading ends at a limit before memory grows with it.
pub fn read(bytes: &[u8]) -> Result<Book, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let mut sink = Sink::default();
    match bytes {
        [b'P', b'K', ..] => package::read(bytes, &mut sink)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => xls::read(bytes, &mut sink)?,
        _ => match known(bytes) {
            Some(name) => return Err(Refusal::Foreign(name.to_owned())),
            None => plain::read(bytes, &mut sink)?,
        },
    }
    if sink.book.sheets.is_empty() {
        return Err(Refusal::Damaged);
    }
    Ok(sink.book)
}

/// What people pick by mistake, by its first bytes.
fn known(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"%PDF", "PDF"),
        (b"{\\rtf", "Word"),
        (b"\x89PNG", "图片"),
        (b"\xff\xd8\xff", "图片"),
        (b"GIF8", "图片"),
        (b"BM", "图片"),
        (b"Rar!", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (b"\x1f\x8b", "压缩包"),
    ];
    let found = KNOWN.iter().find(|(start, _)| bytes.starts_with(start))?;
    // Two letters begin many a text.
    let is_text = found.0 == b"BM" && std::str::from_utf8(bytes).is_ok();
    (!is_text).then_some(found.1)
}

/// Where readers put what they find.
#[derive(Default)]
struct Sink {
    book: Book,
    limits: Rc<Limits>,
}

impl Sink {
    /// How many of this many sheets are read; a remark if not all.
    fn sheets(&mut self, count: usize) -> usize {
        if count > MOST_SHEETS {
            self.book.remarks.push(Remark::MoreSheets(count));
        }
        count.min(MOST_SHEETS)
    }
}
