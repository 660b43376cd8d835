//! Names, values and flowers in their cells. Sizes are CSS px in the request, map units in the answer, so that an SVG
//! whose viewBox is in map units shows them at the size asked for.

use super::geom::{Point, Rect, contains, pairs};
use super::glyph::{DISC_EDGE, LEAST_RADIUS};
use super::plate::place_plates;
use super::seeds::STRETCH;
use super::town::{Cell, TownMap};

/// What the map shows in each cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelMode {
    /// Name and value under it.
    Indicator,
    /// Flower and name under it.
    Petals,
    /// Status shape and name beside it.
    Status,
    /// The name alone.
    NamesOnly,
    /// Plates of the districts and nothing else.
    DistrictsOnly,
}

/// How much there is room for, by the height of a typical cell on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Under 56 px: district plates only.
    Districts,
    /// 56 to 110 px: names of 14 with values of 15, or flowers of radius 18.
    Names,
    /// Over 110 px: names of 16, flowers of radius 34.
    Large,
}

/// What to place, and how large the map is on the screen.
pub struct LabelRequest<'a> {
    /// CSS px per map unit.
    pub scale: f64,
    /// Text size of the page: 1, 1.25 or 1.5 (and more on a large screen).
    pub text_scale: f64,
    /// What the cells show.
    pub mode: LabelMode,
    /// Value per unit for [`LabelMode::Indicator`], formatted; missing ones show the name alone.
    pub values: &'a [String],
    /// Texts per district, in the order of [`TownMap::districts`]; a district without one has no plate.
    pub plates: &'a [PlateText],
    /// Label this district alone, as when zoomed into it.
    pub only: Option<usize>,
    /// Width in CSS px of a text at a font size in CSS px.
    pub measure: &'a dyn Fn(&str, f32) -> f32,
}

/// What stands on the plate of a district.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlateText {
    /// Full name.
    pub name: String,
    /// Name without 片区.
    pub short: String,
    /// Shown at [`Level::Districts`] only.
    pub value: Option<String>,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Middle of the line, on the baseline (`text-anchor: middle`).
    pub at: Point,
    /// Font size in map units.
    pub size: f64,
    /// The room it takes.
    pub bounds: Rect,
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitLabel {
    /// Position in [`TownMap::cells`].
    pub unit: usize,
    /// Full or short name.
    pub name: Text,
    /// The value under the name.
    pub value: Option<Text>,
    /// Center and radius of the flower.
    pub flower: Option<(Point, f64)>,
    /// Square for the status shape before the name.
    pub mark: Option<Rect>,
}

impl UnitLabel {
    /// The rectangles it covers.
    pub fn boxes(&self) -> impl Iterator<Item = Rect> + '_ {
        let flower = self.flower.map(|(c, r)| Rect::around(c, 2.0 * r, 2.0 * r));
        [
            Some(self.name.bounds),
            self.value.as_ref().map(|v| v.bounds),
            flower,
            self.mark,
        ]
        .into_iter()
        .flatten()
    }
}

/// The plate of a district, or of one part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// Position in [`TownMap::districts`].
    pub district: usize,
    /// Position in [`super::DistrictShape::parts`].
    pub part: usize,
    /// The white ground.
    pub bounds: Rect,
    /// The name.
    pub name: Text,
    /// The value beside it.
    pub value: Option<Text>,
}

/// All labels of one view of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// How much there was room for.
    pub level: Level,
    /// Labels that fit, in the order of the cells.
    pub units: Vec<UnitLabel>,
    /// Plates that fit, in the order of districts and parts.
    pub plates: Vec<Plate>,
    /// Units whose name does not fit: show it on hover and focus.
    pub hidden: Vec<usize>,
    /// Districts of which no part found room for a plate.
    pub hidden_districts: Vec<usize>,
}

/// Line height over font size.
pub(crate) const LINE: f64 = 1.15;
/// Where the baseline lies below the middle of a line, over font size.
const BASELINE: f64 = 0.37;
/// Letters of weight 600 are a little wider than those measured.
pub(crate) const STRONG: f64 = 1.04;
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

