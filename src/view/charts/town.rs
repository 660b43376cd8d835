//! Charts of the whole town.

use super::source::{ChartVm, Source, districts, figure, percent};
use crate::chart::{Heat, HeatGroup, HeatRow, Kind, Steps, Value, finding};
use crate::map::short_district_names;
use crate::model::engine::indicator::{Aim, Scope, Thresholds};
use crate::model::ledger::Programme;
use crate::model::programmes::indicators;
use crate::model::status::Status;
use crate::view::format;
use crate::view::overview;
use crate::view::route::{Address, Route};

/// Progress of the five programmes in each district: a table in colour, which can be read at any width.
pub fn programmes_by_district(source: Source) -> ChartVm {
    let mut all: Vec<(String, f64)> = Vec::new();
    let names = districts(source);
    let full: Vec<&str> = names.iter().map(|d| d.1.as_str()).collect();
    let short = short_district_names(&full);
    let rows = names.iter().zip(short).map(|((id, name), label)| {
        let scope = Scope::District(id.clone());
        let route = if id.is_empty() {
            Route::Units
        } else {
            Route::District(id.clone())
        };
        let href = Address::from(route).hash();
        let values = Programme::ALL.map(|p| {
            let progress = source.board.progress(p, &scope);
            all.extend(progress.map(|v| (format!("{name}{}", p.label()), percent(v))));
            Value::from(progress.map(percent)).linked(href.clone())
        });
        HeatRow {
            label,
            cells: values.to_vec(),
            key: Some(href),
        }
    });
    let rows: Vec<HeatRow> = rows.collect();
    let all: Vec<(&str, f64)> = all.iter().map(|a| (a.0.as_str(), a.1)).collect();
    let title = finding::extreme(&all, true).map(|(tied, v)| (tied, crate::chart::number::percent(v)));
    let title = title.map(|(tied, v)| match tied.len() {
        1 => format!("{}进度最低，{v}", tied[0]),
        _ if tied.len() == all.len() => format!("各片区各项进度相同，都是 {v}"),
        n if n <= finding::NAMED => format!("{}进度最低，各 {v}", finding::listed(&tied)),
        n => format!("最低的进度有 {n} 项，各 {v}"),
    });
    ChartVm {
        figure: figure(
            title,
            "还没有片区",
            "片区",
            "%",
            Kind::Heat(Heat {
                column_title: "工程".to_owned(),
                columns: Programme::ALL.map(|p| p.label().to_owned()).to_vec(),
                groups: vec![HeatGroup {
                    label: String::new(),
                    rows,
                }],
                sum: None,
                steps: steps(&Programme::ALL.map(|p| source.board.thresholds(p))),
                number_from: 0.0,
            }),
        ),
        about: format!("各片区五项工程进度（%）· {}", source.board.period().label()),
        records: None,
    }
}

/// What the steps of colour are called where the thresholds of the columns differ.
const BANDS: [&str; 5] = ["明显滞后", "滞后", "预警", "正常", "100"];

/// The steps of colour of columns with these thresholds, in percent: two below 预警, then 预警, 正常 and what is whole.
fn steps(columns: &[Thresholds]) -> Steps {
    // Cells hold whole percents.
    let up = |permille: i64| (permille as f64 / 10.0).ceil();
    let own = |t: &Thresholds| {
        let (normal, warning) = (up(t.normal), up(t.warning.min(t.normal)));
        vec![0.0, (warning * 5.0 / 7.0).round(), warning, normal, 100.0]
    };
    match columns {
        [first, rest @ ..] if rest.iter().all(|t| t == first) => {
            let mut steps = own(first);
            steps.dedup();
            Steps::Same(steps)
        }
        all => Steps::Own(all.iter().map(own).collect(), BANDS.map(str::to_owned).to_vec()),
    }
}

/// Below which progress is 滞后, where that is the same for all: `70%`.
fn common_line(all: &[Thresholds]) -> Option<String> {
    let line = |t: &Thresholds| t.warning.min(t.normal);
    let first = line(all.first()?);
    all.iter().all(|t| line(t) == first).then(|| format::permille(first))
}

/// Progress of every unit in every indicator that has an aim.
pub fn progress_heat(source: Source) -> ChartVm {
    let indicators: Vec<_> = indicators().filter(|i| i.aim != Aim::Nothing).collect();
    let names = districts(source);
    let full: Vec<&str> = names.iter().map(|d| d.1.as_str()).collect();
    let settings = source.board.settings();
    let thresholds: Vec<Thresholds> = indicators.iter().map(|i| Thresholds::of(i, settings)).collect();
    let mut low = 0;
    let mut worst = vec![0_usize; indicators.len()];
    let groups = names.iter().zip(short_district_names(&full)).map(|((id, _), label)| {
        let units = source.board.frame().units.iter().filter(|u| u.district == *id);
        let rows = units.map(|unit| {
            let scope = Scope::Unit(unit.code.clone());
            let cells = indicators.iter().zip(&mut worst).map(|(indicator, worst)| {
                let reading = source.board.reading(indicator, &scope);
                if reading.status == Status::Late {
                    low += 1;
                    *worst += 1;
                }
                Value::from(reading.progress.map(percent)).linked(overview::records_href(
                    source.board,
                    indicator,
                    &scope,
                ))
            });
            HeatRow {
                label: unit.name.clone(),
                cells: cells.collect(),
                key: Some(Address::from(Route::Unit(unit.code.clone())).hash()),
            }
        });
        HeatGroup {
            label,
            rows: rows.collect(),
        }
    });
    let groups: Vec<HeatGroup> = groups.collect();
    let named: Vec<(&str, f64)> = indicators
        .iter()
        .zip(&worst)
        .map(|(i, n)| (i.name, *n as f64))
        .collect();
    let line = common_line(&thresholds);
    let late = line
        .as_ref()
        .map_or_else(|| "滞后".to_owned(), |line| format!("低于 {line} "));
    let title = match finding::extreme(&named, false) {
        Some((tied, n)) if n > 0.0 => match tied.len() {
            1 => format!("{}{late}的村（社区）最多，{n} 个", tied[0]),
            t if t <= finding::NAMED => format!("{}{late}的村（社区）最多，各 {n} 个", finding::listed(&tied)),
            t => format!("有 {t} 项指标各有 {n} 个村（社区）{}", late.trim_end()),
        },
        _ => match &line {
            Some(line) => format!("各项进度都在 {line} 以上"),
            None => "各项指标都没有村（社区）滞后".to_owned(),
        },
    };
    let numbers = (1..=indicators.len()).map(|n| n.to_string());
    let key: Vec<String> = indicators
        .iter()
        .enumerate()
        .map(|(i, ind)| format!("{} {}", i + 1, ind.name))
        .collect();
    ChartVm {
        figure: figure(
            Some(title),
            "",
            "村（社区）",
            "%",
            Kind::Heat(Heat {
                column_title: "指标".to_owned(),
                columns: numbers.collect(),
                groups,
                sum: None,
                steps: steps(&thresholds),
                number_from: 1000.0,
            }),
        ),
        about: format!("各项指标进度（%），{late}的 {low} 处 · {}", key.join("，")),
        records: None,
    }
}
