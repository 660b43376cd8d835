//! The pen of the layouts: shapes, words and marks go through a [`Draft`], which knows theme and text widths.

use super::figure::{Paint, Pattern, Series};
use super::geometry::{self, Point, Rect, at, bounds};
use super::palette::{Color, Ink, Theme};
use super::scene::{Anchor, Cell, Drawn, Hit, Mark, MarkId, Scene, Shape, Text};
use crate::model::status::Status;

/// Width in px of a text at a size in px and a weight (400 or 600).
pub type Measurer<'a> = dyn Fn(&str, f64, u16) -> f64 + 'a;

/// Estimated width where no browser can be asked: an em for a full-width sign, .9 em for the widest of the narrow
/// ones, .55 em (strong .6) for the others.
pub fn estimate(text: &str, px: f64, weight: u16) -> f64 {
    let em = |c: char| match c {
        '%' | 'm' | 'w' | 'M' | 'W' | '@' => 0.9,
        c if (c as u32) < 0x2000 && weight >= 600 => 0.6,
        c if (c as u32) < 0x2000 => 0.55,
        _ => 1.0,
    };
    text.chars().map(em).sum::<f64>() * px
}

/// A size of text at scale 1, with its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Font {
    pub size: f64,
    pub strong: bool,
}

/// Axis ticks and values in the plot.
pub(crate) const NOTE: Font = Font {
    size: 13.0,
    strong: false,
};
/// The same, strong.
pub(crate) const NOTE_STRONG: Font = Font {
    size: 13.0,
    strong: true,
};
/// Labels of marks.
pub(crate) const LABEL: Font = Font {
    size: 14.0,
    strong: false,
};
/// Values of marks.
pub(crate) const VALUE: Font = Font {
    size: 14.0,
    strong: true,
};
/// The one number.
pub(crate) const FIGURE: Font = Font {
    size: 30.0,
    strong: true,
};

pub(crate) struct Draft<'a> {
    pub scene: Scene,
    pub theme: &'a Theme,
    measure: &'a Measurer<'a>,
    asked_height: Option<f64>,
}

impl<'a> Draft<'a> {
    pub fn new(width: f64, height: Option<f64>, theme: &'a Theme, measure: &'a Measurer<'a>) -> Self {
        let scene = Scene::blank(width, height.unwrap_or(0.0), &theme.palette);
        Draft {
            scene,
            theme,
            measure,
            asked_height: height,
        }
    }

    /// Scaled length: `px` at scale 1.
    pub fn u(&self, px: f64) -> f64 {
        px * self.theme.scale
    }

    pub fn w(&self) -> f64 {
        self.scene.width
    }

    /// Fixes the height: what was asked for but at least `least`; `natural` when nothing was asked.
    pub fn settle(&mut self, natural: f64, least: f64) -> f64 {
        self.scene.height = self.asked_height.unwrap_or(natural).max(least).ceil();
        self.scene.height
    }

    pub fn ink(&self, ink: Ink) -> Color {
        self.theme.palette.ink(ink)
    }

    pub fn width_of(&self, words: &str, font: Font) -> f64 {
        (self.measure)(words, self.u(font.size), if font.strong { 600 } else { 400 })
    }

