//! Gaps about plans, suggestions, centres, projects, estates and land.

use super::{Finder, Found};
use crate::model::base::{BuildStage, Centre, Project};
use crate::model::dream::{Plan, PlanItem, Problem, Suggestion};
use crate::model::indicator::{Ctx, by_id};
use crate::model::ledger::Programme;
use crate::model::phoenix::LandTransfer;
use crate::model::seedling::Estate;
use crate::model::workflow::{centre, plan, suggestion};

const fn finder(
    id: &'static str,
    programme: Programme,
    (ledger, action): (&'static str, &'static str),
    (measure, says): (&'static str, &'static str),
    number: &'static str,
    find: fn(&Ctx, &mut Found),
) -> Finder {
    Finder {
        id,
        programme,
        ledger,
        action,
        measure,
        says,
        number,
        find,
    }
}

use Programme::{Base, Dream, Phoenix, Seedling};

#[rustfmt::skip]
pub(super) const FINDERS: &[Finder] = &[
    finder("plans", Dream, ("plan", "拟计划"), ("", "还没有本年度计划"), "", no_plan),
    finder("stuck", Dream, ("plan", "看计划"), ("份", "计划在一个环节停留超过 # 天"), "rule.stuck_days", stuck),
    finder("items", Dream, ("plan_item", "看事项"), ("项", "计划事项逾期没有办结"), "", items),
    finder("problems", Dream, ("problem", "看问题"), ("个", "问题逾期没有办结"), "", problems),
    finder("replies", Dream, ("suggestion", "看建议"), ("条", "已采纳的建议还没有反馈"), "", replies),
    finder("studies", Dream, ("suggestion", "看建议"), ("条", "建议超过 # 天没有研判"), "rule.study_days", studies),
    finder("centres", Base, ("build_stage", "看阵地"), ("个", "阵地晚于建设计划"), "", centres),
    finder("projects", Base, ("project", "登记项目"), ("", "还没有产业项目"), "", projects),
    finder("estates", Seedling, ("estate", "看小区"), ("个", "小区还没有红色物业覆盖"), "", estates),
    finder("land", Phoenix, ("land_transfer", "看流转"), ("宗", "土地流转六十天内到期"), "", land),
];

fn no_plan(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let year = ctx.span.year();
    let own = |p: Plan| p.kind() == Some("annual") && p.year() == Some(year) && ctx.span.past(p.drafted());
    if !ctx.rows::<Plan>().into_iter().any(own) {
        found.lacks();
    }
}

fn stuck(ctx: &Ctx, found: &mut Found) {
    let limit = ctx.settings.int("rule.stuck_days");
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
    let limit = ctx.settings.int("rule.reply_days");
    for row in ctx.rows::<Suggestion>() {
        if !matches!(row.state(), Some("adopted" | "partly")) || !ctx.span.past(row.date()) {
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
    let limit = ctx.settings.int("rule.study_days");
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

fn centres(ctx: &Ctx, found: &mut Found) {
    let stages = ctx.rows::<BuildStage>();
    for row in ctx.rows::<Centre>() {
        if centre::track_at(row, ctx.span.to) != Some(centre::Track::Planned) {
            continue;
        }
        found.whole += 1;
        if let Some((_, days)) = centre::late(row, &stages, ctx.span.to) {
            found.short(row, Some(days), Some(ctx.span.to.plus_days(-days)));
        }
    }
}

/// Whether the settings count the unit for an indicator.
fn counted(ctx: &Ctx, id: &str) -> bool {
    by_id(id).is_some_and(|i| i.applies(ctx.settings).takes(ctx.unit.community))
}

fn projects(ctx: &Ctx, found: &mut Found) {
    if !counted(ctx, "base.industry") {
        return;
    }
    found.whole += 1;
    let runs = |p: Project| {
        let holds = p.started().is_some() && ctx.span.holds(p.started(), p.ended());
        p.stage() != Some("closed") && holds
    };
    if !ctx.rows::<Project>().into_iter().any(runs) {
        found.lacks();
    }
}

fn estates(ctx: &Ctx, found: &mut Found) {
    if !counted(ctx, "seedling.estates") {
        return;
    }
    for row in ctx.rows::<Estate>() {
        found.whole += 1;
        if ctx.span.holds(row.since(), None) && !ctx.span.past(row.covered()) {
            found.short(row, None, None);
        }
    }
}

fn land(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<LandTransfer>() {
        let Some(until) = row.until().filter(|_| ctx.span.past(row.signed())) else {
            continue;
        };
        found.whole += 1;
        if until <= ctx.span.to.plus_days(60) {
            found.short(row, None, Some(until));
        }
    }
}
