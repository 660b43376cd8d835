//! The first page of a village: what is asked of it, how far it is, and the one next thing.

use super::conflicts::{Open, open_of, open_words};
use super::fill::{Asked, ReturnedPlan, asked, returned_plans};
use super::show;
use crate::desk::Desk;

/// What a village sees first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Its name.
    pub name: String,
    /// Plans that came back.
    pub returned: Vec<ReturnedPlan>,
    /// The tasks, the most urgent first.
    pub tasks: Vec<Asked>,
    /// What was filled in differently, waits or stands twice among its own records; `None` where nothing does.
    pub open: Option<String>,
    /// The one thing to do now.
    pub next: Next,
}

/// The one thing to do now: its button is the red one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// To correct the first plan that came back.
    Correct,
    /// To add to the ledger of a task that holds nothing yet: ids of both.
    Fill(String, &'static str),
    /// To report for a task, by its id.
    Report(String),
    /// Nothing.
    Nothing,
}

/// What the first page of a unit says.
pub fn home(desk: &Desk, unit: &str) -> Home {
    let replica = desk.replica();
    let returned = returned_plans(replica, unit);
    let tasks = asked(replica, unit, desk.today(), &desk.waiting_reports());
    Home {
        name: show::unit_name(replica, unit),
        next: next(&returned, &tasks),
        // What waits, waits for the town.
        open: open_words(Open {
            pending: 0,
            ..open_of(replica, Some(unit))
        }),
        returned,
        tasks,
    }
}

fn next(returned: &[ReturnedPlan], tasks: &[Asked]) -> Next {
    let open = tasks.iter().find(|task| !task.is_done());
    match open {
        _ if !returned.is_empty() => Next::Correct,
        None => Next::Nothing,
        // What was reported and waits for a word needs no more filling in.
        Some(task) if task.prepared.is_some() && task.later == 0 => Next::Nothing,
        Some(task) => match task.missing() {
            Some(ledger) => Next::Fill(task.id.clone(), ledger.id),
            None => Next::Report(task.id.clone()),
        },
    }
}
