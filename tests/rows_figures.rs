//! What a figure says: the value, what is asked for and how far it is are three things, and unknown is none of them.

mod rows_support;

use rows_support::{day, sheet};
use tiancheng::model::engine::gap::Gap;
use tiancheng::model::engine::indicator::{Period, Reading, Scope, summary};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes;
use tiancheng::model::programmes::gaps;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet as sample};
use tiancheng::model::programmes::{evaluate, indicator_by_id, indicators};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::model::status::Status;
use tiancheng::model::value::Decimal;

fn town() -> Sheet {
    sample(&SampleOptions::default())
}

fn read_on(records: &Sheet, id: &str, on: &str) -> Reading {
    let on = day(on);
    let indicator = indicator_by_id(id).expect("an indicator");
    evaluate(indicator, records, Period::Year(on.year()), on, &Scope::Town)
}

fn read(records: &Sheet, id: &str) -> Reading {
    read_on(records, id, "2022-11-22")
}

fn villages(count: usize) -> Vec<Draft> {
    let village = |n| {
        rec!(
            "unit",
            format!("u{n}"),
            name = "示例村",
            kind = "village",
            district = "d01"
        )
    };
    (1..=count).map(village).collect()
}

fn with(mut first: Vec<Draft>, more: impl IntoIterator<Item = Draft>) -> Sheet {
    first.extend(more);
    sheet(first)
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a number")
}

/// 127 of 214 are 59.3 %; 60 % are asked for; 0.7 points are missing, and that is 98.8 % of what is asked for.
#[test]
fn value_aim_and_distance_are_three_things() {
    let adopted = read(&town(), "dream.suggestions");
    let goal = adopted.goal.expect("a goal");
    assert_eq!(
        (
            adopted.permille(),
            goal.wanted,
            goal.actual,
            goal.lack(),
            adopted.progress
        ),
        (Some(593), decimal("60"), decimal("59.3"), decimal("0.7"), Some(988))
    );
    // The denominator is that of the definition: what was studied, not what was raised.
    let studied: Decimal = ["adopted", "partly", "declined"]
        .iter()
        .map(|k| adopted.amount(k))
        .sum();
    assert_eq!(adopted.denominator, studied);
    assert_eq!(adopted.amount("open"), adopted.amount("raised") - studied);
    assert_eq!(adopted.numerator, adopted.amount("adopted") + adopted.amount("partly"));
    let herbs = read(&town(), "base.herbs");
    let goal = herbs.goal.expect("a goal");
    assert_eq!(
        (herbs.permille(), goal.wanted, goal.lack()),
        (Some(643), decimal("60"), Decimal::ZERO)
    );
    let training = read(&town(), "lead.training");
    assert_eq!(training.permille(), Some(981));
    let talks = read(&town(), "dream.night_talks");
    assert_eq!(
        talks.goal.map(|g| (g.wanted, g.actual)),
        Some((decimal("117"), decimal("146")))
    );
}

/// What is not reached is never called whole.
#[test]
fn nearly_all_is_not_all() {
    let one = |n: usize, attended: bool| {
        rec!(
            "attendance",
            format!("a{n}"),
            unit = "u1",
            training = "t1",
            date = "2022-05-01",
            attended = attended
        )
    };
    let aim = rec!("setting", "target.lead.training", value = "100");
    let rows = (0..2000).map(|n| one(n, n > 0)).chain([aim]);
    let reading = read(&with(villages(1), rows), "lead.training");
    assert_eq!(reading.progress, Some(999));
    assert!(reading.goal.is_some_and(|g| g.lack() >= Decimal::ZERO));
}

