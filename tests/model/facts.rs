//! What is shown, fact by fact, by the model and by the program.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Cells, Slot};
use tiancheng::model::records::Records;
use tiancheng::model::value::Value;
use tiancheng::replica::{Record, RecordIx, Replica};
use tiancheng::view::summary;

use super::rules::{Key, View, Write, is_content};

/// Facts by what they are about.
pub type Facts = BTreeMap<String, Json>;

/// The day as of which figures are taken; they are those of its year.
pub const TODAY: &str = "2022-11-22";

/// Ledgers whose records belong to units.
const OF_UNITS: [&str; 2] = ["night_talk", "suggestion"];

fn about(key: &Key, what: &str) -> String {
    format!("{}/{} {what}", key.0, key.1)
}

/// The content fields that anybody wrote, by ledger.
pub fn fields_by_ledger(writes: &[Write]) -> BTreeMap<String, BTreeSet<String>> {
    let mut fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for write in writes.iter().filter(|w| is_content(&w.field)) {
        fields
            .entry(write.ledger.clone())
            .or_default()
            .insert(write.field.clone());
    }
    fields
}

/// What must be shown.
pub fn expected(view: &View, fields: &BTreeMap<String, BTreeSet<String>>) -> Facts {
    let mut facts = Facts::new();
    for key in view.records() {
        let (deleted, torn) = view.deleted(key);
        let group: Vec<String> = view.group(key).into_iter().map(|other| other.1).collect();
        facts.insert(
            about(key, "is visible, deleted, torn"),
            json!([view.visible(key), deleted, torn]),
        );
        facts.insert(about(key, "stands"), json!(view.stands(key)));
        facts.insert(about(key, "means"), json!(view.root(key).1));
        facts.insert(about(key, "is one with"), json!(group));
        for field in view.fields(key).filter(|f| *f != "_accepted") {
            let heads: BTreeMap<String, &Json> = view
                .heads(key, field)
                .into_iter()
                .map(|w| (w.change(), &w.value))
                .collect();
            facts.insert(about(key, &format!("{field} remaining")), json!(heads));
            facts.insert(about(key, &format!("{field} shown")), view.written(key, field));
            facts.insert(
                about(key, &format!("{field} disputed")),
                json!(view.disputed(key, field)),
            );
        }
        for field in fields.get(&key.0).into_iter().flatten() {
            facts.insert(about(key, &format!("{field} reads")), view.reads(key, field));
        }
    }
    lists(view, fields, &mut facts);
    facts
}

/// The records of a ledger that are listed.
fn standing<'v>(view: &'v View, ledger: &str) -> Vec<&'v Key> {
    view.records().filter(|k| k.0 == ledger && view.stands(k)).collect()
}

fn lists(view: &View, fields: &BTreeMap<String, BTreeSet<String>>, facts: &mut Facts) {
    let ids = |keys: &[&Key]| json!(keys.iter().map(|k| &k.1).collect::<Vec<_>>());
    for ledger in fields.keys() {
        facts.insert(format!("{ledger} listed"), ids(&standing(view, ledger)));
    }
    for unit in view.records().filter(|key| key.0 == "unit") {
        for ledger in OF_UNITS.iter().filter(|ledger| fields.contains_key(**ledger)) {
            let mut own = standing(view, ledger);
            own.retain(|key| view.reads(key, "unit") == json!(view.root(unit).1));
            facts.insert(format!("{ledger} listed of {}", unit.1), ids(&own));
        }
    }
}

/// What the figures must be: how many records are disputed, and the night talks of this year and who came to them.
pub fn expected_figures(view: &View) -> Facts {
    let mut facts = Facts::new();
    let is_disputed = |key: &&Key| {
        view.fields(key)
            .any(|f| f != "_deleted" && f != "_accepted" && view.disputed(key, f))
    };
    facts.insert(
        "disputed records".into(),
        json!(view.records().filter(is_disputed).count()),
    );
    let mut sum = (0, 0);
    for unit in standing(view, "unit") {
        let mut talks = standing(view, "night_talk");
        let held = |day: &Json| day.as_str().is_some_and(|day| ("2022-01-01"..=TODAY).contains(&day));
        talks.retain(|talk| view.reads(talk, "unit") == json!(unit.1) && held(&view.reads(talk, "date")));
        let masses: i64 = talks
            .iter()
            .filter_map(|talk| view.reads(talk, "masses").as_i64())
            .sum();
        facts.insert(format!("talks and people of {}", unit.1), figures(talks.len(), masses));
        sum = (sum.0 + talks.len(), sum.1 + masses);
    }
    facts.insert("talks and people of town".into(), figures(sum.0, sum.1));
    facts
}

fn figures(talks: usize, people: i64) -> Json {
    json!([talks.to_string(), people.to_string()])
}

