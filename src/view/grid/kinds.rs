//! What a grid is made of, and what is seen of it.

use crate::model::date::Day;
use crate::model::ledger::{Catalogue, Field, Ledger, Preset, Slot};
use crate::model::records::{Draft, Records};

/// Most rows of a grid.
pub const MOST_ROWS: usize = 200;
/// Empty rows below the records of a list, for new ones.
pub const SPARE_ROWS: usize = 10;

/// What the rows of a grid are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// The records of a list.
    #[default]
    List,
    /// One for each unit.
    Unit,
    /// One for each unit or person, with a cell for each choice: [`super::matrix`].
    Matrix,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct GridColumn {
    /// Where its values stand.
    pub slot: Slot,
    /// Its field.
    pub field: &'static Field,
}

impl PartialEq for GridColumn {
    fn eq(&self, other: &GridColumn) -> bool {
        self.slot == other.slot && self.field.name == other.field.name
    }
}

/// A row: a record, or one to be.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// What stands in front of it: the unit or the name of the record; empty for an empty row.
    pub label: String,
    /// The record as it stands, or a new one with what holds for all rows.
    pub base: Draft,
    /// One text per column.
    pub texts: Vec<String>,
    /// Whether it is saved.
    pub taken: bool,
    /// What it is known by while it has no record: its unit, in a matrix its row and choice; empty in a list.
    pub(in crate::view) key: String,
    /// The texts it was opened with, and whether it was to be saved then.
    pub(in crate::view) began: (Vec<String>, bool),
}

impl GridRow {
    /// Whether a person wrote into it or ticked it otherwise.
    pub(in crate::view) fn is_changed(&self) -> bool {
        self.texts != self.began.0 || self.taken != self.began.1
    }
}

/// A cell by row and column.
pub type At = (usize, usize);

/// One step that can be undone: cells and ticks as they were.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Step {
    pub(super) cells: Vec<(At, String)>,
    pub(super) ticks: Vec<(usize, bool)>,
}

/// The grid. In a matrix each cell that is seen is a row of its own here, with the one column of its value; places given
/// from outside and faults are those that are seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Id of the ledger.
    pub ledger: &'static str,
    /// Columns.
    pub columns: Vec<GridColumn>,
    /// Rows.
    pub rows: Vec<GridRow>,
    /// The headings of a matrix; empty where it is none.
    pub(in crate::view) across: Vec<String>,
    /// The column that says who came, where the grid is a roll: all that were asked, each present or absent.
    pub(super) roll: Option<usize>,
    /// The day it was made on, to which a day without its year is near.
    pub(super) today: Day,
    pub(super) done: Vec<Step>,
    pub(super) undone: Vec<Step>,
}

/// A cell or a row that cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The row.
    pub row: usize,
    /// The column; `None` where it is about a field without one.
    pub column: Option<usize>,
    /// What is wrong and what to do.
    pub why: String,
}

/// What would be saved, or why nothing can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// The records of the rows that are to be saved and differ from what stands.
    pub drafts: Vec<Draft>,
    /// Ids of the records whose cell of a matrix was emptied: they are deleted.
    pub deleted: Vec<String>,
    /// Faults; with one, nothing is saved.
    pub faults: Vec<Fault>,
}

/// What a grid is made and checked against.
pub struct Ground<'a> {
    /// The records.
    pub records: &'a dyn Records,
    /// The ledgers.
    pub catalogue: &'a Catalogue,
    /// Today.
    pub today: Day,
    /// Why records of a unit cannot be written by this person; `None` where they can.
    pub why_not: &'a dyn Fn(&str) -> Option<String>,
}

impl Grid {
    pub(in crate::view) fn empty(ledger: &'static Ledger, columns: Vec<GridColumn>, today: Day) -> Grid {
        Grid {
            ledger: ledger.id,
            columns,
            rows: Vec::new(),
            across: Vec::new(),
            roll: None,
            today,
            done: Vec::new(),
            undone: Vec::new(),
        }
    }

