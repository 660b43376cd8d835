//! Phone numbers and names of persons in texts that people typed.

use crate::order::Arrange;

/// A number of a phone, an account or a person has at least so many digits.
const LEAST_DIGITS: usize = 7;
/// Names shorter or longer than this, in characters, are not looked for in texts.
const NAMES: std::ops::RangeInclusive<usize> = 2..=8;
/// So many groups of digits at most make one number.
const MOST_GROUPS: usize = 12;
/// The surnames of nine persons in ten (Ministry of Public Security, 全国姓名报告), with some of two characters.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董袁潘于余叶蒋杜苏魏程吕丁任卢姚沈钟姜崔谭陆\
                        范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严欧莫孔向常汤殷葛章庞甘游饶舒查祝鲁\
                        柯阮季翟倪骆樊左涂聂霍兰安关包吉成柳焦岳齐柴车项辛管单牛梅盛童耿池古巩詹丰胥卞冉苗邬危卜宁仇但占皮乐温";
const LONG_SURNAMES: [&str; 8] = ["欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "夏侯", "令狐"];

/// Names of persons, ascending.
#[derive(Default)]
pub(super) struct Names(Vec<Box<str>>);

impl Names {
    /// Takes what a field of names holds.
    pub fn add(&mut self, text: &str) {
        let name = bare(text);
        if NAMES.contains(&name.chars().count()) {
            self.0.push(name.into());
        }
    }

    /// Takes the names in a field where people write names, posts or whole groups: `鲁大海、林主任`.
    pub fn add_likely(&mut self, text: &str) {
        let separate = |c: char| !c.is_alphanumeric() && c != '·' && !is_blank(c);
        for part in text.split(separate) {
            if looks_like_name(&bare(part)) {
                self.add(part);
            }
        }
    }

    /// No more are added.
    pub fn close(&mut self) {
        self.0.arrange();
        self.0.dedup();
    }

    /// Whether one of them stands in a text, with or without blanks.
    pub fn are_in(&self, text: &str) -> bool {
        let text = bare(text);
        let mut starts = text.char_indices().map(|(at, _)| &text[at..]);
        starts.any(|rest| {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let mut begins = ends.take(*NAMES.end()).skip(NAMES.start() - 1).map(|end| &rest[..end]);
            begins.any(|begin| self.0.binary_search_by(|name| (**name).cmp(begin)).is_ok())
        })
    }
}

/// Two to four characters that begin with a surname.
fn looks_like_name(text: &str) -> bool {
    let is_long = LONG_SURNAMES.iter().any(|name| text.starts_with(name));
    let begins = is_long || text.chars().next().is_some_and(|first| SURNAMES.contains(first));
    begins && (2..=4).contains(&text.chars().count())
}

/// A text without blanks and characters that nobody sees.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c) && !is_unseen(*c)).collect()
}

const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// What stands before a group of digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing of this number.
    Begins,
    /// A hyphen or a blank, as in any number written in groups.
    Close,
    /// A mark that may as well separate numbers or be a decimal point.
    Loose,
}

/// Whether an id is made of a mobile number: other long numbers, such as codes of units, are none.
pub(super) fn is_made_of_phone(id: &str) -> bool {
    let mut runs = id.split(|c: char| !c.is_ascii_digit());
    runs.any(|run| is_phone(&[(Joint::Begins, run.to_owned())]))
}

/// Whether a text holds a run of digits as long as a phone number, in groups or not, that is no date. Digits are also those
/// of other writings: １３９, ①③⑨, 一三九.
pub(super) fn holds_number(text: &str) -> bool {
    let mut run: Vec<(Joint, String)> = Vec::new();
    let mut joint = Joint::Begins;
    let mut open = false;
    let chars: Vec<char> = text.chars().filter(|c| !is_unseen(*c)).chain(['字']).collect();
    let mut spoken = 0_usize;
    for (at, c) in chars.iter().copied().enumerate() {
        spoken = spoken.saturating_sub(1);
        if spoken == 0 {
            let length = chars[at..].iter().take_while(|c| spoken_digit(**c).is_some()).count();
            spoken = if length >= LEAST_DIGITS { length + 1 } else { 0 };
        }
        let value = digit(c).or_else(|| spoken_digit(c).filter(|_| spoken > 1));
        if let Some(value) = value {
            if !open {
                run.push((joint, String::new()));
                open = true;
                joint = Joint::Close;
            }
            run.last_mut().into_iter().for_each(|group| group.1.push(value));
        } else if run.is_empty() || c.is_alphanumeric() {
            if is_number(&run) {
                return true;
            }
            run.clear();
            (open, joint) = (false, Joint::Begins);
        } else {
            let is_close =
                matches!(c, '-' | '－' | '‐'..='―' | '−' | '_') || is_blank(c) && !matches!(c, '\n' | '\r' | '\t');
            joint = if open { Joint::Close } else { joint };
            joint = if is_close { joint } else { Joint::Loose };
            open = false;
        }
    }
    false
}

