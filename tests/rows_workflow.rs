//! Workflows: steps in order, returns, votes, exits, conversions that link both ways.

mod rows_support;

use rows_support::{day, ledger, set};
use tiancheng::model::engine::workflow::Writes;
use tiancheng::model::ledger::{Cells as _, TypedRow as _};
use tiancheng::model::notice::Notice;
use tiancheng::model::programmes::base::centre;
use tiancheng::model::programmes::base::ledgers::{BuildStage, Centre};
use tiancheng::model::programmes::dream::ledgers::{Matter, Plan, Suggestion};
use tiancheng::model::programmes::dream::{matter, plan, suggestion};
use tiancheng::model::programmes::phoenix::ledgers::{Returnee, Thousand};
use tiancheng::model::programmes::phoenix::returnee;
use tiancheng::model::programmes::seedling::ledgers::development::{Development, Inspection};
use tiancheng::model::programmes::seedling::ledgers::{Assistant, Mobile, Reserve};
use tiancheng::model::programmes::seedling::{assistant, development, mobile};
use tiancheng::model::records::Draft;
use tiancheng::model::settings::Settings;
use tiancheng::model::value::Value;

fn apply(draft: &mut Draft, writes: Writes) {
    for (field, value) in writes {
        set(draft, field, value);
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Vec<Notice>>, words: &str) {
    let notices = outcome.expect_err("refused");
    assert!(
        notices.iter().any(|n| n.what.contains(words) || n.todo.contains(words)),
        "{notices:#?}"
    );
}

fn text(draft: &Draft, field: &str) -> String {
    let slot = ledger(draft.ledger).slot(field).expect("a field");
    draft.cell(slot).as_str().unwrap_or_default().to_string()
}

/// Rows Z1, Z4, Z6, Z7, Z13: draft, show, consult, guide, committee, final; nothing skipped.
#[test]
fn a_plan_goes_through_its_chain_in_order() {
    let mut row = rec!(
        "plan",
        "p1",
        unit = "u1",
        kind = "annual",
        year = 2022,
        version = 1,
        drafted = "2022-02-15"
    );
    refused(
        plan::advance(Plan::of(&row), "guided", day("2022-03-01")),
        "还没有办理“晒计划”",
    );
    for (field, on) in [
        ("shown", "2022-02-20"),
        ("consulted", "2022-02-25"),
        ("guided", "2022-03-01"),
    ] {
        assert_eq!(plan::next(Plan::of(&row)).map(|s| s.field), Some(field));
        let writes = plan::advance(Plan::of(&row), field, day(on)).expect("its turn");
        apply(&mut row, writes);
    }
    refused(plan::advance(Plan::of(&row), "approved", day("2022-02-28")), "早于");
    refused(
        plan::advance(Plan::of(&row), "guided", day("2022-03-05")),
        "已在 2022-03-01 办理",
    );
    assert_eq!(
        plan::stage_at(Plan::of(&row), day("2022-02-24")),
        Some(plan::Stage::Shown)
    );
    assert_eq!(plan::waiting(Plan::of(&row), day("2022-03-21")), Some(20));
    for (field, on) in [("approved", "2022-03-10"), ("finalised", "2022-03-12")] {
        let writes = plan::advance(Plan::of(&row), field, day(on)).expect("its turn");
        apply(&mut row, writes);
    }
    assert_eq!(
        plan::stage_at(Plan::of(&row), day("2022-03-12")),
        Some(plan::Stage::Finalised)
    );
    assert_eq!(
        (
            plan::next(Plan::of(&row)),
            plan::waiting(Plan::of(&row), day("2022-04-01"))
        ),
        (None, None)
    );
}

/// Rows Z6, Z2: a return keeps its comment, raises the version and starts the consultation again.
#[test]
fn a_returned_plan_gets_a_new_version() {
    let mut row = rec!(
        "plan",
        "p1",
        unit = "u1",
        kind = "annual",
        year = 2022,
        version = 1,
        drafted = "2022-02-15",
        shown = "2022-02-20",
        consulted = "2022-02-25",
        guided = "2022-03-01",
    );
    refused(
        plan::send_back(Plan::of(&row), "r1", "  ", day("2022-03-05")),
        "没有写退回意见",
    );
    let back = plan::send_back(Plan::of(&row), "r1", "写明责任人", day("2022-03-05")).expect("under review");
    assert_eq!(
        (text(&back.record, "plan"), text(&back.record, "stage")),
        ("p1".into(), "committee".into())
    );
    assert_eq!(
        (text(&back.record, "unit"), text(&back.record, "comment")),
        ("u1".into(), "写明责任人".into())
    );
    apply(&mut row, back.writes);
    assert_eq!(Plan::of(&row).version(), Some(2));
    assert_eq!(plan::next(Plan::of(&row)).map(|s| s.field), Some("consulted"));
    refused(
        plan::send_back(Plan::of(&row), "r2", "再改", day("2022-03-06")),
        "不在审核环节",
    );
}

/// Rows Z13, T19 (docs/requirements.md §2.3): six steps, two of them with votes.
#[test]
fn a_matter_takes_its_six_steps() {
    let mut row = rec!("matter", "m1", unit = "u1", subject = "年度计划");
    let on = |n: i32| day("2022-03-01").plus_days(n);
    for (n, field) in ["proposed", "discussed"].into_iter().enumerate() {
        let writes = matter::advance(Matter::of(&row), field, on(n as i32)).expect("its turn");
        apply(&mut row, writes);
    }
    refused(matter::advance(Matter::of(&row), "reviewed", on(3)), "没有表决情况");
    for (field, n) in [("review_due", 30), ("review_present", 25), ("review_ayes", 26)] {
        set(&mut row, field, Value::Int(n));
    }
    refused(matter::advance(Matter::of(&row), "reviewed", on(3)), "多于实到");
    set(&mut row, "review_ayes", Value::Int(24));
    for (field, n) in [("resolve_due", 40), ("resolve_present", 36), ("resolve_ayes", 33)] {
        set(&mut row, field, Value::Int(n));
    }
    refused(
        matter::advance(Matter::of(&row), "published", on(3)),
        "还没有办理“党员大会审议”",
    );
    for (n, field) in ["reviewed", "resolved", "published", "result_published"]
        .into_iter()
        .enumerate()
    {
        let writes = matter::advance(Matter::of(&row), field, on(3 + n as i32)).expect("its turn");
        apply(&mut row, writes);
    }
    assert!(matter::complete(Matter::of(&row), on(6)) && !matter::complete(Matter::of(&row), on(5)));
}

/// Rows Z3, Z5: from suggestion to plan item and answer, linked both ways.
#[test]
fn a_suggestion_becomes_an_item_and_is_answered() {
    let mut row = rec!(
        "suggestion",
        "g1",
        unit = "u1",
        date = "2022-03-01",
        text = "机耕路铺碎石",
        state = "open"
    );
    refused(suggestion::reply(Suggestion::of(&row), day("2022-03-02")), "还没有研判");
    refused(
        suggestion::study(Suggestion::of(&row), "declined", "", day("2022-03-04")),
        "没有写理由",
    );
    refused(
        suggestion::study(Suggestion::of(&row), "adopted", "", day("2022-02-04")),
        "早于",
    );
    refused(
        suggestion::into_item(Suggestion::of(&row), "i1", "p1", day("2022-09-30")),
        "还没有采纳",
    );
    let writes = suggestion::study(Suggestion::of(&row), "adopted", "", day("2022-03-04")).expect("decided");
    apply(&mut row, writes);
    let made = suggestion::into_item(Suggestion::of(&row), "i1", "p1", day("2022-09-30")).expect("adopted");
    assert_eq!(
        (text(&made.made, "suggestion"), text(&made.made, "unit")),
        ("g1".into(), "u1".into())
    );
    apply(&mut row, made.writes);
    assert_eq!(Suggestion::of(&row).item(), Some("i1"));
    refused(
        suggestion::into_item(Suggestion::of(&row), "i2", "p1", day("2022-09-30")),
        "已经列入",
    );
    assert_eq!(suggestion::stage(Suggestion::of(&row)), suggestion::Stage::Adopted);
    let writes = suggestion::land(Suggestion::of(&row), day("2022-08-01")).expect("adopted");
    apply(&mut row, writes);
    refused(suggestion::reply(Suggestion::of(&row), day("2022-07-01")), "早于上一步");
    let writes = suggestion::reply(Suggestion::of(&row), day("2022-08-03")).expect("landed");
    apply(&mut row, writes);
    assert_eq!(suggestion::stage(Suggestion::of(&row)), suggestion::Stage::Replied);
}

/// Rows Q2, Q3, Q4, Q5, Q6, Q7: three tracks.
#[test]
fn centres_run_on_three_tracks() {
    let mut row = rec!("centre", "c1", unit = "u1", name = "示例中心", state = "planned");
    let mut stages: Vec<Draft> = Vec::new();
    for (n, choice) in tiancheng::model::programmes::base::ledgers::BuildStep::ALL
        .iter()
        .enumerate()
    {
        let planned = day("2022-01-01").plus_months(n as i32).to_string();
        stages.push(rec!(
            "build_stage",
            format!("b{n}"),
            unit = "u1",
            centre = "c1",
            stage = choice.code,
            planned = planned.as_str()
        ));
    }
    let typed = |stages: &[Draft]| stages.len();
    assert_eq!(typed(&stages), 8);
    {
        let rows: Vec<BuildStage> = stages.iter().map(|s| BuildStage::of(s)).collect();
        refused(
            centre::reach(Centre::of(&row), &rows, "sited", day("2022-03-01")),
            "“申报”还没有完成",
        );
        refused(
            centre::open(Centre::of(&row), &rows, day("2022-03-01")),
            "“申报”还没有完成",
        );
        assert_eq!(
            centre::late(Centre::of(&row), &rows, day("2022-01-13")),
            Some(("applied", 12))
        );
    }
    for n in 0..8 {
        let on = day("2022-01-01").plus_months(n as i32);
        let writes = {
            let rows: Vec<BuildStage> = stages.iter().map(|s| BuildStage::of(s)).collect();
            centre::reach(
                Centre::of(&row),
                &rows,
                tiancheng::model::programmes::base::ledgers::BuildStep::ALL[n].code,
                on,
            )
            .expect("its turn")
        };
        apply(&mut stages[n], writes);
    }
    let rows: Vec<BuildStage> = stages.iter().map(|s| BuildStage::of(s)).collect();
    assert_eq!(centre::stages_reached(Centre::of(&row), &rows, day("2022-08-01")), 8);
    assert_eq!(centre::stages_reached(Centre::of(&row), &rows, day("2022-03-15")), 3);
    let writes = centre::open(Centre::of(&row), &rows, day("2022-08-05")).expect("all stages reached");
    apply(&mut row, writes);
    assert_eq!(
        centre::track_at(Centre::of(&row), day("2022-08-05")),
        Some(centre::Track::Built)
    );
    assert_eq!(
        centre::track_at(Centre::of(&row), day("2022-08-04")),
        Some(centre::Track::Planned)
    );
    let mut old = rec!(
        "centre",
        "c2",
        unit = "u1",
        name = "示例中心",
        state = "upgrading",
        parts_replaced = true
    );
    refused(centre::open(Centre::of(&old), &[], day("2022-08-05")), "内容还没有更新");
    set(&mut old, "content_updated", Value::Bool(true));
    assert!(centre::open(Centre::of(&old), &[], day("2022-08-05")).is_ok());
}

fn applicant() -> Draft {
    rec!(
        "development",
        "d1",
        unit = "u1",
        name = "示例申请人01",
        birth = "1995-05",
        applied = "2020-01-31",
        rule = "2014"
    )
}

/// Fills what a step needs, then takes it.
fn go(row: &mut Draft, field: &str, on: &str) {
    let needs: &[(&str, Value)] = match field {
        "mentored" => &[("mentor_count", Value::Int(2))],
        "noticed" => &[("notice_from", Value::Null)],
        "sponsored" => &[("sponsor_count", Value::Int(2))],
        "trained" => &[("train_days", Value::Int(3))],
        _ => &[],
    };
    for (name, value) in needs {
        if *value != Value::Null {
            set(row, name, value.clone());
        }
    }
    match field {
        "vetted" => set(row, "vet_result", Value::text("pass")),
        "prechecked" => set(row, "precheck_result", Value::text("pass")),
        "voted" => vote(row, "vote", [20, 18, 15]),
        "revoted" => vote(row, "revote", [20, 18, 15]),
        _ => {}
    }
    let outcome = development::advance(Development::of(row), field, day(on), &Settings::default());
    let writes = outcome.unwrap_or_else(|n| panic!("{field} on {on}: {n:#?}"));
    apply(row, writes);
}

fn vote(row: &mut Draft, prefix: &str, [due, present, ayes]: [i64; 3]) {
    for (name, n) in [("due", due), ("present", present), ("ayes", ayes)] {
        set(row, &format!("{prefix}_{name}"), Value::Int(n));
    }
}

const TO_VOTE: [(&str, &str); 13] = [
    ("talked", "2020-02-20"),
    ("chosen", "2020-06-30"),
    ("filed", "2020-07-05"),
    ("mentored", "2020-07-06"),
    ("inspected", "2021-06-30"),
    ("proposed", "2021-07-05"),
    ("consented", "2021-07-10"),
    ("sponsored", "2021-07-12"),
    ("vetted", "2021-08-01"),
    ("trained", "2021-08-10"),
    ("examined", "2021-08-12"),
    ("prechecked", "2021-08-20"),
    ("form_filled", "2021-08-25"),
];

fn before_vote() -> Draft {
    let mut row = applicant();
    for (field, on) in TO_VOTE {
        go(&mut row, field, on);
    }
    row
}

fn probationary() -> Draft {
    let mut row = before_vote();
    for (field, on) in [
        ("voted", "2021-09-01"),
        ("interviewed", "2021-09-10"),
        ("approved", "2021-10-01"),
        ("recorded", "2021-10-08"),
        ("assigned", "2021-10-09"),
        ("sworn", "2021-10-20"),
    ] {
        go(&mut row, field, on);
    }
    row
}

/// Rows M1, M2, M5, M23: 25 steps, one by one, to the archive.
#[test]
fn a_member_is_developed_step_by_step() {
    use development::Stage;
    let settings = Settings::default();
    let mut row = probationary();
    for (field, on) in [("observed", "2022-09-01"), ("requested", "2022-09-02")] {
        go(&mut row, field, on);
    }
    set(&mut row, "exit", Value::text("on_time"));
    for (field, on) in [
        ("revoted", "2022-09-10"),
        ("confirmed", "2022-10-01"),
        ("archived", "2022-10-10"),
    ] {
        go(&mut row, field, on);
    }
    let at = |on: &str| development::stage_at(Development::of(&row), day(on));
    assert_eq!(at("2020-01-30"), None);
    assert_eq!(at("2020-01-31"), Some(Stage::Applicant));
    assert_eq!(at("2020-06-30"), Some(Stage::Activist));
    assert_eq!(at("2021-07-05"), Some(Stage::Candidate));
    assert_eq!(at("2021-10-01"), Some(Stage::Probationary));
    assert_eq!(at("2022-10-01"), Some(Stage::Full));
    assert_eq!(
        development::next(Development::of(&row), day("2022-11-01")).map(|s| s.field),
        None
    );
    assert_eq!(
        development::check(Development::of(&row), day("2022-11-22"), &settings),
        []
    );
    let numbers: Vec<String> = development::STEPS
        .iter()
        .map(|s| development::number(s.field))
        .collect();
    assert_eq!(
        (numbers[0].as_str(), numbers[8].as_str(), numbers[25].as_str()),
        ("1", "8+", "25")
    );
}

/// Row M23: too early is refused unless a reason is written; out of turn is refused.
#[test]
fn less_than_a_year_is_too_early() {
    let settings = Settings::default();
    let mut row = applicant();
    refused(
        development::advance(Development::of(&row), "chosen", day("2020-06-01"), &settings),
        "现在应办理“派人谈话”",
    );
    for (field, on) in &TO_VOTE[..4] {
        go(&mut row, field, on);
    }
    let early = development::advance(Development::of(&row), "inspected", day("2021-06-29"), &settings);
    refused(early, "最早 2021-06-30");
    set(&mut row, "early_reason", Value::text("疫情防控一线表现突出"));
    assert!(development::advance(Development::of(&row), "inspected", day("2021-06-29"), &settings).is_ok());
    set(&mut row, "mentor_count", Value::Int(3));
    let mut three = applicant();
    for (field, on) in &TO_VOTE[..3] {
        go(&mut three, field, on);
    }
    set(&mut three, "mentor_count", Value::Int(3));
    refused(
        development::advance(Development::of(&three), "mentored", day("2020-07-06"), &settings),
        "1 至 2 名",
    );
}

/// Row M23: quorum and majority of the general meeting (§19): more than half of those entitled.
#[test]
fn a_vote_needs_quorum_and_majority_of_those_entitled() {
    let settings = Settings::default();
    let outcome = |counts: [i64; 3]| {
        let mut row = before_vote();
        vote(&mut row, "vote", counts);
        development::advance(Development::of(&row), "voted", day("2021-09-01"), &settings)
    };
    refused(outcome([20, 10, 10]), "没有超过应到会的半数");
    refused(outcome([20, 18, 10]), "没有通过");
    refused(outcome([20, 18, 19]), "赞成 19 票，多于实到 18 人");
    refused(outcome([20, 21, 15]), "实到人数多于应到人数");
    assert!(outcome([20, 11, 11]).is_ok());
    let mut written = before_vote();
    vote(&mut written, "vote", [20, 18, 19]);
    set(&mut written, "vote_written", Value::Int(1));
    assert!(development::advance(Development::of(&written), "voted", day("2021-09-01"), &settings).is_ok());
    let without = development::advance(Development::of(&before_vote()), "voted", day("2021-09-01"), &settings);
    refused(without, "没有表决情况");
}

/// Row M23: three exits; an extension runs six months to a year and only once.
#[test]
fn probation_has_three_exits() {
    let settings = Settings::default();
    let mut row = probationary();
    for (field, on) in [("observed", "2022-09-01"), ("requested", "2022-09-02")] {
        go(&mut row, field, on);
    }
    vote(&mut row, "revote", [20, 18, 15]);
    refused(
        development::advance(Development::of(&row), "revoted", day("2022-09-10"), &settings),
        "没有选择转正结果",
    );
    set(&mut row, "exit", Value::text("extended"));
    set(&mut row, "extended_until", Value::text("2023-02-28"));
    let short = development::advance(Development::of(&row), "revoted", day("2022-09-10"), &settings);
    refused(short, "不少于六个月");
    set(&mut row, "extended_until", Value::text("2023-03-01"));
    go(&mut row, "revoted", "2022-09-10");
    let of = |row: &Draft, on: &str| development::stage_at(Development::of(row), day(on));
    assert_eq!(of(&row, "2022-10-01"), Some(development::Stage::Extended));
    let again = development::decide_again(Development::of(&row), "extended", day("2023-03-02"), &settings);
    refused(again, "只能延长一次");
    let early = development::decide_again(Development::of(&row), "on_time", day("2023-02-01"), &settings);
    refused(early, "最早 2023-03-01");
    let mut full = row.clone();
    let writes =
        development::decide_again(Development::of(&row), "on_time", day("2023-03-02"), &settings).expect("over");
    apply(&mut full, writes);
    go(&mut full, "confirmed", "2023-04-01");
    assert_eq!(of(&full, "2023-04-01"), Some(development::Stage::Full));
    let writes =
        development::decide_again(Development::of(&row), "cancelled", day("2023-03-02"), &settings).expect("over");
    apply(&mut row, writes);
    assert_eq!(of(&row, "2023-03-02"), Some(development::Stage::Cancelled));
    assert_eq!(development::next(Development::of(&row), day("2023-04-01")), None);
}

/// Row M23: the version of 2026 asks for consent and five working days of public notice.
#[test]
fn the_rules_of_2026_add_a_public_notice() {
    let settings = Settings::default();
    let mut row = applicant();
    set(&mut row, "rule", Value::text("auto"));
    set(&mut row, "applied", Value::text("2025-01-10"));
    for (field, on) in [
        ("talked", "2025-02-01"),
        ("chosen", "2025-05-12"),
        ("filed", "2025-05-20"),
        ("mentored", "2025-05-21"),
        ("inspected", "2026-05-12"),
        ("proposed", "2026-05-20"),
        ("consented", "2026-05-25"),
    ] {
        go(&mut row, field, on);
    }
    assert_eq!(
        development::rule_on(Development::of(&row), day("2026-05-25")),
        development::RuleVersion::V2026
    );
    assert_eq!(
        development::rule_on(Development::of(&row), day("2026-05-10")),
        development::RuleVersion::V2014
    );
    refused(
        development::advance(Development::of(&row), "sponsored", day("2026-06-10"), &settings),
        "现在应办理“公示”",
    );
    set(&mut row, "notice_from", Value::text("2026-05-27"));
    set(&mut row, "notice_result", Value::text("clear"));
    refused(
        development::advance(Development::of(&row), "noticed", day("2026-06-01"), &settings),
        "不满 5 个工作日",
    );
    // 27, 28 and 29 May, 1 and 2 June: the result counts from the day after.
    refused(
        development::advance(Development::of(&row), "noticed", day("2026-06-02"), &settings),
        "公示到 2026-06-02，2026-06-03 起登记结果",
    );
    go(&mut row, "noticed", "2026-06-03");
    assert_eq!(
        development::next(Development::of(&row), day("2026-06-10")).map(|s| s.field),
        Some("sponsored")
    );
}

/// Row M23: deadlines count calendar months, clamped; they name their article and warn, never block.
#[test]
fn deadlines_count_calendar_months() {
    let settings = Settings::default();
    let row = applicant();
    let due = development::deadlines(Development::of(&row), &[], day("2020-02-10"), &settings);
    assert_eq!(
        (due[0].step.field, due[0].due, due[0].article),
        ("talked", day("2020-02-29"), "第七条")
    );
    let late = development::check(Development::of(&row), day("2020-03-01"), &settings);
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].severity, tiancheng::model::notice::Severity::Warning);
    let mut activist = applicant();
    for (field, on) in &TO_VOTE[..4] {
        go(&mut activist, field, on);
    }
    let inspected = rec!(
        "inspection",
        "i1",
        unit = "u1",
        file = "d1",
        stage = "activist",
        date = "2020-08-31",
        opinion = "好"
    );
    let rows = [Inspection::of(&inspected)];
    let due = development::deadlines(Development::of(&activist), &rows, day("2020-12-01"), &settings);
    assert_eq!(due.iter().map(|d| d.due).collect::<Vec<_>>(), [day("2021-02-28")]);
    let mut voted = before_vote();
    go(&mut voted, "voted", "2021-09-01");
    let due = development::deadlines(Development::of(&voted), &[], day("2021-10-01"), &settings);
    assert_eq!((due[0].step.field, due[0].due), ("approved", day("2021-12-01")));
    set(&mut voted, "special", Value::Bool(true));
    let due = development::deadlines(Development::of(&voted), &[], day("2021-10-01"), &settings);
    assert_eq!(due[0].due, day("2022-03-01"));
}

