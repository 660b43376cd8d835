//! One record: what it says, what is disputed, what waits, what happened to it, what belongs to it.

use std::collections::BTreeMap;

use super::entry::read;
pub use super::entry::{Rival, Source, deleted_words, dependants};
use super::format;
use super::joined::{Duplicate, LeftBehind, duplicates, joined_words, left_behind, tell_apart};
use super::portion::ROWS;
use super::show;
use crate::desk::Desk;
use crate::model::date::Instant;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, slots};
use crate::model::notice::{Notice, Severity};
use crate::model::programmes;
use crate::model::programmes::catalogue;
use crate::model::validate::validate;
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::history::Step;
use crate::replica::{Atom, ChangeIx, Record, RecordIx, Replica};

/// One field as it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Text with its unit of measure.
    pub text: String,
    /// Address-worthy target: a unit code, or a record id of the ledger named.
    pub link: Option<Link>,
    /// A phone number, masked in `text`; this is the whole.
    pub phone: Option<String>,
    /// Several different values stand beside each other.
    pub disputed: bool,
}

/// Where a fact leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A unit's page.
    Unit(String),
    /// A record's page.
    Record(String),
}

/// Values of a disputed field that are told one by one.
pub const RIVALS: usize = 20;
/// Sources of one value that are told one by one.
const SOURCES: usize = 5;
/// Saves of a history that are told when more is asked for; the oldest of a longer one are only counted.
pub const STEPS: usize = 200;

/// A disputed field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The field.
    pub slot: Slot,
    /// Its label.
    pub label: String,
    /// The distinct values, newest first; the first [`RIVALS`] of them.
    pub rivals: Vec<Rival>,
    /// How many more there are.
    pub more: usize,
}

/// Something written by an author without authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The change.
    pub change: ChangeIx,
    /// Who, and when.
    pub source: String,
    /// `群众 20 → 99`, one per field.
    pub lines: Vec<String>,
}

/// One step of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// `新增记录`, `删除` or a field's label.
    pub what: String,
    /// Before, as it read; empty if nothing.
    pub before: String,
    /// After, as it read; empty for creation.
    pub after: String,
    /// Who, and when.
    pub source: String,
    /// Stands in dispute.
    pub disputed: bool,
}

/// Records that point to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The ledger.
    pub ledger: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Id and title of each.
    pub records: Vec<(String, String)>,
}

/// The record as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordCard {
    /// Number in the replica.
    pub ix: RecordIx,
    /// Its ledger.
    pub ledger: &'static str,
    /// Title.
    pub title: String,
    /// Unit and date under the title.
    pub about: String,
    /// Filled fields in the order of the form.
    pub facts: Vec<Fact>,
    /// Disputed fields.
    pub disputes: Vec<Dispute>,
    /// What waits for acceptance.
    pub proposals: Vec<Proposal>,
    /// The record that stands for this one since they were joined: id and title.
    pub joined: Option<(String, String)>,
    /// The records that were joined into this one.
    pub duplicates: Vec<Duplicate>,
    /// What somebody who did not know of it deleted with them, or wrote to them.
    pub left_behind: Vec<LeftBehind>,
    /// Deleted; or deleted by one while another wrote.
    pub deleted: bool,
    /// Deleted by one while another wrote; stays visible.
    pub delete_disputed: bool,
    /// What is missing or wrong.
    pub notices: Vec<Notice>,
    /// Newest first: the last [`ROWS`] saves, and the first one.
    pub history: Vec<Past>,
    /// Whether [`earlier`] tells of more saves.
    pub has_earlier: bool,
    /// Records that point here.
    pub related: Vec<Related>,
    /// Fields of a newer version, name and JSON.
    pub unknown: Vec<(String, String)>,
}

/// The record with this id, in whatever ledger this version knows.
pub fn find(replica: &Replica, id: &str) -> Option<(RecordIx, &'static Ledger)> {
    let ledgers = catalogue().all().iter();
    ledgers
        .filter_map(|ledger| replica.find_ix(ledger.id, id).map(|ix| (ix, *ledger)))
        .find(|(ix, _)| {
            replica
                .record(*ix)
                .is_some_and(|r| r.is(Record::VISIBLE) || r.is(Record::PENDING))
        })
}

