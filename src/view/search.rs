//! Search over everything by words and pinyin initials: units, people, pages, ledgers, matters.

use super::pinyin::{Fit, fit};
use super::route::{Address, Route, pages};
use super::{persons, places, show, text};
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, TypedRow};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{COMMUNITY, District, Unit};
use crate::model::records::{Records, rows};
use crate::order::Arrange;
use crate::replica::Replica;

/// Most hits shown.
pub const MOST: usize = 30;
/// Label of a field that holds the name of a person.
const PERSON: &str = "姓名";

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its name.
    pub text: String,
    /// What it is: 村, 片区, 页面, 台账, or the ledger it stands in and what tells it from others there.
    pub kind: String,
    /// Where it is shown.
    pub address: Address,
}

/// Kinds of things in the order in which they are offered where the words fit them alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Place,
    Person,
    /// A place below a unit.
    Below,
    Page,
    Ledger,
    Record,
}

/// Something that fits, before it is written out.
struct Found {
    fit: Fit,
    class: Class,
    /// Characters of its name: the shorter is the nearer.
    length: usize,
    what: What,
}

enum What {
    Hit(Hit),
    /// A record of a ledger, by id.
    Record(&'static Ledger, String),
}

/// The pages that are looked for, with other words for each.
fn searched() -> Vec<(Route, &'static [&'static str])> {
    let all: [Option<(Route, &'static [&'static str])>; _] = pages!(words_of);
    all.into_iter().flatten().collect()
}

macro_rules! words_of {
    ($({
        $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident nav $nav:tt section $section:ident
        icon $icon:ident words $words:tt $($rest:tt)*
    })*) => {
        [$(words_of!(@ $page $words)),*]
    };
    (@ $page:ident ()) => { None };
    (@ Map [$($word:literal)*]) => { Some((Route::Map { district: None, unit: None }, &[$($word),*])) };
    (@ $page:ident [$($word:literal)*]) => { Some((Route::$page, &[$($word),*])) };
}
use words_of;

/// Finds things. Those that begin with the words stand before those that hold them; among them units and districts,
/// people, pages, ledgers, then other records.
pub fn find(replica: &Replica, words: &str) -> Vec<Hit> {
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    places(replica, words, &mut found);
    if replica.has_joins() {
        joined_places(replica, words, &mut found);
    }
    named(words, &mut found);
    for ledger in catalogue().all() {
        if !ledger.system && ![Unit::LEDGER.id, District::LEDGER.id].contains(&ledger.id) {
            in_ledger(replica, ledger, words, &mut found);
        }
    }
    found.arrange_by_key(|found| (found.fit.max(Fit::Begins), found.class, found.fit, found.length));
    found.truncate(MOST);
    found
        .into_iter()
        .filter_map(|found| written(replica, found.what))
        .collect()
}

fn hit(fit: Fit, class: Class, text: &str, kind: &str, route: Route) -> Found {
    Found {
        fit,
        class,
        length: text.chars().count(),
        what: What::Hit(Hit {
            text: text.to_owned(),
            kind: kind.to_owned(),
            address: Address::from(route),
        }),
    }
}

/// Units, also by the beginning of their code, and districts.
fn places(replica: &Replica, words: &str, out: &mut Vec<Found>) {
    for unit in rows::<Unit>(replica) {
        let name = unit.name().unwrap_or(unit.id());
        let by_code = || unit.code().is_some_and(|c| c.starts_with(words)).then_some(Fit::Begins);
        if let Some(fit) = fit(words, name).or_else(by_code) {
            let kind = if unit.kind() == Some(COMMUNITY) {
                "社区"
            } else {
                "村"
            };
            out.push(hit(fit, Class::Place, name, kind, Route::Unit(unit.id().to_owned())));
        }
    }
    for district in rows::<District>(replica) {
        let name = district.name().unwrap_or(district.id());
        if let Some(fit) = fit(words, name) {
            let route = Route::District(district.id().to_owned());
            out.push(hit(fit, Class::Place, name, "片区", route));
        }
    }
}

