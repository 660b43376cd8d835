//! Browser adapters: storage, clock, files, canvas, camera, other windows. No Leptos here.

pub mod camera;
pub mod canvas;
pub mod clipboard;
pub mod copies;
pub mod environment;
pub mod files;
pub mod folder;
pub mod handles;
pub mod host;
pub mod local;
pub mod notify;
pub mod office;
pub mod picture;
pub mod second;
pub mod share;
pub mod tabs;
pub mod turns;
