//! Grids that were left unfinished, as text that survives a reload, and taken up again where the records stand now. A
//! ledger has one for each choice of what its rows are and what holds for all of them.

use super::form::{self, value_of};
use super::grid::{At, Fault, Grid, GridRow, Ground, Way, text_of};
use super::matrix::{held_in, way_label};
use super::tables::names::Names;
use crate::model::ledger::{Cells, Ledger, Slot};
use crate::model::value::Value;

/// A cell that was written into: its field, what was typed, and what the record said then.
#[derive(Clone, Debug, PartialEq)]
struct KeptCell {
    slot: Slot,
    text: String,
    before: Value,
}

/// A row that was written into.
#[derive(Clone, Debug, Default, PartialEq)]
struct KeptRow {
    /// Id of its record; empty for a new one.
    id: String,
    /// What it is known by without one: its unit, or its place in a matrix; empty for an empty row.
    key: String,
    taken: bool,
    cells: Vec<KeptCell>,
}

/// What was written into a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// What its rows were.
    pub way: Way,
    /// What held for all rows, as it was chosen or typed.
    pub fixed: Vec<(Slot, String)>,
    rows: Vec<KeptRow>,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenUp {
    /// Rows whose record is no longer there.
    pub lost: usize,
    /// What others wrote meanwhile into cells that were written into.
    pub faults: Vec<Fault>,
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    text.replace('\t', "\\t")
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => {}
            },
            sign => out.push(sign),
        }
    }
    out
}

fn line(parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
    format!("{}\n", parts.join("\t"))
}

/// How the way is written.
fn word(way: Way) -> &'static str {
    match way {
        Way::List => "list",
        Way::Unit => "unit",
        Way::Matrix => "matrix",
    }
}

/// What was written into grids, as text: of each one line for the way, one for each value that holds for all rows, then
/// each row with its cells.
pub fn to_text(ledger: &'static Ledger, all: &[Kept]) -> String {
    let name = |slot: Slot| ledger.field_at(slot).map_or("", |field| field.name);
    let mut out = String::new();
    for kept in all {
        out.push_str(&line(&["way", word(kept.way)]));
        for (slot, text) in &kept.fixed {
            out.push_str(&line(&["held", name(*slot), text]));
        }
        for row in &kept.rows {
            let taken = if row.taken { "yes" } else { "no" };
            out.push_str(&line(&["row", &row.id, &row.key, taken]));
            for cell in &row.cells {
                let before = form::text_of(&cell.before);
                out.push_str(&line(&["cell", name(cell.slot), &cell.text, &before]));
            }
        }
    }
    out
}

/// Reads what [`to_text`] wrote; lines that do not fit the ledger are left out, and grids of which no row is left.
pub fn from_text(ledger: &'static Ledger, text: &str) -> Vec<Kept> {
    let mut all: Vec<Kept> = Vec::new();
    for line in text.lines() {
        let parts: Vec<String> = line.split('\t').map(plain).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if let ["way", way] = parts.as_slice() {
            let known = [Way::List, Way::Unit, Way::Matrix];
            let way = known.into_iter().find(|known| word(*known) == *way);
            all.push(Kept {
                way: way.unwrap_or_default(),
                ..Kept::default()
            });
        } else if let Some(kept) = all.last_mut() {
            kept.read_line(ledger, &parts);
        }
    }
    all.retain(|kept| !kept.rows.is_empty());
    all
}

impl Kept {
    /// What was written into a grid; `None` where nothing was.
    pub fn of(way: Way, fixed: &[(Slot, String)], grid: &Grid) -> Option<Kept> {
        let row = |row: &GridRow| {
            let written = grid.columns.iter().zip(&row.texts).zip(&row.began.0);
            let cells = written.filter(|((_, text), began)| text != began);
            KeptRow {
                id: row.base.id.clone(),
                key: row.key.clone(),
                taken: row.taken,
                cells: cells
                    .map(|((column, text), _)| KeptCell {
                        slot: column.slot,
                        text: text.clone(),
                        before: row.base.cell(column.slot).clone(),
                    })
                    .collect(),
            }
        };
        let rows: Vec<KeptRow> = grid.rows.iter().filter(|row| row.is_changed()).map(row).collect();
        (!rows.is_empty()).then(|| Kept {
            way,
            fixed: fixed.to_vec(),
            rows,
        })
    }

