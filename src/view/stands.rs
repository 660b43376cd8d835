//! Addresses that name a record which others stand for since they were joined.
//!
//! A link, a bookmark or a filter may name a duplicate. [`stands`] is the one place that leads it to the record that
//! stands, so that no page needs to know of joins.

use super::papers;
use super::record;
use super::route::{Address, Route, key};
use crate::model::ledger::{Schema, TypedRow};
use crate::model::programmes::town::ledgers::{District, SentPaper, Unit};
use crate::model::records::Records as _;
use crate::replica::{Record, Replica};

/// The query key of the unit that the charts of one unit show.
pub const CHARTED_UNIT: &str = "u";

/// The address that `at` means, where it names a record that another stands for; `None` where it says what it means.
///
/// A deleted duplicate has a page of its own, where it can be brought back. The address of a record's page keeps the
/// duplicate that led there, so that the page can say so.
pub fn stands(replica: &Replica, at: &Address) -> Option<Address> {
    // A paper that was sent is read as a paper.
    if let Route::Record(id) = &at.route
        && replica.find(SentPaper::SCHEMA, id).is_some()
    {
        return Some(papers::sent_address(id));
    }
    if !replica.has_joins() {
        return None;
    }
    let unit = |id: &str| replica.stands_for(Unit::LEDGER.id, id).to_owned();
    let district = |id: &str| replica.stands_for(District::LEDGER.id, id).to_owned();
    let mut to = at.clone();
    match &mut to.route {
        Route::Map {
            district: area,
            unit: code,
        } => {
            *area = area.as_deref().map(district);
            *code = code.as_deref().map(unit);
        }
        Route::Unit(code) | Route::Person { unit: code, .. } => *code = unit(code),
        Route::Place {
            unit: code,
            ledger,
            record,
        } => {
            *code = unit(code);
            *record = replica.stands_for(ledger, record).to_owned();
        }
        Route::District(id) => *id = district(id),
        Route::Record(id) => {
            let meant = shown(replica, id);
            if meant != *id {
                to.query.insert(key::WAS.to_owned(), std::mem::replace(id, meant));
            }
        }
        Route::EditRecord { ledger, record } => *record = replica.stands_for(ledger, record).to_owned(),
        _ => {}
    }
    let ledger = match &at.route {
        Route::Ledger(id) | Route::NewRecord(id) | Route::Grid(id) => replica.schemas().get(id),
        _ => None,
    };
    for (name, value) in &mut to.query {
        let meant = match (name.as_str(), &at.route) {
            (key::RECORD, _) => shown(replica, value),
            (CHARTED_UNIT, Route::Charts) => unit(value),
            (name, _) => match name.strip_prefix(key::FILTER) {
                Some(field) => replica.stands_for(target(ledger, field), value).to_owned(),
                None => continue,
            },
        };
        *value = meant;
    }
    (to != *at).then_some(to)
}

/// The record whose page shows this one.
fn shown(replica: &Replica, id: &str) -> String {
    let found = record::find(replica, id);
    let gone = |record: &Record| record.is(Record::DELETED);
    match found.filter(|(ix, _)| !replica.record(*ix).is_some_and(gone)) {
        Some((_, ledger)) => replica.stands_for(ledger.id, id).to_owned(),
        None => id.to_owned(),
    }
}

/// The ledger whose records a filter names; empty where it names none. Filters by unit and district are on every list.
fn target(ledger: Option<&'static Schema>, field: &str) -> &'static str {
    match ledger.and_then(|ledger| ledger.field(field)) {
        Some(field) => field.target,
        None if field == "unit" => Unit::LEDGER.id,
        None if field == "district" => District::LEDGER.id,
        None => "",
    }
}
