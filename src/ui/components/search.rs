//! Search over everything: units, people, matters.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Icon;
use crate::ui::dom::{composing, focus, next_id};
use crate::view::text;

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// Its name.
    pub text: String,
    /// What it is: `村`, `书记`, `夜话`.
    pub kind: String,
    /// Where it is shown.
    pub href: String,
}

/// The id of the field in the top bar, for the `/` key.
pub const FIELD: &str = "search-field";

/// The search field with its list of hits.
#[component]
pub fn Search(
    /// Finds hits for what was typed, best first.
    search: Callback<String, Vec<SearchHit>>,
    /// Called when a hit was chosen or the field was left by `Esc`.
    #[prop(into)]
    on_done: Callback<()>,
    /// Takes the focus at once; for the search that lies over the page.
    #[prop(optional)]
    at_once: bool,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let words = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let hits = Memo::new(move |_| {
        let words = words.get();
        if words.trim().is_empty() {
            Vec::new()
        } else {
            search.run(words)
        }
    });
    let clear = move || {
        words.set(String::new());
        at.set(0);
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let done = move || {
        clear();
        on_done.run(());
    };
    let keys = move |event: KeyboardEvent| {
        if composing(&event) {
            return;
        }
        let last = hits.read_untracked().len().saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                let href = hits
                    .read_untracked()
                    .get(at.get_untracked())
                    .map(|hit| hit.href.clone());
                let Some(href) = href else { return };
                let _ = window().location().set_hash(&href);
                done();
            }
            "Escape" => {
                if let Some(input) = input.get_untracked() {
                    let _ = input.blur();
                }
                done();
            }
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move |_| {
        if let (true, Some(input)) = (at_once, input.get()) {
            focus(&input);
        }
    });
    let list = next_id("hits");
    let open = move || !words.read().trim().is_empty();
    let active = {
        let list = list.clone();
        move || open().then(|| format!("{list}-{}", at.get()))
    };
    view! {
        <div class="search" role="search">
            <input
                class="search-field"
                type="search"
                role="combobox"
                autocomplete="off"
                id=(!at_once).then_some(FIELD)
                node_ref=input
                placeholder=text::SEARCH
                aria-label=text::SEARCH
                aria-autocomplete="list"
                aria-expanded=move || if open() { "true" } else { "false" }
                aria-controls=list.clone()
                aria-activedescendant=active
                on:input=move |ev| {
                    words.set(event_target_value(&ev));
                    at.set(0);
                }
                on:keydown=keys
                on:blur=move |_| if !at_once { clear() }
            />
            <kbd aria-hidden="true">"/"</kbd>
            <Show when=open>
                <ul class="menu" role="listbox" id=list.clone()>{
                    let list = list.clone();
                    move || rows(hits.get(), &list, at, Callback::new(move |()| done()))
                }</ul>
            </Show>
        </div>
    }
    .into_any()
}

fn rows(hits: Vec<SearchHit>, list: &str, at: RwSignal<usize>, done: Callback<()>) -> AnyView {
    if hits.is_empty() {
        return view! { <li class="menu-empty">"没有找到，换个名称或拼音首字母"</li> }.into_any();
    }
    let rows = hits.into_iter().enumerate().map(|(place, hit)| {
        let selected = move || if at.get() == place { "true" } else { "false" };
        let press = move |event: leptos::ev::PointerEvent| {
            event.prevent_default();
            let _ = window().location().set_hash(&hit.href);
            done.run(());
        };
        view! {
            <li class="menu-item" role="option" id=format!("{list}-{place}") aria-selected=selected on:pointerdown=press>
                {hit.text} <span class="small">{hit.kind}</span>
            </li>
        }
    });
    rows.collect_view().into_any()
}

/// The search over the page, where the top bar has no room for the field.
#[component]
pub fn SearchOver(search: Callback<String, Vec<SearchHit>>, #[prop(into)] on_close: Callback<()>) -> AnyView {
    view! {
        <div class="search-over">
            <Search search on_done=on_close at_once=true />
            <IconButton icon=Icon::Close label="关闭搜索" on_press=on_close />
        </div>
    }
    .into_any()
}
