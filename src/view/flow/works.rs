//! Workflows of things: a suggestion and a service centre.

use super::{
    Act, Answers, Flow, Kind, Performed, Place, act, ask, ask_day, choose, day_value, drafted, plain_step, unknown,
    with_current,
};
use crate::model::date::Day;
use crate::model::ledger::{Lies, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes::base::centre;
use crate::model::programmes::base::ledgers::{BUILD_STAGES, BuildStage, Centre, CentreItem};
use crate::model::programmes::dream::ledgers::{Plan, PlanItem, Suggestion};
use crate::model::programmes::dream::suggestion;
use crate::model::records::rows_of;
use crate::model::value::Value;
use crate::view::show;
use crate::view::typed::typed_day;

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
    if stage == suggestion::Stage::Replied && suggestion::waits_to_land(row) {
        acts.push(act("land", "登记已落实", Vec::new()));
    }
    let adopted = matches!(row.state(), Some("adopted" | "partly"));
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

fn stages<'a>(place: &Place<'a>) -> Vec<BuildStage<'a>> {
    let unit = Centre::of(place.cells).unit().unwrap_or_default().to_owned();
    rows_of::<BuildStage>(place.records, &unit)
}

/// Items of the centre's check-list that are not done yet.
fn open_items(place: &Place<'_>, list: &str) -> usize {
    let unit = place.text("unit").unwrap_or_default().to_owned();
    let all = rows_of::<CentreItem>(place.records, &unit).into_iter();
    all.filter(|i| i.centre() == Some(place.cells.id()) && i.list() == Some(list) && i.done().is_none())
        .count()
}

fn still_open(items: usize) -> Vec<Notice> {
    let what = format!("检查清单里还有 {items} 项没有完成");
    vec![Notice::error("state", what, "在阵地检查清单里登记完成日期")]
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
            let part = |label: &str, list: &str, done: Option<bool>, day: Option<Day>| {
                plain_step(label, day, done == Some(true) && open_items(place, list) == 0)
            };
            let steps = vec![
                part("更换旧件", "parts", row.parts_replaced(), row.parts_replaced_on()),
                part("更新内容", "content", row.content_updated(), row.content_updated_on()),
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
        "open" if row.state() == Some("upgrading") && open_items(place, "parts") + open_items(place, "content") > 0 => {
            Err(still_open(open_items(place, "parts") + open_items(place, "content")))
        }
        "open" => Ok(vec![place.written(centre::open(row, &stages, answers.on)?)]),
        "parts_replaced" | "content_updated" => {
            let (list, field, day) = match key {
                "parts_replaced" => ("parts", "parts_replaced", "parts_replaced_on"),
                _ => ("content", "content_updated", "content_updated_on"),
            };
            match open_items(place, list) {
                0 => Ok(vec![
                    place.written(vec![(field, Value::Bool(true)), (day, day_value(answers.on))]),
                ]),
                n => Err(still_open(n)),
            }
        }
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
