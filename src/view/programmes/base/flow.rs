//! What may be done in 强基: a service centre.

use crate::model::date::Day;
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::base::centre;
use crate::model::programmes::base::ledgers::{BuildStage, BuildStep, Centre, CentreItem, CentreState};
use crate::model::records::rows_of;
use crate::model::value::Value;
use crate::view::flow::place::{
    Answers, Flow, Kind, Performed, Place, act, day_value, drafted, plain_step, with_current,
};

/// The ledgers with a workflow.
pub(in crate::view) const KINDS: &[Kind] = &[Kind {
    ledger: Centre::LEDGER.id,
    show: centre_flow,
    act: centre_act,
}];

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
    let (state, steps, acts, waiting) = match CentreState::of(row.state()) {
        Some(CentreState::Planned) => {
            let steps = BuildStep::ALL.iter().map(|c| {
                let day = own(c.code).and_then(|s| s.actual());
                let mut step = plain_step(c.label, day, day.is_some());
                if let Some(planned) = own(c.code).and_then(|s| s.planned()) {
                    step.who = format!("计划 {planned}");
                }
                step
            });
            let reached = centre::stages_reached(row, &stages, place.today);
            let acts = match BuildStep::ALL.get(reached) {
                Some(next) => vec![act(next.code, format!("登记：{}", next.label), Vec::new())],
                None => vec![open()],
            };
            let late = centre::late(row, &stages, place.today).map(|(_, days)| days);
            ("待建", with_current(steps.collect()), acts, late)
        }
        Some(CentreState::Upgrading) => {
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
        Some(CentreState::Built) => {
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
        "open"
            if CentreState::Upgrading.is(row.state())
                && open_items(place, "parts") + open_items(place, "content") > 0 =>
        {
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
