//! Files that carry less (redacted, scoped, stale), more (of a newer version) or lies (forged ids,
//! claims to have seen what was never seen), and fifty-one replicas that exchange them.

#[path = "support/dice.rs"]
mod dice;
mod support;

use dice::Dice;
use proptest::prelude::*;
use support::simulation::{RECORDS, Simulation, TALK, any_history};
use support::{Site, canonical, config, listed, parse, replica_of, text, view};
use tiancheng::model::ledger::Cells;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::value::Value;
use tiancheng::replica::export::Selection;
use tiancheng::replica::wire::{Limits, Names, read_changes};
use tiancheng::replica::{Alarm, Change, ChangeId, Record, RecordIx, Replica};

const U: &str = "421223100208";

fn part_of(replica: &Replica, keep: &dyn Fn(RecordIx, &Record) -> bool, redact: bool) -> String {
    let mut out = String::new();
    let redact = redact.then(catalogue);
    replica.write_changes(&Selection { keep, redact }, &mut out);
    out
}

/// Every written field of a file as one line.
fn atoms(file: &str) -> std::collections::BTreeSet<String> {
    let mut all = std::collections::BTreeSet::new();
    for change in parse(file) {
        for patch in &change.set {
            for cell in &patch.cells {
                all.insert(format!("{} {} {} {:?}", change.id, patch.ledger, patch.record, cell));
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn a_redacted_or_scoped_file_only_fails_to_add(history in any_history(40), which in 0usize..3, redact in any::<bool>()) {
        let mut world = Simulation::new(2);
        world.run(&history);
        let (own, other) = (&world.sites[0].replica, &world.sites[1].replica);
        let scope = |_: RecordIx, r: &Record| *r.id == *RECORDS[which];
        let part = part_of(own, &scope, redact);
        let whole = canonical(own);
        prop_assert!(atoms(&part).is_subset(&atoms(&whole)));
        // Coming home it changes nothing.
        let mut home = own.clone();
        home.merge_all(parse(&part));
        prop_assert_eq!(canonical(&home), whole.clone());
        prop_assert_eq!(view(&home), view(own));
        // Elsewhere it adds what it carries, takes nothing away, and the whole file completes it.
        let elsewhere = canonical(other);
        let mut there = other.clone();
        there.merge_all(parse(&part));
        let both: std::collections::BTreeSet<String> = atoms(&elsewhere).union(&atoms(&part)).cloned().collect();
        prop_assert_eq!(atoms(&canonical(&there)), both);
        there.merge_all(parse(&whole));
        let direct = replica_of([elsewhere.as_str(), whole.as_str()]);
        prop_assert_eq!(canonical(&there), canonical(&direct));
        prop_assert_eq!(view(&there), view(&direct));
    }

    #[test]
    fn a_redacted_file_edited_elsewhere_comes_home_without_loss(history in any_history(25), more in any_history(25)) {
        let mut world = Simulation::new(2);
        world.run(&history);
        world.export(0, &|_| true, true);
        let last = world.files.len() - 1;
        world.import(1, last);
        // The other side edits what it received, personal fields it never saw included.
        let edits = more.into_iter().filter(|op| op.0 < 14).map(|(kind, _, what, how)| (kind, 1, what, how));
        edits.for_each(|op| world.step(op));
        world.check(1)?;
        world.settle();
        for site in 0..2 {
            world.check(site)?;
        }
        prop_assert_eq!(view(&world.sites[0].replica), view(&world.sites[1].replica));
    }

    #[test]
    fn fields_and_ledgers_of_a_newer_version_pass_through(history in any_history(30), how in any::<u8>()) {
        let mut world = Simulation::new(2);
        world.run(&history);
        let record = RECORDS[usize::from(how) % RECORDS.len()];
        let newer = format!(
            concat!(
                r#"[{{"at":"2031-01-01T00:00:00Z","by":"n1","id":"newer.1","seal":{{"a":[1]}},"set":{{"#,
                r#""{record}":{{"fields":{{"mood":{{"deep":[null,{{"x":"<b>"}}]}},"masses":77}},"ledger":"night_talk","phase":[2],"over":{{"mood":{{"z":3}}}}}},"#,
                r#""s1":{{"fields":{{"colour":["红","绿"],"n":-5}},"ledger":"star_map","unit":"421223100208"}}}}}}]"#
            ),
            record = record
        );
        let carried = atoms(&newer);
        world.sites[0].take(&newer);
        let passed = world.sites[0].file();
        world.sites[1].take(&passed);
        // The old version edits and deletes beside them.
        world.step((7, 1, how, how));
        world.step((1, 1, how, how));
        let back = world.sites[1].file();
        prop_assert!(carried.is_subset(&atoms(&back)));
        let sealed = back.contains(r#""seal":{"a":[1]}"#);
        prop_assert!(sealed);
        prop_assert_eq!(canonical(&replica_of([newer.as_str(), back.as_str()])), back);
    }
}

impl Dice {
    fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for i in (1..count).rev() {
            order.swap(i, self.roll(i + 1));
        }
        order
    }
}

#[test]
fn fifty_one_replicas_agree_in_any_order_with_stale_files() {
    let mut dice = Dice(51);
    let mut world = Simulation::new(51);
    for _ in 0..600 {
        let byte = |d: &mut Dice| u8::try_from(d.roll(256)).expect("a byte");
        let kind = [0, 1, 2, 3, 4, 7, 8, 9, 11, 14, 18, 19, 21, 22][dice.roll(14)];
        let op = (kind, byte(&mut dice), byte(&mut dice), byte(&mut dice));
        world.step(op);
    }
    for site in 0..51 {
        world.export(site, &|_| true, false);
    }
    let files: Vec<&str> = world.files.iter().map(|f| f.bytes.as_str()).collect();
    let everything = (0..world.writes.len()).collect();
    let first = replica_of(files.iter().copied());
    world.check_replica(&first, &everything).expect("the model agrees");
    let (bytes, shown) = (canonical(&first), view(&first));
    for _ in 0..51 {
        let order = dice.shuffled(files.len());
        let again = replica_of(order.iter().map(|&i| files[i]));
        assert_eq!(canonical(&again), bytes);
        assert_eq!(view(&again), shown);
    }
}

fn talk_with(variants: &[(i64, &str)]) -> Vec<Change> {
    let mut site = Site::new("aaa");
    let change = site
        .write(
            TALK,
            "r1",
            &[("unit", text(U)), ("masses", Value::Int(1)), ("host", text("示例"))],
        )
        .expect("a change");
    let forge = |(masses, at): &(i64, &str)| {
        let mut forged = change.clone();
        forged.at = tiancheng::model::date::Instant::parse(at).expect("an instant");
        for cell in forged.set[0].cells.iter_mut().filter(|c| &*c.name == "masses") {
            cell.value = Value::Int(*masses);
        }
        forged
    };
    variants.iter().map(forge).collect()
}

#[test]
fn forged_contents_under_one_id_are_all_kept_whoever_comes_first() {
    let variants = talk_with(&[
        (1, "2022-03-05T01:00:01Z"),
        (2, "2022-03-05T01:00:01Z"),
        (3, "2022-03-05T01:00:01Z"),
        (1, "2021-01-01T00:00:00Z"),
        (4, "2031-01-01T00:00:00Z"),
    ]);
    let mut dice = Dice(7);
    let merge = |order: &[usize]| {
        let mut replica = Replica::new(tiancheng::model::programmes::schemas());
        order.iter().for_each(|&i| drop(replica.merge(variants[i].clone())));
        replica
    };
    let first = merge(&[0, 1, 2, 3, 4]);
    let id = ChangeId {
        actor: "aaa".into(),
        n: 1,
    };
    assert_eq!(first.alarms(), [Alarm::Forged(id)]);
    let record = first
        .record(first.find_ix(TALK.id, "r1").expect("there"))
        .expect("there");
    let slot = TALK.slot("masses").expect("a field");
    let mut values: Vec<&Value> = record.heads(slot).map(|a| &a.value).collect();
    values.sort();
    values.dedup();
    assert_eq!(values, [&Value::Int(1), &Value::Int(2), &Value::Int(3), &Value::Int(4)]);
    for _ in 0..40 {
        let again = merge(&dice.shuffled(variants.len()));
        assert_eq!(canonical(&again), canonical(&first));
        assert_eq!(view(&again), view(&first));
        assert_eq!(view(&replica_of([canonical(&again).as_str()])), view(&first));
    }
}

#[test]
fn a_file_that_claims_my_actor_neither_replaces_nor_hides_what_i_wrote() {
    let mut mine = Site::new("aaa");
    mine.write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(28))]);
    let mut thief = Site::new("aaa");
    thief.write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(99))]);
    thief.write(TALK, "r2", &[("unit", text(U)), ("place", text("新屋组"))]);
    mine.take(&thief.file());
    let slot = TALK.slot("masses").expect("a field");
    let record = mine.replica.record(mine.ix(TALK, "r1")).expect("there");
    assert_eq!(record.heads(slot).count(), 2);
    assert!(record.is(Record::CONFLICT));
    assert_eq!(mine.replica.alarms().len(), 1);
    assert_eq!(
        mine.replica.last_serial("aaa"),
        2,
        "the next number is free of the thief's"
    );
    assert_eq!(listed(&mine.replica, TALK), ["r1", "r2"]);
}

