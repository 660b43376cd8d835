//! Statistics of 头雁: what is counted for information, without an aim.

mod care;
mod declare;
mod learning;
mod meetings;
mod team;

pub use care::{CONTACTS, FOLLOW_UPS, MOODS, TALK_OFFICES, TALK_THEMES_SPOKEN};
pub use learning::{FULL_HOURS, HOURS, NEW_STUDIED, QUIZ_AREAS, QUIZ_UNITS, SESSIONS, STUDY_CITIES, THEME_MONTHS};
pub use meetings::PARTY_LIFE;
pub use team::{AGE, AGES, BOTH_POSTS, COHORTS, DUTIES, EDUCATION_LEVELS, ELECTION, NEXT_ELECTION};

use crate::model::engine::indicator::Indicator;

/// The statistics of the programme, in display order.
pub const STATISTICS: &[&Indicator] = &[
    &DUTIES,
    &ELECTION,
    &NEXT_ELECTION,
    &AGE,
    &AGES,
    &EDUCATION_LEVELS,
    &COHORTS,
    &BOTH_POSTS,
    &TALK_OFFICES,
    &TALK_THEMES_SPOKEN,
    &CONTACTS,
    &MOODS,
    &FOLLOW_UPS,
    &HOURS,
    &FULL_HOURS,
    &SESSIONS,
    &THEME_MONTHS,
    &QUIZ_AREAS,
    &QUIZ_UNITS,
    &STUDY_CITIES,
    &NEW_STUDIED,
    &PARTY_LIFE,
];
