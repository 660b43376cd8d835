//! How stored values read to a person, whatever ledger they stand in.

use super::filter::FILLED;
use super::format;
use crate::model::engine::indicator::Reading;
use crate::model::ledger::{Cells, Field, Kind, Ledger, TypedRow, slots};
use crate::model::programmes;
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::records::{Records, rows};
use crate::model::value::{Decimal, Value};
pub use crate::model::value::{NAME, brief};
use crate::order::{Arrange, natural};

/// Longest text that is shown whole, in bytes: no form takes as much, borders of the map and foreign files may have
/// more.
const MOST_TEXT: usize = 20_000;

/// Its beginning, and how much there is.
fn shortened(text: &str) -> String {
    let begin: String = text.chars().take(40).collect();
    format!("{begin}…（共 {} 字）", format::count(text.chars().count() as i64))
}

/// Texts longer than this, in characters, are folded where there is little room.
pub const FOLDED: usize = 300;

/// Longest words of a choice, in characters: a name and what is said of it.
const CHOICE: usize = 40;

/// The words of a choice in a list to choose from.
pub fn choice(text: &str) -> String {
    brief(text, CHOICE)
}

/// A name as headings, cells and choices show it: its beginning, where it is longer than [`NAME`].
pub fn name(text: &str) -> String {
    brief(text, NAME)
}

/// The line that stands for a long text until it is opened; `None` for one that is shown whole.
pub fn fold(text: &str) -> Option<String> {
    let count = text.chars().count();
    (count > FOLDED).then(|| {
        format!(
            "{}（共 {} 字，点开看全文）",
            brief(text, 60),
            format::count(count as i64)
        )
    })
}

/// The name of a unit, as [`name`] shows it. Of one that is not here, as after it was deleted, its code says so.
pub fn unit_name(records: &dyn Records, code: &str) -> String {
    match records.find(Unit::SCHEMA, code) {
        Some(unit) => name(Unit::of(unit).name().unwrap_or(code)),
        None if code.is_empty() => String::new(),
        None => match records
            .find_deleted(Unit::SCHEMA, code)
            .and_then(|u| Unit::of(u).name())
        {
            Some(gone) => format!("{}（已删除）", name(gone)),
            None => format!("不在名单的单位（{}）", name(code)),
        },
    }
}

/// What units without a district stand under.
pub const NO_DISTRICT: &str = "未分片区";

/// The districts as the town orders them: by their 次序, then as they were entered.
pub fn districts(records: &dyn Records) -> Vec<District<'_>> {
    let mut all = rows::<District>(records);
    all.arrange_by(|a, b| {
        let order = |d: &District| d.order().unwrap_or(i64::MAX);
        order(a).cmp(&order(b)).then_with(|| natural(a.id(), b.id()))
    });
    all
}

/// The name of a district, as [`name`] shows it; its id where it is not known here, [`NO_DISTRICT`] for an empty id.
pub fn district_name(records: &dyn Records, id: &str) -> String {
    if id.is_empty() {
        return NO_DISTRICT.to_owned();
    }
    let name_of = |cells| District::of(cells).name();
    match records.find(District::SCHEMA, id).and_then(name_of) {
        Some(found) => name(found),
        None => match records.find_deleted(District::SCHEMA, id).and_then(name_of) {
            Some(gone) => format!("{}（已删除）", name(gone)),
            None => name(id),
        },
    }
}

/// What a stored code of a field is called: the name that the town gave the choice where it may give one, else the
/// declared one; the code itself where a newer version wrote it.
pub fn choice_label<'a>(records: &'a dyn Records, field: &Field, code: &'a str) -> &'a str {
    let choice = field.choice(code);
    choice.map_or(code, |choice| programmes::choice_label(records, choice))
}

/// The choices of a field, in display order: stored codes with what they are called.
pub fn choices(records: &dyn Records, field: &Field) -> Vec<(String, String)> {
    let all = field.choices.iter();
    all.map(|c| (c.code.to_owned(), programmes::choice_label(records, c).to_owned()))
        .collect()
}

/// The sentence under the label of a field, with the rule in force.
pub fn hint(records: &dyn Records, field: &Field) -> String {
    match field.hint_rule {
        Some(rule) => field
            .hint
            .replace('#', &rule.get(&programmes::settings(records)).to_string()),
        None => field.hint.to_owned(),
    }
}

/// A value as text: labels for codes, names for references, `--` for nothing.
pub fn value(
    records: &dyn Records,
    catalogue: &crate::model::ledger::Catalogue,
    field: &Field,
    value: &Value,
) -> String {
    if value.is_blank() {
        return format::UNKNOWN.to_owned();
    }
    match (field.kind, value) {
        (Kind::Choice, Value::Text(code)) => choice_label(records, field, code).to_owned(),
        (Kind::Choices, Value::List(codes)) => joined(codes.iter().map(|c| choice_label(records, field, c).to_owned())),
        (Kind::Unit, Value::Text(code)) => unit_name(records, code),
        (Kind::District, Value::Text(id)) => district_name(records, id),
        (Kind::Ref, Value::Text(id)) => reference(records, catalogue, field, id),
        (Kind::Refs, Value::List(ids)) => joined(ids.iter().map(|id| reference(records, catalogue, field, id))),
        (Kind::Decimal, Value::Text(text)) => Decimal::parse(text).map_or_else(|| text.to_string(), amount),
        (Kind::Phone, Value::Text(phone)) => format::masked_phone(phone),
        (Kind::Year, Value::Int(year)) => year.to_string(),
        (_, Value::Int(number)) => format::count(*number),
        (_, Value::Bool(true)) => "是".to_owned(),
        (_, Value::Bool(false)) => "否".to_owned(),
        (_, Value::Text(text)) if text.len() > MOST_TEXT => shortened(text),
        (_, Value::Text(text)) => text.to_string(),
        (_, Value::List(items)) => joined(items.iter().map(|i| i.to_string())),
        (_, Value::Raw(json)) => json.to_string(),
        (_, Value::Null) => format::UNKNOWN.to_owned(),
    }
}

