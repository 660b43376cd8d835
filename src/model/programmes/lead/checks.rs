//! Rules of 头雁.

use crate::model::date::Day;
use crate::model::engine::check::{Check, Found, Look};
use crate::model::engine::workflow::day_of;
use crate::model::ledger::{Cells, Schema, TypedRow as _};
use crate::model::programmes::lead::election;
use crate::model::programmes::lead::ledgers::{
    Attendance, Cadre, Contact, Duty, ELECTION_STEPS, Election, ElectionPlan, PartyLife, PriorTalk, Secretary, Study,
    Training,
};
use crate::model::programmes::town::ledgers::Leader;
use crate::model::programmes::town::roster;

pub const CHECKS: &[Check] = &[
    ("secretary", secretary),
    ("cadre", cadre),
    ("duty", duty),
    ("election", election_file),
    ("election_plan", election_plan),
    ("prior_talk", prior_talk),
    ("contact", contact),
    ("attendance", attendance),
    ("study", study),
    ("party_life", party_life),
];

fn secretary(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Secretary::of(cells);
    found.order((row.since(), "任职日期"), (row.until(), "离任日期"), "until");
    if let (Some(birth), Some(since)) = (row.birth(), row.since()) {
        let young = since.month().since(birth) < 18 * 12;
        found.error(young, "birth", "任职时不满 18 周岁", "核对出生年月");
    }
    let early = row.birth().zip(row.joined()).is_some_and(|(b, j)| j.since(b) < 18 * 12);
    found.error(early, "joined", "入党时不满 18 周岁", "核对出生年月和入党年月");
    let (Some(since), None) = (row.since(), row.until()) else {
        return;
    };
    let serving = look.others::<Secretary>(row.unit(), row.id()).into_iter().find(|o| {
        let began = o.since().is_some_and(|d| d <= look.today);
        began && o.until().is_none_or(|until| until > since)
    });
    if let Some(other) = serving {
        let what = format!("{}也在任", other.name().unwrap_or("另一名书记"));
        found.warning(true, "since", what, "先填前任的离任日期");
    }
}

fn cadre(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Cadre::of(cells);
    found.order((row.since(), "任职日期"), (row.until(), "离任日期"), "until");
}

fn duty(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Duty::of(cells);
    let other_year = row.due().zip(row.year()).is_some_and(|(due, year)| due.year() != year);
    found.warning(other_year, "due", "完成时限不在本年度", "核对年度和时限");
}

/// The steps of a file in order, and the quorums of docs/requirements.md §2.4.
fn election_file(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Election::of(cells);
    in_order(Election::SCHEMA, cells, found);
    let party_due = (row.party_due(), "应到");
    found.within((row.party_present(), "党员大会实到"), party_due, "party_present");
    let present = (row.party_present(), "实到");
    found.within((row.party_least(), "党组织当选最低票"), present, "party_least");
    let voters = (row.voters(), "登记选民");
    found.within((row.ballots(), "参加投票"), voters, "ballots");
    let ballots = (row.ballots(), "参加投票");
    found.within((row.least(), "村（居）委会当选最低票"), ballots, "least");
    let seats = (row.seats(), "两委职数");
    found.within((row.women(), "女性"), seats, "women");
    found.within((row.both_committees(), "交叉任职"), seats, "both_committees");
    found.all(election::faults(row));
    found.all(election::remarks(row));
}

/// The last days of the steps in order, near the year of the round.
fn election_plan(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = ElectionPlan::of(cells);
    in_order(ElectionPlan::SCHEMA, cells, found);
    let planned = election::planned(Some(row));
    let days = planned.iter().filter_map(|step| Some((step.step, step.until?)));
    let days: Vec<_> = days.collect();
    found.warning(
        days.is_empty(),
        "surveyed",
        "各步骤都没有填日期，不会列入待办",
        "填写最迟办完的日期",
    );
    let Some(year) = row.year() else { return };
    if let Some((step, day)) = days.iter().find(|(_, day)| (day.year() - year).abs() > 1) {
        let what = format!("{}（{day}）不在换届年 {year} 前后一年内", step.label);
        found.error(true, step.field, what, "核对年份");
    }
}

/// The days of a round are those of its steps: none before the one it follows.
fn in_order(schema: &'static Schema, cells: &dyn Cells, found: &mut Found) {
    let mut last: Option<(&str, Day)> = None;
    for (field, label) in ELECTION_STEPS {
        let Some(day) = day_of(schema, cells, field) else {
            continue;
        };
        if let Some((before, earlier)) = last {
            let what = format!("{label}（{day}）早于{before}（{earlier}）");
            // In a form the words beside the field are all that is read.
            let todo = format!("核对两个日期，不早于{before}（{earlier}）");
            found.error(day < earlier, field, what, &todo);
        }
        last = Some((label, day));
    }
}

/// A talk is held before the appointment (T8): on or after that day it is kept but not counted.
fn prior_talk(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = PriorTalk::of(cells);
    let secretary: Option<Secretary> = look.find(row.secretary());
    if let (Some(talk), Some(since)) = (row.date(), secretary.and_then(|s| s.since())) {
        let what = format!("谈话日期（{talk}）不早于任职日期（{since}），不算任前谈话");
        found.warning(
            talk >= since,
            "date",
            what,
            "核对两个日期；确属任职后补谈的保留，不计入覆盖率",
        );
    }
}

fn contact(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Contact::of(cells);
    found.order((row.date(), "联系日期"), (row.follow_due(), "办理时限"), "follow_due");
    found.order((row.date(), "联系日期"), (row.follow_done(), "办结日期"), "follow_done");
    let nothing = row.follow_up().is_none() && (row.follow_due().is_some() || row.follow_done().is_some());
    found.warning(nothing, "follow_up", "有办理时限，没有写要办的事", "写明要办的事");
    let Some(leader) = look.find::<Leader>(row.leader()) else {
        return;
    };
    let (Some(unit), Some(date)) = (row.unit(), row.date()) else {
        return;
    };
    let frame = roster::at(look.records, date);
    let other = frame
        .unit(unit)
        .zip(leader.district())
        .is_some_and(|(u, d)| u.district != d);
    found.warning(other, "leader", "这名班子成员当时不联系这个片区", "核对联系领导");
}

fn attendance(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Attendance::of(cells);
    let training: Option<Training> = look.find(row.training());
    let more = row
        .hours()
        .zip(training.and_then(|t| t.hours()))
        .is_some_and(|(own, all)| own > all);
    found.error(more, "hours", "学时多于这次培训的学时", "核对学时");
    let absent = row.attended() == Some(false);
    found.warning(
        absent && row.reason().is_none(),
        "reason",
        "缺席没有写原因",
        "写明原因，安排补学",
    );
    let credited = absent && row.hours().is_some_and(|h| h > crate::model::value::Decimal::ZERO);
    found.error(credited, "hours", "没有到会，填了学时", "核对到会情况");
    let other_day = training
        .and_then(|t| t.date())
        .zip(row.date())
        .is_some_and(|(t, own)| own < t);
    found.warning(other_day, "date", "日期早于培训日期", "核对日期");
}

fn study(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Study::of(cells);
    found.order((row.date(), "开始日期"), (row.until(), "结束日期"), "until");
}

fn party_life(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = PartyLife::of(cells);
    found.within((row.present(), "实到"), (row.due(), "应到"), "present");
}
