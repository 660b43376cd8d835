//! Other windows of this browser: what they stored, whose turn it is to tidy up, and quiet moments for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::{Closure, WasmClosure};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, StorageEvent, Window};

use super::local::{inner_name, outer_name, prefix};
use crate::storage::Exclusive;

/// The lock of this copy of the page, with its folder, under which one window at a time tidies the storage.
const LOCK: &str = "tiancheng storage";
/// Where there are no locks: a window asks under this key …
const ASK: &str = "tc.s.ask";
/// … and every other window answers under this one.
const HERE: &str = "tc.s.here";
/// How long the others have for the answer; there is no hurry, and they may be busy with what was just saved.
const ANSWER_MS: i32 = 5_000;

/// Under this key a tab keeps its name in the storage of its own, which outlives loading anew.
const TAB: &str = "tc.tab";

/// The name of this tab; `fresh` draws one for a new tab. It is put away only while the page is left, so that a tab made
/// as a copy of this one does not take it along.
pub fn tab_name(fresh: impl FnOnce() -> String) -> String {
    thread_local!(static NAME: RefCell<Option<String>> = const { RefCell::new(None) });
    NAME.with_borrow_mut(|name| name.get_or_insert_with(|| claim(fresh)).clone())
}

fn claim(fresh: impl FnOnce() -> String) -> String {
    let Some(window) = web_sys::window() else {
        return fresh();
    };
    let session = window.session_storage().ok().flatten();
    let kept = session.as_ref().and_then(|session| session.get_item(TAB).ok()?);
    let name = kept.unwrap_or_else(fresh);
    if let Some(session) = session {
        let _ = session.remove_item(TAB);
        let (again, own) = (session.clone(), name.clone());
        // Where it cannot be kept, what was typed is offered instead of put in.
        listen(&window, "pagehide", move |_: JsValue| drop(session.set_item(TAB, &own)));
        listen(&window, "pageshow", move |_: JsValue| drop(again.remove_item(TAB)));
    }
    name
}

/// What another window wrote: the key, as the core calls it (none if everything was cleared), the text before and the text now.
pub struct Written {
    /// The key; `None` if everything was cleared.
    pub key: Option<String>,
    /// The text before.
    pub old: Option<String>,
    /// The text now.
    pub new: Option<String>,
}

/// Calls `heard` for everything that another window writes, for as long as the page lives.
pub fn on_written(mut heard: impl FnMut(Written) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let local = window.local_storage().ok().flatten();
    let prefix = prefix();
    let [ask, here] = [ASK, HERE].map(|key| outer_name(&prefix, key));
    listen(&window, "storage", move |event: StorageEvent| {
        // The storage of one window speaks through the same event.
        if event.storage_area() != local {
            return;
        }
        if event.key().as_ref() == Some(&ask) {
            if let (Some(local), Some(asked)) = (&local, event.new_value()) {
                // Without an answer the other window tidies although this one is there, which loses nothing:
                // this one hears of every key that goes.
                let _ = local.set_item(&here, &asked);
            }
            return;
        }
        heard(Written {
            key: event.key().map(|key| inner_name(&prefix, &key)),
            old: event.old_value(),
            new: event.new_value(),
        });
    });
}

/// Calls `woken` whenever the window is looked at again: it may have been frozen and missed events.
pub fn on_wake(woken: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let again = woken.clone();
    let seen = document.clone();
    listen(&document, "visibilitychange", move |_: JsValue| {
        if !seen.hidden() {
            again();
        }
    });
    let again = woken.clone();
    listen(&window, "focus", move |_: JsValue| again());
    listen(&window, "pageshow", move |event: JsValue| {
        let kept = Reflect::get(&event, &JsValue::from_str("persisted"));
        if kept.is_ok_and(|kept| kept.is_truthy()) {
            woken();
        }
    });
}

/// Has the browser ask before the page is left for as long as `unsaved` says so.
pub fn on_leaving(unsaved: impl Fn() -> bool + 'static) {
    let Some(window) = web_sys::window() else { return };
    listen(&window, "beforeunload", move |event: web_sys::Event| {
        if unsaved() {
            event.prevent_default();
            // What engines before 2023 ask for instead.
            let _ = Reflect::set(&event, &JsValue::from_str("returnValue"), &JsValue::TRUE);
        }
    });
}

/// Does `work` every so many milliseconds, for as long as the page lives.
pub fn every(ms: i32, work: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let work = Closure::<dyn FnMut()>::new(work).into_js_value();
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), ms);
}

