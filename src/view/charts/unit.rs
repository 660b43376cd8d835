//! Charts of one unit or one district.

use super::source::{
    ChartVm, Source, axis_words, axis_year, day_in, day_words, figure, ink, month_names, on_axis, percent, record_href,
    today, year_place,
};
use crate::chart::{Event, Kind, Lane, Occasion, Radar, Span, Spoke, Strip, Track, Value, finding};
use crate::map::short_district_names;
use crate::model::date::Day;
use crate::model::engine::indicator::{Indicator, Scope};
use crate::model::ledger::{Kind as FieldKind, Ledger, Programme, TypedRow, slots};
use crate::model::programmes::base::ledgers::{BuildStage, Project};
use crate::model::programmes::dream::ledgers::{NightTalk, Plan};
use crate::model::programmes::lead::ledgers::{Contact, PriorTalk, Secretary};
use crate::model::programmes::phoenix::ledgers::{Enterprise, ProjectVisit, Thousand};
use crate::model::programmes::seedling::ledgers::development::Development;
use crate::model::programmes::seedling::ledgers::{Assistant, MobileContact, Reserve};
use crate::model::records::rows_of;
use crate::order::Arrange;
use crate::view::route::{Address, Route};
use crate::view::show;

/// The five programmes of a unit against the town.
pub fn radar(source: Source, code: &str) -> ChartVm {
    let name = source
        .board
        .frame()
        .unit(code)
        .map_or(code, |u| u.name.as_str())
        .to_owned();
    let scope = Scope::Unit(code.to_owned());
    let spokes = Programme::ALL.map(|p| Spoke {
        label: p.label().to_owned(),
        ink: ink(p),
        value: Value::from(source.board.progress(p, &scope).map(percent))
            .linked(Address::from(Route::Programme(p)).hash()),
        other: source.board.progress(p, &Scope::Town).map(percent),
    });
    let both = spokes
        .iter()
        .filter_map(|s| Some((s.label.as_str(), s.value.amount?, s.other?)));
    let both: Vec<(&str, f64, f64)> = both.collect();
    let whose = source.whose();
    let title = finding::compared(&name, &whose, &both);
    ChartVm {
        figure: figure(
            title,
            "还没有可比的进度",
            "工程",
            "%",
            Kind::Radar(Radar {
                spokes: spokes.to_vec(),
                name,
                other_name: format!("{whose}平均"),
            }),
        ),
        about: format!("各项工程进度（%）· {}", source.board.period().label()),
        records: None,
    }
}

/// A district among all, by one indicator.
pub fn among_districts(source: Source, indicator: &'static Indicator, id: &str) -> ChartVm {
    let ids = source.board.frame().districts();
    let names: Vec<String> = ids.iter().map(|d| show::district_name(source.records, d)).collect();
    let short = short_district_names(&names);
    let dots: Vec<(String, Value)> = ids
        .iter()
        .zip(short)
        .map(|(d, name)| {
            let reading = source.board.reading(indicator, &Scope::District((*d).to_owned()));
            let amount = match indicator.form {
                crate::model::engine::indicator::Form::Count => Some(reading.numerator.to_f64()),
                _ => reading.permille().map(percent),
            };
            let href = Address::from(Route::District((*d).to_owned())).hash();
            (name, Value::from(amount).linked(href))
        })
        .collect();
    let chosen = ids.iter().position(|d| *d == id);
    let unit = match indicator.form {
        crate::model::engine::indicator::Form::Count => indicator.measure,
        _ => "%",
    };
    let named: Vec<(&str, f64)> = dots.iter().filter_map(|d| Some((d.0.as_str(), d.1.amount?))).collect();
    let own = chosen.and_then(|c| dots.get(c)).map_or("", |d| d.0.as_str());
    let title = finding::among(&named, own, "片区", indicator.name, unit);
    ChartVm {
        figure: figure(
            title,
            indicator.name,
            "片区",
            unit,
            Kind::Strip(Strip {
                dots,
                chosen,
                average: true,
            }),
        ),
        about: String::new(),
        records: None,
    }
}

/// Something that happened in a unit, for its time line.
struct Happening {
    day: Day,
    occasion: Occasion,
    label: String,
    named: bool,
    id: String,
}

