//! Workbooks of Excel 5 to 2003 and of old WPS (.xls, .et): BIFF5 and BIFF8 records ([MS-XLS]).

use super::cfb::{Compound, f64_at, u16_at, u32_at};
use super::styles::Styles;
use super::table::Builder;
use super::xlsx::{Shared, no_table};
use super::{Sink, values};
use crate::book::{Cell, Refusal, State};
use encoding_rs::Encoding;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;

pub fn read(bytes: &[u8], sink: &mut Sink) -> Result<(), Refusal> {
    let file = Compound::new(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Refusal::Password);
    }
    let found = match file.stream("Workbook")? {
        Some(stream) => Some(stream),
        None => file.stream("Book")?,
    };
    let Some(stream) = found else {
        let name = if file.has("WordDocument") { "Word" } else { "" };
        return Err(Refusal::Foreign(name.to_owned()));
    };
    let (common, sheets) = globals(&stream, sink)?;
    let count = sink.sheets(sheets.len());
    for sheet in sheets.into_iter().take(count) {
        if !sheet.is_table {
            sink.book.sheets.push(no_table(sheet.name));
            continue;
        }
        let mut reader = SheetReader {
            builder: Builder::new(sink, sheet.name, sheet.state),
            common: &common,
            formula: None,
        };
        reader.read(Records {
            bytes: &stream,
            at: sheet.start,
        })?;
        reader.builder.finish()?;
    }
    Ok(())
}

/// What the cells of all sheets refer to.
struct Common {
    shared: Shared,
    styles: Styles,
    from_1904: bool,
    text: Texts,
}

/// How texts are written.
#[derive(Clone, Copy)]
enum Texts {
    /// BIFF8: one or two bytes each, as a flag says.
    Unicode,
    /// BIFF5: a code page.
    Bytes(&'static Encoding),
}

struct Named {
    name: String,
    state: State,
    is_table: bool,
    start: usize,
}

/// The records of a stream.
struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next(&mut self) -> Result<(u16, &'a [u8]), Refusal> {
        let id = u16_at(self.bytes, self.at)?;
        let length = usize::from(u16_at(self.bytes, self.at + 2)?);
        let data = self
            .bytes
            .get(self.at + 4..self.at + 4 + length)
            .ok_or(Refusal::Damaged)?;
        self.at += 4 + length;
        Ok((id, data))
    }

    /// A record's data with those that continue it.
    fn with_more(&mut self, first: &'a [u8]) -> Result<Pieces<'a>, Refusal> {
        let mut pieces = vec![first];
        while u16_at(self.bytes, self.at) == Ok(CONTINUE) {
            pieces.push(self.next()?.1);
        }
        Ok(Pieces {
            pieces,
            piece: 0,
            at: 0,
        })
    }
}

fn globals(stream: &[u8], sink: &Sink) -> Result<(Common, Vec<Named>), Refusal> {
    let mut records = Records { bytes: stream, at: 0 };
    let mut sheets = Vec::new();
    let mut common = Common {
        shared: Shared::default(),
        styles: Styles::default(),
        from_1904: false,
        text: Texts::Unicode,
    };
    loop {
        let (id, data) = records.next()?;
        match id {
            BOF if u16_at(data, 0)? < 0x0600 => common.text = Texts::Bytes(encoding_rs::GB18030),
            0x002f => return Err(Refusal::Password),
            0x0022 => common.from_1904 = u16_at(data, 0)? == 1,
            0x0042 => {
                if let Texts::Bytes(encoding) = &mut common.text {
                    *encoding = code_page(u16_at(data, 0)?);
                }
            }
            0x041e => {
                let code = common.text.short_or_long(data, 2)?;
                common.styles.add_code(u16_at(data, 0)?, code);
            }
            0x00e0 => common.styles.add_cell(u16_at(data, 2)?),
            0x0085 => sheets.push(Named {
                name: common.text.short(data, 6)?,
                state: match data.get(4) {
                    Some(1) => State::Hidden,
                    Some(2) => State::VeryHidden,
                    _ => State::Visible,
                },
                is_table: data.get(5) == Some(&0),
                start: u32_at(data, 0)? as usize,
            }),
            0x00fc => common.shared = shared(records.with_more(data)?, sink)?,
            EOF => return Ok((common, sheets)),
            _ => {}
        }
    }
}

fn code_page(number: u16) -> &'static Encoding {
    match number {
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 367 => encoding_rs::WINDOWS_1252,
        1200 => encoding_rs::UTF_16LE,
        _ => encoding_rs::GB18030,
    }
}

