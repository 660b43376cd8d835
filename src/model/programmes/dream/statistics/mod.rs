//! Statistics of 筑梦: what is counted for information, without an aim.

mod declare;
mod plans;
mod talks;
mod voices;

pub use plans::{
    ITEMS_BY_QUARTER, PLAN_DAYS, PLAN_RETURNS, PLAN_STAGES, PLAN_WAITING, PLANS_GUIDED, PLANS_SHOWN, SHOWINGS,
};
pub use talks::{
    ATTENDANCE, HOUSEHOLDS, PLATFORMS, PROJECT_TALKS, PROJECTS_CONSULTED, PURPOSES, SATISFACTION, SPEAKING,
    TALKS_BY_KIND_OF_UNIT, TALKS_PER_UNIT, UNITS_BY_TALKS,
};
pub use voices::{
    PROBLEMS, PROPOSERS, REPLIES, SUGGESTION_PATH, SUGGESTIONS_BY_CATEGORY, SUGGESTIONS_PLANNED, SUPPORT,
};

use crate::model::engine::indicator::Indicator;

/// The statistics of the programme, in display order.
pub const STATISTICS: &[&Indicator] = &[
    &PLAN_STAGES,
    &PLAN_WAITING,
    &PLAN_DAYS,
    &PLAN_RETURNS,
    &PLANS_GUIDED,
    &PLANS_SHOWN,
    &SHOWINGS,
    &ITEMS_BY_QUARTER,
    &TALKS_PER_UNIT,
    &UNITS_BY_TALKS,
    &TALKS_BY_KIND_OF_UNIT,
    &PLATFORMS,
    &PURPOSES,
    &PROJECT_TALKS,
    &PROJECTS_CONSULTED,
    &ATTENDANCE,
    &SPEAKING,
    &HOUSEHOLDS,
    &SATISFACTION,
    &SUGGESTIONS_BY_CATEGORY,
    &PROPOSERS,
    &SUGGESTION_PATH,
    &SUGGESTIONS_PLANNED,
    &REPLIES,
    &PROBLEMS,
    &SUPPORT,
];
