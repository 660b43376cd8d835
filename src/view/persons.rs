//! Who is who: records about people, joined into persons by what people wrote.
//!
//! Two records are about one person where one names the other (`原后备干部`) under the same name, or where somebody said
//! so; what is said is a record of its own ([`SamePerson`]), merges like any other and can be taken back. Names that are
//! alike join nothing: they are offered to be looked at.

use std::collections::BTreeSet;

use super::route::{Address, Route, key};
use crate::model::date::Day;
use crate::model::ledger::{Catalogue, Cells, Kind, Ledger, TypedRow, slots};
use crate::model::programmes::lead::ledgers::Secretary;
use crate::model::programmes::town::ledgers::SamePerson;
use crate::model::records::{Draft, Records, rows};
use crate::model::value::Value;
use crate::order::{Arrange, Gather};

/// A record about a person.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Its ledger.
    pub ledger: &'static Ledger,
    /// The record.
    pub cells: &'a dyn Cells,
}

impl<'a> Entry<'a> {
    /// The text of a field; `None` where the ledger has no such field or it is blank.
    pub fn text(self, field: &str) -> Option<&'a str> {
        self.value(field)?.as_str().filter(|text| !text.is_empty())
    }

    /// What stands in a field; `None` where the ledger has no such field or it is blank.
    pub fn value(self, field: &str) -> Option<&'a Value> {
        let value = self.cells.cell(self.ledger.slot(field)?);
        (!value.is_blank()).then_some(value)
    }

    /// The name as it was entered.
    pub fn name(self) -> &'a str {
        self.text("name").unwrap_or_default()
    }

    /// Code of the unit.
    pub fn unit(self) -> &'a str {
        self.cells.cell(slots::UNIT).as_str().unwrap_or_default()
    }

    /// How a [`SamePerson`] record names it: `ledger/id`.
    pub fn key(self) -> String {
        format!("{}/{}", self.ledger.id, self.cells.id())
    }

    /// The day, month or year on which it begins; empty without.
    pub fn from(self) -> String {
        self.said(self.ledger.dated)
    }

    /// The first day on which it holds no longer; empty without.
    pub fn until(self) -> String {
        let ends = ["until", "left", "elected", "returned"].into_iter();
        let ends =
            ends.filter(|field| *field != self.ledger.dated && !(*field == "elected" && self.ledger.id != "reserve"));
        let days = ends.map(|field| self.said(field)).filter(|day| !day.is_empty());
        days.min().unwrap_or_default()
    }

    /// Whether it has begun and holds on a day; one without a day has begun.
    pub fn holds(self, day: Day) -> bool {
        let (day, until) = (day.to_string(), self.until());
        self.from() <= day && (until.is_empty() || until > day)
    }

    fn said(self, field: &str) -> String {
        match self.value(field) {
            Some(Value::Text(day)) => day.to_string(),
            Some(Value::Int(year)) => year.to_string(),
            _ => String::new(),
        }
    }
}

/// Whether a ledger holds records about people, one person each.
pub fn is_person(ledger: &Ledger) -> bool {
    !ledger.system && ledger.field("unit").is_some() && ledger.field("name").is_some_and(|f| f.personal)
}

/// A name without blanks: `田 七` is `田七`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The address of a person's page; `record` says which person of that name is meant.
pub fn address(unit: &str, name: &str, record: Option<&str>) -> Address {
    let to = Address::from(Route::Person {
        unit: unit.to_owned(),
        name: name.to_owned(),
    });
    to.with(key::RECORD, record.unwrap_or_default())
}

/// Whether a unit has a record about somebody of this name.
pub fn is_listed(records: &dyn Records, unit: &str, name: &str) -> bool {
    let catalogue = crate::model::programmes::catalogue();
    let of = |entry: &Entry| entry.unit() == unit;
    named(records, catalogue, name).iter().any(of)
}

/// The records about people of a name, in the order of the ledgers.
fn named<'a>(records: &'a dyn Records, catalogue: &Catalogue, name: &str) -> Vec<Entry<'a>> {
    let name = plain(name);
    let mut found = Vec::new();
    for ledger in catalogue.all().iter().copied().filter(|l| is_person(l)) {
        records.visit(ledger.schema, None, &mut |cells| {
            let entry = Entry { ledger, cells };
            if plain(entry.name()) == name {
                found.push(entry);
            }
        });
    }
    found
}

