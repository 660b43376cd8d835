//! What files would do, before anything is written; and doing it, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{Content, Header, ReadFile, read_file};
use super::seal::Sealed;
use crate::model::ledger::Slot;
use crate::model::notice::Notice;
use crate::replica::wire::Names;
use crate::replica::{Atom, Change, Record, RecordIx, Replica};

/// What a file does to the records of one unit, or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Records that were not here.
    pub new: usize,
    /// Records that were here and get other values.
    pub changed: usize,
    /// Fields that differ afterwards and did not before.
    pub conflicts: usize,
    /// Records with something that waits for acceptance because its author had no authority.
    pub pending: usize,
    /// Shown values that get replaced.
    pub superseded: usize,
}

impl Effect {
    fn add(&mut self, other: Effect) {
        self.new += other.new;
        self.changed += other.changed;
        self.conflicts += other.conflicts;
        self.pending += other.pending;
        self.superseded += other.superseded;
    }
}

/// What becomes of a file.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Can be merged and brings something.
    Brings(Effect),
    /// Everything in it is here already.
    NothingNew,
    /// The same as another file of the batch, named here.
    SameAs(String),
    /// Sealed; needs its passphrase.
    Sealed(Box<Sealed>),
    /// Refused; nothing of it is taken.
    Refused(Notice),
}

/// One file of a batch.
#[derive(Clone, Debug)]
pub struct FilePreview {
    /// File name as it was chosen.
    pub name: String,
    /// What it says about itself, unless it could not be read.
    pub header: Option<Header>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Per unit code (empty for records of no unit).
    pub units: BTreeMap<String, Effect>,
    /// Remarks: another town, times ahead of now, unusually much replaced.
    pub remarks: Vec<Notice>,
}

/// What a batch would do.
#[derive(Clone)]
pub struct Preview {
    /// The files, in the order given.
    pub files: Vec<FilePreview>,
    /// All that would be merged, for storage.
    pub changes: Vec<Change>,
    /// The replica after merging; becomes the live one once storage has taken the changes.
    pub after: Replica,
    /// Replaces so much that it needs a second confirmation.
    pub drastic: bool,
}

/// A batch of files against a replica, one file at a time so that the shell can show progress.
pub struct Batch {
    names: Names,
    seen: BTreeMap<String, String>,
    preview: Preview,
    town: Option<String>,
    now: i64,
}

/// Replacing fewer shown values than this is never drastic.
const DRASTIC_LEAST: usize = 200;

impl Batch {
    /// Starts a batch. `now` in seconds since 1970 UTC, only to remark on clocks that run ahead.
    pub fn new(replica: &Replica, now: i64) -> Batch {
        let known = crate::model::records::rows::<crate::model::town::Town>(replica);
        let town = known.iter().find_map(|t| t.name()).map(str::to_string);
        let preview = Preview {
            files: Vec::new(),
            changes: Vec::new(),
            after: replica.clone(),
            drastic: false,
        };
        Batch {
            names: Names::default(),
            seen: BTreeMap::new(),
            preview,
            town,
            now,
        }
    }

