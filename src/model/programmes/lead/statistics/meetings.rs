//! Organisation life held in time (T20).

use super::declare::new;
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::ledgers::PartyLife;
use crate::model::programmes::lead::party_life::{label, organisations, owed};
use crate::model::programmes::town::ledgers::{Branch, Unit};
use crate::model::value::Decimal;

/// What branches owed and held (T20).
pub static PARTY_LIFE: Indicator = new(
    "lead.party_life",
    "组织生活按期开展",
    "统计期内应开展的组织生活（三会一课、主题党日等，按月、季度、年度计，从第一次登记的那个月起）中，按期开展的项数 ÷ 已到期和已开展的项数；按类型分",
    &[PartyLife::SCHEMA, Branch::SCHEMA, Unit::SCHEMA],
    party_life,
)
.form(Form::Share, "项");

fn party_life(ctx: &Ctx, tally: &mut Tally) {
    let mut is_kept = false;
    for row in ctx.rows::<PartyLife>() {
        is_kept |= ctx.span.past(row.date());
    }
    if !is_kept {
        return tally.is_unknown();
    }
    let organisations = organisations(ctx);
    for one in owed(ctx, &organisations) {
        let begins = ctx
            .span
            .from
            .is_none_or(|from| one.from >= from || one.to <= ctx.span.to && one.to >= from);
        if !begins || (one.to >= ctx.span.to && one.done.is_none()) {
            continue;
        }
        let held = i64::from(one.done.is_some());
        tally.out_of(1);
        tally.count(held);
        tally.part_of(
            one.kind.code(),
            label(one.kind),
            Decimal::whole(held),
            Decimal::whole(1),
        );
        for row in one.held {
            tally.record(row);
        }
    }
}
