//! One story of how things stand: what is late in 需要跟进 is seen in the light of its programme wherever that is shown.

mod rows_support;

use rows_support::{day, sheet as sheet_of};
use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Board, Period, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::indicators;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::records::{Records, Sheet};
use tiancheng::model::status::Status;
use tiancheng::view::charts::Source;
use tiancheng::view::first_look::{Top, period_of};
use tiancheng::view::follow::{FollowVm, follow_ups};
use tiancheng::view::map_page::{programmes, town_map};
use tiancheng::view::standing::{Overdue, standing, worst};
use tiancheng::view::unit_page::{lanes, standing_words};

/// Board, follow-ups and what is overdue of the sample.
fn sample(records: &Sheet) -> (Board, Vec<FollowVm>, Overdue) {
    let mut board = programmes::board(period_of(as_of()), as_of());
    board.refresh(records);
    let todo = follow_ups(records, catalogue(), as_of(), &Scope::Town);
    let overdue = Overdue::of(&todo);
    (board, todo, overdue)
}

/// Units that are late in something, with its programme.
fn late(todo: &[FollowVm]) -> Vec<(Programme, String)> {
    let late = todo.iter().flat_map(|f| f.late().map(move |code| (f.programme, code)));
    late.map(|(programme, code)| (programme, code.to_owned())).collect()
}

#[test]
fn a_programme_with_something_overdue_is_never_plainly_normal() {
    let records = sheet(&SampleOptions::default());
    let (board, todo, overdue) = sample(&records);
    let late = late(&todo);
    assert!(late.len() > 10, "{late:?}");
    let top = Top::of(&board, Some(&overdue));
    let map = town_map(&records, board.frame());
    let on_map = programmes(&map, &board, &overdue);
    for (programme, code) in &late {
        let card = top.card(*programme).and_then(|c| c.standing.clone()).expect("known");
        assert_ne!(card.words, "正常", "the overview, {programme:?}");
        let unit = board.frame().unit(code).expect("a unit");
        let district = Scope::District(unit.district.clone());
        let of = |scope: &Scope| standing(&board, &overdue, *programme, scope);
        assert_ne!(
            of(&district).words,
            "正常",
            "the district of {}, {programme:?}",
            unit.name
        );
        let own = of(&Scope::Unit(code.clone()));
        assert!(
            own.status <= Status::Warn && own.words.contains("项工作滞后"),
            "{own:?}"
        );
        assert!(
            worst(&board, &overdue, code) <= Status::Warn,
            "the board, {}",
            unit.name
        );
        let cell = map.cells.iter().position(|c| c.code == *code).expect("a cell");
        assert!(on_map[cell].1 <= Status::Warn, "the map, {}", unit.name);
        let source = Source {
            records: &records as &dyn Records,
            board: &board,
        };
        let lanes = lanes(source, &overdue, code);
        assert_ne!(standing_words(&lanes), "全部正常", "{}", unit.name);
        let lane = lanes.iter().find(|l| l.programme == *programme).expect("a lane");
        assert_eq!(lane.standing, own, "{}", unit.name);
    }
}

/// What the list of follow-ups calls late, the light of its programme counts.
#[test]
fn every_late_follow_up_counts_in_its_programme() {
    let records = sheet(&SampleOptions::default());
    let (board, todo, overdue) = sample(&records);
    for item in todo.iter().filter(|f| f.status == Status::Late) {
        let found = standing(&board, &overdue, item.programme, &Scope::Town);
        assert!(item.late().next().is_some(), "{}", item.title);
        // Each is told as late where it stands in the list.
        let told = item.entries(&records, catalogue(), usize::MAX);
        let told: Vec<String> = told.into_iter().filter(|e| e.is_late).map(|e| e.code).collect();
        assert_eq!(told, item.late().collect::<Vec<_>>(), "{}", item.title);
        assert_ne!(found.words, "正常", "{}", item.title);
    }
}

