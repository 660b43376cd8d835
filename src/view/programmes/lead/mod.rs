//! 头雁 as the pages show it.

pub mod card;
pub mod charts;
pub mod election_change;
pub mod elections;
pub mod flow;
pub mod papers;
pub mod statistics;
