//! Texts: their encoding, and the table or the web page in them.

use super::Sink;
use super::table::Builder;
use super::{html, values};
use crate::book::{Refusal, Remark, State};
use crate::text;
use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// Reads a text as one table, a web page as one for each of its tables.
pub fn read(bytes: &[u8], sink: &mut Sink) -> Result<(), Refusal> {
    let (text, cut) = decoded(bytes)?;
    let strange = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}' | '\u{85}');
    if text.chars().any(strange) {
        return Err(Refusal::Foreign(String::new()));
    }
    if html::is_page(&text) {
        return html::read(&text, sink);
    }
    if text.trim_start().starts_with("<?xml") {
        return Err(Refusal::Foreign(String::new()));
    }
    let text = text.trim_end_matches('\u{1a}');
    let mut rows = text::rows(text);
    if cut {
        sink.book
            .remarks
            .push(Remark::CutRow(rows.last().map_or(1, |row| row.number as u32)));
        rows.pop();
    }
    if rows.is_empty() && !cut {
        return Err(Refusal::Empty);
    }
    let mut builder = Builder::new(sink, String::new(), State::Visible);
    for row in rows {
        for (column, cell) in row.cells.into_iter().enumerate() {
            let cell = values::text(values::breaks(cell));
            builder.set(row.number as u32, column as u32, cell)?;
        }
    }
    builder.finish()
}

/// The text, and whether it ends inside of a character.
fn decoded(bytes: &[u8]) -> Result<(String, bool), Refusal> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(rest, UTF_16LE),
        [0xfe, 0xff, rest @ ..] => return wide(rest, UTF_16BE),
        _ => {}
    }
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf");
    let bytes = marked.unwrap_or(bytes);
    if let Some(encoding) = unmarked_wide(bytes) {
        return wide(bytes, encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), false)),
        Err(error) => {
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            // A text that is UTF-8 up to its last character is never anything else.
            if error.error_len().is_none() && (marked.is_some() || !valid.is_ascii() || rest.len() > 2) {
                return Ok((String::from_utf8_lossy(valid).into_owned(), true));
            }
            whole(bytes, GB18030)
        }
    }
}

/// Text in UTF-16 without a mark: every other byte is nothing where letters, digits and separators stand.
fn unmarked_wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let some = bytes.len() / 16;
    match (even, odd) {
        _ if !bytes.len().is_multiple_of(2) => None,
        (0, odd) if odd > some => Some(UTF_16LE),
        (even, 0) if even > some => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-16; an odd number of bytes ends inside of a character.
fn wide(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, bool), Refusal> {
    let cut = bytes.len() % 2;
    let (text, _) = whole(&bytes[..bytes.len() - cut], encoding)?;
    Ok((text, cut > 0))
}

fn whole(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, bool), Refusal> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or(Refusal::Damaged)?;
    Ok((text.into_owned(), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let text = "村,姓名\n寺前村,甲";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (gbk, ..) = encoding_rs::GBK.encode(text);
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            gbk.into_owned(),
            marked(b"\xff\xfe", &le),
            marked(b"\xfe\xff", &be),
            "a,b\n1,2".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ] {
            let wanted = if bytes.starts_with(b"a\0") { "a,b\n1,2" } else { text };
            assert_eq!(decoded(&bytes), Ok((wanted.to_owned(), false)));
        }
    }

    #[test]
    fn a_text_cut_inside_of_a_character_is_no_gbk() {
        let text = "村,姓名\n寺前村,甲乙";
        for cut in 1..=2 {
            let bytes = &text.as_bytes()[..text.len() - cut];
            assert_eq!(decoded(bytes), Ok(("村,姓名\n寺前村,甲".to_owned(), true)));
        }
        assert_eq!(decoded("村".as_bytes()), Ok(("村".to_owned(), false)));
        assert_eq!(decoded(b"a,\xb4\xe5"), Ok(("a,村".to_owned(), false)));
        assert_eq!(decoded(b"\xff\xff\xff\xff"), Err(Refusal::Damaged));
        assert_eq!(
            decoded(
                "\u{feff}村村"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .take(5)
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            Ok(("村".to_owned(), true))
        );
    }
}
