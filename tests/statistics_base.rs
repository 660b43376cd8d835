//! Statistics of 强基 and of the frame, on records whose figures are worked out by hand.

mod rows_support;
mod statistics_support;

use rows_support::{day, sheet};
use statistics_support::{read as read_of, read_of_town as read};
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::{Cells, Schema, TypedRow as _};
use tiancheng::model::programmes;
use tiancheng::model::programmes::base::statistics::STATISTICS as BASE;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet as sample};
use tiancheng::model::programmes::town::ledgers::JointCommittee;
use tiancheng::model::programmes::town::statistics::STATISTICS as TOWN;
use tiancheng::model::programmes::{evaluate, figure_by_id};
use tiancheng::model::records::{Draft, Records, Sheet};

fn units() -> Vec<Draft> {
    vec![
        rec!(
            "unit",
            "u1",
            name = "甲村",
            kind = "village",
            members = 29,
            org_type = "branch"
        ),
        rec!(
            "unit",
            "u2",
            name = "乙村",
            kind = "village",
            members = 30,
            org_type = "general_branch"
        ),
        rec!("unit", "u3", name = "丙社区", kind = "community", members = 120),
    ]
}

fn with(more: impl IntoIterator<Item = Draft>) -> Sheet {
    let mut all = units();
    all.extend(more);
    sheet(all)
}

/// Numerator and denominator.
fn value(records: &Sheet, id: &str, on: &str) -> (String, String) {
    let reading = read(records, id, on);
    (reading.numerator.to_string(), reading.denominator.to_string())
}

fn pair(numerator: &str, denominator: &str) -> (String, String) {
    (numerator.to_owned(), denominator.to_owned())
}

/// Parts as `label amount`, or `label amount/of`; those of zero left out.
fn parts(records: &Sheet, id: &str, on: &str) -> String {
    let zero = |text: &str| text == "0";
    let all = read(records, id, on).parts;
    let some = all
        .iter()
        .filter(|p| !zero(&p.amount.to_string()) || !zero(&p.of.to_string()));
    let said = some.map(|p| match p.of.to_string() {
        of if zero(&of) => format!("{} {}", p.label, p.amount),
        of => format!("{} {}/{of}", p.label, p.amount),
    });
    said.collect::<Vec<_>>().join("、")
}

const DAY: &str = "2022-11-22";

#[test]
fn the_sample_town_has_something_of_every_statistic() {
    let town = sample(&SampleOptions::default());
    for statistic in BASE.iter().chain(TOWN) {
        let reading = evaluate(statistic, &town, Period::Year(2022), as_of(), &Scope::Town);
        assert!(reading.records().next().is_some(), "{} counts nothing", statistic.id);
        assert!(!reading.is_unknown(), "{} is not known", statistic.id);
    }
}

/// A town with units alone knows how its units are organised and nothing else: that is not zero.
#[test]
fn nothing_entered_is_not_zero() {
    let bare = sheet(units());
    let known: Vec<&str> = BASE
        .iter()
        .chain(TOWN)
        .filter(|s| !read(&bare, s.id, DAY).is_unknown())
        .map(|s| s.id)
        .collect();
    assert_eq!(known, ["town.organisations", "town.members"]);
}

#[test]
fn hard_and_soft_are_counted_by_items() {
    let town = with([
        rec!(
            "centre",
            "c1",
            unit = "u1",
            state = "built",
            finished = "2022-03-01",
            publicity = true,
            surroundings = false
        ),
        rec!(
            "centre",
            "c2",
            unit = "u2",
            state = "upgrading",
            parts_replaced = true,
            content_updated = true
        ),
        rec!("centre", "c3", unit = "u3", state = "planned"),
        rec!(
            "project",
            "p1",
            unit = "u1",
            name = "茶园",
            kind = "tea",
            started = "2021-05-01"
        ),
        rec!(
            "income",
            "i1",
            unit = "u1",
            year = 2022,
            category = "operation",
            amount = "5.1"
        ),
        rec!(
            "income",
            "i2",
            unit = "u2",
            year = 2022,
            category = "operation",
            amount = "4"
        ),
        rec!(
            "centre_item",
            "k1",
            unit = "u1",
            centre = "c1",
            list = "publicity",
            text = "宣传栏",
            done = "2022-10-01"
        ),
        rec!(
            "centre_item",
            "k2",
            unit = "u1",
            centre = "c1",
            list = "publicity",
            text = "宣传画"
        ),
    ]);
    // 甲村 three of three; 乙村 no new centre, no income above the first bound, industry not entered; 丙社区 its centre.
    assert_eq!(value(&town, "base.hard", DAY), pair("3", "6"));
    assert_eq!(
        parts(&town, "base.hard", DAY),
        "有已建新阵地 1/3、有产业项目 1/1、集体经济过第一档 1/2"
    );
    // The day before it was finished the centre of 甲村 was planned.
    assert_eq!(value(&town, "base.hard", "2022-02-28"), pair("2", "6"));
    assert_eq!(value(&town, "base.soft", DAY), pair("4", "6"));
    assert_eq!(value(&town, "base.checklist", DAY), pair("1", "2"));
    assert_eq!(value(&town, "base.checklist", "2022-09-30"), pair("0", "2"));
    assert_eq!(read(&town, "base.checklist", DAY).missing().count(), 1);
}

