//! The application: address, heading, keyboard, frame, page.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, FocusOptions, History, HtmlInputElement, ScrollRestoration};

use super::components::frame::{Frame, FrameState, Head};
use super::components::search::FIELD;
use super::components::toast::{ToastHost, Toasts};
use super::dom::{composing, focus_id, next_frame, root, set_root, styled, typing};
use super::pages;
use super::parts::{self, Part, PartRequest};
use super::screen::{TextSize, Theme, use_screen, watch};
use crate::view::route::{Address, Route};
use crate::view::text::{document_title, title};

/// What pages do with the frame and the address. Copies are the same.
#[derive(Clone, Copy)]
pub struct Shell {
    /// Where the person is.
    pub address: ReadSignal<Address>,
    set_address: WriteSignal<Address>,
    /// What the page asks of the frame; set to the route's plain title before each page.
    pub head: RwSignal<Head>,
    /// Short messages.
    pub toasts: Toasts,
    /// An address that the address bar does not show yet: what it showed, and what it will.
    late: StoredValue<Option<(String, String)>>,
    /// From where the entry of the history was opened, if that was on this page.
    stepped: StoredValue<Option<Route>>,
    /// The coming entry takes the place of this one.
    replaced: StoredValue<bool>,
}

/// The shell, from the context that [`App`] provides.
///
/// Outside of [`App`] it is a shell of its own that shows nothing.
pub fn use_shell() -> Shell {
    use_context::<Shell>().unwrap_or_else(|| Shell::new(Toasts::new()))
}

impl Shell {
    fn new(toasts: Toasts) -> Self {
        let (address, set_address) = signal(current_address());
        Self {
            address,
            set_address,
            head: RwSignal::new(Head::default()),
            toasts,
            late: StoredValue::new(None),
            stepped: StoredValue::new(None),
            replaced: StoredValue::new(false),
        }
    }

    /// Leaves a form that is done: back to `home` or to the page of tasks, of a unit or of a district where it was opened
    /// there, else to `home` in its place. Either way nobody comes to the form again by going back.
    pub fn go_back(self, home: Route) {
        self.catch_up();
        let before = self.stepped.get_value();
        if before.is_some_and(|before| before.begins_forms() || before.same_page(&home))
            && let Ok(history) = window().history()
        {
            let _ = history.back();
        } else {
            let to = self.address.read_untracked().go(home);
            self.replaced.set_value(true);
            let _ = window().location().replace(&to.hash());
        }
    }

    /// Goes to an address, as a link does.
    pub fn go(self, to: &Address) {
        self.catch_up();
        let _ = window().location().set_hash(&to.hash());
    }

    /// Goes to a page and keeps the period and the day of the figures.
    pub fn go_to(self, route: Route) {
        let to = self.address.read_untracked().go(route);
        self.go(&to);
    }

    /// Changes how the page is looked at without a new step in the history, for filters and sorting.
    pub fn refine(self, to: Address) {
        // Browsers take milliseconds for it, and some allow it only so often: the page changes first, and of changes in
        // one go, as by a slider, the last one counts.
        let before = self.late.try_update_value(Option::take).flatten();
        let shown = before.map_or_else(hash, |(shown, _)| shown);
        self.late.set_value(Some((shown, to.hash())));
        set_timeout(move || self.catch_up(), Duration::ZERO);
        self.set_address.set(to);
    }

    /// Brings the address bar up to date, unless the person has gone on meanwhile.
    fn catch_up(self) {
        let late = self.late.try_update_value(Option::take).flatten();
        if let (Some((shown, to)), Ok(history)) = (late, window().history())
            && shown == hash()
        {
            let state = history.state().unwrap_or(JsValue::NULL);
            let _ = history.replace_state_with_url(&state, "", Some(&to));
        }
    }

    /// Sets one query value in place; an empty one is taken out.
    pub fn refine_query(self, key: &str, value: &str) {
        let to = self.address.get_untracked().with(key, value);
        self.refine(to);
    }
}

/// Settings of this browser that the shell itself knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Text size.
    pub size: TextSize,
    /// Colours.
    pub theme: Theme,
}

