//! 换届: who takes which step of a round, until when the town wants it taken, and what makes a round void (T2,
//! docs/requirements.md §2.4).

use super::ledgers::{ELECTION_STEPS, Election, ElectionPlan};
use crate::model::date::Day;
use crate::model::engine::due::Who;
use crate::model::engine::indicator::Ctx;
use crate::model::engine::workflow::{self, Outcome, Step, day_of, step};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::records::{Records, rows};

/// How many steps a round has.
pub const COUNT: usize = ELECTION_STEPS.len();

/// Who takes each step, and how many days before its last day it is announced.
const TAKEN_BY: [(Who, i32); COUNT] = [
    (Who::Office, 15),
    (Who::Unit, 15),
    (Who::Unit, 15),
    (Who::Unit, 15),
    (Who::Unit, 7),
    (Who::Office, 15),
    (Who::Unit, 15),
    (Who::Unit, 7),
    (Who::Unit, 7),
    (Who::Office, 15),
    (Who::Office, 7),
];

/// The steps with who takes them.
pub static STEPS: [Step; COUNT] = {
    let mut steps = [step("", "", ""); COUNT];
    let mut at = 0;
    while at < COUNT {
        steps[at] = step(ELECTION_STEPS[at].0, ELECTION_STEPS[at].1, TAKEN_BY[at].0.label());
        at += 1;
    }
    steps
};

/// A step of a round as the town planned it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The step.
    pub step: &'static Step,
    /// Who takes it.
    pub who: Who,
    /// Days for which it is announced.
    pub lead: i32,
    /// Its last day; `None` where the town set none.
    pub until: Option<Day>,
}

/// The steps of a round with their last days.
pub fn planned(plan: Option<ElectionPlan>) -> [Planned; COUNT] {
    std::array::from_fn(|at| Planned {
        step: &STEPS[at],
        who: TAKEN_BY[at].0,
        lead: TAKEN_BY[at].1,
        until: plan.and_then(|plan| day_of(ElectionPlan::SCHEMA, plan.cells(), STEPS[at].field)),
    })
}

/// The timetable of a year.
pub fn plan_of(records: &dyn Records, year: i32) -> Option<ElectionPlan<'_>> {
    rows::<ElectionPlan>(records)
        .into_iter()
        .find(|plan| plan.year() == Some(year))
}

/// The timetable of the last round that has one.
pub fn last_plan(records: &dyn Records) -> Option<ElectionPlan<'_>> {
    rows::<ElectionPlan>(records).into_iter().max_by_key(|plan| plan.year())
}

/// The file of a unit for the round of a year.
pub fn file_of<'a>(ctx: &Ctx<'a>, year: i32) -> Option<Election<'a>> {
    ctx.rows::<Election>()
        .into_iter()
        .find(|file| file.year() == Some(year))
}

/// The day on which a step was taken.
pub fn taken(file: Election, step: &Step) -> Option<Day> {
    day_of(Election::SCHEMA, file.cells(), step.field)
}

/// Tells the deadlines of the rounds of a unit apart; the same before its file is begun and after.
pub fn step_key(year: i32, step: &Step) -> String {
    format!("{year}.{}", step.field)
}

/// The first step of a file that was not taken.
pub fn next(file: Election) -> Option<&'static Step> {
    workflow::next(Election::SCHEMA, file.cells(), &STEPS)
}

/// Takes a step on a day.
///
/// # Errors
/// Notices about a step out of turn, before the one it follows, or taken already.
pub fn advance(file: Election, field: &str, on: Day) -> Outcome {
    workflow::take(Election::SCHEMA, file.cells(), &STEPS, field, on)
}

/// What makes the meeting of the party or the vote of the villagers void, at the field that is to be looked at.
pub fn faults(file: Election) -> Vec<Notice> {
    let mut found = Vec::new();
    party(file, &mut found);
    village(file, &mut found);
    found
}

/// Four fifths present, a fifth more candidates than seats, more than half of the votes of those present.
fn party(file: Election, found: &mut Vec<Notice>) {
    let both = |one: Option<i64>, other: Option<i64>| one.zip(other);
    if let Some((present, due)) = both(file.party_present(), file.party_due())
        && present * 5 < due * 4
    {
        let what = "到会党员不足应到会的五分之四，选举无效";
        found.push(Notice::error("party_present", what, "重新召开党员大会"));
    }
    if let Some((candidates, seats)) = both(file.party_candidates(), file.party_seats())
        && (candidates - seats) * 5 < seats
    {
        let least = seats + (seats + 4) / 5;
        let what = format!("党组织委员候选人 {candidates} 名，应选 {seats} 名，差额不足百分之二十");
        let todo = format!("候选人至少 {least} 名，补足后再选举");
        found.push(Notice::error("party_candidates", what, todo));
    }
    if let Some((least, present)) = both(file.party_least(), file.party_present())
        && least * 2 <= present
    {
        let what = format!("党组织当选人得 {least} 票，没有超过实到 {present} 人的半数，不能当选");
        found.push(Notice::error("party_least", what, "核对票数；不足半数的另行选举"));
    }
}

/// More than half of the voters vote, more candidates than seats, more than half of the votes.
fn village(file: Election, found: &mut Vec<Notice>) {
    if let Some((ballots, voters)) = file.ballots().zip(file.voters())
        && ballots <= voters
        && ballots * 2 <= voters
    {
        let what = "参加投票的选民没有超过半数，选举无效";
        found.push(Notice::error("ballots", what, "另行组织投票"));
    }
    if let Some((candidates, posts)) = file.candidates().zip(file.posts())
        && candidates <= posts
    {
        let what = format!("村（居）委会候选人 {candidates} 名，没有多于应选 {posts} 名，不是差额选举");
        found.push(Notice::error("candidates", what, "候选人至少比应选多一名"));
    }
    if let Some((least, ballots)) = file.least().zip(file.ballots())
        && least * 2 <= ballots
    {
        let what = format!("村（居）委会当选人得 {least} 票，没有超过参加投票 {ballots} 人的半数，不能当选");
        found.push(Notice::error("least", what, "核对票数；名额不足的另行选举"));
    }
}

/// What is to be looked at and makes nothing void: no woman, a vote of the villagers without the party's before it.
pub fn remarks(file: Election) -> Vec<Notice> {
    let mut found = Vec::new();
    if file.women() == Some(0) && file.seats().is_some_and(|seats| seats > 0) {
        found.push(Notice::warning(
            "women",
            "两委成员中没有女性",
            "核对人数；确实没有的专职专选补选一名",
        ));
    }
    if file.voted().is_some() && file.party_elected().is_none() {
        found.push(Notice::warning(
            "party_elected",
            "登记了投票选举，没有党组织换届的日期",
            "党组织先换届，补登日期",
        ));
    }
    found
}
