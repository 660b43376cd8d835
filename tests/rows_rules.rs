//! Bad input gives a precise notice, and blocks where the rules say so.

mod rows_support;

use rows_support::{clean, expect};
use tiancheng::model::notice::Severity::{Error, Warning};
use tiancheng::model::programmes;
use tiancheng::model::records::Draft;

fn village() -> Draft {
    rec!("unit", "u1", name = "示例村", kind = "village", district = "d01")
}

fn community() -> Draft {
    rec!("unit", "u2", name = "示例社区", kind = "community", district = "d01")
}

fn secretary() -> Draft {
    rec!(
        "secretary",
        "s1",
        unit = "u1",
        name = "示例书记01",
        since = "2021-03-10"
    )
}

/// Rows T8, T9, T10.
#[test]
fn a_talk_is_dated_before_the_appointment() {
    let talk = |date: &str| {
        rec!(
            "prior_talk",
            "t1",
            unit = "u1",
            secretary = "s1",
            date = date,
            talkers = ["mayor"],
            themes = ["standing"]
        )
    };
    clean(vec![secretary(), talk("2021-03-09")]);
    expect(vec![secretary(), talk("2021-03-10")], Warning, "date", "不算任前谈话");
    expect(
        vec![secretary(), talk("2021-05-01")],
        Warning,
        "date",
        "不早于任职日期（2021-03-10）",
    );
    let silent = rec!("prior_talk", "t2", unit = "u1", secretary = "s1", date = "2021-03-01");
    expect(vec![secretary(), silent], Error, "talkers", "谈话领导");
}

/// Rows T3, T4, T7: terms do not overlap, ages are possible.
#[test]
fn terms_of_secretaries_are_possible() {
    clean(vec![secretary()]);
    let turned = rec!(
        "secretary",
        "s2",
        unit = "u1",
        name = "示例",
        since = "2021-03-10",
        until = "2020-01-01"
    );
    expect(
        vec![turned],
        Error,
        "until",
        "离任日期（2020-01-01）早于任职日期（2021-03-10）",
    );
    let second = rec!("secretary", "s3", unit = "u1", name = "示例", since = "2022-03-10");
    expect(vec![secretary(), second], Warning, "since", "示例书记01也在任");
    let young = rec!(
        "secretary",
        "s4",
        unit = "u1",
        name = "示例",
        since = "2021-03-10",
        birth = "2004-01"
    );
    expect(vec![young], Error, "birth", "不满 18 周岁");
}

/// Row T2: quorums of the election file.
#[test]
fn an_election_needs_its_quorums() {
    let file = |present: i64, ballots: i64| {
        rec!(
            "election",
            "e1",
            unit = "u1",
            year = 2021,
            party_elected = "2021-02-01",
            party_due = 40,
            party_present = present,
            voted = "2021-03-01",
            voters = 1000,
            ballots = ballots,
        )
    };
    clean(vec![file(32, 501)]);
    expect(vec![file(31, 501)], Error, "party_present", "五分之四");
    expect(vec![file(41, 501)], Error, "party_present", "实到 41 多于应到 40");
    expect(vec![file(32, 500)], Error, "ballots", "没有超过半数");
    expect(vec![file(32, 1001)], Error, "ballots", "多于登记选民");
    let turned = rec!(
        "election",
        "e2",
        unit = "u1",
        year = 2021,
        voted = "2021-03-01",
        announced = "2021-02-01"
    );
    expect(vec![turned], Error, "announced", "早于");
}

