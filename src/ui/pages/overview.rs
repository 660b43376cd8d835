//! The overview: one sentence, the five programmes under their three questions, what needs a hand, the map, charts,
//! the board of units, what is new and how fresh the data is.

use leptos::prelude::*;

use crate::desk::Desk;
use crate::model::engine::indicator::{Board, Scope};
use crate::model::ledger::Programme;
use crate::model::programmes::catalogue;
use crate::model::programmes::dream::indicators::{ANNUAL_PLAN, NIGHT_TALKS};
use crate::model::status::Status;
use crate::ui::app::use_shell;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::chart::chart;
use crate::ui::components::flower::{Petal, flower, programme_icon};
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::{opened, portion};
use crate::ui::components::status::{shape, status_tag};
use crate::ui::components::town_map::{MapActs, town_map};
use crate::ui::dom::{next_frame, root};
use crate::ui::figures::{Figures, link, narrowed, use_figures};
use crate::ui::parts::{self, Part, PartRequest};
use crate::ui::state::AppStore;
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::{self, ChartVm, Source};
use crate::view::conflicts;
use crate::view::fill::{ReturnedPlan, returned_plans};
use crate::view::first_look::{self, Top, TopCard};
use crate::view::follow::{self, FollowVm, FreshVm, RecentVm};
use crate::view::overview::{self as vm, FigureVm};
use crate::view::portion::BLOCKS;
use crate::view::programmes;
use crate::view::route::{Address, Route};
use crate::view::standing::{Overdue, Standing, worst};
use crate::view::tables::seen::{Over, follow_ups as follow_ups_sheet};
use crate::view::{format, show};

/// The query key that shows all follow-ups instead of the first.
const ALL: &str = "todo";
/// How many follow-ups stand on the page at first.
const FIRST: usize = 6;
/// The setting that keeps how many changes there were at the last visit, and when that was.
const VISIT: &str = "visit";

/// A figure that leads to its records.
pub fn figure_link(figure: &FigureVm) -> AnyView {
    let FigureVm {
        indicator,
        shown,
        plain,
        aside,
        href,
        definition,
    } = figure.clone();
    let href = narrowed(use_shell(), &href);
    let aside = (!aside.is_empty()).then(|| view! { <small class="note">" " {aside}</small> });
    view! {
        <a href=href title=definition data-indicator=indicator.id data-value=plain>
            <b>{shown}</b>
        </a>
        {aside}
    }
    .into_any()
}

/// The flower of a scope.
pub fn flower_of(board: &Board, scope: &Scope) -> AnyView {
    let petals = vm::petals(board, scope);
    flower(
        petals.map(|p| p.map_or(Petal::Unknown, Petal::Reached)),
        vm::petals_text(&petals),
    )
}

/// The follow-ups of a scope, anew after every change; those of the town are of whom the figures are.
pub fn follow_ups(figures: Figures, scope: Scope) -> Memo<Vec<FollowVm>> {
    Memo::new(move |_| {
        let (_, day) = figures.asked();
        let scope = match &scope {
            Scope::Town => figures.reach(),
            scope => scope.clone(),
        };
        figures
            .town
            .read(|desk| follow::follow_ups(desk.replica(), catalogue(), day, &scope))
    })
}

/// The page. Who fills in for a unit begins with what is to be done, as does who is asked whether to. Where only the records
/// of a unit or a district are here, it is the page of that unit or district.
pub fn overview() -> AnyView {
    let figures = use_figures();
    let reach = Memo::new(move |_| figures.reach());
    let fills = Memo::new(move |_| {
        let town = figures.town;
        town.read(|desk| desk.own_unit().is_some() || desk.addressee().is_some())
    });
    (move || match reach.get() {
        _ if fills.get() => parts::shown(Part::Office, || PartRequest::Page(Route::Fill)),
        // What the page is built with is no reason to build it again.
        Scope::Town => untrack(|| whole(figures)),
        Scope::District(id) => parts::shown(Part::Figures, move || PartRequest::Page(Route::District(id.clone()))),
        Scope::Unit(code) => parts::shown(Part::Figures, move || PartRequest::Page(Route::Unit(code.clone()))),
    })
    .into_any()
}

