//! Days, months, years: typed in any usual form, kept as `2022-03-05`, `2022-03`, `2022`.
//!
//! The field is a text field, because the browser's own date field writes dates its own way; the browser's calendar
//! opens from the button beside it.

use leptos::html;
use leptos::prelude::*;

use super::text::{TextKind, follow};
use super::{Label, framed};
use crate::ui::components::icon::{Icon, icon};
use crate::view::format::{typed_day, typed_month};

/// The length of time a field is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Day,
    Month,
    Year,
}

impl Span {
    /// What is typed in the form the record keeps; as typed if it is none.
    fn clean(self, text: &str, today: &str) -> String {
        let text = TextKind::Phone.clean(text);
        let read = match self {
            Self::Day => typed_day(&text, today),
            Self::Month => typed_month(&text, today),
            Self::Year => text.strip_suffix('年').map(str::to_owned),
        };
        read.unwrap_or(text)
    }

    const fn now_word(self) -> &'static str {
        match self {
            Self::Day => "今天",
            Self::Month => "本月",
            Self::Year => "今年",
        }
    }

    /// The part of a day `2022-11-22` that the field keeps.
    fn now(self, today: &str) -> String {
        let length = match self {
            Self::Day => 10,
            Self::Month => 7,
            Self::Year => 4,
        };
        today.get(..length).unwrap_or(today).to_owned()
    }
}

/// A day, with 今天 and a calendar.
#[component]
pub fn DayField(
    label: Label,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
    /// Today, `2022-11-22`.
    #[prop(into)]
    today: Signal<String>,
) -> AnyView {
    span_field(Span::Day, label, value, error, on_commit, today)
}

/// A month, with 本月.
#[component]
pub fn MonthField(
    label: Label,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
    /// Today, `2022-11-22`.
    #[prop(into)]
    today: Signal<String>,
) -> AnyView {
    span_field(Span::Month, label, value, error, on_commit, today)
}

/// A year, with 今年.
#[component]
pub fn YearField(
    label: Label,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
    /// Today, `2022-11-22`.
    #[prop(into)]
    today: Signal<String>,
) -> AnyView {
    span_field(Span::Year, label, value, error, on_commit, today)
}

fn span_field(
    span: Span,
    label: Label,
    value: Signal<String>,
    error: Signal<String>,
    on_commit: Callback<String>,
    today: Signal<String>,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    follow(input, value);
    let put = move |text: String| {
        let text = span.clean(&text, &today.get_untracked());
        if let Some(input) = input.get_untracked() {
            input.set_value(&text);
        }
        on_commit.run(text);
    };
    let control = view! {
        <div class="input-box has-acts">
            <input
                class="input"
                type="text"
                inputmode="numeric"
                id=label.id.clone()
                node_ref=input
                aria-invalid=move || (!error.read().is_empty()).then_some("true")
                aria-describedby=label.described(error)
                aria-required=(!label.optional).then_some("true")
                on:change=move |ev| put(event_target_value(&ev))
            />
            <span class="input-acts">
                <button
                    type="button"
                    class="input-act"
                    on:click=move |_| put(span.now(&today.get_untracked()))
                >
                    {span.now_word()}
                </button>
                {(span == Span::Day).then(|| calendar(value, label.text.clone(), Callback::new(put)))}
            </span>
        </div>
    };
    framed(&label, error, control.into_any())
}

/// The browser's calendar behind a button: an invisible date field lies over the icon.
fn calendar(value: Signal<String>, label: String, put: Callback<String>) -> AnyView {
    let inside = RwSignal::new(false);
    let pick = move |ev| {
        let day = event_target_value(&ev);
        if !day.is_empty() {
            put.run(day);
        }
    };
    view! {
        <span class="day-pick" class:is-focused=inside>
            {icon(Icon::Calendar)}
            <input
                type="date"
                aria-label=format!("{label}，从日历选")
                prop:value=value
                on:focus=move |_| inside.set(true)
                on:blur=move |_| inside.set(false)
                on:change=pick
            />
        </span>
    }
    .into_any()
}
