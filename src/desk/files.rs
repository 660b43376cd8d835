//! Files in and out, and the reminder to write one.

use super::environment::tag;
use super::kept;
use super::state::{Desk, Done, Undoable};
use crate::exchange::name::unit_name;
use crate::exchange::preview::{FilePreview, Preview};
use crate::exchange::scope::Scope;
use crate::exchange::sent::short;
use crate::exchange::writing::{Order, Written, export};
use crate::exchange::{Outcome, Purpose};
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::replica::{Change, ChangeId, Replica};
use crate::storage::contents::import_contents_in_turns;
use crate::storage::{Entrance, FileSource, ImportInfo, ImportMeta, ImportState, State, Store};
use crate::turns::{Turns, at_once};

/// The files of the imports that count, oldest first.
pub(super) fn origins(imports: Vec<ImportInfo>) -> Vec<FileSource> {
    let counted = imports
        .into_iter()
        .filter(|import| import.state != ImportState::Withdrawn);
    counted.flat_map(|import| import.meta.files).collect()
}

/// Days without an export after which the page reminds.
pub const EXPORT_DAYS: i64 = 7;
/// Saves without an export after which the page reminds.
pub const EXPORT_SAVES: u64 = 200;
/// How long it is since everything was exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportAge {
    /// Days since the last export; `None` if there was none.
    pub days: Option<i64>,
    /// Saves since.
    pub saves: u64,
    /// It is time for another.
    pub overdue: bool,
    /// One was handed over since, and nobody has said that it is there.
    pub waiting: bool,
}

/// A batch of files on its way in: packed in turns, then taken in at once by [`Desk::import`].
pub struct PreparedImport {
    preview: Preview,
    /// The changes as the storage keeps them.
    contents: String,
}

impl PreparedImport {
    /// What was previewed, packed at once.
    pub fn new(preview: Preview) -> PreparedImport {
        at_once(PreparedImport::in_turns(preview, &|_, _| {}, Turns::NONE))
    }

    /// What was previewed, packed in turns; `tell` hears how many changes are packed, and how many there are.
    pub async fn in_turns(preview: Preview, tell: &dyn Fn(usize, usize), turns: Turns<'_>) -> PreparedImport {
        let all = preview.changes.len();
        let contents = import_contents_in_turns(&preview.changes, &|done| tell(done, all), turns).await;
        PreparedImport { preview, contents }
    }

    /// What was previewed.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    pub(super) fn into_parts(self) -> (Preview, String) {
        (self.preview, self.contents)
    }

    /// What was previewed, to look at it again.
    pub fn into_preview(self) -> Preview {
        self.preview
    }
}

impl From<Preview> for PreparedImport {
    fn from(preview: Preview) -> PreparedImport {
        PreparedImport::new(preview)
    }
}

impl Desk {
    /// Takes a raw copy of the storage back in; where there is data already, as an import.
    ///
    /// # Errors
    /// Why nothing was taken in.
    pub fn restore_raw(&mut self, name: &str, text: &str) -> Result<(), Notice> {
        let id = self.stamp().id;
        let meta = ImportMeta {
            id: id.to_string(),
            name: name.to_string(),
            purpose: Purpose::Backup.code().to_string(),
            when: self.environment.now().to_string(),
            ..ImportMeta::default()
        };
        let changes = self.store.restore_raw(text, meta, self.environment.now())?;
        // The id is used up, whether or not the copy became an import.
        self.serial = id.n;
        self.records_mut().merge_all(changes);
        self.report.state = State::Normal;
        self.read_export_age();
        Ok(())
    }

    /// Takes a batch of files in, as previewed: all of it or nothing. `base` is the version of the records that the
    /// batch was begun on.
    ///
    /// # Errors
    /// Why nothing was taken in; storage and records are as before. The intake comes back to be tried again.
    pub fn import(&mut self, intake: PreparedImport, base: u64) -> Result<Done, Box<(Notice, PreparedImport)>> {
        if intake.preview.changes.is_empty() {
            return Ok(Done {
                unchanged: true,
                ..Done::default()
            });
        }
        self.note_addressee(&intake.preview);
        let stamp = self.stamp();
        let meta = self.import_meta(stamp.id.to_string(), &intake.preview);
        let (id, sources) = (meta.id.clone(), meta.files.clone());
        let files = sources.len();
        if !self.sample {
            let count = intake.preview.changes.len();
            if let Err(failure) = self.store.import_packed(meta, count, &intake.contents) {
                return Err(Box::new((failure.notice(), intake)));
            }
        }
        // The id is used up: no later import or save of this page load may share it.
        self.serial = stamp.id.n;
        self.origins.extend(sources);
        if !self.sample {
            self.note_unexported();
        }
        let preview = intake.preview;
        if self.replica.version() == base {
            self.replica = preview.after.into();
        } else {
            self.records_mut().merge_all(preview.changes);
        }
        if !self.sample {
            self.remember(Undoable::Import(id), &format!("合并 {files} 个文件"));
        }
        Ok(Done::default())
    }

