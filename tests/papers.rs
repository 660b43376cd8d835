//! Papers: sentences with values worked out by hand, what a notice holds, and every kind over the sample town.

mod rows_support;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::view::paper::block::{Block, Body, Density, Paper, Run, words};
use tiancheng::view::paper::docx;
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::{html, plain};
use tiancheng::view::paper::kind::Of;
use tiancheng::view::paper::kinds::{all, by_id, make};

const VILLAGE: &str = "421223100207";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn asked(scope: Scope, period: Period, today: &str) -> Asked {
    Asked {
        scope,
        period,
        today: day(today),
        record: None,
        personal: false,
    }
}

fn of_record(record: &str, today: &str) -> Asked {
    Asked {
        record: Some(record.to_owned()),
        ..asked(Scope::Town, Period::Year(day(today).year()), today)
    }
}

fn records(drafts: Vec<Draft>) -> Sheet {
    Sheet { drafts }
}

fn town(more: Vec<Draft>) -> Sheet {
    let mut drafts = vec![
        rec!("town", "town", name = "天城镇", county = "崇阳县"),
        rec!("district", "1", name = "寺前片区"),
        rec!(
            "unit",
            VILLAGE,
            name = "寺前村",
            kind = "village",
            district = "1",
            org_type = "general_branch"
        ),
    ];
    drafts.extend(more);
    records(drafts)
}

fn paper(kind: &str, records: &Sheet, asked: &Asked) -> Paper {
    make(by_id(kind).expect(kind), records, asked).unwrap_or_else(|why| panic!("{kind}: {why}"))
}

fn refused(kind: &str, records: &Sheet, asked: &Asked) -> String {
    make(by_id(kind).expect(kind), records, asked).expect_err("nothing to make")
}

/// The words of the paragraph stored under an id.
fn said(paper: &Paper, id: &str) -> String {
    let block = paper.blocks.iter().find(|block| block.id == id);
    match block.map(|block| &block.body) {
        Some(Body::Paragraph(runs)) => words(runs),
        Some(Body::Title(text) | Body::Addressee(text) | Body::Signature(text) | Body::Number(text)) => text.clone(),
        other => panic!("{id}: {other:?}"),
    }
}

fn talk(id: &str, date: &str) -> Draft {
    rec!(
        "night_talk",
        id,
        unit = VILLAGE,
        kind = "bay",
        date = date,
        place = "老屋湾",
        topic = "修路"
    )
}

fn november() -> Period {
    tiancheng::view::period::parse("2022-11").expect("a period")
}

/// Two talks in November; one, two or three in October: the sentence turns round.
#[test]
fn a_sentence_holds_when_its_numbers_turn_round() {
    for (october, moved) in [
        (1, "比上月同期增加1场"),
        (2, "与上月同期持平"),
        (3, "比上月同期减少1场"),
    ] {
        let mut drafts = vec![talk("a", "2022-11-03"), talk("b", "2022-11-20")];
        drafts.extend((0..october).map(|n| talk(&format!("o{n}"), "2022-10-08")));
        let report = paper("report", &town(drafts), &asked(Scope::Town, november(), "2022-11-22"));
        let dream = said(&report, "progress.dream.text");
        let talks = dream.split('。').find(|sentence| sentence.starts_with("夜话场次"));
        let talks = talks.expect("a sentence about talks");
        assert!(talks.starts_with("夜话场次2场，") && talks.contains(moved), "{talks}");
    }
    // Nobody entered anything: it is said, and nothing is compared.
    let report = paper("report", &town(vec![]), &asked(Scope::Town, november(), "2022-11-22"));
    assert_eq!(said(&report, "progress.dream.text"), "没有填报。");
    assert!(!html(&report).contains("同期"), "{}", html(&report));
}

