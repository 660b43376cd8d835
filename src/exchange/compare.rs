//! What differs between a backup and now: what is gone, what reads otherwise, what came since; and the writes that put
//! the values of then back.

use super::file::{Header, Purpose};
use super::reading::{ReadFile, read_file_in_turns};
use super::scope::Scope;
use super::seal::Sealed;
use crate::model::ledger::{Ledger, Slot, slots};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::wire::Names;
use crate::replica::{Atom, Record, RecordIx, Replica, Write};
use crate::turns::Turns;

/// A town as a file has it.
pub struct Then {
    /// What the file says about itself.
    pub header: Header,
    /// Its records alone.
    pub replica: Replica,
}

/// How a record of now differs from then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// It was there then and is gone.
    Gone,
    /// Fields read otherwise.
    Changed,
    /// It was not there then.
    New,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its number now.
    pub ix: RecordIx,
    /// How it differs.
    pub sort: Sort,
    /// The fields that differ; none for one that is new.
    pub slots: Vec<Slot>,
}

/// All that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Records, by ledger, those that are gone first.
    pub list: Vec<Difference>,
    /// Records of the file that are not here at all: merging brings them.
    pub absent: usize,
    /// Records of the file that are here, but not all that the file knows of them: merging brings the rest.
    pub behind: usize,
}

/// What a file turned out to be.
pub enum Opened {
    /// One to compare with.
    Then(Box<Then>),
    /// Sealed; [`open`] with its plain bytes once it is opened.
    Sealed(Box<Sealed>),
    /// Refused.
    Refused(Notice),
}

/// Reads a file to compare with.
pub async fn open(bytes: Vec<u8>, turns: Turns<'_>) -> Opened {
    let content = match read_file_in_turns(&bytes, &mut Names::default(), turns).await {
        Ok(ReadFile::Plain(content)) => *content,
        Ok(ReadFile::Sealed(sealed)) => return Opened::Sealed(sealed),
        Err(notice) => return Opened::Refused(notice),
    };
    drop(bytes);
    let mut replica = Replica::new(crate::model::programmes::schemas());
    replica.merge_in_turns(&mut content.changes.into_iter(), turns).await;
    Opened::Then(Box::new(Then {
        header: content.header,
        replica,
    }))
}

/// What differs between a file and now. What the file knows and this replica does not is no difference: merging brings
/// it, and then it can be looked at again.
pub fn differences(then: &Then, now: &Replica) -> Differences {
    let old = &then.replica;
    let count = u32::try_from(old.change_count()).unwrap_or(u32::MAX);
    let known: Vec<bool> = (0..count)
        .map(|change| now.has_change(&old.change_id(change)))
        .collect();
    let is_known = |atom: &Atom| known.get(atom.change as usize) == Some(&true);
    let redacted = then.header.purpose == Purpose::Redacted;
    let mut out = Differences::default();
    for (_, was) in old.all_records() {
        let Some(ledger) = catalogue().get(old.ledger_id(was)).filter(|ledger| !ledger.system) else {
            continue;
        };
        let Some(ix) = now.find_ix(ledger.id, &was.id) else {
            out.absent += usize::from(was.is_kept());
            continue;
        };
        if !was.atoms.iter().all(is_known) {
            out.behind += 1;
        }
        if let Some(is) = now.record(ix)
            && was.is_kept()
        {
            let slots = fields(was, is, redacted, &is_known);
            let sort = if is.is_kept() { Sort::Changed } else { Sort::Gone };
            if sort == Sort::Gone || !slots.is_empty() {
                out.list.push(Difference { ix, sort, slots });
            }
        }
    }
    let scope = &then.header.scope;
    for (ix, is) in now.all_records().filter(|(_, is)| is.is_kept()) {
        let Some(ledger) = catalogue().get(now.ledger_id(is)).filter(|ledger| !ledger.system) else {
            continue;
        };
        let was = old.find_ix(ledger.id, &is.id).and_then(|ix| old.record(ix));
        // One that the file knows as deleted and this replica does not is news of the file.
        let came = was.is_none_or(|was| !was.is_kept() && was.atoms.iter().all(is_known));
        if came && is_within(scope, ledger, now.unit_of(is)) {
            let sort = Sort::New;
            out.list.push(Difference {
                ix,
                sort,
                slots: Vec::new(),
            });
        }
    }
    let place = |d: &Difference| now.record(d.ix).map(|record| (record.ledger, d.sort, d.ix));
    out.list.arrange_by_key(place);
    out
}

/// Whether a file of this scope would hold a record of a ledger and unit.
fn is_within(scope: &Scope, ledger: &Ledger, unit: &str) -> bool {
    let lists = |list: &[String], one: &str| list.is_empty() || list.iter().any(|listed| listed == one);
    lists(&scope.units, unit) && lists(&scope.ledgers, ledger.id)
}

/// The fields that read otherwise now, and not because the file knows something newer.
fn fields(was: &Record, is: &Record, redacted: bool, is_known: &dyn Fn(&Atom) -> bool) -> Vec<Slot> {
    let shown =
        |slot: Slot| slot == slots::UNIT || slot == slots::ALIAS || (slots::FIRST..slots::UNKNOWN).contains(&slot);
    let left_out = |slot: Slot| redacted && was.slot(slot).is_empty();
    let mut all: Vec<Slot> = was
        .written()
        .chain(is.written())
        .filter(|&s| shown(s) && !left_out(s))
        .collect();
    all.arrange();
    all.dedup();
    all.retain(|&slot| {
        let (old, new) = (was.shown(slot), is.shown(slot));
        let same = old == new || (old.is_blank() && new.is_blank());
        !same && was.slot(slot).iter().all(is_known)
    });
    all
}

/// What writes the values of then into one record; nothing for one that is new since.
pub fn writes(then: &Then, now: &Replica, difference: &Difference) -> Option<Write> {
    let is = now.record(difference.ix)?;
    let ledger = catalogue().get(now.ledger_id(is))?;
    let was = then
        .replica
        .find_ix(ledger.id, &is.id)
        .and_then(|ix| then.replica.record(ix))?;
    let mut cells: Vec<(Slot, Value)> = Vec::new();
    match difference.sort {
        Sort::New => return None,
        Sort::Gone if is.is(Record::DELETED) => cells.push((slots::DELETED, Value::Null)),
        Sort::Gone | Sort::Changed => {}
    }
    cells.extend(difference.slots.iter().map(|&slot| (slot, was.shown(slot).clone())));
    Some(Write {
        ledger: ledger.id.into(),
        record: is.id.clone(),
        cells,
    })
}
