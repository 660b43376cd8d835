//! Gaps about people: secretaries, cadres, members, reserves, returnees.

use super::{Finder, Found};
use crate::model::indicator::Ctx;
use crate::model::indicator::{in_pool, zero_on};
use crate::model::lead_goose::{Cadre, Contact, Duty, Election, PriorTalk, Secretary};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::phoenix::{Assignment, Need};
use crate::model::seedling::development::{Development, Inspection};
use crate::model::seedling::{Assistant, Group, Mobile, MobileContact, Reserve};
use crate::model::workflow::development::PublicNotice;
use crate::model::workflow::{development, mobile};

const fn finder(
    id: &'static str,
    programme: Programme,
    (ledger, action): (&'static str, &'static str),
    (measure, says): (&'static str, &'static str),
    number: &'static str,
    find: fn(&Ctx, &mut Found),
) -> Finder {
    Finder {
        id,
        programme,
        ledger,
        action,
        measure,
        says,
        number,
        find,
    }
}

use Programme::{Lead, Phoenix, Seedling};

#[rustfmt::skip]
pub(super) const FINDERS: &[Finder] = &[
    finder("vacancy", Lead, ("secretary", "登记书记"), ("", "没有书记在任"), "", vacancy),
    finder("contact", Lead, ("contact", "记联系"), ("", "超过 # 天没有片区联系"), "rule.contact_days", contact),
    finder("follow_up", Lead, ("contact", "看联系"), ("件", "联系时答应的事逾期没有办结"), "", follow_up),
    finder("prior_talk", Lead, ("prior_talk", "看谈话"), ("名", "书记没有任前谈话记录"), "", prior_talk),
    finder("duty", Lead, ("duty", "看责任清单"), ("项", "书记责任到期没有完成"), "", duty),
    finder("election", Lead, ("election", "看换届"), ("", "半年内到期换届"), "", election),
    finder("groups", Seedling, ("group", "看小组"), ("个", "村民小组没有党员"), "", groups),
    finder("development", Seedling, ("development", "看档案"), ("名", "同志的发展党员步骤逾期"), "", development_late),
    finder("notice", Seedling, ("development", "记结果"), ("名", "发展对象公示满 # 个工作日"), "rule.notice_days", notice),
    finder("mobile", Seedling, ("mobile_contact", "记联系"), ("名", "流动党员超过 # 天没有联系"), "rule.mobile_days", mobile_silent),
    finder("assistants", Seedling, ("assistant", "看名册"), ("", "还没有党建助理员"), "", assistants),
    finder("reserve", Seedling, ("reserve", "看后备"), ("", "后备干部不足 # 人"), "rule.reserve_minimum", reserve),
    finder("cadres", Phoenix, ("assignment", "定联系"), ("名", "两委干部没有联系项目"), "", cadres),
    finder("needs", Phoenix, ("need", "看需求"), ("条", "能人需求到期没有解决"), "", needs),
];

fn current<'a>(ctx: &Ctx<'a>) -> Option<Secretary<'a>> {
    let rows = ctx.rows::<Secretary>();
    let serving = rows
        .into_iter()
        .filter(|s| s.since().is_some() && ctx.span.holds(s.since(), s.until()));
    serving.max_by_key(|s| s.since())
}

fn vacancy(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    if current(ctx).is_none() {
        found.lacks();
    }
}

fn contact(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let limit = ctx.settings.int("rule.contact_days");
    let rows = ctx.rows::<Contact>();
    let last = rows
        .into_iter()
        .filter(|c| ctx.span.past(c.date()))
        .max_by_key(|c| c.date());
    match last.and_then(|row| row.date().map(|day| (row, day))) {
        Some((row, day)) if ctx.span.to.since(day) > limit => {
            found.short(row, Some(ctx.span.to.since(day)), Some(day.plus_days(limit)));
        }
        Some(_) => {}
        None => found.lacks(),
    }
}

fn follow_up(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Contact>() {
        let Some(due) = row.follow_due() else { continue };
        found.whole += 1;
        if due < ctx.span.to && !ctx.span.past(row.follow_done()) {
            found.short(row, Some(ctx.span.to.since(due)), Some(due));
        }
    }
}

fn prior_talk(ctx: &Ctx, found: &mut Found) {
    let Some(row) = current(ctx) else { return };
    found.whole += 1;
    let talked = ctx.rows::<PriorTalk>().into_iter().any(|t| {
        t.secretary() == Some(row.id()) && t.date().zip(row.since()).is_some_and(|(talk, since)| talk < since)
    });
    if !talked {
        found.short(row, None, None);
    }
}

