//! 青苗 of the sample: reserve cadres, assistants, groups, member statistics, talent, estates.

use crate::model::engine::sample::{Dice, Maker, ym, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::ledgers::{
    Assistant, Estate, EstateMember, Group, Growth, Idea, MemberStats, Reserve, Service, Talent,
};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::{secretary_name, units};

/// Units with two reserve cadres; 28 have one, 50 in all (article).
const TWO: [&str; 11] = [
    "寺前村",
    "河田村",
    "谢家坳村",
    "大集社区",
    "开发区社区",
    "浮溪桥村",
    "白泉村",
    "中津村",
    "七星社区",
    "桃溪社区",
    "渣桥村",
];

pub(in crate::model) fn fill(maker: &mut Maker) {
    let mut number = 0;
    for (index, row) in units() {
        let count = if TWO.contains(&row.name) { 2 } else { 1 };
        for k in 0..count {
            number += 1;
            reserve(maker, index, k, number);
        }
        assistant(maker, index);
        stats(maker, index);
        talent(maker, index);
        if row.community {
            estates(maker, index);
        } else {
            groups(maker, index);
        }
        if index % 3 == 1 {
            service(maker, index);
        }
    }
}

/// Two units have no assistant yet.
const WITHOUT: [&str; 2] = ["龙背村", "香山社区"];

fn assistant(maker: &mut Maker, index: usize) {
    let row = &UNITS[index];
    if WITHOUT.contains(&row.name) {
        return;
    }
    let source = match (row.community, index % 3) {
        (true, _) => "grid",
        (false, 0) => "thousand",
        (false, 2) if index % 2 == 0 => "other",
        _ => "police",
    };
    let since = ymd(2021, 6, 15).plus_days((index * 7) as i32);
    let promoted = index % 8 == 2;
    let reserve = if promoted {
        format!("reserve-{:02}-1", index + 1)
    } else {
        String::new()
    };
    let rec = maker.of(Assistant::SCHEMA, index, since);
    let id = maker.put(
        rec.text("name", format!("示例助理员{:02}", index + 1))
            .text("sex", if index % 3 == 0 { "female" } else { "male" })
            .text("education", if index % 2 == 0 { "college" } else { "bachelor" })
            .text("source", source)
            .show("since", since)
            .text("tasks", "协助三会一课记录、流动党员联系和台账整理")
            .text("mentor", secretary_name(index))
            .text("reserve", reserve),
    );
    let date = ymd(2022, 6, 28);
    let rec = maker.of(Growth::SCHEMA, index, date);
    maker.put(
        rec.text("assistant", id)
            .show("date", date)
            .text("kind", if index % 2 == 0 { "training" } else { "task" })
            .text(
                "text",
                if index % 2 == 0 {
                    "参加镇党务培训"
                } else {
                    "独立组织一次主题党日"
                },
            )
            .int("score", 78 + (index as i64 * 7) % 20),
    );
}

/// Groups that had no member at the start of 2021 were all cleared within the year (M4).
fn groups(maker: &mut Maker, index: usize) {
    let count = 5 + index % 3;
    for (k, numeral) in NUMERALS.iter().enumerate().take(count) {
        let mut dice = Dice::new("group", index * 8 + k);
        let was_zero = k + 1 == count && index % 4 != 1;
        let cleared = was_zero.then(|| ymd(2021, 3, 20).plus_days(dice.between(0, 250) as i32));
        let rec = maker.of(Group::SCHEMA, index, ymd(2021, 1, 20));
        maker.put(
            rec.text("name", format!("{numeral}组"))
                .int("households", dice.between(28, 74))
                .int("members", if was_zero { 1 } else { dice.between(2, 9) })
                .yes("was_zero", was_zero)
                .maybe("cleared", cleared)
                .text(
                    "helper",
                    if was_zero {
                        format!("示例干部{:03}", index * 3 + 2)
                    } else {
                        String::new()
                    },
                )
                .text("plan", if was_zero { "从返乡青年中培养发展" } else { "" }),
        );
    }
}

const NUMERALS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "七"];

fn stats(maker: &mut Maker, index: usize) {
    let total = Dice::new("stats", index).between(34, 90);
    for (k, date) in [ymd(2021, 1, 10), ymd(2022, 10, 31)].into_iter().enumerate() {
        let later = k as i64;
        let rec = maker.of(MemberStats::SCHEMA, index, date);
        maker.put(
            rec.show("date", date)
                .int("total", total + later * 2)
                .int("probationary", later + index as i64 % 2)
                .int("activists", 1 + index as i64 % 3 + later)
                .int("under_35", total * (12 + later * 4) / 100)
                .int("over_60", total * (44 - later * 3) / 100)
                .int("women", total * (18 + later) / 100)
                .int("college", total * (20 + later * 4) / 100),
        );
    }
}

const SKILLS: [(&str, &str); 6] = [
    ("电商运营", "knowledge"),
    ("果树管护", "technique"),
    ("机械维修", "technique"),
    ("会计", "ability"),
    ("活动组织", "duty"),
    ("视频宣传", "knowledge"),
];

