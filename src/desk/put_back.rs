//! Putting the values of a backup back.

use super::state::{Desk, Done};
use crate::exchange::compare::{Difference, Sort, Then, writes};
use crate::model::ledger::{Cells, Slot, slots};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::replica::Write;

impl Desk {
    /// Why this person may not put a record back as it was; `None` if they may.
    pub fn why_not_put_back(&self, then: &Then, difference: &Difference) -> Option<String> {
        let replica = self.replica();
        let record = replica.record(difference.ix)?;
        let ledger = catalogue().get(replica.ledger_id(record))?;
        if difference.sort == Sort::New {
            return Some("那时还没有这条记录，改回时保持不动".to_owned());
        }
        let was = then
            .replica
            .find_ix(ledger.id, &record.id)
            .and_then(|ix| then.replica.record(ix));
        let unit = was.and_then(|was| was.cell(slots::UNIT).as_str()).unwrap_or("");
        let restored = (difference.sort == Sort::Gone).then_some(slots::DELETED);
        let mut touched = restored.into_iter().chain(difference.slots.iter().copied());
        // Whoever moves a record to another unit writes to both.
        let may_not = |slot: Slot| {
            let here = self.why_not(ledger, replica.unit_of(record), Some(slot));
            here.or_else(|| self.why_not(ledger, unit, Some(slot)))
        };
        touched.find_map(may_not)
    }

    /// Puts records back as they were then, all in one change. Those that this person may not write are left alone and
    /// told, as are records that came since.
    pub fn put_back(&mut self, label: &str, then: &Then, chosen: &[Difference]) -> Done {
        let wanted = chosen.iter().filter(|difference| difference.sort != Sort::New);
        let (mut all, mut refused): (Vec<Write>, usize) = (Vec::new(), 0);
        for difference in wanted {
            match self.why_not_put_back(then, difference) {
                None => all.extend(writes(then, self.replica(), difference)),
                Some(_) => refused += 1,
            }
        }
        let stamp = self.stamp();
        let (change, left) = self.replica.compose_each(stamp, &all);
        let mut done = self.commit(change, label);
        if left > 0 {
            let what = format!("还有 {left} 条没有改，请再改回一次");
            done.notices.push(Notice::info("", what));
        }
        if refused > 0 {
            let what = format!("{refused} 条不在当前身份的填报范围，没有改");
            done.notices.push(Notice::info("", what));
        }
        done
    }
}
