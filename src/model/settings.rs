//! Targets, thresholds, weights and rules that a town can change: `setting` records over defaults.
//!
//! A setting is one record of the ledger `setting` whose id is its key, so settings merge like
//! everything else. [`RULES`] lists the keys that are not derived from an indicator.

use crate::order::Arrange;
use std::collections::BTreeMap;

use super::date::Day;
use super::ledger::{Choice, TypedRow as _};
use super::records::Records;
use super::value::Decimal;
use crate::model::programmes::town::ledgers::Setting;

/// What a rule's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// A whole number with its measure.
    Number(&'static str),
    /// A day.
    Day,
    /// One of several.
    Choice(&'static [Choice]),
    /// Free text.
    Text,
    /// `true` or `false`.
    YesNo,
}

/// A rule with its default. Never a constant in a formula: formulas ask [`Settings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Id of the setting record.
    pub key: &'static str,
    /// Label on the settings page.
    pub label: &'static str,
    /// Sentence under the label.
    pub help: &'static str,
    /// What the value looks like.
    pub kind: RuleKind,
    /// Value while no record says otherwise.
    pub default: &'static str,
}

const fn rule(
    key: &'static str,
    label: &'static str,
    kind: RuleKind,
    default: &'static str,
    help: &'static str,
) -> Rule {
    Rule {
        key,
        label,
        help,
        kind,
        default,
    }
}

/// What counts as income of a village (docs/requirements.md §2.6).
pub const INCOME_BASES: &[Choice] = &[
    Choice::new("operating", "经营性收入"),
    Choice::new("total", "总收入"),
    Choice::new("net", "经营收益"),
];

/// Every rule that is not part of an indicator.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    rule("window.start", "统计起点", RuleKind::Day, "2022-02-10", "县委三级干部大会等起点活动的日期，夜话和计划可从这一天起统计"),
    rule("rule.contact_days", "片区联系间隔", RuleKind::Number("天"), "30", "班子成员多少天内应与村（社区）书记联系一次"),
    rule("rule.mobile_days", "流动党员联系间隔", RuleKind::Number("天"), "90", "多少天内应联系一次"),
    rule("rule.mobile_warn_days", "流动党员联系提醒", RuleKind::Number("天"), "75", "超过多少天未联系时提醒"),
    rule("rule.mobile_months", "流动党员认定", RuleKind::Number("个月"), "6", "连续外出多少个月认定为流动党员"),
    rule("rule.stuck_days", "计划停留", RuleKind::Number("天"), "15", "计划在一个环节停留多少天算积压"),
    rule("rule.gap_percent", "缺口滞后线", RuleKind::Number("%"), "30", "缺口占应有数达到百分之多少时由预警转为滞后"),
    rule("rule.reply_days", "建议反馈时限", RuleKind::Number("天"), "30", "采纳的建议多少天内应反馈"),
    rule("rule.study_days", "建议研判时限", RuleKind::Number("天"), "15", "建议提出后多少天内应研判"),
    rule("rule.training_hours", "书记年学时", RuleKind::Number("学时"), "56", "书记和班子成员每年不少于多少学时"),
    rule("rule.reserve_minimum", "后备干部最少人数", RuleKind::Number("人"), "1", "每个村（社区）至少几名，通常为 2"),
    rule("rule.income_basis", "集体经济口径", RuleKind::Choice(INCOME_BASES), "operating", "按经营性收入、总收入还是经营收益统计"),
    rule("rule.income_low", "集体经济第一档", RuleKind::Number("万元"), "5", "超过多少万元算过第一档"),
    rule("rule.income_high", "集体经济第二档", RuleKind::Number("万元"), "10", "超过多少万元算过第二档"),
    rule("rule.herb_large", "千亩基地", RuleKind::Number("亩"), "1000", "面积达到多少亩算千亩基地"),
    rule("rule.election_years", "两委任期", RuleKind::Number("年"), "5", "每隔多少年换届一次"),
    rule("rule.activist_months", "积极分子考察期", RuleKind::Number("个月"), "12", "确定为积极分子后至少考察多少个月"),
    rule("rule.probation_months", "预备期", RuleKind::Number("个月"), "12", "自支部党员大会通过之日起"),
    rule("rule.precheck_2014", "2014年版预审后一个月开会", RuleKind::YesNo, "true", "预审合格后一个月内召开支部党员大会的要求是否用于2014年版"),
    rule("rule.notice_days", "公示工作日", RuleKind::Number("个工作日"), "5", "发展对象公示不少于多少个工作日"),
    rule("rule.notice_first_day", "公示首日计入", RuleKind::YesNo, "true", "公示当天是否算第一个工作日；从第二天起算的选否"),
    rule("label.link.first", "三联之一", RuleKind::Text, "第一联", "“三联”工作机制第一联的名称"),
    rule("label.link.second", "三联之二", RuleKind::Text, "第二联", "“三联”工作机制第二联的名称"),
    rule("label.link.third", "三联之三", RuleKind::Text, "第三联", "“三联”工作机制第三联的名称"),
    rule("label.five.update", "五个一之一", RuleKind::Text, "更新一次信息", "可改为本地的措施"),
    rule("label.five.meeting", "五个一之二", RuleKind::Text, "召开一次座谈会", "可改为本地的措施"),
    rule("label.five.visit", "五个一之三", RuleKind::Text, "开展一次慰问", "可改为本地的措施"),
    rule("label.five.link", "五个一之四", RuleKind::Text, "建立一项联系机制", "可改为本地的措施"),
    rule("label.five.platform", "五个一之五", RuleKind::Text, "搭建一个学习平台", "可改为本地的措施"),
    rule("show.ranking", "显示排名", RuleKind::YesNo, "false", "默认不排名，打开后各表可按结果排序比较"),
];

