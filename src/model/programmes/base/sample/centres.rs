//! 强基 of the sample: centres and collective income.

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::base::ledgers::{Centre, Income};
use crate::model::programmes::town::sample::units::units;
use crate::model::programmes::town::sample::units::{Built, UnitRow};
use crate::model::value::Decimal;

pub(in crate::model) fn fill(maker: &mut Maker) {
    for (index, row) in units() {
        centre(maker, index, row);
        if !row.community {
            for year in (maker.first_year() - 1)..=2022 {
                income(maker, index, row, year);
            }
        }
    }
}

fn centre(maker: &mut Maker, index: usize, row: &UnitRow) {
    let mut dice = Dice::new("centre", index);
    let rec = maker
        .of(Centre::SCHEMA, index, ymd(2021, 4, 6).plus_days(index as i32))
        .text("name", format!("{}党员群众服务中心", row.name));
    let area = if row.community {
        dice.between(620, 1180)
    } else {
        dice.between(360, 720)
    };
    let rec = match row.centre {
        Built::New => rec
            .text("state", "built")
            .int("area", area)
            .int("year", dice.between(2018, 2021))
            .int("rooms", dice.between(6, 11))
            .show("funds", Decimal::whole(dice.between(60, 180)))
            .yes("publicity", true)
            .yes("surroundings", true),
        Built::Upgrading => rec
            .text("state", "upgrading")
            .int("area", area * 7 / 10)
            .int("year", dice.between(2008, 2015))
            .int("rooms", dice.between(4, 7))
            .show("funds", Decimal::whole(dice.between(8, 30)))
            .yes("parts_replaced", !index.is_multiple_of(3))
            .yes("content_updated", index % 4 == 1),
        Built::Planned => rec
            .text("state", "planned")
            .int("area", area)
            .show("planned_open", ymd(2023, 6, 30)),
    };
    let photo = if row.name == "浮溪桥村" {
        "浮溪桥村党员群众服务中心.jpg"
    } else {
        ""
    };
    let note = if row.name == "大集社区" {
        "结合最大的老旧小区改造点落户，正在申报社区阵地建设项目"
    } else {
        ""
    };
    let renewal = if row.name == "大集社区" {
        "最大的老旧小区改造点"
    } else {
        ""
    };
    maker.put(rec.text("photo", photo).text("renewal", renewal).text("note", note));
}

/// Operating income of a village in a year, in hundredths of 万元.
///
/// From 2021 on every village stands above 5 and eleven above 10, on every basis of counting.
fn hundredths(index: usize, row: &UnitRow, year: i32) -> i64 {
    let mut dice = Dice::new("income", index);
    let of_2021 = match row.name {
        "寺前村" => 3060,
        "谢家坳村" => 1850,
        _ if row.rich => dice.between(1060, 1540),
        _ => dice.between(540, 880),
    };
    match year {
        2022 => of_2021 * 104 / 100,
        2021 => of_2021,
        _ => of_2021 * i64::from((100 - (2021 - year) * 14).max(20)) / 100,
    }
}

fn income(maker: &mut Maker, index: usize, row: &UnitRow, year: i32) {
    let total = hundredths(index, row, year);
    let parts = [
        ("operation", total * 52 / 100),
        ("contract", total * 33 / 100),
        ("investment", total - total * 52 / 100 - total * 33 / 100),
        ("subsidy", 40),
    ];
    let entered = ymd(year, 12, 16).plus_days((index % 12) as i32);
    for (category, amount) in parts {
        let rec = maker.of(Income::SCHEMA, index, entered);
        maker.put(
            rec.int("year", i64::from(year))
                .text("category", category)
                .show("amount", Decimal::from_ten_thousandths(amount * 100)),
        );
    }
}
