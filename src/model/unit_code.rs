//! The statistical code of a village or community (统计用区划代码): twelve digits, and what spreadsheets make of them.

/// Digits of a code.
pub const DIGITS: usize = 12;
/// A code that ends so is that of a town, county, city or province, and of no unit.
const OF_A_TOWN: &str = "000";

/// A code that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Twelve digits.
    pub digits: String,
    /// Whether it was written otherwise: in full width, with blanks, `.0` or an apostrophe.
    pub is_mended: bool,
}

/// Reads a code as a cell holds it; `None` for an empty cell.
///
/// Full width digits are read, blanks, commas between digits, a leading apostrophe and `.0` are taken off.
///
/// # Errors
/// Why it is no code, in words for a person. Nothing is guessed: digits that a spreadsheet rounded away are lost.
pub fn read(text: &str) -> Result<Option<Code>, String> {
    let text = text.trim();
    let plain: String = text.chars().filter_map(plain).collect();
    let mended = plain.trim_start_matches(['\'', '’', '‘']);
    let mended = match mended.split_once('.') {
        Some((whole, places)) if !places.is_empty() && places.bytes().all(|b| b == b'0') => whole,
        _ => mended,
    };
    if mended.is_empty() {
        return Ok(None);
    }
    if mended.contains(['E', 'e']) && mended.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
        return Err(format!(
            "代码“{text}”是电子表格缩写过的数字，后几位已经丢失，请在表格中把这一列改为文本并重新填写 12 位代码"
        ));
    }
    if !mended.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("代码“{text}”不是 {DIGITS} 位数字，请改正，没有代码就留空"));
    }
    if mended.len() != DIGITS {
        let digits = mended.len();
        return Err(format!(
            "代码“{text}”有 {digits} 位数字，应为 {DIGITS} 位，请改正，没有代码就留空"
        ));
    }
    if mended.ends_with(OF_A_TOWN) {
        return Err(format!("代码“{text}”是乡镇或以上的代码，请填村（社区）的代码"));
    }
    Ok(Some(Code {
        digits: mended.to_owned(),
        is_mended: mended != text,
    }))
}

/// Whether a cell looks like a number that a spreadsheet wrote, be it a good code or a spoilt one.
pub fn is_number(text: &str) -> bool {
    let plain: String = text.chars().filter_map(plain).collect();
    let plain = plain.trim_start_matches(['\'', '’', '‘']);
    plain.bytes().next().is_some_and(|b| b.is_ascii_digit())
        && plain.bytes().all(|b| b.is_ascii_digit() || b".+-Ee".contains(&b))
}

/// A digit in its usual form; nothing for blanks and for commas.
fn plain(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        '．' => Some('.'),
        ',' | '，' | '\u{200b}' | '\u{feff}' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_are_understood() {
        for (text, digits, is_mended) in [
            ("421223100208", "421223100208", false),
            ("421223100202.00", "421223100202", true),
            ("’421223100200", "421223100200", true),
            ("'421223100200", "421223100200", true),
            ("４２１２２３１００００５", "421223100005", true),
            ("421 223 100 206", "421223100206", true),
            ("421,223,100,208", "421223100208", true),
        ] {
            let digits = digits.to_owned();
            assert_eq!(read(text), Ok(Some(Code { digits, is_mended })), "{text}");
        }
        assert_eq!(read(" \u{3000}"), Ok(None));
    }

    #[test]
    fn codes_that_are_lost() {
        for (text, says) in [
            ("4.21223E+11", "已经丢失"),
            ("421223100", "9 位"),
            ("421223100003000", "15 位"),
            ("4212231000030000000", "19 位"),
            ("421223100202.5", "不是 12 位数字"),
            ("42122310020X", "不是 12 位数字"),
            ("421223100000", "乡镇"),
        ] {
            let why = read(text).unwrap_err();
            assert!(why.contains(says) && why.contains(text), "{text}: {why}");
        }
    }

    #[test]
    fn numbers_of_a_spreadsheet() {
        for (text, number) in [
            ("12", true),
            ("4.21223E+11", true),
            ("’421223100200", true),
            ("４２１", true),
            ("寺前村", false),
            ("3组", false),
            ("", false),
        ] {
            assert_eq!(is_number(text), number, "{text}");
        }
    }
}
