//! What is missing or late in 筑梦: plans, their items, problems, suggestions.

use super::ledgers::Plan;
use super::{due, rules};
use crate::model::engine::gap::{Days, Finder, Found, finder};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::Programme;
use crate::model::programmes::dream::ledgers::PlanKind;

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

fn stuck(_: &Ctx, found: &mut Found) {
    found.late(&due::STAGE, Days::Since);
}

fn items(_: &Ctx, found: &mut Found) {
    found.late(&due::ITEM, Days::Late);
}

fn problems(_: &Ctx, found: &mut Found) {
    found.late(&due::PROBLEM, Days::Late);
}

/// Adopted suggestions without an answer, late or not.
fn replies(_: &Ctx, found: &mut Found) {
    for one in found.dues(&due::REPLY) {
        found.due(one, Days::Nothing);
    }
}

fn studies(_: &Ctx, found: &mut Found) {
    found.late(&due::STUDY, Days::Since);
}