/// Rows M7, M10, M11, M12: a mobile member becomes a reserve cadre; both records know each other.
#[test]
fn a_mobile_member_becomes_a_reserve_cadre() {
    let settings = Settings::default();
    let mut row = rec!(
        "mobile",
        "p1",
        unit = "u1",
        name = "示例党员001",
        direction = "out",
        since = "2021-08-31",
        place = "武汉",
        intent = "none"
    );
    let stage = |row: &Draft, on: &str| mobile::stage_at(Mobile::of(row), day(on), &settings);
    assert_eq!(stage(&row, "2022-02-27"), Some(mobile::Stage::Recent));
    assert_eq!(
        stage(&row, "2022-02-28"),
        Some(mobile::Stage::Away),
        "six months, clamped to the end of February"
    );
    refused(
        mobile::into_reserve(Mobile::of(&row), "r1", day("2022-05-01")),
        "没有返乡",
    );
    set(&mut row, "intent", Value::text("work"));
    let made = mobile::into_reserve(Mobile::of(&row), "r1", day("2022-05-01")).expect("willing");
    assert_eq!(
        (text(&made.made, "mobile"), text(&made.made, "name")),
        ("p1".into(), "示例党员001".into())
    );
    assert_eq!(text(&made.made, "source"), "mobile");
    apply(&mut row, made.writes);
    assert_eq!(stage(&row, "2022-05-01"), Some(mobile::Stage::Reserve));
    refused(
        mobile::into_reserve(Mobile::of(&row), "r2", day("2022-06-01")),
        "已经转为后备干部",
    );
}

