//! Every indicator of the town, its districts and its units as plain data, for files and the command line.

use serde::Serialize;

use super::board::Board;
use super::declare::Aim;
use super::reading::{Goal, Reading};
use super::roster::Scope;
use crate::model::ledger::Programme;
use crate::model::status::Status;

/// One part of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartLine {
    /// Code.
    pub key: String,
    /// Label.
    pub label: String,
    /// Exact amount as text.
    pub amount: String,
    /// What it is a share of; empty if of nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub of: String,
}

/// One indicator's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Indicator id.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Exact numerator as text.
    pub numerator: String,
    /// Exact denominator as text; empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub denominator: String,
    /// Share in tenths of a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permille: Option<i64>,
    /// How much of the goal is reached in tenths of a percent; the value's own percentage is `permille`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<i64>,
    /// The goal; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalLine>,
    /// Units that entered nothing to judge.
    #[serde(skip_serializing_if = "is_zero")]
    pub unknown: usize,
    /// `normal`, `warning`, `behind` or `none`.
    pub status: &'static str,
    /// Named parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartLine>,
    /// Number of records behind the value.
    pub records: usize,
    /// Number of units or records that fall short.
    pub missing: usize,
}

/// What an indicator asks for, all in one measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoalLine {
    /// `percent`, `count` or `most`.
    pub kind: &'static str,
    /// What is wanted, as exact text.
    pub wanted: String,
    /// What there is.
    pub actual: String,
    /// What is missing, or too much; `0` when reached.
    pub lack: String,
}

impl GoalLine {
    fn of(goal: Goal) -> GoalLine {
        GoalLine {
            kind: match goal.aim {
                Aim::AtMost(_) => "most",
                Aim::PerUnit(_) => "count",
                Aim::Percent(_) | Aim::Nothing => "percent",
            },
            wanted: goal.wanted.to_string(),
            actual: goal.actual.to_string(),
            lack: goal.lack().to_string(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Values of the town, of one district or of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// `town`, a district's id or a unit's code.
    pub id: String,
    /// Name of a unit; the id otherwise.
    pub name: String,
    /// Progress per programme in tenths of a percent, in the order of [`Programme::ALL`].
    pub progress: Vec<Option<i64>>,
    /// Every indicator.
    pub indicators: Vec<Line>,
    /// Every statistic.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statistics: Vec<Line>,
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// As-of date.
    pub as_of: String,
    /// Period.
    pub period: String,
    /// The town.
    pub town: Row,
    /// Districts in the order of their ids.
    pub districts: Vec<Row>,
    /// Units in the order of the ledger.
    pub units: Vec<Row>,
}

/// The values of two refreshed boards of the same period and day: of the indicators, and of the statistics.
pub fn summary(board: &Board, statistics: &Board) -> Summary {
    let districts = board.frame().districts();
    Summary {
        as_of: board.as_of().to_string(),
        period: board.period().label(),
        town: row((board, statistics), &Scope::Town, "town", "town"),
        districts: districts
            .iter()
            .map(|id| row((board, statistics), &Scope::District((*id).to_string()), id, id))
            .collect(),
        units: board
            .frame()
            .units
            .iter()
            .map(|u| row((board, statistics), &Scope::Unit(u.code.clone()), &u.code, &u.name))
            .collect(),
    }
}

fn row((board, statistics): (&Board, &Board), scope: &Scope, id: &str, name: &str) -> Row {
    let lines = |board: &Board| {
        let all = board.lists().all().map(|i| board.reading(i, scope));
        all.filter(|r| r.units > 0).map(|r| line(&r)).collect()
    };
    Row {
        id: id.to_string(),
        name: name.to_string(),
        progress: Programme::ALL.into_iter().map(|p| board.progress(p, scope)).collect(),
        indicators: lines(board),
        statistics: lines(statistics),
    }
}

fn line(reading: &Reading) -> Line {
    let nonzero = |d: crate::model::value::Decimal| {
        if d == crate::model::value::Decimal::ZERO {
            String::new()
        } else {
            d.to_string()
        }
    };
    Line {
        id: reading.indicator.id,
        name: reading.indicator.name,
        numerator: reading.numerator.to_string(),
        denominator: nonzero(reading.denominator),
        permille: reading.permille(),
        progress: reading.progress,
        goal: reading.goal.map(GoalLine::of),
        unknown: reading.unknown,
        status: code(reading.status),
        parts: reading
            .parts
            .iter()
            .map(|p| PartLine {
                key: p.key.to_string(),
                label: p.label.to_string(),
                amount: p.amount.to_string(),
                of: nonzero(p.of),
            })
            .collect(),
        records: reading.records().count(),
        missing: reading.missing().count(),
    }
}

/// The light in files.
fn code(status: Status) -> &'static str {
    match status {
        Status::Late => "behind",
        Status::Warn => "warning",
        Status::Ok => "normal",
        Status::Done | Status::None => "none",
    }
}
