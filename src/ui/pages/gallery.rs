//! All parts on one page, for looking at while developing; not in a shipped build.

use leptos::prelude::*;

/// The gallery.
pub fn gallery() -> AnyView {
    ().into_any()
}
