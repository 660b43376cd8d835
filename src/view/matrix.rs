//! A matrix: a grid with a row for each unit, person or thing and a column for each choice, such as 五个一 by person and
//! measure, or income by village and category. A cell says whether there is a record, and with which value.

use std::collections::BTreeMap;

use super::grid::{FEW, Grid, GridColumn, Ground, MOST_ROWS, Way, held_for_all};
use super::tables::names::Names;
use super::{form, show};
use crate::model::ledger::{Field, Kind, Ledger, Slot, slots};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::{Draft, rows};
use crate::model::value::Value;
use crate::order::Arrange;

/// A field with its place.
pub type Placed = (Slot, &'static Field);

/// The fields that end what a row is of: who has left is offered no new cells.
const ENDS: [&str; 2] = ["until", "returned"];

/// Which field of a ledger is what in a matrix.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The reference whose records are the rows; `None` where the units are.
    pub rows: Option<Placed>,
    /// The choice that the columns are of.
    pub across: Placed,
    /// What holds for all cells: the year.
    pub held: Vec<Placed>,
    /// What a cell says.
    pub value: Placed,
}

impl Shape {
    /// `流动党员 × 措施`.
    pub fn label(&self) -> String {
        let rows = self.rows.map_or("村（社区）", |(_, field)| field.label);
        format!("{rows} × {}", self.across.1.label)
    }
}

/// The matrix of a ledger: its natural key is a unit or a reference, one choice, and at most a year, and exactly one more
/// field is required. `None` where that does not hold: two records would share a cell, or a cell could not say enough.
pub fn shape(ledger: &'static Ledger) -> Option<Shape> {
    ledger.field("unit").filter(|field| field.kind == Kind::Unit)?;
    let key: Vec<Placed> = ledger.slots().filter(|(_, f)| ledger.key.contains(&f.name)).collect();
    let of = |kind: Kind| {
        key.iter()
            .copied()
            .filter(move |(_, f)| f.kind == kind)
            .collect::<Vec<Placed>>()
    };
    let (units, refs, choices, years) = (of(Kind::Unit), of(Kind::Ref), of(Kind::Choice), of(Kind::Year));
    if units.len() + refs.len() + choices.len() + years.len() != key.len() {
        return None;
    }
    let rows = match (units.as_slice(), refs.as_slice()) {
        ([_], []) => None,
        ([], [one]) => Some(*one),
        _ => return None,
    };
    let ([across], [] | [_]) = (choices.as_slice(), years.as_slice()) else {
        return None;
    };
    let mut others = ledger
        .slots()
        .filter(|(slot, f)| f.required && *slot != slots::UNIT && !ledger.key.contains(&f.name));
    let (value, None) = (others.next()?, others.next()) else {
        return None;
    };
    let told = matches!(value.1.kind, Kind::Day | Kind::Int | Kind::Decimal | Kind::Text);
    told.then(|| Shape {
        rows,
        across: *across,
        held: years.clone(),
        value,
    })
}

/// The ways in which a ledger can be filled in, the usual one first. A small ledger that has a matrix is one.
pub fn ways(ledger: &'static Ledger, per_unit: bool) -> Vec<Way> {
    let cells = shape(ledger).map(|_| Way::Matrix);
    let units = per_unit.then_some(Way::Unit);
    let is_small = ledger.fields.len() <= FEW;
    let (first, then) = if is_small { (cells, units) } else { (units, cells) };
    first.into_iter().chain(then).chain([Way::List]).collect()
}

/// What a way is called.
pub fn way_label(ledger: &'static Ledger, way: Way) -> String {
    match (way, shape(ledger)) {
        (Way::Matrix, Some(shape)) => shape.label(),
        (Way::Unit, _) => "每个村（社区）一行".to_owned(),
        _ => "已有的记录".to_owned(),
    }
}

/// The fields that hold for all rows in a way; `None` where there is no such grid.
pub fn held_in(ledger: &'static Ledger, way: Way) -> Option<Vec<Placed>> {
    match way {
        Way::List => Some(Vec::new()),
        Way::Unit => held_for_all(ledger),
        Way::Matrix => shape(ledger).map(|shape| shape.held),
    }
}