/// What was not kept yet was not none: 2021 is compared with only where the ledger holds something of it or of before.
#[test]
fn a_time_in_which_nobody_entered_anything_is_compared_with_nothing() {
    let dream = |records: &Sheet, period: Period| {
        let report = paper("report", records, &asked(Scope::Town, period, "2022-11-22"));
        let text = said(&report, "progress.dream.text");
        let talks = text.split('。').find(|sentence| sentence.starts_with("夜话场次"));
        (talks.expect("talks").to_owned(), plain(&report))
    };
    let new = town(vec![talk("a", "2022-11-03"), talk("b", "2022-11-20")]);
    for period in [
        november(),
        Period::Quarter(2022, 4),
        Period::Half(2022, 2),
        Period::Year(2022),
    ] {
        let (talks, whole) = dream(&new, period);
        assert!(talks.starts_with("夜话场次2场") && !whole.contains("同期"), "{whole}");
    }
    // Kept since 2020: none in 2021 is none.
    let kept = town(vec![talk("a", "2022-11-03"), talk("old", "2020-05-01")]);
    let talks = dream(&kept, november()).0;
    assert!(talks.contains("比上月同期增加1场，比上年同期增加1场"), "{talks}");
    // A ledger that was kept says nothing of another: a plan of 2021 does not make its talks known.
    let plan = rec!(
        "plan",
        "p",
        unit = VILLAGE,
        kind = "annual",
        year = 2021,
        drafted = "2021-02-01"
    );
    let (talks, whole) = dream(&town(vec![plan, talk("a", "2022-11-03")]), Period::Year(2022));
    assert!(!talks.contains("同期"), "{talks}");
    // Progress is the mean of several: it is compared where all of them were kept.
    assert!(!whole.contains("与上年同期相比"), "{whole}");
}

#[test]
fn a_report_of_half_a_year() {
    let town = town(vec![
        talk("a", "2022-11-03"),
        talk("b", "2022-06-30"),
        talk("c", "2021-08-01"),
    ]);
    let of = |half| {
        paper(
            "report",
            &town,
            &asked(Scope::Town, Period::Half(2022, half), "2022-11-22"),
        )
    };
    let (first, second) = (of(1), of(2));
    assert_eq!(said(&first, "title"), "天城镇2022年上半年党建工作情况汇报");
    assert!(said(&first, "opening").contains("数据截至2022年6月30日"));
    assert!(said(&second, "progress.dream.text").contains("夜话场次1场，与上年同期持平"));
    assert_eq!((first.period.as_str(), second.period.as_str()), ("2022-h1", "2022-h2"));
}

/// One of one plan is final: a share with its goal.
#[test]
fn a_report_says_whose_when_and_for_whom() {
    let plan = rec!(
        "plan",
        "p",
        unit = VILLAGE,
        kind = "annual",
        year = 2022,
        drafted = "2022-02-01",
        shown = "2022-02-02",
        consulted = "2022-02-03",
        guided = "2022-02-04",
        approved = "2022-02-05",
        finalised = "2022-02-06",
        summary = "修路",
    );
    let town = town(vec![plan]);
    let report = paper(
        "report",
        &town,
        &asked(Scope::Town, Period::Quarter(2022, 4), "2022-11-22"),
    );
    assert_eq!(said(&report, "title"), "天城镇2022年第四季度党建工作情况汇报");
    assert_eq!(said(&report, "addressee"), "中共崇阳县委");
    assert_eq!(said(&report, "signature"), "中共天城镇委员会");
    assert_eq!(
        said(&report, "opening"),
        "现将全镇2022年第四季度党建工作情况汇报如下。数据截至2022年11月22日，统计范围为1个村。"
    );
    let dream = said(&report, "progress.dream.text");
    assert!(dream.starts_with("年度计划定稿率100%（1/1个），"), "{dream}");
    // Of the village itself.
    let own = paper(
        "report",
        &town,
        &asked(Scope::Unit(VILLAGE.to_owned()), Period::Year(2022), "2022-11-22"),
    );
    assert_eq!(said(&own, "title"), "天城镇寺前村2022年党建工作情况汇报");
    assert_eq!(said(&own, "addressee"), "中共天城镇委员会");
    assert_eq!(said(&own, "signature"), "中共天城镇寺前村总支部委员会");
    // Of a district: it reports to the committee and does not sign as the committee.
    let district = Scope::District("1".to_owned());
    let own = paper("report", &town, &asked(district, Period::Year(2022), "2022-11-22"));
    assert_eq!(said(&own, "addressee"), "中共天城镇委员会");
    assert_eq!(said(&own, "signature"), "天城镇寺前片区");
    // A period that is over is told of its last day.
    let past = paper("report", &town, &asked(Scope::Town, november(), "2022-12-05"));
    assert!(said(&past, "opening").contains("数据截至2022年11月30日"));
    let nobody = records(vec![]);
    assert!(refused("report", &nobody, &asked(Scope::Town, november(), "2022-11-22")).contains("没有村（社区）"));
}

