//! Statistics of 筑梦: what is counted for information, without an aim.

use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::{Ledger, Programme, TypedRow as _};
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion, TALK_KINDS};
use crate::model::value::Decimal;

const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Ledger],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::statistic(id, name, Programme::Dream, definition, reads, compute)
}

/// The statistics of the programme, in display order.
pub const STATISTICS: &[&Indicator] = &[&TALKS_BY_KIND_OF_UNIT, &SATISFACTION, &REPLIES];

/// 夜话 by its kind and the kind of its unit (Z10).
pub static TALKS_BY_KIND_OF_UNIT: Indicator = new(
    "dream.talks_by_kind_of_unit",
    "夜话类型和单位类型",
    "统计期内的夜话，按夜话类型和村、社区分别计场次",
    &[NightTalk::LEDGER],
    talks_by_kind_of_unit,
)
.form(Form::Count, "场");

/// Mean satisfaction (Z17).
pub static SATISFACTION: Indicator = new(
    "dream.satisfaction",
    "夜话满意度",
    "统计期内填了满意度的夜话，满意度（1 至 5 分）的平均分",
    &[NightTalk::LEDGER],
    satisfaction,
)
.form(Form::Mean, "分");

/// Suggestions answered of all (Z5).
pub static REPLIES: Indicator = new(
    "dream.replies",
    "群众建议反馈率",
    "统计期内提出的建议中，已反馈的条数 ÷ 全部条数",
    &[Suggestion::LEDGER],
    replies,
)
.form(Form::Share, "条");

fn talks_by_kind_of_unit(ctx: &Ctx, tally: &mut Tally) {
    let unit = if ctx.unit.community {
        ("community", "社区")
    } else {
        ("village", "村")
    };
    for talk in ctx.rows::<NightTalk>().into_iter().filter(|t| ctx.span.takes(t.date())) {
        let kind = TALK_KINDS
            .iter()
            .find(|c| Some(c.code) == talk.kind())
            .or(TALK_KINDS.last());
        if let Some(kind) = kind {
            tally.hit(talk);
            tally.part_cell((kind.code, kind.label), unit);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn satisfaction(ctx: &Ctx, tally: &mut Tally) {
    for talk in ctx.rows::<NightTalk>().into_iter().filter(|t| ctx.span.takes(t.date())) {
        if let Some(score) = talk.satisfaction() {
            tally.numerator = tally.numerator + Decimal::whole(score);
            tally.out_of(1);
            tally.record(talk);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn replies(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx
        .rows::<Suggestion>()
        .into_iter()
        .filter(|s| ctx.span.takes(s.date()))
    {
        tally.out_of(1);
        tally.record(row);
        if ctx.span.past(row.replied()) {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}
