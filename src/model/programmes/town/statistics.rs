//! Statistics of the frame: party organisations, joint committees, links, pilots, honours, evidence.
//!
//! They belong to no programme of their own and stand on the page of 强基.

use super::ledgers::{Branch, Evidence, Honour, JointCommittee, Level, Pilot, Progress, ThreeLink, Unit};
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::{Programme, Schema, TypedRow as _};
use crate::model::records::rows;
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

/// The statistics of the frame, in display order.
pub const STATISTICS: &[&Indicator] = &[
    &UNITS, &MEMBERS, &BRANCHES, &JOINT, &LINKS, &PILOTS, &HONOURS, &EVIDENCE,
];

/// Units by kind of party organisation (G4, G9).
pub static UNITS: Indicator = new(
    "town.organisations",
    "村（社区）党组织类型",
    "统计期末的村（社区）数，按党组织类型分",
    &[Unit::SCHEMA],
    units,
);

/// Members, and units by how many they have (G9).
pub static MEMBERS: Indicator = new(
    "town.members",
    "村（社区）党员数",
    "村（社区）登记的党员数合计，按人数多少列出单位个数；没有填党员数的不计",
    &[Unit::SCHEMA],
    members,
)
.form(Form::Count, "人");

/// Party organisations in units (G9).
pub static BRANCHES: Indicator = new(
    "town.branches",
    "党组织",
    "统计期末的党组织数，按类型分",
    &[Branch::SCHEMA],
    branches,
);

/// Units in a joint committee (G10).
pub static JOINT: Indicator = new(
    "town.joint",
    "联合党委覆盖",
    "统计期末参加联合党委的村（社区）数 ÷ 村（社区）总数；还没有登记联合党委的不评",
    &[JointCommittee::SCHEMA],
    joint,
)
.form(Form::Share, "个");

/// Items of 三联 by link and state (G11).
pub static LINKS: Indicator = new(
    "town.links",
    "三联事项",
    "统计期内确定的三联事项数，按联建方式和进展分",
    &[ThreeLink::SCHEMA],
    links,
)
.form(Form::Count, "项");

/// Pilots of governing a hamlet (G12).
pub static PILOTS: Indicator = new(
    "town.pilots",
    "村湾治理试点",
    "截至统计期末启动的试点数，按进展分",
    &[Pilot::SCHEMA],
    pilots,
);

/// Honours by level and kind (G13, G14).
pub static HONOURS: Indicator = new(
    "town.honours",
    "荣誉和试点",
    "截至统计期末所在年度的荣誉和试点数，按级别和类型分；没有填年度的也计",
    &[Honour::SCHEMA],
    honours,
)
.form(Form::Count, "项");

/// Units that keep evidence (G8).
pub static EVIDENCE: Indicator = new(
    "town.evidence",
    "佐证材料覆盖",
    "统计期内登记了佐证材料的村（社区）数 ÷ 村（社区）总数，按材料形式列出份数",
    &[Evidence::SCHEMA],
    evidence,
)
.form(Form::Share, "个");

/// The unit's own record, under the code it has today.
fn own<'a>(ctx: &Ctx<'a>) -> Option<Unit<'a>> {
    let found = ctx.records.find(Unit::SCHEMA, &ctx.unit.code);
    found.map(Unit::of)
}

fn units(ctx: &Ctx, tally: &mut Tally) {
    let field = Unit::LEDGER.field("org_type");
    for choice in field.map_or(&[][..], |f| f.choices) {
        tally.part_count(choice.code, choice.label, 0);
    }
    let Some(unit) = own(ctx) else { return };
    tally.hit(unit);
    match unit.org_type() {
        Some(code) => tally.part_count(code, field.map_or(code, |f| f.choice_label(code, ctx.settings)), 1),
        None => tally.part_count("unknown", "没有填写", 1),
    }
}

/// Sizes of a unit's membership with their upper bounds (G9). A committee needs about a hundred members, a general
/// branch about fifty (docs/requirements.md §2.1).
const SIZES: [(&str, &str, i64); 4] = [
    ("few", "不到30人", 30),
    ("some", "30至49人", 50),
    ("many", "50至99人", 100),
    ("most", "100人以上", i64::MAX),
];

