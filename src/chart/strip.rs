//! One among its peers: each is a dot over its value, equal ones stand on each other, the chosen one is red.

use super::draft::{Draft, NOTE, ROWS, VALUE, head, number_cell, word_cell};
use super::figure::{Strip, Value};
use super::geometry::{Point, at};
use super::number::{number, with_unit};
use super::palette::Ink;
use super::scale::{falling, place, rising, ticks};
use super::scene::{Anchor, Hit, Table};

/// A dot: index into the data, value, and how many stand under it.
struct Dot {
    index: usize,
    value: f64,
    level: usize,
}

/// The dots from left to right; those that would cover each other are stacked, the chosen one on top.
fn stacked(data: &Strip, x: impl Fn(f64) -> f64, wide: f64) -> Vec<Dot> {
    let chosen = |i: usize| data.chosen == Some(i);
    let known = |(i, d): (usize, &(String, Value))| d.1.amount.filter(|v| v.is_finite()).map(|v| (i, v));
    let all: Vec<(usize, f64)> = data.dots.iter().enumerate().filter_map(known).collect();
    // Among equals the chosen one comes last.
    let (mut all, own): (Vec<_>, Vec<_>) = all.into_iter().partition(|(i, _)| !chosen(*i));
    all.extend(own);
    let keys: Vec<f64> = all.iter().map(|d| d.1).collect();
    let mut out: Vec<Dot> = Vec::new();
    for (index, value) in rising(&keys).into_iter().map(|i| all[i]) {
        let near: Vec<usize> = out
            .iter()
            .filter(|d| (x(d.value) - x(value)).abs() < wide)
            .map(|d| d.level)
            .collect();
        let level = (0..).find(|l| !near.contains(l)).unwrap_or(0);
        let level = if chosen(index) {
            near.iter().max().map_or(0, |m| m + 1)
        } else {
            level
        };
        out.push(Dot { index, value, level });
    }
    out
}

fn known(data: &Strip) -> Vec<f64> {
    data.dots
        .iter()
        .filter_map(|d| d.1.amount)
        .filter(|v| v.is_finite())
        .collect()
}

