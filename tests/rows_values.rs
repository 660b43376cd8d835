//! Single values: parts, settings and gaps that a row asks for.

mod rows_support;

use rows_support::{day, sheet};
use tiancheng::model::engine::indicator::{Period, Reading, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes;
use tiancheng::model::programmes::gaps;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet as sample};
use tiancheng::model::programmes::seedling::rules::FIVE_UPDATE;
use tiancheng::model::programmes::town::ledgers::Unit;
use tiancheng::model::programmes::town::rules::{LINK_FIRST, LINK_SECOND, RANKING};
use tiancheng::model::programmes::{evaluate, indicator_by_id};
use tiancheng::model::records::{Sheet, rows};
use tiancheng::model::settings::Settings;
use tiancheng::model::value::Decimal;
use tiancheng::view::{overview, reach, show};

fn town() -> Sheet {
    sample(&SampleOptions::default())
}

fn read(records: &Sheet, id: &str) -> Reading {
    let indicator = indicator_by_id(id).expect("an indicator");
    evaluate(indicator, records, Period::Year(2022), as_of(), &Scope::Town)
}

fn whole(n: i64) -> Decimal {
    Decimal::whole(n)
}

fn village() -> tiancheng::model::records::Draft {
    rec!("unit", "u1", name = "示例村", kind = "village", district = "d01")
}

/// Rows G2, G3, Q1: each programme has its own progress, and three questions group them.
#[test]
fn programmes_have_progress_of_their_own() {
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(&town());
    for programme in Programme::ALL {
        let progress = board.progress(programme, &Scope::Town).expect("something to judge");
        assert!((700..=1000).contains(&progress), "{} {progress}", programme.label());
    }
    let units = &board.frame().units;
    let one: Vec<Option<i64>> = units
        .iter()
        .map(|u| board.progress(Programme::Base, &Scope::Unit(u.code.clone())))
        .collect();
    assert!(one.iter().all(Option::is_some) && one.iter().any(|p| *p != one[0]));
    assert!(board.overall(&Scope::Town).is_some());
    let weight = rec!("setting", "weight.base.centres", value = "0");
    let mut without = town();
    without.drafts.push(weight);
    let mut second = programmes::board(Period::Year(2022), as_of());
    second.refresh(&without);
    assert!(second.progress(Programme::Base, &Scope::Town) > board.progress(Programme::Base, &Scope::Town));
}

/// Rows G11, M8: 三联 and 五个一 are not defined by the article, so their names are settings.
#[test]
fn the_names_that_the_article_leaves_open_are_settings() {
    assert_eq!(FIVE_UPDATE.get(&Settings::default()), "更新一次信息");
    let own = sheet(vec![rec!("setting", "label.link.first", value = "联县直单位")]);
    let settings = programmes::settings(&own);
    assert_eq!(
        (LINK_FIRST.get(&settings), LINK_SECOND.get(&settings)),
        ("联县直单位", "第二联")
    );
}

/// Row Z10: 湾子夜话 and 星空夜话 are held in 村 and in 社区.
#[test]
fn either_kind_of_talk_is_held_in_villages_and_communities() {
    let town = town();
    let communities: Vec<String> = rows::<Unit>(&town)
        .iter()
        .filter(|u| u.kind() == Some("community"))
        .map(|u| u.id().to_string())
        .collect();
    let talks: Vec<tiancheng::model::programmes::dream::ledgers::NightTalk> = rows(&town);
    for kind in ["bay", "star"] {
        for community in [true, false] {
            let found = talks.iter().any(|t| {
                let here = t.unit().is_some_and(|u| communities.iter().any(|c| c == u));
                t.kind() == Some(kind) && here == community
            });
            assert!(found, "{kind} {community}");
        }
    }
    assert!(
        talks
            .iter()
            .any(|t| t.place() == Some("汪家巷") && t.kind() == Some("bay") && t.date() == Some(day("2022-02-11")))
    );
}

/// Row T2: the next election follows the last by the term of the settings.
#[test]
fn the_next_election_is_counted_from_the_last() {
    let file = rec!("election", "e1", unit = "u1", year = 2021, voted = "2021-03-01");
    let next = |drafts: Vec<tiancheng::model::records::Draft>| {
        let reading = read(&sheet(drafts), "lead.structure");
        reading.amount("next_election")
    };
    let due = |text: &str| whole(i64::from(day(text).number()));
    assert_eq!(next(vec![village(), file.clone()]), due("2026-03-01"));
    let term = rec!("setting", "rule.election_years", value = "3");
    assert_eq!(next(vec![village(), file.clone(), term]), due("2024-03-01"));
    let list = |on: &str| gaps(&sheet(vec![village(), file.clone()]), day(on), &Scope::Town);
    assert!(list("2025-09-01").iter().any(|g| g.id == "election"));
    assert!(!list("2025-08-30").iter().any(|g| g.id == "election"));
}

