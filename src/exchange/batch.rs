//! Files against a replica, in slices, so that the page stays alive however much comes at once.
//!
//! Nothing is written: what the files would do is tried on a copy. A batch that is dropped in the middle leaves no
//! trace.

use std::collections::BTreeMap;

use super::file::{Content, Header};
use super::pasted::of_text;
use super::preview::{Before, Effect, FilePreview, Outcome, Preview, UNUSUAL, effect_on, newly_open};
use super::reading::{ReadFile, Reading};
use crate::model::ledger::{Ledger, TypedRow};
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::{Submission, Unit};
use crate::model::records::{Records as _, rows};
use crate::replica::wire::Names;
use crate::replica::{Change, Merging, RecordIx, Replica};
use crate::turns::{Pause, never};

/// What a pasted text is called among the files.
pub const PASTED: &str = "粘贴的文本";
/// Replacing fewer shown values than this is never drastic.
const DRASTIC_LEAST: usize = 200;
/// Deleting fewer records of a ledger than this, by all files together, is never drastic.
const DRASTIC_DELETED: usize = 2;
/// Changing fewer records of a ledger than this, by one file, is never drastic.
const DRASTIC_CHANGED: usize = 5;
/// This part of a ledger is unusually much: a third.
const DRASTIC_PART: usize = 3;

/// A batch of files against a replica, one file at a time.
pub struct Batch {
    names: Names,
    seen: BTreeMap<String, String>,
    preview: Preview,
    town: Option<String>,
    now: i64,
    /// Records of a ledger before the first file, how many of them the files so far delete or join into others, and how
    /// many of these they join.
    gone: BTreeMap<&'static str, (usize, usize, usize)>,
    job: Option<Job>,
}

/// The file that is being worked on.
struct Job {
    name: String,
    /// Its place among the files, if it has one already.
    place: Option<usize>,
    /// It came as text, and is spoken of so.
    pasted: bool,
    work: Work,
}

enum Work {
    /// The bytes, and how far they are read.
    Read(Vec<u8>, Reading),
    /// Leaves out what is here already: whether each change so far is new.
    Sift(Box<Content>, Vec<bool>),
    /// Notes what the records look like that the changes from this one on write to.
    Look(Found, usize),
    /// Merges the changes from this one on.
    Merge(Found, usize, Merging),
    /// Compares the touched records from this one on.
    Compare(Found, usize, Merging),
}

/// What a file brings, and what was there before.
struct Found {
    header: Header,
    sha256: String,
    remarks: Vec<Notice>,
    echoes: Vec<String>,
    fresh: Vec<Change>,
    before: BTreeMap<RecordIx, Before>,
    /// Units that stood before.
    stood: usize,
    /// What becomes of the records of each ledger.
    ledgers: Vec<(&'static Ledger, Effect)>,
    total: Effect,
    units: BTreeMap<String, Effect>,
}

impl Batch {
    /// Starts a batch. `now` in seconds since 1970 UTC, only to remark on clocks that run ahead.
    pub fn new(replica: &Replica, now: i64) -> Batch {
        let preview = Preview {
            files: Vec::new(),
            changes: Vec::new(),
            after: replica.clone(),
            drastic: false,
        };
        Batch::again(preview, now)
    }

    /// Goes on with a batch that was finished.
    pub fn again(preview: Preview, now: i64) -> Batch {
        let known = rows::<crate::model::programmes::town::ledgers::Town>(&preview.after);
        let town = known.iter().find_map(|t| t.name()).map(str::to_string);
        Batch {
            names: Names::default(),
            seen: BTreeMap::new(),
            preview,
            town,
            now,
            gone: BTreeMap::new(),
            job: None,
        }
    }

    /// Takes in one more file at once.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        self.begin(name, bytes.to_vec());
        while !self.step(&mut never) {}
    }

    /// Begins one more file; [`step`](Batch::step) takes it in. One at a time: a file begun before is left out.
    pub fn begin(&mut self, name: &str, bytes: Vec<u8>) {
        self.job = Some(Job {
            name: name.to_string(),
            place: None,
            pasted: false,
            work: Work::Read(bytes, Reading::default()),
        });
    }

