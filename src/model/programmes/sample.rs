//! The article's town, built from records.
//!
//! Every figure of the article follows from records made here; nothing is stored as a total. Four
//! real persons stand with exactly the facts the article gives, everybody else is a visible
//! placeholder (示例书记07) without a phone number. The same options always give the same records.

mod base;
mod bulk;
mod develop;
mod dream;
mod frame;
mod lead;
mod maker;
mod mobile;
mod office;
mod phoenix;
mod projects;
mod seedling;
mod tasks;
mod thousand;
mod training;
mod units;
mod words;
mod works;

use super::date::Day;
use super::records::{Draft, Sheet};
use maker::Maker;

/// How much of the sample town to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleOptions {
    /// Calendar years up to and including 2022; 2 gives 2021 and 2022.
    pub years: u32,
    /// Fills up with everyday records to about this many in all; 0 adds none.
    pub records: usize,
    /// Only the records of this unit (12-digit code) and the town's frame.
    pub unit: Option<String>,
}

impl Default for SampleOptions {
    fn default() -> Self {
        SampleOptions {
            years: 2,
            records: 0,
            unit: None,
        }
    }
}

/// One record of the sample, with what a change needs besides the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRecord {
    /// The record.
    pub draft: Draft,
    /// Day on which it was entered.
    pub entered: Day,
    /// Entered by the record's unit; otherwise by the town office.
    pub by_unit: bool,
}

/// The sample town, frame first, then the ledgers of the five programmes in the order of entry.
pub fn town(options: &SampleOptions) -> Vec<SampleRecord> {
    let mut maker = Maker::new(options);
    frame::fill(&mut maker);
    office::fill(&mut maker);
    dream::fill(&mut maker);
    works::fill(&mut maker);
    lead::fill(&mut maker);
    training::fill(&mut maker);
    base::fill(&mut maker);
    projects::fill(&mut maker);
    seedling::fill(&mut maker);
    mobile::fill(&mut maker);
    develop::fill(&mut maker);
    phoenix::fill(&mut maker);
    thousand::fill(&mut maker);
    tasks::fill(&mut maker);
    bulk::fill(&mut maker);
    maker.finish()
}

/// The sample town as records to compute on.
pub fn sheet(options: &SampleOptions) -> Sheet {
    Sheet {
        drafts: town(options).into_iter().map(|r| r.draft).collect(),
    }
}

/// The day for which the sample is complete: every figure of the article holds on it.
pub fn as_of() -> Day {
    maker::ymd(2022, 11, 22)
}

/// Start of the counting window: the county's 三级干部大会 (a sample date, row Z12).
pub fn window_start() -> Day {
    maker::ymd(2022, 2, 10)
}