fn talent(maker: &mut Maker, index: usize) {
    for k in 0..=usize::from(index % 2 == 0) {
        let number = index * 2 + k + 1;
        let (skill, tag) = SKILLS[number % SKILLS.len()];
        let since = ymd(2021, 7, 8).plus_days((number * 5) as i32);
        let mut tags = vec![tag];
        if number % 3 == 0 && tag != "duty" {
            tags.push("duty");
        }
        let rec = maker.of(Talent::SCHEMA, index, since);
        let id = maker.put(
            rec.text("name", format!("示例青年{number:02}"))
                .text("sex", if number % 2 == 0 { "female" } else { "male" })
                .show("birth", ym(1988 + (number % 12) as i32, 1 + (number % 12) as i32))
                .text("education", if number % 3 == 0 { "bachelor" } else { "college" })
                .list("tags", tags)
                .text("skills", skill)
                .text("intent", ["village", "found", "cadre", "unsure"][number % 4])
                .show("since", since),
        );
        if number % 6 == 1 {
            let rec = maker.of(Idea::SCHEMA, index, ymd(2022, 5, 9));
            maker.put(
                rec.text("talent", id)
                    .show("date", ymd(2022, 5, 9))
                    .text("text", "村里土特产统一包装，网上开店代卖")
                    .text("state", if number % 12 == 1 { "running" } else { "planned" }),
            );
        }
    }
}

/// Three or four estates in each community; three of them are not covered yet.
fn estates(maker: &mut Maker, index: usize) {
    let count = 3 + usize::from(index % 2 == 0);
    for k in 0..count {
        let mut dice = Dice::new("estate", index * 4 + k);
        let covered = !matches!(
            (UNITS[index].name, k),
            ("碧田社区", 2) | ("步行街社区", 0) | ("香山社区", 3 | 2)
        );
        let total = dice.between(5, 9);
        let complaints = dice.between(6, 40);
        let rec = maker.of(Estate::SCHEMA, index, ymd(2021, 5, 10));
        let id = maker.put(
            rec.text("name", format!("示例小区{:02}{}", index + 1, k + 1))
                .int("households", dice.between(120, 680))
                .text(
                    "mode",
                    if covered {
                        dice.pick(&["market", "market", "public", "self"])
                    } else {
                        "none"
                    },
                )
                .yes("company_org", covered && k % 2 == 0)
                .yes("guide", covered)
                .yes("committee", covered && k != 1)
                .int("committee_total", total)
                .int("committee_members", total / 2 + 1)
                .yes("branch", covered && k < 3)
                .int("cross_posts", i64::from(covered))
                .int("meetings", dice.between(1, 8))
                .int("complaints", complaints)
                .int("complaints_closed", complaints - dice.between(0, 4))
                .maybe(
                    "covered",
                    covered.then(|| ymd(2021, 8, 1).plus_days(dice.between(0, 400) as i32)),
                ),
        );
        if k < 2 && covered {
            let found = ymd(2021, 11, 3).plus_days(dice.between(0, 200) as i32);
            let rec = maker.of(EstateMember::SCHEMA, index, found);
            maker.put(
                rec.text("estate", id)
                    .text("name", format!("示例小区党员{:02}{}", index + 1, k + 1))
                    .text("kind", if k == 0 { "found" } else { "report" })
                    .show("found", found)
                    .maybe("joined", (index % 3 != 2).then(|| found.plus_days(60)))
                    .text("role", "楼栋长"),
            );
        }
    }
}

fn service(maker: &mut Maker, index: usize) {
    let since = ymd(2022, 1, 15);
    let rec = maker.of(Service::SCHEMA, index, since);
    maker.put(
        rec.text("name", format!("示例青年{:02}", index * 2 + 1))
            .text("role", ["bay_head", "mediator", "volunteer", "publicist"][index % 4])
            .show("since", since)
            .text("note", "返乡后参与湾子治理"),
    );
}

fn reserve(maker: &mut Maker, index: usize, k: usize, number: usize) {
    let mut dice = Dice::new("reserve", number);
    let promoted = k == 0 && index % 8 == 2;
    let since = ymd(2021, 5, 12).plus_days(dice.between(0, 420) as i32);
    let since = if promoted { ymd(2022, 9, 9) } else { since };
    let assistant = if promoted {
        format!("assistant-{:02}-1", index + 1)
    } else {
        String::new()
    };
    let from_mobile = k == 1 && crate::model::programmes::seedling::sample::mobile::became_reserve(index);
    let mobile = if from_mobile {
        format!("mobile-{:02}-1", index + 1)
    } else {
        String::new()
    };
    let source = if promoted {
        "assistant"
    } else if from_mobile {
        "mobile"
    } else {
        dice.pick(&["graduate", "veteran", "rich", "grid", "graduate"])
    };
    let rec = maker.of(Reserve::SCHEMA, index, since);
    maker.put(
        rec.text("name", format!("示例后备{number:02}"))
            .text("sex", if number % 3 == 1 { "female" } else { "male" })
            .show("birth", ym(dice.between(1983, 1998) as i32, dice.between(1, 12) as i32))
            .text("education", dice.pick(&["senior", "college", "college", "bachelor"]))
            .text("kind", if k == 0 { "secretary" } else { "committee" })
            .text("source", source)
            .text("mobile", mobile)
            .text("assistant", assistant)
            .show("since", since)
            .text("mentor", secretary_name(index))
            .text("evaluation", dice.pick(&["good", "fit", "fit"])),
    );
}
