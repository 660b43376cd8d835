//! A ledger as a grid of cells: many records filled in at once, saved as one change.
//!
//! Cells are texts as in a sheet, read as cells of sheets are ([`tables::cell`](super::tables::cell)). Nothing is saved
//! before [`Grid::check`] finds no fault in the rows that are to be saved.

use std::collections::BTreeSet;

use super::form;
use super::show;
use super::tables::ahead::Ahead;
use super::tables::cell::{Manner, Said, read};
use super::tables::names::Names;
use crate::model::date::Day;
use crate::model::ledger::{Catalogue, Cells, Field, Kind, Ledger, Preset, Slot, slots};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::{Draft, Records, rows};
use crate::model::value::Value;
use crate::order::Arrange;
use crate::view::typed::typed_date;
use office::book::Cell;

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
    pub(super) key: String,
    /// The texts it was opened with, and whether it was to be saved then.
    pub(super) began: (Vec<String>, bool),
}

impl GridRow {
    /// Whether a person wrote into it or ticked it otherwise.
    pub(super) fn is_changed(&self) -> bool {
        self.texts != self.began.0 || self.taken != self.began.1
    }
}

/// A cell by row and column.
pub type At = (usize, usize);

/// One step that can be undone: cells and ticks as they were.
#[derive(Clone, Debug, Default, PartialEq)]
struct Step {
    cells: Vec<(At, String)>,
    ticks: Vec<(usize, bool)>,
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
    pub(super) across: Vec<String>,
    /// The column that says who came, where the grid is a roll: all that were asked, each present or absent.
    roll: Option<usize>,
    /// The day it was made on, to which a day without its year is near.
    today: Day,
    done: Vec<Step>,
    undone: Vec<Step>,
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

/// A ledger of so few fields shows all of them.
pub const FEW: usize = 8;

/// The fields that a grid shows: those of the list, the required ones and those to be ticked, all of a small ledger,
/// without those that hold for all rows.
fn columns(ledger: &'static Ledger, fixed: &[(Slot, Value)], by_unit: bool) -> Vec<GridColumn> {
    let shown = |(slot, field): &(Slot, &'static Field)| {
        let is_head = by_unit && *slot == slots::UNIT;
        (field.column || field.required || field.kind == Kind::YesNo || ledger.fields.len() <= FEW)
            && !is_head
            && fixed.iter().all(|(held, _)| held != slot)
    };
    let all = ledger.slots().filter(shown);
    all.map(|(slot, field)| GridColumn { slot, field }).collect()
}

/// The fields of the natural key beside the unit, which hold for all rows where each unit has one row; `None` where a
/// unit has no one row: its records are told apart by a name.
pub fn held_for_all(ledger: &'static Ledger) -> Option<Vec<(Slot, &'static Field)>> {
    ledger.field("unit").filter(|field| field.kind == Kind::Unit)?;
    let key = ledger.key.iter().filter(|name| **name != "unit");
    let key = key.filter_map(|name| Some((ledger.slot(name)?, ledger.field(name)?)));
    let key: Vec<(Slot, &'static Field)> = key.collect();
    let named = key
        .iter()
        .any(|(_, field)| matches!(field.kind, Kind::Text | Kind::LongText));
    (!named).then_some(key)
}

/// The text of a value as it stands in a cell.
pub(super) fn text_of(ground: &Ground, names: &mut Names, field: &Field, value: &Value, unit: Option<&str>) -> String {
    match (field.kind, value) {
        _ if value.is_blank() => String::new(),
        (Kind::Phone, Value::Text(text)) => text.to_string(),
        (Kind::Ref, Value::Text(id)) => names.called(field, id, unit),
        (Kind::Refs, Value::List(ids)) => {
            let called: Vec<String> = ids.iter().map(|id| names.called(field, id, unit)).collect();
            called.join("；")
        }
        (Kind::Int | Kind::Year, Value::Int(number)) => number.to_string(),
        (Kind::Decimal | Kind::Text | Kind::LongText | Kind::Day | Kind::Month, Value::Text(text)) => text.to_string(),
        _ => show::value(ground.records, ground.catalogue, field, value),
    }
}

impl Grid {
    /// One row for each unit: its record with these values, or one to be. `mine` keeps the units that the person writes for.
    pub fn by_unit(ground: &Ground, ledger: &'static Ledger, fixed: &[(Slot, Value)]) -> Grid {
        let columns = columns(ledger, fixed, true);
        let mut names = Names::new(ground.records, ground.catalogue);
        let mut units = rows::<Unit>(ground.records);
        units.retain(|unit| unit.until().is_none() && (ground.why_not)(unit.id()).is_none());
        units.arrange_by(|a, b| a.id().cmp(b.id()));
        let mut out = Grid::empty(ledger, columns, ground.today);
        // Where presence is what is recorded, as at a training, everybody is in the list at first. Who is not in one that
        // was saved was not asked.
        out.roll = out.columns.iter().position(is_presence);
        let presence = out.roll().and_then(|field| ledger.slot(field.name));
        let has_record = |unit: &Unit| standing(ground.records, ledger, unit.id(), fixed).is_some();
        let is_begun = presence.is_some() && units.iter().any(has_record);
        for unit in units.into_iter().take(MOST_ROWS) {
            let stands = standing(ground.records, ledger, unit.id(), fixed);
            let mut base = match stands {
                Some(cells) => form::edited(ledger, cells),
                None => fresh(ground, ledger, unit.id(), fixed),
            };
            if let Some(slot) = presence.filter(|_| is_begun && base.id.is_empty()) {
                base.set(slot, Value::Null);
            }
            let taken = presence.is_some() && !is_begun;
            let label = show::name(unit.name().unwrap_or(unit.id()));
            out.push(ground, &mut names, (label, unit.id().to_owned()), base, taken);
        }
        out
    }

    /// The records of a list in its order, and empty rows for new ones.
    pub fn of_list(ground: &Ground, ledger: &'static Ledger, records: &[&dyn Cells], unit: Option<&str>) -> Grid {
        let mut names = Names::new(ground.records, ground.catalogue);
        let mut out = Grid::empty(ledger, columns(ledger, &[], false), ground.today);
        for cells in records.iter().take(MOST_ROWS) {
            let label = show::title(ground.records, ground.catalogue, ledger, *cells);
            let base = form::edited(ledger, *cells);
            out.push(ground, &mut names, (label, String::new()), base, false);
        }
        for _ in 0..SPARE_ROWS {
            let mut base = Draft::new(ledger.schema, "");
            if let Some(unit) = unit.filter(|_| ledger.field("unit").is_some()) {
                base.set(slots::UNIT, Value::text(unit));
            }
            out.push(ground, &mut names, Default::default(), base, false);
        }
        out
    }

    pub(super) fn empty(ledger: &'static Ledger, columns: Vec<GridColumn>, today: Day) -> Grid {
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

    /// Adds a row with its label and key.
    pub(super) fn push(
        &mut self,
        ground: &Ground,
        names: &mut Names,
        (label, key): (String, String),
        base: Draft,
        taken: bool,
    ) {
        let unit = base.unit().map(str::to_owned);
        let text = |column: &GridColumn| text_of(ground, names, column.field, base.cell(column.slot), unit.as_deref());
        let texts: Vec<String> = self.columns.iter().map(text).collect();
        self.rows.push(GridRow {
            label,
            base,
            key,
            began: (texts.clone(), taken),
            texts,
            taken,
        });
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
    fn inner(&self, (row, column): At) -> At {
        match self.across.len() {
            0 => (row, column),
            wide if column < wide => (row * wide + column, 0),
            _ => (usize::MAX, 0),
        }
    }

    /// A fault at the place that is seen.
    fn outer(&self, fault: Fault) -> Fault {
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

    fn text_in(&self, (row, column): At) -> &str {
        let row = self.rows.get(row);
        row.and_then(|row| row.texts.get(column)).map_or("", String::as_str)
    }

    /// The field that says who came, where the grid is a roll.
    pub fn roll(&self) -> Option<&'static Field> {
        Some(self.columns.get(self.roll?)?.field)
    }

    /// Whether a row would be saved. A cell of a matrix that has no record and stays empty would not, nor would a row of a
    /// roll that says neither present nor absent: it was not asked.
    fn is_taken(&self, row: &GridRow) -> bool {
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

    /// Writes texts from a cell to the right and down; what lies outside is left out. Whole rows that had no room.
    pub fn paste(&mut self, (row, column): At, block: &[Vec<String>]) -> usize {
        let mut cells = Vec::new();
        for (down, line) in block.iter().enumerate() {
            for (right, text) in line.iter().enumerate() {
                cells.push(((row + down, column + right), text.clone()));
            }
        }
        let room = self.size().0.saturating_sub(row);
        self.write(cells);
        block.len().saturating_sub(room)
    }

    /// Copies the first row of a range to those below it.
    pub fn fill_down(&mut self, from: At, to: At) {
        let ((top, left), (bottom, right)) = ordered(from, to);
        let mut cells = Vec::new();
        for column in left..=right {
            let text = self.text((top, column)).to_owned();
            cells.extend((top + 1..=bottom).map(|row| ((row, column), text.clone())));
        }
        self.write(cells);
    }

    /// Empties a range.
    pub fn clear(&mut self, from: At, to: At) {
        let ((top, left), (bottom, right)) = ordered(from, to);
        let all = (top..=bottom).flat_map(|row| (left..=right).map(move |column| ((row, column), String::new())));
        self.write(all.collect());
    }

    /// A range as a spreadsheet takes it: cells parted by tabs, rows by line breaks.
    pub fn copy(&self, from: At, to: At) -> String {
        let ((top, left), (bottom, right)) = ordered(from, to);
        let cell = |text: &str| match text.contains(['\t', '\n', '"']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text.to_owned(),
        };
        let line = |row: usize| {
            let cells = (left..=right).map(|column| cell(self.text((row, column))));
            cells.collect::<Vec<_>>().join("\t")
        };
        (top..=bottom).map(line).collect::<Vec<_>>().join("\n")
    }

    /// Writes cells as one step. A row that is written to is saved. Days without their year get it.
    pub fn write(&mut self, cells: Vec<(At, String)>) {
        let within = |(at, text): (At, String)| {
            let at = self.inner(at);
            let field = self.columns.get(at.1).map(|column| column.field);
            let dated = field.and_then(|field| typed_date(field, &text, self.today));
            (at, dated.unwrap_or(text))
        };
        let cells = cells.into_iter().map(within).collect();
        let cells = self.with_what_follows(cells);
        self.put(cells);
    }

    /// The same for just these cells.
    pub(super) fn put(&mut self, cells: Vec<(At, String)>) {
        let mut step = Step::default();
        for (at, text) in cells {
            let Some(row) = self.rows.get_mut(at.0) else {
                continue;
            };
            if let Some(cell) = row.texts.get_mut(at.1).filter(|cell| **cell != text) {
                step.cells.push((at, std::mem::replace(cell, text)));
                if !row.taken {
                    row.taken = true;
                    step.ticks.push((at.0, false));
                }
            }
        }
        if step != Step::default() {
            self.done.push(step);
            self.undone.clear();
        }
    }

    /// Who is absent has no hours: numbers beside a presence that is denied go, and come back with it.
    fn with_what_follows(&self, cells: Vec<(At, String)>) -> Vec<(At, String)> {
        let mut out = Vec::new();
        for ((row, at), text) in cells {
            let present = self.columns.get(at).filter(|column| is_presence(column));
            let line = self.rows.get(row).filter(|_| present.is_some());
            let absent = ["否", "×", "x"].contains(&text.as_str());
            out.push(((row, at), text));
            let Some(line) = line else { continue };
            for (other, column) in self.columns.iter().enumerate() {
                if matches!(column.field.kind, Kind::Decimal | Kind::Int) {
                    let base = line.base.cell(column.slot);
                    let text = if absent { String::new() } else { form::text_of(base) };
                    out.push(((row, other), text));
                }
            }
        }
        out
    }

    /// Says whether a row is saved.
    pub fn tick(&mut self, row: usize, taken: bool) {
        if let Some(line) = self.rows.get_mut(row).filter(|line| line.taken != taken) {
            line.taken = taken;
            let ticks = vec![(row, !taken)];
            self.done.push(Step {
                ticks,
                ..Step::default()
            });
            self.undone.clear();
        }
    }

    /// Takes the last step back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.done.pop() else {
            return false;
        };
        let back = self.swap(step);
        self.undone.push(back);
        true
    }

    /// Does the last undone step again; whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.undone.pop() else {
            return false;
        };
        let back = self.swap(step);
        self.done.push(back);
        true
    }

    /// Puts cells and ticks as a step says, and returns how they were.
    fn swap(&mut self, step: Step) -> Step {
        let mut back = Step::default();
        for (at, text) in step.cells.into_iter().rev() {
            if let Some(cell) = self.rows.get_mut(at.0).and_then(|row| row.texts.get_mut(at.1)) {
                back.cells.push((at, std::mem::replace(cell, text)));
            }
        }
        for (row, taken) in step.ticks.into_iter().rev() {
            if let Some(line) = self.rows.get_mut(row) {
                back.ticks.push((row, std::mem::replace(&mut line.taken, taken)));
            }
        }
        back
    }

    /// Whether something was changed and not saved.
    pub fn is_touched(&self) -> bool {
        !self.done.is_empty()
    }

    /// Takes over what others wrote since the grid was made. Of a row that is to be saved, cells that the person changed as
    /// well keep the person's text and are named with what stands now: saved again, they cover what was seen.
    pub fn catch_up(&mut self, ground: &Ground) -> Vec<Fault> {
        let mut faults = Vec::new();
        let Some(ledger) = ground.catalogue.get(self.ledger) else {
            return faults;
        };
        let mut names = Names::new(ground.records, ground.catalogue);
        for (place, row) in self.rows.iter_mut().enumerate() {
            let stands = ground.records.find(ledger.schema, &row.base.id);
            let Some(stands) = stands.filter(|_| !row.base.id.is_empty()) else {
                continue;
            };
            let unit = stands.cell(slots::UNIT).as_str().map(str::to_owned);
            for (slot, _) in ledger.slots() {
                let (now, before) = (stands.cell(slot).clone(), row.base.cell(slot).clone());
                if now == before || now.is_blank() && before.is_blank() {
                    continue;
                }
                row.base.set(slot, now.clone());
                let Some(at) = self.columns.iter().position(|column| column.slot == slot) else {
                    continue;
                };
                let (Some(column), Some(text)) = (self.columns.get(at), row.texts.get_mut(at)) else {
                    continue;
                };
                let was = text_of(ground, &mut names, column.field, &before, unit.as_deref());
                let is = text_of(ground, &mut names, column.field, &now, unit.as_deref());
                if let Some(began) = row.began.0.get_mut(at) {
                    began.clone_from(&is);
                }
                if *text == was {
                    *text = is;
                } else if *text != is && row.taken {
                    faults.push(Fault {
                        row: place,
                        column: Some(at),
                        why: format!("这一格刚被改为“{is}”，核对后再按一次保存，就以您填的为准"),
                    });
                }
            }
        }
        faults.into_iter().map(|fault| self.outer(fault)).collect()
    }

    /// What would be saved. Every cell is read as a form reads it, every record checked beside the others as they would be.
    pub fn check(&self, ground: &Ground) -> Checked {
        let mut out = Checked::default();
        let Some(ledger) = ground.catalogue.get(self.ledger) else {
            return out;
        };
        let mut names = Names::new(ground.records, ground.catalogue);
        let mut whole: Vec<(usize, Draft)> = Vec::new();
        let mut broken: Vec<(usize, Draft)> = Vec::new();
        for (place, row) in self.rows.iter().enumerate().filter(|(_, row)| self.is_taken(row)) {
            if self.is_matrix() && row.texts.iter().all(|text| text.trim().is_empty()) {
                match self.why_kept(ground, ledger, row) {
                    None => out.deleted.push(row.base.id.clone()),
                    Some(why) => out.faults.push(Fault {
                        row: place,
                        column: Some(0),
                        why,
                    }),
                }
                continue;
            }
            let mut draft = row.base.clone();
            let faults = out.faults.len();
            for at in self.reading_order() {
                self.read_cell((place, at), &mut draft, &mut names, &mut out.faults);
            }
            match out.faults.len() == faults {
                true => whole.push((place, draft)),
                false => broken.push((place, draft)),
            }
        }
        self.check_together(ground, ledger, &whole, &mut out.faults);
        self.check_more(ground, ledger, &broken, &mut out.faults);
        out.faults = out.faults.into_iter().map(|fault| self.outer(fault)).collect();
        out.faults.sort_by_key(|fault| (fault.row, fault.column));
        if out.faults.is_empty() {
            let changed = whole
                .into_iter()
                .filter_map(|(place, draft)| self.changed(ledger, place, draft));
            out.drafts = changed.collect();
        } else {
            out.deleted.clear();
        }
        out
    }

    /// Why the record of a cell of a matrix that was emptied cannot go with it.
    fn why_kept(&self, ground: &Ground, ledger: &'static Ledger, row: &GridRow) -> Option<String> {
        let value = self.columns.first().map(|column| column.slot);
        let usual = form::fresh(ledger, ground.today, row.base.unit());
        let says_more = |(slot, field): (Slot, &'static Field)| {
            let said = row.base.cell(slot);
            let is_cell = Some(slot) == value || slot == slots::UNIT || ledger.key.contains(&field.name);
            !is_cell && !said.is_blank() && said != usual.cell(slot)
        };
        let more = ledger.slots().find(|placed| says_more(*placed));
        let why_not = (ground.why_not)(row.base.unit().unwrap_or_default());
        why_not.or_else(|| {
            let (_, field) = more?;
            Some(format!(
                "这条记录还写有“{}”，不能清空；要删除请到台账里删除",
                field.label
            ))
        })
    }

    /// Columns with the unit first: references are told apart by it.
    fn reading_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|at| self.columns.get(*at).is_none_or(|column| column.slot != slots::UNIT));
        order
    }

    fn read_cell(&self, (place, at): At, draft: &mut Draft, names: &mut Names, faults: &mut Vec<Fault>) {
        let Some(column) = self.columns.get(at) else {
            return;
        };
        let text = self.text_in((place, at)).to_owned();
        let unit = draft.unit().map(str::to_owned);
        let manner = Manner {
            own: true,
            yuan: false,
            names: false,
            today: self.today,
        };
        let why = match read(column.field, &Cell::Text(text), manner, names, unit.as_deref()) {
            Said::Blank => {
                draft.set(column.slot, Value::Null);
                return;
            }
            Said::Value(value) | Said::Read(value, _) => {
                draft.set(column.slot, value);
                return;
            }
            Said::Asks(asks, offers) => {
                let offers: Vec<String> = offers.into_iter().map(|(_, words)| words).collect();
                format!("{asks}请写明：{}", offers.join(" 或 "))
            }
            Said::Unclear(asks, offers) => {
                let offers: Vec<String> = offers.into_iter().take(6).map(|(_, words)| words).collect();
                match offers.is_empty() {
                    true => asks,
                    false => format!("{asks}例如：{}", offers.join("、")),
                }
            }
            Said::LeftEmpty(why) | Said::Problem(why) => why,
        };
        faults.push(Fault {
            row: place,
            column: Some(at),
            why,
        });
    }

    fn check_together(
        &self,
        ground: &Ground,
        ledger: &'static Ledger,
        whole: &[(usize, Draft)],
        faults: &mut Vec<Fault>,
    ) {
        let named = |(place, draft): &(usize, Draft)| match draft.id.is_empty() {
            true => Draft {
                id: format!("row {place}"),
                ..draft.clone()
            },
            false => draft.clone(),
        };
        let drafts: Vec<Draft> = whole.iter().map(named).collect();
        let ahead = Ahead::new(ground.records, ledger.schema, drafts.clone());
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for ((place, _), draft) in whole.iter().zip(&drafts) {
            let fault = |column: Option<usize>, why: String| Fault {
                row: *place,
                column,
                why,
            };
            if let Some(why) = (ground.why_not)(draft.unit().unwrap_or_default()) {
                faults.push(fault(None, why));
                continue;
            }
            for notice in form::errors(ledger, draft, &ahead, ground.today) {
                let column = self.columns.iter().position(|c| c.field.name == notice.place);
                faults.push(fault(column, format!("{}，{}", notice.what, notice.todo)));
            }
            let key = ledger.key.iter().filter_map(|name| ledger.slot(name));
            let key: Vec<String> = key.map(|slot| form::text_of(draft.cell(slot))).collect();
            let filled = !key.is_empty() && key.iter().all(|text| !text.is_empty());
            if filled && !keys.insert(key.join("\u{1f}")) {
                faults.push(fault(None, "和上面的一行是同一条，请只留一行".to_owned()));
            }
        }
    }

    /// What else is wrong with rows of which cells cannot be read.
    fn check_more(&self, ground: &Ground, ledger: &'static Ledger, broken: &[(usize, Draft)], faults: &mut Vec<Fault>) {
        for (place, draft) in broken {
            for notice in form::errors(ledger, draft, ground.records, ground.today) {
                let column = self.columns.iter().position(|c| c.field.name == notice.place);
                let is_said = faults.iter().any(|fault| fault.row == *place && fault.column == column);
                if !is_said {
                    faults.push(Fault {
                        row: *place,
                        column,
                        why: format!("{}，{}", notice.what, notice.todo),
                    });
                }
            }
        }
    }

    /// What is saved of a row: all of a new record, the changed values of one that stands; `None` where it says the same.
    fn changed(&self, ledger: &'static Ledger, place: usize, draft: Draft) -> Option<Draft> {
        let base = &self.rows.get(place)?.base;
        if base.id.is_empty() {
            return Some(draft);
        }
        let cells = form::changed(ledger, base, &draft);
        (!cells.is_empty()).then_some(Draft { cells, ..draft })
    }
}

