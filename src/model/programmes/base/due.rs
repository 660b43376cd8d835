//! What is due in 强基: the stages of centres that are being built.

use super::centre;
use super::ledgers::{BuildStage, BuildStep, Centre};
use crate::model::engine::due::{DueKind, Dues, by, kind};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::{Programme, TypedRow as _};

/// Rules about centres.
pub const KINDS: &[&DueKind] = &[&BUILD];

/// Stages of planned centres on their planned days (Q5, Q7).
#[rustfmt::skip]
pub static BUILD: DueKind = kind(("centres", Some(Programme::Base)), "阵地建设", "阵地建设进度里的计划日期", ("build_stage", "看阵地"), &[Centre::SCHEMA, BuildStage::SCHEMA], build);

/// The next stage of a centre is late or ahead; those after it are ahead, whatever their day was to be.
fn build(ctx: &Ctx, dues: &mut Dues) {
    let stages = ctx.rows::<BuildStage>();
    for row in ctx.rows::<Centre>() {
        if centre::track_at(row, ctx.span.to) != Some(centre::Track::Planned) {
            continue;
        }
        let reached = centre::stages_reached(row, &stages, ctx.span.to);
        for (place, step) in BuildStep::ALL.iter().enumerate() {
            let own = stages
                .iter()
                .find(|s| s.centre() == Some(row.id()) && s.stage() == Some(step.code));
            let Some(planned) = own.and_then(|stage| stage.planned()) else {
                continue;
            };
            let done = own.and_then(|stage| stage.actual()).filter(|_| place < reached);
            if place > reached && planned < ctx.span.to {
                continue;
            }
            dues.add(by(planned).about(row).step(step.code, step.label).done(done));
        }
    }
}
