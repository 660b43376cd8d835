//! All indicators kept up to date: after one edit only what depends on that unit and ledger is computed again.

use std::collections::HashMap;
use std::sync::Arc;

use super::declare::{Ctx, Indicator, Whole};
use super::lists::Lists;
use super::period::{Period, Span};
use super::reading::Reading;
use super::roster::{Roster, Scope};
use super::tally::{self, Tally};
use super::thresholds::Thresholds;
use crate::model::date::Day;
use crate::model::ledger::Programme;
use crate::model::records::Records;
use crate::model::settings::Settings;
use crate::model::status::Status;

struct Cached {
    revision: u64,
    tally: Arc<Tally>,
}

/// What a refresh did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Tallies computed.
    pub computed: usize,
    /// Tallies that stood.
    pub kept: usize,
}

/// The values of one period on one day.
pub struct Board {
    lists: &'static Lists,
    period: Period,
    as_of: Day,
    span: Span,
    settings: Settings,
    /// Of whom values are given; [`Scope::Town`] is then no more than that.
    reach: Scope,
    /// Of 社区 alone, of 村 alone, or of both.
    community: Option<bool>,
    frame: Roster,
    /// Every unit of the town, whether values are given of it or not.
    everyone: Roster,
    stamp: Option<Vec<u64>>,
    ledgers: HashMap<&'static str, u64>,
    cached: HashMap<(&'static str, String), Cached>,
    /// What the town keeps beside its units, by indicator.
    whole: HashMap<&'static str, Cached>,
    /// Units of which a programme has no record at all; few in most towns.
    silent: Vec<(Programme, String)>,
}

impl Board {
    /// A board without values; [`Board::refresh`] fills it.
    pub fn new(lists: &'static Lists, period: Period, as_of: Day) -> Board {
        Board {
            lists,
            period,
            as_of,
            span: period.span(as_of),
            settings: Settings::default(),
            reach: Scope::Town,
            community: None,
            frame: Roster::default(),
            everyone: Roster::default(),
            stamp: None,
            ledgers: HashMap::new(),
            cached: HashMap::new(),
            whole: HashMap::new(),
            silent: Vec::new(),
        }
    }

    /// The same over a part of the town: where only the records of that part are here, its values are all there is,
    /// and those of the town would be untrue.
    #[must_use]
    pub fn over(mut self, reach: Scope) -> Board {
        self.reach = reach;
        self
    }

    /// The same of 社区 (`true`) or of 村 (`false`) alone.
    #[must_use]
    pub fn of_kind(mut self, community: Option<bool>) -> Board {
        self.community = community;
        self
    }

    /// Brings every value up to date with the records.
    ///
    /// Relies on [`Records::revision`]: equal revisions mean equal records. Records whose revisions
    /// never change (a [`Sheet`](crate::model::records::Sheet)) need a new board after a change.
    pub fn refresh(&mut self, records: &dyn Records) -> Work {
        self.refresh_some(records, &self.lists.all().collect::<Vec<_>>())
    }

