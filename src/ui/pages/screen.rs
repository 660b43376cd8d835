//! 大屏: the board of the meeting room. The map in the middle of attention, six figures, two strips; one district after
//! the other comes into focus. No name of a person stands here.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::map::{drawn, scale_bar, use_map};
use super::unit::elsewhere;
use crate::chart::Figure;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::Programme;
use crate::model::programmes::base::indicators::CENTRES;
use crate::model::programmes::dream::indicators::NIGHT_TALKS;
use crate::ui::app::use_shell;
use crate::ui::components::chart::bare_chart;
use crate::ui::components::flower::{logo, programme_icon};
use crate::ui::components::town_map::{MapActs, town_map};
use crate::ui::dom::root;
use crate::ui::figures::{Figures, link, use_figures};
use crate::view::charts;
use crate::view::format;
use crate::view::overview as vm;
use crate::view::programmes::card;
use crate::view::route::Route;
use crate::view::show;

/// How long one picture stands.
const BEAT: Duration = Duration::from_secs(30);

/// What the parts of the screen share. Copies are the same.
#[derive(Clone, Copy)]
struct Board {
    figures: Figures,
    /// Ids of the districts.
    districts: Memo<Vec<String>>,
    /// 0 is the town, then one district each.
    place: RwSignal<usize>,
    running: RwSignal<bool>,
}

/// The page.
pub fn screen() -> AnyView {
    let shell = use_shell();
    let figures = use_figures();
    let districts =
        Memo::new(move |_| figures.with(|b| b.frame().districts().into_iter().map(str::to_owned).collect::<Vec<_>>()));
    let board = Board {
        figures,
        districts,
        place: RwSignal::new(0),
        running: RwSignal::new(true),
    };
    let timer = set_interval_with_handle(move || board.tick(), BEAT).ok();
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
    });
    let keys = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Escape" => shell.go_to(Route::Overview),
            "ArrowRight" | "ArrowDown" | "PageDown" => board.step(1),
            "ArrowLeft" | "ArrowUp" | "PageUp" => board.step(-1),
            " " => board.running.update(|on| *on = !*on),
            _ => {}
        }
    });
    on_cleanup(move || keys.remove());
    stay_awake();
    let whole = Memo::new(move |_| figures.reach() == Scope::Town);
    view! {
        <div class="screen" data-place=move || board.place.get().to_string()>
            {board.head()}
            {move || if whole.get() { board.body() } else { elsewhere(figures, "screen-empty") }}
            {board.foot()}
        </div>
    }
    .into_any()
}

/// Asks the browser to keep the screen lit; one that cannot leaves that to its own settings. The lock ends when the
/// page is hidden, so it is asked for again when the page comes back.
fn stay_awake() {
    ask_for_light();
    let back = window_event_listener_untyped("focus", |_| ask_for_light());
    on_cleanup(move || back.remove());
    on_cleanup(release_light);
}

thread_local!(static LIGHT: std::cell::RefCell<Option<JsValue>> = const { std::cell::RefCell::new(None) });

fn ask_for_light() {
    let navigator: JsValue = window().navigator().into();
    let lock = member(&navigator, "wakeLock");
    let Ok(request) = member(&lock, "request").dyn_into::<js_sys::Function>() else {
        return;
    };
    let Ok(Ok(promise)) = request
        .call1(&lock, &"screen".into())
        .map(JsCast::dyn_into::<js_sys::Promise>)
    else {
        return;
    };
    leptos::task::spawn_local(async move {
        // A refusal is no error of this page: the screen then follows the system.
        if let Ok(held) = wasm_bindgen_futures::JsFuture::from(promise).await {
            release_light();
            LIGHT.with_borrow_mut(|light| *light = Some(held));
        }
    });
}

fn release_light() {
    if let Some(held) = LIGHT.with_borrow_mut(Option::take)
        && let Ok(release) = member(&held, "release").dyn_into::<js_sys::Function>()
    {
        let _ = release.call0(&held);
    }
}

