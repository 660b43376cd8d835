//! 头雁 as the pages show it.

pub mod card;
pub mod charts;
pub mod papers;
pub mod statistics;
