//! Who may write what: judged from all that is here, never from the order in which it came, and
//! never altering what is kept.

mod support;

use proptest::prelude::*;
use support::{Site, canonical, config, listed, parse, replica_of, text, view};
use tiancheng::model::ledger::{Cells, Ledger, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{Device, Unit};
use tiancheng::model::records::{Records, rows};
use tiancheng::model::value::Value;
use tiancheng::replica::{Atom, Record, Replica};

const TALK: &Ledger = NightTalk::LEDGER;
const U: &str = "421223100208";
const V: &str = "421223100201";

fn register(site: &mut Site, tag: &str, role: &str, cells: &[(&str, &str)]) {
    let mut all = vec![("label", text(tag)), ("role", text(role))];
    all.extend(cells.iter().map(|(name, value)| (*name, text(value))));
    site.write(Device::LEDGER, tag, &all);
}

fn masses(replica: &Replica, id: &str) -> Option<i64> {
    rows::<NightTalk>(replica)
        .iter()
        .find(|r| r.id() == id)
        .and_then(|r| r.masses())
}

#[test]
fn a_device_registered_by_the_town_is_known_when_its_first_file_comes() {
    let mut town = Site::new("aaa");
    register(&mut town, "dev1", "unit", &[("unit", U)]);
    town.write(TALK, "r1", &[("unit", text(V)), ("masses", Value::Int(20))]);
    let mut village = Site::tagged("bbb", "dev1");
    village.take(&town.file());
    village.write(TALK, "r1", &[("masses", Value::Int(99))]);
    let file = village.file();
    town.take(&file);
    assert_eq!(
        masses(&town.replica, "r1"),
        Some(20),
        "not counted before it is accepted"
    );
    assert_eq!(view(&town.replica), view(&replica_of([file.as_str()])));
}

#[test]
fn a_unit_belongs_to_its_district_before_it_has_any_record() {
    let mut town = Site::new("aaa");
    town.write(Unit::LEDGER, U, &[("name", text("寺前村")), ("district", text("d1"))]);
    register(&mut town, "dev1", "district", &[("district", "d1")]);
    let frame = town.file();
    let mut leader = Site::tagged("bbb", "dev1");
    leader.take(&frame);
    leader.write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(12))]);
    town.take(&leader.file());
    assert_eq!(masses(&town.replica, "r1"), Some(12));
    let record = town.replica.record(town.ix(TALK, "r1")).expect("there");
    assert!(!record.is(Record::PENDING));
}

#[test]
fn acceptances_given_apart_all_stand_and_outlive_the_next_one() {
    let mut town = Site::new("aaa");
    town.write(TALK, "r1", &[("unit", text(V)), ("place", text("汪家巷"))]);
    register(&mut town, "dev1", "unit", &[("unit", U)]);
    let mut village = Site::tagged("bbb", "dev1");
    village.take(&town.file());
    for (field, value) in [
        ("masses", Value::Int(9)),
        ("members", Value::Int(3)),
        ("topic", text("饮水")),
    ] {
        village.write(TALK, "r1", &[(field, value)]);
    }
    town.take(&village.file());
    let mut other = Site::new("ccc");
    other.take(&town.file());
    let accept = |site: &mut Site, field: &str| {
        let ix = site.ix(TALK, "r1");
        let slot = TALK.slot(field).expect("a field");
        let change = site.replica.record(ix).expect("there").slot(slot)[0].change;
        let stamp = site.stamp();
        let decided = site.replica.decide(stamp, ix, &[change], true);
        site.apply(decided);
    };
    accept(&mut town, "masses");
    accept(&mut other, "members");
    town.take(&other.file());
    let shows = |site: &Site| {
        let row = rows::<NightTalk>(&site.replica)[0];
        (row.masses(), row.members(), row.topic().map(str::to_string))
    };
    assert_eq!(shows(&town), (Some(9), Some(3), None));
    accept(&mut town, "topic");
    assert_eq!(shows(&town), (Some(9), Some(3), Some("饮水".to_string())));
}

#[test]
fn devices_that_decide_about_each_other_are_judged_alike_in_every_order() {
    let mut all = Vec::new();
    for (actor, tag, other) in [("a", "t1", "t2"), ("b", "t2", "t1"), ("c", "t3", "t1")] {
        let mut site = Site::tagged(actor, tag);
        register(&mut site, tag, "unit", &[("unit", U)]);
        site.write(Device::LEDGER, other, &[("role", text("viewer"))]);
        site.write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(4))]);
        all.push(site.file());
    }
    let first = replica_of(all.iter().map(String::as_str));
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let next = replica_of(order.map(|i| all[i].as_str()));
        assert_eq!(canonical(&first), canonical(&next));
        assert_eq!(view(&first), view(&next));
    }
}

#[test]
fn registering_a_device_leaves_the_revisions_of_what_it_does_not_touch() {
    let mut town = Site::new("aaa");
    town.write(Unit::LEDGER, U, &[("name", text("寺前村")), ("district", text("d1"))]);
    register(&mut town, "dev0", "unit", &[("unit", U)]);
    town.write(TALK, "r1", &[("unit", text(U))]);
    let seen = |s: &Site| [Unit::LEDGER, TALK, Device::LEDGER].map(|l| s.replica.revision(l.schema, None));
    let before = seen(&town);
    register(&mut town, "dev1", "unit", &[("unit", V)]);
    let after = seen(&town);
    assert_eq!((after[0], after[1]), (before[0], before[1]));
    assert_eq!(after[2], before[2] + 1);
}