/// What is seen first of the town; the rest comes with the figures' part.
fn whole(figures: Figures) -> AnyView {
    let town = figures.town;
    // Another period or day than that of the first look waits for the records.
    let top = Memo::new(move |_| {
        let (period, day) = figures.asked();
        let usual = day == town.read_untracked(Desk::today) && period == first_look::period_of(day);
        let early = town.look(|look| usual.then(|| look.top.clone()));
        early.unwrap_or_else(|| Some(figures.with(|board| Top::of(board, None))))
    });
    let told = RwSignal::new(Told {
        follow: None,
        standings: town.look(|look| look.top.standings()).flatten(),
    });
    let lede = Signal::derive(move || {
        top.read()
            .as_ref()
            .map_or_else(Vec::new, |top| lede(top, told.read().follow.clone()))
    });
    // The top is shown, and can be used, before the rest is worked out.
    // Later it is there at once, so that going back finds its place.
    let drawn = RwSignal::new(!root("data-ready").is_empty());
    next_frame(move || {
        next_frame(move || {
            let _ = drawn.try_set(true);
        });
    });
    let whole = Memo::new(move |_| drawn.get() && !town.is_opening());
    // What stands below has told what needs a hand, so its part is here.
    let come = Memo::new(move |_| whole.get() && told.read().follow.is_some());
    view! {
        <Lede parts=lede />
        // Other figures than the first need the records, and their part; the place is kept for the choice.
        <div class="period-slot">
            {move || come.get().then(|| parts::shown(Part::Figures, move || PartRequest::Period(figures)))}
        </div>
        {move || top.read().as_ref().map_or_else(parts::waiting, |top| questions(top, told))}
        {move || {
            if whole.get() {
                parts::shown(Part::Figures, move || PartRequest::OverviewRest(figures, told))
            } else {
                ().into_any()
            }
        }}
    }
    .into_any()
}

/// What the top of the page is told by the rest of it. Copies are the same.
#[derive(Clone)]
pub struct Told {
    /// What needs a hand, for the sentence.
    follow: Option<Words>,
    /// How the programmes stand; until it is known, as at the last visit.
    standings: Option<Vec<Standing>>,
}

/// What stands below the five programmes; `told` takes what the top of the page says of it.
pub fn rest(figures: Figures, told: RwSignal<Told>) -> AnyView {
    // The figures are there now, and with them what the next start can show first.
    figures.town.tidy_soon();
    let todo = follow_ups(figures, Scope::Town);
    let open = Memo::new(move |_| {
        figures
            .town
            .read(|desk| conflicts::open_words(conflicts::open(desk.replica())))
    });
    Effect::new(move |_| {
        let todo = todo.read();
        let overdue = Overdue::of(&todo);
        let standings = figures.with(|board| Top::of(board, Some(&overdue)).standings());
        let follow = Some(follow_words(&todo, open.read().is_some()));
        told.set(Told { follow, standings });
    });
    let drawing = |draw: fn(Source) -> ChartVm| Signal::derive(move || figures.source(draw));
    let about = Signal::derive(move || match todo.read().len() + usize::from(open.read().is_some()) {
        0 => String::new(),
        n => format!("{n} 件，按紧急程度"),
    });
    let due = ("看待办".to_owned(), Address::from(Route::Todo).hash());
    view! {
        <div class="grid">
            <Card title="需要跟进".to_owned() meta=about class="span-7" flush=true link=due>
                {move || open.get().map(open_row)}
                {move || follow_list(todo, open.read().is_some())}
                {follow_export(figures, todo)}
            </Card>
            {small_map(figures)}
            {chart(drawing(charts::talks_by_district), "span-6", 290.0)}
            {chart(drawing(charts::talks_by_month), "span-6", 290.0)}
            {units_card(figures, todo)}
            {chart(drawing(charts::centres), "span-4", 190.0)}
            {chart(drawing(charts::incomes), "span-4", 190.0)}
            {news(figures)}
            {freshness(figures)}
        </div>
    }
    .into_any()
}

/// The plans of a unit that were sent back, above everything else on the page of whoever is to correct them.
pub fn returned(figures: Figures, code: String) -> AnyView {
    let list = move || {
        let plans = figures.town.read(|desk| {
            let own = desk.own_unit() == Some(&code);
            match own {
                true => returned_plans(desk.replica(), &code),
                false => Vec::new(),
            }
        });
        let one = |plan: ReturnedPlan| {
            view! {
                <p class="marked">
                    {shape(Status::Late, false)}
                    <span>{format!("{}被退回：{}", plan.title, plan.comment)} " " <a href=link(Route::Fill)>"去修改"</a></span>
                </p>
            }
        };
        portion(Signal::stored(plans), BLOCKS, one, IntoAny::into_any)
    };
    list.into_any()
}

