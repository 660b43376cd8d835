//! Keys of the filters that every list has besides those of its fields.

use super::period;
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period};
use crate::model::programmes::figure_by_id;

/// Key of the filter by district, which ledgers have through their unit.
pub const DISTRICT: &str = "district";
/// What [`DISTRICT`] is filtered by for units without one.
pub const NO_DISTRICT: &str = "-";
/// Key of the filter by kind of unit, which ledgers have through their unit: `village` or `community`.
pub const KIND_OF_UNIT: &str = "kind!";
/// Key of the filter by state of the record.
pub const STATE: &str = "state!";
/// Key of the filter by year of the ledger's own date.
pub const YEAR: &str = "year!";
/// Key of the filter by what an indicator counts; see [`counted_key`].
pub const COUNTED: &str = "of!";
/// Key of the filter by month of the ledger's own date, `2022-11`.
pub const MONTH: &str = "month!";

/// What the list's filter by an indicator keeps: its id, the period and the day.
pub fn counted_key(board: &Board, indicator: &Indicator) -> String {
    counted_key_of(indicator, board.period(), board.as_of())
}

/// The same for any period and day.
pub fn counted_key_of(indicator: &Indicator, period: Period, day: Day) -> String {
    format!("{}@{}@{day}", indicator.id, period::key(period))
}

/// The indicator or statistic, period and day of a [`counted_key`].
pub fn read_counted_key(text: &str) -> Option<(&'static Indicator, Period, Day)> {
    let mut parts = text.split('@');
    let read = (
        figure_by_id(parts.next()?)?,
        period::parse(parts.next()?)?,
        Day::parse(parts.next()?)?,
    );
    parts.next().is_none().then_some(read)
}
