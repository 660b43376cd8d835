//! A whole workbook at once: every sheet that is a ledger, one import, one withdrawal.

#[path = "support/devices.rs"]
#[allow(dead_code)]
mod devices;
#[path = "support/dice.rs"]
#[allow(dead_code)]
mod dice;
#[path = "support/turns.rs"]
#[allow(dead_code)]
mod turns;

use devices::Device;
use office::book::{Cell, Row, State, Table};
use tiancheng::model::date::Day;
use tiancheng::model::ledger::Ledger;
use tiancheng::model::programmes::sample::{self, SampleOptions, as_of};
use tiancheng::model::programmes::{self, catalogue, schemas};
use tiancheng::model::value::Value;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::exchange::{remnants, remnants_told};
use tiancheng::view::list::{count, live_records};
use tiancheng::view::overview::figures_period;
use tiancheng::view::tables::book::whole_town;
use tiancheng::view::tables::whole::{Frame, Whole, whole};
use tiancheng::view::tables::write::Personal;

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect("a ledger")
}

/// The workbook of the sample town as it is read again.
fn workbook() -> (Replica, Vec<Table>) {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    let mut board = programmes::board(figures_period(None, as_of()), as_of());
    board.refresh(&replica);
    let bytes = office::write(&whole_town(&replica, &board, "天城镇", Personal::Whole)).expect("a workbook");
    let book = office::read(&bytes).expect("readable");
    (replica, book.sheets)
}

fn planned(device: &mut Device, tables: &[Table], why_not: &dyn Fn(&'static Ledger, &str) -> Option<String>) -> Whole {
    let stamp = device.desk.get_mut().import_stamp();
    let desk = device.desk();
    let remembered = |ledger| desk.headings_of(ledger);
    let frame = Frame {
        replica: desk.replica(),
        today: Day::parse("2022-11-22").expect("a day"),
        stamp,
        remembered: &remembered,
        why_not,
    };
    let tables: Vec<&Table> = tables.iter().collect();
    at_once(whole(&frame, &tables, Turns::NONE))
}

fn import(device: &mut Device, whole: &Whole) {
    let done = device
        .desk
        .get_mut()
        .import_rows("全镇.xlsx", &whole.drafts)
        .expect("taken in");
    assert!(!done.unchanged);
}

fn table(name: &str, rows: &[&[&str]]) -> Table {
    let cell = |text: &&str| {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text((*text).to_owned())
        }
    };
    let rows = rows.iter().zip(1..).map(|(cells, number)| Row {
        number,
        hidden: false,
        cells: cells.iter().map(cell).collect(),
    });
    Table {
        name: name.to_owned(),
        rows: rows.collect(),
        ..Table::default()
    }
}

#[test]
fn the_workbook_of_a_town_comes_into_an_empty_one_at_once_and_is_withdrawn_at_once() {
    let (replica, tables) = workbook();
    let mut device = Device::new(1);
    let before = device.desk().replica().change_count();
    let first = planned(&mut device, &tables, &|_, _| None);
    assert_eq!(first.unknown, ["汇总表"], "the summary is no ledger");
    assert!(first.parts.len() > 60);
    import(&mut device, &first);
    assert_eq!(device.desk().store().imports().len(), 1);
    for id in ["unit", "secretary", "night_talk", "plan", "income", "attendance"] {
        let (there, here) = (
            count(&replica, ledger(id), None),
            count(device.desk().replica(), ledger(id), None),
        );
        assert_eq!(here, there, "{id}");
    }
    // The same workbook again brings nothing but what was asked about.
    let again = planned(&mut device, &tables, &|_, _| None);
    let fresh: Vec<&str> = again
        .parts
        .iter()
        .filter(|part| part.plan.counts().new > 0)
        .map(|part| part.job.ledger.id)
        .collect();
    assert_eq!(fresh, [] as [&str; 0]);
    // Ledgers that name each other came in with what they name.
    let late: Vec<(&str, usize)> = again
        .parts
        .iter()
        .map(|part| (part.job.ledger.id, part.plan.drafts().len()))
        .filter(|(_, drafts)| *drafts > 0)
        .collect();
    assert_eq!(late, []);
    // What was changed later is all that is left of its record, and is told.
    let reserve = ledger("reserve");
    let someone = live_records(device.desk().replica(), reserve)[0].1.id.to_string();
    let slot = reserve.slot("education").expect("a field");
    let desk = device.desk.get_mut();
    assert!(
        !desk
            .set("改学历", reserve, &someone, slot, Value::text("master"))
            .unchanged
    );
    assert_eq!(remnants(desk.replica()), 0);
    let id = device.desk().store().imports()[0].meta.id.clone();
    device.desk.get_mut().withdraw(&id).expect("withdrawn");
    assert_eq!(remnants(device.desk().replica()), 1);
    assert!(remnants_told(1).contains("1 条"));
    assert!(live_records(device.desk().replica(), ledger("night_talk")).is_empty());
    assert!(live_records(device.desk().replica(), ledger("unit")).is_empty());
    assert!(device.desk().replica().change_count() >= before);
}

