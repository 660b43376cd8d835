//! A record that a form names and that is not here yet is registered with the form, in one save (17.3).

mod support;

use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Cells as _, Kind, TypedRow as _};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::seedling::ledgers::{Mobile, MobileContact};
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::value::Value;
use tiancheng::view::beside::{
    Beside, asked, begun, called, from_text, ledger_of, meant, saved_with, to_text, with_ahead, wrong,
};
use tiancheng::view::beside::{naming, new_in, not_naming};
use tiancheng::view::form::{errors, fresh};

const UNIT: &str = "421223100208";

fn today() -> Day {
    Day::parse("2022-11-22").expect("a day")
}

fn contact() -> Draft {
    fresh(MobileContact::LEDGER, today(), Some(UNIT))
}

fn begun_for(draft: &mut Draft, name: &str, number: usize) -> Beside {
    let field = MobileContact::LEDGER.field("mobile").expect("a field");
    let ledger = ledger_of(field).expect("a ledger");
    let one = begun(ledger, name, UNIT, number, today());
    let slot = MobileContact::LEDGER.slot("mobile").expect("a slot");
    draft.set(slot, tiancheng::view::form::value_of(field, &one.draft.id));
    one
}

fn fill(one: &mut Beside, name: &str, text: &str) {
    let (slot, field) = (
        one.ledger.slot(name).expect("a slot"),
        one.ledger.field(name).expect("a field"),
    );
    one.draft.set(slot, tiancheng::view::form::value_of(field, text));
}

#[test]
fn two_fields_are_asked_beside_the_name() {
    let names: Vec<&str> = asked(Mobile::LEDGER).iter().map(|(_, field)| field.label).collect();
    assert_eq!(names, ["姓名", "外出日期", "去向（来处）"]);
}

#[test]
fn what_needs_much_is_registered_in_its_own_form() {
    let mut many = 0;
    for ledger in catalogue().all() {
        for field in ledger.fields.iter().filter(|field| ledger_of(field).is_some()) {
            let target = ledger_of(field).expect("a ledger");
            assert!(asked(target).len() <= 3, "{}: {}", ledger.label, field.label);
            assert!(!target.system);
            many += 1;
        }
    }
    assert!(many > 5, "{many}");
    let unit = MobileContact::LEDGER.field("unit").expect("a field");
    assert!(ledger_of(unit).is_none());
}

#[test]
fn both_are_saved_at_once_and_name_each_other() {
    let mut site = support::Site::new("a");
    let mut draft = contact();
    let mut one = begun_for(&mut draft, " 张三 ", 0);
    let all = |one: &Beside| meant(&draft, std::slice::from_ref(one));
    // The name is taken over; the day and the place are missing.
    let problems: Vec<String> = wrong(&one, &site.replica, today())
        .into_iter()
        .map(|n| n.place)
        .collect();
    assert_eq!(problems, ["since", "place"]);
    fill(&mut one, "since", "2021-02-18");
    fill(&mut one, "place", "武汉");
    assert!(wrong(&one, &site.replica, today()).is_empty());
    let found = with_ahead(&site.replica, &all(&one), &mut |records| {
        errors(MobileContact::LEDGER, &draft, records, today())
    });
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(called(&one, &site.replica), "张三（新登记）");

    let stamp = site.stamp();
    let drafts = saved_with(vec![draft.clone()], all(&one), |place| stamp.record_id(place));
    let writes = site.replica.writes_of(&stamp, &drafts);
    let change = site.replica.compose(stamp, &writes);
    site.replica.merge_all(change);
    let (people, contacts) = (rows::<Mobile>(&site.replica), rows::<MobileContact>(&site.replica));
    assert_eq!((people.len(), contacts.len()), (1, 1));
    assert_eq!(people[0].name(), Some("张三"));
    assert_eq!(people[0].unit(), Some(UNIT));
    assert_eq!(contacts[0].mobile(), Some(people[0].id()));
}

#[test]
fn what_is_named_no_more_is_not_saved() {
    let mut draft = contact();
    let first = begun_for(&mut draft, "张三", 0);
    let second = begun_for(&mut draft, "李四", 1);
    let all = meant(&draft, &[first, second]);
    assert_eq!(all.len(), 1);
    let drafts = saved_with(vec![draft], all, |place| format!("r{place}"));
    let slot = MobileContact::LEDGER.slot("mobile").expect("a slot");
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts[0].cell(slot).as_str(), Some("r1"));
}

#[test]
fn it_follows_the_unit_of_the_form_and_survives_a_reload() {
    let mut draft = contact();
    let mut one = begun_for(&mut draft, "张三", 0);
    fill(&mut one, "place", "武汉\n江夏");
    let back = from_text(&to_text(&one)).expect("the same");
    let sorted = |one: &Beside| {
        let mut cells = one.draft.cells.clone();
        cells.sort_by_key(|(slot, _)| *slot);
        (one.ledger.id, one.draft.id.clone(), cells)
    };
    assert_eq!(sorted(&back), sorted(&one));
    assert!(from_text("mobile\nr1\nname=张三").is_none());
    assert!(from_text("no such ledger\nnew 0\n").is_none());
    draft.set(tiancheng::model::ledger::slots::UNIT, Value::text("421223100209"));
    let all = meant(&draft, &[one]);
    assert_eq!(all[0].draft.unit(), Some("421223100209"));
}

#[test]
fn a_list_names_one_more_and_one_less() {
    let field = catalogue()
        .all()
        .iter()
        .flat_map(|ledger| ledger.fields)
        .find(|field| field.kind == Kind::Refs)
        .expect("a field of several");
    let two = naming(field, &naming(field, &Value::Null, "r1"), "new 0");
    assert_eq!(two, Value::list(["r1", "new 0"]));
    assert_eq!(new_in(&two), ["new 0"]);
    assert_eq!(not_naming(field, &two, "r1"), Value::list(["new 0"]));
    let one = MobileContact::LEDGER.field("mobile").expect("a field");
    assert_eq!(naming(one, &Value::text("r1"), "new 0"), Value::text("new 0"));
    assert_eq!(not_naming(one, &Value::text("new 0"), "new 0"), Value::Null);
}
