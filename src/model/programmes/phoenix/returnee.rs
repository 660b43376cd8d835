//! A returnee who comes to work: 意向 → 聘用 → 千人计划 → 考核 → 选举 → 两委 or 书记, or 退出 (F14, F15, F19).

use crate::model::date::Day;
use crate::model::engine::workflow::{Conversion, Outcome, Step, step};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::lead::ledgers::{Cadre, Secretary, SecretarySource};
use crate::model::programmes::phoenix::ledgers::{ReturnKind, Returnee, Thousand};
use crate::model::programmes::seedling::ledgers::development::Verdict;
use crate::model::value::Value;

/// The steps in order.
pub const STEPS: [Step; 6] = [
    step(Thousand::FIELDS.intent, "意向", "本人"),
    step(Thousand::FIELDS.hired, "聘用", "村（社区）"),
    step(Thousand::FIELDS.enrolled, "纳入千人计划", "镇党委"),
    step(Thousand::FIELDS.assessed, "考核", "镇党委"),
    step(Thousand::FIELDS.elected, "选举", "党员和群众"),
    step(Thousand::FIELDS.joined, "进入两委", "村（社区）"),
];

/// How far a person has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 意向.
    Intent,
    /// 聘用.
    Hired,
    /// 千人计划.
    Enrolled,
    /// 考核.
    Assessed,
    /// 选举.
    Elected,
    /// 两委.
    Joined,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Stage; 6] = [
        Stage::Intent,
        Stage::Hired,
        Stage::Enrolled,
        Stage::Assessed,
        Stage::Elected,
        Stage::Joined,
    ];

    /// Label.
    pub fn label(self) -> &'static str {
        ["意向", "聘用", "千人计划", "考核合格", "选举", "进两委"][self as usize]
    }

    /// Code: the field that holds the day.
    pub fn code(self) -> &'static str {
        STEPS[self as usize].field
    }
}

fn days(row: Thousand) -> [Option<Day>; 6] {
    // An assessment without a result is not yet a passed one.
    let passed = row.assessed().filter(|_| Verdict::Pass.is(row.assess_result()));
    [
        row.intent(),
        row.hired(),
        row.enrolled(),
        passed,
        row.elected(),
        row.joined(),
    ]
}

/// The furthest stage reached on a day; `None` before any.
///
/// Unlike a plan, a file may lack the day of an early step (the person of the article is known only
/// from the election on), so a later step counts as having passed the earlier ones.
pub fn stage_at(row: Thousand, on: Day) -> Option<Stage> {
    let days = days(row);
    let last = days.iter().rposition(|d| d.is_some_and(|d| d <= on))?;
    Some(Stage::ALL[last])
}

/// The step that comes next; `None` at the end or after leaving.
pub fn next(row: Thousand) -> Option<&'static Step> {
    if row.left().is_some() || Verdict::Fail.is(row.assess_result()) {
        return None;
    }
    crate::model::engine::workflow::next(Thousand::SCHEMA, row.cells(), &STEPS)
}

/// Takes a step on a day.
///
/// # Errors
/// Notices when a step before it is missing or later, when the person has left, when the
/// assessment failed, or when a secretary's or committee post is entered before the election.
pub fn advance(row: Thousand, field: &str, on: Day) -> Outcome {
    if let Some(day) = row.left() {
        return Err(vec![Notice::error("left", format!("已在 {day} 退出"), "重新登记意向")]);
    }
    if field == "elected" && !Verdict::Pass.is(row.assess_result()) {
        return Err(vec![Notice::error(
            "assess_result",
            "考核没有合格结果",
            "考核合格后才能参加选举",
        )]);
    }
    crate::model::engine::workflow::take(Thousand::SCHEMA, row.cells(), &STEPS, field, on)
}

