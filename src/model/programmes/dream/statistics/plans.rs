//! Plans: how they are drafted, shown, examined and carried out.

use super::declare::new;
use crate::model::date::Day;
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally, chosen};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::indicators::stage;
use crate::model::programmes::dream::ledgers::{Guidance, NightTalk, Plan, PlanItem, PlanReturn, PlanShown, TalkKind};
use crate::model::programmes::dream::plan::{self, Stage};
use crate::model::value::Decimal;

/// Guidance by guide (Z2).
pub static PLANS_GUIDED: Indicator = new(
    "dream.plans_guided",
    "计划指导次数",
    "统计期内党建指导员指导拟计划的次数，按指导员分",
    &[Guidance::SCHEMA],
    plans_guided,
)
.form(Form::Count, "次");

/// Plans of the year that were shown to the people (Z4).
pub static PLANS_SHOWN: Indicator = new(
    "dream.plans_shown",
    "晒过的计划",
    "已草拟的本年度计划和管本年度的五年规划中，晒过的份数 ÷ 全部份数",
    &[Plan::SCHEMA, PlanItem::SCHEMA, PlanShown::SCHEMA],
    plans_shown,
)
.form(Form::Share, "份");

/// Which plan was shown at which kind of meeting (Z4).
pub static SHOWINGS: Indicator = new(
    "dream.showings",
    "晒计划和会议",
    "统计期内晒计划的次数，按计划及版本和在哪类会上晒分",
    &[PlanShown::SCHEMA, Plan::SCHEMA, NightTalk::SCHEMA],
    showings,
)
.form(Form::Count, "次");

/// Plans by their stage (Z6).
pub static PLAN_STAGES: Indicator = new(
    "dream.plan_stages",
    "计划所处环节",
    "本年度计划和管本年度的五年规划，截至日走到哪一环节，按份数计；没有内容的不算定稿",
    &[Plan::SCHEMA, PlanItem::SCHEMA],
    plan_stages,
)
.form(Form::Count, "份");

/// Days for which plans have been in their stage (Z6).
pub static PLAN_WAITING: Indicator = new(
    "dream.plan_waiting",
    "计划在本环节已停留",
    "还没有定稿的计划，从走完的最后一个环节到截至日的平均天数，按该环节分",
    &[Plan::SCHEMA, PlanItem::SCHEMA],
    plan_waiting,
)
.form(Form::Mean, "天");

/// Days between the steps of finished plans (Z6).
pub static PLAN_DAYS: Indicator = new(
    "dream.plan_days",
    "计划从草拟到定稿用时",
    "统计期内定稿的计划，从草拟到定稿的平均天数；各环节为与上一环节相隔的平均天数，日期颠倒的不计",
    &[Plan::SCHEMA, PlanItem::SCHEMA],
    plan_days,
)
.form(Form::Mean, "天");

/// Returns by stage (Z6).
pub static PLAN_RETURNS: Indicator = new(
    "dream.plan_returns",
    "计划退回次数",
    "统计期内计划被退回的次数，按退回环节分",
    &[PlanReturn::SCHEMA, Plan::SCHEMA],
    plan_returns,
)
.form(Form::Count, "次");

/// Items due in the year, by quarter (Z16).
pub static ITEMS_BY_QUARTER: Indicator = new(
    "dream.items_by_quarter",
    "各季度到期事项办结率",
    "截至日所在年度内已到期的计划事项中，已办结的项数 ÷ 到期项数，按到期的季度分",
    &[PlanItem::SCHEMA],
    items_by_quarter,
)
.form(Form::Share, "项");

