//! The sentences of the State Council's yearly notice on holidays, read into records of 节假日安排:
//! `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。`

use super::calendar::HolidayRow;
use crate::model::date::Day;
use crate::model::records::Draft;
use crate::model::working_days::Holiday;

/// A sentence that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The sentence as it was pasted.
    pub text: String,
    /// What is wrong with it.
    pub why: String,
}

/// What was read of a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Holidays in the order of the notice.
    pub holidays: Vec<Holiday>,
    /// Sentences that speak of days off and could not be read.
    pub unread: Vec<Unread>,
}

/// Signs in Chinese brackets and in round ones do not count: the weekday, the day of the lunar calendar.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !sign.is_whitespace() => out.push(plain_digit(sign)),
            _ => {}
        }
    }
    out
}

/// A full-width digit as a plain one.
fn plain_digit(sign: char) -> char {
    match sign {
        '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0')).unwrap_or(sign),
        other => other,
    }
}

/// The number that ends a text.
fn number_before(text: &str) -> Option<(i32, &str)> {
    let head = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
    Some((text[head.len()..].parse().ok()?, head))
}

/// The days of a text, in order; a day without its month is in the month of the one before, a month without its year in
/// `year` or in that of the day before.
fn days(text: &str, year: i32) -> Vec<Day> {
    let (mut found, mut year, mut month) = (Vec::new(), year, None);
    let mut rest = text;
    while let Some(at) = rest.find('日') {
        let head = &rest[..at];
        rest = &rest[at + '日'.len_utf8()..];
        let Some((day, before)) = number_before(head) else {
            continue;
        };
        if let Some((number, before)) = before.strip_suffix('月').and_then(number_before) {
            month = Some(number);
            if let Some((number, _)) = before.strip_suffix('年').and_then(number_before) {
                year = number;
            }
        }
        found.extend(month.and_then(|month| Day::new(year, month, day)));
    }
    found
}

/// The number of days off that a sentence names: `共3天`.
fn counted(text: &str) -> Option<i32> {
    let (head, _) = text.split_once('天')?;
    let (count, before) = number_before(head)?;
    before.ends_with('共').then_some(count)
}

/// Reads the sentences of the notice of a year. A line is one holiday; what stands before the first colon is its name.
pub fn read(text: &str, year: i32) -> Notice {
    let mut notice = Notice::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match one(line, year) {
            Ok(Some(holiday)) => notice.holidays.push(holiday),
            Ok(None) => {}
            Err(why) => notice.unread.push(Unread {
                text: line.to_owned(),
                why,
            }),
        }
    }
    notice
}

/// One line; nothing where it speaks of no holiday.
fn one(line: &str, year: i32) -> Result<Option<Holiday>, String> {
    let plain = without_brackets(line);
    let Some((name, rest)) = plain.split_once(['：', ':']) else {
        return Ok(None);
    };
    // The number of the paragraph: 一、 or 1.
    let name = name.rsplit(['、', '.', '．']).next().unwrap_or(name);
    if !rest.contains("放假") {
        return Ok(None);
    }
    let (off, after) = rest.split_once('。').unwrap_or((rest, ""));
    // The days off stand before the word: 与周末连休, 放假调休 and the count follow.
    let before = off.split("放假").next().unwrap_or(off);
    let (from, to) = match days(before, year).as_slice() {
        [only] => (*only, *only),
        [from, .., to] => (*from, *to),
        [] => return Err("没有找到放假的日期".to_owned()),
    };
    if to < from {
        return Err(format!("放假最后一天（{to}）早于第一天（{from}）"));
    }
    let count = to.since(from) + 1;
    if let Some(said) = counted(off).filter(|said| *said != count) {
        return Err(format!("写的是共 {said} 天，{from} 至 {to} 是 {count} 天"));
    }
    let worked = after.split('。').filter(|sentence| sentence.contains("上班"));
    let worked: Vec<Day> = worked.flat_map(|sentence| days(sentence, year)).collect();
    Ok(Some(Holiday {
        year,
        name: name.to_owned(),
        from,
        to,
        worked,
    }))
}

/// The year that a text names first, `2026年…放假`; nothing where it names none.
pub fn year_of(text: &str) -> Option<i32> {
    let (head, _) = without_brackets(text)
        .split_once('年')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))?;
    number_before(&head)
        .map(|(year, _)| year)
        .filter(|year| (2000..2200).contains(year))
}

/// The record of a holiday.
pub fn draft(holiday: &Holiday, id: &str, source: &str) -> Draft {
    let worked: Vec<String> = holiday.worked.iter().map(Day::to_string).collect();
    let made = HolidayRow::draft(id).year(holiday.year).name(holiday.name.as_str());
    let made = made
        .from(holiday.from)
        .to(holiday.to)
        .worked(worked.join("、").as_str());
    made.source(source).into_draft()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_take_month_and_year_from_what_stands_before() {
        let said = |text: &str| days(text, 2018).iter().map(Day::to_string).collect::<Vec<_>>();
        assert_eq!(said("2月15日至21日"), ["2018-02-15", "2018-02-21"]);
        assert_eq!(said("2018年12月30日至2019年1月1日"), ["2018-12-30", "2019-01-01"]);
        assert_eq!(said("15日"), Vec::<String>::new());
        assert_eq!(said("2月30日"), Vec::<String>::new());
    }

    #[test]
    fn what_contradicts_itself_is_told() {
        let notice = read(
            "一、元旦：1月1日至3日放假，共4天。\n二、清明节：放假一天。\n各地区要妥善安排值班。",
            2026,
        );
        let why: Vec<&str> = notice.unread.iter().map(|unread| unread.why.as_str()).collect();
        assert_eq!(
            why,
            ["写的是共 4 天，2026-01-01 至 2026-01-03 是 3 天", "没有找到放假的日期"]
        );
        assert_eq!(notice.holidays, []);
        assert_eq!(year_of("国务院办公厅关于2026年部分节假日安排的通知"), Some(2026));
        assert_eq!(year_of("一、元旦：1月1日"), None);
    }
}
