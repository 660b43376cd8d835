//! Damaged texts, browsers that refuse, full stores, emptied stores.

mod storage_support;
mod support;

use std::collections::BTreeMap;
use std::rc::Rc;

use storage_support::*;
use support::{Site, canonical};
use tiancheng::replica::Change;
use tiancheng::storage::{
    Action, Effort, Entrance, Failure, KeyValue, KvError, Level, Limit, MemoryKeyValue, Saved, State, Store,
};

/// Every kind of key: two generations of snapshot, journal, imports, one withdrawn, draft, setting.
fn furnished() -> (BTreeMap<String, String>, Vec<Change>) {
    let texts = Rc::new(MemoryKeyValue::new(Limit::UNITS));
    let mut page = Page::open(texts.clone(), "aaa");
    let mut all = Vec::new();
    for round in 0..3 {
        for i in 0..4 {
            all.push(page.save(&format!("r{i}"), round * 4 + i).0);
        }
        if round < 2 {
            assert!(page.compact(Effort::Usual));
        }
    }
    for (id, counts) in [("v1.1", true), ("v2.1", false)] {
        let mut site = Site::new(&id[..2]);
        let changes = vec![talk(&mut site, &format!("{id}x"), "柏树下", 3)];
        page.store.import(meta(id), &changes).expect("imported");
        if counts {
            all.extend(changes);
        } else {
            page.store.withdraw(id, NOW).expect("withdrawn");
        }
    }
    page.store
        .set_draft("night_talk/new", Some("{\"place\":\"汪家巷\"}"))
        .expect("kept");
    page.store.set_setting("theme", Some("light")).expect("kept");
    (texts.texts(), all)
}

/// Ways to damage a text.
fn damages(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut ways = vec![String::new(), chars[..chars.len() / 2].iter().collect()];
    for at in (0..chars.len()).step_by((chars.len() / 25).max(1)) {
        for bit in [0, 3] {
            let mut flipped = chars.clone();
            if let Some(c) = char::from_u32(u32::from(chars[at]) ^ 1 << bit) {
                flipped[at] = c;
                ways.push(flipped.into_iter().collect());
            }
        }
    }
    ways
}

#[test]
fn a_flipped_bit_a_halved_or_an_emptied_value_in_every_kind_of_key() {
    let (mut texts, all) = furnished();
    texts.insert("tc.ballast".into(), "x".repeat(100));
    let whole = bytes_of(&all);
    let kinds: Vec<&str> = vec![
        "tc.j.",
        "tc.m.",
        "tc.w.",
        "tc.c.",
        "tc.head.",
        "tc.canary",
        "tc.d.",
        "tc.s.",
        "tc.ballast",
    ];
    for kind in &kinds {
        assert!(
            texts.keys().any(|k| k.starts_with(kind)),
            "no {kind} in {:?}",
            texts.keys()
        );
    }
    for (key, text) in &texts {
        for damaged in damages(text) {
            let kv = Rc::new(with_text(&texts, key, &damaged));
            let opened = open(kv.clone());
            let found = bytes_of(&opened.changes);
            let records = ["tc.j.", "tc.m.", "tc.c.", "tc.head."]
                .iter()
                .any(|k| key.starts_with(k));
            if found != whole {
                // What is missing is told, and nothing else is missing or added.
                assert!(opened.report.quarantined.iter().any(|q| q.key == *key), "{key}");
                assert!(!opened.report.notices.is_empty());
                let lost: Vec<&Change> = all
                    .iter()
                    .filter(|c| opened.changes.iter().all(|o| o.id != c.id))
                    .collect();
                assert!(lost.len() <= 4, "{key}: {} changes lost", lost.len());
                let again = opened.changes.iter().cloned().chain(all.iter().cloned());
                assert_eq!(canonical(&replica_of(again)), whole, "{key}");
                assert!(
                    key.starts_with("tc.j.") || key.starts_with("tc.m.") || key.starts_with("tc.c."),
                    "{key}"
                );
            }
            if records {
                assert_eq!(kv.get(key), Ok(Some(damaged.clone())), "{key}: kept as it was found");
            }
            // Later work neither deletes the damaged text nor loses anything else.
            let mut page = Page::open(kv.clone(), "bbb");
            let (_, saved) = page.save("bbb-1", 7);
            assert!(saved);
            for effort in [Effort::Usual, Effort::Usual, Effort::Room] {
                assert!(page.compact(effort), "{key}");
                assert_eq!(stored(&kv), canonical(&page.site.replica), "{key}");
            }
            if ["tc.j.", "tc.m.", "tc.c."].iter().any(|k| key.starts_with(k)) && found != whole {
                assert_eq!(kv.get(key), Ok(Some(damaged)), "{key}: kept");
            }
        }
    }
}

