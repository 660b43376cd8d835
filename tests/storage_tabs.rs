//! Several tabs over one storage; random histories.

mod storage_support;
mod support;

use std::rc::Rc;

use proptest::prelude::*;
use storage_support::*;
use support::{Site, canonical};
use tiancheng::replica::Change;
use tiancheng::storage::{Action, Effort, Failure, KeyValue, MemoryKeyValue, Saved, State, Store};

type Tab = Page<TabKeyValue>;

fn tab(inner: &Rc<MemoryKeyValue>, actor: &str) -> Tab {
    Page::open(TabKeyValue::new(inner), actor)
}

/// Delivers what `from` wrote to `to`, as `storage` events; what `to` has to do.
fn deliver(from: &Tab, to: &mut Tab) -> Action {
    let events: Vec<StorageEvent> = from.store.key_value().sent.borrow_mut().drain(..).collect();
    let mut action = Action::Merge;
    for event in events {
        let news = to
            .store
            .external(event.key.as_deref(), event.old.as_deref(), event.new.as_deref());
        to.site.replica.merge_all(news.changes);
        action = action.max(news.action);
        assert!(news.notices.is_empty() || action > Action::Merge, "{:?}", news.notices);
    }
    action
}

#[test]
fn two_tabs_a_thousand_interleaved_edits_none_lost() {
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    let mut random = 7u32;
    for i in 0..1000 {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let page = if random >> 16 & 1 == 0 { &mut one } else { &mut two };
        assert!(page.save(&format!("r{}", random >> 20 & 15), i).1);
        // Events arrive late and in bunches.
        if random >> 24 & 7 == 0 {
            assert_eq!(deliver(&one, &mut two), Action::Merge);
        }
        if random >> 27 & 7 == 0 {
            assert_eq!(deliver(&two, &mut one), Action::Merge);
        }
        if i % 200 == 199 {
            let page = if i % 400 == 199 { &mut one } else { &mut two };
            assert!(page.compact(Effort::Usual));
        }
    }
    deliver(&one, &mut two);
    deliver(&two, &mut one);
    assert_eq!(canonical(&one.site.replica), canonical(&two.site.replica));
    assert_eq!(stored(&texts), canonical(&one.site.replica));
    assert_eq!(one.site.replica.change_count(), 1000);
}

#[test]
fn the_same_field_in_two_tabs_is_a_conflict_shown_in_both() {
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    one.save("r1", 1);
    two.save("r1", 2);
    deliver(&one, &mut two);
    deliver(&two, &mut one);
    for page in [&one, &two] {
        let ix = page.site.replica.find_ix("night_talk", "r1").expect("there");
        let record = page.site.replica.record(ix).expect("there");
        assert!(record.is(tiancheng::replica::Record::CONFLICT));
    }
}

#[test]
fn compaction_by_one_while_the_other_saves() {
    // The other tab saves between any two writes of the compaction.
    let build = || {
        let texts = Rc::new(MemoryKeyValue::default());
        let mut page = Page::open(texts.clone(), "aaa");
        for i in 0..8 {
            page.save(&format!("r{i}"), i);
            if i % 3 == 2 {
                page.compact(Effort::Usual);
            }
        }
        texts
    };
    /// Saves a change of another tab before the n-th write.
    struct Interrupted {
        inner: Rc<MemoryKeyValue>,
        at: usize,
        count: std::cell::Cell<usize>,
        change: Change,
    }
    impl Interrupted {
        fn tick(&self) {
            if self.count.get() == self.at {
                let mut other = Store::open(self.inner.clone(), &entrance("bbb")).store;
                assert_eq!(other.save(&self.change), Saved::Stored);
            }
            self.count.set(self.count.get() + 1);
        }
    }
    impl KeyValue for Interrupted {
        fn get(&self, key: &str) -> Result<Option<String>, tiancheng::storage::KvError> {
            self.inner.get(key)
        }
        fn set(&self, key: &str, value: &str) -> Result<(), tiancheng::storage::KvError> {
            self.tick();
            self.inner.set(key, value)
        }
        fn remove(&self, key: &str) -> Result<(), tiancheng::storage::KvError> {
            self.tick();
            self.inner.remove(key)
        }
        fn keys(&self) -> Result<Vec<String>, tiancheng::storage::KvError> {
            self.inner.keys()
        }
        fn limit(&self) -> tiancheng::storage::Limit {
            self.inner.limit()
        }
    }
    for at in 0..30 {
        let texts = build();
        let before = support::parse(&stored(&texts));
        let change = talk(&mut Site::new("bbb"), "r1", "柏树下", 99);
        let kv = Rc::new(Interrupted {
            inner: texts.clone(),
            at,
            count: Default::default(),
            change: change.clone(),
        });
        let mut page = Page::open(kv.clone(), "ccc");
        for effort in [Effort::Usual, Effort::Usual, Effort::Room] {
            assert!(page.compact(effort));
        }
        if kv.count.get() > at {
            let all: Vec<Change> = before.into_iter().chain([change]).collect();
            assert_eq!(stored(&texts), bytes_of(&all), "saved before write {at}");
        }
    }
}

