//! Statistics of 青苗: figures worked out by hand from a small town (rows M1 to M23).

mod rows_support;
mod statistics_support;

use rows_support::sheet;
use statistics_support::{drawn, everything_is_unknown, nothing_is_empty, read, said, said_of, units};
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::indicator_by_id;
use tiancheng::model::records::{Draft, Sheet};

const NOW: &str = "2022-11-22";
const JULY: &str = "2022-07-31";

fn people() -> Vec<Draft> {
    vec![
        rec!(
            "secretary",
            "s1",
            unit = "u1",
            name = "甲",
            birth = "1963-05",
            since = "2018-01-01"
        ),
        rec!(
            "secretary",
            "s2",
            unit = "u2",
            name = "乙",
            birth = "1980-01",
            since = "2020-01-01"
        ),
        rec!(
            "reserve",
            "r1",
            unit = "u1",
            name = "丙",
            source = "assistant",
            since = "2022-06-01",
            left = "2022-10-01"
        ),
        rec!(
            "reserve",
            "r3",
            unit = "u3",
            name = "丁",
            birth = "1990-11",
            education = "college",
            source = "mobile",
            since = "2021-01-01"
        ),
        rec!(
            "reserve",
            "r4",
            unit = "u3",
            name = "戊",
            birth = "1976-01",
            source = "assistant",
            assistant = "a3",
            since = "2021-03-01",
            elected = "2022-10-01"
        ),
        rec!(
            "assistant",
            "a1",
            unit = "u1",
            name = "丙",
            source = "police",
            since = "2021-06-01",
            reserve = "r1"
        ),
        rec!(
            "assistant",
            "a2",
            unit = "u2",
            name = "己",
            source = "grid",
            since = "2022-01-01",
            until = "2022-09-01"
        ),
        rec!(
            "assistant",
            "a3",
            unit = "u3",
            name = "戊",
            source = "thousand",
            since = "2021-01-01"
        ),
        rec!(
            "growth",
            "gr1",
            unit = "u1",
            assistant = "a1",
            date = "2022-03-01",
            kind = "training",
            text = "培训",
            score = 80
        ),
        rec!(
            "growth",
            "gr2",
            unit = "u1",
            assistant = "a1",
            date = "2022-05-01",
            kind = "evaluation",
            text = "评价",
            score = 90
        ),
        rec!(
            "growth",
            "gr3",
            unit = "u2",
            assistant = "a2",
            date = "2021-10-01",
            kind = "task",
            text = "任务",
            score = 60
        ),
        rec!(
            "talent",
            "t1",
            unit = "u1",
            name = "庚",
            tags = ["technique", "duty"],
            skills = "会计，电商",
            since = "2021-01-01"
        ),
        rec!(
            "talent",
            "t2",
            unit = "u2",
            name = "辛",
            tags = ["knowledge"],
            since = "2022-01-01",
            until = "2022-08-01"
        ),
        rec!(
            "service",
            "v1",
            unit = "u1",
            name = "庚",
            role = "mediator",
            since = "2022-01-01",
            until = "2022-06-01"
        ),
        rec!(
            "service",
            "v2",
            unit = "u2",
            name = "辛",
            role = "volunteer",
            since = "2022-05-01"
        ),
    ]
}

fn members() -> Vec<Draft> {
    vec![
        rec!(
            "member_stats",
            "n1",
            unit = "u1",
            date = "2021-12-01",
            total = 40,
            under_35 = 4,
            over_60 = 20,
            women = 8,
            college = 8
        ),
        rec!(
            "member_stats",
            "n2",
            unit = "u1",
            date = "2022-10-31",
            total = 50,
            under_35 = 10,
            over_60 = 20,
            women = 10,
            college = 15
        ),
        rec!(
            "member_stats",
            "n3",
            unit = "u2",
            date = "2022-05-01",
            total = 30,
            under_35 = 3
        ),
        rec!(
            "group",
            "g1",
            unit = "u1",
            name = "一组",
            members = 1,
            was_zero = true,
            cleared = "2022-03-01"
        ),
        rec!("group", "g2", unit = "u1", name = "二组", members = 3),
        rec!("group", "g3", unit = "u2", name = "一组", members = 0),
        rec!(
            "estate",
            "e1",
            unit = "u3",
            name = "东苑",
            mode = "market",
            covered = "2022-01-01"
        ),
        rec!(
            "estate",
            "e2",
            unit = "u3",
            name = "西苑",
            mode = "market",
            covered = "2022-09-01"
        ),
        rec!(
            "estate_member",
            "em1",
            unit = "u3",
            estate = "e1",
            name = "壬",
            found = "2022-02-01",
            kind = "report",
            joined = "2022-04-01"
        ),
        rec!(
            "estate_member",
            "em2",
            unit = "u3",
            estate = "e2",
            name = "癸",
            found = "2022-03-01"
        ),
    ]
}

