//! A new town from a pasted list of its units: one line per unit, as a spreadsheet copies it.

use std::collections::BTreeSet;

use crate::model::ledger::{Ledger, TypedRow};
use crate::model::records::Draft;
use crate::model::town::{COMMUNITY, District, Town, Unit, VILLAGE};
use crate::model::value::Value;

/// A longer name is no name but a pasted paragraph; counted in characters.
const LONGEST_NAME: usize = 40;
/// Digits of the statistical code of a unit.
const CODE_DIGITS: usize = 12;

/// One unit of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    /// Name as written, without spaces around it.
    pub name: String,
    /// [`VILLAGE`] or [`COMMUNITY`].
    pub kind: &'static str,
    /// Name of its district; empty if none was given.
    pub district: String,
    /// Statistical code of twelve digits; empty if none was given. It becomes the id of the unit, so that lists
    /// of the same town that were pasted on two devices name the same units.
    pub code: String,
}

/// What a pasted list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitList {
    /// The units in the order of the list.
    pub units: Vec<UnitLine>,
    /// Line number from 1, and what is wrong with the line.
    pub errors: Vec<(usize, String)>,
}

/// Where a list has what. Columns in other places, such as a running number, are left out.
#[derive(Clone, Copy)]
struct Columns {
    code: Option<usize>,
    name: usize,
    kind: Option<usize>,
    district: Option<usize>,
}

/// Reads a list with the columns name, kind, district in this order, or in any order under a header row; all but
/// the name may be left out. A first column of numbers is a running number or the statistical code.
///
/// Cells are parted by tabs, or else by commas of either width. Blank lines are skipped.
pub fn parse(text: &str) -> UnitList {
    let mut list = UnitList::default();
    let mut seen = BTreeSet::new();
    let mut header = None;
    let mut first = true;
    for (index, line) in text.lines().enumerate() {
        let cells = cells(line);
        if cells.is_empty() {
            continue;
        }
        if std::mem::take(&mut first) {
            header = read_header(&cells);
            if header.is_some() {
                continue;
            }
        }
        let columns = header.unwrap_or_else(|| guess_columns(&cells));
        match read_line(&cells, columns).and_then(|unit| {
            if seen.insert(unit.name.clone()) {
                Ok(unit)
            } else {
                Err(format!("“{}”重复出现，请只保留一行", unit.name))
            }
        }) {
            Ok(unit) => list.units.push(unit),
            Err(what) => list.errors.push((index + 1, what)),
        }
    }
    list
}

/// What is wrong with units that were adjusted by hand: place from 0, and what.
pub fn check(units: &[UnitLine]) -> Vec<(usize, String)> {
    let mut seen = BTreeSet::new();
    let wrong = |(index, unit): (usize, &UnitLine)| {
        let name = unit.name.trim();
        let what = check_name(name).err().or_else(|| {
            let again = !seen.insert(name.to_string());
            again.then(|| format!("“{name}”重复出现，请只保留一行"))
        })?;
        Some((index, what))
    };
    units.iter().enumerate().filter_map(wrong).collect()
}