#[test]
fn every_number_of_a_report_leads_to_its_records() {
    let town = sheet(&SampleOptions::default());
    let report = paper("report", &town, &asked(Scope::Town, november(), "2022-11-22"));
    let runs: Vec<&Run> = report
        .blocks
        .iter()
        .filter_map(|block| match &block.body {
            Body::Paragraph(runs) if block.id.starts_with("progress.") => Some(runs),
            _ => None,
        })
        .flatten()
        .filter(|run| !run.href.is_empty())
        .collect();
    assert!(runs.len() >= 20, "{}", runs.len());
    assert!(runs.iter().all(|run| run.href.starts_with("#/l/")), "{runs:?}");
    assert!(html(&report).contains("<a href=\"#/l/night_talk"));
    // Papers have no blanks between numbers and words.
    let text = plain(&report);
    assert!(!text.contains(" 个") && !text.contains(" · "), "{text}");
    assert!(text.contains("11月26日到期") && !text.contains("11-26"), "{text}");
}

/// Ids stay when figures change, so that a person's words find their paragraph again.
#[test]
fn words_of_a_person_survive_new_figures() {
    let before = town(vec![talk("a", "2022-11-03")]);
    let after = town(vec![talk("a", "2022-11-03"), talk("b", "2022-11-04")]);
    let ask = asked(Scope::Town, november(), "2022-11-22");
    let kept = paper("report", &before, &ask).edited("progress.dream.text", "夜话办了1场。");
    let anew = paper("report", &after, &ask).renewed(&kept);
    assert!(plain(&anew).contains("夜话办了1场。") && anew.homeless().is_empty());
    assert!(html(&anew).contains("data-block=\"progress.dream.text\" data-mark=\"outdated\""));
    let stored = serde_json::to_string(&kept).expect("JSON");
    assert_eq!(serde_json::from_str::<Paper>(&stored).expect("a paper"), kept);
}

/// Names of units stand in a bulletin only where the town shows ranks.
#[test]
fn a_bulletin_names_units_only_where_ranks_are_shown() {
    let mut town = sheet(&SampleOptions::default());
    let ask = asked(Scope::Town, november(), "2022-11-22");
    let names = |text: &str| {
        ["渣冲村", "蛤蟆石村", "河田村"]
            .iter()
            .filter(|name| text.contains(**name))
            .count()
    };
    assert_eq!(names(&plain(&paper("bulletin", &town, &ask))), 0);
    town.drafts.push(rec!("setting", "show.ranking", value = "true"));
    assert_eq!(names(&plain(&paper("bulletin", &town, &ask))), 3);
}

fn file(id: &str, more: &[(&str, &str)]) -> Draft {
    let mut draft = rec!(
        "development",
        id,
        unit = VILLAGE,
        name = "甲乙丙",
        sex = "male",
        birth = "1995-03",
        education = "college",
        applied = "2025-01-05",
        chosen = "2025-07-01",
        inspected = "2026-08-01",
        phone = "13800001027",
        talker = "谈话的人",
    );
    for (field, value) in more {
        rows_support::set(&mut draft, field, tiancheng::model::value::Value::text(*value));
    }
    draft
}

/// 2026-09-28 is a Monday; from 1 to 7 October nobody works, 10 October is worked: 28, 29, 30 September, 8 and 9 October.
#[test]
fn a_notice_states_both_days_of_five_working_days_and_no_more_than_asked() {
    let town = town(vec![file("f", &[])]);
    let notice = paper(
        "notice-candidate",
        &town,
        &asked(Scope::Town, Period::Year(2026), "2026-09-28"),
    );
    let id = |name: &str| format!("{VILLAGE}.{name}");
    assert_eq!(
        said(&notice, &id("posted")),
        "公示时间：2026年9月28日至2026年10月9日，共5个工作日。"
    );
    let text = plain(&notice);
    assert!(
        text.contains("甲乙丙\t男\t1995年3月\t大专\t2025年1月5日\t2025年7月1日"),
        "{text}"
    );
    assert!(
        !text.contains("1380000") && !text.contains("谈话的人") && !text.contains("7个工作日"),
        "{text}"
    );
    // Fewer working days than five are never enough, whatever the town set; more are.
    let with = |days: &str| {
        let mut own = town.clone();
        own.drafts.push(rec!("setting", "rule.notice_days", value = days));
        said(
            &paper(
                "notice-candidate",
                &own,
                &asked(Scope::Town, Period::Year(2026), "2026-09-28"),
            ),
            &id("posted"),
        )
    };
    assert!(with("3").ends_with("至2026年10月9日，共5个工作日。"), "{}", with("3"));
    assert!(with("6").ends_with("至2026年10月10日，共6个工作日。"), "{}", with("6"));
    // Nobody stands before the other steps.
    for kind in ["notice-accept", "notice-confirm", "precheck"] {
        assert!(refused(kind, &town, &asked(Scope::Town, Period::Year(2026), "2026-09-28")).starts_with("没有"));
    }
}