/// Calls `heard` for a plain event of the window, for as long as the page lives.
pub fn on_event(name: &str, mut heard: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, name, move |_: JsValue| heard());
    }
}

fn listen<E>(target: &EventTarget, name: &str, heard: impl FnMut(E) + 'static)
where
    E: wasm_bindgen::convert::FromWasmAbi + 'static,
    dyn FnMut(E): WasmClosure,
{
    let heard = Closure::<dyn FnMut(E)>::new(heard);
    // Refused only for arguments that are no function.
    let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    // ExternalUpdate until the page is closed.
    heard.forget();
}

/// Does `work` in a quiet moment, at the latest after so many milliseconds.
pub fn when_idle(limit_ms: i32, work: Box<dyn FnOnce()>) {
    let Some(window) = web_sys::window() else { return };
    let work = Closure::once_into_js(work);
    let idle = Reflect::get(&window, &JsValue::from_str("requestIdleCallback"));
    match idle.ok().and_then(|idle| idle.dyn_into::<Function>().ok()) {
        Some(idle) => {
            let limit = js_sys::Object::new();
            let _ = Reflect::set(
                &limit,
                &JsValue::from_str("timeout"),
                &JsValue::from_f64(f64::from(limit_ms)),
            );
            let _ = idle.call2(&window, &work, &limit);
        }
        // Safari has none.
        None => after(&window, limit_ms.min(300), &work),
    }
}

/// Does `work` while no other window of this origin does the like: under the lock, or where the browser has none
/// (it gives locks to secure addresses only) when no other window answers. Otherwise not at all.
pub fn in_turn(work: impl FnOnce(Exclusive) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let locks = Reflect::get(&window.navigator(), &JsValue::from_str("locks")).unwrap_or(JsValue::UNDEFINED);
    let request = Reflect::get(&locks, &JsValue::from_str("request"));
    match request.ok().and_then(|request| request.dyn_into::<Function>().ok()) {
        Some(request) => {
            let work = Closure::once_into_js(move || work(Exclusive::WebLock));
            // A refusal leaves the storage untidied, which costs room and nothing else.
            let _ = request.call2(&locks, &lock_name(LOCK), &work);
        }
        None => if_alone(&window, work),
    }
}

/// Does `work` under the lock of this name, one window after the other; where there are no locks, at once.
pub fn one_after_another(lock: &str, work: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let locks = Reflect::get(&window.navigator(), &JsValue::from_str("locks")).unwrap_or(JsValue::UNDEFINED);
    let request = Reflect::get(&locks, &JsValue::from_str("request"));
    match request.ok().and_then(|request| request.dyn_into::<Function>().ok()) {
        Some(request) => {
            let work = Closure::once_into_js(work);
            // A refusal leaves it undone; whoever asks for such work asks again.
            let _ = request.call2(&locks, &lock_name(lock), &work);
        }
        None => work(),
    }
}

fn lock_name(lock: &str) -> JsValue {
    JsValue::from_str(&format!("{lock} {}", prefix()))
}

fn if_alone(window: &Window, work: impl FnOnce(Exclusive) + 'static) {
    let Ok(Some(local)) = window.local_storage() else {
        return;
    };
    let prefix = prefix();
    let [ask, here] = [ASK, HERE].map(|key| outer_name(&prefix, key));
    let token = js_sys::Math::random().to_string();
    let answered = Rc::new(Cell::new(false));
    let heard = {
        let (answered, token, here) = (answered.clone(), token.clone(), here.clone());
        Closure::<dyn FnMut(StorageEvent)>::new(move |event: StorageEvent| {
            if event.key().as_ref() == Some(&here) && event.new_value().as_ref() == Some(&token) {
                answered.set(true);
            }
        })
    };
    let _ = window.add_event_listener_with_callback("storage", heard.as_ref().unchecked_ref());
    if local.set_item(&ask, &token).is_err() {
        // A full storage cannot ask; then only a lock would do.
        let _ = window.remove_event_listener_with_callback("storage", heard.as_ref().unchecked_ref());
        return;
    }
    let target = window.clone();
    let decide = Closure::once_into_js(move || {
        let _ = target.remove_event_listener_with_callback("storage", heard.as_ref().unchecked_ref());
        let _ = local.remove_item(&ask);
        let _ = local.remove_item(&here);
        if !answered.get() {
            work(Exclusive::OnlyTab);
        }
    });
    after(window, ANSWER_MS, &decide);
}

fn after(window: &Window, ms: i32, work: &JsValue) {
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), ms);
}
