//! What is known of the folder and its files, and what is to be done with them.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::own::Kept;
use crate::exchange::file::{Header, MAX_BYTES, Purpose, too_large};
use crate::model::notice::Notice;
use crate::replica::wire::Names;
use crate::replica::{Change, ChangeId, Replica};

/// Seconds after which a file that is still not whole is called damaged.
const PATIENCE: i64 = 600;
/// Seconds for which a file that went away still counts: a sync program may bring what replaces it a little later.
const AWAY: i64 = 600;

/// A file as the folder lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Name with its ending.
    pub name: String,
    /// In bytes.
    pub size: usize,
    /// When it was written, in milliseconds since 1970, by the clock of whoever wrote it.
    pub modified: i64,
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not read yet.
    Unread,
    /// Read; what it brings is here, unless it was withdrawn.
    Taken,
    /// Not whole yet: read again at the next round.
    Partial {
        /// When it was first seen so, in seconds.
        since: i64,
    },
    /// Still not whole after a long time; left where it is.
    Damaged,
    /// Ours, but not taken in from a folder: what it is and what to do.
    Apart(Notice),
    /// Taken in only when a person says so, and why.
    Asks(Notice),
    /// Somebody else's.
    Foreign,
}

/// A file of the folder.
#[derive(Clone, Debug)]
pub struct FolderFile {
    /// As it was listed last.
    pub listed: Listed,
    /// What is known of it.
    pub standing: Standing,
    /// What it says about itself, once read.
    pub header: Option<Header>,
    /// How many changes it holds, once read.
    pub changes: usize,
    /// Its checksum, once read.
    pub sha256: String,
    /// It is to be read in this round.
    pub(super) due: bool,
    /// Since when it is not listed any more.
    pub(super) gone: Option<i64>,
    pub(super) held: Held,
}

/// Changes of a file: actor, serial number, written fields.
pub(super) type Held = Vec<(u32, u32, u32)>;

/// Version and number of changes of the records, and generation of the folder. The number as well, since records built
/// anew count their versions anew.
pub(super) type Stand = (u64, usize, u64);

/// What this page knows of the folder. Begins empty at every page load, so that everything is read and checked anew.
#[derive(Default)]
pub struct SharedFolder {
    pub(super) files: BTreeMap<String, FolderFile>,
    /// Files that a person allowed although they ask.
    pub(super) allowed: BTreeSet<String>,
    pub(super) actors: HashMap<String, u32>,
    /// The most written fields that any file holds of a change.
    pub(super) held: HashMap<(u32, u32), u32>,
    /// Grows with what the folder holds.
    generation: u64,
    /// The records, and what the folder held, when nothing was missing.
    pub(super) complete_at: Option<Stand>,
    /// How often a file went that held something: now, and when nothing was missing.
    pub(super) losses: u64,
    pub(super) losses_at: u64,
    /// The last change of then; another one stands there where the records were built anew.
    pub(super) last_at: Option<ChangeId>,
    pub(super) names: Names,
}

impl SharedFolder {
    /// Takes note of what is in the folder now. `now` in seconds since 1970.
    pub fn look(&mut self, listing: Vec<Listed>, now: i64) {
        let mut present = BTreeSet::new();
        for listed in listing {
            present.insert(listed.name.clone());
            match self.files.get_mut(&listed.name) {
                Some(file) if file.listed == listed => file.seen_again(now),
                Some(file) => {
                    file.listed = listed;
                    file.due = true;
                    file.gone = None;
                    file.standing = Standing::Unread;
                }
                None => {
                    self.files.insert(listed.name.clone(), FolderFile::new(listed));
                }
            }
        }
        let mut lost = Vec::new();
        for (name, file) in &mut self.files {
            if !present.contains(name) {
                let since = *file.gone.get_or_insert(now);
                if (now - since).abs() > AWAY {
                    lost.push(name.clone());
                }
            }
        }
        for name in lost {
            self.forget(&name);
        }
    }

    /// Takes note of a file that was just written.
    pub fn add(&mut self, listed: Listed) {
        self.files.insert(listed.name.clone(), FolderFile::new(listed));
    }

    /// The files to read in this round, smallest first, so that news is not kept waiting by a large one.
    pub fn due(&self) -> Vec<String> {
        use crate::order::Arrange;
        let mut due: Vec<&FolderFile> = self.files.values().filter(|f| f.due && f.gone.is_none()).collect();
        due.arrange_by_key(|file| file.listed.size);
        due.into_iter().map(|file| file.listed.name.clone()).collect()
    }

    /// Whether a name is in use, as far as was looked.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// What is known of a file.
    pub fn standing(&self, name: &str) -> Option<&Standing> {
        self.files.get(name).map(|file| &file.standing)
    }

    /// The checksum of a file, once read.
    pub fn sha256(&self, name: &str) -> Option<&str> {
        let file = self.files.get(name)?;
        (!file.sha256.is_empty()).then_some(file.sha256.as_str())
    }

    /// Whether a file of this name, known or not, tells of a copied profile.
    pub fn has_foreign_file(&self, kept: &Kept) -> bool {
        let files = self.files.iter().filter(|(_, file)| file.gone.is_none());
        files
            .into_iter()
            .any(|(name, _)| kept.has_foreign_file_with_my_tag(name, self.sha256(name)))
    }

