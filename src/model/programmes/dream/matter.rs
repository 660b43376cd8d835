//! 四议两公开: six steps in order, with votes at the third and fourth (docs/requirements.md §2.3).

use crate::model::date::Day;
use crate::model::engine::workflow::{Outcome, Step, step, take};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::dream::ledgers::Matter;

/// The six steps in order.
pub const STEPS: [Step; 6] = [
    step(Matter::FIELDS.proposed, "党组织提议", "村（社区）党组织"),
    step(Matter::FIELDS.discussed, "两委商议", "村（社区）两委"),
    step(Matter::FIELDS.reviewed, "党员大会审议", "党员大会"),
    step(Matter::FIELDS.resolved, "村（居）民代表会议决议", "村（居）民代表会议"),
    step(Matter::FIELDS.published, "决议公开", "村（社区）"),
    step(Matter::FIELDS.result_published, "实施结果公开", "村（社区）"),
];

/// How many leading steps had been taken on a day.
pub fn reached(row: Matter, on: Day) -> usize {
    crate::model::engine::workflow::reached(Matter::SCHEMA, row.cells(), &STEPS, on)
}

/// Whether all six steps have a day on or before `on`, in whatever order they were entered.
pub fn complete(row: Matter, on: Day) -> bool {
    reached(row, on) == STEPS.len()
}

/// The step that comes next.
pub fn next(row: Matter) -> Option<&'static Step> {
    crate::model::engine::workflow::next(Matter::SCHEMA, row.cells(), &STEPS)
}

/// Takes a step on a day; 审议 and 决议 need their counts first.
///
/// # Errors
/// Notices when a step is missing before it, or when a vote is missing or cannot be.
pub fn advance(row: Matter, field: &str, on: Day) -> Outcome {
    let votes = check_votes(row);
    let missing = |counts: [Option<i64>; 3], place: &str| {
        counts
            .iter()
            .any(Option::is_none)
            .then(|| Notice::error(place, "没有表决情况", "填写应到、实到和赞成人数"))
    };
    let needed = match field {
        "reviewed" => missing(
            [row.review_due(), row.review_present(), row.review_ayes()],
            "review_due",
        ),
        "resolved" => missing(
            [row.resolve_due(), row.resolve_present(), row.resolve_ayes()],
            "resolve_due",
        ),
        _ => None,
    };
    let mut notices: Vec<Notice> = needed.into_iter().collect();
    if matches!(field, "reviewed" | "resolved") {
        notices.extend(votes);
    }
    if !notices.is_empty() {
        return Err(notices);
    }
    take(Matter::SCHEMA, row.cells(), &STEPS, field, on)
}

/// Votes that cannot be: more present than entitled, more ayes than present.
pub fn check_votes(row: Matter) -> Vec<Notice> {
    let pairs = [
        ("review", row.review_due(), row.review_present(), row.review_ayes()),
        ("resolve", row.resolve_due(), row.resolve_present(), row.resolve_ayes()),
    ];
    let mut notices = Vec::new();
    for (prefix, due, present, ayes) in pairs {
        if present.zip(due).is_some_and(|(p, d)| p > d) {
            let place = format!("{prefix}_present");
            notices.push(Notice::error(place, "实到人数多于应到人数", "核对应到和实到人数"));
        }
        if let Some((ayes, present)) = ayes.zip(present).filter(|(a, p)| a > p) {
            notices.push(Notice::error(
                format!("{prefix}_ayes"),
                format!("赞成 {ayes} 人，多于实到 {present} 人"),
                "核对赞成和实到人数",
            ));
        }
    }
    notices
}