fn files() -> Vec<Draft> {
    vec![
        rec!(
            "development",
            "d1",
            unit = "u1",
            name = "甲",
            source = "returnee",
            applied = "2021-01-10",
            talked = "2021-01-20",
            chosen = "2021-06-10",
            proposed = "2022-07-01"
        ),
        rec!(
            "development",
            "d2",
            unit = "u1",
            name = "乙",
            source = "youth",
            applied = "2020-01-01",
            talked = "2020-01-10",
            chosen = "2020-06-01",
            proposed = "2021-08-01",
            voted = "2022-01-10",
            approved = "2022-02-10",
            sworn = "2022-02-20"
        ),
        rec!(
            "development",
            "d3",
            unit = "u2",
            name = "丙",
            source = "weak",
            applied = "2022-10-01"
        ),
        rec!(
            "development",
            "d4",
            unit = "u2",
            name = "丁",
            returnee = "x1",
            applied = "2022-09-01",
            talked = "2022-09-10",
            left = "2022-11-01"
        ),
        rec!("quota", "q0", year = 2022, count = 10),
        rec!("quota", "q1", year = 2022, unit = "u1", count = 4),
    ]
}

fn away() -> Vec<Draft> {
    vec![
        rec!(
            "mobile",
            "m1",
            unit = "u1",
            name = "甲",
            direction = "out",
            since = "2021-01-01",
            place = "武汉",
            intent = "work",
            services = "代办证明、寄送资料"
        ),
        rec!(
            "mobile",
            "m2",
            unit = "u1",
            name = "乙",
            direction = "out",
            since = "2021-05-01",
            place = " 武汉 ",
            intent = "maybe",
            lost = true
        ),
        rec!(
            "mobile",
            "m3",
            unit = "u1",
            name = "丙",
            direction = "out",
            since = "2022-09-01",
            place = "深圳"
        ),
        rec!(
            "mobile",
            "m4",
            unit = "u1",
            name = "丁",
            direction = "in",
            since = "2021-02-01",
            place = "长沙"
        ),
        rec!(
            "mobile",
            "m5",
            unit = "u1",
            name = "戊",
            direction = "out",
            since = "2020-01-01",
            place = "长沙",
            returned = "2022-08-01"
        ),
        rec!(
            "mobile",
            "m6",
            unit = "u3",
            name = "丁",
            direction = "out",
            since = "2020-06-01",
            place = "深圳",
            intent = "found",
            reserve = "r3"
        ),
        rec!(
            "mobile_contact",
            "c1",
            unit = "u1",
            mobile = "m1",
            date = "2022-01-05",
            service = "代办证明"
        ),
        rec!(
            "mobile_contact",
            "c2",
            unit = "u1",
            mobile = "m2",
            date = "2022-10-01",
            service = "介绍岗位"
        ),
        rec!(
            "five_one",
            "f1",
            unit = "u1",
            mobile = "m1",
            year = 2022,
            measure = "update",
            date = "2022-02-01"
        ),
        rec!(
            "five_one",
            "f2",
            unit = "u1",
            mobile = "m1",
            year = 2022,
            measure = "update",
            date = "2022-03-01"
        ),
        rec!(
            "five_one",
            "f3",
            unit = "u1",
            mobile = "m1",
            year = 2022,
            measure = "visit",
            date = "2022-09-01"
        ),
        rec!(
            "five_one",
            "f4",
            unit = "u1",
            mobile = "m2",
            year = 2021,
            measure = "update",
            date = "2021-09-01"
        ),
    ]
}

fn town() -> Sheet {
    let mut all = units();
    for some in [people(), members(), files(), away()] {
        all.extend(some);
    }
    sheet(all)
}

