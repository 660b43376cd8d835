//! A whole workbook at once: every sheet whose ledger is recognised, in an order in which records come before those that
//! name them. It is one import, with one withdrawal; a sheet that asks something is left to be looked at alone.

use std::borrow::Cow;

use office::book::{State, Table};

use super::layout::{Layout, layout};
use super::mapping::{Mapped, guess, is_known, ledgers};
use super::names::referred_first;
use super::plan::{Answers, Fate, Ground, Job, Plan, plan_in_turns};
use super::write::failed;
use crate::model::date::Day;
use crate::model::ledger::Ledger;
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::replica::{Replica, Stamp, Write};
use crate::turns::Turns;

/// A sheet and what would become of its rows.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its place in the workbook.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// How it was read.
    pub job: Job,
    layout: Layout,
    /// What would become of its rows.
    pub plan: Plan,
}

/// A workbook and what would become of it.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// Its sheets, in the order in which they come in.
    pub parts: Vec<Part>,
    /// Names of the sheets that are of no ledger.
    pub unknown: Vec<String>,
    /// What would be saved, of all sheets.
    pub drafts: Vec<Draft>,
}

/// What a workbook is read against.
pub struct Frame<'a> {
    /// The records.
    pub replica: &'a Replica,
    /// Today.
    pub today: Day,
    /// A stamp that no save has: ids of new records are made of it.
    pub stamp: Stamp,
    /// How this office assigned the headings of a ledger before.
    pub remembered: &'a dyn Fn(&'static Ledger) -> Vec<(String, String)>,
    /// Why records of a unit in a ledger cannot be written by this person.
    pub why_not: &'a dyn Fn(&'static Ledger, &str) -> Option<String>,
}

