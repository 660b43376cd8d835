//! The panel beside the map: a district, or a unit of it; and the card under the pointer.

use leptos::prelude::*;

use super::MapPage;
use crate::model::engine::indicator::{Board, Scope};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes::base::indicators::CENTRES;
use crate::model::programmes::dream::indicators::{ANNUAL_PLAN, NIGHT_TALKS};
use crate::model::programmes::dream::ledgers::NightTalk;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::chart::bare_chart;
use crate::ui::components::message::EmptyState;
use crate::ui::components::panel::SidePanel;
use crate::ui::components::status::{shape, status_tag};
use crate::ui::figures::{Figures, link};
use crate::ui::pages::overview::{figure_link, flower_of, follow_ups};
use crate::view::charts;
use crate::view::filter::DISTRICT;
use crate::view::follow::FollowVm;
use crate::view::overview as vm;
use crate::view::route::{Address, Route};
use crate::view::show;
use crate::view::standing::{Overdue, Standing, standing, worst};

impl MapPage {
    pub(super) fn panel(self) -> Option<AnyView> {
        let one = matches!(self.figures.reach(), Scope::Unit(_));
        match self.chosen.get() {
            (Some(_), None) if one => None,
            (_, Some(code)) => Some(self.unit_panel(code)),
            (Some(id), None) => Some(self.district_panel(id)),
            _ => None,
        }
    }

    fn district_panel(self, id: String) -> AnyView {
        let figures = self.figures;
        let town = figures.town;
        let name = town.read(|desk| show::district_name(desk.replica(), &id));
        let leader = figures.with(|board| town.read(|desk| vm::leader_name(desk.replica(), &id, board.as_of())));
        let scope = Scope::District(id.clone());
        let count = figures.with(|board| board.frame().units_in(&scope).count());
        let leader = leader.map_or_else(|| "还没有联系领导".to_owned(), |l| format!("联系领导 {l}"));
        let among = {
            let id = id.clone();
            Signal::derive(move || figures.source(|s| charts::among_districts(s, self.indicator.get(), &id).figure))
        };
        let place = move || among.with(|f| f.title.clone());
        let todo = follow_ups(figures, scope);
        let body = {
            let id = id.clone();
            move || district_body(figures, &id, &Overdue::of(&todo.read()))
        };
        let acts = {
            let id = id.clone();
            move || district_acts(&id)
        };
        view! {
            <SidePanel
                title=name
                about=format!("{leader} · {count} 个村（社区）")
                on_close=move |()| self.up()
                peek=true
                acts=acts
            >
                {body}
                {follow_part(todo)}
                <h3>{place}</h3>
                {bare_chart(among, Some(90.0))}
            </SidePanel>
        }
        .into_any()
    }

    fn unit_panel(self, code: String) -> AnyView {
        let figures = self.figures;
        let town = figures.town;
        let Some(unit) = figures.with(|board| board.frame().unit(&code).cloned()) else {
            let why = figures
                .told()
                .unwrap_or_else(|| "这一天没有这个村（社区）。".to_owned());
            let title = town.read_untracked(|desk| show::unit_name(desk.replica(), &code));
            let acts = || ().into_any();
            return view! {
                <SidePanel title about=String::new() on_close=move |()| self.up() peek=true acts=acts>
                    <EmptyState why />
                </SidePanel>
            }
            .into_any();
        };
        let scope = Scope::Unit(code.clone());
        let district = town.read(|desk| show::district_name(desk.replica(), &unit.district));
        let secretary = figures.source(|s| vm::secretary_name(s.records, &code, s.board.as_of()));
        let about = match secretary {
            Some(name) => format!("{district} · 书记 {name}"),
            None => district,
        };
        let to = link(Route::Unit(code.clone()));
        let moving = Address::from(Route::NewRecord("unit_move".to_owned()))
            .with("f.unit", &code)
            .hash();
        let acts = move || {
            view! {
                <a class=ButtonKind::Main.class() href=to.clone()>"看这个村（社区）"</a>
                <a class=ButtonKind::Plain.class() href=moving.clone()>"调整一次片区"</a>
            }
        };
        let flower = {
            let scope = scope.clone();
            move || figures.with(|board| flower_of(board, &scope))
        };
        let todo = follow_ups(figures, scope.clone());
        let rows = move || figures.with(|board| progress_rows(board, &scope, Some(&Overdue::of(&todo.read()))));
        view! {
            <SidePanel title=unit.name about=about on_close=move |()| self.up() peek=true acts=acts>
                <div class="panel-flower" data-unit=code>{flower}</div>
                {rows}
                {follow_part(todo)}
            </SidePanel>
        }
        .into_any()
    }