/// A row: its id, its unit, its name.
type Row = (String, String, String);

/// The rows that this person writes for: units, or records of the reference that have not ended or have a cell already.
fn rows_of(ground: &Ground, shape: &Shape, names: &mut Names, has_cell: &dyn Fn(&str) -> bool) -> Vec<Row> {
    let may = |unit: &str| (ground.why_not)(unit).is_none();
    let Some((_, field)) = shape.rows else {
        let mut units = rows::<Unit>(ground.records);
        units.retain(|unit| unit.until().is_none() && may(unit.id()));
        units.arrange_by(|a, b| a.id().cmp(b.id()));
        let row = |unit: &Unit| {
            let name = show::name(unit.name().unwrap_or(unit.id()));
            (unit.id().to_owned(), unit.id().to_owned(), name)
        };
        return units.iter().map(row).collect();
    };
    let mut found: Vec<Row> = Vec::new();
    if let Some(target) = ground.catalogue.get(field.target) {
        let ends: Vec<Slot> = ENDS.iter().filter_map(|name| target.slot(name)).collect();
        ground.records.visit(target.schema, None, &mut |cells| {
            let unit = cells.cell(slots::UNIT).as_str().unwrap_or_default();
            let is_over = ends.iter().any(|slot| !cells.cell(*slot).is_blank());
            if may(unit) && (!is_over || has_cell(cells.id())) {
                found.push((cells.id().to_owned(), unit.to_owned(), String::new()));
            }
        });
    }
    let many = found
        .iter()
        .any(|(_, unit, _)| found.first().is_some_and(|(_, first, _)| first != unit));
    for (id, unit, name) in &mut found {
        *name = names.called(field, id, None);
        // Of several units people are known by theirs.
        let of = show::unit_name(ground.records, unit);
        if many && !name.contains(&of) {
            *name = format!("{name}（{of}）");
        }
    }
    found.arrange_by(|a, b| (&a.1, &a.2, &a.0).cmp(&(&b.1, &b.2, &b.0)));
    found
}

/// The matrix of a ledger with these values held; `None` where it has none.
pub fn matrix(ground: &Ground, ledger: &'static Ledger, fixed: &[(Slot, Value)]) -> Option<Grid> {
    let shape = shape(ledger)?;
    let mut names = Names::new(ground.records, ground.catalogue);
    let row_slot = shape.rows.map_or(slots::UNIT, |(slot, _)| slot);
    let mut stands: BTreeMap<(String, String), Draft> = BTreeMap::new();
    ground.records.visit(ledger.schema, None, &mut |cells| {
        let place = cells.cell(row_slot).as_str().zip(cells.cell(shape.across.0).as_str());
        let fits = fixed.iter().all(|(slot, value)| cells.cell(*slot) == value);
        if let Some((row, code)) = place.filter(|_| fits) {
            let place = (row.to_owned(), code.to_owned());
            stands.entry(place).or_insert_with(|| form::edited(ledger, cells));
        }
    });
    let has_cell = |id: &str| stands.keys().any(|(row, _)| row == id);
    let all = rows_of(ground, &shape, &mut names, &has_cell);
    let (slot, field) = shape.value;
    let mut grid = Grid::empty(ledger, vec![GridColumn { slot, field }], ground.today);
    let choices = shape.across.1.choices;
    let label = |code: &str| show::choice_label(ground.records, shape.across.1, code).to_owned();
    grid.across = choices.iter().map(|choice| label(choice.code)).collect();
    for (id, unit, name) in all.into_iter().take(MOST_ROWS) {
        for choice in choices {
            let place = (id.clone(), choice.code.to_owned());
            let base = stands.remove(&place).unwrap_or_else(|| {
                let mut fresh = form::fresh(ledger, ground.today, Some(&unit));
                for (slot, value) in fixed {
                    fresh.set(*slot, value.clone());
                }
                fresh.set(row_slot, Value::text(id.as_str()));
                fresh.set(shape.across.0, Value::text(choice.code));
                fresh.set(slot, Value::Null);
                fresh
            });
            let key = format!("{id}|{}", choice.code);
            grid.push(ground, &mut names, (name.clone(), key), base, false);
        }
    }
    Some(grid)
}
