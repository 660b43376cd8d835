//! What one entry of a record says, where it comes from, and what hangs on it.

use std::collections::BTreeSet;

use super::{format, show};
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, TypedRow as _};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::value::Value;
use crate::replica::{ChangeIx, RecordIx, Replica};

/// One of several values of a disputed field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// As it reads.
    pub text: String,
    /// As it is stored.
    pub value: Value,
    /// Who, and when.
    pub source: String,
}

/// Tells of a change who wrote it, when, and with which file it came in.
pub type Source<'a> = &'a dyn Fn(ChangeIx) -> String;

pub(super) fn read(replica: &Replica, field: &Field, value: &Value) -> String {
    let text = show::value(replica, catalogue(), field, value);
    match field.measure {
        Some(measure) if !value.is_blank() => format::measured(&text, measure),
        _ => text,
    }
}

/// How many live records name this one as their unit, their district or another reference: they stay when it is deleted,
/// and count nowhere until it is back.
pub fn dependants(replica: &Replica, ix: RecordIx) -> usize {
    let found = replica
        .record(ix)
        .and_then(|r| Some((r, catalogue().get(replica.ledger_id(r))?)));
    found.map_or(0, |(record, ledger)| {
        let of = dependants_of(replica, ledger, &BTreeSet::from([&*record.id]));
        of.into_iter().map(|(_, count)| count).sum()
    })
}

/// The same for several records of one ledger, by the ledger of those that name them. What is among them itself is not
/// counted.
pub fn dependants_of(
    replica: &Replica,
    ledger: &'static Ledger,
    ids: &BTreeSet<&str>,
) -> Vec<(&'static Ledger, usize)> {
    let points = |field: &Field| match field.kind {
        Kind::Unit => ledger.id == Unit::LEDGER.id,
        Kind::District => ledger.id == District::LEDGER.id,
        Kind::Ref | Kind::Refs => field.target == ledger.id,
        _ => false,
    };
    let names = |value: &Value| match value {
        Value::Text(target) => ids.contains(&**target),
        Value::List(targets) => targets.iter().any(|target| ids.contains(&**target)),
        _ => false,
    };
    let of = |other: &'static Ledger| {
        let slots: Vec<Slot> = other
            .slots()
            .filter(|(_, field)| points(field))
            .map(|(slot, _)| slot)
            .collect();
        let live = match slots.is_empty() {
            true => Vec::new(),
            false => super::list::live_records(replica, other),
        };
        let is_one = |id: &str| other.id == ledger.id && ids.contains(id);
        let count = live
            .into_iter()
            .filter(|(_, r)| !is_one(&r.id) && slots.iter().any(|&slot| names(r.cell(slot))))
            .count();
        (count > 0).then_some((other, count))
    };
    catalogue().all().iter().copied().filter_map(of).collect()
}

/// What is said when a record was deleted.
pub fn deleted_words(title: &str, dependants: usize) -> String {
    match dependants {
        0 => format!("已删除：{title}"),
        n => format!("已删除：{title}。另有 {n} 条记录写的是它，都还在，恢复它以后照常统计"),
    }
}
