//! Editing, conflict, deletion, undo, authority and duplicates of one or a few replicas.

mod support;

use support::{Site, canonical, parse, text};
use tiancheng::model::ledger::{Cells, TypedRow, slots};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::seedling::ledgers::Reserve;
use tiancheng::model::programmes::town::ledgers::{Device, Unit};
use tiancheng::model::records::{Records, rows, rows_of};
use tiancheng::model::value::Value;
use tiancheng::replica::wire::{Limits, Names, read_changes};
use tiancheng::replica::{Alarm, Atom, Record, Write};
use tiancheng::view::record;

const TALK: &tiancheng::model::ledger::Ledger = NightTalk::LEDGER;
const U: &str = "421223100208";
const V: &str = "421223100201";

fn shared_talk() -> (Site, Site) {
    let mut town = Site::new("aaa");
    town.write(
        TALK,
        "r1",
        &[("unit", text(U)), ("place", text("汪家巷")), ("masses", Value::Int(28))],
    );
    let mut village = Site::new("bbb");
    village.take(&town.file());
    (town, village)
}

#[test]
fn values_written_apart_are_both_kept_and_shown() {
    let (mut town, mut village) = shared_talk();
    town.write(TALK, "r1", &[("masses", Value::Int(35))]);
    village.write(TALK, "r1", &[("masses", Value::Int(32))]);
    let (a, b) = (town.file(), village.file());
    town.take(&b);
    village.take(&a);
    assert_eq!(town.file(), village.file());
    let ix = town.ix(TALK, "r1");
    let record = town.replica.record(ix).expect("there");
    assert!(record.is(Record::CONFLICT));
    let slot = TALK.slot("masses").expect("a field");
    assert_eq!(record.heads(slot).count(), 2);
    // The same one is shown first everywhere, and settling covers both.
    assert_eq!(
        record.cell(slot),
        village
            .replica
            .record(village.ix(TALK, "r1"))
            .expect("there")
            .cell(slot)
    );
    let stamp = town.stamp();
    let settled = town.replica.resolve(stamp, ix, slot, Value::Int(35));
    town.apply(settled);
    village.take(&town.file());
    let record = village.replica.record(village.ix(TALK, "r1")).expect("there");
    assert!(!record.is(Record::CONFLICT));
    assert_eq!(record.cell(slot), &Value::Int(35));
}

#[test]
fn equal_values_written_apart_are_no_conflict() {
    let (mut town, mut village) = shared_talk();
    town.write(TALK, "r1", &[("masses", Value::Int(30))]);
    village.write(TALK, "r1", &[("masses", Value::Int(30))]);
    town.take(&village.file());
    let record = town.replica.record(town.ix(TALK, "r1")).expect("there");
    assert!(!record.is(Record::CONFLICT));
}

#[test]
fn a_later_write_supersedes_even_with_a_clock_of_1970() {
    let (mut town, mut village) = shared_talk();
    town.write(TALK, "r1", &[("masses", Value::Int(35))]);
    village.take(&town.file());
    village.clock = 0;
    village.write(TALK, "r1", &[("masses", Value::Int(40))]);
    town.take(&village.file());
    let record = town.replica.record(town.ix(TALK, "r1")).expect("there");
    assert_eq!(record.cell(TALK.slot("masses").expect("a field")), &Value::Int(40));
    assert!(!record.is(Record::CONFLICT));
}

#[test]
fn deleting_does_not_swallow_what_another_wrote_meanwhile() {
    let (mut town, mut village) = shared_talk();
    let stamp = town.stamp();
    let gone = town.replica.delete(stamp, &[town.ix(TALK, "r1")]);
    town.apply(gone);
    assert_eq!(rows::<NightTalk>(&town.replica).len(), 0);
    village.write(TALK, "r1", &[("topic", text("饮水管网"))]);
    town.take(&village.file());
    let ix = town.ix(TALK, "r1");
    assert!(town.replica.record(ix).expect("there").is(Record::DELETE_CONFLICT));
    assert_eq!(rows::<NightTalk>(&town.replica).len(), 1);
    // Whoever deletes again, knowing of it, deletes; restoring brings everything back.
    let stamp = town.stamp();
    let gone = town.replica.delete(stamp, &[ix]);
    town.apply(gone);
    assert_eq!(rows::<NightTalk>(&town.replica).len(), 0);
    let stamp = town.stamp();
    let back = town.replica.restore(stamp, &[ix]);
    town.apply(back);
    let row = rows::<NightTalk>(&town.replica)[0];
    assert_eq!(
        (row.place(), row.topic(), row.masses()),
        (Some("汪家巷"), Some("饮水管网"), Some(28))
    );
}

