//! Rules of 引凤.

use crate::model::engine::check::{Check, Found, Look};
use crate::model::engine::workflow::check_order;
use crate::model::ledger::{Cells, TypedRow as _};
use crate::model::notice::Severity;
use crate::model::programmes::phoenix::ledgers::{
    Assignment, Enterprise, LandTransfer, Measure, Need, Outreach, Prospect, ProspectState, ReturnKind, Returnee,
    ReturneeContact, Thousand,
};
use crate::model::programmes::phoenix::returnee;
use crate::model::programmes::seedling::ledgers::development::Verdict;

pub const CHECKS: &[Check] = &[
    ("returnee", check_returnee),
    ("returnee_contact", returnee_contact),
    ("enterprise", enterprise),
    ("assignment", assignment),
    ("outreach", outreach),
    ("prospect", prospect),
    ("land_transfer", land_transfer),
    ("thousand", thousand),
    ("need", need),
    ("measure", measure),
];

fn check_returnee(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Returnee::of(cells);
    let future = row.returned().is_some_and(|y| y > look.today.year());
    found.error(future, "returned", "回乡年份在今年之后", "还没有回乡的记到引才线索");
}

fn returnee_contact(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = ReturneeContact::of(cells);
    let nobody = row.returnee().is_none() && row.prospect().is_none();
    found.error(nobody, "returnee", "没有选能人或线索", "选一名能人，或选一条引才线索");
}

fn enterprise(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Enterprise::of(cells);
    let turned = row.output_least().zip(row.output_most()).is_some_and(|(a, b)| a > b);
    found.error(turned, "output_most", "产量上限小于下限", "核对两个数");
    let ended = row.since().zip(row.until()).is_some_and(|(a, b)| b < a);
    found.error(ended, "until", "停办年月早于开办年月", "核对两个年月");
    let bare = row.output_least().is_some() && row.output_unit().is_none();
    found.warning(bare, "output_unit", "填了产量，没有填单位", "例如 斤每亩");
}

fn assignment(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Assignment::of(cells);
    let nothing = row.project().is_none() && row.enterprise().is_none();
    found.error(nothing, "project", "没有选项目或企业", "选联系的产业项目，或选返乡企业");
    found.order((row.since(), "起始日期"), (row.until(), "截止日期"), "until");
}

fn outreach(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Outreach::of(cells);
    let linked = look
        .others::<Prospect>(row.unit(), "")
        .iter()
        .filter(|p| p.outreach() == Some(row.id()))
        .count();
    let less = row.leads().is_some_and(|n| n < i64::try_from(linked).unwrap_or(0));
    let what = format!("已有 {linked} 条线索来自这次外出，多于填写的数");
    found.warning(less && !row.id().is_empty(), "leads", what, "核对线索数");
}

fn prospect(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Prospect::of(cells);
    let unlinked = ProspectState::Landed.is(row.state()) && row.returnee().is_none() && ReturnKind::Work.is(row.kind());
    found.warning(unlinked, "returnee", "已落地，没有关联回乡能人", "登记能人后关联");
}

fn land_transfer(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = LandTransfer::of(cells);
    found.order((row.from(), "起始日期"), (row.until(), "到期日期"), "until");
    found.order((row.signed(), "签约日期"), (row.until(), "到期日期"), "until");
    let over = row.until().is_some_and(|d| d < look.today);
    found.warning(over, "until", "流转合同已到期", "续签或登记新的合同");
}

/// Steps in order; a file may begin late, so a missing early day is a warning, not an error.
fn thousand(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Thousand::of(cells);
    let mut notices = check_order(Thousand::SCHEMA, cells, &returnee::STEPS);
    for notice in &mut notices {
        if !notice.what.contains("早于") {
            notice.severity = Severity::Warning;
        }
    }
    found.all(notices);
    let failed = Verdict::Fail.is(row.assess_result());
    found.error(
        failed && row.elected().is_some(),
        "elected",
        "考核不合格的不能参加选举",
        "核对考核结果",
    );
    let jumped = row.joined().is_some() && row.elected().is_none();
    found.error(jumped, "joined", "没有选举，不能进入两委", "先登记选举日期");
    let silent = row.left().is_some() && row.left_reason().is_none();
    found.warning(silent, "left_reason", "已退出，没有写原因", "写明退出原因");
}

fn need(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Need::of(cells);
    found.order((row.date(), "提出日期"), (row.due(), "办理时限"), "due");
    found.order((row.date(), "提出日期"), (row.replied(), "答复日期"), "replied");
    found.order((row.date(), "提出日期"), (row.solved(), "解决日期"), "solved");
}

fn measure(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Measure::of(cells);
    found.order((row.since(), "实行日期"), (row.until(), "停止日期"), "until");
}