/// 2014: 备案报告; since 2026-05-11: 请示.
#[test]
fn the_report_of_a_candidate_follows_the_version_of_the_rules() {
    let title = |proposed: &str| {
        let town = town(vec![file("f", &[("proposed", proposed)])]);
        let report = paper(
            "report-candidate",
            &town,
            &asked(Scope::Town, Period::Year(2026), "2026-09-28"),
        );
        said(&report, &format!("{VILLAGE}.title"))
    };
    assert_eq!(title("2026-05-10"), "关于确定甲乙丙同志为发展对象的备案报告");
    assert_eq!(title("2026-05-11"), "关于确定甲乙丙同志为发展对象的请示");
}

/// Every step of the file, the taken ones with their day, the next with its limit.
#[test]
fn the_calendar_of_a_person_masks_the_name_and_counts_the_limit() {
    let applied = rec!(
        "development",
        "f",
        unit = VILLAGE,
        name = "甲乙丙",
        applied = "2026-08-01"
    );
    let town = town(vec![applied]);
    let calendar = paper("development-calendar", &town, &of_record("f", "2026-09-11"));
    let text = plain(&calendar);
    assert!(text.starts_with("甲某某发展党员日程"), "{text}");
    assert!(text.contains("1\t递交入党申请书\t本人\t2026年8月1日\t"), "{text}");
    // A month from 1 August ends on 1 September; ten days ago.
    assert!(
        text.contains("2\t派人谈话\t支部\t\t2026年9月1日前（第七条），已逾期10天"),
        "{text}"
    );
    let whole = Asked {
        personal: true,
        ..of_record("f", "2026-09-11")
    };
    assert!(plain(&paper("development-calendar", &town, &whole)).starts_with("甲乙丙发展党员日程"));
}

#[test]
fn a_matter_is_published_twice_with_both_days() {
    let matter = |more: &[(&str, &str)]| {
        let mut draft = rec!(
            "matter",
            "m",
            unit = VILLAGE,
            subject = "修村道",
            proposed = "2022-11-01",
            discussed = "2022-11-02",
            reviewed = "2022-11-03",
            review_due = 30,
            review_present = 28,
            review_ayes = 27,
            resolve_due = 40,
            resolve_present = 35,
            resolve_ayes = 33,
        );
        for (field, value) in more {
            rows_support::set(&mut draft, field, tiancheng::model::value::Value::text(*value));
        }
        town(vec![draft])
    };
    let ask = of_record("m", "2022-11-22");
    assert!(refused("matter-decision", &matter(&[]), &ask).contains("还没有村（居）民代表会议的决议"));
    let resolved = matter(&[("resolved", "2022-11-04")]);
    let decision = paper("matter-decision", &resolved, &ask);
    assert_eq!(
        said(&decision, "votes"),
        "党员大会应到30人，实到28人，赞成27人；村（居）民代表会议应到40人，实到35人，赞成33人。"
    );
    // Tuesday to Monday: five working days.
    assert_eq!(
        said(&decision, "posted"),
        "公开时间：2022年11月22日至2022年11月28日，共5个工作日。"
    );
    assert!(refused("matter-result", &resolved, &ask).contains("还没有公开"));
    // An end that is too early is put off; a later one stands.
    for (until, says) in [
        ("2022-11-08", "2022年11月7日至2022年11月11日，共5个工作日"),
        ("2022-11-14", "2022年11月7日至2022年11月14日，共6个工作日"),
    ] {
        let town = matter(&[
            ("resolved", "2022-11-04"),
            ("published", "2022-11-07"),
            ("published_until", until),
        ]);
        let posted = said(&paper("matter-decision", &town, &ask), "posted");
        assert!(posted.contains(says), "{posted}");
        assert!(said(&paper("matter-result", &town, &ask), "what").contains("已于2022年11月7日公开"));
    }
}

