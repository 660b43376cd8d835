//! 引凤 as the pages show it.

pub mod card;
pub mod charts;
pub mod flow;
pub mod statistics;
