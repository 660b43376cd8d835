//! What a town can change about 筑梦.

use crate::model::settings::Rule;

/// Days a plan may wait for its next step.
#[rustfmt::skip]
pub const STUCK_DAYS: Rule<i32> = Rule::whole("rule.stuck_days", "计划停留", "天", "15", "计划在一个环节停留多少天算积压");
/// Days in which an adopted suggestion is answered.
#[rustfmt::skip]
pub const REPLY_DAYS: Rule<i32> = Rule::whole("rule.reply_days", "建议反馈时限", "天", "30", "采纳的建议多少天内应反馈");
/// Days in which a suggestion is studied.
#[rustfmt::skip]
pub const STUDY_DAYS: Rule<i32> = Rule::whole("rule.study_days", "建议研判时限", "天", "15", "建议提出后多少天内应研判");
