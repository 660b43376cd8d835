//! Statistics of 筑梦, on records whose figures are worked out by hand.

mod rows_support;
mod statistics_support;

use rows_support::sheet;
use statistics_support::{each_is_on_the_page_once, filled, is, read_in, read_of_town as read, short};
use tiancheng::model::date::Month;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::dream::statistics::STATISTICS;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet as sample};
use tiancheng::model::programmes::{evaluate, figure_by_id};
use tiancheng::model::records::{Draft, Sheet};

/// 甲村 and 乙村, 丙社区, and 丁村, which enters nothing.
fn with(more: impl IntoIterator<Item = Draft>) -> Sheet {
    let mut all = vec![
        rec!("unit", "u1", name = "甲村", kind = "village", households = 60),
        rec!("unit", "u2", name = "乙村", kind = "village", households = 80),
        rec!("unit", "u3", name = "丙社区", kind = "community"),
        rec!("unit", "u4", name = "丁村", kind = "village"),
    ];
    all.extend(more);
    sheet(all)
}

fn plans() -> Vec<Draft> {
    vec![
        rec!(
            "plan",
            "p1",
            unit = "u1",
            kind = "annual",
            year = 2022,
            drafted = "2022-02-10",
            shown = "2022-02-15",
            consulted = "2022-02-20",
            guided = "2022-03-02",
            approved = "2022-03-05",
            finalised = "2022-03-07",
            summary = "修路"
        ),
        rec!(
            "plan",
            "p2",
            unit = "u2",
            kind = "annual",
            year = 2022,
            drafted = "2022-02-12",
            shown = "2022-02-20"
        ),
        rec!(
            "plan",
            "p3",
            unit = "u1",
            kind = "five_year",
            year = 2021,
            until = 2025,
            drafted = "2022-03-12"
        ),
    ]
}

/// Plans by stage with the days in it, the days of each step, returns (Z6, Z7).
#[test]
fn plans_stand_at_their_stage_since_a_day() {
    let town = with(plans());
    let stages = "草拟/五年规划 1、晒计划/年度计划 1、定稿/年度计划 1";
    let on = "2022-03-22";
    is(&read(&town, "dream.plan_stages", on), "3", 2, stages);
    // p2 since 20 February, p3 since 12 March.
    let waiting = read(&town, "dream.plan_waiting", on);
    is(&waiting, "40/2", 2, "草拟 10/1、晒计划 30/1");
    let days = read(&town, "dream.plan_days", on);
    let steps = "晒计划 5/1、征求意见 5/1、指导员审核 10/1、镇党委审核 3/1、定稿 2/1";
    is(&days, "25/1", 3, steps);
    // An earlier day shows the earlier town: the guide had not looked through it yet, and p3 was not there.
    let on = "2022-03-01";
    let stages = "晒计划/年度计划 1、征求意见/年度计划 1";
    is(&read(&town, "dream.plan_stages", on), "2", 2, stages);
    let waiting = read(&town, "dream.plan_waiting", on);
    is(&waiting, "18/2", 2, "晒计划 9/1、征求意见 9/1");
    assert!(read(&town, "dream.plan_days", on).is_unknown());
    // In the year after, the annual plans are those of another year, the five-year one is still in force.
    let stages = read(&town, "dream.plan_stages", "2023-03-22");
    is(&stages, "1", 3, "草拟/五年规划 1");
}

/// A plan that says nothing is not final, and steps out of turn have no days (Z6).
#[test]
fn an_empty_plan_is_not_final() {
    let mut empty = plans().swap_remove(0);
    empty
        .cells
        .retain(|(slot, _)| Some(*slot) != rows_support::ledger("plan").slot("summary"));
    let town = with([empty.clone()]);
    let stages = read(&town, "dream.plan_stages", "2022-03-22");
    is(&stages, "1", 3, "镇党委审核/年度计划 1");
    assert_eq!(short(&stages), ["p1"]);
    assert!(read(&town, "dream.plan_days", "2022-03-22").is_unknown());
    let mut turned = plans().swap_remove(0);
    rows_support::set(
        &mut turned,
        "guided",
        tiancheng::model::value::Value::text("2022-02-18"),
    );
    assert!(read(&with([turned]), "dream.plan_days", "2022-03-22").is_unknown());
}

