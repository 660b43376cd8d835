//! Indicators: formulas over rows, each with the records behind it (docs/requirements.md §3).
//!
//! An indicator is computed **per unit** into a [`Tally`]; tallies add up, so a district's or the
//! town's value comes from the records of its units and is never an average of percentages. Numbers
//! are exact; a share is kept as numerator and denominator. Nothing is stored.
//!
//! Start at [`Lists::evaluate`] for one value, at [`Board`] for all of them kept up to date.

mod board;
mod declare;
mod lists;
mod period;
mod reading;
mod roster;
mod summary;
mod tally;
mod thresholds;

pub use board::{Board, Work};
pub use declare::{Aim, Applies, Ctx, Form, Indicator, Own, Whole};
pub use lists::Lists;
pub use period::{Period, Span};
pub use reading::{Goal, Reading};
pub use roster::{Roster, Scope, UnitAt};
pub use summary::{GoalLine, Line, PartLine, Row, Summary, summary};
pub use tally::{BLANK, BLANK_CODE, Missing, Part, RecordRef, Tally, chosen, divide, permille};
pub use thresholds::Thresholds;
