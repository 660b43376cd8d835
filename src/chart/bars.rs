//! Horizontal bars from zero: label left, value at the end, no grid.

use super::draft::{Draft, LABEL, NOTE, VALUE, head, number_cell, word_cell};
use super::figure::{Bars, Paint, Row};
use super::finding;
use super::geometry::{Rect, at};
use super::number::{number_or_none, with_unit};
use super::palette::Ink;
use super::scene::{Anchor, Hit, Table};

/// Where the parts of the drawing stand.
struct Frame {
    /// Labels above the bars instead of beside them.
    above: bool,
    /// Start of the bars.
    x: f64,
    /// Length of the largest bar, px.
    length: f64,
    /// Upper edge of the first row.
    top: f64,
    /// Height of a row.
    pitch: f64,
    /// Thickness of a bar.
    thick: f64,
}

/// The rows in drawing order: the largest first unless their order means something.
fn sorted(data: &Bars) -> Vec<&Row> {
    let mut rows: Vec<&Row> = data.rows.iter().collect();
    if !data.ordered {
        rows.sort_by(|a, b| {
            b.total()
                .unwrap_or(-1.0)
                .total_cmp(&a.total().unwrap_or(-1.0))
        });
    }
    rows
}

fn end_words(data: &Bars, row: &Row, unit: &str) -> String {
    match row.total() {
        Some(v) if data.show_unit => with_unit(Some(v), unit),
        total => number_or_none(total),
    }
}

fn frame(d: &mut Draft<'_>, data: &Bars, rows: &[&Row], unit: &str, top: f64) -> Frame {
    let labels = d.widest(rows.iter().map(|r| r.label.as_str()), VALUE);
    let ends: Vec<String> = rows.iter().map(|r| end_words(data, r, unit)).collect();
    let ends = d.widest(ends.iter().map(String::as_str), VALUE) + d.u(8.0);
    let above = labels > d.w() * 0.36;
    let count = rows.len() as f64;
    let (least, natural) = if above {
        (d.u(42.0), d.u(48.0))
    } else {
        (d.u(24.0), d.u(28.0))
    };
    let foot = d.u(4.0);
    let height = d.settle(top + natural * count + foot, top + least * count + foot);
    let pitch = (height - top - foot) / count;
    let x = if above { d.u(1.0) } else { labels + d.u(10.0) };
    let thick = if above {
        d.u(14.0)
    } else {
        (pitch * 0.58).min(d.u(30.0))
    };
    Frame {
        above,
        x,
        length: (d.w() - x - ends).max(d.u(20.0)),
        top,
        pitch,
        thick,
    }
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Bars, unit: &str) {
    let rows = sorted(data);
    let top = if data.series.len() > 1 {
        d.legend(&data.series, d.u(1.0), 0.0) + d.u(2.0)
    } else {
        d.u(4.0)
    };
    let f = frame(d, data, &rows, unit, top);
    let most = rows.iter().filter_map(|r| r.total()).fold(0.0, f64::max);
    let scale = if most > 0.0 { f.length / most } else { 0.0 };
    for (i, row) in rows.iter().enumerate() {
        let y = f.top + f.pitch * i as f64;
        let first = i == 0 && !data.ordered && rows.len() > 1;
        let font = if first { VALUE } else { LABEL };
        let bar_y = if f.above {
            y + d.u(20.0)
        } else {
            y + (f.pitch - f.thick) / 2.0
        };
        let middle = bar_y + f.thick / 2.0;
        if f.above {
            let words = d.fit(&row.label, font, d.w() - d.u(2.0));
            d.text(
                &words,
                at(0.0, y + d.u(9.0)),
                Anchor::Start,
                font,
                Ink::Text,
            );
            let ends = [
                at(f.x, bar_y - d.u(2.0)),
                at(f.x, bar_y + f.thick + d.u(2.0)),
            ];
            d.line(&ends, d.u(1.0), Ink::Axis, None);
        } else {
            d.text(
                &row.label,
                at(f.x - d.u(10.0), middle),
                Anchor::End,
                font,
                Ink::Text,
            );
        }
        let end = segments(d, data, row, unit, Rect::new(f.x, bar_y, scale, f.thick));
        let words = end_words(data, row, unit);
        let (font, ink) = if row.total().is_some() {
            (VALUE, Ink::Text)
        } else {
            (NOTE, Ink::TextSecond)
        };
        d.text(&words, at(end + d.u(8.0), middle), Anchor::Start, font, ink);
    }
    let bottom = f.top + f.pitch * rows.len() as f64;
    if !f.above {
        d.line(
            &[at(f.x, f.top), at(f.x, bottom)],
            d.u(1.0),
            Ink::Axis,
            None,
        );
    }
    d.scene.table = table(data, &rows, unit);
}

/// The parts of one bar; `place.w` is the length of one unit. Gives the x of the end.
fn segments(d: &mut Draft<'_>, data: &Bars, row: &Row, unit: &str, place: Rect) -> f64 {
    let mut x = place.x;
    let several = data.series.len() > 1;
    let total = row.total();
    for (series, value) in data.series.iter().zip(&row.values) {
        let length = value.length().unwrap_or(0.0) * place.w;
        // A part that is zero or unknown has no surface; where nothing else stands there, the row itself is met.
        let lone = total.is_none_or(|t| t == 0.0);
        if length <= 0.0 && !(lone && series == &data.series[0]) {
            continue;
        }
        let rect = Rect::new(x, place.y, length, place.h);
        let hit = if length > 0.0 {
            rect
        } else {
            Rect::new(x, place.y, d.u(16.0), place.h)
        };
        let said = with_unit(value.amount, unit);
        let sentence = match total {
            Some(t) if several => {
                format!(
                    "{}，{} {said}，合计 {}",
                    row.label,
                    series.name,
                    with_unit(Some(t), unit)
                )
            }
            _ => format!("{}，{said}", row.label),
        };
        let id = d.mark(Hit::Rect(hit), &row.label, &said, sentence, &value.key);
        let paint: Paint = if several {
            series.paint
        } else {
            row.paint.unwrap_or(series.paint)
        };
        d.painted(rect, paint, Some(id));
        x += length;
    }
    x
}

fn table(data: &Bars, rows: &[&Row], unit: &str) -> Table {
    let mut headers = vec!["名称".to_owned()];
    headers.extend(data.series.iter().map(|s| head(&s.name, unit)));
    let several = data.series.len() > 1;
    if several {
        headers.push(head("合计", unit));
    }
    let cells = |row: &&Row| {
        let mut cells = vec![word_cell(&row.label)];
        cells.extend((0..data.series.len()).map(|i| match row.values.get(i) {
            Some(v) => number_cell(v.amount, &v.key),
            None => number_cell(None, &None),
        }));
        if several {
            cells.push(number_cell(row.total(), &None));
        }
        cells
    };
    Table {
        headers,
        rows: rows.iter().map(cells).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Bars, unit: &str) -> String {
    let rows = sorted(data);
    let known: Vec<(&str, f64)> = rows
        .iter()
        .filter_map(|r| r.total().map(|t| (r.label.as_str(), t)))
        .collect();
    match (finding::largest(&known), finding::smallest(&known)) {
        (Some(l), Some(s)) => format!(
            "条形图，{} 项，最大{} {}，最小{} {}",
            rows.len(),
            l.0,
            with_unit(Some(l.1), unit),
            s.0,
            with_unit(Some(s.1), unit)
        ),
        _ => format!("条形图，{} 项，都没有数据", rows.len()),
    }
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Bars) -> bool {
    data.rows.is_empty() || data.series.is_empty()
}
