//! Returnees: how they were won, what they hold, how long the path takes, what they asked for.

use super::declare::new;
use crate::model::date::Day;
use crate::model::engine::counting::{chosen, declare, items, named};
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally};
use crate::model::engine::workflow::day_of;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::indicators::current;
use crate::model::programmes::lead::ledgers::{Secretary, SecretarySource};
use crate::model::programmes::phoenix::indicators::is_home;
use crate::model::programmes::phoenix::ledgers::{
    Need, Prospect, Returnee, ReturneeContact, ReturneeContactKind, Thousand,
};
use crate::model::programmes::phoenix::returnee::STEPS;
use crate::model::programmes::town::ledgers::JointMember;
use crate::model::value::Decimal;

/// From the first contact to the return (F2).
pub static LEAD_TIME: Indicator = new(
    "phoenix.lead_time",
    "从联系到回乡",
    "截至日期已回乡、登记了第一次联系和回乡两个日期的能人，从第一次联系到回乡的平均天数",
    &[ReturneeContact::SCHEMA, Returnee::SCHEMA, Prospect::SCHEMA],
    lead_time,
)
.form(Form::Mean, "天");

/// What was given up for it (F3).
pub static FORMER_JOBS: Indicator = new(
    "phoenix.former_jobs",
    "回乡前职业",
    "截至日期已回乡的能人数，按原职业分",
    &[Returnee::SCHEMA],
    former_jobs,
)
.form(Form::Count, "名");

/// Returnees who hold a post (F8).
pub static POSTS: Indicator = new(
    "phoenix.posts",
    "能人担任职务",
    "截至日期担任职务（含联合党委委员）的回乡能人数 ÷ 已回乡的能人数；各职务为担任人数",
    &[Returnee::SCHEMA, JointMember::SCHEMA],
    posts,
)
.form(Form::Share, "名");

/// Secretaries who are returnees (F19).
pub static SECRETARIES: Indicator = new(
    "phoenix.secretaries",
    "返乡能人任书记",
    "在任书记中来源为返乡能人或千人计划的人数 ÷ 在任书记人数；按来源分",
    &[Secretary::SCHEMA],
    secretaries,
)
.form(Form::Share, "名");

/// Days between the steps of 千人计划 (F14).
pub static DURATIONS: Indicator = new(
    "phoenix.durations",
    "千人计划各步用时",
    "截至日期进入两委的人从意向到进两委的平均天数；各步为两个日期都登记了的人的平均天数",
    &[Thousand::SCHEMA],
    durations,
)
.form(Form::Mean, "天");

/// Needs solved (F17).
pub static NEEDS: Indicator = new(
    "phoenix.needs",
    "能人需求解决率",
    "统计期内提出的需求中，截至日期已解决的条数 ÷ 全部条数",
    &[Need::SCHEMA],
    needs,
)
.form(Form::Share, "条");

/// Whom the town thanks for those who came (F18).
pub static PERSUADERS: Indicator = new(
    "phoenix.persuaders",
    "引荐致谢",
    "截至日期已回乡、填了引荐人的能人数；各引荐人为请回的人数",
    &[Returnee::SCHEMA],
    persuaders,
)
.form(Form::Count, "名");

fn home<'a>(ctx: &Ctx<'a>) -> Vec<Returnee<'a>> {
    let mut rows = ctx.rows::<Returnee>();
    rows.retain(|r| is_home(*r, ctx.span));
    rows
}

fn days(from: Day, to: Day) -> Decimal {
    Decimal::whole(i64::from(to.since(from)))
}

