//! The map of the town as SVG in the page: coloured cells, districts, labels, pointer and keyboard.
//!
//! Geometry, labels and colours are drawn by different effects: another indicator or month changes fills and digits
//! and touches neither a path nor the place of a label.

mod handles;
mod words;

use std::sync::Arc;

use leptos::ev::{FocusEvent, KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::browser::canvas::measurer;
use crate::map::{Direction, LabelMode, LabelRequest, Labels, Level, PlateText, Rect, TownMap};
use crate::ui::components::chart::ACROSS_THE_ROOM;
use crate::ui::dom::watch_size;
use crate::ui::screen::use_screen;
use crate::view::map_page::{CellVm, Mode, cell_words};
use crate::view::record::or_unknown;

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
    /// What the cells show.
    pub mode: Mode,
}

/// What the page adds to the map. Every part has a quiet default.
#[derive(Clone, Copy)]
pub struct MapActs {
    /// Takes the position of a chosen cell.
    pub choose: Callback<usize>,
    /// Takes the position of a cell that the arrow keys reach.
    pub reach: Callback<usize>,
    /// One level up.
    pub up: Callback<()>,
    /// Id of the chosen district.
    pub selected: Signal<Option<String>>,
    /// Whether the chosen district fills the map.
    pub zoomed: Signal<bool>,
    /// Code of the chosen unit.
    pub unit: Signal<Option<String>>,
    /// Whether a cell is kept by the legend's filter.
    pub keeps: Callback<usize, bool>,
    /// Cells found by the search.
    pub found: Signal<Vec<usize>>,
    /// The card of a cell.
    pub card: Callback<usize, AnyView>,
    /// The map is being edited: every cell has a handle.
    pub editing: Signal<bool>,
    /// Takes a cell and the place, in map units, where its handle was put.
    pub put: Callback<(usize, (f64, f64))>,
}

impl MapActs {
    /// A map that only chooses.
    pub fn choosing(choose: Callback<usize>) -> Self {
        Self {
            choose,
            reach: Callback::new(|_| ()),
            up: Callback::new(|()| ()),
            selected: Signal::stored(None),
            zoomed: Signal::stored(false),
            unit: Signal::stored(None),
            keeps: Callback::new(|_| true),
            found: Signal::stored(Vec::new()),
            card: Callback::new(|_| ().into_any()),
            editing: Signal::stored(false),
            put: Callback::new(|_| ()),
        }
    }
}

/// Everything the parts of one map share. Copies are the same.
#[derive(Clone, Copy)]
struct Drawing {
    map: Memo<Arc<TownMap>>,
    looks: Memo<Vec<CellVm>>,
    mode: Memo<Mode>,
    subject: Memo<String>,
    plates: Memo<Vec<PlateText>>,
    acts: MapActs,
    /// The cell under the pointer or the focus, and whether by keyboard.
    pointed: RwSignal<Option<(usize, bool)>>,
    /// The cell that takes the Tab key.
    current: RwSignal<usize>,
    view: Memo<Rect>,
    size: Memo<(f64, f64)>,
    /// The whole map is being printed, not a small one of a card.
    poster: Memo<bool>,
}

/// The room of a map on a sheet of A4 that lies, CSS px: a poster names the units whatever the window has room for. A3 is
/// the same, larger.
const POSTER: (f64, f64) = (1_030.0, 620.0);

