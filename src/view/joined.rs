//! Joined duplicates as the pages tell of them: into what they were joined, what they say otherwise, and what happens when
//! one of them is deleted.

use super::entry::{Rival, Source, deleted_words, dependants, read};
use super::show;
use crate::desk::Desk;
use crate::model::ledger::{Cells, Ledger, Slot, TypedRow as _, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::Setting;
use crate::model::value::Value;
use crate::replica::{ChangeIx, Left, Record, RecordIx, Replica};

/// Duplicates that are named before they are deleted with what stands for them.
const NAMED: usize = 5;

/// A record that was joined into another, as the other's page tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Its title, with unit and date.
    pub title: String,
    /// It was deleted since.
    pub deleted: bool,
    /// What it says otherwise than the record that stands: `群众 7 人`.
    pub lines: Vec<String>,
}

/// What somebody who did not know of a join left in the duplicate: deleted with it, or written to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftBehind {
    /// The duplicate.
    pub ix: RecordIx,
    /// The change that wrote it; `None` where the duplicate was deleted.
    pub change: Option<ChangeIx>,
    /// The title of the duplicate.
    pub title: String,
    /// What happened, before what it says.
    pub told: String,
    /// Who deleted or wrote, and when.
    pub source: String,
    /// What it says: `群众 7 人`.
    pub lines: Vec<String>,
    /// The same as values, to be taken over.
    pub values: Vec<(Slot, Value)>,
}

/// Two records that somebody said not to be the same, and somebody else joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The title of the one that another stands for.
    pub title: String,
    /// What happened, a sentence.
    pub told: String,
    /// Who said so and who joined them, and when.
    pub sources: Vec<String>,
    /// The setting that says that they are not the same.
    pub setting: String,
    /// What parts them: the joins to take back.
    pub parting: Vec<(RecordIx, Slot, Value)>,
}

/// The question about a record that one deleted while another wrote to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torn {
    /// Its title.
    pub title: String,
    /// What happened, and what deleting it will do; a sentence each.
    pub lines: Vec<String>,
    /// What is said when it was deleted.
    pub deleted: String,
    /// Why the person may not decide it; empty if they may.
    pub why_not: String,
}

/// What a join says: the record that this one is to be one with, or that it is not.
pub(super) fn joined_words(replica: &Replica, ledger: &'static Ledger, value: &Value) -> String {
    let Some(id) = value.as_str() else {
        return "不并入别的记录".to_owned();
    };
    match replica.find_ix(ledger.id, id).and_then(|ix| replica.record(ix)) {
        Some(target) => format!("并入 {}", told_apart(replica, ledger, target)),
        None => format!("并入 {id}（本机没有这条记录）"),
    }
}

/// The title of a record with its unit and date.
fn told_apart(replica: &Replica, ledger: &'static Ledger, record: &Record) -> String {
    let title = show::title(replica, catalogue(), ledger, record);
    match show::about(replica, ledger, record) {
        about if about.is_empty() => title,
        about => format!("{title}（{about}）"),
    }
}

/// Duplicates often read alike: those that do are told apart by the numbers of their records.
pub(super) fn tell_apart(rivals: &mut [Rival]) {
    let texts: Vec<String> = rivals.iter().map(|rival| rival.text.clone()).collect();
    for rival in rivals {
        let alike = texts.iter().filter(|text| **text == rival.text).count();
        if let Some(id) = rival.value.as_str().filter(|_| alike > 1) {
            rival.text.push_str(&format!("，编号 {id}"));
        }
    }
}

/// What some values say, one line each: `群众 7 人`.
pub fn lines(replica: &Replica, ledger: &'static Ledger, values: &[(Slot, Value)]) -> Vec<String> {
    let line = |(slot, value): &(Slot, Value)| {
        let field = ledger.field_at(*slot)?;
        Some(format!(
            "{} {}",
            field.label,
            show::brief(&read(replica, field, value), show::FOLDED)
        ))
    };
    values.iter().filter_map(line).collect()
}

