//! A list of which the first are shown: a button brings more, and paper says how many are left out.

use leptos::prelude::*;

use super::button::Button;
use crate::view::portion::Portion;

/// The first of a list and a way to more. `frame` stands around the rows.
pub fn portion<T, V>(
    all: Signal<Vec<T>>,
    step: usize,
    row: impl Fn(T) -> V + Send + Sync + 'static,
    frame: impl Fn(Vec<AnyView>) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoAny,
{
    let limit = RwSignal::new(step);
    let part = move || {
        let (shown, portion) = all.with(|all| {
            let portion = Portion::of(all.len(), limit.get());
            (all.iter().take(portion.shown).cloned().collect::<Vec<_>>(), portion)
        });
        let rows: Vec<AnyView> = shown.into_iter().map(|one| row(one).into_any()).collect();
        view! { {frame(rows)} {more(portion, step, limit)} }
    };
    part.into_any()
}

/// The button that shows more of a list, and what paper says in its place.
pub fn more(portion: Portion, step: usize, limit: RwSignal<usize>) -> Option<AnyView> {
    let label = portion.more(step)?;
    let button = view! {
        <p class="portion-more"><Button label on_press=move |()| limit.update(|limit| *limit += step) /></p>
        <p class="print-only portion-more">{portion.left_out()}</p>
    };
    Some(button.into_any())
}

/// What opens to something that is built when it is opened, not before.
pub fn opened(
    class: &'static str,
    summary: impl IntoAny,
    open: bool,
    body: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let once = RwSignal::new(open);
    let toggled = move |event: leptos::ev::Event| {
        let open = js_sys::Reflect::get(&event_target::<wasm_bindgen::JsValue>(&event), &"open".into());
        if open.is_ok_and(|open| open.is_truthy()) {
            once.maybe_update(|once| !std::mem::replace(once, true));
        }
    };
    view! {
        <details class=class open=open on:toggle=toggled>
            {summary.into_any()}
            {move || once.get().then(&body)}
        </details>
    }
    .into_any()
}
