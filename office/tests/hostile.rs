//! Files that are damaged or made to harm: reading ends with tables or a refusal, never with a panic, and within limits.
//!
//! `OFFICE_MUTATIONS` says how many changes each fixture gets (20 if it is not set).

use office::book::{Cell, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Refusal, Remark};
use office::read;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// A number that looks drawn, the same each time (splitmix64).
struct Drawn(u64);

impl Drawn {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }
}

/// Bits turned, a piece cut out, doubled or overwritten, or the end cut off.
fn mutated(bytes: &[u8], drawn: &mut Drawn) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=drawn.next(4) {
        let at = drawn.next(bytes.len());
        let length = (1 + drawn.next(64)).min(bytes.len() - at);
        match drawn.next(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let piece = bytes[at..at + length].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => bytes[at..at + length].fill([0x00, 0xff, 0x7f, 0x80][drawn.next(4)]),
            _ => {
                for _ in 0..=drawn.next(8) {
                    let at = drawn.next(bytes.len());
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << drawn.next(8);
                    }
                }
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// Reads and looks whether the limits were kept.
fn tried(bytes: &[u8]) {
    let Ok(book) = read(bytes) else { return };
    assert!((1..=MOST_SHEETS).contains(&book.sheets.len()));
    for table in &book.sheets {
        assert!(table.rows.len() <= MOST_ROWS);
        for row in &table.rows {
            assert!(row.number >= 1 && row.cells.len() <= MOST_COLUMNS && !row.cells.is_empty());
            assert_ne!(row.cells.last(), Some(&Cell::Empty));
        }
        assert!(table.rows.windows(2).all(|pair| pair[0].number < pair[1].number));
    }
}

fn repacked(bytes: &[u8], part: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut source = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for at in 0..source.len() {
        let mut file = source.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut data = Vec::new();
        std::io::copy(&mut file, &mut data).unwrap();
        if name == part {
            data = change.take().unwrap()(data);
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&data).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn rounds() -> usize {
    std::env::var("OFFICE_MUTATIONS").map_or(20, |count| count.parse().unwrap())
}

#[test]
fn changed_files_never_stop_the_reader() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    let mut drawn = Drawn(14);
    let mut seen = 0;
    for name in names.iter().filter_map(|name| name.to_str()) {
        if name.ends_with(".json") || name.starts_with("bomb") {
            continue;
        }
        let bytes = fixture(name);
        for _ in 0..rounds() {
            tried(&mutated(&bytes, &mut drawn));
            seen += 1;
        }
    }
    assert!(seen >= 35 * rounds());
}

#[test]
fn changed_parts_never_stop_the_reader() {
    // Behind the checksums of the archive: what a reader of XML or of records meets.
    let mut drawn = Drawn(41);
    for (name, part) in [
        ("formulas.xlsx", "xl/worksheets/sheet1.xml"),
        ("merged-unit.xlsx", "xl/worksheets/sheet1.xml"),
        ("amounts.xlsx", "xl/styles.xml"),
        ("hidden.xlsx", "xl/workbook.xml"),
        ("people.xlsx", "xl/sharedStrings.xml"),
        ("table.ods", "content.xml"),
    ] {
        let bytes = fixture(name);
        for _ in 0..rounds() {
            tried(&repacked(&bytes, part, |data| mutated(&data, &mut drawn)));
        }
    }
}

/// A workbook whose sheet holds this.
fn workbook(rows: &[u8]) -> Vec<u8> {
    repacked(&fixture("same-name.xlsx"), "xl/worksheets/sheet1.xml", |_| {
        let start = b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData>";
        [start, rows, b"</sheetData></worksheet>"].concat()
    })
}

#[test]
fn a_value_in_the_last_cell_of_all_takes_no_memory() {
    let book = read(&workbook(
        b"<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c><c r=\"XFD1048576\"><v>2</v></c></row>",
    ))
    .unwrap();
    let table = &book.sheets[0];
    assert_eq!(table.rows.len(), 1);
    assert_eq!((table.rows[0].number, table.rows[0].cells.len()), (1_048_576, 1));
    assert_eq!(book.remarks, [Remark::MoreColumns(table.name.clone())]);
}

#[test]
fn cells_with_a_style_and_nothing_else_are_nothing() {
    // Four million, as a sheet that was coloured down to its end has them.
    let mut rows = Vec::new();
    for row in 1..=20_000 {
        rows.extend_from_slice(format!("<row r=\"{row}\">").as_bytes());
        rows.extend_from_slice(&b"<c s=\"8\"/>".repeat(200));
        rows.extend_from_slice(b"</row>");
    }
    rows.extend_from_slice(b"<row r=\"20001\"><c><v>1</v></c></row>");
    let book = read(&workbook(&rows)).unwrap();
    assert_eq!(book.sheets[0].rows.len(), 1);
    assert_eq!(book.remarks, []);
}

#[test]
fn more_rows_than_are_read_are_told() {
    let mut rows = String::new();
    for row in 1..=MOST_ROWS + 5 {
        rows.push_str(&format!("<row r=\"{row}\"><c><v>{row}</v></c></row>"));
    }
    let book = read(&workbook(rows.as_bytes())).unwrap();
    assert_eq!(book.sheets[0].rows.len(), MOST_ROWS);
    assert_eq!(book.remarks, [Remark::MoreRows(book.sheets[0].name.clone())]);
}

#[test]
fn what_grows_while_it_is_read_is_stopped() {
    // One long text that many cells share: small in the file, large in the tables.
    let shared = |data: Vec<u8>| {
        let text = String::from_utf8(data).unwrap();
        let at = text.find("<si>").unwrap();
        format!("{}<si><t>{}</t></si>{}", &text[..at], "字".repeat(30_000), &text[at..]).into_bytes()
    };
    let cells = b"<c t=\"s\"><v>0</v></c>".repeat(100);
    let rows = [b"<row>", &cells[..], b"</row>"].concat().repeat(100);
    let book = repacked(&workbook(&rows), "xl/sharedStrings.xml", shared);
    assert_eq!(read(&book), Err(Refusal::TooMuch));
    // One row of many, each with a value in its last column.
    let mut rows = String::new();
    for _ in 0..20_000 {
        rows.push_str("<row><c r=\"\"/>");
        rows.push_str("</row>");
    }
    assert_eq!(
        read(&workbook(rows.as_bytes())).map(|book| book.sheets[0].rows.len()),
        Ok(0)
    );
    let mut rows = String::new();
    for row in 1..=20_000 {
        rows.push_str(&format!("<row r=\"{row}\"><c r=\"GR{row}\"><v>1</v></c></row>"));
    }
    assert_eq!(read(&workbook(rows.as_bytes())), Err(Refusal::TooMuch));
    // Elements in elements.
    let deep = b"<a>".repeat(1_000_000);
    assert_eq!(read(&workbook(&deep)), Err(Refusal::TooMuch));
    // One attribute without an end.
    let long = [b"<row r=\"", &b"1".repeat(8_000_000)[..], b"\"/>"].concat();
    assert_eq!(read(&workbook(&long)), Err(Refusal::TooMuch));
}

#[test]
fn merges_over_everything_end() {
    let merges = b"<mergeCell ref=\"A1:GR50000\"/>".repeat(1000);
    let rows = [
        b"<row r=\"1\"><c><v>1</v></c></row><row r=\"50000\"><c><v>1</v></c></row>",
        &merges[..],
    ]
    .concat();
    assert_eq!(read(&workbook(&rows)), Err(Refusal::TooMuch));
}

#[test]
fn a_large_file_is_refused_before_it_is_read() {
    let mut bytes = fixture("people.xlsx");
    bytes.resize(30_000_000, 0);
    assert!(bytes.len() > MOST_BYTES);
    assert_eq!(read(&bytes), Err(Refusal::TooLarge));
}
