//! What the pages of exchange and filling in say: tasks, reports, what is left to decide, what a form refuses.

mod support;

use support::still::{desk_with, take};
use support::{Site, text};
use tiancheng::desk::Desk;
use tiancheng::exchange::writing::canonical_file;
use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Role, TypedRow, slots};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{Device, Dispatch, District, Submission, Unit};
use tiancheng::model::records::Draft;
use tiancheng::model::status::Status;
use tiancheng::model::value::Value;
use tiancheng::view::conflicts::{self, Rule};
use tiancheng::view::exchange::{Whom, reminder, reports};
use tiancheng::view::fill::asked;
use tiancheng::view::form::{errors, prefill, stands, warnings};
use tiancheng::view::record::{self, source_with_file};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A town of two units in one district, asked for the talks of November.
fn town() -> Site {
    let mut site = Site::new("a");
    site.write(District::LEDGER, "d", &[("name", text("寺前片区"))]);
    for (id, name) in [("u1", "寺前村"), ("u2", "河田村")] {
        let cells = [("name", text(name)), ("kind", text("village")), ("district", text("d"))];
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

fn talk(site: &mut Site, id: &str, unit: &str, date: &str) {
    let cells = [
        ("unit", text(unit)),
        ("kind", text("bay")),
        ("date", text(date)),
        ("place", text("三组")),
        ("topic", text("饮水")),
    ];
    site.write(NightTalk::LEDGER, id, &cells);
}

#[test]
fn a_task_counts_the_records_of_its_period_and_unit() {
    let mut site = town();
    talk(&mut site, "n1", "u1", "2022-10-31");
    talk(&mut site, "n2", "u2", "2022-11-02");
    let before = asked(&site.replica, "u1", day("2022-11-22"), &[]);
    assert_eq!(
        (before[0].filled(), before[0].ledgers[0].count, before[0].days_left),
        (0, 0, Some(3))
    );
    talk(&mut site, "n3", "u1", "2022-11-30");
    let after = asked(&site.replica, "u1", day("2022-11-28"), &[]);
    assert_eq!(
        (after[0].filled(), after[0].ledgers[0].count, after[0].days_left),
        (1, 1, Some(-3))
    );
}

#[test]
fn the_board_tells_who_reported_late_and_reminds_the_rest() {
    let mut site = town();
    let report = [("unit", text("u1")), ("task", text("t")), ("date", text("2022-11-27"))];
    site.write(Submission::LEDGER, "s", &report);
    let rows = reports(&site.replica, "t", day("2022-11-28"));
    assert_eq!(rows.len(), 1);
    let told: Vec<(&str, Status)> = rows[0].units.iter().map(|u| (u.told.as_str(), u.status)).collect();
    assert_eq!(
        told,
        [
            ("2022-11-27 上报，迟 2 天", Status::Warn),
            ("未报，已逾期 3 天", Status::None)
        ]
    );
    assert_eq!(rows[0].reported(), 1);
    let text = reminder(&site.replica, "t", &rows, &Whom::All).expect("one is missing");
    assert!(
        text.contains("2022年11月25日前") && text.contains("1 个村（社区）未报：河田村"),
        "{text}"
    );
    assert!(!text.contains("寺前村"), "{text}");
    assert_eq!(
        reminder(&site.replica, "t", &rows, &Whom::District("别的片区".to_owned())),
        None
    );
}

/// The town and a village wrote different counts into one talk without knowing of each other.
fn disputed() -> Site {
    let mut office = town();
    talk(&mut office, "n", "u1", "2022-11-02");
    let device = [("label", text("书记")), ("role", text("unit")), ("unit", text("u1"))];
    office.write(Device::LEDGER, "village", &device);
    let device = [("label", text("党建办")), ("role", text("town"))];
    office.write(Device::LEDGER, "town", &device);
    let mut village = Site::tagged("b", "village");
    village.take(&office.file());
    village.clock = office.clock + 100;
    office.write(NightTalk::LEDGER, "n", &[("masses", Value::Int(35))]);
    village.write(NightTalk::LEDGER, "n", &[("masses", Value::Int(32))]);
    office.take(&village.file());
    office
}

#[test]
fn rules_settle_what_they_have_a_say_in() {
    let site = disputed();
    let mut desk = desk_with(&site, 1);
    assert_eq!(conflicts::open(desk.replica()).disputed, 1);
    let items = conflicts::items(desk.replica(), None);
    assert_eq!(items, conflicts::items(desk.replica(), Some("u1")));
    assert!(conflicts::items(desk.replica(), Some("u2")).is_empty());
    let value = |desk: &Desk, rule| {
        conflicts::by_rule(desk, &items, rule)
            .into_iter()
            .map(|c| c.2)
            .collect::<Vec<_>>()
    };
    assert_eq!(value(&desk, Rule::Town), [Value::Int(35)]);
    assert_eq!(value(&desk, Rule::Unit), [Value::Int(32)]);
    assert_eq!(value(&desk, Rule::Newest), [Value::Int(32)]);
    let choices = conflicts::by_rule(&desk, &items, Rule::Town);
    desk.resolve("按镇里填写", &choices);
    assert_eq!(conflicts::open(desk.replica()), conflicts::Open::default());
    // Whoever may only look settles nothing.
    let mut viewer = desk_with(&site, 1);
    viewer.become_person(Role::Viewer, "", "", "");
    assert!(conflicts::by_rule(&viewer, &items, Rule::Newest).is_empty());
}

#[test]
fn every_value_names_the_file_it_came_in_with() {
    let mut desk = desk_with(&disputed(), 1);
    let told = |desk: &Desk| {
        let items = conflicts::items(desk.replica(), None);
        let item =
            conflicts::item(desk.replica(), &|change| source_with_file(desk, change), items[0]).expect("an item");
        let sources = item.disputes[0].rivals.iter().map(|rival| rival.source.clone());
        sources.collect::<Vec<_>>()
    };
    let sources = told(&desk);
    assert!(
        sources.len() == 2 && sources.iter().all(|s| s.contains("，来自 全镇.json（")),
        "{sources:?}"
    );
    let ix = conflicts::items(desk.replica(), None)[0];
    let slot = NightTalk::LEDGER.slot("masses").expect("a field");
    desk.set("改", NightTalk::LEDGER, "n", slot, Value::Int(7));
    let past = record::card(&desk, ix).expect("a card").history;
    assert!(!past[0].source.contains("来自"), "written here: {}", past[0].source);
    assert!(past.last().is_some_and(|first| first.source.contains("来自 全镇.json")));
    // Withdrawn and brought back, a file is still known.
    let mut desk = desk_with(&disputed(), 1);
    desk.undo();
    assert!(
        desk.replica().record(ix).is_none_or(|r| r.atoms.is_empty()),
        "the import is withdrawn"
    );
    let done = desk.redo().expect("a step");
    assert_eq!(done.failure, None);
    assert_eq!(told(&desk), sources);
}

#[test]
fn records_of_one_thing_are_found_by_their_natural_key() {
    let mut site = town();
    talk(&mut site, "n1", "u1", "2022-11-02");
    talk(&mut site, "n2", "u1", "2022-11-03");
    assert!(conflicts::pairs(&site.replica).is_empty());
    talk(&mut site, "n3", "u1", "2022-11-02");
    let (keep, other) = (site.ix(NightTalk::LEDGER, "n1"), site.ix(NightTalk::LEDGER, "n3"));
    assert_eq!(conflicts::pairs(&site.replica), [(keep, other)]);
    let stamp = site.stamp();
    let joined = site.replica.join(stamp, other, keep);
    site.apply(joined);
    assert!(conflicts::pairs(&site.replica).is_empty());
}

#[test]
fn of_two_alike_the_one_written_first_is_kept_in_whatever_order_they_came() {
    let mut site = town();
    talk(&mut site, "n9", "u1", "2022-11-02");
    let early = canonical_file(&site.replica).text;
    talk(&mut site, "n1", "u1", "2022-11-02");
    let whole = canonical_file(&site.replica).text;
    for files in [vec![&early, &whole], vec![&whole, &early], vec![&whole]] {
        let mut desk = desk_with(&Site::new("b"), 2);
        for file in files {
            take(&mut desk, "一村.json", file);
        }
        let id = |ix| desk.replica().record(ix).expect("a record").id.to_string();
        let pairs = conflicts::pairs(desk.replica()).into_iter();
        let ids: Vec<(String, String)> = pairs.map(|(keep, other)| (id(keep), id(other))).collect();
        assert_eq!(ids, [("n9".to_owned(), "n1".to_owned())]);
    }
}

#[test]
fn a_form_refuses_what_the_rules_refuse_and_warns_of_the_rest() {
    let site = town();
    let mut draft = Draft::new(NightTalk::SCHEMA, "");
    let today = day("2022-11-22");
    let wrong = errors(NightTalk::LEDGER, &draft, &site.replica, today);
    let places: Vec<&str> = wrong.iter().map(|n| n.place.as_str()).collect();
    assert_eq!(places, ["unit", "kind", "date", "place", "topic"]);
    let filters = [
        ("unit".to_owned(), "u1".to_owned()),
        ("kind".to_owned(), "star".to_owned()),
    ];
    prefill(NightTalk::LEDGER, &mut draft, &filters.into(), &site.replica, today);
    assert_eq!(draft.cell_text(slots::UNIT), "u1");
    for (name, value) in [("date", "2022-12-01"), ("place", "三组"), ("topic", "饮水")] {
        draft.set(NightTalk::LEDGER.slot(name).expect("a field"), text(value));
    }
    assert!(errors(NightTalk::LEDGER, &draft, &site.replica, today).is_empty());
    let told = warnings(NightTalk::LEDGER, &draft, &site.replica, today);
    assert!(told.iter().any(|n| n.what.contains("在今天之后")), "{told:?}");
}

#[test]
fn a_draft_that_became_a_record_is_known() {
    let mut site = town();
    let mut draft = Draft::new(NightTalk::SCHEMA, "");
    assert!(
        !stands(&site.replica, NightTalk::LEDGER, &draft),
        "an empty draft is no record"
    );
    for (name, value) in [
        ("unit", "u1"),
        ("kind", "bay"),
        ("date", "2022-11-02"),
        ("place", "三组"),
        ("topic", "饮水"),
    ] {
        draft.set(NightTalk::LEDGER.slot(name).expect("a field"), text(value));
    }
    assert!(!stands(&site.replica, NightTalk::LEDGER, &draft));
    talk(&mut site, "n", "u1", "2022-11-02");
    assert!(stands(&site.replica, NightTalk::LEDGER, &draft));
    draft.set(NightTalk::LEDGER.slot("topic").expect("a field"), text("道路"));
    assert!(!stands(&site.replica, NightTalk::LEDGER, &draft));
}

/// The text of a slot of a draft.
trait CellText {
    fn cell_text(&self, slot: u32) -> &str;
}

impl CellText for Draft {
    fn cell_text(&self, slot: u32) -> &str {
        use tiancheng::model::ledger::Cells;
        self.cell(slot).as_str().unwrap_or_default()
    }
}

#[test]
fn what_stands_already_is_told_from_what_is_new() {
    let mut site = town();
    talk(&mut site, "n1", "u1", "2022-11-02");
    let draft = |place: &str| {
        let mut draft = Draft::new(NightTalk::SCHEMA, "");
        let cells = [
            ("unit", "u1"),
            ("kind", "bay"),
            ("date", "2022-11-02"),
            ("place", place),
            ("topic", "饮水"),
        ];
        for (name, value) in cells {
            draft.set(NightTalk::LEDGER.slot(name).expect("a field"), text(value));
        }
        draft
    };
    assert!(stands(&site.replica, NightTalk::LEDGER, &draft("三组")));
    assert!(!stands(&site.replica, NightTalk::LEDGER, &draft("四组")));
    // Saved all the same, both stay; merging twice makes neither one nor three.
    talk(&mut site, "n2", "u1", "2022-11-02");
    let file = site.file();
    site.take(&file);
    let mut other = Site::new("b");
    other.take(&file);
    other.take(&file);
    for replica in [&site.replica, &other.replica] {
        assert_eq!(support::listed(replica, NightTalk::LEDGER), ["n1", "n2"]);
        assert_eq!(conflicts::pairs(replica).len(), 1);
    }
}

#[test]
fn a_field_that_very_many_dispute_tells_the_first_and_counts_the_rest() {
    let mut site = town();
    talk(&mut site, "n1", "u1", "2022-11-02");
    let start = site.file();
    for at in 0..60 {
        let mut other = Site::new(&format!("x{at}"));
        other.take(&start);
        // The last ten of them agree.
        let masses = Value::Int(at.min(50));
        other.write(NightTalk::LEDGER, "n1", &[("masses", masses)]);
        site.take(&other.file());
    }
    let told = |_| "某设备".to_owned();
    let disputes = record::disputes(
        &site.replica,
        &told,
        NightTalk::LEDGER,
        site.ix(NightTalk::LEDGER, "n1"),
    );
    let (rivals, more) = (&disputes[0].rivals, disputes[0].more);
    assert_eq!((rivals.len(), more), (record::RIVALS, 51 - record::RIVALS));
    let agreed = rivals.iter().find(|rival| rival.value == Value::Int(50)).expect("told");
    assert!(agreed.source.ends_with("另 5 处"), "{}", agreed.source);
}
