//! Small steps of formulas that count records by what is chosen or written in them.

use super::indicator::Tally;
pub use super::indicator::{BLANK, BLANK_CODE};
use crate::model::ledger::Ledger;

/// One part for each choice of a field, so that those that nobody chose show as zero.
pub fn declare(tally: &mut Tally, ledger: &'static Ledger, field: &str) {
    tally.part_choices(ledger.field(field).map_or(&[], |f| f.choices));
}

/// Adds a record to the part of what is chosen in a field.
pub fn chosen(tally: &mut Tally, ledger: &'static Ledger, field: &str, code: Option<&str>) {
    tally.part_chosen(ledger.field(field).map_or(&[], |f| f.choices), code);
}

/// Adds a record to the part of a name that somebody wrote.
pub fn named(tally: &mut Tally, name: Option<&str>) {
    tally.part_named(name);
}

/// The names in a text: what stands between commas, semicolons and strokes, each once.
pub fn items(text: Option<&str>) -> Vec<&str> {
    let mut found = Vec::new();
    for item in text.unwrap_or_default().split(['、', '，', ',', '；', ';', '/', '／']) {
        let item = item.trim();
        if !item.is_empty() && !found.contains(&item) {
            found.push(item);
        }
    }
    found
}
