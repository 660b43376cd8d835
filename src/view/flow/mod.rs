//! 办理: where a record stands in its workflow, what may be done next, and what doing it writes.
//!
//! The rules are those of [`model::workflow`](crate::model::engine::workflow); here they get names, questions and answers,
//! so that one panel serves every ledger that has a workflow.

pub(in crate::view) mod place;

use super::programmes::{base, dream, lead, phoenix, seedling};
use super::supervise;
use crate::model::notice::Notice;

use place::Kind;
pub use place::{Act, Answers, Ask, Flow, FlowStep, Performed, Place};

fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        dream::flow::KINDS,
        lead::flow::KINDS,
        base::flow::KINDS,
        seedling::flow::KINDS,
        phoenix::flow::KINDS,
        supervise::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// Ids of the ledgers with a workflow.
pub fn ledgers() -> impl Iterator<Item = &'static str> {
    kinds().map(|k| k.ledger)
}

/// Where the record stands; `None` if its ledger has no workflow.
pub fn flow(place: &Place<'_>) -> Option<Flow> {
    let kind = kinds().find(|k| k.ledger == place.ledger.id)?;
    Some((kind.show)(place))
}

/// What an act writes: the record itself first, then what is made of it.
///
/// # Errors
/// Notices that say what is missing or out of turn, and nothing is to be written.
pub fn perform(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    if answers.on > place.today {
        return Err(vec![Notice::error("", "日期在今天之后", "办理完成后再登记")]);
    }
    let kind = kinds().find(|k| k.ledger == place.ledger.id);
    kind.map_or_else(
        || Err(vec![Notice::error("", "这本台账没有办理步骤", "直接修改记录")]),
        |k| (k.act)(place, key, answers),
    )
}
