//! 节假日: the notice of a year, pasted, and the days off of a year as they count.

use crate::model::date::{Day, Month};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::settings;
use crate::model::programmes::town::calendar::HolidayRow;
use crate::model::programmes::town::holiday_notice::{self, Unread};
use crate::model::records::{Draft, Records, rows};
use crate::model::working_days::{DayKind, Holiday};

/// What would become of a pasted notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Holidays that were read.
    pub holidays: Vec<Holiday>,
    /// Sentences that were not.
    pub unread: Vec<Unread>,
    /// Records to be saved; those that stand already in the same words are left out.
    pub drafts: Vec<Draft>,
    /// Why nothing can be saved; empty otherwise.
    pub why_not: String,
}

/// Reads a notice. The year is the one that its heading names, else `year`. A holiday that was recorded is changed, not
/// made twice.
pub fn preview(records: &dyn Records, text: &str, year: i32) -> Preview {
    let year = holiday_notice::year_of(text).unwrap_or(year);
    let read = holiday_notice::read(text, year);
    let known: Vec<HolidayRow> = rows(records);
    let mut drafts = Vec::new();
    for holiday in &read.holidays {
        let own = known
            .iter()
            .find(|row| row.year() == Some(holiday.year) && row.name() == Some(holiday.name.as_str()));
        let id = own.map_or_else(String::new, |row| row.id().to_owned());
        let draft = holiday_notice::draft(holiday, &id, &format!("国务院办公厅关于{year}年部分节假日安排的通知"));
        let same = own.is_some_and(|row| draft.cells.iter().all(|(slot, value)| row.cells().cell(*slot) == value));
        if !same {
            drafts.push(draft);
        }
    }
    let why_not = match (read.holidays.is_empty(), read.unread.is_empty(), drafts.is_empty()) {
        (_, false, _) => "有读不懂的句子，改好后再保存",
        (true, true, _) => "没有找到放假的句子，请粘贴通知里“一、元旦：……”那几行",
        (false, true, true) => "和已经登记的一样，没有要保存的",
        _ => "",
    };
    Preview {
        why_not: why_not.to_owned(),
        holidays: read.holidays,
        unread: read.unread,
        drafts,
    }
}

/// A run of days off or of days worked on a weekend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Name of the holiday, where it is recorded.
    pub name: String,
    /// First and last day.
    pub days: (Day, Day),
    /// Whether they are worked.
    pub worked: bool,
}

/// The days of a year that differ from an ordinary week: holidays, and weekends that are worked. Empty where there is no
/// data of the year.
pub fn of_year(records: &dyn Records, year: i32) -> Vec<Run> {
    let settings = settings(records);
    let calendar = settings.calendar();
    let mut runs: Vec<Run> = Vec::new();
    let Some(first) = Month::new(year, 1).map(Month::first) else {
        return runs;
    };
    let mut day = first;
    while day.year() == year {
        let kind = calendar.kind(day);
        let worked = match kind {
            DayKind::Holiday => Some(false),
            DayKind::MadeUp => Some(true),
            _ => None,
        };
        if let Some(worked) = worked {
            let name = calendar.name(day).unwrap_or_default();
            match runs.last_mut() {
                Some(run) if run.worked == worked && run.name == name && run.days.1.plus_days(1) == day => {
                    run.days.1 = day
                }
                _ => runs.push(Run {
                    name: name.to_owned(),
                    days: (day, day),
                    worked,
                }),
            }
        }
        day = day.plus_days(1);
    }
    for run in &mut runs {
        if run.name.is_empty() && !run.worked {
            run.name = festival(run.days).to_owned();
        }
    }
    runs
}

/// What a holiday of the built-in calendar is called, which knows days only: the fixed feasts lie within it, the others in
/// their season.
fn festival((from, to): (Day, Day)) -> &'static str {
    let has = |month: i32, day: i32| {
        let feast = Day::new(from.year(), month, day);
        feast.is_some_and(|feast| (from..=to).contains(&feast))
    };
    let (_, month) = from.month().ym();
    match month {
        _ if has(1, 1) || has(12, 31) => "元旦",
        1 | 2 => "春节",
        _ if has(5, 1) => "劳动节",
        3 | 4 => "清明节",
        5 | 6 => "端午节",
        _ if has(9, 3) => "抗战胜利纪念日",
        9 | 10 if has(10, 1) && to.since(from) >= 7 => "国庆节、中秋节",
        9 | 10 if has(10, 1) => "国庆节",
        9 => "中秋节",
        _ => "",
    }
}

/// Where the data of a year come from.
pub fn source(records: &dyn Records, year: i32) -> &'static str {
    let own = rows::<HolidayRow>(records).iter().any(|row| row.year() == Some(year));
    match (own, settings(records).calendar().has(year)) {
        (true, _) => "本镇登记",
        (false, true) => "内置",
        (false, false) => "没有数据，按周末暂算",
    }
}
