//! Which heading is which field of a ledger: guessed, changeable, remembered.

use std::sync::OnceLock;

use super::layout::{Column, Layout};
use crate::model::ledger::{Catalogue, Field, Kind, Ledger, Preset, Slot, TypedRow as _};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::Unit;
use crate::view::new_town::headings::Heading;

/// A heading without what offices put around a word: blanks, brackets and what stands in them, units of measure behind a
/// comma, marks of required fields.
pub fn plain(heading: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in heading.chars() {
        match c {
            '（' | '(' | '【' | '[' => depth += 1,
            '）' | ')' | '】' | ']' => depth -= 1,
            '，' | ',' => break,
            c if depth > 0 || c.is_whitespace() || "*＊：:、/／\\".contains(c) => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The unit of measure that a heading names: `金额（元）` and `金额，元` name 元.
pub fn measure_of(heading: &str) -> Option<&str> {
    let inside = heading.rsplit_once(['（', '(']).map(|(_, rest)| rest);
    let inside = inside.and_then(|rest| rest.split(['）', ')']).next());
    let behind = || heading.rsplit_once(['，', ',']).map(|(_, rest)| rest);
    let found = inside.or_else(behind)?;
    let found = found.trim();
    found
        .strip_prefix("单位")
        .map_or(Some(found), |rest| Some(rest.trim_start_matches(['：', ':'])))
}

/// Other words for a label, as offices write them.
const ALSO: &[(&str, &[&str])] = &[
    ("姓名", &["名字", "人员姓名", "党员姓名", "书记姓名", "负责人姓名"]),
    ("名称", &["名字"]),
    ("性别", &["男女"]),
    ("出生年月", &["出生日期", "出生时间", "出生", "生日"]),
    ("学历", &["文化程度", "学历层次", "最高学历"]),
    ("民族", &["族别"]),
    (
        "日期",
        &[
            "时间",
            "年月日",
            "开展日期",
            "开展时间",
            "活动时间",
            "活动日期",
            "召开时间",
            "会议时间",
        ],
    ),
    ("年度", &["年份", "年"]),
    ("金额", &["数额", "收入", "万元", "资金"]),
    ("类别", &["类型", "种类", "分类"]),
    ("户数", &["总户数", "户籍户数"]),
    ("人口", &["总人口", "人口数", "户籍人口"]),
    ("党员数", &["党员", "党员人数", "党员总数"]),
    ("备注", &["说明", "其他", "附注"]),
    ("说明", &["备注", "情况说明"]),
    ("职务", &["任职", "现任职务", "岗位"]),
    ("地点", &["地址", "场所", "位置"]),
    ("到会", &["是否到会", "签到", "出席", "是否参加", "参加"]),
    ("缺席原因", &["请假原因", "未到原因", "原因"]),
    (
        "统计用区划代码",
        &["区划代码", "代码", "统计代码", "村代码", "行政区划代码", "编码"],
    ),
    ("片区", &["所属片区", "挂点片区", "联系片区"]),
    ("入库日期", &["入库时间"]),
    ("培养联系人", &["联系人", "帮带人"]),
];

/// A heading as it is compared.
struct Word {
    plain: String,
    tight: String,
    of: Option<Heading>,
}

impl Word {
    fn of(heading: &str) -> Word {
        Word {
            plain: plain(heading),
            tight: tight(heading),
            of: Heading::of(heading),
        }
    }
}

/// The label of a field as it is compared with headings.
struct Label {
    plain: String,
    /// The label and the head, measure included: the marks around a word carry meaning where they are the same, as in
    /// 村（社区）.
    tight: [String; 2],
    also: Vec<String>,
}

impl Label {
    fn of(field: &Field) -> Label {
        let own = plain(field.label);
        let also = ALSO.iter().find(|(label, _)| plain(label) == own);
        Label {
            tight: [tight(field.label), tight(&field.head())],
            also: also.map_or_else(Vec::new, |(_, words)| words.iter().map(|word| plain(word)).collect()),
            plain: own,
        }
    }
}

/// The labels of all ledgers, made once: a sheet has its headings compared with each of them.
fn label_of(field: &'static Field) -> &'static Label {
    type Key = (&'static str, Option<&'static str>);
    static LABELS: OnceLock<hashbrown::HashMap<Key, Label>> = OnceLock::new();
    static NONE: Label = Label {
        plain: String::new(),
        tight: [String::new(), String::new()],
        also: Vec::new(),
    };
    let all = LABELS.get_or_init(|| {
        let fields = catalogue().all().iter().flat_map(|ledger| ledger.fields.iter());
        fields
            .map(|field| ((field.label, field.measure), Label::of(field)))
            .collect()
    });
    all.get(&(field.label, field.measure)).unwrap_or(&NONE)
}

fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

/// How well a heading names a field: 0 not at all, 4 word for word.
fn fit(ledger: &Ledger, field: &'static Field, word: &Word) -> u8 {
    const PHONE: [&str; 7] = ["电话", "手机", "联系方式", "手机号", "手机号码", "联系电话", "电话号码"];
    let label = label_of(field);
    if word.plain.is_empty() {
        return 0;
    }
    if label.tight.contains(&word.tight) {
        return 5;
    }
    let is_name_of_unit = ledger.id == Unit::LEDGER.id && field.name == "name";
    match (field.kind, word.of) {
        (Kind::Unit, Some(Heading::Name)) if field.name == "unit" => return 4,
        (Kind::Text, Some(Heading::Name)) if is_name_of_unit => return 4,
        (Kind::District, Some(Heading::District)) => return 4,
        (Kind::Text, Some(Heading::Code)) if field.name == "code" => return 4,
        _ => {}
    }
    if word.plain == label.plain {
        return 4;
    }
    if field.kind == Kind::Phone && PHONE.iter().any(|phone| word.plain.ends_with(phone)) {
        return 3;
    }
    if label.also.contains(&word.plain) {
        return 3;
    }
    let (long, short) = match word.plain.chars().count() >= label.plain.chars().count() {
        true => (&word.plain, &label.plain),
        false => (&label.plain, &word.plain),
    };
    let share = short.chars().count() * 2 >= long.chars().count();
    u8::from(short.chars().count() >= 2 && share && long.contains(short.as_str())) * 2
}

/// Whether some ledger has a field that this heading names, or it counts rows: 序号.
pub fn is_known(all: &Catalogue, heading: &str) -> bool {
    if heading.is_empty() || heading.chars().count() > 30 {
        return false;
    }
    let word = Word::of(heading);
    let names = |ledger: &&'static Ledger| ledger.fields.iter().any(|field| fit(ledger, field, &word) >= 3);
    word.of.is_some() || all.all().iter().any(names)
}

/// A column and the field it fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// Number of the column from 0.
    pub at: usize,
    /// The field; `None` for a column that is not taken.
    pub slot: Option<Slot>,
}

/// Guesses the field of every column. `remembered` are headings with the names of the fields that they had last in this
/// office (empty: none).
pub fn guess(ledger: &'static Ledger, layout: &Layout, remembered: &[(String, String)]) -> Vec<Mapped> {
    let mut fits: Vec<(u8, usize, Slot)> = Vec::new();
    for column in &layout.columns {
        let heading = column.heading();
        let known = remembered.iter().find(|(said, _)| *said == heading);
        let words = Words::of(column);
        for (slot, field) in ledger.slots() {
            let marked = column
                .mark
                .as_ref()
                .map(|(of, name)| of == ledger.id && name == field.name);
            let said = known.map(|(_, name)| name == field.name);
            let weight = match (marked, said) {
                (Some(is), _) => u8::from(is) * 9,
                (None, Some(is)) => u8::from(is) * 8,
                (None, None) => words.best(ledger, field),
            };
            if weight > 0 {
                fits.push((weight, column.at, slot));
            }
        }
    }
    // The best fit first; of equals the column to the left, then the field that comes first.
    fits.sort_by_key(|(weight, at, slot)| (u8::MAX - weight, *at, *slot));
    let mut mapped: Vec<Mapped> = layout
        .columns
        .iter()
        .map(|column| Mapped {
            at: column.at,
            slot: None,
        })
        .collect();
    let mut taken: Vec<Slot> = Vec::new();
    for (_, at, slot) in fits {
        let free = !taken.contains(&slot);
        if let Some(entry) = mapped.iter_mut().find(|m| free && m.at == at && m.slot.is_none()) {
            entry.slot = Some(slot);
            taken.push(slot);
        }
    }
    mapped
}

/// The headings of a table with the names of the fields they stand for (empty: none), to be remembered.
pub fn headings(ledger: &Ledger, mapped: &[Mapped], layout: &Layout) -> Vec<(String, String)> {
    let pair = |entry: &Mapped| {
        let heading = layout.column(entry.at).map(Column::heading).unwrap_or_default();
        let field = entry
            .slot
            .and_then(|slot| ledger.field_at(slot))
            .map_or("", |field| field.name);
        let plain = !heading.is_empty() && !heading.contains(['\t', '\n']);
        plain.then(|| (heading, field.to_owned()))
    };
    mapped.iter().filter_map(pair).collect()
}

/// The lowest heading of a column, and all of them joined.
struct Words {
    lowest: Word,
    joined: Option<Word>,
}

impl Words {
    fn of(column: &Column) -> Words {
        Words {
            lowest: Word::of(column.heads.last().map_or("", String::as_str)),
            joined: (column.heads.len() > 1).then(|| Word::of(&column.heading())),
        }
    }

    fn best(&self, ledger: &Ledger, field: &'static Field) -> u8 {
        let joined = self.joined.as_ref().map_or(0, |word| fit(ledger, field, word));
        fit(ledger, field, &self.lowest).max(joined)
    }
}

/// The ledgers that a table may be of, the likeliest first; each with how well it fits. Empty where no two headings name
/// fields of one ledger.
pub fn ledgers(all: &Catalogue, layout: &Layout, name: &str) -> Vec<&'static Ledger> {
    let mut found: Vec<(i32, usize, &'static Ledger)> = Vec::new();
    let titled = format!("{name}\n{}", layout.above);
    for (place, ledger) in all.all().iter().copied().filter(|l| !l.system).enumerate() {
        let mapped = guess(ledger, layout, &[]);
        let fitted = mapped.iter().filter_map(|m| {
            let (column, slot) = (layout.column(m.at)?, m.slot?);
            let field = ledger.field_at(slot)?;
            let marked = column.mark.as_ref().is_some_and(|(of, _)| of == ledger.id);
            Some(if marked {
                50
            } else {
                i32::from(Words::of(column).best(ledger, field))
            })
        });
        let fitted: Vec<i32> = fitted.collect();
        let named = ledger.label.trim_end_matches("台账").trim_end_matches("名册");
        // A sheet that bears the name of a ledger is of it, however its headings are written.
        let is_named = [named, ledger.label].contains(&name.trim());
        let bonus = match titled.contains(named) {
            _ if is_named => 30,
            true => 6,
            false => 0,
        };
        let lacking = |(slot, field): &(Slot, &Field)| {
            field.required && field.preset == Preset::Blank && mapped.iter().all(|m| m.slot != Some(*slot))
        };
        let lacks = ledger.slots().filter(lacking).count() as i32;
        let few = fitted.len() < 2 && layout.columns.len() > 1 && !is_named;
        // A ledger that leaves out less of what the sheet says is likelier.
        let headed = layout.columns.iter().filter(|column| !column.heads.is_empty()).count();
        let unused = headed.saturating_sub(fitted.len()) as i32;
        if !fitted.is_empty() && !few {
            found.push((fitted.iter().sum::<i32>() + bonus - 4 * lacks - unused, place, ledger));
        }
    }
    found.sort_by_key(|(score, place, _)| (-score, *place));
    found.into_iter().map(|(_, _, ledger)| ledger).collect()
}

/// Required fields that no column fills and that do not fill themselves; they are filled in once for all rows.
pub fn lacking(ledger: &'static Ledger, mapped: &[Mapped]) -> Vec<(Slot, &'static Field)> {
    let is_open = |(slot, field): &(Slot, &'static Field)| {
        field.required && mapped.iter().all(|m| m.slot != Some(*slot)) && field.preset == Preset::Blank
    };
    ledger.slots().filter(is_open).collect()
}
