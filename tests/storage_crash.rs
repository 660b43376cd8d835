//! Crashes: the page dies before every single write of saving, importing and compaction, and again
//! while it recovers. A prefix of the acknowledged steps is always found again, whole.

mod storage_support;
mod support;

use std::rc::Rc;

use storage_support::*;
use support::Site;
use tiancheng::replica::Change;
use tiancheng::storage::{Effort, MemoryKeyValue};

/// What must be there: the contents before the running step, and what it may have added or taken.
struct Ledger {
    done: Vec<Change>,
    imports: Vec<(String, Vec<Change>, bool)>,
    allowed: Vec<String>,
}

impl Ledger {
    fn new() -> Ledger {
        Ledger {
            done: Vec::new(),
            imports: Vec::new(),
            allowed: vec![bytes_of(&[])],
        }
    }

    fn bytes(&self) -> String {
        let mut all = self.done.clone();
        for (_, changes, counts) in &self.imports {
            if *counts {
                all.extend(changes.clone());
            }
        }
        bytes_of(&all)
    }

    /// The step ended: acknowledged, or the page is dead and both states are right.
    fn end(&mut self, acknowledged: bool) -> bool {
        let now = self.bytes();
        if acknowledged {
            self.allowed = vec![now];
        } else {
            self.allowed.push(now);
        }
        acknowledged
    }
}

fn import_of(actor: &str, count: usize) -> Vec<Change> {
    let mut site = Site::new(actor);
    (0..count)
        .map(|i| talk(&mut site, &format!("{actor}-{i}"), "柏树下", 10))
        .collect()
}

/// A day at a desk. Stops at the first step that is not acknowledged.
fn day(kv: FaultyKeyValue, ledger: &mut Ledger, actor: &str) {
    let mut page = Page::open(kv, actor);
    let mut steps = 0;
    loop {
        let acknowledged = match steps {
            0..=3 | 6 | 7 | 9 | 13 => {
                let (change, stored) = page.save(&format!("{actor}r{}", steps % 3), steps);
                ledger.done.push(change);
                stored
            }
            4 => {
                let changes = import_of(&format!("{actor}i"), 3);
                ledger.imports.push((format!("{actor}.m"), changes.clone(), true));
                page.store.import(meta(&format!("{actor}.m")), &changes).is_ok()
            }
            5 | 8 | 10 => page.compact(Effort::Usual),
            11 => {
                ledger.imports.last_mut().expect("imported").2 = false;
                page.store.withdraw(&format!("{actor}.m"), NOW).is_ok()
            }
            12 | 15 => page.compact(Effort::Room),
            14 => {
                ledger.imports.last_mut().expect("imported").2 = true;
                page.store.reinstate(&format!("{actor}.m")).is_ok()
            }
            _ => return,
        };
        if !ledger.end(acknowledged) {
            return;
        }
        steps += 1;
    }
}

fn run(texts: &Rc<MemoryKeyValue>, kill_at: Option<usize>, ledger: &mut Ledger, actor: &str) -> usize {
    let kv = FaultyKeyValue::new(
        texts.clone(),
        Plan {
            kill_at,
            ..Plan::default()
        },
    );
    day(kv.clone(), ledger, actor);
    kv.writes.get()
}

#[test]
fn killed_at_every_write_of_save_import_and_compaction() {
    let writes = run(&Rc::default(), None, &mut Ledger::new(), "aaa");
    assert!(writes > 30, "the day writes {writes} times");
    for kill in 0..=writes {
        let texts = Rc::new(MemoryKeyValue::default());
        let mut ledger = Ledger::new();
        run(&texts, Some(kill), &mut ledger, "aaa");
        assert!(ledger.allowed.contains(&stored(&texts)), "killed before write {kill}");
    }
}

