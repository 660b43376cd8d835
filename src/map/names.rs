//! Short names: without the ending that every name has, where nothing is lost.

use std::collections::BTreeMap;

const UNIT_ENDINGS: [&str; 2] = ["社区", "村"];
const DISTRICT_ENDINGS: [&str; 1] = ["片区"];

/// The name of a unit without 村 or 社区; the name itself where nothing would remain.
pub fn unit_stem(name: &str) -> &str {
    stem(name, &UNIT_ENDINGS)
}

/// The short name of each unit: its stem where no other unit has the same stem or is called so, else the full name.
/// So 七星社区 and 七星村 keep their endings.
pub fn short_unit_names<S: AsRef<str>>(names: &[S]) -> Vec<String> {
    short(names, &UNIT_ENDINGS)
}

/// The short name of each district, without 片区, by the same rule.
pub fn short_district_names<S: AsRef<str>>(names: &[S]) -> Vec<String> {
    short(names, &DISTRICT_ENDINGS)
}

fn stem<'a>(name: &'a str, endings: &[&str]) -> &'a str {
    let cut = endings.iter().find_map(|e| name.strip_suffix(e));
    cut.filter(|s| !s.is_empty()).unwrap_or(name)
}

fn short<S: AsRef<str>>(names: &[S], endings: &[&str]) -> Vec<String> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *uses.entry(stem(name.as_ref(), endings)).or_default() += 1;
    }
    names
        .iter()
        .map(|name| {
            let name = name.as_ref();
            let stem = stem(name, endings);
            if uses.get(stem) == Some(&1) {
                stem.to_owned()
            } else {
                name.to_owned()
            }
        })
        .collect()
}
