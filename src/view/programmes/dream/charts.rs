//! Charts of 筑梦. Those of the night talks draw the steps of the chosen period and count its days and no others.

use crate::chart::{
    Bars, Columns, Gantt, Heat, HeatGroup, HeatRow, Ink, Kind, Line, Paint, Pattern, Row, Series, Steps, Stroke, Task,
    Trend, Value, finding,
};
use crate::map::short_district_names;
use crate::model::date::Day;
use crate::model::engine::indicator::{Period, Scope, Span};
use crate::model::ledger::{Choice, TypedRow as _};
use crate::model::programmes::dream::indicators::NIGHT_TALKS;
use crate::model::programmes::dream::ledgers::{self, NightTalk, PlanItem};
use crate::model::programmes::dream::talk::Told;
use crate::model::records::{rows, rows_of};
use crate::model::status::Status;
use crate::order::Arrange;
use crate::view::charts::source::{
    ChartVm, Source, axis_words, axis_year, behind, day_in, district_filter, districts, drawn, figure, ledger_href,
    month_names, number, on_axis, reading, record_href, today, unit_filter, values, year_place,
};
use crate::view::charts::window::{Step, Window};
use crate::view::filter::counted_key_of;
use crate::view::{filter, format, show};

/// What charts tell talks apart by: the two kinds, then the platforms of the town's own, the most used first, then all
/// others.
struct Kinds<'a>(Vec<TalkKind<'a>>);

/// One of them.
struct TalkKind<'a> {
    name: &'a str,
    /// The values of the fields that its talks have: kind, and platform.
    fields: Vec<(&'static str, &'a str)>,
    paint: Paint,
}

/// The paints of platforms; what is more than these is 其他.
const PAINTS: [Paint; 3] = [
    Paint {
        ink: Paint::FIRST.ink,
        pattern: Pattern::Dotted,
    },
    Paint::solid(Ink::Amount(2)),
    Paint::striped(Ink::Then),
];

impl<'a> Kinds<'a> {
    /// Those of some talks.
    fn of<'t>(talks: impl Iterator<Item = &'t Talk<'a>>) -> Self
    where
        'a: 't,
    {
        let Some((other, named)) = ledgers::TalkKind::ALL.split_last() else {
            return Kinds(Vec::new());
        };
        let mut used: Vec<(&str, usize)> = Vec::new();
        let mut without = false;
        for talk in talks {
            match talk.told {
                Told::Kind(_) => {}
                Told::Unnamed(_) => without = true,
                Told::Platform(name) => match used.iter_mut().find(|u| u.0 == name) {
                    Some(known) => known.1 += 1,
                    None => used.push((name, 1)),
                },
            }
        }
        used.arrange_by_key(|u| (std::cmp::Reverse(u.1), u.0));
        without |= used.len() > PAINTS.len();
        let kind = |(c, paint): (&'static Choice, Paint)| TalkKind {
            name: c.label,
            fields: vec![("kind", c.code)],
            paint,
        };
        let platforms = used.iter().zip(PAINTS).map(|(used, paint)| TalkKind {
            name: used.0,
            fields: vec![("kind", other.code), ("platform", used.0)],
            paint,
        });
        let named = named.iter().zip([Paint::FIRST, Paint::SECOND]).map(kind);
        let rest = without.then(|| kind((other, Paint::solid(Ink::Then))));
        Kinds(named.chain(platforms).chain(rest).collect())
    }

    /// The place of a talk among them: the last where it has none of its own.
    fn place(&self, talk: &Talk) -> usize {
        let own = self.0.iter().position(|k| k.name == talk.told.label());
        own.unwrap_or(self.0.len().saturating_sub(1))
    }

    fn series(&self) -> Vec<Series> {
        let series = |kind: &TalkKind| Series {
            name: show::name(kind.name),
            paint: kind.paint,
        };
        self.0.iter().map(series).collect()
    }

    /// How many talks there are of each.
    fn count<'t>(&self, talks: impl Iterator<Item = &'t Talk<'t>>, days: Span) -> Vec<f64> {
        let mut counts = vec![0.0; self.0.len()];
        for talk in talks.filter(|t| days.has(t.day)) {
            if let Some(count) = counts.get_mut(self.place(talk)) {
                *count += 1.0;
            }
        }
        counts
    }
}

