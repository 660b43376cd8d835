//! What is due in 头雁: contacts, promises, talks, duties, elections, organisation life.

use super::election::{file_of, last_plan, planned, step_key, taken};
use super::indicators::{current, is_prior, next_round};
use super::ledgers::{Contact, Duty, Election, ElectionPlan, PartyLife, PriorTalk, Secretary};
use super::party_life::{self, label, organisations, owed, period_words};
use super::rules;
use crate::model::engine::due::{DueKind, Dues, Who, by, kind};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes::town::ledgers::{Branch, Unit};
use crate::order::Arrange as _;

const LEAD: Option<Programme> = Some(Programme::Lead);

/// Rules about secretaries and organisation life.
pub const KINDS: &[&DueKind] = &[
    &CONTACT,
    &FOLLOW_UP,
    &PRIOR_TALK,
    &DUTY,
    &ELECTION,
    &ELECTION_STEP,
    &PARTY_LIFE,
];

/// A leader talks to each secretary once in so many days (T13).
#[rustfmt::skip]
pub static CONTACT: DueKind = kind(("contact", LEAD), "片区联系", "指标与规则：片区联系间隔", ("contact", "记联系"), &[Contact::SCHEMA], contact);
/// What was promised at a contact (T14).
#[rustfmt::skip]
pub static FOLLOW_UP: DueKind = kind(("follow_up", LEAD), "联系时答应的事", "片区联系里写的办理时限", ("contact", "看联系"), &[Contact::SCHEMA], follow_up);
/// A talk before taking office (T8).
#[rustfmt::skip]
pub static PRIOR_TALK: DueKind = kind(("prior_talk", LEAD), "任前谈话", "任职之前谈话", ("prior_talk", "记谈话"), &[Secretary::SCHEMA, PriorTalk::SCHEMA], prior_talk);
/// What a secretary answers for (T1).
#[rustfmt::skip]
pub static DUTY: DueKind = kind(("duty", LEAD), "书记责任", "书记责任清单里写的时限", ("duty", "看责任清单"), &[Duty::SCHEMA], duty);
/// The next election (T2).
#[rustfmt::skip]
pub static ELECTION: DueKind = kind(("election", LEAD), "换届", "指标与规则：两委任期", ("election", "看换届"), &[Election::SCHEMA], election);
/// The steps of a round, by the timetable of the town (T2).
#[rustfmt::skip]
pub static ELECTION_STEP: DueKind = kind(("election_step", LEAD), "换届步骤", "换届安排里定的日期", ("election", "看换届档案"), &[ElectionPlan::SCHEMA, Election::SCHEMA], election_step);
/// Meetings, lessons and theme days of branches (T20).
#[rustfmt::skip]
pub static PARTY_LIFE: DueKind = kind(("party_life", LEAD), "组织生活", party_life::SOURCE, ("party_life", "记组织生活"), &[PartyLife::SCHEMA, Branch::SCHEMA, Unit::SCHEMA], organisation_life);

/// Each contact asks for the next one; the last is open.
fn contact(ctx: &Ctx, dues: &mut Dues) {
    let limit = rules::CONTACT_DAYS.get(ctx.settings);
    let mut rows = ctx.rows::<Contact>();
    rows.retain(|row| ctx.span.past(row.date()));
    rows.arrange_by_key(|row| row.date());
    let days: Vec<_> = rows.iter().filter_map(|row| Some((*row, row.date()?))).collect();
    for (place, (row, day)) in days.iter().enumerate() {
        let then = days.get(place + 1).map(|(_, then)| *then);
        let due = by(day.plus_days(limit)).who(Who::Leader).about(*row);
        dues.add(due.since(Some(*day)).lead(7).done(then));
    }
}

fn follow_up(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Contact>() {
        if let Some(due) = row.follow_due() {
            let done = row.follow_done().filter(|day| *day <= ctx.span.to);
            let step = row.follow_up().unwrap_or_default();
            dues.add(by(due).who(Who::Leader).about(row).step("", step).lead(7).done(done));
        }
    }
}

/// Of who serves, and of who will.
fn prior_talk(ctx: &Ctx, dues: &mut Dues) {
    let serving = current(ctx);
    let talks = ctx.rows::<PriorTalk>();
    for row in ctx.rows::<Secretary>() {
        let Some(since) = row.since() else { continue };
        if since <= ctx.span.to && serving.is_none_or(|now| now.id() != row.id()) {
            continue;
        }
        let talk = talks.iter().find(|talk| is_prior(ctx, **talk, row));
        let due = by(since.plus_days(-1)).who(Who::Office).about(row);
        dues.add(due.done(talk.and_then(|talk| talk.date())));
    }
}

fn duty(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Duty>() {
        if let Some(due) = row.due() {
            let done = row.done().filter(|day| *day <= ctx.span.to);
            let step = row.text().unwrap_or_default();
            dues.add(by(due).about(row).step("", step).done(done));
        }
    }
}

fn election(ctx: &Ctx, dues: &mut Dues) {
    if let Some((row, next)) = next_round(ctx) {
        let lead = next.since(next.plus_months(-6));
        dues.add(by(next).who(Who::Office).about(row).lead(lead));
    }
}

/// Of the last round that was planned. A unit that has begun no file yet owes every step.
fn election_step(ctx: &Ctx, dues: &mut Dues) {
    let Some((plan, year)) = last_plan(ctx.records).and_then(|plan| Some((plan, plan.year()?))) else {
        return;
    };
    let file = file_of(ctx, year);
    for one in planned(Some(plan)) {
        let Some(until) = one.until else { continue };
        let day = file.and_then(|file| taken(file, one.step));
        let entry = by(until).who(one.who).lead(one.lead);
        let entry = entry.of_unit().step(step_key(year, one.step), one.step.label);
        let entry = entry.done(day.filter(|day| *day <= ctx.span.to));
        dues.add(match file {
            Some(file) => entry.about(file),
            None => entry
                .cure(Election::SCHEMA.id)
                .fills(Election::FIELDS.year, year.to_string()),
        });
    }
}

fn organisation_life(ctx: &Ctx, dues: &mut Dues) {
    let organisations = organisations(ctx);
    for one in owed(ctx, &organisations) {
        let branch = organisations[one.by].branch;
        let lead = match one.to.since(one.from) {
            ..=31 => 7,
            32..=100 => 15,
            _ => 31,
        };
        let of = branch
            .and_then(|branch| branch.name())
            .filter(|_| organisations.len() > 1);
        let many = match one.times {
            1 => String::new(),
            times => {
                let held: i64 = one.held.iter().map(|row| row.times().unwrap_or(1)).sum();
                format!("（{times} 场，已开 {held} 场）")
            }
        };
        let period = period_words(one.from, one.to);
        let step = format!("{}{period}{}{many}", of.unwrap_or_default(), label(one.kind));
        let key = one.key(&organisations);
        let mut entry = by(one.to)
            .step(key, step)
            .earliest(Some(one.from))
            .lead(lead)
            .done(one.done);
        entry = entry.fills(PartyLife::FIELDS.kind, one.kind.code());
        if let Some(branch) = branch {
            entry = entry.fills(PartyLife::FIELDS.branch, branch.id());
        }
        dues.add(entry);
    }
}
