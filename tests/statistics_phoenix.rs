//! Statistics of 引凤: figures worked out by hand from a small town (rows F2 to F22).

mod rows_support;
mod statistics_support;

use rows_support::{day, set, sheet};
use statistics_support::{drawing_of, drawn, everything_is_unknown, nothing_is_empty, read, said, said_of, units};
use tiancheng::chart::Kind;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::phoenix::statistics::MEASURES;
use tiancheng::model::programmes::statistics_board;
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::model::value::Value;

const NOW: &str = "2022-11-22";
const BEFORE: &str = "2021-12-31";

fn people() -> Vec<Draft> {
    vec![
        rec!(
            "secretary",
            "s1",
            unit = "u1",
            name = "甲",
            source = "returnee",
            since = "2021-01-01"
        ),
        rec!(
            "secretary",
            "s2",
            unit = "u2",
            name = "乙",
            source = "stay",
            since = "2021-01-01",
            until = "2022-08-01"
        ),
        rec!(
            "secretary",
            "s3",
            unit = "u2",
            name = "丙",
            source = "thousand",
            since = "2022-08-01"
        ),
        rec!(
            "returnee",
            "h1",
            unit = "u1",
            name = "丁",
            kind = "found",
            returned = 2020,
            former_job = "电商",
            persuader = "同乡会",
            posts = "支委、联合党委委员"
        ),
        rec!(
            "returnee",
            "h2",
            unit = "u1",
            name = "戊",
            kind = "work",
            returned = 2022,
            former_job = " 电商 ",
            persuader = " 同乡会 "
        ),
        rec!(
            "returnee",
            "h3",
            unit = "u2",
            name = "己",
            kind = "found",
            former_job = "建筑",
            persuader = "乙"
        ),
        rec!(
            "returnee",
            "h4",
            unit = "u2",
            name = "庚",
            kind = "work",
            returned = 2023,
            persuader = "乙"
        ),
        rec!(
            "joint_member",
            "j1",
            unit = "u2",
            name = "己",
            post = "联合党委委员",
            returnee = "h3",
            since = "2022-06-01"
        ),
        rec!(
            "joint_member",
            "j2",
            unit = "u1",
            name = "丁",
            post = "联合党委委员",
            returnee = "h1",
            since = "2020-06-01"
        ),
        rec!(
            "returnee_contact",
            "c1",
            unit = "u1",
            prospect = "p1",
            kind = "contact",
            date = "2021-12-01"
        ),
        rec!(
            "returnee_contact",
            "c2",
            unit = "u1",
            returnee = "h2",
            kind = "decided",
            date = "2022-01-10"
        ),
        rec!(
            "returnee_contact",
            "c3",
            unit = "u1",
            returnee = "h2",
            kind = "returned",
            date = "2022-03-01"
        ),
        rec!(
            "returnee_contact",
            "c4",
            unit = "u1",
            returnee = "h1",
            kind = "contact",
            date = "2019-12-22"
        ),
        rec!(
            "returnee_contact",
            "c5",
            unit = "u1",
            returnee = "h1",
            kind = "returned",
            date = "2020-01-01"
        ),
        rec!(
            "returnee_contact",
            "c6",
            unit = "u2",
            returnee = "h3",
            kind = "returned",
            date = "2022-02-01"
        ),
        rec!(
            "thousand",
            "k1",
            unit = "u1",
            name = "丁",
            intent = "2021-01-01",
            hired = "2021-01-31",
            enrolled = "2021-03-02",
            assessed = "2021-06-10",
            assess_result = "pass",
            elected = "2021-06-20",
            joined = "2021-06-30"
        ),
        rec!(
            "thousand",
            "k2",
            unit = "u2",
            name = "辛",
            intent = "2022-01-01",
            hired = "2022-01-21"
        ),
        rec!(
            "need",
            "w1",
            unit = "u1",
            returnee = "h1",
            text = "转学",
            date = "2022-03-01",
            due = "2022-05-01",
            replied = "2022-03-10",
            solved = "2022-04-01"
        ),
        rec!(
            "need",
            "w2",
            unit = "u1",
            returnee = "h1",
            text = "用电",
            date = "2022-06-01",
            due = "2022-08-01"
        ),
        rec!(
            "need",
            "w3",
            unit = "u2",
            returnee = "h3",
            text = "仓储",
            date = "2021-05-01",
            solved = "2021-06-01"
        ),
    ]
}

