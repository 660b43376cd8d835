//! Receipts on paper: what a file that left holds, and what a merge took in.

use super::format;
use super::show;
use crate::desk::Desk;
use crate::exchange::Purpose;
use crate::exchange::sent::{Sent, short};
use crate::exchange::writing::{Holds, town_name};
use crate::model::date::Instant;
use crate::model::programmes::catalogue;
use crate::order::Arrange;
use crate::replica::{ChangeId, Record, RecordIx, Replica};
use crate::storage::{FileSource, ImportInfo};

/// A ledger on a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its label.
    pub label: String,
    /// Records that lists show.
    pub live: String,
    /// Deleted records that travel along.
    pub deleted: String,
}

/// One sheet of paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// `上报回执`, `备份清单`, `合并回执`.
    pub title: String,
    /// Labels and texts, in order.
    pub facts: Vec<(&'static str, String)>,
    /// What it holds, by ledger.
    pub rows: Vec<Row>,
    /// The sums.
    pub sum: Row,
    /// What the table counts.
    pub counted: &'static str,
    /// First 16 digits of the checksum, in groups of four; empty if it is not known.
    pub checksum: String,
    /// What to know of it.
    pub note: &'static str,
}

/// How a file that left is called on paper.
pub fn title(sent: &Sent) -> String {
    let purpose = purpose(&sent.purpose);
    match purpose {
        Some(Purpose::Report) => "上报回执".to_owned(),
        Some(purpose) if sent.sealed => format!("加密{}清单", purpose.label()),
        Some(purpose) => format!("{}清单", purpose.label()),
        None => "导出清单".to_owned(),
    }
}

fn purpose(code: &str) -> Option<Purpose> {
    Purpose::ALL.into_iter().find(|purpose| purpose.code() == code)
}

/// The receipt of a file that left.
pub fn of_sent(replica: &Replica, sent: &Sent) -> Receipt {
    let units = match sent.units.as_slice() {
        [] => "全镇".to_owned(),
        [unit] => show::unit_name(replica, unit),
        many => format!("{} 个村（社区）", many.len()),
    };
    let mut facts = vec![("镇（街道）", sent.town.clone()), ("单位", units)];
    if let Some(purpose) = purpose(&sent.purpose) {
        facts.push(("用途", purpose.label().to_owned()));
    }
    if !sent.task.is_empty() {
        facts.push(("任务", sent.task.clone()));
    }
    facts.push(("文件名", sent.name.clone()));
    facts.push(("文件大小", format!("{} 字节", number(sent.size))));
    facts.push(("导出人", sent.by.clone()));
    facts.push(("导出时间", minute(&sent.at)));
    let (rows, sum) = table(&sent.holds);
    Receipt {
        title: title(sent),
        facts,
        rows,
        sum,
        counted: "记录，条",
        checksum: grouped(&sent.sha256),
        note: match sent.sealed {
            true => "校验码是加密前内容的。打开文件要输入口令。",
            false => "校验码与数据文件最后一行的前 16 位相同，即为同一份内容。",
        },
    }
}

/// The receipts of a merge, one per file; `None` where it is not known (any more).
pub fn of_import(desk: &Desk, import: &ImportInfo) -> Vec<Receipt> {
    let when = minute(&import.meta.when);
    let one = |file: &FileSource| of_file(desk, import, file, &when);
    import.meta.files.iter().map(one).collect()
}

fn of_file(desk: &Desk, import: &ImportInfo, file: &FileSource, when: &str) -> Receipt {
    let replica = desk.replica();
    let mut records: Vec<RecordIx> = Vec::new();
    let mut changes = 0_u64;
    for (actor, from, to) in &file.runs {
        changes += u64::from(to - from) + 1;
        for n in *from..=*to {
            let id = ChangeId {
                actor: actor.as_str().into(),
                n,
            };
            records.extend(
                replica
                    .changes_with(&id)
                    .flat_map(|change| replica.head(change).records.iter().copied()),
            );
        }
    }
    records.arrange();
    records.dedup();
    let mut holds: Vec<Holds> = Vec::new();
    for record in records
        .iter()
        .filter_map(|&ix| replica.record(ix))
        .filter(|record| !replica.is_device(record))
    {
        let id = replica.ledger_id(record);
        let live = u64::from(record.is_live());
        let deleted = u64::from(!record.is_live() && !record.is(Record::JOINED));
        match holds.iter_mut().find(|held| held.ledger == id) {
            Some(held) => {
                held.live += live;
                held.deleted += deleted;
            }
            None => holds.push(Holds {
                ledger: id.to_owned(),
                live,
                deleted,
            }),
        }
    }
    let who = replica
        .device(&file.by)
        .map(|device| device.label.to_string())
        .filter(|label| !label.is_empty());
    let purpose = purpose(&import.meta.purpose).map_or("", Purpose::label);
    let facts = vec![
        ("镇（街道）", town_name(replica)),
        ("用途", purpose.to_owned()),
        ("文件名", file.name.clone()),
        ("导出人", who.unwrap_or_else(|| format::UNKNOWN.to_owned())),
        ("导出时间", minute(&file.at)),
        ("合并人", desk.signature()),
        ("合并时间", when.to_owned()),
        ("合入保存", format!("{} 次", number(changes))),
    ];
    let (rows, sum) = table(&holds);
    Receipt {
        title: "合并回执".to_owned(),
        facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        rows,
        sum,
        counted: "涉及记录，条",
        checksum: grouped(&file.sha256),
        note: "只列这份文件带来的新内容；校验码与对方回执上的相同，即为同一份文件。",
    }
}

/// Ledgers in the order they are declared in, those that this version does not know last.
fn table(holds: &[Holds]) -> (Vec<Row>, Row) {
    let catalogue = catalogue();
    let place = |held: &Holds| catalogue.all().iter().position(|ledger| ledger.id == held.ledger);
    let mut held: Vec<&Holds> = holds.iter().collect();
    held.arrange_by_key(|held| (place(held).unwrap_or(usize::MAX), held.ledger.clone()));
    let row = |label: String, live: u64, deleted: u64| Row {
        label,
        live: number(live),
        deleted: number(deleted),
    };
    let rows = held.iter().map(|held| {
        let label = catalogue
            .get(&held.ledger)
            .map_or(held.ledger.as_str(), |ledger| ledger.label);
        row(label.to_owned(), held.live, held.deleted)
    });
    let rows = rows.collect();
    let sum = |count: fn(&Holds) -> u64| holds.iter().map(count).sum();
    (
        rows,
        row("合计".to_owned(), sum(|held| held.live), sum(|held| held.deleted)),
    )
}

fn number(count: u64) -> String {
    format::count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// `2022年11月22日 09:30`, in local time.
fn minute(at: &str) -> String {
    let Some(at) = Instant::parse(at) else {
        return format::UNKNOWN.to_owned();
    };
    let (day, hour, minute) = at.office();
    let (year, month, day) = day.ymd();
    format!("{year}年{month}月{day}日 {hour:02}:{minute:02}")
}

/// `a1b2 c3d4 e5f6 0718`
pub fn grouped(sha256: &str) -> String {
    let mut out = String::new();
    for (place, digit) in short(sha256).chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
