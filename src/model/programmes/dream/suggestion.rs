//! A suggestion: 提出 → 研判 → 采纳, 部分采纳 or 不采纳 with reason → 落实 → 反馈, linked to the plan item it became (Z5).

use crate::model::date::Day;
use crate::model::engine::workflow::{Conversion, Outcome};
use crate::model::notice::Notice;
use crate::model::programmes::dream::ledgers::{PlanItem, Studied, Suggestion};
use crate::model::value::Value;

/// How far a suggestion has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 待研判.
    Open,
    /// 采纳 or 部分采纳, not yet done.
    Adopted,
    /// 不采纳, not yet told.
    Declined,
    /// 已落实, not yet told.
    Landed,
    /// 已反馈: closed.
    Replied,
}

impl Stage {
    /// Label.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Open => "待研判",
            Stage::Adopted => "已采纳，待落实",
            Stage::Declined => "不采纳，待反馈",
            Stage::Landed => "已落实，待反馈",
            Stage::Replied => "已反馈",
        }
    }
}

/// Stage of a suggestion.
pub fn stage(row: Suggestion) -> Stage {
    match (Studied::of(row.state()), row.landed(), row.replied()) {
        (_, _, Some(_)) => Stage::Replied,
        (Some(Studied::Adopted | Studied::Partly), Some(_), None) => Stage::Landed,
        (Some(Studied::Adopted | Studied::Partly), None, None) => Stage::Adopted,
        (Some(Studied::Declined), _, None) => Stage::Declined,
        _ => Stage::Open,
    }
}

/// Code of the result of the study on a day; a study without a day counts from the day of the suggestion.
pub fn state_on(row: Suggestion<'_>, on: Day) -> &str {
    let is_studied = row.studied().or(row.date()).is_some_and(|day| day <= on);
    row.state().filter(|_| is_studied).unwrap_or(Studied::Open.code())
}

/// Days between the suggestion (or the study, once adopted) and `on`, while somebody waits for an answer.
pub fn waiting(row: Suggestion, on: Day) -> Option<i32> {
    if row.replied().is_some() {
        return None;
    }
    row.studied().or(row.date()).map(|d| on.since(d))
}

fn earlier(row: Suggestion, on: Day, place: &str) -> Option<Notice> {
    let last = row.studied().max(row.date()).max(row.landed())?;
    (on < last).then(|| Notice::error(place, format!("日期早于上一步（{last}）"), "核对日期"))
}

/// Decides: `adopted`, `partly` or `declined`; declining needs a reason.
///
/// # Errors
/// Notices for an unknown decision, a missing reason, or a day before the suggestion.
pub fn study(row: Suggestion, state: &str, reason: &str, on: Day) -> Outcome {
    let decided = Studied::of(Some(state)).filter(|decided| *decided != Studied::Open);
    if decided.is_none() {
        return Err(vec![Notice::error(
            "state",
            "没有选择研判结果",
            "选采纳、部分采纳或不采纳",
        )]);
    }
    if decided == Some(Studied::Declined) && reason.trim().is_empty() {
        return Err(vec![Notice::error(
            "reason",
            "不采纳没有写理由",
            "写明理由，以便向提出人说明",
        )]);
    }
    if let Some(notice) = earlier(row, on, "studied") {
        return Err(vec![notice]);
    }
    let mut writes = vec![
        (Suggestion::FIELDS.state, Value::text(state)),
        (Suggestion::FIELDS.studied, Value::text(on.to_string())),
    ];
    if !reason.trim().is_empty() {
        writes.push((Suggestion::FIELDS.reason, Value::text(reason.trim())));
    }
    Ok(writes)
}

/// Whether the suggestion was adopted and is still to be carried out, answered or not.
pub fn waits_to_land(row: Suggestion) -> bool {
    matches!(Studied::of(row.state()), Some(Studied::Adopted | Studied::Partly)) && row.landed().is_none()
}

/// Marks an adopted suggestion as done.
///
/// # Errors
/// Notices when it has not been adopted.
pub fn land(row: Suggestion, on: Day) -> Outcome {
    // Often the answer is given first and the thing carried out later.
    if !waits_to_land(row) {
        return Err(vec![Notice::error(
            "landed",
            "建议还没有采纳，或已落实",
            "先登记研判结果",
        )]);
    }
    match earlier(row, on, "landed") {
        Some(notice) => Err(vec![notice]),
        None => Ok(vec![(Suggestion::FIELDS.landed, Value::text(on.to_string()))]),
    }
}

/// Tells the proposer.
///
/// # Errors
/// Notices when it has not been studied, or the day lies before an earlier step.
pub fn reply(row: Suggestion, on: Day) -> Outcome {
    match stage(row) {
        Stage::Open => Err(vec![Notice::error(
            "replied",
            "建议还没有研判",
            "先选采纳或不采纳，再反馈",
        )]),
        Stage::Replied => Err(vec![Notice::error("replied", "已经反馈过", "日期有误时直接修改")]),
        _ => match earlier(row, on, "replied") {
            Some(notice) => Err(vec![notice]),
            None => Ok(vec![(Suggestion::FIELDS.replied, Value::text(on.to_string()))]),
        },
    }
}

/// Turns an adopted suggestion into an item of a plan; both link to each other.
///
/// # Errors
/// Notices when it has not been adopted or already has an item.
pub fn into_item(row: Suggestion, id: &str, plan: &str, due: Day) -> Result<Conversion, Vec<Notice>> {
    if !matches!(Studied::of(row.state()), Some(Studied::Adopted | Studied::Partly)) {
        return Err(vec![Notice::error("state", "建议还没有采纳", "采纳后才能列入计划事项")]);
    }
    if row.item().is_some() {
        return Err(vec![Notice::error("item", "已经列入计划事项", "打开原来的事项修改")]);
    }
    let goal: String = row.text().unwrap_or_default().chars().take(200).collect();
    let made = PlanItem::draft(id)
        .unit(row.unit())
        .plan(plan)
        .goal(goal.as_str())
        .due(due);
    Ok(Conversion {
        made: made.progress(0).suggestion(row.id()).into_draft(),
        writes: vec![(Suggestion::FIELDS.item, Value::text(id))],
    })
}
