//! Files in and out, and the reminder to write one.

use super::{Desk, Done, Undoable, kept, tag};
use crate::exchange::preview::Preview;
use crate::exchange::scope::{Order, Scope, Written, export};
use crate::exchange::{Outcome, Purpose};
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::replica::{Change, Replica};
use crate::storage::{Entrance, Failure, ImportMeta, ImportState, State, Store};

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
            when: self.world.now().to_string(),
            sha256: String::new(),
            changes: 0,
            sequence: 0,
        };
        let changes = self.store.restore_raw(text, meta, self.world.now())?;
        // The id is used up, whether or not the copy became an import.
        self.serial = id.n;
        self.replica.merge_all(changes);
        self.report.state = State::Normal;
        self.read_export_age();
        Ok(())
    }

    /// Takes a batch of files in, as previewed: all of it or nothing.
    ///
    /// # Errors
    /// Why nothing was taken in; storage and records are as before.
    pub fn import(&mut self, preview: &Preview, base: u64) -> Result<Done, Notice> {
        if preview.changes.is_empty() {
            return Ok(Done {
                unchanged: true,
                ..Done::default()
            });
        }
        let stamp = self.stamp();
        let id = stamp.id.to_string();
        let taken = preview.files.iter().filter(|f| matches!(f.outcome, Outcome::Brings(_)));
        let names: Vec<&str> = taken.clone().map(|f| f.name.as_str()).collect();
        let purpose = taken
            .clone()
            .next()
            .and_then(|f| f.header.as_ref())
            .map_or("", |h| h.purpose.code());
        let meta = ImportMeta {
            id: id.clone(),
            name: names.join("、"),
            purpose: purpose.to_string(),
            when: self.world.now().to_string(),
            sha256: String::new(),
            changes: 0,
            sequence: 0,
        };
        if !self.sample {
            self.store
                .import(meta, &preview.changes)
                .map_err(|failure| failure.notice())?;
        }
        // The id is used up: no later import or save of this page load may share it.
        self.serial = stamp.id.n;
        if !self.sample {
            self.note_unexported();
        }
        if self.replica.version() == base {
            self.replica = preview.after.clone();
        } else {
            self.replica.merge_all(preview.changes.iter().cloned());
        }
        if !self.sample {
            self.remember(Undoable::Import(id), &format!("合并 {} 个文件", names.len()));
        }
        Ok(Done::default())
    }

    /// Withdraws an import, or brings a withdrawn one back.
    pub(super) fn toggle_import(&mut self, id: &str) -> Done {
        let imports = self.store.imports();
        let withdrawn = imports
            .iter()
            .any(|i| i.meta.id == id && i.state == ImportState::Withdrawn);
        let outcome = if withdrawn {
            self.reinstate(id)
        } else {
            self.withdraw(id)
        };
        Done {
            failure: outcome.err(),
            ..Done::default()
        }
    }

    /// Withdraws an import: its records are as if the files had never come.
    ///
    /// # Errors
    /// Why it could not be withdrawn; nothing changed.
    pub fn withdraw(&mut self, id: &str) -> Result<(), Failure> {
        self.store.withdraw(id, self.world.now())?;
        self.reload();
        Ok(())
    }

    /// Brings a withdrawn import back.
    ///
    /// # Errors
    /// Why it could not be brought back; nothing changed.
    pub fn reinstate(&mut self, id: &str) -> Result<(), Failure> {
        let changes = self.store.reinstate(id)?;
        self.replica.merge_all(changes);
        Ok(())
    }

    /// Builds the replica anew from storage, keeping what is not stored yet.
    pub(super) fn reload(&mut self) {
        let waiting: Vec<Change> = self.store.waiting().to_vec();
        let entrance = Entrance {
            witness: None,
            install: tag(&*self.world),
            now: self.world.now(),
        };
        let opened = Store::open(self.store.key_value().clone(), &entrance);
        let mut replica = Replica::new(crate::model::catalogue());
        replica.merge_all(opened.changes);
        replica.merge_all(waiting.iter().cloned());
        self.store = opened.store;
        for change in &waiting {
            // Reported when it was first tried; the queue keeps it.
            let _ = self.store.save(change);
        }
        self.replica = replica;
    }

    /// Writes a file and notes that there is a copy outside of this browser.
    pub fn export(&mut self, purpose: Purpose, scope: Scope) -> Written {
        let order = Order {
            purpose,
            scope,
            by: self.person.tag.to_string(),
            at: self.world.now(),
        };
        export(&self.replica, &order)
    }

    /// Notes that a file with everything was handed over.
    pub fn note_export(&mut self) {
        let now = self.world.now();
        self.exported = Some(now);
        self.unexported = 0;
        self.waiting_since = None;
        // Losing these only makes the reminder come early.
        let _ = self.store.set_setting(kept::EXPORTED, Some(&now.to_string()));
        let _ = self.store.set_setting(kept::WAITING_SINCE, None);
        let _ = self.store.set_setting(kept::UNEXPORTED, Some("0"));
    }

    /// How long it is since everything was exported. Time counts from the first save that no file holds.
    pub fn export_age(&self) -> ExportAge {
        let days_since = |then: Instant| (self.world.now().0 - then.0).max(0) / 86_400;
        let long = self.waiting_since.map(days_since).is_some_and(|d| d >= EXPORT_DAYS);
        ExportAge {
            days: self.exported.map(days_since),
            saves: self.unexported,
            overdue: !self.sample && self.unexported > 0 && (long || self.unexported >= EXPORT_SAVES),
        }
    }

    pub(super) fn read_export_age(&mut self) {
        let instant = |name: &str| self.store.setting(name).and_then(|t| Instant::parse(&t));
        self.exported = instant(kept::EXPORTED);
        self.waiting_since = instant(kept::WAITING_SINCE);
        let saves = self.store.setting(kept::UNEXPORTED).and_then(|t| t.parse().ok());
        self.unexported = saves.unwrap_or(0);
    }

    /// Counts a save that no exported file holds. Losing the count only makes the reminder come late.
    pub(super) fn note_unexported(&mut self) {
        self.unexported += 1;
        if self.waiting_since.is_none() {
            let now = self.world.now();
            self.waiting_since = Some(now);
            let _ = self.store.set_setting(kept::WAITING_SINCE, Some(&now.to_string()));
        }
        let _ = self
            .store
            .set_setting(kept::UNEXPORTED, Some(&self.unexported.to_string()));
    }
}