pub(super) fn duplicates(replica: &Replica, ledger: &'static Ledger, ix: RecordIx) -> Vec<Duplicate> {
    let Some(standing) = replica.record(ix).filter(|record| !record.is(Record::JOINED)) else {
        return Vec::new();
    };
    let others = replica.joined_with(ix).into_iter().filter(|&other| other != ix);
    let told = |record: &Record| {
        let said = ledger.slots().map(|(slot, _)| (slot, replica.said(record, slot)));
        let otherwise = |(slot, value): &(Slot, Value)| !value.is_blank() && value != standing.cell(*slot);
        let said: Vec<(Slot, Value)> = said.filter(otherwise).collect();
        Duplicate {
            title: told_apart(replica, ledger, record),
            deleted: record.is(Record::DELETED),
            lines: lines(replica, ledger, &said),
        }
    };
    others.filter_map(|other| replica.record(other)).map(told).collect()
}

/// What somebody who did not know of it deleted with the records joined into this one, or wrote to them.
pub fn left_behind(replica: &Replica, told: Source<'_>, ledger: &'static Ledger, ix: RecordIx) -> Vec<LeftBehind> {
    // What one says beside what is read now, so that it can be decided without looking it up.
    let beside = |said: &(Slot, Value)| {
        let now = replica.record(ix).map(|standing| standing.cell(said.0).clone());
        let now = now.filter(|now| !now.is_blank()).zip(ledger.field_at(said.0));
        let now = now.map(|(now, field)| show::brief(&read(replica, field, &now), show::FOLDED));
        let line = lines(replica, ledger, std::slice::from_ref(said)).into_iter();
        line.map(move |line| match &now {
            Some(now) => format!("{line}（现在是 {now}）"),
            None => line,
        })
        .collect::<Vec<_>>()
    };
    let one = |left: Left| {
        let record = replica.record(left.ix)?;
        let title = show::title(replica, catalogue(), ledger, record);
        let deleted = record.heads(slots::DELETED).map(|atom| atom.change);
        let last = deleted.max_by(|&a, &b| replica.display_order(a, b));
        let happened = match left.change {
            None => format!("和它并为一条的“{title}”已被删除，删除的人当时不知道已并为一条。只有那一条填了："),
            Some(_) => format!("有人改了和它并为一条的“{title}”，改的人和并的人当时互不知道。那一条填的是："),
        };
        Some(LeftBehind {
            ix: left.ix,
            change: left.change,
            title,
            told: happened,
            source: left.change.or(last).map(told).unwrap_or_default(),
            lines: left.said.iter().flat_map(beside).collect(),
            values: left.said,
        })
    };
    let found = replica.left_behind(ix).into_iter();
    found.filter_map(one).filter(|one| !one.lines.is_empty()).collect()
}

/// The records that this one was joined with and said not to be the same as.
pub fn denied(replica: &Replica, told: Source<'_>, ledger: &'static Ledger, ix: RecordIx) -> Vec<Denied> {
    let one = |other: RecordIx| {
        let (record, others) = (replica.record(ix)?, replica.record(other)?);
        let setting = replica.distinct_id(ix, other)?;
        let said = replica
            .find_ix(Setting::LEDGER.id, &setting)
            .and_then(|ix| replica.record(ix))?;
        let last = |record: &Record, slot: Slot| {
            let changes = record.heads(slot).map(|atom| atom.change);
            changes.max_by(|&a, &b| replica.display_order(a, b)).map(told)
        };
        let parted = last(said, Setting::LEDGER.slot("value")?).map(|who| format!("不是同一条：{who}"));
        let joined = last(record, slots::ALIAS).map(|who| format!("并为一条：{who}"));
        let mut named = [told_apart(replica, ledger, record), told_apart(replica, ledger, others)];
        if named[0] == named[1] {
            named = [(&named[0], &record.id), (&named[1], &others.id)].map(|(name, id)| format!("{name}，编号 {id}"));
        }
        let [first, second] = named;
        let parting = replica.parting(ix, other).into_iter();
        Some(Denied {
            title: show::title(replica, catalogue(), ledger, record),
            told: format!("“{first}”和“{second}”记过“不是同一条”，又有人把它们并为一条。"),
            sources: parted.into_iter().chain(joined).collect(),
            setting,
            parting: parting.map(|ix| (ix, slots::ALIAS, Value::Null)).collect(),
        })
    };
    replica.denied(ix).into_iter().filter_map(one).collect()
}

