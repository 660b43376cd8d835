//! Tables of pages as sheets: what is seen goes out as numbers, days and texts, and nobody is named where nobody is to be.

mod support;

use office::sheet::{Kind, Look, Out, Sheet};
use support::still::Still;
use tiancheng::chart::scene::{Cell, Table};
use tiancheng::desk::Desk;
use tiancheng::model::engine::indicator::{Board, Scope};
use tiancheng::model::ledger::{Ledger, Programme};
use tiancheng::model::programmes::sample::{SampleOptions, as_of};
use tiancheng::model::programmes::{self, catalogue, indicators};
use tiancheng::view::charts::Source;
use tiancheng::view::exchange::{reports, tasks};
use tiancheng::view::follow::{self, FollowVm};
use tiancheng::view::list::build;
use tiancheng::view::overview::{figures_period, secretary};
use tiancheng::view::pivot::{Asked, Pivot, pivot};
use tiancheng::view::route::{Address, ListQuery};
use tiancheng::view::standing::Overdue;
use tiancheng::view::tables::book::{of_place, of_programme, of_scope, units, whole_town};
use tiancheng::view::tables::seen::{self, Over, board, calls, chart, cross, follow_ups};
use tiancheng::view::tables::withheld::{names_people, tells_of_people, withhold};
use tiancheng::view::tables::write::Personal;
use tiancheng::view::{places, secretaries, show};

fn desk() -> Desk {
    Desk::sample(Still::new(7), &SampleOptions::default())
}

fn figures(desk: &Desk) -> Board {
    let mut board = programmes::board(figures_period(None, as_of()), as_of());
    board.refresh(desk.replica());
    board
}

fn todo(desk: &Desk, scope: &Scope) -> Vec<FollowVm> {
    follow::follow_ups(desk.replica(), catalogue(), as_of(), scope)
}

fn over() -> Over {
    Over {
        title: "天城镇的表".into(),
        line: "单位：天城镇".into(),
    }
}

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect(id)
}

fn crossed(desk: &Desk, hash: &str) -> (&'static Ledger, Asked, Pivot) {
    let address = Address::parse(hash);
    let id = hash.trim_start_matches("#/l/").split('?').next().expect("a ledger");
    let ledger = ledger(id);
    let asked = Asked::of(&address, ledger).expect("a cross table");
    let list = build(desk.replica(), ledger, &ListQuery::of(&address.query), None);
    let table = pivot(desk.replica(), ledger, &list, &asked, &address, None);
    (ledger, asked, table)
}

/// Whether a sheet is well formed and opens again.
fn opens(sheets: &[Sheet]) {
    for sheet in sheets {
        let heads: usize = sheet.head.last().map_or(0, Vec::len);
        assert!(heads > 0 && !sheet.rows.is_empty(), "{}", sheet.name);
        assert!(
            sheet.rows.iter().all(|line| line.cells.len() == sheet.columns.len()),
            "{}",
            sheet.name
        );
    }
    let bytes = office::write(sheets).expect("a workbook");
    assert_eq!(office::read(&bytes).expect("readable").sheets.len(), sheets.len());
}

