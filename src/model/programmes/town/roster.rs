//! The town as it stood on a day: which units there were and to which district they belonged (G1, G4, T11).

use super::calendar::HolidayRow;
use super::ledgers::{COMMUNITY, Setting, Unit, UnitMove};
use crate::model::date::Day;
use crate::model::engine::indicator::{Roster, UnitAt};
use crate::model::ledger::{Schema, TypedRow as _};
use crate::model::records::{Records, rows};
use crate::model::value::{NAME, brief};
use crate::order::Arrange;

/// Ledgers that change every value: who belongs where, and the rules.
pub const FRAME: &[&Schema] = &[Unit::SCHEMA, UnitMove::SCHEMA, Setting::SCHEMA, HolidayRow::SCHEMA];

/// The units in being on `day`.
///
/// The district is the one written in the unit's record unless a 片区调整 dated on or before the
/// day says otherwise; of several the latest counts, of those of one day the greatest record id.
pub fn at(records: &dyn Records, day: Day) -> Roster {
    let mut units = Vec::new();
    let mut merged: Vec<(String, String)> = Vec::new();
    for row in rows::<Unit>(records) {
        if row.since().is_some_and(|since| since > day) {
            continue;
        }
        if row.until().is_some_and(|until| until <= day) {
            if let Some(into) = row.merged_into() {
                merged.push((row.cells().id().to_string(), into.to_string()));
            }
            continue;
        }
        let code = row.cells().id().to_string();
        units.push(UnitAt {
            name: brief(row.name().unwrap_or_default(), NAME),
            community: row.kind() == Some(COMMUNITY),
            district: row.district().unwrap_or_default().to_string(),
            codes: vec![code.clone()],
            code,
        });
    }
    let mut moves: Vec<UnitMove> = rows(records);
    moves.retain(|m| m.date().is_some_and(|d| d <= day));
    moves.arrange_by_key(|m| (m.date(), m.id().to_string()));
    for step in moves {
        if let (Some(code), Some(district)) = (step.unit(), step.district())
            && let Some(unit) = units.iter_mut().find(|u| u.code == code)
        {
            unit.district = district.to_string();
        }
    }
    absorb(&mut units, &merged);
    Roster { units }
}

/// Gives the codes of dissolved units to the living unit at the end of their chain.
fn absorb(units: &mut [UnitAt], merged: &[(String, String)]) {
    for (code, _) in merged {
        let mut heir = code.as_str();
        for _ in 0..=merged.len() {
            match merged.iter().find(|(from, _)| from == heir) {
                Some((_, into)) => heir = into,
                None => break,
            }
        }
        if let Some(unit) = units.iter_mut().find(|u| u.code == heir) {
            unit.codes.push(code.clone());
        }
    }
}
