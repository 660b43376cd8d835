//! What becomes of each row of a table: new, changed, the same, asked about, wrong. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use office::book::{Cell, Row, Table};

use super::ahead::Ahead;
use super::cell::{self, Manner, Said, shorten};
use super::layout::{Grid, Layout, letters, text_of};
use super::mapping::{Mapped, measure_of};
use super::names::{Named, Names};
use crate::model::date::Day;
use crate::model::ledger::{Catalogue, Cells, Field, Kind, Ledger, Preset, Slot, TypedRow as _, slots};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::{Draft, Records};
use crate::model::value::{Value, brief};
use crate::turns::{Turns, at_once};
use crate::view::cells::{clean, one_line};
use crate::view::{form, show};

/// What a question is about; answers are kept by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// Whether hidden rows are taken: `yes` or `no`.
    HiddenRows,
    /// Whether a hidden column is taken: `yes` or `no`.
    HiddenColumn(usize),
    /// Whether a column holds `yuan` or `wan` (万元).
    Scale(usize),
    /// What a text of a column stands for: an id or code, or [`LEFT_OUT`].
    Text(usize, String),
    /// What a cell means, by row and column: the place of the value among those offered.
    Cell(u32, usize),
    /// A row that names the same as an earlier one or as several records: the id of a record, `new` or `skip`.
    Twin(u32),
}

/// The answer that leaves a cell empty.
pub const LEFT_OUT: &str = "";

/// Answers, by what they are about.
pub type Answers = BTreeMap<Asked, String>;

/// Something that a person has to say before rows can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub about: Asked,
    /// The question: `村（社区）“七星”是哪一个？`.
    pub asks: String,
    /// Answers with their words.
    pub options: Vec<(String, String)>,
    /// Numbers of the rows that wait for it.
    pub rows: Vec<u32>,
    /// The answer that was given.
    pub answer: Option<String>,
}

/// Most answers that are named where a question stands in a sheet.
const MOST_ANSWERS: usize = 12;

impl Question {
    /// The question with what may be answered: `村（社区）“七星”是哪一个？（七星村 / 七星社区）`.
    pub fn with_answers(&self) -> String {
        let words = self.options.iter().filter(|(code, _)| code != LEFT_OUT);
        let words: Vec<&str> = words.map(|(_, words)| words.as_str()).collect();
        let more = if words.len() > MOST_ANSWERS { " / …" } else { "" };
        let first = words.get(..MOST_ANSWERS).unwrap_or(&words).join(" / ");
        format!("{}（{first}{more}）", self.asks)
    }

    /// The column of the cells that it is about.
    pub fn column(&self) -> Option<usize> {
        match self.about {
            Asked::HiddenColumn(at) | Asked::Scale(at) | Asked::Text(at, _) | Asked::Cell(_, at) => Some(at),
            Asked::HiddenRows | Asked::Twin(_) => None,
        }
    }
}

/// What a person chose: whose table it is and what its columns are.
#[derive(Clone, Debug)]
pub struct Job {
    /// The ledger the rows become records of.
    pub ledger: &'static Ledger,
    /// The field of each column.
    pub mapped: Vec<Mapped>,
    /// Values that hold for all rows, of fields that no column fills.
    pub fixed: Vec<(Slot, Value)>,
    /// Answers to questions.
    pub answers: Answers,
    /// What the rows said when they were given out, if the table is a form that came back.
    pub issued: Option<IssuedRows>,
}

/// The records of a form that was given out, as its rows name them.
#[derive(Clone, Debug, Default)]
pub struct IssuedRows {
    /// The column of their ids.
    pub column: usize,
    /// What each said, by id and field; a field that is not named was empty.
    pub rows: BTreeMap<String, BTreeMap<Slot, String>>,
    /// Cells that the unit's own spreadsheets wrote since: one that says what it said at first was put back.
    pub rewritten: BTreeSet<(String, Slot)>,
}

/// A cell that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Column from 0; `None` for one that is missing in the sheet.
    pub column: Option<usize>,
    /// Heading of the column, or label of the field.
    pub heading: String,
    /// The text as it stands; empty where it must not be repeated.
    pub text: String,
    /// What is wrong and what to do.
    pub why: String,
}

