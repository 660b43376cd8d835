//! Assistants, reserve cadres and talents: where they come from, how they grow, how far they go.

use super::declare::new;
use crate::model::engine::counting::{BLANK, BLANK_CODE, chosen, declare, items};
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::assistant::{self, Stage};
use crate::model::programmes::seedling::indicators::in_pool;
use crate::model::programmes::seedling::ledgers::{Assistant, Growth, Reserve, Talent};
use crate::model::value::Decimal;

/// Assistants in service by source (M13, M14).
pub static ASSISTANT_SOURCES: Indicator = new(
    "seedling.assistant_sources",
    "党建助理员来源",
    "截至日期在任的党建助理员人数，按来源分",
    &[Assistant::SCHEMA],
    assistant_sources,
)
.form(Form::Count, "人");

/// From assistant to reserve to committee (M16).
pub static ASSISTANT_PATH: Indicator = new(
    "seedling.assistant_path",
    "助理员转为后备干部",
    "截至日期任过职的党建助理员中，转为后备干部的人数（含已进两委）÷ 全部人数",
    &[Assistant::SCHEMA, Reserve::SCHEMA],
    assistant_path,
)
.form(Form::Share, "人");

/// What is on record of their growth (M15).
pub static GROWTH: Indicator = new(
    "seedling.growth",
    "成长记录",
    "统计期内助理员和后备干部的成长记录条数，按类型分",
    &[Growth::SCHEMA],
    growth,
)
.form(Form::Count, "条");

/// Their scores (M15).
pub static SCORES: Indicator = new(
    "seedling.growth_score",
    "成长评分",
    "统计期内填了评分的成长记录，评分（满分 100 分）的平均分，按类型分",
    &[Growth::SCHEMA],
    scores,
)
.form(Form::Mean, "分");

/// Reserve cadres for each unit (M17).
pub static RESERVE_MEAN: Indicator = new(
    "seedling.reserve_mean",
    "平均后备干部",
    "截至日期在库后备干部人数 ÷ 村（社区）数",
    &[Reserve::SCHEMA],
    reserve_mean,
)
.form(Form::Mean, "人");

/// Where reserve cadres come from (M12, M17).
pub static RESERVE_SOURCES: Indicator = new(
    "seedling.reserve_sources",
    "后备干部来源",
    "截至日期在库的后备干部人数，按来源分",
    &[Reserve::SCHEMA],
    reserve_sources,
)
.form(Form::Count, "人");

/// How old they are (M17).
pub static RESERVE_AGES: Indicator = new(
    "seedling.reserve_ages",
    "后备干部年龄",
    "截至日期在库的后备干部人数，按截至月份的周岁分",
    &[Reserve::SCHEMA],
    reserve_ages,
)
.form(Form::Count, "人");

/// What they have learned (M17).
pub static RESERVE_EDUCATION: Indicator = new(
    "seedling.reserve_education",
    "后备干部学历",
    "截至日期在库的后备干部人数，按学历分",
    &[Reserve::SCHEMA],
    reserve_education,
)
.form(Form::Count, "人");

/// Talents by tag (M18).
pub static TAGS: Indicator = new(
    "seedling.talent_tags",
    "青年人才特点",
    "截至日期在库的青年人才人数；一人可有几个特点，各特点分别计",
    &[Talent::SCHEMA],
    tags,
)
.form(Form::Count, "人");

/// Talents by skill (M18).
pub static SKILLS: Indicator = new(
    "seedling.talent_skills",
    "青年人才专长",
    "截至日期填了专长的在库青年人才人数 ÷ 在库青年人才人数；各专长为有这项专长的人数",
    &[Talent::SCHEMA],
    skills,
)
.form(Form::Share, "人");

fn assistant_sources(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Assistant::LEDGER, "source");
    let rows = ctx.rows::<Assistant>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows {
        if row.since().is_some() && ctx.span.holds(row.since(), row.until()) {
            tally.hit(row);
            chosen(tally, Assistant::LEDGER, "source", row.source());
        }
    }
}

