//! The town as it stood on a day: which units there were and to which district they belonged (G1, G4, T11).

use crate::model::date::Day;
use crate::model::ledger::TypedRow as _;
use crate::model::records::{Records, rows};
use crate::model::town::{COMMUNITY, Unit, UnitMove};
use crate::model::value::{NAME, brief};
use crate::order::{Arrange, natural};

/// Whose value is wanted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole town.
    Town,
    /// One district (id).
    District(String),
    /// One unit (code).
    Unit(String),
}

/// A unit on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitAt {
    /// Record id of the unit.
    pub code: String,
    /// Name, as it is shown: its beginning, where it is longer than [`NAME`].
    pub name: String,
    /// 社区 rather than 村.
    pub community: bool,
    /// District it belonged to; empty if to none.
    pub district: String,
    /// Its own code and those of units that had been merged into it: whose records are counted.
    pub codes: Vec<String>,
}

/// The units of the town on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Units in the order of the ledger.
    pub units: Vec<UnitAt>,
}

impl Frame {
    /// The units in being on `day`.
    ///
    /// The district is the one written in the unit's record unless a 片区调整 dated on or before the
    /// day says otherwise; of several the latest counts, of those of one day the greatest record id.
    pub fn at(records: &dyn Records, day: Day) -> Frame {
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
        let mut frame = Frame { units };
        frame.absorb(&merged);
        frame
    }

    /// Gives the codes of dissolved units to the living unit at the end of their chain.
    fn absorb(&mut self, merged: &[(String, String)]) {
        for (code, _) in merged {
            let mut heir = code.as_str();
            for _ in 0..=merged.len() {
                match merged.iter().find(|(from, _)| from == heir) {
                    Some((_, into)) => heir = into,
                    None => break,
                }
            }
            if let Some(unit) = self.units.iter_mut().find(|u| u.code == heir) {
                unit.codes.push(code.clone());
            }
        }
    }

    /// The same with the units of a scope and no others.
    #[must_use]
    pub fn only(&self, scope: &Scope) -> Frame {
        Frame {
            units: self.units_in(scope).cloned().collect(),
        }
    }

    /// The units of a scope.
    pub fn units_in<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a UnitAt> {
        self.units.iter().filter(move |unit| match scope {
            Scope::Town => true,
            Scope::District(id) => unit.district == *id,
            Scope::Unit(code) => unit.code == *code,
        })
    }

    /// The unit with this code.
    pub fn unit(&self, code: &str) -> Option<&UnitAt> {
        self.units.iter().find(|u| u.code == code)
    }

    /// As [`Frame::districts`], and at the end an empty id if there are units without a district: every unit is in one.
    pub fn groups(&self) -> Vec<&str> {
        let mut ids = self.districts();
        ids.extend(self.units.iter().any(|u| u.district.is_empty()).then_some(""));
        ids
    }

    /// Districts that have units, in the order of their ids; `1.2` stands before `1.10`.
    pub fn districts(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self
            .units
            .iter()
            .map(|u| u.district.as_str())
            .filter(|d| !d.is_empty())
            .collect();
        ids.arrange_by(|a, b| natural(a, b));
        ids.dedup();
        ids
    }
}