/// A value that a row changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    /// The field.
    pub label: &'static str,
    /// As it reads now.
    pub old: String,
    /// As it will read.
    pub new: String,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A new record.
    New,
    /// Another value for a record that is here.
    Changed(Vec<CellChange>),
    /// A record that is here says all of it.
    Same,
    /// It says what an earlier row says; the number of that row.
    Repeats(u32),
    /// It waits for an answer.
    Waits,
    /// Left out by an answer.
    LeftOut,
    /// It cannot be taken.
    Wrong(Vec<Problem>),
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    /// Its number in the sheet.
    pub number: u32,
    /// What becomes of it.
    pub fate: Fate,
    /// The record as it will be saved: all of a new one, the changed values of one that is here.
    pub draft: Draft,
    /// What it is called: `寺前村 李某甲`.
    pub title: String,
    /// How cells were read that are written otherwise: `金额：35000元 读作 3.5 万元`.
    pub says: Vec<String>,
}

/// How many rows become what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New records.
    pub new: usize,
    /// Changed records.
    pub changed: usize,
    /// Rows that bring nothing.
    pub same: usize,
    /// Rows that wait for an answer.
    pub waits: usize,
    /// Rows that were left out by an answer.
    pub left_out: usize,
    /// Rows that cannot be taken.
    pub wrong: usize,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The rows in their order.
    pub rows: Vec<PlannedRow>,
    /// Questions in the order they come up.
    pub questions: Vec<Question>,
    /// Numbers of the rows of a form that held a record and are empty now.
    pub emptied: Vec<u32>,
}

impl Plan {
    /// How many rows become what.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match row.fate {
                Fate::New => counts.new += 1,
                Fate::Changed(_) => counts.changed += 1,
                Fate::Same | Fate::Repeats(_) => counts.same += 1,
                Fate::Waits => counts.waits += 1,
                Fate::LeftOut => counts.left_out += 1,
                Fate::Wrong(_) => counts.wrong += 1,
            }
        }
        counts
    }

    /// The questions without an answer that a row waits for. Those about whole columns hold for all rows.
    pub fn open_questions(&self, row: u32) -> Vec<&Question> {
        let open = self.questions.iter().filter(|question| question.answer.is_none());
        open.filter(|question| question.rows.is_empty() || question.rows.contains(&row))
            .collect()
    }

    /// The records that are saved when a person confirms.
    pub fn drafts(&self) -> Vec<Draft> {
        let taken = self
            .rows
            .iter()
            .filter(|row| matches!(row.fate, Fate::New | Fate::Changed(_)));
        taken.map(|row| row.draft.clone()).collect()
    }
}

/// What a plan is made against.
pub struct Ground<'a> {
    /// The records that are here.
    pub records: &'a dyn Records,
    /// The ledgers.
    pub catalogue: &'a Catalogue,
    /// Today.
    pub today: Day,
    /// Why records of a unit cannot be written by this person; `None` where they can.
    pub why_not: &'a dyn Fn(&str) -> Option<String>,
}

/// What would become of a table.
pub fn plan(ground: &Ground, table: &Table, layout: &Layout, job: &Job) -> Plan {
    at_once(plan_in_turns(ground, table, layout, job, Turns::NONE))
}

/// [`plan`] in turns; one that is dropped leaves no trace.
pub async fn plan_in_turns(ground: &Ground<'_>, table: &Table, layout: &Layout, job: &Job, turns: Turns<'_>) -> Plan {
    let mut planner = Planner::new(ground, table, layout, job);
    turns.pause().await;
    for at in &layout.body {
        if let Some(row) = table.rows.get(*at) {
            planner.take(row);
        }
        turns.pause().await;
    }
    planner.check(turns).await;
    planner.plan
}

/// A column that fills a field.
struct Filled {
    at: usize,
    slot: Slot,
    field: &'static Field,
    heading: String,
    manner: Manner,
    /// The question that has to be answered before any of its cells is taken.
    waits: bool,
}

struct Planner<'a> {
    ground: &'a Ground<'a>,
    job: &'a Job,
    grid: Grid<'a>,
    names: Names<'a>,
    /// Columns in the order they are read: the unit first.
    columns: Vec<Filled>,
    /// Ids of records by their natural key.
    keys: BTreeMap<String, Vec<String>>,
    /// Ids of records by what the mapped fields say.
    sayings: BTreeMap<String, Vec<String>>,
    /// Rows by their natural key, or by what they say where there is none.
    seen: BTreeMap<String, u32>,
    /// The records as they would be, by place of the row in the plan.
    whole: BTreeMap<usize, Draft>,
    /// The same for rows with cells that cannot be taken, as far as they can be read.
    broken: BTreeMap<usize, Draft>,
    plan: Plan,
    own: bool,
    /// Records of the form whose rows were read.
    met: BTreeSet<String>,
    /// Records that a row means.
    meant: BTreeSet<String>,
}

/// A row being read.
struct Reading {
    number: u32,
    values: Vec<(Slot, Value)>,
    problems: Vec<Problem>,
    says: Vec<String>,
    waits: bool,
    /// The record that the row was given out with.
    record: Option<String>,
    /// Fields that held something then and are empty now.
    emptied: Vec<Slot>,
}

