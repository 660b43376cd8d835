//! Files on their way out. What was handed to the browser or to a chat has not arrived yet: it counts as a backup, and
//! a report as sent, once the person says so or the town sends it back.

use super::kept;
use super::state::{Desk, Done, Undoable};
use crate::exchange::scope::Scope;
use crate::exchange::sent::{REMEMBERED, Sent};
use crate::exchange::writing::{Order, Written, export};
use crate::exchange::{Preview, Purpose};
use crate::model::date::Instant;
use crate::model::ledger::{Role, TypedRow};
use crate::model::programmes::town::ledgers::Submission;
use crate::model::records::{Draft, Records};
use crate::replica::{Change, Replica, Write};

/// The note of a report, written into a file and not kept here before the file has left.
#[derive(Clone, Debug)]
pub struct Unkept {
    /// `None` where the note stands here as it is, from an earlier hand-over that nobody confirmed.
    change: Option<(Change, bool)>,
    record: String,
}

impl Desk {
    /// Whether a file holds everything that this person has here, so that it is a backup, too.
    pub fn backs_up(&self, purpose: Purpose, scope: &Scope) -> bool {
        match purpose {
            Purpose::Backup => true,
            Purpose::Report => self.own_unit().is_some_and(|own| scope.units == [own]),
            Purpose::Dispatch | Purpose::Redacted | Purpose::Share => false,
        }
    }

    /// Writes the report of a unit with the note that it reports. A note that still waits to be sent is written anew
    /// instead of a second one. Nothing is kept before [`note_left`](Desk::note_left).
    pub fn write_report(&mut self, unit: &str, note: Option<Draft>) -> (Written, Option<Unkept>) {
        let order = Order {
            purpose: Purpose::Report,
            scope: Scope::units([unit]),
            by: self.person.tag.to_string(),
            at: self.environment.now(),
        };
        let Some(unkept) = note.map(|note| self.compose_note(unit, note)) else {
            return (export(&self.replica, &order), None);
        };
        let mut with_note = Replica::clone(&self.replica);
        if let Some((change, _)) = &unkept.change {
            with_note.merge(change.clone());
        }
        (export(&with_note, &order), Some(unkept))
    }

    fn compose_note(&mut self, unit: &str, mut note: Draft) -> Unkept {
        let task = note.task().map(str::to_owned);
        if let Some(earlier) = self.waiting_reports().into_iter().find(|id| {
            let earlier = self.replica.find(Submission::SCHEMA, id).map(Submission::of);
            earlier.is_some_and(|known| known.unit() == Some(unit) && known.task() == task.as_deref())
        }) {
            note.id = earlier;
        }
        let stamp = self.stamp();
        // The number is used up: a file that got away after all must not meet another change of this name.
        self.serial = stamp.id.n;
        let fresh = stamp.record_id(0);
        let record = if note.id.is_empty() {
            fresh.clone()
        } else {
            note.id.clone()
        };
        let change = self.replica.compose(stamp, &[Write::of(&note, &fresh)]);
        let change = change.map(|mut change| {
            let introduced = self.introduce(&mut change);
            (change, introduced)
        });
        Unkept { change, record }
    }

    /// Notes that a file was handed over: to the browser's downloads, to another app, to the clipboard.
    pub fn note_left(&mut self, mut sent: Sent, note: Option<Unkept>) -> Done {
        let mut done = Done {
            unchanged: true,
            ..Done::default()
        };
        if let Some(note) = note {
            sent.report = note.record;
            if let Some((change, introduced)) = note.change {
                let id = change.id.clone();
                done = self.keep(change, introduced);
                self.remember(Undoable::Change(id), "上报");
            }
        }
        let tracked = sent.backs_up.is_some() || !sent.report.is_empty();
        sent.waiting = tracked && !self.sample;
        if sent.waiting && sent.backs_up.is_some() {
            self.prepared = Instant::parse(&sent.at);
            // Losing it only means that nobody is asked.
            let _ = self.store.set_setting(kept::PREPARED, Some(&sent.at));
        }
        self.note_sent(sent);
        done
    }

    /// What a file of everything backs up, for [`Sent::backs_up`], with a note that is kept when it has left.
    pub fn unexported_with(&self, note: Option<&Unkept>) -> u64 {
        self.unexported + u64::from(note.is_some_and(|note| note.change.is_some()))
    }

    /// The latest file that waits for the person's word.
    pub fn waiting_file(&self) -> Option<Sent> {
        self.sent().into_iter().find(|sent| sent.waiting)
    }

    /// Ids of the notes of reports whose files nobody has said to have left.
    pub fn waiting_reports(&self) -> Vec<String> {
        let waiting = self.sent().into_iter().filter(|sent| sent.waiting);
        waiting.map(|sent| sent.report).filter(|id| !id.is_empty()).collect()
    }

    /// The person says that a file is where it should be, or it came back.
    pub fn confirm_left(&mut self, key: &str) {
        let mut all = self.sent();
        let Some(at) = all.iter().position(|sent| sent.waiting && sent.key() == key) else {
            return;
        };
        all[at].waiting = false;
        let (held, when) = (all[at].backs_up, Instant::parse(&all[at].at));
        for other in &mut all {
            // What this one holds, no other backs up any more.
            other.backs_up = other.backs_up.map(|saves| saves.saturating_sub(held.unwrap_or(0)));
        }
        self.keep_sent(&all);
        if let (Some(held), Some(when)) = (held, when) {
            let rest = self.unexported.saturating_sub(held);
            self.note_copy(when.max(self.exported.unwrap_or(when)), rest, when);
            // The latest stands first; what came before it is in it.
            if !all[..at].iter().any(|sent| sent.waiting && sent.backs_up.is_some()) {
                self.unprepare();
            }
        }
    }