    /// What is kept about an import: its files, and what came in with each.
    pub(super) fn import_meta(&self, id: String, preview: &Preview) -> ImportMeta {
        let taken = preview.files.iter().filter(|f| matches!(f.outcome, Outcome::Brings(_)));
        let header = |file: &FilePreview| file.header.clone();
        let files = taken.clone().map(|file| {
            let header = header(file);
            let mut source = FileSource {
                name: file.name.clone(),
                by: header.as_ref().map(|h| h.exported_by.clone()).unwrap_or_default(),
                whole: header.as_ref().is_some_and(|h| h.scope.units.is_empty()),
                at: header.map(|h| h.exported_at.to_string()).unwrap_or_default(),
                sha256: short(&file.sha256).to_owned(),
                runs: Vec::new(),
            };
            source.note(preview.changes.get(file.changes.clone()).unwrap_or_default());
            source
        });
        let files: Vec<FileSource> = files.collect();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let purpose = taken.clone().next().and_then(header).map_or("", |h| h.purpose.code());
        ImportMeta {
            id,
            name: names.join("、"),
            purpose: purpose.to_string(),
            when: self.environment.now().to_string(),
            files,
            ..ImportMeta::default()
        }
    }

    /// The file a change came in with; `None` for what was written here, or so long ago that it was forgotten.
    pub fn origin(&self, change: &ChangeId) -> Option<&FileSource> {
        self.origins.iter().find(|file| file.brought(change))
    }

    /// Builds the replica anew from storage, keeping what is not stored yet.
    pub(super) fn reload(&mut self) {
        let waiting: Vec<Change> = self.store.waiting().to_vec();
        let entrance = Entrance {
            witness: None,
            install: tag(&*self.environment),
            now: self.environment.now(),
            ..Entrance::default()
        };
        let opened = Store::open(self.store.key_value().clone(), &entrance);
        self.origins = origins(opened.report.imports);
        let mut replica = Replica::new(crate::model::programmes::schemas());
        replica.merge_all(opened.changes);
        replica.merge_all(waiting.iter().cloned());
        self.store = opened.store;
        for change in &waiting {
            // Reported when it was first tried; the queue keeps it.
            let _ = self.store.save(change);
        }
        self.replica = replica.into();
    }

    /// Writes a file and notes that there is a copy outside of this browser.
    pub fn export(&mut self, purpose: Purpose, scope: Scope) -> Written {
        let order = Order {
            purpose,
            scope,
            by: self.person.tag.to_string(),
            at: self.environment.now(),
        };
        export(&self.replica, &order)
    }

    /// Who works here, as a receipt names them: `龚书记（寺前村）`.
    pub fn signature(&self) -> String {
        let person = &self.person;
        let unit = self.own_unit().map(|unit| unit_name(&self.replica, unit));
        let role = unit.unwrap_or_else(|| person.role_label().to_owned());
        match person.label.as_str() {
            "" => role,
            label => format!("{label}（{role}）"),
        }
    }

    /// How long it is since everything was exported. Time counts from the first save that no file holds.
    pub fn export_age(&self) -> ExportAge {
        let days_since = |then: Instant| (self.environment.now().0 - then.0).max(0) / 86_400;
        let long = self.waiting_since.map(days_since).is_some_and(|d| d >= EXPORT_DAYS);
        ExportAge {
            days: self.exported.map(days_since),
            saves: self.unexported,
            overdue: !self.sample && self.unexported > 0 && (long || self.unexported >= EXPORT_SAVES),
            waiting: self.prepared.is_some(),
        }
    }

    pub(super) fn read_export_age(&mut self) {
        let instant = |name: &str| self.store.setting(name).and_then(|t| Instant::parse(&t));
        self.exported = instant(kept::EXPORTED);
        self.waiting_since = instant(kept::WAITING_SINCE);
        self.prepared = instant(kept::PREPARED);
        let saves = self.store.setting(kept::UNEXPORTED).and_then(|t| t.parse().ok());
        self.unexported = saves.unwrap_or(0);
    }

    /// Counts a save that no exported file holds. Losing the count only makes the reminder come late.
    pub(super) fn note_unexported(&mut self) {
        self.unexported += 1;
        if self.waiting_since.is_none() {
            let now = self.environment.now();
            self.waiting_since = Some(now);
            let _ = self.store.set_setting(kept::WAITING_SINCE, Some(&now.to_string()));
        }
        let _ = self
            .store
            .set_setting(kept::UNEXPORTED, Some(&self.unexported.to_string()));
    }
}
