//! The desk over a store in memory and a environment without chance: every action of the page, and what is found again
//! after the page was closed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use tiancheng::desk::{Desk, EXPORT_DAYS, EXPORT_SAVES, Environment};
use tiancheng::exchange::Batch;
use tiancheng::exchange::{Purpose, Scope};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::{Ledger, Role, Slot, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::model::programmes::town::ledgers::{Device, Town, Unit};
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::value::Value;
use tiancheng::replica::RecordIx;
use tiancheng::storage::{Exclusive, Failure, KeyValue, KvError, Limit, MemoryKeyValue, State};
use tiancheng::view::new_town::{drafts, parse};
use tiancheng::view::record::disputes;

const DAY: i64 = 86_400;

/// A clock that stands until it is moved, and a row of different numbers.
struct Fake {
    now: Cell<i64>,
    next: Cell<u8>,
    seed: u8,
}

impl Fake {
    fn new(seed: u8) -> Rc<Fake> {
        Rc::new(Fake {
            now: Cell::new(1_669_080_600),
            next: Cell::new(0),
            seed,
        })
    }
}

impl Environment for Fake {
    fn now(&self) -> Instant {
        Instant(self.now.get())
    }
    fn today(&self) -> Day {
        Instant(self.now.get()).office().0
    }
    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            self.next.set(self.next.get().wrapping_add(1));
            *byte = (self.next.get().wrapping_mul(7) ^ self.seed) % 240;
        }
    }
}

/// Key, old and new text of one storage event.
type Sent = (String, Option<String>, Option<String>);

/// A store that can be full, and that tells what another window would hear.
#[derive(Default)]
struct Shared {
    inner: MemoryKeyValue,
    full: Cell<bool>,
    sent: RefCell<Vec<Sent>>,
}

impl KeyValue for Shared {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        if self.full.get() {
            return Err(KvError::Quota);
        }
        let old = self.inner.get(key)?;
        self.inner.set(key, value)?;
        self.sent.borrow_mut().push((key.into(), old, Some(value.into())));
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), KvError> {
        let old = self.inner.get(key)?;
        self.inner.remove(key)?;
        self.sent.borrow_mut().push((key.into(), old, None));
        Ok(())
    }
    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.inner.keys()
    }
    fn limit(&self) -> Limit {
        self.inner.limit()
    }
}

struct Office {
    kv: Rc<Shared>,
    environment: Rc<Fake>,
    desk: Desk,
}

impl Office {
    fn new() -> Office {
        Office::at(Rc::default(), 1)
    }

    fn at(kv: Rc<Shared>, seed: u8) -> Office {
        let environment = Fake::new(seed);
        let desk = Desk::open(kv.clone(), environment.clone(), None);
        Office { kv, environment, desk }
    }

    /// With one village.
    fn with_town() -> Office {
        let mut office = Office::new();
        let all = drafts("天城镇", &parse("寺前村,村,东片").units, |i| {
            office.desk.next_record_id(i)
        });
        let done = office.desk.save("新建本镇", &all);
        assert_eq!((done.unchanged, done.failure), (false, None));
        office
    }

    /// What the page shows after it was closed and opened again.
    fn again(&self) -> Desk {
        let copy = MemoryKeyValue::with(self.kv.inner.texts(), Limit::NONE);
        Desk::open(Rc::new(copy), Fake::new(99), None)
    }

    fn talk(&mut self, place: &str) -> String {
        let unit = rows::<Unit>(self.desk.replica())[0].id().to_string();
        let mut draft = Draft::new(NightTalk::SCHEMA, "");
        for (name, value) in [("unit", Value::text(unit)), ("place", Value::text(place))] {
            draft.set(slot(NightTalk::LEDGER, name), value);
        }
        let done = self.desk.save("记一场夜话", &[draft]);
        assert_eq!(done.failure, None);
        done.record.expect("a new record")
    }

    fn ix(&self, id: &str) -> RecordIx {
        let found = self.desk.replica().find_ix(NightTalk::LEDGER.id, id);
        found.expect("the record")
    }

    /// Lets another desk hear what this store was sent.
    fn deliver(&self, other: &mut Desk) -> bool {
        let mut changed = false;
        for (key, old, new) in self.kv.sent.borrow_mut().drain(..) {
            let heard = other.external(Some(&key), old.as_deref(), new.as_deref());
            assert_eq!((heard.notices, heard.rewrite), (Vec::new(), false));
            changed |= heard.changed;
        }
        changed
    }
}