/// Rows Z13, Q11 (docs/requirements.md §2.3): votes of 四议两公开 and the order of its steps.
#[test]
fn votes_and_steps_of_a_matter_are_possible() {
    let matter = |present: i64, ayes: i64| {
        rec!(
            "matter",
            "m1",
            unit = "u1",
            subject = "年度计划",
            category = "plan",
            proposed = "2022-03-01",
            discussed = "2022-03-02",
            reviewed = "2022-03-03",
            review_due = 30,
            review_present = present,
            review_ayes = ayes,
        )
    };
    clean(vec![matter(28, 28)]);
    expect(vec![matter(28, 29)], Error, "review_ayes", "赞成 29 人，多于实到 28 人");
    expect(vec![matter(31, 20)], Error, "review_present", "实到人数多于应到人数");
    let skipped = rec!(
        "matter",
        "m2",
        unit = "u1",
        subject = "项目",
        proposed = "2022-03-01",
        reviewed = "2022-03-03"
    );
    expect(vec![skipped], Error, "reviewed", "没有“两委商议”");
    let turned = rec!(
        "matter",
        "m3",
        unit = "u1",
        subject = "项目",
        proposed = "2022-03-05",
        discussed = "2022-03-03"
    );
    expect(vec![turned], Error, "discussed", "早于");
}

/// Rows Q2, Q3, Q5, Q7.
#[test]
fn a_centre_is_not_finished_before_it_began() {
    let centre = |begun: &str, finished: &str| {
        rec!(
            "centre",
            "c1",
            unit = "u1",
            name = "示例中心",
            state = "built",
            begun = begun,
            finished = finished
        )
    };
    clean(vec![centre("2021-03-01", "2021-09-01")]);
    expect(
        vec![centre("2021-09-01", "2021-03-01")],
        Error,
        "finished",
        "完工日期（2021-03-01）早于开工日期（2021-09-01）",
    );
    let planned = rec!(
        "centre",
        "c1",
        unit = "u1",
        name = "示例中心",
        state = "planned",
        finished = "2021-03-01"
    );
    expect(vec![planned], Error, "state", "待建阵地填了完工日期");
    let base = rec!("centre", "c1", unit = "u1", name = "示例中心", state = "planned");
    let stage = rec!(
        "build_stage",
        "b2",
        unit = "u1",
        centre = "c1",
        stage = "sited",
        planned = "2022-03-01",
        actual = "2022-03-04"
    );
    expect(vec![base, stage], Error, "actual", "“申报”还没有完成");
}

/// Rows Q16, Q17, Q20.
#[test]
fn an_income_has_a_category_and_a_village() {
    let without = rec!("income", "i1", unit = "u1", year = 2021, amount = "3.2");
    expect(vec![village(), without], Error, "category", "还没有选择类别");
    let whole = |unit: &str| {
        rec!(
            "income",
            "i1",
            unit = unit,
            year = 2021,
            category = "operation",
            amount = "3.2"
        )
    };
    clean(vec![village(), whole("u1")]);
    expect(vec![community(), whole("u2")], Warning, "unit", "社区默认不计");
    let setting = rec!("setting", "kinds.base.income", value = "both");
    clean(vec![community(), setting, whole("u2")]);
    let future = rec!(
        "income",
        "i1",
        unit = "u1",
        year = 2023,
        category = "operation",
        amount = "3.2"
    );
    expect(vec![village(), future], Error, "year", "今年之后");
}

/// Rows M7, M8, M9: six months make a mobile member; earlier is noted, not refused.
#[test]
fn a_mobile_member_has_been_away_for_six_months() {
    let person = |since: &str| {
        rec!(
            "mobile",
            "p1",
            unit = "u1",
            name = "示例党员001",
            direction = "out",
            since = since,
            place = "武汉",
            contact_person = "示例干部001"
        )
    };
    clean(vec![person("2022-05-22")]);
    expect(
        vec![person("2022-05-23")],
        Warning,
        "since",
        "外出不满 6 个月，2022-11-23 起才算流动党员",
    );
    let call = rec!("mobile_contact", "k1", unit = "u1", mobile = "p1", date = "2020-01-01");
    expect(vec![person("2021-01-01"), call], Error, "date", "早于外出日期");
    let one = rec!(
        "five_one",
        "f1",
        unit = "u1",
        mobile = "p1",
        year = 2021,
        measure = "visit",
        date = "2022-02-01"
    );
    expect(vec![person("2021-01-01"), one], Error, "year", "不一致");
}

