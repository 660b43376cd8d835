//! Of whom pages speak: where only the records of one village are here, nothing is said of the town.

mod support;

use support::still::{Still, take};
use support::{Site, text};
use tiancheng::desk::Desk;
use tiancheng::exchange::{Purpose, Scope as FileScope};
use tiancheng::model::engine::indicator::{Board, Scope, summary};
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::indicators::NIGHT_TALKS;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::indicator_by_id;
use tiancheng::model::programmes::town::ledgers::{District, Town, Unit};
use tiancheng::storage::MemoryKeyValue;
use tiancheng::view::charts::{self, ChartVm, Source};
use tiancheng::view::first_look::period_of;
use tiancheng::view::follow::follow_ups;
use tiancheng::view::map_page::{coloured, plates, town_map};
use tiancheng::view::overview::figure;
use tiancheng::view::standing::Overdue;
use tiancheng::view::{reach, unit_page};

const U: &str = "421223100208";
const V: &str = "421223100201";
const W: &str = "421223100202";

fn unit(code: &str) -> Scope {
    Scope::Unit(code.to_owned())
}

/// Two districts, three villages, a talk in each.
fn town() -> Site {
    let mut site = Site::new("a");
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    for (id, name) in [("d", "寺前片区"), ("e", "河田片区")] {
        site.write(District::LEDGER, id, &[("name", text(name))]);
    }
    for (id, name, district) in [(U, "寺前村", "d"), (V, "菖蒲村", "d"), (W, "河田村", "e")] {
        let cells = [
            ("name", text(name)),
            ("kind", text("village")),
            ("district", text(district)),
        ];
        site.write(Unit::LEDGER, id, &cells);
    }
    for (id, of) in [("t1", U), ("t2", V), ("t3", W)] {
        let cells = [
            ("unit", text(of)),
            ("kind", text("bay")),
            ("date", text("2022-11-02")),
            ("place", text("一组")),
            ("topic", text("饮水")),
        ];
        site.write(NightTalk::LEDGER, id, &cells);
    }
    site
}

fn empty() -> Desk {
    Desk::open(std::rc::Rc::new(MemoryKeyValue::default()), Still::new(7), None)
}

/// A device that has merged a file of the town.
fn with(purpose: Purpose, scope: FileScope) -> Desk {
    let mut office = support::still::desk_with(&town(), 9);
    let file = office.export(purpose, scope).text;
    let mut desk = empty();
    take(&mut desk, "文件.json", &file);
    desk
}

fn board(desk: &Desk) -> Board {
    let day = desk.today();
    let mut board = programmes::board(period_of(day), day).over(desk.reach());
    board.refresh(desk.replica());
    board
}

#[test]
fn the_device_of_a_village_speaks_of_the_village() {
    let mut phone = with(Purpose::Dispatch, FileScope::units([U]));
    assert_eq!(phone.reach(), unit(U), "before anybody has said who works here");
    phone.become_person(Role::Unit, U, "", "龚书记");
    assert_eq!(phone.reach(), unit(U));
    phone.become_person(Role::Viewer, "", "", "");
    assert_eq!(phone.reach(), unit(U), "there is nothing else to look at");
    let mut whole = with(Purpose::Backup, FileScope::all());
    assert_eq!(whole.reach(), Scope::Town);
    whole.become_person(Role::Unit, U, "", "");
    assert_eq!(whole.reach(), unit(U), "who fills in for a village sees that village");
}

#[test]
fn the_device_of_a_leader_speaks_of_the_district_unless_it_has_the_town() {
    let mut small = with(Purpose::Dispatch, FileScope::units([U, V]));
    assert_eq!(small.reach(), Scope::District("d".into()));
    small.become_person(Role::District, "", "d", "");
    assert_eq!(small.reach(), Scope::District("d".into()));
    let mut whole = with(Purpose::Backup, FileScope::all());
    whole.become_person(Role::District, "", "d", "");
    assert_eq!(whole.reach(), Scope::Town);
}

