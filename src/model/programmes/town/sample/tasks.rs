//! The month's report: asked for by the town, sent by all units but three (示例).

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use crate::model::programmes::town::calendar::{HolidayRow, Supervision, Waiver};
use crate::model::programmes::town::holiday_notice;
use crate::model::programmes::town::ledgers::{Dispatch, SentPaper, Submission};
use crate::model::programmes::town::sample::units::units;

/// Units that have not sent anything yet.
const WAITING: [&str; 3] = ["乌龟石村", "渣冲村", "龙背村"];

/// The unit that was reminded.
const REMINDED: &str = "龙背村";

/// Text of the reminder that went out, `@` for the code of the unit, as [`crate::view::paper::block`] stores it.
const REMINDER: &str = r#"{"kind":"reminder","scope":"@","day":"2022-11-16","blocks":[{"id":"title","body":{"title":"关于做好11月填报的提醒"}},{"id":"addressee","body":{"addressee":"龙背村党组织"}},{"id":"what","body":{"paragraph":[{"t":"11月填报的截止日期是2022年11月25日，请把今年1至11月开过的夜话和收到的群众建议填好后上报。"}]}},{"id":"how","body":{"paragraph":[{"t":"填报中有不清楚的，请与镇党建办联系。"}]}},{"id":"signature","body":{"signature":"中共天城镇委员会"}},{"id":"date","body":{"date":"2022年11月16日"}}]}"#;

/// The notice of 2022 (国办发明电〔2021〕11号), as the office pasted it.
const HOLIDAYS: &str = "\
一、元旦：2022年1月1日至3日放假，共3天。
二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星期日）上班。
三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
四、劳动节：4月30日至5月4日放假调休，共5天。4月24日（星期日）、5月7日（星期六）上班。
五、端午节：6月3日至5日放假，共3天。
六、中秋节：9月10日至12日放假，共3天。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。";

/// The year of them.
const YEAR: i32 = 2022;

fn holidays(maker: &mut Maker) {
    for holiday in holiday_notice::read(HOLIDAYS, YEAR).holidays {
        let rec = maker.of_town(HolidayRow::SCHEMA, ymd(2022, 1, 4));
        let worked: Vec<String> = holiday.worked.iter().map(ToString::to_string).collect();
        maker.put(
            rec.int("year", i64::from(holiday.year))
                .text("name", holiday.name)
                .show("from", holiday.from)
                .show("to", holiday.to)
                .text("worked", worked.join("、"))
                .text("source", "国务院办公厅关于2022年部分节假日安排的通知"),
        );
    }
}

/// What the office follows up, and what does not apply.
fn followed(maker: &mut Maker) {
    for (index, row) in units() {
        if row.name == REMINDED {
            let rec = maker.of(Supervision::SCHEMA, index, ymd(2022, 11, 14));
            maker.put(
                rec.text("number", "2022-01")
                    .text("matter", "计划事项逾期，说明原因并定出办结日期")
                    .text("who", "示例书记")
                    .show("date", ymd(2022, 11, 14))
                    .show("until", ymd(2022, 11, 28))
                    .text("state", "running"),
            );
        }
        // Its group did not meet in October.
        if index % 9 == 3 && !row.community {
            let rec = maker.of(Waiver::SCHEMA, index, ymd(2022, 11, 3));
            maker.put(
                rec.text("matter", "10月党小组会")
                    .text(
                        "due",
                        format!("party_life:{}:branch-{:02}-1:group:2022-10-01", row.code, index + 1),
                    )
                    .text("reason", "党小组长外出务工，与支部大会合并召开")
                    .show("date", ymd(2022, 11, 3)),
            );
        }
    }
}

pub(in crate::model) fn fill(maker: &mut Maker) {
    holidays(maker);
    followed(maker);
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
