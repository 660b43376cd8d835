//! How the statistics of 筑梦 are shown.

use crate::model::programmes::dream::statistics as dream;
use crate::view::section::{Drawn, Section, Shown};

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[
    Section {
        title: "夜话",
        shown: &[
            Shown::new(&dream::TALKS_BY_KIND_OF_UNIT, Drawn::Table, ""),
            Shown::new(&dream::SATISFACTION, Drawn::Months, "满意度"),
        ],
    },
    Section {
        title: "群众建议",
        shown: &[Shown::number(&dream::REPLIES)],
    },
];