#[test]
fn two_compactions_at_once_in_spite_of_the_lock_lose_nothing() {
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    for i in 0..40 {
        one.save(&format!("a{i}"), i);
        two.save(&format!("b{i}"), i);
        if i % 5 == 0 {
            one.compact(Effort::Usual);
            two.compact(Effort::Usual);
        }
    }
    deliver(&one, &mut two);
    assert_eq!(stored(&texts), canonical(&two.site.replica));
}

#[test]
fn two_tabs_start_at_once_on_an_empty_store() {
    let writes = {
        let kv = FaultyKeyValue::new(Rc::default(), Plan::default());
        Page::open(kv.clone(), "aaa").save("r1", 1);
        kv.writes.get()
    };
    // The second opens and saves after each write of the first.
    for between in 0..=writes {
        let texts = Rc::new(MemoryKeyValue::default());
        let plan = Plan {
            kill_at: Some(between),
            ..Plan::default()
        };
        let mut first = Page::open(FaultyKeyValue::new(texts.clone(), plan), "aaa");
        let (a, a_stored) = first.save("r1", 1);
        let mut second = Page::open(texts.clone(), "bbb");
        let (b, b_stored) = second.save("r1", 2);
        assert!(b_stored);
        let mut all = vec![b];
        all.extend(a_stored.then_some(a));
        assert_eq!(stored(&texts), bytes_of(&all));
    }
    // Both open before either writes a record.
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    one.save("r1", 1);
    two.save("r1", 2);
    deliver(&one, &mut two);
    deliver(&two, &mut one);
    assert_eq!(canonical(&one.site.replica), canonical(&two.site.replica));
    assert_eq!(stored(&texts), canonical(&one.site.replica));
}

#[test]
fn clear_from_another_tab_is_written_again_and_told() {
    let texts = Rc::new(MemoryKeyValue::default());
    let mut page = tab(&texts, "aaa");
    for i in 0..30 {
        page.save(&format!("r{}", i % 9), i);
    }
    page.compact(Effort::Room);
    page.save("r1", 77);
    let before = stored(&texts);
    for key in texts.keys().expect("memory") {
        texts.remove(&key).expect("memory");
    }
    let news = page.store.external(None, None, None);
    assert_eq!(news.action, Action::Rewrite);
    assert_eq!(news.notices.len(), 1);
    assert!(
        texts.texts().keys().any(|k| k == "tc.j.aaa.31"),
        "own saves are back at once"
    );
    page.store.rewrite(LOCK, &page.site.replica, NOW).expect("rewritten");
    assert_eq!(stored(&texts), before);
    assert_eq!(open(texts.clone()).report.state, State::Normal);
    // A tab that never got the event notices when it wakes.
    for key in texts.keys().expect("memory") {
        texts.remove(&key).expect("memory");
    }
    assert_eq!(page.store.catch_up().action, Action::Rewrite);
    page.store.rewrite(LOCK, &page.site.replica, NOW).expect("rewritten");
    assert_eq!(stored(&texts), before);
}

