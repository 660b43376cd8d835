//! Figures over the months of a year: plans and what happened. Places in time are months from the start of the axis,
//! with fractions, so that no calendar is needed here; [`month_place`] gives them.

use super::palette::Ink;
use crate::model::status::Status;

/// One item of a [`Gantt`] plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its name.
    pub label: String,
    /// Planned start, in months from the start of the axis (0 is its first day).
    pub start: f64,
    /// Planned end, the same way.
    pub end: f64,
    /// How much is done, 0–100; `None` is not known.
    pub done: Option<f64>,
    /// How it stands.
    pub standing: Status,
    /// The dates in words, for the sentence: `1月1日至5月6日`.
    pub dates: String,
    /// Link.
    pub key: Option<String>,
    /// The steps it consists of; where there are any, they are drawn at their days instead of a bar.
    pub steps: Vec<Stage>,
}

/// One step of a [`Task`].
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its name.
    pub label: String,
    /// Its planned day, in months from the start of the axis.
    pub at: f64,
    /// How it stands: complete, behind its day, or still to come.
    pub standing: Status,
    /// In words: `计划 3月5日，已完成`.
    pub said: String,
    /// Link.
    pub key: Option<String>,
}

/// Plans and what is done of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Gantt {
    /// Names of the months, short: `1` to `12`; on an axis of several years a January has the year instead.
    pub months: Vec<String>,
    /// Today, in months from the start of the axis; `None` if it lies outside.
    pub today: Option<f64>,
    /// The items.
    pub tasks: Vec<Task>,
}

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// 例行记录: dot.
    Routine,
    /// 重要节点: diamond.
    Milestone,
    /// 检查登记: square.
    Check,
}

impl Occasion {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Occasion::Routine => "例行记录",
            Occasion::Milestone => "重要节点",
            Occasion::Check => "检查登记",
        }
    }
}

/// A moment on a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When, in months from the start of the axis.
    pub at: f64,
    /// What it is.
    pub occasion: Occasion,
    /// Written over it where there is room; the sentence has it always.
    pub label: String,
    /// The date in words: `3月5日`.
    pub date: String,
    /// Whether the label is to be written.
    pub named: bool,
    /// Link.
    pub key: Option<String>,
}

/// A stretch of time on a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// From, in months from the start of the axis.
    pub start: f64,
    /// To.
    pub end: f64,
    /// Written inside where there is room.
    pub label: String,
    /// The dates in words.
    pub dates: String,
    /// Link.
    pub key: Option<String>,
}

/// One line of a [`Lane`] chart: a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The programme, for the sentence; written at the left only with [`Lane::labels`].
    pub label: String,
    /// Its colour.
    pub ink: Ink,
    /// Moments.
    pub events: Vec<Event>,
    /// Stretches.
    pub spans: Vec<Span>,
}

/// Twelve months of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Names of the months: `1月` to `12月`.
    pub months: Vec<String>,
    /// Today, in months from the start of the axis.
    pub today: Option<f64>,
    /// The lines.
    pub tracks: Vec<Track>,
    /// Whether the months are written on top.
    pub header: bool,
    /// Whether the names of the lines are written at the left.
    pub labels: bool,
}

/// The place of a day on an axis of months that starts with January of the same year.
///
/// `month` is 1–12, `day` 1–31, `days` the length of the month. The day begins at that place.
pub fn month_place(month: u32, day: u32, days: u32) -> f64 {
    f64::from(month.clamp(1, 12) - 1) + f64::from(day.clamp(1, days.max(1)) - 1) / f64::from(days.max(1))
}