#[test]
fn planned_sites_stand_at_their_last_stage() {
    let town = with([
        rec!("centre", "c1", unit = "u1", state = "planned"),
        rec!("centre", "c2", unit = "u2", state = "planned", renewal = "老街小区"),
        rec!(
            "build_stage",
            "s1",
            unit = "u1",
            centre = "c1",
            stage = "applied",
            planned = "2022-01-10",
            actual = "2022-01-09"
        ),
        rec!(
            "build_stage",
            "s2",
            unit = "u1",
            centre = "c1",
            stage = "approved",
            planned = "2022-03-10",
            actual = "2022-05-01"
        ),
        rec!(
            "build_stage",
            "s3",
            unit = "u1",
            centre = "c1",
            stage = "sited",
            planned = "2022-12-10"
        ),
    ]);
    assert_eq!(parts(&town, "base.sites", DAY), "还没有申报 1、立项 1");
    assert_eq!(parts(&town, "base.sites", "2022-04-01"), "还没有申报 1、申报 1");
    assert_eq!(read(&town, "base.sites", DAY).missing().count(), 0);
    assert_eq!(
        read(&town, "base.sites", "2022-04-01").missing().count(),
        1,
        "立项 is late"
    );
    assert_eq!(value(&town, "base.renewal", DAY), pair("1", "2"));
}

#[test]
fn funds_are_granted_of_what_was_applied_for() {
    let town = with([
        rec!("centre", "c1", unit = "u1", state = "planned"),
        rec!(
            "centre_fund",
            "f1",
            unit = "u1",
            centre = "c1",
            date = "2022-02-01",
            applied = "40",
            approved = "30",
            state = "approved"
        ),
        rec!(
            "centre_fund",
            "f2",
            unit = "u1",
            centre = "c1",
            date = "2022-06-01",
            applied = "20",
            state = "applying"
        ),
        rec!(
            "centre_fund",
            "f3",
            unit = "u1",
            centre = "c1",
            date = "2021-06-01",
            applied = "99",
            approved = "99",
            state = "paid"
        ),
    ]);
    assert_eq!(value(&town, "base.funds", DAY), pair("30", "60"));
    assert_eq!(parts(&town, "base.funds", DAY), "已批复 1、申报中 1");
    assert_eq!(value(&town, "base.funds", "2021-12-31"), pair("99", "99"));
}

