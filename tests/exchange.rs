//! Files: envelope, refusal, scope, redaction, sealing, preview.

mod support;

use support::{Site, canonical, text};
use tiancheng::exchange::name::{file_name, safe};
use tiancheng::exchange::seal::{Fresh, seal};
use tiancheng::exchange::writing::{Order, canonical_file};
use tiancheng::exchange::{Batch, Outcome};
use tiancheng::exchange::{Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::notice::Notice;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::seedling::ledgers::Reserve;
use tiancheng::model::programmes::town::ledgers::{Device, Town, Unit};
use tiancheng::model::programmes::{catalogue, schemas};
use tiancheng::model::records::rows;
use tiancheng::model::value::Value;
use tiancheng::replica::Replica;
use tiancheng::replica::redact::free_texts;
use tiancheng::replica::wire::Names;

const U: &str = "421223100208";
const V: &str = "421223100201";
const NOW: i64 = 1_669_080_600;

fn town() -> Site {
    let mut site = Site::tagged("aaa", "devtown");
    site.write(
        Device::LEDGER,
        "devtown",
        &[("label", text("党建办")), ("role", text("town"))],
    );
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    for (code, name) in [(U, "寺前村"), (V, "河田村")] {
        site.write(Unit::LEDGER, code, &[("name", text(name)), ("kind", text("village"))]);
        site.write(
            NightTalk::LEDGER,
            &format!("talk-{code}"),
            &[
                ("unit", text(code)),
                ("place", text("一组")),
                ("masses", Value::Int(20)),
                ("host", text("示例书记01")),
            ],
        );
    }
    site.write(
        Reserve::LEDGER,
        "p1",
        &[
            ("unit", text(U)),
            ("name", text("示例干部01")),
            ("phone", text("13800001027")),
        ],
    );
    site
}

fn order(purpose: Purpose, scope: Scope) -> Order {
    Order {
        purpose,
        scope,
        by: "devtown".into(),
        at: Instant(NOW),
    }
}

fn whole(site: &Site) -> String {
    export(&site.replica, &order(Purpose::Backup, Scope::all())).text
}

fn open(file: &[u8]) -> Replica {
    let mut replica = Replica::new(schemas());
    match read_file(file, &mut Names::default()).expect("reads") {
        ReadFile::Plain(content) => replica.merge_all(content.changes),
        ReadFile::Sealed(_) => panic!("sealed"),
    };
    replica
}

fn refusal(bytes: &[u8]) -> Notice {
    read_file(bytes, &mut Names::default())
        .map(|_| ())
        .expect_err("refused")
}

#[test]
fn export_import_export_gives_the_same_bytes() {
    let site = town();
    let file = whole(&site);
    let other = open(file.as_bytes());
    assert_eq!(canonical(&other), canonical(&site.replica));
    assert_eq!(export(&other, &order(Purpose::Backup, Scope::all())).text, file);
    assert_eq!(canonical_file(&other).text, canonical_file(&site.replica).text);
}

#[test]
fn a_byte_order_mark_and_another_layout_are_accepted() {
    let file = whole(&town());
    assert_eq!(open(format!("\u{feff}{file}").as_bytes()).record_count(), 7);
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&file).expect("json")).expect("json");
    // Another program may sort keys of the header; the changes keep their canonical order.
    assert_eq!(open(pretty.as_bytes()).record_count(), 7);
    assert_eq!(open(file.replace('\n', "\r\n").as_bytes()).record_count(), 7);
}

