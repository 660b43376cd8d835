//! Small dealings with the document that several components share.

use std::cell::Cell;
use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

/// An id that occurs once in the page: `card-7`.
pub fn next_id(kind: &str) -> String {
    thread_local!(static NEXT: Cell<u32> = const { Cell::new(0) });
    let number = NEXT.with(|next| {
        next.set(next.get().wrapping_add(1));
        next.get()
    });
    format!("{kind}-{number}")
}

/// Does `work` with the next frame, or soon in a window that nobody sees, for which no frames are made.
pub fn next_frame(work: impl FnOnce() + 'static) {
    if document().hidden() {
        set_timeout(work, Duration::from_millis(50));
    } else {
        request_animation_frame(work);
    }
}

/// The element that has the focus, unless it is the page itself.
pub fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?;
    if element.tag_name() == "BODY" {
        None
    } else {
        element.dyn_into().ok()
    }
}

/// Moves the focus; an element that cannot take it leaves the focus where it is.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Moves the focus to the element with this id.
pub fn focus_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|found| found.dyn_into().ok()) {
        focus(&element);
    }
}

/// After what had the focus was taken away, moves the focus to the first of `selector`, so that it is not lost.
pub fn focus_instead(selector: &'static str) {
    next_frame(move || {
        if focused().is_none()
            && let Ok(Some(found)) = document().query_selector(selector)
        {
            focus(found.unchecked_ref());
        }
    });
}

/// Writes an attribute of the root element.
pub fn set_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Setting what is set already would style the whole page anew.
        if root.get_attribute(name).as_deref() != Some(value) {
            let _ = root.set_attribute(name, value);
        }
    }
}

/// Removes an attribute of the root element.
pub fn unset_root(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute(name);
    }
}

/// Reads an attribute of the root element; empty if it is not there.
pub fn root(name: &str) -> String {
    document()
        .document_element()
        .and_then(|root| root.get_attribute(name))
        .unwrap_or_default()
}

/// Whether the style sheet is there, or known to be missing.
pub fn styled() -> bool {
    !root("data-styled").is_empty()
}

/// True while an input method composes: then Enter and Esc belong to it. Old engines only tell by key code 229.
pub fn composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// True for an `input` event of an input method that still composes; the text is not what the person means yet.
pub fn still_composing(event: &leptos::ev::Event) -> bool {
    js_sys::Reflect::get(event, &"isComposing".into()).is_ok_and(|flag| flag.is_truthy())
}

/// True if what is typed or pasted now goes into a field.
pub fn typing(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
    })
}

/// Runs `measure` when the frame's size changes.
pub fn watch_size(frame: NodeRef<html::Div>, measure: impl Fn() + Copy + 'static) {
    Effect::new(move |_| {
        let Some(element) = frame.get() else { return };
        let heard = Closure::<dyn FnMut()>::new(measure);
        let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) else {
            return;
        };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, heard));
        on_cleanup(move || {
            let _ = kept.try_with_value(|(observer, _)| observer.disconnect());
        });
        measure();
    });
}