/// Builds the card of a record as of today.
pub fn card(desk: &Desk, ix: RecordIx) -> Option<RecordCard> {
    let (replica, today) = (desk.replica(), desk.today());
    let told = |change| source_with_file(desk, change);
    let record = replica.record(ix)?;
    let ledger = catalogue().get(replica.ledger_id(record))?;
    let catalogue = catalogue();
    let mut notices = validate(ledger, record);
    notices.extend(programmes::check(ledger, record, replica, today));
    notices.retain(|notice| notice.severity != Severity::Info);
    Some(RecordCard {
        ix,
        ledger: ledger.id,
        title: show::called(replica, catalogue, ledger, record),
        about: show::about(replica, ledger, record),
        facts: facts(replica, ledger, record),
        disputes: disputes(replica, &told, ledger, ix),
        proposals: proposals(replica, &told, ledger, record),
        joined: replica
            .record(replica.root_of(ix))
            .filter(|_| record.is(Record::JOINED))
            .map(|root| {
                let title = show::title(replica, catalogue, ledger, root);
                (root.id.to_string(), title)
            }),
        duplicates: duplicates(replica, ledger, ix),
        left_behind: left_behind(replica, &told, ledger, ix),
        deleted: record.is(Record::DELETED),
        delete_disputed: record.is(Record::DELETE_CONFLICT),
        notices,
        history: history(replica, &told, ledger, ix, ROWS),
        has_earlier: replica.wrote_to(ix).len() > ROWS,
        related: related(replica, ledger, &record.id),
        unknown: unknown(replica, record),
    })
}

/// The history of a record as far back as it is told: its last [`STEPS`] saves, and the first one.
pub fn earlier(desk: &Desk, ix: RecordIx) -> Vec<Past> {
    let replica = desk.replica();
    let ledger = replica
        .record(ix)
        .and_then(|record| catalogue().get(replica.ledger_id(record)));
    let told = |change| source_with_file(desk, change);
    ledger.map_or_else(Vec::new, |ledger| history(replica, &told, ledger, ix, STEPS))
}

fn facts(replica: &Replica, ledger: &'static Ledger, record: &Record) -> Vec<Fact> {
    let fact = |(slot, field): (Slot, &'static Field)| {
        let value = record.cell(slot);
        let disputed = record.disputed(slot);
        if value.is_blank() && !disputed {
            return None;
        }
        let text = value.as_str().unwrap_or("").to_owned();
        Some(Fact {
            label: field.label.to_owned(),
            text: read(replica, field, value),
            link: match field.kind {
                Kind::Unit => Some(Link::Unit(text.clone())),
                Kind::Ref => Some(Link::Record(text.clone())),
                _ => None,
            },
            phone: (field.kind == Kind::Phone).then_some(text),
            disputed,
        })
    };
    ledger.slots().filter_map(fact).collect()
}

/// Who wrote a change, and when in local time: `党建办 · 2022-02-14 09:12`.
pub fn source(replica: &Replica, change: ChangeIx) -> String {
    let tag = replica.tag_of(change);
    let who = replica.device(tag).map(|d| match &*d.label {
        "" => "未署名".to_owned(),
        label => label.to_owned(),
    });
    let (day, hour, minute) = replica.head(change).at.office();
    format!(
        "{} · {day} {hour:02}:{minute:02}",
        who.unwrap_or_else(|| format!("设备 {tag}"))
    )
}

/// [`source`], and the file if it came in with one: its name, who exported it and when.
pub fn source_with_file(desk: &Desk, change: ChangeIx) -> String {
    let replica = desk.replica();
    let mut text = source(replica, change);
    if let Some(file) = desk.origin(&replica.change_id(change)) {
        text.push_str(&format!("，来自 {}", file.name));
        let who = replica.device(&file.by).map_or("", |device| &*device.label);
        if let Some(at) = Instant::parse(&file.at) {
            text.push_str(&format!(
                "（{who}{}{} 导出）",
                if who.is_empty() { "" } else { " " },
                at.office().0
            ));
        }
    }
    text
}

/// The change that a disputed value comes from. A decision that was taken back wrote all values anew: then it is the
/// change that wrote the value before. Nothing else lets one page load write two values that do not know of each other.
fn written_first(replica: &Replica, record: &Record, atom: &Atom) -> ChangeIx {
    let loaded = |change: ChangeIx| replica.change_id(change).actor;
    let actor = loaded(atom.change);
    if record
        .heads(atom.slot)
        .filter(|head| loaded(head.change) == actor)
        .count()
        < 2
    {
        return atom.change;
    }
    let same = record.slot(atom.slot).iter().filter(|other| other.value == atom.value);
    let first = same
        .map(|other| other.change)
        .min_by(|a, b| replica.display_order(*a, *b));
    first.unwrap_or(atom.change)
}

