//! The daily copies in the second place of the browser, through the script that keeps them.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::exchange::daily::{self, Daily};

/// The copies that are there, newest first.
///
/// # Errors
/// The browser gives no second place.
pub async fn list() -> Result<Vec<Daily>, JsValue> {
    let lines = ask("list", &[]).await?;
    let lines = Array::from(&lines);
    let mut all: Vec<Daily> = lines
        .iter()
        .filter_map(|line| Daily::read(&line.as_string()?))
        .collect();
    daily::arrange(&mut all);
    Ok(all)
}

/// Keeps a copy.
///
/// # Errors
/// No room, or no second place; what was there before still is.
pub async fn keep(copy: &Daily, text: &str) -> Result<(), JsValue> {
    let [key, line] = [copy.key(), copy.line()].map(|word| JsValue::from_str(&word));
    // As bytes: a text would be put into other signs twice.
    let bytes = Uint8Array::from(text.as_bytes());
    ask("keep", &[key, line, bytes.into()]).await.map(drop)
}

/// The file of a copy; `None` if it is not there any more.
///
/// # Errors
/// It cannot be read.
pub async fn read(key: &str) -> Result<Option<Vec<u8>>, JsValue> {
    let buffer = ask("read", &[JsValue::from_str(key)]).await?;
    Ok((!buffer.is_undefined()).then(|| Uint8Array::new(&buffer).to_vec()))
}

/// Takes copies away.
///
/// # Errors
/// They are still there.
pub async fn remove(keys: &[String]) -> Result<(), JsValue> {
    let list: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
    ask("drop", &[list.into()]).await.map(drop)
}

/// The names of saves that the second place has held for so many milliseconds.
///
/// # Errors
/// They cannot be read.
pub async fn aged(ms: f64) -> Result<Vec<String>, JsValue> {
    let names = ask("aged", &[JsValue::from_f64(ms)]).await?;
    Ok(Array::from(&names).iter().filter_map(|name| name.as_string()).collect())
}

/// Lets go of saves in the second place.
///
/// # Errors
/// They are still there.
pub async fn release(names: &[String]) -> Result<(), JsValue> {
    let list: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    ask("release", &[list.into()]).await.map(drop)
}

/// Calls one of the script's functions and waits for what it gives.
async fn ask(name: &str, words: &[JsValue]) -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let bring: Function = Reflect::get(&window, &JsValue::from_str("tcSnapshots"))?.dyn_into()?;
    let place = settled(bring.call0(&JsValue::NULL)?).await?;
    let function: Function = Reflect::get(&place, &JsValue::from_str(name))?.dyn_into()?;
    let words: Array = words.iter().cloned().collect();
    settled(function.apply(&place, &words)?).await
}

async fn settled(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}