#[test]
fn what_is_not_a_file_of_ours_is_refused_in_words() {
    let file = whole(&town());
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(file.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let mut gbk = file.clone().into_bytes();
    let at = file.find("寺前村").expect("a name");
    gbk.splice(at..at + 9, [0xcb, 0xc2, 0xc7, 0xb0, 0xb4, 0xe5]);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "文件是空的"),
        (b"  \n".to_vec(), "文件是空的"),
        (b"PK\x03\x04\x14\x00\x00\x00\x00\xff".to_vec(), "不是本系统导出"),
        ("姓名,电话\n".into(), "不是本系统导出"),
        (b"[1,2]".to_vec(), "不是本系统导出"),
        (b"{\"format\":\"other\"}".to_vec(), "不是本系统导出"),
        (utf16, "UTF-16"),
        (gbk, "不是 UTF-8"),
        (file.as_bytes()[..file.len() / 2].to_vec(), "不完整"),
        (
            file.as_bytes()[..file.find("前村").expect("a name") + 1].to_vec(),
            "不完整",
        ),
        (file.replace("\"masses\":20", "\"masses\":21").into_bytes(), "校验不符"),
        (
            file.replace("\"minReader\":1", "\"minReader\":2").into_bytes(),
            "更新的版本",
        ),
        (file.replace("\"town\"", "\"format\"").into_bytes(), "重复"),
        ("[".repeat(1_000_000).into_bytes(), "不是本系统导出"),
        (format!("{{\"format\":{}", "[".repeat(1_000_000)).into_bytes(), "不完整"),
        (
            format!("{{\"format\":{}1{}}}", "[".repeat(1_000), "]".repeat(1_000)).into_bytes(),
            "嵌套太深",
        ),
    ];
    for (bytes, what) in cases {
        let notice = refusal(&bytes);
        assert!(notice.to_string().contains(what), "{what}: {notice}");
        assert!(!notice.todo.is_empty());
    }
    assert!(refusal(&vec![b' '; 50 << 20]).what.contains("超过"));
}

#[test]
fn a_report_carries_one_unit_and_a_dispatch_brings_the_frame() {
    let site = town();
    let report = export(&site.replica, &order(Purpose::Report, Scope::units([U])));
    assert!(report.text.contains("talk-421223100208") && !report.text.contains("talk-421223100201"));
    assert!(!report.text.contains("河田村"));
    let dispatch = open(
        export(&site.replica, &order(Purpose::Dispatch, Scope::units([U])))
            .text
            .as_bytes(),
    );
    assert_eq!(rows::<Unit>(&dispatch).len(), 2);
    assert_eq!(rows::<NightTalk>(&dispatch).len(), 1);
    assert_eq!(
        file_name(&site.replica, &report.header),
        "天城镇_寺前村_上报_20221122-0930.json"
    );
    assert_eq!(safe("../a\\b:c*?\"<>|\u{202e}d"), "abcd");
    assert_eq!(safe(""), "未命名");
}

#[test]
fn a_redacted_file_has_no_personal_field_and_only_fails_to_add() {
    let mut site = town();
    let redacted = export(&site.replica, &order(Purpose::Redacted, Scope::all())).text;
    for secret in ["示例书记01", "示例干部01", "13800001027", "党建办"] {
        assert!(!redacted.contains(secret), "{secret}");
    }
    let before = canonical(&site.replica);
    site.take(&canonical(&open(redacted.as_bytes())));
    assert_eq!(canonical(&site.replica), before);
}

