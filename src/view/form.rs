//! A form of a ledger: texts in, values out, notices beside the field.

use std::collections::BTreeMap;

use crate::model::date::Day;
use crate::model::engine::workflow::day_of;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Preset, Slot, TypedRow, slots};
use crate::model::notice::{Notice, Severity};
use crate::model::programmes;
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::records::{Draft, Records};
use crate::model::validate::check_field;
use crate::model::value::Value;
use crate::replica::{Record, RecordIx, Replica};
use crate::view::show;
use crate::view::typed::{question, typed_amount};

/// Separates the items of a list inside one text; cannot be typed.
pub const SEPARATOR: char = '\u{1f}';

/// What stands in a control for a stored value.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::List(items) => items.join(&SEPARATOR.to_string()),
        Value::Raw(json) => json.to_string(),
    }
}

/// The value for what stands in a control. What cannot be read stays as text, so that validation can
/// say what is wrong with it.
pub fn value_of(field: &Field, text: &str) -> Value {
    let text = text.trim();
    if text.is_empty() {
        return Value::Null;
    }
    match field.kind {
        Kind::Int | Kind::Year => text
            .replace([',', '，'], "")
            .parse()
            .map_or_else(|_| Value::text(text), Value::Int),
        Kind::Decimal => Value::text(match typed_amount(text, field.measure) {
            Some(amount) => amount.value.to_string(),
            None => text.to_owned(),
        }),
        Kind::YesNo => match text {
            "yes" => Value::Bool(true),
            "no" => Value::Bool(false),
            _ => Value::text(text),
        },
        Kind::Choices | Kind::Refs => Value::list(text.split(SEPARATOR).filter(|i| !i.is_empty())),
        _ => Value::text(text),
    }
}

/// A new record with its presets; `unit` where the person fills in for one unit.
pub fn fresh(ledger: &'static Ledger, today: Day, unit: Option<&str>) -> Draft {
    let mut draft = Draft::new(ledger.schema, "");
    for (slot, field) in ledger.slots() {
        let value = match field.preset {
            Preset::Blank => continue,
            Preset::Today => Value::text(today.to_string()),
            Preset::ThisYear => Value::Int(i64::from(today.year())),
            Preset::Text(text) => Value::text(text),
            Preset::Int(number) => Value::Int(number),
            Preset::YesNo(truth) => Value::Bool(truth),
        };
        draft.set(slot, value);
    }
    if let Some(unit) = unit.filter(|_| ledger.field("unit").is_some()) {
        draft.set(slots::UNIT, Value::text(unit));
    }
    draft
}

/// A draft with what a record shows now, for editing.
pub fn edited(ledger: &'static Ledger, record: &dyn Cells) -> Draft {
    let mut draft = Draft::new(ledger.schema, record.id());
    for (slot, _) in ledger.slots() {
        draft.set(slot, record.cell(slot).clone());
    }
    draft
}

/// Puts what a filtered list shows into a new record: who adds to the talks of one village means that village.
pub fn prefill(
    ledger: &'static Ledger,
    draft: &mut Draft,
    filters: &BTreeMap<String, String>,
    records: &dyn Records,
    today: Day,
) {
    for (name, text) in filters {
        let (Some(field), Some(slot)) = (ledger.field(name), ledger.slot(name)) else {
            continue;
        };
        // What is filtered by being blank is filled in by nobody.
        let value = if text == "-" {
            Value::Null
        } else {
            value_of(field, text)
        };
        let fits = !value.is_blank() && (draft.cell(slot).is_blank() || field.kind == Kind::Choice);
        if fits && check_field(field, &value).is_none() {
            draft.set(slot, value);
            take_day(ledger, draft, field, records, today);
        }
    }
}