/// The ledgers whose records stand on the lane of a programme, the field of their day, and what they are.
fn lane_ledgers(programme: Programme) -> Vec<(&'static Ledger, &'static str, Occasion, &'static str)> {
    use Occasion::{Check, Milestone, Routine};
    match programme {
        Programme::Dream => vec![
            (NightTalk::LEDGER, "date", Routine, "夜话"),
            (Plan::LEDGER, "finalised", Milestone, "计划定稿"),
        ],
        Programme::Lead => vec![
            (Contact::LEDGER, "date", Routine, "片区联系"),
            (PriorTalk::LEDGER, "date", Milestone, "任前谈话"),
            (Secretary::LEDGER, "since", Milestone, "书记任职"),
        ],
        Programme::Base => vec![
            (BuildStage::LEDGER, "actual", Milestone, "阵地"),
            (Project::LEDGER, "started", Milestone, "项目"),
        ],
        Programme::Seedling => vec![
            (MobileContact::LEDGER, "date", Check, "流动党员联系"),
            (Development::LEDGER, "chosen", Milestone, "确定积极分子"),
            (Assistant::LEDGER, Assistant::LEDGER.dated, Milestone, "助理员任职"),
            (Reserve::LEDGER, Reserve::LEDGER.dated, Milestone, "后备入库"),
        ],
        Programme::Phoenix => vec![
            (ProjectVisit::LEDGER, "date", Check, "走访项目"),
            (Thousand::LEDGER, "hired", Milestone, "聘用"),
            (Thousand::LEDGER, "enrolled", Milestone, "进千人计划"),
            (Enterprise::LEDGER, "since", Milestone, "企业落地"),
        ],
    }
}

fn happenings(source: Source, code: &str, programme: Programme) -> Vec<Happening> {
    let last = source.board.span().to;
    let mut found = Vec::new();
    for (ledger, field, occasion, word) in lane_ledgers(programme) {
        let Some(slot) = ledger.slot(field).filter(|s| *s >= slots::FIRST) else {
            continue;
        };
        let month = ledger.field(field).is_some_and(|f| f.kind == FieldKind::Month);
        source.records.visit(ledger.schema, Some(code), &mut |cells| {
            let text = cells.cell(slot).as_str().unwrap_or_default();
            let day = if month {
                crate::model::date::Month::parse(text).map(|m| m.first())
            } else {
                Day::parse(text)
            };
            if let Some(day) = day.filter(|d| on_axis(source, *d) && *d <= last) {
                found.push(Happening {
                    day,
                    occasion,
                    label: word.to_owned(),
                    named: occasion == Occasion::Milestone,
                    id: cells.id().to_owned(),
                });
            }
        });
    }
    found.arrange_by_key(|h| h.day);
    found
}

/// What happened in a unit in the period, on the months of its year; `header` writes the months on top.
pub fn lane(source: Source, code: &str, programme: Programme, header: bool) -> ChartVm {
    let year = axis_year(source);
    let events = happenings(source, code, programme).into_iter().map(|h| Event {
        at: year_place(h.day, year),
        occasion: h.occasion,
        label: h.label,
        date: day_words(h.day),
        named: h.named,
        key: Some(record_href(&h.id)),
    });
    let events: Vec<Event> = events.collect();
    let spans: Vec<Span> = if programme == Programme::Base {
        project_spans(source, code, year)
    } else {
        Vec::new()
    };
    let count = events.len() + spans.len();
    let title = format!("{}：{} {count} 件", programme.label(), axis_words(source));
    ChartVm {
        figure: figure(
            Some(title),
            "",
            "工程",
            "",
            Kind::Lane(Lane {
                months: month_names("月"),
                today: today(source.board.as_of(), year),
                tracks: vec![Track {
                    label: programme.label().to_owned(),
                    ink: ink(programme),
                    events,
                    spans,
                }],
                header,
                labels: false,
            }),
        ),
        about: String::new(),
        records: None,
    }
}

/// Projects that run in the period, also those that began before it.
fn project_spans(source: Source, code: &str, year: i32) -> Vec<Span> {
    let day = source.board.span().to;
    let mut projects: Vec<Project> = rows_of(source.records, code);
    let from = source.board.span().from.or_else(|| Day::new(year, 1, 1)).unwrap_or(day);
    projects.retain(|p| p.started().is_some_and(|d| d <= day) && p.ended().is_none_or(|d| d >= from));
    let span = |p: &Project| {
        let start = p.started()?;
        let ended = p.ended().filter(|d| *d <= day);
        let until = ended.map_or_else(|| "，还在进行".to_owned(), |end| format!("至{}", day_in(end, year)));
        Some(Span {
            start: year_place(start, year),
            end: year_place(ended.unwrap_or(day), year),
            label: show::name(p.name().unwrap_or("项目")),
            dates: format!("{}起{until}", day_in(start, year)).replace("起至", "至"),
            key: Some(record_href(p.id())),
        })
    };
    projects.iter().filter_map(span).collect()
}
