//! A form that came back from a unit as the report of that unit: one change by the unit's spreadsheet, which is merged,
//! asked about and withdrawn like any report.
//!
//! Who fills in a spreadsheet has no device of the page. The change is written under a tag of the unit, so that history,
//! authority and what is open read as they do for a report that the unit itself sent.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use office::book::{Book, Table};

use super::forms::{BY, asked, fields_of_unit};
use super::issued::{DIRECTIONS, Issued, RECORD};
use super::layout::{Layout, layout, text_of};
use super::mapping::guess;
use super::names::referred_first;
use super::plan::{Asked, Fate, Ground, IssuedRows, Job, Plan, line_of, plan_in_turns};
use crate::exchange::{Content, Header, Purpose, Scope};
use crate::model::date::{Day, Instant};
use crate::model::ledger::{Ledger, Role, Slot, TypedRow as _, slots};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{Device, Dispatch, Submission, Unit};
use crate::model::records::{Draft, Records as _};
use crate::model::value::Value;
use crate::replica::change::is_tag;
use crate::replica::{Change, ChangeId, Record, Replica, Stamp, Write};
use crate::turns::Turns;
use crate::view::cells::one_line;

/// Most rows that are named one by one.
const MOST_NAMED: usize = 20;

/// How a form comes in.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// A new actor, drawn for this form alone.
    pub actor: String,
    /// Now.
    pub at: Instant,
    /// Today.
    pub today: Day,
    /// Checksum of the file in hexadecimal: the same rows of the same file are the same records wherever it is taken in.
    pub sha256: String,
}

/// A form, read.
pub struct Returned {
    /// What it brings, as a report of its unit.
    pub content: Box<Content>,
    /// Rows that could not be taken, and sheets that are missing.
    pub remarks: Vec<Notice>,
}

/// Reads a workbook as the report of its unit.
///
/// # Errors
/// It is no form that was given out, one of a later version, or of a unit that is not here.
pub async fn report(replica: &Replica, book: &Book, arrival: &Arrival, turns: Turns<'_>) -> Result<Returned, Notice> {
    let issued = read(book)?;
    if replica.find(Unit::SCHEMA, &issued.unit).is_none() {
        let what = format!("这份填报表是代码 {} 的，本机没有这个村（社区）", issued.unit);
        let todo = "请核对文件是否发错；是本镇的，先合并有这个村（社区）的文件";
        return Err(Notice::error("", what, todo));
    }
    let mut taking = Taking {
        issued: &issued,
        arrival,
        here: Cow::Borrowed(replica),
        sheets: Sheets::of(book),
        writes: Vec::new(),
        is_known: false,
        made: 0,
        filled: 0,
        remarks: Vec::new(),
    };
    taking.is_known = replica.find_ix(Submission::LEDGER.id, &taking.id(0)).is_some();
    let asked = ledgers(replica, &issued);
    let of_order = referred_first(catalogue());
    for ledger in of_order.into_iter().filter(|ledger| asked.contains(ledger.id)) {
        taking.take(ledger, turns).await;
    }
    let by = taking.sheets.by.clone();
    taking.hand_in(asked.0.len(), &by);
    let change = taking.compose(replica);
    let header = Header {
        town: issued.town.clone(),
        purpose: Purpose::Report,
        scope: Scope::units([issued.unit.as_str()]),
        exported_by: tag(&issued.unit),
        exported_at: arrival.at,
    };
    let remarks = taking.remarks;
    Ok(Returned {
        content: Box::new(Content {
            header,
            changes: change.into_iter().collect(),
            sha256: arrival.sha256.clone(),
        }),
        remarks,
    })
}

fn read(book: &Book) -> Result<Issued, Notice> {
    if let Some(issued) = Issued::read(book) {
        return Ok(issued);
    }
    Err(match Issued::is_in(book) {
        true => Notice::error(
            "",
            "这份填报表是更新的版本发出的，或已经损坏",
            "请刷新本页更新版本，或请对方重发",
        ),
        false => Notice::error("", "这是一般的表格，不是本系统发出的填报表", "请在“从表格导入”里选择它"),
    })
}

