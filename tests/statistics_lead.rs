//! Statistics of 头雁, on records whose figures are worked out by hand.

mod rows_support;
mod statistics_support;

use rows_support::{day, sheet};
use statistics_support::{each_is_on_the_page_once, filled, is, read_in, read_of_town as read, short};
use tiancheng::chart::Kind;
use tiancheng::model::date::Month;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::lead::statistics::STATISTICS;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet as sample};
use tiancheng::model::programmes::{self, evaluate};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::model::value::Value;
use tiancheng::view::charts::Source;
use tiancheng::view::programmes::sections;
use tiancheng::view::statistics::drawing;

/// 甲村 and 乙村 with a secretary of this term and of the last, and 丙社区 without any.
fn with(more: impl IntoIterator<Item = Draft>) -> Sheet {
    let mut all = vec![
        rec!("unit", "u1", name = "甲村", kind = "village", district = "d1"),
        rec!("unit", "u2", name = "乙村", kind = "village", district = "d1"),
        rec!("unit", "u3", name = "丙社区", kind = "community", district = "d2"),
        rec!(
            "secretary",
            "a1",
            unit = "u1",
            name = "前一",
            since = "2016-01-01",
            until = "2021-03-07",
            birth = "1962-03",
            education = "senior"
        ),
        rec!(
            "secretary",
            "a2",
            unit = "u1",
            name = "张三",
            since = "2021-03-08",
            birth = "1982-03",
            sex = "male",
            education = "bachelor",
            both_posts = true,
            source = "promoted"
        ),
        rec!(
            "secretary",
            "b1",
            unit = "u2",
            name = "李四",
            since = "2016-01-01",
            until = "2021-03-01",
            birth = "1964-03",
            education = "junior"
        ),
        rec!(
            "secretary",
            "b2",
            unit = "u2",
            name = "李四",
            since = "2021-03-08",
            cohort = "90s",
            sex = "female",
            education = "college",
            both_posts = false,
            source = "stay"
        ),
    ];
    all.extend(more);
    sheet(all)
}

const DAY: &str = "2022-11-22";

/// Ages at the hand-over, those of the day by class and sex; who has no birth is left out and named (T4).
#[test]
fn ages_before_and_after_are_those_of_the_hand_over() {
    let town = with([]);
    // 59 and 57 years against 39.
    let age = read(&town, "lead.age", DAY);
    is(&age, "468/12", 2, "平均年龄/上届 1392/24、平均年龄/本届 468/12");
    assert_eq!(short(&age), ["b2"]);
    let ages = read(&town, "lead.ages", DAY);
    is(&ages, "1", 2, "男/35至45岁 1");
    assert_eq!(ages.parts.len(), 8);
    // Both of the last term, and nobody before them.
    let ages = read(&town, "lead.ages", "2020-06-01");
    is(&ages, "2", 1, "没有填写/55岁以上 2");
    let age = read(&town, "lead.age", "2020-06-01");
    assert!(age.part("age/before").is_none());
    // Five years on the same person is a class older.
    is(&read(&town, "lead.ages", "2027-11-22"), "1", 2, "男/45至55岁 1");
}

/// Education by level, before and after (T5).
#[test]
fn education_is_compared_level_by_level() {
    let town = with([]);
    let levels = read(&town, "lead.education_levels", DAY);
    is(
        &levels,
        "2/2",
        1,
        "初中/上届 1/2、高中（中专）/上届 1/2、大专/本届 1/2、本科/本届 1/2",
    );
    assert_eq!(
        levels.part("college/before").map(|p| p.of.to_string()),
        Some("2".to_owned())
    );
    is(
        &read(&town, "lead.education_levels", "2020-06-01"),
        "0/2",
        1,
        "初中/本届 1/2、高中（中专）/本届 1/2",
    );
}

