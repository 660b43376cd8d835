//! The second place: what was settled there is found again, whatever the browser forgot.

mod storage_support;
mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use storage_support::{LOCK, NOW, meta, replica_of, talk};
use support::{Site, canonical};
use tiancheng::replica::Change;
use tiancheng::storage::second::{key_of, missing, released};
use tiancheng::storage::{
    DAMAGE, Effort, Entrance, Failure, KeyValue, Left, Limit, MemoryKeyValue, Opened, Saved, SecondPlace, State, Store,
    Twofold,
};

/// Keeps what it is given once it is told to, as a database does.
#[derive(Default)]
struct Place {
    given: RefCell<Vec<(u64, String, String)>>,
    texts: RefCell<BTreeMap<String, String>>,
}

impl Place {
    /// Puts everything given so far on the disk; the last number.
    fn flush(&self) -> u64 {
        let mut last = 0;
        for (number, name, text) in self.given.borrow_mut().drain(..) {
            self.texts.borrow_mut().insert(name, text);
            last = number;
        }
        last
    }

    fn names(&self) -> Vec<String> {
        self.texts.borrow().keys().cloned().collect()
    }

    fn left(&self, kv: &dyn KeyValue, witness: Option<&str>) -> Left {
        let (install, names) = missing(kv, witness, &self.names()).expect("memory");
        let texts = self.texts.borrow();
        let texts = names
            .iter()
            .map(|name| (key_of(name).expect("a key").to_string(), texts[name].clone()));
        Left {
            install,
            texts: texts.collect(),
        }
    }
}

impl SecondPlace for Place {
    fn keep(&self, name: &str, text: &str, number: u64) {
        self.given
            .borrow_mut()
            .push((number, name.to_string(), text.to_string()));
    }
    fn clear(&self) {
        self.given.borrow_mut().clear();
        self.texts.borrow_mut().clear();
    }
}

type Both = Rc<Twofold<Rc<MemoryKeyValue>>>;

/// A browser: what its pages see, and what is on the disk of it.
struct Browser {
    seen: Rc<MemoryKeyValue>,
    place: Rc<Place>,
    starts: usize,
}

impl Browser {
    fn new() -> Browser {
        Browser {
            seen: Rc::new(MemoryKeyValue::default()),
            place: Rc::new(Place::default()),
            starts: 0,
        }
    }

    fn start(&mut self, witness: Option<&str>) -> (Both, Opened<Both>) {
        self.starts += 1;
        let left = self.place.left(&*self.seen, witness);
        let both = Rc::new(Twofold::new(
            self.seen.clone(),
            self.place.clone() as Rc<dyn SecondPlace>,
            &left.install,
        ));
        let entrance = Entrance {
            witness: witness.map(str::to_string),
            install: format!("install{}", self.starts),
            now: NOW,
            left,
        };
        let opened = Store::open(both.clone(), &entrance);
        (both, opened)
    }

    /// The browser ends; of the first place only this is on the disk.
    fn killed(&mut self, disk: BTreeMap<String, String>) {
        self.seen = Rc::new(MemoryKeyValue::with(disk, Limit::NONE));
        self.place.given.borrow_mut().clear();
    }
}

fn settle(both: &Both, place: &Place) {
    both.settle(place.flush(), true);
}

/// A browser with three saves in both places, and these.
fn three_saves() -> (Browser, Vec<Change>) {
    let mut browser = Browser::new();
    let (both, mut opened) = browser.start(None);
    let mut site = Site::new("actor1");
    let all: Vec<Change> = (0..3).map(|i| talk(&mut site, &format!("r{i}"), "柏树下", i)).collect();
    all.iter().for_each(|change| drop(opened.store.save(change)));
    settle(&both, &browser.place);
    (browser, all)
}

#[test]
fn a_save_is_pending_until_the_second_place_has_it() {
    let mut browser = Browser::new();
    let (both, mut opened) = browser.start(None);
    assert!(!both.is_pending(), "nothing was saved yet");
    let mut site = Site::new("actor1");
    let change = talk(&mut site, "r1", "柏树下", 30);
    assert_eq!(opened.store.save(&change), Saved::Stored);
    assert!(both.is_pending());
    settle(&both, &browser.place);
    assert!(!both.is_pending() && !both.is_refused());
    opened.store.save(&talk(&mut site, "r2", "柏树下", 31));
    let number = browser.place.given.borrow()[0].0;
    both.settle(number, false);
    assert!(
        !both.is_pending() && both.is_refused(),
        "a place that refuses is told of, not waited for"
    );
}

