//! From atoms to what is shown: authority, heads, conflicts, deletion, indexes. Per record.

use super::change::{ChangeId, split_id};
use super::device::Device;
use super::record::{Atom, ChangeIx, Record, RecordIx};
use super::state::Replica;
use crate::model::ledger::{Cells, Owner, Role, Schema, Slot, TypedRow, slots};
use crate::model::programmes::town::ledgers as town;
use crate::model::value::Value;
use crate::order::Arrange;

/// How often authority over the frame is judged anew before it is taken as settled. Two rounds
/// suffice unless devices decide about each other in a circle.
const ROUNDS: usize = 4;

/// A record that was moved oftener than any honest one is moved by the town only.
const MOST_MOVES: usize = 1_000;

/// Who may do what: devices by number of their tag, districts by number of their unit.
type Frame = (Vec<Option<Device>>, hashbrown::HashMap<u32, Box<str>>);

impl Replica {
    /// Derives the frame (devices, units, division), and lists what else is to be derived: the touched records, or
    /// all where the frame changed.
    ///
    /// `tags_before` is how many device tags were known before the merge: a device that comes
    /// together with its first changes cannot alter records that were there before.
    pub(super) fn list_to_derive(&mut self, touched: &[RecordIx], tags_before: usize) -> Vec<RecordIx> {
        let frame: Vec<u32> = ["device", "district", "unit", "unit_move"]
            .iter()
            .filter_map(|id| self.shelf_ix(id))
            .collect();
        let in_frame = |replica: &Replica, ix: RecordIx| frame.contains(&replica.records[ix as usize].ledger);
        let new_tags = self.devices.len()..self.tags.len();
        let registered = |n: usize| u32::try_from(n).is_ok_and(|n| self.find_ix("device", self.tags.text(n)).is_some());
        let mut all = false;
        if touched.iter().any(|&ix| in_frame(self, ix)) || new_tags.clone().any(registered) {
            all = self.settle_frame(&frame, touched, tags_before);
        } else {
            self.devices.resize(new_tags.end, None);
        }
        let mut list: Vec<RecordIx> = match all {
            true => (0..u32::try_from(self.records.len()).unwrap_or(u32::MAX)).collect(),
            false => touched.to_vec(),
        };
        list.retain(|&ix| !in_frame(self, ix));
        list
    }

    /// Derives devices, districts, units and their moves anew, from nothing, so that the outcome
    /// depends on what is here and not on the order in which it came. Who may change a device is
    /// itself a matter of devices: everyone may in the first round, and each round judges by the one
    /// before. Whether anything changed that decides authority over other records.
    fn settle_frame(&mut self, frame: &[u32], touched: &[RecordIx], tags_before: usize) -> bool {
        let members: Vec<RecordIx> = frame
            .iter()
            .flat_map(|&shelf| self.shelves[shelf as usize].records.iter().copied())
            .collect();
        let looks = |replica: &Replica, ix: RecordIx| {
            let record = &replica.records[ix as usize];
            let atoms: Vec<u8> = record.atoms.iter().map(|a| a.flags).collect();
            (record.unit, record.flags, atoms, record.reads.clone())
        };
        let looked: Vec<_> = members.iter().map(|&ix| looks(self, ix)).collect();
        let nobody: Frame = (vec![None; self.tags.len()], hashbrown::HashMap::new());
        let before = (
            std::mem::replace(&mut self.devices, nobody.0),
            std::mem::replace(&mut self.division, nobody.1),
        );
        let joined_before = self.forget_joins();
        for round in 0..=ROUNDS {
            for &ix in &members {
                self.derive_quietly(ix);
            }
            let joined = self.joined().clone();
            self.settle_joins_quietly(&members);
            let next = self.read_frame();
            let settled = next.0 == self.devices && next.1 == self.division && joined == *self.joined();
            if round == ROUNDS || settled {
                break;
            }
            (self.devices, self.division) = next;
        }
        for (&ix, old) in members.iter().zip(&looked) {
            if touched.binary_search(&ix).is_ok() || looks(self, ix) != *old {
                self.revise(ix, old.0);
            }
        }
        let device = |list: &[Option<Device>], i: usize| list.get(i).cloned().flatten();
        let altered = (0..tags_before).any(|i| device(&before.0, i) != device(&self.devices, i));
        let leaders = || self.devices.iter().flatten().any(|d| d.role == Role::District);
        altered || joined_before != *self.joined() || (before.1 != self.division && leaders())
    }

