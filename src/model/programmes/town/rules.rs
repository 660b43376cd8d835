//! What a town can change that belongs to no single programme.

use crate::model::date::Day;
use crate::model::settings::Rule;

/// Start of the counting window (Z12).
#[rustfmt::skip]
pub const WINDOW_START: Rule<Day> = Rule::day("window.start", "统计起点", "2022-02-10", "起点活动的日期，夜话和计划可从这一天起统计");
/// The event with which the counting window begins (Z12).
#[rustfmt::skip]
pub const WINDOW_EVENT: Rule<str> = Rule::text("window.event", "起点活动", "县委三级干部大会", "统计起点那一天的活动，从这一天起统计时写明");
/// Names of the three links of the mechanism 三联 (G11).
#[rustfmt::skip]
pub const LINK_FIRST: Rule<str> = Rule::text("label.link.first", "三联之一", "第一联", "“三联”工作机制第一联的名称");
/// The second.
#[rustfmt::skip]
pub const LINK_SECOND: Rule<str> = Rule::text("label.link.second", "三联之二", "第二联", "“三联”工作机制第二联的名称");
/// The third.
#[rustfmt::skip]
pub const LINK_THIRD: Rule<str> = Rule::text("label.link.third", "三联之三", "第三联", "“三联”工作机制第三联的名称");
/// Whether pages rank districts (F20).
#[rustfmt::skip]
pub const RANKING: Rule<bool> = Rule::yes_no("show.ranking", "显示排名", "false", "默认不排名，打开后各表可按结果排序比较");
