//! What becomes of each row of a table: new, changed, the same, asked about, wrong. Nothing is written.

mod check;
mod fate;
mod kinds;
mod planner;
mod reading;

pub use kinds::*;

use office::book::Table;

use super::layout::Layout;
use crate::turns::{Turns, at_once};
use planner::Planner;

/// What would become of a table.
pub fn plan(ground: &Ground, table: &Table, layout: &Layout, job: &Job) -> Plan {
    at_once(plan_in_turns(ground, table, layout, job, Turns::NONE))
}

/// [`plan`] in turns; one that is dropped leaves no trace.
pub async fn plan_in_turns(ground: &Ground<'_>, table: &Table, layout: &Layout, job: &Job, turns: Turns<'_>) -> Plan {
    let mut planner = Planner::new(ground, table, layout, job);
    turns.pause().await;
    for at in &layout.body {
        if let Some(row) = table.rows.get(*at) {
            planner.take(row);
        }
        turns.pause().await;
    }
    planner.claim(turns).await;
    for kept in std::mem::take(&mut planner.read) {
        planner.settle(kept);
        turns.pause().await;
    }
    planner.check(turns).await;
    planner.plan
}