/// A town without records: nothing is called low, whole or normal that nobody entered.
#[test]
fn without_records_nothing_is_known() {
    let town = sheet(villages(3));
    for id in [
        "base.income",
        "base.centres",
        "seedling.zero_groups",
        "lead.training",
        "dream.suggestions",
        "phoenix.contacts",
    ] {
        let reading = read(&town, id);
        assert_eq!(
            (
                reading.progress,
                reading.status,
                reading.is_unknown(),
                reading.unjudged()
            ),
            (None, Status::None, true, "没有填报"),
            "{id}"
        );
    }
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(&town);
    for programme in Programme::ALL {
        assert_eq!(board.progress(programme, &Scope::Town), None, "{programme:?}");
    }
    let lines = summary(
        &board,
        &tiancheng::model::programmes::statistics_board(board.period(), board.as_of()),
    )
    .town
    .indicators;
    let income = lines.iter().find(|l| l.id == "base.income").expect("a line");
    assert_eq!(
        (income.unknown, income.goal.is_none(), income.status),
        (3, true, "none")
    );
    // A programme has a light only where something is judged.
    for indicator in indicators() {
        let reading = read(&town, indicator.id);
        assert!(reading.status != Status::Ok, "{}", indicator.id);
    }
}

/// Incomes of one village only: the others are not below 5 万元, they have not been entered.
#[test]
fn an_unknown_income_is_not_a_low_one() {
    let income = |unit: &str, amount: &str| {
        rec!(
            "income",
            format!("i-{unit}"),
            unit = unit,
            year = 2022,
            category = "operation",
            amount = amount
        )
    };
    let one = read(&with(villages(28), [income("u1", "5.7")]), "base.income");
    let parts = |r: &Reading| ["below", "between", "high", "unknown"].map(|k| r.amount(k).to_string());
    assert_eq!(parts(&one), ["0", "1", "0", "27"]);
    assert_eq!(
        (one.numerator.to_string(), one.denominator.to_string()),
        ("1".into(), "28".into())
    );
    assert_eq!((one.unknown, one.progress, one.status), (27, Some(1000), Status::Ok));
    let two = read(
        &with(villages(28), [income("u1", "5.7"), income("u2", "5")]),
        "base.income",
    );
    assert_eq!(parts(&two), ["1", "1", "0", "26"]);
    assert_eq!((two.progress, two.status), (Some(500), Status::Late));
}

/// Groups whose members nobody counted are neither without a member nor free of that.
#[test]
fn a_group_of_unknown_size_is_not_counted() {
    let group = |id: &str| rec!("group", id, unit = "u1", name = id);
    let mut known = group("二组");
    rows_support::set(&mut known, "members", tiancheng::model::value::Value::Int(0));
    let reading = read(&with(villages(1), [group("一组")]), "seedling.zero_groups");
    assert_eq!(
        (reading.progress, reading.amount("members_unknown")),
        (None, Decimal::whole(1))
    );
    let reading = read(&with(villages(1), [group("一组"), known]), "seedling.zero_groups");
    assert_eq!(
        (reading.numerator, reading.denominator, reading.progress),
        (Decimal::whole(1), Decimal::whole(1), Some(0))
    );
}

/// A site is measured by what its plan asks for by now.
#[test]
fn a_site_on_its_plan_is_not_behind() {
    let centre = rec!("centre", "c1", unit = "u1", name = "示例阵地", state = "planned");
    let stage = |code: &str, planned: &str, actual: &str| {
        let mut row = rec!(
            "build_stage",
            format!("s-{code}"),
            unit = "u1",
            centre = "c1",
            stage = code,
            planned = planned
        );
        if !actual.is_empty() {
            rows_support::set(&mut row, "actual", tiancheng::model::value::Value::text(actual));
        }
        row
    };
    let plan = |done: &str| {
        with(
            villages(1),
            [
                centre.clone(),
                stage("applied", "2022-10-01", done),
                stage("approved", "2022-12-05", ""),
                stage("opened", "2023-11-30", ""),
            ],
        )
    };
    let on_plan = read(&plan("2022-10-01"), "base.centres");
    assert_eq!((on_plan.progress, on_plan.status), (Some(1000), Status::Ok));
    assert_eq!(
        on_plan.part("steps").and_then(|p| p.permille()),
        Some(125),
        "one of eight is built"
    );
    assert_eq!(
        read_on(&plan("2022-10-01"), "base.centres", "2022-12-05").status,
        Status::Ok,
        "due today"
    );
    let late = read_on(&plan("2022-10-01"), "base.centres", "2022-12-06");
    assert_eq!((late.progress, late.status), (Some(500), Status::Late));
    assert_eq!(read(&plan(""), "base.centres").status, Status::Late);
    // Without a plan nobody can say whether it is late.
    let unplanned = read(&with(villages(1), [centre.clone()]), "base.centres");
    assert_eq!(
        (unplanned.progress, unplanned.amount("unplanned")),
        (None, Decimal::whole(1))
    );
    assert!(!unplanned.is_unknown());
}

