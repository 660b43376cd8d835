//! 与文章核对 and the gap lists on the sample town.

use tiancheng::model::article::figures;
use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::programmes::gaps;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::records::Records as _;
use tiancheng::model::status::Status;

/// Rows G4, G5, T3, T4, T5, T11, T12, T18, Z8, Z13, Q2, Q4, Q6, Q7, Q11, Q13, Q14, Q16, Q17, M4, M17.
#[test]
fn every_figure_of_the_article_is_reproduced() {
    for options in [
        SampleOptions::default(),
        SampleOptions {
            years: 5,
            ..SampleOptions::default()
        },
        SampleOptions {
            records: 9_000,
            ..SampleOptions::default()
        },
    ] {
        let sheet = sheet(&options);
        for day in [as_of(), Day::parse("2022-12-31").expect("a day")] {
            for figure in figures(&sheet, day) {
                assert!(figure.matches() == Some(true), "{} on {day}: {figure:?}", figure.id);
            }
        }
    }
}

#[test]
fn a_figure_that_differs_says_so() {
    let mut town = sheet(&SampleOptions::default());
    town.drafts
        .retain(|d| !(d.ledger == "reserve" && d.id == "reserve-01-1"));
    let wrong: Vec<&str> = figures(&town, as_of())
        .iter()
        .filter(|f| f.matches() != Some(true))
        .map(|f| f.id)
        .collect();
    assert_eq!(wrong, ["reserve"]);
}

/// Rows T13, Q7, Z15, M8, M9, M13, M20, M23, F9: the gap lists say what the records say.
#[test]
fn gaps_of_the_sample_are_said_in_sentences() {
    let town = sheet(&SampleOptions::default());
    let found = gaps(&town, as_of(), &Scope::Town);
    for gap in &found {
        println!(
            "{:?} {} | {} | {} | {}",
            gap.status,
            gap.when(as_of()),
            gap.title,
            gap.detail,
            gap.action
        );
    }
    let by = |id: &str| found.iter().find(|g| g.id == id).unwrap_or_else(|| panic!("no {id}"));
    assert_eq!(by("contact").title, "3 个村超过 30 天没有片区联系");
    assert_eq!(by("contact").detail, "蛤蟆石村 46 天、渣冲村 38 天、菖蒲村 31 天");
    assert_eq!(
        (by("contact").status, by("contact").when(as_of()).as_str()),
        (Status::Late, "已逾期")
    );
    assert_eq!(
        (by("centres").title.as_str(), by("centres").detail.as_str()),
        ("1 个阵地晚于建设计划", "渣冲村 12 天")
    );
    assert!(by("replies").title.starts_with("9 条已采纳的建议还没有反馈"));
    assert!(
        by("replies").detail.starts_with("河田村 3 条、"),
        "{}",
        by("replies").detail
    );
    assert_eq!(by("assistants").detail, "香山社区、龙背村");
    assert_eq!(by("mobile").entries.len(), 13);
    // In 2022 the public notice was no step of its own, so its end is nothing to enter.
    assert!(found.iter().all(|g| g.id != "notice"));
    let overdue: Vec<bool> = found.iter().map(|g| g.overdue(as_of())).collect();
    assert!(overdue.windows(2).all(|w| w[0] || !w[1]), "overdue first");
    assert_eq!(found, gaps(&town, as_of(), &Scope::Town));
    let catalogue = tiancheng::model::programmes::catalogue();
    for gap in &found {
        let ledger = catalogue.get(gap.ledger).expect("a ledger to put it right in");
        for record in gap.entries.iter().filter_map(|e| e.record.as_ref()) {
            let of = catalogue.get(record.ledger).expect("a ledger");
            assert!(
                town.find(of.schema, &record.id).is_some(),
                "{} in {}",
                record.id,
                ledger.id
            );
        }
    }
}

/// Rows Z13, M17, Q11, Z7: a unit without anything is in every list.
#[test]
fn an_empty_unit_shows_every_lack() {
    let mut town = sheet(&SampleOptions::default());
    let code = "421223100208";
    town.drafts.retain(|d| d.ledger == "unit" || d.unit() != Some(code));
    let ids: Vec<&str> = gaps(&town, as_of(), &Scope::Unit(code.into()))
        .iter()
        .map(|g| g.id)
        .collect();
    for id in ["vacancy", "contact", "plans", "projects", "assistants", "reserve"] {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
}
