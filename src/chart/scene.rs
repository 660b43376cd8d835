//! A laid-out chart: shapes, words and marks in CSS pixels. Everything a page does with a chart —
//! draw it, find the mark under the pointer, walk it by keyboard, show its table, read it aloud —
//! it does with the same [`Scene`], so these can never disagree.

use super::geometry::{Point, Rect, at, bounds, inside};
use super::palette::{Color, Ink, Palette};

/// A mark of one scene, by its place in the reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkId(pub usize);

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle; its edges fall on device pixels when drawn. `radius` rounds the corners.
    Block {
        /// Where.
        rect: Rect,
        /// Corner radius, px.
        radius: f64,
    },
    /// A filled polygon.
    Area(Vec<Point>),
    /// A line of this width, px. Upright and level ones fall on device pixels.
    Line {
        /// The corners.
        points: Vec<Point>,
        /// Width, px.
        width: f64,
    },
    /// A filled circle.
    Disc {
        /// Middle.
        centre: Point,
        /// Radius, px.
        radius: f64,
    },
    /// A circle line.
    Ring {
        /// Middle.
        centre: Point,
        /// Radius to the middle of the line, px.
        radius: f64,
        /// Width of the line, px.
        width: f64,
    },
}

/// A shape with its colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The shape.
    pub shape: Shape,
    /// Its colour.
    pub color: Color,
    /// The mark it belongs to; axes and grids belong to none.
    pub mark: Option<MarkId>,
}

/// Which end of a text stands at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A line of words.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The words.
    pub words: String,
    /// Where: x by the anchor, y the middle of the line.
    pub place: Point,
    /// Which end stands at x.
    pub anchor: Anchor,
    /// Size, px.
    pub size: f64,
    /// Weight 600 instead of 400.
    pub strong: bool,
    /// Its colour.
    pub color: Color,
    /// Measured width, px.
    pub width: f64,
}

impl Text {
    /// The box the words take: their width, and one size in height.
    pub fn extent(&self) -> Rect {
        let x = match self.anchor {
            Anchor::Start => self.place.x,
            Anchor::Middle => self.place.x - self.width / 2.0,
            Anchor::End => self.place.x - self.width,
        };
        Rect::new(x, self.place.y - self.size / 2.0, self.width, self.size)
    }
}

/// The surface on which a mark is met.
#[derive(Clone, Debug, PartialEq)]
pub enum Hit {
    /// A rectangle.
    Rect(Rect),
    /// A circle.
    Disc(Point, f64),
    /// A polygon and a point surely inside it.
    Area(Vec<Point>, Point),
}

impl Hit {
    /// A point inside, where the value card points to.
    pub fn middle(&self) -> Point {
        match self {
            Hit::Rect(rect) => rect.middle(),
            Hit::Disc(centre, _) => *centre,
            Hit::Area(_, middle) => *middle,
        }
    }

    /// The smallest rectangle around it.
    pub fn bounds(&self) -> Rect {
        match self {
            Hit::Rect(rect) => *rect,
            Hit::Disc(c, r) => Rect::new(c.x - r, c.y - r, 2.0 * r, 2.0 * r),
            Hit::Area(points, _) => bounds(points),
        }
    }

    fn contains(&self, p: Point) -> bool {
        match self {
            Hit::Rect(rect) => rect.contains(p),
            Hit::Disc(centre, r) => centre.distance(p) <= *r,
            Hit::Area(points, _) => inside(points, p),
        }
    }

    /// Distance from a point outside, px; zero inside.
    fn away(&self, p: Point) -> f64 {
        match self {
            Hit::Disc(centre, r) => (centre.distance(p) - r).max(0.0),
            Hit::Area(points, _) if inside(points, p) => 0.0,
            other => {
                let b = other.bounds();
                let dx = (b.x - p.x).max(p.x - b.right()).max(0.0);
                let dy = (b.y - p.y).max(p.y - b.bottom()).max(0.0);
                dx.hypot(dy)
            }
        }
    }
}

/// One value that can be met by pointer and keyboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub hit: Hit,
    /// What it is: `寺前片区`.
    pub label: String,
    /// Its value, with unit: `24 场`.
    pub value: String,
    /// Both and what else is to be said, in one sentence without a full stop.
    pub sentence: String,
    /// The link given with the value.
    pub key: Option<String>,
    /// Where the label alone does not say which value it is: series, total or line with their values.
    pub parts: Vec<(String, String)>,
}

/// A cell of the data table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Whether it is a number, to be set on the right.
    pub numeric: bool,
    /// The link given with the value.
    pub key: Option<String>,
}

/// The numbers of the chart as a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Heads, the unit after a comma: `场次，场`.
    pub headers: Vec<String>,
    /// Rows, each as long as the heads.
    pub rows: Vec<Vec<Cell>>,
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The one before in reading order.
    Back,
    /// The next in reading order.
    On,
    /// The nearest one above.
    Up,
    /// The nearest one below.
    Down,
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// A chart ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width, CSS px; may be more than asked for where less cannot be read, then the frame scrolls.
    pub width: f64,
    /// Height, CSS px.
    pub height: f64,
    /// The ground it stands on.
    pub ground: Color,
    /// Colour of the focus ring.
    pub focus: Color,
    /// Shapes, from the lowest to the topmost.
    pub shapes: Vec<Drawn>,
    /// Words, over all shapes.
    pub texts: Vec<Text>,
    /// Marks in reading order.
    pub marks: Vec<Mark>,
    /// Its data table.
    pub table: Table,
    /// The whole chart in words.
    pub sentence: String,
    /// How far beside a mark the pointer still meets it, px.
    pub reach: f64,
    emphasis: Option<MarkId>,
    ring: bool,
}

