use super::*;
use crate::chart::Kind;
use crate::chart::palette::LIGHT;
use crate::chart::{Scene, Size, Theme, estimate, layout};
use crate::model::date::Day;
use crate::model::engine::indicator::{Period, Scope};
use crate::model::ledger::Programme;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes;
use crate::model::programmes::dream::ledgers::NightTalk;
use crate::model::programmes::sample::{SampleOptions, as_of, sheet};
use crate::model::records::Sheet;
use crate::model::records::rows;
use crate::view::standing::Overdue;
use crate::view::unit_page;

fn with_sample(check: impl FnOnce(Source)) {
    with(&sheet(&SampleOptions::default()), Period::Year(2022), check);
}

fn with(records: &Sheet, period: Period, check: impl FnOnce(Source)) {
    let mut board = programmes::board(period, as_of());
    board.refresh(records);
    check(Source { records, board: &board });
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// The sample with these talks and no others, each of the first unit.
fn with_talks(talks: &[(&str, &str)]) -> Sheet {
    let mut records = sheet(&SampleOptions::default());
    let unit = code_of(&records);
    records.drafts.retain(|d| d.ledger != NightTalk::LEDGER.id);
    for (i, (kind, date)) in talks.iter().enumerate() {
        let cells = [
            ("unit", unit.as_str()),
            ("kind", kind),
            ("date", date),
            ("place", "一组"),
        ];
        let id = format!("talk-{i}");
        records
            .drafts
            .push(crate::view::map_edit::draft(NightTalk::LEDGER, &id, &cells));
    }
    records
}

fn code_of(records: &Sheet) -> String {
    programmes::roster(records, as_of()).units[0].code.clone()
}

fn sum(vm: &ChartVm, column: usize) -> f64 {
    let table = scene(vm).table;
    let cells = table
        .rows
        .iter()
        .filter_map(|r| r.get(column)?.text.parse::<f64>().ok());
    cells.sum()
}

/// Every chart of talks draws the chosen period: its steps, its talks, its words, its records.
#[test]
fn charts_of_talks_follow_the_period() {
    let records = sheet(&SampleOptions::default());
    let talks = |from: &str, to: &str| {
        let (from, to) = (day(from), day(to));
        rows::<NightTalk>(&records)
            .iter()
            .filter(|t| t.date().is_some_and(|d| d >= from && d <= to))
            .count() as f64
    };
    let second = Period::Quarter(2022, 2);
    with(&records, second, |source| {
        let held = talks("2022-04-01", "2022-06-30");
        let trend = talks_by_month(source);
        let table = scene(&trend).table;
        let names: Vec<&str> = table.rows.iter().map(|r| r[0].text.as_str()).collect();
        assert_eq!(names, ["4月", "5月", "6月"]);
        assert_eq!(table.headers[1..], ["2022年，场", "2021年同期，场"]);
        assert_eq!(
            (sum(&trend, 1), sum(&trend, 2)),
            (held, talks("2021-04-01", "2021-06-30"))
        );
        let kinds = kinds_by_month(source);
        assert_eq!(sum(&kinds, 1) + sum(&kinds, 2), held);
        assert_eq!(
            scene(&talks_heat(source)).table.headers[2..],
            ["4月", "5月", "6月", "合计"]
        );
        assert_eq!(sum(&talk_columns(source, None), 1), held);
        for vm in [trend, kinds, talks_heat(source), talks_by_district(source)] {
            assert!(vm.about.contains("2022年第二季度"), "{}", vm.about);
            let (words, href) = vm.records.expect("records");
            assert!(words.contains(&format!(" {held} ")), "{words}");
            assert!(href.contains("2022-q2"), "{href}");
        }
    });
    with(&records, Period::Year(2021), |source| {
        let vm = talks_by_month(source);
        assert_eq!(sum(&vm, 1), talks("2021-01-01", "2021-12-31"));
        assert!(
            vm.about.contains("2021年") && !vm.about.contains("2022"),
            "{}",
            vm.about
        );
        assert!(talks_heat(source).about.contains("2021年"));
        let code = code(source, "寺前村");
        assert!(plan_items(source, &code).about.contains("2021年"));
        assert!(
            lane(source, &code, Programme::Dream, true)
                .figure
                .title
                .contains("2021年")
        );
    });
    with(&records, Period::Month(day("2022-10-01").month()), |source| {
        let table = scene(&talks_by_month(source)).table;
        let names: Vec<&str> = table.rows.iter().map(|r| r[0].text.as_str()).collect();
        assert_eq!(names, ["上旬", "中旬", "下旬"]);
        assert_eq!(sum(&talks_by_month(source), 1), talks("2022-10-01", "2022-10-31"));
    });
    with(&records, Period::All, |source| {
        let vm = talks_by_month(source);
        assert_eq!(sum(&vm, 1), talks("2000-01-01", "2022-11-22"));
        assert_eq!(scene(&vm).table.headers.len(), 2, "all there is has no year before");
        assert_eq!(scene(&vm).table.rows[0][0].text, "21年1季");
    });
}

/// 146 talks up to 22 November against 94 up to the same day of the year before: one of 25 November 2021 is not counted.
#[test]
fn the_same_days_of_both_years_are_compared() {
    with_sample(|source| {
        let vm = talks_by_month(source);
        assert_eq!(vm.figure.title, "三月是高峰，截至 11 月 22 日，比上年同期多 55%");
        assert_eq!((sum(&vm, 1), sum(&vm, 2)), (146.0, 94.0));
        assert!(vm.about.contains("2022年，截至 11 月 22 日"), "{}", vm.about);
    });
    // The end of February is the end of February.
    let records = with_talks(&[("bay", "2020-02-29"), ("bay", "2021-02-28")]);
    with(&records, Period::Month(day("2021-02-01").month()), |source| {
        let vm = talks_by_month(source);
        assert_eq!((sum(&vm, 1), sum(&vm, 2)), (1.0, 1.0));
        assert_eq!(vm.figure.title, "全月与上年同期持平");
    });
}

/// Of equal months none is the peak, and two talks are none either.
#[test]
fn a_tie_is_no_peak() {
    let few = with_talks(&[
        ("bay", "2022-03-01"),
        ("bay", "2022-03-02"),
        ("star", "2022-05-01"),
        ("star", "2022-05-02"),
    ]);
    with(&few, Period::Year(2022), |source| {
        assert_eq!(talk_columns(source, None).figure.title, "全镇夜话 4 场");
        assert_eq!(talks_by_month(source).figure.title, "全镇夜话 4 场");
    });
    let days = [
        "2022-03-01",
        "2022-03-02",
        "2022-03-03",
        "2022-05-01",
        "2022-05-02",
        "2022-05-03",
    ];
    let tied = with_talks(&days.map(|d| ("bay", d)));
    with(&tied, Period::Year(2022), |source| {
        assert_eq!(talk_columns(source, None).figure.title, "3月和5月夜话最密，全镇各 3 场");
        assert_eq!(talks_heat(source).figure.title, "三至五月最密，占全部场次的 100%");
        assert!(most_talks(source).is_some());
    });
    with(&with_talks(&[]), Period::Year(2022), |source| {
        assert_eq!(most_talks(source), None);
        for vm in [
            talk_columns(source, None),
            talks_by_month(source),
            kinds_by_month(source),
            talks_heat(source),
        ] {
            assert_eq!(vm.figure.title, "这个统计期还没有夜话");
        }
    });
}

/// Talks of another platform are a series of their own, so that the parts add up to the whole.
#[test]
fn talks_of_other_kinds_are_drawn() {
    let records = with_talks(&[("bay", "2022-03-01"), ("star", "2022-03-02"), ("other", "2022-03-03")]);
    with(&records, Period::Year(2022), |source| {
        for vm in [talks_by_district(source), kinds_by_month(source)] {
            let table = scene(&vm).table;
            assert!(
                table.headers.iter().any(|h| h.starts_with("其他")),
                "{:?}",
                table.headers
            );
            assert_eq!((1..=3).map(|c| sum(&vm, c)).collect::<Vec<_>>(), [1.0, 1.0, 1.0]);
            assert!(vm.records.is_some_and(|r| r.0.contains(" 3 ")));
        }
        assert_eq!(kinds_by_month(source).figure.title, "星空夜话占三分之一，1 场");
    });
}

/// A village without a record of its income is not among those of little income.
#[test]
fn unknown_income_has_its_own_band() {
    let mut records = sheet(&SampleOptions::default());
    let mut kept = None;
    records.drafts.retain(|d| {
        let is_income = d.ledger == crate::model::programmes::base::ledgers::Income::LEDGER.id;
        !is_income || kept.get_or_insert_with(|| d.unit().map(str::to_owned)).as_deref() == d.unit()
    });
    with(&records, Period::Year(2022), |source| {
        let vm = incomes(source);
        let table = scene(&vm).table;
        let last = table.rows.last().expect("rows");
        assert_eq!((last[0].text.as_str(), last[1].text.as_str()), ("没有填报", "27"));
        assert_eq!(sum(&vm, 1), 28.0);
        assert!(vm.figure.title.contains("27 个没有填报"), "{}", vm.figure.title);
    });
}

/// Seven centres to be built, 渣冲村 late with its design: the title says so, and each step stands at its planned day.
#[test]
fn steps_of_building_stand_at_their_days() {
    with_sample(|source| {
        let vm = centre_stages(source);
        assert_eq!(vm.figure.title, "渣冲村“规划设计”晚 12 天，其余 6 个按计划");
        let Kind::Gantt(gantt) = &vm.figure.kind else {
            panic!("a plan")
        };
        assert_eq!(gantt.tasks.len(), 7);
        assert!(
            gantt.months.len() > 12,
            "plans end in the next year: {:?}",
            gantt.months
        );
        let end = gantt.months.len() as f64;
        for task in &gantt.tasks {
            assert_eq!(task.steps.len(), 8, "{}", task.label);
            assert!(task.steps.iter().all(|s| (0.0..=end).contains(&s.at)), "{}", task.label);
            assert!(task.end < end, "nothing is cut off");
        }
        let late = gantt
            .tasks
            .iter()
            .flat_map(|t| &t.steps)
            .filter(|s| s.said.contains("晚"));
        assert_eq!(late.count(), 1);
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
        let amounts: Vec<&str> = table.rows.iter().map(|r| r[1].text.as_str()).collect();
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
        let lanes = unit_page::lanes(source, &Overdue::default(), &code);
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

/// T3: the secretary is the first of a unit's people, and is found under their name.
#[test]
fn t3_a_person_is_found_in_every_ledger() {
    with_sample(|source| {
        let code = code(source, "寺前村");
        let people = unit_page::people(source, &code);
        assert_eq!(people.first().map(|p| p.role.as_str()), Some("书记"));
        let name = &people[0].name;
        assert!(crate::view::persons::is_listed(source.records, &code, name), "{name}");
        assert!(!crate::view::persons::is_listed(source.records, &code, "没有这个人"));
    });
}
