//! What a merge leaves for people to decide: values that differ, entries that wait, records that look alike.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::joined::{Denied, LeftBehind, denied, left_behind, torn_in_short};
use super::record::{Dispute, Proposal, Source, disputes, proposals};
use super::show;
use crate::desk::Desk;
use crate::model::ledger::{Cells, Ledger, Role, Slot, TypedRow};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{Setting, Town};
use crate::model::records::{Draft, Records};
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::{Atom, Record, RecordIx, Replica};

/// Twins named in a sentence.
const TOLD: usize = 8;

/// A record with something to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Number in the replica.
    pub ix: RecordIx,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Ledger, unit and date.
    pub about: String,
    /// Unit code; empty if none.
    pub unit: String,
    /// Fields with several values.
    pub disputes: Vec<Dispute>,
    /// What waits for acceptance.
    pub proposals: Vec<Proposal>,
    /// What somebody who did not know of it deleted with the records joined into this one, or wrote to them.
    pub left_behind: Vec<LeftBehind>,
    /// That it was joined with one it was said not to be the same as.
    pub denied: Vec<Denied>,
    /// Deleted by one while another wrote: what is said of it.
    pub torn: Option<String>,
}

/// Two records that name the same real thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The earlier one, which is kept when they are joined.
    pub keep: RecordIx,
    /// The other.
    pub other: RecordIx,
    /// Title of both.
    pub title: String,
    /// Ledger, unit and date.
    pub about: String,
    /// Id of each.
    pub ids: [String; 2],
    /// Label and both values of the fields that differ.
    pub differing: Vec<(String, String, String)>,
}

/// How values that differ are settled all at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The latest entry.
    Newest,
    /// What the town office wrote.
    Town,
    /// What the village wrote.
    Unit,
}

impl Rule {
    /// All rules.
    pub const ALL: [Rule; 3] = [Rule::Newest, Rule::Town, Rule::Unit];

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Rule::Newest => "按最新填写",
            Rule::Town => "按镇里填写",
            Rule::Unit => "按村（社区）填写",
        }
    }
}

/// What is still open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Records with values that differ, deleted by one and written by another, or whose duplicate was deleted or written
    /// to by somebody who did not know of it.
    pub disputed: usize,
    /// Records with entries that wait.
    pub pending: usize,
    /// Pairs of records that may be the same.
    pub alike: usize,
}

impl Open {
    /// All that waits.
    pub fn all(self) -> usize {
        self.disputed + self.pending + self.alike
    }
}

fn counts(record: &Record) -> bool {
    record.is_live() || record.is(Record::PENDING)
}

/// `3 条填得不同、1 对可能重复`: what waits, for the first row of what needs a hand; nothing where nothing does.
pub fn open_words(open: Open) -> Option<String> {
    let counts = [
        (open.disputed, "条填得不同"),
        (open.pending, "条待确认"),
        (open.alike, "对可能重复"),
    ];
    let some = counts.iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = some.map(|(count, word)| format!("{count} {word}")).collect();
    (!words.is_empty()).then(|| words.join("、"))
}

/// How many records are open; counted for the navigation after every change.
pub fn open(replica: &Replica) -> Open {
    open_of(replica, None)
}

/// How many are open of one unit, if given.
pub fn open_of(replica: &Replica, unit: Option<&str>) -> Open {
    let of = |record: &Record| unit.is_none_or(|unit| replica.unit_of(record) == unit);
    let mut out = Open::default();
    for (ix, record) in replica.all_records().filter(|(_, record)| of(record)) {
        out.disputed += usize::from(replica.is_open(ix));
        out.pending += usize::from(counts(record) && record.is(Record::PENDING));
    }
    let alike = pairs(replica).into_iter();
    out.alike = alike.filter(|(one, _)| replica.record(*one).is_some_and(of)).count();
    out
}

/// The records with something to decide, by unit; of one unit if given.
pub fn items(replica: &Replica, unit: Option<&str>) -> Vec<RecordIx> {
    let open = replica.all_records().filter(|(ix, record)| {
        (replica.is_open(*ix) || (counts(record) && record.is(Record::PENDING)))
            && catalogue().get(replica.ledger_id(record)).is_some()
            && unit.is_none_or(|unit| replica.unit_of(record) == unit)
    });
    let mut all: Vec<(&str, u32, &str, RecordIx)> = open
        .map(|(ix, record)| (replica.unit_of(record), record.ledger, &*record.id, ix))
        .collect();
    all.arrange();
    all.into_iter().map(|(_, _, _, ix)| ix).collect()
}

