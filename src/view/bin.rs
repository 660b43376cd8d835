//! Deleted records, the latest first.

use super::record::source;
use super::show;
use crate::desk::Desk;
use crate::model::ledger::{TypedRow as _, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::SentPaper;
use crate::order::Arrange;
use crate::replica::{ChangeIx, Record, RecordIx};

/// A deleted record as the bin lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Number in the replica.
    pub ix: RecordIx,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Ledger and unit: `夜话台账 · 寺前村`.
    pub about: String,
    /// Who deleted it, and when.
    pub source: String,
    /// Why the person may not restore it; empty if they may.
    pub why_not: String,
}

/// The deleted records of ledgers that pages show; those of one unit for who fills in for one unit.
pub fn deleted(desk: &Desk) -> Vec<RecordIx> {
    let replica = desk.replica();
    let own = desk.own_unit();
    let is_shown = |record: &Record| {
        catalogue()
            .get(replica.ledger_id(record))
            .is_some_and(|ledger| !ledger.system || ledger.id == SentPaper::LEDGER.id)
    };
    // Of records that were joined and deleted together, the one that stood for them.
    let stands = |ix: RecordIx, record: &Record| {
        !record.is(Record::JOINED) || replica.record(replica.root_of(ix)).is_some_and(Record::is_live)
    };
    let gone = replica.all_records().filter(|(ix, record)| {
        record.is(Record::DELETED)
            && is_shown(record)
            && stands(*ix, record)
            && own.is_none_or(|own| replica.unit_of(record) == own)
    });
    let when = |record: &Record| {
        record
            .heads(slots::DELETED)
            .map(|atom| atom.change)
            .max_by(|a, b| replica.display_order(*a, *b))
    };
    let mut all: Vec<(Option<ChangeIx>, RecordIx)> = gone.map(|(ix, record)| (when(record), ix)).collect();
    all.arrange_by(|a, b| match (a.0, b.0) {
        (Some(a), Some(b)) => replica.display_order(b, a),
        (a, b) => a.is_none().cmp(&b.is_none()),
    });
    all.into_iter().map(|(_, ix)| ix).collect()
}

/// What the bin says of one record.
pub fn entry(desk: &Desk, ix: RecordIx) -> Option<Deleted> {
    let replica = desk.replica();
    let record = replica.record(ix)?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    let unit = replica.unit_of(record);
    let last = record
        .heads(slots::DELETED)
        .map(|atom| atom.change)
        .max_by(|a, b| replica.display_order(*a, *b));
    let mut about = ledger.label.to_owned();
    if !unit.is_empty() {
        about.push_str(" · ");
        about.push_str(&show::unit_name(replica, unit));
    }
    Some(Deleted {
        ix,
        id: record.id.to_string(),
        title: show::title(replica, catalogue(), ledger, record),
        about,
        source: last.map(|change| source(replica, change)).unwrap_or_default(),
        why_not: desk.why_not(ledger, unit, Some(slots::DELETED)).unwrap_or_default(),
    })
}
