//! Browser adapters.

pub mod local;
