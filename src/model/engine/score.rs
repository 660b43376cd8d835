//! A score sheet (考核): points of a unit for a year, each with what it came from (docs/requirements.md §2.10).
//!
//! A [`Plan`] says how many points there are for what; [`score`] reads a [`Board`] and the marks that people gave. What
//! nobody entered is neither zero nor full: its points stand apart, and as long as there are such points, or points that
//! wait for a mark, there is no band. Points are exact ([`Points`]); they are rounded where they are shown.

use std::collections::BTreeSet;

use super::indicator::{Aim, Board, Indicator, Reading, Scope};
use crate::model::ledger::Programme;
use crate::model::value::Decimal;
use crate::order::Arrange;

/// Points as an exact count of ten-millionths: a decimal of four places times a progress in tenths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

/// Ten-millionths in a ten-thousandth.
const FINE: i64 = 1_000;

impl Points {
    /// Nothing.
    pub const ZERO: Points = Points(0);

    /// The points of a decimal.
    pub const fn of(decimal: Decimal) -> Points {
        Points(decimal.ten_thousandths().saturating_mul(FINE))
    }

    /// So many tenths of a percent of `whole`.
    pub const fn share(whole: Decimal, permille: i64) -> Points {
        Points(whole.ten_thousandths().saturating_mul(permille))
    }

    /// Rounded half up to so many places, at most four.
    pub fn rounded(self, places: u32) -> Decimal {
        let step = 10_i64.pow(7 - places.min(4));
        Decimal::from_ten_thousandths((self.0 + step / 2).div_euclid(step) * (step / FINE))
    }

    /// As it is shown: rounded half up to a tenth.
    pub fn shown(self) -> Decimal {
        self.rounded(1)
    }
}

impl std::ops::Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Points>>(all: I) -> Points {
        all.fold(Points::ZERO, |a, b| a + b)
    }
}

/// How an item gets its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By how much of the aim of an indicator is reached; by a mark where the indicator has no aim.
    Indicator(&'static Indicator),
    /// By a mark of the town.
    Mark,
    /// The mark is taken off; without one nothing is.
    Deduction,
}

/// A line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Id of its record; of a sheet that no record holds, of its own.
    pub id: String,
    /// Programme.
    pub programme: Programme,
    /// Name.
    pub name: String,
    /// Points there are; of a deduction the most that is taken off, zero for no limit.
    pub points: Decimal,
    /// How they are given.
    pub way: Way,
}

/// 优秀, 良好, 一般 or 较差.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// 优秀.
    Excellent,
    /// 良好.
    Good,
    /// 一般.
    Fair,
    /// 较差.
    Poor,
}

impl Band {
    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Band::Excellent => "优秀",
            Band::Good => "良好",
            Band::Fair => "一般",
            Band::Poor => "较差",
        }
    }

    /// The code of the ledger of assessments.
    pub const fn code(self) -> &'static str {
        match self {
            Band::Excellent => "excellent",
            Band::Good => "good",
            Band::Fair => "fair",
            Band::Poor => "poor",
        }
    }
}

/// A sheet: what there are points for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Id of its record; empty for the sheet that holds while none is recorded.
    pub id: String,
    /// Name.
    pub name: String,
    /// First year.
    pub since: i32,
    /// Whether it is in use.
    pub used: bool,
    /// Fewest points for 优秀, 良好, 一般.
    pub limits: [Decimal; 3],
    /// Items in their order.
    pub items: Vec<Item>,
}

impl Plan {
    /// All points there are, deductions aside.
    pub fn full(&self) -> Decimal {
        let counted = self.items.iter().filter(|item| item.way != Way::Deduction);
        counted.map(|item| item.points).sum()
    }
}

/// What people said of an item of a unit in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Id of the record; of several, of the first.
    pub record: String,
    /// Points by the town.
    pub points: Option<Decimal>,
    /// Its reason.
    pub reason: String,
    /// Points by the unit.
    pub own: Option<Decimal>,
    /// Its reason.
    pub own_reason: String,
    /// Records of the same item have different points by the town: none of them holds.
    pub differs: bool,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// These points; of a deduction those taken off.
    Given(Points),
    /// Nothing was entered: neither zero nor full.
    Unknown,
    /// Nobody gave a mark yet, or marks differ.
    Waiting,
    /// Does not apply to this kind of unit: its points went to the rest of its programme.
    NotFor,
    /// Nothing was to be done: the same.
    NothingDue,
}

/// An item of a unit, explained.
#[derive(Clone, Debug)]
pub struct Line {
    /// The item.
    pub item: Item,
    /// Points it can bring in this unit: its own and what was spread to it.
    pub possible: Decimal,
    /// What it brought.
    pub outcome: Outcome,
    /// Value, aim, records and what is missing, where it goes by an indicator.
    pub reading: Option<Reading>,
    /// What people said.
    pub mark: Mark,
}

impl Line {
    /// Points that were not given.
    pub fn lost(&self) -> Points {
        match (&self.item.way, self.outcome) {
            (Way::Deduction, Outcome::Given(points)) => points,
            (_, Outcome::Given(points)) => Points::of(self.possible) - points,
            _ => Points::ZERO,
        }
    }