/// What is said of a record that one deleted while another wrote to it.
pub(super) fn torn_in_short(replica: &Replica, told: Source<'_>, record: &Record) -> Option<String> {
    let deleted = record.heads(slots::DELETED).filter(|atom| !atom.value.is_blank());
    let last = deleted
        .map(|atom| atom.change)
        .max_by(|&a, &b| replica.display_order(a, b));
    let who = last.map(told).unwrap_or_default();
    let torn = record.is(Record::DELETE_CONFLICT);
    torn.then(|| format!("一处删除了这条记录（{who}），另一处同时修改了它；记录先保留。"))
}

/// What the page of a record says to who opened a duplicate of it, or had it open when they were joined.
pub fn came_from(replica: &Replica, ix: RecordIx, was: &str) -> Option<String> {
    let record = replica.record(ix)?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    let duplicate = replica.find_ix(ledger.id, was)?;
    let is_one = duplicate != ix && replica.root_of(duplicate) == ix;
    let title = told_apart(replica, ledger, replica.record(duplicate)?);
    is_one.then(|| format!("您打开的“{title}”已并入这一条，下面是并为一条以后的内容。"))
}

/// What is asked before a record is deleted that others were joined into: they go with it.
pub fn asks_to_delete(replica: &Replica, ix: RecordIx) -> Option<String> {
    let record = replica.record(ix)?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    let others = replica.joined_with(ix).into_iter().filter(|&other| other != ix);
    let kept = others
        .filter_map(|other| replica.record(other))
        .filter(|other| other.is_kept());
    let named: Vec<String> = kept
        .map(|other| format!("“{}”", told_apart(replica, ledger, other)))
        .collect();
    let first = named
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("、");
    let more = if named.len() > NAMED { "等" } else { "" };
    let told = format!(
        "会一起删除 {} 条：这一条，还有并入它的{first}{more}。确实要删除，请再按一次“删除”。",
        named.len() + 1
    );
    (!named.is_empty()).then_some(told)
}

/// The question about a record that one deleted while another wrote to it. Deleting takes this record alone: those that
/// it was joined with stay, and one of them stands for it.
pub fn torn(desk: &Desk, ix: RecordIx) -> Option<Torn> {
    let replica = desk.replica();
    let record = replica.record(ix).filter(|record| record.is(Record::DELETE_CONFLICT))?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    let named = |record: &Record| show::title(replica, catalogue(), ledger, record);
    let kept = (replica.joined_with(ix).into_iter())
        .filter(|&other| other != ix)
        .filter_map(|other| replica.record(other))
        .filter(|other| other.is_kept());
    let others: Vec<String> = kept.map(|other| format!("“{}”", named(other))).collect();
    let title = named(record);
    let mut told = vec!["一处删除了这条记录，另一处同时修改了它；记录先保留。".to_owned()];
    let mut left = 0;
    if others.is_empty() {
        left = dependants(replica, ix);
        if left > 0 {
            told.push(format!(
                "另有 {left} 条记录写的是它，删除后都还在，恢复它以后照常统计。"
            ));
        }
    } else {
        let others = others.join("、");
        told.push(format!(
            "它和{others}已并为一条。“删除记录”只删除“{title}”，{others}保留，写“{title}”的记录照常统计。"
        ));
        let alone = lines(replica, ledger, &replica.said_alone(ix));
        if !alone.is_empty() {
            told.push(format!("只有“{title}”填了：{}，删除后不再显示。", alone.join("；")));
        }
    }
    let why_not = desk.why_not(ledger, replica.unit_of(record), Some(slots::DELETED));
    Some(Torn {
        deleted: deleted_words(&title, left),
        title,
        lines: told,
        why_not: why_not.unwrap_or_default(),
    })
}
