//! Names in cells: of units, districts, choices and other records.

use std::collections::BTreeMap;

use super::mapping::plain;
use crate::map::borders::unit_forms;
use crate::model::ledger::{Catalogue, Cells, Field, Kind, Ledger, slots};
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::records::{Records, rows};
use crate::model::unit_code;
use crate::view::cells::one_line;
use crate::view::show;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// One record or choice: its id or code.
    One(String),
    /// Several fit: id or code, and what each is called.
    Several(Vec<(String, String)>),
    /// None.
    Nobody,
}

impl Named {
    fn of(found: Vec<(String, String)>) -> Named {
        match found.len() {
            0 => Named::Nobody,
            1 => found.into_iter().next().map_or(Named::Nobody, |(id, _)| Named::One(id)),
            _ => Named::Several(found),
        }
    }
}

/// Names of the units, the districts and the records that fields refer to; each kind is read when it is first needed.
pub struct Names<'a> {
    records: &'a dyn Records,
    catalogue: &'a Catalogue,
    units: Vec<(String, String)>,
    districts: Vec<(String, String)>,
    others: BTreeMap<&'static str, Vec<Other>>,
}

/// A record that may be referred to.
struct Other {
    id: String,
    unit: String,
    /// What lists call it, on one line.
    title: String,
    /// What it is called where a person is asked.
    label: String,
    /// The same on one line.
    line: String,
}

impl<'a> Names<'a> {
    /// The names of these records.
    pub fn new(records: &'a dyn Records, catalogue: &'a Catalogue) -> Names<'a> {
        let unit = |u: &Unit| (u.id().to_owned(), one_line(u.name().unwrap_or_default()));
        let district = |d: &District| (d.id().to_owned(), one_line(d.name().unwrap_or_default()));
        Names {
            records,
            catalogue,
            units: rows::<Unit>(records).iter().map(unit).collect(),
            districts: rows::<District>(records).iter().map(district).collect(),
            others: BTreeMap::new(),
        }
    }

    /// The unit that a cell names: by its code, its name, the name behind that of the town, 村民委员会 and the like; by the
    /// name alone where that fits one unit.
    pub fn unit(&self, text: &str) -> Named {
        let text = one_line(text);
        if let Ok(Some(code)) = unit_code::read(&text) {
            let known = self.units.iter().any(|(id, _)| *id == code.digits);
            return if known { Named::One(code.digits) } else { Named::Nobody };
        }
        let forms = unit_forms(&text);
        let full = forms
            .iter()
            .find_map(|form| self.units.iter().find(|(_, name)| name == form));
        if let Some((id, _)) = full {
            return Named::One(id.clone());
        }
        // A name without its kind: 七星 fits 七星社区 and 七星村.
        let stem = |name: &str| {
            let name = name.split(['（', '(']).next().unwrap_or(name);
            let short = name.strip_suffix("社区").or_else(|| name.strip_suffix('村'));
            short.unwrap_or(name).to_owned()
        };
        let fits = |name: &str| {
            forms
                .iter()
                .any(|form| *form == stem(name) || *form == name.split('（').next().unwrap_or(name))
        };
        let found = self.units.iter().filter(|(_, name)| fits(name));
        Named::of(found.cloned().collect())
    }

    /// The district that a cell names, with or without 片区.
    pub fn district(&self, text: &str) -> Named {
        let text = one_line(text);
        let short = |name: &str| name.trim_end_matches("片区").trim_end_matches('片').to_owned();
        let exact = self.districts.iter().filter(|(_, name)| *name == text);
        match Named::of(exact.cloned().collect()) {
            Named::Nobody => {
                let near = self.districts.iter().filter(|(_, name)| short(name) == short(&text));
                Named::of(near.cloned().collect())
            }
            found => found,
        }
    }

    /// The record that a field refers to by this name; of several those of the unit.
    pub fn reference(&mut self, field: &Field, text: &str, unit: Option<&str>) -> Named {
        let Some(ledger) = self.catalogue.get(field.target) else {
            // A dispatch names ledgers, which are not records.
            let all = self.catalogue.all().iter().filter(|l| l.label == text.trim());
            return Named::of(all.map(|l| (l.id.to_owned(), l.label.to_owned())).collect());
        };
        let text = one_line(text);
        let all = self.others_of(ledger);
        let fits = all.iter().filter(|other| other.title == text || other.line == text);
        let fits: Vec<&Other> = fits.collect();
        let own: Vec<&&Other> = fits
            .iter()
            .filter(|other| unit.is_some_and(|unit| other.unit == unit))
            .collect();
        let chosen: Vec<&Other> = if own.is_empty() {
            fits
        } else {
            own.into_iter().copied().collect()
        };
        Named::of(chosen.into_iter().map(|o| (o.id.clone(), o.label.clone())).collect())
    }

    /// What a sheet calls a record that a field refers to, so that [`reference`](Names::reference) finds it again: its title,
    /// with unit and day where others have the same, with its id where these do not tell it apart either.
    pub fn called(&mut self, field: &Field, id: &str, unit: Option<&str>) -> String {
        let Some(ledger) = self.catalogue.get(field.target) else {
            return self.catalogue.get(id).map_or(id, |ledger| ledger.label).to_owned();
        };
        let all = self.others_of(ledger);
        let Some(one) = all
            .iter()
            .find(|other| other.id == id)
            .map(|o| (o.title.clone(), o.label.clone()))
        else {
            return id.to_owned();
        };
        let (title, label) = one;
        let finds = |names: &mut Self, text: &str| names.reference(field, text, unit) == Named::One(id.to_owned());
        if finds(self, &title) {
            title
        } else if finds(self, &label) {
            label
        } else {
            format!("{title}（编号 {id}）")
        }
    }

    /// What may be chosen for a field that names a record: of the unit first; at most `most`.
    pub fn offers(&mut self, field: &Field, unit: Option<&str>, most: usize) -> Vec<(String, String)> {
        match field.kind {
            Kind::Unit => self.units.clone(),
            Kind::District => self.districts.clone(),
            Kind::Choice | Kind::Choices => show::choices(self.records, field),
            _ => {
                let Some(ledger) = self.catalogue.get(field.target) else {
                    return Vec::new();
                };
                let all = self.others_of(ledger);
                let is_own = |other: &&Other| unit.is_some_and(|unit| other.unit == unit);
                let own = all.iter().filter(|o| is_own(o));
                let rest = all.iter().filter(|o| !is_own(o));
                let found = own.chain(rest).take(most);
                found.map(|o| (o.id.clone(), o.label.clone())).collect()
            }
        }
    }

    /// The records of a ledger, read once.
    fn others_of(&mut self, ledger: &'static Ledger) -> &[Other] {
        let (records, catalogue) = (self.records, self.catalogue);
        self.others.entry(ledger.id).or_insert_with(|| {
            let mut all = Vec::new();
            records.visit(ledger.schema, None, &mut |cells| {
                let title = show::called(records, catalogue, ledger, cells);
                let label = told_apart(records, catalogue, ledger, cells, &title);
                all.push(Other {
                    id: cells.id().to_owned(),
                    unit: cells.cell(slots::UNIT).as_str().unwrap_or_default().to_owned(),
                    title: one_line(&title),
                    line: one_line(&label),
                    label,
                });
            });
            all
        })
    }

    /// The choice that a cell names: its label, what the town calls it, its code.
    pub fn choice(&self, field: &Field, text: &str) -> Named {
        let wanted = one_line(text);
        let all = show::choices(self.records, field);
        let declared = |code: &str| field.choice(code).map_or("", |c| c.label);
        let exact = all
            .iter()
            .filter(|(code, label)| *label == wanted || declared(code) == wanted || *code == wanted);
        match Named::of(exact.cloned().collect()) {
            Named::Nobody => {
                let loose = plain(&wanted);
                let near = all
                    .iter()
                    .filter(|(_, label)| !loose.is_empty() && plain(label) == loose);
                Named::of(near.cloned().collect())
            }
            found => found,
        }
    }
}

