//! Days, months and amounts as people type them. Every field, step, filter, rule and pasted cell reads with these.
//!
//! What is not understood is `None`, never a guess: two orders of day and month, years of two digits, Chinese numerals,
//! brackets for minus. A unit that is written behind an amount counts only if it converts exactly.

use super::format::{half_width, measured};
use crate::model::date::{Day, Month};
use crate::model::ledger::{Field, Kind, Lies};
use crate::model::value::{Decimal, Value};

/// A day as people type it: `2022-3-5`, `2022/3/5`, `2022.3.5`, `2022。3。5`, `2022年3月5日`, `20220305`, in full width as
/// well; without a year (`3-5`, `3月5日`) the nearest such day that the field allows, today included.
pub fn typed_day(text: &str, today: Day, lies: Lies) -> Option<Day> {
    let text = plain(text);
    let (year, month, day) = match numbers(&text)?.as_slice() {
        [(packed, End)] if packed.len() == 8 => (packed.get(..4)?, packed.get(4..6)?, packed.get(6..)?),
        [(y, Year), (m, Month_), (d, Date | End)] => (*y, *m, *d),
        [(y, Mark(a)), (m, Mark(b)), (d, End)] if a == b => (*y, *m, *d),
        [(m, Month_), (d, Date | End)] | [(m, Mark(_)), (d, End)] => {
            return short_day(small(m)?, small(d)?, today, lies);
        }
        _ => return None,
    };
    Day::new(long(year)?, small(month)?, small(day)?)
}

/// The nearest day of this month and date that the field allows; leap days are looked for up to eight years away.
fn short_day(month: i32, date: i32, today: Day, lies: Lies) -> Option<Day> {
    let year = today.year();
    let all = (year - 8..=year + 8).filter_map(|y| Day::new(y, month, date));
    nearest(all.map(|d| (d.since(today), d)), lies)
}

fn nearest<T>(all: impl Iterator<Item = (i32, T)>, lies: Lies) -> Option<T> {
    let allowed = all.filter(|(away, _)| match lies {
        Lies::Past => *away <= 0,
        Lies::Coming => *away >= 0,
        Lies::Near => true,
    });
    // Of two days equally far the earlier one comes first.
    let found: Option<(i32, T)> = allowed.fold(None, |best, next| match best {
        Some(best) if best.0.abs() <= next.0.abs() => Some(best),
        _ => Some(next),
    });
    found.map(|(_, day)| day)
}

/// The day that a bare whole number from 20000 to 60000 stands for in a spreadsheet (44625 is 2022-03-05). It is asked
/// about, never taken.
pub fn serial_day(text: &str) -> Option<Day> {
    let number: i32 = plain(text).parse().ok()?;
    let base = Day::new(1900, 1, 1)?;
    (20_000..=60_000).contains(&number).then(|| base.plus_days(number - 2))
}

/// A month as people type it: `2022-11`, `2022年11月`, `202211`; `11` or `11月` is the nearest such month that the field
/// allows. `1990.1` is none: January and October look alike.
pub fn typed_month(text: &str, today: Day, lies: Lies) -> Option<Month> {
    let text = plain(text);
    let (year, month) = match numbers(&text)?.as_slice() {
        [(packed, End)] if packed.len() == 6 => (packed.get(..4)?, packed.get(4..)?),
        [(y, Year), (m, Month_ | End)] => (*y, *m),
        [(_, Mark('.')), (m, End)] if m.len() == 1 => return None,
        [(y, Mark(_)), (m, End)] => (*y, *m),
        [(m, Month_ | End)] => {
            let (now, number) = (today.month(), small(m)?);
            let all = (today.year() - 1..=today.year() + 1).filter_map(|y| Month::new(y, number));
            return nearest(all.map(|m| (m.since(now), m)), lies);
        }
        _ => return None,
    };
    Month::new(long(year)?, small(month)?)
}

/// What was typed into a field of days or months, as it is stored; `None` in other fields and for what is no date.
pub fn typed_date(field: &Field, text: &str, today: Day) -> Option<String> {
    match field.kind {
        Kind::Day => typed_day(text, today, field.lies).map(|day| day.to_string()),
        Kind::Month => typed_month(text, today, field.lies).map(|month| month.to_string()),
        _ => None,
    }
}

/// What stands behind a number of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// 年.
    Year,
    /// 月.
    Month_,
    /// 日 or 号.
    Date,
    /// `-`, `/` or `.`.
    Mark(char),
    /// Nothing: the text ends.
    End,
}
use After::{Date, End, Mark, Month_, Year};

/// Half width, without blanks at the ends; blanks inside stay only where they part two digits, as `-`.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.trim().chars().map(half_width) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && c.is_ascii_digit() && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push('-');
        }
        gap = false;
        out.push(if matches!(c, '–' | '—' | '−') { '-' } else { c });
    }
    out
}

