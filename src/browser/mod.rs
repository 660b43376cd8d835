//! Browser adapters.

pub mod canvas;
