//! Objects as canonical JSON, as keys of a newer version are kept: their entries, and back.

use std::collections::BTreeMap;

use crate::model::value::{Value, write_json_string};

/// The entries of a canonical JSON object, each value as its own JSON text.
pub fn object_entries(json: &str) -> Vec<(String, String)> {
    let parsed: Result<BTreeMap<String, Box<serde_json::value::RawValue>>, _> = serde_json::from_str(json);
    // Only objects that were rendered while reading are passed in, so there is always an object to read.
    parsed
        .unwrap_or_default()
        .into_iter()
        .map(|(key, value)| (key, value.get().to_string()))
        .collect()
}

/// An object as canonical JSON.
pub(super) fn render_object<K: AsRef<str>>(entries: &BTreeMap<K, Value>) -> Box<str> {
    let mut json = String::from("{");
    for (i, (key, value)) in entries.iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        write_json_string(key.as_ref(), &mut json);
        json.push(':');
        value.write_json(&mut json);
    }
    json.push('}');
    json.into()
}