#[test]
fn the_first_saves_of_all_outlive_a_browser_that_wrote_nothing() {
    let mut browser = Browser::new();
    let mut site = Site::new("actor1");
    let mut all: Vec<Change> = Vec::new();
    for _ in 0..3 {
        let (both, mut opened) = browser.start(None);
        assert_eq!(
            canonical(&replica_of(opened.changes)),
            canonical(&replica_of(all.clone()))
        );
        all.push(talk(&mut site, &format!("r{}", all.len()), "柏树下", 30));
        opened.store.save(all.last().expect("one"));
        settle(&both, &browser.place);
        browser.killed(BTreeMap::new());
    }
    let (_, opened) = browser.start(None);
    assert_eq!(canonical(&replica_of(opened.changes)), canonical(&replica_of(all)));
    assert_eq!(opened.report.state, State::Normal);
    assert!(opened.report.notices.is_empty());
}

#[test]
fn what_did_not_fit_is_there_after_the_next_start() {
    let mut browser = Browser::new();
    browser.seen = Rc::new(MemoryKeyValue::new(Limit {
        amount: 3_000,
        ..Limit::UNITS
    }));
    let (both, mut opened) = browser.start(None);
    let mut site = Site::new("actor1");
    let all: Vec<Change> = (0..40)
        .map(|i| talk(&mut site, &format!("r{i}"), "柏树下", i))
        .collect();
    let outcomes: Vec<Saved> = all.iter().map(|change| opened.store.save(change)).collect();
    assert!(outcomes.contains(&Saved::Queued(Failure::Quota)));
    let waiting = opened.store.waiting().len();
    let stored = all.len() - waiting;
    assert!(
        waiting > 0 && opened.store.witness().ends_with(".40"),
        "what waits is missed if it goes"
    );
    // A page that is closed now without a second place is told of at the next start.
    let witness = opened.store.witness();
    let entrance = Entrance {
        witness: Some(witness.clone()),
        now: NOW,
        ..Entrance::default()
    };
    let alone = Store::open(browser.seen.clone(), &entrance);
    let told = &alone.report.notices;
    assert!(
        told.iter()
            .any(|n| n.what.contains(&format!("{waiting} 次保存没有留在"))),
        "{told:?}"
    );
    assert_eq!(alone.changes.len(), stored);
    // With one it is all there, and waits on until there is room.
    settle(&both, &browser.place);
    let (_, mut opened) = browser.start(Some(&witness));
    assert_eq!(
        canonical(&replica_of(opened.changes)),
        canonical(&replica_of(all.clone()))
    );
    assert_eq!(opened.store.waiting().len(), waiting);
    let told = &opened.report.notices;
    assert!(
        told.iter().all(|n| !n.what.contains("没有留在")),
        "nothing is missing: {told:?}"
    );
    assert_eq!(opened.store.retry(), Some(Failure::Quota));
    let texts = browser.seen.texts();
    browser.seen = Rc::new(MemoryKeyValue::with(texts, Limit::NONE));
    let (_, opened) = browser.start(Some(&witness));
    assert!(opened.store.waiting().is_empty());
    assert_eq!(opened.changes.len(), all.len());
}

#[test]
fn emptied_storage_is_not_filled_with_a_part() {
    let mut browser = Browser::new();
    let (both, mut opened) = browser.start(None);
    let mut site = Site::new("actor1");
    for i in 0..4 {
        opened.store.save(&talk(&mut site, &format!("r{i}"), "柏树下", i));
    }
    settle(&both, &browser.place);
    let witness = opened.store.witness();
    let first = browser.place.names()[0].clone();
    let gone = browser.place.texts.borrow_mut().remove(&first).expect("there");
    browser.killed(BTreeMap::new());
    assert!(browser.place.left(&*browser.seen, Some(&witness)).texts.is_empty());
    let (_, opened) = browser.start(Some(&witness));
    assert_eq!(opened.report.state, State::Recovery { lost: 4 });
    // Where the second place has everything, nothing is asked.
    browser.place.texts.borrow_mut().insert(first, gone);
    browser.killed(BTreeMap::new());
    let (_, opened) = browser.start(Some(&witness));
    assert_eq!((opened.report.state, opened.changes.len()), (State::Normal, 4));
}