/// Out for less than six months is no mobile member, neither in the figure nor among the gaps.
#[test]
fn six_months_make_a_mobile_member() {
    let member = rec!("mobile", "m1", unit = "u1", name = "示例党员", since = "2022-10-15");
    let town = with(villages(1), [member]);
    let counted = |on: &str| read_on(&town, "seedling.mobile", on).denominator;
    assert_eq!(counted("2023-04-14"), Decimal::ZERO);
    assert_eq!(counted("2023-04-15"), Decimal::whole(1));
    assert_eq!(
        read_on(&town, "seedling.mobile", "2023-04-14").amount("recent"),
        Decimal::whole(1)
    );
    let silent = |on: &str| gaps(&town, day(on), &Scope::Town).iter().any(|g| g.id == "mobile");
    assert!(!silent("2023-04-14") && silent("2023-04-15"));
}

/// M9: a contact that will be due soon is announced, with the day by which it is due; later it is late.
#[test]
fn a_contact_is_announced_before_it_is_late() {
    let member = rec!("mobile", "m1", unit = "u1", name = "示例党员", since = "2022-01-01");
    let contact = rec!("mobile_contact", "c1", unit = "u1", mobile = "m1", date = "2022-08-01");
    let town = with(villages(1), [member, contact]);
    let on = |text: &str| {
        let all = gaps(&town, day(text), &Scope::Town);
        let of = |id: &str| all.iter().find(|g| g.id == id).cloned();
        (of("mobile_soon"), of("mobile"))
    };
    assert_eq!(on("2022-10-15"), (None, None), "75 days");
    let (soon, late) = on("2022-10-16");
    let soon = soon.expect("76 days");
    assert_eq!(
        (soon.status, soon.due, late),
        (Status::Warn, Some(day("2022-10-30")), None)
    );
    assert_eq!(soon.title, "1 名流动党员超过 75 天没有联系，快到期限");
    assert!(on("2022-10-30").0.is_some(), "90 days");
    let (soon, late) = on("2022-10-31");
    assert_eq!((soon, late.map(|g| g.status)), (None, Some(Status::Late)), "91 days");
}

/// An assessment without a result is not passed; a later step says that it was.
#[test]
fn an_assessment_without_a_result_is_not_passed() {
    let person = |result: &str, elected: &str| {
        let mut row = rec!(
            "thousand",
            "p1",
            unit = "u1",
            name = "示例能人",
            intent = "2022-01-01",
            hired = "2022-02-01",
            enrolled = "2022-03-01",
            assessed = "2022-06-01"
        );
        for (name, value) in [("assess_result", result), ("elected", elected)] {
            if !value.is_empty() {
                rows_support::set(&mut row, name, tiancheng::model::value::Value::text(value));
            }
        }
        let reading = read(&with(villages(1), [row]), "phoenix.pipeline");
        ["enrolled", "assessed", "elected"].map(|k| reading.amount(k).to_string())
    };
    assert_eq!(person("", ""), ["1", "0", "0"]);
    assert_eq!(person("fail", ""), ["1", "0", "0"]);
    assert_eq!(person("pass", ""), ["1", "1", "0"]);
    assert_eq!(person("", "2022-08-01"), ["1", "1", "1"]);
}

/// Every kind of night talk counts everywhere it is counted by kind.
#[test]
fn talks_of_other_kinds_are_told_with_the_rest() {
    let talk = |id: &str, kind: &str| {
        rec!(
            "night_talk",
            id,
            unit = "u1",
            kind = kind,
            date = "2022-03-01",
            place = "一组",
            topic = "议事"
        )
    };
    let rows = ["bay", "star", "other", "other"]
        .iter()
        .enumerate()
        .map(|(i, k)| talk(&format!("t{i}"), k));
    let reading = read(&with(villages(1), rows), "dream.night_talks");
    let kinds = tiancheng::model::programmes::dream::ledgers::TalkKind::ALL;
    let sum: Decimal = kinds.iter().map(|k| reading.amount(k.code)).sum();
    assert_eq!((reading.amount("other"), sum), (Decimal::whole(2), reading.numerator));
}

