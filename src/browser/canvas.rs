//! Charts on a canvas: plotters-canvas, sharp at any device pixel ratio, text measured by the browser.

use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::chart::draw::{ScaledBackend, TextFit, draw_shapes, draw_texts};
use crate::chart::{Scene, estimate};

/// Backend units in a device pixel while shapes are drawn: slanting lines keep an eighth of a pixel.
const FINE: f64 = 8.0;

/// Used where the style sheet names no family.
const FAMILY: &str = "\"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", sans-serif";

/// Draws a scene, replacing what the canvas showed.
///
/// The canvas gets `width × dpr` by `height × dpr` device pixels and the scene's size in CSS. Call it again when
/// size, theme, text size, emphasis or the device pixel ratio change. `dpr` is `window.devicePixelRatio`.
///
/// # Errors
/// A sentence for the log when the browser gives no drawing context.
pub fn paint(canvas: &HtmlCanvasElement, scene: &Scene, dpr: f64) -> Result<(), String> {
    let dpr = if dpr.is_finite() && dpr > 0.0 { dpr } else { 1.0 };
    canvas.set_width((scene.width * dpr).round().max(1.0) as u32);
    canvas.set_height((scene.height * dpr).round().max(1.0) as u32);
    let style = canvas.style();
    // A style that is refused leaves the canvas at its device size, which is still legible.
    let _ = style.set_property("width", &format!("{}px", scene.width));
    let _ = style.set_property("height", &format!("{}px", scene.height));
    let context = context_of(canvas).ok_or("no drawing context for the canvas")?;
    let family = family_of(canvas);
    let fit = TextFit {
        family: &family,
        size: 1.0,
        shift: 0.0,
    };
    let backend = || CanvasBackend::with_canvas_object(canvas.clone()).ok_or("no drawing context for the canvas");

    context
        .set_transform(1.0 / FINE, 0.0, 0.0, 1.0 / FINE, 0.0, 0.0)
        .map_err(|e| format!("{e:?}"))?;
    context.set_line_join("round");
    let mut shapes = ScaledBackend::new(backend()?, dpr * FINE, FINE, fit);
    draw_shapes(scene, &mut shapes).map_err(|e| e.to_string())?;

    // Text is set on whole device pixels at its real size, as the browser sets it elsewhere.
    context
        .set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        .map_err(|e| format!("{e:?}"))?;
    let mut texts = ScaledBackend::new(backend()?, dpr, 1.0, fit);
    draw_texts(scene, &mut texts).map_err(|e| e.to_string())?;
    texts.present().map_err(|e| e.to_string())
}

/// A function that gives the width in CSS px of a text at a size in px and a weight (400 or 600), in the font of
/// the page. Without a document it estimates.
pub fn measurer() -> impl Fn(&str, f64, u16) -> f64 {
    let canvas = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.create_element("canvas").ok())
        .and_then(|e| e.dyn_into::<HtmlCanvasElement>().ok());
    let context = canvas.as_ref().and_then(context_of);
    let family = page_family();
    move |text, px, weight| {
        let Some(context) = &context else {
            return estimate(text, px, weight);
        };
        // plotters knows one strong weight, bold; Chinese system fonts have no other.
        let style = if weight >= 600 { "bold" } else { "normal" };
        context.set_font(&format!("{style} {px}px {family}"));
        context
            .measure_text(text)
            .map_or_else(|_| estimate(text, px, weight), |m| m.width())
    }
}

/// The picture on the canvas as a PNG, in a `data:` address.
///
/// # Errors
/// A sentence for the log when the browser refuses.
pub fn png(canvas: &HtmlCanvasElement) -> Result<String, String> {
    canvas.to_data_url_with_type("image/png").map_err(|e| format!("{e:?}"))
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// The family the style sheet gives this canvas, or that of the page for one outside the document.
fn family_of(canvas: &HtmlCanvasElement) -> String {
    computed_family(canvas).unwrap_or_else(page_family)
}

fn page_family() -> String {
    let body = web_sys::window().and_then(|w| w.document()).and_then(|d| d.body());
    body.and_then(|b| computed_family(&b))
        .unwrap_or_else(|| FAMILY.to_owned())
}

fn computed_family(element: &web_sys::Element) -> Option<String> {
    let style = web_sys::window()?.get_computed_style(element).ok()??;
    style
        .get_property_value("font-family")
        .ok()
        .filter(|f| !f.trim().is_empty())
}