fn assistant_path(ctx: &Ctx, tally: &mut Tally) {
    const STEPS: [Stage; 3] = [Stage::Serving, Stage::Reserve, Stage::Elected];
    const CODES: [&str; 3] = ["assistant", "reserve", "elected"];
    for (code, stage) in CODES.into_iter().zip(STEPS) {
        tally.part_count(code, stage.label(), 0);
    }
    let reserves = ctx.rows::<Reserve>();
    for row in ctx.rows::<Assistant>() {
        if !ctx.span.past(row.since()) {
            continue;
        }
        let mut all = reserves.iter().copied();
        let own = all.find(|r| Some(r.id()) == row.reserve() || r.assistant() == Some(row.id()));
        let stage = assistant::stage_at(row, own, ctx.span.to);
        let reached = STEPS.iter().position(|s| *s == stage).unwrap_or(0);
        tally.out_of(1);
        tally.record(row);
        tally.count(i64::from(reached > 0));
        for (code, stage) in CODES.into_iter().zip(STEPS).take(reached + 1) {
            tally.part_count(code, stage.label(), 1);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn growth(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Growth::LEDGER, "kind");
    let rows = ctx.rows::<Growth>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows.into_iter().filter(|r| ctx.span.takes(r.date())) {
        tally.hit(row);
        chosen(tally, Growth::LEDGER, "kind", row.kind());
    }
}

fn scores(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Growth>().into_iter().filter(|r| ctx.span.takes(r.date())) {
        let (Some(score), Some(kind)) = (row.score(), row.kind()) else {
            continue;
        };
        tally.count(score);
        tally.out_of(1);
        tally.record(row);
        let label = Growth::LEDGER
            .field("kind")
            .map_or(kind, |f| f.choice_label(kind, ctx.settings));
        tally.part_of(kind, label, Decimal::whole(score), Decimal::whole(1));
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn pool<'a>(ctx: &Ctx<'a>) -> Vec<Reserve<'a>> {
    let mut rows = ctx.rows::<Reserve>();
    rows.retain(|r| in_pool(*r, ctx.span.to));
    rows
}

/// Of a unit that never had anyone in the pool nothing is known.
fn unknown_without_reserves(ctx: &Ctx, tally: &mut Tally) {
    if ctx.rows::<Reserve>().is_empty() {
        tally.is_unknown();
    }
}

fn reserve_mean(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    for row in pool(ctx) {
        tally.hit(row);
    }
}

fn reserve_sources(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Reserve::LEDGER, "source");
    unknown_without_reserves(ctx, tally);
    for row in pool(ctx) {
        tally.hit(row);
        chosen(tally, Reserve::LEDGER, "source", row.source());
    }
}

fn reserve_ages(ctx: &Ctx, tally: &mut Tally) {
    const CLASSES: [(&str, &str, i32); 5] = [
        ("30", "30岁及以下", 30),
        ("35", "31至35岁", 35),
        ("40", "36至40岁", 40),
        ("45", "41至45岁", 45),
        ("older", "46岁及以上", i32::MAX),
    ];
    for (code, label, _) in CLASSES {
        tally.part_count(code, label, 0);
    }
    unknown_without_reserves(ctx, tally);
    for row in pool(ctx) {
        tally.hit(row);
        let age = row.birth().map(|b| ctx.span.to.month().since(b) / 12);
        match age.and_then(|age| CLASSES.iter().find(|c| age <= c.2)) {
            Some((code, label, _)) => tally.part_count(code, label, 1),
            None => tally.part_count(BLANK_CODE, BLANK, 1),
        }
    }
}

fn reserve_education(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Reserve::LEDGER, "education");
    unknown_without_reserves(ctx, tally);
    for row in pool(ctx) {
        tally.hit(row);
        chosen(tally, Reserve::LEDGER, "education", row.education());
    }
}

fn talents<'a>(ctx: &Ctx<'a>) -> Vec<Talent<'a>> {
    let mut rows = ctx.rows::<Talent>();
    rows.retain(|r| r.since().is_some() && ctx.span.holds(r.since(), r.until()));
    rows
}

fn tags(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Talent::LEDGER, "tags");
    if ctx.rows::<Talent>().is_empty() {
        tally.is_unknown();
    }
    for row in talents(ctx) {
        tally.hit(row);
        for tag in row.tags() {
            chosen(tally, Talent::LEDGER, "tags", Some(tag));
        }
    }
}

fn skills(ctx: &Ctx, tally: &mut Tally) {
    if ctx.rows::<Talent>().is_empty() {
        tally.is_unknown();
    }
    for row in talents(ctx) {
        tally.out_of(1);
        tally.record(row);
        let own = items(row.skills());
        tally.count(i64::from(!own.is_empty()));
        for skill in own {
            tally.part_count(skill, skill, 1);
        }
    }
}
