//! A folder on the device that the person let the page read and write, where the browser has such a thing.
//!
//! Called by name throughout: most browsers lack it, and the page must start in them all the same.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::files::bytes;
use super::local::property;
use crate::desk::sharing::SyncError;
use crate::exchange::folder::{Listed, may_be_ours};
use crate::model::notice::Notice;

/// The lock under which one window at a time works with the folder.
const LOCK: &str = "tiancheng folder";

/// A folder that was chosen.
#[derive(Clone)]
pub struct Folder(JsValue);

/// What the browser says to reading and writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Allowed.
    Granted,
    /// The person has to be asked, which takes a click.
    Prompt,
    /// The person said no.
    Denied,
}

/// Whether the browser can share a folder at all.
pub fn supported() -> bool {
    let has = |target: &JsValue, name: &str| get(target, name).is_function();
    let Some(window) = web_sys::window() else { return false };
    has(&window, "showDirectoryPicker") && has(&get(&window.navigator(), "locks"), "request")
}

/// Lets the person choose a folder; after a click only.
///
/// # Errors
/// [`SyncError::Ended`] if the person chose none.
pub async fn choose() -> Result<Folder, SyncError> {
    let window = JsValue::from(web_sys::window());
    let options = object(&[
        ("mode", JsValue::from_str("readwrite")),
        ("id", JsValue::from_str("tiancheng")),
    ]);
    let handle = call(&window, "showDirectoryPicker", &[options]).await;
    handle.map(Folder).map_err(|error| trouble(&error))
}

impl Folder {
    /// The folder behind a handle that was kept.
    pub(super) fn of(handle: JsValue) -> Option<Folder> {
        handle.is_object().then_some(Folder(handle))
    }

    pub(super) fn handle(&self) -> &JsValue {
        &self.0
    }

    /// Its name.
    pub fn name(&self) -> String {
        property(&self.0, "name")
    }

    /// Whether the page may read and write it now.
    pub async fn permission(&self) -> Permission {
        self.permit("queryPermission").await
    }

    /// Asks the person; after a click only.
    pub async fn ask(&self) -> Permission {
        self.permit("requestPermission").await
    }

    async fn permit(&self, how: &str) -> Permission {
        let mode = object(&[("mode", JsValue::from_str("readwrite"))]);
        let answer = call(&self.0, how, &[mode])
            .await
            .ok()
            .and_then(|answer| answer.as_string());
        match answer.as_deref() {
            Some("granted") => Permission::Granted,
            Some("denied") => Permission::Denied,
            _ => Permission::Prompt,
        }
    }

    /// The files in it that may be of this program.
    ///
    /// # Errors
    /// What became of the folder.
    pub async fn list(&self) -> Result<Vec<Listed>, SyncError> {
        self.listed().await.map_err(|error| trouble(&error))
    }

