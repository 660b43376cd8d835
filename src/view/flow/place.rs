//! A record in its workflow: steps, questions, answers, and small pieces that every workflow uses.

use crate::model::date::Day;
use crate::model::engine::workflow::{Conversion, Step, Writes, day_of};
use crate::model::ledger::{Cells, Ledger, Lies, Slot};
use crate::model::notice::Notice;
use crate::model::programmes;
use crate::model::records::{Draft, Records};
use crate::model::settings::Settings;
use crate::model::validate::check_field;
use crate::model::value::Value;
use crate::view::form::{edited, text_of, value_of};

/// One step as the panel shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowStep {
    /// Its name.
    pub label: String,
    /// Who takes it; may be empty.
    pub who: String,
    /// When it was taken; `None` if it was not, or the day is not recorded.
    pub day: Option<Day>,
    /// It has been taken.
    pub done: bool,
    /// It is the one to take now.
    pub current: bool,
    /// First and last day and what else is to be known of it; may be empty.
    pub note: String,
}

/// A question besides the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Key of the answer.
    pub key: &'static str,
    /// Label.
    pub label: &'static str,
    /// What is chosen from: stored value and word; empty for a free text or a day.
    pub options: Vec<(String, String)>,
    /// A day, and which way a short one points.
    pub day: Option<Lies>,
    /// A field of the record: the control, its hint and what may be answered are those of the field.
    pub field: Option<Slot>,
    /// What stands there first, as [`text_of`] writes it.
    pub value: String,
}

/// Something that may be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Key for [`perform`].
    pub key: String,
    /// What it is: `登记：晒计划`.
    pub label: String,
    /// Questions besides the day.
    pub asks: Vec<Ask>,
    /// What it waits for; empty if it may be done now.
    pub waits: String,
}

/// Where a record stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// The state in a word; may be empty.
    pub state: String,
    /// The steps in order; may be empty.
    pub steps: Vec<FlowStep>,
    /// Days since the last step while somebody has to act.
    pub waiting: Option<i32>,
    /// What may be done, the next step first.
    pub acts: Vec<Act>,
}

/// The record and all around it.
pub struct Place<'a> {
    /// All records.
    pub records: &'a dyn Records,
    /// Ledger of the record.
    pub ledger: &'static Ledger,
    /// The record.
    pub cells: &'a dyn Cells,
    /// Today.
    pub today: Day,
}

/// Answers to an [`Act`].
pub struct Answers<'a> {
    /// The day on which it happened.
    pub on: Day,
    /// Answer by key of [`Ask`]; empty if none was given.
    pub text: &'a dyn Fn(&str) -> String,
    /// Id for a record that is made.
    pub new_id: &'a str,
}

/// Records to save, or why not.
pub type Performed = Result<Vec<Draft>, Vec<Notice>>;

/// A workflow of one ledger.
pub(in crate::view) struct Kind {
    pub(in crate::view) ledger: &'static str,
    pub(in crate::view) show: fn(&Place<'_>) -> Flow,
    pub(in crate::view) act: fn(&Place<'_>, &str, &Answers<'_>) -> Performed,
}

impl Place<'_> {
    pub(in crate::view) fn settings(&self) -> Settings {
        programmes::settings(self.records)
    }

    /// The record with these fields written.
    pub(in crate::view) fn written(&self, writes: Writes) -> Draft {
        drafted(self.ledger, self.cells.id(), writes)
    }

    /// Whether a record of another ledger points to this one with that field, whoever made it.
    pub(in crate::view) fn is_named_by(&self, ledger: &'static Ledger, field: &str) -> bool {
        let mut found = false;
        if let Some(slot) = ledger.slot(field) {
            let own = self.cells.id();
            self.records.visit(ledger.schema, None, &mut |cells| {
                found |= cells.cell(slot).as_str() == Some(own);
            });
        }
        found
    }

    pub(in crate::view) fn text(&self, field: &str) -> Option<&str> {
        let slot = self.ledger.slot(field)?;
        self.cells.cell(slot).as_str().filter(|t| !t.is_empty())
    }
}

pub(in crate::view) fn drafted(ledger: &'static Ledger, id: &str, writes: Writes) -> Draft {
    let mut draft = Draft::new(ledger.schema, id);
    for (field, value) in writes {
        if let Some(slot) = ledger.slot(field) {
            draft.set(slot, value);
        }
    }
    draft
}

