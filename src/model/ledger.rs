//! The declaration of a ledger (台账), and everything that is said once there.
//!
//! A [`Ledger`] is data: forms, lists, filters, validation, redaction, file-format documents and
//! spreadsheets read it. [`ledgers!`](crate::ledgers) writes it together with a typed row, so that
//! rules and indicators use field names the compiler checks.

use super::date::{Day, Month};
use super::value::{Decimal, NULL, Value};

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

/// As whom a device works. A view of the same data, not a security boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 镇党建办: everything.
    Town,
    /// 片区负责人: the units of one district.
    District,
    /// 村（社区）书记: one unit.
    Unit,
    /// 党建指导员: reviews the plans of units.
    Guide,
    /// 只看.
    Viewer,
}

impl Role {
    /// Stored code and label of every role; also the choices of the device ledger.
    pub const CHOICES: &'static [Choice] = &[
        Choice::new("town", "镇党建办"),
        Choice::new("district", "片区负责人"),
        Choice::new("unit", "村（社区）书记"),
        Choice::new("guide", "党建指导员"),
        Choice::new("viewer", "只看"),
    ];

    /// The role stored under `code`.
    pub fn by_code(code: &str) -> Option<Role> {
        Some(match code {
            "town" => Role::Town,
            "district" => Role::District,
            "unit" => Role::Unit,
            "guide" => Role::Guide,
            "viewer" => Role::Viewer,
            _ => return None,
        })
    }

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Town => "town",
            Role::District => "district",
            Role::Unit => "unit",
            Role::Guide => "guide",
            Role::Viewer => "viewer",
        }
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

/// A stored code with its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored; never changes once released.
    pub code: &'static str,
    /// What is shown.
    pub label: &'static str,
}

impl Choice {
    /// A choice.
    pub const fn new(code: &'static str, label: &'static str) -> Choice {
        Choice { code, label }
    }
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
    /// Exact decimal, stored as text ([`Decimal`]).
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

/// What a new record starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Nothing.
    Blank,
    /// The day of entry.
    Today,
    /// The year of entry.
    ThisYear,
    /// A code or text.
    Text(&'static str),
    /// A number.
    Int(i64),
    /// Yes or no.
    YesNo(bool),
}

/// One field of a ledger. Built by [`Field::new`] and the methods below, in constants.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Stored name.
    pub name: &'static str,
    /// Label in forms, lists and files.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Unit of measure, shown in heads: 人, 亩, 万元.
    pub measure: Option<&'static str>,
    /// A record without it is incomplete.
    pub required: bool,
    /// Left out of redacted files and masked on screens that others see.
    pub personal: bool,
    /// Stands in the list without being asked for.
    pub column: bool,
    /// Sentence under the label.
    pub hint: &'static str,
    /// Choices of [`Kind::Choice`] and [`Kind::Choices`].
    pub choices: &'static [Choice],
    /// Ledger that a reference points to.
    pub target: &'static str,
    /// Smallest and largest number (for [`Kind::Int`], [`Kind::Decimal`], [`Kind::Year`]).
    pub range: (i64, i64),
    /// What a new record starts with.
    pub preset: Preset,
    /// Only this role, or the town, decides this field; others' entries wait for acceptance.
    pub decided_by: Option<Role>,
    /// Numbers that make sense to add up get a total.
    pub summed: bool,
}

impl Field {
    /// A field with nothing but its name, label and kind.
    pub const fn new(name: &'static str, label: &'static str, kind: Kind) -> Field {
        let range = match kind {
            Kind::Year => (1900, 2999),
            Kind::Int | Kind::Decimal => (0, 999_999),
            _ => (0, 0),
        };
        let target = match kind {
            Kind::Unit => "unit",
            Kind::District => "district",
            _ => "",
        };
        Field {
            name,
            label,
            kind,
            measure: None,
            required: false,
            personal: matches!(kind, Kind::Phone),
            column: false,
            hint: "",
            choices: &[],
            target,
            range,
            preset: Preset::Blank,
            decided_by: None,
            summed: false,
        }
    }

    /// A record without this field is incomplete.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// Left out of redacted files.
    pub const fn personal(mut self) -> Field {
        self.personal = true;
        self
    }

