//! The charts of the pages: each is a figure with a computed finding as its title and the records behind it.

mod talks;
mod town;
mod unit;

pub use talks::*;
pub use town::*;
pub use unit::*;

use super::route::{Address, Route, key};
use super::{format, list, show, text};
use crate::chart::timeline::{Standing, month_place};
use crate::chart::{Figure, Ink, Kind, Value};
use crate::model::date::Day;
use crate::model::dream::NightTalk;
use crate::model::indicator::{Board, Reading, Scope, Span, by_id};
use crate::model::ledger::{Ledger, Programme};
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
    (list::DISTRICT, id)
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

fn reading(source: Source, id: &str, scope: &Scope) -> Option<Reading> {
    by_id(id).map(|i| source.board.reading(i, scope))
}

fn number(amount: Decimal) -> f64 {
    amount.to_f64()
}

/// Ids and names of the districts that have units.
fn districts(source: Source) -> Vec<(String, String)> {
    let ids = source.board.frame().districts();
    let named = ids
        .into_iter()
        .map(|id| (id.to_owned(), show::district_name(source.records, id)));
    named.collect()
}

/// Tenths of a percent as whole percent.
fn percent(permille: i64) -> f64 {
    ((permille + 5) / 10) as f64
}

/// The as-of day on the axis of its year, in months.
fn today(as_of: Day) -> Option<f64> {
    Some(year_place(as_of, as_of.year()))
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
    is_bay: bool,
    is_star: bool,
}

/// The talks up to the as-of day.
fn talks<'a>(source: Source<'a>) -> Vec<Talk<'a>> {
    let all = rows::<NightTalk>(source.records).into_iter();
    let talk = |t: NightTalk<'a>| {
        Some(Talk {
            unit: t.unit()?,
            day: t.date().filter(|d| *d <= source.board.as_of())?,
            is_bay: t.kind() == Some("bay"),
            is_star: t.kind() == Some("star"),
        })
    };
    all.filter_map(talk).collect()
}

/// Counts per month of a year: index 0 is January.
fn by_month<'t>(talks: impl Iterator<Item = &'t Talk<'t>>, year: i32) -> [f64; 12] {
    let mut months = [0.0; 12];
    for talk in talks.filter(|t| t.day.year() == year) {
        if let Some(place) = usize::try_from(talk.day.month().ym().1 - 1)
            .ok()
            .and_then(|m| months.get_mut(m))
        {
            *place += 1.0;
        }
    }
    months
}

/// The same with nothing known after the as-of month.
fn known_months(months: [f64; 12], year: i32, as_of: Day) -> Vec<Option<f64>> {
    let last = if as_of.year() > year { 12 } else { as_of.month().ym().1 };
    (1..=12).zip(months).map(|(m, v)| (m <= last).then_some(v)).collect()
}

/// `2022年1—11月`: what of a year is counted on the as-of day.
fn year_words(span: Span, year: i32) -> String {
    if span.to.year() > year {
        return format!("{year}年");
    }
    match span.to.month().ym().1 {
        1 => format!("{year}年1月"),
        12 => format!("{year}年"),
        last => format!("{year}年1—{last}月"),
    }
}

fn values(months: &[Option<f64>]) -> Vec<Value> {
    months.iter().map(|m| Value::from(*m)).collect()
}

#[cfg(test)]
mod tests;
