//! What is missing or late in 引凤: links of cadres, needs of returnees, land.

use super::due;
use super::ledgers::Assignment;
use crate::model::engine::gap::{Days, Finder, Found, finder};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::Programme;
use crate::model::programmes::lead::ledgers::Cadre;

/// Gaps about people.
#[rustfmt::skip]
pub const PEOPLE: &[Finder] = &[
    finder("cadres", Programme::Phoenix, ("assignment", "定联系"), ("名", "两委干部没有联系项目"), None, cadres),
    finder("needs", Programme::Phoenix, ("need", "看需求"), ("条", "能人需求到期没有解决"), None, needs),
];

/// Gaps about land.
#[rustfmt::skip]
pub const WORKS: &[Finder] = &[
    finder("land", Programme::Phoenix, ("land_transfer", "看流转"), ("宗", "土地流转六十天内到期"), None, land),
];

fn cadres(ctx: &Ctx, found: &mut Found) {
    let assignments = ctx.rows::<Assignment>();
    for row in ctx.rows::<Cadre>() {
        if row.since().is_none() || !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        found.whole += 1;
        let linked = assignments.iter().any(|a| {
            let holds = a.since().is_some() && ctx.span.holds(a.since(), a.until());
            a.cadre() == Some(row.id()) && holds && (a.project().is_some() || a.enterprise().is_some())
        });
        if !linked {
            found.short(row, None, None);
        }
    }
}

fn needs(_: &Ctx, found: &mut Found) {
    found.late(&due::NEED, Days::Late);
}

fn land(_: &Ctx, found: &mut Found) {
    found.coming(&due::LAND, Days::Nothing);
}
