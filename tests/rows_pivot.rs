//! Cross tables: talkers × secretaries (T9), measures × mobile members (M8), and that every figure leads to its records.

mod support;

use std::collections::BTreeSet;

use support::still::Still;
use tiancheng::desk::Desk;
use tiancheng::model::date::Month;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::Ledger;
use tiancheng::model::programmes;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::sample::{SampleOptions, as_of};
use tiancheng::model::programmes::{indicator_by_id, indicators};
use tiancheng::model::value::Decimal;
use tiancheng::view::list::build;
use tiancheng::view::overview::records_href;
use tiancheng::view::pivot::{Asked, Pivot, axes, pivot, sums};
use tiancheng::view::route::{Address, ListQuery, Route};

fn desk() -> Desk {
    Desk::sample(Still::new(7), &SampleOptions::default())
}

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect(id)
}

fn table(desk: &Desk, hash: &str) -> (Asked, Pivot) {
    let address = Address::parse(hash);
    let id = hash.trim_start_matches("#/l/").split('?').next().expect("a ledger");
    let ledger = ledger(id);
    let asked = Asked::of(&address, ledger).expect("a cross table");
    let list = build(desk.replica(), ledger, &ListQuery::of(&address.query), None);
    let pivot = pivot(desk.replica(), ledger, &list, &asked, &address, None);
    (asked, pivot)
}

fn number(text: &str) -> i64 {
    text.replace(',', "").parse().unwrap_or(0)
}

/// How many records stand behind an address of the list.
fn behind(desk: &Desk, id: &str, hash: &str) -> usize {
    let address = Address::parse(hash);
    assert!(Asked::of(&address, ledger(id)).is_none(), "{hash} leads to the list");
    build(desk.replica(), ledger(id), &ListQuery::of(&address.query), None)
        .rows
        .len()
}

/// T9: who talked with which secretary; every figure leads to just as many records.
#[test]
fn t9_talkers_by_secretary() {
    let desk = desk();
    let (asked, table) = table(&desk, "#/l/prior_talk?by=-");
    assert_eq!((asked.rows.as_str(), asked.columns.as_str()), ("secretary", "talkers"));
    assert_eq!(
        table.columns[..5],
        ["镇党委书记", "镇长", "副书记", "纪委书记", "组织委员"]
    );
    assert!(table.repeats, "one talk has several talkers");
    let all = build(desk.replica(), ledger("prior_talk"), &ListQuery::default(), None)
        .rows
        .len();
    assert_eq!(number(&table.total) as usize, all);
    let of_rows: i64 = table.rows.iter().map(|row| number(&row.total.text)).sum();
    assert_eq!(of_rows as usize, all, "each talk is with one secretary");
    let mut figures = 0;
    for cell in table.rows.iter().flat_map(|row| row.cells.iter().chain([&row.total])) {
        if cell.href.is_empty() {
            assert_eq!(cell.text, "");
            continue;
        }
        figures += 1;
        assert_eq!(
            behind(&desk, "prior_talk", &cell.href) as i64,
            number(&cell.text),
            "{}",
            cell.href
        );
    }
    assert!(figures > 39, "{figures}");
}

/// M8: the five measures of each mobile member; the row's sum is the score.
#[test]
fn m8_measures_by_member() {
    let desk = desk();
    let (asked, table) = table(&desk, "#/l/five_one?by=-&f.year=2022");
    assert_eq!((asked.rows.as_str(), asked.columns.as_str()), ("mobile", "measure"));
    assert_eq!(table.columns.len(), 5);
    assert!(!table.repeats);
    for row in &table.rows {
        let cells: i64 = row.cells.iter().map(|cell| number(&cell.text)).sum();
        assert_eq!(cells, number(&row.total.text), "{}", row.label);
        assert!((0..=5).contains(&cells), "{}", row.label);
    }
    let columns: i64 = table.totals.iter().map(|cell| number(&cell.text)).sum();
    assert_eq!(columns, number(&table.total));
}

/// Units without a record stand in the table; sums and months lead to their records; the figure of the article
/// comes out (Z8: 84 and 62 talks).
#[test]
fn talks_by_unit_and_month() {
    let desk = desk();
    let (_, by_kind) = table(&desk, "#/l/night_talk?by=unit&across=kind&f.year!=2022");
    assert_eq!(by_kind.rows.len(), 39);
    assert_eq!(by_kind.totals[0].text, "84");
    assert_eq!(by_kind.totals[1].text, "62");
    assert_eq!(by_kind.total, "146");
    let (_, by_month) = table(
        &desk,
        "#/l/night_talk?by=district&across=month!&sum=masses&f.year!=2022",
    );
    assert_eq!(by_month.rows.len(), 11);
    assert!(by_month.columns.iter().all(|month| month.starts_with("2022-")));
    let months: i64 = by_month.totals.iter().map(|cell| number(&cell.text)).sum();
    assert_eq!(months, number(&by_month.total));
    let month = &by_month.totals[0];
    assert!(behind(&desk, "night_talk", &month.href) > 0);
    // The month stays visible among the filters and can be taken off.
    let list = build(
        desk.replica(),
        ledger("night_talk"),
        &ListQuery::of(&Address::parse(&month.href).query),
        None,
    );
    let filter = list
        .filters
        .iter()
        .find(|f| f.label == "月份")
        .expect("the month's filter");
    assert_eq!(filter.chosen.as_deref(), Some(by_month.columns[0].as_str()));
}