    /// What the card under the pointer says beside name and value.
    pub(super) fn card(self, cell: usize) -> AnyView {
        let map = self.map.get();
        let Some(cell) = map.cells.get(cell) else {
            return ().into_any();
        };
        let scope = Scope::Unit(cell.code.clone());
        let secretary = self
            .figures
            .source(|s| vm::secretary_name(s.records, &cell.code, s.board.as_of()));
        let secretary = secretary.map(|name| view! { <p class="muted">"书记 " {name}</p> });
        let rows = self.figures.with(|board| progress_rows(board, &scope, None));
        view! { {secretary} {rows} <p class="note">"方向键看相邻的村，回车打开"</p> }.into_any()
    }
}

/// The five programmes of a scope as bars with percent; with what is overdue, also how they stand.
pub fn progress_rows(board: &Board, scope: &Scope, overdue: Option<&Overdue>) -> AnyView {
    let rows = Programme::ALL.map(|p| {
        let progress = board.progress(p, scope);
        let words = progress.map_or_else(|| "无数据".to_owned(), crate::view::format::whole);
        let width = format!("width:{}%", progress.map_or(0, crate::view::format::whole_percent));
        view! {
            <tr>
                <td>{p.label()}</td>
                <td><span class="bar-track"><span class=format!("bar-fill ground-{}", p.id()) style=width></span></span></td>
                <td class="num">{words}</td>
                {overdue.map(|overdue| {
                    let Standing { status, words } = standing(board, overdue, p, scope);
                    view! { <td>{status_tag(status, Some(words))}</td> }
                })}
            </tr>
        }
    });
    view! { <table class="five"><tbody>{rows.into_iter().collect_view()}</tbody></table> }.into_any()
}

fn district_acts(id: &str) -> AnyView {
    let contact = Address::from(Route::NewRecord("contact".to_owned())).hash();
    let list = charts::ledger_href(NightTalk::SCHEMA, &[(DISTRICT, id)]);
    let to = link(Route::District(id.to_owned()));
    view! {
        <a class=ButtonKind::Main.class() href=contact>"记联系"</a>
        <a class=ButtonKind::Plain.class() href=list>"看夜话台账"</a>
        <a class=ButtonKind::Plain.class() href=to>"看片区"</a>
    }
    .into_any()
}

fn follow_part(todo: Memo<Vec<FollowVm>>) -> AnyView {
    let body = move || {
        let all = todo.get();
        if all.is_empty() {
            return view! { <p class="small">"没有需要跟进的事"</p> }.into_any();
        }
        let rows = all.into_iter().map(|FollowVm { status, title, detail, act_href, .. }| {
            view! { <li>{shape(status, true)} <div><a href=act_href>{title}</a> <span class="note">{detail}</span></div></li> }
        });
        view! { <ul class="panel-list">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <h3>"需要跟进"</h3> {body} }.into_any()
}

/// Figures and units of a district.
pub fn district_body(figures: Figures, id: &str, overdue: &Overdue) -> AnyView {
    let scope = Scope::District(id.to_owned());
    figures.source(|source| {
        let board = source.board;
        let short = [
            (&NIGHT_TALKS, "夜话，场"),
            (&ANNUAL_PLAN, "计划定稿"),
            (&CENTRES, "阵地建成"),
        ];
        let trio = short
            .into_iter()
            .map(|(indicator, word)| (vm::figure(board, indicator, &scope), word));
        let trio = trio.map(|(f, word)| view! { <div>{figure_link(&f)} <span>{word}</span></div> });
        let trio = trio.collect_view();
        let units = board.frame().units_in(&scope).map(|unit| {
            let own = Scope::Unit(unit.code.clone());
            let talks = vm::figures(board, &[&NIGHT_TALKS], &own);
            let talks = talks.iter().map(figure_link).collect_view();
            let secretary = vm::secretary_name(source.records, &unit.code, board.as_of());
            view! {
                <tr data-unit=unit.code.clone()>
                    <td>
                        <a href=link(Route::Unit(unit.code.clone()))>{unit.name.clone()}</a>
                        <span class="note">{secretary}</span>
                    </td>
                    <td class="num">{talks}</td>
                    <td>{flower_of(board, &own)}</td>
                    <td>{status_tag(worst(board, overdue, &unit.code), None)}</td>
                </tr>
            }
        });
        let units = units.collect_view();
        view! {
            <div class="trio">{trio}</div>
            <table class="mini">
                <thead><tr><th>"村（社区）"</th><th class="num">"夜话"</th><th>"五项"</th><th>"状态"</th></tr></thead>
                <tbody>{units}</tbody>
            </table>
        }
        .into_any()
    })
}
