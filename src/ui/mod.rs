//! Leptos shell: turns the view models into the page. Nothing uses this module.
//!
//! - `app`: the address, the heading, the keyboard; pages reach it by [`app::use_shell`].
//! - `screen`: width, text size and theme of the window, by [`screen::use_screen`].
//! - `components`: parts with props and callbacks; they know nothing of the records.
//! - `pages`: one file per page; `pages::page` is the only place that knows them all. A page is a function that
//!   returns its view; what the frame should show with it (title, way back, own bottom bar) it says by setting
//!   `shell.head`.
//!
//! Invariants: a component never reads the store; a page never uses another page; text typed into a field reaches the
//! page when the field is left; nothing here panics on purpose, since a panic ends the page.

pub mod app;
pub mod components;
pub mod dom;
pub mod pages;
pub mod panic;
pub mod screen;
pub mod state;

use leptos::mount::mount_to_body;
use leptos::prelude::*;

use app::{App, Looks};
use components::frame::{ExportAge, FrameState, SaveState};

/// Mounts the page.
pub fn start() {
    panic::install();
    mount_to_body(|| {
        let frame = FrameState {
            as_of: Signal::stored(String::new()),
            sample: Signal::stored(false),
            saved: Signal::stored(SaveState::Untouched),
            export: Signal::stored(ExportAge {
                text: "从未导出".to_owned(),
                overdue: false,
            }),
            roles: Signal::stored(Vec::new()),
            role: Signal::stored(String::new()),
            on_role: Callback::new(|_| ()),
            notice: Signal::stored(None),
            on_notice: Callback::new(|()| ()),
            search: Callback::new(|_| Vec::new()),
            fill_href: Signal::stored("#/l".to_owned()),
        };
        view! { <App frame looks=Looks::default() on_looks=|_| () on_undo=|()| () /> }
    });
}