/// The badge of several counts units; where nothing is late and all progress is good it says no more than that.
#[test]
fn a_badge_says_what_it_counts() {
    let records = sheet(&SampleOptions::default());
    let (board, _, overdue) = sample(&records);
    let mut plain = 0;
    for district in board.frame().districts() {
        let scope = Scope::District(district.to_owned());
        for programme in Programme::ALL {
            let found = standing(&board, &overdue, programme, &scope);
            let of = |code: &str| standing(&board, &overdue, programme, &Scope::Unit(code.to_owned())).status;
            let units: Vec<Status> = board.frame().units_in(&scope).map(|u| of(&u.code)).collect();
            let behind = units.iter().filter(|s| **s == Status::Late).count();
            let warned = units.iter().filter(|s| **s == Status::Warn).count();
            match (behind, warned) {
                (0, 0) => plain += usize::from(found.words == found.status.word()),
                (0, n) => assert!(
                    found.words.contains(&format!("{n} 个")) && found.words.ends_with("预警"),
                    "{found:?}"
                ),
                (n, _) => assert!(
                    found.words.contains(&format!("{n} 个")) && found.words.ends_with("滞后"),
                    "{found:?}"
                ),
            }
            assert_eq!(found.status, board.status(programme, &scope));
        }
    }
    assert!(plain > 0, "some are plainly normal");
}

fn board_of(records: &Sheet, on: Day) -> (Board, Overdue) {
    let mut board = programmes::board(Period::Year(on.year()), on);
    board.refresh(records);
    let todo = follow_ups(records, catalogue(), on, &Scope::Town);
    (board, Overdue::of(&todo))
}

/// What nobody entered is not known: neither late nor low nor good, in the town, a district, a unit and every figure.
#[test]
fn a_town_without_records_is_not_late() {
    let unit = |id: &str| rec!("unit", id, name = id, kind = "village", district = "d1");
    let mut drafts = vec![
        rec!("district", "d1", name = "一片"),
        unit("甲村"),
        unit("乙村"),
        unit("丙村"),
    ];
    let empty = sheet_of(drafts.clone());
    let on = day("2026-11-29");
    let (board, overdue) = board_of(&empty, on);
    let scopes = [
        Scope::Town,
        Scope::District("d1".to_owned()),
        Scope::Unit("甲村".to_owned()),
    ];
    for scope in &scopes {
        for programme in Programme::ALL {
            let found = standing(&board, &overdue, programme, scope);
            assert_eq!(
                (found.status, &*found.words),
                (Status::None, "没有填报"),
                "{programme:?} {scope:?}"
            );
            assert_eq!(board.progress(programme, scope), None, "{programme:?} {scope:?}");
        }
        for indicator in indicators() {
            let reading = board.reading(indicator, scope);
            assert!(reading.units == 0 || reading.is_unknown(), "{}", indicator.id);
            assert_eq!(reading.progress, None, "{}", indicator.id);
        }
    }
    assert_eq!(worst(&board, &overdue, "甲村"), Status::None);
    // One village speaks: it is judged, the others are named as not known.
    drafts.push(rec!(
        "night_talk",
        "t1",
        unit = "甲村",
        kind = "bay",
        date = "2026-11-20"
    ));
    let one = sheet_of(drafts.clone());
    let (board, overdue) = board_of(&one, on);
    let dream = |board: &Board, overdue: &Overdue, scope: &Scope| standing(board, overdue, Programme::Dream, scope);
    assert_ne!(dream(&board, &overdue, &scopes[2]).status, Status::None);
    let town = dream(&board, &overdue, &Scope::Town);
    assert!(town.words.ends_with(" · 2 个村没有填报"), "{town:?}");
    assert_eq!(
        standing(&board, &overdue, Programme::Base, &Scope::Town).words,
        "没有填报"
    );
    // A year without a talk in a village that held one before is known: it held none.
    let (board, overdue) = board_of(&one, day("2027-11-29"));
    assert_eq!(dream(&board, &overdue, &scopes[2]).status, Status::Late);
}