#[test]
fn what_was_erased_or_left_behind_stays_gone() {
    let mut browser = Browser::new();
    let (both, mut opened) = browser.start(None);
    let mut site = Site::new("actor1");
    opened.store.save(&talk(&mut site, "r1", "柏树下", 1));
    settle(&both, &browser.place);
    let before = browser.place.texts.borrow().clone();
    opened.store.clear_all(NOW).expect("erased");
    assert!(
        browser.place.names().is_empty(),
        "clearing takes the second place along"
    );
    assert_eq!(
        opened.store.set_draft("night_talk.new", Some("{}")),
        Err(Failure::Erased)
    );
    assert_eq!(opened.store.set_setting("me", Some("某人")), Err(Failure::Erased));
    assert!(browser.seen.texts().keys().all(|key| key == "tc.erased"));
    // The browser was killed before the second place was cleared.
    browser.place.texts.replace(before);
    let (both, mut opened) = browser.start(None);
    assert!(opened.changes.is_empty());
    // A new life in the same browser is kept like any other, and the old one stays gone.
    let disk = browser.seen.texts();
    let change = talk(&mut Site::new("actor2"), "r2", "桥头", 2);
    opened.store.save(&change);
    settle(&both, &browser.place);
    browser.killed(disk);
    let (_, opened) = browser.start(None);
    assert_eq!(canonical(&replica_of(opened.changes)), canonical(&replica_of([change])));
}

#[test]
fn an_entry_is_held_until_the_first_place_has_it() {
    let (mut browser, all) = three_saves();
    let names = browser.place.names();
    assert_eq!(released(&*browser.seen, &names).expect("memory"), names);
    browser.seen.remove("tc.j.actor1.2").expect("memory");
    let free = released(&*browser.seen, &names).expect("memory");
    assert!(free.len() == 2 && free.iter().all(|name| !name.ends_with("actor1.2")));
    // What a snapshot took in is in the first place, and is not taken again.
    browser.seen.set("tc.j.actor1.2", "x").expect("memory");
    browser.start(None);
    let (_, mut opened) = browser.start(None);
    let replica = replica_of(all.clone());
    for _ in 0..3 {
        opened.store.compact(LOCK, &replica, Effort::Room).expect("gathered");
    }
    assert!(browser.place.left(&*browser.seen, None).texts.is_empty());
    assert_eq!(
        released(&*browser.seen, &["witness".to_string()]).expect("memory"),
        Vec::<String>::new()
    );
}

