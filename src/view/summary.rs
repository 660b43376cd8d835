//! Figures of a town as JSON, for the command line and for other programs.

use serde::Serialize;

use crate::exchange::writing::town_name;
use crate::model::date::Day;
use crate::model::engine::indicator::{Summary, summary};
use crate::model::ledger::Ledger;
use crate::model::programmes;
use crate::model::programmes::catalogue;
use crate::model::records::Records;
use crate::replica::Replica;
use crate::view::conflicts::open;
use crate::view::overview::figures_period;

/// Records of one ledger.
#[derive(Serialize)]
struct LedgerCount {
    id: &'static str,
    label: &'static str,
    records: u64,
}

/// Everything the command line prints.
#[derive(Serialize)]
struct Figures {
    town: String,
    disputed: usize,
    pending: usize,
    ledgers: Vec<LedgerCount>,
    summary: Summary,
}

/// All figures of the town as of a day, over the period that the pages show where the address asks for none.
pub fn json(replica: &Replica, as_of: Day) -> String {
    let mut board = programmes::board(figures_period(None, as_of), as_of);
    board.refresh(replica);
    let mut statistics = programmes::statistics_board(board.period(), as_of);
    statistics.refresh(replica);
    let open = open(replica);
    let count = |ledger: &'static Ledger| {
        let mut records = 0;
        replica.visit(ledger.schema, None, &mut |_| records += 1);
        LedgerCount {
            id: ledger.id,
            label: ledger.label,
            records,
        }
    };
    let figures = Figures {
        town: town_name(replica),
        disputed: open.disputed,
        pending: open.pending,
        ledgers: catalogue().all().iter().copied().map(count).collect(),
        summary: summary(&board, &statistics),
    };
    // Texts and whole numbers always serialise.
    let mut out = serde_json::to_string_pretty(&figures).unwrap_or_default();
    out.push('\n');
    out
}

/// The day of the last entry: as of when a file speaks.
pub fn last_day(replica: &Replica) -> Option<Day> {
    let changes = 0..u32::try_from(replica.change_count()).unwrap_or(u32::MAX);
    changes.map(|c| replica.head(c).at).max().map(|at| at.office().0)
}
