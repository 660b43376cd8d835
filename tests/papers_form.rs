//! Papers as a reader takes them: room for the pen, titles and attachments by the norm, who is ahead, what is left out.

mod rows_support;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::programmes::sample::{SampleOptions, sheet};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::view::paper::block::{Block, Body, Paper, Run, Table, words};
use tiancheng::view::paper::docx;
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::{document, html, plain};
use tiancheng::view::paper::kinds::{by_id, make};
use tiancheng::view::paper::pen::Pen;

const VILLAGE: &str = "421223100207";

fn asked(scope: Scope, period: &str, today: &str) -> Asked {
    Asked {
        scope,
        period: tiancheng::view::period::parse(period).expect("a period"),
        today: Day::parse(today).expect("a day"),
        record: None,
        personal: false,
    }
}

fn of_record(record: &str, today: &str) -> Asked {
    Asked {
        record: Some(record.to_owned()),
        ..asked(Scope::Town, "2022", today)
    }
}

fn town(more: Vec<Draft>) -> Sheet {
    let mut drafts = vec![
        rec!("town", "town", name = "天城镇", county = "崇阳县"),
        rec!("district", "1", name = "寺前片区"),
        rec!("unit", VILLAGE, name = "寺前村", kind = "village", district = "1"),
    ];
    drafts.extend(more);
    Sheet { drafts }
}

fn sample() -> Sheet {
    sheet(&SampleOptions::default())
}

fn paper(kind: &str, records: &Sheet, asked: &Asked) -> Paper {
    make(by_id(kind).expect(kind), records, asked).unwrap_or_else(|why| panic!("{kind}: {why}"))
}

fn block<'a>(paper: &'a Paper, id: &str) -> &'a Body {
    let found = paper.blocks.iter().find(|block| block.id == id);
    &found.unwrap_or_else(|| panic!("{id}: {:?}", paper.blocks)).body
}

fn said(paper: &Paper, id: &str) -> String {
    match block(paper, id) {
        Body::Paragraph(runs) => words(runs),
        other => panic!("{id}: {other:?}"),
    }
}

/// What was done about a matter is written by hand: the slip has lines for it, and high rows.
#[test]
fn a_slip_has_room_for_the_pen() {
    let problem = |more: &[(&str, &str)]| {
        let mut draft = rec!(
            "problem",
            "q",
            unit = VILLAGE,
            date = "2022-10-01",
            text = "路灯不亮",
            due = "2022-11-12"
        );
        for (field, value) in more {
            rows_support::set(&mut draft, field, tiancheng::model::value::Value::text(*value));
        }
        paper("supervision", &town(vec![draft]), &of_record("q", "2022-11-22"))
    };
    let row = |paper: &Paper| match block(paper, "q.slip") {
        Body::Table(Table { rows, room, .. }) => {
            assert!(*room >= 80, "{room}");
            let found = rows.iter().find(|row| row[0].text == "办理情况").expect("a row");
            found[1].text.clone()
        }
        other => panic!("{other:?}"),
    };
    assert!(row(&problem(&[])).matches('\n').count() >= 3);
    assert_eq!(row(&problem(&[("result", "已换灯")])), "已换灯");
    // The number is written by hand where the office has no characters of its own.
    assert_eq!(
        *block(&problem(&[]), "q.number"),
        Body::Number("编号：　　　　　　".to_owned())
    );
}

/// Those who come to a training are named; who comes to a talk is not known, and signs in an empty row.
#[test]
fn a_talk_has_a_list_to_sign_as_a_training_has() {
    let town = town(vec![
        rec!(
            "night_talk",
            "t",
            unit = VILLAGE,
            kind = "bay",
            date = "2022-11-25",
            place = "老屋湾"
        ),
        rec!("training", "g", name = "党务培训", date = "2022-11-24"),
        rec!("secretary", "s", unit = VILLAGE, name = "甲乙", since = "2021-01-01"),
    ]);
    let rows = |paper: &Paper| match block(paper, "list") {
        Body::Table(table) => table.rows.clone(),
        other => panic!("{other:?}"),
    };
    let talk = paper("sign-in", &town, &of_record("t", "2022-11-22"));
    assert!(
        plain(&talk).starts_with("寺前村湾子夜话签到表\n时间：2022年11月25日　地点：老屋湾\n"),
        "{}",
        plain(&talk)
    );
    assert!(
        rows(&talk).len() == 20
            && rows(&talk)
                .iter()
                .all(|row| row[1..].iter().all(|cell| cell.text.is_empty()))
    );
    let training = paper("sign-in", &town, &of_record("g", "2022-11-22"));
    assert_eq!(rows(&training)[0][2].text, "甲乙");
}

