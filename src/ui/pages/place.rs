//! A place below a unit, the places of a unit, and what a unit holds besides its programmes.

use leptos::prelude::*;

use crate::model::engine::indicator::Scope;
use crate::model::programmes::catalogue;
use crate::ui::app::use_shell;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::card::{Card, facts};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::portion;
use crate::ui::figures::{Figures, link, period_bar, use_figures};
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::Source;
use crate::view::places::{self, FactVm, HappenedVm, PlacePage, PlaceVm};
use crate::view::portion::ROWS;
use crate::view::route::{Address, Route, key};
use crate::view::show;
use crate::view::tables::book::of_place;
use crate::view::tables::seen::Over;
use crate::view::unit_page::PersonVm;

/// A text with its page, where it has one.
pub fn led(text: String, href: Option<String>) -> AnyView {
    match href.filter(|href| !href.is_empty()) {
        Some(href) => view! { <a href=href>{text}</a> }.into_any(),
        None => text.into_any(),
    }
}

/// Facts as labels and values.
pub fn fact_list(all: Vec<FactVm>) -> AnyView {
    facts(
        all.into_iter()
            .map(|f| (f.label.to_owned(), led(f.text, f.href)))
            .collect(),
    )
}

/// Records with their day and ledger; `none` is said where there are none.
pub fn record_list(all: Vec<HappenedVm>, none: &'static str) -> AnyView {
    if all.is_empty() {
        return view! { <EmptyState why=none /> }.into_any();
    }
    let row = |h: HappenedVm| {
        view! { <tr><td class="nowrap">{h.day}</td><td>{h.ledger}</td><td><a href=h.href>{h.what}</a></td></tr> }
    };
    portion(Signal::stored(all), ROWS, row, |rows| {
        view! {
            <table class="mini">
                <thead><tr><th scope="col">"日期"</th><th scope="col">"台账"</th><th scope="col">"记录"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    })
}

/// People with what they are; `none` is said where there are none.
pub fn person_list(all: Vec<PersonVm>, none: &'static str) -> AnyView {
    if all.is_empty() {
        return view! { <EmptyState why=none /> }.into_any();
    }
    let row = |p: PersonVm| {
        view! { <tr><td>{led(p.name, Some(p.href))}</td><td>{p.role}</td><td class="nowrap">{p.since}</td></tr> }
    };
    portion(Signal::stored(all), ROWS, row, |rows| {
        view! {
            <table class="mini">
                <thead><tr><th scope="col">"姓名"</th><th scope="col">"身份"</th><th scope="col">"起始"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    })
}

fn place_list(all: Vec<PlaceVm>) -> AnyView {
    let row = |p: PlaceVm| {
        view! {
            <tr><td><a href=p.href>{p.name}</a></td><td>{p.kind}</td><td class="nowrap">{p.households}</td><td>{p.about}</td></tr>
        }
    };
    portion(Signal::stored(all), ROWS, row, |rows| {
        view! {
            <table class="mini">
                <thead>
                    <tr>
                        <th scope="col">"名称"</th>
                        <th scope="col">"类型"</th>
                        <th scope="col">"户数"</th>
                        <th scope="col">"负责人、党员"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    })
}

/// The places of a unit.
pub fn places_card(figures: Figures, code: String) -> AnyView {
    let all = {
        let code = code.clone();
        Memo::new(move |_| figures.source(|s| places::places(s.records, &code, s.board.as_of())))
    };
    let meta = Signal::derive(move || all.with(|all| places::counted(all)));
    let list = move || {
        let all = all.get();
        if all.is_empty() {
            let new = Address::from(Route::NewRecord("place".to_owned()));
            let new = new.with(&format!("{}unit", key::FILTER), &code).hash();
            return view! {
                <EmptyState why="还没有登记湾子、村民小组和小区。">
                    <a class=ButtonKind::Plain.class() href=new>"登记一个湾子"</a>
                </EmptyState>
            }
            .into_any();
        }
        place_list(all)
    };
    view! { <Card title="湾子、小组和小区".to_owned() meta=meta class="span-7">{list}</Card> }.into_any()
}

/// The 联合党委 of a unit, its honours and pilots.
pub fn distinctions_card(figures: Figures, code: String) -> AnyView {
    let list = move || {
        let all = figures.source(|s| places::distinctions(s, catalogue(), &code));
        record_list(all, "还没有登记联合党委、荣誉和试点。")
    };
    view! { <Card title="联合党委、荣誉和试点".to_owned() class="span-5">{list}</Card> }.into_any()
}

/// One place.
pub fn place(unit: String, ledger: String, record: String) -> AnyView {
    let figures = use_figures();
    let town = figures.town;
    let read = move || figures.source(|s| places::page(s, catalogue(), &ledger, &record));
    let page = Memo::new(move |_| read());
    let known = figures.with(|board| board.frame().unit(&unit).is_some());
    let reached =
        matches!(figures.reach(), Scope::Town | Scope::District(_)) || figures.reach() == Scope::Unit(unit.clone());
    let Some(first) = page
        .get_untracked()
        .filter(|page| known && reached && page.unit == unit)
    else {
        return view! { <EmptyState why="没有这个湾子、小组或小区，可能已删除或还没有登记。" /> }.into_any();
    };
    use_shell().head.set(Head {
        back: Some(link(Route::Unit(unit.clone()))),
        ..Head::titled(first.name.clone())
    });
    let sheets = move |_: Source<'_>, over: &Over, personal| {
        let page = page.get_untracked();
        page.map_or_else(Vec::new, |page| of_place(page, over, personal))
    };
    let export = figures_menu(figures, Asks::Names, first.name, sheets);
    let of = town.read_untracked(|desk| show::unit_name(desk.replica(), &unit));
    let body = move || match page.get() {
        Some(page) => shown(page, of.clone(), link(Route::Unit(unit.clone()))),
        None => view! { <EmptyState why="这条记录已经删除。" /> }.into_any(),
    };
    view! { <div class="charts-bar">{period_bar(figures)} {export}</div> {body} }.into_any()
}

fn shown(page: PlacePage, unit: String, unit_href: String) -> AnyView {
    let state = (!page.state.is_empty()).then(|| view! { <p class="note">{page.state.clone()}</p> });
    let mut known = vec![FactVm {
        label: "村（社区）",
        text: unit,
        href: Some(unit_href),
    }];
    known.extend(page.facts);
    let within = (!page.within.is_empty())
        .then(|| view! { <Card title="本组的湾子和网格".to_owned() class="span-12">{place_list(page.within)}</Card> });
    let record = ("看记录".to_owned(), page.record);
    view! {
        <p class="lede">{page.figures}</p>
        <div class="grid">
            <Card title=page.kind.to_owned() class="span-5" link=record>{fact_list(known)} {state}</Card>
            <Card title="负责人和党员".to_owned() class="span-7">
                {person_list(page.people, "还没有登记负责人和党员。")}
            </Card>
            {within}
            <Card title="这里的记录".to_owned() class="span-12">
                {record_list(page.happened, "还没有记在这里的事。地点填得和名称完全一样的记录，会列在这里。")}
            </Card>
        </div>
    }
    .into_any()
}
