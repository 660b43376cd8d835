//! Numbers as a person reads them.

/// A count or amount: thousands separators, at most one decimal, `--` for what is not a number.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "--".to_owned();
    }
    let tenths = (value.abs() * 10.0).round();
    if tenths >= 1e15 {
        return format!("{value:.0}");
    }
    let (whole, tenth) = ((tenths / 10.0).floor() as u64, (tenths % 10.0) as u64);
    let digits = whole.to_string();
    let mut out = String::with_capacity(digits.len() + 6);
    if value < 0.0 && tenths > 0.0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if tenth > 0 {
        out.push('.');
        out.push_str(&tenth.to_string());
    }
    out
}

/// [`number`], or `--` for nothing.
pub fn number_or_none(value: Option<f64>) -> String {
    value.map_or_else(|| "--".to_owned(), number)
}

/// A percentage given in 0–100: at most one decimal.
pub fn percent(value: f64) -> String {
    if value.is_finite() {
        format!("{}%", number(value))
    } else {
        "--".to_owned()
    }
}

/// `part` of `whole` in 0–100; nothing when the whole is zero.
pub fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0 && part.is_finite() && whole.is_finite()).then(|| part / whole * 100.0)
}

/// A share rounded to whole percent for a tight place, `--` without a whole.
///
/// A share that is not all of it never reads `100%`, and one that is not nothing never reads `0%`.
pub fn whole_percent(part: f64, whole: f64) -> String {
    match share(part, whole) {
        None => "--".to_owned(),
        Some(p) if p > 0.0 && p < 1.0 => "1%".to_owned(),
        Some(p) if p < 100.0 && p > 99.0 => "99%".to_owned(),
        // Rounded once, half up, as pages do it; a half that is not exact in binary is one.
        Some(p) => format!("{}%", (p + 0.5 + 1e-9).floor()),
    }
}

/// `24 场`: a number with its unit, in a sentence.
pub fn with_unit(value: Option<f64>, unit: &str) -> String {
    match value {
        Some(v) if unit == "%" => percent(v),
        Some(v) if unit.is_empty() => number(v),
        Some(v) => format!("{} {unit}", number(v)),
        None => "没有数据".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_written_by_hand() {
        for (value, want) in [
            (0.0, "0"),
            (-0.0, "0"),
            (7.0, "7"),
            (999.0, "999"),
            (1000.0, "1,000"),
            (1234567.0, "1,234,567"),
            (32.64, "32.6"),
            (0.04, "0"),
            (-0.04, "0"),
            (-12.5, "-12.5"),
            (999.96, "1,000"),
            (f64::NAN, "--"),
            (f64::INFINITY, "--"),
        ] {
            assert_eq!(number(value), want, "{value}");
        }
    }

    #[test]
    fn shares_have_at_most_one_decimal() {
        assert_eq!(percent(48.717), "48.7%");
        assert_eq!(percent(100.0), "100%");
        assert_eq!(share(1.0, 0.0), None);
        assert_eq!(whole_percent(31.0, 46.0), "67%");
        assert_eq!(whole_percent(999.0, 1000.0), "99%");
        assert_eq!(whole_percent(1.0, 1000.0), "1%");
        assert_eq!(whole_percent(1.0, 0.0), "--");
        assert_eq!(with_unit(Some(24.0), "场"), "24 场");
        assert_eq!(with_unit(None, "场"), "没有数据");
    }
}