    /// Reads one more file.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        match read_file(bytes, &mut self.names) {
            Ok(ReadFile::Plain(content)) => self.add_content(name, *content),
            Ok(ReadFile::Sealed(sealed)) => self.push(name, None, Outcome::Sealed(sealed)),
            Err(notice) => self.refuse(name, notice),
        }
    }

    /// Opens a sealed file that was added before, in place.
    ///
    /// # Errors
    /// The notice of [`Sealed::open`]; the file stays sealed.
    pub fn unseal(&mut self, index: usize, passphrase: &str) -> Result<(), Notice> {
        let Some(FilePreview {
            outcome: Outcome::Sealed(sealed),
            name,
            ..
        }) = self.preview.files.get(index)
        else {
            return Ok(());
        };
        let (name, plain) = (name.clone(), sealed.open(passphrase)?);
        self.add(&name, &plain);
        if let Some(opened) = self.preview.files.pop() {
            self.preview.files[index] = opened;
        }
        Ok(())
    }

    /// Adds a refusal found before reading, such as a file that is too large.
    pub fn refuse(&mut self, name: &str, notice: Notice) {
        self.push(name, None, Outcome::Refused(notice));
    }

    /// What the batch would do.
    pub fn finish(self) -> Preview {
        self.preview
    }

    /// What the batch would do so far.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    fn push(&mut self, name: &str, header: Option<Header>, outcome: Outcome) {
        let file = FilePreview {
            name: name.to_string(),
            header,
            outcome,
            units: BTreeMap::new(),
            remarks: Vec::new(),
        };
        self.preview.files.push(file);
    }

    fn add_content(&mut self, name: &str, content: Content) {
        if let Some(twin) = self.seen.get(&content.sha256) {
            let twin = twin.clone();
            return self.push(name, Some(content.header), Outcome::SameAs(twin));
        }
        self.seen.insert(content.sha256.clone(), name.to_string());
        let remarks = self.remarks(&content);
        let mut fresh = content.changes;
        fresh.retain(|change| self.preview.after.lacks(change));
        let before = Snapshot::of(&self.preview.after, &fresh);
        let merged = self.preview.after.merge_all(fresh.iter().cloned());
        if merged.atoms == 0 {
            return self.push(name, Some(content.header), Outcome::NothingNew);
        }
        let (total, units) = before.compare(&self.preview.after, &merged.records);
        let records = self.preview.after.record_count();
        self.preview.drastic |= total.superseded >= DRASTIC_LEAST && total.superseded * 5 > records;
        self.preview.changes.extend(fresh);
        self.push(name, Some(content.header), Outcome::Brings(total));
        if let Some(file) = self.preview.files.last_mut() {
            file.units = units;
            file.remarks = remarks;
        }
    }

    fn remarks(&self, content: &Content) -> Vec<Notice> {
        let mut remarks = Vec::new();
        if self.town.as_ref().is_some_and(|t| *t != content.header.town) {
            let what = format!("文件来自{}", content.header.town);
            remarks.push(Notice::warning("town", what, "不是本镇的数据，请核对后再合并"));
        }
        if content.changes.iter().any(|c| c.at.0 > self.now + 86_400) {
            remarks.push(Notice::warning(
                "at",
                "时间可疑：有记录的时间晚于现在一天以上",
                "请提醒填报人校准设备时间",
            ));
        }
        remarks
    }
}

/// What records looked like before a merge.
struct Snapshot {
    records: BTreeMap<RecordIx, Before>,
}

struct Before {
    live: bool,
    disputed: BTreeSet<Slot>,
    pending: bool,
    shown: Vec<(Slot, crate::model::value::Value)>,
}

impl Before {
    fn of(record: &Record) -> Before {
        Before {
            live: record.is_live(),
            disputed: record.written().filter(|&s| record.disputed(s)).collect(),
            pending: record.is(Record::PENDING),
            shown: record
                .atoms
                .iter()
                .filter(|a| a.is(Atom::SHOWN))
                .map(|a| (a.slot, a.value.clone()))
                .collect(),
        }
    }
}

impl Snapshot {
    fn of(replica: &Replica, changes: &[Change]) -> Snapshot {
        let mut records = BTreeMap::new();
        for patch in changes.iter().flat_map(|c| &c.set) {
            if let Some(ix) = replica.find_ix(&patch.ledger, &patch.record)
                && let Some(record) = replica.record(ix)
            {
                records.entry(ix).or_insert_with(|| Before::of(record));
            }
        }
        Snapshot { records }
    }

    fn compare(&self, after: &Replica, touched: &[RecordIx]) -> (Effect, BTreeMap<String, Effect>) {
        let mut total = Effect::default();
        let mut units: BTreeMap<String, Effect> = BTreeMap::new();
        for &ix in touched {
            let Some(record) = after.record(ix) else { continue };
            let effect = effect_on(self.records.get(&ix), record);
            total.add(effect);
            units.entry(after.unit_of(record).to_string()).or_default().add(effect);
        }
        (total, units)
    }
}

fn effect_on(before: Option<&Before>, record: &Record) -> Effect {
    let now = Before::of(record);
    let mut effect = Effect::default();
    match before {
        None => effect.new = usize::from(now.live),
        Some(before) => {
            let gone = before.shown.iter().filter(|shown| !now.shown.contains(shown)).count();
            effect.superseded = gone;
            effect.changed = usize::from(now.shown != before.shown || now.live != before.live);
        }
    }
    let old = before.map_or(0, |b| now.disputed.intersection(&b.disputed).count());
    effect.conflicts = now.disputed.len() - old;
    effect.pending = usize::from(now.pending && !before.is_some_and(|b| b.pending));
    effect
}
