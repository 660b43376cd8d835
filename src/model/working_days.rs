//! Working days: Monday to Friday, less the holidays, plus the days made up for on weekends.
//!
//! Source: the yearly notices of the State Council on holidays (国务院办公厅关于部分节假日安排的通知), 2014 to 2026. Records
//! of the ledger 节假日安排 add a year, or stand in place of what is shipped of theirs. A year without its notice counts
//! weekends only, and whoever shows such a count says so with [`Calendar::remark`].

use super::date::Day;

/// A holiday as the town recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Year of the notice.
    pub year: i32,
    /// 春节.
    pub name: String,
    /// First day off.
    pub from: Day,
    /// Last day off.
    pub to: Day,
    /// Weekend days worked instead (调休上班).
    pub worked: Vec<Day>,
}

/// The holidays of one year: spans of days off and single days worked instead, as month times hundred plus day.
struct Year {
    off: &'static [(i32, i32)],
    worked: &'static [i32],
}

const FIRST: i32 = 2014;

#[rustfmt::skip]
const YEARS: [Year; 13] = [
    Year { off: &[(101, 101), (131, 206), (405, 407), (501, 503), (602, 602), (908, 908), (1001, 1007)], worked: &[126, 208, 504, 928, 1011] },
    Year { off: &[(101, 103), (218, 224), (405, 406), (501, 501), (620, 620), (622, 622), (903, 904), (927, 927), (1001, 1007)], worked: &[104, 215, 228, 906, 1010] },
    Year { off: &[(101, 101), (207, 213), (404, 404), (501, 502), (609, 611), (915, 917), (1001, 1007)], worked: &[206, 214, 612, 918, 1008, 1009] },
    Year { off: &[(101, 102), (127, 202), (402, 404), (501, 501), (528, 530), (1001, 1008)], worked: &[122, 204, 401, 527, 930] },
    Year { off: &[(101, 101), (215, 221), (405, 407), (429, 501), (618, 618), (924, 924), (1001, 1007), (1230, 1231)], worked: &[211, 224, 408, 428, 929, 930, 1229] },
    Year { off: &[(101, 101), (204, 210), (405, 407), (501, 504), (607, 609), (913, 915), (1001, 1007)], worked: &[202, 203, 428, 505, 929, 1012] },
    Year { off: &[(101, 101), (124, 202), (404, 406), (501, 505), (625, 627), (1001, 1008)], worked: &[119, 426, 509, 628, 927, 1010] },
    Year { off: &[(101, 103), (211, 217), (403, 405), (501, 505), (612, 614), (919, 921), (1001, 1007)], worked: &[207, 220, 425, 508, 918, 926, 1009] },
    Year { off: &[(101, 103), (131, 206), (403, 405), (430, 504), (603, 605), (910, 912), (1001, 1007), (1231, 1231)], worked: &[129, 130, 402, 424, 507, 1008, 1009] },
    Year { off: &[(101, 102), (121, 127), (405, 405), (429, 503), (622, 624), (929, 1006), (1230, 1231)], worked: &[128, 129, 423, 506, 625, 1007, 1008] },
    Year { off: &[(101, 101), (210, 217), (404, 406), (501, 505), (610, 610), (915, 917), (1001, 1007)], worked: &[204, 218, 407, 428, 511, 914, 929, 1012] },
    Year { off: &[(101, 101), (128, 204), (404, 406), (501, 505), (531, 602), (1001, 1008)], worked: &[126, 208, 427, 928, 1011] },
    Year { off: &[(101, 103), (215, 223), (404, 406), (501, 505), (619, 621), (925, 927), (1001, 1007)], worked: &[104, 214, 228, 509, 920, 1010] },
];

fn notice_of(year: i32) -> Option<&'static Year> {
    YEARS.get(usize::try_from(year - FIRST).ok()?)
}

/// Why a day is worked or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Monday to Friday, and no holiday.
    Working,
    /// A weekend day that is worked for a holiday (调休上班).
    MadeUp,
    /// A weekend (周末).
    Weekend,
    /// A holiday, days exchanged for it included.
    Holiday,
}

/// Which days are worked: the notices that are shipped, and those that the town recorded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Calendar<'a> {
    own: &'a [Holiday],
}

impl<'a> Calendar<'a> {
    /// The calendar of a town with these holidays.
    pub fn new(own: &'a [Holiday]) -> Calendar<'a> {
        Calendar { own }
    }

    /// What kind of day it is.
    pub fn kind(self, day: Day) -> DayKind {
        let (year, month, date) = day.ymd();
        let at = month * 100 + date;
        if self.own.iter().any(|h| (h.from..=h.to).contains(&day)) {
            return DayKind::Holiday;
        }
        if self.own.iter().any(|h| h.worked.contains(&day)) {
            return DayKind::MadeUp;
        }
        // A year that was recorded stands in place of the one that is shipped.
        let notice = notice_of(year).filter(|_| !self.own.iter().any(|h| h.year == year));
        let weekend = day.weekday() >= 5;
        match notice {
            Some(n) if n.off.iter().any(|(from, to)| (*from..=*to).contains(&at)) => DayKind::Holiday,
            Some(n) if n.worked.contains(&at) => DayKind::MadeUp,
            _ if weekend => DayKind::Weekend,
            _ => DayKind::Working,
        }
    }

    /// Name of the holiday that a day belongs to, where the town recorded it.
    pub fn name(self, day: Day) -> Option<&'a str> {
        let found = self.own.iter().find(|h| (h.from..=h.to).contains(&day));
        found.map(|h| h.name.as_str())
    }

    /// Whether the office works on a day.
    pub fn is_working(self, day: Day) -> bool {
        matches!(self.kind(day), DayKind::Working | DayKind::MadeUp)
    }

