//! What each role is offered of every workflow: what it may do, and who does the rest.

mod support;

use support::still::Still;
use tiancheng::desk::Desk;
use tiancheng::model::ledger::{Role, TypedRow, slots};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::ledgers::{NightTalk, Plan, PlanReturn};
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::model::programmes::town::ledgers::District;
use tiancheng::model::records::{Draft, rows};
use tiancheng::replica::{Record, RecordIx};
use tiancheng::view::fill::{fills_in, forms};
use tiancheng::view::flow::{Answers, flow, ledgers, perform};
use tiancheng::view::offer::{at, may_not, offered};

const OWN: &str = "421223100208";
const OTHER: &str = "421223100201";

/// Role, unit and district of everybody who may sit here.
fn everybody(desk: &Desk) -> Vec<(Role, &'static str, String)> {
    let own = desk.replica().district_of(OWN).unwrap_or_default().to_owned();
    let other = rows::<District>(desk.replica()).into_iter().map(|d| d.id().to_owned());
    let other = other.into_iter().find(|id| *id != own).unwrap_or_default();
    vec![
        (Role::Town, "", String::new()),
        (Role::Guide, "", String::new()),
        (Role::District, "", own),
        (Role::District, "", other),
        (Role::Unit, OWN, String::new()),
        (Role::Unit, OTHER, String::new()),
        (Role::Viewer, "", String::new()),
    ]
}

fn become_one(desk: &mut Desk, (role, unit, district): &(Role, &str, String)) {
    let done = desk.become_person(*role, unit, district, "某人");
    assert!(done.failure.is_none());
}

fn shown(desk: &Desk, ledger: &str) -> Vec<RecordIx> {
    let all = desk.replica().all_records();
    let of = all.filter(|(_, record)| desk.replica().ledger_id(record) == ledger && record.is(Record::VISIBLE));
    of.map(|(ix, _)| ix).collect()
}

/// What is offered is what the flow has and the role may write, in its order; the rest is said, each with who does it.
fn check(desk: &Desk, ix: RecordIx, who: &str) -> (usize, usize) {
    let all = at(desk, ix, flow).flatten().expect("a workflow").acts;
    let offered = offered(desk, ix).expect("a workflow");
    for act in &all {
        let is_offered = offered.flow.acts.contains(act);
        let is_said = offered.by_others.iter().any(|said| said.contains(&act.label));
        assert!(is_offered != is_said, "{who}: {}", act.label);
        if is_offered {
            // Whatever is answered, nothing that is written is for others.
            let first = |key: &str| {
                let asked = act.asks.iter().find(|ask| ask.key == key);
                let option = asked.and_then(|ask| ask.options.first());
                option.map_or_else(|| "1".to_owned(), |(code, _)| code.clone())
            };
            let answers = Answers {
                on: desk.today(),
                text: &first,
                new_id: "made",
            };
            let drafts: Vec<Draft> = at(desk, ix, |place| perform(place, &act.key, &answers))
                .and_then(Result::ok)
                .unwrap_or_default();
            assert_eq!(may_not(desk, ix, &drafts), None, "{who}: {}", act.label);
        }
    }
    for said in &offered.by_others {
        let (_, whose) = said.rsplit_once('，').expect("who does it");
        assert!(
            ["由", "不", "当前"].iter().any(|word| whose.starts_with(word)),
            "{who}: {said}"
        );
    }
    (offered.flow.acts.len(), all.len() - offered.flow.acts.len())
}

