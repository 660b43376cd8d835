//! Whole numbers: a stepper that can also be typed into.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::text::{TextKind, follow};
use super::{Label, framed};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::dom::composing;

/// A count. What is typed is kept as it is, so that the error can name it; the buttons stay within the bounds.
#[component]
pub fn StepperField(
    label: Label,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
    #[prop(optional)] min: i64,
    #[prop(default = 999_999)] max: i64,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    follow(input, value);
    let put = move |text: String| {
        if let Some(input) = input.get_untracked() {
            input.set_value(&text);
        }
        on_commit.run(text);
    };
    let step = move |by: i64| {
        let now = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let next = match TextKind::Whole.clean(&now).parse::<i64>() {
            Ok(now) => now.saturating_add(by).clamp(min, max),
            Err(_) => min.max(0),
        };
        put(next.to_string());
    };
    let keys = move |event: KeyboardEvent| {
        // The arrows choose a candidate of the input method.
        if composing(&event) {
            return;
        }
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        event.prevent_default();
        step(by);
    };
    let (less, more) = (format!("{}减一", label.text), format!("{}加一", label.text));
    let control = view! {
        <div class="stepper">
            <button type="button" aria-label=less tabindex="-1" on:click=move |_| step(-1)>{icon(Icon::Minus)}</button>
            <input
                type="text"
                inputmode="numeric"
                id=label.id.clone()
                node_ref=input
                aria-invalid=move || (!error.read().is_empty()).then_some("true")
                aria-describedby=label.described(error)
                aria-required=(!label.optional).then_some("true")
                on:keydown=keys
                on:change=move |ev| put(TextKind::Whole.clean(&event_target_value(&ev)))
            />
            <button type="button" aria-label=more tabindex="-1" on:click=move |_| step(1)>{icon(Icon::Plus)}</button>
        </div>
    };
    framed(&label, error, control.into_any())
}
