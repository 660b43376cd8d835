//! Taking a step: what has to stand before it, and what is refused.

use super::deadline::public_notice;
use super::steps::{STEPS, next};
use super::vote::{carried, check_vote, vote_of};
use crate::model::date::Day;
use crate::model::engine::workflow::{Outcome, Writes, day_of};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::seedling::ledgers::development::{
    Development, DevelopmentExit, DevelopmentNoticeResult, Verdict,
};
use crate::model::programmes::seedling::rules;
use crate::model::settings::Settings;
use crate::model::value::Value;

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
        .filter_map(|s| day_of(Development::SCHEMA, row.cells(), s.field).map(|d| (d, s)))
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
                DevelopmentNoticeResult::Clear.is(row.notice_result()),
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
            Verdict::Pass.is(row.vet_result()),
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
            Verdict::Pass.is(row.precheck_result()),
            "precheck_result",
            "预审没有合格结果",
            "预审合格后发给入党志愿书（第十八条）",
        ),
        "voted" => return vote_requirement(row, "vote"),
        "revoted" => return revote_requirement(row, on, settings),
        "confirmed" => need(
            DevelopmentExit::OnTime.is(row.exit()),
            "exit",
            "支部大会没有按期转正的结果",
            "延长预备期或取消资格的不办理转正审批",
        ),
        _ => None,
    };
    one.into_iter().collect()
}

/// The result of a public notice counts from the day after its last working day (§13).
pub(super) fn notice_running(row: Development, on: Day, settings: &Settings) -> Option<Notice> {
    let wanted = rules::NOTICE_DAYS.get(settings);
    let Some(notice) = public_notice(row, settings) else {
        let what = "还没有填公示开始日期";
        return Some(Notice::error("notice_from", what, "填写公示开始的日期，再登记结果"));
    };
    (on <= notice.last).then(|| {
        let first = if rules::NOTICE_FIRST_DAY.get(settings) { 0 } else { 1 };
        let days = settings.calendar().count(notice.from.plus_days(first), on);
        let what = format!("公示不满 {wanted} 个工作日，到 {on} 是 {days} 个");
        Notice::error("notice_from", what, format!("{}（第十三条）", notice.says(settings)))
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

fn revote_requirement(row: Development, on: Day, settings: &Settings) -> Vec<Notice> {
    let mut notices = vote_requirement(row, "revote");
    let passed = vote_of(row, "revote").is_some_and(carried);
    match DevelopmentExit::of(row.exit()) {
        None if row.exit().is_none() => notices.push(Notice::error(
            "exit",
            "没有选择转正结果",
            "选按期转正、延长预备期或取消资格",
        )),
        Some(DevelopmentExit::OnTime) if notices.is_empty() && !passed => notices.push(Notice::error(
            "revote_ayes",
            "赞成票没有超过应到会有表决权党员的半数",
            "不能按期转正，核对票数或另选结果",
        )),
        Some(DevelopmentExit::Extended) if row.revoted().is_some() => {
            notices.push(Notice::error(
                "exit",
                "预备期只能延长一次",
                "选按期转正或取消资格（第三十二条）",
            ));
        }
        Some(DevelopmentExit::Extended) => notices.extend(check_extension(row, on, settings)),
        _ => {}
    }
    notices
}

/// An extension runs at least six months and at most one year (§32).
pub(super) fn check_extension(row: Development, on: Day, settings: &Settings) -> Option<Notice> {
    let probation = rules::PROBATION_MONTHS.get(settings);
    let end = row.voted().map_or(on, |d| d.plus_months(probation));
    match row.extended_until() {
        Some(until) if until >= end.plus_months(6) && until <= end.plus_months(12) => None,
        _ => Some(Notice::error(
            "extended_until",
            "延长的预备期应不少于六个月、不超过一年",
            format!("填 {} 到 {} 之间的日期", end.plus_months(6), end.plus_months(12)),
        )),
    }
}

/// A step that the rules do not allow before a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earliest {
    /// The first day.
    pub day: Day,
    /// Months from the base.
    pub months: i32,
    /// Article of the rules, 2026 numbering.
    pub article: &'static str,
}

/// The first day of a step by the year that the rules demand, counted from the day of its base (§11, §13, §31).
pub(super) fn earliest_from(
    field: &str,
    base: impl Fn(&'static str) -> Option<Day>,
    settings: &Settings,
) -> Option<Earliest> {
    let (base, months, article) = match field {
        "inspected" | "proposed" => (base("chosen")?, rules::ACTIVIST_MONTHS.get(settings), "第十三条"),
        "observed" | "requested" | "revoted" => (base("voted")?, rules::PROBATION_MONTHS.get(settings), "第三十一条"),
        _ => return None,
    };
    let day = base.plus_months(months);
    Some(Earliest { day, months, article })
}

/// The first day of a step in a file, the extension included.
pub fn earliest(row: Development, field: &str, settings: &Settings) -> Option<Earliest> {
    let base = |field: &'static str| day_of(Development::SCHEMA, row.cells(), field);
    let mut found = earliest_from(field, base, settings)?;
    if field == "revoted" && DevelopmentExit::Extended.is(row.exit()) && row.revoted().is_some() {
        found.day = row.extended_until().unwrap_or(found.day);
    }
    Some(found)
}

/// Less than the year that the rules demand; refused unless a reason is written down (§11, §13, §31).
pub(super) fn too_early(row: Development, field: &str, on: Day, settings: &Settings) -> Option<Notice> {
    let Earliest { day, months, article } = earliest(row, field, settings)?;
    (on < day && row.early_reason().is_none()).then(|| {
        Notice::error(
            field,
            format!("不满 {months} 个月，最早 {day}"),
            format!("期满后办理；确需提前的填写提前办理理由（{article}）"),
        )
    })
}

/// The extension as a step of its own, for a person whose vote of step 23 chose it.
///
/// # Errors
/// As [`advance`].
pub fn decide_again(row: Development, exit: &'static str, on: Day, settings: &Settings) -> Outcome {
    if !DevelopmentExit::Extended.is(row.exit()) || row.revoted().is_none() {
        return Err(vec![Notice::error("exit", "没有延长过预备期", "按转正步骤办理")]);
    }
    if exit == DevelopmentExit::Extended.code() {
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
    let writes: Writes = vec![
        (Development::FIELDS.revoted, Value::text(on.to_string())),
        (Development::FIELDS.exit, Value::text(exit)),
    ];
    Ok(writes)
}