fn digit(c: char) -> Option<char> {
    /// First characters of further rows of ten digits.
    const ROWS: [u32; 9] = [0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6];
    /// First characters of rows from one to nine: ① ⑴ ⒈ ❶ ㈠.
    const FROM_ONE: [u32; 6] = [0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x3220];
    if c.is_ascii_digit() {
        return Some(c);
    }
    let code = u32::from(c);
    let row = ROWS
        .iter()
        .find(|row| (**row..**row + 10).contains(&code))
        .map(|row| code - row);
    let from_one = || {
        FROM_ONE
            .iter()
            .find(|row| (**row..**row + 9).contains(&code))
            .map(|row| code - row + 1)
    };
    let none = || matches!(c, '⓪' | '⓿').then_some(0);
    row.or_else(from_one)
        .or_else(none)
        .and_then(|value| char::from_digit(value, 10))
}

fn spoken_digit(c: char) -> Option<char> {
    let digits = [
        "〇零", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖",
    ];
    let value = digits.iter().position(|both| both.contains(c))?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}

fn is_number(run: &[(Joint, String)]) -> bool {
    // Hyphens and blanks join whatever they stand between.
    let begins = |at: &usize| *at == 0 || run[*at].0 == Joint::Loose;
    let starts: Vec<usize> = (0..run.len()).filter(begins).chain([run.len()]).collect();
    let close = starts.windows(2).any(|part| is_long(&run[part[0]..part[1]]));
    close
        || (0..run.len()).any(|from| {
            let most = run.len().min(from + MOST_GROUPS);
            (from + 1..=most).any(|to| is_phone(&run[from..to]))
        })
}

fn is_long(groups: &[(Joint, String)]) -> bool {
    let year = |group: &str| group.starts_with("19") || group.starts_with("20");
    let day = |group: &str| group.len() == 8 && year(group) && &group[4..6] <= "12" && &group[6..] <= "31";
    let groups: Vec<&str> = groups.iter().map(|g| &*g.1).filter(|group| !day(group)).collect();
    let dated =
        groups.first().is_some_and(|first| first.len() == 4 && year(first)) && groups.iter().all(|g| g.len() <= 4);
    !dated && groups.iter().map(|group| group.len()).sum::<usize>() >= LEAST_DIGITS
}

/// A mobile number (11 digits from 13 to 19), one with its area code, a service number, whatever stands between its groups.
fn is_phone(groups: &[(Joint, String)]) -> bool {
    let all: String = groups.iter().map(|g| &*g.1).collect();
    let first = groups.first().map_or("", |g| &*g.1);
    match all.len() {
        11 if ("13".."2").contains(&&*all) => true,
        10..=12 if groups.len() > 1 && first.starts_with('0') => (3..=4).contains(&first.len()),
        10 if groups.len() > 1 => all.starts_with("400") || all.starts_with("800"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, holds_number};

    #[test]
    fn numbers_of_phones_are_told_from_days_and_sums() {
        for text in [
            "电话13971234567",
            "139 7123 4567",
            "139-7123-4567",
            "１３９７１２３４５６７",
            "0715-4351234",
            "4351234",
            "2022-03-05 13971234567",
            "42122319800101123X",
            "139.7123.4567",
            "139/7123/4567",
            "139·7123·4567",
            "139,7123,4567",
            "139 – 7123 – 4567",
            "139~7123~4567",
            "139\u{a0}7123\u{a0}4567",
            "139\t7123\t4567",
            "139\n7123\n4567",
            "139+7123+4567",
            "139\u{200b}7123\u{200b}4567",
            "(0715)435-1234",
            "1987 1234 567",
            "1 3 9 7 1 2 3 4 5 6 7",
            "一三九七一二三四五六七",
            "①③⑨⑦①②③④⑤⑥⑦",
            "𝟏𝟑𝟗𝟕𝟏𝟐𝟑𝟒𝟓𝟔𝟕",
        ] {
            assert!(holds_number(text), "{text}");
        }
        for text in [
            "2022-03-05",
            "20220305",
            "2022年3月5日至2022年12月31日",
            "2022-03-05 2022-03-08",
            "2022.3.5、2022.3.8、2022.3.12",
            "110.7 万元",
            "106 国道",
            "投资 120000 元",
            "第 3-5 组",
            "300、400、500 户",
            "1,200,000 元",
            "一、二、三、四、五、六、七",
            "二〇二二年十一月二十二日",
            "甲 120 亩\n乙 3400 亩",
            "",
        ] {
            assert!(!holds_number(text), "{text}");
        }
    }

    #[test]
    fn names_are_found_with_and_without_blanks() {
        let mut names = Names::default();
        names.add("田 七");
        names.add_likely("鲁大海、林主任，村支书，欧阳志远");
        names.close();
        for text in ["找田七", "田\u{3000}七说", "主持鲁大海", "欧\u{200b}阳志远"] {
            assert!(names.are_in(text), "{text}");
        }
        for text in ["田里七亩", "村支书说", "修路"] {
            assert!(!names.are_in(text), "{text}");
        }
    }
}
