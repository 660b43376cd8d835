//! A unit, the list of units, a district.

use leptos::prelude::*;

use super::map::district_body;
use super::overview::{figure_link, flower_of, follow_row, follow_ups, returned};
use crate::model::engine::indicator::{Scope, UnitAt};
use crate::model::ledger::Programme;
use crate::model::programmes::dream::indicators::NIGHT_TALKS;
use crate::ui::app::use_shell;
use crate::ui::by_hand::{give_text, laid_out};
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::chart::{bare_chart, chart};
use crate::ui::components::flower::programme_icon;
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::portion;
use crate::ui::components::status::status_tag;
use crate::ui::figures::{Figures, link, period_bar, use_figures};
use crate::ui::statistics::{all_of, statistic_sheets};
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::{self, Source};
use crate::view::follow::{FollowVm, follow_words, reminder};
use crate::view::overview as vm;
use crate::view::papers;
use crate::view::portion::ROWS;
use crate::view::reach;
use crate::view::route::{Address, Route};
use crate::view::show;
use crate::view::standing::Overdue;
use crate::view::tables::book;
use crate::view::tables::seen::Over;
use crate::view::unit_page::{self, LaneVm, LogVm, PersonVm};

/// All units of whom there are records, district by district.
pub fn units() -> AnyView {
    let figures = use_figures();
    let town = figures.town;
    let todo = follow_ups(figures, Scope::Town);
    let body = move || {
        let overdue = Overdue::of(&todo.read());
        let districts = figures.with(|board| {
            let frame = board.frame();
            let ids = frame.groups().into_iter().map(str::to_owned);
            ids.map(|id| (frame.units_in(&Scope::District(id.clone())).count(), id))
                .collect::<Vec<_>>()
        });
        let cards = districts.into_iter().map(|(count, id)| {
            let body = district_body(figures, &id, &overdue);
            let reach = figures.reach();
            if matches!(reach, Scope::Unit(_)) {
                let name = town.read_untracked(|desk| reach::name(desk.replica(), &reach));
                return view! { <Card title=name class="span-6">{body}</Card> };
            }
            let name = town.read_untracked(|desk| show::district_name(desk.replica(), &id));
            let to = ("看片区".to_owned(), link(Route::District(id.clone())));
            let meta = format!("{count} 个村（社区）");
            // Units without a district have no page of their own together.
            match id.is_empty() {
                true => view! { <Card title=name meta class="span-6">{body}</Card> },
                false => view! { <Card title=name meta class="span-6" link=to>{body}</Card> },
            }
        });
        cards.collect::<Vec<_>>()
    };
    let sheets = move |source: Source<'_>, over: &Over, personal| {
        vec![book::units(
            source,
            &Overdue::of(&todo.read_untracked()),
            over,
            personal,
        )]
    };
    let export = figures_menu(figures, Asks::Names, "村（社区）".to_owned(), sheets);
    view! {
        {period_bar(figures)}
        <div class="button-row no-print">
            <a class=ButtonKind::Plain.class() href=link(Route::Summary)>"汇总表"</a>
            <a class=ButtonKind::Plain.class() href=link(Route::Secretaries)>"书记通讯录"</a>
            {export}
        </div>
        <div class="grid">{body}</div>
    }
    .into_any()
}

/// The way to the papers of a place.
fn papers_of(place: &Scope) -> AnyView {
    let href = papers::of_place_href(place);
    view! { <a class=ButtonKind::Plain.class() href=href>"做成文稿"</a> }.into_any()
}

/// In place of what is about the whole town, or about somebody whose records are not here: the way to those that are.
pub fn elsewhere(figures: Figures, class: &'static str) -> AnyView {
    let reach = figures.reach();
    let (why, name) = figures.town.read_untracked(|desk| {
        let records = desk.replica();
        (reach::elsewhere(records, &reach), reach::name(records, &reach))
    });
    let home = link(reach_route(&reach));
    view! {
        <div class=class>
            <EmptyState why><a class=ButtonKind::Main.class() href=home>{format!("看{name}")}</a></EmptyState>
        </div>
    }
    .into_any()
}

/// The page of whom the figures are.
fn reach_route(reach: &Scope) -> Route {
    match reach {
        Scope::Town => Route::Overview,
        Scope::District(id) => Route::District(id.clone()),
        Scope::Unit(code) => Route::Unit(code.clone()),
    }
}

/// Why there is nothing to show of a unit or district.
fn missing(figures: Figures, why: &'static str) -> AnyView {
    match figures.reach() {
        Scope::Town => view! { <EmptyState why /> }.into_any(),
        _ => elsewhere(figures, ""),
    }
}

