//! Daily copies: whole files that the browser keeps in a second place. What is known of each, and which are kept.

use std::collections::BTreeSet;

use crate::model::date::{Day, Instant};
use crate::order::Arrange;

/// The newest copies that are kept whatever day they are of.
pub const DAYS: usize = 7;
/// Before those, the last of a week is kept, for so many weeks.
pub const WEEKS: usize = 4;
/// Before those, the last of a month, for so many months.
pub const MONTHS: usize = 3;
/// Other lives of the storage (before it was emptied) of which the last copy is kept.
pub const OTHERS: usize = 2;
/// All copies together, in bytes as they are kept; the oldest go first, and one stays always.
pub const ROOM: u64 = 32 << 20;

/// What is known of a daily copy without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Daily {
    /// The day it is of.
    pub day: Day,
    /// The storage it is of: emptied storage starts a new one, whose copies never replace those from before.
    pub install: String,
    /// When it was made.
    pub at: Instant,
    /// Records that lists show.
    pub records: u64,
    /// Name of the file.
    pub name: String,
    /// Bytes as it is kept; 0 for one that is still to be kept.
    pub size: u64,
}

impl Daily {
    /// What it is kept under: one per day and storage.
    pub fn key(&self) -> String {
        format!("{} {}", self.day, self.install)
    }

    /// All but the size, in one line.
    pub fn line(&self) -> String {
        let (day, at, records) = (self.day.to_string(), self.at.to_string(), self.records.to_string());
        [&day, &self.install, &at, &records, &self.name]
            .map(|part| part.replace(['\t', '\n'], " "))
            .join("\t")
    }

    /// Reads a line with the size behind it; `None` for what this version did not write.
    pub fn read(line: &str) -> Option<Daily> {
        let mut parts = line.split('\t');
        let mut next = || parts.next();
        Some(Daily {
            day: Day::parse(next()?)?,
            install: next()?.to_owned(),
            at: Instant::parse(next()?)?,
            records: next()?.parse().ok()?,
            name: next()?.to_owned(),
            size: next()?.parse().ok()?,
        })
    }
}

/// Newest first.
pub fn arrange(all: &mut [Daily]) {
    all.arrange_by(|a, b| (b.day, b.at, &b.install).cmp(&(a.day, a.at, &a.install)));
}

/// The copies that are no longer needed, as keys; `own` is the storage in use.
///
/// Which week and which month keep one depends on what is there and not on today, so that a wrong clock takes nothing.
pub fn surplus(all: &[Daily], own: &str) -> Vec<String> {
    let mut all = all.to_vec();
    arrange(&mut all);
    let (mut newest, mut used) = (0, 0);
    let (mut weeks, mut months, mut others) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    // The first of a week, a month or another storage that comes by is its last copy.
    let first = |seen: &mut BTreeSet<String>, limit: usize, of: String| seen.len() < limit && seen.insert(of);
    let mut out = Vec::new();
    let mut kept = 0;
    for daily in &all {
        let wanted = if daily.install != own {
            first(&mut others, OTHERS, daily.install.clone())
        } else if newest < DAYS {
            newest += 1;
            true
        } else {
            let week = week_of(daily.day).to_string();
            // One that stands for its week does not stand for its month as well.
            let month = daily.day.month().to_string();
            !weeks.contains(&week) && (first(&mut weeks, WEEKS, week) || first(&mut months, MONTHS, month))
        };
        let fits = kept == 0 || used + daily.size <= ROOM;
        if wanted && fits {
            used += daily.size;
            kept += 1;
        } else {
            out.push(daily.key());
        }
    }
    out
}

