//! What every engine can do, whichever protocol drives it.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// A failed step, in words.
pub type Outcome<T> = Result<T, String>;

/// An element in the page, as the protocol names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(pub String);

/// An argument of a script.
#[derive(Clone, Debug)]
pub enum Argument {
    Json(Value),
    Element(Element),
}

/// A key with what is held down meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Stroke<'a> {
    /// `Enter`, `Escape`, `Tab`, `ArrowDown`, … or one letter.
    pub key: &'a str,
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
}

/// One browser with one window.
pub trait Driver {
    fn goto(&mut self, address: &str) -> Outcome<()>;
    fn reload(&mut self) -> Outcome<()>;
    fn back(&mut self) -> Outcome<()>;
    /// Runs a function body with `arguments`, waits for a promise, returns JSON.
    fn eval(&mut self, body: &str, arguments: &[Argument]) -> Outcome<Value>;
    /// Runs a function body that returns an array of elements.
    fn elements(&mut self, body: &str, arguments: &[Argument]) -> Outcome<Vec<Element>>;
    /// A press at the middle of the element, where nothing else may lie.
    fn click(&mut self, element: &Element) -> Outcome<()>;
    /// Real key events into the element.
    fn type_text(&mut self, element: &Element, text: &str) -> Outcome<()>;
    /// A key to whatever has the focus.
    fn press(&mut self, stroke: Stroke) -> Outcome<()>;
    fn upload(&mut self, element: &Element, files: &[PathBuf]) -> Outcome<()>;
    /// Size of the page's area in CSS pixels.
    fn set_viewport(&mut self, width: u32, height: u32) -> Outcome<()>;
    /// PNG of what is visible.
    fn screenshot(&mut self) -> Outcome<Vec<u8>>;
    /// The folder where files the page saves arrive.
    fn downloads(&self) -> &Path;
    /// Opens another window and turns to it; what names it.
    fn open_window(&mut self) -> Outcome<String>;
    /// What names the window that is driven now.
    fn window(&mut self) -> Outcome<String>;
    /// Turns to a window; the others stay as they are.
    fn turn_to(&mut self, window: &str) -> Outcome<()>;
    /// Closes the window that is driven now; turn to another one then.
    fn close_window(&mut self) -> Outcome<()>;
    /// Makes the page's thread so many times slower; false where the engine cannot.
    fn slow_down(&mut self, _times: f64) -> Outcome<bool> {
        Ok(false)
    }
    /// Styles the page as it is printed, or as it is shown again; false where the engine cannot.
    fn as_on_paper(&mut self, _on: bool) -> Outcome<bool> {
        Ok(false)
    }
    /// Makes the computer stand in another time zone (`America/Los_Angeles`), from the next page on; false where the engine
    /// cannot.
    fn set_time_zone(&mut self, _zone: &str) -> Outcome<bool> {
        Ok(false)
    }
    /// Ends the browser at once, as a power cut would end it: nobody gets to write anything.
    fn kill(&mut self) -> Outcome<()>;
}

/// Decodes standard base64; letters outside the alphabet are skipped.
pub fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut buffer, mut bits) = (0u32, 0);
    for value in text
        .bytes()
        .filter_map(|letter| ALPHABET.iter().position(|known| *known == letter))
    {
        buffer = (buffer << 6 | value as u32) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_decoded() {
        assert_eq!(super::base64("aGVsbG8="), b"hello");
        assert_eq!(super::base64("aGVs\nbG8h"), b"hello!");
    }
}