#[test]
fn projects_are_counted_by_kind_age_size_and_help() {
    let town = with([
        rec!(
            "project",
            "p1",
            unit = "u1",
            name = "黄精",
            kind = "herb",
            age = "new",
            herb_base = true,
            mu = "1000",
            started = "2022-01-01",
            inter = true
        ),
        rec!(
            "project",
            "p2",
            unit = "u1",
            name = "养牛",
            kind = "livestock",
            age = "old",
            started = "2020-01-01"
        ),
        rec!(
            "project",
            "p3",
            unit = "u2",
            name = "药材",
            kind = "herb",
            herb_base = true,
            mu = "99",
            started = "2022-06-01"
        ),
        rec!(
            "project",
            "p4",
            unit = "u2",
            name = "旧厂",
            kind = "processing",
            started = "2019-01-01",
            ended = "2022-07-01"
        ),
        rec!(
            "project_guidance",
            "g1",
            unit = "u1",
            project = "p1",
            date = "2022-08-01",
            department = "农业农村局",
            advice = "排水"
        ),
        rec!(
            "project_guidance",
            "g2",
            unit = "u1",
            project = "p1",
            date = "2022-09-01",
            department = "农业农村局",
            advice = "除草"
        ),
        rec!(
            "factor",
            "n1",
            unit = "u1",
            project = "p1",
            kind = "funds",
            need = "贷款",
            date = "2022-02-01",
            met = "2022-03-01"
        ),
        rec!(
            "factor",
            "n2",
            unit = "u1",
            project = "p1",
            kind = "market",
            need = "销路",
            date = "2022-02-01"
        ),
    ]);
    assert_eq!(value(&town, "base.projects", DAY).0, "3");
    assert_eq!(parts(&town, "base.projects", DAY), "原有 1、新建 1、新旧没有填写 1");
    assert_eq!(parts(&town, "base.kinds", DAY), "中药材 2、养殖 1");
    // Before 黄精 and 药材 there were 养牛 and the works that closed since.
    assert_eq!(parts(&town, "base.kinds", "2021-12-31"), "养殖 1、加工 1");
    assert_eq!(value(&town, "base.several", DAY), pair("1", "2"));
    assert_eq!(parts(&town, "base.several", DAY), "有套种的村 1");
    assert_eq!(value(&town, "base.several", "2021-12-31"), pair("0", "2"));
    assert_eq!(value(&town, "base.guided", DAY), pair("1", "3"));
    assert_eq!(parts(&town, "base.guided", DAY), "农业农村局 2");
    assert_eq!(value(&town, "base.herb_sizes", DAY).0, "1099");
    assert_eq!(parts(&town, "base.herb_sizes", DAY), "不到100亩 1、千亩基地 1");
    assert_eq!(value(&town, "base.factors", DAY), pair("1", "2"));
    assert_eq!(parts(&town, "base.factors", DAY), "资金 1/1、市场 0/1");
    assert_eq!(value(&town, "base.factors", "2022-02-28"), pair("0", "2"));
}

/// The latest year of each village counts, never two years of one.
#[test]
fn income_is_of_one_year_for_each_village() {
    let town = with([
        rec!(
            "income",
            "i1",
            unit = "u1",
            year = 2021,
            category = "operation",
            amount = "7"
        ),
        rec!(
            "income",
            "i2",
            unit = "u1",
            year = 2022,
            category = "operation",
            amount = "8.5"
        ),
        rec!(
            "income",
            "i3",
            unit = "u1",
            year = 2022,
            category = "subsidy",
            amount = "2"
        ),
        rec!(
            "income",
            "i4",
            unit = "u2",
            year = 2021,
            category = "contract",
            amount = "3"
        ),
    ]);
    assert_eq!(value(&town, "base.incomes", DAY).0, "13.5");
    assert_eq!(
        parts(&town, "base.incomes", DAY),
        "经营收入 8.5、发包及上交收入 3、补助收入 2"
    );
    assert_eq!(value(&town, "base.incomes", "2021-12-31").0, "10");
}

#[test]
fn organisations_members_and_branches() {
    let town = with([
        rec!(
            "branch",
            "b1",
            unit = "u1",
            name = "甲村党支部",
            kind = "branch",
            since = "2019-01-01"
        ),
        rec!(
            "branch",
            "b2",
            unit = "u3",
            name = "丙社区党总支",
            kind = "general_branch",
            since = "2022-06-01"
        ),
        rec!(
            "branch",
            "b3",
            unit = "u3",
            name = "旧支部",
            kind = "branch",
            since = "2010-01-01",
            until = "2022-06-01"
        ),
    ]);
    assert_eq!(
        parts(&town, "town.organisations", DAY),
        "党总支 1、党支部 1、没有填写 1"
    );
    assert_eq!(value(&town, "town.members", DAY).0, "179");
    assert_eq!(parts(&town, "town.members", DAY), "不到30人 1、30至49人 1、100人以上 1");
    assert_eq!(parts(&town, "town.branches", DAY), "党总支 1、党支部 1");
    assert_eq!(parts(&town, "town.branches", "2022-05-31"), "党支部 2");
}

