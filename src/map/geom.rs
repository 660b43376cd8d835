//! Plane geometry on small polygons. Units are map units, y points down.

/// A point in map units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f64,
    /// Distance from the top edge.
    pub y: f64,
}

impl Point {
    /// The point at (`x`, `y`).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Distance to `other`.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point `t` of the way to `other`; `t` from 0 to 1.
    pub fn toward(self, other: Self, t: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }

    /// The same point on the grid of tenths that every path is written in.
    pub(crate) fn rounded(self) -> Self {
        Self::new(tenth(self.x), tenth(self.y))
    }
}

/// `v` rounded to one decimal, never a negative zero.
pub(crate) fn tenth(v: f64) -> f64 {
    (v * 10.0).round() / 10.0 + 0.0
}

/// An upright rectangle in map units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width, not negative.
    pub w: f64,
    /// Height, not negative.
    pub h: f64,
}

impl Rect {
    /// The rectangle of size `w` × `h` around `center`.
    pub fn around(center: Point, w: f64, h: f64) -> Self {
        Self {
            x: center.x - w / 2.0,
            y: center.y - h / 2.0,
            w,
            h,
        }
    }

    /// The smallest rectangle that holds every point; empty at the origin if there is none.
    pub fn bounding<'a>(points: impl IntoIterator<Item = &'a Point>) -> Self {
        let mut points = points.into_iter();
        let Some(first) = points.next() else {
            return Self::default();
        };
        let (mut lo, mut hi) = (*first, *first);
        for p in points {
            lo = Point::new(lo.x.min(p.x), lo.y.min(p.y));
            hi = Point::new(hi.x.max(p.x), hi.y.max(p.y));
        }
        Self {
            x: lo.x,
            y: lo.y,
            w: hi.x - lo.x,
            h: hi.y - lo.y,
        }
    }

    /// Middle of the rectangle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// The rectangle with every side moved out by `by` (in, if negative).
    pub fn grown(&self, by: f64) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            w: (self.w + 2.0 * by).max(0.0),
            h: (self.h + 2.0 * by).max(0.0),
        }
    }

    /// Whether the two rectangles share an area. Touching edges do not count.
    pub fn meets(&self, other: &Self) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }

    /// Whether `p` lies inside or on the edge.
    pub fn contains(&self, p: Point) -> bool {
        p.x >= self.x && p.x <= self.x + self.w && p.y >= self.y && p.y <= self.y + self.h
    }

    /// Whether `other` lies wholly inside.
    pub fn encloses(&self, other: &Self) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.x + other.w <= self.x + self.w
            && other.y + other.h <= self.y + self.h
    }

    /// Distance from the edge to `p`: positive outside, negative inside.
    pub fn distance(&self, p: Point) -> f64 {
        let c = self.center();
        let (dx, dy) = ((p.x - c.x).abs() - self.w / 2.0, (p.y - c.y).abs() - self.h / 2.0);
        if dx > 0.0 && dy > 0.0 { dx.hypot(dy) } else { dx.max(dy) }
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (r, b) = (
            (self.x + self.w).max(other.x + other.w),
            (self.y + self.h).max(other.y + other.h),
        );
        Self {
            x,
            y,
            w: r - x,
            h: b - y,
        }
    }

    /// The rectangle times `k`, for a change of units.
    pub fn scaled(&self, k: f64) -> Self {
        Self {
            x: self.x * k,
            y: self.y * k,
            w: self.w * k,
            h: self.h * k,
        }
    }
}

/// Area with sign: positive where the ring runs clockwise on screen (y down).
pub fn signed_area(ring: &[Point]) -> f64 {
    pairs(ring).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>() / 2.0
}

