//! The card of 引凤.

use crate::model::engine::indicator::{Board, Indicator, Reading};
use crate::model::programmes::phoenix::indicators::{CONTACTS, JOBS, PIPELINE, RETURNEES};
use crate::view::show::{self, parts_line};

/// The main figure with its noun, then three rows with their words.
pub static CARD: [(&Indicator, &str); 4] = [
    (&RETURNEES, "名回乡能人"),
    (&PIPELINE, "千人计划意向"),
    (&CONTACTS, "干部联系项目"),
    (&JOBS, "带动就业，人"),
];

/// One line under the main figure.
pub fn line(reading: &Reading) -> String {
    parts_line(reading, &["found", "work"])
}

/// What stands beside 千人计划: the steps that count; nothing beside other figures.
pub fn aside(_: &Board, reading: &Reading) -> Option<String> {
    let amount = |key: &str| show::amount(reading.amount(key));
    (*reading.indicator == PIPELINE).then(|| format!("纳入 {} · 进两委 {}", amount("enrolled"), amount("joined")))
}
