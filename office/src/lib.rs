//! Workbooks and plain tables: bytes in, tables out, and back; and text documents out. Nothing here knows what a table or
//! a text means.
//!
//! The page has the types and the reader of texts; the readers and writers of files (feature `engine`) run in a worker
//! of their own and in the native command line.

pub mod book;
mod csv;
#[cfg(feature = "engine")]
mod engine;
pub mod paper;
pub mod pieces;
pub mod sheet;
pub mod text;

pub use csv::{csv, csv_of};
#[cfg(feature = "engine")]
pub use engine::{bundle, read, write, write_paper};
