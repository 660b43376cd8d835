//! Cross tables of a ledger: how many records, how much, how much on average or which share, for each pair of two of its
//! dimensions, as talkers × secretaries (T9), measures × mobile members (M8) or plans × meetings (Z4).

mod along;
mod measure;

use std::collections::{BTreeMap, BTreeSet};

pub use along::{Axis, MOST_TEXTS, axes};
pub use measure::{Way, figures, ways};

use along::Along;
use measure::{Measure, Tally};

use super::filter::{MONTH, YEAR};
use super::list::List;
use super::route::{Address, ListQuery, key};
use crate::model::ledger::{Cells, Kind, Ledger};
use crate::replica::{RecordIx, Replica};

/// Query key of the dimension that makes the rows; its presence shows the cross table.
pub const ROWS: &str = "by";
/// Query key of the dimension that makes the columns.
pub const COLUMNS: &str = "across";
/// Query key of what the figures are of; absent for the number of records.
pub const FIGURE: &str = "sum";
/// Query key of the [`Way`] in which they are counted; absent for the usual one.
pub const WAY: &str = "as";

/// More columns than this are not readable; the table says so.
pub const MOST_COLUMNS: usize = 60;

/// What stands in one place of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PivotCell {
    /// The figure; `--` where nobody wrote anything.
    pub text: String,
    /// The list of the records behind it; empty where there are none and where no filter tells them from others.
    pub href: String,
    /// True if no record stands here.
    pub is_none: bool,
}

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PivotRow {
    /// What it stands for.
    pub label: String,
    /// The name of the unit that it is of, where it stands for a record of one.
    pub unit: String,
    /// One per column.
    pub cells: Vec<PivotCell>,
    /// Of the whole row; a record that stands in several columns counts once.
    pub total: PivotCell,
}

/// The whole table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pivot {
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<PivotRow>,
    /// Below: one per column.
    pub totals: Vec<PivotCell>,
    /// Of everything.
    pub total: String,
    /// Head of the last column, and of the last row.
    pub total_heads: (&'static str, &'static str),
    /// What has to be known to read it right, as sentences.
    pub notes: Vec<String>,
    /// True if a record can stand in several rows or columns, so that they do not add up.
    pub repeats: bool,
    /// How many records it is of.
    pub records: usize,
}

/// What is asked for, completed by what the ledger offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Key of the rows.
    pub rows: String,
    /// Key of the columns.
    pub columns: String,
    /// Key of what the figures are of; empty for the number of records.
    pub figure: String,
    /// How they are counted.
    pub way: Way,
}

impl Asked {
    /// Reads the address; `None` when it asks for no cross table. What the ledger does not have is replaced.
    pub fn of(address: &Address, ledger: &Ledger) -> Option<Asked> {
        let rows = address.get(ROWS)?;
        let axes = axes(ledger);
        if axes.len() < 2 {
            return None;
        }
        let known = |name: &str| axes.iter().any(|(key, _)| key == name);
        let rows = if known(rows) {
            rows.to_owned()
        } else {
            usual(ledger, &axes).0
        };
        let columns = address.get(COLUMNS).filter(|name| known(name) && *name != rows);
        let columns = columns.map(str::to_owned).or_else(|| {
            let usual = usual(ledger, &axes);
            let others = axes.iter().map(|(key, _)| key.clone());
            [usual.1, usual.0].into_iter().chain(others).find(|key| *key != rows)
        })?;
        let figure = address
            .get(FIGURE)
            .filter(|name| figures(ledger).iter().any(|(key, _)| key == name));
        let figure = figure.unwrap_or_default().to_owned();
        let ways = ways(ledger, &figure);
        let way = address.get(WAY).and_then(Way::by_id).filter(|way| ways.contains(way));
        let way = way.or_else(|| ways.first().copied()).unwrap_or(Way::Sum);
        Some(Asked {
            rows,
            columns,
            figure,
            way,
        })
    }
}