fn slot(ledger: &'static Ledger, name: &str) -> Slot {
    ledger.slot(name).expect("a field of the ledger")
}

fn places(desk: &Desk) -> Vec<String> {
    let place = slot(NightTalk::LEDGER, "place");
    let mut all: Vec<String> = Vec::new();
    let replica = desk.replica();
    tiancheng::model::records::Records::visit(replica, NightTalk::SCHEMA, None, &mut |cells| {
        all.push(cells.cell(place).as_str().unwrap_or("--").to_string());
    });
    all.sort();
    all
}

#[test]
fn a_new_town_is_there_after_a_reload() {
    let mut office = Office::new();
    assert!(office.desk.is_blank());
    let list = parse(include_str!("fixtures/units.csv"));
    let all = drafts("天城镇", &list.units, |i| office.desk.next_record_id(i));
    office.desk.save("新建本镇", &all);
    assert!(!office.desk.is_blank());
    let again = office.again();
    let units = rows::<Unit>(again.replica());
    assert_eq!(units.len(), 39);
    assert_eq!(units.iter().filter(|u| u.district().is_some()).count(), 39);
    assert_eq!(rows::<Town>(again.replica())[0].name(), Some("天城镇"));
    assert!(!again.is_blank());
}

#[test]
fn a_town_taken_back_is_first_use_again() {
    let mut office = Office::with_town();
    office.desk.undo().expect("a step");
    assert!(office.desk.is_blank());
    office.desk.redo().expect("a step");
    assert_eq!(rows::<Unit>(office.desk.replica()).len(), 1);
}

#[test]
fn save_set_delete_restore() {
    let mut office = Office::with_town();
    let id = office.talk("汪家巷");
    let place = slot(NightTalk::LEDGER, "place");
    office
        .desk
        .set("修改", NightTalk::LEDGER, &id, place, Value::text("三组"));
    assert_eq!(places(&office.again()), ["三组"]);
    let same = office
        .desk
        .set("修改", NightTalk::LEDGER, &id, place, Value::text("三组"));
    assert!(same.unchanged, "writing what is there already is no save");
    let ix = office.ix(&id);
    office.desk.delete("删除", &[ix]);
    assert_eq!(places(&office.again()), Vec::<String>::new());
    office.desk.restore("恢复", &[ix]);
    assert_eq!(places(&office.again()), ["三组"]);
}

#[test]
fn undo_and_redo_go_back_and_forth_and_are_stored() {
    let mut office = Office::with_town();
    let id = office.talk("一组");
    let place = slot(NightTalk::LEDGER, "place");
    office
        .desk
        .set("改地点", NightTalk::LEDGER, &id, place, Value::text("二组"));
    let ix = office.ix(&id);
    office.desk.delete("删夜话", &[ix]);
    assert_eq!(office.desk.undo_label(), Some("删夜话"));
    for expected in [vec!["二组"], vec!["一组"], vec![]] {
        office.desk.undo().expect("a step");
        assert_eq!(places(&office.desk), expected);
        assert_eq!(places(&office.again()), expected);
    }
    for expected in [vec!["一组"], vec!["二组"], vec![]] {
        office.desk.redo().expect("a step");
        assert_eq!(places(&office.desk), expected);
    }
    assert_eq!(office.desk.redo(), None);
    office.desk.undo();
    office.talk("四组");
    assert_eq!(office.desk.redo_label(), None, "a new save leaves nothing to do again");
}

#[test]
fn undo_leaves_alone_what_another_window_changed_since() {
    let mut office = Office::with_town();
    let mut other = Office::at(office.kv.clone(), 2);
    office.kv.sent.borrow_mut().clear();
    let id = office.talk("一组");
    assert!(office.deliver(&mut other.desk));
    let place = slot(NightTalk::LEDGER, "place");
    other.desk.set("改", NightTalk::LEDGER, &id, place, Value::text("二组"));
    other.deliver(&mut office.desk);
    assert_eq!(places(&office.desk), ["二组"]);
    let done = office.desk.undo().expect("a step");
    assert!(!done.notices.is_empty(), "it says what it left alone");
    assert!(places(&office.desk).iter().any(|p| p == "二组"));
}

