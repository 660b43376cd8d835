//! Statistics read in tests: as one line of words, as the title of their drawing.
#![allow(dead_code)]

use crate::rec;
use crate::rows_support::{day, set};
use tiancheng::model::engine::indicator::{Form, Indicator, Period, Reading, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet as sample};
use tiancheng::model::programmes::{STATISTICS, evaluate, figure_by_id, statistics_board};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::model::value::{Decimal, Value};
use tiancheng::view::charts::{ChartVm, Source};
use tiancheng::view::programmes::sections;
use tiancheng::view::section::{Drawn, Shown};
use tiancheng::view::statistics::{drawing, row};

/// Two villages and a community.
pub fn units() -> Vec<Draft> {
    vec![
        rec!("unit", "u1", name = "示例一村", kind = "village", district = "d01"),
        rec!("unit", "u2", name = "示例二村", kind = "village", district = "d01"),
        rec!("unit", "u3", name = "示例社区", kind = "community", district = "d02"),
    ]
}

fn figure(id: &str) -> &'static Indicator {
    figure_by_id(id).unwrap_or_else(|| panic!("no figure {id}"))
}

/// The value in the year of a day, up to that day: of a board, which is that of [`evaluate`].
pub fn read(records: &Sheet, id: &str, on: &str, scope: &Scope) -> Reading {
    let (figure, on) = (figure(id), day(on));
    let period = Period::Year(on.year());
    let alone = evaluate(figure, records, period, on, scope);
    if STATISTICS.all().any(|s| s == figure) {
        let mut board = statistics_board(period, on);
        board.refresh(records);
        let reading = board.reading(figure, scope);
        assert_eq!(
            (reading.numerator, reading.denominator, &reading.parts, reading.units),
            (alone.numerator, alone.denominator, &alone.parts, alone.units),
            "{id}"
        );
    }
    alone
}

fn over(amount: Decimal, of: Decimal) -> String {
    match of == Decimal::ZERO {
        true => amount.to_string(),
        false => format!("{amount}/{of}"),
    }
}

fn line(reading: &Reading) -> String {
    let some = reading
        .parts
        .iter()
        .filter(|p| p.amount != Decimal::ZERO || p.of != Decimal::ZERO);
    let parts = some.map(|p| format!(" {} {}", p.label, over(p.amount, p.of)));
    over(reading.numerator, reading.denominator) + &parts.collect::<String>()
}

/// `2/3 有后备 2 没有后备 1`: the value of the town and the parts that are not zero.
pub fn said(records: &Sheet, id: &str, on: &str) -> String {
    line(&read(records, id, on, &Scope::Town))
}

/// The same of a unit.
pub fn said_of(records: &Sheet, id: &str, on: &str, unit: &str) -> String {
    line(&read(records, id, on, &Scope::Unit(unit.into())))
}

fn all_shown(programme: Programme) -> impl Iterator<Item = &'static Shown> {
    sections(programme).iter().flat_map(|s| s.shown)
}

/// The title of the drawing of a statistic.
pub fn drawn(records: &Sheet, id: &str, on: &str) -> String {
    drawing_of(records, id, on).figure.title
}

/// The drawing of a statistic of the town.
pub fn drawing_of(records: &Sheet, id: &str, on: &str) -> ChartVm {
    let (figure, on) = (figure(id), day(on));
    let mut board = statistics_board(Period::Year(on.year()), on);
    board.refresh(records);
    let shown = all_shown(figure.programme)
        .find(|s| *s.statistic == *figure)
        .expect("is shown");
    let source = Source { records, board: &board };
    drawing(source, shown, &Scope::Town).expect("a drawing")
}

/// The value of the town over a period, up to a day.
pub fn read_in(records: &Sheet, id: &str, period: Period, on: &str) -> Reading {
    evaluate(figure(id), records, period, day(on), &Scope::Town)
}

/// The value of the town in the year of a day, up to that day.
pub fn read_of_town(records: &Sheet, id: &str, on: &str) -> Reading {
    read(records, id, on, &Scope::Town)
}