    /// The day itself if it is worked, else the next one that is.
    pub fn next_working(self, day: Day) -> Day {
        (0..366)
            .map(|n| day.plus_days(n))
            .find(|d| self.is_working(*d))
            .unwrap_or(day)
    }

    /// The `count`th working day after a day: with 1 the next one that is worked. At most ten years are looked through.
    pub fn working_day_after(self, from: Day, count: i32) -> Option<Day> {
        let days = (1..3_660).map(|n| from.plus_days(n)).filter(|d| self.is_working(*d));
        days.into_iter().nth(usize::try_from(count - 1).ok()?)
    }

    /// How many days are worked from one day to another, both included; none if `until` lies before `from`. Counts at
    /// most a year.
    pub fn count(self, from: Day, until: Day) -> i32 {
        let days = (0..=until.since(from).clamp(-1, 366)).filter(|n| self.is_working(from.plus_days(*n)));
        days.fold(0, |n, _| n + 1)
    }

    /// The last day of a public notice of so many working days.
    ///
    /// The day of posting counts if it is worked, as real notices have it (`2026年9月28日至10月9日，5个工作日`); a stricter
    /// office begins on the day after, with `first_counts` false. The result may be entered from the calendar day after.
    pub fn notice_last(self, posted: Day, days: i32, first_counts: bool) -> Day {
        let mut day = if first_counts { posted } else { posted.plus_days(1) };
        let mut left = days.clamp(1, 366);
        loop {
            left -= i32::from(self.is_working(day));
            // A year of which every day is off would have no end.
            if left == 0 || day.since(posted) > 3_660 {
                return day;
            }
            day = day.plus_days(1);
        }
    }

    /// Whether there is a notice of a year, shipped or recorded.
    pub fn has(self, year: i32) -> bool {
        notice_of(year).is_some() || self.own.iter().any(|h| h.year == year)
    }

    /// What is to be said beside a count between two days, if a year of it has no data; `None` if all have.
    pub fn remark(self, from: Day, until: Day) -> Option<String> {
        // Years without number are not looked through.
        let until_year = until.year().min(from.year().saturating_add(20));
        let without = (from.year()..=until_year).find(|year| !self.has(*year))?;
        if without < FIRST {
            return Some(format!("节假日数据从 {FIRST} 年起，以前按周末暂算"));
        }
        let last = (FIRST..without).rev().find(|year| self.has(*year)).unwrap_or(FIRST);
        Some(format!("节假日数据到 {last} 年，以后按周末暂算"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: Calendar = Calendar { own: &[] };

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn notices_of_2025_count_the_days_made_up_for() {
        // Posted on a Sunday that is worked.
        assert_eq!(SHIPPED.kind(day("2025-09-28")), DayKind::MadeUp);
        assert_eq!(SHIPPED.notice_last(day("2025-09-28"), 5, true), day("2025-10-10"));
        assert_eq!(SHIPPED.notice_last(day("2025-09-28"), 5, false), day("2025-10-11"));
        assert_eq!(SHIPPED.count(day("2025-09-28"), day("2025-10-10")), 5);
    }

    #[test]
    fn a_year_without_data_counts_weekends_and_says_so() {
        assert_eq!(SHIPPED.kind(day("2027-01-01")), DayKind::Working);
        assert_eq!(
            SHIPPED.remark(day("2026-12-30"), day("2027-01-05")).as_deref(),
            Some("节假日数据到 2026 年，以后按周末暂算")
        );
        assert_eq!(SHIPPED.remark(day("2014-01-01"), day("2026-12-31")), None);
        assert!(SHIPPED.remark(day("2013-12-31"), day("2014-01-06")).is_some());
    }

    #[test]
    fn every_year_works_about_as_many_days() {
        for year in FIRST..FIRST + YEARS.len() as i32 {
            let (first, last) = (Day::new(year, 1, 1), Day::new(year, 12, 31));
            let worked = SHIPPED.count(first.expect("a day"), last.expect("a day"));
            assert!((247..=252).contains(&worked), "{year}: {worked}");
        }
    }

    /// A year that was recorded counts as its notice says, and stands in place of the shipped one.
    #[test]
    fn what_the_town_recorded_counts() {
        let own = [Holiday {
            year: 2027,
            name: "元旦".to_owned(),
            from: day("2027-01-01"),
            to: day("2027-01-03"),
            worked: vec![day("2026-12-27")],
        }];
        let calendar = Calendar::new(&own);
        assert_eq!(calendar.kind(day("2027-01-01")), DayKind::Holiday);
        assert_eq!(calendar.name(day("2027-01-02")), Some("元旦"));
        assert_eq!(calendar.kind(day("2026-12-27")), DayKind::MadeUp);
        assert_eq!(
            calendar.kind(day("2026-10-01")),
            DayKind::Holiday,
            "the year before is the shipped one"
        );
        assert_eq!(calendar.remark(day("2026-12-30"), day("2027-01-05")), None);
        let said = calendar.remark(day("2027-12-30"), day("2028-01-05"));
        assert_eq!(said.as_deref(), Some("节假日数据到 2027 年，以后按周末暂算"));
        let own = [Holiday {
            year: 2026,
            ..own[0].clone()
        }];
        let calendar = Calendar::new(&own);
        assert_eq!(
            calendar.kind(day("2026-10-01")),
            DayKind::Working,
            "nothing else was recorded of 2026"
        );
    }

    #[test]
    fn working_days_after_a_day() {
        let after = |n| SHIPPED.working_day_after(day("2026-09-30"), n);
        assert_eq!(after(1), Some(day("2026-10-08")));
        assert_eq!(after(3), Some(day("2026-10-10")), "a Saturday that is worked");
        assert_eq!(after(0), None);
    }
}
