//! A list of which the first are shown: a button brings more, and paper says how many are left out.

use leptos::prelude::*;

use super::button::Button;
use crate::ui::screen::use_screen;
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
    portion_printed(all, step, 0, row, frame)
}

/// The same; on paper at least so many of them.
pub fn portion_printed<T, V>(
    all: Signal<Vec<T>>,
    step: usize,
    printed: usize,
    row: impl Fn(T) -> V + Send + Sync + 'static,
    frame: impl Fn(Vec<AnyView>) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoAny,
{
    let limit = RwSignal::new(step);
    let screen = use_screen();
    let on_paper = Memo::new(move |_| screen.printing.get() && printed > 0);
    let part = move || {
        let (shown, portion) = all.with(|all| {
            let least = if on_paper.get() { printed } else { 0 };
            let portion = Portion::of(all.len(), limit.get().max(least));
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
