//! How figures, dates and phone numbers are written. Unknown is `--`, zero is `0`.

/// What stands where nothing is known.
pub const UNKNOWN: &str = "--";

/// A whole number with thousands separators: `2342` gives `2,342`.
pub fn count(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// An average: two places below ten, one above, so that 50 of 39 are `1.28` and ages `40.8`.
pub fn mean(value: f64) -> String {
    decimal(value, if value.abs() < 10.0 { 2 } else { 1 })
}

/// A number with thousands separators and at most `places` decimals, without trailing zeros:
/// `decimal(1234.50, 2)` gives `1,234.5`. Not-a-number and infinities are unknown.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return UNKNOWN.to_owned();
    }
    // By whole numbers: what the standard library has for this is 19 kB in the page. Beyond 2^53 a number has no
    // decimals left.
    let unit = 10_u64.pow(places as u32);
    let scaled = (value.abs() * unit as f64 + 0.5) as u64;
    let whole = count(i64::try_from(scaled / unit).unwrap_or(i64::MAX));
    let fraction = format!("{:0places$}", scaled % unit);
    let fraction = if places == 0 {
        ""
    } else {
        fraction.trim_end_matches('0')
    };
    let sign = if value < 0.0 && (whole != "0" || !fraction.is_empty()) {
        "-"
    } else {
        ""
    };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// The share of `part` in `whole` with at most one decimal: `57.5%`, `36%`.
///
/// Without a whole there is no share and the answer is unknown. A share is never rounded up to `100%` nor
/// down to `0%`: what is nearly all is `99.9%`, what is nearly nothing is `0.1%`.
pub fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return UNKNOWN.to_owned();
    }
    let tenths = (i128::from(part) * 2000 + i128::from(whole)).div_euclid(i128::from(whole) * 2);
    let tenths = match tenths {
        1000 if part < whole => 999,
        0 if part > 0 => 1,
        other => other,
    };
    permille(i64::try_from(tenths).unwrap_or(i64::MAX))
}

/// Progress in tenths of a percent as whole percent, half up. What is not whole is never 100, what has begun never 0.
pub const fn whole_percent(permille: i64) -> i64 {
    match permille {
        1..=4 => 1,
        995..=999 => 99,
        other => (other + 5) / 10,
    }
}

/// The same as text: `93%`.
pub fn whole(permille: i64) -> String {
    format!("{}%", whole_percent(permille))
}

/// Tenths of a percent as text: `59.3%`, `36%`.
pub fn permille(tenths: i64) -> String {
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    match size % 10 {
        0 => format!("{sign}{}%", size / 10),
        tenth => format!("{sign}{}.{tenth}%", size / 10),
    }
}

/// A number with its measure: `24 场`; percent stands close: `40%`, `25–40%`.
pub fn measured(number: &str, measure: &str) -> String {
    match measure {
        "%" => format!("{number}%"),
        measure => format!("{number} {measure}"),
    }
}

/// How far a counted task is: `12/30`. Thousands are separated in both numbers.
pub fn progress(done: i64, total: i64) -> String {
    format!("{}/{}", count(done), count(total))
}

/// The text of a value, or `--` if there is none.
pub fn or_unknown<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), text)
}

/// A date in tables and fields: `2022-03-05`.
pub fn date(year: i32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// A date in running and printed text: `2022年3月5日`.
pub fn date_in_text(year: i32, month: u32, day: u32) -> String {
    format!("{year}年{month}月{day}日")
}

/// A month in tables and fields: `2022-03`.
pub fn month(year: i32, month: u32) -> String {
    format!("{year:04}-{month:02}")
}

/// A month in running and printed text: `2022年3月`.
pub fn month_in_text(year: i32, month: u32) -> String {
    format!("{year}年{month}月")
}

/// Month and day of a date of the current year, in lists: `11-25`.
pub fn month_day(month: u32, day: u32) -> String {
    format!("{month:02}-{day:02}")
}

/// A time of day: `14:08`.
pub fn clock(hour: u32, minute: u32) -> String {
    format!("{hour:02}:{minute:02}")
}

/// A day seen from today, `days` later (negative: earlier): `今天`, `3 天前`, `2 天后`.
pub fn relative_day(days: i64) -> String {
    match days {
        0 => "今天".to_owned(),
        -1 => "昨天".to_owned(),
        1 => "明天".to_owned(),
        before if before < 0 => format!("{} 天前", count(before.saturating_neg())),
        after => format!("{} 天后", count(after)),
    }
}

/// A deadline seen from today, `days` away (negative: past): `已逾期 3 天`, `今天到期`, `5 天后到期`.
pub fn due(days: i64) -> String {
    match days {
        past if past < 0 => format!("已逾期 {} 天", count(past.saturating_neg())),
        0 => "今天到期".to_owned(),
        1 => "明天到期".to_owned(),
        after => format!("{} 天后到期", count(after)),
    }
}

/// A phone number with its middle hidden: `138****1027`.
///
/// Of a number with five to seven digits only the last two stay; anything shorter, and text without digits, is
/// hidden whole.
pub fn masked_phone(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    // The country code of a mobile number says nothing about the person.
    let digits = match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    };
    match digits.len() {
        0 if phone.trim().is_empty() => String::new(),
        0 => "****".to_owned(),
        1..=4 => "****".to_owned(),
        5..=7 => format!(
            "****{}",
            digits.get(digits.len().saturating_sub(2)..).unwrap_or_default()
        ),
        n => format!(
            "{}****{}",
            digits
                .get(..n.min(11) - 8)
                .filter(|head| !head.is_empty())
                .unwrap_or_default(),
            digits.get(n - 4..).unwrap_or_default()
        ),
    }
}

