//! What a form that was given out carries of itself: whose it is, what its cells said, and what had been written by then.
//!
//! It stands in a hidden sheet. What comes back is read against it: a cell that says what it said then brings nothing,
//! and one that was changed is a write by somebody who knew what stood then and no more.

use std::collections::BTreeMap;

use office::book::{Book, Table};
use office::sheet::{Column, Heading, Line, Look, Out, Sheet};

use super::layout::{MARK, text_of};
use crate::replica::ChangeId;

/// Name of the hidden sheet.
pub const SHEET: &str = "天城党建";
/// The field that the hidden column of record ids is marked with; no ledger has one of this name.
pub const RECORD: &str = "@record";
/// The field that marks the sheet of directions.
pub const DIRECTIONS: &str = "@directions";
/// The mark of the hidden sheet, with the version of what it holds.
const VERSION: &str = "@issued:1";

/// What a cell said when the form was given out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssuedCell {
    /// Its text; empty for nothing.
    pub text: String,
    /// The writes that stood then.
    pub seen: Vec<ChangeId>,
}

/// A form that was given out to a unit for a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issued {
    /// Name of the town.
    pub town: String,
    /// Code of the unit.
    pub unit: String,
    /// Id of the task.
    pub task: String,
    /// Ids of the ledgers that were asked for.
    pub ledgers: Vec<String>,
    /// Cells by ledger, record and field.
    pub cells: BTreeMap<(String, String), BTreeMap<String, IssuedCell>>,
}

impl Issued {
    /// The hidden sheet.
    pub fn sheet(&self) -> Sheet {
        let line = |cells: [&str; 5]| Line {
            cells: cells.map(|text| Out::Text(text.to_owned())).into(),
            look: Look::Plain,
        };
        let ledgers = self.ledgers.join(" ");
        let mut rows = vec![
            line(["town", &self.town, "", "", ""]),
            line(["unit", &self.unit, "", "", ""]),
            line(["task", &self.task, "", "", ""]),
            line(["ledgers", &ledgers, "", "", ""]),
        ];
        for ((ledger, record), fields) in &self.cells {
            for (field, cell) in fields {
                let seen: Vec<String> = cell.seen.iter().map(ChangeId::to_string).collect();
                rows.push(line([ledger, record, field, &cell.text, &seen.join(" ")]));
            }
        }
        let head = ["台账", "记录", "栏目", "原来的内容", "依据"].map(|text| Heading {
            text: text.to_owned(),
            columns: 1,
            rows: 1,
        });
        Sheet {
            name: SHEET.to_owned(),
            marks: vec![format!("{MARK}:{VERSION}")],
            head: vec![head.into()],
            columns: vec![Column::default(); 5],
            rows,
            hidden: true,
            ..Sheet::default()
        }
    }

    /// Whether a workbook is a form that was given out, of whatever version.
    pub fn is_in(book: &Book) -> bool {
        book.sheets.iter().any(|table| mark_of(table).is_some())
    }

    /// What a workbook carries; `None` if it is no form, or one of a version that is not known.
    pub fn read(book: &Book) -> Option<Issued> {
        let of_form = |table: &&Table| mark_of(table).is_some_and(|mark| mark == VERSION);
        let table = book.sheets.iter().find(of_form)?;
        let mut issued = Issued::default();
        for row in &table.rows {
            let text = |at: usize| row.cells.get(at).map_or("", text_of);
            match text(0) {
                "town" => text(1).clone_into(&mut issued.town),
                "unit" => text(1).clone_into(&mut issued.unit),
                "task" => text(1).clone_into(&mut issued.task),
                "ledgers" => issued.ledgers = text(1).split(' ').map(str::to_owned).collect(),
                ledger if !text(2).is_empty() && !ledger.starts_with(MARK) => {
                    let seen = text(4).split(' ').filter_map(ChangeId::parse).collect();
                    let cell = IssuedCell {
                        text: text(3).to_owned(),
                        seen,
                    };
                    let of = issued.cells.entry((ledger.to_owned(), text(1).to_owned()));
                    of.or_default().insert(text(2).to_owned(), cell);
                }
                _ => {}
            }
        }
        (!issued.unit.is_empty() && !issued.task.is_empty()).then_some(issued)
    }
}

/// The mark of the hidden sheet of a form.
fn mark_of(table: &Table) -> Option<&str> {
    let cell = table.rows.first()?.cells.first()?;
    let mark = text_of(cell).strip_prefix(MARK)?.strip_prefix(':')?;
    mark.starts_with("@issued:").then_some(mark)
}