/// A backup is of the town, whatever has been entered so far.
#[test]
fn the_backup_of_a_new_town_is_spoken_of_as_the_town() {
    let mut site = Site::new("a");
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    for (id, name) in [(U, "寺前村"), (V, "菖蒲村")] {
        site.write(Unit::LEDGER, id, &[("name", text(name)), ("kind", text("village"))]);
    }
    site.write(
        NightTalk::LEDGER,
        "t1",
        &[("unit", text(U)), ("date", text("2022-11-02"))],
    );
    let mut office = support::still::desk_with(&site, 9);
    for (purpose, scope, expected) in [
        (Purpose::Backup, FileScope::all(), Scope::Town),
        (Purpose::Dispatch, FileScope::units([U]), unit(U)),
    ] {
        let file = office.export(purpose, scope).text;
        let mut desk = empty();
        take(&mut desk, "文件.json", &file);
        assert_eq!(desk.reach(), expected);
    }
}

/// A new town whose first record is of one village is a town all the same.
#[test]
fn where_the_town_was_made_it_is_spoken_of() {
    let mut desk = empty();
    let drafts: Vec<_> = tiancheng::model::programmes::sample::sheet(&Default::default())
        .drafts
        .into_iter()
        .filter(|d| ["town", "district", "unit"].contains(&d.ledger) || d.unit() == Some(U))
        .collect();
    desk.save("新建", &drafts);
    assert_eq!(desk.reach(), Scope::Town);
    assert_eq!(empty().reach(), Scope::Town);
}

#[test]
fn nothing_on_a_page_of_a_village_is_of_the_town() {
    let phone = with(Purpose::Dispatch, FileScope::units([U]));
    let board = board(&phone);
    let told = summary(
        &board,
        &tiancheng::model::programmes::statistics_board(board.period(), board.as_of()),
    );
    let units: Vec<&str> = told.units.iter().map(|u| u.id.as_str()).collect();
    assert_eq!(units, [U]);
    let talks = &NIGHT_TALKS;
    assert_eq!(figure(&board, talks, &Scope::Town).plain, "1");
    assert_eq!(
        figure(
            &board,
            indicator_by_id("lead.secretaries").expect("an indicator"),
            &Scope::Town
        )
        .plain,
        "0/1"
    );
    let catalogue = catalogue();
    for gap in follow_ups(phone.replica(), catalogue, phone.today(), &phone.reach()) {
        let entries = gap.entries(phone.replica(), catalogue, usize::MAX);
        assert!(entries.iter().all(|e| e.unit == "寺前村"), "{}", gap.title);
    }
    // The map is drawn whole; only the village has a value, and no district has one.
    let map = town_map(phone.replica(), board.everyone());
    let found = coloured(&map, &board, talks);
    assert_eq!((map.cells.len(), found.without), (3, 2));
    assert!(
        plates(&map, phone.replica(), &board, talks)
            .iter()
            .all(|p| p.value.is_none())
    );
    assert_eq!(
        reach::told(phone.replica(), board.reach()).as_deref(),
        Some("这里只看寺前村的记录，不统计全镇。")
    );
}

/// A printed page says whose it is, over what time, and when it was made.
#[test]
fn paper_says_whose_it_is() {
    let phone = with(Purpose::Dispatch, FileScope::units([U]));
    let (day, today) = (phone.today(), phone.today());
    let made_by = |who: &str| reach::on_paper(phone.replica(), &phone.reach(), (period_of(day), day), (today, who));
    let line = made_by("甲乙丙");
    let (year, month, date) = day.ymd();
    let written = format!("{year}年{month}月{date}日");
    assert_eq!(
        line,
        format!("单位：天城镇寺前村　统计期：{year}年，截至 {written}　制表日期：{written}　制表人：甲乙丙")
    );
    // Nobody said a name: the pen writes it.
    assert!(made_by(" ").ends_with("　制表人：　　　　　　"));
}

/// The charts that a page of one village shows name the village.
#[test]
fn charts_of_a_village_do_not_call_it_the_town() {
    let phone = with(Purpose::Dispatch, FileScope::units([U]));
    let board = board(&phone);
    let source = Source {
        records: phone.replica(),
        board: &board,
    };
    let draw: [fn(Source) -> ChartVm; 4] = [
        charts::talks_by_month,
        charts::kinds_by_month,
        charts::centre_stages,
        |source| charts::talk_columns(source, None),
    ];
    let drawn = draw.map(|draw| draw(source));
    for chart in drawn.iter().chain([&charts::plan_items(source, U)]) {
        assert!(
            !chart.figure.title.contains("全镇") && !chart.about.contains("全镇"),
            "{chart:?}"
        );
    }
    assert!(drawn[0].about.starts_with("寺前村夜话场次"), "{}", drawn[0].about);
    assert_eq!(unit_page::lanes(source, &Overdue::default(), U).len(), 5);
}
