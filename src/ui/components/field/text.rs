//! Text: short, long, decimal numbers, phone numbers.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{Label, framed};
use crate::ui::dom::{focused, still_composing};
use crate::view::format::{half_width, masked_phone};
use crate::view::typed::{said_amount, typed_amount};

/// What a short text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Words.
    #[default]
    Plain,
    /// A whole number; commas and full-width digits are taken.
    Whole,
    /// An amount in this unit, read as [`typed_amount`] does.
    Amount(Option<&'static str>),
    /// A phone number.
    Phone,
}

impl TextKind {
    const fn keyboard(self) -> &'static str {
        match self {
            Self::Plain => "text",
            Self::Whole => "numeric",
            // With room for a unit behind it.
            Self::Amount(_) => "text",
            Self::Phone => "tel",
        }
    }

    /// The text as the record keeps it.
    pub(super) fn clean(self, text: &str) -> String {
        let text = text.trim();
        match self {
            Self::Plain => text.to_owned(),
            Self::Amount(unit) => typed_amount(text, unit).map_or_else(|| text.to_owned(), |a| a.value.to_string()),
            Self::Whole => text
                .chars()
                .map(half_width)
                .filter(|c| !matches!(c, ',' | ' '))
                .collect(),
            Self::Phone => text.chars().map(half_width).collect(),
        }
    }

    /// What is said beside the field about what is typed, where it is read as something else.
    fn reading(self, text: &str) -> String {
        match self {
            Self::Amount(unit) => said_amount(text, unit),
            _ => String::new(),
        }
    }
}

/// Writes `value` into the input unless the person is in it.
pub(super) fn follow(input: NodeRef<html::Input>, value: Signal<String>) {
    Effect::new(move |_| {
        let value = value.get();
        let Some(input) = input.get() else { return };
        let element: &HtmlElement = &input;
        if input.value() != value && focused().as_ref() != Some(element) {
            input.set_value(&value);
        }
    });
}

/// A line of text.
#[component]
pub fn TextField(
    label: Label,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
    #[prop(optional)] kind: TextKind,
    /// Unit behind the value; may be empty.
    #[prop(optional, into)]
    unit: String,
    /// Takes what stands in the field while it is typed, for the draft; not while an input method composes.
    #[prop(optional)]
    on_draft: Option<Callback<String>>,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    follow(input, value);
    let read_as = RwSignal::new(String::new());
    let commit = move |ev: leptos::ev::Event| {
        let typed = event_target_value(&ev);
        read_as.set(kind.reading(&typed));
        let text = kind.clean(&typed);
        if let Some(input) = input.get_untracked() {
            input.set_value(&text);
        }
        on_commit.run(text);
    };
    let draft = move |text: String| {
        read_as.set(kind.reading(&text));
        if let Some(on_draft) = on_draft {
            on_draft.run(text);
        }
    };
    let has_unit = !unit.is_empty();
    let control = view! {
        <div class="input-box" class:has-unit=has_unit>
            <input
                class="input"
                type="text"
                inputmode=kind.keyboard()
                id=label.id.clone()
                node_ref=input
                aria-invalid=move || (!error.read().is_empty()).then_some("true")
                aria-describedby=label.described(error)
                aria-required=(!label.optional).then_some("true")
                on:change=commit
                on:input=move |ev| typed(&ev).into_iter().for_each(draft)
                on:compositionend=move |ev| draft(event_target_value(&ev))
            />
            {has_unit.then(|| view! { <span class="input-unit" aria-hidden="true">{unit}</span> })}
        </div>
        {super::reading_line(read_as)}
    };
    framed(&label, error, control.into_any())
}

/// Several lines of text.
#[component]
pub fn LongTextField(
    label: Label,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
    /// As in [`TextField`].
    #[prop(optional)]
    on_draft: Option<Callback<String>>,
) -> AnyView {
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        let value = value.get();
        let Some(area) = area.get() else { return };
        let element: &HtmlElement = &area;
        if area.value() != value && focused().as_ref() != Some(element) {
            area.set_value(&value);
        }
    });
    let draft = move |text: String| {
        if let Some(on_draft) = on_draft {
            on_draft.run(text);
        }
    };
    let control = view! {
        <textarea
            class="input"
            rows="3"
            id=label.id.clone()
            node_ref=area
            aria-invalid=move || (!error.read().is_empty()).then_some("true")
            aria-describedby=label.described(error)
            aria-required=(!label.optional).then_some("true")
            on:change=move |ev| on_commit.run(event_target_value(&ev).trim().to_owned())
            on:input=move |ev| typed(&ev).into_iter().for_each(draft)
            on:compositionend=move |ev| draft(event_target_value(&ev))
        ></textarea>
    };
    framed(&label, error, control.into_any())
}

/// What stands in the field, unless an input method still composes.
pub(super) fn typed(ev: &leptos::ev::Event) -> Option<String> {
    (!still_composing(ev)).then(|| event_target_value(ev))
}

/// A phone number outside a form: its middle hidden until `显示` is pressed.
#[component]
pub fn MaskedPhone(#[prop(into)] phone: String) -> AnyView {
    let open = RwSignal::new(false);
    let masked = masked_phone(&phone);
    if masked.is_empty() {
        return "--".into_any();
    }
    let text = move || {
        if open.get() { phone.clone() } else { masked.clone() }
    };
    view! {
        <span class="nowrap">
            {text} " "
            <button type="button" class="button button-link" on:click=move |_| open.update(|on| *on = !*on)>
                {move || if open.get() { "隐藏" } else { "显示" }}
            </button>
        </span>
    }
    .into_any()
}
