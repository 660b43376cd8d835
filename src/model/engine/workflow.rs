//! Workflows as state machines over records: which step has been reached, which may follow, what a step writes.
//!
//! Pure: days arrive as data, a step returns the fields to write and never writes. Steps stand in
//! order and none is skipped silently: a step before its turn is refused with the step that is missing.

use crate::model::date::Day;
use crate::model::ledger::{Cells, Schema};
use crate::model::notice::Notice;
use crate::model::records::Draft;
use crate::model::value::Value;

/// Fields that a step writes into the record.
pub type Writes = Vec<(&'static str, Value)>;

/// What a step gives: fields to write, or why it may not be taken.
pub type Outcome = Result<Writes, Vec<Notice>>;

/// One step of a chain: the day field that records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Field that holds the day.
    pub field: &'static str,
    /// Name of the step.
    pub label: &'static str,
    /// Who takes it.
    pub who: &'static str,
}

/// A step.
pub const fn step(field: &'static str, label: &'static str, who: &'static str) -> Step {
    Step { field, label, who }
}

/// A conversion: the new record and what it writes into the record it came from, so that both link to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The new record; its id is the one the caller gave.
    pub made: Draft,
    /// Fields to write into the old record.
    pub writes: Writes,
}

/// The day stored in a field.
pub fn day_of(ledger: &Schema, cells: &dyn Cells, field: &str) -> Option<Day> {
    cells.cell(ledger.slot(field)?).as_str().and_then(Day::parse)
}

/// How many leading steps had been taken by `on`; steps taken out of turn are not counted.
pub fn reached(ledger: &Schema, cells: &dyn Cells, steps: &[Step], on: Day) -> usize {
    steps
        .iter()
        .take_while(|s| day_of(ledger, cells, s.field).is_some_and(|d| d <= on))
        .count()
}

/// The first step that has not been taken.
pub fn next(ledger: &Schema, cells: &dyn Cells, steps: &'static [Step]) -> Option<&'static Step> {
    steps.iter().find(|s| day_of(ledger, cells, s.field).is_none())
}

/// Takes a step on a day: refuses one out of turn, one before the step it follows, and one taken already.
pub fn take(ledger: &Schema, cells: &dyn Cells, steps: &'static [Step], field: &str, on: Day) -> Outcome {
    let Some(at) = steps.iter().position(|s| s.field == field) else {
        return Err(vec![Notice::error(field, "没有这一步", "从列出的步骤中选")]);
    };
    let this = &steps[at];
    if let Some(day) = day_of(ledger, cells, field) {
        return Err(vec![Notice::error(
            this.field,
            format!("{}已在 {day} 办理", this.label),
            "日期有误时直接修改该字段",
        )]);
    }
    for before in &steps[..at] {
        match day_of(ledger, cells, before.field) {
            None => {
                return Err(vec![Notice::error(
                    this.field,
                    format!("还没有办理“{}”", before.label),
                    format!("先登记“{}”的日期，再办理“{}”", before.label, this.label),
                )]);
            }
            Some(day) if day > on => {
                return Err(vec![Notice::error(
                    this.field,
                    format!("{}的日期早于“{}”（{day}）", this.label, before.label),
                    "核对两个日期",
                )]);
            }
            Some(_) => {}
        }
    }
    Ok(vec![(this.field, Value::text(on.to_string()))])
}

/// Notices about a record whose step days are not in order or leave a gap.
pub fn check_order(ledger: &Schema, cells: &dyn Cells, steps: &[Step]) -> Vec<Notice> {
    let mut notices = Vec::new();
    let mut last: Option<(&Step, Day)> = None;
    let mut gap: Option<&Step> = None;
    for step in steps {
        let Some(day) = day_of(ledger, cells, step.field) else {
            gap = gap.or(Some(step));
            continue;
        };
        if let Some(missing) = gap {
            notices.push(Notice::error(
                step.field,
                format!("有“{}”，没有“{}”", step.label, missing.label),
                format!("补登“{}”的日期", missing.label),
            ));
            gap = None;
        }
        if let Some((before, earlier)) = last
            && earlier > day
        {
            notices.push(Notice::error(
                step.field,
                format!("“{}”（{day}）早于“{}”（{earlier}）", step.label, before.label),
                "核对两个日期",
            ));
        }
        last = Some((step, day));
    }
    notices
}