/// Rows Z3, Z5, Z15, Z16.
#[test]
fn suggestions_problems_and_items_are_answered_in_order() {
    let base = |state: &str| {
        rec!(
            "suggestion",
            "g1",
            unit = "u1",
            date = "2022-03-01",
            text = "路灯",
            state = state
        )
    };
    expect(vec![base("declined")], Error, "reason", "不采纳没有写理由");
    let mut early = base("adopted");
    rows_support::set(&mut early, "replied", rows_support::Cell::value("2022-02-01"));
    expect(vec![early], Error, "replied", "早于");
    let mut open = base("open");
    rows_support::set(&mut open, "replied", rows_support::Cell::value("2022-03-09"));
    expect(vec![open], Error, "state", "还没有研判结果");
    let item = rec!(
        "plan_item",
        "i1",
        unit = "u1",
        plan = "x",
        goal = "路灯",
        start = "2022-05-01",
        due = "2022-04-01"
    );
    expect(vec![item], Error, "due", "早于开始日期");
    let full = rec!(
        "plan_item",
        "i2",
        unit = "u1",
        plan = "x",
        goal = "路灯",
        due = "2022-04-01",
        progress = 100
    );
    expect(vec![full], Warning, "done", "没有办结日期");
    let problem = rec!(
        "problem",
        "p1",
        unit = "u1",
        date = "2022-03-01",
        text = "渗漏",
        due = "2022-02-01"
    );
    expect(vec![problem], Error, "due", "早于提出日期");
}

/// Rows Z8, Z11, Z14.
#[test]
fn a_talk_has_no_more_speakers_than_people() {
    let talk = |speakers: i64| {
        rec!(
            "night_talk",
            "n1",
            unit = "u1",
            kind = "bay",
            date = "2022-03-01",
            place = "一组",
            members = 3,
            masses = 9,
            speakers = speakers,
            topic = "年度计划",
        )
    };
    clean(vec![talk(12)]);
    expect(vec![talk(13)], Error, "speakers", "发言 13 多于到会 12");
    let other = rec!(
        "night_talk",
        "n2",
        unit = "u1",
        kind = "other",
        date = "2022-03-01",
        place = "一组",
        topic = "议事"
    );
    expect(vec![other], Warning, "platform", "没有写平台名称");
    let future = rec!(
        "night_talk",
        "n3",
        unit = "u1",
        kind = "bay",
        date = "2022-12-01",
        place = "一组",
        topic = "议事"
    );
    expect(vec![future], Warning, "date", "在今天之后");
}

/// Rows M3, M4, M17, M20.
#[test]
fn counts_of_members_groups_and_estates_are_possible() {
    let stats = rec!(
        "member_stats",
        "a",
        unit = "u1",
        date = "2022-01-01",
        total = 20,
        under_35 = 12,
        over_60 = 9
    );
    expect(vec![stats], Error, "over_60", "合计 21 多于党员总数 20");
    let group = rec!(
        "group",
        "g1",
        unit = "u1",
        name = "一组",
        members = 0,
        cleared = "2021-05-01"
    );
    expect(vec![group], Error, "members", "党员数仍为 0");
    let zero = rec!("group", "g2", unit = "u1", name = "二组", members = 0);
    expect(vec![zero], Warning, "plan", "没有写消除办法");
    let estate = rec!(
        "estate",
        "e1",
        unit = "u2",
        name = "示例小区",
        mode = "none",
        covered = "2021-05-01"
    );
    expect(vec![community(), estate], Warning, "covered", "还没有到位");
    let share = rec!(
        "estate",
        "e2",
        unit = "u2",
        name = "示例小区",
        mode = "market",
        committee_total = 5,
        committee_members = 6
    );
    expect(vec![community(), share], Error, "committee_members", "多于");
    let rural = rec!("estate", "e3", unit = "u1", name = "示例小区", mode = "market");
    expect(vec![village(), rural], Warning, "unit", "村默认不计入红色物业");
    let reserve = rec!(
        "reserve",
        "r1",
        unit = "u1",
        name = "示例后备01",
        since = "2022-01-01",
        left = "2021-01-01"
    );
    expect(vec![reserve], Error, "left", "早于入库日期");
}

