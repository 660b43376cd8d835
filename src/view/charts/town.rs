//! Charts of the whole town.

use super::{ChartVm, Source, behind, districts, figure, ledger_href, number, percent, reading};
use crate::chart::{
    Bars, Change, Donut, Funnel, Heat, HeatGroup, HeatRow, Ink, Kind, Measure, Paint, Pair, Part, Pattern, Quadrant,
    Row, Series, Spot, Value, finding,
};
use crate::map::short_district_names;
use crate::model::engine::indicator::{Aim, Scope};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes::base::indicators as base;
use crate::model::programmes::base::ledgers::{Centre, Income};
use crate::model::programmes::indicators;
use crate::model::programmes::lead::indicators as lead;
use crate::model::programmes::lead::ledgers::Secretary;
use crate::model::programmes::phoenix::indicators as phoenix;
use crate::model::programmes::phoenix::ledgers::Thousand;
use crate::model::programmes::phoenix::returnee;
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
                steps: vec![0.0, 50.0, 70.0, 90.0, 100.0],
                number_from: 0.0,
            }),
        ),
        about: format!("各片区五项工程进度（%）· {}", source.board.period().label()),
        records: None,
    }
}

/// Progress of every unit in every indicator that has an aim.
pub fn progress_heat(source: Source) -> ChartVm {
    let indicators: Vec<_> = indicators().filter(|i| i.aim != Aim::Nothing).collect();
    let names = districts(source);
    let full: Vec<&str> = names.iter().map(|d| d.1.as_str()).collect();
    let mut low = 0;
    let mut worst = vec![0_usize; indicators.len()];
    let groups = names.iter().zip(short_district_names(&full)).map(|((id, _), label)| {
        let units = source.board.frame().units.iter().filter(|u| u.district == *id);
        let rows = units.map(|unit| {
            let scope = Scope::Unit(unit.code.clone());
            let cells = indicators.iter().zip(&mut worst).map(|(indicator, worst)| {
                let progress = source.board.reading(indicator, &scope).progress;
                if progress.is_some_and(|p| p < 700) {
                    low += 1;
                    *worst += 1;
                }
                Value::from(progress.map(percent)).linked(overview::records_href(source.board, indicator, &scope))
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
    let title = match finding::extreme(&named, false) {
        Some((tied, n)) if n > 0.0 => match tied.len() {
            1 => format!("{}低于 70% 的村（社区）最多，{n} 个", tied[0]),
            t if t <= finding::NAMED => format!("{}低于 70% 的村（社区）最多，各 {n} 个", finding::listed(&tied)),
            t => format!("有 {t} 项指标各有 {n} 个村（社区）低于 70%"),
        },
        _ => "各项进度都在 70% 以上".to_owned(),
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
                steps: vec![0.0, 50.0, 70.0, 90.0, 100.0],
                number_from: 1000.0,
            }),
        ),
        about: format!("各项指标进度（%），低于 70% 的 {low} 处 · {}", key.join("，")),
        records: None,
    }
}

/// Centres by state.
pub fn centres(source: Source) -> ChartVm {
    let reading = reading(source, &base::CENTRES, &Scope::Town);
    let amount = |key: &str| number(reading.amount(key));
    let kinds = [
        ("built", "已建成", Pattern::Solid),
        ("upgrading", "提档中", Pattern::Striped),
        ("planned", "待建", Pattern::Dotted),
    ];
    let parts = kinds.map(|(key, label, pattern)| Part {
        label: label.to_owned(),
        value: Value::of(amount(key)).linked(ledger_href(Centre::LEDGER, &[("state", key)])),
        paint: Paint {
            ink: Ink::Base,
            pattern,
        },
    });
    let named: Vec<(&str, f64)> = parts
        .iter()
        .map(|p| (p.label.as_str(), p.value.amount.unwrap_or(0.0)))
        .collect();
    let total: f64 = named.iter().map(|n| n.1).sum();
    ChartVm {
        figure: figure(
            finding::parts("阵地", &named, "个").filter(|_| total > 0.0),
            "还没有登记阵地",
            "状态",
            "个",
            Kind::Donut(Donut {
                parts: parts.to_vec(),
                caption: "个阵地".to_owned(),
            }),
        ),
        about: "党员群众服务中心（个）".to_owned(),
        records: behind(Centre::LEDGER, total as usize, "条", &[]),
    }
}

/// Villages by what is known of their income: nothing, up to the first bound, between both, above the second.
fn income_bands(source: Source) -> [f64; 4] {
    let mut bands = [0.0; 4];
    for unit in source.board.frame().units.iter().filter(|u| !u.community) {
        let reading = reading(source, &base::INCOME, &Scope::Unit(unit.code.clone()));
        let has = |key: &str| number(reading.amount(key)) > 0.0;
        let band = match reading.records().next() {
            None => 0,
            _ if has("high") => 3,
            _ if has("between") => 2,
            _ => 1,
        };
        bands[band] += 1.0;
    }
    bands
}

/// Villages by collective income.
pub fn incomes(source: Source) -> ChartVm {
    let settings = source.board.settings();
    let (low, high) = (settings.text("rule.income_low"), settings.text("rule.income_high"));
    let reading = reading(source, &base::INCOME, &Scope::Town);
    let [unknown, low_count, between, high_count] = income_bands(source);
    let known = low_count + between + high_count;
    let above = between + high_count;
    let href = ledger_href(Income::LEDGER, &[]);
    let row = |label: String, amount: f64, pattern| Row {
        paint: Some(Paint {
            ink: Ink::Base,
            pattern,
        }),
        ..Row::new(label, vec![Value::of(amount).linked(href.clone())])
    };
    let mut rows = vec![
        // What is exactly the bound has not passed it.
        row(format!("{low} 万元及以下"), low_count, Pattern::Dotted),
        row(format!("{low} 万元以上至 {high} 万元"), between, Pattern::Striped),
        row(format!("{high} 万元以上"), high_count, Pattern::Solid),
    ];
    if unknown > 0.0 {
        let hatched = Paint {
            ink: Ink::Unknown,
            pattern: Pattern::Hatched,
        };
        rows.push(Row {
            paint: Some(hatched),
            ..Row::new("没有填报", vec![Value::of(unknown).linked(href.clone())])
        });
    }
    let missing = if unknown > 0.0 {
        format!("，{unknown} 个没有填报")
    } else {
        String::new()
    };
    let title = match (known, above) {
        (k, _) if k <= 0.0 => None,
        (k, a) if a >= k && unknown <= 0.0 => Some(format!("{k} 个村集体经济全部过 {low} 万元")),
        (k, a) if unknown > 0.0 => Some(format!("已填报的 {k} 个村中 {a} 个过 {low} 万元{missing}")),
        (k, a) => Some(format!("{k} 个村中 {a} 个集体经济过 {low} 万元")),
    };
    let basis = crate::model::settings::INCOME_BASES
        .iter()
        .find(|c| c.code == settings.text("rule.income_basis"))
        .map_or("", |c| c.label);
    let count = reading.records().count();
    ChartVm {
        figure: figure(
            title,
            "还没有村集体经济收入",
            "收入",
            "村",
            Kind::Bars(Bars {
                series: vec![Series {
                    name: "村数".to_owned(),
                    paint: Paint::solid(Ink::Base),
                }],
                rows,
                ordered: true,
                show_unit: true,
            }),
        ),
        about: format!("村数 · 口径：{basis}，社区不计"),
        records: behind(Income::LEDGER, count, "条", &[]),
    }
}

/// 千人计划 from intention to a seat in the committees.
pub fn pipeline(source: Source) -> ChartVm {
    let reading = reading(source, &phoenix::PIPELINE, &Scope::Town);
    let href = ledger_href(Thousand::LEDGER, &[]);
    let steps: Vec<(String, Value)> = returnee::Stage::ALL
        .into_iter()
        .map(|stage| {
            let amount = number(reading.amount(stage.code()));
            (stage.label().to_owned(), Value::of(amount).linked(href.clone()))
        })
        .collect();
    let named: Vec<(&str, f64)> = steps
        .iter()
        .map(|s| (s.0.as_str(), s.1.amount.unwrap_or(0.0)))
        .collect();
    let count = reading.records().count();
    ChartVm {
        figure: figure(
            finding::largest_loss(&named, "人").filter(|_| count > 0),
            "还没有人进入千人计划",
            "阶段",
            "人",
            Kind::Funnel(Funnel {
                steps,
                ink: Ink::Phoenix,
            }),
        ),
        about: "千人计划各阶段到过的人数（人）".to_owned(),
        records: behind(Thousand::LEDGER, count, "条", &[]),
    }
}

/// Secretaries of this term against those before.
pub fn secretaries(source: Source) -> ChartVm {
    let reading = reading(source, &lead::STRUCTURE, &Scope::Town);
    let share = |key: &str| {
        let part = reading.part(key)?;
        part.permille().map(percent)
    };
    let kinds = [
        ("大专以上", "college_before", "college_after"),
        ("35 岁以下", "young_before", "young_after"),
        ("女性", "women_before", "women_after"),
        ("一肩挑", "both_before", "both_after"),
    ];
    let href = ledger_href(Secretary::LEDGER, &[]);
    let pairs = kinds.map(|(label, before, after)| Pair {
        label: label.to_owned(),
        before: share(before),
        after: Value::from(share(after)).linked(href.clone()),
    });
    let both = pairs
        .iter()
        .filter_map(|p| Some((p.label.as_str(), p.before?, p.after.amount?)));
    let both: Vec<(&str, f64, f64)> = both.collect();
    let mean = |key: &str| {
        let part = reading.part(key)?;
        part.mean().map(|m| format!("{:.1}", number(m)))
    };
    let age = mean("age_before").zip(mean("age_after"));
    let age = age.map_or_else(String::new, |(a, b)| format!(" · 平均年龄由 {a} 岁到 {b} 岁"));
    let count = reading.records().count();
    let all = crate::model::value::Decimal::whole(i64::try_from(count).unwrap_or(i64::MAX));
    let of_some = |after: &str| reading.part(after).is_some_and(|part| part.of < all);
    let some = match kinds.iter().any(|(.., after)| of_some(after)) {
        true => " · 没有填写的不计",
        false => "",
    };
    ChartVm {
        figure: figure(
            finding::largest_rise(&both),
            "还没有上届和本届书记可比",
            "结构",
            "%",
            Kind::Change(Change {
                before: "上届".to_owned(),
                after: "本届".to_owned(),
                pairs: pairs.to_vec(),
                max: Some(100.0),
            }),
        ),
        about: match count {
            0 => "还没有登记书记".to_owned(),
            _ => format!("{count} 名书记占比（%），换届前后{some}{age}"),
        },
        records: behind(Secretary::LEDGER, count, "条", &[]),
    }
}

/// Every village by the progress of its centre and its income.
pub fn centre_and_income(source: Source) -> ChartVm {
    let settings = source.board.settings();
    let threshold = number(settings.number("rule.income_high"));
    let mut spots = Vec::new();
    for unit in source.board.frame().units.iter().filter(|u| !u.community) {
        let scope = Scope::Unit(unit.code.clone());
        let progress = reading(source, &base::CENTRES, &scope)
            .part("steps")
            .and_then(crate::model::engine::indicator::Part::permille);
        let income = number(reading(source, &base::INCOME, &scope).amount("sum"));
        if let (Some(progress), true) = (progress, income > 0.0) {
            spots.push(Spot {
                label: unit.name.clone(),
                x: percent(progress),
                y: income,
                named: false,
                key: Some(Address::from(Route::Unit(unit.code.clone())).hash()),
            });
        }
    }
    // Named are those farthest out: the two of most income and the two of least progress.
    let by = |spots: &[Spot], of: &dyn Fn(&Spot) -> f64| {
        let mut order: Vec<usize> = (0..spots.len()).collect();
        crate::order::Arrange::arrange_by(&mut order[..], |&a, &b| of(&spots[a]).total_cmp(&of(&spots[b])));
        order
    };
    let rich = by(&spots, &|s| -s.y);
    let slow = by(&spots, &|s| s.x);
    for at in rich.iter().take(2).chain(slow.iter().take(2)) {
        spots[*at].named = true;
    }
    let reached: Vec<(bool, bool)> = spots.iter().map(|s| (s.x >= 50.0, s.y > threshold)).collect();
    let most = spots.iter().map(|s| s.y).fold(threshold * 2.0, f64::max);
    let least = spots.iter().map(|s| s.y).fold(threshold / 2.0, f64::min);
    let ticks: Vec<f64> = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0, 200.0, 500.0]
        .into_iter()
        .filter(|t| *t >= least && *t <= most)
        .collect();
    let axis = |name: &str, unit: &str, (min, max, threshold), ticks, logarithmic| Measure {
        name: name.to_owned(),
        unit: unit.to_owned(),
        min,
        max,
        ticks,
        threshold,
        logarithmic,
    };
    let high = settings.text("rule.income_high");
    let count = spots.len();
    ChartVm {
        figure: figure(
            finding::corners(&reached, "村"),
            "还没有阵地和收入可比",
            "村",
            "",
            Kind::Quadrant(Quadrant {
                x: axis("阵地完成率", "%", (0.0, 100.0, 50.0), vec![0.0, 50.0, 100.0], false),
                y: axis(
                    "集体经济",
                    "万元",
                    (least.max(0.1) * 0.9, most * 1.15, threshold),
                    ticks,
                    true,
                ),
                spots,
                ink: Ink::Base,
            }),
        ),
        about: format!("{count} 个村 · 阵地完成过半，集体经济过 {high} 万元"),
        records: behind(Centre::LEDGER, count, "个村", &[]),
    }
}
