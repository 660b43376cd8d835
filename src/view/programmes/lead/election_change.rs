//! The two committees before a round and after it: a table of the town, and one of its units.

use crate::model::engine::indicator::{Ctx, UnitAt};
use crate::model::programmes::lead::team::{Change, Measure, Share, Team, change};
use crate::view::format::{self, UNKNOWN};
use crate::view::route::{Address, Route};

/// One measure over all units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureVm {
    /// Its name.
    pub label: &'static str,
    /// Before: `18.2%（12/66）`, `48.3 岁`, `--`.
    pub before: String,
    /// After.
    pub after: String,
    /// `+6.1 个百分点`, `-4.2 岁`; `--` where one of them is not known.
    pub change: String,
}

/// One unit: what the columns say, `1/4 → 2/4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamVm {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// One for each column.
    pub cells: Vec<String>,
}

/// Before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangesVm {
    /// The measures, over all units.
    pub measures: Vec<MeasureVm>,
    /// Heads of the table of units, after its name.
    pub heads: Vec<&'static str>,
    /// The units of which anything is known.
    pub units: Vec<TeamVm>,
    /// Units that handed over and have people registered.
    pub after: usize,
}

/// The teams of these units in the round of a year.
pub fn changes<'a>(units: impl Iterator<Item = (&'a UnitAt, Ctx<'a>)>, year: i32) -> ChangesVm {
    // Both sides are of the same units, or the comparison says nothing.
    let mut compared = Change::default();
    let mut now = Change::default();
    let mut vm = ChangesVm {
        heads: ["人数", "平均年龄"]
            .into_iter()
            .chain(Measure::ALL.map(Measure::label))
            .collect(),
        ..ChangesVm::default()
    };
    for (unit, ctx) in units {
        let own = change(&ctx, year);
        if own.before.is_none() && own.after.is_none() {
            continue;
        }
        match own.after {
            Some(_) => {
                vm.after += 1;
                compared = compared.and(own);
            }
            None => now = now.and(own),
        }
        vm.units.push(TeamVm {
            name: unit.name.clone(),
            href: Address::from(Route::Unit(unit.code.clone())).hash(),
            cells: cells(own),
        });
    }
    let shown = if vm.after > 0 { compared } else { now };
    if !vm.units.is_empty() {
        vm.measures = measures(shown);
    }
    vm
}

fn measures(of: Change) -> Vec<MeasureVm> {
    let people = |team: Option<Team>| format::or_unknown(team, |team| format!("{} 人", format::count(team.people)));
    let difference = of
        .before
        .zip(of.after)
        .map(|(before, after)| after.people - before.people);
    let mut all = vec![MeasureVm {
        label: "登记人数",
        before: people(of.before),
        after: people(of.after),
        change: format::or_unknown(difference, |more| format!("{} 人", signed(more as f64))),
    }];
    let ages = [of.before, of.after].map(|team| team.and_then(age));
    let [before, after] = ages.map(|age| format::or_unknown(age, |age| format!("{} 岁", format::decimal(age, 1))));
    let change = ages[0].zip(ages[1]).map(|(before, after)| after - before);
    all.push(MeasureVm {
        label: "平均年龄",
        before,
        after,
        change: format::or_unknown(change, |change| format!("{} 岁", signed(change))),
    });
    all.extend(Measure::ALL.map(|measure| {
        let shares = [of.before, of.after].map(|team| team.and_then(|team| known(team.share(measure))));
        let [before, after] = shares.map(|share| {
            format::or_unknown(share, |share| {
                format!(
                    "{}（{}）",
                    format::percent(share.yes, share.known),
                    format::progress(share.yes, share.known)
                )
            })
        });
        let points = |share: Share| share.yes as f64 * 100.0 / share.known as f64;
        let change = shares[0]
            .zip(shares[1])
            .map(|(before, after)| points(after) - points(before));
        MeasureVm {
            label: measure.label(),
            before,
            after,
            change: format::or_unknown(change, |change| format!("{} 个百分点", signed(change))),
        }
    }));
    all
}

fn known(share: Share) -> Option<Share> {
    (share.known > 0).then_some(share)
}

fn age(team: Team) -> Option<f64> {
    (team.aged > 0).then(|| team.months as f64 / 12.0 / team.aged as f64)
}

/// `+6.1`, `-4.2`, `0`.
fn signed(change: f64) -> String {
    let text = format::decimal(change, 1);
    if change > 0.0 && text != "0" {
        format!("+{text}")
    } else {
        text
    }
}

/// `41.5 → 38`, `1/4 → 2/4`; one side alone before the round, or where the other is not known.
fn cells(own: Change) -> Vec<String> {
    let both = |text: &dyn Fn(Team) -> Option<String>| {
        let one = |team: Option<Team>| team.and_then(text);
        match (one(own.before), one(own.after), own.after) {
            (None, None, _) => UNKNOWN.to_owned(),
            (Some(before), _, None) => before,
            (before, after, _) => {
                let [before, after] = [before, after].map(|text| text.unwrap_or_else(|| UNKNOWN.to_owned()));
                format!("{before} → {after}")
            }
        }
    };
    let mut all = vec![
        both(&|team| Some(format::count(team.people))),
        both(&|team| age(team).map(|age| format::decimal(age, 1))),
    ];
    all.extend(
        Measure::ALL.map(|measure| {
            both(&|team| known(team.share(measure)).map(|share| format::progress(share.yes, share.known)))
        }),
    );
    all
}
