//! Joined duplicates: what two devices entered apart and somebody joined gives the figures of what was entered once,
//! wherever it is looked at; whoever joins what, in whatever direction, without knowing of each other.

mod support;

use proptest::prelude::*;
use serde_json::Value as Json;
use support::{Site, canonical, config, listed, replica_of, text, view};
use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Cells, Ledger, TypedRow, slots};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::lead::ledgers::Secretary;
use tiancheng::model::programmes::seedling::ledgers::{Mobile, MobileContact};
use tiancheng::model::programmes::town::ledgers::{District, Town, Unit};
use tiancheng::model::records::{Records, rows, rows_of};
use tiancheng::model::value::Value;
use tiancheng::replica::{Record, Replica};
use tiancheng::view::conflicts;
use tiancheng::view::summary::json;

const UNITS: [&str; 3] = ["寺前村", "菖蒲村", "洪下村"];
const DISTRICTS: [&str; 2] = ["寺前片区", "大屋片区"];
const PERSONS: [&str; 3] = ["李某甲", "王某乙", "周某丙"];

/// Who enters something: one of the two devices, or both without knowing of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    First,
    Second,
    Both,
}

/// Something that is so in the town.
#[derive(Clone, Copy, Debug)]
enum Fact {
    Talk { unit: usize, people: i64 },
    Secretary { unit: usize, person: usize },
    Mobile { unit: usize, person: usize },
    Contact { unit: usize, person: usize, day: u32 },
}

/// A device that enters, and the names of its records.
struct Desk {
    site: Site,
    prefix: &'static str,
}

impl Desk {
    fn new(prefix: &'static str) -> Desk {
        let mut desk = Desk {
            site: Site::new(prefix),
            prefix,
        };
        desk.put(Town::LEDGER, "town", vec![("name", text("天城镇"))]);
        for (at, name) in DISTRICTS.iter().enumerate() {
            desk.put(District::LEDGER, &format!("d{at}"), vec![("name", text(name))]);
        }
        for (at, name) in UNITS.iter().enumerate() {
            let district = text(&desk.id(&format!("d{}", at % 2)));
            let cells = vec![("name", text(name)), ("kind", text("village")), ("district", district)];
            desk.put(Unit::LEDGER, &format!("u{at}"), cells);
        }
        desk
    }

    fn id(&self, id: &str) -> String {
        format!("{}-{id}", self.prefix)
    }

    fn put(&mut self, ledger: &'static Ledger, id: &str, cells: Vec<(&str, Value)>) {
        let id = self.id(id);
        self.site.write(ledger, &id, &cells);
    }

    /// Enters the `at`-th fact; without its number or name where `bare`.
    fn enter(&mut self, at: usize, fact: Fact, bare: bool) {
        let of = |desk: &Desk, unit: usize| text(&desk.id(&format!("u{unit}")));
        match fact {
            Fact::Talk { unit, people } => {
                let place = format!("{at} 组");
                let mut cells = vec![
                    ("unit", of(self, unit)),
                    ("kind", text("bay")),
                    ("date", text("2022-11-02")),
                    ("place", text(&place)),
                    ("topic", text("饮水")),
                ];
                cells.extend((!bare).then_some(("masses", Value::Int(people))));
                self.put(NightTalk::LEDGER, &format!("n{at}"), cells);
            }
            Fact::Secretary { unit, person } => {
                let mut cells = vec![
                    ("unit", of(self, unit)),
                    ("name", text(PERSONS[person])),
                    ("since", text("2021-11-01")),
                ];
                cells.extend((!bare).then_some(("education", text("college"))));
                self.put(Secretary::LEDGER, &format!("s{unit}{person}"), cells);
            }
            Fact::Mobile { unit, person } => self.mobile(unit, person),
            Fact::Contact { unit, person, day } => {
                self.mobile(unit, person);
                let mobile = text(&self.id(&format!("m{unit}{person}")));
                let date = format!("2022-10-{:02}", day % 28 + 1);
                let cells = vec![
                    ("unit", of(self, unit)),
                    ("mobile", mobile),
                    ("date", text(&date)),
                    ("way", text("phone")),
                ];
                self.put(MobileContact::LEDGER, &format!("c{at}"), cells);
            }
        }
    }

    fn mobile(&mut self, unit: usize, person: usize) {
        let cells = vec![
            ("unit", text(&self.id(&format!("u{unit}")))),
            ("name", text(PERSONS[person])),
            ("direction", text("out")),
            ("since", text("2022-01-10")),
            ("place", text("武汉")),
        ];
        self.put(Mobile::LEDGER, &format!("m{unit}{person}"), cells);
    }
}