/// Cohorts come from the birth, else from what was entered (T6); 一肩挑 of those who said (T7).
#[test]
fn cohorts_and_both_posts() {
    let town = with([]);
    is(&read(&town, "lead.cohorts", DAY), "2", 1, "80后 1、90后 1");
    is(&read(&town, "lead.cohorts", "2020-06-01"), "2", 1, "60后及以前 2");
    let both = read(&town, "lead.both_posts", DAY);
    is(&both, "1/2", 1, "");
    assert_eq!(short(&both), ["b2"]);
    assert!(read(&town, "lead.both_posts", "2020-06-01").is_unknown());
    let blank = rec!("secretary", "c1", unit = "u3", name = "王五", since = "2021-03-08");
    let cohorts = read(&with([blank]), "lead.cohorts", DAY);
    is(&cohorts, "3", 0, "80后 1、90后 1、没有填写 1");
    assert_eq!(short(&cohorts), ["c1"]);
}

/// Duties that are done, not due and late (T1).
#[test]
fn duties_are_done_of_all_of_the_year() {
    let duty = |id: &str, due: &str, words: &[(&str, &str)]| {
        filled(
            rec!("duty", id, unit = "u1", year = 2022, text = id, due = due),
            &[],
            words,
        )
    };
    let town = with([
        duty("d1", "2022-10-31", &[("done", "2022-10-20")]),
        duty("d2", "2022-11-30", &[]),
        duty("d3", "2022-09-30", &[]),
    ]);
    let duties = read(&town, "lead.duties", DAY);
    is(&duties, "1/3", 2, "已完成 1、没有到期 1、逾期没有完成 1");
    assert_eq!(short(&duties), ["d2", "d3"]);
    is(
        &read(&town, "lead.duties", "2022-10-19"),
        "0/3",
        2,
        "没有到期 2、逾期没有完成 1",
    );
    assert!(read(&town, "lead.duties", "2021-11-22").is_unknown());
}

fn elections() -> [Draft; 2] {
    [
        filled(
            rec!("election", "e1", unit = "u1", year = 2021),
            &[],
            &[
                ("surveyed", "2020-12-01"),
                ("audited", "2020-12-10"),
                ("organised", "2020-12-20"),
                ("party_elected", "2021-01-20"),
                ("voted", "2021-02-27"),
            ],
        ),
        filled(
            rec!("election", "e2", unit = "u2", year = 2021),
            &[],
            &[("voted", "2021-03-01"), ("next", "2026-08-01")],
        ),
    ]
}

/// Steps of the round in their order, and how long until the next (T2).
#[test]
fn elections_have_steps_and_a_next_day() {
    let town = with(elections());
    let steps = read(&town, "lead.election", DAY);
    is(
        &steps,
        "4/22",
        1,
        "摸底研判 1、财务清理 1、成立机构和方案 1、党组织换届 1",
    );
    assert_eq!(short(&steps), ["e1", "e2"]);
    // A round of the year after has begun with its first step.
    is(
        &read(&town, "lead.election", "2020-12-15"),
        "2/11",
        2,
        "摸底研判 1、财务清理 1",
    );
    assert!(read(&town, "lead.election", "2020-11-30").is_unknown());
    is(&read(&town, "lead.next_election", DAY), "2", 1, "一年以后 2");
    // Five years after the vote of 27 February 2021, and on the day that was entered.
    is(
        &read(&town, "lead.next_election", "2025-09-01"),
        "2",
        1,
        "半年内 1、半年到一年 1",
    );
    is(
        &read(&town, "lead.next_election", "2026-03-01"),
        "2",
        1,
        "已到期 1、半年内 1",
    );
    let term = rec!("setting", "rule.election_years", value = "3");
    let shorter = with(elections().into_iter().chain([term]));
    is(
        &read(&shorter, "lead.next_election", "2025-09-01"),
        "2",
        1,
        "已到期 1、半年到一年 1",
    );
    assert!(read(&town, "lead.next_election", "2021-02-01").is_unknown());
}

fn prior(id: &str, unit: &str, secretary: &str, date: &str, talkers: &[&str], themes: &[&str]) -> Draft {
    let mut talk = rec!("prior_talk", id, unit = unit, secretary = secretary, date = date);
    rows_support::set(&mut talk, "talkers", Value::list(talkers.iter().copied()));
    rows_support::set(&mut talk, "themes", Value::list(themes.iter().copied()));
    talk
}

