//! 头雁: secretaries, cadres, contacts, training, elections.

pub mod checks;
pub mod due;
pub mod election;
pub mod gaps;
pub mod indicators;
pub mod ledgers;
pub mod party_life;
pub mod rules;
pub mod sample;
pub mod statistics;
pub mod team;