fn any_fact() -> impl Strategy<Value = (Fact, Who, bool)> {
    let fact = prop_oneof![
        (0..3usize, 1..90i64).prop_map(|(unit, people)| Fact::Talk { unit, people }),
        // One in office for each unit: which of two on one day is meant, nobody can say.
        (0..3usize).prop_map(|unit| Fact::Secretary { unit, person: unit }),
        (0..3usize, 0..3usize).prop_map(|(unit, person)| Fact::Mobile { unit, person }),
        (0..3usize, 0..3usize, any::<u32>()).prop_map(|(unit, person, day)| Fact::Contact { unit, person, day }),
    ];
    let who = prop::sample::select(&[Who::First, Who::Second, Who::Both][..]);
    (fact, who, any::<bool>())
}

/// Whether a record has no natural key, so that nobody can tell that both entered the same.
fn keyless(fact: Fact) -> bool {
    matches!(fact, Fact::Contact { .. })
}

/// Joins all that is offered, each pair in the direction that `flips` says.
fn join_all(site: &mut Site, flips: &[bool]) {
    for turn in 0..100 {
        let Some(&(keep, other)) = conflicts::pairs(&site.replica).first() else {
            return;
        };
        let flip = flips.get(turn % flips.len().max(1)).is_some_and(|flip| *flip);
        let (duplicate, into) = if flip { (keep, other) } else { (other, keep) };
        let stamp = site.stamp();
        let change = site.replica.join(stamp, duplicate, into);
        site.apply(change);
    }
    panic!("joining comes to no end");
}

/// The figures without the ids of records, in an order that does not depend on them.
fn figures(replica: &Replica) -> Json {
    fn strip(json: &mut Json) {
        match json {
            Json::Object(map) => {
                // A district goes by its id.
                if map.get("id") == map.get("name") {
                    map.remove("name");
                }
                map.remove("id");
                map.values_mut().for_each(strip);
            }
            Json::Array(items) => {
                items.iter_mut().for_each(strip);
                items.sort_by_key(|item| item.to_string());
            }
            _ => {}
        }
    }
    let text = json(replica, Day::parse("2022-11-22").expect("a day"));
    let mut figures: Json = serde_json::from_str(&text).expect("JSON");
    strip(&mut figures);
    figures
}

