//! Charts of the night talks.

use super::{
    ChartVm, Source, behind, by_month, district_filter, districts, figure, known_months, ledger_href, month_names,
    number, reading, talks, unit_filter, values, year_words,
};
use crate::chart::{
    Bars, Columns, Heat, HeatGroup, HeatRow, Kind, Line, Paint, Row, Series, Stroke, Trend, Value, finding,
};
use crate::map::short_district_names;
use crate::model::dream::NightTalk;
use crate::model::indicator::Scope;
use crate::model::ledger::TypedRow as _;
use crate::view::list;
use crate::view::overview::counted_key;

fn kinds_of_talk() -> Vec<Series> {
    let series = |name: &str, paint| Series {
        name: name.to_owned(),
        paint,
    };
    vec![series("湾子夜话", Paint::FIRST), series("星空夜话", Paint::SECOND)]
}

/// Talks of each district by kind.
pub fn talks_by_district(source: Source) -> ChartVm {
    let districts = districts(source);
    let mut count = 0;
    let rows: Vec<Row> = districts
        .iter()
        .filter_map(|(id, name)| {
            let reading = reading(source, "dream.night_talks", &Scope::District(id.clone()))?;
            count += reading.records().count();
            let value = |kind: &str| {
                let counted = counted_key(source.board, reading.indicator);
                let filters = [district_filter(id), ("kind", kind), (list::COUNTED, counted.as_str())];
                let href = ledger_href(NightTalk::LEDGER, &filters);
                Value::of(number(reading.amount(kind))).linked(href)
            };
            Some(Row::new(name.clone(), vec![value("bay"), value("star")]))
        })
        .collect();
    let totals: Vec<(&str, f64)> = rows
        .iter()
        .filter_map(|r| Some((r.label.as_str(), r.total()?)))
        .collect();
    ChartVm {
        figure: figure(
            finding::peak(&totals, "夜话场次", "场"),
            "这个统计期还没有夜话",
            "片区",
            "场",
            Kind::Bars(Bars {
                series: kinds_of_talk(),
                rows,
                ordered: false,
                show_unit: false,
            }),
        ),
        about: format!("各片区夜话场次（场）· {}", source.board.period().label()),
        records: behind(NightTalk::LEDGER, count, "条记录", &[]),
    }
}

/// Talks month by month against the year before.
pub fn talks_by_month(source: Source) -> ChartVm {
    let as_of = source.board.as_of();
    let year = as_of.year();
    let talks = talks(source);
    let now = known_months(by_month(talks.iter(), year), year, as_of);
    let has_before = talks.iter().any(|t| t.day.year() == year - 1);
    let before: Vec<Option<f64>> = if has_before {
        by_month(talks.iter(), year - 1).map(Some).to_vec()
    } else {
        vec![None; 12]
    };
    let title = finding::year(&now, &before);
    let line = |year: i32, stroke, months: &[Option<f64>]| Line {
        name: format!("{year}年"),
        stroke,
        values: values(months),
    };
    let mut lines = vec![line(year, Stroke::Now, &now)];
    if has_before {
        lines.push(line(year - 1, Stroke::Then, &before));
    }
    let compared = if has_before {
        format!("与{}年同期", year - 1)
    } else {
        String::new()
    };
    let count = talks.iter().filter(|t| t.day.year() == year).count();
    ChartVm {
        figure: figure(
            title,
            "今年还没有夜话",
            "月份",
            "场",
            Kind::Trend(Trend {
                steps: month_names("月"),
                lines,
                target: None,
            }),
        ),
        about: format!("全镇夜话逐月场次（场）· {year}年{compared}"),
        records: behind(NightTalk::LEDGER, count, "条记录", &[(list::YEAR, &year.to_string())]),
    }
}

/// Both kinds of talk, month by month.
pub fn kinds_by_month(source: Source) -> ChartVm {
    let as_of = source.board.as_of();
    let year = as_of.year();
    let talks = talks(source);
    let bay = known_months(by_month(talks.iter().filter(|t| t.is_bay), year), year, as_of);
    let star = known_months(by_month(talks.iter().filter(|t| t.is_star), year), year, as_of);
    let sum = |m: &[Option<f64>]| m.iter().flatten().sum::<f64>();
    let (b, s) = (sum(&bay), sum(&star));
    let title = finding::share_word(s, b + s)
        .filter(|_| b + s > 0.0)
        .map(|share| format!("星空夜话占{share}，{s} 场"));
    let rows = month_names("月").into_iter().zip(bay.iter().zip(&star));
    let rows = rows.filter(|(_, (b, _))| b.is_some());
    let rows: Vec<Row> = rows
        .map(|(name, (b, s))| Row::new(name, vec![Value::from(*b), Value::from(*s)]))
        .collect();
    ChartVm {
        figure: figure(
            title,
            "今年还没有夜话",
            "月份",
            "场",
            Kind::Columns(Columns {
                series: kinds_of_talk(),
                rows,
                stacked: false,
            }),
        ),
        about: format!("两种夜话逐月场次（场）· {}", year_words(source.board.span(), year)),
        records: behind(
            NightTalk::LEDGER,
            (b + s) as usize,
            "条记录",
            &[(list::YEAR, &year.to_string())],
        ),
    }
}

