//! Tables that are seen, as sheets: what stands on a page in rows and columns, with whose it is, what it was narrowed to
//! and when it was made over it. Numbers go out as numbers, days as days, everything else as the text it is; what is not
//! known is empty in a column of numbers.

use office::sheet::{Column, Heading, Kind, Line, Look, Out, Sheet};

use super::withheld::{names_people, tells_of_people};
use super::write::{Personal, limited};
use crate::chart::scene::Table;
use crate::model::date::Day;
use crate::model::ledger::Ledger;
use crate::model::programmes::catalogue;
use crate::model::records::Records;
use crate::view::exchange::DistrictRow;
use crate::view::follow::FollowVm;
use crate::view::format;
use crate::view::pivot::{self, Asked, Pivot, PivotCell};
use crate::view::secretaries::CallVm;
use crate::view::show;

/// What stands over a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Over {
    /// What it shows: `天城镇需要跟进`.
    pub title: String,
    /// 单位, 统计期 or filters, and 制表日期.
    pub line: String,
}

/// A heading, and whether numbers stand below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    text: String,
    numeric: bool,
}

/// A heading over texts, or over days.
pub(super) fn words(text: impl Into<String>) -> Head {
    Head {
        text: text.into(),
        numeric: false,
    }
}

/// A heading over numbers.
pub(super) fn numbers(text: impl Into<String>) -> Head {
    Head {
        text: text.into(),
        numeric: true,
    }
}

/// A row as it is read.
pub(super) type Read = (Look, Vec<String>);

/// A row like others.
pub(super) fn plain(cells: impl Into<Vec<String>>) -> Read {
    (Look::Plain, cells.into())
}

/// A table as a sheet.
pub(super) fn sheet(name: &str, over: &Over, heads: Vec<Head>, rows: Vec<Read>) -> Sheet {
    let kinds: Vec<Kind> = heads
        .iter()
        .enumerate()
        .map(|(at, head)| kind_of(head, rows.iter().filter_map(|(_, cells)| cells.get(at))))
        .collect();
    let line = |(look, cells): Read| Line {
        cells: cells
            .into_iter()
            .zip(&kinds)
            .map(|(text, kind)| cell(text, *kind))
            .collect(),
        look,
    };
    Sheet {
        name: name.to_owned(),
        title: over.title.clone(),
        lines: Some(over.line.clone())
            .filter(|line| !line.is_empty())
            .into_iter()
            .collect(),
        rows: rows.into_iter().map(line).collect(),
        columns: kinds
            .iter()
            .map(|kind| Column {
                kind: *kind,
                ..Column::default()
            })
            .collect(),
        head: vec![heads.into_iter().map(heading).collect()],
        ..Sheet::default()
    }
}

fn heading(head: Head) -> Heading {
    Heading {
        text: head.text,
        columns: 1,
        rows: 1,
    }
}

/// How a column is written. Shares and other numbers are told apart by the whole column, since its cells have one format.
fn kind_of<'a>(head: &Head, texts: impl Iterator<Item = &'a String>) -> Kind {
    let filled: Vec<&String> = texts.filter(|text| !is_nothing(text)).collect();
    match head.numeric {
        true if !filled.is_empty() && filled.iter().all(|text| share(text).is_some()) => Kind::Percent,
        true => Kind::Decimal,
        false if !filled.is_empty() && filled.iter().all(|text| Day::parse(text).is_some()) => Kind::Day,
        false => Kind::Text,
    }
}

fn is_nothing(text: &str) -> bool {
    text.is_empty() || text == format::UNKNOWN
}

fn cell(text: String, kind: Kind) -> Out {
    let written = match kind {
        _ if text.is_empty() => return Out::Empty,
        Kind::Day | Kind::Decimal | Kind::Percent | Kind::Whole if is_nothing(&text) => return Out::Empty,
        Kind::Percent => share(&text).map(Out::Number),
        Kind::Decimal | Kind::Whole => number(&text).map(Out::Number),
        Kind::Day => Day::parse(&text).map(|day| Out::Day(day.to_string())),
        Kind::Text => None,
    };
    written.unwrap_or_else(|| Out::Text(limited(&text)))
}