    /// Devices and the division as the frame's records show them now.
    fn read_frame(&mut self) -> Frame {
        let tags = 0..u32::try_from(self.tags.len()).unwrap_or(u32::MAX);
        let devices = tags.map(|n| self.read_device(self.tags.text(n))).collect();
        let mut belongs: Vec<(Box<str>, Box<str>)> = Vec::new();
        for unit in crate::model::records::rows::<town::Unit>(self) {
            belongs.extend(unit.district().map(|d| (unit.id().into(), d.into())));
        }
        let mut moves = crate::model::records::rows::<town::UnitMove>(self);
        moves.arrange_by_key(|m| (m.date(), m.id()));
        for step in moves {
            if let (Some(unit), Some(district)) = (step.unit(), step.district()) {
                belongs.push((unit.into(), district.into()));
            }
        }
        let number = |(unit, district): (Box<str>, Box<str>)| (self.units.number(&unit.into()), district);
        let division = belongs.into_iter().map(number).collect();
        (devices, division)
    }

    fn read_device(&self, tag: &str) -> Option<Device> {
        let record = self.record(self.find_ix("device", tag)?)?;
        let device = town::Device::of(record);
        Some(Device {
            label: device.label().unwrap_or("").into(),
            role: Role::of(device.role())?,
            unit: device.unit().unwrap_or("").into(),
            district: device.district().unwrap_or("").into(),
        })
    }

    /// The device behind a tag, if its record is known.
    pub fn device(&self, tag: &str) -> Option<&Device> {
        self.tags
            .get(tag)
            .and_then(|n| self.devices.get(n as usize))
            .and_then(Option::as_ref)
    }

    /// Derives one record and keeps the indexes true.
    pub(super) fn derive_one(&mut self, ix: RecordIx) {
        let old = self.records[ix as usize].unit;
        self.derive_quietly(ix);
        self.revise(ix, old);
    }

    /// Raises the revisions of a record that was in `old` before.
    pub(super) fn revise(&mut self, ix: RecordIx, old: u32) {
        let (shelf, new) = (self.records[ix as usize].ledger, self.records[ix as usize].unit);
        if old != new && old != Record::UNINDEXED {
            *self.unit_revision.entry((shelf, old)).or_default() += 1;
        }
        *self.unit_revision.entry((shelf, new)).or_default() += 1;
        self.shelves[shelf as usize].revision += 1;
    }

    /// Derives one record and keeps the lists of units true, without telling anyone.
    fn derive_quietly(&mut self, ix: RecordIx) {
        let record = &self.records[ix as usize];
        let (flags, atom_flags) = if self.is_plain(record) {
            (Record::VISIBLE, None)
        } else {
            let (flags, atom_flags) = self.judge(record);
            (flags, Some(atom_flags))
        };
        let record = &mut self.records[ix as usize];
        match atom_flags {
            None => record.atoms.iter_mut().for_each(|a| a.derive(Atom::HEAD | Atom::SHOWN)),
            Some(flags) => record.atoms.iter_mut().zip(flags).for_each(|(a, f)| a.derive(f)),
        }
        record.flags = flags;
        self.joins.note(ix, flags & Record::ALIASED != 0);
        self.reread(ix);
        self.index_unit(ix);
    }

    /// Lists a record under the unit it reads as.
    pub(super) fn index_unit(&mut self, ix: RecordIx) {
        let record = &self.records[ix as usize];
        let (shelf, old) = (record.ledger, record.unit);
        let new = record
            .cell(slots::UNIT)
            .as_str()
            .map_or(0, |unit| match self.units.get(unit) {
                Some(number) => number,
                None => self.units.number(&unit.into()),
            });
        if old != new {
            self.records[ix as usize].unit = new;
            if let Some(list) = self.by_unit.get_mut(&(shelf, old)) {
                list.retain(|&r| r != ix);
            }
            self.by_unit.entry((shelf, new)).or_default().push(ix);
        }
    }

