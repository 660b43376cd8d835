//! Damaged and hostile files at the door: whatever the bytes, reading ends without a panic, in
//! bounded memory and time, and a refused file leaves the replica as it was. `fuzz/` holds the same
//! checks as a target for cargo-fuzz.

mod support;

use proptest::prelude::*;
use support::memory::{Counting, peak};
use support::{Site, canonical, config, text, view};
use tiancheng::exchange::file::checksum;
use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Batch, Outcome};
use tiancheng::exchange::{Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::ledger::{Ledger, TypedRow};
use tiancheng::model::notice::Notice;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::schemas;
use tiancheng::model::programmes::town::ledgers::{Device, Town, Unit};
use tiancheng::model::value::Value;
use tiancheng::replica::wire::Names;
use tiancheng::replica::{Change, Replica};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const TALK: &Ledger = NightTalk::LEDGER;
const U: &str = "421223100208";

fn town() -> Site {
    let mut site = Site::tagged("aaa", "devtown");
    site.write(
        Device::LEDGER,
        "devtown",
        &[("label", text("党建办")), ("role", text("town"))],
    );
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    site.write(Unit::LEDGER, U, &[("name", text("寺前村")), ("kind", text("village"))]);
    for n in 0..6 {
        let cells = [
            ("unit", text(U)),
            ("place", text("汪家巷")),
            ("masses", Value::Int(20 + n)),
            ("topic", text("“饮水\"管网\\\n")),
        ];
        site.write(TALK, &format!("r{n}"), &cells);
        site.write(TALK, &format!("r{n}"), &[("masses", Value::Int(n))]);
    }
    site
}

fn file_of(site: &Site) -> String {
    let order = Order {
        purpose: Purpose::Backup,
        scope: Scope::all(),
        by: "devtown".into(),
        at: tiancheng::model::date::Instant(1_669_080_600),
    };
    export(&site.replica, &order).text
}

/// A file around hand-written changes, with the right checksum, so that it gets past the envelope.
fn envelope(changes: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(changes.len() + 400);
    out.extend_from_slice(
        br#"{"format":"tiancheng-ledger","version":1,"schema":1,"minReader":1,"town":"t","purpose":"backup","scope":{"ledgers":[],"units":[]},"exportedBy":"x","exportedAt":"2022-01-01T00:00:00Z","devices":{},"changes":"#,
    );
    out.extend_from_slice(changes.as_bytes());
    out.extend_from_slice(format!(",\"sha256\":\"{}\"}}", checksum(changes)).as_bytes());
    out
}

fn read(bytes: &[u8]) -> Result<Vec<Change>, Notice> {
    match read_file(bytes, &mut Names::default())? {
        ReadFile::Plain(content) => Ok(content.changes),
        ReadFile::Sealed(_) => Ok(Vec::new()),
    }
}

/// Bytes held at most while reading: the parsed file and some room, never a multiple that grows.
fn allowed(bytes: usize) -> usize {
    bytes * 24 + (1 << 20)
}

/// One damage to a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(usize, u8),
    Cut(usize, usize),
    Truncate(usize),
    Repeat(usize, usize, usize),
    Insert(usize, &'static str),
    Replace(&'static str, &'static str, usize),
    Bytes(usize, Vec<u8>),
}

const INSERTS: [&str; 24] = [
    "[",
    "{",
    "}",
    "]",
    "\"",
    "\\",
    ",",
    ":",
    "null",
    "1e999",
    "-0",
    "1.5",
    "9007199254740993",
    "NaN",
    "\\ud800",
    "\u{0}",
    "\u{feff}",
    "[[[[[[[[[[[[[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
    "\"id\":\"a.1\",",
    "\"__proto__\":{},",
    "\"over\":{\"a\":{\"b\":1}},",
    "99999999999999999999999999999999",
    "\u{202e}",
];
const SWAPS: [(&str, &str); 16] = [
    ("\"masses\"", "\"place\""),
    ("\"fields\"", "\"over\""),
    ("\"unit\"", "\"ledger\""),
    ("\"at\"", "\"by\""),
    ("\"id\"", "\"at\""),
    ("night_talk", "device"),
    ("night_talk", "星"),
    ("aaa.", "bbb."),
    ("aaa.", "aaa.0"),
    (":20", ":-20"),
    (":1", ":4294967296"),
    ("2022", "0000"),
    ("2022", "9999"),
    ("汪家巷", "<img src=x onerror=alert(1)>"),
    ("minReader\":1", "minReader\":9"),
    ("\"set\":{", "\"set\":["),
];

fn any_damage() -> impl Strategy<Value = Damage> {
    let at = any::<usize>();
    prop_oneof![
        3 => (at, any::<u8>()).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        1 => (at, 1usize..200).prop_map(|(at, len)| Damage::Cut(at, len)),
        1 => at.prop_map(Damage::Truncate),
        2 => (at, 1usize..120, 1usize..4).prop_map(|(at, len, times)| Damage::Repeat(at, len, times)),
        3 => (at, prop::sample::select(&INSERTS[..])).prop_map(|(at, what)| Damage::Insert(at, what)),
        3 => (prop::sample::select(&SWAPS[..]), 0usize..4).prop_map(|((from, to), nth)| Damage::Replace(from, to, nth)),
        1 => (at, prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Damage::Bytes(at, bytes)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let place = |at: usize| at % bytes.len().max(1);
    match damage {
        _ if bytes.is_empty() => {}
        Damage::Flip(at, bit) => {
            let at = place(*at);
            bytes[at] ^= 1 << (bit % 8);
        }
        Damage::Cut(at, len) => {
            let at = place(*at);
            let end = (at + len).min(bytes.len());
            bytes.drain(at..end);
        }
        Damage::Truncate(at) => bytes.truncate(place(*at)),
        Damage::Repeat(at, len, times) => {
            let at = place(*at);
            let part = bytes[at..(at + len).min(bytes.len())].repeat(*times);
            bytes.splice(at..at, part);
        }
        Damage::Insert(at, what) => {
            let at = place(*at);
            bytes.splice(at..at, what.bytes());
        }
        Damage::Replace(from, to, nth) => {
            let hits: Vec<usize> = bytes
                .windows(from.len())
                .enumerate()
                .filter(|(_, w)| *w == from.as_bytes())
                .map(|(i, _)| i)
                .collect();
            if let Some(&at) = hits.get(*nth) {
                bytes.splice(at..at + from.len(), to.bytes());
            }
        }
        Damage::Bytes(at, more) => {
            let at = place(*at);
            bytes.splice(at..at, more.iter().copied());
        }
    }
}

/// Reads, and where the file is taken nevertheless, holds it to the laws.
fn check(bytes: &[u8], home: &Replica) -> Result<(), TestCaseError> {
    let (result, most) = peak(|| read(bytes));
    prop_assert!(most <= allowed(bytes.len()), "{} bytes held for {}", most, bytes.len());
    let (before, shown) = (canonical(home), view(home));
    let mut batch = Batch::new(home, 1_669_080_600);
    batch.add("x.json", bytes);
    prop_assert_eq!(&canonical(home), &before);
    match result {
        Err(notice) => {
            prop_assert!(!notice.what.is_empty() && !notice.todo.is_empty(), "{:?}", notice);
            let preview = batch.finish();
            prop_assert!(matches!(preview.files[0].outcome, Outcome::Refused(_)));
            prop_assert!(preview.changes.is_empty());
            prop_assert_eq!(&canonical(&preview.after), &before);
            prop_assert_eq!(&view(&preview.after), &shown);
        }
        Ok(changes) => {
            let mut there = Replica::new(schemas());
            there.merge_all(changes.clone());
            let text = canonical(&there);
            let again = read(&envelope(&text)).map_err(|n| TestCaseError::fail(format!("{n:?} {text}")))?;
            let mut copy = Replica::new(schemas());
            copy.merge_all(again);
            prop_assert_eq!(canonical(&copy), text);
            prop_assert_eq!(view(&copy), view(&there));
            let mut after = home.clone();
            after.merge_all(changes);
            prop_assert!(after.record_count() >= home.record_count());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn a_damaged_file_is_refused_whole_or_read_whole(damages in prop::collection::vec(any_damage(), 1..5)) {
        let home = town();
        let mut bytes = file_of(&home).into_bytes();
        damages.iter().for_each(|d| apply(&mut bytes, d));
        check(&bytes, &home.replica)?;
    }

    #[test]
    fn damaged_changes_under_a_true_checksum_too(damages in prop::collection::vec(any_damage(), 1..5)) {
        let home = town();
        let mut bytes = home.file().into_bytes();
        damages.iter().for_each(|d| apply(&mut bytes, d));
        if let Ok(changes) = std::str::from_utf8(&bytes) {
            check(&envelope(changes), &home.replica)?;
        }
    }

    #[test]
    fn any_bytes_at_all_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes, &town().replica)?;
    }
}

#[test]
fn other_encodings_and_half_files_are_refused() {
    let home = town();
    let file = file_of(&home);
    let utf16 = |be: bool| -> Vec<u8> {
        let units = file
            .encode_utf16()
            .flat_map(|u| if be { u.to_be_bytes() } else { u.to_le_bytes() });
        units.collect()
    };
    let marked = |mark: [u8; 2], body: Vec<u8>| [mark.to_vec(), body].concat();
    // 寺前村 in GBK, where the file is otherwise as it was.
    let gbk: Vec<u8> = {
        let at = file.find("寺前村").expect("a name");
        [
            &file.as_bytes()[..at],
            &[0xcb, 0xc2, 0xc7, 0xb0, 0xb4, 0xe5],
            &file.as_bytes()[at + 9..],
        ]
        .concat()
    };
    let cases = [
        utf16(false),
        utf16(true),
        marked([0xff, 0xfe], utf16(false)),
        marked([0xfe, 0xff], utf16(true)),
        gbk,
        file.as_bytes()[..file.len() / 2].to_vec(),
        file.as_bytes()[..file.len() - 3].to_vec(),
        [file.as_bytes(), file.as_bytes()].concat(),
    ];
    for bytes in cases {
        assert!(read(&bytes).is_err());
        check(&bytes, &home.replica).expect("refused without a trace");
    }
}

fn line(id: &str, set: &str) -> String {
    format!(r#"{{"at":"2022-01-01T00:00:00Z","by":"x","id":"{id}","set":{{{set}}}}}"#)
}

fn list(lines: impl IntoIterator<Item = String>) -> Vec<u8> {
    let lines: Vec<String> = lines.into_iter().collect();
    envelope(&format!("[{}]", lines.join(",")))
}

/// Reads, merges, derives and writes, in memory that follows the size of the file.
fn endures(what: &str, bytes: &[u8]) -> Result<Replica, Notice> {
    let (result, most) = peak(|| {
        read(bytes).map(|changes| {
            let mut replica = Replica::new(schemas());
            replica.merge_all(changes);
            let ids: Vec<u32> = replica.all_records().map(|(ix, _)| ix).collect();
            for ix in ids {
                std::hint::black_box(replica.root_of(ix));
            }
            std::hint::black_box(canonical(&replica));
            replica
        })
    });
    println!(
        "{what}: {} bytes, {most} held, {}",
        bytes.len(),
        if result.is_ok() { "taken" } else { "refused" }
    );
    assert!(most <= allowed(bytes.len()), "{what}: {most} bytes for {}", bytes.len());
    result
}

#[test]
fn many_writes_to_one_field_cost_no_more_than_many_fields() {
    let lines = (1..=150_000).map(|n| {
        line(
            &format!("a.{n}"),
            r#""r1":{"ledger":"night_talk","fields":{"masses":1,"members":2}}"#,
        )
    });
    let replica = endures("one field", &list(lines)).expect("well-formed");
    assert_eq!(replica.record_count(), 1);
    let moves = (1..=100_000).map(|n| {
        let over = if n > 1 {
            format!(r#","over":{{"unit":{{"a":{}}}}}"#, n - 1)
        } else {
            String::new()
        };
        line(
            &format!("a.{n}"),
            &format!(r#""r1":{{"ledger":"night_talk","unit":"{n}"{over}}}"#),
        )
    });
    let device = line("b.1", r#""x":{"ledger":"device","fields":{"role":"unit"},"unit":"1"}"#);
    endures("moved for ever", &list(moves.chain([device]))).expect("well-formed");
}

#[test]
fn forged_ids_new_names_and_long_chains_are_kept_and_cost_little() {
    let twins = (0..100_000).map(|n| {
        line(
            "a.1",
            &format!(r#""r{n}":{{"ledger":"night_talk","fields":{{"masses":1}}}}"#),
        )
    });
    let replica = endures("one id", &list(twins)).expect("well-formed");
    assert_eq!(replica.record_count(), 100_000);
    let twins = (0..100_000).map(|n| {
        line("a.1", r#""r1":{"ledger":"night_talk","fields":{"masses":1}}"#).replace("\"x\"", &format!("\"x{n}\""))
    });
    let replica = endures("one id, many devices", &list(twins)).expect("well-formed");
    assert_eq!(replica.alarms().len(), 1);
    let names = (1..=200).map(|n| {
        let fields: Vec<String> = (0..300).map(|i| format!("\"f{n}x{i}\":1")).collect();
        line(
            &format!("a.{n}"),
            &format!(r#""r{n}":{{"ledger":"night_talk","fields":{{{}}}}}"#, fields.join(",")),
        )
    });
    let replica = endures("new fields", &list(names)).expect("well-formed");
    assert!(replica.all_records().all(|(_, r)| r.atoms.len() == 300));
    let ledgers = (1..=70_000).map(|n| {
        line(
            &format!("a.{n}"),
            &format!(r#""r1":{{"ledger":"l{n}","fields":{{"a":1}}}}"#),
        )
    });
    let replica = endures("new ledgers", &list(ledgers)).expect("well-formed");
    assert_eq!(replica.unknown_ledgers().len(), 70_000);
    let chain: Vec<String> = (1..=100_000)
        .map(|n| {
            line(
                &format!("a.{n}"),
                &format!(
                    r#""r{n}":{{"ledger":"night_talk","fields":{{"masses":1,"_alias":"r{}"}}}}"#,
                    n + 1
                ),
            )
        })
        .collect();
    endures("joined in a chain", &list(chain)).expect("well-formed");
    let tags = (1..=60_000).map(|n| {
        format!(r#"{{"at":"2022-01-01T00:00:00Z","by":"t{n}","id":"a{n}.1","set":{{"t{n}":{{"ledger":"device","fields":{{"role":"unit"}},"unit":"{n}"}}}}}}"#)
    });
    endures("devices", &list(tags)).expect("well-formed");
}

#[test]
fn long_lists_of_what_was_seen_or_decided_are_looked_up_not_searched() {
    let ids: Vec<String> = (1..=80_000).map(|n| format!("\"a.{n}\"")).collect();
    let writes = (1..=40_000).map(|n| {
        line(
            &format!("a.{n}"),
            r#""r1":{"ledger":"night_talk","fields":{"masses":1}}"#,
        )
    });
    let seen = line(
        "b.1",
        &format!(
            r#""r1":{{"ledger":"night_talk","fields":{{"_deleted":[{}]}}}}"#,
            ids.join(",")
        ),
    );
    let decided = line(
        "c.1",
        &format!(
            r#""r1":{{"ledger":"night_talk","fields":{{"_accepted":[{}]}}}}"#,
            ids.join(",")
        ),
    );
    endures("long lists", &list(writes.chain([seen, decided]))).expect("well-formed");
}

#[test]
fn deep_nesting_and_vast_contexts_are_refused() {
    let deep = format!(r#"[{{"id":{}"#, "[".repeat(1_000_000));
    assert!(endures("nested", &envelope(&deep)).is_err());
    let nested = line(
        "a.1",
        &format!(
            r#""r1":{{"ledger":"night_talk","fields":{{"x":{}1{}}}}}"#,
            "[".repeat(40),
            "]".repeat(40)
        ),
    );
    let notice = endures("nested value", &list([nested])).err().expect("refused");
    assert!(notice.what.contains("嵌套太深"), "{notice}");
    let actors: Vec<String> = (0..1_000_000).map(|n| format!("\"a{n}\":1")).collect();
    let vast = line(
        "a.1",
        &format!(
            r#""r1":{{"ledger":"night_talk","fields":{{"x":1}},"over":{{"x":{{{}}}}}}}"#,
            actors.join(",")
        ),
    );
    let notice = endures("a million actors", &list([vast])).err().expect("refused");
    assert!(notice.what.contains("太多"), "{notice}");
    assert!(
        read(&vec![b'['; 50 << 20])
            .expect_err("too large")
            .what
            .contains("超过")
    );
}

#[test]
fn a_sealed_file_of_any_size_opens_again() {
    use tiancheng::exchange::seal::{Fresh, seal};
    let mut site = town();
    let long = "重阳节慰问高龄老人，推选理事会成员并公布账目。".repeat(400);
    for n in 0..80 {
        site.write(
            TALK,
            &format!("long{n}"),
            &[("unit", text(U)), ("outcome", text(&format!("{n}{long}")))],
        );
    }
    let file = file_of(&site);
    assert!(file.len() > 2 << 20);
    let fresh = Fresh {
        salt: [7; 16],
        nonce: [9; 12],
    };
    let sealed = seal(&file, "天城口令2022", fresh).expect("seals");
    match read_file(sealed.as_bytes(), &mut Names::default()).expect("reads") {
        ReadFile::Sealed(sealed) => assert!(sealed.open("天城口令2022").expect("opens") == file.as_bytes()),
        ReadFile::Plain(_) => panic!("it is sealed"),
    }
}