    /// The same for some indicators; readings of the others count nothing until they are refreshed. A board is
    /// refreshed for the same indicators every time.
    pub fn refresh_some(&mut self, records: &dyn Records, which: &[&'static Indicator]) -> Work {
        let revisions = self.lists.frame.iter().map(|ledger| records.revision(ledger, None));
        let stamp: Vec<u64> = revisions.collect();
        if self.stamp.as_ref() != Some(&stamp) {
            self.stamp = Some(stamp);
            self.settings = (self.lists.settings)(records);
            self.everyone = (self.lists.roster)(records, self.span.to);
            self.frame = self.everyone.only(&self.reach);
            self.frame.keep_kind(self.community);
            self.cached.clear();
            self.whole.clear();
            self.ledgers.clear();
        }
        let mut work = Work::default();
        let mut seen = HashMap::new();
        for indicator in which {
            for ledger in indicator.reads {
                seen.entry(ledger.id).or_insert_with(|| records.revision(ledger, None));
            }
        }
        for indicator in which.iter().copied() {
            let same = indicator.reads.iter().all(|l| self.ledgers.get(l.id) == seen.get(l.id));
            self.refresh_one(indicator, records, same, &mut work);
        }
        self.ledgers = seen;
        self.silent.clear();
        for programme in Programme::ALL {
            for unit in &self.frame.units {
                if !self.has_counted(programme, &unit.code) && self.lists.is_silent(records, programme, &unit.codes) {
                    self.silent.push((programme, unit.code.clone()));
                }
            }
        }
        work
    }

    /// Whether an indicator of the programme counted something of the unit: the quick way to know that it is not silent.
    fn has_counted(&self, programme: Programme, code: &str) -> bool {
        self.lists.of(programme).any(|i| {
            let cached = self.cached.get(&(i.id, code.to_owned()));
            cached.is_some_and(|c| c.tally.has_counted())
        })
    }

    fn refresh_one(&mut self, indicator: &'static Indicator, records: &dyn Records, same: bool, work: &mut Work) {
        let applies = indicator.applies(&self.settings);
        for unit in self.frame.units.iter().filter(|u| applies.takes(u.community)) {
            let revision = || {
                let of = |code: &String| {
                    let revisions = indicator.reads.iter().map(|l| records.revision(l, Some(code)));
                    revisions.fold(0_u64, u64::wrapping_add)
                };
                // Records of a ledger that belong to no unit may count for every one.
                let common = indicator.reads.iter().filter(|l| l.field("unit").is_none());
                let common = common.map(|l| records.revision(l, None)).fold(0_u64, u64::wrapping_add);
                unit.codes.iter().map(of).fold(common, u64::wrapping_add)
            };
            let old = self.cached.get(&(indicator.id, unit.code.clone()));
            let fresh = match old {
                Some(_) if same => true,
                Some(cached) => cached.revision == revision(),
                None => false,
            };
            if fresh {
                work.kept += 1;
                continue;
            }
            let ctx = Ctx {
                records,
                unit,
                span: self.span,
                settings: &self.settings,
            };
            let cached = Cached {
                revision: revision(),
                tally: Arc::new(indicator.tally(&ctx)),
            };
            self.cached.insert((indicator.id, unit.code.clone()), cached);
            work.computed += 1;
        }
        self.refresh_whole(indicator, records);
    }

    /// Of a part of the town, and of one kind of its units, nothing is said of the whole.
    fn refresh_whole(&mut self, indicator: &'static Indicator, records: &dyn Records) {
        if indicator.whole.is_none() || self.reach != Scope::Town || self.community.is_some() {
            return;
        }
        let revisions = indicator.reads.iter().map(|l| records.revision(l, None));
        let revision = revisions.fold(0_u64, u64::wrapping_add);
        if self.whole.get(indicator.id).is_some_and(|c| c.revision == revision) {
            return;
        }
        let span = self.span;
        if let Some(tally) = indicator.tally_of_town(&Whole { records, span }) {
            let tally = Arc::new(tally);
            self.whole.insert(indicator.id, Cached { revision, tally });
        }
    }

    /// The value of an indicator for a scope; of a unit that entered nothing in its programme it is not known.
    pub fn reading(&self, indicator: &'static Indicator, scope: &Scope) -> Reading {
        let applies = indicator.applies(&self.settings);
        let mut tallies = Vec::new();
        let mut silent = 0;
        for unit in self.frame.units_in(scope).filter(|u| applies.takes(u.community)) {
            if let Some(cached) = self.cached.get(&(indicator.id, unit.code.clone())) {
                silent += usize::from(cached.tally.unknown == 0 && self.is_silent(indicator.programme, &unit.code));
                tallies.push(Arc::clone(&cached.tally));
            }
        }
        let whole = self.whole.get(indicator.id).filter(|_| *scope == Scope::Town);
        tallies.extend(whole.map(|cached| Arc::clone(&cached.tally)));
        let of_year = self.period.of_year(self.as_of);
        Reading::of(indicator, tallies, silent, of_year, &self.settings)
    }

    /// Whether a unit has no record of a programme, neither in the period nor before.
    pub fn is_silent(&self, programme: Programme, code: &str) -> bool {
        self.silent.iter().any(|(p, c)| *p == programme && c == code)
    }

    /// Whether anything that an indicator reads was entered in a scope by the last day of the period: a zero of a time in
    /// which nobody kept the ledger is not known.
    pub fn was_kept(&self, records: &dyn Records, indicator: &Indicator, scope: &Scope) -> bool {
        let mut units = self.frame.units_in(scope);
        units.any(|unit| self.lists.was_kept(records, indicator, &unit.codes, self.span.to))
    }

    /// Progress of a programme in tenths of a percent: the weighted mean of the progress of its
    /// indicators that have an aim and something to judge; `None` if there are none, and where no unit entered
    /// anything: that is not known, which is neither low nor zero.
    pub fn progress(&self, programme: Programme, scope: &Scope) -> Option<i64> {
        if self.frame.units_in(scope).all(|u| self.is_silent(programme, &u.code)) {
            return None;
        }
        self.mean(self.lists.of(programme), scope)
    }

    /// How a programme stands in a scope by its progress: 正常 and 预警 begin where the mean of its indicators'
    /// thresholds lies, by the weights of its progress.
    pub fn status(&self, programme: Programme, scope: &Scope) -> Status {
        self.thresholds(programme).status(self.progress(programme, scope))
    }

    /// From where the progress of a programme is 正常 and 预警.
    pub fn thresholds(&self, programme: Programme) -> Thresholds {
        Thresholds::mean(self.lists.of(programme), &self.settings)
    }

    /// Mean of the five programmes in tenths of a percent.
    pub fn overall(&self, scope: &Scope) -> Option<i64> {
        let each: Vec<i64> = Programme::ALL
            .into_iter()
            .filter_map(|p| self.progress(p, scope))
            .collect();
        let count = i64::try_from(each.len()).ok().filter(|n| *n > 0)?;
        Some((each.iter().sum::<i64>() * 2 + count) / (count * 2))
    }

    fn mean(&self, indicators: impl Iterator<Item = &'static Indicator>, scope: &Scope) -> Option<i64> {
        let mut sum = 0_i128;
        let mut weights = 0_i128;
        for indicator in indicators {
            if let Some(progress) = self.reading(indicator, scope).progress {
                let weight = i128::from(indicator.weight_in(&self.settings));
                sum += i128::from(progress) * weight;
                weights += weight;
            }
        }
        (weights > 0).then(|| i64::try_from((sum * 2 + weights) / (weights * 2)).unwrap_or(0))
    }

    /// The indicators it can read.
    pub fn lists(&self) -> &'static Lists {
        self.lists
    }

    /// The units on the last day counted of which values are given.
    pub fn frame(&self) -> &Roster {
        &self.frame
    }

    /// Every unit of the town on that day, for what is drawn of all: a map.
    pub fn everyone(&self) -> &Roster {
        &self.everyone
    }

    /// Of whom values are given.
    pub fn reach(&self) -> &Scope {
        &self.reach
    }

    /// Of which kind of unit values are given: 社区 (`true`), 村 (`false`) or both.
    pub fn community(&self) -> Option<bool> {
        self.community
    }

    /// Settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Days counted.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Period counted.
    pub fn period(&self) -> Period {
        self.period
    }

    /// As-of date.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// A share in tenths of a percent, rounded half up.
    pub fn permille(part: crate::model::value::Decimal, whole: crate::model::value::Decimal) -> Option<i64> {
        tally::permille(part, whole)
    }
}
