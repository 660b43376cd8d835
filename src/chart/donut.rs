//! Parts of a whole as a ring, the total in its middle, the parts named beside or below.

use super::draft::{Draft, FIGURE, Font, LABEL, NOTE, ROWS, VALUE, head, number_cell, word_cell};
use super::figure::{Bars, Donut, Paint, Part, Row, Series};
use super::geometry::{Point, Rect, at, on_circle, ring_part};
use super::number::{number, percent, share, with_unit};
use super::palette::Ink;
use super::scene::{Anchor, Cell, Hit, MarkId, Shape, Table};

/// Inner radius as a part of the outer one.
const HOLE: f64 = 0.62;

/// More parts than this cannot be told apart in a ring.
pub(crate) const MOST_PARTS: usize = 5;

/// The same parts as bars.
pub(crate) fn as_bars(data: &Donut) -> Bars {
    let row = |p: &Part| Row {
        label: p.label.clone(),
        values: vec![p.value.clone()],
        paint: Some(p.paint),
    };
    Bars {
        series: vec![Series {
            name: "数量".to_owned(),
            paint: Paint::FIRST,
        }],
        rows: data.parts.iter().map(row).collect(),
        ordered: false,
        show_unit: true,
    }
}

/// Widths of the columns beside the ring: name, value, share.
struct Key {
    name: f64,
    value: f64,
    share: f64,
}

const SWATCH: f64 = 16.0;
const GAP: f64 = 12.0;

impl Key {
    fn width(&self, d: &Draft<'_>) -> f64 {
        d.u(SWATCH + 3.0 * GAP) + self.name + self.value + self.share
    }
}

fn total(data: &Donut) -> f64 {
    data.parts.iter().filter_map(|p| p.value.length()).sum()
}

fn share_words(part: &Part, total: f64) -> String {
    part.value
        .length()
        .and_then(|v| share(v, total))
        .map_or_else(|| "--".to_owned(), percent)
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Donut, unit: &str) {
    let total = total(data);
    let count = data.parts.len() as f64;
    let values: Vec<String> = data.parts.iter().map(|p| value_words(p, unit)).collect();
    let shares: Vec<String> = data.parts.iter().map(|p| share_words(p, total)).collect();
    let mut key = Key {
        name: d.widest(data.parts.iter().map(|p| p.label.as_str()), LABEL),
        value: d.widest(values.iter().map(String::as_str), VALUE),
        share: d.widest(shares.iter().map(String::as_str), NOTE),
    };
    let smallest_ring = d.u(132.0);
    let beside = smallest_ring + d.u(20.0) + key.width(d) <= d.w();
    let line = d.u(28.0);
    let (centre, radius, key_at, pitch);
    if beside {
        let h = d.settle(d.u(176.0), smallest_ring.max(line * count) + d.u(8.0));
        radius = (h / 2.0 - d.u(5.0))
            .min(d.u(100.0))
            .min((d.w() - key.width(d) - d.u(24.0)) / 2.0);
        let gap = d.u(26.0).min(d.w() - key.width(d) - 2.0 * radius);
        let left = (d.w() - 2.0 * radius - gap - key.width(d)).max(0.0) / 2.0;
        centre = at(left + radius, h / 2.0);
        pitch = (h / (count + 1.0)).clamp(line, d.u(44.0));
        key_at = at(left + 2.0 * radius + gap, h / 2.0 - pitch * count / 2.0);
    } else {
        radius = (d.w() / 2.0 - d.u(8.0)).min(d.u(82.0));
        let least = 2.0 * radius + d.u(20.0) + line * count;
        d.settle(least, least);
        centre = at(d.w() / 2.0, radius + d.u(4.0));
        key.name = key.name.min(d.w() - (key.width(d) - key.name));
        key_at = at((d.w() - key.width(d)).max(0.0) / 2.0, 2.0 * radius + d.u(16.0));
        pitch = line;
    }
    let row = |i: usize| Rect::new(key_at.x, key_at.y + pitch * i as f64, key.width(d), pitch);
    let rows: Vec<Rect> = (0..data.parts.len()).map(row).collect();
    let marks = ring(d, data, total, unit, (centre, radius), &rows);
    middle(d, data, total, centre, radius);
    for (i, part) in data.parts.iter().enumerate() {
        key_row(d, part, &key, rows[i], (&values[i], &shares[i]), marks[i]);
    }
    d.scene.table = table(data, total, unit);
}

fn value_words(part: &Part, unit: &str) -> String {
    part.value
        .length()
        .map_or_else(|| "--".to_owned(), |v| with_unit(Some(v), unit))
}

