//! 筑梦: night talks, suggestions, plans and their items.

pub mod checks;
pub mod due;
pub mod gaps;
pub mod indicators;
pub mod ledgers;
pub mod matter;
pub mod plan;
pub mod rules;
pub mod sample;
pub mod statistics;
pub mod suggestion;
pub mod talk;