#[test]
fn every_role_is_offered_what_it_may_do_of_every_workflow() {
    let mut desk = Desk::sample(Still::new(1), &SampleOptions::default());
    let mut kinds = 0;
    for one in everybody(&desk) {
        become_one(&mut desk, &one);
        let who = format!("{one:?}");
        let (mut may, mut may_not) = (0, 0);
        for ledger in ledgers() {
            for ix in shown(&desk, ledger) {
                let (offered, others) = check(&desk, ix, &who);
                let record = desk.replica().record(ix).expect("a record");
                let unit = desk.replica().unit_of(record).to_owned();
                let is_foreign = one.0 == Role::Unit && unit != one.1
                    || one.0 == Role::District && desk.replica().district_of(&unit) != Some(&one.2);
                assert!(!is_foreign || offered == 0, "{who}: {ledger} of {unit}");
                (may, may_not) = (may + offered, may_not + others);
            }
        }
        match one.0 {
            Role::Town => assert!(may > 0 && may_not == 0, "{who}: {may} {may_not}"),
            Role::Viewer => assert!(may == 0 && may_not > 0, "{who}: {may} {may_not}"),
            _ => assert!(may > 0 && may_not > 0, "{who}: {may} {may_not}"),
        }
        kinds += 1;
    }
    assert_eq!(kinds, 7);
}

/// A plan that waits for its guide: only he and the town review it and send it back.
#[test]
fn a_village_neither_reviews_its_own_plan_nor_sends_it_back() {
    let mut desk = Desk::sample(Still::new(1), &SampleOptions::default());
    let plan = Plan::draft("waits").unit(OWN).kind("annual").year(2023).version(1);
    let day = tiancheng::model::date::Day::parse("2022-11-01").expect("a day");
    let plan = plan.drafted(day).shown(day).consulted(day).into_draft();
    assert!(!desk.save("拟一份计划", &[plan]).unchanged);
    let ix = desk.replica().find_ix(Plan::LEDGER.id, "waits").expect("the plan");
    let mut said = Vec::new();
    for one in everybody(&desk) {
        become_one(&mut desk, &one);
        let found = offered(&desk, ix).expect("a workflow");
        let acts: Vec<&str> = found.flow.acts.iter().map(|act| act.key.as_str()).collect();
        let expected: &[&str] = match one.0 {
            Role::Town | Role::Guide => &["guided", "return"],
            _ => &[],
        };
        assert_eq!(acts, expected, "{one:?}");
        said.push(found.by_others.join("；"));
    }
    let guide = "登记：指导员审核、退回修改，由党建指导员填写";
    assert_eq!(
        said,
        [
            "",
            "",
            guide,
            "登记：指导员审核、退回修改，不在当前身份的填报范围",
            guide,
            "登记：指导员审核、退回修改，不是本村（社区）的记录",
            "登记：指导员审核、退回修改，当前身份只能查看",
        ]
    );
}

/// A return is written by who returns, also past the workflow.
#[test]
fn the_record_of_a_return_is_begun_by_who_returns() {
    let mut desk = Desk::sample(Still::new(1), &SampleOptions::default());
    for one in everybody(&desk) {
        become_one(&mut desk, &one);
        let may = matches!(one.0, Role::Town | Role::Guide);
        assert_eq!(desk.why_not(PlanReturn::LEDGER, OWN, None).is_none(), may, "{one:?}");
        assert_eq!(fills_in(desk.person(), PlanReturn::LEDGER), may, "{one:?}");
        let offered = forms(desk.person(), catalogue().all());
        let is_offered = offered.iter().any(|(_, all)| all.iter().any(|l| l.id == "plan_return"));
        assert_eq!(is_offered, may, "{one:?}");
        let comment = PlanReturn::LEDGER.slot("comment");
        assert_eq!(desk.why_not(PlanReturn::LEDGER, OWN, comment).is_none(), may, "{one:?}");
    }
    become_one(&mut desk, &(Role::Unit, OWN, String::new()));
    assert_eq!(
        desk.why_not(PlanReturn::LEDGER, OWN, None).as_deref(),
        Some("由党建指导员填写")
    );
    assert_eq!(desk.why_not(NightTalk::LEDGER, OWN, None), None);
    assert_eq!(desk.why_not(PlanReturn::LEDGER, OWN, Some(slots::UNIT)), None);
}
