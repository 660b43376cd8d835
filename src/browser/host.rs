//! What the plain scripts beside the page know and do: offline copy, updates, the witness.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::tabs::on_event;

/// Whether the page works without a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    /// This browser or address does not allow it.
    #[default]
    Impossible,
    /// Being fetched or checked.
    Pending,
    /// Every file is there and has been checked.
    Ready,
    /// It could not be fetched whole.
    Failed,
}

/// The offline copy and the update as they stand now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// Whether the page works without a network.
    pub offline: Offline,
    /// A new version waits.
    pub update: bool,
}

impl Build {
    /// As the script has it.
    pub fn now() -> Build {
        let offline = match global("tcOffline").as_string().as_deref() {
            Some("pending") => Offline::Pending,
            Some("ready") => Offline::Ready,
            Some("failed") => Offline::Failed,
            _ => Offline::Impossible,
        };
        Build {
            offline,
            update: global("tcUpdate").is_truthy(),
        }
    }

    /// Calls `changed` whenever it stands otherwise.
    pub fn watch(changed: impl Fn(Build) + Clone + 'static) {
        for name in [
            "tc-offline-pending",
            "tc-offline-ready",
            "tc-offline-failed",
            "tc-update-ready",
        ] {
            let changed = changed.clone();
            on_event(name, move || changed(Build::now()));
        }
    }
}

/// The build of the page: the name of its glue, which follows its contents.
pub fn build_name() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let link = document.query_selector("link[rel=modulepreload]").ok()??;
    link.get_attribute("href")
}

/// Changes to the new version; the page is loaded anew.
pub fn apply_update() {
    call("tcApplyUpdate", &JsValue::UNDEFINED);
}

/// Waits until [`witness`] is known; a moment at most.
pub async fn witness_read() {
    settled("tcWitnessRead").await;
}

/// Waits until the style sheet is there, or known to be missing: what is measured or drawn before comes out wrong.
pub async fn styled() {
    settled("tcStyled").await;
}

async fn settled(name: &str) {
    if let Ok(promise) = global(name).dyn_into::<Promise>() {
        // None of them fails.
        let _ = JsFuture::from(promise).await;
    }
}

/// What a second place remembers of the data of this browser.
pub fn witness() -> Option<String> {
    global("tcWitness").as_string()
}

pub(super) fn global(name: &str) -> JsValue {
    let window = web_sys::window();
    let found = window.and_then(|window| Reflect::get(&window, &JsValue::from_str(name)).ok());
    found.unwrap_or(JsValue::UNDEFINED)
}

fn call(name: &str, argument: &JsValue) {
    if let Ok(function) = global(name).dyn_into::<Function>() {
        // The scripts say themselves what went wrong.
        let _ = function.call1(&JsValue::NULL, argument);
    }
}
