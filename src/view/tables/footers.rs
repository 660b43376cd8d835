//! Rows that are no records: titles, totals, signatures and notes.

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

/// Whether a row is a total, a signature or a note under the table: `合 计`, `填表人：…`; its cells as texts.
pub fn is_footer(cells: &[String]) -> Option<Skipped> {
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
    let packed = |cell: &String| cell.split_whitespace().collect::<String>();
    let first = cells.iter().find(|cell| !cell.is_empty()).map(packed);
    let first = first.unwrap_or_default();
    let head = first.split([':', '：']).next().unwrap_or_default();
    let is_sum = |cell: &str| SUMS.contains(&cell);
    if cells.iter().map(packed).any(|cell| is_sum(&cell)) || SUMS.iter().any(|word| head.ends_with(word)) {
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
pub fn is_total(cells: &[String]) -> bool {
    let first = cells.iter().find(|cell| !cell.is_empty());
    first.is_some_and(|cell| cell == "合计" || cell == "最近一次合计")
}
