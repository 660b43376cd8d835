//! Days of a sheet: serial numbers of two calendars, and ISO texts. No time zone comes in.

use crate::book::Cell;

/// Last serial number of the calendar that begins in 1900: 9999-12-31.
const LAST: i64 = 2_958_465;
/// Days from 1900-01-00 to 1904-01-01.
const TO_1904: i64 = 1462;
/// A time of day is kept as a fraction; half a millisecond is no day.
const TICKS: f64 = 86_400_000.0;

/// The day of a serial number; none for 1900-02-29, which never was, and outside of the calendar.
pub fn of_serial(serial: f64, from_1904: bool) -> Option<String> {
    let serial = ((serial * TICKS).round() / TICKS).floor();
    if !(0.0..=LAST as f64).contains(&serial) {
        return None;
    }
    let serial = serial as i64 + if from_1904 { TO_1904 } else { 0 };
    let days = match serial {
        1..=59 => serial,
        61..=LAST => serial - 1,
        _ => return None,
    };
    // 1899-12-31 as days from 1970-01-01.
    Some(civil(days - 25_568))
}

/// The day that an ISO text begins with.
pub fn of_iso(text: &str) -> Option<String> {
    let bytes = text.trim().as_bytes();
    let day = bytes.get(..10)?;
    if bytes.len() > 10 && !matches!(bytes[10], b'T' | b' ' | b'Z') {
        return None;
    }
    let number = |part: &[u8]| -> Option<i64> {
        let digits = part.iter().all(u8::is_ascii_digit).then_some(part)?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    };
    if day[4] != b'-' || day[7] != b'-' {
        return None;
    }
    let (year, month, date) = (number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?);
    let written = format!("{year:04}-{month:02}-{date:02}");
    ((1..=12).contains(&month) && year > 0 && civil(from_civil(year, month, date)) == written).then_some(written)
}

/// A cell whose number is shown as a day.
pub fn cell(serial: f64, from_1904: bool) -> Cell {
    match of_serial(serial, from_1904) {
        Some(day) => Cell::Day(day),
        None => Cell::NotADay(super::values::decimal(serial)),
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, by the algorithm of Howard Hinnant.
fn from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day so many days after 1970-01-01.
fn civil(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The serial number of a day as it is written into a sheet; none before 1900-03-01, where calendars differ.
pub fn serial(day: &str) -> Option<u32> {
    let day = of_iso(day).filter(|found| found == day)?;
    let part = |range: std::ops::Range<usize>| day[range].parse::<i64>().ok();
    let serial = from_civil(part(0..4)?, part(5..7)?, part(8..10)?) + 25_569;
    (61..=LAST).contains(&serial).then_some(serial as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_of_both_calendars() {
        for (serial, from_1904, day) in [
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (60.0, false, None),
            (61.0, false, Some("1900-03-01")),
            (44_625.999_999, false, Some("2022-03-05")),
            (44_624.999_999_999_9, false, Some("2022-03-05")),
            (2_958_465.9, false, Some("9999-12-31")),
            (2_958_466.0, false, None),
            (0.0, false, None),
            (-1.0, false, None),
            (f64::NAN, false, None),
            (f64::INFINITY, true, None),
            (0.0, true, Some("1904-01-01")),
            (59.0, true, Some("1904-02-29")),
            (43163.0, true, Some("2022-03-05")),
            (-1.0, true, None),
        ] {
            assert_eq!(of_serial(serial, from_1904).as_deref(), day, "{serial} {from_1904}");
        }
    }

    #[test]
    fn iso_texts() {
        assert_eq!(of_iso("2022-11-09T00:00:00Z").as_deref(), Some("2022-11-09"));
        assert_eq!(of_iso("2024-02-29").as_deref(), Some("2024-02-29"));
        for text in [
            "2023-02-29",
            "2022-13-01",
            "2022-3-5",
            "20220305",
            "12:00:00",
            "2022-03-05x",
            "２０２２-03-05",
        ] {
            assert_eq!(of_iso(text), None, "{text}");
        }
    }

    #[test]
    fn days_become_serial_numbers() {
        assert_eq!(serial("2022-03-05"), Some(44625));
        assert_eq!(serial("1900-03-01"), Some(61));
        assert_eq!(serial("1900-02-28"), None);
        assert_eq!(serial("2022-02-30"), None);
        assert_eq!(serial("2022-03-05T00:00:00"), None);
    }
}
