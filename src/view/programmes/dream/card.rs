//! The card of 筑梦.

use crate::model::engine::indicator::{Indicator, Reading};
use crate::model::programmes::dream::indicators::{ANNUAL_PLAN, ITEMS, NIGHT_TALKS, SUGGESTIONS};
use crate::view::show::parts_line;

/// The main figure with its noun, then three rows with their words.
pub static CARD: [(&Indicator, &str); 4] = [
    (&NIGHT_TALKS, "场夜话"),
    (&ANNUAL_PLAN, "年度计划定稿"),
    (&SUGGESTIONS, "建议采纳，条"),
    (&ITEMS, "到期事项办结"),
];

/// One line under the main figure.
pub fn line(reading: &Reading) -> String {
    match reading.amount("other").ten_thousandths() {
        0 => parts_line(reading, &["bay", "star"]),
        _ => parts_line(reading, &["bay", "star", "other"]),
    }
}
