//! The tools over the map: what it shows, the player of the months, comparison, search, pictures and paper.

use std::time::Duration;

use leptos::ev::Event;
use leptos::prelude::*;

use super::{BY, MapPage, SHOW, VERSUS};
use crate::browser::share::app;
use crate::desk::Desk;
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::{Form, Scope};
use crate::model::ledger::Lies;
use crate::model::programmes::indicators;
use crate::ui::components::button::{Button, Segments, Select};
use crate::ui::components::day::day_box;
use crate::ui::components::icon::{Icon, icon};
use crate::ui::screen::{print, use_screen};
use crate::view::leaving::handed;
use crate::view::map_export::{Sheet, svg};
use crate::view::map_page::Mode;
use crate::view::overview as vm;
use crate::view::period;
use crate::view::route::Route;
use crate::view::show;

/// How long a month stands while the player runs.
const BEAT: Duration = Duration::from_millis(900);

impl MapPage {
    pub(super) fn tools(self) -> AnyView {
        let options: Vec<(String, String)> = indicators()
            .filter(|i| i.form != Form::Mean)
            .map(|i| (i.id.to_owned(), i.name.to_owned()))
            .collect();
        let chosen = Signal::derive(move || self.indicator.get().id.to_owned());
        let modes = Mode::ALL
            .map(|(_, key, word)| (key.to_owned(), word.to_owned()))
            .to_vec();
        let mode = Signal::derive(move || {
            let now = self.mode.get();
            Mode::ALL
                .into_iter()
                .find(|m| m.0 == now)
                .map_or("value", |m| m.1)
                .to_owned()
        });
        let set = move |key: &'static str, value: &str| {
            self.keep.set(None);
            self.shell.refine_query(key, value);
        };
        let screen = use_screen();
        let plain = move || self.mode.get() == Mode::Indicator;
        view! {
            <div class="map-toolbar">
                <div class="map-tools">
                    <Show when=plain>
                        <Select
                            label="着色指标"
                            options=options.clone()
                            chosen=chosen
                            on_choose=move |id: String| set(BY, &id)
                        />
                    </Show>
                    <Segments label="地图显示" options=modes chosen=mode on_choose=move |key: String| set(SHOW, &key) />
                </div>
                <div class="map-tools is-more">
                    <Show when=plain>{self.player()} {self.versus_field()}</Show>
                    <input
                        type="search"
                        class="select map-find"
                        aria-label="在地图上找"
                        placeholder="在地图上找"
                        on:input=move |event: Event| self.words.set(event_target_value(&event))
                    />
                    <span class="button-row map-out">
                        {self.edit_button()}
                        <Button label="下载图片".to_owned() on_press=move |()| self.save_png() />
                        <Button label="下载矢量图".to_owned() on_press=move |()| self.save_svg() />
                        <Button label="打印".to_owned() on_press=move |()| print(screen) />
                    </span>
                </div>
            </div>
            {move || self.crumbs()}
        }
        .into_any()
    }

    /// Where one is: the town, the district, the unit.
    fn crumbs(self) -> AnyView {
        let (district, unit) = self.chosen.get();
        // Where only a part of the records is here, nothing is called the town's.
        let whole = match self.figures.reach() {
            Scope::Town => "全镇",
            _ => "地图",
        };
        let Some(id) = district else {
            // On a phone the line keeps its place, so that the map does not move under the finger.
            return view! { <p class="map-crumbs is-town">{whole}</p> }.into_any();
        };
        let town = self.figures.town;
        let to = |district: Option<String>| {
            let mut to = self.shell.address.get_untracked();
            to.route = Route::Map { district, unit: None };
            to.hash()
        };
        let name = town.read_untracked(|desk| show::district_name(desk.replica(), &id));
        let unit = unit.map(|code| {
            let name = town.read_untracked(|desk| show::unit_name(desk.replica(), &code));
            view! { " › " <span aria-current="page">{name}</span> }
        });
        let district = match unit.is_some() {
            true => view! { <a href=to(Some(id))>{name}</a> }.into_any(),
            false => view! { <span aria-current="page">{name}</span> }.into_any(),
        };
        view! {
            <nav class="map-crumbs" aria-label="位置">
                <a href=to(None)>{whole}</a>
                " › "
                {district}
                {unit}
            </nav>
        }
        .into_any()
    }

    /// Months from the first record to the as-of day.
    fn months(self) -> (Month, i32) {
        let (_, as_of) = self.figures.asked();
        let first = self
            .figures
            .town
            .read_untracked(|desk| period::first_month(desk.replica(), as_of));
        (first, as_of.month().since(first))
    }

    fn player(self) -> AnyView {
        let running = RwSignal::new(false);
        let timer = StoredValue::new(None::<IntervalHandle>);
        let stop = move || {
            running.set(false);
            if let Some(handle) = timer.try_update_value(Option::take).flatten() {
                handle.clear();
            }
        };
        on_cleanup(stop);
        let last = Memo::new(move |_| self.months());
        let place = move || {
            let (first, count) = last.get();
            self.month.get().map_or(count, |m| m.since(first).clamp(0, count))
        };
        let put = move |place: i32| {
            let (first, count) = last.get_untracked();
            self.month.set((place < count).then(|| first.plus(place)));
        };
        let advance = move || {
            let (_, count) = last.get_untracked();
            let next = untrack(place) + 1;
            put(next.min(count));
            if next >= count {
                stop();
            }
        };
        let press = move |_| {
            if running.get_untracked() {
                return stop();
            }
            let (_, count) = last.get_untracked();
            if untrack(place) >= count {
                put(0);
            }
            running.set(true);
            timer.set_value(set_interval_with_handle(advance, BEAT).ok());
        };
        let slide = move |event: Event| {
            stop();
            if let Ok(to) = event_target_value(&event).parse() {
                put(to);
            }
        };
        let words = move || {
            let (first, _) = last.get();
            let (year, month) = first.plus(place()).ym();
            format!("{year}年{month}月")
        };
        let name = move || if running.get() { "停止" } else { "逐月播放" };
        view! {
            <div class="play" role="group" aria-label="逐月">
                <button type="button" class="button button-icon" aria-label=name title=name on:click=press>
                    {move || icon(if running.get() { Icon::Pause } else { Icon::Play })}
                </button>
                <input
                    type="range"
                    min="0"
                    max=move || last.get().1.to_string()
                    prop:value=move || place().to_string()
                    aria-label="月份"
                    aria-valuetext=words
                    on:input=slide
                />
                <span class="play-month">"至 " {words}</span>
            </div>
        }
        .into_any()
    }

    fn versus_field(self) -> AnyView {
        let value = Signal::derive(move || self.versus.get().map_or_else(String::new, |d| d.to_string()));
        let choose = move |day: Option<Day>| {
            self.keep.set(None);
            self.shell
                .refine_query(VERSUS, &day.map_or_else(String::new, |day| day.to_string()));
        };
        let today = (self.figures.town.read_untracked(Desk::today), Lies::Past);
        view! {
            <span class="period-day">
                <span aria-hidden="true">"与哪天比较"</span>
                {day_box("与哪天比较", value, today, self.shell.toasts, Callback::new(choose))}
            </span>
            <Show when=move || self.versus.get().is_some()>
                <Button label="不比较".to_owned() on_press=move |()| self.shell.refine_query(VERSUS, "") />
            </Show>
        }
        .into_any()
    }

    /// The whole map as a drawing of its own, with title, legend, date and what kind of map it is.
    fn sheet(self) -> Option<(String, String)> {
        let (vm, coloured) = self.shown.get_untracked()?;
        let (period, as_of) = untrack(|| self.figures.asked());
        let day = self.month.get_untracked().map_or(as_of, |m| m.last().min(as_of));
        let town = self.figures.town;
        let title = format!("{}分布图", vm.subject);
        let measure = crate::browser::canvas::measurer();
        let text = svg(&Sheet {
            map: &vm.map,
            cells: &vm.cells,
            plates: &vm.plates,
            steps: &coloured.steps,
            mode: vm.mode,
            title: &title,
            about: &format!("{} · 截至 {day}", period.label()),
            is_sample_division: town.read_untracked(|desk| vm::is_sample_division(desk.replica())),
            is_sample: town.read_untracked(|desk| desk.is_sample()),
            measure: &|text, px| measure(text, f64::from(px), 400) as f32,
        });
        Some((format!("{title} {day}"), text))
    }

    fn save_svg(self) {
        if let Some((name, text)) = self.sheet() {
            let name = format!("{name}.svg");
            crate::browser::files::offer_text(&name, "image/svg+xml", &text);
            self.shell.toasts.say(handed(&name, app()), None);
        }
    }

    fn save_png(self) {
        if let Some((name, text)) = self.sheet() {
            let (width, height) = crate::view::map_export::SIZE;
            let (name, toasts) = (format!("{name}.png"), self.shell.toasts);
            let said = name.clone();
            let done = move |drawn| {
                let told = match drawn {
                    true => handed(&said, app()),
                    false => "没有存成图片，请改用“存 SVG”".to_owned(),
                };
                toasts.say(told, None);
            };
            crate::browser::picture::save_png(name, &text, (width * 2.0, height * 2.0), done);
        }
    }
}
