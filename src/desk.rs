//! The desk: one replica, its storage, and the person who works at it.
//!
//! Every action goes the same way: compose a [`Change`] from what is shown, store it, merge it, and
//! remember it for undo. The desk is the only place where storage and replica meet, so that what is
//! shown and what is stored cannot part. Pure: time and randomness come from a [`World`].

use std::rc::Rc;
use std::sync::Arc;

use crate::exchange::preview::Preview;
use crate::exchange::scope::{Order, Scope, Written, export};
use crate::exchange::{Outcome, Purpose};
use crate::model::date::{Day, Instant};
use crate::model::ledger::{Cells, Ledger, Role, Slot, TypedRow, slots};
use crate::model::notice::Notice;
use crate::model::records::Draft;
use crate::model::sample::{self, SampleOptions, SampleRecord};
use crate::model::town::Device;
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::change::is_tag;
use crate::replica::seed::seed;
use crate::replica::{Change, ChangeId, ChangeIx, RecordIx, Replica, Stamp, Write};
use crate::storage::{Entrance, Failure, ImportMeta, KeyValue, MemoryKeyValue, Opened, Report, Saved, State, Store};

/// Days without an export after which the page reminds.
pub const EXPORT_DAYS: i64 = 7;
/// Saves without an export after which the page reminds.
pub const EXPORT_SAVES: u64 = 200;
/// Steps that can be taken back.
const UNDO_DEPTH: usize = 100;

/// The outside: time and chance.
pub trait World {
    /// Now, UTC.
    fn now(&self) -> Instant;
    /// Today by the wall clock, or the day the address fixes.
    fn today(&self) -> Day;
    /// Fills a buffer with unpredictable bytes.
    fn random(&self, bytes: &mut [u8]);
}

