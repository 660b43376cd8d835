//! Statistics of 强基: what is counted for information, without an aim.

use super::centre::{self, Track};
use super::indicators::{self as base, running};
use super::ledgers::{
    BuildStage, BuildStep, Centre, CentreFund, CentreItem, Expense, Income, Industry, Project, ProjectGuidance,
};
use crate::model::engine::indicator::{Applies, Ctx, Form, Indicator, Tally};
use crate::model::ledger::{Programme, Schema, TypedRow as _};
use crate::model::programmes::base::ledgers::ProjectAge;
use crate::model::programmes::base::rules::HERB_LARGE;
use crate::model::programmes::town::ledgers::{Factor, FactorKind};
use crate::model::value::Decimal;

const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::statistic(id, name, Programme::Base, definition, reads, compute)
}

/// The statistics of the programme, in display order.
pub const STATISTICS: &[&Indicator] = &[
    &HARD,
    &SOFT,
    &CHECKLIST,
    &SITES,
    &RENEWAL,
    &FUNDS,
    &PROJECTS,
    &SEVERAL,
    &KINDS,
    &GUIDED,
    &HERB_SIZES,
    &FACTORS_MET,
    &INCOMES,
];

/// What stands: centre, industry, income (Q1).
pub static HARD: Indicator = new(
    "base.hard",
    "硬实力",
    "有已建新阵地、有在办产业项目、集体经济超过第一档三项中，达到的项数 ÷ 应有的项数；产业和集体经济不适用的单位只看阵地，没有填报的项不计",
    &[Centre::SCHEMA, BuildStage::SCHEMA, Project::SCHEMA, Income::SCHEMA, Expense::SCHEMA],
    hard,
)
.form(Form::Share, "项");

/// What is done with what stands: publicity, surroundings, parts, contents, the check-list (Q1).
pub static SOFT: Indicator = new(
    "base.soft",
    "软实力",
    "已建阵地的红色宣传上墙和周边环境优化、原有阵地的更换旧件和更新内容，以及检查清单的事项中，已完成的项数 ÷ 应完成的项数",
    &[Centre::SCHEMA, CentreItem::SCHEMA],
    soft,
)
.form(Form::Share, "项");

/// Items of the check-lists that are done (Q3, Q4).
pub static CHECKLIST: Indicator = new(
    "base.checklist",
    "阵地检查清单完成率",
    "阵地检查清单中，截至统计期末已完成的事项数 ÷ 全部事项数，按清单分",
    &[CentreItem::SCHEMA],
    checklist,
)
.form(Form::Share, "项");

/// Planned centres by the stage they are at (Q5, Q7).
pub static SITES: Indicator = new(
    "base.sites",
    "待建阵地所处阶段",
    "统计期末待建的阵地数，按已完成的最后一个阶段分；晚于计划的另计",
    &[Centre::SCHEMA, BuildStage::SCHEMA],
    sites,
);

/// Centres that are renewed together with an old estate (Q8).
pub static RENEWAL: Indicator = new(
    "base.renewal",
    "与老旧小区改造结合的阵地",
    "填写了老旧小区改造点的阵地数 ÷ 登记的阵地数",
    &[Centre::SCHEMA],
    renewal,
)
.form(Form::Share, "个");

/// Funds granted of those applied for (Q9).
pub static FUNDS: Indicator = new(
    "base.funds",
    "阵地项目申报批复率",
    "统计期内申报的阵地建设项目，批复金额 ÷ 申报金额；没有填金额的不计",
    &[CentreFund::SCHEMA],
    funds,
)
.form(Form::Share, "万元");

/// Projects in hand (Q11, Q15).
pub static PROJECTS: Indicator = new(
    "base.projects",
    "在办产业项目",
    "统计期末在办（没有停产）的产业项目数，按原有和新建分",
    &[Project::SCHEMA],
    projects,
);

