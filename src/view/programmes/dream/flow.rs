//! What may be done in 筑梦: plan, 四议两公开, suggestion.

use crate::model::ledger::{Lies, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes::dream::ledgers::{Matter, Plan, PlanItem, Studied, Suggestion};
use crate::model::programmes::dream::{matter, plan, suggestion};
use crate::model::records::rows_of;
use crate::view::flow::place::{
    Act, Answers, Flow, Kind, Performed, Place, act, ask, ask_day, choose, plain_step, register, since_last, steps,
    unknown, with_current,
};
use crate::view::show;
use crate::view::typed::typed_day;

/// The ledgers with a workflow.
pub(in crate::view) const KINDS: &[Kind] = &[
    Kind {
        ledger: Plan::LEDGER.id,
        show: plan_flow,
        act: plan_act,
    },
    Kind {
        ledger: Matter::LEDGER.id,
        show: matter_flow,
        act: matter_act,
    },
    Kind {
        ledger: Suggestion::LEDGER.id,
        show: suggestion_flow,
        act: suggestion_act,
    },
];

fn plan_flow(place: &Place<'_>) -> Flow {
    let row = Plan::of(place.cells);
    let next = plan::next(row);
    let mut acts = register(next);
    let stage = plan::stage_at(row, place.today);
    if matches!(
        stage,
        Some(plan::Stage::Consulted | plan::Stage::Guided | plan::Stage::Approved)
    ) {
        acts.push(act("return", "退回修改", vec![ask("comment", "退回意见")]));
    }
    let version = row.version().unwrap_or(1);
    let returned = row.returned().is_some() && row.consulted().is_none();
    let back = if returned { "退回修改，现为" } else { "" };
    let void = stage == Some(plan::Stage::Finalised) && plan::says_nothing(row, place.records);
    let void = if void { "还没有内容，不算" } else { "" };
    Flow {
        state: stage.map_or_else(String::new, |s| format!("第 {version} 稿，{back}{void}{}", s.label())),
        steps: steps(place, &plan::STEPS, next),
        waiting: plan::waiting(row, place.today),
        acts,
    }
}

fn plan_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let row = Plan::of(place.cells);
    if key == "finalised" && plan::says_nothing(row, place.records) {
        return Err(vec![plan::refusal()]);
    }
    if key == "return" {
        let done = plan::send_back(row, answers.new_id, &(answers.text)("comment"), answers.on)?;
        return Ok(vec![place.written(done.writes), done.record]);
    }
    Ok(vec![place.written(plan::advance(row, key, answers.on)?)])
}

fn matter_flow(place: &Place<'_>) -> Flow {
    let row = Matter::of(place.cells);
    let next = matter::next(row);
    let steps = steps(place, &matter::STEPS, next);
    Flow {
        state: String::new(),
        waiting: since_last(&steps, place.today),
        steps,
        acts: register(next),
    }
}

fn matter_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let writes = matter::advance(Matter::of(place.cells), key, answers.on)?;
    Ok(vec![place.written(writes)])
}

fn suggestion_flow(place: &Place<'_>) -> Flow {
    let row = Suggestion::of(place.cells);
    let stage = suggestion::stage(row);
    let declined = Studied::Declined.is(row.state());
    let mut steps = vec![
        plain_step("提出", row.date(), true),
        plain_step("研判", row.studied(), stage != suggestion::Stage::Open),
    ];
    if !declined {
        let done = row.landed().is_some();
        steps.push(plain_step("落实", row.landed(), done));
    }
    steps.push(plain_step("反馈", row.replied(), row.replied().is_some()));
    let results = [("adopted", "采纳"), ("partly", "部分采纳"), ("declined", "不采纳")];
    let results = results.map(|(code, word)| (code.to_owned(), word.to_owned())).to_vec();
    let mut acts: Vec<Act> = match stage {
        suggestion::Stage::Open => vec![act(
            "study",
            "登记研判结果",
            vec![choose("state", "结果", results), ask("reason", "理由（不采纳必填）")],
        )],
        suggestion::Stage::Adopted => vec![
            act("land", "登记已落实", Vec::new()),
            act("reply", "登记已反馈", Vec::new()),
        ],
        suggestion::Stage::Declined | suggestion::Stage::Landed => vec![act("reply", "登记已反馈", Vec::new())],
        suggestion::Stage::Replied => Vec::new(),
    };
    if stage == suggestion::Stage::Replied && suggestion::waits_to_land(row) {
        acts.push(act("land", "登记已落实", Vec::new()));
    }
    let adopted = matches!(Studied::of(row.state()), Some(Studied::Adopted | Studied::Partly));
    if adopted && row.item().is_none() && !place.is_named_by(PlanItem::LEDGER, "suggestion") {
        let plans = plans(place);
        acts.push(if plans.is_empty() {
            Act {
                waits: "这个村（社区）还没有计划，先拟一份工作计划".to_owned(),
                ..act("item", "列入计划事项", Vec::new())
            }
        } else {
            let due = ask_day("due", "完成期限", Lies::Coming);
            act("item", "列入计划事项", vec![choose("plan", "哪份计划", plans), due])
        });
    }
    let told = stage == suggestion::Stage::Replied && suggestion::waits_to_land(row);
    Flow {
        state: if told { "已反馈，待落实" } else { stage.label() }.to_owned(),
        steps: with_current(steps),
        waiting: suggestion::waiting(row, place.today),
        acts,
    }
}

/// Plans of the unit, the latest first.
fn plans(place: &Place<'_>) -> Vec<(String, String)> {
    let catalogue = crate::model::programmes::catalogue();
    let Some(unit) = place.text("unit") else {
        return Vec::new();
    };
    let mut rows = rows_of::<Plan>(place.records, unit);
    rows.reverse();
    rows.into_iter()
        .map(|p| {
            let title = show::title(place.records, catalogue, Plan::LEDGER, p.cells());
            (p.id().to_owned(), title)
        })
        .collect()
}

fn suggestion_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let row = Suggestion::of(place.cells);
    let text = answers.text;
    let writes = match key {
        "study" => suggestion::study(row, &text("state"), &text("reason"), answers.on)?,
        "land" => suggestion::land(row, answers.on)?,
        "reply" => suggestion::reply(row, answers.on)?,
        "item" => {
            if place.is_named_by(PlanItem::LEDGER, "suggestion") {
                return Err(vec![Notice::error("item", "已经列入计划事项", "打开原来的事项修改")]);
            }
            if text("plan").is_empty() {
                return Err(vec![Notice::error(
                    "plan",
                    "没有选哪份计划",
                    "先选一份计划，没有的先拟一份",
                )]);
            }
            let due = typed_day(&text("due"), place.today, Lies::Coming);
            let due = due.ok_or_else(|| vec![Notice::error("due", "完成期限不是日期", "按 2022-12-31 的样子填写")])?;
            let made = suggestion::into_item(row, answers.new_id, &text("plan"), due)?;
            return Ok(vec![place.written(made.writes), made.made]);
        }
        _ => return unknown(),
    };
    Ok(vec![place.written(writes)])
}
