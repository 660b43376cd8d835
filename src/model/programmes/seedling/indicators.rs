//! Indicators of 青苗.

use std::collections::HashMap;

use crate::model::date::Day;
use crate::model::engine::indicator::{Aim, Applies, Ctx, Form, Indicator, Tally};
use crate::model::ledger::{Programme, Schema, TypedRow as _};
use crate::model::programmes::seedling::ledgers::development::{Development, Inspection};
use crate::model::programmes::seedling::ledgers::{
    Assistant, AssistantSource, Estate, FiveOne, Group, Mobile, MobileContact, MobileDirection, MobileIntent, Reserve,
    ReserveKind, Talent, TalentTag,
};
use crate::model::programmes::seedling::{development, mobile, rules};
use crate::model::value::Decimal;

const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::new(id, name, Programme::Seedling, definition, reads, compute)
}

/// The indicators of the programme, in display order.
pub const INDICATORS: &[&Indicator] = &[
    &ZERO_GROUPS,
    &DEVELOPMENT,
    &MOBILE,
    &ASSISTANTS,
    &RESERVE,
    &TALENT,
    &ESTATES,
];

/// 零党员村民小组.
pub static ZERO_GROUPS: Indicator = new(
    "seedling.zero_groups",
    "零党员村民小组",
    "没有党员的村民小组个数，目标为 0；分母是填了党员人数的村民小组总数，没有登记小组的不评",
    &[Group::SCHEMA],
    zero_groups,
)
.form(Form::Count, "个")
.aim(Aim::AtMost(0));

/// 发展党员.
pub static DEVELOPMENT: Indicator = new(
    "seedling.development",
    "发展党员",
    "在办的发展党员档案人数，按阶段分；进度 = 没有逾期步骤的人数 ÷ 在办人数",
    &[Development::SCHEMA, Inspection::SCHEMA],
    development,
)
.form(Form::Count, "人");

/// 流动党员联系.
pub static MOBILE: Indicator = new(
    "seedling.mobile",
    "流动党员联系",
    "截至日期前 # 天内（在国（境）外的半年内）联系过的流出党员人数 ÷ 在外流出党员人数（连续外出不满 # 个月的不算）；五个一按当年完成项数计",
    &[Mobile::SCHEMA, MobileContact::SCHEMA, FiveOne::SCHEMA],
    mobile_contact,
)
.says(&[&rules::MOBILE_DAYS.about, &rules::MOBILE_MONTHS.about])
.form(Form::Share, "人");

/// 党建助理员.
pub static ASSISTANTS: Indicator = new(
    "seedling.assistants",
    "党建助理员",
    "有党建助理员在任的村（社区）数 ÷ 村（社区）总数",
    &[Assistant::SCHEMA],
    assistants,
);

/// 后备干部.
pub static RESERVE: Indicator = new(
    "seedling.reserve",
    "后备干部",
    "在库后备干部人数；进度 = 达到最少人数（# 人）的村（社区）数 ÷ 总数",
    &[Reserve::SCHEMA],
    reserve,
)
.says(&[&rules::RESERVE_MINIMUM.about])
.form(Form::Count, "人");

/// 青年人才库.
pub static TALENT: Indicator = new(
    "seedling.talent",
    "青年人才库",
    "在库青年人才人数，一人可有几个特点",
    &[Talent::SCHEMA],
    talent,
)
.form(Form::Count, "人")
.aim(Aim::Nothing);

/// 红色物业覆盖率.
pub static ESTATES: Indicator = new(
    "seedling.estates",
    "红色物业覆盖率",
    "已覆盖的小区数 ÷ 小区总数；另计小区全部覆盖的社区数；村不计",
    &[Estate::SCHEMA],
    estates,
)
.of(Applies::Communities);

/// Whether the group had no member on the day: none now and never one, or cleared only later.
pub(crate) fn zero_on(row: Group, on: Day) -> bool {
    match (row.was_zero(), row.cleared()) {
        (Some(true), Some(cleared)) => cleared > on,
        _ => row.members() == Some(0),
    }
}

