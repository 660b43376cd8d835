//! The tests, one file per topic.

use crate::runner::Test;

mod board;
mod harness;
mod offline;
mod start;
mod storage;
mod town;

/// All tests in the order they run.
pub fn all() -> impl Iterator<Item = Test> {
    [
        harness::TESTS,
        start::TESTS,
        town::TESTS,
        storage::TESTS,
        offline::TESTS,
        board::TESTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