fn average(data: &Strip) -> Option<f64> {
    let all = known(data);
    (data.average && !all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Strip, unit: &str) {
    let all = known(data);
    let (min, max) = all
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
    let pad = ((max - min) * 0.12).max(0.5);
    let (low, high) = (if min >= 0.0 { (min - pad).max(0.0) } else { min - pad }, max + pad);
    let (x0, x1) = (d.u(8.0), d.w() - d.u(8.0));
    let x = |v: f64| x0 + (x1 - x0) * place(v, low, high, false);
    let dots = stacked(data, x, d.u(11.5));
    let levels = dots.iter().map(|d| d.level).max().unwrap_or(0) as f64;
    let least = d.u(32.0 + 14.0 + 28.0) + d.u(13.0) * levels;
    let h = d.settle(least, least);
    let axis = h - d.u(24.0);
    d.line(&[at(x0, axis), at(x1, axis)], d.u(1.0), Ink::Axis, None);
    let whole = all.iter().all(|v| v.fract() == 0.0);
    for tick in ticks(low, high, ((d.w() / d.u(60.0)) as u32).clamp(2, 5), whole) {
        d.line(
            &[at(x(tick), axis), at(x(tick), axis + d.u(4.0))],
            d.u(1.0),
            Ink::Axis,
            None,
        );
        let text = d.words(
            &number(tick),
            at(x(tick), axis + d.u(14.0)),
            Anchor::Middle,
            NOTE,
            Ink::TextSecond,
        );
        d.text_if_free(text);
    }
    let mut middles = Vec::new();
    for dot in &dots {
        middles.push(one(
            d,
            data,
            dot,
            at(x(dot.value), axis - d.u(8.0) - d.u(13.0) * dot.level as f64),
            unit,
        ));
    }
    chosen_name(d, data, &dots, &middles);
    if let Some(mean) = average(data) {
        average_line(d, mean, x(mean), axis, &middles);
    }
    d.scene.table = table(data, unit);
}

fn one(d: &mut Draft<'_>, data: &Strip, dot: &Dot, c: Point, unit: &str) -> Point {
    let (name, value) = &data.dots[dot.index];
    let said = with_unit(Some(dot.value), unit);
    let chosen = data.chosen == Some(dot.index);
    let id = d.mark(
        Hit::Disc(c, d.u(6.5)),
        name,
        &said,
        format!("{name}，{said}"),
        &value.key,
    );
    if chosen {
        d.disc(c, d.u(7.0), Ink::Accent, Some(id));
    } else {
        d.disc(c, d.u(5.5), Ink::Amount(4), Some(id));
    }
    c
}

fn chosen_name(d: &mut Draft<'_>, data: &Strip, dots: &[Dot], middles: &[Point]) {
    let Some((dot, c)) = dots.iter().zip(middles).find(|(dot, _)| data.chosen == Some(dot.index)) else {
        return;
    };
    let words = format!("{} {}", data.dots[dot.index].0, number(dot.value));
    let words = d.fit(&words, VALUE, d.w());
    let half = d.width_of(&words, VALUE) / 2.0;
    let x = c.x.min(d.w() - half).max(half);
    let mut y = c.y - d.u(16.0);
    // Above the dots that stand beside the chosen one.
    let covers = |y: f64| {
        middles
            .iter()
            .any(|m| (m.x - x).abs() < half + d.u(6.0) && (m.y - y).abs() < d.u(14.0) && *m != *c)
    };
    while covers(y) && y > d.u(20.0) {
        y -= d.u(4.0);
    }
    d.text(&words, at(x, y), Anchor::Middle, VALUE, Ink::Accent);
}

fn average_line(d: &mut Draft<'_>, mean: f64, x: f64, axis: f64, dots: &[Point]) {
    let top = d.u(3.0);
    let words = format!("平均 {}", number(mean));
    let candidates = [(5.0, Anchor::Start, 6.0), (-5.0, Anchor::End, 6.0)]
        .iter()
        .map(|(dx, anchor, dy)| d.words(&words, at(x + d.u(*dx), top + d.u(*dy)), *anchor, NOTE, Ink::TextSecond))
        .collect();
    d.text_at_best(candidates, dots);
    // Under a word of another the line starts lower.
    let blocked = |t: &super::scene::Text| t.extent().grown(d.u(1.0)).contains(at(x, t.place.y)) && t.place.y < axis;
    let from = d
        .scene
        .texts
        .iter()
        .filter(|t| blocked(t))
        .map(|t| t.extent().bottom() + d.u(2.0))
        .fold(top, f64::max);
    d.dashed(
        &[at(x, from), at(x, axis + d.u(4.0))],
        d.u(1.0),
        Ink::TextSecond,
        (d.u(3.0), d.u(3.0)),
    );
}

fn table(data: &Strip, unit: &str) -> Table {
    let keys: Vec<f64> = data.dots.iter().map(|d| d.1.amount.unwrap_or(f64::MIN)).collect();
    let order: Vec<&(String, Value)> = falling(&keys).into_iter().map(|i| &data.dots[i]).collect();
    let row = |d: &&(String, Value)| vec![word_cell(&d.0), number_cell(d.1.amount, &d.1.key)];
    Table {
        headers: vec![ROWS.to_owned(), head("数量", unit)],
        rows: order.iter().map(row).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Strip, unit: &str) -> String {
    let all = known(data);
    let mut out = format!("点图，{} 个", data.dots.len());
    if let Some((name, value)) = data.chosen.and_then(|c| data.dots.get(c))
        && let Some(v) = value.amount
    {
        let more = all.iter().filter(|o| **o > v).count();
        let fewer = all.iter().filter(|o| **o < v).count();
        out.push_str(&format!(
            "，{name} {}，比它多的 {more} 个，比它少的 {fewer} 个",
            with_unit(Some(v), unit)
        ));
    }
    if let Some(mean) = average(data) {
        out.push_str(&format!("，平均 {}", with_unit(Some(mean), unit)));
    }
    out
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Strip) -> bool {
    known(data).is_empty()
}