fn amount(mut draft: Draft, amounts: &[(&str, &str)]) -> Draft {
    for (field, text) in amounts {
        set(&mut draft, field, Value::text(*text));
    }
    draft
}

fn works() -> Vec<Draft> {
    let b1 = rec!(
        "enterprise",
        "b1",
        unit = "u1",
        name = "果园",
        products = "葡萄、草莓",
        output_unit = "吨/亩",
        corridor = "106国道沿线",
        since = "2020-03"
    );
    let b2 = rec!(
        "enterprise",
        "b2",
        unit = "u2",
        name = "大棚",
        products = "草莓",
        output_unit = "斤每亩",
        since = "2022-03"
    );
    let b3 = rec!(
        "enterprise",
        "b3",
        unit = "u2",
        name = "制衣",
        products = "服装",
        since = "2019-01",
        until = "2022-05"
    );
    let b4 = rec!(
        "enterprise",
        "b4",
        unit = "u3",
        name = "棚二",
        products = "草莓",
        output_unit = "斤每亩",
        since = "2021-01"
    );
    let policy = |id: &str, unit: &str, date: &str| rec!("policy", id, unit = unit, policy = "补贴", date = date);
    let land = |id: &str, unit: &str, signed: &str| rec!("land_transfer", id, unit = unit, signed = signed);
    vec![
        amount(
            b1,
            &[
                ("mu", "20"),
                ("investment", "30"),
                ("output_least", "0.5"),
                ("output_most", "0.8"),
            ],
        ),
        amount(
            b2,
            &[
                ("mu", "100"),
                ("investment", "12.5"),
                ("output_least", "2500"),
                ("output_most", "3000"),
            ],
        ),
        b3,
        amount(b4, &[("output_least", "2000"), ("output_most", "3500")]),
        rec!("project", "pr1", unit = "u1", name = "茶园", kind = "planting"),
        amount(
            policy("y1", "u1", "2022-02-01"),
            &[("amount", "3"), ("enterprise", "b1"), ("level", "county")],
        ),
        amount(
            policy("y2", "u1", "2022-06-01"),
            &[("amount", "2.5"), ("project", "pr1"), ("level", "county")],
        ),
        amount(policy("y3", "u2", "2021-03-01"), &[("amount", "4"), ("level", "city")]),
        amount(policy("y4", "u2", "2022-07-01"), &[("amount", "1")]),
        amount(land("l1", "u1", "2022-03-01"), &[("mu", "30"), ("until", "2023-03-01")]),
        amount(
            land("l2", "u2", "2021-05-01"),
            &[("mu", "12.5"), ("until", "2026-05-01")],
        ),
        amount(land("l3", "u2", "2020-01-01"), &[("mu", "5"), ("until", "2022-10-01")]),
        amount(land("l4", "u2", "2022-05-01"), &[("mu", "8")]),
        rec!(
            "technology",
            "e1",
            unit = "u1",
            name = "密植",
            crop = "草莓",
            date = "2021-01-01"
        ),
        rec!("technology", "e2", unit = "u2", name = "滴灌", date = "2022-02-01"),
        rec!(
            "measure",
            "a1",
            kind = "housing",
            text = "周转住房",
            since = "2021-08-01",
            served = 6
        ),
        rec!(
            "measure",
            "a2",
            kind = "loan",
            text = "贷款",
            since = "2022-01-01",
            until = "2022-09-01",
            served = 3
        ),
        rec!("measure", "a3", kind = "desk", text = "窗口", since = "2022-05-01"),
    ]
}

