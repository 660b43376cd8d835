//! Addresses of the pages: what stands after `#` in the browser's address bar.
//!
//! Every view has an address, so a filter or a record can be copied to a colleague and the back button works.
//! [`Address::parse`] is total: whatever is typed gives an address, at worst [`Route::NotFound`].

mod pages;

use std::collections::BTreeMap;

use crate::order::Gather;
pub(crate) use pages::pages;

pub use crate::model::ledger::Programme;
use crate::model::ledger::{Role, Schemas};

/// The page that somebody in this role begins with: a guide with what is to be filled in; a leader with the district;
/// everybody else with the overview, which is what is to be done to whoever fills in for a unit.
pub fn home(role: Role, district: &str) -> Route {
    match role {
        Role::Guide => Route::Fill,
        Role::District if !district.is_empty() => Route::District(district.to_owned()),
        Role::District | Role::Unit | Role::Town | Role::Viewer => Route::Overview,
    }
}

/// Whether a page has nothing to show or to fill in as long as there are no units: everything with figures, and every
/// form whose record belongs to a unit. Where files, settings and lists of records are, it has.
pub fn needs_units(route: &Route, schemas: &Schemas) -> bool {
    if let Route::NewRecord(ledger) | Route::Grid(ledger) = route {
        return schemas.get(ledger).is_some_and(|l| l.field("unit").is_some());
    }
    pages!(needs_units_of route)
}

macro_rules! needs_units_of {
    ($route:ident $({ $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident $($rest:tt)* })*) => {
        match $route {
            $(Route::$page { .. } => needs_units_of!(@ $units),)*
        }
    };
    (@ all) => { true };
    (@ $other:ident) => { false };
}
use needs_units_of;

/// A page. Ids and codes are not empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `#/`
    Overview,
    /// `#/map`, `#/map/d/<id>`, `#/map/u/<code>`, `#/map/d/<id>/u/<code>`
    Map {
        /// The selected district.
        district: Option<String>,
        /// The selected unit.
        unit: Option<String>,
    },
    /// `#/p/<programme>`
    Programme(Programme),
    /// `#/l`: all ledgers
    Ledgers,
    /// `#/l/<ledger>`: the records of one; see [`ListQuery`]
    Ledger(String),
    /// `#/l/<ledger>/new`
    NewRecord(String),
    /// `#/l/<ledger>/grid`: many records of one ledger as a grid
    Grid(String),
    /// `#/l/<ledger>/<record>/edit`
    EditRecord {
        /// Key of the ledger.
        ledger: String,
        /// Id of the record.
        record: String,
    },
    /// `#/r/<record>`
    Record(String),
    /// `#/units`
    Units,
    /// `#/u/<code>`
    Unit(String),
    /// `#/d/<id>`
    District(String),
    /// `#/u/<code>/p/<name>`: one person of a unit
    Person {
        /// The unit.
        unit: String,
        /// The name, as it stands in the ledgers.
        name: String,
    },
    /// `#/u/<code>/w/<ledger>/<record>`: a place of a unit; see [`places`](crate::view::places)
    Place {
        /// The unit.
        unit: String,
        /// Key of the ledger.
        ledger: String,
        /// Id of the record.
        record: String,
    },
    /// `#/secretaries`: the secretaries to call
    Secretaries,
    /// `#/summary`: units by indicators; see [`summary_table`](crate::view::summary_table)
    Summary,
    /// `#/process`: the steps of 筑梦 and how far each unit is
    Process,
    /// `#/development`: persons on the way into the party, by stage
    Development,
    /// `#/charts`
    Charts,
    /// `#/merge`
    Merge,
    /// `#/import`: rows of a table into a ledger
    Import,
    /// `#/papers`: the papers that can be made, and those that were sent; see [`papers`](crate::view::papers)
    Papers,
    /// `#/papers/<kind>`: one of them
    Paper(String),
    /// `#/report`
    Report,
    /// `#/settings`
    Settings,
    /// `#/fill`: what the person fills in
    Fill,
    /// `#/todo`: what is due; see [`due`](crate::view::due)
    Todo,
    /// `#/calendar`: what is due, by month
    Calendar,
    /// `#/party-life`: organisation life, units by months
    PartyLife,
    /// `#/elections`: a round of elections, units by steps; see [`elections`](crate::view::programmes::lead::elections)
    Elections,
    /// `#/holidays`: the days off of a year
    Holidays,
    /// `#/bin`: deleted records
    Bin,
    /// `#/snapshots`: the daily copies
    Snapshots,
    /// `#/compare`: what differs between a backup and now
    Compare,
    /// `#/receipt`: on paper, what a file holds
    Receipt,
    /// `#/conflicts`
    Conflicts,
    /// `#/score`: points of the units for a year
    Score,
    /// `#/screen`: the meeting room screen
    Screen,
    /// `#/rules`: targets, thresholds and other rules
    Rules,
    /// `#/help`
    Help,
    /// `#/start`: the first steps
    Start,
    /// Anything else: the path as it was typed, without the leading `/`
    NotFound(String),
}

