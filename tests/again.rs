//! 保存并再记一条 and 复制上一条: what the next record takes over.

mod support;

use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Cells as _, Ledger};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::records::Draft;
use tiancheng::model::value::Value;
use tiancheng::view::again::{copied, next, previous};
use tiancheng::view::form::{fresh, to_text};

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect("a ledger")
}

fn today() -> Day {
    Day::parse("2022-11-22").expect("a day")
}

fn filled(ledger: &'static Ledger, cells: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::new(ledger.schema, "");
    for (name, text) in cells {
        draft.set(ledger.slot(name).expect("a field"), Value::text(*text));
    }
    draft
}

fn read(ledger: &'static Ledger, draft: &Draft, name: &str) -> String {
    let value = draft.cell(ledger.slot(name).expect("a field"));
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_next_record_begins_with_unit_and_day_alone() {
    let talks = ledger("night_talk");
    let saved = filled(
        talks,
        &[
            ("unit", "421281105200"),
            ("date", "2022-11-02"),
            ("place", "三组"),
            ("topic", "饮水"),
        ],
    );
    let draft = next(talks, &saved, today(), None);
    assert!(draft.id.is_empty());
    let of = |name| read(talks, &draft, name);
    assert_eq!([of("unit"), of("date")], ["421281105200", "2022-11-02"]);
    assert_eq!([of("place"), of("topic")], ["", ""]);
}

#[test]
fn in_a_roll_the_unit_is_what_differs() {
    let roll = ledger("attendance");
    let saved = filled(
        roll,
        &[("unit", "421281105200"), ("training", "t1"), ("date", "2022-11-02")],
    );
    let draft = next(roll, &saved, today(), None);
    let of = |name| read(roll, &draft, name);
    assert_eq!([of("unit"), of("training"), of("date")], ["", "t1", "2022-11-02"]);
    // Who fills in for one unit alone stays with it.
    let own = next(roll, &saved, today(), Some("421281105201"));
    assert_eq!(read(roll, &own, "unit"), "421281105201");
}

const PERSON: [(&str, &str); 8] = [
    ("unit", "421281105200"),
    ("name", "张一"),
    ("sex", "male"),
    ("birth", "1990-01"),
    ("education", "college"),
    ("since", "2021-03-01"),
    ("mentor", "李二"),
    ("phone", "13800000000"),
];

fn with_person(site: &mut support::Site, id: &str, name: &str) {
    let cells = PERSON.map(|(field, text)| (field, Value::text(if field == "name" { name } else { text })));
    let known = cells
        .into_iter()
        .filter(|(field, _)| ledger("assistant").slot(field).is_some());
    site.write(ledger("assistant"), id, &known.collect::<Vec<_>>());
}

#[test]
fn what_is_of_one_person_is_not_copied_to_the_next() {
    let people = ledger("assistant");
    let mut site = support::Site::new("a");
    with_person(&mut site, "p1", "张一");
    let base = fresh(people, today(), None);
    let record = site.replica.record(site.ix(people, "p1")).expect("a record");
    let copy = copied(&site.replica, people, &base, &base, record).expect("something to copy");
    let of = |name| read(people, &copy.draft, name);
    assert_eq!(
        [of("unit"), of("sex"), of("education"), of("mentor")],
        ["421281105200", "male", "college", "李二"]
    );
    assert_eq!([of("name"), of("birth"), of("phone")], ["", "", ""]);
    assert_eq!(of("since"), "2022-11-22", "a new record has a day of its own");
    assert!(
        copy.told.starts_with("已从“张一”复制：村（社区）、性别、学历、"),
        "{}",
        copy.told
    );
    assert!(copy.told.contains("没有复制：姓名、出生年月、"), "{}", copy.told);
    let texts = |draft: &Draft| to_text(people, draft);
    assert_eq!(texts(&copy.taken_back(&copy.draft)), texts(&base));
}

#[test]
fn what_was_typed_is_neither_covered_by_a_copy_nor_lost_when_it_is_taken_back() {
    let people = ledger("assistant");
    let mut site = support::Site::new("a");
    with_person(&mut site, "p1", "张一");
    let base = fresh(people, today(), None);
    let mut typed = base.clone();
    typed.set(people.slot("mentor").expect("a field"), Value::text("王五"));
    let record = site.replica.record(site.ix(people, "p1")).expect("a record");
    let copy = copied(&site.replica, people, &base, &typed, record).expect("something to copy");
    assert_eq!(read(people, &copy.draft, "mentor"), "王五");
    let mut after = copy.draft.clone();
    after.set(people.slot("sex").expect("a field"), Value::text("female"));
    let back = copy.taken_back(&after);
    assert_eq!(read(people, &back, "sex"), "female");
    assert_eq!(read(people, &back, "education"), "");
}

#[test]
fn the_last_record_is_the_last_that_this_device_or_unit_wrote() {
    let people = ledger("assistant");
    let mut site = support::Site::new("a");
    with_person(&mut site, "p1", "张一");
    with_person(&mut site, "p2", "张二");
    site.tag = "other".into();
    site.actor = "b".into();
    site.n = 0;
    with_person(&mut site, "p3", "张三");
    // A later correction is not a later record.
    site.tag = "town".into();
    site.actor = "a".into();
    site.n = 2;
    site.write(people, "p1", &[("mentor", Value::text("赵六"))]);
    let id = |ix| site.replica.record(ix).map(|record| record.id.to_string());
    let found = |unit, tag| previous(&site.replica, people, unit, tag).and_then(id);
    assert_eq!(found(None, "town").as_deref(), Some("p2"));
    assert_eq!(found(None, "nobody"), None);
    assert_eq!(found(Some("421281105200"), "nobody").as_deref(), Some("p3"));
    assert_eq!(found(Some("421281105201"), "town"), None);
}
