//! Words of papers that would be wrong or contradict each other.

mod rows_support;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::programmes::sample::{SampleOptions, sheet};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::view::follow::follow_ups;
use tiancheng::view::paper::block::{Body, Paper};
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::plain;
use tiancheng::view::paper::kinds::{all, by_id, make};

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

fn refused(kind: &str, records: &Sheet, asked: &Asked) -> String {
    make(by_id(kind).expect(kind), records, asked).expect_err("nothing to make")
}

/// 19 of 39 centres are built, and the steps of all are 80.1% done: the second is called progress.
#[test]
fn two_rates_have_two_names() {
    let report = plain(&paper(
        "report",
        &sample(),
        &asked(Scope::Town, "2022-11", "2022-11-22"),
    ));
    let centres = report.split('。').find(|said| said.contains("阵地建成率48.7%"));
    let centres = centres.expect("centres");
    assert!(centres.contains("进度80.1%，目标100%，还差19.9个百分点"), "{centres}");
    assert!(!report.contains("现为"), "{report}");
    // What is a share of its own says its distance alone.
    assert!(report.contains("五年规划定稿率92.3%（36/39个），与上月同期、上年同期持平，目标100%，还差7.7个百分点。"));
}

/// A share of which the steps on the way are done as planned has not reached what its name says.
#[test]
fn a_share_on_its_way_is_no_bright_spot() {
    let sample = sample();
    let mut units = sample.drafts.iter().filter(|draft| draft.ledger == "unit");
    let (mut seen, mut on_its_way) = (0, 0);
    units.by_ref().for_each(|unit| {
        let own = asked(Scope::Unit(unit.id.clone()), "2022-11", "2022-11-22");
        let (page, report) = (
            plain(&paper("one-page", &sample, &own)),
            plain(&paper("report", &sample, &own)),
        );
        let bright = page.lines().find(|line| line.starts_with("达到目标的："));
        seen += usize::from(bright.is_some());
        on_its_way += usize::from(report.contains("进度已达到要求"));
        let bright = bright.unwrap_or_default();
        for said in report.split('。').filter(|said| said.ends_with("进度已达到要求")) {
            let name = said.trim().split('，').next().unwrap_or_default();
            assert!(!bright.contains(name), "{name}: {bright}");
        }
    });
    assert!(seen > 30 && on_its_way > 0, "{seen} {on_its_way}");
}

/// 31 days without contact are no day that was missed where nobody came at all, and not in time either.
#[test]
fn what_has_no_day_is_not_called_in_time() {
    let mut known = town(vec![rec!(
        "night_talk",
        "t",
        unit = VILLAGE,
        kind = "bay",
        date = "2022-11-02",
        place = "老屋湾",
        topic = "修路"
    )]);
    known.drafts.push(rec!(
        "secretary",
        "s",
        unit = VILLAGE,
        name = "甲乙丙",
        since = "2022-01-05"
    ));
    let report = plain(&paper("report", &known, &asked(Scope::Town, "2022-11", "2022-11-22")));
    assert!(report.contains("1个村超过30天没有片区联系"), "{report}");
    assert!(!report.contains("没有超过期限"), "{report}");
}

#[test]
fn what_is_counted_is_named() {
    let sample = sample();
    for unit in sample.drafts.iter().filter(|draft| draft.ledger == "unit") {
        let own = asked(Scope::Unit(unit.id.clone()), "2022-11", "2022-11-22");
        let report = plain(&paper("report", &sample, &own));
        assert!(!report.contains("件滞后"), "{report}");
    }
    let bulletin = plain(&paper(
        "bulletin",
        &sample,
        &asked(Scope::Town, "2022-11", "2022-11-22"),
    ));
    assert!(
        bulletin.contains("39个村（社区）中正常的") && bulletin.contains("滞后的"),
        "{bulletin}"
    );
}

/// Nothing is told of a time that has not begun; of one that is running, all that there is.
#[test]
fn a_period_that_has_not_begun_is_said() {
    let sample = sample();
    for kind in all().filter(|kind| kind.period) {
        for period in ["2031", "2022-12", "2023-h1", "2023-q1"] {
            let why = match make(kind, &sample, &asked(Scope::Town, period, "2022-11-22")) {
                Ok(paper) => panic!("{} of {period}: {}", kind.id, plain(&paper)),
                Err(why) => why,
            };
            assert!(why.contains("还没有开始"), "{}: {why}", kind.id);
        }
    }
    for period in ["2022", "2022-h2", "2022-q4", "2022-11", "2021"] {
        paper("report", &sample, &asked(Scope::Town, period, "2022-11-22"));
    }
    let since = Asked {
        period: Period::Since(Day::parse("2022-12-01").expect("a day")),
        ..asked(Scope::Town, "2022", "2022-11-22")
    };
    assert!(refused("report", &sample, &since).contains("还没有开始"));
}

