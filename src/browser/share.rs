//! Handing a file to another app by the system's share sheet, where there is one.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag, Navigator, ShareData};

fn navigator() -> Option<Navigator> {
    web_sys::window().map(|window| window.navigator())
}

/// Whether the browser can share files at all.
pub fn can_share() -> bool {
    let ready = || {
        let navigator = navigator()?;
        // Old engines and pages over plain HTTP have no such function.
        js_sys::Reflect::has(&navigator, &"canShare".into())
            .ok()
            .filter(|has| *has)?;
        let data = data("a.json", "{}").ok()?;
        navigator.can_share_with_data(&data).then_some(())
    };
    ready().is_some()
}

fn data(name: &str, text: &str) -> Result<ShareData, JsValue> {
    let kind = FilePropertyBag::new();
    kind.set_type("application/json");
    let file = File::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), name, &kind)?;
    let data = ShareData::new();
    data.set_files(&Array::of1(&file));
    Ok(data)
}

/// Opens the share sheet with a file and waits until it went somewhere.
///
/// # Errors
/// What the browser says, for instance when the person changed their mind.
pub async fn share(name: &str, text: &str) -> Result<(), JsValue> {
    let navigator = navigator().ok_or(JsValue::NULL)?;
    JsFuture::from(navigator.share_with_data(&data(name, text)?))
        .await
        .map(drop)
}
