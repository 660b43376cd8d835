//! A batch of files before it is merged: what it does in six counts, and in one sentence.

use super::exchange::{DistrictRow, unit_names};
use super::leaving::records;
use crate::exchange::preview::{Effect, FilePreview};
use crate::exchange::{Outcome, Preview, Purpose};
use crate::replica::Replica;

/// What a batch does, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files chosen.
    pub files: usize,
    /// What those that can be merged do; deleted and joined records are not among the changed ones.
    pub effect: Effect,
    /// Files that bring nothing or are refused.
    pub left_out: usize,
    /// Files that can be merged.
    pub mergeable: usize,
    /// Files that wait for their passphrase.
    pub sealed: usize,
}

impl Tally {
    /// Of a batch.
    pub fn of(preview: &Preview) -> Tally {
        let mut tally = Tally {
            files: preview.files.len(),
            ..Tally::default()
        };
        for file in &preview.files {
            match &file.outcome {
                Outcome::Brings(effect) => {
                    tally.mergeable += 1;
                    tally.effect.new += effect.new;
                    tally.effect.changed += effect.changed - effect.gone();
                    tally.effect.deleted += effect.deleted;
                    tally.effect.joined += effect.joined;
                    tally.effect.conflicts += effect.conflicts;
                    tally.effect.pending += effect.pending;
                }
                Outcome::Sealed(_) => tally.sealed += 1,
                Outcome::NothingNew | Outcome::SameAs(_) | Outcome::Refused(_) => tally.left_out += 1,
            }
        }
        tally
    }
}

/// The preview in one sentence: whose files came, what they bring, how much wants a look. `board` is that of the units,
/// where many files came; `looks` counts the records to look at.
pub fn sentence(here: &Replica, preview: &Preview, board: Option<&[DistrictRow]>, looks: usize) -> String {
    let tally = Tally::of(preview);
    match (preview.files.as_slice(), board) {
        ([file], _) => one(here, preview, file, looks),
        (_, board) => many(&tally, board, looks),
    }
}

fn one(here: &Replica, preview: &Preview, file: &FilePreview, looks: usize) -> String {
    let whose = whose(here, preview, file);
    match &file.outcome {
        Outcome::Brings(effect) => {
            let ends = match looks {
                0 => "可以合并。".to_owned(),
                looks => format!("有 {} 处要您看一眼，不看也可以合并。", said(looks)),
            };
            format!("{whose}{}，{ends}", brings(effect, effect.changed - effect.gone()))
        }
        Outcome::NothingNew => format!("{whose}没有新内容，本机都有了，不用合并。"),
        Outcome::SameAs(twin) => format!("和{twin}内容相同，不用合并。"),
        Outcome::Sealed(_) => "这个文件加了密，请在下面输入口令。".to_owned(),
        Outcome::Refused(notice) => format!("这个文件不能合并：{}。", notice.what),
    }
}

/// Who sent a file, of which unit: `镇里发给寺前村的文件：`.
fn whose(here: &Replica, preview: &Preview, file: &FilePreview) -> String {
    let Some(header) = &file.header else {
        return "这个文件：".to_owned();
    };
    let units = &header.scope.units;
    let named = match units.len() {
        0 => String::new(),
        1 => unit_names(here, &preview.after, units),
        many => format!("{many} 个村（社区）"),
    };
    match header.purpose {
        Purpose::Dispatch if named.is_empty() => "镇里下发的文件：".to_owned(),
        Purpose::Dispatch => format!("镇里发给{named}的文件："),
        Purpose::Report if named.is_empty() => "上报文件：".to_owned(),
        Purpose::Report => format!("{named}的上报："),
        Purpose::Backup | Purpose::Redacted | Purpose::Share => format!("{}文件：", header.purpose.label()),
    }
}

fn brings(effect: &Effect, changed: usize) -> String {
    let parts = [
        ("新增", effect.new),
        ("修改", changed),
        ("删除", effect.deleted),
        ("并为一条", effect.joined),
    ];
    let parts = parts.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(word, count)| format!("{word} {} 条", said(*count)))
        .collect();
    match parts.is_empty() {
        true => "没有改动看得见的内容".to_owned(),
        false => parts.join("，"),
    }
}

fn many(tally: &Tally, board: Option<&[DistrictRow]>, looks: usize) -> String {
    let mut out = format!("{} 个文件读完：", said(tally.files));
    if let Some(board) = board {
        let came: usize = board.iter().map(DistrictRow::reported).sum();
        let all: usize = board.iter().map(|row| row.units.len()).sum();
        // Reports do not bring the list of units.
        if all > 0 {
            out += &format!("{came} 个村（社区）有文件，{} 个没有；", all - came);
        }
    }
    out += &match tally.mergeable {
        0 => "没有可以合并的内容".to_owned(),
        _ => brings(&tally.effect, tally.effect.changed),
    };
    for (count, words) in [(tally.left_out, "个重复或拒收"), (tally.sealed, "个等您输入口令")] {
        if count > 0 {
            out += &format!("，{} {words}", said(count));
        }
    }
    out += &match (tally.mergeable, looks) {
        (0, _) => "。".to_owned(),
        (_, 0) => "；可以直接合并。".to_owned(),
        (_, looks) => format!("；有 {} 处要您看一眼，其余可以直接合并。", said(looks)),
    };
    out
}

/// A count as it is read: `1,254`.
pub fn said(count: usize) -> String {
    records(u64::try_from(count).unwrap_or(u64::MAX))
}
