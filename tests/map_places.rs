//! Places and borders of the map, which version 0.1 kept among the settings (`tests/fixtures/map-0.1` was written by it):
//! its files and its storage are read, a device that still works with it goes on merging, and every change keeps its
//! bytes.
#[path = "support/devices.rs"]
#[allow(dead_code)]
mod devices;
#[path = "support/dice.rs"]
mod dice;
mod support;

use std::collections::BTreeMap;
use std::rc::Rc;

use devices::Clock;
use proptest::prelude::*;
use support::{Site, canonical, config, parse, text, turns};
use tiancheng::desk::{Desk, PreparedImport};
use tiancheng::exchange::{Batch, Purpose, ReadFile, Scope, read_file};
use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::Period;
use tiancheng::model::ledger::{Schemas, TypedRow};
use tiancheng::model::programmes::town::ledgers::{MapBorder, MapPlace, Setting, Unit};
use tiancheng::model::programmes::{board, roster, schemas};
use tiancheng::model::records::{Draft, Records, rows};
use tiancheng::model::value::Value;
use tiancheng::replica::wire::Names;
use tiancheng::replica::{Change, ChangeId, Replica, Write};
use tiancheng::storage::{Limit, MemoryKeyValue};
use tiancheng::view::conflicts;
use tiancheng::view::map_edit::{file_in_use, in_use, schematic};
use tiancheng::view::map_page::{place_draft, places, town_map};
use tiancheng::view::record::disputes;

const VALUE: &str = "value";

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/map-0.1/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a fixture")
}

/// The ledgers as version 0.1 had them.
fn old_schemas() -> Schemas {
    let mut known = schemas().all().to_vec();
    known.retain(|ledger| ledger.former.is_none());
    assert_eq!(known.len() + 2, schemas().all().len());
    Schemas::of(&[&known])
}

fn changes_of(file: &str) -> Vec<Change> {
    match read_file(file.as_bytes(), &mut Names::default()).expect("a file") {
        ReadFile::Plain(content) => content.changes,
        ReadFile::Sealed(_) => panic!("not sealed"),
    }
}

fn replica_of(schemas: Schemas, files: &[&str]) -> Replica {
    let mut replica = Replica::new(schemas);
    for file in files {
        replica.merge_all(changes_of(&fixture(file)));
    }
    replica
}

/// A desk over what version 0.1 stored.
fn office() -> Desk {
    let texts: BTreeMap<String, String> = serde_json::from_str(&fixture("office.storage.json")).expect("texts");
    let kv = MemoryKeyValue::with(texts, Limit::NONE);
    let desk = Desk::open(Rc::new(kv), Clock::new(7), None);
    assert_eq!((desk.report().notices.len(), desk.lost()), (0, None));
    desk
}

fn merge_file(desk: &mut Desk, text: &str) {
    let base = desk.replica().version();
    let mut batch = Batch::new(desk.replica(), desk.now().0);
    batch.add("地图.json", text.as_bytes());
    assert!(desk.import(PreparedImport::new(batch.finish()), base).is_ok());
}

fn code(records: &dyn Records, name: &str) -> String {
    let units = rows::<Unit>(records);
    let unit = units.iter().find(|unit| unit.name() == Some(name));
    unit.expect("a unit").id().to_owned()
}

/// Where units stand that were moved, by their names.
fn moved(records: &dyn Records) -> Vec<(String, (i32, i32))> {
    let name = |code: &str| {
        Unit::of(records.find(Unit::SCHEMA, code).expect("a unit"))
            .name()
            .map(str::to_owned)
    };
    let all = places(records).into_iter();
    all.map(|(code, place)| (name(&code).expect("a name"), place)).collect()
}

fn move_unit(desk: &mut Desk, name: &str, place: Option<(i32, i32)>) {
    let code = code(desk.replica(), name);
    let done = desk.save("移动", &[place_draft(&code, name, place)]);
    assert_eq!((done.unchanged, done.failure), (false, None));
}

fn at(name: &str, x: i32, y: i32) -> (String, (i32, i32)) {
    (name.to_owned(), (x, y))
}

fn drawn(records: &dyn Records) -> Vec<(String, String)> {
    let day = Day::parse("2022-11-22").expect("a day");
    let map = town_map(records, &roster(records, day));
    map.cells.into_iter().map(|cell| (cell.name, cell.path)).collect()
}