/// Talks month by month as columns, of the town or of a district, for the meeting room screen.
pub fn talk_columns(source: Source, district: Option<&str>) -> ChartVm {
    let as_of = source.board.as_of();
    let year = as_of.year();
    let talks = talks(source);
    let scope = district.map_or(Scope::Town, |d| Scope::District(d.to_owned()));
    let frame = source.board.frame();
    let own = |unit: &str| frame.units_in(&scope).any(|u| u.codes.iter().any(|c| c == unit));
    let now = known_months(by_month(talks.iter().filter(|t| own(t.unit)), year), year, as_of);
    let rows = month_names("月").into_iter().zip(&now).filter(|(_, v)| v.is_some());
    let rows: Vec<Row> = rows.map(|(name, v)| Row::new(name, vec![Value::from(*v)])).collect();
    let best = rows.iter().filter_map(|r| Some((r.label.as_str(), r.total()?)));
    let best = best.reduce(|a, b| if b.1 > a.1 { b } else { a }).filter(|b| b.1 > 0.0);
    let whose = if district.is_some() { "本片区" } else { "全镇" };
    let title = best.map(|(month, n)| format!("{month}夜话最密，{whose} {n} 场"));
    ChartVm {
        figure: figure(
            title,
            "今年还没有夜话",
            "月份",
            "场",
            Kind::Columns(Columns {
                series: vec![Series {
                    name: "夜话".to_owned(),
                    paint: Paint::FIRST,
                }],
                rows,
                stacked: false,
            }),
        ),
        about: year_words(source.board.span(), year),
        records: None,
    }
}

/// Talks of each unit in each month.
pub fn talks_heat(source: Source) -> ChartVm {
    let as_of = source.board.as_of();
    let year = as_of.year();
    let talks = talks(source);
    let last = usize::try_from(as_of.month().ym().1).unwrap_or(12);
    let names = districts(source);
    let full: Vec<&str> = names.iter().map(|d| d.1.as_str()).collect();
    let short = short_district_names(&full);
    let groups = names.iter().zip(short).map(|((id, _), label)| {
        let units = source.board.frame().units.iter().filter(|u| u.district == *id);
        let rows = units.map(|unit| {
            let months = by_month(talks.iter().filter(|t| unit.codes.iter().any(|c| c == t.unit)), year);
            let href = ledger_href(
                NightTalk::LEDGER,
                &[unit_filter(&unit.code), (list::YEAR, &year.to_string())],
            );
            HeatRow {
                label: unit.name.clone(),
                cells: (1..)
                    .zip(months.iter().take(last))
                    .map(|(month, amount)| {
                        let month = format!("{year}-{month:02}");
                        let filters = [unit_filter(&unit.code), (list::MONTH, month.as_str())];
                        Value::of(*amount).linked(ledger_href(NightTalk::LEDGER, &filters))
                    })
                    .collect(),
                key: Some(href),
            }
        });
        HeatGroup {
            label,
            rows: rows.collect(),
        }
    });
    let groups: Vec<HeatGroup> = groups.collect();
    let months = by_month(talks.iter(), year);
    ChartVm {
        figure: figure(
            finding::densest(&months[..last.min(12)], 3.min(last), "场次"),
            "今年还没有夜话",
            "村（社区）",
            "场",
            Kind::Heat(Heat {
                column_title: "月".to_owned(),
                columns: (1..=last).map(|m| m.to_string()).collect(),
                groups,
                sum: Some("合计".to_owned()),
                steps: Vec::new(),
                number_from: 2.0,
            }),
        ),
        about: format!(
            "村（社区）逐月夜话场次（场）· {}",
            year_words(source.board.span(), year)
        ),
        records: behind(
            NightTalk::LEDGER,
            talks.iter().filter(|t| t.day.year() == year).count(),
            "条记录",
            &[(list::YEAR, &year.to_string())],
        ),
    }
}
