//! What is due that belongs to no single programme: tasks sent out, matters followed up, and what does not apply.

use super::calendar::{Supervision, Waiver};
use super::ledgers::{Dispatch, Submission};
use crate::model::engine::due::{DueKind, Dues, Waivers, by, kind};
use crate::model::engine::indicator::{Ctx, UnitAt};
use crate::model::ledger::TypedRow as _;
use crate::model::records::{Records, rows, rows_of};

/// Rules of the town's frame.
pub const KINDS: &[&DueKind] = &[&TASK, &SUPERVISION];

/// Reports that the town asked for.
#[rustfmt::skip]
pub static TASK: DueKind = kind(("task", None), "上报", "下发任务的截止日期", ("submission", "去填报"), &[Dispatch::SCHEMA, Submission::SCHEMA], task);
/// Late matters that the office follows up.
#[rustfmt::skip]
pub static SUPERVISION: DueKind = kind(("supervision", None), "督办", "督办台账里写的办结时限", ("supervision", "看督办"), &[Supervision::SCHEMA], supervision);

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
