//! What a town can change about 强基.

use crate::model::settings::{Coded, Rule};
use crate::model::value::Decimal;

/// What counts as income of a village (docs/requirements.md §2.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IncomeBasis {
    /// 经营性收入.
    #[default]
    Operating,
    /// 总收入.
    Total,
    /// 经营收益.
    Net,
}

impl IncomeBasis {
    const ALL: [IncomeBasis; 3] = [IncomeBasis::Operating, IncomeBasis::Total, IncomeBasis::Net];

    /// Label.
    pub fn label(self) -> &'static str {
        Self::CHOICES[self as usize].1
    }
}

impl Coded for IncomeBasis {
    const CHOICES: &'static [(&'static str, &'static str)] =
        &[("operating", "经营性收入"), ("total", "总收入"), ("net", "经营收益")];

    fn of_code(code: &str) -> Option<IncomeBasis> {
        let all = Self::ALL.into_iter().zip(Self::CHOICES);
        all.into_iter().find(|(_, c)| c.0 == code).map(|(basis, _)| basis)
    }
}

/// What is held against the limits.
#[rustfmt::skip]
pub const INCOME_BASIS: Rule<IncomeBasis> = Rule::one_of("rule.income_basis", "集体经济口径", "operating", "按经营性收入、总收入还是经营收益统计");
/// The first limit; who has exactly as much has not passed it.
#[rustfmt::skip]
pub const INCOME_LOW: Rule<Decimal> = Rule::number("rule.income_low", "集体经济第一档", "万元", "5", "超过多少万元算过第一档");
/// The second limit.
#[rustfmt::skip]
pub const INCOME_HIGH: Rule<Decimal> = Rule::number("rule.income_high", "集体经济第二档", "万元", "10", "超过多少万元算过第二档");
/// Area from which a base of herbs is a large one.
#[rustfmt::skip]
pub const HERB_LARGE: Rule<Decimal> = Rule::number("rule.herb_large", "千亩基地", "亩", "1000", "面积达到多少亩算千亩基地");
