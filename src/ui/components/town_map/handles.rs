//! Handles for moving units about the map while it is edited.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Drawing;
use crate::map::{Labels, Point};

/// Radius of what is seen of a handle, and of what can be touched, CSS px.
const HANDLE: (f64, f64) = (8.0, 18.0);

impl Drawing {
    /// Handles to drag units by; arrow keys move them, too.
    ///
    /// A handle stands before the name of its unit, and in the middle of a cell that has no room for it. Moving it by
    /// some way moves the middle by as much.
    pub(super) fn handles(self, labels: &Labels) -> AnyView {
        let map = self.map.get();
        let scale = self.scale().max(0.01);
        let handles = map
            .cells
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.rings.is_empty())
            .map(|(i, cell)| {
                let label = labels.units.iter().find(|l| l.unit == i);
                let mark = label.and_then(|l| l.mark).map_or(cell.center, |mark| mark.center());
                let offset = (mark.x - cell.center.x, mark.y - cell.center.y);
                self.handle(i, cell.center, offset, 1.0 / scale, format!("移动{}", cell.name))
            });
        view! { <g>{handles.collect_view()}</g> }.into_any()
    }

    fn handle(self, i: usize, start: Point, offset: (f64, f64), px: f64, label: String) -> AnyView {
        const STEP: f64 = 12.0;
        let at = RwSignal::new((start.x, start.y));
        let held = RwSignal::new(false);
        // Put down where it was taken up, a handle is only pressed.
        let put = move || match at.get_untracked() {
            place if place == (start.x, start.y) => self.acts.choose.run(i),
            place => self.acts.put.run((i, place)),
        };
        let from = RwSignal::new((0, 0));
        // From the pointer to the middle of the cell.
        let grip = RwSignal::new((0.0, 0.0));
        let down = move |event: PointerEvent| {
            event.prevent_default();
            let target = event
                .current_target()
                .and_then(|t| t.dyn_into::<web_sys::Element>().ok());
            if let Some(target) = target {
                // Without the capture the drag ends at the edge of the handle.
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            let spot = at.get_untracked();
            grip.set(
                self.place_of(&event)
                    .map_or((0.0, 0.0), |p| (spot.0 - p.0, spot.1 - p.1)),
            );
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
                && let Some((x, y)) = self.place_of(&event)
            {
                let (dx, dy) = grip.get_untracked();
                at.set((x + dx, y + dy));
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
        let place = move || {
            let (x, y) = at.get();
            format!("translate({} {})", x + offset.0, y + offset.1)
        };
        view! {
            <g
                class="map-handle"
                role="button"
                tabindex="0"
                aria-label=label
                transform=place
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=up
                on:keydown=key
            >
                <circle class="map-handle-reach" r=(HANDLE.1 * px).to_string()></circle>
                <circle r=(HANDLE.0 * px).to_string()></circle>
            </g>
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
