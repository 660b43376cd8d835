//! What is due that belongs to no single programme: tasks sent out, matters followed up, and what does not apply.

use super::calendar::{Supervision, Waiver};
use super::ledgers::{Dispatch, Goal, Pilot, Progress, Submission};
use crate::model::engine::due::{DueKind, Dues, Waivers, Who, by, kind};
use crate::model::engine::indicator::{Ctx, UnitAt};
use crate::model::ledger::TypedRow as _;
use crate::model::records::{Records, rows, rows_of};

/// Rules of the town's frame.
pub const KINDS: &[&DueKind] = &[&TASK, &SUPERVISION, &PILOT, &GOAL];

/// Reports that the town asked for.
#[rustfmt::skip]
pub static TASK: DueKind = kind(("task", None), "上报", "下发任务的截止日期", ("submission", "去填报"), &[Dispatch::SCHEMA, Submission::SCHEMA], task);
/// Late matters that the office follows up.
#[rustfmt::skip]
pub static SUPERVISION: DueKind = kind(("supervision", None), "督办", "督办台账里写的办结时限", ("supervision", "看督办"), &[Supervision::SCHEMA], supervision);

/// Pilots that end (G12).
#[rustfmt::skip]
pub static PILOT: DueKind = kind(("pilot", None), "试点到期", "村湾治理试点里写的到期日期", ("pilot", "看试点"), &[Pilot::SCHEMA], pilot);
/// Goals of the town's programmes (G2, G3).
#[rustfmt::skip]
pub static GOAL: DueKind = kind(("goal", None), "工程目标", "工程目标里写的完成时限", ("goal", "看目标"), &[Goal::SCHEMA], goal).of_town();

/// Days for which the end of a pilot is announced.
const PILOT_DAYS: i32 = 60;

fn pilot(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Pilot>() {
        let runs = ctx.span.past(row.since()) && !Progress::Stopped.is(row.state());
        if let Some(until) = row.until().filter(|_| runs) {
            let done = row.done().filter(|day| *day <= ctx.span.to);
            dues.add(by(until).about(row).lead(PILOT_DAYS).done(done));
        }
    }
}

/// What was reached has no day of its own: it is no longer due.
fn goal(ctx: &Ctx, dues: &mut Dues) {
    for row in rows::<Goal>(ctx.records) {
        let is_over = Progress::Done.is(row.state()) || Progress::Stopped.is(row.state());
        if let Some(due) = row.due().filter(|_| !is_over) {
            dues.add(
                by(due)
                    .who(Who::Office)
                    .about(row)
                    .step("", row.text().unwrap_or_default())
                    .lead(30),
            );
        }
    }
}

fn task(ctx: &Ctx, dues: &mut Dues) {
    let sent = ctx.rows::<Submission>();
    for row in rows::<Dispatch>(ctx.records) {
        let Some(due) = row.due() else { continue };
        let own = sent.iter().filter(|sent| sent.task() == Some(row.id()));
        let done = own
            .filter_map(|sent| sent.date())
            .filter(|day| *day <= ctx.span.to)
            .min();
        let title = row.title().unwrap_or_default();
        dues.add(by(due).about(row).step(ctx.unit.code.as_str(), title).done(done));
    }
}

fn supervision(ctx: &Ctx, dues: &mut Dues) {
    for row in ctx.rows::<Supervision>() {
        if let Some(until) = row.until() {
            let done = row.closed().filter(|day| *day <= ctx.span.to);
            let step = row.matter().unwrap_or_default();
            dues.add(by(until).about(row).step("", step).lead(7).done(done));
        }
    }
}

/// What was recorded as not applying in a unit.
pub fn waivers(records: &dyn Records, unit: &UnitAt) -> Waivers {
    let rows = unit.codes.iter().flat_map(|code| rows_of::<Waiver>(records, code));
    let said = rows.filter_map(|row| Some((row.due()?.to_owned(), row.reason().unwrap_or_default().to_owned())));
    said.collect()
}
