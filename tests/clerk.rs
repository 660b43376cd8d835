//! The page 收发: how units stand with a task, whom a reminder names, what a batch says in one sentence, and what came from
//! which unit.

mod support;

use support::still::{desk_with, take};
use support::{Site, text};
use tiancheng::desk::Desk;
use tiancheng::exchange::sent::Sent;
use tiancheng::exchange::{Batch, Purpose, Scope};
use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes::dream::ledgers::{NightTalk, Plan, PlanReturn};
use tiancheng::model::programmes::town::ledgers::{Dispatch, District, Submission, Town, Unit};
use tiancheng::model::records::Draft;
use tiancheng::model::status::Status;
use tiancheng::model::value::Value;
use tiancheng::view::arrivals::arrivals;
use tiancheng::view::exchange::{
    DistrictRow, Standing, Tab, Whom, previewed, reminder, reports, standings, to_look_at,
};
use tiancheng::view::merging::{Tally, sentence};
use tiancheng::view::receipt::of_import;
use tiancheng::view::route::Address;

const TODAY: &str = "2022-11-22";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// Four villages in two districts, and a task for November.
fn town() -> Site {
    let mut site = Site::new("a");
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    for (id, name) in [("d1", "寺前片区"), ("d2", "渣桥片区")] {
        site.write(District::LEDGER, id, &[("name", text(name))]);
    }
    for (id, name, district) in [
        ("u1", "寺前村", "d1"),
        ("u2", "河田村", "d1"),
        ("u3", "洪下村", "d1"),
        ("u4", "渣冲村", "d2"),
    ] {
        let cells = [
            ("name", text(name)),
            ("kind", text("village")),
            ("district", text(district)),
        ];
        site.write(Unit::LEDGER, id, &cells);
    }
    let task = [
        ("title", text("十一月月报")),
        ("period", text("2022-11")),
        ("ledgers", Value::list(["night_talk"])),
        ("due", text("2022-11-25")),
    ];
    site.write(Dispatch::LEDGER, "t", &task);
    site
}

fn secretary(unit: &str, seed: u8) -> Desk {
    let mut desk = desk_with(&town(), seed);
    desk.become_person(Role::Unit, unit, "", &format!("{unit}书记"));
    desk
}

fn talk(desk: &mut Desk, unit: &str, place: &str) {
    let mut draft = Draft::new(NightTalk::SCHEMA, "");
    for (name, value) in [
        ("unit", unit),
        ("kind", "bay"),
        ("date", "2022-11-02"),
        ("place", place),
        ("topic", "饮水"),
    ] {
        draft.set(NightTalk::LEDGER.slot(name).expect("a field"), Value::text(value));
    }
    assert!(!desk.save("新增", &[draft]).unchanged);
}

/// The report of a village, as its page writes it.
fn report(desk: &mut Desk, unit: &str) -> String {
    let mut note = Draft::new(Submission::SCHEMA, "");
    for (name, value) in [("unit", unit), ("task", "t"), ("date", TODAY)] {
        note.set(Submission::LEDGER.slot(name).expect("a field"), Value::text(value));
    }
    let (written, note) = desk.write_report(unit, Some(note));
    let sent = Sent::of(&written, "上报.json", desk.signature());
    desk.note_left(sent, note);
    written.text
}

fn board(desk: &Desk) -> Vec<DistrictRow> {
    reports(desk.replica(), "t", day(TODAY))
}

fn told(board: &[DistrictRow], code: &str) -> (Status, Standing, String, String) {
    let mut units = board.iter().flat_map(|row| &row.units);
    let unit = units.find(|unit| unit.code == code).expect("on the board");
    (unit.status, unit.standing, unit.word.clone(), unit.told.clone())
}

/// An office that has the report of 寺前村, then a later change of it; that of 河田村 with a plan that was sent back; and
/// that of 洪下村.
fn office() -> Desk {
    let mut office = desk_with(&town(), 90);
    let mut first = secretary("u1", 3);
    talk(&mut first, "u1", "一组");
    take(&mut office, "寺前.json", &report(&mut first, "u1"));
    talk(&mut first, "u1", "二组");
    let later = first.export(Purpose::Backup, Scope::all()).text;
    take(&mut office, "寺前备份.json", &later);
    let mut second = secretary("u2", 40);
    take(&mut office, "河田.json", &report(&mut second, "u2"));
    let mut third = secretary("u3", 60);
    take(&mut office, "洪下.json", &report(&mut third, "u3"));
    let mut plan = Draft::new(Plan::SCHEMA, "");
    for (name, value) in [
        ("unit", text("u2")),
        ("kind", text("annual")),
        ("year", Value::Int(2022)),
        ("version", Value::Int(2)),
        ("shown", text("2022-10-02")),
        ("returned", text("写明责任人")),
    ] {
        plan.set(Plan::LEDGER.slot(name).expect("a field"), value);
    }
    let done = office.save("退回", &[plan]);
    assert!(!done.unchanged);
    office
}

