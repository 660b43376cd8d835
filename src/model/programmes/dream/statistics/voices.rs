//! What the people ask for: suggestions, problems, support of projects.

use super::declare::new;
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{Category, PlanItem, Problem, Suggestion, Support};
use crate::model::programmes::dream::suggestion;
use crate::model::value::Decimal;

/// Suggestions by category (Z3).
pub static SUGGESTIONS_BY_CATEGORY: Indicator = new(
    "dream.suggestions_by_category",
    "群众建议类别",
    "统计期内提出的建议，按类别分",
    &[Suggestion::SCHEMA],
    suggestions_by_category,
)
.form(Form::Count, "条");

/// Suggestions by who made them (Z3).
pub static PROPOSERS: Indicator = new(
    "dream.proposers",
    "建议提出人",
    "统计期内提出的建议，按提出人是群众、党员还是乡贤分",
    &[Suggestion::SCHEMA],
    proposers,
)
.form(Form::Count, "条");

/// How far suggestions came (Z5).
pub static SUGGESTION_PATH: Indicator = new(
    "dream.suggestion_path",
    "群众建议办理过程",
    "统计期内提出的建议，到截至日已研判、采纳（含部分采纳）、采纳后落实、落实后反馈的各有几条",
    &[Suggestion::SCHEMA],
    suggestion_path,
)
.form(Form::Count, "条");

/// Adopted suggestions that stand in a plan (Z5).
pub static SUGGESTIONS_PLANNED: Indicator = new(
    "dream.suggestions_planned",
    "建议列入计划",
    "统计期内提出、已采纳或部分采纳的建议中，列入计划事项的条数 ÷ 采纳的条数",
    &[Suggestion::SCHEMA, PlanItem::SCHEMA],
    suggestions_planned,
)
.form(Form::Share, "条");

/// Suggestions answered of all (Z5).
pub static REPLIES: Indicator = new(
    "dream.replies",
    "群众建议反馈率",
    "统计期内提出的建议中，已反馈的条数 ÷ 全部条数",
    &[Suggestion::SCHEMA],
    replies,
)
.form(Form::Share, "条");

/// Problems closed of all (Z15).
pub static PROBLEMS: Indicator = new(
    "dream.problems",
    "问题办结率",
    "统计期内提出的问题中，已办结的个数 ÷ 全部个数",
    &[Problem::SCHEMA],
    problems,
)
.form(Form::Share, "个");

/// Households that support projects (Z18).
pub static SUPPORT: Indicator = new(
    "dream.support",
    "项目支持率",
    "统计期内支持和有意见两项都填了的表态，支持户数 ÷ 两项合计户数，按事项分",
    &[Support::SCHEMA],
    support,
)
.form(Form::Share, "户");

/// The suggestions of the period.
fn raised<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = Suggestion<'a>> {
    let span = ctx.span;
    let rows = ctx.rows::<Suggestion>().into_iter();
    rows.filter(move |s| span.takes(s.date()))
}

fn is_adopted(ctx: &Ctx, row: Suggestion) -> bool {
    matches!(suggestion::state_on(row, ctx.span.to), "adopted" | "partly")
}

fn suggestions_by_category(ctx: &Ctx, tally: &mut Tally) {
    tally.part_choices(Category::ALL);
    for row in raised(ctx) {
        tally.hit(row);
        tally.part_chosen(Category::ALL, row.category());
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn proposers(ctx: &Ctx, tally: &mut Tally) {
    let proposers = Suggestion::LEDGER.choices("proposer");
    tally.part_choices(proposers);
    for row in raised(ctx) {
        tally.hit(row);
        tally.part_chosen(proposers, row.proposer());
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn suggestion_path(ctx: &Ctx, tally: &mut Tally) {
    for row in raised(ctx) {
        tally.hit(row);
        let is_adopted = is_adopted(ctx, row);
        let is_landed = is_adopted && ctx.span.past(row.landed());
        let steps = [
            ("raised", "提出", true),
            ("studied", "研判", suggestion::state_on(row, ctx.span.to) != "open"),
            ("adopted", "采纳", is_adopted),
            ("landed", "落实", is_landed),
            ("replied", "落实后反馈", is_landed && ctx.span.past(row.replied())),
        ];
        for (code, label, is_reached) in steps {
            tally.part_count(code, label, i64::from(is_reached));
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn suggestions_planned(ctx: &Ctx, tally: &mut Tally) {
    let items = ctx.rows::<PlanItem>();
    let adopted: Vec<Suggestion> = raised(ctx).filter(|s| is_adopted(ctx, *s)).collect();
    for row in adopted {
        tally.out_of(1);
        tally.record(row);
        if row.item().is_some() || items.iter().any(|i| i.suggestion() == Some(row.id())) {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
    }
    if raised(ctx).next().is_none() {
        tally.is_unknown();
    }
}

fn replies(ctx: &Ctx, tally: &mut Tally) {
    for row in raised(ctx) {
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

fn problems(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Problem>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.out_of(1);
        tally.record(row);
        let is_done = ctx.span.past(row.done());
        let is_late = !is_done && row.due().is_some_and(|due| due < ctx.span.to);
        tally.part_count("done", "已办结", i64::from(is_done));
        tally.part_count("open", "办理中", i64::from(!is_done && !is_late));
        tally.part_count("late", "逾期没有办结", i64::from(is_late));
        if is_done {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn support(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Support>() {
        let Some((ayes, doubts)) = row.ayes().zip(row.doubts()).filter(|_| ctx.span.takes(row.date())) else {
            continue;
        };
        tally.count(ayes);
        tally.out_of(ayes + doubts);
        tally.record(row);
        let subject = row.subject().map_or("没有写明事项", str::trim);
        tally.part_of(subject, subject, Decimal::whole(ayes), Decimal::whole(ayes + doubts));
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}
