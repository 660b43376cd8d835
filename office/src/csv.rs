//! Sheets as CSV: the plain alternative to a workbook.

use crate::sheet::{Heading, Out, Sheet};

/// A sheet as CSV in UTF-8 with a byte order mark, as Excel and WPS open it: the headings joined to one row, then the
/// rows. Title, lines and marks are left out: a program that reads CSV takes the first row for headings.
///
/// Texts that a spreadsheet would compute (`=1+1`, `+5%`, `-甲`, `@甲`) or shorten (codes, phones) are written as
/// `="…"`, which Excel and WPS show as the text and [`crate::text`] reads as it was.
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::from('\u{feff}');
    table(&mut out, sheet);
    out.into_bytes()
}

/// Sheets as one CSV: one as [`csv`] writes it; several below each other, each under its name, with an empty line between.
pub fn csv_of(sheets: &[Sheet]) -> Vec<u8> {
    if let [one] = sheets {
        return csv(one);
    }
    let mut out = String::from('\u{feff}');
    for (at, sheet) in sheets.iter().enumerate() {
        if at > 0 {
            out.push_str("\r\n");
        }
        line(&mut out, std::iter::once(guarded(&sheet.name)));
        table(&mut out, sheet);
    }
    out.into_bytes()
}

fn table(out: &mut String, sheet: &Sheet) {
    line(out, headings(sheet).into_iter());
    for row in &sheet.rows {
        line(out, row.cells.iter().map(cell));
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, text) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        let plain = !text.contains(['"', ',', '，', ';', '\t', '\n', '\r']) && text.trim() == text;
        if plain {
            out.push_str(&text);
        } else {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        }
    }
    out.push_str("\r\n");
}

fn cell(cell: &Out) -> String {
    match cell {
        Out::Empty => String::new(),
        Out::Number(text) | Out::Day(text) => text.clone(),
        Out::Text(text) | Out::Problem(text) => guarded(text),
    }
}

/// Longest text that a formula may hold.
const LONGEST: usize = 255;

/// A text that stays one.
fn guarded(text: &str) -> String {
    let computed = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = text.len() > 1 && text.starts_with(|c: char| c.is_ascii_digit());
    let exponent = text.contains(['e', 'E']) && text.bytes().all(|b| b.is_ascii_digit() || b".+-eE".contains(&b));
    let long = text.len() > 10 && text.bytes().all(|b| b.is_ascii_digit());
    if computed && text.chars().count() > LONGEST {
        format!("\t{text}")
    } else if computed || number && (text.starts_with('0') || exponent || long) {
        format!("=\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The headings as one row, those of several rows joined by a stroke.
pub fn headings(sheet: &Sheet) -> Vec<String> {
    let mut names = vec![String::new(); sheet.columns.len()];
    for (_, first, heading) in placed(sheet) {
        for name in names.iter_mut().skip(first).take(usize::from(heading.columns.max(1))) {
            if !name.is_empty() && !heading.text.is_empty() {
                name.push('-');
            }
            name.push_str(&heading.text);
        }
    }
    names
}

/// Each heading with its row and first column, from 0: columns that a heading of a row above covers are passed over.
pub fn placed(sheet: &Sheet) -> Vec<(usize, usize, &Heading)> {
    let width = sheet.columns.len();
    let mut covered = vec![vec![false; width]; sheet.head.len()];
    let mut placed = Vec::new();
    for (row, headings) in sheet.head.iter().enumerate() {
        let mut at = 0;
        for heading in headings {
            while at < width && covered[row][at] {
                at += 1;
            }
            if at >= width {
                break;
            }
            let columns = usize::from(heading.columns.max(1)).min(width - at);
            for line in covered.iter_mut().skip(row).take(usize::from(heading.rows.max(1))) {
                line[at..at + columns].fill(true);
            }
            placed.push((row, at, heading));
            at += columns;
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Column, Line};

    fn heading(text: &str, columns: u16, rows: u16) -> Heading {
        Heading {
            text: text.to_owned(),
            columns,
            rows,
        }
    }

    fn sheet() -> Sheet {
        Sheet {
            head: vec![
                vec![heading("村", 1, 2), heading("收入", 2, 1), heading("备注", 1, 2)],
                vec![heading("经营", 1, 1), heading("补助", 1, 1)],
            ],
            columns: vec![Column::default(); 4],
            ..Sheet::default()
        }
    }

    #[test]
    fn headings_of_two_rows_are_joined() {
        assert_eq!(headings(&sheet()), ["村", "收入-经营", "收入-补助", "备注"]);
    }

    #[test]
    fn several_sheets_stand_below_each_other() {
        let sheet = |name: &str, head: &str, text: &str| Sheet {
            name: name.to_owned(),
            columns: vec![crate::sheet::Column::default()],
            head: vec![vec![Heading {
                text: head.to_owned(),
                columns: 1,
                rows: 1,
            }]],
            rows: vec![crate::sheet::Line {
                cells: vec![Out::Text(text.to_owned())],
                ..Default::default()
            }],
            ..Sheet::default()
        };
        let (one, other) = (sheet("甲", "村", "寺前村"), sheet("=乙", "数", "7"));
        assert_eq!(csv_of(std::slice::from_ref(&one)), csv(&one));
        let text = String::from_utf8(csv_of(&[one, other])).unwrap();
        assert_eq!(
            text,
            "\u{feff}甲\r\n村\r\n寺前村\r\n\r\n\"=\"\"=乙\"\"\"\r\n数\r\n7\r\n"
        );
    }

    #[test]
    fn texts_come_back_from_csv() {
        let mut sheet = sheet();
        let texts = [
            ["=1+1", "+5%", "-甲", "@甲"],
            ["0012", "13800001001", "421223100208", "1E5"],
            ["甲\n乙", "甲\"乙\"", "甲,乙;丙，丁", "𫠆\u{200b}"],
            [" 甲 ", "'01", "=HYPERLINK(\"甲\",\"乙\")", "=甲\n乙"],
        ];
        let long = "=1".repeat(200);
        let texts = texts.into_iter().chain([[&*long, "", "\t1", "=\"甲\""]]);
        for row in texts.clone() {
            sheet.rows.push(Line {
                cells: row.iter().map(|text| Out::Text((*text).to_owned())).collect(),
                ..Line::default()
            });
        }
        sheet.rows.push(Line {
            cells: vec![
                Out::Empty,
                Out::Number("-0.5".into()),
                Out::Day("2022-03-05".into()),
                Out::Empty,
            ],
            ..Line::default()
        });
        let bytes = csv(&sheet);
        assert!(bytes.starts_with(b"\xef\xbb\xbf"));
        let rows = crate::text::rows(std::str::from_utf8(&bytes).unwrap());
        assert_eq!(rows.len(), 7);
        for (row, texts) in rows[1..].iter().zip(texts) {
            assert_eq!(row.cells, texts);
        }
        assert_eq!(rows[6].cells, ["", "-0.5", "2022-03-05", ""]);
    }
}
