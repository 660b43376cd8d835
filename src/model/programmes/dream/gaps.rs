//! What is missing or late in 筑梦: plans, their items, problems, suggestions.

use super::ledgers::{Plan, PlanItem, Problem, Suggestion};
use super::{plan, rules, suggestion};
use crate::model::engine::gap::{Finder, Found, finder};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::Programme;
use crate::model::programmes::dream::ledgers::{PlanKind, Studied};

/// Gaps about plans and what villagers asked for.
#[rustfmt::skip]
pub const WORKS: &[Finder] = &[
    finder("plans", Programme::Dream, ("plan", "拟计划"), ("", "还没有本年度计划"), None, no_plan),
    finder("stuck", Programme::Dream, ("plan", "看计划"), ("份", "计划在一个环节停留超过 # 天"), Some(&rules::STUCK_DAYS), stuck),
    finder("items", Programme::Dream, ("plan_item", "看事项"), ("项", "计划事项逾期没有办结"), None, items),
    finder("problems", Programme::Dream, ("problem", "看问题"), ("个", "问题逾期没有办结"), None, problems),
    finder("replies", Programme::Dream, ("suggestion", "看建议"), ("条", "已采纳的建议还没有反馈"), None, replies),
    finder("studies", Programme::Dream, ("suggestion", "看建议"), ("条", "建议超过 # 天没有研判"), Some(&rules::STUDY_DAYS), studies),
];

fn no_plan(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let year = ctx.span.year();
    let own = |p: Plan| PlanKind::Annual.is(p.kind()) && p.year() == Some(year) && ctx.span.past(p.drafted());
    if !ctx.rows::<Plan>().into_iter().any(own) {
        found.lacks();
    }
}

fn stuck(ctx: &Ctx, found: &mut Found) {
    let limit = rules::STUCK_DAYS.get(ctx.settings);
    for row in ctx.rows::<Plan>() {
        found.whole += 1;
        if let Some(days) = plan::waiting(row, ctx.span.to).filter(|d| *d > limit) {
            found.short(row, Some(days), Some(ctx.span.to.plus_days(limit - days)));
        }
    }
}

fn items(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<PlanItem>() {
        let Some(due) = row.due() else { continue };
        found.whole += 1;
        if due < ctx.span.to && !ctx.span.past(row.done()) {
            found.short(row, Some(ctx.span.to.since(due)), Some(due));
        }
    }
}

fn problems(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Problem>() {
        let Some(due) = row.due().filter(|_| ctx.span.past(row.date())) else {
            continue;
        };
        found.whole += 1;
        if due < ctx.span.to && !ctx.span.past(row.done()) {
            found.short(row, Some(ctx.span.to.since(due)), Some(due));
        }
    }
}

/// Adopted suggestions without an answer; due so many days after the study.
fn replies(ctx: &Ctx, found: &mut Found) {
    let limit = rules::REPLY_DAYS.get(ctx.settings);
    for row in ctx.rows::<Suggestion>() {
        if !matches!(Studied::of(row.state()), Some(Studied::Adopted | Studied::Partly)) || !ctx.span.past(row.date()) {
            continue;
        }
        found.whole += 1;
        if ctx.span.past(row.replied()) {
            continue;
        }
        let due = row.studied().or(row.date()).map(|d| d.plus_days(limit));
        found.short(row, None, due);
    }
}

fn studies(ctx: &Ctx, found: &mut Found) {
    let limit = rules::STUDY_DAYS.get(ctx.settings);
    for row in ctx.rows::<Suggestion>() {
        if !ctx.span.past(row.date()) {
            continue;
        }
        found.whole += 1;
        if suggestion::stage(row) != suggestion::Stage::Open {
            continue;
        }
        if let Some(days) = suggestion::waiting(row, ctx.span.to).filter(|d| *d > limit) {
            found.short(row, Some(days), Some(ctx.span.to.plus_days(limit - days)));
        }
    }
}
