//! What a person does to a grid, step by step.

use super::super::form;
use super::kinds::{At, Grid, Step, is_presence};
use crate::model::ledger::{Cells as _, Kind};
use crate::view::typed::typed_date;

impl Grid {
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
    pub(in crate::view) fn put(&mut self, cells: Vec<(At, String)>) {
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
}

fn ordered(from: At, to: At) -> (At, At) {
    (
        (from.0.min(to.0), from.1.min(to.1)),
        (from.0.max(to.0), from.1.max(to.1)),
    )
}
