//! A new town from a pasted list of its units: one line per unit, as a spreadsheet copies it.

use std::collections::BTreeSet;

use crate::model::ledger::{Ledger, TypedRow};
use crate::model::records::Draft;
use crate::model::town::{COMMUNITY, District, Town, Unit, VILLAGE};
use crate::model::value::Value;

/// A longer name is no name but a pasted paragraph; counted in characters.
const LONGEST_NAME: usize = 40;

/// One unit of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    /// Name as written, without spaces around it.
    pub name: String,
    /// [`VILLAGE`] or [`COMMUNITY`].
    pub kind: &'static str,
    /// Name of its district; empty if none was given.
    pub district: String,
}

/// What a pasted list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitList {
    /// The units in the order of the list.
    pub units: Vec<UnitLine>,
    /// Names of districts in order of first appearance.
    pub districts: Vec<String>,
    /// Line number from 1, and what is wrong with the line.
    pub errors: Vec<(usize, String)>,
}

/// Reads a list with the columns name, kind, district; the latter two may be left out.
///
/// Cells are parted by tabs, or else by commas of either width. A header row and blank lines are skipped.
pub fn parse(text: &str) -> UnitList {
    let mut list = UnitList::default();
    let mut seen = BTreeSet::new();
    let mut first = true;
    for (index, line) in text.lines().enumerate() {
        let cells = cells(line);
        let Some(name) = cells.first() else { continue };
        if std::mem::take(&mut first) && is_header(name) {
            continue;
        }
        match read_line(&cells).and_then(|unit| {
            if seen.insert(unit.name.clone()) {
                Ok(unit)
            } else {
                Err(format!("“{}”重复出现，请只保留一行", unit.name))
            }
        }) {
            Ok(unit) => {
                if !unit.district.is_empty() && !list.districts.contains(&unit.district) {
                    list.districts.push(unit.district.clone());
                }
                list.units.push(unit);
            }
            Err(what) => list.errors.push((index + 1, what)),
        }
    }
    list
}

/// The cells of a line without quotes and spaces; none for a blank line.
fn cells(line: &str) -> Vec<String> {
    let part: fn(char) -> bool = if line.contains('\t') {
        |c| c == '\t'
    } else {
        |c| c == ',' || c == '，'
    };
    let clean = |cell: &str| {
        let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        cell.trim_matches('"').trim().to_string()
    };
    let cells: Vec<String> = line.split(part).map(clean).collect();
    if cells.iter().all(String::is_empty) {
        Vec::new()
    } else {
        cells
    }
}

fn is_header(name: &str) -> bool {
    const HEADS: &[&str] = &[
        "村",
        "村名",
        "单位",
        "村（社区）",
        "村(社区)",
        "村社区",
        "村、社区",
        "村/社区",
    ];
    name.contains("名称") || HEADS.contains(&name)
}

fn read_line(cells: &[String]) -> Result<UnitLine, String> {
    let cell = |i: usize| cells.get(i).map_or("", String::as_str);
    let name = cell(0);
    if name.is_empty() {
        return Err("缺少名称，请补上村（社区）的名称".to_string());
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(format!("名称超过 {LONGEST_NAME} 个字，请核对是否粘贴了多余内容"));
    }
    let kind = match cell(1) {
        "" => guess(name).ok_or_else(|| format!("看不出“{name}”是村还是社区，请在第二列写明"))?,
        text => kind_of(text).ok_or_else(|| format!("“{text}”不是村或社区，第二列只填村或社区"))?,
    };
    Ok(UnitLine {
        name: name.to_string(),
        kind,
        district: cell(2).to_string(),
    })
}

fn kind_of(text: &str) -> Option<&'static str> {
    match text {
        "村" | "行政村" | "建制村" => Some(VILLAGE),
        "社区" | "居委会" | "居民委员会" => Some(COMMUNITY),
        _ => None,
    }
}

/// The kind by how the name ends.
fn guess(name: &str) -> Option<&'static str> {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if ends(&["社区", "居委会", "居民委员会"]) {
        Some(COMMUNITY)
    } else if ends(&["村", "村委会", "村民委员会"]) {
        Some(VILLAGE)
    } else {
        None
    }
}

/// The records of a new town, all with empty ids: the town, its districts, its units.
///
/// `id` gives the id that the draft at a place will get, as the desk foretells it; units name their
/// districts by it.
pub fn drafts(town: &str, list: &UnitList, mut id: impl FnMut(usize) -> String) -> Vec<Draft> {
    let mut all = vec![draft(Town::LEDGER, &[("name", Value::text(town))])];
    for (name, order) in list.districts.iter().zip(1..) {
        let cells = [("name", Value::text(name.as_str())), ("order", Value::Int(order))];
        all.push(draft(District::LEDGER, &cells));
    }
    let ids: Vec<String> = (1..=list.districts.len()).map(&mut id).collect();
    for unit in &list.units {
        let mut cells = vec![
            ("name", Value::text(unit.name.as_str())),
            ("kind", Value::text(unit.kind)),
        ];
        let place = list.districts.iter().position(|d| *d == unit.district);
        if let Some(district) = place.and_then(|i| ids.get(i)) {
            cells.push(("district", Value::text(district.as_str())));
        }
        all.push(draft(Unit::LEDGER, &cells));
    }
    all
}

fn draft(ledger: &'static Ledger, cells: &[(&str, Value)]) -> Draft {
    let mut draft = Draft::new(ledger, "");
    for (name, value) in cells {
        if let Some(slot) = ledger.slot(name) {
            draft.set(slot, value.clone());
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_with_a_header() {
        let list = parse("名称\t类型\t片区\r\n寺前村\t村\t东片\r\n\r\n天城社区\t\t西片\n八里村\t\t东片\n");
        assert_eq!(list.errors, []);
        let kinds: Vec<_> = list.units.iter().map(|u| (u.name.as_str(), u.kind)).collect();
        assert_eq!(
            kinds,
            [("寺前村", VILLAGE), ("天城社区", COMMUNITY), ("八里村", VILLAGE)]
        );
        assert_eq!(list.districts, ["东片", "西片"]);
    }

    #[test]
    fn commas_of_either_width() {
        let list = parse("寺前村,村,东片\n八里村，村，东片");
        assert_eq!(list.units.len(), 2);
        assert_eq!(list.districts, ["东片"]);
        assert_eq!(list.errors, []);
    }

    #[test]
    fn errors_name_their_lines() {
        let list = parse("寺前村\n寺前村\n大屋\n,村\n新村,街道\n");
        let lines: Vec<usize> = list.errors.iter().map(|e| e.0).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert!(list.errors[0].1.contains("重复"));
        assert_eq!(list.units.len(), 1);
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(parse("\n \t\n,,\n"), UnitList::default());
    }

    #[test]
    fn units_refer_to_their_districts() {
        let list = parse("寺前村,村,东片\n八里村,村,西片\n大屋村");
        let all = drafts("天城镇", &list, |i| format!("id{i}"));
        assert_eq!(all.len(), 1 + 2 + 3);
        assert!(all.iter().all(|d| d.id.is_empty()));
        let slot = Unit::LEDGER.slot("district").unwrap();
        let of = |i: usize| {
            let cell = all[i].cells.iter().find(|(s, _)| *s == slot);
            cell.and_then(|(_, v)| v.as_str())
        };
        assert_eq!((of(3), of(4), of(5)), (Some("id1"), Some("id2"), None));
        assert_eq!(all[1].ledger, District::LEDGER.id);
    }
}
