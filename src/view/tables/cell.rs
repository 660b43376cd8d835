//! What a cell says as the value of a field: a value, nothing, a question or a problem. Nothing is guessed.

use office::book::Cell;

use super::layout::text_of;
use super::names::{Named, Names};
use crate::model::date::Day;
use crate::model::ledger::{Field, Kind};
use crate::model::unit_code;
use crate::model::validate::check_field;
use crate::model::value::{Decimal, Value};
use crate::view::cells::{clean, one_line};
use crate::view::format::{half_width, measured};
use crate::view::typed::{question, serial_day, typed_amount, typed_day, typed_month};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Blank,
    /// A value.
    Value(Value),
    /// A value that was written otherwise, and how it was read: `35000元 读作 3.5 万元`.
    Read(Value, String),
    /// It may mean several things: what is asked, and the values that may be meant, each with its words.
    Asks(String, Vec<(Value, String)>),
    /// A name that fits several things or none: what is asked, and what may be meant (code, label). Asked once for a text.
    Unclear(String, Vec<(String, String)>),
    /// It names a record that is not here, in a field that may stay empty: what is said of it.
    LeftEmpty(String),
    /// It cannot be taken: why, and what to do.
    Problem(String),
}

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// The sheet is our own: `/`, `无` and `-` are texts as well.
    pub own: bool,
    /// The column holds yuan in a field of 万元.
    pub yuan: bool,
    /// The field takes part in the natural key or the title of its ledger.
    pub names: bool,
    /// Today, to which a day without its year is near.
    pub today: Day,
}

/// Reads a cell. `unit` is the unit that the row belongs to, by which references are told apart.
pub fn read(field: &Field, cell: &Cell, manner: Manner, names: &mut Names, unit: Option<&str>) -> Said {
    match cell {
        Cell::Error(error) => return Said::Problem(format!("单元格是错误值 {error}，请改正公式或填入值")),
        Cell::NoValue => return Said::Problem("公式没有保存计算结果，请在表格软件里打开、保存后再导入".to_owned()),
        Cell::Refused => {
            return Said::Problem("是 17 位以上的长号码，本系统不登记身份证号、银行卡号，请删去".to_owned());
        }
        Cell::NotADay(number) => return Said::Problem(format!("日期格式的 {number} 不是任何一天，请改正")),
        _ => {}
    }
    let text = clean(text_of(cell));
    if text.is_empty() || !manner.own && is_blank_word(&text, field.kind) {
        return Said::Blank;
    }
    if is_long_number(&text) {
        return read(field, &Cell::Refused, manner, names, unit);
    }
    match field.kind {
        Kind::Text | Kind::LongText => plain_text(field, cell, &text, manner),
        Kind::Int | Kind::Year => whole(field, &text),
        Kind::Decimal => amount(field, cell, &text, manner),
        Kind::Day => day(field, cell, &text, manner.today),
        Kind::Month => month(field, cell, &text, manner.today),
        Kind::YesNo => yes_no(&text),
        Kind::Phone => phone(field, &text),
        Kind::Choice => named(field, &text, names.choice(field, &text), names),
        Kind::Choices => several(field, &text, |names, item| names.choice(field, item), names),
        Kind::Unit => unit_of(field, &text, names),
        Kind::District => {
            let found = names.district(&text);
            named(field, &text, found, names)
        }
        Kind::Ref => {
            let found = names.reference(field, &text, unit);
            named(field, &text, found, names)
        }
        Kind::Refs => {
            let unit = unit.map(str::to_owned);
            several(
                field,
                &text,
                |names, item| names.reference(field, item, unit.as_deref()),
                names,
            )
        }
    }
}

