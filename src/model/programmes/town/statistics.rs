//! Statistics of the frame: organisation, evidence, honours: what is counted for information, without an aim.

use crate::model::engine::indicator::Indicator;

/// The statistics of the room, in display order.
pub const STATISTICS: &[&Indicator] = &[];
