//! Night talks: where, on what platform, what for, and who took part.

use super::declare::new;
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::base::ledgers::Project;
use crate::model::programmes::dream::ledgers::{NightTalk, NightTalkPurpose, TalkKind};
use crate::model::programmes::dream::talk::Told;
use crate::model::programmes::town::ledgers::Unit;
use crate::model::value::Decimal;

/// Talks per unit (Z8).
pub static TALKS_PER_UNIT: Indicator = new(
    "dream.talks_per_unit",
    "平均每个村（社区）的夜话",
    "统计期内的夜话场次 ÷ 记过夜话的村（社区）数，从没有记过夜话的不计",
    &[NightTalk::SCHEMA],
    talks_per_unit,
)
.form(Form::Mean, "场");

/// Units by the number of their talks, those without any first (Z8).
pub static UNITS_BY_TALKS: Indicator = new(
    "dream.units_by_talks",
    "按夜话场次分的村（社区）",
    "统计期内没有夜话、开过一两场、三四场、五场以上的村（社区）各有几个",
    &[NightTalk::SCHEMA],
    units_by_talks,
)
.form(Form::Count, "个");

/// 夜话 by its kind and the kind of its unit (Z10).
pub static TALKS_BY_KIND_OF_UNIT: Indicator = new(
    "dream.talks_by_kind_of_unit",
    "夜话类型和单位类型",
    "统计期内的夜话，按夜话类型和村、社区分别计场次",
    &[NightTalk::SCHEMA],
    talks_by_kind_of_unit,
)
.form(Form::Count, "场");

/// Talks by the name of their platform (Z11).
pub static PLATFORMS: Indicator = new(
    "dream.platforms",
    "议事平台",
    "统计期内的夜话，按议事平台分：湾子夜话、星空夜话，其他的按填写的平台名称",
    &[NightTalk::SCHEMA],
    platforms,
)
.form(Form::Count, "场");

/// Talks by purpose (Z9).
pub static PURPOSES: Indicator = new(
    "dream.purposes",
    "夜话目的",
    "统计期内的夜话，按目的分",
    &[NightTalk::SCHEMA],
    purposes,
)
.form(Form::Count, "场");

/// Talks about projects of all with a purpose (Z9).
pub static PROJECT_TALKS: Indicator = new(
    "dream.project_talks",
    "项目商议占比",
    "统计期内目的为项目商议的夜话场次 ÷ 填了目的的夜话场次",
    &[NightTalk::SCHEMA],
    project_talks,
)
.form(Form::Share, "场");

/// Projects that were talked over (Z9).
pub static PROJECTS_CONSULTED: Indicator = new(
    "dream.projects_consulted",
    "商议过的项目",
    "截至日已启动、没有停产的产业项目中，有夜话写明商议过的个数 ÷ 全部个数",
    &[NightTalk::SCHEMA, Project::SCHEMA],
    projects_consulted,
)
.form(Form::Share, "个");

/// People at a talk (Z14).
pub static ATTENDANCE: Indicator = new(
    "dream.attendance",
    "场均到会人数",
    "统计期内填了群众人数的夜话，到会党员和群众合计 ÷ 场次",
    &[NightTalk::SCHEMA],
    attendance,
)
.form(Form::Mean, "人");

/// Share of those present who spoke (Z14).
pub static SPEAKING: Indicator = new(
    "dream.speaking",
    "夜话发言率",
    "统计期内填了发言人数和群众人数的夜话，发言人数 ÷ 到会党员和群众人数",
    &[NightTalk::SCHEMA],
    speaking,
)
.form(Form::Share, "人");

/// Households at talks of the households of the units (Z14).
pub static HOUSEHOLDS: Indicator = new(
    "dream.households",
    "夜话到会户次与户数之比",
    "统计期内夜话到会户次 ÷ 填了户数的村（社区）的户数；一户到会两次计两户次",
    &[NightTalk::SCHEMA, Unit::SCHEMA],
    households,
)
.form(Form::Share, "户");

/// Mean satisfaction (Z17).
pub static SATISFACTION: Indicator = new(
    "dream.satisfaction",
    "夜话满意度",
    "统计期内填了满意度的夜话，满意度（1 至 5 分）的平均分",
    &[NightTalk::SCHEMA],
    satisfaction,
)
.form(Form::Mean, "分");

/// The talks of the period.
fn held<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = NightTalk<'a>> {
    let span = ctx.span;
    let talks = ctx.rows::<NightTalk>().into_iter();
    talks.filter(move |t| span.takes(t.date()))
}

/// The kind of a talk; what has none is another.
/// Whether the unit ever entered a talk by the last day: without one, none is not zero.
fn ever_talked(ctx: &Ctx) -> bool {
    ctx.rows::<NightTalk>().into_iter().any(|t| ctx.span.past(t.date()))
}

fn talks_per_unit(ctx: &Ctx, tally: &mut Tally) {
    if !ever_talked(ctx) {
        return tally.is_unknown();
    }
    tally.out_of(1);
    held(ctx).for_each(|talk| tally.hit(talk));
    if tally.records.is_empty() {
        tally.lacks(&ctx.unit.code);
    }
}

