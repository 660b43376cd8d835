//! Reading one file of the folder, in turns.

use super::shared::{FolderFile, SharedFolder, Standing, looks_ours};
use crate::exchange::file::{Content, Purpose};
use crate::exchange::reading::{ReadFile, read_file_in_turns};
use crate::model::notice::Notice;
use crate::replica::Replica;
use crate::storage::FileSource;
use crate::turns::Turns;

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

/// The town that a file names before there is one.
const NO_TOWN: &str = "本镇";

impl SharedFolder {
    /// Reads a file; what is to be merged, if anything. What the file is stands in [`files`](SharedFolder::files)
    /// afterwards.
    pub async fn read(
        &mut self,
        name: &str,
        bytes: Vec<u8>,
        here: &Here<'_>,
        turns: Turns<'_>,
    ) -> Option<Box<Content>> {
        let content = match read_file_in_turns(&bytes, &mut self.names, turns).await {
            Ok(ReadFile::Plain(content)) => content,
            Ok(ReadFile::Sealed(_)) => {
                let notice = Notice::warning("", "加密文件，不自动合并", "请在本页选择这个文件，输入口令后合并");
                self.stand(name, Standing::Apart(notice));
                return None;
            }
            Err(notice) => {
                self.reject(name, &bytes, notice, here.now);
                return None;
            }
        };
        drop(bytes);
        let mut content = self.accept(name, content, here)?;
        // Leaves out what is here already or was withdrawn.
        let mut wanted = Vec::new();
        for change in &content.changes {
            let withheld = here.withheld.iter().any(|file| file.brought(&change.id));
            wanted.push(!withheld && here.replica.lacks_in_turns(change, turns).await);
            turns.pause().await;
        }
        let mut keep = wanted.into_iter();
        content.changes.retain(|_| keep.next() == Some(true));
        (!content.changes.is_empty()).then_some(content)
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
    fn reject(&mut self, name: &str, bytes: &[u8], notice: Notice, now: i64) {
        let Some(file) = self.files.get_mut(name) else {
            return;
        };
        file.due = false;
        // Some sync programs make room with zeros before the content comes.
        let blank = bytes.iter().all(|&b| b == 0 || b.is_ascii_whitespace());
        let newer = matches!(notice.place.as_str(), "minReader" | "version");
        file.standing = if !looks_ours(name, bytes) {
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