impl TownMap {
    /// How much a map at this scale has room for. `scale` is CSS px per map unit, `text_scale` 1, 1.25 or 1.5.
    pub fn level(&self, scale: f64, text_scale: f64, only: Option<usize>) -> Level {
        let of = |c: &&Cell| !c.rings.is_empty() && only.is_none_or(|d| c.district == Some(d));
        // Cells are grown to be wider than tall by the stretch; the root of the area is steadier than the bounds.
        let mut heights: Vec<f64> = self
            .cells
            .iter()
            .filter(of)
            .map(|c| (c.area.max(0.0) / STRETCH).sqrt())
            .collect();
        heights.sort_by(f64::total_cmp);
        let typical = heights.get(heights.len() / 2).copied().unwrap_or(0.0) * scale / text_scale;
        match typical {
            h if h < 56.0 => Level::Districts,
            h if h <= 110.0 => Level::Names,
            _ => Level::Large,
        }
    }

    /// Places names, values, flowers and plates so that no two of them meet (`design` §7).
    pub fn labels(&self, request: &LabelRequest<'_>) -> Labels {
        let level = match request.mode {
            LabelMode::DistrictsOnly => Level::Districts,
            _ => self.level(request.scale, request.text_scale, request.only),
        };
        let wanted: Vec<usize> = (0..self.cells.len())
            .filter(|&i| request.only.is_none_or(|d| self.cells[i].district == Some(d)))
            .filter(|&i| !self.cells[i].rings.is_empty())
            .collect();
        let mut units = if level == Level::Districts {
            Vec::new()
        } else {
            self.unit_labels(request, level, &wanted)
        };
        units.sort_by_key(|l| l.unit);
        let hidden = wanted
            .into_iter()
            .filter(|i| units.binary_search_by_key(i, |l| l.unit).is_err())
            .collect();
        let taken: Vec<Rect> = units
            .iter()
            .flat_map(|l: &UnitLabel| l.boxes().collect::<Vec<_>>())
            .collect();
        let (plates, hidden_districts) = place_plates(self, request, level, &taken);
        Labels {
            level,
            units,
            plates,
            hidden,
            hidden_districts,
        }
    }

    fn unit_labels(&self, request: &LabelRequest<'_>, level: Level, wanted: &[usize]) -> Vec<UnitLabel> {
        let searches: Vec<Search<'_>> = wanted.iter().map(|&i| Search::new(self, request, i)).collect();
        // The narrowest go first: they have the least choice.
        let mut order: Vec<(f64, usize)> = searches
            .iter()
            .enumerate()
            .map(|(k, s)| {
                (
                    s.blocks(request, level)
                        .first()
                        .and_then(|b| s.best(b, &[]))
                        .map_or(f64::NEG_INFINITY, |f| f.clearance),
                    k,
                )
            })
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut taken: Vec<Rect> = Vec::new();
        let mut out = Vec::new();
        for (_, k) in order {
            let search = &searches[k];
            let blocks = search.blocks(request, level);
            if let Some((block, found)) = search.first_that_fits(&blocks, &taken) {
                taken.extend(block.shapes.iter().map(|r| moved(*r, found.at).grown(2.0)));
                out.push(block.label(wanted[k], found.at, request.scale));
            }
        }
        out
    }
}

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

/// A line of text in the room `r` (CSS px), in map units.
pub(crate) fn line_of_text(text: &str, size: f64, r: Rect, scale: f64) -> Text {
    let c = r.center();
    Text {
        text: text.to_owned(),
        at: Point::new(c.x / scale, (c.y + BASELINE * size) / scale),
        size: size / scale,
        bounds: r.scaled(1.0 / scale),
    }
}

fn moved(r: Rect, by: Point) -> Rect {
    Rect {
        x: r.x + by.x,
        y: r.y + by.y,
        ..r
    }
}

#[derive(Clone, Copy)]
struct Found {
    at: Point,
    clearance: f64,
    score: f64,
}

/// The surroundings of one cell in CSS px.
struct Search<'a> {
    cell: &'a Cell,
    unit: usize,
    ring: Vec<Point>,
    rings: Vec<Vec<Point>>,
    /// Lines a name must not cross: the outline of the district, or of the cell where it has none.
    limits: Vec<(Point, Point)>,
    middle: Point,
    district_middle: Option<Point>,
    text_scale: f64,
}