#[test]
fn the_board_knows_who_reported_was_sent_back_changed_something_or_sent_nothing() {
    let office = office();
    let board = board(&office);
    assert_eq!(
        told(&board, "u1"),
        (
            Status::Warn,
            Standing::Changed,
            "报后又改".to_owned(),
            "2022-11-22 上报，报后又改了 1 处".to_owned()
        )
    );
    let (status, standing, word, sentence) = told(&board, "u2");
    assert_eq!(
        (status, standing, word.as_str()),
        (Status::Late, Standing::Returned, "被退回")
    );
    assert!(sentence.ends_with("1 份计划退回待改"), "{sentence}");
    assert_eq!(told(&board, "u3").1, Standing::Here);
    assert_eq!(told(&board, "u4").1, Standing::Missing);
    let counts: Vec<(&str, usize)> = standings(&board).iter().map(|(s, n)| (s.label(), *n)).collect();
    assert_eq!(counts, [("已报", 1), ("被退回", 1), ("报后又改", 1), ("未报", 1)]);
    // Sent back or changed, its report is here.
    assert_eq!(board.iter().map(DistrictRow::reported).collect::<Vec<_>>(), [3, 0]);
    assert!(!board[0].is_settled() && !board[1].is_settled());
}

#[test]
fn a_reminder_asks_each_for_what_is_missing_of_it() {
    let office = office();
    let board = board(&office);
    let of = |whom: Whom| reminder(office.replica(), "t", &board, &whom);
    assert_eq!(
        of(Whom::All).as_deref(),
        Some(
            "各位书记：“十一月月报”（统计期 2022-11）请2022年11月25日前上报。目前有 1 个村（社区）未报：渣冲村。\
             1 个村（社区）有计划退回修改，请改好后再报一次：河田村。1 个村（社区）报后又改过，请再报一次：寺前村。\
             填好后上报即可，谢谢。"
        )
    );
    let district = of(Whom::District("渣桥片区".to_owned())).expect("one is missing");
    assert!(
        district.contains("渣冲村") && !district.contains("河田村"),
        "{district}"
    );
    for (code, part) in [
        (
            "u4",
            "渣冲村书记：“十一月月报”（统计期 2022-11，2022年11月25日前）还没有收到",
        ),
        ("u2", "按退回意见改好后再报一次"),
        ("u1", "上报后又改过内容，请再报一次"),
    ] {
        let text = of(Whom::Unit(code.to_owned())).expect("a reminder");
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(of(Whom::Unit("u3".to_owned())), None, "it has reported");
}

#[test]
fn what_came_from_a_unit_stands_with_the_unit_and_has_a_receipt_of_its_own() {
    let office = office();
    let all = arrivals(&office);
    let names: Vec<(&str, &str, usize)> = all
        .iter()
        .map(|unit| (unit.name.as_str(), unit.reported.as_str(), unit.files.len()))
        .collect();
    assert_eq!(
        names,
        [
            ("寺前村", TODAY, 2),
            ("河田村", TODAY, 1),
            ("洪下村", TODAY, 1),
            ("渣冲村", "", 0)
        ]
    );
    let files: Vec<&str> = all[0].files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files, ["寺前备份.json", "寺前.json"], "the latest first");
    assert!(
        all[0].files[0].about.starts_with("u1书记，2022-11-22 "),
        "{}",
        all[0].files[0].about
    );
    assert!(!all[0].files[0].when.is_empty() && !all[0].files[0].withdrawn);
    // Of a merge of several files, the place says which one.
    let mut two = desk_with(&town(), 77);
    let mut batch = Batch::new(two.replica(), two.now().0);
    for (unit, seed) in [("u1", 3), ("u2", 40)] {
        let mut desk = secretary(unit, seed);
        talk(&mut desk, unit, "一组");
        batch.add(&format!("{unit}.json"), report(&mut desk, unit).as_bytes());
    }
    let base = two.replica().version();
    assert!(two.import(batch.finish().into(), base).is_ok());
    let all = arrivals(&two);
    let last = &all[1].files[0];
    let import = two
        .store()
        .imports()
        .into_iter()
        .find(|import| import.meta.id == last.import);
    let sheets = of_import(&two, &import.expect("the merge"));
    assert_eq!(sheets.len(), 2);
    let named = |place: usize| sheets[place].facts.iter().any(|(_, text)| text == &last.name);
    assert!(named(last.place) && !named(1 - last.place));
}