#[test]
fn undo_and_redo_of_an_edit_a_creation_and_a_deletion() {
    let mut site = Site::new("aaa");
    let made = site
        .write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(28))])
        .expect("a change");
    let edit = site.write(TALK, "r1", &[("masses", Value::Int(30))]).expect("a change");
    let stamp = site.stamp();
    let (undo, notices) = site.replica.undo(stamp, &[edit.id]);
    let undo = undo.expect("something to undo");
    assert!(notices.is_empty());
    site.apply(Some(undo.clone()));
    assert_eq!(rows::<NightTalk>(&site.replica)[0].masses(), Some(28));
    let stamp = site.stamp();
    let redo = site.replica.undo(stamp, &[undo.id]).0;
    site.apply(redo);
    assert_eq!(rows::<NightTalk>(&site.replica)[0].masses(), Some(30));
    // Undoing the creation deletes the record unless someone else has written to it since.
    let stamp = site.stamp();
    let (partly, notices) = site.replica.undo(stamp, &[made.id]);
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(partly.is_some());
    let fresh = site.write(TALK, "r2", &[("unit", text(U))]).expect("a change");
    let stamp = site.stamp();
    let undone = site.replica.undo(stamp, &[fresh.id]).0.expect("deletes");
    site.apply(Some(undone.clone()));
    assert_eq!(rows::<NightTalk>(&site.replica).len(), 1);
    let stamp = site.stamp();
    let again = site.replica.undo(stamp, &[undone.id]).0;
    site.apply(again);
    assert_eq!(rows::<NightTalk>(&site.replica).len(), 2);
}

#[test]
fn what_a_village_writes_elsewhere_waits_for_acceptance() {
    let mut town = Site::new("aaa");
    town.write(TALK, "r1", &[("unit", text(V)), ("masses", Value::Int(20))]);
    let mut village = Site::tagged("bbb", "dev1");
    village.take(&town.file());
    village.write(
        Device::LEDGER,
        "dev1",
        &[("label", text("示例书记01")), ("role", text("unit")), ("unit", text(U))],
    );
    village.write(TALK, "r1", &[("masses", Value::Int(99))]);
    village.write(TALK, "r1", &[("unit", text(U))]);
    town.take(&village.file());
    let ix = town.ix(TALK, "r1");
    let record = town.replica.record(ix).expect("there");
    let masses = TALK.slot("masses").expect("a field");
    assert!(record.is(Record::PENDING));
    assert_eq!(record.cell(masses), &Value::Int(20));
    assert_eq!(rows_of::<NightTalk>(&town.replica, V).len(), 1);
    let proposals: Vec<u32> = record
        .atoms
        .iter()
        .filter(|a| a.is(Atom::PENDING))
        .map(|a| a.change)
        .collect();
    assert_eq!(proposals.len(), 2);
    let accepted: Vec<u32> = record
        .slot(masses)
        .iter()
        .filter(|a| a.is(Atom::PENDING))
        .map(|a| a.change)
        .collect();
    let stamp = town.stamp();
    let yes = town.replica.decide(stamp, ix, &accepted, true);
    town.apply(yes);
    let rejected: Vec<u32> = proposals.into_iter().filter(|c| !accepted.contains(c)).collect();
    let stamp = town.stamp();
    let no = town.replica.decide(stamp, ix, &rejected, false);
    town.apply(no);
    let record = town.replica.record(ix).expect("there");
    assert_eq!(record.cell(masses), &Value::Int(99));
    assert!(!record.is(Record::PENDING));
    assert_eq!(
        rows_of::<NightTalk>(&town.replica, V).len(),
        1,
        "the record was not taken away"
    );
    // A village cannot accept its own proposal.
    let mut again = Site::tagged("ccc", "dev1");
    again.take(&village.file());
    let stamp = again.stamp();
    let own = again.replica.decide(stamp, again.ix(TALK, "r1"), &accepted, true);
    again.apply(own);
    assert!(
        again
            .replica
            .record(again.ix(TALK, "r1"))
            .expect("there")
            .is(Record::PENDING)
    );
}