/// Classes of units by the number of their talks: the least number of each.
const CLASSES: [(&str, &str, usize); 4] = [
    ("none", "没有", 0),
    ("few", "一两场", 1),
    ("some", "三四场", 3),
    ("many", "五场以上", 5),
];

fn units_by_talks(ctx: &Ctx, tally: &mut Tally) {
    for (code, label, _) in CLASSES {
        tally.part_count(code, label, 0);
    }
    if !ever_talked(ctx) {
        return tally.is_unknown();
    }
    tally.count(1);
    held(ctx).for_each(|talk| tally.record(talk));
    let count = tally.records.len();
    if let Some((code, label, _)) = CLASSES.iter().rev().find(|c| c.2 <= count) {
        tally.part_count(code, label, 1);
    }
    if count == 0 {
        tally.lacks(&ctx.unit.code);
    }
}

fn talks_by_kind_of_unit(ctx: &Ctx, tally: &mut Tally) {
    let unit = if ctx.unit.community {
        ("community", "社区")
    } else {
        ("village", "村")
    };
    for talk in held(ctx) {
        tally.hit(talk);
        if let Some(told) = Told::of(talk) {
            tally.part_cell((&told.key(), told.label()), unit);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn platforms(ctx: &Ctx, tally: &mut Tally) {
    if let Some((_, named)) = TalkKind::ALL.split_last() {
        tally.part_choices(named);
    }
    for talk in held(ctx) {
        tally.hit(talk);
        match Told::of(talk) {
            Some(Told::Kind(kind)) => tally.part_count(kind.code, kind.label, 1),
            Some(Told::Platform(name)) => tally.part_count(name, name, 1),
            Some(Told::Unnamed(kind)) => tally.part_count(kind.code, "其他，没有写名称", 1),
            None => {}
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn purposes(ctx: &Ctx, tally: &mut Tally) {
    let purposes = NightTalk::LEDGER.choices("purpose");
    tally.part_choices(purposes);
    for talk in held(ctx) {
        tally.hit(talk);
        tally.part_chosen(purposes, talk.purpose());
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn project_talks(ctx: &Ctx, tally: &mut Tally) {
    for talk in held(ctx).filter(|t| t.purpose().is_some()) {
        tally.out_of(1);
        if NightTalkPurpose::Project.is(talk.purpose()) {
            tally.count(1);
        }
        tally.record(talk);
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn projects_consulted(ctx: &Ctx, tally: &mut Tally) {
    let talks = ctx.rows::<NightTalk>();
    for project in ctx.rows::<Project>() {
        if !(ctx.span.past(project.started()) && ctx.span.holds(project.started(), project.ended())) {
            continue;
        }
        tally.out_of(1);
        let about = |t: &&NightTalk| t.project() == Some(project.id()) && ctx.span.past(t.date());
        match talks.iter().find(about) {
            Some(talk) => tally.hit(*talk),
            None => tally.short(&ctx.unit.code, project),
        }
    }
    // A unit that never names the project of a talk has not said that none was talked over.
    let names_projects = talks.iter().any(|t| t.project().is_some() && ctx.span.past(t.date()));
    if tally.denominator == Decimal::ZERO || !names_projects {
        *tally = Tally::default();
        tally.is_unknown();
    }
}

/// Those present, where the people were counted.
fn present(talk: NightTalk) -> Option<(i64, i64)> {
    talk.masses().map(|masses| (talk.members().unwrap_or(0), masses))
}

fn attendance(ctx: &Ctx, tally: &mut Tally) {
    for talk in held(ctx) {
        let Some((members, masses)) = present(talk) else {
            continue;
        };
        tally.count(members + masses);
        tally.out_of(1);
        tally.record(talk);
        if talk.members().is_some() {
            tally.part_of("members", "党员", Decimal::whole(members), Decimal::whole(1));
        }
        tally.part_of("masses", "群众", Decimal::whole(masses), Decimal::whole(1));
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn speaking(ctx: &Ctx, tally: &mut Tally) {
    for talk in held(ctx) {
        let Some((speakers, (members, masses))) = talk.speakers().zip(present(talk)) else {
            continue;
        };
        tally.count(speakers);
        tally.out_of(members + masses);
        tally.record(talk);
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn households(ctx: &Ctx, tally: &mut Tally) {
    let unit = ctx.records.find(Unit::SCHEMA, &ctx.unit.code).map(Unit::of);
    let whole = unit.and_then(Unit::households).filter(|h| *h > 0);
    for talk in held(ctx) {
        if let (Some(reached), Some(_)) = (talk.reached(), whole) {
            tally.count(reached);
            tally.record(talk);
        }
    }
    match whole {
        Some(households) if !tally.records.is_empty() => tally.out_of(households),
        _ => tally.is_unknown(),
    }
}

fn satisfaction(ctx: &Ctx, tally: &mut Tally) {
    for talk in held(ctx) {
        if let Some(score) = talk.satisfaction() {
            tally.count(score);
            tally.out_of(1);
            tally.record(talk);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}