fn lead_time(ctx: &Ctx, tally: &mut Tally) {
    let contacts = ctx.rows::<ReturneeContact>();
    let prospects = ctx.rows::<Prospect>();
    for row in home(ctx) {
        let was = |c: &&ReturneeContact| {
            let prospect = prospects.iter().find(|p| Some(p.id()) == c.prospect());
            let person = c.returnee().or_else(|| prospect.and_then(|p| p.returnee()));
            person == Some(row.id()) && ctx.span.past(c.date())
        };
        let own: Vec<&ReturneeContact> = contacts.iter().filter(was).collect();
        let first = |kind: &str| {
            own.iter()
                .filter(|c| c.kind() == Some(kind))
                .filter_map(|c| c.date())
                .min()
        };
        let (contact, decided, back) = (first("contact"), first("decided"), first("returned"));
        let Some((from, to)) = contact.zip(back).filter(|(from, to)| from <= to) else {
            continue;
        };
        tally.numerator = tally.numerator + days(from, to);
        tally.out_of(1);
        for contact in own.iter().filter(|c| !ReturneeContactKind::Visit.is(c.kind())) {
            tally.record(**contact);
        }
        if let Some(between) = decided.filter(|d| (from..=to).contains(d)) {
            let one = Decimal::whole(1);
            tally.part_of("deciding", "联系到决定回乡", days(from, between), one);
            tally.part_of("moving", "决定到回乡", days(between, to), one);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn former_jobs(ctx: &Ctx, tally: &mut Tally) {
    for row in home(ctx) {
        tally.hit(row);
        named(tally, row.former_job());
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn posts(ctx: &Ctx, tally: &mut Tally) {
    let joint = ctx.rows::<JointMember>();
    for row in home(ctx) {
        let mut held = items(row.posts());
        let own = joint.iter().filter(|j| j.returnee() == Some(row.id()));
        for post in own.filter(|j| ctx.span.holds(j.since(), j.until())) {
            for item in items(post.post()) {
                if !held.iter().any(|h| h.contains(item)) {
                    held.push(item);
                }
            }
        }
        tally.out_of(1);
        tally.record(row);
        tally.count(i64::from(!held.is_empty()));
        for post in held {
            tally.part_count(post, post, 1);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn secretaries(ctx: &Ctx, tally: &mut Tally) {
    declare(tally, Secretary::LEDGER, "source");
    let Some(row) = current(ctx) else {
        return tally.is_unknown();
    };
    tally.out_of(1);
    tally.record(row);
    tally.count(i64::from(matches!(
        SecretarySource::of(row.source()),
        Some(SecretarySource::Returnee | SecretarySource::Thousand)
    )));
    chosen(tally, Secretary::LEDGER, "source", row.source());
}

fn durations(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Thousand>() {
        let day = |field: &str| day_of(Thousand::SCHEMA, row.cells(), field).filter(|d| *d <= ctx.span.to);
        let mut any = false;
        for step in STEPS.windows(2) {
            let pair = day(step[0].field).zip(day(step[1].field));
            if let Some((from, to)) = pair.filter(|(from, to)| from <= to) {
                let label = format!("{}到{}", step[0].label, step[1].label);
                tally.part_of(step[1].field, &label, days(from, to), Decimal::whole(1));
                any = true;
            }
        }
        let whole = day(STEPS[0].field).zip(day(STEPS[5].field));
        if let Some((from, to)) = whole.filter(|(from, to)| from <= to) {
            tally.numerator = tally.numerator + days(from, to);
            tally.out_of(1);
        }
        if any {
            tally.record(row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn needs(ctx: &Ctx, tally: &mut Tally) {
    for (code, label) in [("replied", "已答复"), ("overdue", "到期没有解决")] {
        tally.part_count(code, label, 0);
    }
    for row in ctx.rows::<Need>().into_iter().filter(|n| ctx.span.takes(n.date())) {
        let solved = ctx.span.past(row.solved());
        tally.out_of(1);
        tally.record(row);
        tally.count(i64::from(solved));
        tally.part_count("replied", "已答复", i64::from(ctx.span.past(row.replied())));
        let overdue = !solved && row.due().is_some_and(|d| d < ctx.span.to);
        tally.part_count("overdue", "到期没有解决", i64::from(overdue));
        if !solved {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn persuaders(ctx: &Ctx, tally: &mut Tally) {
    for row in home(ctx) {
        let name = row.persuader().map(str::trim).filter(|n| !n.is_empty());
        if name.is_some() {
            tally.hit(row);
            named(tally, name);
        }
    }
    if ctx.rows::<Returnee>().is_empty() {
        tally.is_unknown();
    }
}
