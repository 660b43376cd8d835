//! Files taken in by slices: the same outcome as at once, wherever the pauses fall, and no trace when it is given up.

mod support;

use std::rc::Rc;

use proptest::prelude::*;
use support::still::Still;
use support::{Site, canonical, text};
use tiancheng::desk::{Desk, Intake};
use tiancheng::exchange::writing::{Exporting, Order, canonical_file};
use tiancheng::exchange::{Batch, Outcome, Preview, Purpose, Scope, export};
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::sample::{SampleOptions, town};
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::storage::contents::{Packing, changes_in};
use tiancheng::storage::{KeyValue, MemoryKeyValue};

fn sample() -> Replica {
    let options = SampleOptions {
        records: 4_000,
        ..SampleOptions::default()
    };
    let mut replica = Replica::new(catalogue());
    replica.merge_all(seed(&catalogue(), &town(&options)));
    replica
}

/// The file of a unit, twice, the whole, one laid out anew, and some that are refused.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let replica = sample();
    let units = ["421223100201", "421223100208"];
    let order = Order {
        purpose: Purpose::Report,
        scope: Scope::units(units),
        by: String::new(),
        at: Instant(1_669_080_600),
    };
    let report = export(&replica, &order).text;
    let whole = canonical_file(&replica).text;
    // No text holds a line feed as such.
    let wide = whole.replace("\n{", "\r\n \t{ ").replace("}},\r", "}} , \r");
    let bent = report.replacen("\"at\":\"20", "\"at\":\"2O", 1);
    vec![
        ("report.json", report.clone().into_bytes()),
        ("report (1).json", report.clone().into_bytes()),
        ("wide.json", wide.into_bytes()),
        ("whole.json", whole.into_bytes()),
        ("bent.json", bent.into_bytes()),
        ("half.json", report.as_bytes()[..report.len() / 2].to_vec()),
    ]
}

/// Takes files in, with a pause after so many looks at the clock; how many slices it took.
fn sliced(replica: &Replica, files: &[(&str, Vec<u8>)], every: usize) -> (Preview, usize) {
    let mut batch = Batch::new(replica, 1_669_080_600);
    let (mut looks, mut slices) = (0usize, 0);
    let mut pause = || {
        looks += 1;
        looks.is_multiple_of(every)
    };
    for (name, bytes) in files {
        batch.begin(name, bytes.clone());
        slices += 1;
        while !batch.step(&mut pause) {
            slices += 1;
        }
    }
    (batch.finish(), slices)
}

fn told(preview: &Preview) -> Vec<String> {
    let file = |file: &tiancheng::exchange::FilePreview| {
        let outcome = match &file.outcome {
            Outcome::Sealed(_) => "sealed".to_string(),
            other => format!("{other:?}"),
        };
        format!(
            "{} {outcome} {:?} {:?} {:?}",
            file.name, file.units, file.changes, file.remarks
        )
    };
    preview.files.iter().map(file).collect()
}

#[test]
fn slices_of_any_size_bring_what_one_go_brings() {
    let files = files();
    let empty = Replica::new(catalogue());
    let (at_once, _) = sliced(&empty, &files, usize::MAX);
    assert!(
        matches!(at_once.files[0].outcome, Outcome::Brings(_)),
        "{:?}",
        told(&at_once)
    );
    assert!(matches!(at_once.files[1].outcome, Outcome::SameAs(_)));
    assert!(
        matches!(at_once.files[2].outcome, Outcome::Brings(_)),
        "{:?}",
        told(&at_once)[2]
    );
    assert!(matches!(at_once.files[4].outcome, Outcome::Refused(_)));
    for every in [1, 7, 333, 10_007] {
        let (preview, slices) = sliced(&empty, &files, every);
        assert!(slices > files.len(), "{every} pauses nowhere");
        assert_eq!(told(&preview), told(&at_once));
        assert_eq!(canonical(&preview.after), canonical(&at_once.after));
        assert_eq!(preview.changes, at_once.changes);
        assert_eq!(preview.drastic, at_once.drastic);
    }
    // Onto records that are there already.
    let (second, _) = sliced(&at_once.after, &files, 50);
    assert!(second.changes.is_empty() && canonical(&second.after) == canonical(&at_once.after));
}

#[test]
fn what_is_wrong_is_told_alike_in_slices() {
    let report = String::from_utf8(files()[0].1.clone()).expect("text");
    let changes = report.find("\"changes\"").expect("changes");
    let spots = [
        ("\"masses\":", "\"masses\":1.5,\"x\":"),
        ("\"place\":", "\"place\":\"a\",\"place\":"),
        ("\"at\":\"", "\"at\":\"x"),
        ("\"by\":\"", "\"by\":\"!"),
        ("\"ledger\":", "\"ledger\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]],\"x\":"),
    ];
    for (spot, wrong) in spots {
        // Somewhere in the middle, where lines count.
        let from = (changes + 9_000..)
            .find(|&at| report.is_char_boundary(at))
            .expect("a boundary");
        let at = from + report[from..].find(spot).expect(spot);
        let bent = format!("{}{wrong}{}", &report[..at], &report[at + spot.len()..]);
        let (text, from) = (bent.as_str(), bent.find("[\n").expect("a list"));
        let list = text[from..text.rfind(",\n\"sha256\"").expect("a sum")].to_string();
        let sum = tiancheng::exchange::file::checksum(&list);
        let old = text[text.rfind(":\"").expect("a sum") + 2..text.rfind('"').expect("an end")].to_string();
        let bent = text.replace(&old, &sum);
        let mut names = tiancheng::replica::wire::Names::default();
        let limits = tiancheng::replica::wire::Limits::default();
        let whole = tiancheng::replica::wire::read_changes(&list, &mut names, limits);
        let read = tiancheng::exchange::read_file(bent.as_bytes(), &mut names);
        match (whole, read) {
            (Err(one), Err(other)) => assert_eq!(one, other, "{spot}"),
            (one, other) => panic!("{spot}: {} {}", one.is_ok(), other.is_ok()),
        }
    }
}