#[test]
fn sealed_files_open_with_their_passphrase_only() {
    let fresh = Fresh {
        salt: std::array::from_fn(|i| i as u8),
        nonce: std::array::from_fn(|i| i as u8),
    };
    // Computed by an independent implementation (Python hashlib and cryptography).
    let known = "{\"format\":\"tiancheng-sealed\",\"version\":1,\"kdf\":\"PBKDF2-HMAC-SHA256\",\"rounds\":600000,\"salt\":\"AAECAwQFBgcICQoLDA0ODw==\",\"cipher\":\"AES-256-GCM\",\"nonce\":\"AAECAwQFBgcICQoL\",\"content\":\"4QvOlQHeXzpslLzV6TLEnLUFUCnwEnUlJAa5fB+z\"}";
    assert_eq!(
        seal("{\"a\":\"天城\"}", "天城口令2022", fresh)
            .expect("seals")
            .trim_end(),
        known
    );
    assert!(seal("{}", "short", fresh).expect_err("too short").what.contains("口令"));
    let file = whole(&town());
    let sealed = seal(&file, "天城口令2022", fresh).expect("seals");
    let ReadFile::Sealed(parts) = read_file(sealed.as_bytes(), &mut Names::default()).expect("reads") else {
        panic!("plain")
    };
    assert_eq!(parts.open("天城口令2022").expect("opens"), file.as_bytes());
    let wrong = parts.open("天城口令2023").expect_err("wrong passphrase");
    let mut at = sealed.find("\"content\":\"").expect("content") + 40;
    while &sealed[at..=at] == "A" {
        at += 1;
    }
    let mut bent = sealed.clone();
    bent.replace_range(at..=at, "A");
    let ReadFile::Sealed(bent) = read_file(bent.as_bytes(), &mut Names::default()).expect("reads") else {
        panic!("plain")
    };
    assert_eq!(bent.open("天城口令2022").expect_err("tampered"), wrong);
    let header = sealed.replace("\"rounds\":600000", "\"rounds\":600001");
    let ReadFile::Sealed(header) = read_file(header.as_bytes(), &mut Names::default()).expect("reads") else {
        panic!("plain")
    };
    assert_eq!(header.open("天城口令2022").expect_err("header is authenticated"), wrong);
    for rounds in ["1", "99999999", "-5", "\"x\""] {
        let hostile = sealed.replace("\"rounds\":600000", &format!("\"rounds\":{rounds}"));
        assert!(refusal(hostile.as_bytes()).place.contains("rounds"), "{rounds}");
    }
}

#[test]
fn a_preview_says_what_files_would_do_and_changes_nothing() {
    let mut site = town();
    let start = canonical(&site.replica);
    let dispatch = export(&site.replica, &order(Purpose::Dispatch, Scope::units([U]))).text;
    let mut village = Site::tagged("bbb", "devu");
    village.take(&canonical(&open(dispatch.as_bytes())));
    village.write(
        Device::LEDGER,
        "devu",
        &[("label", text("书记")), ("role", text("unit")), ("unit", text(U))],
    );
    village.write(NightTalk::LEDGER, "talk-421223100208", &[("masses", Value::Int(32))]);
    village.write(NightTalk::LEDGER, "new", &[("unit", text(U)), ("place", text("二组"))]);
    village.write(
        NightTalk::LEDGER,
        "alien",
        &[("unit", text(V)), ("place", text("别村"))],
    );
    site.write(NightTalk::LEDGER, "talk-421223100208", &[("masses", Value::Int(35))]);
    let report = export(
        &village.replica,
        &Order {
            by: "devu".into(),
            ..order(Purpose::Report, Scope::all())
        },
    )
    .text;
    let mut batch = Batch::new(&site.replica, NOW);
    batch.add("a.json", report.as_bytes());
    batch.add("a (1).json", report.as_bytes());
    batch.add("old.json", dispatch.as_bytes());
    batch.add("bad.json", b"PK");
    let preview = batch.finish();
    let Outcome::Brings(effect) = preview.files[0].outcome else {
        panic!("{:?}", preview.files[0])
    };
    assert_eq!((effect.new, effect.conflicts, effect.pending), (1, 1, 1));
    assert!(matches!(&preview.files[1].outcome, Outcome::SameAs(name) if name == "a.json"));
    assert!(matches!(preview.files[2].outcome, Outcome::NothingNew));
    assert!(matches!(preview.files[3].outcome, Outcome::Refused(_)));
    assert_eq!(preview.files[0].units[U].conflicts, 1);
    assert!(!preview.drastic);
    assert_ne!(canonical(&site.replica), start);
    site.take(&canonical(&village.replica));
    assert_eq!(canonical(&preview.after), canonical(&site.replica));
}

