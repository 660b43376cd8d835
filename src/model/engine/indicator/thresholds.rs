//! From where progress is 正常 and 预警: the one place that judges it.

use super::declare::{Aim, Indicator, Own};
use crate::model::settings::Settings;
use crate::model::status::Status;
use crate::model::value::Decimal;

/// Bounds of progress in tenths of a percent; who reaches one is on its better side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// From here on 正常.
    pub normal: i64,
    /// From here on 预警; below 滞后.
    pub warning: i64,
}

impl Thresholds {
    /// Those of an indicator: `normal.<id>` and `warning.<id>` over its own.
    pub fn of(indicator: &Indicator, settings: &Settings) -> Thresholds {
        let permille = |what, default: i64| {
            let percent = indicator.own_number(what, settings).unwrap_or(Decimal::whole(default));
            percent.ten_thousandths() / 1_000
        };
        Thresholds {
            normal: permille(Own::Normal, indicator.normal),
            warning: permille(Own::Warning, indicator.warning),
        }
    }

    /// Those of the mean of several indicators: the mean of theirs by the weights that their progress has in it; those
    /// without an aim have no progress and no say. Where nothing weighs, all count alike.
    pub fn mean(indicators: impl Iterator<Item = &'static Indicator>, settings: &Settings) -> Thresholds {
        let judged = indicators.filter(|i| i.aim != Aim::Nothing);
        let all: Vec<(Thresholds, i128)> = judged
            .map(|i| (Thresholds::of(i, settings), i128::from(i.weight_in(settings))))
            .collect();
        let weighs = all.iter().any(|a| a.1 > 0);
        let mean = |of: fn(&Thresholds) -> i64| {
            let (mut sum, mut weights) = (0_i128, 0_i128);
            for (own, weight) in &all {
                let weight = if weighs { *weight } else { 1 };
                sum += i128::from(of(own)) * weight;
                weights += weight;
            }
            let weights = weights.max(1);
            i64::try_from((sum * 2 + weights) / (weights * 2)).unwrap_or(i64::MAX)
        };
        Thresholds {
            normal: mean(|t| t.normal),
            warning: mean(|t| t.warning),
        }
    }

    /// How a progress in tenths of a percent stands; [`Status::None`] where there is none.
    pub const fn status(self, progress: Option<i64>) -> Status {
        match progress {
            None => Status::None,
            Some(p) if p >= self.normal => Status::Ok,
            Some(p) if p >= self.warning => Status::Warn,
            Some(_) => Status::Late,
        }
    }
}
