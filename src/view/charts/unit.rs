//! Charts of one unit or one district.

use super::{
    ChartVm, Source, axis_words, axis_year, behind, day_words, figure, ink, month_names, on_axis, percent, unit_filter,
    year_place,
};
use crate::chart::timeline::{Stage, Standing};
use crate::chart::{Event, Gantt, Kind, Lane, Occasion, Radar, Span, Spoke, Strip, Task, Track, Value, finding};
use crate::map::short_district_names;
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::{Indicator, Scope};
use crate::model::ledger::{Kind as FieldKind, Ledger, Programme, TypedRow, slots};
use crate::model::programmes::base::centre;
use crate::model::programmes::base::ledgers::{BUILD_STAGES, BuildStage, Centre, Project};
use crate::model::programmes::dream::ledgers::{NightTalk, Plan, PlanItem};
use crate::model::programmes::lead::ledgers::{Contact, PriorTalk, Secretary};
use crate::model::programmes::phoenix::ledgers::{Enterprise, ProjectVisit, Thousand};
use crate::model::programmes::seedling::ledgers::development::Development;
use crate::model::programmes::seedling::ledgers::{Assistant, MobileContact, Reserve};
use crate::model::records::{rows, rows_of};
use crate::order::Arrange;
use crate::view::portion::{LINES, Portion};
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

/// Between two days: the share that has passed on `now`, in percent.
fn due_share(start: Day, end: Day, now: Day) -> f64 {
    let whole = f64::from(end.since(start).max(1));
    (f64::from(now.since(start)) / whole * 100.0).clamp(0.0, 100.0)
}

/// The items of the plans of a unit that fall due in the period, on the months of its year.
pub fn plan_items(source: Source, code: &str) -> ChartVm {
    let day = source.board.span().to;
    let year = axis_year(source);
    let mut items: Vec<PlanItem> = rows_of(source.records, code);
    items.retain(|i| i.due().is_some_and(|due| on_axis(source, due)));
    items.arrange_by_key(|i| (i.start(), i.due()));
    let task = |item: &PlanItem| {
        let due = item.due()?;
        let start = item.start().or_else(|| Day::new(year, 1, 1))?;
        let finished = item.done().is_some_and(|d| d <= day);
        let progress = if finished {
            100.0
        } else {
            item.progress().unwrap_or(0) as f64
        };
        let standing = match (finished, due < day) {
            (true, _) => Standing::Complete,
            (_, true) => Standing::Behind,
            _ if progress + 20.0 < due_share(start, due, day) => Standing::Warning,
            _ => Standing::Normal,
        };
        Some(Task {
            label: show::name(item.goal().unwrap_or("计划事项")),
            start: year_place(start, year),
            end: year_place(due, year),
            done: Some(progress),
            standing,
            dates: format!("{}至{}", day_in(start, year), day_in(due, year)),
            key: Some(record_href(item.id())),
            steps: Vec::new(),
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
    let (tasks, left) = drawn(tasks);
    ChartVm {
        figure: figure(
            title,
            "这个统计期没有到期的计划事项",
            "事项",
            "",
            Kind::Gantt(Gantt {
                months: month_names(""),
                today: super::today(source.board.as_of(), year),
                tasks,
            }),
        ),
        about: format!("{name}{}计划事项 · 深色为已完成部分{left}", axis_words(source)),
        records: behind(PlanItem::LEDGER, count, "项", &[unit_filter(code)]),
    }
}

/// No more rows than a drawing holds, those first that are not done, and what is said of the rest: what is higher than
/// a browser can draw would not be drawn at all.
fn drawn(mut tasks: Vec<Task>) -> (Vec<Task>, String) {
    let portion = Portion::of(tasks.len(), LINES);
    let Some(left) = portion.left_out() else {
        return (tasks, String::new());
    };
    tasks.arrange_by_key(|task| task.standing == Standing::Complete);
    tasks.truncate(portion.shown);
    (tasks, format!("，{left}"))
}

/// `3月5日`, with its year where that is another than the axis has.
fn day_in(day: Day, year: i32) -> String {
    if day.year() == year {
        day_words(day)
    } else {
        format!("{}年{}", day.year(), day_words(day))
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
            let stage = BUILD_STAGES.iter().find(|c| c.code == code).map_or(code, |c| c.label);
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
        Some((_, days)) if days > 30 => Standing::Behind,
        Some(_) => Standing::Warning,
        None => Standing::Normal,
    };
    let step = |kind: &crate::model::ledger::Choice| {
        let stage = site.stages.iter().find(|s| s.stage() == Some(kind.code))?;
        let planned = stage.planned()?;
        let done = stage.actual().filter(|d| *d <= day);
        let (standing, said) = match done {
            Some(done) => (Standing::Complete, format!("{done} 完成")),
            None if planned < day => (standing, format!("晚 {} 天", day.since(planned))),
            None => (Standing::Normal, "还没有到".to_owned()),
        };
        Some(Stage {
            label: kind.label.to_owned(),
            at: axis_place(planned, first),
            standing,
            said: format!("计划 {planned}，{said}"),
            key: Some(record_href(stage.id())),
        })
    };
    let steps: Vec<Stage> = BUILD_STAGES.iter().filter_map(step).collect();
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
        source.records.visit(ledger, Some(code), &mut |cells| {
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
                today: super::today(source.board.as_of(), year),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_no_more_rows_than_a_browser_can_draw() {
        let task = |place: usize| Task {
            label: format!("事项{place}"),
            start: 0.0,
            end: 1.0,
            done: None,
            standing: if place < 100 {
                Standing::Complete
            } else {
                Standing::Behind
            },
            dates: String::new(),
            key: None,
            steps: Vec::new(),
        };
        let few: Vec<Task> = (0..LINES).map(task).collect();
        assert_eq!(drawn(few.clone()), (few, String::new()));
        let (shown, left) = drawn((0..150).map(task).collect());
        assert_eq!(left, "，另 90 条没有列出");
        assert_eq!(shown.len(), LINES);
        assert_eq!(shown[0].label, "事项100");
        assert_eq!(shown[50].label, "事项0");
    }
}