#[test]
fn a_file_of_another_town_or_from_the_future_is_remarked() {
    let site = town();
    let mut other = Site::new("zzz");
    other.clock = NOW + 400 * 86_400;
    other.write(Town::LEDGER, "town2", &[("name", text("别镇"))]);
    let file = whole(&other);
    let mut batch = Batch::new(&site.replica, NOW);
    batch.add("x.json", file.as_bytes());
    let places: Vec<String> = batch.preview().files[0]
        .remarks
        .iter()
        .map(|n| n.place.clone())
        .collect();
    assert_eq!(places, ["town", "at"]);
}

#[test]
fn a_redacted_file_has_no_phone_no_name_and_nothing_unknown() {
    let mut site = town();
    let talk = |site: &mut Site, id: &str, place: &str| {
        site.write(NightTalk::LEDGER, id, &[("unit", text(U)), ("place", text(place))]);
    };
    talk(&mut site, "n1", "汪家巷，电话 139 7123 4567");
    talk(&mut site, "n2", "示例干部01家门口");
    talk(&mut site, "n3", "2022-03-05 定在汪家巷");
    site.take(concat!(
        r#"[{"at":"2031-01-01T00:00:00Z","by":"n1","id":"newer.2","seal":"周某丙","set":{"#,
        r#""n5":{"fields":{"masses":78},"ledger":"night_talk"}}},"#,
        r#"{"at":"2031-01-01T00:00:00Z","by":"n1","id":"newer.1","set":{"#,
        r#""n4":{"fields":{"helpers":"周某丙","masses":77},"ledger":"night_talk","mood":"周某丙"},"#,
        r#""s1":{"fields":{"name":"周某丙"},"ledger":"star_map","unit":"421223100208"}}}]"#
    ));
    let redacted = export(&site.replica, &order(Purpose::Redacted, Scope::all())).text;
    for secret in ["7123", "示例干部01", "周某丙", "star_map", "helpers", "seal", "mood"] {
        assert!(!redacted.contains(secret), "{secret}");
    }
    for public in ["一组", "2022-03-05 定在汪家巷", "寺前村", "\"masses\":77"] {
        assert!(redacted.contains(public), "{public}");
    }
    // What is left out is left out whole: coming home, it neither adds nor forges anything.
    let (before, alarms) = (canonical(&site.replica), site.replica.alarms().len());
    site.take(&canonical(&open(redacted.as_bytes())));
    assert_eq!(
        (canonical(&site.replica), site.replica.alarms().len()),
        (before, alarms)
    );
}

#[test]
fn texts_that_leave_as_they_were_typed_are_listed() {
    let site = town();
    let listed: Vec<(&str, Vec<&str>)> = free_texts(&site.replica, catalogue())
        .into_iter()
        .map(|(ledger, fields)| (ledger.id, fields.iter().map(|f| f.name).collect()))
        .collect();
    // Names of units are public, hosts and reserves are personal.
    assert_eq!(listed, [("night_talk", vec!["place"])]);
}

#[test]
fn no_month_of_birth_leaves_in_a_redacted_file() {
    let mut site = town();
    let mut births = 0;
    for ledger in catalogue().all().iter().copied() {
        if ledger.field("birth").is_some() {
            births += 1;
            site.write(ledger, &format!("b{births}"), &[("birth", text("1971-06"))]);
        }
    }
    assert!(births > 5);
    let redacted = export(&site.replica, &order(Purpose::Redacted, Scope::all())).text;
    assert!(!redacted.contains("1971-06"));
}

