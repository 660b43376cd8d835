//! The town itself: units, districts, leaders, branches, settings, devices.

pub mod calendar;
pub mod checks;
pub mod due;
pub mod holiday_notice;
pub mod ledgers;
pub mod roster;
pub mod rules;
pub mod sample;
pub mod scoring;
pub mod settings;
pub mod statistics;
