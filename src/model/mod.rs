//! What a town records: ledgers, values, days, rules and indicators. No storage, no clock.

pub mod date;
pub mod ledger;
pub mod notice;
pub mod records;
pub mod settings;
pub mod status;
pub mod validate;
pub mod value;
pub mod working_days;

pub mod article;
pub mod engine;
pub mod programmes;
pub mod unit_code;
