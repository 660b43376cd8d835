//! What came from each unit and when: the files that were merged, by the unit that sent them.

use super::folder::{device_name, moment};
use super::show;
use crate::desk::Desk;
use crate::model::date::Instant;
use crate::model::ledger::Role;
use crate::model::programmes::town::ledgers::{Submission, Unit};
use crate::model::records::{rows, rows_of};
use crate::order::Arrange;
use crate::replica::{ChangeId, Replica};
use crate::storage::{FROM_TABLE, FileSource, ImportState};

/// A file that came from a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Id of the merge that took it in.
    pub import: String,
    /// Its place among the files of that merge.
    pub place: usize,
    /// When it was merged: `2022-11-22 09:30`.
    pub when: String,
    /// Its name.
    pub name: String,
    /// Who exported it and when.
    pub about: String,
    /// It was taken back since.
    pub withdrawn: bool,
    /// For the order: the later, the greater.
    sequence: u64,
}

/// A unit and what came from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFiles {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The day of its latest report, as it says itself; empty without one.
    pub reported: String,
    /// Its files, the latest first.
    pub files: Vec<Arrival>,
}

/// Every unit that stands today with what came from it, in the order of the units.
pub fn arrivals(desk: &Desk) -> Vec<UnitFiles> {
    let replica = desk.replica();
    let mut came: Vec<(String, Arrival)> = Vec::new();
    let imports = desk.store().imports().into_iter();
    for import in imports.filter(|import| import.meta.purpose != FROM_TABLE) {
        let when = Instant::parse(&import.meta.when).map_or_else(|| import.meta.when.clone(), moment);
        for (place, file) in import.meta.files.iter().enumerate() {
            let Some(unit) = sender(replica, file) else { continue };
            let at = Instant::parse(&file.at).map(moment).unwrap_or_default();
            let by = device_name(replica, &file.by);
            let arrival = Arrival {
                import: import.meta.id.clone(),
                place,
                when: when.clone(),
                name: file.name.clone(),
                about: if at.is_empty() {
                    by
                } else {
                    format!("{by}，{at} 写出")
                },
                withdrawn: import.state == ImportState::Withdrawn,
                sequence: import.meta.sequence,
            };
            came.push((unit, arrival));
        }
    }
    let mut units = rows::<Unit>(replica);
    units.retain(|unit| unit.until().is_none());
    units.arrange_by_key(|unit| unit.id());
    let of = |unit: &Unit| {
        let own = came.iter().filter(|(code, _)| code == unit.id());
        let mut files: Vec<Arrival> = own.map(|(_, arrival)| arrival.clone()).collect();
        files.arrange_by(|a, b| (b.sequence, b.place).cmp(&(a.sequence, a.place)));
        let reports = rows_of::<Submission>(replica, unit.id());
        let reported = reports.iter().filter_map(|report| report.date()).max();
        UnitFiles {
            code: unit.id().to_owned(),
            name: show::name(unit.name().unwrap_or(unit.id())),
            reported: reported.map(|day| day.to_string()).unwrap_or_default(),
            files,
        }
    };
    units.iter().map(of).collect()
}

/// The unit that a file came from: that of the device that wrote it, else the one unit that all it brought is of.
fn sender(replica: &Replica, file: &FileSource) -> Option<String> {
    let device = replica.device(&file.by);
    if let Some(device) = device.filter(|device| device.role == Role::Unit && !device.unit.is_empty()) {
        return Some(replica.stands_for("unit", &device.unit).to_owned());
    }
    if file.whole || device.is_some() {
        return None;
    }
    let mut found: Option<&str> = None;
    for (actor, from, to) in &file.runs {
        for n in *from..=*to {
            let id = ChangeId {
                actor: actor.as_str().into(),
                n,
            };
            let records = replica.changes_with(&id).flat_map(|ix| &replica.head(ix).records);
            for record in records.filter_map(|&ix| replica.record(ix)) {
                let unit = replica.unit_of(record);
                if unit.is_empty() || replica.is_device(record) {
                    continue;
                }
                if found.is_some_and(|found| found != unit) {
                    return None;
                }
                found = Some(unit);
            }
        }
    }
    found.map(str::to_owned)
}