/// Names the page of a unit or district, with the way back to what it lies in; where it is the first page, nothing lies
/// behind it.
fn entitle(figures: Figures, name: String, within: Route) {
    let back = (figures.reach() == Scope::Town).then(|| link(within));
    use_shell().head.set(Head {
        back,
        ..Head::titled(name)
    });
}

/// One district.
pub fn district(id: String) -> AnyView {
    let figures = use_figures();
    let town = figures.town;
    let name = town.read_untracked(|desk| show::district_name(desk.replica(), &id));
    entitle(figures, name.clone(), Route::Units);
    let scope = Scope::District(id.clone());
    let known = figures.with(|board| board.frame().units_in(&scope).next().is_some());
    // Of a district of which one unit's records are here, nothing can be said.
    if !known || matches!(figures.reach(), Scope::Unit(_)) {
        return missing(figures, "这一天没有这个片区，或片区里还没有村（社区）。");
    }
    let todo = follow_ups(figures, scope.clone());
    let title = name.clone();
    let lede = {
        let (id, scope) = (id.clone(), scope.clone());
        Signal::derive(move || {
            figures.source(|source| {
                let leader = vm::leader_name(source.records, &id, source.board.as_of());
                let count = source.board.frame().units_in(&scope).count();
                let overall = source
                    .board
                    .overall(&scope)
                    .map_or_else(|| "--".to_owned(), crate::view::format::whole);
                let mut parts = vec![Words::Plain(format!("{name} {count} 个村（社区），"))];
                parts.push(Words::Plain(
                    leader.map_or_else(|| "还没有联系领导，".to_owned(), |l| format!("联系领导 {l}，")),
                ));
                parts.push(Words::Plain("五项工程平均 ".to_owned()));
                parts.push(Words::Fact(overall));
                parts.push(Words::Plain("；".to_owned()));
                let (todo, words) = (todo.read(), follow_words(&todo.read()));
                parts.push(match todo.first() {
                    Some(first) => Words::Follow(words, first.act_href.clone()),
                    None => Words::Plain(words),
                });
                parts.push(Words::Plain("。".to_owned()));
                parts
            })
        })
    };
    let among = {
        let id = id.clone();
        Signal::derive(move || figures.source(|s| charts::among_districts(s, &NIGHT_TALKS, &id).figure))
    };
    let place = move || among.with(|f| f.title.clone());
    let five = {
        let scope = scope.clone();
        move || figures.with(|b| super::map::progress_rows(b, &scope, Some(&Overdue::of(&todo.read()))))
    };
    let to_map = link(Route::Map {
        district: Some(id.clone()),
        unit: None,
    });
    let district = id.clone();
    let body = move || district_body(figures, &id, &Overdue::of(&todo.read()));
    view! {
        {laid_out()}
        <Lede parts=lede />
        <div class="charts-bar">{period_bar(figures)} {export(figures, title.clone(), scope.clone(), todo)} {papers_of(&scope)}</div>
        <div class="grid">
            {super::todo::district_card(&district, title.clone())}
            <Card title="村（社区）".to_owned() class="span-7" link=("看地图".to_owned(), to_map)>{body}</Card>
            <Card title="五项工程".to_owned() class="span-5">
                {five}
                {(figures.reach() == Scope::Town)
                    .then(|| view! { <h3 class="part-head">{place}</h3> {bare_chart(among, Some(90.0))} })}
            </Card>
            {todo_card(figures, title, todo)}
            {contacts_card(figures, scope.clone())}
            {programme_cards(figures, scope)}
        </div>
    }
    .into_any()
}

/// `导出表格` of the page of a unit or district: a sheet for each of its tables.
fn export(figures: Figures, name: String, scope: Scope, todo: Memo<Vec<FollowVm>>) -> AnyView {
    let sheets = move |source: Source<'_>, over: &Over, personal| {
        let mut all = book::of_scope(source, &scope, &todo.read_untracked(), over, personal);
        let of = |programme| statistic_sheets(figures, programme, &scope, over);
        all.extend(Programme::ALL.into_iter().flat_map(of));
        all
    };
    figures_menu(figures, Asks::Names, name, sheets)
}

fn todo_card(figures: Figures, name: String, todo: Memo<Vec<FollowVm>>) -> AnyView {
    let name = StoredValue::new(name);
    let list = move || {
        let all = todo.read();
        if all.is_empty() {
            return view! { <EmptyState why="没有需要跟进的事。" /> }.into_any();
        }
        let rows = all.iter().map(follow_row).collect_view();
        let remind = move |()| {
            let text = name.with_value(|name| reminder(name, &todo.read_untracked()));
            give_text(figures.town, "催办语", text);
        };
        view! {
            {rows}
            <p class="todo-more no-print"><Button label="复制催办语".to_owned() on_press=remind /></p>
        }
        .into_any()
    };
    view! { <Card title="需要跟进".to_owned() class="span-7" flush=true>{list}</Card> }.into_any()
}