fn duty(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Duty>() {
        let Some(due) = row.due() else { continue };
        found.whole += 1;
        if due < ctx.span.to && !ctx.span.past(row.done()) {
            found.short(row, Some(ctx.span.to.since(due)), Some(due));
        }
    }
}

fn election(ctx: &Ctx, found: &mut Found) {
    let term = ctx.settings.int("rule.election_years") * 12;
    let rows = ctx.rows::<Election>();
    let last = rows
        .into_iter()
        .filter(|e| ctx.span.past(e.voted()))
        .max_by_key(|e| e.voted());
    let Some(row) = last else { return };
    found.whole += 1;
    let next = row.next().or_else(|| row.voted().map(|d| d.plus_months(term)));
    if let Some(next) = next.filter(|d| *d <= ctx.span.to.plus_months(6)) {
        found.short(row, None, Some(next));
    }
}

fn groups(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Group>() {
        if !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        found.whole += 1;
        if zero_on(row, ctx.span.to) {
            found.short(row, None, row.due());
        }
    }
}

fn development_late(ctx: &Ctx, found: &mut Found) {
    let inspections = ctx.rows::<Inspection>();
    for row in ctx.rows::<Development>() {
        let Some(stage) = development::stage_at(row, ctx.span.to) else {
            continue;
        };
        if stage.closed() {
            continue;
        }
        found.whole += 1;
        let deadlines = development::deadlines(row, &inspections, ctx.span.to, ctx.settings);
        if let Some(first) = deadlines.into_iter().find(|d| d.due < ctx.span.to) {
            found.short(row, Some(ctx.span.to.since(first.due)), Some(first.due));
            // The half-year inspection of an activist is a record of its own, not a step of the file.
            if first.step.field == "inspected" {
                found.because("半年考察", Some(Inspection::LEDGER.id));
            } else {
                found.because(first.step.label, None);
            }
        }
    }
}

/// The public notice has run its working days and its result has not been entered. Where the version of 2014 governs
/// there is no such step and nothing to enter.
fn notice(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Development>() {
        let running = development::public_notice(row, ctx.settings).filter(|_| row.noticed().is_none());
        if let Some(due) = running.map(PublicNotice::result_from).filter(|d| *d <= ctx.span.to) {
            found.short(row, None, Some(due));
        }
    }
}

fn mobile_silent(ctx: &Ctx, found: &mut Found) {
    let limit = ctx.settings.int("rule.mobile_days");
    let contacts = ctx.rows::<MobileContact>();
    for row in ctx.rows::<Mobile>() {
        if !mobile::counts(row, ctx.span.to, ctx.settings) {
            continue;
        }
        found.whole += 1;
        if let Some(days) = mobile::silent_days(row, &contacts, ctx.span.to).filter(|d| *d > limit) {
            found.short(row, Some(days), Some(ctx.span.to.plus_days(limit - days)));
        }
    }
}

fn assistants(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let serving = |a: Assistant| a.since().is_some() && ctx.span.holds(a.since(), a.until());
    if !ctx.rows::<Assistant>().into_iter().any(serving) {
        found.lacks();
    }
}

fn reserve(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    let minimum = usize::try_from(ctx.settings.int("rule.reserve_minimum")).unwrap_or(0);
    let rows = ctx.rows::<Reserve>();
    if rows.into_iter().filter(|r| in_pool(*r, ctx.span.to)).count() < minimum {
        found.lacks();
    }
}

fn cadres(ctx: &Ctx, found: &mut Found) {
    let assignments = ctx.rows::<Assignment>();
    for row in ctx.rows::<Cadre>() {
        if row.since().is_none() || !ctx.span.holds(row.since(), row.until()) {
            continue;
        }
        found.whole += 1;
        let linked = assignments.iter().any(|a| {
            let holds = a.since().is_some() && ctx.span.holds(a.since(), a.until());
            a.cadre() == Some(row.id()) && holds && (a.project().is_some() || a.enterprise().is_some())
        });
        if !linked {
            found.short(row, None, None);
        }
    }
}

fn needs(ctx: &Ctx, found: &mut Found) {
    for row in ctx.rows::<Need>() {
        let Some(due) = row.due() else { continue };
        found.whole += 1;
        if due < ctx.span.to && !ctx.span.past(row.solved()) {
            found.short(row, Some(ctx.span.to.since(due)), Some(due));
        }
    }
}
