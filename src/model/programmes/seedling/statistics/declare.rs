//! What every statistic of 青苗 is declared with.

use crate::model::engine::indicator::{Ctx, Indicator, Tally};
use crate::model::ledger::{Programme, Schema};

pub(super) const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::statistic(id, name, Programme::Seedling, definition, reads, compute)
}
