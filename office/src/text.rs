//! Texts as rows of cells: what a spreadsheet copies or writes as CSV. One reader for files and for what is pasted.
//!
//! Cells are parted by tabs, semicolons or commas of either width. A cell in double quotes may hold line breaks,
//! separators and doubled quotes (as Excel, WPS and RFC 4180 write them). A quote that is not closed before a separator
//! is a character like any other. Two tricks against scientific notation are taken off: `="0123"` and a tab before digits.

/// Separators of a text without tabs, as they are looked for in its first row.
const PLAIN: &[char] = &[';', ',', '，'];
/// Commas of both widths.
const COMMAS: &[char] = &[',', '，'];

/// A row of the sheet that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as the sheet counts, from 1; a cell of several lines does not count more.
    pub number: usize,
    /// Its cells; at least one holds more than blanks and marks that do not show.
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

/// All rows that hold something, with their cells as they stand.
pub fn rows(text: &str) -> Vec<Row> {
    let text = text.trim_start_matches('\u{feff}');
    let separators = Separators::of(text);
    let mut rows = Vec::new();
    let mut rest = text;
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        let (cells, after) = separators.row(rest);
        rest = after;
        let cells: Vec<String> = cells.into_iter().map(without_tricks).collect();
        if cells
            .iter()
            .any(|cell| !cell.chars().all(|c| c.is_whitespace() || hidden(c)))
        {
            rows.push(Row { number, cells });
        }
    }
    rows
}

/// The rows of a text, each cell [`clean`].
pub fn clean_rows(text: &str) -> Vec<Row> {
    let mut rows = rows(text);
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        *cell = clean(cell);
    }
    rows
}

/// What parts the cells of a text.
enum Separators {
    One([char; 1]),
    /// Commas of both widths.
    Commas,
    /// ASCII commas; a row that does not have as many cells as the first is parted by both widths.
    AsFirst(usize),
}

impl Separators {
    /// Tabs, where the text has one that is no trick; else what the first row that has any is parted by most.
    fn of(text: &str) -> Self {
        if is_tabbed(text) {
            return Self::One(['\t']);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let mut found = [0; 3];
            rest = walk(rest, PLAIN, |_, ended| {
                if let Some(at) = PLAIN.iter().position(|c| Some(*c) == ended) {
                    found[at] += 1;
                }
            });
            match found {
                [0, 0, 0] => {}
                [semicolons, narrow, wide] if semicolons > narrow.max(wide) => return Self::One([';']),
                [_, narrow, 0] if narrow > 0 => return Self::AsFirst(narrow + 1),
                _ => return Self::Commas,
            }
        }
        Self::Commas
    }

    fn row<'a>(&self, text: &'a str) -> (Vec<String>, &'a str) {
        match self {
            Self::One(one) => cells(text, one),
            Self::Commas => cells(text, COMMAS),
            Self::AsFirst(width) => {
                let narrow = cells(text, &[',']);
                if narrow.0.len() == *width {
                    return narrow;
                }
                cells(text, COMMAS)
            }
        }
    }
}

/// Whether a tab stands anywhere but inside quotes and as a trick before the digits of a cell between commas.
fn is_tabbed(text: &str) -> bool {
    if !text.contains('\t') {
        return false;
    }
    let mut rest = text;
    while !rest.is_empty() {
        let (mut count, mut tabs, mut tricks) = (0, 0, 0);
        rest = walk(rest, PLAIN, |cell, _| {
            count += 1;
            if let Cell::Bare(cell) = cell {
                tabs += cell.matches('\t').count();
                let trick = cell.strip_prefix('\t').is_some_and(starts_with_digit);
                tricks += usize::from(trick && !cell[1..].contains('\t'));
            }
        });
        if tabs > 0 && (tabs > tricks || count == 1) {
            return true;
        }
    }
    false
}

/// A cell as it stands in the text.
enum Cell<'a> {
    Bare(&'a str),
    Quoted(String),
}

/// The cells of the row that a text begins with, and what follows its line break.
fn cells<'a>(text: &'a str, separators: &[char]) -> (Vec<String>, &'a str) {
    let mut cells = Vec::new();
    let rest = walk(text, separators, |cell, _| {
        cells.push(match cell {
            Cell::Bare(text) => text.to_owned(),
            Cell::Quoted(text) => text,
        });
    });
    (cells, rest)
}