fn texts(sheet: &Sheet) -> Vec<&str> {
    let cells = sheet.rows.iter().flat_map(|line| &line.cells);
    cells
        .filter_map(|cell| match cell {
            Out::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

fn heads(sheet: &Sheet) -> Vec<&str> {
    sheet.head[0].iter().map(|head| head.text.as_str()).collect()
}

#[test]
fn a_cross_table_goes_out_with_its_numbers_and_totals() {
    let desk = desk();
    let (ledger, asked, table) = crossed(&desk, "#/l/night_talk?by=unit&across=kind");
    let sheet = cross(ledger, &asked, &table, &over(), Personal::Masked);
    assert_eq!(sheet.rows.len(), table.rows.len() + 1);
    assert_eq!(sheet.columns.len(), table.columns.len() + 2);
    let total = sheet.rows.last().expect("totals");
    assert_eq!(total.look, Look::Total);
    let plain = table.total.replace(',', "");
    assert_eq!(total.cells.last(), Some(&Out::Number(plain)));
    for (row, line) in table.rows.iter().zip(&sheet.rows) {
        assert_eq!(line.cells[0], Out::Text(row.label.clone()));
        assert_eq!(line.cells[1], Out::Number(row.cells[0].text.replace(',', "")));
    }
    assert!(
        sheet
            .lines
            .iter()
            .any(|line| line.contains("行：村") && line.contains("列：")),
        "{:?}",
        sheet.lines
    );
    opens(&[sheet]);
}

#[test]
fn shares_of_a_cross_table_are_fractions() {
    let desk = desk();
    let (ledger, asked, table) = crossed(&desk, "#/l/night_talk?by=unit&across=kind&as=row");
    let sheet = cross(ledger, &asked, &table, &over(), Personal::Masked);
    let last = sheet.columns.last().expect("a column");
    assert_eq!(last.kind, Kind::Percent, "{:?}", table.rows[0]);
    let whole = sheet.rows.iter().filter_map(|line| line.cells.last());
    for (cell, row) in whole.zip(&table.rows) {
        if row.total.text == "100%" {
            assert_eq!(*cell, Out::Number("1.00".into()));
        }
    }
    opens(&[sheet]);
}

#[test]
fn people_of_a_cross_table_are_numbered_where_nobody_is_named() {
    let desk = desk();
    let found = catalogue().all().iter().find_map(|ledger| {
        let (_, field) = ledger
            .slots()
            .find(|(_, f)| tells_of_people(f) && f.kind == tiancheng::model::ledger::Kind::Ref)?;
        let hash = format!("#/l/{}?by={}", ledger.id, field.name);
        let asked = Asked::of(&Address::parse(&hash), ledger).filter(|asked| asked.rows == field.name)?;
        let (_, _, table) = crossed(&desk, &hash);
        (table.rows.len() > 1).then_some((*ledger, asked, table))
    });
    let (ledger, asked, table) = found.expect("a ledger that refers to people");
    assert!(seen::crosses_people(ledger, &asked));
    let open = cross(ledger, &asked, &table, &over(), Personal::Masked);
    assert_eq!(open.rows[0].cells[0], Out::Text(table.rows[0].label.clone()));
    let closed = cross(ledger, &asked, &table, &over(), Personal::LeftOut);
    assert_eq!(closed.rows[0].cells[0], Out::Text("第 1 人".into()));
    assert_eq!(closed.rows[0].cells[1..], open.rows[0].cells[1..]);
    let told = texts(&closed);
    assert!(table.rows.iter().all(|row| !told.contains(&row.label.as_str())));
}

#[test]
fn the_board_says_who_has_reported() {
    let desk = desk();
    let (task, _) = tasks(desk.replica()).into_iter().next().expect("a task");
    let districts = reports(desk.replica(), &task, as_of());
    let sheet = board(&districts, &over(), Personal::Masked);
    let count = |look: Look| sheet.rows.iter().filter(|line| line.look == look).count();
    assert_eq!(
        (count(Look::Plain), count(Look::Subtotal), count(Look::Total)),
        (39, districts.len(), 1)
    );
    let done: usize = districts.iter().map(|d| d.reported()).sum();
    assert!(texts(&sheet).contains(&format!("已报 {done}/39").as_str()));
    // Who it was that reported stands in the sentence.
    let bare = board(&districts, &over(), Personal::LeftOut);
    assert_eq!((heads(&sheet).len(), heads(&bare).len()), (4, 3));
    opens(&[sheet, bare]);
}

#[test]
fn the_numbers_of_a_chart_are_numbers_and_what_is_unknown_is_empty() {
    let cell = |text: &str, numeric| Cell {
        text: text.into(),
        numeric,
        key: None,
    };
    let table = Table {
        headers: vec!["月份".into(), "场次，场".into(), "比例".into(), "日期".into()],
        rows: vec![
            vec![
                cell("1 月", false),
                cell("1,254.5", true),
                cell("59.3%", true),
                cell("2022-03-05", false),
            ],
            vec![cell("=2", false), cell("--", true), cell("0.4%", true), cell("", false)],
            vec![
                cell("012", false),
                cell("3 起", true),
                cell("100%", true),
                cell("2022-04-01", false),
            ],
        ],
    };
    let sheet = chart(&table, &over());
    let kinds: Vec<Kind> = sheet.columns.iter().map(|column| column.kind).collect();
    assert_eq!(kinds, [Kind::Text, Kind::Decimal, Kind::Percent, Kind::Day]);
    let number = |text: &str| Out::Number(text.into());
    assert_eq!(
        sheet.rows[0].cells[1..],
        [number("1254.5"), number("0.593"), Out::Day("2022-03-05".into())]
    );
    assert_eq!(
        sheet.rows[1].cells,
        [Out::Text("=2".into()), Out::Empty, number("0.004"), Out::Empty]
    );
    assert_eq!(
        sheet.rows[2].cells[..3],
        [Out::Text("012".into()), Out::Text("3 起".into()), number("1.00")]
    );
    opens(&[sheet]);
}

#[test]
fn follow_ups_have_a_row_for_each_entry() {
    let desk = desk();
    let all = todo(&desk, &Scope::Town);
    let sheet = follow_ups(desk.replica(), &all, &over(), Personal::Masked);
    let entries: usize = all.iter().map(FollowVm::count).sum();
    assert!(entries > 39);
    assert_eq!(sheet.rows.len(), entries);
    opens(std::slice::from_ref(&sheet));
    // Records that are called by a name lose it, others keep theirs.
    let bare = follow_ups(desk.replica(), &all, &over(), Personal::LeftOut);
    let (mut hidden, mut kept) = (0, 0);
    let behind = all
        .iter()
        .flat_map(|item| item.entries(desk.replica(), catalogue(), item.count()));
    for (entry, line) in behind.zip(&bare.rows) {
        let Some(((title, _), id)) = entry.record.zip(entry.ledger) else {
            continue;
        };
        match names_people(ledger(id)) {
            true => {
                hidden += 1;
                assert_eq!(line.cells[4], Out::Text(ledger(id).label.to_owned()));
            }
            false => {
                kept += 1;
                assert_eq!(line.cells[4], Out::Text(title));
            }
        }
    }
    assert!(hidden > 0 && kept > 0, "{hidden} {kept}");
}

#[test]
fn the_list_of_units_has_every_unit_and_its_districts() {
    let desk = desk();
    let figures = figures(&desk);
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    let overdue = Overdue::of(&todo(&desk, &Scope::Town));
    let sheet = units(source, &overdue, &over(), Personal::Masked);
    let count = |look: Look| sheet.rows.iter().filter(|line| line.look == look).count();
    assert_eq!(
        (count(Look::Plain), count(Look::Subtotal), count(Look::Total)),
        (39, 11, 1)
    );
    let total = sheet.rows.last().expect("a total");
    assert_eq!(total.cells[0], Out::Text("全镇合计".into()));
    let talks = heads(&sheet)
        .iter()
        .position(|head| *head == "夜话，场")
        .expect("a column");
    let all = tiancheng::view::overview::figure(
        &figures,
        &tiancheng::model::programmes::dream::indicators::NIGHT_TALKS,
        &Scope::Town,
    );
    assert_eq!(total.cells[talks], Out::Number(all.plain));
    let unit = figures
        .frame()
        .units
        .iter()
        .find_map(|u| secretary(desk.replica(), &u.code, as_of()));
    let name = unit.expect("a secretary");
    assert!(texts(&sheet).contains(&name.as_str()));
    let bare = units(source, &overdue, &over(), Personal::LeftOut);
    assert!(!heads(&bare).contains(&"书记") && !texts(&bare).contains(&name.as_str()));
    let mut called = secretaries::calls(source);
    called[0].phone = "138****0001".into();
    let phones = calls(&called, &over(), Personal::Masked);
    assert_eq!(phones.rows.len(), 39);
    assert!(texts(&phones).contains(&"138****0001"));
    let bare_phones = calls(&called, &over(), Personal::LeftOut);
    assert_eq!(heads(&bare_phones), ["片区", "村（社区）", "任职日期"]);
    opens(&[sheet, bare, phones, bare_phones]);
}

#[test]
fn the_page_of_a_unit_is_a_workbook() {
    let desk = desk();
    let figures = figures(&desk);
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    let unit = figures.frame().units[0].clone();
    let scope = Scope::Unit(unit.code.clone());
    let all = todo(&desk, &scope);
    let sheets = of_scope(source, &scope, &all, &over(), Personal::Masked);
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names[0], "五项工程");
    assert_eq!(sheets[0].rows.len(), indicators().count());
    assert!(names.contains(&"片区联系") && names.contains(&"人员"), "{names:?}");
    opens(&sheets);
    let bare = of_scope(source, &scope, &all, &over(), Personal::LeftOut);
    assert!(bare.iter().all(|sheet| sheet.name != "人员"));
    let person = secretary(desk.replica(), &unit.code, as_of()).expect("a secretary");
    let said = bare
        .iter()
        .any(|sheet| texts(sheet).iter().any(|text| text.contains(&person)));
    assert!(!said, "{person}");
    let district = Scope::District(unit.district.clone());
    let sheets = of_scope(source, &district, &todo(&desk, &district), &over(), Personal::Masked);
    let summary = sheets.iter().find(|sheet| sheet.name == "汇总表").expect("the units");
    let inside = figures.frame().units_in(&district).count();
    assert_eq!(summary.rows.len(), inside + 1);
    opens(&sheets);
    let own: Vec<FollowVm> = todo(&desk, &Scope::Town)
        .into_iter()
        .filter(|f| f.programme == Programme::Lead)
        .collect();
    let sheets = of_programme(source, (Programme::Lead, &Scope::Town), &own, &over(), Personal::Masked);
    assert_eq!(
        sheets[0].rows.len(),
        indicators().filter(|i| i.programme == Programme::Lead).count()
    );
    opens(&sheets);
}

#[test]
fn the_workbook_of_the_town_begins_with_its_summary() {
    let desk = desk();
    let figures = figures(&desk);
    let sheets = whole_town(desk.replica(), &figures, "天城镇", Personal::Masked);
    let first = &sheets[0];
    assert_eq!(first.name, "汇总表");
    let looks = |look: Look| first.rows.iter().filter(|line| line.look == look).count();
    assert_eq!(
        (looks(Look::Plain), looks(Look::Subtotal), looks(Look::Total)),
        (39, 11, 1)
    );
    assert_eq!(
        first.rows.last().map(|line| line.cells[0].clone()),
        Some(Out::Text("全镇合计".into()))
    );
    assert!(
        first.lines[0].contains("单位：天城镇") && first.lines[0].contains("统计期："),
        "{:?}",
        first.lines
    );
    assert!(
        sheets[1..]
            .iter()
            .all(|sheet| catalogue().all().iter().any(|l| l.label == sheet.name))
    );
    assert!(sheets.len() > 60);
    // Nobody is named, by a column of names or by a reference.
    let bare = whole_town(desk.replica(), &figures, "天城镇", Personal::LeftOut);
    for sheet in &bare[1..] {
        let ledger = catalogue()
            .all()
            .iter()
            .find(|l| l.label == sheet.name)
            .expect("a ledger");
        let told = ledger.slots().filter(|(_, f)| tells_of_people(f));
        let heads = heads(sheet);
        for (_, field) in told {
            assert!(
                !heads.contains(&field.head().as_str()),
                "{} {}",
                sheet.name,
                field.label
            );
        }
    }
    let empty = tiancheng::replica::Replica::new(programmes::schemas());
    let nothing = programmes::board(figures_period(None, as_of()), as_of());
    assert_eq!(whole_town(&empty, &nothing, "本镇", Personal::Masked), []);
}

/// The device of a village says nothing of its district.
#[test]
fn a_village_has_no_subtotal_of_its_district() {
    let desk = desk();
    let all = figures(&desk);
    let code = all.frame().units[0].code.clone();
    let mut own = programmes::board(figures_period(None, as_of()), as_of()).over(Scope::Unit(code.clone()));
    own.refresh(desk.replica());
    let sheets = whole_town(desk.replica(), &own, "天城镇", Personal::Masked);
    let names: Vec<&Out> = sheets[0].rows.iter().map(|line| &line.cells[0]).collect();
    assert_eq!(names, [&Out::Text(show::unit_name(desk.replica(), &code))]);
}

/// A text that somebody typed a name or a phone into stays at home, as in a redacted file.
#[test]
fn texts_that_tell_of_people_are_withheld() {
    let desk = desk();
    let figures = figures(&desk);
    let unit = &figures.frame().units[0];
    let person = secretary(desk.replica(), &unit.code, as_of()).expect("a secretary");
    let cell = |text: String| Cell {
        text,
        numeric: false,
        key: None,
    };
    let kept = ["修路 3 公里", unit.name.as_str(), "--"];
    let gone = [format!("由{person}负责"), "电话 13800001027".to_owned()];
    let all: Vec<Vec<Cell>> = kept
        .iter()
        .map(|text| (*text).to_owned())
        .chain(gone)
        .map(|text| vec![cell(text)])
        .collect();
    let table = Table {
        headers: vec!["事项".into()],
        rows: all,
    };
    let mut sheets = [chart(&table, &over())];
    withhold(desk.replica(), &mut sheets);
    assert_eq!(texts(&sheets[0]), kept);
    // A whole workbook names no secretary either.
    let mut sheets = whole_town(desk.replica(), &figures, "天城镇", Personal::LeftOut);
    withhold(desk.replica(), &mut sheets);
    let said = sheets
        .iter()
        .find(|sheet| texts(sheet).iter().any(|text| text.contains(&person)));
    assert_eq!(said.map(|sheet| &sheet.name), None, "{person}");
    assert_eq!(sheets[0].rows.len(), 51);
    assert!(sheets[0].rows.iter().all(|line| line.cells[0] != Out::Empty));
}

/// Rows of people say of which unit each is.
#[test]
fn people_of_a_cross_table_are_named_with_their_unit() {
    let desk = desk();
    let (ledger, asked, table) = crossed(&desk, "#/l/five_one?by=mobile&across=measure");
    let sheet = cross(ledger, &asked, &table, &over(), Personal::Masked);
    assert_eq!(heads(&sheet)[..2], ["流动党员", "村（社区）"]);
    assert_eq!(sheet.rows[0].cells[1], Out::Text(table.rows[0].unit.clone()));
    assert!(table.rows.iter().all(|row| row.unit.ends_with(['村', '区'])));
    let (ledger, asked, table) = crossed(&desk, "#/l/night_talk?by=unit&across=kind");
    let plain = cross(ledger, &asked, &table, &over(), Personal::Masked);
    assert_eq!(
        plain.columns.len(),
        table.columns.len() + 2,
        "units need no second name"
    );
    opens(&[sheet, plain]);
}

/// Attendance is called by its training, stages by their centre.
#[test]
fn what_is_of_something_is_called_by_it() {
    let desk = desk();
    for (id, of) in [("attendance", "training"), ("build_stage", "centre")] {
        let ledger = ledger(id);
        let (_, record) = tiancheng::view::list::live_records(desk.replica(), ledger)[0];
        use tiancheng::model::ledger::Cells as _;
        let field = ledger.field(of).expect("a field");
        let value = record.cell(ledger.slot(of).expect("a field"));
        let called = show::value(desk.replica(), catalogue(), field, value);
        let title = show::title(desk.replica(), catalogue(), ledger, record);
        assert!(
            title.starts_with(&*called) && title.len() > called.len(),
            "{title}: {called}"
        );
    }
}

/// The page of a place as sheets; without people nobody is named.
#[test]
fn the_page_of_a_place_is_a_workbook() {
    let desk = desk();
    let figures = figures(&desk);
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    use tiancheng::model::ledger::{Cells as _, TypedRow as _};
    use tiancheng::model::programmes::town::ledgers::Place;
    let all = tiancheng::view::list::live_records(desk.replica(), Place::LEDGER);
    let pages = all
        .iter()
        .filter_map(|(_, record)| places::page(source, catalogue(), "place", record.id()));
    let page = pages
        .into_iter()
        .find(|page| !page.people.is_empty())
        .expect("a place with people");
    let names = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let sheets = of_place(page.clone(), &over(), Personal::Masked);
    assert!(
        names(&sheets).contains(&"负责人和党员".to_owned()),
        "{:?}",
        names(&sheets)
    );
    assert!(
        texts(sheets.iter().find(|s| s.name == "负责人和党员").expect("people"))
            .contains(&page.people[0].name.as_str())
    );
    let mut bare = of_place(page.clone(), &over(), Personal::LeftOut);
    withhold(desk.replica(), &mut bare);
    assert!(!names(&bare).contains(&"负责人和党员".to_owned()));
    assert!(
        bare.iter()
            .all(|sheet| !texts(sheet).contains(&page.people[0].name.as_str()))
    );
    opens(&sheets);
}
