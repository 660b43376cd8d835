//! A text document (.docx) by GB/T 9704—2012 that Word, WPS and LibreOffice open alike.
//!
//! The XML is written here: the crates that write such files name neither repeated head rows nor the order of elements
//! that ECMA-376 asks for. Faces are only named, with what stands in for them in the font table; a theme is left out,
//! since its faces would win over the named ones.

mod body;
mod parts;

use crate::paper::{Block, Paper};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes a document. An error is a sentence.
pub fn write(paper: &Paper) -> Result<Vec<u8>, String> {
    let failed = || "文件写不出来".to_owned();
    let pictures: Vec<&[u8]> = paper
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Picture(picture) => Some(picture.png.as_slice()),
            _ => None,
        })
        .collect();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let measures = Measures::of(paper);
    let mut put = |name: &str, bytes: &[u8]| -> Option<()> {
        archive.start_file(name, options).ok()?;
        archive.write_all(bytes).ok()
    };
    let texts = [
        ("[Content_Types].xml", parts::TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(&paper.title)),
        ("word/document.xml", body::document(paper, &measures)),
        ("word/_rels/document.xml.rels", parts::relations(pictures.len())),
        ("word/styles.xml", parts::styles(paper, &measures)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/fontTable.xml", parts::fonts()),
        ("word/footer1.xml", parts::footer(true)),
        ("word/footer2.xml", parts::footer(false)),
    ];
    for (name, text) in &texts {
        put(name, text.as_bytes()).ok_or_else(failed)?;
    }
    for (at, png) in pictures.iter().enumerate() {
        put(&format!("word/media/image{}.png", at + 1), png).ok_or_else(failed)?;
    }
    let bytes = archive.finish().map_err(|_| failed())?.into_inner();
    super::write::plain(&bytes).ok_or_else(failed)
}

/// Sizes of a page, in twentieths of a point unless said otherwise.
struct Measures {
    /// Top, right, bottom and left margin.
    margins: [u32; 4],
    /// Width of the text.
    width: u32,
    /// Exact distance of lines.
    pitch: u32,
    /// Size of the text, in half points.
    size: u32,
    /// Size of the title, in half points.
    title: u32,
    /// What is added between characters.
    spacing: i32,
    /// Size of the text of tables, in half points.
    table: u32,
    /// Least height of a row.
    row: u32,
}

/// Width of A4.
const A4: (u32, u32) = (11_906, 16_838);

impl Measures {
    /// GB/T 9704: margins 37, 26, 35 and 28 mm, so 156 × 225 mm of text; 22 lines at 28.95 pt and 28 characters of 16 pt at
    /// 15.75 pt (28 × 16 pt are 2 mm wider than the text: 三号 was 15.75 pt).
    fn of(paper: &Paper) -> Measures {
        let (margins, pitch, size, title, spacing) = match paper.one_page {
            false => ([2_098, 1_474, 1_984, 1_587], 579, 32, 44, -5),
            true => ([1_134, 1_134, 1_134, 1_134], 400, 24, 36, 0),
        };
        Measures {
            margins,
            width: A4.0 - margins[1] - margins[3],
            pitch,
            size,
            title,
            spacing,
            table: if paper.one_page { 21 } else { 24 },
            row: if paper.one_page { 300 } else { 397 },
        }
    }

    /// Width of half a character.
    fn half(&self) -> u32 {
        (self.size * 10).saturating_add_signed(self.spacing) / 2
    }
}
