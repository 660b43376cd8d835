//! Grids as they begin: a row for each unit, or the records of a list.

use super::super::form;
use super::super::show;
use super::super::tables::names::Names;
use super::kinds::{Grid, GridColumn, GridRow, Ground, MOST_ROWS, SPARE_ROWS, is_presence};
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, slots};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::{Draft, Records, rows};
use crate::model::value::Value;
use crate::order::Arrange;

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
pub(in crate::view) fn text_of(
    ground: &Ground,
    names: &mut Names,
    field: &Field,
    value: &Value,
    unit: Option<&str>,
) -> String {
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

    /// Adds a row with its label and key.
    pub(in crate::view) fn push(
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
