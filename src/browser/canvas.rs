//! Charts on a canvas: plotters-canvas, sharp at any device pixel ratio, text measured by the browser.

use std::cell::RefCell;

use hashbrown::HashMap;
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
    let device = |px: f64| (px * dpr).round().max(1.0) as u32;
    // The ground covers all that was there, so a canvas of this size can stay.
    if (canvas.width(), canvas.height()) != (device(scene.width), device(scene.height)) {
        canvas.set_width(device(scene.width));
        canvas.set_height(device(scene.height));
    }
    let style = canvas.style();
    for (name, px) in [("width", scene.width), ("height", scene.height)] {
        let wanted = format!("{px}px");
        if style.get_property_value(name).as_ref() != Ok(&wanted) {
            // A style that is refused leaves the canvas at its device size, which is still legible.
            let _ = style.set_property(name, &wanted);
        }
    }
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

/// Widths that are remembered; more than a page of charts needs.
const MOST_WIDTHS: usize = 4_096;

/// What measures text: a drawing context outside of the document, and what it said so far.
struct Ruler {
    context: CanvasRenderingContext2d,
    /// The font it is set to.
    font: String,
    /// By font and text, in CSS px.
    widths: HashMap<String, f64>,
}

thread_local!(static RULER: RefCell<Option<Ruler>> = const { RefCell::new(None) });

impl Ruler {
    fn new() -> Option<Ruler> {
        let document = web_sys::window()?.document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        Some(Ruler {
            context: context_of(&canvas)?,
            font: String::new(),
            widths: HashMap::new(),
        })
    }

    /// The width of a text, asked of the browser only once.
    fn width(&mut self, font: &str, text: &str) -> Option<f64> {
        let mut key = String::with_capacity(font.len() + text.len());
        key.push_str(font);
        key.push_str(text);
        if let Some(known) = self.widths.get(&key) {
            return Some(*known);
        }
        if self.font != font {
            self.context.set_font(font);
            font.clone_into(&mut self.font);
        }
        let width = self.context.measure_text(text).ok()?.width();
        if self.widths.len() >= MOST_WIDTHS {
            self.widths.clear();
        }
        self.widths.insert(key, width);
        Some(width)
    }
}

/// A function that gives the width in CSS px of a text at a size in px and a weight (400 or 600), in the font of
/// the page. Without a document it estimates.
pub fn measurer() -> impl Fn(&str, f64, u16) -> f64 {
    let family = page_family();
    // The fonts of a drawing are few; each is put into words once.
    let fonts: RefCell<Vec<(f64, bool, String)>> = RefCell::new(Vec::new());
    move |text, px, weight| {
        let strong = weight >= 600;
        let mut fonts = fonts.borrow_mut();
        let known = fonts.iter().position(|(size, bold, _)| *size == px && *bold == strong);
        let at = known.unwrap_or_else(|| {
            // plotters knows one strong weight, bold; Chinese system fonts have no other.
            let style = if strong { "bold" } else { "normal" };
            fonts.push((px, strong, format!("{style} {px}px {family}")));
            fonts.len() - 1
        });
        RULER.with_borrow_mut(|ruler| {
            let ruler = match ruler {
                Some(ruler) => Some(ruler),
                None => Ruler::new().map(|new| ruler.insert(new)),
            };
            let measured = ruler.and_then(|ruler| ruler.width(&fonts[at].2, text));
            measured.unwrap_or_else(|| estimate(text, px, weight))
        })
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
