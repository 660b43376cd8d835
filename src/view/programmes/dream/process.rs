//! 筑梦 as a way in steps: who takes each step of a plan, and how far each unit is with the plan of the year (Z7).

use crate::model::date::Day;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{Plan, PlanReturn};
use crate::model::programmes::dream::plan::{self, STEPS, Stage};
use crate::model::programmes::dream::rules::STUCK_DAYS;
use crate::model::records::{rows, rows_of};
use crate::model::status::Status;
use crate::order::Arrange as _;
use crate::view::charts::source::{Source, record_href};
use crate::view::route::{Address, Route, key};

/// A step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepVm {
    /// Its name.
    pub label: &'static str,
    /// Who takes it.
    pub who: &'static str,
    /// Plans of the year that have come just so far.
    pub here: usize,
}

/// How far a unit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitVm {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The last step taken: `镇党委审核`; `还没有计划` without one.
    pub stage: &'static str,
    /// Address of the plan; `None` without.
    pub plan: Option<String>,
    /// The day of that step.
    pub since: Option<Day>,
    /// Days since then; `None` where nothing is waited for.
    pub waiting: Option<i32>,
    /// How often the plan was sent back.
    pub returned: usize,
    /// The light.
    pub status: Status,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessVm {
    /// The year of the plans.
    pub year: i32,
    /// Days that a plan may wait for its next step.
    pub limit: i32,
    /// The steps.
    pub steps: Vec<StepVm>,
    /// The units, those furthest behind first.
    pub units: Vec<UnitVm>,
}

impl ProcessVm {
    /// How many units have a light.
    pub fn count(&self, status: Status) -> usize {
        self.units.iter().filter(|u| u.status == status).count()
    }
}

/// 正常 up to the limit, 预警 up to twice of it, 滞后 beyond.
const fn light(waiting: i32, limit: i32) -> Status {
    if waiting <= limit {
        Status::Ok
    } else if waiting <= limit.saturating_mul(2) {
        Status::Warn
    } else {
        Status::Late
    }
}

/// How far the units are with the plan of the year in which the period ends.
pub fn process(source: Source) -> ProcessVm {
    let (day, year) = (source.board.span().to, source.board.span().year());
    let limit = STUCK_DAYS.get(source.board.settings());
    let all: Vec<Plan> = rows(source.records);
    let frame = source.board.frame();
    let units = frame.units_in(source.board.reach()).map(|unit| {
        let is_own = |p: &&Plan| p.unit().is_some_and(|u| unit.codes.iter().any(|c| c == u));
        let own: Vec<Plan> = all.iter().filter(is_own).copied().collect();
        let of_year = own
            .iter()
            .filter(|p| p.kind() == Some("annual") && plan::is_for(**p, year));
        let staged = of_year.filter_map(|p| {
            let stage = plan::stage_of(*p, day, || plan::says_nothing(*p, source.records));
            Some((stage?, *p))
        });
        let best = staged.max_by_key(|(stage, _)| *stage);
        let name = unit.name.clone();
        let href = Address::from(Route::Unit(unit.code.clone())).hash();
        let Some((stage, row)) = best else {
            return UnitVm {
                name,
                href,
                stage: "还没有计划",
                plan: None,
                since: None,
                waiting: None,
                returned: 0,
                // Who never entered a plan is not known to be late with one.
                status: if own.is_empty() { Status::None } else { Status::Late },
            };
        };
        let since = plan::reached(row, stage);
        let waiting = since.filter(|_| stage != Stage::Finalised).map(|d| day.since(d));
        let returns: Vec<PlanReturn> = rows_of(source.records, row.unit().unwrap_or_default());
        let is_return = |r: &&PlanReturn| r.plan() == Some(row.id()) && r.date().is_some_and(|d| d <= day);
        UnitVm {
            name,
            href,
            stage: stage.label(),
            plan: Some(record_href(row.id())),
            since,
            waiting,
            returned: returns.iter().filter(is_return).count(),
            status: waiting.map_or(Status::Done, |days| light(days, limit)),
        }
    });
    let mut units: Vec<UnitVm> = units.collect();
    let steps = STEPS.iter().map(|step| StepVm {
        label: step.label,
        who: step.who,
        here: units.iter().filter(|u| u.stage == step.label).count(),
    });
    let steps = steps.collect();
    // The frame's order stays among equals.
    let place = |status: Status| match status {
        Status::Late => 0,
        Status::Warn => 1,
        Status::Ok => 2,
        Status::None => 3,
        Status::Done => 4,
    };
    units.arrange_by_key(|u| (place(u.status), std::cmp::Reverse(u.waiting)));
    ProcessVm {
        year,
        limit,
        steps,
        units,
    }
}

/// The list of the plans of a year.
pub fn plans_href(year: i32) -> String {
    let year = year.to_string();
    let list = Address::from(Route::Ledger(Plan::LEDGER.id.to_owned()));
    list.with(&format!("{}year", key::FILTER), &year).hash()
}
