//! Small steps of formulas that count records by what is chosen or written in them.

use super::indicator::Tally;
use crate::model::ledger::Ledger;

/// What stands for a field that nobody filled in.
pub const BLANK: &str = "没有填写";

/// Code of the part for [`BLANK`].
pub const BLANK_CODE: &str = "blank";

/// One part for each choice of a field, so that those that nobody chose show as zero.
pub fn declare(tally: &mut Tally, ledger: &'static Ledger, field: &str) {
    tally.part_choices(ledger.field(field).map_or(&[], |f| f.choices));
}

/// Adds a record to the part of what is chosen in a field.
pub fn chosen(tally: &mut Tally, ledger: &'static Ledger, field: &str, code: Option<&str>) {
    match (code, ledger.field(field)) {
        (Some(code), Some(field)) => tally.part_count(code, field.choice(code).map_or(code, |c| c.label), 1),
        _ => tally.part_count(BLANK_CODE, BLANK, 1),
    }
}

/// Adds a record to the part of a name that somebody wrote.
pub fn named(tally: &mut Tally, name: Option<&str>) {
    match name.map(str::trim).filter(|n| !n.is_empty()) {
        Some(name) => tally.part_count(name, name, 1),
        None => tally.part_count(BLANK_CODE, BLANK, 1),
    }
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
