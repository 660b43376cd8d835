//! Handles for moving units about the map while it is edited.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Drawing;
use crate::map::Point;

impl Drawing {
    /// Handles to drag units by; arrow keys move them, too.
    pub(super) fn handles(self) -> AnyView {
        let map = self.map.get();
        let radius = 9.0 / self.scale().max(0.01);
        let handles = map
            .cells
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.rings.is_empty())
            .map(|(i, cell)| self.handle(i, cell.center, radius, format!("移动{}", cell.name)));
        view! { <g>{handles.collect_view()}</g> }.into_any()
    }

    fn handle(self, i: usize, start: Point, radius: f64, label: String) -> AnyView {
        const STEP: f64 = 12.0;
        let at = RwSignal::new((start.x, start.y));
        let held = RwSignal::new(false);
        // Put down where it was taken up, a handle is only pressed.
        let put = move || match at.get_untracked() {
            place if place == (start.x, start.y) => self.acts.choose.run(i),
            place => self.acts.put.run((i, place)),
        };
        let from = RwSignal::new((0, 0));
        let down = move |event: PointerEvent| {
            event.prevent_default();
            let target = event
                .current_target()
                .and_then(|t| t.dyn_into::<web_sys::Element>().ok());
            if let Some(target) = target {
                // Without the capture the drag ends at the edge of the handle.
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            from.set((event.client_x(), event.client_y()));
            held.set(true);
        };
        let moved = move |event: PointerEvent| {
            const SLIP: i32 = 4;
            let (x, y) = from.get_untracked();
            let is_off = at.get_untracked() != (start.x, start.y)
                || (event.client_x() - x).abs().max((event.client_y() - y).abs()) > SLIP;
            if held.get_untracked()
                && is_off
                && let Some(place) = self.place_of(&event)
            {
                at.set(place);
            }
        };
        let up = move |_| {
            if held.get_untracked() {
                held.set(false);
                put();
            }
        };
        let key = move |event: KeyboardEvent| {
            let (dx, dy) = match event.key().as_str() {
                "ArrowUp" => (0.0, -STEP),
                "ArrowDown" => (0.0, STEP),
                "ArrowLeft" => (-STEP, 0.0),
                "ArrowRight" => (STEP, 0.0),
                "Enter" => {
                    event.prevent_default();
                    return put();
                }
                _ => return,
            };
            event.prevent_default();
            at.update(|(x, y)| {
                *x += dx;
                *y += dy;
            });
        };
        view! {
            <circle
                class="map-handle"
                role="button"
                tabindex="0"
                aria-label=label
                r=radius.to_string()
                cx=move || at.get().0.to_string()
                cy=move || at.get().1.to_string()
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=up
                on:keydown=key
            ></circle>
        }
        .into_any()
    }

    /// The place of a pointer in map units.
    fn place_of(self, event: &PointerEvent) -> Option<(f64, f64)> {
        let target = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
        let frame = target.closest("svg").ok()??.get_bounding_client_rect();
        let (view, scale) = (self.view.get_untracked(), untrack(|| self.scale()));
        let (left, top) = (
            frame.left() + (frame.width() - view.w * scale) / 2.0,
            frame.top() + (frame.height() - view.h * scale) / 2.0,
        );
        let x = view.x + (f64::from(event.client_x()) - left) / scale;
        let y = view.y + (f64::from(event.client_y()) - top) / scale;
        Some((x, y))
    }
}
