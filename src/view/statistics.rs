//! Statistics as pages show them: a value with its definition and its parts in words, and a drawing of the parts.
//!
//! A room declares each of its statistics once in a [`Section`] of its page; rows, drawings and their sentences are made
//! from the reading here. A drawing whose data carry no finding says what is counted instead.

use super::charts::source::{ChartVm, Source, figure, ink, ledger_href, number};
use super::filter::{COUNTED, counted_key};
use super::overview::{self as vm, FigureVm};
use super::section::{Drawn, Shown};
use super::{format, show};
use crate::chart::{
    Bars, Change, Donut, Funnel, Heat, HeatGroup, HeatRow, Kind, Line, Paint, Pair, Part as Slice, Pattern, Row,
    Series, Steps, Stroke, Trend, Value, finding,
};
use crate::model::date::Month;
use crate::model::engine::counting::BLANK_CODE;
use crate::model::engine::indicator::{Form, Indicator, Part, Period, Reading, Scope};
use crate::model::programmes;
use crate::model::value::brief;
use crate::order::Arrange as _;

/// One statistic in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct StatisticVm {
    /// The value.
    pub figure: FigureVm,
    /// The parts in words.
    pub parts: String,
    /// The word in place of a value: `没有填报`, `不适用`.
    pub unjudged: Option<&'static str>,
    /// Units that entered nothing, where others did.
    pub unknown: usize,
    /// Whether there is anything in the scope that it is counted of; of the town always.
    pub applies: bool,
}

impl StatisticVm {
    /// The value in one text, or the word in its place.
    pub fn told(&self) -> String {
        self.unjudged.map_or_else(|| self.figure.told(), str::to_owned)
    }
}

/// The value of an earlier period in one text: not known where nobody had entered anything by then.
pub fn told_then(source: Source, indicator: &'static Indicator, scope: &Scope) -> String {
    let reading = source.board.reading(indicator, scope);
    match (reading.units, source.board.was_kept(source.records, indicator, scope)) {
        (0, _) => reading.unjudged().to_owned(),
        (_, false) => "没有填报".to_owned(),
        (_, true) if reading.is_unknown() => reading.unjudged().to_owned(),
        (_, true) => vm::figure(source.board, indicator, scope).told(),
    }
}

/// A reading whose parts are called as names are shown: what somebody wrote may be longer than any chart.
fn briefly(mut reading: Reading) -> Reading {
    for part in &mut reading.parts {
        let names = part.label.split('/').map(show::name);
        part.label = names.collect::<Vec<_>>().join("/").into();
    }
    reading
}

/// The statistic for a scope; `source` holds the board of the statistics.
pub fn row(source: Source, shown: &Shown, scope: &Scope) -> StatisticVm {
    let reading = briefly(source.board.reading(shown.statistic, scope));
    let is_unknown = reading.is_unknown() || reading.units == 0;
    StatisticVm {
        figure: vm::figure(source.board, shown.statistic, scope),
        parts: if is_unknown {
            String::new()
        } else {
            parts_words(&reading, shown)
        },
        unjudged: is_unknown.then(|| reading.unjudged()),
        unknown: if is_unknown { 0 } else { reading.unknown },
        applies: *scope == Scope::Town || reading.units > 0,
    }
}

/// Most parts in a line of words.
const WORDS: usize = 12;

/// The parts that are not zero: `道路 12、饮水 3`; a share with its percentage, a mean as one.
fn parts_words(reading: &Reading, shown: &Shown) -> String {
    let some: Vec<&Part> = reading
        .parts
        .iter()
        .filter(|p| p.amount.ten_thousandths() != 0 && !p.least)
        .collect();
    let said = some.iter().take(WORDS).map(|p| {
        let label = p.label.replace('/', "·");
        match (p.permille(), p.mean()) {
            (Some(share), _) if p.amount <= p.of && !shown.has_means() => {
                let (amount, of) = (show::amount(p.amount), show::amount(p.of));
                format!("{label} {amount}/{of}（{}）", format::permille(share))
            }
            (_, Some(mean)) => format!("{label} {}", format::mean(mean.to_f64())),
            _ => format!("{label} {}", show::amount(p.amount)),
        }
    });
    let said = said.collect::<Vec<_>>().join("、");
    match some.len().saturating_sub(WORDS) {
        0 => said,
        more => format!("{said}，另有 {more} 项"),
    }
}

