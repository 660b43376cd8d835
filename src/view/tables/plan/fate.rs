//! What becomes of a row that was read: the record that it means, or a new one.

use super::kinds::{Asked, CellChange, Fate, Problem};
use super::planner::{Naming, Planner, Reading, joined};
use crate::model::ledger::{Cells, Kind, Preset, Slot, TypedRow as _};
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::turns::Turns;
use crate::view::{form, show};

impl<'a> Planner<'a> {
    /// What a row calls itself.
    pub(super) fn naming(&self, draft: &Draft) -> Naming {
        let ledger = self.job.ledger;
        let key: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        // A cell that says nothing means what a new record starts with.
        let mut whole = draft.clone();
        self.preset(&mut whole);
        let has_key = !key.is_empty() && key.iter().all(|slot| !whole.cell(*slot).is_blank());
        let own = match has_key {
            true => joined(key.iter().map(|slot| whole.cell(*slot))),
            false => joined(self.mapped_slots().iter().map(|slot| draft.cell(*slot))),
        };
        let known = self.keys.get(&own).filter(|_| has_key).cloned();
        let mut known = known.unwrap_or_default();
        let says_key = !key.is_empty() && key.iter().all(|slot| !draft.cell(*slot).is_blank());
        if known.is_empty() && !says_key {
            let saying = |draft: &Draft| joined(self.plain_slots().iter().map(|slot| draft.cell(*slot)));
            let found = self
                .sayings
                .get(&saying(&whole))
                .or_else(|| self.sayings.get(&saying(draft)));
            known = found.cloned().unwrap_or_default();
            known.retain(|id| self.agrees(id, draft));
        }
        // A unit is named by its code as well.
        if ledger.id == Unit::LEDGER.id && known.is_empty() {
            let code = Unit::LEDGER.slot("code").and_then(|slot| draft.cell(slot).as_str());
            let code = code.filter(|code| self.ground.records.find(Unit::SCHEMA, code).is_some());
            known.extend(code.map(str::to_owned));
        }
        Naming { own, known, same: None }
    }

    /// Gives each record to the first row that says what it says, before a row that only shares its name asks for it.
    pub(super) async fn claim(&mut self, turns: Turns<'_>) {
        if self.lacks_key() {
            return;
        }
        let mut read = std::mem::take(&mut self.read);
        for kept in &mut read {
            let naming = &mut kept.naming;
            let mut free = naming.known.iter().filter(|id| !self.meant.contains_key(*id));
            naming.same = free.find(|id| self.says(id, &kept.draft)).cloned();
            if let Some(same) = &naming.same {
                self.meant.insert(same.clone(), kept.reading.number);
            }
            turns.pause().await;
        }
        self.read = read;
    }

    pub(super) fn fate(&mut self, draft: &mut Draft, reading: &Reading, naming: Naming) -> Fate {
        if let Some(id) = &reading.record {
            return self.change(draft, id, &reading.emptied);
        }
        // Rows that do not say yet what tells records apart are like many: nothing is asked about them.
        if self.lacks_key() {
            return self.fresh(draft);
        }
        let Naming { own, known, same } = naming;
        let before = self.seen.get(&own).copied();
        self.seen.entry(own).or_insert(reading.number);
        let free: Vec<String> = known
            .iter()
            .filter(|id| !self.meant.contains_key(*id))
            .cloned()
            .collect();
        // The row whose record the only one is.
        let taken = known
            .first()
            .filter(|_| known.len() == 1)
            .and_then(|id| self.meant.get(id).copied());
        let chosen = match (before.or(taken), known.as_slice(), same) {
            (_, _, Some(same)) => Some(same),
            (None, [], _) => None,
            (None, [one], _) => Some(one.clone()),
            (other, _, _) => match self.twin(reading.number, other, (&known, &free), draft) {
                Ok(chosen) => chosen,
                Err(fate) => return fate,
            },
        };
        if let Some(id) = &chosen {
            self.meant.insert(id.clone(), reading.number);
        }
        match chosen {
            Some(id) => self.change(draft, &id, &[]),
            None => self.fresh(draft),
        }
    }

    /// Whether a required part of the natural key is in no column and was not chosen for all rows.
    pub(super) fn lacks_key(&self) -> bool {
        let (ledger, mapped) = (self.job.ledger, self.mapped_slots());
        let mut key = ledger.slots().filter(|(_, field)| ledger.key.contains(&field.name));
        key.any(|(slot, field)| field.required && !mapped.contains(&slot))
    }

    /// A row with cells that cannot be taken, as far as it can be read: the record it names, or a new one.
    pub(super) fn as_far_as_read(&self, draft: &Draft, record: Option<&str>) -> Draft {
        let ledger = self.job.ledger;
        let key: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        let known = self.keys.get(&joined(key.iter().map(|slot| draft.cell(*slot))));
        let known = known.and_then(|all| all.first()).map(String::as_str);
        let stands = record
            .or(known)
            .and_then(|id| self.ground.records.find(ledger.schema, id));
        let mut out = match stands {
            Some(stands) => form::edited(ledger, stands),
            None => Draft::new(ledger.schema, format!("row {}", self.plan.rows.len())),
        };
        for (slot, value) in draft.cells.iter().filter(|(_, value)| !value.is_blank()) {
            out.set(*slot, value.clone());
        }
        if stands.is_none() {
            self.preset(&mut out);
        }
        out
    }