#[test]
fn a_slip_says_how_late_the_matter_is_and_closes_it() {
    let problem = |more: &[(&str, &str)]| {
        let mut draft = rec!(
            "problem",
            "q",
            unit = VILLAGE,
            date = "2022-10-01",
            text = "路灯不亮",
            owner = "甲乙",
            due = "2022-11-12"
        );
        for (field, value) in more {
            rows_support::set(&mut draft, field, tiancheng::model::value::Value::text(*value));
        }
        town(vec![draft])
    };
    let all = asked(Scope::Town, Period::Year(2022), "2022-11-22");
    let text = plain(&paper("supervision", &problem(&[]), &all));
    for part in ["路灯不亮", "寺前村", "甲某某", "2022年11月12日（已逾期10天）"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let done = problem(&[("done", "2022-11-20"), ("result", "已换灯")]);
    assert!(refused("supervision", &done, &all).contains("不用督办"));
    let text = plain(&paper("supervision", &done, &of_record("q", "2022-11-22")));
    assert!(
        text.contains("已换灯") && text.contains("2022年11月20日办结，销号"),
        "{text}"
    );
}

#[test]
fn a_reminder_counts_who_has_reported_and_names_the_others() {
    let mut drafts = vec![
        rec!("unit", "u2", name = "河田村", kind = "village", district = "1"),
        rec!(
            "dispatch",
            "d",
            title = "十一月填报",
            period = "2022-11",
            ledgers = ["night_talk"],
            due = "2022-11-25"
        ),
        rec!("submission", "s", unit = "u2", task = "d", date = "2022-11-20"),
    ];
    let reminder = paper("reminder", &town(drafts.clone()), &of_record("d", "2022-11-22"));
    assert!(said(&reminder, "d.count").contains("应上报的2个村（社区）中，已上报1个，还没有上报1个"));
    assert!(said(&reminder, "d.what").contains("填报内容为夜话台账。截止日期为2022年11月25日，还有3天。"));
    let text = plain(&reminder);
    assert!(text.contains("寺前村") && !text.contains("河田村"), "{text}");
    drafts.push(rec!(
        "submission",
        "s2",
        unit = VILLAGE,
        task = "d",
        date = "2022-11-21"
    ));
    assert!(refused("reminder", &town(drafts), &of_record("d", "2022-11-22")).contains("都已上报"));
}

#[test]
fn a_blank_form_has_a_row_for_each_field_and_boxes_for_choices() {
    let form = paper("blank", &town(vec![]), &of_record("night_talk", "2022-11-22"));
    let text = plain(&form);
    assert!(
        text.starts_with("夜话台账登记表") && text.contains("＊类型\t□湾子夜话　□星空夜话　□其他"),
        "{text}"
    );
    assert!(refused("blank", &town(vec![]), &of_record("device", "2022-11-22")).contains("哪一本台账"));
}

/// The first record of a ledger of the sample.
fn first(town: &Sheet, ledger: &str) -> Option<String> {
    town.drafts
        .iter()
        .find(|draft| draft.ledger == ledger)
        .map(|draft| draft.id.clone())
}

/// Every kind, of everything it can be of: it is made or says why not; blocks have ids of their own, tables cells for each
/// column, and personal data do not stand in papers that show.
#[test]
fn every_kind_is_made_of_the_sample() {
    let town = sheet(&SampleOptions::default());
    let mut made = 0;
    for kind in all() {
        let mut own = 0;
        for of in kind.of {
            let mut ask = asked(Scope::Town, november(), "2022-11-22");
            match of {
                Of::Town => {}
                Of::District => ask.scope = Scope::District(first(&town, "district").expect("a district")),
                Of::Unit => ask.scope = Scope::Unit(VILLAGE.to_owned()),
                Of::Record(ledger) => match first(&town, ledger.id) {
                    Some(record) => ask.record = Some(record),
                    None => continue,
                },
                Of::Ledger => ask.record = Some("night_talk".to_owned()),
            }
            let Ok(paper) = make(kind, &town, &ask) else { continue };
            own += 1;
            sound(&paper);
            assert_eq!(paper.kind, kind.id);
            assert_eq!(paper.density == Density::OnePage, kind.density == Density::OnePage);
            let bytes = office::write_paper(&docx::plain(&paper, &|_| None)).expect("a document");
            assert!(bytes.starts_with(b"PK"));
        }
        made += usize::from(own > 0);
        if own == 0 {
            println!("{}: nothing in the sample", kind.id);
        }
    }
    assert!(made >= all().count() - 4, "{made}");
}

/// In a town without records, and in one of a single village, every kind says why it is not made, or says in plain words
/// what was not entered.
#[test]
fn every_kind_is_sensible_where_little_was_entered() {
    let talked = vec![talk("a", "2022-11-03")];
    let towns = [
        ("empty", records(vec![])),
        ("bare", town(vec![])),
        ("small", town(talked)),
    ];
    for (name, own) in &towns {
        let mut made = Vec::new();
        for kind in all() {
            for of in kind.of {
                let mut ask = asked(Scope::Town, november(), "2022-11-22");
                match of {
                    Of::Town => {}
                    Of::District => ask.scope = Scope::District("1".to_owned()),
                    Of::Unit => ask.scope = Scope::Unit(VILLAGE.to_owned()),
                    Of::Record(ledger) => ask.record = first(own, ledger.id).or(Some("nothing".to_owned())),
                    Of::Ledger => ask.record = Some("night_talk".to_owned()),
                }
                match make(kind, own, &ask) {
                    Ok(paper) => {
                        sound(&paper);
                        made.push(kind.id);
                    }
                    Err(why) => assert!(why.chars().count() >= 5 && !why.contains('。'), "{}: {why}", kind.id),
                }
            }
        }
        let expected = if *name == "empty" { "blank" } else { "report" };
        assert!(made.contains(&expected), "{name}: {made:?}");
        assert_eq!(*name == "empty", !made.contains(&"report"), "{name}");
    }
}

/// What is said below each heading, and no table is a head alone.
fn whole(paper: &Paper) {
    let level = |block: Option<&Block>| match block.map(|block| &block.body) {
        Some(Body::Heading(level, _)) => Some(*level),
        Some(Body::Signature(_) | Body::Break) | None => Some(0),
        Some(_) => None,
    };
    for (at, block) in paper.blocks.iter().enumerate() {
        match &block.body {
            Body::Heading(own, text) => {
                let next = level(paper.blocks.get(at + 1));
                assert!(
                    next.is_none_or(|next| next > *own),
                    "{}: nothing below {text}",
                    paper.kind
                );
            }
            Body::Table(table) => assert!(!table.rows.is_empty(), "{}: {} is empty", paper.kind, block.id),
            Body::Paragraph(runs) => {
                let text = words(runs);
                assert!(
                    !text.trim().is_empty() && !text.contains("。。"),
                    "{}: {text}",
                    paper.kind
                );
            }
            Body::Title(text) | Body::Signature(text) => assert!(!text.is_empty(), "{}", paper.kind),
            _ => {}
        }
    }
}

fn sound(paper: &Paper) {
    whole(paper);
    let mut ids: Vec<&str> = paper.blocks.iter().map(|block| block.id.as_str()).collect();
    for block in &paper.blocks {
        match &block.body {
            Body::List(items) => ids.extend(items.iter().map(|item| item.id.as_str())),
            Body::Table(table) => {
                assert!(
                    table.head.is_empty() || table.head.len() == table.widths.len(),
                    "{}: {}",
                    paper.kind,
                    block.id
                );
                let fits = table.rows.iter().all(|row| row.len() == table.widths.len());
                assert!(fits, "{}: {}", paper.kind, block.id);
            }
            _ => {}
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{}: an id stands twice", paper.kind);
    let text = plain(paper);
    assert!(
        !text.contains("！") && !text.contains("undefined") && !text.contains("None"),
        "{text}"
    );
    assert!(!text.contains("1380000"), "{}: a phone", paper.kind);
    assert!(day(&paper.day) <= as_of());
}
