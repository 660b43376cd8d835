//! Records as sheets: what is seen, meant as it is (units of measure, days, numbers, codes as texts).

use office::book::{Cell, Table};
use office::sheet::{Column, Heading, Kind as OutKind, Line, Look, Out, Sheet};

use super::layout::{Grid, Layout, MARK, text_of};
use super::names::Names;
use super::plan::{Fate, Job, Plan, PlannedRow};
use super::withheld::tells_of_people;
use crate::model::date::Day;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, TypedRow as _, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::records::Records;
use crate::model::value::{Decimal, Value};
use crate::replica::{RecordIx, Replica};
use crate::view::list::List;
use crate::view::{format, show};

/// What becomes of personal fields in a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Personal {
    /// Phones without their middle digits, as on the screen.
    #[default]
    Masked,
    /// As they are.
    Whole,
    /// Left out, as in a redacted file.
    LeftOut,
}

impl Personal {
    /// All, with their words.
    pub const ALL: [(Personal, &'static str, &'static str); 3] = [
        (Personal::Masked, "masked", "电话隐去中间四位"),
        (Personal::Whole, "whole", "电话写全"),
        (Personal::LeftOut, "none", "不含个人信息"),
    ];

    /// The one with this code.
    pub fn by_code(code: &str) -> Personal {
        let found = Personal::ALL.iter().find(|(_, known, _)| *known == code);
        found.map_or(Personal::Masked, |(personal, _, _)| *personal)
    }
}

