//! What is due in 引凤: needs of returnees, contracts of land.

use super::ledgers::{LandTransfer, Need, Policy};
use crate::model::engine::due::{DueKind, Dues, by, kind};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::{Programme, TypedRow as _};

const PHOENIX: Option<Programme> = Some(Programme::Phoenix);

/// Rules about people who came home.
pub const KINDS: &[&DueKind] = &[&NEED, &LAND, &FUNDS];

/// Needs of returnees (F17).
#[rustfmt::skip]
pub static NEED: DueKind = kind(("needs", PHOENIX), "能人需求", "能人需求里写的时限", ("need", "看需求"), &[Need::SCHEMA], need);
/// Contracts of land that end (F13).
#[rustfmt::skip]
pub static LAND: DueKind = kind(("land", PHOENIX), "土地流转到期", "土地流转里写的到期日", ("land_transfer", "看流转"), &[LandTransfer::SCHEMA], land);

/// Support funds that have to be used by a day (F12).
#[rustfmt::skip]
pub static FUNDS: DueKind = kind(("funds", PHOENIX), "资金使用期限", "政策支持里写的使用期限", ("policy", "看政策"), &[Policy::SCHEMA], funds);

/// Days for which the end of a contract is announced.
pub const LAND_DAYS: i32 = 60;

fn need(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Need>() {
        if let Some(due) = row.due() {
            let done = row.solved().filter(|day| *day <= ctx.span.to);
            dues.add(by(due).about(row).done(done));
        }
    }
}

fn funds(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Policy>() {
        if let Some(until) = row.until().filter(|_| ctx.span.past(row.date())) {
            let done = row.settled().filter(|day| *day <= ctx.span.to);
            dues.add(by(until).about(row).lead(30).done(done));
        }
    }
}

fn land(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<LandTransfer>() {
        if let Some(until) = row.until().filter(|_| ctx.span.past(row.signed())) {
            dues.add(by(until).about(row).lead(LAND_DAYS));
        }
    }
}
