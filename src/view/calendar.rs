//! The calendar of a month: days worked and off, and what is due on each.

use super::due::{Wanted, unit_of, what};
use crate::model::date::{Day, Month};
use crate::model::engine::due::State;
use crate::model::engine::due_board::DueBoard;
use crate::model::working_days::DayKind;

/// Entries of a day that stand in its cell; the others are counted.
pub const SHOWN: usize = 3;

/// What is due on a day, in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryVm {
    /// Id of the deadline, or of the first of several that say the same.
    pub id: String,
    /// `片区联系`, `11月主题党日`.
    pub what: String,
    /// Names of the units, the first three; then how many there are.
    pub units: String,
    /// How many deadlines it stands for.
    pub count: usize,
    /// How many of them are still open.
    pub open: usize,
    /// The most urgent of them.
    pub state: State,
}

impl EntryVm {
    /// How many, in words: `3 件没有办，36 件已办`; empty for a single one.
    pub fn words(&self) -> String {
        match (self.count, self.open) {
            (1, _) => String::new(),
            (count, open) if open == count => format!("{count} 件"),
            (count, 0) => format!("{count} 件已办"),
            (count, open) => format!("{open} 件没有办，{} 件已办", count - open),
        }
    }
}

/// A day of the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayVm {
    /// The day.
    pub day: Day,
    /// Whether it belongs to the month; those before and after fill the first and the last week.
    pub inside: bool,
    /// Why it is worked or not.
    pub kind: DayKind,
    /// `休`, `班`, or the name of the holiday where it is known; empty for an ordinary day.
    pub mark: String,
    /// Whether it is today.
    pub today: bool,
    /// What is due, several of one kind as one.
    pub entries: Vec<EntryVm>,
}

/// A month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthVm {
    /// The month.
    pub month: Month,
    /// `2022年11月`.
    pub title: String,
    /// Weeks from Monday to Sunday.
    pub weeks: Vec<[DayVm; 7]>,
    /// That holidays of the year are not known, where they are not.
    pub remark: Option<String>,
    /// How many are due in the month and still open.
    pub open: usize,
    /// How many were done.
    pub done: usize,
    /// The day before which nothing that was done is listed, where the month begins before it.
    pub done_since: Option<Day>,
}

impl MonthVm {
    /// `2022年11月有 3 件到期的事没有办，已办 5 件`; of a month that lies back, that what was done is not listed.
    pub fn words(&self) -> String {
        let title = &self.title;
        let said = match (self.open, self.done, self.done_since) {
            (0, 0, Some(_)) => format!("{title}没有还没办的事"),
            (0, 0, None) => format!("{title}没有到期的事"),
            (open, 0, Some(_)) => format!("{title}有 {open} 件到期的事没有办"),
            (open, 0, None) => format!("{title}有 {open} 件到期的事"),
            (0, done, _) => format!("{title}到期的 {done} 件事都办了"),
            (open, done, _) => format!("{title}有 {open} 件到期的事没有办，已办 {done} 件"),
        };
        match self.done_since {
            Some(day) => format!("{said}；{day} 以前办好的不列"),
            None => said,
        }
    }
}

/// Units named of several.
const NAMED: usize = 3;

/// The month of a board.
pub fn month(board: &DueBoard, month: Month, wanted: &Wanted) -> MonthVm {
    let calendar = board.settings().calendar();
    let today = board.today();
    let first = month.first();
    let monday = first.plus_days(-first.weekday());
    let all: Vec<_> = board.all().into_iter().filter(|due| wanted.takes(due)).collect();
    let entries = |day: Day| {
        let mut entries: Vec<(EntryVm, Vec<String>)> = Vec::new();
        for due in all.iter().filter(|due| due.due == day) {
            let (said, state) = (what(due), due.state(today));
            let (unit, _) = unit_of(board, due);
            match entries.iter_mut().find(|(entry, _)| entry.what == said) {
                Some((entry, units)) => {
                    entry.count += 1;
                    entry.open += usize::from(state.is_open());
                    entry.state = entry.state.min(state);
                    units.push(unit);
                }
                None => {
                    let entry = EntryVm {
                        id: due.id(),
                        what: said,
                        units: String::new(),
                        count: 1,
                        open: usize::from(state.is_open()),
                        state,
                    };
                    entries.push((entry, vec![unit]));
                }
            }
        }
        let named = |(mut entry, units): (EntryVm, Vec<String>)| {
            entry.units = match units.len() {
                0..=NAMED => units.join("、"),
                count => format!("{}等 {count} 个", units[..NAMED].join("、")),
            };
            entry
        };
        entries.into_iter().map(named).collect::<Vec<_>>()
    };
    let one = |day: Day| {
        let kind = calendar.kind(day);
        DayVm {
            day,
            inside: day.month() == month,
            kind,
            mark: match (kind, calendar.name(day)) {
                (DayKind::Holiday, Some(name)) => name.to_owned(),
                (DayKind::Holiday, None) => "休".to_owned(),
                (DayKind::MadeUp, _) => "班".to_owned(),
                _ => String::new(),
            },
            today: day == today,
            entries: entries(day),
        }
    };
    let last = month.last();
    let mut weeks = Vec::new();
    let mut start = monday;
    while start <= last {
        weeks.push(std::array::from_fn(|n| {
            one(start.plus_days(i32::try_from(n).unwrap_or(0)))
        }));
        start = start.plus_days(7);
    }
    let within = |state: fn(State) -> bool| {
        let these = all
            .iter()
            .filter(|due| due.due.month() == month && state(due.state(today)));
        these.count()
    };
    let (year, number) = month.ym();
    MonthVm {
        month,
        title: format!("{year}年{number}月"),
        weeks,
        remark: calendar.remark(first, last),
        open: within(State::is_open),
        done: within(|state| state == State::Done),
        done_since: Some(board.done_since()).filter(|since| first < *since),
    }
}
