//! Canonical bytes: the same set of changes gives the same text, whoever writes it.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::change::{CellRef, HeadRef, write_change, write_patch};
use super::former::written_as;
use super::record::{Atom, ChangeIx, Record, RecordIx};
use super::redact::Redaction;
use super::state::Replica;
use crate::model::ledger::Catalogue;
use crate::model::value::write_json_string;
use crate::order::Arrange;
use crate::turns::{Turns, at_once};

/// Atoms from which on a record's history counts as long.
const THICK: usize = 128;

/// Which part of a replica to write.
pub struct Selection<'a> {
    /// Records to write.
    pub keep: &'a dyn Fn(RecordIx, &Record) -> bool,
    /// Leave out personal fields, what these ledgers do not declare, and texts with phone numbers or names.
    pub redact: Option<&'a Catalogue>,
}

impl Selection<'_> {
    /// Everything.
    pub const ALL: Selection<'static> = Selection {
        keep: &|_, _| true,
        redact: None,
    };
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Changes.
    pub changes: usize,
    /// Records, each once.
    pub records: usize,
    /// Written fields.
    pub cells: usize,
}

/// One patch of a change being written: ledger and record as the change names them, and its atoms sorted by name, value,
/// superseded.
struct Piece<'a> {
    ledger: &'a str,
    id: Cow<'a, str>,
    cells: Vec<(&'a str, &'a Atom)>,
}

impl Replica {
    /// Appends the selected changes as a JSON array, one change per line, in canonical order.
    pub fn write_changes(&self, selection: &Selection<'_>, out: &mut String) -> Counts {
        let (text, counts) = at_once(self.write_changes_in_turns(selection, Turns::NONE));
        out.push_str(&text);
        counts
    }

    /// [`write_changes`](Replica::write_changes) in turns: the text, and how much it holds.
    pub async fn write_changes_in_turns(&self, selection: &Selection<'_>, turns: Turns<'_>) -> (String, Counts) {
        self.write_in_turns(self.canonical_order(), selection, turns).await
    }

    /// Appends some changes, whole, as a JSON array; canonical if they come in [`canonical_order`](Self::canonical_order).
    pub fn write_some(&self, changes: &[ChangeIx], out: &mut String) {
        let written = at_once(self.write_in_turns(changes.to_vec(), &Selection::ALL, Turns::NONE));
        out.push_str(&written.0);
    }

    /// How many written fields each change from `first` on has here.
    pub fn cells_by_change(&self, first: ChangeIx) -> Vec<u32> {
        let later = self.changes.get(first as usize..).unwrap_or_default();
        let mut cells = vec![0; later.len()];
        let mut count = |record: &Record| {
            for atom in &record.atoms {
                if let Some(at) = atom.change.checked_sub(first) {
                    cells[at as usize] += 1;
                }
            }
        };
        if first == 0 {
            self.records.iter().for_each(&mut count);
        } else {
            let mut wrote: Vec<RecordIx> = later.iter().flat_map(|head| head.records.iter().copied()).collect();
            wrote.arrange();
            wrote.dedup();
            wrote.into_iter().for_each(|ix| count(&self.records[ix as usize]));
        }
        cells
    }

    async fn write_in_turns(
        &self,
        order: Vec<ChangeIx>,
        selection: &Selection<'_>,
        turns: Turns<'_>,
    ) -> (String, Counts) {
        let keep = |ix, r: &Record| (selection.keep)(ix, r) && (selection.redact.is_none() || self.is_redactable(r));
        let kept: Vec<bool> = self.all_records().map(|(ix, r)| keep(ix, r)).collect();
        let thick = self.thick_records();
        let redact = selection.redact.map(|catalogue| Redaction::of(self, catalogue));
        let mut out = "[".to_owned();
        let mut counts = Counts {
            records: kept.iter().filter(|k| **k).count(),
            ..Counts::default()
        };
        for change in order {
            let head = self.head(change);
            // What this version does not know of a change neither leaves in a redacted file nor can be taken out of
            // the change, which would count as forged when it comes home.
            if redact.is_some() && head.extra.is_some() {
                continue;
            }
            let head = HeadRef {
                actor: self.actors.text(head.actor),
                n: head.n,
                at: head.at,
                by: self.tags.text(head.by),
                extra: head.extra.as_deref(),
            };
            for set in self.layers(change, &kept, &thick, redact.as_ref(), &mut counts.cells) {
                out.push_str(if counts.changes == 0 { "\n" } else { ",\n" });
                write_change(head, &set, &mut out);
                counts.changes += 1;
            }
            turns.pause().await;
        }
        out.push_str(if counts.changes == 0 { "]" } else { "\n]" });
        (out, counts)
    }

    /// All changes by actor, serial number; forged twins by time, tag and unknown keys.
    pub fn canonical_order(&self) -> Vec<ChangeIx> {
        self.in_canonical_order((0..u32::try_from(self.changes.len()).unwrap_or(u32::MAX)).collect())
    }

    /// These changes, in the order of [`canonical_order`](Self::canonical_order).
    pub fn in_canonical_order(&self, order: Vec<ChangeIx>) -> Vec<ChangeIx> {
        let mut rank: Vec<u32> = (0..u32::try_from(self.actors.len()).unwrap_or(u32::MAX)).collect();
        rank.arrange_by_key(|&a| self.actors.text(a));
        let mut place = vec![0u32; rank.len()];
        for (at, actor) in (0u32..).zip(rank) {
            place[actor as usize] = at;
        }
        // Actor and serial number decide, but for forged twins.
        let keyed = order.into_iter().map(|c| {
            let head = self.head(c);
            (u64::from(place[head.actor as usize]) << 32 | u64::from(head.n), c)
        });
        let mut keyed: Vec<(u64, ChangeIx)> = keyed.collect();
        let rest = |c: ChangeIx| {
            let head = self.head(c);
            (head.at, self.tags.text(head.by), head.extra.as_deref())
        };
        keyed.arrange_by(|a, b| a.0.cmp(&b.0).then_with(|| rest(a.1).cmp(&rest(b.1))));
        keyed.into_iter().map(|(_, c)| c).collect()
    }

