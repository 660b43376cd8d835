//! The documentation of the file format against real files, and the promise of one declaration per ledger.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use support::Site;
use tiancheng::exchange::writing::{Order, export_by};
use tiancheng::exchange::{Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::{Catalogue, Field, Kind, Ledger, Programme, Slot, TypedRow};
use tiancheng::model::programmes::sample;
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::model::programmes::{catalogue, schemas};
use tiancheng::model::records::rows;
use tiancheng::model::value::Value;
use tiancheng::replica::seed::seed;
use tiancheng::replica::wire::Names;
use tiancheng::replica::{Replica, Write};
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::route::ListQuery;
use tiancheng::view::{form, list};

fn doc(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

fn order(purpose: Purpose, scope: Scope) -> Order {
    Order {
        purpose,
        scope,
        by: "dev".into(),
        at: Instant(1_669_080_600),
    }
}

#[test]
fn real_exports_meet_the_published_schema() {
    let schema = std::fs::read_to_string(doc("file.schema.json")).expect("the schema is there");
    let schema = serde_json::from_str(&schema).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    let mut site = Site::new("aaa");
    site.replica = replica;
    // A conflict, an undeclared field and a deletion, so that every part of the format occurs.
    let talks = site.replica.records_of("night_talk")[0];
    let stamp = site.stamp();
    let gone = site.replica.delete(stamp, &[talks]);
    site.apply(gone);
    for purpose in Purpose::ALL {
        for scope in [Scope::all(), Scope::units(["421223100208"])] {
            let text = export(&site.replica, &order(purpose, scope)).text;
            let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let wrong: Vec<String> = schema.iter_errors(&file).map(|e| e.to_string()).collect();
            assert!(wrong.is_empty(), "{purpose:?} {wrong:?}");
            assert!(!no_floats(&file), "a float in a file");
        }
    }
    let bad = serde_json::json!({ "format": "tiancheng-ledger", "version": 1 });
    assert!(!schema.is_valid(&bad));
}

fn no_floats(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(n) => n.is_f64(),
        serde_json::Value::Array(items) => items.iter().any(no_floats),
        serde_json::Value::Object(map) => map.values().any(no_floats),
        _ => false,
    }
}

/// The field list that other programs read; `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_list_of_ledgers_in_the_documentation_is_today_s() {
    let mut text =
        String::from("# Ledgers and their fields\n\nWritten by a test from the declarations; do not edit.\n");
    for ledger in catalogue().all() {
        let programme = ledger.programme.map_or("town", Programme::id);
        let _ = write!(
            text,
            "\n## `{}` {}\n\n{programme}. {}\n\n",
            ledger.id, ledger.label, ledger.help
        );
        text.push_str("| field | label | kind | unit of measure | required | personal | values |\n|---|---|---|---|---|---|---|\n");
        for field in ledger.fields {
            let values: Vec<String> = field
                .choices
                .iter()
                .map(|c| format!("`{}` {}", c.code, c.label))
                .collect();
            let values = if field.target.is_empty() {
                values.join(", ")
            } else {
                format!("→ `{}`", field.target)
            };
            let yes = |truth: bool| if truth { "yes" } else { "" };
            let _ = writeln!(
                text,
                "| `{}` | {} | {:?} | {} | {} | {} | {values} |",
                field.name,
                field.label,
                field.kind,
                field.measure.unwrap_or(""),
                yes(field.required),
                yes(field.personal)
            );
        }
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(doc("ledgers.md"), &text).expect("written");
    }
    let published = std::fs::read_to_string(doc("ledgers.md")).unwrap_or_default();
    assert_eq!(published, text, "run with UPDATE_DOCS=1");
}

#[test]
fn every_declaration_is_sound() {
    let mut ids = BTreeSet::new();
    for ledger in catalogue().all() {
        assert!(ids.insert(ledger.id), "{} twice", ledger.id);
        let mut names = BTreeSet::new();
        for field in ledger.fields {
            let at = format!("{}.{}", ledger.id, field.name);
            assert!(names.insert(field.name), "{at} twice");
            let chosen = matches!(field.kind, Kind::Choice | Kind::Choices);
            assert_eq!(chosen, !field.choices.is_empty(), "{at}: choices");
            if matches!(field.kind, Kind::Ref | Kind::Refs) && !field.target.is_empty() {
                assert!(
                    catalogue().get(field.target).is_some(),
                    "{at} points to {}",
                    field.target
                );
            }
            assert!(field.range.0 <= field.range.1, "{at}: range");
            for bad in ["身份证", "银行", "账号"] {
                assert!(!field.label.contains(bad), "{at}: no identity or bank numbers");
            }
        }
        for name in ledger.key.iter().chain(ledger.title) {
            assert!(ledger.slot(name).is_some(), "{}: no field {name}", ledger.id);
        }
        if let Some(former) = ledger.former {
            let old = catalogue().get(former.ledger).expect("the former ledger");
            let same = |(slot, field): (Slot, &Field)| old.slot(field.name) == Some(slot);
            assert!(ledger.slots().all(same), "{}: fields as in {}", ledger.id, old.id);
            assert_eq!(ledger.owner, old.owner, "{}: whose records", ledger.id);
            assert_ne!(
                former.prefix, former.here,
                "{}: one change may write under both names",
                ledger.id
            );
        }
        assert!(
            ledger.dated.is_empty() || ledger.field(ledger.dated).is_some(),
            "{}: dated",
            ledger.id
        );
    }
}

