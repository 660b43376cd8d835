//! What a shared folder brings, and what this device remembers of it.

use super::environment::tag;
use super::files::PreparedImport;
use super::kept;
use super::state::{Desk, Done};
use crate::exchange::folder::Kept;
use crate::model::date::{Day, Instant};
use crate::model::notice::Notice;
use crate::storage::{FROM_FOLDER, Failure, FileSource, ImportInfo, ImportState};

/// Changes up to which one entry of the imports grows.
const MOST_CHANGES: u64 = 300;
/// Files up to which it does.
const MOST_FILES: usize = 40;

impl Desk {
    /// What is remembered of the shared folder; `None` if there is none.
    pub fn folder(&self) -> Option<Kept> {
        let kept = self.store.setting(kept::FOLDER)?;
        Kept::read(&kept).filter(|_| self.can_share())
    }

    /// Whether there is a shared folder.
    pub fn shares(&self) -> bool {
        self.store.setting(kept::FOLDER).is_some()
    }

    /// Whether this desk may share at all: the sample and a page that stores nothing never touch a folder.
    pub fn can_share(&self) -> bool {
        !self.sample && !self.is_in_memory()
    }

    /// Remembers the shared folder, or forgets it.
    ///
    /// # Errors
    /// Why it was not kept.
    pub fn keep_folder(&mut self, folder: Option<&Kept>) -> Result<(), Failure> {
        self.store.set_setting(kept::FOLDER, folder.map(Kept::text).as_deref())
    }

    /// A random tag: for the files of this device in a folder, for the author of what comes in.
    pub fn new_tag(&self) -> String {
        tag(&*self.environment)
    }

    /// The files of withdrawn imports: what came in with them does not come back by itself.
    pub fn withheld(&self) -> Vec<FileSource> {
        let withdrawn = |import: &ImportInfo| import.state == ImportState::Withdrawn;
        let imports = self.store.imports().into_iter().filter(withdrawn);
        imports.flat_map(|import| import.meta.files).collect()
    }

    /// Takes in what a shared folder brought: all of it or nothing. What comes on one day stays one entry among the
    /// imports up to a certain size. Like an import it can be withdrawn, but it is no step of the person here.
    ///
    /// # Errors
    /// Why nothing was taken in; storage and records are as before.
    pub fn import_shared(&mut self, intake: PreparedImport, base: u64) -> Result<Done, Notice> {
        let (preview, contents) = intake.into_parts();
        if preview.changes.is_empty() {
            return Ok(Done {
                unchanged: true,
                ..Done::default()
            });
        }
        let stamp = self.stamp();
        let mut meta = self.import_meta(stamp.id.to_string(), &preview);
        meta.purpose = FROM_FOLDER.to_string();
        meta.name = String::new();
        let count = preview.changes.len();
        let growing = self.growing_import(count as u64, meta.files.len());
        let grown = growing.is_some_and(|id| self.store.extend_import(&meta, &id, &preview.changes).is_ok());
        if !grown {
            let stored = self.store.import_packed(meta.clone(), count, &contents);
            stored.map_err(|failure| failure.notice())?;
            // The id is used up: no later import or save of this page load may share it.
            self.serial = stamp.id.n;
        }
        self.origins.extend(meta.files);
        if self.replica.version() == base {
            self.replica = preview.after.into();
        } else {
            self.records_mut().merge_all(preview.changes);
        }
        Ok(Done::default())
    }

    /// The entry that so much more can be added to.
    fn growing_import(&self, changes: u64, files: usize) -> Option<String> {
        let last = self.store.imports().pop()?;
        let day = |at: Instant| -> Day { at.office().0 };
        let today = Instant::parse(&last.meta.when).map(day) == Some(day(self.environment.now()));
        let fits = last.meta.changes + changes <= MOST_CHANGES && last.meta.files.len() + files <= MOST_FILES;
        let open = last.state == ImportState::Withdrawable && last.meta.purpose == FROM_FOLDER;
        (today && fits && open).then_some(last.meta.id)
    }

    /// Notes that everything stands in the shared folder, so that there is a copy outside of this browser.
    pub fn note_shared(&mut self) {
        if self.export_age().saves > 0 {
            self.note_export();
        }
    }
}