fn small_map(figures: Figures) -> AnyView {
    let map = super::map::use_map(figures);
    let shell = use_shell();
    let shown = Memo::new(move |_| super::map::drawn(figures, map, &NIGHT_TALKS));
    let vm = Signal::derive(move || shown.get().0);
    let choose = move |cell: usize| {
        let map = map.get_untracked();
        let district = map.cells.get(cell).and_then(|c| map.districts.get(c.district?));
        shell.go_to(Route::Map {
            district: district.map(|d| d.id.clone()),
            unit: None,
        });
    };
    let scale = move || super::map::scale_bar(&shown.get().1);
    let note = move || {
        let sample = figures
            .town
            .read(|desk| crate::view::overview::is_sample_division(desk.replica()));
        let more = if sample { " · 片区为示例划分" } else { "" };
        let lines = crate::view::map_edit::lines(&map.get()).note();
        format!("标签为片区场次 · {lines}{more}")
    };
    let map_route = Route::Map {
        district: None,
        unit: None,
    };
    view! {
        <Card title="夜话场次分布".to_owned() class="span-5" link=("打开地图".to_owned(), link(map_route))>
            {town_map(vm, MapActs::choosing(Callback::new(choose)), true)}
            {scale}
            <p class="note">{note}</p>
        </Card>
    }
    .into_any()
}

fn follow_words(todo: &[FollowVm], open: bool) -> Words {
    let words = follow::follow_words_with(todo, usize::from(open));
    if todo.is_empty() && !open {
        return Words::Plain(words);
    }
    let all = use_shell()
        .address
        .read_untracked()
        .go(Route::Overview)
        .with(ALL, "all");
    Words::Follow(words, all.hash())
}

fn lede(top: &Top, follow: Option<Words>) -> Vec<Words> {
    let mut parts = vec![Words::Plain(format!("{} 个村（社区）年度计划", top.units))];
    if let (Some(plans), Some(talks)) = (top.figure(&ANNUAL_PLAN), top.figure(&NIGHT_TALKS)) {
        match plans.shown.split_once('/') {
            Some((done, all)) if done == all => parts.push(Words::Fact("全部定稿".into())),
            _ => parts.push(Words::Fact(format!("定稿 {}", plans.shown))),
        }
        parts.push(Words::Plain("，夜话开展 ".into()));
        parts.push(Words::Fact(format!("{} 场", talks.shown)));
    }
    // The rest of the page tells it.
    if let Some(follow) = follow {
        parts.push(Words::Plain("；".into()));
        parts.push(follow);
    }
    parts.push(Words::Plain("。".into()));
    parts
}

fn questions(top: &Top, told: RwSignal<Told>) -> AnyView {
    let groups: [(&str, &[Programme]); 3] = [
        ("谁来带", &[Programme::Lead]),
        ("带什么", &[Programme::Dream, Programme::Base]),
        ("依靠谁", &[Programme::Seedling, Programme::Phoenix]),
    ];
    let groups = groups.into_iter().map(|(ask, programmes)| {
        let cards = programmes.iter().filter_map(|p| top.card(*p));
        let cards = cards.map(|card| programme_card(card, told)).collect_view();
        view! {
            <div class="question">
                <h2 class="question-ask" class:is-two=programmes.len() == 2>{ask}</h2>
                {cards}
            </div>
        }
    });
    view! { <section class="card questions" aria-label="五项工程">{groups.collect_view()}</section> }.into_any()
}

fn programme_card(card: &TopCard, told: RwSignal<Told>) -> AnyView {
    let programme = card.programme;
    let place = Programme::ALL.into_iter().position(|p| p == programme);
    let tag = move || {
        let told = told.read();
        let standing = told.standings.as_ref().and_then(|all| all.get(place?)).cloned();
        // Before it is known whether anything is overdue, nothing is said.
        standing.map(|Standing { status, words }| status_tag(status, Some(words)))
    };
    let words = programmes::card(programme).map(|(_, word)| word);
    let mut entries = card.figures.iter().zip(words);
    let main = entries.next();
    let main = main.map(|(f, word)| view! { <p class="figure">{figure_link(&f.alone())} <small>{word}</small></p> });
    let rows = entries.map(|(f, word)| {
        // What is no share of the value stands below it: a card is narrow, and the share is in the two numbers.
        let more =
            (!f.aside.is_empty() && !f.is_share()).then(|| view! { <dd class="programme-more">{f.aside.clone()}</dd> });
        view! {
            <dt>{word}</dt>
            <dd>{figure_link(&f.alone())}</dd>
            {more}
        }
    });
    let rows = rows.collect_view();
    let name = format!("programme-name word-{}", programme.id());
    view! {
        <div class="programme">
            {programme_icon(programme)}
            <a class=name href=link(Route::Programme(programme))>{programme.label()}</a>
            <span class="programme-standing">{tag}</span>
            {main}
            <p class="programme-parts">{card.line.clone()}</p>
            <dl class="programme-rows">{rows}</dl>
        </div>
    }
    .into_any()
}