/// A number of a person or an account: 17 digits or more, the last of them perhaps X.
fn is_long_number(text: &str) -> bool {
    let digits = text.strip_suffix(['x', 'X']).unwrap_or(text);
    digits.len() >= 17 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Words and strokes by which offices say that a cell is left empty.
fn is_blank_word(text: &str, kind: Kind) -> bool {
    let none = text == "无" && kind != Kind::YesNo && kind != Kind::LongText;
    none || text.chars().all(|c| "/／-—–－―".contains(c))
}

fn plain_text(field: &Field, cell: &Cell, text: &str, manner: Manner) -> Said {
    if field.name == "code" {
        return match unit_code::read(text) {
            Ok(Some(code)) => Said::Value(Value::text(code.digits)),
            Ok(None) => Said::Blank,
            Err(why) => Said::Problem(why),
        };
    }
    let is_formula = text.starts_with('=') && field.kind == Kind::Text && manner.names;
    if is_formula && matches!(cell, Cell::Text(_)) && !manner.own {
        return Said::Problem(format!("“{text}”是公式，不是{}，请改正", field.label));
    }
    let kept = match field.kind {
        Kind::Text if !manner.own => clean(&text.replace(['\n', '\r'], " ")),
        _ => text.replace("\r\n", "\n").replace('\r', "\n"),
    };
    checked(field, Value::text(kept), text)
}

/// A value if its field takes it.
fn checked(field: &Field, value: Value, text: &str) -> Said {
    match check_field(field, &value) {
        None => Said::Value(value),
        Some(notice) => Said::Problem(format!("“{}”{}", shorten(text), notice.todo)),
    }
}

/// The beginning of a text in a message.
pub fn shorten(text: &str) -> String {
    crate::model::value::brief(&one_line(text), 24)
}

fn whole(field: &Field, text: &str) -> Said {
    let plain: String = text.chars().map(half_width).collect();
    let plain = match field.kind {
        Kind::Year => plain.trim_end_matches("年度").trim_end_matches('年').trim(),
        _ => plain.trim(),
    };
    let read = typed_amount(plain, field.measure).filter(|_| !plain.contains(['(', '（']));
    let number = read.and_then(|amount| amount.value.to_string().parse::<i64>().ok());
    match number {
        Some(number) => match checked(field, Value::Int(number), text) {
            Said::Value(value) if read.is_some_and(|r| r.converted) => {
                Said::Read(value, format!("{text} 读作 {number}"))
            }
            said => said,
        },
        None => checked(field, Value::text(text), text),
    }
}

fn amount(field: &Field, cell: &Cell, text: &str, manner: Manner) -> Said {
    let measure = field.measure.unwrap_or_default();
    let typed = match manner.yuan {
        true if text
            .chars()
            .all(|c| c.is_ascii_digit() || ".,-，．。".contains(c) || half_width(c) != c) =>
        {
            format!("{text}元")
        }
        _ => text.to_owned(),
    };
    let Some(read) = typed_amount(&typed, field.measure) else {
        return checked(field, Value::text(text), text);
    };
    let value = Value::text(read.value.to_string());
    if let Cell::Formatted(number, _) = cell {
        let scaled = |by: i64| Decimal::parse(number).filter(|d| d.ten_thousandths() % by == 0);
        if let Some(exact) = scaled(10_000).filter(|_| measure == "万元") {
            let fewer = Decimal::from_ten_thousandths(exact.ten_thousandths() / 10_000);
            let offers = [fewer.to_string(), number.clone()];
            let offers = offers.map(|v| (Value::text(v.as_str()), measured(&v, measure)));
            return Said::Asks(
                format!("格里存的是 {number}，表上显示的不是这个数，是多少？"),
                offers.into(),
            );
        }
    }
    match checked(field, value.clone(), text) {
        Said::Value(value) => match question(field, &value).filter(|_| !read.converted) {
            Some(asked) => Said::Asks(
                asked.asks.clone(),
                vec![
                    (Value::text(asked.offer.as_str()), measured(&asked.offer, measure)),
                    (value, measured(text, measure)),
                ],
            ),
            None if read.converted => {
                let words = format!("{text} 读作 {}", measured(&read.value.to_string(), measure));
                Said::Read(
                    value,
                    if manner.yuan {
                        format!("{typed} 读作 {}", measured(&read.value.to_string(), measure))
                    } else {
                        words
                    },
                )
            }
            None => Said::Value(value),
        },
        said => said,
    }
}

/// Whether a day or month may be meant: a number of a spreadsheet such as 3.5 has its year or is none.
fn is_dated(cell: &Cell, text: &str) -> bool {
    matches!(cell, Cell::Text(_)) || has_year(text)
}

fn has_year(text: &str) -> bool {
    let digits = |part: &str| part.chars().filter(|c| half_width(*c).is_ascii_digit()).count();
    text.split(|c: char| !half_width(c).is_ascii_digit())
        .any(|part| digits(part) >= 4)
}

/// A day or month as it was read; one without its year is said with it.
fn dated(text: &str, read: String) -> Said {
    match has_year(text) {
        true => Said::Value(Value::text(read)),
        false => {
            let words = format!("{} 读作 {read}", shorten(text));
            Said::Read(Value::text(read), words)
        }
    }
}

fn day(field: &Field, cell: &Cell, text: &str, today: Day) -> Said {
    if let Cell::Day(day) = cell {
        return checked(field, Value::text(day.as_str()), text);
    }
    if let Some(day) = typed_day(text, today, field.lies).filter(|_| is_dated(cell, text)) {
        return dated(text, day.to_string());
    }
    if let Some(day) = serial_day(text) {
        let day = day.to_string();
        return Said::Asks(format!("{text} 是不是 {day}？"), vec![(Value::text(day.as_str()), day)]);
    }
    Said::Problem(format!("“{}”看不出是哪一天，日期写成 2022-03-05 这样", shorten(text)))
}

fn month(field: &Field, cell: &Cell, text: &str, today: Day) -> Said {
    if let Cell::Day(day) = cell {
        return Said::Value(Value::text(day.get(..7).unwrap_or(day)));
    }
    // 1990.1 is the number of January and of October.
    let number = matches!(cell, Cell::Number(n) if n.contains('.'));
    let read = typed_month(text, today, field.lies).filter(|_| is_dated(cell, text) && !number);
    match read {
        Some(month) => dated(text, month.to_string()),
        None => Said::Problem(format!("“{}”看不出是哪年哪月，月份写成 2022-03 这样", shorten(text))),
    }
}

fn yes_no(text: &str) -> Said {
    const YES: [&str; 16] = [
        "是", "√", "✓", "✔", "☑", "有", "已", "到", "对", "Y", "y", "yes", "已到", "参加", "到会", "1",
    ];
    const NO: [&str; 15] = [
        "否", "×", "✗", "✘", "☒", "无", "未", "缺", "错", "N", "n", "no", "未到", "缺席", "0",
    ];
    let text = one_line(text);
    if YES.contains(&text.as_str()) {
        Said::Value(Value::Bool(true))
    } else if NO.contains(&text.as_str()) || matches!(text.as_str(), "x" | "X" | "没有" | "不是") {
        Said::Value(Value::Bool(false))
    } else {
        Said::Problem(format!(
            "“{}”看不出是还是否，请填 是 或 否（也可以用 √、×）",
            shorten(&text)
        ))
    }
}

fn phone(field: &Field, text: &str) -> Said {
    let plain: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace(['—', '–', '－'], "-");
    // Masked in our own sheets: it says nothing.
    if plain.contains("**") {
        return Said::Blank;
    }
    if plain.contains(['e', 'E']) {
        return Said::Problem(format!(
            "“{text}”是电子表格缩写过的数字，后几位已经丢失，请把这一列改为文本并重新填写"
        ));
    }
    let plain = if plain.len() == 13 && plain.matches('-').count() == 2 {
        plain.replace('-', "")
    } else {
        plain
    };
    checked(field, Value::text(plain), text)
}

fn unit_of(field: &Field, text: &str, names: &mut Names) -> Said {
    match names.unit(text) {
        Named::Nobody if unit_code::is_number(text) => match unit_code::read(text) {
            Err(why) => Said::Problem(why),
            _ => Said::Problem(format!("代码“{text}”不是本镇任何一个村（社区）的代码，请改正")),
        },
        found => named(field, text, found, names),
    }
}

fn named(field: &Field, text: &str, found: Named, names: &mut Names) -> Said {
    let text = shorten(text);
    match found {
        Named::One(code) => Said::Value(Value::text(code)),
        Named::Several(several) => Said::Unclear(format!("{}“{text}”是哪一个？", field.label), several),
        Named::Nobody if !field.required && matches!(field.kind, Kind::Ref | Kind::Refs) => {
            Said::LeftEmpty(format!("“{text}”在本机没有对应的记录，这一格留空"))
        }
        Named::Nobody => {
            let offers = names.offers(field, None, 200);
            let what = match field.kind {
                Kind::Unit => format!("本镇没有叫“{text}”的村（社区）"),
                Kind::District => format!("本镇没有叫“{text}”的片区"),
                Kind::Choice | Kind::Choices => format!("{}没有“{text}”这一项", field.label),
                _ => format!("{}里没有“{text}”", field.label),
            };
            Said::Unclear(format!("{what}，算作哪一个？"), offers)
        }
    }
}

fn several(field: &Field, text: &str, find: impl Fn(&mut Names, &str) -> Named, names: &mut Names) -> Said {
    let mut items: Vec<String> = Vec::new();
    let mut add = |code: String| {
        if !items.contains(&code) {
            items.push(code);
        }
    };
    // A name may hold the sign that parts names: what fits whole is one.
    let mut open: Vec<(String, &[char])> = vec![(one_line(text), &['；', ';'])];
    if field.kind == Kind::Choices || text.contains('\n') {
        open = text
            .lines()
            .map(|line| (one_line(line), &['；', ';'] as &[char]))
            .collect();
    }
    open.reverse();
    while let Some((item, marks)) = open.pop() {
        if item.is_empty() {
            continue;
        }
        match find(names, &item) {
            Named::One(code) => add(code),
            _ if item.contains(marks) => {
                let parts = item
                    .split(marks)
                    .map(|part| (one_line(part), &['、', '，', ','] as &[char]));
                let parts: Vec<_> = parts.collect();
                open.extend(parts.into_iter().rev());
            }
            _ if marks.contains(&'；') && item.contains(['、', '，', ',']) => open.push((item, &['、', '，', ','])),
            found => return named(field, &item, found, names),
        }
    }
    Said::Value(Value::list(items))
}
