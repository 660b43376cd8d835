//! 青苗 as the pages show it.

pub mod card;
pub mod flow;
pub mod papers;
pub mod statistics;