fn zero_groups(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Group>() {
        if !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        if row.members().is_none() && row.was_zero().is_none() {
            tally.part_count("members_unknown", "党员人数未填", 1);
            continue;
        }
        tally.out_of(1);
        if zero_on(row, ctx.span.to) {
            tally.hit(row);
            tally.short(&ctx.unit.code, row);
        }
        let cleared = row.was_zero() == Some(true) && ctx.span.past(row.cleared());
        tally.part_count("cleared", "已消除", i64::from(cleared));
    }
    if tally.denominator == Decimal::ZERO {
        tally.is_unknown();
    }
}

fn development(ctx: &Ctx, tally: &mut Tally) {
    for stage in development::Stage::ALL {
        tally.part_count(stage.code(), stage.label(), 0);
    }
    tally.part_count("overdue", "逾期步骤", 0);
    let inspections = ctx.rows::<Inspection>();
    for row in ctx.rows::<Development>() {
        let Some(stage) = development::stage_at(row, ctx.span.to) else {
            continue;
        };
        tally.part_count(stage.code(), stage.label(), 1);
        if ctx.span.takes(row.approved()) {
            tally.part_count("admitted", "统计期内接收预备党员", 1);
        }
        if stage.closed() {
            continue;
        }
        tally.hit(row);
        let deadlines = development::deadlines(row, &inspections, ctx.span.to, ctx.settings);
        let late = deadlines.iter().filter(|d| d.due < ctx.span.to).count();
        tally.part_count("overdue", "逾期步骤", i64::try_from(late).unwrap_or(0));
        tally.advance(i64::from(late == 0), 1);
        if late > 0 {
            tally.short(&ctx.unit.code, row);
        }
    }
}

/// The measures of the 五个一 done for each mobile member in the year of the last day, each once.
pub(in crate::model) fn five_ones<'a>(ctx: &Ctx<'a>) -> HashMap<&'a str, Vec<&'a str>> {
    let mut ones: HashMap<&str, Vec<&str>> = HashMap::new();
    for row in ctx.rows::<FiveOne>() {
        let counts = row.year() == Some(ctx.span.year()) && ctx.span.past(row.date());
        if let Some(person) = row.mobile().filter(|_| counts) {
            let done = ones.entry(person).or_default();
            let measure = row.measure().unwrap_or_default();
            if !done.contains(&measure) {
                done.push(measure);
            }
        }
    }
    ones
}