/// Gives the day of a chosen record to the field that follows it, unless a person wrote another day there: who takes
/// part in a training does so on its day.
pub fn take_day(ledger: &'static Ledger, draft: &mut Draft, chosen: &Field, records: &dyn Records, today: Day) {
    let catalogue = crate::model::programmes::catalogue();
    let (Some(target), Some(into)) = (catalogue.get(chosen.target), ledger.slot(chosen.dates)) else {
        return;
    };
    let id = ledger.slot(chosen.name).and_then(|slot| draft.cell(slot).as_str());
    let other = id.and_then(|id| records.find(target.schema, id));
    let day = other.and_then(|cells| day_of(target.schema, cells, target.dated));
    let untouched = draft.cell(into).is_blank() || *draft.cell(into) == Value::text(today.to_string());
    if let Some(day) = day.filter(|_| untouched) {
        draft.set(into, Value::text(day.to_string()));
    }
}

/// Everything about single fields that keeps a draft from being saved, in the order of the form.
pub fn field_errors(ledger: &'static Ledger, draft: &Draft) -> Vec<Notice> {
    let slots = ledger.slots();
    let checked = slots.filter_map(|(slot, field)| check_field(field, draft.cell(slot)));
    checked.filter(|n| n.severity == Severity::Error).collect()
}

/// What is to be asked before saving: the slots whose value may mean something else, with a notice that asks. Values
/// that stood in the record before are not asked about again.
pub fn asked(ledger: &'static Ledger, draft: &Draft, before: &dyn Cells) -> Vec<(Slot, Notice)> {
    let open = ledger.slots().filter_map(|(slot, field)| {
        let value = draft.cell(slot);
        let asks = question(field, value).filter(|q| q.keeps.is_some() && value != before.cell(slot))?;
        let what = format!("{}填的是 {}", field.label, text_of(value));
        Some((
            slot,
            Notice::error(field.name, what, format!("{}选一个答案", asks.asks)),
        ))
    });
    open.collect()
}

/// Everything that keeps a draft from being saved: its fields, then the rules of its ledger.
pub fn errors(ledger: &'static Ledger, draft: &Draft, records: &dyn Records, today: Day) -> Vec<Notice> {
    let mut out = field_errors(ledger, draft);
    let ruled = programmes::check(ledger, draft, records, today);
    let fresh = |n: &Notice| n.severity == Severity::Error && out.iter().all(|known| known.place != n.place);
    let ruled: Vec<Notice> = ruled.into_iter().filter(fresh).collect();
    out.extend(ruled);
    out
}

/// One line of what is to be corrected: the label and what to do, each said once: `村（社区）：请填写`.
pub fn to_correct(ledger: &Ledger, notice: &Notice) -> String {
    let Some(field) = ledger.field(&notice.place) else {
        return format!("{}：{}", notice.what, notice.todo);
    };
    let todo = notice.todo.strip_suffix(field.label).filter(|todo| !todo.is_empty());
    format!("{}：{}", field.label, todo.unwrap_or(&notice.todo))
}

/// What is saved all the same but worth a second look.
pub fn warnings(ledger: &'static Ledger, draft: &Draft, records: &dyn Records, today: Day) -> Vec<Notice> {
    let mut out = programmes::check(ledger, draft, records, today);
    out.retain(|n| n.severity == Severity::Warning);
    out
}

/// Whether a record stands that says exactly what the draft says. A draft without an id means any such record.
pub fn stands(replica: &Replica, ledger: &'static Ledger, draft: &Draft) -> bool {
    let says_more = draft
        .cells
        .iter()
        .any(|(slot, value)| *slot >= slots::FIRST && !value.is_blank());
    let same = |record: &Record| {
        let equal = |slot: Slot| {
            let (one, other) = (record.cell(slot), draft.cell(slot));
            one == other || (one.is_blank() && other.is_blank())
        };
        (draft.id.is_empty() || *record.id == *draft.id) && ledger.slots().all(|(slot, _)| equal(slot))
    };
    let all = replica
        .records_of(ledger.id)
        .iter()
        .filter_map(|&ix| replica.record(ix));
    says_more && all.filter(|record| record.is_live()).any(same)
}

