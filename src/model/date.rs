//! Calendar days, months and instants. No clock: "today" and "now" arrive as data.

use std::fmt;

/// A calendar day from 1900-01-01 to 2999-12-31, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A calendar month, as months since year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// Minutes by which the office's calendar is ahead of UTC: Beijing time, which holds in the whole country, whatever zone
/// the computer is set to.
const OFFICE: i32 = 480;

/// An instant in UTC, in seconds since 1970. For display and for ordering shown conflicts only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(pub i64);

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i32, month: i32) -> i32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant's civil-days method).
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

fn civil_from_days(days: i32) -> (i32, i32, i32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i32::from(month <= 2);
    (year, month, day)
}

fn digits(bytes: &[u8]) -> Option<i32> {
    let mut number = 0;
    for &byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i32::from(byte - b'0');
    }
    Some(number)
}

impl Day {
    /// A day of the calendar; `None` outside 1900–2999 or where the month has no such day.
    pub fn new(year: i32, month: i32, day: i32) -> Option<Day> {
        let valid = (1900..=2999).contains(&year) && (1..=12).contains(&month);
        (valid && day >= 1 && day <= days_in_month(year, month)).then(|| Day(days_from_civil(year, month, day)))
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Day> {
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        Day::new(digits(&b[..4])?, digits(&b[5..7])?, digits(&b[8..])?)
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// Year, month 1–12, day 1–31.
    pub fn ymd(self) -> (i32, i32, i32) {
        civil_from_days(self.0)
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The month the day lies in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month(year * 12 + month - 1)
    }

    /// The day `count` days later (earlier if negative), kept inside the calendar's range.
    pub fn plus_days(self, count: i32) -> Day {
        let first = days_from_civil(1900, 1, 1);
        let last = days_from_civil(2999, 12, 31);
        Day(self.0.saturating_add(count).clamp(first, last))
    }

    /// Calendar months later, clamped to the end of a shorter month (1-31 + 1 month = 2-28),
    /// as deadlines of the 发展党员 rules count.
    pub fn plus_months(self, count: i32) -> Day {
        let (_, _, day) = self.ymd();
        let target = Month(self.month().0 + count);
        let (year, month) = target.ym();
        let day = day.min(days_in_month(year, month));
        Day(days_from_civil(year, month, day))
    }

    /// The day of the week, 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> i32 {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7)
    }

    /// Days from `earlier` to this day.
    pub fn since(self, earlier: Day) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        let mut text = *b"0000-00-00";
        write_digits(&mut text[..4], year);
        write_digits(&mut text[5..7], month);
        write_digits(&mut text[8..], day);
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

/// Writes a number into a field of digits; years and the like, which always fit. Days are shown by the thousand.
fn write_digits(field: &mut [u8], mut number: i32) {
    for place in field.iter_mut().rev() {
        *place = b'0' + (number % 10).unsigned_abs() as u8;
        number /= 10;
    }
}

impl Month {
    /// A month of the calendar.
    pub fn new(year: i32, month: i32) -> Option<Month> {
        ((1900..=2999).contains(&year) && (1..=12).contains(&month)).then_some(Month(year * 12 + month - 1))
    }

    /// Reads exactly `YYYY-MM`.
    pub fn parse(text: &str) -> Option<Month> {
        let b = text.as_bytes();
        if b.len() != 7 || b[4] != b'-' {
            return None;
        }
        Month::new(digits(&b[..4])?, digits(&b[5..])?)
    }

    /// Year and month 1–12.
    pub fn ym(self) -> (i32, i32) {
        (self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }

    /// First day of the month.
    pub fn first(self) -> Day {
        let (year, month) = self.ym();
        Day(days_from_civil(year, month, 1))
    }

    /// Last day of the month.
    pub fn last(self) -> Day {
        let (year, month) = self.ym();
        Day(days_from_civil(year, month, days_in_month(year, month)))
    }

    /// The month `count` months later.
    pub fn plus(self, count: i32) -> Month {
        Month(self.0 + count)
    }

    /// Months from `earlier` to this month.
    pub fn since(self, earlier: Month) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.ym();
        let mut text = *b"0000-00";
        write_digits(&mut text[..4], year);
        write_digits(&mut text[5..], month);
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl Instant {
    /// Reads exactly `YYYY-MM-DDTHH:MM:SSZ`.
    pub fn parse(text: &str) -> Option<Instant> {
        let b = text.as_bytes();
        if b.len() != 20 || b[10] != b'T' || b[13] != b':' || b[16] != b':' || b[19] != b'Z' {
            return None;
        }
        if b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        let (year, month, day) = (digits(&b[..4])?, digits(&b[5..7])?, digits(&b[8..10])?);
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        let (hour, minute, second) = (digits(&b[11..13])?, digits(&b[14..16])?, digits(&b[17..19])?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let days = i64::from(days_from_civil(year, month, day));
        Some(Instant(days * 86_400 + i64::from(hour * 3600 + minute * 60 + second)))
    }

    /// Day, hour and minute in the office's calendar (UTC+8). The one way from an instant to what is shown of it:
    /// today, saved times, file names, receipts, copies.
    pub fn office(self) -> (Day, i32, i32) {
        let seconds = self.0 + i64::from(OFFICE) * 60;
        let days = i32::try_from(seconds.div_euclid(86_400)).unwrap_or(0);
        let rest = i32::try_from(seconds.rem_euclid(86_400)).unwrap_or(0);
        (Day(days), rest / 3600, rest % 3600 / 60)
    }

    /// The first instant after a day of the office's calendar.
    pub fn after(day: Day) -> Instant {
        Instant((i64::from(day.number()) + 1) * 86_400 - i64::from(OFFICE) * 60)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = i32::try_from(self.0.div_euclid(86_400)).unwrap_or(0);
        let rest = self.0.rem_euclid(86_400);
        let (year, month, day) = civil_from_days(days);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            rest / 3600,
            rest % 3600 / 60,
            rest % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_through_six_centuries() {
        let mut day = Day::new(1900, 1, 1).expect("in range");
        let mut count = 0;
        while day < Day::new(2499, 12, 31).expect("in range") {
            assert_eq!(Day::parse(&day.to_string()), Some(day));
            day = day.plus_days(1);
            count += 1;
        }
        assert_eq!(count, 219_145);
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for bad in [
            "2022-02-29",
            "2022-13-01",
            "2022-00-10",
            "2022-3-5",
            "2022/03/05",
            "20220305",
            "1899-12-31",
            "２０２２-03-05",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
        assert_eq!(Month::parse("2022-00"), None);
        for bad in [
            "2022-03-05T24:00:00Z",
            "2022-03-05 09:12:00Z",
            "2022-03-05T09:12:00+08:00",
        ] {
            assert_eq!(Instant::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn months_clamp_to_the_end_of_a_shorter_month() {
        let day = Day::parse("2022-01-31").expect("a day");
        assert_eq!(day.plus_months(1).to_string(), "2022-02-28");
        assert_eq!(day.plus_months(25).to_string(), "2024-02-29");
        assert_eq!(day.plus_months(-11).to_string(), "2021-02-28");
    }

    #[test]
    fn instants_are_utc_and_shown_in_the_offices_calendar() {
        let instant = Instant::parse("2022-03-05T22:12:09Z").expect("an instant");
        assert_eq!(instant.to_string(), "2022-03-05T22:12:09Z");
        let (day, hour, minute) = instant.office();
        assert_eq!((day.to_string().as_str(), hour, minute), ("2022-03-06", 6, 12));
        // The computer may stand in Los Angeles or be set to UTC; the instant alone decides.
        for (at, expected) in [
            ("2022-11-22T15:30:00Z", ("2022-11-22", 23, 30)),
            ("2022-11-22T15:59:59Z", ("2022-11-22", 23, 59)),
            ("2022-11-22T16:00:00Z", ("2022-11-23", 0, 0)),
            ("2022-11-22T20:00:00Z", ("2022-11-23", 4, 0)),
        ] {
            let (day, hour, minute) = Instant::parse(at).expect("an instant").office();
            assert_eq!((day.to_string().as_str(), hour, minute), expected, "{at}");
        }
        let day = Day::parse("2022-11-22").expect("a day");
        assert_eq!(Instant::after(day).to_string(), "2022-11-22T16:00:00Z");
    }
}