    /// A row that names what an earlier row or several records name; `free` are those that no row meant before.
    pub(super) fn twin(
        &mut self,
        number: u32,
        before: Option<u32>,
        (known, free): (&[String], &[String]),
        draft: &Draft,
    ) -> Result<Option<String>, Fate> {
        if let Some(before) = before {
            let earlier = self.plan.rows.iter().find(|row| row.number == before);
            let slots = self.mapped_slots();
            let said = |draft: &dyn Cells| joined(slots.iter().map(|slot| draft.cell(*slot)));
            let stands = known.first().filter(|_| known.len() == 1);
            let stands = stands.and_then(|id| self.ground.records.find(self.job.ledger.schema, id));
            let alike = earlier.is_some_and(|row| said(&row.draft) == said(draft))
                || stands.is_some_and(|stands| said(stands) == said(draft));
            if alike && !self.job.ledger.key.is_empty() {
                return Err(Fate::Repeats(before));
            }
        }
        let asks = match before {
            Some(before) => format!("第 {number} 行和第 {before} 行写的是同一个名称，是两条吗？"),
            None => format!("第 {number} 行和本机的 {} 条记录都对得上，是哪一条？", known.len()),
        };
        let mut options: Vec<(String, String)> = Vec::new();
        for id in free {
            if let Some(cells) = self.ground.records.find(self.job.ledger.schema, id) {
                let (records, catalogue) = (self.ground.records, self.ground.catalogue);
                let title = show::title(records, catalogue, self.job.ledger, cells);
                let about = show::about(records, self.job.ledger, cells);
                options.push((id.clone(), format!("{title} {about}").trim().to_owned()));
            }
        }
        options.push(("new".to_owned(), "是另外一条，新登记".to_owned()));
        options.push(("skip".to_owned(), "是同一条，这一行不导入".to_owned()));
        match self.ask(Asked::Twin(number), asks, options, Some(number)).as_deref() {
            None => Err(Fate::Waits),
            Some("skip") => Err(Fate::LeftOut),
            Some("new") => Ok(None),
            Some(id) => Ok(Some(id.to_owned())),
        }
    }

    /// What a row changes in a record that is here. An empty cell says nothing of what stands there, unless it was given
    /// out with something in it.
    pub(super) fn change(&mut self, draft: &mut Draft, id: &str, emptied: &[Slot]) -> Fate {
        let (records, catalogue, ledger) = (self.ground.records, self.ground.catalogue, self.job.ledger);
        let found = records.find(ledger.schema, id);
        let Some(stands) = found.or_else(|| records.find_deleted(ledger.schema, id)) else {
            return match draft.cells.is_empty() && emptied.is_empty() {
                true => Fate::Same,
                false => Fate::Wrong(vec![self.unknown_record()]),
            };
        };
        let mut edited = form::edited(ledger, stands);
        let mut changes = Vec::new();
        let mut cells = Vec::new();
        for (slot, value) in &draft.cells {
            let (old, field) = (stands.cell(*slot), ledger.field_at(*slot));
            let Some(field) = field.filter(|_| !value.is_blank() && old != value) else {
                continue;
            };
            edited.set(*slot, value.clone());
            cells.push((*slot, value.clone()));
            let shown = |value: &Value| match (field.kind, value) {
                // The whole number: a changed digit has to be seen.
                (Kind::Phone, Value::Text(text)) => text.to_string(),
                _ => show::value(records, catalogue, field, value),
            };
            changes.push(CellChange {
                label: field.label,
                old: shown(old),
                new: shown(value),
            });
        }
        for slot in emptied.iter().filter(|slot| !stands.cell(**slot).is_blank()) {
            if let Some(field) = ledger.field_at(*slot) {
                edited.set(*slot, Value::Null);
                cells.push((*slot, Value::Null));
                changes.push(CellChange {
                    label: field.label,
                    old: show::value(records, catalogue, field, stands.cell(*slot)),
                    new: "空".to_owned(),
                });
            }
        }
        draft.id = id.to_owned();
        draft.cells = cells;
        if changes.is_empty() {
            return Fate::Same;
        }
        self.whole.insert(self.plan.rows.len(), edited);
        Fate::Changed(changes)
    }

    pub(super) fn unknown_record(&self) -> Problem {
        Problem {
            column: None,
            heading: self.job.ledger.label.to_owned(),
            text: String::new(),
            why: "这一行原来的记录不在本机，请先合并发出这份填报表的那台设备的文件".to_owned(),
        }
    }

    /// Fills in what a new record starts with; days are said by the sheet.
    pub(super) fn preset(&self, draft: &mut Draft) {
        for (slot, field) in self.job.ledger.slots() {
            let preset = match field.preset {
                Preset::Text(text) => Value::text(text),
                Preset::Int(number) => Value::Int(number),
                Preset::YesNo(truth) => Value::Bool(truth),
                Preset::Blank | Preset::Today | Preset::ThisYear => continue,
            };
            if draft.cell(slot).is_blank() {
                draft.set(slot, preset);
            }
        }
    }

    pub(super) fn fresh(&mut self, draft: &mut Draft) -> Fate {
        let ledger = self.job.ledger;
        self.preset(draft);
        if ledger.id == Unit::LEDGER.id {
            let code = Unit::LEDGER.slot("code").and_then(|slot| draft.cell(slot).as_str());
            draft.id = code.unwrap_or_default().to_owned();
        }
        let place = self.plan.rows.len();
        let id = if draft.id.is_empty() {
            format!("row {place}")
        } else {
            draft.id.clone()
        };
        self.whole.insert(place, Draft { id, ..draft.clone() });
        Fate::New
    }
}
