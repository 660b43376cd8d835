//! Pictures of papers: drawn from values that stand in the paper itself, so that one that was sent shows what it showed.

use serde::{Deserialize, Serialize};

use crate::chart::{Columns, Figure, Ink, Kind, Paint, Row, Series, Value};
use crate::model::ledger::Programme;

/// Width of a picture on paper, CSS px: that of the text of a sheet by the norm, 156 mm.
pub const WIDTH: f64 = 590.0;
/// Height of a picture, CSS px.
pub const HEIGHT: f64 = 250.0;
/// Device pixels in a CSS px: 300 dots in an inch of paper.
pub const SHARP: f64 = 3.125;
/// Tenths of a millimetre in a CSS px.
pub const TENTHS: f64 = 2.646;

/// What a picture shows: columns of percent, now and in an earlier period. The names under which it is stored stay for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stored {
    /// Names of the series.
    series: Vec<String>,
    /// Label and values of each row; what is not known is none.
    rows: Vec<(String, Vec<Option<i64>>)>,
}

/// The picture of the progress of the programmes, as a paper stores it: now, and then where it is known.
pub fn progress(now: &[Option<i64>; 5], then: Option<(&str, [Option<i64>; 5])>) -> String {
    let mut series = vec!["本期".to_owned()];
    series.extend(then.iter().map(|(word, _)| (*word).to_owned()));
    let row = |(at, programme): (usize, Programme)| {
        let mut values = vec![now[at]];
        values.extend(then.iter().map(|(_, then)| then[at]));
        (programme.label().to_owned(), values)
    };
    let rows = Programme::ALL.into_iter().enumerate().map(row).collect();
    serde_json::to_string(&Stored { series, rows }).unwrap_or_default()
}

/// What is drawn in a place for a picture; nothing where it is damaged, or of a later version.
pub fn figure(source: &str, caption: &str) -> Option<Figure> {
    let stored: Stored = serde_json::from_str(source).ok()?;
    if stored.rows.is_empty() {
        return None;
    }
    let paint = |at: usize| match at {
        0 => Paint::solid(Ink::Now),
        _ => Paint::solid(Ink::Then),
    };
    let series = stored.series.into_iter().enumerate();
    let value = |value: Option<i64>| Value::from(value.map(|value| value as f64));
    let rows = stored.rows.into_iter();
    Some(Figure {
        title: caption.to_owned(),
        subject: "工程".to_owned(),
        unit: "%".to_owned(),
        // Side by side: shares of two times do not add up.
        kind: Kind::Columns(Columns {
            series: series.map(|(at, name)| Series { name, paint: paint(at) }).collect(),
            rows: rows
                .map(|(label, values)| Row::new(label, values.into_iter().map(value).collect()))
                .collect(),
            stacked: false,
        }),
    })
}

/// The picture of a place as an SVG drawing, where there is no browser to draw it; nothing where it is damaged.
#[cfg(not(target_arch = "wasm32"))]
pub fn svg(source: &str, caption: &str) -> String {
    use crate::chart::{Size, Theme, draw, layout, palette::PRINT};
    let Some(figure) = figure(source, caption) else {
        return String::new();
    };
    let size = Size {
        width: WIDTH,
        height: Some(HEIGHT),
    };
    // A Chinese character is as wide as it is high, a digit half of that and a little.
    let measure = |text: &str, px: f64, _: u16| super::setting::width(text) as f64 * px * 0.55;
    draw::svg(&layout(&figure, size, &Theme::new(PRINT, 1.0), &measure), "sans-serif")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_drawn_from_what_is_stored() {
        let stored = progress(
            &[Some(96), Some(97), None, Some(96), Some(100)],
            Some(("上年同期", [Some(70), None, Some(94), Some(53), Some(96)])),
        );
        assert!(stored.starts_with(r#"{"series":["本期","上年同期"],"rows":[["筑梦",[96,70]],["头雁",[97,null]]"#));
        let drawn = figure(&stored, "五项工程进度").expect("a figure");
        let Kind::Columns(bars) = &drawn.kind else {
            panic!("{drawn:?}");
        };
        assert!(!bars.stacked, "two times are no sum");
        assert_eq!((bars.series.len(), bars.rows.len()), (2, 5));
        // What is not known is no bar of zero.
        assert_eq!(bars.rows[2].values[0].amount, None);
        assert_eq!(figure("{", ""), None);
    }
}
