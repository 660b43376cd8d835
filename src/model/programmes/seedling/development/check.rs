//! Everything that is wrong with a file as it stands.

use super::advance::{check_extension, notice_running, too_early};
use super::deadline::{Deadline, deadlines};
use super::steps::{STEPS, notice_waived};
use super::vote::{carried, check_vote, vote_of};
use crate::model::date::{Day, Month};
use crate::model::engine::workflow::{Step, check_order, day_of};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::seedling::ledgers::development::{Development, DevelopmentExit};
use crate::model::settings::Settings;

/// Eighteen years old on the day of the application (§5).
pub fn of_age(birth: Month, applied: Day) -> bool {
    applied.month().since(birth) >= 18 * 12
}

/// Every notice about a file on `today`: order, age, votes, exits, and deadlines that have passed.
pub fn check(row: Development, today: Day, settings: &Settings) -> Vec<Notice> {
    let mut notices = order(row);
    if let (Some(birth), Some(applied)) = (row.birth(), row.applied())
        && !of_age(birth, applied)
    {
        let todo = "年满十八周岁才能申请（第五条）";
        notices.push(Notice::error("birth", "申请时不满 18 周岁", todo));
    }
    for prefix in ["vote", "revote"] {
        if let Some(vote) = vote_of(row, prefix) {
            notices.extend(check_vote(vote, prefix));
        }
    }
    let accepted = row.approved().is_some();
    if let Some(vote) = vote_of(row, "vote").filter(|v| accepted && !carried(*v)) {
        let what = format!("赞成 {} 票，没有超过应到会 {} 人的半数", vote.ayes, vote.due);
        notices.push(Notice::error("approved", what, "没有通过的不能审批（第十九条）"));
    }
    if DevelopmentExit::Extended.is(row.exit()) || row.extended_until().is_some() {
        notices.extend(check_extension(row, today, settings));
    }
    if let Some(day) = row.noticed().filter(|day| !notice_waived(row, *day)) {
        notices.extend(notice_running(row, day, settings));
    }
    for field in ["proposed", "revoted"] {
        if let Some(day) = day_of(Development::SCHEMA, row.cells(), field) {
            notices.extend(too_early(row, field, day, settings));
        }
    }
    notices.extend(
        deadlines(row, &[], today, settings)
            .into_iter()
            .filter(|d| d.due < today)
            .filter_map(late),
    );
    notices
}

/// A deadline that has passed is a warning and names its article; the half-yearly inspection is judged with its own records.
fn late(deadline: Deadline) -> Option<Notice> {
    let Deadline { step, due, article } = deadline;
    (step.field != "inspected").then(|| {
        let what = format!("“{}”应在 {due} 前办理，已逾期", step.label);
        Notice::warning(step.field, what, format!("依据《细则》{article}；尽快办理并登记日期"))
    })
}

/// Steps in order; step 8+ may be missing where the version of 2014 governs.
fn order(row: Development) -> Vec<Notice> {
    let at = row.consented().or(row.proposed()).or(row.applied());
    let waived = at.is_some_and(|day| row.noticed().is_none() && notice_waived(row, day));
    let steps: Vec<Step> = STEPS
        .into_iter()
        .filter(|s| !(waived && s.field == "noticed"))
        .collect();
    check_order(Development::SCHEMA, row.cells(), &steps)
}