    /// Begins a text that was pasted, as [`Pasted`](super::pasted::Pasted) put it together.
    pub fn begin_text(&mut self, text: String) {
        self.begin(PASTED, text.into_bytes());
        if let Some(job) = &mut self.job {
            job.pasted = true;
        }
    }

    /// Begins a file that was read before; [`step`](Batch::step) takes it in.
    pub fn begin_read(&mut self, name: &str, content: Box<Content>) {
        if let Some(work) = self.open(name, None, content) {
            self.job = Some(Job {
                name: name.to_string(),
                place: None,
                pasted: false,
                work,
            });
        }
    }

    /// Begins a sealed file that was added before; [`step`](Batch::step) takes it in, in its place.
    ///
    /// # Errors
    /// The notice of [`Sealed::open`](super::seal::Sealed::open); the file stays sealed.
    pub fn unseal(&mut self, index: usize, passphrase: &str) -> Result<(), Notice> {
        let file = self.preview.files.get(index);
        if let Some((Outcome::Sealed(sealed), name)) = file.map(|f| (&f.outcome, &f.name)) {
            let (name, plain) = (name.clone(), sealed.open(passphrase)?);
            self.begin(&name, plain);
            if let Some(job) = &mut self.job {
                job.place = Some(index);
            }
        }
        Ok(())
    }

    /// Goes on with the file begun, until it is taken in or `pause` asks to stop; whether nothing is left to do.
    pub fn step(&mut self, pause: Pause<'_>) -> bool {
        let mut over = false;
        while let Some(job) = self.job.take() {
            let Job {
                name,
                place,
                pasted,
                work,
            } = job;
            // Once it is time, it stays so for this slice.
            let mut pause = || {
                over = over || pause();
                over
            };
            match self.work(&name, place, work, &mut pause) {
                Some(work) => {
                    self.job = Some(Job {
                        name,
                        place,
                        pasted,
                        work,
                    });
                    if over {
                        return false;
                    }
                }
                None if pasted => self.speak_of_text(),
                None => {}
            }
        }
        true
    }

    /// The file read last is a pasted text: its refusal says so.
    fn speak_of_text(&mut self) {
        if let Some(Outcome::Refused(notice)) = self.preview.files.last_mut().map(|file| &mut file.outcome) {
            *notice = of_text(notice.clone());
        }
    }

    /// Adds a refusal found before reading, such as a file that is too large.
    pub fn refuse(&mut self, name: &str, notice: Notice) {
        self.push(name, None, None, Outcome::Refused(notice));
    }

    /// What the batch would do.
    pub fn finish(self) -> Preview {
        self.preview
    }