#[test]
fn a_decision_taken_back_is_to_be_taken_again() {
    let place = slot(NightTalk::LEDGER, "place");
    // Whichever of the two values is chosen, whether it was the one shown or not.
    for choice in ["二组", "三组"] {
        let mut office = Office::with_town();
        let mut other = Office::at(office.kv.clone(), 2);
        office.kv.sent.borrow_mut().clear();
        let id = office.talk("一组");
        assert!(office.deliver(&mut other.desk));
        other.desk.set("改", NightTalk::LEDGER, &id, place, Value::text("二组"));
        office
            .desk
            .set("改", NightTalk::LEDGER, &id, place, Value::text("三组"));
        other.deliver(&mut office.desk);
        let ix = office.ix(&id);
        let disputed = |desk: &Desk| {
            let record = desk.replica().record(ix).expect("there");
            let mut values: Vec<_> = record.heads(place).map(|a| a.value.clone()).collect();
            values.sort();
            // What counts while it is open, and who is said to have written what.
            let told = |change| tiancheng::view::record::source(desk.replica(), change);
            let rivals = disputes(desk.replica(), &told, NightTalk::LEDGER, ix);
            let rivals = rivals.iter().flat_map(|d| &d.rivals);
            let sources: Vec<(String, String)> = rivals.map(|r| (r.text.clone(), r.source.clone())).collect();
            (record.disputed(place), values, record.shown(place).clone(), sources)
        };
        let both = disputed(&office.desk);
        assert!(both.0 && both.3.len() == 2, "{both:?}");
        assert_eq!(both.1, [Value::text("三组"), Value::text("二组")]);
        office.desk.resolve("核定", &[(ix, place, Value::text(choice))]);
        let one = (false, vec![Value::text(choice)], Value::text(choice), Vec::new());
        assert_eq!(disputed(&office.desk), one);
        for _ in 0..2 {
            let done = office.desk.undo().expect("a step");
            assert_eq!(done.notices, [], "nobody else wrote since");
            assert_eq!(disputed(&office.desk), both);
            let done = office.desk.redo().expect("a step");
            assert_eq!(done.notices, [], "nobody else wrote since");
            assert_eq!(disputed(&office.desk), one);
        }
        office.desk.undo();
        let again = office.again();
        let ix = again.replica().find_ix(NightTalk::LEDGER.id, &id).expect("there");
        assert!(again.replica().record(ix).expect("there").disputed(place));
    }
}

#[test]
fn steps_done_again_blame_nobody() {
    let mut office = Office::with_town();
    let id = office.talk("一组");
    let place = slot(NightTalk::LEDGER, "place");
    office
        .desk
        .set("改地点", NightTalk::LEDGER, &id, place, Value::text("二组"));
    let ix = office.ix(&id);
    office.desk.delete("删夜话", &[ix]);
    for _ in 0..2 {
        while let Some(done) = office.desk.undo() {
            assert_eq!(done.notices, []);
        }
        while let Some(done) = office.desk.redo() {
            assert_eq!(done.notices, []);
        }
    }
}

#[test]
fn a_step_is_told_from_those_before_and_after() {
    let mut office = Office::with_town();
    office.talk("一组");
    let first = office.desk.last_step();
    office.talk("二组");
    let second = office.desk.last_step();
    assert_ne!(first, second);
    office.desk.undo();
    assert_eq!(office.desk.last_step(), first);
    office.talk("三组");
    assert!(
        ![first, second].contains(&office.desk.last_step()),
        "another step, though at the same place"
    );
    assert_eq!(
        office.again().last_step(),
        None,
        "nothing of an earlier page load is taken back"
    );
}

