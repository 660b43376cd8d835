//! The camera of the device, and what it sees of a code, where the browser reads codes.
//!
//! Called by name throughout: most browsers lack it, and the page must start in them all the same.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::folder::{call, function, get, object};
use super::local::property;
use crate::model::notice::Notice;

/// The browser's reader of codes.
const READER: &str = "BarcodeDetector";
/// Time between two looks, in milliseconds.
const LOOK_MS: i32 = 200;

/// Whether the browser shows the camera to a page and reads codes.
pub fn supported() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let devices = get(&window.navigator(), "mediaDevices");
    devices.is_object() && get(&devices, "getUserMedia").is_function() && get(&window, READER).is_function()
}

/// A camera at work; switched off when dropped.
pub struct Camera {
    stream: JsValue,
    reader: JsValue,
    video: JsValue,
}

impl Camera {
    /// Shows what the camera sees in a `video` of the page; after a click only.
    ///
    /// # Errors
    /// What to tell the person: mostly that they did not allow it.
    pub async fn open(video: JsValue) -> Result<Camera, Notice> {
        let failed = |error: JsValue| {
            let what = match property(&error, "name").as_str() {
                "NotAllowedError" | "SecurityError" => "浏览器不让本页用摄像头",
                "NotFoundError" | "OverconstrainedError" => "没有找到摄像头",
                _ => "摄像头打不开",
            };
            let todo = "可以用手机相机或别的软件扫出文字，粘贴到“收到的是文本，没有文件”里";
            Notice::error("", what, todo)
        };
        let window = JsValue::from(web_sys::window());
        let formats: JsValue = Array::of1(&"qr_code".into()).into();
        let options = object(&[("formats", formats)]);
        let reader = function(&window, READER)
            .and_then(|reader| Reflect::construct(&reader, &Array::of1(&options)))
            .map_err(failed)?;
        let devices = get(&get(&window, "navigator"), "mediaDevices");
        // The camera at the back, where there are two.
        let wanted = object(&[("video", object(&[("facingMode", "environment".into())]))]);
        let stream = call(&devices, "getUserMedia", &[wanted]).await.map_err(failed)?;
        let camera = Camera { stream, reader, video };
        Reflect::set(&camera.video, &"srcObject".into(), &camera.stream).map_err(failed)?;
        call(&camera.video, "play", &[]).await.map_err(failed)?;
        Ok(camera)
    }

    /// Looks once, a moment after the last time; what a code says, if there is one.
    pub async fn look(&self) -> Option<String> {
        let mut wait = |resolve: js_sys::Function, _: js_sys::Function| {
            if let Some(window) = web_sys::window() {
                let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, LOOK_MS);
            }
        };
        let _ = JsFuture::from(Promise::new(&mut wait)).await;
        let found = call(&self.reader, "detect", std::slice::from_ref(&self.video))
            .await
            .ok()?;
        let first = found.dyn_into::<Array>().ok()?.get(0);
        Some(property(&first, "rawValue")).filter(|text| !text.is_empty())
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        let _ = Reflect::set(&self.video, &"srcObject".into(), &JsValue::NULL);
        let tracks = function(&self.stream, "getTracks").and_then(|tracks| tracks.call0(&self.stream));
        let tracks = tracks.ok().and_then(|tracks| tracks.dyn_into::<Array>().ok());
        for track in tracks.iter().flat_map(Array::iter) {
            let _ = function(&track, "stop").and_then(|stop| stop.call0(&track));
        }
    }
}
