//! A record that a form names and that is not here yet: it is registered on the spot, in one save with the form.

use crate::model::date::Day;
use crate::model::ledger::{Field, Kind, Ledger, Preset, Slot, slots};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::model::records::{Draft, Records};
use crate::model::value::Value;
use crate::view::form::{self, errors, fresh};
use crate::view::show;
use crate::view::tables::ahead::Ahead;

/// More fields than this are asked for in the form of the other ledger.
const MOST: usize = 3;
/// Begins the id that stands for a record until it is saved. No stored id has a blank.
const NEW: &str = "new ";

/// A record to be saved with the form that names it.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Its ledger.
    pub ledger: &'static Ledger,
    /// What it says; its id stands in the form until both are saved.
    pub draft: Draft,
}

/// The field that a name typed elsewhere fills in.
fn named(ledger: &'static Ledger) -> Option<(Slot, &'static Field)> {
    let name = ledger.title.first()?;
    let field = ledger.field(name).filter(|field| field.kind == Kind::Text)?;
    Some((ledger.slot(name)?, field))
}

/// The ledger that a field points to, if a record of it can be registered on the spot: it is called by a name, and little
/// more has to be said of it.
pub fn ledger_of(field: &Field) -> Option<&'static Ledger> {
    let refers = matches!(field.kind, Kind::Ref | Kind::Refs);
    let ledger = catalogue().get(field.target).filter(|_| refers)?;
    let fits = !ledger.system && ledger.field("unit").is_some() && named(ledger).is_some();
    (fits && asked(ledger).len() <= MOST).then_some(ledger)
}

/// The fields asked for on the spot: the name, and what is required and not known by itself.
pub fn asked(ledger: &'static Ledger) -> Vec<(Slot, &'static Field)> {
    let name = named(ledger).map(|(slot, _)| slot);
    let is_asked = |(slot, field): &(Slot, &'static Field)| {
        Some(*slot) == name || field.required && *slot != slots::UNIT && field.preset == Preset::Blank
    };
    ledger.slots().filter(is_asked).collect()
}

/// A record begun with the name that was typed, of the unit of the form; `number` tells it from others in the form.
pub fn begun(ledger: &'static Ledger, name: &str, unit: &str, number: usize, today: Day) -> Beside {
    let mut draft = fresh(ledger, today, Some(unit).filter(|unit| !unit.is_empty()));
    if let Some((slot, _)) = named(ledger).filter(|_| !name.trim().is_empty()) {
        draft.set(slot, Value::text(name.trim()));
    }
    draft.id = format!("{NEW}{number}");
    Beside { ledger, draft }
}

/// Whether an id stands for a record that is yet to be saved.
fn is_new(id: &str) -> bool {
    id.starts_with(NEW)
}

fn ids(value: &Value) -> Vec<String> {
    let text = form::text_of(value);
    let ids = text.split(form::SEPARATOR).filter(|id| !id.is_empty());
    ids.map(str::to_owned).collect()
}

/// The ids in a value that stand for records yet to be saved.
pub fn new_in(value: &Value) -> Vec<String> {
    let mut ids = ids(value);
    ids.retain(|id| is_new(id));
    ids
}

/// The value of a field that names one record more; of a field for one, that one.
pub fn naming(field: &Field, value: &Value, id: &str) -> Value {
    let mut ids = match field.kind {
        Kind::Refs => ids(value),
        _ => Vec::new(),
    };
    ids.push(id.to_owned());
    form::value_of(field, &ids.join(&form::SEPARATOR.to_string()))
}

/// The value of a field that names a record no more.
pub fn not_naming(field: &Field, value: &Value, id: &str) -> Value {
    let mut ids = ids(value);
    ids.retain(|other| other != id);
    form::value_of(field, &ids.join(&form::SEPARATOR.to_string()))
}

/// Those that a draft names, in the order given; of the unit of the draft, if it has one.
pub fn meant(draft: &Draft, all: &[Beside]) -> Vec<Beside> {
    let names = |id: &str| {
        draft.cells.iter().any(|(_, value)| match value {
            Value::Text(text) => **text == *id,
            Value::List(items) => items.iter().any(|item| **item == *id),
            _ => false,
        })
    };
    let mut meant: Vec<Beside> = all.iter().filter(|beside| names(&beside.draft.id)).cloned().collect();
    if let Some(unit) = draft.unit().filter(|unit| !unit.is_empty()) {
        for beside in &mut meant {
            beside.draft.set(slots::UNIT, Value::text(unit));
        }
    }
    meant
}

/// Does something with the records as they would be.
pub fn with_ahead<R>(records: &dyn Records, all: &[Beside], act: &mut dyn FnMut(&dyn Records) -> R) -> R {
    match all.split_first() {
        None => act(records),
        Some((first, rest)) => {
            let (same, rest): (Vec<Beside>, Vec<Beside>) = rest
                .iter()
                .cloned()
                .partition(|other| other.ledger.id == first.ledger.id);
            let drafts = std::iter::once(first.clone()).chain(same).map(|beside| beside.draft);
            let ahead = Ahead::new(records, first.ledger.schema, drafts.collect());
            with_ahead(&ahead, &rest, act)
        }
    }
}

/// What keeps one of them from being saved: its fields and the rules of its ledger.
pub fn wrong(beside: &Beside, records: &dyn Records, today: Day) -> Vec<Notice> {
    let unsaved = Draft {
        id: String::new(),
        ..beside.draft.clone()
    };
    errors(beside.ledger, &unsaved, records, today)
}

/// What it is called, for the field that names it.
pub fn called(beside: &Beside, records: &dyn Records) -> String {
    let title = show::title(records, catalogue(), beside.ledger, &beside.draft);
    format!("{title}（新登记）")
}

/// The form's drafts and those beside it, in the order they are saved. `id` gives the id of the record at a place of the
/// save; what named those beside by the ids that stood for them names them by these.
pub fn saved_with(mut drafts: Vec<Draft>, all: Vec<Beside>, mut id: impl FnMut(usize) -> String) -> Vec<Draft> {
    for beside in all {
        let (new, old) = (id(drafts.len()), beside.draft.id.clone());
        for draft in &mut drafts {
            for (_, value) in &mut draft.cells {
                match value {
                    Value::Text(text) if **text == *old => *value = Value::text(new.as_str()),
                    Value::List(items) if items.iter().any(|item| **item == *old) => {
                        let items = items
                            .iter()
                            .map(|item| if **item == *old { new.as_str() } else { item });
                        *value = Value::list(items);
                    }
                    _ => {}
                }
            }
        }
        drafts.push(Draft {
            id: String::new(),
            ..beside.draft
        });
    }
    drafts
}

/// One of them as text that survives a reload.
pub fn to_text(beside: &Beside) -> String {
    let (ledger, draft) = (beside.ledger, &beside.draft);
    format!("{}\n{}\n{}", ledger.id, draft.id, form::to_text(ledger, draft))
}

/// Reads what [`to_text`] wrote; `None` if it is no such record.
pub fn from_text(text: &str) -> Option<Beside> {
    let (ledger, rest) = text.split_once('\n')?;
    let (id, rest) = rest.split_once('\n')?;
    let ledger = catalogue().get(ledger).filter(|_| is_new(id))?;
    Some(Beside {
        ledger,
        draft: form::from_text(ledger, id, rest),
    })
}
