//! Records of the sample town.

pub mod bulk;
pub mod plans;
pub mod talks;
pub mod words;