#[test]
fn both_heads_bad() {
    let (texts, all) = furnished();
    for damaged in ["", "0000000", "{}", "00000000{\"schema\":1}"] {
        let mut texts = texts.clone();
        texts.insert("tc.head.A".into(), damaged.into());
        texts.insert("tc.head.B".into(), damaged.into());
        let kv = Rc::new(MemoryKeyValue::with(texts, Limit::NONE));
        let opened = open(kv.clone());
        assert_eq!(bytes_of(&opened.changes), bytes_of(&all));
        assert_eq!(opened.report.quarantined.len(), 2);
        let mut page = Page::open(kv.clone(), "bbb");
        for effort in [Effort::Usual, Effort::Usual, Effort::Room] {
            assert!(page.compact(effort));
            assert_eq!(stored(&kv), bytes_of(&all));
        }
        assert!(open(kv).report.quarantined.is_empty(), "the heads are whole again");
    }
}

#[test]
fn a_missing_head_chunk_or_both_heads_missing() {
    let (texts, all) = furnished();
    let mut headless = texts.clone();
    headless.retain(|key, _| !key.starts_with("tc.head."));
    assert_eq!(stored(&MemoryKeyValue::with(headless, Limit::NONE)), bytes_of(&all));
    for key in texts.keys().filter(|k| k.starts_with("tc.c.")) {
        let mut texts = texts.clone();
        texts.remove(key);
        let opened = open(MemoryKeyValue::with(texts, Limit::NONE));
        let lost = all
            .iter()
            .filter(|c| opened.changes.iter().all(|o| o.id != c.id))
            .count();
        assert!(lost == 0 || opened.report.quarantined.iter().any(|q| q.key == *key));
    }
}

#[test]
fn a_single_key_that_throws_when_read() {
    let (texts, _) = furnished();
    for key in texts.keys() {
        let kv = FaultyKeyValue::new(
            Rc::new(MemoryKeyValue::with(texts.clone(), Limit::NONE)),
            Plan {
                unreadable: Some(key.clone()),
                ..Plan::default()
            },
        );
        let mut page = Page::open(kv, "bbb");
        assert!(page.save("bbb-1", 1).1, "{key}");
    }
}

#[test]
fn storage_that_throws_at_start() {
    for error in [KvError::Blocked, KvError::Corrupt, KvError::Other("?".into())] {
        let plan = Plan {
            throws: Some(error.clone()),
            ..Plan::default()
        };
        let kv = FaultyKeyValue::new(Rc::default(), plan);
        let opened = open(kv.clone());
        assert_eq!(opened.report.state, State::Blocked(error));
        assert_eq!(opened.report.notices.len(), 1);
        let mut store = opened.store;
        let change = talk(&mut Site::new("aaa"), "r1", "汪家巷", 1);
        assert!(matches!(store.save(&change), Saved::Queued(_)));
        assert_eq!(store.waiting(), std::slice::from_ref(&change));
        store.compact(LOCK, &replica_of([]), Effort::Usual).expect_err("barred");
        store.import(meta("v.1"), &[change]).expect_err("barred");
        assert_eq!(store.setting("theme"), None);
        assert!(store.raw_copy().is_err());
    }
}

