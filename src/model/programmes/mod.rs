//! The five programmes and the town they belong to, each in a room of its own, and the lists of what is in them.
//!
//! A room holds its ledgers, the checks of its records, what the town can change, its indicators, its gaps, its workflows
//! and its part of the sample town. The engine ([`engine`](crate::model::engine)) knows no programme: its lists are
//! handed in here. They are several, not one table, since the page is cut by what reaches what.

pub mod base;
pub mod dream;
pub mod lead;
pub mod phoenix;
pub mod sample;
pub mod seedling;
pub mod town;

use std::sync::OnceLock;

use crate::model::date::Day;
use crate::model::engine::check::{self, Check, Look};
use crate::model::engine::due::DueKind;
use crate::model::engine::due_board::{DueBoard, DueLists};
use crate::model::engine::gap::{self, Finder, Gap};
use crate::model::engine::indicator::{Board, Indicator, Lists, Period, Reading, Roster, Scope};
use crate::model::ledger::{Catalogue, Cells, Choice, Ledger, Schema, Schemas, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::records::Records;
use crate::model::settings::{About, Settings};

/// Lists of the rooms, each with the list of what replicas know of the same ledgers.
macro_rules! rooms {
    ($($($room:ident)::+),* $(,)?) => {
        /// Ledgers, in display order.
        pub const LEDGERS: &[&[&Ledger]] = &[$($($room)::+::LEDGERS),*];

        /// What replicas know of them, in the same order.
        pub const SCHEMAS: &[&[&Schema]] = &[$($($room)::+::SCHEMAS),*];
    };
}

rooms!(
    town::ledgers,
    town::calendar,
    dream::ledgers,
    lead::ledgers,
    base::ledgers,
    seedling::ledgers,
    seedling::ledgers::development,
    phoenix::ledgers,
);

/// Indicators, in display order.
pub static INDICATORS: Lists = Lists {
    indicators: &[
        dream::indicators::INDICATORS,
        lead::indicators::INDICATORS,
        base::indicators::INDICATORS,
        seedling::indicators::INDICATORS,
        phoenix::indicators::INDICATORS,
    ],
    roster: town::roster::at,
    frame: town::roster::FRAME,
    settings: town::settings::read,
};

/// Statistics, in display order: read like indicators, on a board of their own.
pub static STATISTICS: Lists = Lists {
    indicators: &[
        dream::statistics::STATISTICS,
        lead::statistics::STATISTICS,
        base::statistics::STATISTICS,
        town::statistics::STATISTICS,
        seedling::statistics::STATISTICS,
        phoenix::statistics::STATISTICS,
    ],
    roster: town::roster::at,
    frame: town::roster::FRAME,
    settings: town::settings::read,
};

/// Rules that a town can change and that are not part of one indicator, in display order.
pub const RULES: &[&About] = &[
    &town::rules::WINDOW_START.about,
    &town::rules::WINDOW_EVENT.about,
    &lead::rules::CONTACT_DAYS.about,
    &seedling::rules::MOBILE_DAYS.about,
    &seedling::rules::MOBILE_WARN_DAYS.about,
    &seedling::rules::MOBILE_MONTHS.about,
    &dream::rules::STUCK_DAYS.about,
    &gap::PERCENT.about,
    &dream::rules::REPLY_DAYS.about,
    &dream::rules::STUDY_DAYS.about,
    &lead::rules::TRAINING_HOURS.about,
    &seedling::rules::RESERVE_MINIMUM.about,
    &base::rules::INCOME_BASIS.about,
    &base::rules::INCOME_LOW.about,
    &base::rules::INCOME_HIGH.about,
    &base::rules::HERB_LARGE.about,
    &lead::rules::ELECTION_YEARS.about,
    &lead::rules::COMMITTEE_MEMBERS.about,
    &lead::rules::LESSON_MONTHS.about,
    &seedling::rules::ACTIVIST_MONTHS.about,
    &seedling::rules::PROBATION_MONTHS.about,
    &seedling::rules::PRECHECK_2014.about,
    &seedling::rules::NOTICE_DAYS.about,
    &seedling::rules::NOTICE_FIRST_DAY.about,
    &town::rules::LINK_FIRST.about,
    &town::rules::LINK_SECOND.about,
    &town::rules::LINK_THIRD.about,
    &seedling::rules::FIVE_UPDATE.about,
    &seedling::rules::FIVE_MEETING.about,
    &seedling::rules::FIVE_VISIT.about,
    &seedling::rules::FIVE_LINK.about,
    &seedling::rules::FIVE_PLATFORM.about,
    &town::rules::RANKING.about,
    &town::rules::PAPER_OFFICE.about,
    &town::rules::PAPER_ADDRESSEE.about,
    &town::rules::PAPER_SIGNATURE.about,
    &town::rules::PAPER_CODE.about,
    &town::rules::PAPER_TIMES.about,
    &town::rules::PAPER_SECTIONS.about,
];

/// Rules of records.
pub const CHECKS: &[&[Check]] = &[
    town::checks::CHECKS,
    dream::checks::CHECKS,
    lead::checks::CHECKS,
    base::checks::CHECKS,
    seedling::checks::CHECKS,
    phoenix::checks::CHECKS,
];

/// Kinds of gap: those about people, then those about works; of equal urgency the first is shown first.
pub const GAPS: &[&[Finder]] = &[
    lead::gaps::PEOPLE,
    seedling::gaps::PEOPLE,
    phoenix::gaps::PEOPLE,
    dream::gaps::WORKS,
    base::gaps::WORKS,
    seedling::gaps::WORKS,
    phoenix::gaps::WORKS,
];

/// What is due, by rule: people, then works; of what is due on one day the first is shown first.
pub static DUES: DueLists = DueLists {
    kinds: DUE_KINDS,
    roster: town::roster::at,
    frame: town::roster::FRAME,
    settings: town::settings::read,
    waivers: town::due::waivers,
    waived_in: town::calendar::Waiver::SCHEMA,
};

const DUE_KINDS: &[&[&DueKind]] = &[
    town::due::KINDS,
    lead::due::KINDS,
    seedling::due::KINDS,
    dream::due::KINDS,
    base::due::KINDS,
    phoenix::due::KINDS,
];

/// Every ledger of the product, with what is shown of it.
pub fn catalogue() -> &'static Catalogue {
    static ALL: OnceLock<Catalogue> = OnceLock::new();
    ALL.get_or_init(|| Catalogue::of(LEDGERS))
}

