//! Rules of 筑梦.

use crate::model::engine::check::{Check, Found, Look};
use crate::model::engine::workflow::check_order;
use crate::model::ledger::{Cells, TypedRow as _};
use crate::model::programmes::dream::ledgers::{
    Matter, NightTalk, Plan, PlanItem, PlanKind, PlanReturn, Problem, Studied, Suggestion, TalkKind,
};
use crate::model::programmes::dream::{matter, plan};

pub const CHECKS: &[Check] = &[
    ("plan", check_plan),
    ("plan_return", plan_return),
    ("plan_item", plan_item),
    ("night_talk", night_talk),
    ("suggestion", suggestion),
    ("problem", problem),
    ("matter", check_matter),
];

fn check_plan(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Plan::of(cells);
    if row.finalised().is_some() && plan::says_nothing(row, look.records) {
        found.all([plan::refusal()]);
    }
    found.all(check_order(Plan::SCHEMA, cells, &plan::STEPS));
    if let (Some(PlanKind::FiveYear), Some(first), Some(last)) = (PlanKind::of(row.kind()), row.year(), row.until()) {
        let what = format!("五年规划是 {first} 到 {last} 年");
        found.warning(last != first + 4, "until", what, "五年规划从起始年算共五年");
    }
    let unlinked = PlanKind::Annual.is(row.kind()) && row.finalised().is_some() && row.matter().is_none();
    found.warning(
        unlinked,
        "matter",
        "定稿的计划没有关联四议两公开",
        "规划和年度计划应履行四议两公开",
    );
}

fn plan_return(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = PlanReturn::of(cells);
    let of: Option<Plan> = look.find(row.plan());
    found.order(
        (of.and_then(|p| p.drafted()), "草拟日期"),
        (row.date(), "退回日期"),
        "date",
    );
}

fn plan_item(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = PlanItem::of(cells);
    found.order((row.start(), "开始日期"), (row.due(), "完成时限"), "due");
    found.order((row.start(), "开始日期"), (row.done(), "办结日期"), "done");
    let full = row.progress() == Some(100);
    found.warning(
        full && row.done().is_none(),
        "done",
        "进度已到 100%，没有办结日期",
        "填写办结日期，或改进度",
    );
    let short = row.done().is_some() && row.progress().is_some_and(|p| p < 100);
    found.warning(short, "progress", "已办结，进度没有到 100%", "核对进度和办结日期");
}

fn night_talk(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = NightTalk::of(cells);
    let present = row.members().unwrap_or(0) + row.masses().unwrap_or(0);
    found.within((row.speakers(), "发言"), (Some(present), "到会"), "speakers");
    let nobody = row.members() == Some(0) && row.masses() == Some(0);
    found.warning(nobody, "masses", "党员和群众都是 0 人", "填写到会人数");
    let unnamed = TalkKind::Other.is(row.kind()) && row.platform().is_none();
    found.warning(unnamed, "platform", "类型为其他，没有写平台名称", "例如屋场会");
}

fn suggestion(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Suggestion::of(cells);
    let declined = Studied::Declined.is(row.state());
    found.error(
        declined && row.reason().is_none(),
        "reason",
        "不采纳没有写理由",
        "写明理由，以便向提出人说明",
    );
    found.order((row.date(), "提出日期"), (row.studied(), "研判日期"), "studied");
    found.order(
        (row.studied().or(row.date()), "研判日期"),
        (row.landed(), "落实日期"),
        "landed",
    );
    found.order(
        (row.studied().or(row.date()), "研判日期"),
        (row.replied(), "反馈日期"),
        "replied",
    );
    let open = row.state().is_none() || Studied::Open.is(row.state());
    found.error(
        open && row.replied().is_some(),
        "state",
        "有反馈日期，还没有研判结果",
        "先选采纳或不采纳",
    );
    let adopted = matches!(Studied::of(row.state()), Some(Studied::Adopted | Studied::Partly));
    found.error(
        !adopted && row.landed().is_some(),
        "landed",
        "没有采纳的建议不能有落实日期",
        "核对研判结果",
    );
    let talk: Option<NightTalk> = look.find(row.talk());
    let before = talk
        .and_then(|t| t.date())
        .zip(row.date())
        .is_some_and(|(talk, own)| own < talk);
    found.warning(before, "date", "提出日期早于所出夜话", "核对日期或夜话");
}

fn problem(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Problem::of(cells);
    found.order((row.date(), "提出日期"), (row.due(), "办理时限"), "due");
    found.order((row.date(), "提出日期"), (row.done(), "办结日期"), "done");
    let silent = row.done().is_some() && row.result().is_none();
    found.warning(silent, "result", "已办结，没有写办理结果", "写明结果，以便答复");
}

fn check_matter(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Matter::of(cells);
    found.all(check_order(Matter::SCHEMA, cells, &matter::STEPS));
    found.all(matter::check_votes(row));
    let half = |ayes: Option<i64>, present: Option<i64>| ayes.zip(present).is_some_and(|(a, p)| p > 0 && a * 2 <= p);
    found.error(
        row.resolved().is_some() && half(row.resolve_ayes(), row.resolve_present()),
        "resolve_ayes",
        "赞成没有超过到会人数的半数，决议没有通过",
        "核对票数；没有通过的不登记决议日期",
    );
    found.order(
        (row.published(), "公开日期"),
        (row.published_until(), "公开截止"),
        "published_until",
    );
}