pub(in crate::view) fn act(key: impl Into<String>, label: impl Into<String>, asks: Vec<Ask>) -> Act {
    Act {
        key: key.into(),
        label: label.into(),
        asks,
        waits: String::new(),
    }
}

pub(in crate::view) fn ask(key: &'static str, label: &'static str) -> Ask {
    Ask {
        key,
        label,
        options: Vec::new(),
        day: None,
        field: None,
        value: String::new(),
    }
}

/// Questions for fields of the record itself, with what stands there.
pub(in crate::view) fn ask_fields(place: &Place<'_>, names: &[&str]) -> Vec<Ask> {
    let one = |name: &&str| {
        let slot = place.ledger.slot(name)?;
        let field = place.ledger.field(name)?;
        Some(Ask {
            field: Some(slot),
            value: text_of(place.cells.cell(slot)),
            ..ask(field.name, field.label)
        })
    };
    names.iter().filter_map(one).collect()
}

/// The record as the answers to [`ask_fields`] make it, and what of it is new.
///
/// # Errors
/// Notices of the fields whose answer is none, by their names.
pub(in crate::view) fn answered(
    place: &Place<'_>,
    names: &[&str],
    answers: &Answers<'_>,
) -> Result<(Draft, Writes), Vec<Notice>> {
    let mut whole = edited(place.ledger, place.cells);
    let mut writes = Writes::new();
    let mut wrong = Vec::new();
    for (slot, field) in names
        .iter()
        .filter_map(|name| place.ledger.slot(name).zip(place.ledger.field(name)))
    {
        let value = value_of(field, &(answers.text)(field.name));
        if value == *place.cells.cell(slot) || value.is_blank() && place.cells.cell(slot).is_blank() {
            continue;
        }
        wrong.extend(check_field(field, &value));
        whole.set(slot, value.clone());
        writes.push((field.name, value));
    }
    if wrong.is_empty() {
        Ok((whole, writes))
    } else {
        Err(wrong)
    }
}

pub(in crate::view) fn ask_day(key: &'static str, label: &'static str, lies: Lies) -> Ask {
    Ask {
        day: Some(lies),
        ..ask(key, label)
    }
}

pub(in crate::view) fn choose(key: &'static str, label: &'static str, options: Vec<(String, String)>) -> Ask {
    Ask {
        options,
        ..ask(key, label)
    }
}

pub(in crate::view) fn plain_step(label: &str, day: Option<Day>, done: bool) -> FlowStep {
    FlowStep {
        label: label.to_owned(),
        who: String::new(),
        day,
        done,
        current: false,
        note: String::new(),
    }
}

/// Marks the first step that is not done.
pub(in crate::view) fn with_current(mut steps: Vec<FlowStep>) -> Vec<FlowStep> {
    if let Some(next) = steps.iter_mut().find(|s| !s.done) {
        next.current = true;
    }
    steps
}

pub(in crate::view) fn unknown() -> Performed {
    Err(vec![Notice::error("", "没有这一步", "重新打开记录")])
}

pub(in crate::view) fn day_value(day: Day) -> Value {
    Value::text(day.to_string())
}

pub(in crate::view) fn steps(place: &Place<'_>, all: &[Step], next: Option<&Step>) -> Vec<FlowStep> {
    let shown = |s: &Step| {
        let day = day_of(place.ledger.schema, place.cells, s.field);
        FlowStep {
            label: s.label.to_owned(),
            who: s.who.to_owned(),
            day,
            done: day.is_some(),
            current: next.is_some_and(|n| n.field == s.field),
            note: String::new(),
        }
    };
    all.iter().map(shown).collect()
}

pub(in crate::view) fn register(step: Option<&Step>) -> Vec<Act> {
    step.map(|s| act(s.field, format!("登记：{}", s.label), Vec::new()))
        .into_iter()
        .collect()
}

/// Days since the last step that has a day.
pub(in crate::view) fn since_last(steps: &[FlowStep], today: Day) -> Option<i32> {
    let last = steps.iter().filter_map(|s| s.day).max()?;
    steps.iter().any(|s| s.current).then(|| today.since(last))
}

pub(in crate::view) fn both(place: &Place<'_>, made: Conversion) -> Performed {
    let mut out = Vec::new();
    if !made.writes.is_empty() {
        out.push(place.written(made.writes));
    }
    out.push(made.made);
    Ok(out)
}
