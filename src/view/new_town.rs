//! A new town from a pasted list of its units: one row per unit, as a spreadsheet copies it.

pub(in crate::view) mod headings;

use super::cells::{self, Row, one_line};
use super::tables::footers::is_footer;
use crate::model::programmes::town::ledgers::{COMMUNITY, District, Town, Unit, VILLAGE};
use crate::model::records::Draft;
use crate::model::unit_code;
use headings::{Columns, guess_columns, kind_of};

/// A longer name is no name but a pasted paragraph; counted in characters.
const LONGEST_NAME: usize = 40;
/// Headings are looked for in so many rows that hold something.
const HEADING_ROWS: usize = 10;

/// One unit of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    /// Name on one line, without spaces around it and without marks that do not show.
    pub name: String,
    /// [`VILLAGE`] or [`COMMUNITY`].
    pub kind: &'static str,
    /// Name of its district; empty if none was given.
    pub district: String,
    /// Statistical code of twelve digits; empty if none was given. It becomes the id of the unit, so that lists
    /// of the same town that were pasted on two devices name the same units.
    pub code: String,
}

/// What a pasted list says. Every row that holds something is a unit, an error, skipped or the headings; every column
/// under headings is used or named in `unused`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitList {
    /// The units in the order of the list.
    pub units: Vec<UnitLine>,
    /// Row of the sheet from 1, and what is wrong with it.
    pub errors: Vec<(usize, String)>,
    /// Row of the sheet from 1, and what stands in it: titles, totals and signatures, which are no units.
    pub skipped: Vec<(usize, String)>,
    /// Headings of columns that are not taken over.
    pub unused: Vec<String>,
    /// Row of the sheet from 1, and how a code in it was read that is not written in twelve plain digits.
    pub readings: Vec<(usize, String)>,
}

/// Reads a list with the columns name, kind, district in this order, or in any order under headings, which may stand
/// under a title; all but the name may be left out. A first column of numbers is a running number or the statistical code.
///
/// Cells are read as [`cells::read`] does; rows that hold nothing are left out without a word.
pub fn parse(text: &str) -> UnitList {
    let rows = cells::read(text);
    let mut list = UnitList::default();
    let found = rows
        .iter()
        .take(HEADING_ROWS)
        .position(|row| Columns::read(row).is_some());
    let header = found.and_then(|at| rows.get(at)).and_then(Columns::read);
    let above = found.map_or(0, |at| at + 1);
    for (at, row) in rows.iter().enumerate() {
        let is_title = match found {
            Some(heading) => at < heading,
            None => at == 0 && rows.len() > 1 && is_title(row),
        };
        if is_title || at >= above && is_footer(&row.cells.iter().map(String::as_str).collect::<Vec<_>>()).is_some() {
            let filled: Vec<String> = row
                .cells
                .iter()
                .filter(|cell| !cell.is_empty())
                .map(|cell| one_line(cell))
                .collect();
            list.skipped.push((row.number, filled.join(" ")));
        } else if at >= above {
            take(&mut list, row, header.as_ref());
        }
    }
    if let Some(header) = header {
        list.unused = header.unused;
    }
    list
}

/// Reads one row into the list.
fn take(list: &mut UnitList, row: &Row, header: Option<&Columns>) {
    let guessed;
    let columns = match header {
        Some(columns) => columns,
        None => {
            guessed = guess_columns(row);
            &guessed
        }
    };
    let read = read_row(row, columns).and_then(|unit| match clash(&list.units, &unit) {
        Some(why) => Err(why),
        None => Ok(unit),
    });
    match read {
        Ok(unit) => {
            let written = columns.code.map_or("", |at| row.cell(at));
            if !unit.code.is_empty() && written != unit.code {
                let what = format!("{}的代码“{written}”读作 {}", unit.name, unit.code);
                list.readings.push((row.number, what));
            }
            list.units.push(unit);
        }
        Err(what) => list.errors.push((row.number, what)),
    }
}

