//! Leptos shell: turns the view models into the page. Nothing uses this module.

pub mod app;
pub mod components;
pub mod desk_frame;
pub mod dom;
pub mod figures;
pub mod pages;
pub mod panic;
pub mod screen;
pub mod state;

use leptos::mount::mount_to_body;
use leptos::prelude::*;

use crate::browser::world::Ask;
use app::App;
use state::Town;

/// Mounts the page.
pub fn start() {
    panic::install();
    let ask = Ask::read();
    mount_to_body(move || {
        let town = Town::open(&ask, None);
        provide_context(town);
        let frame = desk_frame::frame_state(town);
        let looks = desk_frame::looks(town);
        view! {
            <App
                frame
                looks
                toasts=town.toasts
                on_looks=move |looks| desk_frame::keep_looks(town, looks)
                on_undo=move |()| town.undo()
            />
        }
    });
}
