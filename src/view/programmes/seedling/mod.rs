//! 青苗 as the pages show it.

pub mod board;
pub mod card;
pub mod development;
pub mod flow;
pub mod papers;
pub mod statistics;
