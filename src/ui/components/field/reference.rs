//! A record of another ledger, found by its name or by the pinyin initials of its name.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::{Label, framed};
use crate::ui::dom::composing;
use crate::view::pinyin::matches;

/// More hits than this are not listed; typing on narrows them.
const LISTED: usize = 50;

/// A record that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefOption {
    /// What the field keeps.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of the same name: its unit or district; may be empty.
    pub note: String,
}

/// A reference picker; the value is the key of the picked record, or empty.
#[component]
pub fn ReferenceField(
    label: Label,
    #[prop(into)] options: Signal<Vec<RefOption>>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let open = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let name = Memo::new(move |_| {
        let value = value.read();
        options
            .read()
            .iter()
            .find(|option| option.key == *value)
            .map(|option| option.name.clone())
            .unwrap_or_default()
    });
    let hits = Memo::new(move |_| {
        let words = words.read();
        let options = options.read();
        let found = options
            .iter()
            .filter(|option| matches(&words, &option.name) || matches(&words, &option.note));
        found.take(LISTED).cloned().collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        let name = name.get();
        if let (Some(input), false) = (input.get(), open.get()) {
            input.set_value(&name);
        }
    });
    let shut = move || {
        open.set(false);
        words.set(String::new());
        at.set(0);
    };
    let pick = move |key: String| {
        on_commit.run(key);
        shut();
    };
    let typed = move |ev| {
        words.set(event_target_value(&ev));
        at.set(0);
        open.set(true);
    };
    let leave = move |_| {
        if words.read_untracked().is_empty() && open.get_untracked() && input_text(input).is_empty() {
            on_commit.run(String::new());
        }
        shut();
    };
    let keys = move |event: KeyboardEvent| pick_by_key(&event, hits, at, open, pick, shut);
    let list_id = format!("{}-list", label.id);
    let active = {
        let list = list_id.clone();
        move || open.get().then(|| format!("{list}-{}", at.get()))
    };
    let control = view! {
        <div class="picker">
            <input
                class="input"
                type="text"
                role="combobox"
                autocomplete="off"
                placeholder="名称或拼音首字母"
                id=label.id.clone()
                node_ref=input
                aria-autocomplete="list"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=list_id.clone()
                aria-activedescendant=active
                aria-invalid=move || (!error.read().is_empty()).then_some("true")
                aria-describedby=label.described(error)
                on:input=typed
                on:click=move |_| open.set(true)
                on:keydown=keys
                on:blur=leave
            />
            <Show when=move || open.get()>
                <ul class="menu" role="listbox" id=list_id.clone()>{
                    let list = list_id.clone();
                    move || listed(hits.get(), &list, at, Callback::new(pick))
                }</ul>
            </Show>
        </div>
    };
    framed(&label, error, control.into_any())
}

fn input_text(input: NodeRef<html::Input>) -> String {
    input.get_untracked().map(|input| input.value()).unwrap_or_default()
}

fn listed(hits: Vec<RefOption>, list: &str, at: RwSignal<usize>, pick: Callback<String>) -> AnyView {
    if hits.is_empty() {
        return view! { <li class="menu-empty">"没有找到，换个名称或首字母"</li> }.into_any();
    }
    let rows = hits.into_iter().enumerate().map(|(place, hit)| {
        let selected = move || if at.get() == place { "true" } else { "false" };
        // Pressed, not clicked: the field must not lose the focus first.
        let press = move |event: leptos::ev::PointerEvent| {
            event.prevent_default();
            pick.run(hit.key.clone());
        };
        view! {
            <li class="menu-item" role="option" id=format!("{list}-{place}") aria-selected=selected on:pointerdown=press>
                {hit.name} <span class="small">{hit.note}</span>
            </li>
        }
    });
    rows.collect_view().into_any()
}

fn pick_by_key(
    event: &KeyboardEvent,
    hits: Memo<Vec<RefOption>>,
    at: RwSignal<usize>,
    open: RwSignal<bool>,
    pick: impl Fn(String),
    shut: impl Fn(),
) {
    if composing(event) {
        return;
    }
    let last = hits.read_untracked().len().saturating_sub(1);
    match event.key().as_str() {
        "ArrowDown" if !open.get_untracked() => open.set(true),
        "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
        "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
        "Enter" if open.get_untracked() => {
            let hit = hits.read_untracked().get(at.get_untracked()).map(|hit| hit.key.clone());
            if let Some(key) = hit {
                pick(key);
            }
        }
        "Escape" if open.get_untracked() => shut(),
        _ => return,
    }
    event.prevent_default();
}