/// Villages with several projects (Q18).
pub static SEVERAL: Indicator = new(
    "base.several",
    "有多个项目的村",
    "有两个及以上在办产业项目的村数 ÷ 有在办产业项目的村数，其中有套种的另计",
    &[Project::SCHEMA],
    several,
)
.of(Applies::Villages)
.form(Form::Share, "个");

/// Projects in hand by industry (Q11).
pub static KINDS: Indicator = new(
    "base.kinds",
    "产业分类",
    "统计期末在办的产业项目数，按产业分",
    &[Project::SCHEMA],
    kinds,
);

/// Projects that were guided, and visits by department (Q12).
pub static GUIDED: Indicator = new(
    "base.guided",
    "得到指导的产业项目",
    "统计期内至少得到一次指导的在办产业项目数 ÷ 在办产业项目数，按部门列出指导次数",
    &[Project::SCHEMA, ProjectGuidance::SCHEMA],
    guided,
)
.form(Form::Share, "个");

/// Herb bases by size (Q13, Q14).
pub static HERB_SIZES: Indicator = new(
    "base.herb_sizes",
    "中药材基地面积",
    "统计期末在办的中药材基地面积合计，按基地大小列出个数；没有填面积的另计",
    &[Project::SCHEMA],
    herb_sizes,
)
.form(Form::Count, "亩");

/// Factors of projects that were met, of those needed (G15).
pub static FACTORS_MET: Indicator = new(
    "base.factors",
    "项目要素补上率",
    "截至统计期末提出的项目要素中，已补上的项数 ÷ 全部项数，按要素分",
    &[Factor::SCHEMA],
    factors,
)
.form(Form::Share, "项");

/// Collective income in all, by category (Q16, Q17, Q20).
pub static INCOMES: Indicator = new(
    "base.incomes",
    "村集体经济收入合计",
    "各村统计期末所在年度（没有则取最近一个已登记的年度）的全部收入合计，按类别分",
    &[Income::SCHEMA],
    incomes,
)
.of(Applies::Villages)
.form(Form::Count, "万元");

fn hard(ctx: &Ctx, tally: &mut Tally) {
    let names = [
        ("centre", "有已建新阵地"),
        ("industry", "有产业项目"),
        ("income", "集体经济过第一档"),
    ];
    for (key, label) in names {
        tally.part_of(key, label, Decimal::ZERO, Decimal::ZERO);
    }
    let mut seen = |key: &str, label: &str, reached: bool| {
        tally.out_of(1);
        tally.count(i64::from(reached));
        tally.part_yes(key, label, reached);
    };
    let centres = ctx.rows::<Centre>();
    let tracks: Vec<Track> = centres
        .iter()
        .filter_map(|c| centre::track_at(*c, ctx.span.to))
        .collect();
    if !tracks.is_empty() {
        seen(names[0].0, names[0].1, tracks.contains(&Track::Built));
    }
    let asked = |indicator: &Indicator| indicator.applies(ctx.settings).takes(ctx.unit.community);
    let mut behind = Vec::new();
    if asked(&base::INDUSTRY) && !ctx.rows::<Project>().is_empty() {
        seen(names[1].0, names[1].1, !running(ctx).is_empty());
    }
    if asked(&base::INCOME) {
        let income = base::INCOME.tally(ctx);
        behind.clone_from(&income.records);
        if income.unknown == 0 {
            seen(names[2].0, names[2].1, income.numerator > Decimal::ZERO);
        }
    }
    for row in centres {
        tally.record(row);
    }
    for row in running(ctx).into_iter().filter(|_| asked(&base::INDUSTRY)) {
        tally.record(row);
    }
    tally.records.append(&mut behind);
    if tally.denominator == Decimal::ZERO {
        tally.is_unknown();
    }
}

