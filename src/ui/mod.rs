//! Leptos shell.
use leptos::prelude::*;

/// Mounts the page.
pub fn start() {
    leptos::mount::mount_to_body(|| view! { <p>"天城党建"</p> });
}
