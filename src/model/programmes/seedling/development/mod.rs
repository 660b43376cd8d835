//! 发展党员: 25 familiar steps and step 8+ (public notice), votes with quorum, three exits.
//!
//! Source: 《中国共产党发展党员工作细则》, version of 2014-05-28 and version in force since 2026-05-11;
//! article numbers are those of 2026. Deadlines count calendar months clamped to the end of a
//! shorter month. Late is a warning, never a block; earlier than the year that the rules demand is
//! refused unless a reason is written down.

mod advance;
mod check;
mod deadline;
mod fields;
mod schedule;
mod steps;
mod vote;

pub use advance::{Earliest, advance, decide_again, earliest};
pub use check::{check, of_age};
pub use deadline::{Deadline, Limit, PublicNotice, deadlines, limit, met, public_notice};
pub use fields::{COUNTED, StepFields, fields_of, names_in};
pub use schedule::{Planned, Standing, schedule};
pub use steps::{REVISED, RuleVersion, STEPS, Stage, next, number, rule_on, stage_at};
pub use vote::{Vote, carried, check_vote, vote_of};
