//! The map of the town as SVG in the page: coloured cells, districts, labels, pointer and keyboard.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::browser::canvas::measurer;
use crate::map::{Direction, LabelMode, LabelRequest, Labels, PlateText, TownMap};
use crate::ui::dom::focus_id;
use crate::ui::screen::use_screen;
use crate::view::map_page::CellVm;

/// All that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TownMapVm {
    /// The geometry.
    pub map: Arc<TownMap>,
    /// One per cell.
    pub cells: Vec<CellVm>,
    /// One per district.
    pub plates: Vec<PlateText>,
    /// Name of what is shown: `夜话场次`.
    pub subject: String,
}

/// The map. Choosing a cell gives its position; the caller decides what opens.
#[component]
pub fn TownMapView(
    #[prop(into)] vm: Signal<TownMapVm>,
    /// Id of the chosen district.
    #[prop(into)]
    selected: Signal<Option<String>>,
    /// Takes the position of a cell.
    #[prop(into)]
    on_choose: Callback<usize>,
    /// A small map in a card: plates only.
    #[prop(optional)]
    small: bool,
) -> AnyView {
    let frame = NodeRef::<html::Div>::new();
    let size = RwSignal::new((800.0_f64, 640.0_f64));
    let measure = move || {
        if let Some(Some(frame)) = frame.try_get_untracked() {
            let (w, h) = (f64::from(frame.client_width()), f64::from(frame.client_height()));
            if w > 40.0 {
                size.set((w, if h > 40.0 && !small { h } else { w * 0.88 }));
            }
        }
    };
    Effect::new(move |_| {
        if frame.get().is_some() {
            request_animation_frame(measure);
        }
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let pointed = RwSignal::new(None::<usize>);
    let current = RwSignal::new(0_usize);
    let screen = use_screen();
    let drawing = move || {
        let vm = vm.get();
        let view = vm.map.view;
        let (w, h) = size.get();
        let scale = (w / view.w).min(h / view.h);
        let labels = labels_of(&vm, scale, screen.scale.get(), small);
        view! {
            <svg
                class=if small { "map is-small" } else { "map" }
                viewBox=format!("{} {} {} {}", view.x, view.y, view.w, view.h)
                role="group"
                aria-label=format!("{}分布图", vm.subject)
            >
                <path class="map-line line-shore" style="stroke-width:28px" d=vm.map.outline_path.clone()></path>
                {cells(&vm, selected, on_choose, pointed, current)}
                {line("line-cell", vm.map.cell_lines.clone())}
                {line("line-district", vm.map.district_lines.clone())}
                {line("line-town", vm.map.outline_path.clone())}
                {chosen_outline(Arc::clone(&vm.map), selected)}
                {pointed_outline(Arc::clone(&vm.map), pointed)}
                {words(&vm, &labels, selected)}
            </svg>
        }
    };
    view! {
        <div node_ref=frame class="map-stage" on:pointerleave=move |_| pointed.set(None)>
            {drawing}
            {move || card(&vm.get(), pointed.get(), size.get())}
        </div>
    }
    .into_any()
}

fn line(class: &str, d: String) -> AnyView {
    view! { <path class=format!("map-line {class}") style="vector-effect:non-scaling-stroke" d=d></path> }.into_any()
}

fn labels_of(vm: &TownMapVm, scale: f64, text_scale: f64, small: bool) -> Labels {
    let width = measurer();
    let measure = |text: &str, px: f32| width(text, f64::from(px), 400) as f32;
    let values: Vec<String> = vm.cells.iter().map(|c| c.shown.clone()).collect();
    vm.map.labels(&LabelRequest {
        scale,
        text_scale,
        mode: if small {
            LabelMode::DistrictsOnly
        } else {
            LabelMode::Indicator
        },
        values: &values,
        plates: &vm.plates,
        only: None,
        measure: &measure,
    })
}

fn cells(
    vm: &TownMapVm,
    selected: Signal<Option<String>>,
    on_choose: Callback<usize>,
    pointed: RwSignal<Option<usize>>,
    current: RwSignal<usize>,
) -> AnyView {
    let map = &vm.map;
    let one = |i: usize| cell(vm, i, selected, on_choose, pointed, current);
    let groups = map.districts.iter().map(|district| {
        let inside = district.units.iter().map(|&i| one(i)).collect_view();
        view! { <g data-district=district.id.clone()>{inside}</g> }
    });
    let free = (0..map.cells.len()).filter(|&i| map.cells[i].district.is_none());
    view! { {groups.collect_view()} <g>{free.map(one).collect_view()}</g> }.into_any()
}

fn cell(
    vm: &TownMapVm,
    i: usize,
    selected: Signal<Option<String>>,
    on_choose: Callback<usize>,
    pointed: RwSignal<Option<usize>>,
    current: RwSignal<usize>,
) -> AnyView {
    let cell = &vm.map.cells[i];
    let look = vm.cells.get(i);
    let fill = look
        .and_then(|l| l.step)
        .map_or_else(|| "q-none".to_owned(), |s| format!("q-{s}"));
    let own = cell.district.map(|d| vm.map.districts[d].id.clone());
    let dim = move || selected.with(|s| s.is_some() && *s != own);
    let value = look.map_or("", |l| l.shown.as_str());
    let label = format!(
        "{}，{} {}",
        cell.name,
        vm.subject,
        crate::view::record::or_unknown(value)
    );
    let map = Arc::clone(&vm.map);
    let key = move |event: KeyboardEvent| {
        let direction = match event.key().as_str() {
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            "ArrowLeft" => Direction::Left,
            "ArrowRight" => Direction::Right,
            "Enter" | " " => {
                event.prevent_default();
                on_choose.run(i);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(to) = map.neighbour_towards(i, direction) {
            current.set(to);
            focus_cell(&map.cells[to].code);
        }
    };
    view! {
        <path
            id=format!("cell-{}", cell.code)
            class=format!("map-cell {fill}")
            class:is-dim=dim
            d=cell.path.clone()
            fill-rule="evenodd"
            role="button"
            tabindex=move || if current.get() == i { "0" } else { "-1" }
            aria-label=label
            data-unit=cell.code.clone()
            data-value=value.to_owned()
            on:click=move |_| on_choose.run(i)
            on:pointerenter=move |_| pointed.set(Some(i))
            on:focus=move |_| { current.set(i); pointed.set(Some(i)); }
            on:blur=move |_| pointed.set(None)
            on:keydown=key
        ></path>
    }
    .into_any()
}

/// SVG elements are no `HtmlElement`; their `focus` is called by name.
fn focus_cell(code: &str) {
    let id = format!("cell-{code}");
    focus_id(&id);
    if let Some(element) = document().get_element_by_id(&id) {
        use wasm_bindgen::JsCast as _;
        let _ = element.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}

fn chosen_outline(map: Arc<TownMap>, selected: Signal<Option<String>>) -> impl Fn() -> Option<AnyView> {
    move || {
        let shape = map.district_position(&selected.get()?)?;
        let path = map.districts.get(shape)?.path.clone();
        Some(view! { {line("line-select-gap", path.clone())} {line("line-select", path)} }.into_any())
    }
}

fn pointed_outline(map: Arc<TownMap>, pointed: RwSignal<Option<usize>>) -> impl Fn() -> Option<AnyView> {
    move || Some(line("line-focus", map.cells.get(pointed.get()?)?.path.clone()))
}

fn words(vm: &TownMapVm, labels: &Labels, selected: Signal<Option<String>>) -> AnyView {
    let text = |class: String, t: &crate::map::Text| {
        let place = (t.at.x.to_string(), t.at.y.to_string());
        view! { <text class=class x=place.0 y=place.1 style=format!("font-size:{:.2}px", t.size)>{t.text.clone()}</text> }
    };
    let units = labels.units.iter().map(|label| {
        let step = vm.cells.get(label.unit).and_then(|c| c.step).unwrap_or(0);
        let on = format!("on-q-{step}");
        let value = label.value.as_ref().map(|v| text(format!("map-value {on}"), v));
        view! { {text(format!("map-name {on}"), &label.name)} {value} }
    });
    let units = units.collect_view();
    let plates = labels.plates.iter().map(|plate| {
        let id = vm.map.districts[plate.district].id.clone();
        let chosen = move || selected.with(|s| s.as_deref() == Some(id.as_str()));
        let b = plate.bounds;
        let value = plate.value.as_ref().map(|v| text(String::new(), v));
        view! {
            <g class="plate" class:is-selected=chosen>
                <rect x=b.x.to_string() y=b.y.to_string() width=b.w.to_string() height=b.h.to_string() rx="3"></rect>
                {text(String::new(), &plate.name)}
                {value}
            </g>
        }
    });
    view! { {units} {plates.collect_view()} }.into_any()
}

/// The card that names the cell under the pointer or the focus.
fn card(vm: &TownMapVm, pointed: Option<usize>, size: (f64, f64)) -> Option<AnyView> {
    let i = pointed?;
    let cell = vm.map.cells.get(i)?;
    let view = vm.map.view;
    let scale = (size.0 / view.w).min(size.1 / view.h);
    let (left, top) = ((size.0 - view.w * scale) / 2.0, (size.1 - view.h * scale) / 2.0);
    let x = left + (cell.bounds.x + cell.bounds.w - view.x) * scale + 8.0;
    let x = if x + 260.0 > size.0 {
        (left + (cell.bounds.x - view.x) * scale - 260.0).max(0.0)
    } else {
        x
    };
    let y = (top + (cell.bounds.y - view.y) * scale).clamp(0.0, (size.1 - 90.0).max(0.0));
    let district = cell.district.and_then(|d| vm.plates.get(d)).map(|p| p.name.clone());
    let value = vm.cells.get(i).map_or("", |c| c.shown.as_str());
    let value = format!("{} {}", vm.subject, crate::view::record::or_unknown(value));
    Some(
        view! {
            <div class="map-card" role="status" style:left=format!("{x:.0}px") style:top=format!("{y:.0}px")>
                <b>{cell.name.clone()}</b>
                <p>{value}</p>
                <p class="muted">{district}</p>
            </div>
        }
        .into_any(),
    )
}
