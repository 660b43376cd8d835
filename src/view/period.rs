//! The period and the day of the figures, as the address names them and as a person chooses them.

use crate::model::date::{Day, Month};
use crate::model::engine::indicator::Period;
use crate::model::programmes::dream::ledgers::NightTalk;
use crate::model::records::{Records, rows};

/// The kinds of periods a person chooses between, with their words.
pub const KINDS: [(&str, &str); 6] = [
    ("year", "按年"),
    ("half", "按半年"),
    ("quarter", "按季"),
    ("month", "按月"),
    ("since", "活动以来"),
    ("all", "全部"),
];

/// How far back a choice of periods reaches, in years.
const YEARS: i32 = 4;

/// Reads `2022`, `2022-h1`, `2022-q4`, `2022-11`, `2022-02-10..` or `all`; `H` and `Q` as well.
pub fn parse(text: &str) -> Option<Period> {
    if text == "all" {
        return Some(Period::All);
    }
    if let Some(day) = text.strip_suffix("..") {
        return Day::parse(day).map(Period::Since);
    }
    if let Some((year, half)) = text.split_once("-h").or_else(|| text.split_once("-H")) {
        let half = half.parse().ok().filter(|h| (1..=2).contains(h))?;
        return Some(Period::Half(year.parse().ok()?, half));
    }
    if let Some((year, quarter)) = text.split_once("-q").or_else(|| text.split_once("-Q")) {
        let quarter = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
        return Some(Period::Quarter(year.parse().ok()?, quarter));
    }
    let year = |year: i32| Month::new(year, 1).map(|_| Period::Year(year));
    Month::parse(text)
        .map(Period::Month)
        .or_else(|| text.parse().ok().and_then(year))
}

/// What [`parse`] reads back.
pub fn key(period: Period) -> String {
    match period {
        Period::Year(year) => year.to_string(),
        Period::Half(year, half) => format!("{year}-h{half}"),
        Period::Quarter(year, quarter) => format!("{year}-q{quarter}"),
        Period::Month(month) => month_key(month),
        Period::Since(day) => format!("{day}.."),
        Period::All => "all".to_owned(),
    }
}

fn month_key(month: Month) -> String {
    let (year, month) = month.ym();
    format!("{year}-{month:02}")
}

/// Key of the kind, one of [`KINDS`].
pub const fn kind(period: Period) -> &'static str {
    match period {
        Period::Year(_) => "year",
        Period::Half(..) => "half",
        Period::Quarter(..) => "quarter",
        Period::Month(_) => "month",
        Period::Since(_) => "since",
        Period::All => "all",
    }
}

/// The period of a kind that holds the day; `start` is where the counting window of the town begins.
pub fn of_kind(kind: &str, day: Day, start: Option<Day>) -> Period {
    match kind {
        "half" => Period::Half(day.year(), half(day.month())),
        "quarter" => Period::Quarter(day.year(), quarter(day.month())),
        "month" => Period::Month(day.month()),
        "since" => start.map_or(Period::All, Period::Since),
        "all" => Period::All,
        _ => Period::Year(day.year()),
    }
}

fn half(month: Month) -> u8 {
    if month.ym().1 > 6 { 2 } else { 1 }
}

fn quarter(month: Month) -> u8 {
    // Months run from 1 to 12.
    ((month.ym().1 - 1) / 3 + 1) as u8
}

/// Key and words of the periods of one kind up to a day, newest first; empty where there is only one.
pub fn choices(period: Period, day: Day) -> Vec<(String, String)> {
    let last = day.month();
    let months = |step: i32, of: fn(Month) -> Period| {
        let count = YEARS * 12 / step;
        (0..count)
            .map(move |back| of(last.plus(-back * step)))
            .collect::<Vec<_>>()
    };
    let mut found = match period {
        Period::Year(_) => (0..YEARS).map(|back| Period::Year(day.year() - back)).collect(),
        Period::Half(..) => months(6, |m| Period::Half(m.ym().0, half(m))),
        Period::Quarter(..) => months(3, |m| Period::Quarter(m.ym().0, quarter(m))),
        Period::Month(_) => months(1, Period::Month),
        Period::Since(_) | Period::All => Vec::new(),
    };
    if !found.is_empty() && !found.contains(&period) {
        found.insert(0, period);
    }
    found.into_iter().map(|p| (key(p), p.label())).collect()
}

