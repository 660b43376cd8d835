//! 强基 of the sample beyond centres and income: build stages, check-lists, funds, industry projects.

use crate::model::engine::sample::{Dice, Maker, ym, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::base::ledgers::{
    BuildStage, BuildStep, CentreFund, CentreItem, Expense, Project, ProjectGuidance,
};
use crate::model::programmes::town::ledgers::Factor;
use crate::model::programmes::town::sample::units::{Built, UNITS, UnitRow};
use crate::model::programmes::town::sample::units::{secretary_name, units};
use crate::model::value::Decimal;

pub(in crate::model) fn fill(maker: &mut Maker) {
    for (index, row) in units() {
        match row.centre {
            Built::Planned => stages(maker, index, row),
            Built::New => items(
                maker,
                index,
                &[
                    ("publicity", "入党誓词和制度上墙"),
                    ("surroundings", "门前场地和绿化整理"),
                ],
                2,
            ),
            Built::Upgrading => {
                let done = usize::from(index % 3 != 0) * 2 + usize::from(index % 4 == 1);
                let list = [
                    ("parts", "更换破损桌椅"),
                    ("parts", "更换老化灯具"),
                    ("content", "更新公开栏"),
                    ("content", "更新活动室展板"),
                ];
                items(maker, index, &list, done);
            }
        }
        if !row.community {
            projects(maker, index, row);
            for year in [2021, 2022] {
                expenses(maker, index, year);
            }
        }
    }
}

/// Stages of a planned centre; the one of 渣冲村 is twelve days behind with its design.
fn stages(maker: &mut Maker, index: usize, row: &UnitRow) {
    let centre = format!("centre-{:02}-1", index + 1);
    let done = match row.name {
        "大集社区" => 1,
        "渣冲村" => 3,
        "碧田社区" | "龙背村" => 4,
        "乌龟石村" => 2,
        _ => 5,
    };
    for (k, stage) in BuildStep::ALL.iter().enumerate() {
        let planned = if row.name == "渣冲村" && stage.code == "designed" {
            ymd(2022, 11, 10)
        } else if k < done {
            ymd(2022, 2, 15).plus_days(k as i32 * 50)
        } else {
            ymd(2022, 12, 5).plus_days((k - done) as i32 * 60)
        };
        let actual = (k < done).then(|| planned.plus_days(index as i32 % 4));
        let rec = maker.of(BuildStage::SCHEMA, index, ymd(2022, 2, 10));
        maker.put(
            rec.text("centre", centre.clone())
                .text("stage", stage.code)
                .show("planned", planned)
                .maybe("actual", actual)
                .text("owner", secretary_name(index)),
        );
    }
    let rec = maker.of(CentreFund::SCHEMA, index, ymd(2022, 3, 10));
    let approved = done >= 2;
    maker.put(
        rec.text("centre", centre)
            .text("source", "社区（村）阵地建设项目")
            .show("date", ymd(2022, 3, 10))
            .show("applied", 60 + index as i64)
            .maybe("approved", approved.then_some(50))
            .text("state", if approved { "approved" } else { "applying" }),
    );
}

fn items(maker: &mut Maker, index: usize, list: &[(&str, &str)], done: usize) {
    let centre = format!("centre-{:02}-1", index + 1);
    for (k, (kind, text)) in list.iter().enumerate() {
        let day = ymd(2021, 9, 10).plus_days((index * 3 + k * 40) as i32);
        let rec = maker.of(CentreItem::SCHEMA, index, ymd(2021, 6, 1));
        maker.put(
            rec.text("centre", centre.clone())
                .text("list", *kind)
                .text("text", *text)
                .maybe("done", (k < done).then_some(day)),
        );
    }
}

const HERBS: [&str; 6] = ["黄精", "玉竹", "白及", "射干", "百合", "金银花"];
const OLD: [(&str, &str); 8] = [
    ("优质稻种植", "grain"),
    ("油茶林", "tea"),
    ("葡萄园", "fruit"),
    ("生猪养殖", "livestock"),
    ("竹木加工", "processing"),
    ("屋顶光伏", "solar"),
    ("柑橘园", "fruit"),
    ("乡村旅游", "tourism"),
];

fn projects(maker: &mut Maker, index: usize, row: &UnitRow) {
    let mut dice = Dice::new("project", index);
    match row.name {
        "寺前村" => siqian(maker, index),
        _ => {
            let (name, kind) = OLD[index % OLD.len()];
            let rec = maker.of(Project::SCHEMA, index, ymd(2021, 1, 18));
            let id = maker.put(
                rec.text("name", name)
                    .text("kind", kind)
                    .text("age", "old")
                    .show("mu", dice.between(40, 260))
                    .text("operator", "村集体经济组织")
                    .text("stage", "running")
                    .show("started", ymd(2016, 3, 1))
                    .int("jobs", dice.between(4, 14)),
            );
            follow(maker, index, &id);
            if row.herb {
                herb_base(maker, index);
            }
        }
    }
}

/// One new base of more than a hundred 亩 in each of the eighteen villages (Q13).
fn herb_base(maker: &mut Maker, index: usize) {
    let mut dice = Dice::new("herb", index);
    let herb = HERBS[index % HERBS.len()];
    let mu = dice.between(100, 136);
    let rec = maker.of(Project::SCHEMA, index, ymd(2021, 10, 9));
    let id = maker.put(
        rec.text("name", format!("百亩{herb}基地"))
            .text("kind", "herb")
            .text("age", "new")
            .yes("herb_base", true)
            .text("herb", herb)
            .show("mu", mu)
            .show("planted", ym(2021, 11))
            .yes("inter", index % 4 == 0)
            .text("inter_note", if index % 4 == 0 { "林下套种" } else { "" })
            .text("operator", "专业合作社")
            .text("partner", "药材收购企业")
            .text("stage", "running")
            .show("started", ymd(2021, 9, 20).plus_days(dice.between(0, 70) as i32))
            .int("jobs", dice.between(8, 22)),
    );
    follow(maker, index, &id);
}

fn siqian(maker: &mut Maker, index: usize) {
    let rec = maker.of(Project::SCHEMA, index, ymd(2021, 10, 9));
    let base = maker.put(
        rec.text("name", "千亩黄精基地")
            .text("kind", "herb")
            .text("age", "new")
            .yes("herb_base", true)
            .text("herb", "黄精")
            .show("mu", 1000)
            .show("planted", ym(2021, 11))
            .text("operator", "专业合作社")
            .text("stage", "running")
            .show("started", ymd(2021, 9, 28))
            .int("jobs", 62),
    );
    let rec = maker.of(Project::SCHEMA, index, ymd(2021, 12, 6));
    maker.put(
        rec.text("name", "黄精油茶套种")
            .text("kind", "tea")
            .text("age", "new")
            .yes("inter", true)
            .text("inter_note", "油茶林下套种黄精")
            .text("stage", "running")
            .show("started", ymd(2021, 12, 1))
            .int("jobs", 16)
            .text("photo", "寺前村牲畜养殖和千亩黄精油茶套种项目.jpg"),
    );
    let rec = maker.of(Project::SCHEMA, index, ymd(2021, 5, 6));
    maker.put(
        rec.text("name", "牲畜养殖")
            .text("kind", "livestock")
            .text("age", "old")
            .text("stage", "running")
            .show("started", ymd(2018, 4, 1))
            .int("jobs", 8),
    );
    follow(maker, index, &base);
}

/// Guidance visits and the factors that a project needs (Q12, G15).
fn follow(maker: &mut Maker, index: usize, project: &str) {
    let mut dice = Dice::new("follow", index);
    if index % 2 == 0 {
        let date = ymd(2022, 4, 12).plus_days(dice.between(0, 180) as i32);
        let rec = maker.of(ProjectGuidance::SCHEMA, index, date).by_town();
        maker.put(
            rec.text("project", project)
                .show("date", date)
                .text("expert", format!("示例专家{:02}", index % 7 + 1))
                .text("department", dice.pick(&["农业农村局", "林业局", "镇农技站"]))
                .text(
                    "advice",
                    dice.pick(&[
                        "除草追肥分两次，避开雨季",
                        "苗床起垄排水，防根腐",
                        "统一订单收购，先定价后采挖",
                    ]),
                ),
        );
    }
    if index % 3 != 0 {
        let kind = dice.pick(&["land", "funds", "people", "technology", "market"]);
        let date = ymd(2022, 3, 8).plus_days(dice.between(0, 120) as i32);
        let rec = maker.of(Factor::SCHEMA, index, date);
        maker.put(
            rec.text("project", project)
                .text("kind", kind)
                .text(
                    "need",
                    match kind {
                        "land" => "连片地块四十亩",
                        "funds" => "种苗周转金",
                        "people" => "懂管护的技术员",
                        "technology" => "林下套种技术",
                        _ => "稳定的收购渠道",
                    },
                )
                .text("origin", dice.pick(&["联合党委", "三联单位", "返乡能人"]))
                .show("date", date)
                .maybe("met", (index % 4 != 1).then(|| date.plus_days(60))),
        );
    }
}

fn expenses(maker: &mut Maker, index: usize, year: i32) {
    let rec = maker.of(Expense::SCHEMA, index, ymd(year, 12, 20));
    let amount = Decimal::from_ten_thousandths(800 + (index as i64 % 7) * 100);
    maker.put(
        rec.int("year", i64::from(year))
            .text("category", "management")
            .show("amount", amount),
    );
    debug_assert!(!UNITS[index].community);
}