const NONE_YET: &str = "这个统计期还没有夜话";

/// What is said where nothing stands out: how many there were.
fn plain(whose: &str, count: f64) -> Option<String> {
    (count > 0.0).then(|| format!("{whose}夜话 {} 场", format::count(count as i64)))
}

/// The filter of the list that keeps what a period counts.
fn counted_in(source: Source, period: Period) -> String {
    counted_key_of(&NIGHT_TALKS, period, source.board.as_of())
}

/// The talks of the period as words and address.
fn behind_talks(source: Source, count: f64) -> Option<(String, String)> {
    let counted = counted_in(source, source.board.period());
    behind(
        NightTalk::LEDGER,
        count as usize,
        "条记录",
        &[(filter::COUNTED, &counted)],
    )
}

fn window(source: Source, talks: &[Talk]) -> Window {
    Window::of(source.board, talks.iter().map(|t| t.day).min())
}

/// Districts with their talks of the period.
fn by_district(source: Source) -> Vec<(String, String, f64)> {
    let of = |(id, name): (String, String)| {
        let reading = reading(source, &NIGHT_TALKS, &Scope::District(id.clone()));
        (id, name, number(reading.numerator))
    };
    districts(source).into_iter().map(of).collect()
}

/// `寺前片区`, or all who share the most talks; nothing where they are many or none had any.
pub fn most_talks(source: Source) -> Option<String> {
    let found = by_district(source);
    let totals: Vec<(&str, f64)> = found.iter().map(|d| (d.1.as_str(), d.2)).collect();
    let (tied, most) = finding::extreme(&totals, false)?;
    (most > 0.0 && tied.len() <= finding::NAMED && tied.len() < totals.len().max(2)).then(|| finding::listed(&tied))
}

/// Talks of each district by kind.
pub fn talks_by_district(source: Source) -> ChartVm {
    let found = by_district(source);
    let mut talks = talks(source);
    talks.retain(|t| source.board.span().has(t.day));
    let kinds = Kinds::of(talks.iter());
    let counted = counted_in(source, source.board.period());
    let row = |(id, name, _): &(String, String, f64)| {
        let own = talks.iter().filter(|t| t.district == id);
        let counts = kinds.count(own, source.board.span());
        let value = |(kind, count): (&TalkKind, f64)| {
            let mut filters = vec![district_filter(id)];
            filters.extend(&kind.fields);
            filters.push((filter::COUNTED, counted.as_str()));
            Value::of(count).linked(ledger_href(NightTalk::SCHEMA, &filters))
        };
        Row::new(name.clone(), kinds.0.iter().zip(counts).map(value).collect())
    };
    let rows: Vec<Row> = found.iter().map(row).collect();
    let totals: Vec<(&str, f64)> = found.iter().map(|d| (d.1.as_str(), d.2)).collect();
    ChartVm {
        figure: figure(
            finding::peak(&totals, "夜话场次", "场"),
            NONE_YET,
            "片区",
            "场",
            Kind::Bars(Bars {
                series: kinds.series(),
                rows,
                ordered: false,
                show_unit: false,
            }),
        ),
        about: format!("各片区夜话场次（场）· {}", source.board.period().label()),
        records: behind_talks(source, totals.iter().map(|t| t.1).sum()),
    }
}

