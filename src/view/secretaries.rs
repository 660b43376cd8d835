//! Secretaries: the hours one has studied, and the list of those to call.

use super::charts::Source;
use super::persons::{self, Entry};
use super::route::{Address, Route};
use super::{format, show};
use crate::model::date::Day;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::TypedRow;
use crate::model::programmes;
use crate::model::programmes::lead::ledgers::{Attendance, Secretary, Study};
use crate::model::programmes::lead::rules::TRAINING_HOURS;
use crate::model::records::{rows, rows_of};
use crate::model::value::Decimal;
use crate::order::Arrange;

/// Hours of the year up to the day: trainings attended and studies outside. A training without a secretary's name counts
/// for whoever was secretary of the unit that day.
pub fn study(source: Source, own: &[Entry]) -> String {
    let day = source.board.as_of();
    let terms = own.iter().filter(|e| e.ledger.id == Secretary::LEDGER.id);
    let terms: Vec<Secretary> = terms.map(|e| Secretary::of(e.cells)).collect();
    let year = day.year();
    let in_year = |d: Option<Day>| d.is_some_and(|d| d.year() == year && d <= day);
    if !terms
        .iter()
        .any(|t| t.since().is_some_and(|d| d <= day) && t.until().is_none_or(|d| d > day))
    {
        return String::new();
    }
    let (mut hours, mut records) = (Decimal::ZERO, 0_usize);
    let mut units: Vec<&str> = terms.iter().filter_map(|t| t.unit()).collect();
    units.arrange();
    units.dedup();
    for unit in units {
        for row in rows_of::<Attendance>(source.records, unit) {
            let in_office = |t: &Secretary| {
                t.unit() == Some(unit) && t.since() <= row.date() && t.until().is_none_or(|end| Some(end) > row.date())
            };
            let is_own = match row.secretary() {
                Some(id) => terms.iter().any(|t| t.id() == id),
                None => terms.iter().any(in_office),
            };
            if is_own && in_year(row.date()) {
                records += 1;
                let counted = row.attended() == Some(true);
                hours = hours + row.hours().filter(|_| counted).unwrap_or_default();
            }
        }
    }
    for entry in own.iter().filter(|e| e.ledger.id == Study::LEDGER.id) {
        let row = Study::of(entry.cells);
        if in_year(row.date()) {
            records += 1;
            hours = hours + row.hours().unwrap_or_default();
        }
    }
    let needed = TRAINING_HOURS.get(&programmes::settings(source.records));
    let (has, wants) = (show::amount(hours), show::amount(needed));
    match (records, hours >= needed) {
        (0, _) => format!("{year}年没有填报学习，规定 {wants} 学时。"),
        (_, true) => format!("{year}年已学 {has} 学时，达到规定的 {wants} 学时。"),
        (_, false) => format!(
            "{year}年已学 {has} 学时，规定 {wants} 学时，还差 {}。",
            show::amount(needed - hours)
        ),
    }
}

/// A secretary to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallVm {
    /// Name of the district.
    pub district: String,
    /// Name of the unit.
    pub unit: String,
    /// Address of the unit.
    pub unit_href: String,
    /// The secretary; `还没有书记` without.
    pub name: String,
    /// Address of the secretary's page; `None` without.
    pub href: Option<String>,
    /// Phone as pages show it; `--` where it is not entered.
    pub phone: String,
    /// In office since; empty without.
    pub since: String,
}

/// The secretary of every unit on the day, district by district as the town orders them.
pub fn calls(source: Source) -> Vec<CallVm> {
    let (frame, day) = (source.board.frame(), source.board.as_of());
    let all: Vec<Secretary> = rows(source.records);
    let order: Vec<String> = show::districts(source.records)
        .iter()
        .map(|d| d.id().to_owned())
        .collect();
    let mut ids: Vec<&str> = frame.groups();
    ids.arrange_by_key(|id| order.iter().position(|known| known == id).unwrap_or(usize::MAX));
    let mut out = Vec::new();
    for id in ids {
        let within = Scope::District(id.to_owned());
        for unit in frame.units_in(&within) {
            let in_office = |s: &&Secretary| {
                let is_here = s.unit() == Some(unit.code.as_str());
                is_here && s.since().is_some_and(|d| d <= day) && s.until().is_none_or(|d| d > day)
            };
            let row = all.iter().filter(in_office).max_by_key(|s| s.since());
            out.push(CallVm {
                district: show::district_name(source.records, id),
                unit: unit.name.clone(),
                unit_href: Address::from(Route::Unit(unit.code.clone())).hash(),
                name: row.map_or_else(|| "还没有书记".to_owned(), |s| show::name(s.name().unwrap_or("--"))),
                href: row.and_then(|s| Some(persons::address(&unit.code, s.name()?, Some(s.id())).hash())),
                phone: row
                    .and_then(|s| s.phone())
                    .map_or_else(|| format::UNKNOWN.to_owned(), format::masked_phone),
                since: row.and_then(|s| s.since()).map_or_else(String::new, |d| d.to_string()),
            });
        }
    }
    out
}