/// Settings in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    values: BTreeMap<String, String>,
}

impl Settings {
    /// Reads every `setting` record.
    pub fn read(records: &dyn Records) -> Settings {
        let mut values = BTreeMap::new();
        records.visit(Setting::LEDGER, None, &mut |cells| {
            if let Some(value) = Setting::of(cells).value() {
                values.insert(cells.id().to_string(), value.to_string());
            }
        });
        Settings { values }
    }

    /// The value a person set under `key`.
    pub fn own(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// The value in force: what a person set, else the rule's default, else empty.
    pub fn text(&self, key: &str) -> &str {
        self.own(key)
            .or_else(|| RULES.iter().find(|r| r.key == key).map(|r| r.default))
            .unwrap_or("")
    }

    /// A number in force; what is not a number falls back to the default.
    pub fn number(&self, key: &str) -> Decimal {
        let own = self.own(key).and_then(Decimal::parse);
        let default = || {
            RULES
                .iter()
                .find(|r| r.key == key)
                .and_then(|r| Decimal::parse(r.default))
        };
        own.or_else(default).unwrap_or_default()
    }

    /// A whole number in force, rounded down.
    pub fn int(&self, key: &str) -> i32 {
        i32::try_from(self.number(key).ten_thousandths() / 10_000).unwrap_or(i32::MAX)
    }

    /// Whether a yes/no rule is on.
    pub fn on(&self, key: &str) -> bool {
        self.text(key) == "true"
    }

    /// Start of the counting window (Z12).
    pub fn window_start(&self) -> Option<Day> {
        Day::parse(self.text("window.start"))
    }

    /// Every counting window: its label and its start. A setting whose id begins with `window.` is one.
    pub fn windows(&self, records: &dyn Records) -> Vec<(String, Day)> {
        let mut found = Vec::new();
        records.visit(Setting::LEDGER, None, &mut |cells| {
            let row = Setting::of(cells);
            if let (true, Some(day)) = (cells.id().starts_with("window."), row.value().and_then(Day::parse)) {
                found.push((row.label().unwrap_or("统计起点").to_string(), day));
            }
        });
        found.arrange_by_key(|(_, day)| *day);
        found
    }
}