/// The map; `small` for a card with plates only.
pub fn town_map(vm: Signal<TownMapVm>, acts: MapActs, small: bool) -> AnyView {
    let frame = NodeRef::<html::Div>::new();
    let stage = RwSignal::new((0.0_f64, 0.0_f64));
    let measure = move || {
        if let Some(Some(frame)) = frame.try_get_untracked() {
            let (w, h) = (f64::from(frame.client_width()), f64::from(frame.client_height()));
            let now = (w, if h > 40.0 { h } else { w * 0.88 });
            if w > 40.0 {
                stage.maybe_update(|old| std::mem::replace(old, now) != now);
            }
        }
    };
    watch_size(frame, move || request_animation_frame(measure));
    let map = Memo::new(move |_| vm.with(|vm| Arc::clone(&vm.map)));
    let printing = use_screen().printing;
    let poster = Memo::new(move |_| !small && printing.get());
    let size = Memo::new(move |_| if poster.get() { POSTER } else { stage.get() });
    let view = Memo::new(move |_| {
        let map = map.get();
        let (w, h) = size.get();
        let district = acts.selected.get().filter(|_| acts.zoomed.get());
        match district.and_then(|d| map.district_position(&d)) {
            Some(district) => map.district_view(district, 24.0, w / h.max(1.0)),
            None => map.view,
        }
    });
    let drawing = Drawing {
        map,
        looks: Memo::new(move |_| vm.with(|vm| vm.cells.clone())),
        mode: Memo::new(move |_| vm.with(|vm| vm.mode)),
        subject: Memo::new(move |_| vm.with(|vm| vm.subject.clone())),
        plates: Memo::new(move |_| vm.with(|vm| vm.plates.clone())),
        acts,
        pointed: RwSignal::new(None),
        current: RwSignal::new(0),
        view,
        size,
        poster,
    };
    let labels = drawing.labels(vm, small);
    let svg = move || drawing.svg(labels, small);
    view! {
        <div
            node_ref=frame
            class="map-stage"
            class:is-small=small
            on:pointerleave=move |_| drawing.pointed.set(None)
        >
            {svg}
            {move || (!small).then(|| drawing.card())}
        </div>
    }
    .into_any()
}

fn line(class: &'static str, d: String) -> AnyView {
    view! { <path class=format!("map-line {class}") style="vector-effect:non-scaling-stroke" d=d></path> }.into_any()
}

impl Drawing {
    /// CSS px per map unit.
    fn scale(self) -> f64 {
        let (view, (w, h)) = (self.view.get(), self.size.get());
        (w / view.w).min(h / view.h)
    }

    /// Where labels stand. Short values take the room of five digits and the others that of their digits, so another
    /// indicator or month moves no name and searches no place anew.
    fn labels(self, vm: Signal<TownMapVm>, small: bool) -> Memo<Option<Labels>> {
        const SHORT: usize = 5;
        let selected = move || self.acts.selected.get().filter(|_| self.acts.zoomed.get());
        let screen = use_screen();
        let text_scale = Memo::new(move |_| match (self.poster.get(), screen.big.get()) {
            (true, _) => 1.0,
            (false, true) => screen.scale.get() * ACROSS_THE_ROOM,
            (false, false) => screen.scale.get(),
        });
        let level = Memo::new(move |_| {
            let map = self.map.get();
            let only = selected().and_then(|d| map.district_position(&d));
            map.level(self.scale(), text_scale.get(), only)
        });
        let masked = Memo::new(move |_| {
            let mask =
                |text: &String| -> String { text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect() };
            let room = |text: &String| match text.chars().count() {
                n if n <= SHORT => "0".repeat(SHORT),
                _ => mask(text),
            };
            let has_values = small || level.get() == Level::Districts;
            vm.with(|vm| {
                let mut plates = vm.plates.clone();
                for plate in &mut plates {
                    plate.value = plate.value.as_ref().filter(|_| has_values).map(mask);
                }
                (vm.cells.iter().map(|c| room(&c.shown)).collect::<Vec<String>>(), plates)
            })
        });
        Memo::new(move |_| {
            let scale = self.scale();
            if scale <= 0.0 || !scale.is_finite() {
                return None;
            }
            let map = self.map.get();
            let width = measurer();
            let measure = |text: &str, px: f32| width(text, f64::from(px), 400) as f32;
            let selected = selected();
            let masked = masked.read();
            Some(map.labels(&LabelRequest {
                scale,
                text_scale: text_scale.get(),
                mode: match self.mode.get() {
                    _ if small => LabelMode::DistrictsOnly,
                    // The place of the status takes the handle.
                    _ if self.acts.editing.get() => LabelMode::Status,
                    Mode::Indicator => LabelMode::Indicator,
                    Mode::Petals => LabelMode::Petals,
                    Mode::Status => LabelMode::Status,
                },
                values: &masked.0,
                plates: &masked.1,
                only: selected.and_then(|d| map.district_position(&d)),
                measure: &measure,
            }))
        })
    }

