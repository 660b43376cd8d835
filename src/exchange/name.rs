//! File names: 天城镇_寺前村_上报_20221122-0930.json

use super::file::Header;
use crate::model::ledger::TypedRow;
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::records::{Records, rows};
use crate::replica::Replica;

/// The name of a file, with its ending.
pub fn file_name(replica: &Replica, header: &Header) -> String {
    let part = match header.scope.units.as_slice() {
        [] => "全镇".to_string(),
        [unit] => unit_name(replica, unit),
        many => whole_district(replica, many).unwrap_or_else(|| format!("{}个单位", many.len())),
    };
    let (day, hour, minute) = header.exported_at.office();
    let day = day.to_string().replace('-', "");
    let town = safe(&header.town);
    format!(
        "{town}_{}_{}_{day}-{hour:02}{minute:02}.json",
        safe(&part),
        header.purpose.label()
    )
}

/// The name of the district that these units are all of.
fn whole_district(replica: &Replica, units: &[String]) -> Option<String> {
    let first = replica.district_of(units.first()?)?;
    let all = rows::<Unit>(replica);
    let of_it: Vec<&str> = all
        .iter()
        .map(|unit| unit.id())
        .filter(|unit| replica.district_of(unit) == Some(first))
        .collect();
    let same = of_it.len() == units.len() && units.iter().all(|unit| of_it.contains(&unit.as_str()));
    let district = replica.find(District::SCHEMA, first).filter(|_| same)?;
    District::of(district).name().map(str::to_owned)
}

/// The name of a unit, or its code where the name is not known.
pub fn unit_name(replica: &Replica, code: &str) -> String {
    let name = replica.find(Unit::SCHEMA, code).and_then(|u| Unit::of(u).name());
    name.unwrap_or(code).to_string()
}

/// A text that every file system takes as part of a name.
pub fn safe(text: &str) -> String {
    let bad = |c: char| c.is_control() || "\\/:*?\"<>|".contains(c) || ('\u{202a}'..='\u{202e}').contains(&c);
    let name: String = text.chars().filter(|c| !bad(*c)).take(40).collect();
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ").trim_matches('.').to_string();
    if name.is_empty() { "未命名".to_string() } else { name }
}