#[test]
fn a_device_that_becomes_known_later_is_judged_then() {
    let mut village = Site::tagged("bbb", "dev1");
    let change = village
        .write(TALK, "r1", &[("unit", text(V)), ("masses", Value::Int(9))])
        .expect("a change");
    let mut town = Site::new("aaa");
    town.apply(Some(change));
    assert_eq!(rows::<NightTalk>(&town.replica).len(), 1);
    let device = village.write(
        Device::LEDGER,
        "dev1",
        &[("label", text("甲")), ("role", text("unit")), ("unit", text(U))],
    );
    town.apply(device);
    assert_eq!(rows::<NightTalk>(&town.replica).len(), 0);
}

#[test]
fn duplicates_are_joined_by_a_change_and_stand_once() {
    let mut site = Site::new("aaa");
    for id in ["p1", "p2"] {
        site.write(Reserve::LEDGER, id, &[("unit", text(U)), ("name", text("示例干部07"))]);
    }
    let stamp = site.stamp();
    let joined = site
        .replica
        .join(stamp, site.ix(Reserve::LEDGER, "p2"), site.ix(Reserve::LEDGER, "p1"));
    site.apply(joined);
    assert_eq!(rows::<Reserve>(&site.replica).len(), 1);
    assert_eq!(site.replica.find(Reserve::SCHEMA, "p2").map(Cells::id), Some("p1"));
    // Joined the other way round elsewhere: one still stands.
    let stamp = site.stamp();
    let back = site
        .replica
        .join(stamp, site.ix(Reserve::LEDGER, "p1"), site.ix(Reserve::LEDGER, "p2"));
    site.apply(back);
    assert_eq!(
        rows::<Reserve>(&site.replica)
            .iter()
            .map(|r| r.id())
            .collect::<Vec<_>>(),
        ["p1"]
    );
}

#[test]
fn the_same_id_with_other_contents_keeps_both_and_raises_an_alarm() {
    let mut site = Site::new("aaa");
    let change = site
        .write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(1))])
        .expect("a change");
    let mut forged = change.clone();
    forged.set[0]
        .cells
        .iter_mut()
        .filter(|c| &*c.name == "masses")
        .for_each(|c| c.value = Value::Int(2));
    let mut other = Site::new("bbb");
    other.apply(Some(forged.clone()));
    other.apply(Some(change.clone()));
    site.apply(Some(forged));
    assert_eq!(site.replica.alarms(), [Alarm::Forged(change.id)]);
    let file = site.file();
    assert_eq!(file, other.file());
    let mut third = Site::new("ccc");
    third.take(&file);
    assert_eq!(third.file(), file);
    assert!(
        third
            .replica
            .record(third.ix(TALK, "r1"))
            .expect("there")
            .is(Record::CONFLICT)
    );
}