    /// Whether what it brought is by a mark.
    pub fn is_marked(&self) -> bool {
        match self.item.way {
            Way::Mark | Way::Deduction => true,
            Way::Indicator(indicator) => indicator.aim == Aim::Nothing,
        }
    }
}

/// A programme of a unit, or all five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Points there are.
    pub possible: Points,
    /// Points given, deductions taken off; never below zero.
    pub given: Points,
    /// Points of which nothing is entered.
    pub unknown: Points,
    /// Points that wait for a mark.
    pub waiting: Points,
    /// Points taken off, as far as there were any.
    pub taken: Points,
    /// Points of items that do not apply, which went to the rest.
    pub spread: Points,
}

impl Sum {
    /// Points that can be judged now.
    pub fn judged(&self) -> Points {
        self.possible - self.unknown - self.waiting
    }

    /// Whether nothing is unknown and nothing waits.
    pub fn is_whole(&self) -> bool {
        self.unknown == Points::ZERO && self.waiting == Points::ZERO && self.possible > Points::ZERO
    }
}

/// The points of a unit.
#[derive(Clone, Debug)]
pub struct Score {
    /// Every item, explained.
    pub lines: Vec<Line>,
    /// The programmes in their order.
    pub programmes: [Sum; 5],
    /// All of them.
    pub total: Sum,
    /// Nothing where something is unknown or waits.
    pub band: Option<Band>,
    full: Decimal,
    limits: [Decimal; 3],
}

/// `total` in parts by weight, each rounded down and what is left given to the largest rests, of equal ones to the first:
/// the parts add up to the whole. All zero where no weight is above zero.
pub fn spread(total: i64, weights: &[i64]) -> Vec<i64> {
    let all: i128 = weights.iter().map(|w| i128::from((*w).max(0))).sum();
    if all == 0 {
        return vec![0; weights.len()];
    }
    let exact = |w: &i64| i128::from(total) * i128::from((*w).max(0));
    let whole = |n: i128| i64::try_from(n).unwrap_or(0);
    let mut parts: Vec<i64> = weights.iter().map(|w| whole(exact(w) / all)).collect();
    let mut rests: Vec<(i128, usize)> = weights.iter().enumerate().map(|(i, w)| (exact(w) % all, i)).collect();
    rests.arrange_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let left = usize::try_from(total - parts.iter().sum::<i64>()).unwrap_or(0);
    for (_, place) in rests.iter().take(left) {
        parts[*place] += 1;
    }
    parts
}

/// The points of a unit by a sheet. The board is of the year; `mark` gives what people said of an item, by its id.
pub fn score(plan: &Plan, board: &Board, unit: &str, mark: impl Fn(&str) -> Mark) -> Score {
    let scope = Scope::Unit(unit.to_owned());
    let line = |item: &Item| {
        let reading = match item.way {
            Way::Indicator(indicator) => Some(board.reading(indicator, &scope)),
            Way::Mark | Way::Deduction => None,
        };
        let mut line = Line {
            item: item.clone(),
            possible: item.points,
            outcome: Outcome::Waiting,
            reading,
            mark: mark(&item.id),
        };
        line.outcome = aside(&line);
        line
    };
    let mut lines: Vec<Line> = plan.items.iter().map(line).collect();
    let mut moved = [Points::ZERO; 5];
    for programme in Programme::ALL {
        moved[programme.petal()] = spread_in(&mut lines, programme);
    }
    for line in &mut lines {
        line.outcome = outcome(line);
    }
    Score::of(lines, moved, plan.full(), plan.limits)
}

/// What can be said of an item before its points are known.
fn aside(line: &Line) -> Outcome {
    match &line.reading {
        Some(reading) if reading.units == 0 => Outcome::NotFor,
        Some(_) if line.is_marked() => Outcome::Waiting,
        Some(reading) if reading.is_unknown() => Outcome::Unknown,
        Some(reading) if reading.progress.is_none() => Outcome::NothingDue,
        _ => Outcome::Waiting,
    }
}

const fn is_aside(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::NotFor | Outcome::NothingDue)
}

/// Spreads the points of what does not apply over the rest of a programme, by the points of each; what was moved.
fn spread_in(lines: &mut [Line], programme: Programme) -> Points {
    let own = |l: &Line| l.item.programme == programme && l.item.way != Way::Deduction;
    let all: Decimal = lines.iter().filter(|l| own(l)).map(|l| l.item.points).sum();
    let stays = |l: &Line| own(l) && !is_aside(l.outcome);
    let rest: Vec<i64> = lines
        .iter()
        .filter(|l| stays(l))
        .map(|l| l.item.points.ten_thousandths())
        .collect();
    let kept: i64 = rest.iter().sum();
    let mut parts = spread(all.ten_thousandths(), &rest).into_iter();
    for line in lines.iter_mut().filter(|l| own(l)) {
        line.possible = match is_aside(line.outcome) {
            true => Decimal::ZERO,
            false => Decimal::from_ten_thousandths(parts.next().unwrap_or(0)),
        };
    }
    Points::of(all - Decimal::from_ten_thousandths(kept))
}

