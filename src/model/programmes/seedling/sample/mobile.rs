//! Mobile members of the sample: 184 away, 171 in contact within ninety days.

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::ledgers::{FiveOne, FiveOneKind, Mobile, MobileContact};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::units;

/// Mobile members of a unit; 184 in all.
fn count(index: usize) -> usize {
    match UNITS[index].name {
        "寺前村" => 14,
        "河田村" | "谢家坳村" => 7,
        _ if index % 3 == 0 => 5,
        _ => 4,
    }
}

pub(in crate::model) fn fill(maker: &mut Maker) {
    let mut number = 0;
    for (index, _) in units() {
        for _ in 0..count(index) {
            if number < 184 {
                number += 1;
                person(maker, index, number);
            }
        }
    }
    let spread = (0..39).cycle().skip(20);
    for index in spread {
        if number >= 184 {
            break;
        }
        number += 1;
        person(maker, index, number);
    }
}

const CITIES: &[&str] = &["武汉", "咸宁", "东莞", "深圳", "苏州", "温州", "长沙"];
const JOBS: &[&str] = &["务工", "经商", "建筑", "物流", "餐饮", "教育培训"];

fn person(maker: &mut Maker, index: usize, number: usize) {
    let mut dice = Dice::new("mobile", number);
    let since = ymd(2019, 2, 20).plus_days(dice.between(0, 1000) as i32);
    let entered = since.plus_months(6).max(ymd(2021, 3, 1));
    let intent = match number % 9 {
        0 => "found",
        4 => "work",
        2 | 6 => "maybe",
        _ => "none",
    };
    let first = maker.next_id(Mobile::SCHEMA, index) == format!("mobile-{:02}-1", index + 1);
    let promoted = first && became_reserve(index);
    let reserve = if promoted {
        format!("reserve-{:02}-2", index + 1)
    } else {
        String::new()
    };
    let intent = if promoted { "work" } else { intent };
    let rec = maker.of(Mobile::SCHEMA, index, entered);
    let id = maker.put(
        rec.text("name", format!("示例党员{number:03}"))
            .text("direction", "out")
            .show("since", since)
            .text("place", dice.pick(CITIES))
            .text("job", dice.pick(JOBS))
            .text("contact_person", format!("示例干部{:03}", index * 3 + 1))
            .yes("registered", number % 6 != 5)
            .text("intent", intent)
            .text(
                "services",
                if intent == "none" {
                    ""
                } else {
                    "寄送政策资料，代办证明"
                },
            )
            .text("reserve", reserve),
    );
    contacts(maker, index, number, &id);
    let measures = number % 4 + 1;
    for (k, measure) in FiveOneKind::ALL.iter().take(measures).enumerate() {
        let date = ymd(2022, 2, 3).plus_days((k * 60 + number % 40) as i32);
        let rec = maker.of(FiveOne::SCHEMA, index, date);
        maker.put(
            rec.text("mobile", id.clone())
                .int("year", 2022)
                .text("measure", measure.code)
                .show("date", date),
        );
    }
}

/// Units in which a mobile member became the second reserve cadre (M12).
pub(in crate::model) fn became_reserve(index: usize) -> bool {
    matches!(UNITS[index].name, "白泉村" | "浮溪桥村" | "河田村")
}

fn contacts(maker: &mut Maker, index: usize, number: usize, id: &str) {
    // 13 of 184 have not been in contact for more than ninety days.
    let silent = number % 14 == 3;
    let recent = 4 + (number % 80) as i32;
    let days = if silent { 96 + (number % 60) as i32 } else { recent };
    let last = crate::model::programmes::sample::as_of().plus_days(-days);
    for (k, date) in [last.plus_days(-120), last].into_iter().enumerate() {
        if k == 0 && number % 2 == 0 {
            continue;
        }
        let rec = maker.of(MobileContact::SCHEMA, index, date);
        maker.put(
            rec.text("mobile", id)
                .show("date", date)
                .text("way", if number % 3 == 0 { "message" } else { "phone" })
                .text(
                    "note",
                    Dice::new("call", number * 2 + k).pick(&[
                        "工作稳定，春节返乡",
                        "询问家乡产业政策",
                        "请支部照看老人，已安排",
                        "按时交纳党费，线上学习",
                        "有意回乡，想了解场地和贷款",
                    ]),
                ),
        );
    }
}