/// One of them as it reads; `told` says where each entry comes from.
pub fn item(replica: &Replica, told: Source<'_>, ix: RecordIx) -> Option<Item> {
    let record = replica.record(ix)?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    Some(Item {
        ix,
        id: record.id.to_string(),
        title: show::title(replica, catalogue(), ledger, record),
        about: place(replica, ledger, record),
        unit: replica.unit_of(record).to_owned(),
        disputes: if record.is_kept() {
            disputes(replica, told, ledger, ix)
        } else {
            Vec::new()
        },
        proposals: proposals(replica, told, ledger, record),
        left_behind: left_behind(replica, told, ledger, ix),
        denied: denied(replica, told, ledger, ix),
        torn: torn_in_short(replica, told, record),
    })
}

fn place(replica: &Replica, ledger: &'static Ledger, record: &Record) -> String {
    match show::about(replica, ledger, record) {
        about if about.is_empty() => ledger.label.to_owned(),
        about => format!("{} · {about}", ledger.label),
    }
}

/// Units with something to decide, code and count, most first.
pub fn units(replica: &Replica, items: &[RecordIx]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in items.iter().filter_map(|&ix| replica.record(ix)) {
        *counts.entry(replica.unit_of(record)).or_default() += 1;
    }
    let mut out: Vec<(String, usize)> = Vec::new();
    for (unit, count) in counts {
        out.push((unit.to_owned(), count));
    }
    out.arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}

/// The values that a rule picks for the disputed fields of some records. Fields where the rule has no say, because
/// nobody of that role wrote or they wrote different things, are left open; so are those the person may not write.
pub fn by_rule(desk: &Desk, items: &[RecordIx], rule: Rule) -> Vec<(RecordIx, Slot, Value)> {
    let replica = desk.replica();
    let mut out = Vec::new();
    for &ix in items {
        let Some(record) = replica.record(ix).filter(|record| record.is_kept()) else {
            continue;
        };
        let Some(ledger) = catalogue().get(replica.ledger_id(record)) else {
            continue;
        };
        let unit = replica.unit_of(record);
        for slot in replica.open_slots(ix) {
            if desk.why_not(ledger, unit, Some(slot)).is_none()
                && let Some(value) = pick(replica, record, slot, rule)
            {
                out.push((ix, slot, value));
            }
        }
    }
    out
}

fn pick(replica: &Replica, record: &Record, slot: Slot, rule: Rule) -> Option<Value> {
    let fits = |atom: &&Atom| match (
        rule,
        replica.device(replica.tag_of(atom.change)).map(|device| device.role),
    ) {
        (Rule::Newest, _) => true,
        (Rule::Town, role) => role == Some(Role::Town),
        (Rule::Unit, role) => role == Some(Role::Unit),
    };
    let mut heads: Vec<&Atom> = record.heads(slot).filter(fits).collect();
    heads.arrange_by(|a, b| replica.display_order(b.change, a.change));
    let first = heads.first()?;
    let alone = rule == Rule::Newest || heads.iter().all(|head| head.value == first.value);
    alone.then(|| first.value.clone())
}

/// Pairs of records of one ledger with the same natural key, all of it filled in; of the town, any two. The one that is
/// kept when they are joined, then the other.
pub fn pairs(replica: &Replica) -> Vec<(RecordIx, RecordIx)> {
    let mut out = Vec::new();
    let named = |ledger: &&&Ledger| !ledger.key.is_empty() || ledger.id == Town::LEDGER.id;
    for ledger in catalogue().all().iter().filter(named) {
        let live: Vec<RecordIx> = (replica.records_of(ledger.id).iter().copied())
            .filter(|&ix| replica.record(ix).is_some_and(Record::is_live))
            .collect();
        if live.len() < 2 {
            continue;
        }
        let slots: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        let mut keyed: Vec<(Vec<&Value>, RecordIx)> = Vec::with_capacity(live.len());
        keyed.extend(
            live.into_iter()
                .filter_map(|ix| Some((natural_key(replica.record(ix)?, &slots)?, ix))),
        );
        keyed.arrange();
        for same in keyed.chunk_by_mut(|a, b| a.0 == b.0) {
            // Records are numbered as they come in, which differs by device and start.
            if same.len() > 1 {
                same.arrange_by(|a, b| by_age(replica, a.1, b.1));
            }
            for (at, (_, other)) in same.iter().enumerate() {
                let alike = same[..at].iter().find(|(_, keep)| !replica.are_distinct(*keep, *other));
                out.extend(alike.map(|(_, keep)| (*keep, *other)));
            }
        }
    }
    out
}

/// The record that was first written earlier comes first.
fn by_age(replica: &Replica, a: RecordIx, b: RecordIx) -> Ordering {
    let born = |ix| {
        let atoms = replica.record(ix).map_or(&[][..], |record| &record.atoms);
        let changes = atoms.iter().map(|atom| atom.change);
        changes.min_by(|a, b| replica.display_order(*a, *b))
    };
    match (born(a), born(b)) {
        (Some(a), Some(b)) => replica.display_order(a, b),
        _ => Ordering::Equal,
    }
}