fn search() -> Vec<Draft> {
    vec![
        rec!(
            "outreach",
            "o1",
            unit = "u1",
            place = "武汉",
            date = "2022-02-01",
            leads = 2,
            led_by_secretary = true
        ),
        rec!(
            "outreach",
            "o2",
            unit = "u1",
            place = "武汉",
            date = "2022-04-01",
            leads = 0
        ),
        rec!("outreach", "o3", unit = "u2", place = "深圳", date = "2022-05-01"),
        rec!(
            "outreach",
            "o4",
            unit = "u2",
            place = "深圳",
            date = "2021-06-01",
            leads = 1
        ),
        rec!(
            "prospect",
            "p1",
            unit = "u1",
            name = "戊",
            date = "2021-11-01",
            state = "landed",
            by_secretary = true,
            returnee = "h2"
        ),
        rec!(
            "prospect",
            "p2",
            unit = "u1",
            name = "壬",
            date = "2022-02-02",
            state = "signed",
            by_secretary = true,
            outreach = "o1"
        ),
        rec!(
            "prospect",
            "p3",
            unit = "u2",
            name = "癸",
            date = "2022-05-02",
            state = "landed",
            outreach = "o3"
        ),
        rec!(
            "prospect",
            "p4",
            unit = "u2",
            name = "子",
            date = "2022-06-01",
            state = "dropped",
            by_secretary = true
        ),
        rec!(
            "prospect",
            "p5",
            unit = "u2",
            name = "丑",
            date = "2022-10-01",
            state = "talking"
        ),
        rec!(
            "project_visit",
            "v1",
            unit = "u1",
            assignment = "as1",
            date = "2022-02-01",
            solved = "场地"
        ),
        rec!(
            "project_visit",
            "v2",
            unit = "u1",
            assignment = "as1",
            date = "2022-11-01"
        ),
        rec!(
            "project_visit",
            "v3",
            unit = "u2",
            assignment = "as2",
            date = "2021-05-01"
        ),
    ]
}

fn town() -> Sheet {
    let mut all = units();
    set(&mut all[0], "corridor", Value::text("106 国道沿线"));
    for some in [people(), works(), search()] {
        all.extend(some);
    }
    sheet(all)
}

/// F2: a contact with a lead is one with the person whom the lead became; who was never contacted is left out.
#[test]
fn from_first_contact_to_return() {
    let town = town();
    assert_eq!(
        said(&town, "phoenix.lead_time", NOW),
        "100/2 联系到决定回乡 40/1 决定到回乡 50/1"
    );
    assert_eq!(said(&town, "phoenix.lead_time", BEFORE), "10/1");
    assert!(read(&town, "phoenix.lead_time", NOW, &Scope::Unit("u2".into())).is_unknown());
}

/// F3, F8, F19: what people did before, the posts they hold now, and secretaries among them.
#[test]
fn returnees_by_job_and_post() {
    let town = town();
    assert_eq!(said(&town, "phoenix.former_jobs", NOW), "3 电商 2 建筑 1");
    assert_eq!(said(&town, "phoenix.former_jobs", BEFORE), "2 电商 1 建筑 1");
    assert_eq!(said(&town, "phoenix.posts", NOW), "2/3 支委 1 联合党委委员 2");
    assert_eq!(said(&town, "phoenix.posts", BEFORE), "1/2 支委 1 联合党委委员 1");
    assert_eq!(said(&town, "phoenix.secretaries", NOW), "2/2 返乡能人 1 千人计划 1");
    assert_eq!(said(&town, "phoenix.secretaries", BEFORE), "1/2 留任 1 返乡能人 1");
    assert_eq!(read(&town, "phoenix.secretaries", NOW, &Scope::Town).unknown, 1);
}

/// F18: a list of thanks, which compares nobody.
#[test]
fn who_persuaded_is_thanked_and_not_ranked() {
    let town = town();
    assert_eq!(said(&town, "phoenix.persuaders", NOW), "3 同乡会 2 乙 1");
    assert_eq!(said(&town, "phoenix.persuaders", BEFORE), "2 同乡会 1 乙 1");
    assert_eq!(drawn(&town, "phoenix.persuaders", NOW), "引荐致谢");
    assert_eq!(drawn(&town, "phoenix.former_jobs", NOW), "电商人数最多，2 名");
    assert_eq!(drawn(&town, "phoenix.former_jobs", BEFORE), "2 个人数相同，各 1 名");
}

/// F14.
#[test]
fn days_between_the_steps() {
    let town = town();
    assert_eq!(
        said(&town, "phoenix.durations", NOW),
        "180/1 意向到聘用 50/2 聘用到纳入千人计划 30/1 纳入千人计划到考核 100/1 考核到选举 10/1 选举到进入两委 10/1"
    );
    assert_eq!(
        drawn(&town, "phoenix.durations", NOW),
        "纳入千人计划到考核用时最多，100 天"
    );
    // Nobody has come to the end yet: the steps are known, the whole is not.
    assert_eq!(
        said(&town, "phoenix.durations", "2021-05-01"),
        "0 意向到聘用 30/1 聘用到纳入千人计划 30/1"
    );
}