#[test]
fn a_single_key_that_vanishes_is_written_again() {
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    one.save("r1", 1);
    one.save("r2", 2);
    deliver(&one, &mut two);
    two.compact(Effort::Usual);
    two.save("r3", 3);
    assert_eq!(deliver(&two, &mut one), Action::Merge, "a compaction is no alarm");
    let before = stored(&texts);
    for key in texts.texts().keys().filter(|k| !k.starts_with("tc.canary")) {
        let old = texts.texts()[key].clone();
        texts.remove(key).expect("memory");
        let news = one.store.external(Some(key), Some(&old), None);
        assert_eq!(news.action, Action::Merge, "{key}");
        assert_eq!(stored(&texts), before, "{key}");
    }
    // Somebody writes over a save of this page.
    let news = one.store.external(Some("tc.j.aaa.2"), None, Some("garbage"));
    assert!(!news.notices.is_empty());
}

#[test]
fn a_frozen_tab_that_wakes_gets_everything() {
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut frozen) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    frozen.save("f1", 1);
    for i in 0..40 {
        one.save(&format!("r{}", i % 9), i);
        if i % 10 == 9 {
            one.compact(Effort::Room);
        }
    }
    frozen.save("f2", 2);
    let news = frozen.store.catch_up();
    assert_eq!(news.action, Action::Merge);
    assert!(news.notices.is_empty(), "{:?}", news.notices);
    frozen.site.replica.merge_all(news.changes);
    assert_eq!(canonical(&frozen.site.replica), stored(&texts));
    assert!(frozen.store.catch_up().changes.is_empty());
    // An import withdrawn meanwhile: the replica must be built anew.
    let changes = vec![talk(&mut Site::new("vvv"), "v1", "柏树下", 1)];
    one.store.import(meta("vvv.1"), &changes).expect("imported");
    let news = frozen.store.catch_up();
    assert_eq!(news.changes.len(), 1);
    one.store.withdraw("vvv.1", NOW).expect("withdrawn");
    assert_eq!(frozen.store.catch_up().action, Action::Rebuild);
}

#[test]
fn withdrawing_and_reinstating_reach_the_other_tab() {
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    let changes = vec![talk(&mut Site::new("vvv"), "v1", "柏树下", 1)];
    one.store.import(meta("vvv.1"), &changes).expect("imported");
    deliver(&one, &mut two);
    assert_eq!(canonical(&two.site.replica), bytes_of(&changes));
    one.store.withdraw("vvv.1", NOW).expect("withdrawn");
    assert_eq!(deliver(&one, &mut two), Action::Rebuild);
    let mut two = tab(&texts, "ccc");
    assert_eq!(two.site.replica.change_count(), 0);
    one.store.reinstate("vvv.1").expect("back");
    assert_eq!(deliver(&one, &mut two), Action::Merge);
    assert_eq!(canonical(&two.site.replica), bytes_of(&changes));
}

