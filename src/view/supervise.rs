//! 督办 of what is due: whether something is followed up already, under which number the next one goes, and how a matter is
//! answered and closed.

use super::flow::place::{
    Answers, Flow, Kind, Performed, Place, act, answered, ask_fields, day_value, since_last, steps, unknown,
};
use super::route::{Address, Route};
use crate::model::date::Day;
use crate::model::engine::due::find;
use crate::model::engine::indicator::{Ctx, Period};
use crate::model::engine::workflow::{Step, step};
use crate::model::ledger::{Cells as _, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes::town::calendar::{Supervision, Waiver};
use crate::model::programmes::town::ledgers::Progress;
use crate::model::programmes::{DUES, roster, settings};
use crate::model::records::{Records, rows, rows_of};
use crate::model::value::Value;

/// The ledger with its workflow.
pub(super) const KINDS: &[Kind] = &[Kind {
    ledger: Supervision::LEDGER.id,
    show: flow,
    act: perform,
}];

/// From the order to the end.
static STEPS: [Step; 3] = [
    step("date", "交办", "镇党建办"),
    step("answered", "办理反馈", "责任人"),
    step("closed", "销号", "镇党建办"),
];

/// What the one answer is asked in.
const ASKED: &[&str] = &["feedback"];

/// Address of the matter under which a deadline is followed up; that which is open stands before those that were closed.
pub(super) fn followed(records: &dyn Records, unit: &str, due: &str) -> Option<String> {
    let own = rows_of::<Supervision>(records, unit).into_iter();
    let own = own.filter(|row| row.due() == Some(due) && row.closed().is_none());
    let row = own.max_by_key(|row| row.date())?;
    Some(Address::from(Route::Record(row.id().to_owned())).hash())
}

/// Address of what was recorded as not applying.
pub(super) fn waived(records: &dyn Records, unit: &str, due: &str) -> Option<String> {
    let row = rows_of::<Waiver>(records, unit)
        .into_iter()
        .find(|row| row.due() == Some(due))?;
    Some(Address::from(Route::Record(row.id().to_owned())).hash())
}

/// `2022-03`: the number after the highest of the year.
pub(super) fn next_number(records: &dyn Records, today: Day) -> String {
    let year = today.year();
    let all = rows::<Supervision>(records).into_iter();
    let used = all.filter_map(|row| {
        let (of, number) = row.number()?.trim().split_once('-')?;
        (of == year.to_string()).then(|| number.parse::<u32>().ok()).flatten()
    });
    format!("{year}-{:02}", used.max().unwrap_or(0).saturating_add(1))
}

/// The day on which what is followed up was done, whoever did it; nothing where that is not known.
fn met(place: &Place<'_>, row: Supervision) -> Option<Day> {
    let id = row.due()?;
    let kind = DUES
        .all()
        .find(|kind| id.strip_prefix(kind.id).is_some_and(|rest| rest.starts_with(':')))?;
    let (settings, roster) = (settings(place.records), roster(place.records, place.today));
    let ctx = Ctx {
        records: place.records,
        unit: roster.unit(row.unit()?)?,
        span: Period::Year(place.today.year()).span(place.today),
        settings: &settings,
    };
    let (found, _) = find(kind, &ctx, &Vec::new(), Day::new(1900, 1, 1)?);
    found
        .into_iter()
        .find(|due| due.id() == id)?
        .done
        .filter(|day| *day <= place.today)
}

fn flow(place: &Place<'_>) -> Flow {
    let row = Supervision::of(place.cells);
    let next = STEPS.iter().find(|step| match step.field {
        "answered" => row.answered().is_none() && row.closed().is_none(),
        "closed" => row.closed().is_none(),
        _ => row.date().is_none(),
    });
    let mut acts = Vec::new();
    if row.closed().is_none() {
        if row.answered().is_none() {
            acts.push(act("answered", "登记办理反馈", ask_fields(place, ASKED)));
        }
        acts.push(act("closed", "销号", ask_fields(place, ASKED)));
    }
    let state = match (row.closed(), met(place, row)) {
        (Some(_), _) => "已销号".to_owned(),
        (None, Some(day)) => format!("督办中；所督办的事 {day} 已办，可以销号"),
        (None, None) => "督办中".to_owned(),
    };
    let steps = steps(place, &STEPS, next);
    Flow {
        state,
        waiting: since_last(&steps, place.today),
        steps,
        acts,
    }
}

fn perform(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let row = Supervision::of(place.cells);
    if row.closed().is_some() {
        return Err(vec![Notice::error("closed", "已经销号", "不用再登记")]);
    }
    if let Some(from) = row.date().filter(|from| answers.on < *from) {
        let what = format!("日期早于交办日期（{from}）");
        return Err(vec![Notice::error("", what, "核对日期")]);
    }
    let (whole, mut writes) = answered(place, ASKED, answers)?;
    let said = Supervision::LEDGER.slot("feedback").map(|slot| whole.cell(slot));
    if said.is_none_or(Value::is_blank) {
        return Err(vec![Notice::error(
            "feedback",
            "没有写办理结果",
            "写明怎么办的、办得怎样",
        )]);
    }
    let state = match key {
        "answered" => Progress::Running,
        "closed" => {
            writes.push(("closed", day_value(answers.on)));
            Progress::Done
        }
        _ => return unknown(),
    };
    if row.answered().is_none() {
        writes.push(("answered", day_value(answers.on)));
    }
    writes.push(("state", Value::text(state.code())));
    Ok(vec![place.written(writes)])
}
