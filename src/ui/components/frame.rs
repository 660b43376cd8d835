//! The frame around every page: navigation, top bar, bottom bar of phones.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, Select};
use super::flower::{logo, programme_icon};
use super::icon::{Icon, icon};
use super::message::{Banner, Notice};
use super::panel::SidePanel;
use super::search::{Search, SearchOver};
use super::status::shape;
use crate::model::status::Status;
use crate::ui::dom::focus;
use crate::ui::parts::{self, Part, PartRequest};
use crate::ui::screen::{TextSize, Width, use_screen};
use crate::view::route::{Address, Programme, Route, key, pages};
use crate::view::show;
use crate::view::text::{LOCAL_ONLY, PRODUCT, SAMPLE, TASKS, title};

/// How the latest changes are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing was changed yet.
    #[default]
    Untouched,
    /// Being written.
    Busy,
    /// Written at this time, `14:08`.
    Saved(String),
    /// The form's draft was written at this time.
    Draft(String),
    /// Only in memory, and meant to be; the words say why.
    Loose(&'static str),
    /// Not written; a banner says what to do.
    Failed,
}

/// When the data was last exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportAge {
    /// `3 天前`, or `从未导出`.
    pub text: String,
    /// It is time to export again.
    pub overdue: bool,
}

/// What the frame shows and does. The page it frames is none of its business.
#[derive(Clone, Copy)]
pub struct FrameState {
    /// The day the figures hold, `2022-11-22`.
    pub as_of: Signal<String>,
    /// The figures are those of the sample town.
    pub sample: Signal<bool>,
    /// How the latest changes are kept.
    pub saved: Signal<SaveState>,
    /// When the data was last exported.
    pub export: Signal<ExportAge>,
    /// Key and word of each role.
    pub roles: Signal<Vec<(String, String)>>,
    /// Key of the role.
    pub role: Signal<String>,
    /// Takes the key of a role.
    pub on_role: Callback<String>,
    /// Messages that stay under the top bar, each with what its button does; the most urgent first.
    pub notices: Signal<Vec<(Notice, Callback<()>)>>,
    /// Whether the page works without a network, in words; empty while that is not known.
    pub offline: Signal<&'static str>,
    /// Records that wait for a decision; none hides the entry of the navigation.
    pub open: Signal<usize>,
    /// Where the name of the product leads: the page that the role begins with.
    pub home: Signal<String>,
    /// The unit that is filled in for here, if it is one, and what it calls itself: 本村.
    pub unit: Signal<Option<(String, &'static str)>>,
}

/// What a page asks of the frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The page's title.
    pub title: String,
    /// Where the arrow before the title leads; `None` for no arrow.
    pub back: Option<String>,
    /// The page fills the window and scrolls inside.
    pub full: bool,
    /// The page is a sheet of paper with a title of its own, which is printed alone.
    pub sheet: bool,
    /// No frame at all, for the meeting room screen.
    pub bare: bool,
    /// The page has its own bar at the bottom, which on phones takes the place of the navigation.
    pub save_bar: bool,
    /// Shown in place of the frame's own state, e.g. that of a draft.
    pub saved: Option<SaveState>,
}

impl Head {
    /// A page with a title and nothing special.
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            title: show::choice(&title.into()),
            ..Self::default()
        }
    }
}

