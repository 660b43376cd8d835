//! Pages of 筑梦 on records whose outcome is worked out by hand: the way of a plan, platforms of the town's own, the event
//! from which it counts.

mod rows_support;

use rows_support::{day, sheet};
use tiancheng::chart::Kind;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::programmes;
use tiancheng::model::programmes::dream::indicators::NIGHT_TALKS;
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::model::status::Status;
use tiancheng::view::charts::{ChartVm, Source, kinds_by_month, talks_by_district};
use tiancheng::view::programmes::card_line;
use tiancheng::view::programmes::dream::process::{ProcessVm, process};
use tiancheng::view::reach;

fn units() -> Vec<Draft> {
    ["u1", "u2", "u3", "u4", "u5"]
        .map(|code| rec!("unit", code, name = code, kind = "village", district = "d1"))
        .into()
}

fn with(more: impl IntoIterator<Item = Draft>) -> Sheet {
    let district = rec!("district", "d1", name = "城东片区");
    sheet(units().into_iter().chain([district]).chain(more).collect())
}

fn on<R>(records: &Sheet, period: Period, on: &str, read: impl FnOnce(Source) -> R) -> R {
    let mut board = programmes::board(period, day(on));
    board.refresh(records);
    read(Source { records, board: &board })
}

fn way(records: &Sheet, on_day: &str) -> ProcessVm {
    on(records, Period::Year(2022), on_day, process)
}

/// `u1 草拟 10 正常`.
fn said(vm: &ProcessVm) -> Vec<String> {
    let said = vm.units.iter().map(|u| {
        let days = u.waiting.map_or_else(|| "-".to_owned(), |d| d.to_string());
        format!("{} {} {days} {}", u.name, u.stage, u.status.word())
    });
    said.collect()
}

/// Z7: within 15 days at a step a plan is 正常, up to 30 预警, then 滞后; final is 完成, and who never entered one is not late.
#[test]
fn the_process_tells_how_far_each_unit_is() {
    let plan = |id: &str, unit: &str, year: i64| {
        rec!(
            "plan",
            id,
            unit = unit,
            kind = "annual",
            year = year,
            drafted = "2022-03-01",
            summary = "修路"
        )
    };
    let mut done = plan("p1", "u1", 2022);
    for (field, on) in [
        ("shown", "2022-03-02"),
        ("consulted", "2022-03-03"),
        ("guided", "2022-03-04"),
        ("approved", "2022-03-05"),
        ("finalised", "2022-03-06"),
    ] {
        done = rows_support::with(done, field, on);
    }
    let shown = rows_support::with(plan("p2", "u2", 2022), "shown", "2022-03-16");
    let other_year = plan("p4", "u4", 2021);
    let back = rec!(
        "plan_return",
        "r1",
        unit = "u2",
        plan = "p2",
        stage = "guide",
        date = "2022-03-10",
        comment = "写清期限"
    );
    let town = with([done, shown, plan("p3", "u3", 2022), other_year, back]);
    let vm = way(&town, "2022-03-31");
    assert_eq!(
        said(&vm),
        [
            "u4 还没有计划 - 滞后",
            "u3 草拟 30 预警",
            "u2 晒计划 15 正常",
            "u5 还没有计划 - 无数据",
            "u1 定稿 - 完成",
        ]
    );
    let here: Vec<usize> = vm.steps.iter().map(|s| s.here).collect();
    assert_eq!(here, [1, 1, 0, 0, 0, 1]);
    let u2 = vm.units.iter().find(|u| u.name == "u2").expect("u2");
    assert_eq!((u2.returned, u2.since), (1, Some(day("2022-03-16"))));
    // A day more turns both round.
    let vm = way(&town, "2022-04-01");
    assert_eq!(said(&vm)[0], "u3 草拟 31 滞后");
    assert_eq!(said(&vm)[2], "u2 晒计划 16 预警");
    // The earlier town.
    let vm = way(&town, "2022-03-05");
    assert_eq!((vm.count(Status::Done), vm.count(Status::Ok)), (0, 3));
    let limit = rec!("setting", "rule.stuck_days", value = "30");
    let slow = way(&with([plan("p3", "u3", 2022), limit]), "2022-03-31");
    assert_eq!(said(&slow)[0], "u3 草拟 30 正常");
}