/// Rows F5, F9, F14, F17.
#[test]
fn enterprises_assignments_and_paths_are_possible() {
    let turned = rec!(
        "enterprise",
        "e1",
        unit = "u1",
        name = "示例园",
        products = "草莓",
        output_least = "3000",
        output_most = "2500",
        output_unit = "斤每亩"
    );
    expect(vec![turned], Error, "output_most", "上限小于下限");
    let cadre = rec!(
        "cadre",
        "c1",
        unit = "u1",
        name = "示例干部001",
        post = "委员",
        since = "2021-03-01"
    );
    let nothing = rec!("assignment", "a1", unit = "u1", cadre = "c1", since = "2021-04-01");
    expect(vec![cadre, nothing], Error, "project", "没有选项目或企业");
    let jumped = rec!(
        "thousand",
        "t1",
        unit = "u1",
        name = "示例意向人员01",
        intent = "2021-01-01",
        hired = "2021-02-01",
        enrolled = "2021-03-01",
        assessed = "2021-04-01",
        joined = "2021-06-01"
    );
    expect(vec![jumped], Error, "joined", "没有选举");
    let failed = rec!(
        "thousand",
        "t2",
        unit = "u1",
        name = "示例意向人员02",
        assessed = "2021-04-01",
        assess_result = "fail",
        elected = "2021-05-01"
    );
    expect(vec![failed], Error, "elected", "考核不合格");
    let late = rec!(
        "thousand",
        "t3",
        unit = "u1",
        name = "龚正宇",
        elected = "2021-03-28",
        joined = "2021-03-28"
    );
    expect(vec![late], Warning, "elected", "没有“意向”");
    let need = rec!(
        "need",
        "n1",
        unit = "u1",
        date = "2022-03-01",
        text = "入学",
        solved = "2022-02-01"
    );
    expect(vec![need], Error, "solved", "早于提出日期");
}

/// Rows T12, T15, G10, G14, Q13, F13.
#[test]
fn frames_trainings_bases_and_land_are_possible() {
    let first = rec!(
        "leader",
        "l1",
        name = "示例领导01",
        district = "d01",
        since = "2021-01-01"
    );
    let second = |since: &str| rec!("leader", "l2", name = "示例领导02", district = "d01", since = since);
    expect(
        vec![first.clone(), second("2022-01-01")],
        Warning,
        "district",
        "同时由示例领导01联系",
    );
    let mut gone = first;
    rows_support::set(&mut gone, "until", rows_support::Cell::value("2022-01-01"));
    let district = rec!("district", "d01", name = "示例片区");
    clean(vec![district, gone, second("2022-01-01")]);
    let training = rec!("training", "x1", name = "培训", date = "2022-03-05", hours = "8");
    let more = rec!(
        "attendance",
        "x2",
        unit = "u1",
        training = "x1",
        date = "2022-03-05",
        attended = true,
        hours = "9"
    );
    expect(vec![training.clone(), more], Error, "hours", "多于这次培训的学时");
    let absent = rec!(
        "attendance",
        "x3",
        unit = "u1",
        training = "x1",
        date = "2022-03-05",
        attended = false,
        hours = "8"
    );
    expect(vec![training, absent], Error, "hours", "没有到会，填了学时");
    let one = rec!("joint_committee", "j1", name = "示例联合党委", units = ["u1"]);
    expect(vec![one], Warning, "units", "只有一个成员单位");
    let nobody = rec!(
        "honour",
        "h1",
        unit = "u1",
        kind = "person",
        title = "优秀共产党员",
        level = "province"
    );
    expect(vec![nobody], Error, "person", "没有填获得者");
    let base = rec!(
        "project",
        "p1",
        unit = "u1",
        name = "黄精基地",
        kind = "herb",
        herb_base = true,
        herb = "黄精",
        started = "2021-09-01"
    );
    expect(vec![base], Error, "mu", "没有填面积");
    let land = rec!(
        "land_transfer",
        "f1",
        unit = "u1",
        mu = "30",
        signed = "2022-03-01",
        until = "2021-03-01"
    );
    expect(vec![land], Error, "until", "早于签约日期");
}