fn member(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

impl Board {
    fn body(self) -> AnyView {
        view! {
            <div class="screen-body">
                {self.map()}
                <div class="screen-right">
                    {move || self.six()}
                    {self.months()}
                    {move || self.centres()}
                </div>
            </div>
        }
        .into_any()
    }

    fn tick(self) {
        if self.running.get_untracked() {
            self.step(1);
        }
    }

    fn step(self, by: isize) {
        let count = self.districts.read_untracked().len() + 1;
        self.place
            .update(|place| *place = place.saturating_add_signed(by) % count);
    }

    /// The district in focus.
    fn focus(self) -> Option<String> {
        let place = self.place.get().checked_sub(1)?;
        self.districts.read().get(place).cloned()
    }

    fn scope(self) -> Scope {
        self.focus().map_or(Scope::Town, Scope::District)
    }

    fn focus_name(self) -> Option<String> {
        let id = self.focus()?;
        Some(
            self.figures
                .town
                .read_untracked(|desk| show::district_name(desk.replica(), &id)),
        )
    }

    fn head(self) -> AnyView {
        let title = move || {
            self.figures.town.read(|desk| {
                let name = show::name(&crate::exchange::writing::town_name(desk.replica()));
                format!("{name}基层党建五项工程")
            })
        };
        let about = move || {
            self.figures.with(|board| {
                let (year, month, day) = board.as_of().ymd();
                let frame = board.frame();
                let date = format::date_in_text(year, month.unsigned_abs(), day.unsigned_abs());
                let units = frame.units.len();
                format!(
                    "截至 {date} · {units} 个村（社区） · {} 个片区",
                    frame.districts().len()
                )
            })
        };
        view! {
            <header class="screen-head">
                {logo()}
                <h1 tabindex="-1">{title}</h1>
                <p>{about}</p>
                <a class="button screen-out" href=link(Route::Overview)>"退出大屏"</a>
            </header>
        }
        .into_any()
    }

    fn map(self) -> AnyView {
        let map = use_map(self.figures);
        let shown = Memo::new(move |_| drawn(self.figures, map, &NIGHT_TALKS));
        let vm = Signal::derive(move || shown.get().0);
        let acts = MapActs {
            selected: Signal::derive(move || self.focus()),
            ..MapActs::choosing(Callback::new(|_| ()))
        };
        let finding = move || {
            let scope = self.scope();
            let talks = self.figures.with(|b| vm::figures(b, &[&NIGHT_TALKS], &scope));
            let count = talks.first().map_or_else(String::new, |f| f.shown.clone());
            match self.focus_name() {
                Some(name) => format!("{name}夜话 {count} 场"),
                None => match self.figures.source(charts::most_talks) {
                    Some(most) => format!("夜话 {count} 场，{most}最多"),
                    None => format!("夜话 {count} 场"),
                },
            }
        };
        view! {
            <section class="screen-map">
                <h2>{finding}</h2>
                {town_map(vm, acts, true)}
                {move || scale_bar(&shown.get().1)}
            </section>
        }
        .into_any()
    }

    fn six(self) -> AnyView {
        let scope = self.scope();
        let boxes = Programme::ALL.map(|programme| {
            self.figures.with(|board| {
                let [(indicator, _), ..] = card(programme);
                let figure = vm::figure(board, indicator, &scope);
                let line = vm::screen_line(&board.reading(indicator, &scope));
                let word = (!figure.shown.contains('/')).then_some(indicator.measure);
                view! {
                    <div class="screen-box screen-fade" data-indicator=indicator.id data-value=figure.plain>
                        <h3>{programme_icon(programme)} {programme.label()}</h3>
                        <b class="figure">{figure.shown} <small>{word}</small></b>
                        <p>{line}</p>
                    </div>
                }
            })
        });
        view! { <div class="screen-six">{boxes.into_iter().collect_view()} {self.sixth(&scope)}</div> }.into_any()
    }

    /// The last assessment of the town, or how far the district is.
    fn sixth(self, scope: &Scope) -> AnyView {
        let grade = self.figures.source(|s| vm::assessment(s.records, s.board.as_of()));
        let (head, shown, line) = match (scope, grade) {
            (Scope::Town, Some((year, level))) => ("全县党建考核", level, format!("{year} 年度")),
            _ => {
                let overall = self.figures.with(|b| b.overall(scope));
                let shown = overall.map_or_else(|| "--".to_owned(), crate::view::format::whole);
                ("五项工程进度", shown, "五项平均".to_owned())
            }
        };
        view! {
            <div class="screen-box is-gold screen-fade">
                <h3>{head}</h3>
                <b class="figure">{shown}</b>
                <p>{line}</p>
            </div>
        }
        .into_any()
    }

    fn months(self) -> AnyView {
        let strip = Memo::new(move |_| {
            let focus = self.focus();
            self.figures.source(|s| charts::talk_columns(s, focus.as_deref()))
        });
        let figure: Signal<Figure> = Signal::derive(move || strip.get().figure);
        view! {
            <section class="screen-box">
                <h2>{move || strip.with(|s| s.figure.title.clone())}</h2>
                {bare_chart(figure, Some(104.0))}
            </section>
        }
        .into_any()
    }

    fn centres(self) -> AnyView {
        let scope = self.scope();
        let parts = self.figures.with(|board| {
            let reading = board.reading(&CENTRES, &scope);
            let amount = |key: &str| reading.amount(key).to_f64();
            [
                ("已建成", amount("built"), "strip-solid"),
                ("提档中", amount("upgrading"), "strip-striped"),
                ("待建", amount("planned"), "strip-dotted"),
            ]
        });
        let named: Vec<(&str, f64)> = parts.iter().map(|p| (p.0, p.1)).collect();
        let title = crate::chart::finding::parts("阵地", &named, "个").unwrap_or_else(|| "还没有登记阵地".to_owned());
        let bars = parts.into_iter().filter(|p| p.1 > 0.0).map(|(name, amount, class)| {
            view! {
                <div style=format!("flex:{amount} 1 0")>
                    <span class=format!("strip-bar {class}")></span>
                    {format!("{name} {amount}")}
                </div>
            }
        });
        view! {
            <section class="screen-box">
                <h2>{title}</h2>
                <div class="strip">{bars.collect_view()}</div>
            </section>
        }
        .into_any()
    }

    fn foot(self) -> AnyView {
        let map = use_map(self.figures);
        let notes = move || {
            let lines = crate::view::map_edit::lines(&map.get());
            self.figures.town.read(|desk| {
                let mut words = vec![lines.note()];
                words.extend(vm::is_sample_division(desk.replica()).then_some("片区为示例划分"));
                words.extend(desk.is_sample().then_some("示例数据"));
                words.join(" · ")
            })
        };
        let place = move || {
            let beat = if self.running.get() {
                "30 秒后换屏，空格暂停"
            } else {
                "已暂停，空格继续"
            };
            // A phone has no keys; the way out stands above.
            let phone = root("data-width") == "phone";
            let out = if phone { "" } else { "Esc 退出" };
            if self.figures.reach() != Scope::Town {
                return out.to_owned();
            }
            let place = format!(
                "第 {} 屏，共 {} 屏",
                self.place.get() + 1,
                self.districts.read().len() + 1
            );
            if phone {
                place
            } else {
                format!("{place} · {beat} · {out}")
            }
        };
        view! { <footer class="screen-foot"><span>{notes}</span> <span>{place}</span></footer> }.into_any()
    }
}
