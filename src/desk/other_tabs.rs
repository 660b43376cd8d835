//! What happens outside of this window: other windows, emptied storage; and tidying up.

use super::kept;
use super::state::Desk;
use crate::model::notice::Notice;
use crate::storage::{Action, DAMAGE, Effort, Exclusive, Failure, News, State, keys};

/// What came of something that happened outside of this window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalUpdate {
    /// What is shown is different now.
    pub changed: bool,
    /// What to tell.
    pub notices: Vec<Notice>,
    /// Stored data vanished: call [`Desk::rewrite`] when it is this window's turn.
    pub rewrite: bool,
}

impl Desk {
    /// Why nothing can be kept at present, apart from lack of room.
    pub fn barred(&self) -> Option<&Failure> {
        if self.in_memory {
            Some(&Failure::Blocked)
        } else {
            self.store.barred()
        }
    }

    /// How many saves are missing, if storage was found empty although there had been data; a person must decide
    /// before anything is written.
    pub fn lost(&self) -> Option<u64> {
        match self.report.state {
            State::Recovery { lost } if self.store.barred() == Some(&Failure::Recovery) => Some(lost),
            _ => None,
        }
    }

    /// Begins anew although there had been data.
    pub fn start_fresh(&mut self) {
        let now = self.environment.now();
        self.store.start_fresh(now);
        self.report.state = State::Fresh;
    }

    /// Takes in what another window stored: a `storage` event. No key means that everything was cleared.
    pub fn external(&mut self, key: Option<&str>, old: Option<&str>, new: Option<&str>) -> ExternalUpdate {
        if self.sample || self.in_memory {
            return ExternalUpdate::default();
        }
        let news = self.store.external(key, old, new);
        let mut heard = self.take_in(news);
        let setting = key.and_then(|key| key.strip_prefix(keys::SETTING));
        if matches!(
            setting,
            Some(kept::EXPORTED | kept::UNEXPORTED | kept::PREPARED | kept::SENT)
        ) {
            self.read_export_age();
            heard.changed = true;
        }
        heard
    }

    /// Looks for what happened while this window was frozen.
    pub fn catch_up(&mut self) -> ExternalUpdate {
        if self.sample || self.is_in_memory() {
            return ExternalUpdate::default();
        }
        let news = self.store.catch_up();
        self.read_export_age();
        self.take_in(news)
    }

    pub(super) fn take_in(&mut self, news: News) -> ExternalUpdate {
        let barred = news.action == Action::Stop;
        let mut changed = self.records_mut().merge_all(news.changes).atoms > 0 || barred;
        if news.action == Action::Rebuild {
            self.reload();
            changed = true;
        }
        ExternalUpdate {
            changed,
            notices: news.notices,
            rewrite: news.action == Action::Rewrite,
        }
    }

    /// Whether tidying the storage is worth while.
    pub fn wants_compaction(&self) -> bool {
        !self.sample && !self.in_memory && self.store.wants_compaction()
    }

    /// Tidies the storage, then tries again to store what waits.
    ///
    /// # Errors
    /// Why something still waits or the storage is as it was; nothing stored was lost.
    pub fn compact(&mut self, turn: Exclusive) -> Result<(), Failure> {
        let done = self.store.compact(turn, &self.replica, Effort::Usual);
        match self.store.retry() {
            Some(failure) => Err(failure),
            None => done.map(drop),
        }
    }

    /// The person has taken note of a message. Damage is told of once; without the note it is told at the next start.
    pub fn noted(&mut self, notice: &Notice) {
        if notice.place == DAMAGE {
            let _ = self.store.note_damage(&self.report.quarantined);
        }
    }

    /// Tries again to store what waits; why it still does, if so.
    pub fn retry(&mut self) -> Option<Failure> {
        self.store.retry()
    }

    /// Whether closing the page now would lose something: what did not fit, or all that a page without storage holds.
    pub fn is_unsaved(&self) -> bool {
        !self.sample && (!self.store.waiting().is_empty() || (self.is_in_memory() && self.unexported > 0))
    }

    /// Writes everything anew because another program emptied the storage.
    ///
    /// # Errors
    /// Why not everything could be written.
    pub fn rewrite(&mut self, turn: Exclusive) -> Result<(), Failure> {
        let now = self.environment.now();
        self.store.rewrite(turn, &self.replica, now).map(drop)
    }
}
