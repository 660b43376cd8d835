//! What the town offers, where things lie, and what techniques are in use.

use super::declare::new;
use crate::model::engine::counting::{chosen, declare, named};
use crate::model::engine::indicator::{Applies, Ctx, Form, Indicator, Tally, Whole};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::phoenix::indicators::is_running;
use crate::model::programmes::phoenix::ledgers::{Enterprise, Measure, Technology};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::value::Decimal;

/// Units and enterprises along a road (F21).
pub static CORRIDORS: Indicator = new(
    "phoenix.corridors",
    "沿线分布",
    "截至日期填了所处沿线的在办返乡企业家数；各沿线另计村（社区）数",
    &[Enterprise::SCHEMA, Unit::SCHEMA],
    corridors,
)
.form(Form::Count, "家");

/// Techniques by crop (F22).
pub static TECHNOLOGIES: Indicator = new(
    "phoenix.technologies",
    "技术和专家",
    "截至日期登记的技术项数，按用途分",
    &[Technology::SCHEMA],
    technologies,
)
.form(Form::Count, "项");

/// Measures in force (F16).
pub static MEASURES: Indicator = new(
    "phoenix.measures",
    "环境措施",
    "截至日期镇里实行的环境措施项数，按类型分",
    &[Measure::SCHEMA],
    |_, _| {},
)
.of(Applies::Town)
.form(Form::Count, "项")
.whole(measures);

/// Whom they served (F16).
pub static SERVED: Indicator = new(
    "phoenix.served",
    "环境措施惠及",
    "截至日期镇里实行的环境措施惠及的人数合计，按类型分，没有填写的不计",
    &[Measure::SCHEMA],
    |_, _| {},
)
.of(Applies::Town)
.form(Form::Count, "人次")
.whole(served);

/// A road as it is written in most records: without blanks.
fn corridor(text: Option<&str>) -> Option<String> {
    let name: String = text?.chars().filter(|c| !c.is_whitespace() && *c != '/').collect();
    (!name.is_empty()).then_some(name)
}

fn corridors(ctx: &Ctx, tally: &mut Tally) {
    let enterprises = ctx.rows::<Enterprise>();
    let mut known = !enterprises.is_empty();
    for code in &ctx.unit.codes {
        let unit = ctx.records.find(Unit::SCHEMA, code).map(Unit::of);
        if let Some(name) = unit.and_then(|u| corridor(u.corridor())) {
            known = true;
            tally.part_cell((&name, &name), ("unit", "村（社区）"));
            break;
        }
    }
    for row in enterprises {
        let Some(name) = corridor(row.corridor()).filter(|_| is_running(row, ctx.span)) else {
            continue;
        };
        tally.hit(row);
        tally.part_cell((&name, &name), ("enterprise", "返乡企业"));
    }
    if !known {
        tally.is_unknown();
    }
}

fn technologies(ctx: &Ctx, tally: &mut Tally) {
    let rows = ctx.rows::<Technology>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    for row in rows.into_iter().filter(|t| ctx.span.past(t.date())) {
        tally.hit(row);
        named(tally, row.crop());
    }
}

fn in_force<'a>(whole: &Whole<'a>, tally: &mut Tally) -> Vec<Measure<'a>> {
    let mut rows = whole.rows::<Measure>();
    if rows.is_empty() {
        tally.is_unknown();
    }
    declare(tally, Measure::LEDGER, "kind");
    rows.retain(|m| m.since().is_some() && whole.span.holds(m.since(), m.until()));
    rows
}

fn measures(whole: &Whole, tally: &mut Tally) {
    for row in in_force(whole, tally) {
        tally.hit(row);
        chosen(tally, Measure::LEDGER, "kind", row.kind());
    }
}

fn served(whole: &Whole, tally: &mut Tally) {
    let rows = in_force(whole, tally);
    if rows.iter().all(|m| m.served().is_none()) {
        tally.unknown = 1;
    }
    for row in rows {
        let (Some(count), Some(kind)) = (row.served(), row.kind()) else {
            continue;
        };
        tally.count(count);
        tally.record(row);
        let label = Measure::LEDGER.field("kind").and_then(|f| f.choice(kind));
        let label = label.map_or(kind, |c| c.label);
        tally.part(kind, label, Decimal::whole(count));
    }
}
