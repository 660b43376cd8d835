//! 三会一课 and organisation life as a matrix: units by months, with what was held, what is still due and what is late.

use super::due::asked;
use super::route::{Address, ListQuery, Route, key};
use crate::model::date::{Day, Month};
use crate::model::engine::due::{State, Waivers};
use crate::model::engine::indicator::{Ctx, Period, Roster, Scope, UnitAt};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::due::PARTY_LIFE;
use crate::model::programmes::lead::ledgers::{PartyLife, PartyLifeKind};
use crate::model::programmes::lead::party_life::{KINDS, Organisation, Owed, label, organisations, owed, period_words};
use crate::model::programmes::town::due::waivers;
use crate::model::programmes::{roster, settings};
use crate::model::records::Records;

/// The query key of the kind that is shown.
pub const KIND: &str = "kind";

/// A cell: what a unit owed in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellVm {
    /// How many were held.
    pub held: usize,
    /// How many were owed.
    pub owed: usize,
    /// How many of those held have no minutes.
    pub no_minutes: usize,
    /// The worst of them; `None` where nothing is owed.
    pub state: Option<State>,
    /// `2/3`, `0/1`, `不适用` or empty.
    pub text: String,
    /// `11月党小组会：2 场，应开 3 场；1 次没有记要`.
    pub title: String,
    /// Where it leads: the form of the first that lacks, else the records.
    pub href: Option<String>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowVm {
    /// Name of the unit.
    pub name: String,
    /// Its address.
    pub href: String,
    /// One cell for each column.
    pub cells: Vec<CellVm>,
    /// Held in time of what has ended or was held: `23/25`; empty where nothing is kept.
    pub rate: String,
    /// Whether the unit keeps no organisation life at all.
    pub silent: bool,
}

/// The matrix of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixVm {
    /// The year.
    pub year: i32,
    /// The months up to that of today, or the quarters, halves and years of the kind, from the first that anybody kept.
    pub columns: Vec<String>,
    /// Rows in the order of the units.
    pub rows: Vec<RowVm>,
    /// Late, due and done, of all units.
    pub counts: [usize; 3],
    /// Units without any record.
    pub silent: usize,
    /// Records without minutes.
    pub no_minutes: usize,
}

/// Kinds with their names; the first is all of them.
pub fn kinds() -> Vec<(String, String)> {
    let all = std::iter::once((String::new(), "全部".to_owned()));
    let each = KINDS
        .iter()
        .map(|kind| (kind.code().to_owned(), label(*kind).to_owned()));
    all.chain(each).collect()
}

/// The matrix of a part of the town up to a day, of one kind or of all.
pub fn matrix(records: &dyn Records, today: Day, reach: &Scope, kind: Option<&str>) -> MatrixVm {
    let kind = PartyLifeKind::of(kind);
    let (settings, frame): (_, Roster) = (settings(records), roster(records, today));
    let mut vm = MatrixVm {
        year: today.year(),
        columns: Vec::new(),
        rows: Vec::new(),
        counts: [0; 3],
        silent: 0,
        no_minutes: 0,
    };
    let columns = columns(today, kind, &settings);
    vm.columns = columns.iter().map(|(from, to)| period_words(*from, *to)).collect();
    for unit in frame.units_in(reach) {
        let ctx = Ctx {
            records,
            unit,
            span: Period::Year(today.year()).span(today),
            settings: &settings,
        };
        let row = row(&ctx, &columns, kind, &mut vm);
        vm.silent += usize::from(row.silent);
        vm.rows.push(row);
    }
    // Periods before anything was kept by anybody would be empty columns.
    let is_empty = |at: usize| vm.rows.iter().all(|row| row.cells[at].text.is_empty());
    let empty = (0..vm.columns.len()).take_while(|at| is_empty(*at)).count();
    if empty < vm.columns.len() {
        vm.columns.drain(..empty);
        for row in &mut vm.rows {
            row.cells.drain(..empty);
        }
    }
    vm
}

/// The periods that stand as columns: months, or the periods of the one kind.
fn columns(today: Day, kind: Option<PartyLifeKind>, settings: &crate::model::settings::Settings) -> Vec<(Day, Day)> {
    let mut day = Month::new(today.year(), 1).map_or(today, Month::first);
    let mut all = Vec::new();
    while day <= today {
        let span = match kind {
            Some(kind) => crate::model::programmes::lead::party_life::period(kind, day, settings),
            None => (day, day.month().last()),
        };
        all.push(span);
        day = span.1.plus_days(1);
    }
    all
}

