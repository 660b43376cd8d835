//! Form fields: label above, hint under it, control, error below.
//!
//! Inputs are uncontrolled: what is typed reaches the page when the field is left (or a choice is made), so an input
//! method is never disturbed while it composes. Every value is text, in the form the record keeps it.

mod choice;
mod date;
mod number;
mod reference;
mod text;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub use choice::{ChoiceField, ManyField, YesNoField};
pub use date::{DayField, MonthField, YearField};
pub use number::StepperField;
pub use reference::{ManyReferenceField, RefOption, RefSource, ReferenceField};
pub use text::{LongTextField, MaskedPhone, TextField, TextKind};

use super::status::shape;
use crate::model::status::Status;
use crate::ui::dom::{composing, focus, focus_id, focused};

/// What stands around a control.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Id of the control; the error summary leads to it.
    pub id: String,
    /// The label, with its unit after a comma.
    pub text: String,
    /// How to fill it in; may be empty.
    pub hint: String,
    /// May be left empty; the label says so.
    pub optional: bool,
}

impl Label {
    fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.id)
    }

    /// `aria-describedby` of the control.
    fn described(&self, error: Signal<String>) -> impl Fn() -> String + Clone + Send + 'static {
        let hint = (!self.hint.is_empty()).then(|| self.hint_id());
        let id = self.error_id();
        move || {
            let error = (!error.read().is_empty()).then(|| id.clone());
            [hint.clone(), error]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        }
    }
}

/// Commits what is typed and gives up the focus before the field goes with its page, its role or its record: later
/// nobody is there to take it.
fn leave_in_time(label: &Label) {
    let id = label.id.clone();
    on_cleanup(move || {
        if let Some(control) = focused().filter(|now| now.id() == id) {
            let _ = control.blur();
        }
    });
}

/// Frame of a field with one control.
fn framed(label: &Label, error: Signal<String>, control: AnyView) -> AnyView {
    leave_in_time(label);
    view! {
        <div class="field" class:has-error=move || !error.read().is_empty()>
            <label class="field-label" for=label.id.clone()>{label_words(label)}</label>
            {control} {error_line(label, error)}
        </div>
    }
    .into_any()
}

/// Frame of a field with several controls; the group carries the id.
fn framed_group(label: &Label, error: Signal<String>, role: &'static str, controls: AnyView) -> AnyView {
    let name = format!("{}-label", label.id);
    view! {
        <div
            class="field"
            class:has-error=move || !error.read().is_empty()
            role=role
            id=label.id.clone()
            tabindex="-1"
            aria-labelledby=name.clone()
            aria-describedby=label.described(error)
        >
            <span class="field-label" id=name.clone()>{label_words(label)}</span>
            {controls} {error_line(label, error)}
        </div>
    }
    .into_any()
}

fn label_words(label: &Label) -> AnyView {
    let optional = label
        .optional
        .then(|| view! { <span class="field-optional">"选填"</span> });
    let hint = (!label.hint.is_empty())
        .then(|| view! { <span class="field-hint" id=label.hint_id()>{label.hint.clone()}</span> });
    view! { {label.text.clone()} {optional} {hint} }.into_any()
}

fn error_line(label: &Label, error: Signal<String>) -> AnyView {
    let id = label.error_id();
    let line = move || {
        let text = error.get();
        (!text.is_empty())
            .then(|| view! { <p class="field-error" id=id.clone()>{shape(Status::Late, false)} {text}</p> })
    };
    line.into_any()
}

/// What a field makes of what is typed in it, said while it is typed; nothing where that is what stands there.
fn reading_line(read_as: RwSignal<String>) -> AnyView {
    view! { <span class="field-hint field-reading" role="status">{move || read_as.get()}</span> }.into_any()
}

/// A form. Enter submits, but never while an input method composes. Once `on_submit` says that it is done, further
/// presses are part of the first: nothing is saved twice.
#[component]
pub fn Form(#[prop(into)] on_submit: Callback<(), bool>, children: Children) -> AnyView {
    let done = StoredValue::new(false);
    let guard = |event: KeyboardEvent| {
        if event.key() == "Enter" && composing(&event) {
            event.prevent_default();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if done.try_get_value() == Some(false) {
            done.set_value(on_submit.run(()));
        }
    };
    view! { <form class="form" novalidate="" autocomplete="off" on:keydown=guard on:submit=submit>{children()}</form> }
        .into_any()
}

/// One thing to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Id of the control, as in [`Label`].
    pub id: String,
    /// Label and what to do: `地点：写明湾子、小组或小区`.
    pub text: String,
}

/// What is left to correct, on top of the form. It takes the focus whenever `attempts` grows and something is wrong.
#[component]
pub fn ErrorSummary(
    #[prop(into)] errors: Signal<Vec<FieldError>>,
    /// How often saving was tried.
    #[prop(into)]
    attempts: Signal<u32>,
) -> AnyView {
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if attempts.get() != 0
            && !errors.read_untracked().is_empty()
            && let Some(frame) = frame.get_untracked()
        {
            focus(&frame);
        }
    });
    let links = move || {
        let links = errors.get().into_iter().map(|error| {
            let lead = move |event: leptos::ev::MouseEvent| {
                // The address after `#` belongs to the pages.
                event.prevent_default();
                to_field(&error.id);
            };
            view! { <a href="#" on:click=lead>{error.text}</a> }
        });
        links.collect_view()
    };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" node_ref=frame hidden=move || errors.read().is_empty()>
            <b>{move || format!("还有 {} 处要改", errors.read().len())}</b>
            {links}
        </div>
    }
    .into_any()
}

/// Moves the focus to a control, or to the first control of a group.
pub fn to_field(id: &str) {
    let group = document().get_element_by_id(id);
    let inner = group.and_then(|group| group.query_selector("input, button, select").ok().flatten());
    match inner.and_then(|inner| inner.dyn_into::<HtmlElement>().ok()) {
        Some(first) => focus(&first),
        None => focus_id(id),
    }
}
