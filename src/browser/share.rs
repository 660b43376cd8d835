//! Handing a file to another app by the system's share sheet, where there is one.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag, Navigator, ShareData};

fn navigator() -> Option<Navigator> {
    web_sys::window().map(|window| window.navigator())
}

/// Endings under which a file may be shared, the plainest last: many systems let only texts through.
const KINDS: [(&str, &str); 2] = [("", "application/json"), (".txt", "text/plain")];

/// Whether the browser can share files at all.
pub fn can_share() -> bool {
    kind().is_some()
}

/// What is to be added to a name so that the browser shares the file, and its type.
fn kind() -> Option<(&'static str, &'static str)> {
    let navigator = navigator()?;
    // Old engines and pages over plain HTTP have no such function.
    js_sys::Reflect::has(&navigator, &"canShare".into())
        .ok()
        .filter(|has| *has)?;
    let fits = |(ending, kind): &(&str, &str)| {
        let data = data(&format!("a.json{ending}"), kind, "{}");
        data.is_ok_and(|data| navigator.can_share_with_data(&data))
    };
    KINDS.into_iter().find(fits)
}

/// The window that often saves no files in which the page stands, if it does.
pub fn app() -> Option<&'static str> {
    let agent = navigator().and_then(|navigator| navigator.user_agent().ok())?;
    crate::view::leaving::in_app(&agent)
}

fn data(name: &str, kind: &str, text: &str) -> Result<ShareData, JsValue> {
    let bag = FilePropertyBag::new();
    bag.set_type(kind);
    let file = File::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), name, &bag)?;
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
    let (ending, kind) = kind().ok_or(JsValue::NULL)?;
    let data = data(&format!("{name}{ending}"), kind, text)?;
    JsFuture::from(navigator.share_with_data(&data)).await.map(drop)
}

/// Whether the browser hands a text to another app.
pub fn can_share_text() -> bool {
    let has = |navigator: &Navigator| js_sys::Reflect::has(navigator, &"share".into()).unwrap_or(false);
    navigator().is_some_and(|navigator| has(&navigator))
}

/// How handing over a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// It went somewhere.
    Over,
    /// The person changed their mind.
    Kept,
    /// The browser refused.
    Refused,
}

/// Opens the share sheet with a text and waits until it went somewhere.
pub async fn share_text(title: &str, text: &str) -> Handed {
    let Some(navigator) = navigator() else {
        return Handed::Refused;
    };
    let data = ShareData::new();
    data.set_title(title);
    data.set_text(text);
    match JsFuture::from(navigator.share_with_data(&data)).await {
        Ok(_) => Handed::Over,
        Err(error) => {
            let name = js_sys::Reflect::get(&error, &"name".into()).ok();
            match name.and_then(|name| name.as_string()).as_deref() {
                Some("AbortError") => Handed::Kept,
                _ => Handed::Refused,
            }
        }
    }
}
