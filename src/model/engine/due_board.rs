//! Every deadline of a town, kept up to date: after one edit only the rules that read its ledger look at its unit again.

use std::collections::BTreeMap;

use super::due::{Due, DueKind, Waivers, find};
use super::indicator::{Ctx, Period, Roster, Scope, UnitAt};
use crate::model::date::Day;
use crate::model::ledger::Schema;
use crate::model::records::Records;
use crate::model::settings::Settings;
use crate::order::Arrange;

/// Days for which what was done stays in the lists.
pub const SHOWN_DONE: i32 = 62;

/// What is handed to the engine: the rules of all programmes, who belonged where, and what does not apply.
pub struct DueLists {
    /// Rules, programme by programme.
    pub kinds: &'static [&'static [&'static DueKind]],
    /// The units in being on a day.
    pub roster: fn(&dyn Records, Day) -> Roster,
    /// Ledgers that change every deadline.
    pub frame: &'static [&'static Schema],
    /// The settings in force.
    pub settings: fn(&dyn Records) -> Settings,
    /// What was recorded as not applying in a unit.
    pub waivers: fn(&dyn Records, &UnitAt) -> Waivers,
    /// The ledger in which that stands.
    pub waived_in: &'static Schema,
}

impl DueLists {
    /// Every rule.
    pub fn all(&self) -> impl Iterator<Item = &'static DueKind> + use<> {
        self.kinds.iter().copied().flatten().copied()
    }
}

/// The place of what belongs to no unit, after those of all units.
const TOWN: usize = usize::MAX;

struct Cached {
    revision: u64,
    dues: Vec<Due>,
}

/// The deadlines of a town on a day.
pub struct DueBoard {
    lists: &'static DueLists,
    today: Day,
    reach: Scope,
    stamp: Option<Vec<u64>>,
    settings: Settings,
    frame: Roster,
    /// Revision of each ledger that a rule reads, at the last refresh.
    ledgers: BTreeMap<&'static str, u64>,
    cached: BTreeMap<(&'static str, usize), Cached>,
}

impl DueBoard {
    /// A board of a part of the town without entries; [`DueBoard::refresh`] fills it.
    pub fn new(lists: &'static DueLists, today: Day, reach: Scope) -> DueBoard {
        DueBoard {
            lists,
            today,
            reach,
            stamp: None,
            settings: Settings::default(),
            frame: Roster::default(),
            ledgers: BTreeMap::new(),
            cached: BTreeMap::new(),
        }
    }

    /// Brings every entry up to date; how many rules looked at a unit. Relies on [`Records::revision`].
    pub fn refresh(&mut self, records: &dyn Records) -> usize {
        let stamp: Vec<u64> = self.lists.frame.iter().map(|l| records.revision(l, None)).collect();
        if self.stamp.as_ref() != Some(&stamp) {
            self.stamp = Some(stamp);
            self.settings = (self.lists.settings)(records);
            self.frame = (self.lists.roster)(records, self.today).only(&self.reach);
            self.ledgers.clear();
            self.cached.clear();
        }
        let kinds = self.touched(records);
        if kinds.is_empty() {
            return 0;
        }
        let mut looked = 0;
        let town = UnitAt::default();
        let of_town = (self.reach == Scope::Town).then_some((TOWN, &town));
        for (place, unit) in self.frame.units.iter().enumerate().chain(of_town) {
            // Read only where a rule looks at the unit.
            let mut waivers = None;
            for kind in kinds.iter().copied().filter(|kind| kind.of_town == (place == TOWN)) {
                let revision = self.revision(records, kind, unit);
                let at = (kind.id, place);
                if self.cached.get(&at).is_some_and(|c| c.revision == revision) {
                    continue;
                }
                let ctx = Ctx {
                    records,
                    unit,
                    span: Period::Year(self.today.year()).span(self.today),
                    settings: &self.settings,
                };
                let waivers = waivers.get_or_insert_with(|| (self.lists.waivers)(records, unit));
                let (dues, _) = find(kind, &ctx, waivers, self.done_since());
                self.cached.insert(at, Cached { revision, dues });
                looked += 1;
            }
        }
        looked
    }

    /// The ledgers that a rule and its waivers stand in.
    fn reads(&self, kind: &DueKind) -> impl Iterator<Item = &'static Schema> + use<> {
        kind.reads.iter().copied().chain([self.lists.waived_in])
    }

    /// The rules that read a ledger in which something changed since the last refresh.
    fn touched(&mut self, records: &dyn Records) -> Vec<&'static DueKind> {
        let mut seen = BTreeMap::new();
        for ledger in self.lists.all().flat_map(|kind| self.reads(kind)) {
            seen.entry(ledger.id).or_insert_with(|| records.revision(ledger, None));
        }
        let is_new = |ledger: &'static Schema| self.ledgers.get(ledger.id) != seen.get(ledger.id);
        let kinds = self.lists.all().filter(|kind| self.reads(kind).any(is_new)).collect();
        self.ledgers = seen;
        kinds
    }

    fn revision(&self, records: &dyn Records, kind: &'static DueKind, unit: &UnitAt) -> u64 {
        let reads = || self.reads(kind);
        let own = unit
            .codes
            .iter()
            .flat_map(|code| reads().map(move |l| (l, Some(code.as_str()))));
        // Records of a ledger that belong to no unit may count for every one.
        let common = reads().filter(|l| l.field("unit").is_none()).map(|l| (l, None));
        own.chain(common)
            .map(|(ledger, unit)| records.revision(ledger, unit))
            .fold(0_u64, u64::wrapping_add)
    }

    /// The day of the board.
    pub fn today(&self) -> Day {
        self.today
    }

    /// What was done before this day is left out.
    pub fn done_since(&self) -> Day {
        self.today.plus_days(-SHOWN_DONE)
    }

    /// Units of the board.
    pub fn frame(&self) -> &Roster {
        &self.frame
    }

    /// Settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Everything that is due or was done lately, by day; of one day as the rules and the units stand.
    pub fn all(&self) -> Vec<&Due> {
        let mut all: Vec<&Due> = Vec::new();
        for kind in self.lists.all() {
            for place in (0..self.frame.units.len()).chain([TOWN]) {
                all.extend(self.cached.get(&(kind.id, place)).iter().flat_map(|c| &c.dues));
            }
        }
        // Stable: what is due on one day keeps the order of declaration.
        all.arrange_by_key(|due| due.due);
        all
    }
}
