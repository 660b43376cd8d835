//! Periods and the span of days they count, cut at the as-of date (G7, Z12).

use crate::model::date::{Day, Month};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A calendar year.
    Year(i32),
    /// The first or second half of a year.
    Half(i32, u8),
    /// A quarter 1 to 4 of a year.
    Quarter(i32, u8),
    /// A calendar month.
    Month(Month),
    /// Everything since a start event (Z12), up to the as-of date.
    Since(Day),
    /// Everything up to the as-of date.
    All,
}

/// Days counted: from the first (if there is one) to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First day; `None`: no beginning.
    pub from: Option<Day>,
    /// Last day; states are those of the evening of this day.
    pub to: Day,
}

impl Period {
    /// The days counted on `as_of`. A period that has not begun ends before it begins and counts nothing.
    pub fn span(self, as_of: Day) -> Span {
        let months = |first: Month, count: i32| Span {
            from: Some(first.first()),
            to: first.plus(count - 1).last().min(as_of),
        };
        match self {
            Period::Year(year) => Month::new(year, 1).map_or(Span::none(as_of), |m| months(m, 12)),
            Period::Quarter(year, quarter) => {
                let first = i32::from(quarter.clamp(1, 4)) * 3 - 2;
                Month::new(year, first).map_or(Span::none(as_of), |m| months(m, 3))
            }
            Period::Half(year, half) => {
                let first = i32::from(half.clamp(1, 2)) * 6 - 5;
                Month::new(year, first).map_or(Span::none(as_of), |m| months(m, 6))
            }
            Period::Month(month) => months(month, 1),
            Period::Since(from) => Span {
                from: Some(from),
                to: as_of,
            },
            Period::All => Span { from: None, to: as_of },
        }
    }

    /// The part of a yearly target that it asks for on `as_of`, as a fraction: twelfths for calendar periods, the days so
    /// far of 365 since a start; `None` for everything, which has no length.
    pub fn of_year(self, as_of: Day) -> Option<(i64, i64)> {
        match self {
            Period::Month(_) => Some((1, 12)),
            Period::Quarter(..) => Some((3, 12)),
            Period::Half(..) => Some((6, 12)),
            Period::Year(_) => Some((12, 12)),
            Period::Since(from) => Some((i64::from(as_of.since(from)).max(0) + 1, 365)),
            Period::All => None,
        }
    }

    /// `2022年`, `2022年上半年`, `2022年第一季度`, `2022年3月`, `2022-02-10起`, `全部`.
    pub fn label(self) -> String {
        match self {
            Period::Year(year) => format!("{year}年"),
            Period::Half(year, 1) => format!("{year}年上半年"),
            Period::Half(year, _) => format!("{year}年下半年"),
            Period::Quarter(year, quarter) => {
                let name = ["一", "二", "三", "四"][usize::from(quarter.clamp(1, 4)) - 1];
                format!("{year}年第{name}季度")
            }
            Period::Month(month) => {
                let (year, month) = month.ym();
                format!("{year}年{month}月")
            }
            Period::Since(day) => format!("{day}起"),
            Period::All => "全部".to_string(),
        }
    }
}

impl Span {
    fn none(as_of: Day) -> Span {
        Span {
            from: Some(as_of.plus_days(1)),
            to: as_of,
        }
    }

    /// Whether the day is counted.
    pub fn has(self, day: Day) -> bool {
        day <= self.to && self.from.is_none_or(|from| day >= from)
    }

    /// Whether an optional day is there and counted.
    pub fn takes(self, day: Option<Day>) -> bool {
        day.is_some_and(|day| self.has(day))
    }

    /// Whether something had happened by the last day.
    pub fn past(self, day: Option<Day>) -> bool {
        day.is_some_and(|day| day <= self.to)
    }

    /// Whether something that began (or always was) and has not ended holds on the last day.
    pub fn holds(self, since: Option<Day>, until: Option<Day>) -> bool {
        since.is_none_or(|day| day <= self.to) && until.is_none_or(|day| day > self.to)
    }

    /// Year of the last day.
    pub fn year(self) -> i32 {
        self.to.year()
    }
}
