//! Records of the sample town.

pub mod office;
pub mod organisation;
pub mod scores;
pub mod tasks;
pub mod units;
