//! Lines by month: this year solid with dots, last year grey and dashed, named at their ends. A missing month is a
//! gap.

use super::columns::{Around, Plane, all_whole, plane, step_names};
use super::draft::{Draft, NOTE, NOTE_STRONG, VALUE, head, number_cell, word_cell};
use super::figure::{Line, Stroke, Trend};
use super::finding;
use super::geometry::{Point, Rect, at};
use super::number::{number, with_unit};
use super::palette::Ink;
use super::scene::{Anchor, Hit, MarkId, Table};

fn known(line: &Line) -> impl Iterator<Item = (usize, f64)> + '_ {
    line.values
        .iter()
        .enumerate()
        .filter_map(|(i, v)| v.length().map(|v| (i, v)))
}

fn end_font(line: &Line) -> super::draft::Font {
    if line.stroke == Stroke::Now { VALUE } else { NOTE }
}

fn ink_of(stroke: Stroke) -> Ink {
    match stroke {
        Stroke::Now => Ink::Now,
        Stroke::Then => Ink::Then,
        Stroke::Other(ink) => ink,
    }
}

/// Space on the right for the names of lines that end there.
fn space_right(d: &Draft<'_>, data: &Trend) -> f64 {
    let room = d.w() * 0.86;
    let last = data.steps.len().saturating_sub(1).max(1) as f64;
    let needs = |line: &Line| {
        let end = known(line).last().map_or(0, |(i, _)| i) as f64;
        d.width_of(&line.name, end_font(line)) + d.u(12.0) - room * (1.0 - end / last)
    };
    data.lines.iter().map(needs).fold(d.u(8.0), f64::max)
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Trend, unit: &str) {
    d.settle(d.u(206.0), d.u(170.0));
    let all = || {
        data.lines
            .iter()
            .flat_map(known)
            .map(|(_, v)| v)
            .chain(data.target.iter().map(|t| t.1))
    };
    let around = Around {
        above: d.u(26.0),
        below: d.u(26.0),
        right: space_right(d, data),
    };
    let plane = plane(d, all().fold(0.0, f64::max), all_whole(all()), unit, around);
    let last = data.steps.len().saturating_sub(1).max(1) as f64;
    let inset = d.u(6.0).min(plane.area.w / 20.0);
    let x = |i: usize| plane.area.x + inset + (plane.area.w - inset) * i as f64 / last;
    let xs: Vec<f64> = (0..data.steps.len()).map(x).collect();
    let bands = bands(d, data, &plane, &xs, unit);
    let mut run_points = Vec::new();
    for line in data.lines.iter().rev() {
        run_points.extend(draw_line(d, line, &plane, &xs, &bands));
    }
    if let Some((name, value)) = &data.target {
        target(d, name, *value, &plane);
    }
    peak(d, data, &plane, &xs);
    for line in &data.lines {
        end_name(d, line, &plane, &xs, &run_points);
    }
    step_names(d, &data.steps, &xs, plane.area.bottom() + d.u(14.0));
    d.scene.table = table(data, unit);
}

/// One mark for each step that has a value: the whole height, so the pointer need not find the line.
fn bands(d: &mut Draft<'_>, data: &Trend, plane: &Plane, xs: &[f64], unit: &str) -> Vec<Option<MarkId>> {
    let half = if xs.len() > 1 {
        (xs[1] - xs[0]) / 2.0
    } else {
        plane.area.w / 2.0
    };
    let mut out = Vec::with_capacity(xs.len());
    for (i, (step, x)) in data.steps.iter().zip(xs).enumerate() {
        let here: Vec<(&Line, f64)> = data
            .lines
            .iter()
            .filter_map(|l| l.values.get(i).and_then(|v| v.length()).map(|v| (l, v)))
            .collect();
        let Some((first, value)) = here.first().copied() else {
            out.push(None);
            continue;
        };
        let parts: Vec<String> = here
            .iter()
            .map(|(l, v)| format!("{} {}", l.name, with_unit(Some(*v), unit)))
            .collect();
        let sentence = format!("{step}，{}", parts.join("，"));
        let band = Rect::new(x - half, plane.area.y - d.u(6.0), half * 2.0, plane.area.h + d.u(6.0));
        let hit = Hit::Area(band.corners(), at(*x, plane.y(value)));
        let key = first.values.get(i).and_then(|v| v.key.clone());
        let id = d.mark(hit, step, &with_unit(Some(value), unit), sentence, &key);
        if data.lines.len() > 1 {
            let part = |(l, v): &(&Line, f64)| (l.name.clone(), with_unit(Some(*v), unit));
            d.tell(id, here.iter().map(part).collect());
        }
        out.push(Some(id));
    }
    out
}

/// Draws one line with its gaps; gives points along it, for words to keep off.
fn draw_line(d: &mut Draft<'_>, line: &Line, plane: &Plane, xs: &[f64], bands: &[Option<MarkId>]) -> Vec<Point> {
    let ink = ink_of(line.stroke);
    let mut runs: Vec<Vec<Point>> = vec![Vec::new()];
    for (i, x) in xs.iter().enumerate() {
        match (line.values.get(i).and_then(|v| v.length()), runs.last_mut()) {
            (Some(v), Some(run)) => run.push(at(*x, plane.y(v))),
            _ => runs.push(Vec::new()),
        }
    }
    for run in runs.iter().filter(|r| r.len() > 1) {
        match line.stroke {
            Stroke::Then => d.dashed(run, d.u(2.0), ink, (d.u(5.0), d.u(4.0))),
            _ => d.line(run, d.u(2.5), ink, None),
        }
    }
    let top = peak_of(line).map(|(i, _)| i);
    for (i, v) in known(line) {
        let Some(x) = xs.get(i) else { continue };
        let alone = runs.iter().any(|r| r.len() == 1 && r[0].x == *x);
        let radius = match line.stroke {
            Stroke::Now if top == Some(i) => 5.0,
            Stroke::Now => 3.2,
            _ if alone => 2.5,
            _ => continue,
        };
        d.disc(at(*x, plane.y(v)), d.u(radius), ink, bands.get(i).copied().flatten());
    }
    let between = |w: &[Point]| -> Vec<Point> {
        let (a, b) = (w[0], w[1]);
        (0..=8)
            .map(|k| f64::from(k) / 8.0)
            .map(|k| at(a.x + (b.x - a.x) * k, a.y + (b.y - a.y) * k))
            .collect()
    };
    runs.iter().flat_map(|r| r.windows(2).flat_map(between)).collect()
}