    /// What the batch would do so far.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    fn push(&mut self, name: &str, place: Option<usize>, header: Option<Header>, outcome: Outcome) -> usize {
        let file = FilePreview {
            name: name.to_string(),
            header,
            outcome,
            units: BTreeMap::new(),
            sha256: String::new(),
            changes: 0..0,
            echoes: Vec::new(),
            remarks: Vec::new(),
        };
        let files = &mut self.preview.files;
        match place.and_then(|place| Some((place, files.get_mut(place)?))) {
            Some((place, sealed)) => {
                *sealed = file;
                place
            }
            None => {
                files.push(file);
                files.len() - 1
            }
        }
    }

    /// One stage of a file, or as much of it as there is time for; what is left to do, if anything.
    fn work(&mut self, name: &str, place: Option<usize>, work: Work, pause: Pause<'_>) -> Option<Work> {
        match work {
            Work::Read(bytes, mut reading) => match reading.step(&bytes, &mut self.names, pause) {
                None => return Some(Work::Read(bytes, reading)),
                Some(Ok(ReadFile::Plain(content))) => return self.open(name, place, content),
                Some(Ok(ReadFile::Sealed(sealed))) => drop(self.push(name, place, None, Outcome::Sealed(sealed))),
                Some(Err(notice)) => drop(self.push(name, place, None, Outcome::Refused(notice))),
            },
            Work::Sift(mut content, mut fresh) => {
                while let Some(change) = content.changes.get(fresh.len()) {
                    fresh.push(self.preview.after.lacks(change));
                    if pause() {
                        return Some(Work::Sift(content, fresh));
                    }
                }
                let remarks = self.remarks(&content);
                let echoes = echoes(&content.changes, &fresh);
                let mut keep = fresh.into_iter();
                content.changes.retain(|_| keep.next() == Some(true));
                let mut found = Found::new(*content, remarks, echoes);
                found.stood = rows::<Unit>(&self.preview.after).len();
                return Some(Work::Look(found, 0));
            }
            Work::Look(mut found, from) => {
                for at in from..found.fresh.len() {
                    found.look(&self.preview.after, at);
                    if pause() {
                        return Some(Work::Look(found, at + 1));
                    }
                }
                let merging = self.preview.after.begin_merge();
                return Some(Work::Merge(found, 0, merging));
            }
            Work::Merge(found, from, mut merging) => {
                for at in from..found.fresh.len() {
                    self.preview.after.take_some(&mut merging, found.fresh[at].clone());
                    if pause() {
                        return Some(Work::Merge(found, at + 1, merging));
                    }
                }
                return Some(match self.preview.after.merge_on(&mut merging, pause) {
                    false => Work::Merge(found, usize::MAX, merging),
                    true => Work::Compare(found, 0, merging),
                });
            }
            Work::Compare(mut found, from, merging) => {
                for at in from..merging.merged().records.len() {
                    found.compare(&self.preview.after, &merging.merged().records, at);
                    if pause() {
                        return Some(Work::Compare(found, at + 1, merging));
                    }
                }
                self.close(name, place, found, merging.merged().atoms);
            }
        }
        None
    }

    fn open(&mut self, name: &str, place: Option<usize>, content: Box<Content>) -> Option<Work> {
        if let Some(twin) = self.seen.get(&content.sha256).cloned() {
            self.push(name, place, Some(content.header), Outcome::SameAs(twin));
            return None;
        }
        self.seen.insert(content.sha256.clone(), name.to_string());
        Some(Work::Sift(content, Vec::new()))
    }

    fn close(&mut self, name: &str, place: Option<usize>, mut found: Found, atoms: usize) {
        if atoms == 0 {
            let at = self.push(name, place, Some(found.header), Outcome::NothingNew);
            if let Some(file) = self.preview.files.get_mut(at) {
                file.echoes = found.echoes;
            }
            return;
        }
        let unusual = self.unusual(&found);
        self.preview.drastic |= !unusual.is_empty();
        found.remarks.extend(unusual);
        let from = self.preview.changes.len();
        self.preview.changes.extend(found.fresh);
        let changes = from..self.preview.changes.len();
        let at = self.push(name, place, Some(found.header), Outcome::Brings(found.total));
        if let Some(file) = self.preview.files.get_mut(at) {
            file.units = found.units;
            file.sha256 = found.sha256;
            file.changes = changes;
            file.echoes = found.echoes;
            file.remarks = found.remarks;
        }
    }

    /// What a file deletes or replaces that is unusually much: shown values on the whole, a third of a ledger, any unit.
    fn unusual(&mut self, found: &Found) -> Vec<Notice> {
        let mut said = Vec::new();
        if found.total.units > 0 {
            let (all, hit) = (found.stood, found.total.units);
            said.push(format!("要删除或改写 {all} 个村（社区）中的 {hit} 个"));
        }
        for (ledger, effect) in &found.ledgers {
            if effect.changed == 0 || ledger.id == Unit::LEDGER.id {
                continue;
            }
            let mut now = 0;
            self.preview.after.visit(ledger, None, &mut |_| now += 1);
            let stood = (now + effect.gone()).saturating_sub(effect.new);
            let (before, gone, joined) = self.gone.entry(ledger.id).or_insert((stood, 0, 0));
            *gone += effect.gone();
            *joined += effect.joined;
            let is_much = |n: usize, least: usize, of: usize| n >= least && n * DRASTIC_PART >= of;
            let changed = effect.changed - effect.gone();
            if effect.gone() > 0 && is_much(*gone, DRASTIC_DELETED, *before) {
                let (counted, label) = (ledger.counted, ledger.label);
                let part = format!("{label} {before} {counted}中的 {gone} {counted}");
                said.push(match *joined {
                    0 => format!("要删除{part}"),
                    joined if joined == *gone => format!("要把{part}并入别的记录"),
                    joined => format!("要删除{part}，其中 {joined} {counted}是并入别的记录"),
                });
            } else if !ledger.system && is_much(changed, DRASTIC_CHANGED, stood) {
                let counted = ledger.counted;
                said.push(format!(
                    "要改写{} {stood} {counted}中的 {changed} {counted}",
                    ledger.label
                ));
            }
        }
        let superseded = found.total.superseded;
        if said.is_empty() && superseded >= DRASTIC_LEAST && superseded * 5 > self.preview.after.record_count() {
            said.push("会替换大量现有内容".to_owned());
        }
        let warn = |what| Notice::warning(UNUSUAL, what, "请核对文件是否选对");
        said.into_iter().map(warn).collect()
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

/// Ids of the reports among the changes that were here before.
fn echoes(changes: &[Change], fresh: &[bool]) -> Vec<String> {
    let known = changes.iter().zip(fresh).filter(|(_, fresh)| !**fresh);
    let patches = known.flat_map(|(change, _)| &change.set);
    let reports = patches.filter(|patch| &*patch.ledger == Submission::LEDGER.id);
    reports.map(|patch| patch.record.to_string()).collect()
}

/// Notes what those look like that a record is one with: what is read in one decides what is open in another.
fn look_beside(before: &mut BTreeMap<RecordIx, Before>, replica: &Replica, ix: RecordIx) {
    for other in replica.joined_with(ix) {
        if let Some(record) = replica.record(other) {
            before
                .entry(other)
                .or_insert_with(|| Before::of(replica, other, record));
        }
    }
}

impl Found {
    fn new(content: Content, remarks: Vec<Notice>, echoes: Vec<String>) -> Found {
        Found {
            header: content.header,
            sha256: content.sha256,
            remarks,
            echoes,
            fresh: content.changes,
            before: BTreeMap::new(),
            stood: 0,
            ledgers: Vec::new(),
            total: Effect::default(),
            units: BTreeMap::new(),
        }
    }

    /// Notes what the records look like that a change writes to.
    fn look(&mut self, replica: &Replica, at: usize) {
        for patch in self.fresh.get(at).map_or(&[][..], |change| &change.set) {
            if let Some(ix) = replica.find_ix(&patch.ledger, &patch.record)
                && let Some(record) = replica.record(ix)
            {
                let before = &mut self.before;
                before.entry(ix).or_insert_with(|| Before::of(replica, ix, record));
                look_beside(before, replica, ix);
            }
        }
    }

    /// Adds up what became of a record, and what is to be decided by now of those that it is one with and that the file
    /// does not write to.
    fn compare(&mut self, after: &Replica, touched: &[RecordIx], at: usize) {
        let ix = touched[at];
        for other in after.joined_with(ix).into_iter().filter(|other| *other != ix) {
            if touched.contains(&other) {
                continue;
            }
            if let Some((record, before)) = after.record(other).zip(self.before.remove(&other)) {
                let effect = Effect {
                    conflicts: newly_open(Some(&before), &Before::of(after, other, record)),
                    ..Effect::default()
                };
                self.total.add(effect);
                let unit = after.unit_of(record).to_string();
                self.units.entry(unit).or_default().add(effect);
            }
        }
        // Who filled in comes along with everything and is no record of the ledgers.
        if let Some(record) = after.record(ix).filter(|record| !after.is_device(record)) {
            let effect = effect_on(self.before.get(&ix), after, ix, record);
            self.total.add(effect);
            if let Some(ledger) = after.ledger_of(record) {
                let place = self.ledgers.iter().position(|(known, _)| known.id == ledger.id);
                let place = place.unwrap_or_else(|| {
                    self.ledgers.push((ledger, Effect::default()));
                    self.ledgers.len() - 1
                });
                self.ledgers[place].1.add(effect);
            }
            let unit = after.unit_of(record).to_string();
            self.units.entry(unit).or_default().add(effect);
        }
    }
}
