//! 引凤 of the sample beyond the register: enterprises, assignments, trips, support, 千人计划, needs, measures.

use crate::model::engine::sample::{Dice, Maker, ym, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::ledgers::Cadre;
use crate::model::programmes::phoenix::ledgers::{
    Assignment, Enterprise, LandTransfer, Measure, Need, Outreach, Policy, ProjectVisit, Prospect, ReturneeContact,
    Technology, Thousand,
};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::{secretary_id, secretary_name, unit, units};

pub(in crate::model) fn fill(maker: &mut Maker) {
    strawberry(maker);
    enterprises(maker);
    for (index, _) in units() {
        assignments(maker, index);
        trips(maker, index);
        if index % 4 == 2 {
            need(maker, index);
        }
    }
    path(maker);
    measures(maker);
}

/// 龙林草莓园 with the facts of the article and nothing else (F2–F6, F21, F22).
fn strawberry(maker: &mut Maker) {
    let index = unit("谢家坳村");
    let person = format!("returnee-{:02}-1", index + 1);
    let rec = maker.of(Enterprise::SCHEMA, index, ymd(2021, 1, 15));
    let garden = maker.put(
        rec.text("name", "龙林草莓园")
            .text("returnee", person.clone())
            .text("products", "草莓")
            .show("output_least", 2500)
            .show("output_most", 3000)
            .text("output_unit", "斤每亩")
            .text("brand", "龙林")
            .text("corridor", "106国道沿线")
            .text("technology", "优选品种、合理密植"),
    );
    let rec = maker.of(ReturneeContact::SCHEMA, index, ymd(2021, 1, 15));
    maker.put(
        rec.text("returnee", person)
            .show("date", ymd(2014, 1, 1))
            .text("kind", "returned")
            .text(
                "note",
                "2014年在村党支部对接、支持下放弃在外高新工作，回村投资（日期只知年份）",
            ),
    );
    let rec = maker.of(Technology::SCHEMA, index, ymd(2021, 2, 1));
    maker.put(
        rec.text("name", "优选品种、合理密植")
            .text("crop", "草莓")
            .text("enterprise", garden)
            .show("date", ymd(2021, 2, 1)),
    );
    for (product, note) in [("葡萄", "避雨栽培"), ("火龙果", "大棚补光")] {
        let rec = maker.of(Enterprise::SCHEMA, index, ymd(2021, 3, 1));
        maker.put(
            rec.text("name", format!("示例{product}大棚"))
                .text("products", product)
                .show("mu", 26)
                .int("jobs", 9)
                .text("corridor", "106国道沿线")
                .text("technology", note),
        );
    }
}

const TRADES: [(&str, &str); 6] = [
    ("蔬菜合作社", "时令蔬菜"),
    ("服装加工点", "服装"),
    ("电商服务站", "农特产品"),
    ("家庭农场", "稻虾"),
    ("中药材初加工", "黄精片"),
    ("民宿", "餐饮住宿"),
];

/// 25 enterprises of placeholders; together with the two greenhouses they give work to 612.
fn enterprises(maker: &mut Maker) {
    let villages: Vec<usize> = units().filter(|(_, u)| !u.community).map(|(i, _)| i).collect();
    let mut left = 612 - 18;
    for k in 0..25_usize {
        let index = villages[k * 11 % villages.len()];
        let mut dice = Dice::new("enterprise", k);
        let (name, products) = TRADES[k % TRADES.len()];
        let jobs = if k == 24 { left } else { dice.between(14, 32).min(left) };
        left -= jobs;
        let since = ym(2018 + (k % 4) as i32, 1 + (k % 12) as i32);
        let rec = maker.of(Enterprise::SCHEMA, index, ymd(2021, 2, 8).plus_days(k as i32 * 6));
        let id = maker.put(
            rec.text("name", format!("示例{name}{:02}", k + 1))
                .text(
                    "returnee",
                    if UNITS[index].name == "寺前村" {
                        String::new()
                    } else {
                        own_returnee(index)
                    },
                )
                .show("since", since)
                .text("products", products)
                .show("mu", dice.between(8, 120))
                .show("investment", dice.between(12, 180))
                .int("jobs", jobs),
        );
        support(maker, index, k, &id);
    }
}

/// The first placeholder among the unit's returnees (the persons of the article come first in two villages).
pub(in crate::model) fn own_returnee(index: usize) -> String {
    let second = matches!(UNITS[index].name, "谢家坳村" | "寺前村");
    format!("returnee-{:02}-{}", index + 1, 1 + usize::from(second))
}

fn support(maker: &mut Maker, index: usize, k: usize, enterprise: &str) {
    let mut dice = Dice::new("support", k + 100);
    if k % 2 == 0 {
        let date = ymd(2022, 1, 20).plus_days(dice.between(0, 290) as i32);
        let rec = maker.of(Policy::SCHEMA, index, date);
        maker.put(
            rec.text("enterprise", enterprise)
                .text(
                    "policy",
                    dice.pick(&["返乡创业补贴", "农业产业奖补", "创业担保贷款贴息"]),
                )
                .text("level", dice.pick(&["county", "city", "province"]))
                .show("amount", dice.between(2, 12))
                .show("date", date),
        );
    }
    if k % 3 == 1 {
        let signed = ymd(2021, 11, 5).plus_days(dice.between(0, 330) as i32);
        let rec = maker.of(LandTransfer::SCHEMA, index, signed);
        maker.put(
            rec.text("enterprise", enterprise)
                .show("mu", dice.between(12, 90))
                .show("price", dice.between(260, 420))
                .show("signed", signed)
                .show("from", signed)
                .show("until", signed.plus_months(120)),
        );
    }
}

/// The unit's cadres and the projects they look after; a few have none yet (F9).
fn assignments(maker: &mut Maker, index: usize) {
    let row = &UNITS[index];
    let since = ymd(2021, 9, 1);
    for k in 0..3_usize {
        if (index + k * 5) % 17 == 4 || row.community {
            continue;
        }
        let rec = maker.of(Assignment::SCHEMA, index, since);
        let id = maker.put(
            rec.text("cadre", format!("cadre-{:02}-{}", index + 1, k + 1))
                .text("project", format!("project-{:02}-1", index + 1))
                .text("frequency", "monthly")
                .show("since", since),
        );
        let mut dice = Dice::new("visit", index * 4 + k);
        let date = ymd(2022, 9, 5).plus_days(dice.between(0, 70) as i32);
        let rec = maker.of(ProjectVisit::SCHEMA, index, date);
        maker.put(
            rec.text("assignment", id)
                .show("date", date)
                .text(
                    "found",
                    dice.pick(&["苗情正常，缺两个零工", "仓库紧张，等验收", "销路稳定，价格略低"]),
                )
                .text("solved", if k == 0 { "协调了晾晒场地" } else { "" }),
        );
    }
    if row.community {
        community_assignments(maker, index, since);
    }
}

/// In communities cadres look after an enterprise or shop.
fn community_assignments(maker: &mut Maker, index: usize, since: crate::model::date::Day) {
    let rec = maker.of(Enterprise::SCHEMA, index, ymd(2021, 6, 1));
    let shop = maker.put(
        rec.text("name", format!("示例社区商户{:02}", index + 1))
            .text("products", "便民服务")
            .show("since", ym(2020, 5)),
    );
    for k in 0..3_usize {
        if (index + k) % 13 == 6 {
            continue;
        }
        let rec = maker.of(Assignment::SCHEMA, index, since);
        maker.put(
            rec.text("cadre", format!("cadre-{:02}-{}", index + 1, k + 1))
                .text("enterprise", shop.clone())
                .text("frequency", "monthly")
                .show("since", since),
        );
    }
}

fn trips(maker: &mut Maker, index: usize) {
    if index % 2 == 1 {
        return;
    }
    let mut dice = Dice::new("trip", index);
    let date = ymd(2022, 2, 6).plus_days(dice.between(0, 200) as i32);
    let city = dice.pick(&["武汉", "东莞", "深圳", "温州", "咸宁"]);
    let rec = maker.of(Outreach::SCHEMA, index, date);
    let trip = maker.put(
        rec.show("date", date)
            .text("place", city)
            .text("who", secretary_name(index))
            .text("met", "在外同乡")
            .yes("led_by_secretary", index % 4 == 0)
            .int("leads", 2),
    );
    for k in 0..2_usize {
        let state = ["talking", "lead", "signed", "dropped", "lead"][(index + k) % 5];
        let rec = maker.of(Prospect::SCHEMA, index, date);
        let prospect = maker.put(
            rec.text("name", format!("示例意向{:02}{}", index + 1, k + 1))
                .text("place", city)
                .text("kind", if k == 0 { "found" } else { "work" })
                .yes("by_secretary", k == 0)
                .text("outreach", trip.clone())
                .show("date", date)
                .text("state", state),
        );
        let call = date.plus_days(20);
        let rec = maker.of(ReturneeContact::SCHEMA, index, call);
        maker.put(
            rec.text("prospect", prospect)
                .show("date", call)
                .text("kind", "contact")
                .text("way", "phone")
                .text("by", secretary_name(index))
                .text("note", "介绍场地、用工和贷款政策"),
        );
    }
}

fn need(maker: &mut Maker, index: usize) {
    let mut dice = Dice::new("need", index);
    let date = ymd(2022, 4, 2).plus_days(dice.between(0, 190) as i32);
    let solved = Some(date.plus_days(40));
    let rec = maker.of(Need::SCHEMA, index, date);
    maker.put(
        rec.text("returnee", own_returnee(index))
            .show("date", date)
            .text(
                "text",
                dice.pick(&["孩子转学到镇小学", "冷库用电增容", "周转贷款二十万元", "临时仓储场地"]),
            )
            .show("due", date.plus_days(60))
            .show("replied", date.plus_days(9))
            .maybe(
                "solved",
                solved.filter(|d| *d <= crate::model::programmes::sample::as_of()),
            ),
    );
}

/// 46 with an intention, 31 hired, 17 in the plan, 12 assessed, 8 elected, 7 in the committees; the last is the secretary of 寺前村.
fn path(maker: &mut Maker) {
    let siqian = unit("寺前村");
    let rec = maker.of(Thousand::SCHEMA, siqian, ymd(2021, 3, 30));
    maker.put(
        rec.text("name", "龚正宇")
            .text("returnee", format!("returnee-{:02}-1", siqian + 1))
            .show(
                "elected",
                crate::model::programmes::lead::sample::secretaries::appointed(siqian),
            )
            .show(
                "joined",
                crate::model::programmes::lead::sample::secretaries::appointed(siqian),
            )
            .text("post", "党支部书记、村委会主任")
            .text("secretary", secretary_id(siqian)),
    );
    for k in 0..45_usize {
        let index = k * 16 % UNITS.len();
        let steps = match k {
            0..6 => 6,
            6 => 5,
            7..11 => 4,
            11..16 => 3,
            16..30 => 2,
            _ => 1,
        };
        person(maker, index, k + 1, steps);
    }
}

fn person(maker: &mut Maker, index: usize, number: usize, steps: usize) {
    let intent = ymd(2021, 2, 20).plus_days((number * 7) as i32);
    let days = [0, 30, 75, 150, 230, 245].map(|n| intent.plus_days(n));
    let at = |step: usize| (steps > step).then(|| days[step]);
    let own = maker.next_id(Thousand::SCHEMA, index);
    let name = format!("示例意向人员{number:02}");
    let mut cadre = String::new();
    if steps == 6 {
        let rec = maker.of(Cadre::SCHEMA, index, days[5]);
        cadre = maker.put(
            rec.text("name", name.clone())
                .text("post", "委员")
                .show("since", days[5])
                .text("path", own),
        );
        let project = format!("project-{:02}-1", index + 1);
        if !UNITS[index].community {
            let rec = maker.of(Assignment::SCHEMA, index, days[5]);
            maker.put(
                rec.text("cadre", cadre.clone())
                    .text("project", project)
                    .show("since", days[5].plus_days(10)),
            );
        }
    }
    let left = (steps == 1 && number % 5 == 0).then(|| intent.plus_days(120));
    let rec = maker.of(Thousand::SCHEMA, index, intent);
    maker.put(
        rec.text("name", name)
            .show("intent", days[0])
            .maybe("hired", at(1))
            .maybe("enrolled", at(2))
            .maybe("assessed", at(3))
            .text("assess_result", if steps > 3 { "pass" } else { "" })
            .maybe("elected", at(4))
            .maybe("joined", at(5))
            .text("post", if steps == 6 { "委员" } else { "" })
            .text("cadre", cadre)
            .maybe("left", left)
            .text("left_reason", if left.is_some() { "另有工作安排" } else { "" }),
    );
}

fn measures(maker: &mut Maker) {
    const MEASURES: [(&str, &str, i64); 4] = [
        ("housing", "返乡能人周转住房", 6),
        ("school", "子女就近入学协调", 9),
        ("loan", "创业贷款绿色通道", 14),
        ("desk", "返乡创业一站式窗口", 41),
    ];
    for (kind, text, served) in MEASURES {
        let rec = maker.of_town(Measure::SCHEMA, ymd(2021, 8, 2));
        maker.put(
            rec.text("kind", kind)
                .text("text", text)
                .show("since", ymd(2021, 8, 2))
                .int("served", served),
        );
    }
}
