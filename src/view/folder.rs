//! The shared folder in words: how it stands, and its files.

use crate::desk::sharing::{Progress, Round};
use crate::exchange::folder::{FolderFile, Kept, SharedFolder, Standing};
use crate::model::date::Instant;
use crate::model::ledger::TypedRow;
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::Device;
use crate::model::records::Records;
use crate::model::status::Status;
use crate::order::Arrange;
use crate::replica::Replica;

/// Place of the notice that a click on 继续同步 does away with.
pub const RESUME: &str = "folder";

/// How sharing stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// No folder is shared.
    #[default]
    Off,
    /// A round is under way.
    Working(Progress),
    /// The last round is over.
    Ready {
        /// When it ended.
        at: Instant,
        /// The last one that brought or wrote something, and when.
        news: Option<(Instant, Round)>,
    },
    /// Paused by a person.
    Paused,
    /// The browser wants to ask the person again.
    Asks,
    /// The person said no.
    Denied,
    /// The folder is not there.
    Gone,
    /// Another window is at it.
    Elsewhere,
    /// Something failed; it is tried again.
    Held(Notice),
}

impl Sharing {
    /// Status, word for the tag, and one sentence.
    pub fn words(&self) -> (Status, &'static str, String) {
        let text = str::to_owned;
        match self {
            Sharing::Off => (Status::None, "未共享", String::new()),
            Sharing::Working(Progress::Reading(done, all)) => (Status::Ok, "同步中", format!("正在读取 {done}/{all}")),
            Sharing::Working(Progress::Taking) => (Status::Ok, "同步中", text("正在合并")),
            Sharing::Working(Progress::Writing(files)) => {
                (Status::Ok, "同步中", format!("正在写入，已写 {files} 个文件"))
            }
            Sharing::Ready { at, news } => (Status::Done, "已同步", ready(*at, *news)),
            Sharing::Paused => (Status::None, "已暂停", text("不读也不写，点继续同步恢复")),
            Sharing::Asks => (
                Status::Warn,
                "需要再次允许访问",
                text("浏览器要您再点一次允许，本机数据不受影响"),
            ),
            Sharing::Denied => (
                Status::Late,
                "不让访问",
                text("浏览器的设置不让本页读写这个文件夹，请点地址栏左边的图标改为允许，本机数据不受影响"),
            ),
            Sharing::Gone => (
                Status::Late,
                "找不到文件夹",
                text("可能移走、改名了，或U盘、网络盘没有连上。连上会自动继续，本机数据不受影响"),
            ),
            Sharing::Elsewhere => (Status::Ok, "同步中", text("本系统的另一个窗口正在同步")),
            Sharing::Held(notice) => (Status::Warn, "稍后再试", format!("{}；{}", notice.what, notice.todo)),
        }
    }

    /// What is told on every page, if anything.
    pub fn alarm(&self) -> Option<Notice> {
        let what = match self {
            Sharing::Asks => "共享文件夹需要再次允许访问",
            Sharing::Denied => "浏览器不让访问共享文件夹",
            Sharing::Gone => "找不到共享文件夹",
            _ => return None,
        };
        let place = if *self == Sharing::Asks { RESUME } else { "" };
        Some(Notice::warning(
            place,
            what,
            "在“合并文件”页的共享文件夹一栏处理，本机数据不受影响",
        ))
    }
}

/// What every page is no longer told, and what it is told now, when sharing stands as `now`; `told` is what it was told
/// last, whatever came between.
pub fn alarm_change(told: &mut Option<Notice>, now: &Sharing) -> Option<(Option<Notice>, Option<Notice>)> {
    let alarm = now.alarm();
    if *told == alarm {
        return None;
    }
    Some((std::mem::replace(told, alarm.clone()), alarm))
}

fn ready(at: Instant, news: Option<(Instant, Round)>) -> String {
    let clock = |at: Instant| {
        let (_, hour, minute) = at.office();
        format!("{hour:02}:{minute:02}")
    };
    let mut out = format!("上次同步 {}", clock(at));
    if let Some((when, round)) = news {
        let taken = (round.taken > 0).then(|| format!("收到 {} 次保存", round.taken));
        let written = (round.written > 0).then(|| format!("写出 {} 个文件", round.written));
        let parts: Vec<String> = taken.into_iter().chain(written).collect();
        out.push_str(&format!("；{} {}", clock(when), parts.join("，")));
    }
    out
}

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its name.
    pub name: String,
    /// Who wrote it; empty if not known.
    pub by: String,
    /// When, `2022-11-22 09:30`; empty if not known.
    pub when: String,
    /// How it stands.
    pub status: Status,
    /// The same in a word or two.
    pub word: &'static str,
    /// What there is to say about it; may be empty.
    pub note: String,
    /// It waits for the person's word.
    pub asks: bool,
}

impl FileRow {
    /// Whether a person should look at it.
    pub fn is_odd(&self) -> bool {
        matches!(self.status, Status::Warn | Status::Late)
    }
}

/// The files, those with a problem first, then the latest.
pub fn file_rows(folder: &SharedFolder, kept: &Kept, replica: &Replica) -> Vec<FileRow> {
    let mut rows: Vec<FileRow> = folder.files().map(|file| file_row(file, kept, replica)).collect();
    rows.arrange_by(|a, b| (b.is_odd(), &b.when, &a.name).cmp(&(a.is_odd(), &a.when, &b.name)));
    rows
}

fn file_row(file: &FolderFile, kept: &Kept, replica: &Replica) -> FileRow {
    let name = file.listed.name.clone();
    let words = |notice: &Notice| format!("{}；{}", notice.what, notice.todo);
    let (status, word, note) = match &file.standing {
        Standing::Unread | Standing::Foreign => (Status::None, "未读", String::new()),
        Standing::Taken if kept.wrote(&name, &file.sha256) => (Status::Ok, "本机写出", changes(file)),
        Standing::Taken => (Status::Ok, "已读取", changes(file)),
        Standing::Partial { .. } => (Status::None, "还没有传完", "稍后再读".to_owned()),
        Standing::Damaged => (
            Status::Late,
            "文件不完整",
            "很久没有传完，请看同步软件是否正常，或请写这个文件的人再同步一次".to_owned(),
        ),
        Standing::Apart(notice) => (Status::Warn, "没有合并", words(notice)),
        Standing::Asks(notice) => (Status::Warn, "等您确认", words(notice)),
    };
    let header = file.header.as_ref();
    let by = header.map(|header| device_name(replica, &header.exported_by));
    let when = header.map(|header| moment(header.exported_at));
    FileRow {
        name,
        by: by.unwrap_or_default(),
        when: when.unwrap_or_default(),
        status,
        word,
        note,
        asks: matches!(file.standing, Standing::Asks(_)),
    }
}

fn changes(file: &FolderFile) -> String {
    format!("{} 次保存", file.changes)
}

/// Who stands behind a device tag.
pub fn device_name(replica: &Replica, tag: &str) -> String {
    let device = replica.find(Device::SCHEMA, tag);
    let label = device.and_then(|cells| Device::of(cells).label());
    label.unwrap_or("未注明").to_owned()
}

/// `2022-11-22 09:30`
pub fn moment(at: Instant) -> String {
    let (day, hour, minute) = at.office();
    format!("{day} {hour:02}:{minute:02}")
}
