//! Plane geometry in CSS pixels, y downwards.

use std::f64::consts::TAU;

/// A place on the drawing, CSS px from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// Shorthand for a [`Point`].
pub const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Point {
    /// Straight distance, px.
    pub fn distance(self, other: Point) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// An axis-parallel rectangle; width and height are never negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// From the upper left corner and a size; a negative size counts as none.
    pub fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Rect {
            x,
            y,
            w: w.max(0.0),
            h: h.max(0.0),
        }
    }

    /// Right edge.
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    /// Lower edge.
    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// Middle.
    pub fn middle(self) -> Point {
        at(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(self, p: Point) -> bool {
        p.x >= self.x && p.x <= self.right() && p.y >= self.y && p.y <= self.bottom()
    }

    /// Whether the two share more than an edge; `slack` px of overlap is forgiven.
    pub fn meets(self, other: Rect, slack: f64) -> bool {
        self.x + slack < other.right()
            && other.x + slack < self.right()
            && self.y + slack < other.bottom()
            && other.y + slack < self.bottom()
    }

    /// Larger by `by` px on every side.
    pub fn grown(self, by: f64) -> Rect {
        Rect::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    /// The four corners, clockwise from the upper left.
    pub fn corners(self) -> Vec<Point> {
        vec![
            at(self.x, self.y),
            at(self.right(), self.y),
            at(self.right(), self.bottom()),
            at(self.x, self.bottom()),
        ]
    }

    /// The outline with corners of radius `r`, as a polygon.
    pub fn rounded(self, r: f64) -> Vec<Point> {
        let r = r.min(self.w / 2.0).min(self.h / 2.0);
        if r <= 0.0 {
            return self.corners();
        }
        let centres = [
            (at(self.x + r, self.y + r), 0.5),
            (at(self.right() - r, self.y + r), 0.75),
            (at(self.right() - r, self.bottom() - r), 0.0),
            (at(self.x + r, self.bottom() - r), 0.25),
        ];
        let steps = 4;
        let mut out = Vec::with_capacity(4 * (steps + 1));
        for (c, turn) in centres {
            for i in 0..=steps {
                let a = (turn + 0.25 * i as f64 / steps as f64) * TAU;
                out.push(at(c.x + r * a.cos(), c.y + r * a.sin()));
            }
        }
        out
    }
}

/// The point at `share` of a full turn clockwise from the top.
pub fn on_circle(centre: Point, radius: f64, share: f64) -> Point {
    let a = share * TAU;
    at(centre.x + radius * a.sin(), centre.y - radius * a.cos())
}

/// A part of a ring between two shares of the full turn, as a polygon fine enough to look round.
pub fn ring_part(centre: Point, outer: f64, inner: f64, from: f64, to: f64) -> Vec<Point> {
    let steps = (((to - from) * 180.0).ceil() as usize).max(2);
    let along = |r: f64, i: usize| on_circle(centre, r, from + (to - from) * i as f64 / steps as f64);
    let mut out: Vec<Point> = (0..=steps).map(|i| along(outer, i)).collect();
    out.extend((0..=steps).rev().map(|i| along(inner, i)));
    out
}

/// A closed circle as a polygon of `sides` corners.
pub fn round(centre: Point, radius: f64, sides: usize) -> Vec<Point> {
    (0..sides)
        .map(|i| on_circle(centre, radius, i as f64 / sides as f64))
        .collect()
}

/// Whether the point lies inside the polygon (even-odd rule).
pub fn inside(polygon: &[Point], p: Point) -> bool {
    let mut odd = false;
    let mut before = polygon.last().copied().unwrap_or(p);
    for &here in polygon {
        if (here.y > p.y) != (before.y > p.y)
            && p.x < (before.x - here.x) * (p.y - here.y) / (before.y - here.y) + here.x
        {
            odd = !odd;
        }
        before = here;
    }
    odd
}

/// The part of `subject` on the left of the directed line `a → b` (y downwards: on the side where the
/// cross product is not negative). The subject may be hollow or bent; bridges it gets have no area.
pub fn clip_half(subject: &[Point], a: Point, b: Point) -> Vec<Point> {
    let side = |p: Point| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    let mut out = Vec::with_capacity(subject.len() + 4);
    let Some(mut before) = subject.last().copied() else {
        return out;
    };
    for &here in subject {
        let (s, t) = (side(before), side(here));
        if (s >= 0.0) != (t >= 0.0) {
            let k = s / (s - t);
            out.push(at(
                before.x + (here.x - before.x) * k,
                before.y + (here.y - before.y) * k,
            ));
        }
        if t >= 0.0 {
            out.push(here);
        }
        before = here;
    }
    out
}

/// The part of `subject` inside the convex polygon `clipper` (clockwise on screen).
pub fn clip_convex(subject: &[Point], clipper: &[Point]) -> Vec<Point> {
    let mut out = subject.to_vec();
    for i in 0..clipper.len() {
        if out.len() < 3 {
            return Vec::new();
        }
        out = clip_half(&out, clipper[i], clipper[(i + 1) % clipper.len()]);
    }
    if out.len() < 3 { Vec::new() } else { out }
}

/// Area of a polygon without crossings, px².
pub fn area(polygon: &[Point]) -> f64 {
    let mut sum = 0.0;
    for (i, p) in polygon.iter().enumerate() {
        let q = polygon[(i + 1) % polygon.len()];
        sum += p.x * q.y - q.x * p.y;
    }
    sum.abs() / 2.0
}

/// The smallest rectangle around the points; an empty one at the origin for none.
pub fn bounds(points: &[Point]) -> Rect {
    let Some(first) = points.first() else {
        return Rect::new(0.0, 0.0, 0.0, 0.0);
    };
    let (mut a, mut b) = (*first, *first);
    for p in points {
        a = at(a.x.min(p.x), a.y.min(p.y));
        b = at(b.x.max(p.x), b.y.max(p.y));
    }
    Rect::new(a.x, a.y, b.x - a.x, b.y - a.y)
}

/// Cuts a line into dashes of `on` px with gaps of `off` px.
pub fn dashes(line: &[Point], on: f64, off: f64) -> Vec<Vec<Point>> {
    let mut out = Vec::new();
    let (mut drawing, mut left) = (true, on);
    let mut current: Vec<Point> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let (mut a, b) = (pair[0], pair[1]);
        loop {
            let rest = a.distance(b);
            if rest <= left {
                left -= rest;
                if drawing {
                    current.push(b);
                }
                break;
            }
            let k = left / rest;
            a = at(a.x + (b.x - a.x) * k, a.y + (b.y - a.y) * k);
            if drawing {
                current.push(a);
                out.push(std::mem::take(&mut current));
            } else {
                current = vec![a];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
    }
    if drawing && current.len() > 1 {
        out.push(current);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_cut_from_a_hollow_part_has_the_area_of_the_overlap() {
        // Ring part of a half turn: the middle band cuts it in two pieces.
        let ring = ring_part(at(0.0, 0.0), 10.0, 6.0, 0.0, 0.5);
        let band = Rect::new(-20.0, -1.0, 40.0, 2.0).corners();
        let cut = clip_convex(&ring, &band);
        assert!((area(&cut) - 8.0).abs() < 0.2, "{}", area(&cut));
    }

    #[test]
    fn dashes_cover_their_share_of_the_line() {
        let line = [at(0.0, 0.0), at(30.0, 0.0), at(30.0, 40.0)];
        let parts = dashes(&line, 5.0, 5.0);
        let drawn: f64 = parts
            .iter()
            .flat_map(|p| p.windows(2).map(|w| w[0].distance(w[1])))
            .sum();
        assert!((drawn - 35.0).abs() < 1e-9, "{drawn}");
    }

    #[test]
    fn a_point_is_inside_or_not() {
        let shape = ring_part(at(0.0, 0.0), 10.0, 6.0, 0.0, 0.5);
        assert!(inside(&shape, at(8.0, 0.0)));
        assert!(!inside(&shape, at(0.0, 0.0)));
        assert!(!inside(&shape, at(-8.0, 0.0)));
    }
}
