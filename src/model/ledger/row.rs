//! Typed rows: a record read by the names of its declaration.

use super::declaration::Ledger;
use super::schema::{Kind, Schema, Slot};
use crate::model::date::{Day, Month};
use crate::model::value::{Decimal, NULL, Value};

/// Anything whose shown values can be read by slot: a record of the replica, a draft of a form.
pub trait Cells {
    /// The shown value; [`NULL`] where nobody wrote.
    fn cell(&self, slot: Slot) -> &Value;
    /// The record's id; empty for a draft.
    fn id(&self) -> &str;
}

/// A typed view over one record, made by [`ledgers!`](crate::ledgers).
pub trait TypedRow<'a>: Copy {
    /// What storage, files and figures know of the ledger.
    const SCHEMA: &'static Schema;
    /// The whole declaration, with labels, hints and choices. What the first view reaches names [`SCHEMA`](Self::SCHEMA).
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
        /// What the typed setter of a draft takes.
        type Given<'a>;
        /// The value to store; a blank text clears the field.
        fn store(given: Self::Given<'_>) -> Value;
        /// Reads a shown value; absent or malformed values read as absent.
        fn read(value: &Value) -> Self::Out<'_>;
    }

    macro_rules! kinds {
        ($out:ty, $read:expr, $store:expr; $($name:ident)*) => {$(
            /// Marker of the kind of the same name.
            pub struct $name;
            impl FieldKind for $name {
                const KIND: Kind = Kind::$name;
                type Out<'a> = Option<$out>;
                type Given<'a> = $out;
                fn store(given: $out) -> Value {
                    $store(given)
                }
                fn read(value: &Value) -> Self::Out<'_> {
                    $read(value)
                }
            }
        )*};
    }

    macro_rules! borrowed_kinds {
        ($wrap:ident, $given:ident, $read:expr, $store:expr; $($name:ident)*) => {$(
            /// Marker of the kind of the same name.
            pub struct $name;
            impl FieldKind for $name {
                const KIND: Kind = Kind::$name;
                type Out<'a> = $wrap<'a>;
                type Given<'a> = $given<'a>;
                fn store(given: Self::Given<'_>) -> Value {
                    $store(given)
                }
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
    /// A text to write.
    pub type GivenText<'a> = &'a str;
    /// Items to write.
    pub type GivenItems<'a> = &'a [&'a str];

    fn text(given: &str) -> Value {
        match given.is_empty() {
            true => Value::Null,
            false => Value::text(given),
        }
    }

    fn shown(given: impl std::fmt::Display) -> Value {
        Value::text(given.to_string())
    }

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

    borrowed_kinds!(Str, GivenText, nonempty, text; Text LongText Choice Phone Ref Unit District);
    borrowed_kinds!(Items, GivenItems, Value::items, |given: &[&str]| Value::list(given.iter().copied()); Choices Refs);
    kinds!(i64, int, Value::Int; Int);
    kinds!(bool, truth, Value::Bool; YesNo);
    kinds!(i32, |v| int(v).and_then(|y| i32::try_from(y).ok()), |year| Value::Int(i64::from(year)); Year);
    kinds!(super::Decimal, |v: &Value| v.as_str().and_then(super::Decimal::parse), shown; Decimal);
    kinds!(super::Day, |v: &Value| v.as_str().and_then(super::Day::parse), shown; Day);
    kinds!(super::Month, |v: &Value| v.as_str().and_then(super::Month::parse), shown; Month);
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
/// let draft = Visit::draft("v1").unit("u1").way("phone").into_draft();
/// assert_eq!(draft.cells.len(), 2);
/// assert_eq!(Visit::FIELDS.way, "way");
/// ```
///
/// A field that is not declared does not compile:
///
/// ```compile_fail
/// use tiancheng::model::ledger::Ledger;
/// tiancheng::ledgers! {
///     /// A visit.
///     Visit = Ledger::new("visit_example", "走访台账") => { unit: Unit "村（社区）"; }
/// }
/// let draft = Visit::draft("v1").unitt("u1");
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
                const SCHEMA: &'static $crate::model::ledger::Schema = &$spec.schema_of(&[
                    $( $crate::model::ledger::Field::new(
                        stringify!($field),
                        "",
                        <$crate::model::ledger::kinds::$kind as $crate::model::ledger::kinds::FieldKind>::KIND,
                    ) $(. $set ( $($arg),* ))* .schema() ),*
                ]);
                const LEDGER: &'static $crate::model::ledger::Ledger = &$spec.with_schema(Self::SCHEMA).with_fields(&[
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
                /// A record under way: a setter for each field. What is not there is left unset, a blank text clears.
                #[derive(Clone)]
                pub struct Writer($crate::model::records::Draft);

                /// The stored names of the fields.
                #[allow(dead_code)]
                pub struct Names {
                    $( #[doc = $label] pub $field: &'static str ),*
                }

                #[allow(dead_code)]
                impl Writer {
                    $(
                        #[doc = $label]
                        pub fn $field<'v>(
                            mut self,
                            given: impl Into<Option<<$crate::model::ledger::kinds::$kind as $crate::model::ledger::kinds::FieldKind>::Given<'v>>>,
                        ) -> Writer {
                            const SLOT: $crate::model::ledger::Slot =
                                $crate::model::ledger::slot_of(stringify!($field), Ix::$field as usize);
                            if let Some(given) = given.into() {
                                let value = <$crate::model::ledger::kinds::$kind as $crate::model::ledger::kinds::FieldKind>::store(given);
                                self.0.set(SLOT, value);
                            }
                            self
                        }
                    )*

                    /// The record as it stands.
                    pub fn into_draft(self) -> $crate::model::records::Draft {
                        self.0
                    }
                }

                #[allow(dead_code)]
                impl<'a> $name<'a> {
                    /// The stored names of the fields, which the compiler knows.
                    pub const FIELDS: Names = Names { $( $field: stringify!($field) ),* };

                    /// A record without values; its id may be empty until it is saved.
                    pub fn draft(id: impl Into<String>) -> Writer {
                        Writer($crate::model::records::Draft::new(
                            <$name as $crate::model::ledger::TypedRow>::SCHEMA,
                            id,
                        ))
                    }

                    /// Goes on with a record of this ledger.
                    pub fn write(draft: $crate::model::records::Draft) -> Writer {
                        Writer(draft)
                    }

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

        /// What replicas know of the ledgers declared here, in display order.
        pub const SCHEMAS: &[&$crate::model::ledger::Schema] =
            &[$(<$name<'static> as $crate::model::ledger::TypedRow<'static>>::SCHEMA),*];

        /// The ledgers declared here, in display order.
        pub const LEDGERS: &[&$crate::model::ledger::Ledger] =
            &[$(<$name<'static> as $crate::model::ledger::TypedRow<'static>>::LEDGER),*];
    };
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