    /// Reports of this device that came back in a file of somebody else have arrived; whether there were any.
    pub fn note_received(&mut self, preview: &Preview) -> bool {
        let mut arrived = Vec::new();
        for file in &preview.files {
            let by = file.header.as_ref().map(|header| header.exported_by.as_str());
            let foreign = |id: &&str| {
                let author = self.replica.find_ix(Submission::SCHEMA.id, id);
                let record = author.and_then(|ix| self.replica.record(ix));
                record.is_some_and(|record| {
                    let mut tags = record.atoms.iter().map(|atom| self.replica.tag_of(atom.change));
                    by.is_some_and(|by| by != &*self.person.tag && !tags.any(|tag| tag == by))
                })
            };
            arrived.extend(
                file.echoes
                    .iter()
                    .map(String::as_str)
                    .filter(foreign)
                    .map(str::to_owned),
            );
        }
        let known = self.sent().into_iter();
        let back: Vec<String> = known
            .filter(|sent| sent.waiting && arrived.contains(&sent.report))
            .map(|sent| sent.key())
            .collect();
        back.iter().for_each(|key| self.confirm_left(key));
        !back.is_empty()
    }

    /// Notes that everything here is in a copy outside of this browser.
    pub fn note_export(&mut self) {
        let now = self.environment.now();
        let mut all = self.sent();
        if all.iter().any(|sent| sent.backs_up.is_some_and(|saves| saves > 0)) {
            for sent in &mut all {
                sent.backs_up = sent.backs_up.map(|_| 0);
            }
            self.keep_sent(&all);
        }
        self.note_copy(now, 0, now);
        self.unprepare();
    }

    /// The last copy, how many saves came after it, and since when they wait.
    fn note_copy(&mut self, at: Instant, rest: u64, since: Instant) {
        self.exported = Some(at);
        self.unexported = rest;
        self.waiting_since = (rest > 0).then_some(since);
        let since = self.waiting_since.map(|since| since.to_string());
        // Losing these only makes the reminder come early.
        let _ = self.store.set_setting(kept::EXPORTED, Some(&at.to_string()));
        let _ = self.store.set_setting(kept::WAITING_SINCE, since.as_deref());
        let _ = self.store.set_setting(kept::UNEXPORTED, Some(&rest.to_string()));
    }

    fn unprepare(&mut self) {
        if self.prepared.take().is_some() {
            let _ = self.store.set_setting(kept::PREPARED, None);
        }
    }

    /// Remembers a file that left, for its receipt.
    pub fn note_sent(&mut self, sent: Sent) {
        let mut all = self.sent();
        let again = |other: &Sent| other.waiting && !sent.report.is_empty() && other.report == sent.report;
        all.retain(|other| other.key() != sent.key() && !again(other));
        all.insert(0, sent);
        let mut place = 0;
        all.retain(|sent| {
            place += 1;
            place <= REMEMBERED || (sent.waiting && !sent.report.is_empty())
        });
        self.keep_sent(&all);
    }

    fn keep_sent(&mut self, all: &[Sent]) {
        // Plain strings and numbers always serialise; a receipt that is not remembered costs nothing else.
        let text = serde_json::to_string(all).unwrap_or_default();
        let _ = self.store.set_setting(kept::SENT, Some(&text));
    }

    /// The files that left, the latest first.
    pub fn sent(&self) -> Vec<Sent> {
        let text = self.store.setting(kept::SENT).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Remembers for whom a file of the town was made, to ask whether that is the person here. Only where nobody has
    /// said yet who works here.
    pub fn note_addressee(&mut self, preview: &Preview) {
        let unsaid = self.person.role == Role::Town && self.store.setting(kept::PERSON).is_none();
        let units: Vec<&Vec<String>> = preview
            .files
            .iter()
            .filter_map(|file| file.header.as_ref())
            .filter(|header| header.purpose == Purpose::Dispatch)
            .map(|header| &header.scope.units)
            .collect();
        let [units] = units.as_slice() else { return };
        if unsaid && !units.is_empty() {
            // Without it nobody is asked, and the person says it in the settings.
            let _ = self.store.set_setting(kept::WHO, Some(&units.join("\n")));
        }
    }

    /// As what the person here may be asked to work, and for which unit or district; asked until it is answered.
    pub fn addressee(&self) -> Option<(Role, String)> {
        let kept = self.store.setting(kept::WHO)?;
        let units: Vec<&str> = kept.split('\n').collect();
        let district = |unit: &&str| self.replica.district_of(unit);
        match units.as_slice() {
            [unit] => Some((Role::Unit, (*unit).to_owned())),
            units => {
                let first = units.first().and_then(district)?;
                let same = units.iter().all(|unit| district(unit) == Some(first));
                same.then(|| (Role::District, first.to_owned()))
            }
        }
    }

    /// The question who works here is answered.
    pub fn forget_addressee(&mut self) {
        if self.store.setting(kept::WHO).is_some() {
            // Asked once more at worst.
            let _ = self.store.set_setting(kept::WHO, None);
        }
    }
}

/// The fields of a note that are read before it is kept.
trait Note {
    fn task(&self) -> Option<&str>;
}

impl Note for Draft {
    fn task(&self) -> Option<&str> {
        use crate::model::ledger::Cells;
        self.cell(Submission::SCHEMA.slot("task")?).as_str()
    }
}