/// The frame.
#[component]
pub fn Frame(
    state: FrameState,
    address: Signal<Address>,
    head: Signal<Head>,
    /// The page's heading, to give it the focus.
    heading: NodeRef<html::H1>,
    /// The search over the page is open.
    searching: RwSignal<bool>,
    children: Children,
) -> AnyView {
    let main = NodeRef::<html::Main>::new();
    let more = RwSignal::new(false);
    let here = Memo::new(move |_| address.read().route.clone());
    let width = use_screen().width;
    let phone = Memo::new(move |_| width.get() == Width::Phone);
    // Any step to another page closes what lies over the page.
    Effect::new(move |_| {
        here.track();
        more.set(false);
    });
    let sheet = move || parts::shown(Part::Office, move || PartRequest::More(state, here, more, searching));
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            focus(&main);
        }
    };
    let banners = move || {
        let all = state.notices.get().into_iter();
        all.map(|(notice, on_action)| view! { <Banner notice on_action /> })
            .collect_view()
    };
    view! {
        <a class="skip" href="#" on:click=skip>"跳到正文"</a>
        <div
            class="app"
            class:is-full=move || head.read().full
            class:is-bare=move || head.read().bare
            class:has-sheet=move || head.read().sheet
            class:has-save=move || head.read().save_bar
        >
            {move || (!phone.get()).then(|| side(state, here))}
            <div class="app-main">
                {top_bar(state, address, head, heading, searching)}
                <Show when=move || searching.get()>
                    <SearchOver on_close=move |()| searching.set(false) />
                </Show>
                {banners}
                <main class="page" class:is-full=move || head.read().full id="main" tabindex="-1" node_ref=main>
                    {children()}
                </main>
            </div>
            {move || (phone.get() && !head.read().save_bar).then(|| bottom_bar(state, here, more))}
            <Show when=move || more.get()>{sheet()}</Show>
        </div>
    }
    .into_any()
}

/// The map of the whole town.
const MAP: Route = Route::Map {
    district: None,
    unit: None,
};

/// The pages of the navigation, by group.
fn groups() -> [(&'static str, Vec<(Route, &'static str)>); 3] {
    let programmes = Programme::ALL.map(|programme| (Route::Programme(programme), programme.label()));
    let (mut top, mut daily) = (Vec::new(), Vec::new());
    pages!(in_navigation top daily);
    [("", top), ("五项工程", programmes.to_vec()), ("日常", daily)]
}

macro_rules! in_navigation {
    ($top:ident $daily:ident $({
        $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident nav $nav:tt $($rest:tt)*
    })*) => {
        $(in_navigation!(@ $top $daily $page $nav);)*
    };
    (@ $top:ident $daily:ident $page:ident ()) => {};
    (@ $top:ident $daily:ident $page:ident (Top $word:literal)) => { $top.push((plain_route!($page), $word)) };
    (@ $top:ident $daily:ident $page:ident (Daily $word:literal)) => { $daily.push((plain_route!($page), $word)) };
}
use in_navigation;

/// The route of a page that holds nothing, or that of the whole map.
macro_rules! plain_route {
    (Map) => {
        MAP
    };
    ($page:ident) => {
        Route::$page
    };
}
use plain_route;

/// The page of the navigation that a page belongs to.
fn section(route: &Route) -> Route {
    pages!(section_of route)
}

macro_rules! section_of {
    ($route:ident $({
        $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident nav $nav:tt section $section:ident
        $($rest:tt)*
    })*) => {
        match $route {
            $(Route::$page { .. } => section_of!(@ $route $section),)*
        }
    };
    (@ $route:ident Programme) => { $route.clone() };
    (@ $route:ident Dream) => { Route::Programme(Programme::Dream) };
    (@ $route:ident Seedling) => { Route::Programme(Programme::Seedling) };
    (@ $route:ident Lead) => { Route::Programme(Programme::Lead) };
    (@ $route:ident NotFound) => { $route.clone() };
    (@ $route:ident $section:ident) => { plain_route!($section) };
}
use section_of;

fn picture(route: &Route) -> AnyView {
    match route {
        Route::Programme(programme) => programme_icon(*programme),
        route => icon(pages!(icon_of route)),
    }
}

macro_rules! icon_of {
    ($route:ident $({
        $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident nav $nav:tt section $section:ident
        icon $icon:ident $($rest:tt)*
    })*) => {
        match $route {
            $(Route::$page { .. } => Icon::$icon,)*
        }
    };
}
use icon_of;