/// What follows `?`: filters, sorting, selection. Sorted by key, so that equal views have equal addresses.
pub type Query = BTreeMap<String, String>;

/// Query keys that mean the same on every page.
pub mod key {
    /// The period of the figures, e.g. `2022`, `2022-11` or `2022-01..2022-11`.
    pub const PERIOD: &str = "period";
    /// The day as of which the figures hold, `2022-11-22`.
    pub const AS_OF: &str = "asof";
    /// The district to which the figures of a page are narrowed, by its id.
    pub const WITHIN: &str = "in";
    /// The kind of unit to which they are narrowed, `village` or `community`.
    pub const KIND: &str = "of";
    /// The field at which a form opens, by its stored name.
    pub const FIELD: &str = "field";
    /// The ledger that a table is imported into.
    pub const LEDGER: &str = "ledger";
    /// The duplicate that led to the record that stands for it, by its id.
    pub const WAS: &str = "was";
    /// Words searched for.
    pub const WORDS: &str = "q";
    /// The sorted column; see [`Sort`](super::Sort).
    pub const SORT: &str = "sort";
    /// A daily copy, by its key.
    pub const COPY: &str = "copy";
    /// A file that was exported, by its key; with a merge, one of its files by its place.
    pub const FILE: &str = "file";
    /// A merge, by its id.
    pub const IMPORT: &str = "import";
    /// The record shown beside the list.
    pub const RECORD: &str = "rec";
    /// Begins the key of a filter: `f.kind`.
    pub const FILTER: &str = "f.";
}

/// A page and how it is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// The page.
    pub route: Route,
    /// Filters, sorting, selection.
    pub query: Query,
}

impl From<Route> for Address {
    fn from(route: Route) -> Self {
        Self {
            route,
            query: Query::new(),
        }
    }
}

impl Address {
    /// Reads what stands in the address bar, with or without the leading `#`.
    pub fn parse(hash: &str) -> Self {
        let hash = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        Self {
            route: Route::parse(path),
            query: parse_query(query),
        }
    }

    /// What to write into the address bar or an `href`, with the leading `#`.
    ///
    /// For every address that [`parse`](Self::parse) can give, `parse(hash)` gives it back.
    pub fn hash(&self) -> String {
        let mut out = format!("#/{}", self.route.path());
        for (i, (key, value)) in self.query.iter().enumerate() {
            out.push(if i == 0 { '?' } else { '&' });
            encode(key, &mut out);
            out.push('=');
            encode(value, &mut out);
        }
        out
    }