/// What the program shows.
pub fn found(replica: &Replica, fields: &BTreeMap<String, BTreeSet<String>>) -> Facts {
    let mut facts = Facts::new();
    let slots = slots_by_name(replica);
    let no_fields = BTreeSet::new();
    for (ix, record) in replica.all_records() {
        let ledger = replica.ledger_id(record);
        record_facts(replica, ix, record, &mut facts);
        for field in fields.get(ledger).unwrap_or(&no_fields) {
            let read = (slots.get(&(ledger.to_owned(), field.clone()))).map_or(&Value::Null, |&slot| record.cell(slot));
            facts.insert(format!("{ledger}/{} {field} reads", record.id), json_of(read));
        }
    }
    for ledger in fields.keys() {
        facts.insert(format!("{ledger} listed"), listed(replica, ledger, None));
    }
    for &unit in replica.records_of("unit") {
        let unit = replica.record(unit).map_or("", |unit| &unit.id);
        for ledger in OF_UNITS.iter().filter(|ledger| fields.contains_key(**ledger)) {
            facts.insert(
                format!("{ledger} listed of {unit}"),
                listed(replica, ledger, Some(unit)),
            );
        }
    }
    facts
}

fn record_facts(replica: &Replica, ix: RecordIx, record: &Record, facts: &mut Facts) {
    let key: Key = (replica.ledger_id(record).to_owned(), record.id.to_string());
    let id_of = |ix: RecordIx| replica.record(ix).map_or("", |record| &record.id);
    let mut group: Vec<&str> = replica.joined_with(ix).into_iter().map(id_of).collect();
    group.sort_unstable();
    let flags = [Record::VISIBLE, Record::DELETED, Record::DELETE_CONFLICT].map(|flag| record.is(flag));
    facts.insert(about(&key, "is visible, deleted, torn"), json!(flags));
    facts.insert(about(&key, "stands"), json!(record.is_live()));
    facts.insert(about(&key, "means"), json!(replica.stands_for(&key.0, &key.1)));
    facts.insert(about(&key, "is one with"), json!(group));
    for slot in record.written() {
        let field = replica.slot_name(record, slot);
        let heads = record
            .heads(slot)
            .map(|atom| (replica.change_id(atom.change).to_string(), json_of(&atom.value)));
        let heads: BTreeMap<String, Json> = heads.collect();
        facts.insert(about(&key, &format!("{field} remaining")), json!(heads));
        facts.insert(about(&key, &format!("{field} shown")), json_of(record.shown(slot)));
        facts.insert(about(&key, &format!("{field} disputed")), json!(record.disputed(slot)));
    }
}

/// Ids of the records that a ledger lists, of one unit or of all.
fn listed(replica: &Replica, ledger: &str, unit: Option<&str>) -> Json {
    let mut ids: Vec<String> = Vec::new();
    match replica.catalogue().all().iter().find(|known| known.id == ledger) {
        Some(known) => replica.visit(known, unit, &mut |cells| ids.push(cells.id().to_owned())),
        // A ledger of a later version is listed nowhere; its records are kept alike.
        None => {
            let records = replica.records_of(ledger).iter().filter_map(|&ix| replica.record(ix));
            ids.extend(
                records
                    .filter(|record| record.is_live())
                    .map(|record| record.id.to_string()),
            );
        }
    }
    ids.sort();
    json!(ids)
}

/// The figures that the command line prints.
pub fn found_figures(replica: &Replica) -> Facts {
    let mut facts = Facts::new();
    let text = summary::json(replica, Day::parse(TODAY).expect("a day"));
    let all: Json = serde_json::from_str(&text).expect("figures are JSON");
    facts.insert("disputed records".into(), all["disputed"].clone());
    let rows = all["summary"]["units"].as_array().expect("rows");
    for row in rows.iter().chain([&all["summary"]["town"]]) {
        let none = Vec::new();
        let lines = row["indicators"].as_array().unwrap_or(&none);
        let line = lines
            .iter()
            .find(|line| line["id"] == "dream.night_talks")
            .unwrap_or(&Json::Null);
        let parts = line["parts"].as_array().unwrap_or(&none).iter();
        let people = parts
            .filter(|part| part["key"] == "masses")
            .map(|part| part["amount"].clone())
            .next();
        let talks = line["numerator"].as_str().unwrap_or("0");
        let people = people.unwrap_or_else(|| json!("0"));
        let row = row["id"].as_str().expect("an id");
        facts.insert(format!("talks and people of {row}"), json!([talks, people]));
    }
    facts
}

/// The number of each written field, by ledger and name.
fn slots_by_name(replica: &Replica) -> BTreeMap<(String, String), Slot> {
    let mut slots = BTreeMap::new();
    for (_, record) in replica.all_records() {
        for slot in record.written() {
            let name = replica.slot_name(record, slot).to_owned();
            slots.insert((replica.ledger_id(record).to_owned(), name), slot);
        }
    }
    slots
}

fn json_of(value: &Value) -> Json {
    let mut text = String::new();
    value.write_json(&mut text);
    serde_json::from_str(&text).expect("a value is JSON")
}