/// The drawing of a statistic for a scope; nothing where it has none.
pub fn drawing(source: Source, shown: &Shown, scope: &Scope) -> Option<ChartVm> {
    let reading = briefly(source.board.reading(shown.statistic, scope));
    let drawn = match shown.drawn {
        Drawn::Not => return None,
        Drawn::Bars => bars(source, &reading, shown, true),
        Drawn::Ranked => bars(source, &reading, shown, false),
        Drawn::Ring => ring(source, &reading, shown),
        Drawn::Funnel => funnel(source, &reading, shown),
        Drawn::Table => table(&reading, shown),
        Drawn::Change => change(&reading, shown, ("before", "after")),
        Drawn::Range => change(&reading, shown, ("least", "most")),
        Drawn::Months => months(source, shown, scope),
        Drawn::Units => units(source, shown, scope),
    };
    let statistic = shown.statistic;
    let is_empty = reading.is_unknown() || !reading_has_counted(&reading);
    let title = if is_empty || !shown.compares { None } else { drawn.title };
    let without = match is_empty {
        true => format!("{}：没有填报", statistic.name),
        false => statistic.name.to_owned(),
    };
    let count = reading.records().count();
    let records = (count > 0).then(|| {
        let words = format!(
            "依据 {} 条记录",
            format::count(i64::try_from(count).unwrap_or(i64::MAX))
        );
        (words, vm::records_href(source.board, statistic, scope))
    });
    let unit = if drawn.unit.is_empty() {
        String::new()
    } else {
        format!("（{}）", drawn.unit)
    };
    Some(ChartVm {
        figure: figure(title, &without, drawn.subject, drawn.unit, drawn.kind),
        about: format!("{}{unit} · {}", statistic.name, source.board.period().label()),
        records,
    })
}

fn reading_has_counted(reading: &Reading) -> bool {
    reading.records().next().is_some() || reading.numerator.ten_thousandths() != 0
}

/// What is drawn, with its sentence.
struct Sketch {
    title: Option<String>,
    subject: &'static str,
    unit: &'static str,
    kind: Kind,
}

/// How the amounts of parts are read: all as shares, all as means, or as they are.
fn measured(reading: &Reading, shown: &Shown) -> (&'static str, fn(&Part) -> Option<f64>) {
    let own = shown.measure.unwrap_or(reading.indicator.measure);
    let parts = &reading.parts;
    let has_whole = |p: &Part| p.of.ten_thousandths() > 0;
    let have_whole =
        parts.iter().any(has_whole) && parts.iter().all(|p| has_whole(p) || p.amount.ten_thousandths() == 0);
    if have_whole && !shown.has_means() && parts.iter().all(|p| p.amount <= p.of) {
        return ("%", |p| p.permille().map(|share| share as f64 / 10.0));
    }
    if have_whole {
        return (own, |p| p.mean().map(|m| round(m.to_f64())));
    }
    (own, |p| Some(number(p.amount)))
}

/// As averages are said: to two places below ten, to one above.
fn round(value: f64) -> f64 {
    let places = if value.abs() < 10.0 { 100.0 } else { 10.0 };
    (value * places).round() / places
}

/// The records of a part: what the statistic counts, narrowed to the value of a field.
fn part_href(source: Source, shown: &Shown, part: &Part) -> Option<String> {
    let ledger = shown.statistic.reads.first()?;
    let by = shown.by.filter(|_| &*part.key != BLANK_CODE)?;
    let counted = counted_key(source.board, shown.statistic);
    Some(ledger_href(ledger, &[(COUNTED, &counted), (by, &part.key)]))
}