fn mobile_contact(ctx: &Ctx, tally: &mut Tally) {
    let first = ctx.span.to.plus_days(-rules::MOBILE_DAYS.get(ctx.settings));
    let abroad = ctx.span.to.plus_months(-mobile::ABROAD_MONTHS);
    let mut last: HashMap<&str, Day> = HashMap::new();
    for row in ctx.rows::<MobileContact>() {
        if let (Some(id), Some(day)) = (row.mobile(), row.date())
            && day <= ctx.span.to
        {
            let seen = last.entry(id).or_insert(day);
            *seen = day.max(*seen);
        }
    }
    let ones = five_ones(ctx);
    for row in ctx.rows::<Mobile>() {
        let away = row.since().is_some() && ctx.span.holds(row.since(), row.returned());
        if !away || MobileDirection::In.is(row.direction()) {
            tally.part_count("in", "流入", i64::from(away));
            continue;
        }
        if !mobile::counts(row, ctx.span.to, ctx.settings) {
            tally.part_count("recent", "外出不满认定月数", 1);
            continue;
        }
        tally.out_of(1);
        tally.record(row);
        let since = if row.abroad() == Some(true) { abroad } else { first };
        if last.get(row.id()).is_some_and(|d| *d >= since) {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
        let done = ones.get(row.id()).map_or(0, Vec::len).min(5);
        let done = Decimal::whole(i64::try_from(done).unwrap_or(0));
        tally.part_of("five_ones", "五个一完成", done, Decimal::whole(5));
        let willing = matches!(
            MobileIntent::of(row.intent()),
            Some(MobileIntent::Found | MobileIntent::Work)
        );
        tally.part_yes("willing", "愿意返乡", willing);
        tally.part_yes("lost", "失去联系", row.lost() == Some(true));
    }
}

fn assistants(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    tally.part_count("persons", "助理员", 0);
    tally.part_choices(AssistantSource::ALL);
    let mut any = false;
    for row in ctx.rows::<Assistant>() {
        if row.since().is_none() || !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        any = true;
        tally.record(row);
        tally.part_count("persons", "助理员", 1);
        if let Some(choice) = AssistantSource::ALL.iter().find(|c| Some(c.code) == row.source()) {
            tally.part_count(choice.code, choice.label, 1);
        }
    }
    if any {
        tally.count(1);
    } else {
        tally.lacks(&ctx.unit.code);
    }
}

/// Whether a reserve cadre is in the pool on the day.
pub(in crate::model) fn in_pool(row: Reserve, on: Day) -> bool {
    let gone = row.left().is_some_and(|d| d <= on) || row.elected().is_some_and(|d| d <= on);
    row.since().is_some_and(|d| d <= on) && !gone
}

fn reserve(ctx: &Ctx, tally: &mut Tally) {
    let minimum = i64::from(rules::RESERVE_MINIMUM.get(ctx.settings));
    let mut persons = 0;
    tally.part_count("secretary", "书记后备", 0);
    tally.part_count("committee", "两委后备", 0);
    for row in ctx.rows::<Reserve>() {
        if ctx.span.past(row.elected()) {
            tally.part_count("elected", "已进两委", 1);
        }
        if !in_pool(row, ctx.span.to) {
            continue;
        }
        persons += 1;
        tally.hit(row);
        match ReserveKind::of(row.kind()) {
            Some(ReserveKind::Secretary) => tally.part_count("secretary", "书记后备", 1),
            Some(ReserveKind::Committee) => tally.part_count("committee", "两委后备", 1),
            _ => {}
        }
        if let Some(birth) = row.birth() {
            let months = ctx.span.to.month().since(birth);
            tally.part_of("age", "平均年龄", Decimal::whole(i64::from(months)), Decimal::whole(12));
        }
        if let Some(education) = row.education() {
            let college = matches!(education, "college" | "bachelor" | "master");
            tally.part_yes("college", "大专以上", college);
        }
    }
    tally.part_count("one_only", "只有1人的单位", i64::from(persons == 1));
    tally.part_count("below", "低于最少人数的单位", i64::from(persons < minimum));
    tally.advance(i64::from(persons >= minimum), 1);
    if persons < minimum {
        tally.lacks(&ctx.unit.code);
    }
}

fn talent(ctx: &Ctx, tally: &mut Tally) {
    tally.part_choices(TalentTag::ALL);
    for row in ctx.rows::<Talent>() {
        if row.since().is_none() || !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        tally.hit(row);
        for choice in TalentTag::ALL {
            if row.tags().iter().any(|t| **t == *choice.code) {
                tally.part_count(choice.code, choice.label, 1);
            }
        }
    }
}

fn estates(ctx: &Ctx, tally: &mut Tally) {
    let mut all = 0;
    let mut covered = 0;
    for row in ctx.rows::<Estate>() {
        if !ctx.span.holds(row.since(), None) {
            continue;
        }
        all += 1;
        tally.out_of(1);
        tally.record(row);
        if ctx.span.past(row.covered()) {
            covered += 1;
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
        tally.part_yes("branch", "有小区支部", row.branch() == Some(true));
        tally.part_yes("company_org", "物业企业有党组织", row.company_org() == Some(true));
        tally.part_yes("committee", "有业委会", row.committee() == Some(true));
    }
    if all == 0 {
        tally.is_unknown();
    } else {
        tally.part_yes("full", "全部覆盖的社区", covered == all);
    }
}
