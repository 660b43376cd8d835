//! Which part of a town a file carries, and writing it.

use std::collections::BTreeSet;

use super::file::{DeviceLine, Header, Purpose, write_file};
use crate::model::date::Instant;
use crate::model::ledger::{Owner, TypedRow};
use crate::model::records::{Records, rows};
use crate::model::town::Device;
use crate::model::value::Value;
use crate::order::{Arrange, Gather};
use crate::replica::export::{Counts, Selection};
use crate::replica::{Record, RecordIx, Replica};

/// Units and ledgers a file speaks of; an empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Unit codes, sorted.
    pub units: Vec<String>,
    /// Ledger ids, sorted.
    pub ledgers: Vec<String>,
}

impl Scope {
    /// Everything.
    pub fn all() -> Scope {
        Scope::default()
    }

    /// Some units, all ledgers.
    pub fn units<S: Into<String>>(units: impl IntoIterator<Item = S>) -> Scope {
        let mut units: Vec<String> = units.into_iter().map(Into::into).collect();
        units.arrange();
        units.dedup();
        Scope {
            units,
            ledgers: Vec::new(),
        }
    }

    /// Appends canonical JSON.
    pub fn write_json(&self, out: &mut String) {
        for (key, items, end) in [("{\"ledgers\":", &self.ledgers, ","), ("\"units\":", &self.units, "}")] {
            out.push_str(key);
            Value::list(items.iter().map(String::as_str)).write_json(out);
            out.push_str(end);
        }
    }

    /// Reads what [`write_json`](Scope::write_json) wrote.
    pub fn read(value: &Value) -> Option<Scope> {
        let Value::Raw(json) = value else { return None };
        let mut scope = Scope::default();
        for (key, json) in crate::replica::wire::object_entries(json) {
            let list: Vec<String> = serde_json::from_str(&json).ok()?;
            match key.as_str() {
                "units" => scope.units = list,
                "ledgers" => scope.ledgers = list,
                _ => {}
            }
        }
        Some(scope)
    }
}

/// What to write into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What it is for.
    pub purpose: Purpose,
    /// Which part.
    pub scope: Scope,
    /// Device tag of the exporter.
    pub by: String,
    /// Now.
    pub at: Instant,
}

/// A written file.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// How much it holds.
    pub counts: Counts,
    /// What it says about itself.
    pub header: Header,
}

/// Writes a file of part of a replica.
///
/// A dispatch also carries the town's frame (units, districts, leaders, settings, tasks), so that it
/// opens on an empty device. Devices of authors come along always. A redacted file leaves personal
/// fields out, which can only fail to add.
pub fn export(replica: &Replica, order: &Order) -> Written {
    let redact = order.purpose == Purpose::Redacted;
    let in_scope = scope_filter(replica, order);
    let mut authors: BTreeSet<&str> = BTreeSet::from([order.by.as_str()]);
    for (ix, record) in replica.all_records() {
        if in_scope(ix, record) {
            authors.extend(record.atoms.iter().map(|a| replica.tag_of(a.change)));
        }
    }
    let keep = |ix: RecordIx, record: &Record| {
        in_scope(ix, record) || (replica.is_device(record) && authors.contains(&*record.id))
    };
    let mut changes = String::new();
    let counts = replica.write_changes(&Selection { keep: &keep, redact }, &mut changes);
    let header = Header {
        town: town_name(replica),
        purpose: order.purpose,
        scope: order.scope.clone(),
        exported_by: order.by.clone(),
        exported_at: order.at,
    };
    let devices = device_lines(replica, &authors, redact);
    Written {
        text: write_file(&header, &devices, &changes),
        counts,
        header,
    }
}

/// The town's name, or a plain word where none is given yet.
pub fn town_name(replica: &Replica) -> String {
    let towns = rows::<crate::model::town::Town>(replica);
    towns.iter().find_map(|t| t.name()).unwrap_or("本镇").to_string()
}

fn scope_filter<'a>(replica: &'a Replica, order: &'a Order) -> impl Fn(RecordIx, &Record) -> bool + use<'a> {
    let units = order.scope.units.iter().map(String::as_str).gather_set();
    let ledgers = order.scope.ledgers.iter().map(String::as_str).gather_set();
    let whole = units.is_empty() && ledgers.is_empty();
    move |_, record| {
        if whole {
            return true;
        }
        let ledger = replica.ledger_of(record);
        let unit = replica.unit_of(record);
        let frame = ledger.is_some_and(|l| l.owner == Owner::Town) && unit.is_empty();
        if frame {
            return order.purpose == Purpose::Dispatch;
        }
        let device = replica.is_device(record);
        let of_unit = units.is_empty() || units.contains(unit);
        let of_ledger = ledgers.is_empty() || ledgers.contains(replica.ledger_id(record));
        of_unit && of_ledger && !(device && unit.is_empty())
    }
}

pub(super) fn device_lines(replica: &Replica, authors: &BTreeSet<&str>, redact: bool) -> Vec<DeviceLine> {
    let mut lines: Vec<DeviceLine> = Vec::new();
    for tag in authors {
        let Some(cells) = replica.find(Device::LEDGER, tag) else {
            continue;
        };
        let device = Device::of(cells);
        lines.push(DeviceLine {
            tag: (*tag).to_string(),
            label: if redact {
                String::new()
            } else {
                device.label().unwrap_or("").to_string()
            },
            role: device.role().unwrap_or("").to_string(),
            unit: device.unit().unwrap_or("").to_string(),
        });
    }
    lines
}

/// The union of all changes as one canonical file: the same bytes for any order of inputs.
pub fn canonical_file(replica: &Replica) -> Written {
    let at = (0..replica.change_count())
        .map(|i| replica.head(u32::try_from(i).unwrap_or(u32::MAX)).at)
        .max();
    let order = Order {
        purpose: Purpose::Backup,
        scope: Scope::all(),
        by: String::new(),
        at: at.unwrap_or_default(),
    };
    export(replica, &order)
}
