//! A replica in a key-value store: journal, snapshot, compaction, recovery. Pure over [`KeyValue`].
//!
//! Every save is one new key that is never changed; a snapshot gathers old saves; two heads say what
//! the snapshot consists of. Since merging is union, reading too much never harms, and nothing is
//! removed before what replaces it has been read back and a second head vouches for it. The text of
//! `docs/storage.md` explains the layout.
//!
//! Invariants:
//! - A save that was reported [`Saved::Stored`] is found again after a crash at any later operation.
//! - A text that is damaged is kept where it is and reported; nothing empty ever takes its place.
//! - What [`second::Twofold`] has settled is found again after the browser itself was killed.
//! - Keys without the prefix `tc.` are never read for their content, written or removed.

mod bucket;
pub mod columns;
mod compact;
pub mod contents;
pub mod disk;
mod fingerprint;
mod grow;
pub mod keys;
pub mod kv;
mod load;
mod maintenance;
pub mod pack;
mod presence;
pub mod second;
pub mod snapshot;
mod store;

pub use bucket::Effort;
pub use compact::{Compacted, Exclusive};
pub use contents::{FROM_FOLDER, FROM_TABLE, FileSource, ImportMeta};
pub use disk::{Failure, Level, Usage};
pub use fingerprint::mark;
pub use kv::{KeyValue, KvError, Limit, Measure, MemoryKeyValue};
pub use load::{DAMAGE, ImportInfo, ImportState, Quarantined, WITHDRAWABLE};
pub use maintenance::{Action, News};
pub use second::{Left, SecondPlace, Twofold};
pub use store::{Entrance, Opened, Report, Saved, State, Store};
