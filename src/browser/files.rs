//! Handing a file to the person, and taking files from one.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// Offers `text` as a download named `name`; whether the browser took it.
pub fn download(name: &str, text: &str) -> bool {
    offer(name, text).is_ok()
}

fn offer(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &kind)?;
    offer_blob(name, &blob)
}

/// Offers a text of some kind (`image/svg+xml`) as a download.
pub fn offer_text(name: &str, kind: &str, text: &str) {
    let bag = BlobPropertyBag::new();
    bag.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &bag);
    if let Ok(blob) = blob {
        // What the browser refuses it tells by itself.
        let _ = offer_blob(name, &blob);
    }
}

/// Offers bytes of some kind as a download; whether the browser took it.
pub fn offer_bytes(name: &str, kind: &str, bytes: &[u8]) -> bool {
    let bag = BlobPropertyBag::new();
    bag.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &bag);
    blob.and_then(|blob| offer_blob(name, &blob)).is_ok()
}

/// Offers a blob as a download.
///
/// # Errors
/// What the browser throws.
pub fn offer_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&link)?;
    link.click();
    link.remove();
    // Revoking at once would cancel the download in some engines.
    let revoke = wasm_bindgen::closure::Closure::once_into_js(move || drop(Url::revoke_object_url(&url)));
    if let Some(window) = web_sys::window() {
        window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000)?;
    }
    Ok(())
}

/// Offers what stands at an address (`data:`, `blob:`) as a download. A browser that refuses shows nothing.
pub fn offer_address(name: &str, address: &str) {
    let document = web_sys::window().and_then(|w| w.document());
    let link = document.as_ref().and_then(|d| d.create_element("a").ok());
    let (Some(body), Some(link)) = (document.and_then(|d| d.body()), link) else {
        return;
    };
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(address);
    link.set_download(name);
    if body.append_child(&link).is_ok() {
        link.click();
        link.remove();
    }
}

/// The bytes of a file, or what the browser says.
///
/// # Errors
/// What the browser throws, for instance when the file was moved meanwhile.
pub async fn bytes(file: &File) -> Result<Vec<u8>, JsValue> {
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
