//! What a town shows, worked out from the text of its files: a second reading of `docs/file-format.md`, slow and plain.
//! Nothing of the program is used here, so what it says can be held against this.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

/// One written field of one change.
#[derive(Clone, Debug)]
pub struct Write {
    pub ledger: String,
    pub record: String,
    /// `unit` and, with an `@` before them, keys of a later version stand beside the fields of a record.
    pub field: String,
    pub value: Json,
    pub actor: String,
    pub n: u64,
    pub at: String,
    /// Per actor the highest serial number that the writer had seen.
    pub over: BTreeMap<String, u64>,
}

impl Write {
    /// The id of its change.
    pub fn change(&self) -> String {
        format!("{}.{}", self.actor, self.n)
    }

    fn covers(&self, other: &Write) -> bool {
        self.over.get(&other.actor).is_some_and(|&n| other.n <= n)
    }
}

/// What is written about a record that is neither content nor the unit it belongs to.
pub fn is_content(field: &str) -> bool {
    !matches!(field, "_deleted" | "_alias" | "_accepted" | "_seen")
}

/// Whether nothing is there: cleared, an empty text, an empty list.
fn is_blank(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Of the writes of one field those that no other covers.
pub fn heads<'w>(writes: &[&'w Write]) -> Vec<&'w Write> {
    let open = |w: &&&Write| !writes.iter().any(|other| other.covers(w));
    writes.iter().filter(open).copied().collect()
}

/// What is shown of a field: of those that remain the latest; of one time the greatest actor, then the last save.
fn shown<'w>(writes: &[&'w Write]) -> Option<&'w Write> {
    heads(writes).into_iter().max_by_key(|w| (&w.at, &w.actor, w.n))
}

/// Fields that name records of a ledger, from the tables of `docs/ledgers.md`: by ledger and field, the ledger they
/// name, and whether they name several.
pub struct References(BTreeMap<(String, String), (String, bool)>);

impl References {
    pub fn read(page: &str) -> References {
        let mut found = BTreeMap::new();
        let mut ledger = "";
        for line in page.lines() {
            if let Some(heading) = line.strip_prefix("## `") {
                ledger = heading.split('`').next().unwrap_or_default();
            }
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            if let [_, field, _, kind, .., values, _] = cells[..]
                && let Some(target) = values.strip_prefix("→ `")
            {
                let key = (ledger.to_owned(), field.trim_matches('`').to_owned());
                found.insert(key, (target.trim_matches('`').to_owned(), kind == "Refs"));
            }
        }
        References(found)
    }

    fn of(&self, ledger: &str, field: &str) -> Option<(&str, bool)> {
        let key = (ledger.to_owned(), field.to_owned());
        self.0.get(&key).map(|(target, several)| (&**target, *several))
    }
}

/// A ledger and the id of a record of it.
pub type Key = (String, String);

/// Some writes and what follows of them.
pub struct View<'w> {
    by_record: BTreeMap<Key, BTreeMap<&'w str, Vec<&'w Write>>>,
    /// The record that stands for each.
    roots: BTreeMap<Key, Key>,
    references: &'w References,
}

