//! The desk: one replica, its storage, and the person who works at it.
//!
//! Every action goes the same way: compose a [`Change`] from what is shown, store it, merge it, and
//! remember it for undo. The desk is the only place where storage and replica meet, so that what is
//! shown and what is stored cannot part. Pure: time and randomness come from an [`Environment`].

mod daily;
mod drafts;
mod environment;
mod files;
mod folder;
mod kept;
mod leaving;
mod opening;
mod other_tabs;
mod person;
mod put_back;
mod reach;
mod roles;
pub mod sharing;
mod state;
mod tables;
pub mod withdrawing;

pub use drafts::Unfinished;
pub use environment::Environment;
pub use files::{EXPORT_DAYS, EXPORT_SAVES, ExportAge, PreparedImport};
pub use leaving::Unkept;
pub use opening::Unmerged;
pub use other_tabs::ExternalUpdate;
pub use person::Person;
pub use state::{Desk, Done};
pub use withdrawing::AtDesk;
