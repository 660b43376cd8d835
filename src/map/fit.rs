//! The search for the place of one label in its cell, in CSS px.

use super::cell::Cell;
use super::geom::{Point, Rect, contains, pairs};
use super::glyph::DISC_EDGE;
use super::lettering::{LINE, LabelMode, LabelRequest, Level, STRONG, UnitLabel, line_of_text};
use super::town::TownMap;

/// Clearance to the edge of the cell beyond which more is no better, CSS px.
const ENOUGH: f64 = 7.0;
/// A full name that comes closer to the edge gives way to the short one, CSS px.
const LEAST_FULL: f64 = 1.0;
/// How far a name may cross a line between cells of one district, CSS px.
const MOST_INNER_CROSSING: f64 = 4.0;
/// How far a name may cross a district line, CSS px.
const MOST_CROSSING: f64 = 1.0;
/// Half the window in which the place of a label is searched, CSS px.
const WINDOW: (f64, f64) = (28.0, 24.0);

/// A label in CSS px around its anchor, not yet placed.
struct Block {
    /// All rectangles it covers.
    shapes: Vec<Rect>,
    is_full_name: bool,
    name: (String, f64, Rect),
    value: Option<(String, f64, Rect)>,
    flower: Option<(Point, f64)>,
    mark: Option<Rect>,
}

impl Block {
    fn label(&self, unit: usize, at: Point, scale: f64) -> UnitLabel {
        let text = |(text, size, r): &(String, f64, Rect)| line_of_text(text, *size, moved(*r, at), scale);
        UnitLabel {
            unit,
            name: text(&self.name),
            value: self.value.as_ref().map(text),
            flower: self
                .flower
                .map(|(c, r)| (Point::new((c.x + at.x) / scale, (c.y + at.y) / scale), r / scale)),
            mark: self.mark.map(|r| moved(r, at).scaled(1.0 / scale)),
        }
    }
}

fn moved(r: Rect, by: Point) -> Rect {
    Rect {
        x: r.x + by.x,
        y: r.y + by.y,
        ..r
    }
}

/// A place for one form of a label.
#[derive(Clone, Copy)]
pub(crate) struct Fit {
    /// Position of the form among those of the search.
    form: usize,
    at: Point,
    /// To the edge of the cell, CSS px; counted up to some px beyond what matters.
    pub clearance: f64,
    score: f64,
}

/// Whether labels have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Every label has one.
    All,
    /// A label without room for one goes without.
    WhereThereIsRoom,
    /// None has one.
    None,
}