/// The highest value of a line, and its step; among equals none is the highest.
fn peak_of(line: &Line) -> Option<(usize, f64)> {
    let best = known(line).reduce(|best, one| if one.1 > best.1 { one } else { best })?;
    let alone = known(line).filter(|one| one.1 == best.1).count() == 1;
    alone.then_some(best)
}

fn peak(d: &mut Draft<'_>, data: &Trend, plane: &Plane, xs: &[f64]) {
    let Some(line) = data.lines.first() else {
        return;
    };
    let Some((i, v)) = peak_of(line) else { return };
    let (Some(step), Some(x)) = (data.steps.get(i), xs.get(i)) else {
        return;
    };
    let words = format!("{step} {}", number(v));
    let half = d.width_of(&words, VALUE) / 2.0;
    let x = x.max(plane.area.x + half - d.u(4.0)).min(d.w() - half);
    let text = d.words(&words, at(x, plane.y(v) - d.u(14.0)), Anchor::Middle, VALUE, Ink::Text);
    d.text_if_free(text);
}

/// The name of a line at its last point, moved up or down where it would touch other words or lines.
fn end_name(d: &mut Draft<'_>, line: &Line, plane: &Plane, xs: &[f64], lines: &[Point]) {
    let Some((i, v)) = known(line).last() else {
        return;
    };
    let Some(end_x) = xs.get(i) else { return };
    let font = end_font(line);
    let ink = if line.stroke == Stroke::Now {
        Ink::Text
    } else {
        Ink::TextSecond
    };
    let wide = d.width_of(&line.name, font);
    let x = (end_x + d.u(9.0)).min(d.w() - wide);
    let y = plane.y(v);
    let (low, high) = (plane.area.bottom() - d.u(8.0), d.u(8.0));
    let places = [0.0, -10.0, 10.0, -18.0, 18.0, -28.0, 28.0, -40.0, 40.0, -56.0, 56.0];
    let candidates = places
        .iter()
        .map(|dy| {
            d.words(
                &line.name,
                at(x, (y + d.u(*dy)).clamp(high, low)),
                Anchor::Start,
                font,
                ink,
            )
        })
        .collect();
    d.text_at_best(candidates, lines);
}

fn target(d: &mut Draft<'_>, name: &str, value: f64, plane: &Plane) {
    let y = plane.y(value);
    let ends = [at(plane.area.x, y), at(plane.area.right(), y)];
    d.dashed(&ends, d.u(1.5), Ink::Target, (d.u(2.0), d.u(3.0)));
    let words = format!("{name} {}", number(value));
    let wide = d.width_of(&words, NOTE_STRONG);
    let candidates = [(0.0, -9.0), (0.0, 9.0), (0.4, -9.0), (0.8, -9.0), (0.8, 9.0)]
        .iter()
        .map(|(back, dy)| {
            let x = plane.area.right() - (plane.area.w - wide) * back;
            d.words(&words, at(x, y + d.u(*dy)), Anchor::End, NOTE_STRONG, Ink::Target)
        })
        .collect();
    d.text_at_best(candidates, &[]);
}

fn table(data: &Trend, unit: &str) -> Table {
    let mut headers = vec!["时间".to_owned()];
    headers.extend(data.lines.iter().map(|l| head(&l.name, unit)));
    let row = |(i, step): (usize, &String)| {
        let mut cells = vec![word_cell(step)];
        cells.extend(data.lines.iter().map(|l| match l.values.get(i) {
            Some(v) => number_cell(v.amount, &v.key),
            None => number_cell(None, &None),
        }));
        cells
    };
    Table {
        headers,
        rows: data.steps.iter().enumerate().map(row).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Trend, unit: &str) -> String {
    let mut out = format!(
        "折线图，{} 至 {}",
        first(&data.steps),
        data.steps.last().map_or("", String::as_str)
    );
    for line in &data.lines {
        let values: Vec<(&str, f64)> = known(line)
            .filter_map(|(i, v)| data.steps.get(i).map(|s| (s.as_str(), v)))
            .collect();
        match finding::ends(&values, unit, ("最高 ", "最低 ")) {
            Some(ends) => out.push_str(&format!("；{}{ends}", line.name)),
            None => out.push_str(&format!("；{}没有数据", line.name)),
        }
        let gaps = data.steps.len().saturating_sub(values.len());
        if gaps > 0 && !values.is_empty() {
            out.push_str(&format!("，{gaps} 个月没有数据"));
        }
    }
    if let Some((name, value)) = &data.target {
        out.push_str(&format!("；{name} {}", with_unit(Some(*value), unit)));
    }
    out
}

fn first(steps: &[String]) -> &str {
    steps.first().map_or("", String::as_str)
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Trend) -> bool {
    data.steps.is_empty() || data.lines.iter().all(|l| known(l).next().is_none())
}