/// The disputed fields of a record.
pub fn disputes(replica: &Replica, told: Source<'_>, ledger: &'static Ledger, ix: RecordIx) -> Vec<Dispute> {
    let Some(record) = replica.record(ix) else {
        return Vec::new();
    };
    let slots = replica.open_slots(ix).into_iter();
    let dispute = |slot: Slot| {
        let mut heads: Vec<&Atom> = record.heads(slot).collect();
        heads.arrange_by(|a, b| replica.display_order(b.change, a.change));
        let mut wrote: BTreeMap<&Value, Vec<&Atom>> = BTreeMap::new();
        let mut order: Vec<&Value> = Vec::new();
        for atom in heads {
            let atoms = wrote.entry(&atom.value).or_default();
            if atoms.is_empty() {
                order.push(&atom.value);
            }
            atoms.push(atom);
        }
        let more = order.len().saturating_sub(RIVALS);
        order.truncate(RIVALS);
        let rival = |value: &Value| Rival {
            text: match ledger.field_at(slot) {
                Some(field) => read(replica, field, value),
                None if slot == slots::ALIAS => joined_words(replica, ledger, value),
                None => plain(value),
            },
            value: value.clone(),
            source: sources(wrote.get(value).map_or(&[], Vec::as_slice), |atom| {
                told(written_first(replica, record, atom))
            }),
        };
        let label = match ledger.field_at(slot) {
            Some(field) => field.label,
            None if slot == slots::ALIAS => "并为一条",
            None => replica.slot_name(record, slot),
        };
        let mut rivals: Vec<Rival> = order.into_iter().map(rival).collect();
        if slot == slots::ALIAS {
            tell_apart(&mut rivals);
        }
        Dispute {
            slot,
            label: label.to_owned(),
            rivals,
            more,
        }
    };
    slots.map(dispute).collect()
}

/// What a judgement of entries that waited says: those that it adds are accepted, or rejected where they begin with `!`.
fn judged(step: &Step) -> &'static str {
    let before = step.before.items();
    let mut new = step.after.items().iter().filter(|id| !before.contains(id));
    match new.next() {
        Some(first) if first.starts_with('!') && new.all(|id| id.starts_with('!')) => "退回待定的修改",
        Some(_) => "确认待定的修改",
        None => "取消对待定修改的决定",
    }
}

/// Who wrote a value, the newest first.
fn sources(atoms: &[&Atom], told: impl Fn(&Atom) -> String) -> String {
    let mut parts: Vec<String> = atoms.iter().take(SOURCES).map(|atom| told(atom)).collect();
    match atoms.len().saturating_sub(SOURCES) {
        0 => {}
        more => parts.push(format!("另 {more} 处")),
    }
    parts.join("；")
}

fn plain(value: &Value) -> String {
    let mut json = String::new();
    value.write_json(&mut json);
    json
}

/// What waits for acceptance in a record, oldest first.
pub fn proposals(replica: &Replica, told: Source<'_>, ledger: &'static Ledger, record: &Record) -> Vec<Proposal> {
    let waits = |a: &&Atom| a.is(Atom::PENDING);
    let mut atoms: Vec<&Atom> = record.atoms.iter().filter(waits).collect();
    atoms.arrange_by(|a, b| replica.display_order(a.change, b.change));
    let line = |atom: &Atom| match ledger.field_at(atom.slot) {
        Some(field) => {
            let before = record.cell(atom.slot);
            let after = read(replica, field, &atom.value);
            if before.is_blank() {
                format!("{} {after}", field.label)
            } else {
                format!("{} {} → {after}", field.label, read(replica, field, before))
            }
        }
        None => match (atom.slot, atom.value.is_blank()) {
            (slots::DELETED, false) => "删除这条记录".to_owned(),
            (slots::DELETED, true) => "恢复这条记录".to_owned(),
            (slots::ALIAS, true) => "不再并入别的记录".to_owned(),
            (slots::ALIAS, false) => joined_words(replica, ledger, &atom.value),
            (slots::ACCEPTED, _) => "确认或退回待定的修改".to_owned(),
            (slots::SEEN, _) => "核对另填的内容".to_owned(),
            _ => format!(
                "新版本的字段 {} {}",
                replica.slot_name(record, atom.slot),
                plain(&atom.value)
            ),
        },
    };
    let proposal = |atoms: &[&Atom]| Proposal {
        change: atoms[0].change,
        source: told(atoms[0].change),
        lines: (atoms.iter().copied())
            .filter(|atom| atom.slot != slots::SEEN || atoms.len() == 1)
            .map(line)
            .collect(),
    };
    atoms.chunk_by(|a, b| a.change == b.change).map(proposal).collect()
}