fn gap(records: &Sheet, id: &str, on: &str) -> Option<Gap> {
    gaps(records, day(on), &Scope::Town).into_iter().find(|g| g.id == id)
}

/// An adopted suggestion that is due in a month has not failed; one that is overdue has.
#[test]
fn what_is_due_later_is_not_behind() {
    let row = rec!(
        "suggestion",
        "s1",
        unit = "u1",
        date = "2022-11-20",
        text = "修路",
        state = "adopted",
        studied = "2022-11-29"
    );
    let town = with(villages(1), [row]);
    let on = |day: &str| gap(&town, "replies", day).expect("a gap").status;
    assert_eq!(on("2022-11-29"), Status::Warn);
    assert_eq!(on("2022-12-29"), Status::Warn, "the last day");
    assert_eq!(on("2022-12-30"), Status::Late);
}

/// A late step has a name, and an inspection is put right by the record of an inspection.
#[test]
fn a_late_step_is_named() {
    let applied = rec!(
        "development",
        "d1",
        unit = "u1",
        name = "示例申请人",
        applied = "2022-01-10"
    );
    let found = gap(&with(villages(1), [applied]), "development", "2022-03-01").expect("a gap");
    let entry = &found.entries[0];
    assert!(entry.step.is_some() && entry.cure.is_none());
    assert!(
        found.detail.contains(entry.step.as_deref().unwrap_or_default()),
        "{}",
        found.detail
    );
    let activist = rec!(
        "development",
        "d1",
        unit = "u1",
        name = "示例积极分子",
        applied = "2021-01-10",
        talked = "2021-01-20",
        chosen = "2021-08-01"
    );
    let found = gap(&with(villages(1), [activist]), "development", "2022-03-01").expect("a gap");
    let entry = &found.entries[0];
    assert_eq!(
        (entry.step.as_deref(), entry.cure),
        (Some("半年考察"), Some("inspection"))
    );
    assert!(found.detail.contains("半年考察"), "{}", found.detail);
}

/// What the page says beside a value: `60%` and `还差 0.7 个百分点`; no ranks unless someone turns them on.
#[test]
fn the_page_says_value_aim_and_distance() {
    use tiancheng::view::overview::{by_district, figure, goal_words};
    let mut records = town();
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(&records);
    let of = |id: &str| indicator_by_id(id).expect("an indicator");
    let adopted = figure(&board, of("dream.suggestions"), &Scope::Town);
    assert_eq!((adopted.shown.as_str(), adopted.aside.as_str()), ("127/214", "59.3%"));
    let words = goal_words(&board.reading(of("dream.suggestions"), &Scope::Town));
    assert_eq!(words, ("60%".to_owned(), "还差 0.7 个百分点".to_owned()));
    let herbs = figure(&board, of("base.herbs"), &Scope::Town);
    assert_eq!((herbs.shown.as_str(), herbs.aside.as_str()), ("18/28", "64.3%"));
    let path = figure(&board, of("phoenix.pipeline"), &Scope::Town);
    assert_eq!((path.plain.as_str(), path.aside.as_str()), ("46", "纳入 17 · 进两委 7"));
    assert!(by_district(&board, Programme::Base).iter().all(|d| d.2.is_none()));
    records.drafts.push(rec!("setting", "show.ranking", value = "true"));
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(&records);
    let ranked = by_district(&board, Programme::Base);
    assert!(ranked.windows(2).all(|w| w[0].1 >= w[1].1 && w[0].2 <= w[1].2));
    assert!(ranked.windows(2).all(|w| (w[0].1 == w[1].1) == (w[0].2 == w[1].2)));
    let empty = sheet(Vec::new());
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(&empty);
    assert_eq!(figure(&board, of("lead.secretaries"), &Scope::Town).shown, "--");
}
