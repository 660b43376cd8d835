//! Twelve months of one unit, a line for each programme: dots are routine, diamonds milestones, squares checks.

use super::draft::{Draft, NOTE, VALUE, diamond, word_cell};
use super::gantt::{month_lines, months, today_line};
use super::geometry::{Point, Rect, at};
use super::palette::Ink;
use super::scale::rising;
use super::scene::{Anchor, Cell, Hit, Shape, Table};
use super::timeline::{Event, Lane, Occasion, Span, Track};

/// Height of a line, px at scale 1.
const TRACK: f64 = 74.0;

/// What a line holds.
#[derive(Clone, Copy)]
enum Item<'a> {
    Event(&'a Event),
    Span(&'a Span),
}

/// What a line holds, in the order of time.
fn items(track: &Track) -> Vec<Item<'_>> {
    let spans = track.spans.iter().map(|s| (s.start, Item::Span(s)));
    let all: Vec<(f64, Item<'_>)> = spans
        .chain(track.events.iter().map(|e| (e.at, Item::Event(e))))
        .collect();
    let times: Vec<f64> = all.iter().map(|i| i.0).collect();
    rising(&times).into_iter().map(|i| all[i].1).collect()
}

struct Axis {
    x0: f64,
    month: f64,
    count: usize,
}

impl Axis {
    fn x(&self, months: f64) -> f64 {
        let months = if months.is_finite() {
            months.clamp(0.0, self.count as f64)
        } else {
            0.0
        };
        self.x0 + self.month * months
    }
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Lane) {
    let tracks = data.tracks.len() as f64;
    let head = if data.header { d.u(24.0) } else { 0.0 };
    let least = head + d.u(TRACK) * tracks;
    let h = d.settle(least, least);
    let pitch = if tracks > 0.0 { (h - head) / tracks } else { 0.0 };
    let labels = if data.labels {
        d.widest(data.tracks.iter().map(|t| t.label.as_str()), VALUE) + d.u(12.0)
    } else {
        0.0
    };
    let x0 = labels + d.u(8.0);
    let axis = Axis {
        x0,
        month: (d.w() - x0 - d.u(8.0)) / data.months.len() as f64,
        count: data.months.len(),
    };
    let places = (axis.x0, axis.month);
    if data.header {
        months(d, &data.months, data.today, places, head);
    }
    for (i, track) in data.tracks.iter().enumerate() {
        let y = head + pitch * i as f64;
        if i > 0 {
            d.line(&[at(0.0, y), at(d.w(), y)], d.u(1.0), Ink::Line, None);
        }
        let ys = (y + d.u(1.0), y + pitch - d.u(1.0));
        month_lines(d, axis.count, places, ys);
        if data.labels {
            d.text(
                &track.label,
                at(0.0, y + pitch / 2.0),
                Anchor::Start,
                VALUE,
                track.ink.words(),
            );
        }
        one(d, track, &axis, data.today, Rect::new(0.0, y, d.w(), pitch));
        today_line(d, data.today, axis.count, places, ys);
    }
    d.scene.table = table(data);
}

fn one(d: &mut Draft<'_>, track: &Track, axis: &Axis, today: Option<f64>, place: Rect) {
    let y = place.middle().y;
    if track.spans.is_empty() {
        let end = axis.x(today.unwrap_or(axis.count as f64));
        d.line(&[at(axis.x0, y), at(end, y)], d.u(2.0), Ink::Ghost, None);
    }
    let with_spans = !track.spans.is_empty();
    let event_at = |e: &Event, d: &Draft<'_>| {
        let lower = with_spans && e.occasion == Occasion::Check;
        at(axis.x(e.at), if lower { y + d.u(23.0) } else { y })
    };
    let dots: Vec<Point> = track.events.iter().map(|e| event_at(e, d)).collect();
    // Stretches lie under moments, whatever the order they are read in.
    let mut late = Vec::new();
    for item in items(track) {
        match item {
            Item::Span(s) => span(d, track, s, axis, y, &dots),
            Item::Event(e) => {
                let c = event_at(e, d);
                let words = [track.label.as_str(), &e.date, e.occasion.word(), &e.label];
                let said: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
                let label = if e.label.is_empty() {
                    e.occasion.word()
                } else {
                    &e.label
                };
                let when = if e.date.is_empty() { "--" } else { &e.date };
                let id = d.mark(Hit::Disc(c, d.u(6.0)), label, when, said.join("，"), &e.key);
                late.push((e, c, id));
            }
        }
    }
    for (event, c, id) in late {
        sign(d, event.occasion, track.ink, c, Some(id));
        if event.named && !event.label.is_empty() {
            let half = d.width_of(&event.label, NOTE) / 2.0;
            let x = c.x.min(d.w() - half).max(half);
            let up = y - place.y - d.u(14.0);
            let text = d.words(
                &event.label,
                at(x, y - up.min(d.u(23.0))),
                Anchor::Middle,
                NOTE,
                Ink::Text,
            );
            d.text_if_free(text);
        }
    }
}

