//! What is missing or late in 头雁: secretaries, contacts, talks, duties, elections.

use super::indicators::{current, is_prior, next_round};
use super::ledgers::{Contact, Duty, PriorTalk};
use super::rules;
use crate::model::engine::gap::{Finder, Found, finder};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::Programme;

/// Gaps about secretaries.
#[rustfmt::skip]
pub const PEOPLE: &[Finder] = &[
    finder("vacancy", Programme::Lead, ("secretary", "登记书记"), ("", "没有书记在任"), None, vacancy),
    finder("contact", Programme::Lead, ("contact", "记联系"), ("", "超过 # 天没有片区联系"), Some(&rules::CONTACT_DAYS), contact),
    finder("follow_up", Programme::Lead, ("contact", "看联系"), ("件", "联系时答应的事逾期没有办结"), None, follow_up),
    finder("prior_talk", Programme::Lead, ("prior_talk", "看谈话"), ("名", "书记没有任前谈话记录"), None, prior_talk),
    finder("duty", Programme::Lead, ("duty", "看责任清单"), ("项", "书记责任到期没有完成"), None, duty),
    finder("election", Programme::Lead, ("election", "看换届"), ("", "半年内到期换届"), None, election),
];

fn vacancy(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    if current(ctx).is_none() {
        found.lacks();
    }
}

fn contact(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let limit = rules::CONTACT_DAYS.get(ctx.settings);
    let rows = ctx.rows::<Contact>();
    let last = rows
        .into_iter()
        .filter(|c| ctx.span.past(c.date()))
        .max_by_key(|c| c.date());
    match last.and_then(|row| row.date().map(|day| (row, day))) {
        Some((row, day)) if ctx.span.to.since(day) > limit => {
            found.short(row, Some(ctx.span.to.since(day)), Some(day.plus_days(limit)));
        }
        Some(_) => {}
        None => found.lacks(),
    }
}

fn follow_up(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Contact>() {
        let Some(due) = row.follow_due() else { continue };
        found.whole += 1;
        if due < ctx.span.to && !ctx.span.past(row.follow_done()) {
            found.short(row, Some(ctx.span.to.since(due)), Some(due));
        }
    }
}

fn prior_talk(ctx: &Ctx, found: &mut Found) {
    let Some(row) = current(ctx) else { return };
    found.whole += 1;
    let talked = ctx.rows::<PriorTalk>().into_iter().any(|t| is_prior(ctx, t, row));
    if !talked {
        found.short(row, None, None);
    }
}

fn duty(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Duty>() {
        let Some(due) = row.due() else { continue };
        found.whole += 1;
        if due < ctx.span.to && !ctx.span.past(row.done()) {
            found.short(row, Some(ctx.span.to.since(due)), Some(due));
        }
    }
}

fn election(ctx: &Ctx, found: &mut Found) {
    let Some((row, next)) = next_round(ctx) else { return };
    found.whole += 1;
    if next <= ctx.span.to.plus_months(6) {
        found.short(row, None, Some(next));
    }
}
