//! Sentences that state what the numbers say, for the titles of charts.

/// The first largest.
pub fn largest<'a>(values: &[(&'a str, f64)]) -> Option<(&'a str, f64)> {
    values
        .iter()
        .copied()
        .filter(|v| v.1.is_finite())
        .reduce(|best, v| if v.1 > best.1 { v } else { best })
}

/// The first smallest.
pub fn smallest<'a>(values: &[(&'a str, f64)]) -> Option<(&'a str, f64)> {
    values
        .iter()
        .copied()
        .filter(|v| v.1.is_finite())
        .reduce(|best, v| if v.1 < best.1 { v } else { best })
}
