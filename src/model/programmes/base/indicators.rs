//! Indicators of 强基.

use crate::model::engine::indicator::{Aim, Applies, Ctx, Indicator, Tally};
use crate::model::ledger::{Programme, Schema, TypedRow as _};
use crate::model::programmes::base::ledgers::{
    BuildStage, BuildStep, Centre, Expense, ExpenseCategory, Income, IncomeKind, Project, ProjectAge, ProjectStage,
};
use crate::model::programmes::base::rules::IncomeBasis;
use crate::model::programmes::base::{centre, rules};
use crate::model::value::Decimal;

const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::new(id, name, Programme::Base, definition, reads, compute)
}

/// The indicators of the programme, in display order.
pub const INDICATORS: &[&Indicator] = &[&CENTRES, &INDUSTRY, &HERBS, &INCOME];

/// 阵地建设.
pub static CENTRES: Indicator = new(
    "base.centres",
    "阵地建设",
    "已建成的党员群众服务中心数 ÷ 登记的阵地数；进度按各自清单计：已建看宣传和环境，原有看旧件和内容，待建看按建设计划应完成的阶段；没有登记的不评",
    &[Centre::SCHEMA, BuildStage::SCHEMA],
    centres,
);

/// 一村一业.
pub static INDUSTRY: Indicator = new(
    "base.industry",
    "一村一业",
    "至少有一个在办产业项目的村数 ÷ 村总数；中药材基地也算产业项目，社区不计",
    &[Project::SCHEMA],
    industry,
)
.of(Applies::Villages);

/// 中药材基地.
pub static HERBS: Indicator = new(
    "base.herbs",
    "中药材基地",
    "有中药材基地的村数 ÷ 村总数，面积按亩合计，社区不计",
    &[Project::SCHEMA],
    herbs,
)
.of(Applies::Villages)
.aim(Aim::Percent(60));

/// 村集体经济.
pub static INCOME: Indicator = new(
        "base.income",
        "村集体经济",
        "年收入超过第一档（# 万元）的村数 ÷ 村总数，没有填报的不算在第一档以下；口径可设为经营性收入、总收入或经营收益；取统计期末所在年度，没有则取最近一个已登记的年度；社区不计",
        &[Income::SCHEMA, Expense::SCHEMA],
        income,
    )
    .says(&[&rules::INCOME_LOW.about])
    .of(Applies::Villages);

fn centres(ctx: &Ctx, tally: &mut Tally) {
    tally.part_count("built", "已建新", 0);
    tally.part_count("upgrading", "原有提档", 0);
    tally.part_count("planned", "待建", 0);
    let mut stages = None;
    let mut known = 0;
    tally.advance(0, 0);
    for row in ctx.rows::<Centre>() {
        let stages = stages.get_or_insert_with(|| ctx.rows::<BuildStage>());
        let Some(track) = centre::track_at(row, ctx.span.to) else {
            continue;
        };
        known += 1;
        tally.out_of(1);
        tally.record(row);
        match track {
            centre::Track::Built => {
                tally.count(1);
                tally.part_count("built", "已建新", 1);
                let done = i64::from(row.publicity() == Some(true)) + i64::from(row.surroundings() == Some(true));
                tally.part_yes("built_both", "已建两项都完成", done == 2);
                steps(tally, done * 4);
                tally.advance(done * 4, 8);
                if done < 2 {
                    tally.short(&ctx.unit.code, row);
                }
            }
            centre::Track::Upgrading => {
                tally.part_count("upgrading", "原有提档", 1);
                let done =
                    i64::from(row.parts_replaced() == Some(true)) + i64::from(row.content_updated() == Some(true));
                tally.part_of("upgrade_items", "提档两项完成", Decimal::whole(done), Decimal::whole(2));
                steps(tally, done * 4);
                tally.advance(done * 4, 8);
                if done < 2 {
                    tally.short(&ctx.unit.code, row);
                }
            }
            centre::Track::Planned => {
                tally.part_count("planned", "待建", 1);
                let reached = centre::stages_reached(row, stages, ctx.span.to);
                let done = i64::try_from(reached).unwrap_or(0);
                steps(tally, done);
                // A site is measured by what its plan asks for by now, not by what comes later.
                if let Some(due) = centre::stages_due(row, stages, ctx.span.to) {
                    let due = i64::try_from(due.max(reached)).unwrap_or(0);
                    let part = crate::model::engine::indicator::divide(Decimal::whole(done * 8), Decimal::whole(due));
                    tally.advance_by(part.unwrap_or(Decimal::whole(8)), Decimal::whole(8));
                } else {
                    tally.part_count("unplanned", "没有建设计划", 1);
                }
                let late = centre::late(row, stages, ctx.span.to).is_some();
                tally.part_yes("on_schedule", "待建按计划推进", !late);
                if let Some(stage) = reached.checked_sub(1).and_then(|i| BuildStep::ALL.get(i)) {
                    tally.part_count(&format!("stage.{}", stage.code), stage.label, 1);
                }
                if late {
                    tally.short(&ctx.unit.code, row);
                }
            }
        }
    }
    if known == 0 {
        tally.lacks(&ctx.unit.code);
        tally.is_unknown();
    }
}

