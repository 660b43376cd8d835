//! Plans over the months: the ghost is the plan, the filled part is done, the red line is today.

use super::draft::{Draft, LABEL, NOTE, NOTE_STRONG, VALUE, word_cell};
use super::geometry::{Rect, at};
use super::number::percent;
use super::palette::Ink;
use super::rows::{Edges, Rows};
use super::scene::{Anchor, Cell, Hit, Table};
use super::timeline::{Gantt, Stage, Task};
use crate::model::status::Status;

const DONE_HEAD: &str = "完成";

fn done_words(task: &Task) -> String {
    if !task.steps.is_empty() {
        return format!("{}/{}", reached(task), task.steps.len());
    }
    done(task).map_or_else(|| "--".to_owned(), percent)
}

fn reached(task: &Task) -> usize {
    task.steps.iter().filter(|s| s.standing == Status::Done).count()
}

fn done(task: &Task) -> Option<f64> {
    task.done.filter(|v| v.is_finite()).map(|v| v.clamp(0.0, 100.0))
}

/// Months on top, the red line of today and its word. `x0` and `month` place the axis; lines run from `top` to
/// `bottom`.
pub(crate) fn months(d: &mut Draft<'_>, names: &[String], today: Option<f64>, axis: (f64, f64), top: f64) {
    let (x0, month) = axis;
    let y = top - d.u(11.0);
    let count = names.len() as f64;
    let today = today.filter(|t| (0.0..=count).contains(t));
    if let Some(t) = today {
        let half = d.width_of("今天", NOTE_STRONG) / 2.0;
        let x = (x0 + month * t).min(d.w() - half).max(half);
        d.text("今天", at(x, y), Anchor::Middle, NOTE_STRONG, Ink::Accent);
    }
    let gap = d.u(5.0);
    let wide = d.widest(names.iter().map(String::as_str), NOTE) + gap;
    let every = (wide / month).ceil().max(1.0) as usize;
    // On an axis of several years, those are named first.
    let first = names.iter().position(|n| n.chars().count() > 3).unwrap_or(0) % every;
    for (i, name) in names.iter().enumerate().skip(first).step_by(every) {
        let text = d.words(
            name,
            at(x0 + month * (i as f64 + 0.5), y),
            Anchor::Middle,
            NOTE,
            Ink::TextSecond,
        );
        d.text_if_free(text);
    }
}

/// Upright grid lines between the months.
pub(crate) fn month_lines(d: &mut Draft<'_>, count: usize, axis: (f64, f64), ys: (f64, f64)) {
    for i in 0..=count {
        let x = axis.0 + axis.1 * i as f64;
        d.line(&[at(x, ys.0), at(x, ys.1)], d.u(1.0), Ink::Grid, None);
    }
}

/// The red line.
pub(crate) fn today_line(d: &mut Draft<'_>, today: Option<f64>, count: usize, axis: (f64, f64), ys: (f64, f64)) {
    if let Some(t) = today.filter(|t| (0.0..=count as f64).contains(t)) {
        let x = axis.0 + axis.1 * t;
        d.line(&[at(x, ys.0), at(x, ys.1)], d.u(1.5), Ink::Accent, None);
    }
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Gantt) {
    let labels: Vec<&str> = data.tasks.iter().map(|t| t.label.as_str()).collect();
    let words: Vec<String> = data.tasks.iter().map(done_words).collect();
    let ends = d
        .widest(words.iter().map(String::as_str), VALUE)
        .max(d.width_of(DONE_HEAD, NOTE))
        + d.u(22.0);
    let edges = Edges {
        top: d.u(22.0),
        foot: 0.0,
        beside: ends,
    };
    let places = Rows::new(d, &labels, LABEL, &edges, (38.0, 26.0));
    let count = data.months.len();
    let month = (d.w() - places.x - ends) / count as f64;
    let axis = (places.x, month);
    let ys = (places.top - d.u(2.0), places.bottom());
    d.text(DONE_HEAD, at(d.w(), d.u(11.0)), Anchor::End, NOTE, Ink::TextSecond);
    if !places.above {
        d.text(
            "月",
            at(places.x - d.u(8.0), d.u(11.0)),
            Anchor::End,
            NOTE,
            Ink::TextSecond,
        );
    }
    months(d, &data.months, data.today, axis, places.top);
    if places.above {
        // Labels stand in the plane here; lines through words would not be read.
        for i in 0..data.tasks.len() {
            let middle = places.middle(d, i);
            let half = places.room(d) / 2.0;
            month_lines(d, count, axis, (middle - half, middle + half));
        }
    } else {
        month_lines(d, count, axis, ys);
    }
    let thick = d.u(15.0).min(places.room(d) * 0.7);
    for (i, task) in data.tasks.iter().enumerate() {
        places.label(d, i, &task.label, LABEL);
        row(
            d,
            task,
            &words[i],
            Rect::new(axis.0, places.middle(d, i), month, thick),
            count as f64,
        );
    }
    if places.above {
        for i in 0..data.tasks.len() {
            let middle = places.middle(d, i);
            let half = places.room(d) / 2.0;
            today_line(d, data.today, count, axis, (middle - half, middle + half));
        }
    } else {
        today_line(d, data.today, count, axis, ys);
    }
    d.scene.table = table(data);
}

