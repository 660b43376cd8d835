//! Of whom the pages may speak: the whole town, or the part of it whose records alone are here.

use super::state::Desk;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::{Cells, Role, TypedRow, slots};
use crate::model::programmes::town::ledgers::{Device, Town, Unit, UnitMove};
use crate::model::records::{Records, rows};
use crate::replica::{RecordIx, Replica};

impl Desk {
    /// Of whom figures, states and lists may be shown. The device of a village holds the list of all units and the
    /// records of its own: what it would say of the town is not so.
    ///
    /// Who fills in for a unit sees that unit. For everybody else it is what the records are of: where the town was
    /// made on this device, or there are records of units of several districts, the town; where all of it came in files
    /// for one unit or for one district, that unit or district.
    pub fn reach(&self) -> Scope {
        if let Some(own) = self.own_unit() {
            return Scope::Unit(own.to_owned());
        }
        if self.sample || !self.came_in_files() {
            return Scope::Town;
        }
        let units = held(&self.replica);
        let asked = self.addressee().filter(|_| units.is_empty());
        let inside = |district: &str| units.iter().all(|u| self.replica.district_of(u) == Some(district));
        match (units.as_slice(), asked) {
            ([], Some((Role::Unit, unit))) => Scope::Unit(unit),
            ([], Some((_, district))) => self.district(&district),
            ([], None) => Scope::Town,
            _ if self.person.role == Role::District && inside(self.own_district()) => {
                self.district(self.own_district())
            }
            ([unit], _) if self.has_others(|other| other != unit) => Scope::Unit(unit.clone()),
            ([first, ..], _) => match self.replica.district_of(first) {
                Some(district) if inside(district) => self.district(district),
                _ => Scope::Town,
            },
        }
    }

    /// A district, unless it is all there is.
    fn district(&self, id: &str) -> Scope {
        match self.has_others(|unit| self.replica.district_of(unit) != Some(id)) {
            true => Scope::District(id.to_owned()),
            false => Scope::Town,
        }
    }

    fn has_others(&self, is_other: impl Fn(&str) -> bool) -> bool {
        rows::<Unit>(self.replica()).iter().any(|unit| is_other(unit.id()))
    }

    /// Whether the town and its units were made elsewhere and came in files, each for some units only.
    fn came_in_files(&self) -> bool {
        if self.origins.iter().any(|file| file.whole) {
            return false;
        }
        let came = |ix: &RecordIx| {
            let atoms = self.replica.record(*ix).map(|record| record.atoms.iter());
            let brought = |change| {
                let id = self.replica.change_id(change);
                self.origins.iter().any(|file| file.brought(&id))
            };
            atoms.is_some_and(|mut atoms| atoms.any(|atom| brought(atom.change)))
        };
        let made = [Town::SCHEMA, Unit::SCHEMA].into_iter();
        !self.origins.is_empty() && made.flat_map(|l| self.replica.records_of(l.id)).all(came)
    }
}

/// The units of which records are here, apart from who fills in for them and where they belong; no more than two once
/// they are not of one district.
fn held(replica: &Replica) -> Vec<String> {
    let frame = [Device::SCHEMA.id, UnitMove::SCHEMA.id];
    let mut found: Vec<String> = Vec::new();
    let all = replica.schemas().all().iter().copied();
    let mut far = false;
    for ledger in all.filter(|l| l.field("unit").is_some() && !frame.contains(&l.id)) {
        replica.visit(ledger, None, &mut |cells: &dyn Cells| {
            if far {
                return;
            }
            let unit = cells.cell(slots::UNIT).as_str().unwrap_or_default();
            let unit = replica.stands_for("unit", unit);
            if !unit.is_empty() && found.iter().all(|known| known != unit) {
                let home = replica.district_of(unit);
                far = found
                    .iter()
                    .any(|known| home.is_none() || replica.district_of(known) != home);
                found.push(unit.to_owned());
            }
        });
    }
    found
}
