//! The steps, the versions of the rules, and how far a file has got.

use crate::model::date::Day;
use crate::model::engine::workflow::{Step, day_of, step};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::ledgers::development::{Development, DevelopmentExit, RuleVersionKind};

/// The steps in order; the number stands in the label of the field.
pub const STEPS: [Step; 26] = [
    step(Development::FIELDS.applied, "递交入党申请书", "本人"),
    step(Development::FIELDS.talked, "派人谈话", "支部"),
    step(Development::FIELDS.chosen, "确定入党积极分子", "支委会"),
    step(Development::FIELDS.filed, "上级党委备案", "镇党委"),
    step(Development::FIELDS.mentored, "指定培养联系人", "支部"),
    step(Development::FIELDS.inspected, "培养教育考察", "支部"),
    step(Development::FIELDS.proposed, "确定发展对象", "支委会"),
    step(Development::FIELDS.consented, "报上级党委", "镇党委"),
    step(Development::FIELDS.noticed, "公示", "支部"),
    step(Development::FIELDS.sponsored, "确定入党介绍人", "支部"),
    step(Development::FIELDS.vetted, "政治审查", "支部"),
    step(Development::FIELDS.trained, "集中培训", "县委组织部或镇党委"),
    step(Development::FIELDS.examined, "支部委员会审查", "支委会"),
    step(Development::FIELDS.prechecked, "上级党委预审", "镇党委"),
    step(Development::FIELDS.form_filled, "填写入党志愿书", "本人"),
    step(Development::FIELDS.voted, "支部党员大会讨论", "党员大会"),
    step(Development::FIELDS.interviewed, "上级党委谈话", "镇党委"),
    step(Development::FIELDS.approved, "上级党委审批", "镇党委"),
    step(Development::FIELDS.recorded, "组织部门备案", "县委组织部"),
    step(Development::FIELDS.assigned, "编入党支部和党小组", "支部"),
    step(Development::FIELDS.sworn, "入党宣誓", "党委或支部"),
    step(Development::FIELDS.observed, "继续教育考察", "支部"),
    step(Development::FIELDS.requested, "提出转正申请", "本人"),
    step(Development::FIELDS.revoted, "支部大会讨论转正", "党员大会"),
    step(Development::FIELDS.confirmed, "上级党委审批转正", "镇党委"),
    step(Development::FIELDS.archived, "材料归档", "支部或党委"),
];

/// The familiar number of a step: `1` to `25`, and `8+` for the public notice.
pub fn number(field: &str) -> String {
    match STEPS.iter().position(|s| s.field == field) {
        Some(8) => "8+".to_string(),
        Some(at) if at < 8 => (at + 1).to_string(),
        Some(at) => at.to_string(),
        None => String::new(),
    }
}

/// Version of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleVersion {
    /// 2014-05-28.
    V2014,
    /// In force since 2026-05-11.
    V2026,
}

/// First day of the version of 2026.
pub const REVISED: (i32, i32, i32) = (2026, 5, 11);

impl RuleVersion {
    /// 2014年5月版 or 2026年5月版.
    pub fn label(self) -> &'static str {
        match self {
            RuleVersion::V2014 => "2014年5月版",
            RuleVersion::V2026 => "2026年5月版",
        }
    }
}

/// The version that governs a step taken on `on`: the file's own choice, else by the day.
pub fn rule_on(row: Development, on: Day) -> RuleVersion {
    match RuleVersionKind::of(row.rule()) {
        Some(RuleVersionKind::Of2014) => RuleVersion::V2014,
        Some(RuleVersionKind::Of2026) => RuleVersion::V2026,
        _ if on.ymd() >= REVISED => RuleVersion::V2026,
        _ => RuleVersion::V2014,
    }
}

/// Where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 申请人.
    Applicant,
    /// 积极分子.
    Activist,
    /// 发展对象.
    Candidate,
    /// 预备党员.
    Probationary,
    /// 预备党员, with the period extended once.
    Extended,
    /// 正式党员.
    Full,
    /// 取消预备党员资格.
    Cancelled,
    /// 终止: withdrawn or moved away.
    Left,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Stage; 8] = [
        Stage::Applicant,
        Stage::Activist,
        Stage::Candidate,
        Stage::Probationary,
        Stage::Extended,
        Stage::Full,
        Stage::Cancelled,
        Stage::Left,
    ];

    /// Label.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Applicant => "入党申请人",
            Stage::Activist => "入党积极分子",
            Stage::Candidate => "发展对象",
            Stage::Probationary => "预备党员",
            Stage::Extended => "延长预备期",
            Stage::Full => "正式党员",
            Stage::Cancelled => "取消资格",
            Stage::Left => "终止",
        }
    }

    /// Code.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Applicant => "applicant",
            Stage::Activist => "activist",
            Stage::Candidate => "candidate",
            Stage::Probationary => "probationary",
            Stage::Extended => "extended",
            Stage::Full => "full",
            Stage::Cancelled => "cancelled",
            Stage::Left => "left",
        }
    }

    /// Whether the file is closed.
    pub fn closed(self) -> bool {
        matches!(self, Stage::Full | Stage::Cancelled | Stage::Left)
    }
}

/// Stage on a day; `None` before the application.
pub fn stage_at(row: Development, on: Day) -> Option<Stage> {
    let by = |day: Option<Day>| day.is_some_and(|d| d <= on);
    if !by(row.applied()) {
        return None;
    }
    Some(if by(row.left()) {
        Stage::Left
    } else if by(row.confirmed()) {
        Stage::Full
    } else if by(row.revoted()) && DevelopmentExit::Cancelled.is(row.exit()) {
        Stage::Cancelled
    } else if by(row.revoted()) && DevelopmentExit::Extended.is(row.exit()) {
        Stage::Extended
    } else if by(row.approved()) {
        Stage::Probationary
    } else if by(row.proposed()) {
        Stage::Candidate
    } else if by(row.chosen()) {
        Stage::Activist
    } else {
        Stage::Applicant
    })
}

/// The next step that may be taken; `None` when the file is closed. Under the rules of 2014 step 8+ is passed over.
pub fn next(row: Development, on: Day) -> Option<&'static Step> {
    if row.left().is_some() || DevelopmentExit::Cancelled.is(row.exit()) {
        return None;
    }
    if DevelopmentExit::Extended.is(row.exit()) && row.confirmed().is_none() {
        return Some(&STEPS[23]);
    }
    STEPS.iter().find(|s| {
        let open = day_of(Development::SCHEMA, row.cells(), s.field).is_none();
        open && !(s.field == "noticed" && notice_waived(row, on))
    })
}

/// Under the version of 2014 the public notice was no step of its own; a file may still have one.
pub(super) fn notice_waived(row: Development, on: Day) -> bool {
    rule_on(row, row.consented().unwrap_or(on)) == RuleVersion::V2014
}