fn shared(mut pieces: Pieces<'_>, sink: &Sink) -> Result<Shared, Refusal> {
    let mut shared = Shared::default();
    pieces.skip(4)?;
    let count = pieces.u32()?;
    for _ in 0..count {
        if pieces.is_done() {
            break;
        }
        let length = usize::from(pieces.u16()?);
        let text = pieces.unicode(length)?;
        shared.add(&values::breaks(text), sink)?;
    }
    Ok(shared)
}

impl Texts {
    /// A text whose length takes one byte.
    fn short(self, data: &[u8], at: usize) -> Result<String, Refusal> {
        let length = usize::from(*data.get(at).ok_or(Refusal::Damaged)?);
        self.of(data.get(at + 1..).unwrap_or_default(), length)
    }

    /// A text whose length takes two bytes.
    fn long(self, data: &[u8], at: usize) -> Result<String, Refusal> {
        let length = usize::from(u16_at(data, at)?);
        self.of(data.get(at + 2..).unwrap_or_default(), length)
    }

    /// Number formats count with one byte in BIFF5 and with two in BIFF8.
    fn short_or_long(self, data: &[u8], at: usize) -> Result<String, Refusal> {
        match self {
            Self::Unicode => self.long(data, at),
            Self::Bytes(_) => self.short(data, at),
        }
    }

    fn of(self, data: &[u8], length: usize) -> Result<String, Refusal> {
        match self {
            Self::Unicode => Pieces {
                pieces: vec![data],
                piece: 0,
                at: 0,
            }
            .unicode(length),
            Self::Bytes(encoding) => {
                let bytes = data.get(..length).ok_or(Refusal::Damaged)?;
                Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
            }
        }
    }
}

