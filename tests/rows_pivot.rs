//! Cross tables: talkers × secretaries (T9), measures × mobile members (M8), and that every figure leads to its records.

mod support;

use std::collections::BTreeSet;

use support::still::Still;
use support::{Site, text};
use tiancheng::desk::Desk;
use tiancheng::model::date::Month;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::Ledger;
use tiancheng::model::programmes;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::sample::{SampleOptions, as_of};
use tiancheng::model::programmes::{indicator_by_id, indicators};
use tiancheng::model::value::{Decimal, Value};
use tiancheng::replica::Replica;
use tiancheng::view::list::build;
use tiancheng::view::overview::records_href;
use tiancheng::view::pivot::{Asked, MOST_TEXTS, Pivot, PivotRow, Way, axes, figures, pivot, ways};
use tiancheng::view::route::{Address, ListQuery, Route};

fn desk() -> Desk {
    Desk::sample(Still::new(7), &SampleOptions::default())
}

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect(id)
}

fn table(desk: &Desk, hash: &str) -> (Asked, Pivot) {
    table_of(desk.replica(), hash)
}

fn table_of(replica: &Replica, hash: &str) -> (Asked, Pivot) {
    let address = Address::parse(hash);
    let id = hash.trim_start_matches("#/l/").split('?').next().expect("a ledger");
    let ledger = ledger(id);
    let asked = Asked::of(&address, ledger).expect("a cross table");
    let list = build(replica, ledger, &ListQuery::of(&address.query), None);
    let pivot = pivot(replica, ledger, &list, &asked, &address, None);
    (asked, pivot)
}

fn number(text: &str) -> i64 {
    text.replace(',', "").parse().unwrap_or(0)
}

/// How many records stand behind an address of the list.
fn behind(desk: &Desk, id: &str, hash: &str) -> usize {
    behind_of(desk.replica(), id, hash)
}

