//! Browser adapters: storage, clock, files, canvas. No Leptos here.

pub mod canvas;
pub mod clipboard;
pub mod files;
pub mod local;
pub mod share;
pub mod world;