impl<'w> View<'w> {
    pub fn new(writes: impl IntoIterator<Item = &'w Write>, references: &'w References) -> View<'w> {
        let mut view = View {
            by_record: BTreeMap::new(),
            roots: BTreeMap::new(),
            references,
        };
        for write in writes {
            let record = view.by_record.entry((write.ledger.clone(), write.record.clone()));
            record.or_default().entry(&write.field).or_default().push(write);
        }
        view.join();
        view
    }

    pub fn records(&self) -> impl Iterator<Item = &Key> {
        self.by_record.keys()
    }

    fn writes(&self, key: &Key, field: &str) -> &[&'w Write] {
        self.by_record.get(key).and_then(|r| r.get(field)).map_or(&[], |w| w)
    }

    pub fn heads(&self, key: &Key, field: &str) -> Vec<&'w Write> {
        heads(self.writes(key, field))
    }

    /// The value written to a field that is shown of it.
    pub fn written(&self, key: &Key, field: &str) -> Json {
        shown(self.writes(key, field)).map_or(Json::Null, |w| w.value.clone())
    }

    /// The fields written of a record.
    pub fn fields(&self, key: &Key) -> impl Iterator<Item = &'w str> {
        self.by_record[key].keys().copied()
    }

    pub fn disputed(&self, key: &Key, field: &str) -> bool {
        let heads = self.heads(key, field);
        heads.iter().any(|w| w.value != heads[0].value)
    }

    /// Whether anything of a record was written but that it is deleted, a duplicate, or accepted.
    pub fn visible(&self, key: &Key) -> bool {
        self.fields(key).any(is_content)
    }

    /// Whether a record is deleted, and whether it is torn: deleted by one, written or brought back by another who did
    /// not know.
    pub fn deleted(&self, key: &Key) -> (bool, bool) {
        let deletions = self.heads(key, "_deleted");
        let seen = |w: &&Write| w.value.as_array().cloned().unwrap_or_default();
        let brought_back = deletions.iter().any(|w| seen(w).is_empty());
        let named: Vec<Json> = deletions.iter().flat_map(seen).collect();
        let fields = self
            .fields(key)
            .filter(|f| !matches!(*f, "_deleted" | "_accepted" | "_seen"));
        let mut left = fields.flat_map(|field| self.heads(key, field));
        let known = left.all(|w| named.contains(&Json::String(w.change())));
        let gone = known && !brought_back;
        (!named.is_empty() && gone, !named.is_empty() && !gone)
    }

    fn kept(&self, key: &Key) -> bool {
        self.visible(key) && !self.deleted(key).0
    }

    /// The record that this one duplicates: the one that is shown of its `_alias`, if it is another and is here.
    pub fn alias(&self, key: &Key) -> Option<Key> {
        let target = self.written(key, "_alias");
        let target = (key.0.clone(), target.as_str()?.to_owned());
        (target != *key && self.by_record.contains_key(&target)).then_some(target)
    }

    /// The end of the chain of duplicates, or the smallest id of the circle that it leads into.
    fn end(&self, key: &Key) -> Key {
        let mut path = vec![key.clone()];
        while let Some(next) = self.alias(&path[path.len() - 1]) {
            if let Some(start) = path.iter().position(|step| *step == next) {
                return path[start..].iter().min().cloned().unwrap_or(next);
            }
            path.push(next);
        }
        path.pop().unwrap_or_default()
    }

    fn join(&mut self) {
        let mut groups: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
        for key in self.by_record.keys() {
            groups.entry(self.end(key)).or_default().insert(key.clone());
        }
        for (end, group) in groups {
            let left = group.iter().find(|key| self.kept(key));
            let root = if self.kept(&end) { &end } else { left.unwrap_or(&end) };
            let pairs = group.iter().map(|key| (key.clone(), root.clone()));
            self.roots.extend(pairs.collect::<Vec<_>>());
        }
    }

    /// The record that stands for this one.
    pub fn root(&self, key: &Key) -> Key {
        self.roots.get(key).unwrap_or(key).clone()
    }

    /// All records that one stands for, itself included, by id.
    pub fn group(&self, key: &Key) -> BTreeSet<Key> {
        let root = self.root(key);
        let same = self.roots.iter().filter(|(_, other)| **other == root);
        same.map(|(key, _)| key.clone()).collect()
    }

    /// Whether a record is listed and counted.
    pub fn stands(&self, key: &Key) -> bool {
        self.kept(key) && self.root(key) == *key
    }

    /// What a record says by itself, references as they are meant.
    fn said(&self, key: &Key, field: &str) -> Json {
        let value = self.written(key, field);
        let Some((target, several)) = self.references.of(&key.0, field) else {
            return value;
        };
        let meant = |id: &Json| match id {
            Json::String(id) => Json::String(self.root(&(target.to_owned(), id.clone())).1),
            other => other.clone(),
        };
        match &value {
            Json::Array(ids) if several && ids.iter().any(|id| meant(id) != *id) => {
                let mut each: Vec<Json> = Vec::new();
                for id in ids.iter().map(meant) {
                    if !each.contains(&id) {
                        each.push(id);
                    }
                }
                Json::Array(each)
            }
            Json::String(_) if !several => meant(&value),
            _ => value,
        }
    }

    /// What a record reads as.
    pub fn reads(&self, key: &Key, field: &str) -> Json {
        if !self.writes(key, field).is_empty() || self.root(key) != *key {
            return self.said(key, field);
        }
        let others = self
            .group(key)
            .into_iter()
            .filter(|other| other != key && self.kept(other));
        let mut brought = others.map(|other| self.said(&other, field));
        brought.find(|value| !is_blank(value)).unwrap_or_default()
    }
}

