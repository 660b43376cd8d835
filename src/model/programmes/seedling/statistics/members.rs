//! Members as counts, who comes after, groups, estates.

use super::declare::new;
use crate::model::date::Day;
use crate::model::engine::counting::{chosen, declare};
use crate::model::engine::indicator::{Applies, Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::indicators::{current, next_election};
use crate::model::programmes::lead::ledgers::{Election, Secretary};
use crate::model::programmes::seedling::indicators::{in_pool, zero_on};
use crate::model::programmes::seedling::ledgers::{Estate, EstateMember, Group, MemberStats, Reserve, Service};
use crate::model::value::Decimal;

/// Who comes after the secretary (M1).
pub static SUCCESSION: Indicator = new(
    "seedling.succession",
    "后继有人",
    "截至日期有后备干部在库的村（社区）数 ÷ 村（社区）总数；没有后备、书记一年内满 60 岁或换届、或没有书记的另计",
    &[Reserve::SCHEMA, Secretary::SCHEMA, Election::SCHEMA],
    succession,
)
.form(Form::Share, "个");

/// Members by age, sex and education (M3).
pub static MEMBERS: Indicator = new(
    "seedling.members",
    "党员结构",
    "截至日期前最近一次填报的党员总数；各项为该项人数 ÷ 填了该项的单位的党员总数",
    &[MemberStats::SCHEMA],
    members,
)
.form(Form::Count, "人");

/// The same before and after (M3).
pub static CHANGE: Indicator = new(
    "seedling.members_change",
    "35岁以下党员占比",
    "最近一次填报中，35岁以下党员 ÷ 党员总数；对比上年底前的最近一次，只计两次都填了的单位",
    &[MemberStats::SCHEMA],
    change,
)
.form(Form::Share, "人");

/// Groups without a member at the end of each year (M4).
pub static ZERO_BY_YEAR: Indicator = new(
    "seedling.zero_by_year",
    "历年零党员村民小组",
    "截至日期没有党员的村民小组个数；各年为当年年底的个数，本年为截至日期的个数",
    &[Group::SCHEMA],
    zero_by_year,
)
.form(Form::Count, "个");

/// What new members do in the village (M6).
pub static ROLES: Indicator = new(
    "seedling.roles",
    "作用发挥",
    "截至日期正在担任的角色数，按角色分",
    &[Service::SCHEMA],
    roles,
)
.form(Form::Count, "项");

/// Communities all of whose estates are covered (M20).
pub static COVERED_COMMUNITIES: Indicator = new(
    "seedling.covered_communities",
    "小区全部覆盖的社区",
    "截至日期小区全部覆盖的社区数 ÷ 登记了小区的社区数",
    &[Estate::SCHEMA],
    covered_communities,
)
.of(Applies::Communities)
.form(Form::Share, "个");

/// Young members found in estates (M21).
pub static ESTATE_MEMBERS: Indicator = new(
    "seedling.estate_members",
    "小区青年党员",
    "截至日期登记的小区党员人数，按来源分",
    &[EstateMember::SCHEMA],
    estate_members,
)
.form(Form::Count, "人");

/// Those of them who joined the branch (M22).
pub static JOINED: Indicator = new(
    "seedling.joined",
    "加入小区支部",
    "截至日期加入小区支部的人数 ÷ 登记的小区党员人数；各小区为加入人数",
    &[EstateMember::SCHEMA, Estate::SCHEMA],
    joined,
)
.form(Form::Share, "人");

/// Months before leaving in which a successor should stand ready.
const NEAR: i32 = 12;

/// Age at which a secretary is taken to retire.
const RETIREMENT: i32 = 60;

/// Whether the secretary leaves within a year, by age or by election, or has left.
fn leaves(ctx: &Ctx) -> bool {
    let near = ctx.span.to.plus_months(NEAR);
    let old = |s: Secretary| s.birth().is_some_and(|b| near.month().since(b) >= RETIREMENT * 12);
    current(ctx).is_none_or(old) || next_election(ctx).is_some_and(|day| day <= near)
}

fn succession(ctx: &Ctx, tally: &mut Tally) {
    const CLASSES: [(&str, &str); 3] = [
        ("ready", "有后备"),
        ("without", "没有后备"),
        ("urgent", "没有后备且书记将离任"),
    ];
    let rows = ctx.rows::<Reserve>();
    if rows.is_empty() && current(ctx).is_none() {
        return tally.is_unknown();
    }
    for (code, label) in CLASSES {
        tally.part_count(code, label, 0);
    }
    tally.out_of(1);
    let mut ready = false;
    for row in rows.into_iter().filter(|r| in_pool(*r, ctx.span.to)) {
        ready = true;
        tally.record(row);
    }
    let class = match (ready, leaves(ctx)) {
        (true, _) => CLASSES[0],
        (false, false) => CLASSES[1],
        (false, true) => CLASSES[2],
    };
    tally.part_count(class.0, class.1, 1);
    if ready {
        tally.count(1);
    } else {
        tally.lacks(&ctx.unit.code);
    }
}

/// The last of the counts of a unit that were taken by a day.
fn counted<'a>(rows: &[MemberStats<'a>], by: Day) -> Option<MemberStats<'a>> {
    let known = rows.iter().filter(|r| r.date().is_some_and(|d| d <= by));
    known.copied().max_by_key(|r| r.date())
}

