//! 青苗: members to come, mobile members, assistants, reserve cadres, estates.

pub mod assistant;
pub mod checks;
pub mod development;
pub mod due;
pub mod gaps;
pub mod indicators;
pub mod ledgers;
pub mod mobile;
pub mod rules;
pub mod sample;
pub mod statistics;
