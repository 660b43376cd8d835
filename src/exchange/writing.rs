//! Writing a file of part of a town: at once, or in turns.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::file::{DeviceLine, Header, Purpose, write_with};
use super::reading::checksum_in_turns;
use super::scope::Scope;
use crate::model::date::Instant;
use crate::model::ledger::{Catalogue, Owner, TypedRow};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::Device;
use crate::model::records::{Records, rows};
use crate::order::Gather;
use crate::replica::export::{Counts, Selection};
use crate::replica::{Record, RecordIx, Replica};
use crate::turns::{Turns, at_once};

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

/// How many records of a ledger a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    /// Id of the ledger.
    pub ledger: String,
    /// Records that lists show.
    pub live: u64,
    /// Records that were deleted, which travel along so that they are deleted elsewhere, too.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub deleted: u64,
}

// As serde asks for it.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u64) -> bool {
    *count == 0
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
    /// How many records it holds, by ledger.
    pub holds: Vec<Holds>,
    /// Its checksum.
    pub sha256: String,
}

impl Written {
    /// Records that lists show: the number that is said of the file everywhere.
    pub fn records(&self) -> u64 {
        self.holds.iter().map(|held| held.live).sum()
    }
}

/// Writes a file of part of a replica.
///
/// A dispatch also carries the town's frame (units, districts, leaders, settings, tasks), so that it
/// opens on an empty device. Devices of authors come along always. A redacted file leaves out
/// personal fields, what this version does not know, and texts with phone numbers or names in them, whole; so it can
/// only fail to add.
pub fn export(replica: &Replica, order: &Order) -> Written {
    at_once(export_in_turns(replica, order, Turns::NONE))
}

/// [`export`] in turns.
pub async fn export_in_turns(replica: &Replica, order: &Order, turns: Turns<'_>) -> Written {
    export_by(catalogue(), replica, order, turns).await
}

/// [`export_in_turns`]; a redacted file carries of each field what this catalogue says of it.
pub async fn export_by(catalogue: &Catalogue, replica: &Replica, order: &Order, turns: Turns<'_>) -> Written {
    let redact = order.purpose == Purpose::Redacted;
    let in_scope = scope_filter(replica, order);
    let mut authors: BTreeSet<&str> = BTreeSet::from([order.by.as_str()]);
    let mut holds: Vec<Holds> = Vec::new();
    // Fields are many and authors few: each tag is looked at once.
    let mut seen: Vec<bool> = Vec::new();
    for (ix, record) in replica.all_records() {
        if in_scope(ix, record) && (!redact || replica.is_redactable(record)) {
            if !replica.is_device(record) {
                count(&mut holds, replica.ledger_id(record), record);
            }
            for atom in &record.atoms {
                let by = replica.head(atom.change).by as usize;
                if by >= seen.len() {
                    seen.resize(by + 1, false);
                }
                if !std::mem::replace(&mut seen[by], true) {
                    authors.insert(replica.tag_of(atom.change));
                }
            }
        }
    }
    let keep = |ix: RecordIx, record: &Record| {
        in_scope(ix, record) || (replica.is_device(record) && authors.contains(&*record.id))
    };
    let selection = Selection {
        keep: &keep,
        redact: redact.then_some(catalogue),
    };
    let (changes, counts) = replica.write_changes_in_turns(&selection, turns).await;
    let sha256 = checksum_in_turns(changes.as_bytes(), false, turns).await;
    let header = Header {
        town: town_name(replica),
        purpose: order.purpose,
        scope: order.scope.clone(),
        exported_by: order.by.clone(),
        exported_at: order.at,
    };
    Written {
        text: write_with(&header, &device_lines(replica, &authors, redact), &changes, &sha256),
        counts,
        header,
        holds,
        sha256,
    }
}

/// Counts a record for its ledger.
fn count(holds: &mut Vec<Holds>, ledger: &str, record: &Record) {
    let at = holds.iter().position(|held| held.ledger == ledger).unwrap_or_else(|| {
        holds.push(Holds {
            ledger: ledger.to_owned(),
            ..Holds::default()
        });
        holds.len() - 1
    });
    if let Some(held) = holds.get_mut(at) {
        held.live += u64::from(record.is_live());
        held.deleted += u64::from(!record.is_live() && !record.is(Record::JOINED));
    }
}

/// The town's name, or a plain word where none is given yet.
pub fn town_name(replica: &Replica) -> String {
    let towns = rows::<crate::model::programmes::town::ledgers::Town>(replica);
    towns.iter().find_map(|t| t.name()).unwrap_or("本镇").to_string()
}

fn scope_filter<'a>(replica: &'a Replica, order: &'a Order) -> impl Fn(RecordIx, &Record) -> bool + use<'a> {
    let meant = |unit: &'a String| replica.stands_for("unit", unit);
    let units = order.scope.units.iter().map(meant).gather_set();
    let ledgers = order.scope.ledgers.iter().map(String::as_str).gather_set();
    let whole = units.is_empty() && ledgers.is_empty();
    move |_, record| {
        if whole {
            return true;
        }
        let ledger = catalogue().get(replica.ledger_id(record));
        let unit = replica.unit_of(record);
        let frame = ledger.is_some_and(|l| l.owner == Owner::Town) && unit.is_empty();
        if frame {
            return order.purpose == Purpose::Dispatch;
        }
        // What a leader made of no unit goes up to the office, and no unit gets it.
        if ledger.is_some_and(|l| l.owner == Owner::Author) && unit.is_empty() {
            return order.purpose == Purpose::Report && ledgers.is_empty();
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
        let Some(cells) = replica.find(Device::SCHEMA, tag) else {
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