impl<'a> Search<'a> {
    fn new(map: &'a TownMap, request: &LabelRequest<'_>, unit: usize) -> Self {
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
        let near = Rect::around(middle, 480.0 * request.text_scale, 300.0 * request.text_scale);
        let limits = around
            .iter()
            .flat_map(|r| pairs(r))
            .filter(|(a, b)| near.meets(&Rect::bounding([a, b]).grown(0.5)))
            .collect();
        Self {
            cell,
            unit,
            ring: rings.iter().flat_map(|r| dense(r, 3.0)).collect(),
            rings,
            limits,
            middle,
            district_middle: part.map(|p| px(&p.middle)),
            text_scale: request.text_scale,
        }
    }

    /// The forms a label can take, the best first.
    fn blocks(&self, request: &LabelRequest<'_>, level: Level) -> Vec<Block> {
        let names: Vec<(&str, bool)> = match (request.mode, level) {
            _ if self.cell.short_name == self.cell.name => vec![(&self.cell.name, true)],
            (LabelMode::Petals, Level::Names) => vec![(&self.cell.short_name, false)],
            _ => vec![(&self.cell.name, true), (&self.cell.short_name, false)],
        };
        let radii: &[f64] = match (request.mode, level) {
            (LabelMode::Petals, Level::Large) => &[34.0, 26.0, 18.0, LEAST_RADIUS],
            (LabelMode::Petals, _) => &[18.0, 15.0, LEAST_RADIUS],
            _ => &[0.0],
        };
        let disc = if level == Level::Large { DISC_EDGE } else { 0.0 };
        radii
            .iter()
            .flat_map(|r| {
                names
                    .iter()
                    .map(|n| self.block(request, level, *n, *r, disc))
                    .collect::<Vec<_>>()
            })
            .collect()
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
        let name_box = Rect::around(name_at, name_w, name_h);
        let disc_box = flower.map(|(c, r)| Rect::around(c, 2.0 * (r + disc), 2.0 * (r + disc)));
        let shapes = [Some(name_box), below.as_ref().map(|b| b.2), disc_box, mark]
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

    /// The first block that fits; a full name close to the edge only where no short one does better.
    fn first_that_fits<'b>(&self, blocks: &'b [Block], taken: &[Rect]) -> Option<(&'b Block, Found)> {
        let mut spare: Option<(&Block, Found)> = None;
        for block in blocks {
            let Some(found) = self.best(block, taken) else {
                continue;
            };
            let has_flower = block.flower.is_some();
            if found.clearance >= if has_flower { 0.0 } else { LEAST_FULL } || (!block.is_full_name && !has_flower) {
                return Some((block, found));
            }
            if spare.is_none_or(|s| found.clearance > s.1.clearance) {
                spare = Some((block, found));
            }
        }
        spare
    }

    /// The best place for a block in the window: clearance counts most, then nearness to the middle of the cell,
    /// then distance from the middle of the district, where its plate will stand.
    fn best(&self, block: &Block, taken: &[Rect]) -> Option<Found> {
        let k = self.text_scale;
        let steps = |half: f64| {
            let n = (half / 4.0).round() as i32;
            (-n..=n).map(move |i| f64::from(i) * 4.0 * k)
        };
        let mut best: Option<Found> = None;
        for dx in steps(WINDOW.0) {
            for dy in steps(WINDOW.1) {
                let at = Point::new(self.middle.x + dx, self.middle.y + dy);
                let away = self.district_middle.map_or(0.0, |m| m.distance(at).min(80.0 * k));
                let base = -0.4 * dx.hypot(dy) / k + 0.08 * away / k;
                let least = best.map_or(f64::NEG_INFINITY, |b: Found| b.score);
                if base + 10.0 * ENOUGH <= least {
                    continue;
                }
                let floor = ((least - base) / 10.0).max(-MOST_INNER_CROSSING * k);
                let Some(clearance) = self.clearance(block, at, floor) else {
                    continue;
                };
                let score = base + 10.0 * clearance.min(ENOUGH);
                if score > least && self.is_allowed(block, at, clearance, taken) {
                    best = Some(Found { at, clearance, score });
                }
            }
        }
        best
    }

    /// Distance between the block at `at` and the edge of the cell, negative where it crosses; `None` below `floor`.
    fn clearance(&self, block: &Block, at: Point, floor: f64) -> Option<f64> {
        let mut least = f64::INFINITY;
        for shape in &block.shapes {
            let r = moved(*shape, at);
            for p in &self.ring {
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
                !taken.iter().any(|t| t.meets(&r))
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