fn hostile(id: &str, value: i64, over: &str) -> String {
    format!(
        r#"[{{"at":"2022-01-01T00:00:00Z","by":"x","id":"{id}","set":{{"r1":{{"fields":{{"masses":{value}}},"ledger":"night_talk","over":{{"masses":{over}}}}}}}}}]"#
    )
}

#[test]
fn claims_to_have_seen_each_other_hide_nothing() {
    let (a, b) = (hostile("a.1", 1, r#"{"b":9}"#), hostile("b.1", 2, r#"{"a":9}"#));
    let replica = replica_of([a.as_str(), b.as_str()]);
    let record = replica
        .record(replica.find_ix(TALK.id, "r1").expect("there"))
        .expect("there");
    let slot = TALK.slot("masses").expect("a field");
    assert_eq!(record.heads(slot).count(), 2, "both stand");
    assert_eq!(view(&replica), view(&replica_of([b.as_str(), a.as_str()])));
    // An honest write settles it.
    let mut site = Site::new("ccc");
    site.take(&a);
    site.take(&b);
    site.write(TALK, "r1", &[("masses", Value::Int(5))]);
    let record = site.replica.record(site.ix(TALK, "r1")).expect("there");
    assert_eq!(record.cell(slot), &Value::Int(5));
    assert!(!record.is(Record::CONFLICT));
}

#[test]
fn a_claim_to_have_seen_all_there_ever_will_be_reaches_one_field_and_keeps_what_it_covers() {
    let mut site = Site::new("aaa");
    site.write(
        TALK,
        "r1",
        &[("unit", text(U)), ("masses", Value::Int(28)), ("place", text("汪家巷"))],
    );
    site.take(&hostile("evil.1", 0, r#"{"aaa":2147483647}"#));
    site.write(TALK, "r1", &[("place", text("新屋组"))]);
    let record = site.replica.record(site.ix(TALK, "r1")).expect("there");
    assert_eq!(record.cell(TALK.slot("place").expect("a field")), &text("新屋组"));
    assert_eq!(
        record.slot(TALK.slot("masses").expect("a field")).len(),
        2,
        "the covered value is in the history"
    );
    assert_eq!(site.replica.history(site.ix(TALK, "r1")).len(), 3);
    // After a reload the actor is another one, out of reach of the claim.
    let mut next = Site::new("bbb");
    next.take(&site.file());
    next.write(TALK, "r1", &[("masses", Value::Int(30))]);
    let record = next.replica.record(next.ix(TALK, "r1")).expect("there");
    assert_eq!(record.cell(TALK.slot("masses").expect("a field")), &Value::Int(30));
}

#[test]
fn a_context_that_covers_its_own_write_or_names_a_million_actors_is_refused() {
    let read = |json: &str| read_changes(json, &mut Names::default(), Limits::default()).expect_err("refused");
    for over in [r#"{"a":1}"#, r#"{"a":2}"#, r#"{"b":1,"a":2147483647}"#] {
        let notice = read(&hostile("a.1", 1, over));
        assert!(notice.place.contains("over"), "{notice:?}");
    }
    let many: Vec<String> = (0..1_000_000).map(|i| format!("\"a{i}\":1")).collect();
    let notice = read(&hostile("a.1", 1, &format!("{{{}}}", many.join(","))));
    assert!(
        notice.place.contains("over") && notice.what.contains("太多"),
        "{notice:?}"
    );
}

#[test]
fn a_clock_wrong_by_ten_years_decides_nothing_but_what_is_shown_first() {
    let ten_years = 10 * 366 * 86_400;
    let mut town = Site::new("aaa");
    town.write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(28))]);
    let mut fast = Site::new("bbb");
    fast.take(&town.file());
    fast.clock += ten_years;
    fast.write(TALK, "r1", &[("masses", Value::Int(1))]);
    town.write(TALK, "r1", &[("masses", Value::Int(2))]);
    town.take(&fast.file());
    let slot = TALK.slot("masses").expect("a field");
    let record = town.replica.record(town.ix(TALK, "r1")).expect("there");
    assert_eq!((record.cell(slot), record.heads(slot).count()), (&Value::Int(1), 2));
    // Written by a clock that stepped back, yet later by knowledge: it stands alone.
    town.clock -= 2 * ten_years;
    town.write(TALK, "r1", &[("masses", Value::Int(3))]);
    let record = town.replica.record(town.ix(TALK, "r1")).expect("there");
    assert_eq!((record.cell(slot), record.heads(slot).count()), (&Value::Int(3), 1));
    fast.take(&town.file());
    assert_eq!(view(&fast.replica), view(&town.replica));
}

#[test]
fn a_backup_three_months_old_and_a_copied_profile_lose_nothing() {
    let mut old = Site::new("aaa");
    old.write(TALK, "r1", &[("unit", text(U)), ("masses", Value::Int(28))]);
    let backup = old.file();
    old.write(TALK, "r1", &[("masses", Value::Int(29))]);
    old.write(TALK, "r2", &[("unit", text(U)), ("place", text("汪家巷"))]);
    let sent = old.file();
    // Restored, and opened again: another actor, so no id is used twice.
    let mut restored = Site::new("bbb");
    restored.take(&backup);
    restored.write(TALK, "r1", &[("place", text("新屋组"))]);
    // The same profile on another machine: again another actor.
    let mut copied = Site::new("ccc");
    copied.take(&backup);
    copied.write(TALK, "r1", &[("masses", Value::Int(31))]);
    let files = [sent, restored.file(), copied.file()];
    let all = replica_of(files.iter().map(String::as_str));
    assert!(all.alarms().is_empty());
    assert_eq!(listed(&all, TALK), ["r1", "r2"]);
    let record = all.record(all.find_ix(TALK.id, "r1").expect("there")).expect("there");
    let slot = TALK.slot("masses").expect("a field");
    let mut values: Vec<&Value> = record.heads(slot).map(|a| &a.value).collect();
    values.sort();
    assert_eq!(values, [&Value::Int(29), &Value::Int(31)], "both are kept and shown");
    assert_eq!(record.cell(TALK.slot("place").expect("a field")), &text("新屋组"));
}

#[test]
fn every_text_goes_round_unharmed_and_stays_text() {
    let texts = [
        "<img src=x onerror=alert(1)>",
        "=HYPERLINK(\"http://example.invalid\",\"x\")",
        "\u{202e}abc\u{202c}\u{2066}",
        "a\u{0}b\u{1}\u{7f}\u{85}",
        "__proto__",
        "\u{feff}\u{10ffff}\u{e000}𠮷",
        "\\\"\u{2028}\u{2029}",
    ];
    let mut site = Site::new("aaa");
    for (i, value) in texts.iter().enumerate() {
        site.write(TALK, &format!("r{i}"), &[("topic", text(value))]);
        site.write(
            TALK,
            value.split('\u{0}').next().expect("a part"),
            &[("topic", text(value))],
        );
    }
    let long = "名".repeat(100_000);
    site.write(TALK, "long", &[("place", text(&long))]);
    let again = replica_of([site.file().as_str()]);
    assert_eq!(canonical(&again), site.file());
    let slot = TALK.slot("topic").expect("a field");
    for (i, value) in texts.iter().enumerate() {
        let record = again
            .record(again.find_ix(TALK.id, &format!("r{i}")).expect("there"))
            .expect("there");
        assert_eq!(record.slot(slot)[0].value, text(value));
    }
}
