//! Files: how a town's records leave one device and come into another.
//!
//! A file is UTF-8 JSON, readable and documented in `docs/file-format.md`. Reading is strict and
//! bounded; a file is taken whole or not at all.

pub mod batch;
pub mod compare;
pub mod daily;
mod envelope;
pub mod file;
pub mod folder;
pub mod letters;
pub mod name;
pub mod pasted;
pub mod preview;
pub mod reading;
pub mod scope;
pub mod seal;
pub mod sent;
pub mod writing;

pub use batch::Batch;
pub use file::{Content, Header, Purpose, write_file};
pub use preview::{FilePreview, Outcome, Preview};
pub use reading::{ReadFile, read_file};
pub use scope::Scope;
pub use writing::export;
