//! Short messages at the bottom that can take back what was done.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::ui::dom::{next_frame, set_root};
use crate::view::route::{Address, Route};
use crate::view::show;

/// How long a message stays once nothing holds it.
const STAY: Duration = Duration::from_secs(8);
/// Longer messages, in characters, are cut.
const LONGEST: usize = 160;
/// More messages than this push the oldest out.
const AT_ONCE: usize = 2;

/// Takes back what a message tells of. Not a [`Callback`]: those end with the page that made them, and a message
/// outlives it.
pub type Undo = Arc<dyn Fn() + Send + Sync>;

/// One message.
#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    undo: Option<Undo>,
}

/// Where pages put messages. Copies are the same list.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// An empty list.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }

    /// Shows one sentence; with `undo` it offers 撤销.
    pub fn say(self, text: impl Into<String>, undo: Option<Undo>) {
        self.push(show::brief(&text.into(), LONGEST), undo);
    }

    fn push(self, text: String, undo: Option<Undo>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.list.update(|list| {
            // 撤销 takes back the last step, so only the last message may offer it.
            if undo.is_some() {
                list.retain(|toast| toast.undo.is_none());
            }
            list.push(Toast { id, text, undo });
            let extra = list.len().saturating_sub(AT_ONCE);
            list.drain(..extra);
        });
    }

    /// Takes away what offers 撤销: something else has been done since, or the step itself was taken back.
    pub fn settle(self) {
        self.list.update(|list| list.retain(|toast| toast.undo.is_none()));
    }

    fn drop(self, id: u32) {
        // The list may be gone when a timer fires after the page was taken down.
        let _ = self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

/// The place of the messages, once per page. On phones they lie below the top bar: a page that is opened meanwhile, or
/// seen from its top, begins below them, until the next page is opened.
#[component]
pub fn ToastHost(toasts: Toasts, address: Signal<Address>) -> AnyView {
    Effect::new(move |before: Option<(Route, usize)>| {
        let now = (address.read().route.clone(), toasts.list.read().len());
        if let Some((route, count)) = before {
            let turned = !route.same_page(&now.0);
            if turned || now.1 > count {
                // After the page has its place and is scrolled to where it begins.
                next_frame(move || {
                    next_frame(move || make_room(toasts, turned));
                });
            }
        }
        now
    });
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts.list.get()
                key=|toast| toast.id
                children=move |toast| view! { <ToastCard toast toasts /> }
            />
        </div>
    }
    .into_any()
}

/// Lets the page begin below the messages. A message that comes while a page is read further down moves nothing.
fn make_room(toasts: Toasts, turned: bool) {
    const TOP: f64 = 120.0;
    if turned || window().scroll_y().unwrap_or_default() <= TOP {
        let told = toasts
            .list
            .try_with_untracked(|list| !list.is_empty())
            .unwrap_or_default();
        set_root("data-told", if told { "yes" } else { "" });
    }
}

#[component]
fn ToastCard(toast: Toast, toasts: Toasts) -> AnyView {
    let id = toast.id;
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(Some(handle)) = timer.try_update_value(Option::take) {
            handle.clear();
        }
    };
    let release = move || {
        hold();
        timer.set_value(set_timeout_with_handle(move || toasts.drop(id), STAY).ok());
    };
    release();
    on_cleanup(hold);
    let undo = toast.undo.map(|undo| {
        view! {
            <button type="button" class="toast-undo" on:click=move |_| {
                toasts.drop(id);
                undo();
            }>
                "撤销"
            </button>
        }
    });
    view! {
        <div
            class="toast"
            on:pointerenter=move |_| hold()
            on:pointerleave=move |_| release()
            on:focusin=move |_| hold()
            on:focusout=move |_| release()
        >
            <span>{toast.text}</span>
            {undo}
        </div>
    }
    .into_any()
}
