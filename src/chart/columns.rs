//! Upright columns from zero, side by side or one on the other: a baseline and three grid lines.

use super::draft::{Draft, NOTE, ROWS, head, number_cell, word_cell};
use super::figure::{Columns, Row};
use super::finding;
use super::geometry::{Point, Rect, at};
use super::number::{number, percent, with_unit};
use super::palette::Ink;
use super::scale::step_for;
use super::scene::{Anchor, Hit, Table, Text};

/// The plane of values: x to the right, zero at the bottom.
pub(crate) struct Plane {
    /// The rectangle between baseline and uppermost grid line.
    pub area: Rect,
    /// Value of the uppermost grid line.
    pub top: f64,
}

impl Plane {
    /// The y of a value.
    pub fn y(&self, value: f64) -> f64 {
        self.area.bottom() - self.area.h * (value / self.top)
    }
}

/// Baseline and three grid lines with their numbers, for values up to `most`.
///
/// `above` and `below` are the space for words over and under the plane, `right` beside it, px.
pub(crate) fn plane(d: &mut Draft<'_>, most: f64, whole: bool, unit: &str, around: Around) -> Plane {
    // Shares end at the whole.
    let (step, lines) = match unit {
        "%" if most > 60.0 && most <= 100.0 => (25.0, 4),
        _ => (step_for(most, 3, whole), 3),
    };
    let name = |i: u32| {
        let at = step * f64::from(i);
        if unit == "%" && i > 0 { percent(at) } else { number(at) }
    };
    let names: Vec<String> = (0..=lines).map(name).collect();
    let left = d.widest(names.iter().map(String::as_str), NOTE) + d.u(8.0);
    let bottom = d.scene.height - around.below;
    let area = Rect::new(left, around.above, d.w() - left - around.right, bottom - around.above);
    let plane = Plane {
        area,
        top: step * f64::from(lines),
    };
    for (i, name) in (0u32..).zip(&names) {
        let y = plane.y(step * f64::from(i));
        let ink = if i == 0 { Ink::Axis } else { Ink::Grid };
        d.line(&[at(area.x, y), at(area.right(), y)], d.u(1.0), ink, None);
        d.text(name, at(left - d.u(6.0), y), Anchor::End, NOTE, Ink::TextSecond);
    }
    plane
}

/// Space around a [`Plane`], px.
pub(crate) struct Around {
    pub above: f64,
    pub below: f64,
    pub right: f64,
}

/// Names under the plane at these x, every one, or every second, third … where they would touch.
pub(crate) fn step_names(d: &mut Draft<'_>, names: &[String], xs: &[f64], y: f64) {
    let gap = d.u(6.0);
    let edge = d.w();
    // A name at the edge is moved inwards rather than cut.
    let middle = |d: &Draft<'_>, i: usize| {
        let half = d.width_of(&names[i], NOTE) / 2.0;
        (xs[i].min(edge - half).max(half), half)
    };
    let count = names.len().min(xs.len());
    let fits = |every: &usize| {
        let shown: Vec<(f64, f64)> = (0..count).step_by(*every).map(|i| middle(d, i)).collect();
        shown.windows(2).all(|w| w[0].0 + w[0].1 + gap <= w[1].0 - w[1].1)
    };
    let every = (1..count.max(1)).find(fits).unwrap_or(count.max(1));
    for i in (0..count).step_by(every) {
        let x = middle(d, i).0;
        d.text(&names[i], at(x, y), Anchor::Middle, NOTE, Ink::TextSecond);
    }
}

/// Whether all values are whole numbers, so that the axis has no broken ones.
pub(crate) fn all_whole(values: impl Iterator<Item = f64>) -> bool {
    let mut values = values;
    values.all(|v| v.fract() == 0.0)
}

