//! What a kind of paper is.

use super::block::{Block, Density};
use super::ground::Ground;
use crate::model::ledger::Schema;

/// A kind of paper.
pub struct Kind {
    /// Stable id.
    pub id: &'static str,
    /// Name: `工作汇报`.
    pub label: &'static str,
    /// What it is for.
    pub whom: &'static str,
    /// What it can be of.
    pub of: &'static [Of],
    /// Whether a period is asked for.
    pub period: bool,
    /// How densely it is set.
    pub density: Density,
    /// The blocks, or a sentence that says what is missing.
    pub make: fn(&Ground) -> Result<Vec<Block>, String>,
}

/// What a paper is of.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// The town.
    Town,
    /// A district.
    District,
    /// A unit.
    Unit,
    /// A record of a ledger; without one, all that fit, one after the other.
    Record(&'static Schema),
    /// A ledger, named by its id in the place of a record.
    Ledger,
}

impl Of {
    /// The ledger of the records that it can be of.
    pub const fn ledger(&self) -> Option<&'static Schema> {
        match self {
            Of::Record(schema) => Some(schema),
            _ => None,
        }
    }

    /// In a word: `全镇`.
    pub const fn label(self) -> &'static str {
        match self {
            Of::Town => "全镇",
            Of::District => "片区",
            Of::Unit => "村（社区）",
            Of::Record(_) => "记录",
            Of::Ledger => "台账",
        }
    }
}
