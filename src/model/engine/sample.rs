//! Makes records of a sample: ids, values by field name, deterministic variety.

use std::collections::HashMap;

use crate::model::date::{Day, Month};
use crate::model::ledger::{Cells as _, Owner, Schema, slots};
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::stable::{Fnv, Stream};

/// How much of the sample town to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleOptions {
    /// Calendar years up to and including 2022; 2 gives 2021 and 2022.
    pub years: u32,
    /// Fills up with everyday records to about this many in all; 0 adds none.
    pub records: usize,
    /// Only the records of this unit (12-digit code) and the town's frame.
    pub unit: Option<String>,
}

impl Default for SampleOptions {
    fn default() -> Self {
        SampleOptions {
            years: 2,
            records: 0,
            unit: None,
        }
    }
}

/// One record of the sample, with what a change needs besides the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRecord {
    /// The record.
    pub draft: Draft,
    /// Day on which it was entered.
    pub entered: Day,
    /// Entered by the record's unit; otherwise by the town office.
    pub by_unit: bool,
}

/// A calendar day; days past the end of a month run into the next one.
pub(in crate::model) fn ymd(year: i32, month: i32, day: i32) -> Day {
    if let Some(day) = Day::new(year, month, day) {
        return day;
    }
    let origin = Day::parse("2000-01-01").expect("2000-01-01 is a day of the calendar");
    origin.plus_months((year - 2000) * 12 + month - 1).plus_days(day - 1)
}

/// A calendar month.
pub(in crate::model) fn ym(year: i32, month: i32) -> Month {
    ymd(year, month, 1).month()
}

/// Deterministic variety: the same seed always throws the same numbers.
pub(in crate::model) struct Dice(Stream);

impl Dice {
    /// Dice of one purpose and one unit.
    pub(in crate::model) fn new(purpose: &str, number: usize) -> Dice {
        let seed = Fnv::default().and(purpose.bytes()).value();
        Dice(Stream::new(seed ^ (number as u64).wrapping_mul(Stream::STEP)))
    }

