//! Search over everything by words and pinyin initials: units, districts, ledgers, people, matters.

use super::pinyin;
use super::route::{Address, Route};
use super::show;
use crate::model::ledger::{Cells, Kind, Ledger, TypedRow};
use crate::model::records::{Records, rows};
use crate::model::town::{District, Unit};
use crate::replica::Replica;

/// Most hits shown.
pub const MOST: usize = 30;

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its name.
    pub text: String,
    /// What it is: 村, 片区, 台账, or the ledger it stands in.
    pub kind: String,
    /// Where it is shown.
    pub address: Address,
}

/// Finds things, places first, then ledgers, then records by title.
pub fn find(replica: &Replica, words: &str) -> Vec<Hit> {
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    let mut push = |text: String, kind: &str, route: Route| {
        hits.push(Hit {
            text,
            kind: kind.to_owned(),
            address: Address::from(route),
        });
    };
    for unit in rows::<Unit>(replica) {
        let name = unit.name().unwrap_or(unit.id());
        if pinyin::matches(words, name) || unit.code().is_some_and(|c| c.starts_with(words)) {
            let kind = if unit.kind() == Some(crate::model::town::COMMUNITY) {
                "社区"
            } else {
                "村"
            };
            push(name.to_owned(), kind, Route::Unit(unit.id().to_owned()));
        }
    }
    for district in rows::<District>(replica) {
        let name = district.name().unwrap_or(district.id());
        if pinyin::matches(words, name) {
            push(name.to_owned(), "片区", Route::District(district.id().to_owned()));
        }
    }
    for ledger in replica.catalogue().all().iter().filter(|l| !l.system) {
        if pinyin::matches(words, ledger.label) {
            push(ledger.label.to_owned(), "台账", Route::Ledger(ledger.id.to_owned()));
        }
    }
    for ledger in replica.catalogue().all() {
        if hits.len() >= MOST {
            break;
        }
        if !ledger.system && ![Unit::LEDGER.id, District::LEDGER.id].contains(&ledger.id) {
            hits.extend(in_ledger(replica, ledger, words, MOST - hits.len()));
        }
    }
    hits.truncate(MOST);
    hits
}

/// Records whose title speaks of the words.
fn in_ledger(replica: &Replica, ledger: &'static Ledger, words: &str, most: usize) -> Vec<Hit> {
    let mut hits = Vec::new();
    let title: Vec<_> = ledger
        .title
        .iter()
        .filter_map(|n| Some((ledger.slot(n)?, ledger.field(n)?)))
        .collect();
    if title.is_empty() {
        return hits;
    }
    replica.visit(ledger, None, &mut |cells: &dyn Cells| {
        let speaks = || {
            title.iter().any(|(slot, field)| {
                let deep = matches!(field.kind, Kind::Ref | Kind::Refs);
                !deep
                    && pinyin::matches(
                        words,
                        &show::value(replica, replica.catalogue(), field, cells.cell(*slot)),
                    )
            })
        };
        if hits.len() < most && speaks() {
            hits.push(Hit {
                text: show::title(replica, replica.catalogue(), ledger, cells),
                kind: ledger.label.to_owned(),
                address: Address::from(Route::Record(cells.id().to_owned())),
            });
        }
    });
    hits
}
