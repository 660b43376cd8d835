//! What a town can change about how it counts: targets, thresholds, weights, kinds of unit, periods of time.
//!
//! Every value is a `setting` record whose id is its key, so that it merges, is kept in history and can be undone like
//! any record (G7, Z12, T21).

use super::format;
use crate::model::date::Day;
use crate::model::engine::indicator::{Aim, Applies, Indicator, Own};
use crate::model::ledger::{Lies, Programme, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes;
use crate::model::programmes::town::ledgers::Setting;
use crate::model::records::{Draft, Records};
use crate::model::settings::{About, RuleKind, Settings};
use crate::model::value::{Decimal, Value};
use crate::view::typed::{typed_amount, typed_day};

/// One value that can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Id of the setting record.
    pub key: String,
    /// Label.
    pub label: String,
    /// Sentence under it; may be empty.
    pub help: String,
    /// What the value looks like.
    pub kind: RuleKind,
    /// The value in force.
    pub value: String,
    /// The value while nobody changes it.
    pub default: String,
    /// The greatest number it may be.
    pub most: i64,
}

/// The greatest number of a rule that is no share.
const MOST: i64 = 100_000;

impl Item {
    /// Whether the town set something else.
    pub fn is_own(&self) -> bool {
        self.value != self.default
    }

    /// The value in words: `30 天`, `是`, `经营性收入`.
    pub fn words(&self, value: &str) -> String {
        match self.kind {
            RuleKind::Number(measure) => format::measured(value, measure),
            RuleKind::YesNo => if value == "true" { "是" } else { "否" }.to_owned(),
            RuleKind::Choice(options) => {
                let found = options.iter().find(|c| c.0 == value);
                found.map_or(value, |c| c.1).to_owned()
            }
            RuleKind::Text if value.is_empty() => "不填".to_owned(),
            RuleKind::Day | RuleKind::Text => value.to_owned(),
        }
    }
}

/// An indicator with what can be changed about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorItems {
    /// Its name.
    pub label: &'static str,
    /// What it counts.
    pub about: String,
    /// Target, thresholds, weight, kinds of unit.
    pub items: Vec<Item>,
}

/// Rules that belong to no single indicator.
pub fn general(records: &dyn Records) -> Vec<Item> {
    let settings = programmes::settings(records);
    let item = |rule: &About| Item {
        key: rule.key.to_owned(),
        label: rule.label.to_owned(),
        help: rule.help.to_owned(),
        kind: rule.kind,
        value: rule.shown(&settings).to_owned(),
        default: rule.default.to_owned(),
        most: MOST,
    };
    programmes::RULES.iter().copied().map(item).collect()
}

/// The indicators of a programme.
pub fn of_programme(programme: Programme, records: &dyn Records) -> Vec<IndicatorItems> {
    let settings = programmes::settings(records);
    programmes::indicators()
        .filter(|i| i.programme == programme)
        .map(|i| IndicatorItems {
            label: i.name,
            about: i.definition_in(&settings),
            items: items(i, &settings),
        })
        .collect()
}

const KINDS: RuleKind = RuleKind::Choice(&[("both", "村和社区"), ("village", "村"), ("community", "社区")]);

fn items(of: &'static Indicator, settings: &Settings) -> Vec<Item> {
    let item = |what: Own, label: &str, shape: RuleKind, default: String| {
        let key = of.key(what);
        Item {
            most: match what {
                Own::Normal | Own::Warning => 100,
                Own::Target | Own::Weight | Own::Kinds => MOST,
            },
            label: label.to_owned(),
            help: String::new(),
            kind: shape,
            value: settings.own(&key).map_or_else(|| default.clone(), str::to_owned),
            default,
            key,
        }
    };
    let applies = match of.applies {
        Applies::Both | Applies::Town => "both",
        Applies::Villages => "village",
        Applies::Communities => "community",
    };
    let mut out = Vec::new();
    let aim = match of.aim {
        Aim::Percent(n) => Some(("目标，不低于", "%", n)),
        Aim::PerUnit(n) => Some(("目标，每个单位每年不少于", of.measure, n)),
        Aim::AtMost(n) => Some(("目标，不超过", of.measure, n)),
        Aim::Nothing => None,
    };
    if let Some((label, measure, n)) = aim {
        out.push(item(Own::Target, label, RuleKind::Number(measure), n.to_string()));
        out.push(item(
            Own::Normal,
            "达到目标多少算正常",
            RuleKind::Number("%"),
            of.normal.to_string(),
        ));
        out.push(item(
            Own::Warning,
            "达到目标多少算预警",
            RuleKind::Number("%"),
            of.warning.to_string(),
        ));
        out.push(item(
            Own::Weight,
            "在本工程中的权重",
            RuleKind::Number(""),
            of.weight.to_string(),
        ));
    }
    out.push(item(Own::Kinds, "统计哪类单位", KINDS, applies.to_owned()));
    out
}

/// What a person typed, as it is stored.
///
/// # Errors
/// A notice that says what the value should look like.
pub fn checked(item: &Item, typed: &str, today: Day) -> Result<String, Notice> {
    let typed = typed.trim();
    let refuse = |what: String, todo: &str| Err(Notice::error(item.key.as_str(), what, todo));
    match item.kind {
        RuleKind::Number(measure) => {
            let most = item.most;
            match typed_amount(typed, Some(measure)).map(|amount| amount.value) {
                Some(n) if n >= Decimal::default() && n <= Decimal::whole(most) => Ok(n.to_string()),
                Some(_) => refuse(format!("{}应在 0 到 {most} 之间", item.label), "改成范围内的数"),
                None => refuse(format!("{}不是数字", item.label), "填数字，例如 30"),
            }
        }
        RuleKind::Day => match typed_day(typed, today, Lies::Past) {
            Some(day) => Ok(day.to_string()),
            None => refuse(format!("{}不是日期", item.label), "按 2022-02-10 的样子填写"),
        },
        RuleKind::YesNo if matches!(typed, "true" | "false") => Ok(typed.to_owned()),
        RuleKind::Choice(options) if options.iter().any(|c| c.0 == typed) => Ok(typed.to_owned()),
        RuleKind::YesNo | RuleKind::Choice(_) => refuse(format!("{}没有这个选项", item.label), "从列出的选项中选"),
        RuleKind::Text if typed.is_empty() && !item.default.is_empty() => {
            refuse(format!("{}不能为空", item.label), "写一个名称")
        }
        RuleKind::Text if typed.chars().count() > 60 => refuse(format!("{}太长", item.label), "不超过 60 个字"),
        RuleKind::Text => Ok(typed.to_owned()),
    }
}

/// The value of an item as it stands now.
pub fn value_of(item: &Item, records: &dyn Records) -> String {
    let settings = programmes::settings(records);
    settings.own(&item.key).unwrap_or(&item.default).to_owned()
}

/// The record that says so.
pub fn setting(item: &Item, value: &str) -> Draft {
    let mut draft = Draft::new(Setting::SCHEMA, item.key.as_str());
    for (field, text) in [("label", item.label.as_str()), ("value", value)] {
        if let Some(slot) = Setting::LEDGER.slot(field) {
            draft.set(slot, Value::text(text));
        }
    }
    draft
}
