//! What a town can change about how it counts, and that it counts so.

mod rows_support;

use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::{evaluate, indicator_by_id};
use tiancheng::model::records::Sheet;
use tiancheng::model::status::Status;
use tiancheng::view::rules::{Item, checked, general, of_programme, setting};

fn town() -> Sheet {
    sheet(&SampleOptions::default())
}

fn today() -> tiancheng::model::date::Day {
    as_of()
}

fn item(town: &Sheet, key: &str) -> Item {
    let all = general(town);
    let own = Programme::ALL
        .into_iter()
        .flat_map(|p| of_programme(p, town))
        .flat_map(|i| i.items);
    all.into_iter().chain(own).find(|i| i.key == key).expect(key)
}

fn change(town: &mut Sheet, key: &str, typed: &str) {
    let item = item(town, key);
    let value = checked(&item, typed, today()).expect("a value");
    town.drafts.retain(|d| d.id != key);
    town.drafts.push(setting(&item, &value));
    assert_eq!(self::item(town, key).value, value);
}

fn light(town: &Sheet, id: &str) -> (Status, usize) {
    let reading = evaluate(
        indicator_by_id(id).expect("an indicator"),
        town,
        Period::Year(2022),
        as_of(),
        &Scope::Town,
    );
    (reading.status, reading.units)
}

/// T21: targets and lights follow what the town sets.
#[test]
fn a_target_changes_the_light() {
    let mut town = town();
    assert_eq!(light(&town, "dream.night_talks").0, Status::Ok);
    change(&mut town, "target.dream.night_talks", "12");
    assert_ne!(light(&town, "dream.night_talks").0, Status::Ok);
    assert!(item(&town, "target.dream.night_talks").is_own());
    change(&mut town, "normal.dream.night_talks", "20");
    assert_eq!(light(&town, "dream.night_talks").0, Status::Ok);
}

/// G6: which kinds of unit are counted is the town's to say.
#[test]
fn kinds_of_unit_are_a_setting() {
    let mut town = town();
    assert_eq!(light(&town, "base.income").1, 28);
    change(&mut town, "kinds.base.income", "both");
    assert_eq!(light(&town, "base.income").1, 39);
    change(&mut town, "kinds.base.income", "village");
    assert!(!item(&town, "kinds.base.income").is_own());
}

/// Bad input is refused in words, with nothing written.
#[test]
fn values_that_cannot_be_are_refused() {
    let town = town();
    for (key, typed, said) in [
        ("rule.contact_days", "一个月", "片区联系间隔不是数字"),
        ("rule.contact_days", "-3", "片区联系间隔应在 0 到 100000 之间"),
        ("normal.lead.contact", "120", "达到目标多少算正常应在 0 到 100 之间"),
        ("window.start", "年初", "统计起点不是日期"),
        ("rule.income_basis", "gross", "集体经济口径没有这个选项"),
        ("label.link.first", "  ", "三联之一不能为空"),
    ] {
        let refused = checked(&item(&town, key), typed, today()).expect_err(typed);
        assert_eq!(refused.what, said);
        assert!(!refused.todo.is_empty());
    }
    // What stands empty until somebody fills it in can be emptied again.
    assert_eq!(checked(&item(&town, "paper.office"), " ", today()).as_deref(), Ok(""));
    assert_eq!(item(&town, "paper.office").words(""), "不填");
    assert_eq!(
        checked(&item(&town, "rule.contact_days"), " 45 ", today()).as_deref(),
        Ok("45")
    );
    assert_eq!(
        checked(&item(&town, "window.start"), "2022-03-01", today()).as_deref(),
        Ok("2022-03-01")
    );
    // A day of a rule is read as every other day is.
    assert_eq!(
        checked(&item(&town, "window.start"), "2022年3月1日", today()).as_deref(),
        Ok("2022-03-01")
    );
}

/// Every value shown is one that is read somewhere, and says what it is.
#[test]
fn every_value_has_a_label_and_a_default_that_is_valid() {
    let town = town();
    let own = Programme::ALL
        .into_iter()
        .flat_map(|p| of_programme(p, &town))
        .flat_map(|i| i.items);
    let all: Vec<Item> = general(&town).into_iter().chain(own).collect();
    assert!(all.len() > 100, "{}", all.len());
    for item in all {
        assert!(
            !item.label.is_empty() && !item.words(&item.default).is_empty(),
            "{}",
            item.key
        );
        assert_eq!(
            checked(&item, &item.default, today()).as_ref(),
            Ok(&item.default),
            "{}",
            item.key
        );
    }
}
