//! Where files are chosen or dropped.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, File, FileList, HtmlInputElement, Node};

use crate::ui::dom::next_id;

/// An element over which files are dragged; at first nothing is over it. Copies are the same.
#[derive(Clone, Copy, Default)]
pub struct Dropping {
    /// Files are over it.
    pub over: RwSignal<bool>,
}

impl Dropping {
    /// Something is dragged over it; files may be dropped, texts and links go where the browser takes them.
    pub fn enter(self, event: &DragEvent) {
        let types = event.data_transfer().map(|data| data.types());
        if types.is_some_and(|types| types.iter().any(|kind| kind == "Files")) {
            event.prevent_default();
            if !self.over.get_untracked() {
                self.over.set(true);
            }
        }
    }

    /// It was dragged away, and not just over a part of the element.
    pub fn leave(self, event: &DragEvent) {
        let to: Option<Node> = event.related_target().and_then(|to| to.dyn_into().ok());
        let own: Option<Element> = event.current_target().and_then(|own| own.dyn_into().ok());
        if !own.is_some_and(|own| own.contains(to.as_ref())) {
            self.over.set(false);
        }
    }

    /// The files that were dropped; none where it was something else.
    pub fn files(self, event: &DragEvent) -> Vec<File> {
        self.over.set(false);
        let all = listed(event.data_transfer().and_then(|data| data.files()));
        if !all.is_empty() {
            event.prevent_default();
        }
        all
    }
}

/// The files of a list.
pub fn listed(files: Option<FileList>) -> Vec<File> {
    let files = files.as_ref();
    files.map_or_else(Vec::new, |all| (0..all.length()).filter_map(|at| all.get(at)).collect())
}

/// A place where files are chosen or dropped, with what is said beside its button; `accept` as browsers take it.
pub fn drop_zone(
    button: &'static str,
    (accept, multiple): (&'static str, bool),
    about: &'static str,
    on_files: impl Fn(Vec<File>) + Clone + 'static,
) -> AnyView {
    let dropping = Dropping::default();
    let id = next_id("files");
    let take = on_files.clone();
    let dropped = move |event: DragEvent| take(dropping.files(&event));
    let chosen = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            on_files(listed(input.files()));
            // So that the same file can be chosen again.
            input.set_value("");
        }
    };
    view! {
        <div
            class="drop"
            class:is-over=dropping.over
            on:dragover=move |event| dropping.enter(&event)
            on:dragleave=move |event| dropping.leave(&event)
            on:drop=dropped
        >
            <input class="file-input" type="file" id=id.clone() multiple=multiple accept=accept on:change=chosen />
            <label class="button" for=id>{button}</label>
            <span class="small label">{about}</span>
        </div>
    }
    .into_any()
}
