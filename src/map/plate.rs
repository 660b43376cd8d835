//! Plates of the districts: placed after the names, never over one.

use super::fit::dense;
use super::geom::{Point, Rect, contains};
use super::lettering::{LINE, LabelMode, LabelRequest, Level, Plate, STRONG, line_of_text};
use super::town::TownMap;
use crate::order::{Arrange, Gather};

/// Free space between a plate and everything else, CSS px.
const CLEAR: f64 = 5.0;
/// The same where a plate would otherwise be missing, CSS px.
const LEAST_CLEAR: f64 = 1.5;
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
    /// The value under the name instead of beside it.
    is_stacked: bool,
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
pub(crate) fn place_plates(
    map: &TownMap,
    request: &LabelRequest<'_>,
    level: Level,
    taken: &[Rect],
) -> (Vec<Plate>, Vec<usize>) {
    let k = request.text_scale;
    let grown = |clear: f64| -> Vec<Rect> { taken.iter().map(|r| r.scaled(request.scale).grown(clear * k)).collect() };
    let blocked = grown(CLEAR);
    let mut jobs = Vec::new();
    for (d, shape) in map.districts.iter().enumerate() {
        if request.only.is_some_and(|o| o != d) || d >= request.plates.len() {
            continue;
        }
        for (p, part) in shape.parts.iter().enumerate() {
            let ground = Ground::new(&part.rings, part.middle, request.scale, k);
            let forms = forms(request, level, d);
            let choice = forms.first().map_or(0, |f| {
                ground
                    .places
                    .iter()
                    .filter(|at| ground.fits(f, **at, &blocked, k))
                    .take(12)
                    .count()
            });
            jobs.push(Job {
                district: d,
                part: p,
                choice,
                ground,
                forms,
            });
        }
    }
    // Those with the least choice first.
    jobs.arrange_by_key(|j| (j.choice, j.district, j.part));
    let view = map.view.scaled(request.scale);
    let mut best: Option<(Vec<usize>, Vec<Plate>)> = None;
    for round in 0..ROUNDS {
        // Late rounds give up some free space, then the values, to find room.
        let clear = if round < 3 { CLEAR } else { LEAST_CLEAR };
        let (plates, left) = place_once(&jobs, grown(clear), &view, request, clear, round + 2 >= ROUNDS);
        let missing = without_plate(&jobs, &plates);
        if best
            .as_ref()
            .is_none_or(|(m, p)| (missing.len(), p.len()) < (m.len(), plates.len()))
        {
            best = Some((missing, plates));
        }
        if left.is_empty() || best.as_ref().is_some_and(|b| b.0.is_empty()) {
            break;
        }
        // Who found no room comes first next time.
        jobs.arrange_by_key(|j| !left.contains(&(j.district, j.part)));
    }
    let (hidden, mut plates) = best.unwrap_or_default();
    plates.arrange_by_key(|p| (p.district, p.part));
    (plates, hidden)
}

/// How often the order of the plates is changed to find room for all.
const ROUNDS: usize = 6;

/// A plate to place.
struct Job {
    district: usize,
    part: usize,
    /// In how many places it fits inside its district.
    choice: usize,
    ground: Ground,
    forms: Vec<Form>,
}

/// Places what fits in the given order; also returns district and part of what does not.
fn place_once(
    jobs: &[Job],
    mut blocked: Vec<Rect>,
    view: &Rect,
    request: &LabelRequest<'_>,
    clear: f64,
    is_short: bool,
) -> (Vec<Plate>, Vec<(usize, usize)>) {
    let k = request.text_scale;
    let (mut plates, mut left) = (Vec::new(), Vec::new());
    for job in jobs {
        let forms = if is_short {
            &job.forms[job.forms.len().saturating_sub(1)..]
        } else {
            &job.forms[..]
        };
        match job.ground.find(forms, &blocked, view, k) {
            Some((form, at)) => {
                blocked.push(Rect::around(at, form.w, form.h).grown(clear * k));
                plates.push(form.plate(job.district, job.part, at, request.scale, k));
            }
            None => left.push((job.district, job.part)),
        }
    }
    (plates, left)
}

/// Districts, in order, that have jobs but no plate.
fn without_plate(jobs: &[Job], plates: &[Plate]) -> Vec<usize> {
    let all = jobs.iter().map(|j| j.district).gather_set();
    all.into_iter()
        .filter(|d| !plates.iter().any(|p| p.district == *d))
        .collect()
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
    let form = |name: &String, value: Option<&String>, is_stacked: bool| {
        let (name_w, value) = (wide(name), value.map(|v| (v.clone(), wide(v))));
        let value_w = value.as_ref().map_or(0.0, |v| v.1);
        let w = match value {
            Some(_) if is_stacked => name_w.max(value_w) + 2.0 * PAD * k,
            Some(_) => name_w + value_w + 3.0 * PAD * k,
            None => name_w + 2.0 * PAD * k,
        };
        Form {
            name: name.clone(),
            name_w,
            value,
            is_stacked,
            size,
            w,
            h: if is_stacked {
                2.0 * LINE * size + 4.0 * k
            } else {
                HEIGHT * k
            },
        }
    };
    let mut forms: Vec<Form> = names.iter().map(|name| form(name, value, false)).collect();
    if value.is_some() {
        // Rather a name over its value than one without, and rather that than nothing.
        forms.push(form(&text.short, value, true));
        forms.push(form(&text.short, None, false));
    }
    forms
}

impl Form {
    fn plate(&self, district: usize, part: usize, at: Point, scale: f64, k: f64) -> Plate {
        let bounds = Rect::around(at, self.w, self.h);
        let line = |left: f64, down: f64, w: f64| Rect {
            x: left,
            y: at.y + (down - 0.5) * LINE * self.size,
            w,
            h: LINE * self.size,
        };
        let left = bounds.x + PAD * k;
        let text = |t: &str, r: Rect| line_of_text(t, self.size, r, scale);
        let (name_at, value_at) = match (&self.value, self.is_stacked) {
            (Some((_, w)), true) => (
                line(at.x - self.name_w / 2.0, -0.5, self.name_w),
                line(at.x - w / 2.0, 0.5, *w),
            ),
            (value, _) => {
                let w = value.as_ref().map_or(0.0, |v| v.1);
                (line(left, 0.0, self.name_w), line(left + self.name_w + PAD * k, 0.0, w))
            }
        };
        Plate {
            district,
            part,
            bounds: bounds.scaled(1.0 / scale),
            name: text(&self.name, name_at),
            value: self.value.as_ref().map(|(v, _)| text(v, value_at)),
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
        places.arrange_by(|a, b| a.distance(middle).total_cmp(&b.distance(middle)));
        Self {
            line: rings.iter().flat_map(|r| dense(r, 4.0)).collect(),
            rings,
            places,
        }
    }

    /// The nearest place inside the district; else, form after form, one across its border.
    fn find<'f>(&self, forms: &'f [Form], blocked: &[Rect], view: &Rect, k: f64) -> Option<(&'f Form, Point)> {
        let is_inside = |form: &&Form| forms.first().is_some_and(|f| f.value.is_some() == form.value.is_some());
        for form in forms.iter().filter(is_inside) {
            if let Some(at) = self.places.iter().find(|at| self.fits(form, **at, blocked, k)) {
                return Some((form, *at));
            }
        }
        // The shortest crosses least, but the value is worth more than the line.
        let shorter = |form: &&Form| !is_inside(form);
        for form in forms.iter().rev().filter(is_inside).chain(forms.iter().filter(shorter)) {
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