    /// The common case: every field written once, by someone who may, nothing deleted.
    fn is_plain(&self, record: &Record) -> bool {
        let once = record.atoms.windows(2).all(|pair| pair[0].slot != pair[1].slot);
        let system = |a: &Atom| a.slot != slots::UNIT && a.slot < slots::FIRST;
        if !once || record.atoms.is_empty() || record.atoms.iter().any(system) {
            return false;
        }
        let change = record.atoms[0].change;
        record
            .atoms
            .iter()
            .all(|a| a.change == change || self.is_free(a.change))
            && self.is_free(change)
            && record
                .atoms
                .iter()
                .any(|a| a.slot == slots::UNIT || a.slot >= slots::FIRST)
    }

    /// Whether the author may write anything: an unknown device or the town's.
    fn is_free(&self, change: ChangeIx) -> bool {
        self.device_of(change).is_none_or(|d| d.role == Role::Town)
    }

    /// Flags of the record and of each of its atoms.
    fn judge(&self, record: &Record) -> (u8, Vec<u8>) {
        let mut flags = vec![0u8; record.atoms.len()];
        let ledger = self.schema_of(record);
        let unit_range = range_of(record, slots::UNIT);
        self.judge_units(record, ledger, unit_range.clone(), &mut flags);
        let shown_unit = self.pick(record, unit_range, &mut flags);
        let unit = shown_unit.and_then(|i| record.atoms[i].value.as_str()).unwrap_or("");
        let verdicts = self.verdicts(record, ledger, unit, &mut flags);
        for (atom, flag) in record.atoms.iter().zip(flags.iter_mut()) {
            let judged = atom.slot == slots::UNIT || atom.slot == slots::ACCEPTED;
            if !judged && !self.may_write(atom.change, record, ledger, unit, Some(atom.slot)) {
                *flag = verdict_flag(&verdicts, atom.change);
            }
        }
        for slot in record
            .written()
            .filter(|&s| s != slots::UNIT && s != slots::ACCEPTED)
            .collect::<Vec<_>>()
        {
            self.pick(record, range_of(record, slot), &mut flags);
        }
        (self.record_flags(record, &flags), flags)
    }

    /// A unit may be set by those who may write to that unit, and taken away only by those who may
    /// write to the unit it is taken from.
    fn judge_units(&self, record: &Record, ledger: Option<&Schema>, range: std::ops::Range<usize>, flags: &mut [u8]) {
        for i in range.clone() {
            let atom = &record.atoms[i];
            let value = atom.value.as_str().unwrap_or("");
            let own = self.may_write(atom.change, record, ledger, value, None);
            let may_take = |j: usize| {
                let from = record.atoms[j].value.as_str().unwrap_or("");
                self.may_write(atom.change, record, ledger, from, None)
            };
            let taken = self.is_free(atom.change)
                || (range.len() <= MOST_MOVES
                    && range
                        .clone()
                        .filter(|&j| j != i && self.covers(atom, &record.atoms[j]))
                        .all(may_take));
            if !(own && taken) {
                flags[i] = Atom::PENDING;
            }
        }
        let verdicts = self.verdicts(record, ledger, "", flags);
        for i in range {
            if flags[i] & Atom::PENDING != 0 {
                flags[i] = verdict_flag(&verdicts, record.atoms[i].change);
            }
        }
    }

    /// Accepted and rejected changes of this record, by those who may decide.
    fn verdicts(
        &self,
        record: &Record,
        ledger: Option<&Schema>,
        unit: &str,
        flags: &mut [u8],
    ) -> Vec<(ChangeIx, bool)> {
        let range = range_of(record, slots::ACCEPTED);
        for i in range.clone() {
            let device = self.device_of(record.atoms[i].change);
            let decides = match device.map(|d| d.role) {
                None | Some(Role::Town) => true,
                Some(Role::District) => self.may_write(record.atoms[i].change, record, ledger, unit, None),
                _ => false,
            };
            flags[i] = if decides { 0 } else { Atom::PENDING };
        }
        self.pick(record, range.clone(), flags);
        let mut verdicts = Vec::new();
        for i in range.filter(|&i| flags[i] & Atom::HEAD != 0) {
            for item in record.atoms[i].value.items() {
                let (id, accepted) = match item.strip_prefix('!') {
                    Some(id) => (id, false),
                    None => (&**item, true),
                };
                if let Some(id) = ChangeId::parse(id) {
                    verdicts.extend(self.changes_with(&id).map(|change| (change, accepted)));
                }
            }
        }
        verdicts.arrange();
        verdicts
    }

