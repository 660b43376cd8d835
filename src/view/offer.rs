//! What a person is offered of a workflow: what this role may do, and a sentence for what others do.
//!
//! The rule is that of every field ([`Desk::why_not`]): an act may be done by whoever may write all that it writes.

use crate::desk::Desk;
use crate::model::ledger::{Ledger, Slot};
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::replica::RecordIx;
use crate::view::flow::{Act, Answers, Flow, Place, flow, perform};

/// Where a record stands, as the person here sees it.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its ledger.
    pub ledger: &'static Ledger,
    /// Where it stands; only the acts that may be done here.
    pub flow: Flow,
    /// What others do, a sentence for each of them: `登记：指导员审核，由党建指导员填写`.
    pub by_others: Vec<String>,
}

/// What may be done with a record here; `None` if its ledger has no workflow.
pub fn offered(desk: &Desk, ix: RecordIx) -> Option<Offered> {
    let (ledger, mut found) = at(desk, ix, |place| Some((place.ledger, flow(place)?)))??;
    let mut by_others: Vec<(String, Vec<String>)> = Vec::new();
    found.acts.retain(|act| {
        let Some(reason) = barred(desk, ix, act) else {
            return true;
        };
        match by_others.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, labels)) => labels.push(act.label.clone()),
            None => by_others.push((reason, vec![act.label.clone()])),
        }
        false
    });
    let said = by_others
        .into_iter()
        .map(|(reason, labels)| format!("{}，{reason}", labels.join("、")));
    Some(Offered {
        ledger,
        flow: found,
        by_others: said.collect(),
    })
}

/// Looks at a record and what is around it.
pub fn at<R>(desk: &Desk, ix: RecordIx, look: impl FnOnce(&Place<'_>) -> R) -> Option<R> {
    let replica = desk.replica();
    let record = replica.record(ix)?;
    let place = Place {
        records: replica,
        ledger: catalogue().get(replica.ledger_id(record))?,
        cells: record,
        today: desk.today(),
    };
    Some(look(&place))
}

/// Why this person may not do an act: the record is not theirs, or a field that the act writes is for others, as the
/// review of a plan is for its guide. What an act writes is seen by trying it with the answers that stand there first; an
/// act that cannot be done yet is named by the field that it dates.
fn barred(desk: &Desk, ix: RecordIx, act: &Act) -> Option<String> {
    let text = |key: &str| {
        let asked = act.asks.iter().find(|ask| ask.key == key);
        match asked.map(|ask| (ask.field, ask.options.first())) {
            Some((Some(_), _)) => asked.map(|ask| ask.value.clone()).unwrap_or_default(),
            Some((None, Some((code, _)))) => code.clone(),
            _ => "1".to_owned(),
        }
    };
    let answers = Answers {
        on: desk.today(),
        text: &text,
        new_id: "1",
    };
    let tried = at(desk, ix, |place| {
        perform(place, &act.key, &answers).unwrap_or_else(|_| {
            let mut named = Draft::new(place.ledger.schema, place.cells.id());
            if let Some(slot) = place.ledger.slot(&act.key) {
                named.set(slot, Value::Null);
            }
            vec![named]
        })
    });
    may_not(desk, ix, &tried.unwrap_or_default())
}

/// Why this person may not write some drafts that belong to a record.
pub fn may_not(desk: &Desk, ix: RecordIx, drafts: &[Draft]) -> Option<String> {
    let replica = desk.replica();
    let record = replica.record(ix)?;
    let (ledger, unit) = (catalogue().get(replica.ledger_id(record))?, replica.unit_of(record));
    let fields = drafts.iter().flat_map(|draft| {
        let ledger = catalogue().get(draft.ledger);
        let own = draft.unit().filter(|own| !own.is_empty()).unwrap_or(unit);
        let one = move |&(slot, _): &(Slot, Value)| desk.why_not(ledger?, own, Some(slot));
        draft.cells.iter().find_map(one)
    });
    let whole = desk.why_not(ledger, unit, None);
    whole.or_else(|| fields.into_iter().next())
}