/// The union of some files, change by change.
#[derive(Default)]
pub struct Union(BTreeMap<(String, u64), Map<String, Json>>);

impl Union {
    pub fn of(files: &[String]) -> Union {
        let mut union = Union::default();
        for file in files {
            let file: Json = serde_json::from_str(file).expect("a file is JSON");
            for change in file["changes"].as_array().expect("a list of changes") {
                union.add(change.as_object().expect("a change"));
            }
        }
        union
    }

    fn add(&mut self, change: &Map<String, Json>) {
        let id = change["id"].as_str().expect("an id");
        let (actor, n) = id.rsplit_once('.').expect("actor and number");
        let key = (actor.to_owned(), n.parse().expect("a number"));
        let known = self.0.entry(key).or_insert_with(|| change.clone());
        let records = known["set"].as_object_mut().expect("records");
        for (record, patch) in change["set"].as_object().expect("records") {
            let patch = patch.as_object().expect("a record");
            let there = records.entry(record).or_insert_with(|| Json::Object(patch.clone()));
            let there = there.as_object_mut().expect("a record");
            for (name, value) in patch {
                match (there.get_mut(name), value) {
                    // `fields` and `over` go by field.
                    (Some(Json::Object(old)), Json::Object(new)) if name == "fields" || name == "over" => {
                        old.extend(new.clone());
                    }
                    _ => drop(there.insert(name.clone(), value.clone())),
                }
            }
        }
    }

    /// All written fields.
    pub fn writes(&self) -> Vec<Write> {
        let mut writes = Vec::new();
        for ((actor, n), change) in &self.0 {
            for (record, patch) in change["set"].as_object().expect("records") {
                let ledger = patch["ledger"].as_str().expect("a ledger");
                let inside = patch["fields"].as_object().into_iter().flatten();
                let inside = inside.map(|(field, value)| (field.clone(), value));
                let beside = patch
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter_map(|(key, value)| match &**key {
                        "ledger" | "fields" | "over" => None,
                        "unit" => Some((key.clone(), value)),
                        _ => Some((format!("@{key}"), value)),
                    });
                for (field, value) in inside.chain(beside) {
                    let seen = patch["over"][&*field].as_object().into_iter().flatten();
                    let seen = seen.map(|(actor, n)| (actor.clone(), n.as_u64().expect("a number")));
                    writes.push(Write {
                        ledger: ledger.to_owned(),
                        record: record.clone(),
                        over: seen.collect(),
                        field,
                        value: value.clone(),
                        actor: actor.clone(),
                        n: *n,
                        at: change["at"].as_str().expect("a time").to_owned(),
                    });
                }
            }
        }
        writes
    }

    /// The canonical text of all changes.
    pub fn text(&self) -> String {
        let lines: Vec<String> = (self.0.values())
            .map(|change| format!("\n{}", Json::Object(change.clone())))
            .collect();
        format!("[{}\n]", lines.join(","))
    }
}
