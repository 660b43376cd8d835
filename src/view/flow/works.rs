//! Workflows of things: a suggestion and a service centre.

use super::{
    Act, Answers, Flow, Kind, Performed, Place, act, ask, choose, day_value, drafted, plain_step, unknown, with_current,
};
use crate::model::base::{BUILD_STAGES, BuildStage, Centre};
use crate::model::dream::{Plan, Suggestion};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::records::rows_of;
use crate::model::value::Value;
use crate::model::workflow::{centre, suggestion};
use crate::view::show;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        ledger: Suggestion::LEDGER.id,
        show: suggestion_flow,
        act: suggestion_act,
    },
    Kind {
        ledger: Centre::LEDGER.id,
        show: centre_flow,
        act: centre_act,
    },
];

fn suggestion_flow(place: &Place<'_>) -> Flow {
    let row = Suggestion::of(place.cells);
    let stage = suggestion::stage(row);
    let declined = row.state() == Some("declined");
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
    let adopted = matches!(row.state(), Some("adopted" | "partly"));
    let plans = plans(place);
    if adopted && row.item().is_none() && !plans.is_empty() {
        acts.push(act(
            "item",
            "列入计划事项",
            vec![
                choose("plan", "哪份计划", plans),
                ask("due", "完成期限（如 2022-12-31）"),
            ],
        ));
    }
    Flow {
        state: stage.label().to_owned(),
        steps: with_current(steps),
        waiting: suggestion::waiting(row, place.today),
        acts,
    }
}

/// Plans of the unit, the latest first.
fn plans(place: &Place<'_>) -> Vec<(String, String)> {
    let catalogue = crate::model::catalogue();
    let Some(unit) = place.text("unit") else {
        return Vec::new();
    };
    let mut rows = rows_of::<Plan>(place.records, unit);
    rows.reverse();
    rows.into_iter()
        .map(|p| {
            let title = show::title(place.records, &catalogue, Plan::LEDGER, p.cells());
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
            let due = crate::model::date::Day::parse(text("due").trim());
            let due = due.ok_or_else(|| vec![Notice::error("due", "完成期限不是日期", "按 2022-12-31 的样子填写")])?;
            let made = suggestion::into_item(row, answers.new_id, &text("plan"), due)?;
            return Ok(vec![place.written(made.writes), made.made]);
        }
        _ => return unknown(),
    };
    Ok(vec![place.written(writes)])
}

fn stages<'a>(place: &Place<'a>) -> Vec<BuildStage<'a>> {
    let unit = Centre::of(place.cells).unit().unwrap_or_default().to_owned();
    rows_of::<BuildStage>(place.records, &unit)
}

fn centre_flow(place: &Place<'_>) -> Flow {
    let row = Centre::of(place.cells);
    let stages = stages(place);
    let own = |code: &str| {
        stages
            .iter()
            .find(|s| s.centre() == Some(row.id()) && s.stage() == Some(code))
            .copied()
    };
    let open = || act("open", "登记启用，转为已建新", Vec::new());
    let (state, steps, acts, waiting) = match row.state() {
        Some("planned") => {
            let steps = BUILD_STAGES.iter().map(|c| {
                let day = own(c.code).and_then(|s| s.actual());
                let mut step = plain_step(c.label, day, day.is_some());
                if let Some(planned) = own(c.code).and_then(|s| s.planned()) {
                    step.who = format!("计划 {planned}");
                }
                step
            });
            let reached = centre::stages_reached(row, &stages, place.today);
            let acts = match BUILD_STAGES.get(reached) {
                Some(next) => vec![act(next.code, format!("登记：{}", next.label), Vec::new())],
                None => vec![open()],
            };
            let late = centre::late(row, &stages, place.today).map(|(_, days)| days);
            ("待建", with_current(steps.collect()), acts, late)
        }
        Some("upgrading") => {
            let part = |label: &str, done: Option<bool>| plain_step(label, None, done == Some(true));
            let steps = vec![
                part("更换旧件", row.parts_replaced()),
                part("更新内容", row.content_updated()),
            ];
            let mut acts = Vec::new();
            for (field, label, done) in [
                ("parts_replaced", "登记：旧件已更换", row.parts_replaced()),
                ("content_updated", "登记：内容已更新", row.content_updated()),
            ] {
                if done != Some(true) {
                    acts.push(act(field, label, Vec::new()));
                }
            }
            if acts.is_empty() {
                acts.push(open());
            }
            ("原有提档", with_current(steps), acts, None)
        }
        Some("built") => {
            let steps = vec![plain_step("启用", row.finished(), true)];
            ("已建新", steps, Vec::new(), None)
        }
        _ => ("", Vec::new(), Vec::new(), None),
    };
    Flow {
        state: match waiting {
            Some(days) => format!("{state}，比计划晚 {days} 天"),
            None => state.to_owned(),
        },
        steps,
        waiting: None,
        acts,
    }
}

fn centre_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let row = Centre::of(place.cells);
    let stages = stages(place);
    match key {
        "open" => Ok(vec![place.written(centre::open(row, &stages, answers.on)?)]),
        "parts_replaced" => Ok(vec![place.written(vec![("parts_replaced", Value::Bool(true))])]),
        "content_updated" => Ok(vec![place.written(vec![("content_updated", Value::Bool(true))])]),
        code => {
            let writes = centre::reach(row, &stages, code, answers.on)?;
            let own = stages
                .iter()
                .find(|s| s.centre() == Some(row.id()) && s.stage() == Some(code));
            let Some(own) = own else {
                // A stage that was never planned: planned and done on the same day.
                let mut all = vec![
                    ("unit", Value::text(row.unit().unwrap_or_default())),
                    ("centre", Value::text(row.id())),
                    ("stage", Value::text(code)),
                    ("planned", day_value(answers.on)),
                ];
                all.extend(writes);
                return Ok(vec![drafted(BuildStage::LEDGER, answers.new_id, all)]);
            };
            Ok(vec![drafted(BuildStage::LEDGER, own.id(), writes)])
        }
    }
}
