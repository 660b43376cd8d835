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

/// The office that sends papers.
#[rustfmt::skip]
pub const PAPER_OFFICE: Rule<str> = Rule::text("paper.office", "发文机关", "", "材料上的机关名称，不填时按镇名写作“中共某镇委员会”");
/// Whom reports of the town go to.
#[rustfmt::skip]
pub const PAPER_ADDRESSEE: Rule<str> = Rule::text("paper.addressee", "汇报主送机关", "", "工作汇报的主送机关，不填时按所属县写");
/// Who signs papers of the town and of districts.
#[rustfmt::skip]
pub const PAPER_SIGNATURE: Rule<str> = Rule::text("paper.signature", "材料落款", "", "不填时和发文机关一样");
/// The code of the office in numbers of documents.
#[rustfmt::skip]
pub const PAPER_CODE: Rule<str> = Rule::text("paper.code", "发文机关代字", "", "填“天镇党”时，文号写作“天镇党〔2026〕12号”；不填的不写文号");
/// Whether Latin letters and digits of papers are Times.
#[rustfmt::skip]
pub const PAPER_TIMES: Rule<bool> = Rule::yes_no("paper.times", "数字用 Times New Roman", "false", "国家标准的式样里数字和正文同体，当地另有习惯的选是");
/// Sections of a report, in order.
#[rustfmt::skip]
pub const PAPER_SECTIONS: Rule<str> = Rule::text("paper.sections", "工作汇报的部分", "总体情况、工作进展、存在问题、下一步工作、分片区情况", "用顿号隔开，可以去掉几项、调换先后");
