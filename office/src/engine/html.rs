//! Web pages that call themselves .xls: their tables, with cells that span columns and rows.

use super::Sink;
use super::table::{Builder, LAST_COLUMN, LAST_ROW};
use super::values;
use crate::book::{MOST_COLUMNS, MOST_ROWS, Refusal, State};

/// Whether a text is a web page with a table.
pub fn is_page(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && find(text, "<table").is_some()
}

/// Every outermost table of the page is a sheet without a name.
pub fn read(text: &str, sink: &mut Sink) -> Result<(), Refusal> {
    let starts = Tokens { rest: text }.filter(|token| matches!(token, Token::Open(name, _) if name == "table"));
    let count = sink.sheets(starts.count());
    let mut tokens = Tokens { rest: text };
    for _ in 0..count {
        let found = tokens.any(|token| matches!(token, Token::Open(name, _) if name == "table"));
        if !found {
            break;
        }
        table(&mut tokens, sink)?;
    }
    Ok(())
}

fn table(tokens: &mut Tokens<'_>, sink: &mut Sink) -> Result<(), Refusal> {
    let mut page = Page {
        builder: Builder::new(sink, String::new(), State::Visible),
        row: 0,
        column: 0,
        spans: Vec::new(),
        cell: None,
    };
    let mut nested = 0;
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => page.text(text),
            Token::Open(name, attributes) => match &*name {
                "table" => nested += 1,
                _ if nested > 0 => page.text(" "),
                "tr" => page.next_row()?,
                "td" | "th" => page.open(attributes)?,
                "br" | "p" | "div" => page.line_break(),
                "script" | "style" => tokens.skip_to(&name),
                _ => {}
            },
            Token::Close(name) => match &*name {
                "table" if nested == 0 => break,
                "table" => {
                    nested -= 1;
                    page.text(" ");
                }
                _ if nested > 0 => page.text(" "),
                "td" | "th" | "tr" => page.close()?,
                _ => {}
            },
        }
    }
    page.close()?;
    page.builder.finish()
}

/// A table that is being read.
struct Page<'a> {
    builder: Builder<'a>,
    row: u32,
    column: u32,
    /// For each column the last row that a cell above reaches down to.
    spans: Vec<u32>,
    cell: Option<Open>,
}

struct Open {
    text: String,
    columns: u32,
    rows: u32,
}

impl Page<'_> {
    fn next_row(&mut self) -> Result<(), Refusal> {
        self.close()?;
        self.row = self.row.saturating_add(1).min(LAST_ROW);
        self.column = 0;
        Ok(())
    }

    fn open(&mut self, attributes: &str) -> Result<(), Refusal> {
        if self.row == 0 {
            self.next_row()?;
        }
        self.close()?;
        let span = |name| number(attributes, name).unwrap_or(1).max(1);
        self.cell = Some(Open {
            text: String::new(),
            columns: span("colspan").min(LAST_COLUMN),
            rows: span("rowspan").min(MOST_ROWS as u32),
        });
        Ok(())
    }

    /// Text runs together as in a browser: white space is one blank.
    fn text(&mut self, text: &str) {
        let Some(cell) = &mut self.cell else { return };
        let text = without_entities(text);
        let mut blank = text.starts_with(|c: char| c.is_ascii_whitespace());
        for word in text.split_ascii_whitespace() {
            if blank && !cell.text.is_empty() && !cell.text.ends_with(['\n', ' ']) {
                cell.text.push(' ');
            }
            cell.text.push_str(word);
            blank = true;
        }
        if blank && text.ends_with(|c: char| c.is_ascii_whitespace()) && !cell.text.ends_with(['\n', ' ']) {
            cell.text.push(' ');
        }
    }

    fn line_break(&mut self) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
            cell.text.push('\n');
        }
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        while self
            .spans
            .get(self.column as usize)
            .is_some_and(|last| *last >= self.row)
        {
            self.column += 1;
        }
        let first = (self.row, self.column);
        let text = cell.text.trim().to_owned();
        self.builder.set(first.0, first.1, values::text(text))?;
        let last = (
            first.0 + cell.rows - 1,
            first.1.saturating_add(cell.columns - 1).min(LAST_COLUMN),
        );
        self.builder.merge(first, last)?;
        let end = (last.1 as usize + 1).min(MOST_COLUMNS);
        if cell.rows > 1 && self.spans.len() < end {
            self.spans.resize(end, 0);
        }
        if cell.rows > 1 && end > first.1 as usize {
            self.spans[first.1 as usize..end].fill(last.0);
        }
        self.column = last.1 + 1;
        Ok(())
    }
}