    fn device_of(&self, change: ChangeIx) -> Option<&Device> {
        self.devices.get(self.head(change).by as usize).and_then(Option::as_ref)
    }

    /// Whether the author of a change may write this field of a record of `unit`.
    fn may_write(
        &self,
        change: ChangeIx,
        record: &Record,
        ledger: Option<&Schema>,
        unit: &str,
        slot: Option<Slot>,
    ) -> bool {
        match self.device_of(change) {
            None => true,
            Some(device) => {
                let own_device = ledger.is_some_and(|l| l.id == "device") && *record.id == *self.tag_of(change);
                own_device || self.allows(device, ledger, unit, slot)
            }
        }
    }

    /// Whether a device may write a field of a record of `unit`; pages ask this before they offer a form.
    pub fn allows(&self, device: &Device, ledger: Option<&Schema>, unit: &str, slot: Option<Slot>) -> bool {
        let owner = ledger.map_or(Owner::Unit, |l| l.owner);
        let decided_by = slot
            .and_then(|s| ledger.and_then(|l| l.field_at(s)))
            .and_then(|f| f.decided_by);
        let of_units = matches!(owner, Owner::Unit | Owner::Author);
        let unit = self.stands_for("unit", unit);
        let in_district = || {
            let number = self.units.get(unit);
            number
                .and_then(|n| self.division.get(&n))
                .is_some_and(|d| **d == *self.stands_for("district", &device.district))
        };
        match device.role {
            Role::Town => true,
            Role::Viewer => false,
            Role::Guide => of_units && decided_by.is_none_or(|r| r == Role::Guide),
            Role::District => {
                let of_no_unit = owner == Owner::Author && unit.is_empty();
                owner != Owner::Town && decided_by.is_none() && (of_no_unit || in_district())
            }
            Role::Unit => {
                of_units && decided_by.is_none() && !unit.is_empty() && *unit == *self.stands_for("unit", &device.unit)
            }
        }
    }

    /// Whether `later` had seen `earlier`.
    pub fn covers(&self, later: &Atom, earlier: &Atom) -> bool {
        let head = self.head(earlier.change);
        let over = &self.overs[later.over as usize];
        over.binary_search_by_key(&head.actor, |(actor, _)| *actor)
            .is_ok_and(|i| head.n <= over[i].1)
    }

    /// Marks heads and the shown one among the counted atoms of one field; returns the shown one.
    ///
    /// A head is what no counted write covers. Shown is the greatest by (time, actor, serial).
    fn pick(&self, record: &Record, range: std::ops::Range<usize>, flags: &mut [u8]) -> Option<usize> {
        let counts = |flags: &[u8], i: usize| flags[i] & (Atom::PENDING | Atom::REJECTED) == 0;
        let counted = range.filter(|&i| counts(flags, i)).collect::<Vec<_>>();
        let heads = self.maximal(record, &counted);
        for &i in &counted {
            flags[i] &= !(Atom::HEAD | Atom::SHOWN);
        }
        for &i in &heads {
            flags[i] |= Atom::HEAD;
        }
        let shown = self.greatest(record, &heads);
        if let Some(i) = shown {
            flags[i] |= Atom::SHOWN;
        }
        shown
    }

    /// The greatest of some atoms of one field by (time, actor, serial); the rest tells forged
    /// twins apart.
    pub(super) fn greatest(&self, record: &Record, atoms: &[usize]) -> Option<usize> {
        atoms.iter().copied().max_by(|&a, &b| {
            let (x, y) = (&record.atoms[a], &record.atoms[b]);
            self.display_order(x.change, y.change)
                .then_with(|| x.value.cmp(&y.value))
                .then_with(|| self.tag_of(x.change).cmp(self.tag_of(y.change)))
                .then_with(|| self.over_of(x).cmp(&self.over_of(y)))
        })
    }

