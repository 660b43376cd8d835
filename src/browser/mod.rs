//! Browser adapters: storage, clock, canvas. No Leptos here.

pub mod canvas;
pub mod local;
pub mod world;
