//! What a town can change about 头雁.

use crate::model::settings::Rule;
use crate::model::value::Decimal;

/// How often a leader talks to each secretary.
#[rustfmt::skip]
pub const CONTACT_DAYS: Rule<i32> = Rule::whole("rule.contact_days", "片区联系间隔", "天", "30", "班子成员多少天内应与村（社区）书记联系一次");
/// Hours a secretary is to learn in a year.
#[rustfmt::skip]
pub const TRAINING_HOURS: Rule<Decimal> = Rule::number("rule.training_hours", "书记年学时", "学时", "56", "书记和班子成员每年不少于多少学时");
/// Term of both committees.
#[rustfmt::skip]
pub const ELECTION_YEARS: Rule<i32> = Rule::whole("rule.election_years", "两委任期", "年", "5", "每隔多少年换届一次");
