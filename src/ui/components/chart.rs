//! A chart in the page: drawn on a canvas, met by pointer and keyboard, with its table and a picture to save.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::card::{FigureCard, ValueCard, ValueCardVm};
use super::portion::portion;
use crate::browser::canvas::{measurer, paint, png};
use crate::browser::files::offer_address;
use crate::browser::share::app;
use crate::chart::palette::{DARK, LIGHT, PRINT, SCREEN};
use crate::chart::scene::Cell;
use crate::chart::{Figure, Heading, MarkId, Palette, Scene, Size, Step, Theme, framed, layout};
use crate::exchange::writing::town_name;
use crate::ui::app::{Shell, use_shell};
use crate::ui::dom::root;
use crate::ui::figures::narrowed;
use crate::ui::screen::{Screen, use_screen};
use crate::ui::state::use_store;
use crate::ui::tables::{Asks, Wanted, export_menu};
use crate::view::charts::ChartVm;
use crate::view::leaving::handed;
use crate::view::portion::LINES;
use crate::view::tables::seen::{Over, chart as chart_sheet, line_of};

/// The mark that is looked at, and whether by keyboard.
type Active = Option<(usize, bool)>;

/// Everything the parts of one chart share. Copies are the same.
#[derive(Clone, Copy)]
struct Plot {
    scene: Memo<Option<Scene>>,
    active: RwSignal<Active>,
    frame: NodeRef<html::Div>,
    canvas: NodeRef<html::Canvas>,
    shell: Shell,
}

/// How much larger words are where they are read from six metres away.
pub const ACROSS_THE_ROOM: f64 = 1.5;

/// Where the links of marks lead.
fn go(href: &str) {
    let _ = window().location().set_hash(href);
}

/// The colours of the theme in force.
fn palette(screen: Screen) -> Palette {
    // The root names the theme; the signals say when to look again.
    screen.theme.track();
    screen.dark.track();
    if screen.printing.get() {
        return PRINT;
    }
    if screen.big.get() {
        return SCREEN;
    }
    match root("data-theme").as_str() {
        "dark" => DARK,
        _ => LIGHT,
    }
}

/// A chart with its frame, in a place of the grid: `span-6`. Charts in one row have one height, in CSS px at the
/// standard text size; 0 leaves it to the chart.
pub fn chart(vm: Signal<ChartVm>, class: &'static str, height: f64) -> AnyView {
    let figure = Signal::derive(move || vm.with(|vm| vm.figure.clone()));
    let plot = Plot::of(figure, (height > 0.0).then_some(height), true);
    let table = move || plot.table();
    let toasts = use_shell().toasts;
    let save = move |()| {
        let told = plot.save(&vm.get_untracked(), vm.with_untracked(|vm| vm.figure.clone()));
        toasts.say(told, None);
    };
    view! {
        <FigureCard
            finding=Signal::derive(move || vm.with(|vm| vm.figure.title.clone()))
            about=Signal::derive(move || vm.with(|vm| vm.about.clone()))
            records=Signal::derive(move || {
                let records = vm.with(|vm| vm.records.clone());
                records.map(|(words, href)| (words, narrowed(plot.shell, &href)))
            })
            on_picture=Callback::new(save)
            table=table
            export=move || plot.export(vm)
            class=class
        >
            {plot.view()}
        </FigureCard>
    }
    .into_any()
}

/// The drawing alone, for a panel, a lane or the meeting room screen.
pub fn bare_chart(figure: Signal<Figure>, height: Option<f64>) -> AnyView {
    let plot = Plot::of(figure, height, false);
    view! { <div class="chart-plot is-bare">{plot.view()}</div> }.into_any()
}

/// Width of what is printed on a sheet of A4 between its margins, CSS px.
const PAPER: f64 = 672.0;