/// Centre of gravity; the mean of the points where the area is next to nothing.
pub fn centroid(ring: &[Point]) -> Point {
    let Some(&o) = ring.first() else {
        return Point::default();
    };
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (a, b) in pairs(ring) {
        let cross = (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
        area += cross;
        x += (a.x + b.x - 2.0 * o.x) * cross;
        y += (a.y + b.y - 2.0 * o.y) * cross;
    }
    if area.abs() < 1e-9 {
        let n = ring.len() as f64;
        return Point::new(
            ring.iter().map(|p| p.x).sum::<f64>() / n,
            ring.iter().map(|p| p.y).sum::<f64>() / n,
        );
    }
    Point::new(o.x + x / (3.0 * area), o.y + y / (3.0 * area))
}

/// The edges of a closed ring.
pub fn pairs(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Whether `p` lies inside the rings by the even–odd rule (holes are rings too).
pub fn contains(rings: &[Vec<Point>], p: Point) -> bool {
    let mut inside = false;
    for (a, b) in rings.iter().flat_map(|r| pairs(r)) {
        if (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) {
            inside = !inside;
        }
    }
    inside
}

/// Distance from `p` to the segment `a`–`b`.
pub fn segment_distance(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let len = dx * dx + dy * dy;
    let t = if len > 0.0 {
        (((p.x - a.x) * dx + (p.y - a.y) * dy) / len).clamp(0.0, 1.0)
    } else {
        0.0
    };
    p.distance(Point::new(a.x + dx * t, a.y + dy * t))
}

/// Distance from `p` to the rings, negative outside.
fn depth(rings: &[Vec<Point>], p: Point) -> f64 {
    let near = rings
        .iter()
        .flat_map(|r| pairs(r))
        .map(|(a, b)| segment_distance(p, a, b))
        .fold(f64::INFINITY, f64::min);
    if contains(rings, p) { near } else { -near }
}

/// The point inside the rings that is farthest from every edge, to about one part in a hundred of the size:
/// the pole of inaccessibility, by halving squares.
pub fn pole(rings: &[Vec<Point>]) -> Point {
    let bounds = Rect::bounding(rings.iter().flatten());
    let size = bounds.w.min(bounds.h);
    if size <= 0.0 {
        return bounds.center();
    }
    let mut best = rings
        .iter()
        .max_by(|a, b| signed_area(a).abs().total_cmp(&signed_area(b).abs()))
        .map_or(bounds.center(), |r| centroid(r));
    let mut best_depth = depth(rings, best);
    let mut open = Vec::new();
    let (nx, ny) = ((bounds.w / size).ceil().min(16.0), (bounds.h / size).ceil().min(16.0));
    let half = (bounds.w / nx).max(bounds.h / ny) / 2.0;
    for i in 0..nx as usize {
        for j in 0..ny as usize {
            open.push((
                Point::new(
                    bounds.x + half * (2 * i + 1) as f64,
                    bounds.y + half * (2 * j + 1) as f64,
                ),
                half,
            ));
        }
    }
    while let Some((c, half)) = open.pop() {
        let d = depth(rings, c);
        if d > best_depth {
            (best, best_depth) = (c, d);
        }
        if half > size / 64.0 && d + half * std::f64::consts::SQRT_2 > best_depth + size / 100.0 {
            let h = half / 2.0;
            for (sx, sy) in [(-h, -h), (h, -h), (-h, h), (h, h)] {
                open.push((Point::new(c.x + sx, c.y + sy), h));
            }
        }
    }
    best
}

/// Drops the points of an open line that stray less than `tolerance` from it (Douglas–Peucker); the ends stay.
pub fn thin_line(line: &[Point], tolerance: f64) -> Vec<Point> {
    let mut keep = vec![false; line.len()];
    let mut open = Vec::new();
    if let Some(last) = line.len().checked_sub(1) {
        (keep[0], keep[last]) = (true, true);
        open.push((0, last));
    }
    while let Some((from, to)) = open.pop() {
        let far = (from + 1..to)
            .map(|i| (i, segment_distance(line[i], line[from], line[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((i, d)) = far
            && d > tolerance
        {
            keep[i] = true;
            open.push((from, i));
            open.push((i, to));
        }
    }
    line.iter().zip(keep).filter_map(|(p, k)| k.then_some(*p)).collect()
}

/// The closed rings as an SVG path: `M…L…Z` each, one decimal.
pub fn path(rings: &[Vec<Point>]) -> String {
    let mut out = String::new();
    for ring in rings {
        push_line(&mut out, ring);
        out.push('Z');
    }
    out
}

/// The open lines as one SVG path.
pub fn line_path(lines: &[Vec<Point>]) -> String {
    let mut out = String::new();
    for line in lines {
        push_line(&mut out, line);
    }
    out
}

fn push_line(out: &mut String, line: &[Point]) {
    for (i, p) in line.iter().enumerate() {
        out.push(if i == 0 { 'M' } else { 'L' });
        push_number(out, p.x);
        out.push(' ');
        push_number(out, p.y);
    }
}

/// Appends `v` with at most one decimal: `12`, `-0.5`.
pub(crate) fn push_number(out: &mut String, v: f64) {
    use std::fmt::Write;
    let tenths = (v * 10.0).round() as i64;
    if tenths < 0 {
        out.push('-');
    }
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    // Writing into a String cannot fail.
    let _ = if rest == 0 {
        write!(out, "{whole}")
    } else {
        write!(out, "{whole}.{rest}")
    };
}
