//! The value of an indicator: how much, of what, how far from what is asked, and the records behind it.

use std::sync::Arc;

use super::declare::{Aim, Indicator};
use super::tally::{Missing, Part, RecordRef, Tally, permille};
use super::thresholds::Thresholds;
use crate::model::settings::Settings;
use crate::model::status::Status;
use crate::model::value::Decimal;

/// What an indicator asks for and where it stands, in the measure of its aim: percent of a share, or a count. This is
/// neither the value (`127/214`) nor how much of the aim is reached ([`Reading::progress`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The aim, with the town's number.
    pub aim: Aim,
    /// What is wanted: percent, a count for all units and the period, or the most allowed.
    pub wanted: Decimal,
    /// What there is, in the same measure.
    pub actual: Decimal,
}

impl Goal {
    /// How much is missing (for [`Aim::AtMost`]: too much), in the same measure; zero when reached.
    pub fn lack(self) -> Decimal {
        let lack = match self.aim {
            Aim::AtMost(_) => self.actual - self.wanted,
            _ => self.wanted - self.actual,
        };
        lack.max(Decimal::ZERO)
    }
}

/// The value of one indicator for a unit, a district or the town.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What was read.
    pub indicator: &'static Indicator,
    /// Sum of the numerators of the units.
    pub numerator: Decimal,
    /// Sum of the denominators; zero where the form has none.
    pub denominator: Decimal,
    /// Named parts: by kind, by stage, by source.
    pub parts: Vec<Part>,
    /// How much of the goal is reached in tenths of a percent, 0 to 1000; `None` without goal.
    pub progress: Option<i64>,
    /// Light.
    pub status: Status,
    /// What is asked for; `None` without aim or without anything to judge.
    pub goal: Option<Goal>,
    /// Units counted.
    pub units: usize,
    /// Those of them that entered nothing to judge.
    pub unknown: usize,
    tallies: Vec<Arc<Tally>>,
}

impl Reading {
    /// The records that were counted.
    pub fn records(&self) -> impl Iterator<Item = &RecordRef> {
        self.tallies.iter().flat_map(|t| t.records.iter())
    }

    /// What is missing for the full value: units or single records.
    pub fn missing(&self) -> impl Iterator<Item = &Missing> {
        self.tallies.iter().flat_map(|t| t.missing.iter())
    }

    /// The part stored under `key`.
    pub fn part(&self, key: &str) -> Option<&Part> {
        self.parts.iter().find(|p| &*p.key == key)
    }

    /// Amount of the part stored under `key`; zero without it.
    pub fn amount(&self, key: &str) -> Decimal {
        self.part(key).map_or(Decimal::ZERO, |p| p.amount)
    }

    /// Share in tenths of a percent, rounded half up; `None` without denominator.
    pub fn permille(&self) -> Option<i64> {
        permille(self.numerator, self.denominator)
    }

    /// Whether nothing was entered in any of the units: not known, which is neither low nor zero.
    pub fn is_unknown(&self) -> bool {
        self.units > 0 && self.unknown >= self.units
    }

    /// The word that stands for the light where there is none.
    pub fn unjudged(&self) -> &'static str {
        match self.units {
            0 => "不适用",
            _ if self.is_unknown() => "没有填报",
            _ => "不评",
        }
    }

    /// The value made of the tallies of the units; `silent` of them entered nothing in the programme.
    pub(super) fn of(
        indicator: &'static Indicator,
        tallies: Vec<Arc<Tally>>,
        silent: usize,
        of_year: Option<(i64, i64)>,
        settings: &Settings,
    ) -> Reading {
        let mut sum = Tally::default();
        for tally in &tallies {
            sum.add_numbers(tally);
        }
        sum.unknown += silent;
        let units = tallies.len();
        let goal = goal(indicator, &sum, units, of_year, settings);
        let is_unknown = units > 0 && sum.unknown >= units;
        let progress = goal.filter(|_| !is_unknown).and_then(|goal| progress(goal, &sum));
        Reading {
            indicator,
            numerator: sum.numerator,
            denominator: sum.denominator,
            parts: sum.parts,
            progress,
            status: Thresholds::of(indicator, settings).status(progress),
            goal,
            units,
            unknown: sum.unknown,
            tallies,
        }
    }
}

/// What is wanted and what there is; a count for the year is cut to the period, a part of one counts as one.
fn goal(
    indicator: &Indicator,
    sum: &Tally,
    units: usize,
    of_year: Option<(i64, i64)>,
    settings: &Settings,
) -> Option<Goal> {
    let wanted = indicator.aim_in(settings).filter(|_| units > 0)?;
    let (wanted, actual) = match indicator.aim {
        Aim::Percent(_) => {
            let (done, whole) = sum.progress.unwrap_or((sum.numerator, sum.denominator));
            // Nearly all is not all.
            let share = permille(done, whole)?.min(if done < whole { 999 } else { i64::MAX });
            (wanted, Decimal::from_ten_thousandths(share * 1_000))
        }
        Aim::PerUnit(_) => {
            let (part, whole) = of_year?;
            let all = i128::from(wanted.ten_thousandths()) * i128::try_from(units).unwrap_or(0) * i128::from(part);
            let one = i128::from(Decimal::whole(1).ten_thousandths() * whole);
            let count = i64::try_from((all + one - 1) / one).unwrap_or(i64::MAX);
            (Decimal::whole(count), sum.numerator)
        }
        Aim::AtMost(_) if sum.denominator > Decimal::ZERO => (wanted, sum.numerator),
        Aim::AtMost(_) | Aim::Nothing => return None,
    };
    Some(Goal {
        aim: indicator.aim,
        wanted,
        actual,
    })
}

/// How much of the goal is reached in tenths of a percent, 0 to 1000.
fn progress(goal: Goal, sum: &Tally) -> Option<i64> {
    let reached = match goal.aim {
        Aim::AtMost(_) if goal.actual <= goal.wanted => 1000,
        Aim::AtMost(_) => permille(sum.denominator - sum.numerator, sum.denominator)?,
        Aim::Percent(_) if goal.wanted <= Decimal::ZERO => 1000,
        Aim::Percent(_) => goal.actual.ten_thousandths() * 1_000 / goal.wanted.ten_thousandths(),
        _ => permille(goal.actual, goal.wanted)?,
    };
    // What is not reached is never called whole.
    let most = if goal.lack() > Decimal::ZERO { 999 } else { 1000 };
    Some(reached.clamp(0, most))
}