/// Activist whose inspection ended: 拟; settled on and reported: 已; past the notice: none.
#[test]
fn a_notice_says_whether_it_is_settled() {
    let file = |more: &[(&str, &str)]| {
        let mut draft = rec!(
            "development",
            "f",
            unit = VILLAGE,
            name = "甲乙丙",
            applied = "2025-01-05",
            chosen = "2025-07-01",
            inspected = "2026-08-01"
        );
        for (field, value) in more {
            rows_support::set(&mut draft, field, tiancheng::model::value::Value::text(*value));
        }
        town(vec![draft])
    };
    let ask = asked(Scope::Town, "2026", "2026-09-28");
    let text = plain(&paper("notice-candidate", &file(&[]), &ask));
    assert!(
        text.starts_with("关于拟确定发展对象的公示") && text.contains("拟确定下列同志"),
        "{text}"
    );
    let settled = [("proposed", "2026-08-20"), ("consented", "2026-09-01")];
    let text = plain(&paper("notice-candidate", &file(&settled), &ask));
    assert!(
        text.starts_with("关于确定发展对象的公示") && text.contains("已讨论确定"),
        "{text}"
    );
    assert!(!text.contains("拟"), "{text}");
    let posted = [settled[0], settled[1], ("noticed", "2026-09-20")];
    let own = Asked {
        record: Some("f".to_owned()),
        ..ask.clone()
    };
    for kind in ["notice-candidate", "report-candidate", "notice-confirm"] {
        let why = refused(kind, &file(&posted), &own);
        assert!(why.contains("这名同志不在"), "{kind}: {why}");
    }
    assert!(refused("notice-candidate", &file(&posted), &ask).starts_with("没有到"));
}

/// A plan of which nothing was entered says so once; a part that was not entered has no heading.
#[test]
fn a_plan_has_no_empty_sections() {
    let plan = rec!(
        "plan",
        "p",
        unit = VILLAGE,
        kind = "five_year",
        year = 2021,
        until = 2025,
        drafted = "2021-02-01"
    );
    let own = Asked {
        record: Some("p".to_owned()),
        ..asked(Scope::Town, "2022", "2022-11-22")
    };
    let headings = |records: &Sheet| {
        let paper = paper("plan", records, &own);
        let text = plain(&paper);
        let found = paper.blocks.iter().filter_map(|block| match &block.body {
            Body::Heading(_, text) => Some(text.clone()),
            _ => None,
        });
        (found.collect::<Vec<_>>(), text)
    };
    let (found, text) = headings(&town(vec![plan.clone()]));
    assert_eq!(found, ["把关过程"]);
    assert!(text.contains("主要内容和计划事项都没有填报。"), "{text}");
    let item = rec!("plan_item", "i", unit = VILLAGE, plan = "p", goal = "修路");
    let (found, text) = headings(&town(vec![plan, item]));
    assert_eq!(found, ["计划事项", "把关过程"]);
    assert!(!text.contains("没有填报"), "{text}");
}

/// What the report of a day calls overdue has its slips on that day, of the town, a district or a unit.
#[test]
fn slips_and_report_call_the_same_overdue() {
    let sample = sample();
    let today = Day::parse("2022-11-22").expect("a day");
    let scopes = [
        Scope::Town,
        Scope::District("1".to_owned()),
        Scope::Unit("421223100208".to_owned()),
    ];
    let mut seen = 0;
    for scope in scopes {
        let todo = follow_ups(&sample, tiancheng::model::programmes::catalogue(), today, &scope);
        let late: Vec<_> = todo.iter().filter(|item| item.is_overdue).collect();
        let own = asked(scope.clone(), "2022-11", "2022-11-22");
        if late.is_empty() {
            assert!(refused("supervision", &sample, &own).contains("没有逾期"));
            continue;
        }
        let report = plain(&paper("report", &sample, &own));
        assert!(report.contains(&format!("其中{}类已超过期限", late.len())), "{report}");
        let slips = paper("supervision", &sample, &own);
        let text = plain(&slips);
        let count = text.matches("督办事项\t").count();
        let units: usize = late.iter().map(|item| item.overdue_by_unit().len()).sum();
        assert_eq!(count, units, "{scope:?}");
        for item in late {
            let units = item.overdue_by_unit();
            assert!(!units.is_empty(), "{}", item.id);
            for unit in units {
                let what: String = unit.what.replace(' ', "");
                assert!(text.contains(&what), "{}: {what}", item.id);
                seen += 1;
            }
        }
        assert!(text.contains("已逾期") && !text.contains("没有定时限"), "{text}");
    }
    assert!(seen > 10, "{seen}");
}

/// A matter that the office follows up becomes a slip with its number, who and until when; closed, it says so.
#[test]
fn a_matter_followed_up_becomes_its_slip() {
    let matter = |closed: &str| {
        let mut row = rec!(
            "supervision",
            "s1",
            unit = VILLAGE,
            number = "2022-07",
            matter = "路灯逾期没有修好",
            who = "张三",
            date = "2022-11-01",
            until = "2022-11-20",
        );
        if !closed.is_empty() {
            rows_support::set(&mut row, "closed", tiancheng::model::value::Value::text(closed));
            rows_support::set(&mut row, "feedback", tiancheng::model::value::Value::text("已换新灯"));
        }
        let mut asked = asked(Scope::Unit(VILLAGE.to_owned()), "2022-11", "2022-11-22");
        asked.record = Some("s1".to_owned());
        asked.personal = true;
        plain(&paper("supervision", &town(vec![row]), &asked))
    };
    let open = matter("");
    for said in [
        "编号：2022-07",
        "路灯逾期没有修好",
        "督办台账",
        "寺前村",
        "张三",
        "2022年11月20日（已逾期2天）",
    ] {
        assert!(open.contains(said), "{said}: {open}");
    }
    let closed = matter("2022-11-21");
    assert!(
        closed.contains("已换新灯") && closed.contains("2022年11月21日办结，销号"),
        "{closed}"
    );
}