impl Reading {
    fn value(&self, slot: Slot) -> Option<&Value> {
        let found = self.values.iter().find(|(s, _)| *s == slot);
        found.map(|(_, value)| value).filter(|value| !value.is_blank())
    }
}

fn written(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Text(text) => out.push_str(&one_line(text)),
        other => other.write_json(&mut out),
    }
    out
}

/// Values joined so that two rows with equal ones read alike.
fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let parts = values.map(|value| {
        if value.is_blank() {
            String::new()
        } else {
            written(value)
        }
    });
    parts.collect::<Vec<_>>().join("\u{1f}")
}

impl<'a> Planner<'a> {
    fn new(ground: &'a Ground<'a>, table: &'a Table, layout: &'a Layout, job: &'a Job) -> Planner<'a> {
        let mut planner = Planner {
            ground,
            job,
            grid: Grid::new(table),
            names: Names::new(ground.records, ground.catalogue),
            columns: Vec::new(),
            keys: BTreeMap::new(),
            sayings: BTreeMap::new(),
            seen: BTreeMap::new(),
            whole: BTreeMap::new(),
            broken: BTreeMap::new(),
            plan: Plan::default(),
            own: layout.own,
            met: BTreeSet::new(),
            meant: BTreeSet::new(),
        };
        for mapped in &job.mapped {
            let field = mapped.slot.and_then(|slot| Some((slot, job.ledger.field_at(slot)?)));
            if let (Some((slot, field)), Some(column)) = (field, layout.column(mapped.at)) {
                let filled = planner.column(slot, field, column, layout);
                planner.columns.extend(filled);
            }
        }
        planner.columns.sort_by_key(|c| (c.slot != slots::UNIT, c.at));
        planner.index();
        planner
    }

    /// How a column is read; `None` if it is hidden and left out.
    fn column(
        &mut self,
        slot: Slot,
        field: &'static Field,
        column: &super::layout::Column,
        layout: &Layout,
    ) -> Option<Filled> {
        let mut waits = false;
        if column.hidden {
            let asks = format!("“{}”这一列在表里是隐藏的，一起导入吗？", column.label());
            let answer = self.ask(Asked::HiddenColumn(column.at), asks, yes_no(), None);
            match answer.as_deref() {
                Some("yes") => {}
                Some(_) => return None,
                None => waits = true,
            }
        }
        let mut yuan = false;
        let named = measure_of(&column.heading()).map(str::to_owned);
        let above = || {
            ["单位：元", "单位:元", "（元）", "(元)"]
                .iter()
                .any(|w| layout.above.contains(w))
        };
        let says_yuan = named.as_deref() == Some("元") || named.is_none() && above();
        if field.measure == Some("万元") && says_yuan {
            let asks = format!(
                "表上写的单位是元，{}按万元登记，“{}”这一列是元吗？",
                field.label,
                column.label()
            );
            let options = vec![
                ("yuan".to_owned(), "是元，换算成万元".to_owned()),
                ("wan".to_owned(), "就是万元，不换算".to_owned()),
            ];
            match self.ask(Asked::Scale(column.at), asks, options, None).as_deref() {
                Some("yuan") => yuan = true,
                Some(_) => {}
                None => waits = true,
            }
        }
        let ledger = self.job.ledger;
        Some(Filled {
            at: column.at,
            slot,
            field,
            heading: column.label(),
            manner: Manner {
                own: self.own,
                yuan,
                names: ledger.key.contains(&field.name) || ledger.title.contains(&field.name),
                today: self.ground.today,
            },
            waits,
        })
    }

    /// The records that are here, by natural key and by what the mapped fields say.
    fn index(&mut self) {
        let ledger = self.job.ledger;
        let key: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        let plain = self.plain_slots();
        let (mut keys, mut sayings) = (BTreeMap::new(), BTreeMap::new());
        self.ground.records.visit(ledger.schema, None, &mut |cells| {
            let filled = !key.is_empty() && key.iter().all(|slot| !cells.cell(*slot).is_blank());
            if filled {
                let text = joined(key.iter().map(|slot| cells.cell(*slot)));
                keys.entry(text).or_insert_with(Vec::new).push(cells.id().to_owned());
            }
            let text = joined(plain.iter().map(|slot| cells.cell(*slot)));
            sayings.entry(text).or_insert_with(Vec::new).push(cells.id().to_owned());
        });
        self.keys = keys;
        self.sayings = sayings;
    }

    /// The slots that rows fill, those with one value for all rows included.
    fn mapped_slots(&self) -> Vec<Slot> {
        let columns = self.columns.iter().map(|c| c.slot);
        let mut all: Vec<Slot> = columns.chain(self.job.fixed.iter().map(|(slot, _)| *slot)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Those of them that name no other record: what a reference names may have come later.
    fn plain_slots(&self) -> Vec<Slot> {
        let mut all = self.mapped_slots();
        let refers = |slot: &Slot| {
            let field = self.job.ledger.field_at(*slot);
            field.is_some_and(|field| matches!(field.kind, Kind::Ref | Kind::Refs))
        };
        all.retain(|slot| !refers(slot));
        all
    }

    /// Whether a record and a row name no different records.
    fn agrees(&self, id: &str, draft: &Draft) -> bool {
        let Some(stands) = self.ground.records.find(self.job.ledger.schema, id) else {
            return false;
        };
        self.mapped_slots().iter().all(|slot| {
            let (one, other) = (stands.cell(*slot), draft.cell(*slot));
            one.is_blank() || other.is_blank() || joined([one].into_iter()) == joined([other].into_iter())
        })
    }

    /// Whether a record says all that a row says.
    fn says(&self, id: &str, draft: &Draft) -> bool {
        let Some(stands) = self.ground.records.find(self.job.ledger.schema, id) else {
            return false;
        };
        draft.cells.iter().all(|(slot, value)| {
            value.is_blank() || joined([stands.cell(*slot)].into_iter()) == joined([value].into_iter())
        })
    }

    /// Asks, once for each thing; the answer if it was given.
    fn ask(&mut self, about: Asked, asks: String, options: Vec<(String, String)>, row: Option<u32>) -> Option<String> {
        let answer = self.job.answers.get(&about).cloned();
        match self.plan.questions.iter_mut().find(|q| q.about == about) {
            Some(known) => known.rows.extend(row.filter(|row| known.rows.last() != Some(row))),
            None => self.plan.questions.push(Question {
                about,
                asks,
                options,
                rows: row.into_iter().collect(),
                answer: answer.clone(),
            }),
        }
        answer
    }

    fn take(&mut self, row: &'a Row) {
        let mut reading = Reading {
            number: row.number,
            values: self.job.fixed.clone(),
            problems: Vec::new(),
            says: Vec::new(),
            waits: false,
            record: self.given(row),
            emptied: Vec::new(),
        };
        let holds = |column: &Filled| *self.grid.cell(row, column.at) != Cell::Empty;
        if !self.columns.iter().any(holds) {
            self.plan.emptied.extend(reading.record.map(|_| row.number));
            return;
        }
        let mut left_out = false;
        if row.hidden {
            let asks = "有些行在表里是隐藏的，一起导入吗？".to_owned();
            let answer = self.ask(Asked::HiddenRows, asks, yes_no(), Some(row.number));
            left_out = answer.as_deref() == Some("no");
            reading.waits |= answer.is_none();
        }
        for at in 0..self.columns.len() {
            self.read_cell(row, at, &mut reading);
        }
        self.settle(reading, left_out);
    }

    /// The record that a row of a form was given out with. A row that was copied is another one.
    fn given(&mut self, row: &Row) -> Option<String> {
        let issued = self.job.issued.as_ref()?;
        let id = text_of(self.grid.cell(row, issued.column)).trim();
        let known = issued.rows.contains_key(id) && self.met.insert(id.to_owned());
        known.then(|| id.to_owned())
    }

    /// What a cell said when its row was given out; empty for nothing.
    fn said(&self, reading: &Reading, slot: Slot) -> Option<&'a str> {
        let rows = &self.job.issued.as_ref()?.rows;
        let row = rows.get(reading.record.as_ref()?)?;
        Some(row.get(&slot).map_or("", String::as_str))
    }

    /// Whether the unit's own spreadsheets wrote a cell since its row was given out.
    fn is_rewritten(&self, reading: &Reading, slot: Slot) -> bool {
        let issued = self.job.issued.as_ref().zip(reading.record.clone());
        issued.is_some_and(|(issued, record)| issued.rewritten.contains(&(record, slot)))
    }

    fn read_cell(&mut self, row: &'a Row, at: usize, reading: &mut Reading) {
        let Some(column) = self.columns.get(at) else {
            return;
        };
        let cell = self.grid.cell(row, column.at);
        let unit = reading.value(slots::UNIT).and_then(Value::as_str).map(str::to_owned);
        let before = self.said(reading, column.slot);
        let put_back = self.is_rewritten(reading, column.slot);
        if before.is_some_and(|before| clean(text_of(cell)) == clean(before)) && !put_back {
            return;
        }
        let mut read = |cell: &Cell| cell::read(column.field, cell, column.manner, &mut self.names, unit.as_deref());
        let said = read(cell);
        if let Some(before) = before.filter(|before| !before.is_empty() || put_back) {
            let meant = |said: &Said| match said {
                Said::Value(value) | Said::Read(value, _) => Some(value.clone()),
                _ => None,
            };
            match meant(&said) {
                Some(value) if !put_back && meant(&read(&Cell::Text(before.to_owned()))) == Some(value.clone()) => {
                    return;
                }
                None if said == Said::Blank => reading.emptied.push(column.slot),
                _ => {}
            }
        }
        if column.waits {
            // What it says is not known before its column was answered for: nothing of it is wrong yet.
            reading.waits |= said != Said::Blank;
            if let Said::Value(value) | Said::Read(value, _) = said {
                reading.values.push((column.slot, value));
            }
            return;
        }
        let (number, place, slot) = (row.number, column.at, column.slot);
        let (field, heading) = (column.field, column.heading.clone());
        match said {
            Said::Blank => {}
            Said::Value(value) => reading.values.push((slot, value)),
            Said::Read(value, words) => {
                reading.says.push(format!("{}：{words}", field.label));
                reading.values.push((slot, value));
            }
            Said::LeftEmpty(words) => reading.says.push(format!("{}：{words}", field.label)),
            Said::Asks(asks, offers) => {
                let options = offers.iter().enumerate();
                let mut options: Vec<(String, String)> = options
                    .map(|(at, (_, words))| (at.to_string(), words.clone()))
                    .collect();
                options.push((LEFT_OUT.to_owned(), "留空".to_owned()));
                let asks = format!("第 {number} 行{}：{asks}", field.label);
                match self.ask(Asked::Cell(number, place), asks, options, Some(number)) {
                    None => reading.waits = true,
                    Some(answer) => {
                        let chosen = answer.parse::<usize>().ok().and_then(|at| offers.into_iter().nth(at));
                        reading.values.extend(chosen.map(|(value, _)| (slot, value)));
                    }
                }
            }
            Said::Unclear(asks, mut options) => {
                let text = one_line(text_of(cell));
                if options.is_empty() {
                    let why = format!("“{}”在本机没有对应的记录，请先登记，或改正", shorten(&text));
                    reading.problems.push(Problem {
                        column: Some(place),
                        heading,
                        text,
                        why,
                    });
                    return;
                }
                options.push((LEFT_OUT.to_owned(), "留空，这一格不导入".to_owned()));
                match self.ask(Asked::Text(place, text), asks, options, Some(number)) {
                    None => reading.waits = true,
                    Some(answer) if answer.is_empty() => {}
                    Some(answer) if matches!(field.kind, Kind::Choices | Kind::Refs) => {
                        reading.values.push((slot, Value::list([answer])));
                    }
                    Some(answer) => reading.values.push((slot, Value::text(answer))),
                }
            }
            Said::Problem(why) => {
                let text = one_line(text_of(cell));
                reading.problems.push(Problem {
                    column: Some(place),
                    heading,
                    text,
                    why,
                });
            }
        }
    }

    /// Says what becomes of a row that was read.
    fn settle(&mut self, mut reading: Reading, left_out: bool) {
        let ledger = self.job.ledger;
        self.recognise_unit(&mut reading);
        let mut draft = Draft::new(ledger.schema, "");
        for (slot, value) in &reading.values {
            draft.set(*slot, value.clone());
        }
        for column in self.columns.iter().filter(|_| reading.record.is_none()) {
            if !column.field.dates.is_empty() {
                form::take_day(ledger, &mut draft, column.field, self.ground.records, self.ground.today);
            }
        }
        for (slot, _) in &self.job.fixed {
            if let Some(field) = ledger.field_at(*slot).filter(|field| !field.dates.is_empty()) {
                form::take_day(ledger, &mut draft, field, self.ground.records, self.ground.today);
            }
        }
        let title = self.title(&draft);
        let fate = match () {
            () if left_out => Fate::LeftOut,
            () if !reading.problems.is_empty() => {
                let place = self.plan.rows.len();
                let read = self.as_far_as_read(&draft, reading.record.as_deref());
                self.broken.insert(place, read);
                Fate::Wrong(std::mem::take(&mut reading.problems))
            }
            () if reading.waits => Fate::Waits,
            () => self.fate(&mut draft, &reading),
        };
        self.plan.rows.push(PlannedRow {
            number: reading.number,
            fate,
            draft,
            title,
            says: reading.says,
        });
    }

    /// A unit that is here under another form of its name keeps its name.
    fn recognise_unit(&self, reading: &mut Reading) {
        let name = Unit::LEDGER
            .slot("name")
            .filter(|_| self.job.ledger.id == Unit::LEDGER.id);
        let Some(name) = name else {
            return;
        };
        let text = reading.value(name).and_then(Value::as_str).map(str::to_owned);
        if let Some(Named::One(id)) = text.map(|text| self.names.unit(&text))
            && let Some(known) = self.ground.records.find(Unit::SCHEMA, &id)
            && let Some(entry) = reading.values.iter_mut().find(|(slot, _)| *slot == name)
        {
            entry.1 = known.cell(name).clone();
        }
    }

    fn title(&self, draft: &Draft) -> String {
        let (records, catalogue) = (self.ground.records, self.ground.catalogue);
        let unit = draft.unit().map(|unit| show::unit_name(records, unit));
        let title = show::title(records, catalogue, self.job.ledger, draft);
        let parts = unit.into_iter().chain([title]).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }

    fn fate(&mut self, draft: &mut Draft, reading: &Reading) -> Fate {
        if let Some(id) = &reading.record {
            return self.change(draft, id, &reading.emptied);
        }
        let ledger = self.job.ledger;
        let key: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        let has_key = !key.is_empty() && key.iter().all(|slot| !draft.cell(*slot).is_blank());
        let saying = joined(self.plain_slots().iter().map(|slot| draft.cell(*slot)));
        let own = match has_key {
            true => joined(key.iter().map(|slot| draft.cell(*slot))),
            false => joined(self.mapped_slots().iter().map(|slot| draft.cell(*slot))),
        };
        let known = match has_key {
            true => self.keys.get(&own).cloned(),
            false => self.sayings.get(&saying).cloned(),
        };
        let mut known = known.unwrap_or_default();
        if !has_key {
            known.retain(|id| self.agrees(id, draft));
        }
        // A unit is named by its code as well.
        if ledger.id == Unit::LEDGER.id && known.is_empty() {
            let code = Unit::LEDGER.slot("code").and_then(|slot| draft.cell(slot).as_str());
            let code = code.filter(|code| self.ground.records.find(Unit::SCHEMA, code).is_some());
            known.extend(code.map(str::to_owned));
        }
        // Rows that do not say yet what tells records apart are like many: nothing is asked about them.
        if self.lacks_key() {
            return self.fresh(draft);
        }
        let before = self.seen.get(&own).copied();
        self.seen.entry(own).or_insert(reading.number);
        // Of several that are called the same, the one that says all of the row is meant, each by one row.
        let free: Vec<String> = known.iter().filter(|id| !self.meant.contains(*id)).cloned().collect();
        let same = free.iter().find(|id| known.len() > 1 && self.says(id, draft));
        let chosen = match (before, known.as_slice(), same) {
            (_, _, Some(same)) => Some(same.clone()),
            (None, [], _) => None,
            (None, [one], _) => Some(one.clone()),
            _ => match self.twin(reading.number, before, (&known, &free), draft) {
                Ok(chosen) => chosen,
                Err(fate) => return fate,
            },
        };
        self.meant.extend(chosen.clone());
        match chosen {
            Some(id) => self.change(draft, &id, &[]),
            None => self.fresh(draft),
        }
    }

    /// Whether a required part of the natural key is in no column and was not chosen for all rows.
    fn lacks_key(&self) -> bool {
        let (ledger, mapped) = (self.job.ledger, self.mapped_slots());
        let mut key = ledger.slots().filter(|(_, field)| ledger.key.contains(&field.name));
        key.any(|(slot, field)| field.required && !mapped.contains(&slot))
    }

    /// A row with cells that cannot be taken, as far as it can be read: the record it names, or a new one.
    fn as_far_as_read(&self, draft: &Draft, record: Option<&str>) -> Draft {
        let ledger = self.job.ledger;
        let key: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        let known = self.keys.get(&joined(key.iter().map(|slot| draft.cell(*slot))));
        let known = known.and_then(|all| all.first()).map(String::as_str);
        let stands = record
            .or(known)
            .and_then(|id| self.ground.records.find(ledger.schema, id));
        let mut out = match stands {
            Some(stands) => form::edited(ledger, stands),
            None => Draft::new(ledger.schema, format!("row {}", self.plan.rows.len())),
        };
        for (slot, value) in draft.cells.iter().filter(|(_, value)| !value.is_blank()) {
            out.set(*slot, value.clone());
        }
        if stands.is_none() {
            self.preset(&mut out);
        }
        out
    }

    /// A row that names what an earlier row or several records name; `free` are those that no row meant before.
    fn twin(
        &mut self,
        number: u32,
        before: Option<u32>,
        (known, free): (&[String], &[String]),
        draft: &Draft,
    ) -> Result<Option<String>, Fate> {
        if let Some(before) = before {
            let earlier = self.plan.rows.iter().find(|row| row.number == before);
            let slots = self.mapped_slots();
            let said = |draft: &dyn Cells| joined(slots.iter().map(|slot| draft.cell(*slot)));
            let stands = known.first().filter(|_| known.len() == 1);
            let stands = stands.and_then(|id| self.ground.records.find(self.job.ledger.schema, id));
            let alike = earlier.is_some_and(|row| said(&row.draft) == said(draft))
                || stands.is_some_and(|stands| said(stands) == said(draft));
            if alike && !self.job.ledger.key.is_empty() {
                return Err(Fate::Repeats(before));
            }
        }
        let asks = match before {
            Some(before) => format!("第 {number} 行和第 {before} 行写的是同一个名称，是两条吗？"),
            None => format!("第 {number} 行和本机的 {} 条记录都对得上，是哪一条？", known.len()),
        };
        let mut options: Vec<(String, String)> = Vec::new();
        for id in free {
            if let Some(cells) = self.ground.records.find(self.job.ledger.schema, id) {
                let (records, catalogue) = (self.ground.records, self.ground.catalogue);
                let title = show::title(records, catalogue, self.job.ledger, cells);
                let about = show::about(records, self.job.ledger, cells);
                options.push((id.clone(), format!("{title} {about}").trim().to_owned()));
            }
        }
        options.push(("new".to_owned(), "是另外一条，新登记".to_owned()));
        options.push(("skip".to_owned(), "是同一条，这一行不导入".to_owned()));
        match self.ask(Asked::Twin(number), asks, options, Some(number)).as_deref() {
            None => Err(Fate::Waits),
            Some("skip") => Err(Fate::LeftOut),
            Some("new") => Ok(None),
            Some(id) => Ok(Some(id.to_owned())),
        }
    }

    /// What a row changes in a record that is here. An empty cell says nothing of what stands there, unless it was given
    /// out with something in it.
    fn change(&mut self, draft: &mut Draft, id: &str, emptied: &[Slot]) -> Fate {
        let (records, catalogue, ledger) = (self.ground.records, self.ground.catalogue, self.job.ledger);
        let found = records.find(ledger.schema, id);
        let Some(stands) = found.or_else(|| records.find_deleted(ledger.schema, id)) else {
            return match draft.cells.is_empty() && emptied.is_empty() {
                true => Fate::Same,
                false => Fate::Wrong(vec![self.unknown_record()]),
            };
        };
        let mut edited = form::edited(ledger, stands);
        let mut changes = Vec::new();
        let mut cells = Vec::new();
        for (slot, value) in &draft.cells {
            let (old, field) = (stands.cell(*slot), ledger.field_at(*slot));
            let Some(field) = field.filter(|_| !value.is_blank() && old != value) else {
                continue;
            };
            edited.set(*slot, value.clone());
            cells.push((*slot, value.clone()));
            let shown = |value: &Value| match (field.kind, value) {
                // The whole number: a changed digit has to be seen.
                (Kind::Phone, Value::Text(text)) => text.to_string(),
                _ => show::value(records, catalogue, field, value),
            };
            changes.push(CellChange {
                label: field.label,
                old: shown(old),
                new: shown(value),
            });
        }
        for slot in emptied.iter().filter(|slot| !stands.cell(**slot).is_blank()) {
            if let Some(field) = ledger.field_at(*slot) {
                edited.set(*slot, Value::Null);
                cells.push((*slot, Value::Null));
                changes.push(CellChange {
                    label: field.label,
                    old: show::value(records, catalogue, field, stands.cell(*slot)),
                    new: "空".to_owned(),
                });
            }
        }
        draft.id = id.to_owned();
        draft.cells = cells;
        if changes.is_empty() {
            return Fate::Same;
        }
        self.whole.insert(self.plan.rows.len(), edited);
        Fate::Changed(changes)
    }

    fn unknown_record(&self) -> Problem {
        Problem {
            column: None,
            heading: self.job.ledger.label.to_owned(),
            text: String::new(),
            why: "这一行原来的记录不在本机，请先合并发出这份填报表的那台设备的文件".to_owned(),
        }
    }

    /// Fills in what a new record starts with; days are said by the sheet.
    fn preset(&self, draft: &mut Draft) {
        for (slot, field) in self.job.ledger.slots() {
            let preset = match field.preset {
                Preset::Text(text) => Value::text(text),
                Preset::Int(number) => Value::Int(number),
                Preset::YesNo(truth) => Value::Bool(truth),
                Preset::Blank | Preset::Today | Preset::ThisYear => continue,
            };
            if draft.cell(slot).is_blank() {
                draft.set(slot, preset);
            }
        }
    }

    fn fresh(&mut self, draft: &mut Draft) -> Fate {
        let ledger = self.job.ledger;
        self.preset(draft);
        if ledger.id == Unit::LEDGER.id {
            let code = Unit::LEDGER.slot("code").and_then(|slot| draft.cell(slot).as_str());
            draft.id = code.unwrap_or_default().to_owned();
        }
        let place = self.plan.rows.len();
        let id = if draft.id.is_empty() {
            format!("row {place}")
        } else {
            draft.id.clone()
        };
        self.whole.insert(place, Draft { id, ..draft.clone() });
        Fate::New
    }

    /// Checks what would be saved as a form does, each record beside the others as they would be.
    async fn check(&mut self, turns: Turns<'_>) {
        let whole = std::mem::take(&mut self.whole);
        let drafts: Vec<Draft> = whole.values().cloned().collect();
        let ahead = Ahead::new(self.ground.records, self.job.ledger.schema, drafts);
        for (place, draft) in &whole {
            let problems = self.problems(&ahead, draft);
            if let Some(row) = self.plan.rows.get_mut(*place).filter(|_| !problems.is_empty()) {
                row.fate = Fate::Wrong(problems);
            }
            turns.pause().await;
        }
        for (place, draft) in &std::mem::take(&mut self.broken) {
            let more = self.refused(&ahead, draft);
            if let Some(Fate::Wrong(known)) = self.plan.rows.get_mut(*place).map(|row| &mut row.fate) {
                let is_new = |problem: &Problem| known.iter().all(|said| said.heading != problem.heading);
                let more: Vec<Problem> = more.into_iter().filter(is_new).collect();
                known.extend(more);
            }
            turns.pause().await;
        }
    }

    /// Why a record could not be saved from a form either.
    fn problems(&self, records: &dyn Records, draft: &Draft) -> Vec<Problem> {
        let unit = draft.unit().unwrap_or_default();
        if let Some(why) = (self.ground.why_not)(unit) {
            return vec![Problem {
                column: None,
                heading: "村（社区）".to_owned(),
                text: show::unit_name(self.ground.records, unit),
                why,
            }];
        }
        self.refused(records, draft)
    }

    /// What a form says against a record.
    fn refused(&self, records: &dyn Records, draft: &Draft) -> Vec<Problem> {
        let ledger = self.job.ledger;
        let notices = form::errors(ledger, draft, records, self.ground.today);
        let problem = |notice: crate::model::notice::Notice| {
            let field = ledger.field(&notice.place);
            let column = self.columns.iter().find(|c| c.field.name == notice.place);
            Problem {
                column: column.map(|c| c.at),
                heading: column.map_or_else(
                    || field.map_or_else(String::new, |f| f.label.to_owned()),
                    |c| c.heading.clone(),
                ),
                text: String::new(),
                why: format!("{}，{}", notice.what, notice.todo),
            }
        };
        notices.into_iter().map(problem).collect()
    }
}

fn yes_no() -> Vec<(String, String)> {
    vec![
        ("yes".to_owned(), "一起导入".to_owned()),
        ("no".to_owned(), "不导入".to_owned()),
    ]
}

/// Longest line of a new record's values.
const BRIEF: usize = 60;

/// What a new record says beside its unit and its name: `女，1989-08，本科`.
pub fn brief_of(records: &dyn Records, catalogue: &Catalogue, ledger: &Ledger, draft: &Draft) -> String {
    let said = |(slot, field): (Slot, &'static Field)| {
        let is_named = slot == slots::UNIT || ledger.title.contains(&field.name);
        let value = draft.cell(slot);
        (!is_named && !value.is_blank()).then(|| match field.kind {
            Kind::YesNo | Kind::Int | Kind::Decimal => {
                format!("{} {}", field.label, show::value(records, catalogue, field, value))
            }
            _ => show::value(records, catalogue, field, value),
        })
    };
    let all: Vec<String> = ledger.slots().filter_map(said).collect();
    brief(&all.join("，"), BRIEF)
}

/// A problem as a line: `第 15 行 G 列“入库日期”：…`; with its sheet where there are several.
pub fn line_of(sheet: Option<&str>, row: u32, problem: &Problem) -> String {
    let sheet = sheet.map_or_else(String::new, |name| format!("工作表“{name}”"));
    let place = problem
        .column
        .map_or_else(String::new, |at| format!(" {} 列", letters(at)));
    format!("{sheet}第 {row} 行{place}“{}”：{}", problem.heading, problem.why)
}