/// Rows T6, T7, F19: cohorts, 一肩挑 and returnees among the secretaries.
#[test]
fn the_team_is_described_by_cohort_and_posts() {
    let reading = read(&town(), "lead.structure");
    let cohorts: Decimal = ["60后及以前", "70后", "80后", "90后"]
        .iter()
        .map(|c| reading.amount(c))
        .sum();
    assert_eq!(cohorts, whole(37), "36 by birth, 魏君 as the article says");
    let both = reading.part("both_after").expect("a share");
    assert_eq!((both.amount, both.of), (whole(36), whole(37)));
    assert_eq!(reading.part("returnee").map(|p| p.of), Some(whole(39)));
    assert!(reading.amount("returnee") >= whole(1));
    let age = reading.part("age_after").and_then(|p| p.mean()).expect("an average");
    assert!(age > whole(35) && age < whole(50), "{age}");
    assert_eq!(
        reading.missing().count(),
        3,
        "three whose birth the article does not tell"
    );
}

/// Row T14: what was promised at a contact is due.
#[test]
fn a_promise_that_is_not_kept_is_a_gap() {
    let contact = rec!(
        "contact",
        "k1",
        unit = "u1",
        date = "2022-11-01",
        way = "visit",
        reviewed = "看进度",
        follow_up = "协调资金",
        follow_due = "2022-11-15"
    );
    let found = |on: &str| {
        let list = gaps(&sheet(vec![village(), contact.clone()]), day(on), &Scope::Town);
        list.into_iter()
            .find(|g| g.id == "follow_up")
            .map(|g| (g.title, g.detail))
    };
    assert_eq!(found("2022-11-15"), None);
    let (title, detail) = found("2022-11-20").expect("a gap");
    assert_eq!(
        (title.as_str(), detail.as_str()),
        ("1 件联系时答应的事逾期没有办结", "示例村 5 天")
    );
}

/// Row T21.
#[test]
fn study_outside_is_counted_by_city() {
    let all = indicator_by_id("lead.study_outside").expect("an indicator");
    let reading = evaluate(all, &town(), Period::All, as_of(), &Scope::Town);
    assert_eq!(reading.amount("咸宁市") + reading.amount("武汉市"), reading.numerator);
    assert!(reading.amount("武汉市") > Decimal::ZERO);
    assert_eq!(reading.amount("newly"), reading.numerator);
}

/// Rows Q15, Q18.
#[test]
fn old_and_new_projects_are_told_apart() {
    let reading = read(&town(), "base.industry");
    assert_eq!(
        reading.amount("old") + reading.amount("new"),
        whole(reading.records().count() as i64)
    );
    assert!(reading.amount("new") >= whole(18));
    assert!(reading.amount("several") >= whole(18));
}

/// Row Q16: three bases of counting, and income bands as settings; exact to the last place.
#[test]
fn the_basis_of_income_is_a_setting() {
    let line = |category: &str, amount: &str| {
        rec!(
            "income",
            format!("i-{category}"),
            unit = "u1",
            year = 2022,
            category = category,
            amount = amount
        )
    };
    let cost = rec!(
        "expense",
        "x1",
        unit = "u1",
        year = 2022,
        category = "management",
        amount = "0.2"
    );
    let value = |basis: &str| {
        let drafts = vec![
            village(),
            line("operation", "4.9"),
            line("contract", "0.1001"),
            line("subsidy", "3"),
            cost.clone(),
            rec!("setting", "rule.income_basis", value = basis),
        ];
        let reading = read(&sheet(drafts), "base.income");
        (reading.amount("sum").to_string(), reading.numerator)
    };
    assert_eq!(value("operating"), ("5.0001".into(), whole(1)));
    assert_eq!(value("total"), ("8.0001".into(), whole(1)));
    assert_eq!(value("net"), ("4.8001".into(), whole(0)));
}

/// Row M4: the history line of groups without a member goes down to zero.
#[test]
fn groups_without_a_member_were_cleared_one_by_one() {
    let town = town();
    let indicator = indicator_by_id("seedling.zero_groups").expect("an indicator");
    let on = |text: &str| evaluate(indicator, &town, Period::All, day(text), &Scope::Town).numerator;
    let (start, middle, end) = (on("2021-02-01"), on("2021-07-01"), on("2021-12-31"));
    assert!(start > middle && middle > end, "{start} {middle} {end}");
    assert_eq!((start, end), (whole(21), whole(0)));
}

