//! Which column of a pasted list holds what: by its headings, or by the look of a row without any.

use crate::model::programmes::town::ledgers::{COMMUNITY, VILLAGE};
use crate::model::unit_code;
use crate::view::cells::Row;

/// A running number is shorter than this; counted in digits.
const LONGEST_NUMBER: usize = 4;

/// Where a list has what.
pub(super) struct Columns {
    pub(super) code: Option<usize>,
    pub(super) name: usize,
    pub(super) kind: Option<usize>,
    pub(super) district: Option<usize>,
    /// Headings of columns that are taken for nothing.
    pub(super) unused: Vec<String>,
}

/// What a heading speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum Heading {
    Number,
    Code,
    Name,
    Kind,
    District,
}

impl Heading {
    /// The meaning of a heading as offices write it: blanks, brackets and strokes do not count, nor do 所在, 所属 and the
    /// like before the word.
    pub(in crate::view) fn of(cell: &str) -> Option<Self> {
        const NUMBERS: &[&str] = &["序号", "编号", "序", "号", "no", "no."];
        const NAMES: &[&str] = &[
            "村",
            "村名",
            "单位",
            "社区",
            "村社区",
            "社区村",
            "村居",
            "村居社区",
            "村社",
            "行政村",
            "建制村",
            "村委会",
            "村级",
            "村民委员会",
            "村级组织",
            "村庄",
            "名称",
            "name",
        ];
        const KINDS: &[&str] = &["类型", "类别", "性质", "属性", "村或社区", "村还是社区", "kind"];
        const DISTRICTS: &[&str] = &[
            "片",
            "片区",
            "网格",
            "管理区",
            "区域",
            "工作片",
            "工作片区",
            "联片",
            "片名",
            "分片",
            "district",
        ];
        let word = cell
            .chars()
            .filter(|c| !c.is_whitespace() && !"（）()、/／\\*＊".contains(*c));
        let word: String = word.map(|c| c.to_ascii_lowercase()).collect();
        let stem = ["所在", "所属", "挂点", "挂联", "联系", "包保", "包联", "驻"]
            .iter()
            .find_map(|before| word.strip_prefix(before))
            .filter(|stem| !stem.is_empty())
            .unwrap_or(&word);
        let bare = stem
            .strip_suffix("名称")
            .filter(|bare| !bare.is_empty())
            .unwrap_or(stem);
        let is = |words: &[&str]| words.contains(&bare) || words.contains(&stem);
        if is(NUMBERS) {
            Some(Self::Number)
        } else if word.contains("代码") || word.contains("编码") || word == "code" {
            Some(Self::Code)
        } else if is(DISTRICTS) || word.ends_with("_district") {
            Some(Self::District)
        } else if is(KINDS) || ["类型", "类别", "性质", "属性"].iter().any(|end| word.ends_with(end)) {
            Some(Self::Kind)
        } else if is(NAMES) {
            Some(Self::Name)
        } else {
            None
        }
    }
}

impl Columns {
    /// The columns that a row of headings names; `None` if this is no row of headings.
    pub(super) fn read(row: &Row) -> Option<Self> {
        let headings: Vec<Option<Heading>> = row.cells.iter().map(|cell| Heading::of(cell)).collect();
        let place = |wanted: Heading| headings.iter().position(|heading| *heading == Some(wanted));
        let named = |at: &usize| headings.get(*at) == Some(&Some(Heading::Name)) && row.cell(*at).contains('名');
        let name = (0..headings.len()).find(named).or_else(|| place(Heading::Name))?;
        let (code, kind) = (place(Heading::Code), place(Heading::Kind));
        let district = place(Heading::District);
        // `村` alone also says what kind of unit a row is about; where a name would stand it is a heading.
        let leads = name == 0;
        let others = code.or(kind).or(district).or(place(Heading::Number)).is_some();
        if !leads && !others && kind_of(row.cell(name)).is_some() {
            return None;
        }
        let used = [code, Some(name), kind, district];
        let cells = row.cells.iter().enumerate();
        let unused = cells.filter(|(at, cell)| {
            !cell.is_empty() && !used.contains(&Some(*at)) && headings.get(*at) != Some(&Some(Heading::Number))
        });
        Some(Self {
            code,
            name,
            kind,
            district,
            unused: unused.map(|(_, cell)| crate::view::cells::one_line(cell)).collect(),
        })
    }
}

/// Where a row without headings has what.
pub(super) fn guess_columns(row: &Row) -> Columns {
    let numbered = row.cells.len() > 1 && unit_code::is_number(row.cell(0));
    let name = usize::from(numbered);
    let short_number = numbered && row.cell(0).chars().count() <= LONGEST_NUMBER;
    // Name and district only: the name says what kind of unit it is.
    let short =
        kind_of(row.cell(name + 1)).is_none() && row.cell(name + 2).is_empty() && is_district(row.cell(name + 1));
    Columns {
        code: (numbered && !short_number).then_some(0),
        name,
        kind: (!short).then_some(name + 1),
        district: Some(if short { name + 1 } else { name + 2 }),
        unused: Vec::new(),
    }
}

fn is_district(text: &str) -> bool {
    ["片", "片区", "网格", "管理区", "工作站"]
        .iter()
        .any(|end| text.ends_with(end))
}

/// The kind of unit that a cell names.
pub(super) fn kind_of(text: &str) -> Option<&'static str> {
    match text {
        "村" | "行政村" | "建制村" | "村委会" => Some(VILLAGE),
        "社区" | "居委会" | "居民委员会" | "城市社区" | "农村社区" => Some(COMMUNITY),
        _ => None,
    }
}
