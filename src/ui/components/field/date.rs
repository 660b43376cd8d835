//! Days, months, years: typed in any usual form, kept as `2022-03-05`, `2022-03`, `2022`.
//!
//! The field is a text field, because the browser's own date field writes dates its own way; the browser's calendar
//! opens from the button beside it.

use leptos::html;
use leptos::prelude::*;

use super::text::{TextKind, follow, typed};
use super::{Label, framed};
use crate::model::date::Day;
use crate::model::ledger::Lies;
use crate::ui::components::day::calendar;
use crate::view::typed::{said_day, typed_day, typed_month};

/// The length of time a field is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Day,
    Month,
    Year,
}

impl Span {
    /// What is typed, in the form the record keeps; `None` if it is no such thing.
    fn read(self, text: &str, today: &str, lies: Lies) -> Option<String> {
        let today = Day::parse(today)?;
        match self {
            Self::Day => typed_day(text, today, lies).map(|day| day.to_string()),
            Self::Month => typed_month(text, today, lies).map(|month| month.to_string()),
            Self::Year => {
                let year = TextKind::Phone.clean(text);
                year.strip_suffix('年').map(str::to_owned).or(Some(year))
            }
        }
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
    /// Which way a short one points.
    #[prop(default = Lies::Past)]
    lies: Lies,
) -> AnyView {
    span_field((Span::Day, lies), label, value, error, on_commit, today)
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
    /// Which way a short one points.
    #[prop(default = Lies::Past)]
    lies: Lies,
) -> AnyView {
    span_field((Span::Month, lies), label, value, error, on_commit, today)
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
    span_field((Span::Year, Lies::Past), label, value, error, on_commit, today)
}

fn span_field(
    (span, lies): (Span, Lies),
    label: Label,
    value: Signal<String>,
    error: Signal<String>,
    on_commit: Callback<String>,
    today: Signal<String>,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    follow(input, value);
    let read_as = RwSignal::new(String::new());
    let read = move |text: &str| span.read(text, &today.get_untracked(), lies);
    let put = move |text: String| {
        read_as.set(String::new());
        let text = read(&text).unwrap_or_else(|| text.trim().to_owned());
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
                on:input=move |ev| {
                    if let Some(text) = typed(&ev) {
                        read_as.set(said_day(&text, read(&text).as_deref()));
                    }
                }
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
        {super::reading_line(read_as)}
    };
    framed(&label, error, control.into_any())
}
