//! Town, districts, units, leaders and settings of the sample.

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::ledgers::{COMMUNITY, District, Leader, Setting, Town, Unit, VILLAGE};
use crate::model::programmes::town::sample::units::{DISTRICTS, UNITS};

pub(in crate::model) fn fill(maker: &mut Maker) {
    let start = ymd(maker.first_year(), 1, 4);
    let town = maker.fixed(Town::SCHEMA, "town", start);
    maker.put(
        town.text("name", "天城镇")
            .text("county", "崇阳县")
            .yes("sample_division", true),
    );
    for (i, name) in DISTRICTS.iter().enumerate() {
        let id = format!("d{:02}", i + 1);
        let district = maker.fixed(District::SCHEMA, &id, start);
        maker.put(district.text("name", *name).int("order", i as i64 + 1));
        let leader = maker.fixed(Leader::SCHEMA, &format!("leader-{:02}", i + 1), start);
        maker.put(
            leader
                .text("name", format!("示例领导{:02}", i + 1))
                .text("office", OFFICES[i])
                .text("district", id)
                .show("since", ymd(2021, 1, 10)),
        );
    }
    for unit in 0..UNITS.len() {
        one_unit(maker, unit);
    }
    let setting = maker.fixed(Setting::SCHEMA, "window.start", ymd(2022, 2, 10));
    maker.put(
        setting
            .text("label", "县委三级干部大会（示例日期）")
            .show("value", crate::model::programmes::sample::window_start()),
    );
}

/// Offices of the eleven leaders; the first five hold the talks before appointment (T9).
pub(in crate::model) const OFFICES: [&str; 11] = [
    "镇党委书记",
    "镇长",
    "副书记",
    "纪委书记",
    "组织委员",
    "宣传委员",
    "统战委员",
    "人大主席",
    "武装部长",
    "副镇长",
    "副镇长",
];

fn one_unit(maker: &mut Maker, index: usize) {
    let unit = &UNITS[index];
    let mut dice = Dice::new("unit", index);
    let households = if unit.community {
        dice.between(900, 2600)
    } else {
        dice.between(280, 760)
    };
    let members = match unit.name {
        "河田村" | "寺前村" => dice.between(40, 48),
        "大集社区" => 96,
        _ if unit.community => dice.between(60, 130),
        _ => dice.between(32, 66),
    };
    let org_type = match members {
        100.. => "committee",
        50.. => "general_branch",
        _ => "branch",
    };
    let branches = if members < 50 { 1 } else { 2 + members / 50 };
    let record = maker.fixed(Unit::SCHEMA, unit.code, ymd(maker.first_year(), 1, 4));
    maker.put(
        record
            .text("name", unit.name)
            .text("kind", if unit.community { COMMUNITY } else { VILLAGE })
            .text("district", format!("d{:02}", unit.district))
            .text("code", unit.code)
            .text("org_type", org_type)
            .int("branches", branches)
            .int("party_groups", branches * 2 + 1)
            .int("households", households)
            .int("population", households * 33 / 10 + dice.between(0, 90))
            .int("members", members)
            .text(
                "corridor",
                if unit.name == "谢家坳村" {
                    "106国道沿线"
                } else {
                    ""
                },
            ),
    );
}
