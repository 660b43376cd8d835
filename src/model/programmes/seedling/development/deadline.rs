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

/// Deadlines that run on `on`: the base has happened, the step has not.
pub fn deadlines(row: Development, inspections: &[Inspection], on: Day, settings: &Settings) -> Vec<Deadline> {
    let Some(stage) = stage_at(row, on).filter(|s| !s.closed()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let by = |day: Option<Day>| day.filter(|d| *d <= on);
    let mut add = |field: &str, base: Option<Day>, months: i32, article: &'static str| {
        let open = by(day_of(Development::SCHEMA, row.cells(), field)).is_none();
        if let (true, Some(base), Some(step)) = (open, by(base), STEPS.iter().find(|s| s.field == field)) {
            let due = base.plus_months(months);
            found.push(Deadline { step, due, article });
        }
    };
    add("talked", row.applied(), 1, "第七条");
    let precheck_rule = |day: Day| rule_on(row, day) == RuleVersion::V2026 || rules::PRECHECK_2014.get(settings);
    if row.prechecked().is_some_and(precheck_rule) {
        add("voted", row.prechecked(), 1, "第十九条");
    }
    add(
        "approved",
        row.voted(),
        if row.special() == Some(true) { 6 } else { 3 },
        "第二十五条",
    );
    if row.approved().is_some_and(|d| rule_on(row, d) == RuleVersion::V2026) {
        add("sworn", row.approved(), 1, "第二十九条");
    }
    let probation = rules::PROBATION_MONTHS.get(settings);
    if !DevelopmentExit::Extended.is(row.exit()) {
        add(
            "revoted",
            row.voted().filter(|_| row.approved().is_some()),
            probation,
            "第三十一条",
        );
    }
    add(
        "confirmed",
        row.revoted().filter(|_| DevelopmentExit::OnTime.is(row.exit())),
        3,
        "第三十三条",
    );
    if let (Stage::Extended, Some(due)) = (stage, row.extended_until()) {
        found.push(Deadline {
            step: &STEPS[23],
            due,
            article: "第三十二条",
        });
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
    let last = settings.calendar().notice_last(
        from,
        rules::NOTICE_DAYS.get(settings),
        rules::NOTICE_FIRST_DAY.get(settings),
    );
    Some(PublicNotice { from, last })
}
