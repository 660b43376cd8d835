//! 强基: centres, village industry, collective economy.

pub mod centre;
pub mod checks;
pub mod due;
pub mod gaps;
pub mod indicators;
pub mod ledgers;
pub mod rules;
pub mod sample;
pub mod statistics;
