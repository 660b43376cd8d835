//! XML parts, mark by mark: nothing is kept but the mark that is looked at, and that has a limit.

use super::limits::{Counted, DEEPEST, Limits};
use crate::book::Refusal;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart};
use quick_xml::{Reader, XmlVersion};
use std::io::{BufReader, Read};

pub use quick_xml::events::Event;

/// Reads the marks of a part. Empty elements come as a start and an end.
pub struct Parser<'a, R> {
    reader: Reader<BufReader<Counted<'a, R>>>,
    limits: &'a Limits,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'a, R: Read> Parser<'a, R> {
    pub fn new(source: R, limits: &'a Limits) -> Self {
        limits.mark();
        let counted = Counted { inner: source, limits };
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, counted));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        Self {
            reader,
            limits,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// The next mark. A part that ends inside of an element is damaged.
    pub fn next(&mut self) -> Result<Event<'_>, Refusal> {
        self.buffer.clear();
        self.limits.mark();
        let event = self.reader.read_event_into(&mut self.buffer);
        let event = event.map_err(|_| self.limits.reason())?;
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(Refusal::Damaged),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(Refusal::TooMuch);
        }
        Ok(event)
    }
}

/// The text of a mark; nothing if it is none.
pub fn push_text(event: &Event<'_>, into: &mut String) {
    match event {
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => into.extend(character(reference)),
        _ => {}
    }
}

fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    resolve_predefined_entity(&reference.borrow().into_inner())?
        .chars()
        .next()
}

/// An attribute by its name without prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false);
    let found = attributes
        .flatten()
        .find(|found| found.key.local_name().into_inner() == name)?;
    found
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
        .map(|value| value.into_owned())
}

/// A whole number in an attribute.
pub fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub fn flag(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}
