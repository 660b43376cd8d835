//! The list of a ledger: filtered, sorted, totalled; read from its declaration.

use std::collections::{BTreeMap, BTreeSet};

use super::filter::{
    COHORT, COUNTED, DISTRICT, FILLED, KIND_OF_UNIT, MONTH, NO_DISTRICT, STATE, YEAR, cohort_label, cohort_of,
    district_of, kind_of, month_of, read_counted_key, year_of,
};
use super::format;
use super::pinyin;
use super::route::{ListQuery, Sort};
use super::show;
use crate::model::date::Day;
use crate::model::engine::indicator::Scope as IndicatorScope;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, TypedRow as _, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::evaluate;
use crate::model::programmes::lead::ledgers::{Secretary, cohort};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::rows;
use crate::model::value::{Decimal, Value};
use crate::order::Arrange;
use crate::replica::{Record, RecordIx, Replica};

/// Values beyond this many make no filter.
const MOST_OPTIONS: usize = 60;

/// A column of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListColumn {
    /// Where the value stands.
    pub slot: Slot,
    /// Stored name; key of sorting.
    pub key: &'static str,
    /// Head, with the unit of measure.
    pub head: String,
    /// Numbers stand right.
    pub numeric: bool,
    /// Width in rem.
    pub width: f64,
    /// Long text takes what is left.
    pub grows: bool,
}

/// A filter and its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFilter {
    /// Key in the address.
    pub key: String,
    /// Label.
    pub label: String,
    /// Code and label of each option.
    pub options: Vec<(String, String)>,
    /// The chosen code.
    pub chosen: Option<String>,
}

/// A cell as it reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListCell {
    /// Text.
    pub text: String,
    /// Several different values stand beside each other.
    pub disputed: bool,
}

/// A row as it reads, and the same as a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// Id of the record.
    pub id: String,
    /// One per column.
    pub cells: Vec<ListCell>,
    /// Card: name.
    pub title: String,
    /// Card: date.
    pub date: String,
    /// Card: one line of substance.
    pub line: String,
    /// Card: one line of counts.
    pub counts: String,
}

/// The list, without the texts of its rows, which [`List::row`] makes for those in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The ledger's declaration.
    pub ledger: &'static str,
    /// Columns.
    pub columns: Vec<ListColumn>,
    /// Filters that make sense for what is there.
    pub filters: Vec<ListFilter>,
    /// Records in order.
    pub rows: Vec<RecordIx>,
    /// Records of the ledger before filtering.
    pub all: usize,
    /// One per column; empty where nothing adds up.
    pub totals: Vec<String>,
    /// The same as one line for phones.
    pub totals_line: String,
    /// How the rows are sorted: as asked, or else as the ledger is usually read.
    pub sort: Sort,
}

/// Builds the list of `ledger`. `own_unit` limits it to one unit, as a secretary sees it.
pub fn build(replica: &Replica, ledger: &'static Ledger, query: &ListQuery, own_unit: Option<&str>) -> List {
    let columns = columns(ledger, |field| field.column);
    let mut found: Vec<RecordIx> = Vec::new();
    let mut all = 0;
    let finder = Finder::new(replica, ledger, query);
    for (ix, record) in live_records(replica, ledger) {
        if own_unit.is_some_and(|unit| replica.unit_of(record) != unit) {
            continue;
        }
        all += 1;
        if finder.keeps(record) {
            found.push(ix);
        }
    }
    let order = query.sort.clone().unwrap_or_else(|| usual_order(ledger));
    sort(replica, ledger, &order, &mut found);
    let totals = totals(replica, ledger, &columns, &found);
    List {
        ledger: ledger.id,
        filters: filters(replica, ledger, query, own_unit),
        totals_line: totals_line(ledger, &columns, &totals, found.len()),
        columns,
        rows: found,
        all,
        totals,
        sort: order,
    }
}

/// Newest first; by unit where the ledger has no date.
fn usual_order(ledger: &Ledger) -> Sort {
    let column = if ledger.dated.is_empty() { "unit" } else { ledger.dated };
    Sort {
        column: column.to_owned(),
        descending: !ledger.dated.is_empty(),
    }
}