/// Returns are none where there are plans, and not known where there is none (Z6).
#[test]
fn returns_are_none_only_where_there_are_plans() {
    let back = |id: &str, stage: &str, date: &str| {
        rec!(
            "plan_return",
            id,
            unit = "u2",
            plan = "p2",
            stage = stage,
            date = date,
            comment = "写明时限"
        )
    };
    let mut all = plans();
    all.extend([back("r1", "guide", "2022-03-06"), back("r2", "committee", "2022-03-21")]);
    let town = with(all);
    let returns = read(&town, "dream.plan_returns", "2022-03-22");
    is(&returns, "2", 2, "指导员审核 1、镇党委审核 1");
    is(&read(&town, "dream.plan_returns", "2022-03-20"), "1", 2, "指导员审核 1");
    let february = Period::Month(Month::new(2022, 2).expect("a month"));
    is(
        &read_in(&town, "dream.plan_returns", february, "2022-03-22"),
        "0",
        2,
        "",
    );
}

/// Guidance by guide, whatever blanks stand around the name (Z2).
#[test]
fn guidance_is_counted_by_guide() {
    let guided = |id: &str, unit: &str, guide: &str, date: &str| {
        rec!(
            "guidance",
            id,
            unit = unit,
            guide = guide,
            date = date,
            comment = "写清完成月份"
        )
    };
    let town = with([
        guided("g1", "u1", "张三", "2022-02-20"),
        guided("g2", "u2", " 张三 ", "2022-02-21"),
        guided("g3", "u2", "李四", "2022-03-05"),
    ]);
    is(
        &read(&town, "dream.plans_guided", "2022-11-22"),
        "3",
        2,
        "张三 2、李四 1",
    );
    is(&read(&town, "dream.plans_guided", "2022-03-01"), "2", 2, "张三 2");
    assert!(read(&town, "dream.plans_guided", "2023-11-22").is_unknown());
}

/// Which version of which plan was shown at which meeting (Z4).
#[test]
fn plans_are_shown_at_meetings() {
    let mut all = plans();
    all.extend([
        rec!(
            "night_talk",
            "t1",
            unit = "u1",
            kind = "bay",
            date = "2022-03-20",
            place = "一组",
            topic = "规划"
        ),
        rec!(
            "plan_shown",
            "s1",
            unit = "u1",
            plan = "p3",
            talk = "t1",
            version = 2,
            date = "2022-03-20"
        ),
        rec!(
            "plan_shown",
            "s2",
            unit = "u2",
            plan = "p2",
            version = 1,
            date = "2022-03-15"
        ),
    ]);
    let town = with(all);
    let cells = "2021 五年规划第2版/湾子夜话 1、2022 年度计划第1版/会议没有写明 1";
    is(&read(&town, "dream.showings", "2022-03-22"), "2", 2, cells);
    let cells = "2022 年度计划第1版/会议没有写明 1";
    is(&read(&town, "dream.showings", "2022-03-19"), "1", 3, cells);
    let shown = read(&town, "dream.plans_shown", "2022-03-22");
    is(&shown, "3/3", 2, "年度计划 2/2、五年规划 1/1");
    let shown = read(&town, "dream.plans_shown", "2022-03-19");
    is(&shown, "2/3", 2, "年度计划 2/2");
    assert_eq!(short(&shown), ["p3"]);
}

/// Items due so far, by quarter (Z16).
#[test]
fn items_are_done_by_quarter() {
    let item = |id: &str, due: &str, done: Option<&str>| {
        let mut item = rec!("plan_item", id, unit = "u1", plan = "p1", goal = id, due = due);
        if let Some(done) = done {
            rows_support::set(&mut item, "done", tiancheng::model::value::Value::text(done));
        }
        item
    };
    let town = with([
        item("i1", "2022-03-10", Some("2022-03-09")),
        item("i2", "2022-03-15", Some("2022-07-01")),
        item("i3", "2022-05-01", None),
        item("i4", "2021-12-31", None),
    ]);
    let id = "dream.items_by_quarter";
    is(&read(&town, id, "2022-03-22"), "1/2", 3, "第一季度 1/2");
    let half = read(&town, id, "2022-06-30");
    is(&half, "1/3", 3, "第一季度 1/2");
    assert_eq!(half.part("2").map(|p| p.of.to_string()), Some("1".to_owned()));
    assert_eq!(short(&half), ["i2", "i3"]);
    is(&read(&town, id, "2022-07-01"), "2/3", 3, "第一季度 2/2");
    assert!(read(&town, id, "2022-03-09").is_unknown());
}

