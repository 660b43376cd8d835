//! Every row of the mechanism table can be recorded, and the sample town records it.

mod rows_support;

use std::collections::BTreeSet;

use rows_support::ledger;
use tiancheng::model::ledger::{Cells as _, Kind};
use tiancheng::model::programmes::sample::{SampleOptions, sheet};

/// Row and the fields that hold it.
#[rustfmt::skip]
const ROWS: [(&str, &str); 120] = [
    ("G1", "place.name group.name estate.name unit.district"),
    ("G2", "goal.programme goal.text goal.state"),
    ("G3", "goal.question"),
    ("G4", "unit.name unit.kind unit.district unit.households unit.population unit.members"),
    ("G5", "assessment.year assessment.level assessment.assessor"),
    ("G6", "unit.kind"),
    ("G7", "night_talk.date plan.finalised"),
    ("G8", "evidence.title evidence.form evidence.location"),
    ("G9", "unit.org_type unit.branches unit.party_groups branch.kind branch.members"),
    ("G10", "joint_committee.name joint_committee.units joint_member.post"),
    ("G11", "three_link.link three_link.partner three_link.item three_link.state"),
    ("G12", "pilot.place pilot.task pilot.since pilot.state"),
    ("G13", "honour.title honour.level honour.kind"),
    ("G14", "honour.person"),
    ("G15", "factor.kind factor.need factor.origin factor.met"),
    ("Z1", "plan.kind plan.year plan.until"),
    ("Z2", "guidance.guide guidance.date guidance.comment"),
    ("Z3", "suggestion.date suggestion.text suggestion.category suggestion.proposer"),
    ("Z4", "plan_shown.plan plan_shown.talk plan_shown.version plan.shown"),
    ("Z5", "suggestion.state suggestion.item suggestion.studied suggestion.landed suggestion.replied plan_item.suggestion"),
    ("Z6", "plan.guided plan.approved plan.finalised plan.version plan_return.comment plan_return.stage"),
    ("Z7", "plan.drafted"),
    ("Z8", "night_talk.kind night_talk.place night_talk.host night_talk.members night_talk.masses night_talk.topic night_talk.outcome"),
    ("Z9", "night_talk.purpose"),
    ("Z10", "night_talk.kind night_talk.place"),
    ("Z11", "night_talk.kind"),
    ("Z12", "setting.value"),
    ("Z13", "plan.finalised plan.matter matter.resolved"),
    ("Z14", "night_talk.speakers night_talk.reached"),
    ("Z15", "problem.text problem.owner problem.due problem.result problem.done problem.replied"),
    ("Z16", "plan_item.goal plan_item.measure plan_item.owner plan_item.start plan_item.due plan_item.criterion plan_item.budget plan_item.progress"),
    ("Z17", "night_talk.satisfaction"),
    ("Z18", "support.subject support.ayes support.doubts"),
    ("T1", "duty.text duty.due duty.done"),
    ("T2", "election.voted election.party_present election.ballots election.next"),
    ("T3", "secretary.name secretary.sex secretary.birth secretary.education secretary.joined secretary.since secretary.source"),
    ("T4", "secretary.birth secretary.until"),
    ("T5", "secretary.education"),
    ("T6", "secretary.cohort secretary.birth"),
    ("T7", "secretary.both_posts secretary.posts"),
    ("T8", "prior_talk.date secretary.since"),
    ("T9", "prior_talk.talkers"),
    ("T10", "prior_talk.themes"),
    ("T11", "district.name unit.district"),
    ("T12", "leader.name leader.district leader.since"),
    ("T13", "contact.date contact.way contact.secretary contact.mood"),
    ("T14", "contact.reviewed contact.follow_up contact.follow_due contact.follow_done"),
    ("T15", "training.date training.name training.hours training.place training.organiser attendance.attended attendance.hours"),
    ("T16", "theme.name theme.level training.themes"),
    ("T17", "theme.historic"),
    ("T18", "attendance.attended training.date"),
    ("T19", "quiz.area quiz.score training.areas"),
    ("T20", "party_life.kind party_life.date party_life.due party_life.present matter.subject"),
    ("T21", "study.city study.date study.theme study.name study.newly"),
    ("T22", "secretary.name"),
    ("Q1", "centre.state income.amount"),
    ("Q2", "centre.state centre.area centre.year centre.rooms centre.funds"),
    ("Q3", "centre.publicity centre.surroundings centre_item.list"),
    ("Q4", "centre.parts_replaced centre.content_updated centre_item.text centre_item.done"),
    ("Q5", "build_stage.stage build_stage.planned build_stage.actual"),
    ("Q6", "centre.publicity centre.surroundings"),
    ("Q7", "build_stage.planned build_stage.actual"),
    ("Q8", "centre.renewal"),
    ("Q9", "centre_fund.source centre_fund.applied centre_fund.approved centre_fund.state"),
    ("Q10", "centre.state income.amount"),
    ("Q11", "project.name project.kind project.operator project.stage project.jobs"),
    ("Q12", "project_guidance.expert project_guidance.department project_guidance.advice"),
    ("Q13", "project.herb_base project.herb project.mu project.planted project.partner"),
    ("Q14", "project.mu"),
    ("Q15", "project.age"),
    ("Q16", "income.year income.category income.amount"),
    ("Q17", "income.amount"),
    ("Q18", "project.inter project.inter_note"),
    ("Q19", "centre.photo project.photo"),
    ("Q20", "income.unit"),
    ("M1", "member_stats.under_35 member_stats.activists reserve.name"),
    ("M2", "development.source"),
    ("M3", "member_stats.total member_stats.under_35 member_stats.over_60 member_stats.women member_stats.college"),
    ("M4", "group.name group.members group.was_zero group.cleared group.helper group.plan"),
    ("M5", "development.source development.returnee"),
    ("M6", "service.name service.role service.since"),
    ("M7", "mobile.direction mobile.since mobile.place mobile.contact_person mobile.registered"),
    ("M8", "five_one.measure five_one.year five_one.date"),
    ("M9", "mobile_contact.date mobile_contact.way mobile_contact.note"),
    ("M10", "mobile.intent"),
    ("M11", "mobile.services"),
    ("M12", "mobile.reserve reserve.mobile"),
    ("M13", "assistant.name assistant.since assistant.tasks assistant.mentor"),
    ("M14", "assistant.source"),
    ("M15", "growth.kind growth.text growth.score"),
    ("M16", "assistant.reserve reserve.assistant"),
    ("M17", "reserve.name reserve.birth reserve.education reserve.source reserve.kind reserve.mentor reserve.evaluation"),
    ("M18", "talent.tags talent.skills talent.intent"),
    ("M19", "idea.text idea.state"),
    ("M20", "estate.name estate.mode estate.company_org estate.committee estate.branch estate.covered"),
    ("M21", "estate_member.name estate_member.kind estate_member.found"),
    ("M22", "estate_member.joined"),
    ("M23", "development.applied development.chosen development.proposed development.voted development.approved development.confirmed inspection.date quota.count"),
    ("F1", "returnee.name returnee.kind returnee.returned returnee.former_place returnee.former_job returnee.member"),
    ("F2", "returnee_contact.date returnee_contact.kind returnee_contact.note"),
    ("F3", "returnee.former_job enterprise.investment"),
    ("F4", "enterprise.name enterprise.products enterprise.mu enterprise.brand"),
    ("F5", "enterprise.output_least enterprise.output_most enterprise.output_unit"),
    ("F6", "enterprise.jobs"),
    ("F7", "enterprise.products"),
    ("F8", "returnee.posts joint_member.returnee"),
    ("F9", "assignment.cadre assignment.project assignment.frequency project_visit.date project_visit.found"),
    ("F10", "outreach.date outreach.place outreach.met outreach.leads prospect.state"),
    ("F11", "prospect.by_secretary outreach.led_by_secretary"),
    ("F12", "policy.policy policy.level policy.amount policy.date"),
    ("F13", "land_transfer.mu land_transfer.price land_transfer.signed land_transfer.until"),
    ("F14", "thousand.intent thousand.hired thousand.enrolled thousand.assessed thousand.elected thousand.joined thousand.left"),
    ("F15", "thousand.assess_result thousand.elected"),
    ("F16", "measure.kind measure.text measure.served"),
    ("F17", "need.text need.due need.replied need.solved"),
    ("F18", "returnee.persuader"),
    ("F19", "thousand.secretary secretary.source"),
    ("F20", "setting.value"),
    ("F21", "unit.corridor enterprise.corridor"),
    ("F22", "technology.name technology.crop enterprise.technology"),
];