    fn svg(self, labels: Memo<Option<Labels>>, small: bool) -> AnyView {
        let map = self.map.get();
        let shores = [30.0, 19.0, 9.0].map(|width| {
            let style = format!("stroke-width:{width}px;vector-effect:non-scaling-stroke");
            view! { <path class="map-line line-shore" style=style d=map.outline_path.clone()></path> }
        });
        let shown = move || {
            let v = self.view.get();
            format!("{} {} {} {}", v.x, v.y, v.w, v.h)
        };
        view! {
            <svg
                class="map"
                class:is-small=small
                viewBox=shown
                role="group"
                aria-label=move || format!("{}分布图", self.subject.read())
            >
                <defs>
                    <pattern id="map-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <rect class="hatch-ground" width="8" height="8"></rect>
                        <path class="hatch-line" d="M0 0V8"></path>
                    </pattern>
                </defs>
                {shores.into_iter().collect_view()}
                {self.cells(&map)}
                {line("line-cell", map.cell_lines.clone())}
                {line("line-district", map.district_lines.clone())}
                {line("line-town", map.outline_path.clone())}
                {move || self.outlines()}
                // Words let the pointer through; where they meet a handle they can still be read.
                {move || labels.get().filter(|_| self.acts.editing.get()).map(|labels| self.handles(&labels))}
                {move || labels.get().map(|labels| self.words(&labels))}
            </svg>
        }
        .into_any()
    }

    fn cells(self, map: &TownMap) -> AnyView {
        let groups = map.districts.iter().map(|district| {
            let inside = district.units.iter().map(|&i| self.cell(map, i)).collect_view();
            view! { <g data-district=district.id.clone()>{inside}</g> }
        });
        let groups = groups.collect_view();
        let free = (0..map.cells.len()).filter(|&i| map.cells[i].district.is_none());
        view! { {groups} <g>{free.map(|i| self.cell(map, i)).collect_view()}</g> }.into_any()
    }

    fn is_dim(self, i: usize, own: &Option<String>) -> bool {
        let aside = self.acts.selected.with(|s| s.is_some() && s != own);
        aside || !self.acts.keeps.run(i)
    }

    fn fill(self, i: usize, tint: u8) -> String {
        const PAPER: [&str; 4] = ["paper-a", "paper-b", "paper-c", "paper-d"];
        self.looks.with(|looks| {
            let look = looks.get(i);
            match self.mode.get() {
                Mode::Indicator => look
                    .and_then(|l| l.step)
                    .map_or_else(|| "map-cell is-unknown".to_owned(), |s| format!("map-cell q-{s}")),
                Mode::Petals => match look.and_then(|l| l.tint) {
                    Some(chosen) => format!("map-cell tint-{chosen}"),
                    None => format!("map-cell {}", PAPER[usize::from(tint) % 4]),
                },
                Mode::Status => match look.and_then(|l| l.status) {
                    Some(status) => format!("map-cell soft-{}", status.key()),
                    None => "map-cell is-unknown".to_owned(),
                },
            }
        })
    }

    /// The words of a cell for a screen reader, and its value for programs.
    fn said(self, i: usize, name: &str) -> String {
        self.looks
            .with(|looks| cell_words(name, looks.get(i), self.mode.get(), &self.subject.read()))
    }

    fn cell(self, map: &TownMap, i: usize) -> AnyView {
        let cell = &map.cells[i];
        let own = cell.district.map(|d| map.districts[d].id.clone());
        let tint = cell.district.map_or(0, |d| map.districts[d].tint);
        let class = move || {
            let fill = self.fill(i, tint);
            if self.is_dim(i, &own) {
                format!("{fill} is-dim")
            } else {
                fill
            }
        };
        let name = cell.name.clone();
        let value = move || self.looks.with(|l| l.get(i).map_or(String::new(), |l| l.shown.clone()));
        view! {
            <path
                id=format!("cell-{}", cell.code)
                class=class
                d=cell.path.clone()
                fill-rule="evenodd"
                role="button"
                tabindex=move || if self.current.get() == i { "0" } else { "-1" }
                aria-label=move || self.said(i, &name)
                data-unit=cell.code.clone()
                data-value=value
                on:click=move |_| self.acts.choose.run(i)
                // A finger has no place to rest: what it taps is chosen, no card comes in its way.
                on:pointerenter=move |event: PointerEvent| {
                    if event.pointer_type() != "touch" {
                        self.pointed.set(Some((i, false)));
                    }
                }
                on:focus=move |event: FocusEvent| {
                    self.current.set(i);
                    if is_by_keyboard(&event) {
                        self.pointed.set(Some((i, true)));
                    }
                }
                on:blur=move |_| self.pointed.set(None)
                on:keydown=move |event: KeyboardEvent| self.key(&event, i)
            ></path>
        }
        .into_any()
    }