#[test]
fn what_a_newer_version_wrote_goes_through_unharmed() {
    let newer = concat!(
        r#"[{"at":"2030-01-01T00:00:00Z","by":"x1","id":"new.1","set":{"#,
        r#""r1":{"fields":{"kind":"cloud","masses":3,"mood":{"a":[1,{"b":null}]}},"ledger":"night_talk","phase":"x","unit":"421223100208"},"#,
        r#""z9":{"fields":{"colour":["红","绿"],"deep":[1,"a"]},"ledger":"star_map"}},"signature":{"k":"v"}}]"#
    );
    let mut site = Site::new("aaa");
    site.take(newer);
    assert_eq!(site.file().replace('\n', ""), newer);
    assert_eq!(site.replica.unknown_ledgers(), ["star_map"]);
    // Editing a known field beside them leaves them alone.
    site.write(TALK, "r1", &[("masses", Value::Int(4))]);
    let mut other = Site::new("bbb");
    other.take(&site.file());
    assert!(other.file().contains(r#""mood":{"a":[1,{"b":null}]}"#));
    assert!(other.file().contains(r#""signature":{"k":"v"}"#));
    assert_eq!(rows::<NightTalk>(&other.replica)[0].kind(), Some("cloud"));
}

#[test]
fn an_edit_touches_the_revision_of_its_unit_and_ledger_only() {
    let mut site = Site::new("aaa");
    site.write(TALK, "r1", &[("unit", text(U))]);
    site.write(TALK, "r2", &[("unit", text(V))]);
    site.write(Reserve::LEDGER, "p1", &[("unit", text(U))]);
    let before = |s: &Site| {
        [
            (TALK, Some(U)),
            (TALK, Some(V)),
            (Reserve::LEDGER, Some(U)),
            (TALK, None),
        ]
        .map(|(l, u)| s.replica.revision(l.schema, u))
    };
    let old = before(&site);
    site.write(TALK, "r1", &[("masses", Value::Int(1))]);
    let new = before(&site);
    assert!(new[0] > old[0] && new[3] > old[3]);
    assert_eq!((new[1], new[2]), (old[1], old[2]));
}

#[test]
fn a_record_moves_to_another_unit() {
    let mut site = Site::new("aaa");
    site.write(Unit::LEDGER, U, &[("name", text("寺前村")), ("kind", text("village"))]);
    site.write(TALK, "r1", &[("unit", text(U))]);
    site.write(TALK, "r1", &[("unit", text(V))]);
    assert_eq!(rows_of::<NightTalk>(&site.replica, U).len(), 0);
    assert_eq!(rows_of::<NightTalk>(&site.replica, V).len(), 1);
    let record = site.replica.record(site.ix(TALK, "r1")).expect("there");
    assert_eq!(record.slot(slots::UNIT).len(), 2);
}

#[test]
fn history_tells_who_changed_what_from_what() {
    let (mut town, mut village) = shared_talk();
    town.write(TALK, "r1", &[("masses", Value::Int(35))]);
    village.write(TALK, "r1", &[("masses", Value::Int(32))]);
    town.take(&village.file());
    let history = town.replica.history(town.ix(TALK, "r1"));
    let masses = TALK.slot("masses").expect("a field");
    let steps: Vec<(Value, Value, bool)> = history
        .iter()
        .flat_map(|e| &e.steps)
        .filter(|s| s.slot == masses)
        .map(|s| (s.before.clone(), s.after.clone(), s.disputed))
        .collect();
    assert_eq!(steps[0], (Value::Null, Value::Int(28), false));
    assert!(steps[1..].contains(&(Value::Int(28), Value::Int(35), true)));
    assert!(steps[1..].contains(&(Value::Int(28), Value::Int(32), true)));
}

#[test]
fn what_is_not_a_change_is_refused_with_its_path() {
    let wrap = |fields: &str| {
        format!(
            r#"[{{"at":"2022-01-01T00:00:00Z","by":"x","id":"a.1","set":{{"r1":{{"ledger":"night_talk",{fields}}}}}}}]"#
        )
    };
    let nested = format!(r#""fields":{{"place":{}1{}}}"#, "[".repeat(60), "]".repeat(60));
    let cases: &[(String, &str, &str)] = &[
        (
            wrap(r#""fields":{"masses":1.5}"#),
            "changes[0].set[\"r1\"].fields.masses",
            "不是整数",
        ),
        (
            wrap(r#""fields":{"masses":9007199254740992}"#),
            "changes[0].set[\"r1\"].fields.masses",
            "整数太大",
        ),
        (
            wrap(r#""fields":{"masses":1e999}"#),
            "changes[0].set[\"r1\"].fields.masses",
            "超出范围",
        ),
        (
            wrap(r#""fields":{"masses":NaN}"#),
            "changes[0].set[\"r1\"].fields.masses",
            "不是有效的数据格式",
        ),
        (
            wrap(r#""fields":{"place":"a","place":"b"}"#),
            "changes[0].set[\"r1\"].fields.place",
            "字段重复",
        ),
        (
            wrap(r#""fields":{"place":"\ud800"}"#),
            "changes[0].set[\"r1\"].fields.place",
            "不完整的字符",
        ),
        (
            wrap(r#""fields":{"unit":"x"}"#),
            "changes[0].set[\"r1\"].fields.unit",
            "不能用在字段里",
        ),
        (
            wrap(r#""fields":{"place":"a"},"over":{"place":{"a":1}}"#),
            "changes[0].set[\"r1\"].over.place",
            "已看到自己",
        ),
        (
            wrap(r#""fields":{"place":"a"},"over":{"topic":{"b":1}}"#),
            "changes[0].set[\"r1\"]",
            "没有写入",
        ),
        (wrap(&nested), "changes[0].set[\"r1\"].fields.place", "嵌套太深"),
        (wrap(r#""fields":{"place":"a""#), "changes[0]", ""),
        (
            r#"[{"at":"2022-01-01","by":"x","id":"a.1","set":{}}]"#.into(),
            "changes[0].at",
            "时间写法不对",
        ),
        (
            r#"[{"at":"2022-01-01T00:00:00Z","by":"x","id":"a.01","set":{}}]"#.into(),
            "changes[0].id",
            "修改编号不对",
        ),
        (
            r#"[{"at":"2022-01-01T00:00:00Z","by":"x","set":{}}]"#.into(),
            "changes[0]",
            "缺少 id",
        ),
        (r#"[{"#.into(), "changes[0]", "不完整"),
        (format!("[{}", r#"{"__proto__":1},"#), "changes[0]", "缺少 id"),
    ];
    for (json, path, what) in cases {
        let notice = read_changes(json, &mut Names::default(), Limits::default()).expect_err(json);
        assert!(notice.place.starts_with(path), "{json}\n{notice:?}");
        assert!(notice.what.contains(what), "{json}\n{notice:?}");
        assert!(!notice.todo.is_empty(), "{notice:?}");
    }
    let many: Vec<String> = (0..3_000).map(|i| format!("\"a{i}\":1")).collect();
    let json = wrap(&format!(
        r#""fields":{{"place":"x"}},"over":{{"place":{{{}}}}}"#,
        many.join(",")
    ));
    assert!(
        read_changes(&json, &mut Names::default(), Limits::default())
            .expect_err("too many")
            .what
            .contains("太多")
    );
    assert_eq!(parse("[]").len(), 0);
    assert_eq!(canonical(&Site::new("a").replica), "[]");
}

/// A change is stored under the ids of its records; one id in two ledgers could not be told apart.
#[test]
#[should_panic(expected = "one change writes one id in one ledger")]
fn one_change_cannot_write_one_id_in_two_ledgers() {
    let mut town = Site::new("aaa");
    let stamp = town.stamp();
    let field = |ledger: &tiancheng::model::ledger::Ledger| ledger.slot("unit").expect("a field");
    let writes = [
        Write::cell(TALK.schema, "r1", field(TALK), text(U)),
        Write::cell(Reserve::SCHEMA, "r1", field(Reserve::LEDGER), text(U)),
    ];
    town.replica.compose(stamp, &writes);
}

#[test]
fn a_deleted_unit_says_how_many_records_name_it() {
    let mut site = Site::new("a");
    site.write(Unit::LEDGER, "1", &[("name", text("寺前村"))]);
    assert_eq!(record::dependants(&site.replica, site.ix(Unit::LEDGER, "1")), 0);
    for (id, unit) in [("t1", "1"), ("t2", "1"), ("t3", "2")] {
        site.write(TALK, id, &[("unit", text(unit))]);
    }
    assert_eq!(record::dependants(&site.replica, site.ix(Unit::LEDGER, "1")), 2);
    assert_eq!(record::deleted_words("寺前村", 0), "已删除：寺前村");
    assert!(record::deleted_words("寺前村", 2).contains("另有 2 条记录"));
}
