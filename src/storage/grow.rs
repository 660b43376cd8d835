//! An import that grows: what comes from a shared folder bit by bit stays one entry for a while.

use super::contents::{FROM_FOLDER, ImportMeta, changes_in, import_contents, import_parts, import_text};
use super::disk::Failure;
use super::keys::IMPORT;
use super::kv::KeyValue;
use super::load::Inventory;
use super::store::Store;
use crate::replica::Change;

impl<K: KeyValue> Store<K> {
    /// Lets the newest import grow by what else came from the shared folder, in one write: the text is the old one
    /// or the new one at any time.
    ///
    /// # Errors
    /// [`Failure::Fixed`] if it is not the newest, not of a folder, or withdrawn; otherwise why nothing was stored.
    /// What was there before is untouched.
    pub fn extend_import(&mut self, more: &ImportMeta, id: &str, changes: &[Change]) -> Result<(), Failure> {
        if let Some(failure) = self.barred.clone() {
            return Err(failure);
        }
        let found = Inventory::take(&self.disk)?;
        let key = format!("{IMPORT}{id}");
        let newest = self.import_list(&found).into_iter().max_by_key(|m| m.sequence);
        let fits = newest.is_some_and(|m| m.id == id && m.purpose == FROM_FOLDER);
        let settled = found.base().is_some_and(|(_, head)| head.knows(&key));
        if !fits || settled || found.withdrawn.contains(id) {
            return Err(Failure::Fixed);
        }
        let old = self.disk.get(&key)?.ok_or(Failure::Fixed)?;
        let (mut meta, contents) = import_parts(&old).ok_or(Failure::Fixed)?;
        let mut all = changes_in(contents, &mut self.names).ok_or(Failure::Fixed)?;
        all.extend_from_slice(changes);
        for file in &more.files {
            match meta.files.iter_mut().find(|known| known.name == file.name) {
                Some(known) => known.note_runs(file),
                None => meta.files.push(file.clone()),
            }
        }
        meta.when = more.when.clone();
        meta.changes = all.len() as u64;
        let text = import_text(&meta, &import_contents(&all));
        let written = self.disk.put_or_relieve(&key, &text);
        // Another window may have withdrawn it at this very moment: what came now does not belong to that.
        let withdrawn = Inventory::take(&self.disk).is_ok_and(|now| now.withdrawn.contains(id));
        if written == Err(Failure::Differs) || (written.is_ok() && withdrawn) {
            self.disk.put_or_relieve(&key, &old)?;
            return Err(written.err().unwrap_or(Failure::Fixed));
        }
        written
    }
}
