//! What a ledger is: its programme, its owner, its fields and where they stand in a record.

use super::choice::Choice;
use super::field::Field;

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

/// A ledger: one kind of record.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    /// Stored id.
    pub id: &'static str,
    /// Name: 夜话台账.
    pub label: &'static str,
    /// Programme it belongs to; `None` for the town's frame.
    pub programme: Option<Programme>,
    /// Whose records these are.
    pub owner: Owner,
    /// Measure word of a record: 场, 名, 个.
    pub counted: &'static str,
    /// Text of the button that adds a record: 记一场夜话.
    pub verb: &'static str,
    /// Sentence that says what belongs here.
    pub help: &'static str,
    /// Fields in the order of the form.
    pub fields: &'static [Field],
    /// Fields that together name the same real thing; empty: no two records are the same.
    pub key: &'static [&'static str],
    /// Fields whose values make a record's title.
    pub title: &'static [&'static str],
    /// The day, month or year field that says when; decides periods and sorting.
    pub dated: &'static str,
    /// Kept out of the list of ledgers: settings and devices.
    pub system: bool,
    /// Its records tell what there is on a day: they add up over units, never over time.
    pub snapshot: bool,
    /// Where older versions kept its records.
    pub former: Option<Former>,
}

impl Ledger {
    /// A ledger of a programme, kept by units.
    pub const fn new(id: &'static str, label: &'static str) -> Ledger {
        Ledger {
            id,
            label,
            programme: None,
            owner: Owner::Unit,
            counted: "条",
            verb: "新增一条",
            help: "",
            fields: &[],
            key: &[],
            title: &[],
            dated: "",
            system: false,
            snapshot: false,
            former: None,
        }
    }

    /// The programme.
    pub const fn programme(mut self, programme: Programme) -> Ledger {
        self.programme = Some(programme);
        self
    }

    /// Whose records these are.
    pub const fn owner(mut self, owner: Owner) -> Ledger {
        self.owner = owner;
        self
    }

    /// Measure word and the text of the button that adds a record.
    pub const fn adds(mut self, counted: &'static str, verb: &'static str) -> Ledger {
        self.counted = counted;
        self.verb = verb;
        self
    }

    /// What belongs here.
    pub const fn help(mut self, help: &'static str) -> Ledger {
        self.help = help;
        self
    }

    /// Natural key.
    pub const fn key(mut self, key: &'static [&'static str]) -> Ledger {
        self.key = key;
        self
    }

    /// Fields of the title.
    pub const fn title(mut self, title: &'static [&'static str]) -> Ledger {
        self.title = title;
        self
    }

    /// The field that says when.
    pub const fn dated(mut self, field: &'static str) -> Ledger {
        self.dated = field;
        self
    }

    /// Kept out of the list of ledgers.
    pub const fn system(mut self) -> Ledger {
        self.system = true;
        self
    }

    /// Records tell what there is on a day.
    pub const fn snapshot(mut self) -> Ledger {
        self.snapshot = true;
        self
    }

    /// Older versions kept its records in `ledger`, where their ids begin with `prefix`; here they begin with `here`.
    /// Both ledgers name the fields alike. What older versions wrote, and go on writing, is read as of this ledger.
    pub const fn formerly(mut self, ledger: &'static str, prefix: &'static str, here: &'static str) -> Ledger {
        self.former = Some(Former { ledger, prefix, here });
        self
    }

    /// The fields, in the order of their declaration.
    pub const fn with_fields(mut self, fields: &'static [Field]) -> Ledger {
        self.fields = fields;
        self
    }

    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The choices of the field called `name`; none where it has none.
    pub fn choices(&self, name: &str) -> &'static [Choice] {
        self.field(name).map_or(&[], |f| f.choices)
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
    pub fn field_at(&self, slot: Slot) -> Option<&'static Field> {
        if slot == slots::UNIT {
            return self.field("unit");
        }
        self.fields.get(slot.checked_sub(slots::FIRST)? as usize)
    }

    /// Fields with their slots, in the order of the form.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &'static Field)> + use<> {
        self.fields.iter().enumerate().map(|(i, f)| (slot_of(f.name, i), f))
    }
}

/// The set of ledgers a replica works with.
#[derive(Clone, Debug)]
pub struct Catalogue {
    ledgers: Vec<&'static Ledger>,
}

impl Catalogue {
    /// A catalogue of the given groups of ledgers.
    pub fn of(groups: &[&[&'static Ledger]]) -> Catalogue {
        Catalogue {
            ledgers: groups.iter().flat_map(|g| g.iter().copied()).collect(),
        }
    }

    /// All ledgers in display order.
    pub fn all(&self) -> &[&'static Ledger] {
        &self.ledgers
    }

    /// The ledger stored under `id`.
    pub fn get(&self, id: &str) -> Option<&'static Ledger> {
        self.ledgers.iter().copied().find(|l| l.id == id)
    }
}
