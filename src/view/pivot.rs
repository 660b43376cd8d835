//! Cross tables of a ledger: how many records, or how much, for each pair of two of its fields, as talkers ×
//! secretaries (T9), measures × mobile members (M8) or plans × meetings (Z4).

use std::collections::{BTreeMap, BTreeSet};

use super::filter::{DISTRICT, MONTH, YEAR};
use super::list::{List, derived, month_of, year_of};
use super::route::{Address, key};
use super::{format, pinyin, show};
use crate::model::ledger::{Cells, Field, Kind, Ledger};
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::records::rows;
use crate::model::value::{Decimal, Value};
use crate::order::Arrange;
use crate::replica::{Record, Replica};

/// Query key of the field that makes the rows; its presence shows the cross table.
pub const ROWS: &str = "by";
/// Query key of the field that makes the columns.
pub const COLUMNS: &str = "across";
/// Query key of what is added up; absent for the number of records.
pub const SUM: &str = "sum";

/// More columns than this are not readable; the table says so.
pub const MOST_COLUMNS: usize = 60;

/// The code of a record in which the field is blank.
const BLANK: &str = "-";

/// A field that can make rows or columns: key of the list's filter, label.
pub type Axis = (String, String);

/// What stands in one place of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PivotCell {
    /// The figure; empty for zero.
    pub text: String,
    /// The list of the records behind it; empty for zero.
    pub href: String,
}

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PivotRow {
    /// What it stands for.
    pub label: String,
    /// One per column.
    pub cells: Vec<PivotCell>,
    /// Of the whole row; a record that stands in several columns counts once.
    pub total: PivotCell,
}

/// The whole table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pivot {
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<PivotRow>,
    /// Below: one per column.
    pub totals: Vec<PivotCell>,
    /// Of everything.
    pub total: String,
    /// True if a record can stand in several rows or columns, so that they do not add up.
    pub repeats: bool,
}

/// What is asked for, completed by what the ledger offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Key of the rows.
    pub rows: String,
    /// Key of the columns.
    pub columns: String,
    /// Key of the field that is added up; empty for the number of records.
    pub sum: String,
}

impl Asked {
    /// Reads the address; `None` when it asks for no cross table. What the ledger does not have is replaced.
    pub fn of(address: &Address, ledger: &Ledger) -> Option<Asked> {
        let rows = address.get(ROWS)?;
        let axes = axes(ledger);
        let known = |name: &str| axes.iter().any(|(key, _)| key == name);
        let rows = if known(rows) {
            rows.to_owned()
        } else {
            usual(ledger, &axes).0
        };
        let columns = address.get(COLUMNS).filter(|name| known(name) && *name != rows);
        let columns = columns.map(str::to_owned).or_else(|| {
            let usual = usual(ledger, &axes);
            let others = axes.iter().map(|(key, _)| key.clone());
            [usual.1, usual.0].into_iter().chain(others).find(|key| *key != rows)
        })?;
        let sum = address
            .get(SUM)
            .filter(|name| sums(ledger).iter().any(|(key, _)| key == name));
        let sum = sum.unwrap_or_default().to_owned();
        Some(Asked { rows, columns, sum })
    }
}

/// The fields that can make rows and columns; fewer than two make no cross table.
pub fn axes(ledger: &Ledger) -> Vec<Axis> {
    let mut out: Vec<Axis> = ledger
        .slots()
        .filter(|(_, f)| {
            matches!(
                f.kind,
                Kind::Unit | Kind::District | Kind::Choice | Kind::Choices | Kind::Ref | Kind::Refs | Kind::YesNo
            )
        })
        .map(|(_, f)| (f.name.to_owned(), f.label.to_owned()))
        .collect();
    let has_unit = ledger.field("unit").is_some();
    if has_unit && ledger.field(DISTRICT).is_none() {
        out.insert(1.min(out.len()), (DISTRICT.to_owned(), "片区".to_owned()));
    }
    if let Some(field) = ledger.field(ledger.dated) {
        out.push((YEAR.to_owned(), "年份".to_owned()));
        if matches!(field.kind, Kind::Day | Kind::Month) {
            out.push((MONTH.to_owned(), "月份".to_owned()));
        }
    }
    out
}

/// What can be added up: key and label; the number of records is always there.
pub fn sums(ledger: &Ledger) -> Vec<Axis> {
    let summed = ledger.slots().filter(|(_, f)| f.summed);
    summed.map(|(_, f)| (f.name.to_owned(), f.head())).collect()
}