/// Rows G1–G15, Z1–Z18, T1–T22, Q1–Q20, M1–M23, F1–F22: each field exists and the sample fills it.
#[test]
fn every_row_is_recorded_in_the_sample() {
    let sheet = sheet(&SampleOptions::default());
    let mut rows = BTreeSet::new();
    for (row, fields) in ROWS {
        assert!(rows.insert(row), "{row} twice");
        for path in fields.split(' ') {
            let (id, field) = path.split_once('.').expect("ledger.field");
            let ledger = ledger(id);
            let slot = ledger.slot(field).unwrap_or_else(|| panic!("{row}: no {path}"));
            let filled = sheet.drafts.iter().any(|d| d.ledger == id && !d.cell(slot).is_blank());
            assert!(filled, "{row}: the sample has no {path}");
        }
    }
    let wanted = [("G", 15), ("Z", 18), ("T", 22), ("Q", 20), ("M", 23), ("F", 22)];
    let all: BTreeSet<String> = wanted
        .iter()
        .flat_map(|(g, n)| (1..=*n).map(move |k| format!("{g}{k}")))
        .collect();
    assert_eq!(rows.iter().map(|r| (*r).to_string()).collect::<BTreeSet<_>>(), all);
}

/// A choice that may stay open is not recorded for who did not make it. Only where every record of the kind begins in the
/// same state, by what the ledger is, does the form begin with it.
#[test]
fn an_open_choice_is_not_made_for_anybody() {
    /// 研判：待研判, 进展：待启动 and 线索, 申报中; which rules hold follows from the day.
    const BEGINNINGS: [&str; 5] = [
        "suggestion.state",
        "idea.state",
        "prospect.state",
        "centre_fund.state",
        "development.rule",
    ];
    let today = rows_support::day("2026-11-29");
    let mut made = BTreeSet::new();
    for ledger in tiancheng::model::programmes::catalogue().all() {
        let fresh = tiancheng::view::form::fresh(ledger, today, None);
        for (slot, field) in ledger.slots() {
            let is_open = matches!(field.kind, Kind::Choice | Kind::Choices | Kind::YesNo) && !field.required;
            if is_open && !fresh.cell(slot).is_blank() {
                made.insert(format!("{}.{}", ledger.id, field.name));
            }
        }
    }
    assert_eq!(made, BEGINNINGS.map(str::to_owned).into());
}
