//! A day in a row of tools, read as every form reads it.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::toast::Toasts;
use crate::model::date::Day;
use crate::model::ledger::Lies;
use crate::view::typed::typed_day;

/// A day to type or to take from the calendar. `on_day` is given `None` for an emptied field; what is no day is said,
/// and the day before it comes back.
pub fn day_box(
    label: &'static str,
    value: Signal<String>,
    (today, lies): (Day, Lies),
    toasts: Toasts,
    on_day: Callback<Option<Day>>,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let put = move |text: String| {
        let day = typed_day(&text, today, lies);
        if day.is_some() || text.trim().is_empty() {
            on_day.run(day);
        } else {
            toasts.say(format!("“{text}”不是日期，写成 2022-03-05 这样"), None);
        }
        if let Some(input) = input.get_untracked() {
            input.set_value(&value.get_untracked());
        }
    };
    view! {
        <input
            type="text"
            inputmode="numeric"
            class="select"
            node_ref=input
            aria-label=label
            prop:value=value
            on:change=move |ev| put(event_target_value(&ev))
        />
        {calendar(value, label.to_owned(), Callback::new(put))}
    }
    .into_any()
}

/// The browser's calendar behind a button: an invisible date field lies over the icon. `put` is given the day chosen.
pub fn calendar(value: Signal<String>, label: String, put: Callback<String>) -> AnyView {
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