#[test]
fn what_is_read_back_differs() {
    let texts = Rc::new(MemoryKeyValue::default());
    let kv = FaultyKeyValue::new(texts.clone(), Plan::default());
    let mut page = Page::open(kv.clone(), "aaa");
    page.save("r1", 1);
    let before = stored(&texts);
    kv.plan.borrow_mut().garble = Some(kv.writes.get());
    let change = talk(&mut page.site, "r2", "汪家巷", 2);
    assert_eq!(page.store.save(&change), Saved::Queued(Failure::Differs));
    assert_eq!(stored(&texts), before);
    kv.plan.borrow_mut().garble = Some(kv.writes.get());
    let changes = vec![talk(&mut Site::new("vvv"), "v1", "柏树下", 1)];
    assert_eq!(page.store.import(meta("vvv.1"), &changes), Err(Failure::Differs));
    assert_eq!(stored(&texts), before);
    assert!(!texts.texts().contains_key("tc.m.vvv.1"));
    // The next attempt stores what waited.
    assert_eq!(page.store.retry(), None);
    assert!(page.store.waiting().is_empty());
    assert_eq!(stored(&texts), canonical(&page.site.replica));
    // In compaction: nothing is gathered, nothing is lost, and the next one succeeds.
    for round in 0..4 {
        page.save("r1", round);
        let before = stored(&texts);
        kv.plan.borrow_mut().garble = Some(kv.writes.get());
        assert!(!page.compact(Effort::Usual));
        assert_eq!(stored(&texts), before);
        kv.plan.borrow_mut().garble = Some(kv.writes.get() + 2);
        page.compact(Effort::Usual);
        assert_eq!(stored(&texts), before);
        kv.plan.borrow_mut().garble = None;
        assert!(page.compact(Effort::Usual));
        assert_eq!(stored(&texts), before);
    }
}

#[test]
fn quota_on_a_save() {
    let texts = Rc::new(MemoryKeyValue::new(Limit::UNITS));
    let kv = FaultyKeyValue::new(texts.clone(), Plan::default());
    let mut page = Page::open(kv.clone(), "aaa");
    assert!(texts.texts().contains_key("tc.ballast"));
    // Once: the reserved room is given up.
    kv.plan.borrow_mut().quota = kv.writes.get()..kv.writes.get() + 1;
    assert!(page.save("r1", 1).1);
    assert!(!texts.texts().contains_key("tc.ballast"));
    // For good: kept in memory, told, nothing lost, stored as soon as there is room.
    kv.plan.borrow_mut().quota = 0..usize::MAX;
    let change = talk(&mut page.site, "r2", "汪家巷", 2);
    assert_eq!(page.store.save(&change), Saved::Queued(Failure::Quota));
    assert_eq!(Failure::Quota.notice().todo, "请立即导出备份，再清理空间");
    assert!(!page.save("r3", 3).1);
    assert_eq!(page.store.waiting().len(), 2);
    assert!(page.store.wants_compaction());
    kv.plan.borrow_mut().quota = 0..0;
    assert!(page.save("r4", 4).1);
    assert!(page.store.waiting().is_empty());
    assert_eq!(stored(&texts), canonical(&page.site.replica));
}

#[test]
fn quota_makes_room_by_compaction() {
    let limit = Limit {
        amount: 60_000,
        ..Limit::UNITS
    };
    let texts = Rc::new(MemoryKeyValue::new(limit));
    let mut page = Page::open(texts.clone(), "aaa");
    let (mut refused, mut starved) = (0, 0);
    for i in 0..1200 {
        refused += usize::from(!page.save(&format!("r{}", i % 40), i).1);
        if page.store.wants_compaction() && !texts.texts().contains_key("tc.ballast") {
            starved += 1;
            page.compact(Effort::Usual);
        }
        assert!(page.store.waiting().is_empty(), "save {i}");
        assert!(texts.used() <= limit.amount);
    }
    assert!(starved > 1);
    assert_eq!(refused, 0, "the reserved room was enough each time");
    assert!(page.store.usage().level() >= Level::Notice || page.store.usage().keys < 100);
    assert_eq!(stored(&texts), canonical(&page.site.replica));
}

#[test]
fn quota_in_an_import_leaves_storage_byte_identical() {
    let texts = Rc::new(MemoryKeyValue::default());
    let kv = FaultyKeyValue::new(texts.clone(), Plan::default());
    let mut page = Page::open(kv.clone(), "aaa");
    page.save("r1", 1);
    kv.inner.remove("tc.ballast").expect("memory");
    let before = texts.texts();
    kv.plan.borrow_mut().quota = 0..usize::MAX;
    let changes: Vec<Change> = {
        let mut site = Site::new("vvv");
        (0..300)
            .map(|i| talk(&mut site, &format!("v{i}"), "柏树下", i))
            .collect()
    };
    assert_eq!(page.store.import(meta("vvv.1"), &changes), Err(Failure::Quota));
    assert_eq!(texts.texts(), before);
}

