//! What a sheet without personal information leaves out: fields that tell of people, and texts that hold a phone number or
//! the name of somebody, by the rule of redacted files.

use std::collections::BTreeSet;

use office::sheet::{Out, Sheet};

use crate::model::ledger::{Field, Kind, Ledger};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{District, Town, Unit};
use crate::model::records::rows;
use crate::replica::Replica;
use crate::replica::redact::Redaction;

/// How far references are followed to see whom they name.
const FOLLOWED: usize = 3;

/// Whether a field says something of people: it is personal, or it refers to records that are called by somebody's name.
pub fn tells_of_people(field: &Field) -> bool {
    tells(field, FOLLOWED)
}

/// Whether records of a ledger are called by somebody's name.
pub fn names_people(ledger: &Ledger) -> bool {
    names(ledger, FOLLOWED)
}

fn tells(field: &Field, follow: usize) -> bool {
    let target = catalogue().get(field.target).filter(|_| follow > 0);
    let refers = matches!(field.kind, Kind::Ref | Kind::Refs);
    field.personal || refers && target.is_some_and(|target| names(target, follow - 1))
}

fn names(ledger: &Ledger, follow: usize) -> bool {
    let mut title = ledger.title.iter().filter_map(|name| ledger.field(name));
    title.any(|field| tells(field, follow))
}

/// Empties the cells that tell of people. Names of units, districts and the town stay: everybody knows them.
pub fn withhold(replica: &Replica, sheets: &mut [Sheet]) {
    let redaction = Redaction::of(replica, catalogue());
    let units = rows::<Unit>(replica);
    let districts = rows::<District>(replica);
    let towns = rows::<Town>(replica);
    let names = units.iter().filter_map(|unit| unit.name());
    let names = names.chain(districts.iter().filter_map(|district| district.name()));
    let public: BTreeSet<&str> = names.chain(towns.iter().filter_map(|town| town.name())).collect();
    let lines = sheets.iter_mut().flat_map(|sheet| &mut sheet.rows);
    for cell in lines.flat_map(|line| &mut line.cells) {
        if let Out::Text(text) | Out::Problem(text) = cell
            && !public.contains(text.as_str())
            && redaction.tells_of_people(text)
        {
            *cell = Out::Empty;
        }
    }
}
