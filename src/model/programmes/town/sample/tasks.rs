//! The month's report: asked for by the town, sent by all units but three (示例).

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use crate::model::programmes::town::ledgers::{Dispatch, SentPaper, Submission};
use crate::model::programmes::town::sample::units::units;

/// Units that have not sent anything yet.
const WAITING: [&str; 3] = ["乌龟石村", "渣冲村", "龙背村"];

/// The unit that was reminded.
const REMINDED: &str = "龙背村";

/// Text of the reminder that went out, `@` for the code of the unit, as [`crate::view::paper::block`] stores it.
const REMINDER: &str = r#"{"kind":"reminder","scope":"@","day":"2022-11-16","blocks":[{"id":"title","body":{"title":"关于做好11月填报的提醒"}},{"id":"addressee","body":{"addressee":"龙背村党组织"}},{"id":"what","body":{"paragraph":[{"t":"11月填报的截止日期是2022年11月25日，请把今年1至11月开过的夜话和收到的群众建议填好后上报。"}]}},{"id":"how","body":{"paragraph":[{"t":"填报中有不清楚的，请与镇党建办联系。"}]}},{"id":"signature","body":{"signature":"中共天城镇委员会"}},{"id":"date","body":{"date":"2022年11月16日"}}]}"#;

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
        if row.name == REMINDED {
            let sent = ymd(2022, 11, 16);
            let rec = maker.of(SentPaper::SCHEMA, index, sent);
            maker.put(
                rec.text("title", "关于做好11月填报的提醒")
                    .text("kind", "催报通知")
                    .show("date", sent)
                    .text("to", "龙背村党组织")
                    .text("body", REMINDER.replace('@', row.code)),
            );
        }
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
