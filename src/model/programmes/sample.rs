//! The article's town, built from records.
//!
//! Every figure of the article follows from records made here; nothing is stored as a total. Four
//! real persons stand with exactly the facts the article gives, everybody else is a visible
//! placeholder (示例书记07) without a phone number. The same options always give the same records.

use super::town::sample as frame;
use super::{base, dream, lead, phoenix, seedling};
use crate::model::date::Day;
use crate::model::engine::sample::{Maker, ymd};
use crate::model::records::Sheet;

pub use crate::model::engine::sample::{SampleOptions, SampleRecord};

/// The sample town, frame first, then the ledgers of the five programmes in the order of entry.
pub fn town(options: &SampleOptions) -> Vec<SampleRecord> {
    let mut maker = Maker::new(options, frame::units::code, as_of());
    frame::organisation::fill(&mut maker);
    frame::office::fill(&mut maker);
    dream::sample::talks::fill(&mut maker);
    dream::sample::plans::fill(&mut maker);
    lead::sample::secretaries::fill(&mut maker);
    lead::sample::training::fill(&mut maker);
    base::sample::centres::fill(&mut maker);
    base::sample::projects::fill(&mut maker);
    seedling::sample::people::fill(&mut maker);
    seedling::sample::mobile::fill(&mut maker);
    seedling::sample::development::fill(&mut maker);
    phoenix::sample::returnees::fill(&mut maker);
    phoenix::sample::thousand::fill(&mut maker);
    frame::tasks::fill(&mut maker);
    dream::sample::bulk::fill(&mut maker);
    frame::scores::fill(&mut maker);
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
    ymd(2022, 11, 22)
}

/// Start of the counting window: the county's 三级干部大会 (a sample date, row Z12).
pub fn window_start() -> Day {
    ymd(2022, 2, 10)
}
