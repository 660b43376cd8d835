//! The copy of the whole that is kept once a day in a second place of the browser.

use std::rc::Rc;

use super::kept;
use super::state::Desk;
use crate::exchange::daily::Daily;
use crate::exchange::name::file_name;
use crate::exchange::writing::{Order, Written};
use crate::exchange::{Purpose, Scope};
use crate::replica::Replica;

impl Desk {
    /// The storage in use, as its witness names it.
    pub fn install(&self) -> String {
        let witness = self.store.witness();
        witness.split('.').nth(1).unwrap_or_default().to_owned()
    }

    /// What is noted with the day's copy: its day, and how much there was.
    fn daily_mark(&self) -> String {
        format!("{} {}", self.today(), self.replica.change_count())
    }

    /// Whether a copy is due: it is a new day, and there is something that the last copy does not hold. The sample
    /// town and a page that cannot store anything have none.
    pub fn wants_daily(&self) -> bool {
        if self.sample || self.is_in_memory() || self.barred().is_some() || self.is_blank() {
            return false;
        }
        let last = self.store.setting(kept::DAILY).unwrap_or_default();
        let (day, count) = last.split_once(' ').unwrap_or_default();
        day != self.today().to_string() && count != self.replica.change_count().to_string()
    }

    /// Notes that the day's copy is being made, so that no other window makes it as well; what was noted before comes
    /// back.
    pub fn claim_daily(&mut self) -> Option<String> {
        let before = self.store.setting(kept::DAILY);
        let mark = self.daily_mark();
        // Not being able to note it only means that the copy is made once more.
        let _ = self.store.set_setting(kept::DAILY, Some(&mark));
        before
    }

    /// The copy could not be kept: the next quiet moment tries again.
    pub fn unclaim_daily(&mut self, before: Option<&str>) {
        let _ = self.store.set_setting(kept::DAILY, before);
    }

    /// The records that the day's copy holds, and what to write: an ordinary backup.
    pub fn daily_order(&self) -> (Rc<Replica>, Order) {
        let order = Order {
            purpose: Purpose::Backup,
            scope: Scope::all(),
            by: self.person.tag.to_string(),
            at: self.now(),
        };
        (self.snapshot(), order)
    }

    /// What is known of the day's copy.
    pub fn daily(&self, written: &Written) -> Daily {
        Daily {
            day: self.today(),
            install: self.install(),
            at: written.header.exported_at,
            records: written.records(),
            name: file_name(&self.replica, &written.header),
            size: 0,
        }
    }
}
