//! Search over everything: units, people, matters.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Icon;
use crate::ui::dom::{composing, focus, next_id};
use crate::ui::parts::{self, Part, PartRequest};
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

/// What the field and its list of hits share. Copies are the same.
#[derive(Clone, Copy)]
pub struct Searching {
    /// What was typed.
    words: RwSignal<String>,
    /// Which hit the arrow keys have come to.
    at: RwSignal<usize>,
    /// The addresses of the hits in the list; none while it is on its way.
    found: StoredValue<Vec<String>>,
    /// The id of the list.
    list: StoredValue<String>,
    /// Called when a hit was chosen.
    done: Callback<()>,
}

/// The search field; its list of hits comes with the part that finds them.
#[component]
pub fn Search(
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
    let found = StoredValue::new(Vec::<String>::new());
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
        let found = if words.read_untracked().trim().is_empty() {
            Vec::new()
        } else {
            found.get_value()
        };
        let last = found.len().saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                let Some(href) = found.get(at.get_untracked()) else {
                    return;
                };
                let _ = window().location().set_hash(href);
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
    let searching = Searching {
        words,
        at,
        found,
        list: StoredValue::new(list.clone()),
        done: Callback::new(move |()| done()),
    };
    let hits = move || parts::shown(Part::Records, move || PartRequest::Hits(searching));
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
                <ul class="menu" role="listbox" id=list.clone()>{hits()}</ul>
            </Show>
        </div>
    }
    .into_any()
}

/// The list of hits, anew for other words; `search` gives them best first.
pub fn hits(searching: Searching, search: impl Fn(String) -> Vec<SearchHit> + Send + 'static) -> AnyView {
    let list = searching.list.get_value();
    (move || {
        let words = searching.words.get();
        let hits = if words.trim().is_empty() {
            Vec::new()
        } else {
            search(words)
        };
        searching
            .found
            .set_value(hits.iter().map(|hit| hit.href.clone()).collect());
        rows(hits, &list, searching.at, searching.done)
    })
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
pub fn SearchOver(#[prop(into)] on_close: Callback<()>) -> AnyView {
    view! {
        <div class="search-over">
            <Search on_done=on_close at_once=true />
            <IconButton icon=Icon::Close label="关闭搜索" on_press=on_close />
        </div>
    }
    .into_any()
}