    pub fn widest<'t>(&self, words: impl IntoIterator<Item = &'t str>, font: Font) -> f64 {
        words.into_iter().map(|w| self.width_of(w, font)).fold(0.0, f64::max)
    }

    /// The words, cut with `…` where they are wider than `room` px.
    pub fn fit(&self, words: &str, font: Font, room: f64) -> String {
        if self.width_of(words, font) <= room {
            return words.to_owned();
        }
        let signs: Vec<char> = words.chars().collect();
        for kept in (1..signs.len()).rev() {
            let cut: String = signs[..kept].iter().chain(['…'].iter()).collect();
            if self.width_of(&cut, font) <= room {
                return cut;
            }
        }
        "…".to_owned()
    }

    /// The words as a text, not yet put down.
    pub fn words(&self, words: &str, place: Point, anchor: Anchor, font: Font, ink: Ink) -> Text {
        Text {
            words: words.to_owned(),
            place,
            anchor,
            size: self.u(font.size),
            strong: font.strong,
            color: self.ink(ink),
            width: self.width_of(words, font),
        }
    }

    pub fn text(&mut self, words: &str, place: Point, anchor: Anchor, font: Font, ink: Ink) {
        if !words.is_empty() {
            let text = self.words(words, place, anchor, font, ink);
            self.scene.texts.push(text);
        }
    }

    /// Whether a box with a little air is free of all words so far.
    pub fn is_free(&self, extent: Rect) -> bool {
        let air = self.u(1.0);
        self.scene
            .texts
            .iter()
            .all(|t| !t.extent().grown(air).meets(extent, 0.0))
    }

    /// Puts the text down if it is free of other words and inside the drawing.
    pub fn text_if_free(&mut self, text: Text) -> bool {
        let e = text.extent();
        let fits = e.x >= 0.0 && e.right() <= self.w() && self.is_free(e);
        if fits {
            self.scene.texts.push(text);
        }
        fits
    }

    /// Puts down the candidate that is free of words and hides the fewest of the points; earlier ones win ties.
    pub fn text_at_best(&mut self, candidates: Vec<Text>, points: &[Point]) -> bool {
        let (w, h) = (self.scene.width, self.scene.height);
        let inside = |e: &Rect| e.x >= 0.0 && e.right() <= w && e.y >= 0.0 && e.bottom() <= h;
        let hidden = |t: &Text| {
            let e = t.extent().grown(self.u(2.0));
            points.iter().filter(|p| e.contains(**p)).count()
        };
        let free = candidates
            .into_iter()
            .filter(|t| inside(&t.extent()) && self.is_free(t.extent()));
        let best = free.min_by_key(hidden);
        let found = best.is_some();
        self.scene.texts.extend(best);
        found
    }

    pub fn shape(&mut self, shape: Shape, ink: Ink, mark: Option<MarkId>) {
        let color = self.ink(ink);
        self.scene.shapes.push(Drawn { shape, color, mark });
    }

    pub fn block(&mut self, rect: Rect, radius: f64, ink: Ink, mark: Option<MarkId>) {
        self.shape(Shape::Block { rect, radius }, ink, mark);
    }

    pub fn line(&mut self, points: &[Point], width: f64, ink: Ink, mark: Option<MarkId>) {
        self.shape(
            Shape::Line {
                points: points.to_vec(),
                width,
            },
            ink,
            mark,
        );
    }

    pub fn dashed(&mut self, points: &[Point], width: f64, ink: Ink, on_off: (f64, f64)) {
        for part in geometry::dashes(points, on_off.0, on_off.1) {
            self.shape(Shape::Line { points: part, width }, ink, None);
        }
    }

    pub fn disc(&mut self, centre: Point, radius: f64, ink: Ink, mark: Option<MarkId>) {
        self.shape(Shape::Disc { centre, radius }, ink, mark);
    }

    /// A hollow dot of this outer radius.
    pub fn hollow(&mut self, centre: Point, radius: f64, width: f64, ink: Ink, mark: Option<MarkId>) {
        self.disc(centre, radius, Ink::Surface, mark);
        self.shape(
            Shape::Ring {
                centre,
                radius: radius - width / 2.0,
                width,
            },
            ink,
            mark,
        );
    }

    /// The closed outline of a polygon.
    pub fn outline(&mut self, polygon: &[Point], width: f64, ink: Ink, mark: Option<MarkId>) {
        let mut points = polygon.to_vec();
        points.extend(polygon.first().copied());
        points.extend(polygon.get(1).copied());
        self.shape(Shape::Line { points, width }, ink, mark);
    }

    /// A rectangle in a paint. Patterns get a thin edge, so that their length can be read.
    pub fn painted(&mut self, rect: Rect, paint: Paint, mark: Option<MarkId>) {
        if rect.w <= 0.0 || rect.h <= 0.0 {
            return;
        }
        if paint.pattern == Pattern::Solid {
            return self.block(rect, 0.0, paint.ink, mark);
        }
        // Stripes keep their places, block and edges go to device pixels: edges are drawn last and cover the rest.
        self.block(rect, 0.0, ground_of(paint), mark);
        self.pattern(&rect.corners(), paint, mark);
        // The edge lies inside the rectangle: the length stays that of the value.
        let edge = self.u(0.75).min(rect.w / 2.0);
        let ink = if paint.ink == Ink::Amount(3) {
            Ink::Amount(4)
        } else {
            paint.ink
        };
        let [a, b, c, d] = rect.grown(-edge / 2.0).corners()[..] else {
            return;
        };
        for ends in [[a, b], [d, c], [a, d], [b, c]] {
            self.line(&ends, edge, ink, mark);
        }
    }

    /// A polygon in a paint, without an edge.
    pub fn filled(&mut self, polygon: &[Point], paint: Paint, mark: Option<MarkId>) {
        self.shape(Shape::Area(polygon.to_vec()), ground_of(paint), mark);
        self.pattern(polygon, paint, mark);
    }

    /// The stripes or dots of a paint.
    fn pattern(&mut self, polygon: &[Point], paint: Paint, mark: Option<MarkId>) {
        match paint.pattern {
            Pattern::Solid => {}
            Pattern::Striped => {
                let (period, width) = if paint.ink == Ink::Amount(3) {
                    (5.0, 1.6)
                } else {
                    (6.0, 2.0)
                };
                self.stripes(polygon, self.u(period), self.u(width), Ink::Surface, mark);
            }
            Pattern::Hatched => self.stripes(polygon, self.u(6.0), self.u(1.0), Ink::LineStrong, mark),
            Pattern::Dotted => self.dots(polygon, self.u(6.0), self.u(1.3), paint.ink, mark),
        }
    }

    /// Rising diagonal stripes, each cut to the polygon. They are anchored to the corner of the drawing, so
    /// neighbouring surfaces continue each other.
    fn stripes(&mut self, polygon: &[Point], period: f64, width: f64, ink: Ink, mark: Option<MarkId>) {
        let root = std::f64::consts::SQRT_2;
        let b = bounds(polygon);
        // Along the direction across the stripes, s = (x + y) / √2.
        let first = ((b.x + b.y) / root / period).floor() as i64;
        let last = ((b.right() + b.bottom()) / root / period).ceil() as i64;
        let reach = b.w + b.h + 10.0;
        for k in first..=last {
            let s = k as f64 * period;
            let corner = |across: f64, along: f64| at((across + along) / root, (across - along) / root);
            let middle = (b.middle().x - b.middle().y) / root;
            let (low, high) = (middle - reach, middle + reach);
            let (near, far) = (s - width / 2.0, s + width / 2.0);
            let mut band = vec![
                corner(near, low),
                corner(near, high),
                corner(far, high),
                corner(far, low),
            ];
            if turn(&band) < 0.0 {
                band.reverse();
            }
            let cut = geometry::clip_convex(polygon, &band);
            if geometry::area(&cut) > 0.05 {
                self.shape(Shape::Area(cut), ink, mark);
            }
        }
    }

    /// A grid of dots, those on the edge cut to the polygon.
    fn dots(&mut self, polygon: &[Point], period: f64, radius: f64, ink: Ink, mark: Option<MarkId>) {
        let b = bounds(polygon);
        let steps = |from: f64, to: f64| {
            ((from / period).floor() as i64..=(to / period).ceil() as i64).map(move |k| (k as f64 + 0.5) * period)
        };
        for y in steps(b.y, b.bottom()) {
            for x in steps(b.x, b.right()) {
                let mut disc = geometry::round(at(x, y), radius, 12);
                if turn(&disc) < 0.0 {
                    disc.reverse();
                }
                let whole = disc.iter().all(|p| geometry::inside(polygon, *p));
                if whole {
                    self.disc(at(x, y), radius, ink, mark);
                    continue;
                }
                let cut = geometry::clip_convex(polygon, &disc);
                if geometry::area(&cut) > 0.3 {
                    self.shape(Shape::Area(cut), ink, mark);
                }
            }
        }
    }

    /// The shape of a status: circle, triangle, diamond, disc with a tick, dashed ring.
    pub fn standing(&mut self, standing: Status, c: Point, mark: Option<MarkId>) {
        let (r, ink) = (self.u(5.5), Ink::of(standing));
        match standing {
            Status::Ok => self.disc(c, r * 0.9, ink, mark),
            Status::Warn => {
                let corners = vec![at(c.x, c.y - r), at(c.x + r, c.y + r * 0.8), at(c.x - r, c.y + r * 0.8)];
                self.shape(Shape::Area(corners), ink, mark);
            }
            Status::Late => self.shape(Shape::Area(diamond(c, r, r)), ink, mark),
            Status::Done => {
                self.disc(c, r, ink, mark);
                let tick = [
                    at(c.x - r * 0.5, c.y),
                    at(c.x - r * 0.12, c.y + r * 0.4),
                    at(c.x + r * 0.5, c.y - r * 0.4),
                ];
                self.line(&tick, self.u(1.5), Ink::Surface, mark);
            }
            Status::None => {
                let ring = [geometry::round(c, r * 0.85, 24), vec![at(c.x, c.y - r * 0.85)]].concat();
                self.dashed(&ring, self.u(1.5), ink, (self.u(2.6), self.u(2.0)));
            }
        }
    }

    /// Announces a mark; shapes drawn after it may name it.
    pub fn mark(&mut self, hit: Hit, label: &str, value: &str, sentence: String, key: &Option<String>) -> MarkId {
        self.scene.marks.push(Mark {
            hit,
            label: label.to_owned(),
            value: value.to_owned(),
            sentence,
            key: key.clone(),
            parts: Vec::new(),
        });
        MarkId(self.scene.marks.len() - 1)
    }

    /// Gives a mark what its value card lists: names with their values.
    pub fn tell(&mut self, id: MarkId, parts: Vec<(String, String)>) {
        if let Some(mark) = self.scene.marks.get_mut(id.0) {
            mark.parts = parts;
        }
    }

    /// The key of the series in one or more lines from (`x`, `y`); gives the height it took.
    pub fn legend(&mut self, series: &[Series], x: f64, y: f64) -> f64 {
        let (box_side, gap, line) = (self.u(11.0), self.u(20.0), self.u(20.0));
        let (mut left, mut top) = (x, y);
        for one in series {
            let room = self.w() - x - box_side - self.u(5.0);
            let name = self.fit(&one.name, NOTE, room);
            let wide = box_side + self.u(5.0) + self.width_of(&name, NOTE);
            if left > x && left + wide > self.w() {
                left = x;
                top += line;
            }
            self.painted(Rect::new(left, top + self.u(1.5), box_side, box_side), one.paint, None);
            let place = at(left + box_side + self.u(5.0), top + self.u(7.0));
            self.text(&name, place, Anchor::Start, NOTE, Ink::TextSecond);
            left += wide + gap;
        }
        top - y + line
    }
}

