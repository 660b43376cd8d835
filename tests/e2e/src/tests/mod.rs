//! The tests, one file per topic.

use crate::runner::Test;

mod exchange;
mod founding;
mod harness;
mod offline;
mod phone;
mod records;
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
        records::TESTS,
        phone::TESTS,
        exchange::TESTS,
        offline::TESTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