/// A field with its place.
type Placed = (Slot, &'static Field);

/// A longer text is cut: no cell holds more.
const MOST_CHARACTERS: usize = 32_000;

/// The fields that a sheet of a ledger shows: those of the list, or all.
fn fields(ledger: &'static Ledger, seen_only: bool, personal: Personal) -> Vec<Placed> {
    let keeps = |(_, field): &Placed| {
        (!seen_only || field.column) && (personal != Personal::LeftOut || !tells_of_people(field))
    };
    ledger.slots().filter(keeps).collect()
}

/// How a column of the field is written.
pub fn kind_of(field: &Field) -> OutKind {
    match field.kind {
        Kind::Int | Kind::Year => OutKind::Whole,
        Kind::Decimal => OutKind::Decimal,
        Kind::Day => OutKind::Day,
        _ => OutKind::Text,
    }
}

/// A stored value of a record of `unit` as a cell.
pub fn out(
    replica: &Replica,
    names: &mut Names,
    (field, value): (&Field, &Value),
    unit: Option<&str>,
    personal: Personal,
) -> Out {
    if value.is_blank() {
        return Out::Empty;
    }
    let name = |cells: Option<&dyn Cells>, ledger: &Ledger, id: &str| {
        let found = cells.and_then(|cells| cells.cell(ledger.slot("name")?).as_str());
        Out::Text(found.unwrap_or(id).to_owned())
    };
    match (field.kind, value) {
        (Kind::Int | Kind::Year, Value::Int(number)) => Out::Number(number.to_string()),
        (Kind::Decimal, Value::Text(text)) if Decimal::parse(text).is_some() => Out::Number(text.to_string()),
        (Kind::Day, Value::Text(text)) if Day::parse(text).is_some() => Out::Day(text.to_string()),
        (Kind::Text | Kind::LongText | Kind::Month, Value::Text(text)) => Out::Text(limited(text)),
        (Kind::Phone, Value::Text(text)) if personal == Personal::Whole => Out::Text(text.to_string()),
        (Kind::Unit, Value::Text(id)) => name(replica.find(Unit::SCHEMA, id), Unit::LEDGER, id),
        (Kind::District, Value::Text(id)) => name(replica.find(District::SCHEMA, id), District::LEDGER, id),
        (Kind::Ref, Value::Text(id)) => Out::Text(names.called(field, id, unit)),
        (Kind::Refs, Value::List(ids)) => {
            let called = ids.iter().map(|id| names.called(field, id, unit));
            Out::Text(joined(called.collect()))
        }
        (Kind::Choices, Value::List(codes)) => {
            let called = codes
                .iter()
                .map(|code| show::choice_label(replica, field, code).to_owned());
            Out::Text(joined(called.collect()))
        }
        _ => Out::Text(limited(&show::value(replica, catalogue(), field, value))),
    }
}

/// Names in one cell, parted by a sign that stands in none of them.
fn joined(names: Vec<String>) -> String {
    let mark = if names.iter().any(|name| name.contains('、')) {
        "；"
    } else {
        "、"
    };
    limited(&names.join(mark))
}

pub(super) fn limited(text: &str) -> String {
    match text.chars().count() > MOST_CHARACTERS {
        true => {
            let begin: String = text.chars().take(MOST_CHARACTERS).collect();
            format!("{begin}……（后面的没有写入表格）")
        }
        false => text.to_owned(),
    }
}

fn heading(text: impl Into<String>) -> Heading {
    Heading {
        text: text.into(),
        columns: 1,
        rows: 1,
    }
}

/// A sheet of records of one ledger, in this order.
pub fn records(
    replica: &Replica,
    ledger: &'static Ledger,
    rows: &[RecordIx],
    seen_only: bool,
    personal: Personal,
) -> Sheet {
    of_fields(replica, ledger, rows, &fields(ledger, seen_only, personal), personal)
}

fn of_fields(
    replica: &Replica,
    ledger: &'static Ledger,
    rows: &[RecordIx],
    fields: &[Placed],
    personal: Personal,
) -> Sheet {
    let mut names = Names::new(replica, catalogue());
    let mut line = |ix: &RecordIx| {
        let record = replica.record(*ix)?;
        let unit = record.cell(slots::UNIT).as_str();
        let mut cells = Vec::new();
        for (slot, field) in fields {
            cells.push(out(replica, &mut names, (field, record.cell(*slot)), unit, personal));
        }
        Some(Line {
            cells,
            look: Look::Plain,
        })
    };
    let lines = rows.iter().filter_map(&mut line).collect();
    Sheet {
        name: ledger.label.to_owned(),
        title: ledger.label.to_owned(),
        marks: fields
            .iter()
            .map(|(_, field)| format!("{MARK}:{}:{}", ledger.id, field.name))
            .collect(),
        head: vec![fields.iter().map(|(_, field)| heading(field.head())).collect()],
        columns: fields
            .iter()
            .map(|(_, field)| Column {
                kind: kind_of(field),
                ..Column::default()
            })
            .collect(),
        rows: lines,
        ..Sheet::default()
    }
}

/// The sheet of a list as it is seen: its records in its order, its columns, what it is filtered by, its totals. `whose` is the name
/// of the town or unit.
pub fn of_list(
    replica: &Replica,
    (ledger, list): (&'static Ledger, &List),
    (paper_line, town): (String, &str),
    seen_only: bool,
    personal: Personal,
) -> Sheet {
    let mut fields = fields(ledger, false, personal);
    if seen_only {
        fields.retain(|(slot, _)| list.columns.iter().any(|column| column.slot == *slot));
    }
    let mut sheet = of_fields(replica, ledger, &list.rows, &fields, personal);
    sheet.title = format!("{town}{}", ledger.label);
    sheet.lines = vec![paper_line];
    let total = |(_, field): &Placed| {
        let at = list.columns.iter().position(|column| column.key == field.name)?;
        list.totals.get(at).filter(|text| field.summed && !text.is_empty())
    };
    if !list.totals.is_empty() && !list.rows.is_empty() {
        let cell = |placed: &Placed| match total(placed) {
            Some(text) if text != format::UNKNOWN => Out::Number(text.replace(',', "")),
            _ => Out::Empty,
        };
        let mut cells: Vec<Out> = fields.iter().map(cell).collect();
        if let Some(first) = cells.first_mut().filter(|first| **first == Out::Empty) {
            let word = if ledger.snapshot {
                "最近一次合计"
            } else {
                "合计"
            };
            *first = Out::Text(word.to_owned());
        }
        sheet.rows.push(Line {
            cells,
            look: Look::Total,
        });
    }
    sheet
}

/// Everything as a workbook: a sheet for each ledger that holds something, in the order of the catalogue, all fields.
pub fn everything(replica: &Replica, town: &str, today: Day, personal: Personal) -> Vec<Sheet> {
    let shown = catalogue().all().iter().copied().filter(|ledger| !ledger.system);
    let of = |ledger: &'static Ledger| {
        let rows: Vec<RecordIx> = crate::view::list::live_records(replica, ledger)
            .into_iter()
            .map(|(ix, _)| ix)
            .collect();
        let mut sheet = records(replica, ledger, &rows, false, personal);
        sheet.title = format!("{town}{}", ledger.label);
        sheet.lines = vec![format!("单位：{town}　制表日期：{}", date_in_words(today))];
        (!rows.is_empty()).then_some(sheet)
    };
    shown.filter_map(of).collect()
}

/// `2022年11月22日`.
pub fn date_in_words(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format::date_in_text(year, month.unsigned_abs(), date.unsigned_abs())
}

/// The rows of a table that could not be taken in, with a column 问题 in front and the cells coloured, to be put right and
/// imported again. `None` where all can be.
pub fn failed(table: &Table, layout: &Layout, job: &Job, plan: &Plan) -> Option<Sheet> {
    let grid = Grid::new(table);
    let mark = |at: usize| {
        let slot = job
            .mapped
            .iter()
            .find(|mapped| mapped.at == at)
            .and_then(|mapped| mapped.slot);
        let name = slot
            .and_then(|slot| job.ledger.field_at(slot))
            .map_or("", |field| field.name);
        format!("{MARK}:{}:{name}", job.ledger.id)
    };
    // The column of problems belongs to no ledger.
    let mut marks = vec![format!("{MARK}::")];
    marks.extend(layout.columns.iter().map(|column| mark(column.at)));
    let mut heads = vec![heading("问题")];
    heads.extend(layout.columns.iter().map(|column| heading(column.label())));
    let wrong = |row: &PlannedRow| {
        let problems = match &row.fate {
            Fate::Wrong(problems) => problems.as_slice(),
            Fate::Waits => &[],
            _ => return None,
        };
        let asked = plan.open_questions(row.number);
        let said = problems.iter().map(|p| format!("{}：{}", p.heading, p.why));
        let why: Vec<String> = said
            .chain(asked.iter().map(|question| question.with_answers()))
            .collect();
        let cells = table.rows.iter().find(|r| r.number == row.number)?;
        let mut line = vec![Out::Problem(why.join("；"))];
        for column in &layout.columns {
            let cell = grid.cell(cells, column.at);
            let is_wrong = problems.iter().any(|p| p.column == Some(column.at))
                || asked.iter().any(|question| question.column() == Some(column.at));
            line.push(match cell {
                _ if is_wrong => Out::Problem(text_of(cell).to_owned()),
                Cell::Number(text) if text.len() < 12 => Out::Number(text.clone()),
                Cell::Day(day) => Out::Day(day.clone()),
                Cell::Empty => Out::Empty,
                other => Out::Text(text_of(other).to_owned()),
            });
        }
        Some(Line {
            cells: line,
            look: Look::Plain,
        })
    };
    let rows: Vec<Line> = plan.rows.iter().filter_map(wrong).collect();
    let columns = heads.iter().map(|_| Column::default()).collect();
    (!rows.is_empty()).then(|| Sheet {
        name: "待改正".to_owned(),
        marks,
        head: vec![heads],
        columns,
        rows,
        ..Sheet::default()
    })
}