/// Units and districts by the name of one that was joined into them.
fn joined_places(replica: &Replica, words: &str, out: &mut Vec<Found>) {
    for (ledger, word) in [(Unit::LEDGER, "村（社区）"), (District::LEDGER, "片区")] {
        let Some(slot) = ledger.slot("name") else { continue };
        for &ix in replica.records_of(ledger.id) {
            let (Some(record), Some(root)) = (replica.record(ix), replica.record(replica.root_of(ix))) else {
                continue;
            };
            let (name, stands) = (record.shown(slot).as_str(), root.cell(slot).as_str());
            if !record.is_kept() || !root.is_live() || root.id == record.id || name == stands {
                continue;
            }
            if let Some((fit, name)) = name.and_then(|name| Some((fit(words, name)?, name))) {
                let route = match ledger.id == Unit::LEDGER.id {
                    true => Route::Unit(root.id.to_string()),
                    false => Route::District(root.id.to_string()),
                };
                let kind = format!("{word}，已并入{}", stands.unwrap_or(&root.id));
                out.push(hit(fit, Class::Place, name, &kind, route));
            }
        }
    }
}

/// Pages by their titles and other words, and ledgers.
fn named(words: &str, out: &mut Vec<Found>) {
    for (route, others) in searched() {
        let title = text::title(&route);
        let best = std::iter::once(&title)
            .chain(others)
            .filter_map(|word| fit(words, word))
            .min();
        if let Some(fit) = best {
            out.push(hit(fit, Class::Page, title, "页面", route));
        }
    }
    for ledger in catalogue().all().iter().filter(|l| !l.system) {
        if let Some(fit) = fit(words, ledger.label) {
            let route = Route::Ledger(ledger.id.to_owned());
            out.push(hit(fit, Class::Ledger, ledger.label, "台账", route));
        }
    }
}

/// Records whose title speaks of the words.
fn in_ledger(replica: &Replica, ledger: &'static Ledger, words: &str, out: &mut Vec<Found>) {
    let title: Vec<(Slot, &'static Field)> = ledger
        .title
        .iter()
        .filter_map(|n| Some((ledger.slot(n)?, ledger.field(n)?)))
        .filter(|(_, field)| !matches!(field.kind, Kind::Ref | Kind::Refs))
        .collect();
    if title.is_empty() {
        return;
    }
    replica.visit(ledger.schema, None, &mut |cells: &dyn Cells| {
        let speaks = title.iter().filter_map(|(slot, field)| {
            let stored = cells.cell(*slot);
            if stored.is_blank() {
                return None;
            }
            let told = show::value(replica, catalogue(), field, stored);
            let class = match field.label == PERSON {
                true => Class::Person,
                false if places::is_place(ledger) => Class::Below,
                false => Class::Record,
            };
            Some((fit(words, &told)?, class, told.chars().count()))
        });
        let best = speaks.min();
        if let Some((fit, class, length)) = best {
            let what = What::Record(ledger, cells.id().to_owned());
            out.push(Found {
                fit,
                class,
                length,
                what,
            });
        }
    });
}

/// Where a record is shown: a person and a place on a page of their own.
fn address(ledger: &'static Ledger, cells: &dyn Cells) -> Address {
    if places::is_place(ledger) {
        return Address::from(places::route(ledger, cells));
    }
    let entry = persons::Entry { ledger, cells };
    let is_named = ledger.field("name").is_some_and(|field| field.label == PERSON);
    match is_named && persons::is_person(ledger) && !entry.unit().is_empty() {
        true => persons::address(entry.unit(), entry.name(), Some(cells.id())),
        false => Address::from(Route::Record(cells.id().to_owned())),
    }
}

/// A record says its unit and day, so that alike ones can be told apart.
fn written(replica: &Replica, what: What) -> Option<Hit> {
    let (ledger, id) = match what {
        What::Hit(hit) => return Some(hit),
        What::Record(ledger, id) => (ledger, id),
    };
    let cells = replica.find(ledger.schema, &id)?;
    let about = show::about(replica, ledger, cells);
    Some(Hit {
        text: show::title(replica, catalogue(), ledger, cells),
        kind: [ledger.label, &about]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        address: address(ledger, cells),
    })
}
