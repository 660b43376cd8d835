//! A drawing in SVG as a picture file.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use super::files::offer_address;

/// Draws an SVG document on a canvas of this size in pixels and offers it as a PNG; `done` hears whether the browser
/// could. The drawing itself can still be saved as SVG.
pub fn save_png(name: String, svg: &str, size: (f64, f64), done: impl FnOnce(bool) + 'static) {
    let Ok(image) = HtmlImageElement::new() else {
        return;
    };
    let drawn = image.clone();
    let loaded = Closure::once_into_js(move || {
        let address = picture(&drawn, size);
        if let Some(address) = &address {
            offer_address(&name, address);
        }
        done(address.is_some());
    });
    image.set_onload(Some(loaded.unchecked_ref()));
    let text = String::from(js_sys::encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
}

fn picture(image: &HtmlImageElement, (width, height): (f64, f64)) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    super::canvas::png(&canvas).ok()
}