/// Names of the districts of units, in order of first appearance.
pub fn districts(units: &[UnitLine]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for unit in units {
        let name = unit.district.trim();
        if !name.is_empty() && all.iter().all(|known| known != name) {
            all.push(name.to_string());
        }
    }
    all
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

/// The columns that a header row names; `None` if this is no header row.
fn read_header(cells: &[String]) -> Option<Columns> {
    const NAMES: &[&str] = &[
        "村",
        "村名",
        "单位",
        "村社区",
        "村（社区）",
        "村(社区)",
        "村、社区",
        "村/社区",
        "name",
    ];
    const KINDS: &[&str] = &[
        "类型",
        "类别",
        "性质",
        "属性",
        "单位类型",
        "单位类别",
        "村或社区",
        "kind",
    ];
    const DISTRICTS: &[&str] = &["所属片区", "片区", "片区名称", "所在片区", "网格", "管理区", "district"];
    let is = |cell: &str, words: &[&str]| words.contains(&cell);
    let place = |wanted: &dyn Fn(&str) -> bool| cells.iter().position(|cell| wanted(cell));
    let code = place(&|cell| cell.contains("代码") || cell.contains("编码") || cell == "code");
    let kind = place(&|cell| is(cell, KINDS));
    let district = place(&|cell| is(cell, DISTRICTS) || cell.ends_with("_district"));
    let number = place(&|cell| cell == "序号");
    let name = place(&|cell| is(cell, NAMES) || cell.contains("名称") && !cell.starts_with("片区"))?;
    // `村` alone also says what kind of unit a row is about.
    let sure = cells.len() == 1
        || cells
            .get(name)
            .is_some_and(|cell| cell.contains('名') || cell == "name");
    (sure || code.or(kind).or(district).or(number).is_some()).then_some(Columns {
        code,
        name,
        kind,
        district,
    })
}

/// Where a row without a header has what.
fn guess_columns(cells: &[String]) -> Columns {
    let number = |cell: &String| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
    let numbered = cells.len() > 1 && cells.first().is_some_and(number);
    let name = usize::from(numbered);
    let cell = |i: usize| cells.get(i).map_or("", String::as_str);
    // Name and district only: the name says what kind of unit it is.
    let short = kind_of(cell(name + 1)).is_none() && cell(name + 2).is_empty() && is_district(cell(name + 1));
    Columns {
        code: numbered.then_some(0),
        name,
        kind: (!short).then_some(name + 1),
        district: Some(if short { name + 1 } else { name + 2 }),
    }
}

fn is_district(text: &str) -> bool {
    ["片", "片区", "网格", "管理区", "工作站"]
        .iter()
        .any(|end| text.ends_with(end))
}

fn check_name(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("缺少名称，请补上村（社区）的名称".to_string());
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(format!("名称超过 {LONGEST_NAME} 个字，请核对是否粘贴了多余内容"));
    }
    if name.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-') {
        return Err(format!("“{name}”是数字，不是名称，请核对各列的次序"));
    }
    Ok(())
}

