//! What leaves in a redacted file: marks in every field of every ledger are looked for in its bytes.

mod support;

use support::{Site, canonical, text};
use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::{Field, Kind, Ledger, TypedRow, slots};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::lead::ledgers::Secretary;
use tiancheng::model::programmes::town::ledgers::{Setting, Unit};
use tiancheng::model::value::Value;
use tiancheng::replica::wire::Names;

const U: &str = "421223100208";

fn redacted(site: &Site) -> String {
    let order = Order {
        purpose: Purpose::Redacted,
        scope: Scope::all(),
        by: "town".into(),
        at: Instant::parse("2022-11-22T01:30:00Z").expect("an instant"),
    };
    export(&site.replica, &order).text
}

fn unit() -> Site {
    let mut site = Site::new("a");
    let named = [("name", text("寺前村")), ("kind", text("village"))];
    site.write(Unit::LEDGER, U, &named);
    site
}

/// Fields that a person fills in, apart from the unit and from names of places, which are public.
fn fields() -> impl Iterator<Item = (&'static Ledger, &'static Field)> {
    let all = catalogue().all().to_vec();
    let kept = all
        .into_iter()
        .filter(|l| !matches!(l.id, "town" | "district" | "unit" | "device"));
    kept.flat_map(|ledger| ledger.slots().map(move |(slot, field)| (ledger, slot, field)))
        .filter(|(_, slot, _)| *slot != slots::UNIT)
        .map(|(ledger, _, field)| (ledger, field))
}

fn is_text(field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::LongText) && !field.personal
}

/// A text where a free text may stand leaves; in a personal field, or as the value of another kind, it does not.
#[test]
fn only_free_texts_leave_as_they_were_typed() {
    let mut site = unit();
    let (mut may, mut must_not) = (Vec::new(), Vec::new());
    for (n, (ledger, field)) in fields().enumerate() {
        let mark = format!("记号{n}止");
        let value = match field.kind {
            Kind::Choices | Kind::Refs => Value::list([mark.as_str()]),
            _ => text(&mark),
        };
        site.write(ledger, &format!("r{n}"), &[(field.name, value)]);
        let of = if is_text(field) { &mut may } else { &mut must_not };
        of.push((mark, format!("{}.{}", ledger.id, field.name)));
    }
    assert!(
        may.len() > 100 && must_not.len() > 300,
        "{} {}",
        may.len(),
        must_not.len()
    );
    let file = redacted(&site);
    for (mark, field) in must_not {
        assert!(!file.contains(&mark), "{field} left");
    }
    for (mark, field) in may {
        assert!(file.contains(&mark), "{field} is missing");
    }
}

/// Phone numbers, however they are written, and names of persons leave in no text of any ledger.
#[test]
fn no_text_carries_a_phone_or_a_name() {
    let mut site = unit();
    site.write(
        Secretary::LEDGER,
        "s",
        &[("name", text("欧阳志远")), ("phone", text("13971234567"))],
    );
    let texts: Vec<(&Ledger, &Field)> = fields().filter(|(_, field)| is_text(field)).collect();
    let secrets = [
        "电话139.7123.4567",
        "139/7123/4567",
        "一三九七一二三四五六七",
        "找欧阳志远",
        "找欧阳 志远",
    ];
    for (n, (ledger, field)) in texts.iter().enumerate() {
        for (at, secret) in secrets.iter().enumerate() {
            let typed = format!("〔{n}·{at}〕{secret}");
            site.write(ledger, &format!("r{n}.{at}"), &[(field.name, text(&typed))]);
        }
    }
    site.write(
        Setting::LEDGER,
        "label.link.a",
        &[("value", text("〔setting〕13971234567"))],
    );
    site.write(texts[0].0, "13971234567", &[(texts[0].1.name, text("〔id〕修路"))]);
    let file = redacted(&site);
    let left: Vec<&str> = file
        .split('〔')
        .skip(1)
        .map(|rest| rest.split('〕').next().unwrap_or_default())
        .collect();
    assert_eq!(left, [] as [&str; 0]);
    // Coming home it adds nothing and takes nothing away.
    let before = canonical(&site.replica);
    match read_file(file.as_bytes(), &mut Names::default()).expect("a file") {
        ReadFile::Plain(content) => drop(site.replica.merge_all(content.changes)),
        ReadFile::Sealed(_) => panic!("not sealed"),
    }
    assert_eq!(canonical(&site.replica), before);
}