fn value_of(source: Source, shown: &Shown, part: &Part, amount: Option<f64>) -> Value {
    let value = Value::from(amount);
    match part_href(source, shown, part) {
        Some(href) => value.linked(href),
        None => value,
    }
}

/// What is greatest: of amounts the most, of shares the highest and the lowest.
fn foremost(parts: &[(&str, f64)], noun: &str, unit: &str) -> Option<String> {
    match unit {
        "%" => finding::ends(parts, unit, ("最高", "最低")),
        _ => finding::peak(parts, noun, unit),
    }
}

/// Most bars of names.
const NAMES: usize = 15;

fn bars(source: Source, reading: &Reading, shown: &Shown, ordered: bool) -> Sketch {
    let (unit, read) = measured(reading, shown);
    let mut rows: Vec<Row> = Vec::new();
    let mut parts: Vec<&Part> = reading.parts.iter().filter(|p| !p.least).collect();
    if !ordered {
        parts.retain(|p| p.amount.ten_thousandths() != 0);
        parts.arrange_by_key(|p| (std::cmp::Reverse(p.amount), p.label.clone()));
    }
    let said = parts.iter().filter(|p| &*p.key != BLANK_CODE);
    let all: Vec<(&str, f64)> = said.filter_map(|p| Some((&*p.label, read(p)?))).collect();
    let most = if ordered { parts.len() } else { NAMES };
    for part in parts.iter().take(most) {
        rows.push(Row::new(
            part.label.to_string(),
            vec![value_of(source, shown, part, read(part))],
        ));
    }
    // A mean without a word for what is much is high or low.
    let is_rate = shown.noun.is_empty() && shown.has_means();
    let rest = &parts[parts.len().min(most)..];
    if !rest.is_empty() && unit != "%" {
        let sum: f64 = rest.iter().filter_map(|p| read(p)).sum();
        rows.push(Row::new(format!("其余 {} 个", rest.len()), vec![Value::of(sum)]));
    }
    Sketch {
        title: match is_rate && all.len() > 1 {
            true => finding::ends(&all, unit, ("最高", "最低")),
            false => foremost(&all, shown.noun, unit),
        },
        subject: "项目",
        unit,
        kind: Kind::Bars(Bars {
            series: vec![Series {
                name: shown.statistic.name.to_owned(),
                paint: Paint::solid(ink(shown.statistic.programme)),
            }],
            rows,
            ordered: true,
            show_unit: unit == "%",
        }),
    }
}

fn ring(source: Source, reading: &Reading, shown: &Shown) -> Sketch {
    let (unit, read) = measured(reading, shown);
    let ink = ink(shown.statistic.programme);
    let paints = [Pattern::Solid, Pattern::Striped, Pattern::Dotted, Pattern::Hatched];
    let parts = reading.parts.iter().filter(|p| !p.least);
    let slices = parts.clone().zip(paints.into_iter().cycle()).map(|(p, pattern)| Slice {
        label: p.label.to_string(),
        value: value_of(source, shown, p, read(p)),
        paint: Paint { ink, pattern },
    });
    let slices = slices.collect();
    let said = parts.filter(|p| &*p.key != BLANK_CODE);
    let all: Vec<(&str, f64)> = said.filter_map(|p| Some((&*p.label, read(p)?))).collect();
    Sketch {
        title: foremost(&all, shown.noun, unit),
        subject: "项目",
        unit,
        kind: Kind::Donut(Donut {
            parts: slices,
            caption: format!("{unit}{}", shown.noun),
        }),
    }
}