/// Ledgers whose references are checked one by one.
fn no_reference_leads_astray(replica: &Replica) -> Result<(), TestCaseError> {
    let mut astray = Vec::new();
    for talk in rows::<NightTalk>(replica) {
        let unit = talk.unit().expect("a unit");
        let listed = rows_of::<NightTalk>(replica, unit);
        astray.extend((!listed.iter().any(|t| t.id() == talk.id())).then(|| talk.id().to_owned()));
        astray.extend((!rows::<Unit>(replica).iter().any(|u| u.id() == unit)).then(|| unit.to_owned()));
    }
    for contact in rows::<MobileContact>(replica) {
        let mobile = contact.mobile().expect("a member");
        astray.extend((!rows::<Mobile>(replica).iter().any(|m| m.id() == mobile)).then(|| mobile.to_owned()));
    }
    prop_assert_eq!(astray, Vec::<String>::new());
    Ok(())
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn entered_on_two_devices_and_joined_is_what_was_entered_once(
        facts in prop::collection::vec(any_fact(), 0..14),
        flips in prop::collection::vec(any::<bool>(), 1..8),
        apart in any::<bool>(),
    ) {
        let (mut once, mut first, mut second) = (Desk::new("o"), Desk::new("a"), Desk::new("b"));
        for (at, &(fact, who, bare)) in facts.iter().enumerate() {
            let who = if keyless(fact) && who == Who::Both { Who::First } else { who };
            once.enter(at, fact, bare && who != Who::Both);
            // Of what both entered, one lacks a field.
            if who != Who::Second {
                first.enter(at, fact, bare);
            }
            if who != Who::First {
                second.enter(at, fact, bare && who != Who::Both);
            }
        }
        let (one, two) = (first.site.file(), second.site.file());
        first.site.take(&two);
        if apart {
            // Both join without knowing of each other, in directions of their own.
            second.site.take(&one);
            join_all(&mut first.site, &flips);
            let turned: Vec<bool> = flips.iter().rev().map(|flip| !flip).collect();
            join_all(&mut second.site, &turned);
            let theirs = second.site.file();
            first.site.take(&theirs);
        }
        join_all(&mut first.site, &flips);
        let joined = &first.site.replica;
        prop_assert_eq!(figures(joined), figures(&once.site.replica));
        no_reference_leads_astray(joined)?;
        // However it came here.
        let again = replica_of([first.site.file().as_str()]);
        prop_assert_eq!(view(&again), view(joined));
        prop_assert_eq!(figures(&again), figures(joined));
    }

    #[test]
    fn a_group_of_duplicates_always_has_one_that_stands(
        ops in prop::collection::vec((0..3usize, 0..5usize, 0..5usize, 0..6u8), 0..24),
    ) {
        let mut sites = ["a", "b", "c"].map(Site::new);
        for at in 0..5 {
            let cells = [("unit", text("u")), ("place", text(&format!("{at} 组"))), ("masses", Value::Int(1 << at))];
            sites[0].write(NightTalk::LEDGER, &format!("p{at}"), &cells);
        }
        let start = sites[0].file();
        sites[1].take(&start);
        sites[2].take(&start);
        for (who, from, to, what) in ops {
            let site = &mut sites[who];
            let (from, to) = (format!("p{from}"), format!("p{to}"));
            match what {
                0 => {
                    let file = sites[(who + 1) % 3].file();
                    sites[who].take(&file);
                }
                1 => {
                    let stamp = site.stamp();
                    let change = site.replica.delete(stamp, &[site.ix(NightTalk::LEDGER, &from)]);
                    site.apply(change);
                }
                // By hand, so that a record may name itself.
                2 => drop(site.write(NightTalk::LEDGER, &from, &[("_alias", text(&to))])),
                _ => {
                    let stamp = site.stamp();
                    let (duplicate, into) = (site.ix(NightTalk::LEDGER, &from), site.ix(NightTalk::LEDGER, &to));
                    let change = site.replica.join(stamp, duplicate, into);
                    site.apply(change);
                }
            }
        }
        let files = sites.each_ref().map(Site::file);
        let all = replica_of(files.iter().map(String::as_str));
        let other = replica_of(files.iter().rev().map(String::as_str));
        prop_assert_eq!(view(&all), view(&other));
        prop_assert_eq!(canonical(&all), canonical(&other));
        let lists = listed(&all, NightTalk::LEDGER);
        for (ix, record) in all.all_records().filter(|(_, record)| record.is_kept()) {
            let root = all.record(all.root_of(ix)).expect("a record");
            prop_assert!(root.is_live(), "{} stands for {} and is gone", root.id, record.id);
            prop_assert!(lists.contains(&root.id.to_string()));
            prop_assert_eq!(record.is(Record::JOINED), root.id != record.id);
            prop_assert_eq!(all.find(NightTalk::SCHEMA, &record.id).map(Cells::id), Some(&*root.id));
        }
    }
}

fn talk(site: &mut Site, id: &str, people: Option<i64>) {
    let mut cells = vec![
        ("unit", text("u")),
        ("kind", text("bay")),
        ("date", text("2022-11-02")),
        ("place", text("三组")),
        ("topic", text("饮水")),
    ];
    cells.extend(people.map(|people| ("masses", Value::Int(people))));
    site.write(NightTalk::LEDGER, id, &cells);
}

fn join(site: &mut Site, duplicate: &str, into: &str) {
    let stamp = site.stamp();
    let (duplicate, into) = (site.ix(NightTalk::LEDGER, duplicate), site.ix(NightTalk::LEDGER, into));
    let change = site.replica.join(stamp, duplicate, into);
    site.apply(change);
}

fn people(replica: &Replica) -> Vec<Option<i64>> {
    rows::<NightTalk>(replica).into_iter().map(NightTalk::masses).collect()
}

#[test]
fn a_join_keeps_the_value_of_the_one_that_has_one() {
    let mut site = Site::new("a");
    talk(&mut site, "n1", None);
    talk(&mut site, "n2", Some(33));
    join(&mut site, "n2", "n1");
    assert_eq!(people(&site.replica), [Some(33)]);
    // It can be changed and cleared like any other.
    site.write(NightTalk::LEDGER, "n1", &[("masses", Value::Int(34))]);
    assert_eq!(people(&site.replica), [Some(34)]);
    site.write(NightTalk::LEDGER, "n1", &[("masses", Value::Null)]);
    assert_eq!(people(&site.replica), [None]);
}

#[test]
fn a_value_that_was_taken_over_can_be_cleared() {
    let mut site = Site::new("a");
    talk(&mut site, "n1", None);
    talk(&mut site, "n2", Some(33));
    join(&mut site, "n2", "n1");
    let cleared = site.write(NightTalk::LEDGER, "n1", &[("masses", Value::Null)]);
    assert!(cleared.is_some());
    assert_eq!(people(&site.replica), [None]);
}