fn history(replica: &Replica, told: Source<'_>, ledger: &'static Ledger, ix: RecordIx, most: usize) -> Vec<Past> {
    let mut out = Vec::new();
    let changes = replica.wrote_to(ix);
    let left = changes.len().saturating_sub(most);
    let told_of = changes
        .iter()
        .enumerate()
        .filter(|(place, _)| !(1..=left).contains(place));
    for (place, event) in told_of.filter_map(|(place, &change)| Some((place, replica.event(ix, change)?))) {
        let source = told(event.change);
        let content = |slot: Slot| slot == slots::UNIT || slot >= slots::FIRST;
        if place == 0 && event.steps.iter().any(|s| content(s.slot)) {
            out.push(Past {
                what: "新增记录".to_owned(),
                source,
                ..Past::blank()
            });
            continue;
        }
        for step in &event.steps {
            let show = |value: &Value| match ledger.field_at(step.slot) {
                Some(field) => read(replica, field, value),
                None => plain(value),
            };
            let (what, before, after) = match step.slot {
                slots::DELETED if step.after.is_blank() => ("从回收站恢复".to_owned(), String::new(), String::new()),
                slots::DELETED => ("删除".to_owned(), String::new(), String::new()),
                slots::ALIAS if step.after.is_blank() => ("取消合并重复".to_owned(), String::new(), String::new()),
                slots::ALIAS => {
                    let into = joined_words(replica, ledger, &step.after);
                    (format!("作为重复记录{into}"), String::new(), String::new())
                }
                slots::SEEN if event.steps.len() > 1 => continue,
                slots::SEEN => ("核对另填的内容".to_owned(), String::new(), String::new()),
                slots::ACCEPTED => (judged(step).to_owned(), String::new(), String::new()),
                slot => {
                    let label = ledger.field_at(slot).map_or("新版本的字段", |f| f.label);
                    (label.to_owned(), show(&step.before), show(&step.after))
                }
            };
            let mark = match (step.pending, step.rejected) {
                (true, _) => "（待确认）",
                (_, true) => "（已退回）",
                _ => "",
            };
            let what = format!("{what}{mark}");
            out.push(Past {
                what,
                before,
                after,
                source: source.clone(),
                disputed: step.disputed && step.slot != slots::SEEN,
            });
        }
    }
    if left > 0 {
        out.insert(
            1.min(out.len()),
            Past {
                what: format!("此前还有 {left} 次修改，没有列出"),
                ..Past::blank()
            },
        );
    }
    out.reverse();
    out
}

impl Past {
    fn blank() -> Past {
        Past {
            what: String::new(),
            before: String::new(),
            after: String::new(),
            source: String::new(),
            disputed: false,
        }
    }
}

fn related(replica: &Replica, ledger: &'static Ledger, id: &str) -> Vec<Related> {
    let mut out = Vec::new();
    for other in catalogue().all() {
        let points: Vec<Slot> = other
            .slots()
            .filter(|(_, f)| matches!(f.kind, Kind::Ref | Kind::Refs) && f.target == ledger.id)
            .map(|(slot, _)| slot)
            .collect();
        if points.is_empty() {
            continue;
        }
        let names = |record: &Record| {
            points.iter().any(|&slot| match record.cell(slot) {
                Value::Text(target) => **target == *id,
                Value::List(targets) => targets.iter().any(|t| **t == *id),
                _ => false,
            })
        };
        let found = super::list::live_records(replica, other)
            .into_iter()
            .filter(|(_, r)| names(r));
        let titled = found.map(|(_, r)| (r.id.to_string(), show::title(replica, catalogue(), other, r)));
        let records: Vec<(String, String)> = titled.collect();
        if !records.is_empty() {
            out.push(Related {
                ledger: other.id,
                label: other.label,
                records,
            });
        }
    }
    out
}

fn unknown(replica: &Replica, record: &Record) -> Vec<(String, String)> {
    let foreign = record.written().filter(|&s| s >= slots::UNKNOWN);
    foreign
        .map(|slot| (replica.slot_name(record, slot).to_owned(), plain(record.cell(slot))))
        .collect()
}

/// `--` for what is blank; used where a record is compared field by field.
pub fn or_unknown(text: &str) -> &str {
    if text.is_empty() { format::UNKNOWN } else { text }
}
