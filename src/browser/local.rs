//! The browser's local storage as a [`KeyValue`], through gloo-storage. Never panics.
//!
//! All copies of the page on one host share it, so each has its folder in the names of its keys: what the core calls
//! `tc.` stands under `tc/folder/.`, and what is somebody else's has a `~` before its name here.
//!
//! Settings, private mode or a damaged profile can make every single access throw, and gloo's own
//! accessors panic then; so the storage is probed first, and each call maps what is thrown.

use gloo_storage::{LocalStorage, Storage};
use wasm_bindgen::{JsCast, JsValue};

use crate::storage::keys::PREFIX;
use crate::storage::{KeyValue, KvError, Limit};

/// Local storage of this origin.
#[derive(Clone, Debug)]
pub struct LocalKeyValue {
    storage: web_sys::Storage,
    limit: Limit,
    prefix: String,
}

/// How the names of this copy's keys begin in the browser.
pub fn prefix() -> String {
    let window = JsValue::from(web_sys::window());
    let told = property(&window, "tcPrefix");
    if told.is_empty() { PREFIX.to_string() } else { told }
}

/// What a key of the browser is called in the core.
pub fn inner_name(prefix: &str, key: &str) -> String {
    match key.strip_prefix(prefix) {
        Some(rest) => format!("{PREFIX}{rest}"),
        None => format!("~{key}"),
    }
}

/// What a key of the core is called in the browser.
pub fn outer_name(prefix: &str, key: &str) -> String {
    match key.strip_prefix(PREFIX) {
        Some(rest) => format!("{prefix}{rest}"),
        None => key.strip_prefix('~').unwrap_or(key).to_string(),
    }
}

impl LocalKeyValue {
    /// The storage, if the browser lets the page use it at all.
    ///
    /// # Errors
    /// [`KvError::Blocked`] or what the browser says; work in memory then.
    pub fn open() -> Result<LocalKeyValue, KvError> {
        let window = web_sys::window().ok_or(KvError::Blocked)?;
        // The getter itself throws SecurityError where storage is switched off.
        let present = window.local_storage().map_err(|error| kv_error(&error))?;
        present.ok_or(KvError::Blocked)?;
        // Known to be there, so this cannot panic.
        let storage = LocalStorage::raw();
        storage.length().map_err(|error| kv_error(&error))?;
        Ok(LocalKeyValue {
            storage,
            limit: limit(&window),
            prefix: prefix(),
        })
    }
}

impl KeyValue for LocalKeyValue {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.storage
            .get_item(&outer_name(&self.prefix, key))
            .map_err(|error| kv_error(&error))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        self.storage
            .set_item(&outer_name(&self.prefix, key), value)
            .map_err(|error| kv_error(&error))
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.storage
            .remove_item(&outer_name(&self.prefix, key))
            .map_err(|error| kv_error(&error))
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        let count = self.storage.length().map_err(|error| kv_error(&error))?;
        let mut keys = Vec::with_capacity(count as usize);
        for index in 0..count {
            if let Some(key) = self.storage.key(index).map_err(|error| kv_error(&error))? {
                keys.push(inner_name(&self.prefix, &key));
            }
        }
        Ok(keys)
    }

    fn limit(&self) -> Limit {
        self.limit
    }
}

/// Which count applies: WebKit counts bytes. Told by the vendor, which every WebKit names the same.
fn limit(window: &web_sys::Window) -> Limit {
    let vendor = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("vendor"));
    let apple = vendor
        .ok()
        .and_then(|v| v.as_string())
        .is_some_and(|v| v.starts_with("Apple"));
    if apple { Limit::BYTES } else { Limit::UNITS }
}

/// What a thrown value means, by the name of the exception.
fn kv_error(error: &JsValue) -> KvError {
    let name = property(error, "name");
    match name.as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => KvError::Quota,
        "SecurityError" | "InvalidAccessError" | "NotAllowedError" => KvError::Blocked,
        "NS_ERROR_FILE_CORRUPTED" | "NS_ERROR_STORAGE_CORRUPTED" => KvError::Corrupt,
        _ if is_code(error, 22) || is_code(error, 1014) => KvError::Quota,
        _ if is_code(error, 18) => KvError::Blocked,
        _ => {
            let message = property(error, "message");
            KvError::Other(format!("{name} {message}").trim().to_string())
        }
    }
}

pub(super) fn property(error: &JsValue, name: &str) -> String {
    if !error.is_object() {
        return error.as_string().unwrap_or_default();
    }
    js_sys::Reflect::get(error.unchecked_ref(), &JsValue::from_str(name))
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Old engines name their exceptions differently but keep the numbers.
fn is_code(error: &JsValue, code: u32) -> bool {
    error.is_object()
        && js_sys::Reflect::get(error.unchecked_ref(), &JsValue::from_str("code"))
            .ok()
            .and_then(|value| value.as_f64())
            .is_some_and(|value| value == f64::from(code))
}
