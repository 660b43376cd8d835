//! The tests, one file per topic.

use crate::runner::Test;
use tiancheng::view::route::{Address, Route};

mod alike;
mod board;
mod charts;
mod clerk;
mod copies;
mod development;
mod due;
mod exchange;
mod extremes;
mod figures;
mod first_look;
mod flow;
pub mod folder;
mod forty_one;
mod gone;
mod harness;
mod hostile_files;
mod jobs;
mod lists;
mod make_town;
mod map_editor;
mod offline;
mod open_to_all;
mod papers;
mod parts;
mod persons;
mod phone;
mod records;
mod roles;
mod score;
mod start;
mod storage;
mod tables;
mod town;

/// What stands after `#/` for every page that names nothing of a town, and for some more.
fn pages(more: &[&str]) -> Vec<String> {
    let plain = Route::plain().into_iter().map(|route| Address::from(route).hash());
    let plain = plain.map(|hash| hash.trim_start_matches("#/").to_owned());
    plain.chain(more.iter().map(|path| (*path).to_owned())).collect()
}

/// All tests in the order they run.
pub fn all() -> impl Iterator<Item = Test> {
    [
        harness::TESTS,
        start::TESTS,
        first_look::TESTS,
        town::TESTS,
        board::TESTS,
        charts::TESTS,
        figures::TESTS,
        score::TESTS,
        map_editor::TESTS,
        records::TESTS,
        gone::TESTS,
        alike::TESTS,
        papers::TESTS,
        development::TESTS,
        due::TESTS,
        persons::TESTS,
        phone::TESTS,
        jobs::TESTS,
        roles::TESTS,
        exchange::TESTS,
        clerk::TESTS,
        tables::TESTS,
        lists::TESTS,
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