fn dump(kv: &MemoryKeyValue) -> Vec<(String, Option<String>)> {
    let keys = kv.keys().expect("keys");
    keys.into_iter()
        .map(|key| (key.clone(), kv.get(&key).expect("a text")))
        .collect()
}

fn desk(kv: &Rc<MemoryKeyValue>) -> Desk {
    Desk::open(kv.clone(), Still::new(1), None)
}

#[test]
fn giving_up_after_any_number_of_slices_leaves_everything_as_it_was() {
    let files = files();
    let kv = Rc::new(MemoryKeyValue::default());
    let desk = desk(&kv);
    let (before, shown) = (dump(&kv), canonical(desk.replica()));
    for given_up in 0..12 {
        let mut batch = Batch::new(desk.replica(), 0);
        let mut left = given_up * 2_997;
        let mut pause = || {
            left -= i32::from(left > 0);
            left == 0
        };
        for (name, bytes) in &files {
            batch.begin(name, bytes.clone());
            if !batch.step(&mut pause) {
                break;
            }
        }
        let mut intake = Intake::new(batch.finish());
        intake.step(&mut || true);
        drop(intake);
        assert_eq!(dump(&kv), before);
        assert_eq!(canonical(desk.replica()), shown);
    }
}

#[test]
fn an_import_packed_in_slices_is_kept_like_one_in_one_go() {
    let files = files();
    let outcome = |every: usize| {
        let kv = Rc::new(MemoryKeyValue::default());
        let mut desk = desk(&kv);
        let (preview, _) = sliced(desk.replica(), &files, every);
        let mut intake = Intake::new(preview);
        let mut slices = 1;
        while !intake.step(&mut || every < 1_000) {
            slices += 1;
        }
        let base = desk.replica().version();
        assert!(desk.import(intake, base).is_ok(), "taken in");
        let again = Desk::open(kv.clone(), Still::new(9), None);
        (dump(&kv), canonical(desk.replica()), canonical(again.replica()), slices)
    };
    let (one, sliced) = (outcome(usize::MAX), outcome(5));
    assert!(one.3 == 1 && sliced.3 > 3);
    assert!(one.0 == sliced.0, "the same bytes are stored");
    assert_eq!(one.1, sliced.1);
    assert_eq!(one.1, one.2, "what is read back is what was shown");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn packed_blocks_give_back_the_changes(from in 0usize..3_000, count in 0usize..2_500) {
        let changes = seed(&catalogue(), &town(&SampleOptions { records: 4_000, ..SampleOptions::default() }));
        let part: Vec<_> = changes.into_iter().skip(from).take(count).collect();
        let text = Packing::begin(&part).text(&part);
        let back = changes_in(&text, &mut tiancheng::replica::wire::Names::default());
        let mut one = Replica::new(catalogue());
        one.merge_all(part);
        let mut other = Replica::new(catalogue());
        other.merge_all(back.expect("reads"));
        prop_assert_eq!(canonical(&one), canonical(&other));
    }
}

#[test]
fn a_file_written_in_slices_is_the_file_written_at_once() {
    let mut site = Site::new("a");
    for n in 0..40 {
        site.write(
            NightTalk::LEDGER,
            &format!("n{n}"),
            &[("place", text("三组")), ("unit", text("u1"))],
        );
    }
    for purpose in Purpose::ALL {
        let order = Order {
            purpose,
            scope: Scope::units(["u1"]),
            by: "town".to_owned(),
            at: Instant(site.clock),
        };
        let whole = export(&site.replica, &order);
        let mut exporting = Exporting::begin(&site.replica, order.clone());
        let mut turns = 0;
        let sliced = loop {
            turns += 1;
            if turns == 5 {
                // What is saved meanwhile is in the file.
                site.write(NightTalk::LEDGER, "n3", &[("place", text(purpose.code()))]);
            }
            let mut left = 2;
            let mut pause = || {
                left -= 1;
                left == 0
            };
            if let Some(written) = exporting.step(&site.replica, &mut pause) {
                break written;
            }
        };
        assert!(turns > 20, "{turns}");
        assert_ne!(sliced.sha256, whole.sha256);
        let now = export(&site.replica, &order);
        assert_eq!(
            (sliced.text, sliced.holds, sliced.sha256),
            (now.text, now.holds, now.sha256)
        );
    }
}
