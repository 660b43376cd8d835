//! A file that one page hands to the next.

use std::cell::Cell;

use web_sys::File;

thread_local! {
    static HANDED: Cell<Option<File>> = const { Cell::new(None) };
}

/// Lays a file ready for the page that comes next.
pub fn keep_pending_file(file: File) {
    HANDED.with(|handed| handed.set(Some(file)));
}

/// The file that was laid ready, once.
pub fn pending_file() -> Option<File> {
    HANDED.with(Cell::take)
}
