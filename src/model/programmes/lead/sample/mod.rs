//! Records of the sample town.

pub mod secretaries;
pub mod training;