/// A title as long as a line of the norm is broken where a period ends, on the page as in the document: digits of a face
/// that stands in for another may be wider.
#[test]
fn a_long_title_is_broken_where_words_end_everywhere() {
    let mut pen = Pen::default();
    pen.title("天城镇洪下村2022年下半年党建工作情况汇报");
    let paper = Paper {
        blocks: pen.done(),
        ..Paper::default()
    };
    assert!(
        html(&paper).contains("天城镇洪下村2022年<br>下半年党建工作情况汇报"),
        "{}",
        html(&paper)
    );
    let document = docx::plain(&paper, &|_| None);
    assert_eq!(
        document.blocks,
        [office::paper::Block::Title(
            "天城镇洪下村2022年\n下半年党建工作情况汇报".to_owned()
        )]
    );
}

/// GB/T 9704—2012, 7.3.9: 附件 in the corner of a page of its own, the title below it in the middle.
#[test]
fn what_is_attached_has_its_own_head() {
    let reminder = paper("reminder", &sample(), &asked(Scope::Town, "2022-11", "2022-11-22"));
    let at = reminder
        .blocks
        .iter()
        .position(|b| matches!(b.body, Body::Annex(_)))
        .expect("an attachment");
    assert_eq!(reminder.blocks[at - 1].body, Body::Page);
    let text = html(&reminder);
    let head = "<p class=\"paper-annex\">附件</p><p class=\"paper-title\" data-block=\"";
    assert!(
        text.contains(head) && text.contains("\">还没有上报的村（社区）名单</p>"),
        "{text}"
    );
    assert!(plain(&reminder).contains("\n附件：还没有上报的村（社区）名单\n序号"));
    // It is written anew as a title is.
    let id = reminder.blocks[at].id.clone();
    let own = reminder.edited(&id, "名单");
    assert!(html(&own).contains("data-mark=\"edited\">名单</p>"));
}

/// Public notices leave room where nothing was entered; they say nothing of what is missing.
#[test]
fn nothing_missing_is_put_on_the_wall() {
    let town = town(vec![
        rec!(
            "matter",
            "m",
            unit = VILLAGE,
            subject = "修村道",
            resolved = "2022-11-04",
            resolve_due = 40
        ),
        rec!(
            "development",
            "f",
            unit = VILLAGE,
            name = "甲乙丙",
            applied = "2021-01-05",
            inspected = "2022-08-01",
            chosen = "2021-07-01"
        ),
    ]);
    let decision = paper("matter-decision", &town, &of_record("m", "2022-11-22"));
    assert_eq!(
        said(&decision, "votes"),
        "党员大会应到　　　人，实到　　　人，赞成　　　人；村（居）民代表会议应到40人，实到　　　人，赞成　　　人。"
    );
    let notice = paper("notice-candidate", &town, &asked(Scope::Town, "2022", "2022-11-22"));
    for paper in [decision, notice] {
        assert!(!plain(&paper).contains("没有填报"), "{}", plain(&paper));
    }
}

/// Who is ahead stands in a bulletin beside who is late; by name only where ranks are shown.
#[test]
fn a_bulletin_tells_who_is_ahead() {
    let mut town = sample();
    let ask = asked(Scope::Town, "2022-11", "2022-11-22");
    let phoenix = said(&paper("bulletin", &town, &ask), "stands.phoenix");
    assert!(
        phoenix.contains("预警的8个；进度达到100%的") && phoenix.ends_with("个。"),
        "{phoenix}"
    );
    let count = |text: &str| -> usize {
        let after = text.split("进度达到100%的").nth(1).expect("who is ahead");
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().expect("a count")
    };
    town.drafts.push(rec!("setting", "show.ranking", value = "true"));
    let named = said(&paper("bulletin", &town, &ask), "stands.phoenix");
    assert_eq!(count(&named), count(&phoenix));
    let names = named.split("进度达到100%的").nth(1).expect("names");
    assert_eq!(names.matches('、').count() + 1, count(&named), "{names}");
}

/// The timetable of a unit is its latest round step by step; a town has a line for each.
#[test]
fn a_unit_has_a_timetable_of_its_own() {
    let round = |id: &str, year: i64, voted: &str| rec!("election", id, unit = VILLAGE, year = year, voted = voted);
    let town = town(vec![round("a", 2018, "2018-11-20"), round("b", 2021, "2021-03-20")]);
    let own = paper(
        "election",
        &town,
        &asked(Scope::Unit(VILLAGE.to_owned()), "2022", "2022-11-22"),
    );
    let text = plain(&own);
    assert!(
        text.starts_with("寺前村2021年两委换届工作进度表") && text.contains("2021年3月20日\t已办"),
        "{text}"
    );
    let all = plain(&paper("election", &town, &asked(Scope::Town, "2022", "2022-11-22")));
    assert!(all.contains("寺前村\t2021年\t1/11"), "{all}");
    assert!(
        !text.contains("最迟") && !all.contains("最迟"),
        "nobody planned: {text}"
    );
}

