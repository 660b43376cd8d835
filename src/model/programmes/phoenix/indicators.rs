//! Indicators of 引凤.

use crate::model::engine::indicator::{Aim, Ctx, Form, Indicator, Span, Tally};
use crate::model::ledger::{Programme, Schema, TypedRow as _};
use crate::model::programmes::lead::ledgers::Cadre;
use crate::model::programmes::phoenix::ledgers::{
    Assignment, Enterprise, LandTransfer, Policy, ProjectVisit, ReturnKind, Returnee, Thousand,
};
use crate::model::programmes::phoenix::returnee;
use crate::model::value::Decimal;

const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::new(id, name, Programme::Phoenix, definition, reads, compute)
}

/// The indicators of the programme, in display order.
pub const INDICATORS: &[&Indicator] = &[&RETURNEES, &CONTACTS, &SUPPORT, &PIPELINE, &JOBS];

/// 回乡能人.
pub static RETURNEES: Indicator = new(
    "phoenix.returnees",
    "回乡能人",
    "截至日期已回乡的能人数，按创业、工作分；没有回乡年份的也计入；进度按每个村（社区）至少 1 名计",
    &[Returnee::SCHEMA],
    returnees,
)
.form(Form::Count, "名");

/// 两委干部联系项目.
pub static CONTACTS: Indicator = new(
    "phoenix.contacts",
    "两委干部联系项目",
    "联系了项目或返乡企业的在任两委干部数 ÷ 在任两委干部数；另计统计期内走访次数",
    &[Cadre::SCHEMA, Assignment::SCHEMA, ProjectVisit::SCHEMA],
    contacts,
)
.form(Form::Share, "名")
.aim(Aim::Percent(90));

/// 政策与土地.
pub static SUPPORT: Indicator = new(
    "phoenix.support",
    "政策与土地",
    "统计期内落实的政策资金（万元）；另计签约流转的土地（亩）",
    &[Policy::SCHEMA, LandTransfer::SCHEMA],
    support,
)
.form(Form::Count, "万元")
.aim(Aim::Nothing);

/// 千人计划.
pub static PIPELINE: Indicator = new(
        "phoenix.pipeline",
        "千人计划",
        "截至日期登记的人数，其中纳入千人计划的从第三步起算；各阶段为到过这一阶段的人数：意向、聘用、千人计划、考核合格、选举、两委",
        &[Thousand::SCHEMA],
        pipeline,
    )
    .form(Form::Count, "人")
    .aim(Aim::Nothing);

/// 带动就业.
pub static JOBS: Indicator = new(
    "phoenix.jobs",
    "带动就业",
    "在办返乡企业带动就业的人数",
    &[Enterprise::SCHEMA],
    jobs,
)
.form(Form::Count, "人")
.aim(Aim::Nothing);

/// Whether a person has come home by the last day; without a year that is taken as done.
pub(in crate::model) fn is_home(row: Returnee, span: Span) -> bool {
    row.returned().is_none_or(|year| year <= span.year())
}

/// Whether an enterprise is at work on the last day.
pub(in crate::model) fn is_running(row: Enterprise, span: Span) -> bool {
    let begun = row.since().is_none_or(|m| m.first() <= span.to);
    begun && row.until().is_none_or(|m| m.first() > span.to)
}

fn returnees(ctx: &Ctx, tally: &mut Tally) {
    tally.part_count("found", "创业", 0);
    tally.part_count("work", "工作", 0);
    let mut any = 0;
    for row in ctx.rows::<Returnee>() {
        if !is_home(row, ctx.span) {
            continue;
        }
        any += 1;
        tally.hit(row);
        match ReturnKind::of(row.kind()) {
            Some(ReturnKind::Found) => tally.part_count("found", "创业", 1),
            Some(ReturnKind::Work) => tally.part_count("work", "工作", 1),
            _ => tally.part_count("kind_unknown", "类型未填", 1),
        }
        if ctx.span.from.is_some() && row.returned() == Some(ctx.span.year()) {
            tally.part_count("this_year", "统计年度回乡", 1);
        }
        tally.part_count("in_posts", "担任职务", i64::from(row.posts().is_some()));
    }
    tally.advance(i64::from(any > 0), 1);
    if any == 0 {
        tally.lacks(&ctx.unit.code);
    }
}

fn contacts(ctx: &Ctx, tally: &mut Tally) {
    let assignments = ctx.rows::<Assignment>();
    for row in ctx.rows::<Cadre>() {
        if row.since().is_none() || !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        tally.out_of(1);
        let own = |a: &&Assignment| {
            let linked = a.project().is_some() || a.enterprise().is_some();
            a.cadre() == Some(row.id()) && linked && a.since().is_some() && ctx.span.holds(a.since(), a.until())
        };
        match assignments.iter().find(own) {
            Some(assignment) => tally.hit(*assignment),
            None => tally.short(&ctx.unit.code, row),
        }
    }
    if tally.denominator == Decimal::ZERO {
        tally.is_unknown();
    }
    let rows = ctx.rows::<ProjectVisit>();
    let visits = rows.iter().filter(|v| ctx.span.takes(v.date())).count();
    tally.part_count("visits", "走访", i64::try_from(visits).unwrap_or(0));
}

fn support(ctx: &Ctx, tally: &mut Tally) {
    tally.part("funds", "政策资金", Decimal::ZERO);
    tally.part("mu", "流转土地", Decimal::ZERO);
    for row in ctx.rows::<Policy>() {
        if ctx.span.takes(row.date()) {
            let amount = row.amount().unwrap_or_default();
            tally.numerator = tally.numerator + amount;
            tally.part("funds", "政策资金", amount);
            tally.record(row);
        }
    }
    for row in ctx.rows::<LandTransfer>() {
        if ctx.span.takes(row.signed()) {
            tally.part("mu", "流转土地", row.mu().unwrap_or_default());
            tally.record(row);
        }
    }
}

fn pipeline(ctx: &Ctx, tally: &mut Tally) {
    for stage in returnee::Stage::ALL {
        tally.part_count(stage.code(), stage.label(), 0);
    }
    for row in ctx.rows::<Thousand>() {
        let Some(stage) = returnee::stage_at(row, ctx.span.to) else {
            continue;
        };
        tally.hit(row);
        for passed in returnee::Stage::ALL.into_iter().filter(|s| *s <= stage) {
            tally.part_count(passed.code(), passed.label(), 1);
        }
        if ctx.span.past(row.left()) {
            tally.part_count("left", "已退出", 1);
        }
    }
}

fn jobs(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Enterprise>() {
        if is_running(row, ctx.span) {
            tally.count(row.jobs().unwrap_or(0));
            tally.record(row);
            tally.part_count("enterprises", "返乡企业", 1);
        }
    }
}