    /// Stands in the list.
    pub const fn column(mut self) -> Field {
        self.column = true;
        self
    }

    /// Unit of measure.
    pub const fn measure(mut self, measure: &'static str) -> Field {
        self.measure = Some(measure);
        self
    }

    /// Sentence under the label.
    pub const fn hint(mut self, hint: &'static str) -> Field {
        self.hint = hint;
        self
    }

    /// The choices, in display order.
    pub const fn choices(mut self, choices: &'static [Choice]) -> Field {
        self.choices = choices;
        self
    }

    /// The ledger a reference points to.
    pub const fn to(mut self, ledger: &'static str) -> Field {
        self.target = ledger;
        self
    }

    /// Smallest and largest number accepted.
    pub const fn range(mut self, least: i64, most: i64) -> Field {
        self.range = (least, most);
        self
    }

    /// What a new record starts with.
    pub const fn preset(mut self, preset: Preset) -> Field {
        self.preset = preset;
        self
    }

    /// Entries by other roles wait for acceptance.
    pub const fn decided_by(mut self, role: Role) -> Field {
        self.decided_by = Some(role);
        self
    }

    /// Lists show a total.
    pub const fn summed(mut self) -> Field {
        self.summed = true;
        self
    }

    /// The label of a stored choice code; the code itself where a newer version wrote it.
    pub fn choice_label<'a>(&self, code: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.choices.iter().find(|c| c.code == code).map_or(code, |c| c.label)
    }

    /// Where the field stands in a record; see [`slot_of`].
    pub fn head(&self) -> String {
        match self.measure {
            Some(measure) => format!("{}，{measure}", self.label),
            None => self.label.to_string(),
        }
    }
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
    /// First slot of declared fields.
    pub const FIRST: Slot = 8;
    /// First slot of fields this version does not know.
    pub const UNKNOWN: Slot = 0x8000;

    /// Stored names of the slots that every record has.
    pub const NAMES: [(&str, Slot); 4] = [
        ("unit", UNIT),
        ("_deleted", DELETED),
        ("_alias", ALIAS),
        ("_accepted", ACCEPTED),
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

    /// Sets the fields; used by the macro.
    pub const fn with_fields(mut self, fields: &'static [Field]) -> Ledger {
        self.fields = fields;
        self
    }

    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
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

/// Anything whose shown values can be read by slot: a record of the replica, a draft of a form.
pub trait Cells {
    /// The shown value; [`NULL`] where nobody wrote.
    fn cell(&self, slot: Slot) -> &Value;
    /// The record's id; empty for a draft.
    fn id(&self) -> &str;
}

/// A typed view over one record, made by [`ledgers!`](crate::ledgers).
pub trait TypedRow<'a>: Copy {
    /// The declaration.
    const LEDGER: &'static Ledger;
    /// Wraps a record of this ledger.
    fn of(cells: &'a dyn Cells) -> Self;
    /// The record.
    fn cells(self) -> &'a dyn Cells;
}

/// Reading of a value by kind; the marker types carry the kind names used in declarations.
pub mod kinds {
    use super::{Kind, Value};

    /// How a declared kind is stored and read.
    pub trait FieldKind {
        /// The kind stored in the declaration.
        const KIND: Kind;
        /// What the typed getter returns.
        type Out<'a>;
        /// Reads a shown value; absent or malformed values read as absent.
        fn read(value: &Value) -> Self::Out<'_>;
    }

    macro_rules! kinds {
        ($out:ty, $read:expr; $($name:ident)*) => {$(
            /// Marker of the kind of the same name.
            pub struct $name;
            impl FieldKind for $name {
                const KIND: Kind = Kind::$name;
                type Out<'a> = $out;
                fn read(value: &Value) -> Self::Out<'_> {
                    $read(value)
                }
            }
        )*};
    }

    macro_rules! borrowed_kinds {
        ($wrap:ident, $read:expr; $($name:ident)*) => {$(
            /// Marker of the kind of the same name.
            pub struct $name;
            impl FieldKind for $name {
                const KIND: Kind = Kind::$name;
                type Out<'a> = $wrap<'a>;
                fn read(value: &Value) -> Self::Out<'_> {
                    $read(value)
                }
            }
        )*};
    }

    /// Text that is there.
    pub type Str<'a> = Option<&'a str>;
    /// Items of a list.
    pub type Items<'a> = &'a [Box<str>];

    fn nonempty(value: &Value) -> Option<&str> {
        value.as_str().filter(|t| !t.is_empty())
    }

    fn int(value: &Value) -> Option<i64> {
        match value {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    fn truth(value: &Value) -> Option<bool> {
        match value {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    borrowed_kinds!(Str, nonempty; Text LongText Choice Phone Ref Unit District);
    borrowed_kinds!(Items, Value::items; Choices Refs);
    kinds!(Option<i64>, int; Int);
    kinds!(Option<bool>, truth; YesNo);
    kinds!(Option<i32>, |v| int(v).and_then(|y| i32::try_from(y).ok()); Year);
    kinds!(Option<super::Decimal>, |v: &Value| v.as_str().and_then(super::Decimal::parse); Decimal);
    kinds!(Option<super::Day>, |v: &Value| v.as_str().and_then(super::Day::parse); Day);
    kinds!(Option<super::Month>, |v: &Value| v.as_str().and_then(super::Month::parse); Month);
}

/// Declares the ledgers of one file: the typed rows and the list `LEDGERS`.
///
/// ```
/// use tiancheng::model::ledger::{Ledger, Choice, Programme};
/// tiancheng::ledgers! {
///     /// A visit to a project.
///     Visit = Ledger::new("visit_example", "走访台账").programme(Programme::Phoenix).adds("次", "记一次走访").dated("date") => {
///         unit: Unit "村（社区）" .required() .column();
///         date: Day "日期" .required() .column();
///         way: Choice "方式" .choices(&[Choice::new("site", "现场"), Choice::new("phone", "电话")]) .column();
///     }
/// }
/// assert_eq!(LEDGERS[0].fields.len(), 3);
/// ```
#[macro_export]
macro_rules! ledgers {
    ($(
        $(#[$doc:meta])*
        $name:ident = $spec:expr => {
            $( $(#[$fdoc:meta])* $field:ident : $kind:ident $label:literal $(. $set:ident ( $($arg:expr),* $(,)? ))* ; )*
        }
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy)]
            pub struct $name<'a>(&'a dyn $crate::model::ledger::Cells);

            impl<'a> $crate::model::ledger::TypedRow<'a> for $name<'a> {
                const LEDGER: &'static $crate::model::ledger::Ledger = &$spec.with_fields(&[
                    $( $crate::model::ledger::Field::new(
                        stringify!($field),
                        $label,
                        <$crate::model::ledger::kinds::$kind as $crate::model::ledger::kinds::FieldKind>::KIND,
                    ) $(. $set ( $($arg),* ))* ),*
                ]);
                fn of(cells: &'a dyn $crate::model::ledger::Cells) -> Self {
                    $name(cells)
                }
                fn cells(self) -> &'a dyn $crate::model::ledger::Cells {
                    self.0
                }
            }

            const _: () = {
                #[allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
                enum Ix { $($field),* }
                #[allow(dead_code)]
                impl<'a> $name<'a> {
                    /// The record's id.
                    pub fn id(self) -> &'a str {
                        self.0.id()
                    }
                    $(
                        #[doc = $label]
                        $(#[$fdoc])*
                        pub fn $field(self) -> <$crate::model::ledger::kinds::$kind as $crate::model::ledger::kinds::FieldKind>::Out<'a> {
                            const SLOT: $crate::model::ledger::Slot =
                                $crate::model::ledger::slot_of(stringify!($field), Ix::$field as usize);
                            <$crate::model::ledger::kinds::$kind as $crate::model::ledger::kinds::FieldKind>::read(self.0.cell(SLOT))
                        }
                    )*
                }
            };
        )*

        /// The ledgers declared here, in display order.
        pub const LEDGERS: &[&$crate::model::ledger::Ledger] =
            &[$(<$name<'static> as $crate::model::ledger::TypedRow<'static>>::LEDGER),*];
    };
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

/// Reads nothing: what a record without values shows.
pub struct Blank;

impl Cells for Blank {
    fn cell(&self, _: Slot) -> &Value {
        &NULL
    }
    fn id(&self) -> &str {
        ""
    }
}
