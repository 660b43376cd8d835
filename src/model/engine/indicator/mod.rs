//! Indicators: formulas over rows, each with the records behind it (domain §3).
//!
//! An indicator is computed **per unit** into a [`Tally`]; tallies add up, so a district's or the
//! town's value comes from the records of its units and is never an average of percentages. Numbers
//! are exact; a share is kept as numerator and denominator. Nothing is stored.
//!
//! Start at [`evaluate`] for one value, at [`Board`] for all of them kept up to date.

mod base;
mod board;
mod dream;
mod frame;
mod lead;
mod phoenix;
mod seedling;
mod span;
mod summary;
mod tally;

pub(in crate::model) use board::is_silent;
pub use board::{Board, Work};
pub use frame::{Frame, Scope, UnitAt};
pub(in crate::model) use seedling::{in_pool, zero_on};
pub use span::{Period, Span};
pub use summary::{GoalLine, Line, PartLine, Row, Summary, summary};
pub use tally::{Missing, Part, RecordRef, Tally};

use std::sync::Arc;

use super::date::Day;
use super::ledger::{Ledger, Programme, TypedRow};
use super::records::Records;
use super::settings::Settings;
use super::value::Decimal;

/// Which kinds of unit an indicator applies to; a setting `kinds.<id>` of `village`, `community`
/// or `both` overrides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// 村 and 社区.
    Both,
    /// 村 only.
    Villages,
    /// 社区 only.
    Communities,
}

impl Applies {
    /// Whether a 社区 (or a 村) is counted.
    pub fn takes(self, community: bool) -> bool {
        match self {
            Applies::Both => true,
            Applies::Villages => !community,
            Applies::Communities => community,
        }
    }

    /// 村和社区, 村 or 社区.
    pub fn label(self) -> &'static str {
        match self {
            Applies::Both => "村和社区",
            Applies::Villages => "村",
            Applies::Communities => "社区",
        }
    }
}

/// How numerator and denominator make the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Numerator of denominator, shown as `39/39` and as percent.
    Share,
    /// The numerator alone.
    Count,
    /// Numerator by denominator, for averages.
    Mean,
}

/// What an indicator aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// At least this percentage.
    Percent(i64),
    /// At least this count in each unit and year; a month asks for a twelfth, a quarter for a fourth, a time since a start
    /// for its days, all time for nothing.
    PerUnit(i64),
    /// At most this count.
    AtMost(i64),
    /// For information; takes no part in progress.
    Nothing,
}

/// 正常, 预警 or 滞后.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 滞后.
    Behind,
    /// 预警.
    Warning,
    /// 正常.
    Normal,
    /// Nothing to judge: no target, or nothing it applies to.
    None,
}

impl Status {
    /// The word shown beside the sign; never colour alone.
    pub fn label(self) -> &'static str {
        match self {
            Status::Behind => "滞后",
            Status::Warning => "预警",
            Status::Normal => "正常",
            Status::None => "不评",
        }
    }

    /// Code for files.
    pub fn code(self) -> &'static str {
        match self {
            Status::Behind => "behind",
            Status::Warning => "warning",
            Status::Normal => "normal",
            Status::None => "none",
        }
    }
}

/// One indicator: its declaration and its formula.
#[derive(Clone, Copy)]
pub struct Indicator {
    /// Stable id, `programme.name`.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Programme.
    pub programme: Programme,
    /// 口径: one sentence that says what is counted.
    pub definition: &'static str,
    /// Kinds of unit.
    pub applies: Applies,
    /// How the value is made.
    pub form: Form,
    /// Measure word of the numerator: 个, 场, 人.
    pub measure: &'static str,
    /// Default aim; a setting `target.<id>` replaces its number.
    pub aim: Aim,
    /// Progress in percent from which the light is 正常; setting `normal.<id>`.
    pub normal: i64,
    /// Progress in percent from which the light is 预警; setting `warning.<id>`.
    pub warning: i64,
    /// Weight in the programme's progress; setting `weight.<id>`.
    pub weight: i64,
    /// Ledgers whose records the formula reads.
    pub reads: &'static [&'static Ledger],
    compute: fn(&Ctx, &mut Tally),
}

impl std::fmt::Debug for Indicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Indicator {
    fn eq(&self, other: &Indicator) -> bool {
        self.id == other.id
    }
}

impl Eq for Indicator {}

