//! Files that broke other programs, each with its right answer beside it: `NAME.expected.json`, from A1, as
//! `sheets` → `rows` → cells. Files without an answer are refused.

use office::book::{Book, Cell, Refusal, Remark, State, Table};
use office::read;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// `B4` of a row from 1 and a column from 0.
fn place(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!({ "text": text }),
        Cell::Number(number) | Cell::Formatted(number, _) => json!({ "number": number }),
        Cell::Day(day) => json!({ "day": day }),
        Cell::Bool(yes) => json!({ "bool": yes }),
        Cell::Error(error) => json!({ "error": error }),
        Cell::NoValue => json!({ "no_value": true }),
        Cell::NotADay(number) => json!({ "not_a_day": number }),
        Cell::Refused => json!({ "refused": "18 digits" }),
        Cell::Merged(row, column) => json!({ "merged": place(*row, *column) }),
    }
}

/// A table in the form of the expected ones.
fn told(table: &Table) -> Value {
    let mut rows: Vec<Value> = Vec::new();
    for row in &table.rows {
        rows.resize(row.number as usize - 1, json!([]));
        rows.push(row.cells.iter().map(cell).collect());
    }
    let mut told = json!({
        "name": if table.name.is_empty() { Value::Null } else { json!(table.name) },
        "state": match table.state {
            State::Visible => "visible",
            State::Hidden => "hidden",
            State::VeryHidden => "very_hidden",
            State::Chart => "chart",
        },
        "rows": rows,
    });
    let mut more = |name: &str, list: Vec<Value>| {
        if !list.is_empty() {
            told[name] = Value::Array(list);
        }
    };
    let range = |(first, last): ((u32, u32), (u32, u32))| {
        json!(format!("{}:{}", place(first.0, first.1), place(last.0, last.1)))
    };
    more(
        "merges",
        table
            .merges
            .iter()
            .map(|merge| range((merge.first, merge.last)))
            .collect(),
    );
    let hidden = table.rows.iter().filter(|row| row.hidden);
    more("hidden_rows", hidden.map(|row| json!(row.number)).collect());
    let letters = |column: &u32| json!(place(1, *column).trim_end_matches('1'));
    more("hidden_columns", table.hidden_columns.iter().map(letters).collect());
    told
}

fn expected(name: &str) -> Value {
    let told: Value = serde_json::from_slice(&file(&format!("{name}.expected.json"))).unwrap();
    told["sheets"].clone()
}

fn tables(book: &Book) -> Value {
    book.sheets.iter().map(told).collect()
}

#[test]
fn every_case_gives_its_tables() {
    let mut seen = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".expected.json") else {
            continue;
        };
        let book = read(&file(name)).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        let mut wanted = expected(name);
        if name == "utf8-cut.csv" {
            // The last line ends inside a character: it is named, not read.
            assert_eq!(book.remarks, [Remark::CutRow(40)]);
            wanted[0]["rows"].as_array_mut().unwrap().truncate(39);
        } else {
            assert_eq!(book.remarks, [], "{name}");
        }
        let told = tables(&book);
        for (told, wanted) in told.as_array().unwrap().iter().zip(wanted.as_array().unwrap()) {
            assert_eq!(told, wanted, "{name}");
        }
        assert_eq!(told, wanted, "{name}");
        seen += 1;
    }
    assert_eq!(seen, 37);
}

#[test]
fn an_ending_says_nothing() {
    // The same bytes as .et or .xlsx: there is no name to ask.
    assert_eq!(tables(&read(&file("biff8.xls")).unwrap()), expected("biff8.xls"));
}

#[test]
fn a_format_that_shows_something_else_is_told() {
    let book = read(&file("amounts.xlsx")).unwrap();
    let shown: Vec<&Cell> = book.sheets[0].rows.iter().flat_map(|row| &row.cells).collect();
    let wanted = Cell::Formatted("35000".to_owned(), "0!.0,\"万\"".to_owned());
    assert_eq!(shown.iter().filter(|cell| ***cell == wanted).count(), 1);
    let others = shown.iter().filter(|cell| matches!(cell, Cell::Formatted(..))).count();
    assert_eq!(others, 1);
}

#[test]
fn sealed_damaged_and_foreign_files_are_refused() {
    let foreign = |name: &str| Refusal::Foreign(name.to_owned());
    for (name, wanted) in [
        ("password.xlsx", Refusal::Password),
        ("truncated.xlsx", Refusal::Damaged),
        ("word.xlsx", foreign("Word")),
        ("bomb.xlsx", Refusal::TooMuch),
        ("bomb-lies.xlsx", Refusal::TooMuch),
    ] {
        assert_eq!(read(&file(name)), Err(wanted), "{name}");
    }
    assert_eq!(read(b""), Err(Refusal::Empty));
    assert_eq!(read(b"\xef\xbb\xbf \r\n"), Err(Refusal::Empty));
    assert_eq!(read(b"%PDF-1.7\n"), Err(foreign("PDF")));
    assert_eq!(read(b"\x89PNG\r\n\x1a\n"), Err(foreign("图片")));
    assert_eq!(read(b"Rar!\x1a\x07"), Err(foreign("压缩包")));
    assert_eq!(read(b"\0\x01\x02\x03\x04"), Err(foreign("")));
    assert_eq!(read(&vec![b'1'; office::book::MOST_BYTES + 1]), Err(Refusal::TooLarge));
}