/// Who works here, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Device tag; a new one for every role, so that earlier entries stay judged as they were made.
    pub tag: Arc<str>,
    /// In what role.
    pub role: Role,
    /// Code of the unit of [`Role::Unit`]; empty otherwise.
    pub unit: String,
    /// Id of the district of [`Role::District`]; empty otherwise.
    pub district: String,
    /// Name as the person wrote it; may be empty.
    pub label: String,
}

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
enum Undoable {
    Change(ChangeId),
    Import(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct UndoStep {
    what: Undoable,
    label: String,
}

/// See the module text.
pub struct Desk {
    replica: Replica,
    store: Store<Rc<dyn KeyValue>>,
    world: Rc<dyn World>,
    person: Person,
    actor: Option<Arc<str>>,
    serial: u32,
    undo: Vec<UndoStep>,
    redo: Vec<UndoStep>,
    sample: bool,
    report: Report,
    exported: Option<Instant>,
    unexported: u64,
}

impl Desk {
    /// Opens the data of this browser.
    pub fn open(kv: Rc<dyn KeyValue>, world: Rc<dyn World>, witness: Option<String>) -> Desk {
        let entrance = Entrance {
            witness,
            install: tag(&*world),
            now: world.now(),
        };
        let Opened { store, changes, report } = Store::open(kv, &entrance);
        let mut replica = Replica::new(crate::model::catalogue());
        replica.merge_all(changes);
        let person = store
            .setting("me")
            .and_then(|text| Person::read(&text))
            .unwrap_or_else(|| Person::town(&*world));
        let exported = store.setting("exported").and_then(|t| Instant::parse(&t));
        let unexported = store.setting("unexported").and_then(|t| t.parse().ok()).unwrap_or(0);
        Desk {
            replica,
            store,
            world,
            person,
            actor: None,
            serial: 0,
            undo: Vec::new(),
            redo: Vec::new(),
            sample: false,
            report,
            exported,
            unexported,
        }
    }

    /// The sample town in memory; nothing stored is touched.
    pub fn sample(world: Rc<dyn World>, options: &SampleOptions) -> Desk {
        Desk::of_sample(world, &sample::town(options))
    }

    /// The same from records made before.
    pub fn of_sample(world: Rc<dyn World>, records: &[SampleRecord]) -> Desk {
        let mut desk = Desk::open(Rc::new(MemoryKeyValue::default()), world, None);
        desk.replica.merge_all(seed(&crate::model::catalogue(), records));
        desk.sample = true;
        desk
    }

    /// Works in memory because the browser does not let the page store anything.
    pub fn in_memory(world: Rc<dyn World>, why: &Failure) -> Desk {
        let mut desk = Desk::open(Rc::new(MemoryKeyValue::default()), world, None);
        desk.report.notices.push(why.notice());
        desk
    }

    /// The records.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// Whether this is the sample town.
    pub fn is_sample(&self) -> bool {
        self.sample
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
        self.world.today()
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.world.now()
    }

    /// The outside.
    pub fn world(&self) -> &dyn World {
        &*self.world
    }

    /// Who works here.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The unit this person fills in for, if only one.
    pub fn own_unit(&self) -> Option<&str> {
        (self.person.role == Role::Unit && !self.person.unit.is_empty()).then_some(self.person.unit.as_str())
    }

    /// Whether there is anything to show: no records, and the sample was not asked for.
    pub fn is_blank(&self) -> bool {
        self.replica.record_count() == 0 && self.report.state == State::Fresh
    }

    /// Saves values into records. New records have an empty id in `drafts`.
    pub fn save(&mut self, label: &str, drafts: &[Draft]) -> Done {
        let stamp = self.stamp();
        let fresh = drafts.iter().position(|d| d.id.is_empty());
        let mut made = 0;
        let mut writes: Vec<Write> = Vec::new();
        for draft in drafts {
            let id = stamp.record_id(made);
            made += usize::from(draft.id.is_empty());
            writes.push(Write::of(draft, &id));
        }
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
            at: self.world.now(),
            by: self.person.tag.clone(),
        }
        .record_id(index)
    }

    /// Saves one field of one record.
    pub fn set(&mut self, label: &str, ledger: &'static Ledger, record: &str, slot: Slot, value: Value) -> Done {
        let stamp = self.stamp();
        let change = self.replica.compose(stamp, &[Write::cell(ledger, record, slot, value)]);
        self.commit(change, label)
    }

    /// Deletes records; they go to the recycle bin.
    pub fn delete(&mut self, label: &str, records: &[RecordIx]) -> Done {
        let stamp = self.stamp();
        let change = self.replica.delete(stamp, records);
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

    /// What the next undo takes back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|s| s.label.as_str())
    }

    /// What the next redo does again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|s| s.label.as_str())
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Option<Done> {
        let step = self.undo.pop()?;
        let (done, back) = self.take_back(&step);
        self.redo.extend(back);
        Some(done)
    }

    /// Does the last undone step again.
    pub fn redo(&mut self) -> Option<Done> {
        let step = self.redo.pop()?;
        let (done, back) = self.take_back(&step);
        self.undo.extend(back);
        Some(done)
    }

    fn take_back(&mut self, step: &UndoStep) -> (Done, Option<UndoStep>) {
        let id = match &step.what {
            Undoable::Import(id) => return self.toggle_import(id, step),
            Undoable::Change(id) => id,
        };
        let stamp = self.stamp();
        let (change, notices) = self.replica.undo(stamp, std::slice::from_ref(id));
        let back = change.as_ref().map(|c| UndoStep {
            what: Undoable::Change(c.id.clone()),
            ..step.clone()
        });
        let done = self.store_and_merge(change);
        (Done { notices, ..done }, back)
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
    fn toggle_import(&mut self, id: &str, step: &UndoStep) -> (Done, Option<UndoStep>) {
        let withdrawn = self
            .store
            .imports()
            .iter()
            .any(|i| i.meta.id == id && i.state == crate::storage::ImportState::Withdrawn);
        let outcome = if withdrawn {
            self.reinstate(id)
        } else {
            self.withdraw(id)
        };
        match outcome {
            Ok(()) => (Done::default(), Some(step.clone())),
            Err(failure) => (
                Done {
                    failure: Some(failure),
                    ..Done::default()
                },
                None,
            ),
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
    fn reload(&mut self) {
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

    /// Takes in what another window stored.
    pub fn merge_foreign(&mut self, changes: Vec<Change>) -> bool {
        self.replica.merge_all(changes).atoms > 0
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
        // Losing these only makes the reminder come early.
        let _ = self.store.set_setting("exported", Some(&now.to_string()));
        let _ = self.store.set_setting("unexported", Some("0"));
    }

    /// Days since the last export, saves since then, and whether it is time for another.
    pub fn export_age(&self) -> (Option<i64>, u64, bool) {
        let days = self.exported.map(|then| (self.world.now().0 - then.0).max(0) / 86_400);
        let overdue =
            self.unexported > 0 && (days.is_some_and(|d| d >= EXPORT_DAYS) || self.unexported >= EXPORT_SAVES);
        (days, self.unexported, overdue)
    }

    /// Works from now on in another role, or under another name.
    pub fn become_person(&mut self, role: Role, unit: &str, district: &str, label: &str) -> Done {
        self.person = Person {
            tag: tag(&*self.world).into(),
            role,
            unit: unit.to_string(),
            district: district.to_string(),
            label: label.to_string(),
        };
        let stored = self.store.set_setting("me", Some(&self.person.write()));
        Done {
            failure: stored.err(),
            ..Done::default()
        }
    }

    fn actor(&mut self) -> Arc<str> {
        let actor = self.actor.get_or_insert_with(|| tag(&*self.world).into());
        actor.clone()
    }

    fn stamp(&mut self) -> Stamp {
        let actor = self.actor();
        Stamp {
            id: ChangeId {
                actor,
                n: self.serial + 1,
            },
            at: self.world.now(),
            by: self.person.tag.clone(),
        }
    }

    fn commit(&mut self, change: Option<Change>, label: &str) -> Done {
        let id = change.as_ref().map(|c| c.id.clone());
        let done = self.store_and_merge(change);
        if let Some(id) = id {
            self.remember(Undoable::Change(id), label);
        }
        done
    }

    fn remember(&mut self, what: Undoable, label: &str) {
        self.redo.clear();
        self.undo.push(UndoStep {
            what,
            label: label.to_string(),
        });
        if self.undo.len() > UNDO_DEPTH {
            self.undo.remove(0);
        }
    }

    fn store_and_merge(&mut self, change: Option<Change>) -> Done {
        let Some(mut change) = change else {
            return Done {
                unchanged: true,
                ..Done::default()
            };
        };
        self.introduce(&mut change);
        self.serial = change.id.n;
        let mut failure = None;
        if !self.sample {
            if let Saved::Queued(why) = self.store.save(&change) {
                failure = Some(why);
            }
            self.unexported += 1;
            let _ = self.store.set_setting("unexported", Some(&self.unexported.to_string()));
        }
        self.replica.merge(change);
        Done {
            failure,
            ..Done::default()
        }
    }

    /// The first change of a device carries the record that says whose device it is.
    fn introduce(&self, change: &mut Change) {
        if self.replica.find_ix(Device::LEDGER.id, &self.person.tag).is_some() {
            return;
        }
        let mut draft = Draft::new(Device::LEDGER, &*self.person.tag);
        let mut put = |name: &str, text: &str| {
            if let Some(slot) = Device::LEDGER.slot(name).filter(|_| !text.is_empty()) {
                draft.set(slot, Value::text(text));
            }
        };
        put(
            "label",
            if self.person.label.is_empty() {
                self.person.role_label()
            } else {
                &self.person.label
            },
        );
        put("role", self.person.role.code());
        put("unit", &self.person.unit);
        put("district", &self.person.district);
        let stamp = Stamp {
            id: change.id.clone(),
            at: change.at,
            by: change.by.clone(),
        };
        if let Some(first) = self.replica.compose(stamp, &[Write::of(&draft, "")]) {
            change.set.extend(first.set);
            change.set.arrange_by(|a, b| a.record.cmp(&b.record));
        }
    }

    /// What a person may write: `None` if the field of this record may be written, else why not.
    pub fn why_not(&self, ledger: &'static Ledger, unit: &str, slot: Option<Slot>) -> Option<String> {
        let device = crate::replica::Device {
            label: self.person.label.as_str().into(),
            role: self.person.role,
            unit: self.person.unit.as_str().into(),
            district: self.person.district.as_str().into(),
        };
        if self.replica.allows(&device, Some(ledger), unit, slot) {
            return None;
        }
        let decided = slot.and_then(|s| ledger.field_at(s)).and_then(|f| f.decided_by);
        Some(match (self.person.role, decided) {
            (Role::Viewer, _) => "当前身份只能查看".to_string(),
            (_, Some(Role::Town)) => "由镇党委填写".to_string(),
            (_, Some(Role::Guide)) => "由党建指导员填写".to_string(),
            (Role::Unit, _) if ledger.owner != crate::model::ledger::Owner::Unit => "由镇党建办填写".to_string(),
            (Role::Unit, _) => "不是本村（社区）的记录".to_string(),
            _ => "不在当前身份的填报范围".to_string(),
        })
    }
}

impl Person {
    fn town(world: &dyn World) -> Person {
        Person {
            tag: tag(world).into(),
            role: Role::Town,
            unit: String::new(),
            district: String::new(),
            label: String::new(),
        }
    }

    /// The role in words.
    pub fn role_label(&self) -> &'static str {
        Role::CHOICES
            .iter()
            .find(|c| c.code == self.role.code())
            .map_or("", |c| c.label)
    }

    fn write(&self) -> String {
        [&*self.tag, self.role.code(), &self.unit, &self.district, &self.label].join("\n")
    }

    fn read(text: &str) -> Option<Person> {
        let mut lines = text.split('\n');
        let tag = lines.next().filter(|t| is_tag(t))?;
        Some(Person {
            tag: tag.into(),
            role: Role::by_code(lines.next()?)?,
            unit: lines.next()?.to_string(),
            district: lines.next()?.to_string(),
            label: lines.next()?.to_string(),
        })
    }
}

/// Eleven letters and digits: 62^11 is more than 2^65, enough that no two page loads ever share one.
fn tag(world: &dyn World) -> String {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut out = String::with_capacity(11);
    while out.len() < 11 {
        let mut bytes = [0u8; 16];
        world.random(&mut bytes);
        // Bytes from 248 on are left out, so that every letter is equally likely.
        let fair = bytes
            .iter()
            .filter(|b| **b < 248)
            .map(|b| char::from(LETTERS[usize::from(b % 62)]));
        out.extend(fair.take(11 - out.len()));
    }
    out
}

/// The unit code of a draft or record; empty if none.
pub fn unit_of(cells: &dyn Cells) -> &str {
    cells.cell(slots::UNIT).as_str().unwrap_or("")
}
