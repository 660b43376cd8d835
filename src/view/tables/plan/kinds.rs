//! What a plan is made of: questions, rows and what becomes of them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::layout::letters;
use super::super::mapping::Mapped;
use crate::model::date::Day;
use crate::model::ledger::{Catalogue, Cells as _, Field, Kind, Ledger, Slot, slots};
use crate::model::records::{Draft, Records};
use crate::model::value::{Value, brief};
use crate::view::show;

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
