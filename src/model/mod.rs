//! What a town records: ledgers, values, days, rules and indicators. No storage, no clock.

pub mod date;
pub mod ledger;
pub mod notice;
pub mod records;
pub mod settings;
pub mod validate;
pub mod value;
pub mod workflow;
pub mod working_days;

pub mod article;
pub mod base;
pub mod dream;
pub mod gaps;
pub mod indicator;
pub mod lead_goose;
pub mod phoenix;
pub mod rules;
pub mod sample;
pub mod seedling;
pub mod town;
pub mod unit_code;

use ledger::Catalogue;

/// Every ledger of the product, in display order.
pub fn catalogue() -> Catalogue {
    Catalogue::of(&[
        town::LEDGERS,
        dream::LEDGERS,
        lead_goose::LEDGERS,
        base::LEDGERS,
        seedling::LEDGERS,
        seedling::development::LEDGERS,
        phoenix::LEDGERS,
    ])
}
