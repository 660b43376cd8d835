//! The row of filters above a list. They act at once; the page writes them into the address.

use leptos::prelude::*;

use super::button::{Button, ButtonKind, Select};
use super::icon::{Icon, icon};
use crate::ui::screen::{Width, use_screen};
use crate::view::show;

/// One filter: a field and its possible values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Key of the field.
    pub key: String,
    /// Label of the field.
    pub label: String,
    /// Key and word of each value.
    pub options: Vec<(String, String)>,
    /// Key of the chosen value; `None` while it is not set.
    pub chosen: Option<String>,
}

impl Filter {
    fn word(&self) -> Option<String> {
        let chosen = self.chosen.as_ref()?;
        let option = self.options.iter().find(|(key, _)| key == chosen);
        Some(option.map_or_else(|| chosen.clone(), |(_, word)| word.clone()))
    }
}

/// Set filters as red chips with ×, unset ones as plain selects, `清除筛选` last.
///
/// `on_set` takes the field and the value, `None` to take the filter off. On phones the unset ones hide behind
/// one button.
#[component]
pub fn FilterRow(
    #[prop(into)] filters: Signal<Vec<Filter>>,
    #[prop(into)] on_set: Callback<(String, Option<String>)>,
    #[prop(into)] on_clear: Callback<()>,
) -> AnyView {
    let screen = use_screen();
    let opened = RwSignal::new(false);
    let set = Memo::new(move |_| filters.read().iter().filter(|filter| filter.chosen.is_some()).count());
    let show_unset = move || screen.width.get() != Width::Phone || opened.get();
    let chips = move || {
        let set = filters.get().into_iter().filter(|filter| filter.chosen.is_some());
        set.map(|filter| chip(filter, on_set)).collect_view()
    };
    let selects = move || {
        let unset = filters.get().into_iter().filter(|filter| filter.chosen.is_none());
        unset.map(|filter| unset_filter(filter, on_set)).collect_view()
    };
    let more = Signal::derive(move || match set.get() {
        _ if opened.get() => "收起筛选".to_owned(),
        0 => "筛选".to_owned(),
        n => format!("筛选，已选 {n} 项"),
    });
    view! {
        <div class="filters" role="group" aria-label="筛选">
            {chips}
            <Show when=show_unset>{selects}</Show>
            <Show when=move || screen.width.get() == Width::Phone>
                <Button label=more on_press=move |()| opened.update(|on| *on = !*on) />
            </Show>
            <Show when=move || set.get() != 0 && show_unset()>
                <Button kind=ButtonKind::Link label="清除筛选".to_owned() on_press=on_clear />
            </Show>
        </div>
    }
    .into_any()
}

fn chip(filter: Filter, on_set: Callback<(String, Option<String>)>) -> AnyView {
    let word = show::choice(&filter.word().unwrap_or_default());
    let off = format!("取消筛选：{} {word}", filter.label);
    view! {
        <span class="chip">
            {filter.label} " " <b>{word}</b>
            <button
                type="button"
                class="chip-off"
                aria-label=off
                on:click=move |_| on_set.run((filter.key.clone(), None))
            >
                {icon(Icon::Close)}
            </button>
        </span>
    }
    .into_any()
}

fn unset_filter(filter: Filter, on_set: Callback<(String, Option<String>)>) -> AnyView {
    let mut options = vec![(String::new(), filter.label.clone())];
    options.extend(filter.options);
    let key = filter.key;
    let choose = move |value: String| {
        if !value.is_empty() {
            on_set.run((key.clone(), Some(value)));
        }
    };
    view! { <Select label=filter.label options=options chosen=String::new() on_choose=choose /> }.into_any()
}