fn heights(data: &Columns) -> impl Iterator<Item = f64> + '_ {
    data.rows.iter().flat_map(|row| {
        let single: Vec<f64> = if data.stacked {
            row.total().into_iter().collect()
        } else {
            row.values.iter().filter_map(super::figure::Value::length).collect()
        };
        single
    })
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Columns, unit: &str) {
    d.settle(d.u(206.0), d.u(120.0));
    let legend = if data.series.len() > 1 {
        d.legend(&data.series, d.u(1.0), 0.0)
    } else {
        0.0
    };
    let around = Around {
        above: legend + d.u(16.0),
        below: d.u(26.0),
        right: 0.0,
    };
    let most = heights(data).fold(0.0, f64::max);
    let whole = all_whole(heights(data));
    let plane = plane(d, most, whole, unit, around);
    let pitch = plane.area.w / data.rows.len() as f64;
    let mut tops = Vec::new();
    for (i, row) in data.rows.iter().enumerate() {
        let x = plane.area.x + pitch * i as f64;
        let group = Group {
            data,
            row,
            unit,
            plane: &plane,
            x,
            pitch,
        };
        tops.extend(if data.stacked {
            stack(d, &group)
        } else {
            side_by_side(d, &group)
        });
    }
    values_on_top(d, tops);
    let names: Vec<String> = data.rows.iter().map(|r| r.label.clone()).collect();
    let xs: Vec<f64> = (0..names.len())
        .map(|i| plane.area.x + pitch * (i as f64 + 0.5))
        .collect();
    names_below(d, &names, &xs, pitch, plane.area.bottom());
    d.scene.table = table(data, unit);
}

/// Group names: cut to their place if they are words, thinned out if they are steps of one kind.
fn names_below(d: &mut Draft<'_>, names: &[String], xs: &[f64], pitch: f64, bottom: f64) {
    let y = bottom + d.u(14.0);
    let steps = names
        .iter()
        .all(|n| n.chars().next().is_some_and(|c| c.is_ascii_digit()));
    if steps {
        return step_names(d, names, xs, y);
    }
    let widths: Vec<f64> = names.iter().map(|n| d.width_of(n, NOTE)).collect();
    for (i, (name, x)) in names.iter().zip(xs).enumerate() {
        // Beside shorter names a longer one has more than its own place.
        let beside = [i.wrapping_sub(1), i + 1].map(|n| widths.get(n).map_or(pitch, |w| w.min(pitch)));
        let room = 2.0 * pitch - beside[0].max(beside[1]) - d.u(4.0);
        let words = d.fit(name, NOTE, room.min(2.0 * (d.w() - x).min(*x)));
        d.text(&words, at(*x, y), Anchor::Middle, NOTE, Ink::TextSecond);
    }
}

/// The numbers over the columns: all of them, or none but the largest where they would touch.
fn values_on_top(d: &mut Draft<'_>, tops: Vec<(f64, Point)>) {
    let texts: Vec<Text> = tops
        .iter()
        .map(|(v, p)| {
            d.words(
                &number(*v),
                at(p.x, p.y - d.u(8.0)),
                Anchor::Middle,
                NOTE,
                Ink::TextSecond,
            )
        })
        .collect();
    let clear = texts.iter().enumerate().all(|(i, a)| {
        let box_a = a.extent().grown(d.u(0.5));
        texts[i + 1..].iter().all(|b| !box_a.meets(b.extent(), 0.0)) && d.is_free(a.extent())
    });
    if clear {
        d.scene.texts.extend(texts);
        return;
    }
    let most = tops.iter().map(|t| t.0).fold(f64::NEG_INFINITY, f64::max);
    // Among equals none is the largest.
    let mut largest = (0..tops.len()).filter(|&i| tops[i].0 == most);
    let largest = largest.next().filter(|_| largest.next().is_none());
    if let Some(text) = largest.and_then(|i| texts.into_iter().nth(i)) {
        d.text_if_free(text);
    }
}

/// One group of columns and its place.
struct Group<'a> {
    data: &'a Columns,
    row: &'a Row,
    unit: &'a str,
    plane: &'a Plane,
    /// Left edge of the space of the group.
    x: f64,
    /// Its width.
    pitch: f64,
}