/// What stands between the address and its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// Nothing: the address says what is shown.
    #[default]
    Open,
    /// The records are being read: only the overview can be shown.
    Opening,
    /// There is no data yet: the overview is the first steps.
    FirstUse,
    /// Data that should be there is not; a person must decide first.
    Recovery,
}

/// The whole page.
#[component]
pub fn App(
    frame: FrameState,
    /// Short messages.
    toasts: Toasts,
    /// As they were kept.
    looks: Looks,
    /// Keeps them; called whenever one changes.
    #[prop(into)]
    on_looks: Callback<Looks>,
    /// Ctrl+Z outside of a field.
    #[prop(into)]
    on_undo: Callback<()>,
    /// Ctrl+Shift+Z or Ctrl+Y outside of a field.
    #[prop(into)]
    on_redo: Callback<()>,
    /// What stands between the address and its page.
    #[prop(into)]
    gate: Signal<Gate>,
) -> AnyView {
    let screen = watch(looks.size, looks.theme);
    let shell = Shell::new(toasts);
    provide_context(shell);
    let heading = NodeRef::<html::H1>::new();
    let searching = RwSignal::new(false);
    Effect::new(move |before: Option<Looks>| {
        let now = Looks {
            size: screen.size.get(),
            theme: screen.theme.get(),
        };
        if before.is_some_and(|before| before != now) {
            on_looks.run(now);
        }
        now
    });
    Effect::new(move |_| document().set_title(&document_title(&shell.head.read().title)));
    follow_address(shell, heading);
    let keys = window_event_listener(ev::keydown, move |event| {
        global_key(&event, searching, on_undo, on_redo)
    });
    on_cleanup(move || keys.remove());
    let shown = Memo::new_with_compare(
        move |_| {
            let route = shell.address.read().route.clone();
            match gate.get() {
                // The figures take the place of their first look; the page stays.
                Gate::Opening if route == Route::Overview => (Gate::Open, route),
                gate => (gate, route),
            }
        },
        |before: Option<&(Gate, Route)>, now| match (before, now) {
            (Some(before), Some(now)) => before.0 != now.0 || !before.1.same_page(&now.1),
            _ => true,
        },
    );
    let page = move || {
        let (gate, mut route) = shown.get();
        if gate == Gate::Recovery && route != Route::Help {
            use_screen().big.set(false);
            shell.head.set(Head::titled("找回数据"));
            return untrack(|| parts::shown(Part::Office, || PartRequest::Recovery));
        }
        if gate == Gate::Opening {
            shell.head.set(Head::titled(title(&route)));
            return parts::waiting();
        }
        if gate == Gate::FirstUse && route == Route::Overview {
            route = Route::Start;
        }
        use_screen().big.set(route == Route::Screen);
        shell.head.set(Head {
            bare: route == Route::Screen,
            ..Head::titled(title(&route))
        });
        untrack(|| pages::page(route))
    };
    view! {
        <Frame state=frame address=shell.address.into() head=shell.head.into() heading searching>
            {page}
        </Frame>
        <ToastHost toasts=shell.toasts address=shell.address.into() />
    }
    .into_any()
}

/// Where the address names no page, goes to one, without a step in the history.
pub fn begin_at(home: impl FnOnce() -> Route) {
    if !hash().is_empty() {
        return;
    }
    let home = home();
    if home != Route::Overview
        && let Ok(history) = window().history()
    {
        let to = Address::from(home).hash();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&to));
    }
}

