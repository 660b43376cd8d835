//! 换届 of a round: how far each unit is, what is late, what makes a vote void, and how the teams changed (T2–T7).

use super::election_change::{ChangesVm, changes};
use crate::model::date::Day;
use crate::model::engine::due::{State, Waivers};
use crate::model::engine::indicator::{Ctx, Period, Roster, Scope, UnitAt};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::due::ELECTION_STEP;
use crate::model::programmes::lead::election::{
    self, COUNT, Planned, STEPS, file_of, last_plan, plan_of, planned, step_key, taken,
};
use crate::model::programmes::lead::indicators::next_election;
use crate::model::programmes::lead::ledgers::{Election, ElectionPlan};
use crate::model::programmes::town::due::waivers;
use crate::model::programmes::{roster, settings};
use crate::model::records::{Draft, Records, rows};
use crate::model::settings::Settings;
use crate::order::Arrange as _;
use crate::view::route::{Address, Route, key};

/// The query key of the round that is shown.
pub const ROUND: &str = "round";
/// Days before the next round from which the page offers to plan it.
const PLANNED_AHEAD: i32 = 365;

/// One step of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellVm {
    /// How it stands; `None` where it was not taken and nobody set a last day.
    pub state: Option<State>,
    /// The day it was taken or its last day, `03-18`; empty where there is neither.
    pub text: String,
    /// The same day whole.
    pub day: Option<Day>,
    /// `投票选举：最迟 2026-03-20，已逾期 3 天`.
    pub title: String,
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowVm {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The steps, in order.
    pub cells: Vec<CellVm>,
    /// How many were taken; `None` without a file.
    pub done: Option<usize>,
    /// How many are late.
    pub late: usize,
    /// Address and words of what is next; the file where nothing is.
    pub next: (String, String),
}

/// One step over all units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepVm {
    /// Its name.
    pub label: &'static str,
    /// Who takes it.
    pub who: &'static str,
    /// Its last day, where the town set one.
    pub until: Option<Day>,
    /// Units that took it.
    pub done: usize,
    /// Units that are late with it.
    pub late: usize,
}

/// What is to be looked at in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultVm {
    /// Name of the unit.
    pub unit: String,
    /// The file.
    pub href: String,
    /// `到会党员不足应到会的五分之四，选举无效；重新召开党员大会`.
    pub what: String,
    /// Whether it makes the meeting or the vote void.
    pub is_void: bool,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElectionsVm {
    /// The round that is shown; `None` where nobody planned one or began a file.
    pub round: Option<i32>,
    /// Every round that is known, the latest first.
    pub rounds: Vec<i32>,
    /// The first day on which a term ends, and how many days until then.
    pub countdown: Option<(Day, i32)>,
    /// Addresses and words of what can be done about the timetable: look at it, or make one.
    pub plans: Vec<(String, String)>,
    /// The steps.
    pub steps: Vec<StepVm>,
    /// The units, those furthest behind first.
    pub rows: Vec<RowVm>,
    /// Units that took every step.
    pub complete: usize,
    /// Codes of the units without a file for the round.
    pub without: Vec<String>,
    /// What is to be looked at.
    pub faults: Vec<FaultVm>,
    /// Files of which the counts of a meeting or a vote are known.
    pub counted: usize,
    /// The teams before and after.
    pub changes: ChangesVm,
}

impl ElectionsVm {
    /// How many steps are late.
    pub fn late(&self) -> usize {
        self.rows.iter().map(|row| row.late).sum()
    }
}

