//! Status: colour, shape and word together.

use leptos::prelude::*;

use crate::model::status::Status;

/// The shape of a status. With `named` it carries the word as its accessible name, for dense tables where the word
/// itself has no room; without, the word stands beside it.
pub fn shape(status: Status, named: bool) -> AnyView {
    let drawing = match status {
        Status::Ok => view! { <circle cx="8" cy="8" r="6"></circle> }.into_any(),
        Status::Warn => view! { <path d="M8 1.6 15 14H1Z"></path> }.into_any(),
        Status::Late => view! { <path d="M8 .8 15.2 8 8 15.2.8 8Z"></path> }.into_any(),
        Status::Done => view! {
            <circle cx="8" cy="8" r="7"></circle>
            <path class="tick" d="M4.6 8.3 7 10.7l4.4-5.1"></path>
        }
        .into_any(),
        Status::None => view! { <circle class="dashes" cx="8" cy="8" r="6"></circle> }.into_any(),
    };
    let class = format!("shape shape-{}", status.key());
    if named {
        view! { <svg class=class viewBox="0 0 16 16" role="img" aria-label=status.word()>{drawing}</svg> }.into_any()
    } else {
        view! { <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false">{drawing}</svg> }.into_any()
    }
}

/// A status as a tag. `words` replaces the usual word where the page has a closer one (`填得不同`).
pub fn status_tag(status: Status, words: Option<String>) -> AnyView {
    let words = words.unwrap_or_else(|| status.word().to_owned());
    view! { <span class=format!("tag tag-{}", status.key())>{shape(status, false)} {words}</span> }.into_any()
}