fn talk(id: &str, unit: &str, kind: &str, date: &str) -> Draft {
    rec!(
        "night_talk",
        id,
        unit = unit,
        kind = kind,
        date = date,
        place = id,
        topic = "修路"
    )
}

fn talks() -> Vec<Draft> {
    vec![
        filled(
            talk("t1", "u1", "bay", "2022-03-01"),
            &[
                ("members", 5),
                ("masses", 15),
                ("speakers", 4),
                ("reached", 12),
                ("satisfaction", 5),
            ],
            &[("purpose", "project"), ("project", "j1")],
        ),
        filled(
            talk("t2", "u1", "other", "2022-03-10"),
            &[("masses", 10)],
            &[("platform", " 屋场会 "), ("purpose", "policy")],
        ),
        filled(
            talk("t3", "u1", "other", "2022-04-01"),
            &[],
            &[("platform", "湾子夜话")],
        ),
        filled(
            talk("t4", "u3", "star", "2022-04-02"),
            &[("members", 5), ("masses", 25), ("speakers", 6), ("reached", 9)],
            &[("purpose", "dispute")],
        ),
        talk("t5", "u2", "star", "2021-11-01"),
        talk("t6", "u1", "other", "2021-11-02"),
    ]
}

/// Talks per unit, and the units without any: who never entered one is not among them (Z8).
#[test]
fn units_without_talks_are_not_those_that_never_entered_one() {
    let town = with(talks());
    let mean = read(&town, "dream.talks_per_unit", "2022-06-30");
    is(&mean, "4/3", 1, "");
    assert_eq!(short(&mean), ["u2"]);
    let classes = read(&town, "dream.units_by_talks", "2022-06-30");
    is(&classes, "3", 1, "没有 1、一两场 1、三四场 1");
    // 丙社区 entered its first in April.
    is(&read(&town, "dream.talks_per_unit", "2022-03-31"), "2/2", 2, "");
    let april = Period::Month(Month::new(2022, 4).expect("a month"));
    let classes = read_in(&town, "dream.units_by_talks", april, "2022-06-30");
    is(&classes, "3", 1, "没有 1、一两场 2");
    let many = (1..=5).map(|n| talk(&format!("m{n}"), "u2", "bay", &format!("2022-05-0{n}")));
    let classes = read(
        &with(talks().into_iter().chain(many)),
        "dream.units_by_talks",
        "2022-06-30",
    );
    is(&classes, "3", 1, "一两场 1、三四场 1、五场以上 1");
}

/// Kinds of talk by kind of unit, own platforms by their names (Z10, Z11).
#[test]
fn platforms_have_their_own_names() {
    let town = with(talks());
    let table = read(&town, "dream.talks_by_kind_of_unit", "2022-06-30");
    is(&table, "4", 2, "湾子夜话/村 2、屋场会/村 1、星空夜话/社区 1");
    let platforms = read(&town, "dream.platforms", "2022-06-30");
    is(&platforms, "4", 2, "湾子夜话 2、星空夜话 1、屋场会 1");
    let platforms = read(&town, "dream.platforms", "2021-12-31");
    is(&platforms, "2", 2, "星空夜话 1、其他，没有写名称 1");
    assert!(read(&town, "dream.platforms", "2020-12-31").is_unknown());
}

/// Purposes, and projects that were talked over (Z9).
#[test]
fn purposes_and_projects_of_talks() {
    let project = |id: &str, unit: &str, started: &str, ended: &str| {
        let project = rec!("project", id, unit = unit, name = id, kind = "tea", started = started);
        let ended: &[(&str, &str)] = if ended.is_empty() { &[] } else { &[("ended", ended)] };
        filled(project, &[], ended)
    };
    let mut all = talks();
    all.extend([
        project("j1", "u1", "2021-01-01", ""),
        project("j2", "u1", "2022-04-01", ""),
        project("j3", "u1", "2021-01-01", "2022-02-01"),
        project("j4", "u2", "2021-01-01", ""),
    ]);
    let town = with(all);
    let purposes = read(&town, "dream.purposes", "2022-06-30");
    is(&purposes, "4", 2, "政策宣讲 1、调解纠纷 1、项目商议 1、没有填写 1");
    is(&read(&town, "dream.project_talks", "2022-06-30"), "1/3", 2, "");
    is(&read(&town, "dream.project_talks", "2022-03-05"), "1/1", 3, "");
    // 乙村 names no project of its talks: that is not known, and not none.
    let consulted = read(&town, "dream.projects_consulted", "2022-06-30");
    is(&consulted, "1/2", 3, "");
    assert_eq!(short(&consulted), ["j2"]);
    is(&read(&town, "dream.projects_consulted", "2022-03-05"), "1/1", 3, "");
    assert!(read(&town, "dream.projects_consulted", "2022-02-28").is_unknown());
}