/// Row G1: a reference to nothing, or to another unit, is noticed.
#[test]
fn references_are_looked_after() {
    let talk = rec!(
        "night_talk",
        "n1",
        unit = "u2",
        kind = "bay",
        date = "2022-03-01",
        place = "一组",
        topic = "议事"
    );
    let own = |talk: &str| {
        rec!(
            "suggestion",
            "g1",
            unit = "u1",
            talk = talk,
            date = "2022-03-01",
            text = "路灯",
            state = "open"
        )
    };
    expect(vec![own("n9")], Warning, "talk", "不在本机");
    expect(vec![talk, own("n1")], Warning, "talk", "属于另一个村（社区）");
}

/// Every rule is registered for a ledger that exists, and no field for ID or bank numbers exists anywhere.
#[test]
fn no_ledger_asks_for_identity_or_bank_numbers() {
    for ledger in tiancheng::model::programmes::catalogue().all() {
        for field in ledger.fields {
            for word in ["身份证", "银行", "卡号", "账号"] {
                assert!(!field.label.contains(word), "{}.{}", ledger.id, field.name);
            }
            let person = matches!(field.name, "name" | "birth" | "host" | "persuader" | "mentor");
            let of_person = person
                && !matches!(
                    field.label,
                    "镇名"
                        | "片区名称"
                        | "名称"
                        | "小组"
                        | "小区"
                        | "项目名称"
                        | "主题"
                        | "培训名称"
                        | "技术"
                        | "节日"
                );
            let register = matches!(ledger.id, "leader");
            assert!(
                !of_person || field.personal || register,
                "{}.{} is personal",
                ledger.id,
                field.name
            );
        }
    }
}

/// A code is twelve digits and belongs to one unit; the other one is named.
#[test]
fn the_code_of_a_unit_is_its_own() {
    let coded = |id: &str, name: &str, code: &str| rec!("unit", id, name = name, kind = "village", code = code);
    let temple = || coded("u8", "寺前村", "421223100208");
    clean(vec![temple(), coded("u9", "菖蒲村", "421223100202")]);
    let twice = vec![temple(), coded("u9", "菖蒲村", "421223100208")];
    expect(twice.clone(), Error, "code", "重复");
    let told = rows_support::notices(twice);
    assert!(told.iter().any(|n| n.todo.contains("寺前村")), "{told:?}");
    for code in ["4.21223E+11", "42122310020", "４２１２２３１００００５", "421223100000"] {
        expect(vec![coded("u9", "菖蒲村", code)], Error, "code", "填得不对");
    }
    // The heir of a dissolved unit may go on with its code.
    let gone = rec!(
        "unit",
        "u8",
        name = "旧村",
        kind = "village",
        code = "421223100208",
        until = "2021-12-31"
    );
    clean(vec![gone, coded("u9", "菖蒲村", "421223100208")]);
}

/// Every unit is in a group, those of no district in the last one.
#[test]
fn units_without_a_district_are_in_a_group() {
    use tiancheng::model::engine::indicator::Scope;
    let unit = |id: &str, district: &str| rec!("unit", id, name = id, kind = "village", district = district);
    let all = rows_support::sheet(vec![
        unit("甲村", "1.10"),
        unit("乙村", ""),
        unit("丙村", "1.2"),
        unit("丁村", ""),
    ]);
    let frame = programmes::roster(&all, rows_support::day("2022-11-22"));
    assert_eq!(frame.groups(), ["1.2", "1.10", ""]);
    let counted = |id: &&str| frame.units_in(&Scope::District((*id).to_owned())).count();
    assert_eq!(frame.groups().iter().map(counted).sum::<usize>(), 4);
    let none = rows_support::sheet(vec![unit("甲村", ""), unit("乙村", "")]);
    assert_eq!(
        programmes::roster(&none, rows_support::day("2022-11-22")).groups(),
        [""]
    );
}
