//! The card of 筑梦.

use crate::model::engine::indicator::{Indicator, Reading};
use crate::model::programmes::dream::indicators::{ANNUAL_PLAN, ITEMS, NIGHT_TALKS, SUGGESTIONS};
use crate::model::programmes::dream::talk::PLATFORM;
use crate::view::show::parts_line;

/// The main figure with its noun, then three rows with their words.
pub static CARD: [(&Indicator, &str); 4] = [
    (&NIGHT_TALKS, "场夜话"),
    (&ANNUAL_PLAN, "年度计划定稿"),
    (&SUGGESTIONS, "建议采纳，条"),
    (&ITEMS, "到期事项办结"),
];

/// One line under the main figure: the two kinds, then the platforms that were used.
pub fn line(reading: &Reading) -> String {
    let is_used = |key: &str| reading.amount(key).ten_thousandths() != 0;
    let own = reading.parts.iter().map(|p| &*p.key);
    let own = own.filter(|key| key.starts_with(PLATFORM) && is_used(key));
    let other = ["other"].into_iter().filter(|key| is_used(key));
    let keys: Vec<&str> = ["bay", "star"].into_iter().chain(own).chain(other).collect();
    parts_line(reading, &keys)
}
