//! Field values as they are stored, exchanged and compared.
//!
//! There are no floats: amounts are decimals written as text, so that every copy of a record
//! is byte-identical on every machine.

use std::fmt::Write as _;

/// Largest magnitude of an integer that every JSON reader keeps exactly (2^53 − 1).
pub const MAX_INT: i64 = (1 << 53) - 1;

/// One field value. `Null` is "cleared", which is different from "never written".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Value {
    /// Cleared by a person, or absent.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number within ±[`MAX_INT`].
    Int(i64),
    /// Any text; also dates, decimals, choices and references.
    Text(Box<str>),
    /// Several choices or references.
    List(Box<[Box<str>]>),
    /// A shape this version does not know (from a newer one), as canonical JSON, kept verbatim.
    Raw(Box<str>),
}

/// The value of a field that nobody wrote.
pub static NULL: Value = Value::Null;

impl Value {
    /// A text value.
    pub fn text(text: impl Into<Box<str>>) -> Value {
        Value::Text(text.into())
    }

    /// A list value.
    pub fn list<S: Into<Box<str>>>(items: impl IntoIterator<Item = S>) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; empty for everything else.
    pub fn items(&self) -> &[Box<str>] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Whether nothing is there: cleared, empty text or empty list.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// Appends the canonical JSON of the value: no white space, keys sorted, minimal escapes.
    pub fn write_json(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Bool(true) => out.push_str("true"),
            Value::Bool(false) => out.push_str("false"),
            Value::Int(number) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{number}");
            }
            Value::Text(text) => write_json_string(text, out),
            Value::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write_json_string(item, out);
                }
                out.push(']');
            }
            Value::Raw(json) => out.push_str(json),
        }
    }
}

/// Appends a JSON string literal with the escapes of RFC 8785 (the ones `JSON.stringify` writes).
pub fn write_json_string(text: &str, out: &mut String) {
    out.push('"');
    let bytes = text.as_bytes();
    let mut clean = 0;
    for (i, &byte) in bytes.iter().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            0..=31 => "",
            _ => continue,
        };
        out.push_str(&text[clean..i]);
        if escape.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        } else {
            out.push_str(escape);
        }
        clean = i + 1;
    }
    out.push_str(&text[clean..]);
    out.push('"');
}

/// A decimal with up to four places, as an exact count of ten-thousandths.
///
/// Range: ±900,000,000,000 (an amount in 万元 far beyond any township).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

impl Decimal {
    const SCALE: i64 = 10_000;
    /// Zero.
    pub const ZERO: Decimal = Decimal(0);

    /// A whole number.
    pub const fn whole(number: i64) -> Decimal {
        Decimal(number * Self::SCALE)
    }

    /// Exact ten-thousandths.
    pub const fn from_ten_thousandths(units: i64) -> Decimal {
        Decimal(units)
    }

    /// Exact count of ten-thousandths.
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// Reads `-?digits[.digits]`, at most four places; `None` for anything else, minus zero or out of range.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, places) = body.split_once('.').unwrap_or((body, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || places.len() > 4 || !digits(whole) || !digits(places) {
            return None;
        }
        if body.ends_with('.') {
            return None;
        }
        let mut units: i64 = whole.parse::<i64>().ok()? * Self::SCALE;
        let mut weight = Self::SCALE / 10;
        for byte in places.bytes() {
            units += i64::from(byte - b'0') * weight;
            weight /= 10;
        }
        // Minus nothing is a slip of the hand, and would be a second way to write zero.
        (!negative || units != 0).then_some(Decimal(if negative { -units } else { units }))
    }

    /// For axes and shares only; never stored.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }
}

impl std::ops::Add for Decimal {
    type Output = Decimal;
    fn add(self, other: Decimal) -> Decimal {
        Decimal(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Decimal {
    type Output = Decimal;
    fn sub(self, other: Decimal) -> Decimal {
        Decimal(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Decimal {
    fn sum<I: Iterator<Item = Decimal>>(items: I) -> Decimal {
        items.fold(Decimal::ZERO, |a, b| a + b)
    }
}

impl std::fmt::Display for Decimal {
    /// Shortest exact form: `12`, `12.5`, `-0.0001`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let scale = Self::SCALE.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let places = format!("{:04}", magnitude % scale);
        let places = places.trim_end_matches('0');
        if places.is_empty() {
            write!(f, "{sign}{}", magnitude / scale)
        } else {
            write!(f, "{sign}{}.{places}", magnitude / scale)
        }
    }
}

/// Longest name that is shown whole in headings, tables, drawings and choices, in characters.
pub const NAME: usize = 30;

/// A text in one line of at most `most` characters, the rest cut with `…`.
pub fn brief(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        for text in ["0", "12", "12.5", "-3.25", "0.0001", "999999999999"] {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        for bad in [
            "", "-", ".5", "5.", "1e3", "1.23456", "１", "1,000", "+1", " 1", "-0", "-0.0",
        ] {
            assert_eq!(Decimal::parse(bad), None, "{bad:?}");
        }
        let sum: Decimal = ["0.1", "0.2"].iter().filter_map(|t| Decimal::parse(t)).sum();
        assert_eq!(sum.to_string(), "0.3");
    }

    #[test]
    fn json_escapes_are_minimal_and_readable_by_others() {
        let mut out = String::new();
        Value::text("a\"\\\n\u{0}\u{1f}天<b>\u{7f}").write_json(&mut out);
        assert_eq!(out, "\"a\\\"\\\\\\n\\u0000\\u001f天<b>\u{7f}\"");
        assert_eq!(
            serde_json::from_str::<String>(&out).ok().as_deref(),
            Some("a\"\\\n\u{0}\u{1f}天<b>\u{7f}")
        );
    }
}