/// `1254.5` of `1,254.5`; `None` where it is not a number that a sheet keeps whole.
fn number(text: &str) -> Option<String> {
    let digits = text.replace(',', "");
    let body = digits.strip_prefix('-').unwrap_or(&digits);
    let (whole, part) = body.split_once('.').unwrap_or((body, "0"));
    let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let leads = whole.len() > 1 && whole.starts_with('0');
    (all(whole) && all(part) && !leads && body.len() <= 15).then_some(digits)
}

/// `0.593` of `59.3%`.
fn share(text: &str) -> Option<String> {
    let percent = number(text.strip_suffix('%')?.trim())?;
    let (sign, body) = percent
        .strip_prefix('-')
        .map_or(("", percent.as_str()), |body| ("-", body));
    let (whole, part) = body.split_once('.').unwrap_or((body, ""));
    let padded = format!("{whole:0>3}");
    let (ones, hundredths) = padded.split_at(padded.len() - 2);
    Some(format!("{sign}{ones}.{hundredths}{part}"))
}

/// The label of a dimension.
fn axis(ledger: &'static Ledger, key: &str) -> String {
    let found = pivot::axes(ledger).into_iter().find(|(known, _)| known == key);
    found.map_or_else(|| key.to_owned(), |(_, label)| label)
}

/// Whether the rows or columns of a cross table are people.
pub fn crosses_people(ledger: &'static Ledger, asked: &Asked) -> bool {
    let is_people = |key: &str| ledger.field(key).is_some_and(tells_of_people);
    is_people(&asked.rows) || is_people(&asked.columns)
}

/// A cross table, with its totals. Where no people are to be named, they have numbers.
pub fn cross(ledger: &'static Ledger, asked: &Asked, pivot: &Pivot, over: &Over, personal: Personal) -> Sheet {
    let called = |key: &str, label: &String, at: usize| {
        let hidden = personal == Personal::LeftOut && ledger.field(key).is_some_and(tells_of_people);
        if hidden {
            format!("第 {} 人", at + 1)
        } else {
            label.clone()
        }
    };
    // Who a row is of is known by the unit as well.
    let has_units = pivot.rows.iter().any(|row| !row.unit.is_empty());
    let mut heads = vec![words(axis(ledger, &asked.rows))];
    heads.extend(has_units.then(|| words("村（社区）")));
    let columns = pivot.columns.iter().enumerate();
    heads.extend(columns.map(|(at, label)| numbers(called(&asked.columns, label, at))));
    heads.push(numbers(pivot.total_heads.0));
    let line = |label: String, unit: &str, cells: &[PivotCell], total: &str| {
        let cells = cells.iter().map(|cell| cell.text.clone());
        std::iter::once(label)
            .chain(has_units.then(|| unit.to_owned()))
            .chain(cells)
            .chain([total.to_owned()])
            .collect::<Vec<_>>()
    };
    let rows = pivot.rows.iter().enumerate();
    let mut rows: Vec<Read> = rows
        .map(|(at, row)| {
            plain(line(
                called(&asked.rows, &row.label, at),
                &row.unit,
                &row.cells,
                &row.total.text,
            ))
        })
        .collect();
    rows.push((
        Look::Total,
        line(pivot.total_heads.1.to_owned(), "", &pivot.totals, &pivot.total),
    ));
    let mut sheet = sheet(&format!("{}交叉统计", ledger.label), over, heads, rows);
    let figure = pivot::figures(ledger).into_iter().find(|(key, _)| *key == asked.figure);
    sheet.lines.push(format!(
        "行：{}　列：{}　统计：{}（{}）",
        axis(ledger, &asked.rows),
        axis(ledger, &asked.columns),
        figure.map_or_else(|| ledger.counted.to_owned(), |(_, label)| label),
        asked.way.label(),
    ));
    sheet.lines.extend(pivot.notes.iter().cloned());
    sheet
}