    /// A number below `sides`; 0 if there are none.
    pub(in crate::model) fn roll(&mut self, sides: usize) -> usize {
        if sides == 0 {
            return 0;
        }
        usize::try_from(self.0.draw() % sides as u64).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub(in crate::model) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).unwrap_or(1).max(1);
        least + i64::try_from(self.0.draw() % span).unwrap_or(0)
    }

    /// One of several; the empty text of none.
    pub(in crate::model) fn pick(&mut self, items: &[&'static str]) -> &'static str {
        items.get(self.roll(items.len())).copied().unwrap_or("")
    }
}

/// One record under construction.
pub(in crate::model) struct Rec {
    ledger: &'static Schema,
    draft: Draft,
    entered: Day,
    by_unit: bool,
}

impl Rec {
    fn value(mut self, field: &str, value: Value) -> Rec {
        match self.ledger.slot(field) {
            Some(slot) => self.draft.set(slot, value),
            None => debug_assert!(false, "{} has no field {field}", self.ledger.id),
        }
        self
    }

    /// Text, choice, reference, unit or district.
    pub(in crate::model) fn text(self, field: &str, text: impl Into<Box<str>>) -> Rec {
        let text = text.into();
        if text.is_empty() {
            return self;
        }
        self.value(field, Value::Text(text))
    }

    /// A whole number or a year.
    pub(in crate::model) fn int(self, field: &str, number: i64) -> Rec {
        self.value(field, Value::Int(number))
    }

    /// A whole number, where it is there.
    pub(in crate::model) fn maybe_int(self, field: &str, number: Option<i64>) -> Rec {
        match number {
            Some(number) => self.int(field, number),
            None => self,
        }
    }

    /// Yes or no.
    pub(in crate::model) fn yes(self, field: &str, truth: bool) -> Rec {
        self.value(field, Value::Bool(truth))
    }

    /// A day, a month or a decimal: stored as its text.
    pub(in crate::model) fn show(self, field: &str, value: impl ToString) -> Rec {
        self.value(field, Value::text(value.to_string()))
    }

    /// The same, where it is there.
    pub(in crate::model) fn maybe(self, field: &str, value: Option<impl ToString>) -> Rec {
        match value {
            Some(value) => self.show(field, value),
            None => self,
        }
    }

    /// Several choices or references.
    pub(in crate::model) fn list<S: Into<Box<str>>>(self, field: &str, items: impl IntoIterator<Item = S>) -> Rec {
        self.value(field, Value::list(items))
    }

    /// Entered by the town office although units keep the ledger.
    pub(in crate::model) fn by_town(mut self) -> Rec {
        self.by_unit = false;
        self
    }
}

/// Collects the records of the sample.
pub(in crate::model) struct Maker<'o> {
    options: &'o SampleOptions,
    /// Code of the unit at an index of the register.
    code: fn(usize) -> &'static str,
    /// Nothing is entered after this day.
    last: Day,
    made: Vec<SampleRecord>,
    counts: HashMap<(&'static str, usize), u32>,
}

/// Nothing is entered after the day for which the sample is complete; what stands at the end of that year was entered
/// six weeks earlier.
fn in_time(entered: Day, last: Day) -> Day {
    match entered > last {
        true => entered.plus_days(-42).min(last),
        false => entered,
    }
}

impl<'o> Maker<'o> {
    pub(in crate::model) fn new(options: &'o SampleOptions, code: fn(usize) -> &'static str, last: Day) -> Maker<'o> {
        Maker {
            options,
            code,
            last,
            made: Vec::new(),
            counts: HashMap::new(),
        }
    }

    /// The first year of the sample.
    pub(in crate::model) fn first_year(&self) -> i32 {
        let back = i32::try_from(self.options.years.clamp(1, 100)).unwrap_or(2);
        2023 - back
    }

    /// Number of records still missing to the wished size.
    pub(in crate::model) fn missing(&self) -> usize {
        self.options.records.saturating_sub(self.made.len())
    }

    /// A record of the town itself with a fixed id.
    pub(in crate::model) fn fixed(&self, ledger: &'static Schema, id: &str, entered: Day) -> Rec {
        Rec {
            ledger,
            draft: Draft::new(ledger, id),
            entered,
            by_unit: false,
        }
    }

    /// A record of a unit (its index in the register); the id counts within ledger and unit.
    pub(in crate::model) fn of(&mut self, ledger: &'static Schema, unit: usize, entered: Day) -> Rec {
        let count = self.counts.entry((ledger.id, unit)).or_insert(0);
        *count += 1;
        let mut draft = Draft::new(ledger, format!("{}-{:02}-{count}", ledger.id, unit + 1));
        if ledger.field("unit").is_some() {
            draft.set(slots::UNIT, Value::text((self.code)(unit)));
        }
        Rec {
            ledger,
            draft,
            entered,
            by_unit: matches!(ledger.owner, Owner::Unit | Owner::Author),
        }
    }

    /// The id that the next record of a unit will get.
    pub(in crate::model) fn next_id(&self, ledger: &'static Schema, unit: usize) -> String {
        let count = self.counts.get(&(ledger.id, unit)).copied().unwrap_or(0) + 1;
        format!("{}-{:02}-{count}", ledger.id, unit + 1)
    }

    /// A record of the town that belongs to no unit; the id counts within the ledger.
    pub(in crate::model) fn of_town(&mut self, ledger: &'static Schema, entered: Day) -> Rec {
        let count = self.counts.entry((ledger.id, usize::MAX)).or_insert(0);
        *count += 1;
        let draft = Draft::new(ledger, format!("{}-{count}", ledger.id));
        Rec {
            ledger,
            draft,
            entered,
            by_unit: false,
        }
    }

    /// Keeps the record; its id.
    pub(in crate::model) fn put(&mut self, rec: Rec) -> String {
        let id = rec.draft.id.clone();
        let wanted = match (&self.options.unit, rec.draft.unit()) {
            (Some(only), Some(unit)) => only == unit,
            _ => true,
        };
        if wanted {
            self.made.push(SampleRecord {
                draft: rec.draft,
                entered: in_time(rec.entered, self.last),
                by_unit: rec.by_unit,
            });
        }
        id
    }

    /// The first record of a dated ledger on or after a day whose id begins with `prefix`: its id and date.
    pub(in crate::model) fn first_of(&self, ledger: &Schema, prefix: &str, from: Day) -> Option<(String, Day)> {
        let slot = ledger.slot(ledger.dated)?;
        let dated = self
            .made
            .iter()
            .filter(|r| r.draft.id.starts_with(prefix))
            .filter_map(|r| {
                let day = r.draft.cell(slot).as_str().and_then(Day::parse)?;
                Some((r.draft.id.clone(), day))
            });
        dated.filter(|(_, day)| *day >= from).min_by_key(|(_, day)| *day)
    }

    /// Whether the unit has a record of the ledger whose date starts with `start`.
    pub(in crate::model) fn has(&self, ledger: &'static Schema, unit: &str, start: &str) -> bool {
        let Some(slot) = ledger.slot(ledger.dated) else {
            return false;
        };
        let own = |d: &Draft| d.ledger == ledger.id && d.unit() == Some(unit);
        let then = |d: &Draft| d.cell(slot).as_str().is_some_and(|day| day.starts_with(start));
        self.made.iter().any(|made| own(&made.draft) && then(&made.draft))
    }

    /// Everything made.
    pub(in crate::model) fn finish(self) -> Vec<SampleRecord> {
        self.made
    }
}