impl Plot {
    /// `in_card`: on paper it stands across the sheet, as cards do, whatever it measures on the screen.
    fn of(figure: Signal<Figure>, height: Option<f64>, in_card: bool) -> Plot {
        let screen = use_screen();
        let frame = NodeRef::<html::Div>::new();
        let width = RwSignal::new(0.0_f64);
        let measure = move || {
            if let Some(frame) = frame.try_get_untracked().flatten() {
                let now = f64::from(frame.client_width());
                if now > 40.0 {
                    width.maybe_update(|old| std::mem::replace(old, now) != now);
                }
            }
        };
        // The frame comes back after the table was shown; its width is known one frame later.
        Effect::new(move |_| {
            screen.width.track();
            screen.scale.track();
            if frame.get().is_some() {
                request_animation_frame(measure);
            }
        });
        let resized = window_event_listener(leptos::ev::resize, move |_| measure());
        on_cleanup(move || resized.remove());
        let scene = Memo::new(move |_| {
            let (mut width, mut scale) = (width.get(), screen.scale.get());
            if screen.printing.get() {
                width = if in_card && width > 0.0 {
                    PAPER
                } else {
                    width.min(PAPER)
                };
                scale = 1.0;
            } else if screen.big.get() {
                scale *= ACROSS_THE_ROOM;
            }
            let theme = Theme::new(palette(screen), scale);
            let size = Size {
                width,
                height: height.map(|h| h * scale),
            };
            (width > 0.0).then(|| figure.with(|f| layout(f, size, &theme, &measurer())))
        });
        Plot {
            scene,
            active: RwSignal::new(None),
            frame,
            canvas: NodeRef::new(),
            shell: use_shell(),
        }
    }

    fn view(self) -> AnyView {
        let Plot { scene, active, .. } = self;
        Effect::new(move |_| self.redraw());
        // Another scene has other marks.
        Effect::new(move |_| {
            scene.track();
            active.set(None);
        });
        let sentence = move || scene.with(|s| s.as_ref().map(|s| s.sentence.clone()));
        let said = move || self.with_mark(|mark| mark.sentence.clone());
        let card = Signal::derive(move || self.card());
        let at =
            move |axis: fn(crate::chart::geometry::Point) -> f64| self.with_mark(|m| axis(m.hit.middle()).to_string());
        view! {
            <div
                class="chart-frame"
                node_ref=self.frame
                tabindex="0"
                role="group"
                aria-roledescription="图表"
                aria-label=sentence
                data-marks=move || scene.with(|s| s.as_ref().map_or(0, |s| s.marks.len())).to_string()
                data-x=move || at(|p| p.x)
                data-y=move || at(|p| p.y)
                on:pointermove=move |event: PointerEvent| self.point(&event)
                on:pointerleave=move |_| active.set(None)
                on:blur=move |_| active.set(None)
                on:click=move |event: MouseEvent| self.press(&event)
                on:keydown=move |event: KeyboardEvent| self.key(&event)
            >
                <div class="chart-scroll" tabindex=move || self.is_wider().then_some("0")>
                    <canvas node_ref=self.canvas aria-hidden="true" class:is-link=move || self.href().is_some()></canvas>
                </div>
                <ValueCard card />
                <p class="unseen" role="status">{said}</p>
            </div>
        }
        .into_any()
    }

    /// Whether the drawing is wider than its frame, so that the keyboard has to reach what scrolls it.
    fn is_wider(self) -> bool {
        let room = self.frame.get().map_or(f64::MAX, |f| f64::from(f.client_width()));
        self.scene.with(|s| s.as_ref().is_some_and(|s| s.width > room + 1.0))
    }

    fn redraw(self) {
        let (Some(canvas), Some(mut scene)) = (self.canvas.get(), self.scene.get()) else {
            return;
        };
        match self.active.get() {
            Some((mark, true)) => scene.focus(Some(MarkId(mark))),
            Some((mark, false)) => scene.emphasise(Some(MarkId(mark))),
            None => scene.emphasise(None),
        }
        if let Err(error) = paint(&canvas, &scene, window().device_pixel_ratio()) {
            leptos::logging::error!("chart: {error}");
        }
    }

    fn with_mark<R>(self, read: impl FnOnce(&crate::chart::Mark) -> R) -> Option<R> {
        let (mark, _) = self.active.get()?;
        self.scene.with(|s| s.as_ref()?.mark(MarkId(mark)).map(read))
    }

    fn href(self) -> Option<String> {
        self.with_mark(|m| m.key.clone()).flatten()
    }

    fn card(self) -> Option<ValueCardVm> {
        const ROOM: f64 = 168.0;
        // The drawing may be wider than its frame, and moved in it.
        let frame = self.frame.get_untracked().map(|f| f.get_bounding_client_rect());
        let canvas = self.canvas.get_untracked().map(|c| c.get_bounding_client_rect());
        let (width, shift) = frame
            .zip(canvas)
            .map_or((0.0, 0.0), |(f, c)| (f.width(), c.left() - f.left()));
        self.with_mark(|mark| {
            let mut around = mark.hit.bounds();
            around.x += shift;
            let right = around.right() + 10.0;
            let left = if right + ROOM > width {
                (around.x - ROOM - 10.0).max(0.0)
            } else {
                right
            };
            ValueCardVm {
                left,
                top: (around.middle().y - 20.0).max(0.0),
                title: mark.label.clone(),
                rows: mark.parts.clone(),
                note: if mark.parts.is_empty() {
                    mark.value.clone()
                } else {
                    String::new()
                },
            }
        })
    }

