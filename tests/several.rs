//! Several selected records: one field of all, or all deleted, as one change that is undone.

#[path = "support/devices.rs"]
#[allow(dead_code)]
mod devices;
#[path = "support/dice.rs"]
#[allow(dead_code)]
mod dice;
#[path = "support/turns.rs"]
#[allow(dead_code)]
mod turns;

use std::collections::BTreeSet;

use devices::Device;
use tiancheng::desk::Desk;
use tiancheng::model::ledger::{Ledger, Role, Slot};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::records::Draft;
use tiancheng::model::value::Value;
use tiancheng::replica::RecordIx;
use tiancheng::view::list::{List, build};
use tiancheng::view::route::ListQuery;
use tiancheng::view::several::{Changing, Deleting, Frame, changing, deleting, fields};

const UNITS: [&str; 2] = ["421281105200", "421281105201"];

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect("a ledger")
}

fn slot(ledger: &'static Ledger, name: &str) -> Slot {
    ledger.slot(name).expect("a field")
}

fn draft(id: &str, cells: &[(&str, Value)]) -> Draft {
    let ledger = ledger(id);
    let mut draft = Draft::new(ledger.schema, "");
    for (name, value) in cells {
        draft.set(slot(ledger, name), value.clone());
    }
    draft
}

/// Two units, three members of committees, a reserve cadre who became one of them.
fn town() -> Device {
    let mut device = Device::new(1);
    let mut drafts: Vec<Draft> = UNITS
        .iter()
        .enumerate()
        .map(|(at, code)| Draft {
            id: (*code).to_owned(),
            ..draft(
                "unit",
                &[("name", Value::text(format!("村{at}"))), ("code", Value::text(*code))],
            )
        })
        .collect();
    for (name, unit, post) in [("甲", 0, "member"), ("乙", 0, "member"), ("丙", 1, "deputy")] {
        let cells = [
            ("unit", Value::text(UNITS[unit])),
            ("name", Value::text(name)),
            ("since", Value::text("2021-01-01")),
            ("post", Value::text(post)),
        ];
        drafts.push(draft("cadre", &cells));
    }
    device.desk.get_mut().save("建立", &drafts);
    let first = rows(&device.desk(), "cadre").rows[0];
    let id = device.desk().replica().record(first).expect("a record").id.to_string();
    let cells = [
        ("unit", Value::text(UNITS[0])),
        ("name", Value::text("甲")),
        ("since", Value::text("2020-01-01")),
        ("cadre", Value::text(id)),
    ];
    device.desk.get_mut().save("登记", &[draft("reserve", &cells)]);
    device
}

fn rows(desk: &Desk, id: &str) -> List {
    build(desk.replica(), ledger(id), &ListQuery::default(), None)
}

/// What the lists show.
fn view(device: &Device) -> Vec<String> {
    let desk = device.desk();
    let mut out = Vec::new();
    for id in ["cadre", "reserve", "unit"] {
        let list = rows(&desk, id);
        let texts = (0..list.rows.len()).filter_map(|at| list.row(desk.replica(), ledger(id), at));
        out.extend(texts.map(|row| format!("{row:?}")));
        out.push(list.totals_line);
    }
    out
}

fn all(desk: &Desk) -> Vec<RecordIx> {
    rows(desk, "cadre").rows
}

fn with<R>(desk: &Desk, work: impl FnOnce(&Frame) -> R) -> R {
    let cadre = ledger("cadre");
    work(&Frame {
        replica: desk.replica(),
        ledger: cadre,
        today: desk.today(),
        why_not: &|unit, slot| desk.why_not(cadre, unit, Some(slot)),
    })
}

fn change(desk: &Desk, name: &str, value: &Value) -> (Changing, Vec<String>) {
    with(desk, |frame| {
        let slot = slot(frame.ledger, name);
        let found = changing(frame, &all(desk), slot, value);
        let told = found.told(frame, slot, value);
        (found, told)
    })
}

fn delete(desk: &Desk) -> Deleting {
    with(desk, |frame| deleting(frame, &all(desk)))
}

#[test]
fn one_field_of_all_is_one_change_and_undo_shows_what_was_shown() {
    let mut device = town();
    let before = view(&device);
    let steps = device.desk().replica().change_count();
    let (found, told) = change(&device.desk(), "post", &Value::text("deputy"));
    assert_eq!((found.drafts.len(), found.same, found.left.len()), (2, 1, 0));
    assert!(told[0].starts_with("2 条改为“"), "{told:?}");
    assert!(told[0].contains(" 2 条。"), "{told:?}");
    assert_eq!(told[1], "1 条本来就是这样，不变。");
    device.desk.get_mut().save("改一项", &found.drafts);
    assert_eq!(device.desk().replica().change_count(), steps + 1);
    assert_ne!(view(&device), before);
    let (again, _) = change(&device.desk(), "post", &Value::text("deputy"));
    assert_eq!((again.drafts.len(), again.same), (0, 3));
    device.desk.get_mut().undo().expect("a step");
    assert_eq!(view(&device), before);
}

