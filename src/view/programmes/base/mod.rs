//! 强基 as the pages show it.

pub mod card;
pub mod charts;
pub mod flow;
pub mod papers;
pub mod statistics;
