//! 汇总表: units by chosen indicators, with 片区小计 and 全镇合计. A subtotal is the figure of the district, worked out of its
//! records as everywhere, never a sum of what stands above it.

use office::sheet::{Column, Heading, Kind, Line, Look, Out, Sheet};

use super::format;
use super::overview::{figure, value_text};
use super::route::{Address, Route, Sort};
use super::show;
use crate::model::engine::indicator::{Board, Form, Indicator, Reading, Scope};
use crate::model::programmes::indicators;
use crate::model::records::Records;
use crate::order::Arrange;

/// Query key of the chosen indicators, their ids parted by commas; absent for all.
pub const SHOWN: &str = "show";

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryCell {
    /// As it reads: `12/18`, `--`.
    pub text: String,
    /// The percentage of a share, `66.7%`; empty where there is none.
    pub share: String,
    /// The records behind it.
    pub href: String,
    /// What it is sorted by; `None` where nothing is known.
    order: Option<i64>,
}

/// Whose row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A unit.
    Unit,
    /// A district: 片区小计.
    District,
    /// The town: 全镇合计.
    Town,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// Whose it is.
    pub whose: Whose,
    /// Whose figures it shows.
    pub scope: Scope,
    /// Its name: `寺前村`, `寺前片区小计`, `全镇合计`.
    pub name: String,
    /// The page of the unit or district; empty for the town.
    pub href: String,
    /// One per column.
    pub cells: Vec<SummaryCell>,
}

/// The table.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryTable {
    /// The indicators, one per column.
    pub columns: Vec<&'static Indicator>,
    /// Units of a district with its subtotal below them, district by district, then the total.
    pub rows: Vec<SummaryRow>,
    /// By which column it is sorted, and how.
    pub sort: Option<Sort>,
}

/// The indicators that a query value names, in the order of the catalogue; all of them if it names none.
pub fn chosen(query: Option<&str>) -> Vec<&'static Indicator> {
    let ids: Vec<&str> = query.unwrap_or_default().split(',').collect();
    let named: Vec<&'static Indicator> = indicators().filter(|i| ids.contains(&i.id)).collect();
    match named.is_empty() {
        true => indicators().collect(),
        false => named,
    }
}