/// What version 0.1 drew: with the borders in use, and without.
fn drawn_then(key: &str) -> Vec<(String, String)> {
    let all: BTreeMap<String, Vec<(String, String)>> = serde_json::from_str(&fixture("maps.json")).expect("maps");
    all[key].clone()
}

#[test]
fn files_and_storage_of_the_first_version_show_the_same_map() {
    let mut office = office();
    let file = replica_of(schemas(), &["office.json"]);
    assert_eq!(canonical(office.replica()), canonical(&file));
    for records in [office.replica(), &file] {
        let expected = [at("寺前村", 300, 200), at("河田村", 520, 410), at("菖蒲村", 700, 300)];
        let mut found = moved(records);
        found.sort();
        assert_eq!(found, expected);
        assert_eq!(file_in_use(records).as_deref(), Some("two-parts.geojson"));
        assert_eq!(drawn(records), drawn_then("borders"));
        assert!(rows::<Setting>(records).is_empty(), "they are no settings");
        assert_eq!(
            (rows::<MapPlace>(records).len(), rows::<MapBorder>(records).len()),
            (4, 3)
        );
    }
    office.save("恢复示意图", &[schematic()]);
    assert_eq!(drawn(office.replica()), drawn_then("grown"));
    office.undo().expect("a step");
    assert_eq!(drawn(office.replica()), drawn_then("borders"));
}

/// Two people moved 河田村 in version 0.1: both values stand on 核对, are settled, and the decision is taken back.
#[test]
fn a_place_that_two_people_chose_is_decided_as_before() {
    let mut office = office();
    let items = conflicts::items(office.replica(), None);
    let [ix] = items[..] else { panic!("{items:?}") };
    let item = conflicts::item(office.replica(), &|_| String::new(), ix).expect("an item");
    assert_eq!(
        (item.title.as_str(), item.about.as_str()),
        ("河田村在地图上的位置", "地图位置")
    );
    let found = disputes(office.replica(), &|_| String::new(), MapPlace::LEDGER, ix);
    let shown: Vec<&str> = found[0].rivals.iter().map(|rival| rival.text.as_str()).collect();
    assert_eq!(
        (found.len(), found[0].label.as_str(), shown),
        (1, "位置", vec!["520,410", "480,390"])
    );
    office.resolve("采用", &[(ix, found[0].slot, text("480,390"))]);
    assert!(moved(office.replica()).contains(&at("河田村", 480, 390)));
    assert!(conflicts::items(office.replica(), None).is_empty());
    office.undo().expect("a step");
    assert_eq!(conflicts::items(office.replica(), None), items);
    // A further move settles it too.
    move_unit(&mut office, "河田村", Some((1, 2)));
    assert!(conflicts::items(office.replica(), None).is_empty());
}

/// A step back shows what stood before, be it written by which version it may; all places are given up and come back.
#[test]
fn moves_are_taken_back_across_versions() {
    let mut office = office();
    let before = moved(office.replica());
    move_unit(&mut office, "寺前村", Some((5, 6)));
    move_unit(&mut office, "洪下村", Some((7, 8)));
    assert!(moved(office.replica()).contains(&at("寺前村", 5, 6)));
    assert!(moved(office.replica()).contains(&at("洪下村", 7, 8)));
    for _ in 0..2 {
        office.undo().expect("a step");
    }
    assert_eq!(moved(office.replica()), before);
    office.redo().expect("a step");
    assert!(moved(office.replica()).contains(&at("寺前村", 5, 6)));
    office.undo().expect("a step");
    let all: Vec<_> = places(office.replica()).into_keys().collect();
    let given_up: Vec<_> = all.iter().map(|code| place_draft(code, "村", None)).collect();
    office.save("恢复自动位置", &given_up);
    assert!(moved(office.replica()).is_empty());
    office.undo().expect("a step");
    assert_eq!(moved(office.replica()), before);
}

/// A file of version 0.1 that is withdrawn takes its moves along, and leaves those that were made since.
#[test]
fn a_file_of_the_first_version_is_withdrawn() {
    let mut office = office();
    let before = moved(office.replica());
    merge_file(&mut office, &fixture("later.json"));
    assert!(moved(office.replica()).contains(&at("寺前村", 310, 210)));
    let id = office.store().imports().last().expect("an import").meta.id.clone();
    office.withdraw(&id).expect("withdrawn");
    assert_eq!(moved(office.replica()), before);
    office.reinstate(&id).expect("brought back");
    move_unit(&mut office, "寺前村", Some((330, 230)));
    office.withdraw(&id).expect("withdrawn");
    assert!(moved(office.replica()).contains(&at("寺前村", 330, 230)));
}

