//! Addresses of the pages: what stands after `#` in the browser's address bar.
//!
//! Every view has an address, so a filter or a record can be copied to a colleague and the back button works.
//! [`Address::parse`] is total: whatever is typed gives an address, at worst [`Route::NotFound`].

use std::collections::BTreeMap;

use crate::order::Gather;

pub use crate::model::ledger::Programme;
use crate::model::ledger::{Catalogue, Role};

/// The page that somebody in this role begins with: who fills in, with what is to be filled in; a leader with the
/// district; everybody else with the overview.
pub fn home(role: Role, district: &str) -> Route {
    match role {
        Role::Unit | Role::Guide => Route::Fill,
        Role::District if !district.is_empty() => Route::District(district.to_owned()),
        Role::District | Role::Town | Role::Viewer => Route::Overview,
    }
}

/// Whether a page has nothing to show or to fill in as long as there are no units: everything with figures, and every
/// form whose record belongs to a unit. Where files, settings and lists of records are, it has.
pub fn needs_units(route: &Route, catalogue: &Catalogue) -> bool {
    match route {
        Route::Overview
        | Route::Map { .. }
        | Route::Programme(_)
        | Route::Units
        | Route::Unit(_)
        | Route::District(_)
        | Route::Person { .. }
        | Route::Charts
        | Route::Report
        | Route::Screen
        | Route::Fill => true,
        Route::NewRecord(ledger) => catalogue.get(ledger).is_some_and(|l| l.field("unit").is_some()),
        Route::Ledgers
        | Route::Ledger(_)
        | Route::EditRecord { .. }
        | Route::Record(_)
        | Route::Merge
        | Route::Settings
        | Route::Bin
        | Route::Snapshots
        | Route::Compare
        | Route::Receipt
        | Route::Conflicts
        | Route::Rules
        | Route::Help
        | Route::Start
        | Route::NotFound(_) => false,
    }
}

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
    /// `#/charts`
    Charts,
    /// `#/merge`
    Merge,
    /// `#/report`
    Report,
    /// `#/settings`
    Settings,
    /// `#/fill`: what the person fills in
    Fill,
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
    /// The field at which a form opens, by its stored name.
    pub const FIELD: &str = "field";
    /// The duplicate that led to the record that stands for it, by its id.
    pub const WAS: &str = "was";
    /// Words searched for.
    pub const WORDS: &str = "q";
    /// The sorted column; see [`Sort`](super::Sort).
    pub const SORT: &str = "sort";
    /// A daily copy, by its key.
    pub const COPY: &str = "copy";
    /// A file that was exported, by its key.
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

    /// The address of another page that keeps the period and the day of the figures.
    pub fn go(&self, route: Route) -> Self {
        let shared = [key::PERIOD, key::AS_OF];
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
        let text = |part: &&str| (*part).to_owned();
        Some(match parts {
            [""] => Self::Overview,
            ["map"] => Self::Map {
                district: None,
                unit: None,
            },
            ["map", "d", id] => Self::Map {
                district: Some(text(id)),
                unit: None,
            },
            ["map", "u", code] => Self::Map {
                district: None,
                unit: Some(text(code)),
            },
            ["map", "d", id, "u", code] => Self::Map {
                district: Some(text(id)),
                unit: Some(text(code)),
            },
            ["p", key] => Self::Programme(Programme::by_id(key)?),
            ["l"] => Self::Ledgers,
            ["l", ledger] => Self::Ledger(text(ledger)),
            ["l", ledger, "new"] => Self::NewRecord(text(ledger)),
            ["l", ledger, record, "edit"] => Self::EditRecord {
                ledger: text(ledger),
                record: text(record),
            },
            ["r", record] => Self::Record(text(record)),
            ["u", code] => Self::Unit(text(code)),
            ["u", code, "p", name] => Self::Person {
                unit: text(code),
                name: text(name),
            },
            ["d", id] => Self::District(text(id)),
            [word] => Self::plain(word)?,
            _ => return None,
        })
    }

    /// Pages whose path is one word.
    fn plain(word: &str) -> Option<Self> {
        Some(match word {
            "units" => Self::Units,
            "charts" => Self::Charts,
            "merge" => Self::Merge,
            "report" => Self::Report,
            "settings" => Self::Settings,
            "fill" => Self::Fill,
            "bin" => Self::Bin,
            "snapshots" => Self::Snapshots,
            "compare" => Self::Compare,
            "receipt" => Self::Receipt,
            "conflicts" => Self::Conflicts,
            "screen" => Self::Screen,
            "rules" => Self::Rules,
            "help" => Self::Help,
            "start" => Self::Start,
            _ => return None,
        })
    }

    /// The path without the leading `#/`.
    fn path(&self) -> String {
        match self {
            Self::Overview => String::new(),
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
            Self::Ledgers => "l".to_owned(),
            Self::Ledger(ledger) => under("l", ledger, ""),
            Self::NewRecord(ledger) => under("l", ledger, "/new"),
            Self::EditRecord { ledger, record } => under(&under("l", ledger, ""), record, "/edit"),
            Self::Record(record) => under("r", record, ""),
            Self::Unit(code) => under("u", code, ""),
            Self::Person { unit, name } => under(&under("u", unit, "/p"), name, ""),
            Self::District(id) => under("d", id, ""),
            Self::Units => "units".to_owned(),
            Self::Charts => "charts".to_owned(),
            Self::Merge => "merge".to_owned(),
            Self::Report => "report".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::Fill => "fill".to_owned(),
            Self::Bin => "bin".to_owned(),
            Self::Snapshots => "snapshots".to_owned(),
            Self::Compare => "compare".to_owned(),
            Self::Receipt => "receipt".to_owned(),
            Self::Conflicts => "conflicts".to_owned(),
            Self::Screen => "screen".to_owned(),
            Self::Rules => "rules".to_owned(),
            Self::Help => "help".to_owned(),
            Self::Start => "start".to_owned(),
            Self::NotFound(path) => path.clone(),
        }
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

fn under(parent: &str, id: &str, rest: &str) -> String {
    let mut out = format!("{parent}/");
    encode(id, &mut out);
    out.push_str(rest);
    out
}

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
