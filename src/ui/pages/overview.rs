//! The overview: one sentence, the five programmes under their three questions, the map, the board of units.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::indicator::{Board, Scope, by_id};
use crate::model::ledger::Programme;
use crate::ui::app::use_shell;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::flower::{Petal, flower, programme_icon};
use crate::ui::components::status::status_tag;
use crate::ui::components::town_map::TownMapView;
use crate::ui::parts::{self, Errand, Part};
use crate::ui::state::{Town, use_town};
use crate::view::map_page::FIRST_INDICATOR;
use crate::view::overview::{self as vm, FigureVm};
use crate::view::route::{Address, Route, key};
use crate::view::show;

/// A board that memos can compare: the same board or another.
#[derive(Clone)]
struct Shared(Arc<Board>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The figures of the period and day in the address, anew after every change. Copies are the same.
#[derive(Clone, Copy)]
pub struct Figures {
    board: Memo<Shared>,
    /// The desk they come from.
    pub town: Town,
}

impl Figures {
    /// Reads the board; what reads this way runs again when the figures change.
    pub fn with<R>(self, read: impl FnOnce(&Board) -> R) -> R {
        let board = self.board.get();
        read(&board.0)
    }
}

/// The figures that the address asks for.
pub fn use_figures() -> Figures {
    let town = use_town();
    let shell = use_shell();
    let asked = Memo::new(move |_| {
        let address = shell.address.read();
        (
            address.get(key::PERIOD).map(str::to_owned),
            address.get(key::AS_OF).map(str::to_owned),
        )
    });
    let board = Memo::new(move |_| {
        let (period, day) = asked.get();
        town.read(|desk| {
            let day = vm::figures_day(desk.today(), day.as_deref());
            let mut board = Board::new(vm::figures_period(period.as_deref(), day), day);
            board.refresh(desk.replica());
            Shared(Arc::new(board))
        })
    });
    Figures { board, town }
}

/// A figure that leads to its records.
pub fn figure_link(figure: &FigureVm) -> AnyView {
    view! {
        <a href=figure.href.clone() title=figure.definition data-indicator=figure.indicator data-value=figure.plain.clone()>
            <b>{figure.shown.clone()}</b>
        </a>
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

/// The page.
pub fn overview() -> AnyView {
    let figures = use_figures();
    let lede = Signal::derive(move || figures.with(lede));
    view! {
        <Lede parts=lede />
        {move || figures.with(questions)}
        {parts::shown(Part::Figures, move || Errand::OverviewRest(figures))}
    }
    .into_any()
}

/// What stands below the five programmes.
pub fn rest(figures: Figures) -> AnyView {
    let map = super::map::use_map(figures);
    let shell = use_shell();
    let shown = Memo::new(move |_| by_id(FIRST_INDICATOR).map(|i| super::map::drawn(figures, map, i)));
    let choose = move |cell: usize| {
        let map = map.get_untracked();
        let district = map
            .cells
            .get(cell)
            .and_then(|c| map.districts.get(c.district?))
            .map(|d| d.id.clone());
        shell.go_to(Route::Map { district, unit: None });
    };
    let picture = move || {
        let (drawn, coloured) = shown.get()?;
        let subject = drawn.subject.clone();
        let none: Signal<Option<String>> = Signal::stored(None);
        Some(view! {
            <TownMapView vm=drawn selected=none on_choose=choose small=true />
            {super::map::legend(&subject, &coloured)}
        })
    };
    let map_link = (
        "打开地图".to_owned(),
        Address::from(Route::Map {
            district: None,
            unit: None,
        })
        .hash(),
    );
    view! {
        <div class="grid">
            <Card title="需要跟进".to_owned() class="span-7" flush=true>{move || figures.with(follow)}</Card>
            <Card title="夜话场次分布".to_owned() class="span-5" link=map_link>{picture}</Card>
            <Card title="各村（社区）五项工程".to_owned() class="span-12">{move || units_board(figures)}</Card>
        </div>
    }
    .into_any()
}

fn lede(board: &Board) -> Vec<Words> {
    let talks = vm::figures(board, &["dream.night_talks", "dream.annual_plan"], &Scope::Town);
    let mut parts = vec![Words::Plain(format!("{} 个村（社区）", board.frame().units.len()))];
    if let [talks, plans] = talks.as_slice() {
        parts.push(Words::Plain("年度计划定稿 ".into()));
        parts.push(Words::Fact(plans.shown.clone()));
        parts.push(Words::Plain("，夜话开展 ".into()));
        parts.push(Words::Fact(format!("{} 场", talks.shown)));
    }
    let follow = vm::to_follow(board);
    if let Some(first) = follow.first() {
        parts.push(Words::Plain("；".into()));
        parts.push(Words::Follow(
            format!("{} 项指标需要跟进", follow.len()),
            first.href.clone(),
        ));
    }
    parts.push(Words::Plain("。".into()));
    parts
}

fn questions(board: &Board) -> AnyView {
    let groups: [(&str, &[Programme]); 3] = [
        ("谁来带", &[Programme::Lead]),
        ("带什么", &[Programme::Dream, Programme::Base]),
        ("依靠谁", &[Programme::Seedling, Programme::Phoenix]),
    ];
    let groups = groups.into_iter().map(|(ask, programmes)| {
        let cards = programmes.iter().map(|p| programme_card(board, *p)).collect_view();
        view! {
            <div class="question">
                <h2 class="question-ask" class:is-two=programmes.len() == 2>{ask}</h2>
                {cards}
            </div>
        }
    });
    view! { <section class="card questions">{groups.collect_view()}</section> }.into_any()
}

fn programme_card(board: &Board, programme: Programme) -> AnyView {
    let mut figures = vm::figures(board, vm::card_indicators(programme), &Scope::Town).into_iter();
    let main = figures.next();
    let status = vm::light_of_progress(board.progress(programme, &Scope::Town));
    let parts = main
        .as_ref()
        .and_then(|f| by_id(f.indicator))
        .map(|i| vm::parts_line(&board.reading(i, &Scope::Town), vm::card_parts(programme)));
    let main = main.map(|f| {
        let words = format!("{}{}", f.measure, f.name);
        view! { <p class="figure">{figure_link(&f)} <small>{words}</small></p> }
    });
    let rows = figures.map(|f| view! { <dt>{f.name}</dt> <dd>{figure_link(&f)}</dd> });
    let rows = rows.collect_view();
    view! {
        <div class="programme">
            {programme_icon(programme)}
            <a class="programme-name" href=Address::from(Route::Programme(programme)).hash()>{programme.label()}</a>
            {status_tag(status, None)}
            {main}
            <p class="programme-parts">{parts}</p>
            <dl class="programme-rows">{rows}</dl>
        </div>
    }
    .into_any()
}

fn follow(board: &Board) -> AnyView {
    let rows = vm::to_follow(board).into_iter().take(8).map(|f| {
        view! {
            <div class="todo">
                {status_tag(f.status, None)}
                <div><b>{f.name}</b> <span class="todo-why">{f.definition}</span></div>
                <span class="todo-due">{figure_link(&f)}</span>
                <a class=ButtonKind::Plain.class() href=f.href.clone()>"看台账"</a>
            </div>
        }
    });
    rows.collect_view().into_any()
}

fn units_board(figures: Figures) -> AnyView {
    let town = figures.town;
    figures.with(|board| {
        let frame = board.frame();
        let mut ids: Vec<&str> = frame.districts();
        if frame.units.iter().any(|u| u.district.is_empty()) {
            ids.push("");
        }
        let rows = ids.into_iter().map(|id| {
            let units = frame.units.iter().filter(|u| u.district == id).map(|u| {
                let scope = Scope::Unit(u.code.clone());
                let href = Address::from(Route::Unit(u.code.clone())).hash();
                view! { <a class="board-unit" href=href data-unit=u.code.clone()>{flower_of(board, &scope)} {u.name.clone()}</a> }
            });
            let units = units.collect_view();
            let (name, leader) = town.read(|desk| match id {
                "" => ("未分片区".to_owned(), None),
                id => (show::district_name(desk.replica(), id), vm::leader_name(desk.replica(), id, board.as_of())),
            });
            let talks = vm::figures(board, &[FIRST_INDICATOR], &Scope::District(id.to_owned()));
            let talks = talks.iter().map(|f| view! { {figure_link(f)} " " {f.measure} }).collect_view();
            let href = Address::from(Route::District(id.to_owned())).hash();
            let name = if id.is_empty() { view! { <b>{name}</b> }.into_any() } else { view! { <a href=href><b>{name}</b></a> }.into_any() };
            view! {
                <div class="board-row">
                    <div class="board-name">{name} <span>{leader}</span></div>
                    <div class="board-units">{units}</div>
                    <div class="board-value num">{talks}</div>
                </div>
            }
        });
        rows.collect_view().into_any()
    })
}
