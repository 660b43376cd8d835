//! Charts of one unit or one district.

use super::{ChartVm, Source, behind, day_words, figure, ink, month_names, percent, unit_filter, year_place};
use crate::chart::timeline::Standing;
use crate::chart::{
    Event, Figure, Gantt, Kind, Lane, Occasion, Radar, Span, Spoke, Strip, Task, Track, Value, finding,
};
use crate::map::short_district_names;
use crate::model::base::{BUILD_STAGES, BuildStage, Centre, Project};
use crate::model::date::Day;
use crate::model::dream::{NightTalk, Plan, PlanItem};
use crate::model::indicator::{Indicator, Scope};
use crate::model::lead_goose::{Contact, PriorTalk, Secretary};
use crate::model::ledger::{Kind as FieldKind, Ledger, Programme, TypedRow, slots};
use crate::model::phoenix::{Enterprise, ProjectVisit, Thousand};
use crate::model::records::{rows, rows_of};
use crate::model::seedling::development::Development;
use crate::model::seedling::{Assistant, MobileContact, Reserve};
use crate::model::workflow::centre;
use crate::order::Arrange;
use crate::view::route::{Address, Route};
use crate::view::show;

fn record_href(id: &str) -> String {
    Address::from(Route::Record(id.to_owned())).hash()
}

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
    let title = finding::compared(&name, "全镇", &both);
    ChartVm {
        figure: figure(
            title,
            "还没有可比的进度",
            "工程",
            "%",
            Kind::Radar(Radar {
                spokes: spokes.to_vec(),
                name,
                other_name: "全镇平均".to_owned(),
            }),
        ),
        about: format!("各项工程进度（%）· {}", source.board.period().label()),
        records: None,
    }
}

/// Between two days: the share that has passed on `now`, in percent.
fn due_share(start: Day, end: Day, now: Day) -> f64 {
    let whole = f64::from(end.since(start).max(1));
    (f64::from(now.since(start)) / whole * 100.0).clamp(0.0, 100.0)
}

/// The items of the plans of a unit that fall into the as-of year.
pub fn plan_items(source: Source, code: &str) -> ChartVm {
    let as_of = source.board.as_of();
    let year = as_of.year();
    let mut items: Vec<PlanItem> = rows_of(source.records, code);
    let starts = |i: &PlanItem| {
        i.start()
            .unwrap_or_else(|| as_of.month().plus(1 - as_of.month().ym().1).first())
    };
    items.retain(|i| i.due().is_some_and(|due| due.year() == year));
    items.arrange_by_key(|i| (i.start(), i.due()));
    let task = |item: &PlanItem| {
        let (start, due) = (starts(item), item.due()?);
        let finished = item.done().is_some_and(|d| d <= as_of);
        let progress = if finished {
            100.0
        } else {
            item.progress().unwrap_or(0) as f64
        };
        let standing = match (finished, due < as_of) {
            (true, _) => Standing::Complete,
            (_, true) => Standing::Behind,
            _ if progress + 20.0 < due_share(start, due, as_of) => Standing::Warning,
            _ => Standing::Normal,
        };
        Some(Task {
            label: item.goal().unwrap_or("计划事项").to_owned(),
            start: year_place(start, year),
            end: year_place(due, year),
            done: Some(progress),
            standing,
            dates: format!("{}至{}", day_words(start), day_words(due)),
            key: Some(record_href(item.id())),
        })
    };
    let tasks: Vec<Task> = items.iter().filter_map(task).collect();
    let slow = tasks.iter().map(|t| {
        (
            t.label.as_str(),
            matches!(t.standing, Standing::Behind | Standing::Warning),
        )
    });
    let title = finding::pace(&slow.collect::<Vec<_>>());
    let name = source.board.frame().unit(code).map_or(code, |u| u.name.as_str());
    let count = tasks.len();
    ChartVm {
        figure: gantt(title, "今年的计划还没有事项", as_of, tasks),
        about: format!("{name}{year}年计划事项 · 深色为已完成部分"),
        records: behind(PlanItem::LEDGER, count, "项", &[unit_filter(code)]),
    }
}

fn gantt(title: Option<String>, without: &str, as_of: Day, tasks: Vec<Task>) -> Figure {
    figure(
        title,
        without,
        "事项",
        "",
        Kind::Gantt(Gantt {
            months: month_names(""),
            today: super::today(as_of),
            tasks,
        }),
    )
}