/// M1: a reserve cadre who left leaves a secretary of 60 without a successor.
#[test]
fn who_comes_after_is_told_in_three_classes() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.succession", "2022-07-01"),
        "2/3 有后备 2 没有后备 1"
    );
    assert_eq!(
        said(&town, "seedling.succession", NOW),
        "1/3 有后备 1 没有后备 1 没有后备且书记将离任 1"
    );
    // Before the year in which the secretary turns 60 nothing is urgent; an election makes it so.
    assert_eq!(
        said_of(&town, "seedling.succession", "2022-04-30", "u1"),
        "0/1 没有后备 1"
    );
    let mut all = town.drafts.clone();
    all.push(rec!("election", "x", unit = "u2", year = 2018, voted = "2018-03-01"));
    assert_eq!(
        said_of(&sheet(all), "seedling.succession", NOW, "u2"),
        "0/1 没有后备且书记将离任 1"
    );
}

/// M3: the latest counts of each unit, never the sum of two years; a field nobody filled in has no share.
#[test]
fn members_are_those_of_the_last_count() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.members", NOW),
        "80 35岁以下 13/80 60岁以上 20/50 女性 10/50 大专以上 15/50"
    );
    assert_eq!(
        said(&town, "seedling.members", "2021-12-31"),
        "40 35岁以下 4/40 60岁以上 20/40 女性 8/40 大专以上 8/40"
    );
    assert_eq!(read(&town, "seedling.members", NOW, &Scope::Town).unknown, 1);
    // Only the unit that counted in both years is compared.
    assert_eq!(
        said(&town, "seedling.members_change", NOW),
        "13/80 35岁以下/上年 4/40 35岁以下/本年 10/50 60岁以上/上年 20/40 60岁以上/本年 20/50 \
         女性/上年 8/40 女性/本年 10/50 大专以上/上年 8/40 大专以上/本年 15/50"
    );
    assert_eq!(
        drawn(&town, "seedling.members_change", NOW),
        "35岁以下和大专以上提高最多，各 10 个百分点"
    );
    assert_eq!(said(&town, "seedling.members_change", "2021-12-31"), "4/40");
}

/// M4, M6.
#[test]
fn groups_and_roles_are_those_of_the_day() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.zero_by_year", NOW),
        "1 2019年 2 2020年 2 2021年 2 2022年 1"
    );
    assert_eq!(
        said(&town, "seedling.zero_by_year", "2022-02-01"),
        "2 2019年 2 2020年 2 2021年 2 2022年 2"
    );
    assert_eq!(
        read(&town, "seedling.zero_by_year", NOW, &Scope::Town)
            .missing()
            .count(),
        1
    );
    assert_eq!(said(&town, "seedling.roles", NOW), "1 志愿者 1");
    assert_eq!(said(&town, "seedling.roles", "2022-05-15"), "2 调解员 1 志愿者 1");
}

/// M2, M5: files in hand by source; a linked returnee counts whatever the source says.
#[test]
fn applicants_are_told_by_source() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.sources", NOW),
        "3 青年群体 1 薄弱领域 1 返乡创业青年 1"
    );
    assert_eq!(
        said(&town, "seedling.sources", "2022-10-15"),
        "4 青年群体 1 薄弱领域 1 返乡创业青年 1 没有填写 1"
    );
    assert_eq!(said(&town, "seedling.admitted", NOW), "1 青年群体 1");
    assert_eq!(said(&town, "seedling.admitted", "2021-12-31"), "0");
    assert_eq!(said(&town, "seedling.returning", NOW), "1/3 发展对象 1");
    assert_eq!(
        said(&town, "seedling.returning", "2022-10-15"),
        "2/4 入党申请人 1 发展对象 1"
    );
}

