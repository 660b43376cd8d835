//! What is due in 青苗: steps of development, public notices, contacts with mobile members, groups without members.

use super::development::{self, PublicNotice};
use super::indicators::zero_on;
use super::ledgers::development::{Development, Inspection};
use super::ledgers::{Group, Mobile, MobileContact};
use super::{mobile, rules};
use crate::model::engine::due::{DueKind, Dues, Who, by, kind};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::{Programme, TypedRow as _};

const SEEDLING: Option<Programme> = Some(Programme::Seedling);

/// Rules about members to come and members away.
pub const KINDS: &[&DueKind] = &[&STEP, &NOTICE, &MOBILE, &GROUP];

/// Steps of 发展党员 (M23, docs/requirements.md §2.1).
#[rustfmt::skip]
pub static STEP: DueKind = kind(("development", SEEDLING), "发展党员", "《中国共产党发展党员工作细则》", ("development", "看档案"), &[Development::SCHEMA, Inspection::SCHEMA], step);
/// The result of a public notice.
#[rustfmt::skip]
pub static NOTICE: DueKind = kind(("notice", SEEDLING), "公示结果", "《中国共产党发展党员工作细则》第十三条", ("development", "记结果"), &[Development::SCHEMA], notice);
/// Contacts with members away (M9).
#[rustfmt::skip]
pub static MOBILE: DueKind = kind(("mobile", SEEDLING), "流动党员联系", "指标与规则：流动党员联系间隔", ("mobile_contact", "记联系"), &[Mobile::SCHEMA, MobileContact::SCHEMA], mobile_contact);
/// Groups without a member (M4).
#[rustfmt::skip]
pub static GROUP: DueKind = kind(("groups", SEEDLING), "消除零党员村民小组", "村民小组里写的计划消除日期", ("group", "看小组"), &[Group::SCHEMA], group);

/// Steps that the party committee of the township takes.
fn who(field: &str) -> Who {
    let of = development::STEPS.iter().find(|step| step.field == field);
    match of.map(|step| step.who) {
        Some("镇党委" | "县委组织部" | "县委组织部或镇党委") => Who::Office,
        _ => Who::Unit,
    }
}

fn step(ctx: &Ctx, dues: &mut Dues) {
    let inspections = ctx.rows::<Inspection>();
    for row in ctx.rows::<Development>() {
        for one in development::deadlines(row, &inspections, ctx.span.to, ctx.settings) {
            let due = by(one.due).who(who(one.step.field)).about(row).article(one.article);
            // The half-year inspection of an activist is a record of its own, not a step of the file.
            dues.add(match one.step.field {
                "inspected" => due.step(one.step.field, "半年考察").cure(Inspection::SCHEMA.id),
                field => due.step(field, one.step.label),
            });
        }
        for (one, day) in development::met(row, ctx.span.to, ctx.settings) {
            let due = by(one.due).who(who(one.step.field)).about(row).article(one.article);
            dues.add(due.step(one.step.field, one.step.label).done(Some(day)));
        }
    }
}

/// The public notice has run its working days and its result has not been entered. Where the version of 2014 governs
/// there is no such step and nothing to enter.
fn notice(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Development>() {
        if let Some(notice) = development::public_notice(row, ctx.settings) {
            let from = PublicNotice::result_from(notice);
            dues.add(by(from).about(row).earliest(Some(from)).lead(0).done(row.noticed()));
        }
    }
}

fn mobile_contact(ctx: &Ctx, dues: &mut Dues) {
    let contacts = ctx.rows::<MobileContact>();
    let lead = rules::MOBILE_DAYS.get(ctx.settings) - rules::MOBILE_WARN_DAYS.get(ctx.settings);
    for row in ctx.rows::<Mobile>() {
        if !mobile::counts(row, ctx.span.to, ctx.settings) {
            continue;
        }
        if let Some((last, due)) = mobile::next_contact(row, &contacts, ctx.span.to, ctx.settings) {
            let key = last.to_string();
            dues.add(by(due).about(row).step(key, "").since(Some(last)).lead(lead));
        }
    }
}

fn group(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Group>() {
        if !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        let open = zero_on(row, ctx.span.to);
        if let Some(due) = row.due().filter(|_| open || row.cleared().is_some()) {
            let done = row.cleared().filter(|_| !open);
            dues.add(by(due).about(row).lead(30).done(done));
        }
    }
}
