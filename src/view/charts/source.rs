//! What every chart is made from, and the small pieces they share.

use crate::chart::timeline::month_place;
use crate::chart::{Figure, Ink, Kind, Task, Value};
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period, Reading, Scope};
use crate::model::ledger::{Ledger, Programme, Schema};
use crate::model::records::Records;
use crate::model::status::Status;
use crate::model::value::Decimal;
use crate::order::Arrange;
use crate::view::portion::{LINES, Portion};
use crate::view::route::{Address, Route, key};
use crate::view::{filter, format, reach, show};

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
    pub(in crate::view) fn whose(&self) -> String {
        reach::name_of_kind(self.records, self.board.reach(), self.board.community())
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

/// The list of a ledger with filters.
pub fn ledger_href(ledger: &Schema, filters: &[(&str, &str)]) -> String {
    let start = Address::from(Route::Ledger(ledger.id.to_owned()));
    let put = |address: Address, (name, value): &(&str, &str)| address.with(&format!("{}{name}", key::FILTER), value);
    filters.iter().fold(start, put).hash()
}

pub(in crate::view) fn district_filter(id: &str) -> (&str, &str) {
    (filter::DISTRICT, if id.is_empty() { filter::NO_DISTRICT } else { id })
}

pub(in crate::view) fn unit_filter(code: &str) -> (&str, &str) {
    ("unit", code)
}

pub(in crate::view) fn figure(title: Option<String>, without: &str, subject: &str, unit: &str, kind: Kind) -> Figure {
    Figure {
        title: title.unwrap_or_else(|| without.to_owned()),
        subject: subject.to_owned(),
        unit: unit.to_owned(),
        kind,
    }
}

pub(in crate::view) fn behind(
    ledger: &Ledger,
    count: usize,
    measure: &str,
    filters: &[(&str, &str)],
) -> Option<(String, String)> {
    let words = format!("依据{} {} {measure}", ledger.label, format::count(count as i64));
    Some((words, ledger_href(ledger.schema, filters)))
}

pub(in crate::view) fn reading(source: Source, indicator: &'static Indicator, scope: &Scope) -> Reading {
    source.board.reading(indicator, scope)
}

pub(in crate::view) fn number(amount: Decimal) -> f64 {
    amount.to_f64()
}

/// Ids and names of the districts that have units; units without one stand at the end under an empty id.
pub(in crate::view) fn districts(source: Source) -> Vec<(String, String)> {
    let ids = source.board.frame().groups();
    let named = ids
        .into_iter()
        .map(|id| (id.to_owned(), show::district_name(source.records, id)));
    named.collect()
}

/// Tenths of a percent as whole percent.
pub(in crate::view) fn percent(permille: i64) -> f64 {
    format::whole_percent(permille) as f64
}

/// The year on whose months charts of one unit stand: that of the last day of the period.
pub(in crate::view) fn axis_year(source: Source) -> i32 {
    match source.board.period() {
        Period::Year(year) | Period::Half(year, _) | Period::Quarter(year, _) => year,
        Period::Month(month) => month.ym().0,
        Period::Since(_) | Period::All => source.board.as_of().year(),
    }
}

/// The period where it lies in one year, else the year of the axis.
pub(in crate::view) fn axis_words(source: Source) -> String {
    match source.board.period() {
        Period::Since(_) | Period::All => format!("{}年", axis_year(source)),
        period => period.label(),
    }
}

/// Whether a day belongs to the period, also one that is still to come, and lies on the axis.
pub(in crate::view) fn on_axis(source: Source, day: Day) -> bool {
    let year = axis_year(source);
    let month = day.month().ym().1;
    day.year() == year
        && match source.board.period() {
            Period::Year(_) | Period::All => true,
            Period::Half(_, half) => (month - 1) / 6 + 1 == i32::from(half),
            Period::Quarter(_, quarter) => (month - 1) / 3 + 1 == i32::from(quarter),
            Period::Month(own) => day.month() == own,
            Period::Since(from) => day >= from,
        }
}

/// The as-of day on the axis of a year, in months; nothing where it lies in another year.
pub(in crate::view) fn today(as_of: Day, year: i32) -> Option<f64> {
    (as_of.year() == year).then(|| year_place(as_of, year))
}

/// `1月` to `12月`.
pub(in crate::view) fn month_names(suffix: &str) -> Vec<String> {
    (1..=12).map(|m| format!("{m}{suffix}")).collect()
}

/// Place of a day on the axis of its year; days of other years lie at its ends.
pub(in crate::view) fn year_place(day: Day, year: i32) -> f64 {
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
pub(in crate::view) fn day_words(day: Day) -> String {
    let (_, month, date) = day.ymd();
    format!("{month}月{date}日")
}

pub(in crate::view) fn values(months: &[Option<f64>]) -> Vec<Value> {
    months.iter().map(|m| Value::from(*m)).collect()
}

pub(in crate::view) fn record_href(id: &str) -> String {
    Address::from(Route::Record(id.to_owned())).hash()
}

/// `3月5日`, with its year where that is another than the axis has.
pub(in crate::view) fn day_in(day: Day, year: i32) -> String {
    if day.year() == year {
        day_words(day)
    } else {
        format!("{}年{}", day.year(), day_words(day))
    }
}

/// No more rows than a drawing holds, those first that are not done, and what is said of the rest: what is higher than
/// a browser can draw would not be drawn at all.
pub(in crate::view) fn drawn(mut tasks: Vec<Task>) -> (Vec<Task>, String) {
    let portion = Portion::of(tasks.len(), LINES);
    let Some(left) = portion.left_out() else {
        return (tasks, String::new());
    };
    tasks.arrange_by_key(|task| task.standing == Status::Done);
    tasks.truncate(portion.shown);
    (tasks, format!("，{left}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_no_more_rows_than_a_browser_can_draw() {
        let task = |place: usize| Task {
            label: format!("事项{place}"),
            start: 0.0,
            end: 1.0,
            done: None,
            standing: if place < 100 { Status::Done } else { Status::Late },
            dates: String::new(),
            key: None,
            steps: Vec::new(),
        };
        let few: Vec<Task> = (0..LINES).map(task).collect();
        assert_eq!(drawn(few.clone()), (few, String::new()));
        let (shown, left) = drawn((0..150).map(task).collect());
        assert_eq!(left, "，另 90 条没有列出");
        assert_eq!(shown.len(), LINES);
        assert_eq!(shown[0].label, "事项100");
        assert_eq!(shown[50].label, "事项0");
    }
}