/// Why a unit cannot stand beside those before it: the same name, or the code of another one.
fn clash(before: &[UnitLine], unit: &UnitLine) -> Option<String> {
    let name = one_line(&unit.name);
    if before.iter().any(|known| one_line(&known.name) == name) {
        return Some(format!("“{name}”重复出现，请只保留一行"));
    }
    let owner = before
        .iter()
        .find(|known| !unit.code.is_empty() && known.code == unit.code)?;
    Some(format!(
        "“{name}”的代码 {} 已用于{}，请核对后改正其中一个",
        unit.code, owner.name
    ))
}

/// A single cell at the top that names the list: `天城镇村（社区）名单`.
fn is_title(row: &Row) -> bool {
    const WORDS: [&str; 9] = [
        "名单",
        "名册",
        "一览",
        "统计表",
        "汇总表",
        "情况表",
        "登记表",
        "台账",
        "花名册",
    ];
    let text = row.first();
    row.filled() == 1
        && (WORDS.iter().any(|word| text.contains(word)) || ["镇", "乡", "街道"].iter().any(|end| text.ends_with(end)))
}

/// What is wrong with units that were adjusted by hand: place from 0, and what.
pub fn check(units: &[UnitLine]) -> Vec<(usize, String)> {
    let wrong = |(index, unit): (usize, &UnitLine)| {
        let own = check_name(&one_line(&unit.name)).and_then(|()| unit_code::read(&unit.code).map(|_| ()));
        let what = own.err().or_else(|| clash(&units[..index], unit))?;
        Some((index, what))
    };
    units.iter().enumerate().filter_map(wrong).collect()
}

/// Names of the districts of units, in order of first appearance.
pub fn districts(units: &[UnitLine]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for unit in units {
        let name = one_line(&unit.district);
        if !name.is_empty() && all.iter().all(|known| *known != name) {
            all.push(name);
        }
    }
    all
}

fn check_name(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("缺少名称，请补上村（社区）的名称".to_string());
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(format!("名称超过 {LONGEST_NAME} 个字，请核对是否粘贴了多余内容"));
    }
    if unit_code::is_number(name) || name.chars().all(|c| c == '.' || c == '-') {
        return Err(format!("“{name}”是数字，不是名称，请核对各列的次序"));
    }
    Ok(())
}

fn read_row(row: &Row, columns: &Columns) -> Result<UnitLine, String> {
    let cell = |at: Option<usize>| one_line(at.map_or("", |at| row.cell(at)));
    let name = cell(Some(columns.name));
    check_name(&name)?;
    let kind = match cell(columns.kind).as_str() {
        "" => guess(&name).ok_or_else(|| format!("看不出“{name}”是村还是社区，请在名称后一列写明村或社区"))?,
        text => kind_of(text).ok_or_else(|| format!("“{name}”的类型写的是“{text}”，只能填村或社区"))?,
    };
    let code = match unit_code::read(columns.code.map_or("", |at| row.cell(at))) {
        Ok(code) => code.map(|code| code.digits).unwrap_or_default(),
        Err(why) => return Err(format!("“{name}”的{why}")),
    };
    Ok(UnitLine {
        name,
        kind,
        district: cell(columns.district),
        code,
    })
}

/// The kind by how the name ends, a remark in brackets left out: `寺前村（含原李湾）`.
fn guess(name: &str) -> Option<&'static str> {
    let name = name
        .split(['（', '('])
        .next()
        .filter(|stem| !stem.is_empty())
        .unwrap_or(name);
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
    let mut all = vec![Town::draft("").name(town.trim()).into_draft()];
    let districts = districts(units);
    for (name, order) in districts.iter().zip(1..) {
        all.push(District::draft("").name(name.as_str()).order(order).into_draft());
    }
    let ids: Vec<String> = (1..=districts.len()).map(&mut id).collect();
    for unit in units {
        let code = Some(unit.code.as_str()).filter(|code| !code.is_empty());
        let draft = Unit::draft(unit.code.as_str())
            .name(&*one_line(&unit.name))
            .kind(unit.kind)
            .code(code);
        let district = one_line(&unit.district);
        let place = districts.iter().position(|d| *d == district);
        let district = place.and_then(|i| ids.get(i)).map(String::as_str);
        all.push(draft.district(district).into_draft());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ledger::TypedRow;

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
        assert_eq!(parse("\n \t\n\t\t\n"), UnitList::default());
        assert_eq!(parse("\n,,\n，\n"), UnitList::default());
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