/// The half-width form of a full-width letter, digit or sign; other characters stay.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '。' => '.',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        for (value, expected) in [
            (0, "0"),
            (7, "7"),
            (999, "999"),
            (1000, "1,000"),
            (2342, "2,342"),
            (-1234567, "-1,234,567"),
            (i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(count(value), expected);
        }
    }

    #[test]
    fn decimals() {
        for (value, places, expected) in [
            (1234.5, 2, "1,234.5"),
            (13.318, 1, "13.3"),
            (0.0, 2, "0"),
            (-0.001, 2, "0"),
            (-2.5, 1, "-2.5"),
            (10.0, 2, "10"),
            (f64::NAN, 2, "--"),
            (f64::INFINITY, 2, "--"),
        ] {
            assert_eq!(decimal(value, places), expected);
        }
    }

    #[test]
    fn shares() {
        for (part, whole, expected) in [
            (84, 146, "57.5%"),
            (0, 39, "0%"),
            (39, 39, "100%"),
            (9999, 10000, "99.9%"),
            (1, 100_000, "0.1%"),
            (1, 3, "33.3%"),
            (2, 3, "66.7%"),
            (9, 25, "36%"),
            (3, 2, "150%"),
            (-1, 4, "-25%"),
            (1, 0, "--"),
            (i64::MAX, i64::MAX, "100%"),
        ] {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn progress_is_rounded_in_one_way() {
        for (permille, expected) in [
            (0, "0%"),
            (1, "1%"),
            (624, "62%"),
            (625, "63%"),
            (994, "99%"),
            (999, "99%"),
            (1000, "100%"),
        ] {
            assert_eq!(whole(permille), expected);
        }
        assert_eq!([permille(593), permille(360)], ["59.3%", "36%"]);
    }

    /// Pages and drawings write a share alike.
    #[test]
    fn drawings_write_a_percentage_as_pages_do() {
        use crate::chart::number;
        for tenths in 0..=1_000 {
            assert_eq!(number::percent(tenths as f64 / 10.0), permille(tenths));
            assert_eq!(number::whole_percent(tenths as f64, 1_000.0), whole(tenths), "{tenths}");
        }
        assert_eq!(measured("25–40", "%"), "25–40%");
        assert_eq!(measured("24", "场"), "24 场");
    }

    #[test]
    fn dates() {
        assert_eq!(date(2022, 3, 5), "2022-03-05");
        assert_eq!(date_in_text(2022, 3, 5), "2022年3月5日");
        assert_eq!(month(2022, 3), "2022-03");
        assert_eq!(month_in_text(2022, 11), "2022年11月");
        assert_eq!(month_day(3, 5), "03-05");
        assert_eq!(clock(9, 5), "09:05");
    }

    #[test]
    fn days_from_today() {
        for (days, expected) in [(0, "今天"), (-1, "昨天"), (1, "明天"), (-3, "3 天前"), (5, "5 天后")] {
            assert_eq!(relative_day(days), expected);
        }
        for (days, expected) in [
            (-12, "已逾期 12 天"),
            (0, "今天到期"),
            (1, "明天到期"),
            (8, "8 天后到期"),
        ] {
            assert_eq!(due(days), expected);
        }
    }

    #[test]
    fn phones() {
        for (phone, expected) in [
            ("13800001027", "138****1027"),
            ("138 0000 1027", "138****1027"),
            ("0715-3391234", "071****1234"),
            ("3391234", "****34"),
            ("33912345", "****2345"),
            ("12", "****"),
            ("+86 13800001027", "138****1027"),
            ("不详", "****"),
            ("", ""),
        ] {
            assert_eq!(masked_phone(phone), expected, "{phone}");
        }
    }

    #[test]
    fn unknown_is_not_zero() {
        assert_eq!(or_unknown(None, count), "--");
        assert_eq!(or_unknown(Some(0), count), "0");
        assert_eq!(progress(12, 30), "12/30");
    }
}
