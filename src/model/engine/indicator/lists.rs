//! What is handed to the engine: the indicators of all programmes, and who belonged where on a day.

use std::sync::Arc;

use super::declare::{Ctx, Indicator, Whole};
use super::period::Period;
use super::reading::Reading;
use super::roster::{Roster, Scope};
use crate::model::date::{Day, Month};
use crate::model::ledger::{Cells, Programme, Schema};
use crate::model::records::Records;
use crate::model::settings::Settings;
use crate::model::value::Value;

/// The first day that a day, a month or a year holds.
fn first_day(value: &Value) -> Option<Day> {
    match value {
        Value::Int(year) => Month::new(i32::try_from(*year).ok()?, 1).map(Month::first),
        Value::Text(text) => Day::parse(text).or_else(|| Month::parse(text).map(Month::first)),
        _ => None,
    }
}

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

    /// Whether the ledgers of an indicator hold a record of a unit that was there by a day: dated no later, or without a
    /// day. Ledgers of other programmes tell nothing, but where it reads no others.
    pub fn was_kept(&self, records: &dyn Records, indicator: &Indicator, codes: &[String], by: Day) -> bool {
        let is_own = |ledger: &&'static Schema| ledger.programme == Some(indicator.programme);
        let only_others = !indicator.reads.iter().any(is_own);
        let mut found = false;
        for ledger in indicator.reads.iter().filter(|ledger| only_others || is_own(ledger)) {
            let slot = ledger.slot(ledger.dated);
            let mut see = |cells: &dyn Cells| {
                found |= slot
                    .and_then(|slot| first_day(cells.cell(slot)))
                    .is_none_or(|day| day <= by);
            };
            if ledger.field("unit").is_none() {
                records.visit(ledger, None, &mut |cells| see(cells));
                continue;
            }
            for code in codes {
                records.visit(ledger, Some(code), &mut |cells| see(cells));
            }
        }
        found
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
