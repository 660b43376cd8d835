//! The tests, one file per topic.

use crate::runner::Test;

mod alike;
mod board;
mod charts;
mod copies;
mod exchange;
mod extremes;
mod first_look;
mod flow;
pub mod folder;
mod forty_one;
mod gone;
mod harness;
mod hostile_files;
mod make_town;
mod map_editor;
mod offline;
mod open_to_all;
mod parts;
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
        first_look::TESTS,
        town::TESTS,
        board::TESTS,
        charts::TESTS,
        map_editor::TESTS,
        records::TESTS,
        gone::TESTS,
        alike::TESTS,
        phone::TESTS,
        exchange::TESTS,
        folder::TESTS,
        copies::TESTS,
        forty_one::TESTS,
        hostile_files::TESTS,
        extremes::TESTS,
        flow::TESTS,
        open_to_all::TESTS,
        storage::TESTS,
        offline::TESTS,
        parts::TESTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
