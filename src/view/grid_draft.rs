//! A grid that was left unfinished, as text that survives a reload, and taken up again where the records stand now.

use super::form::{text_of, value_of};
use super::grid::{At, Fault, Grid, GridRow, Ground, Way};
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

/// What was written into a grid, as text: one line for the way, one for each value that holds for all rows, then each
/// row with its cells. `None` where nothing was written.
pub fn to_text(ledger: &'static Ledger, way: Way, fixed: &[(Slot, String)], grid: &Grid) -> Option<String> {
    let name = |slot: Slot| ledger.field_at(slot).map_or("", |field| field.name);
    let mut out = line(&["way", word(way)]);
    for (slot, text) in fixed {
        out.push_str(&line(&["held", name(*slot), text]));
    }
    let changed: Vec<&GridRow> = grid.rows.iter().filter(|row| row.is_changed()).collect();
    for row in &changed {
        let taken = if row.taken { "yes" } else { "no" };
        out.push_str(&line(&["row", &row.base.id, &row.key, taken]));
        for ((column, text), began) in grid.columns.iter().zip(&row.texts).zip(&row.began.0) {
            if text != began {
                let before = text_of(row.base.cell(column.slot));
                out.push_str(&line(&["cell", column.field.name, text, &before]));
            }
        }
    }
    (!changed.is_empty()).then_some(out)
}

/// Reads what [`to_text`] wrote; lines that do not fit the ledger are left out. `None` where no row is left.
pub fn from_text(ledger: &'static Ledger, text: &str) -> Option<Kept> {
    let mut out = Kept::default();
    for line in text.lines() {
        let parts: Vec<String> = line.split('\t').map(plain).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            ["way", way] => {
                let all = [Way::List, Way::Unit, Way::Matrix];
                out.way = all.into_iter().find(|known| word(*known) == *way).unwrap_or_default();
            }
            ["held", name, text] => {
                if let Some(slot) = ledger.slot(name) {
                    out.fixed.push((slot, (*text).to_owned()));
                }
            }
            ["row", id, key, taken] => out.rows.push(KeptRow {
                id: (*id).to_owned(),
                key: (*key).to_owned(),
                taken: *taken == "yes",
                cells: Vec::new(),
            }),
            ["cell", name, text, before] => {
                if let (Some(slot), Some(field), Some(row)) =
                    (ledger.slot(name), ledger.field(name), out.rows.last_mut())
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
    (!out.rows.is_empty()).then_some(out)
}

impl Kept {
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
