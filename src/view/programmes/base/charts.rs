//! Charts of 强基.

use crate::chart::timeline::Stage;
use crate::chart::{
    Bars, Donut, Gantt, Ink, Kind, Measure, Paint, Part, Pattern, Quadrant, Row, Series, Spot, Task, Value, finding,
};
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::Scope;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::base::ledgers::{BuildStage, BuildStep, Centre, Income};
use crate::model::programmes::base::{centre, indicators as base, rules};
use crate::model::records::rows;
use crate::model::status::Status;
use crate::view::charts::source::{
    ChartVm, Source, behind, drawn, figure, ledger_href, number, percent, reading, record_href,
};
use crate::view::route::{Address, Route};
use crate::view::show;

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
        value: Value::of(amount(key)).linked(ledger_href(Centre::SCHEMA, &[("state", key)])),
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
    let (low, high) = (rules::INCOME_LOW.get(settings), rules::INCOME_HIGH.get(settings));
    let reading = reading(source, &base::INCOME, &Scope::Town);
    let [unknown, low_count, between, high_count] = income_bands(source);
    let known = low_count + between + high_count;
    let above = between + high_count;
    let href = ledger_href(Income::SCHEMA, &[]);
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
    let basis = rules::INCOME_BASIS.get(settings).label();
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

/// Every village by the progress of its centre and its income.
pub fn centre_and_income(source: Source) -> ChartVm {
    let settings = source.board.settings();
    let threshold = number(rules::INCOME_HIGH.get(settings));
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
    let high = rules::INCOME_HIGH.get(settings);
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

/// A centre still to be built, with its planned stages and by how many days the next of them is late.
struct Site<'a> {
    centre: Centre<'a>,
    stages: Vec<BuildStage<'a>>,
    late: Option<(&'static str, i32)>,
}

/// The centres still to be built: every stage at its planned day, filled where it is done.
pub fn centre_stages(source: Source) -> ChartVm {
    let day = source.board.span().to;
    let stages: Vec<BuildStage> = rows(source.records);
    let centres: Vec<Centre> = rows(source.records);
    let planned = centres
        .iter()
        .filter(|c| centre::track_at(**c, day) == Some(centre::Track::Planned));
    let sites: Vec<Site> = planned
        .map(|&centre| {
            let own = stages
                .iter()
                .filter(|s| s.centre() == Some(centre.id()) && s.planned().is_some());
            Site {
                late: centre::late(centre, &stages, day),
                stages: own.copied().collect(),
                centre,
            }
        })
        .collect();
    let days = || sites.iter().flat_map(|s| &s.stages).filter_map(|s| s.planned());
    let (first, last) = match (days().min(), days().max()) {
        (Some(first), Some(last)) => (first.month(), last.month()),
        _ => (day.month(), day.month()),
    };
    let tasks: Vec<Task> = sites.iter().filter_map(|s| site_task(source, s, first)).collect();
    let dated = tasks.len();
    let without = match sites.len() - dated {
        0 => String::new(),
        n => format!("，另有 {n} 个没有填写计划日期"),
    };
    let month = |k: i32| match first.plus(k).ym() {
        (year, 1) if k > 0 => format!("{year}.1"),
        (_, month) => month.to_string(),
    };
    let months: Vec<String> = (0..=last.since(first)).map(month).collect();
    let place = axis_place(source.board.as_of(), first);
    let (tasks, left) = drawn(tasks);
    ChartVm {
        figure: figure(
            stages_finding(source, &sites).filter(|_| dated > 0),
            if sites.is_empty() {
                "没有待建的阵地"
            } else {
                "待建的阵地还没有填写计划日期"
            },
            "阵地",
            "",
            Kind::Gantt(Gantt {
                today: Some(place).filter(|p| (0.0..=months.len() as f64).contains(p)),
                months,
                tasks,
            }),
        ),
        about: format!("待建阵地八个步骤的计划日期，实心为已完成 · 截至 {day}{without}{left}"),
        records: behind(Centre::LEDGER, sites.len(), "个", &[("state", "planned")]),
    }
}

/// Place of a day in months from the first day of a month.
fn axis_place(day: Day, first: Month) -> f64 {
    let month = day.month();
    let days = f64::from(month.last().since(month.first()) + 1);
    f64::from(month.since(first)) + f64::from(day.since(month.first())) / days
}

fn site_name(source: Source, site: &Site) -> String {
    let unit = site.centre.unit().map(|u| show::unit_name(source.records, u));
    unit.unwrap_or_default()
}

/// `渣冲村设计晚 12 天，其余 6 个按计划`.
fn stages_finding(source: Source, sites: &[Site]) -> Option<String> {
    let late: Vec<&Site> = sites.iter().filter(|s| s.late.is_some()).collect();
    let (all, rest) = (sites.len(), sites.len() - late.len());
    Some(match late.as_slice() {
        _ if all == 0 => return None,
        [] => format!("{all} 个待建阵地都按计划"),
        [one] => {
            let (code, days) = one.late?;
            let stage = BuildStep::ALL.iter().find(|c| c.code == code).map_or(code, |c| c.label);
            let rest = if rest > 0 {
                format!("，其余 {rest} 个按计划")
            } else {
                String::new()
            };
            format!("{}“{stage}”晚 {days} 天{rest}", site_name(source, one))
        }
        many if rest == 0 => format!("{} 个待建阵地都比计划晚", many.len()),
        many => format!("{} 个待建阵地比计划晚，其余 {rest} 个按计划", many.len()),
    })
}

/// The row of a centre; nothing where no day is planned.
fn site_task(source: Source, site: &Site, first: Month) -> Option<Task> {
    let day = source.board.span().to;
    let days = || site.stages.iter().filter_map(|s| s.planned());
    let (start, end) = (days().min()?, days().max()?);
    let standing = match site.late {
        Some((_, days)) if days > 30 => Status::Late,
        Some(_) => Status::Warn,
        None => Status::Ok,
    };
    let step = |kind: &crate::model::ledger::Choice| {
        let stage = site.stages.iter().find(|s| s.stage() == Some(kind.code))?;
        let planned = stage.planned()?;
        let done = stage.actual().filter(|d| *d <= day);
        let (standing, said) = match done {
            Some(done) => (Status::Done, format!("{done} 完成")),
            None if planned < day => (standing, format!("晚 {} 天", day.since(planned))),
            None => (Status::Ok, "还没有到".to_owned()),
        };
        Some(Stage {
            label: kind.label.to_owned(),
            at: axis_place(planned, first),
            standing,
            said: format!("计划 {planned}，{said}"),
            key: Some(record_href(stage.id())),
        })
    };
    let steps: Vec<Stage> = BuildStep::ALL.iter().filter_map(step).collect();
    Some(Task {
        label: site_name(source, site),
        start: axis_place(start, first),
        end: axis_place(end, first),
        done: None,
        standing,
        dates: format!("{start}至{end}"),
        key: Some(record_href(site.centre.id())),
        steps,
    })
}
