//! What may be done in 头雁: a step of 换届.

use crate::model::ledger::TypedRow as _;
use crate::model::notice::Severity;
use crate::model::programmes::lead::election;
use crate::model::programmes::lead::ledgers::Election;
use crate::view::flow::place::{Answers, Flow, Kind, Performed, Place, act, answered, ask_fields, since_last, steps};
use crate::view::form::errors;

/// The ledgers with a workflow.
pub(in crate::view) const KINDS: &[Kind] = &[Kind {
    ledger: Election::LEDGER.id,
    show: election_flow,
    act: election_act,
}];

/// What is counted at a step, beside its day.
fn counted(step: &str) -> &'static [&'static str] {
    match step {
        "party_elected" => &[
            "party_due",
            "party_present",
            "party_seats",
            "party_candidates",
            "party_least",
        ],
        "voted" => &["voters", "ballots", "posts", "candidates", "least"],
        "handed_over" => &["seats", "women", "both_committees", "next"],
        _ => &[],
    }
}

fn election_flow(place: &Place<'_>) -> Flow {
    let row = Election::of(place.cells);
    let next = election::next(row);
    let mut steps = steps(place, &election::STEPS, next);
    let plan = row.year().and_then(|year| election::plan_of(place.records, year));
    for (step, planned) in steps.iter_mut().zip(election::planned(plan)) {
        let Some(until) = planned.until else { continue };
        step.note = match step.day {
            Some(day) if day > until => format!("最迟 {until}，晚 {} 天", day.since(until)),
            None if until < place.today => format!("最迟 {until}，已逾期 {} 天", place.today.since(until)),
            _ => format!("最迟 {until}"),
        };
    }
    let acts = next.map(|step| {
        act(
            step.field,
            format!("登记：{}", step.label),
            ask_fields(place, counted(step.field)),
        )
    });
    let done = steps.iter().filter(|step| step.done).count();
    Flow {
        state: match next {
            Some(_) => format!("已办 {done} 步，共 {} 步", election::COUNT),
            None => "换届完成".to_owned(),
        },
        waiting: since_last(&steps, place.today),
        steps,
        acts: acts.into_iter().collect(),
    }
}

/// A step is refused out of turn, and where its counts make the meeting or the vote void.
fn election_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let day = election::advance(Election::of(place.cells), key, answers.on)?;
    let (mut whole, mut writes) = answered(place, counted(key), answers)?;
    for (field, value) in &day {
        if let Some(slot) = place.ledger.slot(field) {
            whole.set(slot, value.clone());
        }
    }
    let wrong = errors(place.ledger, &whole, place.records, place.today);
    let here = |place: &str| place == key || counted(key).contains(&place);
    let wrong: Vec<_> = wrong
        .into_iter()
        .filter(|notice| notice.severity == Severity::Error && here(&notice.place))
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    writes.extend(day);
    Ok(vec![place.written(writes)])
}
