//! A button that opens the system's file chooser at once, wherever a file that was received is asked for.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::app::use_shell;
use super::components::button::ButtonKind;
use super::dom::next_id;
use super::pending_file::keep_pending_file;
use crate::view::route::Route;

/// The button; the file that is chosen goes to the preview of a merge.
pub fn file_door(label: &'static str, kind: ButtonKind) -> AnyView {
    let shell = use_shell();
    let id = next_id("received");
    let chosen = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) {
            keep_pending_file(file);
            shell.go_to(Route::Merge);
        }
    };
    view! {
        <input
            class="file-input"
            type="file"
            id=id.clone()
            accept=".json,application/json,.txt,text/plain"
            on:change=chosen
        />
        <label class=kind.class() for=id>{label}</label>
    }
    .into_any()
}