#[test]
fn an_old_version_beside_a_new_one_becomes_read_only() {
    let texts = Rc::new(MemoryKeyValue::default());
    let mut old = tab(&texts, "aaa");
    old.save("r1", 1);
    old.compact(Effort::Usual);
    // The newer program writes a head of its own schema.
    let body = "{\"schema\":2,\"generation\":9,\"parts\":[]}";
    let newer = tiancheng::storage::pack::seal(body);
    texts.set("tc.head.B", &newer).expect("memory");
    let news = old.store.external(Some("tc.head.B"), None, Some(&newer));
    assert_eq!(news.action, Action::Stop);
    let before = texts.texts();
    let change = talk(&mut old.site, "r2", "汪家巷", 2);
    assert_eq!(old.store.save(&change), Saved::Queued(Failure::Newer(2)));
    assert_eq!(old.store.waiting().len(), 1, "offered for export");
    assert!(!old.compact(Effort::Room));
    assert_eq!(texts.texts(), before, "nothing is written any more");
    // Starting the old version there: read only from the start, and says so.
    let opened = open(texts.clone());
    assert_eq!(opened.report.state, State::Newer { schema: 2 });
    assert!(!opened.changes.is_empty(), "what it can read it shows");
    assert_eq!(texts.texts(), before);
    // A tab that missed the event refuses to compact.
    let mut missed = tab(&Rc::new(MemoryKeyValue::default()), "ccc");
    missed.save("r1", 1);
    missed.store.key_value().inner.set("tc.head.A", &newer).expect("memory");
    assert_eq!(
        missed.store.compact(LOCK, &missed.site.replica, Effort::Usual),
        Err(Failure::Newer(2))
    );
}

#[test]
fn erased_on_purpose_in_one_tab_is_not_written_again_by_another() {
    let texts = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (tab(&texts, "aaa"), tab(&texts, "bbb"));
    two.save("r1", 1);
    deliver(&two, &mut one);
    one.store.clear_all(NOW).expect("cleared");
    assert_eq!(deliver(&one, &mut two), Action::Stop);
    assert_eq!(two.store.catch_up().action, Action::Stop);
    assert!(matches!(
        two.store.save(&talk(&mut two.site, "r2", "x", 2)),
        Saved::Queued(Failure::Erased)
    ));
    assert_eq!(texts.texts().len(), 1);
    assert_eq!(open(texts).report.state, State::Fresh);
}

/// What may happen in a random history.
#[derive(Clone, Debug)]
enum Step {
    Save { tab: usize, record: u8 },
    Import { tab: usize, count: u8 },
    Withdraw { tab: usize, which: u8 },
    Reinstate { tab: usize, which: u8 },
    Compact { tab: usize, room: bool },
    Deliver { from: usize },
    Reopen { tab: usize },
    Wake { tab: usize },
    KillDuring { tab: usize, writes: u8, compact: bool },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tab = 0..2usize;
    let step = prop_oneof![
        6 => (tab.clone(), 0..6u8).prop_map(|(tab, record)| Step::Save { tab, record }),
        1 => (tab.clone(), 1..4u8).prop_map(|(tab, count)| Step::Import { tab, count }),
        1 => (tab.clone(), any::<u8>()).prop_map(|(tab, which)| Step::Withdraw { tab, which }),
        1 => (tab.clone(), any::<u8>()).prop_map(|(tab, which)| Step::Reinstate { tab, which }),
        2 => (tab.clone(), any::<bool>()).prop_map(|(tab, room)| Step::Compact { tab, room }),
        2 => tab.clone().prop_map(|from| Step::Deliver { from }),
        1 => tab.clone().prop_map(|tab| Step::Reopen { tab }),
        1 => tab.clone().prop_map(|tab| Step::Wake { tab }),
        2 => (tab, 0..12u8, any::<bool>()).prop_map(|(tab, writes, compact)| Step::KillDuring { tab, writes, compact }),
    ];
    prop::collection::vec(step, 1..60)
}

/// A storage with two tabs and what must be in it.
struct Environment {
    texts: Rc<MemoryKeyValue>,
    tabs: Vec<Tab>,
    saved: Vec<Change>,
    imports: Vec<(String, Vec<Change>, bool)>,
    actors: usize,
    count: i64,
}

impl Environment {
    fn actor(&mut self) -> String {
        self.actors += 1;
        format!("actor{}", self.actors)
    }

    fn fresh_tab(&mut self) -> Tab {
        let actor = self.actor();
        tab(&self.texts, &actor)
    }

    fn expected(&self) -> String {
        let counting = self.imports.iter().filter(|(_, _, counts)| *counts);
        let all = self
            .saved
            .iter()
            .cloned()
            .chain(counting.flat_map(|(_, changes, _)| changes.clone()));
        canonical(&replica_of(all))
    }