    fn key(self, event: &KeyboardEvent, i: usize) {
        let direction = match event.key().as_str() {
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            "ArrowLeft" => Direction::Left,
            "ArrowRight" => Direction::Right,
            "Enter" | " " => {
                event.prevent_default();
                return self.acts.choose.run(i);
            }
            "Escape" if self.acts.selected.get_untracked().is_some() => {
                event.prevent_default();
                return self.acts.up.run(());
            }
            _ => return,
        };
        event.prevent_default();
        let map = self.map.get_untracked();
        if let Some(to) = map.neighbour_towards(i, direction) {
            self.current.set(to);
            self.acts.reach.run(to);
            focus_cell(&map.cells[to].code);
        }
    }

    fn outlines(self) -> AnyView {
        let map = self.map.get();
        let chosen = self.acts.selected.get().and_then(|d| map.district_position(&d));
        let chosen = chosen.map(|d| map.districts[d].path.clone());
        let chosen = chosen.map(|d| view! { {line("line-select-gap", d.clone())} {line("line-select", d)} });
        let unit = self.acts.unit.get().and_then(|code| map.position(&code));
        let unit = unit.map(|i| line("line-select", map.cells[i].path.clone()));
        let found = self.acts.found.get();
        let found = found
            .into_iter()
            .filter_map(|i| map.cells.get(i).map(|c| line("line-found", c.path.clone())));
        let found = found.collect_view();
        let pointed = self
            .pointed
            .get()
            .and_then(|(i, keyboard)| Some((map.cells.get(i)?.path.clone(), keyboard)));
        let pointed = pointed.map(|(d, keyboard)| match keyboard {
            true => view! { {line("line-focus-gap", d.clone())} {line("line-focus", d)} }.into_any(),
            false => line("line-hover", d),
        });
        view! { {chosen} {unit} {found} {pointed} }.into_any()
    }

    /// The card that names the cell under the pointer or the focus; on the side with room.
    fn card(self) -> AnyView {
        const WIDTH: f64 = 248.0;
        let Some((i, _)) = self.pointed.get() else {
            return ().into_any();
        };
        let map = self.map.get();
        let Some(cell) = map.cells.get(i) else {
            return ().into_any();
        };
        let (view, size, scale) = (self.view.get(), self.size.get(), self.scale());
        let (left, top) = ((size.0 - view.w * scale) / 2.0, (size.1 - view.h * scale) / 2.0);
        let x = left + (cell.bounds.x + cell.bounds.w - view.x) * scale + 8.0;
        let x = match left + (cell.bounds.x - view.x) * scale - WIDTH - 8.0 {
            before if x + WIDTH > size.0 && before >= 0.0 => before,
            _ => x.min(size.0 - WIDTH).max(0.0),
        };
        let y = (top + (cell.bounds.y - view.y) * scale).clamp(0.0, (size.1 - 230.0).max(0.0));
        view! {
            <div class="map-card" role="status" style:left=format!("{x:.0}px") style:top=format!("{y:.0}px")>
                <b>{cell.name.clone()}</b>
                <p>{move || self.looks.with(|l| format!("{} {}", self.subject.read(), or_unknown(l.get(i).map_or("", |l| &l.shown))))}</p>
                {self.acts.card.run(i)}
            </div>
        }
        .into_any()
    }
}

/// Whether the focus came by keyboard, as the browser judges it; one that cannot tell shows the focus always.
fn is_by_keyboard(event: &FocusEvent) -> bool {
    let element = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    element.is_none_or(|element| element.matches(":focus-visible").unwrap_or(true))
}

/// Moves the focus to a cell. SVG elements are no `HtmlElement`, but have its `focus`.
pub fn focus_cell(code: &str) {
    if let Some(element) = document().get_element_by_id(&format!("cell-{code}")) {
        let _ = element.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}