    /// The same with one query value set, or taken out if it is empty.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        if value.is_empty() {
            self.query.remove(key);
        } else {
            self.query.insert(key.to_owned(), value.to_owned());
        }
        self
    }

    /// The value of a query key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query.get(key).map(String::as_str)
    }

    /// The address of another page that keeps what the figures are of: period, day, district, kind of unit.
    pub fn go(&self, route: Route) -> Self {
        let shared = [key::PERIOD, key::AS_OF, key::WITHIN, key::KIND];
        let query = self.query.iter().filter(|(key, _)| shared.contains(&key.as_str()));
        Self {
            route,
            query: query.map(|(key, value)| (key.clone(), value.clone())).gather_map(),
        }
    }
}

impl Route {
    fn parse(path: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.trim_end_matches('/');
        let parts: Vec<String> = path.split('/').map(decode).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Self::known(&parts).unwrap_or_else(|| Self::NotFound(path.to_owned()))
    }

    fn known(parts: &[&str]) -> Option<Self> {
        // An empty part would make an empty id, save for the overview, which is one empty part.
        if parts.len() > 1 && parts.iter().any(|part| part.is_empty()) {
            return None;
        }
        match parts {
            ["map", rest @ ..] => Self::map(rest),
            ["p", key] => Programme::by_id(key).map(Self::Programme),
            _ => pages!(listed parts []),
        }
    }

    fn map(rest: &[&str]) -> Option<Self> {
        let (district, unit) = match rest {
            [] => (None, None),
            ["d", id] => (Some(id), None),
            ["u", code] => (None, Some(code)),
            ["d", id, "u", code] => (Some(id), Some(code)),
            _ => return None,
        };
        let text = |part: &&str| (*part).to_owned();
        Some(Self::Map {
            district: district.map(text),
            unit: unit.map(text),
        })
    }

    /// The path without the leading `#/`.
    fn path(&self) -> String {
        match self {
            Self::Map { district, unit } => {
                let mut out = "map".to_owned();
                for (mark, id) in [("/d/", district), ("/u/", unit)] {
                    if let Some(id) = id {
                        out.push_str(mark);
                        encode(id, &mut out);
                    }
                }
                out
            }
            Self::Programme(programme) => format!("p/{}", programme.id()),
            Self::NotFound(path) => path.clone(),
            other => pages!(written other []),
        }
    }

    /// Every page that names nothing of a town, in the order of their declaration, and those of the programmes: for whoever
    /// looks at all pages.
    pub fn plain() -> Vec<Self> {
        let mut out = vec![Self::Map {
            district: None,
            unit: None,
        }];
        pages!(plain_pages out);
        out.extend(Programme::ALL.map(Self::Programme));
        out
    }

    /// Whether a form that was opened here leads back here: pages that say what is to be done.
    pub fn begins_forms(&self) -> bool {
        matches!(
            self,
            Self::Overview
                | Self::Fill
                | Self::Unit(_)
                | Self::District(_)
                | Self::Todo
                | Self::Calendar
                | Self::PartyLife
                | Self::Development
                | Self::Elections
        )
    }

    /// True if going from one to the other is a step within one page: the heading, the focus and the scroll stay.
    pub fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Map { .. }, Self::Map { .. }) => true,
            (one, other) => one == other,
        }
    }
}

/// How a list is looked at: its search words, sorting, filters and the record shown beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Words searched for; empty for none.
    pub words: String,
    /// The sorted column.
    pub sort: Option<Sort>,
    /// Set filters: field key and value.
    pub filters: BTreeMap<String, String>,
    /// The record shown beside the list.
    pub record: Option<String>,
}

/// A sorted column, written `date` or `-date` for descending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Key of the column.
    pub column: String,
    /// Largest first.
    pub descending: bool,
}

