//! What is due in 筑梦: plans, their items, problems, suggestions.

use super::ledgers::{Plan, PlanItem, Problem, Studied, Suggestion};
use super::{plan, rules, suggestion};
use crate::model::engine::due::{DueKind, Dues, Who, by, kind};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::{Programme, TypedRow as _};

const DREAM: Option<Programme> = Some(Programme::Dream);

/// Rules about plans and what villagers asked for.
pub const KINDS: &[&DueKind] = &[&STAGE, &ITEM, &PROBLEM, &STUDY, &REPLY];

/// A plan does not wait longer than this for its next step (Z6).
#[rustfmt::skip]
pub static STAGE: DueKind = kind(("stuck", DREAM), "计划环节", "指标与规则：计划停留", ("plan", "看计划"), &[Plan::SCHEMA], stage);
/// Items of plans (Z16).
#[rustfmt::skip]
pub static ITEM: DueKind = kind(("items", DREAM), "计划事项", "计划事项里写的时限", ("plan_item", "看事项"), &[PlanItem::SCHEMA], item);
/// Problems of meetings (Z15).
#[rustfmt::skip]
pub static PROBLEM: DueKind = kind(("problems", DREAM), "问题办结", "问题清单里写的时限", ("problem", "看问题"), &[Problem::SCHEMA], problem);
/// Suggestions are studied (Z5).
#[rustfmt::skip]
pub static STUDY: DueKind = kind(("studies", DREAM), "建议研判", "指标与规则：建议研判时限", ("suggestion", "看建议"), &[Suggestion::SCHEMA], study);
/// Who made a suggestion that was adopted is told (Z5).
#[rustfmt::skip]
pub static REPLY: DueKind = kind(("replies", DREAM), "建议反馈", "指标与规则：建议反馈时限", ("suggestion", "看建议"), &[Suggestion::SCHEMA], reply);

fn stage(ctx: &Ctx, dues: &mut Dues) {
    let limit = rules::STUCK_DAYS.get(ctx.settings);
    for row in ctx.rows::<Plan>() {
        let (Some(days), Some(next)) = (plan::waiting(row, ctx.span.to), plan::next(row)) else {
            dues.also();
            continue;
        };
        let since = ctx.span.to.plus_days(-days);
        let who = match plan::STEPS.iter().position(|step| step.field == next.field) {
            Some(3) => Who::Guide,
            Some(4..) => Who::Office,
            _ => Who::Unit,
        };
        let due = by(since.plus_days(limit)).who(who).about(row);
        dues.add(due.step(next.field, next.label).since(Some(since)).lead(5));
    }
}

fn item(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<PlanItem>() {
        if let Some(due) = row.due() {
            let done = row.done().filter(|day| *day <= ctx.span.to);
            let step = row.goal().unwrap_or_default();
            dues.add(by(due).about(row).step("", step).done(done));
        }
    }
}

fn problem(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Problem>() {
        if let Some(due) = row.due().filter(|_| ctx.span.past(row.date())) {
            let done = row.done().filter(|day| *day <= ctx.span.to);
            let step = row.text().unwrap_or_default();
            dues.add(by(due).about(row).step("", step).done(done));
        }
    }
}

fn study(ctx: &Ctx, dues: &mut Dues) {
    let limit = rules::STUDY_DAYS.get(ctx.settings);
    for row in ctx.rows::<Suggestion>() {
        let Some(date) = row.date().filter(|day| *day <= ctx.span.to) else {
            continue;
        };
        let is_open = suggestion::stage(row) == suggestion::Stage::Open;
        let base = if is_open { row.studied().unwrap_or(date) } else { date };
        let done = row.studied().or(row.date()).filter(|_| !is_open);
        let step = row.text().unwrap_or_default();
        let due = by(base.plus_days(limit)).about(row).step("", step).since(Some(base));
        dues.add(due.lead(5).done(done));
    }
}

/// Adopted suggestions; due so many days after the study.
fn reply(ctx: &Ctx, dues: &mut Dues) {
    let limit = rules::REPLY_DAYS.get(ctx.settings);
    for row in ctx.rows::<Suggestion>() {
        if !matches!(Studied::of(row.state()), Some(Studied::Adopted | Studied::Partly)) || !ctx.span.past(row.date()) {
            continue;
        }
        if let Some(base) = row.studied().or(row.date()) {
            let done = row.replied().filter(|day| *day <= ctx.span.to);
            let step = row.text().unwrap_or_default();
            dues.add(
                by(base.plus_days(limit))
                    .about(row)
                    .step("", step)
                    .since(Some(base))
                    .done(done),
            );
        }
    }
}
