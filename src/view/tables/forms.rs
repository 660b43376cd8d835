//! Forms to be filled in with a spreadsheet: the empty sheet of a ledger, and for a task one workbook per unit with the
//! unit's records in it.

use std::collections::BTreeMap;

use office::sheet::{Column, Heading, Line, Look, Out, Sheet};

use super::issued::{DIRECTIONS, Issued, IssuedCell, RECORD};
use super::layout::MARK;
use super::names::Names;
use super::write::{Personal, date_in_words, kind_of, out};
use crate::exchange::name::safe;
use crate::exchange::writing::town_name;
use crate::model::date::Day;
use crate::model::engine::indicator::Span;
use crate::model::ledger::{Cells as _, Field, Kind, Ledger, Slot, TypedRow as _, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{Dispatch, Unit};
use crate::model::records::{Records, rows};
use crate::replica::Replica;
use crate::view::fill::{period_span, within};
use crate::view::show;

/// Empty rows below the records.
const BLANK_ROWS: u32 = 40;
/// Most names that a list offers.
const MOST_OFFERED: usize = 500;

/// The empty sheet of a ledger, for any unit: headings, lists of what may be chosen, hints.
pub fn blank(replica: &Replica, ledger: &'static Ledger, town: &str, today: Day) -> Sheet {
    let mut names = Names::new(replica, catalogue());
    let fields: Vec<(Slot, &Field)> = ledger.slots().collect();
    Sheet {
        name: ledger.label.to_owned(),
        title: format!("{town}{}", ledger.label),
        lines: vec![
            format!(
                "单位：　　　　　　填表人：　　　　　　制表日期：{}",
                date_in_words(today)
            ),
            directions(ledger),
        ],
        marks: fields.iter().map(|(_, field)| mark(ledger, field.name)).collect(),
        head: vec![fields.iter().map(|(_, field)| heading(field)).collect()],
        columns: fields
            .iter()
            .map(|(_, field)| column(replica, &mut names, field, None))
            .collect(),
        blank_rows: BLANK_ROWS,
        ..Sheet::default()
    }
}

/// The name of the file of a unit's form, without its ending: `寺前村_11月上报_填报表`.
pub fn file_name(replica: &Replica, task: &Dispatch, unit: &str) -> String {
    let title = task.title().unwrap_or("任务");
    format!("{}_{}_填报表", safe(&show::unit_name(replica, unit)), safe(title))
}

/// The workbook of a unit for a task: directions, a sheet for each ledger that is asked for with the records that are
/// here, and what it has to carry to come back as a report.
pub fn workbook(replica: &Replica, task: &Dispatch, unit: &str, today: Day) -> Vec<Sheet> {
    let asked = asked(task);
    let span = period_span(task.period().unwrap_or_default(), today);
    let mut issued = Issued {
        town: town_name(replica),
        unit: unit.to_owned(),
        task: task.id().to_owned(),
        ledgers: asked.iter().map(|ledger| ledger.id.to_owned()).collect(),
        cells: BTreeMap::new(),
    };
    let mut counts = Vec::new();
    let mut sheets = Vec::new();
    for ledger in &asked {
        let ids = shown(replica, ledger, unit, span);
        counts.push(ids.len());
        sheets.push(filled(replica, (task, ledger), unit, &ids, &mut issued));
    }
    let mut all = vec![front(replica, task, unit, &asked, &counts)];
    all.extend(sheets);
    all.push(issued.sheet());
    all
}

/// Fields that say when a record of a register ends.
const ENDS: [&str; 2] = ["until", "left"];

/// Ids of the records that a unit's form shows: those of the span, and of a register whoever stood in it before and does
/// still, as nobody types in again who is there.
fn shown(replica: &Replica, ledger: &'static Ledger, unit: &str, span: Span) -> Vec<String> {
    let mut ids = within(replica, ledger, unit, span);
    let day = |field: &Field| matches!(field.kind, Kind::Day | Kind::Month);
    let ends = ENDS
        .iter()
        .filter_map(|name| ledger.field(name).filter(|field| day(field)));
    let ends: Vec<Slot> = ends.filter_map(|field| ledger.slot(field.name)).collect();
    let dated = ledger.slot(ledger.dated);
    if ends.is_empty() {
        return ids;
    }
    let last = span.to.to_string();
    replica.visit(ledger.schema, Some(unit), &mut |cells| {
        let began = dated.and_then(|slot| cells.cell(slot).as_str()).unwrap_or_default();
        let holds = began <= last.as_str() && ends.iter().all(|end| cells.cell(*end).is_blank());
        if holds && ids.iter().all(|known| known != cells.id()) {
            ids.push(cells.id().to_owned());
        }
    });
    ids
}

/// The units of today that a task asks, in the order of their codes.
pub fn units(replica: &Replica) -> Vec<String> {
    let mut units = rows::<Unit>(replica);
    units.retain(|unit| unit.until().is_none());
    let mut codes: Vec<String> = units.iter().map(|unit| unit.id().to_owned()).collect();
    codes.sort_unstable();
    codes
}

/// The ledgers that a task asks for.
pub fn asked(task: &Dispatch) -> Vec<&'static Ledger> {
    let ids = Dispatch::LEDGER
        .slot("ledgers")
        .map_or(&[][..], |slot| task.cells().cell(slot).items());
    ids.iter().filter_map(|id| catalogue().get(id)).collect()
}