fn talk(id: &str, unit: &str, kind: &str, platform: &str) -> Draft {
    let talk = rec!(
        "night_talk",
        id,
        unit = unit,
        kind = kind,
        date = "2022-03-02",
        place = "一组"
    );
    match platform {
        "" => talk,
        name => rows_support::with(talk, "platform", name),
    }
}

fn legend(vm: &ChartVm) -> Vec<(String, Vec<f64>)> {
    let (series, rows) = match &vm.figure.kind {
        Kind::Bars(bars) => (&bars.series, &bars.rows),
        Kind::Columns(columns) => (&columns.series, &columns.rows),
        _ => panic!("{}", vm.figure.title),
    };
    let paints: std::collections::BTreeSet<String> = series.iter().map(|s| format!("{:?}", s.paint)).collect();
    assert_eq!(paints.len(), series.len(), "every kind has a paint of its own");
    let values = |at: usize| rows.iter().map(|r| r.values[at].amount.unwrap_or(0.0)).collect();
    let named = series.iter().enumerate().map(|(at, s)| (s.name.clone(), values(at)));
    named.collect()
}

/// Z11: platforms stand beside the two kinds, the most used first; the fourth and those without a name are 其他.
#[test]
fn own_platforms_have_a_series_of_their_own() {
    let mut talks = vec![
        talk("a", "u1", "bay", ""),
        talk("b", "u1", "other", "屋场会"),
        talk("c", "u2", "other", " 屋场会 "),
        talk("d", "u2", "other", "共同缔造会"),
        // Who writes the name of a kind means the kind.
        talk("e", "u3", "other", "湾子夜话"),
    ];
    let year = Period::Year(2022);
    let read = |talks: &[Draft], draw: fn(Source) -> ChartVm| {
        on(&with(talks.iter().cloned()), year, "2022-03-31", |s| legend(&draw(s)))
    };
    let sum = |amount: f64| vec![amount];
    let own = [
        ("湾子夜话".to_owned(), sum(2.0)),
        ("星空夜话".to_owned(), sum(0.0)),
        ("屋场会".to_owned(), sum(2.0)),
        ("共同缔造会".to_owned(), sum(1.0)),
    ];
    assert_eq!(read(&talks, talks_by_district), own);
    let months = read(&talks, kinds_by_month);
    assert_eq!(months.len(), 4);
    assert_eq!(months[2].1.iter().sum::<f64>(), 2.0);
    let line = |talks: &[Draft]| {
        on(&with(talks.iter().cloned()), year, "2022-03-31", |s| {
            card_line(&s.board.reading(&NIGHT_TALKS, &Scope::Town))
        })
    };
    assert_eq!(line(&talks), "湾子夜话 2 · 星空夜话 0 · 屋场会 2 · 共同缔造会 1");
    talks.push(talk("f", "u1", "other", "恳谈会"));
    talks.push(talk("g", "u1", "other", "院坝会"));
    talks.push(talk("h", "u1", "other", ""));
    let names: Vec<(String, Vec<f64>)> = read(&talks, talks_by_district);
    assert_eq!(names.last(), Some(&("其他".to_owned(), sum(2.0))));
    assert_eq!(names.len(), 6);
    assert_eq!(names.iter().map(|n| n.1[0]).sum::<f64>(), 8.0);
}

/// Z12: figures that count from the town's start say since which event; those from another day do not.
#[test]
fn a_window_names_the_event_with_which_it_begins() {
    let town = with([rec!("setting", "window.event", value = "全镇动员会")]);
    let start = Period::Since(day("2022-02-10"));
    assert_eq!(reach::period_told(start, &town), "2022-02-10起（全镇动员会以来）");
    assert_eq!(reach::since(start, &with([])).as_deref(), Some("县委三级干部大会"));
    let moved = with([rec!("setting", "window.start", value = "2022-03-01")]);
    assert_eq!(reach::since(start, &moved), None);
    assert_eq!(reach::period_told(Period::Year(2022), &town), "2022年");
}