fn read_line(cells: &[String], columns: Columns) -> Result<UnitLine, String> {
    let cell = |i: Option<usize>| i.and_then(|i| cells.get(i)).map_or("", String::as_str);
    let name = cell(Some(columns.name));
    check_name(name)?;
    let kind = match cell(columns.kind) {
        "" => guess(name).ok_or_else(|| format!("看不出“{name}”是村还是社区，请在名称后一列写明村或社区"))?,
        text => kind_of(text).ok_or_else(|| format!("“{name}”的类型写的是“{text}”，只能填村或社区"))?,
    };
    let code = cell(columns.code);
    let is_code = code.len() == CODE_DIGITS && code.bytes().all(|b| b.is_ascii_digit());
    Ok(UnitLine {
        name: name.to_string(),
        kind,
        district: cell(columns.district).to_string(),
        code: if is_code { code.to_string() } else { String::new() },
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

/// The records of a new town: the town, its districts, its units. Ids are empty but for units with a code.
///
/// `id` gives the id that the draft at a place will get, as the desk foretells it; units name their
/// districts by it.
pub fn drafts(town: &str, units: &[UnitLine], mut id: impl FnMut(usize) -> String) -> Vec<Draft> {
    let mut all = vec![draft(Town::LEDGER, "", &[("name", Value::text(town.trim()))])];
    let districts = districts(units);
    for (name, order) in districts.iter().zip(1..) {
        let cells = [("name", Value::text(name.as_str())), ("order", Value::Int(order))];
        all.push(draft(District::LEDGER, "", &cells));
    }
    let ids: Vec<String> = (1..=districts.len()).map(&mut id).collect();
    for unit in units {
        let mut cells = vec![
            ("name", Value::text(unit.name.trim())),
            ("kind", Value::text(unit.kind)),
        ];
        let place = districts.iter().position(|d| d == unit.district.trim());
        if let Some(district) = place.and_then(|i| ids.get(i)) {
            cells.push(("district", Value::text(district.as_str())));
        }
        all.push(draft(Unit::LEDGER, &unit.code, &cells));
    }
    all
}

fn draft(ledger: &'static Ledger, id: &str, cells: &[(&str, Value)]) -> Draft {
    let mut draft = Draft::new(ledger, id);
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

    fn kinds(list: &UnitList) -> Vec<(&str, &str, &str)> {
        let units = list.units.iter();
        units.map(|u| (u.name.as_str(), u.kind, u.district.as_str())).collect()
    }

    #[test]
    fn a_sheet_with_a_header() {
        let list = parse("名称\t类型\t片区\r\n寺前村\t村\t东片\r\n\r\n天城社区\t\t西片\n八里村\t\t东片\n");
        assert_eq!(list.errors, []);
        assert_eq!(
            kinds(&list),
            [
                ("寺前村", VILLAGE, "东片"),
                ("天城社区", COMMUNITY, "西片"),
                ("八里村", VILLAGE, "东片")
            ]
        );
        assert_eq!(districts(&list.units), ["东片", "西片"]);
    }

    #[test]
    fn columns_in_any_order_under_a_header() {
        let list = parse("序号\t所属片区\t村（社区）\t备注\n1\t东片\t寺前村\t大\n2\t西片\t天城社区\t");
        assert_eq!(list.errors, []);
        assert_eq!(
            kinds(&list),
            [("寺前村", VILLAGE, "东片"), ("天城社区", COMMUNITY, "西片")]
        );
    }

    #[test]
    fn the_39_units_of_the_town() {
        let list = parse(include_str!("../../tests/fixtures/units.csv"));
        assert_eq!(list.errors, []);
        assert_eq!((list.units.len(), districts(&list.units).len()), (39, 11));
        assert_eq!(list.units[0].code, "421223100001");
        assert_eq!(list.units.iter().filter(|u| u.kind == COMMUNITY).count(), 11);
    }

    #[test]
    fn running_numbers_and_missing_kinds() {
        let list = parse("1\t寺前村\t寺前片区\n2\t大屋\t村\t东片\n3\t新街社区");
        assert_eq!(list.errors, []);
        assert_eq!(
            kinds(&list),
            [
                ("寺前村", VILLAGE, "寺前片区"),
                ("大屋", VILLAGE, "东片"),
                ("新街社区", COMMUNITY, "")
            ]
        );
        assert!(list.units.iter().all(|u| u.code.is_empty()));
    }

    #[test]
    fn a_first_row_with_its_kind_is_no_header() {
        for text in ["寺前村,村,东片", "大屋,村,东片", "1,大屋,村"] {
            assert_eq!(parse(text).units.len(), 1, "{text}");
        }
        for text in ["村\n寺前村", "序号,村\n1,寺前村", "村,片区\n寺前村,东片"] {
            assert_eq!(kinds(&parse(text))[0].0, "寺前村", "{text}");
        }
    }

    #[test]
    fn commas_of_either_width() {
        let list = parse("寺前村,村,东片\n八里村，村，东片");
        assert_eq!(list.units.len(), 2);
        assert_eq!(districts(&list.units), ["东片"]);
        assert_eq!(list.errors, []);
    }

    #[test]
    fn errors_name_their_lines() {
        let list = parse("寺前村\n寺前村\n大屋\n,村\n新村,街道\n2022.11");
        let lines: Vec<usize> = list.errors.iter().map(|e| e.0).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6]);
        assert!(list.errors[0].1.contains("重复"));
        assert!(list.errors[3].1.contains("街道"));
        assert_eq!(list.units.len(), 1);
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(parse("\n \t\n,,\n"), UnitList::default());
    }

    #[test]
    fn adjusted_units_are_checked() {
        let mut units = parse("寺前村\n八里村\n大屋村").units;
        assert_eq!(check(&units), []);
        units[1].name = " 寺前村 ".into();
        units[2].name.clear();
        let wrong: Vec<usize> = check(&units).iter().map(|w| w.0).collect();
        assert_eq!(wrong, [1, 2]);
    }

    #[test]
    fn units_refer_to_their_districts() {
        let list = parse("421223100201,寺前村,村,东片\n八里村,村,西片\n大屋村");
        let all = drafts("天城镇", &list.units, |i| format!("id{i}"));
        assert_eq!(all.len(), 1 + 2 + 3);
        let ids: Vec<&str> = all.iter().map(|d| d.id.as_str()).collect();
        assert_eq!(ids, ["", "", "", "421223100201", "", ""]);
        let slot = Unit::LEDGER.slot("district").unwrap();
        let of = |i: usize| {
            let cell = all[i].cells.iter().find(|(s, _)| *s == slot);
            cell.and_then(|(_, v)| v.as_str())
        };
        assert_eq!((of(3), of(4), of(5)), (Some("id1"), Some("id2"), None));
        assert_eq!(all[1].ledger, District::LEDGER.id);
    }
}
