//! Words of a paper written anew in place: each paragraph of the sheet is a text field while the person edits.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::ui::dom::next_frame;

/// What may be written anew.
const BLOCK: &str = "[data-block]";
/// What the paper itself puts before or after the words.
const COUNT: &str = ".paper-count";

/// The block that an event happened in, and its id.
pub fn block_of(event: &Event) -> Option<(HtmlElement, String)> {
    let at: Element = event.target()?.dyn_into().ok()?;
    let block = at.closest(BLOCK).ok()??;
    let id = block.get_attribute("data-block")?;
    Some((block.dyn_into().ok()?, id))
}

/// The words in a block, without what the paper puts there itself; line breaks are blanks.
pub fn words_in(block: &HtmlElement) -> String {
    let Ok(Some(copy)) = block
        .clone_node_with_deep(true)
        .map(|node| node.dyn_into::<Element>().ok())
    else {
        return String::new();
    };
    while let Ok(Some(count)) = copy.query_selector(COUNT) {
        count.remove();
    }
    let text = copy.text_content().unwrap_or_default();
    let text: String = text.chars().filter(|c| *c != '\u{200b}').collect();
    text.split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Makes every block of a sheet a field that can be written into, once it is in the document.
pub fn open(sheet: NodeRef<html::Div>) {
    next_frame(move || {
        let Some(sheet) = sheet.get_untracked() else { return };
        let Ok(blocks) = sheet.query_selector_all(BLOCK) else {
            return;
        };
        for at in 0..blocks.length() {
            let Some(block) = blocks.item(at).and_then(|node| node.dyn_into::<Element>().ok()) else {
                continue;
            };
            let label = format!("第 {} 段", at + 1);
            let fields = [
                ("contenteditable", "true"),
                ("role", "textbox"),
                ("aria-multiline", "true"),
                ("aria-label", label.as_str()),
                ("spellcheck", "false"),
            ];
            for (name, value) in fields {
                let _ = block.set_attribute(name, value);
            }
            if let Ok(Some(count)) = block.query_selector(COUNT) {
                let _ = count.set_attribute("contenteditable", "false");
            }
        }
    });
}

/// Enter ends a paragraph, as it does a field of a form; Shift+Enter writes nothing either: a paragraph is one.
pub fn ends(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.is_composing()
}