/// Earlier periods that the figures of a period on a day are compared with, each with its word and the day of the same
/// distance: what is half over is compared with half of what was before. Times without an end have none.
pub fn earlier(period: Period, day: Day) -> Vec<(&'static str, Period, Day)> {
    let back = |months: i32| day.plus_months(-months);
    match period {
        Period::Year(year) => vec![("上年同期", Period::Year(year - 1), back(12))],
        Period::Half(year, half) => vec![("上年同期", Period::Half(year - 1, half), back(12))],
        Period::Quarter(year, quarter) => {
            let before = if quarter > 1 {
                (year, quarter - 1)
            } else {
                (year - 1, 4)
            };
            vec![
                ("上季同期", Period::Quarter(before.0, before.1), back(3)),
                ("上年同期", Period::Quarter(year - 1, quarter), back(12)),
            ]
        }
        Period::Month(month) => vec![
            ("上月同期", Period::Month(month.plus(-1)), back(1)),
            ("上年同期", Period::Month(month.plus(-12)), back(12)),
        ],
        Period::Since(_) | Period::All => Vec::new(),
    }
}

/// The month with which the night talks begin, not more than five years before `day`; that of January of the year
/// without any. The player of the map starts here.
pub fn first_month(records: &dyn Records, day: Day) -> Month {
    let days = rows::<NightTalk>(records).into_iter().filter_map(|t| t.date());
    let first = days.filter(|d| *d <= day).min().map(Day::month);
    let january = day.month().plus(1 - day.month().ym().1);
    first.unwrap_or(january).max(day.month().plus(-59))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_compared_with_the_same_part_of_those_before() {
        let said = |period: Period, day: &str| {
            let all = earlier(period, Day::parse(day).unwrap());
            let said = all
                .into_iter()
                .map(|(word, period, day)| format!("{word} {} {day}", key(period)));
            said.collect::<Vec<_>>().join("，")
        };
        assert_eq!(said(Period::Year(2022), "2022-11-22"), "上年同期 2021 2021-11-22");
        let first = Period::Quarter(2022, 1);
        assert_eq!(
            said(first, "2022-02-28"),
            "上季同期 2021-q4 2021-11-28，上年同期 2021-q1 2021-02-28"
        );
        assert_eq!(said(Period::Half(2022, 2), "2022-11-22"), "上年同期 2021-h2 2021-11-22");
        let march = Period::Month(Month::new(2022, 3).unwrap());
        assert_eq!(
            said(march, "2022-03-31"),
            "上月同期 2022-02 2022-02-28，上年同期 2021-03 2021-03-31"
        );
        // A period that is over is compared with the whole of the one before.
        let span = earlier(Period::Year(2021), Day::parse("2022-11-22").unwrap())[0];
        assert_eq!(span.1.span(span.2).to.to_string(), "2020-12-31");
        assert_eq!(said(Period::All, "2022-11-22"), "");
    }

    #[test]
    fn every_period_reads_back() {
        let day = Day::new(2022, 11, 22).unwrap();
        let start = Day::new(2022, 2, 10);
        for (word, _) in KINDS {
            let period = of_kind(word, day, start);
            assert_eq!(parse(&key(period)), Some(period), "{word}");
            assert_eq!(kind(period), word);
        }
        assert_eq!(key(of_kind("quarter", day, None)), "2022-q4");
        assert_eq!(key(of_kind("half", day, None)), "2022-h2");
        assert_eq!(parse("2022-H1"), Some(Period::Half(2022, 1)));
        for wrong in ["", "2022-q5", "2022-h3", "2022-h0", "2022-13", "x", "99999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_chosen_period_is_among_the_choices() {
        let day = Day::new(2022, 11, 22).unwrap();
        let months = choices(Period::Month(day.month()), day);
        assert_eq!(months[0], ("2022-11".to_owned(), "2022年11月".to_owned()));
        assert_eq!(months[10].0, "2022-01");
        assert_eq!(choices(Period::Year(1999), day)[0].0, "1999");
        assert!(choices(Period::All, day).is_empty());
    }
}