/// Who writes: the town, a leader of a district, two villages, a guide, one who only looks.
/// Device tag, role, and further fields of the device.
type Player = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const CAST: [Player; 6] = [
    ("town", "", &[]),
    ("lead", "district", &[("district", "d1")]),
    ("v1", "unit", &[("unit", U)]),
    ("v2", "unit", &[("unit", V)]),
    ("guide", "guide", &[]),
    ("eye", "viewer", &[]),
];

fn frame() -> String {
    let mut town = Site::new("frame");
    for (unit, district) in [(U, "d1"), (V, "d2")] {
        town.write(
            Unit::LEDGER,
            unit,
            &[("name", text(unit)), ("district", text(district))],
        );
    }
    for (tag, role, cells) in CAST.iter().filter(|(_, role, _)| !role.is_empty()) {
        register(&mut town, tag, role, cells);
    }
    town.write(TALK, "mine", &[("unit", text(U)), ("masses", Value::Int(1))]);
    town.write(TALK, "theirs", &[("unit", text(V)), ("masses", Value::Int(1))]);
    town.file()
}

type Act = (usize, bool, u8, u8);

fn any_act() -> impl Strategy<Value = Act> {
    (0..CAST.len(), any::<bool>(), 0u8..8, any::<u8>())
}

fn act(sites: &mut [Site], (who, mine, kind, how): Act) {
    let site = &mut sites[who];
    let id = if mine { "mine" } else { "theirs" };
    let ix = site.ix(TALK, id);
    let record = site.replica.record(ix).expect("there");
    let change = record.atoms[usize::from(how) % record.atoms.len()].change;
    match kind {
        0..=2 => {
            let field = ["masses", "members"][usize::from(how) % 2];
            site.write(TALK, id, &[(field, Value::Int(i64::from(how)))]);
        }
        3 => {
            site.write(TALK, id, &[("unit", text([U, V][usize::from(how) % 2]))]);
        }
        4 => {
            let stamp = site.stamp();
            let made = site.replica.decide(stamp, ix, &[change], how.is_multiple_of(2));
            site.apply(made);
        }
        5 => {
            let stamp = site.stamp();
            let made = site.replica.delete(stamp, &[ix]);
            site.apply(made);
        }
        _ => {
            let file = sites[usize::from(how) % CAST.len()].file();
            sites[who].take(&file);
        }
    }
}

fn cast() -> Vec<Site> {
    let frame = frame();
    let enter = |(i, (tag, _, _)): (usize, &Player)| {
        let mut site = Site::tagged(&format!("s{i}"), tag);
        site.take(&frame);
        site
    };
    CAST.iter().enumerate().map(enter).collect()
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn everyone_judges_alike_whatever_came_first(acts in prop::collection::vec(any_act(), 1..20), turn in 0usize..720) {
        let mut sites = cast();
        acts.into_iter().for_each(|a| act(&mut sites, a));
        let files: Vec<String> = sites.iter().map(Site::file).collect();
        let first = replica_of(files.iter().map(String::as_str));
        let mut order: Vec<usize> = (0..files.len()).collect();
        let mut rest = turn;
        for i in (1..order.len()).rev() {
            order.swap(i, rest % (i + 1));
            rest /= i + 1;
        }
        let next = replica_of(order.iter().map(|&i| files[i].as_str()));
        prop_assert_eq!(canonical(&first), canonical(&next));
        prop_assert_eq!(view(&first), view(&next));
        // The records one by one, last first: the frame comes after what it decides.
        let mut singly = Replica::new(tiancheng::model::programmes::schemas());
        for change in parse(&canonical(&first)).into_iter().rev() {
            singly.merge(change);
        }
        prop_assert_eq!(view(&first), view(&singly));
    }

    #[test]
    fn what_awaits_acceptance_changes_nothing_that_is_counted(acts in prop::collection::vec(any_act(), 1..20)) {
        let mut sites = cast();
        // Nobody accepts anything here, and everyone hears of the town only.
        for (who, mine, kind, how) in acts {
            if kind != 4 && (kind < 6 || who == 0) {
                act(&mut sites, (who, mine, kind, if kind < 6 { how } else { 0 }));
            }
        }
        let town = sites[0].file();
        let before = replica_of([town.as_str()]);
        let mut after = before.clone();
        after.merge_all(parse(&sites[5].file()));
        prop_assert_eq!(listed(&after, TALK), listed(&before, TALK));
        for id in ["mine", "theirs"] {
            let show = |r: &Replica| {
                let record = r.record(r.find_ix(TALK.id, id).expect("there")).expect("there").clone();
                let cells: Vec<Value> = TALK.slots().map(|(slot, _)| record.cell(slot).clone()).collect();
                (cells, record.flags & !Record::PENDING)
            };
            prop_assert_eq!(show(&after), show(&before));
        }
        for (_, record) in after.all_records() {
            for atom in record.atoms.iter().filter(|a| after.tag_of(a.change) == "eye") {
                prop_assert!(atom.is(Atom::PENDING) && !atom.is(Atom::HEAD));
            }
        }
    }
}
