//! Plates of the districts: placed after the names, never over one.

use super::geom::{Point, Rect, contains};
use super::label::{LINE, LabelMode, LabelRequest, Level, Plate, STRONG, dense, line_of_text};
use super::town::TownMap;

/// Free space between a plate and everything else, CSS px.
const CLEAR: f64 = 5.0;
/// Free space between a plate and the line of its district, CSS px.
const INSIDE: f64 = 2.0;
/// Free space left and right of the text, CSS px.
const PAD: f64 = 6.0;
/// Height of a plate at text size 1, CSS px.
const HEIGHT: f64 = 22.0;

/// A plate's text in one of its forms, measured in CSS px.
struct Form {
    name: String,
    name_w: f64,
    value: Option<(String, f64)>,
    size: f64,
    w: f64,
    h: f64,
}

/// A part of a district in CSS px.
struct Ground {
    rings: Vec<Vec<Point>>,
    line: Vec<Point>,
    /// Places to try, the nearest to the middle first.
    places: Vec<Point>,
}

/// Plates for every district asked for, and the districts that got none. `taken` is in map units.
pub(crate) fn place_plates(map: &TownMap, request: &LabelRequest<'_>, level: Level, taken: &[Rect]) -> (Vec<Plate>, Vec<usize>) {
    let k = request.text_scale;
    let mut blocked: Vec<Rect> = taken.iter().map(|r| r.scaled(request.scale).grown(CLEAR * k)).collect();
    let view = map.view.scaled(request.scale);
    let mut jobs = Vec::new();
    for (d, shape) in map.districts.iter().enumerate() {
        if request.only.is_some_and(|o| o != d) || d >= request.plates.len() {
            continue;
        }
        for (p, part) in shape.parts.iter().enumerate() {
            let ground = Ground::new(&part.rings, part.middle, request.scale, k);
            let forms = forms(request, level, d);
            let choice = forms.first().map_or(0, |f| ground.places.iter().filter(|at| ground.fits(f, **at, &blocked, k)).take(40).count());
            jobs.push((choice, d, p, ground, forms));
        }
    }
    // Those with the least choice first.
    jobs.sort_by_key(|j| (j.0, j.1, j.2));
    let mut plates = Vec::new();
    for (_, d, p, ground, forms) in &jobs {
        if let Some((form, at)) = ground.find(forms, &blocked, &view, k) {
            blocked.push(Rect::around(at, form.w, form.h).grown(CLEAR * k));
            plates.push(form.plate(*d, *p, at, request.scale, k));
        }
    }
    plates.sort_by_key(|p| (p.district, p.part));
    let hidden = jobs.iter().map(|j| j.1).filter(|d| !plates.iter().any(|p: &Plate| p.district == *d));
    let mut hidden: Vec<usize> = hidden.collect();
    hidden.sort_unstable();
    hidden.dedup();
    (plates, hidden)
}

/// The forms of a plate, the best first: full name before short name, where the view calls for the full one.
fn forms(request: &LabelRequest<'_>, level: Level, district: usize) -> Vec<Form> {
    let text = &request.plates[district];
    let value = text.value.as_ref().filter(|_| level == Level::Districts);
    let is_short = level == Level::Districts || (level == Level::Names && request.mode == LabelMode::Petals);
    let mut names = vec![&text.short];
    if !is_short && text.name != text.short {
        names.insert(0, &text.name);
    }
    let k = request.text_scale;
    let size = 14.0 * k;
    let wide = |t: &str| f64::from((request.measure)(t, size as f32)) * STRONG;
    names
        .into_iter()
        .map(|name| {
            let (name_w, value) = (wide(name), value.map(|v| (v.clone(), wide(v))));
            let w = name_w + 2.0 * PAD * k + value.as_ref().map_or(0.0, |v| v.1 + PAD * k);
            Form { name: name.clone(), name_w, value, size, w, h: HEIGHT * k }
        })
        .collect()
}

impl Form {
    fn plate(&self, district: usize, part: usize, at: Point, scale: f64, k: f64) -> Plate {
        let bounds = Rect::around(at, self.w, self.h);
        let line = |left: f64, w: f64| Rect { x: left, y: at.y - LINE * self.size / 2.0, w, h: LINE * self.size };
        let left = bounds.x + PAD * k;
        let text = |t: &str, r: Rect| line_of_text(t, self.size, r, scale);
        Plate {
            district,
            part,
            bounds: bounds.scaled(1.0 / scale),
            name: text(&self.name, line(left, self.name_w)),
            value: self.value.as_ref().map(|(v, w)| text(v, line(left + self.name_w + PAD * k, *w))),
        }
    }
}

impl Ground {
    fn new(rings: &[Vec<Point>], middle: Point, scale: f64, k: f64) -> Self {
        let px = |p: &Point| Point::new(p.x * scale, p.y * scale);
        let rings: Vec<Vec<Point>> = rings.iter().map(|r| r.iter().map(px).collect()).collect();
        let bounds = Rect::bounding(rings.iter().flatten());
        let middle = px(&middle);
        let step = (3.0 * k).max(bounds.w.max(bounds.h) / 70.0);
        let around = |from: f64, to: f64, middle: f64| {
            let (down, up) = (((middle - from) / step) as i32, ((to - middle) / step) as i32);
            (-down..=up).map(move |i| middle + f64::from(i) * step)
        };
        let mut places: Vec<Point> = around(bounds.x, bounds.x + bounds.w, middle.x)
            .flat_map(|x| around(bounds.y, bounds.y + bounds.h, middle.y).map(move |y| Point::new(x, y)))
            .collect();
        // sort is stable, so equal distances keep their order.
        places.sort_by(|a, b| a.distance(middle).total_cmp(&b.distance(middle)));
        Self { line: rings.iter().flat_map(|r| dense(r, 4.0)).collect(), rings, places }
    }

    /// The nearest place inside the district; else, form after form, one across its border.
    fn find<'f>(&self, forms: &'f [Form], blocked: &[Rect], view: &Rect, k: f64) -> Option<(&'f Form, Point)> {
        for form in forms {
            if let Some(at) = self.places.iter().find(|at| self.fits(form, **at, blocked, k)) {
                return Some((form, *at));
            }
        }
        // The shortest crosses least.
        for form in forms.iter().rev() {
            let across = |at: &&Point| {
                let r = Rect::around(**at, form.w, form.h);
                view.encloses(&r) && !blocked.iter().any(|b| b.meets(&r)) && contains(&self.rings, **at)
            };
            if let Some(at) = self.places.iter().find(across) {
                return Some((form, *at));
            }
        }
        None
    }

    fn fits(&self, form: &Form, at: Point, blocked: &[Rect], k: f64) -> bool {
        let r = Rect::around(at, form.w, form.h);
        !blocked.iter().any(|b| b.meets(&r))
            && self.line.iter().all(|p| r.distance(*p) >= INSIDE * k)
            && contains(&self.rings, at)
    }
}
