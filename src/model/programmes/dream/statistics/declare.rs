//! How a statistic of 筑梦 is declared.

use crate::model::engine::indicator::{Ctx, Indicator, Tally};
use crate::model::ledger::{Programme, Schema};

/// A statistic of the programme.
pub(super) const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::statistic(id, name, Programme::Dream, definition, reads, compute)
}
