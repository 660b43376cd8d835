//! Long work in turns, so that the page stays alive: a clock that says when a turn is over, and a way to wait for the
//! next one.

use js_sys::{Date, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// How long a turn lasts. Two of them with a drawing in between feel like no delay.
const TURN_MS: f64 = 30.0;

/// Begins a turn: asked again and again, whether it is over.
pub fn turn() -> impl FnMut() -> bool {
    let performance = web_sys::window().and_then(|window| window.performance());
    let now = move || performance.as_ref().map_or_else(Date::now, |clock| clock.now());
    let end = now() + TURN_MS;
    move || now() >= end
}

/// Waits until the browser has drawn and heard what was due. A message comes at once, also in a window that nobody
/// looks at, where a timer would let wait for a second.
pub async fn next_turn() {
    let Ok(channel) = MessageChannel::new() else { return };
    let mut waited = |resolve: js_sys::Function, _| {
        channel.port1().set_onmessage(Some(resolve.unchecked_ref()));
        if channel.port2().post_message(&wasm_bindgen::JsValue::NULL).is_err() {
            // Cannot fail for a value without parts; then there is no pause, and nothing is lost.
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    };
    // The promise never fails.
    let _ = JsFuture::from(Promise::new(&mut waited)).await;
    channel.port1().close();
}