/// The query value of chosen indicators; empty for all of them.
pub fn query_of(chosen: &[&'static Indicator]) -> String {
    if chosen.len() == indicators().count() {
        return String::new();
    }
    let ids: Vec<&str> = chosen.iter().map(|indicator| indicator.id).collect();
    ids.join(",")
}

fn order_of(reading: &Reading) -> Option<i64> {
    match reading.indicator.form {
        _ if reading.is_unknown() => None,
        Form::Count => Some(reading.numerator.ten_thousandths()),
        Form::Share | Form::Mean => {
            let whole = reading.denominator.to_f64();
            // Exact enough to order by: thousandths of a percent.
            (whole != 0.0).then(|| (reading.numerator.to_f64() / whole * 100_000.0) as i64)
        }
    }
}

fn cells(board: &Board, columns: &[&'static Indicator], scope: &Scope) -> Vec<SummaryCell> {
    let cell = |indicator: &&'static Indicator| {
        let reading = board.reading(indicator, scope);
        let share = reading
            .permille()
            .filter(|_| indicator.form == Form::Share && !reading.is_unknown());
        let figure = figure(board, indicator, scope);
        SummaryCell {
            text: figure.shown,
            share: share.map_or_else(String::new, format::permille),
            href: figure.href,
            order: order_of(&reading),
        }
    };
    columns.iter().map(cell).collect()
}

/// The table of a refreshed board. Sorted by a column, units are sorted within their district and districts by their
/// subtotals; what is not known stands last either way.
pub fn build(
    board: &Board,
    records: &dyn Records,
    columns: Vec<&'static Indicator>,
    sort: Option<Sort>,
) -> SummaryTable {
    let at = sort
        .as_ref()
        .and_then(|sort| columns.iter().position(|i| i.id == sort.column));
    let descending = sort.as_ref().is_some_and(|sort| sort.descending);
    let key = |row: &SummaryRow| {
        let order = at.and_then(|at| row.cells.get(at)?.order);
        // Known ones first; where nothing is sorted all are alike and keep their order.
        (
            at.is_some() && order.is_none(),
            order.map(|o| if descending { -o } else { o }),
        )
    };
    let frame = board.frame();
    let mut groups: Vec<(SummaryRow, Vec<SummaryRow>)> = Vec::new();
    for id in frame.groups() {
        let scope = Scope::District(id.to_owned());
        let units = frame.units_in(&scope).map(|unit| SummaryRow {
            whose: Whose::Unit,
            scope: Scope::Unit(unit.code.clone()),
            name: show::name(&unit.name),
            href: Address::from(Route::Unit(unit.code.clone())).hash(),
            cells: cells(board, &columns, &Scope::Unit(unit.code.clone())),
        });
        let mut units: Vec<SummaryRow> = units.collect();
        units.arrange_by(|a, b| key(a).cmp(&key(b)));
        let href = match id.is_empty() {
            true => String::new(),
            false => Address::from(Route::District(id.to_owned())).hash(),
        };
        let subtotal = SummaryRow {
            whose: Whose::District,
            scope: scope.clone(),
            name: format!("{}小计", show::district_name(records, id)),
            href,
            cells: cells(board, &columns, &scope),
        };
        groups.push((subtotal, units));
    }
    groups.arrange_by(|a, b| key(&a.0).cmp(&key(&b.0)));
    let mut rows: Vec<SummaryRow> = Vec::new();
    for (subtotal, units) in groups {
        rows.extend(units);
        // What is here of one unit says nothing of its district.
        if !matches!(board.reach(), Scope::Unit(_)) {
            rows.push(subtotal);
        }
    }
    if *board.reach() == Scope::Town && !rows.is_empty() {
        rows.push(SummaryRow {
            whose: Whose::Town,
            scope: Scope::Town,
            name: "全镇合计".to_owned(),
            href: String::new(),
            cells: cells(board, &columns, &Scope::Town),
        });
    }
    SummaryTable { columns, rows, sort }
}

/// The measure that a heading names behind its indicator; that of a share says what is counted.
pub fn measure_of(indicator: &Indicator) -> String {
    format!("，{}", indicator.measure)
}

/// The table as a sheet: a share has three columns, what is done, of how many, and its percentage.
pub fn sheet(board: &Board, table: &SummaryTable, title: String, line: String) -> Sheet {
    let text = |text: &str, columns: u16, rows: u16| Heading {
        text: text.to_owned(),
        columns,
        rows,
    };
    let (mut upper, mut lower) = (vec![text("村（社区）", 1, 2)], Vec::new());
    let mut columns = vec![Column::default()];
    for indicator in &table.columns {
        match indicator.form {
            Form::Share => {
                upper.push(text(&format!("{}{}", indicator.name, measure_of(indicator)), 3, 1));
                lower.extend(["完成", "总数", "比例"].map(|word| text(word, 1, 1)));
                columns.extend([Kind::Decimal, Kind::Decimal, Kind::Percent].map(of_kind));
            }
            Form::Count | Form::Mean => {
                upper.push(text(&format!("{}{}", indicator.name, measure_of(indicator)), 1, 2));
                columns.push(of_kind(Kind::Decimal));
            }
        }
    }
    let rows = table.rows.iter().map(|row| {
        let mut cells = vec![Out::Text(row.name.clone())];
        for indicator in &table.columns {
            cells.extend(figures(&board.reading(indicator, &row.scope)));
        }
        Line {
            cells,
            look: match row.whose {
                Whose::Unit => Look::Plain,
                Whose::District => Look::Subtotal,
                Whose::Town => Look::Total,
            },
        }
    });
    Sheet {
        name: "汇总表".to_owned(),
        title,
        lines: vec![line],
        rows: rows.collect(),
        head: vec![upper, lower],
        columns,
        ..Sheet::default()
    }
}

fn of_kind(kind: Kind) -> Column {
    Column {
        kind,
        ..Column::default()
    }
}

/// The cells of a figure: one, or three of a share. What is not known is empty.
fn figures(reading: &Reading) -> Vec<Out> {
    let known = !reading.is_unknown();
    let number = |text: String| if known { Out::Number(text) } else { Out::Empty };
    match reading.indicator.form {
        Form::Count => vec![number(reading.numerator.to_string())],
        Form::Mean => {
            let text = value_text(reading, true);
            vec![if text == format::UNKNOWN {
                Out::Empty
            } else {
                number(text)
            }]
        }
        Form::Share => {
            let permille = reading.permille().filter(|_| known);
            let share = permille.map_or(Out::Empty, |p| Out::Number(thousandths(p)));
            vec![
                number(reading.numerator.to_string()),
                number(reading.denominator.to_string()),
                share,
            ]
        }
    }
}

/// `0.593` of 593 thousandths.
fn thousandths(permille: i64) -> String {
    format!("{}.{:03}", permille / 1000, permille % 1000)
}
