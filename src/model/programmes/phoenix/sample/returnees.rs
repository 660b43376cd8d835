//! 引凤 of the sample: capable people who came home.

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::phoenix::ledgers::Returnee;
use crate::model::programmes::town::sample::units::units;

pub(in crate::model) fn fill(maker: &mut Maker) {
    let mut number = 0;
    for (index, row) in units() {
        let others = match row.name {
            "寺前村" => 4,
            "谢家坳村" => 3,
            "河田村" | "浮溪桥村" => 3,
            _ if row.community => 1,
            _ if index % 3 == 0 => 2,
            _ => 1,
        };
        named(maker, index, row.name);
        for _ in 0..others {
            number += 1;
            placeholder(maker, index, number);
        }
    }
    // 61 placeholders and the two whom the article names make 63.
    for index in (0..39).cycle().skip(14) {
        if number >= 61 {
            break;
        }
        number += 1;
        placeholder(maker, index, number);
    }
}

/// The two returnees of the article, with its facts and nothing else.
fn named(maker: &mut Maker, index: usize, unit: &str) {
    match unit {
        "谢家坳村" => {
            let rec = maker.of(Returnee::SCHEMA, index, ymd(2021, 1, 15));
            maker.put(
                rec.text("name", "李林波")
                    .text("kind", "found")
                    .int("returned", 2014)
                    .yes("member", true)
                    .text("former_job", "在外高新工作")
                    .text("posts", "联合党委委员")
                    .text("known_as", "草莓王子")
                    .text("persuader", "村党支部对接"),
            );
        }
        "寺前村" => {
            let rec = maker.of(Returnee::SCHEMA, index, ymd(2021, 1, 15));
            maker.put(
                rec.text("name", "龚正宇")
                    .text("kind", "work")
                    .text("former_job", "在外经商")
                    .text("posts", "党支部书记、村委会主任")
                    .text("persuader", "村里干部做工作"),
            );
        }
        _ => {}
    }
}

/// 40 founders and 21 workers among 61; with the two named persons 41 and 22.
fn placeholder(maker: &mut Maker, index: usize, number: usize) {
    let mut dice = Dice::new("returnee", number);
    let year = dice.between(2016, 2022);
    let found = number * 40 / 61 > (number - 1) * 40 / 61;
    let rec = maker.of(
        Returnee::SCHEMA,
        index,
        ymd(2021, 2, 1).plus_days(dice.between(0, 600) as i32),
    );
    maker.put(
        rec.text("name", format!("示例能人{number:02}"))
            .text("sex", if number % 4 == 3 { "female" } else { "male" })
            .text("kind", if found { "found" } else { "work" })
            .int("returned", year)
            .yes("member", number.is_multiple_of(3))
            .text(
                "former_place",
                dice.pick(&["武汉", "咸宁", "东莞", "温州", "苏州", "深圳"]),
            )
            .text(
                "former_job",
                dice.pick(&["工程管理", "服装加工", "电商", "餐饮", "建筑", "物流"]),
            )
            .text(
                "persuader",
                dice.pick(&["村党支部书记", "驻村工作队", "同乡会", "村两委干部"]),
            ),
    );
}