/// What is saved of two records that look alike and are not the same; they are offered for joining no more.
pub fn distinct(replica: &Replica, one: RecordIx, other: RecordIx) -> Option<Draft> {
    let draft = Setting::draft(replica.distinct_id(one, other)?);
    Some(draft.label("不是同一条").value("true").into_draft())
}

/// What the pairs are, with their ledger: `片区：寺前片区`.
pub fn twins(replica: &Replica) -> Vec<String> {
    let told = |(_, other): (RecordIx, RecordIx)| {
        let record = replica.record(other)?;
        let ledger = catalogue().get(replica.ledger_id(record))?;
        let title = show::title(replica, catalogue(), ledger, record);
        Some(format!("{}：{title}", ledger.label))
    };
    pairs(replica).into_iter().filter_map(told).collect()
}

/// Those of the [`twins`] that a merge brings.
pub fn new_twins(before: &Replica, after: &Replica) -> Vec<String> {
    let mut known = twins(before);
    let mut out = twins(after);
    out.retain(|twin| match known.iter().position(|old| old == twin) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    });
    out
}

/// The records that would stand twice with `after` in place of `before`: those of one natural key, and without one
/// those that say all the same. Such come of a table that was imported, withdrawn, imported again and brought back.
pub fn doubled(before: &Replica, after: &Replica) -> Vec<String> {
    let mut out = new_twins(before, after);
    for ledger in catalogue().all().iter().filter(|ledger| !ledger.system) {
        let slots: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        let has_no_key = |record: &&Record| slots.is_empty() || natural_key(record, &slots).is_none();
        let known: BTreeSet<String> = live(before, ledger)
            .filter(has_no_key)
            .map(|record| saying(ledger, record))
            .collect();
        let is_new = |record: &&Record| Records::find(before, ledger.schema, &record.id).is_none();
        let twice = live(after, ledger).filter(has_no_key).filter(is_new);
        let twice = twice.filter(|record| known.contains(&saying(ledger, record)));
        out.extend(
            twice.map(|record| format!("{}：{}", ledger.label, show::title(after, catalogue(), ledger, record))),
        );
    }
    out
}

fn live<'a>(replica: &'a Replica, ledger: &'static Ledger) -> impl Iterator<Item = &'a Record> {
    let all = replica
        .records_of(ledger.id)
        .iter()
        .filter_map(|ix| replica.record(*ix));
    all.filter(|record| record.is_live())
}

/// Everything that a record says.
fn saying(ledger: &'static Ledger, record: &Record) -> String {
    let mut out = String::new();
    for (slot, _) in ledger.slots() {
        record.cell(slot).write_json(&mut out);
        out.push('\n');
    }
    out
}

/// What is asked before records would stand twice.
pub fn asks_twice(doubled: &[String]) -> String {
    let first: Vec<&str> = doubled.iter().take(TOLD).map(String::as_str).collect();
    let more = if doubled.len() > TOLD { " 等" } else { "" };
    format!(
        "恢复以后，{} 条记录会和后来登记的重复：{}{more}。同一张表已经再导入过的，不用恢复",
        doubled.len(),
        first.join("、")
    )
}

/// The first of some twins in a sentence, with how many more there are.
pub fn told(twins: &[String]) -> String {
    let first: Vec<&str> = twins.iter().take(TOLD).map(String::as_str).collect();
    let more = match twins.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!("等 {} 对，还有 {more} 对没有列出", twins.len()),
    };
    format!("可能是同一个：{}{more}", first.join("、"))
}

fn natural_key<'a>(record: &'a Record, slots: &[Slot]) -> Option<Vec<&'a Value>> {
    let values = slots.iter().map(|&slot| record.cell(slot));
    values.map(|value| (!value.is_blank()).then_some(value)).collect()
}

/// Two records side by side.
pub fn pair(replica: &Replica, keep: RecordIx, other: RecordIx) -> Option<Pair> {
    let (one, two) = (replica.record(keep)?, replica.record(other)?);
    let ledger = catalogue().get(replica.ledger_id(one))?;
    let read = |record: &Record, slot: Slot| {
        let field = ledger.field_at(slot)?;
        Some(show::value(replica, catalogue(), field, record.cell(slot)))
    };
    let differing = ledger.slots().filter(|(slot, _)| one.cell(*slot) != two.cell(*slot));
    let differing =
        differing.filter_map(|(slot, field)| Some((field.label.to_owned(), read(one, slot)?, read(two, slot)?)));
    Some(Pair {
        keep,
        other,
        title: show::title(replica, catalogue(), ledger, one),
        about: place(replica, ledger, one),
        ids: [one.id.to_string(), two.id.to_string()],
        differing: differing.collect(),
    })
}