/// Talks step by step against the same days of the year before.
pub fn talks_by_month(source: Source) -> ChartVm {
    let talks = talks(source);
    let window = window(source, &talks);
    let of = |step: &Step| step.is_known().then(|| count(talks.iter(), step.days));
    let now: Vec<Option<f64>> = window.steps.iter().map(of).collect();
    let before = window.before.filter(|days| talks.iter().any(|t| t.day <= days.to));
    let total = count(talks.iter(), window.span);
    let mut lines = vec![Line {
        name: window.lines.0.clone(),
        stroke: Stroke::Now,
        values: values(&now),
    }];
    if before.is_some() {
        let of = |step: &Step| step.is_known().then(|| count(talks.iter(), step.before));
        let then: Vec<Option<f64>> = window.steps.iter().map(of).collect();
        lines.push(Line {
            name: window.lines.1.clone(),
            stroke: Stroke::Then,
            values: values(&then),
        });
    }
    let known = window.steps.iter().zip(&now);
    let named: Vec<(&str, f64)> = known.filter_map(|(s, v)| Some((s.word.as_str(), (*v)?))).collect();
    let sums = before.map(|days| (total, count(talks.iter(), days)));
    let title = finding::course(&named, &window.until, sums).filter(|_| total > 0.0);
    let compared = if before.is_some() { "，与上年同期" } else { "" };
    ChartVm {
        figure: figure(
            title.or_else(|| plain(&source.whose(), total)),
            NONE_YET,
            "时间",
            "场",
            Kind::Trend(Trend {
                steps: window.steps.iter().map(|s| s.name.clone()).collect(),
                lines,
                target: None,
            }),
        ),
        about: format!("{}夜话场次（场）· {}{compared}", source.whose(), window.words),
        records: behind_talks(source, total),
    }
}

/// The kinds of talk, step by step.
pub fn kinds_by_month(source: Source) -> ChartVm {
    let talks = talks(source);
    let window = window(source, &talks);
    let kinds = Kinds::of(talks.iter().filter(|t| window.span.has(t.day)));
    let sums = kinds.count(talks.iter(), window.span);
    let (all, star) = (sums.iter().sum::<f64>(), sums.get(1).copied().unwrap_or(0.0));
    let title = finding::share_word(star, all)
        .filter(|_| all > 0.0)
        .map(|share| match star > 0.0 {
            true => format!("星空夜话占{}，{} 场", spaced(&share), format::count(star as i64)),
            false => "还没有星空夜话".to_owned(),
        });
    let row = |step: &Step| {
        let value = |(kind, count): (&TalkKind, f64)| {
            let value = Value::of(count);
            let Some(period) = step.period else { return value };
            let counted = counted_in(source, period);
            let mut filters = kind.fields.clone();
            filters.push((filter::COUNTED, counted.as_str()));
            value.linked(ledger_href(NightTalk::SCHEMA, &filters))
        };
        let counts = kinds.count(talks.iter(), step.days);
        Row::new(step.name.clone(), kinds.0.iter().zip(counts).map(value).collect())
    };
    ChartVm {
        figure: figure(
            title,
            NONE_YET,
            "时间",
            "场",
            Kind::Columns(Columns {
                series: kinds.series(),
                rows: window.known().map(row).collect(),
                stacked: false,
            }),
        ),
        about: format!("各种夜话场次（场）· {}", window.words),
        records: behind_talks(source, all),
    }
}

/// A share in a sentence: figures stand off, words do not.
fn spaced(share: &str) -> String {
    if share.starts_with(|c: char| c.is_ascii_digit()) {
        format!(" {share}")
    } else {
        share.to_owned()
    }
}

