//! The sample town as changes: each record a save of its own, by the town office or by its unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{Cell, Change, ChangeId, Patch};
use crate::model::date::Instant;
use crate::model::ledger::{Role, Schemas, slots};
use crate::model::programmes::sample::SampleRecord;
use crate::model::programmes::town::ledgers::Device;
use crate::model::records::Draft;

/// Device tag of the town office in the sample.
pub const TOWN_TAG: &str = "sample-town";

/// Hour of the day at which sample records are entered, in seconds UTC (20:30 in China).
const EVENING: i64 = 12 * 3600 + 1800;

/// Device tag of a unit in the sample.
pub fn unit_tag(unit: &str) -> String {
    format!("sample-{unit}")
}

/// Changes that make the given records, in the order of entry.
///
/// What a unit enters is signed by the device of that unit, everything else by the town's.
pub fn seed(schemas: &Schemas, records: &[SampleRecord]) -> Vec<Change> {
    let mut serials: BTreeMap<String, u32> = BTreeMap::new();
    let mut changes = Vec::with_capacity(records.len() + 40);
    let mut devices: BTreeMap<String, (Draft, Instant)> = BTreeMap::new();
    for record in records {
        let unit = record.draft.unit().filter(|_| record.by_unit).unwrap_or("");
        let tag = if unit.is_empty() {
            TOWN_TAG.to_string()
        } else {
            unit_tag(unit)
        };
        let at = Instant(i64::from(record.entered.number()) * 86_400 + EVENING);
        devices.entry(tag.clone()).or_insert_with(|| (device(&tag, unit), at));
        let serial = serials.entry(tag.clone()).or_insert(1);
        *serial += 1;
        changes.extend(change(schemas, &tag, *serial, at, &record.draft));
    }
    let first = devices
        .iter()
        .filter_map(|(tag, (draft, at))| change(schemas, tag, 1, *at, draft));
    let mut all: Vec<Change> = first.collect();
    all.append(&mut changes);
    all
}

fn device(tag: &str, unit: &str) -> Draft {
    let role = if unit.is_empty() { Role::Town } else { Role::Unit };
    let label = if unit.is_empty() {
        "镇党建办"
    } else {
        "示例填报人"
    };
    let unit = Some(unit).filter(|unit| !unit.is_empty());
    Device::draft(tag)
        .label(label)
        .role(role.code())
        .unit(unit)
        .into_draft()
}

fn change(schemas: &Schemas, tag: &str, n: u32, at: Instant, draft: &Draft) -> Option<Change> {
    let ledger = schemas.get(draft.ledger)?;
    let name = |slot| {
        slots::NAMES
            .iter()
            .find(|(_, s)| *s == slot)
            .map(|(n, _)| *n)
            .or_else(|| ledger.field_at(slot).map(|f| f.name))
    };
    let cells = draft
        .cells
        .iter()
        .filter(|(_, value)| !value.is_blank())
        .filter_map(|(slot, value)| {
            Some(Cell {
                name: name(*slot)?.into(),
                value: value.clone(),
                over: None,
            })
        });
    let patch = Patch {
        record: draft.id.as_str().into(),
        ledger: draft.ledger.into(),
        cells: cells.collect(),
    };
    let actor: Arc<str> = tag.into();
    Some(Change {
        id: ChangeId {
            actor: actor.clone(),
            n,
        },
        at,
        by: actor,
        set: vec![patch],
        extra: None,
    })
}
