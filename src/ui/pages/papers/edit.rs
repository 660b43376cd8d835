//! Words of a paper written anew in place: each paragraph and cell of the sheet is a text field while the person edits.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, Element, Event, HtmlDocument, HtmlElement, KeyboardEvent, Node};

use crate::ui::dom::next_frame;
use crate::view::paper::edit::Lines;

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

/// Elements that stand on lines of their own.
const LINES: [&str; 12] = [
    "DIV",
    "P",
    "LI",
    "TR",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "BLOCKQUOTE",
    "PRE",
];

/// The words in a block without what the paper puts there itself: a line for each that a browser made, however it made
/// them.
pub fn words_in(block: &HtmlElement) -> String {
    let mut text = String::new();
    collect(block, &mut text);
    let text = text.replace('\u{a0}', " ");
    let lines = text.split(['\n', '\r']);
    let lines: Vec<&str> = lines.map(|line| line.trim_matches([' ', '\t'])).collect();
    lines.join("\n")
}

fn collect(node: &Node, text: &mut String) {
    let children = node.child_nodes();
    for at in 0..children.length() {
        let Some(child) = children.item(at) else { continue };
        let Some(element) = child.dyn_ref::<Element>() else {
            let own = child.text_content().unwrap_or_default();
            text.extend(own.chars().filter(|c| *c != '\u{200b}'));
            continue;
        };
        let tag = element.tag_name();
        if element.matches(COUNT).unwrap_or_default() {
            continue;
        }
        if tag == "BR" {
            // The last one of a line only keeps it open.
            if at + 1 < children.length() {
                text.push('\n');
            }
            continue;
        }
        // What a browser puts on lines of their own begins one, unless it stands first.
        if LINES.contains(&tag.as_str()) && at > 0 {
            text.push('\n');
        }
        collect(element, text);
    }
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
            let what = if block.tag_name() == "TD" { "格" } else { "段" };
            let label = format!("第 {} {what}", at + 1);
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
        }
    });
}

/// Enter ends what takes one line; elsewhere the browser begins another.
pub fn ends(event: &KeyboardEvent, lines: Option<Lines>) -> bool {
    let is_end = event.key() == "Enter" && lines == Some(Lines::One);
    (is_end || event.key() == "Escape") && !event.is_composing()
}

/// Pasted text comes in as words and lines, without the faces and tables of where it was copied.
pub fn paste(event: &ClipboardEvent) {
    let Some(text) = event
        .clipboard_data()
        .and_then(|data| data.get_data("text/plain").ok())
        .filter(|text| !text.is_empty())
    else {
        return;
    };
    event.prevent_default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let page: HtmlDocument = document().unchecked_into();
    let _ = page.exec_command_with_show_ui_and_value("insertText", false, text.trim_end_matches('\n'));
}
