//! Reading changes from JSON: strict, bounded, with the path of what is wrong.
//!
//! Refused, each with a path: duplicate keys, numbers that are not whole or beyond ±(2^53 − 1),
//! nesting beyond [`MAX_DEPTH`], lone surrogates, ids and times of another shape, a write that
//! claims to supersede itself, and more of anything than [`Limits`] allow.

mod change;
mod context;
mod read;
mod slices;
mod value;

pub use context::{Limits, MAX_DEPTH, Names};
pub use read::{explain, read_change, read_changes, read_value};
pub use slices::read_changes_in_turns;
