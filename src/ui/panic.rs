//! A panic ends the page; what is left is told to the plain script that can still export the data.

use js_sys::{Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// Hands the message of a panic to `window.tcPanic`, if the page has it, and to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        web_sys::console::error_1(&JsValue::from_str(&message));
        tell("tcPanic", &message);
    }));
}

/// Tells that the page could not be started.
pub fn start_failed(why: &str) {
    tell("tcStartFailed", why);
}

fn tell(whom: &str, message: &str) {
    let show = Reflect::get(&window(), &JsValue::from_str(whom)).ok();
    if let Some(show) = show.and_then(|show| show.dyn_into::<Function>().ok()) {
        let _ = show.call1(&JsValue::NULL, &JsValue::from_str(message));
    }
}