/// A piece of a page.
enum Token<'a> {
    Text(&'a str),
    /// Name in small letters, and what stands behind it.
    Open(String, &'a str),
    Close(String),
}

struct Tokens<'a> {
    rest: &'a str,
}

impl Tokens<'_> {
    /// Passes over what is no text.
    fn skip_to(&mut self, name: &str) {
        let at = find(self.rest, &format!("</{name}"));
        self.rest = &self.rest[at.unwrap_or(self.rest.len())..];
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(tag) = self.rest.strip_prefix('<') else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                self.rest = rest;
                return Some(Token::Text(text));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
                self.rest = tag;
                return Some(Token::Text("<"));
            }
            let (inner, rest) = tag.split_at(end_of_tag(tag));
            self.rest = rest.strip_prefix('>').unwrap_or(rest);
            let closes = inner.starts_with('/');
            let inner = inner.trim_start_matches('/');
            let ends = |c: char| c.is_ascii_whitespace() || c == '/';
            let (name, attributes) = inner.split_at(inner.find(ends).unwrap_or(inner.len()));
            let name = name.to_ascii_lowercase();
            return Some(if closes {
                Token::Close(name)
            } else {
                Token::Open(name, attributes)
            });
        }
    }
}

/// Where a tag ends: values in quotes may hold `>`.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') if tag[..at].trim_end().ends_with('=') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // A quote that is never closed does not swallow the page.
    tag.find('>').unwrap_or(tag.len())
}

/// Where a word in small letters begins, whatever its case in the text.
fn find(text: &str, word: &str) -> Option<usize> {
    let word = word.as_bytes();
    text.as_bytes()
        .windows(word.len())
        .position(|part| part.eq_ignore_ascii_case(word))
}

/// A whole number in an attribute.
fn number(attributes: &str, name: &str) -> Option<u32> {
    let from = &attributes[find(attributes, name)? + name.len()..];
    let value = from.trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    value[..end].parse().ok()
}

/// Characters that a page writes as `&name;` or `&#number;`.
fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let end = from.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((entity(&from[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &from[end + 1..];
            }
            None => {
                out.push('&');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    }
    Some(match name {
        "nbsp" => '\u{a0}',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "emsp" => '\u{2003}',
        "ensp" => '\u{2002}',
        "middot" => '·',
        "yen" => '¥',
        "mdash" => '—',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "times" => '×',
        "permil" => '‰',
        "radic" => '√',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Cell;

    fn cells(page: &str) -> Vec<Vec<Cell>> {
        let mut sink = Sink::default();
        read(page, &mut sink).unwrap();
        sink.book
            .sheets
            .swap_remove(0)
            .rows
            .into_iter()
            .map(|row| row.cells)
            .collect()
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn cells_that_span_rows_push_the_next_ones_aside() {
        let page = "<HTML><Table><TR><TD RowSpan=2>甲<td colspan='2'>乙</td></tr><tr><td>丙<td>丁</table>";
        assert_eq!(
            cells(page),
            [
                vec![text("甲"), text("乙"), Cell::Merged(1, 1)],
                vec![Cell::Merged(1, 0), text("丙"), text("丁")],
            ]
        );
    }

    #[test]
    fn texts_are_what_a_browser_shows() {
        let page = "<table><tr><td title=\"a>b\"> 甲\n <b>乙</b><br>丙&amp;&#x4e19;&nbsp;</td><td>a<b>b</b> c</td>\
            <td><script>x<td></script>1 < 2 &foo;</td><td><!-- <td> --><table><tr><td>内</table>外</td></tr></table>";
        assert_eq!(
            cells(page),
            [[text("甲 乙\n丙&丙"), text("ab c"), text("1 < 2 &foo;"), text("内 外")]]
        );
    }

    #[test]
    fn spans_beyond_all_measure_take_no_memory() {
        let page = "<table><tr><td colspan=4000000000 rowspan=4000000000>甲<td>乙</tr><tr><td>丙</table>";
        assert_eq!(cells(page)[0].len(), MOST_COLUMNS);
    }
}