/// The counts whose share of all members is asked for.
type Share<'a> = (&'static str, &'static str, fn(MemberStats<'a>) -> Option<i64>);

fn shares<'a>() -> [Share<'a>; 5] {
    [
        ("under_35", "35岁以下", |r| r.under_35()),
        ("over_60", "60岁以上", |r| r.over_60()),
        ("women", "女性", |r| r.women()),
        ("college", "大专以上", |r| r.college()),
        ("probationary", "预备党员", |r| r.probationary()),
    ]
}

fn members(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<MemberStats>();
    let Some((row, total)) = counted(&rows, ctx.span.to).and_then(|r| Some((r, r.total()?))) else {
        return tally.is_unknown();
    };
    tally.count(total);
    tally.record(row);
    for (code, label, read) in shares() {
        if let Some(some) = read(row) {
            tally.part_of(code, label, Decimal::whole(some), Decimal::whole(total));
        }
    }
}

fn change(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<MemberStats>();
    let year_before = crate::model::date::Month::new(ctx.span.year() - 1, 12);
    let after = counted(&rows, ctx.span.to).and_then(|r| Some((r, r.total()?)));
    let before = year_before.and_then(|m| counted(&rows, m.last()));
    let before = before.and_then(|r| Some((r, r.total()?)));
    let Some((now, all)) = after else {
        return tally.is_unknown();
    };
    tally.record(now);
    let Some(young) = now.under_35() else {
        return tally.is_unknown();
    };
    tally.count(young);
    tally.out_of(all);
    let Some((then, all_then)) = before else { return };
    for (code, label, read) in shares() {
        if let (Some(new), Some(old)) = (read(now), read(then)) {
            let ends = [("before", "上年", old, all_then), ("after", "本年", new, all)];
            for (end, word, some, whole) in ends {
                let (key, label) = (format!("{code}/{end}"), format!("{label}/{word}"));
                tally.part_of(&key, &label, Decimal::whole(some), Decimal::whole(whole));
            }
        }
    }
}

/// Years told of before the year of the last day.
const YEARS: i32 = 3;

fn zero_by_year(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<Group>();
    let known = |r: &&Group| r.members().is_some() || r.was_zero().is_some();
    let known: Vec<&Group> = rows.iter().filter(known).collect();
    if known.is_empty() {
        return tally.is_unknown();
    }
    for year in ctx.span.year() - YEARS..=ctx.span.year() {
        let end = crate::model::date::Month::new(year, 12).map_or(ctx.span.to, |m| m.last().min(ctx.span.to));
        let there = |r: &&&Group| r.since().is_none_or(|d| d <= end) && r.until().is_none_or(|d| d > end);
        let zero = known.iter().filter(there).filter(|r| zero_on(***r, end)).count();
        let zero = i64::try_from(zero).unwrap_or(0);
        tally.part_count(&year.to_string(), &format!("{year}年"), zero);
    }
    for row in known {
        if ctx.span.holds(row.since(), row.until()) {
            tally.record(*row);
            if zero_on(*row, ctx.span.to) {
                tally.count(1);
                tally.short(&ctx.unit.code, *row);
            }
        }
    }
}

fn roles(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Service::LEDGER, "role");
    let rows = ctx.rows::<Service>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows {
        if row.since().is_some() && ctx.span.holds(row.since(), row.until()) {
            tally.hit(row);
            chosen(tally, Service::LEDGER, "role", row.role());
        }
    }
}

fn covered_communities(ctx: &Ctx, tally: &mut Tally) {
    const CLASSES: [(&str, &str); 3] = [("full", "全部覆盖"), ("partly", "部分覆盖"), ("none", "没有覆盖")];
    let rows = ctx.rows::<Estate>();
    let there: Vec<&Estate> = rows.iter().filter(|r| ctx.span.holds(r.since(), None)).collect();
    if there.is_empty() {
        return tally.is_unknown();
    }
    for (code, label) in CLASSES {
        tally.part_count(code, label, 0);
    }
    tally.out_of(1);
    let mut covered = 0;
    for row in &there {
        tally.record(**row);
        if ctx.span.past(row.covered()) {
            covered += 1;
        } else {
            tally.short(&ctx.unit.code, **row);
        }
    }
    let class = match covered {
        0 => CLASSES[2],
        n if n == there.len() => CLASSES[0],
        _ => CLASSES[1],
    };
    tally.part_count(class.0, class.1, 1);
    tally.count(i64::from(covered == there.len()));
}

fn found<'a>(ctx: &Ctx<'a>) -> Vec<EstateMember<'a>> {
    let mut rows = ctx.rows::<EstateMember>();
    rows.retain(|r| ctx.span.past(r.found()));
    rows
}

fn estate_members(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, EstateMember::LEDGER, "kind");
    for row in found(ctx) {
        tally.hit(row);
        chosen(tally, EstateMember::LEDGER, "kind", row.kind());
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn joined(ctx: &Ctx, tally: &mut Tally) {
    let estates = ctx.rows::<Estate>();
    for row in found(ctx) {
        tally.out_of(1);
        tally.record(row);
        if !ctx.span.past(row.joined()) {
            tally.short(&ctx.unit.code, row);
            continue;
        }
        tally.count(1);
        if let Some(estate) = estates.iter().find(|e| Some(e.id()) == row.estate()) {
            tally.part_count(estate.id(), estate.name().unwrap_or_default(), 1);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}
