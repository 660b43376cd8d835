//! 办理: where a record stands in its workflow, what may be done next, and what doing it writes.
//!
//! The rules are those of [`model::workflow`](crate::model::engine::workflow); here they get names, questions and answers,
//! so that one panel serves every ledger that has a workflow.

mod chains;
mod people;
mod works;

use crate::model::date::Day;
use crate::model::engine::workflow::Writes;
use crate::model::ledger::{Cells, Ledger, Lies};
use crate::model::notice::Notice;
use crate::model::records::{Draft, Records};
use crate::model::settings::Settings;
use crate::model::value::Value;

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
struct Kind {
    ledger: &'static str,
    show: fn(&Place<'_>) -> Flow,
    act: fn(&Place<'_>, &str, &Answers<'_>) -> Performed,
}

fn kinds() -> impl Iterator<Item = &'static Kind> {
    chains::KINDS.iter().chain(works::KINDS).chain(people::KINDS)
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

impl Place<'_> {
    fn settings(&self) -> Settings {
        Settings::read(self.records)
    }

    /// The record with these fields written.
    fn written(&self, writes: Writes) -> Draft {
        drafted(self.ledger, self.cells.id(), writes)
    }

    /// Whether a record of another ledger points to this one with that field, whoever made it.
    fn is_named_by(&self, ledger: &'static Ledger, field: &str) -> bool {
        let mut found = false;
        if let Some(slot) = ledger.slot(field) {
            let own = self.cells.id();
            self.records.visit(ledger, None, &mut |cells| {
                found |= cells.cell(slot).as_str() == Some(own);
            });
        }
        found
    }

    fn text(&self, field: &str) -> Option<&str> {
        let slot = self.ledger.slot(field)?;
        self.cells.cell(slot).as_str().filter(|t| !t.is_empty())
    }
}

fn drafted(ledger: &'static Ledger, id: &str, writes: Writes) -> Draft {
    let mut draft = Draft::new(ledger, id);
    for (field, value) in writes {
        if let Some(slot) = ledger.slot(field) {
            draft.set(slot, value);
        }
    }
    draft
}

fn act(key: impl Into<String>, label: impl Into<String>, asks: Vec<Ask>) -> Act {
    Act {
        key: key.into(),
        label: label.into(),
        asks,
        waits: String::new(),
    }
}

fn ask(key: &'static str, label: &'static str) -> Ask {
    Ask {
        key,
        label,
        options: Vec::new(),
        day: None,
    }
}

fn ask_day(key: &'static str, label: &'static str, lies: Lies) -> Ask {
    Ask {
        day: Some(lies),
        ..ask(key, label)
    }
}

fn choose(key: &'static str, label: &'static str, options: Vec<(String, String)>) -> Ask {
    Ask {
        options,
        ..ask(key, label)
    }
}

fn plain_step(label: &str, day: Option<Day>, done: bool) -> FlowStep {
    FlowStep {
        label: label.to_owned(),
        who: String::new(),
        day,
        done,
        current: false,
    }
}

/// Marks the first step that is not done.
fn with_current(mut steps: Vec<FlowStep>) -> Vec<FlowStep> {
    if let Some(next) = steps.iter_mut().find(|s| !s.done) {
        next.current = true;
    }
    steps
}

fn unknown() -> Performed {
    Err(vec![Notice::error("", "没有这一步", "重新打开记录")])
}

fn day_value(day: Day) -> Value {
    Value::text(day.to_string())
}
