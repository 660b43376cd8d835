//! The charts of the pages: each is a figure with a computed finding as its title and the records behind it.

mod talks;
mod town;
mod unit;
mod window;

pub use talks::*;
pub use town::*;
pub use unit::*;

use talks::TalkKind;

use super::route::{Address, Route, key};
use super::{format, list, reach, show, text};
use crate::chart::timeline::{Standing, month_place};
use crate::chart::{Figure, Ink, Kind, Value};
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period, Reading, Scope, Span};
use crate::model::ledger::{Ledger, Programme};
use crate::model::programmes::dream::ledgers::NightTalk;
use crate::model::records::{Records, rows};
use crate::model::value::Decimal;

/// A chart as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartVm {
    /// Data and finding.
    pub figure: Figure,
    /// What, unit, period.
    pub about: String,
    /// Words and address of the records behind it.
    pub records: Option<(String, String)>,
}

/// What the charts are computed from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// All records.
    pub records: &'a dyn Records,
    /// The values of the period and the day.
    pub board: &'a Board,
}

impl Source<'_> {
    /// Whose the values are: `全镇`, `寺前村`.
    fn whose(&self) -> String {
        reach::name(self.records, self.board.reach())
    }
}

/// The ink of a programme.
pub const fn ink(programme: Programme) -> Ink {
    match programme {
        Programme::Dream => Ink::Dream,
        Programme::Lead => Ink::Lead,
        Programme::Base => Ink::Base,
        Programme::Seedling => Ink::Seedling,
        Programme::Phoenix => Ink::Phoenix,
    }
}

/// A status as charts draw it.
pub const fn standing(status: text::Status) -> Standing {
    match status {
        text::Status::Late => Standing::Behind,
        text::Status::Warn => Standing::Warning,
        text::Status::Ok => Standing::Normal,
        text::Status::Done => Standing::Complete,
        text::Status::None => Standing::Unknown,
    }
}

/// The list of a ledger with filters.
pub fn ledger_href(ledger: &Ledger, filters: &[(&str, &str)]) -> String {
    let start = Address::from(Route::Ledger(ledger.id.to_owned()));
    let put = |address: Address, (name, value): &(&str, &str)| address.with(&format!("{}{name}", key::FILTER), value);
    filters.iter().fold(start, put).hash()
}

fn district_filter(id: &str) -> (&str, &str) {
    (list::DISTRICT, if id.is_empty() { list::NO_DISTRICT } else { id })
}

fn unit_filter(code: &str) -> (&str, &str) {
    ("unit", code)
}

fn figure(title: Option<String>, without: &str, subject: &str, unit: &str, kind: Kind) -> Figure {
    Figure {
        title: title.unwrap_or_else(|| without.to_owned()),
        subject: subject.to_owned(),
        unit: unit.to_owned(),
        kind,
    }
}

fn behind(ledger: &Ledger, count: usize, measure: &str, filters: &[(&str, &str)]) -> Option<(String, String)> {
    let words = format!("依据{} {} {measure}", ledger.label, format::count(count as i64));
    Some((words, ledger_href(ledger, filters)))
}

fn reading(source: Source, indicator: &'static Indicator, scope: &Scope) -> Reading {
    source.board.reading(indicator, scope)
}

fn number(amount: Decimal) -> f64 {
    amount.to_f64()
}

/// Ids and names of the districts that have units; units without one stand at the end under an empty id.
fn districts(source: Source) -> Vec<(String, String)> {
    let ids = source.board.frame().groups();
    let named = ids
        .into_iter()
        .map(|id| (id.to_owned(), show::district_name(source.records, id)));
    named.collect()
}

/// Tenths of a percent as whole percent.
fn percent(permille: i64) -> f64 {
    format::whole_percent(permille) as f64
}

/// The year on whose months charts of one unit stand: that of the last day of the period.
fn axis_year(source: Source) -> i32 {
    match source.board.period() {
        Period::Year(year) | Period::Quarter(year, _) => year,
        Period::Month(month) => month.ym().0,
        Period::Since(_) | Period::All => source.board.as_of().year(),
    }
}

/// The period where it lies in one year, else the year of the axis.
fn axis_words(source: Source) -> String {
    match source.board.period() {
        Period::Since(_) | Period::All => format!("{}年", axis_year(source)),
        period => period.label(),
    }
}

/// Whether a day belongs to the period, also one that is still to come, and lies on the axis.
fn on_axis(source: Source, day: Day) -> bool {
    let year = axis_year(source);
    let month = day.month().ym().1;
    day.year() == year
        && match source.board.period() {
            Period::Year(_) | Period::All => true,
            Period::Quarter(_, quarter) => (month - 1) / 3 + 1 == i32::from(quarter),
            Period::Month(own) => day.month() == own,
            Period::Since(from) => day >= from,
        }
}

/// The as-of day on the axis of a year, in months; nothing where it lies in another year.
fn today(as_of: Day, year: i32) -> Option<f64> {
    (as_of.year() == year).then(|| year_place(as_of, year))
}

/// `1月` to `12月`.
fn month_names(suffix: &str) -> Vec<String> {
    (1..=12).map(|m| format!("{m}{suffix}")).collect()
}

/// Place of a day on the axis of its year; days of other years lie at its ends.
fn year_place(day: Day, year: i32) -> f64 {
    let (y, month, date) = day.ymd();
    match y.cmp(&year) {
        std::cmp::Ordering::Less => 0.0,
        std::cmp::Ordering::Greater => 12.0,
        std::cmp::Ordering::Equal => {
            let days = day.month().last().ymd().2;
            month_place(month.unsigned_abs(), date.unsigned_abs(), days.unsigned_abs())
        }
    }
}

/// `3月5日`.
fn day_words(day: Day) -> String {
    let (_, month, date) = day.ymd();
    format!("{month}月{date}日")
}

/// One night talk as charts count it.
struct Talk<'a> {
    unit: &'a str,
    day: Day,
    kind: TalkKind,
}

/// The talks of the units in being, up to the last day of the period, from the beginning of the records.
fn talks<'a>(source: Source<'a>) -> Vec<Talk<'a>> {
    let to = source.board.span().to;
    let units = &source.board.frame().units;
    let all = rows::<NightTalk>(source.records).into_iter();
    let talk = |t: NightTalk<'a>| {
        let unit = t.unit()?;
        let own = units.iter().any(|u| u.codes.iter().any(|c| c == unit));
        Some(Talk {
            unit,
            day: t.date().filter(|d| own && *d <= to)?,
            kind: TalkKind::of(t.kind()),
        })
    };
    all.filter_map(talk).collect()
}

/// How many talks fall on the days.
fn count<'t>(talks: impl Iterator<Item = &'t Talk<'t>>, days: Span) -> f64 {
    talks.filter(|t| days.has(t.day)).count() as f64
}

fn values(months: &[Option<f64>]) -> Vec<Value> {
    months.iter().map(|m| Value::from(*m)).collect()
}

#[cfg(test)]
mod tests;