/// A move of today goes under the new name, comes home through the old version unharmed, and every version writes the
/// same bytes of the same changes.
#[test]
fn changes_keep_their_bytes_in_every_version() {
    let mut office = office();
    assert_eq!(
        canonical(office.replica()),
        canonical(&replica_of(old_schemas(), &["office.json"]))
    );
    move_unit(&mut office, "寺前村", Some((5, 6)));
    let file = office.export(Purpose::Backup, Scope::all()).text;
    let place = format!("\"place.{}\":", code(office.replica(), "寺前村"));
    let line = file.lines().find(|line| line.contains(&place)).expect("the move");
    assert!(
        line.contains("\"ledger\":\"map_place\"") && !line.contains("setting"),
        "{line}"
    );
    assert!(file.contains("\"ledger\":\"setting\""), "what 0.1 wrote stays as it is");
    let mut old = replica_of(old_schemas(), &["later.json"]);
    old.merge_all(changes_of(&file));
    let mut new = replica_of(schemas(), &["office.json"]);
    new.merge_all(parse(&canonical(&old)));
    let mut other = replica_of(schemas(), &["later.json"]);
    other.merge_all(changes_of(&file));
    assert_eq!(canonical(&old), canonical(&new));
    assert_eq!(canonical(&new), canonical(&other));
    assert!(new.alarms().is_empty());
    // Neither had seen the other move: both stand, and the later is shown.
    assert_eq!(moved(&new), moved(&other));
    assert!(moved(&new).contains(&at("寺前村", 310, 210)));
    let ix = new.find_ix(MapPlace::LEDGER.id, &place[1..place.len() - 2]);
    assert!(new.is_open(ix.expect("the record")));
    assert!(
        changes_of(&file)
            .iter()
            .all(|change| !new.lacks(change) && !old.lacks(change))
    );
}

/// A stored address of the old name leads to the record.
#[test]
fn the_old_name_finds_the_record() {
    let replica = replica_of(schemas(), &["office.json"]);
    let code = code(&replica, "寺前村");
    let found = replica.find_ix("setting", &format!("map.{code}"));
    assert!(found.is_some());
    assert_eq!(found, replica.find_ix("map_place", &format!("place.{code}")));
    assert_eq!(
        replica.find_ix("setting", "border"),
        replica.find_ix("map_border", "lines")
    );
    assert_eq!(replica.find_ix("setting", "map"), None);
    assert_eq!(in_use(&replica).as_deref().map(str::len), Some(16));
}

/// Neither a move of today nor one that comes from version 0.1 has any figure counted anew; a rule has.
#[test]
fn moving_a_unit_counts_nothing_anew() {
    let mut office = office();
    let mut board = board(Period::Year(2022), office.today());
    assert!(board.refresh(office.replica()).computed > 0);
    move_unit(&mut office, "寺前村", Some((5, 6)));
    assert_eq!(board.refresh(office.replica()).computed, 0);
    merge_file(&mut office, &fixture("later.json"));
    assert!(moved(office.replica()).contains(&at("寺前村", 310, 210)));
    assert_eq!(board.refresh(office.replica()).computed, 0);
    let mut rule = Draft::new(Setting::SCHEMA, "rule.contact_days");
    rule.set(Setting::LEDGER.slot(VALUE).expect("a field"), text("60"));
    office.save("规则", &[rule]);
    assert!(board.refresh(office.replica()).computed > 0);
}

/// Redacted files carry the map whole, whichever version wrote it.
#[test]
fn redacted_files_carry_the_map() {
    let mut office = office();
    move_unit(&mut office, "寺前村", Some((5, 6)));
    let before = canonical(office.replica());
    let file = office.export(Purpose::Redacted, Scope::all()).text;
    let mut away = Replica::new(schemas());
    away.merge_all(changes_of(&file));
    assert_eq!(moved(&away), moved(office.replica()));
    assert_eq!(drawn(&away), drawn_then("borders"));
    merge_file(&mut office, &file);
    assert_eq!(canonical(office.replica()), before);
}

