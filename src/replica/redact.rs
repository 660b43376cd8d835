//! What a redacted file leaves out.
//!
//! A written field is left out whole or stays as it is: a text that was altered under the id of its change would be
//! a forgery, and would stand beside the true one where the file comes home.

use super::personal::{Names, holds_number, is_made_of_phone};
use super::record::Record;
use super::state::Replica;
use crate::model::date::{Day, Month};
use crate::model::ledger::{Catalogue, Field, Kind, Ledger, Slot, slots};
use crate::model::value::{Decimal, Value};
use crate::order::Arrange;

/// What personal fields of a town hold, to be found where people typed it into other texts.
pub struct Redaction<'a> {
    names: Names,
    catalogue: &'a Catalogue,
}

impl<'a> Redaction<'a> {
    /// By the fields of `catalogue`: what it does not know is left out.
    pub fn of(replica: &Replica, catalogue: &'a Catalogue) -> Redaction<'a> {
        let mut names = Names::default();
        for (_, record) in replica.all_records() {
            let Some(ledger) = catalogue.get(replica.ledger_id(record)) else {
                continue;
            };
            let texts = ledger.slots().filter(|(_, f)| f.personal && f.kind == Kind::Text);
            for (slot, field) in texts {
                for text in record.slot(slot).iter().filter_map(|atom| atom.value.as_str()) {
                    match field.label.contains("姓名") {
                        true => names.add(text),
                        false => names.add_likely(text),
                    }
                }
            }
        }
        names.close();
        Redaction { names, catalogue }
    }

    /// Whether a text holds a phone number or the name of a person.
    pub fn tells_of_people(&self, text: &str) -> bool {
        holds_number(text) || self.names.are_in(text)
    }

    /// Whether a written field is left out: personal ones, what this version does not know, texts that hold a phone
    /// number or the name of a person.
    pub(super) fn leaves_out(&self, replica: &Replica, record: &Record, slot: Slot, value: &Value) -> bool {
        if slot < slots::FIRST && slot != slots::UNIT {
            return false;
        }
        let Some(ledger) = self.catalogue.get(replica.ledger_id(record)) else {
            return true;
        };
        if is_made_of_phone(&record.id) || self.names.are_in(&record.id) {
            return true;
        }
        let Some(field) = ledger.field_at(slot) else {
            return slot != slots::UNIT;
        };
        if field.personal {
            return true;
        }
        if slot == slots::UNIT {
            return false;
        }
        let known = |id: &str| replica.find_ix(field.target, id).is_some();
        match (field.kind, value) {
            (_, Value::Null) => false,
            (_, Value::Raw(_)) => true,
            (Kind::Ref | Kind::Unit | Kind::District, Value::Text(id)) => !known(id),
            (Kind::Refs, Value::List(ids)) => !ids.iter().all(|id| known(id)),
            (Kind::Choice, Value::Text(code)) => field.choices.iter().all(|c| c.code != &**code),
            (Kind::Choices, Value::List(codes)) => {
                let known = |code: &str| field.choices.iter().any(|c| c.code == code);
                !codes.iter().all(|code| known(code))
            }
            (Kind::Day, Value::Text(text)) => Day::parse(text).is_none(),
            (Kind::Month, Value::Text(text)) => Month::parse(text).is_none(),
            (Kind::Decimal, Value::Text(text)) => Decimal::parse(text).is_none(),
            _ if is_public(ledger, &record.id, field) => false,
            (Kind::Text | Kind::LongText, Value::Text(text)) => self.tells_of_people(text),
            (Kind::Int | Kind::Year | Kind::Decimal, Value::Int(_)) | (Kind::YesNo, Value::Bool(_)) => false,
            _ => true,
        }
    }
}

/// Names of places, which everybody knows, and what the map keeps.
fn is_public(ledger: &Ledger, id: &str, field: &Field) -> bool {
    match ledger.id {
        "town" | "district" => true,
        "unit" => matches!(field.name, "name" | "code"),
        "map_place" => id.starts_with("place."),
        "map_border" => id.starts_with("lines"),
        _ => false,
    }
}

/// Fields with texts that a redacted file carries as they were typed, by ledger.
pub fn free_texts(replica: &Replica, catalogue: &Catalogue) -> Vec<(&'static Ledger, Vec<&'static Field>)> {
    let mut out = Vec::new();
    for ledger in catalogue.all().iter().copied().filter(|ledger| !ledger.system) {
        let mut open: Vec<(Slot, &'static Field)> = ledger.slots().filter(|(_, f)| is_free(ledger, f)).collect();
        let all = open.len();
        let mut found: Vec<&'static Field> = Vec::new();
        for record in replica
            .records_of(ledger.id)
            .iter()
            .filter_map(|&ix| replica.record(ix))
        {
            let written = |slot: Slot| record.slot(slot).iter().any(|a| !a.value.is_blank());
            open.retain(|&(slot, field)| {
                let there = written(slot);
                if there {
                    found.push(field);
                }
                !there
            });
            if found.len() == all {
                break;
            }
        }
        if !found.is_empty() {
            let place = |field: &&Field| ledger.fields.iter().position(|f| f.name == field.name);
            found.arrange_by_key(place);
            out.push((ledger, found));
        }
    }
    out
}

fn is_free(ledger: &Ledger, field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::LongText) && !field.personal && !is_public(ledger, "", field)
}

impl Replica {
    /// Whether a redacted file carries a record at all: not one of a ledger that this version does not know.
    pub fn is_redactable(&self, record: &Record) -> bool {
        self.schema_of(record).is_some()
    }
}