#[test]
fn unfinished_forms_belong_to_their_tab() {
    let mut office = Office::with_town();
    let form = "night_talk.new";
    office.desk.keep_draft(form, "one", "topic=甲题目\n").expect("room");
    office.desk.keep_draft(form, "two", "topic=乙题目\n").expect("room");
    let own = |desk: &Desk, tab: &str| desk.own_draft(form, tab).map(|kept| kept.text);
    assert_eq!(own(&office.desk, "one").as_deref(), Some("topic=甲题目\n"));
    assert_eq!(own(&office.desk, "two").as_deref(), Some("topic=乙题目\n"));
    let others = office.desk.other_drafts(form, "one");
    assert_eq!(
        others.iter().map(|kept| kept.text.as_str()).collect::<Vec<_>>(),
        ["topic=乙题目\n"]
    );
    assert!(others.iter().all(|kept| kept.at == Some(office.desk.now())));
    assert_eq!(office.desk.other_drafts("leader.new", "one"), []);
    office.desk.forget_own_draft(form, "one");
    assert_eq!(own(&office.desk, "one"), None);
    assert!(
        own(&office.desk, "two").is_some(),
        "saving in one tab deletes nothing of the other"
    );
    // One of version 0.1 belongs to nobody: it is offered.
    let _ = office.desk.store_mut().set_draft(form, Some("topic=丙题目\n"));
    assert_eq!(office.desk.other_drafts(form, "two").len(), 1);
    // What has lain for more than thirty days goes.
    let long_ago = office.desk.now().0 - 31 * 24 * 3_600_000;
    let _ = office
        .desk
        .store_mut()
        .set_draft("leader.new~old", Some(&format!("@at={long_ago}\nname=张三\n")));
    office.desk.tidy_drafts();
    assert_eq!(office.desk.own_draft("leader.new", "old"), None);
    assert_eq!(office.desk.other_drafts(form, "two").len(), 1, "it ages from now on");
    assert!(own(&office.desk, "two").is_some());
}

#[test]
fn two_windows_see_each_other() {
    let mut one = Office::with_town();
    let mut two = Office::at(one.kv.clone(), 2);
    one.kv.sent.borrow_mut().clear();
    one.talk("甲");
    assert!(one.deliver(&mut two.desk));
    two.talk("乙");
    assert!(two.deliver(&mut one.desk));
    assert_eq!(places(&one.desk), ["甲", "乙"].map(String::from).to_vec().sorted());
    assert_eq!(places(&one.desk), places(&two.desk));
    assert_eq!(one.desk.export_age().saves, two.desk.export_age().saves);
}

trait Sorted {
    fn sorted(self) -> Self;
}

impl Sorted for Vec<String> {
    fn sorted(mut self) -> Self {
        self.sort();
        self
    }
}

#[test]
fn a_window_that_slept_catches_up() {
    let mut one = Office::with_town();
    let mut two = Office::at(one.kv.clone(), 2);
    one.talk("甲");
    let heard = two.desk.catch_up();
    assert_eq!((heard.changed, heard.rewrite), (true, false));
    assert_eq!(places(&two.desk), ["甲"]);
    assert!(!two.desk.catch_up().changed, "nothing new the second time");
}

#[test]
fn both_values_of_two_windows_are_kept_until_resolved() {
    let mut one = Office::with_town();
    let id = one.talk("一组");
    let mut two = Office::at(one.kv.clone(), 2);
    one.kv.sent.borrow_mut().clear();
    let place = slot(NightTalk::LEDGER, "place");
    one.desk.set("改", NightTalk::LEDGER, &id, place, Value::text("甲"));
    two.desk.set("改", NightTalk::LEDGER, &id, place, Value::text("乙"));
    one.deliver(&mut two.desk);
    one.desk.catch_up();
    let ix = one.ix(&id);
    assert!(one.desk.replica().record(ix).unwrap().disputed(place));
    one.desk.resolve("采用 乙", &[(ix, place, Value::text("乙"))]);
    assert!(!one.desk.replica().record(ix).unwrap().disputed(place));
    assert_eq!(places(&one.again()), ["乙"]);
}

#[test]
fn an_import_is_withdrawn_and_brought_back() {
    let mut village = Office::with_town();
    village.talk("汪家巷");
    let file = village.desk.export(Purpose::Report, Scope::all());
    let mut office = Office::at(Rc::default(), 5);
    let mut batch = Batch::new(office.desk.replica(), office.desk.now().0);
    batch.add("上报.json", file.text.as_bytes());
    let base = office.desk.replica().version();
    let preview = batch.finish();
    assert!(office.desk.import(preview.into(), base).is_ok(), "taken in");
    assert_eq!(places(&office.desk), ["汪家巷"]);
    assert_eq!(places(&office.again()), ["汪家巷"]);
    let id = office.desk.store().imports()[0].meta.id.clone();
    office.desk.withdraw(&id).expect("withdrawn");
    assert_eq!((places(&office.desk).len(), places(&office.again()).len()), (0, 0));
    office.desk.reinstate(&id).expect("brought back");
    assert_eq!(places(&office.again()), ["汪家巷"]);
    office.desk.undo().expect("the import is the last step");
    assert!(places(&office.desk).is_empty());
    office.desk.redo().expect("a step");
    assert_eq!(places(&office.again()), ["汪家巷"]);
}