fn row(ctx: &Ctx, columns: &[(Day, Day)], kind: Option<PartyLifeKind>, vm: &mut MatrixVm) -> RowVm {
    let today = ctx.span.to;
    let organisations = organisations(ctx);
    let waived = waivers(ctx.records, ctx.unit);
    let silent = ctx.rows::<PartyLife>().is_empty();
    let all = owed(ctx, &organisations);
    let wanted: Vec<&Owed> = all
        .iter()
        .filter(|one| kind.is_none_or(|kind| one.kind == kind))
        .collect();
    let (mut held, mut counted) = (0, 0);
    let mut cells = Vec::new();
    for (from, to) in columns {
        // What is owed by quarter or year stands in the month in which it ends, or is to end.
        let within = |one: &&&Owed| {
            let end = one.to.min(today.month().last());
            (*from..=*to).contains(&end)
        };
        let these: Vec<&Owed> = wanted.iter().filter(within).copied().collect();
        let states: Vec<State> = these
            .iter()
            .map(|one| state(one, &waived, (ctx.unit, &organisations), today))
            .collect();
        for state in states.iter().filter(|_| !silent) {
            match state {
                State::Late => vm.counts[0] += 1,
                State::Done => vm.counts[2] += 1,
                State::Soon | State::Ahead => vm.counts[1] += 1,
                State::Waived => {}
            }
            held += usize::from(*state == State::Done);
            counted += usize::from(matches!(state, State::Done | State::Late));
        }
        let cell = cell(ctx.unit, &these, &states, &organisations, silent);
        vm.no_minutes += cell.no_minutes;
        cells.push(cell);
    }
    RowVm {
        name: ctx.unit.name.clone(),
        href: Address::from(Route::Unit(ctx.unit.code.clone())).hash(),
        cells,
        rate: if silent {
            String::new()
        } else {
            format!("{held}/{counted}")
        },
        silent,
    }
}

/// The id under which a waiver names it.
fn id(one: &Owed, unit: &UnitAt, organisations: &[Organisation]) -> String {
    format!("{}:{}:{}", PARTY_LIFE.id, unit.code, one.key(organisations))
}

fn state(one: &Owed, waived: &Waivers, (unit, organisations): (&UnitAt, &[Organisation]), today: Day) -> State {
    if one.done.is_some() {
        return State::Done;
    }
    let id = id(one, unit, organisations);
    match () {
        () if waived.iter().any(|(of, _)| *of == id) => State::Waived,
        () if one.to < today => State::Late,
        () => State::Soon,
    }
}

fn cell(unit: &UnitAt, these: &[&Owed], states: &[State], organisations: &[Organisation], silent: bool) -> CellVm {
    let open = states.iter().filter(|state| **state != State::Waived).count();
    let held = states.iter().filter(|state| **state == State::Done).count();
    let no_minutes = these
        .iter()
        .flat_map(|one| &one.held)
        .filter(|row| row.note().is_none())
        .count();
    let worst = states
        .iter()
        .copied()
        .filter(|state| *state != State::Done && *state != State::Waived)
        .min();
    let state = worst.or_else(|| states.iter().copied().min());
    let lacks = these
        .iter()
        .zip(states)
        .find(|(_, state)| matches!(state, State::Late | State::Soon));
    let href = match (lacks, these.first()) {
        (Some((one, _)), _) => Some(form(unit, one, organisations)),
        (None, Some(first)) => Some(records_href(
            unit,
            (first.from, first.to),
            (these.len() == 1).then_some(first.kind),
        )),
        (None, None) => None,
    };
    let said = these.iter().zip(states).map(|(one, state)| {
        let word = match state {
            State::Done => "已开展",
            State::Late => "逾期没有开展",
            State::Waived => "不适用",
            _ => "还没有开展",
        };
        format!("{}{}{word}", period_words(one.from, one.to), label(one.kind))
    });
    let mut title = said.collect::<Vec<_>>().join("；");
    if no_minutes > 0 {
        title.push_str(&format!("；{no_minutes} 次没有记要"));
    }
    CellVm {
        held,
        owed: open,
        no_minutes,
        state: state.filter(|_| !silent),
        text: match (silent, these.len(), open) {
            (true, ..) | (_, 0, _) => String::new(),
            (_, _, 0) => "不适用".to_owned(),
            _ => format!("{held}/{open}"),
        },
        title,
        href,
    }
}

/// The form in which a meeting that lacks is entered.
fn form(unit: &UnitAt, one: &Owed, organisations: &[Organisation]) -> String {
    let form = Address::from(Route::NewRecord(PartyLife::SCHEMA.id.to_owned()));
    let with = |form: Address, field: &str, value: &str| form.with(&format!("{}{field}", key::FILTER), value);
    let form = with(form, "unit", &unit.code);
    let form = with(form, "kind", one.kind.code());
    match organisations[one.by].branch {
        Some(branch) => with(form, "branch", branch.id()).hash(),
        None => form.hash(),
    }
}

fn records_href(unit: &UnitAt, (from, to): (Day, Day), kind: Option<PartyLifeKind>) -> String {
    let mut query = ListQuery::default();
    query.filters.insert("unit".to_owned(), unit.code.clone());
    query.filters.insert("date".to_owned(), format!("{from}..{to}"));
    if let Some(kind) = kind {
        query.filters.insert("kind".to_owned(), kind.code().to_owned());
    }
    let mut list = Address::from(Route::Ledger(PartyLife::SCHEMA.id.to_owned()));
    for (field, value) in &query.filters {
        list = list.with(&format!("{}{field}", key::FILTER), value);
    }
    list.hash()
}

/// The deadlines of the matrix in 待办.
pub fn todo_href() -> String {
    Address::from(Route::Todo).with(asked::RULE, "party_life").hash()
}
