//! How the units of a district stand for its leader, and the text that reminds them (17.5).

mod rows_support;

use rows_support::day;
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::programmes::catalogue;
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::view::district::{UnitStanding, reminder, standings, told};
use tiancheng::view::due::board;

fn district(drafts: &[Draft]) -> Sheet {
    let mut all = vec![
        rec!("district", "d1", name = "寺前片区"),
        rec!("unit", "u1", name = "寺前村", kind = "village", district = "d1"),
        rec!("unit", "u2", name = "菖蒲村", kind = "village", district = "d1"),
        rec!("unit", "u3", name = "洪下村", kind = "village", district = "d2"),
        rec!("contact", "c1", unit = "u1", date = "2026-09-20", way = "visit"),
        rec!("contact", "c2", unit = "u1", date = "2026-10-01", way = "visit"),
        rec!("contact", "c3", unit = "u1", date = "2026-12-01", way = "visit"),
        rec!("contact", "c4", unit = "u2", date = "2026-10-10", way = "visit"),
        rec!("night_talk", "t1", unit = "u2", date = "2026-10-20", place = "屋场"),
        rec!("night_talk", "t2", unit = "u2", date = "2026-10-02", place = "屋场"),
    ];
    all.extend(drafts.iter().cloned());
    Sheet { drafts: all }
}

fn problem(id: &str, unit: &str, due: &str) -> Draft {
    rec!("problem", id, unit = unit, text = id, date = "2026-09-01", due = due)
}

fn of(records: &Sheet) -> Vec<UnitStanding> {
    let today = day("2026-10-14");
    let all = standings(
        records,
        catalogue(),
        &board(records, today, Scope::Town),
        &Scope::District("d1".to_owned()),
    );
    // Organisation life and other rules of the month make things late as well; here only what the test writes is looked at.
    let own = |mut unit: UnitStanding| {
        unit.late
            .retain(|thing| thing.what.starts_with("问题办结") || thing.is_report);
        unit
    };
    all.into_iter().map(own).collect()
}

fn named<'a>(all: &'a [UnitStanding], name: &str) -> &'a UnitStanding {
    all.iter().find(|unit| unit.name == name).expect("a unit")
}

#[test]
fn what_is_late_is_told_of_each_unit_the_longest_first() {
    let records = district(&[
        problem("修路", "u1", "2026-10-13"),
        problem("清沟", "u1", "2026-10-01"),
        problem("以后", "u1", "2026-10-14"),
        problem("别处", "u3", "2026-10-01"),
    ]);
    let all = of(&records);
    let names: Vec<&str> = all.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let first = named(&all, "寺前村");
    let late: Vec<(&str, i64)> = first.late.iter().map(|t| (t.what.as_str(), t.days)).collect();
    assert_eq!(late, [("问题办结：清沟", 13), ("问题办结：修路", 1)]);
    assert_eq!(first.words(), "2 件逾期");
    assert_eq!(named(&all, "菖蒲村").words(), "没有逾期");
    assert_eq!(told(&all), "1 个村（社区）共 2 件逾期");
    assert_eq!(told(&[]), "没有逾期的事");
}

#[test]
fn the_last_contact_and_the_next_talk_are_told() {
    let all = of(&district(&[]));
    let today = day("2026-10-14");
    let (first, second) = (named(&all, "寺前村"), named(&all, "菖蒲村"));
    // What is dated ahead is no contact yet.
    assert_eq!(first.contact_words(today), "2026-10-01（13 天前）");
    assert_eq!(first.next_talk, None);
    assert_eq!(second.next_talk, Some(day("2026-10-20")));
    // 30 days after the last one.
    assert_eq!(second.next_contact, Some(day("2026-11-09")));
    assert_eq!(first.contact_href(), "#/l/contact/new?f.unit=u1");
}

#[test]
fn one_text_reminds_one_unit_or_all() {
    let records = district(&[
        problem("修路", "u1", "2026-10-13"),
        problem("清沟", "u2", "2026-10-01"),
        problem("补堤", "u2", "2026-10-12"),
    ]);
    let all = of(&records);
    let today = day("2026-10-14");
    let one = reminder("寺前片区", std::slice::from_ref(named(&all, "寺前村")), today).expect("a text");
    assert_eq!(
        one,
        "寺前村书记：截至10月14日，下面的事已过期限，请抓紧办理：\n1. 问题办结：修路，已逾期 1 天\n办好后请在台账里登记，未上报的请尽快上报，谢谢。"
    );
    let text = reminder("寺前片区", &all, today).expect("a text");
    assert!(text.starts_with("寺前片区各位书记：截至10月14日"), "{text}");
    assert!(text.contains("【寺前村】\n1. 问题办结：修路，已逾期 1 天"), "{text}");
    assert!(
        text.contains("【菖蒲村】\n1. 问题办结：清沟，已逾期 13 天\n2. 问题办结：补堤，已逾期 2 天"),
        "{text}"
    );
    let none: Vec<UnitStanding> = of(&district(&[]));
    assert_eq!(reminder("寺前片区", &none, today), None);
}

#[test]
fn a_task_without_a_report_is_late_after_its_day() {
    let records = district(&[rec!(
        "dispatch",
        "k1",
        title = "十月月报",
        due = "2026-10-10",
        ledgers = ["night_talk"]
    )]);
    let all = of(&records);
    let first = named(&all, "寺前村");
    assert_eq!(first.words(), "1 件逾期，其中未报 1 件");
    assert!(first.late[0].by_unit);
    assert!(first.late[0].what.contains("十月月报"), "{:?}", first.late);
    // A long list is cut and said to be.
    let many: Vec<Draft> = (0..11)
        .map(|n| problem(&format!("事{n}"), "u1", "2026-10-01"))
        .collect();
    let all = of(&district(&many));
    let text = reminder("寺前片区", &all, day("2026-10-14")).expect("a text");
    assert!(text.contains("另有 3 件，见“待办”页"), "{text}");
}