impl Indicator {
    const fn new(
        id: &'static str,
        name: &'static str,
        programme: Programme,
        definition: &'static str,
        reads: &'static [&'static Ledger],
        compute: fn(&Ctx, &mut Tally),
    ) -> Indicator {
        Indicator {
            id,
            name,
            programme,
            definition,
            applies: Applies::Both,
            form: Form::Share,
            measure: "个",
            aim: Aim::Percent(100),
            normal: 90,
            warning: 70,
            weight: 1,
            reads,
            compute,
        }
    }

    const fn of(mut self, applies: Applies) -> Indicator {
        self.applies = applies;
        self
    }

    const fn form(mut self, form: Form, measure: &'static str) -> Indicator {
        self.form = form;
        self.measure = measure;
        self
    }

    const fn aim(mut self, aim: Aim) -> Indicator {
        self.aim = aim;
        self
    }

    /// Kinds of unit with the town's setting.
    pub fn applies(&self, settings: &Settings) -> Applies {
        match settings.own(&format!("kinds.{}", self.id)) {
            Some("village") => Applies::Villages,
            Some("community") => Applies::Communities,
            Some("both") => Applies::Both,
            _ => self.applies,
        }
    }

    /// Aim with the town's setting; the shape of the aim stays.
    pub fn aim_in(&self, settings: &Settings) -> Option<Decimal> {
        let default = match self.aim {
            Aim::Percent(n) | Aim::PerUnit(n) | Aim::AtMost(n) => n,
            Aim::Nothing => return None,
        };
        Some(self.own_number("target", settings).unwrap_or(Decimal::whole(default)))
    }

    /// Weight in the programme's progress, in ten-thousandths.
    pub fn weight_in(&self, settings: &Settings) -> i64 {
        let weight = self
            .own_number("weight", settings)
            .unwrap_or(Decimal::whole(self.weight));
        weight.ten_thousandths().max(0)
    }

    fn thresholds(&self, settings: &Settings) -> (i64, i64) {
        let permille = |kind, default: i64| {
            let percent = self.own_number(kind, settings).unwrap_or(Decimal::whole(default));
            percent.ten_thousandths() / 1_000
        };
        (permille("normal", self.normal), permille("warning", self.warning))
    }

    fn own_number(&self, kind: &str, settings: &Settings) -> Option<Decimal> {
        settings.own(&format!("{kind}.{}", self.id)).and_then(Decimal::parse)
    }

    /// The tally of one unit.
    pub fn tally(&self, ctx: &Ctx) -> Tally {
        let mut tally = Tally::default();
        (self.compute)(ctx, &mut tally);
        tally
    }
}

/// Everything a formula may look at: one unit's records in a span of time.
pub struct Ctx<'a> {
    /// All records.
    pub records: &'a dyn Records,
    /// The unit as it was on the day.
    pub unit: &'a UnitAt,
    /// The span counted; states are those of its last day.
    pub span: Span,
    /// Settings in force.
    pub settings: &'a Settings,
}

impl<'a> Ctx<'a> {
    /// Rows of one ledger that belong to the unit or to a unit merged into it.
    pub fn rows<R: TypedRow<'a>>(&self) -> Vec<R> {
        let mut found = Vec::new();
        for code in &self.unit.codes {
            self.records
                .visit(R::LEDGER, Some(code), &mut |cells| found.push(R::of(cells)));
        }
        found
    }
}

/// All indicators, programme by programme, in display order.
pub fn all() -> impl Iterator<Item = &'static Indicator> {
    [dream::ALL, lead::ALL, base::ALL, seedling::ALL, phoenix::ALL]
        .into_iter()
        .flatten()
}

/// The first indicator of the first programme, shown where none is asked for.
pub const fn first() -> &'static Indicator {
    &dream::ALL[0]
}

/// The indicator stored under `id`.
pub fn by_id(id: &str) -> Option<&'static Indicator> {
    all().find(|i| i.id == id)
}

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
        tally::permille(self.numerator, self.denominator)
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

    fn of(
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
        let (normal, warning) = indicator.thresholds(settings);
        let status = match progress {
            None => Status::None,
            Some(p) if p >= normal => Status::Normal,
            Some(p) if p >= warning => Status::Warning,
            Some(_) => Status::Behind,
        };
        Reading {
            indicator,
            numerator: sum.numerator,
            denominator: sum.denominator,
            parts: sum.parts,
            progress,
            status,
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
            let share = tally::permille(done, whole)?.min(if done < whole { 999 } else { i64::MAX });
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
        Aim::AtMost(_) => tally::permille(sum.denominator - sum.numerator, sum.denominator)?,
        Aim::Percent(_) if goal.wanted <= Decimal::ZERO => 1000,
        Aim::Percent(_) => goal.actual.ten_thousandths() * 1_000 / goal.wanted.ten_thousandths(),
        _ => tally::permille(goal.actual, goal.wanted)?,
    };
    // What is not reached is never called whole.
    let most = if goal.lack() > Decimal::ZERO { 999 } else { 1000 };
    Some(reached.clamp(0, most))
}

/// Reads one indicator for a scope on a day.
pub fn evaluate(
    indicator: &'static Indicator,
    records: &dyn Records,
    period: Period,
    as_of: Day,
    scope: &Scope,
) -> Reading {
    let settings = Settings::read(records);
    let span = period.span(as_of);
    let frame = Frame::at(records, span.to);
    let applies = indicator.applies(&settings);
    let tallies = frame
        .units_in(scope)
        .filter(|unit| applies.takes(unit.community))
        .map(|unit| {
            let ctx = Ctx {
                records,
                unit,
                span,
                settings: &settings,
            };
            let mut tally = indicator.tally(&ctx);
            if !tally.has_counted() && is_silent(records, indicator.programme, &unit.codes) {
                tally.is_unknown();
            }
            Arc::new(tally)
        })
        .collect();
    Reading::of(indicator, tallies, 0, period.of_year(as_of), &settings)
}
