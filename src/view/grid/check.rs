//! What others wrote meanwhile, and what would be saved.

use std::collections::BTreeSet;

use office::book::Cell;

use super::super::form;
use super::super::tables::ahead::Ahead;
use super::super::tables::cell::{Manner, Said, read};
use super::super::tables::names::Names;
use super::kinds::{At, Checked, Fault, Grid, GridRow, Ground};
use super::make::text_of;
use crate::model::ledger::{Cells as _, Field, Ledger, Slot, slots};
use crate::model::records::Draft;
use crate::model::value::Value;

impl Grid {
    /// Takes over what others wrote since the grid was made. Of a row that is to be saved, cells that the person changed as
    /// well keep the person's text and are named with what stands now: saved again, they cover what was seen.
    pub fn catch_up(&mut self, ground: &Ground) -> Vec<Fault> {
        let mut faults = Vec::new();
        let Some(ledger) = ground.catalogue.get(self.ledger) else {
            return faults;
        };
        let mut names = Names::new(ground.records, ground.catalogue);
        for (place, row) in self.rows.iter_mut().enumerate() {
            let stands = ground.records.find(ledger.schema, &row.base.id);
            let Some(stands) = stands.filter(|_| !row.base.id.is_empty()) else {
                continue;
            };
            let unit = stands.cell(slots::UNIT).as_str().map(str::to_owned);
            for (slot, _) in ledger.slots() {
                let (now, before) = (stands.cell(slot).clone(), row.base.cell(slot).clone());
                if now == before || now.is_blank() && before.is_blank() {
                    continue;
                }
                row.base.set(slot, now.clone());
                let Some(at) = self.columns.iter().position(|column| column.slot == slot) else {
                    continue;
                };
                let (Some(column), Some(text)) = (self.columns.get(at), row.texts.get_mut(at)) else {
                    continue;
                };
                let was = text_of(ground, &mut names, column.field, &before, unit.as_deref());
                let is = text_of(ground, &mut names, column.field, &now, unit.as_deref());
                if let Some(began) = row.began.0.get_mut(at) {
                    began.clone_from(&is);
                }
                if *text == was {
                    *text = is;
                } else if *text != is && row.taken {
                    faults.push(Fault {
                        row: place,
                        column: Some(at),
                        why: format!("这一格刚被改为“{is}”，核对后再按一次保存，就以您填的为准"),
                    });
                }
            }
        }
        faults.into_iter().map(|fault| self.outer(fault)).collect()
    }

    /// What would be saved. Every cell is read as a form reads it, every record checked beside the others as they would be.
    pub fn check(&self, ground: &Ground) -> Checked {
        let mut out = Checked::default();
        let Some(ledger) = ground.catalogue.get(self.ledger) else {
            return out;
        };
        let mut names = Names::new(ground.records, ground.catalogue);
        let mut whole: Vec<(usize, Draft)> = Vec::new();
        let mut broken: Vec<(usize, Draft)> = Vec::new();
        for (place, row) in self.rows.iter().enumerate().filter(|(_, row)| self.is_taken(row)) {
            if self.is_matrix() && row.texts.iter().all(|text| text.trim().is_empty()) {
                match self.why_kept(ground, ledger, row) {
                    None => out.deleted.push(row.base.id.clone()),
                    Some(why) => out.faults.push(Fault {
                        row: place,
                        column: Some(0),
                        why,
                    }),
                }
                continue;
            }
            let mut draft = row.base.clone();
            let faults = out.faults.len();
            for at in self.reading_order() {
                self.read_cell((place, at), &mut draft, &mut names, &mut out.faults);
            }
            match out.faults.len() == faults {
                true => whole.push((place, draft)),
                false => broken.push((place, draft)),
            }
        }
        self.check_together(ground, ledger, &whole, &mut out.faults);
        self.check_more(ground, ledger, &broken, &mut out.faults);
        out.faults = out.faults.into_iter().map(|fault| self.outer(fault)).collect();
        out.faults.sort_by_key(|fault| (fault.row, fault.column));
        if out.faults.is_empty() {
            let changed = whole
                .into_iter()
                .filter_map(|(place, draft)| self.changed(ledger, place, draft));
            out.drafts = changed.collect();
        } else {
            out.deleted.clear();
        }
        out
    }