/// Shows the cells of the row that a text begins with, each with the separator that ends it; gives what follows the row.
fn walk<'a>(text: &'a str, separators: &[char], mut see: impl FnMut(Cell<'a>, Option<char>)) -> &'a str {
    let mut rest = text;
    loop {
        let (cell, after) = next_cell(rest, separators);
        let ended = after.chars().next().filter(|c| separators.contains(c));
        see(cell, ended);
        match ended {
            Some(c) => rest = &after[c.len_utf8()..],
            None => return past_break(after),
        }
    }
}

/// The next cell, and what follows it: a separator, a line break or nothing.
fn next_cell<'a>(text: &'a str, separators: &[char]) -> (Cell<'a>, &'a str) {
    if let Some((cell, rest)) = text.strip_prefix('"').and_then(|text| quoted(text, separators)) {
        return (Cell::Quoted(cell), rest);
    }
    let ends = |c: char| c == '\n' || c == '\r' || separators.contains(&c);
    let (cell, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
    (Cell::Bare(cell), rest)
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

/// `="0123"` is 0123, and so are tabs before digits and before what a spreadsheet would compute.
fn without_tricks(cell: String) -> String {
    let inner = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    // Quotes inside of a formula's text are doubled; others end it, and then it is more than a text.
    if let Some(inner) = inner.filter(|inner| !inner.replace("\"\"", "").contains('"')) {
        return inner.replace("\"\"", "\"");
    }
    let bare = cell.trim_start_matches('\t');
    if bare.len() < cell.len() && (starts_with_digit(bare) || bare.starts_with(['=', '+', '-', '@'])) {
        return bare.to_owned();
    }
    cell
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Marks that do not show: U+200B and its kin, byte order marks, soft hyphens.
fn hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A text without marks that do not show (U+200B and its kin, byte order marks) and without blanks around it.
pub fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|c| !hidden(*c)).collect();
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
        clean_rows(text)
            .into_iter()
            .map(|row| (row.number, row.cells))
            .collect()
    }

    fn raw(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|row| row.cells).collect()
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
    fn separators_are_chosen_by_what_the_text_holds() {
        for (text, wanted) in [
            ("村;金额\n甲;1,107.0", &[&["村", "金额"][..], &["甲", "1,107.0"]][..]),
            ("村,备注\n甲,乙，丙", &[&["村", "备注"], &["甲", "乙，丙"]]),
            ("村，类型\n甲,乙", &[&["村", "类型"], &["甲", "乙"]]),
            (
                "村,类型,片区\n甲，乙,丙",
                &[&["村", "类型", "片区"], &["甲", "乙", "丙"]],
            ),
            ("标题\n村,甲;乙\n丙,丁", &[&["标题"], &["村", "甲;乙"], &["丙", "丁"]]),
            ("甲,乙\t丙", &[&["甲,乙", "丙"]]),
            ("\"\t138\",甲\n\t138,乙", &[&["138", "甲"], &["138", "乙"]]),
            ("\t138\n\t139", &[&["", "138"], &["", "139"]]),
        ] {
            assert_eq!(raw(text), wanted, "{text}");
        }
    }

    #[test]
    fn tricks_against_scientific_notation_are_taken_off() {
        assert_eq!(raw("=\"0012\",\"=\"\"0013\"\"\",=1+1"), [["0012", "0013", "=1+1"]]);
        assert_eq!(raw("=\"甲\"&\"乙\"\t丙"), [["=\"甲\"&\"乙\"", "丙"]]);
        assert_eq!(raw("\t\"\t0012\""), [["", "0012"]]);
    }

    #[test]
    fn cells_stand_as_they_are() {
        assert_eq!(raw("\u{feff} 甲 \t乙\u{200b}\n\u{200b}\t \n"), [[" 甲 ", "乙\u{200b}"]]);
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
        assert_eq!(rows("\u{feff}\n \t\n\t\t\u{200b}\n"), []);
        assert_eq!(rows(""), []);
    }
}
