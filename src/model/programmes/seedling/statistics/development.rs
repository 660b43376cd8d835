//! 发展党员: where applicants come from, how far they are, what is due, the quota of the year.

use super::declare::new;
use crate::model::engine::counting::{chosen, declare};
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally, Whole};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::development::{self, Stage};
use crate::model::programmes::seedling::ledgers::Quota;
use crate::model::programmes::seedling::ledgers::development::{Development, FileSource, Inspection};
use crate::model::value::Decimal;

/// Files in hand by source (M2).
pub static SOURCES: Indicator = new(
    "seedling.sources",
    "发展党员来源",
    "截至日期在办的发展党员档案人数，按来源分",
    &[Development::SCHEMA],
    sources,
)
.form(Form::Count, "人");

/// New members of the period by source (M2).
pub static ADMITTED: Indicator = new(
    "seedling.admitted",
    "新接收预备党员",
    "统计期内上级党委审批接收的预备党员人数，按来源分",
    &[Development::SCHEMA],
    admitted,
)
.form(Form::Count, "人");

/// Returning young people among the applicants (M5).
pub static RETURNING: Indicator = new(
    "seedling.returning",
    "返乡青年入党",
    "在办的发展党员档案中，来源为返乡创业青年或关联了回乡能人的人数 ÷ 在办人数；各阶段为其中的人数",
    &[Development::SCHEMA],
    returning,
)
.form(Form::Share, "人");

/// The path of new members (M23).
pub static PATH: Indicator = new(
    "seedling.path",
    "发展党员历程",
    "截至日期递交了入党申请书的人数；各阶段为到过这一阶段的人数，终止和取消资格的计到其到过的阶段",
    &[Development::SCHEMA],
    path,
)
.form(Form::Count, "人");

/// What is due and when (M23).
pub static DEADLINES: Indicator = new(
    "seedling.deadlines",
    "发展党员时限",
    "在办档案中正在计时的步骤数，按到期日离截至日期的天数分",
    &[Development::SCHEMA, Inspection::SCHEMA],
    deadlines,
)
.form(Form::Count, "步");

/// Use of the quota of the year (M23).
pub static QUOTA: Indicator = new(
    "seedling.quota",
    "年度发展指标使用",
    "截至日期所在年度接收的预备党员人数 ÷ 年度发展指标；有总指标的按总指标计，村（社区）按分到的指标计",
    &[Quota::SCHEMA, Development::SCHEMA],
    quota,
)
.form(Form::Share, "人")
.whole(quota_of_town);

fn in_hand<'a>(ctx: &Ctx<'a>) -> Vec<(Development<'a>, Stage)> {
    let rows = ctx.rows::<Development>().into_iter();
    let open = rows.filter_map(|r| Some((r, development::stage_at(r, ctx.span.to)?)));
    open.filter(|(_, stage)| !stage.closed()).collect()
}

/// Of a unit without a file nothing is known.
fn unknown_without_files(ctx: &Ctx, tally: &mut Tally) {
    if ctx.rows::<Development>().is_empty() {
        tally.is_unknown();
    }
}

fn sources(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Development::LEDGER, "source");
    unknown_without_files(ctx, tally);
    for (row, _) in in_hand(ctx) {
        tally.hit(row);
        chosen(tally, Development::LEDGER, "source", row.source());
    }
}

fn admitted(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Development::LEDGER, "source");
    unknown_without_files(ctx, tally);
    for row in ctx.rows::<Development>() {
        if ctx.span.takes(row.approved()) {
            tally.hit(row);
            chosen(tally, Development::LEDGER, "source", row.source());
        }
    }
}

fn returning(ctx: &Ctx, tally: &mut Tally) {
    unknown_without_files(ctx, tally);
    for stage in Stage::ALL.into_iter().filter(|s| !s.closed()) {
        tally.part_count(stage.code(), stage.label(), 0);
    }
    for (row, stage) in in_hand(ctx) {
        tally.out_of(1);
        if FileSource::Returnee.is(row.source()) || row.returnee().is_some() {
            tally.hit(row);
            tally.part_count(stage.code(), stage.label(), 1);
        }
    }
}

fn path(ctx: &Ctx, tally: &mut Tally) {
    const STEPS: [Stage; 5] = [
        Stage::Applicant,
        Stage::Activist,
        Stage::Candidate,
        Stage::Probationary,
        Stage::Full,
    ];
    for stage in STEPS {
        tally.part_count(stage.code(), stage.label(), 0);
    }
    unknown_without_files(ctx, tally);
    for row in ctx.rows::<Development>() {
        let days = [
            row.applied(),
            row.chosen(),
            row.proposed(),
            row.approved(),
            row.confirmed(),
        ];
        // As on the page of a file, nothing has begun before the application.
        let begun = ctx.span.past(row.applied());
        if let Some(last) = days.iter().rposition(|day| ctx.span.past(*day)).filter(|_| begun) {
            tally.hit(row);
            for stage in &STEPS[..=last] {
                tally.part_count(stage.code(), stage.label(), 1);
            }
        }
    }
}

fn deadlines(ctx: &Ctx, tally: &mut Tally) {
    const CLASSES: [(&str, &str, i32); 4] = [
        ("late", "已逾期", -1),
        ("month", "30天内", 30),
        ("quarter", "31至90天", 90),
        ("later", "90天以后", i32::MAX),
    ];
    for (code, label, _) in CLASSES {
        tally.part_count(code, label, 0);
    }
    unknown_without_files(ctx, tally);
    let inspections = ctx.rows::<Inspection>();
    for (row, _) in in_hand(ctx) {
        let running = development::deadlines(row, &inspections, ctx.span.to, ctx.settings);
        for deadline in &running {
            let left = deadline.due.since(ctx.span.to);
            tally.count(1);
            if let Some((code, label, _)) = CLASSES.iter().find(|c| left <= c.2) {
                tally.part_count(code, label, 1);
            }
        }
        if running.iter().any(|d| d.due < ctx.span.to) {
            tally.short(&ctx.unit.code, row);
        }
        if !running.is_empty() {
            tally.record(row);
        }
    }
}

fn quota(ctx: &Ctx, tally: &mut Tally) {
    let year = ctx.span.year();
    for row in ctx.rows::<Quota>().into_iter().filter(|q| q.year() == Some(year)) {
        tally.out_of(row.count().unwrap_or(0));
        tally.record(row);
    }
    for row in ctx.rows::<Development>() {
        let counts = row.approved().is_some_and(|d| d.year() == year) && ctx.span.past(row.approved());
        if counts {
            tally.hit(row);
        }
    }
}

/// The quota of the whole town takes the place of the sum of what was handed on to units.
fn quota_of_town(whole: &Whole, tally: &mut Tally) {
    let mut rows = whole.rows::<Quota>();
    rows.retain(|q| q.year() == Some(whole.span.year()));
    if rows.is_empty() {
        return tally.is_unknown();
    }
    let sum = |of_units: bool| -> i64 {
        let some = rows.iter().filter(|q| q.unit().is_some() == of_units);
        some.filter_map(|q| q.count()).sum()
    };
    for row in rows.iter().filter(|q| q.unit().is_none()) {
        tally.record(*row);
    }
    if !tally.records.is_empty() {
        tally.denominator = Decimal::whole(sum(false)) - Decimal::whole(sum(true));
    }
}
