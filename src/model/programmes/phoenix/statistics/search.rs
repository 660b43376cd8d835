//! Going out for people and projects, and looking after those that came.

use super::declare::new;
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::indicators::current;
use crate::model::programmes::lead::ledgers::Secretary;
use crate::model::programmes::phoenix::ledgers::{Outreach, ProjectVisit, Prospect, ProspectState};

/// From trips to what landed (F10).
pub static OUTREACH: Indicator = new(
    "phoenix.outreach",
    "外出招引成效",
    "统计期内外出招引的次数，其中得到线索、促成签约、已经落地的次数（按来自这次外出的线索现在的进展）",
    &[Outreach::SCHEMA, Prospect::SCHEMA],
    outreach,
)
.form(Form::Count, "次");

/// From leads to what landed (F10).
pub static LEADS: Indicator = new(
    "phoenix.leads",
    "引才线索进展",
    "统计期内登记的引才线索条数；各阶段为现在到了或过了这一阶段的条数，放弃的只计入线索",
    &[Prospect::SCHEMA],
    leads,
)
.form(Form::Count, "条");

/// Leads of each secretary (F11).
pub static SECRETARY_LEADS: Indicator = new(
    "phoenix.secretary_leads",
    "书记人均线索",
    "统计期内书记负责的引才线索条数 ÷ 在任书记人数",
    &[Prospect::SCHEMA, Outreach::SCHEMA, Secretary::SCHEMA],
    secretary_leads,
)
.form(Form::Mean, "条");

/// Visits to projects (F9).
pub static VISITS: Indicator = new(
    "phoenix.visits",
    "项目走访",
    "统计期内两委干部到联系项目走访的次数",
    &[ProjectVisit::SCHEMA],
    visits,
)
.form(Form::Count, "次");

/// How far a lead has come; one that was dropped is a lead and no more.
fn reached(row: Prospect) -> usize {
    match ProspectState::of(row.state()) {
        Some(ProspectState::Talking) => 1,
        Some(ProspectState::Signed) => 2,
        Some(ProspectState::Landed) => 3,
        _ => 0,
    }
}

fn outreach(ctx: &Ctx, tally: &mut Tally) {
    const STEPS: [(&str, &str); 4] = [
        ("trips", "外出招引"),
        ("leads", "得到线索"),
        ("signed", "促成签约"),
        ("landed", "已经落地"),
    ];
    let rows = ctx.rows::<Outreach>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for (code, label) in STEPS {
        tally.part_count(code, label, 0);
    }
    let prospects = ctx.rows::<Prospect>();
    for row in rows.into_iter().filter(|o| ctx.span.takes(o.date())) {
        tally.hit(row);
        let own = prospects.iter().filter(|p| p.outreach() == Some(row.id()));
        let own = own.filter(|p| ctx.span.past(p.date()));
        let furthest = own.map(|p| reached(*p)).max();
        let steps = match furthest {
            None => usize::from(row.leads().is_some_and(|n| n > 0)),
            Some(state) => state.max(1),
        };
        for (code, label) in &STEPS[..=steps] {
            tally.part_count(code, label, 1);
        }
    }
}

fn registered<'a>(ctx: &Ctx<'a>) -> Vec<Prospect<'a>> {
    let mut rows = ctx.rows::<Prospect>();
    rows.retain(|p| ctx.span.takes(p.date()));
    rows
}

fn leads(ctx: &Ctx, tally: &mut Tally) {
    const STEPS: [(&str, &str); 4] = [
        ("lead", "线索"),
        ("talking", "洽谈"),
        ("signed", "签约"),
        ("landed", "落地"),
    ];
    if ctx.rows::<Prospect>().is_empty() {
        tally.is_unknown();
    }
    for (code, label) in STEPS {
        tally.part_count(code, label, 0);
    }
    for row in registered(ctx) {
        tally.hit(row);
        for (code, label) in &STEPS[..=reached(row)] {
            tally.part_count(code, label, 1);
        }
    }
}

fn secretary_leads(ctx: &Ctx, tally: &mut Tally) {
    if current(ctx).is_none() {
        return tally.is_unknown();
    }
    tally.out_of(1);
    tally.part_count("own", "书记负责的线索", 0);
    tally.part_count("trips", "书记带队外出", 0);
    for row in registered(ctx).into_iter().filter(|p| p.by_secretary() == Some(true)) {
        tally.hit(row);
        tally.part_count("own", "书记负责的线索", 1);
    }
    let trips = ctx.rows::<Outreach>().into_iter().filter(|o| ctx.span.takes(o.date()));
    let led = trips.filter(|o| o.led_by_secretary() == Some(true)).count();
    tally.part_count("trips", "书记带队外出", i64::try_from(led).unwrap_or(0));
}

fn visits(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<ProjectVisit>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows.into_iter().filter(|v| ctx.span.takes(v.date())) {
        tally.hit(row);
        tally.part_yes("solved", "解决了问题", row.solved().is_some());
    }
}