#[test]
fn the_same_person_after_a_reload() {
    let mut office = Office::with_town();
    let devices = |desk: &Desk| rows::<Device>(desk.replica()).len();
    assert_eq!(devices(&office.desk), 1);
    let again = Office::at(office.kv.clone(), 9);
    assert_eq!(again.desk.person(), office.desk.person());
    let unit = rows::<Unit>(office.desk.replica())[0].id().to_string();
    office.desk.become_person(Role::Unit, &unit, "", "王书记");
    assert_eq!(office.desk.own_unit(), Some(unit.as_str()));
    office.talk("汪家巷");
    assert_eq!(devices(&office.desk), 2, "another role is another device");
    let again = office.again();
    assert_eq!(
        (again.person().role, again.person().label.as_str()),
        (Role::Unit, "王书记")
    );
    assert_eq!(again.why_not(NightTalk::LEDGER, &unit, None), None);
    assert!(again.why_not(NightTalk::LEDGER, "421223100299", None).is_some());
}

#[test]
fn a_full_store_loses_nothing_and_recovers() {
    let mut office = Office::with_town();
    office.kv.full.set(true);
    let unit = rows::<Unit>(office.desk.replica())[0].id().to_string();
    let mut draft = Draft::new(NightTalk::SCHEMA, "");
    draft.set(slot(NightTalk::LEDGER, "unit"), Value::text(unit));
    draft.set(slot(NightTalk::LEDGER, "place"), Value::text("满"));
    let done = office.desk.save("记一场夜话", &[draft]);
    assert_eq!(done.failure, Some(Failure::Quota));
    assert_eq!(places(&office.desk), ["满"], "it is shown and can be exported");
    assert!(office.desk.export(Purpose::Backup, Scope::all()).text.contains("满"));
    assert!(office.desk.wants_compaction());
    assert!(office.desk.compact(Exclusive::OnlyTab).is_err());
    office.kv.full.set(false);
    assert_eq!(office.desk.compact(Exclusive::OnlyTab), Ok(()));
    assert_eq!(places(&office.again()), ["满"]);
}

#[test]
fn emptied_storage_with_a_witness_waits_for_a_decision() {
    let mut office = Office::with_town();
    office.talk("汪家巷");
    let witness = office.desk.store().witness();
    let raw = office.desk.store().raw_copy().expect("a copy");
    let open = || Desk::open(Rc::<MemoryKeyValue>::default(), Fake::new(3), Some(witness.clone()));

    let mut fresh = open();
    assert_eq!(fresh.lost(), Some(2));
    assert!(!fresh.is_blank());
    fresh.start_fresh();
    assert!(fresh.is_blank() && fresh.lost().is_none());

    let mut restored = open();
    restored.restore_raw("本机数据.json", &raw).expect("restored");
    assert_eq!((restored.lost(), places(&restored)), (None, vec!["汪家巷".to_string()]));

    let mut wrong = open();
    assert!(wrong.restore_raw("别的.json", "{}").is_err());
    assert_eq!(wrong.lost(), Some(2), "a wrong file changes nothing");
}

#[test]
fn what_another_program_cleared_is_written_again() {
    let mut office = Office::with_town();
    office.talk("汪家巷");
    for key in office.kv.inner.keys().unwrap() {
        office.kv.inner.remove(&key).unwrap();
    }
    let heard = office.desk.external(None, None, None);
    assert!(heard.rewrite && !heard.notices.is_empty());
    assert_eq!(office.desk.rewrite(Exclusive::WebLock), Ok(()));
    assert_eq!(places(&office.again()), ["汪家巷"]);
}

#[test]
fn erased_elsewhere_stops_this_window() {
    let mut one = Office::with_town();
    let mut two = Office::at(one.kv.clone(), 2);
    one.kv.sent.borrow_mut().clear();
    let now = one.desk.now();
    one.desk.store_mut().clear_all(now).expect("erased");
    for (key, old, new) in one.kv.sent.borrow_mut().drain(..) {
        two.desk.external(Some(&key), old.as_deref(), new.as_deref());
    }
    assert_eq!(two.desk.barred(), Some(&Failure::Erased));
    assert!(one.again().is_blank());
    assert_eq!(one.again().report().state, State::Fresh, "erased on purpose is no loss");
}