    /// Those of some atoms of one field that none of them covers.
    pub(super) fn maximal(&self, record: &Record, atoms: &[usize]) -> Vec<usize> {
        if atoms.len() <= 1 {
            return atoms.to_vec();
        }
        // Per actor the highest serial number that anyone had seen: linear, however many writes.
        let mut seen: hashbrown::HashMap<u32, u32> = hashbrown::HashMap::new();
        for &i in atoms {
            for &(actor, n) in &self.overs[record.atoms[i].over as usize] {
                let most = seen.entry(actor).or_default();
                *most = (*most).max(n);
            }
        }
        let open = |&i: &usize| {
            let head = self.head(record.atoms[i].change);
            seen.get(&head.actor).is_none_or(|&n| head.n > n)
        };
        let heads: Vec<usize> = atoms.iter().copied().filter(open).collect();
        // Only forged writes can claim in a circle to have seen each other; then all of them stand.
        if heads.is_empty() { atoms.to_vec() } else { heads }
    }

    fn record_flags(&self, record: &Record, flags: &[u8]) -> u8 {
        let mut out = 0;
        let mut seen_by_deletion: Vec<(&str, u32)> = Vec::new();
        let mut brought_back = false;
        for (atom, &flag) in record.atoms.iter().zip(flags) {
            if flag & (Atom::PENDING | Atom::REJECTED) == Atom::PENDING {
                out |= Record::PENDING;
            }
            if flag & Atom::HEAD == 0 {
                continue;
            }
            match atom.slot {
                slots::DELETED => {
                    brought_back |= atom.value.items().is_empty();
                    seen_by_deletion.extend(atom.value.items().iter().filter_map(|i| split_id(i)));
                }
                slots::ALIAS if atom.value != Value::Null => out |= Record::ALIASED,
                slots::UNIT | slots::FIRST.. => out |= Record::VISIBLE,
                _ => {}
            }
        }
        let mut range = 0..0;
        while range.end < record.atoms.len() {
            let start = range.end;
            range = start..start + record.atoms[start..].partition_point(|a| a.slot == record.atoms[start].slot);
            if matches!(record.atoms[start].slot, slots::DELETED | slots::ACCEPTED | slots::SEEN) {
                continue;
            }
            let mut heads = range
                .clone()
                .filter(|&i| flags[i] & Atom::HEAD != 0)
                .map(|i| &record.atoms[i].value);
            if let Some(first) = heads.next()
                && heads.any(|other| other != first)
            {
                out |= Record::CONFLICT;
            }
        }
        if !seen_by_deletion.is_empty() {
            seen_by_deletion.arrange();
            let known = |atom: &Atom| {
                let head = self.head(atom.change);
                seen_by_deletion
                    .binary_search(&(self.actors.text(head.actor), head.n))
                    .is_ok()
            };
            let matters = |slot: Slot| slot == slots::UNIT || slot == slots::ALIAS || slot >= slots::FIRST;
            let all_known = record
                .atoms
                .iter()
                .zip(flags)
                .filter(|(a, f)| matters(a.slot) && **f & Atom::HEAD != 0)
                .all(|(a, _)| known(a));
            // Deleted by one and brought back by another, neither knowing of the other: stays visible.
            out |= if all_known && !brought_back {
                Record::DELETED
            } else {
                Record::DELETE_CONFLICT
            };
        }
        out
    }
}

/// What was decided about a change; `verdicts` are sorted. Accepted by one stands against rejected by another.
fn verdict_flag(verdicts: &[(ChangeIx, bool)], change: ChangeIx) -> u8 {
    let has = |accepted: bool| verdicts.binary_search(&(change, accepted)).is_ok();
    match (has(true), has(false)) {
        (true, _) => 0,
        (false, true) => Atom::REJECTED,
        (false, false) => Atom::PENDING,
    }
}

/// Where the atoms of one field stand.
fn range_of(record: &Record, slot: Slot) -> std::ops::Range<usize> {
    let from = record.atoms.partition_point(|a| a.slot < slot);
    from..from + record.atoms[from..].partition_point(|a| a.slot == slot)
}