/// Talks before the appointment by office (T9) and theme (T10); a talk after it is none.
#[test]
fn prior_talks_by_office_and_theme() {
    let all = ["standing", "awareness", "duty", "bottom_line"];
    let town = with([
        prior(
            "t1",
            "u1",
            "a2",
            "2021-03-05",
            &["party_secretary", "organisation"],
            &["standing", "duty"],
        ),
        prior("t2", "u1", "a2", "2021-03-08", &["mayor"], &all),
        prior("t3", "u2", "b2", "2021-02-27", &["mayor"], &all),
    ]);
    let offices = read(&town, "lead.talk_offices", DAY);
    is(&offices, "2", 1, "镇党委书记 1、镇长 1、组织委员 1");
    let themes = read(&town, "lead.talk_themes", DAY);
    is(&themes, "6/8", 1, "提站位 2/2、强认识 1/2、压责任 2/2、固底线 1/2");
    assert_eq!(short(&themes), ["t1"]);
    // Before they took office there were no talks with those in office.
    assert!(read(&town, "lead.talk_offices", "2021-02-28").is_unknown());
    let more = prior(
        "t4",
        "u1",
        "a2",
        "2021-03-06",
        &["mayor"],
        &["awareness", "bottom_line"],
    );
    let mut whole = town;
    whole.drafts.push(more);
    is(
        &read(&whole, "lead.talk_offices", DAY),
        "3",
        1,
        "镇党委书记 1、镇长 2、组织委员 1",
    );
    let themes = read(&whole, "lead.talk_themes", DAY);
    is(&themes, "8/8", 1, "提站位 2/2、强认识 2/2、压责任 2/2、固底线 2/2");
}

/// Contacts by leader and way (T12), moods (T13) and what was promised (T14).
#[test]
fn contacts_moods_and_promises() {
    let leader = |id: &str, name: &str, district: &str| {
        rec!("leader", id, name = name, district = district, since = "2021-01-01")
    };
    let contact = |id: &str, unit: &str, date: &str, words: &[(&str, &str)]| {
        filled(rec!("contact", id, unit = unit, date = date), &[], words)
    };
    let kept = [
        ("leader", "l1"),
        ("way", "visit"),
        ("mood", "steady"),
        ("follow_up", "拨付资金"),
        ("follow_due", "2022-05-20"),
        ("follow_done", "2022-05-18"),
    ];
    let town = with([
        leader("l1", "甲/一", "d1"),
        leader("l2", "乙", "d2"),
        contact("k1", "u1", "2022-05-01", &kept),
        contact(
            "k2",
            "u1",
            "2022-06-01",
            &[
                ("leader", "l1"),
                ("way", "phone"),
                ("mood", "watch"),
                ("follow_due", "2022-12-01"),
            ],
        ),
        contact(
            "k3",
            "u2",
            "2022-06-02",
            &[("way", "visit"), ("follow_up", "修路"), ("follow_due", "2022-06-20")],
        ),
    ]);
    let contacts = read(&town, "lead.contacts", DAY);
    is(
        &contacts,
        "3",
        1,
        "到村走访/甲/一 1、电话/甲/一 1、到村走访/没有写明领导 1",
    );
    let idle = contacts.part("visit/l2").expect("a leader without contacts");
    assert_eq!((&*idle.label, idle.amount.to_string()), ("到村走访/乙", "0".to_owned()));
    is(&read(&town, "lead.moods", DAY), "3", 1, "平稳 1、需关注 1、没有填写 1");
    let promises = read(&town, "lead.follow_ups", DAY);
    is(&promises, "1/3", 1, "已办结 1、办理中 1、逾期没有办结 1");
    assert_eq!(short(&promises), ["k2", "k3"]);
    is(&read(&town, "lead.follow_ups", "2022-05-10"), "0/1", 2, "办理中 1");
    is(&read(&town, "lead.contacts", "2022-05-10"), "1", 2, "到村走访/甲/一 1");
    for id in ["lead.contacts", "lead.moods", "lead.follow_ups"] {
        assert!(read(&town, id, "2021-11-22").is_unknown(), "{id}");
    }
}

