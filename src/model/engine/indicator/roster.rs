//! Units as they stood on a day, and the part of the town a value is wanted of.

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
pub struct Roster {
    /// Units in the order of the ledger.
    pub units: Vec<UnitAt>,
}

impl Roster {
    /// The same with the units of a scope and no others.
    #[must_use]
    pub fn only(&self, scope: &Scope) -> Roster {
        Roster {
            units: self.units_in(scope).cloned().collect(),
        }
    }

    /// Leaves the units of a kind: 社区 (`true`), 村 (`false`) or both.
    pub fn keep_kind(&mut self, community: Option<bool>) {
        self.units
            .retain(|unit| community.is_none_or(|wanted| unit.community == wanted));
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

    /// As [`Roster::districts`], and at the end an empty id if there are units without a district: every unit is in one.
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