/// Rows M13, M15, M16: assistant, reserve cadre, committee.
#[test]
fn an_assistant_rises_to_the_committees() {
    let mut row = rec!(
        "assistant",
        "a1",
        unit = "u1",
        name = "示例助理员01",
        source = "grid",
        since = "2021-06-01",
        education = "college"
    );
    refused(
        assistant::into_reserve(Assistant::of(&row), "r1", day("2021-05-01")),
        "早于任职日期",
    );
    let made = assistant::into_reserve(Assistant::of(&row), "r1", day("2022-06-01")).expect("serving");
    let mut reserve = made.made;
    apply(&mut row, made.writes);
    assert_eq!(
        (text(&reserve, "assistant"), text(&reserve, "education")),
        ("a1".into(), "college".into())
    );
    assert_eq!(Assistant::of(&row).reserve(), Some("r1"));
    refused(
        assistant::elect(Reserve::of(&reserve), "c1", " ", day("2022-09-01")),
        "没有写职务",
    );
    let made = assistant::elect(Reserve::of(&reserve), "c1", "委员", day("2022-09-01")).expect("in the pool");
    assert_eq!(
        (text(&made.made, "reserve"), text(&made.made, "post")),
        ("r1".into(), "委员".into())
    );
    apply(&mut reserve, made.writes);
    let stage = assistant::stage_at(Assistant::of(&row), Some(Reserve::of(&reserve)), day("2022-09-01"));
    assert_eq!(stage, assistant::Stage::Elected);
    refused(
        assistant::elect(Reserve::of(&reserve), "c2", "委员", day("2022-10-01")),
        "已经进入两委",
    );
}

