//! Reading one file of the folder, in slices.

use super::shared::{FolderFile, SharedFolder, Standing, looks_ours};
use crate::exchange::file::{Content, Purpose};
use crate::exchange::reading::{ReadFile, Reading};
use crate::model::notice::Notice;
use crate::replica::Replica;
use crate::storage::FileSource;
use crate::turns::Pause;

/// What holds on this device while files are read.
pub struct Here<'a> {
    /// The records.
    pub replica: &'a Replica,
    /// Files of withdrawn imports: what came in with them is not taken in again by itself.
    pub withheld: &'a [FileSource],
    /// Name of the town; `None` where there is no town yet, which takes in any.
    pub town: Option<&'a str>,
    /// Now, in seconds.
    pub now: i64,
}

/// A file that is being read.
pub struct Perusal {
    name: String,
    bytes: Vec<u8>,
    work: Work,
}

enum Work {
    Read(Box<Reading>),
    /// Leaves out what is here already or was withdrawn: whether each change so far is wanted.
    Sift(Box<Content>, Vec<bool>),
}

/// The town that a file names before there is one.
const NO_TOWN: &str = "本镇";

impl Perusal {
    /// Begins a file.
    pub fn new(name: &str, bytes: Vec<u8>) -> Perusal {
        Perusal {
            name: name.to_string(),
            bytes,
            work: Work::Read(Box::default()),
        }
    }
}

impl SharedFolder {
    /// Reads on until `pause` asks to stop: `None` when there is more to read, else what is to be merged, if anything.
    /// What the file is stands in [`files`](SharedFolder::files) afterwards.
    pub fn peruse(&mut self, perusal: &mut Perusal, here: &Here<'_>, pause: Pause<'_>) -> Option<Option<Box<Content>>> {
        loop {
            match &mut perusal.work {
                Work::Read(reading) => match reading.step(&perusal.bytes, &mut self.names, pause)? {
                    Ok(ReadFile::Plain(content)) => match self.accept(&perusal.name, content, here) {
                        Some(content) => perusal.work = Work::Sift(content, Vec::new()),
                        None => return Some(None),
                    },
                    Ok(ReadFile::Sealed(_)) => {
                        let notice =
                            Notice::warning("", "加密文件，不自动合并", "请在本页选择这个文件，输入口令后合并");
                        self.stand(&perusal.name, Standing::Apart(notice));
                        return Some(None);
                    }
                    Err(notice) => {
                        self.reject(perusal, notice, here.now);
                        return Some(None);
                    }
                },
                Work::Sift(content, wanted) => {
                    while let Some(change) = content.changes.get(wanted.len()) {
                        let withheld = here.withheld.iter().any(|file| file.brought(&change.id));
                        wanted.push(!withheld && here.replica.lacks(change));
                        if pause() {
                            return None;
                        }
                    }
                    let mut keep = std::mem::take(wanted).into_iter();
                    content.changes.retain(|_| keep.next() == Some(true));
                    let empty = content.changes.is_empty();
                    let Work::Sift(content, _) = std::mem::replace(&mut perusal.work, Work::Read(Box::default()))
                    else {
                        return Some(None);
                    };
                    return Some((!empty).then_some(content));
                }
            }
        }
    }

    /// Notes a file that was read, and whether it may be merged.
    fn accept(&mut self, name: &str, content: Box<Content>, here: &Here<'_>) -> Option<Box<Content>> {
        let allowed = self.allowed.contains(name);
        let header = content.header.clone();
        let other = here
            .town
            .is_some_and(|town| town != header.town && header.town != NO_TOWN && town != NO_TOWN);
        let standing = if header.purpose == Purpose::Redacted {
            let todo = "其中没有个人信息；要合并请在本页选择这个文件";
            Standing::Apart(Notice::warning("", "脱敏文件，不自动合并", todo))
        } else if other && !allowed {
            let what = format!("来自{}，不是本镇的数据", header.town);
            Standing::Asks(Notice::warning("", what, "核对无误再合并"))
        } else {
            Standing::Taken
        };
        let taken = standing == Standing::Taken;
        self.stand(name, standing);
        if let Some(file) = self.files.get_mut(name) {
            file.header = Some(header);
            file.sha256 = content.sha256.clone();
            file.changes = content.changes.len();
        }
        if taken {
            self.release(name);
            self.hold(name, &content.changes);
        }
        taken.then_some(content)
    }

    /// Lets go of what a file held before it changed.
    fn release(&mut self, name: &str) {
        let Some(file) = self.files.get(name).filter(|file| !file.held.is_empty()) else {
            return;
        };
        let file = file.clone();
        self.forget(name);
        let file = FolderFile {
            held: Vec::new(),
            ..file
        };
        self.files.insert(name.to_string(), file);
    }

    /// Tells what cannot be read apart: not whole yet, of a newer version, or somebody else's.
    fn reject(&mut self, perusal: &Perusal, notice: Notice, now: i64) {
        let Some(file) = self.files.get_mut(&perusal.name) else {
            return;
        };
        file.due = false;
        // Some sync programs make room with zeros before the content comes.
        let blank = perusal.bytes.iter().all(|&b| b == 0 || b.is_ascii_whitespace());
        let newer = matches!(notice.place.as_str(), "minReader" | "version");
        file.standing = if !looks_ours(&perusal.name, &perusal.bytes) {
            Standing::Foreign
        } else if newer && !blank {
            Standing::Apart(notice)
        } else {
            match file.standing {
                Standing::Partial { since } => Standing::Partial { since },
                _ => Standing::Partial { since: now },
            }
        };
    }

    fn stand(&mut self, name: &str, standing: Standing) {
        if let Some(file) = self.files.get_mut(name) {
            file.due = false;
            file.standing = standing;
        }
    }
}
