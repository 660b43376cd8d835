//! The sample town: valid, deterministic, and with the figures of the article.

use std::collections::{BTreeMap, BTreeSet};

use tiancheng::model::ledger::{Kind, TypedRow as _};
use tiancheng::model::programmes;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::ledgers::{NightTalk, Plan, Suggestion};
use tiancheng::model::programmes::lead::ledgers::Secretary;
use tiancheng::model::programmes::phoenix::ledgers::Returnee;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet, town, window_start};
use tiancheng::model::records::{Records, Sheet, rows};
use tiancheng::model::validate::validate;
use tiancheng::view::show;

fn standard() -> Sheet {
    sheet(&SampleOptions::default())
}

#[test]
fn every_sample_record_is_valid_and_its_id_unique() {
    let catalogue = catalogue();
    let sheet = standard();
    let mut ids = BTreeSet::new();
    for draft in &sheet.drafts {
        let ledger = catalogue.get(draft.ledger).expect("a known ledger");
        let notices = validate(ledger, draft);
        assert!(notices.is_empty(), "{}: {notices:?}", draft.id);
        assert!(ids.insert((draft.ledger, draft.id.as_str())), "{} twice", draft.id);
    }
}

#[test]
fn no_record_is_called_by_a_day_or_a_number_alone() {
    let catalogue = catalogue();
    let sheet = standard();
    for draft in &sheet.drafts {
        let ledger = catalogue.get(draft.ledger).expect("a known ledger");
        let name = show::called(&sheet, catalogue, ledger, draft);
        assert!(name.chars().any(char::is_alphabetic), "{}: {name}", ledger.label);
    }
    // Where the day alone tells nothing, the ledger goes before it.
    let talk = sheet.drafts.iter().find(|draft| draft.ledger == "prior_talk");
    let talk = talk.expect("a talk before taking office");
    let ledger = catalogue.get(talk.ledger).expect("a known ledger");
    assert_eq!(
        show::called(&sheet, catalogue, ledger, talk),
        format!("任前谈话 {}", show::title(&sheet, catalogue, ledger, talk))
    );
}

#[test]
fn no_two_sample_records_share_a_natural_key() {
    let catalogue = catalogue();
    let sheet = standard();
    let mut keys: BTreeMap<String, &str> = BTreeMap::new();
    for draft in &sheet.drafts {
        let ledger = catalogue.get(draft.ledger).expect("a known ledger");
        if ledger.key.is_empty() {
            continue;
        }
        let mut key = ledger.id.to_string();
        for name in ledger.key {
            let slot = ledger.slot(name).expect("a field of the key");
            tiancheng::model::ledger::Cells::cell(draft, slot).write_json(&mut key);
        }
        if let Some(other) = keys.insert(key.clone(), &draft.id) {
            panic!("{} and {other} are the same {key}", draft.id);
        }
    }
}

#[test]
fn references_of_the_sample_resolve() {
    let catalogue = catalogue();
    let sheet = standard();
    let ids: BTreeSet<(&str, &str)> = sheet.drafts.iter().map(|d| (d.ledger, d.id.as_str())).collect();
    for draft in &sheet.drafts {
        let ledger = catalogue.get(draft.ledger).expect("a known ledger");
        for (slot, field) in ledger.slots() {
            if !matches!(field.kind, Kind::Ref | Kind::Refs | Kind::Unit | Kind::District) {
                continue;
            }
            let value = tiancheng::model::ledger::Cells::cell(draft, slot);
            let targets = value.as_str().into_iter().chain(value.items().iter().map(|i| &**i));
            for id in targets {
                // A task names ledgers.
                let found = (field.target.is_empty() && catalogue.get(id).is_some())
                    || field.target.split('|').any(|ledger| ids.contains(&(ledger, id)));
                assert!(found, "{}.{} points to nothing: {id}", draft.id, field.name);
            }
        }
    }
}

#[test]
fn the_same_options_give_the_same_town() {
    assert_eq!(town(&SampleOptions::default()), town(&SampleOptions::default()));
}