#[test]
fn joint_committees_cover_units_and_name_those_outside() {
    let town = with([
        rec!(
            "joint_committee",
            "j1",
            name = "东片联合党委",
            units = ["u1", "u3"],
            since = "2022-03-01"
        ),
        rec!(
            "joint_committee",
            "j2",
            name = "旧联合党委",
            units = ["u2"],
            since = "2020-03-01",
            until = "2021-03-01"
        ),
    ]);
    assert_eq!(value(&town, "town.joint", DAY), pair("2", "3"));
    assert_eq!(parts(&town, "town.joint", DAY), "东片联合党委 2");
    let outside: Vec<String> = read(&town, "town.joint", DAY)
        .missing()
        .map(|m| m.unit.to_string())
        .collect();
    assert_eq!(outside, ["u2"]);
    assert_eq!(value(&town, "town.joint", "2020-12-31"), pair("1", "3"));
    assert_eq!(value(&town, "town.joint", "2022-02-28"), pair("0", "3"));
}

#[test]
fn links_pilots_honours_and_evidence() {
    let town = with([
        rec!(
            "three_link",
            "l1",
            unit = "u1",
            link = "first",
            partner = "供销社",
            item = "收购",
            date = "2022-04-01",
            state = "done"
        ),
        rec!(
            "three_link",
            "l2",
            unit = "u2",
            link = "first",
            partner = "学校",
            item = "培训",
            date = "2022-04-01"
        ),
        rec!(
            "pilot",
            "t1",
            unit = "u1",
            place = "李家湾",
            task = "清洁",
            since = "2022-01-01",
            state = "done",
            done = "2022-10-01"
        ),
        rec!(
            "honour",
            "h1",
            unit = "u1",
            kind = "unit",
            title = "文明村",
            level = "county",
            year = 2021
        ),
        rec!(
            "honour",
            "h2",
            unit = "u1",
            kind = "person",
            title = "好书记",
            level = "county",
            year = 2023
        ),
        rec!(
            "evidence",
            "e1",
            unit = "u1",
            title = "照片",
            date = "2022-05-01",
            form = "file"
        ),
    ]);
    assert_eq!(parts(&town, "town.links", DAY), "第一联/已完成 1、第一联/没有填进展 1");
    assert!(read(&town, "town.links", "2021-12-31").is_unknown());
    assert_eq!(parts(&town, "town.pilots", DAY), "已完成 1");
    assert_eq!(parts(&town, "town.pilots", "2022-09-30"), "进行中 1");
    assert_eq!(parts(&town, "town.honours", DAY), "集体荣誉/县级 1");
    assert_eq!(
        parts(&town, "town.honours", "2023-12-31"),
        "集体荣誉/县级 1、个人荣誉/县级 1"
    );
    assert_eq!(value(&town, "town.evidence", DAY), pair("1", "3"));
    let unit = Scope::Unit("u2".to_owned());
    assert_eq!(read_of(&town, "town.evidence", DAY, &unit).missing().count(), 1);
}

/// A committee has no unit of its own: a change of it changes the value of every unit, also on a kept board.
#[test]
fn a_kept_board_sees_a_change_that_belongs_to_no_unit() {
    let mut records = Counted {
        sheet: with([]),
        revision: 1,
    };
    let statistic = figure_by_id("town.joint").expect("a statistic");
    let mut board = programmes::statistics_board(Period::Year(2022), day(DAY));
    board.refresh_some(&records, &[statistic]);
    assert!(board.reading(statistic, &Scope::Town).is_unknown());
    records.sheet.drafts.push(rec!(
        "joint_committee",
        "j1",
        name = "联合党委",
        units = ["u1"],
        since = "2022-03-01"
    ));
    records.revision = 2;
    board.refresh_some(&records, &[statistic]);
    assert_eq!(board.reading(statistic, &Scope::Town).numerator.to_string(), "1");
    assert!(JointCommittee::LEDGER.field("unit").is_none());
}

/// Records whose joint committees have a revision of their own, under no unit.
struct Counted {
    sheet: Sheet,
    revision: u64,
}

impl Records for Counted {
    fn visit<'a>(&'a self, ledger: &'static Schema, unit: Option<&str>, seen: &mut dyn FnMut(&'a dyn Cells)) {
        self.sheet.visit(ledger, unit, seen);
    }

    fn find<'a>(&'a self, ledger: &'static Schema, id: &str) -> Option<&'a dyn Cells> {
        self.sheet.find(ledger, id)
    }

    fn revision(&self, ledger: &'static Schema, unit: Option<&str>) -> u64 {
        if ledger.id == "joint_committee" && unit.is_none() {
            self.revision
        } else {
            0
        }
    }
}