fn plans_guided(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Guidance>() {
        if ctx.span.takes(row.date()) {
            tally.hit(row);
            tally.part_named(row.guide());
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

/// The plans of the year of the last day counted that had been drafted by then, with their stage.
fn of_the_year<'a>(ctx: &Ctx<'a>) -> Vec<(Plan<'a>, Stage)> {
    let plans = ctx.rows::<Plan>().into_iter();
    let own = plans.filter(|p| plan::is_for(*p, ctx.span.year()));
    own.filter_map(|p| stage(ctx, p).map(|at| (p, at))).collect()
}

fn plans_shown(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<PlanShown>();
    for (row, _) in of_the_year(ctx) {
        let in_a_meeting = |s: &PlanShown| s.plan() == Some(row.id()) && ctx.span.past(s.date());
        let is_shown = ctx.span.past(row.shown()) || rows.iter().any(in_a_meeting);
        let (code, label) = chosen(Plan::LEDGER.choices("kind"), row.kind());
        tally.part_yes(code, label, is_shown);
        tally.out_of(1);
        tally.record(row);
        if is_shown {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn showings(ctx: &Ctx, tally: &mut Tally) {
    let plans = ctx.rows::<Plan>();
    let talks = ctx.rows::<NightTalk>();
    for row in ctx.rows::<PlanShown>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.hit(row);
        let plan = plans.iter().find(|p| Some(p.id()) == row.plan());
        let version = row.version().map_or_else(String::new, |v| format!("第{v}版"));
        let of_plan = plan.map_or(("-".to_owned(), "计划没有写明".to_owned()), |p| {
            let (code, label) = chosen(Plan::LEDGER.choices("kind"), p.kind());
            let year = p.year().unwrap_or_default();
            (format!("{code}.{year}.{version}"), format!("{year} {label}{version}"))
        });
        let talk = talks.iter().find(|t| Some(t.id()) == row.talk());
        let at = match talk {
            Some(talk) => chosen(TalkKind::ALL, talk.kind()),
            None => ("-", "会议没有写明"),
        };
        tally.part_cell((&of_plan.0, &of_plan.1), at);
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn plan_stages(ctx: &Ctx, tally: &mut Tally) {
    let kinds = Plan::LEDGER.choices("kind");
    let columns: Vec<(&str, &str)> = kinds.iter().map(|c| (c.code, c.label)).collect();
    let rows = Stage::ALL.map(|s| (s.code(), s.label()));
    tally.part_cells(&rows, &columns);
    for (row, at) in of_the_year(ctx) {
        tally.hit(row);
        tally.part_cell((at.code(), at.label()), chosen(kinds, row.kind()));
        if at != Stage::Finalised {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn plan_waiting(ctx: &Ctx, tally: &mut Tally) {
    let plans = of_the_year(ctx);
    for stage in &Stage::ALL[..Stage::Finalised as usize] {
        tally.part(stage.code(), stage.label(), Decimal::ZERO);
    }
    for (row, at) in &plans {
        let Some(days) = plan::waiting(*row, ctx.span.to) else {
            continue;
        };
        let days = Decimal::whole(i64::from(days));
        tally.numerator = tally.numerator + days;
        tally.out_of(1);
        tally.part_of(at.code(), at.label(), days, Decimal::whole(1));
        tally.record(*row);
    }
    if plans.is_empty() {
        tally.is_unknown();
    }
}

/// The days between the steps of a plan; nothing where one is missing or before the one it follows.
fn between(days: [Option<Day>; 6]) -> Option<Vec<i64>> {
    let pairs = days.windows(2).map(|pair| {
        let days = pair[1]?.since(pair[0]?);
        (days >= 0).then_some(i64::from(days))
    });
    pairs.collect()
}

fn plan_days(ctx: &Ctx, tally: &mut Tally) {
    for stage in &Stage::ALL[1..] {
        tally.part(stage.code(), stage.label(), Decimal::ZERO);
    }
    for row in ctx.rows::<Plan>() {
        let is_final = ctx.span.takes(row.finalised()) && stage(ctx, row) == Some(Stage::Finalised);
        let Some(days) = between(plan::days(row)).filter(|_| is_final) else {
            continue;
        };
        tally.record(row);
        tally.out_of(1);
        for (stage, days) in Stage::ALL[1..].iter().zip(days) {
            tally.count(days);
            tally.part_of(stage.code(), stage.label(), Decimal::whole(days), Decimal::whole(1));
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn plan_returns(ctx: &Ctx, tally: &mut Tally) {
    let stages = PlanReturn::LEDGER.choices("stage");
    tally.part_choices(stages);
    for row in ctx.rows::<PlanReturn>() {
        if ctx.span.takes(row.date()) {
            tally.hit(row);
            tally.part_chosen(stages, row.stage());
        }
    }
    // Where there are plans, none of them came back.
    let are_plans = || ctx.rows::<Plan>().into_iter().any(|p| ctx.span.past(p.drafted()));
    if tally.records.is_empty() && !are_plans() {
        tally.is_unknown();
    }
}

/// The four quarters.
const QUARTERS: [(&str, &str); 4] = [
    ("1", "第一季度"),
    ("2", "第二季度"),
    ("3", "第三季度"),
    ("4", "第四季度"),
];

fn items_by_quarter(ctx: &Ctx, tally: &mut Tally) {
    for (code, label) in QUARTERS {
        tally.part(code, label, Decimal::ZERO);
    }
    for item in ctx.rows::<PlanItem>() {
        let due = item
            .due()
            .filter(|d| ctx.span.past(Some(*d)) && d.year() == ctx.span.year());
        let Some(due) = due else { continue };
        let is_done = ctx.span.past(item.done());
        let month = due.month().ym().1;
        if let Some((code, label)) = QUARTERS.get((month as usize - 1) / 3) {
            tally.part_yes(code, label, is_done);
        }
        tally.out_of(1);
        tally.record(item);
        if is_done {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, item);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}
