//! Leptos shell: turns the view models into the page. Nothing uses this module.

pub mod app;
pub mod by_hand;
pub mod components;
pub mod daily;
pub mod desk_frame;
pub mod dom;
pub mod figures;
pub mod file_door;
pub mod flow_panel;
pub mod hand_over;
pub mod pages;
pub mod panic;
pub mod parts;
pub mod pending_file;
mod recovery;
pub mod screen;
pub mod sharing;
pub mod state;
pub mod statistics;
pub mod tables;
pub mod who;

use std::future::Future;
use std::pin::Pin;

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::browser::environment::Ask;
use crate::browser::{host, second};
use app::App;
use state::AppStore;

/// Mounts the page.
pub fn start() {
    panic::install();
    let ask = Ask::read();
    if !ask.sample {
        app::begin_at(state::home);
    }
    let address = app::current_address();
    if let Some(look) = state::first_look(&ask, &address) {
        let seen = ask.clone();
        return mount(
            move || AppStore::showing(&ask, look),
            move |town| town.read_records(seen),
        );
    }
    pages::fetch_early(&address.route);
    spawn_local(Box::pin(async move {
        // Unlike the first look these pages measure and draw.
        host::styled().await;
        open_first(ask).await;
    }) as Pin<Box<dyn Future<Output = ()>>>);
}

/// Mounts the page with its records.
async fn open_first(ask: Ask) {
    if !ask.sample {
        let place = second::open().await;
        return mount(move || AppStore::open(&ask, place), parts::fetch_ahead);
    }
    parts::fetch_sample_town(Box::new(move |changes| match changes {
        Some(changes) => mount(move || AppStore::open_sample(&ask, changes), parts::fetch_ahead),
        None => panic::start_failed(state::SAMPLE_MISSED),
    }));
}

/// Mounts the page around the town that `open` makes; `ready` goes on once it can be used.
fn mount(open: impl FnOnce() -> AppStore + 'static, ready: impl FnOnce(AppStore) + 'static) {
    mount_shell(Box::new(open), Box::new(ready));
}

fn mount_shell(open: Box<dyn FnOnce() -> AppStore>, ready: Box<dyn FnOnce(AppStore)>) {
    mount_to_body(move || {
        let town = open();
        provide_context(town);
        let gate = Memo::new(move |_| desk_frame::gate(town));
        let frame = desk_frame::frame_state(town);
        let looks = desk_frame::looks(town);
        dom::set_root("data-shown", "yes");
        app::when_ready(Box::new(move || ready(town)));
        view! {
            <App
                frame
                looks
                toasts=town.toasts
                on_looks=move |looks| desk_frame::keep_looks(town, looks)
                on_undo=move |()| town.undo()
                on_redo=move |()| town.redo()
                gate
            />
        }
    });
}