fn attended(id: &str, unit: &str, training: &str, date: &str, came: bool, hours: &str) -> Draft {
    rec!(
        "attendance",
        id,
        unit = unit,
        training = training,
        date = date,
        attended = came,
        hours = hours
    )
}

fn study(id: &str, unit: &str, name: &str, date: &str, words: &[(&str, &str)]) -> Draft {
    filled(
        rec!("study", id, unit = unit, name = name, date = date, theme = "治理"),
        &[],
        words,
    )
}

fn training(id: &str, date: &str, name: &str, themes: &[&str]) -> Draft {
    let mut training = rec!("training", id, name = name, date = date, hours = "8");
    rows_support::set(&mut training, "themes", Value::list(themes.iter().copied()));
    training
}

fn learning() -> Vec<Draft> {
    vec![
        rec!("theme", "th1", name = "全会精神", level = "nation"),
        rec!("theme", "th2", name = "三会一课", level = "town"),
        rec!("theme", "th3", name = "往年精神", level = "nation", historic = true),
        training("tr1", "2022-03-05", "党务培训", &["th1", "th2"]),
        training("tr2", "2022-08-16", "集中培训", &["th1"]),
        attended("x1", "u1", "tr1", "2022-03-05", true, "8"),
        attended("x2", "u2", "tr1", "2022-03-05", true, "8"),
        attended("x3", "u1", "tr2", "2022-08-16", true, "50"),
        attended("x4", "u2", "tr2", "2022-08-16", false, "0"),
        study(
            "s1",
            "u1",
            "张三",
            "2022-06-20",
            &[("city", "武汉市 "), ("hours", "16")],
        ),
        study("s2", "u1", "张三", "2022-07-01", &[("city", "咸宁市")]),
        study("s3", "u1", " 张三", "2022-09-01", &[("city", "武汉市")]),
        study("s4", "u2", "李四", "2022-06-20", &[("city", "武汉市"), ("hours", "16")]),
    ]
}

/// Hours of the year against the rule, who is below it (T15).
#[test]
fn hours_are_held_against_the_rule() {
    let town = with(learning());
    // 8 + 50 + 16 and 8 + 16.
    is(&read(&town, "lead.hours", DAY), "98/2", 1, "");
    let full = read(&town, "lead.full_hours", DAY);
    is(&full, "1/2", 1, "");
    assert_eq!(short(&full), ["b2"]);
    is(&read(&town, "lead.hours", "2022-03-31"), "16/2", 1, "");
    is(&read(&town, "lead.full_hours", "2022-03-31"), "0/2", 1, "");
    // The hours are those of the year, whatever period is looked at.
    let august = Period::Month(Month::new(2022, 8).expect("a month"));
    is(&read_in(&town, "lead.hours", august, DAY), "98/2", 1, "");
    let rule = rec!("setting", "rule.training_hours", value = "24");
    let lower = with(learning().into_iter().chain([rule]));
    is(&read(&lower, "lead.full_hours", DAY), "2/2", 1, "");
    assert!(read(&town, "lead.hours", "2021-11-22").is_unknown());
}