/// The surroundings of one cell in CSS px.
pub(crate) struct Search<'a> {
    cell: &'a Cell,
    unit: usize,
    scale: f64,
    /// The forms that the label can take, the best first.
    forms: Vec<Block>,
    /// Points on the edge of the cell, as far as a label can reach.
    edge: Vec<Point>,
    rings: Vec<Vec<Point>>,
    /// Lines a name must not cross: the outline of the district, or of the cell where it has none.
    limits: Vec<(Point, Point)>,
    /// The drawing, which no label leaves.
    view: Rect,
    middle: Point,
    district_middle: Option<Point>,
    text_scale: f64,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        map: &'a TownMap,
        request: &LabelRequest<'_>,
        level: Level,
        unit: usize,
        (radius, naming): (f64, Naming),
    ) -> Self {
        let cell = &map.cells[unit];
        let px = |p: &Point| Point::new(p.x * request.scale, p.y * request.scale);
        let rings: Vec<Vec<Point>> = cell.rings.iter().map(|r| r.iter().map(px).collect()).collect();
        let home = cell.district.map(|d| &map.districts[d]);
        let part = home.and_then(|h| h.parts.iter().find(|p| contains(&p.rings, cell.center)));
        let around: Vec<Vec<Point>> = part.map_or_else(
            || rings.clone(),
            |p| p.rings.iter().map(|r| r.iter().map(px).collect()).collect(),
        );
        let middle = px(&cell.center);
        let mut search = Self {
            cell,
            unit,
            scale: request.scale,
            forms: Vec::new(),
            edge: Vec::new(),
            limits: Vec::new(),
            view: map.view.scaled(request.scale),
            middle,
            district_middle: part.map(|p| px(&p.middle)),
            text_scale: request.text_scale,
            rings,
        };
        search.forms = search.blocks(request, level, radius, naming);
        let reach = search.reach();
        search.edge = search
            .rings
            .iter()
            .flat_map(|r| dense(r, 3.0))
            .filter(|p| reach.contains(*p))
            .collect();
        search.limits = around
            .iter()
            .flat_map(|r| pairs(r))
            .filter(|(a, b)| reach.meets(&Rect::bounding([a, b]).grown(0.5)))
            .collect();
        search
    }

    /// All that a label can touch or come near.
    fn reach(&self) -> Rect {
        let boxes = self.forms.iter().flat_map(|f| &f.shapes);
        let all = boxes.copied().reduce(|a, b| a.union(&b)).unwrap_or_default();
        let (x, y) = (
            (WINDOW.0 + 2.0 * ENOUGH) * self.text_scale,
            (WINDOW.1 + 2.0 * ENOUGH) * self.text_scale,
        );
        let all = moved(all, self.middle);
        Rect {
            x: all.x - x,
            y: all.y - y,
            w: all.w + 2.0 * x,
            h: all.h + 2.0 * y,
        }
    }

    /// The forms a label can take, the best first.
    fn blocks(&self, request: &LabelRequest<'_>, level: Level, radius: f64, naming: Naming) -> Vec<Block> {
        let mut names: Vec<(&str, bool)> = match (request.mode, level) {
            _ if naming == Naming::None => Vec::new(),
            _ if self.cell.short_name == self.cell.name => vec![(&self.cell.name, true)],
            (LabelMode::Petals, Level::Names) => vec![(&self.cell.short_name, false)],
            _ => vec![(&self.cell.name, true), (&self.cell.short_name, false)],
        };
        if naming != Naming::All {
            names.push(("", false));
        }
        let disc = if level == Level::Large { DISC_EDGE } else { 0.0 };
        let block = |name: &(&str, bool)| self.block(request, level, *name, radius, disc);
        names.iter().map(block).collect()
    }

    fn block(
        &self,
        request: &LabelRequest<'_>,
        level: Level,
        (name, is_full_name): (&str, bool),
        radius: f64,
        disc: f64,
    ) -> Block {
        let k = self.text_scale;
        let (name_size, value_size) = if level == Level::Large {
            (16.0 * k, 18.0 * k)
        } else {
            (14.0 * k, 15.0 * k)
        };
        let wide = |text: &str, size: f64| f64::from((request.measure)(text, size as f32));
        let (name_w, name_h) = (wide(name, name_size), LINE * name_size);
        let value = request
            .values
            .get(self.unit)
            .filter(|v| request.mode == LabelMode::Indicator && !v.is_empty());
        let (mut flower, mut mark, mut below) = (None, None, None);
        let mut name_at = Point::default();
        if let Some(v) = value {
            let (w, h) = (wide(v, value_size) * STRONG, LINE * value_size);
            let pitch = (name_h + h) / 2.0 + k;
            name_at.y = -pitch / 2.0;
            below = Some((v.clone(), value_size, Rect::around(Point::new(0.0, pitch / 2.0), w, h)));
        } else if radius > 0.0 {
            let reach = radius * k + disc;
            let gap = if disc > 0.0 { 2.0 } else { -1.0 } * k;
            let pitch = reach + gap + name_h / 2.0;
            let up = (reach - name_h / 2.0 - pitch) / 2.0;
            flower = Some((Point::new(0.0, up), radius * k));
            name_at.y = up + pitch;
        } else if request.mode == LabelMode::Status {
            let side = 14.0 * k;
            mark = Some(Rect::around(Point::new(-(name_w + 4.0 * k) / 2.0, 0.0), side, side));
            name_at.x = (side + 4.0 * k) / 2.0;
        }
        if name.is_empty() {
            // Alone in its cell.
            flower = flower.map(|(_, r)| (Point::default(), r));
            mark = mark.map(|m| Rect::around(Point::default(), m.w, m.h));
            name_at = Point::default();
        }
        let name_box = Rect::around(name_at, name_w, name_h);
        let named_box = Some(name_box).filter(|_| !name.is_empty());
        let disc_box = flower.map(|(c, r)| Rect::around(c, 2.0 * (r + disc), 2.0 * (r + disc)));
        let shapes = [named_box, below.as_ref().map(|b| b.2), disc_box, mark]
            .into_iter()
            .flatten()
            .collect();
        Block {
            shapes,
            is_full_name,
            name: (name.to_owned(), name_size, name_box),
            value: below,
            flower,
            mark,
        }
    }

    /// The first form that fits beside `taken`; a full name close to the edge only where no short one does better.
    pub(crate) fn first_that_fits(&self, taken: &[Rect]) -> Option<Fit> {
        let mut spare: Option<Fit> = None;
        for (i, form) in self.forms.iter().enumerate() {
            let Some(fit) = self.best(i, taken) else {
                continue;
            };
            let has_flower = form.flower.is_some();
            let enough = if has_flower { 0.0 } else { LEAST_FULL };
            if fit.clearance >= enough || (!form.is_full_name && !has_flower) {
                return Some(fit);
            }
            if spare.is_none_or(|s| fit.clearance > s.clearance) {
                spare = Some(fit);
            }
        }
        spare
    }

    /// Whether nothing in `taken` lies in the way.
    pub(crate) fn is_free(&self, fit: &Fit, taken: &[Rect]) -> bool {
        self.boxes(fit).all(|r| !taken.iter().any(|t| t.meets(&r)))
    }

    /// What the label covers, in CSS px.
    pub(crate) fn boxes(&self, fit: &Fit) -> impl Iterator<Item = Rect> + '_ {
        let at = fit.at;
        self.forms[fit.form].shapes.iter().map(move |r| moved(*r, at))
    }

    /// The label in map units.
    pub(crate) fn label(&self, fit: &Fit) -> UnitLabel {
        self.forms[fit.form].label(self.unit, fit.at, self.scale)
    }

    /// The best place for a block in the window: clearance counts most, then nearness to the middle of the cell,
    /// then distance from the middle of the district, where its plate will stand.
    fn best(&self, form: usize, taken: &[Rect]) -> Option<Fit> {
        let block = &self.forms[form];
        let k = self.text_scale;
        let steps = |half: f64| {
            let n = (half / 4.0).round() as i32;
            (-n..=n).map(move |i| f64::from(i) * 4.0 * k)
        };
        let mut best: Option<Fit> = None;
        for dx in steps(WINDOW.0) {
            for dy in steps(WINDOW.1) {
                let at = Point::new(self.middle.x + dx, self.middle.y + dy);
                let away = self.district_middle.map_or(0.0, |m| m.distance(at).min(80.0 * k));
                let base = -0.4 * dx.hypot(dy) / k + 0.08 * away / k;
                let least = best.map_or(f64::NEG_INFINITY, |b| b.score);
                if base + 10.0 * ENOUGH <= least {
                    continue;
                }
                let floor = ((least - base) / 10.0).max(-MOST_INNER_CROSSING * k);
                let Some(clearance) = self.clearance(block, at, floor) else {
                    continue;
                };
                let score = base + 10.0 * clearance.min(ENOUGH);
                if score > least && self.is_allowed(block, at, clearance, taken) {
                    best = Some(Fit {
                        form,
                        at,
                        clearance,
                        score,
                    });
                }
            }
        }
        best
    }

    /// Distance between the block at `at` and the edge of the cell, negative where it crosses; `None` below `floor`.
    fn clearance(&self, block: &Block, at: Point, floor: f64) -> Option<f64> {
        let mut least = 2.0 * ENOUGH;
        for shape in &block.shapes {
            let r = moved(*shape, at);
            for p in &self.edge {
                let d = r.distance(*p);
                if d < least {
                    least = d;
                    if least < floor {
                        return None;
                    }
                }
            }
        }
        Some(least)
    }

    fn is_allowed(&self, block: &Block, at: Point, clearance: f64, taken: &[Rect]) -> bool {
        let mut shapes = block.shapes.iter().map(|r| moved(*r, at));
        contains(&self.rings, at)
            && shapes.all(|r| {
                let core = r.grown(-MOST_CROSSING);
                self.view.encloses(&r)
                    && !taken.iter().any(|t| t.meets(&r))
                    && (clearance > 2.0 || !self.limits.iter().any(|(a, b)| crosses(&core, *a, *b)))
            })
    }
}

/// The points of a closed ring with others between, so that none are farther apart than `gap`.
pub(crate) fn dense(ring: &[Point], gap: f64) -> Vec<Point> {
    let mut out = Vec::new();
    for (a, b) in pairs(ring) {
        let n = (a.distance(b) / gap).ceil().max(1.0) as usize;
        out.extend((0..n).map(|i| a.toward(b, i as f64 / n as f64)));
    }
    out
}

/// Whether a segment has a part inside the rectangle (Liang–Barsky).
pub(crate) fn crosses(r: &Rect, a: Point, b: Point) -> bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (d, room) in [
        (-dx, a.x - r.x),
        (dx, r.x + r.w - a.x),
        (-dy, a.y - r.y),
        (dy, r.y + r.h - a.y),
    ] {
        if d == 0.0 {
            if room <= 0.0 {
                return false;
            }
        } else if d < 0.0 {
            from = from.max(room / d);
        } else {
            to = to.min(room / d);
        }
    }
    from < to
}
