//! Keys of the filters that every list has besides those of its fields.

use super::period;
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period};
use crate::model::ledger::{Cells, Ledger, TypedRow as _};
use crate::model::programmes::figure_by_id;
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::Records;
use crate::model::value::Value;
use crate::replica::{Record, Replica};

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
/// Key of the filter by the decade of a birth, `1970`, where the ledger has no 年代 of its own.
pub const COHORT: &str = "cohort!";
/// What a day or month is filtered by where any will do.
pub const FILLED: &str = "+";

/// The field from which a cohort follows.
pub(super) const BIRTH: &str = "birth";

/// The district of a record through its unit; [`NO_DISTRICT`] without one.
pub(super) fn district_of<'a>(replica: &'a Replica, record: &'a Record) -> &'a str {
    let district = replica.district_of(replica.unit_of(record));
    district.filter(|id| !id.is_empty()).unwrap_or(NO_DISTRICT)
}

/// The kind of a record's unit, `village` or `community`; `-` where it is not known.
pub(super) fn kind_of<'a>(replica: &'a Replica, record: &Record) -> &'a str {
    let unit = replica.find(Unit::SCHEMA, replica.unit_of(record));
    unit.and_then(|unit| Unit::of(unit).kind()).unwrap_or("-")
}

/// The decade of a record's birth: `1970`.
pub(super) fn cohort_of(ledger: &Ledger, record: &Record) -> Option<String> {
    let year = year_of(record.cell(ledger.slot(BIRTH)?))?;
    Some(format!("{}0", year.get(..3)?))
}

/// How such a decade is called: `70后`.
pub(super) fn cohort_label(decade: &str) -> String {
    format!("{}后", decade.get(2..).unwrap_or(decade))
}

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

/// The calendar year of a day, month or year value.
pub fn year_of(value: &Value) -> Option<String> {
    match value {
        Value::Int(year) => Some(year.to_string()),
        Value::Text(text) => text
            .get(..4)
            .filter(|y| y.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned),
        _ => None,
    }
}

/// The calendar month of a day or month value, `2022-11`.
pub fn month_of(value: &Value) -> Option<String> {
    let month = value.as_str()?.get(..7)?;
    month.as_bytes().get(4).filter(|b| **b == b'-')?;
    Some(month.to_owned())
}
