//! Statistics of 引凤: what is counted for information, without an aim.

mod declare;
mod enterprises;
mod people;
mod search;
mod town;

pub use enterprises::{AREA, ENTERPRISES, INVESTMENT, LAND, LAND_UNTIL, OUTPUT, POLICY, POLICY_LEVELS, PRODUCTS};
pub use people::{DURATIONS, FORMER_JOBS, LEAD_TIME, NEEDS, PERSUADERS, POSTS, SECRETARIES};
pub use search::{LEADS, OUTREACH, SECRETARY_LEADS, VISITS};
pub use town::{CORRIDORS, MEASURES, SERVED, TECHNOLOGIES};

use crate::model::engine::indicator::Indicator;

/// The statistics of the room, in display order.
pub const STATISTICS: &[&Indicator] = &[
    &LEAD_TIME,
    &FORMER_JOBS,
    &POSTS,
    &SECRETARIES,
    &DURATIONS,
    &NEEDS,
    &PERSUADERS,
    &ENTERPRISES,
    &INVESTMENT,
    &AREA,
    &OUTPUT,
    &PRODUCTS,
    &POLICY,
    &POLICY_LEVELS,
    &LAND,
    &LAND_UNTIL,
    &OUTREACH,
    &LEADS,
    &SECRETARY_LEADS,
    &VISITS,
    &CORRIDORS,
    &TECHNOLOGIES,
    &MEASURES,
    &SERVED,
];