/// The colour under the stripes or dots.
fn ground_of(paint: Paint) -> Ink {
    match paint.pattern {
        Pattern::Solid | Pattern::Striped => paint.ink,
        Pattern::Dotted => Ink::Surface,
        Pattern::Hatched => Ink::Unknown,
    }
}

/// A diamond around a point with these half diagonals.
pub(crate) fn diamond(c: Point, across: f64, up: f64) -> Vec<Point> {
    vec![
        at(c.x, c.y - up),
        at(c.x + across, c.y),
        at(c.x, c.y + up),
        at(c.x - across, c.y),
    ]
}

/// Twice the signed area: positive when the corners go clockwise on the screen.
fn turn(polygon: &[Point]) -> f64 {
    let next = |i: usize| polygon[(i + 1) % polygon.len()];
    polygon
        .iter()
        .enumerate()
        .map(|(i, p)| p.x * next(i).y - next(i).x * p.y)
        .sum()
}

/// Head of the first column of a table whose rows have no name of their own.
pub(crate) const ROWS: &str = "名称";

/// A cell of words.
pub(crate) fn word_cell(text: &str) -> Cell {
    Cell {
        text: text.to_owned(),
        numeric: false,
        key: None,
    }
}

/// A cell with a number or `--`.
pub(crate) fn number_cell(value: Option<f64>, key: &Option<String>) -> Cell {
    Cell {
        text: super::number::number_or_none(value),
        numeric: true,
        key: key.clone(),
    }
}

/// A head with its unit.
pub(crate) fn head(name: &str, unit: &str) -> String {
    if unit.is_empty() {
        name.to_owned()
    } else {
        format!("{name}，{unit}")
    }
}