/// What a ledger is first looked at by: the record it belongs to (else the unit), and its first choice (else months).
fn usual(ledger: &Ledger, axes: &[Axis]) -> (String, String) {
    let of = |kinds: &[Kind]| {
        let found = ledger.slots().find(|(_, f)| kinds.contains(&f.kind));
        found.map(|(_, f)| f.name.to_owned())
    };
    let any = |at: usize| axes.get(at).map(|(key, _)| key.clone()).unwrap_or_default();
    let months = axes.iter().find(|(key, _)| key == MONTH || key == YEAR);
    let belongs = ledger.slots().find(|(_, f)| f.kind == Kind::Ref && f.required);
    let belongs = belongs.map(|(_, f)| f.name.to_owned());
    let rows = belongs.or_else(|| of(&[Kind::Unit])).unwrap_or_else(|| any(0));
    let columns = of(&[Kind::Choices, Kind::Choice]).or_else(|| months.map(|(key, _)| key.clone()));
    (rows, columns.unwrap_or_else(|| any(1)))
}

/// The code of all rows, and of all columns.
const ALL: u32 = 0;

/// The codes of one side of the table as numbers from 1 on.
#[derive(Default)]
struct Codes {
    numbers: BTreeMap<String, u32>,
}

impl Codes {
    fn number(&mut self, code: String) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(code).or_insert(next)
    }

    fn find(&self, code: &str) -> Option<u32> {
        self.numbers.get(code).copied()
    }

    fn all(&self) -> BTreeSet<String> {
        self.numbers.keys().cloned().collect()
    }
}

/// A record and the numbers of the rows and columns it stands in.
struct Stands {
    ix: RecordIx,
    rows: Vec<u32>,
    columns: Vec<u32>,
}

impl Stands {
    /// Every place of the table it stands in, totals included.
    fn places(&self) -> impl Iterator<Item = Place> {
        let rows = std::iter::once(ALL).chain(self.rows.iter().copied());
        rows.flat_map(|row| {
            let columns = std::iter::once(ALL).chain(self.columns.iter().copied());
            columns.map(move |column| (row, column))
        })
    }
}

/// A row and a column, either of them [`ALL`].
type Place = (u32, u32);

/// Of every unit and time the day and number of its latest record.
type Latest<'a> = BTreeMap<(&'a str, Place), (&'a str, RecordIx)>;

/// What is known of every place of the table.
struct Counted<'a> {
    replica: &'a Replica,
    ledger: &'static Ledger,
    down: Along<'a>,
    across: Along<'a>,
    rows: Codes,
    columns: Codes,
    stand: Vec<Stands>,
    tallies: BTreeMap<Place, Tally>,
}

impl Counted<'_> {
    fn is_snapshot(&self, measure: &Measure) -> bool {
        self.ledger.snapshot && !measure.is_of_records()
    }

    /// The times of a place: what lies within one of them is not added to what lies within another.
    fn times(&self, (row, column): Place) -> Place {
        let time = |is_time: bool, code: u32| if is_time { code } else { ALL };
        (time(self.down.is_time(), row), time(self.across.is_time(), column))
    }

    /// Of snapshots: the latest record of each unit, for each time that the table tells apart and for all.
    fn latest(&self) -> Latest<'_> {
        let mut latest: Latest = BTreeMap::new();
        let slot = self.ledger.slot(self.ledger.dated);
        for stands in &self.stand {
            let Some(record) = self.replica.record(stands.ix) else {
                continue;
            };
            let day = slot.and_then(|slot| record.cell(slot).as_str()).unwrap_or_default();
            let this = (day, stands.ix);
            for place in stands.places() {
                let at = (self.replica.unit_of(record), self.times(place));
                let kept = latest.entry(at).or_insert(this);
                *kept = (*kept).max(this);
            }
        }
        latest
    }

    fn count(&mut self, measure: &Measure) {
        let mut tallies: BTreeMap<Place, Tally> = BTreeMap::new();
        let latest = if self.is_snapshot(measure) {
            Some(self.latest())
        } else {
            None
        };
        for stands in &self.stand {
            let Some(record) = self.replica.record(stands.ix) else {
                continue;
            };
            let (value, unit) = (measure.of(record), self.replica.unit_of(record));
            for place in stands.places() {
                let tally = tallies.entry(place).or_default();
                tally.records += 1;
                let kept = latest
                    .as_ref()
                    .and_then(|latest| latest.get(&(unit, self.times(place))));
                if kept.is_none_or(|kept| kept.1 == stands.ix) {
                    tally.add(value);
                }
            }
        }
        self.tallies = tallies;
    }

    fn tally(&self, row: &str, column: &str) -> Tally {
        let number = |codes: &Codes, code: &str| if code.is_empty() { Some(ALL) } else { codes.find(code) };
        let place = number(&self.rows, row).zip(number(&self.columns, column));
        place
            .and_then(|place| self.tallies.get(&place))
            .copied()
            .unwrap_or_default()
    }
}

