//! What every statistic of 引凤 is declared with.

use crate::model::engine::indicator::{Ctx, Indicator, Tally};
use crate::model::ledger::{Programme, Schema};

pub(super) const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::statistic(id, name, Programme::Phoenix, definition, reads, compute)
}