#[test]
fn quota_in_compaction_at_every_write() {
    let build = || {
        let texts = Rc::new(MemoryKeyValue::default());
        let kv = FaultyKeyValue::new(texts.clone(), Plan::default());
        let mut page = Page::open(kv.clone(), "aaa");
        for i in 0..9 {
            page.save(&format!("r{i}"), i);
            if i == 3 || i == 6 {
                page.compact(Effort::Usual);
            }
        }
        (texts, kv, page)
    };
    for effort in [Effort::Usual, Effort::Room] {
        for at in 0..20 {
            for length in [1, 2, usize::MAX / 2] {
                let (texts, kv, mut page) = build();
                let before = stored(&texts);
                let from = kv.writes.get() + at;
                kv.plan.borrow_mut().quota = from..from + length;
                page.compact(effort);
                assert_eq!(stored(&texts), before);
                kv.plan.borrow_mut().quota = 0..0;
                assert!(page.compact(Effort::Room));
                assert_eq!(stored(&texts), before);
                assert!(texts.texts().keys().all(|k| !k.starts_with("tc.j.")));
            }
        }
    }
}

#[test]
fn usage_warns_at_60_80_and_90_percent_and_counts_foreign_keys() {
    let limit = Limit {
        amount: 1_000_000,
        ..Limit::UNITS
    };
    for (foreign, level) in [
        (1, Level::Plenty),
        (610_000, Level::Notice),
        (810_000, Level::Tight),
        (910_000, Level::Full),
    ] {
        let kv = MemoryKeyValue::new(limit);
        kv.set("other", &"x".repeat(foreign)).expect("fits");
        let opened = open(kv);
        let usage = opened.store.usage();
        assert_eq!(usage.level(), level);
        assert_eq!(usage.foreign, foreign as u64 + 5);
        assert_eq!(opened.report.notices.is_empty(), level == Level::Plenty);
    }
    assert_eq!(Limit::BYTES.cost_of("天城"), 4);
    assert_eq!(Limit::BYTES.cost_of("ab é"), 4);
    assert_eq!(Limit::UNITS.cost_of("天城"), 2);
}

#[test]
fn emptied_storage_with_a_witness_is_a_recovery_never_a_silent_start() {
    let mut page = Page::open(Rc::new(MemoryKeyValue::default()), "aaa");
    page.save("r1", 1);
    page.save("r2", 2);
    let entrance = Entrance {
        witness: Some(page.store.witness()),
        ..entrance("new")
    };
    let copy = page.store.raw_copy().expect("a copy");
    let kv = Rc::new(MemoryKeyValue::default());
    let opened = Store::open(kv.clone(), &entrance);
    assert_eq!(opened.report.state, State::Recovery { lost: 2 });
    assert!(kv.texts().is_empty(), "nothing is written before a person decides");
    let mut store = opened.store;
    let change = talk(&mut Site::new("bbb"), "r9", "汪家巷", 9);
    assert_eq!(store.save(&change), Saved::Queued(Failure::Recovery));
    store.start_fresh(NOW);
    assert_eq!(stored(&kv), bytes_of(&[change]));
    // The decision holds although the old witness is still there, as when the page is closed at once.
    let kv = Rc::new(MemoryKeyValue::default());
    Store::open(kv.clone(), &entrance).store.start_fresh(NOW);
    let again = Store::open(kv.clone(), &entrance);
    assert_eq!(again.report.state, State::Fresh);
    assert_ne!(Some(again.store.witness()), entrance.witness);
    // And losing data once more is noticed by what was kept since.
    let entrance_since = Entrance {
        witness: Some(again.store.witness().replace(".0", ".3")),
        ..entrance.clone()
    };
    let emptied = Store::open(MemoryKeyValue::default(), &entrance_since);
    assert_eq!(emptied.report.state, State::Recovery { lost: 3 });
    // Or from a raw copy.
    let kv = Rc::new(MemoryKeyValue::default());
    let mut store = Store::open(kv.clone(), &entrance).store;
    let changes = store.restore_raw(&copy, meta("x.1"), NOW).expect("restored");
    assert_eq!(bytes_of(&changes), canonical(&page.site.replica));
    assert_eq!(stored(&kv), canonical(&page.site.replica));
    // The canary alone tells as well; and a store that lost its last saves says so.
    let kv = MemoryKeyValue::default();
    let texts = page.store.key_value().texts();
    open(MemoryKeyValue::with(texts.clone(), Limit::NONE));
    let with_canary = Rc::new(MemoryKeyValue::with(texts.clone(), Limit::NONE));
    open(with_canary.clone());
    kv.set("tc.canary", &with_canary.texts()["tc.canary"]).expect("memory");
    assert_eq!(open(kv).report.state, State::Recovery { lost: 2 });
    let mut older = texts;
    older.remove("tc.j.aaa.2");
    let report = Store::open(MemoryKeyValue::with(older, Limit::NONE), &entrance).report;
    assert_eq!(report.state, State::Normal);
    assert!(
        report
            .notices
            .iter()
            .any(|n| n.what == "最近约 1 次保存没有留在浏览器里"),
        "{:?}",
        report.notices
    );
}

