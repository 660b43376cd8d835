//! 筑梦: draft → 晒计划 at a meeting → 征求意见 → 指导员 → 镇党委 → 定稿, with return and versions (Z4, Z6).

use crate::model::date::Day;
use crate::model::engine::workflow::{Outcome, Step, Writes, step, take};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::dream::ledgers::{Plan, PlanItem, PlanKind, PlanReturn, PlanReturnStage};
use crate::model::records::{Draft, Records, rows_of};
use crate::model::value::Value;

/// The steps in order.
pub const STEPS: [Step; 6] = [
    step(Plan::FIELDS.drafted, "草拟", "村（社区）党组织"),
    step(Plan::FIELDS.shown, "晒计划", "村（社区）党组织"),
    step(Plan::FIELDS.consulted, "征求意见", "村（社区）党组织"),
    step(Plan::FIELDS.guided, "指导员审核", "党建指导员"),
    step(Plan::FIELDS.approved, "镇党委审核", "镇党委"),
    step(Plan::FIELDS.finalised, "定稿", "镇党委"),
];

/// How far a plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 草拟.
    Drafted,
    /// 已晒.
    Shown,
    /// 征求意见.
    Consulted,
    /// 指导员已审.
    Guided,
    /// 镇党委已审.
    Approved,
    /// 定稿.
    Finalised,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Stage; 6] = [
        Stage::Drafted,
        Stage::Shown,
        Stage::Consulted,
        Stage::Guided,
        Stage::Approved,
        Stage::Finalised,
    ];

    /// Label.
    pub fn label(self) -> &'static str {
        STEPS[self as usize].label
    }

    /// Code: the field that holds the day.
    pub fn code(self) -> &'static str {
        STEPS[self as usize].field
    }
}

/// Stage on a day; `None` before the draft. Days that were written out of turn are not counted.
pub fn stage_at(row: Plan, on: Day) -> Option<Stage> {
    let days = days(row);
    let reached = days.iter().take_while(|d| d.is_some_and(|d| d <= on)).count();
    reached.checked_sub(1).map(|at| Stage::ALL[at])
}

/// The same of a plan that may say nothing: it is not final.
pub fn stage_of(row: Plan, on: Day, says_nothing: impl FnOnce() -> bool) -> Option<Stage> {
    let stage = stage_at(row, on)?;
    let is_void = stage == Stage::Finalised && says_nothing();
    Some(if is_void { Stage::Approved } else { stage })
}

/// The day on which a stage was reached.
pub fn reached(row: Plan, stage: Stage) -> Option<Day> {
    days(row)[stage as usize]
}

/// Whether a plan is one of a year: the annual one, or the five-year one that covers it.
pub fn is_for(row: Plan, year: i32) -> bool {
    let first = row.year().unwrap_or(i32::MAX);
    match PlanKind::of(row.kind()) {
        Some(PlanKind::FiveYear) => first <= year && year <= row.until().unwrap_or(first.saturating_add(4)),
        Some(PlanKind::Annual) => first == year,
        _ => false,
    }
}

/// The days of the steps, in their order.
pub(super) fn days(row: Plan) -> [Option<Day>; 6] {
    [
        row.drafted(),
        row.shown(),
        row.consulted(),
        row.guided(),
        row.approved(),
        row.finalised(),
    ]
}

/// Whether a plan says nothing: no main content, and none of the `items` is of it. Such a plan is no plan yet, whatever
/// days stand in it.
pub fn is_empty<'a>(row: Plan, items: impl IntoIterator<Item = PlanItem<'a>>) -> bool {
    let names = |item: PlanItem| item.plan() == Some(row.id()) && !row.id().is_empty();
    row.summary().is_none() && !items.into_iter().any(names)
}

/// The same, looking for its items among the records of its unit.
pub fn says_nothing(row: Plan, records: &dyn Records) -> bool {
    row.summary().is_none() && is_empty(row, rows_of(records, row.unit().unwrap_or_default()))
}

/// Why a plan that says nothing is not finalised, in every way in which a day can be written.
pub fn refusal() -> Notice {
    Notice::error("summary", "计划还没有内容，不能定稿", "先写主要内容，或加计划事项")
}

/// Days since the last step on `on`; `None` once the plan is finalised.
pub fn waiting(row: Plan, on: Day) -> Option<i32> {
    let stage = stage_at(row, on)?;
    let last = reached(row, stage)?;
    (stage != Stage::Finalised).then(|| on.since(last))
}

/// The step that comes next.
pub fn next(row: Plan) -> Option<&'static Step> {
    crate::model::engine::workflow::next(Plan::SCHEMA, row.cells(), &STEPS)
}

/// Takes a step on a day.
///
/// # Errors
/// Notices when a step before it is missing, lies later, or the step has been taken.
pub fn advance(row: Plan, field: &str, on: Day) -> Outcome {
    take(Plan::SCHEMA, row.cells(), &STEPS, field, on)
}

/// A return: what is written into the plan, and the record of the return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Fields of the plan: a new version, the comment, and the later steps cleared.
    pub writes: Writes,
    /// The record of the return.
    pub record: Draft,
}

/// Sends a plan back with a comment: the version grows, consultation starts again, nothing is forgotten.
///
/// # Errors
/// Notices when nobody is reviewing it (before 征求意见 or after 定稿) or the comment is empty.
pub fn send_back(row: Plan, id: &str, comment: &str, on: Day) -> Result<Returned, Vec<Notice>> {
    let stage = stage_at(row, on);
    let place = match stage {
        Some(Stage::Consulted) => PlanReturnStage::Guide,
        Some(Stage::Guided | Stage::Approved) => PlanReturnStage::Committee,
        _ => {
            let what = "计划不在审核环节，不能退回";
            return Err(vec![Notice::error("returned", what, "征求意见后、定稿前才能退回")]);
        }
    };
    if comment.trim().is_empty() {
        return Err(vec![Notice::error("returned", "没有写退回意见", "写明要改什么")]);
    }
    let version = row.version().unwrap_or(1);
    let record = PlanReturn::draft(id)
        .unit(row.unit())
        .plan(row.id())
        .stage(place.code());
    let record = record.date(on).version(version).comment(comment).into_draft();
    let mut writes = vec![
        (Plan::FIELDS.version, Value::Int(version + 1)),
        (Plan::FIELDS.returned, Value::text(comment)),
        (Plan::FIELDS.consulted, Value::Null),
    ];
    // What was not reached is not written: the guide sends back, too, and the committee's day is not the guide's.
    let reached = [
        (Plan::FIELDS.guided, row.guided()),
        (Plan::FIELDS.approved, row.approved()),
    ];
    let reached = reached.into_iter().filter(|(_, day)| day.is_some());
    writes.extend(reached.map(|(field, _)| (field, Value::Null)));
    Ok(Returned { writes, record })
}
