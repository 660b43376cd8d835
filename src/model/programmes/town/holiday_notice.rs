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

/// Signs in Chinese brackets and in round ones do not count, but for the weekday that stands in them: `1月1日（周四）` is
/// `1月1日周四`. The day of the lunar calendar goes.
fn without_brackets(text: &str) -> String {
    let mut inside: Option<String> = None;
    let mut depth = 0_usize;
    let mut out = String::new();
    for sign in text.chars() {
        match (sign, &mut inside) {
            ('（' | '(', _) => {
                depth += 1;
                inside.get_or_insert_default();
            }
            ('）' | ')', kept) => {
                depth = depth.saturating_sub(1);
                if depth == 0
                    && let Some(at) = kept.take().and_then(|kept| weekday_in(&kept))
                {
                    out.push('周');
                    out.push(WEEKDAYS[at]);
                }
            }
            (_, Some(kept)) => kept.push(sign),
            (_, None) if !sign.is_whitespace() => out.push(plain_digit(sign)),
            _ => {}
        }
    }
    out
}

/// Weekdays as they are written after 周 or 星期, from Monday.
const WEEKDAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

/// The weekday that a text names: 周四, 星期四, 周天.
fn weekday_in(text: &str) -> Option<usize> {
    let (_, rest) = text.split_once('周').or_else(|| text.split_once("星期"))?;
    let sign = rest.chars().next().map(|sign| if sign == '天' { '日' } else { sign });
    WEEKDAYS.iter().position(|day| Some(*day) == sign)
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
///
/// # Errors
/// A weekday that the day does not have: the notice is of another year.
fn days(text: &str, year: i32) -> Result<Vec<Day>, String> {
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
        let day = month.and_then(|month| Day::new(year, month, day));
        let said = rest.starts_with('周').then(|| weekday_in(rest)).flatten();
        if let (Some(day), Some(said)) = (day, said) {
            let real = usize::try_from(day.weekday()).unwrap_or(said);
            if real != said {
                let (real, said) = (WEEKDAYS[real], WEEKDAYS[said]);
                return Err(format!("{day} 是周{real}，通知里写的是周{said}，核对是哪一年的通知"));
            }
        }
        found.extend(day);
    }
    Ok(found)
}

/// The number of days off that a sentence names: `共3天`.
fn counted(text: &str) -> Option<i32> {
    let (head, _) = text.split_once('天')?;
    let (count, before) = number_before(head)?;
    before.ends_with('共').then_some(count)
}

/// The holidays of a text, each from its name on: the name stands before a colon, after the end of a sentence and the
/// number of the paragraph. A text in one line has them all, and what was broken into lines stays together.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut starts = Vec::new();
    for (colon, _) in text.match_indices(['：', ':']) {
        let head = &text[..colon];
        let end = head.rfind(['。', '；', ';', '\n', '：', ':']);
        starts.push(end.map_or(0, |end| end + head[end..].chars().next().map_or(0, char::len_utf8)));
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    for (from, to) in starts.iter().copied().zip(ends) {
        found.push(unnumbered(text[from..to].trim()));
    }
    found
}

/// Without the number before it: 一、 or 1.
fn unnumbered(paragraph: &str) -> &str {
    let rest =
        paragraph.trim_start_matches(|sign: char| sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign));
    match rest.strip_prefix(['、', '.', '．']) {
        Some(after) if rest.len() < paragraph.len() => after.trim_start(),
        _ => paragraph,
    }
}

/// Reads the sentences of the notice of a year.
pub fn read(text: &str, year: i32) -> Notice {
    let mut notice = Notice::default();
    for paragraph in paragraphs(text) {
        match one(paragraph, year) {
            Ok(Some(holiday)) => notice.holidays.push(holiday),
            Ok(None) => {}
            Err(why) => notice.unread.push(Unread {
                text: paragraph.split_whitespace().collect(),
                why,
            }),
        }
    }
    notice
}