/// `numerator/denominator`, or the numerator alone; how many units entered nothing; the parts that are not zero.
pub fn is(reading: &Reading, value: &str, unknown: usize, parts: &str) {
    let some = reading.parts.iter().filter(|p| p.amount != Decimal::ZERO);
    let some = some.map(|p| format!("{} {}", p.label, over(p.amount, p.of)));
    let said = (
        over(reading.numerator, reading.denominator),
        reading.unknown,
        some.collect::<Vec<_>>().join("、"),
    );
    let wanted = (value.to_owned(), unknown, parts.to_owned());
    assert_eq!(said, wanted, "{}", reading.indicator.id);
}

/// Records that fall short, and units without one.
pub fn short(reading: &Reading) -> Vec<String> {
    let named = reading
        .missing()
        .map(|m| m.record.as_ref().map_or(m.unit.to_string(), |r| r.id.to_string()));
    named.collect()
}

/// A record with more fields: numbers, and words.
pub fn filled(mut draft: Draft, numbers: &[(&str, i64)], words: &[(&str, &str)]) -> Draft {
    for (field, number) in numbers {
        set(&mut draft, field, Value::Int(*number));
    }
    for (field, text) in words {
        set(&mut draft, field, Value::text(*text));
    }
    draft
}

/// Every statistic of a programme stands once on its page, in the order of its declaration; its drawing has a title that
/// says something. In the sample each is known but those named.
pub fn each_is_on_the_page_once(programme: Programme, but: &[&str]) {
    let records = sample(&SampleOptions::default());
    let mut board = statistics_board(Period::Year(2022), as_of());
    board.refresh(&records);
    let source = Source {
        records: &records,
        board: &board,
    };
    let mut ids: Vec<&str> = Vec::new();
    for shown in all_shown(programme) {
        let id = shown.statistic.id;
        ids.push(id);
        let is_unknown = row(source, shown, &Scope::Town).unjudged.is_some();
        assert_eq!(is_unknown, but.contains(&id), "{id}");
        if let Some(vm) = drawing(source, shown, &Scope::Town) {
            assert!(!vm.figure.title.is_empty() && vm.records.is_some(), "{id}");
        }
    }
    let declared: Vec<&str> = STATISTICS.of(programme).map(|s| s.id).collect();
    assert_eq!(ids, declared);
}

/// Every statistic of a programme says `没有填报`, and so does its drawing.
pub fn everything_is_unknown(programme: Programme, records: &Sheet, but: &[&str]) {
    for statistic in STATISTICS.of(programme).filter(|s| !but.contains(&s.id)) {
        let reading = read(records, statistic.id, "2022-11-22", &Scope::Town);
        let is_unknown = reading.is_unknown() || (reading.indicator.form == Form::Share && line(&reading) == "0");
        assert!(is_unknown, "{}", statistic.id);
        assert!(reading.records().next().is_none(), "{}", statistic.id);
    }
}

/// Every statistic of a programme counts something in the sample town but those named, and each is shown once.
pub fn nothing_is_empty(programme: Programme, but: &[&str]) {
    let records = sample(&SampleOptions::default());
    for statistic in STATISTICS.of(programme) {
        let reading = read(&records, statistic.id, &as_of().to_string(), &Scope::Town);
        let is_empty = reading.is_unknown() || reading.records().next().is_none();
        assert_eq!(is_empty, but.contains(&statistic.id), "{}", statistic.id);
        let shown: Vec<&Shown> = all_shown(programme).filter(|s| *s.statistic == *statistic).collect();
        assert_eq!(shown.len(), 1, "{}", statistic.id);
        if shown[0].drawn != Drawn::Not {
            let title = drawn(&records, statistic.id, &as_of().to_string());
            assert!(!title.is_empty() && !title.contains('/'), "{}: {title}", statistic.id);
            println!("{}: {title}", statistic.id);
        }
    }
}
