//! Files against a replica, in turns, so that the page stays alive however much comes at once.
//!
//! Nothing is written: what the files would do is tried on a copy. A batch that is dropped in the middle leaves no
//! trace.

use std::collections::BTreeMap;

use super::file::{Content, Header};
use super::pasted::of_text;
use super::preview::{Before, Effect, FilePreview, Outcome, Preview, UNUSUAL, effect_on, newly_open};
use super::reading::{ReadFile, read_file_in_turns};
use crate::model::ledger::{Ledger, TypedRow};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{Submission, Unit};
use crate::model::records::{Records as _, rows};
use crate::replica::wire::Names;
use crate::replica::{Change, Patch, RecordIx, Replica};
use crate::turns::{Turns, at_once};

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
        }
    }

    /// Takes in one more file at once.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        at_once(self.take(name, bytes.to_vec(), Turns::NONE));
    }

    /// Takes in one more file. A batch whose work was given up is of no more use.
    pub async fn take(&mut self, name: &str, bytes: Vec<u8>, turns: Turns<'_>) {
        self.take_bytes(name, None, bytes, turns).await;
    }

    /// Takes in a text that was pasted, as [`Pasted`](super::pasted::Pasted) put it together.
    pub async fn take_text(&mut self, text: String, turns: Turns<'_>) {
        self.take(PASTED, text.into_bytes(), turns).await;
        // Its refusal speaks of a text.
        if let Some(Outcome::Refused(notice)) = self.preview.files.last_mut().map(|file| &mut file.outcome) {
            *notice = of_text(notice.clone());
        }
    }

    /// Takes in a sealed file that was added before, in its place.
    ///
    /// # Errors
    /// The notice of [`Sealed::open`](super::seal::Sealed::open); the file stays sealed.
    pub async fn unseal(&mut self, index: usize, passphrase: &str, turns: Turns<'_>) -> Result<(), Notice> {
        let file = self.preview.files.get(index);
        if let Some((Outcome::Sealed(sealed), name)) = file.map(|f| (&f.outcome, f.name.clone())) {
            let plain = sealed.open_in_turns(passphrase, turns).await?;
            self.take_bytes(&name, Some(index), plain, turns).await;
        }
        Ok(())
    }

    async fn take_bytes(&mut self, name: &str, place: Option<usize>, bytes: Vec<u8>, turns: Turns<'_>) {
        let read = read_file_in_turns(&bytes, &mut self.names, turns).await;
        drop(bytes);
        match read {
            Ok(ReadFile::Plain(content)) => self.take_content(name, place, content, turns).await,
            Ok(ReadFile::Sealed(sealed)) => drop(self.push(name, place, None, Outcome::Sealed(sealed))),
            Err(notice) => drop(self.push(name, place, None, Outcome::Refused(notice))),
        }
    }

    /// Takes in a file that was read before.
    pub async fn take_read(&mut self, name: &str, content: Box<Content>, turns: Turns<'_>) {
        self.take_content(name, None, content, turns).await;
    }

    /// Adds what there is to say of the file that was taken in last.
    pub fn remark(&mut self, notices: Vec<Notice>) {
        if let Some(file) = self.preview.files.last_mut() {
            file.remarks.extend(notices);
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

    async fn take_content(&mut self, name: &str, place: Option<usize>, mut content: Box<Content>, turns: Turns<'_>) {
        if let Some(twin) = self.seen.get(&content.sha256).cloned() {
            self.push(name, place, Some(content.header), Outcome::SameAs(twin));
            return;
        }
        self.seen.insert(content.sha256.clone(), name.to_string());
        // Leaves out what is here already.
        let mut fresh = Vec::new();
        for change in &content.changes {
            fresh.push(self.preview.after.lacks_in_turns(change, turns).await);
            turns.pause().await;
        }
        let remarks = self.remarks(&content);
        let echoes = echoes(&content.changes, &fresh);
        let mut keep = fresh.into_iter();
        content.changes.retain(|_| keep.next() == Some(true));
        let mut found = Found::new(*content, remarks, echoes);
        let after = &mut self.preview.after;
        found.stood = rows::<Unit>(after).len();
        for change in &found.fresh {
            for patch in &change.set {
                look(&mut found.before, after, patch);
                turns.pause().await;
            }
        }
        let merged = after.merge_in_turns(&mut found.fresh.iter().cloned(), turns).await;
        for at in 0..merged.records.len() {
            found.compare(after, &merged.records, at);
            turns.pause().await;
        }
        self.close(name, place, found, merged.atoms);
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
            self.preview.after.visit(ledger.schema, None, &mut |_| now += 1);
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

/// Notes what a record looks like that is about to be written to.
fn look(before: &mut BTreeMap<RecordIx, Before>, replica: &Replica, patch: &Patch) {
    if let Some(ix) = replica.find_ix(&patch.ledger, &patch.record)
        && let Some(record) = replica.record(ix)
    {
        before.entry(ix).or_insert_with(|| Before::of(replica, ix, record));
        look_beside(before, replica, ix);
    }
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
            if let Some(ledger) = catalogue().get(after.ledger_id(record)) {
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
