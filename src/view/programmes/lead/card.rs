//! The card of 头雁.

use crate::model::engine::indicator::{Indicator, Reading};
use crate::model::programmes::lead::indicators::{CONTACT, SECRETARIES, TALKS, TRAINING};
use crate::view::show;

/// The main figure with its noun, then three rows with their words.
pub static CARD: [(&Indicator, &str); 4] = [
    (&SECRETARIES, "名书记"),
    (&TALKS, "任前谈话"),
    (&CONTACT, "按期片区联系"),
    (&TRAINING, "培训到会，人次"),
];

/// One line under the main figure.
pub fn line(reading: &Reading) -> String {
    match reading.units {
        0 => "还没有村（社区）".to_owned(),
        _ if reading.numerator >= reading.denominator => "全部配齐".to_owned(),
        _ => format!("还缺 {} 名", show::amount(reading.denominator - reading.numerator)),
    }
}
