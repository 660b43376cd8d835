//! What is missing or late in 强基: centres and projects.

use super::indicators::INDUSTRY;
use super::ledgers::{Centre, Project};
use super::{centre, due};
use crate::model::engine::gap::{Days, Finder, Found, finder};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::Programme;
use crate::model::programmes::base::ledgers::ProjectStage;

/// Gaps about centres and projects.
#[rustfmt::skip]
pub const WORKS: &[Finder] = &[
    finder("centres", Programme::Base, ("build_stage", "看阵地"), ("个", "阵地晚于建设计划"), None, centres),
    finder("projects", Programme::Base, ("project", "登记项目"), ("", "还没有产业项目"), None, projects),
];

/// One entry for each centre that is being built.
fn centres(ctx: &Ctx, found: &mut Found) {
    let rows = ctx.rows::<Centre>().into_iter();
    let built = rows.filter(|row| centre::track_at(*row, ctx.span.to) == Some(centre::Track::Planned));
    let whole = found.whole + built.count();
    found.late(&due::BUILD, Days::Late);
    found.whole = whole;
}

fn projects(ctx: &Ctx, found: &mut Found) {
    if !INDUSTRY.applies(ctx.settings).takes(ctx.unit.community) {
        return;
    }
    found.whole += 1;
    let runs = |p: Project| {
        let holds = p.started().is_some() && ctx.span.holds(p.started(), p.ended());
        !ProjectStage::Closed.is(p.stage()) && holds
    };
    if !ctx.rows::<Project>().into_iter().any(runs) {
        found.lacks();
    }
}