fn funnel(source: Source, reading: &Reading, shown: &Shown) -> Sketch {
    let parts = reading.parts.iter().filter(|p| !p.least);
    let steps: Vec<(String, Value)> = parts
        .map(|p| (p.label.to_string(), value_of(source, shown, p, Some(number(p.amount)))))
        .collect();
    let named: Vec<(&str, f64)> = steps
        .iter()
        .map(|s| (s.0.as_str(), s.1.amount.unwrap_or(0.0)))
        .collect();
    let unit = shown.statistic.measure;
    Sketch {
        title: finding::largest_loss(&named, unit),
        subject: "阶段",
        unit,
        kind: Kind::Funnel(Funnel {
            steps,
            ink: ink(shown.statistic.programme),
        }),
    }
}

/// Names in the order of their first mention.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// Most characters of a column's name.
const COLUMN: usize = 8;

fn table(reading: &Reading, shown: &Shown) -> Sketch {
    let (unit, read) = measured(reading, shown);
    // Shares and means are not added.
    let are_sums = reading.parts.iter().all(|p| p.of.ten_thousandths() == 0);
    let cells = reading.parts.iter().filter_map(|p| {
        let (row, column) = p.label.split_once('/')?;
        Some((row, column, read(p)?))
    });
    let cells: Vec<(&str, &str, f64)> = cells.collect();
    let columns = distinct(cells.iter().map(|c| c.1));
    let amount = |row: &str, column: &str| {
        let mut own = cells.iter().filter(|c| c.0 == row && c.1 == column).map(|c| c.2);
        if are_sums { Some(own.sum()) } else { own.next_back() }
    };
    let rows = distinct(cells.iter().map(|c| c.0)).into_iter().map(|row| HeatRow {
        label: row.to_owned(),
        cells: columns.iter().map(|column| Value::from(amount(row, column))).collect(),
        key: None,
    });
    let rows = rows.collect();
    let name = |row: &str, column: &str| match are_sums {
        true => format!("{column}的{row}"),
        false => format!("{row}（{column}）"),
    };
    let named: Vec<(String, f64)> = cells.iter().map(|c| (name(c.0, c.1), c.2)).collect();
    let named: Vec<(&str, f64)> = named.iter().map(|n| (n.0.as_str(), n.1)).collect();
    Sketch {
        title: match are_sums {
            true => finding::peak(&named, shown.noun, unit),
            false => finding::ends(&named, unit, ("最高", "最低")),
        },
        subject: "项目",
        unit,
        kind: Kind::Heat(Heat {
            column_title: "项目".to_owned(),
            // A column is as wide as the longest of their names.
            columns: columns.iter().map(|c| brief(c, COLUMN)).collect(),
            groups: vec![HeatGroup {
                label: String::new(),
                rows,
            }],
            sum: are_sums.then(|| "合计".to_owned()),
            steps: Steps::Found,
            number_from: 0.0,
        }),
    }
}

fn change(reading: &Reading, shown: &Shown, ends: (&str, &str)) -> Sketch {
    let (unit, read) = measured(reading, shown);
    let of = |what: &str, end: &str| reading.part(&format!("{what}/{end}")).and_then(read);
    let called = |end: &str| {
        let part = reading.parts.iter().find(|p| p.key.ends_with(end));
        part.and_then(|p| p.label.rsplit_once('/'))
            .map_or("", |l| l.1)
            .to_owned()
    };
    let whats = distinct(reading.parts.iter().filter_map(|p| p.key.rsplit_once('/').map(|k| k.0)));
    let pairs = whats.iter().map(|what| {
        let part = reading
            .part(&format!("{what}/{}", ends.1))
            .or_else(|| reading.part(&format!("{what}/{}", ends.0)));
        let label = part.map_or(*what, |p| p.label.rsplit_once('/').map_or(&*p.label, |l| l.0));
        Pair {
            label: label.to_owned(),
            before: of(what, ends.0),
            after: Value::from(of(what, ends.1)),
        }
    });
    let pairs: Vec<Pair> = pairs.collect();
    let both = pairs
        .iter()
        .filter_map(|p| Some((p.label.as_str(), p.before?, p.after.amount?)));
    let both: Vec<(&str, f64, f64)> = both.collect();
    Sketch {
        title: if unit == "%" {
            finding::largest_rise(&both)
        } else {
            None
        },
        subject: "项目",
        unit,
        kind: Kind::Change(Change {
            before: called(ends.0),
            after: called(ends.1),
            pairs,
            max: (unit == "%").then_some(100.0),
        }),
    }
}

