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

/// Full members from which a branch has a committee (docs/requirements.md §2.1).
#[rustfmt::skip]
pub const COMMITTEE_MEMBERS: Rule<i32> = Rule::whole("rule.committee_members", "设支委会的党员数", "人", "7", "党员达到多少人的支部按月开支委会；不到的不计");
/// Months in which at least one party lesson is held.
#[rustfmt::skip]
pub const LESSON_MONTHS: Rule<i32> = Rule::whole("rule.lesson_months", "党课间隔", "个月", "3", "每几个月至少一次党课，条例只写定期；填 1、2、3、4、6 或 12");