/// M23: the path, what is due, and the quota of the town rather than the sum of what was handed on.
#[test]
fn the_path_its_deadlines_and_its_quota() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.path", NOW),
        "4 入党申请人 4 入党积极分子 2 发展对象 2 预备党员 1"
    );
    assert_eq!(
        said(&town, "seedling.path", "2021-12-31"),
        "2 入党申请人 2 入党积极分子 2 发展对象 1"
    );
    assert_eq!(
        drawn(&town, "seedling.path", NOW),
        "从入党申请人到入党积极分子减少最多，2 人"
    );
    assert_eq!(said(&town, "seedling.deadlines", NOW), "2 已逾期 1 31至90天 1");
    assert_eq!(said(&town, "seedling.deadlines", "2022-10-15"), "2 30天内 1 31至90天 1");
    assert_eq!(said(&town, "seedling.quota", NOW), "1/10");
    assert_eq!(said_of(&town, "seedling.quota", NOW, "u1"), "1/4");
    assert_eq!(said_of(&town, "seedling.quota", NOW, "u2"), "0");
    // Without a quota of the town those of the units add up; without any there is nothing to compare with.
    let without = |ids: &[&str]| {
        let kept = town.drafts.iter().filter(|d| !ids.contains(&d.id.as_str()));
        sheet(kept.cloned().collect())
    };
    assert_eq!(said(&without(&["q0"]), "seedling.quota", NOW), "1/4");
    assert_eq!(said(&without(&["q0", "q1"]), "seedling.quota", NOW), "1");
    assert_eq!(said(&town, "seedling.quota", "2021-12-31"), "0");
}

/// M7, M9: who is out by definition, where, and who is out of contact.
#[test]
fn mobile_members_by_place() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.directions", NOW),
        "4 流出 3 流入 1 外出不满认定月数 1"
    );
    assert_eq!(said(&town, "seedling.directions", JULY), "5 流出 4 流入 1");
    assert_eq!(said(&town, "seedling.away", NOW), "3 武汉 2 深圳 1");
    assert_eq!(said(&town, "seedling.away", JULY), "4 武汉 2 长沙 1 深圳 1");
    assert_eq!(drawn(&town, "seedling.away", NOW), "武汉人数最多，2 人");
    assert_eq!(said(&town, "seedling.lost", NOW), "1/3");
    assert_eq!(said(&town, "seedling.lost", JULY), "1/4");
    let lost = read(&town, "seedling.lost", NOW, &Scope::Town);
    let names: Vec<String> = lost
        .missing()
        .filter_map(|m| Some(m.record.as_ref()?.id.to_string()))
        .collect();
    assert_eq!(names, ["m2"]);
}

/// M8: one measure counts once a year, here as in the indicator.
#[test]
fn the_five_are_told_by_measure_and_by_score() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.five_ones", NOW),
        "2/15 更新一次信息 1/3 召开一次座谈会 0/3 开展一次慰问 1/3 建立一项联系机制 0/3 搭建一个学习平台 0/3"
    );
    let indicator = indicator_by_id("seedling.mobile").expect("an indicator");
    let part = read(&town, indicator.id, NOW, &Scope::Town);
    let part = part.part("five_ones").expect("a part");
    assert_eq!(
        (part.amount.to_string(), part.of.to_string()),
        ("2".into(), "15".into())
    );
    assert_eq!(said(&town, "seedling.five_ones_score", NOW), "2/3 0项 2 2项 1");
    assert_eq!(said(&town, "seedling.five_ones_score", JULY), "1/4 0项 3 1项 1");
    let mut all = town.drafts.clone();
    all.push(rec!("setting", "label.five.visit", value = "看望一次"));
    assert!(said(&sheet(all), "seedling.five_ones", NOW).contains("看望一次 1/3"));
}

/// M10, M11.
#[test]
fn wishes_to_return_and_services() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.wish", NOW),
        "4 流出党员 4 有返乡意向 4 愿意创业或工作 3 已返乡或转为后备 2"
    );
    assert_eq!(
        said(&town, "seedling.wish", "2021-12-31"),
        "4 流出党员 4 有返乡意向 3 愿意创业或工作 2 已返乡或转为后备 1"
    );
    assert_eq!(
        said(&town, "seedling.services", NOW),
        "2/3 代办证明 1 寄送资料 1 介绍岗位 1"
    );
    assert_eq!(said(&town, "seedling.services", JULY), "1/4 代办证明 1 寄送资料 1");
}