/// Takes the assessment with its result: without one it is neither passed nor over.
///
/// # Errors
/// As [`advance`], and when the result is neither `pass` nor `fail`.
pub fn assess(row: Thousand, result: &str, on: Day) -> Outcome {
    if !matches!(result, "pass" | "fail") {
        return Err(vec![Notice::error("assess_result", "没有选考核结果", "选合格或不合格")]);
    }
    let mut writes = advance(row, "assessed", on)?;
    writes.push((Thousand::FIELDS.assess_result, Value::text(result)));
    Ok(writes)
}

/// Leaves the path with a reason.
///
/// # Errors
/// Notices without a reason, or after joining the committees.
pub fn leave(row: Thousand, reason: &str, on: Day) -> Outcome {
    if row.joined().is_some() {
        return Err(vec![Notice::error(
            "left",
            "已经进入两委",
            "在两委干部或书记名册登记离任",
        )]);
    }
    if reason.trim().is_empty() {
        return Err(vec![Notice::error("left_reason", "没有写退出原因", "写明原因")]);
    }
    Ok(vec![
        (Thousand::FIELDS.left, Value::text(on.to_string())),
        (Thousand::FIELDS.left_reason, Value::text(reason.trim())),
    ])
}

/// Starts the path of a returnee who came to work.
///
/// # Errors
/// Notices when the returnee came to found a business.
pub fn start(row: Returnee, id: &str, on: Day) -> Result<Conversion, Vec<Notice>> {
    if !ReturnKind::Work.is(row.kind()) {
        return Err(vec![Notice::error(
            "kind",
            "回乡创业的能人不走千人计划",
            "类型改为工作后再登记意向",
        )]);
    }
    let made = Thousand::draft(id).unit(row.unit()).name(row.name());
    Ok(Conversion {
        made: made.returnee(row.id()).intent(on).into_draft(),
        writes: Vec::new(),
    })
}

/// Makes a secretary of a person who was elected one (F19).
///
/// # Errors
/// Notices when there was no election, or the person already has a post.
pub fn into_secretary(row: Thousand, id: &str, on: Day) -> Result<Conversion, Vec<Notice>> {
    let mut writes = into_post(row, on)?;
    writes.push((Thousand::FIELDS.secretary, Value::text(id)));
    let made = Secretary::draft(id)
        .unit(row.unit())
        .name(row.name())
        .since(on)
        .path(row.id());
    let made = made.source(SecretarySource::Thousand.code()).returnee(row.returnee());
    Ok(Conversion {
        made: made.into_draft(),
        writes,
    })
}

/// Makes a member of the committees of a person who was elected.
///
/// # Errors
/// Notices when there was no election, the person already has a post, or the post has no name.
pub fn into_cadre(row: Thousand, id: &str, post: &str, on: Day) -> Result<Conversion, Vec<Notice>> {
    if post.trim().is_empty() {
        return Err(vec![Notice::error("post", "没有写职务", "写明当选的职务")]);
    }
    let mut writes = into_post(row, on)?;
    writes.push((Thousand::FIELDS.cadre, Value::text(id)));
    writes.push((Thousand::FIELDS.post, Value::text(post.trim())));
    let made = Cadre::draft(id)
        .unit(row.unit())
        .name(row.name())
        .since(on)
        .path(row.id());
    Ok(Conversion {
        made: made.post(post.trim()).into_draft(),
        writes,
    })
}

/// What taking up a post writes into the path.
fn into_post(row: Thousand, on: Day) -> Outcome {
    if row.elected().is_none_or(|day| day > on) {
        return Err(vec![Notice::error("elected", "还没有选举", "登记选举日期后再任职")]);
    }
    if row.secretary().is_some() || row.cadre().is_some() {
        return Err(vec![Notice::error("joined", "已经任职", "打开原来的任职记录")]);
    }
    Ok(match row.joined() {
        None => vec![(Thousand::FIELDS.joined, Value::text(on.to_string()))],
        Some(_) => Vec::new(),
    })
}
