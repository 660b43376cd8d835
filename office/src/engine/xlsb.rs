//! Binary workbooks of Excel 2007 and later ([MS-XLSB]).

use super::cfb::{f64_at, u16_at, u32_at};
use super::limits::{Counted, Limits};
use super::package::Package;
use super::styles::Styles;
use super::table::Builder;
use super::xls::{compact, error};
use super::xlsx::{Named, Shared, no_table, part_of};
use super::{Sink, values};
use crate::book::{Cell, Refusal, State};
use std::io::{BufReader, Read};
use std::rc::Rc;

/// Longest record: a text of 32,767 characters with what describes it.
const LONGEST: usize = 1_000_000;

pub fn read(package: &mut Package<'_>, book: &str, sink: &mut Sink) -> Result<(), Refusal> {
    let targets = package.targets(book)?;
    let (sheets, from_1904) = workbook(package, book)?;
    let count = sink.sheets(sheets.len());
    let mut common = Common {
        shared: Shared::default(),
        styles: styles(package, part_of(&targets, "styles", "xl/styles.bin"))?,
        from_1904,
    };
    each(
        package,
        part_of(&targets, "sharedStrings", "xl/sharedStrings.bin"),
        |id, data| match id {
            19 => common.shared.add(&values::breaks(text(data, 1)?.0), sink),
            _ => Ok(()),
        },
    )?;
    for sheet in sheets.into_iter().take(count) {
        let target = targets.get(&sheet.id).ok_or(Refusal::Damaged)?;
        if target.kind != "worksheet" {
            sink.book.sheets.push(no_table(sheet.name));
            continue;
        }
        let mut builder = Builder::new(sink, sheet.name, sheet.state);
        let mut row = 1;
        let found = each(package, &target.path, |id, data| {
            record(id, data, &mut row, &common, &mut builder)
        })?;
        if !found {
            return Err(Refusal::Damaged);
        }
        builder.finish()?;
    }
    Ok(())
}

struct Common {
    shared: Shared,
    styles: Styles,
    from_1904: bool,
}

/// Shows every record of a part; false if there is no such part.
fn each(
    package: &mut Package<'_>,
    name: &str,
    mut see: impl FnMut(u32, &[u8]) -> Result<(), Refusal>,
) -> Result<bool, Refusal> {
    let limits = Rc::clone(&package.limits);
    let Some(part) = package.part(name)? else {
        return Ok(false);
    };
    let mut source = BufReader::with_capacity(
        1 << 16,
        Counted {
            inner: part,
            limits: &limits,
        },
    );
    let mut data = Vec::new();
    while let Some(first) = byte(&mut source, &limits)? {
        limits.mark();
        let mut need = || byte(&mut source, &limits)?.ok_or(Refusal::Damaged);
        let mut id = u32::from(first);
        if first & 0x80 != 0 {
            id = u32::from(first & 0x7f) | u32::from(need()? & 0x7f) << 7;
        }
        let mut length = 0;
        for shift in [0, 7, 14, 21] {
            let next = need()?;
            length |= usize::from(next & 0x7f) << shift;
            if next & 0x80 == 0 {
                break;
            }
        }
        if length > LONGEST {
            return Err(Refusal::TooMuch);
        }
        data.resize(length, 0);
        source.read_exact(&mut data).map_err(|_| limits.reason())?;
        see(id, &data)?;
    }
    Ok(true)
}

fn byte(source: &mut impl Read, limits: &Limits) -> Result<Option<u8>, Refusal> {
    let mut one = [0];
    match source.read(&mut one) {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(one[0])),
        Err(_) => Err(limits.reason()),
    }
}

/// A text at a place, and where it ends.
fn text(data: &[u8], at: usize) -> Result<(String, usize), Refusal> {
    let length = u32_at(data, at)?;
    // Some texts may be missing altogether.
    if length == u32::MAX {
        return Ok((String::new(), at + 4));
    }
    let end = (length as usize)
        .checked_mul(2)
        .and_then(|bytes| bytes.checked_add(at + 4));
    let end = end.ok_or(Refusal::Damaged)?;
    let bytes = data.get(at + 4..end).ok_or(Refusal::Damaged)?;
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|unit| u16::from_le_bytes([unit[0], unit[1]]))
        .collect();
    Ok((String::from_utf16_lossy(&units), end))
}

fn workbook(package: &mut Package<'_>, book: &str) -> Result<(Vec<Named>, bool), Refusal> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    each(package, book, |id, data| {
        match id {
            153 => from_1904 = u32_at(data, 0)? & 1 != 0,
            156 => {
                let state = match u32_at(data, 0)? {
                    1 => State::Hidden,
                    2 => State::VeryHidden,
                    _ => State::Visible,
                };
                let (id, end) = text(data, 8)?;
                let name = text(data, end)?.0;
                sheets.push(Named { name, state, id });
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((sheets, from_1904))
}

fn styles(package: &mut Package<'_>, name: &str) -> Result<Styles, Refusal> {
    let mut styles = Styles::default();
    let mut of_cells = false;
    each(package, name, |id, data| {
        match id {
            44 => styles.add_code(u16_at(data, 0)?, text(data, 2)?.0),
            617 => of_cells = true,
            618 => of_cells = false,
            47 if of_cells => styles.add_cell(u16_at(data, 2)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

fn record(id: u32, data: &[u8], row: &mut u32, common: &Common, builder: &mut Builder<'_>) -> Result<(), Refusal> {
    match id {
        0 => {
            *row = u32_at(data, 0)?.min(super::table::LAST_ROW - 1) + 1;
            if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                builder.hide_rows(*row, *row);
            }
        }
        60 if u16_at(data, 16)? & 1 != 0 => builder.hide_columns(u32_at(data, 0)?, u32_at(data, 4)?),
        176 => {
            let part = |at| u32_at(data, at).map(|number| number.min(super::table::LAST_ROW - 1));
            builder.merge((part(0)? + 1, part(8)?), (part(4)? + 1, part(12)?))?;
        }
        2..=11 | 62 => {
            let cell = cell(id, data, common)?;
            builder.set(*row, u32_at(data, 0)?, cell)?;
        }
        _ => {}
    }
    Ok(())
}

fn cell(id: u32, data: &[u8], common: &Common) -> Result<Cell, Refusal> {
    let style = common.styles.get((u32_at(data, 4)? & 0xff_ffff) as usize);
    let number = |number| values::number(number, style, common.from_1904);
    let code = || data.get(8).copied().ok_or(Refusal::Damaged);
    Ok(match id {
        2 => number(compact(u32_at(data, 8)?)),
        3 | 11 => error(code()?),
        4 | 10 => Cell::Bool(code()? != 0),
        5 | 9 => number(f64_at(data, 8)?),
        7 => match common.shared.get(u32_at(data, 8)? as usize) {
            Some(text) => values::text(text.to_owned()),
            None => Cell::NoValue,
        },
        // A text with runs has a byte of flags before it.
        62 => values::text(values::breaks(text(data, 9)?.0)),
        _ => values::text(values::breaks(text(data, 8)?.0)),
    })
}