/// Data of a record and of those that continue it.
struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl Pieces<'_> {
    fn is_done(&self) -> bool {
        self.piece >= self.pieces.len()
            || self.piece + 1 == self.pieces.len() && self.at >= self.pieces[self.piece].len()
    }

    fn byte(&mut self) -> Result<u8, Refusal> {
        loop {
            let piece = self.pieces.get(self.piece).ok_or(Refusal::Damaged)?;
            if let Some(byte) = piece.get(self.at) {
                self.at += 1;
                return Ok(*byte);
            }
            self.piece += 1;
            self.at = 0;
        }
    }

    fn u16(&mut self) -> Result<u16, Refusal> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Result<u32, Refusal> {
        Ok(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Result<(), Refusal> {
        while count > 0 {
            let piece = self.pieces.get(self.piece).ok_or(Refusal::Damaged)?;
            let here = count.min(piece.len() - self.at);
            self.at += here;
            count -= here;
            if count > 0 {
                self.piece += 1;
                self.at = 0;
            }
        }
        Ok(())
    }

    /// A text of BIFF8 after its length: flags, characters, and what describes them. A text that goes on in the next
    /// piece says there anew whether its characters take two bytes.
    fn unicode(&mut self, length: usize) -> Result<String, Refusal> {
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let spoken = if flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units: Vec<u16> = Vec::new();
        for _ in 0..length {
            let ended = self.pieces.get(self.piece).is_some_and(|piece| self.at >= piece.len());
            if ended && self.piece + 1 < self.pieces.len() {
                wide = self.byte()? & 1 != 0;
            }
            units.push(if wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        self.skip(runs * 4)?;
        self.skip(spoken)?;
        Ok(String::from_utf16_lossy(&units))
    }
}

struct SheetReader<'a, 'b> {
    builder: Builder<'a>,
    common: &'b Common,
    /// A formula whose text follows: row, column.
    formula: Option<(u32, u32)>,
}

impl SheetReader<'_, '_> {
    fn read(&mut self, mut records: Records<'_>) -> Result<(), Refusal> {
        // Charts in a sheet are streams in the stream.
        let mut depth = 0;
        loop {
            let (id, data) = records.next()?;
            match id {
                BOF => depth += 1,
                EOF if depth <= 1 => return Ok(()),
                EOF => depth -= 1,
                _ if depth > 1 => {}
                0x0207 => {
                    let mut pieces = records.with_more(data)?;
                    if let Some((row, column)) = self.formula.take() {
                        let text = match self.common.text {
                            Texts::Unicode => {
                                let length = usize::from(pieces.u16()?);
                                pieces.unicode(length)?
                            }
                            bytes => bytes.long(data, 0)?,
                        };
                        self.builder.set(row, column, values::text(values::breaks(text)))?;
                    }
                }
                id => self.record(id, data)?,
            }
        }
    }

    fn record(&mut self, id: u16, data: &[u8]) -> Result<(), Refusal> {
        match id {
            0x0208 if u16_at(data, 12)? & 0x20 != 0 => {
                let row = u32::from(u16_at(data, 0)?) + 1;
                self.builder.hide_rows(row, row);
            }
            0x007d if u16_at(data, 8)? & 1 != 0 => {
                self.builder
                    .hide_columns(u16_at(data, 0)?.into(), u16_at(data, 2)?.into());
            }
            0x00e5 => {
                for at in 0..usize::from(u16_at(data, 0)?) {
                    let part = |of: usize| u16_at(data, 2 + at * 8 + of * 2).map(u32::from);
                    let (first, last) = ((part(0)? + 1, part(2)?), (part(1)? + 1, part(3)?));
                    self.builder.merge(first, last)?;
                }
            }
            0x00bd => {
                let count = data.len().saturating_sub(6) / 6;
                for at in 0..count {
                    let column = u32::from(u16_at(data, 2)?) + at as u32;
                    let number = compact(u32_at(data, 4 + at * 6 + 2)?);
                    self.number(data, column, u16_at(data, 4 + at * 6)?, number)?;
                }
            }
            0x00fd | 0x0204 | 0x00d6 | 0x0203 | 0x027e | 0x0006 | 0x0205 => self.cell(id, data)?,
            _ => {}
        }
        Ok(())
    }

    fn number(&mut self, data: &[u8], column: u32, style: u16, number: f64) -> Result<(), Refusal> {
        let style = self.common.styles.get(style.into());
        let cell = values::number(number, style, self.common.from_1904);
        self.builder.set(u32::from(u16_at(data, 0)?) + 1, column, cell)
    }

    fn cell(&mut self, id: u16, data: &[u8]) -> Result<(), Refusal> {
        let (row, column) = (u32::from(u16_at(data, 0)?) + 1, u32::from(u16_at(data, 2)?));
        let style = u16_at(data, 4)?;
        let cell = match id {
            0x00fd => match self.common.shared.get(u32_at(data, 6)? as usize) {
                Some(text) => values::text(text.to_owned()),
                None => Cell::NoValue,
            },
            0x0204 | 0x00d6 => values::text(values::breaks(self.common.text.long(data, 6)?)),
            0x0203 => return self.number(data, column, style, f64_at(data, 6)?),
            0x027e => return self.number(data, column, style, compact(u32_at(data, 6)?)),
            0x0205 => match data.get(6..8) {
                Some([value, 0]) => Cell::Bool(*value != 0),
                Some([code, _]) => error(*code),
                _ => return Err(Refusal::Damaged),
            },
            _ => match data.get(6..14) {
                Some([0, .., 0xff, 0xff]) => {
                    self.formula = Some((row, column));
                    return Ok(());
                }
                Some([1, _, value, .., 0xff, 0xff]) => Cell::Bool(*value != 0),
                Some([2, _, code, .., 0xff, 0xff]) => error(*code),
                Some([.., 0xff, 0xff]) => Cell::Empty,
                Some(_) => return self.number(data, column, style, f64_at(data, 6)?),
                None => return Err(Refusal::Damaged),
            },
        };
        self.builder.set(row, column, cell)
    }
}

/// A number in four bytes: a whole one or the upper half of a long one, divided by a hundred perhaps.
pub fn compact(word: u32) -> f64 {
    let number = if word & 2 != 0 {
        f64::from(word as i32 >> 2)
    } else {
        f64::from_bits(u64::from(word & !3) << 32)
    };
    if word & 1 != 0 { number / 100.0 } else { number }
}

/// An error cell by its code.
pub fn error(code: u8) -> Cell {
    let name = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Cell::Error(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_goes_on_says_anew_how_wide_it_is() {
        let pieces = vec![&b"\x05\0\x00ab"[..], b"\x01\x51\x67\x11\x6c", b"\x00c", b"\x01\0\x00d"];
        let mut pieces = Pieces {
            pieces,
            piece: 0,
            at: 0,
        };
        for wanted in ["ab村民c", "d"] {
            let length = usize::from(pieces.u16().unwrap());
            assert_eq!(pieces.unicode(length).unwrap(), wanted);
        }
        assert!(pieces.is_done());
        assert_eq!(pieces.u16(), Err(Refusal::Damaged));
    }

    #[test]
    fn numbers_in_four_bytes() {
        assert_eq!(compact((12_345 << 2) | 3), 123.45);
        assert_eq!(compact(((-7_i32) << 2) as u32 | 2), -7.0);
        assert_eq!(compact((1.5_f64.to_bits() >> 32) as u32), 1.5);
    }
}