/// The ring; gives the mark of each part.
fn ring(d: &mut Draft<'_>, data: &Donut, total: f64, unit: &str, place: (Point, f64), rows: &[Rect]) -> Vec<MarkId> {
    let (centre, r) = place;
    let mut from = 0.0;
    let mut outlines = Vec::new();
    let mut marks = Vec::new();
    if total <= 0.0 {
        d.shape(Shape::Area(ring_part(centre, r, r * HOLE, 0.0, 1.0)), Ink::Ghost, None);
    }
    for (part, row) in data.parts.iter().zip(rows) {
        let turn = part
            .value
            .length()
            .map_or(0.0, |v| if total > 0.0 { v / total } else { 0.0 });
        let said = with_unit(part.value.amount, unit);
        let sentence = match part.value.length().and_then(|v| share(v, total)) {
            Some(p) => format!("{}，{said}，占 {}", part.label, percent(p)),
            None => format!("{}，{said}", part.label),
        };
        let surface = ring_part(centre, r, r * HOLE, from, from + turn);
        // A part without a surface is met at its name.
        let hit = if turn > 0.0 {
            Hit::Area(
                surface.clone(),
                on_circle(centre, r * (1.0 + HOLE) / 2.0, from + turn / 2.0),
            )
        } else {
            Hit::Rect(*row)
        };
        let id = d.mark(hit, &part.label, &said, sentence, &part.value.key);
        marks.push(id);
        if turn > 0.0 {
            d.filled(&surface, part.paint, Some(id));
            outlines.push((surface, part.paint.ink, from, from + turn, id));
        }
        from += turn;
    }
    if outlines.len() > 1 {
        for (surface, ..) in &outlines {
            d.outline(surface, d.u(2.0), Ink::Surface, None);
        }
    }
    for (_, ink, from, to, id) in outlines {
        for radius in [r - d.u(0.5), r * HOLE + d.u(0.5)] {
            let steps = ((to - from) * 180.0).ceil().max(2.0) as usize;
            let along = |i: usize| on_circle(centre, radius, from + (to - from) * i as f64 / steps as f64);
            let arc: Vec<Point> = (0..=steps).map(along).collect();
            d.line(&arc, d.u(1.0), ink, Some(id));
        }
    }
    marks
}

/// Total and what it counts.
fn middle(d: &mut Draft<'_>, data: &Donut, total: f64, centre: Point, radius: f64) {
    let words = number(total);
    let hole = 2.0 * radius * HOLE - d.u(12.0);
    let mut font = FIGURE;
    while d.width_of(&words, font) > hole && font.size > 14.0 {
        font = Font {
            size: font.size - 2.0,
            ..font
        };
    }
    let caption = d.fit(&data.caption, NOTE, hole * 0.9);
    let up = if caption.is_empty() { 0.0 } else { d.u(9.0) };
    d.text(&words, at(centre.x, centre.y - up), Anchor::Middle, font, Ink::Text);
    d.text(
        &caption,
        at(centre.x, centre.y + d.u(17.0)),
        Anchor::Middle,
        NOTE,
        Ink::TextSecond,
    );
}

fn key_row(d: &mut Draft<'_>, part: &Part, key: &Key, row: Rect, words: (&str, &str), mark: MarkId) {
    let y = row.middle().y;
    let side = d.u(SWATCH);
    let swatch = Rect::new(row.x, y - side / 2.0, side, side);
    d.block(swatch, 0.0, part.paint.ink, Some(mark));
    let edge = d.u(1.0);
    d.filled(&swatch.grown(-edge).corners(), part.paint, Some(mark));
    let x = row.x + side + d.u(GAP);
    let name = d.fit(&part.label, LABEL, key.name + 0.01);
    d.text(&name, at(x, y), Anchor::Start, LABEL, Ink::Text);
    let value_end = x + key.name + d.u(GAP) + key.value;
    d.text(words.0, at(value_end, y), Anchor::End, VALUE, Ink::Text);
    d.text(
        words.1,
        at(value_end + d.u(GAP) + key.share, y),
        Anchor::End,
        NOTE,
        Ink::TextSecond,
    );
}

fn table(data: &Donut, total: f64, unit: &str) -> Table {
    let headers = vec![ROWS.to_owned(), head("数量", unit), "占比".to_owned()];
    let row = |p: &Part| {
        let share = Cell {
            text: share_words(p, total),
            numeric: true,
            key: None,
        };
        vec![word_cell(&p.label), number_cell(p.value.amount, &p.value.key), share]
    };
    let mut rows: Vec<Vec<Cell>> = data.parts.iter().map(row).collect();
    let all = Cell {
        text: if total > 0.0 { "100%" } else { "--" }.to_owned(),
        numeric: true,
        key: None,
    };
    rows.push(vec![word_cell("合计"), number_cell(Some(total), &None), all]);
    Table { headers, rows }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Donut, unit: &str) -> String {
    let total = total(data);
    let part = |p: &Part| {
        format!(
            "{} {}，占 {}",
            p.label,
            with_unit(p.value.amount, unit),
            share_words(p, total)
        )
    };
    let parts: Vec<String> = data.parts.iter().map(part).collect();
    format!("环形图，合计 {}；{}", with_unit(Some(total), unit), parts.join("；"))
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Donut) -> bool {
    data.parts.iter().all(|p| p.value.length().is_none())
}