    /// Whether a file may be read at all; notes the refusal of one that is too large.
    pub fn admits(&mut self, name: &str) -> bool {
        let Some(file) = self.files.get_mut(name) else {
            return false;
        };
        if file.listed.size <= MAX_BYTES {
            return true;
        }
        file.due = false;
        file.standing = if looks_ours(name, b"") {
            Standing::Apart(too_large(file.listed.size))
        } else {
            Standing::Foreign
        };
        false
    }

    /// The files that are there and concern people, by name.
    pub fn files(&self) -> impl Iterator<Item = &FolderFile> {
        let shown = |file: &&FolderFile| file.gone.is_none() && file.standing != Standing::Foreign;
        self.files.values().filter(shown)
    }

    /// Notes that a file cannot be read just now, as when another program is writing it.
    pub fn wait(&mut self, name: &str, now: i64) {
        if let Some(file) = self.files.get_mut(name) {
            file.due = false;
            if !matches!(file.standing, Standing::Partial { .. }) {
                file.standing = Standing::Partial { since: now };
            }
        }
    }

    /// Lets files be taken in although they ask.
    pub fn allow(&mut self, names: &[String]) {
        for name in names {
            if let Some(file) = self.files.get_mut(name) {
                file.due = true;
                file.standing = Standing::Unread;
                self.allowed.insert(name.clone());
            }
        }
    }

    /// Whether all of these were allowed.
    pub fn allows(&self, names: &[String]) -> bool {
        names.iter().all(|name| self.allowed.contains(name))
    }

    /// Leaves files until a person says otherwise.
    pub fn ask(&mut self, names: &[String], why: &Notice) {
        for name in names {
            if let Some(file) = self.files.get_mut(name) {
                file.standing = Standing::Asks(why.clone());
            }
        }
    }

    /// Reads files again in the next round, because their content could not be kept.
    pub fn read_again(&mut self, names: &[String]) {
        for name in names {
            if let Some(file) = self.files.get_mut(name) {
                file.due = true;
                file.standing = Standing::Unread;
            }
        }
    }

    /// Forgets a file that was removed.
    pub fn forget(&mut self, name: &str) {
        if self.files.remove(name).is_some_and(|file| !file.held.is_empty()) {
            self.held.clear();
            for file in self.files.values() {
                for &(actor, n, cells) in &file.held {
                    let most = self.held.entry((actor, n)).or_insert(0);
                    *most = cells.max(*most);
                }
            }
            self.generation += 1;
            self.losses += 1;
        }
    }

    /// Notes which changes a file holds.
    pub(super) fn hold(&mut self, name: &str, changes: &[Change]) {
        let mut held: Held = Vec::new();
        for change in changes {
            let actor = self.actor(&change.id.actor);
            let cells = change.set.iter().map(|patch| patch.cells.len()).sum::<usize>();
            // Limits on reading keep this far below.
            let cells = u32::try_from(cells).unwrap_or(u32::MAX);
            match held.last_mut() {
                // Contents that share an id stand one after the other.
                Some((a, n, sum)) if (*a, *n) == (actor, change.id.n) => *sum += cells,
                _ => held.push((actor, change.id.n, cells)),
            }
        }
        for &(actor, n, cells) in &held {
            let most = self.held.entry((actor, n)).or_insert(0);
            *most = cells.max(*most);
        }
        self.generation += 1;
        if let Some(file) = self.files.get_mut(name) {
            file.changes = changes.len();
            file.held = held;
        }
    }

    fn actor(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.actors.get(name) {
            return known;
        }
        let next = u32::try_from(self.actors.len()).unwrap_or(u32::MAX);
        self.actors.insert(name.to_string(), next);
        next
    }

    /// Whether everything that is here stands in the folder, as far as was looked.
    pub fn is_complete(&self, replica: &Replica) -> bool {
        self.complete_at == Some(self.stand_of(replica))
    }

    pub(super) fn stand_of(&self, replica: &Replica) -> Stand {
        (replica.version(), replica.change_count(), self.generation)
    }
}

impl FolderFile {
    fn new(listed: Listed) -> FolderFile {
        FolderFile {
            listed,
            standing: Standing::Unread,
            header: None,
            changes: 0,
            sha256: String::new(),
            due: true,
            gone: None,
            held: Vec::new(),
        }
    }

    /// It is listed as before.
    fn seen_again(&mut self, now: i64) {
        self.gone = None;
        if let Standing::Partial { since } = self.standing {
            // A clock that was put back must not let it wait for years.
            if (now - since).abs() > PATIENCE {
                self.standing = Standing::Damaged;
            } else {
                self.due = true;
            }
        }
    }

    /// Written fields in it.
    pub(super) fn cells(&self) -> usize {
        self.held.iter().map(|&(.., cells)| cells as usize).sum()
    }
}

/// Whether a file is one of this program, by its name or its first bytes, even if it is not whole.
pub(super) fn looks_ours(name: &str, bytes: &[u8]) -> bool {
    let named = Purpose::ALL
        .into_iter()
        .any(|purpose| name.contains(&format!("_{}_", purpose.label())));
    let head = &bytes[..bytes.len().min(256)];
    named || head.windows(10).any(|part| part == b"tiancheng-")
}

/// Whether a name is worth a look: files of this program end in `.json`, after a detour through a chat in `.json.txt`.
pub fn may_be_ours(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let ending = lower.ends_with(".json") || lower.ends_with(".json.txt");
    ending && !lower.starts_with(['.', '~'])
}