    async fn listed(&self) -> Result<Vec<Listed>, JsValue> {
        let entries = function(&self.0, "values")?.call0(&self.0)?;
        let mut files = Vec::new();
        loop {
            let next = call(&entries, "next", &[]).await?;
            if get(&next, "done").is_truthy() {
                return Ok(files);
            }
            let entry = get(&next, "value");
            let name = property(&entry, "name");
            if property(&entry, "kind") != "file" || !may_be_ours(&name) {
                continue;
            }
            // One that went away in between is not there.
            if let Ok(file) = call(&entry, "getFile", &[]).await {
                files.push(listed(name, file.unchecked_ref()));
            }
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// [`SyncError::Gone`] if there is none of this name, or what the browser says.
    pub async fn read(&self, name: &str) -> Result<Vec<u8>, SyncError> {
        let read = async {
            let entry = call(&self.0, "getFileHandle", &[name.into()]).await?;
            let file = call(&entry, "getFile", &[]).await?;
            bytes(file.unchecked_ref()).await
        };
        read.await.map_err(|error| trouble(&error))
    }

    /// Writes a new file; its content appears whole or not at all.
    ///
    /// # Errors
    /// If there is one of this name already, or what the browser says.
    pub async fn write(&self, name: &str, text: &str) -> Result<Listed, SyncError> {
        match call(&self.0, "getFileHandle", &[name.into()]).await {
            Ok(_) => return Err(failed("文件夹里已有同名的文件")),
            Err(error) if property(&error, "name") == "NotFoundError" => {}
            Err(error) => return Err(trouble(&error)),
        }
        match self.write_new(name, text).await {
            Ok(listed) => Ok(listed),
            Err(error) => {
                // Made a moment ago and still empty. What cannot be removed now is removed at the next round.
                let _ = call(&self.0, "removeEntry", &[name.into()]).await;
                Err(trouble(&error))
            }
        }
    }

    async fn write_new(&self, name: &str, text: &str) -> Result<Listed, JsValue> {
        let create = object(&[("create", JsValue::TRUE)]);
        let entry = call(&self.0, "getFileHandle", &[name.into(), create]).await?;
        let stream = call(&entry, "createWritable", &[]).await?;
        // As bytes, so that nothing is made of line ends on the way.
        let content: JsValue = Uint8Array::from(text.as_bytes()).into();
        call(&stream, "write", &[content]).await?;
        call(&stream, "close", &[]).await?;
        let file = call(&entry, "getFile", &[]).await?;
        Ok(listed(name.to_owned(), file.unchecked_ref()))
    }

    /// Removes a file.
    ///
    /// # Errors
    /// What the browser says; that it is not there any more is none.
    pub async fn remove(&self, name: &str) -> Result<(), SyncError> {
        match call(&self.0, "removeEntry", &[name.into()]).await {
            Err(error) if property(&error, "name") != "NotFoundError" => Err(trouble(&error)),
            _ => Ok(()),
        }
    }
}

fn listed(name: String, file: &File) -> Listed {
    Listed {
        name,
        // Whole numbers, far below where floats lose them.
        size: file.size() as usize,
        modified: file.last_modified() as i64,
    }
}

/// What is thrown, by the name of the exception.
fn trouble(error: &JsValue) -> SyncError {
    match property(error, "name").as_str() {
        "NotFoundError" => SyncError::Gone,
        "NotAllowedError" | "SecurityError" => SyncError::Asks,
        "AbortError" => SyncError::Ended,
        "QuotaExceededError" => failed("磁盘满了，写不进共享文件夹"),
        _ => failed("共享文件夹暂时读写不了"),
    }
}

fn failed(what: &str) -> SyncError {
    SyncError::Held(Notice::error(
        "",
        what,
        "请检查磁盘、网络和同步软件，稍后会自动再试，本机数据不受影响",
    ))
}

/// Held while this window works with the folder; let go when dropped.
pub struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        // The resolving function of a promise never throws.
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// The lock, unless another window has it.
pub async fn lock() -> Option<Lock> {
    let locks = get(&web_sys::window()?.navigator(), "locks");
    let request = function(&locks, "request").ok()?;
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let mut ask = |resolve: Function, _| {
        let (granted, held) = (resolve.clone(), held.clone());
        let decide = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let _ = granted.call1(&JsValue::NULL, &lock);
            if lock.is_object() {
                held.into()
            } else {
                JsValue::UNDEFINED
            }
        });
        let options = object(&[("ifAvailable", JsValue::TRUE)]);
        let asked = Array::of3(&LOCK.into(), &options, &decide);
        if request.apply(&locks, &asked).is_err() {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
    };
    let got = JsFuture::from(Promise::new(&mut ask)).await.ok()?;
    release.filter(|_| got.is_object()).map(Lock)
}

pub(super) fn get(target: &JsValue, name: &str) -> JsValue {
    // Throws for what has no properties.
    Reflect::get(target, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

pub(super) fn function(target: &JsValue, name: &str) -> Result<Function, JsValue> {
    get(target, name).dyn_into::<Function>()
}

/// Calls a method and waits for what it promises.
pub(super) async fn call(target: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let arguments: Array = arguments.iter().collect();
    let promised = function(target, name)?.apply(target, &arguments)?;
    JsFuture::from(Promise::resolve(&promised)).await
}

pub(super) fn object(parts: &[(&str, JsValue)]) -> JsValue {
    let made = Object::new();
    for (name, value) in parts {
        // A plain object takes everything.
        let _ = Reflect::set(&made, &JsValue::from_str(name), value);
    }
    made.into()
}
