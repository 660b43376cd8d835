//! The declaration of a ledger (台账), and everything that is said once there.
//!
//! A [`Ledger`] is data: forms, lists, filters, validation, redaction, file-format documents and
//! spreadsheets read it. [`ledgers!`](crate::ledgers) writes it together with a typed row, so that
//! rules and indicators use field names the compiler checks.

mod choice;
mod declaration;
mod field;
mod role;
mod row;
mod schema;

pub use choice::Choice;
pub use declaration::{Catalogue, Ledger};
pub use field::{Field, Lies, Preset};
pub use role::Role;
pub use row::{Blank, Cells, TypedRow, kinds};
pub use schema::{FieldSchema, Former, Kind, Owner, Programme, Schema, Schemas, Slot, slot_of, slots};
