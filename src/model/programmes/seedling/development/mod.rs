//! 发展党员: 25 familiar steps and step 8+ (public notice), votes with quorum, three exits.
//!
//! Source: 《中国共产党发展党员工作细则》, version of 2014-05-28 and version in force since 2026-05-11;
//! article numbers are those of 2026. Deadlines count calendar months clamped to the end of a
//! shorter month. Late is a warning, never a block; earlier than the year that the rules demand is
//! refused unless a reason is written down.

mod check;
mod deadline;
mod vote;

pub use check::{check, of_age};
pub use deadline::{Deadline, PublicNotice, deadlines, public_notice};
pub use vote::{Vote, carried, check_vote, vote_of};

use crate::model::date::Day;
use crate::model::engine::workflow::{Outcome, Step, Writes, day_of, step};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::seedling::ledgers::development::Development;
use crate::model::settings::Settings;
use crate::model::value::Value;
use crate::model::working_days::count;

/// The steps in order; the number stands in the label of the field.
pub const STEPS: [Step; 26] = [
    step("applied", "递交入党申请书", "本人"),
    step("talked", "派人谈话", "支部"),
    step("chosen", "确定入党积极分子", "支委会"),
    step("filed", "上级党委备案", "镇党委"),
    step("mentored", "指定培养联系人", "支部"),
    step("inspected", "培养教育考察", "支部"),
    step("proposed", "确定发展对象", "支委会"),
    step("consented", "报上级党委", "镇党委"),
    step("noticed", "公示", "支部"),
    step("sponsored", "确定入党介绍人", "支部"),
    step("vetted", "政治审查", "支部"),
    step("trained", "集中培训", "县委组织部或镇党委"),
    step("examined", "支部委员会审查", "支委会"),
    step("prechecked", "上级党委预审", "镇党委"),
    step("form_filled", "填写入党志愿书", "本人"),
    step("voted", "支部党员大会讨论", "党员大会"),
    step("interviewed", "上级党委谈话", "镇党委"),
    step("approved", "上级党委审批", "镇党委"),
    step("recorded", "组织部门备案", "县委组织部"),
    step("assigned", "编入党支部和党小组", "支部"),
    step("sworn", "入党宣誓", "党委或支部"),
    step("observed", "继续教育考察", "支部"),
    step("requested", "提出转正申请", "本人"),
    step("revoted", "支部大会讨论转正", "党员大会"),
    step("confirmed", "上级党委审批转正", "镇党委"),
    step("archived", "材料归档", "支部或党委"),
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
    match row.rule() {
        Some("2014") => RuleVersion::V2014,
        Some("2026-05") => RuleVersion::V2026,
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
    } else if by(row.revoted()) && row.exit() == Some("cancelled") {
        Stage::Cancelled
    } else if by(row.revoted()) && row.exit() == Some("extended") {
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
    if row.left().is_some() || row.exit() == Some("cancelled") {
        return None;
    }
    if row.exit() == Some("extended") && row.confirmed().is_none() {
        return Some(&STEPS[23]);
    }
    STEPS.iter().find(|s| {
        let open = day_of(Development::LEDGER, row.cells(), s.field).is_none();
        open && !(s.field == "noticed" && notice_waived(row, on))
    })
}

/// Under the version of 2014 the public notice was no step of its own; a file may still have one.
fn notice_waived(row: Development, on: Day) -> bool {
    rule_on(row, row.consented().unwrap_or(on)) == RuleVersion::V2014
}

/// Takes a step. Fields that the step needs (names, counts, results) must stand in the record already.
///
/// # Errors
/// Notices when the step is out of turn, when its requirement is missing, or when it is earlier
/// than the rules allow and no reason is written down.
pub fn advance(row: Development, field: &str, on: Day, settings: &Settings) -> Outcome {
    let expected = next(row, on);
    let Some(expected) = expected.filter(|s| s.field == field) else {
        let todo = expected.map_or("这份档案已经结束".to_string(), |s| {
            format!("现在应办理“{}”", s.label)
        });
        return Err(vec![Notice::error(field, "还没有轮到这一步", todo)]);
    };
    let mut notices: Vec<Notice> = before(row, field, on).into_iter().collect();
    notices.extend(requirement(row, field, on, settings));
    notices.extend(too_early(row, field, on, settings));
    if notices.is_empty() {
        Ok(vec![(expected.field, Value::text(on.to_string()))])
    } else {
        Err(notices)
    }
}

/// The day may not lie before the latest step taken.
fn before(row: Development, field: &str, on: Day) -> Option<Notice> {
    let latest = STEPS
        .iter()
        .take_while(|s| s.field != field)
        .filter_map(|s| day_of(Development::LEDGER, row.cells(), s.field).map(|d| (d, s)))
        .max_by_key(|(d, _)| *d)?;
    (latest.0 > on).then(|| {
        let what = format!("日期早于“{}”（{}）", latest.1.label, latest.0);
        Notice::error(field, what, "核对两个日期")
    })
}

/// What must stand in the file before a step counts.
fn requirement(row: Development, field: &str, on: Day, settings: &Settings) -> Vec<Notice> {
    let need = |ok: bool, place: &str, what: &str, todo: &str| (!ok).then(|| Notice::error(place, what, todo));
    let one = match field {
        "mentored" => need(
            matches!(row.mentor_count(), Some(1 | 2)),
            "mentor_count",
            "培养联系人应为 1 至 2 名正式党员",
            "按《细则》第九条填写培养联系人",
        ),
        "noticed" => notice_running(row, on, settings).or_else(|| {
            need(
                row.notice_result() == Some("clear"),
                "notice_result",
                "没有公示无异议的结果",
                "登记公示结果；有异议的先查清",
            )
        }),
        "sponsored" => need(
            row.sponsor_count() == Some(2),
            "sponsor_count",
            "入党介绍人应为 2 名正式党员",
            "按《细则》第十四条填写入党介绍人",
        ),
        "vetted" => need(
            row.vet_result() == Some("pass"),
            "vet_result",
            "政治审查没有合格结论",
            "没有政审或政审不合格的不能发展（第十六条）",
        ),
        "trained" => need(
            row.train_days().is_some_and(|d| d >= 3) || row.train_hours().is_some_and(|h| h >= 24),
            "train_days",
            "集中培训不足 3 天或 24 学时",
            "按《细则》第十七条补训后登记",
        ),
        "prechecked" => need(
            row.precheck_result() == Some("pass"),
            "precheck_result",
            "预审没有合格结果",
            "预审合格后发给入党志愿书（第十八条）",
        ),
        "voted" => return vote_requirement(row, "vote"),
        "revoted" => return revote_requirement(row, on),
        "confirmed" => need(
            row.exit() == Some("on_time"),
            "exit",
            "支部大会没有按期转正的结果",
            "延长预备期或取消资格的不办理转正审批",
        ),
        _ => None,
    };
    one.into_iter().collect()
}

/// The result of a public notice counts from the day after its last working day (§13).
fn notice_running(row: Development, on: Day, settings: &Settings) -> Option<Notice> {
    let wanted = settings.int("rule.notice_days");
    let Some(notice) = public_notice(row, settings) else {
        let what = "还没有填公示开始日期";
        return Some(Notice::error("notice_from", what, "填写公示开始的日期，再登记结果"));
    };
    (on <= notice.last).then(|| {
        let first = if settings.on("rule.notice_first_day") { 0 } else { 1 };
        let days = count(notice.from.plus_days(first), on);
        let what = format!("公示不满 {wanted} 个工作日，到 {on} 是 {days} 个");
        Notice::error("notice_from", what, format!("{}（第十三条）", notice.says()))
    })
}

fn vote_requirement(row: Development, prefix: &str) -> Vec<Notice> {
    let Some(vote) = vote_of(row, prefix) else {
        let place = format!("{prefix}_due");
        return vec![Notice::error(place, "没有表决情况", "填写应到、实到和赞成人数")];
    };
    let mut notices = check_vote(vote, prefix);
    if notices.is_empty() && prefix == "vote" && !carried(vote) {
        notices.push(Notice::error(
            "vote_ayes",
            "赞成票没有超过应到会有表决权党员的半数，没有通过",
            "按《细则》第十九条，不能接收为预备党员",
        ));
    }
    notices
}

fn revote_requirement(row: Development, on: Day) -> Vec<Notice> {
    let mut notices = vote_requirement(row, "revote");
    let passed = vote_of(row, "revote").is_some_and(carried);
    match row.exit() {
        None => notices.push(Notice::error(
            "exit",
            "没有选择转正结果",
            "选按期转正、延长预备期或取消资格",
        )),
        Some("on_time") if notices.is_empty() && !passed => notices.push(Notice::error(
            "revote_ayes",
            "赞成票没有超过应到会有表决权党员的半数",
            "不能按期转正，核对票数或另选结果",
        )),
        Some("extended") if row.revoted().is_some() => {
            notices.push(Notice::error(
                "exit",
                "预备期只能延长一次",
                "选按期转正或取消资格（第三十二条）",
            ));
        }
        Some("extended") => notices.extend(check_extension(row, on)),
        Some(_) => {}
    }
    notices
}

/// An extension runs at least six months and at most one year (§32).
fn check_extension(row: Development, on: Day) -> Option<Notice> {
    let end = row.voted().map_or(on, |d| d.plus_months(12));
    match row.extended_until() {
        Some(until) if until >= end.plus_months(6) && until <= end.plus_months(12) => None,
        _ => Some(Notice::error(
            "extended_until",
            "延长的预备期应不少于六个月、不超过一年",
            format!("填 {} 到 {} 之间的日期", end.plus_months(6), end.plus_months(12)),
        )),
    }
}

/// Less than the year that the rules demand; refused unless a reason is written down (§11, §13, §31).
fn too_early(row: Development, field: &str, on: Day, settings: &Settings) -> Option<Notice> {
    let (base, months, article) = match field {
        "inspected" | "proposed" => (row.chosen()?, settings.int("rule.activist_months"), "第十三条"),
        "observed" | "requested" | "revoted" => (row.voted()?, settings.int("rule.probation_months"), "第三十一条"),
        _ => return None,
    };
    let mut earliest = base.plus_months(months);
    if row.exit() == Some("extended") && row.revoted().is_some() {
        earliest = row.extended_until().unwrap_or(earliest);
    }
    (on < earliest && row.early_reason().is_none()).then(|| {
        Notice::error(
            field,
            format!("不满 {months} 个月，最早 {earliest}"),
            format!("期满后办理；确需提前的填写提前办理理由（{article}）"),
        )
    })
}

/// The extension as a step of its own, for a person whose vote of step 23 chose it.
///
/// # Errors
/// As [`advance`].
pub fn decide_again(row: Development, exit: &'static str, on: Day, settings: &Settings) -> Outcome {
    if row.exit() != Some("extended") || row.revoted().is_none() {
        return Err(vec![Notice::error("exit", "没有延长过预备期", "按转正步骤办理")]);
    }
    if exit == "extended" {
        return Err(vec![Notice::error(
            "exit",
            "预备期只能延长一次",
            "选按期转正或取消资格（第三十二条）",
        )]);
    }
    let mut notices = vote_requirement(row, "revote");
    notices.extend(too_early(row, "revoted", on, settings));
    if !notices.is_empty() {
        return Err(notices);
    }
    let writes: Writes = vec![("revoted", Value::text(on.to_string())), ("exit", Value::text(exit))];
    Ok(writes)
}
