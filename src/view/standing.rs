//! How a programme stands in a unit, a district or the town: one rule for every place that says so.
//!
//! The light of a unit follows from its progress, and something overdue makes it 预警 at least. The light of several
//! units is that of their common progress; beside it stands how many of them are worst, so that a good mean hides nobody,
//! and how many entered nothing: those are neither good nor late, they are not known.

use std::collections::BTreeMap;

use super::follow::FollowVm;
use super::route::Programme;
use crate::model::engine::indicator::{Board, Scope, UnitAt};
use crate::model::status::Status;

/// A light and its words: `正常 · 3 个村滞后`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The light.
    pub status: Status,
    /// What it counts, in words.
    pub words: String,
}

/// How many things are late, by programme and unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overdue(BTreeMap<(&'static str, String), usize>);

impl Overdue {
    /// Of the follow-ups of all units that will be asked about.
    pub fn of(todo: &[FollowVm]) -> Overdue {
        let mut late = BTreeMap::new();
        for item in todo {
            for code in item.late() {
                *late.entry((item.programme.id(), code.to_owned())).or_insert(0) += 1;
            }
        }
        Overdue(late)
    }

    fn count(&self, programme: Programme, code: &str) -> usize {
        self.0.get(&(programme.id(), code.to_owned())).copied().unwrap_or(0)
    }
}

/// How a programme stands in a scope.
pub fn standing(board: &Board, overdue: &Overdue, programme: Programme, scope: &Scope) -> Standing {
    match scope {
        Scope::Unit(code) => of_unit(board, overdue, programme, code),
        Scope::Town | Scope::District(_) => of_several(board, overdue, programme, scope),
    }
}

/// The worst of the five programmes of a unit.
pub fn worst(board: &Board, overdue: &Overdue, code: &str) -> Status {
    let each = Programme::ALL.map(|p| of_unit(board, overdue, p, code).status);
    each.into_iter().min().unwrap_or(Status::None)
}

/// What is said where nobody entered anything.
const NOTHING_ENTERED: &str = "没有填报";

fn of_unit(board: &Board, overdue: &Overdue, programme: Programme, code: &str) -> Standing {
    if board.is_silent(programme, code) {
        return Standing {
            status: Status::None,
            words: NOTHING_ENTERED.to_owned(),
        };
    }
    let light = board.status(programme, &Scope::Unit(code.to_owned()));
    match overdue.count(programme, code) {
        0 => Standing {
            status: light,
            words: light.word().to_owned(),
        },
        late => {
            let status = light.min(Status::Warn);
            Standing {
                status,
                words: format!("{} · {late} 项工作滞后", status.word()),
            }
        }
    }
}

fn of_several(board: &Board, overdue: &Overdue, programme: Programme, scope: &Scope) -> Standing {
    let status = board.status(programme, scope);
    let units: Vec<(&UnitAt, Status)> = board
        .frame()
        .units_in(scope)
        .map(|unit| (unit, of_unit(board, overdue, programme, &unit.code).status))
        .collect();
    let worst = [Status::Late, Status::Warn].into_iter().find_map(|worst| {
        let such: Vec<&UnitAt> = units.iter().filter(|u| u.1 == worst).map(|u| u.0).collect();
        (!such.is_empty()).then(|| (worst, format!("{} {}{}", such.len(), noun(&such), worst.word())))
    });
    let silent: Vec<&UnitAt> = units
        .iter()
        .filter(|u| board.is_silent(programme, &u.0.code))
        .map(|u| u.0)
        .collect();
    if silent.len() == units.len() {
        return Standing {
            status: Status::None,
            words: NOTHING_ENTERED.to_owned(),
        };
    }
    let counted = match worst {
        Some((worst, counted)) if worst == status => counted,
        Some((_, counted)) => format!("{} · {counted}", status.word()),
        None => status.word().to_owned(),
    };
    let words = match silent.len() {
        0 => counted,
        n => format!("{counted} · {n} {}{NOTHING_ENTERED}", noun(&silent)),
    };
    Standing { status, words }
}

/// What units are called together.
fn noun(units: &[&UnitAt]) -> &'static str {
    match (units.iter().any(|u| u.community), units.iter().any(|u| !u.community)) {
        (true, false) => "个社区",
        (false, true) => "个村",
        _ => "个村（社区）",
    }
}