#[test]
fn a_field_that_was_cleared_before_the_join_takes_the_value_over() {
    let mut site = Site::new("a");
    talk(&mut site, "n1", Some(20));
    site.write(NightTalk::LEDGER, "n1", &[("masses", Value::Null)]);
    talk(&mut site, "n2", Some(33));
    join(&mut site, "n2", "n1");
    assert_eq!(people(&site.replica), [Some(33)]);
}

#[test]
fn joined_here_and_deleted_there_leaves_the_other() {
    let mut here = Site::new("a");
    talk(&mut here, "n1", Some(20));
    talk(&mut here, "n2", Some(20));
    let mut there = Site::new("b");
    there.take(&here.file());
    join(&mut here, "n2", "n1");
    let stamp = there.stamp();
    let gone = there.replica.delete(stamp, &[there.ix(NightTalk::LEDGER, "n1")]);
    there.apply(gone);
    here.take(&there.file());
    there.take(&here.file());
    for replica in [&here.replica, &there.replica] {
        assert_eq!(listed(replica, NightTalk::LEDGER), ["n2"]);
        assert_eq!(people(replica), [Some(20)]);
    }
}

#[test]
fn who_knows_of_the_join_deletes_both_and_brings_both_back() {
    let mut site = Site::new("a");
    talk(&mut site, "n1", None);
    talk(&mut site, "n2", Some(33));
    join(&mut site, "n2", "n1");
    let one = site.ix(NightTalk::LEDGER, "n1");
    let stamp = site.stamp();
    let gone = site.replica.delete(stamp, &[one]);
    site.apply(gone);
    assert_eq!(listed(&site.replica, NightTalk::LEDGER), Vec::<String>::new());
    let stamp = site.stamp();
    let back = site.replica.restore(stamp, &[one]);
    site.apply(back);
    assert_eq!(people(&site.replica), [Some(33)]);
}

#[test]
fn circles_and_records_that_name_themselves_count_once() {
    let mut site = Site::new("a");
    for id in ["n1", "n2", "n3", "n4"] {
        talk(&mut site, id, Some(5));
    }
    for (from, to) in [("n1", "n2"), ("n2", "n3"), ("n3", "n2"), ("n4", "n4")] {
        site.write(NightTalk::LEDGER, from, &[("_alias", text(to))]);
    }
    assert_eq!(listed(&site.replica, NightTalk::LEDGER), ["n2", "n4"]);
    let root = |id: &str| site.replica.root_of(site.ix(NightTalk::LEDGER, id));
    assert_eq!([root("n1"), root("n3")], [site.ix(NightTalk::LEDGER, "n2"); 2]);
}

#[test]
fn the_same_town_founded_twice_is_one_after_joining() {
    let (mut one, mut two) = (Desk::new("a"), Desk::new("b"));
    one.enter(0, Fact::Talk { unit: 0, people: 10 }, false);
    two.enter(1, Fact::Talk { unit: 0, people: 20 }, false);
    two.enter(2, Fact::Secretary { unit: 0, person: 0 }, false);
    let before = one.site.replica.clone();
    one.site.take(&two.site.file());
    let twins = conflicts::new_twins(&before, &one.site.replica);
    for twin in ["本镇：天城镇", "片区：寺前片区", "村（社区）：寺前村"] {
        assert!(twins.iter().any(|told| told == twin), "{twin} in {twins:?}");
    }
    assert_eq!(conflicts::open(&one.site.replica).all(), twins.len());
    join_all(&mut one.site, &[false]);
    let replica = &one.site.replica;
    assert_eq!((rows::<Town>(replica).len(), rows::<District>(replica).len()), (1, 2));
    assert_eq!((rows::<Unit>(replica).len(), rows::<NightTalk>(replica).len()), (3, 2));
    let sum: i64 = people(replica).into_iter().flatten().sum();
    assert_eq!(sum, 30);
    assert_eq!(conflicts::open(replica).all(), 0);
    // Asked by the code that the other device gave the unit, the same records come.
    assert_eq!(rows_of::<NightTalk>(replica, "b-u0").len(), 2);
    assert_eq!(replica.district_of("b-u0"), Some("a-d0"));
    assert_eq!(replica.stands_for("unit", "b-u0"), "a-u0");
    let talk = replica.find(NightTalk::SCHEMA, "b-n1").expect("the second talk");
    assert_eq!(talk.cell(slots::UNIT).as_str(), Some("a-u0"));
}
