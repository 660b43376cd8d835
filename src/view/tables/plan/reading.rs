//! A row being read, cell by cell.

use office::book::{Cell, Row};

use super::super::cell::{self, Said, shorten};
use super::super::layout::text_of;
use super::super::names::Named;
use super::kinds::{Asked, Fate, LEFT_OUT, PlannedRow, Problem};
use super::planner::{Filled, Kept, Naming, Planner, Reading, yes_no};
use crate::model::ledger::{Kind, Slot, TypedRow as _, slots};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::view::cells::{clean, one_line};
use crate::view::{form, show};

impl<'a> Planner<'a> {
    pub(super) fn take(&mut self, row: &'a Row) {
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
        self.keep(reading, left_out);
    }

    /// The record that a row of a form was given out with. A row that was copied is another one.
    pub(super) fn given(&mut self, row: &Row) -> Option<String> {
        let issued = self.job.issued.as_ref()?;
        let id = text_of(self.grid.cell(row, issued.column)).trim();
        let known = issued.rows.contains_key(id) && self.met.insert(id.to_owned());
        known.then(|| id.to_owned())
    }

    /// What a cell said when its row was given out; empty for nothing.
    pub(super) fn said(&self, reading: &Reading, slot: Slot) -> Option<&'a str> {
        let rows = &self.job.issued.as_ref()?.rows;
        let row = rows.get(reading.record.as_ref()?)?;
        Some(row.get(&slot).map_or("", String::as_str))
    }

    /// Whether the unit's own spreadsheets wrote a cell since its row was given out.
    pub(super) fn is_rewritten(&self, reading: &Reading, slot: Slot) -> bool {
        let issued = self.job.issued.as_ref().zip(reading.record.clone());
        issued.is_some_and(|(issued, record)| issued.rewritten.contains(&(record, slot)))
    }

    pub(super) fn read_cell(&mut self, row: &'a Row, at: usize, reading: &mut Reading) {
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

    /// Keeps a row that was read until all are: what it means depends on the others.
    fn keep(&mut self, mut reading: Reading, left_out: bool) {
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
        let naming = match left_out || reading.waits || !reading.problems.is_empty() || reading.record.is_some() {
            true => Naming::default(),
            false => self.naming(&draft),
        };
        self.read.push(Kept {
            reading,
            draft,
            left_out,
            naming,
        });
    }

    /// Says what becomes of a row that was read.
    pub(super) fn settle(&mut self, kept: Kept) {
        let Kept {
            mut reading,
            mut draft,
            left_out,
            naming,
        } = kept;
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
            () => self.fate(&mut draft, &reading, naming),
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
    pub(super) fn recognise_unit(&self, reading: &mut Reading) {
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

    pub(super) fn title(&self, draft: &Draft) -> String {
        let (records, catalogue) = (self.ground.records, self.ground.catalogue);
        let unit = draft.unit().map(|unit| show::unit_name(records, unit));
        let title = show::title(records, catalogue, self.job.ledger, draft);
        let parts = unit.into_iter().chain([title]).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }
}
