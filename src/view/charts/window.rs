//! The steps in time that charts of a period draw, and the same days of the year before.

use crate::chart::finding::month_word;
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::{Board, Period, Span};

/// As many steps as a chart draws at most; of longer periods quarters are drawn, then years.
const MOST: i32 = 12;

/// One step of a window.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::view) struct Step {
    /// On the axis: `3月`, `上旬`, `21年4季`, `2021年`.
    pub name: String,
    /// In a table whose columns have the title of the steps: `3`; else the name.
    pub short: String,
    /// In a sentence: `三月`.
    pub word: String,
    /// The days counted; it ends before it begins where nothing can be known yet.
    pub days: Span,
    /// The same days a year before.
    pub before: Span,
    /// The period that holds exactly these days, for the records behind them.
    pub period: Option<Period>,
}

impl Step {
    /// Whether anything can be known of it on the last day of the window.
    pub fn is_known(&self) -> bool {
        self.days.from.is_none_or(|from| from <= self.days.to)
    }
}

/// What of the time a chart draws.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::view) struct Window {
    /// Steps of the whole period, also those to come.
    pub steps: Vec<Step>,
    /// Days counted.
    pub span: Span,
    /// The same days a year before; nothing where the period is longer than a year.
    pub before: Option<Span>,
    /// The period with the day up to which it is counted: `2022年，截至11月22日`.
    pub words: String,
    /// Up to when, before a comparison: `全年`, `截至 11 月 22 日，`.
    pub until: String,
    /// Names of the lines of the period and of the year before.
    pub lines: (String, String),
}

impl Window {
    /// The window of a board's period; `first` is the day with which the records begin.
    pub fn of(board: &Board, first: Option<Day>) -> Window {
        let (period, span) = (board.period(), board.span());
        let (start, end) = whole(period, span, first);
        let steps = steps(period, start, end, span);
        let is_year_or_less = !matches!(period, Period::All) && start.plus_months(12) > end;
        let is_whole = span.to >= end && !matches!(period, Period::Since(_) | Period::All);
        let (_, month, day) = span.to.ymd();
        let (words, until) = match period {
            Period::Since(_) | Period::All => (
                format!("{}，截至 {}", period.label(), span.to),
                format!("截至 {month} 月 {day} 日，"),
            ),
            _ if is_whole => (period.label(), all_of(period).to_owned()),
            _ => (
                format!("{}，截至 {month} 月 {day} 日", period.label()),
                format!("截至 {month} 月 {day} 日，"),
            ),
        };
        let lines = match period {
            Period::Since(_) | Period::All => ("本期".to_owned(), "上年同期".to_owned()),
            _ => (format!("{}年", start.year()), format!("{}年同期", start.year() - 1)),
        };
        Window {
            before: is_year_or_less.then(|| year_before(span)),
            steps,
            span,
            words,
            until,
            lines,
        }
    }

    /// The steps of which something is known.
    pub fn known(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|s| s.is_known())
    }

    /// Title of the columns where the steps are months of one year; else the steps name themselves.
    pub fn title(&self) -> &'static str {
        if self.steps.iter().any(|s| s.short != s.name) {
            "月"
        } else {
            ""
        }
    }
}

const fn all_of(period: Period) -> &'static str {
    match period {
        Period::Month(_) => "全月",
        Period::Half(..) => "半年",
        Period::Quarter(..) => "全季",
        _ => "全年",
    }
}

/// First and last day of a period, whether they have come or not.
fn whole(period: Period, span: Span, first: Option<Day>) -> (Day, Day) {
    let months = |first: Month, count: i32| (first.first(), first.plus(count - 1).last());
    match period {
        Period::Year(year) => Month::new(year, 1).map(|m| months(m, 12)),
        Period::Half(year, half) => Month::new(year, i32::from(half.clamp(1, 2)) * 6 - 5).map(|m| months(m, 6)),
        Period::Quarter(year, quarter) => {
            Month::new(year, i32::from(quarter.clamp(1, 4)) * 3 - 2).map(|m| months(m, 3))
        }
        Period::Month(month) => Some(months(month, 1)),
        Period::Since(day) => Some((day.min(span.to), span.to)),
        Period::All => Some((first.unwrap_or(span.to).min(span.to), span.to)),
    }
    .unwrap_or((span.to, span.to))
}

/// The same days a year before; a month that is whole stays whole.
fn year_before(days: Span) -> Span {
    let to = days.to.plus_months(-12);
    Span {
        from: days.from.map(|d| d.plus_months(-12)),
        to: if days.to == days.to.month().last() {
            to.month().last()
        } else {
            to
        },
    }
}

fn steps(period: Period, start: Day, end: Day, span: Span) -> Vec<Step> {
    if let Period::Month(month) = period {
        return thirds(month, span);
    }
    let months = end.month().since(start.month()) + 1;
    let one_year = start.year() == end.year();
    let (each, first) = match months {
        m if m <= MOST => (1, start.month()),
        m if m <= MOST * 3 => (3, start.month().plus(-(start.month().ym().1 - 1) % 3)),
        _ => (12, start.month().plus(1 - start.month().ym().1)),
    };
    let count = (end.month().since(first) / each + 1).max(0);
    let step = |k: i32| {
        let month = first.plus(k * each);
        let (year, number) = month.ym();
        let short_year = year.rem_euclid(100);
        let (name, period) = match each {
            1 if one_year => (format!("{number}月"), Period::Month(month)),
            1 => (format!("{short_year:02}年{number}月"), Period::Month(month)),
            3 => {
                let quarter = (number - 1) / 3 + 1;
                let period = Period::Quarter(year, quarter.unsigned_abs() as u8);
                (format!("{short_year:02}年{quarter}季"), period)
            }
            _ => (format!("{year}年"), Period::Year(year)),
        };
        let (from, to) = (month.first(), month.plus(each - 1).last());
        let is_month = each == 1 && one_year;
        named(
            &name,
            is_month.then_some(number),
            from.max(start),
            to,
            span,
            (from >= start).then_some(period),
        )
    };
    (0..count).map(step).collect()
}

/// The ten-day thirds of a month.
fn thirds(month: Month, span: Span) -> Vec<Step> {
    let day = |n: i32| month.first().plus_days(n - 1);
    [
        ("上旬", day(1), day(10)),
        ("中旬", day(11), day(20)),
        ("下旬", day(21), month.last()),
    ]
    .into_iter()
    .map(|(name, from, to)| named(name, None, from, to, span, None))
    .collect()
}

fn named(name: &str, month: Option<i32>, from: Day, to: Day, span: Span, period: Option<Period>) -> Step {
    let days = Span {
        from: Some(from),
        to: to.min(span.to),
    };
    Step {
        name: name.to_owned(),
        short: month.map_or_else(|| name.to_owned(), |m| m.to_string()),
        word: month.map_or_else(|| name.to_owned(), |m| month_word(m.unsigned_abs()).to_owned()),
        before: year_before(days),
        days,
        period,
    }
}
