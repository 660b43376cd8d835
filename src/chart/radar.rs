//! Five programmes of one unit against the town, 0–100 %, in the order of the flower.

use super::draft::{Draft, LABEL, NOTE, VALUE, head, number_cell, word_cell};
use super::figure::{Radar, Spoke};
use super::geometry::{Point, at, on_circle};
use super::number::{percent, with_unit};
use super::palette::Ink;
use super::scene::{Anchor, Hit, Shape, Table};

fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite()).map(|v| v.clamp(0.0, 100.0))
}

fn words(spoke: &Spoke) -> String {
    known(spoke.value.amount).map_or_else(|| "--".to_owned(), percent)
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Radar) {
    let count = data.spokes.len();
    let h = d.settle(d.u(290.0), d.u(240.0));
    let key_height = key(d, data);
    let names = d
        .widest(data.spokes.iter().map(|s| s.label.as_str()), VALUE)
        .max(d.width_of("100%", NOTE));
    let (above, below) = (d.u(38.0), d.u(38.0));
    let tall = (h - key_height - above - below) / 1.81;
    let wide = (d.w() / 2.0 - names - d.u(10.0)) / 0.951;
    let r = tall.min(wide).max(d.u(30.0));
    let centre = at(
        d.w() / 2.0,
        above + (h - key_height - above - below - 1.81 * r) / 2.0 + r,
    );
    let along = |i: usize, share: f64| on_circle(centre, r * share, i as f64 / count as f64);
    let ring = |value: &dyn Fn(&Spoke) -> Option<f64>| -> Vec<Option<Point>> {
        let place = |(i, s): (usize, &Spoke)| known(value(s)).map(|v| along(i, v / 100.0));
        data.spokes.iter().enumerate().map(place).collect()
    };
    let (own, other) = (ring(&|s| s.value.amount), ring(&|s| s.other));
    if let Some(surface) = own.iter().copied().collect::<Option<Vec<Point>>>() {
        let color = d.ink(Ink::Now).over(d.ink(Ink::Surface), 0.12);
        d.scene.shapes.push(super::scene::Drawn {
            shape: Shape::Area(surface),
            color,
            mark: None,
        });
    }
    for k in 1..=4 {
        let corners: Vec<Point> = (0..count).map(|i| along(i, f64::from(k) / 4.0)).collect();
        d.outline(&corners, d.u(1.0), Ink::Grid, None);
    }
    for i in 0..count {
        d.line(&[centre, along(i, 1.0)], d.u(1.0), Ink::Grid, None);
    }
    for (a, b) in sides(&other) {
        d.dashed(&[a, b], d.u(2.0), Ink::Then, (d.u(5.0), d.u(4.0)));
    }
    for (a, b) in sides(&own) {
        d.line(&[a, b], d.u(2.5), Ink::Now, None);
    }
    for (i, spoke) in data.spokes.iter().enumerate() {
        spoke_mark(d, data, spoke, i, (centre, r), own[i]);
        spoke_words(d, spoke, along(i, 1.0), centre);
    }
    d.scene.table = table(data);
}

/// Sides of a ring whose both ends are known.
fn sides(points: &[Option<Point>]) -> Vec<(Point, Point)> {
    let next = |i: usize| points[(i + 1) % points.len()];
    points.iter().enumerate().filter_map(|(i, a)| a.zip(next(i))).collect()
}

/// The wedge around a spoke is its mark, so that five values at the centre can still be told apart.
fn spoke_mark(d: &mut Draft<'_>, data: &Radar, spoke: &Spoke, i: usize, place: (Point, f64), own: Option<Point>) {
    let (centre, r) = place;
    let part = 1.0 / data.spokes.len() as f64;
    let turn = i as f64 * part;
    let mut wedge = vec![centre];
    let outer = r + d.u(8.0);
    wedge.extend((0..=8).map(|k| on_circle(centre, outer, turn + part * (f64::from(k) / 8.0 - 0.5))));
    let far = own.filter(|p| p.distance(centre) > r * 0.2);
    let middle = far.unwrap_or_else(|| on_circle(centre, r * 0.5, turn));
    let said = with_unit(known(spoke.value.amount), "%");
    let mut sentence = format!("{}，{} {said}", spoke.label, data.name);
    if let Some(other) = known(spoke.other) {
        sentence.push_str(&format!("，{} {}", data.other_name, percent(other)));
    }
    let id = d.mark(
        Hit::Area(wedge, middle),
        &spoke.label,
        &said,
        sentence,
        &spoke.value.key,
    );
    if let Some(p) = own {
        d.disc(p, d.u(4.75), Ink::Surface, Some(id));
        d.disc(p, d.u(3.9), spoke.ink, Some(id));
    }
}