    fn step(&mut self, step: &Step) {
        self.count += 1;
        match *step {
            Step::Save { tab, record } => {
                let (change, stored) = self.tabs[tab].save(&format!("r{record}"), self.count);
                assert!(stored);
                self.saved.push(change);
            }
            Step::Import { tab, count } => {
                let actor = self.actor();
                let mut site = Site::new(&actor);
                let changes: Vec<Change> = (0..count)
                    .map(|i| talk(&mut site, &format!("r{i}"), "柏树下", i64::from(i)))
                    .collect();
                let id = format!("{actor}.1");
                self.tabs[tab].store.import(meta(&id), &changes).expect("imported");
                self.tabs[tab].site.replica.merge_all(changes.clone());
                self.imports.push((id, changes, true));
            }
            Step::Withdraw { tab, which } | Step::Reinstate { tab, which } if !self.imports.is_empty() => {
                let at = usize::from(which) % self.imports.len();
                let id = self.imports[at].0.clone();
                if matches!(step, Step::Withdraw { .. }) {
                    if self.tabs[tab].store.withdraw(&id, NOW).is_ok() {
                        self.imports[at].2 = false;
                        self.tabs[tab] = self.fresh_tab();
                    }
                } else if let Ok(changes) = self.tabs[tab].store.reinstate(&id) {
                    self.tabs[tab].site.replica.merge_all(changes);
                    self.imports[at].2 = true;
                }
            }
            Step::Compact { tab, room } => {
                let effort = if room { Effort::Room } else { Effort::Usual };
                assert!(self.tabs[tab].compact(effort));
            }
            Step::Deliver { from } => {
                let events: Vec<StorageEvent> = self.tabs[from].store.key_value().sent.borrow_mut().drain(..).collect();
                let mut rebuild = false;
                for event in events {
                    let to = &mut self.tabs[1 - from];
                    let news = to
                        .store
                        .external(event.key.as_deref(), event.old.as_deref(), event.new.as_deref());
                    assert!(news.action <= Action::Rebuild, "{news:?}");
                    to.site.replica.merge_all(news.changes);
                    rebuild |= news.action == Action::Rebuild;
                }
                if rebuild {
                    self.tabs[1 - from] = self.fresh_tab();
                }
            }
            Step::Reopen { tab } => self.tabs[tab] = self.fresh_tab(),
            Step::Wake { tab } => {
                let news = self.tabs[tab].store.catch_up();
                assert!(news.action <= Action::Rebuild, "{news:?}");
                self.tabs[tab].site.replica.merge_all(news.changes);
                if news.action == Action::Rebuild {
                    self.tabs[tab] = self.fresh_tab();
                }
            }
            Step::KillDuring { tab, writes, compact } => {
                let plan = Plan {
                    kill_at: Some(usize::from(writes)),
                    ..Plan::default()
                };
                let actor = self.actor();
                let mut page = Page::open(FaultyKeyValue::new(self.texts.clone(), plan), &actor);
                if compact {
                    page.compact(Effort::Room);
                }
                let (change, stored_it) = page.save("r1", self.count);
                let with = bytes_of(&{
                    let mut all = support::parse(&self.expected());
                    all.push(change.clone());
                    all
                });
                if stored_it || stored(&self.texts) == with {
                    self.saved.push(change);
                }
                self.tabs[tab] = self.fresh_tab();
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_histories_lose_nothing(steps in steps()) {
        let texts = Rc::new(MemoryKeyValue::default());
        let tabs = vec![tab(&texts, "x0"), tab(&texts, "x1")];
        let mut world = Environment { texts, tabs, saved: Vec::new(), imports: Vec::new(), actors: 0, count: 0 };
        for step in &steps {
            world.step(step);
            prop_assert_eq!(stored(&world.texts), world.expected(), "after {:?}", step);
        }
        let report = open(world.texts.clone()).report;
        prop_assert!(report.quarantined.is_empty() && report.notices.is_empty());
    }
}
