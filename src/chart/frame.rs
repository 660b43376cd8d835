//! The frame of a chart that leaves the page as a picture: title, what is shown, and the records behind it.

use super::draft::{Draft, Font, Measurer};
use super::geometry::{Point, at};
use super::palette::{Ink, Theme};
use super::scene::{Anchor, Hit, Scene, Shape, Text};

/// The words around a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The finding.
    pub title: String,
    /// What, unit, period.
    pub subtitle: String,
    /// The records behind it, date, `示例数据` where so.
    pub note: String,
}

const TITLE: Font = Font {
    size: 18.0,
    strong: true,
};
const SMALL: Font = Font {
    size: 14.0,
    strong: false,
};

/// The same scene with its words around it, for a downloaded picture and for paper. In the page the frame is made of
/// text elements instead.
pub fn framed(scene: &Scene, heading: &Heading, theme: &Theme, measure: &Measurer<'_>) -> Scene {
    let d = Draft::new(scene.width, None, theme, measure);
    let (side, top) = (d.u(20.0), d.u(16.0));
    let room = scene.width;
    let mut y = top;
    let title = wrapped(&d, &heading.title, TITLE, room);
    let subtitle = wrapped(&d, &heading.subtitle, SMALL, room);
    let note = wrapped(&d, &heading.note, SMALL, room);
    let mut texts = Vec::new();
    let mut put = |d: &Draft<'_>, lines: &[String], font: Font, ink: Ink, y: &mut f64| {
        for line in lines {
            let high = d.u(font.size * 1.4);
            texts.push(d.words(line, at(side, *y + high / 2.0), Anchor::Start, font, ink));
            *y += high;
        }
    };
    put(&d, &title, TITLE, Ink::Text, &mut y);
    put(&d, &subtitle, SMALL, Ink::TextSecond, &mut y);
    y += d.u(8.0);
    let mut out = moved(scene, side, y);
    y += scene.height + d.u(8.0);
    put(&d, &note, SMALL, Ink::TextThird, &mut y);
    out.texts.extend(texts);
    out.width = scene.width + 2.0 * side;
    out.height = (y + top).ceil();
    out
}

/// The words in lines no wider than `room`; a sign stands alone in a line if it must.
fn wrapped(d: &Draft<'_>, words: &str, font: Font, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for sign in words.chars() {
        let mut longer = line.clone();
        longer.push(sign);
        // A closing mark never starts a line.
        let closes = "，。；：、）》％%".contains(sign);
        if !line.is_empty() && !closes && d.width_of(&longer, font) > room {
            lines.push(std::mem::take(&mut line));
        }
        line.push(sign);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The scene with everything in it moved.
fn moved(scene: &Scene, dx: f64, dy: f64) -> Scene {
    let by = |p: Point| at(p.x + dx, p.y + dy);
    let all = |points: &[Point]| points.iter().map(|p| by(*p)).collect::<Vec<_>>();
    let rect_by = |r: super::geometry::Rect| super::geometry::Rect {
        x: r.x + dx,
        y: r.y + dy,
        ..r
    };
    let mut out = scene.clone();
    for drawn in &mut out.shapes {
        match &mut drawn.shape {
            Shape::Block { rect, .. } => *rect = rect_by(*rect),
            Shape::Area(points) | Shape::Line { points, .. } => *points = all(points),
            Shape::Disc { centre, .. } | Shape::Ring { centre, .. } => *centre = by(*centre),
        }
    }
    for mark in &mut out.marks {
        match &mut mark.hit {
            Hit::Rect(rect) => *rect = rect_by(*rect),
            Hit::Disc(centre, _) => *centre = by(*centre),
            Hit::Area(points, middle) => {
                *points = all(points);
                *middle = by(*middle);
            }
        }
    }
    for Text { place, .. } in &mut out.texts {
        *place = by(*place);
    }
    out
}
