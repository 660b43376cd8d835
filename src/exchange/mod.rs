//! Files: how a town's records leave one device and come into another.
//!
//! A file is UTF-8 JSON, readable and documented in `docs/file-format.md`. Reading is strict and
//! bounded; a file is taken whole or not at all.

pub mod file;
pub mod name;
pub mod preview;
pub mod scope;
pub mod seal;

pub use file::{Content, Header, Purpose, ReadFile, read_file, write_file};
pub use preview::{FilePreview, Outcome, Preview};
pub use scope::{Scope, export};