fn nav_item(state: FrameState, route: Route, word: &'static str, here: Memo<Route>) -> AnyView {
    let drawing = picture(&route);
    let shell = crate::ui::app::use_shell();
    let to = route.clone();
    let first = route == Route::Overview;
    let word = move || {
        if first && state.unit.read().is_some() {
            TASKS
        } else {
            word
        }
    };
    // The period and the day of the figures stay the same on every page.
    let href = move || shell.address.read().go(to.clone()).hash();
    let current = move || (section(&here.read()) == route).then_some("page");
    view! {
        <li>
            <a class="nav-item" href=href aria-current=current>{drawing} <span class="nav-word">{word}</span></a>
        </li>
    }
    .into_any()
}

/// 核对 with the count of what is open, while there is something.
fn open_item(state: FrameState, here: Memo<Route>) -> AnyView {
    let some = Memo::new(move |_| state.open.get() > 0);
    let current = move || (*here.read() == Route::Conflicts).then_some("page");
    let href = Address::from(Route::Conflicts).hash();
    view! {
        <Show when=move || some.get()>
            <li>
                <a class="nav-item" href=href.clone() aria-current=current>
                    {icon(Icon::Document)} <span class="nav-word">{move || format!("核对 {}", state.open.get())}</span>
                </a>
            </li>
        </Show>
    }
    .into_any()
}

fn nav_list(state: FrameState, here: Memo<Route>) -> AnyView {
    let parts = groups().into_iter().map(|(group, items)| {
        let name = (!group.is_empty()).then(|| view! { <li class="nav-group">{group}</li> });
        let items = items
            .into_iter()
            .map(|(route, word)| nav_item(state, route, word, here));
        let open = (group == "日常").then(|| open_item(state, here));
        view! { {name} {open} {items.collect_view()} }
    });
    view! { <ul class="nav">{parts.collect_view()}</ul> }.into_any()
}

/// That data stays on this machine, and when it was last exported.
fn local_note(state: FrameState) -> AnyView {
    let overdue = move || state.export.read().overdue;
    view! {
        <p class="side-foot" class:is-overdue=overdue>
            {LOCAL_ONLY} <br />
            {move || overdue().then(|| shape(Status::Warn, true))}
            {move || format!("上次导出：{}", state.export.read().text)}
            {move || (!state.offline.get().is_empty()).then(|| view! { <br /> {state.offline.get()} })}
        </p>
    }
    .into_any()
}

fn side(state: FrameState, here: Memo<Route>) -> AnyView {
    view! {
        <nav class="side" aria-label="主导航">
            <a class="brand" href=move || state.home.get() aria-label=PRODUCT>{logo()} <span class="brand-word">{PRODUCT}</span></a>
            {nav_list(state, here)}
            {local_note(state)}
        </nav>
    }
    .into_any()
}

fn top_bar(
    state: FrameState,
    address: Signal<Address>,
    head: Signal<Head>,
    heading: NodeRef<html::H1>,
    searching: RwSignal<bool>,
) -> AnyView {
    let screen = use_screen();
    let wide = move || screen.width.get() == Width::Wide;
    let phone = move || screen.width.get() == Width::Phone;
    let mark = move || match head.read().back.clone() {
        Some(href) => view! {
            <a class="button button-icon back" href=href aria-label="返回" title="返回">{icon(Icon::Back)}</a>
        }
        .into_any(),
        None => logo(),
    };
    let as_of = move || {
        let asked = address.read().get(key::AS_OF).map(str::to_owned);
        let day = asked.unwrap_or_else(|| state.as_of.get());
        (!phone() && !day.is_empty()).then(|| format!("截至 {day}"))
    };
    let saved = move || save_mark(head.read().saved.clone().unwrap_or_else(|| state.saved.get()), phone());
    let size = Signal::derive(move || screen.size.get().key().to_owned());
    let sizes = TextSize::ALL
        .map(|(size, word)| (size.key().to_owned(), word.to_owned()))
        .to_vec();
    let sizes = StoredValue::new(sizes);
    view! {
        <header class="topbar">
            {mark}
            <h1 tabindex="-1" node_ref=heading>{move || head.read().title.clone()}</h1>
            <span class="topbar-day above-phone">{as_of}</span>
            <Show when=move || state.sample.get()>
                <span class="sample-mark">{SAMPLE.0} <span>{SAMPLE.1}</span></span>
            </Show>
            <span class="spacer"></span>
            {saved}
            <Show when=wide>
                <Search on_done=|()| () />
                <Select
                    label="字号"
                    options=sizes.get_value()
                    chosen=size
                    on_choose=move |key: String| screen.size.set(TextSize::from_key(&key))
                />
            </Show>
            <Show when=move || !wide() && !phone()>
                <Button label="搜索".to_owned() on_press=move |()| searching.set(true) />
            </Show>
            <Show when=move || !phone() && !state.roles.read().is_empty()>
                <Select label="身份" options=state.roles chosen=state.role on_choose=state.on_role />
            </Show>
        </header>
    }
    .into_any()
}