/// Steps done of eight, whatever the plan says.
fn steps(tally: &mut Tally, done: i64) {
    tally.part_of("steps", "建设完成", Decimal::whole(done), Decimal::whole(8));
}

/// Projects that run on the last day.
pub(super) fn running<'a>(ctx: &Ctx<'a>) -> Vec<Project<'a>> {
    let mut rows = ctx.rows::<Project>();
    rows.retain(|p| {
        !ProjectStage::Closed.is(p.stage()) && p.started().is_some() && ctx.span.holds(p.started(), p.ended())
    });
    rows
}

fn industry(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    let projects = running(ctx);
    tally.part_count("old", "原有项目", 0);
    tally.part_count("new", "新建项目", 0);
    for project in &projects {
        tally.record(*project);
        match ProjectAge::of(project.age()) {
            Some(ProjectAge::Old) => tally.part_count("old", "原有项目", 1),
            Some(ProjectAge::New) => tally.part_count("new", "新建项目", 1),
            _ => tally.part_count("age_unknown", "新旧未填", 1),
        }
        tally.part_count("jobs", "用工", project.jobs().unwrap_or(0));
    }
    if projects.is_empty() {
        tally.lacks(&ctx.unit.code);
    } else {
        tally.count(1);
        tally.part_yes("several", "多个项目的村", projects.len() > 1);
    }
}

fn herbs(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    let large = rules::HERB_LARGE.get(ctx.settings);
    let mut bases = running(ctx);
    bases.retain(|p| p.herb_base() == Some(true));
    tally.part("mu", "面积", Decimal::ZERO);
    for base in &bases {
        tally.record(*base);
        tally.part("mu", "面积", base.mu().unwrap_or_default());
        if base.mu().is_some_and(|mu| mu >= large) {
            tally.part_count("large", "千亩基地", 1);
        }
    }
    if bases.is_empty() {
        tally.lacks(&ctx.unit.code);
    } else {
        tally.count(1);
    }
}

/// Income of a year on the basis of the settings (docs/requirements.md §2.6); 补助 and 其他 belong to the total only.
fn on_basis(ctx: &Ctx, rows: &[Income], year: i32) -> Decimal {
    let basis = rules::INCOME_BASIS.get(ctx.settings);
    let operating = |r: &&Income| {
        matches!(
            IncomeKind::of(r.category()),
            Some(IncomeKind::Operation | IncomeKind::Contract | IncomeKind::Investment)
        )
    };
    let of_year = rows.iter().filter(|r| r.year() == Some(year));
    if basis == IncomeBasis::Total {
        return of_year.filter_map(|r| r.amount()).sum();
    }
    let earned: Decimal = of_year.filter(operating).filter_map(|r| r.amount()).sum();
    if basis != IncomeBasis::Net {
        return earned;
    }
    let costs = ctx.rows::<Expense>();
    let spent = costs
        .iter()
        .filter(|e| e.year() == Some(year) && !ExpenseCategory::Other.is(e.category()));
    earned - spent.filter_map(|e| e.amount()).sum()
}

fn income(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    tally.advance(0, 0);
    let rows = ctx.rows::<Income>();
    let year = rows
        .iter()
        .filter_map(|r| r.year())
        .filter(|y| *y <= ctx.span.year())
        .max();
    tally.part_count("low", "过第一档", 0);
    tally.part_count("high", "过第二档", 0);
    tally.part_count("between", "两档之间", 0);
    tally.part_count("below", "第一档以下", 0);
    tally.part_count("unknown", "没有填报", 0);
    let Some(year) = year else {
        tally.lacks(&ctx.unit.code);
        tally.is_unknown();
        tally.part_count("unknown", "没有填报", 1);
        return;
    };
    let counted = on_basis(ctx, &rows, year);
    tally.part("sum", "合计", counted);
    let (low, high) = (
        rules::INCOME_LOW.get(ctx.settings),
        rules::INCOME_HIGH.get(ctx.settings),
    );
    let mut last = None;
    for row in rows.iter().filter(|r| r.year() == Some(year)) {
        tally.record(*row);
        last = Some(*row);
        if let (Some(code), Some(amount)) = (row.category(), row.amount()) {
            let label = IncomeKind::ALL
                .iter()
                .find(|c| c.code == code)
                .map_or(code, |c| c.label);
            tally.part(&format!("category.{code}"), label, amount);
        }
    }
    tally.advance(i64::from(counted > low), 1);
    tally.part_count("below", "第一档以下", i64::from(counted <= low));
    if counted > low {
        tally.count(1);
        tally.part_count("low", "过第一档", 1);
    } else if let Some(row) = last {
        tally.short(&ctx.unit.code, row);
    }
    if counted > high {
        tally.part_count("high", "过第二档", 1);
    } else if counted > low {
        tally.part_count("between", "两档之间", 1);
    }
    let before = on_basis(ctx, &rows, year - 1);
    if before > Decimal::ZERO {
        tally.part_of("growth", "与上年相比", counted, before);
    }
}