/// What people entered differently or twice: it comes first, since figures rest on it.
fn open_row(words: String) -> AnyView {
    let href = link(Route::Conflicts);
    view! {
        <div class="todo" data-gap="open">
            {status_tag(Status::Warn, Some("核对".to_owned()))}
            <div>
                <a class="todo-title" href=href.clone()><b>{words}</b></a>
                <span class="todo-why">"定下来以前，数字按最新的一次填写算"</span>
            </div>
            <span class="todo-due"></span>
            <a class=ButtonKind::Plain.class() href=href>"去核对"</a>
        </div>
    }
    .into_any()
}

fn follow_list(todo: Memo<Vec<FollowVm>>, open: bool) -> AnyView {
    let shell = use_shell();
    let all = todo.read();
    if all.is_empty() && open {
        return ().into_any();
    }
    if all.is_empty() {
        return view! { <EmptyState why="没有需要跟进的事。" /> }.into_any();
    }
    let opened = shell.address.read().get(ALL).is_some();
    let shown = if opened { all.len() } else { FIRST };
    let rows = all.iter().take(shown).map(follow_row).collect_view();
    let more = (all.len() > FIRST).then(|| {
        let address = shell.address.read_untracked().clone();
        let (words, to) = match opened {
            true => ("只看最急的", address.with(ALL, "")),
            false => ("全部事项", address.with(ALL, "all")),
        };
        view! { <p class="todo-more"><a href=to.hash()>{words}</a></p> }
    });
    view! { {rows} {more} }.into_any()
}

/// `导出表格` of all that needs a hand; where nothing does, there is nothing to make.
pub fn follow_export(figures: Figures, todo: Memo<Vec<FollowVm>>) -> AnyView {
    let sheets = move |source: Source<'_>, over: &Over, personal| {
        vec![follow_ups_sheet(source.records, &todo.read_untracked(), over, personal)]
    };
    let some = Memo::new(move |_| !todo.read().is_empty());
    let menu = move || {
        some.get().then(|| {
            let menu = figures_menu(figures, Asks::Names, "需要跟进".to_owned(), sheets);
            view! { <div class="todo-more no-print">{menu}</div> }
        })
    };
    menu.into_any()
}

/// A follow-up as a row; a button leads to what helps.
pub fn follow_row(item: &FollowVm) -> AnyView {
    view! {
        <div class="todo" data-gap=item.id>
            {status_tag(item.status, None)}
            <div>
                <a class="todo-title" href=item.list_href.clone()><b>{item.title.clone()}</b></a>
                <span class="todo-why">{item.detail.clone()}</span>
            </div>
            <span class="todo-due">{item.when.clone()}</span>
            <a class=ButtonKind::Plain.class() href=item.act_href.clone()>{item.action}</a>
        </div>
    }
    .into_any()
}

fn units_card(figures: Figures, todo: Memo<Vec<FollowVm>>) -> AnyView {
    let count = figures.with(|board| board.frame().units.len());
    let about = "花瓣长短是进度，顺时针：筑梦、头雁、强基、青苗、引凤；形状是五项中最落后的一项";
    view! {
        <Card
            title=format!("{count} 个村（社区）五项进度")
            meta=about.to_owned()
            class="span-12"
            link=("看汇总表".to_owned(), link(Route::Units))
        >
            {move || units_board(figures, &Overdue::of(&todo.read()))}
        </Card>
    }
    .into_any()
}

fn units_board(figures: Figures, overdue: &Overdue) -> AnyView {
    let town = figures.town;
    figures.with(|board| {
        let frame = board.frame();
        let rows = frame
            .groups()
            .into_iter()
            .map(|id| board_row(board, overdue, town, id))
            .collect_view();
        rows.into_any()
    })
}