mod added {
    use tiancheng::model::ledger::{Choice, Ledger, Programme};
    tiancheng::ledgers! {
        /// A ledger that exists in this file alone.
        Orchard = Ledger::new("orchard", "果园台账").programme(Programme::Base).adds("片", "登记一片果园").dated("planted")
            .key(&["unit", "name"]).title(&["name"]).help("一片一条") => {
            unit: Unit "村" .required() .column();
            name: Text "名称" .required() .column();
            owner: Text "经营者" .personal();
            fruit: Choice "品种" .choices(&[Choice::new("peach", "桃"), Choice::new("pear", "梨")]) .column();
            planted: Day "栽种日期" .column();
            area: Decimal "面积" .measure("亩") .summed() .column();
        }
    }
}

/// Declaring `Orchard` above is all there is to it: form, validation, list with filter and total, storage of
/// changes, export, redaction and the typed row follow.
#[test]
fn adding_a_ledger_touches_one_file() {
    const ORCHARD: &Ledger = added::Orchard::LEDGER;
    let catalogue = Catalogue::of(&[tiancheng::model::programmes::town::ledgers::LEDGERS, added::LEDGERS]);
    let mut replica = Replica::new(catalogue.schemas());
    let today = Day::new(2022, 3, 5).expect("a day");
    let mut draft = form::fresh(ORCHARD, today, Some("u1"));
    let missing: Vec<String> = form::errors(ORCHARD, &draft, &replica, today)
        .into_iter()
        .map(|n| n.place)
        .collect();
    assert_eq!(missing, ["name"]);
    for (name, typed) in [
        ("name", "东坡"),
        ("owner", "示例能人01"),
        ("fruit", "peach"),
        ("planted", "2021-03-12"),
        ("area", "12.50"),
    ] {
        let (field, slot) = (
            ORCHARD.field(name).expect("a field"),
            ORCHARD.slot(name).expect("a slot"),
        );
        draft.set(slot, form::value_of(field, typed));
    }
    assert!(form::errors(ORCHARD, &draft, &replica, today).is_empty());
    assert_eq!(
        form::from_text(ORCHARD, "", &form::to_text(ORCHARD, &draft))
            .cells
            .len(),
        6
    );
    let mut site = Site::new("aaa");
    let change = replica
        .compose(site.stamp(), &[Write::of(&draft, "o1")])
        .expect("a change");
    replica.merge(change);
    let query = ListQuery::of(&[("f.fruit".to_owned(), "peach".to_owned())].into());
    let shown = list::build(&replica, ORCHARD, &query, None);
    assert_eq!(shown.rows.len(), 1);
    assert!(shown.totals.contains(&"12.5".to_owned()), "{:?}", shown.totals);
    assert_eq!(rows::<added::Orchard>(&replica)[0].fruit(), Some("peach"));
    let asked = order(Purpose::Redacted, Scope::all());
    let redacted = at_once(export_by(&catalogue, &replica, &asked, Turns::NONE)).text;
    assert!(redacted.contains("东坡") && !redacted.contains("示例能人01"));
    // A version without this ledger keeps it and passes it on.
    let mut older = Replica::new(tiancheng::model::programmes::schemas());
    let ReadFile::Plain(content) = read_file(redacted.as_bytes(), &mut Names::default()).expect("reads") else {
        panic!("plain")
    };
    older.merge_all(content.changes);
    assert_eq!(older.unknown_ledgers(), ["orchard"]);
    assert!(support::canonical(&older).contains("东坡"));
    assert_eq!(
        rows::<added::Orchard>(&replica)[0]
            .area()
            .map(|a| a.to_string())
            .as_deref(),
        Some("12.5")
    );
    assert_eq!(
        Value::text("12.5"),
        form::value_of(ORCHARD.field("area").expect("a field"), "12.50")
    );
    // No file of the product names a ledger of the programmes outside of the model and its own view of it.
    let used = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view/list.rs")).expect("a file");
    assert!(!used.contains("\"night_talk\""), "lists know no particular ledger");
}
