//! The month's report: asked for by the town, sent by all units but three (示例).

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use crate::model::programmes::town::ledgers::{Dispatch, Submission};
use crate::model::programmes::town::sample::units::units;

/// Units that have not sent anything yet.
const WAITING: [&str; 3] = ["乌龟石村", "渣冲村", "龙背村"];

pub(in crate::model) fn fill(maker: &mut Maker) {
    let asked = [NightTalk::SCHEMA, Suggestion::SCHEMA];
    let rec = maker.of_town(Dispatch::SCHEMA, ymd(2022, 11, 1));
    let task = maker.put(
        rec.text("title", "11月填报")
            .text("period", "2022-01至2022-11")
            .list("ledgers", asked.map(|ledger| ledger.id))
            .show("due", ymd(2022, 11, 25))
            .text("note", "今年1至11月开过的夜话和收到的群众建议，都请填上再上报"),
    );
    for (index, row) in units() {
        if WAITING.contains(&row.name) {
            continue;
        }
        let day = ymd(2022, 11, 17).plus_days(i32::try_from(Dice::new("report", index).roll(6)).unwrap_or(0));
        let filled = asked.iter().filter(|ledger| maker.has(ledger, row.code, "2022-"));
        let filled = i64::try_from(filled.count()).unwrap_or(0);
        let rec = maker.of(Submission::SCHEMA, index, day);
        maker.put(
            rec.text("task", task.as_str())
                .show("date", day)
                .text("by", format!("示例填报人{:02}", index + 1))
                .int("filled", filled)
                .int("asked", 2),
        );
    }
}