/// The cross table of what the list shows. `address` is where it stands: figures lead from there to their records.
pub fn pivot(
    replica: &Replica,
    ledger: &'static Ledger,
    list: &List,
    asked: &Asked,
    address: &Address,
    own_unit: Option<&str>,
) -> Pivot {
    let along = |key: &str| Along::new(replica, ledger, list, key);
    let (Some(down), Some(across)) = (along(&asked.rows), along(&asked.columns)) else {
        return Pivot::default();
    };
    let (mut rows, mut columns) = (Codes::default(), Codes::default());
    let mut stand = Vec::with_capacity(list.rows.len());
    for &ix in &list.rows {
        let Some(record) = replica.record(ix) else { continue };
        stand.push(Stands {
            ix,
            rows: down.codes(record).into_iter().map(|code| rows.number(code)).collect(),
            columns: across
                .codes(record)
                .into_iter()
                .map(|code| columns.number(code))
                .collect(),
        });
    }
    let mut counted = Counted {
        replica,
        ledger,
        down,
        across,
        rows,
        columns,
        stand,
        tallies: BTreeMap::new(),
    };
    let measure = Measure::new(ledger, &asked.figure, asked.way);
    counted.count(&measure);
    drawn(&counted, &measure, asked, address, own_unit)
}

/// The places of the table with their texts and links.
fn drawn(counted: &Counted, measure: &Measure, asked: &Asked, address: &Address, own_unit: Option<&str>) -> Pivot {
    let filters = &ListQuery::of(&address.query).filters;
    let (down, across) = (&counted.down, &counted.across);
    let rows = down.order(down.expected(filters, own_unit), counted.rows.all());
    let columns = across.order(across.expected(filters, own_unit), counted.columns.all());
    let plain = [ROWS, COLUMNS, FIGURE, WAY, key::RECORD]
        .into_iter()
        .fold(address.clone(), |address, key| address.with(key, ""));
    let href = |row: &str, column: &str| {
        let mut to = plain.clone();
        for (along, name, code) in [(down, &asked.rows, row), (across, &asked.columns, column)] {
            if code.is_empty() {
                continue;
            }
            if !along.leads(code, filters) {
                return String::new();
            }
            to = to.with(&format!("{}{name}", key::FILTER), code);
        }
        to.hash()
    };
    let cell = |row: &str, column: &str| {
        let tally = counted.tally(row, column);
        let whole = match asked.way {
            Way::OfRow => counted.tally(row, ""),
            Way::OfColumn => counted.tally("", column),
            _ => counted.tally("", ""),
        };
        PivotCell {
            text: measure.text(tally, whole),
            href: if tally.records == 0 {
                String::new()
            } else {
                href(row, column)
            },
            is_none: tally.records == 0,
        }
    };
    let drawn = rows.into_iter().map(|(label, row)| PivotRow {
        label,
        unit: down.unit(&row),
        cells: columns.iter().map(|(_, column)| cell(&row, column)).collect(),
        total: cell(&row, ""),
    });
    let repeats = counted.stand.iter().any(|s| s.rows.len() > 1 || s.columns.len() > 1);
    let is_snapshot = counted.is_snapshot(measure);
    Pivot {
        rows: drawn.collect(),
        totals: columns.iter().map(|(_, column)| cell("", column)).collect(),
        total: cell("", "").text,
        columns: columns.into_iter().map(|(label, _)| label).collect(),
        total_heads: (
            measure.total_head(is_snapshot && across.is_time()),
            measure.total_head(is_snapshot && down.is_time()),
        ),
        notes: notes(measure, repeats, is_snapshot),
        repeats,
        records: counted.stand.len(),
    }
}

/// What has to be known to read the table right.
fn notes(measure: &Measure, repeats: bool, is_snapshot: bool) -> Vec<String> {
    let all = [
        (repeats, "一条记录可计入几格，合计只算一次。"),
        (is_snapshot, "每个村（社区）只算最近一次，不同时间的数不相加。"),
    ];
    let said = all.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words);
    said.chain(measure.note()).map(str::to_owned).collect()
}