#[test]
fn the_reminder_comes_after_seven_days_or_two_hundred_saves() {
    let mut office = Office::with_town();
    assert!(!office.desk.export_age().overdue);
    office
        .environment
        .now
        .set(office.environment.now.get() + EXPORT_DAYS * DAY);
    assert!(
        office.desk.export_age().overdue,
        "never exported counts from the first save"
    );
    office.desk.note_export();
    let age = office.desk.export_age();
    assert_eq!((age.days, age.saves, age.overdue), (Some(0), 0, false));
    office.environment.now.set(office.environment.now.get() + 30 * DAY);
    assert!(!office.desk.export_age().overdue, "nothing was changed since");
    for number in 1..=EXPORT_SAVES {
        office.talk(&format!("{number} 组"));
        assert_eq!(office.desk.export_age().overdue, number == EXPORT_SAVES);
    }
}

#[test]
fn many_saves_are_gathered_and_all_there() {
    let mut office = Office::with_town();
    for number in 0..250 {
        office.talk(&format!("{number} 组"));
    }
    let before = office.kv.inner.keys().unwrap().len();
    assert!(office.desk.wants_compaction());
    assert_eq!(office.desk.compact(Exclusive::WebLock), Ok(()));
    office.talk("后");
    assert_eq!(office.desk.compact(Exclusive::WebLock), Ok(()));
    assert!(office.kv.inner.keys().unwrap().len() < before / 2);
    assert_eq!(places(&office.again()), places(&office.desk));
    assert_eq!(places(&office.desk).len(), 251);
}

#[test]
fn the_sample_and_memory_touch_no_storage() {
    let mut sample = Desk::sample(Fake::new(1), &SampleOptions::default());
    assert!(sample.is_sample() && !sample.is_blank());
    let talks = places(&sample).len();
    let ix = sample.replica().records_of(NightTalk::LEDGER.id)[0];
    sample.delete("删除", &[ix]);
    assert_eq!(places(&sample).len(), talks - 1);
    assert_eq!(
        sample.store().usage().keys,
        Desk::sample(Fake::new(1), &SampleOptions::default())
            .store()
            .usage()
            .keys
    );
    assert!(!sample.wants_compaction() && !sample.export_age().overdue);

    let memory = Desk::in_memory(Fake::new(1), &Failure::Blocked);
    assert!(memory.is_in_memory() && memory.is_blank());
    assert_eq!(memory.barred(), Some(&Failure::Blocked));
    assert_eq!(memory.report().notices.len(), 1);
}

#[test]
fn a_store_that_throws_while_open_is_told() {
    struct Throws;
    impl KeyValue for Throws {
        fn get(&self, _: &str) -> Result<Option<String>, KvError> {
            Err(KvError::Corrupt)
        }
        fn set(&self, _: &str, _: &str) -> Result<(), KvError> {
            Err(KvError::Corrupt)
        }
        fn remove(&self, _: &str) -> Result<(), KvError> {
            Err(KvError::Corrupt)
        }
        fn keys(&self) -> Result<Vec<String>, KvError> {
            Err(KvError::Corrupt)
        }
        fn limit(&self) -> Limit {
            Limit::NONE
        }
    }
    let mut desk = Desk::open(Rc::new(Throws), Fake::new(1), None);
    assert!(desk.is_in_memory());
    assert_eq!(desk.barred(), Some(&Failure::Corrupt));
    let all = drafts("天城镇", &parse("寺前村").units, |i| desk.next_record_id(i));
    assert_eq!(desk.save("新建本镇", &all).failure, Some(Failure::Corrupt));
    assert_eq!(rows::<Unit>(desk.replica()).len(), 1);
}

#[test]
fn damaged_saves_are_told_and_the_rest_is_there() {
    let mut office = Office::with_town();
    office.talk("一组");
    office.talk("二组");
    let mut texts: BTreeMap<String, String> = office.kv.inner.texts();
    let victim = texts.keys().rfind(|k| k.starts_with("tc.j.")).cloned().expect("a save");
    texts.insert(victim, "12345678{".into());
    let desk = Desk::open(Rc::new(MemoryKeyValue::with(texts, Limit::NONE)), Fake::new(4), None);
    assert_eq!(places(&desk), ["一组"]);
    assert_eq!(desk.report().notices.len(), 1);
}