    /// The atoms of records with a long history, by change, so that each is found without a search.
    fn thick_records(&self) -> HashMap<RecordIx, Vec<(ChangeIx, usize)>> {
        let thick = self.all_records().filter(|(_, r)| r.atoms.len() > THICK);
        let by_change = |r: &Record| {
            let mut index: Vec<(ChangeIx, usize)> = r.atoms.iter().enumerate().map(|(i, a)| (a.change, i)).collect();
            index.arrange();
            index
        };
        thick.map(|(ix, r)| (ix, by_change(r))).collect()
    }

    /// The `set` of a change as JSON; more than one only where forged contents share an id.
    fn layers(
        &self,
        change: ChangeIx,
        kept: &[bool],
        thick: &HashMap<RecordIx, Vec<(ChangeIx, usize)>>,
        redact: Option<&Redaction<'_>>,
        cells: &mut usize,
    ) -> Vec<String> {
        let head = self.head(change);
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        let wrote = head.records.iter().filter(|&&ix| kept[ix as usize]);
        for &ix in wrote {
            let record = &self.records[ix as usize];
            let left_out = |atom: &Atom| redact.is_some_and(|r| r.leaves_out(self, record, atom.slot, &atom.value));
            let of_change: Vec<&Atom> = match thick.get(&ix) {
                None => record.atoms.iter().filter(|a| a.change == change).collect(),
                Some(index) => {
                    let from = index.partition_point(|&(c, _)| c < change);
                    let run = index[from..].iter().take_while(|&&(c, _)| c == change);
                    run.map(|&(_, i)| &record.atoms[i]).collect()
                }
            };
            let own = of_change.into_iter().filter(|a| !left_out(a));
            let mut own: Vec<(&str, &Atom)> = own.map(|a| (self.slot_name(record, a.slot), a)).collect();
            own.arrange_by(|(x, a), (y, b)| {
                x.cmp(y)
                    .then_with(|| a.value.cmp(&b.value))
                    .then_with(|| self.over_of(a).cmp(&self.over_of(b)))
            });
            *cells += own.len();
            let ledger = self.ledger_id(record);
            let cells: Vec<_> = own.extract_if(.., |(_, a)| a.is(Atom::FORMER)).collect();
            if !cells.is_empty() {
                let (ledger, id) = written_as(self.schema_of(record), ledger, &record.id);
                pieces.push(Piece { ledger, id, cells });
            }
            if !own.is_empty() {
                let id = Cow::Borrowed(&*record.id);
                pieces.push(Piece { ledger, id, cells: own });
            }
        }
        if pieces.is_empty() && !head.records.is_empty() {
            return Vec::new();
        }
        pieces.arrange_by(|a, b| (&a.id, a.ledger).cmp(&(&b.id, b.ledger)));
        let mut layers = Vec::new();
        loop {
            let mut set = String::from("{");
            let mut rest: Vec<Piece<'_>> = Vec::new();
            let mut last: Option<Cow<'_, str>> = None;
            for piece in pieces {
                if last.as_ref() == Some(&piece.id) {
                    rest.push(piece);
                    continue;
                }
                let (now, later) = split_repeated(piece.cells);
                if set.len() > 1 {
                    set.push(',');
                }
                write_json_string(&piece.id, &mut set);
                set.push(':');
                self.write_cells(piece.ledger, &now, &mut set);
                last = Some(piece.id.clone());
                if !later.is_empty() {
                    rest.push(Piece { cells: later, ..piece });
                }
            }
            set.push('}');
            layers.push(set);
            if rest.is_empty() {
                return layers;
            }
            pieces = rest;
        }
    }

    fn write_cells(&self, ledger: &str, cells: &[(&str, &Atom)], out: &mut String) {
        let overs: Vec<_> = cells.iter().map(|(_, atom)| self.over_of(atom)).collect();
        let cells: Vec<CellRef<'_>> = cells
            .iter()
            .zip(&overs)
            .map(|((name, atom), over)| CellRef {
                name,
                value: &atom.value,
                over,
            })
            .collect();
        write_patch(ledger, &cells, out);
    }

    /// Whether a record belongs to the frame that every file carries: devices.
    pub fn is_device(&self, record: &Record) -> bool {
        self.ledger_id(record) == "device"
    }

    /// The code of the unit a record belongs to; empty if none.
    pub fn unit_of(&self, record: &Record) -> &str {
        if record.unit == Record::UNINDEXED {
            ""
        } else {
            self.units.text(record.unit)
        }
    }
}

/// Atoms with their stored names.
type NamedAtoms<'a> = Vec<(&'a str, &'a Atom)>;

/// The first atom of each name, and the rest.
fn split_repeated(cells: NamedAtoms<'_>) -> (NamedAtoms<'_>, NamedAtoms<'_>) {
    let mut now: NamedAtoms<'_> = Vec::with_capacity(cells.len());
    let mut later = Vec::new();
    for cell in cells {
        if now.last().is_some_and(|(name, _)| *name == cell.0) {
            later.push(cell);
        } else {
            now.push(cell);
        }
    }
    (now, later)
}
