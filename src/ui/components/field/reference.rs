//! A record of another ledger, found by its name or by the pinyin initials of its name.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::{Label, framed};
use crate::order::Arrange;
use crate::ui::components::button::Button;
use crate::ui::components::icon::{Icon, icon};
use crate::ui::components::portion::more;
use crate::ui::dom::{composing, focused, still_composing};
use crate::view::pinyin::best_first;
use crate::view::portion::{Portion, ROWS};
use crate::view::route::Address;

/// A record that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefOption {
    /// What the field keeps.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of the same name: its unit or district; may be empty.
    pub note: String,
    /// Of another unit than the record in the form: listed after those of the same.
    pub far: bool,
}

/// Where that is registered which a reference can point to, if nothing is yet.
#[derive(Clone)]
pub struct RefSource {
    /// `还没有登记流动党员`.
    pub empty: String,
    /// What the way to register one is called.
    pub act: String,
    /// The form of a new one.
    pub form: Address,
    /// The key under which the form takes what was typed here; empty if it takes none.
    pub key: String,
    /// What such records are called: `流动党员`.
    pub label: &'static str,
    /// Registers one of the typed name in the form itself.
    pub spot: Option<Callback<String>>,
}

/// A reference picker; what is committed is the key of the picked record, or nothing.
#[component]
pub fn ReferenceField(
    label: Label,
    /// Asked for only while the list is open.
    #[prop(into)]
    options: Signal<Vec<RefOption>>,
    /// Name of the picked record; empty for none.
    #[prop(into)]
    name: Signal<String>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<String>,
    /// Said instead of hits while there is nothing to pick.
    source: Option<RefSource>,
) -> AnyView {
    let control = picker(&label, options, name, error, on_commit, source);
    framed(&label, error, control)
}

/// Several references: the picked ones as chips, and a picker for one more.
#[component]
pub fn ManyReferenceField(
    label: Label,
    /// Asked for only while the list is open.
    #[prop(into)]
    options: Signal<Vec<RefOption>>,
    /// Key and name of the picked ones.
    #[prop(into)]
    chosen: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(into)] on_commit: Callback<Vec<String>>,
    /// Said instead of hits while there is nothing to pick.
    source: Option<RefSource>,
) -> AnyView {
    let keys = move || {
        chosen
            .get_untracked()
            .into_iter()
            .map(|(key, _)| key)
            .collect::<Vec<_>>()
    };
    let rest = Signal::derive(move || {
        let chosen = chosen.get();
        let mut options = options.get();
        options.retain(|option| chosen.iter().all(|(key, _)| *key != option.key));
        options
    });
    let add = move |key: String| {
        let mut keys = keys();
        if !key.is_empty() {
            keys.push(key);
            on_commit.run(keys);
        }
    };
    let take_off = move |key: &str| {
        let mut keys = keys();
        keys.retain(|other| other != key);
        on_commit.run(keys);
    };
    let limit = RwSignal::new(ROWS);
    let chips = move || {
        let portion = Portion::of(chosen.read().len(), limit.get());
        let chips = chosen.get().into_iter().take(portion.shown).map(|(key, name)| {
            let off = format!("去掉 {name}");
            view! {
                <span class="chip">
                    <b>{name}</b>
                    <button type="button" class="chip-off" aria-label=off on:click=move |_| take_off(&key)>
                        {icon(Icon::Close)}
                    </button>
                </span>
            }
        });
        view! { {chips.collect_view()} {more(portion, ROWS, limit)} }
    };
    let control = picker(
        &label,
        rest,
        Signal::stored(String::new()),
        error,
        Callback::new(add),
        source,
    );
    let control = view! { <div class="filters picked">{chips}</div> {control} };
    framed(&label, error, control.into_any())
}