/// Live records of a ledger, duplicates once.
pub fn live_records<'a>(replica: &'a Replica, ledger: &'static Ledger) -> Vec<(RecordIx, &'a Record)> {
    let ids = replica.records_of(ledger.id);
    let live = |&ix: &RecordIx| {
        let record = replica.record(ix)?;
        record.is_live().then_some((ix, record))
    };
    ids.iter().filter_map(live).collect()
}

/// How many live records a ledger has, of one unit if given.
pub fn count(replica: &Replica, ledger: &'static Ledger, unit: Option<&str>) -> usize {
    let all = live_records(replica, ledger).into_iter();
    all.filter(|(_, record)| unit.is_none_or(|unit| replica.unit_of(record) == unit))
        .count()
}

fn columns(ledger: &Ledger, keeps: impl Fn(&Field) -> bool) -> Vec<ListColumn> {
    let column = |(slot, field): (Slot, &Field)| ListColumn {
        slot,
        key: ledger.field_at(slot).map_or("", |f| f.name),
        head: field.head(),
        numeric: matches!(field.kind, Kind::Int | Kind::Decimal | Kind::Year),
        width: width(field),
        grows: field.kind == Kind::LongText,
    };
    ledger
        .slots()
        .filter(|(_, f)| keeps(f))
        .map(|(slot, field)| column((slot, field)))
        .collect()
}

/// Width in rem by kind, and never narrower than the head.
fn width(field: &Field) -> f64 {
    let head = field
        .head()
        .chars()
        .map(|c| if c.is_ascii() { 0.5 } else { 0.9 })
        .sum::<f64>()
        + 2.2;
    let body = match field.kind {
        Kind::LongText => 16.0,
        Kind::Text | Kind::Ref | Kind::Refs | Kind::Choices => 8.5,
        Kind::Day => 7.5,
        Kind::Month => 6.0,
        Kind::Unit | Kind::District => 7.5,
        Kind::Phone => 8.0,
        Kind::Choice => 6.5,
        Kind::Int | Kind::Decimal | Kind::Year | Kind::YesNo => 4.5,
    };
    head.max(body)
}

struct Finder<'a> {
    replica: &'a Replica,
    ledger: &'static Ledger,
    query: &'a ListQuery,
    counted: Option<BTreeSet<Box<str>>>,
}

