//! What is handed to the engine: the indicators of all programmes, and who belonged where on a day.

use std::sync::Arc;

use super::declare::{Ctx, Indicator, Whole};
use super::period::Period;
use super::reading::Reading;
use super::roster::{Roster, Scope};
use crate::model::date::Day;
use crate::model::ledger::{Programme, Schema};
use crate::model::records::Records;
use crate::model::settings::Settings;

/// The indicators of a town and its units.
pub struct Lists {
    /// Indicators, programme by programme, in display order.
    pub indicators: &'static [&'static [&'static Indicator]],
    /// The units in being on a day.
    pub roster: fn(&dyn Records, Day) -> Roster,
    /// Ledgers that change every value: who belongs where, and the rules.
    pub frame: &'static [&'static Schema],
    /// The settings in force.
    pub settings: fn(&dyn Records) -> Settings,
}

impl Lists {
    /// Every indicator.
    pub fn all(&self) -> impl Iterator<Item = &'static Indicator> + use<> {
        self.indicators.iter().copied().flatten().copied()
    }

    /// The indicators of one programme.
    pub fn of(&self, programme: Programme) -> impl Iterator<Item = &'static Indicator> + use<> {
        self.all().filter(move |i| i.programme == programme)
    }

    /// Whether the ledgers of a programme hold no record of a unit, under any of its codes.
    pub fn is_silent(&self, records: &dyn Records, programme: Programme, codes: &[String]) -> bool {
        let reads = self.of(programme).flat_map(|i| i.reads.iter());
        let mut found = false;
        for ledger in reads.filter(|l| l.programme == Some(programme)) {
            for code in codes {
                records.visit(ledger, Some(code), &mut |_| found = true);
            }
            if found {
                return false;
            }
        }
        true
    }

    /// Reads one indicator for a scope on a day.
    pub fn evaluate(
        &self,
        indicator: &'static Indicator,
        records: &dyn Records,
        period: Period,
        as_of: Day,
        scope: &Scope,
    ) -> Reading {
        let settings = (self.settings)(records);
        let span = period.span(as_of);
        let roster = (self.roster)(records, span.to);
        let applies = indicator.applies(&settings);
        let whole = || indicator.tally_of_town(&Whole { records, span }).map(Arc::new);
        let own = (*scope == Scope::Town).then(whole).flatten();
        let tallies = roster
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
                if !tally.has_counted() && self.is_silent(records, indicator.programme, &unit.codes) {
                    tally.is_unknown();
                }
                Arc::new(tally)
            })
            .chain(own)
            .collect();
        Reading::of(indicator, tallies, 0, period.of_year(as_of), &settings)
    }
}
