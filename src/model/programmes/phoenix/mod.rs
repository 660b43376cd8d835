//! 引凤: returnees, the thousand leading enterprises, projects, land.

pub mod checks;
pub mod due;
pub mod gaps;
pub mod indicators;
pub mod ledgers;
pub mod returnee;
pub mod sample;
pub mod statistics;
