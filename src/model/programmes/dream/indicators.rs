//! Indicators of 筑梦.

use crate::model::engine::indicator::{Aim, Ctx, Form, Indicator, Tally};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes::dream::ledgers::{
    Category, Matter, NightTalk, Plan, PlanItem, PlanKind, Studied, Suggestion, TalkKind,
};
use crate::model::programmes::dream::talk::Told;
use crate::model::programmes::dream::{matter, plan, suggestion};
use crate::model::value::Decimal;

const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static crate::model::ledger::Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::new(id, name, Programme::Dream, definition, reads, compute)
}

/// The indicators of the programme, in display order.
pub const INDICATORS: &[&Indicator] = &[
    &ANNUAL_PLAN,
    &FIVE_YEAR_PLAN,
    &NIGHT_TALKS,
    &SUGGESTIONS,
    &ITEMS,
    &PROCESS,
];

/// 年度计划定稿率.
pub static ANNUAL_PLAN: Indicator = new(
    "dream.annual_plan",
    "年度计划定稿率",
    "本年度计划已定稿的村（社区）数 ÷ 村（社区）总数",
    &[Plan::SCHEMA, PlanItem::SCHEMA],
    annual_plan,
);

/// 五年规划定稿率.
pub static FIVE_YEAR_PLAN: Indicator = new(
    "dream.five_year_plan",
    "五年规划定稿率",
    "当前年份有已定稿五年规划的村（社区）数 ÷ 村（社区）总数",
    &[Plan::SCHEMA, PlanItem::SCHEMA],
    five_year_plan,
);

/// 夜话场次.
pub static NIGHT_TALKS: Indicator = new(
    "dream.night_talks",
    "夜话场次",
    "统计期内湾子夜话、星空夜话和其他议事会的场次，按夜话日期计",
    &[NightTalk::SCHEMA],
    night_talks,
)
.form(Form::Count, "场")
.aim(Aim::PerUnit(3));

/// 群众建议采纳率.
pub static SUGGESTIONS: Indicator = new(
    "dream.suggestions",
    "群众建议采纳率",
    "统计期内提出的建议中，采纳和部分采纳的条数 ÷ 已研判的条数；反馈率 = 已反馈 ÷ 全部",
    &[Suggestion::SCHEMA],
    suggestions,
)
.form(Form::Share, "条")
.aim(Aim::Percent(60));

/// 计划事项完成率.
pub static ITEMS: Indicator = new(
    "dream.items",
    "计划事项完成率",
    "时限在统计期内且已到期的计划事项中，已办结的项数 ÷ 到期项数",
    &[PlanItem::SCHEMA],
    items,
)
.form(Form::Share, "项")
.aim(Aim::Percent(90));

/// 四议两公开完成率.
pub static PROCESS: Indicator = new(
    "dream.process",
    "四议两公开完成率",
    "本年度已定稿的年度计划中，四议两公开六步都有日期的份数 ÷ 已定稿份数",
    &[Plan::SCHEMA, PlanItem::SCHEMA, Matter::SCHEMA],
    process,
)
.form(Form::Share, "份");

/// The stage of a plan on the last day counted; one that says nothing is not finalised.
pub(super) fn stage(ctx: &Ctx, row: Plan) -> Option<plan::Stage> {
    plan::stage_of(row, ctx.span.to, || is_void(ctx, row))
}

fn is_void(ctx: &Ctx, row: Plan) -> bool {
    row.summary().is_none() && plan::is_empty(row, ctx.rows::<PlanItem>())
}

fn annual_plan(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    for stage in plan::Stage::ALL {
        tally.part_count(stage.code(), stage.label(), 0);
    }
    let year = ctx.span.year();
    let plans = ctx.rows::<Plan>();
    let own = plans
        .into_iter()
        .filter(|p| PlanKind::Annual.is(p.kind()) && plan::is_for(*p, year));
    let best = own
        .filter_map(|p| stage(ctx, p).map(|s| (s, p)))
        .max_by_key(|(s, _)| *s);
    match best {
        Some((stage, row)) => {
            tally.part_count(stage.code(), stage.label(), 1);
            if stage == plan::Stage::Finalised {
                tally.hit(row);
            } else {
                tally.short(&ctx.unit.code, row);
            }
        }
        None => tally.lacks(&ctx.unit.code),
    }
}