    /// Why the record of a cell of a matrix that was emptied cannot go with it.
    fn why_kept(&self, ground: &Ground, ledger: &'static Ledger, row: &GridRow) -> Option<String> {
        let value = self.columns.first().map(|column| column.slot);
        let usual = form::fresh(ledger, ground.today, row.base.unit());
        let says_more = |(slot, field): (Slot, &'static Field)| {
            let said = row.base.cell(slot);
            let is_cell = Some(slot) == value || slot == slots::UNIT || ledger.key.contains(&field.name);
            !is_cell && !said.is_blank() && said != usual.cell(slot)
        };
        let more = ledger.slots().find(|placed| says_more(*placed));
        let why_not = (ground.why_not)(row.base.unit().unwrap_or_default());
        why_not.or_else(|| {
            let (_, field) = more?;
            Some(format!(
                "这条记录还写有“{}”，不能清空；要删除请到台账里删除",
                field.label
            ))
        })
    }

    /// Columns with the unit first: references are told apart by it.
    fn reading_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|at| self.columns.get(*at).is_none_or(|column| column.slot != slots::UNIT));
        order
    }

    fn read_cell(&self, (place, at): At, draft: &mut Draft, names: &mut Names, faults: &mut Vec<Fault>) {
        let Some(column) = self.columns.get(at) else {
            return;
        };
        let text = self.text_in((place, at)).to_owned();
        let unit = draft.unit().map(str::to_owned);
        let manner = Manner {
            own: true,
            yuan: false,
            names: false,
            today: self.today,
        };
        let why = match read(column.field, &Cell::Text(text), manner, names, unit.as_deref()) {
            Said::Blank => {
                draft.set(column.slot, Value::Null);
                return;
            }
            Said::Value(value) | Said::Read(value, _) => {
                draft.set(column.slot, value);
                return;
            }
            Said::Asks(asks, offers) => {
                let offers: Vec<String> = offers.into_iter().map(|(_, words)| words).collect();
                format!("{asks}请写明：{}", offers.join(" 或 "))
            }
            Said::Unclear(asks, offers) => {
                let offers: Vec<String> = offers.into_iter().take(6).map(|(_, words)| words).collect();
                match offers.is_empty() {
                    true => asks,
                    false => format!("{asks}例如：{}", offers.join("、")),
                }
            }
            Said::LeftEmpty(why) | Said::Problem(why) => why,
        };
        faults.push(Fault {
            row: place,
            column: Some(at),
            why,
        });
    }

    fn check_together(
        &self,
        ground: &Ground,
        ledger: &'static Ledger,
        whole: &[(usize, Draft)],
        faults: &mut Vec<Fault>,
    ) {
        let named = |(place, draft): &(usize, Draft)| match draft.id.is_empty() {
            true => Draft {
                id: format!("row {place}"),
                ..draft.clone()
            },
            false => draft.clone(),
        };
        let drafts: Vec<Draft> = whole.iter().map(named).collect();
        let ahead = Ahead::new(ground.records, ledger.schema, drafts.clone());
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for ((place, _), draft) in whole.iter().zip(&drafts) {
            let fault = |column: Option<usize>, why: String| Fault {
                row: *place,
                column,
                why,
            };
            if let Some(why) = (ground.why_not)(draft.unit().unwrap_or_default()) {
                faults.push(fault(None, why));
                continue;
            }
            for notice in form::errors(ledger, draft, &ahead, ground.today) {
                let column = self.columns.iter().position(|c| c.field.name == notice.place);
                faults.push(fault(column, format!("{}，{}", notice.what, notice.todo)));
            }
            let key = ledger.key.iter().filter_map(|name| ledger.slot(name));
            let key: Vec<String> = key.map(|slot| form::text_of(draft.cell(slot))).collect();
            let filled = !key.is_empty() && key.iter().all(|text| !text.is_empty());
            if filled && !keys.insert(key.join("\u{1f}")) {
                faults.push(fault(None, "和上面的一行是同一条，请只留一行".to_owned()));
            }
        }
    }

    /// What else is wrong with rows of which cells cannot be read.
    fn check_more(&self, ground: &Ground, ledger: &'static Ledger, broken: &[(usize, Draft)], faults: &mut Vec<Fault>) {
        for (place, draft) in broken {
            for notice in form::errors(ledger, draft, ground.records, ground.today) {
                let column = self.columns.iter().position(|c| c.field.name == notice.place);
                let is_said = faults.iter().any(|fault| fault.row == *place && fault.column == column);
                if !is_said {
                    faults.push(Fault {
                        row: *place,
                        column,
                        why: format!("{}，{}", notice.what, notice.todo),
                    });
                }
            }
        }
    }

    /// What is saved of a row: all of a new record, the changed values of one that stands; `None` where it says the same.
    fn changed(&self, ledger: &'static Ledger, place: usize, draft: Draft) -> Option<Draft> {
        let base = &self.rows.get(place)?.base;
        if base.id.is_empty() {
            return Some(draft);
        }
        let cells = form::changed(ledger, base, &draft);
        (!cells.is_empty()).then_some(Draft { cells, ..draft })
    }
}