/// Who came to which session (T18), and what it was about in which month (T16).
#[test]
fn sessions_and_their_themes() {
    let town = with(learning());
    let sessions = read(&town, "lead.sessions", DAY);
    is(&sessions, "3/4", 1, "3月5日党务培训 2/2、8月16日集中培训 1/2");
    assert_eq!(short(&sessions), ["x4"]);
    is(
        &read(&town, "lead.sessions", "2022-08-15"),
        "2/2",
        1,
        "3月5日党务培训 2/2",
    );
    let all = read_in(&town, "lead.sessions", Period::All, DAY);
    is(&all, "3/4", 1, "2022年3月5日党务培训 2/2、2022年8月16日集中培训 1/2");
    let themes = read(&town, "lead.theme_months", DAY);
    is(&themes, "5", 1, "全会精神/3月 2、全会精神/8月 1、三会一课/3月 2");
    // Every month of the year so far has a column; a theme out of date that nobody heard has no row.
    assert_eq!(
        themes.parts.iter().filter(|p| p.label.starts_with("全会精神/")).count(),
        11
    );
    assert!(themes.parts.iter().all(|p| !p.label.contains("往年")));
    is(
        &read(&town, "lead.theme_months", "2022-08-15"),
        "4",
        1,
        "全会精神/3月 2、三会一课/3月 2",
    );
    for id in ["lead.sessions", "lead.theme_months"] {
        assert!(read(&town, id, "2021-11-22").is_unknown(), "{id}");
    }
}

/// Scores of self-checks are averaged by area and by unit (T19).
#[test]
fn scores_are_averaged() {
    let quiz = |id: &str, unit: &str, area: &str, date: &str, score: i64| {
        rec!("quiz", id, unit = unit, area = area, date = date, score = score)
    };
    let town = with([
        quiz("q1", "u1", "meetings", "2022-03-08", 80),
        quiz("q2", "u1", "meetings", "2022-06-08", 90),
        quiz("q3", "u2", "openness", "2022-03-08", 70),
    ]);
    let areas = read(&town, "lead.quiz_areas", DAY);
    is(&areas, "240/3", 1, "三会一课 170/2、四议两公开 70/1");
    let units = read(&town, "lead.quiz_units", DAY);
    is(&units, "240/3", 1, "甲村/三会一课 170/2、乙村/四议两公开 70/1");
    is(
        &read(&town, "lead.quiz_areas", "2022-03-31"),
        "150/2",
        1,
        "三会一课 80/1、四议两公开 70/1",
    );
    assert!(read(&town, "lead.quiz_units", "2021-11-22").is_unknown());
    // The table shows the means, has a gap where nobody was checked, and adds nothing up.
    let mut board = programmes::statistics_board(Period::Year(2022), day(DAY));
    board.refresh(&town);
    let source = Source {
        records: &town,
        board: &board,
    };
    let shown = sections(Programme::Lead).iter().flat_map(|s| s.shown);
    let shown = shown.filter(|s| s.statistic.id == "lead.quiz_units");
    let vm = shown
        .filter_map(|s| drawing(source, s, &Scope::Town))
        .next()
        .expect("a table");
    let Kind::Heat(heat) = vm.figure.kind else {
        panic!("no table");
    };
    let cells = |row: usize| {
        heat.groups[0].rows[row]
            .cells
            .iter()
            .map(|v| v.amount)
            .collect::<Vec<_>>()
    };
    assert_eq!((cells(0), cells(1)), (vec![Some(85.0), None], vec![None, Some(70.0)]));
    assert!(heat.sum.is_none());
    assert_eq!(
        vm.figure.title,
        "最高甲村（三会一课） 85 分，最低乙村（四议两公开） 70 分"
    );
}

/// People by the city of their study, and new secretaries who studied (T21).
#[test]
fn people_are_counted_once_in_a_city() {
    let town = with(learning());
    is(&read(&town, "lead.study_cities", DAY), "2", 1, "武汉市 2、咸宁市 1");
    is(&read(&town, "lead.study_cities", "2022-06-30"), "2", 1, "武汉市 2");
    let july = Period::Month(Month::new(2022, 7).expect("a month"));
    is(&read_in(&town, "lead.study_cities", july, DAY), "1", 2, "咸宁市 1");
    // 李四 stayed in office, so only 张三 is new.
    is(&read(&town, "lead.new_studied", DAY), "1/1", 2, "");
    let before = read(&town, "lead.new_studied", "2022-06-19");
    is(&before, "0/1", 2, "");
    assert_eq!(short(&before), ["a2"]);
    // After a whole term nobody is new.
    assert!(read(&town, "lead.new_studied", "2026-03-08").is_unknown());
    let unnamed = rec!(
        "study",
        "s5",
        unit = "u3",
        name = "王五",
        date = "2022-07-05",
        city = " "
    );
    let more = with(learning().into_iter().chain([unnamed]));
    is(
        &read(&more, "lead.study_cities", DAY),
        "3",
        0,
        "武汉市 2、咸宁市 1、没有填写 1",
    );
}