/// Row M14.
#[test]
fn assistants_are_counted_by_source() {
    let reading = read(&town(), "seedling.assistants");
    let sources: Decimal = ["thousand", "police", "grid", "other"]
        .iter()
        .map(|s| reading.amount(s))
        .sum();
    assert_eq!((sources, reading.numerator), (whole(37), whole(37)));
    assert!(
        ["thousand", "police", "grid"]
            .iter()
            .all(|s| reading.amount(s) > Decimal::ZERO)
    );
}

/// Row M18: one person can have several tags.
#[test]
fn talents_are_counted_by_tag() {
    let reading = read(&town(), "seedling.talent");
    let tags: Decimal = ["knowledge", "technique", "ability", "duty"]
        .iter()
        .map(|s| reading.amount(s))
        .sum();
    assert!(tags > reading.numerator && reading.numerator > whole(39));
}

/// Rows F1, F6.
#[test]
fn returnees_are_counted_by_kind_and_jobs_by_enterprise() {
    let reading = read(&town(), "phoenix.returnees");
    assert_eq!(
        (reading.amount("found"), reading.amount("work"), reading.numerator),
        (whole(41), whole(22), whole(63))
    );
    assert_eq!(read(&town(), "phoenix.jobs").numerator, whole(612));
}

/// Rows F12, F13.
#[test]
fn support_adds_up_exactly() {
    let policy = |id: &str, amount: &str| {
        rec!(
            "policy",
            id,
            unit = "u1",
            policy = "奖补",
            amount = amount,
            date = "2022-03-01"
        )
    };
    let land = rec!(
        "land_transfer",
        "l1",
        unit = "u1",
        mu = "12.35",
        signed = "2022-03-01",
        until = "2022-12-31"
    );
    let town = sheet(vec![village(), policy("a", "0.1"), policy("b", "0.2"), land]);
    let reading = read(&town, "phoenix.support");
    assert_eq!(
        (reading.numerator.to_string(), reading.amount("mu").to_string()),
        ("0.3".into(), "12.35".into())
    );
    let list = gaps(&town, as_of(), &Scope::Town);
    let due = list.iter().find(|g| g.id == "land").expect("ends within sixty days");
    assert_eq!(due.when(as_of()), "12-31 到期");
}

/// Row F14: how many came how far.
#[test]
fn the_path_narrows_stage_by_stage() {
    let reading = read(&town(), "phoenix.pipeline");
    let stages = ["intent", "hired", "enrolled", "assessed", "elected", "joined"];
    let counts: Vec<String> = stages.iter().map(|s| reading.amount(s).to_string()).collect();
    assert_eq!(counts, ["46", "31", "17", "12", "8", "7"]);
}

/// Row F20: comparison is off until someone turns it on.
#[test]
fn ranking_is_hidden_until_someone_turns_it_on() {
    assert!(!RANKING.get(&programmes::settings(&town())));
    let on = sheet(vec![rec!("setting", "show.ranking", value = "true")]);
    assert!(RANKING.get(&programmes::settings(&on)));
}

/// A name of any length is shown by its beginning in headings, tables, drawings and choices; a usual one is shown whole.
#[test]
fn names_of_any_length_are_folded_where_they_are_shown() {
    let long = "W".repeat(5_000);
    let records = sheet(vec![
        rec!("unit", "u1", name = long.as_str(), kind = "village", district = "d1"),
        rec!("unit", "u2", name = "天城社区", kind = "community", district = "d2"),
        rec!("district", "d1", name = long.as_str()),
        rec!("district", "d2", name = "城中片区"),
        rec!(
            "secretary",
            "s1",
            unit = "u1",
            name = long.as_str(),
            since = "2022-01-01"
        ),
        rec!(
            "leader",
            "l1",
            district = "d1",
            name = long.as_str(),
            since = "2022-01-01"
        ),
    ]);
    let today = day("2022-11-22");
    let folded = format!("{}…", "W".repeat(show::NAME));
    let frame = programmes::roster(&records, today);
    let named = |code: &str| frame.unit(code).map(|unit| unit.name.clone());
    assert_eq!(named("u1").as_ref(), Some(&folded));
    assert_eq!(named("u2").as_deref(), Some("天城社区"));
    assert_eq!(show::unit_name(&records, "u1"), folded);
    assert_eq!(show::district_name(&records, "d1"), folded);
    assert_eq!(show::district_name(&records, "d2"), "城中片区");
    assert_eq!(overview::secretary_name(&records, "u1", today).as_ref(), Some(&folded));
    assert_eq!(overview::leader_name(&records, "d1", today).as_ref(), Some(&folded));
    // The address of a person needs the whole name.
    assert_eq!(overview::secretary(&records, "u1", today), Some(long.clone()));
    let town = |scope: &Scope| reach::on_paper(&records, scope, (Period::Year(2022), today), (today, &long));
    assert!(town(&Scope::Unit("u1".to_owned())).chars().count() < 120);
    assert!(show::choice(&long).chars().count() < 50);
}
