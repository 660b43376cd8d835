//! What differs between a backup and now, and putting it back.

mod support;

use support::still::desk_with;
use support::turns::{Every, run};
use support::{Site, text};
use tiancheng::desk::Desk;
use tiancheng::exchange::compare::{self, Differences, Opened, Sort, Then, differences};
use tiancheng::exchange::writing::{Order, canonical_file};
use tiancheng::exchange::{Batch, Purpose, Scope, export};
use tiancheng::model::ledger::{Cells, Role, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{Device, District, Unit};
use tiancheng::model::records::Draft;
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::compare::{Chosen, choices, chosen, counts, item};

const TALK: &tiancheng::model::ledger::Ledger = NightTalk::LEDGER;

fn open(bytes: &str) -> Then {
    match at_once(compare::open(bytes.as_bytes().to_vec(), Turns::NONE)) {
        Opened::Then(then) => *then,
        _ => panic!("a plain file of ours"),
    }
}

fn town() -> Site {
    let mut site = Site::new("a");
    site.write(
        Device::LEDGER,
        "town",
        &[("label", text("党建办")), ("role", text("town"))],
    );
    site.write(District::LEDGER, "d", &[("name", text("寺前片区"))]);
    for (id, name) in [("u1", "寺前村"), ("u2", "河田村")] {
        let cells = [("name", text(name)), ("kind", text("village")), ("district", text("d"))];
        site.write(Unit::LEDGER, id, &cells);
    }
    for (id, unit) in [("n1", "u1"), ("n2", "u1"), ("n3", "u2")] {
        let cells = [("unit", text(unit)), ("place", text("三组")), ("host", text("张三"))];
        site.write(TALK, id, &cells);
    }
    site
}

fn file(desk: &mut Desk, purpose: Purpose, scope: Scope) -> Then {
    open(&desk.export(purpose, scope).text)
}

fn set(desk: &mut Desk, id: &str, name: &str, value: &str) {
    let slot = TALK.slot(name).expect("a field");
    let done = desk.set("改", TALK, id, slot, text(value));
    assert_eq!((done.unchanged, done.failure), (false, None));
}

fn ix(desk: &Desk, id: &str) -> u32 {
    desk.replica().find_ix(TALK.id, id).expect("the record")
}

fn shown(desk: &Desk, id: &str, name: &str) -> String {
    let record = desk.replica().record(ix(desk, id)).expect("the record");
    let value = record.cell(TALK.slot(name).expect("a field"));
    format!(
        "{}{}",
        if record.is_live() { "" } else { "gone " },
        value.as_str().unwrap_or("--")
    )
}

fn sorts(desk: &Desk, all: &Differences) -> Vec<(Sort, String, usize)> {
    let id = |ix: u32| desk.replica().record(ix).map(|r| r.id.to_string()).unwrap_or_default();
    all.list.iter().map(|d| (d.sort, id(d.ix), d.slots.len())).collect()
}

/// One record changed, one deleted, one new: the desk, and the backup from before.
fn changed() -> (Desk, Then) {
    let mut desk = desk_with(&town(), 3);
    let then = file(&mut desk, Purpose::Backup, Scope::all());
    set(&mut desk, "n1", "place", "四组");
    set(&mut desk, "n1", "topic", "饮水");
    let gone = ix(&desk, "n3");
    desk.delete("删除", &[gone]);
    let mut draft = Draft::new(TALK.schema, "");
    draft.set(TALK.slot("unit").expect("a field"), text("u2"));
    draft.set(TALK.slot("place").expect("a field"), text("五组"));
    desk.save("记一场夜话", &[draft]);
    (desk, then)
}

#[test]
fn a_file_compared_with_itself_shows_nothing() {
    let mut desk = desk_with(&town(), 3);
    for purpose in Purpose::ALL {
        let then = file(&mut desk, purpose, Scope::all());
        assert_eq!(
            differences(&then, desk.replica()),
            Differences::default(),
            "{purpose:?}"
        );
    }
    let one = file(&mut desk, Purpose::Report, Scope::units(["u1"]));
    assert_eq!(
        differences(&one, desk.replica()),
        Differences::default(),
        "other units are out of scope"
    );
}

#[test]
fn what_is_gone_changed_and_new_is_told_with_who_and_when() {
    let (desk, then) = changed();
    let all = differences(&then, desk.replica());
    assert_eq!(counts(&all), [1, 1, 1]);
    let items: Vec<_> = all.list.iter().filter_map(|d| item(&desk, &then, d)).collect();
    assert_eq!(items[0].title, "三组");
    assert_eq!(items[0].about, "夜话台账 · 河田村");
    assert!(items[0].source.ends_with("2022-11-22 16:00"), "{}", items[0].source);
    let lines: Vec<_> = items[1]
        .lines
        .iter()
        .map(|l| (l.label.as_str(), l.then.as_str(), l.now.as_str()))
        .collect();
    assert_eq!(lines, [("地点", "三组", "四组"), ("议题", "--", "饮水")]);
    assert!(items[1].lines[0].source.ends_with("2022-11-22 16:00"));
    assert_eq!(items[2].title, "五组");
    assert!(!items[2].why_not.is_empty(), "what is new stays");
    let (ledgers, units) = choices(desk.replica(), &all);
    assert_eq!(ledgers, [("night_talk".to_owned(), "夜话台账，3 条".to_owned())]);
    assert_eq!(
        units,
        [
            ("u1".to_owned(), "寺前村，1 条".to_owned()),
            ("u2".to_owned(), "河田村，2 条".to_owned())
        ]
    );
    let of = |sort: &str, unit: &str| {
        let wanted = Chosen {
            sort: sort.to_owned(),
            unit: unit.to_owned(),
            ..Chosen::default()
        };
        chosen(desk.replica(), &all, &wanted)
    };
    assert_eq!(
        (of("", ""), of("gone", ""), of("", "u1"), of("gone", "u1")),
        (vec![0, 1, 2], vec![0], vec![1], vec![])
    );
}

#[test]
fn what_was_then_is_put_back_in_one_change_and_taken_back_in_one_step() {
    let (mut desk, then) = changed();
    let all = differences(&then, desk.replica());
    let before = desk.replica().change_count();
    let done = desk.put_back("改回 2 条记录", &then, &all.list);
    assert_eq!((done.failure, done.notices), (None, Vec::new()));
    assert_eq!(desk.replica().change_count(), before + 1);
    assert_eq!(
        (shown(&desk, "n1", "place"), shown(&desk, "n1", "topic")),
        ("三组".into(), "--".into())
    );
    assert_eq!(shown(&desk, "n3", "place"), "三组");
    let after = differences(&then, desk.replica());
    assert_eq!(counts(&after), [0, 0, 1], "what came since is left alone");
    assert_eq!(desk.undo_label(), Some("改回 2 条记录"));
    desk.undo();
    assert_eq!(
        (shown(&desk, "n1", "place"), shown(&desk, "n3", "place")),
        ("四组".into(), "gone 三组".into())
    );
    assert_eq!(sorts(&desk, &differences(&then, desk.replica())), sorts(&desk, &all));
}

#[test]
fn putting_back_merges_like_any_change() {
    let (mut desk, then) = changed();
    let mut other = desk_with(&town(), 3);
    let all = differences(&then, desk.replica());
    desk.put_back("改回", &then, &all.list);
    let text = desk.export(Purpose::Backup, Scope::all()).text;
    let mut batch = Batch::new(other.replica(), 0);
    batch.add("f.json", text.as_bytes());
    let base = other.replica().version();
    assert!(other.import(batch.finish().into(), base).is_ok());
    assert_eq!(
        (shown(&other, "n1", "place"), shown(&other, "n3", "place")),
        ("三组".into(), "三组".into())
    );
}

#[test]
fn one_of_many_is_put_back_alone() {
    let (mut desk, then) = changed();
    let all = differences(&then, desk.replica());
    desk.put_back("改回", &then, &all.list[..1]);
    assert_eq!(
        (shown(&desk, "n1", "place"), shown(&desk, "n3", "place")),
        ("四组".into(), "三组".into())
    );
}

#[test]
fn who_may_not_write_a_record_does_not_put_it_back() {
    let (mut desk, then) = changed();
    let all = differences(&then, desk.replica());
    desk.become_person(Role::Unit, "u1", "", "龚书记");
    let why: Vec<bool> = all
        .list
        .iter()
        .map(|d| desk.why_not_put_back(&then, d).is_some())
        .collect();
    assert_eq!(why, [true, false, true]);
    let done = desk.put_back("改回", &then, &all.list);
    assert_eq!(done.notices.len(), 1);
    assert!(done.notices[0].what.starts_with("1 条不在当前身份"));
    assert_eq!(
        (shown(&desk, "n1", "place"), shown(&desk, "n3", "place")),
        ("三组".into(), "gone 三组".into())
    );
    desk.become_person(Role::Viewer, "", "", "");
    assert!(desk.put_back("改回", &then, &all.list).unchanged);
}

#[test]
fn what_the_file_knows_and_this_device_does_not_is_no_difference() {
    let site = town();
    let mut desk = desk_with(&site, 3);
    let mut ahead = town();
    ahead.write(TALK, "n1", &[("place", text("六组"))]);
    ahead.write(TALK, "n9", &[("unit", text("u1")), ("place", text("九组"))]);
    let gone = ahead.ix(TALK, "n2");
    let stamp = ahead.stamp();
    let change = ahead.replica.delete(stamp, &[gone]);
    ahead.apply(change);
    let then = open(&canonical_file(&ahead.replica).text);
    let all = differences(&then, desk.replica());
    assert_eq!((all.list.len(), all.absent, all.behind), (0, 1, 2));
    // What was changed here meanwhile is one, beside what the file is ahead with.
    set(&mut desk, "n3", "host", "李四");
    let all = differences(&then, desk.replica());
    assert_eq!(sorts(&desk, &all), [(Sort::Changed, "n3".to_owned(), 1)]);
}

#[test]
fn a_file_without_personal_fields_does_not_say_they_were_blank() {
    let mut desk = desk_with(&town(), 3);
    let order = Order {
        purpose: Purpose::Redacted,
        scope: Scope::all(),
        by: "town".to_owned(),
        at: desk.now(),
    };
    let written = export(desk.replica(), &order);
    assert!(!written.text.contains("张三"), "the host is personal");
    set(&mut desk, "n1", "host", "李四");
    assert_eq!(
        differences(&open(&written.text), desk.replica()),
        Differences::default()
    );
}

#[test]
fn a_record_restored_since_is_new_and_stays() {
    let mut desk = desk_with(&town(), 3);
    let gone = ix(&desk, "n1");
    desk.delete("删除", &[gone]);
    let then = file(&mut desk, Purpose::Backup, Scope::all());
    desk.restore("恢复", &[gone]);
    let all = differences(&then, desk.replica());
    assert_eq!(sorts(&desk, &all), [(Sort::New, "n1".to_owned(), 0)]);
    assert!(desk.put_back("改回", &then, &all.list).unchanged);
}

#[test]
fn records_of_one_id_in_two_ledgers_are_put_back_one_after_the_other() {
    let mut site = town();
    site.write(
        tiancheng::model::programmes::base::ledgers::Centre::LEDGER,
        "n1",
        &[("unit", text("u1")), ("name", text("阵地"))],
    );
    let mut desk = desk_with(&site, 3);
    let then = file(&mut desk, Purpose::Backup, Scope::all());
    set(&mut desk, "n1", "place", "四组");
    let name = tiancheng::model::programmes::base::ledgers::Centre::LEDGER
        .slot("name")
        .expect("a field");
    desk.set(
        "改",
        tiancheng::model::programmes::base::ledgers::Centre::LEDGER,
        "n1",
        name,
        text("中心"),
    );
    let all = differences(&then, desk.replica());
    assert_eq!(all.list.len(), 2);
    assert_eq!(desk.put_back("改回", &then, &all.list).notices.len(), 1);
    let rest = differences(&then, desk.replica());
    assert_eq!(rest.list.len(), 1);
    assert_eq!(desk.put_back("改回", &then, &rest.list).notices.len(), 0);
    assert_eq!(differences(&then, desk.replica()), Differences::default());
}

#[test]
fn a_file_is_read_in_slices_as_at_once() {
    let site = town();
    let file = canonical_file(&site.replica).text;
    let pace = Every::new(3);
    let Opened::Then(then) = run(compare::open(file.into_bytes(), Turns::by(&pace))) else {
        panic!("a plain file of ours");
    };
    assert!(pace.rests() > 3, "{}", pace.rests());
    assert_eq!(support::canonical(&then.replica), support::canonical(&site.replica));
}