#[test]
fn a_backup_that_takes_most_units_away_is_asked_about() {
    let mut site = Site::new("a");
    for at in 0..10 {
        let cells = [("name", text(&format!("{at}村"))), ("kind", text("village"))];
        site.write(Unit::LEDGER, &format!("u{at}"), &cells);
    }
    let look = |site: &Site, file: &str| {
        let mut batch = Batch::new(&site.replica, NOW);
        batch.add("备份.json", file.as_bytes());
        let preview = batch.finish();
        let asked = preview.files[0].remarks.iter().find(|r| r.place == "much");
        (preview.drastic, asked.map(|r| r.what.clone()))
    };
    let other = |gone: usize, renamed: usize| {
        let mut other = Site::new("b");
        other.take(&canonical(&site.replica));
        for at in 0..gone {
            let ix = other.ix(Unit::LEDGER, &format!("u{at}"));
            let stamp = other.stamp();
            let change = other.replica.delete(stamp, &[ix]);
            other.apply(change);
        }
        for at in gone..gone + renamed {
            other.write(Unit::LEDGER, &format!("u{at}"), &[("name", text("别村"))]);
        }
        whole(&other)
    };
    for (gone, renamed) in [(4, 2), (0, 6), (1, 0), (0, 1)] {
        let told = format!("要删除或改写 10 个村（社区）中的 {} 个", gone + renamed);
        assert_eq!(look(&site, &other(gone, renamed)), (true, Some(told)));
    }
    // New units replace nothing.
    let empty = Site::new("c");
    assert_eq!(look(&empty, &whole(&site)), (false, None));
}

/// A third of a ledger, by one file or by several that go together, is asked about; less is not.
#[test]
fn files_that_delete_or_change_a_third_of_a_ledger_are_asked_about() {
    let mut site = Site::new("a");
    let talk = |site: &mut Site, at: usize, place: &str| {
        site.write(NightTalk::LEDGER, &format!("t{at}"), &[("place", text(place))]);
    };
    (0..30).for_each(|at| talk(&mut site, at, "三组"));
    let file = |range: std::ops::Range<usize>, deletes: bool| {
        let mut other = Site::new(&format!("b{}", range.start));
        other.take(&canonical(&site.replica));
        for at in range {
            if deletes {
                let ix = other.ix(NightTalk::LEDGER, &format!("t{at}"));
                let stamp = other.stamp();
                let change = other.replica.delete(stamp, &[ix]);
                other.apply(change);
            } else {
                other.write(NightTalk::LEDGER, &format!("t{at}"), &[("place", text("五组"))]);
            }
        }
        whole(&other)
    };
    let look = |files: &[String]| {
        let mut batch = Batch::new(&site.replica, NOW);
        files.iter().for_each(|file| batch.add("文件.json", file.as_bytes()));
        let preview = batch.finish();
        let said: Vec<String> = preview
            .files
            .iter()
            .flat_map(|f| &f.remarks)
            .map(|r| r.what.clone())
            .collect();
        assert_eq!(preview.drastic, preview.files.iter().any(|f| f.is_unusual()));
        said
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(look(&[file(0..9, true)]), none);
    assert_eq!(look(&[file(0..10, true)]), ["要删除夜话台账 30 场中的 10 场"]);
    assert_eq!(look(&[file(0..9, false)]), none);
    assert_eq!(look(&[file(0..10, false)]), ["要改写夜话台账 30 场中的 10 场"]);
    let together = [file(0..5, true), file(5..10, true), file(10..15, true)];
    assert_eq!(
        look(&together),
        ["要删除夜话台账 30 场中的 10 场", "要删除夜话台账 30 场中的 15 场"]
    );
    // Many villages that each change a little are an ordinary month.
    let month = [file(0..8, false), file(8..16, false), file(16..24, false)];
    assert_eq!(look(&month), none);
    // Joined into another one is as good as deleted.
    let mut joined = Site::new("j");
    joined.take(&canonical(&site.replica));
    for at in 1..12 {
        let write = [("_alias", text("t0"))];
        joined.write(NightTalk::LEDGER, &format!("t{at}"), &write);
    }
    assert_eq!(look(&[whole(&joined)]), ["要把夜话台账 30 场中的 11 场并入别的记录"]);
}