fn behind_of(replica: &Replica, id: &str, hash: &str) -> usize {
    let address = Address::parse(hash);
    assert!(Asked::of(&address, ledger(id)).is_none(), "{hash} leads to the list");
    build(replica, ledger(id), &ListQuery::of(&address.query), None)
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
            assert_eq!((cell.text.as_str(), cell.is_none), ("0", true));
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
            assert!(figures(ledger).iter().any(|(key, _)| *key == asked.figure));
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

/// A town whose figures are worked out by hand: 甲村 and 乙村 in 东片区, 丙社区 in 西片区, 丁村 in none.
fn town() -> Site {
    let mut site = Site::new("a");
    for (id, name) in [("d1", "东片区"), ("d2", "西片区")] {
        site.write(ledger("district"), id, &[("name", text(name))]);
    }
    for (id, name, kind, district) in [
        ("u0", "甲村", "village", "d1"),
        ("u1", "乙村", "village", "d1"),
        ("u2", "丙社区", "community", "d2"),
        ("u3", "丁村", "village", ""),
    ] {
        let mut cells = vec![("name", text(name)), ("kind", text(kind))];
        cells.extend((!district.is_empty()).then(|| ("district", text(district))));
        site.write(ledger("unit"), id, &cells);
    }
    site
}

/// Writes records of a ledger: the unit, then the fields that are given.
fn write(site: &mut Site, id: &str, records: &[&[(&str, Value)]]) {
    for (at, cells) in records.iter().enumerate() {
        site.write(ledger(id), &format!("{id}{at}"), cells);
    }
}

fn int(number: i64) -> Value {
    Value::Int(number)
}

/// Label, cells and total of a row.
fn said(row: &PivotRow) -> (&str, Vec<&str>, &str) {
    let cells = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    (&row.label, cells, &row.total.text)
}

fn labels(table: &Pivot) -> Vec<&str> {
    table.rows.iter().map(|row| row.label.as_str()).collect()
}

fn totals(table: &Pivot) -> Vec<&str> {
    table.totals.iter().map(|cell| cell.text.as_str()).collect()
}

fn talks() -> Site {
    let mut site = town();
    let talk = |unit: &str, kind: &str, date: &str, more: &[(&'static str, Value)]| {
        let mut cells = vec![("unit", text(unit)), ("kind", text(kind)), ("date", text(date))];
        cells.extend_from_slice(more);
        cells
    };
    let talks = [
        talk(
            "u0",
            "bay",
            "2022-03-01",
            &[("masses", int(10)), ("satisfaction", int(5))],
        ),
        talk("u0", "bay", "2022-04-01", &[("satisfaction", int(4))]),
        talk("u2", "star", "2022-03-02", &[("masses", int(0))]),
        talk("u1", "bay", "2021-12-01", &[]),
        talk(
            "u3",
            "other",
            "2022-03-03",
            &[("masses", int(30)), ("platform", text("屋场会"))],
        ),
    ];
    let talks: Vec<&[_]> = talks.iter().map(Vec::as_slice).collect();
    write(&mut site, "night_talk", &talks);
    site
}

/// Z10: kind of unit × kind of talk, and the units that stand in no district.
#[test]
fn kinds_of_units_and_units_in_no_district() {
    let site = talks();
    let (_, table) = table_of(&site.replica, "#/l/night_talk?by=kind!&across=kind");
    assert_eq!(said(&table.rows[0]), ("村", vec!["3", "0", "1"], "4"));
    assert_eq!(said(&table.rows[1]), ("社区", vec!["0", "1", "0"], "1"));
    assert_eq!(table.rows.len(), 2);
    assert_eq!(totals(&table), ["3", "1", "1"]);
    let cell = &table.rows[0].cells[0];
    assert_eq!(behind_of(&site.replica, "night_talk", &cell.href), 3);
    let (_, table) = table_of(&site.replica, "#/l/night_talk?by=district&across=platform");
    assert_eq!(table.columns, ["屋场会", "未填"]);
    assert_eq!(labels(&table), ["东片区", "西片区", "未分片区"]);
    assert_eq!(said(&table.rows[2]), ("未分片区", vec!["1", "0"], "1"));
    assert_eq!(behind_of(&site.replica, "night_talk", &table.rows[2].total.href), 1);
    assert_eq!(behind_of(&site.replica, "night_talk", &table.totals[0].href), 1);
    assert_eq!(behind_of(&site.replica, "night_talk", &table.totals[1].href), 4);
}

/// An amount that nobody wrote is not zero; zero is. The average of all is not the average of averages.
#[test]
fn what_is_blank_is_neither_added_nor_averaged() {
    let site = talks();
    let hash = "#/l/night_talk?by=unit&across=kind!&sum=masses";
    let (_, sums) = table_of(&site.replica, hash);
    let rows: Vec<_> = sums.rows.iter().map(said).collect();
    assert_eq!(rows[0], ("甲村", vec!["10", "--"], "10"));
    assert_eq!(rows[1], ("乙村", vec!["--", "--"], "--"));
    assert_eq!(rows[2], ("丙社区", vec!["--", "0"], "0"));
    assert_eq!(rows[3], ("丁村", vec!["30", "--"], "30"));
    assert_eq!((totals(&sums), sums.total.as_str()), (vec!["40", "0"], "40"));
    // 乙村 has a talk, of which the number is not known; in the other column it has none.
    assert_eq!(behind_of(&site.replica, "night_talk", &sums.rows[1].cells[0].href), 1);
    assert!(!sums.rows[1].cells[0].is_none && sums.rows[1].cells[1].is_none);
    assert_eq!(sums.rows[1].cells[1].href, "");
    let (asked, means) = table_of(&site.replica, &format!("{hash}&as=mean"));
    assert_eq!(asked.way, Way::Mean);
    assert_eq!(said(&means.rows[0]), ("甲村", vec!["10", "--"], "10"));
    // (10 + 30) / 2 and (10 + 0 + 30) / 3.
    assert_eq!((totals(&means), means.total.as_str()), (vec!["20", "0"], "13.33"));
    assert_eq!(means.total_heads, ("平均", "平均"));
    // Marks are averaged and never added, whatever the address says.
    let (asked, marks) = table_of(
        &site.replica,
        "#/l/night_talk?by=kind!&across=kind&sum=satisfaction&as=sum",
    );
    assert_eq!((asked.way, marks.total.as_str()), (Way::Mean, "4.5"));
    assert_eq!(said(&marks.rows[1]), ("社区", vec!["--", "--", "--"], "--"));
}

/// The whole of a share is its row, its column or everything, for the totals too.
#[test]
fn shares_are_of_their_row_their_column_or_all() {
    let site = talks();
    let shares = |way: &str| table_of(&site.replica, &format!("#/l/night_talk?by=kind!&across=kind&as={way}")).1;
    let of_row = shares("row");
    assert_eq!(said(&of_row.rows[0]), ("村", vec!["75%", "0%", "25%"], "100%"));
    assert_eq!(said(&of_row.rows[1]), ("社区", vec!["0%", "100%", "0%"], "100%"));
    assert_eq!(
        (totals(&of_row), of_row.total.as_str()),
        (vec!["60%", "20%", "20%"], "100%")
    );
    let of_column = shares("column");
    assert_eq!(said(&of_column.rows[0]), ("村", vec!["100%", "0%", "100%"], "80%"));
    assert_eq!(totals(&of_column), ["100%", "100%", "100%"]);
    let of_all = shares("all");
    assert_eq!(said(&of_all.rows[0]), ("村", vec!["60%", "0%", "20%"], "80%"));
    assert_eq!(said(&of_all.rows[1]), ("社区", vec!["0%", "20%", "0%"], "20%"));
    assert_eq!(of_all.total, "100%");
    // Of amounts: 丙社区 brought none, so that its row has no parts.
    let hash = "#/l/night_talk?by=kind!&across=kind&sum=masses&as=row";
    let (_, masses) = table_of(&site.replica, hash);
    assert_eq!(said(&masses.rows[0]), ("村", vec!["25%", "--", "75%"], "100%"));
    assert_eq!(said(&masses.rows[1]), ("社区", vec!["--", "--", "--"], "--"));
}

/// G15: what is met and what is not, as a dimension and as a rate; it turns when one is met.
#[test]
fn days_say_done_or_not() {
    let mut site = town();
    let factor = |unit: &str, kind: &str, met: Option<&str>| {
        let mut cells = vec![("unit", text(unit)), ("kind", text(kind)), ("date", text("2022-01-05"))];
        cells.extend(met.map(|day| ("met", text(day))));
        cells
    };
    let factors = [
        factor("u0", "land", Some("2022-05-01")),
        factor("u0", "money", None),
        factor("u2", "land", None),
        factor("u0", "land", None),
    ];
    write(&mut site, "factor", &factors.each_ref().map(Vec::as_slice));
    let (_, counts) = table_of(&site.replica, "#/l/factor?by=kind&across=met");
    assert_eq!(counts.columns, ["已填", "没有填"]);
    assert_eq!(said(&counts.rows[0]), ("土地", vec!["1", "2"], "3"));
    assert_eq!(behind_of(&site.replica, "factor", &counts.rows[0].cells[0].href), 1);
    assert_eq!(behind_of(&site.replica, "factor", &counts.rows[0].cells[1].href), 2);
    let list = ListQuery::of(&Address::parse(&counts.totals[0].href).query);
    let list = build(&site.replica, ledger("factor"), &list, None);
    let filter = list.filters.iter().find(|f| f.label == "补上日期").expect("a filter");
    assert_eq!(filter.options, [("+".to_owned(), "已填".to_owned())]);
    let hash = "#/l/factor?by=kind&across=kind!&sum=met";
    let (asked, rates) = table_of(&site.replica, hash);
    assert_eq!(asked.way, Way::Rate);
    assert_eq!(
        said(&rates.rows[0]),
        ("土地", vec!["1/2，50%", "0/1，0%"], "1/3，33.3%")
    );
    // 1/3 and 0/1 make 1/4.
    assert_eq!(rates.total, "1/4，25%");
    site.write(ledger("factor"), "factor2", &[("met", text("2022-06-01"))]);
    let (_, rates) = table_of(&site.replica, hash);
    assert_eq!(
        said(&rates.rows[0]),
        ("土地", vec!["1/2，50%", "1/1，100%"], "2/3，66.7%")
    );
}

/// Of yes and no only those who said one of them are counted.
#[test]
fn who_said_neither_yes_nor_no_is_not_in_the_rate() {
    let mut site = town();
    let study = |unit: &str, city: &str, newly: Option<bool>| {
        let mut cells = vec![("unit", text(unit)), ("city", text(city)), ("date", text("2022-01-05"))];
        cells.extend(newly.map(|newly| ("newly", Value::Bool(newly))));
        cells
    };
    let studies = [
        study("u0", "武汉", Some(true)),
        study("u0", " 武汉　", Some(false)),
        study("u1", "武汉", None),
        study("u2", "-", None),
        study("u2", "咸宁", Some(true)),
    ];
    write(&mut site, "study", &studies.each_ref().map(Vec::as_slice));
    let (_, rates) = table_of(&site.replica, "#/l/study?by=city&across=kind!&sum=newly");
    assert_eq!(labels(&rates), ["武汉", "咸宁", "未填"]);
    assert_eq!(said(&rates.rows[0]), ("武汉", vec!["1/2，50%", "--"], "1/2，50%"));
    assert_eq!(said(&rates.rows[2]), ("未填", vec!["--", "--"], "--"));
    assert_eq!(rates.total, "2/3，66.7%");
    // The blanks around a name are no other name, neither in the table nor in the list behind it.
    assert_eq!(behind_of(&site.replica, "study", &rates.rows[0].total.href), 3);
    assert_eq!(behind_of(&site.replica, "study", &rates.rows[2].total.href), 1);
    let (_, counts) = table_of(&site.replica, "#/l/study?by=newly&across=city");
    assert_eq!(labels(&counts), ["是", "否", "未填"]);
    assert_eq!(said(&counts.rows[2]), ("未填", vec!["1", "0", "1"], "2"));
}

/// T21: the most frequent names stand for themselves, the rest together and without a link.
#[test]
fn rare_names_stand_together() {
    let mut site = town();
    let cities = MOST_TEXTS + 3;
    for at in 0..=cities {
        // The last city twice.
        let city = format!("城{:02}", at.min(cities - 1));
        let cells = [
            ("unit", text("u0")),
            ("city", text(&city)),
            ("date", text("2022-01-05")),
        ];
        site.write(ledger("study"), &format!("s{at}"), &cells);
    }
    let (_, table) = table_of(&site.replica, "#/l/study?by=city&across=year!");
    assert_eq!(table.rows.len(), MOST_TEXTS + 1);
    let last = table.rows.last().expect("a row");
    assert_eq!(said(last), ("其余", vec!["3"], "3"));
    assert!(last.total.href.is_empty() && !last.total.is_none);
    let often = format!("城{:02}", cities - 1);
    let often = table
        .rows
        .iter()
        .find(|row| row.label == often)
        .expect("the most frequent");
    assert_eq!(often.total.text, "2");
    assert_eq!(behind_of(&site.replica, "study", &often.total.href), 2);
    // One less than that and all stand for themselves.
    let (_, filtered) = table_of(&site.replica, "#/l/study?by=city&across=year!&f.city=城01");
    assert_eq!(labels(&filtered), ["城01"]);
}

/// Z4: plans of one name are told apart by their unit, by their day, and else by a number.
#[test]
fn records_of_one_name_are_told_apart() {
    let mut site = town();
    for (id, unit, drafted) in [
        ("p0", "u0", "2022-01-10"),
        ("p1", "u1", "2022-01-10"),
        ("p2", "u3", "2022-01-11"),
        ("p3", "u3", "2022-01-12"),
        ("p4", "u2", "2022-01-12"),
        ("p5", "u2", "2022-01-12"),
    ] {
        let cells = [
            ("unit", text(unit)),
            ("kind", text("annual")),
            ("year", int(2022)),
            ("drafted", text(drafted)),
        ];
        site.write(ledger("plan"), id, &cells);
        let cells = [("unit", text(unit)), ("plan", text(id)), ("date", text("2022-02-01"))];
        site.write(ledger("plan_shown"), &format!("shown{id}"), &cells);
    }
    let (asked, table) = table_of(&site.replica, "#/l/plan_shown?by=-&across=year!");
    assert_eq!(asked.rows, "plan");
    let mut labels = labels(&table);
    labels.sort_unstable();
    let mut wanted = [
        "甲村 年度计划 2022",
        "乙村 年度计划 2022",
        "丁村 年度计划 2022 2022-01-11",
        "丁村 年度计划 2022 2022-01-12",
        "丙社区 年度计划 2022 2022-01-12（1）",
        "丙社区 年度计划 2022 2022-01-12（2）",
    ];
    wanted.sort_unstable();
    assert_eq!(labels, wanted);
    for row in &table.rows {
        assert_eq!(
            behind_of(&site.replica, "plan_shown", &row.total.href),
            1,
            "{}",
            row.label
        );
    }
}

/// The decade of a birth where the ledger has no 年代, in the order of the years.
#[test]
fn cohorts_of_whoever_has_a_birth() {
    let mut site = town();
    for (at, birth) in ["2001-05", "1979-12", "1980-01", "1989-12"].into_iter().enumerate() {
        let cells = [("unit", text("u0")), ("name", text("某")), ("birth", text(birth))];
        site.write(ledger("reserve"), &format!("r{at}"), &cells);
    }
    site.write(ledger("reserve"), "r", &[("unit", text("u2")), ("name", text("某"))]);
    let (_, table) = table_of(&site.replica, "#/l/reserve?by=cohort!&across=kind!");
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| (row.label.as_str(), row.total.text.as_str()))
        .collect();
    assert_eq!(rows, [("70后", "1"), ("80后", "2"), ("00后", "1"), ("未填", "1")]);
    for row in &table.rows {
        let found = behind_of(&site.replica, "reserve", &row.total.href);
        assert_eq!(found.to_string(), row.total.text, "{}", row.label);
    }
}

/// M3: what there is on a day is never added to what there was on another, whatever the table is cut by.
#[test]
fn snapshots_are_counted_at_their_latest() {
    let mut site = town();
    let stats =
        |unit: &str, date: &str, total: i64| [("unit", text(unit)), ("date", text(date)), ("total", int(total))];
    let all = [
        stats("u0", "2021-12-31", 30),
        stats("u0", "2022-12-31", 28),
        stats("u0", "2022-06-30", 29),
        stats("u1", "2021-12-31", 10),
    ];
    write(&mut site, "member_stats", &all.each_ref().map(|cells| cells.as_slice()));
    let (_, by_year) = table_of(&site.replica, "#/l/member_stats?by=unit&across=year!&sum=total");
    assert_eq!(by_year.total_heads, ("最近一次", "合计"));
    assert_eq!(said(&by_year.rows[0]), ("甲村", vec!["30", "28"], "28"));
    assert_eq!(said(&by_year.rows[1]), ("乙村", vec!["10", "--"], "10"));
    assert_eq!((totals(&by_year), by_year.total.as_str()), (vec!["40", "28"], "38"));
    let (_, now) = table_of(&site.replica, "#/l/member_stats?by=district&across=kind!&sum=total");
    assert_eq!(said(&now.rows[0]), ("东片区", vec!["38", "--"], "38"));
    assert!(
        now.notes.iter().any(|note| note.contains("最近一次")),
        "{:?}",
        now.notes
    );
    // (28 + 10) / 2, and the part of 甲村 in what there is now.
    let (_, mean) = table_of(
        &site.replica,
        "#/l/member_stats?by=district&across=kind!&sum=total&as=mean",
    );
    assert_eq!(mean.total, "19");
    let (_, parts) = table_of(
        &site.replica,
        "#/l/member_stats?by=unit&across=kind!&sum=total&as=column",
    );
    assert_eq!(said(&parts.rows[0]), ("甲村", vec!["73.7%", "--"], "73.7%"));
    // A month is a time within the year: each stands for itself, the year for its last.
    let (_, times) = table_of(&site.replica, "#/l/member_stats?by=year!&across=month!&sum=total");
    assert_eq!(times.columns, ["2021-12", "2022-06", "2022-12"]);
    assert_eq!(said(&times.rows[0]), ("2021年", vec!["40", "--", "--"], "40"));
    assert_eq!(said(&times.rows[1]), ("2022年", vec!["--", "29", "28"], "28"));
    assert_eq!(times.total, "38");
    // Records are counted as what they are.
    let (_, counts) = table_of(&site.replica, "#/l/member_stats?by=district&across=kind!");
    assert_eq!((counts.total.as_str(), counts.notes.len()), ("4", 0));
    // It turns with a later count of 乙村.
    site.write(ledger("member_stats"), "late", &stats("u1", "2022-12-31", 12));
    let (_, now) = table_of(&site.replica, "#/l/member_stats?by=district&across=kind!&sum=total");
    assert_eq!(now.total, "40");
}

/// A filter by one of several codes leads nowhere from the others: the list could keep only one of them.
#[test]
fn no_link_is_better_than_a_wrong_one() {
    let desk = desk();
    let (_, table) = table(&desk, "#/l/prior_talk?by=talkers&across=secretary");
    let code = table.rows[0]
        .total
        .href
        .split("f.talkers=")
        .nth(1)
        .expect("a filter")
        .to_owned();
    let (_, table) = self::table(
        &desk,
        &format!("#/l/prior_talk?by=talkers&across=secretary&f.talkers={code}"),
    );
    assert!(table.rows.len() > 1, "talks of several talkers");
    assert_eq!(
        behind(&desk, "prior_talk", &table.rows[0].total.href) as i64,
        number(&table.rows[0].total.text)
    );
    for row in &table.rows[1..] {
        assert!(
            row.total.href.is_empty() && number(&row.total.text) > 0,
            "{}",
            row.label
        );
    }
}

/// Of every ledger, whatever makes the rows: what a row counts is what its link leads to.
#[test]
fn every_dimension_leads_to_its_records() {
    let desk = desk();
    let mut followed = 0;
    for ledger in catalogue().all() {
        let all = axes(ledger);
        for (at, (key, label)) in all.iter().enumerate().filter(|_| all.len() > 1) {
            assert!(
                all[..at].iter().all(|(other, said)| other != key && said != label),
                "{} {key}",
                ledger.id
            );
            let (asked, table) = table(&desk, &format!("#/l/{}?by={key}", ledger.id));
            assert_eq!(asked.rows, *key);
            let linked: Vec<&PivotRow> = table.rows.iter().filter(|row| !row.total.href.is_empty()).collect();
            for row in linked.iter().take(2).chain(linked.iter().rev().take(2)) {
                let found = behind(&desk, ledger.id, &row.total.href) as i64;
                assert_eq!(found, number(&row.total.text), "{} {key} {}", ledger.id, row.label);
                followed += 1;
            }
            for row in table.rows.iter().filter(|row| row.total.href.is_empty()) {
                assert!(
                    row.total.is_none || row.label == "其余",
                    "{} {key} {}",
                    ledger.id,
                    row.label
                );
            }
        }
    }
    assert!(followed > 500, "{followed}");
}

/// Whatever is counted in whatever way has a total that is true of its kind.
#[test]
fn every_way_of_counting_has_its_total() {
    let desk = desk();
    for ledger in catalogue().all().iter().filter(|ledger| axes(ledger).len() > 1) {
        for (figure, _) in figures(ledger) {
            let ways = ways(ledger, &figure);
            assert!(!ways.is_empty(), "{} {figure}", ledger.id);
            for way in ways {
                let hash = format!("#/l/{}?by=-&sum={figure}&as={}", ledger.id, way.id());
                let (asked, table) = table(&desk, &hash);
                assert_eq!((&asked.figure, asked.way), (&figure, way));
                let total = table.total.as_str();
                let right = match way {
                    _ if total == "--" => !figure.is_empty() || table.records == 0,
                    Way::OfRow | Way::OfColumn | Way::OfAll => total == "100%",
                    Way::Rate => total.contains('/') && total.ends_with('%'),
                    Way::Sum | Way::Mean => total.starts_with(|c: char| c.is_ascii_digit()),
                };
                assert!(right, "{hash} {total}");
            }
        }
    }
}
