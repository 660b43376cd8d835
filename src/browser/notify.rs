//! Notifications of the browser and the number on the icon of the installed page, where there are such things.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Whether the person lets the page notify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Allowed.
    Granted,
    /// Refused; the page may not ask again.
    Denied,
    /// Not asked yet.
    Unasked,
    /// This browser or address has no notifications.
    Missing,
}

fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn constructor() -> Option<Function> {
    property(&JsValue::from(web_sys::window()), "Notification")
        .dyn_into()
        .ok()
}

/// As the browser has it now.
pub fn permission() -> Permission {
    let Some(constructor) = constructor() else {
        return Permission::Missing;
    };
    match property(&constructor, "permission").as_string().as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        _ => Permission::Unasked,
    }
}

/// Asks the person, after a press.
pub async fn ask() -> Permission {
    let asked = constructor().and_then(|constructor| {
        let ask: Function = property(&constructor, "requestPermission").dyn_into().ok()?;
        ask.call0(&constructor).ok()?.dyn_into::<Promise>().ok()
    });
    if let Some(asked) = asked {
        // What was answered is read below.
        let _ = JsFuture::from(asked).await;
    }
    permission()
}

/// Shows a notification that calls `pressed` once; where the browser leaves that to the worker that keeps the page for use
/// without a network, that one brings the page to the front.
pub fn show(title: &str, body: &str, pressed: impl FnOnce() + 'static) {
    let Some(constructor) = constructor() else { return };
    let options = Object::new();
    for (name, value) in [
        ("body", body),
        ("icon", "./icon-192.png"),
        ("tag", "tiancheng"),
        ("lang", "zh-CN"),
    ] {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let title = JsValue::from_str(title);
    match Reflect::construct(&constructor, &Array::of2(&title, &options)) {
        Ok(shown) => {
            let mut pressed = Some(pressed);
            let own = shown.clone();
            let heard = Closure::<dyn FnMut()>::new(move || {
                if let Some(pressed) = pressed.take() {
                    pressed();
                }
                if let Ok(close) = property(&own, "close").dyn_into::<Function>() {
                    let _ = close.call0(&own);
                }
            });
            let _ = Reflect::set(&shown, &JsValue::from_str("onclick"), heard.as_ref());
            // One a day, for as long as the page is open.
            heard.forget();
        }
        Err(_) => spawn_local(async move {
            let _ = by_worker(&title, &options).await;
        }),
    }
}

/// Chromium on Android lets only the worker show notifications.
async fn by_worker(title: &JsValue, options: &Object) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let workers = property(&window.navigator(), "serviceWorker");
    let find: Function = property(&workers, "getRegistration").dyn_into()?;
    let found: Promise = find.call0(&workers)?.dyn_into()?;
    let registration = JsFuture::from(found).await?;
    let show: Function = property(&registration, "showNotification").dyn_into()?;
    show.call2(&registration, title, options).map(drop)
}

/// Puts a number on the icon of the installed page; zero takes it away.
pub fn badge(count: usize) {
    let Some(window) = web_sys::window() else { return };
    let navigator = JsValue::from(window.navigator());
    let name = if count == 0 { "clearAppBadge" } else { "setAppBadge" };
    let Ok(put) = property(&navigator, name).dyn_into::<Function>() else {
        return;
    };
    let count = JsValue::from_f64(count as f64);
    if let Ok(promise) = put.call1(&navigator, &count).and_then(JsCast::dyn_into::<Promise>) {
        // A page that is not installed has no icon to put it on.
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}