/// What somebody said of two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Id of the record that says it.
    pub id: String,
    /// The two records, as [`Entry::key`] names those that stand for them.
    pub pair: [String; 2],
    /// They are about one person, or they are not.
    pub same: bool,
}

/// What was said of records that are there.
fn claims(records: &dyn Records, catalogue: &Catalogue) -> Vec<Claim> {
    let stands = |text: Option<&str>| {
        let (ledger, id) = text?.split_once('/')?;
        let ledger = catalogue.get(ledger).filter(|l| is_person(l))?;
        let cells = records.find(ledger.schema, id)?;
        Some(Entry { ledger, cells }.key())
    };
    let said = |row: SamePerson| {
        Some(Claim {
            id: row.id().to_owned(),
            pair: [stands(row.one())?, stands(row.other())?],
            same: row.same()?,
        })
    };
    let all = rows::<SamePerson>(records).into_iter().filter_map(said);
    all.filter(|claim| claim.pair[0] != claim.pair[1]).collect()
}

/// A person, and those who may be the same.
pub struct Found<'a> {
    /// The records about the person, in the order of the ledgers.
    pub own: Vec<Entry<'a>>,
    /// What joins them, and what was said against it.
    pub joined: Vec<Claim>,
    /// Others of the same name of whom nobody said anything, and why they may be the same.
    pub alike: Vec<(Vec<Entry<'a>>, &'static str)>,
    /// Others who were said not to be the same, and where that was said.
    pub other: Vec<(Vec<Entry<'a>>, Vec<String>)>,
}

/// The person of a name in a unit: whom `record` is about, else who is secretary on the day, else the first that is
/// listed. `None` where the unit has nobody of that name.
pub fn find<'a>(
    records: &'a dyn Records,
    catalogue: &Catalogue,
    (unit, name): (&str, &str),
    record: Option<&str>,
    day: Day,
) -> Option<Found<'a>> {
    let claims = claims(records, catalogue);
    let entries = gathered(records, catalogue, name, &claims);
    let heads = components(&entries, &claims, records, catalogue);
    let of_unit = |at: &usize| entries[*at].unit() == unit && plain(entries[*at].name()) == plain(name);
    let here: Vec<usize> = (0..entries.len()).filter(of_unit).collect();
    let asked = record.and_then(|id| here.iter().find(|&&at| entries[at].cells.id() == id));
    let leads = |at: &&usize| entries[**at].ledger.id == Secretary::LEDGER.id && entries[**at].holds(day);
    let first = *asked.or_else(|| here.iter().find(leads)).or_else(|| here.first())?;

    let person = |head: usize| -> Vec<Entry<'a>> {
        let own = (0..entries.len()).filter(|&at| heads[at] == head);
        own.map(|at| entries[at]).collect()
    };
    let own = person(heads[first]);
    let others: BTreeSet<usize> = heads.iter().copied().filter(|head| *head != heads[first]).gather_set();
    let (mut alike, mut other) = (Vec::new(), Vec::new());
    for they in others.into_iter().map(person) {
        let between = |claim: &&Claim| is_between(claim, &own, &they);
        let denied: Vec<String> = claims.iter().filter(between).map(|claim| claim.id.clone()).collect();
        if !denied.is_empty() {
            other.push((they, denied));
        } else if let Some(why) = likeness(&own, &they) {
            alike.push((they, why));
        }
    }
    let within = |claim: &Claim| claim.pair.iter().all(|key| own.iter().any(|entry| entry.key() == *key));
    let joined = claims.iter().filter(|claim| within(claim)).cloned().collect();
    Some(Found {
        own,
        joined,
        alike,
        other,
    })
}

/// The records about people of a name, and those that were said to be about one person with them, whatever their name.
fn gathered<'a>(records: &'a dyn Records, catalogue: &Catalogue, name: &str, claims: &[Claim]) -> Vec<Entry<'a>> {
    let mut names = vec![plain(name)];
    let mut entries = named(records, catalogue, name);
    loop {
        let keys: BTreeSet<String> = entries.iter().map(|entry| entry.key()).gather_set();
        let known = |claim: &&Claim| claim.same && claim.pair.iter().any(|key| keys.contains(key));
        let far = claims.iter().filter(known).flat_map(|claim| &claim.pair);
        let far = far.filter(|key| !keys.contains(*key)).find_map(|key| {
            let (ledger, id) = key.split_once('/')?;
            let ledger = catalogue.get(ledger)?;
            Some(Entry {
                ledger,
                cells: records.find(ledger.schema, id)?,
            })
        });
        let Some(name) = far
            .map(|entry| plain(entry.name()))
            .filter(|name| !names.contains(name))
        else {
            return entries;
        };
        entries.extend(named(records, catalogue, &name));
        names.push(name);
    }
}