/// Rows F14, F15, F19, T7: from intention to secretary, with the history linked.
#[test]
fn a_returnee_becomes_a_secretary() {
    let person = rec!("returnee", "f1", unit = "u1", name = "示例能人01", kind = "work");
    let founder = rec!("returnee", "f2", unit = "u1", name = "示例能人02", kind = "found");
    refused(
        returnee::start(Returnee::of(&founder), "t2", day("2020-01-10")),
        "不走千人计划",
    );
    let mut row = returnee::start(Returnee::of(&person), "t1", day("2020-01-10"))
        .expect("came to work")
        .made;
    refused(
        returnee::advance(Thousand::of(&row), "enrolled", day("2020-03-01")),
        "还没有办理“聘用”",
    );
    for (field, on) in [
        ("hired", "2020-02-10"),
        ("enrolled", "2020-06-10"),
        ("assessed", "2020-12-10"),
    ] {
        let writes = returnee::advance(Thousand::of(&row), field, day(on)).expect("its turn");
        apply(&mut row, writes);
    }
    refused(
        returnee::advance(Thousand::of(&row), "elected", day("2021-03-01")),
        "没有合格结果",
    );
    refused(
        returnee::into_secretary(Thousand::of(&row), "s1", day("2021-03-10")),
        "还没有选举",
    );
    set(&mut row, "assess_result", Value::text("pass"));
    let writes = returnee::advance(Thousand::of(&row), "elected", day("2021-03-01")).expect("passed");
    apply(&mut row, writes);
    let made = returnee::into_secretary(Thousand::of(&row), "s1", day("2021-03-10")).expect("elected");
    assert_eq!(
        (text(&made.made, "path"), text(&made.made, "returnee")),
        ("t1".into(), "f1".into())
    );
    assert_eq!(text(&made.made, "source"), "thousand");
    let mut joined = row.clone();
    apply(&mut joined, made.writes);
    assert_eq!(Thousand::of(&joined).secretary(), Some("s1"));
    assert_eq!(
        returnee::stage_at(Thousand::of(&joined), day("2021-03-10")),
        Some(returnee::Stage::Joined)
    );
    refused(
        returnee::into_cadre(Thousand::of(&joined), "c1", "委员", day("2021-04-01")),
        "已经任职",
    );
    refused(
        returnee::leave(Thousand::of(&joined), "另有安排", day("2021-04-01")),
        "已经进入两委",
    );
    let made = returnee::into_cadre(Thousand::of(&row), "c1", "委员", day("2021-03-10")).expect("elected");
    assert_eq!(text(&made.made, "post"), "委员");
    let writes = returnee::leave(Thousand::of(&row), "另有安排", day("2021-03-05")).expect("not yet in post");
    apply(&mut row, writes);
    assert_eq!(returnee::next(Thousand::of(&row)), None);
}
