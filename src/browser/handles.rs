//! Where the handle of the shared folder is kept from one page load to the next: only the browser's own database takes
//! handles. No record is ever kept there.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::folder::{Folder, function, get};
use super::local::prefix;

/// Name of the database of this copy of the page begins so; before each had its own, this alone was it.
const DATABASE: &str = "tiancheng folder";
/// Its one table, and the one key in it.
const TABLE: &str = "handles";
const KEY: &str = "folder";

/// The folder that was kept, if the browser still knows it.
pub async fn recall() -> Option<Folder> {
    for database in [own(), DATABASE.to_owned()] {
        let found = within(&database, "readonly", "get", &[KEY.into()]).await;
        if let Some(folder) = found.ok().and_then(Folder::of) {
            return Some(folder);
        }
    }
    None
}

/// Keeps a folder; whether the browser took it.
pub async fn keep(folder: &Folder) -> bool {
    within(&own(), "readwrite", "put", &[folder.handle().clone(), KEY.into()])
        .await
        .is_ok()
}

/// Forgets the folder.
pub async fn forget() {
    // Without the note beside the records nobody asks for it any more.
    for database in [own(), DATABASE.to_owned()] {
        let _ = within(&database, "readwrite", "delete", &[KEY.into()]).await;
    }
}

fn own() -> String {
    format!("{DATABASE} {}", prefix())
}

/// Does one thing with the table.
async fn within(database: &str, mode: &str, act: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let factory = get(&JsValue::from(web_sys::window()), "indexedDB");
    let request = function(&factory, "open")?.call1(&factory, &database.into())?;
    let opening = request.clone();
    let make = Closure::once_into_js(move || {
        let database = get(&opening, "result");
        if let Ok(create) = function(&database, "createObjectStore") {
            // What it throws ends the opening as well.
            let _ = create.call1(&database, &TABLE.into());
        }
    });
    Reflect::set(&request, &"onupgradeneeded".into(), &make)?;
    let database = settled(&request).await?;
    let transaction = function(&database, "transaction")?.call2(&database, &TABLE.into(), &mode.into())?;
    let table = function(&transaction, "objectStore")?.call1(&transaction, &TABLE.into())?;
    let request = function(&table, act)?.apply(&table, &arguments.iter().collect())?;
    let done = settled(&request).await;
    if let Ok(close) = function(&database, "close") {
        let _ = close.call0(&database);
    }
    done
}

/// Waits for a request of the database.
async fn settled(request: &JsValue) -> Result<JsValue, JsValue> {
    let mut listen = |resolve: Function, reject: Function| {
        let about = request.clone();
        let succeeded = Closure::once_into_js(move || drop(resolve.call1(&JsValue::NULL, &get(&about, "result"))));
        let about = request.clone();
        let failed = Closure::once_into_js(move || drop(reject.call1(&JsValue::NULL, &get(&about, "error"))));
        // A request takes both.
        let _ = Reflect::set(request, &"onsuccess".into(), &succeeded);
        let _ = Reflect::set(request, &"onerror".into(), &failed);
    };
    JsFuture::from(Promise::new(&mut listen)).await
}
