//! Enterprises of returnees: size, money, output, products, the support and the land they got.

use super::declare::new;
use crate::model::engine::counting::{BLANK, BLANK_CODE, chosen, declare, items};
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::base::ledgers::Project;
use crate::model::programmes::phoenix::indicators::is_running;
use crate::model::programmes::phoenix::ledgers::{Enterprise, LandTransfer, Policy};
use crate::model::value::Decimal;

/// Enterprises by size (F4).
pub static ENTERPRISES: Indicator = new(
    "phoenix.enterprises",
    "返乡企业",
    "截至日期在办的返乡企业家数，按面积分",
    &[Enterprise::SCHEMA],
    enterprises,
)
.form(Form::Count, "家");

/// What was invested (F3).
pub static INVESTMENT: Indicator = new(
    "phoenix.investment",
    "返乡企业投资",
    "截至日期在办返乡企业的投资合计，没有填写投资的不计",
    &[Enterprise::SCHEMA],
    investment,
)
.form(Form::Count, "万元");

/// Their land (F4, F13).
pub static AREA: Indicator = new(
    "phoenix.area",
    "返乡企业面积",
    "截至日期在办返乡企业的面积合计，按产品分，一家有几种产品的计入第一种",
    &[Enterprise::SCHEMA],
    area,
)
.form(Form::Count, "亩");

/// The range of output of each product (F5).
pub static OUTPUT: Indicator = new(
    "phoenix.output",
    "产量范围",
    "截至日期填了产量上下限的在办返乡企业家数；各产品为其下限和上限的平均数，单位在产品后",
    &[Enterprise::SCHEMA],
    output,
)
.form(Form::Count, "家");

/// Enterprises by product (F7).
pub static PRODUCTS: Indicator = new(
    "phoenix.products",
    "返乡企业产品",
    "截至日期在办的返乡企业家数；一家可有几种产品，各产品分别计",
    &[Enterprise::SCHEMA],
    products,
)
.form(Form::Count, "家");

/// Support won by enterprise and project (F12).
pub static POLICY: Indicator = new(
    "phoenix.policy",
    "政策资金落实",
    "统计期内落实的政策资金，按对应的企业或项目分",
    &[Policy::SCHEMA, Enterprise::SCHEMA, Project::SCHEMA],
    policy,
)
.form(Form::Count, "万元");

/// Support won by level (F12).
pub static POLICY_LEVELS: Indicator = new(
    "phoenix.policy_levels",
    "政策支持级别",
    "统计期内落实的政策支持笔数，按级别分",
    &[Policy::SCHEMA],
    policy_levels,
)
.form(Form::Count, "笔");

/// Land transferred (F13).
pub static LAND: Indicator = new(
    "phoenix.land",
    "流转土地",
    "统计期内签约流转的土地面积",
    &[LandTransfer::SCHEMA],
    land,
)
.form(Form::Count, "亩");

/// When the contracts in force end (F13).
pub static LAND_UNTIL: Indicator = new(
    "phoenix.land_until",
    "土地流转到期",
    "截至日期在期的土地流转宗数，按离到期的时间分",
    &[LandTransfer::SCHEMA],
    land_until,
)
.form(Form::Count, "宗");

/// Classes by the most that still belongs to one; the last takes all that is more.
type Classes = [(&'static str, &'static str, i64); 4];

fn declare_classes(tally: &mut Tally, classes: &Classes) {
    for (code, label, _) in classes {
        tally.part_count(code, label, 0);
    }
}

/// Adds one to the class of an amount: at least the limit of a class lies in the next.
fn classed(tally: &mut Tally, classes: &Classes, amount: Option<Decimal>) {
    let class = amount.and_then(|a| classes.iter().find(|c| c.2 == i64::MAX || a < Decimal::whole(c.2)));
    match class {
        Some((code, label, _)) => tally.part_count(code, label, 1),
        None => tally.part_count(BLANK_CODE, BLANK, 1),
    }
}

fn running<'a>(ctx: &Ctx<'a>) -> Vec<Enterprise<'a>> {
    let mut rows = ctx.rows::<Enterprise>();
    rows.retain(|r| is_running(*r, ctx.span));
    rows
}

/// Of a unit that registered no enterprise nothing is known.
fn unknown_without_enterprises(ctx: &Ctx, tally: &mut Tally) {
    if ctx.rows::<Enterprise>().is_empty() {
        tally.is_unknown();
    }
}

