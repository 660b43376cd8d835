//! Several records of a list at once: one field of all of them is changed, or all are deleted, as one change. What the
//! person may not write is said and left out.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::dependants_of;
use super::form::{edited, errors, text_of};
use super::list::live_records;
use super::tables::ahead::Ahead;
use super::{format, show};
use crate::model::date::Day;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, slots};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::replica::{Record, RecordIx, Replica};

/// Records that are left out are named up to so many.
const NAMED: usize = 10;
/// Values that stood there before are told up to so many.
const VALUES: usize = 5;

/// Why a field of a record of a unit cannot be written by this person; `None` where it can.
pub type WhyNot<'a> = &'a dyn Fn(&str, Slot) -> Option<String>;

/// What the records are looked at with.
pub struct Frame<'a> {
    /// The records.
    pub replica: &'a Replica,
    /// Their ledger.
    pub ledger: &'static Ledger,
    /// Today.
    pub today: Day,
    /// What the person may write.
    pub why_not: WhyNot<'a>,
}

/// The fields that can be changed for several records: all but the names that tell records apart.
pub fn fields(ledger: &'static Ledger) -> Vec<(Slot, &'static Field)> {
    let names = |field: &Field| ledger.key.contains(&field.name) && matches!(field.kind, Kind::Text | Kind::LongText);
    ledger.slots().filter(|(_, field)| !names(field)).collect()
}

/// A record that is left out, by its name, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub title: String,
    /// Why.
    pub why: String,
}

/// One field of several records, as it would be changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changing {
    /// What would be saved.
    pub drafts: Vec<Draft>,
    /// How many say so already.
    pub same: usize,
    /// What cannot be changed.
    pub left: Vec<LeftOut>,
    /// What stands there now and in how many records, the most frequent first.
    pub before: Vec<(String, usize)>,
}

/// What a change of one field of these records would be. A rule that the record would break by it leaves the record out;
/// what was wrong with it before does not.
pub fn changing(frame: &Frame, records: &[RecordIx], slot: Slot, value: &Value) -> Changing {
    let mut out = Changing::default();
    let mut whole: Vec<(&Record, Draft)> = Vec::new();
    for record in records.iter().filter_map(|&ix| frame.replica.record(ix)) {
        let (old, unit) = (record.cell(slot), frame.replica.unit_of(record));
        if old == value || old.is_blank() && value.is_blank() {
            out.same += 1;
            continue;
        }
        let moved = value.as_str().filter(|_| slot == slots::UNIT);
        let why = (frame.why_not)(unit, slot).or_else(|| (frame.why_not)(moved?, slot));
        match why {
            Some(why) => out.left.push(frame.left_out(record, why)),
            None => {
                let mut draft = edited(frame.ledger, record);
                draft.set(slot, value.clone());
                whole.push((record, draft));
            }
        }
    }
    let drafts = whole.iter().map(|(_, draft)| draft.clone()).collect();
    let mut keys = Keys::of(frame, slot, &whole);
    let ahead = Ahead::new(frame.replica, frame.ledger.schema, drafts);
    let mut before: Vec<(String, usize)> = Vec::new();
    for (record, draft) in whole {
        let broken = errors(frame.ledger, &draft, &ahead, frame.today);
        let known = match broken.is_empty() {
            true => Vec::new(),
            false => errors(frame.ledger, &edited(frame.ledger, record), frame.replica, frame.today),
        };
        let fresh = |notice: &&Notice| {
            known
                .iter()
                .all(|old| old.place != notice.place || old.what != notice.what)
        };
        if let Some(notice) = broken.iter().find(fresh) {
            let why = format!("{}，{}", notice.what, notice.todo);
            keys.stays(frame, record);
            out.left.push(frame.left_out(record, why));
            continue;
        }
        if let Some(other) = keys.met(frame, record, &draft) {
            keys.stays(frame, record);
            out.left
                .push(frame.left_out(record, format!("改了以后和“{other}”是同一条")));
            continue;
        }
        let said = frame.said(slot, record.cell(slot));
        match before.iter_mut().find(|(known, _)| *known == said) {
            Some((_, count)) => *count += 1,
            None => before.push((said, 1)),
        }
        let mut change = Draft::new(frame.ledger.schema, &*record.id);
        change.set(slot, value.clone());
        out.drafts.push(change);
    }
    before.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    out.before = before;
    out
}

/// What tells the records of a ledger apart, and the name of who has it; empty where the changed field is no part of it.
struct Keys {
    slots: Vec<Slot>,
    known: BTreeMap<String, String>,
}

impl Keys {
    /// Of all records but those that are to be changed.
    fn of(frame: &Frame, slot: Slot, changed: &[(&Record, Draft)]) -> Keys {
        let key = frame.ledger.key.iter().filter_map(|name| frame.ledger.slot(name));
        let slots: Vec<Slot> = key.collect();
        let mut keys = Keys {
            slots: if slots.contains(&slot) { slots } else { Vec::new() },
            known: BTreeMap::new(),
        };
        let ids: BTreeSet<&str> = changed.iter().map(|(record, _)| &*record.id).collect();
        for (_, record) in live_records(frame.replica, frame.ledger) {
            if !ids.contains(&*record.id) {
                keys.stays(frame, record);
            }
        }
        keys
    }