/// Gives value and upper middle of each column.
fn side_by_side(d: &mut Draft<'_>, g: &Group<'_>) -> Vec<(f64, Point)> {
    let mut tops = Vec::new();
    let count = g.data.series.len() as f64;
    let gap = d.u(2.0);
    let wide = ((g.pitch * 0.62 - gap * (count - 1.0)) / count).min(d.u(30.0)).max(1.0);
    let group = wide * count + gap * (count - 1.0);
    for (i, value) in g.row.values.iter().enumerate().take(g.data.series.len()) {
        let left = g.x + (g.pitch - group) / 2.0 + (wide + gap) * i as f64;
        column(d, g, i, Rect::new(left, 0.0, wide, 0.0));
        if let Some(v) = value.length() {
            tops.push((v, at(left + wide / 2.0, g.plane.y(v))));
        } else {
            let place = at(left + wide / 2.0, g.plane.area.bottom() - d.u(8.0));
            let gone = d.words("--", place, Anchor::Middle, NOTE, Ink::TextThird);
            d.text_if_free(gone);
        }
    }
    tops
}

/// Gives total and upper middle of the stack.
fn stack(d: &mut Draft<'_>, g: &Group<'_>) -> Vec<(f64, Point)> {
    let wide = (g.pitch * 0.5).min(d.u(34.0));
    let left = g.x + (g.pitch - wide) / 2.0;
    let mut base = 0.0;
    for (i, value) in g.row.values.iter().enumerate().take(g.data.series.len()) {
        column(d, g, i, Rect::new(left, base, wide, 0.0));
        base += value.length().unwrap_or(0.0);
    }
    let top = |total: f64| (total, at(left + wide / 2.0, g.plane.y(total)));
    g.row.total().map(top).into_iter().collect()
}

/// One column; `place` gives left edge and width in px and, as y, the value it stands on.
fn column(d: &mut Draft<'_>, g: &Group<'_>, series: usize, place: Rect) {
    let (Some(one), Some(value)) = (g.data.series.get(series), g.row.values.get(series)) else {
        return;
    };
    let amount = value.length();
    let (low, high) = (g.plane.y(place.y), g.plane.y(place.y + amount.unwrap_or(0.0)));
    let rect = Rect::new(place.x, high, place.w, low - high);
    if g.data.stacked && rect.h <= 0.0 && g.row.total().is_some_and(|t| t > 0.0) {
        return;
    }
    let hit = if rect.h > 0.0 {
        rect
    } else {
        Rect::new(place.x, low - d.u(14.0), place.w, d.u(14.0))
    };
    let said = with_unit(value.amount, g.unit);
    let named = if g.data.series.len() > 1 {
        format!("{} ", one.name)
    } else {
        String::new()
    };
    let sentence = format!("{}，{named}{said}", g.row.label);
    let id = d.mark(Hit::Rect(hit), &g.row.label, &said, sentence, &value.key);
    if g.data.series.len() > 1 {
        let mut parts = vec![(one.name.clone(), said)];
        if let Some(total) = g.row.total().filter(|_| g.data.stacked) {
            parts.push(("合计".to_owned(), with_unit(Some(total), g.unit)));
        }
        d.tell(id, parts);
    }
    let paint = if g.data.series.len() > 1 {
        one.paint
    } else {
        g.row.paint.unwrap_or(one.paint)
    };
    d.painted(rect, paint, Some(id));
}

fn table(data: &Columns, unit: &str) -> Table {
    let mut headers = vec![ROWS.to_owned()];
    headers.extend(data.series.iter().map(|s| head(&s.name, unit)));
    let cells = |row: &Row| {
        let mut cells = vec![word_cell(&row.label)];
        cells.extend((0..data.series.len()).map(|i| match row.values.get(i) {
            Some(v) => number_cell(v.amount, &v.key),
            None => number_cell(None, &None),
        }));
        cells
    };
    Table {
        headers,
        rows: data.rows.iter().map(cells).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Columns, unit: &str) -> String {
    let of = |i: usize| -> Vec<(&str, f64)> {
        let value = |r: &'_ Row| r.values.get(i).and_then(super::figure::Value::length);
        data.rows
            .iter()
            .filter_map(|r| value(r).map(|v| (r.label.as_str(), v)))
            .collect()
    };
    let mut out = format!("柱形图，{} 组", data.rows.len());
    for (i, series) in data.series.iter().enumerate() {
        let known = of(i);
        match finding::ends(&known, unit, ("最大 ", "最小 ")) {
            Some(ends) => out.push_str(&format!("；{}{ends}", series.name)),
            None => out.push_str(&format!("；{}没有数据", series.name)),
        }
    }
    out
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Columns) -> bool {
    data.rows.is_empty() || data.series.is_empty()
}