/// One item; `place` is left edge of the axis, middle of the row, width of a month, thickness of the bar.
fn row(d: &mut Draft<'_>, task: &Task, words: &str, place: Rect, count: f64) {
    let x = |month: f64| {
        place.x
            + place.w
                * if month.is_finite() {
                    month.clamp(0.0, count)
                } else {
                    0.0
                }
    };
    let (from, to) = (x(task.start.min(task.end)), x(task.end.max(task.start)));
    let plan = Rect::new(from, place.y - place.h / 2.0, to - from, place.h);
    let shown = Rect::new(plan.x, plan.y, plan.w.max(d.u(3.0)), plan.h);
    let said = match done(task) {
        _ if !task.steps.is_empty() => format!("{} 步中 {} 步完成", task.steps.len(), reached(task)),
        Some(p) => format!("完成 {}", percent(p)),
        None => "没有数据".to_owned(),
    };
    let sentence = format!("{}，{}，{said}，{}", task.label, task.dates, task.standing.word());
    let widest = if task.steps.is_empty() { "100%" } else { words };
    let sign_x = d.w() - d.width_of(widest, VALUE) - d.u(10.0);
    // Steps are marks of their own and would lie over that of the whole line: it is met at its count.
    let met = if task.steps.is_empty() {
        shown
    } else {
        Rect::new(sign_x, plan.y, d.w() - sign_x, plan.h)
    };
    let id = d.mark(Hit::Rect(met), &task.label, &said, sentence, &task.key);
    if task.steps.is_empty() {
        d.block(shown, d.u(2.0), Ink::Ghost, Some(id));
    } else {
        d.line(&[at(from, place.y), at(to, place.y)], d.u(3.0), Ink::Ghost, Some(id));
        for step in &task.steps {
            stage(d, task, step, at(x(step.at), place.y));
        }
    }
    if let Some(p) = done(task).filter(|p| *p > 0.0 && task.steps.is_empty()) {
        let filled = Rect::new(plan.x, plan.y, plan.w * p / 100.0, plan.h);
        d.block(filled, d.u(2.0), Ink::of(task.standing), Some(id));
    }
    let open = done(task).is_some_and(|p| p < 100.0);
    let (font, ink) = if open {
        (VALUE, Ink::Text)
    } else {
        (NOTE, Ink::TextSecond)
    };
    d.text(words, at(d.w(), place.y), Anchor::End, font, ink);
    d.standing(task.standing, at(sign_x, place.y), Some(id));
}

/// One step at its planned day: filled when done, a ring while it is to come, in the colour of the late when its day has
/// passed.
fn stage(d: &mut Draft<'_>, task: &Task, step: &Stage, centre: super::geometry::Point) {
    let radius = d.u(4.5);
    let sentence = format!("{} {}，{}", task.label, step.label, step.said);
    let label = format!("{} {}", task.label, step.label);
    let id = d.mark(
        Hit::Disc(centre, radius + d.u(1.0)),
        &label,
        &step.said,
        sentence,
        &step.key,
    );
    match step.standing {
        Status::Done => d.disc(centre, radius, Ink::Base, Some(id)),
        Status::Late | Status::Warn => d.hollow(centre, radius, d.u(2.5), Ink::Late, Some(id)),
        Status::Ok | Status::None => d.hollow(centre, radius, d.u(1.5), Ink::Base, Some(id)),
    }
}

fn table(data: &Gantt) -> Table {
    let headers = ["事项", "计划时间", "完成", "状态"].map(str::to_owned).to_vec();
    let row = |t: &Task| {
        let done = Cell {
            text: done_words(t),
            numeric: true,
            key: t.key.clone(),
        };
        let dates = if t.dates.is_empty() { "--" } else { &t.dates };
        vec![
            word_cell(&t.label),
            word_cell(dates),
            done,
            word_cell(t.standing.word()),
        ]
    };
    Table {
        headers,
        rows: data.tasks.iter().map(row).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Gantt) -> String {
    let part = |t: &Task| format!("{} {}，{}", t.label, done_words(t), t.standing.word());
    let parts: Vec<String> = data.tasks.iter().map(part).collect();
    format!("进度图，{} 项：{}", data.tasks.len(), parts.join("；"))
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Gantt) -> bool {
    data.tasks.is_empty() || data.months.is_empty()
}
