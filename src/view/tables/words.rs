//! Sentences about files, rows and imports.

use office::book::{MOST_BYTES, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Refusal, Remark};

use super::plan::Counts;
use crate::model::ledger::Ledger;
use crate::model::notice::Notice;
use crate::view::format;

/// A number of rows or records: `5,000`.
fn number(count: usize) -> String {
    format::count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What an import brought: `已导入后备干部：新增 12 名，更改 2 名`.
pub fn imported(ledger: &Ledger, counts: &Counts) -> String {
    let parts = [(counts.new, "新增"), (counts.changed, "更改")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, verb)| format!("{verb} {} {}", number(count), ledger.counted))
        .collect();
    format!("已导入{}：{}", ledger.label, parts.join("，"))
}

/// What is to be imported, on the button: `导入 14 条`; and why it cannot be. `taken` and `left` are how many columns are
/// taken and are not: rows of which most was not looked at are not called known.
pub fn button(counts: &Counts, taken: usize, left: usize) -> (String, String) {
    let ready = counts.new + counts.changed;
    let why = match counts {
        _ if ready > 0 => "",
        Counts { waits: 1.., .. } => "先回答上面的问题",
        Counts { wrong: 1.., .. } => "没有可以导入的行，请按下面的说明改正表格",
        Counts { same: 1.., .. } if left > taken => {
            let why =
                format!("只对上了 {taken} 栏，内容本机都有；另外 {left} 栏没有导入，请核对上面选的台账和各栏的对应");
            return (format!("导入 {} 条", number(ready)), why);
        }
        Counts { same: 1.., .. } => "表里的内容本机都有，没有要导入的",
        _ => "没有可以导入的行",
    };
    (format!("导入 {} 条", number(ready)), why.to_owned())
}

/// How many rows become what, in words.
pub fn counted(counts: &Counts) -> String {
    let all = [
        (counts.new, "新增"),
        (counts.changed, "更改"),
        (counts.same, "相同"),
        (counts.waits, "待确认"),
        (counts.wrong, "有误"),
        (counts.left_out, "不导入"),
    ];
    let some = all.into_iter().filter(|(count, _)| *count > 0);
    let some: Vec<String> = some
        .map(|(count, word)| format!("{word} {} 行", number(count)))
        .collect();
    match some.is_empty() {
        true => "没有读到记录".to_owned(),
        false => some.join("，"),
    }
}

/// Why a file is refused, in words for a person.
pub fn refused(refusal: &Refusal) -> Notice {
    let megabytes = MOST_BYTES / 1_000_000;
    let (what, todo) = match refusal {
        Refusal::Empty => ("文件是空的".to_owned(), "请重新导出或重新发送这个文件".to_owned()),
        Refusal::Password => (
            "文件有密码".to_owned(),
            "先在表格软件里去掉密码，另存后再选择".to_owned(),
        ),
        Refusal::Damaged => (
            "文件不完整或已损坏".to_owned(),
            "在表格软件里打开看看，能打开就另存为新文件再选择；不能就请对方重发".to_owned(),
        ),
        Refusal::Foreign(kind) if kind.is_empty() => (
            "这不是表格文件".to_owned(),
            "请选择 Excel、WPS 表格、CSV 文件".to_owned(),
        ),
        Refusal::Foreign(kind) => (
            format!("这是{kind}文件，不是表格"),
            "请选择 Excel、WPS 表格、CSV 文件；表格在文档里的，可以复制表格后在这里粘贴".to_owned(),
        ),
        Refusal::TooLarge => (
            format!("文件超过 {megabytes} MB"),
            "多数是空行、空列或图片占的；删去以后另存，或把表分成几个文件".to_owned(),
        ),
        Refusal::TooMuch => (
            "文件展开以后太大，已停止读取".to_owned(),
            "请在表格软件里打开，把要导入的部分复制到新文件".to_owned(),
        ),
    };
    Notice::error("file", what, todo)
}

/// Why a file that looks like a workbook is refused among files to be merged: there it may be a data file that was packed.
pub fn refused_to_merge(refusal: &Refusal) -> Notice {
    let (what, todo) = match refusal {
        Refusal::Foreign(kind) if kind == "压缩包" => (
            "这是压缩包，不是本系统导出的数据文件".to_owned(),
            "请先解压，再选择里面的文件",
        ),
        Refusal::Foreign(kind) => (
            format!("这是{kind}文件，不是本系统导出的数据文件，也不是填报表格"),
            "请选择 .json 数据文件，或村里发回的填报表格",
        ),
        Refusal::Damaged => (
            "不是本系统导出的数据文件；像是表格或压缩包，但不完整或已损坏".to_owned(),
            "请对方重发，压缩包请先解压",
        ),
        other => return refused(other),
    };
    Notice::error("file", what, todo)
}

/// The place of a notice about a form that came back.
pub const FORM: &str = "form";

/// Why a form that came back is not imported as rows of a table. `unit`: the name of its unit; empty: not known.
pub fn elsewhere(unit: &str) -> Notice {
    let whose = if unit.is_empty() { "村（社区）" } else { unit };
    Notice::warning(
        FORM,
        format!("这是{whose}发回的填报表"),
        "请到“收发”页选择它，收下后记为这个村（社区）的上报",
    )
}

/// Whether a file begins as the data files of this program do.
pub fn looks_like_data(bytes: &[u8]) -> bool {
    let start = bytes
        .strip_prefix(&[0xef, 0xbb, 0xbf])
        .unwrap_or(bytes)
        .trim_ascii_start();
    let named = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    named.is_some_and(|rest| rest.starts_with(b"\"format\"") && contains(&rest[..rest.len().min(64)], b"tiancheng"))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Why a data file is not read as a table.
pub fn data_file() -> Notice {
    Notice::warning(FORM, "这是数据文件，不是表格", "请到“收发”页选择它")
}

/// What is remarked about a file that was read.
pub fn remark(remark: &Remark) -> String {
    match remark {
        Remark::CutRow(row) => format!("第 {row} 行不完整（文件在一个字的中间断了），没有读入，请核对原文件"),
        Remark::MoreSheets(all) => format!("共有 {all} 张工作表，只读前 {MOST_SHEETS} 张"),
        Remark::MoreRows(sheet) => format!("工作表“{sheet}”超过 {MOST_ROWS} 行，后面的没有读入，请分成几个文件"),
        Remark::MoreColumns(sheet) => format!("工作表“{sheet}”超过 {MOST_COLUMNS} 列，后面的没有读入"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_files_are_known_by_their_first_words() {
        assert!(looks_like_data(b"{\n\"format\":\"tiancheng-ledger\",\n\"version\":1}"));
        assert!(looks_like_data(b"\xef\xbb\xbf{ \"format\": \"tiancheng-ledger\" }"));
        assert!(!looks_like_data(b"{\"a\":1}"));
        assert!(!looks_like_data(b"format,tiancheng"));
        assert!(!looks_like_data(b""));
    }

    #[test]
    fn rows_of_which_most_was_not_looked_at_are_not_called_known() {
        let counts = Counts {
            same: 3,
            ..Counts::default()
        };
        assert_eq!(button(&counts, 3, 1).1, "表里的内容本机都有，没有要导入的");
        assert!(button(&counts, 1, 6).1.contains("另外 6 栏没有导入"));
        let counts = Counts { new: 2, ..counts };
        assert_eq!(button(&counts, 1, 6), ("导入 2 条".to_owned(), String::new()));
    }
}
