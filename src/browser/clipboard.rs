//! The clipboard, where the browser lets a page use it.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Copies a text; whether it was copied. Pages over plain HTTP have no clipboard object, and get the old way.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let clipboard = window.navigator().clipboard();
    if !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok() {
        return true;
    }
    copy_selected(text)
}

/// Copies by selecting the text in a field that is there for a moment.
fn copy_selected(text: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document.and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok()) else {
        return false;
    };
    let (Ok(field), Some(body)) = (document.create_element("textarea"), document.body()) else {
        return false;
    };
    let Ok(field) = field.dyn_into::<HtmlTextAreaElement>() else {
        return false;
    };
    field.set_value(text);
    let before = document.active_element();
    let copied = body.append_child(&field).is_ok() && {
        field.select();
        document.exec_command("copy").unwrap_or(false)
    };
    field.remove();
    if let Some(before) = before.and_then(|before| before.dyn_into::<web_sys::HtmlElement>().ok()) {
        // The focus stays where it was.
        let _ = before.focus();
    }
    copied
}
