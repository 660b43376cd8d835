//! Number formats: whether a cell shows a day, its digits, or something else (`0.0,"万"` shows 3.5万 for 35000).

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// The digits of the number, rounded perhaps, with separators or a sign of money.
    Digits,
    /// A day.
    Day,
    /// Something else: the format.
    Else(&'a str),
}

/// What one section of a format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    #[default]
    Digits,
    Day,
    Else,
}

/// The sections of a format for positive numbers, negative ones and zero (ECMA-376, 18.8.31).
pub fn sections(code: &str) -> [Section; 3] {
    let mut parts = split(code).into_iter().map(section);
    let positive = parts.next().unwrap_or_default();
    let negative = parts.next();
    let zero = parts.next();
    // A section of text alone, `@`, is for texts.
    let of_numbers = |part: Option<Part>| part.filter(|part| !part.text).map(Part::shows);
    let first = positive.shows();
    [
        first,
        of_numbers(negative).unwrap_or(first),
        of_numbers(zero).unwrap_or(first),
    ]
}

/// The format of a number that the standard gives without writing it down.
pub fn built_in(id: u16) -> &'static str {
    match id {
        9 => "0%",
        10 => "0.00%",
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm:ss",
        _ => "General",
    }
}

/// What a section consists of.
#[derive(Clone, Copy, Default)]
struct Part {
    digits: bool,
    text: bool,
    day: bool,
    month: bool,
    time: bool,
    changed: bool,
    sign: bool,
}

impl Part {
    fn shows(self) -> Section {
        if self.day || self.month && !self.time {
            Section::Day
        } else if self.time || self.changed || !(self.digits || self.text || self.sign) {
            Section::Else
        } else {
            Section::Digits
        }
    }
}

/// Parts between semicolons that are not quoted.
fn split(code: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' | '!' if !quoted => escaped = true,
            ';' if !quoted => {
                parts.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&code[start..]);
    parts
}

fn section(code: &str) -> Part {
    let mut part = Part::default();
    let mut rest = code;
    let mut comma = false;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        let is_place = matches!(c, '0' | '#' | '?');
        // A comma that no place follows divides by a thousand.
        part.changed |= comma && !is_place && c != ',';
        comma = c == ',' && part.digits;
        match c {
            '"' => {
                let inner = rest[1..].split('"').next().unwrap_or_default();
                length = (inner.len() + 2).min(rest.len());
                literal(&mut part, inner);
            }
            '\\' | '!' | '_' | '*' => {
                let next = rest[1..].chars().next();
                length += next.map_or(0, char::len_utf8);
                if let Some(next) = next.filter(|_| matches!(c, '\\' | '!')) {
                    literal(&mut part, next.encode_utf8(&mut [0; 4]));
                }
            }
            '[' => {
                let inner = rest[1..].split(']').next().unwrap_or_default();
                length = (inner.len() + 2).min(rest.len());
                let elapsed = inner.bytes().all(|b| matches!(b | 32, b'h' | b'm' | b's'));
                part.time |= !inner.is_empty() && elapsed;
            }
            '0' | '#' | '?' => part.digits = true,
            '@' => part.text = true,
            '%' | '‰' => part.changed = true,
            _ => length = letters(&mut part, rest),
        }
        rest = &rest[length..];
    }
    part.changed |= comma;
    part
}

/// Letters of a format; how many bytes they are.
fn letters(part: &mut Part, rest: &str) -> usize {
    let starts = |word: &str| {
        rest.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    for word in ["AM/PM", "A/P", "上午/下午"] {
        if starts(word) {
            part.time = true;
            return word.len();
        }
    }
    // As Excel names it, and as its Chinese version and WPS do.
    for word in ["General", "G/通用格式"] {
        if starts(word) {
            part.digits = true;
            return word.len();
        }
    }
    if part.digits && (starts("E+") || starts("E-")) {
        return 2;
    }
    let c = rest.chars().next().unwrap_or(' ');
    match c.to_ascii_lowercase() {
        'y' | 'd' | 'a' | 'g' | 'e' => part.day = true,
        'm' => part.month = true,
        'h' | 's' => part.time = true,
        c => literal(part, c.encode_utf8(&mut [0; 4])),
    }
    c.len_utf8()
}

/// Text that stands beside the digits: units change what is meant; signs, brackets and blanks do not.
fn literal(part: &mut Part, text: &str) {
    part.changed |= text.chars().any(|c| c.is_alphanumeric() || c == '%');
    part.sign |= text.contains(['-', '/', '—']);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_offices() {
        use Section::{Day, Digits, Else};
        for (code, wanted) in [
            ("General", [Digits; 3]),
            ("G/通用格式", [Digits; 3]),
            ("0.00", [Digits; 3]),
            ("#,##0.00", [Digits; 3]),
            ("@", [Digits; 3]),
            ("0.00E+00", [Digits; 3]),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", [Digits; 3]),
            ("\"￥\"#,##0.00;[Red]\\-\"￥\"#,##0.00", [Digits; 3]),
            ("[$¥-804]#,##0", [Digits; 3]),
            ("0!.0,\"万\"", [Else; 3]),
            ("0.00,,", [Else; 3]),
            ("#,##0\"元\"", [Else; 3]),
            ("0.0%", [Else; 3]),
            ("0;-0;;@", [Digits, Digits, Else]),
            (";;;", [Else; 3]),
            ("yyyy\"年\"m\"月\"d\"日\";@", [Day; 3]),
            ("[$-804]yyyy\\-mm\\-dd", [Day; 3]),
            ("yyyy-mm-dd hh:mm", [Day; 3]),
            ("m\"月\"d\"日\"", [Day; 3]),
            ("mmm", [Day; 3]),
            ("h:mm", [Else; 3]),
            ("[h]:mm:ss", [Else; 3]),
            ("上午/下午h\"时\"mm\"分\"", [Else; 3]),
            ("# ?/?", [Digits; 3]),
            ("\"", [Else; 3]),
            ("\\", [Else; 3]),
            ("[", [Else; 3]),
        ] {
            assert_eq!(sections(code), wanted, "{code}");
        }
    }
}