/// Name and value outside the corner.
fn spoke_words(d: &mut Draft<'_>, spoke: &Spoke, corner: Point, centre: Point) {
    let (dx, dy) = (corner.x - centre.x, corner.y - centre.y);
    let (anchor, x) = if dx.abs() < 1.0 {
        (Anchor::Middle, corner.x)
    } else if dx > 0.0 {
        (Anchor::Start, corner.x + d.u(9.0))
    } else {
        (Anchor::End, corner.x - d.u(9.0))
    };
    let upper = if anchor == Anchor::Middle && dy < 0.0 {
        corner.y - d.u(25.0)
    } else if dy > 0.0 {
        corner.y + d.u(9.0)
    } else {
        corner.y - d.u(6.0)
    };
    d.text(&spoke.label, at(x, upper), anchor, VALUE, spoke.ink.words());
    d.text(&words(spoke), at(x, upper + d.u(16.0)), anchor, NOTE, Ink::TextSecond);
}

/// The two lines and their names at the bottom; gives the height taken.
fn key(d: &mut Draft<'_>, data: &Radar) -> f64 {
    let (stroke, gap, between) = (d.u(24.0), d.u(6.0), d.u(28.0));
    let has_other = data.spokes.iter().any(|s| s.other.is_some());
    let room = d.w() - stroke - gap;
    let first = d.fit(&data.name, LABEL, room);
    let second = if has_other {
        d.fit(&data.other_name, NOTE, room)
    } else {
        String::new()
    };
    let first_wide = stroke + gap + d.width_of(&first, LABEL);
    let second_wide = if has_other {
        stroke + gap + d.width_of(&second, NOTE)
    } else {
        0.0
    };
    let one_line = first_wide + between + second_wide <= d.w();
    let line = d.u(20.0);
    let last = d.scene.height - line / 2.0;
    let (y, x) = if one_line || !has_other {
        let all = if has_other {
            first_wide + between + second_wide
        } else {
            first_wide
        };
        (last, (d.w() - all) / 2.0)
    } else {
        (last - line, (d.w() - first_wide.max(second_wide)) / 2.0)
    };
    d.line(&[at(x, y), at(x + stroke, y)], d.u(2.5), Ink::Now, None);
    d.text(&first, at(x + stroke + gap, y), Anchor::Start, LABEL, Ink::Text);
    if has_other {
        let x = if one_line { x + first_wide + between } else { x };
        d.dashed(
            &[at(x, last), at(x + stroke, last)],
            d.u(2.0),
            Ink::Then,
            (d.u(5.0), d.u(4.0)),
        );
        d.text(
            &second,
            at(x + stroke + gap, last),
            Anchor::Start,
            NOTE,
            Ink::TextSecond,
        );
    }
    if one_line || !has_other { line } else { line * 2.0 }
}

fn table(data: &Radar) -> Table {
    let headers = vec!["工程".to_owned(), head(&data.name, "%"), head(&data.other_name, "%")];
    let row = |s: &Spoke| {
        vec![
            word_cell(&s.label),
            number_cell(s.value.amount, &s.value.key),
            number_cell(s.other, &None),
        ]
    };
    Table {
        headers,
        rows: data.spokes.iter().map(row).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Radar) -> String {
    let part = |s: &Spoke| {
        let other = known(s.other).map_or_else(String::new, |o| format!("（{} {}）", data.other_name, percent(o)));
        format!("{} {}{other}", s.label, words(s))
    };
    let parts: Vec<String> = data.spokes.iter().map(part).collect();
    format!("雷达图，{}：{}", data.name, parts.join("，"))
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Radar) -> bool {
    data.spokes.len() < 3 || data.spokes.iter().all(|s| known(s.value.amount).is_none())
}