/// M13, M14, M15, M16.
#[test]
fn assistants_grow_and_rise() {
    let town = town();
    assert_eq!(
        said(&town, "seedling.assistant_sources", NOW),
        "2 千人计划 1 一村一辅警 1"
    );
    assert_eq!(
        said(&town, "seedling.assistant_sources", JULY),
        "3 千人计划 1 一村一辅警 1 社区网格员 1"
    );
    assert_eq!(
        said(&town, "seedling.assistant_path", NOW),
        "2/3 助理员 3 后备干部 2 进入两委 1"
    );
    assert_eq!(
        said(&town, "seedling.assistant_path", "2022-05-01"),
        "1/3 助理员 3 后备干部 1"
    );
    assert_eq!(said(&town, "seedling.growth", NOW), "2 培训 1 评价 1");
    assert_eq!(said(&town, "seedling.growth", "2021-12-31"), "1 任务 1");
    assert_eq!(said(&town, "seedling.growth_score", NOW), "170/2 培训 80/1 评价 90/1");
    assert_eq!(said(&town, "seedling.growth_score", "2021-12-31"), "60/1 任务 60/1");
}

/// M12, M17.
#[test]
fn reserve_cadres_by_source_age_and_education() {
    let town = town();
    assert_eq!(said(&town, "seedling.reserve_mean", NOW), "1/3");
    assert_eq!(said(&town, "seedling.reserve_mean", JULY), "3/3");
    assert_eq!(said(&town, "seedling.reserve_sources", NOW), "1 流动党员 1");
    assert_eq!(
        said(&town, "seedling.reserve_sources", JULY),
        "3 流动党员 1 党建助理员 2"
    );
    assert_eq!(said(&town, "seedling.reserve_ages", NOW), "1 31至35岁 1");
    assert_eq!(
        said(&town, "seedling.reserve_ages", "2021-10-31"),
        "2 30岁及以下 1 41至45岁 1"
    );
    assert_eq!(
        said(&town, "seedling.reserve_ages", JULY),
        "3 31至35岁 1 46岁及以上 1 没有填写 1"
    );
    assert_eq!(said(&town, "seedling.reserve_education", JULY), "3 大专 1 没有填写 2");
    assert_eq!(drawn(&town, "seedling.reserve_education", JULY), "大专人数最多，1 人");
    assert_eq!(said(&town, "seedling.reserve_education", NOW), "1 大专 1");
}

/// M18.
#[test]
fn talents_by_tag_and_skill() {
    let town = town();
    assert_eq!(said(&town, "seedling.talent_tags", NOW), "1 懂技术 1 有担当 1");
    assert_eq!(
        said(&town, "seedling.talent_tags", JULY),
        "2 有知识 1 懂技术 1 有担当 1"
    );
    assert_eq!(said(&town, "seedling.talent_skills", NOW), "1/1 会计 1 电商 1");
    assert_eq!(said(&town, "seedling.talent_skills", JULY), "1/2 会计 1 电商 1");
}

/// M20, M21, M22: one estate not covered and its community is covered in part.
#[test]
fn communities_and_their_estates() {
    let town = town();
    assert_eq!(said(&town, "seedling.covered_communities", NOW), "1/1 全部覆盖 1");
    assert_eq!(said(&town, "seedling.covered_communities", JULY), "0/1 部分覆盖 1");
    assert_eq!(
        said(&town, "seedling.covered_communities", "2021-12-31"),
        "0/1 没有覆盖 1"
    );
    assert_eq!(
        read(&town, "seedling.covered_communities", NOW, &Scope::Unit("u1".into())).units,
        0
    );
    assert_eq!(said(&town, "seedling.estate_members", NOW), "2 双报到 1 没有填写 1");
    assert_eq!(said(&town, "seedling.estate_members", "2022-02-15"), "1 双报到 1");
    assert_eq!(said(&town, "seedling.joined", NOW), "1/2 东苑 1");
    assert_eq!(said(&town, "seedling.joined", "2022-03-15"), "0/2");
}

/// A town without records: nothing is known; a town without records of a kind: neither.
#[test]
fn without_records_of_seedling_nothing_is_known() {
    everything_is_unknown(Programme::Seedling, &sheet(units()), &[]);
    let mut one = units();
    one.push(rec!(
        "talent",
        "t1",
        unit = "u1",
        name = "甲",
        tags = ["duty"],
        since = "2022-01-01"
    ));
    // That the unit has no reserve cadre is what the indicator says of it, too.
    let known = [
        "seedling.talent_tags",
        "seedling.talent_skills",
        "seedling.reserve_mean",
    ];
    everything_is_unknown(Programme::Seedling, &sheet(one), &known);
}

#[test]
fn every_statistic_of_seedling_counts_something_in_the_sample() {
    nothing_is_empty(Programme::Seedling, &[]);
}
