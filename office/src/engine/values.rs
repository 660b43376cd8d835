//! What a cell holds: numbers without a lost digit, texts without what a spreadsheet hides in them.

use super::formats::Shown;
use super::{days, styles};
use crate::book::Cell;

/// Numbers from here on have more digits than a sheet keeps.
const TOO_LONG: f64 = 1e15;

/// A number as a decimal of at most 15 significant digits, without an exponent.
pub fn decimal(number: f64) -> String {
    let text = format!("{number:.14e}");
    let Some((mantissa, exponent)) = text.split_once('e') else {
        return text;
    };
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    if digits.is_empty() {
        return "0".to_owned();
    }
    let count = digits.len() as i32;
    if point <= 0 {
        format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
    } else if point >= count {
        format!("{sign}{digits}{}", "0".repeat((point - count) as usize))
    } else {
        let (whole, part) = digits.split_at(point as usize);
        format!("{sign}{whole}.{part}")
    }
}

/// A number as its cell shows it.
pub fn number(number: f64, style: &styles::Style, from_1904: bool) -> Cell {
    if !number.is_finite() {
        return Cell::Error("#NUM!".to_owned());
    }
    match style.shown(number) {
        Shown::Day => days::cell(number, from_1904),
        _ if number.abs() >= TOO_LONG => Cell::Refused,
        Shown::Digits => Cell::Number(decimal(number)),
        Shown::Else(code) => Cell::Formatted(decimal(number), code.to_owned()),
    }
}

/// A text as a cell, as it stands; what may be the number of an identity card is not kept.
pub fn text(text: String) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else if has_long_number(&text) {
        Cell::Refused
    } else {
        Cell::Text(text)
    }
}

/// Whether a text holds a number of 18 digits, of 17 digits and X, or is one of 17 digits.
fn has_long_number(text: &str) -> bool {
    let mut run = 0;
    let mut others = false;
    let mut seventeen = false;
    for c in text.chars().chain(['\n']) {
        // Full width counts; blanks and hyphens part groups of digits.
        let c = match c {
            '０'..='９' => '0',
            'Ｘ' | 'ｘ' => 'X',
            c => c,
        };
        match c {
            c if c.is_ascii_digit() => run += 1,
            'X' | 'x' if run == 17 => return true,
            ' ' | '-' | '\u{a0}' | '\u{3000}' => {}
            c => {
                if run == 18 {
                    return true;
                }
                seventeen |= run == 17;
                run = 0;
                others |= !c.is_whitespace() && !matches!(c, '\'' | '’');
            }
        }
    }
    seventeen && !others
}

/// A text of a spreadsheet's XML: `_x000D_` is a line break, `_x005F_x000D_` is the text `_x000D_`.
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.as_bytes().get(6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)) {
            Some(c) => {
                out.push(c);
                rest = &from[7..];
            }
            None => {
                out.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    out.push_str(rest);
    breaks(out)
}

/// One kind of line break.
pub fn breaks(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decimals_of_fifteen_digits() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (1.380_000_102_7e10, "13800001027"),
            (421_223_100_208.0, "421223100208"),
            (-0.5, "-0.5"),
            (-0.0, "0"),
            (0.000_12, "0.00012"),
            (1e14, "100000000000000"),
            (123_456_789.012_345_67, "123456789.012346"),
            (100.0, "100"),
            (2_958_466.0, "2958466"),
        ] {
            assert_eq!(decimal(number), text);
        }
    }

    #[test]
    fn long_numbers_are_not_kept() {
        for given in [
            "42122319900101123X",
            "421223199001011234",
            "421223 19900101 1234",
            "４２１２２３１９９００１０１１２３Ｘ",
            "身份证421223199001011234，男",
            "42122319900101123",
            "'421223199001011234",
        ] {
            assert_eq!(text(given.to_owned()), Cell::Refused, "{given}");
        }
        for given in [
            "421223100208",
            "13800001001、13800001002",
            "1234567890123456789",
            "年17：42122319900101123",
        ] {
            assert_eq!(text(given.to_owned()), Cell::Text(given.to_owned()));
        }
        assert_eq!(text(String::new()), Cell::Empty);
    }

    #[test]
    fn marks_of_characters_are_read_once() {
        for (given, wanted) in [
            ("甲_x000D_\n乙", "甲\n乙"),
            ("甲_x000D_乙", "甲\n乙"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xD83D_", "_xD83D_"),
            ("_x村村_", "_x村村_"),
        ] {
            assert_eq!(unescaped(given), wanted);
        }
    }
}
