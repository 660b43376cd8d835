//! Working days of the town, what is followed up by the office, and what a rule does not apply to.

use super::ledgers::Progress;
use crate::model::date::Day;
use crate::model::engine::check::{Found, Look};
use crate::model::ledger::{Cells, Ledger, Owner, Preset, TypedRow as _};

crate::ledgers! {
    /// A holiday of a year with the days worked for it (docs/requirements.md, working days).
    HolidayRow = Ledger::new("holiday", "节假日安排").owner(Owner::Town).adds("个", "登记一个节假日").dated("from")
        .key(&["year", "name"]).title(&["year", "name"])
        .help("国务院办公厅每年的放假通知；2014—2026 年已经内置，登记了哪一年，哪一年就以登记的为准") => {
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        name: Text "节日" .required() .column();
        from: Day "放假第一天" .near() .required() .column();
        to: Day "放假最后一天" .near() .required() .column();
        worked: Text "调休上班" .hint("周末上班的日子，几天用顿号隔开，例如 2026-02-14、2026-02-28") .column();
        source: Text "依据" .recurs();
    }

    /// That a deadline does not hold for a unit or a record, with the reason.
    Waiver = Ledger::new("waiver", "不适用事项").adds("项", "登记不适用").dated("date").title(&["matter"])
        .key(&["unit", "due"]).help("期限对这个村（社区）或这条记录不适用的，写明理由；删除后期限恢复") => {
        unit: Unit "村（社区）" .required() .column();
        matter: Text "事项" .required() .column();
        due: Text "期限编号" .required() .hint("由待办页自动填写");
        reason: Text "理由" .required() .column() .recurs();
        date: Day "登记日期" .required() .preset(Preset::Today) .column();
    }

    /// A late matter that the office follows up until it is closed (督办, docs/requirements.md §2.10).
    Supervision = Ledger::new("supervision", "督办台账").owner(Owner::Town).adds("件", "登记一件督办").dated("date")
        .title(&["matter"]).key(&["unit", "number", "matter"]).help("逾期事项的督办：编号、事项、责任人、时限、反馈和销号") => {
        unit: Unit "村（社区）" .required() .column();
        number: Text "编号" .hint("例如 2022-03") .column();
        matter: Text "督办事项" .required() .column();
        due: Text "期限编号" .hint("由待办页自动填写");
        who: Text "责任人" .personal() .column() .recurs();
        date: Day "交办日期" .required() .preset(Preset::Today) .column();
        until: Day "办结时限" .coming() .required() .column();
        feedback: LongText "办理反馈";
        answered: Day "反馈日期";
        closed: Day "销号日期" .column();
        state: Choice "进展" .choices(Progress::ALL);
    }
}

/// The days of a list such as `2026-02-14、2026-02-28`; what is no day is left out.
pub fn worked_days(text: &str) -> Vec<Day> {
    let parts = text.split(['、', '，', ',', '；', ';', ' ', '\n']);
    parts.filter_map(|part| Day::parse(part.trim())).collect()
}

/// Longest run of days off that a notice has.
const LONGEST: i32 = 30;

/// The days of a holiday lie in order and near its year; days that are worked are written as days.
pub(super) fn holiday(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = HolidayRow::of(cells);
    found.order((row.from(), "放假第一天"), (row.to(), "放假最后一天"), "to");
    let span = row.from().zip(row.to());
    let long = span.is_some_and(|(from, to)| to.since(from) >= LONGEST);
    found.error(long, "to", format!("放假超过 {LONGEST} 天"), "核对两个日期");
    let other = row
        .year()
        .zip(row.to())
        .is_some_and(|(year, to)| (to.year() - year).abs() > 1);
    found.error(other, "year", "日期不在这一年", "核对年度和日期");
    let written = row.worked().unwrap_or_default();
    let parts = written.split(['、', '，', ',', '；', ';', ' ', '\n']);
    let wrong = parts
        .map(str::trim)
        .find(|part| !part.is_empty() && Day::parse(part).is_none());
    if let Some(wrong) = wrong {
        let what = format!("“{wrong}”不是日期");
        found.error(true, "worked", what, "写成 2026-02-14，几天用顿号隔开");
    }
    let off = |day: &Day| span.is_some_and(|(from, to)| (from..=to).contains(day));
    let both = worked_days(written).iter().any(off);
    found.error(both, "worked", "调休上班的日子在放假的几天里", "核对日期");
}

pub(super) fn supervision(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Supervision::of(cells);
    found.order((row.date(), "交办日期"), (row.until(), "办结时限"), "until");
    found.order((row.date(), "交办日期"), (row.answered(), "反馈日期"), "answered");
    found.order((row.date(), "交办日期"), (row.closed(), "销号日期"), "closed");
    found.warning(
        row.closed().is_some() && row.feedback().is_none(),
        "feedback",
        "销号了，没有办理反馈",
        "写明办理结果",
    );
}
