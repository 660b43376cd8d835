//! How words are set on a sheet: their width, the lines of a title, the place of a signature, columns in the middle.
//!
//! Widths are in half characters: a Chinese character has two, a digit or a Latin letter one.

use super::block::Table;

/// Width of a text.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Room of a line of the title: 156 mm in 二号 on a sheet of the norm, 170 mm in 小二 on a single page. One character less
/// than that: digits of a face that stands in for 小标宋 are wider than half a character.
pub const fn title_room(one_page: bool) -> usize {
    if one_page { 50 } else { 38 }
}

/// Words that stay whole at the end of a line of a title.
const WHOLE: [&str; 16] = [
    "同志",
    "申请",
    "发展",
    "对象",
    "预备",
    "党员",
    "工作",
    "情况",
    "公示",
    "请示",
    "报告",
    "委员",
    "社区",
    "片区",
    "上半年",
    "下半年",
];

/// Whether a word lies over a place of a text.
fn is_within_word(text: &str, at: usize) -> bool {
    WHOLE.iter().any(|word| {
        let mut found = text.match_indices(word);
        found.any(|(start, word)| start < at && at < start + word.len())
    })
}

/// A title that is longer than a line in two lines of about the same length, broken where words end.
pub fn title_lines(text: &str, room: usize) -> String {
    let all = width(text);
    if all <= room || all > room * 2 || text.contains('\n') {
        return text.to_owned();
    }
    let breaks = text.char_indices().skip(1).filter_map(|(at, next)| {
        let (left, right) = text.split_at(at);
        let before = left.chars().next_back()?;
        let (own, other) = (width(left), width(right));
        let is_room = own <= room && other <= room;
        let is_split = is_within_word(text, at)
            || before.is_ascii() && next.is_ascii()
            || before.is_ascii_digit() && "年月日号".contains(next);
        let is_sign = "，。、；：”）》’—〕的".contains(next) || "“（《‘〔".contains(before);
        let ends_word = "镇村区县年月度的”》".contains(before)
            || left.ends_with("同志")
            || ["关于", "党建", "工作", "情况"]
                .iter()
                .any(|word| right.starts_with(word));
        let cost = own.abs_diff(other) + if ends_word { 0 } else { 10 };
        (is_room && !is_split && !is_sign).then_some((cost, at))
    });
    match breaks.min() {
        Some((_, at)) => format!("{}\n{}", &text[..at], &text[at..]),
        None => text.to_owned(),
    }
}

/// Distance of the date from the right: four characters (GB/T 9704—2012, 7.3.5).
pub const DATE_INDENT: usize = 8;

/// Distance of a signature from the right: its middle stands over that of the date.
pub fn signature_indent(signature: &str, date: &str) -> usize {
    (DATE_INDENT * 2 + width(date)).saturating_sub(width(signature)) / 2
}

/// Widest cell that stands in the middle of its column: a day in words, a share with its numbers.
const SHORT: usize = 20;

/// Which columns of a table with heads hold nothing but short words: they stand in the middle.
pub fn centred(table: &Table) -> Vec<bool> {
    let is_short = |at: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(at));
        cells.all(|cell| width(&cell.text) <= SHORT && !cell.text.contains('\n'))
    };
    let columns = 0..table.widths.len();
    columns.map(|at| !table.head.is_empty() && is_short(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::paper::block::Run;

    #[test]
    fn a_long_title_has_two_lines_of_about_the_same_length() {
        for (title, lines) in [
            ("天城镇2022年11月党建工作情况汇报", "天城镇2022年11月党建工作情况汇报"),
            (
                "天城镇蛤蟆石村2022年下半年党建工作情况汇报",
                "天城镇蛤蟆石村2022年\n下半年党建工作情况汇报",
            ),
            (
                "关于确定示例申请人02同志为发展对象的备案报告",
                "关于确定示例申请人02同志\n为发展对象的备案报告",
            ),
            (
                "关于抓紧上报“二〇二二年十一月党建工作台账”的通知",
                "关于抓紧上报“二〇二二年\n十一月党建工作台账”的通知",
            ),
        ] {
            assert_eq!(title_lines(title, title_room(false)), lines);
        }
        // Neither a number nor what it counts is broken.
        assert_eq!(
            title_lines("甲乙丙丁123456年甲乙丙丁", 20),
            "甲乙丙丁123456年\n甲乙丙丁"
        );
        // More than two lines are left to the program.
        assert!(!title_lines(&"党".repeat(41), title_room(false)).contains('\n'));
    }

    /// 中共天城镇委员会 has 16 halves, the date 15: four characters, half of 15, less half of 16.
    #[test]
    fn a_signature_stands_over_the_middle_of_its_date() {
        assert_eq!(
            signature_indent("中共天城镇委员会", "2022年11月22日"),
            (16 + 14 - 16) / 2
        );
        assert_eq!(signature_indent("中共天城镇七星社区总支部委员会", "2022年11月2日"), 0);
    }

    #[test]
    fn columns_of_short_words_stand_in_the_middle() {
        let row = |cells: [&str; 3]| cells.map(Run::plain).to_vec();
        let table = |head: &[&str]| Table {
            head: head.iter().map(|name| (*name).to_owned()).collect(),
            widths: vec![1, 1, 1],
            rows: vec![
                row(["1", "2022年11月22日", "按时参加学习，主动参加"]),
                row(["2", "", "\n\n"]),
            ],
            ..Table::default()
        };
        assert_eq!(centred(&table(&["序号", "日期", "意见"])), [true, true, false]);
        assert_eq!(centred(&table(&[])), [false; 3]);
    }
}
