//! Buttons. A label is a verb and its object: `记一场夜话`.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::ui::dom::next_id;
use crate::view::{portion, show};

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main act of the view, filled red.
    Main,
    /// Everything else, white with a border.
    #[default]
    Plain,
    /// Inside text.
    Link,
    /// A dashed frame that takes one more entry.
    Add,
}

impl ButtonKind {
    /// The style names of a button or of a link that looks like one.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Main => "button button-main",
            Self::Plain => "button",
            Self::Link => "button button-link",
            Self::Add => "button button-add",
        }
    }
}

/// Whether a press is the second of a double click. Links and buttons that add are pressed several times on purpose.
fn is_again(kind: ButtonKind, event: &MouseEvent) -> bool {
    event.detail() > 1 && !matches!(kind, ButtonKind::Link | ButtonKind::Add)
}

/// A button. With a `why_not` that is not empty it keeps its place, does nothing and shows the reason.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_press: Callback<()>,
    /// Why it cannot be pressed now; empty if it can.
    #[prop(optional, into)]
    why_not: Signal<String>,
) -> AnyView {
    let reason_id = next_id("why");
    let described = {
        let id = reason_id.clone();
        move || (!why_not.read().is_empty()).then(|| id.clone())
    };
    view! {
        <button
            type="button"
            class=kind.class()
            aria-disabled=move || (!why_not.read().is_empty()).then_some("true")
            aria-describedby=described
            on:click=move |event: MouseEvent| {
                if !is_again(kind, &event) && why_not.try_read_untracked().is_some_and(|why| why.is_empty()) {
                    on_press.run(());
                }
            }
        >
            {move || label.get()}
        </button>
        <Show when=move || !why_not.read().is_empty()>
            <span class="button-why" id=reason_id.clone()>
                {move || why_not.get()}
            </span>
        </Show>
    }
    .into_any()
}

/// A button that is only an icon; `label` is its name for screen readers and its hint on hover.
#[component]
pub fn IconButton(icon: Icon, #[prop(into)] label: String, #[prop(into)] on_press: Callback<()>) -> AnyView {
    view! {
        <button type="button" class="button button-icon" aria-label=label.clone() title=label on:click=move |_| on_press.run(())>
            {self::icon(icon)}
        </button>
    }
    .into_any()
}

/// A few choices in one frame, one of them pressed.
#[component]
pub fn Segments(
    /// What is chosen between, for screen readers.
    #[prop(into)]
    label: String,
    /// Key and word of each.
    options: Vec<(String, String)>,
    #[prop(into)] chosen: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> AnyView {
    let parts = options.into_iter().map(|(key, word)| {
        let pressed = {
            let key = key.clone();
            move || if *chosen.read() == key { "true" } else { "false" }
        };
        view! {
            <button type="button" class="segment" aria-pressed=pressed on:click=move |_| on_choose.run(key.clone())>
                {word}
            </button>
        }
    });
    view! { <div class="segments" role="group" aria-label=label>{parts.collect_view()}</div> }.into_any()
}

/// A select in a tool row. `label` is its name for screen readers.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    /// Key and word of each.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    #[prop(into)] chosen: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> AnyView {
    let items = move || {
        let chosen = chosen.get();
        let (options, left) = portion::options(options.get(), &chosen);
        let options = options
            .into_iter()
            .map(|(key, word)| {
                let selected = key == chosen;
                view! { <option value=key prop:selected=selected>{show::choice(&word)}</option> }
            })
            .collect_view();
        view! { {options} {left.map(|words| view! { <option disabled>{words}</option> })} }
    };
    view! {
        <span class="select-box">
            <select class="select" aria-label=label on:change=move |ev| on_choose.run(event_target_value(&ev))>
                {items}
            </select>
        </span>
    }
    .into_any()
}

/// A button that opens what stands below it, and closes it again; `body` gives that while it is open.
pub fn disclosure<V: IntoView + 'static>(
    label: &'static str,
    open: RwSignal<bool>,
    body: impl Fn() -> Option<V> + Send + 'static,
) -> AnyView {
    view! {
        <div class="export">
            <button
                type="button"
                class=ButtonKind::Plain.class()
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {label}
            </button>
            {body}
        </div>
    }
    .into_any()
}
