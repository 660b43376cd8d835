//! 选择列: the columns of a list are those that were chosen on this device, in sheets as well.

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
use tiancheng::model::ledger::Ledger;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::records::Draft;
use tiancheng::model::value::Value;
use tiancheng::view::list::{List, build};
use tiancheng::view::route::ListQuery;
use tiancheng::view::tables::write::{Personal, of_list};

fn talks() -> &'static Ledger {
    catalogue().get("night_talk").expect("a ledger")
}

/// One talk that 26 people came to.
fn device() -> Device {
    let mut device = Device::new(1);
    device.found_town();
    let mut draft = Draft::new(talks().schema, "");
    let cells = [
        ("date", Value::text("2022-11-02")),
        ("place", Value::text("三组")),
        ("masses", Value::Int(26)),
        ("host", Value::text("张三")),
    ];
    for (name, value) in cells {
        draft.set(talks().slot(name).expect("a field"), value);
    }
    device.desk.get_mut().save("记一场夜话", &[draft]);
    device
}

fn list(device: &Device) -> List {
    let desk = device.desk();
    let list = build(desk.replica(), talks(), &ListQuery::default(), None);
    list.with_columns(desk.replica(), talks(), &desk.columns_of(talks()))
}

fn keys(list: &List) -> Vec<&'static str> {
    list.columns.iter().map(|column| column.key).collect()
}

fn choose(device: &mut Device, names: &[&str]) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    device.desk.get_mut().choose_columns(talks(), &names);
}

#[test]
fn chosen_columns_stay_on_the_device() {
    let mut device = device();
    let declared = keys(&list(&device));
    choose(&mut device, &["masses", "host"]);
    // The first, which leads to the record, stays, and the order is that of the ledger.
    assert_eq!(keys(&list(&device)), [declared[0], "masses", "host"]);
    device.reopen();
    let list_now = list(&device);
    assert_eq!(keys(&list_now), [declared[0], "masses", "host"]);
    assert_eq!(list_now.totals.len(), 3);
    assert_eq!(list_now.totals[1], "26");
    let row = list_now.row(device.desk().replica(), talks(), 0).expect("a row");
    assert_eq!(row.cells[2].text, "张三");
    let mut other = Device::new(2);
    other.found_town_named("别镇");
    assert!(other.desk().columns_of(talks()).is_empty());
    choose(&mut device, &[]);
    assert_eq!(keys(&list(&device)), declared);
}

#[test]
fn names_that_the_ledger_does_not_have_choose_nothing() {
    let mut device = device();
    let declared = keys(&list(&device));
    choose(&mut device, &["of a newer version"]);
    assert_eq!(keys(&list(&device)), declared);
}

#[test]
fn a_sheet_of_what_is_seen_has_the_chosen_columns() {
    let mut device = device();
    choose(&mut device, &["host", "masses"]);
    let list = list(&device);
    let desk = device.desk();
    let heads = |seen: bool, personal: Personal| {
        let sheet = of_list(
            desk.replica(),
            (talks(), &list),
            (String::new(), "天城镇"),
            seen,
            personal,
        );
        let heads = sheet.head[0].iter().map(|heading| heading.text.clone());
        (
            heads.collect::<Vec<_>>(),
            sheet.rows.last().map(|line| line.cells.len()),
        )
    };
    let (seen, width) = heads(true, Personal::Masked);
    assert_eq!(
        seen,
        list.columns
            .iter()
            .map(|column| column.head.clone())
            .collect::<Vec<_>>()
    );
    assert_eq!(width, Some(3));
    let (public, _) = heads(true, Personal::LeftOut);
    assert_eq!(public.len(), 2, "the name of the host is personal");
    assert_eq!(heads(false, Personal::Whole).0.len(), talks().fields.len());
}
