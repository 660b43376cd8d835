//! Records of the sample town.

pub mod centres;
pub mod projects;
