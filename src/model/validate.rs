//! Field rules of every ledger, read from its declaration.

use super::date::{Day, Month};
use super::ledger::{Cells, Field, Kind, Ledger};
use super::notice::Notice;
use super::value::{Decimal, MAX_INT, Value};

/// Longest one-line text a form takes, in characters.
pub const MAX_TEXT: usize = 200;
/// Longest many-line text a form takes, in characters.
pub const MAX_LONG_TEXT: usize = 5_000;

/// Checks a whole record: every field by its kind, required fields present.
///
/// Never fails: a record with notices is still a record. An [`Error`](super::notice::Severity::Error)
/// notice means a form must not save it.
pub fn validate(ledger: &Ledger, cells: &dyn Cells) -> Vec<Notice> {
    ledger
        .slots()
        .filter_map(|(slot, field)| check_field(field, cells.cell(slot)))
        .collect()
}

/// Checks one value against its field.
pub fn check_field(field: &Field, value: &Value) -> Option<Notice> {
    if value.is_blank() {
        return field.required.then(|| {
            let verb = if field.choices.is_empty() { "填写" } else { "选择" };
            Notice::error(
                field.name,
                format!("还没有{verb}{}", field.label),
                format!("请{verb}{}", field.label),
            )
        });
    }
    let wrong = |todo: String| Some(Notice::error(field.name, format!("{}填得不对", field.label), todo));
    match field.kind {
        Kind::Text => too_long(field, value, MAX_TEXT),
        Kind::LongText => too_long(field, value, MAX_LONG_TEXT),
        Kind::Int | Kind::Year => match value {
            Value::Int(n) if (field.range.0..=field.range.1).contains(n) && n.abs() <= MAX_INT => None,
            _ => wrong(format!("填 {} 到 {} 的整数", field.range.0, field.range.1)),
        },
        Kind::Decimal => match value.as_str().and_then(Decimal::parse) {
            Some(d) if d >= Decimal::whole(field.range.0) && d <= Decimal::whole(field.range.1) => None,
            _ => {
                let unit = field.measure.map(|m| format!("，单位是{m}")).unwrap_or_default();
                wrong(format!(
                    "填 {} 到 {} 的数{unit}，最多四位小数",
                    field.range.0, field.range.1
                ))
            }
        },
        Kind::Day => match value.as_str().and_then(Day::parse) {
            Some(_) => None,
            None => wrong("日期写成 2022-03-05 这样".into()),
        },
        Kind::Month => match value.as_str().and_then(Month::parse) {
            Some(_) => None,
            None => wrong("月份写成 2022-03 这样".into()),
        },
        Kind::Choice => match value.as_str() {
            Some(code) if field.choices.iter().any(|c| c.code == code) => None,
            _ => unknown_choice(field),
        },
        Kind::Choices => {
            let known = |item: &str| field.choices.iter().any(|c| c.code == item);
            let listed = matches!(value, Value::List(items) if items.iter().all(|i| known(i)));
            if listed { None } else { unknown_choice(field) }
        }
        Kind::YesNo => match value {
            Value::Bool(_) => None,
            _ => wrong("选是或否".into()),
        },
        Kind::Phone => match value.as_str() {
            Some(text) if is_phone(text) => None,
            _ => wrong("填 11 位手机号，或区号加固定电话".into()),
        },
        Kind::Ref | Kind::Unit | Kind::District => match value {
            Value::Text(_) => None,
            _ => wrong("从列表中选一项".into()),
        },
        Kind::Refs => match value {
            Value::List(_) => None,
            _ => wrong("从列表中选".into()),
        },
    }
}

fn unknown_choice(field: &Field) -> Option<Notice> {
    Some(Notice::warning(
        field.name,
        format!("{}不在本版本的选项里", field.label),
        "可能由新版本填写，已原样保留；更新后可正常显示",
    ))
}

fn too_long(field: &Field, value: &Value, most: usize) -> Option<Notice> {
    match value {
        Value::Text(text) if text.chars().count() <= most => None,
        Value::Text(_) => Some(Notice::error(
            field.name,
            format!("{}太长", field.label),
            format!("最多 {most} 个字，请删减"),
        )),
        _ => Some(Notice::error(
            field.name,
            format!("{}填得不对", field.label),
            "填写文字",
        )),
    }
}

/// 11-digit mobile numbers starting with 1, or 7–12 digits with one optional dash for land lines.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let dashes = text.bytes().filter(|b| *b == b'-').count();
    if digits + dashes != text.len() || dashes > 1 {
        return false;
    }
    if dashes == 0 && digits == 11 {
        return text.starts_with('1') || text.starts_with('0');
    }
    (7..=12).contains(&digits)
}
