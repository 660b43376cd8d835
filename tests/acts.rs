//! The large buttons of the page 填报: what is registered most, the usual ones first (17.3).

mod support;

use support::text;
use tiancheng::desk::Person;
use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Role, TypedRow as _};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::seedling::ledgers::Mobile;
use tiancheng::view::acts::{MOST, most_used};

const UNIT: &str = "421223100208";

fn secretary() -> Person {
    Person {
        tag: "b".into(),
        role: Role::Unit,
        unit: UNIT.to_owned(),
        district: String::new(),
        label: String::new(),
    }
}

fn ids(site: &support::Site, person: &Person) -> Vec<&'static str> {
    let today = Day::parse("2022-11-22").expect("a day");
    let all = most_used(&site.replica, person, catalogue().all(), today);
    all.into_iter().map(|ledger| ledger.id).collect()
}

fn member(site: &mut support::Site, id: &str, unit: &str, date: &str) {
    let cells = [("unit", text(unit)), ("since", text(date))];
    let change = site.write(Mobile::LEDGER, id, &cells);
    site.apply(change);
}

#[test]
fn the_usual_ones_stand_first_where_nothing_was_registered() {
    let site = support::Site::new("a");
    let all = ids(&site, &secretary());
    assert_eq!(all.len(), MOST);
    assert_eq!(all[0], NightTalk::LEDGER.id);
}

#[test]
fn what_the_unit_registered_lately_comes_after_the_night_talk() {
    let mut site = support::Site::new("a");
    member(&mut site, "i1", UNIT, "2022-10-01");
    member(&mut site, "i2", UNIT, "2022-11-01");
    assert_eq!(ids(&site, &secretary())[..2], ["night_talk", "mobile"]);
    // Of others, or long ago, or ahead, it counts for nothing.
    let mut site = support::Site::new("a");
    member(&mut site, "i1", "421223100207", "2022-10-01");
    member(&mut site, "i2", UNIT, "2021-11-01");
    member(&mut site, "i3", UNIT, "2022-12-01");
    assert!(!ids(&site, &secretary()).contains(&"mobile"));
}

#[test]
fn who_only_looks_has_none() {
    let site = support::Site::new("a");
    let viewer = Person {
        role: Role::Viewer,
        ..secretary()
    };
    assert!(ids(&site, &viewer).is_empty());
}