/// Who has reported. Who it was that did is left out with the people.
pub fn board(districts: &[DistrictRow], over: &Over, personal: Personal) -> Sheet {
    let names = personal != Personal::LeftOut;
    let row = |cells: [String; 4]| cells[..if names { 4 } else { 3 }].to_vec();
    let heads = ["片区", "村（社区）", "状态", "说明"].map(words);
    let mut rows = Vec::new();
    let (mut done, mut all) = (0, 0);
    for district in districts {
        for unit in &district.units {
            let cells = [&district.name, &unit.name, &unit.word, &unit.told];
            rows.push(plain(row(cells.map(Clone::clone))));
        }
        let (reported, units) = (district.reported(), district.units.len());
        (done, all) = (done + reported, all + units);
        let told = [
            format!("{}小计", district.name),
            String::new(),
            format!("已报 {reported}/{units}"),
            String::new(),
        ];
        rows.push((Look::Subtotal, row(told)));
    }
    let told = [
        "全镇合计".to_owned(),
        String::new(),
        format!("已报 {done}/{all}"),
        String::new(),
    ];
    rows.push((Look::Total, row(told)));
    let heads = heads.into_iter().take(if names { 4 } else { 3 }).collect();
    sheet("已报和未报", over, heads, rows)
}

/// The numbers of a chart.
pub fn chart(table: &Table, over: &Over) -> Sheet {
    let is_numeric = |at: usize| {
        table
            .rows
            .iter()
            .any(|row| row.get(at).is_some_and(|cell| cell.numeric))
    };
    let head = |(at, text): (usize, &String)| if is_numeric(at) { numbers(text) } else { words(text) };
    let rows = table.rows.iter();
    let rows = rows.map(|row| plain(row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>()));
    sheet(
        "数据表",
        over,
        table.headers.iter().enumerate().map(head).collect(),
        rows.collect(),
    )
}

/// What needs a hand: a row for each unit or record behind it, the most urgent first.
pub fn follow_ups(records: &dyn Records, all: &[FollowVm], over: &Over, personal: Personal) -> Sheet {
    let heads = vec![
        words("工程"),
        words("事项"),
        words("状态"),
        words("村（社区）"),
        words("记录"),
        numbers("天数，天"),
        words("期限"),
        words("办理"),
    ];
    let mut rows = Vec::new();
    for item in all {
        for entry in item.entries(records, catalogue(), item.count()) {
            let ledger = entry.ledger.and_then(|id| catalogue().get(id));
            let record = match (entry.record, ledger) {
                (Some(_), Some(ledger)) if personal == Personal::LeftOut && names_people(ledger) => {
                    ledger.label.to_owned()
                }
                (Some((title, _)), _) => title,
                (None, _) => "没有记录".to_owned(),
            };
            let days = entry.days.trim_end_matches(" 天").to_owned();
            let status = if entry.is_late { "逾期" } else { item.status.word() };
            rows.push(plain([
                item.programme.label().to_owned(),
                item.title.clone(),
                status.to_owned(),
                entry.unit,
                record,
                days,
                entry.due,
                entry.action.to_owned(),
            ]));
        }
    }
    sheet("需要跟进", over, heads, rows)
}

/// 书记通讯录; without people, the units that have one.
pub fn calls(all: &[CallVm], over: &Over, personal: Personal) -> Sheet {
    let names = personal != Personal::LeftOut;
    let mut heads = vec![words("片区"), words("村（社区）")];
    if names {
        heads.extend([words("书记"), words("电话")]);
    }
    heads.push(words("任职日期"));
    let row = |call: &CallVm| {
        let mut cells = vec![call.district.clone(), call.unit.clone()];
        if names {
            cells.extend([call.name.clone(), call.phone.clone()]);
        }
        cells.push(call.since.clone());
        plain(cells)
    };
    sheet("书记通讯录", over, heads, all.iter().map(row).collect())
}

/// What stands over the table of a page that no list or figure narrows.
pub fn line_of(whose: &str, about: &str, today: Day) -> String {
    let about = if about.is_empty() {
        String::new()
    } else {
        format!("　{about}")
    };
    format!(
        "单位：{}{about}　制表日期：{}",
        show::name(whose),
        super::write::date_in_words(today)
    )
}