#[test]
fn killed_again_while_recovering() {
    let writes = run(&Rc::default(), None, &mut Ledger::new(), "aaa");
    for first in 0..=writes {
        let texts = Rc::new(MemoryKeyValue::default());
        let mut ledger = Ledger::new();
        run(&texts, Some(first), &mut ledger, "aaa");
        let found = stored(&texts);
        let after = texts.texts();
        for second in 0.. {
            let texts = Rc::new(MemoryKeyValue::with(after.clone(), tiancheng::storage::Limit::NONE));
            let plan = Plan {
                kill_at: Some(second),
                ..Plan::default()
            };
            let kv = FaultyKeyValue::new(texts.clone(), plan);
            let mut page = Page::open(kv.clone(), "bbb");
            let mut allowed = vec![found.clone()];
            let before = page.site.replica.clone();
            let (change, saved) = page.save("bbb-1", 5);
            let mut with = before;
            with.merge(change);
            let with = support::canonical(&with);
            if saved {
                allowed = vec![with];
                page.compact(Effort::Usual);
                page.compact(Effort::Room);
            } else {
                allowed.push(with);
            }
            assert!(
                allowed.contains(&stored(&texts)),
                "killed before write {first}, then before write {second}"
            );
            if kv.writes.get() <= second {
                break;
            }
        }
    }
}

#[test]
fn a_day_after_each_crash_goes_on_as_if_nothing_had_been() {
    let writes = run(&Rc::default(), None, &mut Ledger::new(), "aaa");
    for kill in (0..=writes).step_by(3) {
        let texts = Rc::new(MemoryKeyValue::default());
        let mut ledger = Ledger::new();
        run(&texts, Some(kill), &mut ledger, "aaa");
        let found = stored(&texts);
        run(&texts, None, &mut Ledger::new(), "ccc");
        let mut all = Ledger::new();
        run(&Rc::default(), None, &mut all, "ccc");
        let both = replica_of(support::parse(&found).into_iter().chain(support::parse(&all.bytes())));
        assert_eq!(stored(&texts), support::canonical(&both), "killed before write {kill}");
    }
}

#[test]
fn compaction_is_unobservable() {
    let texts = Rc::new(MemoryKeyValue::default());
    let mut page = Page::open(texts.clone(), "aaa");
    for round in 0..6 {
        for i in 0..20 {
            page.save(&format!("r{}", i % 7), round * 20 + i);
        }
        let before = stored(&texts);
        for effort in [Effort::Usual, Effort::Usual, Effort::Room] {
            assert!(page.compact(effort));
            assert_eq!(stored(&texts), before);
        }
        assert_eq!(before, support::canonical(&page.site.replica));
        let journals = texts.texts().keys().filter(|k| k.starts_with("tc.j.")).count();
        assert_eq!(journals, 0, "everything is in the snapshot");
    }
}

#[test]
fn old_imports_are_taken_in_and_the_newest_ten_can_be_withdrawn() {
    let texts = Rc::new(MemoryKeyValue::default());
    let mut page = Page::open(texts.clone(), "aaa");
    for i in 0..16 {
        let changes = import_of(&format!("v{i}"), 2);
        page.store.import(meta(&format!("v{i}.1")), &changes).expect("imported");
        page.site.replica.merge_all(changes);
    }
    let before = stored(&texts);
    page.store.withdraw("v1.1", NOW).expect_err("too old");
    page.store.withdraw("v8.1", NOW).expect("among the ten");
    assert_ne!(stored(&texts), before);
    assert!(page.compact(Effort::Room));
    let left: Vec<String> = texts
        .texts()
        .keys()
        .filter(|k| k.starts_with("tc.m."))
        .cloned()
        .collect();
    assert_eq!(left.len(), 12, "{left:?}");
    let back = page.store.reinstate("v8.1").expect("back");
    assert_eq!(back.len(), 2);
    assert_eq!(stored(&texts), before);
    let states: Vec<_> = page.store.imports().into_iter().map(|i| i.state).collect();
    assert_eq!(states.len(), 16);
    assert_eq!(
        states
            .iter()
            .filter(|s| **s == tiancheng::storage::ImportState::Withdrawable)
            .count(),
        10
    );
}

#[test]
fn a_withdrawn_import_is_never_taken_in() {
    let texts = Rc::new(MemoryKeyValue::default());
    let mut page = Page::open(texts.clone(), "aaa");
    for i in 0..30 {
        page.store
            .import(meta(&format!("v{i:02}.1")), &import_of(&format!("v{i:02}"), 1))
            .expect("imported");
        if i == 3 {
            page.store.withdraw("v03.1", NOW).expect("withdrawn");
        }
    }
    page.compact(Effort::Room);
    let opened = open(texts.clone());
    assert!(opened.changes.iter().all(|c| &*c.id.actor != "v03"));
    assert!(texts.texts().contains_key("tc.m.v03.1"));
    assert!(!texts.texts().contains_key("tc.m.v04.1"));
    assert_eq!(page.store.reinstate("v03.1").expect("back").len(), 1);
}