/// Number of the week, from Monday to Sunday.
fn week_of(day: Day) -> i32 {
    // Day 0 was a Thursday.
    (day.number() + 3).div_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn daily(day: Day, install: &str, size: u64) -> Daily {
        Daily {
            day,
            install: install.to_owned(),
            at: Instant(i64::from(day.number()) * 86_400),
            records: 3,
            name: "天城镇_全镇_备份.json".to_owned(),
            size,
        }
    }

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn a_line_reads_back() {
        let mut one = daily(day("2022-11-22"), "k3", 0);
        one.name = "a\tb".to_owned();
        let read = Daily::read(&format!("{}\t1234", one.line())).expect("a line of ours");
        assert_eq!((read.size, read.name.as_str(), read.key()), (1234, "a b", one.key()));
        assert_eq!(Daily::read("2022-11-22\tk3"), None);
        assert_eq!(Daily::read(""), None);
    }

    #[test]
    fn weeks_begin_on_monday() {
        // 2022-11-21 was a Monday.
        assert_eq!(week_of(day("2022-11-20")) + 1, week_of(day("2022-11-21")));
        assert_eq!(week_of(day("2022-11-21")), week_of(day("2022-11-27")));
    }

    /// A year of daily use, each day's surplus taken away at once as the page does it.
    #[test]
    fn a_year_leaves_seven_days_four_weeks_and_three_months() {
        let mut all = Vec::new();
        for number in 0..365 {
            all.push(daily(day("2022-01-01").plus_days(number), "k", 100));
            let gone = surplus(&all, "k");
            all.retain(|d| !gone.contains(&d.key()));
        }
        arrange(&mut all);
        let left: Vec<String> = all.iter().map(|d| d.day.to_string()).collect();
        assert_eq!(
            left,
            [
                "2022-12-31",
                "2022-12-30",
                "2022-12-29",
                "2022-12-28",
                "2022-12-27",
                "2022-12-26",
                "2022-12-25",
                "2022-12-24",
                "2022-12-18",
                "2022-12-11",
                "2022-12-04",
                "2022-11-27",
                "2022-10-30",
                "2022-09-25",
            ]
        );
    }

    #[test]
    fn rare_use_keeps_the_newest_seven_however_old() {
        let mut all: Vec<Daily> = (0..9)
            .map(|n| daily(day("2020-01-15").plus_months(n * 2), "k", 1))
            .collect();
        let gone = surplus(&all, "k");
        assert_eq!(gone, Vec::<String>::new(), "two more stand for their weeks");
        // A clock that runs ten years ahead for a day costs nothing but a place.
        all.push(daily(day("2032-01-01"), "k", 1));
        assert!(surplus(&all, "k").is_empty());
    }

    #[test]
    fn emptied_storage_does_not_push_out_what_was_before() {
        let mut all = vec![
            daily(day("2022-11-20"), "old", 1),
            daily(day("2022-11-21"), "old", 1),
            daily(day("2022-11-19"), "older", 1),
            daily(day("2022-11-18"), "oldest", 1),
        ];
        for number in 0..30 {
            all.push(daily(day("2022-11-21").plus_days(number), "new", 1));
            let gone = surplus(&all, "new");
            all.retain(|d| !gone.contains(&d.key()));
        }
        let keys: Vec<String> = all.iter().map(Daily::key).collect();
        assert!(keys.contains(&"2022-11-21 old".to_owned()), "{keys:?}");
        assert!(keys.contains(&"2022-11-19 older".to_owned()), "{keys:?}");
        assert!(!keys.contains(&"2022-11-20 old".to_owned()) && !keys.contains(&"2022-11-18 oldest".to_owned()));
    }

    #[test]
    fn the_room_is_kept_and_one_stays_always() {
        let third = ROOM / 3 + 1;
        let all: Vec<Daily> = (0..4)
            .map(|n| daily(day("2022-11-21").plus_days(n), "k", third))
            .collect();
        assert_eq!(
            surplus(&all, "k"),
            ["2022-11-22 k", "2022-11-21 k"],
            "the oldest go first"
        );
        let huge = [
            daily(day("2022-11-21"), "k", 1),
            daily(day("2022-11-22"), "k", ROOM * 2),
        ];
        assert_eq!(surplus(&huge, "k"), ["2022-11-21 k"], "the newest stays");
    }
}
