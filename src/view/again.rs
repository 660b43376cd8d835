//! One more record after another: what a form takes over from the record that was just saved, and from the last one that
//! its person wrote.

use crate::model::date::Day;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Preset, Slot, slots};
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::replica::{RecordIx, Replica};
use crate::view::form::fresh;
use crate::view::list::live_records;
use crate::view::show;

/// Whether the records of a ledger are a roll: one for each unit under another record, as the attendance of a training.
fn is_roll(ledger: &Ledger) -> bool {
    let is_ref = |name: &&str| ledger.field(name).is_some_and(|field| field.kind == Kind::Ref);
    let mut others = ledger.key.iter().filter(|name| **name != "unit");
    ledger.key.contains(&"unit") && ledger.key.len() > 1 && others.all(is_ref)
}

/// The form for one more record after `saved`: the presets, with the unit and the day of the saved one. In a roll the unit
/// is what differs, and what the roll is of stays.
pub fn next(ledger: &'static Ledger, saved: &Draft, today: Day, own_unit: Option<&str>) -> Draft {
    let mut draft = fresh(ledger, today, own_unit);
    let roll = is_roll(ledger);
    for (slot, field) in ledger.slots() {
        let is_held = ledger.key.contains(&field.name) && field.kind == Kind::Ref;
        let carries = match slot {
            slots::UNIT => !roll,
            _ => field.name == ledger.dated || roll && is_held,
        };
        if carries && !saved.cell(slot).is_blank() {
            draft.set(slot, saved.cell(slot).clone());
        }
    }
    draft
}

/// The record of a ledger that was written last for this unit, or without one on this device.
pub fn previous(replica: &Replica, ledger: &'static Ledger, own_unit: Option<&str>, tag: &str) -> Option<RecordIx> {
    let own_unit = own_unit.filter(|_| ledger.field("unit").is_some());
    let begun = live_records(replica, ledger).into_iter().filter_map(|(ix, record)| {
        let changes = record.atoms.iter().map(|atom| atom.change);
        let first = changes.min_by(|&a, &b| replica.display_order(a, b))?;
        let own = match own_unit {
            Some(unit) => replica.unit_of(record) == unit,
            None => replica.tag_of(first) == tag,
        };
        own.then_some((first, record.id.len(), &record.id, ix))
    });
    let last = begun.max_by(|a, b| {
        let by_time = replica.display_order(a.0, b.0);
        by_time.then_with(|| (a.1, a.2).cmp(&(b.1, b.2)))
    });
    last.map(|(.., ix)| ix)
}

/// What a form took over from another record.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    /// The form with what was taken over.
    pub draft: Draft,
    /// What stood in the fields that were filled, and what stands there now.
    filled: Vec<(Slot, Value, Value)>,
    /// What is said of it.
    pub told: String,
}

impl Copied {
    /// The form without what was taken over; what was typed over it meanwhile stays.
    pub fn taken_back(&self, draft: &Draft) -> Draft {
        let mut out = draft.clone();
        for (slot, before, now) in &self.filled {
            if draft.cell(*slot) == now {
                out.set(*slot, before.clone());
            }
        }
        out
    }
}

/// Whether a field belongs to one record alone: names that tell records apart, what is said of one person, days and years
/// that a new record has of its own, and what others decide. In a roll also the unit and who comes for it.
fn is_own(ledger: &Ledger, slot: Slot, field: &Field) -> bool {
    let named = ledger.key.contains(&field.name) && matches!(field.kind, Kind::Text | Kind::LongText);
    let of_unit = slot == slots::UNIT || field.kind == Kind::Ref && !ledger.key.contains(&field.name);
    named
        || field.personal && !field.recurs
        || field.decided_by.is_some()
        || matches!(field.preset, Preset::Today | Preset::ThisYear)
        || is_roll(ledger) && of_unit
}

/// Fills the fields of a form that nobody has filled in, from another record. `base` is the form as it was opened. `None`
/// where there is nothing to take over.
pub fn copied(
    replica: &Replica,
    ledger: &'static Ledger,
    base: &Draft,
    draft: &Draft,
    from: &dyn Cells,
) -> Option<Copied> {
    let mut out = draft.clone();
    let (mut filled, mut taken, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for (slot, field) in ledger.slots() {
        let (now, other) = (draft.cell(slot), from.cell(slot));
        if other.is_blank() || now == other {
            continue;
        }
        let untouched = now.is_blank() || now == base.cell(slot);
        if is_own(ledger, slot, field) || !untouched {
            left.push(field.label);
            continue;
        }
        filled.push((slot, now.clone(), other.clone()));
        out.set(slot, other.clone());
        taken.push(field.label);
    }
    let title = show::title(replica, catalogue(), ledger, from);
    let rest = match left.is_empty() {
        true => String::new(),
        false => format!("没有复制：{}。", left.join("、")),
    };
    (!taken.is_empty()).then(|| Copied {
        draft: out,
        filled,
        told: format!("已从“{title}”复制：{}。{rest}", taken.join("、")),
    })
}
