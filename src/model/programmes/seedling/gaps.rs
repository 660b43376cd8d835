//! What is missing or late in 青苗: members to come, mobile members, assistants, reserves, estates.

use super::development::{self, PublicNotice};
use super::indicators::{ESTATES, in_pool, zero_on};
use super::ledgers::development::{Development, Inspection};
use super::ledgers::{Assistant, Estate, Group, Mobile, MobileContact, Reserve};
use super::{mobile, rules};
use crate::model::engine::gap::{Finder, Found, finder};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::{Programme, TypedRow as _};

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

fn development_late(ctx: &Ctx, found: &mut Found) {
    let inspections = ctx.rows::<Inspection>();
    for row in ctx.rows::<Development>() {
        let Some(stage) = development::stage_at(row, ctx.span.to) else {
            continue;
        };
        if stage.closed() {
            continue;
        }
        found.whole += 1;
        let deadlines = development::deadlines(row, &inspections, ctx.span.to, ctx.settings);
        if let Some(first) = deadlines.into_iter().find(|d| d.due < ctx.span.to) {
            found.short(row, Some(ctx.span.to.since(first.due)), Some(first.due));
            // The half-year inspection of an activist is a record of its own, not a step of the file.
            if first.step.field == "inspected" {
                found.because("半年考察", Some(Inspection::SCHEMA.id));
            } else {
                found.because(first.step.label, None);
            }
        }
    }
}

/// The public notice has run its working days and its result has not been entered. Where the version of 2014 governs
/// there is no such step and nothing to enter.
fn notice(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Development>() {
        let running = development::public_notice(row, ctx.settings).filter(|_| row.noticed().is_none());
        if let Some(due) = running.map(PublicNotice::result_from).filter(|d| *d <= ctx.span.to) {
            found.short(row, None, Some(due));
        }
    }
}

fn mobile_silent(ctx: &Ctx, found: &mut Found) {
    let limit = rules::MOBILE_DAYS.get(ctx.settings);
    silent(ctx, found, |days| days > limit);
}

/// Contacts that are due soon: silent for longer than the days of the reminder, not yet for longer than the limit.
fn mobile_soon(ctx: &Ctx, found: &mut Found) {
    let (warn, limit) = (
        rules::MOBILE_WARN_DAYS.get(ctx.settings),
        rules::MOBILE_DAYS.get(ctx.settings),
    );
    silent(ctx, found, |days| days > warn && days <= limit);
}

/// Mobile members whose days of silence fall short; each contact was or is due by the limit.
fn silent(ctx: &Ctx, found: &mut Found, falls_short: impl Fn(i32) -> bool) {
    let limit = rules::MOBILE_DAYS.get(ctx.settings);
    let contacts = ctx.rows::<MobileContact>();
    for row in ctx.rows::<Mobile>() {
        if !mobile::counts(row, ctx.span.to, ctx.settings) {
            continue;
        }
        found.whole += 1;
        if let Some(days) = mobile::silent_days(row, &contacts, ctx.span.to).filter(|d| falls_short(*d)) {
            found.short(row, Some(days), Some(ctx.span.to.plus_days(limit - days)));
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