/// Every ledger of the product, as replicas know it.
pub fn schemas() -> Schemas {
    Schemas::of(SCHEMAS)
}

/// Every indicator.
pub fn indicators() -> impl Iterator<Item = &'static Indicator> {
    INDICATORS.all()
}

/// The indicator stored under `id`.
pub fn indicator_by_id(id: &str) -> Option<&'static Indicator> {
    indicators().find(|i| i.id == id)
}

/// The indicator or statistic stored under `id`.
pub fn figure_by_id(id: &str) -> Option<&'static Indicator> {
    indicator_by_id(id).or_else(|| STATISTICS.all().find(|i| i.id == id))
}

/// Values of all statistics for a period on a day, still empty.
pub fn statistics_board(period: Period, as_of: Day) -> Board {
    Board::new(&STATISTICS, period, as_of)
}

/// Values of all indicators for a period on a day, still empty.
pub fn board(period: Period, as_of: Day) -> Board {
    Board::new(&INDICATORS, period, as_of)
}

/// Reads one indicator for a scope on a day.
pub fn evaluate(
    indicator: &'static Indicator,
    records: &dyn Records,
    period: Period,
    as_of: Day,
    scope: &Scope,
) -> Reading {
    INDICATORS.evaluate(indicator, records, period, as_of, scope)
}

/// The units in being on a day.
pub fn roster(records: &dyn Records, day: Day) -> Roster {
    town::roster::at(records, day)
}

/// The settings in force.
pub fn settings(records: &dyn Records) -> Settings {
    town::settings::read(records)
}

/// What a choice is called: the name that the town gave it where it may give one, else the declared one.
pub fn choice_label<'a>(records: &'a dyn Records, choice: &Choice) -> &'a str {
    town::settings::choice_label(records, choice)
}

/// Every notice about a record of `ledger` as it would be saved on `today`.
pub fn check(ledger: &'static Ledger, cells: &dyn Cells, records: &dyn Records, today: Day) -> Vec<Notice> {
    let look = Look {
        records,
        settings: &settings(records),
        today,
    };
    check::check(CHECKS, catalogue(), (ledger, cells), &look)
}

/// Everything to follow up in a scope on a day, most urgent first.
pub fn gaps(records: &dyn Records, as_of: Day, scope: &Scope) -> Vec<Gap> {
    gap::gaps((&INDICATORS, town::due::waivers), GAPS, records, as_of, scope)
}

/// Everything that is due in a part of the town on a day, still empty.
pub fn due_board(today: Day, reach: Scope) -> DueBoard {
    DueBoard::new(&DUES, today, reach)
}