/// Whether a column says that somebody came, as is usual.
fn is_presence(column: &GridColumn) -> bool {
    column.field.required && column.field.preset == Preset::YesNo(true)
}

fn ordered(from: At, to: At) -> (At, At) {
    (
        (from.0.min(to.0), from.1.min(to.1)),
        (from.0.max(to.0), from.1.max(to.1)),
    )
}

/// The record of a unit with these values.
fn standing<'a>(
    records: &'a dyn Records,
    ledger: &'static Ledger,
    unit: &str,
    fixed: &[(Slot, Value)],
) -> Option<&'a dyn Cells> {
    // Without anything that tells them apart no record is the one of the unit.
    held_for_all(ledger).filter(|_| !ledger.key.is_empty())?;
    let mut found = None;
    records.visit(ledger.schema, Some(unit), &mut |cells| {
        if fixed.iter().all(|(slot, value)| cells.cell(*slot) == value) {
            found = found.or(Some(cells));
        }
    });
    found
}

/// A new record of a unit: presets, what holds for all rows, what follows from the record chosen there (its day, and
/// what it calls the same), and the one record of the unit that a reference can mean.
fn fresh(ground: &Ground, ledger: &'static Ledger, unit: &str, fixed: &[(Slot, Value)]) -> Draft {
    let mut draft = form::fresh(ledger, ground.today, Some(unit));
    for (slot, value) in fixed {
        draft.set(*slot, value.clone());
        let Some(field) = ledger.field_at(*slot).filter(|field| field.kind == Kind::Ref) else {
            continue;
        };
        form::take_day(ledger, &mut draft, field, ground.records, ground.today);
        let target = ground.catalogue.get(field.target);
        let chosen = target.and_then(|target| Some((target, ground.records.find(target.schema, value.as_str()?)?)));
        for (own_slot, own) in ledger.slots() {
            let same = chosen.and_then(|(target, cells)| {
                let other = target
                    .field(own.name)
                    .filter(|other| other.kind == own.kind && other.label == own.label)?;
                Some(cells.cell(target.slot(other.name)?).clone())
            });
            if let Some(value) = same.filter(|value| !value.is_blank() && draft.cell(own_slot).is_blank()) {
                draft.set(own_slot, value);
            }
        }
    }
    for (slot, field) in ledger.slots().filter(|(_, field)| field.kind == Kind::Ref) {
        if draft.cell(slot).is_blank()
            && let Some(target) = ground
                .catalogue
                .get(field.target)
                .filter(|target| target.field("until").is_some())
            && let Some(only) = only_current(ground.records, target, unit)
        {
            draft.set(slot, Value::text(only));
        }
    }
    draft
}

/// The id of the only record of a unit in a ledger of terms that has not ended.
fn only_current(records: &dyn Records, ledger: &'static Ledger, unit: &str) -> Option<String> {
    let until = ledger.slot("until")?;
    let mut current: Vec<String> = Vec::new();
    records.visit(ledger.schema, Some(unit), &mut |cells| {
        if cells.cell(until).is_blank() {
            current.push(cells.id().to_owned());
        }
    });
    (current.len() == 1).then(|| current.remove(0))
}