fn enterprises(ctx: &Ctx, tally: &mut Tally) {
    const CLASSES: Classes = [
        ("10", "10亩以下", 10),
        ("50", "10至50亩", 50),
        ("100", "50至100亩", 100),
        ("more", "100亩及以上", i64::MAX),
    ];
    unknown_without_enterprises(ctx, tally);
    declare_classes(tally, &CLASSES);
    for row in running(ctx) {
        tally.hit(row);
        classed(tally, &CLASSES, row.mu());
    }
}

fn investment(ctx: &Ctx, tally: &mut Tally) {
    for row in running(ctx) {
        if let Some(amount) = row.investment() {
            tally.numerator = tally.numerator + amount;
            tally.record(row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn area(ctx: &Ctx, tally: &mut Tally) {
    for row in running(ctx) {
        if let Some(mu) = row.mu() {
            tally.numerator = tally.numerator + mu;
            tally.record(row);
            match items(row.products()).first() {
                Some(product) => tally.part(product, product, mu),
                None => tally.part(BLANK_CODE, BLANK, mu),
            }
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn output(ctx: &Ctx, tally: &mut Tally) {
    for row in running(ctx) {
        let Some((least, most)) = row.output_least().zip(row.output_most()).filter(|(a, b)| a <= b) else {
            continue;
        };
        tally.hit(row);
        let product = items(row.products()).first().map_or(BLANK, |p| *p);
        let unit = row.output_unit().unwrap_or_default().trim().replace('/', "每");
        let name = if unit.is_empty() {
            product.to_owned()
        } else {
            format!("{product}（{unit}）")
        };
        for (end, word, amount) in [("least", "下限", least), ("most", "上限", most)] {
            let (key, label) = (format!("{name}/{end}"), format!("{name}/{word}"));
            tally.part_of(&key, &label, amount, Decimal::whole(1));
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn products(ctx: &Ctx, tally: &mut Tally) {
    unknown_without_enterprises(ctx, tally);
    for row in running(ctx) {
        tally.hit(row);
        for product in items(row.products()) {
            tally.part_count(product, product, 1);
        }
    }
}

fn policy(ctx: &Ctx, tally: &mut Tally) {
    let enterprises = ctx.rows::<Enterprise>();
    let projects = ctx.rows::<Project>();
    let rows = ctx.rows::<Policy>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows.into_iter().filter(|p| ctx.span.takes(p.date())) {
        let amount = row.amount().unwrap_or_default();
        tally.numerator = tally.numerator + amount;
        tally.record(row);
        let enterprise = enterprises.iter().find(|e| Some(e.id()) == row.enterprise());
        let project = projects.iter().find(|p| Some(p.id()) == row.project());
        let named = enterprise.map(|e| (e.id(), e.name()));
        match named.or_else(|| project.map(|p| (p.id(), p.name()))) {
            Some((id, name)) => tally.part(id, name.unwrap_or(BLANK), amount),
            None => tally.part(BLANK_CODE, BLANK, amount),
        }
    }
}

fn policy_levels(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Policy::LEDGER, "level");
    let rows = ctx.rows::<Policy>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows.into_iter().filter(|p| ctx.span.takes(p.date())) {
        tally.hit(row);
        chosen(tally, Policy::LEDGER, "level", row.level());
    }
}

fn land(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<LandTransfer>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows.into_iter().filter(|l| ctx.span.takes(l.signed())) {
        tally.numerator = tally.numerator + row.mu().unwrap_or_default();
        tally.record(row);
    }
}

fn land_until(ctx: &Ctx, tally: &mut Tally) {
    const CLASSES: [(&str, &str, i32); 4] = [
        ("1", "一年内到期", 12),
        ("3", "一至三年到期", 36),
        ("5", "三至五年到期", 60),
        ("more", "五年后到期", i32::MAX),
    ];
    let rows = ctx.rows::<LandTransfer>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for (code, label, _) in CLASSES {
        tally.part_count(code, label, 0);
    }
    for row in rows {
        if !ctx.span.past(row.signed()) || !ctx.span.holds(None, row.until()) {
            continue;
        }
        tally.hit(row);
        let ends = |until, months| months == i32::MAX || until <= ctx.span.to.plus_months(months);
        match row.until().and_then(|until| CLASSES.iter().find(|c| ends(until, c.2))) {
            Some((code, label, _)) => tally.part_count(code, label, 1),
            None => tally.part_count(BLANK_CODE, BLANK, 1),
        }
    }
}
