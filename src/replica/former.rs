//! Records that older versions keep in another ledger.
//!
//! Such a record is one record, whichever name its ledger was written under: heads, conflicts, deletion and steps back
//! are worked out over all its writes. Each write remembers its own name ([`Atom::FORMER`](super::Atom::FORMER)) and
//! leaves under it, so that a change has the same bytes on every device of every version.

use std::borrow::Cow;

use crate::model::ledger::{Former, Schema};

/// A ledger whose records older versions keep in another one; both by number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    old: u32,
    new: u32,
    former: Former,
}

/// What moved among ledgers that are numbered as they stand.
pub(super) fn moved(ledgers: &[&'static Schema]) -> Box<[Moved]> {
    let number = |id: &str| (0..).zip(ledgers).find(|(_, l)| l.id == id).map(|(n, _)| n);
    let all = (0..).zip(ledgers).filter_map(|(new, ledger)| {
        let former = ledger.former?;
        Some(Moved {
            old: number(former.ledger)?,
            new,
            former,
        })
    });
    all.collect()
}

/// The ledger and the id under which a record stands, if it was named as older versions name it.
pub(super) fn home(moved: &[Moved], ledger: u32, id: &str) -> Option<(u32, String)> {
    moved.iter().filter(|m| m.old == ledger).find_map(|m| {
        let rest = id.strip_prefix(m.former.prefix)?;
        Some((m.new, [m.former.here, rest].concat()))
    })
}

/// The ledger and the id of a record as older versions name them; its own where they know it so.
pub(super) fn written_as<'a>(ledger: Option<&Schema>, own: &'a str, id: &'a str) -> (&'a str, Cow<'a, str>) {
    let old = ledger.and_then(|l| l.former).and_then(|former| {
        let rest = id.strip_prefix(former.here)?;
        Some((former.ledger, Cow::Owned([former.prefix, rest].concat())))
    });
    old.unwrap_or((own, Cow::Borrowed(id)))
}
