//! The frame of the sample beyond units: goals, assessment, organisations, links, pilots, honours, places.

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::ledgers::{
    Assessment, Branch, Evidence, Goal, Honour, JointCommittee, JointMember, Pilot, Place, ThreeLink,
};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::{unit, units};

const GOALS: [(&str, &str, &str); 5] = [
    ("lead", "who_leads", "39名书记常态化培训，片区每月联系一次"),
    ("dream", "what_with", "39个村（社区）年度计划全部经群众讨论后定稿"),
    ("base", "what_with", "待建阵地按计划推进，每村至少一个产业项目"),
    ("seedling", "on_whom", "保持零党员村民小组为零，后备干部50人"),
    ("phoenix", "on_whom", "两委干部人人联系项目，能人需求件件答复"),
];

pub(in crate::model) fn fill(maker: &mut Maker) {
    for (programme, question, text) in GOALS {
        let rec = maker.of_town(Goal::SCHEMA, ymd(2022, 1, 20));
        maker.put(
            rec.text("programme", programme)
                .text("question", question)
                .int("year", 2022)
                .text("text", text)
                .text("owner", "党建办")
                .show("due", ymd(2022, 12, 31))
                .text("state", "running"),
        );
    }
    let rec = maker.of_town(Assessment::SCHEMA, ymd(2022, 1, 28));
    maker.put(
        rec.text("scope", "town")
            .int("year", 2021)
            .text("assessor", "崇阳县")
            .text("level", "excellent")
            .text("note", "2021年全县党建考核被评为优秀"),
    );
    honours(maker);
    joint_committees(maker);
    for (index, _) in units() {
        of_unit(maker, index);
    }
}

fn honours(maker: &mut Maker) {
    let rec = maker.of(Honour::SCHEMA, unit("河田村"), ymd(2021, 3, 1));
    maker.put(
        rec.text("kind", "pilot")
            .text("title", "全国全域国土综合整治试点村")
            .text("level", "nation"),
    );
    let rec = maker.of(Honour::SCHEMA, unit("大集社区"), ymd(2021, 7, 5));
    maker.put(
        rec.text("kind", "person")
            .text("title", "全省优秀共产党员")
            .text("level", "province")
            .text("person", "黄正亮"),
    );
    for (name, title) in [
        ("浮溪桥村", "县级文明村"),
        ("七星社区", "县级先进基层党组织"),
        ("白泉村", "县级文明村"),
    ] {
        let rec = maker.of(Honour::SCHEMA, unit(name), ymd(2021, 12, 20));
        maker.put(
            rec.text("kind", "unit")
                .text("title", format!("{title}（示例）"))
                .text("level", "county")
                .int("year", 2021),
        );
    }
}

/// Three sample committees; the article names one member and not the committee's units.
fn joint_committees(maker: &mut Maker) {
    let groups: [(&str, &[&str]); 3] = [
        ("谢家坳联合党委（示例）", &["谢家坳村", "山下村", "乌龟石村"]),
        ("寺前联合党委（示例）", &["寺前村", "河田村", "洪下村", "菖蒲村"]),
        ("城中联合党委（示例）", &["十字街社区", "和平社区", "碧田社区"]),
    ];
    for (k, (name, members)) in groups.into_iter().enumerate() {
        let since = ymd(2021, 6, 10).plus_days(k as i32 * 9);
        let codes: Vec<&str> = members.iter().map(|m| UNITS[unit(m)].code).collect();
        let rec = maker.of_town(JointCommittee::SCHEMA, since);
        let id = maker.put(
            rec.text("name", name)
                .list("units", codes)
                .show("since", since)
                .text("task", "产业项目要素共用，道路水利统一安排"),
        );
        if k == 0 {
            let rec = maker.of(JointMember::SCHEMA, unit("谢家坳村"), since);
            maker.put(
                rec.text("committee", id)
                    .text("name", "李林波")
                    .text("post", "联合党委委员")
                    .text("returnee", format!("returnee-{:02}-1", unit("谢家坳村") + 1)),
            );
        }
    }
}

const LINKS: [(&str, &str, &str, &str); 4] = [
    ("first", "县直单位", "党员到村报到，联建一个阵地", "people"),
    ("second", "邻村党组织", "农机和仓库共用", "market"),
    ("third", "合作企业", "订单收购和技术指导", "technology"),
    ("first", "银行网点", "返乡创业贷款一站办理", "funds"),
];

fn of_unit(maker: &mut Maker, index: usize) {
    let row = &UNITS[index];
    let mut dice = Dice::new("office", index);
    let kind = if row.community { "general_branch" } else { "branch" };
    let name = if row.community {
        format!("{}党总支", row.name)
    } else {
        format!("{}党支部", row.name)
    };
    let rec = maker.of(Branch::SCHEMA, index, ymd(2021, 1, 8));
    maker.put(
        rec.text("name", name)
            .text("kind", kind)
            .int("members", dice.between(30, 48))
            .show("since", ymd(2010, 1, 1))
            .int("party_groups", 3),
    );
    places(maker, index);
    if index % 3 == 0 {
        let (link, partner, item, factor) = LINKS[index / 3 % 4];
        let date = ymd(2021, 8, 3).plus_days(dice.between(0, 300) as i32);
        let rec = maker.of(ThreeLink::SCHEMA, index, date);
        maker.put(
            rec.text("link", link)
                .text("partner", partner)
                .text("item", item)
                .show("date", date)
                .list("factors", [factor])
                .text("state", if index % 2 == 0 { "done" } else { "running" }),
        );
    }
    if index % 8 == 5 || row.name == "河田村" {
        let since = ymd(2021, 5, 18).plus_days(dice.between(0, 120) as i32);
        let done = (index % 16 == 5).then(|| since.plus_months(12));
        let rec = maker.of(Pilot::SCHEMA, index, since);
        maker.put(
            rec.text("place", if row.community { "第一网格" } else { "老屋湾" })
                .text(
                    "task",
                    dice.pick(&["湾子公约和积分", "门前三包和污水收集", "矛盾不出湾"]),
                )
                .text("level", "town")
                .show("since", since)
                .text("state", if done.is_some() { "done" } else { "running" })
                .maybe("done", done),
        );
    }
    if index % 4 == 1 {
        let rec = maker.of(Evidence::SCHEMA, index, ymd(2022, 4, 25));
        maker.put(
            rec.text("title", "2022年度工作计划定稿文本")
                .text("of_ledger", "工作计划")
                .show("date", ymd(2022, 4, 25))
                .text("form", "file")
                .text("location", format!("{}_2022年度计划.docx", row.name)),
        );
    }
}

fn places(maker: &mut Maker, index: usize) {
    let row = &UNITS[index];
    let names: &[&str] = match (row.name, row.community) {
        ("开发区社区", _) => &["汪家巷", "第一网格"],
        (_, true) => &["第一网格"],
        _ => &["老屋湾", "塘边湾"],
    };
    for (k, name) in names.iter().enumerate() {
        let rec = maker.of(Place::SCHEMA, index, ymd(2021, 1, 12));
        let grid = row.community && *name != "汪家巷";
        maker.put(
            rec.text("kind", if grid { "grid" } else { "bay" })
                .text("name", *name)
                .int("households", Dice::new("place", index * 4 + k).between(18, 66))
                .text("head", format!("示例湾长{:02}{}", index + 1, k + 1)),
        );
    }
}