/// Who came, who spoke, how many households, how satisfied (Z14, Z17).
#[test]
fn participation_is_of_those_who_were_counted() {
    let town = with(talks());
    let came = read(&town, "dream.attendance", "2022-06-30");
    is(&came, "60/3", 2, "党员 10/2、群众 50/3");
    is(&read(&town, "dream.speaking", "2022-06-30"), "10/50", 2, "");
    is(&read(&town, "dream.speaking", "2022-03-31"), "4/20", 3, "");
    // 丙社区 has no number of households.
    is(&read(&town, "dream.households", "2022-06-30"), "12/60", 3, "");
    is(&read(&town, "dream.satisfaction", "2022-06-30"), "5/1", 3, "");
    let less = filled(talk("t7", "u1", "bay", "2022-05-01"), &[("satisfaction", 2)], &[]);
    let less = with(talks().into_iter().chain([less]));
    is(&read(&less, "dream.satisfaction", "2022-06-30"), "7/2", 3, "");
    for id in [
        "dream.attendance",
        "dream.speaking",
        "dream.households",
        "dream.satisfaction",
    ] {
        assert!(read(&town, id, "2021-12-31").is_unknown(), "{id}");
    }
}

fn suggestion(id: &str, words: &[(&str, &str)]) -> Draft {
    filled(rec!("suggestion", id, unit = "u1", text = id), &[], words)
}

fn suggestions() -> Vec<Draft> {
    vec![
        suggestion(
            "s1",
            &[
                ("date", "2022-03-01"),
                ("category", "road"),
                ("proposer", "masses"),
                ("state", "adopted"),
                ("studied", "2022-03-05"),
                ("landed", "2022-04-01"),
                ("replied", "2022-04-05"),
                ("item", "i1"),
            ],
        ),
        suggestion(
            "s2",
            &[
                ("date", "2022-03-02"),
                ("category", "road"),
                ("proposer", "member"),
                ("state", "partly"),
                ("studied", "2022-03-20"),
                ("replied", "2022-03-25"),
            ],
        ),
        suggestion(
            "s3",
            &[
                ("date", "2022-03-03"),
                ("state", "declined"),
                ("studied", "2022-03-10"),
                ("replied", "2022-03-11"),
            ],
        ),
        suggestion(
            "s4",
            &[("date", "2022-03-04"), ("category", "water"), ("state", "open")],
        ),
    ]
}

/// Suggestions by what they are about and who made them (Z3).
#[test]
fn suggestions_have_a_category_and_a_proposer() {
    let town = with(suggestions());
    let categories = read(&town, "dream.suggestions_by_category", "2022-06-30");
    is(&categories, "4", 3, "道路 2、饮水 1、没有填写 1");
    let proposers = read(&town, "dream.proposers", "2022-06-30");
    is(&proposers, "4", 3, "群众 1、党员 1、没有填写 2");
    let categories = read(&town, "dream.suggestions_by_category", "2022-03-02");
    is(&categories, "2", 3, "道路 2");
    assert!(read(&town, "dream.proposers", "2021-12-31").is_unknown());
}