/// F17.
#[test]
fn needs_are_solved_in_time_or_not() {
    let town = town();
    assert_eq!(said(&town, "phoenix.needs", NOW), "1/2 已答复 1 到期没有解决 1");
    assert_eq!(said(&town, "phoenix.needs", "2022-07-31"), "1/2 已答复 1");
    assert_eq!(said(&town, "phoenix.needs", BEFORE), "1/1");
    assert_eq!(read(&town, "phoenix.needs", NOW, &Scope::Town).missing().count(), 1);
}

/// F3, F4, F7, F13: enterprises at work on the day.
#[test]
fn enterprises_by_size_money_and_product() {
    let town = town();
    assert_eq!(
        said(&town, "phoenix.enterprises", NOW),
        "3 10至50亩 1 100亩及以上 1 没有填写 1"
    );
    assert_eq!(said(&town, "phoenix.enterprises", BEFORE), "3 10至50亩 1 没有填写 2");
    assert_eq!(drawn(&town, "phoenix.enterprises", BEFORE), "10至50亩家数最多，1 家");
    assert_eq!(said(&town, "phoenix.investment", NOW), "42.5");
    assert_eq!(said(&town, "phoenix.investment", BEFORE), "30");
    assert_eq!(said(&town, "phoenix.area", NOW), "120 葡萄 20 草莓 100");
    assert_eq!(said(&town, "phoenix.area", BEFORE), "20 葡萄 20");
    assert_eq!(said(&town, "phoenix.products", NOW), "3 葡萄 1 草莓 3");
    assert_eq!(said(&town, "phoenix.products", BEFORE), "3 葡萄 1 草莓 2 服装 1");
}

/// F5: a range in each product's own unit; half a ton is no half of a whole.
#[test]
fn output_is_a_range_in_its_unit() {
    let town = town();
    assert_eq!(
        said(&town, "phoenix.output", NOW),
        "3 葡萄（吨每亩）/下限 0.5/1 葡萄（吨每亩）/上限 0.8/1 草莓（斤每亩）/下限 4500/2 草莓（斤每亩）/上限 6500/2"
    );
    assert_eq!(
        said(&town, "phoenix.output", BEFORE),
        "2 葡萄（吨每亩）/下限 0.5/1 葡萄（吨每亩）/上限 0.8/1 草莓（斤每亩）/下限 2000/1 草莓（斤每亩）/上限 3500/1"
    );
    let ranges = |on: &str| {
        let vm = drawing_of(&town, "phoenix.output", on);
        assert_eq!(vm.figure.unit, "");
        let Kind::Change(change) = vm.figure.kind else {
            panic!("a range")
        };
        assert_eq!((change.before.as_str(), change.after.as_str()), ("下限", "上限"));
        let pairs = change.pairs.into_iter().map(|p| (p.label, p.before, p.after.amount));
        pairs.collect::<Vec<_>>()
    };
    let grapes = ("葡萄（吨每亩）".to_owned(), Some(0.5), Some(0.8));
    let berries = |least, most| ("草莓（斤每亩）".to_owned(), Some(least), Some(most));
    assert_eq!(ranges(NOW), [grapes.clone(), berries(2250.0, 3250.0)]);
    assert_eq!(ranges(BEFORE), [grapes, berries(2000.0, 3500.0)]);
}

/// F12, F13.
#[test]
fn support_and_land() {
    let town = town();
    assert_eq!(said(&town, "phoenix.policy", NOW), "6.5 果园 3 茶园 2.5 没有填写 1");
    assert_eq!(said(&town, "phoenix.policy", BEFORE), "4 没有填写 4");
    assert_eq!(drawn(&town, "phoenix.policy", NOW), "果园政策资金最多，3 万元");
    assert_eq!(said(&town, "phoenix.policy_levels", NOW), "3 县级 2 没有填写 1");
    assert_eq!(said(&town, "phoenix.policy_levels", BEFORE), "1 市级 1");
    assert_eq!(said(&town, "phoenix.land", NOW), "38");
    assert_eq!(said(&town, "phoenix.land", BEFORE), "12.5");
    assert_eq!(
        said(&town, "phoenix.land_until", NOW),
        "3 一年内到期 1 三至五年到期 1 没有填写 1"
    );
    assert_eq!(
        said(&town, "phoenix.land_until", BEFORE),
        "2 一年内到期 1 三至五年到期 1"
    );
}