/// Whether a place of the town, a unit or a district, would be called as another one is; lists could not tell them apart.
/// Nothing is said of a name that stood there before.
pub fn has_namesake(replica: &Replica, ledger: &'static Ledger, base: &Draft, draft: &Draft) -> bool {
    if ![Unit::LEDGER.id, District::LEDGER.id].contains(&ledger.id) {
        return false;
    }
    let Some(slot) = ledger.slot("name") else {
        return false;
    };
    let name = |cells: &dyn Cells| cells.cell(slot).as_str().unwrap_or_default().trim().to_owned();
    let own = name(draft);
    if !draft.id.is_empty() && own == name(base) {
        return false;
    }
    let ids = replica.records_of(ledger.id).iter();
    let mut others = ids
        .filter_map(|&ix| replica.record(ix))
        .filter(|r| r.is_live() && *r.id != *draft.id);
    !own.is_empty() && others.any(|other| name(other) == own)
}

/// That the code of a unit is that of one which was joined into another or lies in the recycle bin: it is used, though no
/// list shows it.
pub fn used_code(replica: &Replica, ledger: &'static Ledger, draft: &Draft) -> Option<Notice> {
    let slot = ledger.slot("code").filter(|_| ledger.id == Unit::LEDGER.id)?;
    let code = draft.cell(slot).as_str().filter(|code| !code.is_empty())?;
    let own = replica.find_ix(ledger.id, &draft.id);
    let standing = own.and_then(|ix| replica.record(ix));
    if standing.is_some_and(|record| record.cell(slot) == draft.cell(slot)) {
        return None;
    }
    let hidden = |ix: &RecordIx| {
        let record = replica.record(*ix)?;
        let is_hidden = record.is(Record::DELETED) || record.is(Record::JOINED) && record.is_kept();
        let is_own = own.is_some_and(|own| replica.root_of(own) == replica.root_of(*ix));
        (is_hidden && !is_own && record.shown(slot).as_str() == Some(code)).then_some((*ix, record))
    };
    let (ix, used) = replica.records_of(ledger.id).iter().find_map(hidden)?;
    let name = |record: &Record| show::title(replica, catalogue(), ledger, record);
    let todo = match replica
        .record(replica.root_of(ix))
        .filter(|_| !used.is(Record::DELETED))
    {
        Some(root) => format!("{code} 已是{}的代码，它已并入{}，请核对", name(used), name(root)),
        None => format!("{code} 已是{}的代码，它在回收站里，可以恢复", name(used)),
    };
    Some(Notice::error("code", "统计用区划代码重复", todo))
}

/// What an edit changed: the slots whose value differs from the record's.
pub fn changed(ledger: &'static Ledger, record: &dyn Cells, draft: &Draft) -> Vec<(Slot, Value)> {
    let differs = |slot: &Slot| {
        let (old, new) = (record.cell(*slot), draft.cell(*slot));
        old != new && !(old.is_blank() && new.is_blank())
    };
    ledger
        .slots()
        .map(|(slot, _)| slot)
        .filter(differs)
        .map(|slot| (slot, draft.cell(slot).clone()))
        .collect()
}

/// A draft as text that survives a reload: one line per field, `name=text` with line breaks escaped.
pub fn to_text(ledger: &'static Ledger, draft: &Draft) -> String {
    let mut out = String::new();
    for (slot, field) in ledger.slots() {
        let text = text_of(draft.cell(slot));
        if !text.is_empty() {
            let text = text.replace('\\', "\\\\").replace('\n', "\\n");
            out.push_str(&format!("{}={text}\n", field.name));
        }
    }
    out
}

/// Reads what [`to_text`] wrote; lines that do not fit the ledger are left out.
pub fn from_text(ledger: &'static Ledger, id: &str, text: &str) -> Draft {
    let mut draft = Draft::new(ledger.schema, id);
    for line in text.lines() {
        let Some((name, text)) = line.split_once('=') else {
            continue;
        };
        let (Some(field), Some(slot)) = (ledger.field(name), ledger.slot(name)) else {
            continue;
        };
        let text = text
            .replace("\\\\", "\u{0}")
            .replace("\\n", "\n")
            .replace('\u{0}', "\\");
        draft.set(slot, value_of(field, &text));
    }
    draft
}
