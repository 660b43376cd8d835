//! The records as they would be: those that are here, with the rows of a table in their places. Rules that look at other
//! records see the other rows as well, in whatever order they stand.

use std::collections::BTreeMap;

use crate::model::ledger::{Cells, Schema};
use crate::model::records::{Draft, Records};

/// Records with drafts of one ledger in front of them.
pub struct Ahead<'a> {
    records: &'a dyn Records,
    ledger: &'static Schema,
    drafts: Vec<Draft>,
    by_unit: BTreeMap<String, Vec<usize>>,
    /// Places of the drafts by id.
    ids: BTreeMap<String, usize>,
}

impl<'a> Ahead<'a> {
    /// The records of `records`, with whole drafts of a ledger in the places of those with the same ids. Every draft has
    /// an id.
    pub fn new(records: &'a dyn Records, ledger: &'static Schema, drafts: Vec<Draft>) -> Ahead<'a> {
        let mut by_unit: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            let unit = draft.unit().unwrap_or_default().to_owned();
            by_unit.entry(unit).or_default().push(at);
        }
        let ids = drafts
            .iter()
            .enumerate()
            .rev()
            .map(|(at, draft)| (draft.id.clone(), at))
            .collect();
        Ahead {
            records,
            ledger,
            drafts,
            by_unit,
            ids,
        }
    }

    fn is_own(&self, ledger: &Schema) -> bool {
        ledger.id == self.ledger.id
    }
}

impl Records for Ahead<'_> {
    fn visit<'b>(&'b self, ledger: &'static Schema, unit: Option<&str>, visit: &mut dyn FnMut(&'b dyn Cells)) {
        if !self.is_own(ledger) {
            return self.records.visit(ledger, unit, visit);
        }
        self.records.visit(ledger, unit, &mut |cells| {
            if !self.ids.contains_key(cells.id()) {
                visit(cells);
            }
        });
        match unit {
            Some(unit) => {
                let places = self.by_unit.get(unit).into_iter().flatten();
                places
                    .filter_map(|at| self.drafts.get(*at))
                    .for_each(|draft| visit(draft));
            }
            None => self.drafts.iter().for_each(|draft| visit(draft)),
        }
    }

    fn find<'b>(&'b self, ledger: &'static Schema, id: &str) -> Option<&'b dyn Cells> {
        let own = self.ids.get(id).filter(|_| self.is_own(ledger));
        match own {
            Some(at) => self.drafts.get(*at).map(|draft| draft as &dyn Cells),
            None => self.records.find(ledger, id),
        }
    }

    fn find_deleted<'b>(&'b self, ledger: &'static Schema, id: &str) -> Option<&'b dyn Cells> {
        self.records.find_deleted(ledger, id)
    }

    fn revision(&self, ledger: &'static Schema, unit: Option<&str>) -> u64 {
        self.records.revision(ledger, unit)
    }
}
