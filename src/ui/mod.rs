//! Leptos shell: turns the view models into the page. Nothing uses this module.

pub mod app;
pub mod components;
pub mod desk_frame;
pub mod dom;
pub mod figures;
pub mod flow_panel;
pub mod hand_over;
pub mod pages;
pub mod panic;
pub mod parts;
mod recovery;
pub mod screen;
pub mod sharing;
pub mod state;

use leptos::mount::mount_to_body;
use leptos::prelude::*;

use crate::browser::host;
use crate::browser::world::Ask;
use crate::model::sample::SampleRecord;
use app::App;
use state::Town;

/// Mounts the page.
pub fn start() {
    panic::install();
    let ask = Ask::read();
    if !ask.sample {
        pages::fetch_early(&app::current_address().route);
        return mount(ask, None);
    }
    parts::fetch_sample_town(Box::new(move |records| match records {
        Some(records) => mount(ask, Some(records)),
        None => panic::start_failed("没有取到示例数据"),
    }));
    pages::fetch_early(&app::current_address().route);
}

fn mount(ask: Ask, sample: Option<Vec<SampleRecord>>) {
    mount_to_body(move || {
        let town = Town::open(&ask, host::witness(), sample.as_deref());
        town.listen();
        provide_context(town);
        let gate = Memo::new(move |_| desk_frame::gate(town));
        let frame = desk_frame::frame_state(town);
        let looks = desk_frame::looks(town);
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
