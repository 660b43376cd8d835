//! Records of the sample town.

pub mod development;
pub mod mobile;
pub mod people;
