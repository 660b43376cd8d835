//! Records of the sample town.

pub mod returnees;
pub mod thousand;