/// The fields that a unit fills in: its own code stands fixed, and what others decide is not asked.
pub fn fields_of_unit(ledger: &'static Ledger) -> Vec<(Slot, &'static Field)> {
    let asks = |(slot, field): &(Slot, &Field)| *slot != slots::UNIT && field.decided_by.is_none();
    ledger.slots().filter(asks).collect()
}

/// One ledger of a unit's form.
fn filled(
    replica: &Replica,
    (task, ledger): (&Dispatch, &'static Ledger),
    unit: &str,
    ids: &[String],
    issued: &mut Issued,
) -> Sheet {
    let mut names = Names::new(replica, catalogue());
    let fields = fields_of_unit(ledger);
    let mut lines = Vec::new();
    for id in ids {
        let Some(record) = replica.find_ix(ledger.id, id).and_then(|ix| replica.record(ix)) else {
            continue;
        };
        let mut cells = Vec::new();
        let mut told = BTreeMap::new();
        for (slot, field) in &fields {
            let cell = out(
                replica,
                &mut names,
                (field, record.cell(*slot)),
                Some(unit),
                Personal::Whole,
            );
            let seen = record.heads(*slot).map(|atom| replica.change_id(atom.change)).collect();
            let text = text_of(&cell).to_owned();
            if !text.is_empty() || !record.slot(*slot).is_empty() {
                told.insert(field.name.to_owned(), IssuedCell { text, seen });
            }
            cells.push(cell);
        }
        cells.push(Out::Text(id.clone()));
        issued.cells.insert((ledger.id.to_owned(), id.clone()), told);
        lines.push(Line {
            cells,
            look: Look::Plain,
        });
    }
    let mut columns: Vec<Column> = fields
        .iter()
        .map(|(_, field)| column(replica, &mut names, field, Some(unit)))
        .collect();
    columns.push(Column {
        hidden: true,
        ..Column::default()
    });
    let mut marks: Vec<String> = fields.iter().map(|(_, field)| mark(ledger, field.name)).collect();
    marks.push(mark(ledger, RECORD));
    let mut head: Vec<Heading> = fields.iter().map(|(_, field)| heading(field)).collect();
    head.push(plain_heading("编号"));
    let named = show::unit_name(replica, unit);
    Sheet {
        name: ledger.label.to_owned(),
        title: format!("{named}{}", ledger.label),
        lines: vec![
            format!(
                "任务：{}　统计期：{}",
                task.title().unwrap_or("--"),
                task.period().unwrap_or("不限")
            ),
            directions(ledger),
        ],
        marks,
        head: vec![head],
        columns,
        rows: lines,
        blank_rows: BLANK_ROWS,
        ..Sheet::default()
    }
}

/// What is asked, until when, and how to fill it in.
fn front(replica: &Replica, task: &Dispatch, unit: &str, asked: &[&'static Ledger], counts: &[usize]) -> Sheet {
    let due = task.due().map_or_else(|| "--".to_owned(), date_in_words);
    let mut entries: Vec<(String, String)> = vec![
        ("村（社区）".to_owned(), show::unit_name(replica, unit)),
        ("任务".to_owned(), task.title().unwrap_or("--").to_owned()),
        ("统计期".to_owned(), task.period().unwrap_or("不限").to_owned()),
        ("截止日期".to_owned(), due),
    ];
    if let Some(note) = task.note() {
        entries.push(("说明".to_owned(), note.to_owned()));
    }
    entries.push((BY.to_owned(), String::new()));
    for (ledger, count) in asked.iter().zip(counts) {
        let there = match count {
            0 => "还没有记录，请在空行里填写".to_owned(),
            count => format!("已有 {count} {}，请核对；新的填在下面的空行里", ledger.counted),
        };
        entries.push((ledger.label.to_owned(), there));
    }
    let line = |(label, text): (String, String)| Line {
        cells: vec![Out::Text(label), Out::Text(text)],
        look: Look::Plain,
    };
    let hints = [
        "每本台账一张表，在下面的标签里切换。已有的内容都在表里：不对的直接改，没有的在空行里补。",
        "黄色格子必须填；有下拉箭头的格子从列表里选；不要改表头，不要增加或删除列。删去一行不会删除记录。",
        "填好后保存，把这份文件发回镇党建办。",
    ];
    Sheet {
        name: "填写说明".to_owned(),
        title: format!("{}填报表", show::unit_name(replica, unit)),
        lines: hints.map(str::to_owned).into(),
        marks: vec![format!("{MARK}::{DIRECTIONS}"), format!("{MARK}::")],
        head: vec![vec![plain_heading("项目"), plain_heading("内容")]],
        columns: vec![Column::default(); 2],
        rows: entries.into_iter().map(line).collect(),
        ..Sheet::default()
    }
}

/// The row of the directions that a person fills in with his name.
pub const BY: &str = "填报人";

fn directions(ledger: &Ledger) -> String {
    let about = match ledger.help {
        "" => String::new(),
        help => format!("{help}。"),
    };
    format!(
        "{about}一行一{}；黄色格子必须填，有下拉箭头的从列表里选。",
        ledger.counted
    )
}

fn mark(ledger: &Ledger, field: &str) -> String {
    format!("{MARK}:{}:{field}", ledger.id)
}

fn plain_heading(text: &str) -> Heading {
    Heading {
        text: text.to_owned(),
        columns: 1,
        rows: 1,
    }
}

fn heading(field: &Field) -> Heading {
    plain_heading(&field.head())
}

/// The text of a cell that is written.
fn text_of(cell: &Out) -> &str {
    match cell {
        Out::Empty => "",
        Out::Text(text) | Out::Number(text) | Out::Day(text) | Out::Problem(text) => text,
    }
}

/// A column with what may be chosen in it and how it is filled in.
fn column(replica: &Replica, names: &mut Names, field: &'static Field, unit: Option<&str>) -> Column {
    let words = |all: Vec<(String, String)>| -> Vec<String> { all.into_iter().map(|(_, words)| words).collect() };
    let records: &dyn Records = replica;
    let (choices, open) = match field.kind {
        Kind::Choice => (words(show::choices(records, field)), false),
        Kind::YesNo => (vec!["是".to_owned(), "否".to_owned()], false),
        Kind::Unit | Kind::District => (words(names.offers(field, None, MOST_OFFERED)), true),
        // Somebody who is not here yet may be named: another sheet of the same form may bring him.
        Kind::Ref => (words(names.offers(field, unit, MOST_OFFERED)), true),
        _ => (Vec::new(), false),
    };
    let several = |all: Vec<String>| match all.is_empty() {
        true => "可填多项，用顿号分开".to_owned(),
        false => format!("可填多项，用顿号分开：{}", all.join("、")),
    };
    let how = match field.kind {
        Kind::Day => "写成 2022-03-05 这样".to_owned(),
        Kind::Month => "写成 2022-03 这样".to_owned(),
        Kind::Year => "写成 2022 这样".to_owned(),
        Kind::Choices => several(words(show::choices(records, field))),
        Kind::Refs => several(Vec::new()),
        _ => String::new(),
    };
    let hint = show::hint(records, field);
    let parts: Vec<&str> = [hint.as_str(), how.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Column {
        kind: kind_of(field),
        choices,
        hint: parts.join("；"),
        required: field.required,
        open,
        hidden: false,
    }
}
