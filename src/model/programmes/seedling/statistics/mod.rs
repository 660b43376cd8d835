//! Statistics of 青苗: what is counted for information, without an aim.

mod declare;
mod development;
mod members;
mod mobile;
mod people;

pub use development::{ADMITTED, DEADLINES, PATH, QUOTA, RETURNING, SOURCES};
pub use members::{CHANGE, COVERED_COMMUNITIES, ESTATE_MEMBERS, JOINED, MEMBERS, ROLES, SUCCESSION, ZERO_BY_YEAR};
pub use mobile::{AWAY, DIRECTIONS, FIVE_ONE, FIVE_ONE_SCORE, LOST, SERVICES, WISH};
pub use people::{
    ASSISTANT_PATH, ASSISTANT_SOURCES, GROWTH, RESERVE_AGES, RESERVE_EDUCATION, RESERVE_MEAN, RESERVE_SOURCES, SCORES,
    SKILLS, TAGS,
};

use crate::model::engine::indicator::Indicator;

/// The statistics of the room, in display order.
pub const STATISTICS: &[&Indicator] = &[
    &SUCCESSION,
    &MEMBERS,
    &CHANGE,
    &ZERO_BY_YEAR,
    &ROLES,
    &PATH,
    &SOURCES,
    &ADMITTED,
    &RETURNING,
    &DEADLINES,
    &QUOTA,
    &DIRECTIONS,
    &AWAY,
    &LOST,
    &FIVE_ONE,
    &FIVE_ONE_SCORE,
    &WISH,
    &SERVICES,
    &ASSISTANT_SOURCES,
    &ASSISTANT_PATH,
    &GROWTH,
    &SCORES,
    &RESERVE_MEAN,
    &RESERVE_SOURCES,
    &RESERVE_AGES,
    &RESERVE_EDUCATION,
    &TAGS,
    &SKILLS,
    &COVERED_COMMUNITIES,
    &ESTATE_MEMBERS,
    &JOINED,
];
