//! Horizontal bars from zero: label left, value at the end, no grid.

use super::draft::{Draft, LABEL, NOTE, ROWS, VALUE, head, number_cell, word_cell};
use super::figure::{Bars, Paint, Row};
use super::finding;
use super::geometry::{Rect, at};
use super::number::{number_or_none, with_unit};
use super::palette::Ink;
use super::rows::{Edges, Rows};
use super::scale::falling;
use super::scene::{Anchor, Hit, Table};

/// The rows in drawing order: the largest first unless their order means something.
fn sorted(data: &Bars) -> Vec<&Row> {
    if data.ordered {
        return data.rows.iter().collect();
    }
    let keys: Vec<f64> = data.rows.iter().map(|r| r.total().unwrap_or(-1.0)).collect();
    falling(&keys).into_iter().map(|i| &data.rows[i]).collect()
}

fn end_words(data: &Bars, row: &Row, unit: &str) -> String {
    match row.total() {
        Some(v) if data.show_unit => with_unit(Some(v), unit),
        total => number_or_none(total),
    }
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Bars, unit: &str) {
    let rows = sorted(data);
    let top = if data.series.len() > 1 {
        d.legend(&data.series, d.u(1.0), 0.0) + d.u(2.0)
    } else {
        d.u(4.0)
    };
    let labels: Vec<&str> = rows.iter().map(|r| r.label.as_str()).collect();
    let ends: Vec<String> = rows.iter().map(|r| end_words(data, r, unit)).collect();
    let ends_wide = d.widest(ends.iter().map(String::as_str), VALUE) + d.u(8.0);
    let edges = Edges {
        top,
        foot: d.u(4.0),
        beside: ends_wide,
    };
    let places = Rows::new(d, &labels, VALUE, &edges, (28.0, 24.0));
    let most = rows.iter().filter_map(|r| r.total()).fold(0.0, f64::max);
    let length = (d.w() - places.x - ends_wide).max(d.u(20.0));
    let scale = if most > 0.0 { length / most } else { 0.0 };
    let share = if places.above { 0.64 } else { 0.58 };
    let thick = (places.room(d) * share).min(d.u(30.0));
    for (i, row) in rows.iter().enumerate() {
        let first = i == 0 && !data.ordered && rows.len() > 1;
        places.label(d, i, &row.label, if first { VALUE } else { LABEL });
        let middle = places.middle(d, i);
        let bar = Rect::new(places.x, middle - thick / 2.0, scale, thick);
        if places.above {
            let air = d.u(2.0);
            d.line(
                &[at(bar.x, bar.y - air), at(bar.x, bar.bottom() + air)],
                d.u(1.0),
                Ink::Axis,
                None,
            );
        }
        let end = segments(d, data, row, unit, bar);
        let (font, ink) = if row.total().is_some() {
            (VALUE, Ink::Text)
        } else {
            (NOTE, Ink::TextSecond)
        };
        d.text(&ends[i], at(end + d.u(8.0), middle), Anchor::Start, font, ink);
    }
    if !places.above {
        let axis = [at(places.x, places.top), at(places.x, places.bottom())];
        d.line(&axis, d.u(1.0), Ink::Axis, None);
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
        if let Some(t) = total.filter(|_| several) {
            d.tell(
                id,
                vec![
                    (series.name.clone(), said),
                    ("合计".to_owned(), with_unit(Some(t), unit)),
                ],
            );
        }
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
    let mut headers = vec![ROWS.to_owned()];
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
    match finding::ends(&known, unit, ("最大", "最小")) {
        Some(ends) => format!("条形图，{} 项，{ends}", rows.len()),
        None => format!("条形图，{} 项，都没有数据", rows.len()),
    }
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Bars) -> bool {
    data.rows.is_empty() || data.series.is_empty()
}
