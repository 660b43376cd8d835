//! What a ledger is: its programme, its owner, its fields and where they stand in a record.

use super::choice::Choice;
use super::field::Field;
use super::schema::{FieldSchema, Former, Owner, Programme, Schema, Schemas, Slot, slot_of, slots};

/// A ledger: one kind of record, with everything that is shown of it.
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
    /// The same without texts, as a replica knows it.
    pub schema: &'static Schema,
}

/// Of a ledger that is still being declared.
const UNDECLARED: &Schema = &Schema {
    id: "",
    programme: None,
    owner: Owner::Unit,
    fields: &[],
    dated: "",
    former: None,
};

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
            schema: UNDECLARED,
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

    /// The ledger without its texts, of the same fields.
    pub const fn schema_of(&self, fields: &'static [FieldSchema]) -> Schema {
        Schema {
            id: self.id,
            programme: self.programme,
            owner: self.owner,
            fields,
            dated: self.dated,
            former: self.former,
        }
    }

    /// The ledger as a replica knows it.
    pub const fn with_schema(mut self, schema: &'static Schema) -> Ledger {
        self.schema = schema;
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
        self.schema.slot(name)
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

/// A set of ledgers with their texts.
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

    /// The same as a replica knows them.
    pub fn schemas(&self) -> Schemas {
        let all: Vec<&Schema> = self.ledgers.iter().map(|l| l.schema).collect();
        Schemas::of(&[&all])
    }
}