fn sign(d: &mut Draft<'_>, occasion: Occasion, ink: Ink, c: Point, mark: Option<super::scene::MarkId>) {
    match occasion {
        Occasion::Routine => {
            d.disc(c, d.u(5.75), Ink::Surface, mark);
            d.disc(c, d.u(4.5), ink, mark);
        }
        Occasion::Milestone => {
            d.shape(Shape::Area(diamond(c, d.u(8.0), d.u(9.0))), Ink::Surface, mark);
            d.shape(Shape::Area(diamond(c, d.u(6.4), d.u(7.4))), ink, mark);
        }
        Occasion::Check => {
            let side = d.u(12.0);
            let outer = Rect::new(c.x - side / 2.0, c.y - side / 2.0, side, side);
            d.block(outer, 0.0, ink, mark);
            d.block(outer.grown(-d.u(2.0)), 0.0, Ink::Surface, mark);
        }
    }
}

fn span(d: &mut Draft<'_>, track: &Track, span: &Span, axis: &Axis, y: f64, dots: &[Point]) {
    let (from, to) = (axis.x(span.start.min(span.end)), axis.x(span.end.max(span.start)));
    let high = d.u(16.0);
    let rect = Rect::new(from, y - high / 2.0, (to - from).max(d.u(4.0)), high);
    // The value card points to a place of the stretch where no moment stands.
    let clear = |x: f64| dots.iter().all(|p| p.distance(at(x, y)) > d.u(6.5));
    let places = (1..32).map(|k| rect.x + rect.w * f64::from(if k % 2 == 0 { 16 + k / 2 } else { 16 - k / 2 }) / 32.0);
    let middle = places.filter(|x| clear(*x)).find(|x| *x > rect.x && *x < rect.right());
    let middle = at(middle.unwrap_or(rect.middle().x), y);
    let words = [track.label.as_str(), &span.label, &span.dates];
    let said: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
    let when = if span.dates.is_empty() { "--" } else { &span.dates };
    let id = d.mark(
        Hit::Area(rect.corners(), middle),
        &span.label,
        when,
        said.join("，"),
        &span.key,
    );
    d.block(rect, d.u(2.0), track.ink, Some(id));
    d.block(rect.grown(-d.u(1.0)), d.u(1.5), track.ink.soft(), Some(id));
    let text = d.words(
        &span.label,
        at(rect.x + d.u(8.0), y),
        Anchor::Start,
        NOTE,
        track.ink.words(),
    );
    let e = text.extent().grown(d.u(7.0));
    if e.right() <= rect.right() && !dots.iter().any(|p| e.contains(*p)) {
        d.text_if_free(text);
    }
}

fn table(data: &Lane) -> Table {
    let headers = ["工程", "时间", "类别", "内容"].map(str::to_owned).to_vec();
    let shown = |w: &str| {
        if w.is_empty() { "--".to_owned() } else { w.to_owned() }
    };
    let mut rows = Vec::new();
    for track in &data.tracks {
        for item in items(track) {
            let (when, sort, what, key) = match item {
                Item::Event(e) => (&e.date, e.occasion.word(), &e.label, &e.key),
                Item::Span(s) => (&s.dates, "起止时段", &s.label, &s.key),
            };
            let what = Cell {
                text: shown(what),
                numeric: false,
                key: key.clone(),
            };
            rows.push(vec![
                word_cell(&track.label),
                word_cell(&shown(when)),
                word_cell(sort),
                what,
            ]);
        }
    }
    Table { headers, rows }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Lane) -> String {
    let part = |t: &Track| {
        let count = |o: Occasion| t.events.iter().filter(|e| e.occasion == o).count();
        let kinds = [Occasion::Routine, Occasion::Milestone, Occasion::Check];
        let mut said: Vec<String> = kinds
            .iter()
            .filter(|o| count(**o) > 0)
            .map(|o| format!("{} {} 次", o.word(), count(*o)))
            .collect();
        if !t.spans.is_empty() {
            said.push(format!("起止时段 {} 个", t.spans.len()));
        }
        let said = if said.is_empty() {
            "没有记录".to_owned()
        } else {
            said.join("，")
        };
        format!("{}：{said}", t.label)
    };
    let parts: Vec<String> = data.tracks.iter().map(part).collect();
    format!("时间轴，{}", parts.join("；"))
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Lane) -> bool {
    data.months.is_empty() || data.tracks.is_empty()
}