/// The centres still to be built, from their first planned stage to the last.
pub fn centre_stages(source: Source) -> ChartVm {
    let as_of = source.board.as_of();
    let year = as_of.year();
    let stages: Vec<BuildStage> = rows(source.records);
    let mut tasks = Vec::new();
    for row in rows::<Centre>(source.records) {
        if centre::track_at(row, as_of) != Some(centre::Track::Planned) {
            continue;
        }
        let own = stages.iter().filter(|s| s.centre() == Some(row.id()));
        let days: Vec<Day> = own.filter_map(|s| s.planned()).collect();
        let (Some(start), Some(end)) = (days.iter().min(), days.iter().max()) else {
            continue;
        };
        let reached = centre::stages_reached(row, &stages, as_of);
        let late = centre::late(row, &stages, as_of);
        let standing = match late {
            Some((_, days)) if days > 30 => Standing::Behind,
            Some(_) => Standing::Warning,
            None => Standing::Normal,
        };
        let unit = row
            .unit()
            .map(|u| show::unit_name(source.records, u))
            .unwrap_or_default();
        tasks.push(Task {
            label: unit,
            start: year_place(*start, year),
            end: year_place(*end, year),
            done: Some((reached * 100 / BUILD_STAGES.len()) as f64),
            standing,
            dates: format!("{start}至{end}，{} 步中 {reached} 步", BUILD_STAGES.len()),
            key: Some(record_href(row.id())),
        });
    }
    let slow: Vec<(&str, bool)> = tasks
        .iter()
        .map(|t| (t.label.as_str(), t.standing != Standing::Normal))
        .collect();
    let title = finding::pace(&slow).map(|t| format!("待建阵地{t}"));
    let count = tasks.len();
    ChartVm {
        figure: gantt(title, "没有待建的阵地", as_of, tasks),
        about: format!("待建阵地八个阶段 · {year}年"),
        records: behind(Centre::LEDGER, count, "个", &[("state", "planned")]),
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
                crate::model::indicator::Form::Count => Some(reading.numerator.to_f64()),
                _ => reading.permille().map(percent),
            };
            let href = Address::from(Route::District((*d).to_owned())).hash();
            (name, Value::from(amount).linked(href))
        })
        .collect();
    let chosen = ids.iter().position(|d| *d == id);
    let unit = match indicator.form {
        crate::model::indicator::Form::Count => indicator.measure,
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
    let as_of = source.board.as_of();
    let mut found = Vec::new();
    for (ledger, field, occasion, word) in lane_ledgers(programme) {
        let Some(slot) = ledger.slot(field).filter(|s| *s >= slots::FIRST) else {
            continue;
        };
        let month = ledger.field(field).is_some_and(|f| f.kind == FieldKind::Month);
        source.records.visit(ledger, Some(code), &mut |cells| {
            let text = cells.cell(slot).as_str().unwrap_or_default();
            let day = if month {
                crate::model::date::Month::parse(text).map(|m| m.first())
            } else {
                Day::parse(text)
            };
            if let Some(day) = day.filter(|d| d.year() == as_of.year() && *d <= as_of) {
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

/// What happened in a unit in the as-of year, programme by programme; `header` writes the months on top.
pub fn lane(source: Source, code: &str, programme: Programme, header: bool) -> ChartVm {
    let as_of = source.board.as_of();
    let year = as_of.year();
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
    let title = format!("{}：{year}年 {} 件", programme.label(), events.len() + spans.len());
    ChartVm {
        figure: figure(
            Some(title),
            "",
            "工程",
            "",
            Kind::Lane(Lane {
                months: month_names("月"),
                today: super::today(as_of),
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

/// Projects that run in the year.
fn project_spans(source: Source, code: &str, year: i32) -> Vec<Span> {
    let as_of = source.board.as_of();
    let mut projects: Vec<Project> = rows_of(source.records, code);
    projects.retain(|p| p.started().is_some_and(|d| d.year() == year && d <= as_of));
    let span = |p: &Project| {
        let start = p.started()?;
        let end = p.ended().filter(|d| *d <= as_of).unwrap_or(as_of);
        Some(Span {
            start: year_place(start, year),
            end: year_place(end, year),
            label: p.name().unwrap_or("项目").to_owned(),
            dates: format!("{}至{}", day_words(start), day_words(end)),
            key: Some(record_href(p.id())),
        })
    };
    projects.iter().filter_map(span).collect()
}