/// Sheets of an office that names its units, secretaries and talks as it likes.
#[test]
fn sheets_that_name_each_other_come_in_order_and_the_others_are_named() {
    let mut device = Device::new(1);
    let mut hidden = table(
        "旧表",
        &[
            &["日期", "地点", "类型", "议题"],
            &["2022-1-1", "某处", "湾子夜话", "修路"],
        ],
    );
    hidden.state = State::Hidden;
    let tables = [
        table("说明", &[&["本表由各村填写"], &["填好后报党建办"]]),
        table(
            "书记",
            &[
                &["村", "姓名", "任职日期"],
                &["甲村", "张三", "2021-1-1"],
                &["没有的村", "李四", "2021-1-1"],
            ],
        ),
        table(
            "村",
            &[
                &["名称", "类型", "代码"],
                &["甲村", "村", "421281105200"],
                &["乙村", "村", "421281105201"],
            ],
        ),
        hidden,
    ];
    let all: Vec<&Table> = tables.iter().collect();
    let found = planned(&mut device, &tables, &|_, _| None);
    let order: Vec<&str> = found.parts.iter().map(|part| part.job.ledger.id).collect();
    assert_eq!(order, ["unit", "secretary"], "units first, since secretaries name them");
    assert_eq!(found.unknown, ["说明"]);
    let talks = &found.parts[1].plan;
    assert_eq!((talks.counts().new, found.left()), (1, 1), "{:?}", talks.rows);
    assert_eq!(found.drafts.len(), 3);
    assert_eq!(found.told(), "已导入 2 张工作表，3 条记录");
    let back = found.failed(&all);
    assert_eq!(back.len(), 1);
    assert_eq!((back[0].name.as_str(), back[0].rows.len()), ("书记 待改正", 1));
    import(&mut device, &found);
    let desk = device.desk();
    let (_, secretary) = live_records(desk.replica(), ledger("secretary"))[0];
    let (_, unit) = live_records(desk.replica(), ledger("unit"))[0];
    assert_eq!(desk.replica().unit_of(secretary), &*unit.id);
}

#[test]
fn what_a_person_may_not_write_does_not_come_in() {
    let (_, tables) = workbook();
    let mut device = Device::new(1);
    let units = planned(&mut device, &tables, &|_, _| None);
    let only: Vec<_> = units
        .drafts
        .iter()
        .filter(|draft| draft.ledger == "unit" || draft.ledger == "district")
        .cloned()
        .collect();
    device.desk.get_mut().import_rows("名单.xlsx", &only).expect("taken in");
    let refused = planned(&mut device, &tables, &|ledger, _| {
        (ledger.id == "night_talk").then(|| "只能填本村".to_owned())
    });
    let talks = refused
        .parts
        .iter()
        .find(|part| part.job.ledger.id == "night_talk")
        .expect("the sheet");
    assert_eq!(talks.plan.drafts().len(), 0);
    assert!(refused.drafts.iter().all(|draft| draft.ledger != "night_talk"));
    assert!(refused.left() >= talks.plan.rows.len());
}
