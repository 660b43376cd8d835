//! Mobile members: where they are, whether they are in contact, what was done for them, who wants to come home.

use super::declare::new;
use crate::model::engine::counting::{items, named};
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::indicators::five_ones;
use crate::model::programmes::seedling::ledgers::{
    FiveOne, FiveOneKind, Mobile, MobileContact, MobileDirection, MobileIntent, Reserve,
};
use crate::model::programmes::seedling::mobile::{self, Stage};

/// Out and in (M7).
pub static DIRECTIONS: Indicator = new(
    "seedling.directions",
    "流动党员流向",
    "截至日期流出和流入的党员人数；外出不满认定月数的另计，不算流出",
    &[Mobile::SCHEMA],
    directions,
)
.form(Form::Count, "人");

/// Where those who went out are (M7).
pub static AWAY: Indicator = new(
    "seedling.away",
    "流出党员去向",
    "截至日期在外流出党员人数，按去向分",
    &[Mobile::SCHEMA],
    away,
)
.form(Form::Count, "人");

/// Those out of contact (M7, M9).
pub static LOST: Indicator = new(
    "seedling.lost",
    "流动党员失联率",
    "截至日期标为失去联系的流出党员人数 ÷ 在外流出党员人数",
    &[Mobile::SCHEMA],
    lost,
)
.form(Form::Share, "人");

/// The 五个一 done (M8).
pub static FIVE_ONE: Indicator = new(
    "seedling.five_ones",
    "五个一完成率",
    "截至日期所在年度对在外流出党员完成的五个一项数 ÷ 应完成项数（每人五项）；各项为完成人数 ÷ 在外流出党员人数",
    &[FiveOne::SCHEMA, Mobile::SCHEMA],
    five_one,
)
.form(Form::Share, "项");

/// How many of the five each has (M8).
pub static FIVE_ONE_SCORE: Indicator = new(
    "seedling.five_ones_score",
    "人均五个一",
    "截至日期所在年度完成的五个一项数 ÷ 在外流出党员人数；各档为完成这么多项的人数",
    &[FiveOne::SCHEMA, Mobile::SCHEMA],
    five_one_score,
)
.form(Form::Mean, "项");

/// From away to back (M10).
pub static WISH: Indicator = new(
    "seedling.wish",
    "返乡意愿",
    "截至日期登记过的流出党员人数（外出不满认定月数的不算）；有意向含愿意创业、愿意工作，走到后一步的也计入前一步",
    &[Mobile::SCHEMA, Reserve::SCHEMA],
    wish,
)
.form(Form::Count, "人");

/// Services offered (M11).
pub static SERVICES: Indicator = new(
    "seedling.services",
    "为流动党员提供便利",
    "截至日期提供过便利的在外流出党员人数 ÷ 在外流出党员人数；各项为得到这项便利的人数",
    &[Mobile::SCHEMA, MobileContact::SCHEMA],
    services,
)
.form(Form::Share, "人");

/// Those who are mobile members by definition on the last day.
fn out<'a>(ctx: &Ctx<'a>) -> Vec<Mobile<'a>> {
    let mut rows = ctx.rows::<Mobile>();
    rows.retain(|r| mobile::counts(*r, ctx.span.to, ctx.settings));
    rows
}

/// Of a unit that registered nobody nothing is known.
fn unknown_without_members(ctx: &Ctx, tally: &mut Tally) {
    if ctx.rows::<Mobile>().is_empty() {
        tally.is_unknown();
    }
}

fn directions(ctx: &Ctx, tally: &mut Tally) {
    const CLASSES: [(&str, &str); 3] = [("out", "流出"), ("in", "流入"), ("recent", "外出不满认定月数")];
    unknown_without_members(ctx, tally);
    for (code, label) in CLASSES {
        tally.part_count(code, label, 0);
    }
    for row in ctx.rows::<Mobile>() {
        if row.since().is_none() || !ctx.span.holds(row.since(), row.returned()) {
            continue;
        }
        let class = match MobileDirection::of(row.direction()) {
            Some(MobileDirection::In) => CLASSES[1],
            _ if mobile::counts(row, ctx.span.to, ctx.settings) => CLASSES[0],
            _ => CLASSES[2],
        };
        tally.part_count(class.0, class.1, 1);
        tally.record(row);
        if class != CLASSES[2] {
            tally.count(1);
        }
    }
}