fn said(here: &Desk, files: &[(&str, &str)]) -> String {
    let mut batch = Batch::new(here.replica(), here.now().0);
    for (name, file) in files {
        batch.add(name, file.as_bytes());
    }
    let preview = batch.finish();
    let looks = to_look_at(here.replica(), &preview.after).len();
    let board = (files.len() > 1).then(|| previewed(here.replica(), &preview));
    assert_eq!(Tally::of(&preview).files, files.len());
    sentence(here.replica(), &preview, board.as_deref(), looks)
}

#[test]
fn a_batch_is_said_in_one_sentence() {
    let office = desk_with(&town(), 90);
    let mut first = secretary("u1", 3);
    talk(&mut first, "u1", "一组");
    let report = report(&mut first, "u1");
    assert_eq!(
        said(&office, &[("a.json", &report)]),
        "寺前村的上报：新增 2 条，可以合并。"
    );
    assert_eq!(
        said(&first, &[("a.json", &report)]),
        "寺前村的上报：没有新内容，本机都有了，不用合并。"
    );
    assert!(said(&office, &[("a.json", "{")]).starts_with("这个文件不能合并："));
    let mut second = secretary("u2", 40);
    talk(&mut second, "u2", "一组");
    let other = second.export(Purpose::Report, Scope::units(["u2"])).text;
    let all = [("a.json", report.as_str()), ("b.json", &other), ("b (1).json", &other)];
    assert_eq!(
        said(&office, &all),
        "3 个文件读完：2 个村（社区）有文件，2 个没有；新增 3 条，1 个重复或拒收；可以直接合并。"
    );
    let mut empty = Desk::open(
        std::rc::Rc::<tiancheng::storage::MemoryKeyValue>::default(),
        support::still::Still::new(7),
        None,
    );
    let sent = desk_with(&town(), 9)
        .export(Purpose::Dispatch, Scope::units(["u1"]))
        .text;
    let words = said(&empty, &[("下发.json", &sent)]);
    assert!(words.starts_with("镇里发给寺前村的文件：新增 "), "{words}");
    take(&mut empty, "下发.json", &sent);
}

#[test]
fn what_two_wrote_differently_is_counted_in_the_sentence() {
    let mut office = desk_with(&town(), 90);
    let mut first = secretary("u1", 3);
    talk(&mut first, "u1", "一组");
    take(&mut office, "上报.json", &report(&mut first, "u1"));
    let ix = office.replica().records_of(NightTalk::LEDGER.id)[0];
    let id = office.replica().record(ix).expect("a talk").id.to_string();
    let slot = NightTalk::LEDGER.slot("masses").expect("a field");
    office.set("改", NightTalk::LEDGER, &id, slot, Value::Int(30));
    first.set("改", NightTalk::LEDGER, &id, slot, Value::Int(35));
    let again = first.export(Purpose::Report, Scope::units(["u1"])).text;
    let words = said(&office, &[("上报2.json", &again)]);
    assert!(words.ends_with("有 1 处要您看一眼，不看也可以合并。"), "{words}");
}

#[test]
fn the_address_says_which_part_is_open() {
    let tab = |hash: &str, village: bool| Tab::of(&Address::parse(hash), village);
    assert_eq!(tab("#/merge", false), Tab::In, "links of old");
    for one in Tab::all(false) {
        assert_eq!(tab(&one.address().hash(), false), *one);
    }
    assert_eq!(Tab::all(true), [Tab::In, Tab::Log]);
    assert_eq!(
        tab("#/merge?tab=out", true),
        Tab::In,
        "a village has nothing to give out"
    );
    assert_eq!(tab("#/merge?tab=other", false), Tab::In);
}

/// A plan sent back before its unit reported is told, and the unit still has not reported.
#[test]
fn a_plan_sent_back_does_not_stand_for_a_report() {
    let mut site = town();
    let plan = [
        ("unit", text("u1")),
        ("kind", text("annual")),
        ("year", Value::Int(2022)),
        ("version", Value::Int(2)),
        ("returned", text("写明责任人")),
    ];
    site.write(Plan::LEDGER, "p", &plan);
    let back = [
        ("unit", text("u1")),
        ("plan", text("p")),
        ("date", text("2022-11-20")),
        ("version", Value::Int(1)),
        ("comment", text("写明责任人")),
    ];
    site.write(PlanReturn::LEDGER, "r", &back);
    let board = reports(&site.replica, "t", day("2022-11-28"));
    assert_eq!(
        told(&board, "u1"),
        (
            Status::None,
            Standing::Missing,
            "未报".to_owned(),
            "未报，已逾期 3 天，1 份计划退回待改".to_owned()
        )
    );
}
