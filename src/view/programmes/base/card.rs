//! The card of 强基.

use crate::model::engine::indicator::{Board, Indicator, Reading};
use crate::model::programmes::base::indicators::{CENTRES, HERBS, INCOME, INDUSTRY};
use crate::model::programmes::base::rules;
use crate::view::show;

/// The main figure with its noun, then three rows with their words.
pub static CARD: [(&Indicator, &str); 4] = [
    (&CENTRES, "新阵地建成"),
    (&INCOME, "村集体经济"),
    (&INDUSTRY, "有产业项目的村"),
    (&HERBS, "有药材基地的村"),
];

/// One line under the main figure.
pub fn line(reading: &Reading) -> String {
    let named = |key: &str, word: &str| format!("{word} {}", show::amount(reading.amount(key)));
    format!(
        "{} · {} · {}",
        named("built", "新建"),
        named("upgrading", "提档"),
        named("planned", "待建")
    )
}

/// What stands beside 村集体经济: its lines, and how many passed the second; nothing beside other figures.
pub fn aside(board: &Board, reading: &Reading) -> Option<String> {
    (*reading.indicator == INCOME && !reading.is_unknown()).then(|| {
        let (low, high) = (
            rules::INCOME_LOW.get(board.settings()),
            rules::INCOME_HIGH.get(board.settings()),
        );
        let passed = show::amount(reading.amount("high"));
        format!("过 {low} 万元 · 过 {high} 万元 {passed}")
    })
}
