//! Rows of a table taken in as one import, which is withdrawn like a merged file.

use super::environment::tag;
use super::state::{Desk, Done, Undoable};
use crate::model::ledger::Ledger;
use crate::model::notice::Notice;
use crate::model::records::Draft;
use crate::replica::{ChangeId, Stamp};
use crate::storage::contents::import_contents;
use crate::storage::{FROM_TABLE, FileSource, ImportMeta};

impl Desk {
    /// A stamp for one import, by an author of its own: withdrawn rows leave no gap among the saves of this page load.
    pub fn import_stamp(&mut self) -> Stamp {
        Stamp {
            id: ChangeId {
                actor: tag(&*self.environment).into(),
                n: 1,
            },
            ..self.stamp()
        }
    }

    /// Takes rows in as one change and one import: all of them or nothing. Drafts without an id become new records;
    /// `name` is what the file is called.
    ///
    /// # Errors
    /// Why nothing was taken in; storage and records are as before.
    pub fn import_rows(&mut self, name: &str, drafts: &[Draft]) -> Result<Done, Notice> {
        let label = format!("从表格导入 {} 条", drafts.len());
        if self.sample {
            return Ok(self.save(&label, drafts));
        }
        let own = self.stamp();
        let stamp = self.import_stamp();
        let writes = self.replica.writes_of(&stamp, drafts);
        let (change, _) = self.replica.compose_each(stamp, &writes);
        let Some(mut change) = change else {
            return Ok(Done {
                unchanged: true,
                ..Done::default()
            });
        };
        let introduced = self.introduce(&mut change);
        let changes = [change];
        let mut source = FileSource {
            name: name.to_owned(),
            by: self.person.tag.to_string(),
            at: own.at.to_string(),
            ..FileSource::default()
        };
        source.note(&changes);
        let meta = ImportMeta {
            id: own.id.to_string(),
            name: name.to_owned(),
            purpose: FROM_TABLE.to_owned(),
            when: own.at.to_string(),
            files: vec![source.clone()],
            ..ImportMeta::default()
        };
        let id = meta.id.clone();
        if let Err(failure) = self
            .store
            .import_packed(meta, changes.len(), &import_contents(&changes))
        {
            return Err(failure.notice());
        }
        self.serial = own.id.n;
        self.origins.push(source);
        self.note_unexported();
        if introduced {
            // Not being able to only means that the next page load introduces itself anew.
            let _ = self.keep_person();
        }
        self.records_mut().merge_all(changes);
        self.remember(Undoable::Import(id), &label);
        Ok(Done::default())
    }
}

/// How the name of the setting begins that keeps the headings of a ledger.
const HEADINGS: &str = "headings.";
/// Headings kept for a ledger; the oldest go.
const MOST_HEADINGS: usize = 60;

impl Desk {
    /// Headings of earlier tables of a ledger, each with the name of the field it stood for; empty: none.
    pub fn headings_of(&self, ledger: &Ledger) -> Vec<(String, String)> {
        let text = self.store.setting(&format!("{HEADINGS}{}", ledger.id));
        let lines = text.iter().flat_map(|text| text.lines());
        let read = lines.filter_map(|line| line.split_once('\t'));
        read.map(|(said, name)| (said.to_owned(), name.to_owned())).collect()
    }

    /// Keeps for which fields the headings of a table stood: each with the name of the field, empty for none. Losing it
    /// only means that they are guessed again.
    pub fn remember_headings(&mut self, ledger: &Ledger, headings: Vec<(String, String)>) {
        let mut all = self.headings_of(ledger);
        all.retain(|(said, _)| headings.iter().all(|(new, _)| new != said));
        all.extend(headings);
        let left_out = all.len().saturating_sub(MOST_HEADINGS);
        let lines = all.iter().skip(left_out).map(|(said, name)| format!("{said}\t{name}"));
        let text = lines.collect::<Vec<_>>().join("\n");
        let _ = self.store.set_setting(&format!("{HEADINGS}{}", ledger.id), Some(&text));
    }
}

/// How the name of the setting begins that keeps which columns a list shows.
const COLUMNS: &str = "columns.";

impl Desk {
    /// The names of the fields that the list of a ledger shows on this device; empty: as the ledger declares.
    pub fn columns_of(&self, ledger: &Ledger) -> Vec<String> {
        let text = self.store.setting(&format!("{COLUMNS}{}", ledger.id));
        text.iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
    }

    /// Keeps which columns the list of a ledger shows; none: as the ledger declares. Losing it only means that they are
    /// chosen again.
    pub fn choose_columns(&mut self, ledger: &Ledger, names: &[String]) {
        let text = names.join("\n");
        let text = Some(text.as_str()).filter(|text| !text.is_empty());
        let _ = self.store.set_setting(&format!("{COLUMNS}{}", ledger.id), text);
    }
}
