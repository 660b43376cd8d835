//! The card of 青苗.

use crate::model::engine::indicator::{Indicator, Reading};
use crate::model::programmes::seedling::indicators::{ASSISTANTS, MOBILE, RESERVE, ZERO_GROUPS};
use crate::view::show;

/// The main figure with its noun, then three rows with their words.
pub static CARD: [(&Indicator, &str); 4] = [
    (&RESERVE, "名后备干部"),
    (&ZERO_GROUPS, "零党员村民小组"),
    (&ASSISTANTS, "党建助理员覆盖"),
    (&MOBILE, "流动党员已联系"),
];

/// One line under the main figure.
pub fn line(reading: &Reading) -> String {
    format!("{} 个单位只有 1 人", show::amount(reading.amount("one_only")))
}
