//! The tests, one file per topic.

use crate::runner::Test;

mod exchange;
mod harness;
mod offline;
mod open_to_all;
mod phone;
mod records;
mod start;
mod town;

/// All tests in the order they run.
pub fn all() -> impl Iterator<Item = Test> {
    [
        harness::TESTS,
        start::TESTS,
        records::TESTS,
        phone::TESTS,
        exchange::TESTS,
        open_to_all::TESTS,
        offline::TESTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
