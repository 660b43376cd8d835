//! Keys and the clipboard.

use leptos::prelude::*;
use web_sys::{ClipboardEvent, KeyboardEvent};

use super::session::Session;
use super::table::{is_in_box, offers};
use crate::ui::dom::still_composing;
use crate::view::grid::Grid;

impl Session {
    pub fn key(self, event: &KeyboardEvent) {
        if still_composing(event) {
            return;
        }
        let (key, control) = (event.key(), event.ctrl_key() || event.meta_key());
        if self.typing.get_untracked().is_some() {
            return self.key_typing(event, &key);
        }
        let range = event.shift_key();
        let (rows, columns) = self.size();
        let (row, column) = self.at.get_untracked();
        match key.as_str() {
            "ArrowUp" => self.step(-1, 0, range),
            "ArrowDown" => self.step(1, 0, range),
            "ArrowLeft" => self.step(0, -1, range),
            "ArrowRight" => self.step(0, 1, range),
            "Home" => self.go(if control { 0 } else { row as isize }, 0, range),
            "End" => self.go(
                if control { rows as isize } else { row as isize },
                columns as isize,
                range,
            ),
            "PageUp" => self.step(-10, 0, range),
            "PageDown" => self.step(10, 0, range),
            "Enter" if range => self.step(-1, 0, false),
            "Enter" => self.step(1, 0, false),
            // Out of the grid at its ends, so that nobody is caught in it.
            "Tab" if !range && column + 1 < columns => self.step(0, 1, false),
            "Tab" if range && column > 0 => self.step(0, -1, false),
            "F2" => self.edit(None),
            "Delete" | "Backspace" => {
                let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
                self.change(|grid| grid.clear(at, other));
            }
            " " if self.is_tick((row, column)) => self.toggle((row, column)),
            "d" if control => {
                let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
                self.change(|grid| grid.fill_down(other, at));
            }
            "z" if control && !range => self.change(|grid| {
                grid.undo();
            }),
            "z" | "Z" | "y" if control => self.change(|grid| {
                grid.redo();
            }),
            key if !control && !event.alt_key() && key.chars().count() == 1 => {
                // The box of the cell takes it in place of what stands there.
                if is_in_box(event) {
                    event.stop_propagation();
                    return;
                }
                self.edit(Some(key.to_owned()));
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn key_typing(self, event: &KeyboardEvent, key: &str) {
        match key {
            "Enter" => {
                self.take();
                self.step(if event.shift_key() { -1 } else { 1 }, 0, false);
            }
            "Tab" => {
                self.take();
                self.step(0, if event.shift_key() { -1 } else { 1 }, false);
            }
            // As in a spreadsheet: who replaces what stood there goes on with an arrow, who changes it moves in the text.
            "ArrowUp" | "ArrowDown" if self.replaces.get_value() && !self.has_list() => {
                self.take();
                self.step(if key == "ArrowUp" { -1 } else { 1 }, 0, false);
            }
            "ArrowLeft" | "ArrowRight" if self.replaces.get_value() => {
                self.take();
                self.step(0, if key == "ArrowLeft" { -1 } else { 1 }, false);
            }
            "Escape" => {
                self.typing.set(None);
                self.keep();
                self.step(0, 0, false);
            }
            _ => {
                event.stop_propagation();
                return;
            }
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// Whether the box of the cell has a list, in which the arrows go up and down.
    fn has_list(self) -> bool {
        let of = |grid: &Option<Grid>| {
            let (_, column) = grid.as_ref()?.heads().into_iter().nth(self.at.get_untracked().1)?;
            Some(offers(column.field.kind))
        };
        self.grid.with_untracked(of) == Some(true)
    }

    /// Copies the range and empties it.
    pub fn cut(self, event: &ClipboardEvent) {
        if self.typing.get_untracked().is_some() {
            return;
        }
        self.copy(event);
        let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
        self.change(|grid| grid.clear(at, other));
    }

    pub fn copy(self, event: &ClipboardEvent) {
        if self.typing.get_untracked().is_some() {
            return;
        }
        let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
        let text = self
            .grid
            .with_untracked(|grid| grid.as_ref().map(|grid| grid.copy(other, at)));
        if let (Some(text), Some(data)) = (text, event.clipboard_data()) {
            let _ = data.set_data("text/plain", &text);
            event.prevent_default();
        }
    }

    pub fn paste(self, event: &ClipboardEvent) {
        if self.typing.get_untracked().is_some() {
            return;
        }
        let data = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
        let Some(text) = data.filter(|text| !text.is_empty()) else {
            return;
        };
        event.prevent_default();
        let rows = office::text::rows(&text).into_iter().map(|row| row.cells);
        let block: Vec<Vec<String>> = rows.collect();
        let at = self.at.get_untracked();
        let mut left = 0;
        self.change(|grid| left = grid.paste(at, &block));
        self.told.set(match left {
            0 => String::new(),
            left => format!("粘贴的内容比表格长，最后 {left} 行没有地方放。"),
        });
    }
}