/// From a suggestion to an item and an answer, as it stood on a day (Z5).
#[test]
fn suggestions_go_their_way_to_an_answer() {
    let town = with(suggestions());
    let path = read(&town, "dream.suggestion_path", "2022-06-30");
    is(&path, "4", 3, "提出 4、研判 3、采纳 2、落实 1、落实后反馈 1");
    let path = read(&town, "dream.suggestion_path", "2022-03-15");
    is(&path, "4", 3, "提出 4、研判 2、采纳 1");
    let planned = read(&town, "dream.suggestions_planned", "2022-06-30");
    is(&planned, "1/2", 3, "");
    assert_eq!(short(&planned), ["s2"]);
    is(&read(&town, "dream.replies", "2022-06-30"), "3/4", 3, "");
    let replies = read(&town, "dream.replies", "2022-03-15");
    is(&replies, "1/4", 3, "");
    assert_eq!(short(&replies), ["s1", "s2", "s4"]);
    // The item may name the suggestion as well.
    let item = rec!(
        "plan_item",
        "i2",
        unit = "u1",
        plan = "p1",
        goal = "修路",
        due = "2022-09-30",
        suggestion = "s2"
    );
    let both = with(suggestions().into_iter().chain([item]));
    is(&read(&both, "dream.suggestions_planned", "2022-06-30"), "2/2", 3, "");
}

/// Problems that are done, in hand and late (Z15).
#[test]
fn problems_are_late_after_their_day() {
    let problem = |id: &str, date: &str, due: &str, done: &[(&str, &str)]| {
        filled(
            rec!("problem", id, unit = "u2", date = date, text = id, due = due),
            &[],
            done,
        )
    };
    let town = with([
        problem("q1", "2022-03-01", "2022-04-01", &[("done", "2022-03-20")]),
        problem("q2", "2022-03-01", "2022-04-15", &[]),
        problem("q3", "2022-06-20", "2022-08-01", &[]),
    ]);
    let all = read(&town, "dream.problems", "2022-06-30");
    is(&all, "1/3", 3, "已办结 1、办理中 1、逾期没有办结 1");
    assert_eq!(short(&all), ["q2", "q3"]);
    is(
        &read(&town, "dream.problems", "2022-04-15"),
        "1/2",
        3,
        "已办结 1、办理中 1",
    );
    is(&read(&town, "dream.problems", "2022-03-19"), "0/2", 3, "办理中 2");
    assert!(read(&town, "dream.problems", "2022-02-28").is_unknown());
}

/// Support where both sides were counted (Z18).
#[test]
fn support_needs_both_numbers() {
    let vote = |id: &str, date: &str, numbers: &[(&str, i64)]| {
        filled(
            rec!("support", id, unit = "u1", subject = " 修路 ", date = date),
            numbers,
            &[],
        )
    };
    let town = with([
        vote("v1", "2022-03-01", &[("ayes", 90), ("doubts", 10)]),
        vote("v2", "2022-03-02", &[("ayes", 30)]),
        vote("v3", "2022-05-01", &[("ayes", 0), ("doubts", 50)]),
    ]);
    is(&read(&town, "dream.support", "2022-04-01"), "90/100", 3, "修路 90/100");
    is(&read(&town, "dream.support", "2022-06-30"), "90/150", 3, "修路 90/150");
    let only = with([vote("v2", "2022-03-02", &[("ayes", 30)])]);
    assert!(read(&only, "dream.support", "2022-06-30").is_unknown());
}

/// Nothing that was entered is nothing that is known.
#[test]
fn nothing_entered_is_not_zero() {
    let town = with([]);
    for statistic in STATISTICS {
        let reading = read(&town, statistic.id, "2022-11-22");
        assert!(reading.is_unknown(), "{}", statistic.id);
        assert_eq!(reading.records().count(), 0, "{}", statistic.id);
    }
}

/// The sample names no project of a talk; of everything else it has records.
#[test]
fn the_sample_town_has_something_of_every_statistic() {
    let town = sample(&SampleOptions::default());
    let period = Period::Year(2022);
    let empty: Vec<&str> = STATISTICS
        .iter()
        .filter(|s| {
            evaluate(s, &town, period, as_of(), &Scope::Town)
                .records()
                .next()
                .is_none()
        })
        .map(|s| s.id)
        .collect();
    assert_eq!(empty, ["dream.projects_consulted"]);
    let mean = evaluate(
        figure_by_id("dream.talks_per_unit").expect("it"),
        &town,
        period,
        as_of(),
        &Scope::Town,
    );
    assert_eq!(mean.denominator.to_string(), "39");
}

#[test]
fn every_statistic_is_on_the_page_once() {
    each_is_on_the_page_once(Programme::Dream, &["dream.projects_consulted"]);
}