    fn met(self, event: &MouseEvent) -> Option<usize> {
        let canvas = self.canvas.get_untracked()?;
        let rect = canvas.get_bounding_client_rect();
        let (x, y) = (
            f64::from(event.client_x()) - rect.left(),
            f64::from(event.client_y()) - rect.top(),
        );
        self.scene.with_untracked(|s| s.as_ref()?.hit(x, y)).map(|m| m.0)
    }

    fn point(self, event: &PointerEvent) {
        let met = self.met(event).map(|mark| (mark, false));
        self.active.maybe_update(|old| std::mem::replace(old, met) != met);
    }

    fn press(self, event: &MouseEvent) {
        let met = self.met(event);
        self.active.set(met.map(|mark| (mark, false)));
        if let Some(href) = untrack(|| self.href()) {
            go(&narrowed(self.shell, &href));
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let step = match event.key().as_str() {
            "ArrowLeft" => Step::Back,
            "ArrowRight" => Step::On,
            "ArrowUp" => Step::Up,
            "ArrowDown" => Step::Down,
            "Home" => Step::First,
            "End" => Step::Last,
            "Escape" if self.active.get_untracked().is_some() => {
                event.prevent_default();
                return self.active.set(None);
            }
            "Enter" => {
                if let Some(href) = untrack(|| self.href()) {
                    event.prevent_default();
                    go(&narrowed(self.shell, &href));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let here = self.active.get_untracked().map(|(mark, _)| MarkId(mark));
        let to = self.scene.with_untracked(|s| s.as_ref()?.step(here, step));
        self.active.set(to.map(|mark| (mark.0, true)));
    }

    fn table(self) -> AnyView {
        let table = self
            .scene
            .with(|s| s.as_ref().map(|s| s.table.clone()))
            .unwrap_or_default();
        let shell = self.shell;
        let row = move |row: Vec<Cell>| {
            let cells = row.into_iter().map(|cell| {
                let words = match cell.key {
                    Some(href) => view! { <a href=narrowed(shell, &href)>{cell.text}</a> }.into_any(),
                    None => cell.text.into_any(),
                };
                view! { <td class:num=cell.numeric>{words}</td> }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        };
        let headers = table.headers;
        portion(Signal::stored(table.rows), LINES, row, move |rows| {
            let heads = headers.iter().map(|h| view! { <th scope="col">{h.clone()}</th> });
            view! {
                <table class="mini">
                    <thead><tr>{heads.collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        })
    }

    /// `导出表格` of the numbers.
    fn export(self, vm: Signal<ChartVm>) -> AnyView {
        let town = use_store();
        let make = move |_: Wanted| {
            let table = self.scene.with_untracked(|s| s.as_ref().map(|s| s.table.clone()));
            let (whose, today) = town.read_untracked(|desk| (town_name(desk.replica()), desk.today()));
            let over = vm.with_untracked(|vm| Over {
                title: vm.figure.title.clone(),
                line: line_of(&whose, &vm.about, today),
            });
            let sheet = chart_sheet(&table.unwrap_or_default(), &over);
            (over.title, vec![sheet])
        };
        export_menu(town, Asks::Format, make)
    }

    /// Saves the chart with its words as a picture, always in the light theme; what is said of it.
    fn save(self, vm: &ChartVm, figure: Figure) -> String {
        const WIDTH: f64 = 720.0;
        let theme = Theme::new(LIGHT, 1.0);
        let measure = measurer();
        let size = Size {
            width: WIDTH,
            height: None,
        };
        let scene = layout(&figure, size, &theme, &measure);
        let heading = Heading {
            title: figure.title.clone(),
            subtitle: vm.about.clone(),
            note: vm.records.as_ref().map_or_else(String::new, |r| r.0.clone()),
        };
        let canvas = document()
            .create_element("canvas")
            .map(wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlCanvasElement>);
        let drawn = canvas.map_err(|e| format!("{e:?}")).and_then(|canvas| {
            paint(&canvas, &framed(&scene, &heading, &theme, &measure), 2.0)?;
            png(&canvas)
        });
        match drawn {
            Ok(address) => {
                let name = format!("{}.png", figure.title);
                offer_address(&name, &address);
                handed(&name, app())
            }
            Err(error) => {
                leptos::logging::error!("chart: {error}");
                "没有存成图片，请改用打印".to_owned()
            }
        }
    }
}