/// How strong the others stay while one mark is looked at.
const DIMMED: f64 = 0.45;

impl Scene {
    /// A scene without anything.
    pub(crate) fn blank(width: f64, height: f64, palette: &Palette) -> Self {
        Scene {
            width,
            height,
            ground: palette.surface,
            focus: palette.ink(Ink::Focus),
            shapes: Vec::new(),
            texts: Vec::new(),
            marks: Vec::new(),
            table: Table::default(),
            sentence: String::new(),
            reach: 8.0,
            emphasis: None,
            ring: false,
        }
    }

    /// Whether there is nothing to draw; the sentence then says so.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty() && self.texts.is_empty()
    }

    /// A mark.
    pub fn mark(&self, id: MarkId) -> Option<&Mark> {
        self.marks.get(id.0)
    }

    /// The mark under a point: the smallest that holds it, or else the nearest within reach.
    ///
    /// Coordinates in CSS px from the upper left corner of the drawing.
    pub fn hit(&self, x: f64, y: f64) -> Option<MarkId> {
        let p = at(x, y);
        let order = |a: &(f64, f64, usize), b: &(f64, f64, usize)| {
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2))
        };
        let held = self
            .marks
            .iter()
            .enumerate()
            .filter(|(_, m)| m.hit.contains(p))
            .map(|(i, m)| {
                let b = m.hit.bounds();
                match m.hit {
                    // Among dots the nearest middle counts, not the smallest surface.
                    Hit::Disc(c, _) => (0.0, c.distance(p), i),
                    _ => (b.w * b.h, m.hit.middle().distance(p), i),
                }
            });
        if let Some((_, _, i)) = held.min_by(order) {
            return Some(MarkId(i));
        }
        let near = self.marks.iter().enumerate().map(|(i, m)| (m.hit.away(p), 0.0, i));
        near.filter(|(away, _, _)| *away <= self.reach)
            .min_by(order)
            .map(|(_, _, i)| MarkId(i))
    }

    /// The mark an arrow key leads to; from none it leads to the first. Stays where there is no other.
    pub fn step(&self, from: Option<MarkId>, step: Step) -> Option<MarkId> {
        let last = self.marks.len().checked_sub(1)?;
        let Some(MarkId(here)) = from.filter(|id| id.0 <= last) else {
            return Some(MarkId(if step == Step::Last { last } else { 0 }));
        };
        let to = match step {
            Step::First => 0,
            Step::Last => last,
            Step::Back => here.saturating_sub(1),
            Step::On => (here + 1).min(last),
            Step::Up => self.beyond(here, -1.0),
            Step::Down => self.beyond(here, 1.0),
        };
        Some(MarkId(to))
    }

    /// The nearest mark above (`sign` −1) or below (1): least sideways, then least far.
    fn beyond(&self, here: usize, sign: f64) -> usize {
        let from = self.marks[here].hit.middle();
        let cost = |p: Point| (p.x - from.x).abs() * 3.0 + (p.y - from.y).abs();
        let others = self.marks.iter().enumerate().map(|(i, m)| (i, m.hit.middle()));
        others
            .filter(|(_, p)| (p.y - from.y) * sign > 1.0)
            .min_by(|a, b| cost(a.1).total_cmp(&cost(b.1)))
            .map_or(here, |(i, _)| i)
    }

    /// Lets one mark stand out: the others go to 45 %. `None` brings all back.
    pub fn emphasise(&mut self, mark: Option<MarkId>) {
        self.emphasis = mark.filter(|id| id.0 < self.marks.len());
        self.ring = false;
    }

    /// As [`Scene::emphasise`], with the focus ring of the keyboard around the mark.
    pub fn focus(&mut self, mark: Option<MarkId>) {
        self.emphasise(mark);
        self.ring = self.emphasis.is_some();
    }

    /// The line of the focus ring, closed past its start, if there is one.
    pub(crate) fn focus_ring(&self) -> Option<Vec<Point>> {
        let mark = self.emphasis.filter(|_| self.ring).and_then(|id| self.mark(id))?;
        let mut ring = match &mark.hit {
            Hit::Area(points, _) => points.clone(),
            Hit::Disc(centre, r) => super::geometry::round(*centre, r + 4.5, 32),
            Hit::Rect(rect) => rect.grown(3.5).corners(),
        };
        let start: Vec<Point> = ring.iter().take(2).copied().collect();
        ring.extend(start);
        Some(ring)
    }

    /// The colour a shape has now.
    pub fn color_of(&self, drawn: &Drawn) -> Color {
        match (self.emphasis, drawn.mark) {
            (Some(one), Some(mark)) if one != mark => drawn.color.over(self.ground, DIMMED),
            _ => drawn.color,
        }
    }
}