impl ListQuery {
    /// Reads the list's part of a query; other keys are left alone.
    pub fn of(query: &Query) -> Self {
        let text = |key: &str| query.get(key).filter(|value| !value.is_empty()).cloned();
        let sort = text(key::SORT).map(|word| match word.strip_prefix('-') {
            Some(column) => Sort {
                column: column.to_owned(),
                descending: true,
            },
            None => Sort {
                column: word,
                descending: false,
            },
        });
        let filters = query
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(key, value)| Some((key.strip_prefix(key::FILTER)?.to_owned(), value.clone())));
        Self {
            words: text(key::WORDS).unwrap_or_default(),
            sort: sort.filter(|sort| !sort.column.is_empty()),
            filters: filters.filter(|(key, _)| !key.is_empty()).gather_map(),
            record: text(key::RECORD),
        }
    }

    /// Writes the list's part into a query in place of what stood there.
    pub fn write(&self, query: &mut Query) {
        let own = [key::WORDS, key::SORT, key::RECORD];
        query.retain(|key, _| !own.contains(&key.as_str()) && !key.starts_with(key::FILTER));
        let sort = self.sort.as_ref().map(|sort| {
            let mark = if sort.descending { "-" } else { "" };
            format!("{mark}{}", sort.column)
        });
        let words = Some(self.words.clone()).filter(|words| !words.is_empty());
        let values = [
            (key::WORDS, words),
            (key::SORT, sort),
            (key::RECORD, self.record.clone()),
        ];
        for (key, value) in values {
            if let Some(value) = value {
                query.insert(key.to_owned(), value);
            }
        }
        for (key, value) in &self.filters {
            query.insert(format!("{}{key}", key::FILTER), value.clone());
        }
    }
}

macro_rules! plain_pages {
    ($out:ident $({ $page:ident $(as $bind:tt)? path $($rest:tt)* })*) => {
        $(plain_pages!(@ $out $page $($bind)?);)*
    };
    (@ $out:ident $page:ident) => { $out.push(Self::$page) };
    (@ $out:ident $page:ident $bind:tt) => {};
}
use plain_pages;

/// A part of a path.
enum Piece<'a> {
    Word(&'static str),
    Id(&'a str),
}

fn joined(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            out.push('/');
        }
        match piece {
            Piece::Word(word) => out.push_str(word),
            Piece::Id(id) => encode(id, &mut out),
        }
    }
    out
}

/// The route of some parts of a path, for every page that is not read by hand.
macro_rules! listed {
    ($parts:ident [$($arms:tt)*]) => {
        match $parts {
            $($arms)*
            _ => None,
        }
    };
    ($parts:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path by_hand $($rest:tt)* } $($more:tt)*) => {
        listed!($parts [$($arms)*] $($more)*)
    };
    ($parts:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path [$($part:tt)*] $($rest:tt)* } $($more:tt)*) => {
        listed!($parts [
            $($arms)*
            [$(part_pattern!($part)),*] => {
                $(part_owned!($part);)*
                Some(Self::$page $($bind)?)
            }
        ] $($more)*)
    };
}
use listed;

macro_rules! part_pattern {
    ($word:literal) => {
        $word
    };
    (($id:ident)) => {
        $id
    };
}
use part_pattern;

macro_rules! part_owned {
    ($word:literal) => {};
    (($id:ident)) => {
        let $id = (*$id).to_owned();
    };
}
use part_owned;

/// The path of a route, for every page that is not written by hand.
macro_rules! written {
    ($route:ident [$($arms:tt)*]) => {
        match $route {
            $($arms)*
            _ => String::new(),
        }
    };
    ($route:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path by_hand $($rest:tt)* } $($more:tt)*) => {
        written!($route [$($arms)*] $($more)*)
    };
    ($route:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path [$($part:tt)*] $($rest:tt)* } $($more:tt)*) => {
        written!($route [
            $($arms)*
            Self::$page $($bind)? => joined(&[$(piece!($part)),*]),
        ] $($more)*)
    };
}
use written;

macro_rules! piece {
    ($word:literal) => {
        Piece::Word($word)
    };
    (($id:ident)) => {
        Piece::Id($id)
    };
}
use piece;

fn parse_query(text: &str) -> Query {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .gather_map()
}

/// Appends `text` with everything but letters, digits and `-._~,:` of ASCII written as `%XX`.
fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Undoes [`encode`]. What is no `%XX` stays as it is; bytes that are no UTF-8 become the replacement sign.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                // Two hexadecimal digits are below 256.
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests;
