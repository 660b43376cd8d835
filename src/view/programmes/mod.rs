//! What the pages show of each programme alone: its card, its charts, what may be done with its records.

pub mod base;
pub mod dream;
pub mod lead;
pub mod phoenix;
pub mod seedling;

use super::charts::source::{ChartVm, Source};
use super::section::Section;
use crate::model::engine::indicator::{Board, Indicator, Reading, Scope};
use crate::model::ledger::Programme;

/// What a programme's card shows: the main figure with its noun, then three rows with their words.
pub fn card(programme: Programme) -> [(&'static Indicator, &'static str); 4] {
    match programme {
        Programme::Dream => dream::card::CARD,
        Programme::Lead => lead::card::CARD,
        Programme::Base => base::card::CARD,
        Programme::Seedling => seedling::card::CARD,
        Programme::Phoenix => phoenix::card::CARD,
    }
}

/// One line under the main figure of a programme.
pub fn card_line(reading: &Reading) -> String {
    let line = match reading.indicator.programme {
        Programme::Dream => dream::card::line,
        Programme::Lead => lead::card::line,
        Programme::Base => base::card::line,
        Programme::Seedling => seedling::card::line,
        Programme::Phoenix => phoenix::card::line,
    };
    line(reading)
}

/// What stands small beside a value, where the programme has something of its own to say.
pub fn aside(board: &Board, reading: &Reading) -> Option<String> {
    match reading.indicator.programme {
        Programme::Base => base::card::aside(board, reading),
        Programme::Phoenix => phoenix::card::aside(board, reading),
        Programme::Dream | Programme::Lead | Programme::Seedling => None,
    }
}

/// The statistics of a programme's page, section by section.
pub fn sections(programme: Programme) -> &'static [Section] {
    match programme {
        Programme::Dream => dream::statistics::SECTIONS,
        Programme::Lead => lead::statistics::SECTIONS,
        Programme::Base => base::statistics::SECTIONS,
        Programme::Seedling => seedling::statistics::SECTIONS,
        Programme::Phoenix => phoenix::statistics::SECTIONS,
    }
}

/// The charts of a programme; those that compare districts or units only where there are several.
pub fn charts(programme: Programme, reach: &Scope) -> &'static [fn(Source) -> ChartVm] {
    use {base::charts as base, dream::charts as dream, lead::charts as lead, phoenix::charts as phoenix};
    match (programme, reach) {
        (Programme::Dream, Scope::Unit(_) | Scope::District(_)) => &[dream::talks_by_month],
        (Programme::Base, Scope::Unit(_)) => &[base::centre_stages],
        (_, Scope::Unit(_)) => &[],
        (Programme::Dream, Scope::Town) => &[dream::talks_by_month, dream::talks_by_district],
        (Programme::Lead, _) => &[lead::secretaries],
        (Programme::Base, _) => &[
            base::centres,
            base::centre_and_income,
            base::centre_stages,
            base::incomes,
        ],
        (Programme::Seedling, _) => &[],
        (Programme::Phoenix, _) => &[phoenix::pipeline],
    }
}
