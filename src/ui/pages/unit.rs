//! A unit, the list of units, a district.

use leptos::prelude::*;

use super::overview::{figure_link, flower_of};
use crate::model::indicator::{Board, Scope, UnitAt};
use crate::model::ledger::Programme;
use crate::ui::app::use_shell;
use crate::ui::components::card::Card;
use crate::ui::components::flower::programme_icon;
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::status::status_tag;
use crate::ui::figures::{Figures, use_figures};
use crate::view::overview as vm;
use crate::view::route::{Address, Route};
use crate::view::show;

/// All units, district by district.
pub fn units() -> AnyView {
    let figures = use_figures();
    let town = figures.town;
    let body =
        move || {
            figures.with(|board| {
                let districts = board.frame().districts().into_iter().map(|id| {
                let name = town.read(|desk| show::district_name(desk.replica(), id));
                let count = board.frame().units_in(&Scope::District(id.to_owned())).count();
                let link = ("看片区".to_owned(), Address::from(Route::District(id.to_owned())).hash());
                let body = super::map::district_body(figures, id);
                view! { <Card title=name meta=format!("{count} 个村（社区）") class="span-6" link=link>{body}</Card> }
            });
                districts.collect_view()
            })
        };
    view! { <div class="grid">{body}</div> }.into_any()
}

/// One district.
pub fn district(id: String) -> AnyView {
    let figures = use_figures();
    let town = figures.town;
    let name = town.peek(|desk| show::district_name(desk.replica(), &id));
    use_shell().head.set(Head {
        back: Some(Address::from(Route::Units).hash()),
        ..Head::titled(name)
    });
    let about = move || {
        let leader = figures.with(|b| town.read(|desk| vm::leader_name(desk.replica(), &id, b.as_of())));
        let leader = leader.map_or_else(|| "还没有联系领导".to_owned(), |l| format!("联系领导 {l}"));
        let body = super::map::district_body(figures, &id);
        view! {
            <Card title=leader>{body}</Card>
            {programmes(figures, Scope::District(id.clone()))}
        }
    };
    about.into_any()
}

/// One unit.
pub fn unit(code: String) -> AnyView {
    let figures = use_figures();
    let found = figures.with(|board| board.frame().unit(&code).cloned());
    let Some(at) = found else {
        return view! { <EmptyState why="没有这个村（社区），可能已撤并或还没有登记。" /> }.into_any();
    };
    use_shell().head.set(Head {
        back: Some(Address::from(Route::Units).hash()),
        ..Head::titled(at.name.clone())
    });
    let town = figures.town;
    let district = town.peek(|desk| show::district_name(desk.replica(), &at.district));
    let kind = if at.community { "社区" } else { "村" };
    let href = Address::from(Route::District(at.district.clone())).hash();
    let scope = Scope::Unit(code.clone());
    let flower = {
        let scope = scope.clone();
        move || figures.with(|board| flower_of(board, &scope))
    };
    view! {
        <div class="unit-head" data-unit=code>
            <div class="unit-facts">
                <div><span>"类型"</span> {kind}</div>
                <div><span>"片区"</span> <a href=href>{district}</a></div>
            </div>
            {flower}
        </div>
        {move || programmes(figures, scope.clone())}
    }
    .into_any()
}

/// The five programmes of a scope, each with all its figures.
fn programmes(figures: Figures, scope: Scope) -> AnyView {
    let cards = Programme::ALL.map(|programme| {
        let body = super::programme::readings(figures, programme, &scope);
        let progress = figures.with(|board| board.progress(programme, &scope));
        let meta = progress.map_or_else(String::new, |p| format!("{}%", (p + 5) / 10));
        view! {
            <Card title=programme.full_name().to_owned() meta=meta class="span-6">
                <p>{programme_icon(programme)} " " {status_tag(vm::light_of_progress(progress), None)}</p>
                {body}
            </Card>
        }
    });
    view! { <div class="grid">{cards.into_iter().collect_view()}</div> }.into_any()
}