fn board_row(board: &Board, overdue: &Overdue, town: AppStore, id: &str) -> AnyView {
    let units = board.frame().units.iter().filter(|u| u.district == id).map(|u| {
        let scope = Scope::Unit(u.code.clone());
        let worst = worst(board, overdue, &u.code);
        view! {
            <a class="board-unit" href=link(Route::Unit(u.code.clone())) data-unit=u.code.clone()>
                {flower_of(board, &scope)}
                <span>{u.name.clone()}</span>
                {shape(worst, true)}
            </a>
        }
    });
    let units = units.collect_view();
    let (name, leader) = town.read_untracked(|desk| match id {
        "" => (show::NO_DISTRICT.to_owned(), None),
        id => (
            show::district_name(desk.replica(), id),
            vm::leader_name(desk.replica(), id, board.as_of()),
        ),
    });
    let talks = vm::figures(board, &[&NIGHT_TALKS], &Scope::District(id.to_owned()));
    let talks = talks
        .iter()
        .map(|f| view! { {figure_link(f)} " " {f.indicator.measure} })
        .collect_view();
    let name = match id {
        "" => view! { <b>{name}</b> }.into_any(),
        id => view! { <a href=link(Route::District(id.to_owned()))><b>{name}</b></a> }.into_any(),
    };
    view! {
        <div class="board-row" data-district=id.to_owned()>
            <div class="board-name">{name} <span>{leader}</span></div>
            <div class="board-units">{units}</div>
            <div class="board-value num">{talks}</div>
        </div>
    }
    .into_any()
}

/// How many changes there were at the last visit, and the day of it. This visit counts from now on.
fn last_visit(town: AppStore) -> Option<(usize, String)> {
    use std::cell::RefCell;
    thread_local!(static BEFORE: RefCell<Option<Option<(usize, String)>>> = const { RefCell::new(None) });
    let stored = || {
        let kept = town.read_untracked(|desk| desk.store().setting(VISIT))?;
        let (count, day) = kept.split_once(' ')?;
        Some((count.parse().ok()?, day.to_owned()))
    };
    // Within one visit the comparison stays with the visit before.
    let before = BEFORE.with_borrow_mut(|before| before.get_or_insert_with(stored).clone());
    town.update(|desk| {
        let now = format!("{} {}", desk.replica().change_count(), desk.today());
        // Losing it only shows the latest changes instead.
        let _ = desk.store_mut().set_setting(VISIT, Some(&now));
    });
    before
}

fn news(figures: Figures) -> AnyView {
    let town = figures.town;
    let before = last_visit(town);
    let recent = Memo::new(move |_| {
        let (_, day) = figures.asked();
        town.read(|desk| follow::recent(desk.replica(), day, 5))
    });
    let since = before.clone();
    let about = Signal::derive(move || match &since {
        None => String::new(),
        Some((count, day)) => match town.read(|desk| desk.replica().change_count()).saturating_sub(*count) {
            0 => format!("自上次（{day}）以来没有新变更"),
            n => format!("自上次（{day}）以来 {n} 处"),
        },
    });
    let list = move || {
        let all = recent.get();
        if all.is_empty() {
            return view! { <EmptyState why="还没有记录。" /> }.into_any();
        }
        let rows = all.into_iter().map(|RecentVm { what, by, href }| {
            view! { <li><a href=href>{what}</a> <span class="small">{by}</span></li> }
        });
        view! { <ul class="history">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <Card title="最近变更".to_owned() meta=about class="span-4">{list}</Card> }.into_any()
}

fn freshness(figures: Figures) -> AnyView {
    let fresh = Memo::new(move |_| {
        let (_, day) = figures.asked();
        figures.with(|board| {
            figures
                .town
                .read(|desk| follow::freshness(desk.replica(), board.frame(), day))
        })
    });
    let about = Signal::derive(move || follow::fresh_words(&fresh.read()));
    let list = move |late: bool| {
        let rows = fresh.get().into_iter().filter(move |f| !late || f.status != Status::Ok).map(|FreshVm { name, last, days, status, href, .. }| {
            let when = match (last, days) {
                (Some(last), Some(days)) => format!("{last}，{}", format::relative_day(-i64::from(days))),
                _ => "还没有填报".to_owned(),
            };
            view! { <a class="fresh" href=href>{shape(status, true)} <span>{name}</span> <span class="note">{when}</span></a> }
        });
        view! { <div class="fresh-list">{rows.collect_view()}</div> }
    };
    view! { <Card title="数据新鲜度".to_owned() meta=about class="span-12">
        {move || list(true)}
        {opened("", view! { <summary>"看全部"</summary> }, false, move || (move || list(false)).into_any())}
    </Card> }
    .into_any()
}