/// A sheet by its place, with its parts and ledger.
type Laid = (usize, Layout, &'static Ledger);

/// The visible sheets that hold something, with their parts and ledgers. Of a workbook of our own only the sheets that are
/// marked count: its summary is no ledger.
async fn laid(tables: &[&Table], turns: Turns<'_>) -> (Vec<Laid>, Vec<String>) {
    let known = |heading: &str| is_known(catalogue(), heading);
    let mut all: Vec<(usize, &Table, Layout)> = Vec::new();
    for (at, table) in tables.iter().enumerate().filter(|(_, table)| is_shown(table)) {
        all.push((at, table, layout(table, &known, None)));
        turns.pause().await;
    }
    let is_ours = all.iter().any(|(_, _, layout)| layout.own);
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for (at, table, layout) in all {
        let fits = !layout.heading_rows.is_empty() && (layout.own || !is_ours);
        let all = if fits {
            ledgers(catalogue(), &layout, &table.name)
        } else {
            Vec::new()
        };
        match all.first() {
            Some(ledger) => found.push((at, layout, *ledger)),
            None => unknown.push(table.name.clone()),
        }
        turns.pause().await;
    }
    let order: Vec<&str> = referred_first(catalogue())
        .into_iter()
        .map(|ledger| ledger.id)
        .collect();
    found.sort_by_key(|(at, _, ledger)| (order.iter().position(|id| *id == ledger.id), *at));
    (found, unknown)
}

/// Whether a sheet is seen and holds something.
pub fn is_shown(table: &Table) -> bool {
    table.state == State::Visible && !table.rows.is_empty()
}

/// What would become of a workbook.
pub async fn whole(frame: &Frame<'_>, tables: &[&Table], turns: Turns<'_>) -> Whole {
    let (found, unknown) = laid(tables, turns).await;
    let mut out = Whole {
        unknown,
        ..Whole::default()
    };
    let mut here = Cow::Borrowed(frame.replica);
    let mut made = 0;
    for (at, layout, ledger) in found {
        let Some(table) = tables.get(at) else { continue };
        let job = job_of(frame, ledger, &layout);
        let plan = planned(frame, &here, (table, &layout), &job, turns).await;
        let drafts: Vec<Draft> = plan
            .drafts()
            .into_iter()
            .map(|draft| {
                made += usize::from(draft.id.is_empty());
                match draft.id.is_empty() {
                    true => Draft {
                        id: frame.stamp.record_id(made - 1).to_string(),
                        ..draft
                    },
                    false => draft,
                }
            })
            .collect();
        // Sheets that come later may name these.
        take_ahead(frame, &mut here, at, &drafts);
        out.drafts.extend(drafts);
        out.parts.push(Part {
            at,
            name: table.name.clone(),
            job,
            layout,
            plan,
        });
    }
    close_circles(frame, tables, &mut out, &here, turns).await;
    out
}

/// Sheets of ledgers that name each other are read once more, now that all records are there: what could not be named at
/// first is added to its record.
async fn close_circles(frame: &Frame<'_>, tables: &[&Table], out: &mut Whole, here: &Replica, turns: Turns<'_>) {
    let place = |id: &str| out.parts.iter().rposition(|part| part.job.ledger.id == id);
    let names_later = |(own, part): &(usize, &Part)| {
        let mut targets = part.job.ledger.fields.iter().map(|field| field.target);
        targets.any(|target| place(target).is_some_and(|other| other >= *own))
    };
    let again: Vec<usize> = out
        .parts
        .iter()
        .enumerate()
        .filter(names_later)
        .map(|(own, _)| own)
        .collect();
    for own in again {
        let Some(part) = out.parts.get(own) else { continue };
        let Some(table) = tables.get(part.at) else { continue };
        let plan = planned(frame, here, (table, &part.layout), &part.job, turns).await;
        for draft in plan.drafts().into_iter().filter(|draft| !draft.id.is_empty()) {
            match out.drafts.iter_mut().find(|known| known.id == draft.id) {
                Some(known) => draft.cells.into_iter().for_each(|(slot, value)| known.set(slot, value)),
                None => out.drafts.push(draft),
            }
        }
    }
}

fn job_of(frame: &Frame, ledger: &'static Ledger, layout: &Layout) -> Job {
    let mapped: Vec<Mapped> = guess(ledger, layout, &(frame.remembered)(ledger));
    Job {
        ledger,
        mapped,
        fixed: Vec::new(),
        answers: Answers::new(),
        issued: None,
    }
}

async fn planned(
    frame: &Frame<'_>,
    here: &Replica,
    (table, layout): (&Table, &Layout),
    job: &Job,
    turns: Turns<'_>,
) -> Plan {
    let why_not = |unit: &str| (frame.why_not)(job.ledger, unit);
    let ground = Ground {
        records: here,
        catalogue: catalogue(),
        today: frame.today,
        why_not: &why_not,
    };
    plan_in_turns(&ground, table, layout, job, turns).await
}

fn take_ahead(frame: &Frame, here: &mut Cow<'_, Replica>, at: usize, drafts: &[Draft]) {
    let writes: Vec<Write> = drafts.iter().map(|draft| Write::of(draft, "")).collect();
    if !writes.is_empty() {
        let mut stamp = frame.stamp.clone();
        stamp.id.n = stamp.id.n.saturating_add(u32::try_from(at).unwrap_or(0));
        let ahead = here.compose_each(stamp, &writes).0;
        here.to_mut().merge_all(ahead);
    }
}

impl Whole {
    /// The rows that could not be taken in, a sheet for each ledger, to be put right and imported again.
    pub fn failed(&self, tables: &[&Table]) -> Vec<office::sheet::Sheet> {
        let of = |part: &Part| {
            let sheet = failed(tables.get(part.at)?, &part.layout, &part.job, &part.plan)?;
            // Two sheets may be of one ledger.
            Some(office::sheet::Sheet {
                name: format!("{} 待改正", part.name),
                ..sheet
            })
        };
        self.parts.iter().filter_map(of).collect()
    }

    /// How many rows would not come in.
    pub fn left(&self) -> usize {
        let rows = self.parts.iter().flat_map(|part| &part.plan.rows);
        rows.filter(|row| matches!(row.fate, Fate::Wrong(_) | Fate::Waits))
            .count()
    }

    /// What is said when it came in.
    pub fn told(&self) -> String {
        let with = |part: &&Part| !part.plan.drafts().is_empty();
        let count = self.parts.iter().filter(with).count();
        format!("已导入 {count} 张工作表，{} 条记录", self.drafts.len())
    }
}