/// Where the address bar stands.
pub fn current_address() -> Address {
    Address::parse(&hash())
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// How far a history entry was scrolled: the page, and the frame that scrolls inside it.
#[derive(Clone, Copy, Default)]
struct Scrolled {
    page: f64,
    inner: i32,
}

/// Keeps the address signal equal to the address bar. A step to another page moves the focus to its heading; a step
/// back also brings the scroll position back.
fn follow_address(shell: Shell, heading: NodeRef<html::H1>) {
    let Ok(history) = window().history() else {
        return;
    };
    let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    let next = StoredValue::new(0_u32);
    let entry = StoredValue::new(mark_entry(&history, next).0);
    let positions = StoredValue::new(BTreeMap::<u32, Scrolled>::new());
    let opened = StoredValue::new(BTreeMap::<u32, Route>::new());
    let heard = window_event_listener(ev::hashchange, move |_| {
        let Ok(history) = window().history() else {
            return;
        };
        positions.update_value(|all| {
            all.insert(entry.get_value(), scrolled());
        });
        let (now, known) = mark_entry(&history, next);
        entry.set_value(now);
        if !known && !shell.replaced.get_value() {
            opened.update_value(|all| {
                all.insert(now, shell.address.read_untracked().route.clone());
            });
        }
        shell.replaced.set_value(false);
        shell.stepped.set_value(opened.with_value(|all| all.get(&now).cloned()));
        let to = current_address();
        let same = shell.address.read_untracked().route.same_page(&to.route);
        shell.set_address.set(to);
        if same {
            return;
        }
        let target = if known {
            positions.with_value(|all| all.get(&now).copied())
        } else {
            None
        };
        // One frame for the page to be there, one for its layout.
        request_animation_frame(move || {
            request_animation_frame(move || {
                // A panel that came with the page, or a person who was quick, has taken the focus already: the page, or the
                // search, which would be emptied.
                // It may be on the map, which is no HTML element.
                let taken = document().active_element().is_some_and(|element| {
                    let typing = element
                        .dyn_ref::<HtmlInputElement>()
                        .is_some_and(|field| !field.value().is_empty());
                    typing || element.closest(".panel, main *").is_ok_and(|place| place.is_some())
                });
                if let (Some(heading), false) = (heading.get_untracked(), taken) {
                    let options = FocusOptions::new();
                    options.set_prevent_scroll(true);
                    let _ = heading.focus_with_options(&options);
                }
                scroll_to(target.unwrap_or_default());
            });
        });
    });
    on_cleanup(move || heard.remove());
}

/// The number of the current history entry, and whether it had one already. New entries get the next number.
fn mark_entry(history: &History, next: StoredValue<u32>) -> (u32, bool) {
    let known = history.state().ok().and_then(|state| state.as_f64());
    if let Some(number) = known {
        // Numbers were written below, so they are whole and small.
        let number = number as u32;
        next.update_value(|next| *next = (*next).max(number + 1));
        return (number, true);
    }
    let number = next.get_value();
    next.set_value(number + 1);
    let _ = history.replace_state(&JsValue::from_f64(f64::from(number)), "");
    (number, false)
}

fn inner_frame() -> Option<Element> {
    document().query_selector("[data-keep-scroll]").ok().flatten()
}

fn scrolled() -> Scrolled {
    Scrolled {
        page: window().scroll_y().unwrap_or_default(),
        inner: inner_frame().map(|frame| frame.scroll_top()).unwrap_or_default(),
    }
}

fn scroll_to(target: Scrolled) {
    window().scroll_to_with_x_and_y(0.0, target.page);
    if let Some(frame) = inner_frame() {
        frame.set_scroll_top(target.inner);
    }
}

/// Keys that work on every page: `/` searches, Ctrl+Z takes back, Ctrl+Shift+Z and Ctrl+Y do again.
fn global_key(event: &KeyboardEvent, searching: RwSignal<bool>, on_undo: Callback<()>, on_redo: Callback<()>) {
    if composing(event) || typing(event) || event.default_prevented() || event.alt_key() {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "/" if !command => {
            if root("data-width") == "wide" {
                focus_id(FIELD);
            } else {
                searching.set(true);
            }
        }
        "z" | "Z" if command && !event.shift_key() => on_undo.run(()),
        "z" | "Z" | "y" | "Y" if command => on_redo.run(()),
        _ => return,
    }
    event.prevent_default();
}

/// Marks the root once the first page is there, its part and its style sheet included, and goes on with `then`.
pub fn when_ready(then: Box<dyn FnOnce()>) {
    // One frame for the effects; before the next one the page is drawn.
    next_frame(|| ready_with_next_frame(then));
}

fn ready_with_next_frame(then: Box<dyn FnOnce()>) {
    next_frame(|| {
        if parts::page_is_coming() || !styled() {
            ready_with_next_frame(then);
        } else {
            set_root("data-ready", "yes");
            // Not before: what the first page does not need must not keep it waiting.
            then();
        }
    });
}
