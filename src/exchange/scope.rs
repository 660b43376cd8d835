//! Which part of a town a file speaks of.

use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::object::object_entries;

/// Units and ledgers a file speaks of; an empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Unit codes, sorted.
    pub units: Vec<String>,
    /// Ledger ids, sorted.
    pub ledgers: Vec<String>,
}

impl Scope {
    /// Everything.
    pub fn all() -> Scope {
        Scope::default()
    }

    /// Some units, all ledgers.
    pub fn units<S: Into<String>>(units: impl IntoIterator<Item = S>) -> Scope {
        let mut units: Vec<String> = units.into_iter().map(Into::into).collect();
        units.arrange();
        units.dedup();
        Scope {
            units,
            ledgers: Vec::new(),
        }
    }

    /// Appends canonical JSON.
    pub fn write_json(&self, out: &mut String) {
        for (key, items, end) in [("{\"ledgers\":", &self.ledgers, ","), ("\"units\":", &self.units, "}")] {
            out.push_str(key);
            Value::list(items.iter().map(String::as_str)).write_json(out);
            out.push_str(end);
        }
    }

    /// Reads what [`write_json`](Scope::write_json) wrote.
    pub fn read(value: &Value) -> Option<Scope> {
        let Value::Raw(json) = value else { return None };
        let mut scope = Scope::default();
        for (key, json) in object_entries(json) {
            let list: Vec<String> = serde_json::from_str(&json).ok()?;
            match key.as_str() {
                "units" => scope.units = list,
                "ledgers" => scope.ledgers = list,
                _ => {}
            }
        }
        Some(scope)
    }
}