/// What a ledger is first looked at by: the record it belongs to (else the unit), and its first choice (else months).
fn usual(ledger: &Ledger, axes: &[Axis]) -> (String, String) {
    let of = |kinds: &[Kind]| {
        let found = ledger.slots().find(|(_, f)| kinds.contains(&f.kind));
        found.map(|(_, f)| f.name.to_owned())
    };
    let any = |at: usize| axes.get(at).map(|(key, _)| key.clone()).unwrap_or_default();
    let months = axes.iter().find(|(key, _)| key == MONTH || key == YEAR);
    let belongs = ledger.slots().find(|(_, f)| f.kind == Kind::Ref && f.required);
    let belongs = belongs.map(|(_, f)| f.name.to_owned());
    let rows = belongs.or_else(|| of(&[Kind::Unit])).unwrap_or_else(|| any(0));
    let columns = of(&[Kind::Choices, Kind::Choice]).or_else(|| months.map(|(key, _)| key.clone()));
    (rows, columns.unwrap_or_else(|| any(1)))
}

/// Where the records of a table stand along one field.
struct Along<'a> {
    replica: &'a Replica,
    ledger: &'static Ledger,
    key: &'a str,
}

impl Along<'_> {
    fn field(&self) -> Option<&'static Field> {
        self.ledger.field(self.key)
    }

    /// The codes under which a record stands; never none.
    fn codes(&self, record: &Record) -> Vec<String> {
        let dated = |read: fn(&Value) -> Option<String>| {
            let slot = self.ledger.slot(self.ledger.dated);
            slot.and_then(|slot| read(record.cell(slot))).into_iter().collect()
        };
        let codes: Vec<String> = match (self.key, self.ledger.slot(self.key)) {
            (YEAR, _) => dated(year_of),
            (MONTH, _) => dated(month_of),
            (DISTRICT, None) => {
                let district = self.replica.district_of(self.replica.unit_of(record));
                district.map(str::to_owned).into_iter().collect()
            }
            (_, Some(slot)) => match derived(self.ledger, record, self.key)
                .as_ref()
                .unwrap_or(record.cell(slot))
            {
                Value::Text(text) => vec![text.to_string()],
                Value::Bool(truth) => vec![if *truth { "yes" } else { "no" }.to_owned()],
                Value::List(items) => items.iter().map(|i| i.to_string()).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if codes.is_empty() {
            return vec![BLANK.to_owned()];
        }
        codes
    }

    /// Codes that stand in the table whether a record has them or not, in their order.
    fn expected(&self, query: &BTreeMap<String, String>, own_unit: Option<&str>) -> Vec<String> {
        if let Some(only) = query.get(self.key) {
            return vec![only.clone()];
        }
        let kind = self.field().map(|f| f.kind);
        match (self.key, kind) {
            (_, Some(Kind::Choice | Kind::Choices)) => {
                let choices = self.field().map(|f| f.choices).unwrap_or_default();
                choices.iter().map(|c| c.code.to_owned()).collect()
            }
            (DISTRICT, _) | (_, Some(Kind::District)) if own_unit.is_none() => {
                let mut all = rows::<District>(self.replica);
                all.arrange_by_key(|d| (d.order().unwrap_or(i64::MAX), d.id()));
                all.iter().map(|d| d.id().to_owned()).collect()
            }
            (_, Some(Kind::Unit)) => {
                let mut all = rows::<Unit>(self.replica);
                all.arrange_by_key(|u| u.id());
                let district = query.get(DISTRICT);
                let wanted = |u: &&Unit| {
                    own_unit.is_none_or(|own| own == u.id())
                        && district.is_none_or(|d| self.replica.district_of(u.id()) == Some(d))
                };
                all.iter().filter(wanted).map(|u| u.id().to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn label(&self, code: &str) -> String {
        if code == BLANK {
            return "未填".to_owned();
        }
        match (self.key, self.field()) {
            (YEAR, _) => format!("{code}年"),
            (DISTRICT, None) => show::district_name(self.replica, code),
            (_, Some(field)) => show::code(self.replica, self.replica.catalogue(), field, code),
            _ => code.to_owned(),
        }
    }

    /// Expected codes first, then what else occurs by its label, blank last.
    fn order(&self, expected: Vec<String>, found: BTreeSet<String>) -> Vec<(String, String)> {
        let mut others: Vec<(String, String)> = found
            .into_iter()
            .filter(|code| !expected.contains(code))
            .map(|code| (self.label(&code), code))
            .collect();
        others.arrange_by_key(|(label, code)| (code == BLANK, pinyin::initials(label), code.clone()));
        let expected = expected.into_iter().map(|code| (self.label(&code), code));
        expected.chain(others).collect()
    }
}

/// The cross table of what the list shows. `address` is where it stands: figures lead from there to their records.
pub fn pivot(
    replica: &Replica,
    ledger: &'static Ledger,
    list: &List,
    asked: &Asked,
    address: &Address,
    own_unit: Option<&str>,
) -> Pivot {
    let along = |key| Along { replica, ledger, key };
    let (down, across) = (along(asked.rows.as_str()), along(asked.columns.as_str()));
    let mut sums: BTreeMap<(String, String), Decimal> = BTreeMap::new();
    // Of snapshots only the latest of each unit counts in a place; the number of records always adds up.
    let is_snapshot = ledger.snapshot && !asked.sum.is_empty();
    let mut latest: BTreeMap<(String, String, String), (String, Decimal)> = BTreeMap::new();
    let mut add = |row: &str, column: &str, amount: Decimal, of: &(String, String)| {
        let sum = sums.entry((row.to_owned(), column.to_owned())).or_insert(Decimal::ZERO);
        if is_snapshot {
            let place = (row.to_owned(), column.to_owned(), of.0.clone());
            let kept = latest.entry(place).or_default();
            if kept.0 > of.1 {
                return;
            }
            *sum = *sum - kept.1;
            *kept = (of.1.clone(), amount);
        }
        *sum = *sum + amount;
    };
    let (mut found_rows, mut found_columns) = (BTreeSet::new(), BTreeSet::new());
    let mut repeats = false;
    for record in list.rows.iter().filter_map(|&ix| replica.record(ix)) {
        let amount = amount(ledger, record, &asked.sum);
        let (rows, columns) = (down.codes(record), across.codes(record));
        repeats |= rows.len() > 1 || columns.len() > 1;
        let day = ledger.slot(ledger.dated).and_then(|slot| record.cell(slot).as_str());
        let of = (replica.unit_of(record).to_owned(), day.unwrap_or_default().to_owned());
        add("", "", amount, &of);
        for row in &rows {
            add(row, "", amount, &of);
            for column in &columns {
                add(row, column, amount, &of);
            }
        }
        for column in &columns {
            add("", column, amount, &of);
        }
        found_rows.extend(rows);
        found_columns.extend(columns);
    }
    let filters = &super::route::ListQuery::of(&address.query).filters;
    let rows = down.order(down.expected(filters, own_unit), found_rows);
    let columns = across.order(across.expected(filters, own_unit), found_columns);
    let decimal = ledger.field(&asked.sum).is_some_and(|f| f.kind == Kind::Decimal);
    let plain = address
        .clone()
        .with(ROWS, "")
        .with(COLUMNS, "")
        .with(SUM, "")
        .with(key::RECORD, "");
    let cell = |row: &str, column: &str| -> PivotCell {
        let Some(sum) = sums
            .get(&(row.to_owned(), column.to_owned()))
            .filter(|s| **s != Decimal::ZERO)
        else {
            return PivotCell::default();
        };
        let mut to = plain.clone();
        for (name, code) in [(&asked.rows, row), (&asked.columns, column)] {
            if !code.is_empty() {
                to = to.with(&format!("{}{name}", key::FILTER), code);
            }
        }
        PivotCell {
            text: figure(*sum, decimal),
            href: to.hash(),
        }
    };
    let rows = rows.into_iter().map(|(label, row)| PivotRow {
        label,
        cells: columns.iter().map(|(_, column)| cell(&row, column)).collect(),
        total: cell(&row, ""),
    });
    Pivot {
        rows: rows.collect(),
        totals: columns.iter().map(|(_, column)| cell("", column)).collect(),
        total: cell("", "").text,
        columns: columns.into_iter().map(|(label, _)| label).collect(),
        repeats,
    }
}

/// What one record adds.
fn amount(ledger: &Ledger, record: &Record, sum: &str) -> Decimal {
    match ledger.slot(sum).map(|slot| record.cell(slot)) {
        None => Decimal::whole(1),
        Some(Value::Int(number)) => Decimal::whole(*number),
        Some(Value::Text(text)) => Decimal::parse(text).unwrap_or(Decimal::ZERO),
        Some(_) => Decimal::ZERO,
    }
}

fn figure(sum: Decimal, decimal: bool) -> String {
    if decimal {
        return show::amount(sum);
    }
    format::count(sum.ten_thousandths() / Decimal::whole(1).ten_thousandths())
}