#[test]
fn what_a_person_may_not_write_is_said_and_left_out() {
    let mut device = town();
    device.desk.get_mut().become_person(Role::Unit, UNITS[1], "", "丁");
    let (found, told) = change(&device.desk(), "post", &Value::text("secretary_deputy"));
    assert_eq!(found.drafts.len(), 1);
    assert_eq!(
        found
            .left
            .iter()
            .filter(|one| one.why == "不是本村（社区）的记录")
            .count(),
        2
    );
    assert!(
        told.iter().any(|line| line.contains("不能改，不包括在内：")),
        "{told:?}"
    );
    let found = delete(&device.desk());
    assert_eq!(found.records.len(), 1);
    assert!(
        found.told.iter().any(|line| line.starts_with("2 条不能删除")),
        "{found:?}"
    );
    device.desk.get_mut().become_person(Role::Viewer, "", "", "戊");
    assert!(delete(&device.desk()).records.is_empty());
    let (found, told) = change(&device.desk(), "post", &Value::text("deputy"));
    assert!(found.drafts.is_empty());
    assert_eq!(told[0], "没有要改的记录。");
}

#[test]
fn a_record_is_not_moved_to_a_unit_that_its_person_does_not_write_for() {
    let mut device = town();
    device.desk.get_mut().become_person(Role::Unit, UNITS[1], "", "丁");
    let (found, _) = change(&device.desk(), "unit", &Value::text(UNITS[0]));
    assert!(found.drafts.is_empty());
    assert_eq!((found.left.len(), found.same), (1, 2));
}

#[test]
fn what_breaks_a_rule_is_left_out_and_named() {
    let device = town();
    let (found, told) = change(&device.desk(), "since", &Value::text("2022-02-30"));
    assert!(found.drafts.is_empty());
    assert_eq!(found.left.len(), 3);
    assert!(told.iter().any(|line| line.contains("甲")), "{told:?}");
}

#[test]
fn deleting_names_what_refers_to_the_records_and_is_undone() {
    let mut device = town();
    let before = view(&device);
    let found = delete(&device.desk());
    assert_eq!(found.records.len(), 3);
    assert_eq!(found.told[0], "删除 3 条，放进回收站，可以恢复。");
    assert!(found.told[1].ends_with("后备干部 1 名。"), "{found:?}");
    device.desk.get_mut().delete("删除 3 条", &found.records);
    assert!(all(&device.desk()).is_empty());
    device.desk.get_mut().undo().expect("a step");
    assert_eq!(view(&device), before);
}

#[test]
fn names_that_tell_records_apart_are_not_changed_for_many() {
    let names: Vec<&str> = fields(ledger("cadre")).iter().map(|(_, field)| field.name).collect();
    assert!(names.contains(&"post") && !names.contains(&"name"), "{names:?}");
}

#[test]
fn only_what_the_list_shows_is_chosen_in_its_order() {
    let device = town();
    let desk = device.desk();
    let list = rows(&desk, "cadre");
    let ids = list.rows.iter().filter_map(|&ix| desk.replica().record(ix));
    let mut ids: BTreeSet<String> = ids.skip(1).map(|record| record.id.to_string()).collect();
    ids.insert("gone".to_owned());
    let chosen = list.chosen(desk.replica(), &ids);
    assert_eq!(chosen, list.rows[1..]);
    let only = list.only(desk.replica(), ledger("cadre"), chosen);
    assert_eq!((only.rows.len(), only.all), (2, 3));
    assert!(only.totals_line.starts_with("2 "), "{}", only.totals_line);
}

#[test]
fn what_may_be_empty_is_emptied_and_what_must_be_filled_in_is_not() {
    let mut device = town();
    let (set, _) = change(&device.desk(), "education", &Value::text("college"));
    device.desk.get_mut().save("改一项", &set.drafts);
    let before = view(&device);
    let (found, told) = change(&device.desk(), "education", &Value::Null);
    assert_eq!(found.drafts.len(), 3, "{told:?}");
    assert!(told[0].starts_with("3 条清空，原来："), "{told:?}");
    device.desk.get_mut().save("清空", &found.drafts);
    let (again, _) = change(&device.desk(), "education", &Value::Null);
    assert_eq!((again.drafts.len(), again.same), (0, 3));
    device.desk.get_mut().undo().expect("a step");
    assert_eq!(view(&device), before);
    let (required, _) = change(&device.desk(), "since", &Value::Null);
    assert_eq!((required.drafts.len(), required.left.len()), (0, 3));
}

/// One person under two days of one term: the same day for both would make one record of them.
#[test]
fn what_would_make_one_record_of_two_is_left_out_and_named() {
    let mut device = town();
    let twin = |since: &str| {
        let cells = [
            ("unit", Value::text(UNITS[0])),
            ("name", Value::text("甲")),
            ("since", Value::text(since)),
            ("post", Value::text("member")),
        ];
        draft("cadre", &cells)
    };
    device.desk.get_mut().save("登记", &[twin("2022-03-01")]);
    // Among the changed ones: the first has it, the other is left out.
    let (found, told) = change(&device.desk(), "since", &Value::text("2022-05-01"));
    assert_eq!((found.drafts.len(), found.left.len()), (3, 1), "{told:?}");
    assert!(
        found.left[0].title.contains("甲") && found.left[0].why.contains("是同一条"),
        "{told:?}"
    );
    // Beside one that says so already and is not changed.
    let (found, told) = change(&device.desk(), "since", &Value::text("2022-03-01"));
    assert_eq!(
        (found.drafts.len(), found.same, found.left.len()),
        (2, 1, 1),
        "{told:?}"
    );
    // A field that tells nobody apart is changed for all.
    let (found, _) = change(&device.desk(), "education", &Value::text("college"));
    assert_eq!(found.left, []);
}