/// A title with what tells its record from others of the same title: unit, day and what else is in the natural key.
fn told_apart(
    records: &dyn Records,
    catalogue: &Catalogue,
    ledger: &'static Ledger,
    cells: &dyn Cells,
    title: &str,
) -> String {
    let mut parts = vec![show::about(records, ledger, cells)];
    let said = |name: &&&str| **name != "unit" && **name != ledger.dated && !ledger.title.contains(*name);
    for name in ledger.key.iter().filter(said) {
        if let (Some(field), Some(slot)) = (ledger.field(name), ledger.slot(name)) {
            let value = cells.cell(slot);
            if !value.is_blank() {
                parts.push(show::value(records, catalogue, field, value));
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    match parts.is_empty() {
        true => title.to_owned(),
        false => format!("{title}（{}）", parts.join(" · ")),
    }
}

/// The ledgers in an order in which those that others refer to come first, as far as that can be.
pub fn referred_first(catalogue: &Catalogue) -> Vec<&'static Ledger> {
    fn visit(
        catalogue: &Catalogue,
        ledger: &'static Ledger,
        seen: &mut Vec<&'static str>,
        out: &mut Vec<&'static Ledger>,
    ) {
        if seen.contains(&ledger.id) {
            return;
        }
        seen.push(ledger.id);
        for field in ledger.fields.iter().filter(|field| !field.target.is_empty()) {
            if let Some(target) = catalogue.get(field.target) {
                visit(catalogue, target, seen, out);
            }
        }
        out.push(ledger);
    }
    let (mut seen, mut out) = (Vec::new(), Vec::new());
    for ledger in catalogue.all() {
        visit(catalogue, ledger, &mut seen, &mut out);
    }
    out
}