/// The value of a reading as one number; nothing where it is not known.
pub fn plain_value(reading: &Reading) -> Option<f64> {
    if reading.is_unknown() || reading.units == 0 {
        return None;
    }
    match reading.indicator.form {
        Form::Count => Some(number(reading.numerator)),
        Form::Share => reading.permille().map(|p| p as f64 / 10.0),
        Form::Mean if reading.denominator.ten_thousandths() == 0 => None,
        Form::Mean => Some(round(number(reading.numerator) / number(reading.denominator))),
    }
}

fn value_unit(statistic: &Indicator) -> &'static str {
    match statistic.form {
        Form::Share => "%",
        Form::Count | Form::Mean => statistic.measure,
    }
}

fn months(source: Source, shown: &Shown, scope: &Scope) -> Sketch {
    let year = source.board.span().year();
    let unit = value_unit(shown.statistic);
    let value = |month: i32| {
        let month = Month::new(year, month)?;
        if month.first() > source.board.as_of() {
            return None;
        }
        let mut board = programmes::statistics_board(Period::Month(month), source.board.as_of())
            .over(source.board.reach().clone())
            .of_kind(source.board.community());
        board.refresh_some(source.records, &[shown.statistic]);
        plain_value(&board.reading(shown.statistic, scope))
    };
    let values: Vec<Option<f64>> = (1..=12).map(value).collect();
    let names: Vec<String> = (1..=12).map(|m| format!("{m}月")).collect();
    let known = (1..=12_u32)
        .zip(&values)
        .filter_map(|(m, v)| Some((finding::month_word(m), (*v)?)));
    let known: Vec<(&str, f64)> = known.collect();
    let title = match shown.statistic.form {
        Form::Count => finding::crest(&known).map(|(names, most)| {
            format!(
                "{names}{}最多，{}",
                shown.noun,
                format::measured(&show_number(most), unit)
            )
        }),
        Form::Share | Form::Mean if known.len() > 1 => finding::ends(&known, unit, ("最高", "最低")),
        Form::Share | Form::Mean => None,
    };
    Sketch {
        title,
        subject: "月份",
        unit,
        kind: Kind::Trend(Trend {
            steps: names,
            lines: vec![Line {
                name: format!("{year}年"),
                stroke: Stroke::Now,
                values: values.into_iter().map(Value::from).collect(),
            }],
            target: None,
        }),
    }
}

fn show_number(value: f64) -> String {
    format::decimal(value, usize::from(value.fract() != 0.0))
}

fn units(source: Source, shown: &Shown, scope: &Scope) -> Sketch {
    let unit = value_unit(shown.statistic);
    let applies = shown.statistic.applies(source.board.settings());
    let all = source
        .board
        .frame()
        .units_in(scope)
        .filter(|u| applies.takes(u.community));
    let values = all.map(|u| {
        let reading = source.board.reading(shown.statistic, &Scope::Unit(u.code.clone()));
        (u.name.as_str(), plain_value(&reading))
    });
    let values: Vec<(&str, Option<f64>)> = values.collect();
    let known: Vec<(&str, f64)> = values.iter().filter_map(|(name, v)| Some((*name, (*v)?))).collect();
    let rows = values
        .iter()
        .map(|(name, v)| Row::new(*name, vec![Value::from(*v)]))
        .collect();
    Sketch {
        title: foremost(&known, shown.noun, unit),
        subject: "村（社区）",
        unit,
        kind: Kind::Bars(Bars {
            series: vec![Series {
                name: shown.statistic.name.to_owned(),
                paint: Paint::solid(ink(shown.statistic.programme)),
            }],
            rows,
            ordered: false,
            show_unit: unit == "%",
        }),
    }
}
