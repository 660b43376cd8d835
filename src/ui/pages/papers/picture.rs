//! Pictures in papers: drawn where the paper has a place for one, on the sheet and for the document.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlCanvasElement};

use crate::browser::canvas::{measurer, paint, png};
use crate::chart::palette::PRINT;
use crate::chart::{Size, Theme, layout};
use crate::ui::dom::next_frame;
use crate::view::paper::docx::Drawn;
use crate::view::paper::picture::{HEIGHT, SHARP, TENTHS, WIDTH, figure};

/// The picture of a place, in a `data:` address, with its width and height.
fn drawn(source: &str, caption: &str) -> Option<(String, f64, f64)> {
    let figure = figure(source, caption)?;
    let size = Size {
        width: WIDTH,
        height: Some(HEIGHT),
    };
    let scene = layout(&figure, size, &Theme::new(PRINT, 1.0), &measurer());
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    paint(&canvas, &scene, SHARP).ok()?;
    Some((png(&canvas).ok()?, scene.width, scene.height))
}

/// The same as a document takes it.
pub fn for_document(source: &str) -> Option<Drawn> {
    let (address, width, height) = drawn(source, "")?;
    let (_, data) = address.split_once(',')?;
    let tenths = |px: f64| (px * TENTHS).round() as u16;
    Some((STANDARD.decode(data).ok()?, tenths(width), tenths(height)))
}

/// Draws the pictures of a sheet, once it is in the document.
pub fn fill(sheet: NodeRef<leptos::html::Div>) {
    next_frame(move || {
        let Some(sheet) = sheet.try_get_untracked().flatten() else {
            return;
        };
        let Ok(places) = sheet.query_selector_all("[data-picture]") else {
            return;
        };
        for at in 0..places.length() {
            let place = places.item(at).and_then(|node| node.dyn_into::<Element>().ok());
            let _ = place.and_then(|place| put(&place));
        }
    });
}

fn put(place: &Element) -> Option<()> {
    if place.query_selector("img").ok()?.is_some() {
        return None;
    }
    let caption = place.text_content().unwrap_or_default();
    let (address, ..) = drawn(&place.get_attribute("data-picture")?, &caption)?;
    let picture = document().create_element("img").ok()?;
    picture.set_attribute("src", &address).ok()?;
    picture.set_attribute("alt", &caption).ok()?;
    place.prepend_with_node_1(&picture).ok()
}
