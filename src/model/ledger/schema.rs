//! What storage, files, merge and figures know of a ledger: names, kinds and authority, and nothing that is only shown.
//!
//! The first view of the page needs these alone; labels, hints and choices ([`Ledger`](super::Ledger)) come with the
//! parts that show forms and lists, see `docs/benchmarks.md`.

use super::choice::Choice;
use super::role::Role;

/// The five programmes (五项工程), in the order of the flower's petals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Programme {
    /// 筑梦: village plans made with villagers at night talks.
    Dream,
    /// 头雁: choosing, training and following secretaries.
    Lead,
    /// 强基: service centres, industry, collective economy.
    Base,
    /// 青苗: members and reserve cadres to come.
    Seedling,
    /// 引凤: bringing capable people home.
    Phoenix,
}

impl Programme {
    /// All five, clockwise from the top petal.
    pub const ALL: [Programme; 5] = [
        Programme::Dream,
        Programme::Lead,
        Programme::Base,
        Programme::Seedling,
        Programme::Phoenix,
    ];

    /// Their ids and labels as choices of a field.
    pub const CHOICES: &'static [Choice] = &[
        Programme::Dream.choice(),
        Programme::Lead.choice(),
        Programme::Base.choice(),
        Programme::Seedling.choice(),
        Programme::Phoenix.choice(),
    ];

    const fn choice(self) -> Choice {
        Choice::new(self.id(), self.label())
    }

    /// Stable id used in addresses and indicator ids.
    pub const fn id(self) -> &'static str {
        match self {
            Programme::Dream => "dream",
            Programme::Lead => "lead",
            Programme::Base => "base",
            Programme::Seedling => "seedling",
            Programme::Phoenix => "phoenix",
        }
    }

    /// 筑梦, 头雁, 强基, 青苗 or 引凤.
    pub const fn label(self) -> &'static str {
        match self {
            Programme::Dream => "筑梦",
            Programme::Lead => "头雁",
            Programme::Base => "强基",
            Programme::Seedling => "青苗",
            Programme::Phoenix => "引凤",
        }
    }

    /// Place in the flower, `0..5`, clockwise from the top.
    pub const fn petal(self) -> usize {
        self as usize
    }

    /// The programme with this id.
    pub fn by_id(id: &str) -> Option<Programme> {
        Programme::ALL.into_iter().find(|p| p.id() == id)
    }
}

/// Whose records a ledger holds; decides scope of forms, of exports and of authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Kept by the town office: units, districts, settings, appointments.
    Town,
    /// Kept by the district leader for the units of the district.
    District,
    /// Kept by each unit for itself.
    Unit,
    /// Kept by whoever made it: of a unit as by [`Owner::Unit`], of no unit by leaders of districts and the office.
    Author,
}

/// Position of a field inside a record. 0 to 7 belong to every ledger, see [`slots`].
pub type Slot = u32;

/// Slots that every record has.
pub mod slots {
    use super::Slot;
    /// The unit the record belongs to (code).
    pub const UNIT: Slot = 0;
    /// Deletion: the ids of the changes that the person who deleted had seen.
    pub const DELETED: Slot = 1;
    /// Id of the record that this one duplicates.
    pub const ALIAS: Slot = 2;
    /// Ids of changes accepted (`id`) or rejected (`!id`) although their author had no authority.
    pub const ACCEPTED: Slot = 3;
    /// Of a joined duplicate: the ids of the changes of its fields that those who joined it, or looked at it since, had seen.
    pub const SEEN: Slot = 4;
    /// First slot of declared fields.
    pub const FIRST: Slot = 8;
    /// First slot of fields this version does not know.
    pub const UNKNOWN: Slot = 0x8000;

    /// Stored names of the slots that every record has.
    pub const NAMES: [(&str, Slot); 5] = [
        ("unit", UNIT),
        ("_deleted", DELETED),
        ("_alias", ALIAS),
        ("_accepted", ACCEPTED),
        ("_seen", SEEN),
    ];
}

/// The slot of the field declared at `index` under `name`.
pub const fn slot_of(name: &str, index: usize) -> Slot {
    let bytes = name.as_bytes();
    if bytes.len() == 4 && bytes[0] == b'u' && bytes[1] == b'n' && bytes[2] == b'i' && bytes[3] == b't' {
        slots::UNIT
    } else {
        slots::FIRST + index as Slot
    }
}

/// Where older versions kept the records of a ledger: in another one, told apart by how their ids begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// Stored id of that ledger.
    pub ledger: &'static str,
    /// How their ids begin there.
    pub prefix: &'static str,
    /// How the same ids begin here.
    pub here: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// Whole number.
    Int,
    /// Exact decimal, stored as text.
    Decimal,
    /// `YYYY-MM-DD`.
    Day,
    /// `YYYY-MM`.
    Month,
    /// Calendar year, a whole number.
    Year,
    /// One of the field's choices.
    Choice,
    /// Several of the field's choices.
    Choices,
    /// Yes or no.
    YesNo,
    /// A phone number; masked on screen.
    Phone,
    /// The id of a record of the ledger named in [`Field::target`].
    Ref,
    /// Ids of several records of that ledger.
    Refs,
    /// A unit's code.
    Unit,
    /// A district's id.
    District,
}

/// What is known of a field without its texts.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    /// Stored name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Ledger that a reference points to.
    pub target: &'static str,
    /// Only this role, or the town, decides this field; others' entries wait for acceptance.
    pub decided_by: Option<Role>,
}

/// What is known of a ledger without its texts; [`Ledger`](super::Ledger) is the same with them.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// Stored id.
    pub id: &'static str,
    /// Programme it belongs to; `None` for the town's frame.
    pub programme: Option<Programme>,
    /// Whose records these are.
    pub owner: Owner,
    /// Fields in the order of their declaration.
    pub fields: &'static [FieldSchema],
    /// The field that says when; empty where none does.
    pub dated: &'static str,
    /// Where older versions kept its records.
    pub former: Option<Former>,
}

impl Schema {
    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&'static FieldSchema> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The slot of the field called `name`, system fields included.
    pub fn slot(&self, name: &str) -> Option<Slot> {
        if let Some(&(_, slot)) = slots::NAMES.iter().find(|(n, _)| *n == name) {
            return Some(slot);
        }
        self.fields
            .iter()
            .position(|f| f.name == name)
            .map(|i| slot_of(name, i))
    }

    /// The declared field at `slot`.
    pub fn field_at(&self, slot: Slot) -> Option<&'static FieldSchema> {
        if slot == slots::UNIT {
            return self.field("unit");
        }
        self.fields.get(slot.checked_sub(slots::FIRST)? as usize)
    }

    /// Fields with their slots, in the order of their declaration.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &'static FieldSchema)> + use<> {
        self.fields.iter().enumerate().map(|(i, f)| (slot_of(f.name, i), f))
    }
}

/// The set of ledgers a replica works with.
#[derive(Clone, Debug)]
pub struct Schemas {
    all: Vec<&'static Schema>,
}

impl Schemas {
    /// The ledgers of the given groups.
    pub fn of(groups: &[&[&'static Schema]]) -> Schemas {
        Schemas {
            all: groups.iter().flat_map(|g| g.iter().copied()).collect(),
        }
    }

    /// All of them, in display order.
    pub fn all(&self) -> &[&'static Schema] {
        &self.all
    }

    /// The one stored under `id`.
    pub fn get(&self, id: &str) -> Option<&'static Schema> {
        self.all.iter().copied().find(|l| l.id == id)
    }
}