impl<'a> Finder<'a> {
    fn new(replica: &'a Replica, ledger: &'static Ledger, query: &'a ListQuery) -> Finder<'a> {
        let counted = query.filters.get(COUNTED).and_then(|text| read_counted_key(text));
        let counted = counted.map(|(indicator, period, day)| {
            let reading = evaluate(indicator, replica, period, day, &IndicatorScope::Town);
            let own = reading.records().filter(|r| r.ledger == ledger.id);
            own.map(|r| r.id.clone()).collect()
        });
        Finder {
            replica,
            ledger,
            query,
            counted,
        }
    }

    fn keeps(&self, record: &Record) -> bool {
        let mut filters = self.query.filters.iter();
        filters.all(|(key, wanted)| self.fits(record, key, wanted)) && self.speaks(record)
    }

    fn fits(&self, record: &Record, key: &str, wanted: &str) -> bool {
        match key {
            DISTRICT if self.ledger.field(DISTRICT).is_none() => district_of(self.replica, record) == wanted,
            KIND_OF_UNIT => kind_of(self.replica, record) == wanted,
            COHORT => cohort_of(self.ledger, record).as_deref().unwrap_or("-") == wanted,
            COUNTED => self.counted.as_ref().is_none_or(|ids| ids.contains(&*record.id)),
            STATE => match wanted {
                "disputed" => {
                    let ix = self.replica.find_ix(self.ledger.id, &record.id);
                    ix.is_some_and(|ix| self.replica.is_open(ix))
                }
                "pending" => record.is(Record::PENDING),
                _ => true,
            },
            YEAR => self.dated(record, year_of, wanted),
            MONTH => self.dated(record, month_of, wanted),
            _ => match self.ledger.slot(key) {
                Some(slot) => {
                    let kind = self.ledger.field(key).map(|field| field.kind);
                    let derived = derived(self.ledger, record, key);
                    matches(kind, derived.as_ref().unwrap_or(record.cell(slot)), wanted)
                }
                None => true,
            },
        }
    }

    fn dated(&self, record: &Record, read: fn(&Value) -> Option<String>, wanted: &str) -> bool {
        let slot = self.ledger.slot(self.ledger.dated);
        slot.is_none_or(|slot| read(record.cell(slot)).as_deref().unwrap_or("-") == wanted)
    }

    fn speaks(&self, record: &Record) -> bool {
        if self.query.words.is_empty() {
            return true;
        }
        let catalogue = catalogue();
        self.query.words.split_whitespace().all(|word| {
            self.ledger.slots().any(|(slot, field)| {
                let stored = record.cell(slot);
                !stored.is_blank()
                    && field.kind != Kind::Phone
                    && pinyin::matches(word, &show::value(self.replica, catalogue, field, stored))
            })
        })
    }
}

/// A value that follows from another field of the record, so that it need not be entered: the 年代 of a birth.
pub(super) fn derived(ledger: &Ledger, record: &Record, key: &str) -> Option<Value> {
    let own = ledger.id == Secretary::LEDGER.id && key == "cohort";
    own.then(|| cohort(Secretary::of(record)).map_or(Value::Null, Value::text))
}

/// The records whose numbers add up: of a ledger of snapshots the latest of each unit.
fn adding(replica: &Replica, ledger: &Ledger, found: &[RecordIx]) -> Vec<RecordIx> {
    if !ledger.snapshot {
        return found.to_vec();
    }
    let mut latest: BTreeMap<&str, (&str, RecordIx)> = BTreeMap::new();
    for &ix in found {
        let Some(record) = replica.record(ix) else { continue };
        let day = ledger
            .slot(ledger.dated)
            .and_then(|slot| record.cell(slot).as_str())
            .unwrap_or_default();
        let kept = latest.entry(replica.unit_of(record)).or_insert((day, ix));
        *kept = (*kept).max((day, ix));
    }
    latest.into_values().map(|(_, ix)| ix).collect()
}

/// Whether a value is what a field of this kind is filtered by: a code, a text, [`FILLED`], or `-` for blank.
fn matches(kind: Option<Kind>, stored: &Value, wanted: &str) -> bool {
    match stored {
        _ if stored.is_blank() => wanted == "-",
        _ if wanted == FILLED && matches!(kind, Some(Kind::Day | Kind::Month)) => true,
        Value::Text(text) if kind == Some(Kind::Text) => match text.trim() {
            "" => wanted == "-",
            text => text == wanted,
        },
        Value::Text(text) => **text == *wanted,
        Value::Bool(truth) => wanted == if *truth { "yes" } else { "no" },
        Value::Int(number) => wanted.parse() == Ok(*number),
        Value::List(items) => items.iter().any(|i| **i == *wanted),
        Value::Null | Value::Raw(_) => wanted == "-",
    }
}

fn sort(replica: &Replica, ledger: &'static Ledger, order: &Sort, found: &mut [RecordIx]) {
    let (key, descending) = (order.column.as_str(), order.descending);
    let slot = ledger.slot(key).unwrap_or(slots::UNIT);
    let field = ledger.field(key);
    let catalogue = catalogue();
    let mut keyed: Vec<(SortKey, &str, RecordIx)> = found
        .iter()
        .filter_map(|&ix| {
            let record = replica.record(ix)?;
            Some((
                SortKey::of(replica, catalogue, field, record.cell(slot)),
                &*record.id,
                ix,
            ))
        })
        .collect();
    keyed.arrange_by(|a, b| {
        // What is blank stands last either way.
        let order = a.0.blank().cmp(&b.0.blank());
        let by_key = if descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
        order.then(by_key).then_with(|| a.1.cmp(b.1))
    });
    for (place, (_, _, ix)) in found.iter_mut().zip(keyed) {
        *place = ix;
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Number(i64),
    Text(String),
    Blank,
}

impl SortKey {
    fn blank(&self) -> bool {
        *self == SortKey::Blank
    }

    fn of(
        replica: &Replica,
        catalogue: &crate::model::ledger::Catalogue,
        field: Option<&Field>,
        value: &Value,
    ) -> SortKey {
        let Some(field) = field.filter(|_| !value.is_blank()) else {
            return SortKey::Blank;
        };
        match (field.kind, value) {
            (_, Value::Int(number)) => SortKey::Number(*number),
            (Kind::Decimal, Value::Text(text)) => match Decimal::parse(text) {
                Some(decimal) => SortKey::Number(decimal.ten_thousandths()),
                None => SortKey::Text(text.to_string()),
            },
            (Kind::Choice, Value::Text(code)) => {
                let at = field.choices.iter().position(|c| c.code == &**code);
                SortKey::Number(at.and_then(|i| i64::try_from(i).ok()).unwrap_or(i64::MAX))
            }
            (Kind::Unit, Value::Text(code)) => SortKey::Text(code.to_string()),
            _ => SortKey::Text(pinyin::initials(&show::value(replica, catalogue, field, value))),
        }
    }
}

fn totals(replica: &Replica, ledger: &Ledger, columns: &[ListColumn], found: &[RecordIx]) -> Vec<String> {
    let adding = adding(replica, ledger, found);
    let sum = |column: &ListColumn| {
        let field = ledger.field(column.key).filter(|f| f.summed)?;
        let mut cells = adding
            .iter()
            .filter_map(|&ix| replica.record(ix))
            .map(|r| r.cell(column.slot))
            .filter(|value| !value.is_blank())
            .peekable();
        // Where nobody wrote anything, nothing is known.
        if cells.peek().is_none() {
            return Some(format::UNKNOWN.to_owned());
        }
        Some(match field.kind {
            Kind::Decimal => show::amount(cells.filter_map(|v| v.as_str().and_then(Decimal::parse)).sum()),
            _ => format::count(cells.map(|v| if let Value::Int(n) = v { *n } else { 0 }).sum()),
        })
    };
    let mut out: Vec<String> = columns.iter().map(|c| sum(c).unwrap_or_default()).collect();
    if out.iter().all(String::is_empty) {
        return Vec::new();
    }
    if let Some(first) = out.first_mut().filter(|first| first.is_empty()) {
        let word = if ledger.snapshot {
            "最近一次合计"
        } else {
            "合计"
        };
        word.clone_into(first);
    }
    out
}

fn totals_line(ledger: &Ledger, columns: &[ListColumn], totals: &[String], count: usize) -> String {
    let mut parts = vec![format!("{count} {}", ledger.counted)];
    let summed = |(column, total): &(&ListColumn, &String)| column.numeric && !total.is_empty();
    for (column, total) in columns.iter().zip(totals).filter(summed) {
        let (label, unit) = column.head.split_once('，').unwrap_or((&column.head, ""));
        let unit = if total == format::UNKNOWN { "" } else { unit };
        parts.push(format!("{label} {total} {unit}").trim_end().to_owned());
    }
    parts.join("，")
}

fn filters(replica: &Replica, ledger: &'static Ledger, query: &ListQuery, own_unit: Option<&str>) -> Vec<ListFilter> {
    let mut out = Vec::new();
    let mut push = |key: &str, label: &str, mut options: Vec<(String, String)>| {
        let chosen = query.filters.get(key).cloned();
        // A place that was deleted meanwhile is still called by its name.
        if let Some(gone) = chosen.as_ref().filter(|c| options.iter().all(|(key, _)| key != *c)) {
            match key {
                "unit" => options.push((gone.clone(), show::unit_name(replica, gone))),
                DISTRICT if gone != NO_DISTRICT => options.push((gone.clone(), show::district_name(replica, gone))),
                _ => {}
            }
        }
        if chosen.is_some() || (options.len() > 1 && options.len() <= MOST_OPTIONS) {
            out.push(ListFilter {
                key: key.to_owned(),
                label: label.to_owned(),
                options,
                chosen,
            });
        }
    };
    let has_unit = ledger.field("unit").is_some();
    for (_, field) in ledger.slots().filter(|(_, f)| f.kind == Kind::Choice && f.column) {
        push(field.name, field.label, show::choices(replica, field));
    }
    if let Some(slot) = ledger.slot(ledger.dated) {
        let years: BTreeSet<String> = live_records(replica, ledger)
            .iter()
            .filter_map(|(_, r)| year_of(r.cell(slot)))
            .collect();
        push(
            YEAR,
            "年份",
            years.into_iter().rev().map(|y| (y.clone(), format!("{y}年"))).collect(),
        );
    }
    if (has_unit || ledger.field(DISTRICT).is_some()) && own_unit.is_none() {
        let districts = show::districts(replica);
        let options = districts
            .iter()
            .map(|d| (d.id().to_owned(), show::name(d.name().unwrap_or(d.id()))));
        // Only where units stand in none: a town without districts needs no filter by them.
        let bare = |u: &Unit| replica.district_of(u.id()).is_none_or(str::is_empty);
        let apart = !districts.is_empty() && rows::<Unit>(replica).iter().any(bare);
        let none = apart.then(|| (NO_DISTRICT.to_owned(), show::NO_DISTRICT.to_owned()));
        push(DISTRICT, "片区", options.chain(none).collect());
    }
    if has_unit && own_unit.is_none() {
        let mut units = rows::<Unit>(replica);
        units.arrange_by_key(|u| u.id());
        let options = units
            .iter()
            .map(|u| (u.id().to_owned(), show::name(u.name().unwrap_or(u.id()))));
        push("unit", "村（社区）", options.collect());
    }
    let flagged = |flag: u8| live_records(replica, ledger).iter().any(|(_, r)| r.is(flag));
    let mut states = Vec::new();
    if live_records(replica, ledger).iter().any(|(ix, _)| replica.is_open(*ix)) {
        states.push(("disputed".to_owned(), "填得不同".to_owned()));
    }
    if flagged(Record::PENDING) {
        states.push(("pending".to_owned(), "待确认".to_owned()));
    }
    if !states.is_empty() {
        states.insert(0, ("all".to_owned(), "全部".to_owned()));
    }
    push(STATE, "核对", states);
    // What came with a link stays visible, so that it can be taken off.
    for (key, value) in &query.filters {
        let options = |text: String| vec![(value.clone(), text)];
        match ledger.field(key) {
            _ if out.iter().any(|f| f.key == *key) => (),
            Some(field) => {
                let shown = show::code(replica, catalogue(), field, value);
                out.push(ListFilter {
                    key: key.clone(),
                    label: field.label.to_owned(),
                    options: options(shown),
                    chosen: Some(value.clone()),
                });
            }
            None => {
                let shown = match key.as_str() {
                    KIND_OF_UNIT => {
                        let kind = Unit::LEDGER.field("kind");
                        kind.map(|kind| ("单位类型", show::choice_label(replica, kind, value).to_owned()))
                    }
                    MONTH => Some(("月份", value.clone())),
                    COHORT if value == "-" => Some(("年代", "未填".to_owned())),
                    COHORT => Some(("年代", cohort_label(value))),
                    COUNTED => read_counted_key(value).map(|(indicator, period, day)| {
                        (
                            "计入指标",
                            format!("{}，{}，截至 {day}", indicator.name, period.label()),
                        )
                    }),
                    _ => None,
                };
                if let Some((label, text)) = shown {
                    out.push(ListFilter {
                        key: key.clone(),
                        label: label.to_owned(),
                        options: options(text),
                        chosen: Some(value.clone()),
                    });
                }
            }
        }
    }
    out
}

impl List {
    /// The records among `ids` that the list shows, in its order.
    pub fn chosen(&self, replica: &Replica, ids: &BTreeSet<String>) -> Vec<RecordIx> {
        let is_chosen = |ix: &RecordIx| replica.record(*ix).is_some_and(|record| ids.contains(&*record.id));
        self.rows.iter().copied().filter(is_chosen).collect()
    }

    /// The same list with these of its records alone.
    pub fn only(&self, replica: &Replica, ledger: &'static Ledger, rows: Vec<RecordIx>) -> List {
        let totals = totals(replica, ledger, &self.columns, &rows);
        List {
            totals_line: totals_line(ledger, &self.columns, &totals, rows.len()),
            totals,
            rows,
            ..self.clone()
        }
    }

    /// The same list with these columns, by the names of their fields and in the order of the ledger. The first one, which
    /// leads to the record, stays; where nothing is named that the ledger has, so do all.
    pub fn with_columns(self, replica: &Replica, ledger: &'static Ledger, names: &[String]) -> List {
        let first = self.columns.first().map_or("", |column| column.key);
        let is_named = |name: &str| names.iter().any(|known| known == name);
        if !ledger.slots().any(|(_, field)| is_named(field.name)) {
            return self;
        }
        let columns = columns(ledger, |field| field.name == first || is_named(field.name));
        let totals = totals(replica, ledger, &columns, &self.rows);
        List {
            totals_line: totals_line(ledger, &columns, &totals, self.rows.len()),
            totals,
            columns,
            ..self
        }
    }

    /// The texts of one row.
    pub fn row(&self, replica: &Replica, ledger: &'static Ledger, place: usize) -> Option<ListRow> {
        let ix = *self.rows.get(place)?;
        let record = replica.record(ix)?;
        let catalogue = catalogue();
        let read = |slot: Slot| match ledger.field_at(slot) {
            Some(field) => show::value(replica, catalogue, field, record.cell(slot)),
            None => format::UNKNOWN.to_owned(),
        };
        let cells = self.columns.iter().map(|c| ListCell {
            text: read(c.slot),
            disputed: record.disputed(c.slot),
        });
        let unit = replica.unit_of(record);
        let title = show::title(replica, catalogue, ledger, record);
        let named = [unit]
            .into_iter()
            .filter(|u| !u.is_empty())
            .map(|u| show::unit_name(replica, u))
            .chain([title]);
        let counts = self.columns.iter().filter(|c| c.numeric).filter_map(|c| {
            let (label, unit) = c.head.split_once('，').unwrap_or((&c.head, ""));
            let text = read(c.slot);
            (text != format::UNKNOWN).then(|| format!("{label} {text} {unit}").trim_end().to_owned())
        });
        let line = self
            .columns
            .iter()
            .filter(|c| !c.numeric && c.slot != slots::UNIT && c.key != ledger.dated);
        let line = line
            .filter(|c| !ledger.title.contains(&c.key))
            .map(|c| read(c.slot))
            .filter(|t| t != format::UNKNOWN);
        Some(ListRow {
            id: record.id.to_string(),
            cells: cells.collect(),
            title: named.collect::<Vec<_>>().join(" · "),
            date: ledger
                .slot(ledger.dated)
                .map(read)
                .filter(|d| d != format::UNKNOWN)
                .unwrap_or_default(),
            line: line.take(2).collect::<Vec<_>>().join("，"),
            counts: counts.collect::<Vec<_>>().join("，"),
        })
    }

    /// What stands over a printed list: whose it is, what was kept of it, when it was made:
    /// `单位：天城镇　筛选：片区 寺前片区；查找“黄精”　制表日期：2022年11月22日`.
    pub fn paper_line(&self, query: &ListQuery, whose: &str, today: Day) -> String {
        let word = |f: &ListFilter| {
            let chosen = f.chosen.as_ref()?;
            let label = f.options.iter().find(|o| o.0 == *chosen).map_or(chosen, |o| &o.1);
            Some(format!("{} {label}", f.label))
        };
        let mut kept: Vec<String> = self.filters.iter().filter_map(word).collect();
        let words = query.words.trim();
        kept.extend((!words.is_empty()).then(|| format!("查找“{words}”")));
        let kept = if kept.is_empty() {
            "全部".to_owned()
        } else {
            kept.join("；")
        };
        let (year, month, day) = today.ymd();
        let date = format::date_in_text(year, month.unsigned_abs(), day.unsigned_abs());
        format!("单位：{whose}　筛选：{kept}　制表日期：{date}")
    }

    /// What is seen, as a sentence: `84 场，占全部 146 场的 57.5%`.
    pub fn sentence(&self, ledger: &Ledger) -> (String, String) {
        let (shown, all, of) = (self.rows.len(), self.all, ledger.counted);
        let (part, whole) = (i64::try_from(shown).unwrap_or(0), i64::try_from(all).unwrap_or(0));
        let lead = format!("{} {of}", format::count(part));
        if shown == all {
            return (lead, String::new());
        }
        (
            lead,
            format!(
                "，占全部 {} {of}的 {}",
                format::count(whole),
                format::percent(part, whole)
            ),
        )
    }
}