#[test]
fn a_raw_copy_beside_existing_data_becomes_an_import() {
    let (texts, all) = furnished();
    let copy = open(MemoryKeyValue::with(texts, Limit::NONE))
        .store
        .raw_copy()
        .expect("a copy");
    let kv = Rc::new(MemoryKeyValue::default());
    let mut page = Page::open(kv.clone(), "bbb");
    page.save("b1", 1);
    let mine = canonical(&page.site.replica);
    page.store.restore_raw("{}", meta("bbb.2"), NOW).expect_err("no copy");
    page.store
        .restore_raw(&copy.replace("tc.j.", "xx.j."), meta("bbb.2"), NOW)
        .expect_err("foreign keys");
    assert_eq!(stored(&kv), mine);
    let changes = page.store.restore_raw(&copy, meta("bbb.2"), NOW).expect("imported");
    assert_eq!(bytes_of(&changes), bytes_of(&all));
    page.site.replica.merge_all(changes);
    assert_eq!(stored(&kv), canonical(&page.site.replica));
    page.store.withdraw("bbb.2", NOW).expect("withdrawn");
    assert_eq!(stored(&kv), mine);
}

#[test]
fn foreign_keys_are_untouched() {
    let kv = Rc::new(MemoryKeyValue::default());
    let foreign = [
        ("token", "abc"),
        ("tc", "x"),
        ("tcx.j.a.1", "y"),
        ("", "z"),
        ("other.app", "天城"),
    ];
    for (key, text) in foreign {
        kv.set(key, text).expect("memory");
    }
    kv.set("tc.z.future", "a kind of a newer version").expect("memory");
    let mut page = Page::open(kv.clone(), "aaa");
    for i in 0..10 {
        page.save(&format!("r{i}"), i);
    }
    page.compact(Effort::Room);
    for (key, text) in foreign {
        assert_eq!(kv.get(key), Ok(Some(text.to_string())));
    }
    assert!(kv.texts().contains_key("tc.z.future"));
    assert!(!page.store.raw_copy().expect("a copy").contains("\"token\""));
    page.store.clear_all(NOW).expect("cleared");
    for (key, text) in foreign {
        assert_eq!(kv.get(key), Ok(Some(text.to_string())));
    }
    assert!(matches!(
        page.store.save(&talk(&mut page.site, "r1", "x", 3)),
        Saved::Queued(Failure::Erased)
    ));
    assert_eq!(open(kv).report.state, State::Fresh);
    let news = page.store.external(None, None, None);
    assert_eq!(news.action, Action::Stop);
}

#[test]
fn drafts_and_settings() {
    let kv = Rc::new(MemoryKeyValue::default());
    let mut store = open(kv.clone()).store;
    store.set_draft("plan/new", Some("天城")).expect("kept");
    store.set_setting("role", Some("town")).expect("kept");
    assert_eq!(store.draft("plan/new").as_deref(), Some("天城"));
    assert_eq!(store.drafts(), ["plan/new"]);
    assert_eq!(store.setting("role").as_deref(), Some("town"));
    kv.set("tc.d.plan/new", "00000000天城").expect("memory");
    assert_eq!(store.draft("plan/new"), None, "damaged");
    store.set_draft("plan/new", None).expect("removed");
    store.set_setting("role", None).expect("removed");
    assert!(store.drafts().is_empty());
    assert_eq!(store.setting("role"), None);
}

#[test]
fn a_cloned_page_with_the_same_actor_overwrites_nothing() {
    let kv = Rc::new(MemoryKeyValue::default());
    let (mut one, mut two) = (Page::open(kv.clone(), "aaa"), Page::open(kv.clone(), "aaa"));
    let (a, stored_a) = one.save("r1", 1);
    let (b, stored_b) = two.save("r1", 2);
    assert!(stored_a && stored_b);
    assert_eq!(a.id, b.id);
    assert_eq!(stored(&kv), bytes_of(&[a.clone(), b.clone()]));
    assert!(one.compact(Effort::Room));
    assert_eq!(stored(&kv), bytes_of(&[a, b]));
}
