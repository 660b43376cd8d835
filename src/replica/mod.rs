//! How a town's records change and merge. Pure: no clock, no randomness, no storage.

mod apart;
pub mod change;
pub mod derive;
pub mod edit;
pub mod export;
pub mod history;
mod joins;
mod merging;
mod personal;
pub mod record;
pub mod redact;
pub mod seed;
pub mod state;
pub mod symbols;
pub mod wire;

pub use apart::Left;
pub use change::{Cell, Change, ChangeId, Patch};
pub use derive::Device;
pub use edit::{Stamp, Write};
pub use merging::Merging;
pub use record::{Atom, Record};
pub use state::{Alarm, ChangeIx, Merged, RecordIx, Replica};