fn members(ctx: &Ctx, tally: &mut Tally) {
    for (key, label, _) in SIZES {
        tally.part_count(key, label, 0);
    }
    let Some((unit, count)) = own(ctx).and_then(|u| Some((u, u.members()?))) else {
        tally.is_unknown();
        return;
    };
    tally.count(count);
    tally.record(unit);
    if let Some((key, label, _)) = SIZES.iter().find(|s| count < s.2) {
        tally.part_count(key, label, 1);
    }
}

fn branches(ctx: &Ctx, tally: &mut Tally) {
    let field = Branch::LEDGER.field("kind");
    for choice in field.map_or(&[][..], |f| f.choices) {
        tally.part_count(choice.code, choice.label, 0);
    }
    for row in ctx.rows::<Branch>() {
        if ctx.span.holds(row.since(), row.until()) {
            tally.hit(row);
            if let Some(code) = row.kind() {
                tally.part_count(code, field.map_or(code, |f| f.choice_label(code, ctx.settings)), 1);
            }
        }
    }
    if ctx.rows::<Branch>().is_empty() {
        tally.is_unknown();
    }
}

fn joint(ctx: &Ctx, tally: &mut Tally) {
    let committees = rows::<JointCommittee>(ctx.records);
    if committees.is_empty() {
        tally.is_unknown();
        return;
    }
    tally.out_of(1);
    let in_it = |c: &JointCommittee| {
        let units = c.units();
        let named = |code: &String| units.iter().any(|u| **u == **code);
        ctx.span.holds(c.since(), c.until()) && ctx.unit.codes.iter().any(named)
    };
    let Some(first) = committees.iter().find(|c| in_it(c)) else {
        tally.lacks(&ctx.unit.code);
        return;
    };
    tally.hit(*first);
    for committee in committees.iter().filter(|c| in_it(c)) {
        let name = committee.name().unwrap_or("没有名称");
        tally.part_count(committee.id(), name, 1);
    }
}

fn links(ctx: &Ctx, tally: &mut Tally) {
    let field = ThreeLink::LEDGER.field("link");
    for row in ctx.rows::<ThreeLink>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.hit(row);
        let state = Progress::ALL.iter().find(|c| Some(c.code) == row.state());
        let state = state.map_or(("unknown", "没有填进展"), |c| (c.code, c.label));
        if let Some(code) = row.link() {
            tally.part_cell(
                (code, field.map_or(code, |f| f.choice_label(code, ctx.settings))),
                state,
            );
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn pilots(ctx: &Ctx, tally: &mut Tally) {
    tally.part_choices(Progress::ALL);
    for row in ctx.rows::<Pilot>() {
        if !ctx.span.past(row.since()) {
            continue;
        }
        tally.hit(row);
        // What has no day yet, or a later one, was not done on that day.
        let state = match row.done() {
            Some(day) if day <= ctx.span.to => Some(Progress::Done.code()),
            Some(_) => Some(Progress::Running.code()),
            None => row.state(),
        };
        match Progress::ALL.iter().find(|c| Some(c.code) == state) {
            Some(choice) => tally.part_count(choice.code, choice.label, 1),
            None => tally.part_count("unknown", "没有填进展", 1),
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn honours(ctx: &Ctx, tally: &mut Tally) {
    let field = Honour::LEDGER.field("kind");
    for row in ctx.rows::<Honour>() {
        if row.year().is_some_and(|year| year > ctx.span.year()) {
            continue;
        }
        tally.hit(row);
        let level = Level::ALL.iter().find(|c| Some(c.code) == row.level());
        if let (Some(level), Some(kind)) = (level, row.kind()) {
            let kind = (kind, field.map_or(kind, |f| f.choice_label(kind, ctx.settings)));
            tally.part_cell(kind, (level.code, level.label));
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn evidence(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    let field = Evidence::LEDGER.field("form");
    for row in ctx.rows::<Evidence>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.record(row);
        let code = row.form().unwrap_or("unknown");
        let label = row.form().map_or("没有填形式", |c| {
            field.map_or(c, |f| f.choice_label(c, ctx.settings))
        });
        tally.part_count(code, label, 1);
    }
    if tally.records.is_empty() {
        tally.lacks(&ctx.unit.code);
    } else {
        tally.numerator = Decimal::whole(1);
    }
}
