//! The desk itself, and what is saved, taken back and shown at it.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use super::environment::{Environment, tag};
use super::person::Person;
use crate::model::date::{Day, Instant};
use crate::model::ledger::{Ledger, Slot, TypedRow};
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::Device;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::replica::{Change, ChangeId, ChangeIx, Record, RecordIx, Replica, Stamp, Write};
use crate::storage::{Failure, FileSource, KeyValue, Report, Saved, State, Store};

/// Steps that can be taken back.
const UNDO_DEPTH: usize = 100;

/// What became of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Nothing was different, so nothing was saved.
    pub unchanged: bool,
    /// Not stored: the banner stays until it is.
    pub failure: Option<Failure>,
    /// Remarks, such as what undo left alone.
    pub notices: Vec<Notice>,
    /// Id of the first new record.
    pub record: Option<String>,
}

/// A step that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Undoable {
    Change(ChangeId),
    Import(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UndoStep {
    /// 1, 2, 3 … within the page load.
    number: u32,
    what: Undoable,
    label: String,
}

/// Copies records.
pub(super) type Copier = fn(&Replica) -> Replica;

/// See the module text.
pub struct Desk {
    /// Shared with long work that reads it as it stood when that began.
    pub(super) replica: Rc<Replica>,
    /// Copies the records where long work holds them. It comes with that work, so that the first view goes without.
    pub(super) copier: Cell<Option<Copier>>,
    pub(super) store: Store<Rc<dyn KeyValue>>,
    pub(super) environment: Rc<dyn Environment>,
    pub(super) person: Person,
    pub(super) actor: Option<Arc<str>>,
    pub(super) serial: u32,
    /// Steps of this page load, oldest first.
    pub(super) steps: Vec<UndoStep>,
    /// How many of them are done; those after it are taken back.
    pub(super) done: usize,
    /// The number of the latest step.
    pub(super) stepped: u32,
    /// What the steps back and forward themselves wrote, and steps that were taken back for good.
    pub(super) void: Vec<ChangeId>,
    pub(super) sample: bool,
    pub(super) in_memory: bool,
    pub(super) report: Report,
    /// The files that records came in with, oldest first.
    pub(super) origins: Vec<FileSource>,
    pub(super) exported: Option<Instant>,
    pub(super) unexported: u64,
    /// Of the first save that is not in any exported file.
    pub(super) waiting_since: Option<Instant>,
    /// Of the last backup that nobody has seen yet.
    pub(super) prepared: Option<Instant>,
}

impl Desk {
    /// The records.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// The records as they stand now, for long work: what is saved meanwhile is not in them.
    pub fn snapshot(&self) -> Rc<Replica> {
        self.copier.set(Some(Replica::clone));
        Rc::clone(&self.replica)
    }

    /// The records, to merge something.
    pub(super) fn records_mut(&mut self) -> &mut Replica {
        if let (None, Some(copy)) = (Rc::get_mut(&mut self.replica), self.copier.get()) {
            self.replica = Rc::new(copy(&self.replica));
        }
        Rc::get_mut(&mut self.replica).expect("whoever holds the records brought what copies them")
    }

    /// Whether this is the sample town.
    pub fn is_sample(&self) -> bool {
        self.sample
    }

    /// Whether nothing is kept once the page is closed, because the browser does not allow it.
    pub fn is_in_memory(&self) -> bool {
        self.in_memory || matches!(self.report.state, State::Blocked(_))
    }

    /// What opening found.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The storage, for settings, drafts and usage.
    pub fn store(&self) -> &Store<Rc<dyn KeyValue>> {
        &self.store
    }

    /// The storage, for settings and drafts.
    pub fn store_mut(&mut self) -> &mut Store<Rc<dyn KeyValue>> {
        &mut self.store
    }

    /// Today.
    pub fn today(&self) -> Day {
        self.environment.today()
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.environment.now()
    }

    /// The outside.
    pub fn environment(&self) -> &dyn Environment {
        &*self.environment
    }

    /// Whether this is the first use: nothing to show, and nothing that should be there.
    pub fn is_blank(&self) -> bool {
        let shown =
            |(_, record): (RecordIx, &Record)| record.is_live() && self.replica.ledger_id(record) != Device::SCHEMA.id;
        let usable = self.store.barred().is_none_or(|why| *why == Failure::Blocked);
        usable && !self.replica.all_records().any(shown)
    }

    /// Saves values into records. New records have an empty id in `drafts`.
    pub fn save(&mut self, label: &str, drafts: &[Draft]) -> Done {
        self.save_and_delete(label, drafts, &[])
    }

    /// The same, and other records are deleted by the same change.
    pub fn save_and_delete(&mut self, label: &str, drafts: &[Draft], deleted: &[RecordIx]) -> Done {
        let stamp = self.stamp();
        let fresh = drafts.iter().position(|d| d.id.is_empty());
        let mut writes = self.replica.writes_of(&stamp, drafts);
        writes.extend(self.replica.deletions(deleted));
        let record = fresh.and_then(|i| writes.get(i)).map(|w| w.record.to_string());
        let change = self.replica.compose(stamp, &writes);
        Done {
            record,
            ..self.commit(change, label)
        }
    }

    /// The id that the `index`-th new record of the next save will get, so that drafts of one save can
    /// refer to each other.
    pub fn next_record_id(&mut self, index: usize) -> String {
        let actor = self.actor();
        Stamp {
            id: ChangeId {
                actor,
                n: self.serial + 1,
            },
            at: self.environment.now(),
            by: self.person.tag.clone(),
        }
        .record_id(index)
    }

    /// Saves one field of one record.
    pub fn set(&mut self, label: &str, ledger: &'static Ledger, record: &str, slot: Slot, value: Value) -> Done {
        let stamp = self.stamp();
        let stands = self.replica.stands_for(ledger.id, record);
        let change = self
            .replica
            .compose(stamp, &[Write::cell(ledger.schema, stands, slot, value)]);
        self.commit(change, label)
    }

    /// Deletes records; they go to the recycle bin.
    pub fn delete(&mut self, label: &str, records: &[RecordIx]) -> Done {
        let stamp = self.stamp();
        let change = self.replica.delete(stamp, records);
        self.commit(change, label)
    }

    /// Deletes records without those that they were joined with.
    pub fn delete_alone(&mut self, label: &str, records: &[RecordIx]) -> Done {
        let stamp = self.stamp();
        let change = self.replica.delete_alone(stamp, records);
        self.commit(change, label)
    }

    /// Brings records back from the recycle bin.
    pub fn restore(&mut self, label: &str, records: &[RecordIx]) -> Done {
        let stamp = self.stamp();
        let change = self.replica.restore(stamp, records);
        self.commit(change, label)
    }

    /// Settles disputed fields, each on one value.
    pub fn resolve(&mut self, label: &str, choices: &[(RecordIx, Slot, Value)]) -> Done {
        let stamp = self.stamp();
        let writes: Vec<Write> = choices
            .iter()
            .filter_map(|(ix, slot, value)| {
                let record = self.replica.record(*ix)?;
                let ledger: Arc<str> = self.replica.ledger_id(record).into();
                Some(Write {
                    ledger,
                    record: record.id.clone(),
                    cells: vec![(*slot, value.clone())],
                })
            })
            .collect();
        let change = self.replica.compose(stamp, &writes);
        self.commit(change, label)
    }

    /// Accepts or rejects what authors without authority wrote.
    pub fn decide(&mut self, label: &str, record: RecordIx, changes: &[ChangeIx], accept: bool) -> Done {
        let stamp = self.stamp();
        let change = self.replica.decide(stamp, record, changes, accept);
        self.commit(change, label)
    }

    /// Joins a duplicate into another record.
    pub fn join(&mut self, label: &str, duplicate: RecordIx, into: RecordIx) -> Done {
        let stamp = self.stamp();
        let change = self.replica.join(stamp, duplicate, into);
        self.commit(change, label)
    }

    /// Leaves what was written to a duplicate without knowing of the join, and notes that it was seen.
    pub fn leave_apart(&mut self, label: &str, duplicate: RecordIx, change: ChangeIx) -> Done {
        let stamp = self.stamp();
        let change = self.replica.leave_apart(stamp, duplicate, change);
        self.commit(change, label)
    }

    /// What the next undo takes back.
    pub fn undo_label(&self) -> Option<&str> {
        let last = self.done.checked_sub(1)?;
        self.steps.get(last).map(|s| s.label.as_str())
    }

    /// What tells the step that the next undo takes back from all others.
    pub fn last_step(&self) -> Option<u32> {
        let last = self.done.checked_sub(1)?;
        self.steps.get(last).map(|s| s.number)
    }

    /// What the next redo does again.
    pub fn redo_label(&self) -> Option<&str> {
        self.steps.get(self.done).map(|s| s.label.as_str())
    }

    /// The import that is this step, if it is one.
    pub(super) fn import_of(&self, step: usize) -> Option<String> {
        match &self.steps.get(step)?.what {
            Undoable::Import(id) => Some(id.clone()),
            Undoable::Change(_) => None,
        }
    }

    /// Shows the records of one step, which is a change, as after the first `done` steps.
    pub(super) fn go_to_step(&mut self, step: usize, done: usize) -> Done {
        let Some(Undoable::Change(about)) = self.steps.get(step).map(|s| s.what.clone()) else {
            return Done::default();
        };
        let change_of = |step: &UndoStep| match &step.what {
            Undoable::Change(id) => Some(id.clone()),
            Undoable::Import(_) => None,
        };
        let mut without: Vec<ChangeId> = self.steps.iter().skip(done).filter_map(change_of).collect();
        without.extend(self.void.iter().cloned());
        let stamp = self.stamp();
        let (changes, notices) = self.replica.show_without(stamp, &[about], &without);
        self.void.extend(changes.iter().map(|c| c.id.clone()));
        self.done = done;
        let mut out = Done {
            unchanged: changes.is_empty(),
            notices,
            ..Done::default()
        };
        for change in changes {
            let done = self.store_and_merge(Some(change));
            out.failure = done.failure.or(out.failure);
        }
        out
    }

    fn actor(&mut self) -> Arc<str> {
        let actor = self.actor.get_or_insert_with(|| tag(&*self.environment).into());
        actor.clone()
    }

    pub(super) fn stamp(&mut self) -> Stamp {
        let actor = self.actor();
        Stamp {
            id: ChangeId {
                actor,
                n: self.serial + 1,
            },
            at: self.environment.now(),
            by: self.person.tag.clone(),
        }
    }

    pub(super) fn commit(&mut self, change: Option<Change>, label: &str) -> Done {
        let id = change.as_ref().map(|c| c.id.clone());
        let done = self.store_and_merge(change);
        if let Some(id) = id {
            self.remember(Undoable::Change(id), label);
        }
        done
    }

    pub(super) fn remember(&mut self, what: Undoable, label: &str) {
        for step in self.steps.drain(self.done..) {
            if let Undoable::Change(id) = step.what {
                self.void.push(id);
            }
        }
        self.stepped += 1;
        self.steps.push(UndoStep {
            number: self.stepped,
            what,
            label: label.to_string(),
        });
        if self.steps.len() > UNDO_DEPTH {
            self.steps.remove(0);
        }
        self.done = self.steps.len();
    }

    fn store_and_merge(&mut self, change: Option<Change>) -> Done {
        let Some(mut change) = change else {
            return Done {
                unchanged: true,
                ..Done::default()
            };
        };
        let introduced = self.introduce(&mut change);
        self.keep(change, introduced)
    }

    /// Stores a change that is whole, and merges it.
    pub(super) fn keep(&mut self, change: Change, introduced: bool) -> Done {
        self.serial = self.serial.max(change.id.n);
        let mut failure = None;
        if !self.sample {
            if let Saved::Queued(why) = self.store.save(&change) {
                failure = Some(why);
            }
            self.note_unexported();
            if introduced {
                // Not being able to only means that the next page load introduces itself anew.
                let _ = self.keep_person();
            }
        }
        self.records_mut().merge(change);
        Done {
            failure,
            ..Done::default()
        }
    }
}
