//! What is missing or late in 青苗: members to come, mobile members, assistants, reserves, estates.

use super::indicators::{ESTATES, in_pool, zero_on};
use super::ledgers::development::Development;
use super::ledgers::{Assistant, Estate, Group, Reserve};
use super::{development, due, rules};
use crate::model::engine::due::State;
use crate::model::engine::gap::{Days, Finder, Found, finder};
use crate::model::engine::indicator::{Ctx, RecordRef};
use crate::model::ledger::Programme;

/// Gaps about people.
#[rustfmt::skip]
pub const PEOPLE: &[Finder] = &[
    finder("groups", Programme::Seedling, ("group", "看小组"), ("个", "村民小组没有党员"), None, groups),
    finder("development", Programme::Seedling, ("development", "看档案"), ("名", "同志的发展党员步骤逾期"), None, development_late),
    finder("notice", Programme::Seedling, ("development", "记结果"), ("名", "发展对象公示满 # 个工作日"), Some(&rules::NOTICE_DAYS), notice),
    finder("mobile", Programme::Seedling, ("mobile_contact", "记联系"), ("名", "流动党员超过 # 天没有联系"), Some(&rules::MOBILE_DAYS), mobile_silent),
    finder("mobile_soon", Programme::Seedling, ("mobile_contact", "记联系"), ("名", "流动党员超过 # 天没有联系，快到期限"), Some(&rules::MOBILE_WARN_DAYS), mobile_soon),
    finder("assistants", Programme::Seedling, ("assistant", "看名册"), ("", "还没有党建助理员"), None, assistants),
    finder("reserve", Programme::Seedling, ("reserve", "看后备"), ("", "后备干部不足 # 人"), Some(&rules::RESERVE_MINIMUM), reserve),
];

/// Gaps about estates.
#[rustfmt::skip]
pub const WORKS: &[Finder] = &[
    finder("estates", Programme::Seedling, ("estate", "看小区"), ("个", "小区还没有红色物业覆盖"), None, estates),
];

fn groups(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Group>() {
        if !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        found.whole += 1;
        if zero_on(row, ctx.span.to) {
            found.short(row, None, row.due());
        }
    }
}

/// One entry for each file: the step that has been late for longest.
fn development_late(ctx: &Ctx, found: &mut Found) {
    let is_open = |row: &Development| development::stage_at(*row, ctx.span.to).is_some_and(|stage| !stage.closed());
    let whole = found.whole + ctx.rows::<Development>().iter().filter(|row| is_open(row)).count();
    let mut last: Option<RecordRef> = None;
    for one in found.dues(&due::STEP) {
        if one.state(ctx.span.to) != State::Late || last == one.record {
            continue;
        }
        last.clone_from(&one.record);
        let step = one.step.clone();
        found.due(one, Days::Late);
        found.because(step);
    }
    found.whole = whole;
}

fn notice(_: &Ctx, found: &mut Found) {
    let whole = found.whole;
    found.coming(&due::NOTICE, Days::Nothing);
    found.whole = whole;
}

fn mobile_silent(_: &Ctx, found: &mut Found) {
    found.late(&due::MOBILE, Days::Since);
}

/// Contacts that are due soon: silent for longer than the days of the reminder, not yet for longer than the limit.
fn mobile_soon(ctx: &Ctx, found: &mut Found) {
    for one in found.dues(&due::MOBILE) {
        if one.state(ctx.span.to) == State::Soon && one.remind < ctx.span.to {
            found.due(one, Days::Since);
        }
    }
}

fn assistants(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let serving = |a: Assistant| a.since().is_some() && ctx.span.holds(a.since(), a.until());
    if !ctx.rows::<Assistant>().into_iter().any(serving) {
        found.lacks();
    }
}

fn reserve(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let minimum = usize::try_from(rules::RESERVE_MINIMUM.get(ctx.settings)).unwrap_or(0);
    let rows = ctx.rows::<Reserve>();
    if rows.into_iter().filter(|r| in_pool(*r, ctx.span.to)).count() < minimum {
        found.lacks();
    }
}

fn estates(ctx: &Ctx, found: &mut Found) {
    if !ESTATES.applies(ctx.settings).takes(ctx.unit.community) {
        return;
    }
    for row in ctx.rows::<Estate>() {
        found.whole += 1;
        if ctx.span.holds(row.since(), None) && !ctx.span.past(row.covered()) {
            found.short(row, None, None);
        }
    }
}