fn contacts_card(figures: Figures, scope: Scope) -> AnyView {
    let list = move || {
        let log = figures.source(|s| unit_page::contact_log(s, &scope, 6));
        let mut contact = Address::from(Route::NewRecord("contact".to_owned()));
        if let Scope::Unit(code) = &scope {
            contact = contact.with("f.unit", code);
        }
        let contact = contact.hash();
        if log.is_empty() {
            return view! {
                <EmptyState why="还没有片区联系。">
                    <a class=ButtonKind::Plain.class() href=contact>"记联系"</a>
                </EmptyState>
            }
            .into_any();
        }
        let rows = log.into_iter().map(|LogVm { day, unit, what, href }| {
            let day = day.map_or_else(String::new, |d| d.to_string());
            view! { <tr><td class="nowrap"><a href=href>{day}</a></td><td>{unit}</td><td>{what}</td></tr> }
        });
        view! {
            <table class="mini">
                <thead><tr><th scope="col">"日期"</th><th scope="col">"村（社区）"</th><th scope="col">"方式"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p><a class=ButtonKind::Plain.class() href=contact>"记联系"</a></p>
        }
        .into_any()
    };
    view! { <Card title="片区联系".to_owned() class="span-5">{list}</Card> }.into_any()
}

/// One unit.
pub fn unit(code: String) -> AnyView {
    let figures = use_figures();
    let found = figures.with(|board| board.frame().unit(&code).cloned());
    let Some(at) = found else {
        return missing(figures, "没有这个村（社区），可能已撤并或还没有登记。");
    };
    let within = match at.district.is_empty() {
        true => Route::Units,
        false => Route::District(at.district.clone()),
    };
    entitle(figures, at.name.clone(), within);
    let scope = Scope::Unit(code.clone());
    let todo = follow_ups(figures, scope.clone());
    let gantt = {
        let code = code.clone();
        Signal::derive(move || figures.source(|s| charts::plan_items(s, &code)))
    };
    let radar = {
        let code = code.clone();
        Signal::derive(move || figures.source(|s| charts::radar(s, &code)))
    };
    view! {
        {laid_out()}
        {returned(figures, code.clone())}
        {unit_head(figures, &at, todo)}
        <div class="charts-bar">{period_bar(figures)} {export(figures, at.name.clone(), scope.clone(), todo)} {papers_of(&scope)}</div>
        <div class="grid">
            {lanes_card(figures, code.clone(), todo)}
            {chart(gantt, "span-7", 300.0)}
            {(figures.reach() == Scope::Town).then(|| chart(radar, "span-5", 300.0))}
            {todo_card(figures, at.name.clone(), todo)}
            {contacts_card(figures, scope.clone())}
            {super::todo::unit_card(&code)}
            {super::place::places_card(figures, code.clone())}
            {super::place::distinctions_card(figures, code.clone())}
            {people_card(figures, code)}
            {programme_cards(figures, scope)}
        </div>
    }
    .into_any()
}

fn unit_head(figures: Figures, at: &UnitAt, todo: Memo<Vec<FollowVm>>) -> AnyView {
    let scope = Scope::Unit(at.code.clone());
    let (name, code, district) = (at.name.clone(), at.code.clone(), at.district.clone());
    let lede = {
        let (name, code) = (name, code.clone());
        Signal::derive(move || {
            let todo = todo.read();
            let lanes = figures.source(|s| unit_page::lanes(s, &Overdue::of(&todo), &code));
            let words = follow_words(&todo);
            vec![
                Words::Plain(format!("{name}五项工程")),
                Words::Fact(unit_page::standing_words(&lanes)),
                Words::Plain("；".into()),
                match todo.first() {
                    Some(first) => Words::Follow(words, first.act_href.clone()),
                    None => Words::Plain(words),
                },
                Words::Plain("。".into()),
            ]
        })
    };
    let facts = {
        let code = code.clone();
        move || {
            figures.source(|s| {
                let day = s.board.as_of();
                let secretary = vm::secretary(s.records, &code, day);
                let leader = vm::leader_name(s.records, &district, day);
                let name = show::district_name(s.records, &district);
                let person = secretary.map(|name| {
                    let shown = show::name(&name);
                    let to = Route::Person {
                        unit: code.clone(),
                        name,
                    };
                    view! { <a href=link(to)>{shown}</a> }
                });
                let name = match s.board.reach() {
                    Scope::Unit(_) => name.into_any(),
                    _ => view! { <a href=link(Route::District(district.clone()))>{name}</a> }.into_any(),
                };
                view! {
                    <div><span>"片区"</span> {name}</div>
                    <div><span>"书记"</span> {person.map_or_else(|| "还没有".into_any(), IntoAny::into_any)}</div>
                    <div><span>"联系领导"</span> {leader.unwrap_or_else(|| "还没有".to_owned())}</div>
                }
                .into_any()
            })
        }
    };
    let kind = if at.community { "社区" } else { "村" };
    let flower = move || figures.with(|board| flower_of(board, &scope));
    view! {
        <div class="unit-head" data-unit=code>
            <div>
                <Lede parts=lede />
                <div class="unit-facts"><div><span>"类型"</span> {kind}</div> {facts}</div>
            </div>
            {flower}
        </div>
    }
    .into_any()
}