/// One change that names one write both ways is forged: both are kept, and it raises the alarm.
#[test]
fn one_change_under_both_names_is_told() {
    let line = |ledger: &str, id: &str| {
        format!(
            "[\n{{\"at\":\"2022-03-05T01:00:00Z\",\"by\":\"t\",\"id\":\"k.1\",\"set\":{{\"{id}\":{{\"fields\":\
             {{\"value\":\"1,2\"}},\"ledger\":\"{ledger}\"}}}}}}\n]"
        )
    };
    let (old, new) = (line("setting", "map.u"), line("map_place", "place.u"));
    let mut both = Replica::new(schemas());
    both.merge_all(parse(&old));
    assert_eq!(canonical(&both), old);
    assert!(parse(&new).iter().all(|change| both.lacks(change)));
    both.merge_all(parse(&new));
    assert_eq!(both.alarms().len(), 1);
    let mut other = Replica::new(schemas());
    other.merge_all(parse(&new));
    other.merge_all(parse(&old));
    assert_eq!(canonical(&both), canonical(&other));
    assert_eq!(
        canonical(&support::replica_of([canonical(&both).as_str()])),
        canonical(&both)
    );
    assert_eq!(places(&both).get("u"), Some(&(1, 2)));
}

/// One thing that happens: somebody moves a unit, takes the last step back, or a file goes from one to another.
fn any_day() -> impl Strategy<Value = Vec<(u8, usize, usize, i32)>> {
    prop::collection::vec((0u8..6, 0usize..4, 0usize..4, 0i32..9), 1..40)
}

proptest! {
    #![proptest_config(config(200))]

    /// Two devices of either version move two units and exchange files in any order: everybody has the same bytes, the
    /// new ones show the same places, and the latest move is shown where nobody took a step back.
    #[test]
    fn devices_of_both_versions_merge_in_any_order(days in any_day()) {
        let mut sites: Vec<Site> = ["a", "b", "c", "d"].into_iter().map(Site::new).collect();
        for old in &mut sites[..2] {
            old.replica = Replica::new(old_schemas());
        }
        let mut now = sites[0].clock;
        let mut last: BTreeMap<String, (i32, i32)> = BTreeMap::new();
        let mut undone = false;
        let mut wrote: Vec<Vec<ChangeId>> = vec![Vec::new(); sites.len()];
        for (kind, who, other, x) in days {
            now += 60;
            sites[who].clock = now;
            match kind {
                0..=2 => {
                    let unit = format!("u{}", x % 2);
                    let place = format!("{x},{}", now % 1_000);
                    let change = if who < 2 {
                        sites[who].write(Setting::LEDGER, &format!("map.{unit}"), &[(VALUE, Value::text(place.as_str()))])
                    } else {
                        let draft = place_draft(&unit, "村", Some((x, i32::try_from(now % 1_000).unwrap_or(0))));
                        let stamp = sites[who].stamp();
                        let change = sites[who].replica.compose(stamp, &[Write::of(&draft, "")]);
                        sites[who].apply(change.clone());
                        change
                    };
                    prop_assert!(change.is_some());
                    wrote[who].extend(change.map(|change| change.id));
                    last.insert(unit, (x, i32::try_from(now % 1_000).unwrap_or(0)));
                }
                3 => {
                    if let Some(id) = wrote[who].pop() {
                        let stamp = sites[who].stamp();
                        let change = sites[who].replica.undo(stamp, &[id]).0;
                        undone |= change.is_some();
                        sites[who].apply(change);
                    }
                }
                _ => {
                    let file = sites[who].file();
                    sites[other].take(&file);
                }
            }
        }
        let files: Vec<String> = sites.iter().map(Site::file).collect();
        for (n, site) in sites.iter_mut().enumerate() {
            for i in 0..files.len() {
                site.take(&files[(i * 3 + n) % files.len()]);
            }
        }
        for site in &sites[1..] {
            prop_assert_eq!(site.file(), sites[0].file());
            prop_assert!(site.replica.alarms().is_empty());
        }
        prop_assert_eq!(places(&sites[2].replica), places(&sites[3].replica));
        prop_assert_eq!(support::view(&sites[2].replica), support::view(&sites[3].replica));
        if !undone {
            prop_assert_eq!(places(&sites[2].replica), last);
        }
    }
}
