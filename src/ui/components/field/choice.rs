//! Choices: buttons in a row up to four, a select above; several at once; yes or no.

use leptos::prelude::*;

use super::{Label, framed, framed_group};
use crate::ui::components::button::{Button, ButtonKind};
use crate::view::show;

/// Up to this many choices are buttons.
const AS_BUTTONS: usize = 4;

/// One of several values; `options` are key and word.
#[component]
pub fn ChoiceField(
    label: Label,
    options: Vec<(String, String)>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
) -> AnyView {
    if options.len() > AS_BUTTONS {
        return as_select(label, options, value, error, on_commit);
    }
    let long = options.iter().any(|(_, word)| word.chars().count() > 4);
    let group = format!("{}-choice", label.id);
    let buttons = options.into_iter().map(|(key, word)| {
        let checked = {
            let key = key.clone();
            move || *value.read() == key
        };
        let commit = {
            let key = key.clone();
            move |_| on_commit.run(key.clone())
        };
        view! {
            <label>
                <input
                    class="choice-input"
                    type="radio"
                    name=group.clone()
                    value=key
                    prop:checked=checked
                    on:change=commit
                />
                <span class="choice-face">{word}</span>
            </label>
        }
    });
    let row = view! { <div class="choices-row" class:is-long=long>{buttons.collect_view()}</div> };
    let clear = label.optional.then(|| {
        view! {
            <Show when=move || !value.read().is_empty()>
                <Button kind=ButtonKind::Link label="清除".to_owned() on_press=move |()| on_commit.run(String::new()) />
            </Show>
        }
    });
    framed_group(&label, error, "radiogroup", view! { {row} {clear} }.into_any())
}

fn as_select(
    label: Label,
    options: Vec<(String, String)>,
    value: Signal<String>,
    error: Signal<String>,
    on_commit: Callback<String>,
) -> AnyView {
    let items = options.into_iter().map(|(key, word)| {
        let selected = {
            let key = key.clone();
            move || *value.read() == key
        };
        view! { <option value=key prop:selected=selected>{show::choice(&word)}</option> }
    });
    let control = view! {
        <span class="select-box">
            <select
                class="select"
                id=label.id.clone()
                aria-invalid=move || (!error.read().is_empty()).then_some("true")
                aria-describedby=label.described(error)
                aria-required=(!label.optional).then_some("true")
                on:change=move |ev| on_commit.run(event_target_value(&ev))
            >
                <option value="" prop:selected=move || value.read().is_empty()>
                    {if label.optional { "不填" } else { "请选择" }}
                </option>
                {items.collect_view()}
            </select>
        </span>
    };
    framed(&label, error, control.into_any())
}

/// Any number of values, in the order of the options.
#[component]
pub fn ManyField(
    label: Label,
    options: Vec<(String, String)>,
    #[prop(into)] value: Signal<Vec<String>>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<Vec<String>>,
) -> AnyView {
    let order: Vec<String> = options.iter().map(|(key, _)| key.clone()).collect();
    let order = StoredValue::new(order);
    let toggle = move |key: &str, on: bool| {
        let chosen = value.get_untracked();
        let keeps = |other: &str| {
            if other == key {
                on
            } else {
                chosen.iter().any(|c| c == other)
            }
        };
        on_commit.run(order.with_value(|order| order.iter().filter(|other| keeps(other)).cloned().collect()));
    };
    let boxes = options.into_iter().map(|(key, word)| {
        let checked = {
            let key = key.clone();
            move || value.read().contains(&key)
        };
        view! {
            <label>
                <input
                    class="choice-input"
                    type="checkbox"
                    prop:checked=checked
                    on:change=move |ev| toggle(&key, event_target_checked(&ev))
                />
                <span class="choice-face">{word}</span>
            </label>
        }
    });
    let row = view! { <div class="choices-many">{boxes.collect_view()}</div> };
    framed_group(&label, error, "group", row.into_any())
}

/// 是 or 否; the value is `yes`, `no` or empty.
#[component]
pub fn YesNoField(
    label: Label,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
) -> AnyView {
    let options = [("yes", "是"), ("no", "否")].map(|(key, word)| (key.to_owned(), word.to_owned()));
    view! { <ChoiceField label options=options.to_vec() value error on_commit /> }.into_any()
}