/// What a code stands for where it filters a list: one of several choices, one record, `yes`, or `-` for blank.
pub fn code(records: &dyn Records, catalogue: &crate::model::ledger::Catalogue, field: &Field, code: &str) -> String {
    let stored = match field.kind {
        Kind::Day | Kind::Month if code == FILLED => return "已填".to_owned(),
        Kind::Day | Kind::Month if code == "-" => return "没有填".to_owned(),
        _ if code == "-" => return "未填".to_owned(),
        Kind::YesNo => Value::Bool(code == "yes"),
        Kind::Choices | Kind::Refs => Value::list([code]),
        _ => Value::text(code),
    };
    value(records, catalogue, field, &stored)
}

/// An exact decimal with thousands separators.
pub fn amount(decimal: Decimal) -> String {
    let text = decimal.to_string();
    let (whole, places) = text.split_once('.').map_or((text.as_str(), ""), |(w, p)| (w, p));
    let negative = whole.starts_with('-');
    let whole = whole
        .trim_start_matches('-')
        .parse::<i64>()
        .map_or_else(|_| whole.to_owned(), format::count);
    let sign = if negative { "-" } else { "" };
    if places.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{places}")
    }
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("、")
}

fn reference(records: &dyn Records, catalogue: &crate::model::ledger::Catalogue, field: &Field, id: &str) -> String {
    // A dispatch names ledgers, which are not records.
    if let Some(ledger) = catalogue.get(id).filter(|_| field.target.is_empty()) {
        return ledger.label.to_owned();
    }
    let Some(ledger) = catalogue.get(field.target) else {
        return id.to_owned();
    };
    records
        .find(ledger.schema, id)
        .map_or_else(|| id.to_owned(), |cells| called(records, catalogue, ledger, cells))
}

/// What tells a record from others of the same title: `寺前村 · 2022-03-05`; may be empty.
pub fn about(records: &dyn Records, ledger: &Ledger, cells: &dyn Cells) -> String {
    let unit = cells.cell(slots::UNIT).as_str().filter(|unit| !unit.is_empty());
    let unit = unit.map(|unit| unit_name(records, unit));
    let date = ledger.slot(ledger.dated).and_then(|slot| cells.cell(slot).as_str());
    unit.into_iter()
        .chain(date.map(str::to_owned))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A record's title where its ledger is not beside it: one that is only days and numbers says what it is of,
/// `任前谈话 2021-02-01`.
pub fn called(
    records: &dyn Records,
    catalogue: &crate::model::ledger::Catalogue,
    ledger: &Ledger,
    cells: &dyn Cells,
) -> String {
    let text = title(records, catalogue, ledger, cells);
    let is_number = |name: &&str| {
        let kind = ledger.field(name).map(|field| field.kind);
        matches!(
            kind,
            Some(Kind::Day | Kind::Month | Kind::Year | Kind::Int | Kind::Decimal)
        )
    };
    match ledger.title.iter().all(is_number) {
        true => format!("{} {text}", ledger.label),
        false => text,
    }
}

/// A record's title from the fields the ledger names: `汪家巷 湾子夜话`. A record that it refers to is named where its own
/// title names no further one.
pub fn title(
    records: &dyn Records,
    catalogue: &crate::model::ledger::Catalogue,
    ledger: &Ledger,
    cells: &dyn Cells,
) -> String {
    let part = |name: &&str| {
        let field = ledger.field(name)?;
        let stored = cells.cell(ledger.slot(name)?);
        let refers = |field: &Field| matches!(field.kind, Kind::Ref | Kind::Refs);
        let target = catalogue.get(field.target).filter(|_| refers(field));
        let deep = target.is_some_and(|target| {
            let mut named = target.title.iter().filter_map(|name| target.field(name));
            named.any(refers)
        });
        (!stored.is_blank() && !deep).then(|| value(records, catalogue, field, stored))
    };
    let parts: Vec<String> = ledger.title.iter().filter_map(part).collect();
    let text = parts.join(" ");
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return format!(
            "未命名{}",
            ledger.label.trim_end_matches("台账").trim_end_matches("名册")
        );
    }
    name(&text)
}

/// The parts under a main figure: `湾子夜话 84 · 星空夜话 62`.
pub fn parts_line(reading: &Reading, keys: &[&str]) -> String {
    let parts = keys.iter().filter_map(|k| reading.part(k));
    let words: Vec<String> = parts.map(|p| format!("{} {}", p.label, amount(p.amount))).collect();
    words.join(" · ")
}