/// The numbers of a date, each with what stands behind it; at most three.
fn numbers(text: &str) -> Option<Vec<(&str, After)>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, behind) = rest.split_at(end);
        let mut behind = behind.chars();
        let after = match behind.next() {
            None => End,
            Some('年') => Year,
            Some('月') => Month_,
            Some('日' | '号') => Date,
            Some(c @ ('-' | '/' | '.')) => Mark(c),
            Some(_) => return None,
        };
        if digits.is_empty() || found.len() == 3 {
            return None;
        }
        rest = behind.as_str();
        found.push((digits, after));
    }
    Some(found)
}

/// A year of four digits.
fn long(digits: &str) -> Option<i32> {
    digits.parse().ok().filter(|_| digits.len() == 4)
}

/// A month or a date of one or two digits.
fn small(digits: &str) -> Option<i32> {
    digits.parse().ok().filter(|_| digits.len() <= 2)
}

/// An amount as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// In the unit of the field.
    pub value: Decimal,
    /// A unit was written behind it; what was read is to be shown before it is kept.
    pub converted: bool,
}

/// An amount as people type it, in the unit `measure` of its field: full-width digits and points, separated thousands,
/// and a unit behind it that converts exactly (`3.5万`, `35000元` in a field of 万元).
pub fn typed_amount(text: &str, measure: Option<&str>) -> Option<Amount> {
    let text: String = text.trim().chars().map(half_width).collect();
    let unit = text
        .find(|c: char| !matches!(c, '0'..='9' | '.' | ',' | '-'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit);
    let (number, unit) = (number.trim_end(), unit.trim());
    let (times, by) = scale(unit, measure)?;
    let units = Decimal::parse(&without_thousands(number)?)?
        .ten_thousandths()
        .checked_mul(times)?;
    (units % by == 0).then(|| Amount {
        value: Decimal::from_ten_thousandths(units / by),
        converted: !unit.is_empty(),
    })
}

/// What a number with this unit behind it is to be multiplied with and divided by.
fn scale(unit: &str, measure: Option<&str>) -> Option<(i64, i64)> {
    let measure = measure.unwrap_or_default();
    Some(match (measure, unit) {
        (_, "") => (1, 1),
        ("万元", "万元" | "万") => (1, 1),
        ("万元", "元") => (1, 10_000),
        ("万元", "亿元" | "亿") => (10_000, 1),
        (m, u) if m == u => (1, 1),
        ("元" | "元每亩每年", "元") => (1, 1),
        (m, u) if u.strip_prefix('万').is_some_and(|rest| rest.is_empty() || rest == m) => (10_000, 1),
        _ => return None,
    })
}

/// A number without its separators of thousands; `None` where they stand elsewhere.
fn without_thousands(number: &str) -> Option<String> {
    let (whole, places) = number.split_once('.').map_or((number, None), |(w, p)| (w, Some(p)));
    if whole.contains(',') {
        let mut groups = whole.trim_start_matches('-').split(',');
        let first = groups.next()?.len();
        if !(1..=3).contains(&first) || groups.any(|g| g.len() != 3) {
            return None;
        }
    }
    let whole = whole.replace(',', "");
    Some(places.map_or_else(|| whole.clone(), |p| format!("{whole}.{p}")))
}

/// What is shown beside an amount that is read as something else than it says: `读作 110.7 万元`. Empty if there is
/// nothing to say.
pub fn said_amount(text: &str, measure: Option<&str>) -> String {
    let read = typed_amount(text, measure).filter(|amount| amount.converted);
    read.map_or_else(String::new, |a| {
        format!("读作 {}", measured(&a.value.to_string(), measure.unwrap_or_default()))
    })
}

/// What is shown beside a day or month while it is typed, with its year: `读作 2021-12-28`.
pub fn said_day(text: &str, read: Option<&str>) -> String {
    read.filter(|read| *read != text.trim())
        .map_or_else(String::new, |read| format!("读作 {read}"))
}

/// Something typed that may mean something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// `是不是 5 万元？`.
    pub asks: String,
    /// What it would be then, as it is typed: `5`.
    pub offer: String,
    /// Words of the button that takes the offer.
    pub takes: String,
    /// Words of the button that keeps what was typed; `None` where that is no value at all.
    pub keeps: Option<String>,
}

/// What is to be asked about a value before it is saved: yuan in a field of 万元, a spreadsheet's number in a day field.
pub fn question(field: &Field, value: &Value) -> Option<Question> {
    let text = value.as_str()?;
    match field.kind {
        Kind::Decimal => {
            let measure = field.measure.filter(|_| field.plausible().is_some())?;
            let typed =
                Decimal::parse(text).filter(|d| field.plausible().is_some_and(|most| *d > Decimal::whole(most)))?;
            let fewer = typed_amount(&format!("{typed}元"), Some(measure))?.value;
            Some(Question {
                asks: format!("是不是 {fewer} 万元？"),
                offer: fewer.to_string(),
                takes: format!("改为 {fewer} 万元"),
                keeps: Some(format!("就是 {typed} 万元")),
            })
        }
        Kind::Day => serial_day(text).map(|day| Question {
            asks: format!("{text} 是不是 {day}？"),
            offer: day.to_string(),
            takes: format!("改为 {day}"),
            keeps: None,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
