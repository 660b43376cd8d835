//! The tests, one file per topic.

use crate::runner::Test;

mod harness;
mod offline;
mod parts;
mod start;

/// All tests in the order they run.
pub fn all() -> impl Iterator<Item = Test> {
    [harness::TESTS, start::TESTS, offline::TESTS, parts::TESTS]
        .into_iter()
        .flatten()
        .copied()
}
