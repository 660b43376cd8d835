//! What a town can change about 青苗.

use crate::model::settings::Rule;

/// How often a mobile member is contacted.
#[rustfmt::skip]
pub const MOBILE_DAYS: Rule<i32> = Rule::whole("rule.mobile_days", "流动党员联系间隔", "天", "90", "多少天内应联系一次");
/// Days of silence after which the contact that is due is announced.
#[rustfmt::skip]
pub const MOBILE_WARN_DAYS: Rule<i32> = Rule::whole("rule.mobile_warn_days", "流动党员联系提醒", "天", "75", "超过多少天未联系时提醒");
/// Months away after which a member is a mobile one.
#[rustfmt::skip]
pub const MOBILE_MONTHS: Rule<i32> = Rule::whole("rule.mobile_months", "流动党员认定", "个月", "6", "连续外出多少个月认定为流动党员");
/// Reserve cadres that each unit has at least.
#[rustfmt::skip]
pub const RESERVE_MINIMUM: Rule<i32> = Rule::whole("rule.reserve_minimum", "后备干部最少人数", "人", "1", "每个村（社区）至少几名，通常为 2");
/// Months for which an activist is observed at least.
#[rustfmt::skip]
pub const ACTIVIST_MONTHS: Rule<i32> = Rule::whole("rule.activist_months", "积极分子考察期", "个月", "12", "确定为积极分子后至少考察多少个月");
/// Months of probation.
#[rustfmt::skip]
pub const PROBATION_MONTHS: Rule<i32> = Rule::whole("rule.probation_months", "预备期", "个月", "12", "自支部党员大会通过之日起");
/// Whether the meeting within a month of the preliminary examination is asked for under the version of 2014, too.
#[rustfmt::skip]
pub const PRECHECK_2014: Rule<bool> = Rule::yes_no("rule.precheck_2014", "2014年版预审后一个月开会", "true", "预审合格后一个月内召开支部党员大会的要求是否用于2014年版");
/// Working days of a public notice.
#[rustfmt::skip]
pub const NOTICE_DAYS: Rule<i32> = Rule::whole("rule.notice_days", "公示工作日", "个工作日", "5", "发展对象公示不少于多少个工作日");
/// Whether the day of posting is the first of them.
#[rustfmt::skip]
pub const NOTICE_FIRST_DAY: Rule<bool> = Rule::yes_no("rule.notice_first_day", "公示首日计入", "true", "公示当天是否算第一个工作日；从第二天起算的选否");

/// Names of the five measures for a mobile member (M8).
#[rustfmt::skip]
pub const FIVE_UPDATE: Rule<str> = Rule::text("label.five.update", "五个一之一", "更新一次信息", "可改为本地的措施");
/// The second.
#[rustfmt::skip]
pub const FIVE_MEETING: Rule<str> = Rule::text("label.five.meeting", "五个一之二", "召开一次座谈会", "可改为本地的措施");
/// The third.
#[rustfmt::skip]
pub const FIVE_VISIT: Rule<str> = Rule::text("label.five.visit", "五个一之三", "开展一次慰问", "可改为本地的措施");
/// The fourth.
#[rustfmt::skip]
pub const FIVE_LINK: Rule<str> = Rule::text("label.five.link", "五个一之四", "建立一项联系机制", "可改为本地的措施");
/// The fifth.
#[rustfmt::skip]
pub const FIVE_PLATFORM: Rule<str> = Rule::text("label.five.platform", "五个一之五", "搭建一个学习平台", "可改为本地的措施");