fn five_year_plan(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    let year = ctx.span.year();
    let plans = ctx.rows::<Plan>();
    let own = plans
        .into_iter()
        .filter(|p| PlanKind::FiveYear.is(p.kind()) && plan::is_for(*p, year));
    let best = own
        .filter_map(|p| stage(ctx, p).map(|s| (s, p)))
        .max_by_key(|(s, _)| *s);
    match best {
        Some((plan::Stage::Finalised, row)) => tally.hit(row),
        Some((_, row)) => tally.short(&ctx.unit.code, row),
        None => tally.lacks(&ctx.unit.code),
    }
}

fn night_talks(ctx: &Ctx, tally: &mut Tally) {
    tally.part_choices(TalkKind::ALL);
    tally.part_count("masses", "到会群众", 0);
    let mut held = 0;
    for talk in ctx.rows::<NightTalk>() {
        if !ctx.span.takes(talk.date()) {
            continue;
        }
        held += 1;
        tally.hit(talk);
        if let Some(told) = Told::of(talk) {
            tally.part_count(&told.key(), told.label(), 1);
        }
        tally.part_count("masses", "到会群众", talk.masses().unwrap_or(0));
        if let Some(score) = talk.satisfaction() {
            tally.part_of("satisfaction", "满意度平均分", Decimal::whole(score), Decimal::whole(1));
        }
    }
    if held == 0 {
        tally.lacks(&ctx.unit.code);
    }
}

fn suggestions(ctx: &Ctx, tally: &mut Tally) {
    tally.part_count("raised", "提出", 0);
    tally.part_choices(Studied::ALL);
    for row in ctx.rows::<Suggestion>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.record(row);
        tally.part_count("raised", "提出", 1);
        let state = suggestion::state_on(row, ctx.span.to);
        let replied = ctx.span.past(row.replied());
        if let Some(choice) = Studied::ALL.iter().find(|c| c.code == state) {
            tally.part_count(choice.code, choice.label, 1);
        }
        tally.part_yes("replied", "已反馈", replied);
        let adopted = matches!(state, "adopted" | "partly");
        if adopted {
            tally.part_yes("adopted_replied", "采纳后已反馈", replied);
            tally.part_yes("landed", "采纳后已落实", ctx.span.past(row.landed()));
            if !replied {
                tally.short(&ctx.unit.code, row);
            }
        }
        if state != "open" {
            tally.out_of(1);
            tally.count(i64::from(adopted));
        }
        if let Some(choice) = Category::ALL.iter().find(|c| Some(c.code) == row.category()) {
            tally.part_count(&format!("category.{}", choice.code), choice.label, 1);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn items(ctx: &Ctx, tally: &mut Tally) {
    tally.part_count("all", "全部事项", 0);
    tally.part_count("overdue", "逾期未办结", 0);
    for item in ctx.rows::<PlanItem>() {
        let Some(due) = item.due() else { continue };
        if ctx.span.past(item.start()) || ctx.span.has(due) {
            tally.part_count("all", "全部事项", 1);
        }
        if !ctx.span.has(due) {
            continue;
        }
        tally.out_of(1);
        tally.record(item);
        if ctx.span.past(item.done()) {
            tally.count(1);
        } else {
            tally.part_count("overdue", "逾期未办结", 1);
            tally.short(&ctx.unit.code, item);
        }
    }
}

fn process(ctx: &Ctx, tally: &mut Tally) {
    let year = ctx.span.year();
    let mut matters = None;
    for row in ctx.rows::<Plan>() {
        let done = ctx.span.past(row.finalised()) && !is_void(ctx, row);
        if !PlanKind::Annual.is(row.kind()) || row.year() != Some(year) || !done {
            continue;
        }
        tally.out_of(1);
        let matters = matters.get_or_insert_with(|| ctx.rows::<Matter>());
        let linked = row.matter().and_then(|id| matters.iter().find(|m| m.id() == id));
        match linked {
            Some(m) if matter::complete(*m, ctx.span.to) => tally.hit(*m),
            Some(m) => tally.short(&ctx.unit.code, *m),
            None => tally.short(&ctx.unit.code, row),
        }
    }
}
