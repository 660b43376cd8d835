//! Browser adapters: storage, clock, files, canvas. No Leptos here.

pub mod canvas;
pub mod files;
pub mod local;
pub mod picture;
pub mod world;