/// What happens in a browser between two kills.
#[derive(Clone, Debug)]
enum Step {
    Save,
    Import,
    Withdraw,
    Reinstate,
    Compact,
    /// The second place gets to its work.
    Settle,
    /// The browser writes the first place to the disk.
    Write,
    Kill,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => Just(Step::Save),
        1 => Just(Step::Import),
        1 => Just(Step::Withdraw),
        1 => Just(Step::Reinstate),
        1 => Just(Step::Compact),
        6 => Just(Step::Settle),
        2 => Just(Step::Write),
        3 => Just(Step::Kill),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is saved, gathered, written late and killed: what was settled is shown after the next start.
    #[test]
    fn nothing_settled_is_lost(steps in steps()) {
        let mut browser = Browser::new();
        let (mut both, mut opened) = browser.start(None);
        let mut disk = BTreeMap::new();
        let mut site = Site::new("actor1");
        let (mut sure, mut hoped): (Vec<Change>, Vec<Change>) = (Vec::new(), Vec::new());
        // The one import: its changes, and whether it counts by what was last settled.
        let mut import: Option<(Change, bool)> = None;
        let mut withdrawn = false;
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Save => {
                    let change = talk(&mut site, &format!("r{}", number % 5), "柏树下", number as i64);
                    prop_assert_eq!(opened.store.save(&change), Saved::Stored);
                    hoped.push(change);
                }
                Step::Import if import.is_none() => {
                    let change = talk(&mut Site::new("other"), "r9", "桥头", 9);
                    opened.store.import(meta("other.1"), std::slice::from_ref(&change)).expect("imported");
                    import = Some((change, true));
                    settle(&both, &browser.place);
                    sure.append(&mut hoped);
                }
                Step::Withdraw | Step::Reinstate if import.is_some() => {
                    let done = match step {
                        Step::Withdraw => opened.store.withdraw("other.1", NOW).is_ok(),
                        _ => withdrawn && opened.store.reinstate("other.1").is_ok(),
                    };
                    if done {
                        withdrawn = matches!(step, Step::Withdraw);
                        if let Some(import) = &mut import {
                            import.1 = !withdrawn;
                        }
                        settle(&both, &browser.place);
                        sure.append(&mut hoped);
                    }
                }
                Step::Compact => {
                    let all = replica_of(sure.iter().chain(&hoped).cloned());
                    opened.store.compact(LOCK, &all, Effort::Usual).expect("gathered");
                }
                Step::Settle => {
                    settle(&both, &browser.place);
                    sure.append(&mut hoped);
                }
                Step::Write => disk = browser.seen.texts(),
                Step::Kill => {
                    browser.killed(disk.clone());
                    (both, opened) = browser.start(None);
                    let shown: Vec<Change> = opened.changes.clone();
                    let shows = |change: &Change| canonical(&replica_of(shown.iter().cloned().chain([change.clone()])))
                        == canonical(&replica_of(shown.clone()));
                    for change in &sure {
                        prop_assert!(shows(change), "{} is lost", change.id);
                    }
                    if let Some((change, counts)) = &import {
                        prop_assert_eq!(shows(change), *counts, "the import");
                    }
                    // What nobody was told of may be there or not.
                    hoped.retain(|change| shows(change));
                }
                _ => {}
            }
        }
    }
}

#[test]
fn damage_is_told_of_until_somebody_takes_note() {
    let mut browser = Browser::new();
    let (_, mut opened) = browser.start(None);
    let mut site = Site::new("actor1");
    for i in 0..3 {
        opened.store.save(&talk(&mut site, &format!("r{i}"), "柏树下", i));
    }
    browser.seen.set("tc.j.actor1.2", "damaged").expect("memory");
    let told = |opened: &Opened<Both>| opened.report.notices.iter().any(|notice| notice.place == DAMAGE);
    let (_, mut opened) = browser.start(None);
    assert!(told(&opened));
    opened.store.note_damage(&opened.report.quarantined).expect("kept");
    let (_, opened) = browser.start(None);
    assert!(!told(&opened) && opened.report.quarantined.len() == 1);
    assert_eq!(browser.seen.get("tc.j.actor1.2"), Ok(Some("damaged".to_string())));
    // Other damage is news.
    browser.seen.set("tc.j.actor1.3", "damaged").expect("memory");
    assert!(told(&browser.start(None).1));
}

/// A piece that was damaged in the first place comes from the second while that has it.
#[test]
fn a_damaged_save_is_made_good_from_the_second_place() {
    let (mut browser, all) = three_saves();
    browser.seen.set("tc.j.actor1.2", "damaged").expect("memory");
    assert_eq!(
        released(&*browser.seen, &browser.place.names()).expect("memory").len(),
        2
    );
    let (_, opened) = browser.start(None);
    assert_eq!(canonical(&replica_of(opened.changes)), canonical(&replica_of(all)));
    assert!(opened.report.quarantined.is_empty() && opened.report.notices.is_empty());
}

#[test]
fn windows_of_an_earlier_version_only_read_once_their_keys_were_taken_over() {
    let script = std::fs::read_to_string("pwa/adopt.js").expect("readable");
    let later = script
        .split("const LATER = '")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    let kv = MemoryKeyValue::default();
    kv.set("tc.head.A", later.expect("the head")).expect("memory");
    let opened = Store::open(kv, &Entrance::default());
    assert_eq!(opened.report.state, State::Newer { schema: 2 });
    assert_eq!(opened.store.barred(), Some(&Failure::Newer(2)));
}
