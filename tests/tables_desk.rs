//! Rows of a table at the desk: one import that is undone, withdrawn and kept like a merged file.

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
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::value::Value;
use tiancheng::storage::{FROM_TABLE, ImportState};
use tiancheng::view::conflicts::{asks_twice, doubled};

fn draft(id: &str, place: &str) -> Draft {
    let mut draft = Draft::new(NightTalk::SCHEMA, id);
    draft.set(NightTalk::LEDGER.slot("place").expect("a field"), Value::text(place));
    draft
}

fn places(device: &Device) -> Vec<String> {
    let mut all: Vec<String> = rows::<NightTalk>(device.desk().replica())
        .iter()
        .map(|talk| talk.place().unwrap_or_default().to_owned())
        .collect();
    all.sort();
    all
}

/// One talk that was entered, and an import that changes it and brings two.
fn imported() -> (Device, String) {
    let mut device = Device::new(1);
    device.found_town();
    device.add_talk("旧");
    let old = rows::<NightTalk>(device.desk().replica())[0].id().to_owned();
    let drafts = [draft(&old, "改"), draft("", "新一"), draft("", "新二")];
    let done = device
        .desk
        .get_mut()
        .import_rows("夜话.xlsx", &drafts)
        .expect("taken in");
    assert!(!done.unchanged);
    (device, old)
}

#[test]
fn rows_are_one_step_that_is_undone_and_done_again() {
    let (device, _) = imported();
    assert_eq!(places(&device), ["改", "新一", "新二"]);
    let mut device = device;
    device.desk.get_mut().undo().expect("a step");
    assert_eq!(places(&device), ["旧"]);
    device.desk.get_mut().redo().expect("a step");
    assert_eq!(places(&device), ["改", "新一", "新二"]);
    device.reopen();
    assert_eq!(places(&device), ["改", "新一", "新二"]);
}

/// A table that was imported, withdrawn and imported again: bringing the first back would have every row twice, and says so.
#[test]
fn bringing_back_what_was_imported_again_is_asked_about() {
    let (mut device, _) = imported();
    let id = device.desk().store().imports()[0].meta.id.clone();
    device.desk.get_mut().withdraw(&id).expect("withdrawn");
    let twice = |device: &mut Device| {
        let (before, after) = device.desk.get_mut().as_if_reinstated(&id).expect("readable");
        doubled(&before, &after)
    };
    assert_eq!(twice(&mut device), [] as [String; 0], "nothing took its place");
    let again = [draft("", "新一"), draft("", "新二")];
    let done = device.desk.get_mut().import_rows("夜话.xlsx", &again);
    assert!(!done.expect("taken in").unchanged);
    let found = twice(&mut device);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|told| told.contains("新一")), "{found:?}");
    assert!(asks_twice(&found).starts_with("恢复以后，2 条记录会和后来登记的重复"));
    assert_eq!(places(&device), ["新一", "新二", "旧"], "nothing was brought back");
}

#[test]
fn an_import_is_withdrawn_later_and_saves_between_stay() {
    let (mut device, old) = imported();
    device.add_talk("后来");
    device.reopen();
    let imports = device.desk().store().imports();
    assert_eq!(imports.len(), 1);
    assert_eq!(
        (imports[0].meta.purpose.as_str(), imports[0].meta.name.as_str()),
        (FROM_TABLE, "夜话.xlsx")
    );
    let id = imports[0].meta.id.clone();
    device.desk.get_mut().withdraw(&id).expect("withdrawn");
    assert_eq!(places(&device), ["后来", "旧"]);
    device.reopen();
    assert_eq!(places(&device), ["后来", "旧"]);
    let state = device.desk().store().imports()[0].state;
    assert_eq!(state, ImportState::Withdrawn);
    device.desk.get_mut().reinstate(&id).expect("brought back");
    assert_eq!(places(&device), ["后来", "改", "新一", "新二"]);
    assert!(
        rows::<NightTalk>(device.desk().replica())
            .iter()
            .any(|talk| talk.id() == old)
    );
}

#[test]
fn a_full_storage_takes_nothing_in_and_says_so() {
    let mut device = Device::new(2);
    device.found_town();
    device.add_talk("旧");
    device.fill_storage(true);
    let drafts: Vec<Draft> = (0..50).map(|n| draft("", &format!("新{n}"))).collect();
    let told = device.desk.get_mut().import_rows("夜话.xlsx", &drafts);
    assert!(told.is_err());
    device.fill_storage(false);
    assert_eq!(places(&device), ["旧"]);
    device.reopen();
    assert_eq!(places(&device), ["旧"]);
    assert!(device.desk().store().imports().is_empty());
}

#[test]
fn what_says_nothing_new_is_no_import() {
    let (mut device, old) = imported();
    let done = device
        .desk
        .get_mut()
        .import_rows("夜话.xlsx", &[draft(&old, "改")])
        .expect("taken in");
    assert!(done.unchanged);
    assert_eq!(device.desk().store().imports().len(), 1);
}

#[test]
fn headings_are_remembered() {
    let mut device = Device::new(3);
    let ledger = NightTalk::LEDGER;
    let pair = |said: &str, name: &str| (said.to_owned(), name.to_owned());
    device
        .desk
        .get_mut()
        .remember_headings(ledger, vec![pair("湾子", "place"), pair("爱好", "")]);
    device
        .desk
        .get_mut()
        .remember_headings(ledger, vec![pair("爱好", "topic")]);
    device.reopen();
    assert_eq!(
        device.desk().headings_of(ledger),
        [pair("湾子", "place"), pair("爱好", "topic")]
    );
}