/// Every figure leads to the very records it counts, in its period and on its day; the filter says so and can be
/// taken off.
#[test]
fn figures_lead_to_their_records() {
    let desk = desk();
    let replica = desk.replica();
    let mut followed = 0;
    for period in [
        Period::Year(2022),
        Period::Quarter(2022, 3),
        Period::Month(Month::new(2022, 11).expect("a month")),
    ] {
        let mut board = programmes::board(period, as_of());
        board.refresh(replica);
        for indicator in indicators() {
            for scope in [
                Scope::Town,
                Scope::District("d09".to_owned()),
                Scope::Unit("421223100211".to_owned()),
            ] {
                let reading = board.reading(indicator, &scope);
                let address = Address::parse(&records_href(&board, indicator, &scope));
                let Route::Ledger(id) = &address.route else {
                    panic!("{address:?}");
                };
                let list = build(replica, ledger(id), &ListQuery::of(&address.query), None);
                let counted: BTreeSet<&str> = reading.records().filter(|r| r.ledger == id).map(|r| &*r.id).collect();
                // A record may be of one unit and count for another, as an enterprise two cadres look after.
                if scope == Scope::Town {
                    assert_eq!(list.rows.len(), counted.len(), "{} {period:?}", indicator.id);
                }
                assert!(list.filters.iter().any(|f| f.label == "计入指标"), "{}", indicator.id);
                followed += list.rows.len();
            }
        }
        let talks = indicator_by_id("dream.night_talks").expect("an indicator");
        let scope = Scope::District("d09".to_owned());
        let shown = board.reading(talks, &scope).numerator;
        let address = Address::parse(&records_href(&board, talks, &scope));
        let list = build(replica, ledger("night_talk"), &ListQuery::of(&address.query), None);
        assert_eq!(Decimal::whole(list.rows.len() as i64), shown, "{period:?}");
    }
    assert!(followed > 1000, "{followed}");
}

/// Whatever the address asks for, there is a table or none; never rows against the same rows.
#[test]
fn any_address_is_answered() {
    let desk = desk();
    for ledger in catalogue().all() {
        let axes = axes(ledger);
        for query in [
            "",
            "?by=-",
            "?by=nothing&across=nothing&sum=nothing",
            "?by=unit&across=unit",
        ] {
            let address = Address::parse(&format!("#/l/{}{query}", ledger.id));
            let Some(asked) = Asked::of(&address, ledger) else {
                assert!(query.is_empty() || axes.len() < 2, "{} {query}", ledger.id);
                continue;
            };
            assert_ne!(asked.rows, asked.columns, "{}", ledger.id);
            assert!(asked.sum.is_empty() || sums(ledger).iter().any(|(key, _)| *key == asked.sum));
            let list = build(desk.replica(), ledger, &ListQuery::default(), None);
            let table = pivot(desk.replica(), ledger, &list, &asked, &address, None);
            assert_eq!(number(&table.total) as usize, list.rows.len(), "{}", ledger.id);
            assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
        }
    }
}

/// A printed list says whose it is, what was kept of it and when it was made, so that no part of a ledger passes for all.
#[test]
fn a_printed_list_says_what_was_kept_of_it() {
    let desk = desk();
    let talks = ledger("night_talk");
    let district = {
        let mut board = programmes::board(Period::All, as_of());
        board.refresh(desk.replica());
        board
            .frame()
            .units
            .iter()
            .find(|u| u.name == "寺前村")
            .expect("寺前村")
            .district
            .clone()
    };
    let line = |hash: &str| {
        let query = ListQuery::of(&Address::parse(hash).query);
        let list = build(desk.replica(), talks, &query, None);
        list.paper_line(&query, "天城镇", as_of())
    };
    assert_eq!(
        line("#/l/night_talk"),
        "单位：天城镇　筛选：全部　制表日期：2022年11月22日"
    );
    assert_eq!(
        line(&format!("#/l/night_talk?f.district={district}&f.kind=bay&q=黄精")),
        "单位：天城镇　筛选：类型 湾子夜话；片区 寺前片区；查找“黄精”　制表日期：2022年11月22日"
    );
}

/// Members of two years are not added: a total is what there is, the latest of each unit.
#[test]
fn snapshots_add_up_over_units_and_not_over_years() {
    let desk = desk();
    let (_, by_year) = table(&desk, "#/l/member_stats?by=district&across=year!&sum=total");
    let columns: Vec<i64> = by_year.totals.iter().map(|cell| number(&cell.text)).collect();
    assert_eq!(columns, [2_507, 2_585]);
    assert_eq!(by_year.total, "2,585");
    let list = build(desk.replica(), ledger("member_stats"), &ListQuery::default(), None);
    assert!(list.totals.iter().any(|t| t == "2,585"), "{:?}", list.totals);
    assert!(!list.totals.iter().any(|t| t == "5,092"));
}

/// The 年代 follows from the birth; its figures lead to their records.
#[test]
fn cohorts_follow_from_births() {
    let desk = desk();
    let (_, table) = table(&desk, "#/l/secretary?by=cohort&across=sex");
    let blank = table
        .rows
        .iter()
        .find(|row| row.label == "未填")
        .map_or(0, |row| number(&row.total.text));
    assert!(blank <= 4, "{blank}");
    for row in table.rows.iter().filter(|row| !row.total.href.is_empty()) {
        assert_eq!(
            behind(&desk, "secretary", &row.total.href) as i64,
            number(&row.total.text),
            "{}",
            row.label
        );
    }
}