fn away(ctx: &Ctx, tally: &mut Tally) {
    unknown_without_members(ctx, tally);
    for row in out(ctx) {
        tally.hit(row);
        named(tally, row.place());
    }
}

fn lost(ctx: &Ctx, tally: &mut Tally) {
    unknown_without_members(ctx, tally);
    for row in out(ctx) {
        tally.out_of(1);
        tally.record(row);
        if row.lost() == Some(true) {
            tally.count(1);
            tally.short(&ctx.unit.code, row);
        }
    }
}

fn five_one(ctx: &Ctx, tally: &mut Tally) {
    unknown_without_members(ctx, tally);
    let ones = five_ones(ctx);
    let people = out(ctx);
    for row in &people {
        let done = ones.get(row.id()).map_or(&[][..], Vec::as_slice);
        tally.count(i64::try_from(done.len().min(5)).unwrap_or(0));
        tally.out_of(5);
        for choice in FiveOneKind::ALL {
            tally.part_yes(choice.code, choice.label_in(ctx.settings), done.contains(&choice.code));
        }
        if done.len() < 5 {
            tally.short(&ctx.unit.code, *row);
        }
    }
    for row in ctx.rows::<FiveOne>() {
        let counts = row.year() == Some(ctx.span.year()) && ctx.span.past(row.date());
        if counts && people.iter().any(|p| Some(p.id()) == row.mobile()) {
            tally.record(row);
        }
    }
}

fn five_one_score(ctx: &Ctx, tally: &mut Tally) {
    unknown_without_members(ctx, tally);
    let ones = five_ones(ctx);
    for score in 0..=5 {
        tally.part_count(&score.to_string(), &format!("{score}项"), 0);
    }
    for row in out(ctx) {
        let score = ones.get(row.id()).map_or(0, Vec::len).min(5);
        tally.count(i64::try_from(score).unwrap_or(0));
        tally.out_of(1);
        tally.record(row);
        tally.part_count(&score.to_string(), &format!("{score}项"), 1);
    }
}

fn wish(ctx: &Ctx, tally: &mut Tally) {
    const STEPS: [(&str, &str); 4] = [
        ("out", "流出党员"),
        ("maybe", "有返乡意向"),
        ("willing", "愿意创业或工作"),
        ("home", "已返乡或转为后备"),
    ];
    unknown_without_members(ctx, tally);
    for (code, label) in STEPS {
        tally.part_count(code, label, 0);
    }
    let reserves = ctx.rows::<Reserve>();
    for row in ctx.rows::<Mobile>() {
        let stage = mobile::stage_at(row, ctx.span.to, ctx.settings);
        let Some(stage) = stage.filter(|s| *s != Stage::Recent && !MobileDirection::In.is(row.direction())) else {
            continue;
        };
        let own = reserves.iter().find(|r| Some(r.id()) == row.reserve());
        let reached = match MobileIntent::of(row.intent()) {
            _ if stage == Stage::Returned || own.is_some_and(|r| ctx.span.past(r.since())) => 3,
            Some(MobileIntent::Found | MobileIntent::Work) => 2,
            Some(MobileIntent::Maybe) => 1,
            _ => 0,
        };
        tally.hit(row);
        for (code, label) in &STEPS[..=reached] {
            tally.part_count(code, label, 1);
        }
    }
}

fn services(ctx: &Ctx, tally: &mut Tally) {
    unknown_without_members(ctx, tally);
    let contacts = ctx.rows::<MobileContact>();
    for row in out(ctx) {
        let mut given = items(row.services());
        let own = contacts.iter().filter(|c| c.mobile() == Some(row.id()));
        for contact in own.filter(|c| ctx.span.past(c.date())) {
            for item in items(contact.service()) {
                if !given.contains(&item) {
                    given.push(item);
                }
            }
        }
        tally.out_of(1);
        if given.is_empty() {
            tally.short(&ctx.unit.code, row);
            continue;
        }
        tally.hit(row);
        for item in given {
            tally.part_count(item, item, 1);
        }
    }
}
