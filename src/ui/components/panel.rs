//! Details beside the page: a column where there is room, over the page where not, a sheet on phones.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::button::IconButton;
use super::icon::Icon;
use crate::ui::dom::{composing, focus, focus_instead, focused, next_id};
use crate::ui::screen::{Width, use_screen};

/// A drag of the grip by this many CSS pixels opens the sheet, or closes it one step.
const DRAG: i32 = 36;

/// The side panel. It takes the focus when it opens and gives it back to what opened it; `Esc` closes it.
#[component]
pub fn SidePanel(
    #[prop(into)] title: Signal<String>,
    /// One line under the title; may be empty.
    #[prop(optional, into)]
    about: Signal<String>,
    #[prop(into)] on_close: Callback<()>,
    /// Acts that stay in sight at the bottom.
    #[prop(optional, into)]
    acts: ViewFn,
    /// Always over the page, also where there is room beside it.
    #[prop(optional)]
    over: bool,
    /// On phones it starts as a low sheet that leaves the page in use.
    #[prop(optional)]
    peek: bool,
    children: Children,
) -> AnyView {
    let screen = use_screen();
    let peeking = RwSignal::new(peek);
    let on_phone = move || screen.width.get() == Width::Phone;
    let covers = move || (over || screen.width.get() != Width::Wide) && !(peeking.get() && on_phone());
    let heading = next_id("panel");
    let panel = NodeRef::<html::Aside>::new();
    if peek {
        not_lost(panel);
    } else {
        give_focus_back();
    }
    Effect::new(move |_| {
        if let Some(panel) = panel.get()
            && !(peek && on_phone())
            && let Ok(Some(heading)) = panel.query_selector("h2")
            && let Ok(heading) = heading.dyn_into::<HtmlElement>()
        {
            focus(&heading);
        }
    });
    let escape = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && !composing(&event) && !event.default_prevented() {
            event.prevent_default();
            on_close.run(());
        }
    });
    on_cleanup(move || escape.remove());
    let keep_focus_inside = move |event: KeyboardEvent| {
        if event.key() == "Tab"
            && covers()
            && let Some(panel) = panel.get_untracked()
        {
            wrap_focus(&event, &panel);
        }
    };
    view! {
        <Show when=covers>
            <div class="scrim" class:is-always=over on:click=move |_| on_close.run(())></div>
        </Show>
        <aside
            class="panel"
            class:is-over=over
            class:is-peek=move || peeking.get()
            node_ref=panel
            role=move || if covers() { "dialog" } else { "complementary" }
            aria-modal=move || covers().then_some("true")
            aria-labelledby=heading.clone()
            on:keydown=keep_focus_inside
        >
            <Grip peeking on_close />
            <header class="panel-head">
                <h2 id=heading.clone() tabindex="-1">{move || title.get()}</h2>
                <p class="small muted">{move || about.get()}</p>
                <IconButton icon=Icon::Close label="关闭" on_press=on_close />
            </header>
            <div class="panel-body">{children()}</div>
            <footer class="panel-foot">{acts.run()}</footer>
        </aside>
    }
    .into_any()
}

/// The handle of the sheet: a press or a drag opens and closes it.
#[component]
fn Grip(peeking: RwSignal<bool>, on_close: Callback<()>) -> AnyView {
    let from = StoredValue::new(None::<i32>);
    let dragged = StoredValue::new(false);
    let down = move |event: PointerEvent| {
        from.set_value(Some(event.client_y()));
        dragged.set_value(false);
    };
    let up = move |event: PointerEvent| {
        let Some(start) = from.get_value() else {
            return;
        };
        from.set_value(None);
        let by = event.client_y() - start;
        dragged.set_value(by.abs() >= DRAG);
        if by <= -DRAG {
            peeking.set(false);
        } else if by >= DRAG && peeking.get_untracked() {
            on_close.run(());
        } else if by >= DRAG {
            peeking.set(true);
        }
    };
    let press = move |_| {
        if !dragged.get_value() {
            peeking.update(|on| *on = !*on);
        }
    };
    view! {
        <button
            type="button"
            class="panel-grip"
            aria-label=move || if peeking.get() { "展开" } else { "收起" }
            aria-expanded=move || if peeking.get() { "false" } else { "true" }
            on:pointerdown=down
            on:pointerup=up
            on:click=press
        ></button>
    }
    .into_any()
}

/// Gives the focus back to what has it now, once the current part of the page goes away.
fn give_focus_back() {
    let opener = StoredValue::new_local(focused());
    on_cleanup(move || {
        let opener = opener.try_get_value().flatten();
        if let Some(opener) = opener
            && opener.is_connected()
        {
            focus(&opener);
        }
    });
}

/// A panel that leaves the page in use takes no focus away from it; but what had the focus within the panel gives it to
/// the place of the page that can be reached by keys, a map's cell before others.
fn not_lost(panel: NodeRef<html::Aside>) {
    on_cleanup(move || {
        let panel = panel.try_get_untracked().flatten();
        if panel.is_some_and(|panel| panel.contains(document().active_element().as_deref())) {
            focus_instead("main svg [tabindex='0'], main [tabindex='0'], h1");
        }
    });
}

/// Keeps `Tab` inside `frame`: after the last control comes the first.
fn wrap_focus(event: &KeyboardEvent, frame: &HtmlElement) {
    const CONTROLS: &str = "a[href], button, input, select, textarea, [tabindex='0']";
    let Ok(found) = frame.query_selector_all(CONTROLS) else {
        return;
    };
    let shown = (0..found.length())
        .filter_map(|i| found.item(i)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.offset_height() > 0);
    let controls: Vec<HtmlElement> = shown.collect();
    let (Some(first), Some(last)) = (controls.first(), controls.last()) else {
        return;
    };
    let now = focused();
    let target = match (event.shift_key(), now) {
        (true, Some(now)) if now == *first || !controls.contains(&now) => last,
        (false, Some(now)) if now == *last => first,
        _ => return,
    };
    event.prevent_default();
    focus(target);
}
