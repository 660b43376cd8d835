//! Workbooks of several sheets: the whole town with its summary first, the list of units, and one unit or district.

use office::sheet::{Look, Sheet};

use super::seen::{Over, Read, follow_ups, line_of, numbers, plain, sheet, words};
use super::withheld::tells_of_people;
use super::write::{Personal, everything};
use crate::model::engine::indicator::{Board, Scope};
use crate::model::ledger::Programme;
use crate::model::programmes::catalogue;
use crate::model::programmes::dream::indicators::NIGHT_TALKS;
use crate::model::programmes::indicators;
use crate::model::status::Status;
use crate::replica::Replica;
use crate::view::charts::Source;
use crate::view::follow::FollowVm;
use crate::view::person_page::PersonPage;
use crate::view::places::{FactVm, HappenedVm, PlacePage, PlaceVm};
use crate::view::programmes::dream::process::ProcessVm;
use crate::view::standing::{Overdue, worst};
use crate::view::statistics::StatisticVm;
use crate::view::unit_page::PersonVm;
use crate::view::{format, overview, places, show, summary_table, unit_page};

/// 全镇工作簿: the summary of all units by all indicators, then every ledger that holds something, all fields.
pub fn whole_town(replica: &Replica, board: &Board, town: &str, personal: Personal) -> Vec<Sheet> {
    let table = summary_table::build(board, replica, summary_table::chosen(None), None);
    let day = board.as_of();
    let about = format!("统计期：{}", board.period().label());
    let first = summary_table::sheet(
        board,
        &table,
        format!("{town}党建工作汇总表"),
        line_of(town, &about, day),
    );
    let mut sheets: Vec<Sheet> = (!table.rows.is_empty()).then_some(first).into_iter().collect();
    sheets.extend(everything(replica, town, day, personal));
    sheets
}

/// The list of units as the page 村（社区） shows it, with the progress of the five programmes in words.
pub fn units(source: Source, overdue: &Overdue, over: &Over, personal: Personal) -> Sheet {
    let names = personal != Personal::LeftOut;
    let board = source.board;
    let mut heads = vec![words("片区"), words("村（社区）")];
    if names {
        heads.push(words("书记"));
    }
    heads.push(numbers("夜话，场"));
    heads.extend(Programme::ALL.map(|programme| numbers(format!("{}进度", programme.label()))));
    heads.push(words("状态"));
    let figures = |scope: &Scope| {
        let talks = overview::figure(board, &NIGHT_TALKS, scope).plain;
        let progress = Programme::ALL.map(|p| format::or_unknown(board.progress(p, scope), format::whole));
        std::iter::once(talks).chain(progress).collect::<Vec<_>>()
    };
    let mut rows: Vec<Read> = Vec::new();
    for id in board.frame().groups() {
        let within = Scope::District(id.to_owned());
        let district = show::district_name(source.records, id);
        for unit in board.frame().units_in(&within) {
            let mut cells = vec![district.clone(), unit.name.clone()];
            if names {
                cells.push(overview::secretary(source.records, &unit.code, board.as_of()).unwrap_or_default());
            }
            cells.extend(figures(&Scope::Unit(unit.code.clone())));
            cells.push(worst(board, overdue, &unit.code).word().to_owned());
            rows.push(plain(cells));
        }
        // What is here of one unit says nothing of its district.
        if !matches!(board.reach(), Scope::Unit(_)) {
            let mut cells = vec![format!("{district}小计"), String::new()];
            cells.extend(names.then(String::new));
            cells.extend(figures(&within));
            cells.push(String::new());
            rows.push((Look::Subtotal, cells));
        }
    }
    if *board.reach() == Scope::Town && !rows.is_empty() {
        let mut cells = vec!["全镇合计".to_owned(), String::new()];
        cells.extend(names.then(String::new));
        cells.extend(figures(&Scope::Town));
        cells.push(String::new());
        rows.push((Look::Total, cells));
    }
    sheet("村（社区）", over, heads, rows)
}

