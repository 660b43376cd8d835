use super::*;
use crate::chart::palette::LIGHT;
use crate::chart::{Scene, Size, Theme, estimate, layout};
use crate::model::indicator::{Period, Scope};
use crate::model::sample::{SampleOptions, as_of, sheet};
use crate::view::unit_page;

fn with_sample(check: impl FnOnce(Source)) {
    let records = sheet(&SampleOptions::default());
    let mut board = Board::new(Period::Year(2022), as_of());
    board.refresh(&records);
    check(Source {
        records: &records,
        board: &board,
    });
}

fn scene(vm: &ChartVm) -> Scene {
    let size = Size {
        width: 560.0,
        height: None,
    };
    layout(&vm.figure, size, &Theme::new(LIGHT, 1.0), &estimate)
}

/// Unit of the sample by name.
fn code(source: Source, name: &str) -> String {
    let unit = source.board.frame().units.iter().find(|u| u.name == name);
    unit.expect("a unit of the sample").code.clone()
}

#[test]
fn every_chart_of_the_town_says_something_of_the_sample() {
    with_sample(|source| {
        let draw: [fn(Source) -> ChartVm; 12] = [
            talks_by_district,
            talks_by_month,
            kinds_by_month,
            talks_heat,
            programmes_by_district,
            progress_heat,
            centres,
            incomes,
            pipeline,
            secretaries,
            centre_and_income,
            centre_stages,
        ];
        for (i, draw) in draw.into_iter().enumerate() {
            let vm = draw(source);
            let drawn = scene(&vm);
            assert!(
                !vm.figure.title.is_empty() && !vm.figure.title.contains("还没有"),
                "{i}: {}",
                vm.figure.title
            );
            assert!(!drawn.marks.is_empty(), "{i}: {}", vm.figure.title);
            assert!(!drawn.table.rows.is_empty(), "{i}");
        }
    });
}

/// Z8, Z9: 84 湾子夜话 and 62 星空夜话, whatever way they are shown.
#[test]
fn z8_z9_talks_add_up_in_every_chart() {
    with_sample(|source| {
        let sum = |vm: &ChartVm, column: usize| -> f64 {
            let table = scene(vm).table;
            table
                .rows
                .iter()
                .filter_map(|r| r.get(column)?.text.parse::<f64>().ok())
                .sum()
        };
        let by_kind = kinds_by_month(source);
        assert_eq!((sum(&by_kind, 1), sum(&by_kind, 2)), (84.0, 62.0));
        let by_district = talks_by_district(source);
        assert!(
            by_district.figure.title.contains("24 场"),
            "{}",
            by_district.figure.title
        );
        assert!(by_district.records.as_ref().is_some_and(|r| r.0.contains("146")));
        assert!(talks_by_month(source).records.is_some_and(|r| r.0.contains("146")));
    });
}

/// Q2, Q16, Q17: 19 built, 13 being improved, 7 planned; 28 villages over 5 and 11 over 10.
#[test]
fn q2_q16_q17_centres_and_incomes() {
    with_sample(|source| {
        let table = scene(&centres(source)).table;
        let amounts: Vec<&str> = table.rows.iter().take(3).map(|r| r[1].text.as_str()).collect();
        assert_eq!(amounts, ["19", "13", "7"]);
        let vm = incomes(source);
        assert_eq!(vm.figure.title, "28 个村集体经济全部过 5 万元");
        let table = scene(&vm).table;
        let amounts: Vec<&str> = table.rows.iter().take(3).map(|r| r[1].text.as_str()).collect();
        assert_eq!(amounts, ["0", "17", "11"]);
    });
}

/// T4, T5: the secretaries before and after the election.
#[test]
fn t4_t5_secretaries_are_compared() {
    with_sample(|source| {
        let vm = secretaries(source);
        assert!(vm.figure.title.starts_with("大专以上提高最多"), "{}", vm.figure.title);
        assert!(vm.about.contains("平均年龄由"), "{}", vm.about);
    });
}

/// A mark opens what is behind it: every link is an address of this page.
#[test]
fn marks_lead_to_records() {
    with_sample(|source| {
        for vm in [
            talks_by_district(source),
            centres(source),
            pipeline(source),
            talks_heat(source),
        ] {
            let drawn = scene(&vm);
            for mark in &drawn.marks {
                let key = mark.key.as_deref().unwrap_or_default();
                assert!(key.starts_with("#/l/"), "{}: {key}", mark.label);
            }
        }
    });
}

/// G4: one unit, five programmes, its plan and its year.
#[test]
fn g4_a_unit_has_its_charts() {
    with_sample(|source| {
        let code = code(source, "寺前村");
        assert!(!scene(&radar(source, &code)).marks.is_empty());
        assert!(!scene(&plan_items(source, &code)).marks.is_empty());
        for programme in Programme::ALL {
            let vm = lane(source, &code, programme, true);
            assert!(!scene(&vm).shapes.is_empty(), "{}", programme.label());
        }
        let talks = lane(source, &code, Programme::Dream, false);
        assert!(scene(&talks).marks.len() >= 8, "eight talks and the plan");
        let lanes = unit_page::lanes(source, &code);
        assert_eq!(lanes.len(), 5);
        assert!(lanes.iter().all(|l| !l.facts.is_empty()));
    });
}

/// T12, T13: the contacts of the leader with the units of a district, the newest first and none of later days.
#[test]
fn t12_t13_contact_log_is_in_order() {
    with_sample(|source| {
        let district = source.board.frame().districts()[0].to_owned();
        let log = unit_page::contact_log(source, &Scope::District(district), 10);
        assert_eq!(log.len(), 10);
        assert!(log.windows(2).all(|w| w[0].day >= w[1].day));
        assert!(log.iter().all(|l| l.day.is_some_and(|d| d <= as_of())));
    });
}

/// T3: the secretary is the first of a unit's people, and their page finds the record again.
#[test]
fn t3_a_person_is_found_in_every_ledger() {
    with_sample(|source| {
        let code = code(source, "寺前村");
        let people = unit_page::people(source, &code);
        assert_eq!(people.first().map(|p| p.role.as_str()), Some("书记"));
        let catalogue = crate::model::catalogue();
        let name = &people[0].name;
        let found = unit_page::stations(source, catalogue.all(), &catalogue, &code, name);
        assert!(found.iter().any(|s| s.ledger == "书记名册"), "{name}");
    });
}