    /// Whether a person has written nothing into it and ticked nothing otherwise.
    pub fn is_untouched(&self) -> bool {
        !self.rows.iter().any(GridRow::is_changed)
    }

    /// Whether it is a matrix.
    pub fn is_matrix(&self) -> bool {
        !self.across.is_empty()
    }

    /// Rows and columns that are seen.
    pub fn size(&self) -> (usize, usize) {
        match self.across.len() {
            0 => (self.rows.len(), self.columns.len()),
            wide => (self.rows.len() / wide, wide),
        }
    }

    /// The heading of each column that is seen, and where its values stand.
    pub fn heads(&self) -> Vec<(String, GridColumn)> {
        let value = self.columns.first().copied();
        let across = self.across.iter().filter_map(|head| Some((head.clone(), value?)));
        let plain = self.columns.iter().map(|column| (column.field.head(), *column));
        match self.is_matrix() {
            true => across.collect(),
            false => plain.collect(),
        }
    }

    /// What stands in front of a row that is seen.
    pub fn name(&self, row: usize) -> &str {
        let row = self.rows.get(row * self.across.len().max(1));
        row.map_or("", |row| &row.label)
    }

    /// The place here of a cell that is seen; outside of everything where it is outside.
    pub(super) fn inner(&self, (row, column): At) -> At {
        match self.across.len() {
            0 => (row, column),
            wide if column < wide => (row * wide + column, 0),
            _ => (usize::MAX, 0),
        }
    }

    /// A fault at the place that is seen.
    pub(super) fn outer(&self, fault: Fault) -> Fault {
        match self.across.len() {
            0 => fault,
            wide => Fault {
                column: Some(fault.row % wide),
                row: fault.row / wide,
                ..fault
            },
        }
    }

    /// The text of a cell; empty outside.
    pub fn text(&self, at: At) -> &str {
        self.text_in(self.inner(at))
    }

    pub(super) fn text_in(&self, (row, column): At) -> &str {
        let row = self.rows.get(row);
        row.and_then(|row| row.texts.get(column)).map_or("", String::as_str)
    }

    /// The field that says who came, where the grid is a roll.
    pub fn roll(&self) -> Option<&'static Field> {
        Some(self.columns.get(self.roll?)?.field)
    }

    /// Whether a row would be saved. A cell of a matrix that has no record and stays empty would not, nor would a row of a
    /// roll that says neither present nor absent: it was not asked.
    pub(super) fn is_taken(&self, row: &GridRow) -> bool {
        let is_empty = |text: &String| text.trim().is_empty();
        let says_nothing = match self.roll {
            Some(at) => row.texts.get(at).is_none_or(is_empty),
            None => self.is_matrix() && row.texts.iter().all(is_empty),
        };
        row.taken && !(says_nothing && row.base.id.is_empty())
    }

    /// Whether a cell says who came in a row that may be left out: it has no record yet.
    pub fn may_be_left_out(&self, at: At) -> bool {
        let (row, column) = self.inner(at);
        let is_new = self.rows.get(row).is_some_and(|row| row.base.id.is_empty());
        is_new && self.roll == Some(column)
    }

    /// What a cell that is ticked says after the next tick: yes, then no; in a roll then nothing, as long as there is no
    /// record; in a matrix today, then nothing.
    pub fn next_tick(&self, at: At, today: Day) -> String {
        let next = match (self.is_matrix(), self.text(at)) {
            (true, "") => return today.to_string(),
            (true, _) => "",
            (false, "是") => "否",
            (false, "否") if self.may_be_left_out(at) => "",
            (false, _) => "是",
        };
        next.to_owned()
    }

    /// How many records would be saved.
    pub fn taken(&self) -> usize {
        self.rows.iter().filter(|row| self.is_taken(row)).count()
    }
}

/// Whether a column says that somebody came, as is usual.
pub(super) fn is_presence(column: &GridColumn) -> bool {
    column.field.required && column.field.preset == Preset::YesNo(true)
}
