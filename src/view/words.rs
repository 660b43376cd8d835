//! Words that differ by who reads them: a secretary reads none of the trade. What is not here is worded alike for all.

use crate::model::ledger::Role;

/// One thing, as it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    usual: &'static str,
    /// For a secretary.
    unit: &'static str,
}

impl Word {
    /// What it is called for a role.
    pub fn for_role(self, role: Role) -> &'static str {
        match role {
            Role::Unit => self.unit,
            Role::Town | Role::District | Role::Guide | Role::Viewer => self.usual,
        }
    }
}

const fn word(usual: &'static str, unit: &'static str) -> Word {
    Word { usual, unit }
}

/// Counting by two fields at once.
pub const CROSS_TABLE: Word = word("交叉统计", "分类统计");
/// The plain table that any program reads.
pub const PLAIN_TABLE: Word = word("导出 CSV", "导出简单表格");
/// What kinds of files hold tables.
pub const TABLES: Word = word(
    "Excel、WPS 表格、CSV 都可以，也可把文件拖到这里，或复制单元格后在本页按 Ctrl+V。先预览，确认后才导入。",
    "Excel、WPS 表格都可以，也可复制单元格粘贴到下面。先预览，确认后才导入。",
);

/// Every word, for the test that looks for words of the trade.
pub const ALL: [Word; 3] = [CROSS_TABLE, PLAIN_TABLE, TABLES];