/// Talks step by step as columns, of the town or of a district, for the meeting room screen.
pub fn talk_columns(source: Source, district: Option<&str>) -> ChartVm {
    let talks = talks(source);
    let window = window(source, &talks);
    let own = |t: &&Talk| district.is_none_or(|d| t.district == d);
    let of = |step: &Step| count(talks.iter().filter(own), step.days);
    let rows = window.known().map(|s| Row::new(s.name.clone(), vec![Value::of(of(s))]));
    let rows: Vec<Row> = rows.collect();
    let named: Vec<(&str, f64)> = rows
        .iter()
        .filter_map(|r| Some((r.label.as_str(), r.total()?)))
        .collect();
    let whose = district.map_or_else(|| source.whose(), |_| "本片区".to_owned());
    let title = finding::crest(&named).map(|(steps, most)| {
        let each = if steps.contains('和') { "各" } else { "" };
        format!("{steps}夜话最密，{whose}{each} {most} 场")
    });
    let total: f64 = named.iter().map(|n| n.1).sum();
    ChartVm {
        figure: figure(
            title.or_else(|| plain(&whose, total)),
            NONE_YET,
            "时间",
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
        about: window.words,
        records: None,
    }
}

/// Talks of each unit in each step of the period.
pub fn talks_heat(source: Source) -> ChartVm {
    let talks = talks(source);
    let window = window(source, &talks);
    let steps: Vec<&Step> = window.known().collect();
    let names = districts(source);
    let full: Vec<&str> = names.iter().map(|d| d.1.as_str()).collect();
    let short = short_district_names(&full);
    let whole = counted_in(source, source.board.period());
    let groups = names.iter().zip(short).map(|((id, _), label)| {
        let units = source.board.frame().units.iter().filter(|u| u.district == *id);
        let rows = units.map(|unit| {
            let own: Vec<&Talk> = talks
                .iter()
                .filter(|t| unit.codes.iter().any(|c| c == t.unit))
                .collect();
            let cell = |step: &&Step| {
                let value = Value::of(count(own.iter().copied(), step.days));
                let Some(period) = step.period else { return value };
                let counted = counted_in(source, period);
                let filters = [unit_filter(&unit.code), (filter::COUNTED, counted.as_str())];
                value.linked(ledger_href(NightTalk::SCHEMA, &filters))
            };
            HeatRow {
                label: unit.name.clone(),
                cells: steps.iter().map(cell).collect(),
                key: Some(ledger_href(
                    NightTalk::SCHEMA,
                    &[unit_filter(&unit.code), (filter::COUNTED, whole.as_str())],
                )),
            }
        });
        HeatGroup {
            label,
            rows: rows.collect(),
        }
    });
    let groups: Vec<HeatGroup> = groups.collect();
    let named: Vec<(&str, f64)> = steps
        .iter()
        .map(|s| (s.word.as_str(), count(talks.iter(), s.days)))
        .collect();
    let total = count(talks.iter(), window.span);
    ChartVm {
        figure: figure(
            finding::densest(&named, 3, "场次").or_else(|| plain(&source.whose(), total)),
            NONE_YET,
            "村（社区）",
            "场",
            Kind::Heat(Heat {
                column_title: window.title().to_owned(),
                columns: steps.iter().map(|s| s.short.clone()).collect(),
                groups,
                sum: Some("合计".to_owned()),
                steps: Steps::Found,
                number_from: 2.0,
            }),
        ),
        about: format!("村（社区）夜话场次（场）· {}", window.words),
        records: behind_talks(source, total),
    }
}

/// One night talk as charts count it.
struct Talk<'a> {
    unit: &'a str,
    district: &'a str,
    day: Day,
    told: Told<'a>,
}

/// The talks of the units in being, up to the last day of the period, from the beginning of the records.
fn talks<'a>(source: Source<'a>) -> Vec<Talk<'a>> {
    let to = source.board.span().to;
    let units = &source.board.frame().units;
    let all = rows::<NightTalk>(source.records).into_iter();
    let talk = |t: NightTalk<'a>| {
        let unit = t.unit()?;
        let own = units.iter().find(|u| u.codes.iter().any(|c| c == unit))?;
        Some(Talk {
            unit,
            district: &own.district,
            day: t.date().filter(|d| *d <= to)?,
            told: Told::of(t)?,
        })
    };
    all.filter_map(talk).collect()
}

/// How many talks fall on the days.
fn count<'t>(talks: impl Iterator<Item = &'t Talk<'t>>, days: Span) -> f64 {
    talks.filter(|t| days.has(t.day)).count() as f64
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
            (true, _) => Status::Done,
            (_, true) => Status::Late,
            _ if progress + 20.0 < due_share(start, due, day) => Status::Warn,
            _ => Status::Ok,
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
    let slow = tasks
        .iter()
        .map(|t| (t.label.as_str(), matches!(t.standing, Status::Late | Status::Warn)));
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
                today: today(source.board.as_of(), year),
                tasks,
            }),
        ),
        about: format!("{name}{}计划事项 · 深色为已完成部分{left}", axis_words(source)),
        records: behind(PlanItem::LEDGER, count, "项", &[unit_filter(code)]),
    }
}
