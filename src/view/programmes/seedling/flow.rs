//! What may be done in 青苗: development of a member, conversions of mobile members, assistants and reserve cadres.

use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::ledgers::development::Development;
use crate::model::programmes::seedling::ledgers::{Assistant, Mobile, Reserve};
use crate::model::programmes::seedling::{assistant, mobile};
use crate::view::flow::place::{
    Answers, Flow, Kind, Performed, Place, act, ask, both, plain_step, unknown, with_current,
};
use crate::view::programmes::seedling::development;

/// The ledgers with a workflow.
pub(in crate::view) const KINDS: &[Kind] = &[
    Kind {
        ledger: Development::LEDGER.id,
        show: development::flow,
        act: development::perform,
    },
    Kind {
        ledger: Mobile::LEDGER.id,
        show: mobile_flow,
        act: mobile_act,
    },
    Kind {
        ledger: Assistant::LEDGER.id,
        show: assistant_flow,
        act: assistant_act,
    },
    Kind {
        ledger: Reserve::LEDGER.id,
        show: reserve_flow,
        act: reserve_act,
    },
];

fn mobile_flow(place: &Place<'_>) -> Flow {
    let row = Mobile::of(place.cells);
    let settings = place.settings();
    let stage = mobile::stage_at(row, place.today, &settings);
    let acts = match (row.reserve(), row.intent()) {
        (None, Some("found" | "work")) => vec![act("reserve", "纳入后备干部", Vec::new())],
        _ => Vec::new(),
    };
    Flow {
        state: stage.map_or_else(String::new, |s| s.label(&settings)),
        acts,
        ..Flow::default()
    }
}

fn mobile_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    match key {
        "reserve" => both(
            place,
            mobile::into_reserve(Mobile::of(place.cells), answers.new_id, answers.on)?,
        ),
        _ => unknown(),
    }
}

fn reserve_of<'a>(place: &Place<'a>, id: Option<&str>) -> Option<Reserve<'a>> {
    place.records.find(Reserve::SCHEMA, id?).map(Reserve::of)
}

fn assistant_flow(place: &Place<'_>) -> Flow {
    let row = Assistant::of(place.cells);
    let reserve = reserve_of(place, row.reserve());
    let stage = assistant::stage_at(row, reserve, place.today);
    let steps = vec![
        plain_step("任助理员", row.since(), true),
        plain_step("后备干部", reserve.and_then(|r| r.since()), row.reserve().is_some()),
        plain_step(
            "进入两委",
            reserve.and_then(|r| r.elected()),
            reserve.is_some_and(|r| r.elected().is_some()),
        ),
    ];
    let acts = match row.reserve() {
        None => vec![act("reserve", "转为后备干部", Vec::new())],
        Some(_) => Vec::new(),
    };
    Flow {
        state: stage.label().to_owned(),
        steps: with_current(steps),
        waiting: None,
        acts,
    }
}

fn assistant_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    match key {
        "reserve" => both(
            place,
            assistant::into_reserve(Assistant::of(place.cells), answers.new_id, answers.on)?,
        ),
        _ => unknown(),
    }
}

fn reserve_flow(place: &Place<'_>) -> Flow {
    let row = Reserve::of(place.cells);
    let steps = vec![
        plain_step("入库", row.since(), true),
        plain_step("进入两委", row.elected(), row.elected().is_some()),
    ];
    let (state, acts) = match (row.elected(), row.left()) {
        (Some(_), _) => ("已进入两委", Vec::new()),
        (None, Some(_)) => ("已出库", Vec::new()),
        (None, None) => (
            "在库",
            vec![act("elect", "当选，转入两委干部名册", vec![ask("post", "当选职务")])],
        ),
    };
    Flow {
        state: state.to_owned(),
        steps: if row.left().is_some() {
            steps
        } else {
            with_current(steps)
        },
        waiting: None,
        acts,
    }
}

fn reserve_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    match key {
        "elect" => {
            let post = (answers.text)("post");
            both(
                place,
                assistant::elect(Reserve::of(place.cells), answers.new_id, &post, answers.on)?,
            )
        }
        _ => unknown(),
    }
}