/// Nothing that was entered is nothing that is known.
#[test]
fn nothing_entered_is_not_zero() {
    let town = sheet(vec![rec!("unit", "u1", name = "甲村", kind = "village")]);
    for statistic in STATISTICS {
        let reading = read(&town, statistic.id, DAY);
        assert!(reading.is_unknown(), "{}", statistic.id);
        assert_eq!(reading.records().count(), 0, "{}", statistic.id);
    }
}

#[test]
fn the_sample_town_has_something_of_every_statistic() {
    let town = sample(&SampleOptions::default());
    for statistic in STATISTICS {
        let reading = evaluate(statistic, &town, Period::Year(2022), as_of(), &Scope::Town);
        assert!(reading.records().next().is_some(), "{} counts nothing", statistic.id);
        assert!(!reading.is_unknown(), "{}", statistic.id);
    }
    let session = read(&town, "lead.sessions", DAY);
    let of_march = session.parts.iter().find(|p| p.label.starts_with("3月5日"));
    let of_march = of_march.map(|p| (p.amount.to_string(), p.of.to_string()));
    assert_eq!(of_march, Some(("39".to_owned(), "39".to_owned())));
}

#[test]
fn every_statistic_is_on_the_page_once() {
    each_is_on_the_page_once(Programme::Lead, &[]);
}

/// What nobody filled in is neither the most of anything nor a way to a list, however often it stands.
#[test]
fn what_nobody_filled_in_is_no_finding() {
    let contact = |id: &str, mood: Option<&str>| {
        let mut draft = rec!("contact", id, unit = "u1", date = "2022-10-01", way = "visit");
        if let Some(mood) = mood {
            rows_support::set(&mut draft, "mood", Value::text(mood));
        }
        draft
    };
    let town = with([contact("m1", Some("steady")), contact("m2", None), contact("m3", None)]);
    let mut board = programmes::statistics_board(Period::Year(2022), day("2022-11-22"));
    board.refresh(&town);
    let source = Source {
        records: &town,
        board: &board,
    };
    let all = sections(Programme::Lead).iter().flat_map(|s| s.shown);
    let moods = all
        .filter(|s| s.statistic.id == "lead.moods")
        .find_map(|s| drawing(source, s, &Scope::Town));
    let moods = moods.expect("a drawing");
    assert!(!moods.figure.title.contains("没有填写"), "{}", moods.figure.title);
    let Kind::Donut(ring) = moods.figure.kind else {
        panic!("a ring")
    };
    let blank = ring.parts.iter().find(|p| p.label == "没有填写").expect("a part");
    assert_eq!((blank.value.amount, blank.value.key.clone()), (Some(2.0), None));
}

/// T20: of what had ended by the day, what was held; what is to come is not counted, and who keeps nothing is not known.
#[test]
fn t20_meetings_held_in_time_are_counted_by_kind() {
    let town = sheet(vec![
        rec!("unit", "u1", name = "甲村", kind = "village"),
        rec!("unit", "u2", name = "乙村", kind = "village"),
        rec!(
            "party_life",
            "p1",
            unit = "u1",
            kind = "day",
            date = "2022-09-10",
            topic = "主题党日"
        ),
        rec!(
            "party_life",
            "p2",
            unit = "u1",
            kind = "general",
            date = "2022-09-12",
            topic = "大会"
        ),
        rec!(
            "party_life",
            "p3",
            unit = "u1",
            kind = "day",
            date = "2022-11-02",
            topic = "主题党日"
        ),
    ]);
    // Theme days of September to November but October; the meeting of the third quarter but not its lesson.
    let found = read(&town, "lead.party_life", "2022-11-22");
    is(&found, "3/5", 1, "支部党员大会 1/1、主题党日 2/3");
}