fn soft(ctx: &Ctx, tally: &mut Tally) {
    let mut done_of = |key: &str, label: &str, done: Option<bool>| {
        tally.out_of(1);
        tally.count(i64::from(done == Some(true)));
        tally.part_yes(key, label, done == Some(true));
    };
    let centres = ctx.rows::<Centre>();
    for row in &centres {
        match centre::track_at(*row, ctx.span.to) {
            Some(Track::Built) => {
                done_of("publicity", "红色宣传上墙", row.publicity());
                done_of("surroundings", "周边环境优化", row.surroundings());
            }
            Some(Track::Upgrading) => {
                done_of("parts", "更换旧件", row.parts_replaced());
                done_of("content", "更新内容", row.content_updated());
            }
            Some(Track::Planned) | None => {}
        }
    }
    for item in ctx.rows::<CentreItem>() {
        done_of("items", "检查清单", Some(ctx.span.past(item.done())));
    }
    for row in centres {
        tally.record(row);
    }
    if tally.denominator == Decimal::ZERO {
        tally.is_unknown();
    }
}

fn checklist(ctx: &Ctx, tally: &mut Tally) {
    let field = CentreItem::LEDGER.field("list");
    for item in ctx.rows::<CentreItem>() {
        let done = ctx.span.past(item.done());
        tally.out_of(1);
        tally.count(i64::from(done));
        tally.record(item);
        if let Some(code) = item.list() {
            tally.part_yes(code, field.map_or(code, |f| f.choice_label(code, ctx.settings)), done);
        }
        if !done {
            tally.short(&ctx.unit.code, item);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn sites(ctx: &Ctx, tally: &mut Tally) {
    tally.part_count("none", "还没有申报", 0);
    tally.part_choices(BuildStep::ALL);
    let centres = ctx.rows::<Centre>();
    let stages = ctx.rows::<BuildStage>();
    for row in &centres {
        if centre::track_at(*row, ctx.span.to) != Some(Track::Planned) {
            continue;
        }
        tally.hit(*row);
        let reached = centre::stages_reached(*row, &stages, ctx.span.to);
        match reached.checked_sub(1).and_then(|at| BuildStep::ALL.get(at)) {
            Some(stage) => tally.part_count(stage.code, stage.label, 1),
            None => tally.part_count("none", "还没有申报", 1),
        }
        if centre::late(*row, &stages, ctx.span.to).is_some() {
            tally.short(&ctx.unit.code, *row);
        }
    }
    if centres.is_empty() {
        tally.is_unknown();
    }
}

fn renewal(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Centre>() {
        tally.out_of(1);
        if row.renewal().is_some() {
            tally.hit(row);
        }
    }
    if tally.denominator == Decimal::ZERO {
        tally.is_unknown();
    }
}

fn funds(ctx: &Ctx, tally: &mut Tally) {
    let field = CentreFund::LEDGER.field("state");
    for row in ctx.rows::<CentreFund>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.record(row);
        if let Some(applied) = row.applied() {
            tally.denominator = tally.denominator + applied;
            tally.numerator = tally.numerator + row.approved().unwrap_or_default();
        }
        if let Some(code) = row.state() {
            tally.part_count(code, field.map_or(code, |f| f.choice_label(code, ctx.settings)), 1);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

/// Whether nothing is known of the industry of a unit; one that is not asked for any has none.
fn entered_no_project(ctx: &Ctx) -> bool {
    base::INDUSTRY.applies(ctx.settings).takes(ctx.unit.community) && ctx.rows::<Project>().is_empty()
}

fn projects(ctx: &Ctx, tally: &mut Tally) {
    tally.part_count("old", "原有", 0);
    tally.part_count("new", "新建", 0);
    for project in running(ctx) {
        tally.hit(project);
        match ProjectAge::of(project.age()) {
            Some(ProjectAge::Old) => tally.part_count("old", "原有", 1),
            Some(ProjectAge::New) => tally.part_count("new", "新建", 1),
            _ => tally.part_count("unknown", "新旧没有填写", 1),
        }
    }
    if entered_no_project(ctx) {
        tally.is_unknown();
    }
}

fn several(ctx: &Ctx, tally: &mut Tally) {
    let projects = running(ctx);
    if entered_no_project(ctx) {
        tally.is_unknown();
    }
    if projects.is_empty() {
        return;
    }
    tally.out_of(1);
    tally.count(i64::from(projects.len() > 1));
    let mixed = projects.iter().any(|p| p.inter() == Some(true));
    tally.part_count("inter", "有套种的村", i64::from(mixed));
    for project in projects.iter().filter(|_| projects.len() > 1) {
        tally.record(*project);
    }
}

fn kinds(ctx: &Ctx, tally: &mut Tally) {
    tally.part_choices(Industry::ALL);
    for project in running(ctx) {
        tally.hit(project);
        if let Some(kind) = Industry::ALL.iter().find(|c| Some(c.code) == project.kind()) {
            tally.part_count(kind.code, kind.label, 1);
        }
    }
    if entered_no_project(ctx) {
        tally.is_unknown();
    }
}

fn guided(ctx: &Ctx, tally: &mut Tally) {
    let mut visits = ctx.rows::<ProjectGuidance>();
    visits.retain(|v| ctx.span.takes(v.date()));
    let projects = running(ctx);
    for project in &projects {
        tally.out_of(1);
        if visits.iter().any(|v| v.project() == Some(project.id())) {
            tally.hit(*project);
        } else {
            tally.short(&ctx.unit.code, *project);
        }
    }
    for visit in visits {
        let department = visit.department().map_or("没有填部门", str::trim);
        tally.part_count(department, department, 1);
    }
    if entered_no_project(ctx) {
        tally.is_unknown();
    }
}

/// Sizes of herb bases with their upper bounds in 亩; from 千亩 on the town's own bound counts.
const SIZES: [(&str, &str, i64); 3] = [
    ("small", "不到100亩", 100),
    ("middle", "100至499亩", 500),
    ("big", "500亩以上", i64::MAX),
];

fn herb_sizes(ctx: &Ctx, tally: &mut Tally) {
    let large = HERB_LARGE.get(ctx.settings);
    for (key, label, _) in SIZES {
        tally.part_count(key, label, 0);
    }
    tally.part_count("large", "千亩基地", 0);
    let mut bases = running(ctx);
    bases.retain(|p| p.herb_base() == Some(true));
    for base in bases {
        tally.record(base);
        let Some(mu) = base.mu() else {
            tally.part_count("unknown", "没有填面积", 1);
            continue;
        };
        tally.numerator = tally.numerator + mu;
        let size = SIZES.iter().find(|s| s.2 == i64::MAX || mu < Decimal::whole(s.2));
        match size {
            _ if mu >= large => tally.part_count("large", "千亩基地", 1),
            Some((key, label, _)) => tally.part_count(key, label, 1),
            None => {}
        }
    }
    if entered_no_project(ctx) {
        tally.is_unknown();
    }
}

fn factors(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Factor>() {
        if !ctx.span.past(row.date()) {
            continue;
        }
        let met = ctx.span.past(row.met());
        tally.out_of(1);
        tally.count(i64::from(met));
        tally.record(row);
        if let Some(factor) = FactorKind::ALL.iter().find(|c| Some(c.code) == row.kind()) {
            tally.part_yes(factor.code, factor.label, met);
        }
        if !met {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn incomes(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<Income>();
    let years = rows.iter().filter_map(|r| r.year());
    let Some(year) = years.filter(|y| *y <= ctx.span.year()).max() else {
        tally.is_unknown();
        return;
    };
    let field = Income::LEDGER.field("category");
    for choice in field.map_or(&[][..], |f| f.choices) {
        tally.part(choice.code, choice.label, Decimal::ZERO);
    }
    for row in rows.into_iter().filter(|r| r.year() == Some(year)) {
        let amount = row.amount().unwrap_or_default();
        tally.numerator = tally.numerator + amount;
        tally.record(row);
        if let Some(code) = row.category() {
            tally.part(code, field.map_or(code, |f| f.choice_label(code, ctx.settings)), amount);
        }
    }
}
