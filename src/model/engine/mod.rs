//! What every programme shares: rules, indicators, gaps, workflows and sample records, none of which is named here.

pub mod check;
pub mod counting;
pub mod due;
pub mod due_board;
pub mod gap;
pub mod indicator;
pub mod sample;
pub mod score;
pub mod workflow;
