//! A score sheet of the county that is not in use (示例): until the town uses one, the default sheet holds.

use crate::model::engine::sample::{Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::ledgers::{ScoreItem, ScoreMark, ScoreSheet};
use crate::model::programmes::town::sample::units::unit;

/// Made after everything else, so that the ids and the order of all other records stay.
pub(in crate::model) fn fill(maker: &mut Maker) {
    let entered = ymd(2022, 11, 18);
    let rec = maker.of_town(ScoreSheet::SCHEMA, entered);
    let sheet = maker.put(
        rec.text("name", "县对镇党建考核办法（示例）")
            .int("since", 2022)
            .text("whose", "county")
            .show("excellent", 90)
            .show("good", 80)
            .show("fair", 60)
            .text("state", "unused"),
    );
    let items = [
        ("dream", "夜话开展", "60", "indicator", "dream.night_talks"),
        ("lead", "党建特色工作", "40", "mark", ""),
        ("base", "阵地闲置", "5", "deduct", ""),
    ];
    for (order, (programme, name, points, way, indicator)) in (1..).zip(items) {
        let rec = maker.of_town(ScoreItem::SCHEMA, entered);
        let item = maker.put(
            rec.text("sheet", sheet.as_str())
                .text("programme", programme)
                .text("name", name)
                .text("points", points)
                .text("way", way)
                .text("indicator", indicator)
                .int("order", order),
        );
        if way == "mark" {
            let rec = maker.of(ScoreMark::SCHEMA, unit("浮溪桥村"), entered);
            maker.put(
                rec.text("item", item)
                    .int("year", 2022)
                    .text("self_points", "36")
                    .text("self_reason", "夜话和计划公开做法在全镇推广"),
            );
        }
    }
}