fn save_mark(saved: SaveState, short: bool) -> AnyView {
    let (class, status, words) = match saved {
        SaveState::Untouched => return ().into_any(),
        SaveState::Busy => ("saved is-busy", Status::None, "正在保存".to_owned()),
        SaveState::Saved(_) if short => ("saved", Status::Done, "已保存".to_owned()),
        SaveState::Saved(at) => ("saved", Status::Done, format!("已保存到本机 {at}")),
        SaveState::Draft(at) => ("saved", Status::Done, format!("草稿已存 {at}")),
        SaveState::Loose(words) => ("saved is-loose", Status::None, words.to_owned()),
        SaveState::Failed => ("saved is-failed", Status::Late, "没有存下".to_owned()),
    };
    view! { <span class=class role="status">{shape(status, false)} {words}</span> }.into_any()
}

fn bottom_bar(state: FrameState, here: Memo<Route>, more: RwSignal<bool>) -> AnyView {
    let unit = Memo::new(move |_| state.unit.get());
    let item = move |drawn: Icon, word: &'static str, route: Route| {
        let href = Address::from(route.clone()).hash();
        // Of a village, filling in is on the first page.
        let fill = if unit.read_untracked().is_some() {
            Route::Overview
        } else {
            Route::Fill
        };
        let current = move || {
            let now = match &*here.read() {
                Route::NewRecord(_) | Route::Fill => fill.clone(),
                now => section(now),
            };
            (now == route || *here.read() == route).then_some("page")
        };
        view! {
            <a class="tabbar-item" href=href aria-current=current>
                {icon(drawn)} {word}
            </a>
        }
        .into_any()
    };
    let items = move || match unit.get() {
        Some((unit, word)) => vec![
            item(Icon::Pen, TASKS, Route::Overview),
            item(Icon::Houses, word, Route::Unit(unit)),
        ],
        None => vec![
            item(Icon::Home, "总览", Route::Overview),
            item(Icon::Map, "地图", MAP),
            item(Icon::Pen, "填报", Route::Fill),
        ],
    };
    view! {
        <nav class="tabbar" aria-label="主导航">
            {items}
            {item(Icon::Table, "台账", Route::Ledgers)}
            <button
                type="button"
                class="tabbar-item"
                aria-expanded=move || if more.get() { "true" } else { "false" }
                on:click=move |_| more.update(|open| *open = !*open)
            >
                {icon(Icon::More)} "更多"
            </button>
        </nav>
    }
    .into_any()
}

/// Everything the bottom bar has no room for.
pub fn more_sheet(state: FrameState, here: Memo<Route>, more: RwSignal<bool>, searching: RwSignal<bool>) -> AnyView {
    let search = move |()| {
        more.set(false);
        searching.set(true);
    };
    let extra = [Route::Bin, Route::Help].map(|route| {
        let word = title(&route);
        nav_item(state, route, word, here)
    });
    view! {
        <SidePanel title="更多".to_owned() on_close=move |()| more.set(false) over=true>
            <p class="button-row">
                <Button label="搜索".to_owned() on_press=search />
                <Show when=move || !state.roles.read().is_empty()>
                    <Select label="身份" options=state.roles chosen=state.role on_choose=state.on_role />
                </Show>
            </p>
            {nav_list(state, here)}
            <ul class="nav">{extra.into_iter().collect_view()}</ul>
            {local_note(state)}
        </SidePanel>
    }
    .into_any()
}