/// What the town planned stands beside what was done: late, in time, to be done.
#[test]
fn the_timetable_of_the_town_stands_beside_the_days() {
    let plan = rec!(
        "election_plan",
        "p",
        year = 2021,
        surveyed = "2021-01-10",
        audited = "2021-01-31",
        voted = "2021-03-20",
        handed_over = "2021-03-31"
    );
    let file = rec!(
        "election",
        "e",
        unit = VILLAGE,
        year = 2021,
        surveyed = "2021-01-13",
        audited = "2021-01-31"
    );
    let town = town(vec![plan, file]);
    let text = plain(&paper(
        "election",
        &town,
        &asked(Scope::Unit(VILLAGE.to_owned()), "2021", "2021-03-23"),
    ));
    for line in [
        "序号\t步骤\t最迟\t日期\t情况",
        "1\t摸底研判\t2021年1月10日\t2021年1月13日\t已办，晚3天",
        "2\t财务清理\t2021年1月31日\t2021年1月31日\t已办",
        "逾期3天",
        "未办",
        "未登记",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let all = plain(&paper("election", &town, &asked(Scope::Town, "2021", "2021-03-23")));
    assert!(
        all.contains("2021年换届安排") && all.contains("投票选举\t村（社区）\t2021年3月20日"),
        "{all}"
    );
}

/// A paper of one unit does not repeat its name behind each matter.
#[test]
fn a_unit_is_not_named_in_its_own_paper_again() {
    let town = sample();
    let own = |code: &str| {
        paper(
            "report",
            &town,
            &asked(Scope::Unit(code.to_owned()), "2022-11", "2022-11-22"),
        )
    };
    let mut seen = 0;
    for unit in town.drafts.iter().filter(|draft| draft.ledger == "unit") {
        let report = own(&unit.id);
        let name = tiancheng::view::show::unit_name(&town, &unit.id);
        let Some(Block {
            body: Body::List(items),
            ..
        }) = report.blocks.iter().find(|b| b.id == "problems.list")
        else {
            continue;
        };
        for item in items {
            seen += 1;
            assert!(
                !words(&item.runs).contains(&format!("：{name}")),
                "{}",
                words(&item.runs)
            );
        }
    }
    assert!(seen > 10, "{seen}");
}

/// Numbers of tables and of what moved lead to where they come from.
#[test]
fn numbers_of_tables_lead_somewhere() {
    let town = sample();
    let ask = asked(Scope::Town, "2022-11", "2022-11-22");
    let is_number = |run: &Run| run.text.ends_with('%');
    let report = paper("report", &town, &ask);
    let Body::Table(table) = block(&report, "districts.table") else {
        panic!("no table")
    };
    let numbers: Vec<&Run> = table.rows.iter().flatten().filter(|run| is_number(run)).collect();
    assert!(numbers.len() >= 50 && numbers.iter().all(|run| run.href.starts_with("#/d/")));
    let Body::Paragraph(runs) = block(&report, "whole.moved") else {
        panic!("no paragraph")
    };
    assert!(
        runs.iter().filter(|run| run.href.starts_with("#/p/")).count() >= 5,
        "{runs:?}"
    );
    let reminder = paper("reminder", &town, &ask);
    let counted = reminder.blocks.iter().filter(|b| b.id.ends_with(".count"));
    for block in counted {
        let Body::Paragraph(runs) = &block.body else {
            panic!("{block:?}")
        };
        assert!(
            runs.iter()
                .any(|run| run.text.contains("已上报") && run.href.starts_with("#/r/")),
            "{runs:?}"
        );
    }
}

/// All that is to be seen to is late, or some of it, or one thing alone.
#[test]
fn the_count_of_late_matters_turns_round() {
    let problem = |id: &str, due: &str| {
        rec!(
            "problem",
            id,
            unit = VILLAGE,
            date = "2022-10-01",
            text = "路灯不亮",
            due = due
        )
    };
    let count = |drafts: Vec<Draft>| {
        let report = paper("report", &town(drafts), &asked(Scope::Town, "2022-11", "2022-11-22"));
        let late = match block(&report, "problems.list") {
            Body::List(items) => (
                items.len(),
                items.iter().filter(|i| words(&i.runs).contains("已逾期")).count(),
            ),
            other => panic!("{other:?}"),
        };
        (said(&report, "problems.count"), late)
    };
    for drafts in [
        vec![],
        vec![problem("a", "2022-11-01")],
        vec![problem("a", "2022-12-01")],
    ] {
        let (said, (all, late)) = count(drafts);
        let expected = match (all, late) {
            (all, 0) => format!("需要跟进的有{all}类事项："),
            (1, 1) => "需要跟进的有1类事项，已超过期限：".to_owned(),
            (all, late) if all == late => format!("需要跟进的有{all}类事项，都已超过期限："),
            (all, late) => format!("需要跟进的有{all}类事项，其中{late}类已超过期限："),
        };
        assert_eq!(said, expected);
    }
}

/// A page of the command line holds the picture that the page of the browser draws.
#[test]
fn a_document_of_the_command_line_has_its_picture() {
    let report = paper("report", &sample(), &asked(Scope::Town, "2022-11", "2022-11-22"));
    let text = document(&report);
    let figure = text
        .split("<figure")
        .nth(1)
        .and_then(|rest| rest.split("</figure>").next());
    let figure = figure.expect("a figure");
    assert!(
        figure.contains("<svg") && figure.contains("上年同期") && figure.contains("筑梦"),
        "{figure}"
    );
}
