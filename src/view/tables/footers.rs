//! Rows that are no records: titles, totals, signatures and notes.

use crate::view::cells::{clean, one_line};

/// Why a row is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skipped {
    /// It stands above the headings.
    Title,
    /// A total or subtotal.
    Total,
    /// A signature or a note below the table.
    Signature,
}

impl Skipped {
    /// 标题, 合计, 落款.
    pub fn label(self) -> &'static str {
        match self {
            Skipped::Title => "标题",
            Skipped::Total => "合计",
            Skipped::Signature => "落款、说明",
        }
    }
}

/// Whether a row is a total, a signature or a note under the table: `合 计`, `填表人：…`; its cells as they stand.
pub fn is_footer(cells: &[&str]) -> Option<Skipped> {
    const SUMS: [&str; 5] = ["合计", "小计", "总计", "共计", "累计"];
    const SIGNED: [&str; 16] = [
        "填表",
        "填报",
        "制表",
        "审核",
        "审批",
        "负责人",
        "经办",
        "联系人",
        "联系电话",
        "统计",
        "上报",
        "日期",
        "单位（盖章）",
        "备注",
        "说明",
        "注",
    ];
    /// Longest cell that can be one of the sums, in bytes, blanks between its characters included.
    const LONGEST: usize = 60;
    let packed = |cell: &str| clean(cell).split_whitespace().collect::<String>();
    let first = cells.iter().map(|cell| packed(cell)).find(|cell| !cell.is_empty());
    let first = first.unwrap_or_default();
    let head = first.split([':', '：']).next().unwrap_or_default();
    let is_sum = |cell: &str| SUMS.contains(&cell);
    let mut short = cells.iter().filter(|cell| cell.len() <= LONGEST && cell.contains('计'));
    if short.any(|cell| is_sum(&packed(cell))) || SUMS.iter().any(|word| head.ends_with(word)) {
        return Some(Skipped::Total);
    }
    let before = first.find([':', '：']).map_or("", |at| &first[..at]);
    let signed = SIGNED.iter().any(|word| before.contains(word));
    let filled_in = ["填表人", "填报人", "制表人"]
        .iter()
        .any(|word| first.starts_with(word));
    (signed || filled_in).then_some(Skipped::Signature)
}

/// Whether a row of our own is the total.
pub fn is_total(cells: &[&str]) -> bool {
    let first = cells.iter().map(|cell| one_line(cell)).find(|cell| !cell.is_empty());
    first.is_some_and(|cell| cell == "合计" || cell == "最近一次合计")
}
