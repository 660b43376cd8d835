//! What reading a file may take: counted while it is taken, whatever the file says of itself.

use crate::book::Refusal;
use std::cell::Cell;
use std::io::{self, Read};

/// Most bytes that are unpacked from one file.
pub const MOST_UNPACKED: u64 = 160_000_000;
/// Most bytes between two marks of an XML part: a text of 32,767 characters, each written as a number, is a tenth.
pub const MOST_AT_ONCE: u64 = 4_000_000;
/// Most places of cells in all tables, empty ones before the last of a row included.
pub const MOST_CELLS: usize = 2_000_000;
/// Most bytes of text in all tables.
pub const MOST_TEXT: usize = 64_000_000;
/// Deepest nesting of XML elements.
pub const DEEPEST: usize = 200;

/// What is left.
pub struct Limits {
    cells: Cell<usize>,
    text: Cell<usize>,
    unpacked: Cell<u64>,
    at_once: Cell<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cells: Cell::new(MOST_CELLS),
            text: Cell::new(MOST_TEXT),
            unpacked: Cell::new(MOST_UNPACKED),
            at_once: Cell::new(MOST_AT_ONCE),
        }
    }
}

impl Limits {
    /// Takes places of cells.
    pub fn cells(&self, count: usize) -> Result<(), Refusal> {
        take(&self.cells, count)
    }

    /// Takes bytes of text.
    pub fn text(&self, bytes: usize) -> Result<(), Refusal> {
        take(&self.text, bytes)
    }

    /// A mark of an XML part was found: what follows is counted anew.
    pub fn mark(&self) {
        self.at_once.set(MOST_AT_ONCE);
    }

    /// Why reading failed: a limit, or the file.
    pub fn reason(&self) -> Refusal {
        if self.unpacked.get() == 0 || self.at_once.get() == 0 {
            Refusal::TooMuch
        } else {
            Refusal::Damaged
        }
    }
}

fn take(from: &Cell<usize>, count: usize) -> Result<(), Refusal> {
    from.set(from.get().checked_sub(count).ok_or(Refusal::TooMuch)?);
    Ok(())
}

/// Counts what is really read.
pub struct Counted<'a, R> {
    pub inner: R,
    pub limits: &'a Limits,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        for left in [&self.limits.unpacked, &self.limits.at_once] {
            left.set(left.get().saturating_sub(count as u64));
            if left.get() == 0 {
                return Err(io::Error::other("more than is read"));
            }
        }
        Ok(count)
    }
}
