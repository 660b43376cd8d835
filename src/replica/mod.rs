//! How a town's records change and merge. Pure: no clock, no randomness, no storage.

mod apart;
pub mod change;
pub mod derive;
pub mod device;
pub mod edit;
pub mod export;
mod former;
mod groups;
pub mod history;
mod joins;
mod merging;
pub mod object;
mod personal;
pub mod record;
pub mod redact;
pub mod seed;
pub mod state;
pub mod symbols;
pub mod wire;

pub use apart::Left;
pub use change::{Cell, Change, ChangeId, Patch};
pub use device::Device;
pub use edit::{Stamp, Write};
pub use record::{Atom, ChangeIx, Record, RecordIx};
pub use state::{Alarm, Merged, Replica};