/// A round in a part of the town on a day; the last one that is known where none is asked for.
pub fn elections(records: &dyn Records, today: Day, reach: &Scope, asked: Option<i32>) -> ElectionsVm {
    let settings = settings(records);
    let frame: Roster = roster(records, today);
    let units: Vec<&UnitAt> = frame.units_in(reach).collect();
    let rounds = rounds(records, &units);
    let round = asked.filter(|year| rounds.contains(year)).or(rounds.first().copied());
    let look = Look {
        records,
        today,
        settings: &settings,
    };
    let ends = units.iter().filter_map(|unit| next_election(&look.ctx(unit)));
    let countdown = ends.min().map(|day| (day, day.since(today)));
    let mut vm = ElectionsVm {
        round,
        plans: plans(records, round, countdown, today),
        rounds,
        countdown,
        steps: Vec::new(),
        rows: Vec::new(),
        complete: 0,
        without: Vec::new(),
        faults: Vec::new(),
        counted: 0,
        changes: ChangesVm::default(),
    };
    let Some(year) = round else { return vm };
    let plan = planned(plan_of(records, year));
    // Of earlier rounds nothing is due any longer.
    let is_last = last_plan(records).and_then(ElectionPlan::year) == Some(year);
    vm.steps = plan.iter().map(step).collect();
    for unit in &units {
        let ctx = look.ctx(unit);
        let file = file_of(&ctx, year);
        let row = row(&ctx, (year, file), &plan, is_last);
        for (step, cell) in vm.steps.iter_mut().zip(&row.cells) {
            step.done += usize::from(cell.state == Some(State::Done));
            step.late += usize::from(cell.state == Some(State::Late));
        }
        vm.complete += usize::from(row.done == Some(COUNT));
        match file {
            Some(file) => look_into(&mut vm, unit, file),
            None => vm.without.push(unit.code.clone()),
        }
        vm.rows.push(row);
    }
    vm.changes = changes(units.iter().map(|unit| (*unit, look.ctx(unit))), year);
    // The order of the units stays among equals.
    vm.rows.arrange_by_key(|row| std::cmp::Reverse(row.late));
    vm
}

/// What every unit is looked at with.
struct Look<'a> {
    records: &'a dyn Records,
    today: Day,
    settings: &'a Settings,
}

