//! Keys of the filters that every list has besides those of its fields.

/// Key of the filter by district, which ledgers have through their unit.
pub const DISTRICT: &str = "district";
/// What [`DISTRICT`] is filtered by for units without one.
pub const NO_DISTRICT: &str = "-";
/// Key of the filter by state of the record.
pub const STATE: &str = "state!";
/// Key of the filter by year of the ledger's own date.
pub const YEAR: &str = "year!";
/// Key of the filter by what an indicator counts; see [`counted_key`](super::overview::counted_key).
pub const COUNTED: &str = "of!";
/// Key of the filter by month of the ledger's own date, `2022-11`.
pub const MONTH: &str = "month!";
