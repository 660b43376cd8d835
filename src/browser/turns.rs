//! Long work in turns, so that the page stays alive: a clock that says when a turn is over, and a way to wait for the
//! next one.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use js_sys::{Date, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Performance};

use crate::turns::Pace;

/// How long a turn lasts. Two of them with a drawing in between feel like no delay.
const TURN_MS: f64 = 30.0;

/// The pace of work in the page.
pub struct Frames {
    performance: Option<Performance>,
    /// When the turn is over, in milliseconds.
    end: Cell<f64>,
}

impl Frames {
    /// Begins the first turn.
    pub fn begin() -> Frames {
        let frames = Frames {
            performance: web_sys::window().and_then(|window| window.performance()),
            end: Cell::new(0.0),
        };
        frames.end.set(frames.now() + TURN_MS);
        frames
    }

    fn now(&self) -> f64 {
        self.performance.as_ref().map_or_else(Date::now, Performance::now)
    }
}

impl Pace for Frames {
    fn is_over(&self) -> bool {
        self.now() >= self.end.get()
    }

    fn rest(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(async {
            next_turn().await;
            self.end.set(self.now() + TURN_MS);
        })
    }
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
