//! Two measures with their thresholds as axes; the wanted corner is tinted.

use super::draft::{Draft, LABEL, NOTE, ROWS, head, number_cell, word_cell};
use super::figure::{Measure, Quadrant, Spot};
use super::geometry::{Point, Rect, at};
use super::number::{number, percent, with_unit};
use super::palette::Ink;
use super::scale::place;
use super::scene::{Anchor, Hit, Table};

/// At most so many names are written.
const MOST_NAMES: usize = 5;

fn tick_words(measure: &Measure, value: f64) -> String {
    if measure.unit == "%" {
        percent(value)
    } else {
        number(value)
    }
}

fn title(measure: &Measure) -> String {
    match measure.unit.as_str() {
        "" | "%" => measure.name.clone(),
        unit => format!("{} {unit}", measure.name),
    }
}

fn share(measure: &Measure, value: f64) -> f64 {
    place(value, measure.min, measure.max, measure.logarithmic)
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Quadrant) {
    let h = d.settle(d.u(290.0), d.u(220.0));
    let ys: Vec<String> = data.y.ticks.iter().map(|t| tick_words(&data.y, *t)).collect();
    let left = d.widest(ys.iter().map(String::as_str), NOTE) + d.u(8.0);
    let right = d.width_of(&tick_words(&data.x, data.x.max), NOTE) / 2.0;
    let area = Rect::new(
        left,
        d.u(24.0),
        d.w() - left - right.max(d.u(8.0)),
        h - d.u(24.0 + 44.0),
    );
    let x = |v: f64| area.x + area.w * share(&data.x, v);
    let y = |v: f64| area.bottom() - area.h * share(&data.y, v);
    let (tx, ty) = (x(data.x.threshold), y(data.y.threshold));
    d.block(
        Rect::new(tx, area.y, area.right() - tx, ty - area.y),
        0.0,
        data.ink.soft(),
        None,
    );
    for (tick, words) in data.y.ticks.iter().zip(&ys) {
        d.line(
            &[at(area.x, y(*tick)), at(area.right(), y(*tick))],
            d.u(1.0),
            Ink::Grid,
            None,
        );
        let text = d.words(words, at(left - d.u(6.0), y(*tick)), Anchor::End, NOTE, Ink::TextSecond);
        d.text_if_free(text);
    }
    d.line(&[at(tx, area.y), at(tx, area.bottom())], d.u(1.0), Ink::Axis, None);
    d.line(&[at(area.x, ty), at(area.right(), ty)], d.u(1.0), Ink::Axis, None);
    for tick in &data.x.ticks {
        let words = tick_words(&data.x, *tick);
        let place = at(x(*tick), area.bottom() + d.u(13.0));
        let text = d.words(&words, place, Anchor::Middle, NOTE, Ink::TextSecond);
        d.text_if_free(text);
    }
    let names = (title(&data.y), title(&data.x));
    let room = d.w() - d.u(2.0);
    let (y_name, x_name) = (d.fit(&names.0, NOTE, room), d.fit(&names.1, NOTE, room));
    d.text(&y_name, at(0.0, d.u(8.0)), Anchor::Start, NOTE, Ink::TextSecond);
    d.text(&x_name, at(d.w(), h - d.u(9.0)), Anchor::End, NOTE, Ink::TextSecond);
    let middles: Vec<Point> = data.spots.iter().map(|s| at(x(s.x), y(s.y))).collect();
    spots(d, data, &middles);
    spot_names(d, data, &middles);
    d.scene.table = table(data);
    d.scene.reach = d.u(10.0);
}

fn spots(d: &mut Draft<'_>, data: &Quadrant, middles: &[Point]) {
    for (spot, c) in data.spots.iter().zip(middles) {
        let said = with_unit(Some(spot.y), &data.y.unit);
        let sentence = format!(
            "{}，{} {}，{} {said}",
            spot.label,
            data.x.name,
            with_unit(Some(spot.x), &data.x.unit),
            data.y.name
        );
        let r = d.u(5.9);
        let id = d.mark(Hit::Disc(*c, r), &spot.label, &said, sentence, &spot.key);
        if spot.y >= data.y.threshold {
            d.disc(*c, r, Ink::Surface, Some(id));
            d.disc(*c, r - d.u(0.6), data.ink, Some(id));
        } else {
            d.hollow(*c, r, d.u(1.75), data.ink, Some(id));
        }
    }
}

/// Names beside their dots, where they hide none.
fn spot_names(d: &mut Draft<'_>, data: &Quadrant, middles: &[Point]) {
    let named = data.spots.iter().zip(middles).filter(|(s, _)| s.named).take(MOST_NAMES);
    for (spot, c) in named {
        let others: Vec<Point> = middles
            .iter()
            .copied()
            .filter(|p| p != c)
            .flat_map(|p| around(p, d.u(5.0)))
            .collect();
        let (side, up) = (d.u(10.0), d.u(15.0));
        let places = [
            (at(c.x - side, c.y), Anchor::End),
            (at(c.x + side, c.y), Anchor::Start),
            (at(c.x, c.y - up), Anchor::Middle),
            (at(c.x, c.y + up), Anchor::Middle),
            (at(c.x - side, c.y - up * 0.8), Anchor::End),
            (at(c.x + side, c.y - up * 0.8), Anchor::Start),
            (at(c.x - side, c.y + up * 0.8), Anchor::End),
            (at(c.x + side, c.y + up * 0.8), Anchor::Start),
        ];
        let candidates = places
            .iter()
            .map(|(p, a)| d.words(&spot.label, *p, *a, LABEL, Ink::Text))
            .collect();
        d.text_at_best(candidates, &others);
    }
}

/// Middle and four sides of a dot.
fn around(p: Point, r: f64) -> [Point; 5] {
    [
        p,
        at(p.x - r, p.y),
        at(p.x + r, p.y),
        at(p.x, p.y - r),
        at(p.x, p.y + r),
    ]
}

fn table(data: &Quadrant) -> Table {
    let headers = vec![
        ROWS.to_owned(),
        head(&data.x.name, &data.x.unit),
        head(&data.y.name, &data.y.unit),
    ];
    let row = |s: &Spot| {
        vec![
            word_cell(&s.label),
            number_cell(Some(s.x), &s.key),
            number_cell(Some(s.y), &s.key),
        ]
    };
    Table {
        headers,
        rows: data.spots.iter().map(row).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Quadrant) -> String {
    let (x, y) = (&data.x, &data.y);
    let both = data
        .spots
        .iter()
        .filter(|s| s.x >= x.threshold && s.y >= y.threshold)
        .count();
    let (only_x, only_y) = (
        data.spots
            .iter()
            .filter(|s| s.x >= x.threshold && s.y < y.threshold)
            .count(),
        data.spots
            .iter()
            .filter(|s| s.x < x.threshold && s.y >= y.threshold)
            .count(),
    );
    let (tx, ty) = (
        with_unit(Some(x.threshold), &x.unit),
        with_unit(Some(y.threshold), &y.unit),
    );
    format!(
        "象限图，{} 个：{}达到 {tx}且{}达到 {ty} {both} 个，只有{}达到 {only_x} 个，只有{}达到 {only_y} 个，都未达到 {} 个",
        data.spots.len(),
        x.name,
        y.name,
        x.name,
        y.name,
        data.spots.len() - both - only_x - only_y
    )
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Quadrant) -> bool {
    data.spots.is_empty()
}
