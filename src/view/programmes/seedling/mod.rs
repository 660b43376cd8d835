//! 青苗 as the pages show it.

pub mod card;
pub mod flow;
pub mod statistics;