impl<'a> Look<'a> {
    fn ctx(&self, unit: &'a UnitAt) -> Ctx<'a> {
        Ctx {
            records: self.records,
            unit,
            span: Period::Year(self.today.year()).span(self.today),
            settings: self.settings,
        }
    }
}

/// The years of timetables and of files of these units, the latest first.
fn rounds(records: &dyn Records, units: &[&UnitAt]) -> Vec<i32> {
    let mut years: Vec<i32> = rows::<ElectionPlan>(records)
        .into_iter()
        .filter_map(ElectionPlan::year)
        .collect();
    let is_ours = |code: &str| units.iter().any(|unit| unit.codes.iter().any(|own| own == code));
    let files = rows::<Election>(records).into_iter();
    years.extend(
        files
            .filter(|file| file.unit().is_some_and(is_ours))
            .filter_map(Election::year),
    );
    years.arrange_by_key(|year| std::cmp::Reverse(*year));
    years.dedup();
    years
}

fn plans(
    records: &dyn Records,
    round: Option<i32>,
    countdown: Option<(Day, i32)>,
    today: Day,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let make = |year: i32| {
        let form = Address::from(Route::NewRecord(ElectionPlan::SCHEMA.id.to_owned()));
        let form = form.with(&format!("{}year", key::FILTER), &year.to_string());
        (form.hash(), format!("安排 {year} 年换届"))
    };
    match round.map(|year| (year, plan_of(records, year))) {
        Some((year, Some(plan))) => found.push((record_href(plan.id()), format!("看 {year} 年换届安排"))),
        Some((year, None)) if year >= today.year() => found.push(make(year)),
        _ => {}
    }
    // The next term may begin years after the round that is shown.
    let next = match (round, countdown) {
        (_, Some((day, days))) if days <= PLANNED_AHEAD => Some(day.year().max(today.year())),
        (None, None) => Some(today.year()),
        (None, Some((day, _))) => Some(day.year()),
        _ => None,
    };
    if let Some(year) = next.filter(|year| Some(*year) != round && plan_of(records, *year).is_none()) {
        found.push(make(year));
    }
    found
}

fn record_href(id: &str) -> String {
    Address::from(Route::Record(id.to_owned())).hash()
}

fn step(planned: &Planned) -> StepVm {
    StepVm {
        label: planned.step.label,
        who: planned.step.who,
        until: planned.until,
        done: 0,
        late: 0,
    }
}

fn row(ctx: &Ctx, (year, file): (i32, Option<Election>), plan: &[Planned; COUNT], is_last: bool) -> RowVm {
    let waived = waivers(ctx.records, ctx.unit);
    let cells: Vec<CellVm> = plan
        .iter()
        .map(|planned| cell(ctx, (year, file), planned, if is_last { Some(&waived) } else { None }))
        .collect();
    let count = |state: State| cells.iter().filter(|cell| cell.state == Some(state)).count();
    let next = match file.map(|file| (file, election::next(file))) {
        None => {
            let form = Address::from(Route::NewRecord(Election::SCHEMA.id.to_owned()));
            let form = form.with(&format!("{}unit", key::FILTER), &ctx.unit.code);
            let form = form.with(&format!("{}year", key::FILTER), &year.to_string());
            (form.hash(), "建档案".to_owned())
        }
        Some((file, Some(next))) => (record_href(file.id()), format!("登记：{}", next.label)),
        Some((file, None)) => (record_href(file.id()), "看档案".to_owned()),
    };
    RowVm {
        name: ctx.unit.name.clone(),
        href: Address::from(Route::Unit(ctx.unit.code.clone())).hash(),
        done: file.map(|_| count(State::Done)),
        late: count(State::Late),
        cells,
        next,
    }
}

/// `waived` is what was recorded as not applying; `None` for a round of which nothing is due any longer.
fn cell(ctx: &Ctx, (year, file): (i32, Option<Election>), planned: &Planned, waived: Option<&Waivers>) -> CellVm {
    let today = ctx.span.to;
    let label = planned.step.label;
    let day = file
        .and_then(|file| taken(file, planned.step))
        .filter(|day| *day <= today);
    let short = |day: Day| {
        let (_, month, date) = day.ymd();
        format!("{month:02}-{date:02}")
    };
    let until = planned.until;
    let last = until.map_or_else(String::new, |until| format!("，最迟 {until}"));
    if let Some(day) = day {
        let late = until.filter(|until| day > *until).map(|until| day.since(until));
        let late = late.map_or_else(String::new, |days| format!("，晚 {days} 天"));
        return CellVm {
            state: Some(State::Done),
            text: short(day),
            day: Some(day),
            title: format!("{label}：{day} 已办{last}{late}"),
        };
    }
    let (Some(waived), Some(until)) = (waived, until) else {
        return CellVm {
            state: None,
            text: String::new(),
            day: None,
            title: format!("{label}：没有登记{last}"),
        };
    };
    let id = format!(
        "{}:{}:{}",
        ELECTION_STEP.id,
        ctx.unit.code,
        step_key(year, planned.step)
    );
    let left = until.since(today);
    let (state, words) = match () {
        () if waived.iter().any(|(own, _)| *own == id) => (State::Waived, "，不适用".to_owned()),
        () if left < 0 => (State::Late, format!("，已逾期 {} 天", -left)),
        () if left <= planned.lead => (State::Soon, format!("，还有 {left} 天")),
        () => (State::Ahead, String::new()),
    };
    CellVm {
        state: Some(state),
        text: short(until),
        day: Some(until),
        title: format!("{label}：没有登记{last}{words}"),
    }
}

/// Quorums of a file and what else is to be looked at.
fn look_into(vm: &mut ElectionsVm, unit: &UnitAt, file: Election) {
    let meeting = file.party_due().is_some() && file.party_present().is_some();
    let vote = file.voters().is_some() && file.ballots().is_some();
    vm.counted += usize::from(meeting || vote);
    let found = election::faults(file).into_iter().map(|notice| (notice, true));
    let found = found.chain(election::remarks(file).into_iter().map(|notice| (notice, false)));
    vm.faults.extend(found.map(|(notice, is_void)| FaultVm {
        unit: unit.name.clone(),
        href: record_href(file.id()),
        what: format!("{}；{}", notice.what, notice.todo),
        is_void,
    }));
}

/// Files for the units that have none, each with the id that `id` gives it.
pub fn new_files(vm: &ElectionsVm, mut id: impl FnMut(usize) -> String) -> Vec<Draft> {
    let Some(year) = vm.round else { return Vec::new() };
    let units = vm.without.iter().enumerate();
    units
        .map(|(place, unit)| Election::draft(id(place)).unit(unit.as_str()).year(year).into_draft())
        .collect()
}

/// How many steps a round has.
pub const fn step_count() -> usize {
    STEPS.len()
}
