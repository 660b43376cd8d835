//! What is shown, fact by fact, by the model and by the program.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::summary;
use tiancheng::model::ledger::{Cells, Slot};
use tiancheng::model::programmes;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::records::Records;
use tiancheng::model::value::Value;
use tiancheng::replica::{Record, RecordIx, Replica};
use tiancheng::view::overview::figures_period;

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
        let disputed = |f: &str| !matches!(f, "_deleted" | "_accepted" | "_seen") && view.disputed(key, f);
        facts.insert(about(key, "is disputed"), json!(view.fields(key).any(disputed)));
        facts.insert(about(key, "stands"), json!(view.stands(key)));
        facts.insert(about(key, "means"), json!(view.root(key).1));
        facts.insert(about(key, "is one with"), json!(group));
        for field in view.fields(key).filter(|f| !matches!(*f, "_accepted" | "_seen")) {
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

/// What the figures must be: the night talks of this year and how many people came to them.
pub fn expected_figures(view: &View) -> Facts {
    let mut facts = Facts::new();
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
    facts.insert(about(&key, "is disputed"), json!(record.is(Record::CONFLICT)));
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
    match catalogue().all().iter().find(|known| known.id == ledger) {
        Some(known) => replica.visit(known.schema, unit, &mut |cells| ids.push(cells.id().to_owned())),
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

/// The figures of pages and of the command line.
pub fn found_figures(replica: &Replica) -> Facts {
    let mut facts = Facts::new();
    let today = Day::parse(TODAY).expect("a day");
    let mut board = programmes::board(figures_period(None, today), today);
    board.refresh(replica);
    let all = summary(
        &board,
        &tiancheng::model::programmes::statistics_board(board.period(), board.as_of()),
    );
    for row in all.units.iter().chain([&all.town]) {
        let line = row.indicators.iter().find(|line| line.id == "dream.night_talks");
        let people = line.and_then(|line| line.parts.iter().find(|part| part.key == "masses"));
        let talks = line.map_or("0", |line| &line.numerator);
        let people = people.map_or("0", |part| &part.amount);
        facts.insert(format!("talks and people of {}", row.id), json!([talks, people]));
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
