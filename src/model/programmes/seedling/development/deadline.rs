//! Deadlines between the steps, in calendar months.

use super::steps::{RuleVersion, STEPS, Stage, notice_waived, rule_on, stage_at};
use crate::model::date::Day;
use crate::model::engine::workflow::{Step, day_of};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::ledgers::development::{
    Development, DevelopmentExit, Inspection, InspectionStage,
};
use crate::model::programmes::seedling::rules;
use crate::model::settings::Settings;
use crate::order::Arrange;

/// A step that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The step.
    pub step: &'static Step,
    /// Last day.
    pub due: Day,
    /// Article of the rules, 2026 numbering.
    pub article: &'static str,
}

/// A step with a last day: what it counts from and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The day it counts from.
    pub since: Day,
    /// Last day.
    pub due: Day,
    /// Article of the rules, 2026 numbering.
    pub article: &'static str,
}

/// The steps that the rules give a last day, in order.
const LIMITED: [&str; 6] = ["talked", "voted", "approved", "sworn", "revoted", "confirmed"];

/// The last day of a step, whether it was taken or not; `None` where the rules name none, or where what it counts from has
/// not happened by `on`.
pub fn limit(row: Development, field: &str, on: Day, settings: &Settings) -> Option<Limit> {
    let meeting = |day: &Day| rule_on(row, *day) == RuleVersion::V2026 || rules::PRECHECK_2014.get(settings);
    let (base, months, article) = match field {
        "talked" => (row.applied(), 1, "第七条"),
        "voted" => (row.prechecked().filter(meeting), 1, "第十九条"),
        "approved" => {
            let months = if row.special() == Some(true) { 6 } else { 3 };
            (row.voted(), months, "第二十五条")
        }
        "sworn" => {
            let asked = |day: &Day| rule_on(row, *day) == RuleVersion::V2026;
            (row.approved().filter(asked), 1, "第二十九条")
        }
        "revoted" => match extended(row) {
            Some(until) => {
                let since = row.voted().unwrap_or(until);
                let article = "第三十二条";
                return Some(Limit {
                    since,
                    due: until,
                    article,
                });
            }
            None => {
                let probation = rules::PROBATION_MONTHS.get(settings);
                (
                    row.voted().filter(|_| row.approved().is_some()),
                    probation,
                    "第三十一条",
                )
            }
        },
        "confirmed" => {
            let base = row.revoted().filter(|_| DevelopmentExit::OnTime.is(row.exit()));
            (base, 3, "第三十三条")
        }
        _ => return None,
    };
    let since = base.filter(|day| *day <= on)?;
    let due = since.plus_months(months);
    Some(Limit { since, due, article })
}

/// The day until which the probation was extended, where the meeting of step 23 chose so.
pub(super) fn extended(row: Development) -> Option<Day> {
    let until = row.extended_until()?;
    let again = row.revoted().is_some_and(|day| day >= until);
    (DevelopmentExit::Extended.is(row.exit()) || again).then_some(until)
}

/// A step with a last day that was taken: the deadline and the day it was met.
pub fn met(row: Development, on: Day, settings: &Settings) -> Vec<(Deadline, Day)> {
    let taken = |field: &'static str| {
        let day = day_of(Development::SCHEMA, row.cells(), field).filter(|day| *day <= on)?;
        // Put off is not decided.
        if field == "revoted" && DevelopmentExit::Extended.is(row.exit()) {
            return None;
        }
        let Limit { due, article, .. } = limit(row, field, on, settings)?;
        let step = STEPS.iter().find(|step| step.field == field)?;
        Some((Deadline { step, due, article }, day))
    };
    LIMITED.into_iter().filter_map(taken).collect()
}

/// Deadlines that run on `on`: the base has happened, the step has not.
pub fn deadlines(row: Development, inspections: &[Inspection], on: Day, settings: &Settings) -> Vec<Deadline> {
    let Some(stage) = stage_at(row, on).filter(|s| !s.closed()) else {
        return Vec::new();
    };
    let by = |day: Option<Day>| day.filter(|d| *d <= on);
    let mut found = Vec::new();
    for field in LIMITED {
        let is_open = by(day_of(Development::SCHEMA, row.cells(), field)).is_none();
        let again = field == "revoted" && stage == Stage::Extended;
        let step = STEPS.iter().find(|step| step.field == field);
        if let (true, Some(limit), Some(step)) = (is_open || again, limit(row, field, on, settings), step) {
            let Limit { due, article, .. } = limit;
            found.push(Deadline { step, due, article });
        }
    }
    if stage == Stage::Activist {
        let last = inspections
            .iter()
            .filter(|i| i.file() == Some(row.id()) && InspectionStage::Activist.is(i.stage()))
            .filter_map(|i| by(i.date()))
            .max()
            .or(row.chosen());
        if let Some(base) = last.filter(|_| row.inspected().is_none()) {
            found.push(Deadline {
                step: &STEPS[5],
                due: base.plus_months(6),
                article: "第十一条",
            });
        }
    }
    found.arrange_by_key(|d| d.due);
    found
}

/// The public notice of a file, as it was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicNotice {
    /// First day.
    pub from: Day,
    /// Last of its working days. The result may be entered from the calendar day after.
    pub last: Day,
}

impl PublicNotice {
    /// The notice that is posted on a day.
    pub fn posted(from: Day, settings: &Settings) -> PublicNotice {
        let (days, first) = (rules::NOTICE_DAYS.get(settings), rules::NOTICE_FIRST_DAY.get(settings));
        let last = settings.calendar().notice_last(from, days, first);
        PublicNotice { from, last }
    }

    /// First day on which the result may be entered, be it worked or not.
    pub fn result_from(self) -> Day {
        self.last.plus_days(1)
    }

    /// Both days in a sentence, with what is provisional about them.
    pub fn says(self, settings: &Settings) -> String {
        let provisional = settings
            .calendar()
            .remark(self.from, self.last)
            .map(|r| format!("（{r}）"));
        let (last, next) = (self.last, self.result_from());
        format!("公示到 {last}，{next} 起登记结果{}", provisional.unwrap_or_default())
    }
}

/// The public notice of a file; `None` before it was posted, and where the rules know no such step.
pub fn public_notice(row: Development, settings: &Settings) -> Option<PublicNotice> {
    let from = row.notice_from().filter(|from| !notice_waived(row, *from))?;
    Some(PublicNotice::posted(from, settings))
}