fn picker(
    label: &Label,
    options: Signal<Vec<RefOption>>,
    name: Signal<String>,
    error: Signal<String>,
    on_commit: Callback<String>,
    source: Option<RefSource>,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let open = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let hits = Memo::new(move |_| {
        let mut found = best_first(&words.read(), options.get(), |option| {
            (option.name.as_str(), option.note.as_str())
        });
        found.arrange_by_key(|option| option.far);
        // Typing on narrows them.
        found.truncate(ROWS);
        found
    });
    // What was typed and means nothing here; it stays to be looked at.
    let stray = RwSignal::new(String::new());
    Effect::new(move |_| {
        let name = name.get();
        if let (Some(input), false, true) = (input.get(), open.get(), stray.read().is_empty()) {
            input.set_value(&name);
        }
    });
    let shut = move || {
        open.set(false);
        words.set(String::new());
        at.set(0);
    };
    let pick = move |key: String| {
        stray.set(String::new());
        on_commit.run(key);
        shut();
    };
    let spot = source.as_ref().and_then(|source| Some((source.label, source.spot?)));
    // That what was typed can be registered here; none of the hits is called so.
    let offer = Memo::new(move |_| {
        let (label, _) = spot?;
        let words = words.read();
        let typed = words.trim();
        let known = hits.read().iter().any(|hit| hit.name == typed);
        (!typed.is_empty() && !known).then(|| format!("没有“{typed}”，先登记为{label}"))
    });
    let begin = move |name: String| {
        stray.set(String::new());
        shut();
        if let Some((_, begin)) = spot {
            begin.run(name);
        }
    };
    let register = move || begin(words.with_untracked(|words| words.trim().to_owned()));
    // What was typed and left without a choice is taken if it means one record.
    let settle = move || {
        match input_text(input).trim() {
            "" => on_commit.run(String::new()),
            text => match only_one(&hits.read_untracked(), text) {
                Some(key) => on_commit.run(key),
                None if name.read_untracked().is_empty() => stray.set(text.to_owned()),
                None => {}
            },
        }
        shut();
    };
    let take = move |text: String| {
        stray.set(String::new());
        words.set(text);
        at.set(0);
        open.set(true);
        // An input method may hand over its text after the field was left.
        let element = input.get_untracked();
        let left = element.is_some_and(|input| focused().as_ref() != Some(&input));
        if left {
            settle();
        }
    };
    let typed = move |ev: leptos::ev::Event| {
        if !still_composing(&ev) {
            take(event_target_value(&ev));
        }
    };
    let leave = move |_| {
        if open.get_untracked() {
            settle();
        } else {
            shut();
        }
    };
    let keys = move |event: KeyboardEvent| {
        let chosen = move |place: usize| {
            let hit = hits.read_untracked().get(place).map(|hit| hit.key.clone());
            match hit {
                Some(key) => pick(key),
                None if offer.read_untracked().is_some() => register(),
                None => {}
            }
        };
        let count = hits.read_untracked().len() + usize::from(offer.read_untracked().is_some());
        pick_by_key(&event, count, at, open, chosen, shut);
    };
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
                aria-required=(!label.optional).then_some("true")
                on:input=typed
                on:compositionend=move |_| take(input_text(input))
                on:click=move |_| open.set(true)
                on:keydown=keys
                on:blur=leave
            />
            <Show when=move || open.get()>
                <ul class="menu" role="listbox" id=list_id.clone()>{
                    let list = list_id.clone();
                    let source = source.clone();
                    move || match source.clone().filter(|_| options.read().is_empty() && offer.read().is_none()) {
                        Some(source) => nothing_yet(&source, &words.read()),
                        None => {
                            let offer = offer.get();
                            let hits = hits.get();
                            let place = hits.len();
                            let none = hits.is_empty() && offer.is_some();
                            let rows = (!none).then(|| listed(hits, &list, at, Callback::new(pick)));
                            // The last row: what was typed is registered.
                            let offer = offer.map(|words| row((&list, place), at, words.into_any(), register));
                            view! { {rows} {offer} }.into_any()
                        }
                    }
                }</ul>
            </Show>
            <Show when=move || !stray.read().is_empty()>
                <span class="field-hint" role="status">
                    {move || format!("“{}”不在名单里，还没有选中", stray.read())}
                </span>
                {spot.map(|(label, _)| {
                    let press = move |()| begin(stray.get_untracked());
                    view! { <Button label=format!("先登记为{label}") on_press=press /> }
                })}
            </Show>
        </div>
    };
    control.into_any()
}

/// The hit that a text means: the one of exactly this name, or the only hit. Those of the same unit come first, and where
/// there are some, no other is meant.
fn only_one(hits: &[RefOption], text: &str) -> Option<String> {
    let near = hits.iter().take_while(|hit| !hit.far).count();
    let hits = if near > 0 { &hits[..near] } else { hits };
    let mut exact = hits.iter().filter(|hit| hit.name == text);
    match (exact.next(), exact.next(), hits) {
        (Some(hit), None, _) | (None, _, [hit]) => Some(hit.key.clone()),
        _ => None,
    }
}

fn input_text(input: NodeRef<html::Input>) -> String {
    input.get_untracked().map(|input| input.value()).unwrap_or_default()
}

/// That there is nothing to pick yet, and the way to register it. What was typed stays in the field until then.
fn nothing_yet(source: &RefSource, words: &str) -> AnyView {
    let (empty, word) = (source.empty.clone(), source.act.clone());
    let form = source.form.clone();
    let href = match source.key.is_empty() {
        true => form,
        false => form.with(&source.key, words.trim()),
    };
    let href = href.hash();
    // The field must not lose the focus before the click.
    let hold = |event: leptos::ev::MouseEvent| event.prevent_default();
    view! {
        <li class="menu-empty" role="presentation">
            {empty} " " <a href=href on:mousedown=hold>{word}</a>
        </li>
    }
    .into_any()
}

fn listed(hits: Vec<RefOption>, list: &str, at: RwSignal<usize>, pick: Callback<String>) -> AnyView {
    if hits.is_empty() {
        return view! { <li class="menu-empty">"没有找到，换个名称或首字母"</li> }.into_any();
    }
    let rows = hits.into_iter().enumerate().map(|(place, hit)| {
        let words = view! { {hit.name} <span class="small">{hit.note}</span> }.into_any();
        row((list, place), at, words, move || pick.run(hit.key.clone()))
    });
    rows.collect_view().into_any()
}

/// A row of the list, at its place.
fn row((list, place): (&str, usize), at: RwSignal<usize>, words: AnyView, press: impl Fn() + 'static) -> AnyView {
    let selected = move || if at.get() == place { "true" } else { "false" };
    // The field must not lose the focus before the click; a touch that scrolls the list is no click.
    let hold = |event: leptos::ev::MouseEvent| event.prevent_default();
    view! {
        <li
            class="menu-item"
            role="option"
            id=format!("{list}-{place}")
            aria-selected=selected
            on:mousedown=hold
            on:click=move |_| press()
        >
            {words}
        </li>
    }
    .into_any()
}

fn pick_by_key(
    event: &KeyboardEvent,
    count: usize,
    at: RwSignal<usize>,
    open: RwSignal<bool>,
    pick: impl Fn(usize),
    shut: impl Fn(),
) {
    if composing(event) {
        return;
    }
    let last = count.saturating_sub(1);
    match event.key().as_str() {
        "ArrowDown" if !open.get_untracked() => open.set(true),
        "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
        "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
        "Enter" if open.get_untracked() => pick(at.get_untracked()),
        "Escape" if open.get_untracked() => shut(),
        _ => return,
    }
    event.prevent_default();
}