/// One paragraph; nothing where it speaks of no holiday.
fn one(paragraph: &str, year: i32) -> Result<Option<Holiday>, String> {
    let plain = without_brackets(paragraph);
    let Some((name, rest)) = plain.split_once(['：', ':']) else {
        return Ok(None);
    };
    if !rest.contains("放假") {
        return Ok(None);
    }
    let (off, after) = rest.split_once('。').unwrap_or((rest, ""));
    // The days off stand before the word: 与周末连休, 放假调休 and the count follow.
    let before = off.split("放假").next().unwrap_or(off);
    let (from, to) = match days(before, year)?.as_slice() {
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
    let mut worked = Vec::new();
    for sentence in after.split('。') {
        if sentence.contains("放假") && !days(sentence, year)?.is_empty() {
            return Err("后面还有一句放假，没有写是哪个节日；在节日名后面加上冒号".to_owned());
        }
        if sentence.contains("上班") {
            worked.extend(days(sentence, year)?);
        }
    }
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
        let said = |text: &str| {
            let days = days(text, 2018).expect("days");
            days.iter().map(Day::to_string).collect::<Vec<_>>()
        };
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

    const NEW_YEAR: &str = "元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。";
    const SPRING: &str = "春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。";

    fn said(text: &str, year: i32) -> Vec<String> {
        let notice = read(text, year);
        assert_eq!(notice.unread, [], "{text}");
        let one = |holiday: &Holiday| {
            let worked: Vec<String> = holiday.worked.iter().map(Day::to_string).collect();
            format!(
                "{} {}..{} {}",
                holiday.name,
                holiday.from,
                holiday.to,
                worked.join("、")
            )
        };
        notice.holidays.iter().map(one).collect()
    }

    /// Chat programs make one line of a notice, other ones break its lines: neither loses a holiday or a day worked.
    #[test]
    fn lines_do_not_matter() {
        let right = [
            "元旦 2026-01-01..2026-01-03 2026-01-04",
            "春节 2026-02-15..2026-02-23 2026-02-14、2026-02-28",
        ];
        let head = "经国务院批准，现将2026年元旦、春节放假调休日期的具体安排通知如下：";
        let end = "节假日期间，各地区要妥善安排好值班和安全工作。";
        for text in [
            format!("{head}\n一、{NEW_YEAR}\n二、{SPRING}\n{end}"),
            format!("{head}一、{NEW_YEAR}二、{SPRING}{end}"),
            format!("一、{NEW_YEAR} 二、{SPRING}"),
            format!("1. {NEW_YEAR}\n2. {}", SPRING.replace("共9天。", "共9天。\n")),
            format!("{NEW_YEAR}\n{}", SPRING.replace("至23日", "至\n23日")),
        ] {
            assert_eq!(said(&text, 2026), right, "{text}");
        }
    }

    /// A notice of another year is not recorded as that of this one: its weekdays tell.
    #[test]
    fn a_weekday_that_the_day_does_not_have_is_told() {
        let notice = read(&format!("一、{NEW_YEAR}\n二、{SPRING}"), 2027);
        assert_eq!(notice.holidays, []);
        let why: Vec<&str> = notice.unread.iter().map(|unread| unread.why.as_str()).collect();
        assert_eq!(
            why,
            [
                "2027-01-01 是周五，通知里写的是周四，核对是哪一年的通知",
                "2027-02-15 是周一，通知里写的是周日，核对是哪一年的通知",
            ]
        );
        assert_eq!(notice.unread[0].text, NEW_YEAR);
        let made_up = read("元旦：1月1日至3日放假。1月4日（星期六）上班。", 2026);
        assert_eq!(made_up.unread.len(), 1, "{made_up:?}");
    }

    #[test]
    fn two_holidays_in_one_keep_both_names() {
        let text =
            "七、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。";
        let right = "国庆节、中秋节 2025-10-01..2025-10-08 2025-09-28、2025-10-11";
        assert_eq!(said(text, 2025), [right]);
    }

    #[test]
    fn a_holiday_without_its_colon_is_not_passed_over() {
        let notice = read(&format!("一、{NEW_YEAR}\n二、春节 2月15日至23日放假，共9天。"), 2026);
        assert_eq!(notice.holidays, []);
        assert_eq!(notice.unread.len(), 1, "{notice:?}");
    }
}