/// F10, F11: a trip that brought a lead counts on as far as the lead came; a lead that was dropped is a lead and no more.
#[test]
fn trips_leads_and_what_landed() {
    let town = town();
    assert_eq!(
        said(&town, "phoenix.outreach", NOW),
        "3 外出招引 3 得到线索 2 促成签约 2 已经落地 1"
    );
    assert_eq!(said(&town, "phoenix.outreach", BEFORE), "1 外出招引 1 得到线索 1");
    assert_eq!(
        drawn(&town, "phoenix.outreach", BEFORE),
        "从得到线索到促成签约减少最多，1 次"
    );
    assert_eq!(said(&town, "phoenix.leads", NOW), "4 线索 4 洽谈 3 签约 2 落地 1");
    assert_eq!(said(&town, "phoenix.leads", BEFORE), "1 线索 1 洽谈 1 签约 1 落地 1");
    assert_eq!(drawn(&town, "phoenix.leads", BEFORE), "各步都没有减少");
    assert_eq!(
        said(&town, "phoenix.secretary_leads", NOW),
        "2/2 书记负责的线索 2 书记带队外出 1"
    );
    assert_eq!(said(&town, "phoenix.secretary_leads", BEFORE), "1/2 书记负责的线索 1");
    assert_eq!(said_of(&town, "phoenix.secretary_leads", BEFORE, "u2"), "0/1");
    assert!(read(&town, "phoenix.secretary_leads", NOW, &Scope::Unit("u3".into())).is_unknown());
}

/// F9, F21, F22.
#[test]
fn visits_roads_and_techniques() {
    let town = town();
    assert_eq!(said(&town, "phoenix.visits", NOW), "2 解决了问题 1/2");
    assert_eq!(said(&town, "phoenix.visits", BEFORE), "1 解决了问题 0/1");
    assert_eq!(
        said(&town, "phoenix.corridors", NOW),
        "1 106国道沿线/村（社区） 1 106国道沿线/返乡企业 1"
    );
    assert_eq!(
        said(&town, "phoenix.corridors", "2019-12-31"),
        "0 106国道沿线/村（社区） 1"
    );
    assert_eq!(said(&town, "phoenix.technologies", NOW), "2 草莓 1 没有填写 1");
    assert_eq!(said(&town, "phoenix.technologies", BEFORE), "1 草莓 1");
}

/// F16: what the town keeps for all is said of the town, of no unit, and not where only a part of the town is known.
#[test]
fn measures_are_those_of_the_town() {
    let town = town();
    assert_eq!(said(&town, "phoenix.measures", NOW), "2 住房 1 一站式服务 1");
    assert_eq!(
        said(&town, "phoenix.measures", "2022-06-30"),
        "3 住房 1 贷款 1 一站式服务 1"
    );
    assert_eq!(said(&town, "phoenix.served", NOW), "6 住房 6");
    assert_eq!(said(&town, "phoenix.served", "2022-06-30"), "9 住房 6 贷款 3");
    assert_eq!(said(&town, "phoenix.served", "2021-01-01"), "0");
    let unit = Scope::Unit("u1".into());
    assert_eq!(read(&town, "phoenix.measures", NOW, &unit).units, 0);
    let mut part = statistics_board(Period::Year(2022), day(NOW)).over(unit);
    part.refresh(&town);
    assert_eq!(part.reading(&MEASURES, &Scope::Town).units, 0);
}

/// A town without records: nothing is known; a unit with a returnee only: no more than the returnee.
#[test]
fn without_records_of_phoenix_nothing_is_known() {
    everything_is_unknown(Programme::Phoenix, &sheet(units()), &[]);
    let mut one = units();
    one.push(rec!("returnee", "h1", unit = "u1", name = "甲", kind = "found"));
    let known = ["phoenix.former_jobs", "phoenix.posts", "phoenix.persuaders"];
    everything_is_unknown(Programme::Phoenix, &sheet(one), &known);
}

/// The sample has no person whose first contact and return are both dated.
#[test]
fn every_statistic_of_phoenix_counts_something_in_the_sample() {
    nothing_is_empty(Programme::Phoenix, &["phoenix.lead_time"]);
}