    /// The key of a record; `None` where a part of it is not filled in.
    fn key(&self, cells: &dyn Cells) -> Option<String> {
        let texts = self.slots.iter().map(|slot| text_of(cells.cell(*slot)));
        let texts: Vec<String> = texts.collect();
        let is_whole = !texts.is_empty() && texts.iter().all(|text| !text.is_empty());
        is_whole.then(|| texts.join("\u{1f}"))
    }

    /// A record keeps its key.
    fn stays(&mut self, frame: &Frame, record: &Record) {
        if let Some(key) = self.key(record) {
            let title = show::title(frame.replica, catalogue(), frame.ledger, record);
            self.known.entry(key).or_insert(title);
        }
    }

    /// The name of the record that has the key of a draft already; else the draft has it from now on.
    fn met(&mut self, frame: &Frame, record: &Record, draft: &Draft) -> Option<String> {
        let key = self.key(draft)?;
        if let Some(other) = self.known.get(&key) {
            return Some(other.clone());
        }
        let title = show::title(frame.replica, catalogue(), frame.ledger, record);
        self.known.insert(key, title);
        None
    }
}

impl Frame<'_> {
    fn left_out(&self, record: &Record, why: String) -> LeftOut {
        let title = show::title(self.replica, catalogue(), self.ledger, record);
        LeftOut { title, why }
    }

    fn said(&self, slot: Slot, value: &Value) -> String {
        let field = self.ledger.field_at(slot);
        let text = field.map(|field| show::value(self.replica, catalogue(), field, value));
        show::brief(&text.unwrap_or_default(), show::FOLDED)
    }
}

impl Changing {
    /// What would happen, one sentence each: `2 条改为“大专”，原来：初中 1 条、-- 1 条。`.
    pub fn told(&self, frame: &Frame, slot: Slot, value: &Value) -> Vec<String> {
        let mut out = Vec::new();
        if self.drafts.is_empty() {
            out.push("没有要改的记录。".to_owned());
        } else {
            let stood = self.before.iter().take(VALUES);
            let stood: Vec<String> = stood.map(|(text, count)| format!("{text} {count} 条")).collect();
            let more = if self.before.len() > VALUES { "等" } else { "" };
            let (count, new) = (self.drafts.len(), frame.said(slot, value));
            let becomes = match value.is_blank() {
                true => "清空".to_owned(),
                false => format!("改为“{new}”"),
            };
            out.push(format!("{count} 条{becomes}，原来：{}{more}。", stood.join("、")));
        }
        if self.same > 0 {
            out.push(format!("{} 条本来就是这样，不变。", self.same));
        }
        out.extend(left_words("改", &self.left));
        out
    }
}

/// What is left out, in one sentence.
fn left_words(act: &str, left: &[LeftOut]) -> Option<String> {
    let named = left
        .iter()
        .take(NAMED)
        .map(|one| format!("{}（{}）", one.title, one.why));
    let named: Vec<String> = named.collect();
    let more = if left.len() > NAMED { "等" } else { "" };
    (!left.is_empty()).then(|| format!("{} 条不能{act}，不包括在内：{}{more}。", left.len(), named.join("、")))
}

/// Several records, as they would be deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleting {
    /// The records that would be.
    pub records: Vec<RecordIx>,
    /// What is told before, one sentence each.
    pub told: Vec<String>,
}

/// What deleting these records would do.
pub fn deleting(frame: &Frame, records: &[RecordIx]) -> Deleting {
    let (mut may, mut left) = (Vec::new(), Vec::new());
    for &ix in records {
        let Some(record) = frame.replica.record(ix) else {
            continue;
        };
        match (frame.why_not)(frame.replica.unit_of(record), slots::DELETED) {
            Some(why) => left.push(frame.left_out(record, why)),
            None => may.push(ix),
        }
    }
    let mut told = vec![match may.len() {
        0 => "没有可以删除的记录。".to_owned(),
        count => format!("删除 {count} 条，放进回收站，可以恢复。"),
    }];
    let joined: BTreeSet<RecordIx> = may.iter().flat_map(|&ix| frame.replica.joined_with(ix)).collect();
    let kept = |ix: &&RecordIx| frame.replica.record(**ix).is_some_and(Record::is_kept);
    let along = joined.iter().filter(kept).count().saturating_sub(may.len());
    if along > 0 {
        told.push(format!("并入它们的 {along} 条一起删除。"));
    }
    let ids = may.iter().filter_map(|&ix| frame.replica.record(ix));
    let ids: BTreeSet<&str> = ids.map(|record| &*record.id).collect();
    let others = dependants_of(frame.replica, frame.ledger, &ids).into_iter();
    let others: Vec<String> = others
        .map(|(ledger, count)| {
            let count = format::count(i64::try_from(count).unwrap_or(i64::MAX));
            format!("{} {count} {}", ledger.label, ledger.counted)
        })
        .collect();
    if !others.is_empty() {
        let others = others.join("、");
        told.push(format!("另有记录写的是它们，都还在，恢复以后照常统计：{others}。"));
    }
    told.extend(left_words("删除", &left));
    Deleting { records: may, told }
}