#[test]
fn people_are_placeholders_without_phones() {
    let sheet = standard();
    let real = ["魏君", "黄正亮", "李林波", "龚正宇"];
    let catalogue = catalogue();
    for draft in &sheet.drafts {
        let ledger = catalogue.get(draft.ledger).expect("a known ledger");
        for (slot, field) in ledger.slots() {
            let value = tiancheng::model::ledger::Cells::cell(draft, slot);
            assert!(
                field.kind != Kind::Phone || value.is_blank(),
                "{} has a phone",
                draft.id
            );
            if field.name == "name" && field.personal {
                let name = value.as_str().unwrap_or_default();
                assert!(real.contains(&name) || name.starts_with("示例"), "{name}");
            }
        }
    }
}

/// Rows Z8, Z12, Z13 and T3.
#[test]
fn talks_plans_and_secretaries_are_those_of_the_article() {
    let sheet = standard();
    let talks: Vec<NightTalk> = rows(&sheet);
    let since: Vec<_> = talks
        .iter()
        .filter(|t| t.date().is_some_and(|d| d >= window_start()))
        .collect();
    let kind = |code| since.iter().filter(|t| t.kind() == Some(code)).count();
    assert_eq!((kind("bay"), kind("star"), since.len()), (84, 62, 146));
    assert!(since.iter().all(|t| t.date().is_some_and(|d| d <= as_of())));
    let units: BTreeSet<_> = since.iter().filter_map(|t| t.unit()).collect();
    assert_eq!(units.len(), 39);
    let in_window = |day: Option<_>| day.is_some_and(|d| d >= window_start());
    let plans: Vec<Plan> = rows(&sheet);
    assert_eq!(plans.iter().filter(|p| in_window(p.finalised())).count(), 39);
    let secretaries: Vec<Secretary> = rows(&sheet);
    assert_eq!(secretaries.iter().filter(|s| s.until().is_none()).count(), 39);
    let returnees: Vec<Returnee> = rows(&sheet);
    assert_eq!(returnees.iter().filter(|r| r.kind() == Some("found")).count(), 41);
    assert_eq!(returnees.len(), 63);
    let suggestions: Vec<Suggestion> = rows(&sheet);
    let adopted = |s: &&Suggestion| matches!(s.state(), Some("adopted" | "partly"));
    assert_eq!(suggestions.len(), 214);
    assert_eq!(suggestions.iter().filter(adopted).count(), 127);
    assert_eq!(
        suggestions
            .iter()
            .filter(adopted)
            .filter(|s| s.replied().is_some())
            .count(),
        118
    );
}

#[test]
fn options_extend_and_narrow_the_town() {
    let base = standard().drafts.len();
    let longer = sheet(&SampleOptions {
        years: 6,
        ..SampleOptions::default()
    });
    assert!(longer.drafts.len() > base + 500);
    let filled = sheet(&SampleOptions {
        records: 20_000,
        ..SampleOptions::default()
    });
    assert!((20_000..20_010).contains(&filled.drafts.len()));
    let one = sheet(&SampleOptions {
        unit: Some("421223100208".into()),
        ..SampleOptions::default()
    });
    assert!(one.drafts.iter().all(|d| d.unit().is_none_or(|u| u == "421223100208")));
    let mut units = 0;
    one.visit(
        tiancheng::model::programmes::town::ledgers::Unit::SCHEMA,
        None,
        &mut |_| units += 1,
    );
    assert_eq!(units, 39);
}

/// The rules of every ledger accept the sample: no errors, and every ledger of a programme has something to show.
#[test]
fn the_sample_keeps_the_rules_and_fills_every_ledger() {
    let catalogue = catalogue();
    let sheet = standard();
    let mut warnings = Vec::new();
    let mut filled = BTreeSet::new();
    for draft in &sheet.drafts {
        let ledger = catalogue.get(draft.ledger).expect("a known ledger");
        filled.insert(ledger.id);
        for notice in programmes::check(ledger, draft, &sheet, as_of()) {
            let error = notice.severity == tiancheng::model::notice::Severity::Error;
            assert!(!error, "{}: {notice}", draft.id);
            warnings.push(format!("{}: {notice}", draft.id));
        }
    }
    for ledger in catalogue.all().iter().filter(|l| !l.system) {
        let none_yet = ["unit_move"].contains(&ledger.id);
        assert!(none_yet || filled.contains(ledger.id), "nothing in {}", ledger.id);
    }
    println!("{} records, {} warnings", sheet.drafts.len(), warnings.len());
    for line in warnings.iter().take(40) {
        println!("{line}");
    }
    assert!(warnings.len() < 10, "{} warnings", warnings.len());
}