/// The page of a unit or district as a workbook: its figures, what needs a hand, contacts, places, honours, people.
pub fn of_scope(source: Source, scope: &Scope, todo: &[FollowVm], over: &Over, personal: Personal) -> Vec<Sheet> {
    let mut sheets = vec![readings(source, &Programme::ALL, scope, over)];
    if matches!(scope, Scope::District(_)) {
        sheets.push(contained(source, scope, over));
    }
    sheets.push(follow_ups(source.records, todo, over, personal));
    let log = unit_page::contact_log(source, scope, usize::MAX)
        .into_iter()
        .map(|log| {
            let day = log.day.map_or_else(String::new, |day| day.to_string());
            plain([day, log.unit, log.what])
        });
    sheets.push(sheet(
        "片区联系",
        over,
        ["日期", "村（社区）", "方式"].map(words).into(),
        log.collect(),
    ));
    if let Scope::Unit(code) = scope {
        sheets.extend(of_unit(source, code, over, personal));
    }
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// The page of a programme: its figures, and what is missing.
pub fn of_programme(
    source: Source,
    (programme, scope): (Programme, &Scope),
    todo: &[FollowVm],
    over: &Over,
    personal: Personal,
) -> Vec<Sheet> {
    let mut sheets = vec![
        readings(source, &[programme], scope, over),
        follow_ups(source.records, todo, over, personal),
    ];
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// All indicators of some programmes.
fn readings(source: Source, of: &[Programme], scope: &Scope, over: &Over) -> Sheet {
    let heads = vec![
        words("工程"),
        words("指标"),
        numbers("实际"),
        numbers("总数"),
        numbers("比例"),
        words("计量单位"),
        words("目标"),
        words("离目标"),
        words("状态"),
    ];
    let own = indicators().filter(|indicator| of.contains(&indicator.programme));
    let rows = own.map(|indicator| {
        let (figure, reading) = (
            overview::figure(source.board, indicator, scope),
            source.board.reading(indicator, scope),
        );
        let (wanted, distance) = overview::goal_words(&reading);
        let status = match reading.progress {
            Some(_) => reading.status.word(),
            None => reading.unjudged(),
        };
        let [done, all, share] = figure.in_columns();
        plain([
            indicator.programme.label().to_owned(),
            indicator.name.to_owned(),
            done,
            all,
            share,
            indicator.measure.to_owned(),
            wanted,
            distance,
            status.to_owned(),
        ])
    });
    let name = if let [one] = of { one.label() } else { "五项工程" };
    sheet(name, over, heads, rows.collect())
}

/// The units of a district by all indicators.
fn contained(source: Source, scope: &Scope, over: &Over) -> Sheet {
    let mut table = summary_table::build(source.board, source.records, summary_table::chosen(None), None);
    let inside = |row: &Scope| match row {
        Scope::Unit(code) => source.board.frame().units_in(scope).any(|unit| unit.code == *code),
        other => other == scope,
    };
    table.rows.retain(|row| inside(&row.scope));
    summary_table::sheet(source.board, &table, over.title.clone(), over.line.clone())
}

/// What happened, with day and ledger.
fn happened(name: &str, all: Vec<HappenedVm>, over: &Over) -> Sheet {
    let heads = ["日期", "台账", "记录"].map(words).into();
    let rows = all.into_iter().map(|h| plain([h.day, h.ledger.to_owned(), h.what]));
    sheet(name, over, heads, rows.collect())
}

/// People with what they are.
fn people(name: &str, all: Vec<PersonVm>, over: &Over) -> Sheet {
    let heads = ["姓名", "身份", "起始"].map(words).into();
    let rows = all
        .into_iter()
        .map(|person| plain([person.name, person.role, person.since]));
    sheet(name, over, heads, rows.collect())
}

fn facts(all: Vec<FactVm>, over: &Over) -> Sheet {
    let rows = all.into_iter().map(|fact| plain([fact.label.to_owned(), fact.text]));
    sheet("基本情况", over, ["项目", "内容"].map(words).into(), rows.collect())
}

/// The page of a person, a sheet for each of its tables.
pub fn of_person(page: PersonPage, over: &Over) -> Vec<Sheet> {
    let path = page.path.into_iter();
    let path = path.map(|station| plain([station.when, station.role, station.unit, station.facts]));
    let next = page
        .next
        .into_iter()
        .map(|next| plain([next.what, next.why, next.when]));
    let next_heads = ["要办的", "为什么", "期限"].map(words).into();
    let path_heads = ["起止", "身份", "村（社区）", "情况"].map(words).into();
    let mut sheets = vec![
        facts(page.facts, over),
        sheet("经历", over, path_heads, path.collect()),
        sheet("下一步", over, next_heads, next.collect()),
        happened("谈话和联系", page.talks, over),
        happened("其他有关记录", page.others, over),
        people("相关的人", page.ties, over),
    ];
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// The page of a place, a sheet for each of its tables. Without people, who leads and belongs to it is left out.
pub fn of_place(page: PlacePage, over: &Over, personal: Personal) -> Vec<Sheet> {
    let named = personal != Personal::LeftOut;
    let mut known = page.facts;
    let fields = places::LEDGERS.iter().flat_map(|ledger| ledger.fields);
    known.retain(|fact| {
        named
            || !fields
                .clone()
                .any(|field| field.label == fact.label && tells_of_people(field))
    });
    let mut sheets = vec![facts(known, over)];
    if named {
        sheets.push(people("负责人和党员", page.people, over));
    }
    sheets.push(places_of("湾子和网格", page.within, over, named));
    sheets.push(happened("这里的记录", page.happened, over));
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// The statistics of a programme, a sheet for each of its tables: `rows` are those of a section, each with what it was in
/// the periods before.
pub fn of_statistics(
    title: &str,
    rows: Vec<(StatisticVm, Vec<String>)>,
    before: &[&'static str],
    over: &Over,
) -> Sheet {
    let mut heads = vec![
        words("统计"),
        numbers("数"),
        numbers("总数"),
        numbers("比例"),
        words("计量单位"),
    ];
    heads.extend(before.iter().map(|word| words(*word)));
    heads.extend([words("其中"), words("口径")]);
    let rows = rows.into_iter().filter(|(vm, _)| vm.applies).map(|(vm, then)| {
        let figure = vm.figure;
        let [done, all, share] = figure.in_columns();
        let done = vm.unjudged.map_or(done, str::to_owned);
        let measure = figure.indicator.measure.to_owned();
        let mut cells = vec![figure.indicator.name.to_owned(), done, all, share, measure];
        cells.extend(then);
        let unknown = (vm.unknown > 0).then(|| format!("{} 个没有填报", vm.unknown));
        let parts = Some(vm.parts).filter(|parts| !parts.is_empty());
        cells.push(parts.into_iter().chain(unknown).collect::<Vec<_>>().join("，"));
        cells.push(figure.definition);
        plain(cells)
    });
    sheet(title, over, heads, rows.collect())
}

/// How far the units are with their plans.
pub fn of_process(vm: ProcessVm, over: &Over) -> Vec<Sheet> {
    let heads = vec![
        words("村（社区）"),
        words("状态"),
        words("所在环节"),
        numbers("已停留，天"),
        words("日期"),
        numbers("退回，次"),
    ];
    let rows = vm.units.into_iter().map(|unit| {
        plain([
            unit.name,
            match unit.status {
                Status::None => "没有填报".to_owned(),
                status => status.word().to_owned(),
            },
            unit.stage.to_owned(),
            unit.waiting.map_or_else(String::new, |days| days.to_string()),
            unit.since.map_or_else(String::new, |day| day.to_string()),
            unit.returned.to_string(),
        ])
    });
    let steps = vm.steps.into_iter().zip(1..);
    let steps = steps.map(|(step, number)| {
        plain([
            format!("{number}. {}", step.label),
            step.who.to_owned(),
            step.here.to_string(),
        ])
    });
    let step_heads = vec![words("步骤"), words("办理"), numbers("停在这一步")];
    vec![
        sheet("各村（社区）进度", over, heads, rows.collect()),
        sheet("步骤", over, step_heads, steps.collect()),
    ]
}

/// Places with their kind, households and who leads them.
fn places_of(name: &str, all: Vec<PlaceVm>, over: &Over, named: bool) -> Sheet {
    // Who leads a place is said in the last column.
    let mut heads = vec![words("名称"), words("类型"), numbers("户数，户")];
    heads.extend(named.then(|| words("负责人、党员")));
    let rows = all.into_iter().map(|place| {
        let mut cells = vec![
            place.name,
            place.kind.to_owned(),
            place.households.trim_end_matches(" 户").to_owned(),
        ];
        cells.extend(named.then_some(place.about));
        plain(cells)
    });
    sheet(name, over, heads, rows.collect())
}

fn of_unit(source: Source, code: &str, over: &Over, personal: Personal) -> Vec<Sheet> {
    let named = personal != Personal::LeftOut;
    let places = places::places(source.records, code, source.board.as_of());
    let mut sheets = vec![places_of("湾子、小组和小区", places, over, named)];
    let honours = places::distinctions(source, catalogue(), code);
    sheets.push(happened("联合党委、荣誉和试点", honours, over));
    if named {
        sheets.push(people("人员", unit_page::people(source, code), over));
    }
    sheets
}