/// For each entry the first of those that are about the same person.
fn components(entries: &[Entry], claims: &[Claim], records: &dyn Records, catalogue: &Catalogue) -> Vec<usize> {
    let keys: Vec<String> = entries.iter().map(|entry| entry.key()).collect();
    let place = |key: &str| keys.iter().position(|known| known == key);
    let mut heads: Vec<usize> = (0..entries.len()).collect();
    let mut join = |one: usize, other: usize| {
        let (keep, give) = (heads[one].min(heads[other]), heads[one].max(heads[other]));
        for head in &mut heads {
            if *head == give {
                *head = keep;
            }
        }
    };
    for claim in claims.iter().filter(|claim| claim.same) {
        if let [Some(one), Some(other)] = [place(&claim.pair[0]), place(&claim.pair[1])] {
            join(one, other);
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        for (slot, field) in entry.ledger.slots().filter(|(_, f)| f.kind == Kind::Ref) {
            let target = catalogue.get(field.target).filter(|l| is_person(l));
            let named = target.and_then(|ledger| {
                let cells = records.find(ledger.schema, entry.cells.cell(slot).as_str()?)?;
                Some(Entry { ledger, cells })
            });
            let other = named.filter(|other| plain(other.name()) == plain(entry.name()));
            if let Some(other) = other.and_then(|other| place(&other.key())) {
                join(at, other);
            }
        }
    }
    heads
}

fn is_between(claim: &Claim, own: &[Entry], they: &[Entry]) -> bool {
    let holds = |all: &[Entry], key: &String| all.iter().any(|entry| entry.key() == *key);
    let [one, other] = &claim.pair;
    (holds(own, one) && holds(they, other)) || (holds(own, other) && holds(they, one))
}

/// What some records say in a field, each once.
pub fn said<'a>(entries: &[Entry<'a>], field: &str) -> Vec<&'a str> {
    let mut all: Vec<&str> = entries.iter().filter_map(|entry| entry.text(field)).collect();
    all.arrange();
    all.dedup();
    all
}

/// Why two of one name may be one person; `None` where what is known of them differs, or where nothing but the name is
/// known of two who are not of one unit and have phones of their own.
fn likeness(own: &[Entry], they: &[Entry]) -> Option<&'static str> {
    let shares = |field: &str| {
        let (one, other) = (said(own, field), said(they, field));
        let known = !one.is_empty() && !other.is_empty();
        known.then(|| one.iter().any(|text| other.contains(text)))
    };
    if shares("birth") == Some(false) || shares("sex") == Some(false) {
        return None;
    }
    let in_one_unit = own
        .iter()
        .any(|entry| they.iter().any(|other| entry.unit() == other.unit()));
    match (shares("birth"), shares("phone")) {
        (Some(true), Some(true)) => Some("姓名、出生年月和电话相同"),
        (Some(true), _) => Some("姓名和出生年月相同"),
        (_, Some(true)) => Some("姓名和电话相同"),
        _ if in_one_unit => Some("同村（社区）姓名相同"),
        (_, Some(false)) => None,
        _ => Some("只有姓名相同"),
    }
}

/// The record that says of two whether they are about one person. Two who say so write the same record.
pub fn claim(one: Entry, other: Entry, same: bool) -> Draft {
    let mut pair = [one.key(), other.key()];
    pair.arrange();
    let id = format!("same.{} {}", pair[0], pair[1]);
    let mut draft = Draft::new(SamePerson::SCHEMA, id);
    let unit = match one.unit() == other.unit() {
        true => one.unit(),
        false => "",
    };
    let [first, second] = pair;
    let cells = [
        ("unit", Value::text(unit)),
        ("name", Value::text(one.name())),
        ("one", Value::text(first)),
        ("other", Value::text(second)),
        ("same", Value::Bool(same)),
    ];
    for (field, value) in cells {
        if let Some(slot) = SamePerson::LEDGER.slot(field).filter(|_| value.as_str() != Some("")) {
            draft.set(slot, value);
        }
    }
    draft
}