fn lanes_card(figures: Figures, code: String, todo: Memo<Vec<FollowVm>>) -> AnyView {
    let year = figures.asked().1.year();
    let body = move || {
        let overdue = Overdue::of(&todo.read());
        let lanes = figures.source(|s| unit_page::lanes(s, &overdue, &code));
        let rows = lanes
            .into_iter()
            .enumerate()
            .map(|(i, lane)| lane_row(figures, &code, lane, i == 0, todo));
        view! {
            <div class="lanes">
                <div class="lane-head"></div>
                <div class="lane-head">"要点"</div>
                <div class="lane-head"></div>
                <div class="lane-head lane-next">"下一步"</div>
                {rows.collect_view()}
            </div>
        }
    };
    view! {
        <Card
            title=format!("{year} 年五项工程")
            meta="圆点例行记录，菱形重要节点，方框检查登记".to_owned()
            class="span-12"
            flush=true
        >
            {body}
        </Card>
    }
    .into_any()
}

fn lane_row(figures: Figures, code: &str, lane: LaneVm, first: bool, todo: Memo<Vec<FollowVm>>) -> AnyView {
    let programme = lane.programme;
    let progress = lane
        .progress
        .map_or_else(|| "--".to_owned(), crate::view::format::whole);
    let facts = lane
        .facts
        .into_iter()
        .map(|(word, figure)| view! { <dt>{word}</dt> <dd>{figure_link(&figure)}</dd> });
    let facts = facts.collect_view();
    let code = code.to_owned();
    let drawing = Signal::derive(move || figures.source(|s| charts::lane(s, &code, programme, first).figure));
    let next = move || {
        let own = todo.read();
        match own.iter().find(|f| f.programme == programme) {
            Some(f) => {
                view! { <a href=f.act_href.clone()>{f.title.clone()}</a> <span class="note">{f.when.clone()}</span> }
                    .into_any()
            }
            None => "没有待办".into_any(),
        }
    };
    let name = format!("programme-name word-{}", programme.id());
    view! {
        <div class="lane-name">
            {programme_icon(programme)}
            <span><a class=name href=link(Route::Programme(programme))>{programme.label()}</a> " " <span class="muted">{progress}</span></span>
            {status_tag(lane.standing.status, Some(lane.standing.words))}
        </div>
        <div><dl>{facts}</dl></div>
        <div class="lane-time">{bare_chart(drawing, None)}</div>
        <div class="lane-next">{next}</div>
    }
    .into_any()
}

fn people_card(figures: Figures, code: String) -> AnyView {
    let list = move || {
        let people = figures.source(|s| unit_page::people(s, &code));
        if people.is_empty() {
            return view! { <EmptyState why="还没有登记人员。" /> }.into_any();
        }
        let row = |PersonVm {
                       name,
                       role,
                       since,
                       href,
                   }| {
            view! { <tr><td><a href=href>{name}</a></td><td>{role}</td><td class="nowrap">{since}</td></tr> }
        };
        portion(Signal::stored(people), ROWS, row, |rows| {
            view! {
                <table class="mini">
                    <thead><tr><th scope="col">"姓名"</th><th scope="col">"身份"</th><th scope="col">"起始"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        })
    };
    view! { <Card title="人员".to_owned() class="span-12">{list}</Card> }.into_any()
}

/// The five programmes of a scope, each with all its figures.
fn programme_cards(figures: Figures, scope: Scope) -> AnyView {
    let cards = Programme::ALL.map(|programme| {
        let (one, two) = (scope.clone(), scope.clone());
        let meta = Signal::derive(move || {
            let progress = figures.with(|board| board.progress(programme, &one));
            progress.map_or_else(String::new, crate::view::format::whole)
        });
        let three = scope.clone();
        let body = move || super::programme::readings(figures, programme, &two);
        let more = move || all_of(figures, programme, &three);
        view! { <Card title=programme.full_name().to_owned() meta=meta class="span-6">{body} {more}</Card> }
    });
    cards.into_iter().collect_view().into_any()
}