/// Ids of the ledgers that a form asks for.
struct AskedIds(Vec<&'static str>);

impl AskedIds {
    fn contains(&self, id: &str) -> bool {
        self.0.contains(&id)
    }
}

/// The ledgers of the form; where it does not name them, those of the task.
fn ledgers(replica: &Replica, issued: &Issued) -> AskedIds {
    let named = issued.ledgers.iter().filter_map(|id| catalogue().get(id));
    let mut all: Vec<&'static str> = named.map(|ledger| ledger.id).collect();
    if all.is_empty()
        && let Some(task) = replica.find(Dispatch::SCHEMA, &issued.task)
    {
        all = asked(&Dispatch::of(task)).iter().map(|ledger| ledger.id).collect();
    }
    AskedIds(all)
}

/// The tag under which a unit's spreadsheets write.
fn tag(unit: &str) -> String {
    let tag = format!("xl-{unit}");
    match is_tag(&tag) {
        true => tag,
        false => {
            let plain = unit.chars().filter(char::is_ascii_alphanumeric).take(24);
            format!("xl-{}", plain.collect::<String>())
        }
    }
}

/// Whether spreadsheets of a unit wrote a cell, other than by these changes.
fn wrote(replica: &Replica, record: &Record, slot: Slot, unit: &str, seen: &[ChangeId]) -> bool {
    let own = tag(unit);
    record.slot(slot).iter().any(|atom| {
        let change = replica.change_id(atom.change);
        replica.tag_of(atom.change) == own && !seen.contains(&change)
    })
}

/// The sheets of a form by the ledger that they are marked with.
struct Sheets<'a> {
    tables: BTreeMap<String, (&'a Table, Layout)>,
    /// Who filled it in, as the directions say; empty: nobody said.
    by: String,
}

impl<'a> Sheets<'a> {
    fn of(book: &'a Book) -> Sheets<'a> {
        let mut sheets = Sheets {
            tables: BTreeMap::new(),
            by: String::new(),
        };
        for table in &book.sheets {
            let layout = layout(table, &|_| false, None);
            let marks: Vec<&(String, String)> = layout.columns.iter().filter_map(|c| c.mark.as_ref()).collect();
            if marks.iter().any(|(_, field)| field == DIRECTIONS) {
                sheets.by = told(table, BY);
            } else if let Some((ledger, _)) = marks.iter().find(|(_, field)| field == RECORD) {
                sheets.tables.entry(ledger.clone()).or_insert((table, layout));
            }
        }
        sheets
    }
}

/// What stands behind a label.
fn told(table: &Table, label: &str) -> String {
    let row = table
        .rows
        .iter()
        .find(|row| row.cells.first().is_some_and(|cell| one_line(text_of(cell)) == label));
    let cell = row.and_then(|row| row.cells.get(1));
    cell.map_or_else(String::new, |cell| one_line(text_of(cell)))
}

/// A form being taken in.
struct Taking<'a> {
    issued: &'a Issued,
    arrival: &'a Arrival,
    /// The records as they will be, as far as later sheets name them.
    here: Cow<'a, Replica>,
    sheets: Sheets<'a>,
    writes: Vec<Write>,
    /// This very file was taken in before.
    is_known: bool,
    /// New records so far.
    made: usize,
    /// Ledgers with at least one record.
    filled: usize,
    remarks: Vec<Notice>,
}

impl Taking<'_> {
    async fn take(&mut self, ledger: &'static Ledger, turns: Turns<'_>) {
        let Some((table, layout)) = self.sheets.tables.remove(ledger.id) else {
            let what = format!("没有“{}”这张表", ledger.label);
            self.remarks
                .push(Notice::warning("sheet", what, "这本台账没有收，需要时请对方补发"));
            return;
        };
        let job = self.job(ledger, &layout);
        let plan = {
            let ground = Ground {
                records: &*self.here,
                catalogue: catalogue(),
                today: self.arrival.today,
                why_not: &|_| None,
            };
            plan_in_turns(&ground, table, &layout, &job, turns).await
        };
        let stands = |fate: &Fate| !matches!(fate, Fate::Wrong(_) | Fate::Waits | Fate::LeftOut);
        self.filled += usize::from(plan.rows.iter().any(|row| stands(&row.fate)));
        self.tell(ledger, &plan);
        let drafts: Vec<Draft> = plan.drafts().into_iter().map(|draft| self.named(draft)).collect();
        let writes: Vec<Write> = drafts.iter().map(|draft| Write::of(draft, "")).collect();
        // Later sheets may name who came in with this one.
        if !writes.is_empty() {
            let stamp = self.stamp(u32::try_from(self.writes.len()).unwrap_or(u32::MAX).saturating_add(2));
            let ahead = self.here.compose_each(stamp, &writes).0;
            self.here.to_mut().merge_all(ahead);
        }
        self.writes.extend(writes);
    }

    /// How the rows of a ledger are read.
    fn job(&self, ledger: &'static Ledger, layout: &Layout) -> Job {
        let column = layout.columns.iter().find(|column| {
            let mark = column.mark.as_ref();
            mark.is_some_and(|(_, field)| field == RECORD)
        });
        let asks = fields_of_unit(ledger);
        let of_ledger = self.issued.cells.iter().filter(|((of, _), _)| of == ledger.id);
        let rows = of_ledger.map(|((_, record), fields)| {
            let told = fields
                .iter()
                .filter_map(|(name, cell)| Some((ledger.slot(name)?, cell.text.clone())));
            (record.clone(), told.collect::<BTreeMap<Slot, String>>())
        });
        let mut mapped = guess(ledger, layout, &[]);
        mapped.retain(|entry| {
            entry
                .slot
                .is_none_or(|slot| asks.iter().any(|(known, _)| *known == slot))
        });
        // A person who hides or filters in his own form means to take nothing away.
        let hidden = layout.columns.iter().filter(|column| column.hidden);
        let answers = hidden.map(|column| (Asked::HiddenColumn(column.at), "yes".to_owned()));
        let answers = answers.chain([(Asked::HiddenRows, "yes".to_owned())]).collect();
        let has_unit = ledger.field_at(slots::UNIT).is_some();
        let fixed = has_unit.then(|| (slots::UNIT, Value::text(self.issued.unit.as_str())));
        Job {
            ledger,
            mapped,
            fixed: fixed.into_iter().collect(),
            answers,
            issued: Some(IssuedRows {
                column: column.map_or(usize::MAX, |column| column.at),
                rows: rows.collect(),
                rewritten: self.rewritten(ledger),
            }),
        }
    }

    /// The cells of a ledger that earlier forms of the unit wrote after this one was given out. Of a file that was taken in
    /// before there are none: what it says was said then.
    fn rewritten(&self, ledger: &'static Ledger) -> BTreeSet<(String, Slot)> {
        let of_ledger = self
            .issued
            .cells
            .iter()
            .filter(|((of, _), _)| of == ledger.id && !self.is_known);
        let mut out = BTreeSet::new();
        for ((_, id), fields) in of_ledger {
            let record = self.here.find_ix(ledger.id, id).and_then(|ix| self.here.record(ix));
            for (slot, field) in ledger.slots() {
                let seen = fields.get(field.name).map_or(&[][..], |cell| cell.seen.as_slice());
                if record.is_some_and(|record| wrote(&self.here, record, slot, &self.issued.unit, seen)) {
                    out.insert((id.clone(), slot));
                }
            }
        }
        out
    }

    /// A draft with the id of its record.
    fn named(&mut self, mut draft: Draft) -> Draft {
        if draft.id.is_empty() {
            self.made += 1;
            draft.id = self.id(self.made);
        }
        draft
    }

    /// The id of a record that the form makes.
    fn id(&self, number: usize) -> String {
        let sha256 = self.arrival.sha256.get(..16).unwrap_or(&self.arrival.sha256);
        format!("x{sha256}.{number}")
    }

    /// Says which rows were not taken.
    fn tell(&mut self, ledger: &Ledger, plan: &Plan) {
        let mut lines: Vec<String> = Vec::new();
        for row in &plan.rows {
            match &row.fate {
                Fate::Wrong(problems) => {
                    lines.extend(problems.iter().map(|problem| line_of(None, row.number, problem)));
                }
                Fate::Waits => {
                    let asked = plan.open_questions(row.number);
                    let asked: Vec<String> = asked.iter().map(|question| question.with_answers()).collect();
                    lines.push(format!("第 {} 行：{}", row.number, asked.join("；")));
                }
                _ => {}
            }
        }
        let more = lines.len().saturating_sub(MOST_NAMED);
        lines.truncate(MOST_NAMED);
        for line in lines {
            let what = format!("{} {line}", ledger.label);
            self.remarks
                .push(Notice::warning("row", what, "这一行没有收下，改正后再收一次即可"));
        }
        if more > 0 {
            let what = format!("{}还有 {more} 处同样的问题", ledger.label);
            self.remarks.push(Notice::warning("row", what, "请先改正上面这些"));
        }
        if !plan.emptied.is_empty() {
            let rows: Vec<String> = plan.emptied.iter().map(u32::to_string).collect();
            let what = format!("{}第 {} 行被清空，原来的记录没有动", ledger.label, rows.join("、"));
            self.remarks
                .push(Notice::warning("row", what, "确实要删的，请在页面里删除"));
        }
    }

    /// Writes that the unit reports, and who it is that writes.
    fn hand_in(&mut self, asked: usize, by: &str) {
        let id = self.id(0);
        // The same file was taken in before: it is one report.
        if self.here.find_ix(Submission::LEDGER.id, &id).is_none() {
            let count = |n: usize| i64::try_from(n).unwrap_or(0);
            let draft = Submission::draft(id)
                .unit(self.issued.unit.as_str())
                .task(self.issued.task.as_str())
                .date(self.arrival.today)
                .by(Some(by).filter(|by| !by.is_empty()))
                .filled(count(self.filled))
                .asked(count(asked));
            self.writes.push(Write::of(&draft.into_draft(), ""));
        }
        let tag = tag(&self.issued.unit);
        if self.here.find_ix(Device::SCHEMA.id, &tag).is_none() {
            let draft = Device::draft(tag)
                .label("填报表格")
                .role(Role::Unit.code())
                .unit(self.issued.unit.as_str());
            self.writes.push(Write::of(&draft.into_draft(), ""));
        }
    }

    fn stamp(&self, n: u32) -> Stamp {
        Stamp {
            id: ChangeId {
                actor: self.arrival.actor.as_str().into(),
                n,
            },
            at: self.arrival.at,
            by: tag(&self.issued.unit).into(),
        }
    }

    /// Takes out of a write of a file that was taken in before what the unit's spreadsheets wrote: this file is not their
    /// last word.
    fn keep_later_words(&self, replica: &Replica, write: &mut Write) {
        let record = replica.find_ix(&write.ledger, &write.record);
        if let Some(record) = record.and_then(|ix| replica.record(ix)) {
            write
                .cells
                .retain(|(slot, _)| !wrote(replica, record, *slot, &self.issued.unit, &[]));
        }
    }

    /// The one change of it all, which knows what stood when the form was given out.
    fn compose(&self, replica: &Replica) -> Option<Change> {
        let knows = |write: &Write, slot: Slot| {
            let fields = self
                .issued
                .cells
                .get(&(write.ledger.to_string(), write.record.to_string()));
            let name = match slot {
                slots::UNIT => "unit",
                slot => {
                    let ledger = catalogue().get(&write.ledger);
                    ledger
                        .and_then(|ledger| ledger.field_at(slot))
                        .map_or("", |field| field.name)
                }
            };
            fields
                .and_then(|fields| fields.get(name))
                .map_or_else(Vec::new, |cell| cell.seen.clone())
        };
        let mut writes = self.writes.clone();
        if self.is_known {
            writes
                .iter_mut()
                .for_each(|write| self.keep_later_words(replica, write));
        }
        writes.retain(|write| !write.cells.is_empty());
        replica.compose_knowing(self.stamp(1), &writes, &knows)
    }
}
