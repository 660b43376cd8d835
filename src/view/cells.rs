//! Cells as a spreadsheet copies them: rows of texts parted by tabs, or by commas of either width.
//!
//! A cell in double quotes may hold line breaks, separators and doubled quotes (as Excel, WPS and RFC 4180 write them).
//! A quote that is not closed before a separator is a character like any other.

/// A row of the sheet that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as the sheet counts, from 1; a cell of several lines does not count more.
    pub number: usize,
    /// Its cells, without marks that do not show and without blanks around them; at least one is not empty.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell; empty where the row is shorter.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// The first cell that holds something.
    pub fn first(&self) -> &str {
        self.cells
            .iter()
            .find(|cell| !cell.is_empty())
            .map_or("", String::as_str)
    }

    /// How many cells hold something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// All rows that hold something. A text with a tab is parted by tabs, another one by commas.
pub fn read(text: &str) -> Vec<Row> {
    let separators: &[char] = if text.contains('\t') { &['\t'] } else { &[',', '，'] };
    let mut rows = Vec::new();
    let mut rest = text.trim_start_matches('\u{feff}');
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        let mut cells = Vec::new();
        loop {
            let (cell, after) = next_cell(rest, separators);
            cells.push(clean(&cell));
            rest = after;
            match rest.chars().next() {
                Some(c) if separators.contains(&c) => rest = &rest[c.len_utf8()..],
                _ => break,
            }
        }
        rest = past_break(rest);
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    rows
}

/// The text of the next cell, and what follows it: a separator, a line break or nothing.
fn next_cell<'a>(text: &'a str, separators: &[char]) -> (String, &'a str) {
    if let Some(found) = text.strip_prefix('"').and_then(|text| quoted(text, separators)) {
        return found;
    }
    let ends = |c: char| c == '\n' || c == '\r' || separators.contains(&c);
    let (cell, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
    (cell.to_owned(), rest)
}

/// A cell after its opening quote; `None` if it is not closed where a cell ends.
fn quoted<'a>(text: &'a str, separators: &[char]) -> Option<(String, &'a str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        match after.chars().next() {
            Some('"') => {
                cell.push('"');
                rest = &after[1..];
            }
            Some(c) if c != '\n' && c != '\r' && !separators.contains(&c) => return None,
            _ => return Some((cell, after)),
        }
    }
}

fn past_break(text: &str) -> &str {
    let text = text.strip_prefix('\r').unwrap_or(text);
    text.strip_prefix('\n').unwrap_or(text)
}

/// A text without marks that do not show (U+200B and its kin, byte order marks) and without blanks around it.
pub fn clean(text: &str) -> String {
    let shows = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let text: String = text.chars().filter(shows).collect();
    text.trim().to_owned()
}

/// A name on one line: as [`clean`], and blanks and line breaks beside a character that is no Latin letter or digit are
/// left out, others are one blank. `菖蒲　村` and `菖蒲⏎村` are 菖蒲村.
pub fn one_line(text: &str) -> String {
    let text = clean(text);
    let mut out = String::new();
    for part in text.split_whitespace() {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(out.chars().last()) && latin(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        read(text).into_iter().map(|row| (row.number, row.cells)).collect()
    }

    #[test]
    fn rows_are_counted_as_the_sheet_counts_them() {
        let rows = cells("一\t\"甲\n乙\"\r\n\t\t\r\n二\t丙\r三");
        let numbers: Vec<usize> = rows.iter().map(|row| row.0).collect();
        assert_eq!(numbers, [1, 3, 4]);
        assert_eq!(rows[0].1, ["一", "甲\n乙"]);
    }

    #[test]
    fn quotes() {
        for (text, wanted) in [
            ("\"寺前\"\"新\"\"村\"\t村", &["寺前\"新\"村", "村"][..]),
            ("\"a\tb\"\tc", &["a\tb", "c"]),
            ("\"甲，乙\",丙", &["甲，乙", "丙"]),
            ("\"甲\"乙\t丙", &["\"甲\"乙", "丙"]),
            ("\"甲\t乙", &["\"甲", "乙"]),
            ("寺前\"新\"村\t村", &["寺前\"新\"村", "村"]),
            ("\"寺前村\n\"\t村", &["寺前村", "村"]),
            ("\"\"\t村", &["", "村"]),
            ("甲\t", &["甲", ""]),
        ] {
            assert_eq!(
                cells(text),
                [(1, wanted.iter().map(|c| (*c).to_owned()).collect())],
                "{text}"
            );
        }
    }

    #[test]
    fn marks_that_do_not_show_are_no_part_of_a_name() {
        for text in [
            "寺前村\u{200b}",
            "\u{feff}寺前村\u{a0}",
            "寺前\u{3000}村",
            "寺前\n村",
            " 寺\u{ad}前 村",
        ] {
            assert_eq!(one_line(text), "寺前村");
        }
        assert_eq!(one_line("K2  网格 A 区"), "K2网格A区");
        assert_eq!(one_line("New  Town"), "New Town");
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(read("\u{feff}\n \t\n\t\t\u{200b}\n"), []);
        assert_eq!(read(""), []);
    }
}