/// What an item brought, once the points it can bring are known.
fn outcome(line: &Line) -> Outcome {
    if is_aside(line.outcome) || line.outcome == Outcome::Unknown {
        return line.outcome;
    }
    if let (false, Some(progress)) = (line.is_marked(), line.reading.as_ref().and_then(|r| r.progress)) {
        return Outcome::Given(Points::share(line.possible, progress));
    }
    let is_deduction = line.item.way == Way::Deduction;
    let least = |points: Decimal| points.max(Decimal::ZERO);
    match line.mark.points {
        _ if line.mark.differs => Outcome::Waiting,
        Some(points) if is_deduction && line.item.points == Decimal::ZERO => Outcome::Given(Points::of(least(points))),
        // A mark is of the points of the item; where more was spread to it, it counts in proportion.
        Some(points) if line.possible > line.item.points && line.item.points > Decimal::ZERO => {
            let part = i128::from(least(points.min(line.item.points)).ten_thousandths());
            let exact = part * i128::from(line.possible.ten_thousandths()) * i128::from(FINE);
            let points = exact / i128::from(line.item.points.ten_thousandths());
            Outcome::Given(Points(i64::try_from(points).unwrap_or(0)))
        }
        Some(points) => Outcome::Given(Points::of(least(points.min(line.item.points)))),
        None if is_deduction => Outcome::Given(Points::ZERO),
        None => Outcome::Waiting,
    }
}

impl Score {
    fn of(lines: Vec<Line>, moved: [Points; 5], full: Decimal, limits: [Decimal; 3]) -> Score {
        let programmes = Programme::ALL.map(|programme| {
            let own: Vec<&Line> = lines.iter().filter(|l| l.item.programme == programme).collect();
            sum(&own, moved[programme.petal()])
        });
        let all = |of: fn(&Sum) -> Points| programmes.iter().map(of).sum();
        let total = Sum {
            possible: all(|s| s.possible),
            given: all(|s| s.given),
            unknown: all(|s| s.unknown),
            waiting: all(|s| s.waiting),
            taken: all(|s| s.taken),
            spread: all(|s| s.spread),
        };
        let mut score = Score {
            lines,
            programmes,
            total,
            band: None,
            full,
            limits,
        };
        // A deduction on which records differ has no points of its own that wait.
        let waits = score.lines.iter().any(|l| l.outcome == Outcome::Waiting);
        score.band = (total.is_whole() && !waits).then(|| score.band_of(total.given));
        score
    }

    /// The band of so many points. Where a programme does not apply at all there are fewer points than the sheet has: the
    /// limits are then those parts of what there are.
    fn band_of(&self, points: Points) -> Band {
        let reaches = |limit: Decimal| {
            let got = i128::from(points.0) * i128::from(self.full.ten_thousandths());
            got >= i128::from(limit.ten_thousandths()) * i128::from(self.total.possible.0)
        };
        match self.limits {
            [excellent, _, _] if reaches(excellent) => Band::Excellent,
            [_, good, _] if reaches(good) => Band::Good,
            [_, _, fair] if reaches(fair) => Band::Fair,
            _ => Band::Poor,
        }
    }

    /// The points of the whole as they are shown: to a tenth, or as fine as it takes not to seem of another band.
    pub fn shown(&self) -> Decimal {
        let seems = |shown: &Decimal| self.band_of(Points::of(*shown)) == self.band_of(self.total.given);
        let finer = [1, 2, 3].map(|places| self.total.given.rounded(places));
        finer.into_iter().find(seems).unwrap_or(self.total.given.rounded(4))
    }

    /// The same if these items, by their ids, were fulfilled: full points, and nothing taken off.
    #[must_use]
    pub fn if_done(&self, done: &BTreeSet<String>) -> Score {
        let mut lines = self.lines.clone();
        for line in lines
            .iter_mut()
            .filter(|l| done.contains(&l.item.id) && !is_aside(l.outcome))
        {
            line.outcome = Outcome::Given(match line.item.way {
                Way::Deduction => Points::ZERO,
                Way::Indicator(_) | Way::Mark => Points::of(line.possible),
            });
        }
        Score::of(lines, self.programmes.map(|p| p.spread), self.full, self.limits)
    }
}

fn sum(lines: &[&Line], spread: Points) -> Sum {
    let mut out = Sum {
        spread,
        ..Sum::default()
    };
    let mut off = Points::ZERO;
    for line in lines {
        let possible = Points::of(line.possible);
        if line.item.way == Way::Deduction {
            off = off + line.lost();
            continue;
        }
        out.possible = out.possible + possible;
        match line.outcome {
            Outcome::Given(points) => out.given = out.given + points,
            Outcome::Unknown => out.unknown = out.unknown + possible,
            Outcome::Waiting => out.waiting = out.waiting + possible,
            Outcome::NotFor | Outcome::NothingDue => {}
        }
    }
    out.taken = off.min(out.given);
    out.given = out.given - out.taken;
    out
}