    fn read_line(&mut self, ledger: &'static Ledger, parts: &[&str]) {
        match parts {
            ["held", name, text] => {
                if let Some(slot) = ledger.slot(name) {
                    self.fixed.push((slot, (*text).to_owned()));
                }
            }
            ["row", id, key, taken] => self.rows.push(KeptRow {
                id: (*id).to_owned(),
                key: (*key).to_owned(),
                taken: *taken == "yes",
                cells: Vec::new(),
            }),
            ["cell", name, text, before] => {
                if let (Some(slot), Some(field), Some(row)) =
                    (ledger.slot(name), ledger.field(name), self.rows.last_mut())
                {
                    row.cells.push(KeptCell {
                        slot,
                        text: (*text).to_owned(),
                        before: value_of(field, before),
                    });
                }
            }
            _ => {}
        }
    }

    /// Whether it was written into the grid of this choice.
    pub fn is_of(&self, ledger: &'static Ledger, way: Way, fixed: &[(Slot, String)]) -> bool {
        let held = held_in(ledger, way).unwrap_or_default();
        let said = |all: &[(Slot, String)], slot: Slot| {
            let found = all.iter().find(|(s, _)| *s == slot);
            found.map(|(_, text)| text.trim().to_owned()).unwrap_or_default()
        };
        let is_same = |slot: Slot| said(&self.fixed, slot) == said(fixed, slot);
        self.way == way && held.iter().all(|(slot, _)| is_same(*slot))
    }

    /// What its grid is of, with how many rows were written into, as said to the person: `党务培训，填了 3 行没有保存`.
    pub fn told(&self, ground: &Ground, ledger: &'static Ledger) -> String {
        let mut names = Names::new(ground.records, ground.catalogue);
        let held = held_in(ledger, self.way).unwrap_or_default();
        let words = held.into_iter().filter_map(|(slot, field)| {
            let (_, text) = self.fixed.iter().find(|(s, _)| *s == slot)?;
            Some(text_of(ground, &mut names, field, &value_of(field, text), None))
        });
        let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
        let of = match words.is_empty() {
            true => way_label(ledger, self.way),
            false => words.join("，"),
        };
        // A cell of a matrix is a row of its own here.
        let counted = if self.way == Way::Matrix { "格" } else { "行" };
        format!("{of}，填了 {} {counted}没有保存，还留着", self.rows.len())
    }

    /// Writes it into a grid that was made anew, as one step. What others wrote meanwhile into the same cells is named.
    pub fn take_up(&self, ground: &Ground, grid: &mut Grid) -> TakenUp {
        let mut out = TakenUp::default();
        let mut found: Vec<(usize, &KeptRow)> = Vec::new();
        for row in &self.rows {
            let place = self.place_of(row, ground, grid, &found);
            match place {
                Some(place) => found.push((place, row)),
                None => out.lost += 1,
            }
        }
        let mut cells: Vec<(At, String)> = Vec::new();
        for (place, row) in &found {
            for cell in &row.cells {
                let column = grid.columns.iter().position(|column| column.slot == cell.slot);
                if let Some(column) = column {
                    cells.push(((*place, column), cell.text.clone()));
                    // What the person saw when the cell was written into.
                    if let Some(line) = grid.rows.get_mut(*place).filter(|line| !line.base.id.is_empty()) {
                        line.base.set(cell.slot, cell.before.clone());
                    }
                }
            }
        }
        grid.put(cells);
        for (place, row) in &found {
            grid.tick(*place, row.taken);
        }
        out.faults = grid.catch_up(ground);
        out
    }

    /// The row of the grid that a kept one goes on in: that of its record, or of its unit, or the next empty one.
    fn place_of(&self, row: &KeptRow, ground: &Ground, grid: &Grid, found: &[(usize, &KeptRow)]) -> Option<usize> {
        if !row.id.is_empty() {
            let ledger = ground.catalogue.get(grid.ledger)?;
            let id = ground.records.find(ledger.schema, &row.id)?.id().to_owned();
            return grid.rows.iter().position(|line| line.base.id == id);
        }
        if self.way != Way::List {
            return grid.rows.iter().position(|line| line.key == row.key);
        }
        let is_free = |(place, line): &(usize, &GridRow)| {
            line.base.id.is_empty() && found.iter().all(|(taken, _)| taken != place)
        };
        grid.rows.iter().enumerate().find(is_free).map(|(place, _)| place)
    }
}
